//! The hit list: how many of the new spells at a place began within a day of a rule's flag, and how many of the days lie so near one.
//!
//! It is a description from the first spell on and no test: the gates, the p and the verdict are those of the look back.

use crate::stats::{
    Interval,
    event_shift::{Flag, Seen, counts},
    share::share_interval,
};

/// Days after a flag's own day that are near it.
pub const NEAR_DAYS: i64 = 1;

/// New spells near a rule's flags.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hits {
    /// New spells that began on the day of a flag, after its run, or on the day after; at most `spells`.
    pub near: u32,
    /// New spells on days of which it is known whether a flag was near; at least 1.
    pub spells: u32,
    /// Logged days near a flag on which one began or could have.
    pub near_days: u32,
    /// All such days of which it is known.
    pub days: u32,
    /// How many of the spells would lie near a flag if they knew nothing of flags: near days times spells a day, and for the days
    /// on which a flag goes up, which all have a run, times spells a day with a run.
    pub by_chance: f64,
    /// The 95 % interval of the share of the spells, 0–1, as if each had been drawn by itself.
    pub interval: Interval,
}

impl Hits {
    /// The share of the days that lie near a flag, 0–1.
    pub fn share_of_days(&self) -> f64 {
        f64::from(self.near_days) / f64::from(self.days)
    }
}

/// The hits of flags that reach [`NEAR_DAYS`] days. None when of no spell it is known whether a flag was near.
pub fn hits(flags: &[Option<Flag>], events: &[Option<Seen>]) -> Option<Hits> {
    let counts = counts(flags, events);
    let spells = counts.flagged_events + counts.other_events;
    let interval = share_interval(counts.flagged_events, spells)?;
    Some(Hits {
        near: counts.flagged_events,
        spells,
        near_days: counts.flagged_days,
        days: counts.flagged_days + counts.other_days,
        by_chance: by_chance(flags, events),
        interval,
    })
}

fn by_chance(flags: &[Option<Flag>], events: &[Option<Seen>]) -> f64 {
    let days = flags.iter().zip(events);
    let known = days.filter_map(|(flag, seen)| flag.zip(*seen));
    let counted = known.filter(|(flag, seen)| *flag != Flag::Rising || seen.late);
    let counted: Vec<(Flag, Seen)> = counted.collect();
    let days_of = |which: Flag| counted.iter().filter(|(flag, _)| *flag == which).count() as f64;
    let rate = |is_of: fn(&Seen) -> bool| {
        let seen = counted
            .iter()
            .map(|(_, seen)| seen)
            .filter(|seen| is_of(seen));
        let (days, events) = seen.fold((0.0, 0.0), |(days, events), seen| {
            (days + 1.0, events + f64::from(u8::from(seen.event)))
        });
        if days > 0.0 { events / days } else { 0.0 }
    };
    days_of(Flag::Up) * rate(|_| true) + days_of(Flag::Rising) * rate(|seen| seen.late)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_of_nine_by_hand() {
        // 150 days, of which the first 100 are late; a flag near days 0–2. Nine spells, three of them there, one on the flag's own day.
        let mut flags = vec![Some(Flag::Down); 150];
        flags[..3].copy_from_slice(&[Some(Flag::Rising), Some(Flag::Up), Some(Flag::Up)]);
        let seen = |event, late| Some(Seen { event, late });
        let mut events = vec![seen(false, false); 150];
        events[..100].fill(seen(false, true));
        for day in [0, 1, 2, 20, 40, 60, 80] {
            events[day] = seen(true, true);
        }
        for day in [110, 120] {
            events[day] = seen(true, false);
        }
        let found = hits(&flags, &events).expect("spells");
        assert_eq!((found.near, found.spells), (3, 9));
        assert_eq!((found.near_days, found.days), (3, 150));
        assert!((found.share_of_days() - 0.02).abs() < 1e-12);
        // Two whole days at 9 spells in 150 days, one flag's own day at 7 in the 100 days that are late.
        assert!((found.by_chance - (2.0 * 9.0 / 150.0 + 7.0 / 100.0)).abs() < 1e-12);
        assert!((found.interval.low - 0.120_584).abs() < 1e-6, "{found:?}");
        // The one of the flag's own day was there in the morning: neither near nor elsewhere.
        events[0] = seen(true, false);
        let found = hits(&flags, &events).expect("spells");
        assert_eq!((found.near, found.spells, found.near_days), (2, 8, 2));
    }

    #[test]
    fn one_spell_is_a_list_and_none_is_not() {
        let flags = [Some(Flag::Down), Some(Flag::Up)];
        let seen = |event| Some(Seen { event, late: true });
        let one = [seen(false), seen(true)];
        let found = hits(&flags, &one).expect("a spell");
        assert_eq!((found.near, found.spells), (1, 1));
        assert!(found.interval.low > 0.2 && found.interval.high == 1.0);
        assert_eq!(hits(&flags, &[seen(false); 2]), None);
        assert_eq!(hits(&[None, None], &one), None, "no recordings");
        assert_eq!(hits(&[], &[]), None);
    }
}
