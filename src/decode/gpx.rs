//! GPX: tracks with times become activities; routes, waypoints and tracks without times do not.
//!
//! Each `<trk>` is an activity of its own, unless it goes on from the one before it (`continues`): receivers close a
//! track when they lose the satellites, and number what follows. The space between two segments is a pause.

mod names;
mod steps;
mod tracks;

use crate::{
    decode::{
        decoder::Decoder,
        points,
        xml::{
            self, Attributes, Document, Fault, Faults, HasZone, Walker,
            plain::{Closed, Element},
        },
    },
    model::{Activity, Decoded, Format, Samples, Sport, Totals},
    problem::{Code, Effect, Problem},
    sport::{Heard, Name, recorded},
    text::line::title,
    text::number::{Number, number},
    text::stamp::{Zone, stamp},
};
use names::Field;
use tracks::{continues, first_time};

/// TrackPointExtension v1 stores heart rate and cadence in one unsigned byte; steps, even counted twice over, fit in 480.
const RATE_RANGE: std::ops::RangeInclusive<f64> = 0.0..=480.0;
/// BeatsPerMinute_t of TrackPointExtension v1 is an unsigned byte.
const HEART_RATE_RANGE: std::ops::RangeInclusive<f64> = 0.0..=255.0;
/// For values that have no range of their own in the format.
const ANY: std::ops::RangeInclusive<f64> = f64::MIN..=f64::MAX;

/// What is done with a file that holds no activity.
const NOT_USED: &str = "The file was not used.";

/// The decoder of this format.
pub const DECODER: Decoder = Decoder {
    format: Format::Gpx,
    told_by: "its root element",
    recognises: |head| xml::has_root(head, File::ROOTS),
    decode,
};

/// Reads a GPX file. A damaged file gives all its whole points; each kind of fault is one problem.
pub fn decode(bytes: &[u8]) -> Decoded {
    xml::decode::<File>(bytes)
}

/// What was read so far.
#[derive(Default)]
pub(super) struct File {
    creator: Option<String>,
    name: Option<String>,
    totals: Totals,
    tracks: Vec<Track>,
    track: Track,
    point: Option<Point>,
    faults: Faults,
    /// When the file says that it was made, where that has a zone.
    written_s: Option<f64>,
    /// Points of tracks without any time, and waypoints and route points.
    untimed_points: usize,
    other_points: usize,
    /// Points of tracks whose distances are those since the point before.
    step_points: usize,
}

/// One `<trk>`.
#[derive(Default)]
struct Track {
    name: Option<String>,
    kind: Option<String>,
    totals: Totals,
    /// Sample indexes at which a segment begins.
    segments: Vec<usize>,
    /// The offset its own times give.
    utc_offset_s: Option<i32>,
    /// Whether none of its times has a zone.
    is_bare: bool,
    samples: Samples,
    /// The second distance of points that have two, as long as the samples; empty while none has.
    other_distance_m: Vec<f64>,
}

/// One `<trkpt>`; NaN is missing.
struct Point {
    latitude_deg: f64,
    longitude_deg: f64,
    /// Some(NaN) without a time, None when it cannot be read.
    time_s: Option<f64>,
    altitude_m: f64,
    distance_m: f64,
    other_distance_m: f64,
    speed_m_s: f64,
    heart_rate_bpm: f64,
    cadence_raw: f64,
}

impl Document for File {
    const ROOTS: &'static [&'static str] = &["gpx"];
    const POINT: &'static str = "trkpt";
    const TRACK: &'static str = "trkseg";
    const NOT_IN_POINTS: &'static [&'static str] = &["trkpt", "trkseg", "trk", "wpt", "rtept"];

    fn open(&mut self, name: &str, attributes: Attributes, walker: &Walker) {
        match name {
            "trkpt" => {
                self.lose_point();
                self.point = Some(self.new_point(attributes, walker.position()));
            }
            "trkseg" => self.track.segments.push(self.track.samples.len()),
            "trk" => self.end_track(),
            "wpt" | "rtept" => self.other_points += 1,
            "gpx" if walker.path().len() == 1 => {
                self.creator = attributes
                    .get("creator")
                    .and_then(|raw| title(&xml::unescaped(raw)));
            }
            _ => {
                if let Some(point) = &mut self.point {
                    point.set_attributes(attributes);
                }
            }
        }
    }

    fn close<'t>(&mut self, name: &'t str, walker: &Walker<'t>) {
        match (name, &mut self.point) {
            ("trkpt", _) => self.end_point(),
            (_, Some(point)) => point.set(&walker.closed(name), &mut self.faults),
            ("trk", _) => self.end_track(),
            ("name" | "type", _) => self.set_title(name, walker),
            ("time", _) => self.set_written(walker),
            _ => self.set_total(name, walker),
        }
    }

    fn plain_point(&mut self, element: &Element) {
        let mut point = self.new_point(element.attributes(), element.position());
        for attributes in element.attributed() {
            point.set_attributes(*attributes);
        }
        for closed in element.closed() {
            point.set(closed, &mut self.faults);
        }
        self.point = Some(point);
        self.end_point();
    }

    fn lose_point(&mut self) {
        self.faults.lost_points += usize::from(self.point.take().is_some());
    }

    fn into_decoded(mut self, walker: &Walker, mut problems: Vec<Problem>) -> Decoded {
        self.end_track();
        let mut activities = self.activities();
        if let [only] = activities.as_mut_slice() {
            only.totals = filled(only.totals, self.totals);
        }
        let points = activities.iter().map(|a| a.samples.len()).sum();
        let lost_points = self.faults.lost_points;
        problems.extend(xml::walk_problems(walker, File::ROOTS, points, lost_points));
        problems.extend(self.faults.problems());
        problems.extend(self.added_up());
        problems.extend(self.unused(activities.is_empty(), walker));
        Decoded {
            activities,
            problems,
        }
    }
}

impl File {
    /// The tracks, those that go on from each other as one.
    fn activities(&mut self) -> Vec<Activity> {
        // Some exports list the newest track first.
        self.tracks
            .sort_by(|a, b| first_time(a).total_cmp(&first_time(b)));
        let mut joined: Vec<Track> = Vec::new();
        for track in std::mem::take(&mut self.tracks) {
            match joined.last_mut() {
                Some(before) if continues(before, &track) => before.append(track),
                _ => joined.push(track),
            }
        }
        let activities = joined.into_iter().map(|track| self.activity(track));
        activities.collect()
    }

    fn new_point(&mut self, attributes: Attributes, position: usize) -> Point {
        let [latitude, longitude] = attributes
            .pick(["lat", "lon"])
            .map(Option::unwrap_or_default);
        let latitude_deg = self.faults.coordinate(latitude, 90.0, position);
        let longitude_deg = self.faults.coordinate(longitude, 180.0, position);
        match (latitude_deg.is_nan(), longitude_deg.is_nan()) {
            (false, false) => return Point::at(latitude_deg, longitude_deg),
            (true, true) => {}
            // The fault of the other was told, or it is that it is not there.
            _ if latitude.is_empty() || longitude.is_empty() => {
                self.faults.add(Fault::Position, position, latitude)
            }
            _ => {}
        }
        Point::at(f64::NAN, f64::NAN)
    }

    fn set_title(&mut self, name: &str, walker: &Walker) {
        let place = match (name, walker.parent()) {
            ("name", "metadata" | "gpx") => &mut self.name,
            ("name", "trk") => &mut self.track.name,
            ("type", "trk") => &mut self.track.kind,
            _ => return,
        };
        *place = place.take().or_else(|| title(walker.text()));
    }

    /// Of the file, or of a track in the whole.
    fn set_written(&mut self, walker: &Walker) {
        let is_of_whole = matches!(walker.parent(), "metadata" | "gpx" | "trk");
        let written = stamp(walker.text()).filter(|stamp| stamp.zone != Zone::Unknown);
        if let Some(written) = written.filter(|_| is_of_whole) {
            self.written_s = self.written_s.or(Some(written.unix_s));
        }
    }

    /// Totals stand in the extensions of the file or of a track, at any depth below.
    fn set_total(&mut self, name: &str, walker: &Walker) {
        if walker.path().iter().any(|element| is_part(element)) {
            return;
        }
        let totals = match walker.path() {
            [_, "extensions", ..] | [_, "metadata", "extensions", ..] => &mut self.totals,
            [_, "trk", "extensions", ..] => &mut self.track.totals,
            _ => return,
        };
        let Some(value) = total_mut(totals, name) else {
            return;
        };
        let read = self
            .faults
            .value(walker.text(), 0.0..=f64::MAX, walker.position());
        *value = Some(read).filter(|v| v.is_finite()).or(*value);
    }

    /// A point is kept when its time, if it has one, can be read; indoors it has no position.
    fn end_point(&mut self) {
        let Some(point) = self.point.take() else {
            return;
        };
        let Some(time_s) = point.time_s else {
            return;
        };
        self.track.push_other_distance(point.other_distance_m);
        let samples = &mut self.track.samples;
        samples.time_s.push(time_s);
        samples.latitude_deg.push(point.latitude_deg);
        samples.longitude_deg.push(point.longitude_deg);
        samples.altitude_m.push(point.altitude_m as f32);
        samples.distance_m.push(point.distance_m);
        samples.speed_m_s.push(point.speed_m_s as f32);
        samples.heart_rate_bpm.push(point.heart_rate_bpm as f32);
        samples.cadence_raw.push(point.cadence_raw as f32);
    }

    fn end_track(&mut self) {
        let mut track = Track {
            utc_offset_s: self.faults.utc_offset_s.take(),
            is_bare: self.faults.were_points_bare(&self.track.samples.time_s),
            ..std::mem::take(&mut self.track)
        };
        if track.choose_distance() {
            self.step_points += track.samples.len();
        }
        if track.samples.time_s.iter().any(|t| t.is_finite()) {
            self.tracks.push(track);
        } else {
            self.untimed_points += track.samples.len();
        }
    }

    fn activity(&mut self, track: Track) -> Activity {
        let (sport, sub_sport) = self.sport(track.kind.as_deref());
        let samples = points::finished(track.samples);
        let mut activity = Activity {
            sport,
            sub_sport,
            name: track.name.or_else(|| self.name.clone()),
            start_unix_s: points::first_known(samples.time_s.iter()),
            utc_offset_s: track.utc_offset_s,
            device: self.creator.clone(),
            totals: track.totals,
            pauses: points::pauses(&samples.time_s, &track.segments),
            samples,
            ..Activity::empty(Format::Gpx)
        };
        // The start is that of the points.
        let has_zone = HasZone {
            points: !track.is_bare,
            start: !track.is_bare,
            laps: Vec::new(),
        };
        xml::settle(&mut activity, &has_zone, self.written_s);
        activity
    }

    fn sport(&mut self, word: Option<&str>) -> (Sport, Name) {
        let Some(word) = word else {
            return (Sport::UNKNOWN, "generic");
        };
        let heard = recorded(word);
        if heard == Heard::NotKnown {
            self.faults.add(Fault::UnknownSport, 0, word);
        }
        heard.sport()
    }

    fn added_up(&self) -> Option<Problem> {
        let points = self.step_points;
        let detail = format!("the distances of {points} points are those since the point before");
        let consequence = "They were added up.";
        (points > 0)
            .then(|| Problem::new(Code::BadValue, Effect::Repaired, "", detail, consequence))
    }

    /// Why nothing, or not everything, was used.
    fn unused(&self, is_empty: bool, walker: &Walker) -> Option<Problem> {
        if !is_empty {
            return (self.untimed_points > 0).then(|| self.untimed_tracks());
        }
        let root = walker.root();
        Some(
            match root.is_some_and(|root| xml::is_root(root, File::ROOTS)) {
                false => xml::wrong_root(File::ROOTS, root),
                true if self.is_damaged(walker) => self.no_point(),
                true if self.untimed_points > 0 => self.only_route(),
                true => self.no_track(),
            },
        )
    }

    fn is_damaged(&self, walker: &Walker) -> bool {
        self.unreadable_points() + walker.broken() > 0 || walker.end() != xml::End::Whole
    }

    fn unreadable_points(&self) -> usize {
        self.faults.times(Fault::Time) + self.faults.lost_points
    }

    fn untimed(&self) -> String {
        format!("{} track points have no time", self.untimed_points)
    }

    fn untimed_tracks(&self) -> Problem {
        Problem::new(
            Code::NoTime,
            Effect::Noted,
            "",
            self.untimed(),
            "Those tracks were left out.",
        )
    }

    fn no_point(&self) -> Problem {
        let detail = "no point could be read";
        Problem::new(Code::NoActivity, Effect::Failed, "", detail, NOT_USED)
    }

    fn only_route(&self) -> Problem {
        let detail = self.untimed() + ": a route, not an activity";
        Problem::new(Code::NoTime, Effect::Skipped, "", detail, NOT_USED)
    }

    fn no_track(&self) -> Problem {
        let others = self.other_points;
        let detail = format!("no track points; {others} waypoints and route points");
        Problem::new(Code::NoActivity, Effect::Skipped, "", detail, NOT_USED)
    }
}

impl Point {
    #[inline]
    fn at(latitude_deg: f64, longitude_deg: f64) -> Self {
        Point {
            latitude_deg,
            longitude_deg,
            time_s: Some(f64::NAN),
            altitude_m: f64::NAN,
            distance_m: f64::NAN,
            other_distance_m: f64::NAN,
            speed_m_s: f64::NAN,
            heart_rate_bpm: f64::NAN,
            cadence_raw: f64::NAN,
        }
    }

    fn set(&mut self, closed: &Closed, faults: &mut Faults) {
        let mut value = |range| faults.value(closed.text, range, closed.position);
        match closed.name {
            "time" if closed.parent == "trkpt" && !closed.text.trim().is_empty() => {
                self.time_s = faults.time(closed.text, closed.position);
            }
            "ele" if closed.parent == "trkpt" => self.altitude_m = value(ANY),
            name => match names::field(name, closed.parent) {
                Some(Field::HeartRate) => put(&mut self.heart_rate_bpm, value(HEART_RATE_RANGE)),
                Some(Field::Cadence) => put(&mut self.cadence_raw, value(RATE_RANGE)),
                Some(Field::Speed) => put(&mut self.speed_m_s, value(ANY)),
                Some(Field::Distance) => self.add_distance(value(ANY)),
                Some(Field::Altitude) if self.altitude_m.is_nan() => self.altitude_m = value(ANY),
                _ => {}
            },
        }
    }

    /// Some writers have a distance since the start and one since the point before, in any order.
    fn add_distance(&mut self, metres: f64) {
        if self.distance_m.is_nan() {
            self.distance_m = metres;
        } else {
            self.other_distance_m = metres;
        }
    }

    /// Some sensors have their values in attributes: `<sensor hr="150"/>`. Elements count before them.
    fn set_attributes(&mut self, attributes: Attributes) {
        for (name, text) in attributes {
            let (place, range) = match names::field(name, "") {
                Some(Field::HeartRate) => (&mut self.heart_rate_bpm, HEART_RATE_RANGE),
                Some(Field::Cadence) => (&mut self.cadence_raw, RATE_RANGE),
                Some(Field::Speed) => (&mut self.speed_m_s, ANY),
                _ => continue,
            };
            if let Number::Value(value) = number(text)
                && place.is_nan()
                && range.contains(&value)
            {
                *place = value;
            }
        }
    }
}

fn put(place: &mut f64, value: f64) {
    if !value.is_nan() {
        *place = value;
    }
}

/// Whether an element of extensions tells of a part of the activity.
fn is_part(element: &str) -> bool {
    let name = element.to_ascii_lowercase();
    let parts = ["lap", "split", "interval", "segment"];
    parts.iter().any(|part| name.contains(part))
}

impl Track {
    fn append(&mut self, next: Track) {
        let begin = self.samples.len();
        self.segments
            .extend(next.segments.iter().map(|start| start + begin));
        self.is_bare &= next.is_bare;
        self.name = self.name.take().or(next.name);
        self.kind = self.kind.take().or(next.kind);
        self.totals = added(self.totals, next.totals);
        append(&mut self.samples, next.samples);
    }

    fn push_other_distance(&mut self, metres: f64) {
        if !metres.is_nan() {
            self.other_distance_m.resize(self.samples.len(), f64::NAN);
            self.other_distance_m.push(metres);
        }
    }

    /// Of two columns of distances that of the way so far counts; where there is none the steps are added up. Returns whether.
    fn choose_distance(&mut self) -> bool {
        let mut other = std::mem::take(&mut self.other_distance_m);
        if !steps::are_steps(&self.samples, &self.samples.distance_m) {
            return false;
        }
        other.resize(self.samples.len(), f64::NAN);
        if other.iter().any(|metres| *metres > 0.0) && !steps::are_steps(&self.samples, &other) {
            self.samples.distance_m = other;
            return false;
        }
        steps::add_up(&mut self.samples.distance_m);
        true
    }
}

fn append(into: &mut Samples, from: Samples) {
    into.time_s.extend(from.time_s);
    into.latitude_deg.extend(from.latitude_deg);
    into.longitude_deg.extend(from.longitude_deg);
    into.altitude_m.extend(from.altitude_m);
    into.distance_m.extend(from.distance_m);
    into.speed_m_s.extend(from.speed_m_s);
    into.heart_rate_bpm.extend(from.heart_rate_bpm);
    into.cadence_raw.extend(from.cadence_raw);
}

/// The total that an extension of this name holds.
fn total_mut<'t>(totals: &'t mut Totals, name: &str) -> Option<&'t mut Option<f64>> {
    let name = name.replace('_', "").to_lowercase();
    Some(match name.as_str() {
        "distance" | "totaldistance" => &mut totals.distance_m,
        "movingtime" => &mut totals.moving_s,
        "elapsedtime" | "totalelapsedtime" => &mut totals.elapsed_s,
        "timertime" | "totaltimertime" => &mut totals.timer_s,
        "ascent" | "totalascent" => &mut totals.ascent_m,
        "descent" | "totaldescent" => &mut totals.descent_m,
        "averagehr" | "avghr" => &mut totals.heart_rate_mean_bpm,
        "maxhr" | "maximumhr" => &mut totals.heart_rate_max_bpm,
        _ => return None,
    })
}

/// Totals of the track, with those of the whole file where the track has none.
fn filled(own: Totals, file: Totals) -> Totals {
    Totals {
        distance_m: own.distance_m.or(file.distance_m),
        timer_s: own.timer_s.or(file.timer_s),
        elapsed_s: own.elapsed_s.or(file.elapsed_s),
        moving_s: own.moving_s.or(file.moving_s),
        ascent_m: own.ascent_m.or(file.ascent_m),
        descent_m: own.descent_m.or(file.descent_m),
        heart_rate_mean_bpm: own.heart_rate_mean_bpm.or(file.heart_rate_mean_bpm),
        heart_rate_max_bpm: own.heart_rate_max_bpm.or(file.heart_rate_max_bpm),
        ..own
    }
}

/// Totals of two tracks that are one activity: what both have is added up, the rest is unknown.
fn added(a: Totals, b: Totals) -> Totals {
    let sum = |a: Option<f64>, b: Option<f64>| Some(a? + b?);
    Totals {
        distance_m: sum(a.distance_m, b.distance_m),
        timer_s: sum(a.timer_s, b.timer_s),
        moving_s: sum(a.moving_s, b.moving_s),
        ascent_m: sum(a.ascent_m, b.ascent_m),
        descent_m: sum(a.descent_m, b.descent_m),
        ..Totals::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(time: &str) -> String {
        format!("<trkpt lat='1' lon='2'><time>{time}</time></trkpt>")
    }

    fn track(name: &str, times: &[&str]) -> String {
        let points: String = times.iter().map(|time| point(time)).collect();
        format!("<trk><name>{name}</name><trkseg>{points}</trkseg></trk>")
    }

    fn read(body: &str) -> Decoded {
        decode(format!("<gpx creator='a &amp; b'>{body}</gpx>").as_bytes())
    }

    /// The number of samples of each activity, and the problem codes.
    fn check(body: &str, samples: &[usize], codes: &[Code]) {
        let decoded = read(body);
        let found: Vec<usize> = decoded.activities.iter().map(|a| a.samples.len()).collect();
        let found_codes: Vec<Code> = decoded.problems.iter().map(|p| p.code).collect();
        assert_eq!(
            (found.as_slice(), found_codes.as_slice()),
            (samples, codes),
            "{body}"
        );
    }

    const TEN: &str = "2024-11-08T10:00:00Z";

    #[test]
    fn everything_a_point_and_a_track_can_hold() {
        let decoded = read(
            "<extensions><distance>5981.28</distance><moving_time>1798.4</moving_time>\
             <elapsed_time>1810</elapsed_time></extensions><trk><name>&lt;n&gt;</name><type>trail_running</type>\
             <extensions><x:T><x:Ascent>12</x:Ascent></x:T></extensions><trkseg><trkpt lat='1.5' lon='-180.0'>\
             <ele>10.5</ele><time>2024-11-08T12:00:00+02:00</time><extensions><n:E><n:hr>140</n:hr><n:cad>85</n:cad>\
             <speed>2.5</speed><g:distance>7</g:distance></n:E></extensions></trkpt></trkseg></trk>",
        );
        let [activity] = decoded.activities.as_slice() else {
            panic!("{decoded:?}")
        };
        let samples = &activity.samples;
        assert_eq!(activity.start_unix_s, Some(1_731_060_000.0)); // 20,035 * 86,400 + 36,000
        assert_eq!(
            (activity.sport, activity.sub_sport),
            (Sport::RUNNING, "trail")
        );
        assert_eq!(
            (activity.name.as_deref(), activity.device.as_deref()),
            (Some("<n>"), Some("a & b"))
        );
        assert_eq!(activity.utc_offset_s, Some(7200));
        let totals = activity.totals;
        assert_eq!(
            (totals.distance_m, totals.moving_s, totals.elapsed_s),
            (Some(5981.28), Some(1798.4), Some(1810.0))
        );
        assert_eq!((totals.ascent_m, totals.timer_s), (Some(12.0), None));
        assert_eq!(
            (&samples.latitude_deg[..], &samples.longitude_deg[..]),
            (&[1.5][..], &[-180.0][..])
        );
        assert_eq!(
            (&samples.altitude_m[..], &samples.heart_rate_bpm[..]),
            (&[10.5][..], &[140.0][..])
        );
        assert_eq!(
            (&samples.cadence_raw[..], &samples.speed_m_s[..]),
            (&[85.0][..], &[2.5][..])
        );
        assert_eq!(samples.distance_m, [7.0]);
        assert!(decoded.problems.is_empty(), "{:?}", decoded.problems);
    }

    #[test]
    fn tracks_are_activities_unless_they_go_on() {
        let next = ["2024-11-08T10:30:00Z"];
        check(&(track("a", &[TEN]) + &track("a", &next)), &[2], &[]);
        check(&(track("LOG", &[TEN]) + &track("LOG #2", &next)), &[2], &[]);
        check(&(track("a", &[TEN]) + &track("b", &next)), &[1, 1], &[]);
        check(
            &(track("a", &[TEN]) + &track("a", &["2024-11-08T10:30:01Z"])),
            &[1, 1],
            &[],
        );
        check(&(track("a", &next) + &track("a", &[TEN])), &[2], &[]); // newest first
        check(
            &(track("a", &[TEN]) + &track("a", &[""])),
            &[1],
            &[Code::NoTime],
        );
    }

    #[test]
    fn tracks_named_by_time_or_following_at_once_are_one() {
        let next = ["2024-11-08T10:01:00Z"];
        let named = |a: &str, b: &str| track(a, &[TEN]) + &track(b, &next);
        check(&named("2024-11-08 11:00", "2024-11-08 11:01"), &[2], &[]);
        check(&named("Forest", "Forest section 2"), &[2], &[]);
        // Within two minutes at the same place, but for what names another sport.
        check(&named("a", "b"), &[2], &[]);
        check(&named("Run", "Ride home"), &[1, 1], &[]);
        check(
            &named("a", "b").replacen("lat='1'", "lat='1.01'", 1),
            &[1, 1],
            &[],
        );
    }

    /// The first activity of a track of points with this in their extensions.
    fn with_extensions(inner: impl Fn(i32) -> String) -> Activity {
        let point = |i: i32| {
            let (longitude, inner) = (2.0 + f64::from(i) * 3.0 / 111_195.0, inner(i));
            format!(
                "<trkpt lat='0' lon='{longitude}'><time>2024-11-08T10:00:{:02}Z</time><extensions>{inner}</extensions></trkpt>",
                10 + i
            )
        };
        let points: String = (0..40).map(point).collect();
        read(&format!("<trk><trkseg>{points}</trkseg></trk>"))
            .activities
            .remove(0)
    }

    #[test]
    fn values_are_known_by_every_name() {
        for inner in [
            "<x:HR>150</x:HR><x:Cadence>85</x:Cadence>",
            "<bpm>150</bpm><stepRate>85</stepRate>",
            "<H><heartRateTrack>150</heartRateTrack></H><a:runCadence>85</a:runCadence>",
            "<x:HeartRateBpm><x:Value>150</x:Value></x:HeartRateBpm><spm>85</spm>",
            "<x:sensor hr='150' cad=\"85\"/>",
            "<hr>150</hr><cadence>1.4166667</cadence>",
        ] {
            let samples = with_extensions(|_| inner.to_string()).samples;
            assert_eq!(samples.heart_rate_bpm, [150.0; 40], "{inner}");
            assert!(
                samples.cadence_raw.iter().all(|c| (c - 85.0).abs() < 0.01),
                "{inner}"
            );
        }
    }

    #[test]
    fn distances_since_the_point_before_are_added_up() {
        let step = "<o:distance>3.0</o:distance>".to_string();
        let so_far = |i: i32| format!("<c:distance>{}</c:distance>", i * 3);
        let expected: Vec<f64> = (0..40).map(|i| f64::from(i) * 3.0).collect();
        let steps = with_extensions(|i| if i == 0 { String::new() } else { step.clone() });
        assert_eq!(steps.samples.distance_m[1..], expected[1..]);
        for inner in [true, false].map(|is_first| {
            let (step, so_far) = (step.clone(), &so_far);
            move |i: i32| {
                if is_first {
                    step.clone() + &so_far(i)
                } else {
                    so_far(i) + &step
                }
            }
        }) {
            assert_eq!(with_extensions(inner).samples.distance_m, expected);
        }
    }

    #[test]
    fn a_laps_time_is_not_the_activitys() {
        let body = "<trk><extensions><g:laps><g:lap><g:elapsedTime>22</g:elapsedTime></g:lap></g:laps></extensions>";
        let body = body.to_string() + &track("a", &[TEN])["<trk>".len()..];
        assert_eq!(read(&body).activities[0].totals, Totals::default());
    }

    #[test]
    fn the_space_between_segments_is_a_pause() {
        let body = track("a", &[TEN, "2024-11-08T10:00:05Z"])
            .replace("</trkpt><trkpt", "</trkpt></trkseg><trkseg><trkpt");
        let pauses = read(&body).activities[0].pauses.clone();
        assert_eq!(
            pauses,
            [crate::model::Span {
                from_s: 1_731_060_000.0,
                to_s: 1_731_060_005.0
            }]
        );
    }

    #[test]
    fn faults_are_counted_once_per_kind() {
        let good = point(TEN);
        let wrap = |points: String| format!("<trk><trkseg>{points}</trkseg></trk>");
        for (from, to, samples, codes) in [
            ("lat='1'", "lat='91'", 3, vec![Code::BadPosition]),
            ("lat='1'", "lat='1' lat='1'", 3, vec![Code::BadPosition]),
            ("lat='1'", "lat='1,5'", 3, vec![Code::BadValue]),
            ("lat='1'", "lat='1,2,3'", 3, vec![Code::BadPosition]),
            ("lat='1'", "", 3, vec![Code::BadPosition]),
            ("lat='1' lon='2'", "", 3, vec![]),
            ("lat='1' lon='2'", "lat='' lon=''", 3, vec![]),
            (
                "lat='1' lon='2'",
                "lat='NaN' lon='NaN'",
                3,
                vec![Code::BadPosition],
            ),
            ("2024-11-08", "2024-99-08", 1, vec![Code::BadPoint]),
            ("</time>", "</time><ele>inf</ele>", 3, vec![Code::BadValue]),
            ("</time>", "</time><ele></ele>", 3, vec![]),
            ("</time>", "</x>", 1, vec![Code::XmlBroken]),
            ("00Z", "00", 3, vec![Code::NoTimeZone]),
            ("00Z", "00+00:07", 3, vec![Code::BadUtcOffset]),
        ] {
            let bad = good.replace(from, to);
            check(&wrap(format!("{good}{bad}{bad}")), &[samples], &codes);
        }
    }

    #[test]
    fn files_that_hold_no_activity_say_why() {
        check(
            "<wpt lat='1' lon='2'/><rte><rtept lat='1' lon='2'/></rte>",
            &[],
            &[Code::NoActivity],
        );
        check(&track("a", &[""]), &[], &[Code::NoTime]);
        for (bytes, code, effect) in [
            ("", Code::EmptyFile, Effect::Failed),
            ("<html/>", Code::NoActivity, Effect::Failed),
            ("<gpx/>", Code::NoActivity, Effect::Skipped),
            (
                "<gpx><trk><trkseg><trkpt lat='1'",
                Code::NoActivity,
                Effect::Failed,
            ),
        ] {
            let problems = decode(bytes.as_bytes()).problems;
            assert!(
                problems
                    .iter()
                    .any(|p| (p.code, p.effect) == (code, effect)),
                "{bytes}: {problems:?}"
            );
        }
    }
}
