//! Planned runs against numbers made by hand: six weeks of 40 km, 12 on Monday and Thursday and 16 on Sunday, the last on day 41.

use super::*;
use crate::{
    model::Run,
    pain::{Entry, Function, PainLog, Side, Site},
    rules::{
        EmergencyNumber, Limits,
        fixture::{calendar, day, log, run, weekly_km},
    },
};

fn runs(after: &[(i64, f64)]) -> Vec<Run> {
    let after = after.iter().map(|(n, km)| run(*n, *km));
    weekly_km(&[40.0; 6]).into_iter().chain(after).collect()
}

struct Case {
    runs: Vec<Run>,
    pain: PainLog,
    as_of: i64,
    limits: &'static [&'static str],
    units: Units,
}

impl Case {
    fn of(after: &[(i64, f64)]) -> Case {
        Case {
            runs: runs(after),
            pain: PainLog::default(),
            as_of: after.last().map_or(41, |(n, _)| *n),
            limits: &[],
            units: Units::Km,
        }
    }

    fn ask(&self, asked: Asked) -> Result<Next, Error> {
        let history = calendar(self.runs.clone(), &self.pain, day(self.as_of));
        let limits: Vec<String> = self.limits.iter().map(|limit| limit.to_string()).collect();
        let (limits, number) = (Limits::parse(&limits).unwrap(), EmergencyNumber::default());
        let ctx = Context::new(&history, &self.pain, self.units).with(&limits, &number);
        next(&ctx, DayFrom::LastRecord, &asked)
    }

    fn run(&self, length: &str, on: i64) -> Next {
        self.ask(asked(length, on)).unwrap()
    }

    /// How loudly the rule would speak of a run. None: not at all.
    fn says(&self, rule: &str, length: &str, on: i64) -> Option<Severity> {
        let next = self.run(length, on);
        let mut own = next.said.iter().filter(|said| said.rule == rule);
        own.next().map(|said| said.severity)
    }
}

fn asked(length: &str, on: i64) -> Asked {
    Asked {
        distance: Some(Length::parse(length).unwrap()),
        date: Some(day(on)),
        ..Asked::default()
    }
}

const SPIKE: &str = "single-run-spike";
const WEEK: &str = "weekly-distance-jump";

#[test]
fn the_single_run_is_told_above_its_limit_and_not_at_it() {
    let case = Case::of(&[]);
    // The longest is 16.0 km: 17.6 is 1.1 times that.
    assert_eq!(case.says(SPIKE, "17.6", 42), None);
    assert_eq!(case.says(SPIKE, "17.61", 42), Some(Severity::Watch));
    assert_eq!(case.says(SPIKE, "32.1", 42), Some(Severity::EaseOff));
    let text = text(&case.run("24", 42));
    for words in [
        "Planned: 24.0 km on Mon 17 Feb 2025. Known up to Sun 16 Feb 2025, your last recorded day.",
        "1.5 times your longest of 30 days (16.0 km on 16 Feb 2025); in the largest study more overuse injuries began in runs above 1.1.",
        "Evidence moderate: In 5205 runners (78 % men, 46 years old on average) and 588 071 sessions, runs more than 10 % longer",
        // Thursday 12, Sunday 16 and this one, in the seven days up to Monday.
        "With it 52.0 km in seven days, 11–17 Feb 2025; your usual is 40 km.",
        "1 day after your last recorded run (Sun 16 Feb 2025); 4 of the 7 days before are without a run.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let own = Case {
        limits: &["single-run-spike.small-jump-percent=20"],
        ..Case::of(&[])
    };
    assert_eq!(own.says(SPIKE, "19.2", 42), None);
    assert_eq!(own.says(SPIKE, "19.3", 42), Some(Severity::Watch));
    let text = super::text(&own.run("19.3", 42));
    assert!(
        text.contains("With your limit the rule speaks above 1.2."),
        "{text}"
    );
}

#[test]
fn a_week_is_told_with_the_run_and_only_once() {
    // Monday and Thursday hold 32 km of a usual 40.
    let case = Case::of(&[(42, 16.0), (45, 16.0)]);
    assert_eq!(case.says(WEEK, "20", 48), None, "52 km are 30 % over");
    assert_eq!(case.says(WEEK, "20.1", 48), Some(Severity::Note));
    // 54 km are 35 % over already: only a louder word is new.
    let full = Case::of(&[(42, 16.0), (45, 16.0), (46, 22.0)]);
    assert_eq!(full.says(WEEK, "9", 48), None, "63 km, 58 %");
    assert_eq!(
        full.says(WEEK, "11", 48),
        Some(Severity::Watch),
        "65 km, 63 %"
    );
}

#[test]
fn a_climb_is_set_beside_the_most_of_thirty_days() {
    let mut case = Case::of(&[]);
    let hills = case.runs.iter_mut();
    hills.for_each(|run| run.ascent_m = run.distance_m.map(|metres| metres / 100.0));
    // A usual week climbs 400 m, the most in one run is 160 m.
    let hill = |climb: &str| {
        let asked = Asked {
            climb: Some(Length::parse(climb).unwrap()),
            ..asked("10", 42)
        };
        case.ask(asked).unwrap()
    };
    assert!(
        hill("300").said.is_empty(),
        "140 m more than the most: under 150"
    );
    let steep = hill("400");
    let said: Vec<_> = steep.said.iter().map(|said| said.rule).collect();
    assert_eq!(said, ["ascent-spike"]);
    let text = text(&steep);
    assert!(
        text.contains("400 m up: 2.5 times the most in one run of 30 days (160 m on 16 Feb 2025)."),
        "{text}"
    );
    assert!(
        text.starts_with("Planned: 10.0 km and 400 m up on "),
        "{text}"
    );
}

fn shin(n: i64, pain: f64) -> Entry {
    Entry {
        site: Some(Site::Shin),
        side: Some(Side::Right),
        pain: Some(pain),
        ..Entry::on(day(n))
    }
}

#[test]
fn while_a_place_asks_for_care_no_run_is_weighed() {
    let with = |rows: Vec<Entry>| Case {
        pain: log(rows),
        ..Case::of(&[])
    };
    let free = with(vec![shin(41, 2.0)]).run("24", 42);
    assert!(free.held.why.is_none() && !free.said.is_empty());
    let cut = Entry {
        function: Some(Function::ChangedForm),
        ..shin(40, 1.0)
    };
    for rows in [
        vec![shin(41, 3.0)],
        vec![cut],
        vec![shin(40, 9.0), shin(41, 9.0)],
    ] {
        let case = with(rows);
        for asked in [asked("24", 42), Asked::default()] {
            let held = case.ask(asked).unwrap();
            assert!(held.held.why.is_some() && held.said.is_empty());
            assert_eq!((held.bucket.next_m, held.bucket.run_m), (None, None));
            let text = text(&held);
            assert!(
                text.contains("No distance is named and no run is weighed before that: "),
                "{text}"
            );
            assert!(
                !text.contains("times") && !text.contains("rule would speak"),
                "{text}"
            );
            let json = json(&held).unwrap();
            assert!(
                json.contains("\"facts\": null") && json.contains("\"said\": []"),
                "{json}"
            );
        }
    }
    let seen = with(vec![shin(40, 9.0), shin(41, 9.0)]).run("24", 42);
    assert!(seen.held.see_first);
    let text = super::text(&seen);
    assert!(
        text.contains("First:\n  Have it looked at  ") || text.contains("First:\n  Today  "),
        "{text}"
    );
}

#[test]
fn without_a_distance_the_room_is_told() {
    let case = Case::of(&[(42, 16.0), (44, 12.0), (45, 16.0)]);
    // 52 km, 30 % over the usual 40, less 44: nearer than 17.6.
    let week = case.ask(Asked::default()).unwrap();
    let words = "Beyond 8.0 km the rule \"a week well above your recent weeks\" (weekly-distance-jump) would speak, because of \
                 what the week holds already. This week 44.0 km so far; a rule speaks beyond 52.0 km.";
    assert!(text(&week).contains(words), "{}", text(&week));
    // On the Monday after, the single run is nearer.
    let date = Some(day(49));
    let run = case
        .ask(Asked {
            date,
            ..Asked::default()
        })
        .unwrap();
    let words = "Beyond 17.6 km the rule \"one run far longer than the month before\" (single-run-spike) would speak, because of the \
                 longest run of the last 30 days. That is";
    assert!(text(&run).contains(words), "{}", text(&run));
    assert!(text(&run).contains("Of the 3 days between nothing is recorded"));
}

#[test]
fn without_history_it_says_what_is_missing_and_the_plain_numbers() {
    let case = Case {
        runs: weekly_km(&[40.0]),
        as_of: 6,
        ..Case::of(&[])
    };
    let text = text(&case.run("10", 7));
    for words in [
        "Of what could be weighed no rule would speak.",
        "One run far longer than the month before: recordings do not cover the last 30 days.",
        "A week well above your recent weeks: fewer than four full weeks of recordings before the latest week.",
        "0.63 times your longest of 30 days (16.0 km on 12 Jan 2025).",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("No rule would speak of it."), "{text}");
}

#[test]
fn miles_are_miles_and_a_unit_of_its_own_goes_before() {
    let miles = Case {
        units: Units::Mi,
        ..Case::of(&[])
    };
    // 11 mi are 17.70 km, 1.106 times the longest.
    assert_eq!(miles.says(SPIKE, "11", 42), Some(Severity::Watch));
    assert_eq!(miles.says(SPIKE, "11km", 42), None);
    let text = text(&miles.run("11", 42));
    assert!(
        text.contains("Planned: 11.0 mi on ")
            && text.contains("1.11 times your longest of 30 days (9.9 mi on"),
        "{text}"
    );
    assert_eq!(Case::of(&[]).says(SPIKE, "11mi", 42), Some(Severity::Watch));
}

#[test]
fn a_run_that_cannot_be_is_refused() {
    let case = Case::of(&[]);
    let refused = |length: &str, on: i64| {
        case.ask(asked(length, on))
            .map(drop)
            .unwrap_err()
            .to_string()
    };
    for (length, on, words) in [
        ("-3", 42, "--distance: a run of -3.0 km is none."),
        ("0", 42, "--distance: a run of 0.0 km is none."),
        ("500.1", 42, "--distance: 500.1 km is more than 500.0 km"),
        (
            "10",
            40,
            "--date 2025-02-15: your last recorded run is of 16 Feb 2025",
        ),
        ("10", 41 + 367, "Give a day up to 2026-02-17."),
    ] {
        let found = refused(length, on);
        assert!(found.contains(words), "{found}");
    }
    let climb = Asked {
        climb: Some(Length::parse("-5").unwrap()),
        ..Asked::default()
    };
    let found = case.ask(climb).map(drop).unwrap_err().to_string();
    assert!(
        found.starts_with("--climb: -5 m is not from 0 to 30000 m."),
        "{found}"
    );
    assert!(
        case.ask(asked("500", 41)).is_ok(),
        "a second run of the day"
    );
    // After weeks without a recording it is said, not refused.
    let late = case.run("10", 90);
    assert_eq!(
        (late.facts.unrecorded_days, late.facts.days_since),
        (48, Some(49))
    );
    assert_eq!(late.missing.len(), 2);
}

#[test]
fn after_a_break_the_rule_about_it_speaks_and_the_weeks_are_told() {
    let case = Case::of(&[(62, 5.0)]);
    // 20 days off; 5 and 16 km are more than half of 40.
    assert_eq!(case.says("return-after-break", "15", 64), None);
    let next = case.run("16", 64);
    let said: Vec<_> = next.said.iter().map(|said| said.rule).collect();
    assert_eq!(said, ["return-after-break"]);
    let text = text(&next);
    assert!(
        text.contains("Running again:\n  Your last four weeks recorded whole before it, ")
            && text.contains("The first week, 9–15 Mar 2025, holds 5.0 km in 1 run so far"),
        "{text}"
    );
}
