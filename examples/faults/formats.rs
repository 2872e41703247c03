//! A recording as bytes: FIT through the `rustyfit` encoder, GPX and TCX as text.

use super::encode::encode;
use super::truth::{Form, Record, Recording, Sensor, Totals, Word};
use chrono::DateTime;
use rustyfit::{
    profile::{
        mesgdef,
        typedef::{self, DateTime as FitTime, LocalDateTime},
    },
    proto::Message,
};
use std::fmt::Write as _;

/// The file's name and content.
pub fn write(recording: &Recording) -> (&'static str, Vec<u8>) {
    let (name, mut bytes) = match recording.form {
        Form::Fit => ("run.fit", fit(recording)),
        Form::Gpx => ("run.gpx", text(recording, gpx(recording))),
        Form::Tcx => ("run.tcx", text(recording, tcx(recording))),
    };
    bytes.truncate((bytes.len() as f64 * recording.kept_share) as usize);
    (name, bytes)
}

fn text(recording: &Recording, text: String) -> Vec<u8> {
    match recording.has_commas {
        true => with_commas(&text).into_bytes(),
        false => text.into_bytes(),
    }
}

/// Points between digits become commas, but for versions and names of schemas.
fn with_commas(text: &str) -> String {
    let head = text.find("<trk>").or(text.find("<Activity ")).unwrap_or(0);
    let (head, body) = text.split_at(head);
    let bytes = body.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let turned = body.char_indices().map(|(at, letter)| match letter {
        '.' if at > 0 && is_digit(at - 1) && is_digit(at + 1) => ',',
        other => other,
    });
    head.chars().chain(turned).collect()
}

/// The records as they are written: where a second is split, each channel has a record of its own.
fn records(recording: &Recording) -> Vec<Record> {
    if !recording.is_split {
        return recording.records.clone();
    }
    let parts = recording.records.iter().flat_map(|record| {
        let place = Record {
            heart_rate_bpm: None,
            cadence: None,
            ..record.clone()
        };
        let body = Record {
            unix_s: record.unix_s,
            heart_rate_bpm: record.heart_rate_bpm,
            ..Record::default()
        };
        let legs = Record {
            unix_s: record.unix_s,
            cadence: record.cadence,
            ..Record::default()
        };
        [place, body, legs]
    });
    parts.collect()
}

fn utc(unix_s: f64) -> String {
    let time = DateTime::from_timestamp(unix_s as i64, 0).unwrap_or_default();
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn gpx(recording: &Recording) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Invented\" xmlns=\"http://www.topografix.com/GPX/1/1\" xmlns:gpxtpx=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\">\n<trk>",
    );
    text += match recording.word {
        Word::Running => "<type>running</type>",
        Word::Open => "",
    };
    text += "<trkseg>\n";
    let mut before: Option<Record> = None;
    for record in records(recording) {
        let began = |pause: &&(f64, f64)| record.unix_s == pause.1;
        if recording.pauses.iter().find(began).is_some() && before.is_some() {
            text += "</trkseg><trkseg>\n";
        }
        trkpt(&mut text, recording, &record, before.as_ref());
        before = Some(record);
    }
    text + "</trkseg></trk></gpx>\n"
}

fn trkpt(text: &mut String, recording: &Recording, record: &Record, before: Option<&Record>) {
    match record.position {
        Some((north, east)) => write!(text, "<trkpt lat=\"{north:.7}\" lon=\"{east:.7}\">"),
        None => write!(text, "<trkpt>"),
    }
    .unwrap();
    if let Some(metres) = record.altitude_m {
        write!(text, "<ele>{metres:.1}</ele>").unwrap();
    }
    write!(text, "<time>{}</time>", utc(record.unix_s)).unwrap();
    let mut inner = String::new();
    let (heart, legs) = match recording.has_own_names {
        true => ("HeartRateBpm", "runCadence"),
        false => ("gpxtpx:hr", "gpxtpx:cad"),
    };
    if let Some(beats) = record.heart_rate_bpm {
        write!(inner, "<{heart}>{beats:.0}</{heart}>").unwrap();
    }
    if let Some(cadence) = record.cadence {
        write!(inner, "<{legs}>{cadence:.0}</{legs}>").unwrap();
    }
    if !inner.is_empty() && !recording.has_own_names {
        inner = format!("<gpxtpx:TrackPointExtension>{inner}</gpxtpx:TrackPointExtension>");
    }
    if recording.has_steps {
        let metres = |record: &Record| record.distance_m.unwrap_or_default();
        // A point that comes twice has its own step.
        let step_m = (metres(record) - before.map_or(0.0, metres)).max(0.0);
        write!(
            inner,
            "<opentracks:distance>{step_m:.2}</opentracks:distance>"
        )
        .unwrap();
    }
    if !inner.is_empty() {
        write!(text, "<extensions>{inner}</extensions>").unwrap();
    }
    *text += "</trkpt>\n";
}

fn tcx(recording: &Recording) -> String {
    let sport = match recording.word {
        Word::Running => "Running",
        Word::Open => "Other",
    };
    let start = recording.laps.first().map_or(0.0, |lap| lap.start_unix_s);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\" xmlns:ns3=\"http://www.garmin.com/xmlschemas/ActivityExtension/v2\">\n<Activities><Activity Sport=\"{sport}\"><Id>{}</Id>\n",
        utc(start)
    );
    let records = records(recording);
    let mut from = 0;
    for (i, lap) in recording.laps.iter().enumerate() {
        let next_s = recording
            .laps
            .get(i + 1)
            .map_or(f64::MAX, |next| next.start_unix_s);
        let is_last = i + 1 == recording.laps.len();
        let to = records[from..]
            .iter()
            .position(|record| record.unix_s >= next_s);
        let to = to
            .filter(|_| !is_last)
            .map_or(records.len(), |to| from + to);
        lap_of(&mut text, lap, &records[from..to]);
        from = to;
    }
    text + "</Activity></Activities></TrainingCenterDatabase>\n"
}

fn lap_of(text: &mut String, lap: &Totals, records: &[Record]) {
    writeln!(text, "<Lap StartTime=\"{}\">", utc(lap.start_unix_s)).unwrap();
    if let Some(seconds) = lap.timer_s {
        write!(text, "<TotalTimeSeconds>{seconds:.1}</TotalTimeSeconds>").unwrap();
    }
    if let Some(metres) = lap.distance_m {
        write!(text, "<DistanceMeters>{metres:.2}</DistanceMeters>").unwrap();
    }
    *text += "<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod><Track>\n";
    records.iter().for_each(|record| trackpoint(text, record));
    *text += "</Track></Lap>\n";
}

fn trackpoint(text: &mut String, record: &Record) {
    write!(text, "<Trackpoint><Time>{}</Time>", utc(record.unix_s)).unwrap();
    if let Some((north, east)) = record.position {
        write!(
            text,
            "<Position><LatitudeDegrees>{north:.7}</LatitudeDegrees><LongitudeDegrees>{east:.7}</LongitudeDegrees></Position>"
        )
        .unwrap();
    }
    if let Some(metres) = record.altitude_m {
        write!(text, "<AltitudeMeters>{metres:.1}</AltitudeMeters>").unwrap();
    }
    if let Some(metres) = record.distance_m {
        write!(text, "<DistanceMeters>{metres:.3}</DistanceMeters>").unwrap();
    }
    if let Some(beats) = record.heart_rate_bpm {
        write!(
            text,
            "<HeartRateBpm><Value>{beats:.0}</Value></HeartRateBpm>"
        )
        .unwrap();
    }
    if let Some(cadence) = record.cadence {
        write!(text, "<Extensions><ns3:TPX><ns3:RunCadence>{cadence:.0}</ns3:RunCadence></ns3:TPX></Extensions>").unwrap();
    }
    *text += "</Trackpoint>\n";
}

fn time(unix_s: f64) -> FitTime {
    FitTime::from_unix_timestamp(unix_s as i64)
}

fn fit(recording: &Recording) -> Vec<u8> {
    let mut id = mesgdef::FileId::new();
    id.r#type = typedef::File::ACTIVITY;
    id.manufacturer = typedef::Manufacturer::GARMIN;
    id.product = typedef::GarminProduct::FR255.0;
    let first_s = recording.records[0].unix_s;
    id.time_created = time(first_s);
    let mut messages: Vec<Message> = vec![id.into()];
    if recording.sensor == Sensor::Barometer {
        messages.push(barometer(first_s));
    }
    messages.push(timer(first_s, typedef::EventType::START));
    let mut last_s = first_s;
    for record in records(recording) {
        last_s = record.unix_s;
        let is_split = record.altitude_m.is_none() && recording.is_split;
        if let Some((from, _)) = recording
            .pauses
            .iter()
            .find(|(_, to)| *to == record.unix_s && !is_split)
        {
            messages.push(timer(*from, typedef::EventType::STOP_ALL));
            messages.push(timer(record.unix_s, typedef::EventType::START));
        }
        messages.push(fit_record(&record));
    }
    messages.push(timer(last_s, typedef::EventType::STOP_ALL));
    let laps = recording.laps.iter().enumerate();
    messages.extend(laps.map(|(i, lap)| fit_lap(i, lap)));
    if let Some(session) = &recording.session {
        messages.push(fit_session(recording, session));
    }
    messages.push(closing(recording, first_s));
    // A clock before 1990 has no times in FIT.
    messages.retain(|message| !message.fields.is_empty());
    encode(messages).unwrap()
}

fn barometer(unix_s: f64) -> Message {
    let mut device = mesgdef::DeviceInfo::new();
    device.timestamp = time(unix_s);
    device.device_index = typedef::DeviceIndex(1);
    device.manufacturer = typedef::Manufacturer::GARMIN;
    device.source_type = typedef::SourceType::LOCAL;
    device.device_type = typedef::LocalDeviceType::BAROMETER.0;
    device.into()
}

fn timer(unix_s: f64, event_type: typedef::EventType) -> Message {
    let mut event = mesgdef::Event::new();
    event.timestamp = time(unix_s);
    event.event = typedef::Event::TIMER;
    event.event_type = event_type;
    event.into()
}

fn fit_record(of: &Record) -> Message {
    let mut record = mesgdef::Record::new();
    record.timestamp = time(of.unix_s);
    let semicircles = |degrees: f64| (degrees / 180.0 * 2_147_483_648.0).round() as i32;
    if let Some((north, east)) = of.position {
        (record.position_lat, record.position_long) = (semicircles(north), semicircles(east));
    }
    if let Some(metres) = of.altitude_m {
        record.enhanced_altitude = ((metres + 500.0) * 5.0).round() as u32;
    }
    if let Some(metres) = of.distance_m {
        record.distance = (metres * 100.0).round() as u32;
    }
    if let Some(speed) = of.speed_m_s {
        record.enhanced_speed = (speed * 1000.0).round() as u32;
    }
    if let Some(beats) = of.heart_rate_bpm {
        record.heart_rate = beats as u8;
    }
    if let Some(cadence) = of.cadence {
        record.cadence = cadence as u8;
        record.fractional_cadence = (cadence.fract() * 128.0) as u8;
    }
    record.into()
}

fn milliseconds(seconds: Option<f64>) -> u32 {
    seconds.map_or(u32::MAX, |seconds| {
        (seconds * 1000.0).round().min(4e9) as u32
    })
}

fn centimetres(metres: Option<f64>) -> u32 {
    metres.map_or(u32::MAX, |metres| (metres * 100.0).round() as u32)
}

fn fit_lap(index: usize, of: &Totals) -> Message {
    let mut lap = mesgdef::Lap::new();
    lap.message_index = typedef::MessageIndex(index as u16);
    lap.start_time = time(of.start_unix_s);
    lap.timestamp = time(of.start_unix_s + of.elapsed_s.unwrap_or_default().min(1e6));
    lap.event = typedef::Event::LAP;
    lap.event_type = typedef::EventType::STOP;
    lap.total_elapsed_time = milliseconds(of.elapsed_s);
    lap.total_timer_time = milliseconds(of.timer_s);
    lap.total_distance = centimetres(of.distance_m);
    lap.into()
}

fn fit_session(recording: &Recording, of: &Totals) -> Message {
    let mut session = mesgdef::Session::new();
    session.message_index = typedef::MessageIndex(0);
    session.start_time = time(of.start_unix_s);
    session.timestamp = time(recording.records[recording.records.len() - 1].unix_s);
    session.event = typedef::Event::SESSION;
    session.event_type = typedef::EventType::STOP;
    session.sport = match recording.word {
        Word::Running => typedef::Sport::RUNNING,
        Word::Open => typedef::Sport::GENERIC,
    };
    session.sub_sport = typedef::SubSport::GENERIC;
    session.total_elapsed_time = milliseconds(of.elapsed_s);
    session.total_timer_time = milliseconds(of.timer_s);
    session.total_distance = centimetres(of.distance_m);
    if let Some(metres) = of.ascent_m {
        (session.total_ascent, session.total_descent) = (metres as u16, metres as u16);
    }
    session.num_laps = recording.laps.len() as u16;
    session.into()
}

/// The activity message, whose local time tells the zone.
fn closing(recording: &Recording, first_s: f64) -> Message {
    let mut activity = mesgdef::Activity::new();
    // A clock that was set on the way is right at the end of the run's own time.
    let elapsed_s = recording
        .records
        .iter()
        .map(|record| record.unix_s - first_s)
        .fold(0.0, f64::max);
    let end_s = first_s + elapsed_s.min(86_400.0);
    activity.timestamp = time(end_s);
    if let Some(offset_s) = recording.offset_s {
        activity.local_timestamp = LocalDateTime::from_unix_timestamp(end_s as i64 + offset_s);
    }
    activity.num_sessions = 1;
    activity.r#type = typedef::Activity::MANUAL;
    activity.event = typedef::Event::ACTIVITY;
    activity.event_type = typedef::EventType::STOP;
    activity.into()
}
