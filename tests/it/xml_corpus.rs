//! GPX and TCX of the corpus against what lxml says of them (FACTS.tsv), and GPX against the gpx crate.

use crate::common::{self, Facts};
use niggle::{
    decode,
    model::{Activity, Decoded, Lap, Samples},
    problem::Effect,
    verify,
};
use std::{collections::BTreeMap, io::Read, path::Path};

/// File name end and why niggle has other point counts than the table, which counts every `<trkpt>`.
/// No history file needs an exception.
const POINT_EXCEPTIONS: &[(&str, &str)] = &[
    (
        "gpxpy/test_files/cerknicko-without-times.gpx",
        "7 of its 8 tracks have no times and are left out",
    ),
    (
        "gpxpy/test_files/korita-zbevnica.gpx",
        "2 of its 4 tracks have no times and are left out",
    ),
    (
        "raw/legacy_gpx_pause_resume.gpx",
        "OpenTracks marked pause and resume by latitudes 100 and 200: points without a position",
    ),
];
const POINT_FACTS: &[&str] = &[
    "records",
    "points_with_pos",
    "hr_present",
    "cadence_present",
];
/// File name end and why its mean cadence is another.
const CADENCE_EXCEPTIONS: &[(&str, &str)] = &[(
    "raw/legacy_gpx_trackpointextensions_incorrect.gpx",
    "a cadence of 3 is read as three steps a second",
)];

/// How often each fact agreed, and every disagreement that is not in [`POINT_EXCEPTIONS`].
#[derive(Default)]
struct Counts {
    agreed: BTreeMap<&'static str, usize>,
    excepted: BTreeMap<&'static str, usize>,
    differed: Vec<String>,
}

impl Counts {
    fn add(&mut self, path: &str, fact: &'static str, agrees: bool, values: String) {
        if agrees {
            *self.agreed.entry(fact).or_default() += 1;
        } else if is_excepted(path, fact) {
            *self.excepted.entry(fact).or_default() += 1;
        } else {
            let shown = if path.starts_with("history") {
                "a history file"
            } else {
                path
            };
            self.differed.push(format!("{shown}: {fact}: {values}"));
        }
    }
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let bytes = std::fs::read(path).ok()?;
    if path.extension().is_some_and(|e| e == "gz") {
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(bytes.as_slice())
            .read_to_end(&mut unpacked)
            .ok()?;
        return Some(unpacked);
    }
    Some(bytes)
}

fn decode(format: &str, bytes: &[u8]) -> Decoded {
    if format == "TCX" {
        decode::tcx::decode(bytes)
    } else {
        decode::gpx::decode(bytes)
    }
}

fn all<T: Copy>(decoded: &Decoded, pick: fn(&Samples) -> &Vec<T>) -> Vec<T> {
    decoded
        .activities
        .iter()
        .flat_map(|a| pick(&a.samples).iter().copied())
        .collect()
}

fn finite(values: Vec<f32>) -> Vec<f64> {
    values
        .into_iter()
        .map(f64::from)
        .filter(|v| v.is_finite())
        .collect()
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn is_excepted(path: &str, fact: &str) -> bool {
    let exceptions = match fact {
        "rec_mean_cadence" => CADENCE_EXCEPTIONS,
        fact if POINT_FACTS.contains(&fact) => POINT_EXCEPTIONS,
        _ => &[],
    };
    exceptions.iter().any(|(end, _)| path.ends_with(end))
}

/// TCX has its totals in its laps.
fn of_laps(activity: &Activity, of: fn(&Lap) -> Option<f64>) -> Option<f64> {
    activity.laps.iter().filter_map(of).reduce(|a, b| a + b)
}

fn sum(decoded: &Decoded, pick: fn(&Activity) -> Option<f64>) -> Option<f64> {
    decoded
        .activities
        .iter()
        .filter_map(pick)
        .reduce(|a, b| a + b)
}

/// The FIT name for the words that the table has, written here anew and not taken from the decoder.
fn fit_sport(word: &str) -> &'static str {
    match word {
        "running" | "Running" | "run" | "Run" | "9" => "running",
        "cycling" | "Biking" | "1" | "mountain biking" => "cycling",
        "Kayaking" => "kayaking",
        "Other" => "generic",
        // A word that names a sport nobody knows.
        "the category" => "other",
        _ => "unknown",
    }
}

fn compare(counts: &mut Counts, facts: &Facts, decoded: &Decoded) {
    let path = facts["path"].as_str();
    let number = |name: &str| facts.get(name).and_then(|text| text.parse::<f64>().ok());
    // The table's mean leaves out standing still; its `present` counts it.
    let strides: Vec<f64> = finite(all(decoded, |s| &s.cadence_raw))
        .into_iter()
        .filter(|c| *c > 0.0)
        .collect();
    let mut close = |fact: &'static str, found: Option<f64>, tolerance: f64| {
        if let Some(stated) = number(fact) {
            let agrees = found
                .is_some_and(|found| (found - stated).abs() <= tolerance.max(stated.abs() * 0.001));
            counts.add(path, fact, agrees, format!("{found:?}, stated {stated}"));
        }
    };
    let times: Vec<f64> = all(decoded, |s| &s.time_s)
        .into_iter()
        .filter(|t| t.is_finite())
        .collect();
    let span = times
        .first()
        .zip(times.last())
        .map(|(first, last)| last - first);
    close("time_span_s", span, 1.0);
    close(
        "total_timer_time_s",
        sum(decoded, |a| {
            a.totals.timer_s.or(of_laps(a, |lap| lap.timer_s))
        }),
        1.0,
    );
    if facts["format"] == "TCX" {
        close(
            "total_distance_m",
            sum(decoded, |a| of_laps(a, |lap| lap.distance_m)),
            0.01,
        );
        close(
            "num_laps",
            Some(
                decoded
                    .activities
                    .iter()
                    .map(|a| a.laps.len())
                    .sum::<usize>() as f64,
            ),
            0.0,
        );
    }
    let last_distance = all(decoded, |s| &s.distance_m)
        .into_iter()
        .rfind(|m| m.is_finite());
    close("rec_last_distance_m", last_distance, 0.01);
    close(
        "rec_mean_hr",
        mean(&finite(all(decoded, |s| &s.heart_rate_bpm))),
        0.06,
    );
    close("rec_mean_cadence", mean(&strides), 0.006);
    compare_exactly(counts, facts, decoded, times.first().copied());
}

fn compare_exactly(counts: &mut Counts, facts: &Facts, decoded: &Decoded, first_s: Option<f64>) {
    let path = facts["path"].as_str();
    let mut equal = |fact: &'static str, found: String| {
        if let Some(stated) = facts.get(fact) {
            counts.add(
                path,
                fact,
                found == *stated,
                format!("{found}, stated {stated}"),
            );
        }
    };
    let records = decoded
        .activities
        .iter()
        .map(|a| a.samples.len())
        .sum::<usize>();
    let positions = all(decoded, |s| &s.latitude_deg)
        .into_iter()
        .filter(|v| v.is_finite())
        .count();
    equal("records", records.to_string());
    equal("points_with_pos", positions.to_string());
    equal(
        "hr_present",
        format!(
            "{}/{records}",
            finite(all(decoded, |s| &s.heart_rate_bpm)).len()
        ),
    );
    equal(
        "cadence_present",
        format!(
            "{}/{records}",
            finite(all(decoded, |s| &s.cadence_raw)).len()
        ),
    );
    if let Some(stated) = facts.get("start_utc") {
        let parsed = chrono::DateTime::parse_from_rfc3339(stated.trim_end_matches("(naive)"));
        let stated_s = parsed.map(|t| t.timestamp() as f64).unwrap_or(f64::NAN);
        let agrees = first_s.is_some_and(|first| (first - stated_s).abs() <= 1.0);
        counts.add(
            path,
            "start_utc",
            agrees,
            format!("{first_s:?}, stated {stated_s}"),
        );
    }
    if let Some(stated) = facts.get("sport").filter(|word| !word.contains('|')) {
        let found = decoded.activities.first().map(|a| a.sport.0);
        counts.add(
            path,
            "sport",
            found == Some(fit_sport(stated)),
            format!("{found:?}, stated {stated}"),
        );
    }
}

#[test]
fn facts_agree() {
    let Some(corpus) = common::corpus("xml_corpus::facts_agree") else {
        return;
    };
    let mut counts = Counts::default();
    let (mut compared, mut untimed, mut in_archives) = (0, 0, 0);
    for facts in common::facts(&corpus)
        .iter()
        .filter(|f| f["format"] != "FIT" && f["parses"] != "no")
    {
        match read(&corpus.join(&facts["path"])) {
            Some(bytes) if facts.contains_key("start_utc") => {
                compared += 1;
                compare(&mut counts, facts, &decode(&facts["format"], &bytes));
            }
            Some(bytes) => {
                untimed += 1;
                let decoded = decode(&facts["format"], &bytes);
                let says_why = decoded.problems.iter().any(|p| p.effect >= Effect::Skipped);
                assert!(
                    decoded.activities.is_empty() && says_why,
                    "{}: no point has a time",
                    facts["path"]
                );
            }
            None => in_archives += usize::from(facts["path"].contains('!')),
        }
    }
    println!(
        "{compared} files compared, {untimed} have no times and are skipped, {in_archives} are inside zip archives"
    );
    println!(
        "agreed: {:?}\nexcepted: {:?}",
        counts.agreed, counts.excepted
    );
    assert!(compared > 100, "the corpus is there");
    // A point without a position is a point all the same.
    let every_exception_is_needed =
        counts.excepted.get("points_with_pos") == Some(&POINT_EXCEPTIONS.len());
    assert!(every_exception_is_needed, "{:?}", counts.excepted);
    assert!(
        counts.differed.is_empty(),
        "{} differ:\n{}",
        counts.differed.len(),
        counts.differed.join("\n")
    );
}

#[test]
fn the_watchs_totals_of_the_gpx_history_are_read() {
    let Some(corpus) = common::corpus("xml_corpus::the_watchs_totals_of_the_gpx_history_are_read")
    else {
        return;
    };
    let mut files = 0;
    for facts in common::facts(&corpus)
        .iter()
        .filter(|f| f["category"] == "history" && f["format"] == "GPX")
    {
        let bytes = read(&corpus.join(&facts["path"])).expect("a history file");
        let decoded = decode("GPX", &bytes);
        let [activity] = decoded.activities.as_slice() else {
            panic!("one activity in a history file")
        };
        let totals = activity.totals;
        let span_s: f64 = facts["time_span_s"].parse().expect("a number");
        let (moving_s, elapsed_s) = (
            totals.moving_s.expect("moving"),
            totals.elapsed_s.expect("elapsed"),
        );
        assert!(
            totals.distance_m.is_some_and(|m| m > 0.0),
            "a history file has the watch's distance"
        );
        assert!(
            moving_s <= elapsed_s + 1.0 && span_s <= elapsed_s + 1.0,
            "{moving_s}, {span_s}, {elapsed_s}"
        );
        files += 1;
    }
    println!("{files} history files hold distance, moving and elapsed time");
    assert!(files > 50, "the corpus is there");
}

/// The class of a gpx error: its text without what stands in quotes and numbers.
fn class(error: &str) -> String {
    let words = error.split('`').step_by(2).collect::<Vec<_>>().join("_");
    words
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .take(90)
        .collect()
}

/// Where the gpx crate refuses a whole file: class of its error, how many files of the corpus, why niggle does not.
const REFUSALS: &[(&str, usize, &str)] = &[
    (
        "invalid _: must be between _. Actual value: _",
        1,
        "latitude 100 marks a pause: niggle drops that point alone",
    ),
    (
        "invalid child element _ in _",
        4,
        "magvar, of the GPX schema but not known to the crate, and a bare speed, of GPX 1.0 in a 1.1 file: niggle passes over them",
    ),
    (
        "invalid element, _ lacks required attribute _",
        5,
        "a root without a version: niggle reads points, whatever the version",
    ),
    (
        "no string content",
        1,
        "an empty text element: niggle takes it as absent",
    ),
];

#[test]
fn the_gpx_crate_agrees_where_it_reads() {
    let Some(corpus) = common::corpus("xml_corpus::the_gpx_crate_agrees_where_it_reads") else {
        return;
    };
    let (mut agreed, mut refused, mut differed) =
        (0, BTreeMap::<String, Vec<String>>::new(), Vec::new());
    for facts in common::facts(&corpus)
        .iter()
        .filter(|f| f["format"] == "GPX")
    {
        let Some(bytes) = read(&corpus.join(&facts["path"])) else {
            continue;
        };
        let is_history = facts["path"].starts_with("history");
        let shown = if is_history {
            "a history file"
        } else {
            facts["path"].as_str()
        };
        let decoded = decode("GPX", &bytes);
        match verify::gpx::compare(&bytes, &decoded) {
            Ok(differences) if differences.is_empty() => agreed += 1,
            Ok(differences) if is_history => {
                differed.push(format!(
                    "{shown}: {:?}",
                    differences.iter().map(|d| d.what).collect::<Vec<_>>()
                ));
            }
            Ok(differences) => differed.push(format!("{shown}: {differences:?}")),
            Err(error) => {
                let is_used = !decoded.activities.is_empty() || !decoded.problems.is_empty();
                assert!(
                    is_used,
                    "{shown}: refused by the crate ({error}), and niggle says nothing of it"
                );
                refused
                    .entry(class(&error))
                    .or_default()
                    .push(format!("{shown}: {error}"));
            }
        }
    }
    println!(
        "{agreed} agree; the gpx crate refuses {}",
        refused.values().map(Vec::len).sum::<usize>()
    );
    assert!(agreed > 100, "the corpus is there");
    assert!(differed.is_empty(), "{}", differed.join("\n"));
    let found: BTreeMap<&str, usize> = refused
        .iter()
        .map(|(class, files)| (class.as_str(), files.len()))
        .collect();
    let written: BTreeMap<&str, usize> = REFUSALS
        .iter()
        .map(|(class, files, _)| (*class, *files))
        .collect();
    assert_eq!(found, written, "{refused:#?}");
}
