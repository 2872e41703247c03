//! Cuts the pain log into episodes: spells in which one site kept hurting.
//!
//! The unit is the day: several rows about one site on one day count as one log with the day's highest rating.
//! Positive logs at most [`JOIN_DAYS`] apart belong together unless [`ZEROS_TO_END`] zeros were logged between them.
//! An all-clear row is a zero for every site. A row without a rating is unknown: it neither prolongs nor ends a spell, and
//! no more does a zero under a painkiller, which may hide what is there (src/method/pain_log.md, Painkillers).

use super::{Entry, Side, Site, hurting, is_about, rating_at};
use crate::time::days_between;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Positive logs this many days apart or fewer are one spell (src/method/rules.md, Spells of pain).
pub const JOIN_DAYS: i64 = 3;

/// So many logged zeros after each other end a spell (src/method/rules.md, Spells of pain).
pub const ZEROS_TO_END: usize = 2;

/// A spell of pain at one site and side.
#[derive(Debug, Clone, PartialEq)]
pub struct Episode {
    /// Where.
    pub site: Site,
    /// Which side; None where the log leaves it open. A row for both sides belongs to the left, the right and both.
    pub side: Option<Side>,
    /// First day with a positive rating.
    pub from: NaiveDate,
    /// Last day with a positive rating.
    pub to: NaiveDate,
    /// Days with a positive rating, at least 1.
    pub logs: usize,
    /// Highest rating, above 0 up to 10.
    pub peak: f64,
    /// Days with a logged zero after `to` and before the site's next positive rating.
    pub zeros_after: usize,
}

impl Episode {
    /// Length in days, first and last included.
    pub fn days(&self) -> i64 {
        days_between(self.from, self.to) + 1
    }

    /// Whether enough zeros were logged to call it over. A log that just stops does not end a spell.
    pub fn has_settled(&self) -> bool {
        self.zeros_after >= ZEROS_TO_END
    }

    /// Whether it is still going on: not settled, and the last positive rating is recent enough to be joined by a new one.
    pub fn is_running(&self, as_of: NaiveDate) -> bool {
        !self.has_settled() && days_between(self.to, as_of) <= JOIN_DAYS
    }

    /// Whether the row lies inside the spell and is about its site and side.
    pub fn covers(&self, entry: &Entry) -> bool {
        is_about(entry, (self.site, self.side)) && (self.from..=self.to).contains(&entry.date)
    }
}

/// Every episode among the rows, by first day, site and side. Rows are in order of date, as in [`super::PainLog`].
pub fn episodes(entries: &[Entry]) -> Vec<Episode> {
    let is_masked_zero = |entry: &&Entry| entry.pain == Some(0.0) && entry.painkiller == Some(true);
    let told: Vec<&Entry> = entries
        .iter()
        .filter(|entry| !is_masked_zero(entry))
        .collect();
    let mut found: Vec<Episode> = hurting(entries)
        .into_iter()
        .flat_map(|(site, side)| at_place(site, side, &ratings(told.iter().copied(), site, side)))
        .collect();
    found.sort_by_key(|episode| (episode.from, episode.site, episode.side));
    found
}

/// The highest rating of each rated day for a site and side ([`rating_at`]), by date.
pub fn daily_ratings(
    entries: &[Entry],
    site: Site,
    side: Option<Side>,
) -> BTreeMap<NaiveDate, f64> {
    ratings(entries.iter(), site, side)
}

fn ratings<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    site: Site,
    side: Option<Side>,
) -> BTreeMap<NaiveDate, f64> {
    let mut days = BTreeMap::new();
    for entry in entries {
        if let Some(pain) = rating_at(entry, (site, side)) {
            days.entry(entry.date)
                .and_modify(|highest: &mut f64| *highest = highest.max(pain))
                .or_insert(pain);
        }
    }
    days
}

fn at_place(site: Site, side: Option<Side>, days: &BTreeMap<NaiveDate, f64>) -> Vec<Episode> {
    let mut found: Vec<Episode> = Vec::new();
    for (&date, &pain) in days {
        let current = found.last_mut();
        match current {
            Some(episode) if pain == 0.0 => episode.zeros_after += 1,
            Some(episode)
                if !episode.has_settled() && days_between(episode.to, date) <= JOIN_DAYS =>
            {
                episode.to = date;
                episode.logs += 1;
                episode.peak = episode.peak.max(pain);
                episode.zeros_after = 0;
            }
            _ if pain > 0.0 => {
                found.push(Episode {
                    site,
                    side,
                    from: date,
                    to: date,
                    logs: 1,
                    peak: pain,
                    zeros_after: 0,
                });
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::plus_days;

    fn day(offset: i64) -> NaiveDate {
        plus_days("2025-03-03".parse().expect("a literal date"), offset)
    }

    fn row(offset: i64, site: Site, side: Option<Side>, pain: Option<f64>) -> Entry {
        Entry {
            site: Some(site),
            side,
            pain,
            ..Entry::on(day(offset))
        }
    }

    /// First day, last day, logs and zeros afterwards of each left-knee spell.
    fn check(rows: &[Entry], expected: &[(i64, i64, usize, usize)]) {
        let found: Vec<_> = episodes(rows)
            .iter()
            .map(|e| {
                (
                    days_between(day(0), e.from),
                    days_between(day(0), e.to),
                    e.logs,
                    e.zeros_after,
                )
            })
            .collect();
        assert_eq!(found, expected);
    }

    fn left_knee(offset: i64, pain: f64) -> Entry {
        row(offset, Site::Knee, Some(Side::Left), Some(pain))
    }

    #[test]
    fn three_days_join_and_four_do_not() {
        check(&[left_knee(0, 2.0), left_knee(3, 2.0)], &[(0, 3, 2, 0)]);
        check(
            &[left_knee(0, 2.0), left_knee(4, 2.0)],
            &[(0, 0, 1, 0), (4, 4, 1, 0)],
        );
    }

    #[test]
    fn two_all_clear_days_end_a_spell_everywhere() {
        let clear = |offset| row(offset, Site::None, None, Some(0.0));
        check(
            &[left_knee(0, 2.0), clear(1), clear(2), left_knee(3, 1.0)],
            &[(0, 0, 1, 2), (3, 3, 1, 0)],
        );
        check(
            &[left_knee(0, 2.0), clear(1), left_knee(2, 1.0), clear(3)],
            &[(0, 2, 2, 1)],
        );
    }

    #[test]
    fn a_zero_of_the_other_side_ends_nothing_and_of_both_sides_does() {
        let zero = |offset, side| row(offset, Site::Knee, side, Some(0.0));
        let other = Some(Side::Right);
        check(
            &[
                left_knee(0, 2.0),
                zero(1, other),
                zero(2, other),
                left_knee(3, 1.0),
            ],
            &[(0, 3, 2, 0)],
        );
        let both = Some(Side::Both);
        check(
            &[
                left_knee(0, 2.0),
                zero(1, both),
                zero(2, None),
                left_knee(3, 1.0),
            ],
            &[(0, 0, 1, 2), (3, 3, 1, 0)],
        );
    }

    #[test]
    fn pain_on_both_sides_is_pain_on_the_left() {
        let both = row(3, Site::Knee, Some(Side::Both), Some(4.0));
        let found = episodes(&[left_knee(0, 2.0), both.clone(), left_knee(6, 2.0)]);
        let spells: Vec<_> = found.iter().map(|e| (e.side, e.logs, e.peak)).collect();
        assert_eq!(
            spells,
            [(Some(Side::Left), 3, 4.0), (Some(Side::Both), 1, 4.0)]
        );
        assert!(found[0].covers(&both) && !found[1].covers(&left_knee(3, 2.0)));
    }

    #[test]
    fn a_blank_rating_is_unknown() {
        let blank = |offset| row(offset, Site::Knee, Some(Side::Left), None);
        check(
            &[left_knee(0, 2.0), blank(3), left_knee(6, 1.0)],
            &[(0, 0, 1, 0), (6, 6, 1, 0)],
        );
        check(
            &[left_knee(0, 2.0), blank(1), blank(2), left_knee(3, 1.0)],
            &[(0, 3, 2, 0)],
        );
        check(&[blank(0)], &[]);
    }

    #[test]
    fn a_zero_under_a_painkiller_is_unknown_and_pain_is_pain() {
        let masked = |entry: Entry| Entry {
            painkiller: Some(true),
            ..entry
        };
        let clear = |offset| row(offset, Site::None, None, Some(0.0));
        check(
            &[
                left_knee(0, 2.0),
                masked(clear(1)),
                clear(2),
                left_knee(3, 1.0),
            ],
            &[(0, 3, 2, 0)],
        );
        check(
            &[
                left_knee(0, 2.0),
                masked(left_knee(1, 0.0)),
                masked(clear(2)),
            ],
            &[(0, 0, 1, 0)],
        );
        check(
            &[left_knee(0, 2.0), masked(left_knee(3, 1.0))],
            &[(0, 3, 2, 0)],
        );
        let not_taken = |entry: Entry| Entry {
            painkiller: Some(false),
            ..entry
        };
        check(
            &[left_knee(0, 2.0), not_taken(clear(1)), clear(2)],
            &[(0, 0, 1, 2)],
        );
    }

    #[test]
    fn a_day_is_one_log_with_its_highest_rating() {
        let found = episodes(&[left_knee(0, 2.0), left_knee(0, 4.0), left_knee(0, 0.0)]);
        assert_eq!(
            (found[0].logs, found[0].peak, found[0].zeros_after),
            (1, 4.0, 0)
        );
    }

    #[test]
    fn running_until_settled_or_silent() {
        let silent = &episodes(&[left_knee(0, 2.0)])[0];
        assert!(silent.is_running(day(3)));
        assert!(!silent.is_running(day(4)));
        assert!(!silent.has_settled());
        let settled = &episodes(&[left_knee(0, 2.0), left_knee(1, 0.0), left_knee(2, 0.0)])[0];
        assert!(settled.has_settled() && !settled.is_running(day(2)));
    }
}
