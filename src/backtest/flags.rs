//! When a rule's flag was up: its day and the seven days after it, day by day, as far as silence could be told from not looking.

use super::patterns::Counted;
use crate::{
    model::Day,
    rules::{Finding, Severity, pattern::Needs},
    stats::event_shift::Flag,
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

/// One element a day of the history: up in the `reach` days after a day on which a flag was up, rising on the first of those,
/// and down on other days.
///
/// None, so on neither side, on the days of a finding before its flag goes up, and on days whose silence means nothing:
/// recordings or nights are missing.
pub fn after_flags(
    counted: &Counted,
    findings: &[Finding],
    days: &[Day],
    reach: i64,
) -> Vec<Option<Flag>> {
    let forming = forming(counted, findings);
    let of_day = |day: &Day, flag: Option<Flag>| {
        let is_open = flag == Some(Flag::Down) && is_within(&forming, day.date);
        flag.filter(|_| !is_open)
    };
    let said = flags_as_said(counted, findings, days, reach);
    days.iter()
        .zip(said)
        .map(|(day, flag)| of_day(day, flag))
        .collect()
}

/// The same by what had been said by then: while a flag forms it is down. Where a day is only set beside earlier ones, days left out before each
/// flag would take the flagged ones their company, and flags would seem to protect.
pub fn flags_as_said(
    counted: &Counted,
    findings: &[Finding],
    days: &[Day],
    reach: i64,
) -> Vec<Option<Flag>> {
    let Some(last) = days.last().map(|day| day.date) else {
        return Vec::new();
    };
    let raised = raised(counted, findings, last);
    let after = after(&raised, reach);
    let is_rising = |date: NaiveDate| raised.iter().any(|(up, _)| *up == date);
    let heard = heard(counted.pattern.needs, days);
    let of_day = |(day, heard): (&Day, bool)| match () {
        () if is_within(&after, day.date) => Some(Flag::Up),
        () if is_rising(day.date) => Some(Flag::Rising),
        () => heard.then_some(Flag::Down),
    };
    days.iter().zip(heard).map(of_day).collect()
}

/// The days after each flag.
fn after(raised: &[(NaiveDate, NaiveDate)], reach: i64) -> Vec<(NaiveDate, NaiveDate)> {
    let after = |(up, to): &(NaiveDate, NaiveDate)| (plus_days(*up, 1), plus_days(*to, reach));
    raised.iter().map(after).collect()
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
    flags: &[Option<Flag>],
    days: &[Day],
    first: NaiveDate,
    length: usize,
) -> Vec<Option<Flag>> {
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

    /// `^` the day a flag goes up, `#` after a flag, `-` neither, `.` unknown.
    fn shown(rule: &str, findings: &[Finding], days: &[Day], reach: i64) -> String {
        let sign = |flag| match flag {
            None => '.',
            Some(Flag::Down) => '-',
            Some(Flag::Rising) => '^',
            Some(Flag::Up) => '#',
        };
        let flags = after_flags(&counted(rule), findings, days, reach);
        flags.into_iter().map(sign).collect()
    }

    fn check(rule: &str, findings: &[Finding], days: &[Day], expected: &str) {
        assert_eq!(shown(rule, findings, days, AFTER_DAYS), expected, "{rule}");
    }

    #[test]
    fn a_flag_counts_for_its_day_and_the_seven_days_after_it() {
        let days = history(&[Some(1000.0); 40]).days;
        let (quiet, first) = (".".repeat(28), days[0].date);
        let at = |rule, from, to| finding(rule, plus_days(first, from), plus_days(first, to));
        check(
            "single-run-spike",
            &[at("single-run-spike", 30, 30)],
            &days,
            &format!("{quiet}--^#######--"),
        );
        // The day of the next flag lies in the days after the one before: it counts whole.
        check(
            "single-run-spike",
            &[
                at("single-run-spike", 29, 29),
                at("single-run-spike", 31, 31),
            ],
            &days,
            &format!("{quiet}-^#########-"),
        );
        let near = shown(
            "single-run-spike",
            &[at("single-run-spike", 30, 30)],
            &days,
            1,
        );
        assert_eq!(near, format!("{quiet}--^#--------"));
        // A week counts from its last day on; its days before are on neither side.
        check(
            "weekly-distance-jump",
            &[at("weekly-distance-jump", 28, 34)],
            &days,
            &format!("{quiet}......^#####"),
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
            &format!("{}^{}--", ".".repeat(28), "#".repeat(14)),
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
    fn while_a_flag_forms_nothing_was_said_yet() {
        let days = history(&[Some(8000.0); 60]).days;
        let jump = finding("weekly-distance-jump", days[35].date, days[41].date);
        let counted = counted("weekly-distance-jump");
        let said = flags_as_said(&counted, std::slice::from_ref(&jump), &days, AFTER_DAYS);
        let kept_open = after_flags(&counted, &[jump], &days, AFTER_DAYS);
        let up = said.iter().position(|flag| *flag == Some(Flag::Rising));
        let up = up.expect("the flag goes up");
        assert!(up > 35, "not on the week's first day");
        assert!(said[35..up].iter().all(|flag| *flag == Some(Flag::Down)));
        assert!(kept_open[35..up].iter().all(Option::is_none));
        assert_eq!(said[..35], kept_open[..35]);
        assert_eq!(said[up..], kept_open[up..]);
    }

    #[test]
    fn calendars_are_laid_over_one_another() {
        let days = history(&[Some(1.0); 3]).days;
        let flags = [Some(Flag::Up), Some(Flag::Down), None];
        let laid =
            |first: i64, length| on_calendar(&flags, &days, plus_days(days[0].date, first), length);
        assert_eq!(laid(-1, 3), [None, Some(Flag::Up), Some(Flag::Down)]);
        assert_eq!(laid(1, 4), [Some(Flag::Down), None, None, None]);
        assert!(
            on_calendar(&[], &[], days[0].date, 1)
                .iter()
                .all(Option::is_none)
        );
    }
}
