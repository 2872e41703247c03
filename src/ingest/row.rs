//! One activity to one row: cleaned, measured, placed on the runner's clock, and told from other sports.

use super::{
    options::{OpenSport, Options},
    zones,
};
use crate::{
    clean, metrics,
    model::{Activity, Run, Samples, Sport, SportSource},
    option::OPEN_SPORT,
    problem::{Code, Effect, Problem},
    sport,
    text::named::named,
    time::{self, Clock, ZoneSource},
    trust::{self, ClockOffset, Verdicts},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

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
    activity: Activity,
    identity: Identity,
    options: &Options,
) -> (Option<Run>, Vec<Problem>) {
    let heard = hear(activity, identity, options, false);
    (heard.row, heard.problems)
}

/// An activity whose witnesses were heard.
pub(crate) struct Heard {
    /// What is left of it; None when it has no time.
    pub(crate) row: Option<Run>,
    /// What was not as it should be.
    pub(crate) problems: Vec<Problem>,
    /// The verdicts, as data.
    pub(crate) verdicts: Verdicts,
    /// The verdict on its clock; None when it has no time.
    pub(crate) clock: Option<ClockOffset>,
}

/// As [`row_of`], with the verdicts; all witnesses are heard if they are to be shown.
pub(crate) fn hear(
    mut activity: Activity,
    identity: Identity,
    options: &Options,
    shows_all: bool,
) -> Heard {
    let there = first_position(&activity).and_then(|(north, east)| zones::zone_at(north, east));
    let on_the_wall = leave_the_wall(&mut activity, there, options.timezone, identity.source);
    let is_other = !activity.sport.is_running() && !activity.sport.is_open();
    if is_other {
        shorten(&mut activity);
    }
    let (mut clean, mut problems) = clean::clean(activity);
    let (verdicts, contradictions) = trust::hear(&mut clean, shows_all);
    problems.extend(contradictions);
    problems.extend(on_the_wall);
    let clock = clock(&clean.activity, &verdicts, there, options.timezone);
    let Some((start_utc, clock)) = clock else {
        problems.push(no_time());
        return Heard {
            row: None,
            problems,
            verdicts,
            clock: None,
        };
    };
    let origin = origin(identity, start_utc, &clock);
    let (run, climb) = metrics::measure(&clean, &verdicts, origin);
    problems.extend(climb);
    problems.extend(trust::of_offset(&clock));
    problems
        .extend((clock.source == ZoneSource::AssumedUtc).then(|| no_zone(clean.activity.clock)));
    let run = taken(run, &verdicts, options.open_sport, &mut problems);
    if is_other {
        // What is odd about a bicycle's heart rate is nobody's worry here; what cannot be believed is.
        problems.retain(|problem| is_mismatch(problem.code));
    }
    Heard {
        row: Some(run),
        problems,
        verdicts,
        clock: Some(clock),
    }
}

fn is_mismatch(code: Code) -> bool {
    use Code::{DistanceMismatch, OffsetMismatch, SportMismatch, StartMismatch, TimeMismatch};
    let mismatches = [
        DistanceMismatch,
        OffsetMismatch,
        SportMismatch,
        StartMismatch,
        TimeMismatch,
    ];
    mismatches.contains(&code)
}

/// When it began, and on which clock; None when that is not known.
fn clock(
    activity: &Activity,
    verdicts: &Verdicts,
    there: Option<Tz>,
    timezone: Option<Tz>,
) -> Option<(DateTime<Utc>, ClockOffset)> {
    let start_utc = verdicts.start.unix_s().and_then(time::utc)?;
    let clock = trust::offset::hear(activity.utc_offset_s, there, timezone, start_utc);
    Some((start_utc, clock))
}

/// Moves times that a wall clock showed to the moments that they mean, by the zone of the place, else by the option.
fn leave_the_wall(
    activity: &mut Activity,
    there: Option<Tz>,
    option: Option<Tz>,
    source: &str,
) -> Option<Problem> {
    if activity.clock == Clock::Utc {
        return None;
    }
    let wall_s = activity.began_s()?;
    let named = activity.may_be_utc.then(|| named(source)).flatten();
    let wall = trust::wall::hear(wall_s, there.or(option)?, activity.may_be_utc, named)?;
    activity.move_by(wall.shift_s());
    wall.problem(wall_s)
}

/// What the row is called and when its activity was.
fn origin(identity: Identity, start_utc: DateTime<Utc>, clock: &ClockOffset) -> metrics::Origin {
    let local = time::local(start_utc, clock.offset_s);
    metrics::Origin {
        run_id: format!("{}-{:08x}", local.format("%Y%m%d-%H%M"), identity.content),
        source: identity.source.to_string(),
        start_utc,
        utc_offset_s: clock.offset_s,
        zone_source: clock.source,
    }
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

fn no_zone(clock: Clock) -> Problem {
    let consequence = match clock {
        Clock::Utc => "UTC was taken for local time.",
        Clock::Wall | Clock::Day => {
            "Its day and hour are taken for the runner's; its start in UTC is the same hour."
        }
    };
    let detail = "the recording does not say in which time zone it was made";
    Problem::new(Code::NoTimeZone, Effect::Noted, "", detail, consequence)
}

/// Of other sports only time, distance, heart rate and the device's totals are kept: what is to be repaired in a run (a speed no
/// runner has) is everyday on a bicycle.
fn shorten(activity: &mut Activity) {
    let samples = std::mem::take(&mut activity.samples);
    activity.samples = Samples {
        time_s: samples.time_s,
        distance_m: samples.distance_m,
        heart_rate_bpm: samples.heart_rate_bpm,
        ..Samples::default()
    };
}

/// Latitude and longitude where the recording first has them; receivers write 0, 0 before they know. A game's world is no place.
fn first_position(activity: &Activity) -> Option<(f64, f64)> {
    if activity.is_virtual() {
        return None;
    }
    let samples = &activity.samples;
    let latitudes = samples.latitude_deg.iter().copied();
    let mut positions = latitudes.zip(samples.longitude_deg.iter().copied());
    positions.find(is_known)
}

fn is_known((latitude_deg, longitude_deg): &(f64, f64)) -> bool {
    latitude_deg.is_finite()
        && longitude_deg.is_finite()
        && (*latitude_deg, *longitude_deg) != (0.0, 0.0)
}

/// The run with the sport it is taken for: what the runner said of files that leave it open, else the verdict.
fn taken(run: Run, verdicts: &Verdicts, open_sport: OpenSport, problems: &mut Vec<Problem>) -> Run {
    let recorded = run.sport;
    let by_option = match open_sport {
        _ if !recorded.is_open() => None,
        OpenSport::BySpeed => None,
        OpenSport::Running => Some(Sport::RUNNING),
        OpenSport::Other => Some(Sport::OTHER),
    };
    if let Some(sport) = by_option {
        problems.push(decided_by_option(recorded, sport));
        return Run {
            sport,
            sport_source: SportSource::Option,
            ..run
        };
    }
    let titled = run.name.as_deref().and_then(sport::named_in_title);
    let (distance_m, headway_m_s) = (&verdicts.distance_m, verdicts.headway_m_s);
    let taken = trust::sport::hear(&run, distance_m, headway_m_s, titled);
    if taken.why != trust::sport::Why::Named {
        problems.push(trust::of_sport(recorded, &taken));
    } else if trust::sport::moved_like_a_run(&run) {
        problems.push(named_otherwise(recorded));
    }
    Run {
        sport: taken.sport,
        sub_sport: taken.sub_sport,
        sport_source: taken.source,
        ..run
    }
}

fn decided_by_option(recorded: Sport, sport: Sport) -> Problem {
    let detail = format!("the sport is {}; {OPEN_SPORT} decides", recorded.0);
    let consequence = match sport.is_running() {
        true => "It was taken for a run.",
        false => "It was taken for another sport.",
    };
    Problem::new(Code::SportAssumed, Effect::Noted, "", detail, consequence)
}

fn named_otherwise(recorded: Sport) -> Problem {
    let sport = recorded.0.replace('_', " ");
    Problem::new(
        Code::SportMismatch,
        Effect::Noted,
        "",
        format!("the file names {sport}, speed and cadence are a run's"),
        "The file was believed.",
    )
}

#[cfg(test)]
mod tests {
    use super::super::outcome::FileOutcome;
    use super::*;
    use crate::clean::fixture::steady;

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
        let mut activity = steady(3, 3.0);
        assert_eq!(first_position(&activity), None);
        activity.samples.latitude_deg = vec![nan, 0.0, 52.5];
        activity.samples.longitude_deg = vec![13.4, 0.0, 13.5];
        assert_eq!(first_position(&activity), Some((52.5, 13.5)));
        activity.sub_sport = "virtual_activity";
        assert_eq!(
            first_position(&activity),
            None,
            "a game's world is no place"
        );
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
