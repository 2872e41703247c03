//! A week well above the weeks before it.

use super::series::newest;
use super::verdicts::{is_past, settled, unless_past};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Mark, Outcome, Pattern,
    Rule, Severity, Stance,
};
use crate::model::Week;
use crate::stats::{describe::mean, load::weekly_base};
use crate::time::{period_text, plus_days, week_start};
use crate::units::EPSILON;
use crate::units::{Unit, in_words, number, percent};
use chrono::NaiveDate;

/// The rule.
pub const RULE: Rule = Rule {
    id: "weekly-distance-jump",
    title: "A week well above your recent weeks",
    headline: "a week well above your recent weeks",
    why: "The 10 % rule is the best-known advice in running; no study bears it out, so only a large step is told.",
    formula: "Distance of the local ISO week divided by the larger of the previous week and the mean of the four full \
        weeks before, minus 1. Comparing with the mean as well keeps the week after a light one from counting as a jump.",
    needs: "The four weeks before are full and covered and hold 10 km a week on average. The current week is judged only \
        once it is over the limit. Where the recordings of these weeks have a hole, a week nearly twice as long as the \
        longest of at least two recorded ones is told as a fact (note) and not weighed.",
    cap: Severity::Watch,
    group: Group::Load,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[Mark::WeeklyDistance],
    backtest: Backtest::Counted(Pattern::of_load(7)),
    evidence: Evidence {
        stance: Stance::Contested,
        says: "A trial in 532 novices found no effect of a 10 % plan of 13 weeks against a usual one of 8 (20.8 \
            against 20.3 % injured). In 874 novices followed over two weeks at a time, rises of more than 30 %, of \
            10–30 % and of less than 10 % went with no difference in all injuries together; the hazard ratio of \
            1.59 (0.96–2.66) for more than 30 % is that of a part of them, the injuries its authors call \
            distance-related. In 261 runners, rises of 20–60 % went with 22.6 percentage points more injured by \
            day 21 than rises below 20 % (0.9–44.3, p = 0.041); by days 56 and 98 no difference could be shown. In \
            5205 runners the week-to-week ratio showed no relation, and a review of 36 studies calls the evidence on \
            training changes conflicting. No study tells 10–30 % from less than 10 %.",
        sources: &[
            "Buist 2008, American Journal of Sports Medicine 36:33, doi 10.1177/0363546507307505",
            "Nielsen 2014, Journal of Orthopaedic & Sports Physical Therapy 44:739, doi 10.2519/jospt.2014.5164; the review of Damsted \
                2018, International Journal of Sports Physical Therapy 13:931, PMC6253751, leaves out that its 1.59 is of a part of the \
                injuries",
            "Damsted 2019, Journal of Orthopaedic & Sports Physical Therapy 49:230, doi 10.2519/jospt.2019.8541",
            "Frandsen 2025, British Journal of Sports Medicine 59:1203, doi 10.1136/bjsports-2024-109380, \
                PMC12421110",
            "Fredette 2022, Journal of Athletic Training 57:650, doi 10.4085/1062-6050-0195.21, PMC9528699",
        ],
    },
    limits: &[
        NOTE_PERCENT,
        WATCH_PERCENT,
        MINIMUM_RISE_M,
        MINIMUM_MEAN_M,
        WEEKS_BEFORE,
        FACT_PERCENT,
        FACT_WEEKS,
    ],
    ordered: &[(NOTE_PERCENT, WATCH_PERCENT)],
    rests_on: &[],
    seed: "S0, hotspots after running, and S1, seven ways to prevent leg ache after running: at most 10 % more a week. What S0 says such a jump does to the calves was found in no source.",
    message: "The week of 3–9 Feb 2025 was 54.0 km, up 35 % on your recent weeks (40.0 km). No study sets a limit for a week; how \
        you feel tomorrow tells you more.",
    check: Check::Data(check),
};

/// From here on a week is told; also what the report names as most for the next week.
pub const NOTE_PERCENT: Limit = Limit {
    key: "note_percent",
    value: 30.0,
    change: Change::Within(0.0, 1000.0),
    why: "The customary 10 % spoke 14 times a year of a simulated healthy runner, and no study tells 10–30 % from less; 30 % is where \
        the highest class of the cohort of novices begins, with more of some injuries and not of all.",
};
const WATCH_PERCENT: Limit = Limit {
    key: "watch_percent",
    value: 60.0,
    change: Change::Within(0.0, 1000.0),
    why: "The class of rises with which one cohort found more injuries three weeks on, and could show no more later, ends at 60 % \
        (Damsted 2019). A choice.",
};
const MINIMUM_RISE_M: Limit = Limit {
    key: "minimum_rise_m",
    value: 3000.0,
    change: Change::Within(0.0, 100000.0),
    why: "In a low-distance week one short run more is a large percentage and little else.",
};
const MINIMUM_MEAN_M: Limit = Limit {
    key: "minimum_mean_m",
    value: 10_000.0,
    change: Change::Within(1000.0, 200000.0),
    why: "Under 10 km a week is a run or two: one more or one longer is a large percentage and nothing unusual.",
};
const WEEKS_BEFORE: Limit = Limit {
    key: "weeks_before",
    value: 4.0,
    change: Change::Whole(1.0, 4.0),
    why: "Four weeks even out one light or one heavy week.",
};

const FACT_PERCENT: Limit = Limit {
    key: "fact_percent",
    value: 90.0,
    change: Change::Within(0.0, 1000.0),
    why: "About a doubling stands out even where a hole in the recordings may hide a longer week; it is told and not weighed.",
};
const FACT_WEEKS: Limit = Limit {
    key: "fact_weeks",
    value: 2.0,
    change: Change::Whole(1.0, 4.0),
    why: "One recorded week before says nothing; the longer of two is a fact, if a thin one.",
};

/// The most, m, that could be run in the week of the day after the report before this rule would speak: 30 % over the base,
/// or 3 km over it where that is more.
///
/// # Errors
/// What is missing to know the base.
pub fn ceiling_m(ctx: &Context) -> Result<f64, String> {
    let ctx = &ctx.of(&RULE);
    let monday = week_start(plus_days(ctx.history.as_of, 1));
    let weeks = &ctx.history.weeks;
    let before = &weeks[..weeks.partition_point(|week| week.start < monday)];
    let base_m = base_of(ctx, before)?;
    Ok((base_m * (1.0 + ctx.limit(NOTE_PERCENT) / 100.0)).max(base_m + ctx.limit(MINIMUM_RISE_M)))
}

/// Run so far in that week, m; 0 when it has not begun. None when a run has no distance.
pub fn so_far_m(ctx: &Context) -> Option<f64> {
    let monday = week_start(plus_days(ctx.history.as_of, 1));
    let week = ctx.history.weeks.iter().find(|week| week.start == monday);
    week.map_or(Some(0.0), |week| ctx.week_distance_m(week))
}

/// Sums of metres are compared with this tolerance.
const MILLIMETRE: f64 = 1e-3;

fn check(ctx: &Context) -> Vec<Outcome> {
    let weeks = &ctx.history.weeks;
    let outcomes = (0..weeks.len())
        .flat_map(|index| judge(ctx, &weeks[..index], &weeks[index]))
        .collect();
    settled(outcomes, "no full week of recordings")
}

/// Nothing for the unfinished week that is not over the limit. What is told without being weighed was not judged all the same.
fn judge(ctx: &Context, before: &[Week], week: &Week) -> Vec<Outcome> {
    let is_current = ctx.is_unfinished(week);
    match jump(ctx, before, week) {
        Err(_) if is_current => Vec::new(),
        Err(missing) => {
            let fact = plain_fact(ctx, before, week).map(Outcome::Flagged);
            let not_judged = Outcome::NotJudged(missing);
            fact.into_iter().chain([not_judged]).collect()
        }
        Ok(jump) => match jump.level(ctx) {
            Some((severity, limit)) => {
                vec![Outcome::Flagged(finding(ctx, week, &jump, severity, limit))]
            }
            None if is_current => Vec::new(),
            None => vec![Outcome::Clear],
        },
    }
}

/// A week's distance beside what it is compared with.
struct Jump {
    base_m: f64,
    distance_m: f64,
}

/// The week's jump, or what is missing to know it.
fn jump(ctx: &Context, before: &[Week], week: &Week) -> Result<Jump, String> {
    let base_m = base_of(ctx, before)?;
    let is_usable = week.full || ctx.is_unfinished(week);
    let distance_m = ctx.week_distance_m(week).filter(|_| is_usable);
    Ok(Jump {
        base_m,
        distance_m: distance_m
            .ok_or("the latest week is not covered by recordings with a distance")?,
    })
}

/// A week about twice any of those recorded before it, told where it cannot be weighed because they have a hole.
fn plain_fact(ctx: &Context, before: &[Week], week: &Week) -> Option<Finding> {
    let count = ctx.limit(WEEKS_BEFORE) as usize;
    let prior = &before[before.len().saturating_sub(count)..];
    let has_hole = prior.iter().any(|week| !week.full) && before.len() > prior.len();
    let known = recorded_m(prior);
    let is_enough = known.len() as f64 >= ctx.limit(FACT_WEEKS);
    let jump = Jump {
        base_m: known.iter().copied().fold(0.0, f64::max),
        distance_m: week.distance_m.filter(|_| has_hole && is_enough)?,
    };
    let weeks = (known.len(), prior.len());
    jump.is_plain(ctx).then(|| Finding {
        // Not weighed: there is no value beside a limit.
        observed: None,
        limit: None,
        message: fact_message(ctx, &jump, (week.start, ctx.last_day_of(week)), weeks),
        instruction: String::new(),
        tells_days: true,
        ..finding(ctx, week, &jump, Severity::Note, 0.0)
    })
}

fn recorded_m(weeks: &[Week]) -> Vec<f64> {
    let recorded = weeks.iter().filter(|week| week.runs > 0);
    recorded.filter_map(|week| week.distance_m).collect()
}

fn fact_message(
    ctx: &Context,
    jump: &Jump,
    days: (NaiveDate, NaiveDate),
    (known, prior): (usize, usize),
) -> String {
    format!(
        "{}; the longest of your {} recorded weeks among the {} before held {}. Your recordings of them have a \
        hole, so this is not weighed.",
        was(ctx, jump, days),
        in_words(known as f64),
        in_words(prior as f64),
        ctx.units.distance_text(jump.base_m)
    )
}

/// What is missing when the weeks to compare with are not all there.
fn too_few_weeks(count: usize) -> String {
    match count {
        1 => "no full week of recordings right before the latest week".to_string(),
        _ => format!(
            "fewer than {} full weeks of recordings before the latest week",
            in_words(count as f64)
        ),
    }
}

/// `the four weeks`, `the week`.
pub(super) fn weeks_before(count: usize) -> String {
    match count {
        1 => "the week".to_string(),
        _ => format!("the {} weeks", in_words(count as f64)),
    }
}

/// What the week is compared with, m, or what is missing to know it.
fn base_of(ctx: &Context, before: &[Week]) -> Result<f64, String> {
    let count = ctx.limit(WEEKS_BEFORE) as usize;
    let prior = full_weeks(before, count)?;
    let known: Option<Vec<f64>> = prior.iter().map(|week| ctx.week_distance_m(week)).collect();
    let known = known.ok_or_else(|| {
        let weeks = weeks_before(count);
        format!("a run of {weeks} before the latest week has no distance")
    })?;
    let least_m = ctx.limit(MINIMUM_MEAN_M) - EPSILON;
    let is_enough = mean(&known).is_some_and(|mean_m| mean_m >= least_m);
    let base = weekly_base(&known).filter(|_| is_enough);
    base.ok_or_else(|| too_short(ctx))
}

/// The last so many weeks, each of them full, or what is missing to have them.
pub(super) fn full_weeks(before: &[Week], count: usize) -> Result<&[Week], String> {
    newest(before, count)
        .filter(|weeks| !weeks.is_empty() && weeks.iter().all(|week| week.full))
        .ok_or_else(|| too_few_weeks(count))
}

fn too_short(ctx: &Context) -> String {
    let least = number(ctx.units.distance(ctx.limit(MINIMUM_MEAN_M)), 0);
    let unit = ctx.units.distance_label();
    format!("weeks of less than {least} {unit} on average are too short to compare")
}

impl Jump {
    fn share(&self) -> f64 {
        self.distance_m / self.base_m - 1.0
    }

    /// How loud, and the limit in percent that was passed; None under the limits.
    fn level(&self, ctx: &Context) -> Option<(Severity, f64)> {
        let is_enough = self.distance_m - self.base_m >= ctx.limit(MINIMUM_RISE_M) - MILLIMETRE;
        let levels = [
            (Severity::Watch, ctx.limit(WATCH_PERCENT)),
            (Severity::Note, ctx.limit(NOTE_PERCENT)),
        ];
        let mut passed = levels.into_iter();
        let passed = passed.find(|(_, limit)| self.share() > limit / 100.0 + EPSILON);
        passed.filter(|_| is_enough)
    }

    /// Whether it stands out beside weeks of which some are not known; short ones count as a week of little.
    fn is_plain(&self, ctx: &Context) -> bool {
        let jump = self.distance_m / self.base_m.max(ctx.limit(MINIMUM_MEAN_M)) - 1.0;
        jump > ctx.limit(FACT_PERCENT) / 100.0 + EPSILON
    }
}

fn finding(ctx: &Context, week: &Week, jump: &Jump, severity: Severity, limit: f64) -> Finding {
    let to = ctx.last_day_of(week);
    // Only the words on a week that is over tell its days.
    let is_over = week.full;
    let message = match (is_past(ctx, to), is_over) {
        (true, _) => past_message(ctx, jump, (week.start, to), severity),
        (false, true) => over_message(ctx, jump, (week.start, to)),
        (false, false) => message(ctx, jump),
    };
    Finding {
        observed: Some(jump.share() * 100.0),
        limit: Some(limit),
        unit: Unit::Percent,
        run_ids: ctx.history.run_ids_between(week.start, to),
        message,
        instruction: unless_past(ctx, to, advice(severity, to < ctx.history.as_of)),
        tells_days: is_over || is_past(ctx, to),
        ..Finding::on(&RULE, severity, week.start, to)
    }
}

fn message(ctx: &Context, jump: &Jump) -> String {
    let distance = ctx.units.distance_text(jump.distance_m);
    format!(
        "A week of {distance} so far, {}.",
        up(ctx, jump, "your recent weeks")
    )
}

fn over_message(ctx: &Context, jump: &Jump, days: (NaiveDate, NaiveDate)) -> String {
    let (was, up) = (was(ctx, jump, days), up(ctx, jump, "your recent weeks"));
    format!("{was}, {up}.")
}

/// `The week of 3–9 Feb 2025 was 54.0 km`.
fn was(ctx: &Context, jump: &Jump, (from, to): (NaiveDate, NaiveDate)) -> String {
    let distance = ctx.units.distance_text(jump.distance_m);
    format!("The week of {} was {distance}", period_text(from, to))
}

/// `up 35 % on your recent weeks (40.0 km)`.
fn up(ctx: &Context, jump: &Jump, on: &str) -> String {
    let base = ctx.units.distance_text(jump.base_m);
    let up = percent(jump.share());
    format!("up {up} % on {on} ({base})")
}

fn advice(severity: Severity, is_over: bool) -> &'static str {
    match (severity, is_over) {
        (Severity::Watch, _) => {
            "That is a big step for many legs; a calmer week next lets them catch up."
        }
        (_, true) => "No study sets a limit for a week; how you have felt since tells you more.",
        (_, false) => "No study sets a limit for a week; how you feel tomorrow tells you more.",
    }
}

fn past_message(
    ctx: &Context,
    jump: &Jump,
    days: (NaiveDate, NaiveDate),
    severity: Severity,
) -> String {
    let (was, up) = (was(ctx, jump, days), up(ctx, jump, "the weeks before it"));
    format!("{was}, {up}. {}", past_advice(severity))
}

/// Advice on next week would come too late.
fn past_advice(severity: Severity) -> &'static str {
    match severity {
        Severity::Watch => {
            "That was a big step for many legs; a calmer week after one lets them catch up."
        }
        _ => "No study sets a limit for a week; how you felt in the days after tells you more.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{
        calendar, day, findings, findings_under, history, is_not_judged, judge, log, loudest, run,
        weekly_km,
    };
    use crate::units::Units;

    #[test]
    fn at_the_limits_and_just_over() {
        for (km, expected) in [
            (40.0, None),
            (44.1, None),
            (52.0, None),
            (52.1, Some(Severity::Note)),
            (64.0, Some(Severity::Note)),
            (64.1, Some(Severity::Watch)),
        ] {
            let weeks = history(weekly_km(&[40.0, 40.0, 40.0, 40.0, km]));
            assert_eq!(loudest(&RULE, &weeks), expected, "{km} km");
        }
        // 10 km + 3.05 km is up 30.5 % and 3 km more; of 5 km a week nothing is said at all.
        for (rise_m, expected) in [("4000", None), ("3000", Some(Severity::Note))] {
            let rise = format!("weekly-distance-jump.minimum-rise-m={rise_m}");
            let found = findings_under(
                &RULE,
                &history(weekly_km(&[10.0, 10.0, 10.0, 10.0, 13.05])),
                &[&rise],
            );
            assert_eq!(
                found.first().map(|finding| finding.severity),
                expected,
                "{rise_m} m"
            );
        }
    }

    #[test]
    fn the_week_after_a_light_one_is_no_false_alarm() {
        // src/method/formulas.md, Weekly jump: 30 to 50 km is +67 % on the week before and +23 % on the mean 40.5 km.
        let weeks = history(weekly_km(&[40.0, 44.0, 48.0, 30.0, 50.0]));
        assert_eq!(loudest(&RULE, &weeks), None);
        let found = findings_under(&RULE, &weeks, &["weekly-distance-jump.note-percent=10"]);
        assert!((found[0].observed.unwrap() - 23.4568).abs() < 5e-4);
    }

    #[test]
    fn too_little_data() {
        assert!(
            is_not_judged(&RULE, &history(weekly_km(&[20.0, 20.0, 20.0, 60.0]))),
            "three weeks before"
        );
        let mut runs = weekly_km(&[40.0, 40.0, 40.0, 40.0, 60.0]);
        runs[4].distance_m = None;
        assert!(
            is_not_judged(&RULE, &history(runs)),
            "a distance before is missing"
        );
        let mut runs = weekly_km(&[40.0, 40.0, 40.0, 40.0, 60.0]);
        runs[14].distance_m = None;
        assert!(
            is_not_judged(&RULE, &history(runs)),
            "a distance of the week itself is missing"
        );
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
    }

    #[test]
    fn a_doubling_is_told_where_it_cannot_be_weighed() {
        // Two weeks of 20 km, a hole of two weeks, one of 20 km, and then the week that is judged.
        let with = |km: f64| {
            let mut runs = weekly_km(&[20.0, 20.0, 20.0, 20.0, 20.0, 20.0, km]);
            runs.retain(|run| !(day(21)..day(35)).contains(&run.local_date()));
            findings(&RULE, &history(runs))
        };
        let found = with(40.0);
        assert_eq!(
            found
                .iter()
                .map(|f| (f.severity, f.observed))
                .collect::<Vec<_>>(),
            [(Severity::Note, None)]
        );
        assert_eq!(
            found[0].text(),
            "The week of 17–23 Feb 2025 was 40.0 km; the longest of your two recorded weeks among the four before held 20.0 km. Your recordings \
            of them have a hole, so this is not weighed."
        );
        assert!(with(38.0).is_empty());
    }

    #[test]
    fn short_weeks_are_not_compared() {
        let short = Outcome::NotJudged(
            "weeks of less than 10 km on average are too short to compare".to_string(),
        );
        // 39.9 km in four weeks, the last of them of 20 km: the mean decides.
        for (weeks, expected) in [
            ([10.0, 10.0, 10.0, 9.9, 30.0], vec![short.clone()]),
            ([8.0, 6.0, 5.9, 20.0, 60.0], vec![short]),
            ([10.0, 10.0, 10.0, 10.0, 10.0], vec![Outcome::Clear]),
        ] {
            assert_eq!(
                judge(&RULE, &history(weekly_km(&weeks)), &log(vec![])),
                expected,
                "{weeks:?}"
            );
        }
        let (history, pain) = (history(weekly_km(&[9.0; 5])), log(vec![]));
        let outcomes = crate::rules::fixture::ask(
            &RULE,
            &Context::new(&history, &pain, crate::units::Units::Mi),
        );
        let in_miles = "weeks of less than 6 mi on average are too short to compare";
        assert_eq!(outcomes, [Outcome::NotJudged(in_miles.to_string())]);
    }

    #[test]
    fn an_old_week_gives_no_advice_for_tomorrow() {
        let message = |km: f64, as_of: i64| {
            let weeks = calendar(
                weekly_km(&[40.0, 40.0, 40.0, 40.0, km]),
                &log(vec![]),
                day(as_of),
            );
            findings(&RULE, &weeks)[0].text()
        };
        // The week ends on day 34.
        assert_eq!(message(54.0, 34), RULE.message);
        for (as_of, words) in [
            (35, "how you have felt since tells you more."),
            (48, "how you have felt since tells you more."),
        ] {
            let said = message(54.0, as_of);
            assert!(
                said.ends_with(words) && !said.contains("tomorrow"),
                "{said}"
            );
        }
        assert_eq!(
            message(54.0, 49),
            "The week of 3–9 Feb 2025 was 54.0 km, up 35 % on the weeks before it (40.0 km). No study sets a limit for a week; \
             how you felt in the days after tells you more."
        );
        assert!(message(68.0, 49).ends_with("a calmer week after one lets them catch up."));
    }

    #[test]
    fn the_current_week_speaks_only_when_it_is_over() {
        let with = |km: f64| {
            history(
                weekly_km(&[40.0; 5])
                    .into_iter()
                    .chain([run(36, km)])
                    .collect(),
            )
        };
        assert_eq!(loudest(&RULE, &with(10.0)), None);
        let found = findings(&RULE, &with(54.0));
        assert!(
            found[0]
                .text()
                .starts_with("A week of 54.0 km so far, up 35 % on"),
            "{}",
            found[0].text()
        );
        assert_eq!(found[0].to, day(36));
    }

    #[test]
    fn the_message_has_the_numbers() {
        let found = findings(&RULE, &history(weekly_km(&[40.0, 40.0, 40.0, 40.0, 54.0])));
        assert_eq!(found[0].text(), RULE.message);
        assert_eq!(found[0].run_ids, ["run-28", "run-31", "run-34"]);
        let found = findings(&RULE, &history(weekly_km(&[40.0, 40.0, 40.0, 40.0, 68.0])));
        assert!(found[0].text().starts_with(
            "The week of 3–9 Feb 2025 was 68.0 km, up 70 % on your recent weeks (40.0 km). That is a big"
        ));
    }

    #[test]
    fn the_ceiling_is_where_the_rule_would_speak() {
        let ceiling = |km: &[f64]| {
            let history = history(weekly_km(km));
            let none = log(vec![]);
            let ctx = Context::new(&history, &none, Units::Km);
            (ceiling_m(&ctx).map(f64::round).ok(), so_far_m(&ctx))
        };
        // The weeks end on a Sunday with a run: the next day begins a new one.
        assert_eq!(ceiling(&[40.0; 5]), (Some(52_000.0), Some(0.0)));
        assert_eq!(ceiling(&[20.0; 5]), (Some(26_000.0), Some(0.0)));
        assert_eq!(ceiling(&[40.0; 3]).0, None);
        let mut runs = weekly_km(&[40.0; 5]);
        runs.push(run(35, 6.0));
        let begun = history(runs);
        let none = log(vec![]);
        let ctx = Context::new(&begun, &none, Units::Km);
        assert_eq!(
            (ceiling_m(&ctx).map(f64::round).ok(), so_far_m(&ctx)),
            (Some(52_000.0), Some(6000.0))
        );
    }
}
