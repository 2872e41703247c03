//! Would a score have been any use? The one honest check before one is printed.
//!
//! One score, declared in advance: for each logged day on which a spell could begin, the share of such days *before it* that
//! began one, among days like it, after a flag that bears on the place or not, each share with one day's weight of the base
//! rate added. It is set beside the base rate of all those days before it (rolling origin: nothing later is used).

use crate::stats::{
    describe::{mean, sample_sd},
    t_975,
};

/// New spells before the first day that is scored.
pub const FIRST_ONSETS: usize = 5;

/// Days that are scored as one: neighbouring days are alike.
const BLOCK_DAYS: usize = 28;

/// Fewer blocks carry no interval.
const BLOCKS_MIN: usize = 6;

/// The Brier skill score of the flags against the base rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Skill {
    /// 1 − Brier score of the flags / Brier score of the base rate; above 0 the flags did better.
    pub score: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Rate of new spells on days like today by the base rate, from the whole past.
    pub flagged_by_base: f64,
}

impl Skill {
    /// Whether a score may be printed at all.
    pub fn beats_the_base_rate(&self) -> bool {
        self.low > 0.0
    }
}

/// Events seen on days of one kind.
#[derive(Clone, Copy, Default)]
struct Seen {
    events: f64,
    days: f64,
}

impl Seen {
    fn add(&mut self, event: f64) {
        self.events += event;
        self.days += 1.0;
    }

    fn rate(self) -> f64 {
        if self.days > 0.0 {
            self.events / self.days
        } else {
            0.0
        }
    }

    /// With one day's weight of the base rate.
    fn shrunk(self, base: f64) -> f64 {
        (self.events + base) / (self.days + 1.0)
    }
}

/// The skill of the flags (Some(true): after a flag) on the events of the same calendar, None where either is unknown. The
/// interval is Student's t over means of blocks of 28 scored days (Brier 1950, Mon Weather Rev 78:1). None when fewer than
/// six blocks can be scored or the base rate never errs.
pub fn skill(flags: &[Option<bool>], events: &[Option<bool>]) -> Option<Skill> {
    let mut past = Past::default();
    let days = flags.iter().zip(events);
    for (flagged, event) in days.filter_map(|(flag, event)| flag.zip(*event)) {
        past.score(flagged, f64::from(u8::from(event)));
    }
    let blocks = past.gains.chunks_exact(BLOCK_DAYS);
    let blocks: Vec<f64> = blocks.filter_map(mean).collect();
    let reference = mean(&past.base_errors).filter(|error| *error > 0.0)?;
    let (gain, reach) = (mean(&past.gains)?, reach_of_mean(&blocks)?);
    let base = past.base.rate();
    Some(Skill {
        score: gain / reference,
        low: (gain - reach) / reference,
        high: (gain + reach) / reference,
        flagged_by_base: past.after.shrunk(base) / base,
    })
}

/// How far the 95 % interval of a mean of blocks reaches. None for too few.
fn reach_of_mean(blocks: &[f64]) -> Option<f64> {
    let spread = sample_sd(blocks).filter(|_| blocks.len() >= BLOCKS_MIN)?;
    Some(t_975(blocks.len() - 1)? * spread / (blocks.len() as f64).sqrt())
}

/// What was seen so far, and how the days were scored by it.
#[derive(Default)]
struct Past {
    /// Days after a flag.
    after: Seen,
    other: Seen,
    base: Seen,
    /// By how much the flags erred less than the base rate.
    gains: Vec<f64>,
    base_errors: Vec<f64>,
}

impl Past {
    /// Scores a day, then takes it in.
    fn score(&mut self, flagged: bool, outcome: f64) {
        let kind = if flagged {
            &mut self.after
        } else {
            &mut self.other
        };
        let base = self.base.rate();
        if self.base.events >= FIRST_ONSETS as f64 {
            let error = (kind.shrunk(base) - outcome).powi(2);
            let base_error = (base - outcome).powi(2);
            self.gains.push(base_error - error);
            self.base_errors.push(base_error);
        }
        kind.add(outcome);
        self.base.add(outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `days` days; a flag on every tenth, an event where `event` says so.
    fn check(days: usize, event: fn(usize) -> bool) -> Option<Skill> {
        let flags: Vec<_> = (0..days).map(|day| Some(day % 10 == 0)).collect();
        let events: Vec<_> = (0..days).map(|day| Some(event(day))).collect();
        skill(&flags, &events)
    }

    #[test]
    fn flags_that_always_come_before_spells_have_skill() {
        let found = check(400, |day| day % 10 == 0).expect("scored");
        assert!(
            found.beats_the_base_rate() && found.score > 0.9 && found.score <= 1.0,
            "{found:?}"
        );
        assert!(found.flagged_by_base > 5.0, "{found:?}");
    }

    #[test]
    fn flags_that_know_nothing_have_none() {
        // Every seventh day, so on one in seven of the flagged days too.
        let found = check(700, |day| day % 7 == 3).expect("scored");
        assert!(
            !found.beats_the_base_rate() && found.score.abs() < 0.05,
            "{found:?}"
        );
    }

    #[test]
    fn too_little_has_no_answer() {
        assert_eq!(check(400, |day| day < 4), None, "four spells");
        // The fifth spell on day 40 leaves days 41 to 207: 167 days are five blocks of 28; one more day is the sixth.
        assert!(check(208, |day| day % 10 == 0).is_none());
        assert!(check(209, |day| day % 10 == 0).is_some());
        assert_eq!(skill(&[], &[]), None);
    }

    #[test]
    fn the_score_by_hand() {
        // Base rate 5/5 after five days with a spell each; then only days without: each is scored with what came before.
        let events: Vec<_> = (0..5 + 168).map(|day| Some(day < 5)).collect();
        let flags = vec![Some(false); events.len()];
        let found = skill(&flags, &events).expect("scored");
        // Shares of one kind with the base rate's weight are the base rate itself: no gain at all.
        assert!(
            found.score.abs() < 1e-12 && !found.beats_the_base_rate(),
            "{found:?}"
        );
    }
}
