//! How a place was logged on run days and on rest days: a log can make a link of its own.
//!
//! Whoever logs after each run, and on rest days only when it hurts, has painful rest days in the log and no others. The day before a rest
//! day is mostly a run day, so pain then seems to come after runs ([`crate::method::statistics`], Run days and rest days).

use super::daily::DailyPain;
use crate::{model::Day, stats::share::share_interval};

/// By so much must a share of rest days lie below that of run days, 0–1.
const LESS_MIN: f64 = 0.2;

/// Or be at most this part of it, where zeros are counted: who hurts after most runs logs few zeros on run days too, and cannot log 20
/// points fewer.
const ZEROS_MAX: f64 = 0.5;

/// Covered days of one kind, and what the log says of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Logged {
    /// Covered days of this kind, from the first to the last logged day of the place.
    pub days: usize,
    /// Those with a rating.
    pub logged: usize,
    /// Those rated 0.
    pub zeros: usize,
}

/// Run days and rest days of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Logging {
    /// Days with a run.
    pub run: Logged,
    /// Days without one.
    pub rest: Logged,
}

impl Logged {
    /// Logged days by covered days, 0–1. None without a covered day.
    pub fn logged_share(self) -> Option<f64> {
        share(self.logged, self.days)
    }

    /// Zeros by logged days, 0–1. None without a logged day.
    pub fn zero_share(self) -> Option<f64> {
        share(self.zeros, self.logged)
    }

    fn add(&mut self, pain: Option<f64>) {
        self.days += 1;
        self.logged += usize::from(pain.is_some());
        self.zeros += usize::from(pain == Some(0.0));
    }
}

impl Logging {
    /// Of a place, on the calendar of its pain among the history's days.
    pub(super) fn of(days: &[Day], series: &DailyPain) -> Self {
        let mut logging = Logging::default();
        let calendar = days.iter().skip(series.first).zip(&series.pain);
        for (day, pain) in calendar.filter(|(day, _)| day.covered) {
            let kind = match day.runs {
                0 => &mut logging.rest,
                _ => &mut logging.run,
            };
            kind.add(*pain);
        }
        logging
    }

    /// Whether rest days were logged less often than run days and, where they were, seldom as free of pain: each share at least 20
    /// points lower, or half as many zeros at most, and more clearly than a few days make it by chance. Then run days alone are compared.
    ///
    /// Both at once, for each alone is innocent: fewer logged rest days are a habit, and fewer zeros among them are what pain looks like
    /// that does come on the day after a run.
    pub fn run_days_only(self) -> bool {
        let (run, rest) = (self.run, self.rest);
        let zeros = run.zero_share();
        let less_zeros = zeros.map(|share| LESS_MIN.min((1.0 - ZEROS_MAX) * share));
        is_clearly_less((rest.logged, rest.days), run.logged_share(), LESS_MIN)
            && is_clearly_less(
                (rest.zeros, rest.logged),
                zeros,
                less_zeros.unwrap_or(LESS_MIN),
            )
    }
}

/// Whether a share of rest days lies at least so far below that of run days, and its whole 95 % interval below it.
fn is_clearly_less((some, all): (usize, usize), of_run_days: Option<f64>, by: f64) -> bool {
    let count = |days: usize| u32::try_from(days).ok();
    let interval = count(some)
        .zip(count(all))
        .and_then(|(some, all)| share_interval(some, all));
    let found = share(some, all).zip(interval).zip(of_run_days);
    found.is_some_and(|((rest, interval), run)| run - rest >= by && interval.high < run)
}

fn share(some: usize, all: usize) -> Option<f64> {
    (all > 0).then(|| some as f64 / all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::associate::tests::history;

    /// Days, logged days and zeros of run days and of rest days.
    fn logging(run: [usize; 3], rest: [usize; 3]) -> Logging {
        let [run, rest] = [run, rest].map(|[days, logged, zeros]| Logged {
            days,
            logged,
            zeros,
        });
        Logging { run, rest }
    }

    #[test]
    fn days_are_counted_by_kind() {
        // Run, rest, run, rest, not covered, rest; the calendar of the pain begins on the second.
        let metres = [
            Some(5000.0),
            Some(0.0),
            Some(8000.0),
            Some(0.0),
            None,
            Some(0.0),
        ];
        let days = history(&metres).days;
        let pain = vec![Some(0.0), Some(2.0), None, Some(4.0), Some(3.0)];
        let found = Logging::of(&days, &DailyPain::new(1, pain));
        assert_eq!(found, logging([1, 1, 0], [3, 2, 1]));
        assert_eq!(found.rest.logged_share(), Some(2.0 / 3.0));
        assert_eq!(found.rest.zero_share(), Some(0.5));
        assert_eq!(
            Logged::default()
                .logged_share()
                .or(Logged::default().zero_share()),
            None
        );
    }

    #[test]
    fn both_shares_must_be_clearly_lower_on_rest_days() {
        for (name, run, rest, is_so) in [
            (
                "on rest days when it hurts",
                [100, 95, 60],
                [80, 20, 2],
                true,
            ),
            ("every day", [100, 95, 60], [80, 76, 46], false),
            ("rest days less often", [100, 95, 60], [80, 20, 13], false),
            ("it hurts the day after", [100, 95, 60], [80, 76, 10], false),
            ("never on rest days", [100, 95, 60], [80, 0, 0], false),
            // 0 of 5 may be up to 43 percent, 2 of 5 up to 77 (Wilson).
            ("five rest days, no zero", [100, 95, 60], [80, 5, 0], true),
            (
                "five rest days, two zeros",
                [100, 95, 60],
                [80, 5, 2],
                false,
            ),
            // 24 points less in 80 days (at most 82 percent), and 19.
            ("76 percent", [100, 100, 60], [80, 61, 5], true),
            ("81 percent", [100, 100, 60], [80, 65, 5], false),
            // 12 percent zeros after runs, and of 40 rest days none (at most 8.8 percent), 2 (16.5); of 400 24 (6 percent, at most 8.8)
            // and 28 (7).
            ("zeros are few", [100, 100, 12], [180, 40, 0], true),
            ("and so they are", [100, 100, 12], [180, 40, 2], false),
            ("half of them", [900, 900, 108], [900, 400, 24], true),
            ("more than half", [900, 900, 108], [900, 400, 28], false),
            ("no zero at all", [100, 100, 0], [180, 40, 0], false),
            ("no rest day", [100, 100, 60], [0, 0, 0], false),
            ("no run day", [0, 0, 0], [80, 20, 2], false),
        ] {
            assert_eq!(logging(run, rest).run_days_only(), is_so, "{name}");
        }
    }
}
