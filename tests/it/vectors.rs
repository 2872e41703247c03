//! The number table of the design, vectors.json: statistics, loads and metrics, one test per entry.

use crate::common::vectors;
use chrono::{DateTime, Days, FixedOffset, Utc};
use niggle::clean::clean;
use niggle::decode;
use niggle::frames::{self, Calendar};
use niggle::metrics::{
    self, Origin, cadence, climb, edwards_trimp, grade_adjusted, session_rpe, track::Track, trimp,
};
use niggle::model::{Activity, Format, Run, Samples, Sex, Sport};
use niggle::pain::PainLog;
use niggle::rules::{self, Context, Finding, Severity, single_run_spike};
use niggle::stats::{
    circular_shift::{circular_shift, circular_shift_max},
    describe::{fit_line, mean, sample_sd},
    effective_n::effective_n,
    fdr::benjamini_hochberg,
    load,
    rank::mid_ranks,
    spearman::{bonett_wright, spearman},
};
use niggle::time::{ZoneSource, iso_week, local};
use niggle::trust;
use niggle::units::{STEPS_PER_STRIDE, Units};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Entries that no test reads, and why.
const BACKGROUND: &[(&str, &str)] = &[
    (
        "elevation_noise_simulation_1h_1Hz_mean_gain_m_30_reps",
        "a simulation that the thresholds of climb were chosen by",
    ),
    (
        "simulation",
        "simulations that the shift test was chosen by; src/stats/circular_shift.rs repeats a small one",
    ),
    (
        "frandsen_crude_absolute",
        "arithmetic on a paper's totals: no probability of an injury is ever shown",
    ),
    (
        "harris_linear_shift",
        "the stricter test that was not built: the circular shift keeps its level",
    ),
    (
        "min_abs_rho_p05_by_n_independent",
        "the textbook limit for independent days, which niggle never applies; src/stats/mod.rs has three of them",
    ),
];

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .expect("an array")
        .iter()
        .map(|v| v.as_f64().expect("a number"))
        .collect()
}

fn known(value: &Value) -> Vec<Option<f64>> {
    numbers(value).into_iter().map(Some).collect()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}

/// Equal to half a unit of the last decimal printed, null being None.
#[track_caller]
fn check(found: Option<f64>, expected: &Value, decimals: i32) {
    match (found, expected.as_f64()) {
        (Some(found), Some(expected)) => {
            assert!(
                (found - expected).abs() <= 0.500_001 * 10f64.powi(-decimals),
                "{found}, not {expected}"
            );
        }
        (found, expected) => assert_eq!(found, expected),
    }
}

#[track_caller]
fn check_all(found: &[f64], expected: &Value, decimals: i32) {
    assert_eq!(found.len(), items(expected).len());
    found
        .iter()
        .zip(items(expected))
        .for_each(|(found, expected)| check(Some(*found), expected, decimals));
}

#[test]
fn spearman_ties() {
    let case = &vectors()["spearman_ties"];
    let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
    check_all(&mid_ranks(&x), &case["ranks_x"], 12);
    check_all(&mid_ranks(&y), &case["ranks_y"], 12);
    let rho = spearman(&x, &y);
    check(rho, &case["rho"], 8);
    let interval = bonett_wright(rho.unwrap(), x.len() as f64).unwrap();
    check_all(
        &[interval.low, interval.high],
        &case["ci95_bonett_wright"],
        6,
    );
}

#[test]
fn spearman_statpsych_example() {
    let case = &vectors()["spearman_statpsych_example"];
    let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
    let rho = spearman(&x, &y).unwrap();
    let interval = bonett_wright(rho, x.len() as f64).unwrap();
    check_all(
        &[rho, interval.low, interval.high],
        &case["statpsych_doc"],
        7,
    );
}

#[test]
fn spearman_constant_input() {
    let case = &vectors()["spearman_constant_input"];
    check(
        spearman(&numbers(&case["x"]), &numbers(&case["y"])),
        &case["expect"],
        12,
    );
}

#[test]
fn intervals_by_effective_n() {
    for (n, expected) in vectors()["ci95_for_rho_0.3_by_effective_n"]
        .as_object()
        .unwrap()
    {
        let interval = bonett_wright(0.3, n.parse().unwrap()).unwrap();
        check_all(&[interval.low, interval.high], expected, 2);
    }
}

#[test]
fn circular_shift_13_days() {
    let case = &vectors()["circular_shift"];
    let (load, pain) = (known(&case["load_day0..12"]), known(&case["pain_next_day"]));
    let test = circular_shift(&load, &pain).unwrap();
    check(Some(test.rho), &case["rho_obs"], 8);
    check(Some(test.p), &case["p_two_sided"], 8);
    check(Some(test.shifts as f64), &case["n_shifts_incl_identity"], 0);
    check(Some(1.0 / test.shifts as f64), &case["min_possible_p"], 8);
    for (shift, expected) in items(&case["all_shift_rhos_shift0..n-1"])
        .iter()
        .enumerate()
    {
        let mut turned = load.clone();
        turned.rotate_right(shift);
        check(
            circular_shift(&turned, &pain).map(|test| test.rho),
            expected,
            6,
        );
    }
}

#[test]
fn circular_shift_n30() {
    let table = vectors();
    for (name, at_least) in [("circular_shift_n30", 1), ("circular_shift_n30_weak", 4)] {
        let case = &table[name];
        let test = circular_shift(&known(&case["load_prev_day"]), &known(&case["pain"])).unwrap();
        check(Some(test.rho), &case["rho_obs"], 8);
        check(Some(test.p), &case["p_two_sided"], 8);
        assert_eq!(case["count_abs_ge_incl_identity"], at_least);
        assert_eq!(test.at_least, at_least, "{name}");
    }
    let case = &table["circular_shift_n30"];
    let interval = bonett_wright(case["rho_obs"].as_f64().unwrap(), 30.0).unwrap();
    check_all(
        &[interval.low, interval.high],
        &case["ci95_bonett_wright_naive_n30"],
        6,
    );
}

#[test]
fn circular_shift_maxstat_lags() {
    let case = &vectors()["circular_shift_maxstat_lags_1_2_3"];
    let (load, pain) = (known(&case["load"]), known(&case["pain"]));
    // The days that have all three lags: 3 to 13.
    let lags: Vec<_> = (1..=3)
        .map(|lag| load[3 - lag..load.len() - lag].to_vec())
        .collect();
    assert_eq!(case["n_pairs"], lags[0].len());
    let test = circular_shift_max(&lags, &pain[3..]).unwrap();
    for (rho, lag) in test.rho.iter().zip(["1", "2", "3"]) {
        check(*rho, &case["rho_by_lag"][lag], 7);
    }
    check(Some(test.largest), &case["T"], 7);
    check(Some(test.p), &case["p_familywise"], 8);
}

#[test]
fn bh() {
    for case in items(&vectors()["bh"]) {
        check_all(&benjamini_hochberg(&numbers(&case["p"])), &case["q"], 8);
    }
}

#[test]
fn smallest_circular_p_carries_few_tests() {
    for (days, expected) in vectors()["min_circular_p_and_max_tests"]
        .as_object()
        .unwrap()
    {
        let p = 1.0 / days.parse::<f64>().unwrap();
        check(Some(p), &expected["min_p"], 4);
        let carries = |tests: usize| {
            let mut family = vec![1.0; tests];
            family[0] = p;
            benjamini_hochberg(&family)[0] <= 0.10 + 1e-12
        };
        let most = (1..40).take_while(|tests| carries(*tests)).count();
        assert_eq!(
            expected["max_tests_for_one_BH_discovery_q0.10"], most,
            "{days} days"
        );
    }
}

#[test]
fn effective_n_of_the_stored_pair() {
    let case = &vectors()["effective_n"];
    let (x, y) = (known(&case["x"]), known(&case["y"]));
    assert_eq!(case["n"], x.len());
    check(effective_n(&x, &y), &case["n_eff"], 6);
}

/// Sixty pairs with ties.
fn sixty_rows() -> Vec<(f64, f64)> {
    let row = |i: usize| {
        let x = (i * i * 7 + 3 * i) % 11;
        (x as f64, ((i * 5 + i * i * i) % 7 + x / 4) as f64)
    };
    (0..60).map(row).collect()
}

#[track_caller]
fn agree(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
}

#[test]
fn scipy_1_17_agrees() {
    let (x, y): (Vec<f64>, Vec<f64>) = sixty_rows().into_iter().unzip();
    // rankdata, spearmanr; Bonett and Wright's formula with norm.ppf for 30 effective days.
    assert_eq!(mid_ranks(&x)[..6], [6.0, 55.0, 17.0, 44.0, 28.0, 28.0]);
    let rho = spearman(&x, &y).unwrap();
    agree(rho, 0.394_514_007_052_649_7);
    let interval = bonett_wright(rho, 30.0).unwrap();
    agree(interval.low, 0.025_532_267_663_988_927);
    agree(interval.high, 0.668_890_176_939_169_5);
    // false_discovery_control, method bh.
    let p: Vec<f64> = (0..24)
        .map(|i: i32| (f64::from((i * i * 31 + 17 * i + 5) % 97 + 1)).powi(3) / 1e6)
        .collect();
    let q = benjamini_hochberg(&p);
    for (index, expected) in [
        (0, 0.005_184),
        (1, 0.377_913_6),
        (2, 0.424_606_588_235_294_1),
        (7, 0.778_688),
        (12, 0.034_992),
        (14, 0.027),
        (17, 0.203_379_428_571_428_54),
        (23, 0.027),
    ] {
        agree(q[index], expected);
    }
}

#[test]
fn numpy_agrees_on_the_shifts_of_a_log_with_gaps() {
    // Two days of every week without a score, two days without a load. Written down anew in numpy: rankdata, roll, nanmean.
    let load = |day: usize| {
        let km =
            [0.0, 8.0, 0.0, 10.0, 0.0, 8.0, 18.0][day % 7] + ((day * day * 7 + 3 * day) % 5) as f64;
        (day != 11 && day != 12).then_some(if day % 9 == 4 {
            f64::max(km - 2.0, 0.0)
        } else {
            km
        })
    };
    let pain: [u8; 60] = [
        3, 3, 4, 6, 5, 5, 8, 5, 5, 4, 4, 3, 4, 2, 2, 2, 1, 0, 0, 0, 0, 0, 1, 1, 4, 2, 3, 7, 4, 5,
        5, 5, 5, 6, 4, 4, 5, 3, 2, 2, 1, 1, 0, 0, 0, 2, 0, 1, 4, 2, 2, 3, 4, 4, 6, 5, 5, 6, 5, 5,
    ];
    let score = |day: usize| (!matches!(day % 7, 3 | 5)).then_some(f64::from(pain[day]));
    let [load, pain]: [Vec<Option<f64>>; 2] =
        [(0..60).map(load).collect(), (0..60).map(score).collect()];
    let test = circular_shift(&load, &pain).unwrap();
    agree(test.rho, 0.188_543_930_202_107_8);
    // Six shifts have as large a rho, four as large a one in their standard errors.
    assert_eq!((test.at_least, test.shifts), (4, 60));
}

#[test]
fn monotony_and_strain() {
    for case in items(&vectors()["monotony"]) {
        let daily = numbers(&case["daily"]);
        check(Some(daily.iter().sum()), &case["total"], 9);
        check(mean(&daily), &case["mean"], 6);
        check(sample_sd(&daily), &case["sd_sample"], 6);
        check(load::monotony(&daily), &case["monotony_sample"], 6);
        check(load::strain(&daily), &case["strain_sample"], 6);
    }
}

#[test]
fn monotony_max_by_run_days() {
    for (days, expected) in vectors()["monotony_max_by_run_days_sampleSD"]
        .as_object()
        .unwrap()
    {
        let mut week = [0.0; 7];
        week[..days.parse().unwrap()].fill(300.0);
        check(load::monotony(&week), expected, 6);
    }
}

#[test]
fn acwr() {
    let case = &vectors()["acwr"];
    let daily = numbers(&case["daily_km"]);
    check_all(
        &daily
            .chunks(7)
            .map(|week| week.iter().sum())
            .collect::<Vec<f64>>(),
        &case["week_sums"],
        12,
    );
    check(coupled(&daily), &case["coupled_7_28"], 6);
    check(load::acwr_uncoupled(&daily), &case["uncoupled_7_21"], 6);
    check(
        load::acwr_uncoupled(&daily),
        &case["identity_unc_from_coupled"],
        6,
    );
}

/// The coupled ratio as the rule tells it.
fn coupled(daily: &[f64]) -> Option<f64> {
    load::acwr_uncoupled(daily).map(load::coupled_from_uncoupled)
}

#[test]
fn acwr_conversion() {
    let case = &vectors()["acwr_conversion"];
    // The way back is not needed by any rule; its table says the same of the way there.
    for (coupled, uncoupled) in case["uncoupled = 3c/(4-c)"].as_object().unwrap() {
        let Some(uncoupled) = uncoupled.as_f64() else {
            continue;
        };
        let there = load::coupled_from_uncoupled(uncoupled);
        assert!(
            (there - coupled.parse::<f64>().unwrap()).abs() < 1e-5,
            "{uncoupled}"
        );
    }
    for (uncoupled, expected) in case["coupled = 4u/(3+u)"].as_object().unwrap() {
        check(
            Some(load::coupled_from_uncoupled(uncoupled.parse().unwrap())),
            expected,
            6,
        );
    }
    let bound = case["coupled_upper_bound"].as_f64().unwrap();
    assert!(load::coupled_from_uncoupled(1e9) < bound);
}

/// Four weeks growing by this share each week, the load spread evenly over the days.
fn growing(share: f64) -> Vec<f64> {
    (0..28).map(|day| (1.0 + share).powi(day / 7)).collect()
}

#[test]
fn acwr_of_steady_growth() {
    let table = vectors();
    for (name, share) in [
        ("5%/week", 0.05),
        ("10%/week", 0.1),
        ("20%/week", 0.2),
        ("30%/week", 0.3),
    ] {
        check(
            coupled(&growing(share)),
            &table["acwr_steady_growth_coupled"][name],
            6,
        );
    }
    for (limit, name) in [
        (1.3, "acwr_growth_for_1.3_coupled"),
        (1.5, "acwr_growth_for_1.5_coupled"),
    ] {
        let ratio = coupled(&growing(table[name].as_f64().unwrap())).unwrap();
        assert!((ratio - limit).abs() < 1e-5, "{ratio}");
    }
}

#[test]
fn acwr_artefact_of_a_short_export() {
    let case = &vectors()["acwr_artefact_export_starts_14d_ago"];
    let weeks = [8.0, 0.0, 8.0, 0.0, 8.0, 0.0, 16.0].repeat(2);
    let short = [vec![0.0; 14], weeks.clone()].concat();
    check(coupled(&short), &case["coupled"], 12);
    check(load::acwr_uncoupled(&short), &case["uncoupled"], 12);
    check(coupled(&weeks.repeat(2)), &case["truth"], 12);
}

/// A week against its base, as the rule about weekly distance says it.
fn jump(prior: &[f64], week: f64) -> Option<f64> {
    load::weekly_base(prior).map(|base| week / base - 1.0)
}

#[test]
fn weekly_jump() {
    for case in items(&vectors()["weekly_jump"]) {
        let weeks = numbers(&case["weeks_km"]);
        let (last, prior) = weeks.split_last().unwrap();
        check(
            load::weekly_base(prior),
            &case["baseline=max(prev,mean prior<=4)"],
            6,
        );
        check(
            jump(&prior[prior.len() - 1..], *last),
            &case["vs_prev_week"],
            6,
        );
        check(jump(prior, *last), &case["vs_baseline"], 6);
    }
}

#[test]
fn deload() {
    for case in items(&vectors()["deload"]) {
        let weeks = numbers(&case["weeks"]);
        for (index, expected) in items(&case["is_deload"]).iter().enumerate() {
            assert_eq!(
                load::is_lighter_week(&weeks[..index], weeks[index], 0.8),
                expected.as_bool(),
                "{weeks:?} {index}"
            );
        }
    }
}

#[test]
fn cadence_speed_line() {
    let case = &vectors()["cadence_speed_line"];
    let line = fit_line(&numbers(&case["speed_m_s"]), &numbers(&case["spm"])).unwrap();
    check(Some(line.slope), &case["slope_spm_per_m_s"], 9);
    check(Some(line.intercept), &case["intercept"], 9);
    let predicted = line.at(2.7);
    check(Some(predicted), &case["predicted_at_2.7"], 9);
    check(
        Some((156.0 / predicted - 1.0) * 100.0),
        &case["observed_156_at_2.7_pct_below"],
        4,
    );
}

/// Seconds at each heart rate from `minutes_hr`.
fn heart_rate_seconds(case: &Value) -> Vec<(u8, f32)> {
    let pairs: Vec<(f32, u8)> = serde_json::from_value(case["minutes_hr"].clone()).unwrap();
    pairs
        .into_iter()
        .map(|(minutes, bpm)| (bpm, minutes * 60.0))
        .collect()
}

#[test]
fn trimp_banister() {
    for case in items(&vectors()["trimp_banister"]) {
        let sex = if case["sex"] == "female" {
            Sex::Female
        } else {
            Sex::Male
        };
        let basis = trimp::Basis {
            rest_bpm: case["rest"].as_f64(),
            max_bpm: case["max"].as_f64(),
            sex: Some(sex),
        };
        check(
            trimp::of(&heart_rate_seconds(case), basis),
            &case["expect"],
            6,
        );
    }
}

#[test]
fn trimp_edwards() {
    for case in items(&vectors()["trimp_edwards"]) {
        let max_bpm = case["max"].as_f64().unwrap();
        check(
            edwards_trimp::of(&heart_rate_seconds(case), max_bpm),
            &case["expect"],
            9,
        );
    }
}

#[test]
fn srpe() {
    for case in items(&vectors()["srpe"]) {
        let (rpe, minutes) = (
            case["rpe"].as_f64().unwrap(),
            case["minutes"].as_f64().unwrap(),
        );
        check(
            Some(session_rpe::load(rpe, minutes * 60.0)),
            &case["expect"],
            9,
        );
    }
}

#[test]
fn minetti_cost_of_running() {
    for case in items(&vectors()["minetti_Cr"]) {
        let cost = grade_adjusted::running_cost(case["grade"].as_f64().unwrap());
        check(Some(cost), &case["C_J_per_kg_m"], 6);
        check(
            Some(cost / grade_adjusted::running_cost(0.0)),
            &case["factor_vs_flat"],
            6,
        );
    }
}

#[test]
fn minetti_cheapest_grade() {
    let case = &vectors()["minetti_min"];
    let cost = grade_adjusted::running_cost;
    let grades = (-4500..=4500).map(|step| f64::from(step) / 10_000.0);
    let cheapest = grades.min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap();
    check(Some(cheapest), &case["grade"], 4);
    check(Some(cost(cheapest)), &case["C"], 5);
}

#[test]
fn minetti_flat_equivalent() {
    let case = &vectors()["minetti_flat_equivalent"];
    let stretches: Vec<(f64, f64)> =
        serde_json::from_value(case["segments_m_grade"].clone()).unwrap();
    check(
        Some(stretches.iter().map(|stretch| stretch.0).sum()),
        &case["real_m"],
        9,
    );
    let (metres, grades): (Vec<f64>, Vec<f64>) = stretches.into_iter().unzip();
    check(
        Some(grade_adjusted::flat_equivalent_m(&metres, &grades)),
        &case["flat_equiv_m"],
        6,
    );
}

#[test]
fn minetti_gap_pace() {
    let case = &vectors()["minetti_gap_pace"];
    let flat_km =
        grade_adjusted::flat_equivalent_m(&[1000.0], &[case["grade"].as_f64().unwrap()]) / 1000.0;
    check(Some(flat_km), &case["factor"], 6);
    check(
        case["pace_s_per_km"].as_f64().map(|pace| pace / flat_km),
        &case["gap_s_per_km"],
        6,
    );
}

#[test]
fn elevation() {
    // A threshold of next to nothing counts every move.
    let thresholds = [
        ("naive", 1e-9),
        ("thr_1", 1.0),
        ("thr_2", 2.0),
        ("thr_3", 3.0),
        ("thr_5", 5.0),
        ("thr_10", 10.0),
    ];
    for case in items(&vectors()["elevation"]) {
        let altitude_m = numbers(&case["alt_m"]);
        for (name, threshold_m) in thresholds {
            let (gain, loss) = climb::gain_and_loss(&altitude_m, threshold_m);
            check_all(&[gain, loss], &case[name], 9);
        }
    }
}

#[test]
fn weighted_ascent_grade() {
    let case = &vectors()["weighted_ascent_grade"];
    let (ascent_m, horizontal_m) = (
        case["ascent_m"].as_f64().unwrap(),
        case["horizontal_m"].as_f64().unwrap(),
    );
    // The climb at 2.5 m/s; away from the ends, which smoothing flattens, every sample has the grade of the whole.
    let mut activity = running(&[((horizontal_m / 2.5) as usize, 0.0, 2.5)]);
    let rise_per_m = ascent_m / horizontal_m;
    activity.samples.altitude_m = activity
        .samples
        .distance_m
        .iter()
        .map(|m| (m * rise_per_m) as f32)
        .collect();
    let track = Track::of(&clean(activity).0);
    let inner = &track.grade[30..track.grade.len() - 30];
    assert!(inner.len() > 300);
    inner
        .iter()
        .for_each(|grade| check(Some(*grade), &case["grade"], 4));
}

/// A run recorded every second: stretches of (seconds, raw cadence, speed in m/s).
fn running(stretches: &[(usize, f32, f64)]) -> Activity {
    let start_s = 1_740_000_000.0;
    let mut samples = Samples {
        time_s: vec![start_s],
        distance_m: vec![0.0],
        ..Samples::default()
    };
    samples.speed_m_s.push(stretches[0].2 as f32);
    samples.cadence_raw.push(stretches[0].1);
    for (cadence, speed) in stretches
        .iter()
        .flat_map(|(seconds, raw, speed)| vec![(*raw, *speed); *seconds])
    {
        let (time, metres) = (
            samples.time_s[samples.len() - 1],
            samples.distance_m[samples.len() - 1],
        );
        samples.time_s.push(time + 1.0);
        samples.distance_m.push(metres + speed);
        samples.speed_m_s.push(speed as f32);
        samples.cadence_raw.push(cadence);
    }
    Activity {
        start_unix_s: Some(start_s),
        sport: Sport::RUNNING,
        samples,
        ..Activity::empty(Format::Fit)
    }
}

/// The activity as a run that started at `start_utc`.
fn measured(activity: Activity, start_utc: DateTime<Utc>, utc_offset_s: i32) -> Run {
    let run_id = start_utc.to_string();
    let origin = Origin {
        source: run_id.clone(),
        run_id,
        start_utc,
        utc_offset_s,
        zone_source: ZoneSource::File,
    };
    let mut clean = clean(activity).0;
    let (verdicts, _) = trust::hear(&mut clean, false);
    metrics::measure(&clean, &verdicts, origin).0
}

/// Steps per minute and the factor of the only activity in a document.
fn steps_and_factor(decoded: niggle::model::Decoded) -> (Option<f64>, Option<f64>) {
    let [activity] = decoded.activities.as_slice() else {
        panic!("one activity: {:?}", decoded.problems)
    };
    let run = measured(activity.clone(), DateTime::UNIX_EPOCH, 0);
    (run.cadence_spm, run.cadence_unit.map(cadence::factor))
}

/// Two minutes of points, 3 m/s eastwards along the equator (1° is 111.2 km), as `point` writes a time and a longitude.
fn points(point: impl Fn(&str, f64) -> String) -> String {
    (0..120)
        .map(|s| {
            point(
                &format!("2025-03-03T07:{:02}:{:02}Z", s / 60, s % 60),
                f64::from(s) * 3.0 / 111_200.0,
            )
        })
        .collect()
}

fn gpx(cadence: &Value) -> String {
    let point = |time: &str, longitude: f64| {
        format!(
            "<trkpt lat='0' lon='{longitude}'><time>{time}</time><extensions><cad>{cadence}</cad></extensions></trkpt>"
        )
    };
    let track = points(point);
    format!(
        "<gpx version='1.1' creator='t'><trk><type>running</type><trkseg>{track}</trkseg></trk></gpx>"
    )
}

fn tcx(run_cadence: u32) -> String {
    let point = |time: &str, longitude: f64| {
        format!(
            "<Trackpoint><Time>{time}</Time><Position><LatitudeDegrees>0</LatitudeDegrees><LongitudeDegrees>{longitude}\
             </LongitudeDegrees></Position><Extensions><TPX><RunCadence>{run_cadence}</RunCadence></TPX></Extensions></Trackpoint>"
        )
    };
    let (start, track) = ("2025-03-03T07:00:00Z", points(point));
    format!(
        "<TrainingCenterDatabase><Activities><Activity Sport='Running'><Id>{start}</Id><Lap StartTime='{start}'><Track>{track}\
         </Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    )
}

#[test]
fn cadence_of_each_format() {
    let case = &vectors()["cadence"];
    let fit = &case["fit"];
    let raw = fit["cadence"].as_f64().unwrap() + fit["fractional_cadence"].as_f64().unwrap();
    let run = measured(running(&[(60, raw as f32, 3.0)]), DateTime::UNIX_EPOCH, 0);
    check(run.cadence_spm, &fit["expect_spm"], 9);
    let (spm, factor) = steps_and_factor(decode::tcx::decode(tcx(82).as_bytes()));
    check(spm, &case["tcx_runcadence_82"]["expect_spm"], 9);
    assert_eq!(factor, Some(STEPS_PER_STRIDE));
    for row in items(&case["gpx_ambiguous"]) {
        let (spm, factor) =
            steps_and_factor(decode::gpx::decode(gpx(&row["median_cad"]).as_bytes()));
        check(spm, &row["spm"], 9);
        let doubled = row["rule"].as_str().unwrap().contains("x2");
        assert_eq!(
            factor,
            Some(if doubled { STEPS_PER_STRIDE } else { 1.0 }),
            "{row}"
        );
    }
}

#[test]
fn cadence_is_weighted_by_time() {
    let case = &vectors()["cadence"]["time_weighted"];
    let stretches: Vec<(usize, f32, f64)> =
        serde_json::from_value(case["samples_s_spm_speed"].clone()).unwrap();
    check(
        measured(running(&stretches), DateTime::UNIX_EPOCH, 0).cadence_spm,
        &case["mean"],
        9,
    );
}

/// A run of this distance and an hour, `day` days after 6 January 2025.
fn run_of(day: u64, km: f64) -> Run {
    let start: DateTime<Utc> = "2025-01-06T07:00:00Z".parse().unwrap();
    let mut activity = Activity {
        sport: Sport::RUNNING,
        ..Activity::empty(Format::Fit)
    };
    // At 6:00 min/km.
    (activity.totals.distance_m, activity.totals.timer_s) = (Some(km * 1000.0), Some(km * 360.0));
    measured(activity, start + Days::new(day), 0)
}

/// What the rule flags of the last run of a month whose longest other run is `longest_km`.
fn spike(longest_km: f64, km: f64) -> Option<Finding> {
    let runs: Vec<Run> = (0..10)
        .map(|n| run_of(3 * n, longest_km))
        .chain([run_of(30, km)])
        .collect();
    let as_of = runs[10].local_date();
    let calendar = Calendar::new(&runs, &BTreeMap::new(), as_of);
    let (_, history) = frames::build(runs, Vec::new(), &calendar).unwrap();
    let none = PainLog::default();
    let context = Context::new(&history, &none, Units::Km);
    rules::judge(&context)
        .findings
        .into_iter()
        .find(|finding| finding.rule == single_run_spike::RULE.id)
}

#[test]
fn single_session_spike() {
    for case in items(&vectors()["single_session_spike"]) {
        let finding = spike(
            case["longest_30d_km"].as_f64().unwrap(),
            case["run_km"].as_f64().unwrap(),
        );
        let class = match finding.as_ref().map(|f| (f.severity, f.limit)) {
            None => "none",
            // The study's small and moderate jumps are told alike: 1.52 of the one is not above 1.64 of the other.
            Some((Severity::Watch, Some(10.0))) => match case["class"].as_str() {
                Some("moderate") => "moderate",
                _ => "small",
            },
            Some((Severity::EaseOff, Some(100.0))) => "large",
            other => panic!("{other:?}"),
        };
        assert_eq!(case["class"], class, "{case}");
        if let Some(finding) = finding {
            check(
                finding.observed.map(|percent| percent / 100.0),
                &case["ratio_minus_1"],
                6,
            );
        }
    }
}

#[test]
fn gps_week() {
    let case = &vectors()["gps_week"];
    let text = |key: &str| case[key].as_str().unwrap();
    let start: DateTime<Utc> = text("start_utc").parse().unwrap();
    let written: DateTime<FixedOffset> = text("local").parse().unwrap();
    let offset_s = written.offset().local_minus_utc();
    let activity = Activity {
        sport: Sport::RUNNING,
        ..Activity::empty(Format::Fit)
    };
    let run = measured(activity, start, offset_s);
    assert_eq!(run.start_local, written.naive_local());
    assert_eq!(iso_week(run.local_date()), text("iso_week"));
    assert_eq!(iso_week(local(start, 0).date()), text("utc_iso_week"));
}

#[test]
fn units() {
    let case = &vectors()["units"];
    let km = |miles: f64| miles * Units::Mi.distance_unit_m() / Units::Km.distance_unit_m();
    check(Some(km(1.0)), &case["mile_km"], 9);
    for (name, miles) in [("300mi_km", 300.0), ("500mi_km", 500.0), ("40mi_km", 40.0)] {
        check(Some(km(miles)), &case[name], 1);
    }
}

/// The names of the entries that test functions read, from the text of the tests.
fn keys_in_tests(source: &str, keys: &BTreeSet<String>) -> BTreeSet<String> {
    let tests = source
        .split("#[test]\n")
        .skip(1)
        .map(|rest| rest.split("\n}\n").next().unwrap_or(rest));
    let read: Vec<&str> = tests
        .filter(|body| body.contains("vectors()") || body.contains("table("))
        .collect();
    keys.iter()
        .filter(|key| read.iter().any(|body| body.contains(&format!("\"{key}\""))))
        .cloned()
        .collect()
}

#[test]
fn every_entry_is_tested_or_has_a_reason() {
    let keys: BTreeSet<String> = vectors().as_object().unwrap().keys().cloned().collect();
    let sources = [include_str!("vectors.rs"), include_str!("pain_vectors.rs")];
    let tested: BTreeSet<String> = sources
        .into_iter()
        .flat_map(|source| keys_in_tests(source, &keys))
        .collect();
    let background: BTreeSet<String> = BACKGROUND.iter().map(|(key, _)| key.to_string()).collect();
    assert!(BACKGROUND.iter().all(|(_, reason)| !reason.is_empty()));
    let both: Vec<&String> = tested.intersection(&background).collect();
    assert!(
        both.is_empty(),
        "tested after all, take them off the list: {both:?}"
    );
    let accounted: BTreeSet<String> = tested.union(&background).cloned().collect();
    assert_eq!(accounted, keys);
}
