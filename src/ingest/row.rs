//! One activity to one row: cleaned, measured, placed on the runner's clock, and told from other sports.

use super::{
    options::{OpenSport, Options},
    zones,
};
use crate::{
    clean, metrics,
    model::{Activity, Run, Samples, Sport},
    option::OPEN_SPORT,
    problem::{Code, Effect, Problem},
    time::{self, ZoneSource},
};
use chrono::{DateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// Mean moving speeds of running, m/s (from 8:46 to 3:02 min/km): what decides when a file leaves the sport open.
const RUNNING_M_S: std::ops::RangeInclusive<f64> = 1.9..=5.5;

/// What a row is called.
#[derive(Clone, Copy)]
pub(crate) struct Identity<'a> {
    pub(super) content: u32,
    pub(super) source: &'a str,
}

impl<'a> Identity<'a> {
    /// Of the activity with this number in the recording `bytes`, which reports call `source`.
    pub(crate) fn of(bytes: &[u8], index: usize, source: &'a str) -> Self {
        Identity {
            content: crate::source::crc32(bytes).wrapping_add(index as u32),
            source,
        }
    }
}

/// One activity to one row; None, with the reason among the problems, when it has no time. Rows that are no runs have another sport.
pub(crate) fn row_of(
    mut activity: Activity,
    identity: Identity,
    options: &Options,
) -> (Option<Run>, Vec<Problem>) {
    let position = first_position(&activity.samples);
    let is_other = !activity.sport.is_running() && !activity.sport.is_open();
    if is_other {
        shorten(&mut activity);
    }
    let (clean, mut problems) = clean::clean(activity);
    let Some(origin) = origin(&clean.activity, identity, position, options.timezone) else {
        problems.push(no_time());
        return (None, problems);
    };
    let zone_source = origin.zone_source;
    let (run, found) = metrics::measure(&clean, origin);
    if is_other {
        // What is odd about a bicycle's heart rate is nobody's worry here.
        return (Some(run), Vec::new());
    }
    problems.extend(found);
    problems.extend((zone_source == ZoneSource::AssumedUtc).then(no_zone));
    let run = decided(run, options.open_sport, &mut problems);
    (Some(run), problems)
}

/// What the row is called and when its activity was; None when that is not known.
fn origin(
    activity: &Activity,
    identity: Identity,
    position: Option<(f64, f64)>,
    timezone: Option<Tz>,
) -> Option<metrics::Origin> {
    let start_utc = activity.start_unix_s.and_then(time::utc)?;
    let (utc_offset_s, zone_source) = offset(activity.utc_offset_s, position, timezone, start_utc);
    let local = time::local(start_utc, utc_offset_s);
    Some(metrics::Origin {
        run_id: format!("{}-{:08x}", local.format("%Y%m%d-%H%M"), identity.content),
        source: identity.source.to_string(),
        start_utc,
        utc_offset_s,
        zone_source,
    })
}

fn no_time() -> Problem {
    Problem::new(
        Code::NoTime,
        Effect::Skipped,
        "",
        "no record and no total has a usable time",
        "It was left out.",
    )
}

fn no_zone() -> Problem {
    Problem::new(
        Code::NoTimeZone,
        Effect::Noted,
        "",
        "the recording does not say in which time zone it was made",
        "UTC was taken for local time.",
    )
}

/// Of other sports only time, heart rate and the device's totals are kept: what is to be repaired in a run (a speed no runner has) is
/// everyday on a bicycle.
fn shorten(activity: &mut Activity) {
    let samples = std::mem::take(&mut activity.samples);
    let mut distances = samples.distance_m.iter().rev().copied();
    let last_m = distances.find(|metres| metres.is_finite());
    activity.totals.distance_m = activity.totals.distance_m.or(last_m);
    let (time_s, heart_rate_bpm) = (samples.time_s, samples.heart_rate_bpm);
    activity.samples = Samples {
        time_s,
        heart_rate_bpm,
        ..Samples::default()
    };
}

/// Latitude and longitude where the recording first has them; receivers write 0, 0 before they know.
fn first_position(samples: &Samples) -> Option<(f64, f64)> {
    let latitudes = samples.latitude_deg.iter().copied();
    let mut positions = latitudes.zip(samples.longitude_deg.iter().copied());
    positions.find(is_known)
}

fn is_known((latitude_deg, longitude_deg): &(f64, f64)) -> bool {
    latitude_deg.is_finite()
        && longitude_deg.is_finite()
        && (*latitude_deg, *longitude_deg) != (0.0, 0.0)
}

/// Recordings that leave the sport open are decided by mean moving speed, unless the runner said what they are.
fn decided(run: Run, open_sport: OpenSport, problems: &mut Vec<Problem>) -> Run {
    if !run.sport.is_open() {
        return run;
    }
    let (is_run, reason) = match open_sport {
        OpenSport::BySpeed => by_speed(mean_speed_m_s(&run)),
        OpenSport::Running => (true, format!("{OPEN_SPORT} decides")),
        OpenSport::Other => (false, format!("{OPEN_SPORT} decides")),
    };
    let detail = format!("the sport is {}; {reason}", run.sport.0);
    let (consequence, sport) = match is_run {
        true => ("It was taken for a run.", run.sport),
        false => ("It was taken for another sport.", Sport::OTHER),
    };
    problems.push(Problem::new(
        Code::SportAssumed,
        Effect::Noted,
        "",
        detail,
        consequence,
    ));
    Run { sport, ..run }
}

fn mean_speed_m_s(run: &Run) -> Option<f64> {
    let seconds = run.moving_s.or(run.timer_s).filter(|s| *s > 0.0);
    Some(run.distance_m? / seconds?)
}

/// Whether this is a run's speed, and the words for that.
fn by_speed(speed_m_s: Option<f64>) -> (bool, String) {
    let Some(speed) = speed_m_s else {
        return (false, "there is no speed to tell by".to_string());
    };
    let is_run = RUNNING_M_S.contains(&speed);
    let is = if is_run { "is" } else { "is not" };
    (
        is_run,
        format!("the mean speed of {speed:.1} m/s {is} a run's"),
    )
}

/// The offset from the file, else from its first position, else from the option, else UTC.
fn offset(
    in_file: Option<i32>,
    position: Option<(f64, f64)>,
    timezone: Option<Tz>,
    start: DateTime<Utc>,
) -> (i32, ZoneSource) {
    if let Some(offset) = in_file {
        return (offset, ZoneSource::File);
    }
    let there = position
        .and_then(|(latitude_deg, longitude_deg)| zones::zone_at(latitude_deg, longitude_deg));
    match (there, timezone) {
        (Some(zone), _) => (offset_s(zone, start), ZoneSource::Position),
        (None, Some(zone)) => (offset_s(zone, start), ZoneSource::Option),
        (None, None) => (0, ZoneSource::AssumedUtc),
    }
}

fn offset_s(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc())
        .fix()
        .local_minus_utc()
}

#[cfg(test)]
mod tests {
    use super::super::outcome::FileOutcome;
    use super::*;
    use crate::clean::fixture::steady;

    #[test]
    fn offsets_come_from_the_file_then_the_position_then_the_option_then_nowhere() {
        let start: DateTime<Utc> = "2025-03-30T22:30:00Z".parse().unwrap();
        let berlin: Tz = "Europe/Berlin".parse().unwrap();
        // A place in the middle of the South Island.
        let island = Some((-43.5, 171.5));
        assert_eq!(
            offset(Some(3600), island, Some(berlin), start),
            (3600, ZoneSource::File)
        );
        #[cfg(feature = "tz-lookup")]
        assert_eq!(
            offset(None, island, Some(berlin), start),
            (13 * 3600, ZoneSource::Position)
        );
        assert_eq!(
            offset(None, None, Some(berlin), start),
            (7200, ZoneSource::Option)
        );
        assert_eq!(offset(None, None, None, start), (0, ZoneSource::AssumedUtc));
    }

    /// The local day and ISO week of a run that starts at this moment in the middle of Germany and does not know its zone.
    #[cfg(feature = "tz-lookup")]
    fn check_local(start: &str, local: &str, week: &str) {
        let start: DateTime<Utc> = start.parse().unwrap();
        let mut activity = steady(60, 3.0);
        activity.start_unix_s = Some(start.timestamp() as f64);
        activity
            .samples
            .time_s
            .iter_mut()
            .enumerate()
            .for_each(|(i, t)| *t = (start.timestamp() + i as i64) as f64);
        (
            activity.samples.latitude_deg,
            activity.samples.longitude_deg,
        ) = (vec![51.0; 60], vec![10.0; 60]);
        let row = row_of(
            activity,
            Identity {
                content: 7,
                source: "x",
            },
            &Options::default(),
        )
        .0
        .unwrap();
        assert_eq!(
            (row.start_local.to_string().as_str(), row.zone_source),
            (local, ZoneSource::Position)
        );
        assert_eq!(time::iso_week(row.local_date()), week);
    }

    #[test]
    #[cfg(feature = "tz-lookup")]
    fn clocks_that_change_and_weeks_that_end() {
        // Summer time begins on 30 March 2025 at 01:00 UTC …
        check_local("2025-03-30T00:59:59Z", "2025-03-30 01:59:59", "2025-W13");
        check_local("2025-03-30T01:00:00Z", "2025-03-30 03:00:00", "2025-W13");
        // … so that Monday begins two hours before UTC's (src/method/formulas.md, Local time).
        check_local("2025-03-30T21:59:59Z", "2025-03-30 23:59:59", "2025-W13");
        check_local("2025-03-30T22:00:00Z", "2025-03-31 00:00:00", "2025-W14");
        // It ends on 26 October at 01:00 UTC: the hour from 2 to 3 comes twice, and no run is lost or doubled in it.
        check_local("2025-10-26T00:30:00Z", "2025-10-26 02:30:00", "2025-W43");
        check_local("2025-10-26T01:30:00Z", "2025-10-26 02:30:00", "2025-W43");
        check_local("2025-10-26T22:59:59Z", "2025-10-26 23:59:59", "2025-W43");
        check_local("2025-10-26T23:00:00Z", "2025-10-27 00:00:00", "2025-W44");
        // A year's last days may lie in the next year's first week.
        check_local("2024-12-29T23:30:00Z", "2024-12-30 00:30:00", "2025-W01");
    }

    #[test]
    fn receivers_write_zeros_before_they_know_where_they_are() {
        let nan = f64::NAN;
        let samples = Samples {
            latitude_deg: vec![nan, 0.0, 52.5],
            longitude_deg: vec![13.4, 0.0, 13.5],
            ..Samples::default()
        };
        assert_eq!(first_position(&samples), Some((52.5, 13.5)));
        assert_eq!(first_position(&Samples::default()), None);
    }

    #[test]
    fn only_running_is_counted_and_other_sports_are_kept() {
        let outcome = |sport: Sport, speed: f64, open_sport: OpenSport| {
            let mut activity = steady(600, speed);
            activity.sport = sport;
            let options = Options {
                open_sport,
                ..Options::default()
            };
            let (row, problems) = row_of(
                activity,
                Identity {
                    content: 7,
                    source: "x",
                },
                &options,
            );
            let mut outcome = FileOutcome::default();
            outcome.add(row);
            (
                outcome.runs.len(),
                outcome.others.len(),
                problems.last().map(|p| p.code),
            )
        };
        let by_speed = OpenSport::BySpeed;
        assert_eq!(
            outcome(Sport::RUNNING, 3.0, by_speed),
            (1, 0, Some(Code::NoTimeZone))
        );
        assert_eq!(outcome(Sport("cycling"), 9.0, by_speed), (0, 1, None));
        assert_eq!(
            outcome(Sport::UNKNOWN, 3.0, by_speed),
            (1, 0, Some(Code::SportAssumed))
        );
        assert_eq!(
            outcome(Sport::UNKNOWN, 1.4, by_speed),
            (0, 1, Some(Code::SportAssumed))
        );
        assert_eq!(
            outcome(Sport::GENERIC, 8.0, by_speed),
            (0, 1, Some(Code::SportAssumed))
        );
        assert_eq!(outcome(Sport::GENERIC, 8.0, OpenSport::Running).0, 1);
        assert_eq!(outcome(Sport::GENERIC, 3.0, OpenSport::Other).1, 1);
        // What the runner says of open sports says nothing of named ones.
        assert_eq!(outcome(Sport("cycling"), 9.0, OpenSport::Running).1, 1);
    }
}
