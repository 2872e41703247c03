//! One site worse week on week.

use super::verdicts::{peaks, unless_past, your_place};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance, explained, sighting, triage,
};
use super::{
    sighting::{DayAtSite, is_sore},
    standing::rating,
};
use crate::pain::episodes::daily_ratings;
use crate::pain::{Place, Side, hurting};
use crate::stats::describe::mean;
use crate::time::{date_text, plus_days};
use crate::units::EPSILON;
use crate::units::{Unit, in_words, number};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "pain-rising",
    title: "One site worse week on week",
    headline: "worse from week to week",
    why: "A niggle that grows from one week to the next is not settling, however small it still is.",
    formula: "For each site and side and each day it hurts: the seven days up to then beside the seven before them, by two \
        measures of the days' highest ratings. One is their mean. The other is the level reached on two days, which zeros \
        between do not thin; it counts from 4 on. A rise of 1 or more in either: note; of 2 or more: ease off; three rises \
        of the mean in a row that come to 1 or more together: see someone. A week that never went above 2, and muscles sore \
        on both sides for up to 3 days, are watched at most. Days at most 7 apart are one finding, the loudest. An all-clear \
        row is a zero for every site.",
    needs: "Three logged days in each of the weeks.",
    cap: Severity::SeeSomeone,
    group: Group::Pain,
    triage: &[(Severity::SeeSomeone, 260), (Severity::EaseOff, 50)],
    is_loud: true,
    recalls: true,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Moderate,
        says: "People with lasting pain call one point of ten a noticeable change and two points much (Salaffi 2004, abstract \
            read). That is about people, not about runners. The level of two days, the 4 it begins at and the three rises \
            are choices.",
        sources: &[
            "Salaffi et al. (2004), European Journal of Pain 8:283, doi 10.1016/j.ejpain.2003.09.004.",
        ],
    },
    limits: &[
        NOTE_POINTS,
        EASE_OFF_POINTS,
        RISING_WEEKS,
        MINIMUM_DAYS,
        LEVEL_FROM,
        LITTLE,
    ],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: seek advice when it gets worse instead of better.",
    message: "Your left knee was rated 4 or more on three of the three days logged in the week to 14 Mar 2025, 5 at the \
        highest; the week before on none, 1 at the highest. Lighter days now give it room to settle.",
    check: Check::Data(check),
};

const NOTE_POINTS: Limit = Limit {
    key: "note_points",
    value: 1.0,
    change: Change::TRIAGE,
    why: "One point of ten is a noticeable change (Salaffi 2004).",
};
const EASE_OFF_POINTS: Limit = Limit {
    key: "ease_off_points",
    value: 2.0,
    change: Change::TRIAGE,
    why: "Two points are called much (Salaffi 2004).",
};
const RISING_WEEKS: Limit = Limit {
    key: "rising_weeks",
    value: 3.0,
    change: Change::TRIAGE,
    why: "Once is a bad week; three rises in a row are a direction, if they come to a noticeable point.",
};
const MINIMUM_DAYS: Limit = Limit {
    key: "minimum_days",
    value: 3.0,
    change: Change::TRIAGE,
    why: "One or two ratings are not a week; the third evens them out.",
};
const LEVEL_FROM: Limit = Limit {
    key: "level_from_pain",
    value: 4.0,
    change: Change::TRIAGE,
    why: "From 4 on the pain-monitoring model speaks of more than little; two days at 2 in an else quiet week are no rise.",
};
const LITTLE: Limit = Limit {
    key: "little_pain",
    value: 2.0,
    change: Change::TRIAGE,
    why: "Up to 2 is what clinics for kneecap pain let people run with; its ups and downs are watched and no more.",
};

/// Levels whose days are told, highest first.
const LEVELS: [f64; 2] = [7.0, 4.0];
/// Days of a week.
const WEEK_DAYS: i64 = 7;
fn check(ctx: &Context) -> Vec<Outcome> {
    let rows = triage::rows(ctx);
    let places = hurting(rows).into_iter().filter(|(site, _)| site.is_limb());
    let rated = places.map(|place| (place, daily_ratings(rows, place.0, place.1)));
    let judged: Vec<Option<Vec<Outcome>>> = rated
        .map(|(place, ratings)| risen(ctx, place, &ratings))
        .collect();
    if !judged.is_empty() && judged.iter().all(Option::is_none) {
        return vec![Outcome::not_judged(
            "no site was rated on three days of each of two weeks in a row",
        )];
    }
    triage::conclude(ctx, judged.into_iter().flatten().flatten().collect())
}

/// The ratings of a place by day.
type Ratings = BTreeMap<NaiveDate, f64>;

/// The days of one week at one place.
#[derive(Debug, Clone, PartialEq)]
struct Week {
    /// The highest rating of each logged day, lowest first.
    ratings: Vec<f64>,
    mean: f64,
}

impl Week {
    /// Of the seven days up to `to`; None when too few of them were rated.
    fn until(ctx: &Context, ratings: &Ratings, to: NaiveDate) -> Option<Week> {
        let week = ratings.range(plus_days(to, 1 - WEEK_DAYS)..=to);
        let mut days: Vec<f64> = week.map(|(_, pain)| *pain).collect();
        days.sort_by(f64::total_cmp);
        let mean = mean(&days).filter(|_| days.len() as f64 >= ctx.limit(MINIMUM_DAYS))?;
        Some(Week {
            ratings: days,
            mean,
        })
    }

    fn highest(&self) -> f64 {
        self.ratings.last().copied().unwrap_or(0.0)
    }

    /// What was reached on two days.
    fn level(&self) -> f64 {
        self.ratings.iter().rev().nth(1).copied().unwrap_or(0.0)
    }

    fn days_at(&self, level: f64) -> usize {
        self.ratings.iter().filter(|pain| **pain >= level).count()
    }
}

/// The rises among the days that hurt and whose two weeks are known, one for each stretch. None where there is no such day.
fn risen(ctx: &Context, place: Place, ratings: &Ratings) -> Option<Vec<Outcome>> {
    let week = |to| Week::until(ctx, ratings, to);
    let sore = ratings.iter().filter(|(_, pain)| **pain > 0.0);
    let days = sore.filter_map(|(date, _)| {
        let before = week(plus_days(*date, -WEEK_DAYS))?;
        Some((*date, week(*date)?, before))
    });
    let mut days = days.peekable();
    days.peek()?;
    let rises = days.filter_map(|(date, now, before)| {
        let rise = Rise::up_to(ctx, ratings, date, now, before);
        let (severity, limit) = rise.level(ctx)?;
        Some(Outcome::Flagged(finding(
            ctx, place, &rise, severity, limit,
        )))
    });
    Some(peaks(rises, WEEK_DAYS))
}

/// A week beside the one that it is worse than.
struct Rise {
    from: NaiveDate,
    to: NaiveDate,
    start: Week,
    now: Week,
    /// From week to week for so long that it is no matter of one week.
    steady: bool,
}

impl Rise {
    fn up_to(ctx: &Context, ratings: &Ratings, to: NaiveDate, now: Week, before: Week) -> Rise {
        let (weeks, start) = climb(ctx, ratings, to);
        let is_steady = |start: &Week| {
            weeks as f64 >= ctx.limit(RISING_WEEKS)
                && now.mean - start.mean >= ctx.limit(NOTE_POINTS) - EPSILON
        };
        let start = start.filter(is_steady);
        let weeks_told = start.as_ref().map_or(1, |_| weeks as i64 + 1);
        Rise {
            from: plus_days(to, 1 - WEEK_DAYS * weeks_told),
            to,
            steady: start.is_some(),
            start: start.unwrap_or(before),
            now,
        }
    }

    /// By how much the week is worse, in points: by its mean, or by the level of two days where that is no little one.
    fn points(&self, ctx: &Context) -> f64 {
        let by_mean = self.now.mean - self.start.mean;
        match self.now.level() >= ctx.limit(LEVEL_FROM) {
            true => by_mean.max(self.now.level() - self.start.level()),
            false => by_mean,
        }
    }

    /// How loud, and the limit it reached.
    fn level(&self, ctx: &Context) -> Option<(Severity, f64)> {
        let (severity, limit) = self.level_of_points(ctx)?;
        Some((severity.min(self.cap(ctx)), limit))
    }

    fn level_of_points(&self, ctx: &Context) -> Option<(Severity, f64)> {
        match self.steady {
            true => Some((Severity::SeeSomeone, ctx.limit(NOTE_POINTS))),
            false => self.level_of_one_week(ctx),
        }
    }

    /// Little pain is never louder than something to watch.
    fn cap(&self, ctx: &Context) -> Severity {
        match self.now.highest() <= ctx.limit(LITTLE) {
            true => Severity::Watch,
            false => Severity::SeeSomeone,
        }
    }

    fn level_of_one_week(&self, ctx: &Context) -> Option<(Severity, f64)> {
        let points = self.points(ctx);
        let levels = [
            (Severity::EaseOff, ctx.limit(EASE_OFF_POINTS)),
            (Severity::Note, ctx.limit(NOTE_POINTS)),
        ];
        let mut levels = levels.into_iter();
        levels.find(|(_, limit)| points >= limit - EPSILON)
    }
}

/// How many times in a row the mean rose up to the week that ends on this day, and the week it rose from.
fn climb(ctx: &Context, ratings: &Ratings, to: NaiveDate) -> (usize, Option<Week>) {
    let (mut weeks, mut start) = (0, None);
    let mut later = Week::until(ctx, ratings, to);
    let mut end = to;
    while (weeks as f64) < ctx.limit(RISING_WEEKS) {
        end = plus_days(end, -WEEK_DAYS);
        let earlier = Week::until(ctx, ratings, end);
        if !rose(earlier.as_ref(), later.as_ref()) {
            break;
        }
        (weeks, start) = (weeks + 1, earlier.clone());
        later = earlier;
    }
    (weeks, start)
}

fn rose(before: Option<&Week>, now: Option<&Week>) -> bool {
    let both = before.zip(now);
    both.is_some_and(|(before, now)| now.mean > before.mean + EPSILON)
}

fn finding(ctx: &Context, place: Place, rise: &Rise, severity: Severity, limit: f64) -> Finding {
    let (site, side) = place;
    let (from, to) = (rise.from, rise.to);
    let severity = match severity > Severity::Watch && is_explained(ctx, place, (from, to)) {
        true => Severity::Watch,
        false => severity,
    };
    Finding {
        observed: Some(rise.points(ctx)),
        limit: Some(limit),
        unit: Unit::Points,
        tells_observed: false,
        site: Some(site),
        side,
        run_ids: ctx.history.run_ids_between(from, to),
        message: message(&your_place(site, side), rise, severity),
        instruction: unless_past(ctx, to, advice(severity)),
        tells_days: false,
        ..Finding::on(&RULE, severity, from, to)
    }
}

/// Whether something explains every day of it that hurts: sore muscles of both sides are watched like a blister.
fn is_explained(ctx: &Context, (site, side): Place, (from, to): (NaiveDate, NaiveDate)) -> bool {
    let rows = sighting::between(triage::rows(ctx), from, to);
    // Grouping the rows is the dear part, and most places have nothing that could explain them.
    if side != Some(Side::Both) && rows.iter().all(|row| row.everyday_in_note.is_empty()) {
        return false;
    }
    let days = sighting::days_at_sites(rows);
    let is_sore_here =
        |day: &&DayAtSite| (day.site, day.side) == (Some(site), side) && day.any(is_sore);
    let mut sore = days.iter().filter(is_sore_here).peekable();
    sore.peek().is_some() && sore.all(|day| explained::ceiling(day, &days).is_some())
}

/// Days of a level and the highest rating, so that zeros between high days thin nothing.
fn message(place: &str, rise: &Rise, severity: Severity) -> String {
    match severity {
        Severity::SeeSomeone => week_by_week(place, rise),
        _ => beside_the_week_before(place, rise),
    }
}

fn beside_the_week_before(place: &str, rise: &Rise) -> String {
    match highest_level(rise) {
        Some(level) => by_level(place, rise, level),
        None => by_mean(place, rise),
    }
}

/// The first of the levels that a day of the week reached.
fn highest_level(rise: &Rise) -> Option<f64> {
    let mut levels = LEVELS.into_iter();
    levels.find(|level| rise.now.days_at(*level) > 0)
}

fn week_by_week(place: &str, rise: &Rise) -> String {
    let (start, now) = (&rise.start, &rise.now);
    format!(
        "{place} was rated higher from week to week up to {}, from {} to {} on average and from {} to {} at the highest, \
        without a step back.",
        date_text(rise.to),
        number(start.mean, 1),
        number(now.mean, 1),
        rating(start.highest()),
        rating(now.highest())
    )
}

fn by_level(place: &str, rise: &Rise, level: f64) -> String {
    let days = |week: &Week| match week.days_at(level) {
        0 => "none".to_string(),
        days => in_words(days as f64),
    };
    let (start, now) = (&rise.start, &rise.now);
    format!(
        "{place} was rated {} or more on {} of the {} days logged in the week to {}, {} at the highest; the week before on {}, \
        {} at the highest.",
        rating(level),
        days(now),
        in_words(now.ratings.len() as f64),
        date_text(rise.to),
        rating(now.highest()),
        days(start),
        rating(start.highest())
    )
}

fn by_mean(place: &str, rise: &Rise) -> String {
    let (start, now) = (&rise.start, &rise.now);
    format!(
        "{place} was rated {} of 10 at the highest and {} on average on the {} days logged in the week to {}; the week before \
        {} and {}.",
        rating(now.highest()),
        number(now.mean, 1),
        in_words(now.ratings.len() as f64),
        date_text(rise.to),
        rating(start.highest()),
        number(start.mean, 1)
    )
}

fn advice(severity: Severity) -> &'static str {
    match severity {
        Severity::SeeSomeone => {
            "That is long enough to let a doctor or physiotherapist have a look this week."
        }
        Severity::EaseOff => "Lighter days now give it room to settle.",
        _ => "One or two quieter weeks often turn such a rise around.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Entry;
    use crate::pain::Site;
    use crate::rules::pain_fixture::{check_too_little_data, clear, day, flagged, judge, sore};

    fn knee(n: i64, pain: f64) -> Entry {
        sore(n, Site::Knee, Side::Left, pain)
    }

    /// Left-knee ratings on Monday, Wednesday and Friday of each week, all alike.
    fn weeks(means: &[f64]) -> Vec<Entry> {
        let week = |(week, pain): (i64, &f64)| [0, 2, 4].map(|n| knee(7 * week + n, *pain));
        (0..).zip(means).flat_map(week).collect()
    }

    fn check_rows(as_of: i64, rows: Vec<Entry>, expected: &[(Severity, f64)]) {
        let found: Vec<_> = flagged(&RULE, as_of, rows)
            .iter()
            .map(|f| (f.severity, (f.observed.unwrap() * 1e9).round() / 1e9))
            .collect();
        assert_eq!(found, expected);
    }

    fn check(means: &[f64], expected: &[(Severity, f64)]) {
        check_rows(7 * means.len() as i64 - 1, weeks(means), expected);
    }

    #[test]
    fn one_point_is_a_note_and_two_are_for_easing_off() {
        check(&[2.0, 2.9], &[]);
        check(&[2.0, 3.0], &[(Severity::Note, 1.0)]);
        check(&[2.0, 3.9], &[(Severity::Note, 1.9)]);
        check(&[2.0, 4.0], &[(Severity::EaseOff, 2.0)]);
        check(&[4.0, 2.0], &[]);
    }

    #[test]
    fn three_rises_in_a_row_are_for_someone() {
        check(&[2.0, 2.4, 2.7, 3.0], &[(Severity::SeeSomeone, 1.0)]);
        check(&[2.0, 2.4, 2.7, 2.9], &[]);
        check(&[2.0, 2.4, 2.4, 2.9], &[]);
    }

    #[test]
    fn what_never_went_above_two_is_watched_at_most() {
        check(&[0.0, 2.0], &[(Severity::Watch, 2.0)]);
        check(&[0.5, 1.0, 1.5, 2.0], &[(Severity::Watch, 1.5)]);
        check(&[0.5, 1.0, 1.5, 2.5], &[(Severity::SeeSomeone, 2.0)]);
    }

    #[test]
    fn high_days_are_not_thinned_by_zeros() {
        // Quiet weeks, then four nines and six zeros in ten days.
        let quiet = || (0..14).map(clear);
        let nines = |days: &[i64]| {
            (14..24)
                .map(|n| {
                    if days.contains(&n) {
                        knee(n, 9.0)
                    } else {
                        clear(n)
                    }
                })
                .collect()
        };
        let check = |days: &[i64], expected: &[(Severity, f64)]| {
            check_rows(
                23,
                quiet().chain::<Vec<Entry>>(nines(days)).collect(),
                expected,
            );
        };
        check(&[17, 18, 20, 21], &[(Severity::EaseOff, 9.0)]);
        check(&[14, 16, 19, 23], &[(Severity::EaseOff, 9.0)]);
        check(
            &[14, 23],
            &[(Severity::Note, 9.0 / 7.0)]
                .map(|(s, o): (Severity, f64)| (s, (o * 1e9).round() / 1e9)),
        );
        // Wherever the week begins: Saturday to Tuesday.
        check(&[19, 20, 21, 22], &[(Severity::EaseOff, 9.0)]);
        // Two days at 3 in a week of zeros are no rise.
        let threes = quiet()
            .chain((14..21).map(|n| if n > 18 { knee(n, 3.0) } else { clear(n) }))
            .collect();
        check_rows(20, threes, &[]);
    }

    #[test]
    fn soreness_of_both_sides_is_watched_at_most() {
        let quads = |n, pain| sore(n, Site::Quad, Side::Both, pain);
        let rows = (0..10)
            .map(clear)
            .chain([quads(10, 3.0), quads(11, 5.0), quads(12, 3.0)])
            .collect();
        let found = flagged(&RULE, 12, rows);
        assert!(
            !found.is_empty() && found.iter().all(|f| f.severity <= Severity::Watch),
            "{found:?}"
        );
    }

    #[test]
    fn days_that_follow_one_another_are_one_finding() {
        check(&[0.0, 1.0, 3.0, 3.0], &[(Severity::EaseOff, 2.0)]);
        check(&[0.0, 1.0, 3.0, 4.0, 5.0], &[(Severity::SeeSomeone, 4.0)]);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        let two_days: Vec<Entry> = weeks(&[1.0, 4.0])
            .into_iter()
            .filter(|row| row.date != day(9))
            .collect();
        assert!(
            matches!(
                judge(&RULE, 11, two_days).as_slice(),
                [Outcome::NotJudged(_)]
            ),
            "two days of the second week"
        );
        let apart: Vec<Entry> = weeks(&[1.0, 2.0, 4.0])
            .into_iter()
            .filter(|r| !(day(5)..day(14)).contains(&r.date))
            .collect();
        assert!(
            matches!(judge(&RULE, 20, apart).as_slice(), [Outcome::NotJudged(_)]),
            "a week between"
        );
    }

    #[test]
    fn words() {
        let said = |means: &[f64], as_of| flagged(&RULE, as_of, weeks(means))[0].text();
        assert_eq!(said(&[1.0, 5.0], 13), RULE.message);
        let fact = RULE.message.split(" Lighter").next().unwrap_or_default();
        assert_eq!(said(&[1.0, 5.0], 28), fact);
        assert_eq!(
            said(&[1.0, 2.5], 13),
            "Your left knee was rated 2.5 of 10 at the highest and 2.5 on average on the three days logged in the week to \
             14 Mar 2025; the week before 1 and 1.0. One or two quieter weeks often turn such a rise around."
        );
        assert_eq!(
            said(&[1.0, 2.0, 3.0, 4.0], 27),
            "Your left knee was rated higher from week to week up to 28 Mar 2025, from 1.0 to 4.0 on average and from 1 to \
             4 at the highest, without a step back. That is long enough to let a doctor or physiotherapist have a look \
             this week."
        );
    }
}
