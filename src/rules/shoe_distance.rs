//! Shoes in use that have come far.

use super::verdicts::{settled, stretches};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Pattern, Rule,
    Severity, Stance, sighting,
};
use crate::model::Run;
use crate::pain::episodes::Episode;
use crate::pain::site_text;
use crate::time::{date_text, days_between};
use crate::units::{Unit, number};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "shoe-distance",
    title: "Shoes that have come far",
    headline: "shoes that have come far",
    why: "Nobody remembers when a pair was new, and a log does.",
    formula: "Recorded distance of each shoe worn in the last 28 days, up to its last run. From 483 km (300 miles): note; from \
        805 km (500 miles): watch. A new spell of pain at leg, hip or buttock that began in the last 14 days lifts a note \
        to watch.",
    needs: "Runs that name their shoe, in the log or in an account export.",
    cap: Severity::Watch,
    group: Group::BesideRunning,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern::of_form(1, sighting::LEG)),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "The 300 to 500 miles are custom. 24 runners had adapted after 200 miles in a pair and the load on \
            them stayed the same, but they never reached the 300. A review lists shoes of 4 to 6 months among what \
            goes with injuries in women. More cushioning helped lighter runners in one trial (hard shoes: 1.52 \
            times the rate) and nobody in an earlier one (hazard ratio 0.92, 0.57–1.48). Those who changed between \
            pairs had fewer injuries (0.61, 0.39–0.97).",
        sources: &[
            "Kong 2009, British Journal of Sports Medicine 43:745, doi 10.1136/bjsm.2008.047761",
            "van der Worp 2015, PLoS ONE 10:e0114937, PMC4338213",
            "Malisoux 2020, American Journal of Sports Medicine 48:473, doi 10.1177/0363546519892578",
            "Theisen 2014, British Journal of Sports Medicine 48:371, doi 10.1136/bjsports-2013-092613",
            "Malisoux 2015, Scandinavian Journal of Medicine & Science in Sports 25:110, doi 10.1111/sms.12154",
        ],
    },
    limits: &[NOTE_M, WATCH_M, IN_USE_DAYS, NEW_DAYS],
    ordered: &[(NOTE_M, WATCH_M)],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: change shoes after 300 to 500 miles, or when they feel flat or new \
        aches appear. S3, on knees, names worn shoes as well.",
    message: "610 km recorded on these shoes (blue). Many people change between 480 and 800 km; if they feel flat or new aches \
        appear, that is your cue.",
    check: Check::Data(check),
};

/// Distance on a pair from which the rule says a word, m.
pub const NOTE_M: Limit = Limit {
    key: "note_m",
    value: 483_000.0,
    change: Change::Within(50000.0, 5000000.0),
    why: "300 miles, where custom begins; no study sets it.",
};
/// Distance on a pair from which it is worth watching, m.
pub const WATCH_M: Limit = Limit {
    key: "watch_m",
    value: 805_000.0,
    change: Change::Within(50000.0, 5000000.0),
    why: "500 miles, where custom ends; no study sets it.",
};
const IN_USE_DAYS: Limit = Limit {
    key: "in_use_days",
    value: 28.0,
    change: Change::Whole(1.0, 366.0),
    why: "A pair not worn for four weeks may be retired, and needs no word.",
};
const NEW_DAYS: Limit = Limit {
    key: "new_days",
    value: 14.0,
    change: Change::Whole(1.0, 90.0),
    why: "New aches are what the custom itself asks to watch for.",
};

fn check(ctx: &Context) -> Vec<Outcome> {
    let last = last_worn(ctx);
    let nothing = "no run names its shoe, neither in a log nor in an account export";
    if last.is_empty() {
        return vec![Outcome::not_judged(nothing)];
    }
    let ache = new_ache(ctx);
    let in_use = last.into_iter().filter(|(_, run)| is_in_use(ctx, run));
    let found = in_use.filter_map(|(shoe, run)| judge(ctx, shoe, run, ache.as_ref()));
    let outcomes = found.map(Outcome::Flagged).chain([Outcome::Clear]);
    settled(outcomes.collect(), nothing)
}

fn runs_so_far<'a>(ctx: &Context<'a>) -> impl Iterator<Item = &'a Run> {
    let as_of = ctx.history.as_of;
    let runs = ctx.history.runs.iter();
    runs.filter(move |run| run.local_date() <= as_of)
}

/// The last run in each pair.
fn last_worn<'a>(ctx: &Context<'a>) -> BTreeMap<&'a str, &'a Run> {
    let runs = runs_so_far(ctx);
    runs.filter_map(|run| Some((run.shoe.as_deref()?, run)))
        .collect()
}

fn is_in_use(ctx: &Context, run: &Run) -> bool {
    days_between(run.local_date(), ctx.history.as_of) < ctx.limit(IN_USE_DAYS) as i64
}

/// What the rule would have said of every pair ever worn, retired ones too, for the look back: a finding for each stretch
/// in which a pair past the limit was in use, from its first such day to its last.
pub fn of_every_pair(ctx: &Context) -> Vec<Finding> {
    let ctx = &ctx.of(&RULE);
    let pairs = worn_past_limit(ctx).into_iter().flat_map(|(shoe, days)| {
        // The rule speaks of a pair worn less than this many days ago.
        let stretches = stretches(days, ctx.limit(IN_USE_DAYS) as i64);
        stretches.into_iter().map(move |stretch| (shoe, stretch))
    });
    pairs
        .filter_map(|(shoe, stretch)| of_stretch(ctx, shoe, &stretch))
        .collect()
}

/// The days on which each pair was worn past the limit, with its distance.
fn worn_past_limit<'a>(ctx: &Context<'a>) -> BTreeMap<&'a str, Vec<(NaiveDate, f64)>> {
    let note_m = ctx.limit(NOTE_M);
    let mut worn: BTreeMap<&str, Vec<(NaiveDate, f64)>> = BTreeMap::new();
    for run in runs_so_far(ctx) {
        let past = run.shoe_distance_m.filter(|metres| *metres >= note_m);
        if let Some((shoe, metres)) = run.shoe.as_deref().zip(past) {
            let days = worn.entry(shoe).or_default();
            days.push((run.local_date(), metres));
        }
    }
    worn
}

fn of_stretch(ctx: &Context, shoe: &str, stretch: &[(NaiveDate, f64)]) -> Option<Finding> {
    let ((from, _), (to, metres)) = (*stretch.first()?, *stretch.last()?);
    let limit = limit_passed(ctx, metres)?;
    Some(finding(ctx, shoe, (from, to), (metres, limit), None))
}

/// The latest spell of a leg that began in the last days.
fn new_ache(ctx: &Context) -> Option<Episode> {
    let spells = sighting::spells(ctx);
    let new = spells.iter().filter(|spell| is_new_in_leg(ctx, spell));
    new.max_by_key(|spell| spell.from).cloned()
}

fn is_new_in_leg(ctx: &Context, spell: &Episode) -> bool {
    let days = days_between(spell.from, ctx.history.as_of);
    days <= ctx.limit(NEW_DAYS) as i64 && sighting::LEG.contains(&spell.site)
}

fn judge(ctx: &Context, shoe: &str, run: &Run, ache: Option<&Episode>) -> Option<Finding> {
    let metres = run.shoe_distance_m?;
    let limit = limit_passed(ctx, metres)?;
    let has_passed = |run: &&Run| run.shoe_distance_m.is_some_and(|metres| metres >= limit);
    let mut worn = ctx.history.runs.iter().filter(|run| is_in(run, shoe));
    let passed = worn.find(has_passed).unwrap_or(run);
    let days = (passed.local_date(), run.local_date());
    Some(finding(ctx, shoe, days, (metres, limit), ache))
}

fn is_in(run: &Run, shoe: &str) -> bool {
    run.shoe.as_deref() == Some(shoe)
}

/// The larger of the limits that the distance has reached. None below both.
fn limit_passed(ctx: &Context, metres: f64) -> Option<f64> {
    [WATCH_M, NOTE_M]
        .into_iter()
        .map(|limit| ctx.limit(limit))
        .find(|limit| metres >= *limit)
}

/// At watch for the larger limit, and where something aches anew.
fn finding(
    ctx: &Context,
    shoe: &str,
    (from, to): (NaiveDate, NaiveDate),
    (metres, limit): (f64, f64),
    ache: Option<&Episode>,
) -> Finding {
    let severity = match limit >= ctx.limit(WATCH_M) || ache.is_some() {
        true => Severity::Watch,
        false => Severity::Note,
    };
    let runs = ctx.history.runs_between(from, to).iter();
    let since = runs.filter(|run| is_in(run, shoe));
    Finding {
        observed: Some(metres),
        limit: Some(limit),
        unit: Unit::Distance,
        run_ids: since.map(|run| run.run_id.clone()).collect(),
        message: message(ctx, shoe, metres, ache),
        tells_days: false,
        ..Finding::on(&RULE, severity, from, to)
    }
}

fn message(ctx: &Context, shoe: &str, metres: f64, ache: Option<&Episode>) -> String {
    // What many people do stays what it is, whatever limits this runner chose.
    let tens = |limit: Limit| number((ctx.units.distance(limit.value) / 10.0).floor() * 10.0, 0);
    let label = ctx.units.distance_label();
    format!(
        "{} {label} recorded on these shoes ({shoe}). Many people change between {} and {} {label}; if they feel flat or new \
        aches appear, that is your cue.{}",
        number(ctx.units.distance(metres), 0),
        tens(NOTE_M),
        tens(WATCH_M),
        ache.map(ache_text).unwrap_or_default()
    )
}

fn ache_text(spell: &Episode) -> String {
    let place = site_text(spell.site, spell.side);
    let date = date_text(spell.from);
    format!(" You logged a new ache ({place}) from {date} on.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{
        calendar, day, findings, findings_under, findings_with, history, is_not_judged, judge, log,
        run, sore,
    };
    use crate::{model::History, pain::Site, units::Units};

    /// Two runs in the blue shoes, with this distance on them after the second on day 20, as of `as_of`.
    fn worn(km: f64, as_of: i64) -> History {
        let at = |n: i64, km: f64| Run {
            shoe: Some("blue".to_string()),
            shoe_distance_m: Some(km * 1000.0),
            ..run(n, 8.0)
        };
        calendar(vec![at(18, km - 8.0), at(20, km)], &log(vec![]), day(as_of))
    }

    #[test]
    fn at_the_limits_and_just_below() {
        for (km, expected) in [
            (482.9, None),
            (483.0, Some((Severity::Note, 483_000.0))),
            (804.9, Some((Severity::Note, 483_000.0))),
            (805.0, Some((Severity::Watch, 805_000.0))),
        ] {
            let found = findings(&RULE, &worn(km, 20));
            assert_eq!(
                found.first().map(|f| (f.severity, f.limit.unwrap())),
                expected,
                "{km}"
            );
        }
    }

    #[test]
    fn a_new_ache_of_the_leg_lifts_a_note() {
        for (km, site, n, expected) in [
            (610.0, Site::Calf, 6, Some(Severity::Watch)),
            (610.0, Site::Calf, 5, Some(Severity::Note)),
            (610.0, Site::LowerBack, 18, Some(Severity::Note)),
            (900.0, Site::Calf, 18, Some(Severity::Watch)),
            (400.0, Site::Calf, 18, None),
        ] {
            let found = findings_with(&RULE, &worn(km, 20), &log(vec![sore(n, site, 2.0)]));
            assert_eq!(
                found.first().map(|f| f.severity),
                expected,
                "{km} {site:?} {n}"
            );
        }
    }

    #[test]
    fn shoes_not_worn_for_four_weeks_are_left_alone() {
        assert_eq!(findings(&RULE, &worn(610.0, 47)).len(), 1);
        assert!(findings(&RULE, &worn(610.0, 48)).is_empty());
    }

    /// A pair that passes 483 km on day 3 and is worn until day 12, again from day 50 to 53, and retired.
    fn retired() -> History {
        let at = |(n, km): (i64, f64), shoe: &str| Run {
            shoe: Some(shoe.to_string()),
            shoe_distance_m: Some(km * 1000.0),
            ..run(n, 8.0)
        };
        let blue = [
            (0, 475.0),
            (3, 483.0),
            (12, 491.0),
            (50, 499.0),
            (53, 507.0),
        ]
        .map(|run| at(run, "blue"));
        let red = [(6, 8.0), (56, 16.0), (100, 24.0)].map(|run| at(run, "red"));
        calendar(
            blue.into_iter().chain(red).collect(),
            &log(vec![]),
            day(100),
        )
    }

    #[test]
    fn the_look_back_knows_retired_pairs() {
        let history = retired();
        assert!(
            findings(&RULE, &history).is_empty(),
            "blue was last worn 47 days ago"
        );
        let none = log(vec![]);
        let found = of_every_pair(&Context::new(&history, &none, Units::Km));
        let spans: Vec<_> = found
            .iter()
            .map(|f| (f.from, f.to, f.severity, f.limit))
            .collect();
        let stretch = |from, to| (day(from), day(to), Severity::Note, Some(483_000.0));
        assert_eq!(spans, [stretch(3, 12), stretch(50, 53)], "38 days apart");
        let limits =
            super::super::Limits::parse(&["shoe-distance.note-m=500000".to_string()]).unwrap();
        let number = super::super::EmergencyNumber::default();
        let later = of_every_pair(&Context::new(&history, &none, Units::Km).with(&limits, &number));
        assert_eq!(
            later.iter().map(|f| (f.from, f.to)).collect::<Vec<_>>(),
            [(day(53), day(53))]
        );
    }

    #[test]
    fn a_changed_limit_does_not_change_what_many_people_do() {
        let found = &findings_under(&RULE, &worn(610.0, 20), &["shoe-distance.note-m=300000"])[0];
        assert_eq!(found.limit, Some(300_000.0));
        assert!(
            found
                .text()
                .contains("Many people change between 480 and 800 km"),
            "{}",
            found.text()
        );
    }

    #[test]
    fn the_days_are_those_over_the_limit() {
        let found = &findings(&RULE, &worn(486.0, 20))[0];
        assert_eq!(
            (found.from, found.to, found.run_ids.as_slice()),
            (day(20), day(20), &["run-20".to_string()][..])
        );
        assert_eq!(findings(&RULE, &worn(610.0, 20))[0].from, day(18));
    }

    #[test]
    fn too_little_data() {
        assert!(is_not_judged(&RULE, &history(vec![run(0, 8.0)])), "no shoe");
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
        assert_eq!(
            judge(&RULE, &worn(100.0, 20), &log(vec![])),
            [Outcome::Clear]
        );
    }

    #[test]
    fn the_message_has_the_distance() {
        assert_eq!(findings(&RULE, &worn(610.0, 20))[0].text(), RULE.message);
        let aching = findings_with(
            &RULE,
            &worn(610.0, 20),
            &log(vec![sore(10, Site::Calf, 2.0)]),
        );
        assert!(
            aching[0]
                .text()
                .ends_with("that is your cue. You logged a new ache (calf) from 16 Jan 2025 on.")
        );
        let (history, pain) = (worn(610.0, 20), log(vec![]));
        let outcomes = crate::rules::fixture::ask(&RULE, &Context::new(&history, &pain, Units::Mi));
        let [Outcome::Flagged(finding)] = outcomes.as_slice() else {
            panic!("{outcomes:?}")
        };
        assert!(finding.text().starts_with(
            "379 mi recorded on these shoes (blue). Many people change between 300 and 500 mi"
        ));
    }
}
