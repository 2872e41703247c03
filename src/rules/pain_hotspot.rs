//! The site that keeps coming back.

use super::verdicts::{is_past, stretches, unless_past, your_place};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance, sighting, triage,
};
use crate::pain::episodes::{Episode, daily_ratings};
use crate::pain::{Place, logged_days};
use crate::time::{period_text, plus_days};
use crate::units::EPSILON;
use crate::units::{Unit, counted_in_words, percent, span_of_days};
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: Rule = Rule {
    id: "pain-hotspot",
    title: "A site that keeps coming back",
    headline: "it keeps coming back",
    why: "One place that returns again and again says more than many that hurt once.",
    formula: "For each site and side, on each day it hurts: spells (see pain-over-a-week) that reach into the 56 days up to \
        then, and the share of its last 28 logged days with pain above 0. Three spells, or 40 %, are a finding; days of \
        one place at most 56 apart are one, at the most spells and then the largest share.",
    needs: "Ten logged days of the site; an all-clear row counts for every site.",
    cap: Severity::Watch,
    group: Group::Pain,
    triage: &[],
    is_loud: true,
    recalls: true,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Descriptive,
        says: "It counts what you logged. That it matters has good support: earlier trouble goes with new trouble in reviews, \
            with a hazard ratio of 1.72 (1.11–2.66) in one cohort. The two limits are a choice.",
        sources: &[
            "Malisoux 2015, Scandinavian Journal of Medicine & Science in Sports 25:110, doi 10.1111/sms.12154",
            "van der Worp 2015, PLoS ONE 10:e0114937, PMC4338213",
        ],
    },
    limits: &[SPELLS, SPAN_DAYS, SHARE, LOGGED_DAYS, MINIMUM_DAYS],
    ordered: &[(MINIMUM_DAYS, LOGGED_DAYS)],
    rests_on: &[],
    seed: "S0, hotspots after running: knees, calves, hips and the lower back are the usual places. S1, seven ways to prevent \
        leg ache after running: pain that comes back in one limb hints at too much use.",
    message: "Your left calf is your repeat visitor: 4 spells in 8 weeks (24 Mar – 18 May 2025). What these weeks had in common \
        is worth a look.",
    check: Check::Data(check),
};

const SPELLS: Limit = Limit {
    key: "spells",
    value: 3.0,
    change: Change::Whole(2.0, 50.0),
    why: "Twice may be chance; the third time is a habit.",
};
const SPAN_DAYS: Limit = Limit {
    key: "span_days",
    value: 56.0,
    change: Change::Whole(14.0, 366.0),
    why: "Eight weeks, about one block of training.",
};
const SHARE: Limit = Limit {
    key: "share",
    value: 0.4,
    change: Change::Within(0.05, 1.0),
    why: "Nearly every second logged day; a choice, as no study sets one.",
};
const LOGGED_DAYS: Limit = Limit {
    key: "logged_days",
    value: 28.0,
    change: Change::Whole(7.0, 366.0),
    why: "Four weeks for those who log daily; blank days are not counted as zero.",
};
const MINIMUM_DAYS: Limit = Limit {
    key: "minimum_days",
    value: 10.0,
    change: Change::Whole(3.0, 366.0),
    why: "A share of fewer days jumps by more than 10 % with each of them.",
};

/// How often a place hurt, as of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Count {
    /// Spells in the span; 0 when too few to be told.
    spells: usize,
    /// Days with pain among the last logged ones, and how many those are.
    sore: (usize, usize),
}

fn check(ctx: &Context) -> Vec<Outcome> {
    if !triage::rows(ctx).is_empty() && is_log_too_short(ctx) {
        let least = counted_in_words(ctx.limit(MINIMUM_DAYS), "day");
        return vec![Outcome::not_judged(format!(
            "pain was logged on fewer than {least}"
        ))];
    }
    let all = sighting::spells(ctx);
    let places = limbs(&all).into_iter();
    triage::flagged(ctx, places.flat_map(|place| at_place(ctx, place, &all)))
}

fn is_log_too_short(ctx: &Context) -> bool {
    (logged_days(ctx.pain).len() as f64) < ctx.limit(MINIMUM_DAYS)
}

fn limbs(spells: &[Episode]) -> BTreeSet<Place> {
    let of_limbs = spells.iter().filter(|spell| spell.site.is_limb());
    of_limbs.map(|spell| (spell.site, spell.side)).collect()
}

/// The ratings of a place by day.
type Ratings = BTreeMap<NaiveDate, f64>;

fn at_place(ctx: &Context, place: Place, all: &[Episode]) -> Vec<Finding> {
    let ratings = daily_ratings(triage::rows(ctx), place.0, place.1);
    let spells: Vec<&Episode> = all
        .iter()
        .filter(|spell| (spell.site, spell.side) == place)
        .collect();
    let sore = ratings.iter().filter(|(_, pain)| **pain > 0.0);
    let hot = sore.filter_map(|(date, _)| Some((*date, count(ctx, *date, &ratings, &spells)?)));
    let stretches = stretches(hot.collect(), ctx.limit(SPAN_DAYS) as i64);
    let peaks = stretches.into_iter().filter_map(hottest);
    peaks
        .map(|(date, count)| finding(ctx, place, &told(ctx, date, count, &ratings)))
        .collect()
}

/// The day with the most spells, then with the largest share of sore days.
fn hottest(stretch: Vec<(NaiveDate, Count)>) -> Option<(NaiveDate, Count)> {
    let days = stretch.into_iter();
    days.max_by(|(_, a), (_, b)| by_heat(a, b))
}

/// By the number of spells, then by the share of sore days.
fn by_heat(a: &Count, b: &Count) -> Ordering {
    let spells = a.spells.cmp(&b.spells);
    spells.then(a.share().total_cmp(&b.share()))
}

impl Count {
    fn share(&self) -> f64 {
        self.sore.0 as f64 / self.sore.1 as f64
    }
}

/// How often the place hurt up to this day; None when that is not often, or too few days were logged to say.
fn count(ctx: &Context, date: NaiveDate, ratings: &Ratings, spells: &[&Episode]) -> Option<Count> {
    let sore = sore_days(ctx, date, ratings)?;
    let spells = spells_of_span(ctx, date, spells);
    let often = spells as f64 >= ctx.limit(SPELLS);
    let mostly = sore.0 as f64 >= ctx.limit(SHARE) * sore.1 as f64 - EPSILON;
    (often || mostly).then_some(Count {
        spells: if often { spells } else { 0 },
        sore,
    })
}

/// Days with pain among the last logged ones, and how many those are; None when they are too few.
fn sore_days(ctx: &Context, date: NaiveDate, ratings: &Ratings) -> Option<(usize, usize)> {
    let backwards = ratings.range(..=date).rev();
    let latest = backwards.take(ctx.limit(LOGGED_DAYS) as usize);
    let logged = latest.clone().count();
    let sore = latest.filter(|(_, pain)| **pain > 0.0).count();
    (logged as f64 >= ctx.limit(MINIMUM_DAYS)).then_some((sore, logged))
}

fn spells_of_span(ctx: &Context, date: NaiveDate, spells: &[&Episode]) -> usize {
    let first = plus_days(date, 1 - ctx.limit(SPAN_DAYS) as i64);
    let is_of_span = |spell: &&&Episode| spell.from <= date && spell.to >= first;
    spells.iter().filter(is_of_span).count()
}

/// What is told of a place: since when, and by which number.
struct Told {
    from: NaiveDate,
    to: NaiveDate,
    observed: f64,
    limit: f64,
    unit: Unit,
    what: String,
}

fn told(ctx: &Context, to: NaiveDate, count: Count, ratings: &Ratings) -> Told {
    match count.spells {
        0 => by_share(ctx, to, count, ratings),
        spells => by_spells(ctx, to, spells),
    }
}

fn by_spells(ctx: &Context, to: NaiveDate, spells: usize) -> Told {
    let span = ctx.limit(SPAN_DAYS);
    Told {
        from: plus_days(to, 1 - span as i64),
        to,
        observed: spells as f64,
        limit: ctx.limit(SPELLS),
        unit: Unit::Spells,
        what: format!("{spells} spells in {}", span_of_days(span)),
    }
}

fn by_share(ctx: &Context, to: NaiveDate, count: Count, ratings: &Ratings) -> Told {
    let ((sore, logged), share) = (count.sore, count.share());
    let first = ratings.range(..=to).rev().nth(logged - 1);
    let share_text = percent(share);
    Told {
        from: first.map_or(to, |(date, _)| *date),
        to,
        observed: share * 100.0,
        limit: ctx.limit(SHARE) * 100.0,
        unit: Unit::Percent,
        what: format!("sore on {sore} of {logged} logged days, {share_text} %"),
    }
}

fn finding(ctx: &Context, (site, side): Place, told: &Told) -> Finding {
    let (from, to) = (told.from, told.to);
    let advice = "What these weeks had in common is worth a look.";
    Finding {
        observed: Some(told.observed),
        limit: Some(told.limit),
        unit: told.unit,
        site: Some(site),
        side,
        run_ids: ctx.history.run_ids_between(from, to),
        message: message(&your_place(site, side), told, is_past(ctx, to)),
        instruction: unless_past(ctx, to, advice),
        ..Finding::on(&RULE, Severity::Watch, from, to)
    }
}

fn message(place: &str, told: &Told, is_past: bool) -> String {
    let is = if is_past { "was" } else { "is" };
    let (what, period) = (&told.what, period_text(told.from, told.to));
    format!("{place} {is} your repeat visitor: {what} ({period}).")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Entry;
    use crate::pain::Side;
    use crate::pain::Site;
    use crate::rules::pain_fixture::{check_too_little_data, clear, day, flagged, judge, sore};
    use crate::time::days_between;

    /// A log of all-clear days 0 to `as_of` with the left calf sore on `days`.
    fn calf(as_of: i64, days: &[i64]) -> Vec<Entry> {
        let row = |n: i64| {
            if days.contains(&n) {
                sore(n, Site::Calf, Side::Left, 2.0)
            } else {
                clear(n)
            }
        };
        (0..=as_of).map(row).collect()
    }

    fn check(as_of: i64, days: &[i64], expected: &[(Unit, f64, i64)]) {
        let found = flagged(&RULE, as_of, calf(as_of, days));
        let found: Vec<_> = found
            .iter()
            .map(|f| (f.unit, f.observed.unwrap(), days_between(day(0), f.to)))
            .collect();
        assert_eq!(found, expected, "{days:?}");
    }

    #[test]
    fn three_spells_in_eight_weeks() {
        check(70, &[20, 40], &[]);
        check(70, &[20, 40, 60], &[(Unit::Spells, 3.0, 60)]);
        // Days 5 and 60 lie in 56 days with both ends counted, days 4 and 60 do not.
        check(70, &[5, 40, 60], &[(Unit::Spells, 3.0, 60)]);
        check(70, &[4, 40, 60], &[]);
    }

    #[test]
    fn two_fifths_of_the_last_28_logged_days() {
        // 12 of 28 are 43 %, 11 are 39 %; in pairs of days, so that they are one or two spells.
        let days = |count: i64| (40 - count..40).collect::<Vec<i64>>();
        check(39, &days(11), &[]);
        check(39, &days(12), &[(Unit::Percent, 1200.0 / 28.0, 39)]);
        // Exactly 4 of 10.
        check(9, &[6, 7, 8, 9], &[(Unit::Percent, 40.0, 9)]);
        check(9, &[7, 8, 9], &[]);
    }

    #[test]
    fn one_finding_at_the_peak_and_another_after_eight_quiet_weeks() {
        // Four spells on days 65 and 90; of the 28 days up to them 3 and 2 are sore.
        check(200, &[20, 40, 60, 65, 90], &[(Unit::Spells, 4.0, 65)]);
        check(
            200,
            &[20, 40, 60, 117, 130, 140],
            &[(Unit::Spells, 3.0, 60), (Unit::Spells, 3.0, 140)],
        );
    }

    #[test]
    fn a_stitch_is_no_hotspot_and_each_side_has_its_own() {
        let stitch = [20, 40, 60].map(|n| sore(n, Site::SideStitch, Side::Left, 4.0));
        let mut rows = calf(70, &[]);
        rows.retain(|row| ![20, 40, 60].contains(&days_between(day(0), row.date)));
        assert_eq!(
            judge(&RULE, 70, [rows.clone(), stitch.to_vec()].concat()),
            [Outcome::Clear]
        );
        let sides = [(20, Side::Left), (40, Side::Right), (60, Side::Left)];
        rows.extend(sides.map(|(n, side)| sore(n, Site::Calf, side, 4.0)));
        assert_eq!(judge(&RULE, 70, rows), [Outcome::Clear]);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        let nine = calf(8, &[4, 5, 6, 7, 8]);
        assert!(
            matches!(judge(&RULE, 8, nine).as_slice(), [Outcome::NotJudged(_)]),
            "nine days"
        );
        // Ten days of the log, but nine of the calf.
        let mut rows = calf(8, &[4, 5, 6, 7, 8]);
        rows.push(sore(9, Site::Knee, Side::Left, 1.0));
        assert!(flagged(&RULE, 9, rows).is_empty());
    }

    #[test]
    fn the_message_has_the_numbers() {
        // Day 76 is 18 May 2025, and day 21 is 24 March.
        let rows = || calf(76, &[30, 45, 60, 76]);
        assert_eq!(flagged(&RULE, 76, rows())[0].text(), RULE.message);
        assert_eq!(
            flagged(&RULE, 91, rows())[0].text(),
            "Your left calf was your repeat visitor: 4 spells in 8 weeks (24 Mar – 18 May 2025)."
        );
        let often = flagged(&RULE, 9, calf(9, &[6, 7, 8, 9]))[0].text();
        assert!(
            often.starts_with(
                "Your left calf is your repeat visitor: sore on 4 of 10 logged days, 40 % (3–12 Mar 2025)."
            ),
            "{often}"
        );
    }
}
