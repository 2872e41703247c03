//! What articles say, checked against this runner's own log: for each claim yes, no, or that it cannot be told, with the numbers
//! ([`crate::method::statistics`], What articles say).
//!
//! A claim splits the days (or weeks) in two, as it is written, or is about more and less. Days are asked as the main pairs are, given
//! today's run and yesterday's pain; weeks by turning the weeks.

use super::{
    Exposure,
    asked::where_known,
    cohort,
    compared::ComparedDays,
    coverage::{LogCoverage, log_coverage},
    daily::{DailyPain, daily_pain},
    gates::GATES,
    logging::Logging,
    measures::Known,
    pair::answer,
    weekly::{self, WeekPain, weeks_until},
};
use crate::{
    model::{History, Week},
    pain::{Entry, PainLog, Side, Site, rating_at},
    stats::{
        Interval,
        describe::{mean, quantile},
        fdr::give_q,
        load::{acwr_uncoupled, coupled_from_uncoupled},
        partial_shift::Question,
        spearman::bonett_wright,
    },
};

/// Days, or weeks, on either side of a split before the two are compared.
const DAYS_A_SIDE_MIN: usize = 10;
const WEEKS_A_SIDE_MIN: usize = 5;

/// What an article says, and how a log is asked about it.
pub struct Claim {
    /// The number in the list of claims; stable.
    pub id: &'static str,
    /// The claim, as a sentence without its full stop.
    pub says: &'static str,
    /// Which days or weeks the claim is about: `after a week under 165 steps a minute`.
    pub split: &'static str,
    /// The pain it is about; None for any limb and the lower back.
    sites: Option<&'static [Site]>,
    /// In words that follow "your".
    pub pain: &'static str,
    /// How many times the pain must be, for a claim that says so; 1 for others.
    times: f64,
    asked: Asked,
    split_at: Split,
    absent: &'static str,
}

impl Claim {
    /// Whether weeks are asked, and not days.
    pub fn is_weekly(&self) -> bool {
        matches!(self.asked, Asked::Weeks(_))
    }
}

enum Asked {
    Days(fn(&Known, usize) -> Option<f64>),
    Weeks(fn(&[Week]) -> Option<f64>),
}

/// What belongs to the side that the claim is about.
#[derive(Clone, Copy)]
enum Split {
    Over(f64),
    Under(f64),
    /// More of it: the runner's own highest third stands for it in the numbers.
    Third,
}

const CALF: &[Site] = &[Site::Calf];
const SHIN: &[Site] = &[Site::Shin];
const CALF_AND_ACHILLES: &[Site] = &[Site::Calf, Site::Achilles];
const KNEES: &[Site] = &[Site::Knee, Site::Kneecap];
const QUADS_AND_KNEES: &[Site] = &[Site::Quad, Site::Knee, Site::Kneecap];

const NO_DISTANCE: &str = "there are no two full weeks in a row with a distance";

/// Those that recordings and a log can answer.
pub const CLAIMS: &[Claim] = &[
    Claim {
        id: "A7",
        says: "A week with 10 % more than the week before goes with twice the calf soreness",
        split: "weeks with over 10 % more",
        sites: Some(CALF),
        pain: "days with calf pain a week",
        times: 2.0,
        asked: Asked::Weeks(rise),
        split_at: Split::Over(1.1),
        absent: NO_DISTANCE,
    },
    Claim {
        id: "A35",
        says: "A rapid increase brings shin pain",
        split: "weeks with over 10 % more",
        sites: Some(SHIN),
        pain: "days with shin pain a week",
        times: 1.0,
        asked: Asked::Weeks(rise),
        split_at: Split::Over(1.1),
        absent: NO_DISTANCE,
    },
    Claim {
        id: "A11",
        says: "More than 40 miles (64 km) a week brings trouble",
        split: "weeks over 40 miles (64 km)",
        sites: None,
        pain: "days with pain a week",
        times: 1.0,
        asked: Asked::Weeks(|weeks| weeks.last()?.distance_m),
        split_at: Split::Over(64_374.0),
        absent: "no full week has a distance",
    },
    Claim {
        id: "A3",
        says: "Fewer than 165 steps a minute go with knee trouble",
        split: "days after a week under 165 steps a minute",
        sites: Some(KNEES),
        pain: "knee and kneecap pain",
        times: 1.0,
        asked: Asked::Days(|known, day| known.mean_of_runs(day, |run| run.cadence_flat_spm)),
        split_at: Split::Under(165.0),
        absent: "no run has a step rate on the flat",
    },
    Claim {
        id: "A5",
        says: "Climbing goes to the calves and the Achilles tendon",
        split: "days with the most climbing in the three days before them",
        sites: Some(CALF_AND_ACHILLES),
        pain: "calf and Achilles pain",
        times: 1.0,
        asked: Asked::Days(|known, day| known.sum(day, 3, |day| day.ascent_m)),
        split_at: Split::Third,
        absent: "no day has an altitude",
    },
    Claim {
        id: "A6",
        says: "Downhill goes to the quads and the knee",
        split: "days with the most descent in the three days before them",
        sites: Some(QUADS_AND_KNEES),
        pain: "quad and knee pain",
        times: 1.0,
        asked: Asked::Days(|known, day| known.sum(day, 3, |day| day.descent_m)),
        split_at: Split::Third,
        absent: "no day has an altitude",
    },
    Claim {
        id: "A9",
        says: "A ratio of 7 to 28 days over 1.3 brings trouble",
        split: "days after a ratio over 1.3",
        sites: None,
        pain: "highest pain of the day",
        times: 1.0,
        asked: Asked::Days(coupled_ratio),
        split_at: Split::Over(1.3),
        absent: "no 28 days in a row have a load",
    },
    Claim {
        id: "A29",
        says: "Shoes past 300 miles (483 km) bring aches",
        split: "days on shoes past 300 miles (483 km)",
        sites: None,
        pain: "highest pain of the day",
        times: 1.0,
        asked: Asked::Days(|known, day| known.latest(day, |run| run.shoe_distance_m)),
        split_at: Split::Over(482_803.0),
        absent: "no run names its shoe",
    },
    Claim {
        id: "A31",
        says: "Less than six hours of sleep hinders recovery",
        split: "days after a night under six hours",
        sites: None,
        pain: "highest pain of the day",
        times: 1.0,
        asked: Asked::Days(|known, day| known.sleep_s(day)),
        split_at: Split::Under(21_600.0),
        absent: "no night has its sleep",
    },
];

/// The last of these weeks by the one before. None unless both are full.
fn rise(weeks: &[Week]) -> Option<f64> {
    let [.., before, week] = weeks else {
        return None;
    };
    let base = before
        .distance_m
        .filter(|metres| before.full && *metres > 0.0)?;
    Some(week.distance_m? / base)
}

/// The ratio of the 28 days before.
fn coupled_ratio(known: &Known, day: usize) -> Option<f64> {
    let month = known.days.get(day.checked_sub(28)?..day)?;
    let loads: Option<Vec<f64>> = month.iter().map(|day| day.load).collect();
    acwr_uncoupled(&loads?).map(coupled_from_uncoupled)
}

/// Whether a claim holds for this runner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// More pain on the claim's side: q ≤ 0.05, the interval above 0, 15 effective days; and as many times as it says.
    Yes,
    /// The whole interval lies below a link worth the name: a rho of 0.3 between halves.
    No,
    /// Everything else.
    CannotTell,
}

impl Answer {
    /// In words, and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::CannotTell => "cannot tell",
        }
    }
}

/// A claim and what this log says to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// [`Claim::id`].
    pub id: &'static str,
    /// Yes, no, or that it cannot be told.
    pub answer: Answer,
    /// Days or weeks on the claim's side, and the others.
    pub counts: (usize, usize),
    /// Mean pain there and on the others: 0–10 of days, days of seven of weeks. None on a side without any.
    pub pain: (Option<f64>, Option<f64>),
    /// The rank correlation of the side (or of the amount) with pain, of days given today's run and yesterday's pain. Above 0 as the
    /// claim says. None where too little is known.
    pub rho: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// Effective number of days or weeks.
    pub n_eff: Option<f64>,
    /// p by turning the calendar. None where a gate was not passed.
    pub p: Option<f64>,
    /// q over the claims alone. None where p is.
    pub q: Option<f64>,
    /// What is missing. None where it was tested.
    pub gate: Option<String>,
}

impl Answered {
    /// The claim.
    pub fn claim(&self) -> Option<&'static Claim> {
        CLAIMS.iter().find(|claim| claim.id == self.id)
    }
}

/// Every claim, in their order. Empty without a rating above 0.
pub(super) fn claims(known: &Known, history: &History, pain: &PainLog) -> Vec<Answered> {
    let hurts = pain.entries.iter().any(|entry| entry.pain > Some(0.0));
    let asked = CLAIMS.iter().filter(|_| hurts);
    let log = log_coverage(history, pain);
    let mut found: Vec<Answered> = asked
        .map(|claim| ask(claim, known, history, pain, log))
        .collect();
    give_q(&mut found, |one| one.p, |one, q| one.q = Some(q));
    for (one, claim) in found.iter_mut().zip(CLAIMS) {
        one.answer = answer_to(one, claim);
    }
    found
}

fn ask(
    claim: &Claim,
    known: &Known,
    history: &History,
    pain: &PainLog,
    log: Option<LogCoverage>,
) -> Answered {
    let place = |entry: &Entry| rating(entry, claim.sites);
    let series = daily_pain(pain, known.days, place);
    let series = series.filter(|series| series.pain.iter().flatten().any(|pain| *pain > 0.0));
    let found = match (&claim.asked, &series) {
        (_, None) => None,
        (Asked::Days(before), Some(series)) => {
            of_days(claim, known, series, &known.series(*before), log)
        }
        (Asked::Weeks(of), Some(series)) => {
            Some(of_weeks(claim, known, weeks_until(history), series, *of))
        }
    };
    found.unwrap_or_else(|| unanswered(claim, "this pain was never rated above 0"))
}

fn unanswered(claim: &Claim, gate: &str) -> Answered {
    Answered {
        id: claim.id,
        answer: Answer::CannotTell,
        counts: (0, 0),
        pain: (None, None),
        rho: None,
        interval: None,
        n_eff: None,
        p: None,
        q: None,
        gate: Some(gate.to_string()),
    }
}

const SIDES: [Option<Side>; 5] = [
    None,
    Some(Side::Left),
    Some(Side::Right),
    Some(Side::Both),
    Some(Side::Centre),
];

/// The highest rating a row gives these sites on any side.
fn rating(entry: &Entry, sites: Option<&[Site]>) -> Option<f64> {
    let Some(sites) = sites else {
        return cohort::rating(entry, None);
    };
    let places = sites
        .iter()
        .flat_map(|site| SIDES.iter().map(move |side| (*site, *side)));
    let rated = places.filter_map(|place| rating_at(entry, place));
    rated.filter(|_| !entry.approximate).reduce(f64::max)
}

impl Split {
    /// What is set beside the pain: 1 on the claim's side and 0 on the other, or how much.
    fn asked(self, value: f64) -> f64 {
        let is_on = match self {
            Split::Over(limit) => value > limit,
            Split::Under(limit) => value < limit,
            Split::Third => return value,
        };
        f64::from(u8::from(is_on))
    }

    /// From what value of that on a day counts for the claim's side in the numbers.
    fn from(self, asked: &[f64]) -> Option<f64> {
        match self {
            Split::Third => quantile(asked, 2.0 / 3.0),
            _ => Some(1.0),
        }
    }

    fn is_third(self) -> bool {
        matches!(self, Split::Third)
    }
}

/// The two sides of a claim in numbers.
struct Sides {
    on: Vec<f64>,
    off: Vec<f64>,
}

impl Sides {
    fn new(claim: &Claim, asked: &[Option<f64>], pain: &[Option<f64>]) -> Self {
        let pairs = asked.iter().zip(pain);
        let pairs: Vec<(f64, f64)> = pairs.filter_map(|(a, b)| a.zip(*b)).collect();
        let values: Vec<f64> = pairs.iter().map(|(asked, _)| *asked).collect();
        let from = claim.split_at.from(&values).unwrap_or(f64::INFINITY);
        let (on, off): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(asked, _)| *asked >= from);
        let pain = |side: Vec<(f64, f64)>| side.into_iter().map(|(_, pain)| pain).collect();
        Sides {
            on: pain(on),
            off: pain(off),
        }
    }

    /// Why they cannot be compared. A claim about more and less has no sides.
    fn gate(&self, claim: &Claim, least: usize) -> Option<String> {
        let (on, off) = (self.on.len(), self.off.len());
        (!claim.split_at.is_third() && on.min(off) < least).then(|| {
            format!(
                "{on} {} and {off} others, {least} of each are needed",
                claim.split
            )
        })
    }
}

fn of_days(
    claim: &Claim,
    known: &Known,
    series: &DailyPain,
    values: &[Option<f64>],
    log: Option<LogCoverage>,
) -> Option<Answered> {
    if values.iter().all(Option::is_none) {
        return Some(unanswered(claim, claim.absent));
    }
    let asked = |value: &Option<f64>| value.map(|value| claim.split_at.asked(value));
    let asked: Vec<Option<f64>> = values.iter().map(asked).collect();
    // A side has no season to take out: it would turn a yes into a no where most days around are one.
    let compared = ComparedDays::of(known.days, Logging::of(known.days, series));
    let level = match claim.split_at.is_third() {
        true => compared.less_season(0, &asked),
        false => asked.clone(),
    };
    let today = compared.other_run(series.days(), Exposure::Distance1);
    let load = where_known(level.get(series.days())?.to_vec(), &today);
    let question = Question {
        load,
        turning: today.to_vec(),
        pain: compared.level(series),
        staying: vec![compared.pain_before(series, series.days(), Exposure::Distance1)],
    };
    let found = answer(known.days, series, question, log, "value")?;
    let used = used(&found.question, &series.pain);
    let sides = Sides::new(claim, asked.get(series.days())?, &used);
    let gate = sides.gate(claim, DAYS_A_SIDE_MIN);
    let gate = gate.or_else(|| found.gate.clone());
    Some(Answered {
        rho: found.partial.map(|partial| partial.rho),
        interval: found.partial_interval(),
        n_eff: found.partial.map(|partial| partial.n_eff),
        p: found.p().filter(|_| gate.is_none()),
        ..counted(claim, &sides, gate)
    })
}

/// The scores of the days that the question rests on.
fn used(question: &Question, pain: &[Option<f64>]) -> Vec<Option<f64>> {
    let known = question.load.iter().zip(&question.pain);
    let days = pain.iter().zip(known);
    days.map(|(score, (load, level))| load.and(*level).and(*score))
        .collect()
}

fn of_weeks(
    claim: &Claim,
    known: &Known,
    weeks: &[Week],
    series: &DailyPain,
    of: fn(&[Week]) -> Option<f64>,
) -> Answered {
    let value = |(index, week): (usize, &Week)| {
        of(&weeks[..=index])
            .filter(|value| week.full && value.is_finite())
            .map(|value| claim.split_at.asked(value))
    };
    let asked: Vec<Option<f64>> = weeks.iter().enumerate().map(value).collect();
    if asked.iter().all(Option::is_none) {
        return unanswered(claim, claim.absent);
    }
    let pain = WeekPain::new(known, weeks, series).days;
    let found = weekly::beside(&asked, &pain);
    let sides = Sides::new(claim, &asked, &pain);
    let gate = sides.gate(claim, WEEKS_A_SIDE_MIN).or(found.gate);
    Answered {
        rho: found.rho,
        interval: found
            .rho
            .zip(found.n_eff)
            .and_then(|(rho, n)| bonett_wright(rho, n)),
        n_eff: found.n_eff,
        p: found.p.filter(|_| gate.is_none()),
        ..counted(claim, &sides, gate)
    }
}

fn counted(claim: &Claim, sides: &Sides, gate: Option<String>) -> Answered {
    Answered {
        counts: (sides.on.len(), sides.off.len()),
        pain: (mean(&sides.on), mean(&sides.off)),
        gate,
        ..unanswered(claim, "")
    }
}

fn answer_to(one: &Answered, claim: &Claim) -> Answer {
    let Some((q, interval)) = one.q.zip(one.interval) else {
        return Answer::CannotTell;
    };
    let is_sure = one.n_eff.is_some_and(|n_eff| n_eff >= GATES.n_eff_min);
    if q <= GATES.flag_q_max && interval.low > 0.0 && is_sure && is_as_many_times(one, claim) {
        Answer::Yes
    } else if interval.high < smallest(one, claim) && is_sure {
        Answer::No
    } else {
        Answer::CannotTell
    }
}

/// A claim of no number of times is as it says wherever there is more.
fn is_as_many_times(one: &Answered, claim: &Claim) -> bool {
    let (on, off) = (one.pain.0.unwrap_or(0.0), one.pain.1.unwrap_or(0.0));
    claim.times <= 1.0 || on >= claim.times * off
}

/// A medium correlation (Cohen 1988): less than that is not what an article speaks of.
const RHO_MIN: f64 = 0.3;

/// The smallest rho worth the name: 0.3 where the sides are halves. Few days on one side make every rho small, 2√(share · (1 − share))
/// of what halves would have.
fn smallest(one: &Answered, claim: &Claim) -> f64 {
    if claim.split_at.is_third() {
        return RHO_MIN;
    }
    let (on, off) = (one.counts.0 as f64, one.counts.1 as f64);
    RHO_MIN * 2.0 * (on * off).sqrt() / (on + off)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::associate::tests::knee_after_distance;

    fn of(history: &History, pain: &PainLog) -> Vec<Answered> {
        claims(&Known::new(history, pain), history, pain)
    }

    fn one<'a>(found: &'a [Answered], id: &str) -> &'a Answered {
        found.iter().find(|one| one.id == id).unwrap()
    }

    #[test]
    fn what_a_log_cannot_answer_says_why() {
        let (history, pain) = knee_after_distance(84);
        let found = of(&history, &pain);
        assert_eq!(found.len(), CLAIMS.len());
        for (id, gate) in [
            ("A7", "this pain was never rated above 0"),
            ("A11", "no full week has a distance"),
            ("A3", "no run has a step rate on the flat"),
            ("A6", "no day has an altitude"),
            ("A9", "no 28 days in a row have a load"),
            ("A31", "no night has its sleep"),
        ] {
            let one = one(&found, id);
            assert_eq!(
                (one.gate.as_deref(), one.answer),
                (Some(gate), Answer::CannotTell)
            );
            assert_eq!((one.rho, one.p, one.q), (None, None, None));
        }
        assert!(of(&history, &PainLog::default()).is_empty());
    }

    #[test]
    fn short_nights_before_sore_days_are_a_yes_and_never_short_is_not_told() {
        let (mut history, pain) = knee_after_distance(168);
        let before: Vec<_> = history.days.iter().map(|day| day.distance_m).collect();
        for (day, before) in history.days.iter_mut().skip(1).zip(before) {
            let short = before.is_some_and(|metres| metres > 10_000.0);
            day.sleep_s = Some(if short { 5.0 } else { 8.0 } * 3600.0);
        }
        let found = of(&history, &pain);
        let sleep = one(&found, "A31");
        assert_eq!(sleep.answer, Answer::Yes, "{sleep:?}");
        assert!(sleep.pain.0 > sleep.pain.1 && sleep.rho.unwrap() > 0.5);
        assert_eq!(sleep.counts.0 + sleep.counts.1, 167);
        for day in &mut history.days {
            day.sleep_s = Some(8.0 * 3600.0);
        }
        let found = of(&history, &pain);
        let sleep = one(&found, "A31");
        assert_eq!(
            (sleep.answer, sleep.p, sleep.counts),
            (Answer::CannotTell, None, (0, 167))
        );
        let gate = "0 days after a night under six hours and 167 others, 10 of each are needed";
        assert_eq!(sleep.gate.as_deref(), Some(gate));
    }

    #[test]
    fn sleep_that_knows_nothing_of_pain_is_a_no_in_two_years() {
        let (mut history, pain) = knee_after_distance(730);
        // Another primitive root's powers: nothing to do with the distances.
        let mut state = 1u32;
        for day in &mut history.days {
            state = state * 5 % 617;
            day.sleep_s = Some(if state.is_multiple_of(2) { 5.0 } else { 8.0 } * 3600.0);
        }
        let found = of(&history, &pain);
        let sleep = one(&found, "A31");
        assert_eq!(sleep.answer, Answer::No, "{sleep:?}");
        assert!(sleep.interval.unwrap().high < 0.3 && sleep.q.unwrap() > 0.05);
    }

    #[test]
    fn more_but_not_double_is_no_yes_and_few_days_lower_the_bar_of_a_no() {
        let claim = &CLAIMS[0];
        let more = Answered {
            counts: (40, 40),
            pain: (Some(3.0), Some(2.0)),
            rho: Some(0.5),
            interval: Some(Interval {
                low: 0.3,
                high: 0.65,
            }),
            n_eff: Some(60.0),
            p: Some(0.01),
            q: Some(0.02),
            gate: None,
            ..unanswered(claim, "")
        };
        assert_eq!(answer_to(&more, claim), Answer::CannotTell);
        let double = Answered {
            pain: (Some(4.0), Some(2.0)),
            ..more.clone()
        };
        assert_eq!(answer_to(&double, claim), Answer::Yes);
        // Five of a hundred: 2 · √(0.05 · 0.95) = 0.436 of 0.3.
        let few = Answered {
            counts: (5, 95),
            ..more
        };
        assert!((smallest(&few, claim) - 0.130_767).abs() < 1e-6);
    }
}
