//! Several runners: does pain move with the load before it within the runners? ([`crate::method::statistics`], Several runners)
//!
//! Four pairs fixed in advance, the single runner's family with places put together: runners do not hurt at the same place, so
//! the pain of a day is the highest rating over all places, and for hills the highest over the places that hills are held
//! against. Each runner is compared with their own other days alone; the levels of runners and what a date does to all of them are taken
//! out, and no figure is about one runner.

mod beside;
pub mod rounds;

use super::{
    Exposure,
    asked::Asked,
    coverage::log_coverage,
    daily::{DailyPain, daily_pain, load_of, whole_other_run},
    family::{ASCENT_SITES, DESCENT_SITES},
    gates::{GATES, Gates, is_sure, stands_out},
    pair::{Compared, Reverse, compare, reverse},
    sentences::{chance_text, pattern_text, q_text, too_little_text},
};
use crate::{
    keys::Keys,
    model::{Day, History},
    pain::{Entry, PainLog, Site, is_all_clear},
    stats::{
        fdr::give_q,
        partial_shift::Question,
        season::without_season,
        within_dates::{Dated, WithinDates, fingerprint, key_of},
    },
    time::days_between,
    units::{Units, counted},
    words::{self, signed},
};
pub use beside::{Beside, UnderGates};
use beside::{Facts, OTHER_GATES, beside};
use chrono::NaiveDate;
use rounds::{First, Second};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Runners with the days for a test, before it is made. Below three there is hardly a cohort to speak of.
pub const RUNNERS_MIN: usize = 3;

/// Every runner beside every other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Cohort {
    /// Runners who take part in at least one pair, by name.
    pub runners: Vec<String>,
    /// Runners who take part in none, by name, and why.
    pub left_out: Vec<Remark>,
    /// What else is to be known of what was read, by name.
    pub noted: Vec<Remark>,
    /// Covered days of the runners who take part with a rating.
    pub days_logged: usize,
    /// All their covered days.
    pub days_covered: usize,
    /// How many tests were made.
    pub tests: usize,
    /// The four pairs, tested or not.
    pub pairs: Vec<Pooled>,
}

/// A runner, and what is to be said of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Remark {
    /// What the runner is called: the id, as the folder is, or its pseudonym.
    pub runner: String,
    /// What, in words that follow the name and a colon.
    pub what: String,
}

impl Remark {
    /// A remark.
    pub fn new(runner: &str, what: impl Into<String>) -> Self {
        Remark {
            runner: runner.to_string(),
            what: what.into(),
        }
    }
}

/// One pain and one load over all runners.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Pooled {
    /// Whose highest rating the day's pain is: `any_place`, `knee` (knee, kneecap, quad, outer knee) or `calf` (calf, Achilles, foot).
    pub pain: &'static str,
    /// The load, as [`super::Association::exposure`].
    #[schemars(with = "String")]
    pub exposure: Exposure,
    /// Runners who take part: those with enough days of their own.
    pub runners: usize,
    /// Their logged days with a known load; where a test was made, those of whole weeks.
    pub n: usize,
    /// Those of a date that another runner has as well: only there is anything taken out for the date. None where r is.
    pub days_shared: Option<usize>,
    /// What the days are worth in independent days: the runners' effective numbers added up. None without a runner.
    pub n_eff: Option<f64>,
    /// Partial correlation within runners and dates, −1 to 1: the weakest of the three given today's run, yesterday's pain and both. None
    /// below [`RUNNERS_MIN`] runners.
    #[schemars(range(min = -1, max = 1))]
    pub r: Option<f64>,
    /// Lower end of its 95 % interval, by the turns that give p.
    #[schemars(range(min = -1, max = 1))]
    pub ci_low: Option<f64>,
    /// Upper end.
    #[schemars(range(min = -1, max = 1))]
    pub ci_high: Option<f64>,
    /// Points of pain for one metre more.
    pub slope_per_m: Option<f64>,
    /// Lower end of its 95 % interval, which leaves out 0 just where p ≤ 0.05.
    pub slope_ci_low: Option<f64>,
    /// Upper end.
    pub slope_ci_high: Option<f64>,
    /// p by turning each runner's load by whole weeks, two-sided, at least 0.0001. None where r is.
    #[schemars(range(min = 0, max = 1))]
    pub p: Option<f64>,
    /// Benjamini–Hochberg q over all tests of the report. None where p is.
    #[schemars(range(min = 0, max = 1))]
    pub q: Option<f64>,
    /// q ≤ 0.05, the whole interval above 0 and n_eff ≥ 15. More load with less pain is never flagged, nor what was not planned.
    pub flagged: bool,
    /// Whether it was planned before anybody looked. None: nothing says so.
    pub planned: Option<bool>,
    /// Why there is no r, in words. None when there is one.
    pub gate: Option<String>,
    /// What stands beside the test and is none.
    pub beside: Beside,
    /// Each runner's own figures, by name.
    pub own: Vec<Own>,
}

/// What one runner shows alone. Never tested: these are for seeing how far runners differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Own {
    /// What the runner is called.
    pub runner: String,
    /// Logged days with a known load.
    pub n: usize,
    /// Effective number of independent days of what is left of load and pain. None where rho is.
    pub n_eff: Option<f64>,
    /// Partial rank correlation given today's run and yesterday's pain. None below 14 days, or where those leave nothing of either side.
    #[schemars(range(min = -1, max = 1))]
    pub rho: Option<f64>,
    /// Lower end of its 95 % Bonett–Wright interval with n_eff.
    #[schemars(range(min = -1, max = 1))]
    pub ci_low: Option<f64>,
    /// Upper end.
    #[schemars(range(min = -1, max = 1))]
    pub ci_high: Option<f64>,
    /// rho of pain with the distance of the three days after it. Negative: less running after pain.
    #[schemars(range(min = -1, max = 1))]
    pub reverse_rho: Option<f64>,
    /// Its p by all shifts of the calendar; not one of the tests.
    #[schemars(range(min = 0, max = 1))]
    pub reverse_p: Option<f64>,
    /// Why the runner takes no part in this pair. None: takes part.
    pub gate: Option<String>,
}

impl Cohort {
    /// What its keys are.
    pub const KEYS: &'static [Keys] = &[
        Keys::of(
            &["runners"],
            "Runners who take part in at least one pair, by name: the ids, as their folders are called, or the pseudonyms of --key.",
        ),
        Keys::each(
            &["left_out"],
            "Runners who take part in none, by name, and why.",
            Remark::KEYS,
        ),
        Keys::each(
            &["noted"],
            "What else is to be known of what was read, by name.",
            Remark::KEYS,
        ),
        Keys::of(
            &["days_logged", "days_covered"],
            "Covered days of the runners who take part with a rating, and all their covered days.",
        ),
        Keys::of(&["tests"], "How many tests were made."),
        Keys::each(
            &["pairs"],
            "The four pairs of pain and load that were fixed in advance, tested or not.",
            Pooled::KEYS,
        ),
    ];
}

impl Remark {
    const KEYS: &'static [Keys] = &[Keys::of(
        &["runner", "what"],
        "What the runner is called, and what is to be said, in words that follow the name and a colon.",
    )];
}

impl Pooled {
    const KEYS: &'static [Keys] = &[
        Keys::of(
            &["pain"],
            "Whose highest rating the day's pain is: any_place, knee (knee, kneecap, quad, outer knee) or calf (calf, Achilles, foot).",
        ),
        Keys::of(
            &["exposure"],
            "The load before it: distance_m_1 of the day before, distance_m_3, ascent_m_3 or descent_m_3 of the three days before.",
        ),
        Keys::of(
            &["runners", "n"],
            "Runners who take part, those with enough days of their own, and their logged days with a known load; where a test was made, \
             those of whole weeks.",
        ),
        Keys::of(
            &["days_shared"],
            "Days of a date that another runner has as well: only there is anything taken out for the date; null where r is.",
        ),
        Keys::of(
            &["n_eff"],
            "How many independent days those are worth, the runners' added up; null without a runner.",
        ),
        Keys::of(
            &["r", "ci_low", "ci_high"],
            "Partial correlation within runners and dates, −1 to 1, and its 95 % interval: the weakest of the three given today's run, \
             yesterday's pain and both; null below three runners.",
        ),
        Keys::of(
            &["slope_per_m", "slope_ci_low", "slope_ci_high"],
            "Points of pain, of 10, for one metre more, and its 95 % interval by the same turns as p; null where r is.",
        ),
        Keys::of(
            &["p", "q"],
            "p by turning each runner's load by whole weeks, two-sided, at least 0.0001, and q over all tests of the report; null where r is.",
        ),
        Keys::of(
            &["flagged"],
            "q ≤ 0.05, the whole interval above 0 and n_eff ≥ 15; more load with less pain is never flagged, nor what was not planned.",
        ),
        Keys::of(
            &["planned"],
            "Whether it was planned before anybody looked, by the file of --registered; null without one.",
        ),
        Keys::of(&["gate"], "Why there is no r; null when there is one."),
        Keys::object(
            &["beside"],
            "What stands beside the test and is none: the field's habit, how far runners differ, other gates.",
            Beside::KEYS,
        ),
        Keys::each(
            &["own"],
            "Each runner's own figures, by name; never tested.",
            Own::KEYS,
        ),
    ];
}

impl Own {
    const KEYS: &'static [Keys] = &[
        Keys::of(&["runner"], "What the runner is called."),
        Keys::of(
            &["n", "n_eff"],
            "Logged days with a known load, and how many independent days they are worth; n_eff null where rho is.",
        ),
        Keys::of(
            &["rho", "ci_low", "ci_high"],
            "Partial rank correlation given today's run and yesterday's pain, and its 95 % interval; null below 14 days, or where those \
             leave nothing of either side.",
        ),
        Keys::of(
            &["reverse_rho", "reverse_p"],
            "rho of pain with the distance of the three days after, negative for less running after pain, and its p by all shifts; null \
             where there is none.",
        ),
        Keys::of(
            &["gate"],
            "Why the runner takes no part in this pair; null when they do.",
        ),
    ];
}

impl Own {
    /// Whether the runner's own rho has the sign of all runners' together.
    fn points_as(&self, r: f64) -> bool {
        self.rho
            .is_some_and(|rho| (rho > 0.0) == (r > 0.0) && rho != 0.0)
    }

    fn ran_less_after(&self) -> bool {
        Reverse::is_less(self.reverse_rho, self.reverse_p)
    }
}

/// One runner, read and reduced to what the cohort lists; the series that are tested go beside it ([`Series`]).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Runner {
    name: String,
    days_logged: usize,
    days_covered: usize,
    /// In the order of the family; None when the pain was never rated.
    own: Vec<Option<Own>>,
    /// What stands beside the tests, likewise.
    facts: Vec<Option<Facts>>,
    /// Of the series: the same recordings and ratings have the same.
    fingerprint: u64,
}

/// A runner's series, in the order of the family; None when the pain was never rated.
pub type Series = Vec<Option<Dated>>;

/// A pair of the family.
struct Member {
    pain: &'static str,
    /// None: every limb and the lower back.
    sites: Option<&'static [Site]>,
    scores: &'static str,
    title: &'static str,
    exposure: Exposure,
}

const FAMILY: [Member; 4] = [
    Member {
        pain: "any_place",
        sites: None,
        scores: ANYWHERE,
        title: "Any place",
        exposure: Exposure::Distance1,
    },
    Member {
        pain: "any_place",
        sites: None,
        scores: ANYWHERE,
        title: "Any place",
        exposure: Exposure::Distance3,
    },
    Member {
        pain: "knee",
        sites: Some(DESCENT_SITES),
        scores: "the runners' knee, kneecap, quad and outer knee scores",
        title: "Knee and quad",
        exposure: Exposure::Descent3,
    },
    Member {
        pain: "calf",
        sites: Some(ASCENT_SITES),
        scores: "the runners' calf, Achilles and foot scores",
        title: "Calf and foot",
        exposure: Exposure::Ascent3,
    },
];

const ANYWHERE: &str = "the runners' highest scores of the day";

/// Reduces one runner to the family's series. Places and files go no further than this, and dates no further than the test.
pub fn runner(name: &str, history: &History, pain: &PainLog) -> (Runner, Series) {
    let days = history.days_until(history.as_of, usize::MAX);
    let log = log_coverage(history, pain);
    let pair = |member: &Member| {
        let series = daily_pain(pain, days, |entry| rating(entry, member.sites))?;
        let asked = Asked::of_all_days(days, &series, member.exposure);
        let found = compare(days, &asked, log)?;
        let own = own(name, &found, reverse(days, &series));
        let load = load_of(days, series.days(), member.exposure);
        let facts = Facts::of(&load, &series.pain, found.days_covered);
        Some(((own, facts), dated(name, days, &series, member.exposure)?))
    };
    let (own, series): (Vec<_>, Series) = FAMILY.iter().map(|member| pair(member).unzip()).unzip();
    let (own, facts) = own.into_iter().map(Option::unzip).unzip();
    let (days_logged, days_covered) = history.days_logged_of_covered();
    let runner = Runner {
        name: name.to_string(),
        days_logged,
        days_covered,
        own,
        facts,
        fingerprint: fingerprint(series.iter().flatten()),
    };
    (runner, series)
}

/// The series that are put together with the others', the season out. It is that of the mean, unlike one runner's: what a run does to the
/// pain of its own day would otherwise stay behind as a trace of the day before, and many runners' days show the smallest trace.
fn dated(name: &str, days: &[Day], series: &DailyPain, exposure: Exposure) -> Option<Dated> {
    let calendar = series.days();
    let [distance, ran] = whole_other_run(days, calendar.clone(), exposure);
    let pain = without_season(&series.pain);
    let yesterday = [None].into_iter().chain(pain.iter().copied());
    Some(Dated {
        key: key_of(name),
        first: days_between(NaiveDate::default(), days.get(calendar.start)?.date),
        question: Question {
            load: without_season(&load_of(days, calendar, exposure)),
            turning: vec![without_season(&distance), ran],
            staying: vec![yesterday.take(pain.len()).collect()],
            pain,
        },
    })
}

/// Puts the runners together. Those who take part in no pair join `left_out`.
pub fn cohort(all: Vec<(Runner, Series)>, left_out: Vec<Remark>, noted: Vec<Remark>) -> Cohort {
    let (runners, series): (Vec<Runner>, Vec<Series>) = all.into_iter().unzip();
    let named: Vec<(String, Series)> = runners.iter().map(Runner::owned_name).zip(series).collect();
    let gathered = gather(runners, left_out, noted);
    let mut first = First::new(&gathered);
    named
        .iter()
        .for_each(|(name, series)| first.add(name, series));
    let mut second = Second::new(first);
    named
        .iter()
        .for_each(|(name, series)| second.add(name, series));
    gathered.cohort(&second.outcomes())
}

/// Runners of whom it is known who takes part in what, before anything is tested.
#[derive(Debug, Clone, PartialEq)]
pub struct Gathered {
    /// Who takes part in at least one pair, by name.
    runners: Vec<Runner>,
    /// Who takes part in none and is no copy, by name.
    idle: Vec<Runner>,
    left_out: Vec<Remark>,
    noted: Vec<Remark>,
}

/// Puts the runners in order, each once.
pub fn gather(
    mut runners: Vec<Runner>,
    mut left_out: Vec<Remark>,
    mut noted: Vec<Remark>,
) -> Gathered {
    runners.sort_by(|a, b| a.name.cmp(&b.name));
    take_out_copies(&mut runners, &mut left_out);
    let (runners, idle): (Vec<Runner>, Vec<Runner>) =
        runners.into_iter().partition(Runner::takes_part);
    left_out.extend(idle.iter().map(Runner::left_out));
    left_out.sort();
    noted.sort();
    Gathered {
        runners,
        idle,
        left_out,
        noted,
    }
}

impl Gathered {
    /// By name, in which pairs of the family each runner takes part, then in which they would under each of [`OTHER_GATES`].
    fn parts(&self) -> BTreeMap<String, Vec<bool>> {
        let all = self.runners.iter().chain(&self.idle);
        all.map(|runner| (runner.name.clone(), runner.all_parts()))
            .collect()
    }

    /// The cohort, with the test of each pair of the family.
    ///
    /// `tests` are those of [`Second::outcomes`].
    pub fn cohort(self, tests: &[Option<WithinDates>]) -> Cohort {
        let pairs = self.pairs(tests);
        let days = |of: fn(&Runner) -> usize| self.runners.iter().map(of).sum();
        Cohort {
            days_logged: days(|runner| runner.days_logged),
            days_covered: days(|runner| runner.days_covered),
            runners: self.runners.iter().map(Runner::owned_name).collect(),
            left_out: self.left_out,
            noted: self.noted,
            tests: pairs.iter().filter(|pair| pair.p.is_some()).count(),
            pairs,
        }
    }

    /// The family, with the q of all its tests and the flags that follow.
    fn pairs(&self, tests: &[Option<WithinDates>]) -> Vec<Pooled> {
        let members = FAMILY.iter().enumerate();
        let of_pair = |index: usize| {
            let tests = tests.iter().skip(index).step_by(FAMILY.len());
            tests.copied().collect::<Vec<_>>()
        };
        let pairs = members.map(|(index, member)| self.pooled(member, index, &of_pair(index)));
        let mut pairs: Vec<Pooled> = pairs.collect();
        flag(&mut pairs);
        pairs
    }

    /// How many take part in a pair under each of [`OTHER_GATES`], with the test.
    fn others(
        &self,
        index: usize,
        tests: &[Option<WithinDates>],
    ) -> Vec<(usize, Option<WithinDates>)> {
        let of = |at: usize, gates: &Gates| {
            let all = self.runners.iter().chain(&self.idle);
            let runners = all.filter(|runner| runner.passes(index, gates)).count();
            (runners, tests.get(at + 1).copied().flatten())
        };
        OTHER_GATES
            .iter()
            .enumerate()
            .map(|(at, (_, gates))| of(at, gates))
            .collect()
    }

    /// One pair of the family: its test, then those under [`OTHER_GATES`]. Idle runners are listed and not counted.
    fn pooled(&self, member: &Member, index: usize, tests: &[Option<WithinDates>]) -> Pooled {
        let test = tests.first().copied().flatten();
        let own = || found(index, &self.runners);
        // Without a test, because too few take part, the days are those of whoever does.
        let taking_part: Vec<&Own> = own().filter(|own| own.gate.is_none()).collect();
        let n = || taking_part.iter().map(|own| own.n).sum();
        Pooled {
            runners: taking_part.len(),
            n: test.map_or_else(n, |test| test.n),
            n_eff: summed_n_eff(&taking_part),
            gate: too_few_runners(taking_part.len()).or_else(|| nothing_left(test)),
            own: by_name(own().chain(found(index, &self.idle))),
            ..tested(
                member,
                test,
                beside(index, &self.runners, &self.others(index, tests)),
            )
        }
    }
}

/// What the test of a pair shows, before anybody is counted.
fn tested(member: &Member, test: Option<WithinDates>, beside: Beside) -> Pooled {
    let slope = test.and_then(|test| test.interval);
    let r = test.and_then(|test| test.r_interval);
    Pooled {
        pain: member.pain,
        exposure: member.exposure,
        runners: 0,
        n: 0,
        days_shared: test.map(|test| test.days_shared),
        n_eff: None,
        r: test.map(|test| test.r),
        ci_low: r.map(|ends| ends.low),
        ci_high: r.map(|ends| ends.high),
        slope_per_m: test.map(|test| test.slope),
        slope_ci_low: slope.map(|ends| ends.low),
        slope_ci_high: slope.map(|ends| ends.high),
        p: test.map(|test| test.p),
        q: None,
        flagged: false,
        planned: None,
        beside,
        gate: None,
        own: Vec::new(),
    }
}

/// q over the tests of the cohort, and the flags that follow.
fn flag(pairs: &mut [Pooled]) {
    give_q(
        pairs,
        |pair| pair.p.filter(|_| pair.planned != Some(false)),
        |pair, q| {
            pair.q = Some(q);
            pair.flagged = stands_out(q, pair.ci_low, pair.n_eff);
        },
    );
}

impl Cohort {
    /// Tells what was planned from what is looked at afterwards: only the former are tests, and share their q.
    pub fn tell_planned(&mut self, pairs: &[String]) {
        for pair in &mut self.pairs {
            pair.planned = Some(pairs.contains(&pair_name(pair.pain, pair.exposure)));
            (pair.q, pair.flagged) = (None, false);
        }
        flag(&mut self.pairs);
        self.tests = self.pairs.iter().filter(|pair| pair.q.is_some()).count();
    }
}

/// The pairs of the family as a plan of the analysis names them: `knee descent_m_3`.
pub fn pair_names() -> Vec<String> {
    let names = FAMILY
        .iter()
        .map(|member| pair_name(member.pain, member.exposure));
    names.collect()
}

fn pair_name(pain: &str, exposure: Exposure) -> String {
    format!("{pain} {}", exposure.as_str())
}

/// `Any place`: the heading of a pair's pain.
pub fn pain_title(pair: &Pooled) -> &'static str {
    member(pair).title
}

/// What the reader reads about one pair.
pub fn sentence(pair: &Pooled, units: Units) -> String {
    let Member {
        scores, exposure, ..
    } = member(pair);
    if pair.r.is_some() && pair.planned == Some(false) {
        return afterwards_text(*exposure, scores, &figures(pair, units, None));
    }
    let (Some(r), Some(q)) = (pair.r, pair.q) else {
        let gate = pair.gate.as_deref().unwrap_or("the two cannot be compared");
        return words::sentence(&too_little_text(*exposure, scores, gate));
    };
    let figures = figures(pair, units, Some(q));
    let text = if pair.flagged {
        pattern_text(*exposure, scores, r, &figures)
    } else if q > GATES.q_max {
        chance_text(*exposure, scores, &figures)
    } else if r < 0.0 {
        lower_text(*exposure, scores, &figures)
    } else {
        weak_text(pair, exposure.noun(), scores, &figures)
    };
    format!("{text} {}", own_text(pair, r))
}

/// What nobody planned to look at is no test, whatever it comes to.
fn afterwards_text(exposure: Exposure, scores: &str, figures: &str) -> String {
    let noun = exposure.noun();
    format!("Looked at afterwards and no test: {noun} and {scores} ({figures}).")
}

/// Less pain after more load: hardly ever what the load does.
fn lower_text(exposure: Exposure, scores: &str, figures: &str) -> String {
    let opening = exposure.opening();
    format!(
        "{opening} {scores} tended to be lower ({figures}), which usually means that runners rest when it hurts."
    )
}

/// A link that chance alone seldom makes and that is still no pattern: the days are too alike, or it is not clear enough.
fn weak_text(pair: &Pooled, noun: &str, scores: &str, figures: &str) -> String {
    let (n_eff, needed) = (pair.n_eff.unwrap_or(0.0), GATES.n_eff_min);
    let but = if n_eff < needed {
        format!(
            ", but neighbouring days are so alike that they count as {n_eff:.0}, and {needed:.0} are needed to say more."
        )
    } else if is_sure(pair.ci_low, pair.n_eff) {
        ": not clear enough yet to call it a pattern.".to_string()
    } else {
        ", but the likely range holds 0: too little to make anything of.".to_string()
    };
    format!("There may be a link between {noun} and {scores} ({figures}){but}")
}

impl Runner {
    fn owned_name(&self) -> String {
        self.name.clone()
    }

    /// In which pairs of the family the runner takes part.
    fn parts(&self) -> impl Iterator<Item = bool> {
        let own = self.own.iter().map(Option::as_ref);
        own.map(|own| own.is_some_and(|own| own.gate.is_none()))
    }

    /// The same, then whether they would under each of [`OTHER_GATES`].
    fn all_parts(&self) -> Vec<bool> {
        let others = OTHER_GATES.iter().flat_map(|(_, gates)| {
            let pairs = 0..FAMILY.len();
            pairs.map(|index| self.passes(index, gates))
        });
        self.parts().chain(others).collect()
    }

    fn passes(&self, index: usize, gates: &Gates) -> bool {
        let facts = self.facts.get(index).copied().flatten();
        facts.is_some_and(|facts| facts.pass(gates))
    }

    fn takes_part(&self) -> bool {
        self.parts().any(|takes_part| takes_part)
    }

    /// Why the runner takes part in nothing: what the first pair lacks.
    fn why_not(&self) -> String {
        let mut own = self.own.iter().flatten();
        own.find_map(|own| own.gate.clone())
            .unwrap_or_else(|| "the pain log has no rating on a day of the recordings".to_string())
    }

    fn left_out(&self) -> Remark {
        Remark::new(&self.name, self.why_not())
    }

    fn same_as(&self, other: &Runner) -> Remark {
        let what = format!("the same runs and ratings as {}", other.name);
        Remark::new(&self.name, what)
    }
}

/// The same recordings and ratings under two names are one runner: days that are counted twice would look like more evidence.
fn take_out_copies(runners: &mut Vec<Runner>, left_out: &mut Vec<Remark>) {
    for (runner, other) in take_out_twins(runners, is_copy) {
        left_out.push(runner.same_as(&runners[other]));
    }
}

/// Keeps the first of those that are one; of each of the others itself, and the place of the one that is kept.
pub(crate) fn take_out_twins<T>(
    all: &mut Vec<T>,
    is_copy: impl Fn(&T, &T) -> bool,
) -> Vec<(T, usize)> {
    let (mut kept, mut twins) = (Vec::with_capacity(all.len()), Vec::new());
    for one in all.drain(..) {
        match kept.iter().position(|other| is_copy(&one, other)) {
            Some(other) => twins.push((one, other)),
            None => kept.push(one),
        }
    }
    *all = kept;
    twins
}

fn is_copy(runner: &Runner, other: &Runner) -> bool {
    runner.takes_part() && runner.fingerprint == other.fingerprint
}

/// The rating, 0–10, that a row gives these places together, None for all limbs and the lower back. An all-clear is zero for all.
/// Ratings that came from words take no part.
pub(super) fn rating(entry: &Entry, sites: Option<&[Site]>) -> Option<f64> {
    let counts = is_among(entry.site, sites) || is_all_clear(entry);
    entry.pain.filter(|_| !entry.approximate && counts)
}

fn is_among(site: Option<Site>, sites: Option<&[Site]>) -> bool {
    match sites {
        None => site.is_none_or(Site::is_limb),
        Some(sites) => site.is_some_and(|site| sites.contains(&site)),
    }
}

fn own(name: &str, found: &Compared, reverse: Option<Reverse>) -> Own {
    let (partial, interval) = (found.partial, found.partial_interval());
    Own {
        runner: name.to_string(),
        n: found.n,
        n_eff: partial.map(|partial| partial.n_eff),
        rho: partial.map(|partial| partial.rho),
        ci_low: interval.map(|ends| ends.low),
        ci_high: interval.map(|ends| ends.high),
        reverse_rho: reverse.map(|reverse| reverse.rho),
        reverse_p: reverse.map(|reverse| reverse.p),
        gate: found.gate.clone(),
    }
}

/// What the runners came to in one pair of the family.
fn found(index: usize, runners: &[Runner]) -> impl Iterator<Item = &Own> {
    let pairs = runners.iter().map(move |runner| runner.own.get(index));
    pairs.flatten().flatten()
}

/// What the days of all runners are worth together. None without any.
fn summed_n_eff(taking_part: &[&Own]) -> Option<f64> {
    let known = taking_part.iter().filter_map(|own| own.n_eff);
    known.reduce(|sum, n_eff| sum + n_eff)
}

fn too_few_runners(count: usize) -> Option<String> {
    let who = match count {
        0 => "no runner has".to_string(),
        _ => counted(count, "runner has", "runners have"),
    };
    (count < RUNNERS_MIN).then(|| format!("{who} the days for it, {RUNNERS_MIN} are needed"))
}

/// What keeps enough runners from a test.
fn nothing_left(test: Option<WithinDates>) -> Option<String> {
    let gate = "nothing of the load or the scores is left beside what runners, dates, today's run and yesterday's pain say";
    test.is_none().then(|| gate.to_string())
}

fn by_name<'o>(found: impl Iterator<Item = &'o Own>) -> Vec<Own> {
    let mut own: Vec<Own> = found.cloned().collect();
    own.sort_by(|a, b| a.runner.cmp(&b.runner));
    own
}

fn member(pair: &Pooled) -> &'static Member {
    let found = FAMILY
        .iter()
        .find(|member| (member.pain, member.exposure) == (pair.pain, pair.exposure));
    found.unwrap_or(&FAMILY[0])
}

/// `0.31 points for 10 km more, range 0.1 to 0.5, r 0.2, 5 runners, 420 days, q 0.04`.
fn figures(pair: &Pooled, units: Units, q: Option<f64>) -> String {
    let step = slope_step(pair.exposure, units);
    let per_step = |slope: Option<f64>| slope.map(|slope| signed(slope * step.metres, 2));
    let slope =
        per_step(pair.slope_per_m).map(|slope| format!("{slope} points for {} more", step.text));
    let range = per_step(pair.slope_ci_low).zip(per_step(pair.slope_ci_high));
    let range = range.map(|(low, high)| format!("range {low} to {high}"));
    let r = pair.r.map(|r| format!("r {}", signed(r, 2)));
    let runners = counted(pair.runners, "runner", "runners");
    let days = counted(pair.n, "day", "days");
    let parts = [slope, range, r, Some(runners), Some(days), q.map(q_text)];
    let parts = parts.into_iter().flatten();
    parts.collect::<Vec<String>>().join(", ")
}

/// A load for which a slope is shown.
pub struct SlopeStep {
    /// Metres of it.
    pub metres: f64,
    /// `10 km`.
    pub text: String,
}

/// Distance and height for which slopes are shown, in shown units.
const STEP_DISTANCE: f64 = 10.0;
const STEP_HEIGHT: f64 = 100.0;

/// For which a slope is shown: 10 km or miles of distance, 100 m or feet of height.
pub fn slope_step(exposure: Exposure, units: Units) -> SlopeStep {
    if exposure.is_distance() {
        SlopeStep {
            metres: STEP_DISTANCE * units.distance_unit_m(),
            text: format!("{STEP_DISTANCE} {}", units.distance_label()),
        }
    } else {
        SlopeStep {
            metres: STEP_HEIGHT / units.height(1.0),
            text: format!("{STEP_HEIGHT} {}", units.height_label()),
        }
    }
}

/// How far the runners agree, and whether they ran less after pain.
fn own_text(pair: &Pooled, r: f64) -> String {
    let taking_part = || pair.own.iter().filter(|own| own.gate.is_none());
    let alike = taking_part().filter(|own| own.points_as(r)).count();
    let less = taking_part().filter(|own| own.ran_less_after()).count();
    let mut text = format!(
        "Alone, {alike} of {} runners {} the same way.",
        pair.runners,
        if alike == 1 { "points" } else { "point" }
    );
    text.extend(less_text(less));
    text
}

fn less_text(runners: usize) -> Option<String> {
    let who = counted(runners, "runner", "runners");
    (runners > 0).then(|| {
        format!(" {who} ran less in the days after it hurt, which can hide or flip such a link.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::tests::history,
        pain::{Moment, Side},
        stats::fdr::benjamini_hochberg,
        time::plus_days,
    };

    fn entry(day: usize, site: Option<Site>, pain: f64) -> Entry {
        let date = plus_days("2025-03-03".parse().expect("a literal date"), day as i64);
        Entry {
            site,
            side: Some(Side::Left),
            pain: Some(pain),
            ..Entry::on(date)
        }
    }

    /// 84 irregular days (multiples of a primitive root of 83 from `start`), 10 m down a kilometre, and a site whose pain is `score`
    /// of the kilometres of the day before.
    fn read(name: &str, start: u32, site: Site, score: impl Fn(f64) -> f64) -> (Runner, Series) {
        let states = std::iter::successors(Some(start), |state| Some(state * 2 % 83)).take(84);
        let km: Vec<f64> = states
            .map(|state| {
                if state < 40 {
                    0.0
                } else {
                    f64::from(state) / 5.0
                }
            })
            .collect();
        let mut history = history(&km.iter().map(|km| Some(km * 1000.0)).collect::<Vec<_>>());
        history
            .days
            .iter_mut()
            .zip(&km)
            .for_each(|(day, km)| day.descent_m = Some(10.0 * km));
        let row = |(day, km): (usize, &f64)| match score(*km) {
            0.0 => entry(day + 1, Some(Site::None), 0.0),
            score => entry(day + 1, Some(site), score),
        };
        let entries = km.iter().enumerate().take(83).map(row).collect();
        runner(
            name,
            &history,
            &PainLog {
                entries,
                ..PainLog::default()
            },
        )
    }

    fn thirds(km: f64) -> f64 {
        (km / 3.0).floor()
    }

    #[test]
    fn three_runners_are_tested_and_two_are_not() {
        let mut runners = vec![
            read("carla", 3, Site::Kneecap, thirds),
            read("anna", 1, Site::Knee, thirds),
            // Levels of their own and a slope of their own.
            read("ben", 7, Site::Knee, |km| {
                if km > 0.0 {
                    10.0 - (km / 3.0).floor()
                } else {
                    0.0
                }
            }),
        ];
        let found = cohort(runners.clone(), vec![], vec![]);
        assert_eq!(
            (found.runners.join(" "), found.tests),
            ("anna ben carla".to_string(), 3)
        );
        let ids: Vec<_> = found
            .pairs
            .iter()
            .map(|pair| (pair.pain, pair.exposure.as_str(), pair.runners))
            .collect();
        let knees = [
            ("any_place", "distance_m_1", 3),
            ("any_place", "distance_m_3", 3),
            ("knee", "descent_m_3", 3),
        ];
        assert_eq!((&ids[..3], ids[3]), (&knees[..], ("calf", "ascent_m_3", 0)));
        let p: Vec<f64> = found.pairs.iter().filter_map(|pair| pair.p).collect();
        let q: Vec<f64> = found.pairs.iter().filter_map(|pair| pair.q).collect();
        assert_eq!(q, benjamini_hochberg(&p));
        let first = &found.pairs[0];
        assert!(
            first.flagged && first.r.is_some_and(|r| r > 0.3) && first.ci_low > Some(0.0),
            "{first:?}"
        );
        // Of 83 days the eleven whole weeks; all three have the same dates.
        assert_eq!((first.n, first.days_shared), (3 * 77, Some(3 * 77)));
        assert_eq!(
            first.slope_ci_low.is_some_and(|low| low > 0.0),
            first.p <= Some(0.05)
        );
        // Descent is ten metres a kilometre: the same correlation, a slope a hundred times as steep.
        let [distance, descent] = [&found.pairs[1], &found.pairs[2]]
            .map(|pair| (pair.r.unwrap(), pair.slope_per_m.unwrap()));
        assert!(
            (distance.0 - descent.0).abs() < 1e-9 && (descent.1 / distance.1 - 100.0).abs() < 1e-9
        );

        runners.pop();
        let found = cohort(runners, vec![], vec![]);
        assert_eq!((found.runners.len(), found.tests), (2, 0));
        assert_eq!(
            found.pairs[0].gate.as_deref(),
            Some("2 runners have the days for it, 3 are needed")
        );
        assert!(
            found
                .pairs
                .iter()
                .all(|pair| pair.r.is_none() && pair.slope_per_m.is_none() && !pair.flagged)
        );
        assert!(
            found.pairs[0].own.iter().all(|own| own.rho.is_some()),
            "their own figures are there"
        );
    }

    #[test]
    fn who_takes_no_part_is_listed_and_not_counted() {
        let runners = vec![
            read("anna", 1, Site::Knee, thirds),
            read("copy", 1, Site::Knee, thirds),
            read("ben", 7, Site::Knee, |_| 0.0),
            read("stitch", 11, Site::SideStitch, thirds),
        ];
        let found = cohort(runners, vec![Remark::new("zoe", "no pain log")], vec![]);
        let left_out: Vec<String> = found
            .left_out
            .iter()
            .map(|one| format!("{}: {}", one.runner, one.what))
            .collect();
        assert_eq!(
            left_out,
            [
                "ben: 0 days with pain of 1 or more, 10 are needed",
                "copy: the same runs and ratings as anna",
                // A side stitch is no limb. Left are the all-clears, 39 of the 82 states and the first again.
                "stitch: 40 logged days with a known load, 42 are needed",
                "zoe: no pain log",
            ]
        );
        assert_eq!(
            (found.days_covered, found.pairs[0].runners, found.pairs[0].n),
            (84, 1, 83)
        );
        let listed: Vec<&str> = found.pairs[0]
            .own
            .iter()
            .map(|own| own.runner.as_str())
            .collect();
        assert_eq!(listed, ["anna", "ben", "stitch"]);
        let empty = cohort(
            vec![runner(
                "eva",
                &history(&[Some(0.0); 3]),
                &PainLog::default(),
            )],
            vec![],
            vec![],
        );
        assert_eq!(
            empty.left_out[0].what,
            "the pain log has no rating on a day of the recordings"
        );
    }

    #[test]
    fn which_ratings_make_the_pain_of_a_day() {
        let word = Entry {
            approximate: true,
            ..entry(0, Some(Site::Knee), 5.0)
        };
        for (row, any, knee, calf) in [
            (
                entry(0, Some(Site::None), 0.0),
                Some(0.0),
                Some(0.0),
                Some(0.0),
            ),
            (entry(0, None, 0.0), Some(0.0), Some(0.0), Some(0.0)),
            (entry(0, None, 4.0), Some(4.0), None, None),
            (entry(0, Some(Site::Itb), 3.0), Some(3.0), Some(3.0), None),
            (
                entry(0, Some(Site::Achilles), 0.0),
                Some(0.0),
                None,
                Some(0.0),
            ),
            (entry(0, Some(Site::LowerBack), 6.0), Some(6.0), None, None),
            (entry(0, Some(Site::SideStitch), 6.0), None, None, None),
            (word, None, None, None),
            (
                Entry {
                    pain: None,
                    ..entry(0, Some(Site::Knee), 5.0)
                },
                None,
                None,
                None,
            ),
        ] {
            let found =
                [None, Some(DESCENT_SITES), Some(ASCENT_SITES)].map(|sites| rating(&row, sites));
            assert_eq!(found, [any, knee, calf], "{row:?}");
        }
    }

    #[test]
    fn the_highest_of_all_places_is_the_day() {
        let history = history(&[Some(1000.0); 20]);
        let rows = |day| {
            [
                entry(day, Some(Site::Knee), 2.0),
                entry(day, Some(Site::Calf), 6.0),
                entry(day, Some(Site::Hip), 1.0),
            ]
        };
        let mut entries: Vec<Entry> = (1..20).flat_map(rows).collect();
        let pains = |entries: &[Entry]| -> Vec<f64> {
            let log = PainLog {
                entries: entries.to_vec(),
                ..PainLog::default()
            };
            let first = |member: &Member| {
                let rating = |entry: &Entry| rating(entry, member.sites);
                daily_pain(&log, &history.days, rating).and_then(|series| series.pain[0])
            };
            FAMILY.iter().filter_map(first).collect()
        };
        assert_eq!(pains(&entries), [6.0, 6.0, 2.0, 6.0]);
        // With a rating on every morning the mornings stand alone, as for one runner.
        entries.extend((1..20).map(|day| Entry {
            moment: Moment::Morning,
            ..entry(day, Some(Site::Knee), 1.0)
        }));
        assert_eq!(pains(&entries), [1.0, 1.0, 1.0, 6.0]);
    }

    /// Three runners who take part, two of them of one mind, and one who does not.
    fn falling() -> Pooled {
        let own = |rho: f64, reverse_rho: Option<f64>, gate: Option<&str>| Own {
            runner: "anna".to_string(),
            n: 60,
            n_eff: Some(30.0),
            rho: Some(rho),
            ci_low: None,
            ci_high: None,
            reverse_rho,
            reverse_p: reverse_rho.map(|_| 0.05),
            gate: gate.map(str::to_string),
        };
        Pooled {
            pain: "knee",
            exposure: Exposure::Descent3,
            runners: 3,
            n: 180,
            n_eff: Some(90.0),
            days_shared: Some(120),
            r: Some(-0.41),
            ci_low: Some(-0.53),
            ci_high: Some(-0.28),
            slope_per_m: Some(-0.001),
            slope_ci_low: Some(-0.0015),
            slope_ci_high: Some(-0.0005),
            p: Some(0.0004),
            q: Some(0.0012),
            flagged: false,
            planned: None,
            gate: None,
            beside: beside(0, &[], &[]),
            own: vec![
                own(-0.5, None, None),
                own(-0.2, None, None),
                own(0.1, Some(-0.1), None),
                own(-0.9, Some(-0.9), Some("x")),
            ],
        }
    }

    #[test]
    fn what_is_said_of_a_pair() {
        let falling = falling();
        let scores = "the runners' knee, kneecap, quad and outer knee scores";
        let rising = Pooled {
            r: Some(0.41),
            ci_low: Some(0.2),
            ci_high: Some(0.6),
            slope_per_m: Some(0.001),
            slope_ci_low: Some(0.0005),
            slope_ci_high: Some(0.0015),
            ..falling.clone()
        };
        let up = |q: &str| {
            format!(
                "(0.10 points for 100 m more, range 0.05 to 0.15, r 0.41, 3 runners, 180 days, {q})"
            )
        };
        let less =
            "1 runner ran less in the days after it hurt, which can hide or flip such a link.";
        let end = format!("Alone, 1 of 3 runners points the same way. {less}");
        let between =
            format!("There may be a link between descent in the three days before and {scores}");
        let q = |q: f64, pair: &Pooled| Pooled {
            q: Some(q),
            ..pair.clone()
        };
        for (pair, text) in [
            (
                Pooled {
                    flagged: true,
                    ..rising.clone()
                },
                format!(
                    "After three days with more descent {scores} tended to be higher {}. That is a pattern, not a proof of \
                     cause. {end}",
                    up("q below 0.01")
                ),
            ),
            (
                falling.clone(),
                format!(
                    "After three days with more descent {scores} tended to be lower (−0.10 points for 100 m more, range −0.15 to \
                     −0.05, r −0.41, 3 runners, 180 days, q below 0.01), which usually means that runners rest when it hurts. \
                     Alone, 2 of 3 runners point the same way. {less}"
                ),
            ),
            (
                q(0.4, &rising),
                format!(
                    "Between descent in the three days before and {scores} nothing stands out from chance {}. That does not \
                     mean there is no link. {end}",
                    up("q 0.40")
                ),
            ),
            (
                Pooled {
                    n_eff: Some(12.0),
                    ..q(0.05, &rising)
                },
                format!(
                    "{between} {}, but neighbouring days are so alike that they count as 12, and 15 are needed to say more. {end}",
                    up("q 0.05")
                ),
            ),
            (
                q(0.08, &rising),
                format!(
                    "{between} {}: not clear enough yet to call it a pattern. {end}",
                    up("q 0.08")
                ),
            ),
            (
                Pooled {
                    ci_low: Some(-0.01),
                    ..q(0.08, &rising)
                },
                format!(
                    "{between} {}, but the likely range holds 0: too little to make anything of. {end}",
                    up("q 0.08")
                ),
            ),
            (
                Pooled {
                    r: None,
                    q: None,
                    gate: Some("1 runner has the days for it, 3 are needed".into()),
                    ..falling
                },
                format!(
                    "Too little to say about {scores} and descent in the three days before: 1 runner has the days for it, 3 are \
                     needed."
                ),
            ),
        ] {
            assert_eq!(sentence(&pair, Units::Km), text);
        }
        assert!(sentence(&rising, Units::Mi).contains("(0.03 points for 100 ft more,"));
    }
}
