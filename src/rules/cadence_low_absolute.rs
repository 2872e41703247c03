//! Fewer than 165 steps a minute, said with what is normal.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Pattern, Rule,
    Severity, Stance,
    verdicts::{is_past, unless_past},
};
use crate::model::Run;
use crate::pain::Site;
use crate::stats::describe::weighted_median;
use crate::time::{date_text, plus_days};
use crate::units::{Unit, counted_in_words, number, shortest, span_of_days};
use chrono::NaiveDate;

/// Where a slow step rate is felt first.
pub(super) const BEARS_ON: &[Site] = &[Site::Knee, Site::Kneecap, Site::Itb, Site::Shin, Site::Hip];

/// The rule.
pub const RULE: Rule = Rule {
    id: "cadence-low-absolute",
    title: "Fewer steps a minute than articles ask for",
    headline: "fewer steps a minute than articles ask for",
    why: "Many articles ask for 170 or 180 steps a minute, so you may want to know yours and what is usual.",
    formula: "Median of the runs' flat cadence in steps a minute, weighted by their flat time, over the last 8 weeks \
        with cadence. Flat cadence is the time-weighted median where the grade is within ±2 %, the speed at least \
        2.2 m/s and the cadence 120–240.",
    needs: "Five runs of 20 minutes or more with flat cadence in those 8 weeks.",
    cap: Severity::Note,
    group: Group::CadenceAndHills,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern {
        // The median of eight weeks.
        windows: &[(WINDOW_DAYS, 1.0)],
        ..Pattern::of_form(56, BEARS_ON)
    }),
    evidence: Evidence {
        stance: Stance::Contested,
        says: "21 experienced recreational runners chose 165 ± 8 steps a minute at 3.0 m/s, fewer the taller they \
            were (r −.49 to −.66), and 12 novices 154–160 on average at 2.4–2.9 m/s, so a cut at 165 names about \
            half of healthy runners. In 68 teenagers a low step rate went with shin trouble, which 19.1 % had; \
            knee trouble, which 4.4 % had, was too rare to tell. In 54 college runners it went with bone stress \
            (relative risk 0.95, 0.91–0.98, for each step a minute more); in 55 women 166 or fewer went with more \
            force in the knee, by a model. A review finds the evidence on injury insufficient.",
        sources: &[
            "de Ruiter 2020, European Journal of Sport Science 20:182, doi 10.1080/17461391.2019.1626911",
            "van Oeveren 2017, PLoS ONE 12:e0184273, doi 10.1371/journal.pone.0184273",
            "Luedke 2016, Medicine & Science in Sports & Exercise 48:1244, doi 10.1249/MSS.0000000000000890",
            "Kliethermes 2021, British Journal of Sports Medicine 55:851, doi 10.1136/bjsports-2020-103833",
            "Thakkar 2019, Medicine & Science in Sports & Exercise 51:1444, doi 10.1249/MSS.0000000000001915",
            "Anderson 2022, Sports Medicine - Open 8:112, doi 10.1186/s40798-022-00504-0",
        ],
    },
    limits: &[
        COMMON_SPM,
        LOW_SPM,
        MINIMUM_RUNS,
        MINIMUM_RUN_S,
        WINDOW_DAYS,
    ],
    ordered: &[(LOW_SPM, COMMON_SPM)],
    rests_on: &[],
    seed: "S0, hotspots after running: fewer than 165 steps a minute go with more stress on the knee.",
    message: "About 158 steps a minute on the flat over 10 runs. That is common, more so at an easy pace or if you are \
        tall. No need to chase 170–180.",
    check: Check::Data(check),
};

const COMMON_SPM: Limit = Limit {
    key: "common_spm",
    value: 165.0,
    change: Change::Within(120.0, 240.0),
    why: "The number articles quote; it is the average of healthy recreational runners, hence only a note.",
};
const LOW_SPM: Limit = Limit {
    key: "low_spm",
    value: 155.0,
    change: Change::Within(120.0, 240.0),
    why: "A little over one standard deviation (8) under the average of 165; novices at an easy pace are still found here.",
};
const MINIMUM_RUNS: Limit = Limit {
    key: "minimum_runs",
    value: 5.0,
    change: Change::Whole(1.0, 200.0),
    why: "Fewer runs are one kind of session rather than a habit.",
};
const MINIMUM_RUN_S: Limit = Limit {
    key: "minimum_run_s",
    value: 1200.0,
    change: Change::Within(60.0, 14400.0),
    why: "Runs under 20 minutes are warm-ups, strides or interruptions.",
};
const WINDOW_DAYS: Limit = Limit {
    key: "window_days",
    value: 56.0,
    change: Change::Whole(7.0, 366.0),
    why: "Eight weeks are recent enough to be how you run now.",
};

fn check(ctx: &Context) -> Vec<Outcome> {
    vec![match own_median(ctx) {
        Err(missing) => Outcome::NotJudged(missing),
        Ok((recent, spm)) if spm < ctx.limit(COMMON_SPM) => {
            Outcome::Flagged(finding(ctx, &recent, spm))
        }
        Ok(_) => Outcome::Clear,
    }]
}

/// The runs of the last eight weeks with cadence and the median of their flat cadence, steps/min, or what is missing to know it.
pub(super) fn own_median<'a>(ctx: &Context<'a>) -> Result<(Vec<&'a Run>, f64), String> {
    let ctx = &ctx.of(&RULE);
    let minutes = shortest(ctx.limit(MINIMUM_RUN_S) / 60.0);
    let nothing = || format!("no run of {minutes} minutes or more with cadence on the flat");
    let recent = recent(ctx).ok_or_else(nothing)?;
    if (recent.len() as f64) < ctx.limit(MINIMUM_RUNS) {
        return Err(too_few(ctx, &minutes));
    }
    let flat = recent
        .iter()
        .filter_map(|run| run.cadence_flat_spm.zip(run.flat_s));
    let (cadences, seconds): (Vec<f64>, Vec<f64>) = flat.unzip();
    let spm = weighted_median(&cadences, &seconds).ok_or_else(nothing)?;
    Ok((recent, spm))
}

/// The usable runs of the eight weeks up to the last of them.
fn recent<'a>(ctx: &Context<'a>) -> Option<Vec<&'a Run>> {
    let runs = ctx.history.runs.iter();
    let usable: Vec<&Run> = runs.filter(|run| is_usable(ctx, run)).collect();
    let last = usable.last()?.local_date();
    let from = plus_days(last, 1 - ctx.limit(WINDOW_DAYS) as i64);
    let first = usable.partition_point(|run| run.local_date() < from);
    usable.get(first..).map(<[&Run]>::to_vec)
}

fn too_few(ctx: &Context, minutes: &str) -> String {
    format!(
        "fewer than {} of {minutes} minutes or more with cadence on the flat in the last {}",
        counted_in_words(ctx.limit(MINIMUM_RUNS), "run"),
        span_of_days(ctx.limit(WINDOW_DAYS))
    )
}

/// Under this a step rate is low, steps/min.
pub(super) fn low_spm(ctx: &Context) -> f64 {
    ctx.of(&RULE).limit(LOW_SPM)
}

fn is_usable(ctx: &Context, run: &Run) -> bool {
    let is_long = run
        .timer_s
        .or(run.moving_s)
        .is_some_and(|seconds| seconds >= ctx.limit(MINIMUM_RUN_S));
    is_long && run.cadence_flat_spm.is_some() && run.flat_s.is_some_and(|seconds| seconds > 0.0)
}

fn finding(ctx: &Context, recent: &[&Run], spm: f64) -> Finding {
    let (from, to) = (
        recent[0].local_date(),
        recent[recent.len() - 1].local_date(),
    );
    let is_low = spm < ctx.limit(LOW_SPM);
    let limit = if is_low { LOW_SPM } else { COMMON_SPM };
    let message = match is_past(ctx, to) {
        true => past_message(recent.len(), to, spm, is_low),
        false => message(recent.len(), spm, is_low),
    };
    Finding {
        observed: Some(spm),
        limit: Some(ctx.limit(limit)),
        unit: Unit::StepsPerMin,
        run_ids: recent.iter().map(|run| run.run_id.clone()).collect(),
        message,
        // What is over need not be chased.
        instruction: unless_past(ctx, to, "No need to chase 170–180."),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Note, from, to)
    }
}

fn message(runs: usize, spm: f64, is_low: bool) -> String {
    let normal = if is_low {
        "That is on the low side, and still where many run at an easy pace or when tall."
    } else {
        "That is common, more so at an easy pace or if you are tall."
    };
    format!(
        "About {} steps a minute on the flat over {runs} runs. {normal}",
        number(spm, 0)
    )
}

fn past_message(runs: usize, to: NaiveDate, spm: f64, is_low: bool) -> String {
    let normal = if is_low {
        "That was on the low side, and still where many run at an easy pace or when tall."
    } else {
        "That was common, more so at an easy pace or if you are tall."
    };
    format!(
        "You took about {} steps a minute on the flat over {runs} runs up to {}. {normal}",
        number(spm, 0),
        date_text(to)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::History;
    use crate::rules::fixture::{calendar, day, findings, history, is_not_judged, log, run};

    fn runs_at(spm: f64) -> Vec<Run> {
        (0..10)
            .map(|n| Run {
                cadence_flat_spm: Some(spm),
                ..run(3 * n, 8.0)
            })
            .collect()
    }

    fn observed(history: &History) -> Option<(f64, f64)> {
        findings(&RULE, history)
            .first()
            .map(|f| (f.observed.unwrap(), f.limit.unwrap()))
    }

    #[test]
    fn at_the_limits_and_just_under() {
        for (spm, expected) in [
            (165.0, None),
            (164.9, Some(165.0)),
            (155.0, Some(165.0)),
            (154.9, Some(155.0)),
            (170.0, None),
        ] {
            assert_eq!(
                observed(&history(runs_at(spm))),
                expected.map(|limit| (spm, limit)),
                "{spm}"
            );
        }
    }

    #[test]
    fn the_median_is_weighted_by_flat_time() {
        // 150 for half an hour in each of four runs, 164 for two hours or two hours and a minute in a fifth.
        let of = |last_s: f64| {
            let at = |n: i64, spm: f64, s: f64| Run {
                cadence_flat_spm: Some(spm),
                flat_s: Some(s),
                ..run(n, 8.0)
            };
            history(
                (0..4)
                    .map(|n| at(n, 150.0, 1800.0))
                    .chain([at(4, 164.0, last_s)])
                    .collect(),
            )
        };
        assert_eq!(observed(&of(7200.0)), Some((157.0, 165.0)));
        assert_eq!(observed(&of(7260.0)), Some((164.0, 165.0)));
    }

    #[test]
    fn an_old_habit_is_told_in_the_past_tense() {
        // The last run is on day 27, 2 Feb 2025.
        let message = |spm: f64, as_of: i64| {
            findings(&RULE, &calendar(runs_at(spm), &log(vec![]), day(as_of)))[0].text()
        };
        assert!(
            message(152.0, 41).starts_with("About 152 steps a minute"),
            "{}",
            message(152.0, 41)
        );
        assert_eq!(
            message(152.0, 42),
            "You took about 152 steps a minute on the flat over 10 runs up to 2 Feb 2025. That was on the low side, and \
            still where many run at an easy pace or when tall."
        );
        assert!(
            message(158.0, 42)
                .ends_with("That was common, more so at an easy pace or if you are tall.")
        );
    }

    #[test]
    fn only_the_last_eight_weeks_with_cadence_count() {
        // Slow steps in the first months, quick steps in the last ones, and the reverse.
        let half = |from: i64, spm: f64| (0..20).map(move |n| (from + 3 * n, spm));
        let of = |first, second| {
            let runs = half(0, first).chain(half(60, second));
            history(
                runs.map(|(n, spm)| Run {
                    cadence_flat_spm: Some(spm),
                    ..run(n, 8.0)
                })
                .collect(),
            )
        };
        assert_eq!(observed(&of(150.0, 170.0)), None);
        assert_eq!(observed(&of(170.0, 160.0)), Some((160.0, 165.0)));
        assert_eq!(findings(&RULE, &of(170.0, 160.0))[0].to, day(117));
    }

    #[test]
    fn too_little_data() {
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
        assert!(
            is_not_judged(&RULE, &history(runs_at(150.0)[..4].to_vec())),
            "four runs"
        );
        assert!(
            !is_not_judged(&RULE, &history(runs_at(150.0)[..5].to_vec())),
            "five runs"
        );
        let enough: Vec<Run> = (0..10)
            .map(|n| Run {
                timer_s: Some(1200.0),
                ..run(3 * n, 3.4)
            })
            .collect();
        assert!(!is_not_judged(&RULE, &history(enough)), "20 minutes");
        // 3.3 km at 6 min/km are 19 min 48 s.
        let short: Vec<Run> = (0..10)
            .map(|n| Run {
                cadence_flat_spm: Some(150.0),
                ..run(n, 3.3)
            })
            .collect();
        assert!(is_not_judged(&RULE, &history(short)), "under 20 minutes");
        let unknown = runs_at(150.0)
            .into_iter()
            .map(|run| Run {
                cadence_flat_spm: None,
                ..run
            })
            .collect();
        assert!(is_not_judged(&RULE, &history(unknown)), "no cadence");
    }

    #[test]
    fn the_window_is_fifty_six_days() {
        // Runs on days 0, 10, 20, 30 and the last: five of them only when day 0 is within 56 days, both ends counted.
        let with = |last: i64| history([0, 10, 20, 30, last].map(|n| run(n, 8.0)).to_vec());
        assert!(!is_not_judged(&RULE, &with(55)));
        assert!(is_not_judged(&RULE, &with(56)));
    }

    #[test]
    fn the_message_has_the_numbers() {
        assert_eq!(
            findings(&RULE, &history(runs_at(158.0)))[0].text(),
            RULE.message
        );
        let low = &findings(&RULE, &history(runs_at(152.0)))[0].text();
        assert!(
            low.starts_with(
                "About 152 steps a minute on the flat over 10 runs. That is on the low side"
            ),
            "{low}"
        );
    }
}
