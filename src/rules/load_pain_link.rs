//! load-pain-link: pain that moves with the load before it, tested so that chance rarely passes.

use super::{
    Backtest, Change, Check, Evidence, Finding, Group, Limit, Outcome, Rule, Severity, Stance,
};
use crate::associate::{Association, GATES, pattern, too_little};
use crate::units::Unit;
use std::cmp::Ordering;

/// The rule ([`crate::method::statistics`]).
pub const RULE: Rule = Rule {
    id: "load-pain-link",
    title: "Load and pain move together",
    headline: "load and pain move together",
    why: "A site that answers to distance, climbing or descent is easier to look after once you know which of them it is.",
    formula: "Partial rank correlation of a day's pain at one site and side with the distance (m) of the day before and of \
              the three days before, and the three days' descent (knee, kneecap, quad, outer knee) or ascent (calf, \
              Achilles, foot), given today's run (distance, and whether there was one) and yesterday's pain; of ratings \
              made during the run, after it or in the evening also with the distance of the same day, given yesterday's run \
              and pain. A centred 28-day running mean is taken off pain and loads. 95 % interval by the \
              effective number of days, and by how much a link varies from week to week; p from all circular shifts of the runs over the calendar of the log; q by \
              Benjamini–Hochberg over all tests of the report. Marked when q and interval pass today and did four weeks ago, and \
              neither the load after the pain nor another place beside the same load has as large a rho.",
    needs: "A pain log with something on 60 % of its covered days; for the site 42 days with a score and a known load \
            before them, 60 % of its covered days logged, 10 days with pain of 1 or more, 10 logged zeros, 3 different \
            scores.",
    cap: Severity::Watch,
    group: Group::Data,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Descriptive,
        says: "A method, not evidence: it describes your own log. On unrelated series the usual p value of a 7-day load \
               alarms in 32 to 44 of 100 cases at 5 %, the circular shift in 3 to 8 (own simulations), also where a run \
               hurts on its own evening, where pain keeps the runner at home, and where rest days are logged only when it \
               hurts. \
               Correlations have been misused in load research; a link is not a cause, and running less when it hurts \
               can hide one or turn it round.",
        sources: &[
            "Bonett DG, Wright TA. 2000. Psychometrika 65:23, doi 10.1007/BF02294183 (interval)",
            "Lazarus E, Lewis DJ, Stock JH, Watson MW. 2018. J Bus Econ Stat 36:541, doi 10.1080/07350015.2018.1506926 (interval of \
             what varies)",
            "Pyper BJ, Peterman RM. 1998. Can J Fish Aquat Sci 55:2127, doi 10.1139/f98-104 (effective number of days)",
            "Yuan AE, Shou W. 2024. PLoS Biol 22:e3002758, doi 10.1371/journal.pbio.3002758 (shift tests)",
            "Benjamini Y, Hochberg Y. 1995. J R Stat Soc B 57:289, doi 10.1111/j.2517-6161.1995.tb02031.x (q)",
            "Windt J et al. 2018. PMC6169745 (correlations misused in load research)",
        ],
    },
    limits: &[
        Limit {
            key: "minimum_shown_days",
            value: GATES.shown_days_min as f64,
            change: Change::STATISTICS,
            why: "Below two weeks even rho says nothing; up to the next limit it is shown without a p.",
        },
        Limit {
            key: "minimum_logged_days",
            value: GATES.tested_days_min as f64,
            change: Change::STATISTICS,
            why: "A circular p cannot go below 1/days: 42 days carry about four tests at q 0.10.",
        },
        Limit {
            key: "minimum_coverage_share",
            value: GATES.coverage_min,
            change: Change::STATISTICS,
            why: "People log more when it hurts; a thin log shows those days only. Holds for the whole log and for the site.",
        },
        Limit {
            key: "minimum_pain_days",
            value: GATES.pain_days_min as f64,
            change: Change::STATISTICS,
            why: "Fewer painful days than this decide every rank by themselves.",
        },
        Limit {
            key: "minimum_zero_days",
            value: GATES.zero_days_min as f64,
            change: Change::STATISTICS,
            why: "Without logged zeros there is nothing to compare the painful days with.",
        },
        Limit {
            key: "minimum_different_scores",
            value: GATES.distinct_min as f64,
            change: Change::STATISTICS,
            why: "Ranks of two values carry little.",
        },
        Limit {
            key: "maximum_q",
            value: GATES.flag_q_max,
            change: Change::STATISTICS,
            why: "The report is read every week. With this q today and four weeks ago 5 of 100 simulated runners without any link \
                  are ever shown one in a year, with 0.10 about twice as many.",
        },
        Limit {
            key: "minimum_interval_end",
            value: GATES.ci_low_min,
            change: Change::STATISTICS,
            why: "The whole 95 % interval lies above it, however small rho is: so a weak link is found once there are days enough. A rho \
                  below 0 usually means rest when it hurts, and is never marked.",
        },
        Limit {
            key: "minimum_effective_days",
            value: GATES.n_eff_min,
            change: Change::STATISTICS,
            why: "With fewer independent days the interval holds nearly everything.",
        },
    ],
    ordered: &[],
    rests_on: &[],
    seed: "S0, hotspots after running: set the pain log beside the load. That it finds trouble before it comes is a promise niggle does not make.",
    message: "On days after more running or more descent your left kneecap pain tended to be higher. That is a pattern \
              over 184 days, not a proof of cause.",
    check: Check::Links(check),
};

fn check(pairs: &[Association]) -> Vec<Outcome> {
    let flagged = by_place(pairs);
    if !flagged.is_empty() {
        let places = flagged.chunk_by(|a, b| (a.site, a.side) == (b.site, b.side));
        places.filter_map(finding).map(Outcome::Flagged).collect()
    } else if pairs.iter().any(|pair| pair.p.is_some()) {
        vec![Outcome::Clear]
    } else {
        vec![Outcome::NotJudged(missing(pairs))]
    }
}

/// The flagged pairs, one place after the other. Two loads of the same weeks are one story: the stronger load tells it.
fn by_place(pairs: &[Association]) -> Vec<&Association> {
    let mut flagged: Vec<&Association> = pairs.iter().filter(|pair| pair.flagged).collect();
    flagged.sort_by(|a, b| place_then_size(a, b));
    flagged
}

/// The pairs of a place stand together, the largest of them first.
fn place_then_size(a: &Association, b: &Association) -> Ordering {
    let place = (a.site, a.side).cmp(&(b.site, b.side));
    place.then(size(b).total_cmp(&size(a)))
}

/// What the pair lacks that is closest to being tested.
fn missing(pairs: &[Association]) -> String {
    pairs
        .iter()
        .max_by(|a, b| a.n.cmp(&b.n).then(b.exposure.cmp(&a.exposure)))
        .map_or(
            "no pain above zero has been logged at any site".to_string(),
            too_little,
        )
}

fn size(pair: &Association) -> f64 {
    pair.partial_rho.unwrap_or(0.0)
}

/// One place's flagged pairs, the strongest first, as a finding over the days they were seen on.
fn finding(flagged: &[&Association]) -> Option<Finding> {
    let strongest = flagged.first()?;
    Some(Finding {
        observed: strongest.partial_rho,
        limit: Some(GATES.ci_low_min),
        unit: Unit::Rho,
        site: Some(strongest.site),
        side: strongest.side,
        message: pattern(flagged),
        tells_days: false,
        ..Finding::on(
            &RULE,
            Severity::Watch,
            flagged.iter().map(|pair| pair.from).min()?,
            flagged.iter().map(|pair| pair.to).max()?,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::{
            associate, set_q,
            tests::{history, knee_after_distance},
        },
        model::History,
        pain::{Entry, PainLog, Side},
        time::plus_days,
    };

    fn check_rule(history: &History, pain: &PainLog) -> Vec<Outcome> {
        check(&associate(history, pain))
    }

    #[test]
    fn a_link_is_watched_over_the_days_it_was_seen_on() {
        let (mut history, pain) = knee_after_distance(84);
        history.as_of = plus_days(history.as_of, 3);
        let outcomes = check_rule(&history, &pain);
        let [Outcome::Flagged(finding)] = &outcomes[..] else {
            panic!("{outcomes:?}")
        };
        assert_eq!((finding.rule, finding.severity), (RULE.id, RULE.cap));
        // Scores from the second day to the last, each with the distance of the day before.
        assert_eq!(
            (finding.from, finding.to),
            (history.days[1].date, history.days[83].date)
        );
        assert!(
            finding.observed.unwrap() > 0.9 && finding.limit == Some(0.0),
            "{finding:?}"
        );
        let words = "On days after more running your left knee pain tended to be higher. That is a pattern over 83 days, \
                     not a proof of cause.";
        assert!(finding.text().starts_with(words), "{}", finding.text());
    }

    #[test]
    fn the_loads_of_one_place_are_one_finding_and_two_places_are_two() {
        let (mut history, mut pain) = knee_after_distance(84);
        // Descent goes with distance, so the three days' descent is flagged beside yesterday's distance.
        history
            .days
            .iter_mut()
            .for_each(|day| day.descent_m = day.distance_m.map(|metres| metres / 100.0));
        let outcomes = check_rule(&history, &pain);
        let [Outcome::Flagged(finding)] = &outcomes[..] else {
            panic!("{outcomes:?}")
        };
        let words =
            "On days after more running or more descent your left knee pain tended to be higher.";
        assert!(finding.text().starts_with(words), "{}", finding.text());
        assert!(
            !finding.text().contains("rho") && !finding.text().contains("q "),
            "{}",
            finding.text()
        );
        let right = |entry: &Entry| Entry {
            side: Some(Side::Right),
            ..entry.clone()
        };
        let other_knee: Vec<Entry> = pain
            .entries
            .iter()
            .filter(|entry| entry.side.is_some())
            .map(right)
            .collect();
        pain.entries.extend(other_knee);
        let outcomes = check_rule(&history, &pain);
        let sides: Vec<_> = outcomes
            .iter()
            .map(|o| {
                if let Outcome::Flagged(f) = o {
                    f.side
                } else {
                    None
                }
            })
            .collect();
        assert_eq!(sides, [Some(Side::Left), Some(Side::Right)], "{outcomes:?}");
    }

    #[test]
    fn at_the_limits_and_just_beyond() {
        let (history, pain) = knee_after_distance(84);
        let tested = associate(&history, &pain).remove(0);
        for (low, q, effective_days, flagged) in [
            (0.001, 0.05, 15.0, true),
            (0.3, 0.04, 16.0, true),
            (0.0, 0.05, 15.0, false),
            (-0.3, 0.05, 15.0, false),
            (0.001, 0.051, 15.0, false),
            (0.001, 0.05, 14.9, false),
        ] {
            let mut pair = Association {
                partial_ci_low: Some(low),
                partial_n_eff: Some(effective_days),
                ..tested.clone()
            };
            set_q(&mut pair, Some(q));
            let outcomes = check(&[pair]);
            assert_eq!(
                outcomes != [Outcome::Clear],
                flagged,
                "{low} {q} {effective_days}"
            );
        }
    }

    #[test]
    fn a_short_log_is_not_judged_and_named() {
        let (short, pain) = knee_after_distance(32);
        let outcomes = check_rule(&short, &pain);
        let [Outcome::NotJudged(why)] = &outcomes[..] else {
            panic!("{outcomes:?}")
        };
        assert!(
            why.contains("running the day before: 31 logged days with a known load, 42 are needed"),
            "{why}"
        );
        let none = check_rule(&history(&[Some(0.0); 3]), &PainLog::default());
        assert_eq!(
            none,
            [Outcome::NotJudged(
                "no pain above zero has been logged at any site".to_string()
            )]
        );
    }

    #[test]
    fn a_log_that_knows_nothing_of_the_load_is_clear() {
        let (history, mut pain) = knee_after_distance(84);
        // Read backwards, the same scores meet other days.
        let scores: Vec<_> = pain
            .entries
            .iter()
            .rev()
            .map(|entry| (entry.site, entry.side, entry.pain))
            .collect();
        for (entry, score) in pain.entries.iter_mut().zip(scores) {
            (entry.site, entry.side, entry.pain) = score;
        }
        assert_eq!(check_rule(&history, &pain), [Outcome::Clear]);
    }
}
