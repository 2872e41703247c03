//! What was run on a day as a table tells it: totals and nothing else.

use crate::{
    digest::Digest,
    model::{AltitudeSource, DistanceSource, Format, Run, SportSource, TimeSource},
    time::ZoneSource,
};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// Longest distance of a day that is believed, m.
pub(super) const DISTANCE_M_MAX: f64 = 500_000.0;
/// Longest time, s.
pub(super) const TIME_S_MAX: f64 = 48.0 * 3600.0;
/// Most metres up or down.
pub(super) const CLIMB_M_MAX: f64 = 15_000.0;
/// Highest load in arbitrary units: a rating of 10 for 24 hours.
pub(super) const LOAD_MAX: f64 = 14_400.0;
/// A table has days and no hours: the runs of one stand an hour apart from noon on.
const APART_H: i64 = 1;

/// One line about one day. None: not known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Session {
    pub(super) day: NaiveDate,
    /// Distance, m.
    pub(super) distance_m: Option<f64>,
    /// Time, s.
    pub(super) timer_s: Option<f64>,
    /// Metres climbed.
    pub(super) ascent_m: Option<f64>,
    /// Metres descended.
    pub(super) descent_m: Option<f64>,
    /// Session RPE, CR-10.
    pub(super) rpe: Option<f64>,
    /// Load in arbitrary units, as session RPE times minutes.
    pub(super) load: Option<f64>,
}

impl Session {
    fn sizes(&self) -> [Option<f64>; 3] {
        [self.distance_m, self.timer_s, self.load]
    }

    /// Whether anything was run.
    pub(super) fn is_run(&self) -> bool {
        self.sizes().iter().flatten().any(|size| *size > 0.0)
    }

    /// Whether it says that nothing was.
    pub(super) fn is_rest(&self) -> bool {
        !self.is_run() && self.sizes().iter().any(Option::is_some)
    }
}

/// The runs of one person, by start. `place` is how the table is called.
pub(super) fn runs(id: &str, place: &str, sessions: &[Session]) -> Vec<Run> {
    let mut sessions: Vec<&Session> = sessions.iter().filter(|session| session.is_run()).collect();
    // Rows of one day stay in the order of the table.
    sessions.sort_by_key(|session| session.day);
    let mut runs: Vec<Run> = Vec::with_capacity(sessions.len());
    let mut of_day = 0;
    for session in sessions {
        let is_same_day = runs
            .last()
            .is_some_and(|run| run.local_date() == session.day);
        of_day = if is_same_day { of_day + 1 } else { 0 };
        runs.push(run(id, place, session, of_day));
    }
    runs
}

fn run(id: &str, place: &str, session: &Session, of_day: i64) -> Run {
    // More than half a day of runs stays within the day.
    let after_noon = TimeDelta::hours((of_day * APART_H).min(11));
    let start = session.day.and_time(NOON) + after_noon;
    let content = Digest::of_bytes(format!("{id} {session:?} {of_day}").as_bytes()).to_string();
    let content = content.get(..8).unwrap_or_default();
    let positive = |value: Option<f64>| value.filter(|value| *value > 0.0);
    let (distance_m, timer_s) = (positive(session.distance_m), positive(session.timer_s));
    let climb = session.ascent_m.or(session.descent_m);
    Run {
        source: place.to_string(),
        format: Format::Export,
        start_local: start,
        zone_source: ZoneSource::AssumedUtc,
        sport_source: SportSource::Index,
        distance_m,
        distance_source: distance_m.map(|_| DistanceSource::Index),
        timer_s,
        timer_source: timer_s.map(|_| TimeSource::Index),
        ascent_m: session.ascent_m,
        descent_m: session.descent_m,
        altitude_source: climb.map(|_| AltitudeSource::Index),
        session_rpe: session.rpe,
        session_rpe_load: positive(session.load),
        grade_adjusted_m: distance_m,
        ..Run::blank(
            format!("{}-{content}", start.format("%Y%m%d-%H%M")),
            start.and_utc(),
        )
    }
}

const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a literal date")
    }

    #[test]
    fn rows_with_a_size_are_runs_and_zeros_are_rest() {
        let of = |distance_m, load| Session {
            day: day("2025-03-01"),
            distance_m,
            load,
            ..Session::default()
        };
        for (session, is_run, is_rest) in [
            (of(Some(5000.0), None), true, false),
            (of(Some(0.0), None), false, true),
            (of(None, Some(0.0)), false, true),
            (of(Some(0.0), Some(300.0)), true, false),
            (of(None, None), false, false),
        ] {
            assert_eq!(
                (session.is_run(), session.is_rest()),
                (is_run, is_rest),
                "{session:?}"
            );
        }
    }

    #[test]
    fn runs_of_a_day_are_apart_and_keep_its_date() {
        let session = |day_text, km: f64| Session {
            day: day(day_text),
            distance_m: Some(km * 1000.0),
            timer_s: Some(1800.0),
            rpe: Some(4.0),
            ..Session::default()
        };
        let mut sessions = vec![session("2025-03-02", 8.0)];
        sessions.extend((1..=14).map(|km| session("2025-03-01", f64::from(km))));
        let runs = runs("A", "daily.csv", &sessions);
        assert_eq!(runs.len(), 15);
        assert!(
            runs.windows(2)
                .all(|two| two[0].start_utc <= two[1].start_utc)
        );
        assert!(
            runs[..14]
                .iter()
                .all(|run| run.local_date() == day("2025-03-01"))
        );
        assert_eq!(
            (runs[14].distance_m, runs[14].timer_s),
            (Some(8000.0), Some(1800.0))
        );
        let ids: std::collections::BTreeSet<&str> =
            runs.iter().map(|run| run.run_id.as_str()).collect();
        assert_eq!(ids.len(), 15);
        assert!(runs.iter().all(Run::is_run));
    }
}
