//! One run far beyond the longest of the 30 days before.

use super::verdicts::{settled, unless_past};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Mark, Outcome, Pattern,
    Rule, Severity, Stance,
};
use crate::model::{History, Run};
use crate::time::{dates, days_between, plus_days};
use crate::units::EPSILON;
use crate::units::{Unit, counted, counted_in_words, in_words, percent, shortest};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// The rule.
pub const RULE: Rule = Rule {
    id: "single-run-spike",
    title: "One run far longer than the month before",
    headline: "one run far longer than the month before",
    why: "Of all the ways to measure a jump in running, the single long run has the best evidence behind it.",
    formula: "Distance of the run divided by the longest run of the 30 days before its start, minus 1. \
        Parts of one outing less than 15 minutes apart count as one run. Runs without a distance are left out, and counted \
        in the message.",
    needs: "Four runs with a distance in the 30 days before, and recordings that cover those 30 days. Where these are missing, \
        a run nearly twice as long as the longest of at least two recorded ones is told as a fact (note) and not weighed.",
    cap: Severity::EaseOff,
    group: Group::Load,
    triage: &[],
    is_loud: true,
    recalls: false,
    marks: &[Mark::LongestRun],
    backtest: Backtest::Counted(Pattern::of_load(1)),
    evidence: Evidence {
        stance: Stance::Moderate,
        says: "In 5205 runners (78 % men, 46 years old on average) and 588 071 sessions, runs more than 10 % longer \
            than the longest of the last 30 days were themselves where more overuse injuries began: hazard ratio \
            1.64 (1.31–2.05) for 10–30 %, 1.52 (1.16–2.00) for 30–100 % and 2.28 (1.50–3.48) beyond. The rate is \
            that of the session itself and not of the days after it. It is one cohort, observational and \
            self-reported, and the ratio does not climb steadily with the jump.",
        sources: &[
            "Frandsen 2025, British Journal of Sports Medicine 59:1203, doi 10.1136/bjsports-2024-109380, \
                PMC12421110",
        ],
    },
    limits: &[
        SMALL_JUMP_PERCENT,
        LARGE_JUMP_PERCENT,
        MINIMUM_DISTANCE_M,
        MINIMUM_RUNS,
        WINDOW_DAYS,
        OUTING_GAP_S,
        FACT_PERCENT,
        FACT_RUNS,
    ],
    ordered: &[(SMALL_JUMP_PERCENT, LARGE_JUMP_PERCENT)],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running, and S3, on knees, ask for gradual progress; neither speaks of single runs, which is where the evidence is.",
    message: "This run of 15.7 km was 31 % longer than anything in the 30 days before (12.0 km). In a large study runs \
        like this were themselves where more overuse injuries began, though most went fine. An easy day or two is enough if \
        you feel well.",
    check: Check::Data(check),
};

/// From here on a run is longer than what studies found without trouble; also what the report names as most for the next run.
pub const SMALL_JUMP_PERCENT: Limit = Limit {
    key: "small_jump_percent",
    value: 10.0,
    change: Change::Within(0.0, 1000.0),
    why: "The study's lowest class with a raised rate begins above 10 %; its next, above 30 %, has no higher rate and is told no \
        differently.",
};
const LARGE_JUMP_PERCENT: Limit = Limit {
    key: "large_jump_percent",
    value: 100.0,
    change: Change::Within(0.0, 1000.0),
    why: "Above a doubling the study's rate was highest, so lighter days are suggested.",
};
/// Shorter runs are not judged.
pub const MINIMUM_DISTANCE_M: Limit = Limit {
    key: "minimum_distance_m",
    value: 3000.0,
    change: Change::Within(0.0, 100000.0),
    why: "Below 3 km a large ratio is a small amount of running.",
};
/// With fewer runs in the days before, nothing is judged.
pub const MINIMUM_RUNS: Limit = Limit {
    key: "minimum_runs",
    value: 4.0,
    change: Change::Whole(1.0, 100.0),
    why: "With fewer than four runs the longest says little about the month.",
};
const WINDOW_DAYS: Limit = Limit {
    key: "window_days",
    value: 30.0,
    change: Change::Fixed("the rule, its words and its picture all rest on those 30 days"),
    why: "The study compares with 30 days.",
};
const OUTING_GAP_S: Limit = Limit {
    key: "outing_gap_s",
    value: 900.0,
    change: Change::Within(0.0, 14400.0),
    why: "A stop of less than 15 minutes, with the watch ended and started again, is still the same outing.",
};

const FACT_PERCENT: Limit = Limit {
    key: "fact_percent",
    value: 90.0,
    change: Change::Within(0.0, 1000.0),
    why: "About a doubling stands out even where days without recordings may hide a longer run; it is told and not weighed.",
};
const FACT_RUNS: Limit = Limit {
    key: "fact_runs",
    value: 2.0,
    change: Change::Whole(1.0, 100.0),
    why: "One run before says nothing; the longest of two is a fact, if a thin one.",
};

/// The longest run, m, on the day after the report that this rule would not flag.
///
/// # Errors
/// What is missing to judge one: recordings do not cover the 30 days up to the last run, that run lies more than 10 days back,
/// or there are too few.
pub fn ceiling_m(ctx: &Context) -> Result<f64, String> {
    let ctx = &ctx.of(&RULE);
    let next = plus_days(ctx.history.as_of, 1);
    is_recorded_until(ctx, next)?;
    let outings = outings(&ctx.history.runs, ctx.limit(OUTING_GAP_S));
    let earliest = plus_days(next, -ctx.limit(WINDOW_DAYS) as i64);
    let first = outings.partition_point(|outing| outing.date() < Some(earliest));
    let month = month(ctx, &outings[first..]);
    let longest_m = month
        .ok_or_else(|| too_few(ctx, "in the last 30 days"))?
        .longest_m;
    let ceiling_m = longest_m * (1.0 + ctx.limit(SMALL_JUMP_PERCENT) / 100.0);
    Ok(ceiling_m.max(ctx.limit(MINIMUM_DISTANCE_M)))
}

/// The longest outing of the 30 days before the outing of this run, m, and its last day, whatever else is known of them. None: none
/// of them has a distance, or there is no such run.
pub fn longest_before(ctx: &Context, run_id: &str) -> Option<(f64, NaiveDate)> {
    let ctx = &ctx.of(&RULE);
    let outings = outings(&ctx.history.runs, ctx.limit(OUTING_GAP_S));
    let is_of = |outing: &Outing| outing.parts.iter().any(|run| run.run_id == run_id);
    let at = outings.iter().rposition(is_of)?;
    let (before, from) = outings.split_at(at);
    let window = window(ctx, before, from.first()?).iter();
    let known = window.filter_map(|outing| Some((outing.distance_m?, outing.date()?)));
    known
        .filter(|(metres, _)| *metres > 0.0)
        .reduce(|a, b| if b.0 >= a.0 { b } else { a })
}

/// From how many times the longest on a run is told; 1.1 by the study.
pub fn told_from(ctx: &Context) -> f64 {
    1.0 + ctx.of(&RULE).limit(SMALL_JUMP_PERCENT) / 100.0
}

/// A last run further back than this says little of what the legs are used to now.
const LAST_RUN_DAYS: i64 = 10;

/// An error where recordings do not cover the 30 days before `next` up to the last run, or that run lies too far back.
fn is_recorded_until(ctx: &Context, next: NaiveDate) -> Result<(), String> {
    let last = ctx.history.runs.last().map(Run::local_date);
    let back = last.map(|last| days_between(last, next));
    let back = back
        .filter(|back| (1..=LAST_RUN_DAYS + 1).contains(back))
        .ok_or("the last recorded run lies more than 10 days back")?;
    let is_covered = |back: i64| {
        let day = ctx.history.day(plus_days(next, -back));
        day.is_some_and(|day| day.covered)
    };
    match (back..=ctx.limit(WINDOW_DAYS) as i64).all(is_covered) {
        true => Ok(()),
        false => Err("recordings do not cover the last 30 days".to_string()),
    }
}

/// Runs that belong together: one or more recordings with short stops between them.
struct Outing<'a> {
    parts: Vec<&'a Run>,
    start: DateTime<Utc>,
    /// None when the length of the last part is unknown.
    end: Option<DateTime<Utc>>,
    /// None when a part has no distance.
    distance_m: Option<f64>,
}

impl Outing<'_> {
    fn date(&self) -> Option<NaiveDate> {
        self.parts.first().map(|run| run.local_date())
    }

    fn run_ids(&self) -> Vec<String> {
        self.parts.iter().map(|run| run.run_id.clone()).collect()
    }
}

fn check(ctx: &Context) -> Vec<Outcome> {
    let outings = outings(&ctx.history.runs, ctx.limit(OUTING_GAP_S));
    let judged = outings
        .iter()
        .enumerate()
        .flat_map(|(index, outing)| judge(ctx, &outings[..index], outing));
    settled(judged.collect(), &nothing(ctx))
}

fn nothing(ctx: &Context) -> String {
    let least = shortest(ctx.units.distance(ctx.limit(MINIMUM_DISTANCE_M)));
    let unit = ctx.units.distance_label();
    format!("no run of {least} {unit} or more with a distance")
}

/// Nothing when the outing is too short to be judged, or its distance is unknown. What is told without being weighed was not
/// judged all the same.
fn judge(ctx: &Context, before: &[Outing], outing: &Outing) -> Vec<Outcome> {
    let least_m = ctx.limit(MINIMUM_DISTANCE_M);
    let Some(distance_m) = outing.distance_m.filter(|metres| *metres >= least_m) else {
        return Vec::new();
    };
    match month_before(ctx, before, outing) {
        Err(missing) => {
            let fact = plain_fact(ctx, before, outing, distance_m).map(Outcome::Flagged);
            let not_judged = Outcome::NotJudged(missing.why);
            fact.into_iter().chain([not_judged]).collect()
        }
        Ok(month) => vec![weigh(ctx, outing, distance_m, month)],
    }
}

fn weigh(ctx: &Context, outing: &Outing, distance_m: f64, month: Month) -> Outcome {
    match level(ctx, distance_m / month.longest_m - 1.0) {
        None => Outcome::Clear,
        Some((severity, limit)) => {
            Outcome::Flagged(finding(ctx, outing, distance_m, month, severity, limit))
        }
    }
}

/// What an outing is compared with.
#[derive(Clone, Copy)]
struct Month {
    /// The longest outing of the window.
    longest_m: f64,
    /// How many of its outings have no distance and take no part.
    unknown: usize,
}

/// Why a run cannot be weighed, as one sentence's end and as what the rule says of the latest run.
struct Missing {
    /// "Your recordings have a hole of 19 days", a whole clause.
    clause: String,
    why: String,
}

/// The window before the outing, or what is missing to know it.
fn month_before(ctx: &Context, before: &[Outing], outing: &Outing) -> Result<Month, Missing> {
    let window_days = ctx.limit(WINDOW_DAYS) as i64;
    if let Some(missing) = hole_before(ctx.history, outing, window_days) {
        return Err(missing);
    }
    month(ctx, window(ctx, before, outing)).ok_or_else(|| Missing {
        clause: "There are few runs to compare with".to_string(),
        why: too_few(ctx, "in the 30 days before the latest run"),
    })
}

/// The outings of the 30 days before.
fn window<'a, 'b>(ctx: &Context, before: &'b [Outing<'a>], outing: &Outing) -> &'b [Outing<'a>] {
    let earliest = outing.start - TimeDelta::days(ctx.limit(WINDOW_DAYS) as i64);
    before
        .get(before.partition_point(|other| other.start < earliest)..)
        .unwrap_or_default()
}

/// A run about twice the longest of those recorded, told where it cannot be weighed: the riskier the pattern – a break, few
/// runs – the less may a rule be silent about it.
fn plain_fact(
    ctx: &Context,
    before: &[Outing],
    outing: &Outing,
    distance_m: f64,
) -> Option<Finding> {
    let missing = month_before(ctx, before, outing).err()?;
    let known = known_m(window(ctx, before, outing));
    let longest_m = known.iter().copied().fold(0.0, f64::max);
    let is_known = known.len() as f64 >= ctx.limit(FACT_RUNS) && longest_m > 0.0;
    let stands_out = distance_m / longest_m - 1.0 > ctx.limit(FACT_PERCENT) / 100.0 + EPSILON;
    let date = outing.date()?;
    (is_known && stands_out).then(|| Finding {
        // Not weighed: there is no value beside a limit.
        observed: None,
        unit: Unit::Percent,
        run_ids: outing.run_ids(),
        message: fact_message(ctx, (distance_m, longest_m), known.len(), &missing),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Note, date, date)
    })
}

fn fact_message(
    ctx: &Context,
    (distance_m, longest_m): (f64, f64),
    runs: usize,
    missing: &Missing,
) -> String {
    format!(
        "{}; the longest of your {} recorded runs in the 30 days before was {}. {}, so this is not weighed.",
        ctx.units.distance_text(distance_m),
        in_words(runs as f64),
        ctx.units.distance_text(longest_m),
        missing.clause
    )
}

/// The distances of the outings that have one.
fn known_m(window: &[Outing]) -> Vec<f64> {
    let metres = window.iter().filter_map(|outing| outing.distance_m);
    metres.filter(|metres| *metres > 0.0).collect()
}

fn too_few(ctx: &Context, when: &str) -> String {
    format!(
        "fewer than {} with a distance {when}",
        counted_in_words(ctx.limit(MINIMUM_RUNS), "run")
    )
}

/// None when too few outings of the window have a distance.
fn month(ctx: &Context, window: &[Outing]) -> Option<Month> {
    let known = known_m(window);
    let is_enough = known.len() as f64 >= ctx.limit(MINIMUM_RUNS);
    is_enough.then(|| Month {
        longest_m: known.iter().copied().fold(0.0, f64::max),
        unknown: window.len() - known.len(),
    })
}

/// What the recordings lack in the days before the outing; None when they cover them.
fn hole_before(history: &History, outing: &Outing, window_days: i64) -> Option<Missing> {
    let date = outing.date()?;
    let earliest = plus_days(date, -window_days);
    let first = history.runs.first().map_or(date, Run::local_date);
    let is_covered = |day: NaiveDate| history.day(day).is_some_and(|day| day.covered);
    let mut days = dates(first.max(earliest), plus_days(date, -1));
    match days.find(|day| !is_covered(*day)) {
        Some(day) => Some(Missing::hole(gap_days(history, day))),
        None if first > earliest => Some(Missing::beginning(days_between(first, date))),
        None => None,
    }
}

impl Missing {
    fn hole(days: i64) -> Missing {
        Missing {
            clause: format!("Your recordings have a hole of {days} days"),
            why: format!(
                "a gap of {days} days in the recordings reaches into the 30 days before the latest run"
            ),
        }
    }

    fn beginning(days: i64) -> Missing {
        let before = counted(days.max(0) as usize, "day", "days");
        Missing {
            clause: format!("Your recordings begin {before} before"),
            why: format!(
                "short history: recordings begin {before} before the latest run, and the rule compares with 30"
            ),
        }
    }
}

/// How many days in a row around this one are not covered.
fn gap_days(history: &History, day: NaiveDate) -> i64 {
    let runs = &history.runs;
    let (until, after) = runs.split_at(runs.partition_point(|run| run.local_date() <= day));
    let ends = until.last().zip(after.first());
    ends.map_or(0, |(before, next)| {
        days_between(before.local_date(), next.local_date()) - 1
    })
}

fn level(ctx: &Context, jump: f64) -> Option<(Severity, f64)> {
    let over =
        |limit: Limit| Some(ctx.limit(limit)).filter(|percent| jump > percent / 100.0 + EPSILON);
    if let Some(limit) = over(LARGE_JUMP_PERCENT) {
        return Some((Severity::EaseOff, limit));
    }
    over(SMALL_JUMP_PERCENT).map(|limit| (Severity::Watch, limit))
}

fn finding(
    ctx: &Context,
    outing: &Outing,
    distance_m: f64,
    month: Month,
    severity: Severity,
    limit: f64,
) -> Finding {
    let jump = distance_m / month.longest_m - 1.0;
    let date = outing.parts[0].local_date();
    Finding {
        observed: Some(jump * 100.0),
        limit: Some(limit),
        unit: Unit::Percent,
        tells_observed: jump <= LARGE_JUMP_PERCENT.value / 100.0 + EPSILON,
        run_ids: outing.run_ids(),
        message: message(ctx, distance_m, month),
        instruction: unless_past(ctx, date, advice(ctx, limit)),
        tells_days: false,
        ..Finding::on(&RULE, severity, date, date)
    }
}

fn message(ctx: &Context, distance_m: f64, month: Month) -> String {
    let left_out = match month.unknown {
        0 => String::new(),
        1 => "; one run without distance left out".to_string(),
        runs => format!("; {runs} runs without distance left out"),
    };
    let distance = ctx.units.distance_text(distance_m);
    let longest = format!("{}{left_out}", ctx.units.distance_text(month.longest_m));
    let share = percent(distance_m / month.longest_m - 1.0);
    // What the study found has its own classes, whatever limits this runner chose.
    if distance_m / month.longest_m - 1.0 > LARGE_JUMP_PERCENT.value / 100.0 + EPSILON {
        format!(
            "This run of {distance} was more than twice as long as anything in the 30 days before ({longest}). In a \
            large study runs like this were where overuse injuries began most often, though most went fine."
        )
    } else {
        format!(
            "This run of {distance} was {share} % longer than anything in the 30 days before ({longest}). In a large \
            study runs like this were themselves where more overuse injuries began, though most went fine."
        )
    }
}

/// Said only while the next days are to come.
fn advice(ctx: &Context, limit: f64) -> &'static str {
    if limit >= ctx.limit(LARGE_JUMP_PERCENT) {
        "Lighter days now give your legs time to catch up."
    } else {
        "An easy day or two is enough if you feel well."
    }
}

/// Runs in time order, joined where the next part starts less than `gap_s` after the end of the one before.
fn outings(runs: &[Run], gap_s: f64) -> Vec<Outing<'_>> {
    let mut outings: Vec<Outing> = Vec::new();
    for run in runs {
        match outings.last_mut() {
            Some(open) if open.goes_on_with(run, gap_s) => open.join(run),
            _ => outings.push(Outing {
                parts: vec![run],
                start: run.start_utc,
                end: end(run),
                distance_m: run.distance_m,
            }),
        }
    }
    outings
}

fn end(run: &Run) -> Option<DateTime<Utc>> {
    let seconds = run.elapsed_s.or(run.timer_s);
    seconds.map(|s| run.start_utc + TimeDelta::milliseconds((s * 1000.0) as i64))
}

impl<'a> Outing<'a> {
    fn goes_on_with(&self, run: &Run, gap_s: f64) -> bool {
        self.end
            .is_some_and(|end| (run.start_utc - end).as_seconds_f64() < gap_s)
    }

    fn join(&mut self, run: &'a Run) {
        self.parts.push(run);
        self.end = end(run);
        let both = self.distance_m.zip(run.distance_m);
        self.distance_m = both.map(|(so_far, more)| so_far + more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{
        calendar, day, findings, findings_under, history, is_not_judged, judge, later, log,
        loudest, run,
    };
    use crate::{pain::PainLog, units::Units};

    /// Runs every third day from day 0, the longest 12 km, then `km` on day 30.
    fn after_a_month(km: f64) -> History {
        let month = (0..10).map(|n| run(3 * n, if n == 4 { 12.0 } else { 8.0 }));
        history(month.chain([run(30, km)]).collect())
    }

    #[test]
    fn at_the_limits_and_just_over() {
        // vectors.json single_session_spike: longest 12.0 km, upper bounds inclusive.
        for (km, expected) in [
            (10.0, None),
            (13.2, None),
            (13.3, Some((Severity::Watch, 10.0))),
            (15.7, Some((Severity::Watch, 10.0))),
            (24.0, Some((Severity::Watch, 10.0))),
            (24.1, Some((Severity::EaseOff, 100.0))),
        ] {
            let found = findings(&RULE, &after_a_month(km));
            assert_eq!(
                found.first().map(|f| (f.severity, f.limit.unwrap())),
                expected,
                "{km} km"
            );
        }
    }

    #[test]
    fn changed_limits_move_the_classes_and_not_what_the_study_found() {
        // 15.7 km after 12.0 km is 30.8 % more.
        let check = |options: &[&str], expected: Option<(Severity, f64)>, words: &str| {
            let found = findings_under(&RULE, &after_a_month(15.7), options);
            assert_eq!(
                found.first().map(|f| (f.severity, f.limit.unwrap())),
                expected,
                "{options:?}"
            );
            assert!(
                found.iter().all(|finding| finding.text().contains(words)),
                "{found:?}"
            );
        };
        check(
            &["single-run-spike.small-jump-percent=30"],
            Some((Severity::Watch, 30.0)),
            "An easy day or two is enough",
        );
        check(
            &["single-run-spike.large-jump-percent=30"],
            Some((Severity::EaseOff, 30.0)),
            "31 % longer than anything in the 30 days before (12.0 km)",
        );
        check(&["single-run-spike.small-jump-percent=31"], None, "");
        check(&["single-run-spike.minimum-runs=11"], None, "");
        check(&["single-run-spike.minimum-distance-m=15701"], None, "");
        check(
            &["weekly-distance-jump.note-percent=5"],
            Some((Severity::Watch, 10.0)),
            "",
        );
    }

    #[test]
    fn the_window_is_thirty_days_up_to_the_start() {
        // 20 km on day 0, and 15 km at the same hour of day 30 or a minute later.
        for (minutes, expected) in [(0, None), (1, Some(Severity::Watch))] {
            let month = (0..10).map(|n| run(3 * n, if n == 0 { 20.0 } else { 12.0 }));
            let runs = month.chain([later(run(30, 15.0), minutes)]).collect();
            assert_eq!(loudest(&RULE, &history(runs)), expected, "{minutes} min");
        }
    }

    #[test]
    fn short_runs_are_left_alone() {
        let months = |km: f64| {
            history(
                (0..10)
                    .map(|n| run(3 * n, 1.0))
                    .chain([run(30, km)])
                    .collect(),
            )
        };
        assert_eq!(loudest(&RULE, &months(2.99)), None);
        assert_eq!(loudest(&RULE, &months(3.0)), Some(Severity::EaseOff));
    }

    #[test]
    fn too_little_data() {
        let three_runs = history([0, 10, 20, 30].map(|n| run(n, 5.0 + n as f64)).to_vec());
        assert!(is_not_judged(&RULE, &three_runs), "three runs before");
        let four_runs = history([0, 7, 14, 22, 30].map(|n| run(n, 8.0)).to_vec());
        assert!(
            !is_not_judged(&RULE, &four_runs),
            "four runs before are enough"
        );
        let four_weeks = history(
            (0..10)
                .map(|n| run(3 * n, 8.0))
                .chain([run(29, 12.0)])
                .collect(),
        );
        assert!(is_not_judged(&RULE, &four_weeks), "29 covered days");
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
    }

    #[test]
    fn a_doubling_is_told_where_it_cannot_be_weighed() {
        let said = |runs: Vec<Run>| {
            findings(&RULE, &history(runs))
                .last()
                .map(|f| (f.severity, f.text()))
        };
        // Ten runs of up to 10.1 km from day 30 on, after a gap of 19 days, then 20 km on day 55.
        let after_a_gap = |km: f64| {
            let old = [0, 3, 6, 10].map(|n| run(n, 18.0));
            let recent = (0..10).map(|n| run(30 + 2 * n, if n == 3 { 10.1 } else { 8.0 }));
            old.into_iter()
                .chain(recent)
                .chain([run(55, km)])
                .collect::<Vec<_>>()
        };
        let told = "20.0 km; the longest of your ten recorded runs in the 30 days before was 10.1 km. Your recordings have a \
                    hole of 19 days, so this is not weighed.";
        assert_eq!(
            said(after_a_gap(20.0)),
            Some((Severity::Note, told.to_string()))
        );
        assert_eq!(said(after_a_gap(19.1)), None);
        let outcomes = judge(&RULE, &history(after_a_gap(19.1)), &log(vec![]));
        let gap =
            "a gap of 19 days in the recordings reaches into the 30 days before the latest run";
        assert_eq!(outcomes, [Outcome::NotJudged(gap.to_string())]);
        // Recordings that begin ten days before, and two runs in a month.
        let short = vec![run(0, 4.0), run(5, 5.0), run(10, 10.0)];
        let told = "10.0 km; the longest of your two recorded runs in the 30 days before was 5.0 km. Your recordings begin \
                    10 days before, so this is not weighed.";
        assert_eq!(said(short), Some((Severity::Note, told.to_string())));
        let few = vec![
            run(0, 5.0),
            run(8, 5.0),
            run(17, 5.0),
            run(26, 5.0),
            run(35, 10.0),
        ];
        assert_eq!(
            said(few).map(|(severity, _)| severity),
            Some(Severity::Note),
            "three runs in the window"
        );
        assert_eq!(
            said(vec![run(0, 5.0), run(10, 20.0)]),
            None,
            "one run before"
        );
    }

    #[test]
    fn runs_without_a_distance_are_left_out() {
        // Ten runs before, the first of 12 km; `unknown` of the others have no distance.
        let with = |unknown: usize| {
            let mut runs: Vec<Run> = (0..10)
                .map(|n| run(3 * n, if n == 0 { 12.0 } else { 8.0 }))
                .collect();
            runs[1..=unknown]
                .iter_mut()
                .for_each(|run| run.distance_m = None);
            history(runs.into_iter().chain([run(30, 15.7)]).collect())
        };
        for (unknown, expected) in [
            (0, "(12.0 km). In a"),
            (1, "(12.0 km; one run without distance left out). In a"),
            (6, "(12.0 km; 6 runs without distance left out). In a"),
        ] {
            let found = findings(&RULE, &with(unknown));
            assert!(found[0].text().contains(expected), "{}", found[0].text());
        }
        assert!(is_not_judged(&RULE, &with(7)), "three known ones");
    }

    #[test]
    fn only_the_latest_silence_is_told() {
        // Day 30 can be judged and day 60 cannot: nothing was recorded from day 31 to 50.
        let month = || (0..10).map(|n| run(3 * n, 8.0)).chain([run(30, 12.0)]);
        let after = [51, 54, 57, 60].map(|n| run(n, 8.0));
        let outcomes = judge(
            &RULE,
            &history(month().chain(after).collect()),
            &log(vec![]),
        );
        assert!(
            matches!(
                outcomes.as_slice(),
                [Outcome::Flagged(_), Outcome::NotJudged(_)]
            ),
            "{outcomes:?}"
        );
        let outcomes = judge(&RULE, &history(month().collect()), &log(vec![]));
        assert!(
            matches!(outcomes.as_slice(), [Outcome::Flagged(_)]),
            "the first month was silent: {outcomes:?}"
        );
    }

    #[test]
    fn parts_of_an_outing_count_as_one_run() {
        // The first 8 km take 48 min 1 s; the second part starts 899 s or 959 s after it ends.
        for (pause_min, expected) in [(15, Some(Severity::Watch)), (16, None)] {
            let month = (0..10).map(|n| run(3 * n, 12.0));
            let first = Run {
                elapsed_s: Some(48.0 * 60.0 + 1.0),
                ..run(30, 8.0)
            };
            let parts = [first, later(run(30, 8.0), 48 + pause_min)];
            assert_eq!(
                loudest(&RULE, &history(month.chain(parts).collect())),
                expected,
                "{pause_min} min"
            );
        }
    }

    #[test]
    fn the_message_has_the_numbers() {
        let found = findings(&RULE, &after_a_month(15.7));
        assert_eq!(found[0].text(), RULE.message);
        assert_eq!(found[0].run_ids, ["run-30"]);
        let old = calendar(after_a_month(15.7).runs, &log(vec![]), day(45));
        assert!(
            findings(&RULE, &old)[0]
                .text()
                .ends_with("though most went fine."),
            "no advice for days long gone"
        );
        let doubled = findings(&RULE, &after_a_month(24.1));
        assert!(
            doubled[0]
                .text()
                .starts_with("This run of 24.1 km was more than twice as long")
        );
    }

    #[test]
    fn the_ceiling_is_where_the_rule_would_speak() {
        let runs = |longest: f64| {
            (0..36)
                .step_by(2)
                .map(|n| run(n, if n == 20 { longest } else { 8.0 }))
                .collect::<Vec<_>>()
        };
        let ceiling =
            |history: &History| ceiling_m(&Context::new(history, &PainLog::default(), Units::Km));
        let close = |found: Result<f64, _>, metres: f64| {
            assert!(
                found.as_ref().is_ok_and(|m| (m - metres).abs() < 1e-6),
                "{found:?}"
            )
        };
        close(ceiling(&history(runs(12.0))), 13_200.0);
        close(ceiling(&history(runs(8.0))), 8_800.0);
        for (km, expected) in [(13.2, None), (13.3, Some(Severity::Watch))] {
            let mut next = runs(12.0);
            next.push(run(35, km));
            assert_eq!(loudest(&RULE, &history(next)), expected, "{km}");
        }
        let mut late = history(runs(12.0));
        late.as_of = day(34 + 11);
        assert_eq!(
            ceiling(&late),
            Err("the last recorded run lies more than 10 days back".to_string()),
            "eleven days without a run"
        );
        let short = history(runs(12.0).split_off(4));
        assert_eq!(
            ceiling(&short),
            Err("recordings do not cover the last 30 days".to_string()),
            "27 days of recordings"
        );
        let few = history([0, 10, 20, 30].map(|n| run(n, 8.0)).to_vec());
        assert_eq!(
            ceiling(&few),
            Err("fewer than four runs with a distance in the last 30 days".to_string())
        );
    }
}
