//! The first week over forty miles in a while.

use super::verdicts::{is_past, settled};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Pattern, Rule,
    Severity, Stance,
};
use crate::model::Week;
use crate::units::Unit;

/// The rule.
pub const RULE: Rule = Rule {
    id: "weekly-volume-high",
    title: "More than forty miles in a week",
    headline: "more than forty miles in a week",
    why: "An often quoted line, so you may want to know when you cross it and how little stands behind it.",
    formula: "Distance of the local ISO week, km, above 64.4 km, when no week of the 12 before it was.",
    needs: "A full week with a distance for every run. The current week, and one with a run without distance, are judged \
        only once they are over.",
    cap: Severity::Note,
    group: Group::Load,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern::of_load(7)),
    evidence: Evidence {
        stance: Stance::Contested,
        says: "No study draws a line. The one that is quoted for it is a series of cases from a clinic, and a review \
            lists bands of weekly distance that do not agree. Of 662 marathon runners who were asked afterwards 68 \
            had been injured: those with less than 30 km a week more often than those with 30 to 60 (relative risk \
            2.02, 1.26–3.24), and those with more than 60 km about as often (1.13, 0.5–2.8).",
        sources: &[
            "van der Worp 2015, PLoS ONE 10:e0114937, PMC4338213",
            "Rasmussen 2013, International Journal of Sports Physical Therapy 8:111, which gave no DOI then; pubmed.ncbi.nlm.nih.gov/23593549",
        ],
    },
    limits: &[WEEK_M, WEEKS_BEFORE],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: less than 40 miles a week, with a clinic's cases as its source.",
    message: "70.0 km in one week is plenty. There is no magic number; how quickly you got there matters more.",
    check: Check::Data(check),
};

const WEEK_M: Limit = Limit {
    key: "week_m",
    value: 64_400.0,
    change: Change::Within(1000.0, 500000.0),
    why: "The 40 miles of the article; no study sets it.",
};
const WEEKS_BEFORE: Limit = Limit {
    key: "weeks_before",
    value: 12.0,
    change: Change::Whole(1.0, 104.0),
    why: "Said once a season: for many runners such weeks are usual.",
};

fn check(ctx: &Context) -> Vec<Outcome> {
    let weeks = &ctx.history.weeks;
    let outcomes = (0..weeks.len())
        .filter_map(|index| judge(ctx, &weeks[..index], &weeks[index]))
        .collect();
    settled(outcomes, "no full week of recordings")
}

/// None for the unfinished week that is not over the limit.
fn judge(ctx: &Context, before: &[Week], week: &Week) -> Option<Outcome> {
    let is_current = ctx.is_unfinished(week);
    // A sum that lacks a run and is over the limit all the same is over.
    let over_m = |week: &Week| week.distance_m.filter(|metres| *metres > ctx.limit(WEEK_M));
    let season = &before[before
        .len()
        .saturating_sub(ctx.limit(WEEKS_BEFORE) as usize)..];
    match over_m(week).filter(|_| week.full || is_current) {
        Some(metres) if season.iter().all(|week| over_m(week).is_none()) => {
            Some(Outcome::Flagged(finding(ctx, week, metres)))
        }
        Some(_) => Some(Outcome::Clear),
        None if is_current => None,
        None if week.full && ctx.week_distance_m(week).is_some() => Some(Outcome::Clear),
        None => Some(Outcome::NotJudged(
            "the latest week is not covered by recordings with a distance".to_string(),
        )),
    }
}

fn finding(ctx: &Context, week: &Week, metres: f64) -> Finding {
    let to = ctx.last_day_of(week);
    Finding {
        observed: Some(metres),
        limit: Some(ctx.limit(WEEK_M)),
        unit: Unit::Distance,
        run_ids: ctx.history.run_ids_between(week.start, to),
        message: message(ctx, metres, !week.full, is_past(ctx, to)),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Note, week.start, to)
    }
}

fn message(ctx: &Context, metres: f64, is_current: bool, is_past: bool) -> String {
    let distance = ctx.units.distance_text(metres);
    let so_far = if is_current { " so far" } else { "" };
    let verb = if is_past { "was" } else { "is" };
    format!(
        "{distance} in one week{so_far} {verb} plenty. There is no magic number; how quickly you got there matters more."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Run;
    use crate::rules::fixture::{
        calendar, day, findings, history, is_not_judged, later, log, run, weekly_km,
    };

    fn starts(km: &[f64]) -> Vec<chrono::NaiveDate> {
        findings(&RULE, &history(weekly_km(km)))
            .iter()
            .map(|f| f.from)
            .collect()
    }

    #[test]
    fn at_the_limit_and_just_over() {
        for (km, expected) in [(64.3, 0), (64.4, 0), (64.5, 1)] {
            assert_eq!(starts(&[40.0, km]).len(), expected, "{km}");
        }
    }

    #[test]
    fn only_the_first_in_twelve_weeks_speaks() {
        let with = |gap: usize| {
            let mut km = vec![40.0; 20];
            (km[1], km[1 + gap]) = (70.0, 80.0);
            starts(&km)
        };
        assert_eq!(with(12), [day(7)]);
        assert_eq!(with(13), [day(7), day(98)]);
    }

    #[test]
    fn a_sum_without_one_run_is_over_or_not_known() {
        let with = |km: f64| {
            let unknown = Run {
                distance_m: None,
                ..later(run(6, 0.0), 60)
            };
            history(weekly_km(&[km]).into_iter().chain([unknown]).collect())
        };
        assert!(is_not_judged(&RULE, &with(60.0)), "60 km are known");
        assert_eq!(findings(&RULE, &with(72.0)).len(), 1, "72 km are known");
    }

    #[test]
    fn too_little_data() {
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");

        assert!(
            is_not_judged(&RULE, &history(vec![run(1, 30.0), run(6, 30.0)])),
            "six covered days"
        );
    }

    #[test]
    fn the_current_week_speaks_only_when_it_is_over() {
        let with = |km: f64| history(weekly_km(&[40.0]).into_iter().chain([run(8, km)]).collect());
        assert!(findings(&RULE, &with(60.0)).is_empty());
        assert!(
            findings(&RULE, &with(65.0))[0]
                .text()
                .starts_with("65.0 km in one week so far is plenty.")
        );
    }

    #[test]
    fn the_message_has_the_distance() {
        let runs = || weekly_km(&[40.0, 70.0]);
        assert_eq!(findings(&RULE, &history(runs()))[0].text(), RULE.message);
        let old = calendar(runs(), &log(vec![]), day(40));
        assert!(
            findings(&RULE, &old)[0]
                .text()
                .starts_with("70.0 km in one week was plenty.")
        );
    }
}
