//! A quiet week: what was logged was little, went away, and no run stood out.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Judged, Limit, Outcome, Rule,
    Severity, Stance, rule, sighting, standing::rating, triage,
};
use crate::pain::{Entry, Site};
use crate::time::plus_days;
use crate::units::{Unit, in_words};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    id: "settled-week",
    title: "A quiet week",
    headline: "a quiet week",
    why: "What goes well is worth knowing too.",
    formula: "The 7 days up to the day of the report: every rating 2 or less, no painkiller logged, no finding of a rule about \
        pain but a good one, and no jump in a single run, in climbing or in descending that reaches into them. In the last \
        14 days the latest rating of every place is 2 or less, pain took nothing from running, no sign was written, and \
        nothing asks for easier days or to be looked at.",
    needs: "Pain rated on 4 of these days; an all-clear row counts, a blank day does not.",
    cap: Severity::Good,
    group: Group::Pain,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Descriptive,
        says: "It repeats what you logged and judges nothing else. Clinics for kneecap pain take up to 2 of 10 as little; that \
            soreness fades soon after the run is the articles' word.",
        sources: &[
            "TREK patient education for kneecap pain, read on a web page",
            "Popular articles S1, seven ways to prevent leg ache after running, and S2, post-run recovery.",
        ],
    },
    limits: &[LARGEST, LOGGED_DAYS],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running, and S2, post-run recovery: soreness during or right after a run \
        that fades soon is nothing to stop for.",
    message: "A quiet week: pain was rated on 6 days, never above 2, and nothing stood out. Whatever you are doing, keep doing it.",
    check: Check::After(check),
};

const LARGEST: Limit = Limit {
    key: "largest_rating",
    value: 2.0,
    change: Change::Within(0.0, 2.0),
    why: "What clinics for kneecap pain take as little.",
};
const LOGGED_DAYS: Limit = Limit {
    key: "logged_days",
    value: 4.0,
    change: Change::Whole(4.0, 7.0),
    why: "More than half of the week; blank days are unknown, not quiet.",
};

/// Days of the week that is looked at.
const DAYS: i64 = 7;

fn check(ctx: &Context, heard: &Judged) -> Vec<Outcome> {
    if triage::rows(ctx).is_empty() {
        return triage::conclude(ctx, Vec::new());
    }
    let from = plus_days(ctx.history.as_of, 1 - DAYS);
    let rows = sighting::between(triage::rows(ctx), from, ctx.history.as_of);
    let days = days_rated(rows);
    vec![match (days as f64) < ctx.limit(LOGGED_DAYS) {
        true => Outcome::not_judged(too_few_days(ctx)),
        false if is_quiet(ctx, rows) && !stands_out(ctx, heard, from) => {
            Outcome::Good(finding(ctx, from, days, highest(rows)))
        }
        false => Outcome::Clear,
    }]
}

fn too_few_days(ctx: &Context) -> String {
    let least = in_words(ctx.limit(LOGGED_DAYS));
    format!("pain was rated on fewer than {least} of the last seven days")
}

fn days_rated(rows: &[Entry]) -> usize {
    let rated = rows.iter().filter(|row| row.pain.is_some());
    let days: BTreeSet<NaiveDate> = rated.map(|row| row.date).collect();
    days.len()
}

/// A stitch is no matter of the legs.
fn highest(rows: &[Entry]) -> f64 {
    let counted = rows.iter().filter(|row| row.site != Some(Site::SideStitch));
    counted.filter_map(|row| row.pain).fold(0.0, f64::max)
}

fn is_quiet(ctx: &Context, rows: &[Entry]) -> bool {
    let is_masked = rows.iter().any(|row| row.painkiller == Some(true));
    highest(rows) <= ctx.limit(LARGEST) && !is_masked && triage::is_quiet_lately(ctx)
}

/// Whether a finding about pain, or a jump, reaches into the days since `from`.
fn stands_out(ctx: &Context, heard: &Judged, from: NaiveDate) -> bool {
    let is_bad = |finding: &Finding| finding.to >= from && is_loud(finding);
    is_alarmed(heard, ctx.history.as_of) || heard.findings.iter().any(is_bad)
}

fn is_alarmed(heard: &Judged, as_of: NaiveDate) -> bool {
    let alarms = triage::alarms(heard);
    alarms.iter().any(|alarm| triage::is_current(alarm, as_of))
}

fn is_loud(finding: &Finding) -> bool {
    finding.severity > Severity::Good && rule(finding.rule).is_some_and(|rule| rule.is_loud)
}

fn finding(ctx: &Context, from: NaiveDate, days: usize, highest: f64) -> Finding {
    Finding {
        observed: Some(highest),
        limit: Some(ctx.limit(LARGEST)),
        unit: Unit::OfTen,
        message: message(days, highest),
        instruction: "Whatever you are doing, keep doing it.".to_string(),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Good, from, ctx.history.as_of)
    }
}

fn message(days: usize, highest: f64) -> String {
    let level = match highest > 0.0 {
        true => format!("never above {}", rating(highest)),
        false => "always 0".to_string(),
    };
    format!("A quiet week: pain was rated on {days} days, {level}, and nothing stood out.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Side;
    use crate::rules::fixture;
    use crate::rules::pain_fixture::{clear, day, flagged, judge, sore};

    /// All clear on days 15 to 20 but for these rows, which take the place of their days.
    fn week(rows: Vec<Entry>) -> Vec<Entry> {
        let taken: BTreeSet<NaiveDate> = rows.iter().map(|row| row.date).collect();
        (15..=20)
            .filter(|n| !taken.contains(&day(*n)))
            .map(clear)
            .chain(rows)
            .collect()
    }

    fn knee(n: i64, pain: f64) -> Entry {
        sore(n, Site::Knee, Side::Left, pain)
    }

    #[test]
    fn two_is_quiet_and_more_is_not() {
        for (pain, quiet) in [(0.0, true), (2.0, true), (2.1, false)] {
            assert_eq!(
                !flagged(&RULE, 20, week(vec![knee(17, pain)])).is_empty(),
                quiet,
                "{pain}"
            );
        }
        // Day 13 is the eighth day back.
        assert!(!flagged(&RULE, 20, [vec![knee(13, 4.0)], week(vec![])].concat()).is_empty());
        assert!(flagged(&RULE, 20, [vec![knee(14, 4.0)], week(vec![])].concat()).is_empty());
    }

    #[test]
    fn what_another_rule_finds_is_not_quiet() {
        let spell = (15..=18).map(|n| knee(n, 1.0)).collect();
        assert_eq!(
            judge(&RULE, 20, week(spell)),
            [Outcome::Clear],
            "four days in a row"
        );
        let sign = Entry {
            signs: [crate::pain::Sign::Numbness].into(),
            ..knee(17, 1.0)
        };
        assert_eq!(
            judge(&RULE, 20, week(vec![sign])),
            [Outcome::Clear],
            "numbness"
        );
        let masked = Entry {
            painkiller: Some(true),
            ..knee(17, 1.0)
        };
        assert_eq!(
            judge(&RULE, 20, week(vec![masked])),
            [Outcome::Clear],
            "a painkiller"
        );
        let stitch = sore(17, Site::SideStitch, Side::Left, 5.0);
        assert_eq!(
            flagged(&RULE, 20, week(vec![stitch])).len(),
            1,
            "a stitch is none of it"
        );
    }

    #[test]
    fn a_spike_is_not_quiet() {
        // Ten runs of 8 km, then one of 8.8 or 9 km on day 30, with a log of zeros to day 32.
        for (km, quiet) in [(8.8, true), (9.0, false)] {
            let runs = (0..10)
                .map(|n| fixture::run(3 * n, 8.0))
                .chain([fixture::run(30, km)])
                .collect();
            let zeros = (27..=32).map(|n| Entry {
                site: Some(Site::None),
                pain: Some(0.0),
                ..Entry::on(fixture::day(n))
            });
            let log = fixture::log(zeros.collect());
            let history = fixture::calendar(runs, &log, fixture::day(32));
            assert_eq!(
                !fixture::findings_with(&RULE, &history, &log).is_empty(),
                quiet,
                "{km}"
            );
        }
    }

    #[test]
    fn too_little_data() {
        let rows = |count: i64| (21 - count..=20).map(clear).collect::<Vec<Entry>>();
        assert!(
            matches!(
                judge(&RULE, 20, rows(3)).as_slice(),
                [Outcome::NotJudged(_)]
            ),
            "three days"
        );
        assert!(
            matches!(judge(&RULE, 20, rows(4)).as_slice(), [Outcome::Good(_)]),
            "four days"
        );
        assert!(
            matches!(
                judge(&RULE, 20, Vec::new()).as_slice(),
                [Outcome::NotJudged(_)]
            ),
            "no log"
        );
    }

    #[test]
    fn the_message_has_the_numbers() {
        assert_eq!(
            flagged(&RULE, 20, week(vec![knee(17, 2.0)]))[0].text(),
            RULE.message
        );
        assert!(
            flagged(&RULE, 20, week(vec![]))[0]
                .text()
                .contains("on 6 days, always 0, and")
        );
    }
}
