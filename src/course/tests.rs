//! The facts against counts made by hand: of the sample's log, and of invented histories.

use super::*;
use crate::{
    model::Run,
    pain::{Beside as RowBeside, Entry, Options, Side, Site, read},
    rules::{
        Severity,
        fixture::{calendar, day, finding, run},
    },
    time::{days_between, plus_days},
};

const SHIN: Place = (Site::Shin, Some(Side::Right));

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a literal date")
}

/// The sample's own log.
fn sample() -> PainLog {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data/pain_log.csv");
    let bytes = std::fs::read(path).expect("the sample's log");
    read(&bytes, "pain_log.csv", &Options::default()).expect("a readable log")
}

/// The courses on the last day of a log, without findings, over these runs.
fn courses_of(pain: &PainLog, runs: Vec<Run>) -> Vec<Course> {
    let as_of = pain.entries.last().map_or(day(0), |entry| entry.date);
    courses(&calendar(runs, pain, as_of), pain, &[])
}

fn shin(n: i64, pain: f64) -> Entry {
    Entry {
        site: Some(Site::Shin),
        side: Some(Side::Right),
        pain: Some(pain),
        ..Entry::on(day(n))
    }
}

fn log(entries: Vec<Entry>) -> PainLog {
    PainLog {
        place: Some("pain.csv".to_string()),
        entries,
        ..PainLog::default()
    }
}

#[test]
fn the_sample_has_one_course_with_the_numbers_of_its_log() {
    let found = courses_of(&sample(), vec![]);
    let [shin] = &found[..] else {
        panic!(
            "{:?}",
            found.iter().map(|course| course.place).collect::<Vec<_>>()
        )
    };
    // Counted in the file: 22 rows of the right shin from 21 September on, all clear between them on the 22nd and 24th.
    assert_eq!((shin.place, shin.rows.len()), (SHIN, 22));
    assert_eq!((shin.since, shin.days()), (date("2025-09-21"), 22));
    assert_eq!(shin.clear_days, [date("2025-09-22"), date("2025-09-24")]);
    assert_eq!(shin.highest, Some((6.0, date("2025-10-07"))));
    assert_eq!(shin.latest, Some((3.0, date("2025-10-12"))));
    assert!(!shin.has_settled && shin.earlier.is_empty());
    let scores: Vec<_> = shin.scores.iter().map(|week| week.score).collect();
    assert_eq!(scores, [Some(24), Some(41), Some(68)]);
}

#[test]
fn the_pattern_of_the_day_is_a_mean_and_a_count() {
    let found = courses_of(&sample(), vec![]);
    let tenths = |at: &AtMoment| (at.moment, (at.mean * 10.0).round() as i64, at.count);
    let pattern: Vec<_> = found[0].by_moment.iter().map(tenths).collect();
    // During: 2, 3, 4, 4, 5, 5, 6. After: 2. Evening: 1, 3, 3, 3. Night: 4, 3. Morning: 1, 2, 3, 3, 4. Day: 3, 3, 3.
    let expected = [
        (Moment::During, 41, 7),
        (Moment::After, 20, 1),
        (Moment::Evening, 25, 4),
        (Moment::Night, 35, 2),
        (Moment::Morning, 26, 5),
        (Moment::Day, 30, 3),
    ];
    assert_eq!(pattern, expected);
}

#[test]
fn days_of_less_running_of_nights_and_of_tablets() {
    let found = courses_of(&sample(), vec![]);
    let days = |days: BTreeSet<NaiveDate>| -> Vec<i64> {
        days.into_iter()
            .map(|day| days_between(date("2025-09-30"), day))
            .collect()
    };
    assert_eq!(days(found[0].days_of_less_running()), [4, 5, 7, 9, 11, 12]);
    // Cut short by its column, and stopped by its note.
    assert_eq!(days(found[0].days_of_exactly(Function::CutShort)), [5]);
    assert_eq!(days(found[0].days_of_exactly(Function::Stopped)), [7]);
    assert_eq!(days(found[0].days_of_night_pain()), [8, 10]);
    assert_eq!(days(found[0].days_of_painkillers()), [8]);
}

#[test]
fn places_are_those_asked_about_then_those_above_two() {
    let knee = |n, pain| Entry {
        site: Some(Site::Knee),
        side: Some(Side::Left),
        ..shin(n, pain)
    };
    let places = |rows: Vec<Entry>, findings: &[Finding]| -> Vec<Place> {
        let pain = log(rows);
        let history = calendar(vec![], &pain, day(60));
        let found = courses(&history, &pain, findings);
        found.iter().map(|course| course.place).collect()
    };
    let left_knee = (Site::Knee, Some(Side::Left));
    let rows = || vec![knee(58, 2.0), shin(59, 3.0)];
    assert_eq!(places(rows(), &[]), [SHIN], "a 2 is asked about by nobody");
    assert_eq!(
        places(vec![shin(45, 9.0)], &[]),
        [],
        "more than 14 days ago"
    );
    // A finding about the knee without its side is about the left one, which alone was logged.
    let asked = |severity| Finding {
        severity,
        site: Some(Site::Knee),
        ..finding("pain-rising", day(55), day(60))
    };
    assert_eq!(
        places(rows(), &[asked(Severity::EaseOff)]),
        [left_knee, SHIN]
    );
    assert_eq!(places(rows(), &[asked(Severity::Note)]), [SHIN]);
    assert!(places(vec![], &[]).is_empty());
}

#[test]
fn a_place_without_a_rating_has_a_course_of_its_rows() {
    let unrated = |n| Entry {
        pain: None,
        ..shin(n, 0.0)
    };
    let pain = log(vec![unrated(20), unrated(55), unrated(58), unrated(60)]);
    let history = calendar(vec![], &pain, day(60));
    let asked = Finding {
        severity: Severity::SeeSomeone,
        site: Some(Site::Shin),
        side: Some(Side::Right),
        ..finding("red-flag-bone-spot", day(60), day(60))
    };
    let found = courses(&history, &pain, &[asked]);
    assert_eq!((found[0].since, found[0].rows.len()), (day(55), 3));
    assert_eq!((found[0].highest, found[0].latest), (None, None));
    assert!(found[0].by_moment.is_empty());
}

#[test]
fn earlier_spells_come_newest_first() {
    let rows = vec![shin(0, 2.0), shin(2, 4.0), shin(20, 3.0), shin(60, 5.0)];
    let found = courses_of(&log(rows), vec![]);
    let spells: Vec<_> = found[0]
        .earlier
        .iter()
        .map(|spell| {
            (
                days_between(day(0), spell.from),
                days_between(day(0), spell.to),
                spell.peak,
            )
        })
        .collect();
    assert_eq!(spells, [(20, 20, 3.0), (0, 2, 4.0)]);
    assert_eq!(found[0].since, day(60));
}

#[test]
fn a_zero_under_a_painkiller_is_unknown() {
    let masked = Entry {
        painkiller: Some(true),
        ..shin(60, 0.0)
    };
    let found = courses_of(&log(vec![shin(58, 4.0), masked]), vec![]);
    assert_eq!(found[0].latest, Some((4.0, day(58))));
    assert_eq!(found[0].days_of_painkillers(), BTreeSet::from([day(60)]));
}

/// A run a day of these kilometres, 8 m up and down for each.
fn daily(days: i64, km: impl Fn(i64) -> f64) -> Vec<Run> {
    let climbing = |n: i64| Run {
        ascent_m: Some(km(n) * 8.0),
        descent_m: Some(km(n) * 8.0),
        ..run(n, km(n))
    };
    (0..days).map(climbing).collect()
}

/// What changed before a shin of day 84 (twelve weeks in), and by how much in percent.
fn changes(runs: Vec<Run>, findings: &[Finding]) -> Changed {
    let pain = log(vec![shin(84, 5.0)]);
    let history = calendar(runs, &pain, day(84));
    let found = courses(&history, &pain, findings);
    found.into_iter().next().expect("a course").changed
}

fn change_of(changed: &Changed, measure: Measure) -> Change {
    let found = changed
        .changes
        .iter()
        .find(|change| change.measure == measure);
    *found.unwrap_or_else(|| panic!("{measure:?}: {changed:?}"))
}

#[test]
fn four_weeks_stand_beside_the_eight_before() {
    // 5 km a day for eight weeks, then 6: 35 and 42 km a week, beyond all eight.
    let found = changes(daily(85, |n| if n < 56 { 5.0 } else { 6.0 }), &[]);
    assert_eq!(
        (found.before_from, found.from, found.to),
        (day(0), day(56), day(83))
    );
    let distance = change_of(&found, Measure::Distance);
    assert_eq!((distance.before, distance.lately), (35_000.0, 42_000.0));
    assert_eq!((distance.known, distance.size), ((8, 4), Size::StandsOut));
    assert!((distance.share().expect("above none") - 0.2).abs() < 1e-9);
    let runs = change_of(&found, Measure::Runs);
    assert_eq!(
        (runs.before, runs.lately, runs.size),
        (7.0, 7.0, Size::Same)
    );
    // 280 to 336 m, which is more than 50 m and 20 %.
    assert_eq!(change_of(&found, Measure::Ascent).size, Size::StandsOut);
    // Neither heart rate nor nights are known: absent, and not the same.
    assert_eq!(found.unknown, [Measure::HardMinutes, Measure::Sleep]);
}

#[test]
fn what_weeks_do_anyway_does_not_stand_out() {
    // 28 and 42 km in turn, then 38.5 km: 10 % more and within those weeks.
    let km = |n: i64| match (n < 56, (n / 7) % 2) {
        (true, 0) => 4.0,
        (true, _) => 6.0,
        (false, _) => 5.5,
    };
    let found = changes(daily(85, km), &[]);
    let distance = change_of(&found, Measure::Distance);
    assert_eq!(
        (distance.before, distance.before_range),
        (35_000.0, (28_000.0, 42_000.0))
    );
    assert_eq!(distance.size, Size::Some);
    assert_eq!(found.standing_out().count(), 0);
    // A little less than a tenth is the same, and a third stands out within them too.
    let after = |km: f64| {
        move |n: i64| {
            if n < 56 {
                [3.0, 7.0][(n / 7 % 2) as usize]
            } else {
                km
            }
        }
    };
    let size = |km: f64| change_of(&changes(daily(85, after(km)), &[]), Measure::Distance).size;
    assert_eq!(
        [size(5.4), size(5.6), size(6.6)],
        [Size::Same, Size::Some, Size::StandsOut]
    );
}

#[test]
fn a_measure_with_less_than_half_of_its_weeks_is_absent() {
    // Recordings begin on day 28: four of the eight weeks are known, but the first day of a history is its first run.
    let from = |first: i64| daily(85, |_| 5.0).split_off(first as usize);
    assert_eq!(
        change_of(&changes(from(28), &[]), Measure::Distance).known,
        (4, 4)
    );
    let short = changes(from(29), &[]);
    assert!(short.changes.is_empty());
    assert_eq!(short.unknown, Measure::ALL);
    // Three weeks without a run among the last four are a hole, of which nothing is known.
    let mut holed = daily(85, |_| 5.0);
    holed.retain(|run| !(58..83).contains(&days_between(day(0), run.local_date())));
    assert!(changes(holed, &[]).unknown.contains(&Measure::Distance));
}

#[test]
fn step_rate_and_climbs_are_compared_among_their_like() {
    use crate::model::AltitudeSource::{Barometer, Gps};
    let mut runs = daily(85, |_| 5.0);
    for (n, run) in runs.iter_mut().enumerate() {
        run.device = Some(if n < 56 { "old" } else { "new" }.to_string());
        run.altitude_source = Some(if n < 56 { Gps } else { Barometer });
        run.cadence_flat_spm = Some(170.0);
    }
    let unknown = changes(runs, &[]).unknown;
    for measure in [Measure::Ascent, Measure::Descent, Measure::Cadence] {
        assert!(unknown.contains(&measure), "{measure:?}");
    }
}

#[test]
fn what_rules_of_running_flagged_of_those_weeks_is_listed() {
    let flagged = |rule, from, to| finding(rule, day(from), day(to));
    let findings = [
        flagged("single-run-spike", 84, 84),
        flagged("single-run-spike", 40, 55),
        flagged("descent-spike", 50, 56),
        flagged("pain-rising", 70, 84),
        flagged("single-run-spike", 85, 85),
    ];
    let found = changes(daily(85, |_| 5.0), &findings);
    let rules: Vec<_> = found.flags.iter().map(|flag| flag.rule).collect();
    assert_eq!(rules, ["descent-spike", "single-run-spike"]);
}

#[test]
fn the_run_of_the_day_it_began() {
    let onset = |runs: Vec<Run>| {
        let pain = log(vec![shin(40, 5.0)]);
        let found = courses(&calendar(runs, &pain, day(40)), &pain, &[]);
        found.into_iter().next().expect("a course").onset_run
    };
    let found = onset(vec![run(7, 30.0), run(8, 20.0), run(38, 12.0)]).expect("two days before");
    assert_eq!(
        (found.date, found.days_before, found.distance_m),
        (day(38), 2, Some(12_000.0))
    );
    // 30 days before day 38 is day 8.
    assert_eq!(found.longest_before_m, Some(20_000.0));
    assert_eq!(onset(vec![run(37, 12.0)]), None);
}

#[test]
fn shoes_of_late_with_their_first_run() {
    let worn = |n, shoe: &str| Run {
        shoe: Some(shoe.to_string()),
        ..run(n, 10.0)
    };
    let runs = vec![
        worn(0, "old"),
        worn(5, "blue"),
        worn(50, "red"),
        worn(58, "blue"),
        worn(60, "blue"),
    ];
    let found = courses_of(&log(vec![shin(60, 5.0)]), runs);
    let shoes: Vec<_> = found[0]
        .shoes
        .iter()
        .map(|shoe| {
            (
                shoe.name.as_str(),
                days_between(day(0), shoe.since),
                shoe.runs,
                shoe.distance_m,
            )
        })
        .collect();
    assert_eq!(shoes, [("blue", 5, 2, 30_000.0), ("red", 50, 1, 10_000.0)]);
}

#[test]
fn answers_without_one_have_no_score() {
    let answered = |n, ostrc| Entry {
        beside: RowBeside {
            ostrc,
            ..RowBeside::default()
        }
        .kept(),
        ..shin(n, 4.0)
    };
    let rows = vec![
        answered(50, [Some(8), Some(8), None, Some(8)]),
        answered(52, [Some(25), Some(17), Some(8), Some(8)]),
    ];
    let found = courses_of(&log(rows), vec![]);
    let scores: Vec<_> = found[0]
        .scores
        .iter()
        .map(|week| (week.score, week.substantial))
        .collect();
    assert_eq!(scores, [(None, None), (Some(58), Some(true))]);
}

/// The last seven days on that day.
fn this_week(runs: Vec<Run>, as_of: i64) -> ThisWeek {
    let history = calendar(runs, &PainLog::default(), day(as_of));
    week::week(&history, &crate::backtest::watch::Watch::default())
}

#[test]
fn the_last_seven_days_stand_beside_twelve_weeks() {
    // Weeks of 35, 42, 49 and 56 km in turn; their quartiles are 40.25 and 50.75.
    let km = |n: i64| [5.0, 6.0, 7.0, 8.0][(n / 7 % 4) as usize];
    let found = this_week(daily(92, km), 90);
    assert_eq!((found.from, found.to), (day(84), day(90)));
    assert_eq!(found.distance_m.now, Some(35_000.0));
    assert_eq!(found.distance_m.usual, Some((40_250.0, 50_750.0)));
    assert_eq!(
        (found.runs.now, found.runs.usual),
        (Some(7.0), Some((7.0, 7.0)))
    );
    assert_eq!(found.longest_m.now, Some(5000.0));
    assert_eq!((found.sleep_h.now, found.sleep_h.weeks), (None, 0));
}

#[test]
fn a_silence_of_more_than_ten_days_is_unknown_and_not_nothing() {
    let quiet = |as_of| this_week(daily(60, |_| 5.0), as_of);
    assert_eq!(quiet(63).distance_m.now, Some(15_000.0));
    assert_eq!(
        (quiet(69).distance_m.now, quiet(69).runs.now),
        (Some(0.0), Some(0.0))
    );
    assert_eq!(
        (quiet(70).distance_m.now, quiet(70).last_run),
        (None, Some(day(59)))
    );
    let short = this_week(daily(30, |_| 5.0), 29);
    assert_eq!((short.distance_m.usual, short.distance_m.weeks), (None, 3));
}

#[test]
fn the_nearer_limit_is_what_is_left() {
    use crate::backtest::watch::Watch;
    let history = calendar(daily(30, |_| 5.0), &PainLog::default(), day(29));
    let next = |watch| week::week(&history, &watch).next;
    let both = |week_so_far_m| Watch {
        next_run_m: Some(11_000.0),
        week_m: Some(35_000.0),
        week_so_far_m: Some(week_so_far_m),
        ..Watch::default()
    };
    let nearer = |so_far| (next(both(so_far)).next_m, next(both(so_far)).by);
    assert_eq!(nearer(16_800.0), (Some(11_000.0), Some(Full::Run)));
    assert_eq!(nearer(31_000.0), (Some(4000.0), Some(Full::Week)));
    assert_eq!(nearer(40_000.0), (Some(0.0), Some(Full::Week)));
    let missing = next(Watch {
        next_run_missing: Some("too few runs".to_string()),
        ..Watch::default()
    });
    assert_eq!(
        (missing.next_m, missing.missing.as_deref()),
        (None, Some("too few runs"))
    );
    assert_eq!(plus_days(day(0), 29), day(29));
}
