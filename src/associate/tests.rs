//! The family of pairs, their gates and their sentences.

use super::{
    daily::{DailyPain, daily_pain, load_after, load_of, other_run},
    gates::closed_gate,
    pair::whole_pair,
    sentences::RAN_LESS_AFTER,
    *,
};
use crate::stats::fdr::benjamini_hochberg;
use crate::{
    model::{Day, LoadUnit},
    pain::{Beside, Entry, Moment, Side, Site},
    time::{dates, plus_days},
};
use chrono::NaiveDate;

pub(super) fn date(day: usize) -> NaiveDate {
    plus_days("2025-03-03".parse().expect("a literal date"), day as i64)
}

/// A calendar with these distances, m; every day covered that has one; no hills.
pub(crate) fn history(distances: &[Option<f64>]) -> History {
    let days = dates(date(0), date(distances.len() - 1))
        .zip(distances)
        .map(|(date, distance_m)| Day {
            date,
            covered: distance_m.is_some(),
            runs: u32::from(distance_m.is_some_and(|metres| metres > 0.0)),
            distance_m: *distance_m,
            longest_run_m: None,
            timer_s: None,
            ascent_m: None,
            descent_m: None,
            other_sport_s: None,
            sleep_s: None,
            load: None,
            pain_max: None,
        });
    let (runs, weeks, as_of) = (Vec::new(), Vec::new(), date(distances.len() - 1));
    History {
        runs,
        others: Vec::new(),
        days: days.collect(),
        weeks,
        load_unit: LoadUnit::GradeAdjustedKm,
        as_of,
    }
}

fn entry(day: usize, site: Site, side: Option<Side>, pain: f64) -> Entry {
    Entry {
        site: Some(site),
        side,
        pain: Some(pain),
        ..Entry::on(date(day))
    }
}

fn log(entries: Vec<Entry>) -> PainLog {
    PainLog {
        entries,
        ..PainLog::default()
    }
}

/// `days` days of irregular running, and a left knee that follows the distance of the day before.
pub(crate) fn knee_after_distance(days: usize) -> (History, PainLog) {
    // Multiples of a primitive root of 83: irregular, no period below 82.
    let mut state = 1u32;
    let mut distances = Vec::new();
    for _ in 0..days {
        state = state * 2 % 83;
        distances.push(Some(if state < 40 {
            0.0
        } else {
            f64::from(state) * 200.0
        }));
    }
    let score = |metres: f64| (metres / 5000.0).floor();
    let knee = |day: usize| match distances[day - 1].map_or(0.0, score) {
        0.0 => entry(day, Site::None, None, 0.0),
        pain => entry(day, Site::Knee, Some(Side::Left), pain),
    };
    let entries = (1..days).map(knee).collect();
    (history(&distances), log(entries))
}

fn blank(exposure: Exposure) -> Association {
    Association {
        site: Site::Knee,
        side: Some(Side::Left),
        exposure,
        lag_days: exposure.lag_days(),
        n: 58,
        from: date(0),
        to: date(69),
        days_covered: 70,
        logging: Logging::default(),
        n_eff: Some(40.0),
        rho: Some(0.41),
        ci_low: Some(0.1),
        ci_high: Some(0.64),
        partial_rho: Some(0.38),
        partial_ci_low: Some(0.06),
        partial_ci_high: Some(0.63),
        partial_n_eff: Some(44.0),
        detectable_rho: Some(0.45),
        p: Some(0.02),
        q: Some(0.04),
        flagged: true,
        first_seen: None,
        controls: Controls::default(),
        taken_by: None,
        ways: None,
        rests_on: None,
        reverse_rho: None,
        reverse_p: None,
        gate: None,
    }
}

#[test]
fn a_knee_that_follows_yesterday_is_flagged_and_says_so() {
    let (history, pain) = knee_after_distance(84);
    let found = associate(&history, &pain);
    let ids: Vec<_> = found.iter().map(|pair| pair.exposure.as_str()).collect();
    assert_eq!(ids, ["distance_m_1", "distance_m_3", "descent_m_3"]);
    let yesterday = &found[0];
    assert!(
        yesterday.flagged && yesterday.rho.unwrap() > 0.9,
        "{yesterday:?}"
    );
    assert_eq!((yesterday.n, yesterday.days_covered), (83, 83));
    assert!(yesterday.q.unwrap() >= yesterday.p.unwrap() && yesterday.p.unwrap() >= 1.0 / 83.0);
    assert!(
        sentence(yesterday)
            .starts_with("On days after more running your left knee scores tended to be higher")
    );
    // No altitude on any day: not tested, and not part of the family that q allows for.
    assert_eq!(
        why_not(&found[2]),
        Some("0 logged days with a known load, 42 are needed")
    );
    let tested: Vec<f64> = found.iter().filter_map(|pair| pair.p).collect();
    let q: Vec<f64> = found.iter().filter_map(|pair| pair.q).collect();
    assert_eq!(q, benjamini_hochberg(&tested));
}

#[test]
fn the_amount_of_days_decides_what_is_said() {
    for (days, has_rho, has_p) in [
        (14, false, false),
        (15, true, false),
        (42, true, false),
        (43, true, true),
    ] {
        // The first day has no score: one day less is logged than the calendar has.
        let (history, pain) = knee_after_distance(days);
        let pair = associate(&history, &pain).remove(0);
        assert_eq!(
            (pair.rho.is_some(), pair.p.is_some()),
            (has_rho, has_p),
            "{days} {pair:?}"
        );
        assert_eq!(
            (pair.n_eff.is_some(), pair.gate.is_none()),
            (has_rho, has_p),
            "{days} {pair:?}"
        );
    }
}

#[test]
fn load_is_strictly_before_and_unknown_stays_unknown() {
    let mut distances = vec![Some(0.0); 12];
    distances[5] = Some(9000.0);
    distances[9] = None;
    let days = history(&distances).days;
    let series = DailyPain::new(4, vec![Some(1.0); 8]);
    let km = |values: Vec<Option<f64>>| {
        values
            .into_iter()
            .map(|v| v.map(|m| m / 1000.0))
            .collect::<Vec<_>>()
    };
    let z = Some(0.0);
    assert_eq!(
        km(load_of(&days, series.days(), Exposure::Distance1)),
        [z, z, Some(9.0), z, z, z, None, z]
    );
    let nine = Some(9.0);
    assert_eq!(
        km(load_of(&days, series.days(), Exposure::Distance3)),
        [z, z, nine, nine, nine, z, None, None]
    );
    assert_eq!(
        km(load_after(&days, series.days(), Exposure::Distance3)),
        [nine, z, None, None, None, None, None, None]
    );
    assert_eq!(load_of(&days, 1..4, Exposure::Distance3), [None, None, z]);
    // The same day is the day itself; the other run is then yesterday's.
    assert_eq!(km(load_of(&days, 4..7, Exposure::Distance0)), [z, nine, z]);
    let [_, ran] = other_run(&days, 4..11, Exposure::Distance0);
    assert_eq!(ran, [z, z, Some(1.0), z, z, z, None]);
    let [_, ran] = other_run(&days, 4..11, Exposure::Distance3);
    assert_eq!(ran, [z, Some(1.0), z, z, z, None, z]);
    let yesterday =
        DailyPain::new(6, (0..20).map(|day| Some(f64::from(day))).collect()).yesterday(5..9);
    // The running mean of 0 to 13 is 6.5, of 0 to 14 7.
    assert_eq!(yesterday, [None, None, Some(-6.5), Some(1.0 - 7.0)]);
}

#[test]
fn only_ratings_for_the_place_count() {
    let left = (Site::Calf, Some(Side::Left));
    let mut word = entry(6, Site::Calf, Some(Side::Left), 5.0);
    word.approximate = true;
    let mut unrated = entry(7, Site::Calf, Some(Side::Left), 0.0);
    unrated.pain = None;
    let mut clear = Entry::on(date(8));
    clear.pain = Some(0.0);
    let log = log(vec![
        entry(0, Site::None, None, 0.0),
        entry(1, Site::Calf, Some(Side::Left), 2.0),
        entry(1, Site::Calf, Some(Side::Left), 4.0),
        entry(2, Site::Calf, Some(Side::Right), 3.0),
        entry(3, Site::Calf, Some(Side::Both), 1.0),
        entry(4, Site::Knee, Some(Side::Left), 6.0),
        entry(5, Site::Calf, None, 2.0),
        word,
        unrated,
        clear,
        // Nowhere at the site, whatever the side.
        entry(9, Site::Calf, None, 0.0),
        entry(10, Site::Calf, Some(Side::Both), 0.0),
        entry(11, Site::Calf, Some(Side::Right), 0.0),
        entry(40, Site::Calf, Some(Side::Left), 9.0),
    ]);
    let days = history(&[Some(0.0); 20]).days;
    let series = daily_pain(&log, &days, |entry| rating(entry, left)).unwrap();
    let expected = [
        Some(0.0),
        Some(4.0),
        None,
        Some(1.0),
        None,
        None,
        None,
        None,
        Some(0.0),
        Some(0.0),
        Some(0.0),
    ];
    assert_eq!((series.first, &series.pain[..]), (0, &expected[..]));
}

#[test]
fn mornings_stand_alone_when_most_days_have_one() {
    for (mornings, expected) in [(8, 1.0), (7, 6.0)] {
        let morning = |day| Entry {
            moment: Moment::Morning,
            ..entry(day, Site::Shin, None, 1.0)
        };
        let mut entries: Vec<Entry> = (0..10)
            .map(|day| entry(day, Site::Shin, None, 6.0))
            .collect();
        entries.extend((0..mornings).map(morning));
        let days = history(&[Some(0.0); 10]).days;
        let series = daily_pain(&log(entries), &days, |entry| {
            rating(entry, (Site::Shin, None))
        })
        .unwrap();
        assert_eq!(series.pain.first(), Some(&Some(expected)), "{mornings}");
    }
}

#[test]
fn places_that_never_hurt_and_no_limbs_have_no_pairs() {
    let log = log(vec![
        entry(0, Site::Hip, Some(Side::Left), 0.0),
        entry(1, Site::SideStitch, None, 5.0),
        entry(2, Site::None, None, 0.0),
    ]);
    assert!(associate(&history(&[Some(0.0); 5]), &log).is_empty());
    assert!(associate(&history(&[Some(0.0); 5]), &PainLog::default()).is_empty());
}

#[test]
fn the_family_is_fixed_by_site() {
    for (site, hills) in [
        (Site::Knee, Some("descent_m_3")),
        (Site::Kneecap, Some("descent_m_3")),
        (Site::Quad, Some("descent_m_3")),
        (Site::Itb, Some("descent_m_3")),
        (Site::Calf, Some("ascent_m_3")),
        (Site::Achilles, Some("ascent_m_3")),
        (Site::Foot, Some("ascent_m_3")),
        (Site::Heel, Some("distance_m_0")),
        (Site::Shin, Some("distance_m_0")),
    ] {
        assert_eq!(
            exposures(site).nth(2).map(Exposure::as_str),
            hills,
            "{site:?}"
        );
        assert_eq!(exposures(site).last(), Some(Exposure::Distance0));
    }
}

#[test]
fn each_gate_says_what_is_missing() {
    let scores = |zeros: usize, ones: usize, twos: usize| {
        [vec![0.0; zeros], vec![1.0; ones], vec![2.0; twos]].concat()
    };
    for (scores, covered, gate) in [
        (scores(21, 10, 11), 70, None),
        (
            scores(1, 0, 0),
            70,
            Some("1 logged day with a known load, 42 are needed"),
        ),
        (
            scores(20, 10, 1),
            31,
            Some("31 logged days with a known load, 42 are needed"),
        ),
        (
            scores(21, 10, 11),
            71,
            Some("42 of 71 days have a score and a known load, 60 percent are needed"),
        ),
        (
            scores(40, 5, 4),
            49,
            Some("9 days with pain of 1 or more, 10 are needed"),
        ),
        (
            scores(9, 20, 20),
            49,
            Some("9 days logged as free of pain, 10 are needed"),
        ),
        (
            scores(30, 30, 0),
            60,
            Some("2 different scores, 3 are needed"),
        ),
    ] {
        assert_eq!(
            closed_gate(&scores, scores.len(), covered, None, "load").as_deref(),
            gate
        );
    }
    for (days_logged, gate) in [
        (60, None),
        (
            59,
            Some("pain was logged on 59 of 100 days at all, 60 percent are needed"),
        ),
    ] {
        let log = LogCoverage {
            from: date(0),
            days_logged,
            days_covered: 100,
        };
        assert_eq!(
            closed_gate(&scores(21, 10, 11), 42, 70, Some(log), "load").as_deref(),
            gate
        );
    }
}

#[test]
fn a_thin_log_is_not_tested_however_well_one_place_was_logged() {
    // 83 of the days 1 to 83 have the knee; then nothing but one row about sleep on the last day.
    for (days, is_tested) in [(138, true), (140, false)] {
        let (_, mut pain) = knee_after_distance(84);
        let (history, _) = knee_after_distance(days);
        pain.entries.push(Entry {
            beside: Beside {
                sleep_h: Some(7.0),
                ..Beside::default()
            }
            .kept(),
            ..Entry::on(date(days - 1))
        });
        let coverage = log_coverage(&history, &pain).unwrap();
        assert_eq!(
            coverage,
            LogCoverage {
                from: date(1),
                days_logged: 83,
                days_covered: days - 1
            }
        );
        let pair = associate(&history, &pain).remove(0);
        assert_eq!(
            (pair.n, pair.days_covered, pair.p.is_some()),
            (83, 83, is_tested),
            "{pair:?}"
        );
    }
    assert_eq!(
        log_coverage(&history(&[Some(0.0); 3]), &PainLog::default()),
        None
    );
    let uncovered = LogCoverage {
        from: date(0),
        days_logged: 0,
        days_covered: 0,
    };
    assert_eq!(
        log_coverage(
            &history(&[None; 3]),
            &log(vec![entry(0, Site::None, None, 0.0)])
        ),
        Some(uncovered)
    );
    assert_eq!(uncovered.share(), None);
}

#[test]
fn a_pattern_is_said_without_figures_the_stronger_load_first() {
    let [same, day, three, descent] = [
        Exposure::Distance0,
        Exposure::Distance1,
        Exposure::Distance3,
        Exposure::Descent3,
    ]
    .map(blank);
    let start = "your left knee pain tended to be higher";
    let end = "That is a pattern over 58 days, not a proof of cause.";
    for (flagged, text) in [
        (
            vec![&day],
            format!("On days after more running {start}. {end}"),
        ),
        (
            vec![&descent, &three, &day],
            format!("On days after more descent or more running {start}. {end}"),
        ),
        (
            vec![&same],
            format!("On the days you ran further {start}. {end}"),
        ),
        (
            vec![&same, &day],
            format!("On the days you ran further and after more running {start}. {end}"),
        ),
        (vec![], String::new()),
    ] {
        assert_eq!(pattern(&flagged), text);
    }
    let less = Association {
        reverse_rho: Some(-0.2),
        reverse_p: Some(0.05),
        side: Some(Side::Both),
        first_seen: Some(date(62)),
        ..day
    };
    let text = pattern(&[&less]);
    assert!(
        text.contains("your pain at the knee on both sides tended")
            && text.contains("over 58 days, first seen on 4 May 2025, not a proof")
            && text.ends_with(RAN_LESS_AFTER),
        "{text}"
    );
    let chance = Association {
        reverse_p: Some(0.051),
        ..less
    };
    assert!(!pattern(&[&chance]).contains(RAN_LESS_AFTER));
}

#[test]
fn the_days_used_are_the_days_with_load_and_score() {
    // The load of three days is known from day 3 on; the last score is on day 19, its load known.
    let days = history(&[Some(1000.0); 20]).days;
    let whole = DailyPain::new(0, vec![Some(1.0); 20]);
    let series = Pains {
        whole,
        same_day: None,
    };
    let place = (Site::Knee, None);
    let pair = whole_pair(&days, place, &series, Exposure::Distance3, None).unwrap();
    assert_eq!((pair.n, pair.from, pair.to), (17, date(3), date(19)));
    let none = whole_pair(&days, place, &series, Exposure::Descent3, None).unwrap();
    assert_eq!((none.n, none.from, none.to), (0, date(0), date(19)));
    assert_eq!(
        whole_pair(&days, place, &series, Exposure::Distance0, None),
        None
    );
}

#[test]
fn a_pattern_is_said_as_a_pattern() {
    let figures = "(rho 0.38 given today's run and yesterday's pain, likely range 0.1 to 0.6, 58 days, q 0.04). That is a pattern, \
                   not a proof of cause.";
    let descent = blank(Exposure::Descent3);
    let start = "After three days with more descent your left knee scores tended to be";
    assert_eq!(sentence(&descent), format!("{start} higher {figures}"));
    let same_day = sentence(&blank(Exposure::Distance0));
    let words = "On the days you ran further your left knee scores tended to be higher (rho 0.38 given yesterday's run and \
                 yesterday's pain, ";
    assert!(same_day.starts_with(words), "{same_day}");
    let both = Association {
        side: Some(Side::Both),
        q: Some(0.001),
        reverse_rho: Some(-0.2),
        reverse_p: Some(0.01),
        first_seen: Some(date(62)),
        ..descent
    };
    let text = sentence(&both);
    assert!(
        text.contains("your scores for the knee on both sides tended")
            && text.contains("q below 0.01"),
        "{text}"
    );
    assert!(text.ends_with(
        "First seen on 4 May 2025. You also ran less in the days after it hurt, which can hide or flip such a link."
    ));
}

#[test]
fn no_pattern_and_no_answer_are_said_too() {
    let quiet = Association {
        flagged: false,
        ..blank(Exposure::Distance1)
    };
    let given = "given today's run and yesterday's pain";
    let figures = |q: &str| format!("(rho 0.38 {given}, likely range 0.1 to 0.6, 58 days, q {q})");
    let lower = Association {
        partial_rho: Some(-0.38),
        partial_ci_low: Some(-0.63),
        partial_ci_high: Some(-0.06),
        ..quiet.clone()
    };
    for (pair, text) in [
        (
            Association { q: Some(0.4), ..quiet.clone() },
            format!(
                "Between running the day before and your left knee scores nothing stands out from chance {}. \
                 That does not mean there is no link. Of links with a rho of 0.45 a log like this finds four in five.",
                figures("0.40")
            ),
        ),
        (
            lower,
            format!(
                "On days after more running your left knee scores tended to be lower (rho −0.38 {given}, likely range −0.6 to \
                 −0.1, 58 days, q 0.04), which usually means that you rest when it hurts."
            ),
        ),
        (
            Association { partial_n_eff: Some(11.6), ..quiet.clone() },
            format!(
                "Your left knee scores may go with running the day before {}, but neighbouring days are so alike \
                 that they count as 12, and 15 are needed to say more.",
                figures("0.04")
            ),
        ),
        (
            quiet.clone(),
            format!(
                "Your left knee scores may go with running the day before {}. Four weeks ago they did not yet, and what is new is \
                 often chance.",
                figures("0.04")
            ),
        ),
        (
            Association {
                q: Some(0.07),
                ..quiet.clone()
            },
            format!(
                "Your left knee scores may go with running the day before {}: not clear enough yet to call it a pattern.",
                figures("0.07")
            ),
        ),
        (
            Association { partial_ci_low: Some(-0.01), ..quiet.clone() },
            format!(
                "Your left knee scores may go with running the day before (rho 0.38 {given}, likely range 0.0 to 0.6, 58 days, q \
                 0.04), but the likely range holds 0: too little to make anything of."
            ),
        ),
        (
            Association { p: None, q: None, gate: Some("31 logged days, 42 are needed".into()), ..quiet.clone() },
            "Too little to say about your left knee scores and running the day before: 31 logged days, 42 are \
             needed. So far rho is 0.38, which may well be chance, and only one of 0.45 or more would show in so few days."
                .to_string(),
        ),
        (
            Association { partial_rho: None, p: None, q: None, gate: Some("9 logged days, 42 are needed".into()), ..quiet },
            "Too little to say about your left knee scores and running the day before: 9 logged days, 42 are needed."
                .to_string(),
        ),
    ] {
        assert_eq!(sentence(&pair), text);
    }
}

#[test]
fn the_same_day_takes_what_was_rated_after_the_run() {
    let of = |day: usize, moment: Moment, pain: f64| Entry {
        moment,
        ..entry(day, Site::Calf, None, pain)
    };
    let log = log(vec![
        of(1, Moment::Before, 5.0),
        of(1, Moment::During, 2.0),
        of(2, Moment::Morning, 7.0),
        of(2, Moment::Day, 6.0),
        of(3, Moment::After, 1.0),
        of(3, Moment::Evening, 3.0),
        of(4, Moment::Night, 8.0),
    ]);
    let days = history(&[Some(0.0); 6]).days;
    let calf = |entry: &Entry| rating(entry, (Site::Calf, None));
    let series = Ratings::of(&log, &days, calf).same_day(6).unwrap();
    assert_eq!(
        (series.first, &series.pain[..]),
        (1, &[Some(2.0), None, Some(3.0)][..])
    );
    let mornings = PainLog {
        entries: vec![of(2, Moment::Morning, 7.0)],
        ..PainLog::default()
    };
    assert!(Ratings::of(&mornings, &days, calf).same_day(6).is_none());
}

/// A runner of every other day, now and then a day later, whose left shin hurts on the evening of the run, the more the longer it was.
fn shin_of_the_same_evening(days: usize) -> (History, PainLog) {
    let (irregular, _) = knee_after_distance(days);
    let (mut ran, mut distances) = (false, Vec::new());
    for (day, one) in irregular.days.iter().enumerate() {
        ran = !ran && day % 13 != 7;
        let longer = one.distance_m.map_or(0.0, |metres| metres / 2.0);
        distances.push(Some(if ran { 6000.0 + longer } else { 0.0 }));
    }
    let score = |metres: f64| (metres / 2500.0).floor();
    let shin = |(day, metres): (usize, &Option<f64>)| Entry {
        moment: Moment::Evening,
        ..entry(day, Site::Shin, Some(Side::Left), metres.map_or(0.0, score))
    };
    let entries = distances.iter().enumerate().map(shin).collect();
    (history(&distances), log(entries))
}

#[test]
fn an_evening_after_the_run_is_the_same_day_and_no_link_of_yesterday() {
    let (history, pain) = shin_of_the_same_evening(168);
    let found = associate(&history, &pain);
    let of = |exposure| found.iter().find(|pair| pair.exposure == exposure).unwrap();
    let (same, day) = (of(Exposure::Distance0), of(Exposure::Distance1));
    assert!(
        same.flagged && same.lag_days == 0 && same.partial_rho.unwrap() > 0.6,
        "{same:?}"
    );
    assert!(
        sentence(same)
            .starts_with("On the days you ran further your left shin scores tended to be higher")
    );
    // Alone, yesterday's run goes with less pain: that is the rhythm of run and rest.
    assert!(
        day.rho.unwrap() < -0.5 && day.ci_high.unwrap() < 0.0 && !day.flagged,
        "{day:?}"
    );
    assert!(day.partial_rho.unwrap().abs() < 0.25, "{day:?}");
}

#[test]
fn what_stood_out_four_weeks_ago_as_well_is_held() {
    let (history, pain) = knee_after_distance(83);
    let mut found = associate(&history, &pain);
    let bar = Some(0.05);
    hold(&mut found, &history, &pain, bar);
    // From day 1 on the looks are on the days 29 and 57; on day 29 there are too few days, and the one four weeks ago is day 54.
    assert!(found[0].flagged, "{:?}", found[0]);
    assert_eq!(found[0].first_seen, Some(date(54)));
    let long = knee_after_distance(300);
    let mut found = associate(&long.0, &long.1);
    hold(&mut found, &long.0, &long.1, bar);
    assert_eq!(found[0].first_seen, Some(date(57)), "{:?}", found[0]);
    // Nothing after a look's own day is seen, and nothing below the bar counts.
    for (days, bar, held) in [
        (70, bar, false),
        (72, bar, true),
        (72, None, false),
        (72, Some(0.01), false),
    ] {
        let (history, pain) = knee_after_distance(days);
        let mut found = associate(&history, &pain);
        assert!(found[0].flagged, "{days}");
        hold(&mut found, &history, &pain, bar);
        assert_eq!(
            (found[0].flagged, found[0].first_seen.is_some()),
            (held, held),
            "{days}"
        );
    }
}

#[test]
fn a_score_that_never_changes_is_no_variation() {
    let entries = (0..50)
        .map(|day| entry(day, Site::Shin, None, 2.0))
        .collect();
    let distances: Vec<_> = (0..50).map(|day| Some(f64::from(day % 5))).collect();
    let pair = associate(&history(&distances), &log(entries)).remove(0);
    assert_eq!((pair.rho, pair.p, pair.n), (None, None, 49));
    assert_eq!(
        why_not(&pair),
        Some("0 days logged as free of pain, 10 are needed")
    );
}

#[test]
fn the_report_states_its_own_figures() {
    let said = must_be_said(22, 60, 5);
    assert!(said[1].starts_with(
        "Pain was logged on 22 of 60 days with complete recordings. 5 tests were made;"
    ));
    assert!(must_be_said(0, 0, 0)[1].contains("No test was made"));
    for text in said {
        assert!(
            text.ends_with('.') && !text.to_lowercase().contains("safe"),
            "{text}"
        );
    }
}
