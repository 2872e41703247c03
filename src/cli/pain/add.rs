//! `niggle pain add`: a row in the pain log, and what triage makes of it.

use super::{
    asked::ask,
    named::{Named, WhichLog, named},
    now::{self, Now},
    terminal,
};
use crate::{
    cli::{
        options::{today, written_day},
        say::{Outcome, prose},
    },
    course::Short,
    diary,
    error::Error,
    pain::{
        Function, Moment, Sign,
        append::{Appended, NewRow, Said, function_called, moment_called, said, sign_called},
    },
    report::{Access, text::printable},
    rules::Severity,
    time::date_text,
};
use chrono::NaiveDate;
use clap::Args;
use std::{cmp::Reverse, path::Path};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle pain add                                  asks
  niggle pain add none                             a day without pain
  niggle pain add \"left knee\" 3 during \"stairs\"
  niggle pain add shin 4 morning --sign limp --date yesterday")]
pub(in crate::cli) struct AddArgs {
    /// Where it hurts, how much from 0 to 10, and if you like when and a note: "left knee" 3 during "stairs". On a day without pain:
    /// none.
    #[arg(value_name = "PLACE RATING [MOMENT] [NOTE]")]
    words: Vec<String>,
    /// The day: today, yesterday, or as 2025-10-31 or 31.10.2025 [default: today].
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<NaiveDate>,
    /// When it hurt: before, during, after, evening, morning, night, rest, day.
    #[arg(long, value_name = "WHEN", value_parser = moment_called)]
    moment: Option<Moment>,
    /// A note, where it could be taken for something else.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// A sign beside the pain, as swelling, night_pain, limp; again for another (pain-help.md lists them all).
    #[arg(long, value_name = "SIGN", value_parser = sign_called, value_delimiter = ',')]
    sign: Vec<Sign>,
    /// What it did to running: none, changed_form, cut_short, stopped, missed_run, cannot_bear_weight.
    #[arg(long, value_name = "EFFECT", value_parser = function_called)]
    function: Option<Function>,
    /// 0 says that nothing else hurts: every place that is not named is 0 that day.
    #[arg(long, value_name = "0", value_parser = ["0"])]
    others: Option<String>,
    /// Whoever the system lets read new files may read a log that is made now; without, only whoever ran niggle. One that is there keeps
    /// what it has.
    #[arg(long)]
    shared: bool,
    #[command(flatten)]
    which: WhichLog,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    let today = today();
    let day = match text.trim().to_lowercase().as_str() {
        "today" => Some(today),
        "yesterday" => today.pred_opt(),
        text => written_day(text),
    };
    match day {
        None => {
            Err("a day is today, yesterday, or written as 2025-10-31 or 31.10.2025".to_string())
        }
        Some(day) if day > today => Err(format!(
            "that day is still to come: today is {}",
            date_text(today)
        )),
        Some(day) => Ok(day),
    }
}

pub(super) fn run(args: AddArgs) -> Result<Outcome, Error> {
    let log = named(&args.which)?;
    let said = match args.words.is_empty() {
        true => ask(
            diary::read(&log.path, &log.options)?.as_ref(),
            &mut *terminal::answers(),
        )?,
        false => said(&args.words).map_err(Error::Usage)?,
    };
    let row = row(&args, said);
    let is_new = !log.path.exists();
    let access = Access::of(args.shared || log.is_shared);
    let written = diary::write(&log.path, &row, &log.options, access)?;
    Ok(Outcome::done(prose(&answer(
        &log, is_new, row.date, &written,
    ))))
}

fn row(args: &AddArgs, said: Said) -> NewRow {
    NewRow {
        date: args.date.unwrap_or_else(today),
        said: Said {
            moment: args.moment.or(said.moment),
            note: both(said.note, args.note.as_deref()),
            ..said
        },
        function: args.function,
        signs: args.sign.clone(),
        others_clear: args.others.is_some(),
    }
}

/// Both notes as one.
fn both(said: String, given: Option<&str>) -> String {
    match given {
        Some(given) if said.is_empty() => given.to_string(),
        Some(given) => format!("{said}; {given}"),
        None => said,
    }
}

/// What was written, and what it asks for: what the row brings about or cannot wait goes first, in full; what was asked before is
/// said in short.
fn answer(log: &Named, is_new: bool, day: NaiveDate, written: &Appended) -> String {
    let now = now::after(day, written, log);
    let mut lines = loud(&now);
    lines.push(written_text(&log.path, is_new, written));
    lines.extend(written.told.iter().cloned());
    lines.extend(now::few(calm(&now, day), &log.path));
    let is_silent = now.still.is_empty() && now.new.is_empty();
    lines.extend(match is_silent {
        true => vec![now::facts(&written.log, day)],
        false => now::of_the_row(written, &now, day),
    });
    let printable = lines.iter().map(|line| {
        line.lines().map(printable).collect::<Vec<_>>().join("\n") + blank_behind(line)
    });
    printable.collect()
}

/// What is for the same day, and what the row brought about that somebody should look at: in full.
fn loud(now: &Now) -> Vec<String> {
    let new = now.new.iter().filter(|short| is_loud_when_new(short));
    let still = now.still.iter().filter(|short| is_loud(short));
    let mut all: Vec<&Short> = new.chain(still).collect();
    all.sort_by_key(|short| Reverse(short.severity));
    let lines = all.into_iter();
    lines
        .map(|short| {
            let label = short.severity.label().to_uppercase();
            format!("{label}: {}\n", short.whole)
        })
        .collect()
}

fn is_loud(short: &Short) -> bool {
    short.severity >= Severity::Urgent
}

fn is_loud_when_new(short: &Short) -> bool {
    short.severity >= Severity::SeeSomeone
}

/// The others, a line each: what is new first.
fn calm(now: &Now, day: NaiveDate) -> Vec<String> {
    let new = now.new.iter().filter(|short| !is_loud_when_new(short));
    let new = new.map(|short| format!("{}: {}", short.severity.label(), short.text));
    let still = now.still.iter().filter(|short| !is_loud(short));
    new.chain(still.map(|short| now::still_text(short, day)))
        .collect()
}

/// A line end, and a blank line behind what is loud.
fn blank_behind(line: &str) -> &'static str {
    if line.ends_with('\n') { "\n\n" } else { "\n" }
}

fn written_text(path: &Path, is_new: bool, written: &Appended) -> String {
    let file = path.display();
    match (written.tail.is_empty(), is_new) {
        (true, _) => format!("{file} has it: {}.", written.row),
        (false, true) => format!(
            "There was no pain log here: {file} was made. Its first row: {}.",
            written.row
        ),
        (false, false) => format!("Written to {file}: {}.", written.row),
    }
}
