//! What changed between two reports and why, for `niggle diff`: in words, and as JSON for scripts.

use super::json::{self, Changed, Document, Finding, Keys, Moved, Period, Told};
use crate::{
    rules::{Severity, limits},
    time::{date_text, period_text},
    units::{counted, shortest},
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Findings of earlier days told one by one in words; JSON has all.
const EARLIER: usize = 6;

/// What changed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Diff {
    schema_version: u32,
    old: Report,
    new: Report,
    findings: Findings,
    why: Vec<Why>,
}

/// One of the two reports.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Report {
    as_of: NaiveDate,
    niggle_version: String,
    digest: String,
    period: Period,
    runs: usize,
}

/// How the findings differ: those of the last 14 days from note on, each rule and place once with its loudest; and those of before.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Findings {
    new: Vec<Said>,
    louder: Vec<Said>,
    quieter: Vec<Said>,
    gone: Vec<Said>,
    same: usize,
    earlier_new: Vec<Said>,
    earlier_gone: Vec<Said>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Said {
    id: String,
    #[schemars(with = "Severity")]
    severity: String,
    /// How loud it was, where it is louder or quieter now.
    #[schemars(with = "Option<Severity>")]
    severity_before: Option<String>,
    headline: String,
    from: NaiveDate,
    to: NaiveDate,
    message: String,
}

/// What the reports were made from that is not the same.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Why {
    /// `day`, `read`, `runs`, `period`, `inputs`, `limit`, `load-unit` or `version`.
    what: &'static str,
    old: String,
    new: String,
    said: String,
}

impl Diff {
    /// Raised when a key changes its meaning or goes.
    pub const VERSION: u32 = 1;

    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(
            &["schema_version"],
            "Raised when a name changes its meaning or goes.",
        ),
        Keys::object(&["old"], "The report of before.", Report::KEYS),
        Keys::object(&["new"], "The later report.", Report::KEYS),
        Keys::object(
            &["findings"],
            "How the findings differ: those of the last 14 days of each report from note on, each rule and place once with its \
             loudest; and those of before.",
            Findings::KEYS,
        ),
        Keys::each(
            &["why"],
            "What the reports were made from that is not the same.",
            Why::KEYS,
        ),
    ];
}

impl Report {
    const KEYS: &[Keys] = &[
        Keys::of(&["as_of"], "The day it speaks from."),
        Keys::of(
            &["niggle_version"],
            "The version of the program that wrote it.",
        ),
        Keys::of(
            &["digest"],
            "What was read, as in findings.json; empty where an earlier niggle did not write it.",
        ),
        Keys::object(
            &["period"],
            "First and last day of its calendar.",
            Period::KEYS,
        ),
        Keys::of(&["runs"], "Its runs, each counted once."),
    ];
}

impl Findings {
    const KEYS: &[Keys] = &[
        Keys::each(
            &["new"],
            "Said by the later report alone, or again after it was not.",
            Said::KEYS,
        ),
        Keys::each(
            &["louder"],
            "Said by both, and louder by the later.",
            Said::KEYS,
        ),
        Keys::each(
            &["quieter"],
            "Said by both, and less loud by the later.",
            Said::KEYS,
        ),
        Keys::each(
            &["gone"],
            "No longer said, as the report of before said it.",
            Said::KEYS,
        ),
        Keys::of(&["same"], "How many are as they were."),
        Keys::each(
            &["earlier_new"],
            "From before the last 14 days, and in the later report alone.",
            Said::KEYS,
        ),
        Keys::each(
            &["earlier_gone"],
            "From before the last 14 days, and in the report of before alone.",
            Said::KEYS,
        ),
    ];
}

impl Said {
    const KEYS: &[Keys] = &[
        Keys::of(&["id"], "What it is known by, as in findings.json."),
        Keys::of(
            &["severity"],
            "How loud: good, note, watch, ease-off, see-someone, urgent or emergency.",
        ),
        Keys::of(
            &["severity_before"],
            "How loud it was, in `louder` and `quieter`; null elsewhere.",
        ),
        Keys::of(
            &["headline"],
            "Its place and what it says in a few words; empty where an earlier niggle did not write it.",
        ),
        Keys::of(&["from", "to"], "First and last day it is about."),
        Keys::of(&["message"], "What the runner reads."),
    ];
}

impl Why {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["what"],
            "What it is: day, read, runs, period, inputs, limit, load-unit or version.",
        ),
        Keys::of(
            &["old", "new"],
            "What it was and what it is, in words and figures for people.",
        ),
        Keys::of(&["said"], "The same as a sentence."),
    ];
}

/// Compares an older report with a newer one.
pub fn diff(old: &Document, new: &Document) -> Diff {
    Diff {
        schema_version: Diff::VERSION,
        old: Report::of(old),
        new: Report::of(new),
        findings: Findings::of(old, new),
        why: why(old, new),
    }
}

impl Report {
    fn of(document: &Document) -> Report {
        Report {
            as_of: document.as_of,
            niggle_version: document.niggle_version.clone(),
            digest: document.digest.clone(),
            period: document.period,
            runs: document.runs,
        }
    }
}

impl Findings {
    fn of(old: &Document, new: &Document) -> Findings {
        let now = new.told(Severity::Note);
        let changes = json::changes(&old.told(Severity::Note), &now, Severity::Note);
        let changed = changes.new.len() + changes.louder.len() + changes.quieter.len();
        let told = |all: &[Told], document| -> Vec<Said> {
            let all = all.iter();
            all.filter_map(|told| said(told, document)).collect()
        };
        let moved = |all: &[Moved]| all.iter().filter_map(|one| moved(one, new)).collect();
        Findings {
            new: told(&changes.new, new),
            louder: moved(&changes.louder),
            quieter: moved(&changes.quieter),
            gone: told(&changes.gone, old),
            same: now.len() - changed,
            earlier_new: earlier(new, old),
            earlier_gone: earlier(old, new),
        }
    }

    fn is_unchanged(&self) -> bool {
        let lists = [
            &self.new,
            &self.louder,
            &self.quieter,
            &self.gone,
            &self.earlier_new,
            &self.earlier_gone,
        ];
        lists.iter().all(|list| list.is_empty())
    }
}

/// The finding that is meant.
fn said(told: &Told, document: &Document) -> Option<Said> {
    let mut findings = document.findings.iter();
    let finding = findings.find(|finding| finding.id == told.id)?;
    Some(Said::of(finding))
}

fn moved(moved: &Moved, document: &Document) -> Option<Said> {
    Some(Said {
        severity_before: Some(moved.before.clone()),
        ..said(&moved.now, document)?
    })
}

/// Findings of one report from before its last 14 days that the other does not have at all.
fn earlier(one: &Document, other: &Document) -> Vec<Said> {
    let known: BTreeSet<&str> = other.findings.iter().map(|it| it.id.as_str()).collect();
    let is_alone = |finding: &&Finding| !finding.current && !known.contains(finding.id.as_str());
    one.findings.iter().filter(is_alone).map(Said::of).collect()
}

impl Said {
    fn of(finding: &Finding) -> Said {
        Said {
            id: finding.id.clone(),
            severity: finding.severity.clone(),
            severity_before: None,
            headline: finding.headline.clone(),
            from: finding.from,
            to: finding.to,
            message: finding.message.clone(),
        }
    }

    /// `  Have it looked at  Right shin …`
    fn line(&self) -> String {
        let before = self.severity_before.as_deref().and_then(Severity::of);
        let before = before.map_or(String::new(), |before| {
            format!(" (was: {})", before.label().to_lowercase())
        });
        let label = Severity::of(&self.severity).map_or("", Severity::label);
        format!("{label:<18} {}{before}", self.message)
    }

    /// `  12 Oct 2025: Right shin: it hurts even at rest`
    fn earlier_line(&self) -> String {
        let days = period_text(self.from, self.to);
        match self.headline.is_empty() {
            true => format!("{days}: {}", self.id),
            false => format!("{days}: {}", self.headline),
        }
    }
}

/// Everything that was not the same, in words as well.
fn why(old: &Document, new: &Document) -> Vec<Why> {
    let day = |document: &Document| date_text(document.as_of);
    let runs = |document: &Document| counted(document.runs, "run", "runs");
    let all = [
        Why::of("day", "It speaks from", day(old), day(new)),
        Why::of("read", "What was read (digest)", read(old), read(new)),
        Why::of("runs", "Recordings", runs(old), runs(new)),
        Why::of("period", "Days", days(old), days(new)),
        Why::of("inputs", "Inputs", inputs(old), inputs(new)),
        Why::of("load-unit", "Load is", unit(old), unit(new)),
        Why::of("version", "niggle", version(old), version(new)),
    ];
    all.into_iter()
        .flatten()
        .chain(limits_of(old, new))
        .collect()
}

impl Why {
    /// None where both are alike.
    fn of(what: &'static str, label: &str, old: String, new: String) -> Option<Why> {
        (old != new).then(|| Why {
            what,
            said: format!("{label}: {new}, before {old}"),
            old,
            new,
        })
    }
}

fn read(document: &Document) -> String {
    match document.digest.as_str() {
        "" => "not known".to_string(),
        digest => digest.to_string(),
    }
}

fn days(document: &Document) -> String {
    let Period { from, to } = document.period;
    let period = from.zip(to).map(|(from, to)| period_text(from, to));
    period.unwrap_or_else(|| "none".to_string())
}

fn inputs(document: &Document) -> String {
    let inputs = document.inputs;
    format!(
        "{} ({} used, {} used with something to know, {} skipped, {} failed)",
        inputs.total, inputs.used, inputs.used_with_flags, inputs.skipped, inputs.failed
    )
}

fn unit(document: &Document) -> String {
    document.load_unit.clone()
}

fn version(document: &Document) -> String {
    document.niggle_version.clone()
}

/// Each limit that has not the same value in both.
fn limits_of(old: &Document, new: &Document) -> Vec<Why> {
    let defaults = old.limits_changed.iter().chain(&new.limits_changed);
    let defaults: BTreeMap<String, f64> = defaults
        .map(|changed| (name(changed), changed.default.value()))
        .collect();
    let value = |document: &Document, of: &str, default: f64| {
        let mut changed = document.limits_changed.iter();
        let changed = changed.find(|changed| name(changed) == of);
        changed.map_or(format!("{} (the default)", shortest(default)), |changed| {
            shortest(changed.value.value())
        })
    };
    let differing = defaults.iter().filter_map(|(of, default)| {
        let (before, now) = (value(old, of, *default), value(new, of, *default));
        Why::of("limit", &format!("The limit {of}"), before, now)
    });
    differing.collect()
}

/// `single-run-spike.small-jump-percent`.
fn name(changed: &Changed) -> String {
    limits::name(&changed.rule, &changed.limit)
}

impl Diff {
    /// The document for scripts, ending in a line break.
    ///
    /// # Errors
    /// serde_json's, which plain numbers and strings cannot cause.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// The same in words.
    pub fn text(&self) -> String {
        let findings = &self.findings;
        let lines = |said: &[Said]| said.iter().map(Said::line).collect();
        let mut why: Vec<String> = self.why.iter().map(|why| why.said.clone()).collect();
        why.extend(self.unexplained());
        let parts = [
            self.head(),
            part("New", lines(&findings.new)),
            part("Louder", lines(&findings.louder)),
            part("Quieter", lines(&findings.quieter)),
            part("No longer said", lines(&findings.gone)),
            part("New of earlier days", earlier_lines(&findings.earlier_new)),
            part(
                "No longer said of earlier days",
                earlier_lines(&findings.earlier_gone),
            ),
            part("Why, as far as the reports tell", why),
        ];
        parts.concat()
    }

    /// Of which reports, and how much differs.
    fn head(&self) -> String {
        let findings = &self.findings;
        let (old, new) = (date_text(self.old.as_of), date_text(self.new.as_of));
        format!(
            "From the report of {old} to that of {new}, of the last 14 days: {} new, {} louder, {} quieter, {} no longer said, {} as before.\n",
            findings.new.len(),
            findings.louder.len(),
            findings.quieter.len(),
            findings.gone.len(),
            findings.same
        )
    }

    /// What to say where nothing that a report keeps is another. None where something is.
    fn unexplained(&self) -> Option<String> {
        let said = match self.findings.is_unchanged() {
            true => "Nothing differs: same recordings, same day, same limits, same niggle",
            false => {
                "Nothing that a report keeps; options that it does not keep (heart rates, zone, units) may differ"
            }
        };
        self.why.is_empty().then(|| said.to_string())
    }
}

/// The first of them, and how many more there are.
fn earlier_lines(said: &[Said]) -> Vec<String> {
    let more = said.len().saturating_sub(EARLIER);
    let more = (more > 0).then(|| format!("and {more} more"));
    let first = said.iter().take(EARLIER).map(Said::earlier_line);
    first.chain(more).collect()
}

/// Lines below a title. Empty without lines.
fn part(title: &str, lines: Vec<String>) -> String {
    let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    match lines.is_empty() {
        true => lines,
        false => format!("\n{title}:\n{lines}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::Analysis,
        digest::Digest,
        pain::Site,
        report::charts::fixtures::regular,
        rules::{self, Limits, fixture::finding},
        time::plus_days,
    };

    /// Severity by rule, each so many days ago.
    fn document(
        findings: &[(&'static str, Severity, i64)],
        change: impl Fn(&mut Analysis),
    ) -> Document {
        let mut analysis = regular(8);
        let day = |ago: i64| plus_days(analysis.history.as_of, -ago);
        let made = findings.iter().map(|(rule, severity, ago)| rules::Finding {
            severity: *severity,
            site: Some(Site::Shin),
            message: format!("Said of {rule}."),
            ..finding(rule, day(*ago), day(*ago))
        });
        analysis.findings = made.collect();
        change(&mut analysis);
        Document::new(&analysis, None)
    }

    #[test]
    fn equal_reports_differ_in_nothing() {
        let one = document(&[("pain-high", Severity::Watch, 0)], |_| {});
        let diff = diff(&one, &one);
        assert_eq!(
            diff.text(),
            "From the report of 6 Mar 2025 to that of 6 Mar 2025, of the last 14 days: 0 new, 0 louder, 0 quieter, 0 no longer \
             said, 1 as before.\n\nWhy, as far as the reports tell:\n  Nothing differs: same recordings, same day, same limits, same \
             niggle\n"
        );
    }

    #[test]
    fn findings_are_told_with_their_sentences() {
        use Severity::*;
        let old = document(
            &[
                ("pain-high", Watch, 0),
                ("time-loss", SeeSomeone, 0),
                ("pain-rising", EaseOff, 2),
                ("single-run-spike", Watch, 40),
                ("no-deload", Watch, 30),
            ],
            |_| {},
        );
        let new = document(
            &[
                ("red-flag-rest-pain", SeeSomeone, 0),
                ("pain-high", EaseOff, 0),
                ("pain-rising", Note, 0),
                ("single-run-spike", Watch, 40),
                ("ascent-spike", Watch, 35),
            ],
            |_| {},
        );
        let text = diff(&old, &new).text();
        let expected = "\
From the report of 6 Mar 2025 to that of 6 Mar 2025, of the last 14 days: 1 new, 1 louder, 1 quieter, 1 no longer said, 0 as before.

New:
  Have it looked at  Said of red-flag-rest-pain.

Louder:
  Ease off           Said of pain-high. (was: keep an eye on it)

Quieter:
  For information    Said of pain-rising. (was: ease off)

No longer said:
  Have it looked at  Said of time-loss.

New of earlier days:
  30 Jan 2025: Shin: more climbing than usual

No longer said of earlier days:
  4 Feb 2025: Shin: no lighter week for a while

Why, as far as the reports tell:
  Nothing that a report keeps; options that it does not keep (heart rates, zone, units) may differ
";
        assert_eq!(text, expected);
    }

    #[test]
    fn every_reason_is_told_from_what_to_what() {
        let limit = |options: &[&str]| {
            let options: Vec<String> = options.iter().map(|option| option.to_string()).collect();
            Limits::parse(&options).expect("limits")
        };
        let old = document(&[], |analysis| {
            analysis.limits = limit(&["single-run-spike.small-jump-percent=15"]);
        });
        let mut new = document(&[], |analysis| {
            analysis.history.as_of = plus_days(analysis.history.as_of, 7);
            analysis.history.runs.pop();
            analysis.digest = Digest::of(&"other");
            analysis.tally.failed += 1;
            analysis.limits = limit(&[
                "single-run-spike.small-jump-percent=20",
                "acwr-high.coupled-ratio=1.4",
            ]);
        });
        new.niggle_version = "9.9.9".to_string();
        new.load_unit = "session-rpe".to_string();
        let diff = diff(&old, &new);
        let whats: Vec<&str> = diff.why.iter().map(|why| why.what).collect();
        assert_eq!(
            whats,
            [
                "day",
                "read",
                "runs",
                "inputs",
                "load-unit",
                "version",
                "limit",
                "limit"
            ]
        );
        let text = diff.text();
        for words in [
            "It speaks from: 13 Mar 2025, before 6 Mar 2025",
            "0 skipped, 1 failed), before ",
            "Load is: session-rpe, before ",
            "niggle: 9.9.9, before ",
            "The limit acwr-high.coupled-ratio: 1.4, before 1.3 (the default)",
            "The limit single-run-spike.small-jump-percent: 20, before 15",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        let json: serde_json::Value = serde_json::from_str(&diff.json().unwrap()).unwrap();
        assert_eq!(json["why"][0]["what"], "day");
        assert_eq!(json["old"]["as_of"], "2025-03-06");
        assert_eq!(json["findings"]["same"], 0);
    }
}
