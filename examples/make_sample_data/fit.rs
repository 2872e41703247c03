//! FIT files as a running watch writes them, through the `rustyfit` encoder.

use super::{
    encode::encode,
    plan::{Kind, Planned, date},
    track::{Point, Track, climb},
};
use rustyfit::{
    profile::{
        mesgdef,
        typedef::{self, DateTime, LocalDateTime},
    },
    proto::Message,
};
use std::error::Error;

/// The runner's one watch.
const SERIAL_NUMBER: u32 = 3_123_456_789;
/// An invented weight, kg.
const WEIGHT_KG: f64 = 68.0;

/// An activity file.
pub fn activity(planned: &Planned, track: &Track) -> Result<Vec<u8>, Box<dyn Error>> {
    let start = planned.start_unix_s();
    let mut messages = vec![file_id(planned, start)];
    if track.points.is_empty() {
        messages.push(session(planned, track, 1));
        messages.push(closing(planned, track));
        return encode(messages);
    }
    messages.extend(devices(start));
    messages.push(user_profile());
    messages.push(zones_target());
    let laps = recorded(planned, track, &mut messages);
    messages.push(session(planned, track, laps));
    messages.push(closing(planned, track));
    encode(messages)
}

/// A settings file, which an account export holds beside the activities.
pub fn settings() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut device = mesgdef::DeviceSettings::new();
    device.utc_offset = 0;
    device.activity_tracker_enabled = typedef::Bool(1);
    encode(vec![
        header(typedef::File::SETTINGS, unix_s("2025-01-05")),
        user_profile(),
        zones_target(),
        device.into(),
    ])
}

/// A day of step counts, which an account export holds by the thousand.
pub fn monitoring() -> Result<Vec<u8>, Box<dyn Error>> {
    let midnight = unix_s("2025-02-03");
    let mut info = mesgdef::MonitoringInfo::new();
    info.timestamp = DateTime::from_unix_timestamp(midnight);
    info.local_timestamp = LocalDateTime::from_unix_timestamp(midnight + 3600);
    let mut messages = vec![header(typedef::File::MONITORING_B, midnight), info.into()];
    for hour in 7..22 {
        let mut monitoring = mesgdef::Monitoring::new();
        monitoring.timestamp = DateTime::from_unix_timestamp(midnight + hour * 3600);
        monitoring.activity_type = typedef::ActivityType::WALKING;
        monitoring.cycles = 900 * (hour as u32 - 6);
        monitoring.heart_rate = 58 + (hour as u8 % 5) * 4;
        messages.push(monitoring.into());
    }
    encode(messages)
}

/// UTC midnight of a date.
fn unix_s(text: &str) -> i64 {
    date(text)
        .and_time(chrono::NaiveTime::MIN)
        .and_utc()
        .timestamp()
}

fn file_id(planned: &Planned, start: i64) -> Message {
    if planned.kind == Kind::Manual {
        let mut id = mesgdef::FileId::new();
        id.r#type = typedef::File::ACTIVITY;
        id.manufacturer = typedef::Manufacturer::GARMIN;
        id.product = typedef::GarminProduct::CONNECT.0;
        id.time_created = DateTime::from_unix_timestamp(start);
        return id.into();
    }
    header(typedef::File::ACTIVITY, start)
}

/// The first message of a file from the watch.
fn header(file: typedef::File, created_unix_s: i64) -> Message {
    let mut id = mesgdef::FileId::new();
    id.r#type = file;
    id.manufacturer = typedef::Manufacturer::GARMIN;
    id.product = typedef::GarminProduct::FR255.0;
    id.serial_number = SERIAL_NUMBER;
    id.time_created = DateTime::from_unix_timestamp(created_unix_s);
    id.into()
}

/// The watch and its barometer.
fn devices(start: i64) -> [Message; 2] {
    let mut watch = mesgdef::DeviceInfo::new();
    watch.timestamp = DateTime::from_unix_timestamp(start);
    watch.device_index = typedef::DeviceIndex(0);
    watch.manufacturer = typedef::Manufacturer::GARMIN;
    watch.product = typedef::GarminProduct::FR255.0;
    watch.serial_number = SERIAL_NUMBER;
    watch.source_type = typedef::SourceType::LOCAL;
    let mut barometer = watch.clone();
    barometer.device_index = typedef::DeviceIndex(1);
    barometer.device_type = typedef::LocalDeviceType::BAROMETER.0;
    [watch.into(), barometer.into()]
}

fn user_profile() -> Message {
    let mut profile = mesgdef::UserProfile::new();
    profile.gender = typedef::Gender::FEMALE;
    profile.set_weight_scaled(WEIGHT_KG);
    profile.resting_heart_rate = 52;
    profile.into()
}

fn zones_target() -> Message {
    let mut zones = mesgdef::ZonesTarget::new();
    zones.max_heart_rate = 188;
    zones.into()
}

/// Samples, timer events and a lap for each kilometre, in the order of the clock; the number of laps.
fn recorded(planned: &Planned, track: &Track, messages: &mut Vec<Message>) -> u16 {
    let start = planned.start_unix_s();
    let points = &track.points;
    let (mut lap_from, mut laps) = (0, 0);
    messages.push(timer(start, typedef::EventType::START));
    for (i, point) in points.iter().enumerate() {
        messages.push(record(planned, start, point));
        if let Some(&(from, to)) = track.pauses.iter().find(|(from, _)| *from == point.t_s) {
            messages.push(timer(start + from, typedef::EventType::STOP_ALL));
            messages.push(timer(start + to, typedef::EventType::START));
        }
        let is_last = i + 1 == points.len();
        if is_last || point.distance_m >= f64::from(laps + 1) * 1000.0 {
            let trigger = if is_last {
                typedef::LapTrigger::SESSION_END
            } else {
                typedef::LapTrigger::DISTANCE
            };
            messages.push(lap(planned, track, &points[lap_from..=i], laps, trigger));
            (lap_from, laps) = (i, laps + 1);
        }
    }
    messages.push(timer(start + track.elapsed_s, typedef::EventType::STOP_ALL));
    laps
}

fn timer(unix_s: i64, event_type: typedef::EventType) -> Message {
    let mut event = mesgdef::Event::new();
    event.timestamp = DateTime::from_unix_timestamp(unix_s);
    event.event = typedef::Event::TIMER;
    event.event_type = event_type;
    event.into()
}

fn record(planned: &Planned, start: i64, point: &Point) -> Message {
    let mut record = mesgdef::Record::new();
    record.timestamp = DateTime::from_unix_timestamp(start + point.t_s);
    if planned.kind != Kind::Treadmill {
        record.position_lat = semicircles(point.lat_deg);
        record.position_long = semicircles(point.lon_deg);
        record.enhanced_altitude = ((point.altitude_m + 500.0) * 5.0).round() as u32;
    }
    record.distance = (point.distance_m * 100.0).round() as u32;
    record.enhanced_speed = (point.speed_mps * 1000.0).round() as u32;
    record.heart_rate = point.heart_rate_bpm;
    record.cadence = point.cadence_rpm as u8;
    record.fractional_cadence = (point.cadence_rpm.fract() * 128.0) as u8;
    record.into()
}

fn semicircles(degrees: f64) -> i32 {
    (degrees / 180.0 * 2_147_483_648.0).round() as i32
}

fn lap(
    planned: &Planned,
    track: &Track,
    points: &[Point],
    index: u16,
    trigger: typedef::LapTrigger,
) -> Message {
    let (first, last) = (points[0], points[points.len() - 1]);
    let start = planned.start_unix_s();
    let mut lap = mesgdef::Lap::new();
    lap.message_index = typedef::MessageIndex(index);
    lap.timestamp = DateTime::from_unix_timestamp(start + last.t_s);
    lap.start_time = DateTime::from_unix_timestamp(start + first.t_s);
    lap.event = typedef::Event::LAP;
    lap.event_type = typedef::EventType::STOP;
    lap.total_elapsed_time = (last.t_s - first.t_s) as u32 * 1000;
    lap.total_timer_time = track.timer_s(first.t_s, last.t_s) as u32 * 1000;
    lap.total_distance = ((last.distance_m - first.distance_m) * 100.0).round() as u32;
    lap.lap_trigger = trigger;
    lap.into()
}

fn session(planned: &Planned, track: &Track, laps: u16) -> Message {
    let start = planned.start_unix_s();
    let timer_s = track.timer_s(0, track.elapsed_s);
    let mut session = mesgdef::Session::new();
    session.message_index = typedef::MessageIndex(0);
    session.timestamp = DateTime::from_unix_timestamp(start + track.elapsed_s);
    session.start_time = DateTime::from_unix_timestamp(start);
    session.event = typedef::Event::SESSION;
    session.event_type = typedef::EventType::STOP;
    (session.sport, session.sub_sport) = sport(planned.kind);
    session.total_elapsed_time = track.elapsed_s as u32 * 1000;
    session.total_timer_time = timer_s as u32 * 1000;
    session.total_distance = (planned.distance_m * 100.0).round() as u32;
    session.first_lap_index = 0;
    session.num_laps = laps;
    session.trigger = typedef::SessionTrigger::ACTIVITY_END;
    if planned.rated_on_watch {
        session.workout_rpe = planned.kind.rpe() * 10;
        session.workout_feel = 75;
    }
    measured(planned, track, timer_s as f64, &mut session);
    session.into()
}

/// What the session says of its samples; nothing where there are none.
fn measured(planned: &Planned, track: &Track, timer_s: f64, session: &mut mesgdef::Session) {
    let Some(first) = track.points.first() else {
        return;
    };
    let points = &track.points;
    session.enhanced_avg_speed = (planned.distance_m / timer_s * 1000.0).round() as u32;
    session.enhanced_max_speed = (highest(points, |p| p.speed_mps) * 1000.0).round() as u32;
    session.avg_heart_rate = mean_by_time(points, |p| f64::from(p.heart_rate_bpm)).round() as u8;
    session.max_heart_rate = highest(points, |p| f64::from(p.heart_rate_bpm)) as u8;
    let cadence = mean_by_time(points, |p| p.cadence_rpm);
    session.avg_cadence = cadence as u8;
    session.avg_fractional_cadence = (cadence.fract() * 128.0) as u8;
    session.max_cadence = highest(points, |p| p.cadence_rpm) as u8;
    session.total_cycles = (cadence * timer_s / 60.0).round() as u32;
    session.total_calories =
        (planned.distance_m / 1000.0 * WEIGHT_KG * planned.kind.effort()).round() as u16;
    if planned.kind != Kind::Treadmill {
        let (gain, loss) = climb(points);
        session.total_ascent = gain.round() as u16;
        session.total_descent = loss.round() as u16;
        session.start_position_lat = semicircles(first.lat_deg);
        session.start_position_long = semicircles(first.lon_deg);
    }
}

impl Kind {
    /// kcal per kg and km: about 1 on foot, a third on the bicycle.
    fn effort(self) -> f64 {
        if self.is_run() { 1.0 } else { 0.35 }
    }
}

fn sport(kind: Kind) -> (typedef::Sport, typedef::SubSport) {
    match kind {
        Kind::Ride => (typedef::Sport::CYCLING, typedef::SubSport::ROAD),
        Kind::Treadmill => (typedef::Sport::RUNNING, typedef::SubSport::TREADMILL),
        _ => (typedef::Sport::RUNNING, typedef::SubSport::GENERIC),
    }
}

fn highest(points: &[Point], value: impl Fn(&Point) -> f64) -> f64 {
    points.iter().map(value).fold(f64::MIN, f64::max)
}

/// Mean over the time that each sample stands for, which is the metres it took over its speed.
fn mean_by_time(points: &[Point], value: impl Fn(&Point) -> f64) -> f64 {
    let (mut sum, mut time) = (0.0, 0.0);
    for pair in points.windows(2) {
        let seconds = (pair[1].distance_m - pair[0].distance_m) / pair[1].speed_mps;
        sum += value(&pair[1]) * seconds;
        time += seconds;
    }
    sum / time
}

/// The activity message, whose local time tells the zone.
fn closing(planned: &Planned, track: &Track) -> Message {
    let end = planned.start_unix_s() + track.elapsed_s;
    let mut activity = mesgdef::Activity::new();
    activity.timestamp = DateTime::from_unix_timestamp(end);
    activity.local_timestamp = LocalDateTime::from_unix_timestamp(end + planned.utc_offset_s);
    activity.total_timer_time = track.timer_s(0, track.elapsed_s) as u32 * 1000;
    activity.num_sessions = 1;
    activity.r#type = typedef::Activity::MANUAL;
    activity.event = typedef::Event::ACTIVITY;
    activity.event_type = typedef::EventType::STOP;
    activity.into()
}
