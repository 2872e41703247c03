//! FIT made to hurt: every synthetic file and what must come of it, cuts at every length, and random damage.

use crate::common::hostile;
use niggle::decode::fit::{decode, looks_like};
use niggle::model::{Activity, Decoded};
use niggle::problem::{Code, Code::*, Effect};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use std::path::Path;

/// File, activities, records, and the kinds of problem in order: what the decoder owes each file (the rest of what the
/// manifest asks, quarantine and dropped points, is for cleaning).
type Row = (&'static str, usize, usize, &'static [Code]);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("fit/00_good_run.fit", 1, 60, &[]),
    ("fit/01_header_crc_zero.fit", 1, 60, &[]),
    ("fit/02_header12.fit", 1, 60, &[]),
    ("fit/03_datasize_zero_nocrc.fit", 1, 60, &[HeaderDamaged]),
    ("fit/04_trunc_midrecord.fit", 1, 41, &[Truncated, NoSession]),
    ("fit/05_no_session.fit", 1, 60, &[NoSession]),
    ("fit/06_bad_crc.fit", 1, 60, &[CrcMismatch]),
    ("fit/07_trailing_junk.fit", 1, 60, &[TrailingBytes]),
    ("fit/08_datasize_too_big.fit", 1, 60, &[HeaderDamaged]),
    ("fit/09_datasize_too_small.fit", 1, 60, &[HeaderDamaged]),
    ("fit/10_chained.fit", 2, 90, &[]),
    ("fit/11_chained_second_broken.fit", 2, 64, &[Truncated, NoSession]),
    ("fit/12_hdr_size_149_panic.fit", 0, 0, &[HeaderDamaged, NoActivity]),
    ("fit/13_hdr_size_255_in_good.fit", 0, 0, &[HeaderDamaged, Truncated, NoActivity]),
    ("fit/14_hdr_size_5.fit", 1, 60, &[HeaderDamaged, CrcMismatch]),
    // 60 plain records and one that carries only the oversized developer field.
    ("fit/15_dev_size255_u16.fit", 1, 61, &[NoSession]),
    ("fit/15_dev_size255_u32.fit", 1, 61, &[NoSession]),
    ("fit/15_dev_size255_u64.fit", 1, 61, &[NoSession]),
    ("fit/16_def_255x0_then_records.fit", 0, 0, &[NoActivity]),
    ("fit/17_def_255x255.fit", 0, 0, &[BadValue, NoTime]),
    ("fit/18_def_255_zero_devs.fit", 0, 0, &[NoActivity]),
    ("fit/19_undefined_dev_field.fit", 1, 60, &[NoSession]),
    ("fit/20_undefined_local.fit", 1, 60, &[DamagedMiddle, NoSession]),
    ("fit/21_wrong_basetype.fit", 1, 60, &[BadValue, NoSession]),
    ("fit/22_sizes_not_multiple.fit", 1, 60, &[BadValue, NoSession]),
    ("fit/23_ts_zero.fit", 1, 60, &[]),
    ("fit/24_ts_ffffffff.fit", 0, 0, &[NoTime]),
    ("fit/25_ts_2010_clock.fit", 1, 60, &[]),
    ("fit/26_ts_future.fit", 1, 60, &[]),
    ("fit/27_ts_backwards.fit", 1, 60, &[NoSession]),
    ("fit/28_ts_gps_resync.fit", 1, 60, &[NoSession]),
    ("fit/29_ts_dup.fit", 1, 60, &[NoSession]),
    ("fit/30_latlon_out_of_range.fit", 1, 60, &[NoSession]),
    ("fit/31_null_island.fit", 1, 60, &[NoSession]),
    ("fit/32_all_sentinels.fit", 1, 60, &[NoSession]),
    ("fit/33_float_nan.fit", 1, 60, &[NoSession]),
    ("fit/34_invalid_u16_in_u32_field.fit", 1, 60, &[NoSession]),
    ("fit/35_speed_spike.fit", 1, 60, &[NoSession]),
    ("fit/36_gps_jump.fit", 1, 60, &[NoSession]),
    ("fit/37_treadmill.fit", 1, 60, &[]),
    ("fit/38_manual_no_records.fit", 1, 0, &[NoRecords]),
    ("fit/39_zero_distance.fit", 1, 60, &[]),
    ("fit/40_multisport.fit", 3, 60, &[]),
    ("fit/41_compressed_ts_no_anchor.fit", 1, 60, &[BadValue, NoSession]),
    ("fit/42_big_endian.fit", 1, 60, &[NoSession]),
    ("fit/43_settings_file.fit", 0, 0, &[NotAnActivity]),
    ("fit/44_monitoring_file.fit", 0, 0, &[NotAnActivity]),
    ("fit/45_names_evil.fit", 1, 60, &[]),
    ("fit/46_ends_on_definition.fit", 1, 60, &[]),
    ("fit/47_empty_data.fit", 0, 0, &[NoActivity]),
    ("fit/48_only_header.fit", 0, 0, &[Truncated, NoActivity]),
    ("fit/49_empty.fit", 0, 0, &[EmptyFile]),
    ("fit/50_gpx_named_fit.fit", 0, 0, &[UnknownKind]),
    ("fit/51_html_named_fit.fit", 0, 0, &[UnknownKind]),
    ("fit/52_preamble.fit", 1, 60, &[LeadingBytes]),
    ("fit/53_local_ts_1989.fit", 1, 60, &[BadUtcOffset]),
    ("fit/54_tz_plus26h.fit", 1, 60, &[NoSession, BadUtcOffset]),
    ("fit/55_2025_dst_gap.fit", 1, 120, &[]),
    ("fit/56_week_border.fit", 1, 60, &[]),
    ("fit/57_ultra_gap.fit", 1, 60, &[NoSession]),
    ("fit/58_step_cadence.fit", 1, 60, &[NoSession]),
    ("fit/59_alt_zero_drift.fit", 1, 60, &[NoSession]),
    ("fit/60_dup_of_00_reexport.fit", 1, 60, &[]),
    ("repro/proto_crash-925fc1.fit", 0, 0, &[HeaderDamaged, NoActivity]),
    ("repro/r1_hdr149.fit", 0, 0, &[HeaderDamaged, NoActivity]),
    ("repro/r2_hdr201_crc0.fit", 0, 0, &[HeaderDamaged, NoActivity]),
    ("repro/r3_timedelta.fit", 0, 0, &[NoTime]),
    ("repro/r4_datetime_utc.fit", 0, 0, &[NoTime]),
    ("repro/r5_datetime_local.fit", 0, 0, &[NoActivity]),
    ("repro/r6_sub280.fit", 0, 0, &[UnknownKind]),
    ("repro/r7_sub487.fit", 0, 0, &[Truncated, NoTime]),
    ("repro/r8_dev255.fit", 0, 0, &[Truncated, NoTime]),
];

#[test]
fn every_hostile_file_ends_as_written() {
    for (name, activities, records, codes) in TABLE {
        let decoded = decode(&hostile(name));
        let found: Vec<Code> = decoded
            .problems
            .iter()
            .map(|problem| problem.code)
            .collect();
        assert_eq!(
            (decoded.activities.len(), record_count(&decoded)),
            (*activities, *records),
            "{name}"
        );
        assert_eq!(&found, codes, "{name}");
        assert_sound(&decoded, name);
    }
}

#[test]
fn the_table_names_every_hostile_file() {
    for folder in ["fit", "repro"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/hostile")
            .join(folder);
        for entry in std::fs::read_dir(path)
            .expect("the folder is readable")
            .flatten()
        {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if name.ends_with(".fit") {
                assert!(TABLE.iter().any(|row| row.0 == name), "{name} has no row");
            }
        }
    }
}

#[test]
fn only_fit_looks_like_fit() {
    for (name, expected) in [
        ("fit/00_good_run.fit", true),
        ("fit/52_preamble.fit", true),
        ("fit/48_only_header.fit", true),
        ("fit/49_empty.fit", false),
        ("fit/50_gpx_named_fit.fit", false),
        ("fit/51_html_named_fit.fit", false),
        ("repro/r6_sub280.fit", false),
    ] {
        assert_eq!(looks_like(&hostile(name)), expected, "{name}");
    }
}

fn only(name: &str) -> Activity {
    decode(&hostile(name)).activities.remove(0)
}

/// The good run, read from its bytes by hand.
#[test]
fn values_of_the_good_run() {
    let run = only("fit/00_good_run.fit");
    let samples = &run.samples;
    assert_eq!(
        (run.sport.0, run.start_unix_s, run.utc_offset_s),
        ("running", Some(1_731_065_600.0), Some(3600))
    );
    assert_eq!(
        (
            run.totals.distance_m,
            run.totals.timer_s,
            run.totals.elapsed_s
        ),
        (Some(180.0), Some(60.0), Some(60.0))
    );
    // First record: altitude 0x0ABE / 5 - 500 = 50 m, speed 0x0BB8 / 1000 = 3 m/s, heart rate 0x8C, cadence 0x55.
    assert_eq!((samples.altitude_m[0], samples.speed_m_s[0]), (50.0, 3.0));
    assert_eq!(
        (samples.heart_rate_bpm[0], samples.cadence_raw[0]),
        (140.0, 85.0)
    );
    assert_eq!(
        (samples.distance_m[59], samples.time_s[59]),
        (177.0, 1_731_065_659.0)
    );
    // 0x24FA4FA4 semicircles.
    assert_eq!(
        samples.latitude_deg[0],
        f64::from(0x24FA_4FA4) * 180.0 / 2f64.powi(31)
    );
}

#[test]
fn absent_values_stay_absent() {
    let missing = |name: &str| {
        let samples = only(name).samples;
        let narrow = [
            samples.speed_m_s,
            samples.altitude_m,
            samples.heart_rate_bpm,
        ]
        .concat();
        assert!(narrow.iter().all(|value| value.is_nan()), "{name}");
        samples
            .distance_m
            .iter()
            .filter(|value| value.is_finite())
            .count()
    };
    assert_eq!(missing("fit/21_wrong_basetype.fit"), 0);
    assert_eq!(missing("fit/22_sizes_not_multiple.fit"), 0);
    assert_eq!(missing("fit/32_all_sentinels.fit"), 0);
    assert_eq!(missing("fit/33_float_nan.fit"), 0);
    assert_eq!(missing("fit/34_invalid_u16_in_u32_field.fit"), 60);
}

#[test]
fn a_multisport_file_gives_each_session_its_records() {
    let activities = decode(&hostile("fit/40_multisport.fit")).activities;
    let sports: Vec<&str> = activities.iter().map(|activity| activity.sport.0).collect();
    assert_eq!(sports, ["swimming", "cycling", "running"]);
    assert!(
        activities.iter().all(
            |activity| activity.samples.len() == 20 && activity.totals.distance_m == Some(60.0)
        )
    );
    // Distances count from the session's own start: 60 m in 20 records, whatever was covered before.
    let run = &activities[2].samples.distance_m;
    assert!((0.0..=3.0).contains(&run[0]) && run[19] <= 60.0, "{run:?}");
}

#[test]
fn times_and_offsets_that_cannot_be_are_left_out() {
    assert_eq!(only("fit/53_local_ts_1989.fit").utc_offset_s, None);
    assert_eq!(only("fit/54_tz_plus26h.fit").utc_offset_s, None);
    // Shortened times with nothing before them count on from the file's creation, one a second.
    let times = only("fit/41_compressed_ts_no_anchor.fit").samples.time_s;
    assert!(
        times.windows(2).all(|pair| pair[1] - pair[0] == 1.0),
        "{times:?}"
    );
    // FIT's own epoch is a time; that the clock was never set is for cleaning to say.
    assert_eq!(only("fit/23_ts_zero.fit").start_unix_s, Some(631_065_600.0));
}

/// Records of the good run in its first `length` bytes: the first record begins at byte 94, each has 23 bytes.
fn whole_records(length: usize, most: usize) -> usize {
    (length.saturating_sub(94) / 23).min(most)
}

#[test]
fn a_cut_good_run_keeps_every_whole_record_and_says_so() {
    let whole = hostile("fit/00_good_run.fit");
    for length in 0..whole.len() {
        check_cut(&whole[..length], whole_records(length, 60));
    }
}

#[test]
fn a_cut_chain_keeps_every_whole_record_and_says_so() {
    let whole = hostile("fit/10_chained.fit");
    let first = hostile("fit/00_good_run.fit").len();
    // At the seam the first file is whole: that is no cut.
    for length in (0..whole.len()).filter(|length| *length != first) {
        let second = length
            .checked_sub(first)
            .map_or(0, |rest| whole_records(rest, 30));
        check_cut(
            &whole[..length],
            whole_records(length.min(first), 60) + second,
        );
    }
    assert_eq!(decode(&whole[..first]).problems, []);
}

fn check_cut(bytes: &[u8], records: usize) {
    let decoded = decode(bytes);
    assert_eq!(record_count(&decoded), records, "cut at {}", bytes.len());
    assert!(
        !decoded.problems.is_empty(),
        "cut at {} passes as whole",
        bytes.len()
    );
    assert_sound(&decoded, &format!("cut at {}", bytes.len()));
}

#[test]
fn damage_in_the_middle_costs_little_and_invents_nothing() {
    let whole = hostile("fit/00_good_run.fit");
    let times = only("fit/00_good_run.fit").samples.time_s;
    type Damage = fn(&mut Vec<u8>, usize);
    let kinds: [(&str, Damage); 3] = [
        ("zeros", |bytes, at| bytes[at..at + 64].fill(0)),
        ("garbage", |bytes, at| {
            bytes[at..at + 64]
                .iter_mut()
                .enumerate()
                .for_each(|(i, b)| *b = (i * 197 + 91) as u8)
        }),
        ("deletion", |bytes, at| drop(bytes.drain(at..at + 7))),
    ];
    for (name, damage) in kinds {
        for at in (94..1400).step_by(5) {
            let mut bytes = whole.clone();
            damage(&mut bytes, at);
            let decoded = decode(&bytes);
            assert!(
                !decoded.problems.is_empty(),
                "{name} at {at} passes as whole"
            );
            // 64 bytes touch at most four records of 23 bytes; one more may fall to the search for a restart.
            assert!(
                record_count(&decoded) >= 55,
                "{name} at {at} leaves {}",
                record_count(&decoded)
            );
            let found = decoded
                .activities
                .iter()
                .flat_map(|activity| &activity.samples.time_s);
            assert!(
                found.clone().all(|time| times.contains(time)),
                "{name} at {at} invents a time"
            );
        }
    }
}

/// Runs `check` on 2,000 values of the strategy, the same ones each time.
fn for_many<S: Strategy>(strategy: S, check: impl Fn(S::Value)) {
    let config = ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&strategy, |value| {
        check(value);
        Ok(())
    });
    outcome.expect("no panic");
}

#[test]
fn random_bytes_never_panic() {
    for_many(proptest::collection::vec(any::<u8>(), 0..400), |body| {
        assert_sound(&decode(&body), "random bytes");
        let mut framed = b"\x0e\x20\0\0\0\0\0\0.FIT\0\0".to_vec();
        framed.extend(&body);
        assert_sound(&decode(&framed), "random bytes behind a header");
    });
}

#[test]
fn a_mutated_run_never_panics() {
    let whole = hostile("fit/10_chained.fit");
    let edits = proptest::collection::vec((0..whole.len(), any::<u8>()), 1..12);
    for_many((edits, 0..whole.len()), |(edits, cut)| {
        let mut bytes = whole.clone();
        edits.into_iter().for_each(|(at, byte)| bytes[at] = byte);
        assert_sound(&decode(&bytes), "mutated");
        assert_sound(&decode(&bytes[..cut]), "mutated and cut");
    });
}

fn record_count(decoded: &Decoded) -> usize {
    decoded
        .activities
        .iter()
        .map(|activity| activity.samples.len())
        .sum()
}

/// What holds for every decoded input: full or empty columns, no infinities, and a reason where there is no activity.
fn assert_sound(decoded: &Decoded, name: &str) {
    for activity in &decoded.activities {
        let samples = &activity.samples;
        let count = samples.len();
        let wide = [
            &samples.latitude_deg,
            &samples.longitude_deg,
            &samples.distance_m,
        ];
        let narrow = [
            &samples.altitude_m,
            &samples.speed_m_s,
            &samples.heart_rate_bpm,
            &samples.cadence_raw,
        ];
        assert!(
            wide.iter()
                .all(|column| column.is_empty() || column.len() == count),
            "{name}"
        );
        assert!(
            narrow
                .iter()
                .all(|column| column.is_empty() || column.len() == count),
            "{name}"
        );
        assert!(
            wide.iter()
                .copied()
                .flatten()
                .all(|value| !value.is_infinite()),
            "{name}"
        );
        assert!(
            narrow
                .iter()
                .copied()
                .flatten()
                .all(|value| !value.is_infinite()),
            "{name}"
        );
        assert!(
            activity
                .pauses
                .iter()
                .all(|pause| pause.from_s <= pause.to_s),
            "{name}"
        );
    }
    let gives_reason = decoded
        .problems
        .iter()
        .any(|problem| problem.effect >= Effect::Skipped);
    assert_eq!(
        gives_reason,
        decoded.activities.is_empty(),
        "{name}: {:?}",
        decoded.problems
    );
}
