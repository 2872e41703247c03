//! The rules that are backtested, when each can have spoken at the earliest, and the places they bear on.
//!
//! Only rules about load, cadence, climbing, sleep and shoes are here. The rules about pain, the red flags and the
//! association rule are made of pain itself, so of course pain is near them; the rules about holes in the data say nothing
//! about the body.

use crate::{
    pain::Site,
    rules::{Limits, sighting::LEG},
};

/// One rule that pain may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern {
    /// The rule's id.
    pub rule: &'static str,
    /// The finding's days that must have passed before the rule can have spoken; 1 for what is seen on one day. The flag
    /// goes up on that day of the finding, or on its last day where it is shorter: a rule that looks back over a window
    /// can speak at the end of it only, and a flag that was up before would know what was yet to come.
    pub complete_days: i64,
    /// What must be known of the days before for silence to mean that nothing stood out.
    pub needs: Needs,
    /// Where it is looked for this week; the backtest looks everywhere.
    pub bears_on: Places,
}

/// What a rule's silence rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Recordings of the 28 days before.
    Recordings,
    /// Sleep of five of the last seven nights.
    Sleep,
}

/// Places a rule bears on by rules.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// Load reaches every limb and the lower back.
    Everywhere,
    /// These only.
    Only(&'static [Site]),
}

impl Places {
    /// Whether the site is one of them.
    pub fn hold(self, site: Site) -> bool {
        match self {
            Places::Everywhere => site.is_limb(),
            Places::Only(sites) => sites.contains(&site),
        }
    }
}

const CADENCE: Places = Places::Only(&[Site::Knee, Site::Kneecap, Site::Itb, Site::Shin, Site::Hip]);
const UPHILL: Places = Places::Only(&[Site::Calf, Site::Achilles, Site::Foot]);
const DOWNHILL: Places = Places::Only(&[Site::Knee, Site::Kneecap, Site::Quad, Site::Thigh, Site::Itb]);

const fn load(rule: &'static str, complete_days: i64) -> Pattern {
    Pattern { rule, complete_days, needs: Needs::Recordings, bears_on: Places::Everywhere }
}

const fn form(rule: &'static str, complete_days: i64, bears_on: Places) -> Pattern {
    Pattern { rule, complete_days, needs: Needs::Recordings, bears_on }
}

/// Every backtested rule, in the order of the handbook.
pub const PATTERNS: &[Pattern] = &[
    load("single-run-spike", 1),
    load("weekly-distance-jump", 7),
    load("hard-minutes-jump", 7),
    load("acwr-high", 7),
    load("no-deload", 28),
    // A streak is seen from its tenth day, three weeks with few rests at their end only: the later of the two.
    load("rest-days-few", 21),
    load("load-monotony", 7),
    load("load-strain", 7),
    load("weekly-volume-high", 7),
    load("return-after-break", 7),
    // The median of eight weeks.
    form("cadence-low-absolute", 56, CADENCE),
    form("cadence-below-own", 7, CADENCE),
    form("ascent-spike", 7, UPHILL),
    form("descent-spike", 7, DOWNHILL),
    form("shoe-distance", 1, Places::Only(LEG)),
    // Fourteen nights, or seven.
    Pattern { rule: "sleep-short", complete_days: 14, needs: Needs::Sleep, bears_on: Places::Everywhere },
];

/// Rules whose windows a limit sets: rule, the limit's key, and days a unit of it.
const WINDOWS: &[(&str, &str, f64)] = &[
    ("no-deload", "note_weeks", 7.0),
    ("rest-days-few", "note_streak_days", 1.0),
    ("rest-days-few", "window_days", 1.0),
    ("cadence-low-absolute", "window_days", 1.0),
];

/// Every backtested rule under these limits. A longer window makes a rule speak later, and its flag goes up no earlier.
pub fn in_force(limits: &Limits) -> Vec<Pattern> {
    let days = |pattern: &Pattern| {
        let windows = WINDOWS.iter().filter(|(rule, ..)| *rule == pattern.rule);
        let days = windows.filter_map(|(rule, key, days)| Some(limits.value_of(rule, key)? * days));
        days.fold(pattern.complete_days, |longest, days| longest.max(days as i64))
    };
    PATTERNS.iter().map(|pattern| Pattern { complete_days: days(pattern), ..*pattern }).collect()
}

/// The pattern of this rule. None for rules made of pain and for those about the data.
pub fn pattern(rule: &str) -> Option<&'static Pattern> {
    PATTERNS.iter().find(|pattern| pattern.rule == rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backtest::flags::raised,
        model::{History, Run},
        pain::PainLog,
        rules::{RULES, Rule, fixture, rule},
        time::{days_between, plus_days},
    };
    use fixture::{calendar, daily_km, day, findings, history, run, weekly_km};

    /// Rules that are not backtested: made of pain, or about the data.
    const LEFT_OUT: &[&str] = &[
        "pain-high",
        "pain-during-run",
        "pain-next-morning",
        "pain-rising",
        "pain-over-a-week",
        "pain-outside-doms",
        "pain-hotspot",
        "running-through-pain",
        "previous-injury",
        // It asks for pain in the knee, shin or hip.
        "cadence-nudge",
        "settled-week",
        "painkiller-before-runs",
        "everyday",
        "time-loss",
        "ostrc-substantial",
        "soreness-fits-doms",
        "load-pain-link",
        "log-coverage",
        "activity-gap",
    ];

    #[test]
    fn every_rule_is_backtested_or_left_out_on_purpose() {
        for rule in RULES {
            let left_out = rule.id.starts_with("red-flag-") || LEFT_OUT.contains(&rule.id);
            assert!(pattern(rule.id).is_some() != left_out, "{}: in PATTERNS or in LEFT_OUT?", rule.id);
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
            assert_eq!(pattern(rule).map(|pattern| pattern.bears_on.hold(site)), Some(bears), "{rule} {site:?}");
        }
    }

    /// Runs every third day from day 0 on, 8 km but for the changes of `change`.
    fn every_third_day(days: i64, change: impl Fn(i64, Run) -> Run) -> History {
        history((0..days).step_by(3).map(|n| change(n, run(n, 8.0))).collect())
    }

    /// A rule, a history in which it speaks, and the day its flag goes up, by hand.
    type Speaking = (&'static str, History, i64);

    fn speaking() -> Vec<Speaking> {
        [about_runs_and_weeks(), about_days_on_end(), about_form(), vec![about_shoes(), about_sleep()]].concat()
    }

    fn about_runs_and_weeks() -> Vec<Speaking> {
        let of =
            |n: i64, hard_min: f64| Run { hard_s: Some(hard_min * 60.0), heart_rate_share: Some(1.0), ..run(n, 8.0) };
        let hard = |(week, minutes): (i64, f64)| [of(7 * week, minutes), of(7 * week + 6, 0.0)];
        let hard = (0..).zip([40.0, 40.0, 40.0, 40.0, 90.0]).flat_map(hard).collect();
        let strain: Vec<f64> = (0..11).map(|n| 30.0 + f64::from(n)).chain([60.0]).collect();
        let back = weekly_km(&[40.0; 4]).into_iter().chain([run(48, 16.0), run(54, 16.0)]).collect();
        vec![
            ("single-run-spike", every_third_day(31, |n, r| if n == 30 { run(30, 15.7) } else { r }), 30),
            // The week of days 28–34.
            ("weekly-distance-jump", history(weekly_km(&[40.0, 40.0, 40.0, 40.0, 60.0])), 34),
            ("hard-minutes-jump", history(hard), 34),
            // Weeks without a lighter one from day 21 on: four of them are over on day 48.
            ("no-deload", history(weekly_km(&[40.0; 9])), 48),
            ("load-strain", history(weekly_km(&strain)), 83),
            ("weekly-volume-high", history(weekly_km(&[40.0, 70.0])), 13),
            ("return-after-break", history(back), 54),
        ]
    }

    fn about_days_on_end() -> Vec<Speaking> {
        let acute: Vec<f64> = (0..21).map(|n| if n % 2 == 0 { 6.0 } else { 0.0 }).chain([5.0; 7]).collect();
        let streak = (0..15).map(|n| run(2 * n, 5.0)).chain((31..43).map(|n| run(n, 5.0))).collect();
        let few_rests = (0..24).filter(|n| n % 8 != 7).map(|n| run(n, 5.0)).collect();
        vec![
            // The seven days up to day 27.
            ("acwr-high", history(daily_km(&acute)), 27),
            // Twelve days in a row, days 31–42.
            ("rest-days-few", history(streak), 42),
            // Rests on days 7, 15 and 23: the last 21 days with only two are days 2–22.
            ("rest-days-few", history(few_rests), 22),
            ("load-monotony", history(daily_km(&[8.0, 8.0, 8.0, 0.0, 8.0, 8.0, 8.0])), 6),
        ]
    }

    fn about_form() -> Vec<Speaking> {
        let at = |n: i64, speed: f64, factor: f64| Run {
            speed_flat_m_s: Some(speed),
            cadence_flat_spm: Some((133.6 + 11.0 * speed) * factor),
            ..run(n, 8.0)
        };
        let month = (0..12).map(|n| at(3 * n, 2.4 + 0.2 * (n % 6) as f64, 1.0));
        let below = month.chain([42, 43, 50].map(|n| at(n, 2.7, 0.95))).collect();
        let slow = |n: i64, r| Run { cadence_flat_spm: Some(if n < 30 { 170.0 } else { 150.0 }), ..r };
        let hilly = |n: i64, r: Run| {
            let metres = Some(if n > 42 { 140.0 } else { 60.0 });
            Run { ascent_m: metres, descent_m: metres, ..r }
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
        for (day, hours) in slept.days.iter_mut().zip([[8.0; 20].as_slice(), &[6.0; 14]].concat()) {
            day.sleep_s = Some(hours * 3600.0);
        }
        // Fourteen nights of 6 h, days 20–33.
        ("sleep-short", slept, 33)
    }

    /// The same history as it was known at the end of a day.
    fn until(history: &History, last: chrono::NaiveDate) -> History {
        let runs = history.runs.iter().filter(|run| run.local_date() <= last).cloned().collect();
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
            let [finding] = &found[..] else { panic!("{id}: {found:?}") };
            let raised = raised(pattern(id).expect(id), &found, history.as_of);
            assert_eq!(days_between(day(0), raised[0].0), up, "{id}: {} to {}", finding.from, finding.to);
            // Day by day with what was known then: the rule speaks of days of the finding on the day of the flag or before.
            let knows = |last| findings(rule, &until(&history, last)).iter().any(|f| f.to >= finding.from);
            let length = days_between(finding.from, finding.to);
            let first = (0..=length).map(|n| plus_days(finding.from, n)).find(|day| knows(*day)).expect(id);
            assert!(first <= raised[0].0, "{id}: known on {first}");
        }
    }

    #[test]
    fn a_longer_window_puts_the_flag_later_and_none_sooner() {
        let days = |rule: &str, option: &str| {
            let limits = Limits::parse(&[format!("{rule}.{option}")]).expect(option);
            in_force(&limits).iter().find(|pattern| pattern.rule == rule).map(|pattern| pattern.complete_days)
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
        assert_eq!(in_force(&Limits::default()), PATTERNS);
    }

    #[test]
    fn every_backtested_rule_is_looked_at_here() {
        for pattern in PATTERNS {
            assert!(speaking().iter().any(|(id, ..)| *id == pattern.rule), "{}", pattern.rule);
        }
    }
}
