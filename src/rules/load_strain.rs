//! A week of high strain for this runner: load times monotony.

use super::acwr_high::unit_text;
use super::series::newest;
use super::verdicts::{is_past, peaks, settled, unless_past};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Pattern, Rule,
    Severity, Stance,
};
use crate::model::Week;
use crate::stats::{describe::quantile, load::strain};
use crate::time::plus_days;
use crate::units::EPSILON;
use crate::units::{Unit, in_words, number};

/// The rule.
pub const RULE: Rule = Rule {
    id: "load-strain",
    title: "A strenuous week for you",
    headline: "a strenuous week for you",
    why: "Much running on days that are all alike is harder than the same running with easy days in it.",
    formula: "Strain of a full ISO week: the sum of its daily loads times their monotony (mean divided by sample standard \
        deviation, at most 10); 0 without a run. Judged against the 90th percentile of the twelve weeks that end with it. \
        Weeks over it at most 84 days apart are one finding: that of the highest strain.",
    needs: "Twelve full weeks in a row with a load on every day, all in one unit.",
    cap: Severity::Note,
    group: Group::Load,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern::of_load(7)),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "In 25 athletes most illnesses came after weeks with a strain above a limit of their own, which differed from \
            one to the next. It is a small study of illness, not of running injuries, and the percentile is a choice.",
        sources: &[
            "Foster 1998, Medicine & Science in Sports & Exercise 30:1164, doi 10.1097/00005768-199807000-00023",
        ],
    },
    limits: &[PERCENTILE, WEEKS],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: overtraining is running without recovery between sessions.",
    message: "One of your most strenuous weeks this season: its strain (load times monotony, in grade-adjusted kilometres) \
        was 90, above that of 11 of the 12 weeks up to it. An easier week after one is a common habit.",
    check: Check::Data(check),
};

const PERCENTILE: Limit = Limit {
    key: "percentile_share",
    value: 0.9,
    change: Change::Within(0.5, 0.99),
    why: "The limits of Foster 1998 were each athlete's own, so a week is compared with your own weeks.",
};
const WEEKS: Limit = Limit {
    key: "weeks",
    value: 12.0,
    change: Change::Whole(4.0, 104.0),
    why: "About a season of training; fewer weeks have no tenth.",
};

/// Said when weeks are missing.
fn nothing(ctx: &Context) -> String {
    format!(
        "fewer than {} full weeks of recordings in a row with a load on every day",
        in_words(ctx.limit(WEEKS))
    )
}

fn check(ctx: &Context) -> Vec<Outcome> {
    let weeks = ctx.finished_weeks();
    let strains: Vec<Option<f64>> = weeks.iter().map(|week| week_strain(ctx, week)).collect();
    let outcomes = weeks.iter().enumerate();
    let outcomes = outcomes.map(|(index, week)| judge(ctx, week, &strains[..=index]));
    settled(peaks(outcomes, 7 * ctx.limit(WEEKS) as i64), &nothing(ctx))
}

/// The week's strain. None when the week is not full, a load is missing or its days are all alike.
fn week_strain(ctx: &Context, week: &Week) -> Option<f64> {
    let days = ctx.history.days_until(plus_days(week.start, 6), 7);
    let loads: Option<Vec<f64>> = days.iter().map(|day| day.load).collect();
    let loads = loads.filter(|_| week.full)?;
    match loads.iter().sum::<f64>() == 0.0 {
        true => Some(0.0),
        false => strain(&loads),
    }
}

/// Judges the week whose strain is the last of these.
fn judge(ctx: &Context, week: &Week, strains: &[Option<f64>]) -> Outcome {
    let season = newest(strains, ctx.limit(WEEKS) as usize);
    let season = season.and_then(|season| season.iter().copied().collect::<Option<Vec<f64>>>());
    let Some(season) = season else {
        return Outcome::NotJudged(nothing(ctx));
    };
    match (quantile(&season, ctx.limit(PERCENTILE)), season.last()) {
        (None, _) => Outcome::NotJudged(nothing(ctx)),
        (Some(limit), Some(strain)) if *strain > limit + EPSILON => {
            Outcome::Flagged(finding(ctx, week, &season, *strain, limit))
        }
        _ => Outcome::Clear,
    }
}

fn finding(ctx: &Context, week: &Week, season: &[f64], strain: f64, limit: f64) -> Finding {
    let to = plus_days(week.start, 6);
    let advice = "An easier week after one is a common habit.";
    Finding {
        observed: Some(strain),
        limit: Some(limit),
        unit: Unit::LoadUnits,
        run_ids: ctx.history.run_ids_between(week.start, to),
        message: message(ctx, season, strain, is_past(ctx, to)),
        instruction: unless_past(ctx, to, advice),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Note, week.start, to)
    }
}

fn message(ctx: &Context, season: &[f64], strain: f64, is_past: bool) -> String {
    let season_text = match is_past {
        true => "of that season",
        false => "this season",
    };
    let lower = season.iter().filter(|other| **other < strain).count();
    format!(
        "One of your most strenuous weeks {season_text}: its strain (load times monotony, in {}) was {}, above that of {lower} of \
        the {} weeks up to it.",
        unit_text(ctx.history.load_unit, ctx.units),
        number(strain, 0),
        season.len(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{calendar, day, findings, history, is_not_judged, log, weekly_km};

    /// The strain of the fixture's week of three runs (0.3, 0.3 and 0.4 of it) is its distance times a constant:
    /// (1/7) / SD of (.3, 0, 0, .3, 0, 0, .4). The squares sum to .34, so SD² = (.34 − 1/7)/6.
    fn strain_per_km() -> f64 {
        (1.0 / 7.0) / ((0.34 - 1.0 / 7.0) / 6.0_f64).sqrt()
    }

    fn weeks(last: f64) -> Vec<f64> {
        (0..11).map(|n| 30.0 + f64::from(n)).chain([last]).collect()
    }

    #[test]
    fn above_the_ninetieth_percentile_of_twelve() {
        // Weeks of 30 to 40 km and the judged one: the type-7 quantile lies at position 9.9. A week of 39.5 km stands
        // at position 10, above 39 + 0.9 · 0.5 = 39.45; one of 38.5 km at position 9, below.
        for (km, expected) in [
            (38.5, None),
            (39.5, Some((39.5, 39.45))),
            (60.0, Some((60.0, 39.9))),
        ] {
            let found = findings(&RULE, &history(weekly_km(&weeks(km))));
            let found = found
                .first()
                .map(|f| (f.observed.unwrap(), f.limit.unwrap()));
            assert_eq!(found.is_some(), expected.is_some(), "{km}");
            if let (Some((strain, limit)), Some((strain_km, limit_km))) = (found, expected) {
                assert!((strain - strain_km * strain_per_km()).abs() < 1e-9, "{km}");
                assert!((limit - limit_km * strain_per_km()).abs() < 1e-9, "{km}");
            }
        }
        // Equal weeks: the last is the percentile and not above it.
        assert!(findings(&RULE, &history(weekly_km(&[40.0; 12]))).is_empty());
    }

    #[test]
    fn too_little_data() {
        assert!(
            is_not_judged(&RULE, &history(weekly_km(&weeks(90.0)[1..]))),
            "eleven weeks"
        );
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
        let mut runs = weekly_km(&weeks(90.0));
        runs[4].grade_adjusted_m = None;
        assert!(is_not_judged(&RULE, &history(runs)), "a load is missing");
    }

    #[test]
    fn a_season_is_one_finding_at_its_peak() {
        let mut km = vec![40.0; 30];
        (km[13], km[20], km[28]) = (60.0, 70.0, 65.0);
        let found = findings(&RULE, &history(weekly_km(&km)));
        assert_eq!(found.iter().map(|f| f.from).collect::<Vec<_>>(), [day(140)]);
    }

    #[test]
    fn the_message_has_the_numbers() {
        // 141.4 km · 0.6365 … : the strain to the nearest whole number is what the constant says.
        let km = 90.0 / strain_per_km();
        let found = findings(&RULE, &history(weekly_km(&weeks(km))));
        assert_eq!(found[0].text(), RULE.message);
        let old = calendar(weekly_km(&weeks(km)), &log(vec![]), day(7 * 12 + 14));
        assert!(
            findings(&RULE, &old)[0]
                .text()
                .starts_with("One of your most strenuous weeks of that season: its")
        );
    }
}
