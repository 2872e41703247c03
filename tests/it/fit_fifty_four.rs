//! The 54 activities of the public suites in which a trap of the FIT format occurs: niggle is right on every one.
//!
//! Every number was read by others before niggle: [`Sdk`] is Garmin's own SDK, and a decoder of 100 lines written by hand in
//! another language agreed with it on each; [`Fitdecode`] stands where the SDK refuses shortened times; [`Hand`] where only
//! the decoder by hand has it, because the SDK stops at damage or leaves a strap's beats out of the records.

use crate::common;
use niggle::decode::fit::decode;
use niggle::model::Activity;

/// Who read the numbers of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Garmin's SDK; the decoder by hand agrees.
    Sdk,
    /// fitdecode; the decoder by hand agrees.
    Fitdecode,
    /// The decoder by hand alone.
    Hand,
}
use Source::{Fitdecode, Hand, Sdk};

/// Not in the file: then niggle must not have it either.
const NONE: f64 = f64::NAN;

/// What the numbers of a row are, with the tolerance of each: the last two were written down with one or two places.
const FACTS: [(&str, f64); 8] = [
    ("start, Unix s", 0.0),
    ("records", 0.0),
    ("distance of all sessions, m", 0.005),
    ("timer time of all sessions, s", 0.0005),
    ("elapsed time of all sessions, s", 0.0005),
    ("first session's mean heart rate, beats/min", 0.0),
    (
        "mean of the records' heart rates above 0, beats/min",
        0.0501,
    ),
    (
        "mean of the records' whole cadences above 0, per minute as stored",
        0.00501,
    ),
];

/// File below `suites`, trap, source, numbers as in [`FACTS`].
type Row = (&'static str, &'static str, Source, [f64; 8]);

#[rustfmt::skip]
const TABLE: [Row; 54] = [
    ("dtcooper+python-fitparse/tests/files/2013-02-06-12-11-14.fit",
        "header checksum 0", Sdk, [1_360_152_674.0, 590.0, 4835.38, 2625.14, 2625.14, 147.0, 148.1, NONE]),
    ("dtcooper+python-fitparse/tests/files/2015-10-13-08-43-15.fit",
        "header checksum 0", Sdk, [1_444_750_995.0, 221.0, 11_536.43, 1558.198, 1623.198, NONE, NONE, NONE]),
    ("dtcooper+python-fitparse/tests/files/20170518-191602-1740899583.fit",
        "developer fields", Sdk, [1_495_125_450.0, 1641.0, 0.0, 1707.308, 1707.308, 132.0, 131.4, 43.12]),
    ("dtcooper+python-fitparse/tests/files/2019-02-17-062644-ELEMNT-297E-195-0.fit",
        "big-endian, developer fields", Sdk, [1_550_384_804.0, 13_471.0, 78_940.55, 13_471.0, 23_595.0, 124.0, 124.2, 68.48]),
    ("dtcooper+python-fitparse/tests/files/Activity.fit",
        "big-endian, 12-byte header", Sdk, [1_334_006_546.0, 14.0, 5.73, 13.749, 13.749, NONE, NONE, NONE]),
    ("dtcooper+python-fitparse/tests/files/Edge810-Vector-2013-08-16-15-35-10.fit",
        "header checksum 0", Sdk, [1_376_676_310.0, 4700.0, 41_339.38, 4700.05, 4700.05, 154.0, 153.9, 90.31]),
    ("dtcooper+python-fitparse/tests/files/activity-activity-filecrc.fit",
        "wrong checksum", Sdk, [1_334_006_546.0, 28.0, 11.46, 27.498, 27.498, NONE, NONE, NONE]),
    ("dtcooper+python-fitparse/tests/files/activity-filecrc.fit",
        "wrong checksum", Sdk, [1_334_006_546.0, 14.0, 5.73, 13.749, 13.749, NONE, NONE, NONE]),
    ("dtcooper+python-fitparse/tests/files/activity-large-fenxi2-multisport.fit",
        "seven sessions", Sdk, [1_440_835_201.0, 24_239.0, 69_831.36, 24_617.46, 24_617.46, NONE, 146.3, 66.08]),
    ("dtcooper+python-fitparse/tests/files/activity-settings-corruptheader.fit",
        "second header damaged", Sdk, [1_334_006_546.0, 14.0, 5.73, 13.749, 13.749, NONE, NONE, NONE]),
    ("dtcooper+python-fitparse/tests/files/activity-settings-nodata.fit",
        "chained, second cut", Sdk, [1_334_006_546.0, 14.0, 5.73, 13.749, 13.749, NONE, NONE, NONE]),
    ("dtcooper+python-fitparse/tests/files/activity-settings.fit",
        "chained, second is settings", Sdk, [1_334_006_546.0, 14.0, 5.73, 13.749, 13.749, NONE, NONE, NONE]),
    ("dtcooper+python-fitparse/tests/files/activity-unexpected-eof.fit",
        "cut in the last message", Sdk, [1_334_006_546.0, 14.0, 5.73, 13.749, 13.749, NONE, NONE, NONE]),
    ("dtcooper+python-fitparse/tests/files/antfs-dump.63.fit",
        "compressed times, no distance", Fitdecode, [647_506_841.0, 686.0, NONE, 3426.898, 3426.898, 162.0, 162.0, NONE]),
    ("dtcooper+python-fitparse/tests/files/compressed-speed-distance.fit",
        "compressed times, rolling counter", Fitdecode, [648_283_464.0, 755.0, 10_248.67, 3772.75, 3883.273, 170.0, 170.5, 86.92]),
    ("dtcooper+python-fitparse/tests/files/coros-pace-2-cycling-misaligned-fields.fit",
        "sizes unlike their types", Sdk, [1_603_624_219.0, 11_272.0, 32_145.76, 11_287.0, 12_719.0, NONE, 131.9, NONE]),
    ("dtcooper+python-fitparse/tests/files/developer-types-sample.fit",
        "developer fields", Sdk, [1_484_672_807.0, 3424.0, 6753.99, 3424.0, 3424.0, NONE, 130.8, 74.69]),
    ("dtcooper+python-fitparse/tests/files/elemnt-bolt-no-application-id-inside-developer-data-id.fit",
        "developer fields without an application id", Sdk, [1_503_303_480.0, 132.0, 963.65, 132.0, 140.0, NONE, NONE, 59.1]),
    ("dtcooper+python-fitparse/tests/files/event_timestamp.fit",
        "chained, strap beats", Hand, [1_497_361_350.0, 4376.0, 2606.04, 4371.56, 4567.485, 142.0, 138.23, 26.42]),
    ("dtcooper+python-fitparse/tests/files/garmin-edge-500-activity.fit",
        "12-byte header, 48 stops", Sdk, [1_316_955_621.0, 10_686.0, 92_622.34, 10_641.06, 12_691.28, 162.0, 162.8, 88.55]),
    ("dtcooper+python-fitparse/tests/files/garmin-fenix-5-run.fit",
        "uneven steps", Sdk, [1_497_191_649.0, 21.0, 157.56, 56.887, 56.887, 90.0, 85.0, 86.61]),
    ("dtcooper+python-fitparse/tests/files/nick.fit",
        "cut, no session", Sdk, [1_599_913_418.0, 14_391.0, NONE, NONE, NONE, NONE, 142.7, NONE]),
    ("dtcooper+python-fitparse/tests/files/null_compressed_speed_dist.fit",
        "counter always absent, mean heart rate 0", Sdk, [1_507_161_846.0, 1808.0, 13_400.14, 1808.0, 1807.0, NONE, NONE, 84.6]),
    ("dtcooper+python-fitparse/tests/files/sample-activity-indoor-trainer.fit",
        "header checksum 0", Sdk, [1_320_238_459.0, 2263.0, 0.0, 2261.85, 2261.85, 148.0, 147.7, 81.76]),
    ("dtcooper+python-fitparse/tests/files/sample-activity.fit",
        "12-byte header, 30 stops", Sdk, [1_309_123_119.0, 3098.0, 88_797.21, 10_699.36, 11_741.57, 166.0, 165.5, 87.74]),
    ("dtcooper+python-fitparse/tests/files/sample_mulitple_header.fit",
        "chained, five sessions, strap beats", Hand, [1_527_406_381.0, 1773.0, 52_533.68, 9491.348, 9491.348, 165.0, 171.67, 61.79]),
    // By hand 5,332 places look like one of its records; the three more stand alone between damaged bytes, or overlap others.
    ("dtcooper+python-fitparse/tests/files/strava-android-app-201.10-b1218918.fit",
        "damaged at byte 7,451", Hand, [1_632_751_990.0, 5329.0, 11_274.04, 3558.0, 3558.0, NONE, NONE, NONE]),
    ("tormoder+fit/testdata/fitsdk/activity_poolswim_with_hr.fit",
        "strap beats", Hand, [1_471_093_847.0, 3501.0, 1700.0, 3485.293, 3504.649, 103.0, 96.88, 23.27]),
    ("tormoder+fit/testdata/misc/0134902991.fit",
        "big-endian, mean heart rate 0, offset no zone has", Sdk, [1_614_859_466.0, 739.0, 7123.39, 720.318, 720.318, NONE, NONE, 73.23]),
    ("tormoder+fit/testdata/misc/mornindew-broken.fit",
        "developer fields, one badly described", Sdk, [1_558_188_699.0, 6874.0, 16_773.34, 6855.96, 8629.415, 147.0, 147.3, 83.42]),
    ("tormoder+fit/testdata/misc/unterminated-strings.fit",
        "text without an end", Sdk, [1_699_438_778.0, 33.0, 69.0, 32.0, 32.0, 90.0, 87.3, 54.33]),
    ("muktihari+fit/testdata/big_activity.fit",
        "99,998 records, no timer total", Sdk, [1_693_832_119.0, 99_998.0, 32_172.05, NONE, 30_877.0, NONE, 110.0, 85.0]),
    ("muktihari+fit/testdata/chained_Activity_activity_poolswim.fit",
        "pool lengths", Sdk, [1_626_815_480.0, 3625.0, 457.2, 4441.0, 4441.0, NONE, 130.4, 126.21]),
    ("muktihari+fit/testdata/from_garmin_forums/triathlon_summary_first.fit",
        "five sessions before their records", Sdk, [1_693_660_524.0, 4043.0, 18_726.43, 4042.745, 4042.745, 95.0, 163.0, 67.15]),
    ("muktihari+fit/testdata/from_garmin_forums/triathlon_summary_last.fit",
        "five sessions", Sdk, [1_693_660_524.0, 4043.0, 18_726.43, 4042.745, 4042.745, 95.0, 163.0, 67.15]),
    ("muktihari+fit/testdata/from_official_sdk/Activity.fit",
        "developer fields, no distance total", Sdk, [1_626_815_480.0, 3601.0, NONE, 3601.0, 3601.0, NONE, 130.4, 126.56]),
    ("muktihari+fit/testdata/from_official_sdk/ActivityDevFields.fit",
        "big-endian, developer fields, no distance total", Sdk, [1_660_585_149.0, 3601.0, NONE, 3601.0, 3601.0, NONE, 130.4, 126.56]),
    ("muktihari+fit/testdata/from_official_sdk/HrmPluginTestActivity.fit",
        "chained, strap beats", Hand, [1_661_797_882.0, 310.0, 59.61, 308.545, 308.545, 73.0, 73.03, 52.59]),
    ("muktihari+fit/testdata/from_official_sdk/WithGearChangeData.fit",
        "big-endian, no session", Sdk, [1_655_939_317.0, 1979.0, NONE, NONE, NONE, NONE, 105.2, 87.61]),
    ("muktihari+fit/testdata/from_official_sdk/activity_developerdata.fit",
        "developer fields, no distance total", Sdk, [1_599_256_804.0, 3601.0, NONE, 3601.0, 3601.0, NONE, 130.4, 126.56]),
    ("muktihari+fit/testdata/from_official_sdk/activity_multisport.fit",
        "two sessions", Sdk, [1_587_412_580.0, 78.0, 0.0, 76.872, 76.872, 69.0, 70.3, NONE]),
    ("muktihari+fit/testdata/from_official_sdk/activity_poolswim.fit",
        "pool lengths", Sdk, [1_626_815_480.0, 24.0, 457.2, 840.0, 840.0, NONE, NONE, 48.0]),
    ("muktihari+fit/testdata/from_official_sdk/activity_truncated.fit",
        "no session", Sdk, [1_334_006_546.0, 14.0, NONE, NONE, NONE, NONE, NONE, NONE]),
    ("muktihari+fit/testdata/valid_only_contain_fileid.fit",
        "one record, no session", Sdk, [1_693_832_119.0, 1.0, NONE, NONE, NONE, NONE, 112.0, 80.0]),
    ("stadelmanma+fitparse-rs/fitparser/tests/fixtures/hrv-activity.fit",
        "hrv messages", Sdk, [1_644_252_472.0, 1072.0, 6873.6, 1071.188, 1072.488, 156.0, 156.0, 77.98]),
    ("polyvertex+fitdecode/tests/files/garmin-fr935-cr.fit",
        "chained, strap beats", Hand, [1_521_889_355.0, 7515.0, 0.0, 7552.97, 7552.97, 80.0, 81.42, NONE]),
    ("garmin+fit-python-sdk/tests/fits/HrmPluginTestActivity.fit",
        "strap beats", Hand, [1_661_797_882.0, 310.0, 60.0, 309.0, 309.0, 73.0, 73.03, 52.59]),
    ("garmin+fit-python-sdk/tests/fits/WithGearChangeData.fit",
        "no session", Sdk, [1_655_939_317.0, 1979.0, NONE, NONE, NONE, NONE, 105.2, 87.61]),
    ("roznet+fit-benchmarks/large.fit",
        "developer fields", Sdk, [1_605_960_002.0, 42_709.0, 84_209.89, 42_728.251, 43_199.919, 106.0, 106.2, 76.47]),
    ("roznet+fit-benchmarks/sample.fit",
        "developer fields", Sdk, [1_600_930_998.0, 4276.0, 9399.93, 4271.564, 4701.014, 154.0, 153.7, 73.98]),
    ("SamR1+FitTrackee/fittrackee/tests/files/apple_watch.fit",
        "developer fields, no timer total", Sdk, [1_665_785_446.0, 338.0, 1200.94, NONE, 334.313, NONE, 178.1, NONE]),
    ("GoldenCheetah+sweatpy/sweat/examples/data/6449921903_ACTIVITY.fit",
        "indoors, no distance", Sdk, [1_616_072_553.0, 199.0, 0.0, 196.229, 324.513, 100.0, 99.7, 87.56]),
    ("GoldenCheetah+sweatpy/sweat/examples/data/6471559601_ACTIVITY.fit",
        "three sessions", Sdk, [1_616_410_096.0, 60.0, 0.0, 59.601, 59.601, 54.0, 52.8, NONE]),
    ("HzaCode+Athlytics/inst/extdata/activities/example.fit",
        "no session", Sdk, [1_631_065_601.0, 10.0, NONE, NONE, NONE, NONE, 145.5, NONE]),
];

fn sum(activities: &[Activity], of: fn(&Activity) -> Option<f64>) -> f64 {
    activities
        .iter()
        .filter_map(of)
        .reduce(|a, b| a + b)
        .unwrap_or(NONE)
}

fn mean(activities: &[Activity], of: fn(&Activity) -> &Vec<f32>) -> f64 {
    let values = activities
        .iter()
        .flat_map(of)
        .map(|value| f64::from(value.floor()))
        .filter(|value| *value > 0.0);
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    if count == 0 {
        NONE
    } else {
        sum / f64::from(count)
    }
}

fn numbers(activities: &[Activity]) -> [f64; 8] {
    let first = activities.first();
    [
        first
            .and_then(|activity| activity.start_unix_s)
            .unwrap_or(NONE),
        activities
            .iter()
            .map(|activity| activity.samples.len())
            .sum::<usize>() as f64,
        sum(activities, |activity| activity.totals.distance_m),
        sum(activities, |activity| activity.totals.timer_s),
        sum(activities, |activity| activity.totals.elapsed_s),
        first
            .and_then(|activity| activity.totals.heart_rate_mean_bpm)
            .unwrap_or(NONE),
        mean(activities, |activity| &activity.samples.heart_rate_bpm),
        mean(activities, |activity| &activity.samples.cadence_raw),
    ]
}

#[test]
fn right_on_all_fifty_four() {
    let Some(corpus) = common::corpus("right_on_all_fifty_four") else {
        return;
    };
    let (mut compared, mut wrong) = (0, Vec::new());
    for (path, trap, source, expected) in &TABLE {
        let bytes = std::fs::read(corpus.join("suites").join(path))
            .expect("a file of the suites is readable");
        let found = numbers(&decode(&bytes).activities);
        for ((fact, tolerance), (found, expected)) in FACTS.iter().zip(found.iter().zip(expected)) {
            compared += 1;
            let is_right =
                (found - expected).abs() <= *tolerance || found.is_nan() && expected.is_nan();
            if !is_right {
                wrong.push(format!(
                    "{path} ({trap}): {fact}: niggle {found}, {source:?} {expected}"
                ));
            }
        }
    }
    println!("{compared} numbers of {} files compared", TABLE.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The table itself: no file twice, and every trap of the format in it.
#[test]
fn the_table_has_every_trap() {
    let paths: std::collections::BTreeSet<&str> = TABLE.iter().map(|row| row.0).collect();
    assert_eq!(paths.len(), TABLE.len());
    for trap in [
        "compressed times",
        "rolling counter",
        "strap beats",
        "header checksum 0",
        "12-byte header",
        "chained",
        "unlike their types",
        "developer fields",
        "big-endian",
        "sessions",
        "cut",
        "no session",
        "damaged",
        "wrong checksum",
        "no distance",
        "no timer",
    ] {
        assert!(TABLE.iter().any(|row| row.1.contains(trap)), "{trap}");
    }
}
