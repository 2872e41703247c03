//! Every single bit of a small file of each format flipped, and packed files cut at every byte: what is lost is what was hit, it is said,
//! and no other file's run is touched. Cuts of the formats themselves are in `fit_truncation` and `xml_hostile`.

use crate::common::{self, gzip, zip};
use niggle::{
    decode,
    ingest::{self, Options, Silent},
    model::Decoded,
    source,
};
use std::{collections::BTreeMap, fs, io::Read, thread};

/// What `work` says of each number below `count`, on two threads. (Reading has a pool of its own, which inside another one runs out of
/// stack in a debug build.)
fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let half = |from: usize, to: usize| (from..to).map(&work).collect::<Vec<T>>();
    thread::scope(|scope| {
        let first = scope.spawn(|| half(0, count / 2));
        let second = half(count / 2, count);
        first.join().unwrap().into_iter().chain(second).collect()
    })
}

/// The bit of this number flipped: its byte, which of it, and the bytes.
fn flip(bytes: &[u8], at: usize) -> (usize, u8, Vec<u8>) {
    let (byte, bit) = (at / 8, (at % 8) as u8);
    let mut flipped = bytes.to_vec();
    flipped[byte] ^= 1 << bit;
    (byte, bit, flipped)
}

/// Every record: when, in milliseconds since 1970, and all else that it holds.
fn records(decoded: &Decoded) -> Vec<(i64, String)> {
    let activities = decoded.activities.iter();
    activities
        .flat_map(|activity| {
            let samples = &activity.samples;
            (0..samples.len()).map(move |at| {
                let wide = |column: &[f64]| column.get(at).copied().unwrap_or(f64::NAN);
                let narrow = |column: &[f32]| column.get(at).copied().unwrap_or(f32::NAN);
                let values = format!(
                    "{:.6} {:.6} {:.2} {:.2} {:.3} {} {}",
                    wide(&samples.latitude_deg),
                    wide(&samples.longitude_deg),
                    wide(&samples.distance_m),
                    narrow(&samples.altitude_m),
                    narrow(&samples.speed_m_s),
                    narrow(&samples.heart_rate_bpm),
                    narrow(&samples.cadence_raw),
                );
                ((samples.time_s[at] * 1e3).round() as i64, values)
            })
        })
        .collect()
}

/// What a flip did to the records of a file.
struct Hit {
    byte: usize,
    bit: u8,
    /// Which of the records are gone or changed, by their place.
    lost: Vec<usize>,
    /// How many there are that were not there before.
    new: usize,
    is_told: bool,
}

fn hits(bytes: &[u8], clean: &[(i64, String)]) -> Vec<Hit> {
    let hit = |(byte, bit, flipped): (usize, u8, Vec<u8>)| {
        let decoded = decode::decode(&flipped);
        let found = records(&decoded);
        let is_lost = |at: &usize| !found.contains(&clean[*at]);
        Hit {
            byte,
            bit,
            lost: (0..clean.len()).filter(is_lost).collect(),
            new: found.iter().filter(|row| !clean.contains(row)).count(),
            is_told: !decoded.problems.is_empty(),
        }
    };
    each(bytes.len() * 8, |at| hit(flip(bytes, at)))
}

/// Where the good run's records begin, and how long each is.
const FIRST_RECORD: usize = 94;
const RECORD_BYTES: usize = 23;
/// The clock of the last records cannot be held against two later ones: one of them that jumps takes those behind it along.
const LAST: usize = 3;

#[test]
fn a_bit_of_a_fit_file_costs_the_message_it_is_in() {
    let bytes = common::hostile("fit/00_good_run.fit");
    let clean = records(&decode::decode(&bytes));
    let (mut wrong, mut definitions) = (Vec::new(), 0);
    for hit in hits(&bytes, &clean) {
        let place = hit
            .byte
            .checked_sub(FIRST_RECORD)
            .map(|at| at / RECORD_BYTES);
        let may_be_lost = match (hit.byte, place) {
            // The header: its sizes, its signature, its checksum.
            (0..14, _) => Vec::new(),
            // Definitions, and who made the file: what they define goes with them.
            (_, None) => (0..clean.len()).collect(),
            (_, Some(place)) if place + LAST >= clean.len() && place < clean.len() => {
                (place..clean.len()).collect()
            }
            (_, Some(place)) => vec![place],
        };
        definitions += usize::from(place.is_none() && hit.lost.len() == clean.len());
        let is_bounded = hit.lost.iter().all(|lost| may_be_lost.contains(lost));
        if !(is_bounded && hit.is_told && hit.new <= hit.lost.len() + 1) {
            wrong.push(format!(
                "{}.{}: {:?} lost, {} new",
                hit.byte, hit.bit, hit.lost, hit.new
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}: {:?}",
        wrong.len(),
        bytes.len() * 8,
        &wrong[..wrong.len().min(20)]
    );
    // Bits of three definitions, of the file's kind and of what a record is, of 80 bytes in all.
    assert!(definitions <= 270, "{definitions}");
    println!(
        "FIT: {} bits, {definitions} of definitions cost all records",
        bytes.len() * 8
    );
}

#[test]
fn a_bit_of_an_xml_file_costs_the_point_it_is_in() {
    for (name, element) in [("gpx", "<trkpt"), ("tcx", "<Trackpoint")] {
        let bytes = small(name);
        let clean = records(&decode::decode(&bytes));
        assert_eq!(clean.len(), 6, "{name}");
        let text = String::from_utf8(bytes.clone()).unwrap();
        let starts: Vec<usize> = text.match_indices(element).map(|(at, _)| at).collect();
        let mut of_no_use = Vec::new();
        for hit in hits(&bytes, &clean) {
            let place = starts.iter().rposition(|start| *start <= hit.byte);
            // The name that says what the file is, and the bracket before it, are all that it is told by.
            if place.is_none() && hit.lost.len() == clean.len() {
                assert!(hit.is_told, "{name} {}.{}", hit.byte, hit.bit);
                of_no_use.push(hit.byte);
                continue;
            }
            let is_bounded = hit.lost.iter().all(|lost| Some(*lost) == place);
            assert!(
                is_bounded && hit.new <= hit.lost.len(),
                "{name} {}.{}: {:?} lost, {} new",
                hit.byte,
                hit.bit,
                hit.lost,
                hit.new
            );
        }
        println!(
            "{name}: {} bits, {} cost the file: {of_no_use:?}",
            bytes.len() * 8,
            of_no_use.len()
        );
        assert!(of_no_use.len() <= 16, "{name}: {of_no_use:?}");
    }
}

/// The runs of a packed file, by their start, and whether anything was told.
fn unpacked(bytes: &[u8], ending: &str) -> (BTreeMap<String, String>, bool) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(format!("runs.{ending}")), bytes).unwrap();
    let found = source::discover(&[folder.path().to_path_buf()], &[]).unwrap();
    let read = ingest::read_all(&found, &Options::default(), &Silent).unwrap();
    let problems = read.files.iter().flat_map(|file| &file.problems);
    let is_told = problems.chain(&found.unreadable).count() > 0;
    let runs = read.rows.iter().map(|run| {
        let values = format!("{:?} m in {:?} s", run.distance_m, run.elapsed_s);
        (run.start_utc.to_rfc3339(), values)
    });
    (runs.collect(), is_told)
}

/// Three runs in one zip, deflated and as they are, on three days.
fn three_runs() -> Vec<u8> {
    let run = |day: u8| {
        let text = String::from_utf8(small("gpx")).unwrap();
        let text = text.replace("2026-03-01", &format!("2026-03-{day:02}"));
        (format!("{day}.gpx"), text.into_bytes(), day == 2)
    };
    zip(&[run(1), run(2), run(3)])
}

/// Where each entry of a zip, then each line of its directory, then its end begin.
fn places(zip: &[u8]) -> Vec<usize> {
    let signatures = [b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"];
    let found =
        (0..zip.len()).filter(|at| signatures.iter().any(|one| zip[*at..].starts_with(*one)));
    found.collect()
}

/// The run that a byte of the zip belongs to; None behind the directory.
fn owner(places: &[usize], byte: usize) -> Option<usize> {
    let place = places.iter().rposition(|place| *place <= byte)?;
    (place < 6).then_some(place % 3)
}

#[test]
fn a_bit_of_a_zip_costs_no_other_files_run() {
    let bytes = three_runs();
    let (clean, is_told) = unpacked(&bytes, "zip");
    let places = places(&bytes);
    assert_eq!((clean.len(), places.len(), is_told), (3, 7, false));
    let tried = |at: usize| {
        let (byte, bit, flipped) = flip(&bytes, at);
        if !is_tried(byte, bit) {
            return None;
        }
        let (found, is_told) = unpacked(&flipped, "zip");
        let runs = clean.iter().enumerate();
        let lost = runs.filter(|(_, (start, run))| found.get(*start) != Some(run));
        let lost: Vec<usize> = lost.map(|(at, _)| at).collect();
        let is_bounded = lost.iter().all(|lost| Some(*lost) == owner(&places, byte));
        let is_fine = is_bounded && (lost.is_empty() || is_told);
        (!is_fine).then(|| format!("{byte}.{bit}: {lost:?} lost, told: {is_told}"))
    };
    let wrong: Vec<String> = each(bytes.len() * 8, tried).into_iter().flatten().collect();
    assert!(
        wrong.is_empty(),
        "{} of {} at {places:?}: {:?}",
        wrong.len(),
        bytes.len() * 8,
        &wrong[..wrong.len().min(30)]
    );
}

/// Every bit takes half a minute: one of each byte, in turn, unless all are asked for.
fn is_tried(byte: usize, bit: u8) -> bool {
    byte % 8 == usize::from(bit) || std::env::var_os("NIGGLE_EVERY_BIT").is_some()
}

#[test]
fn a_cut_zip_has_the_runs_before_the_cut() {
    let bytes = three_runs();
    let (clean, _) = unpacked(&bytes, "zip");
    let places = places(&bytes);
    each(bytes.len(), |cut| {
        let (found, is_told) = unpacked(&bytes[..cut], "zip");
        let whole = places[1..4].iter().filter(|end| **end <= cut).count();
        let before: Vec<_> = clean.iter().take(whole).collect();
        assert!(
            before
                .iter()
                .all(|(start, run)| found.get(*start) == Some(*run)),
            "cut at {cut}: {found:?}"
        );
        assert!(is_told, "cut at {cut} passed as whole");
    });
}

#[test]
fn a_bit_of_a_gzip_is_told_and_a_cut_keeps_what_was_before_it() {
    let text = small("gpx");
    let bytes = gzip(&text);
    let (clean, _) = unpacked(&bytes, "gpx.gz");
    each(bytes.len() * 8, |at| {
        let (byte, bit, flipped) = flip(&bytes, at);
        let (found, is_told) = unpacked(&flipped, "gpx.gz");
        assert!(
            found == clean || is_told,
            "{byte}.{bit} passed as whole: {found:?}"
        );
    });
    each(bytes.len(), |cut| {
        let (found, is_told) = unpacked(&bytes[..cut], "gpx.gz");
        let points = inflated(&bytes[..cut]).matches("</trkpt>").count();
        let seconds: Vec<&String> = found.values().collect();
        let least = points.saturating_sub(1) * 4;
        let is_kept = points < 2
            || seconds
                .first()
                .is_some_and(|run| run.contains(&format!("Some({least}.0) s")));
        assert!(
            is_told && is_kept,
            "cut at {cut}: {points} points, {found:?}"
        );
    });
}

/// What another reader gets out of a gzip that was cut.
fn inflated(bytes: &[u8]) -> String {
    let mut text = Vec::new();
    let mut reader = flate2::read::GzDecoder::new(bytes);
    let mut byte = [0];
    while reader.read(&mut byte).is_ok_and(|count| count == 1) {
        text.push(byte[0]);
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Six points of a run.
fn small(name: &str) -> Vec<u8> {
    let points = (0..6).map(|at| {
        let (lat, s) = (51.0 + f64::from(at) * 1e-4, at * 4);
        match name {
            "gpx" => format!("<trkpt lat=\"{lat:.5}\" lon=\"13.5\"><ele>{}</ele><time>2026-03-01T07:00:{s:02}Z</time></trkpt>\n", 100 + at),
            _ => format!("<Trackpoint><Time>2026-03-01T07:00:{s:02}Z</Time><Position><LatitudeDegrees>{lat:.5}</LatitudeDegrees><LongitudeDegrees>13.5</LongitudeDegrees></Position><DistanceMeters>{}</DistanceMeters><HeartRateBpm><Value>{}</Value></HeartRateBpm></Trackpoint>\n", 11 * at, 140 + at),
        }
    });
    let points: String = points.collect();
    match name {
        "gpx" => format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"test\"><trk><name>Morning</name><type>running</type><trkseg>\n{points}</trkseg></trk></gpx>\n"),
        _ => format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Id>2026-03-01T07:00:00Z</Id><Lap StartTime=\"2026-03-01T07:00:00Z\"><TotalTimeSeconds>20</TotalTimeSeconds><DistanceMeters>55</DistanceMeters><Track>\n{points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>\n"),
    }
    .into_bytes()
}
