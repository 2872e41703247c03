//! The rules that are looked back upon, under the limits in force. Each rule says itself whether it is one, and how:
//! [`crate::rules::pattern`].

use crate::rules::{
    Limits, RULES, Rule,
    pattern::{Backtest, Pattern},
};

/// A rule whose findings pain may follow.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    /// The rule.
    pub rule: &'static Rule,
    /// How it is looked back upon.
    pub pattern: Pattern,
}

/// Every such rule under these limits, in the order of the handbook.
pub fn in_force(limits: &Limits) -> Vec<Counted> {
    let counted = RULES.iter().filter_map(|rule| match rule.backtest {
        Backtest::Counted(pattern) => Some(Counted {
            rule,
            pattern: pattern.under(limits, rule),
        }),
        Backtest::Apart(_) => None,
    });
    counted.collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{
        backtest::flags::raised,
        model::{History, Run},
        pain::PainLog,
        pain::Site,
        rules::{Group, fixture, rule},
        time::{days_between, plus_days},
    };
    use fixture::{calendar, daily_km, day, findings, history, run, weekly_km};

    /// The rule with this id, under no changed limits.
    pub(crate) fn counted(id: &str) -> Counted {
        let all = in_force(&Limits::default());
        *all.iter()
            .find(|counted| counted.rule.id == id)
            .unwrap_or_else(|| panic!("{id} is looked back upon"))
    }

    #[test]
    fn rules_made_of_pain_are_left_apart_with_a_reason() {
        for rule in RULES {
            match rule.backtest {
                Backtest::Apart(why) => assert!(why.ends_with('.'), "{}", rule.id),
                Backtest::Counted(_) => {
                    assert!(
                        !matches!(rule.group, Group::RedFlags | Group::Pain),
                        "{} is made of pain",
                        rule.id
                    );
                }
            }
        }
    }

    #[test]
    fn flags_bear_on_the_places_of_their_rule() {
        for (rule, site, bears) in [
            ("descent-spike", Site::Kneecap, true),
            ("descent-spike", Site::Thigh, true),
            ("descent-spike", Site::Calf, false),
            ("ascent-spike", Site::Achilles, true),
            ("ascent-spike", Site::Quad, false),
            ("single-run-spike", Site::LowerBack, true),
            ("single-run-spike", Site::SideStitch, false),
            ("cadence-below-own", Site::Shin, true),
            ("cadence-low-absolute", Site::Hip, true),
            ("cadence-below-own", Site::Calf, false),
            ("shoe-distance", Site::Foot, true),
            ("shoe-distance", Site::LowerBack, false),
            ("sleep-short", Site::LowerBack, true),
        ] {
            assert_eq!(
                counted(rule).pattern.bears_on.hold(site),
                bears,
                "{rule} {site:?}"
            );
        }
    }

    /// Runs every third day from day 0 on, 8 km but for the changes of `change`.
    fn every_third_day(days: i64, change: impl Fn(i64, Run) -> Run) -> History {
        history(
            (0..days)
                .step_by(3)
                .map(|n| change(n, run(n, 8.0)))
                .collect(),
        )
    }

    /// A rule, a history in which it speaks, and the day its flag goes up, by hand.
    type Speaking = (&'static str, History, i64);

    fn speaking() -> Vec<Speaking> {
        [
            about_runs_and_weeks(),
            about_days_on_end(),
            about_form(),
            vec![about_shoes(), about_sleep()],
        ]
        .concat()
    }

    fn about_runs_and_weeks() -> Vec<Speaking> {
        let of = |n: i64, hard_min: f64| Run {
            hard_s: Some(hard_min * 60.0),
            heart_rate_share: Some(1.0),
            ..run(n, 8.0)
        };
        let hard = |(week, minutes): (i64, f64)| [of(7 * week, minutes), of(7 * week + 6, 0.0)];
        let hard = (0..)
            .zip([40.0, 40.0, 40.0, 40.0, 90.0])
            .flat_map(hard)
            .collect();
        let strain: Vec<f64> = (0..11).map(|n| 30.0 + f64::from(n)).chain([60.0]).collect();
        let back = weekly_km(&[40.0; 4])
            .into_iter()
            .chain([run(48, 16.0), run(54, 16.0)])
            .collect();
        vec![
            (
                "single-run-spike",
                every_third_day(31, |n, r| if n == 30 { run(30, 15.7) } else { r }),
                30,
            ),
            // The week of days 28–34.
            (
                "weekly-distance-jump",
                history(weekly_km(&[40.0, 40.0, 40.0, 40.0, 60.0])),
                34,
            ),
            ("hard-minutes-jump", history(hard), 34),
            // Weeks without a lighter one from day 21 on: four of them are over on day 48.
            ("no-deload", history(weekly_km(&[40.0; 9])), 48),
            ("load-strain", history(weekly_km(&strain)), 83),
            ("weekly-volume-high", history(weekly_km(&[40.0, 70.0])), 13),
            ("return-after-break", history(back), 54),
        ]
    }

    fn about_days_on_end() -> Vec<Speaking> {
        let acute: Vec<f64> = (0..21)
            .map(|n| if n % 2 == 0 { 6.0 } else { 0.0 })
            .chain([5.0; 7])
            .collect();
        let streak = (0..15)
            .map(|n| run(2 * n, 5.0))
            .chain((31..43).map(|n| run(n, 5.0)))
            .collect();
        let few_rests = (0..24)
            .filter(|n| n % 8 != 7)
            .map(|n| run(n, 5.0))
            .collect();
        vec![
            // The seven days up to day 27.
            ("acwr-high", history(daily_km(&acute)), 27),
            // Twelve days in a row, days 31–42.
            ("rest-days-few", history(streak), 42),
            // Rests on days 7, 15 and 23: the last 21 days with only two are days 2–22.
            ("rest-days-few", history(few_rests), 22),
            (
                "load-monotony",
                history(daily_km(&[8.0, 8.0, 8.0, 0.0, 8.0, 8.0, 8.0])),
                6,
            ),
        ]
    }

    fn about_form() -> Vec<Speaking> {
        let at = |n: i64, speed: f64, factor: f64| Run {
            speed_flat_m_s: Some(speed),
            cadence_flat_spm: Some((133.6 + 11.0 * speed) * factor),
            ..run(n, 8.0)
        };
        let month = (0..12).map(|n| at(3 * n, 2.4 + 0.2 * (n % 6) as f64, 1.0));
        let below = month
            .chain([42, 43, 50].map(|n| at(n, 2.7, 0.95)))
            .collect();
        let slow = |n: i64, r| Run {
            cadence_flat_spm: Some(if n < 30 { 170.0 } else { 150.0 }),
            ..r
        };
        let hilly = |n: i64, r: Run| {
            let metres = Some(if n > 42 { 140.0 } else { 60.0 });
            Run {
                ascent_m: metres,
                descent_m: metres,
                ..r
            }
        };
        vec![
            // Quick steps up to day 27, slow ones from day 30 to 60: the median of the eight weeks up to day 60.
            ("cadence-low-absolute", every_third_day(61, slow), 60),
            // Low on days 42, 43 and 50, seven days apart: seven days from the first on.
            ("cadence-below-own", history(below), 48),
            // Runs on days 45, 48 and 51 with 140 m each beside 60 m: a week of them is over on day 51.
            ("ascent-spike", every_third_day(52, hilly), 51),
            ("descent-spike", every_third_day(52, hilly), 51),
        ]
    }

    fn about_shoes() -> Speaking {
        let worn = |n: i64, r: Run| Run {
            shoe: Some("blue".to_string()),
            shoe_distance_m: Some(470_000.0 + n as f64 * 1000.0),
            ..r
        };
        // 470 km on day 0 and one more each day: 483 km are first seen on the run of day 15.
        ("shoe-distance", every_third_day(40, worn), 15)
    }

    fn about_sleep() -> Speaking {
        let mut slept = history((0..34).map(|n| run(n, 5.0)).collect());
        for (day, hours) in slept
            .days
            .iter_mut()
            .zip([[8.0; 20].as_slice(), &[6.0; 14]].concat())
        {
            day.sleep_s = Some(hours * 3600.0);
        }
        // Fourteen nights of 6 h, days 20–33.
        ("sleep-short", slept, 33)
    }

    /// The same history as it was known at the end of a day.
    fn until(history: &History, last: chrono::NaiveDate) -> History {
        let runs = history
            .runs
            .iter()
            .filter(|run| run.local_date() <= last)
            .cloned()
            .collect();
        let mut known = calendar(runs, &PainLog::default(), last);
        for day in &mut known.days {
            day.sleep_s = history.day(day.date).and_then(|day| day.sleep_s);
        }
        known
    }

    #[test]
    fn no_flag_is_up_before_the_rule_can_have_spoken() {
        for (id, history, up) in speaking() {
            let rule: &Rule = rule(id).expect(id);
            let found = findings(rule, &history);
            let [finding] = &found[..] else {
                panic!("{id}: {found:?}")
            };
            let raised = raised(&counted(id), &found, history.as_of);
            assert_eq!(
                days_between(day(0), raised[0].0),
                up,
                "{id}: {} to {}",
                finding.from,
                finding.to
            );
            // Day by day with what was known then: the rule speaks of days of the finding on the day of the flag or before.
            let knows = |last| {
                findings(rule, &until(&history, last))
                    .iter()
                    .any(|f| f.to >= finding.from)
            };
            let length = days_between(finding.from, finding.to);
            let first = (0..=length)
                .map(|n| plus_days(finding.from, n))
                .find(|day| knows(*day))
                .expect(id);
            assert!(first <= raised[0].0, "{id}: known on {first}");
        }
    }

    #[test]
    fn a_longer_window_puts_the_flag_later_and_none_sooner() {
        let days = |rule: &str, option: &str| {
            let limits = Limits::parse(&[format!("{rule}.{option}")]).expect(option);
            in_force(&limits)
                .iter()
                .find(|counted| counted.rule.id == rule)
                .map(|counted| counted.pattern.complete_days)
        };
        for (rule, option, expected) in [
            ("no-deload", "note-weeks=6", 42),
            ("no-deload", "note-weeks=3", 28),
            ("rest-days-few", "note-streak-days=12", 21),
            ("rest-days-few", "window-days=28", 28),
            ("cadence-low-absolute", "window-days=84", 84),
            ("acwr-high", "coupled-ratio=1.5", 7),
        ] {
            assert_eq!(days(rule, option), Some(expected), "{rule} {option}");
        }
    }

    #[test]
    fn every_backtested_rule_is_looked_at_here() {
        for counted in in_force(&Limits::default()) {
            assert!(
                speaking().iter().any(|(id, ..)| *id == counted.rule.id),
                "{}",
                counted.rule.id
            );
        }
    }
}
