//! One site worse week on week.

use super::verdicts::{is_past, peaks};
use super::{Change, Context, Evidence, Finding, Limit, Outcome, Rule, Severity, Stance, triage};
use crate::pain::episodes::daily_ratings;
use crate::pain::{Side, Site, site_text};
use crate::stats::describe::mean;
use crate::time::{plus_days, week_start};
use crate::units::number;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: Rule = Rule {
    id: "pain-rising",
    title: "One site worse week on week",
    why: "A niggle that grows from one week to the next is not settling, however small it still is.",
    formula: "For each site and side: mean over the logged days of an ISO week of the day's highest rating, less that of the \
        week before. A rise of 1 or more: note; of 2 or more: ease off; three rises in a row that come to 1 or more \
        together: see someone. Weeks that follow one another are one finding, the loudest. An all-clear row is a zero for \
        every site.",
    needs: "Three logged days in each of the weeks.",
    cap: Severity::SeeSomeone,
    evidence: Evidence {
        stance: Stance::Moderate,
        says: "People with lasting pain call one point of ten a noticeable change and two points much. The rule for running \
            with Achilles pain does not let it rise from week to week (from memory). The three rises are a choice.",
        sources: &[
            "Salaffi 2004, European Journal of Pain 8:283",
            "Silbernagel et al. (2007), American Journal of Sports Medicine 35:897, from memory",
        ],
    },
    limits: &[NOTE_POINTS, EASE_OFF_POINTS, RISING_WEEKS, MINIMUM_DAYS],
    seed: "S1, seven ways to prevent leg ache after running: seek advice when it gets worse instead of better.",
    message: "Your left knee was rated 2.5 on average in the last week logged, after 1.0 the week before. One or two quieter \
        weeks often turn such a rise around.",
    check,
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

/// Means are compared with this tolerance.
const EPSILON: f64 = 1e-9;

fn check(ctx: &Context) -> Vec<Outcome> {
    let rows = triage::rows(ctx);
    let hurting = rows.iter().filter(|entry| entry.pain.is_some_and(|pain| pain > 0.0));
    let places: BTreeSet<(Site, Option<Side>)> =
        hurting.filter_map(|entry| Some((entry.site.filter(|site| site.is_limb())?, entry.side))).collect();
    let weekly: Vec<_> = places.iter().map(|place| (*place, weekly_means(ctx, *place))).collect();
    let comparable =
        |means: &BTreeMap<NaiveDate, f64>| means.keys().any(|week| means.contains_key(&plus_days(*week, 7)));
    if !places.is_empty() && !weekly.iter().any(|(_, means)| comparable(means)) {
        return vec![Outcome::NotJudged("no site was rated on three days of each of two weeks in a row".to_string())];
    }
    let found = weekly.iter().flat_map(|(place, means)| peaks(risen(ctx, *place, means), 7)).collect();
    triage::conclude(ctx, found)
}

/// The mean rating of each week in which the place was rated on enough days, by Monday.
fn weekly_means(ctx: &Context, (site, side): (Site, Option<Side>)) -> BTreeMap<NaiveDate, f64> {
    let mut weeks: BTreeMap<NaiveDate, Vec<f64>> = BTreeMap::new();
    for (date, pain) in daily_ratings(triage::rows(ctx), site, side) {
        weeks.entry(week_start(date)).or_default().push(pain);
    }
    let enough = |ratings: &Vec<f64>| ratings.len() as f64 >= ctx.limit(MINIMUM_DAYS);
    weeks.into_iter().filter(|(_, r)| enough(r)).filter_map(|(week, r)| Some((week, mean(&r)?))).collect()
}

/// The weeks in which the place got worse, in order.
fn risen(ctx: &Context, place: (Site, Option<Side>), means: &BTreeMap<NaiveDate, f64>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let (mut rises, mut start) = (0, 0.0);
    for (&week, &now) in means {
        let before = means.get(&plus_days(week, -7)).copied().filter(|before| now > before + EPSILON);
        let Some(before) = before else {
            rises = 0;
            continue;
        };
        start = if rises == 0 { before } else { start };
        rises += 1;
        let steady = f64::from(rises) >= ctx.limit(RISING_WEEKS) && now - start >= ctx.limit(NOTE_POINTS) - EPSILON;
        outcomes.extend(level(ctx, now - before, steady).map(|(severity, limit)| {
            let (from, start) = if steady { (plus_days(week, -7 * i64::from(rises)), start) } else { (week, before) };
            Outcome::Flagged(finding(ctx, place, (from, week), (start, now), severity, limit))
        }));
    }
    outcomes
}

fn level(ctx: &Context, rise: f64, steady: bool) -> Option<(Severity, f64)> {
    let over = |limit: Limit| Some(ctx.limit(limit)).filter(|points| rise >= points - EPSILON);
    if steady {
        return Some((Severity::SeeSomeone, ctx.limit(NOTE_POINTS)));
    }
    let much = over(EASE_OFF_POINTS).map(|limit| (Severity::EaseOff, limit));
    much.or_else(|| over(NOTE_POINTS).map(|limit| (Severity::Note, limit)))
}

fn finding(
    ctx: &Context,
    (site, side): (Site, Option<Side>),
    (from, week): (NaiveDate, NaiveDate),
    (start, now): (f64, f64),
    severity: Severity,
    limit: f64,
) -> Finding {
    let to = plus_days(week, 6).min(ctx.history.as_of);
    Finding {
        rule: RULE.id,
        severity,
        from,
        to,
        observed: Some(now - start),
        limit: Some(limit),
        unit: "points",
        site: Some(site),
        side,
        run_ids: ctx.history.run_ids_between(from, to),
        message: message(&site_text(site, side), (start, now), severity, is_past(ctx, to)),
        instruction: String::new(),
    }
}

fn message(place: &str, (start, now): (f64, f64), severity: Severity, is_past: bool) -> String {
    let (start, now) = (number(start, 1), number(now, 1));
    if severity == Severity::SeeSomeone {
        let advice = " That is long enough to let a doctor or physiotherapist have a look.";
        let advice = if is_past { "" } else { advice };
        return format!(
            "Your {place} was rated higher from week to week, from {start} to {now} on average, without a step back.{advice}"
        );
    }
    let advice = match severity {
        _ if is_past => "",
        Severity::EaseOff => " That is much more; lighter days now give it room to settle.",
        _ => " One or two quieter weeks often turn such a rise around.",
    };
    let when = if is_past { "in one week" } else { "in the last week logged" };
    format!("Your {place} was rated {now} on average {when}, after {start} the week before.{advice}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Entry;
    use crate::rules::pain_fixture::{check_too_little_data, clear, day, flagged, judge, sore};

    /// Left-knee ratings on Monday, Wednesday and Friday of each week, all alike.
    fn weeks(means: &[f64]) -> Vec<Entry> {
        let week = |(week, pain): (i64, &f64)| [0, 2, 4].map(|n| sore(7 * week + n, Site::Knee, Side::Left, *pain));
        (0..).zip(means).flat_map(week).collect()
    }

    fn check(means: &[f64], expected: &[(Severity, f64)]) {
        let as_of = 7 * means.len() as i64 - 1;
        let found: Vec<_> = flagged(&RULE, as_of, weeks(means))
            .iter()
            .map(|f| (f.severity, (f.observed.unwrap() * 1e9).round() / 1e9))
            .collect();
        assert_eq!(found, expected, "{means:?}");
    }

    #[test]
    fn one_point_is_a_note_and_two_are_for_easing_off() {
        check(&[1.0, 1.9], &[]);
        check(&[1.0, 2.0], &[(Severity::Note, 1.0)]);
        check(&[1.0, 2.9], &[(Severity::Note, 1.9)]);
        check(&[1.0, 3.0], &[(Severity::EaseOff, 2.0)]);
        check(&[3.0, 1.0], &[]);
    }

    #[test]
    fn three_rises_in_a_row_are_for_someone() {
        check(&[1.0, 1.4, 1.7, 2.0], &[(Severity::SeeSomeone, 1.0)]);
        check(&[1.0, 1.4, 1.7, 1.9], &[]);
        check(&[1.0, 1.4, 1.4, 2.0], &[]);
        check(&[1.0, 2.0, 2.0, 3.5], &[(Severity::Note, 1.0), (Severity::Note, 1.5)]);
    }

    #[test]
    fn weeks_that_follow_one_another_are_one_finding() {
        check(&[0.0, 1.0, 3.0, 3.0], &[(Severity::EaseOff, 2.0)]);
        check(&[0.0, 1.0, 3.0, 4.0, 5.0], &[(Severity::SeeSomeone, 5.0)]);
    }

    #[test]
    fn all_clear_days_are_zeros_of_the_week() {
        // The mean of 3, 3, 3 and three zeros is 1.5.
        let rows = [weeks(&[1.0, 3.0]), vec![clear(8), clear(10), clear(12)]].concat();
        assert!(flagged(&RULE, 13, rows).is_empty());
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        let two_days: Vec<Entry> = weeks(&[1.0, 4.0]).into_iter().filter(|row| row.date != day(9)).collect();
        assert!(
            matches!(judge(&RULE, 13, two_days).as_slice(), [Outcome::NotJudged(_)]),
            "two days of the second week"
        );
        let apart: Vec<Entry> =
            weeks(&[1.0, 2.0, 4.0]).into_iter().filter(|r| !(day(7)..day(14)).contains(&r.date)).collect();
        assert!(matches!(judge(&RULE, 20, apart).as_slice(), [Outcome::NotJudged(_)]), "a week between");
    }

    #[test]
    fn the_message_has_the_numbers() {
        let said = |means: &[f64], as_of| flagged(&RULE, as_of, weeks(means))[0].text();
        assert_eq!(said(&[1.0, 2.5], 13), RULE.message);
        assert_eq!(
            said(&[1.0, 2.5], 28),
            "Your left knee was rated 2.5 on average in one week, after 1.0 the week before."
        );
        assert_eq!(
            said(&[1.0, 2.0, 3.0, 4.0], 27),
            "Your left knee was rated higher from week to week, from 1.0 to 4.0 on average, without a step back. That is long enough to let \
            a doctor or physiotherapist have a look."
        );
    }
}
