//! Witnesses of one quantity, and the vote among them.

use serde::Serialize;

/// Two that lie within this share of each other agree (src/method/limits.md, Trust).
pub const AGREE: f64 = 0.05;

/// Who says how much. The order is that of trust where nothing else decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The device's total of the activity.
    Device,
    /// The device's total of the whole file (FIT `activity`).
    WholeFile,
    /// The laps, added up.
    Laps,
    /// The last lap, where laps hold running totals.
    LastLap,
    /// The records: their last value less their first, or the time they span.
    Records,
    /// The length of the track.
    Track,
    /// Speed times time.
    Speed,
}

impl By {
    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            By::Device => "the device's total",
            By::WholeFile => "the file's total",
            By::Laps => "the laps added up",
            By::LastLap => "the last lap's running total",
            By::Records => "the records",
            By::Track => "the track",
            By::Speed => "speed times time",
        }
    }

    /// The verb of one or of many, `says` or `say`, behind [`By::in_words`].
    pub fn verb<'v>(self, of_one: &'v str, of_many: &'v str) -> &'v str {
        match self {
            By::Laps | By::Records => of_many,
            _ => of_one,
        }
    }

    /// What has the same origin speaks with one voice: laps and totals are the device's sums, speed is kept with the records.
    fn kin(self) -> u8 {
        match self {
            By::Device | By::Laps | By::LastLap => 1,
            By::WholeFile => 2,
            By::Records | By::Speed => 4,
            By::Track => 8,
        }
    }
}

/// What became of a witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Heard {
    /// Its value is used.
    Believed,
    /// It agrees with the one that is used.
    Agrees,
    /// It says something else.
    Differs,
    /// It knows a part of the activity only.
    Part,
    /// No runner can do that.
    Impossible,
}

/// One witness.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Witness {
    /// Who.
    pub by: By,
    /// How much, m or s.
    pub value: f64,
    /// What became of it.
    pub heard: Heard,
}

impl Witness {
    /// One that has not been weighed yet.
    pub(super) fn of(by: By, value: f64) -> Self {
        let heard = Heard::Differs;
        Witness { by, value, heard }
    }

    fn is_near(&self, other: f64) -> bool {
        are_near(self.value, other)
    }
}

/// Whether two values agree: within [`AGREE`] of the larger.
pub(super) fn are_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= AGREE * a.abs().max(b.abs())
}

/// What the witnesses of one quantity come to.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Verdict {
    /// All that were heard, in the order of trust.
    pub witnesses: Vec<Witness>,
}

impl Verdict {
    /// The one that is believed. None: there is none, or none that can be.
    pub fn believed(&self) -> Option<&Witness> {
        let mut witnesses = self.witnesses.iter();
        witnesses.find(|witness| witness.heard == Heard::Believed)
    }

    /// The value that is used.
    pub fn value(&self) -> Option<f64> {
        self.believed().map(|witness| witness.value)
    }

    /// Those that say something else, or what cannot be.
    pub fn against(&self) -> impl Iterator<Item = &Witness> {
        let is_against =
            |witness: &&Witness| matches!(witness.heard, Heard::Differs | Heard::Impossible);
        self.witnesses.iter().filter(is_against)
    }

    /// A value that no runner can reach though two with different origins agree on it.
    pub fn agreed_impossible(&self) -> Option<f64> {
        let cannot_be = || {
            self.witnesses
                .iter()
                .filter(|w| w.heard == Heard::Impossible)
        };
        let is_agreed = |witness: &&Witness| {
            let others = cannot_be().filter(|other| other.is_near(witness.value));
            others
                .fold(0, |voices, other| voices | other.by.kin())
                .count_ones()
                > 1
        };
        cannot_be().find(is_agreed).map(|witness| witness.value)
    }

    /// The value where two with different origins agree on it and it is believed.
    pub fn agreed(&self) -> Option<f64> {
        let believed = self.believed()?;
        (self.voices(believed.value).count_ones() > 1).then_some(believed.value)
    }

    /// How far a track leads that no runner can follow.
    pub fn impossible_track(&self) -> Option<f64> {
        let mut witnesses = self.witnesses.iter();
        let track = witnesses.find(|witness| witness.by == By::Track)?;
        (track.heard == Heard::Impossible).then_some(track.value)
    }

    /// Whether the value rests on one voice that another denies, which can be as well; or no witness could be believed.
    pub fn is_doubtful(&self) -> bool {
        let Some(believed) = self.believed() else {
            return !self.witnesses.is_empty();
        };
        self.is_denied(believed) && self.voices(believed.value).count_ones() < 2
    }

    /// Whether one of another kin says something else.
    fn is_denied(&self, believed: &Witness) -> bool {
        let kin = believed.by.kin();
        let mut against = self.against();
        against.any(|witness| witness.heard == Heard::Differs && witness.by.kin() != kin)
    }

    /// The kin of those that can be and agree with this value: one that was thought to know a part as well, for then it is no part.
    fn voices(&self, value: f64) -> u8 {
        self.witnesses
            .iter()
            .filter(|w| w.heard != Heard::Impossible && w.is_near(value))
            .fold(0, |voices, witness| voices | witness.by.kin())
    }
}

impl Witness {
    fn counts(&self) -> bool {
        !matches!(self.heard, Heard::Impossible | Heard::Part)
    }
}

/// Those who know the whole are heard first: the first of those that most agree with is believed. Else one that knows a part.
pub(super) fn vote(witnesses: Vec<Witness>) -> Verdict {
    let mut verdict = Verdict { witnesses };
    let value = first_of_most(&verdict).or_else(|| first_part(&verdict));
    if let Some((place, value)) = value {
        weigh(&mut verdict.witnesses, place, value);
    }
    verdict
}

fn first_of_most(verdict: &Verdict) -> Option<(usize, f64)> {
    let whole = verdict.witnesses.iter().enumerate();
    let voices = whole
        .filter(|(_, witness)| witness.counts())
        .map(|(place, witness)| {
            (
                verdict.voices(witness.value).count_ones(),
                place,
                witness.value,
            )
        });
    // The first of equals.
    let first = voices.reduce(|best, next| if next.0 > best.0 { next } else { best });
    first.map(|(_, place, value)| (place, value))
}

fn first_part(verdict: &Verdict) -> Option<(usize, f64)> {
    let mut parts = verdict.witnesses.iter().enumerate();
    let part = parts.find(|(_, witness)| witness.heard == Heard::Part);
    part.map(|(place, witness)| (place, witness.value))
}

fn weigh(witnesses: &mut [Witness], place: usize, value: f64) {
    for (at, witness) in witnesses.iter_mut().enumerate() {
        witness.heard = match at == place {
            true => Heard::Believed,
            false => beside(witness, value),
        };
    }
}

fn beside(witness: &Witness, value: f64) -> Heard {
    match witness.heard {
        Heard::Differs | Heard::Part if witness.is_near(value) => Heard::Agrees,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(witnesses: &[(By, f64)]) -> Option<(By, f64)> {
        let witnesses = witnesses.iter().map(|(by, value)| Witness::of(*by, *value));
        let verdict = vote(witnesses.collect());
        verdict
            .believed()
            .map(|witness| (witness.by, witness.value))
    }

    #[test]
    fn two_that_agree_beat_one() {
        use By::{Device, Laps, Records, Speed, Track};
        assert_eq!(verdict(&[]), None);
        assert_eq!(verdict(&[(Device, 5400.0)]), Some((Device, 5400.0)));
        assert_eq!(
            verdict(&[(Device, 10_800.0), (Records, 5400.0)]),
            Some((Device, 10_800.0))
        );
        let three = [(Device, 10_800.0), (Records, 5400.0), (Track, 5390.0)];
        assert_eq!(verdict(&three), Some((Records, 5400.0)));
        let three = [(Device, 5400.0), (Records, 5.4), (Track, 5390.0)];
        assert_eq!(verdict(&three), Some((Device, 5400.0)));
        // Laps say what the device says, and speed what the records say: one voice each.
        let two_and_two = [
            (Device, 5000.0),
            (Laps, 5000.0),
            (Records, 5400.0),
            (Speed, 5400.0),
        ];
        assert_eq!(verdict(&two_and_two), Some((Device, 5000.0)));
    }

    #[test]
    fn what_cannot_be_has_no_vote_and_a_part_only_where_nothing_else_is() {
        let of = |by, value, heard| Witness {
            heard,
            ..Witness::of(by, value)
        };
        let part = of(By::Records, 1800.0, Heard::Part);
        let whole = of(By::Device, 5400.0, Heard::Differs);
        let wrong = of(By::Device, 5.4, Heard::Impossible);
        assert_eq!(vote(vec![whole, part]).value(), Some(5400.0));
        assert_eq!(vote(vec![wrong, part]).value(), Some(1800.0));
        // What agrees with a whole is no part.
        let laps = of(By::LastLap, 1810.0, Heard::Differs);
        assert_eq!(vote(vec![whole, laps, part]).value(), Some(1810.0));
        assert_eq!(vote(vec![wrong]).value(), None);
        assert!(vote(vec![wrong]).is_doubtful() && !vote(vec![]).is_doubtful());
        let denied = vote(vec![whole, of(By::Records, 6000.0, Heard::Differs)]);
        assert!(denied.is_doubtful());
        assert_eq!(denied.against().count(), 1);
    }
}
