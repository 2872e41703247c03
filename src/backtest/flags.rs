//! When a rule's flag was up: the seven days after it, day by day, as far as silence could be told from not looking.

use super::patterns::Counted;
use crate::{
    model::Day,
    rules::{Finding, Severity, pattern::Needs},
    time::{days_between, plus_days},
};
use chrono::NaiveDate;

/// Days after a flag in which a new spell counts as one that came after it (src/method/statistics.md, Looking back on the flags).
pub const AFTER_DAYS: i64 = 7;

/// Days of recordings before a day that the load rules need to speak: about four weeks.
const NEEDED_DAYS: usize = 28;

/// Nights that a sleep rule looks at, and how many of them must be known.
const NIGHTS: (usize, usize) = (7, 5);

/// The days on which each flag was up, first and last: from the day the rule can have spoken to the finding's last day.
pub fn raised(
    counted: &Counted,
    findings: &[Finding],
    as_of: NaiveDate,
) -> Vec<(NaiveDate, NaiveDate)> {
    let ended = flags(counted, findings).filter(|finding| finding.to <= as_of);
    let raised = ended.map(|finding| (up_from(counted, finding), finding.to));
    let mut raised: Vec<_> = raised.collect();
    raised.sort();
    raised
}

/// The findings that are the pattern's.
fn flags<'f>(counted: &Counted, findings: &'f [Finding]) -> impl Iterator<Item = &'f Finding> {
    findings.iter().filter(|finding| is_flag(counted, finding))
}

/// The day from which the rule can have spoken.
fn up_from(counted: &Counted, finding: &Finding) -> NaiveDate {
    let complete = plus_days(finding.from, counted.pattern.complete_days - 1);
    complete.clamp(finding.from, finding.to)
}

/// One element a day of the history: Some(true) in the [`AFTER_DAYS`] days after a day on which a flag was up, Some(false)
/// on other days.
///
/// None, so on neither side, on the days of a finding before its flag goes up and on that day itself (its load is not
/// before the pain of the day), and on days whose silence means nothing: recordings or nights are missing.
pub fn after_flags(counted: &Counted, findings: &[Finding], days: &[Day]) -> Vec<Option<bool>> {
    let Some(last) = days.last().map(|day| day.date) else {
        return Vec::new();
    };
    let (after, forming) = (after(counted, findings, last), forming(counted, findings));
    let heard = heard(counted.pattern.needs, days);
    days.iter()
        .zip(heard)
        .map(|(day, heard)| match () {
            () if is_within(&after, day.date) => Some(true),
            () if is_within(&forming, day.date) => None,
            () => heard.then_some(false),
        })
        .collect()
}

/// The days after each flag.
fn after(counted: &Counted, findings: &[Finding], as_of: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let after = |(up, to)| (plus_days(up, 1), plus_days(to, AFTER_DAYS));
    raised(counted, findings, as_of)
        .into_iter()
        .map(after)
        .collect()
}

/// The days of each finding up to that on which its flag goes up.
fn forming(counted: &Counted, findings: &[Finding]) -> Vec<(NaiveDate, NaiveDate)> {
    flags(counted, findings)
        .map(|finding| (finding.from, up_from(counted, finding)))
        .collect()
}

fn is_within(spans: &[(NaiveDate, NaiveDate)], date: NaiveDate) -> bool {
    spans.iter().any(|(from, to)| (*from..=*to).contains(&date))
}

/// Whether the finding is the pattern's; a jump that was told and not weighed ([`crate::rules::single_run_spike`]) is none.
fn is_flag(counted: &Counted, finding: &Finding) -> bool {
    let weighed = finding.severity > Severity::Note || finding.observed.is_some();
    finding.rule == counted.rule.id && weighed
}

/// Whether the rule would have spoken on each day, had there been something to say.
fn heard(needs: Needs, days: &[Day]) -> Vec<bool> {
    let (window, enough, known): (usize, usize, fn(&Day) -> bool) = match needs {
        Needs::Recordings => (NEEDED_DAYS, NEEDED_DAYS, |day| day.covered),
        Needs::Sleep => (NIGHTS.0, NIGHTS.1, |day| day.sleep_s.is_some()),
    };
    let is_known = |index: Option<usize>| index.and_then(|i| days.get(i)).is_some_and(known);
    let mut count = 0;
    let mut is_heard = |index: usize| {
        // The window is the days strictly before this one.
        count += usize::from(is_known(index.checked_sub(1)));
        count -= usize::from(is_known(index.checked_sub(window + 1)));
        count >= enough
    };
    (0..days.len()).map(&mut is_heard).collect()
}

/// The flags on the calendar that begins on `first` and has `length` days; None outside the history.
pub fn on_calendar(
    flags: &[Option<bool>],
    days: &[Day],
    first: NaiveDate,
    length: usize,
) -> Vec<Option<bool>> {
    let start = days.first().map_or(0, |day| days_between(day.date, first));
    let flag = |index: i64| *flags.get(usize::try_from(index).ok()?)?;
    (start..).take(length).map(flag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::tests::history, backtest::patterns::tests::counted, rules::fixture::finding,
    };

    /// `#` after a flag, `-` not, `.` neither.
    fn check(rule: &str, findings: &[Finding], days: &[Day], expected: &str) {
        let flags = after_flags(&counted(rule), findings, days);
        let shown: String = flags
            .iter()
            .map(|day| day.map_or('.', |flag| if flag { '#' } else { '-' }))
            .collect();
        assert_eq!(shown, expected, "{rule}");
    }

    #[test]
    fn a_flag_counts_for_the_seven_days_after_it() {
        let days = history(&[Some(1000.0); 40]).days;
        let (quiet, first) = (".".repeat(28), days[0].date);
        let at = |rule, from, to| finding(rule, plus_days(first, from), plus_days(first, to));
        check(
            "single-run-spike",
            &[at("single-run-spike", 30, 30)],
            &days,
            &format!("{quiet}--.#######--"),
        );
        // A week counts from its last day on; its own days are on neither side.
        check(
            "weekly-distance-jump",
            &[at("weekly-distance-jump", 28, 34)],
            &days,
            &format!("{quiet}.......#####"),
        );
        // Another rule's finding, and one that is not over yet.
        check(
            "acwr-high",
            &[at("single-run-spike", 30, 30), at("acwr-high", 39, 40)],
            &days,
            &format!("{quiet}-----------."),
        );
    }

    #[test]
    fn a_lasting_pattern_flags_from_the_day_it_can_be_seen() {
        let days = history(&[Some(1000.0); 45]).days;
        let lasting = finding("no-deload", days[1].date, days[35].date);
        // Complete on its 28th day, day 28; up until day 35, and seven days after.
        check(
            "no-deload",
            &[lasting],
            &days,
            &format!(".{}{}--", ".".repeat(28), "#".repeat(14)),
        );
    }

    #[test]
    fn silence_needs_something_to_look_at() {
        let mut distances = vec![Some(1000.0); 60];
        distances[30] = None;
        let mut days = history(&distances).days;
        check(
            "acwr-high",
            &[],
            &days,
            &format!("{}---{}-", ".".repeat(28), ".".repeat(28)),
        );
        for night in [0, 1, 2, 3, 4] {
            days[night].sleep_s = Some(25_000.0);
        }
        check("sleep-short", &[], &days[..12], ".....---....");
    }

    #[test]
    fn calendars_are_laid_over_one_another() {
        let days = history(&[Some(1.0); 3]).days;
        let flags = [Some(true), Some(false), None];
        let laid =
            |first: i64, length| on_calendar(&flags, &days, plus_days(days[0].date, first), length);
        assert_eq!(laid(-1, 3), [None, Some(true), Some(false)]);
        assert_eq!(laid(1, 4), [Some(false), None, None, None]);
        assert!(
            on_calendar(&[], &[], days[0].date, 1)
                .iter()
                .all(Option::is_none)
        );
    }
}
