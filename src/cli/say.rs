//! What a command says: its answer on standard output, the rest on standard error, and the exit code of both.

use crate::{
    error::Error,
    exit::Exit,
    report::text,
    rules::Severity,
    terminal::{self, Emphasis, NO_BREAK},
};
use std::io::{self, ErrorKind};

/// What a command answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// What is left to print on standard output, as it stands.
    pub(super) text: String,
    /// The exit code once it is printed.
    pub(super) code: u8,
    /// Why the code is no zero, a line each on standard error behind the answer.
    pub(super) why: Vec<String>,
}

impl Outcome {
    /// All went well, and this is the answer.
    pub(super) fn done(text: String) -> Self {
        Outcome::ended(text, 0)
    }

    /// This is the answer, and the code is one of its own.
    pub(super) fn ended(text: String, code: u8) -> Self {
        let why = Vec::new();
        Outcome { text, code, why }
    }

    /// The command printed its answer as it went.
    pub(super) fn printed(code: u8) -> Self {
        Outcome::ended(String::new(), code)
    }
}

/// Prints an answer, and returns the exit code.
pub(super) fn say(outcome: &Outcome) -> u8 {
    let code = terminal::print(io::stdout(), &outcome.text)
        .map_or_else(|error| unwritten(&error, outcome.code), |()| outcome.code);
    tell_notices(&outcome.why);
    code
}

/// The exit code when standard output takes no more. A closed pipe is taken for what it is, someone has seen enough, and leaves the
/// code that the answer has.
pub(super) fn unwritten(error: &io::Error, code: u8) -> u8 {
    if error.kind() == ErrorKind::BrokenPipe {
        return code;
    }
    tell(&format!(
        "niggle: standard output cannot be written ({error})."
    ));
    4
}

/// Says what went wrong, and returns its exit code.
pub(super) fn fail(error: &Error) -> u8 {
    tell(&notice_line(&error.unbroken()));
    error.exit_code()
}

/// Prints the help that was asked for, or what of the command line was not understood, in lines that fit; and returns the exit code.
pub(super) fn not_understood(error: &clap::Error) -> u8 {
    if error.use_stderr() {
        let said = error.render().ansi().to_string();
        tell(said.trim_end());
    } else {
        let _ = error.print();
    }
    u8::try_from(error.exit_code()).unwrap_or(Exit::Usage.code())
}

/// A line on standard error, wrapped to its width; where nobody listens there is nothing to do about it.
pub(super) fn tell(line: &str) {
    let line = terminal::wrapped(line, terminal::width_of_stderr());
    let _ = terminal::print(io::stderr(), &format!("{line}\n"));
}

/// An answer in sentences, for a person: wrapped to the width of standard output, and what is loud stands out. Never for JSON, which
/// another line would spoil.
pub(super) fn prose(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(with_emphasis).collect();
    terminal::wrapped(&lines.join("\n"), terminal::width_of_stdout())
}

/// A line that begins with how loud it is, with that word standing out.
fn with_emphasis(line: &str) -> String {
    let start = line.trim_start();
    let loud = Severity::ALL.iter().find_map(|severity| {
        let rest = start.strip_prefix(severity.label())?;
        rest.starts_with("  ")
            .then_some((emphasis(*severity)?, severity.label(), rest))
    });
    let indent = &line[..line.len() - start.len()];
    loud.map_or(line.to_string(), |(emphasis, label, rest)| {
        format!("{indent}{}{rest}", emphasis.on(label))
    })
}

fn emphasis(severity: Severity) -> Option<Emphasis> {
    match severity {
        Severity::Emergency | Severity::Urgent => Some(Emphasis::Loudest),
        Severity::SeeSomeone => Some(Emphasis::Loud),
        Severity::EaseOff => Some(Emphasis::Strong),
        Severity::Watch | Severity::Note | Severity::Good => None,
    }
}

/// Notices that are told one by one.
const TOLD: usize = 5;

/// What else is to be known, a line each on standard error.
pub(super) fn tell_notices(notices: &[String]) {
    for notice in notices {
        tell(&notice_line(notice));
    }
}

/// The same of things that can be many: the first few, how many more there are, and `listed`, where they all stand.
pub(super) fn tell_first(notices: &[String], listed: &str) {
    tell_notices(&first(notices, listed));
}

fn first(notices: &[String], listed: &str) -> Vec<String> {
    let more = notices.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| format!("and {more} more: {listed}"));
    notices.iter().take(TOLD).cloned().chain(more).collect()
}

/// What there is to know of files and variables that were not used; `niggle config show` says it whole.
pub(super) fn tell_of_settings(notices: &[String]) {
    tell_first(
        notices,
        "`niggle config show` with the same inputs tells them all.",
    );
}

/// The line of a notice; what is to stay together in it does.
fn notice_line(notice: &str) -> String {
    let parts: Vec<String> = notice.split(NO_BREAK).map(text::printable).collect();
    format!("niggle: {}", parts.join(&NO_BREAK.to_string()))
}

/// The text, or nothing where quiet was asked for.
pub(super) fn unless_quiet(quiet: bool, text: impl FnOnce() -> String) -> String {
    if quiet { String::new() } else { text() }
}

/// Lines after a blank one and a title; nothing without lines.
pub(super) fn paragraph(title: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| line + "\n").collect();
    if lines.is_empty() {
        lines
    } else {
        format!("\n{title}{lines}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_leaves_the_code_of_the_answer() {
        let code = |kind: ErrorKind, code| unwritten(&io::Error::from(kind), code);
        assert_eq!(code(ErrorKind::BrokenPipe, 0), 0);
        assert_eq!(code(ErrorKind::BrokenPipe, 10), 10);
        assert_eq!(code(ErrorKind::StorageFull, 10), 4);
    }

    #[test]
    fn what_is_loud_stands_out_at_the_beginning_of_a_line_alone() {
        let on = |emphasis: Emphasis, label| format!("  {}  your shin", emphasis.on(label));
        for (label, emphasis) in [
            ("Now", Emphasis::Loudest),
            ("Today", Emphasis::Loudest),
            ("Have it looked at", Emphasis::Loud),
            ("Ease off", Emphasis::Strong),
        ] {
            let line = with_emphasis(&format!("  {label}  your shin"));
            assert_eq!(line, on(emphasis, label));
        }
        for line in ["Nowhere", "  Now you ran", "  Good  a week", ""] {
            assert_eq!(with_emphasis(line), line);
        }
    }

    #[test]
    fn of_many_notices_the_first_are_told_and_where_the_others_are() {
        let notices = |count: usize| (1..=count).map(|n| format!("{n}.")).collect::<Vec<_>>();
        assert_eq!(first(&notices(5), "there."), notices(5));
        let told = first(&notices(12), "they are there.");
        assert_eq!(told[..5], notices(5));
        assert_eq!(told[5..], ["and 7 more: they are there."]);
    }

    #[test]
    fn a_path_with_blanks_stays_on_one_line_of_a_notice() {
        let path = terminal::unbroken("my own runs of the year/niggle.toml");
        let line = notice_line(&format!(
            "the options are those of {path}; \u{1b}[2Jno other."
        ));
        let wrapped = terminal::wrapped(&line, Some(40));
        assert!(
            wrapped.contains("\n  my own runs of the year/niggle.toml;\n"),
            "{wrapped}"
        );
        assert!(!wrapped.contains('\u{1b}') && !wrapped.contains(NO_BREAK));
    }

    #[test]
    fn a_paragraph_without_lines_is_nothing() {
        let lines = |lines: &[&str]| paragraph("Now:\n", lines.iter().map(|line| line.to_string()));
        assert_eq!(lines(&[]), "");
        assert_eq!(lines(&["a", "b"]), "\nNow:\na\nb\n");
    }
}
