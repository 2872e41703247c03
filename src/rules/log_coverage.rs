//! How much of the time the pain log says anything at all.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance, triage,
};
use crate::associate::{LogCoverage, log_coverage};
use crate::units::Unit;

/// Below this share the log is thin.
const MINIMUM_SHARE: Limit = Limit {
    key: "minimum_logged_share",
    value: 0.6,
    change: Change::STATISTICS,
    why: "Below it the comparison of load and pain is not made: with gaps, chance alone looks like a link.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "log-coverage",
    title: "Days without a word in the pain log",
    headline: "days without a word in the pain log",
    why: "A blank day is unknown, not pain-free. The more blanks, the less anyone can say about the rest.",
    formula: "Days with a pain rating (an all-clear row is one) divided by the days covered by recordings, from the first row of the log to the day of the report. Below 60 %: note.",
    needs: "A pain log, and recordings over the same time.",
    cap: Severity::Note,
    group: Group::Data,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::ABOUT_DATA,
    evidence: Evidence {
        stance: Stance::Descriptive,
        says: "Describes your own log. Why it matters: in 50 youth basketball players, ignoring missing days gave 97 % more acute:chronic ratios above 2.0 than filling them in, and in a simulation made for niggle, pain that had nothing to do with load looked linked to it in 79 % of histories when blank days were counted as zero.",
        sources: &[
            "Br J Sports Med 2021, 55 Suppl 1:A35.1 (missing data and the ratio; no DOI), bjsm.bmj.com/content/55/Suppl_1/A35.1.",
            "Simulation made for niggle, described in the documentation of its statistics.",
        ],
    },
    limits: &[MINIMUM_SHARE],
    ordered: &[],
    rests_on: &[],
    seed: "None: what is not logged is not known, which the articles do not mention.",
    message: "Pain was logged on 22 of 60 days. Blank days are treated as unknown, not as pain-free.",
    check: Check::Data(check),
};

fn check(ctx: &Context) -> Vec<Outcome> {
    match log_coverage(ctx.history, ctx.pain) {
        None => triage::conclude(ctx, Vec::new()),
        Some(log) => vec![judge(ctx, &log)],
    }
}

fn judge(ctx: &Context, log: &LogCoverage) -> Outcome {
    match log.share() {
        None => Outcome::not_judged("no recordings over the time of the pain log"),
        Some(share) => weigh(ctx, log, share),
    }
}

fn weigh(ctx: &Context, log: &LogCoverage, share: f64) -> Outcome {
    match share >= ctx.limit(MINIMUM_SHARE) {
        true => Outcome::Clear,
        false => Outcome::Flagged(finding(ctx, log, share)),
    }
}

fn finding(ctx: &Context, log: &LogCoverage, share: f64) -> Finding {
    Finding {
        observed: Some(share),
        limit: Some(ctx.limit(MINIMUM_SHARE)),
        unit: Unit::Share,
        tells_observed: false,
        message: message(log),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Note, log.from, ctx.history.as_of)
    }
}

fn message(log: &LogCoverage) -> String {
    format!(
        "Pain was logged on {} of {} days. Blank days are treated as unknown, not as pain-free.",
        log.days_logged, log.days_covered
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Site};
    use crate::rules::pain_fixture::{clear, day, flagged, flagged_by, judge};

    fn check_days(as_of: i64, days: &[i64], expected: Option<f64>) {
        let rows = days.iter().map(|n| clear(*n)).collect();
        let shares: Vec<_> = flagged(&RULE, as_of, rows)
            .iter()
            .filter_map(|finding| finding.observed)
            .collect();
        assert_eq!(shares, expected.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn sixty_percent_is_enough_and_less_is_not() {
        // Ten days from the first row to the day of the report.
        check_days(14, &[5, 6, 7, 8, 9, 10], None);
        check_days(14, &[5, 6, 7, 8, 9], Some(0.5));
        check_days(14, &[5, 5, 6, 7, 8, 9], Some(0.5));
        // 60 and 59 of 100 days.
        check_days(99, &(0..60).collect::<Vec<_>>(), None);
        check_days(99, &(0..59).collect::<Vec<_>>(), Some(0.59));
    }

    #[test]
    fn a_row_without_a_rating_is_not_logged_pain() {
        let blank = |n| Entry {
            site: Some(Site::Knee),
            ..Entry::on(day(n))
        };
        assert_eq!(
            flagged(&RULE, 1, vec![blank(0), clear(1)])[0].observed,
            Some(0.5)
        );
    }

    #[test]
    fn too_little_data() {
        let not_judged = |text: &str| [Outcome::NotJudged(text.to_string())];
        assert_eq!(
            judge(&RULE, 20, Vec::new()),
            not_judged("no pain log was given")
        );
        let without_runs = |ctx: &Context| {
            let mut history = ctx.history.clone();
            history.days.clear();
            let outcomes = crate::rules::fixture::ask(
                &RULE,
                &Context {
                    history: &history,
                    ..*ctx
                },
            );
            assert_eq!(
                outcomes,
                not_judged("no recordings over the time of the pain log")
            );
            outcomes
        };
        assert!(flagged_by(3, vec![clear(0)], without_runs).is_empty());
    }

    #[test]
    fn words() {
        let rows = (0..22).map(|n| clear(n * 2)).collect();
        assert_eq!(
            flagged(&RULE, 59, rows)[0].text(),
            "Pain was logged on 22 of 60 days. Blank days are treated as unknown, not as pain-free."
        );
    }
}
