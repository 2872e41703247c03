//! One instruction a place: the findings of these days by place, the loudest first, which alone decides what is asked.
//!
//! The report, its summary on the terminal and `niggle pain check` all speak from here, so that they cannot differ.

use crate::rules::{
    Context, EmergencyNumber, Finding, Limits, Severity, judge, load_pain_link, triage,
};
use crate::{
    model::{History, LoadUnit},
    pain::{PainLog, Place, Site, last_believable_day, places_meet, sides_meet},
    units::Units,
};
use chrono::NaiveDate;
use std::cmp::Reverse;

/// What is said of one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung<'a> {
    /// The place as the loudest finding names it; None for the whole body and for running.
    pub place: Option<Place>,
    /// The findings, loudest first; never empty.
    pub findings: Vec<&'a Finding>,
    /// What is asked and by when: of the loudest finding that asks something. Empty where nothing is asked here.
    pub instruction: &'a str,
}

impl<'a> Rung<'a> {
    /// The finding that decides. None cannot be for a rung of [`ladder`].
    pub fn lead(&self) -> Option<&'a Finding> {
        self.findings.first().copied()
    }

    /// How loud the loudest is.
    pub fn severity(&self) -> Severity {
        self.lead()
            .map_or(Severity::Note, |finding| finding.severity)
    }

    /// The facts of the loudest finding and what is asked, as one text.
    pub fn text(&self) -> String {
        let facts = self.lead().map_or("", |finding| finding.message.as_str());
        [facts, self.instruction]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Whether it is about a place or the whole body, and not about running.
    pub fn is_of_the_body(&self) -> bool {
        self.lead()
            .is_some_and(|lead| is_of_a_place(lead) || is_of_the_body(lead))
    }

    /// Whether it is about a place that can be this one.
    pub fn is_at(&self, place: Place) -> bool {
        self.place.is_some_and(|own| places_meet(own, place))
    }

    /// Whether the finding is about this place; left, right, both and none meet as far as they can be the same. Of running every
    /// rule is a place of its own.
    fn holds(&self, finding: &Finding) -> bool {
        match self.lead() {
            Some(lead) if is_of_a_place(finding) => {
                lead.site == finding.site && sides_meet(lead.side, finding.side)
            }
            Some(lead) => {
                (is_of_the_body(lead) && is_of_the_body(finding))
                    || lead.rule == finding.rule && !is_of_a_place(lead)
            }
            None => false,
        }
    }
}

/// The findings that are current on the day, without links and without what is only good: a rung a place, the loudest first.
pub fn ladder(findings: &[Finding], as_of: NaiveDate) -> Vec<Rung<'_>> {
    let mut rungs: Vec<Rung> = Vec::new();
    for finding in loudest_first(findings, as_of) {
        match rungs.iter_mut().find(|rung| rung.holds(finding)) {
            Some(rung) => rung.findings.push(finding),
            None => rungs.push(Rung {
                place: place(finding),
                findings: vec![finding],
                instruction: "",
            }),
        }
    }
    ask(&mut rungs);
    rungs
}

fn loudest_first(findings: &[Finding], as_of: NaiveDate) -> Vec<&Finding> {
    let mut said: Vec<&Finding> = findings.iter().filter(|f| is_said(f, as_of)).collect();
    said.sort_by_key(|finding| rank(finding));
    said
}

/// The least rank is told first: the loudest, then by the row of the triage table, then the newest.
fn rank(finding: &Finding) -> impl Ord + use<> {
    let row = triage::position(finding).unwrap_or(usize::MAX);
    (
        Reverse(finding.severity),
        row,
        Reverse(finding.to),
        Reverse(finding.from),
    )
}

fn is_said(finding: &Finding, as_of: NaiveDate) -> bool {
    triage::is_current(finding, as_of)
        && finding.severity >= Severity::Note
        && finding.rule != load_pain_link::RULE.id
}

/// A log without any run, as it is on a day, and what the rules find in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Alone {
    /// A history without runs that ends on the day.
    pub history: History,
    /// The log up to the day.
    pub pain: PainLog,
    /// What is found, as in a report.
    pub findings: Vec<Finding>,
}

/// What the rules find in a log alone, up to a day.
pub fn alone_on(
    as_of: NaiveDate,
    pain: &PainLog,
    limits: &Limits,
    number: &EmergencyNumber,
) -> Alone {
    let pain = PainLog {
        entries: (pain.entries.iter().filter(|entry| entry.date <= as_of))
            .cloned()
            .collect(),
        ..pain.clone()
    };
    let history = without_runs(as_of);
    let ctx = Context::new(&history, &pain, Units::Km).with(limits, number);
    let (findings, _) = judge(&ctx).sorted();
    Alone {
        history,
        pain,
        findings,
    }
}

fn without_runs(as_of: NaiveDate) -> History {
    History {
        runs: Vec::new(),
        others: Vec::new(),
        days: Vec::new(),
        weeks: Vec::new(),
        load_unit: LoadUnit::GradeAdjustedKm,
        as_of,
    }
}

/// The last day of the log that can be believed: a row far after all others is a slip of the pen and must not turn this week
/// into history; one that tells of signs is believed all the same. None for a log without rows.
pub fn last_day(pain: &PainLog) -> Option<NaiveDate> {
    pain.entries
        .iter()
        .filter(|entry| !entry.signs.is_empty() || !entry.signs_in_note.is_empty())
        .map(|entry| entry.date)
        .chain(last_believable_day(pain))
        .max()
}

/// The instruction of each rung. What rules about running ask for would contradict a place that is to be looked at first.
fn ask(rungs: &mut [Rung]) {
    let is_to_be_seen = |rung: &Rung| rung.severity() >= Severity::SeeSomeone;
    let see_first = rungs.iter().any(is_to_be_seen);
    for rung in rungs {
        rung.instruction = match see_first && !rung.is_of_the_body() {
            true => "",
            false => first_instruction(&rung.findings),
        };
    }
}

fn first_instruction<'a>(findings: &[&'a Finding]) -> &'a str {
    let mut asked = findings.iter().map(|finding| finding.instruction.as_str());
    asked.find(|asked| !asked.is_empty()).unwrap_or_default()
}

fn place(finding: &Finding) -> Option<Place> {
    finding
        .site
        .filter(|site| *site != Site::None)
        .map(|site| (site, finding.side))
}

fn is_of_a_place(finding: &Finding) -> bool {
    place(finding).is_some()
}

/// A finding of the triage table without a place is about the whole body; others without one are about running, each for itself.
fn is_of_the_body(finding: &Finding) -> bool {
    !is_of_a_place(finding) && triage::table().any(|(_, id)| id == finding.rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Side;
    use crate::{
        pain::Entry,
        rules::pain_fixture::{clear, day, sore},
    };

    const LEFT: Option<Side> = Some(Side::Left);
    const RIGHT: Option<Side> = Some(Side::Right);

    /// A finding of day 20 that says its rule and asks `do <rule>`.
    fn says(
        rule: &'static str,
        severity: Severity,
        site: Option<Site>,
        side: Option<Side>,
    ) -> Finding {
        let base = crate::rules::fixture::finding(rule, day(20), day(20));
        Finding {
            severity,
            site,
            side,
            message: format!("{rule}."),
            instruction: format!("Do {rule}."),
            ..base
        }
    }

    /// Each rung as its rules and what it asks.
    fn rungs(findings: &[Finding]) -> Vec<(Vec<&str>, &str)> {
        let ladder = ladder(findings, day(20));
        ladder
            .iter()
            .map(|rung| {
                (
                    rung.findings.iter().map(|f| f.rule).collect(),
                    rung.instruction,
                )
            })
            .collect()
    }

    #[test]
    fn the_loudest_of_a_place_decides_and_the_others_only_give_reasons() {
        use Severity::*;
        let shin = Some(Site::Shin);
        let found = [
            says("pain-during-run", EaseOff, shin, RIGHT),
            says("pain-over-a-week", SeeSomeone, shin, None),
            says("red-flag-severe", Urgent, shin, RIGHT),
            says("pain-rising", Watch, Some(Site::Knee), LEFT),
        ];
        let shin = (
            vec!["red-flag-severe", "pain-over-a-week", "pain-during-run"],
            "Do red-flag-severe.",
        );
        assert_eq!(
            rungs(&found),
            [shin, (vec!["pain-rising"], "Do pain-rising.")]
        );
        let ladder = ladder(&found, day(20));
        assert_eq!(ladder[0].text(), "red-flag-severe. Do red-flag-severe.");
        assert_eq!(
            (ladder[0].place, ladder[0].severity()),
            (Some((Site::Shin, RIGHT)), Urgent)
        );
    }

    #[test]
    fn sides_meet_where_they_can_be_the_same() {
        let at = |side, severity| says("pain-over-a-week", severity, Some(Site::Knee), side);
        let both = Some(Side::Both);
        for (loud, quiet, places) in [
            (LEFT, RIGHT, 2),
            (LEFT, LEFT, 1),
            (LEFT, None, 1),
            (LEFT, both, 1),
            (None, RIGHT, 1),
            (both, RIGHT, 1),
            (both, None, 1),
        ] {
            let found = [at(loud, Severity::SeeSomeone), at(quiet, Severity::Watch)];
            assert_eq!(rungs(&found).len(), places, "{loud:?} {quiet:?}");
        }
    }

    #[test]
    fn the_whole_body_is_one_place_and_running_asks_nothing_beside_what_is_to_be_seen() {
        use Severity::*;
        let chest = says("red-flag-chest", Emergency, None, None);
        let lost = says("time-loss", SeeSomeone, None, None);
        let (spike, sleep) = (
            says("single-run-spike", EaseOff, None, None),
            says("sleep-short", Watch, None, None),
        );
        let quiet = [
            spike.clone(),
            sleep.clone(),
            says("single-run-spike", Note, None, None),
        ];
        assert_eq!(
            rungs(&quiet),
            [
                (vec!["single-run-spike"; 2], "Do single-run-spike."),
                (vec!["sleep-short"], "Do sleep-short.")
            ]
        );
        assert_eq!(
            rungs(&[spike, sleep, lost, chest]),
            [
                (vec!["red-flag-chest", "time-loss"], "Do red-flag-chest."),
                (vec!["single-run-spike"], ""),
                (vec!["sleep-short"], "")
            ]
        );
    }

    #[test]
    fn what_is_good_old_or_a_link_is_no_rung_and_a_silent_lead_lets_the_next_ask() {
        let knee = Some(Site::Knee);
        let silent = Finding {
            instruction: String::new(),
            ..says("time-loss", Severity::SeeSomeone, knee, None)
        };
        let old = Finding {
            to: day(5),
            ..says("pain-rising", Severity::Watch, knee, None)
        };
        let found = [
            says("soreness-fits-doms", Severity::Good, knee, None),
            old,
            says("load-pain-link", Severity::Watch, knee, None),
            silent,
            says("pain-rising", Severity::Watch, knee, None),
        ];
        assert_eq!(
            rungs(&found),
            [(vec!["time-loss", "pain-rising"], "Do pain-rising.")]
        );
        assert!(rungs(&found[..3]).is_empty());
    }

    fn now(entries: Vec<Entry>) -> Vec<(Severity, String)> {
        let pain = PainLog {
            place: Some("pain.csv".to_string()),
            entries,
            ..PainLog::default()
        };
        let (limits, number) = (Limits::default(), EmergencyNumber::default());
        let Some(day) = last_day(&pain) else {
            return Vec::new();
        };
        let found = alone_on(day, &pain, &limits, &number).findings;
        let rungs = ladder(&found, day).into_iter();
        rungs.map(|rung| (rung.severity(), rung.text())).collect()
    }

    #[test]
    fn a_log_alone_is_judged_on_its_last_day() {
        assert!(now(Vec::new()).is_empty());
        assert!(
            now((0..10).map(clear).collect())
                .iter()
                .all(|(severity, _)| *severity < Severity::Watch)
        );
        let chest = Entry {
            signs: [crate::pain::Sign::ChestPain].into(),
            ..clear(12)
        };
        let said = now((0..10).map(clear).chain([chest]).collect());
        assert_eq!(
            said.first().map(|(severity, _)| *severity),
            Some(Severity::Emergency),
            "{said:?}"
        );
        // Nine days of the same knee: one rung, whatever the number of rules.
        let said = now((0..9)
            .map(|n| sore(n, Site::Knee, Side::Left, 4.0))
            .collect());
        let loud: Vec<_> = said
            .iter()
            .filter(|(severity, _)| *severity >= Severity::Watch)
            .collect();
        assert!(
            matches!(&loud[..], [(level, text)] if *level >= Severity::SeeSomeone && text.contains("left knee"))
        );
    }
}
