//! From the messages of one FIT sequence to activities: one for each session, records to the session that holds their time.

use super::columns;
use super::messages::{FileId, Messages, Session, TimerEvent};
use super::profile;
use super::scan::Scan;
use crate::model::{Activity, Format, Lap, Samples, Span, Sport};
use crate::problem::{Code, Effect, Problem};
use crate::sport::{Name, by_sub_sport};
use crate::time::{is_plausible_utc_offset, whole_utc_offset};
use std::cell::LazyCell;

/// The activities of one sequence whose header is at `at`, and what is to be said about them.
pub(super) fn activities(bytes: &[u8], at: usize, scan: &Scan) -> (Vec<Activity>, Vec<Problem>) {
    let messages = &scan.messages;
    let samples = columns::samples(bytes, &scan.rows);
    if samples.is_empty() && messages.sessions.is_empty() && messages.laps.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let records = samples.len();
    let mut activities = of_messages(messages, samples);
    if activities.iter().all(|one| one.start_unix_s.is_none()) {
        return (Vec::new(), vec![no_time(at, records)]);
    }
    for activity in &mut activities {
        activity.utc_offset_s = utc_offset_s(messages);
        add_pauses(activity, messages);
    }
    share_laps(&mut activities, &messages.laps);
    let problems = missing_parts(at, messages, records).into_iter();
    (
        activities,
        problems.chain(bad_offset(at, messages)).collect(),
    )
}

fn of_messages(messages: &Messages, samples: Samples) -> Vec<Activity> {
    match messages.sessions.as_slice() {
        [] => vec![of_records(messages, samples)],
        [session] => vec![of_only_session(messages, session, samples)],
        sessions => of_sessions(messages, sessions, samples),
    }
}

fn utc_offset_s(messages: &Messages) -> Option<i32> {
    let told = [messages.local_offset_s, messages.correlated_offset_s];
    let told = told.map(|seconds| plausible_offset_s(seconds?));
    // An app that knows no zone writes UTC for local time: then another message may know better.
    let known = told.iter().flatten().find(|seconds| **seconds != 0);
    known.or(told.iter().flatten().next()).copied()
}

fn plausible_offset_s(seconds: i64) -> Option<i32> {
    let seconds = whole_utc_offset(seconds);
    is_plausible_utc_offset(seconds).then_some(seconds as i32)
}

/// Fills heart rates that the records lack from beats a strap stored: the last beat within [`BEAT_AGE_S`] of the record.
pub(super) fn merge_beats(activities: &mut [Activity], beats: &mut [(f64, f32)]) {
    beats.sort_by(|a, b| a.0.total_cmp(&b.0));
    for samples in activities.iter_mut().map(|activity| &mut activity.samples) {
        let had_column = !samples.heart_rate_bpm.is_empty();
        fill_heart_rates(samples, beats);
        if !had_column && !Samples::has_values(&samples.heart_rate_bpm) {
            samples.heart_rate_bpm.clear();
        }
    }
}

fn fill_heart_rates(samples: &mut Samples, beats: &[(f64, f32)]) {
    let column = &mut samples.heart_rate_bpm;
    column.resize(samples.time_s.len(), f32::NAN);
    let points = column.iter_mut().zip(&samples.time_s);
    for (bpm, time_s) in points.filter(|(bpm, _)| bpm.is_nan()) {
        *bpm = beat_at(beats, *time_s);
    }
}

fn beat_at(beats: &[(f64, f32)], time_s: f64) -> f32 {
    let before = beats.partition_point(|beat| beat.0 <= time_s);
    let beat = before.checked_sub(1).and_then(|index| beats.get(index));
    beat.filter(|beat| time_s - beat.0 <= BEAT_AGE_S)
        .map_or(f32::NAN, |beat| beat.1)
}

/// Straps store each beat; five seconds without one is a gap, not a slow heart.
const BEAT_AGE_S: f64 = 5.0;

fn missing_parts(at: usize, messages: &Messages, records: usize) -> Option<Problem> {
    if messages.sessions.is_empty() {
        Some(no_session(at, records))
    } else if records == 0 {
        Some(no_records(at))
    } else {
        None
    }
}

fn no_session(at: usize, records: usize) -> Problem {
    let consequence = match records {
        0 => "start, time and distance are taken from the laps",
        _ => "start, time and distance are taken from the records",
    };
    Problem::new(
        Code::NoSession,
        Effect::Noted,
        format!("byte {at}"),
        format!("expected a session message after {records} records, found none"),
        consequence,
    )
}

fn no_records(at: usize) -> Problem {
    Problem::new(
        Code::NoRecords,
        Effect::Noted,
        format!("byte {at}"),
        "a session with totals and no records, as for a run entered by hand",
        "the session's totals are used",
    )
}

fn no_time(at: usize, records: usize) -> Problem {
    Problem::new(
        Code::NoTime,
        Effect::Skipped,
        format!("byte {at}"),
        format!("expected a time in the session or in one of {records} records, found none"),
        "not used: it has no place in the calendar",
    )
}

fn bad_offset(at: usize, messages: &Messages) -> Option<Problem> {
    let seconds = messages
        .local_offset_s
        .filter(|_| utc_offset_s(messages).is_none())?;
    let detail =
        format!("local time minus UTC is {seconds} s, expected whole quarter hours within ±14 h");
    let (code, effect, place) = (Code::BadUtcOffset, Effect::Noted, format!("byte {at}"));
    let consequence = "the file's local time is not used";
    Some(Problem::new(code, effect, place, detail, consequence))
}

/// A recording that ended before its session was written, or of which the laps alone are left.
fn of_records(messages: &Messages, samples: Samples) -> Activity {
    let mut activity = blank(messages);
    let first_lap = messages.laps.iter().find_map(|lap| lap.start_unix_s);
    activity.start_unix_s = first_time(&samples).or(first_lap);
    activity.samples = samples;
    activity
}

/// The only session of a file: what the file tells of all is told of it.
fn of_only_session(messages: &Messages, session: &Session, samples: Samples) -> Activity {
    let mut activity = of_session(messages, session, samples);
    activity.totals.whole_timer_s = messages.whole_timer_s;
    activity
}

fn of_session(messages: &Messages, session: &Session, samples: Samples) -> Activity {
    let mut activity = blank(messages);
    if let Some(sport) = session.sport {
        (activity.sport, activity.sub_sport) = sport_of(sport, session.sub_sport);
    }
    activity.name = messages
        .workout_name
        .clone()
        .or(session.name.clone())
        .or(activity.name);
    activity.start_unix_s = start_of(session).or_else(|| first_time(&samples));
    activity.end_unix_s = session.written_unix_s;
    activity.totals = session.totals;
    activity.samples = samples;
    activity
}

/// What all activities of the sequence share.
fn blank(messages: &Messages) -> Activity {
    let mut activity = Activity::empty(Format::Fit);
    if let Some((sport, sub_sport)) = messages.sport.or(messages.lap_sport) {
        (activity.sport, activity.sub_sport) = sport_of(sport, sub_sport);
    }
    activity.name = messages
        .workout_name
        .clone()
        .or(messages.sport_name.clone());
    activity.device = messages.file.as_ref().and_then(device);
    activity.altitude_is_barometric = messages.has_barometer.then_some(true);
    activity.athlete = messages.athlete;
    activity
}

fn sport_of(sport: u8, sub_sport: Option<u8>) -> (Sport, Name) {
    let named = profile::sport(sport).map_or(Sport::UNKNOWN, Sport);
    let sub_sport = sub_sport.and_then(profile::sub_sport).unwrap_or("generic");
    (by_sub_sport(named, sub_sport), sub_sport)
}

fn device(file: &FileId) -> Option<String> {
    let product_name = file.product_name.as_deref();
    profile::device(file.manufacturer, file.product, product_name)
}

/// A session's start: its own, else its end less its length.
fn start_of(session: &Session) -> Option<f64> {
    session
        .start_unix_s
        .or_else(|| Some(session.written_unix_s? - session.totals.elapsed_s?))
}

fn first_time(samples: &Samples) -> Option<f64> {
    samples.time_s.iter().copied().find(|time| time.is_finite())
}

/// One activity for each session of a multisport file; a record belongs to the last session that started by then.
fn of_sessions(messages: &Messages, sessions: &[Session], samples: Samples) -> Vec<Activity> {
    let order = by_start(sessions);
    let owners = owners(&order, &samples.time_s);
    let mut parts = split(samples, &owners, sessions.len());
    make_distances_relative(&mut parts, &order);
    let of_part = |(session, samples)| of_session(messages, session, samples);
    sessions.iter().zip(parts).map(of_part).collect()
}

/// The starts of the sessions that have one, in order, with their numbers.
fn by_start(sessions: &[Session]) -> Vec<(f64, usize)> {
    let starts = sessions.iter().map(start_of).enumerate();
    let mut order: Vec<(f64, usize)> = starts
        .filter_map(|(index, start)| Some((start?, index)))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    order
}

/// For each record, the session it belongs to: records before the first session or without a time go with their neighbours.
fn owners(order: &[(f64, usize)], times: &[f64]) -> Vec<usize> {
    let mut owner = order.first().map_or(0, |entry| entry.1);
    let owner_of = |time: &f64| {
        if time.is_finite() {
            owner = running_at(order, *time).unwrap_or(0);
        }
        owner
    };
    times.iter().map(owner_of).collect()
}

/// The last session that started by then, else the first.
fn running_at(order: &[(f64, usize)], time: f64) -> Option<usize> {
    let started = order.partition_point(|entry| entry.0 <= time);
    let running = order.get(started.saturating_sub(1))?;
    Some(running.1)
}

fn split(samples: Samples, owners: &[usize], count: usize) -> Vec<Samples> {
    let mut parts = vec![Samples::default(); count];
    deal(samples.time_s, owners, &mut parts, |part| &mut part.time_s);
    deal(samples.latitude_deg, owners, &mut parts, |part| {
        &mut part.latitude_deg
    });
    deal(samples.longitude_deg, owners, &mut parts, |part| {
        &mut part.longitude_deg
    });
    deal(samples.altitude_m, owners, &mut parts, |part| {
        &mut part.altitude_m
    });
    deal(samples.distance_m, owners, &mut parts, |part| {
        &mut part.distance_m
    });
    deal(samples.speed_m_s, owners, &mut parts, |part| {
        &mut part.speed_m_s
    });
    deal(samples.heart_rate_bpm, owners, &mut parts, |part| {
        &mut part.heart_rate_bpm
    });
    deal(samples.cadence_raw, owners, &mut parts, |part| {
        &mut part.cadence_raw
    });
    parts
}

fn deal<T>(
    column: Vec<T>,
    owners: &[usize],
    parts: &mut [Samples],
    of: impl Fn(&mut Samples) -> &mut Vec<T>,
) {
    for (value, owner) in column.into_iter().zip(owners) {
        of(&mut parts[*owner]).push(value);
    }
}

/// Where distances count on from the session before, that session's last distance is taken off.
fn make_distances_relative(parts: &mut [Samples], order: &[(f64, usize)]) {
    let mut last_m = 0.0;
    for (_, index) in order {
        let distances = &mut parts[*index].distance_m;
        let Some((first_m, end_m)) = first_and_last(distances) else {
            continue;
        };
        if first_m > 0.0 && first_m >= last_m {
            distances
                .iter_mut()
                .for_each(|distance| *distance -= last_m);
        }
        last_m = end_m;
    }
}

/// The first and the last value of a column.
fn first_and_last(column: &[f64]) -> Option<(f64, f64)> {
    let mut known = column.iter().copied().filter(|value| value.is_finite());
    let first = known.next()?;
    Some((first, known.next_back().unwrap_or(first)))
}

/// Stops of the timer that lie within the activity.
fn add_pauses(activity: &mut Activity, messages: &Messages) {
    let Some(start_s) = activity.start_unix_s else {
        return;
    };
    let elapsed_s = activity.totals.elapsed_s.unwrap_or(0.0);
    let times = &activity.samples.time_s;
    // The last time is asked for in few files only, and finding it takes longer than all else here.
    let last_s = LazyCell::new(|| last_time(times, start_s));
    let is_before_end = |time_s: f64| time_s < start_s + elapsed_s || time_s < *last_s;
    let is_within =
        |stop: &Span| stop.to_s > stop.from_s && stop.to_s > start_s && is_before_end(stop.from_s);
    let pauses: Vec<Span> = stops(&messages.timer)
        .into_iter()
        .filter(is_within)
        .collect();
    activity.pauses.extend(pauses);
}

fn last_time(times: &[f64], start_s: f64) -> f64 {
    let known = times.iter().copied().filter(|time| time.is_finite());
    known.fold(start_s, f64::max)
}

/// From each stop of the timer to the next start.
fn stops(timer: &[TimerEvent]) -> Vec<Span> {
    let mut events = timer.to_vec();
    events.sort_by(|a, b| a.unix_s.total_cmp(&b.unix_s));
    let (mut stops, mut stopped_s) = (Vec::new(), None);
    for TimerEvent { unix_s, starts } in events {
        match (starts, stopped_s.take()) {
            (false, before) => stopped_s = before.or(Some(unix_s)),
            (true, Some(from_s)) => stops.push(Span {
                from_s,
                to_s: unix_s,
            }),
            (true, None) => (),
        }
    }
    stops
}

/// Each lap goes to the last activity that started by the lap's start.
fn share_laps(activities: &mut [Activity], laps: &[Lap]) {
    for lap in laps {
        let owner = owner(activities, lap.start_unix_s.unwrap_or(f64::NEG_INFINITY));
        if let Some(activity) = activities.get_mut(owner.unwrap_or(0)) {
            activity.laps.push(*lap);
        }
    }
}

/// The number of the last activity that had started by then.
fn owner(activities: &[Activity], time_s: f64) -> Option<usize> {
    let starts = activities.iter().enumerate();
    let starts = starts.filter_map(|(index, activity)| Some((index, activity.start_unix_s?)));
    let started = starts.filter(|(_, start_s)| *start_s <= time_s);
    let last = started.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(last.0)
}

#[cfg(test)]
mod tests {
    use super::super::messages::TimerEvent;
    use super::*;

    fn session(start_s: f64, elapsed_s: f64) -> Session {
        let mut session = Session {
            sport: Some(1),
            start_unix_s: Some(start_s),
            ..Session::default()
        };
        session.totals.elapsed_s = Some(elapsed_s);
        session
    }

    fn samples(times: &[f64], distances: &[f64]) -> Samples {
        Samples {
            time_s: times.to_vec(),
            distance_m: distances.to_vec(),
            ..Samples::default()
        }
    }

    #[test]
    fn records_go_to_the_session_that_holds_their_time() {
        // Not in the order of time, and one of them three days later.
        let sessions = [
            session(200.0, 100.0),
            session(100.0, 100.0),
            session(260_000.0, 100.0),
        ];
        let times = [99.0, 150.0, f64::NAN, 200.0, 250.0, 260_050.0];
        let metres = [0.0, 10.0, 20.0, 30.0, 40.0, 50.0];
        let found = of_sessions(&Messages::default(), &sessions, samples(&times, &metres));
        assert_eq!(found[2].samples.time_s, [260_050.0]);
        assert_eq!(found[0].samples.time_s, [200.0, 250.0]);
        assert_eq!(found[1].samples.time_s.len(), 3);
        // The second leg counted on from 20 m.
        assert_eq!(found[0].samples.distance_m, [10.0, 20.0]);
    }

    #[test]
    fn pauses_lie_between_a_stop_and_the_next_start() {
        let event = |unix_s, starts| TimerEvent { unix_s, starts };
        let timer = vec![
            event(0.0, true),
            event(10.0, false),
            event(11.0, false),
            event(30.0, true),
            event(60.0, false),
        ];
        let mut messages = Messages::default();
        messages.timer.extend(timer);
        let mut activity = of_session(&messages, &session(0.0, 60.0), Samples::default());
        add_pauses(&mut activity, &messages);
        assert_eq!(
            activity.pauses,
            [Span {
                from_s: 10.0,
                to_s: 30.0
            }]
        );
    }

    #[test]
    fn beats_fill_only_what_is_missing_and_recent() {
        let mut activity = Activity::empty(Format::Fit);
        activity.samples = samples(&[10.0, 11.0, 30.0], &[]);
        activity.samples.heart_rate_bpm = vec![f32::NAN, 150.0, f32::NAN];
        let mut activities = [activity];
        merge_beats(&mut activities, &mut [(11.0, 99.0), (9.5, 120.0)]);
        let filled = &activities[0].samples.heart_rate_bpm;
        assert_eq!(filled[..2], [120.0, 150.0]);
        assert!(filled[2].is_nan());
    }

    #[test]
    fn laps_alone_are_an_activity() {
        let lap = |start_s: f64| Lap {
            start_unix_s: Some(start_s),
            timer_s: Some(900.0),
            distance_m: Some(2700.0),
            ..Lap::default()
        };
        let mut scan = Scan::default();
        scan.messages.laps = vec![lap(1000.0), lap(1900.0)];
        scan.messages.lap_sport = Some((1, Some(3)));
        let (activities, problems) = activities(&[], 0, &scan);
        let [activity] = activities.as_slice() else {
            panic!("{activities:?}")
        };
        assert_eq!(
            (activity.sport, activity.sub_sport),
            (Sport::RUNNING, "trail")
        );
        assert_eq!(
            (activity.start_unix_s, activity.laps.len()),
            (Some(1000.0), 2)
        );
        assert_eq!(problems[0].code, Code::NoSession);
    }

    #[test]
    fn offsets_allow_two_minutes_and_zero_is_the_last_word() {
        for (local, correlated, expected) in [
            (Some(10_847), None, Some(10_800)),
            (Some(-17_990), None, Some(-18_000)),
            (Some(11_000), None, None),
            (Some(0), Some(36_000), Some(36_000)),
            (None, Some(36_060), Some(36_000)),
            (Some(7200), Some(36_000), Some(7200)),
            (Some(0), None, Some(0)),
            (Some(-576_963), Some(3600), Some(3600)),
        ] {
            let mut messages = Messages::default();
            (messages.local_offset_s, messages.correlated_offset_s) = (local, correlated);
            assert_eq!(
                utc_offset_s(&messages),
                expected,
                "{local:?} {correlated:?}"
            );
            assert_eq!(bad_offset(0, &messages).is_some(), expected.is_none());
        }
    }

    #[test]
    fn a_sport_the_profile_does_not_know_is_unknown() {
        let session = Session {
            sport: Some(250),
            ..Session::default()
        };
        assert_eq!(
            of_session(&Messages::default(), &session, Samples::default()).sport,
            Sport::UNKNOWN
        );
    }
}
