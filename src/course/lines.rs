//! How distance, step rate, climbing and sleep went week by week, and the shoe in use run by run; the last four weeks beside the twelve
//! before. What a sentence and the title of a picture say of a change both come from here.

use super::measure::{Alike, Measure};
use crate::{
    model::{History, Run},
    rules::{self, Finding, Mark, Severity},
    stats::describe::mean,
    time::plus_days,
};
use chrono::NaiveDate;

/// Weeks shown: a year.
const SHOWN_WEEKS: i64 = 52;

/// Weeks that are lately.
pub const LATELY_WEEKS: usize = 4;

/// Weeks before those that they are set beside.
pub const BEFORE_WEEKS: usize = 12;

/// A week with less climbing is flat, m.
const FLAT_M: f64 = 50.0;

/// Of either as many must be known: half.
const KNOWN_SHARE: f64 = 0.5;

/// What is known, line by line. None where nothing is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    /// Metres run a week.
    pub distance: Option<WeekLine>,
    /// Steps a minute on flat, steady ground.
    pub cadence: Option<WeekLine>,
    /// Metres climbed a week.
    pub ascent: Option<WeekLine>,
    /// Hours of sleep a night.
    pub sleep: Option<WeekLine>,
    /// The shoe of the last run that names one.
    pub shoe: Option<ShoeLine>,
}

/// A measure week by week.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekLine {
    /// What.
    pub measure: Measure,
    /// Weeks of seven days by their first day, the oldest first, the last one ending with the report's day; the first is known. A value
    /// is None where it is not known.
    pub weeks: Vec<(NaiveDate, Option<f64>)>,
    /// The mean of the known ones of the last [`LATELY_WEEKS`]. None: fewer than half are known.
    pub lately: Option<f64>,
    /// The mean of the known ones of the [`BEFORE_WEEKS`] before. None: likewise.
    pub before: Option<f64>,
    /// Stretches of these weeks that a rule about the measure flagged, by day.
    pub flagged: Vec<Flagged>,
}

/// A stretch that was flagged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flagged {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// The furthest of the known weeks it touches: the lowest step rate, the most climbing. None: none is known.
    pub value: Option<f64>,
}

/// A shoe, run by run.
#[derive(Debug, Clone, PartialEq)]
pub struct ShoeLine {
    /// What the runner calls it.
    pub name: String,
    /// The day of every run in it, and the metres of all up to it.
    pub runs: Vec<(NaiveDate, f64)>,
}

/// The lines up to the day of the report.
pub fn lines(history: &History, findings: &[Finding]) -> Lines {
    let alike = Alike::until(history, history.as_of);
    let line = |measure, mark| week_line(history, findings, &alike, (measure, mark));
    Lines {
        distance: line(Measure::Distance, None),
        cadence: line(Measure::Cadence, Some(Mark::Cadence)),
        ascent: line(Measure::Ascent, Some(Mark::Ascent)),
        sleep: line(Measure::Sleep, None),
        shoe: shoe_line(history),
    }
}

fn week_line(
    history: &History,
    findings: &[Finding],
    alike: &Alike,
    (measure, mark): (Measure, Option<Mark>),
) -> Option<WeekLine> {
    let first = |back: i64| plus_days(history.as_of, 1 - 7 * back);
    let week = |back| (first(back), measure.of(history, first(back), alike));
    let weeks = (1..=SHOWN_WEEKS).rev().map(week);
    let weeks: Vec<_> = weeks.skip_while(|(_, value)| value.is_none()).collect();
    (!weeks.is_empty()).then(|| WeekLine {
        measure,
        lately: mean_of(&weeks, 0, LATELY_WEEKS),
        before: mean_of(&weeks, LATELY_WEEKS, BEFORE_WEEKS),
        flagged: mark.map_or(Vec::new(), |mark| flagged(findings, mark, &weeks)),
        weeks,
    })
}

/// The mean of so many weeks, leaving out the last ones. None where fewer than half of them are known.
fn mean_of(weeks: &[(NaiveDate, Option<f64>)], skip: usize, take: usize) -> Option<f64> {
    let values = weeks.iter().rev().skip(skip).take(take);
    let known: Vec<f64> = values.filter_map(|(_, value)| *value).collect();
    let is_enough = known.len() as f64 >= KNOWN_SHARE * take as f64;
    mean(&known).filter(|_| is_enough)
}

/// What was flagged in these weeks; findings that touch are one stretch.
fn flagged(findings: &[Finding], mark: Mark, weeks: &[(NaiveDate, Option<f64>)]) -> Vec<Flagged> {
    let Some((first, _)) = weeks.first() else {
        return Vec::new();
    };
    let days = days_flagged(findings, mark, *first);
    joined(days)
        .into_iter()
        .map(|days| stretch(days, weeks, furthest(mark)))
        .collect()
}

/// The days that a rule flagged for what a mark stands for, from one on, in their order.
fn days_flagged(findings: &[Finding], mark: Mark, from: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let is_own = |finding: &&Finding| finding.to >= from && is_marked(finding, mark);
    sorted(findings.iter().filter(is_own).map(days_of).collect())
}

fn days_of(finding: &Finding) -> (NaiveDate, NaiveDate) {
    (finding.from, finding.to)
}

fn sorted(mut days: Vec<(NaiveDate, NaiveDate)>) -> Vec<(NaiveDate, NaiveDate)> {
    days.sort();
    days
}

fn is_marked(finding: &Finding, mark: Mark) -> bool {
    finding.severity >= Severity::Watch
        && rules::rule(finding.rule).is_some_and(|rule| rule.marks.contains(&mark))
}

/// Which of several values stood out most.
fn furthest(mark: Mark) -> fn(f64, f64) -> f64 {
    match mark {
        Mark::Cadence => f64::min,
        _ => f64::max,
    }
}

/// Stretches that touch or follow one another, as one.
fn joined(days: Vec<(NaiveDate, NaiveDate)>) -> Vec<(NaiveDate, NaiveDate)> {
    let mut joined: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for (from, to) in days {
        match joined.last_mut() {
            Some((_, end)) if from <= plus_days(*end, 1) => *end = to.max(*end),
            _ => joined.push((from, to)),
        }
    }
    joined
}

fn stretch(
    (from, to): (NaiveDate, NaiveDate),
    weeks: &[(NaiveDate, Option<f64>)],
    furthest: fn(f64, f64) -> f64,
) -> Flagged {
    let touched = weeks
        .iter()
        .filter(|(first, _)| *first <= to && from <= plus_days(*first, 6));
    Flagged {
        from,
        to,
        value: touched.filter_map(|(_, value)| *value).reduce(furthest),
    }
}

impl WeekLine {
    /// The change of late as a share. None where either is not known, or there was nothing before.
    pub fn change(&self) -> Option<f64> {
        let before = self.before.filter(|before| *before > 0.0)?;
        Some(self.lately? / before - 1.0)
    }

    /// Whether the last weeks are as those before. None where that is not known.
    pub fn is_same(&self) -> Option<bool> {
        let same = match self.measure {
            Measure::Cadence => 0.02,
            Measure::Sleep => 0.03,
            _ => 0.1,
        };
        self.change().map(|change| change.abs() <= same)
    }

    /// Whether there is too little climbing for its change to say anything: altitude of a watch is not that exact.
    pub fn is_flat(&self) -> bool {
        let known = [self.lately, self.before];
        let is_low = known.iter().flatten().all(|metres| *metres < FLAT_M);
        self.measure == Measure::Ascent && is_low && self.lately.is_some()
    }

    /// What it is of late beside what it was, without a full stop: `216 m a week, as always`. None where of late too little is known.
    pub fn lately_text(&self, shown: impl Fn(f64) -> String) -> Option<String> {
        let now = shown(self.lately?);
        Some(match (self.before.map(shown), self.is_same()) {
            _ if self.is_flat() => format!("{now}: too flat for a change to say anything"),
            (_, Some(true)) => format!("{now}, as always"),
            (Some(before), _) if before == now => format!("{now}, as always"),
            (Some(before), _) => {
                format!("{now} over the last four weeks; {before} in the twelve before")
            }
            (None, _) => {
                format!("{now} over the last four weeks; too few weeks before are known to compare")
            }
        })
    }

    /// The same where both are known: what the title of a picture says.
    pub fn change_text(&self, shown: impl Fn(f64) -> String) -> Option<String> {
        self.before
            .is_some()
            .then(|| self.lately_text(shown))
            .flatten()
    }

    /// The last known value and the first day of its week.
    pub fn last(&self) -> Option<(NaiveDate, f64)> {
        let known = self.weeks.iter().rev();
        known
            .filter_map(|(day, value)| Some((*day, (*value)?)))
            .next()
    }
}

impl ShoeLine {
    /// Metres of all its runs.
    pub fn distance_m(&self) -> f64 {
        self.runs.last().map_or(0.0, |(_, metres)| *metres)
    }
}

/// None where no run names its shoe.
fn shoe_line(history: &History) -> Option<ShoeLine> {
    let runs = history.runs_between(NaiveDate::MIN, history.as_of);
    let name = runs.iter().rev().find_map(|run| run.shoe.clone())?;
    let worn = runs.iter().filter(|run| run.shoe.as_ref() == Some(&name));
    let point = |run: &Run| Some((run.local_date(), run.shoe_distance_m?));
    let runs: Vec<_> = worn.filter_map(point).collect();
    (!runs.is_empty()).then_some(ShoeLine { name, runs })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::charts::fixtures::{analysis, date, finding, run},
        time::days_between,
    };

    /// Two runs a week over 20 weeks, with the step rate that the week asks for.
    fn cadence(of_week: impl Fn(i64) -> f64, findings: &[Finding]) -> WeekLine {
        let first = date("2025-01-06");
        let days = (0..20).flat_map(|week| [week * 7, week * 7 + 6]);
        let runs = days.map(|day| {
            let mut run = run(plus_days(first, day), 8.0);
            run.cadence_flat_spm = Some(of_week(day / 7));
            run
        });
        let history = analysis(runs.collect(), vec![], vec![]).history;
        lines(&history, findings).cadence.expect("cadence")
    }

    #[test]
    fn four_weeks_stand_beside_the_twelve_before() {
        let line = cadence(|week| if week >= 16 { 160.0 } else { 170.0 }, &[]);
        assert_eq!((line.lately, line.before), (Some(160.0), Some(170.0)));
        assert_eq!(line.is_same(), Some(false));
        assert_eq!(line.weeks.len(), 20);
        let nearly = cadence(|week| if week >= 16 { 168.0 } else { 170.0 }, &[]);
        assert_eq!(nearly.is_same(), Some(true), "1.2 % less");
    }

    #[test]
    fn a_change_is_told_in_one_way() {
        let metres = |metres: f64| format!("{metres:.0} m a week");
        let line = |lately: f64, before: Option<f64>| WeekLine {
            measure: Measure::Ascent,
            weeks: Vec::new(),
            lately: Some(lately),
            before,
            flagged: Vec::new(),
        };
        // Climbing is the same up to a tenth: 201 is 7 % under 216, and 201 is 18 % under 246.
        for (lately, before, expected) in [
            (201.0, Some(216.0), "201 m a week, as always"),
            (
                201.0,
                Some(246.0),
                "201 m a week over the last four weeks; 246 m a week in the twelve before",
            ),
            (
                30.0,
                Some(20.0),
                "30 m a week: too flat for a change to say anything",
            ),
        ] {
            let line = line(lately, before);
            assert_eq!(line.lately_text(metres).as_deref(), Some(expected));
            assert_eq!(line.change_text(metres), line.lately_text(metres));
        }
        let alone = line(201.0, None);
        assert!(
            alone
                .lately_text(metres)
                .is_some_and(|text| text.ends_with("known to compare"))
        );
        assert_eq!(alone.change_text(metres), None);
    }

    #[test]
    fn what_was_flagged_is_named_once() {
        let flags = [("2025-02-10", "2025-02-16"), ("2025-02-17", "2025-02-23")];
        let flags = flags.map(|(from, to)| finding("cadence-below-own", date(from), date(to)));
        let line = cadence(|week| if week == 5 { 150.0 } else { 170.0 }, &flags);
        let [flagged] = line.flagged[..] else {
            panic!("one stretch: {:?}", line.flagged)
        };
        assert_eq!(days_between(flagged.from, flagged.to), 13);
        assert_eq!(flagged.value, Some(150.0), "of 150 and 170");
    }

    #[test]
    fn what_is_not_known_is_no_line() {
        let history = analysis(vec![], vec![], vec![]).history;
        assert_eq!(lines(&history, &[]), Lines::default());
        let few = analysis(
            vec![run(date("2025-01-06"), 8.0), run(date("2025-01-12"), 8.0)],
            vec![],
            vec![],
        );
        let lines = lines(&few.history, &[]);
        assert_eq!((lines.sleep, lines.shoe), (None, None));
        let line = lines.cadence.expect("cadence");
        assert_eq!(
            (line.weeks.len(), line.change(), line.is_same()),
            (1, None, None)
        );
    }
}
