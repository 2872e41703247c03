//! Fewer than 165 steps a minute, said with what is normal.

use super::{Context, Evidence, Finding, Limit, Outcome, Rule, Severity, Stance, triage, verdicts::is_past};
use crate::model::Run;
use crate::pain::Site;
use crate::stats::describe::weighted_median;
use crate::time::{date_text, plus_days};
use crate::units::number;
use chrono::NaiveDate;

/// The rule.
pub const RULE: Rule = Rule {
    id: "cadence-low-absolute",
    title: "Fewer steps a minute than articles ask for",
    why: "Many articles ask for 170 or 180 steps a minute, so you may want to know yours and what is usual.",
    formula: "Median of the runs' flat cadence in steps a minute, weighted by their flat time, over the last 8 weeks \
        with cadence. Flat cadence is the time-weighted median where the grade is within ±2 %, the speed at least \
        2.2 m/s and the cadence 120–240.",
    needs: "Five runs of 20 minutes or more with flat cadence in those 8 weeks.",
    cap: Severity::Note,
    evidence: Evidence {
        stance: Stance::Contested,
        says: "Experienced recreational runners choose 165 ± 8 steps a minute at 3.0 m/s, fewer the taller they are \
            (r −.49 to −.66), and novices 154–160 at 2.4–2.9 m/s, so a cut at 165 names about half of healthy runners. \
            A low step rate went with shin trouble but not knee trouble in 68 teenagers, and with bone stress in 54 \
            college runners (relative risk 0.95 for each step a minute more); in women 166 or fewer went with more force in the \
            knee. A review finds the evidence on injury insufficient. For the suggestion to step quicker: 5 to 10 % \
            more steps at the same pace lowered the work of the knee in 45 runners in a laboratory, and adding such \
            training to advice on load brought no further benefit in a trial.",
        sources: &[
            "de Ruiter 2020, European Journal of Sport Science 20:182",
            "van Oeveren 2017, PLoS ONE 12:e0184273",
            "Luedke 2016, Medicine & Science in Sports & Exercise 48:1244",
            "British Journal of Sports Medicine 2021, 55:851 (step rate and bone stress in college runners)",
            "Thakkar 2019, Medicine & Science in Sports & Exercise 51:1444",
            "Anderson 2022, Sports Medicine - Open",
            "Heiderscheit 2011, Medicine & Science in Sports & Exercise 43:296",
            "Esculier 2018, British Journal of Sports Medicine 52:659",
        ],
    },
    limits: &[COMMON_SPM, LOW_SPM, MINIMUM_RUNS, MINIMUM_RUN_S, WINDOW_DAYS, NUDGE_FACTOR],
    message: "About 158 steps a minute on the flat over 10 runs. That is common, more so at an easy pace or if you are \
        tall. No need to chase 170–180.",
    check,
};

const COMMON_SPM: Limit = Limit {
    key: "common_spm",
    value: 165.0,
    why: "The number articles quote; it is the average of healthy recreational runners, hence only a note.",
};
const LOW_SPM: Limit = Limit {
    key: "low_spm",
    value: 155.0,
    why: "A little over one standard deviation (8) under the average of 165; novices at an easy pace are still found here.",
};
const MINIMUM_RUNS: Limit =
    Limit { key: "minimum_runs", value: 5.0, why: "Fewer runs are one kind of session rather than a habit." };
const MINIMUM_RUN_S: Limit =
    Limit { key: "minimum_run_s", value: 1200.0, why: "Runs under 20 minutes are warm-ups, strides or interruptions." };
const WINDOW_DAYS: Limit =
    Limit { key: "window_days", value: 56.0, why: "Eight weeks are recent enough to be how you run now." };
const NUDGE_FACTOR: Limit = Limit {
    key: "nudge_factor",
    value: 1.05,
    why: "The smaller of the two steps, 5 and 10 % over one's own rate, that Heiderscheit 2011 tested.",
};

fn check(ctx: &Context) -> Vec<Outcome> {
    let usable: Vec<&Run> = ctx.history.runs.iter().filter(|run| is_usable(ctx, run)).collect();
    let Some(last) = usable.last().map(|run| run.local_date()) else {
        return vec![Outcome::NotJudged("no run of 20 minutes or more with cadence on the flat".to_string())];
    };
    let from = plus_days(last, 1 - ctx.limit(WINDOW_DAYS) as i64);
    let recent = &usable[usable.partition_point(|run| run.local_date() < from)..];
    if (recent.len() as f64) < ctx.limit(MINIMUM_RUNS) {
        let why = "fewer than five runs of 20 minutes or more with cadence on the flat in the last 8 weeks";
        return vec![Outcome::NotJudged(why.to_string())];
    }
    vec![judge(ctx, recent)]
}

fn is_usable(ctx: &Context, run: &Run) -> bool {
    let is_long = run.timer_s.or(run.moving_s).is_some_and(|seconds| seconds >= ctx.limit(MINIMUM_RUN_S));
    is_long && run.cadence_flat_spm.is_some() && run.flat_s.is_some_and(|seconds| seconds > 0.0)
}

fn judge(ctx: &Context, recent: &[&Run]) -> Outcome {
    let (cadences, seconds): (Vec<f64>, Vec<f64>) =
        recent.iter().filter_map(|run| run.cadence_flat_spm.zip(run.flat_s)).unzip();
    match weighted_median(&cadences, &seconds) {
        Some(spm) if spm < ctx.limit(COMMON_SPM) => Outcome::Flagged(finding(ctx, recent, spm)),
        _ => Outcome::Clear,
    }
}

fn finding(ctx: &Context, recent: &[&Run], spm: f64) -> Finding {
    let (from, to) = (recent[0].local_date(), recent[recent.len() - 1].local_date());
    let is_low = spm < ctx.limit(LOW_SPM);
    Finding {
        rule: RULE.id,
        severity: Severity::Note,
        from,
        to,
        observed: Some(spm),
        limit: Some(ctx.limit(if is_low { LOW_SPM } else { COMMON_SPM })),
        unit: "steps/min",
        site: None,
        side: None,
        run_ids: recent.iter().map(|run| run.run_id.clone()).collect(),
        message: if is_past(ctx, to) {
            past_message(recent.len(), to, spm, is_low)
        } else {
            message(ctx, recent.len(), spm, is_low, is_low && has_pain(ctx, from, to))
        },
    }
}

fn message(ctx: &Context, runs: usize, spm: f64, is_low: bool, has_pain: bool) -> String {
    let normal = if is_low {
        "That is on the low side, and still where many run at an easy pace or when tall."
    } else {
        "That is common, more so at an easy pace or if you are tall."
    };
    let nudge = if has_pain {
        let target = number(spm * ctx.limit(NUDGE_FACTOR), 0);
        format!(
            " You also logged pain at the knee, shin or hip in these weeks. If you like to try: about 5 % quicker, \
            shorter steps at the same pace (≈ {target}), a few minutes at a time."
        )
    } else {
        String::new()
    };
    format!(
        "About {} steps a minute on the flat over {runs} runs. {normal} No need to chase 170–180.{nudge}",
        number(spm, 0)
    )
}

/// Without the nudge: it is about now.
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

/// Whether the runner logged pain where a quicker step is known to take load off.
fn has_pain(ctx: &Context, from: NaiveDate, to: NaiveDate) -> bool {
    triage::rows(ctx).iter().any(|entry| {
        (from..=to).contains(&entry.date)
            && matches!(entry.site, Some(Site::Knee | Site::Kneecap | Site::Shin | Site::Hip))
            && entry.pain.is_some_and(|pain| pain > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{calendar, day, findings, findings_with, history, is_not_judged, log, run, sore};
    use super::*;
    use crate::model::History;

    fn runs_at(spm: f64) -> Vec<Run> {
        (0..10).map(|n| Run { cadence_flat_spm: Some(spm), ..run(3 * n, 8.0) }).collect()
    }

    fn observed(history: &History) -> Option<(f64, f64)> {
        findings(&RULE, history).first().map(|f| (f.observed.unwrap(), f.limit.unwrap()))
    }

    #[test]
    fn at_the_limits_and_just_under() {
        for (spm, expected) in
            [(165.0, None), (164.9, Some(165.0)), (155.0, Some(165.0)), (154.9, Some(155.0)), (170.0, None)]
        {
            assert_eq!(observed(&history(runs_at(spm))), expected.map(|limit| (spm, limit)), "{spm}");
        }
    }

    #[test]
    fn the_median_is_weighted_by_flat_time() {
        // 150 for half an hour in each of four runs, 164 for two hours or two hours and a minute in a fifth.
        let of = |last_s: f64| {
            let at = |n: i64, spm: f64, s: f64| Run { cadence_flat_spm: Some(spm), flat_s: Some(s), ..run(n, 8.0) };
            history((0..4).map(|n| at(n, 150.0, 1800.0)).chain([at(4, 164.0, last_s)]).collect())
        };
        assert_eq!(observed(&of(7200.0)), Some((157.0, 165.0)));
        assert_eq!(observed(&of(7260.0)), Some((164.0, 165.0)));
    }

    #[test]
    fn an_old_habit_is_told_in_the_past_tense() {
        // The last run is on day 27, 2 Feb 2025.
        let entries = || log(vec![sore(10, Site::Knee, 2.0)]);
        let message = |spm: f64, as_of: i64| {
            let history = calendar(runs_at(spm), &log(vec![]), day(as_of));
            findings_with(&RULE, &history, &entries())[0].message.clone()
        };
        assert!(message(152.0, 41).contains("(≈ 160)"), "{}", message(152.0, 41));
        assert_eq!(
            message(152.0, 42),
            "You took about 152 steps a minute on the flat over 10 runs up to 2 Feb 2025. That was on the low side, and \
            still where many run at an easy pace or when tall."
        );
        assert!(message(158.0, 42).ends_with("That was common, more so at an easy pace or if you are tall."));
    }

    #[test]
    fn pain_after_the_day_of_the_report_is_not_looked_at() {
        let history = calendar(runs_at(152.0), &log(vec![]), day(20));
        for (n, nudged) in [(20, true), (21, false)] {
            let found = findings_with(&RULE, &history, &log(vec![sore(n, Site::Knee, 2.0)]));
            assert_eq!(found[0].message.contains("(≈ 160)"), nudged, "day {n}");
        }
    }

    #[test]
    fn only_the_last_eight_weeks_with_cadence_count() {
        // Slow steps in the first months, quick steps in the last ones, and the reverse.
        let half = |from: i64, spm: f64| (0..20).map(move |n| (from + 3 * n, spm));
        let of = |first, second| {
            let runs = half(0, first).chain(half(60, second));
            history(runs.map(|(n, spm)| Run { cadence_flat_spm: Some(spm), ..run(n, 8.0) }).collect())
        };
        assert_eq!(observed(&of(150.0, 170.0)), None);
        assert_eq!(observed(&of(170.0, 160.0)), Some((160.0, 165.0)));
        assert_eq!(findings(&RULE, &of(170.0, 160.0))[0].to, day(117));
    }

    #[test]
    fn too_little_data() {
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
        assert!(is_not_judged(&RULE, &history(runs_at(150.0)[..4].to_vec())), "four runs");
        assert!(!is_not_judged(&RULE, &history(runs_at(150.0)[..5].to_vec())), "five runs");
        let enough: Vec<Run> = (0..10).map(|n| Run { timer_s: Some(1200.0), ..run(3 * n, 3.4) }).collect();
        assert!(!is_not_judged(&RULE, &history(enough)), "20 minutes");
        // 3.3 km at 6 min/km are 19 min 48 s.
        let short: Vec<Run> = (0..10).map(|n| Run { cadence_flat_spm: Some(150.0), ..run(n, 3.3) }).collect();
        assert!(is_not_judged(&RULE, &history(short)), "under 20 minutes");
        let unknown = runs_at(150.0).into_iter().map(|run| Run { cadence_flat_spm: None, ..run }).collect();
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
    fn the_message_nudges_only_when_low_and_sore() {
        assert_eq!(findings(&RULE, &history(runs_at(158.0)))[0].message, RULE.message);
        for (spm, site, pain, nudged) in [
            (152.0, Site::Knee, 2.0, true),
            (152.0, Site::Shin, 1.0, true),
            (152.0, Site::Knee, 0.0, false),
            (152.0, Site::Calf, 4.0, false),
            (158.0, Site::Knee, 4.0, false),
        ] {
            let found = findings_with(&RULE, &history(runs_at(spm)), &log(vec![sore(10, site, pain)]));
            // 152 × 1.05 = 159.6.
            assert_eq!(found[0].message.contains("(≈ 160)"), nudged, "{spm} {site:?} {pain}");
        }
    }
}
