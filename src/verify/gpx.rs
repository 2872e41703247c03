//! The gpx crate's opinion of a GPX file: point count, first and last time, elevations and length.

use super::difference::Difference;
use crate::{
    decode::xml::{self, End, Walker},
    model::Decoded,
    text::stamp::stamp,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Longest input handed to the gpx crate, bytes: it builds the whole tree in memory.
const INPUT_BYTES_MAX: usize = 64 << 20;

/// Every disagreement about the tracks that have times. An error says why there is no second opinion: the gpx crate
/// refused the file, or the file is one it must not be given (its time grows with the square of the nesting, and it
/// expands entities).
pub fn compare(bytes: &[u8], decoded: &Decoded) -> Result<Vec<Difference>, String> {
    check_harmless(bytes)?;
    Ok(differences(&ours(decoded), &theirs(&read(bytes)?)))
}

fn read(bytes: &[u8]) -> Result<gpx::Gpx, String> {
    let read = catch_unwind(AssertUnwindSafe(|| gpx::read(bytes)))
        .map_err(|_| "the gpx crate panicked".to_string())?;
    read.map_err(|error| error_chain(&error))
}

/// The gpx crate's error with its causes, outermost first.
fn error_chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

fn check_harmless(bytes: &[u8]) -> Result<(), String> {
    let length = bytes.len();
    if length > INPUT_BYTES_MAX {
        return Err(format!("{length} bytes are too many for the gpx crate"));
    }
    let (text, _) = xml::text(bytes);
    if text.contains("<!DOCTYPE") {
        return Err("a DOCTYPE is not given to the gpx crate".to_string());
    }
    let mut walker = Walker::new(&text);
    while walker.step().is_some() {}
    match walker.end() {
        End::Refused(_, detail) => Err(detail),
        End::Whole | End::Cut => Ok(()),
    }
}

/// What the two decoders are compared by.
#[derive(Debug, Clone, PartialEq, Default)]
struct Summary {
    points: usize,
    times: usize,
    first_s: Option<f64>,
    last_s: Option<f64>,
    elevation_sum_m: f64,
    length_m: f64,
    latest: Option<(f64, f64)>,
}

impl Summary {
    fn add(&mut self, here: (f64, f64), time_s: Option<f64>, elevation_m: Option<f64>) {
        self.points += 1;
        self.times += usize::from(time_s.is_some());
        self.first_s = self.first_s.or(time_s);
        self.last_s = time_s.or(self.last_s);
        self.elevation_sum_m += elevation_m.filter(|m| m.is_finite()).unwrap_or(0.0);
        self.length_m += self.latest.map_or(0.0, |before| haversine_m(before, here));
        self.latest = Some(here);
    }
}

fn ours(decoded: &Decoded) -> Summary {
    let mut summary = Summary::default();
    for samples in decoded.activities.iter().map(|activity| &activity.samples) {
        let positions = samples.latitude_deg.iter().zip(&samples.longitude_deg);
        for (index, (latitude, longitude)) in positions.enumerate() {
            let time = samples.time_s.get(index).copied().filter(|t| t.is_finite());
            let elevation = samples.altitude_m.get(index).map(|m| f64::from(*m));
            summary.add((*latitude, *longitude), time, elevation);
        }
    }
    summary
}

fn theirs(gpx: &gpx::Gpx) -> Summary {
    let mut summary = Summary::default();
    for track in gpx.tracks.iter().filter(|track| has_time(track)) {
        for point in points(track) {
            let here = (point.point().y(), point.point().x());
            summary.add(here, unix_s(point), point.elevation);
        }
    }
    summary
}

fn points(track: &gpx::Track) -> impl Iterator<Item = &gpx::Waypoint> {
    track.segments.iter().flat_map(|segment| &segment.points)
}

fn has_time(track: &gpx::Track) -> bool {
    points(track).any(|point| point.time.is_some())
}

fn unix_s(point: &gpx::Waypoint) -> Option<f64> {
    let text = point.time?.format().ok()?;
    stamp(&text).map(|stamp| stamp.unix_s)
}

fn differences(ours: &Summary, theirs: &Summary) -> Vec<Difference> {
    // Elevations are f32 in the columns: 24 bits, so a relative error of 6e-8 each.
    let elevations = (ours.elevation_sum_m, theirs.elevation_sum_m);
    let compared = [
        counts("points", ours.points, theirs.points),
        counts("points with time", ours.times, theirs.times),
        times("first time", ours.first_s, theirs.first_s),
        times("last time", ours.last_s, theirs.last_s),
        metres("elevation sum", elevations, 1e-6),
        metres("length", (ours.length_m, theirs.length_m), 1e-9),
    ];
    compared.into_iter().flatten().collect()
}

fn counts(what: &'static str, ours: usize, theirs: usize) -> Option<Difference> {
    (ours != theirs).then(|| Difference {
        what,
        niggle: ours.to_string(),
        other: theirs.to_string(),
    })
}

fn times(what: &'static str, ours: Option<f64>, theirs: Option<f64>) -> Option<Difference> {
    let is_equal = match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() < 1e-3,
        (ours, theirs) => ours == theirs,
    };
    let seconds = |time: Option<f64>| time.map_or("none".to_string(), |t| format!("{t:.3}"));
    (!is_equal).then(|| Difference {
        what,
        niggle: seconds(ours),
        other: seconds(theirs),
    })
}

fn metres(what: &'static str, (ours, theirs): (f64, f64), share: f64) -> Option<Difference> {
    let is_close = (ours - theirs).abs() <= share * theirs.abs().max(1.0);
    (!is_close).then(|| Difference {
        what,
        niggle: format!("{ours:.2} m"),
        other: format!("{theirs:.2} m"),
    })
}

/// Great-circle distance on a sphere of the IUGG mean radius, 6,371,008.8 m.
fn haversine_m(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (lat1, lat2) = (from.0.to_radians(), to.0.to_radians());
    let (dlat, dlon) = (lat2 - lat1, (to.1 - from.1).to_radians());
    let a = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6_371_008.8 * a.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    const TWO_POINTS: &str = r#"<gpx version="1.1" creator="t"><trk><trkseg>
        <trkpt lat="0" lon="0"><ele>10</ele><time>2024-01-01T00:00:00Z</time></trkpt>
        <trkpt lat="0" lon="1"><ele>20</ele><time>2024-01-01T00:01:00Z</time></trkpt></trkseg></trk></gpx>"#;

    fn check(bytes: &str, of: &str, expected: Result<&[&str], &str>) {
        let result = compare(bytes.as_bytes(), &decode::gpx::decode(of.as_bytes()));
        match (result, expected) {
            (Ok(found), Ok(expected)) => {
                assert_eq!(found.iter().map(|d| d.what).collect::<Vec<_>>(), expected)
            }
            (Err(found), Err(expected)) => assert!(found.contains(expected), "{found}"),
            (found, _) => panic!("{found:?}"),
        }
    }

    #[test]
    fn agreement_difference_and_refusal() {
        check(TWO_POINTS, TWO_POINTS, Ok(&[]));
        check(
            TWO_POINTS,
            &TWO_POINTS.replace("00:01:00Z", "00:01:01Z"),
            Ok(&["last time"]),
        );
        check(
            TWO_POINTS,
            &TWO_POINTS.replace("20</ele>", "21</ele>"),
            Ok(&["elevation sum"]),
        );
        check(
            &format!("<!DOCTYPE x>{TWO_POINTS}"),
            TWO_POINTS,
            Err("DOCTYPE"),
        );
        check(&"<a>".repeat(100), TWO_POINTS, Err("nested"));
        check(
            &TWO_POINTS.replace("lat=\"0\"", "lat=\"91\""),
            TWO_POINTS,
            Err("must be between"),
        );
    }

    #[test]
    fn one_degree_of_the_equator() {
        // 2 pi R / 360 = 111,195.08 m
        assert!((haversine_m((0.0, 0.0), (0.0, 1.0)) - 111_195.08).abs() < 0.01);
    }
}
