//! The log by day: what rules, statistics and charts ask of it.

use super::{Entry, PainLog, Site, is_all_clear};
use crate::time::days_between;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The highest rating of each day, 0–10, over limb sites and the lower back ([`Site::is_limb`]).
///
/// All clear counts 0. A rating that names no site counts too: a log of dates and numbers is a log. Approximate ratings
/// are included, so this is for display. Days without such a rating are not in the map: unknown, not 0.
pub fn daily_max(log: &PainLog) -> BTreeMap<NaiveDate, f64> {
    let mut days = BTreeMap::new();
    for entry in &log.entries {
        let counts = is_all_clear(entry) || entry.site.is_none_or(Site::is_limb);
        if let (Some(pain), true) = (entry.pain, counts) {
            let day = days.entry(entry.date).or_insert(pain);
            *day = pain.max(*day);
        }
    }
    days
}

/// Days with at least one rating, at any site, approximate or not. A row without a rating (sleep only) does not log pain.
pub fn logged_days(log: &PainLog) -> BTreeSet<NaiveDate> {
    log.entries
        .iter()
        .filter(|entry| entry.pain.is_some())
        .map(|entry| entry.date)
        .collect()
}

/// The last day of the log that is not cut off from the rest: the day before the first gap of more than
/// [`GAP_DAYS`] among the last days. A slip of the year must not move the report's day. None for a log without entries.
///
/// Runners do come back after a break: more than [`ISOLATED_DAYS`] days of entries behind a gap make it one. And one day
/// alone before the gap is no log that the other could be cut off from.
pub fn last_believable_day(log: &PainLog) -> Option<NaiveDate> {
    isolated_days(&log.entries)
        .first()
        .map(|(_, before)| *before)
        .or_else(|| log.entries.iter().map(|entry| entry.date).max())
}

/// Longest believable gap before the last entries, days.
pub const GAP_DAYS: i64 = 60;
/// Most days of entries behind a gap that are taken for a slip.
pub const ISOLATED_DAYS: usize = 3;

/// Days behind a gap among the last [`ISOLATED_DAYS`] days with at least two days before it, each with the day before
/// the gap, in order.
pub(super) fn isolated_days(entries: &[Entry]) -> Vec<(NaiveDate, NaiveDate)> {
    let days: BTreeSet<NaiveDate> = entries.iter().map(|entry| entry.date).collect();
    let days: Vec<NaiveDate> = days.into_iter().collect();
    let from = days.len().saturating_sub(ISOLATED_DAYS + 1).max(1);
    let pairs = days.iter().zip(days.iter().skip(1)).skip(from);
    let gaps = pairs.filter(|(before, day)| days_between(**before, **day) > GAP_DAYS);
    gaps.map(|(before, day)| (*day, *before)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Moment, Side};

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 3, day).expect("a literal date")
    }

    fn entry(
        day: u32,
        moment: Moment,
        site: Option<Site>,
        side: Option<Side>,
        pain: Option<f64>,
    ) -> Entry {
        Entry {
            moment,
            site,
            side,
            pain,
            ..Entry::on(date(day))
        }
    }

    fn log() -> PainLog {
        let entries = vec![
            entry(1, Moment::Day, Some(Site::None), None, Some(0.0)),
            entry(
                2,
                Moment::Morning,
                Some(Site::Calf),
                Some(Side::Both),
                Some(3.0),
            ),
            entry(
                2,
                Moment::After,
                Some(Site::Calf),
                Some(Side::Left),
                Some(5.0),
            ),
            Entry {
                approximate: true,
                ..entry(
                    3,
                    Moment::Day,
                    Some(Site::Calf),
                    Some(Side::Left),
                    Some(8.0),
                )
            },
            entry(4, Moment::Day, Some(Site::SideStitch), None, Some(6.0)),
            entry(5, Moment::Day, Some(Site::Calf), Some(Side::Right), None),
            entry(6, Moment::Day, None, None, Some(4.0)),
            entry(7, Moment::Morning, Some(Site::None), None, Some(0.0)),
            entry(
                7,
                Moment::Evening,
                Some(Site::Knee),
                Some(Side::Left),
                Some(2.0),
            ),
            entry(8, Moment::Day, Some(Site::None), None, None),
        ];
        PainLog {
            entries,
            ..PainLog::default()
        }
    }

    #[test]
    fn the_highest_of_each_day() {
        let expected = BTreeMap::from(
            [(1, 0.0), (2, 5.0), (3, 8.0), (6, 4.0), (7, 2.0)].map(|(d, p)| (date(d), p)),
        );
        assert_eq!(daily_max(&log()), expected);
        assert_eq!(
            logged_days(&log()),
            BTreeSet::from([1, 2, 3, 4, 6, 7].map(date))
        );
    }

    #[test]
    fn a_last_day_far_behind_the_others_is_not_believed() {
        let check = |days: &[&str], expected: Option<&str>, isolated: usize| {
            let parse = |day: &&str| day.parse::<NaiveDate>().expect("a literal date");
            let entries: Vec<Entry> = days.iter().map(|day| Entry::on(parse(day))).collect();
            assert_eq!(isolated_days(&entries).len(), isolated, "{days:?}");
            let log = PainLog {
                entries,
                ..PainLog::default()
            };
            assert_eq!(
                last_believable_day(&log),
                expected.as_ref().map(parse),
                "{days:?}"
            );
        };
        check(&[], None, 0);
        check(&["2025-03-01"], Some("2025-03-01"), 0);
        // 1 Mar + 60 days = 30 Apr.
        check(
            &["2025-02-28", "2025-03-01", "2025-04-30"],
            Some("2025-04-30"),
            0,
        );
        check(
            &["2025-02-28", "2025-03-01", "2025-05-01"],
            Some("2025-03-01"),
            1,
        );
        check(&["2025-03-01", "2025-05-01"], Some("2025-05-01"), 0);
        check(
            &["2026-10-10", "2026-10-11", "2027-10-11"],
            Some("2026-10-11"),
            1,
        );
        check(
            &[
                "2026-10-10",
                "2026-10-11",
                "2027-10-11",
                "2027-10-12",
                "2027-10-12",
            ],
            Some("2026-10-11"),
            1,
        );
        check(
            &["2025-10-10", "2025-10-11", "2026-10-11", "2027-10-11"],
            Some("2025-10-11"),
            2,
        );
        check(
            &[
                "2025-01-01",
                "2025-01-02",
                "2025-06-01",
                "2025-06-02",
                "2025-06-03",
                "2025-06-04",
            ],
            Some("2025-06-04"),
            0,
        );
    }
}
