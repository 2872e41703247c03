//! load-pain-link: pain that moves with the load before it, tested so that chance rarely passes.

use super::{Context, Evidence, Finding, Limit, Outcome, Rule, Severity, Stance};
use crate::associate::{Association, GATES, associate, sentence};

/// The rule of statistics.md F.
pub const RULE: Rule = Rule {
    id: "load-pain-link",
    title: "Load and pain move together",
    why: "A site that answers to distance, climbing or descent is easier to look after once you know which of them it is.",
    formula: "Spearman's rho with mid-ranks of a day's pain at one site and side with the distance (m) of the day before \
              and of the three days before, and the three days' descent (knee, kneecap, quad, outer knee) or ascent \
              (calf, Achilles, foot); 95 % Bonett–Wright interval with the effective number of days; p from all circular \
              shifts of the load over the calendar of the log; q by Benjamini–Hochberg over all tests of the report. A \
              centred 28-day running median is taken off both series when either trends.",
    needs: "42 days with a score for the site and a known load before them, 60 % of the covered days logged, 10 days \
            with pain of 1 or more, 10 logged zeros, 3 different scores.",
    cap: Severity::Watch,
    evidence: Evidence {
        stance: Stance::Descriptive,
        says: "A method, not evidence: it describes your own log. On unrelated series the usual p value of a 7-day load \
               alarms in 32 to 44 of 100 cases at 5 %, the circular shift in 4 to 6 (own simulation, 1000 repetitions). \
               Correlations have been misused in load research; a link is not a cause, and running less when it hurts \
               can hide one or turn it round.",
        sources: &[
            "Bonett DG, Wright TA. 2000. Psychometrika 65:23 (interval)",
            "Pyper BJ, Peterman RM. 1998. Can J Fish Aquat Sci 55:2127 (effective number of days)",
            "Yuan AE, Shou W. 2024. PLoS Biol, e3002758 (shift tests)",
            "Benjamini Y, Hochberg Y. 1995. J R Stat Soc B 57:289 (q)",
            "Windt J et al. 2018. PMC6169745 (correlations misused in load research)",
        ],
    },
    limits: &[
        Limit {
            key: "minimum_shown_days",
            value: GATES.shown_days_min as f64,
            why: "Below two weeks even rho says nothing; up to the next limit it is shown without a p.",
        },
        Limit {
            key: "minimum_logged_days",
            value: GATES.tested_days_min as f64,
            why: "A circular p cannot go below 1/days: 42 days carry about four tests at q 0.10.",
        },
        Limit {
            key: "minimum_coverage_share",
            value: GATES.coverage_min,
            why: "People log more when it hurts; a thin log shows those days only.",
        },
        Limit {
            key: "minimum_pain_days",
            value: GATES.pain_days_min as f64,
            why: "Fewer painful days than this decide every rank by themselves.",
        },
        Limit {
            key: "minimum_zero_days",
            value: GATES.zero_days_min as f64,
            why: "Without logged zeros there is nothing to compare the painful days with.",
        },
        Limit {
            key: "minimum_different_scores",
            value: GATES.distinct_min as f64,
            why: "Ranks of two values carry little.",
        },
        Limit {
            key: "maximum_q",
            value: GATES.q_max,
            why: "Of the links that are flagged, about one in ten may be chance.",
        },
        Limit {
            key: "minimum_abs_rho",
            value: GATES.rho_min,
            why: "Smaller links go with less than a tenth of the ups and downs.",
        },
        Limit {
            key: "minimum_effective_days",
            value: GATES.n_eff_min,
            why: "With fewer independent days the interval holds nearly everything.",
        },
    ],
    message: "After three days with more descent your left knee scores tended to be higher (rho 0.41, likely range 0.1 to \
              0.6, 58 days, q 0.04). That is a pattern, not a proof of cause.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let pairs = associate(context.history, context.pain);
    let flagged: Vec<Outcome> = pairs
        .iter()
        .filter(|pair| pair.flagged)
        .filter_map(|pair| Some(Outcome::Flagged(finding(context, pair)?)))
        .collect();
    if !flagged.is_empty() {
        return flagged;
    }
    if pairs.iter().any(|pair| pair.p.is_some()) {
        return vec![Outcome::Clear];
    }
    // The pair that is closest to being tested names what is missing.
    let nearest = pairs.iter().max_by(|a, b| a.n.cmp(&b.n).then(b.exposure.cmp(a.exposure)));
    vec![Outcome::NotJudged(nearest.map_or("no pain above zero has been logged at any site".to_string(), sentence))]
}

fn finding(context: &Context, pair: &Association) -> Option<Finding> {
    let (first, _) = context.history.period()?;
    Some(Finding {
        rule: RULE.id,
        severity: Severity::Watch,
        from: first,
        to: context.history.as_of,
        observed: pair.rho,
        limit: Some(GATES.rho_min),
        unit: "rho",
        site: Some(pair.site),
        side: pair.side,
        run_ids: Vec::new(),
        message: sentence(pair),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::tests::{history, knee_after_distance},
        model::History,
        pain::PainLog,
        units::Units,
    };

    fn check_rule(history: &History, pain: &PainLog) -> Vec<Outcome> {
        check(&Context { history, pain, units: Units::default() })
    }

    #[test]
    fn a_link_is_watched_with_its_figures() {
        let (history, pain) = knee_after_distance(84);
        let outcomes = check_rule(&history, &pain);
        let Some(Outcome::Flagged(finding)) = outcomes.first() else { panic!("{outcomes:?}") };
        assert_eq!((finding.rule, finding.severity, finding.to), (RULE.id, RULE.cap, history.as_of));
        assert!(finding.message.contains("q ") && finding.message.contains("not a proof of cause"), "{finding:?}");
    }

    #[test]
    fn a_short_log_is_not_judged_and_named() {
        let (short, pain) = knee_after_distance(32);
        let outcomes = check_rule(&short, &pain);
        let [Outcome::NotJudged(why)] = &outcomes[..] else { panic!("{outcomes:?}") };
        assert!(why.contains("running the day before: 31 logged days with a known load, 42 are needed."), "{why}");
        let none = check_rule(&history(&[Some(0.0); 3]), &PainLog::default());
        assert_eq!(none, [Outcome::NotJudged("no pain above zero has been logged at any site".to_string())]);
    }

    #[test]
    fn a_log_that_knows_nothing_of_the_load_is_clear() {
        let (history, mut pain) = knee_after_distance(84);
        // Read backwards, the same scores meet other days.
        let scores: Vec<_> = pain.entries.iter().rev().map(|entry| (entry.site, entry.side, entry.pain)).collect();
        for (entry, score) in pain.entries.iter_mut().zip(scores) {
            (entry.site, entry.side, entry.pain) = score;
        }
        assert_eq!(check_rule(&history, &pain), [Outcome::Clear]);
    }
}
