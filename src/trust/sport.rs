//! The sport: what the file names, its title, and how the runner moved. When unsure, it is no run, and that is said.

use super::{
    distance::{FASTEST_M_S, is_beyond_runners},
    witness::Verdict,
};
use crate::{
    model::{CadenceReason, Run, SportSource},
    sport::{Name, Sport},
    units::number,
};

/// Mean moving speeds of running, m/s: from 8:46 to 3:02 min/km (src/method/limits.md, Trust).
const RUNNING_M_S: std::ops::RangeInclusive<f64> = 1.9..=5.5;
/// Over more than an hour few runners are faster, m/s.
const LONG_RUN_M_S: f64 = 4.5;
const LONG_RUN_S: f64 = 3600.0;
/// Slower than this with the stops in it is no run but a day out, m/s.
const WITH_STOPS_M_S: f64 = 1.6;
/// Nobody runs with a heart as slow as this on average, beats/min.
const RESTING_BPM: f64 = 100.0;
/// Legs turn over at least this often when running, strides a minute: rowers and cyclists stay below.
const STRIDES_A_MINUTE: f64 = 65.0;
/// Pedals turn over less often than this, a minute.
const STEPS_A_MINUTE: f64 = 140.0;
/// What a track leads faster than this was neither run nor ridden, m/s.
const DRIVEN_M_S: f64 = 40.0;
/// Shorter recordings deny nothing, s.
const LONG_ENOUGH_S: f64 = 300.0;

/// Why a recording is taken for what it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Why {
    /// The file names it.
    Named,
    /// Its title names it.
    Titled,
    /// The mean moving speed is a runner's, m/s.
    RunnersSpeed(f64),
    /// There is no speed to tell by.
    NoSpeed,
    /// The mean moving speed is no runner's, m/s.
    OtherSpeed(f64),
    /// For so long hardly anyone runs at this mean speed, m/s.
    LongAndFast(f64),
    /// With its stops it is too slow, m/s.
    ManyStops(f64),
    /// The mean heart rate is too low, beats/min.
    SlowHeart(f64),
    /// The legs turn over too rarely, a minute.
    FewStrides(f64),
    /// It is named running, and its distance is one that no runner reaches in the time, m/s.
    NoRunner(f64),
}

impl Why {
    /// The end of the sentence "the sport is …; …".
    pub fn in_words(self) -> String {
        match self {
            Why::Named => "the file names it".to_string(),
            Why::Titled => "the title names it".to_string(),
            Why::RunnersSpeed(m_s) => {
                format!("the mean speed of {} m/s is a run's", number(m_s, 1))
            }
            Why::NoSpeed => "there is no speed to tell by".to_string(),
            Why::OtherSpeed(m_s) => {
                format!("the mean speed of {} m/s is not a run's", number(m_s, 1))
            }
            Why::LongAndFast(m_s) => {
                let speed = number(m_s, 1);
                format!("hardly anyone runs at {speed} m/s for more than an hour")
            }
            Why::ManyStops(m_s) => {
                let speed = number(m_s, 1);
                format!("with its stops the mean speed is {speed} m/s, which is not a run's")
            }
            Why::SlowHeart(bpm) => {
                format!(
                    "a mean heart rate of {} beats/min is not a run's",
                    number(bpm, 0)
                )
            }
            Why::FewStrides(per_minute) => {
                format!(
                    "a cadence of {} a minute is not a run's",
                    number(per_minute, 0)
                )
            }
            Why::NoRunner(m_s) => {
                format!(
                    "no runner goes that far at a mean of {} m/s",
                    number(m_s, 1)
                )
            }
        }
    }
}

/// What a recording is taken for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taken {
    /// The sport.
    pub sport: Sport,
    /// Its kind.
    pub sub_sport: Name,
    /// Who decided.
    pub source: SportSource,
    /// Why.
    pub why: Why,
}

/// What a measured recording is taken for; `titled` is the sport its title names.
/// `headway_m_s` is how fast the track got on as the crow flies.
pub fn hear(
    run: &Run,
    distance: &Verdict,
    headway_m_s: Option<f64>,
    titled: Option<(Sport, Name)>,
) -> Taken {
    let taken = |sport, source, why| Taken {
        sport,
        sub_sport: run.sub_sport,
        source,
        why,
    };
    if !run.sport.is_open() {
        let denied = denied_m_s(run, distance).or_else(|| outran_m_s(run, distance, headway_m_s));
        return match denied {
            Some(m_s) => taken(Sport::OTHER, SportSource::Movement, Why::NoRunner(m_s)),
            None => taken(run.sport, SportSource::File, Why::Named),
        };
    }
    if let Some((sport, sub_sport)) = titled {
        return Taken {
            sub_sport,
            ..taken(sport, SportSource::Title, Why::Titled)
        };
    }
    let why = by_movement(run);
    let sport = match why {
        Why::RunnersSpeed(_) => Sport::RUNNING,
        _ => Sport::OTHER,
    };
    taken(sport, SportSource::Movement, why)
}

/// The mean speed of a run whose distance two witnesses agree on, or a track alone tells, and no runner can reach, m/s.
fn denied_m_s(run: &Run, distance: &Verdict) -> Option<f64> {
    let seconds = run.timer_s.or(run.moving_s);
    let seconds = seconds.filter(|s| *s > LONG_ENOUGH_S && run.sport.is_running())?;
    let told_m = distance.agreed_impossible().or(distance.agreed());
    // Positions are in no unit that a writer could mistake: what they lead too fast was driven.
    let track_m = || {
        distance
            .impossible_track()
            .filter(|metres| metres / seconds < DRIVEN_M_S)
    };
    let metres = told_m.or_else(track_m)?;
    is_beyond_runners(metres, seconds).then_some(metres / seconds)
}

/// A track that got on faster than any runner for most of the time, as the crow flies, m/s: whatever totals and clocks say, unless two
/// witnesses agree on a distance that can be run.
fn outran_m_s(run: &Run, distance: &Verdict, headway_m_s: Option<f64>) -> Option<f64> {
    let is_ridden = |m_s: &f64| *m_s > FASTEST_M_S && *m_s < DRIVEN_M_S;
    let headway_m_s = headway_m_s.filter(|m_s| run.sport.is_running() && is_ridden(m_s))?;
    let times = [run.timer_s, run.moving_s].into_iter().flatten();
    let seconds = times.filter(|s| *s > 0.0).reduce(f64::min)?;
    let can_be_run = |metres: f64| !is_beyond_runners(metres, seconds);
    (!distance.agreed().is_some_and(can_be_run)).then_some(headway_m_s)
}

fn by_movement(run: &Run) -> Why {
    let Some(metres) = run.distance_m else {
        return Why::NoSpeed;
    };
    let seconds = |value: Option<f64>| value.filter(|s| *s > 0.0);
    let Some(moving_s) = seconds(run.moving_s).or(seconds(run.timer_s)) else {
        return Why::NoSpeed;
    };
    let timer_s = seconds(run.timer_s).unwrap_or(moving_s);
    let (moving_m_s, with_stops_m_s) = (metres / moving_s, metres / timer_s.max(moving_s));
    if !RUNNING_M_S.contains(&moving_m_s) {
        Why::OtherSpeed(moving_m_s)
    } else if with_stops_m_s < WITH_STOPS_M_S {
        Why::ManyStops(with_stops_m_s)
    } else if moving_m_s > LONG_RUN_M_S && moving_s > LONG_RUN_S {
        Why::LongAndFast(moving_m_s)
    } else {
        by_body(run).unwrap_or(Why::RunnersSpeed(moving_m_s))
    }
}

/// What heart and legs deny.
fn by_body(run: &Run) -> Option<Why> {
    let heart = run.heart_rate_mean_bpm.filter(|bpm| *bpm < RESTING_BPM);
    let legs = turns_a_minute(run).filter(|turns| *turns < STRIDES_A_MINUTE);
    heart.map(Why::SlowHeart).or(legs.map(Why::FewStrides))
}

/// The cadence that nine in ten samples do not pass, a minute as stored.
fn turns_a_minute(run: &Run) -> Option<f64> {
    run.cadence_reason.map(CadenceReason::a_minute)
}

/// Whether a recording that names riding moved as runners do: nobody pedals as often as a runner steps.
pub fn moved_like_a_run(run: &Run) -> bool {
    let steps = turns_a_minute(run).is_some_and(|turns| turns >= STEPS_A_MINUTE);
    let is_ride = run.sport == Sport("cycling");
    is_ride && steps && matches!(by_movement(run), Why::RunnersSpeed(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rules::fixture,
        trust::witness::{By, Heard, Witness},
    };

    fn open(metres: f64, moving_s: f64, timer_s: f64) -> Run {
        Run {
            sport: Sport::UNKNOWN,
            distance_m: Some(metres),
            moving_s: Some(moving_s),
            timer_s: Some(timer_s),
            heart_rate_mean_bpm: None,
            cadence_reason: None,
            ..fixture::run(0, 5.0)
        }
    }

    fn is_run(run: &Run) -> bool {
        hear(run, &Verdict::default(), None, None)
            .sport
            .is_running()
    }

    #[test]
    fn an_open_sport_is_a_run_only_where_everything_says_so() {
        assert!(is_run(&open(9000.0, 3000.0, 3100.0)));
        assert!(!is_run(&open(4200.0, 3000.0, 3000.0)), "a walk");
        assert!(!is_run(&open(24_000.0, 3000.0, 3000.0)), "a ride");
        assert!(
            !is_run(&open(18_400.0, 4000.0, 4000.0)),
            "an hour at 4.6 m/s"
        );
        assert!(!is_run(&open(9000.0, 3000.0, 9000.0)), "a day out");
        let with = |bpm, cadence: Option<f64>| Run {
            heart_rate_mean_bpm: bpm,
            cadence_reason: cadence.map(CadenceReason::Running),
            ..open(9000.0, 3000.0, 3100.0)
        };
        assert!(is_run(&with(Some(150.0), Some(84.0))));
        assert!(!is_run(&with(Some(80.0), None)), "a bus");
        assert!(!is_run(&with(None, Some(26.0))), "a rowing machine");
    }

    #[test]
    fn a_title_speaks_before_the_speed() {
        let slow = open(4200.0, 3000.0, 3000.0);
        let titled = Some((Sport::RUNNING, "trail"));
        let taken = hear(&slow, &Verdict::default(), None, titled);
        assert_eq!((taken.sport, taken.sub_sport), (Sport::RUNNING, "trail"));
        assert_eq!(taken.source, SportSource::Title);
        let quick = open(9000.0, 3000.0, 3100.0);
        let taken = hear(
            &quick,
            &Verdict::default(),
            None,
            Some((Sport("cycling"), "generic")),
        );
        assert_eq!(taken.sport, Sport("cycling"));
    }

    #[test]
    fn a_run_that_a_track_or_two_witnesses_deny_is_none() {
        let named = |distance: &Verdict| {
            let run = Run {
                sport: Sport::RUNNING,
                ..open(24_000.0, 3000.0, 3000.0)
            };
            hear(&run, distance, None, None).why
        };
        let said = |by: By, value: f64, heard: Heard| Witness {
            heard,
            ..Witness::of(by, value)
        };
        let of = |witnesses: Vec<Witness>| Verdict { witnesses };
        let track = |metres| of(vec![said(By::Track, metres, Heard::Impossible)]);
        assert_eq!(named(&track(24_000.0)), Why::NoRunner(8.0));
        assert_eq!(named(&track(9000.0)), Why::Named);
        assert_eq!(named(&track(300_000.0)), Why::Named, "a plane, or a clock");
        // A column alone may be in another unit.
        assert_eq!(
            named(&of(vec![said(By::Records, 24_000.0, Heard::Impossible)])),
            Why::Named
        );
        // Possible in the time with its stops, and not in the time that the timer ran.
        let two = vec![
            said(By::Laps, 24_000.0, Heard::Believed),
            said(By::Records, 24_000.0, Heard::Agrees),
        ];
        assert_eq!(named(&of(two)), Why::NoRunner(8.0));
    }

    #[test]
    fn a_run_whose_track_outruns_every_runner_is_none() {
        let why = |timer_s: f64, distance: &Verdict| {
            let run = Run {
                sport: Sport::RUNNING,
                ..open(24_000.0, 3000.0, timer_s)
            };
            hear(&run, distance, Some(8.0), None).why
        };
        assert_eq!(why(3000.0, &Verdict::default()), Why::NoRunner(8.0));
        // A clock that counts ten times too much does not slow it down.
        assert_eq!(why(30_000.0, &Verdict::default()), Why::NoRunner(8.0));
        let agreed = |metres: f64| Verdict {
            witnesses: [(By::Device, Heard::Believed), (By::Records, Heard::Agrees)]
                .map(|(by, heard)| Witness {
                    heard,
                    ..Witness::of(by, metres)
                })
                .to_vec(),
        };
        assert_eq!(why(3000.0, &agreed(9000.0)), Why::Named, "and driven home");
    }
}
