//! Every hostile GPX and TCX file with its outcome, and the promise that a cut file never passes as whole.

use crate::common;
use niggle::{
    decode,
    model::{Decoded, Format},
    problem::{Code, Effect},
};
use proptest::prelude::*;
use std::io::Read;

/// File, samples of each activity, problem codes: MANIFEST.tsv in the decoders' terms.
type Case = (&'static str, &'static [usize], &'static [Code]);

const CASES: &[Case] = &[
    ("gpx/00_good.gpx", &[30], &[]),
    (
        "gpx/01_billion_laughs.gpx",
        &[],
        &[Code::XmlEntities, Code::NoActivity],
    ),
    (
        "gpx/02_quadratic_blowup.gpx",
        &[],
        &[Code::XmlEntities, Code::NoActivity],
    ),
    (
        "gpx/03_xxe_file.gpx",
        &[],
        &[Code::XmlEntities, Code::NoActivity],
    ),
    (
        "gpx/04_deep_100k.gpx",
        &[],
        &[Code::XmlTooDeep, Code::NoActivity],
    ),
    (
        "gpx/05_deep_unclosed.gpx",
        &[],
        &[Code::XmlTooDeep, Code::NoActivity],
    ),
    ("gpx/06_utf16le_bom.gpx", &[30], &[]),
    ("gpx/07_utf16be_bom.gpx", &[30], &[]),
    ("gpx/08_latin1_declared.gpx", &[30], &[]),
    ("gpx/09_latin1_undeclared.gpx", &[30], &[Code::TextEncoding]),
    ("gpx/10_utf8_bom.gpx", &[30], &[]),
    ("gpx/11_bogus_encoding.gpx", &[30], &[]),
    ("gpx/12_leading_space.gpx", &[30], &[Code::LeadingBytes]),
    ("gpx/13_no_ns.gpx", &[30], &[]),
    ("gpx/14_no_version.gpx", &[30], &[]),
    ("gpx/15_unbound_prefix.gpx", &[30], &[]),
    ("gpx/16_nan_coord.gpx", &[30], &[Code::BadPosition]),
    ("gpx/17_inf_ele.gpx", &[30], &[Code::BadValue]),
    ("gpx/18_lat_91.gpx", &[30], &[Code::BadPosition]),
    ("gpx/19_lon_180.gpx", &[30], &[]),
    ("gpx/20_decimal_comma.gpx", &[30], &[Code::BadValue]),
    ("gpx/21_bad_date.gpx", &[29], &[Code::BadPoint]),
    ("gpx/22_no_time.gpx", &[], &[Code::NoTime]),
    ("gpx/23_local_time_noz.gpx", &[30], &[Code::NoTimeZone]),
    ("gpx/24_leap_second.gpx", &[30], &[]),
    ("gpx/25_year_0001.gpx", &[30], &[]),
    ("gpx/26_vendor_child.gpx", &[30], &[]),
    ("gpx/27_truncated.gpx", &[19], &[Code::Truncated]),
    ("gpx/28_evil_name.gpx", &[30], &[]),
    ("gpx/29_control_chars.gpx", &[30], &[]),
    ("gpx/30_dup_attr.gpx", &[1], &[Code::BadPosition]),
    ("gpx/31_500_attrs.gpx", &[], &[Code::NoTime]),
    ("gpx/32_empty_trkseg.gpx", &[], &[Code::NoActivity]),
    ("gpx/33_big_name.gpx", &[30], &[]),
    ("gpx/34_multi_trk.gpx", &[20, 20, 20, 20, 20], &[]),
    ("gpx/35_time_backwards.gpx", &[30], &[]),
    ("gpx/36_empty_ele.gpx", &[30], &[]),
    ("gpx/37_sat_float.gpx", &[30], &[]),
    ("gpx/38_pi_flood.gpx", &[30], &[]),
    ("gpx/39_email_bad.gpx", &[30], &[]),
    ("tcx/00_good.tcx", &[30], &[]),
    ("tcx/01_hr_300.tcx", &[30], &[Code::BadValue]),
    ("tcx/02_hr_float.tcx", &[30], &[]),
    ("tcx/03_leading_space.tcx", &[30], &[Code::LeadingBytes]),
    ("tcx/04_bad_time.tcx", &[29], &[Code::BadPoint]),
    ("tcx/05_empty_dist.tcx", &[30], &[]),
    ("tcx/06_nan.tcx", &[30], &[Code::BadValue]),
    ("tcx/07_two_tracks_interleaved.tcx", &[90], &[]),
    ("tcx/08_no_trackpoints.tcx", &[0], &[Code::NoRecords]),
    ("tcx/09_truncated.tcx", &[8], &[Code::Truncated]),
    (
        "tcx/10_deep.tcx",
        &[],
        &[Code::XmlTooDeep, Code::NoActivity],
    ),
    (
        "tcx/11_billion_laughs.tcx",
        &[],
        &[Code::XmlEntities, Code::NoActivity],
    ),
    ("tcx/12_sport_unknown.tcx", &[30], &[Code::BadValue]),
    ("repro/tcx_no_activities.tcx", &[], &[Code::NoActivity]),
    (
        "gz/10_deep_200k.gpx.gz",
        &[],
        &[Code::XmlTooDeep, Code::NoActivity],
    ),
    (
        "gz/11_entity_quadratic.gpx.gz",
        &[],
        &[Code::XmlEntities, Code::NoActivity],
    ),
];

fn decode(name: &str, bytes: &[u8]) -> Decoded {
    if name.contains(".tcx") {
        decode::tcx::decode(bytes)
    } else {
        decode::gpx::decode(bytes)
    }
}

fn read(name: &str) -> Vec<u8> {
    let bytes = common::hostile(name);
    if !name.ends_with(".gz") {
        return bytes;
    }
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice())
        .read_to_end(&mut unpacked)
        .expect("a whole gzip file");
    unpacked
}

#[test]
fn every_hostile_file_has_its_outcome() {
    let mut wrong = Vec::new();
    for (name, samples, codes) in CASES {
        let decoded = decode(name, &read(name));
        let found: Vec<usize> = decoded.activities.iter().map(|a| a.samples.len()).collect();
        let found_codes: Vec<Code> = decoded.problems.iter().map(|p| p.code).collect();
        if found != *samples || found_codes != *codes {
            wrong.push(format!("{name}: {found:?} {found_codes:?}"));
        }
        let is_used = !decoded.activities.is_empty();
        let says_why = decoded.problems.iter().any(|p| p.effect >= Effect::Skipped);
        assert_eq!(is_used, !says_why, "{name}: {:?}", decoded.problems);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_holds_every_file() {
    let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    for folder in ["gpx", "tcx"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder can be read") {
            let name = format!(
                "{folder}/{}",
                entry.expect("an entry").file_name().to_string_lossy()
            );
            assert!(
                CASES.iter().any(|case| case.0 == name),
                "{name} is not in the table"
            );
        }
    }
}

/// The format of the first decoder that knows the file, however far from its beginning that shows.
fn kind(bytes: &[u8]) -> Option<Format> {
    decode::DECODERS
        .iter()
        .find(|decoder| (decoder.recognises)(bytes))
        .map(|decoder| decoder.format)
}

#[test]
fn kinds_are_told_by_content() {
    for (name, ..) in CASES
        .iter()
        .filter(|case| !case.0.contains("no_activities"))
    {
        let expected = if name.contains(".tcx") {
            Format::Tcx
        } else {
            Format::Gpx
        };
        assert_eq!(kind(&read(name)), Some(expected), "{name}");
    }
    for (name, expected) in [
        ("repro/tcx_no_activities.tcx", None),
        ("fit/50_gpx_named_fit.fit", Some(Format::Gpx)),
        ("fit/51_html_named_fit.fit", None),
        ("fit/00_good_run.fit", Some(Format::Fit)),
    ] {
        assert_eq!(kind(&common::hostile(name)), expected, "{name}");
    }
}

#[test]
fn values_of_single_files() {
    let first = |name: &str| decode(name, &read(name)).activities.remove(0);
    assert!(
        first("gpx/15_unbound_prefix.gpx")
            .samples
            .heart_rate_bpm
            .iter()
            .all(|bpm| *bpm == 140.0)
    );
    assert_eq!(
        first("gpx/33_big_name.gpx")
            .name
            .map(|name| name.chars().count()),
        Some(256)
    );
    assert!(
        first("gpx/29_control_chars.gpx")
            .name
            .is_some_and(|name| !name.contains(char::is_control))
    );
    assert!(first("gpx/36_empty_ele.gpx").samples.altitude_m.is_empty());
    let nan_hearts = first("tcx/01_hr_300.tcx")
        .samples
        .heart_rate_bpm
        .iter()
        .filter(|bpm| bpm.is_nan())
        .count();
    assert_eq!(nan_hearts, 1);
    let manual = first("tcx/08_no_trackpoints.tcx");
    assert_eq!(
        (manual.laps[0].timer_s, manual.laps[0].distance_m),
        (Some(30.0), Some(90.0))
    );
    // 0001-01-01T.. is kept: two thousand years before the others.
    assert!(
        first("gpx/25_year_0001.gpx")
            .samples
            .time_s
            .iter()
            .any(|t| *t < -6.2e10)
    );
    assert!(first("tcx/12_sport_unknown.tcx").sport.is_running());
}

/// Cuts a good file at every length: whole points are kept, and the loss is told.
fn check_cuts(name: &str, point_end: &str) {
    let whole = read(name);
    let text_len = whole.trim_ascii_end().len();
    for len in 0..text_len {
        let cut = &whole[..len];
        let decoded = decode(name, cut);
        let points: usize = decoded.activities.iter().map(|a| a.samples.len()).sum();
        let expected = String::from_utf8_lossy(cut).matches(point_end).count();
        assert_eq!(points, expected, "{name} cut at {len}");
        assert!(
            decoded
                .problems
                .iter()
                .any(|p| p.effect >= Effect::PartLost),
            "{name} cut at {len} passed as whole"
        );
    }
}

#[test]
fn a_cut_file_never_passes_as_whole() {
    check_cuts("gpx/00_good.gpx", "</trkpt>");
    check_cuts("tcx/00_good.tcx", "</Trackpoint>");
}

/// Columns are empty or as long as the times, and no activity means a reason.
fn check_sound(decoded: &Decoded) {
    for samples in decoded.activities.iter().map(|a| &a.samples) {
        let f64s = [
            &samples.latitude_deg,
            &samples.longitude_deg,
            &samples.distance_m,
        ]
        .map(Vec::len);
        let f32s = [
            &samples.altitude_m,
            &samples.speed_m_s,
            &samples.heart_rate_bpm,
            &samples.cadence_raw,
        ]
        .map(Vec::len);
        assert!(
            f64s.iter()
                .chain(&f32s)
                .all(|len| *len == 0 || *len == samples.len())
        );
    }
    let says_why = decoded.problems.iter().any(|p| p.effect >= Effect::Skipped);
    assert_eq!(
        decoded.activities.is_empty(),
        says_why,
        "{:?}",
        decoded.problems
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        check_sound(&decode::gpx::decode(&bytes));
        check_sound(&decode::tcx::decode(&bytes));
        kind(&bytes);
    }

    #[test]
    fn random_markup_never_panics(pieces in proptest::collection::vec("(<|>|/|\"|'|=|&|;|gpx|trk|trkpt|Activity|Lap|lat|lon|1|<!--|-->|<!\\[CDATA\\[|\\]\\]>|<\\?|\\?>|<!DOCTYPE| |ü)", 0..80)) {
        let text = pieces.concat();
        for root in ["gpx", "Activities"] {
            let bytes = format!("<{root}>{text}</{root}>");
            check_sound(&decode::gpx::decode(bytes.as_bytes()));
            check_sound(&decode::tcx::decode(bytes.as_bytes()));
        }
    }

    #[test]
    fn damaged_files_never_panic(at in 0usize..9000, damage in proptest::collection::vec(any::<u8>(), 0..12), drop in 0usize..40) {
        for name in ["gpx/00_good.gpx", "tcx/00_good.tcx"] {
            let whole = read(name);
            let at = at % whole.len();
            let rest = whole.get(at + drop..).unwrap_or_default();
            check_sound(&decode(name, &[&whole[..at], &damage, rest].concat()));
        }
    }
}
