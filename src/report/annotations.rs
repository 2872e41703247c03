//! What is said now as annotations of a GitHub workflow: commands on standard output that show beside a run
//! (docs.github.com, Workflow commands for GitHub Actions, "Setting an error message").

use super::{gate::Gate, json, text::is_invisible};
use crate::{
    problem::{Effect, Problem},
    rules::Severity,
    units::counted,
    words::sentence,
};
use std::collections::BTreeMap;

/// The commands, a line each: what is said now, each rule and place once, then what could not be used. Without names no file is
/// named.
pub fn github(gate: &Gate, with_names: bool) -> String {
    let inputs = &gate.unusable.inputs;
    let inputs = match with_names {
        true => each_input(inputs),
        false => by_reason(inputs),
    };
    findings(gate).chain(inputs).chain(rows(gate)).collect()
}

fn findings(gate: &Gate) -> impl Iterator<Item = String> {
    let told = json::told(&gate.current, Severity::Note).into_iter();
    told.filter_map(|told| {
        let finding = gate.current.iter().find(|finding| finding.id == told.id)?;
        let loudness = told.loudness()?;
        let title = format!("{}: {}", loudness.label(), told.words());
        Some(command(level(loudness), &title, &finding.message))
    })
}

/// What someone should look at is an error, what asks for care a warning, the rest a notice.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Emergency | Severity::Urgent | Severity::SeeSomeone => ERROR,
        Severity::EaseOff | Severity::Watch => WARNING,
        Severity::Note | Severity::Good => "notice",
    }
}

const ERROR: &str = "error";
const WARNING: &str = "warning";

fn each_input(problems: &[Problem]) -> Vec<String> {
    let named = |problem: &Problem| {
        let title = format!("{} could not be used", problem.file());
        input(&[problem], &title)
    };
    problems.iter().map(named).collect()
}

/// One command a kind, so that no file is named.
fn by_reason(problems: &[Problem]) -> Vec<String> {
    let mut by_code: BTreeMap<_, Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        by_code.entry(problem.code).or_default().push(problem);
    }
    let kinds = by_code.into_iter();
    kinds
        .map(|(code, problems)| {
            let inputs = counted(problems.len(), "input", "inputs");
            input(
                &problems,
                &format!("{inputs} could not be used ({})", code.as_str()),
            )
        })
        .collect()
}

/// Of inputs with the same reason. What went wrong with the first stands for all.
fn input(problems: &[&Problem], title: &str) -> String {
    let failed = problems
        .iter()
        .any(|problem| problem.effect == Effect::Failed);
    let level = if failed { ERROR } else { WARNING };
    let said = problems.first().map(|problem| said(problem));
    command(level, title, &said.unwrap_or_default())
}

fn rows(gate: &Gate) -> Option<String> {
    let lost = gate.unusable.rows;
    let first = gate.unusable.row_problems.first();
    (lost > 0).then(|| {
        let rows = counted(lost, "row", "rows");
        let title = format!("{rows} of the pain log could not be used");
        command(WARNING, &title, &first.map(said).unwrap_or_default())
    })
}

fn said(problem: &Problem) -> String {
    format!("{} {}", sentence(&problem.detail), problem.code.advice())
}

/// `::error title=…::…`
fn command(level: &str, title: &str, message: &str) -> String {
    format!("::{level} title={}::{}\n", property(title), data(message))
}

/// What stands behind the second pair of colons, as the toolkit of GitHub's own actions writes it: a line break would end the
/// command and could begin another.
fn data(text: &str) -> String {
    let is_shown = |letter: &char| matches!(letter, '\r' | '\n') || !is_invisible(*letter);
    let text: String = text.chars().filter(is_shown).collect();
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, which a colon or a comma would end as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::{Site, Word},
        problem::Code,
        report::{charts::fixtures::regular, json::Document},
        rules::{self, fixture::finding},
    };

    #[test]
    fn texts_are_escaped_as_github_documents_it() {
        assert_eq!(
            command(
                "error",
                "100 %: a, b\r\n::warning::x",
                "a: b, 5 %\n::error::x"
            ),
            "::error title=100 %25%3A a%2C b%0D%0A%3A%3Awarning%3A%3Ax::a: b, 5 %25%0A::error::x\n"
        );
    }

    fn gate(problems: Vec<Problem>) -> Gate {
        let mut analysis = regular(8);
        let day = analysis.history.as_of;
        let place = Some(Site::Other(Word::new("knee,\n::error::left")));
        let one = |rule, severity, message: &str| rules::Finding {
            severity,
            site: place,
            message: message.to_string(),
            ..finding(rule, day, day)
        };
        analysis.findings = vec![
            one(
                "red-flag-rest-pain",
                Severity::SeeSomeone,
                "It hurts\n::set-env name=A::b.",
            ),
            one("pain-high", Severity::Watch, "Up to 4 of 10: 100 %."),
            one("everyday", Severity::Note, "Noted."),
            one("settled-week", Severity::Good, "Quiet."),
        ];
        analysis.problems = problems;
        analysis.pain.unusable_rows = 2;
        let document = Document::new(&analysis, None);
        Gate::new(&analysis, &document, None)
    }

    #[test]
    fn every_line_is_one_command_whatever_the_texts() {
        let lost = |name: &str| {
            Problem::new(Code::CrcMismatch, Effect::Failed, "byte 3", "a\n::x", "").within(name)
        };
        let gate = gate(vec![
            lost("my run.fit"),
            lost("b\r\n::error::c.fit"),
            Problem::new(Code::UnknownKind, Effect::Skipped, "", "found text", "").within("d.fit"),
        ]);
        let commands = github(&gate, false);
        let lines: Vec<&str> = commands.lines().collect();
        let begins = |begins: &[&str], lines: &[&str]| {
            assert_eq!(begins.len(), lines.len(), "{lines:#?}");
            for (begins, line) in begins.iter().zip(lines) {
                assert!(line.starts_with(begins), "{begins}: {line}");
            }
        };
        begins(
            &[
                "::error title=Have it looked at%3A Knee%2C",
                "::warning title=Keep an eye on it%3A Knee%2C",
                "::notice title=For information%3A Knee%2C",
                "::warning title=1 input could not be used (unknown-kind)::Found text. Nothing to do, unless",
                "::error title=2 inputs could not be used (crc-mismatch)::A%0A::x. Download",
                "::warning title=2 rows of the pain log could not be used::",
            ],
            &lines,
        );
        assert!(!commands.contains(".fit") && !commands.contains('\r'));
        let named = github(&gate, true);
        let lines: Vec<&str> = named.lines().skip(3).collect();
        begins(
            &[
                "::error title=my run.fit could not be used::",
                "::error title=b%0D%0A%3A%3Aerror%3A%3Ac.fit could not be used::",
                "::warning title=d.fit could not be used::",
                "::warning title=2 rows",
            ],
            &lines,
        );
    }
}
