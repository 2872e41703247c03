//! The last seven days against the last four weeks: the acute:chronic workload ratio, described and not believed.

use super::series::newest;
use super::verdicts::{peaks, settled};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Pattern, Rule,
    Severity, Stance,
};
use crate::model::{Day, LoadUnit};
use crate::stats::load::{acwr_ewma, acwr_uncoupled, coupled_from_uncoupled};
use crate::time::{date_text, days_between};
use crate::units::EPSILON;
use crate::units::{Unit, Units, counted_in_words, number};
use chrono::NaiveDate;

/// The rule.
pub const RULE: Rule = Rule {
    id: "acwr-high",
    title: "Last week high against the month",
    headline: "the last week high against the month",
    why: "Many articles quote this ratio, so you may want to see yours together with what studies in runners found.",
    formula: "Uncoupled u: mean daily load of the last 7 days divided by that of the 21 days before. \
        Coupled c = 4u / (3 + u): the last 7 days divided by the 28 days that include them. c is judged, on every day. \
        Told beside it and not judged: the same with older days fading, the ratio of two exponentially weighted averages of \
        all daily loads so far, with weights 2 / (7 + 1) and 2 / (28 + 1) for the newest day. \
        Days over the limit that are at most 28 days apart are one finding: that of the seven days when c was highest.",
    needs: "28 covered days with a load on every one, six runs in the 21 days before the last week, all in one load unit.",
    cap: Severity::Note,
    group: Group::Load,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern::of_load(7)),
    evidence: Evidence {
        stance: Stance::Contested,
        says: "The range 0.8–1.3 comes from team sports. Dividing a week by a month that contains it correlates the \
            two by construction, about 0.5. In data from football injuries went with the ratio (odds ratio 2.45, \
            1.28–4.71), but also where one fixed number stood for the month (1.95, 1.18–3.52) or random ones did \
            (means of 1.53, from 1.16 to 2.07, and 1.89, from 1.42 to 2.70). The ratio and the week alone hardly told \
            who was hurt (c-statistics of 0.574 and 0.544, where 0.5 is a coin), so its authors advise to dismiss \
            the ratio. In two cohorts of runners a higher ratio went with fewer injuries, in one of them probably \
            because runners in trouble run less: it counts the last two weeks of the report that asks about the \
            injury. In one marathon cohort days at 1.5 or more went weakly with more, in the first four weeks.",
        sources: &[
            "Gabbett 2016, British Journal of Sports Medicine 50:273, doi 10.1136/bjsports-2015-095788",
            "Lolli 2019, British Journal of Sports Medicine 53:921, doi 10.1136/bjsports-2017-098110",
            "Windt 2019, British Journal of Sports Medicine 53:988, doi 10.1136/bjsports-2017-098925",
            "Williams 2017, British Journal of Sports Medicine 51:209, doi 10.1136/bjsports-2016-096589, on older days that fade",
            "Impellizzeri 2020, Sports Medicine 51:581, doi 10.1007/s40279-020-01378-6",
            "Nakaoka 2021, Sports Medicine 51:2437, doi 10.1007/s40279-021-01483-0",
            "Toresdahl 2022, British Journal of Sports Medicine 57:146, doi 10.1136/bjsports-2022-105670",
            "Frandsen 2025, British Journal of Sports Medicine 59:1203, doi 10.1136/bjsports-2024-109380, \
                PMC12421110",
        ],
    },
    limits: &[COUPLED_RATIO, MINIMUM_RUNS, SEASON_GAP_DAYS],
    ordered: &[],
    rests_on: &[],
    seed: "S0, hotspots after running: keep the acute:chronic ratio at 1.3 or below.",
    message: "Your last seven days were 1.4× your four-week average (1.6× the three weeks before; 1.1× with older days \
        fading), counted in grade-adjusted kilometres. A description: articles quote a limit of 1.3, and studies in \
        runners do not back it.",
    check: Check::Data(check),
};

const COUPLED_RATIO: Limit = Limit {
    key: "coupled_ratio",
    value: 1.3,
    change: Change::Within(1.0, 4.0),
    why: "The number that articles quote; in uncoupled form 1.444. It is no limit for runners, hence only a note.",
};
const MINIMUM_RUNS: Limit = Limit {
    key: "minimum_runs",
    value: 6.0,
    change: Change::Whole(1.0, 42.0),
    why: "Fewer than two runs a week make the monthly average an accident of dates.",
};
const SEASON_GAP_DAYS: Limit = Limit {
    key: "season_gap_days",
    value: 28.0,
    change: Change::Whole(1.0, 366.0),
    why: "As long as the ratio looks back: within it the same weeks are told again, so one finding speaks for them.",
};

/// Days of the acute window.
const ACUTE_DAYS: usize = 7;
/// Days of acute and chronic window together (Gabbett 2016); the uncoupled chronic window is the first 21 of them.
const ALL_DAYS: usize = 28;
fn check(ctx: &Context) -> Vec<Outcome> {
    let days = ctx.history.recorded_days();
    let outcomes = (0..days.len()).map(|index| judge(ctx, &days[..=index]));
    settled(
        peaks(outcomes, ctx.limit(SEASON_GAP_DAYS) as i64),
        "no runs",
    )
}

/// Judges the last of these days.
fn judge(ctx: &Context, days: &[Day]) -> Outcome {
    match uncoupled(ctx, days) {
        Err(missing) => Outcome::NotJudged(missing),
        Ok(uncoupled) => weigh(ctx, days, uncoupled),
    }
}

fn weigh(ctx: &Context, days: &[Day], uncoupled: f64) -> Outcome {
    match is_high(ctx, uncoupled) {
        true => Outcome::Flagged(finding(ctx, days, uncoupled)),
        false => Outcome::Clear,
    }
}

fn is_high(ctx: &Context, uncoupled: f64) -> bool {
    coupled_from_uncoupled(uncoupled) > ctx.limit(COUPLED_RATIO) + EPSILON
}

/// The uncoupled ratio at the last of these days, or what is missing to know it.
fn uncoupled(ctx: &Context, days: &[Day]) -> Result<f64, String> {
    let window = newest(days, ALL_DAYS).ok_or("fewer than 28 days of recordings")?;
    if window.iter().any(|day| !day.covered) {
        return Err("the last 28 days are not all covered by recordings".to_string());
    }
    let loads: Option<Vec<f64>> = window.iter().map(|day| day.load).collect();
    let loads = loads.ok_or("a run of the last 28 days has no load in the unit of this history")?;
    let chronic = window[..ALL_DAYS - ACUTE_DAYS].iter();
    if f64::from(chronic.map(|day| day.runs).sum::<u32>()) < ctx.limit(MINIMUM_RUNS) {
        return Err(too_few_runs(ctx));
    }
    acwr_uncoupled(&loads).ok_or("no load in the three weeks before the last week".to_string())
}

fn too_few_runs(ctx: &Context) -> String {
    let least = counted_in_words(ctx.limit(MINIMUM_RUNS), "run");
    format!("fewer than {least} in the three weeks before the last week")
}

/// Of the week that ends with the last of these days.
fn finding(ctx: &Context, days: &[Day], uncoupled: f64) -> Finding {
    let week = &days[days.len() - ACUTE_DAYS..];
    let (from, to) = (week[0].date, week[ACUTE_DAYS - 1].date);
    Finding {
        observed: Some(coupled_from_uncoupled(uncoupled)),
        limit: Some(ctx.limit(COUPLED_RATIO)),
        unit: Unit::Ratio,
        run_ids: ctx.history.run_ids_between(from, to),
        message: message(ctx, to, (uncoupled, fading(days))),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Note, from, to)
    }
}

/// The ratio with older days fading, over the loads back to the first that is not known. None where that is no month.
fn fading(days: &[Day]) -> Option<f64> {
    let known = days.iter().rev().map_while(|day| day.load);
    let mut loads: Vec<f64> = known.collect();
    loads.reverse();
    acwr_ewma(&loads)
}

/// The uncoupled ratio, and that with older days fading.
type Ratios = (f64, Option<f64>);

/// In the present tense only while the seven days are the latest, give or take a day without a run.
fn message(ctx: &Context, to: NaiveDate, found: Ratios) -> String {
    format!(
        "{}, counted in {}. A description: articles quote a limit of {}, and studies in runners do not back it.",
        ratio_text(ctx, to, found),
        unit_text(ctx.history.load_unit, ctx.units),
        // What articles say stays what it is, whatever limit this runner chose.
        number(COUPLED_RATIO.value, 1),
    )
}

fn ratio_text(ctx: &Context, to: NaiveDate, found: Ratios) -> String {
    let ratios = ratios(found);
    match days_between(to, ctx.history.as_of) <= 1 {
        true => format!("Your last seven days were {ratios}"),
        false => format!(
            "In the seven days to {} your load was {ratios}, at its highest",
            date_text(to)
        ),
    }
}

fn ratios((uncoupled, fading): Ratios) -> String {
    let fading = fading.map(|fading| format!("; {}× with older days fading", number(fading, 1)));
    format!(
        "{}× your four-week average ({}× the three weeks before{})",
        number(coupled_from_uncoupled(uncoupled), 1),
        number(uncoupled, 1),
        fading.unwrap_or_default()
    )
}

/// What loads are counted in, in words.
pub(super) fn unit_text(unit: LoadUnit, units: Units) -> &'static str {
    match (unit, units) {
        (LoadUnit::SessionRpe, _) => "session RPE × minutes",
        (LoadUnit::Trimp, _) => "TRIMP (minutes weighted by heart rate)",
        (LoadUnit::GradeAdjustedKm, Units::Km) => "grade-adjusted kilometres",
        (LoadUnit::GradeAdjustedKm, Units::Mi) => "grade-adjusted distance",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{
        calendar, daily_km, day, findings, history, is_not_judged, log, run,
    };

    /// vectors.json acwr.daily_km: weeks of 30, 33, 36 and 50 km.
    const DAILY_KM: [f64; 28] = [
        6.0, 0.0, 8.0, 0.0, 0.0, 16.0, 0.0, 7.0, 0.0, 8.0, 0.0, 0.0, 18.0, 0.0, 7.0, 0.0, 9.0, 0.0,
        0.0, 20.0, 0.0, 9.0, 0.0, 12.0, 0.0, 4.0, 25.0, 0.0,
    ];

    /// Six km every other day for three weeks (66 km in 11 runs), then `acute_km` on each of seven days.
    fn three_weeks_then(acute_km: f64) -> Vec<f64> {
        let chronic = (0..21).map(|n| if n % 2 == 0 { 6.0 } else { 0.0 });
        chronic.chain([acute_km; 7]).collect()
    }

    #[test]
    fn both_ratios_as_in_the_vectors() {
        let found = findings(&RULE, &history(daily_km(&DAILY_KM[..27])));
        assert_eq!(found.len(), 0, "27 days");
        // The 28th day is one of rest; a run of a millimetre makes it the last of the recordings.
        let runs = daily_km(&DAILY_KM)
            .into_iter()
            .chain([run(27, 0.000_001)])
            .collect();
        let found = findings(&RULE, &history(runs));
        assert!((found[0].observed.unwrap() - 1.342282).abs() < 5e-7);
        assert!(
            found[0].text().contains("(1.5× the three weeks before; "),
            "u = 1.515152"
        );
    }

    #[test]
    fn at_the_limit_and_just_over() {
        // u = 13/9 is c = 1.3: the chronic mean is 66/21, so 13/9 of it is 4.5397 km a day.
        let limit_km = 66.0 / 21.0 * 13.0 / 9.0;
        for (km, flagged) in [(limit_km - 0.01, 0), (limit_km, 0), (limit_km + 0.01, 1)] {
            assert_eq!(
                findings(&RULE, &history(daily_km(&three_weeks_then(km)))).len(),
                flagged,
                "{km}"
            );
        }
    }

    #[test]
    fn days_over_the_limit_are_one_finding_with_the_peak() {
        // Day 30: 4×3 + 3×20 = 72 km in the week, nine runs of 6 km and three of 3 km = 63 km in the three weeks before:
        // u = 72/7 ÷ 3 = 3.4286, c = 13.7143/6.4286 = 2.1333. Day 28: 38 and 63 km, c = 1.505. Day 27: c < 1.
        let mut km = three_weeks_then(3.0);
        km.extend([20.0, 20.0, 20.0, 3.0, 3.0]);
        let found = findings(&RULE, &history(daily_km(&km)));
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].severity, found[0].from, found[0].to),
            (Severity::Note, day(24), day(30))
        );
        assert!((found[0].observed.unwrap() - 2.133333).abs() < 5e-7);
        assert_eq!(
            found[0].run_ids,
            (24..=30).map(|n| format!("run-{n}")).collect::<Vec<_>>()
        );
    }

    #[test]
    fn peaks_of_one_season_are_one_finding() {
        // 6 km on even days. With 22 km on day 40 the weeks that end on days 40, 42, 44 and 46 hold 18 + 22 = 40 km after
        // 60 km in three weeks: u = 2, c = 8/5; those on odd days between 34 after 66 km: u = 1.55, c = 1.36.
        // Day 74 is 28 days after day 46. With 22 km on day 75 as well as 6 km on even days, the week to day 76 holds
        // 46 km after 60 km.
        let easy = |n: i64| if n % 2 == 0 { 6.0 } else { 0.0 };
        for (second, expected) in [(74, vec![day(40)]), (75, vec![day(40), day(76)])] {
            let km: Vec<f64> = (0..90)
                .map(|n| {
                    if n == 40 || n == second {
                        22.0
                    } else {
                        easy(n)
                    }
                })
                .collect();
            let found = findings(&RULE, &history(daily_km(&km)));
            assert_eq!(
                found.iter().map(|f| f.to).collect::<Vec<_>>(),
                expected,
                "{second}"
            );
        }
    }

    #[test]
    fn too_little_data() {
        // 27 days; 28 days with five runs in the 21; a load missing; nothing.
        assert!(is_not_judged(&RULE, &history(daily_km(&[5.0; 27]))));
        let five: Vec<f64> = (0..28)
            .map(|n| {
                if n % 4 == 0 && n < 20 || n > 21 {
                    5.0
                } else {
                    0.0
                }
            })
            .collect();
        assert!(is_not_judged(&RULE, &history(daily_km(&five))));
        let six: Vec<f64> = five
            .iter()
            .enumerate()
            .map(|(n, km)| if n == 18 { 5.0 } else { *km })
            .collect();
        assert!(
            !is_not_judged(&RULE, &history(daily_km(&six))),
            "six runs are enough"
        );
        let mut runs = daily_km(&DAILY_KM);
        runs[2].grade_adjusted_m = None;
        assert!(is_not_judged(&RULE, &history(runs)));
        assert!(is_not_judged(&RULE, &history(vec![])));
        // src/method/formulas.md, Acute and chronic load: an export that starts 14 days ago would read 2.0; it is not read at all.
        let export: Vec<f64> = [[8.0, 0.0, 8.0, 0.0, 8.0, 0.0, 16.0]; 2].concat();
        assert!(is_not_judged(&RULE, &history(daily_km(&export))));
    }

    #[test]
    fn the_message_has_the_numbers_and_the_unit() {
        // 66 km in 21 days, 5 km a day: u = 5/(66/21) = 1.59, c = 1.386.
        let found = findings(&RULE, &history(daily_km(&three_weeks_then(5.0))));
        assert_eq!(found[0].text(), RULE.message);
    }

    #[test]
    fn what_is_over_is_told_in_the_past_tense() {
        // As above, then rest: day 27 is 2 Feb 2025.
        let runs = || daily_km(&three_weeks_then(5.0));
        let message = |as_of: i64, units: Units| {
            let (history, pain) = (calendar(runs(), &log(vec![]), day(as_of)), log(vec![]));
            let outcomes = crate::rules::fixture::ask(&RULE, &Context::new(&history, &pain, units));
            let [Outcome::Flagged(finding)] = outcomes.as_slice() else {
                panic!("{outcomes:?}")
            };
            finding.text()
        };
        assert!(message(28, Units::Km).starts_with("Your last seven days were 1.4× "));
        let past = "In the seven days to 2 Feb 2025 your load was 1.4× your four-week average (1.6× the three weeks \
            before; 1.1× with older days fading), at its highest, counted in grade-adjusted kilometres. A description: articles";
        assert!(
            message(29, Units::Km).starts_with(past),
            "{}",
            message(29, Units::Km)
        );
        assert!(message(29, Units::Mi).contains("counted in grade-adjusted distance."));
    }
}
