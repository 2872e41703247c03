//! What a recording of an activity says, kept when another of it stays or when the runner corrected it.

use super::alike::{SIZE_SHARE, alike};
use crate::{model::Run, units};
use chrono::{DateTime, Utc};

/// Differences below this are not worth a word, s.
const SMALL_S: f64 = 60.0;

/// What one recording says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    /// Its file.
    pub source: String,
    /// Its start.
    pub start_utc: DateTime<Utc>,
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Time with the timer running, s.
    pub timer_s: Option<f64>,
    /// Start to end, s.
    pub elapsed_s: Option<f64>,
    /// Whether it is one of a run.
    pub is_run: bool,
}

impl Said {
    pub(super) fn of(run: &Run) -> Said {
        Said {
            source: run.source.clone(),
            start_utc: run.start_utc,
            distance_m: run.distance_m,
            timer_s: run.timer_s,
            elapsed_s: run.elapsed_s,
            is_run: run.is_run(),
        }
    }

    /// Start to end, s; 0 where nothing is known.
    pub(super) fn span_s(&self) -> f64 {
        self.elapsed_s.or(self.timer_s).unwrap_or(0.0)
    }

    pub(super) fn start_s(&self) -> f64 {
        self.start_utc.timestamp_millis() as f64 / 1000.0
    }

    pub(super) fn end_s(&self) -> f64 {
        self.start_s() + self.span_s()
    }
}

/// A service may count time moving where the watch counts time with the timer on: both must differ.
pub(super) fn has_other_time(said: &Said, line: &Run) -> bool {
    let times = [
        (said.elapsed_s, line.elapsed_s),
        (said.timer_s, line.timer_s),
    ];
    let known = |(a, b): &(Option<f64>, Option<f64>)| a.is_some() && b.is_some();
    let mut known = times.into_iter().filter(known).peekable();
    known.peek().is_some() && known.all(|pair| differs(pair, SMALL_S))
}

/// Whether the line is of less time than the recording.
pub(super) fn is_shorter(said: &Said, line: &Run) -> bool {
    let line_s = line.elapsed_s.or(line.timer_s);
    line_s.is_some_and(|line_s| line_s < said.span_s())
}

/// Whether two values are further apart than that and than [`SIZE_SHARE`]; unknown ones are not.
pub(super) fn differs((a, b): (Option<f64>, Option<f64>), small: f64) -> bool {
    let is_large = a.zip(b).is_some_and(|(a, b)| (a - b).abs() > small);
    is_large && alike(a, b, SIZE_SHARE) == Some(false)
}

/// Whether a source is this file, in whatever folder.
pub(super) fn is_file_below(file: &str, source: &str) -> bool {
    let (file, source) = (bare(file), bare(source));
    let folder = source.strip_suffix(file);
    folder.is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}

fn bare(file: &str) -> &str {
    file.strip_suffix(".gz").unwrap_or(file)
}

/// `10000 m`.
pub(super) fn metres_text(run: &Run) -> String {
    match run.distance_m {
        Some(metres) => format!("{} m", units::number(metres, 0)),
        None => "no distance".to_string(),
    }
}
