//! TCX: every `<Activity>` with its laps and track points; courses and workouts are not activities.

use crate::{
    decode::{
        decoder::Decoder,
        points,
        xml::{
            self, Attributes, Document, Fault, Faults, HasZone, Moment, Walker,
            plain::{Closed, Element},
        },
    },
    model::{Activity, Decoded, Format, Lap, Sport, Totals},
    problem::{Code, Effect, Problem},
    sport::{Heard, recorded},
    text::line::title,
};

/// HeartRateInBeatsPerMinute_t of TrainingCenterDatabase v2 is an unsigned byte.
const HEART_RATE_RANGE: std::ops::RangeInclusive<f64> = 0.0..=255.0;
/// CadenceValue_t is an unsigned byte up to 254; steps instead of strides, even counted twice over, fit in 480.
const RATE_RANGE: std::ops::RangeInclusive<f64> = 0.0..=480.0;
/// For values that have no range of their own in the format.
const ANY: std::ops::RangeInclusive<f64> = f64::MIN..=f64::MAX;
const NOT_NEGATIVE: std::ops::RangeInclusive<f64> = 0.0..=f64::MAX;

/// The decoder of this format.
pub const DECODER: Decoder = Decoder {
    format: Format::Tcx,
    told_by: "its root element",
    recognises: |head| xml::has_root(head, File::ROOTS),
    decode,
};

/// Reads a TCX file. A damaged file gives all its whole points; each kind of fault is one problem.
pub fn decode(bytes: &[u8]) -> Decoded {
    xml::decode::<File>(bytes)
}

/// What was read so far.
#[derive(Default)]
pub(super) struct File {
    activities: Vec<Activity>,
    current: Option<Recording>,
    point: Option<Point>,
    faults: Faults,
    courses: usize,
    without_points: usize,
}

/// One `<Activity>` being read.
struct Recording {
    activity: Activity,
    /// `<Id>`, which is the start by convention.
    id: Option<Moment>,
    laps: Vec<LapRead>,
    /// Sample indexes at which a second or later track of a lap begins.
    tracks: Vec<usize>,
    tracks_in_lap: usize,
}

/// One `<Lap>` with what only its activity's totals need.
#[derive(Default)]
struct LapRead {
    lap: Lap,
    /// Whether its start is written with a zone; true without a start.
    has_zone: bool,
    heart_rate_mean_bpm: Option<f64>,
    heart_rate_max_bpm: Option<f64>,
    cadence_mean_raw: Option<f64>,
}

/// One `<Trackpoint>`; NaN is missing.
struct Point {
    /// Some(NaN) without a time, None when it cannot be read.
    time_s: Option<f64>,
    latitude_deg: f64,
    longitude_deg: f64,
    altitude_m: f64,
    distance_m: f64,
    speed_m_s: f64,
    heart_rate_bpm: f64,
    cadence_raw: f64,
    run_cadence_raw: f64,
}

impl Document for File {
    /// `Activities` without its `TrainingCenterDatabase` occurs in damaged files.
    const ROOTS: &'static [&'static str] = &["TrainingCenterDatabase", "Activities"];
    const POINT: &'static str = "Trackpoint";
    const TRACK: &'static str = "Track";
    const NOT_IN_POINTS: &'static [&'static str] =
        &["Trackpoint", "Track", "Lap", "Activity", "Course"];

    fn open(&mut self, name: &str, attributes: Attributes, walker: &Walker) {
        match name {
            "Trackpoint" => {
                self.lose_point();
                self.point = Some(Point::empty());
            }
            "Course" => self.courses += 1,
            "Lap" => {
                self.begin_lost_activity(attributes, walker);
                self.begin_lap(attributes, walker.position());
            }
            "Track" => self.begin_track(),
            name if xml::is_nearly(name, "Activity") => {
                self.end_activity();
                self.begin_activity(attributes.get("Sport"), walker.position());
            }
            _ => {}
        }
    }

    fn close<'t>(&mut self, name: &'t str, walker: &Walker<'t>) {
        match (name, &mut self.point, &mut self.current) {
            ("Trackpoint", ..) => self.end_point(),
            (_, Some(point), _) => point.set(&walker.closed(name), &mut self.faults),
            ("Activity", ..) => self.end_activity(),
            (_, _, Some(current)) => current.set(name, walker, &mut self.faults),
            _ => {}
        }
    }

    fn plain_point(&mut self, element: &Element) {
        let mut point = Point::empty();
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
        self.end_activity();
        if let xml::End::Refused(..) = walker.end() {
            // No manual entry: its points may stand behind what was refused.
            self.activities
                .retain(|activity| !activity.samples.is_empty());
            self.without_points = 0;
        }
        let points = self.activities.iter().map(|a| a.samples.len()).sum();
        let lost_points = self.faults.lost_points;
        problems.extend(xml::walk_problems(walker, File::ROOTS, points, lost_points));
        problems.extend(self.faults.problems());
        problems.extend(self.by_hand());
        if self.activities.is_empty() {
            problems.push(self.unused(walker));
        }
        Decoded {
            activities: self.activities,
            problems,
        }
    }
}

impl File {
    /// What is said of activities that were entered by hand.
    fn by_hand(&self) -> Option<Problem> {
        let detail = format!("{} activities have no track points", self.without_points);
        (self.without_points > 0).then(|| {
            Problem::new(
                Code::NoRecords,
                Effect::Noted,
                "",
                detail,
                "They count with the totals of their laps.",
            )
        })
    }

    fn begin_activity(&mut self, sport: Option<&str>, position: usize) {
        let (sport, sub_sport) = self.sport(sport, position);
        let activity = Activity {
            sport,
            sub_sport,
            ..Activity::empty(Format::Tcx)
        };
        self.current = Some(Recording::of(activity));
    }

    /// The format knows `Running`, `Biking` and `Other`; any other sport is noted, whether it can be matched or not.
    fn sport(&mut self, raw: Option<&str>, position: usize) -> (Sport, &'static str) {
        let Some(word) = raw.map(str::trim).filter(|word| !word.is_empty()) else {
            return (Sport::UNKNOWN, "generic");
        };
        let heard = recorded(word);
        match heard {
            Heard::NotKnown => self.faults.add(Fault::UnknownSport, position, word),
            Heard::Sport(..) if !is_of_format(word) => {
                self.faults.add(Fault::OddSport, position, word)
            }
            _ => {}
        }
        heard.sport()
    }

    /// The activity of a lap that stands in none: the laps of courses, which may, have no time.
    fn begin_lost_activity(&mut self, lap: Attributes, walker: &Walker) {
        let is_timed = lap.get("StartTime").is_some();
        if self.current.is_none() && is_timed {
            self.begin_activity(None, walker.position());
        }
    }

    fn begin_lap(&mut self, attributes: Attributes, position: usize) {
        let Some(current) = &mut self.current else {
            return;
        };
        let start = attributes.get("StartTime");
        let start = start.filter(|raw| !raw.trim().is_empty());
        let start = start.and_then(|raw| self.faults.moment(raw, position));
        current.laps.push(LapRead::begun(start));
        current.tracks_in_lap = 0;
    }

    fn begin_track(&mut self) {
        let Some(current) = &mut self.current else {
            return;
        };
        current.tracks_in_lap += 1;
        if current.tracks_in_lap > 1 {
            current.tracks.push(current.activity.samples.len());
        }
    }

    /// A point is kept unless its time cannot be read. Points outside activities (courses) are not ours.
    fn end_point(&mut self) {
        let (Some(point), Some(current)) = (self.point.take(), &mut self.current) else {
            return;
        };
        let Some(time_s) = point.time_s else { return };
        let samples = &mut current.activity.samples;
        let has_position = point.latitude_deg.is_finite() && point.longitude_deg.is_finite();
        let coordinate = |value: f64| if has_position { value } else { f64::NAN };
        samples.time_s.push(time_s);
        samples.latitude_deg.push(coordinate(point.latitude_deg));
        samples.longitude_deg.push(coordinate(point.longitude_deg));
        samples.altitude_m.push(point.altitude_m as f32);
        samples.distance_m.push(point.distance_m);
        samples.speed_m_s.push(point.speed_m_s as f32);
        samples.heart_rate_bpm.push(point.heart_rate_bpm as f32);
        let cadence = if point.run_cadence_raw.is_finite() {
            point.run_cadence_raw
        } else {
            point.cadence_raw
        };
        samples.cadence_raw.push(cadence as f32);
    }

    fn end_activity(&mut self) {
        let Some(current) = self.current.take() else {
            return;
        };
        let points = !self
            .faults
            .were_points_bare(&current.activity.samples.time_s);
        let has_zone = current.has_zone(points);
        let mut activity = current.into_activity();
        activity.utc_offset_s = self.faults.utc_offset_s.take();
        xml::settle(&mut activity, &has_zone, None);
        if !activity.samples.is_empty() {
            self.activities.push(activity);
        } else if has_totals(&activity) {
            self.without_points += 1;
            self.activities.push(activity);
        }
    }

    /// Why nothing was used.
    fn unused(&self, walker: &Walker) -> Problem {
        let root = walker.root();
        if root.is_none_or(|root| !xml::is_root(root, File::ROOTS)) {
            return xml::wrong_root(File::ROOTS, root);
        }
        let (effect, detail) = if self.is_damaged(walker) {
            (Effect::Failed, "no activity could be read".to_string())
        } else {
            let detail = format!("no activity; {} courses", self.courses);
            (Effect::Skipped, detail)
        };
        Problem::new(
            Code::NoActivity,
            effect,
            "",
            detail,
            "The file was not used.",
        )
    }

    fn is_damaged(&self, walker: &Walker) -> bool {
        let faults = self.faults.times(Fault::Time) + self.faults.lost_points + walker.broken();
        faults > 0 || walker.end() != xml::End::Whole
    }
}

impl Recording {
    fn of(activity: Activity) -> Self {
        Recording {
            activity,
            id: None,
            laps: Vec::new(),
            tracks: Vec::new(),
            tracks_in_lap: 0,
        }
    }

    fn set(&mut self, name: &str, walker: &Walker, faults: &mut Faults) {
        let (text, position) = (walker.text(), walker.position());
        match (name, walker.parent()) {
            ("Id", "Activity") => self.id = self.id.or(faults.moment(text, position)),
            ("Notes", "Activity") => self.activity.name = self.activity.name.take().or(title(text)),
            ("Name", "Creator") => self.activity.device = title(text),
            _ => {
                if let Some(lap) = self.laps.last_mut() {
                    lap.set(name, walker, faults);
                }
            }
        }
    }

    /// Which of its times are written with a zone.
    fn has_zone(&self, points: bool) -> HasZone {
        HasZone {
            points: points && !self.activity.samples.is_empty(),
            start: self.id.is_none_or(|id| id.has_zone),
            laps: self.laps.iter().map(|read| read.has_zone).collect(),
        }
    }

    /// The start is the `<Id>`; laps keep their own.
    fn into_activity(self) -> Activity {
        let mut activity = self.activity;
        activity.samples = points::finished(activity.samples);
        activity.pauses = points::pauses(&activity.samples.time_s, &self.tracks);
        activity.start_unix_s = self.id.map(|id| id.unix_s);
        activity.totals = totals(&self.laps);
        activity.laps = self.laps.into_iter().map(|read| read.lap).collect();
        activity
    }
}

impl LapRead {
    fn begun(start: Option<Moment>) -> Self {
        LapRead {
            lap: Lap {
                start_unix_s: start.map(|start| start.unix_s),
                ..Lap::default()
            },
            has_zone: start.is_none_or(|start| start.has_zone),
            ..LapRead::default()
        }
    }

    fn set(&mut self, name: &str, walker: &Walker, faults: &mut Faults) {
        let (place, range) = match (name, walker.parent()) {
            ("TotalTimeSeconds", "Lap") => (&mut self.lap.timer_s, NOT_NEGATIVE),
            ("DistanceMeters", "Lap") => (&mut self.lap.distance_m, NOT_NEGATIVE),
            ("Value", "AverageHeartRateBpm") => (&mut self.heart_rate_mean_bpm, HEART_RATE_RANGE),
            ("Value", "MaximumHeartRateBpm") => (&mut self.heart_rate_max_bpm, HEART_RATE_RANGE),
            ("Cadence", "Lap") | ("AvgRunCadence", _) => (&mut self.cadence_mean_raw, RATE_RANGE),
            _ => return,
        };
        let value = faults.value(walker.text(), range, walker.position());
        *place = Some(value).filter(|v| v.is_finite());
    }
}

impl Point {
    fn empty() -> Self {
        Point {
            time_s: Some(f64::NAN),
            latitude_deg: f64::NAN,
            longitude_deg: f64::NAN,
            altitude_m: f64::NAN,
            distance_m: f64::NAN,
            speed_m_s: f64::NAN,
            heart_rate_bpm: f64::NAN,
            cadence_raw: f64::NAN,
            run_cadence_raw: f64::NAN,
        }
    }

    fn set(&mut self, closed: &Closed, faults: &mut Faults) {
        let Closed {
            name,
            parent,
            text,
            position,
        } = *closed;
        if text.trim().is_empty() {
            return;
        }
        match (name, parent) {
            ("Time", "Trackpoint") => self.time_s = faults.time(text, position),
            ("LatitudeDegrees", _) => {
                self.latitude_deg = faults.coordinate(text, 90.0, position);
            }
            ("LongitudeDegrees", _) => {
                self.longitude_deg = faults.coordinate(text, 180.0, position);
            }
            ("AltitudeMeters", _) => self.altitude_m = faults.value(text, ANY, position),
            ("DistanceMeters", _) => self.distance_m = faults.value(text, NOT_NEGATIVE, position),
            ("Value", "HeartRateBpm") => {
                self.heart_rate_bpm = faults.value(text, HEART_RATE_RANGE, position)
            }
            ("Cadence", "Trackpoint") => {
                self.cadence_raw = faults.value(text, RATE_RANGE, position)
            }
            ("RunCadence", _) => self.run_cadence_raw = faults.value(text, RATE_RANGE, position),
            ("Speed", _) => self.speed_m_s = faults.value(text, ANY, position),
            _ => {}
        }
    }
}

fn is_of_format(sport: &str) -> bool {
    ["running", "biking", "other"].contains(&sport.to_ascii_lowercase().as_str())
}

fn has_totals(activity: &Activity) -> bool {
    let mut laps = activity.laps.iter();
    laps.any(|lap| lap.timer_s.is_some() || lap.distance_m.is_some())
}

/// What the laps say of hearts and steps. Means are weighted by timer time and known only when every lap has one. Distances
/// and times stay with the laps: whether they are parts or running totals is not for a decoder to say.
fn totals(laps: &[LapRead]) -> Totals {
    Totals {
        heart_rate_mean_bpm: weighted_mean(laps, |read| read.heart_rate_mean_bpm),
        heart_rate_max_bpm: highest(laps, |read| read.heart_rate_max_bpm),
        cadence_mean_raw: weighted_mean(laps, |read| read.cadence_mean_raw),
        ..Totals::default()
    }
}

fn highest(laps: &[LapRead], pick: fn(&LapRead) -> Option<f64>) -> Option<f64> {
    laps.iter().filter_map(pick).reduce(f64::max)
}

fn weighted_mean(laps: &[LapRead], pick: fn(&LapRead) -> Option<f64>) -> Option<f64> {
    let (mut sum, mut weight_s) = (0.0, 0.0);
    for read in laps {
        let timer_s = read.lap.timer_s?;
        sum += pick(read)? * timer_s;
        weight_s += timer_s;
    }
    (weight_s > 0.0).then(|| sum / weight_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: &str = "<Trackpoint><Time>2024-11-08T10:00:00Z</Time><Position><LatitudeDegrees>1</LatitudeDegrees>\
        <LongitudeDegrees>2</LongitudeDegrees></Position><AltitudeMeters>50</AltitudeMeters>\
        <DistanceMeters>3</DistanceMeters><HeartRateBpm><Value>140</Value></HeartRateBpm><Cadence>85</Cadence>\
        <Extensions><x:TPX><x:Speed>2.5</x:Speed></x:TPX></Extensions></Trackpoint>";

    fn activity(laps: &str) -> String {
        format!(
            "<TrainingCenterDatabase><Activities><Activity Sport='Running'><Id>2024-11-08T09:59:00Z</Id>{laps}\
             <Creator><Name>watch</Name></Creator></Activity></Activities></TrainingCenterDatabase>"
        )
    }

    fn lap(totals: &str, tracks: &str) -> String {
        format!("<Lap StartTime='2024-11-08T09:59:30Z'>{totals}{tracks}</Lap>")
    }

    /// The number of samples of each activity, and the problem codes.
    fn check(text: &str, samples: &[usize], codes: &[Code]) {
        let decoded = decode(text.as_bytes());
        let found: Vec<usize> = decoded.activities.iter().map(|a| a.samples.len()).collect();
        let found_codes: Vec<Code> = decoded.problems.iter().map(|p| p.code).collect();
        assert_eq!(
            (found.as_slice(), found_codes.as_slice()),
            (samples, codes),
            "{text}"
        );
    }

    #[test]
    fn everything_a_point_can_hold() {
        let track = format!("<Track>{POINT}</Track>");
        let decoded = decode(activity(&lap("", &track)).as_bytes());
        let [activity] = decoded.activities.as_slice() else {
            panic!("{decoded:?}")
        };
        let samples = &activity.samples;
        assert_eq!(
            (activity.sport, activity.device.as_deref()),
            (Sport::RUNNING, Some("watch"))
        );
        // The `<Id>` is a minute before ten, the lap half a minute later.
        assert_eq!(
            (activity.start_unix_s, activity.laps[0].start_unix_s),
            (Some(1_731_059_940.0), Some(1_731_059_970.0))
        );
        assert_eq!(
            (&samples.time_s[..], &samples.distance_m[..]),
            (&[1_731_060_000.0][..], &[3.0][..])
        );
        assert_eq!(
            (&samples.latitude_deg[..], &samples.longitude_deg[..]),
            (&[1.0][..], &[2.0][..])
        );
        assert_eq!(
            (&samples.altitude_m[..], &samples.heart_rate_bpm[..]),
            (&[50.0][..], &[140.0][..])
        );
        assert_eq!(
            (&samples.cadence_raw[..], &samples.speed_m_s[..]),
            (&[85.0][..], &[2.5][..])
        );
        assert!(decoded.problems.is_empty(), "{:?}", decoded.problems);
    }

    #[test]
    fn laps_are_handed_over_as_they_stand() {
        let first = "<TotalTimeSeconds>100</TotalTimeSeconds><DistanceMeters>300</DistanceMeters>\
            <AverageHeartRateBpm><Value>140</Value></AverageHeartRateBpm><MaximumHeartRateBpm><Value>150</Value>\
            </MaximumHeartRateBpm>";
        let second = first
            .replace("100", "300")
            .replace("140", "160")
            .replace("150", "170");
        let decoded = decode(activity(&(lap(first, "") + &lap(&second, ""))).as_bytes());
        let [activity] = decoded.activities.as_slice() else {
            panic!("{decoded:?}")
        };
        let parts: Vec<_> = activity
            .laps
            .iter()
            .map(|lap| (lap.timer_s, lap.distance_m))
            .collect();
        assert_eq!(
            parts,
            [(Some(100.0), Some(300.0)), (Some(300.0), Some(300.0))]
        );
        let totals = activity.totals;
        assert_eq!((totals.timer_s, totals.distance_m), (None, None));
        // (140 * 100 + 160 * 300) / 400
        assert_eq!(
            (totals.heart_rate_mean_bpm, totals.heart_rate_max_bpm),
            (Some(155.0), Some(170.0))
        );
        assert_eq!(decoded.problems[0].code, Code::NoRecords);
    }

    #[test]
    fn the_space_between_tracks_of_a_lap_is_a_pause() {
        let later = POINT.replace("10:00:00Z", "10:01:00Z");
        let tracks = format!("<Track>{POINT}</Track><Notes>a</Notes><Track>{later}</Track>");
        let pauses = decode(activity(&lap("", &tracks)).as_bytes()).activities[0]
            .pauses
            .clone();
        assert_eq!(
            pauses,
            [crate::model::Span {
                from_s: 1_731_060_000.0,
                to_s: 1_731_060_060.0
            }]
        );
    }

    #[test]
    fn faults_are_counted_once_per_kind() {
        for (from, to, samples, codes) in [
            ("140", "300", 3, vec![Code::BadValue]),
            (
                "<DistanceMeters>3<",
                "<DistanceMeters>NaN<",
                3,
                vec![Code::BadValue],
            ),
            ("<DistanceMeters>3<", "<DistanceMeters><", 3, vec![]),
            (
                "<DistanceMeters>3<",
                "<DistanceMeters>3,5<",
                3,
                vec![Code::BadValue],
            ),
            (
                "<LatitudeDegrees>1<",
                "<LatitudeDegrees>1,5<",
                3,
                vec![Code::BadValue],
            ),
            (
                "<LatitudeDegrees>1<",
                "<LatitudeDegrees>91<",
                3,
                vec![Code::BadPosition],
            ),
            ("2024-11-08", "8 November", 1, vec![Code::BadPoint]),
            ("</Time>", "</x>", 1, vec![Code::XmlBroken]),
        ] {
            let bad = POINT.replace(from, to);
            let track = format!("<Track>{POINT}{bad}{bad}</Track>");
            check(&activity(&lap("", &track)), &[samples], &codes);
        }
    }

    #[test]
    fn files_without_activities_and_with_several() {
        let course = "<TrainingCenterDatabase><Courses><Course><Track>P</Track></Course></Courses></TrainingCenterDatabase>";
        check(&course.replace('P', POINT), &[], &[Code::NoActivity]);
        check("<e/>", &[], &[Code::NoActivity]);
        check("", &[], &[Code::EmptyFile]);
        let one = activity(&lap("", &format!("<Track>{POINT}</Track>")));
        check(
            &one.replace(
                "</Activity>",
                "</Activity><Activity><Lap><Track/></Lap></Activity>",
            ),
            &[1],
            &[],
        );
        let second = format!(
            "</Activity><Activity Sport='Trail_Run'><Lap><Track>{POINT}{POINT}</Track></Lap><Creator>"
        );
        check(
            &one.replace("<Creator>", &second),
            &[1, 2],
            &[Code::BadValue],
        );
    }
}
