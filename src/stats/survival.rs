//! Time to a first event, where not everybody is watched for equally long.

use super::NORMAL_975;
use std::collections::BTreeMap;

/// Who came, went and had the event, by day of follow-up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowUp(BTreeMap<u32, Moves>);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Moves {
    entered: u64,
    events: u64,
    left: u64,
}

/// The curve after a day with an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Day of follow-up.
    pub day: u32,
    /// How many were watched and had had no event before that day.
    pub at_risk: u64,
    /// Events of the day.
    pub events: u64,
    /// Share without an event until then.
    pub free: f64,
    /// Lower end of its 95 % interval; 0 where nobody is left.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl FollowUp {
    /// Somebody who was watched from the end of one day to another, on which the event came or they were seen last. Nothing for whoever
    /// was not watched for a day.
    pub fn add(&mut self, from: u32, to: u32, had_event: bool) {
        if from >= to {
            return;
        }
        self.0.entry(from).or_default().entered += 1;
        let end = self.0.entry(to).or_default();
        if had_event {
            end.events += 1;
        } else {
            end.left += 1;
        }
    }

    /// How many were watched.
    pub fn all(&self) -> u64 {
        self.0.values().map(|moves| moves.entered).sum()
    }

    /// The day after which nobody is watched. None without anybody.
    pub fn last_day(&self) -> Option<u32> {
        self.0.keys().next_back().copied()
    }

    /// How many are watched after this day without an event until then.
    pub fn at_risk_after(&self, day: u32) -> u64 {
        let until = self.0.range(..=day).map(|(_, moves)| moves);
        let (came, went) = until.fold((0, 0), |(came, went), moves| {
            (came + moves.entered, went + moves.events + moves.left)
        });
        came - went
    }

    /// The curve of Kaplan and Meier (1958, J Am Stat Assoc 53:457), a step for each day with an event, with Greenwood's variance on the
    /// scale of log(−log S) (Kalbfleisch & Prentice 2002, The Statistical Analysis of Failure Time Data, 1.4). Whoever leaves on a day was
    /// at risk on it; whoever comes on a day is at risk from the next on.
    pub fn curve(&self) -> Vec<Step> {
        let (mut at_risk, mut free, mut variance) = (0, 1.0, 0.0);
        let mut steps = Vec::new();
        for (day, moves) in &self.0 {
            if moves.events > 0 {
                let (events, risk) = (moves.events as f64, at_risk as f64);
                free *= 1.0 - events / risk;
                variance += events / (risk * (risk - events));
                let (low, high) = interval(free, variance);
                steps.push(Step {
                    day: *day,
                    at_risk,
                    events: moves.events,
                    free,
                    low,
                    high,
                });
            }
            at_risk = at_risk + moves.entered - moves.events - moves.left;
        }
        steps
    }
}

fn interval(free: f64, variance: f64) -> (f64, f64) {
    if free <= 0.0 {
        return (0.0, 0.0);
    }
    let reach = NORMAL_975 * variance.sqrt() / free.ln();
    let end = |reach: f64| free.powf(reach.exp());
    (end(-reach), end(reach))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: [u32; 10] = [3, 5, 5, 8, 10, 12, 12, 12, 20, 21];
    const EVENTS: [u8; 10] = [1, 1, 0, 1, 0, 1, 1, 0, 0, 1];

    fn followed(entries: [u32; 10]) -> FollowUp {
        let mut found = FollowUp::default();
        for ((from, to), event) in entries.into_iter().zip(TIMES).zip(EVENTS) {
            found.add(from, to, event == 1);
        }
        found
    }

    fn check(entries: [u32; 10], expected: [(u32, u64, f64, f64, f64); 5]) {
        let curve = followed(entries).curve();
        assert_eq!(curve.len(), 5);
        for (step, (day, at_risk, free, low, high)) in curve.iter().zip(expected) {
            assert_eq!((step.day, step.at_risk), (day, at_risk));
            let are_close = [(step.free, free), (step.low, low), (step.high, high)];
            assert!(
                are_close.iter().all(|(a, b)| (a - b).abs() < 1e-9),
                "{step:?}"
            );
        }
    }

    #[test]
    fn curves_agree_with_lifelines() {
        // lifelines 0.30.0, KaplanMeierFitter: survival_function_, confidence_interval_, event_table; the second with `entry`.
        check(
            [0; 10],
            [
                (3, 10, 0.9, 0.473_009_271_362_050_84, 0.985_281_393_367_343),
                (5, 9, 0.8, 0.408_690_781_633_404_4, 0.945_872_645_838_911_5),
                (
                    8,
                    7,
                    0.685_714_285_714_285_7,
                    0.304_585_074_201_847_3,
                    0.887_148_495_027_707_3,
                ),
                (
                    12,
                    5,
                    0.411_428_571_428_571_4,
                    0.102_511_070_314_055_37,
                    0.707_312_651_943_303,
                ),
                (21, 1, 0.0, 0.0, 0.0),
            ],
        );
        check(
            [0, 0, 2, 4, 0, 0, 6, 0, 0, 9],
            [
                (
                    3,
                    7,
                    0.857_142_857_142_857_2,
                    0.334_053_879_292_221_8,
                    0.978_561_058_526_175_6,
                ),
                (
                    5,
                    7,
                    0.734_693_877_551_020_4,
                    0.291_004_336_340_961_6,
                    0.925_890_145_483_170_4,
                ),
                (
                    8,
                    6,
                    0.612_244_897_959_183_7,
                    0.216_776_815_680_919_9,
                    0.854_326_460_133_187,
                ),
                (
                    12,
                    5,
                    0.367_346_938_775_510_3,
                    0.083_917_035_790_456_37,
                    0.667_154_783_637_652_5,
                ),
                (21, 1, 0.0, 0.0, 0.0),
            ],
        );
    }

    #[test]
    fn who_was_not_watched_is_nobody() {
        let mut found = FollowUp::default();
        found.add(5, 5, true);
        assert_eq!((found.all(), found.curve()), (0, Vec::new()));
        found.add(0, 4, false);
        assert_eq!((found.at_risk_after(0), found.at_risk_after(4)), (1, 0));
        assert_eq!(found.curve(), []);
    }
}
