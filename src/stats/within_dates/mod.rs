//! The test of several runners: does pain go with the earlier load within the runners, whatever a date does to all of them?
//!
//! Runners share weekdays, holidays, weather and training plans, which move load and pain of all of them at once. So the means of the
//! runners and of the dates are taken out of every series, and a runner's load turns by whole weeks. What yesterday's load adds is
//! asked three times, given today's run, given yesterday's pain and given both, and the weakest answer holds
//! (src/method/statistics.md, Several runners).
//!
//! It goes in two rounds, each a sum over runners that comes to the same bits in any order and grouping, so that runners may be read on
//! many machines: [`DateSums`] of what dates have in common, then [`DrawSums`] of what is left.

mod columns;
mod dates;
mod draws;
mod outcome;

pub use dates::{DateMeans, DateSums};
pub use draws::DrawSums;
pub use outcome::WithinDates;

use super::partial_shift::Question;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Random turns of all runners, drawn beside the observed one (src/method/statistics.md, Several runners): p is at least 1 in
/// 10,000.
pub const DRAWS: usize = 9_999;

/// One runner's series, on a calendar of their own.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Dated {
    /// A number of the runner's own, from which their turns follow ([`key_of`]).
    pub key: u64,
    /// Number of the calendar's first day, counted from the same day for all runners.
    pub first: i64,
    /// The series, one element for every day. All runners must have as many of them.
    pub question: Question,
}

/// The number of a runner of this name.
pub fn key_of(name: &str) -> u64 {
    xxh3_64(name.as_bytes())
}

/// A number of all series and their days: equal ones have the same, whoever's they are.
pub fn fingerprint<'d>(all: impl Iterator<Item = &'d Dated>) -> u64 {
    let mut hash = Xxh3::new();
    for one in all {
        let Question {
            load,
            turning,
            pain,
            staying,
        } = &one.question;
        hash.update(&one.first.to_le_bytes());
        let series = turning.iter().chain(staying).chain([load, pain]);
        series.flatten().for_each(|value| {
            // No pain or load is a NaN.
            hash.update(&value.unwrap_or(f64::NAN).to_bits().to_le_bytes());
        });
    }
    hash.digest()
}

/// Monte Carlo test of the common slope within runners and dates, two-sided, with 9,999 draws from a fixed seed.
///
/// Each runner's calendar is cut to whole weeks; the first days go. The means of the runners and of the dates that several runners have are
/// taken out of every series, once. In each draw every runner's load, with what turns with it, is turned around their own
/// calendar by a number of weeks that follows from the draw and the runner; pain and what stays with it stay, and a day on which either is unknown is dropped. Within each
/// runner the rest is taken out of load and pain anew, and the slope is Σxy/Σxx of what is left over all runners. The statistic is Σxy over
/// its standard error √Σ(xx·yy/df), so that draws on which fewer days meet are not taken for stronger links. The observed one is made
/// smaller by what date means cost: of m runners on a date they leave (m − 1)/m of both sides, which turned loads no longer share.
///
/// p = (1 + count) / (1 + draws) (Phipson & Smyth 2010, Stat Appl Genet Mol Biol 9:39). A draw without a statistic counts as at least as
/// large.
///
/// None when the runners have different numbers of series, when nobody has a whole week, or when nothing is left of load or pain in one of
/// the three questions.
pub fn within_dates(runners: &[Dated]) -> Option<WithinDates> {
    if !are_alike(runners) {
        return None;
    }
    let means = means(runners);
    let mut sums = DrawSums::new(DRAWS);
    runners
        .iter()
        .for_each(|runner| sums.add_runner(runner, &means));
    sums.outcome()
}

/// Whether all runners have the same number of series.
fn are_alike(runners: &[Dated]) -> bool {
    let series = |runner: &Dated| (runner.question.turning.len(), runner.question.staying.len());
    runners
        .iter()
        .all(|runner| Some(series(runner)) == runners.first().map(series))
}

fn means(runners: &[Dated]) -> DateMeans {
    let mut sums = DateSums::default();
    runners
        .iter()
        .for_each(|runner| sums.add(DateSums::of(runner)));
    sums.means()
}

#[cfg(test)]
mod tests {
    use super::{columns::Daily, *};
    use crate::stats::{
        random::Lcg,
        season::without_season,
        simulated::{daily_load, pain},
    };

    const DAYS: usize = 86;
    const LEAD: usize = 2;

    fn test(runners: &[Dated], draws: usize, seed: u64) -> Option<WithinDates> {
        if !are_alike(runners) {
            return None;
        }
        let means = means(runners);
        let mut sums = DrawSums::new(draws);
        for (key, runner) in (0..).zip(runners) {
            let runner = Dated {
                key,
                ..runner.clone()
            };
            sums.add_turned(&runner, &means, seed);
        }
        sums.outcome()
    }

    /// A runner of whom each day's pain is made of its own waves, today's and yesterday's kilometres.
    fn runner(random: &mut Lcg, km: &[f64], hurts: impl Fn(usize, f64, f64, f64) -> f64) -> Dated {
        let waves = pain(random, km.len());
        let pains = (LEAD..km.len()).map(|day| hurts(day, waves[day], km[day], km[day - 1]));
        let pains: Daily = pains.map(Some).collect();
        asked(&km[LEAD..], &km[LEAD - 1..km.len() - 1], pains)
    }

    fn asked(today: &[f64], load: &[f64], pains: Daily) -> Dated {
        let known =
            |values: &[f64]| without_season(&values.iter().copied().map(Some).collect::<Daily>());
        let ran = today.iter().map(|km| Some(f64::from(u8::from(*km > 0.0))));
        let pain = without_season(&pains);
        let yesterday = [None].into_iter().chain(pain.iter().copied());
        Dated {
            key: 0,
            first: 0,
            question: Question {
                load: known(load),
                turning: vec![known(today), ran.collect()],
                staying: vec![yesterday.take(pain.len()).collect()],
                pain,
            },
        }
    }

    /// Shares of p ≤ 0.05, and of intervals that leave out 0, among cohorts of five.
    fn alarms(
        alternates: bool,
        weekday: bool,
        hurts: impl Fn(usize, f64, f64, f64) -> f64 + Copy,
    ) -> [f64; 2] {
        let (mut random, mut alarms) = (Lcg(20_250_314), [0u32; 2]);
        for seed in 0..60 {
            let mut one = || {
                let mut km = daily_load(&mut random, DAYS);
                let turn = random.below(7);
                if !weekday {
                    km.rotate_left(turn);
                }
                let mut ran = false;
                for km in km.iter_mut().filter(|_| alternates) {
                    ran = !ran && random.uniform() > 0.08;
                    *km = if ran { 8.0 + *km / 4.0 } else { 0.0 };
                }
                runner(&mut random, &km, hurts)
            };
            let cohort: Vec<Dated> = (0..5).map(|_| one()).collect();
            let found = test(&cohort, 199, seed).unwrap();
            let leaves_out = found
                .interval
                .is_some_and(|ends| ends.low > 0.0 || ends.high < 0.0);
            assert_eq!(leaves_out, found.p <= 0.05, "{found:?}");
            alarms[0] += u32::from(found.p <= 0.05);
            alarms[1] += u32::from(found.p <= 0.05 && found.slope > 0.0);
        }
        alarms.map(|count| f64::from(count) / 60.0)
    }

    #[test]
    fn what_runners_share_and_what_hurts_the_same_day_rarely_alarm_and_a_link_does() {
        let block = |day: usize| f64::from(u8::from((30..58).contains(&day)));
        let [unrelated, _] = alarms(false, false, |_, waves, _, _| waves);
        let [weekly, _] = alarms(false, true, |day, waves, _, _| {
            waves + if matches!(day % 7, 2 | 4) { 3.0 } else { 0.0 }
        });
        let [shared, _] = alarms(false, false, |day, waves, _, _| waves + 3.0 * block(day));
        let [same_day, _] = alarms(true, false, |_, waves, today, _| waves / 2.0 + today / 4.0);
        let [link, up] = alarms(false, false, |_, waves, _, yesterday| {
            waves + yesterday / 8.0
        });
        println!(
            "unrelated {unrelated}, weekly {weekly}, shared {shared}, same day {same_day}, link {link}"
        );
        // Of a true 5 %, 60 repetitions show more than 13 % once in 200 times.
        assert!(unrelated <= 0.13 && weekly <= 0.13 && shared <= 0.13 && same_day <= 0.13);
        assert!(link > 0.9 && up > 0.9, "{link} {up}");
    }

    /// Pain that is a quarter of the load, a level of the runner and one of each date.
    fn line(first: i64, days: usize, seed: u64) -> Dated {
        let mut random = Lcg(seed);
        let mut any = || -> Vec<f64> { (0..days).map(|_| 10.0 * random.uniform()).collect() };
        let known = |values: Vec<f64>| -> Daily { values.into_iter().map(Some).collect() };
        let (load, turning, staying) = (any(), known(any()), known(any()));
        let days = (first..).zip(&load);
        let pain = days.map(|(date, load)| 0.25 * load + 7.0 * seed as f64 + level(date));
        Dated {
            key: seed,
            first,
            question: Question {
                turning: vec![turning],
                staying: vec![staying],
                pain: known(pain.collect()),
                load: known(load),
            },
        }
    }

    fn level(date: i64) -> f64 {
        (date * 31 % 13) as f64 / 4.0
    }

    #[test]
    fn levels_of_runners_and_dates_are_taken_out_and_the_slope_is_left() {
        let mut runners = [line(0, 63, 1), line(0, 63, 2), line(0, 63, 3)];
        let found = within_dates(&runners).unwrap();
        assert!(
            (found.slope - 0.25).abs() < 1e-9 && found.r > 1.0 - 1e-9,
            "{found:?}"
        );
        assert_eq!((found.n, found.days_shared), (189, 189));
        // Of nine weeks each there are 729 turns, and the observed one is among the draws.
        assert!(found.p < 0.01, "{found:?}");
        let ends = found.interval.unwrap();
        assert!(
            0.0 < ends.low && ends.low <= found.slope && found.slope <= ends.high,
            "{found:?}"
        );
        assert_eq!(within_dates(&runners), Some(found), "the same draws");

        // In other units, and with another level on every date.
        for runner in &mut runners {
            let days = runner
                .question
                .load
                .iter_mut()
                .zip(&mut runner.question.pain);
            for (date, (load, pain)) in (0..).zip(days) {
                *load = load.map(|load| 1000.0 * load + 50.0 * level(date + 5));
                *pain = pain.map(|pain| pain + level(3 * date));
            }
        }
        // The date's part of the load had no part in the pain, and is gone.
        let moved = within_dates(&runners).unwrap();
        assert!((moved.slope * 1000.0 - 0.25).abs() < 1e-9, "{moved:?}");
    }

    #[test]
    fn whole_weeks_and_known_days_are_counted() {
        // From the dates 0, 5 (two days off) and 10.
        let mut runners = [line(0, 63, 1), line(3, 65, 2), line(10, 70, 3)];
        runners[1].question.pain[20] = None;
        runners[2].question.load[9] = None;
        let found = within_dates(&runners).unwrap();
        assert_eq!(found.n, 63 + 62 + 69);
        // Five dates of the first and twelve of the last are theirs alone.
        assert_eq!(found.days_shared, found.n - 17);
        assert!(
            (found.slope - 0.25).abs() < 0.05 && found.p < 0.01,
            "{found:?}"
        );
    }

    #[test]
    fn runners_on_dates_of_their_own_are_compared_with_nothing_taken_out_for_the_date() {
        let found = within_dates(&[line(0, 63, 1), line(100, 63, 2), line(200, 63, 3)]).unwrap();
        assert_eq!((found.n, found.days_shared), (189, 0));
        assert!(found.slope.is_finite() && found.p > 0.0, "{found:?}");
    }

    #[test]
    fn what_has_no_answer_is_none() {
        let without = |change: &dyn Fn(&mut Dated)| {
            let mut runners = [line(0, 63, 1), line(0, 63, 2), line(0, 63, 3)];
            runners.iter_mut().for_each(change);
            test(&runners, 19, 1)
        };
        assert!(without(&|_| ()).is_some());
        // The same plan for everybody, the same score, a calendar of six days, different calendars, no number.
        assert_eq!(
            without(&|runner| runner.question.load = line(0, 63, 1).question.load),
            None
        );
        assert_eq!(
            without(&|runner| runner.question.load = vec![Some(8.0); 63]),
            None
        );
        assert_eq!(
            without(&|runner| runner.question.pain = vec![Some(2.0); 63]),
            None
        );
        assert_eq!(
            without(&|runner| runner.question.pain = vec![Some(f64::NAN); 63]),
            None
        );
        assert_eq!(without(&|runner| *runner = line(0, 6, 1)), None);
        assert_eq!(without(&|runner| runner.question.pain.truncate(60)), None);
        assert_eq!(test(&[], 19, 1), None);
        let uneven = [
            line(0, 63, 1),
            Dated {
                question: Question {
                    staying: vec![],
                    ..line(0, 63, 2).question
                },
                ..line(0, 63, 2)
            },
        ];
        assert_eq!(test(&uneven, 19, 1), None);
        // One runner alone is their own days.
        assert!(test(&[line(0, 63, 1)], 19, 1).is_some_and(|found| found.days_shared == 0));
        // Whoever has nothing to say takes nothing from the others.
        let constant = Dated {
            question: Question {
                load: vec![Some(8.0); 63],
                ..line(500, 63, 4).question
            },
            ..line(500, 63, 4)
        };
        let (two, three) = (
            [line(0, 63, 1), line(0, 63, 2)],
            [line(0, 63, 1), line(0, 63, 2), constant],
        );
        assert_eq!(
            test(&two, 19, 1).map(|found| found.p),
            test(&three, 19, 1).map(|found| found.p)
        );
    }

    #[test]
    fn shards_in_any_order_come_to_the_same_bits() {
        let mut runners: Vec<Dated> = (1..9).map(|seed| line(seed as i64 * 5, 63, seed)).collect();
        runners[3].question.pain[20] = None;
        let whole = within_dates(&runners).unwrap();
        for cuts in [[1, 2], [3, 7], [5, 5]] {
            let shards = [
                &runners[cuts[1]..],
                &runners[..cuts[0]],
                &runners[cuts[0]..cuts[1]],
            ];
            let mut dates = DateSums::default();
            for shard in shards {
                let mut own = DateSums::default();
                shard
                    .iter()
                    .rev()
                    .for_each(|runner| own.add(DateSums::of(runner)));
                dates.add(own);
            }
            let means = dates.means();
            let mut draws = DrawSums::new(DRAWS);
            for shard in shards.iter().rev() {
                let mut own = DrawSums::new(DRAWS);
                shard
                    .iter()
                    .rev()
                    .for_each(|runner| own.add_runner(runner, &means));
                draws.add(&own);
            }
            assert_eq!(draws.outcome(), Some(whole));
        }
    }
}
