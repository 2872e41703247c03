//! The report in short, for where there is little room, as the summary of a machine's job: what is asked, what is new, what is said
//! now in a table, and counts. It goes to whoever may see the job, so that it names no file.

use super::{
    block::{Block, Line},
    card, files, opening, week,
};
use crate::{
    analysis::Analysis,
    report::{
        json::{self, Told},
        lost::{self, Naming},
        since::News,
        verdict::Verdict,
    },
    rules::Severity,
    units::counted,
};
use std::collections::BTreeSet;

/// Things said now that are told one by one.
const TOLD: usize = 24;

/// All of it.
pub(super) fn blocks(analysis: &Analysis, verdict: &Verdict, news: Option<&News>) -> Vec<Block> {
    let mut blocks = vec![card::block(analysis, verdict)];
    blocks.extend(week::numbers(analysis));
    blocks.extend(lost_lines(analysis));
    blocks.extend(news.map(|news| Block::Paragraph(opening::new_since(news))));
    blocks.extend(flags(analysis));
    blocks.push(Block::paragraph(counts(analysis, verdict)));
    blocks
}

/// What was left out; of lines that name a file only how many there are.
fn lost_lines(analysis: &Analysis) -> Vec<Block> {
    let names = names(analysis);
    let is_nameless = |line: &String| !names.iter().any(|name| line.contains(name));
    let (plain, naming): (Vec<String>, Vec<String>) = lost::lines(analysis, Naming::NoFiles)
        .into_iter()
        .partition(is_nameless);
    let more = counted(naming.len(), "more line names", "more lines name");
    let more = (!naming.is_empty()).then(|| format!("{more} files: see report.md."));
    let lines = plain.iter().map(|line| Line::prose(line));
    let lines = lines.chain(more.map(Line::from));
    lines.map(Block::Paragraph).collect()
}

/// Every input that a line may name.
fn names(analysis: &Analysis) -> BTreeSet<&str> {
    let files = analysis.problems.iter().map(|problem| problem.file());
    let names = files.chain(analysis.pain.place.as_deref());
    names.filter(|name| !name.is_empty()).collect()
}

/// What is said now, each rule and place once, loudest first. None where nothing is.
fn flags(analysis: &Analysis) -> Vec<Block> {
    let told = json::told_now(analysis, Severity::Note);
    let (shown, more) = (told.iter().take(TOLD), told.len().saturating_sub(TOLD));
    let table = Block::table(
        &["how loud", "what is said of the last 14 days"],
        shown.map(row),
    );
    let more = (more > 0).then(|| Block::paragraph(format!("And {more} more: see report.md.")));
    let all = std::iter::once(table).chain(more);
    all.filter(|_| !told.is_empty()).collect()
}

fn row(told: &Told) -> Vec<Line> {
    let label = told.loudness().map_or("", Severity::label);
    vec![label.into(), told.words().into()]
}

/// What became of the inputs, and how much could not be judged.
fn counts(analysis: &Analysis, verdict: &Verdict) -> String {
    let rows = match analysis.pain.rows {
        0 => String::new(),
        rows => format!(
            " Pain log: {}, {} not usable.",
            counted(rows, "row", "rows"),
            analysis.pain.unusable_rows
        ),
    };
    let unseen = match verdict.unseen {
        0 => String::new(),
        unseen => format!(
            " For {} there was too little to look at.",
            counted(unseen, "pattern", "patterns")
        ),
    };
    format!("{}{rows}{unseen}", files::became(analysis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::{Site, Word},
        problem::{Code, Effect, Problem},
        report::{charts::fixtures::regular, short_text, verdict},
        rules::{Finding, fixture::finding},
    };

    #[test]
    fn it_names_no_file_and_says_how_much_is_beside_it() {
        let mut analysis = regular(8);
        analysis.tally.used = 30;
        let day = analysis.history.as_of;
        analysis.pain.place = Some("secret/pain.csv".to_string());
        analysis.pain.remarks = vec![
            "secret/pain.csv was taken for your pain log by its columns.".to_string(),
            "Your notes were not searched.".to_string(),
        ];
        let lost = |n| {
            let name = format!("secret/{n}.fit");
            Problem::new(Code::CrcMismatch, Effect::Failed, "", "it is cut", "").within(&name)
        };
        analysis.problems = (0..20).map(lost).collect();
        let findings = (0..30).map(|n| Finding {
            site: Some(Site::Other(Word::new(&format!("place {n}")))),
            severity: Severity::Watch,
            ..finding("pain-high", day, day)
        });
        analysis.findings = findings.collect();
        let text = short_text(&analysis, None);
        assert!(!text.contains("secret"), "{text}");
        for words in [
            "Your notes were not searched.",
            "1 more line names files: see report.md.",
            "recordings could not be used",
            "| Keep an eye on it | Place 0: a high number |",
            "And 6 more: see report.md.",
            "skipped, 0 failed.",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }

    #[test]
    fn fifteen_years_and_hostile_texts_stay_short() {
        let mut analysis = regular(15 * 52);
        let text = short_text(&analysis, None);
        assert!(
            text.len() < 8_000 && text.ends_with(".\n"),
            "{}",
            text.len()
        );
        analysis.pain.remarks = (0..400)
            .map(|n| format!("{n} <b>**remark**</b> ").repeat(3))
            .collect();
        let text = short_text(&analysis, None);
        assert!((15_000..20_000).contains(&text.len()), "{}", text.len());
        assert!(text.ends_with("\n\nCut here: the whole is in report.md.\n"));
        assert!(!text.contains("<b>"));
    }

    #[test]
    fn without_anything_said_there_is_no_table() {
        let mut analysis = regular(8);
        analysis.tally.used = 30;
        analysis.findings.clear();
        assert!(flags(&analysis).is_empty());
        let text = counts(&analysis, &verdict::of(&analysis));
        assert!(text.contains(" used, "), "{text}");
    }
}
