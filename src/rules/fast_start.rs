//! A run that began clearly faster than it went on. Off unless it is asked for.

use super::verdicts::{peaks, settled};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance,
};
use crate::model::Run;
use crate::time::date_text;
use crate::units::{EPSILON, Unit, number};

/// The rule.
pub const RULE: Rule = Rule {
    id: "fast-start",
    title: "A fast start",
    headline: "a fast start",
    why: "Articles advise to ease into a run. Who wants to keep to it can have each run's start set beside its rest.",
    formula: "s: mean speed over the first tenth of the distance against that over the other nine, in percent (start_faster_percent); \
        not corrected for hills. Runs at most 28 days apart are one finding, that of the fastest start.",
    needs: "That it is switched on, and a run of 3 km or more with a speed at its samples.",
    cap: Severity::Note,
    group: Group::Load,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Apart(
        "It is off unless it is asked for, so most reports have no flags of it.",
    ),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "Custom alone: no trial and no cohort was found that sets the start of a run beside injuries, so the rule is off unless \
            a runner asks for it, and never more than a note. The limit of 10 % is a choice.",
        sources: &["Custom among coaches; a search found no study of runners"],
    },
    limits: &[ON, FASTER_PERCENT, MINIMUM_RUN_M, SEASON_GAP_DAYS],
    ordered: &[],
    rests_on: &[],
    seed: "S2, post-run recovery: ease in, do not start hot.",
    message: "Your run of 6 Mar 2025 began 14 % faster than it went on. Articles advise to ease in; no study was found that \
        says what a fast start does to runners.",
    check: Check::Data(check),
};

const ON: Limit = Limit {
    key: "on",
    value: 0.0,
    change: Change::Whole(0.0, 1.0),
    why: "0 is off, 1 is on. Off, because nothing but custom stands behind it.",
};
const FASTER_PERCENT: Limit = Limit {
    key: "faster_percent",
    value: 10.0,
    change: Change::Within(1.0, 100.0),
    why: "Half a minute a kilometre at 5:00, which nobody takes for an easy start; a choice.",
};
const MINIMUM_RUN_M: Limit = Limit {
    key: "minimum_run_m",
    value: 3000.0,
    change: Change::Within(1000.0, 50000.0),
    why: "Shorter runs are warm-ups and parts of sessions, whose tenth is a few strides.",
};
const SEASON_GAP_DAYS: Limit = Limit {
    key: "season_gap_days",
    value: 28.0,
    change: Change::Whole(1.0, 366.0),
    why: "A month of fast starts is one habit and not many findings.",
};

fn check(ctx: &Context) -> Vec<Outcome> {
    // Nobody asked: that is nothing that could not be judged.
    if ctx.limit(ON) < 1.0 {
        return vec![Outcome::Clear];
    }
    let is_long = |run: &&Run| {
        let metres = run.distance_m.unwrap_or(0.0);
        metres >= ctx.limit(MINIMUM_RUN_M) - EPSILON
    };
    let outcomes = ctx.history.runs.iter().filter(is_long);
    let outcomes = outcomes.map(|run| judge(ctx, run));
    settled(
        peaks(outcomes, ctx.limit(SEASON_GAP_DAYS) as i64),
        "no run of 3 km or more",
    )
}

fn judge(ctx: &Context, run: &Run) -> Outcome {
    match run.start_faster_percent {
        None => Outcome::not_judged("the latest run has no speed at its samples".to_string()),
        Some(percent) if percent >= ctx.limit(FASTER_PERCENT) - EPSILON => {
            Outcome::Flagged(finding(ctx, run, percent))
        }
        Some(_) => Outcome::Clear,
    }
}

fn finding(ctx: &Context, run: &Run, percent: f64) -> Finding {
    let date = run.local_date();
    Finding {
        observed: Some(percent),
        limit: Some(ctx.limit(FASTER_PERCENT)),
        unit: Unit::Percent,
        run_ids: vec![run.run_id.clone()],
        message: format!(
            "Your run of {} began {} % faster than it went on. Articles advise to ease in; no study was found that says what a fast \
             start does to runners.",
            date_text(date),
            number(percent, 0)
        ),
        ..Finding::on(&RULE, Severity::Note, date, date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{ask, day, findings, findings_under, history, run};
    use crate::{pain::PainLog, units::Units};

    const SWITCHED_ON: &str = "fast-start.on=1";

    fn began(n: i64, km: f64, percent: Option<f64>) -> Run {
        Run {
            start_faster_percent: percent,
            ..run(n, km)
        }
    }

    #[test]
    fn it_is_off_unless_asked_for() {
        let runs = || history(vec![began(0, 8.0, Some(40.0))]);
        assert!(findings(&RULE, &runs()).is_empty());
        assert_eq!(findings_under(&RULE, &runs(), &[SWITCHED_ON]).len(), 1);
    }

    #[test]
    fn ten_percent_in_three_kilometres_is_a_note() {
        for (km, percent, expected) in [
            (3.0, 10.0, 1),
            (3.0, 9.9, 0),
            (2.9, 40.0, 0),
            (8.0, -20.0, 0),
        ] {
            let runs = history(vec![began(0, km, Some(percent))]);
            let found = findings_under(&RULE, &runs, &[SWITCHED_ON]);
            assert_eq!(found.len(), expected, "{km} {percent}");
            assert!(
                found
                    .iter()
                    .all(|finding| finding.severity == Severity::Note)
            );
        }
    }

    #[test]
    fn a_month_of_fast_starts_is_one_finding() {
        let runs = history(vec![
            began(0, 8.0, Some(12.0)),
            began(3, 8.0, Some(14.4)),
            began(28, 8.0, Some(11.0)),
            began(60, 8.0, Some(10.0)),
        ]);
        let found = findings_under(&RULE, &runs, &[SWITCHED_ON]);
        let days: Vec<_> = found.iter().map(|finding| finding.from).collect();
        assert_eq!(days, [day(3), day(60)]);
        assert!(
            found[0]
                .text()
                .contains("began 14 % faster than it went on"),
            "{}",
            found[0].text()
        );
        assert_eq!(found[0].run_ids, ["run-3"]);
    }

    #[test]
    fn without_a_speed_nothing_is_judged() {
        let limits = crate::rules::Limits::parse(&[SWITCHED_ON.to_string()]).unwrap();
        let outcomes = |runs: Vec<Run>| {
            let (history, pain) = (history(runs), PainLog::default());
            let number = Default::default();
            ask(
                &RULE,
                &Context::new(&history, &pain, Units::Km).with(&limits, &number),
            )
        };
        for runs in [
            vec![],
            vec![began(0, 8.0, None)],
            vec![began(0, 2.0, Some(50.0))],
        ] {
            let found = outcomes(runs);
            assert!(
                matches!(found.as_slice(), [Outcome::NotJudged(_)]),
                "{found:?}"
            );
        }
    }
}
