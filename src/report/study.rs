//! What epidemiology asks, as `cohort.json` has it.

use super::json::Rounded;
use crate::{
    epidemiology,
    keys::Keys,
    stats::{poisson, survival},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Of all runners who were watched.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(super) struct Study {
    /// How long and how closely.
    pub watched: Watched,
    /// New injuries.
    pub incidence: Vec<Incidence>,
    /// Weeks with trouble.
    pub prevalence: Vec<Prevalence>,
    /// Time to the first injury.
    pub time_to_first: Vec<Times>,
    /// What was flagged before onsets.
    pub case_crossover: Vec<Crossover>,
}

/// How long and how closely.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(super) struct Watched {
    runners: usize,
    women: Option<usize>,
    men: Option<usize>,
    sex_unknown: Option<usize>,
    groups: BTreeMap<String, Option<usize>>,
    birth_year_quartiles: Option<[Rounded<1>; 3]>,
    days: u64,
    days_covered: u64,
    days_logged: u64,
    runs: u32,
    distance_m: Rounded<0>,
    timer_s: Rounded<0>,
    weeks_quartiles: Option<[Rounded<1>; 3]>,
    km_a_week_quartiles: Option<[Rounded<1>; 3]>,
    runs_a_week_quartiles: Option<[Rounded<2>; 3]>,
    share_logged_quartiles: Option<[Rounded<3>; 3]>,
    by_week: Vec<Week>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
struct Week {
    week: usize,
    watched: usize,
    known: usize,
}

/// One definition.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(super) struct Incidence {
    definition: &'static str,
    runners: usize,
    runners_hurt: usize,
    all: Rates,
    first: Rates,
    subsequent: Rates,
    days_hurt_per_1000_h: Option<Rounded<2>>,
    hidden: bool,
    planned: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Rates {
    events: u64,
    per_1000_km: Option<Rate>,
    per_1000_h: Option<Rate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Rate {
    rate: Rounded<4>,
    ci_low: Rounded<4>,
    ci_high: Rounded<4>,
}

/// The weekly questions.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(super) struct Prevalence {
    of: &'static str,
    weeks: Option<u64>,
    runners: Option<u64>,
    share: Option<Rounded<4>>,
    ci_low: Option<Rounded<4>>,
    ci_high: Option<Rounded<4>>,
}

/// One definition.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(super) struct Times {
    definition: &'static str,
    runners: u64,
    steps: Vec<Step>,
    at_risk: Vec<AtRisk>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct Step {
    day: u32,
    at_risk: u64,
    events: u64,
    free: Rounded<4>,
    ci_low: Rounded<4>,
    ci_high: Rounded<4>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct AtRisk {
    day: u32,
    watched: u64,
}

/// One rule at one place.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(super) struct Crossover {
    rule: &'static str,
    site: Option<String>,
    onsets: u64,
    telling: Option<u64>,
    flagged: Option<u64>,
    odds_ratio: Option<Rounded<3>>,
    ci_low: Option<Rounded<3>>,
    ci_high: Option<Rounded<3>>,
    p: Option<Rounded<4>>,
    q: Option<Rounded<4>>,
    planned: Option<bool>,
}

impl From<&epidemiology::Study> for Study {
    fn from(study: &epidemiology::Study) -> Self {
        Study {
            watched: Watched::from(&study.watched),
            incidence: study.incidence.iter().map(Incidence::from).collect(),
            prevalence: study.prevalence.iter().map(Prevalence::from).collect(),
            time_to_first: study.times.iter().map(Times::from).collect(),
            case_crossover: study.crossover.iter().map(Crossover::from).collect(),
        }
    }
}

fn quartiles<const DECIMALS: i32>(quartiles: Option<[f64; 3]>) -> Option<[Rounded<DECIMALS>; 3]> {
    quartiles.map(|three| three.map(Rounded::from))
}

impl From<&epidemiology::Watched> for Watched {
    fn from(watched: &epidemiology::Watched) -> Self {
        Watched {
            runners: watched.people,
            women: watched.sexes[0],
            men: watched.sexes[1],
            sex_unknown: watched.sexes[2],
            groups: watched.groups.clone(),
            birth_year_quartiles: quartiles(watched.birth_years),
            days: watched.days,
            days_covered: watched.covered,
            days_logged: watched.logged,
            runs: watched.exposure.runs,
            distance_m: watched.exposure.distance_m.into(),
            timer_s: watched.exposure.timer_s.into(),
            weeks_quartiles: quartiles(watched.weeks),
            km_a_week_quartiles: quartiles(watched.km_a_week),
            runs_a_week_quartiles: quartiles(watched.runs_a_week),
            share_logged_quartiles: quartiles(watched.share_logged),
            by_week: (1..).zip(&watched.by_week).map(Week::from).collect(),
        }
    }
}

impl From<(usize, &(usize, usize))> for Week {
    fn from((week, (watched, known)): (usize, &(usize, usize))) -> Self {
        Week {
            week,
            watched: *watched,
            known: *known,
        }
    }
}

impl From<&epidemiology::Incidence> for Incidence {
    fn from(incidence: &epidemiology::Incidence) -> Self {
        let [all, first, subsequent] = incidence.rates.map(Rates::from);
        Incidence {
            definition: incidence.definition.id(),
            runners: incidence.people,
            runners_hurt: incidence.hurt,
            all,
            first,
            subsequent,
            days_hurt_per_1000_h: incidence.burden.map(Rounded::from),
            hidden: incidence.hidden,
            planned: incidence.planned,
        }
    }
}

impl From<epidemiology::Rates> for Rates {
    fn from(rates: epidemiology::Rates) -> Self {
        Rates {
            events: rates.events,
            per_1000_km: rates.by_distance.map(Rate::from),
            per_1000_h: rates.by_time.map(Rate::from),
        }
    }
}

impl From<poisson::Rate> for Rate {
    fn from(rate: poisson::Rate) -> Self {
        Rate {
            rate: rate.rate.into(),
            ci_low: rate.low.into(),
            ci_high: rate.high.into(),
        }
    }
}

impl From<&epidemiology::Prevalence> for Prevalence {
    fn from(prevalence: &epidemiology::Prevalence) -> Self {
        let share = prevalence.share;
        Prevalence {
            of: prevalence.of,
            weeks: share.map(|share| share.looks),
            runners: share.map(|share| share.people),
            share: share.map(|share| share.share.into()),
            ci_low: share.map(|share| share.low.into()),
            ci_high: share.map(|share| share.high.into()),
        }
    }
}

impl From<&epidemiology::Times> for Times {
    fn from(times: &epidemiology::Times) -> Self {
        Times {
            definition: times.definition.id(),
            runners: times.people,
            steps: times.steps.iter().map(Step::from).collect(),
            at_risk: times.at_risk.iter().map(AtRisk::from).collect(),
        }
    }
}

impl From<&survival::Step> for Step {
    fn from(step: &survival::Step) -> Self {
        Step {
            day: step.day,
            at_risk: step.at_risk,
            events: step.events,
            free: step.free.into(),
            ci_low: step.low.into(),
            ci_high: step.high.into(),
        }
    }
}

impl From<&(u32, u64)> for AtRisk {
    fn from((day, watched): &(u32, u64)) -> Self {
        AtRisk {
            day: *day,
            watched: *watched,
        }
    }
}

impl From<&epidemiology::Crossover> for Crossover {
    fn from(one: &epidemiology::Crossover) -> Self {
        let odds = one.odds;
        Crossover {
            rule: one.pattern.rule,
            // A runner's own word for a place is the runner's.
            site: one.pattern.site.map(|site| site.as_str().to_string()),
            onsets: one.sets,
            telling: odds.map(|odds| odds.telling),
            flagged: odds.map(|odds| odds.exposed),
            odds_ratio: odds.and_then(|odds| odds.ratio).map(Rounded::from),
            ci_low: odds.map(|odds| odds.low.into()),
            ci_high: odds.and_then(|odds| odds.high).map(Rounded::from),
            p: odds.map(|odds| odds.p.into()),
            q: one.q.map(Rounded::from),
            planned: one.planned,
        }
    }
}

impl Study {
    /// What its keys are.
    pub(super) const KEYS: &'static [Keys] = &[
        Keys::object(
            &["watched"],
            "Runners with a day that recordings and log share: from the first to the last such day each is watched.",
            Watched::KEYS,
        ),
        Keys::each(
            &["incidence"],
            "New injuries by four definitions; what was there on a runner's first day is none.",
            Incidence::KEYS,
        ),
        Keys::each(
            &["prevalence"],
            "Share of answered weeks with trouble, for problem and substantial; empty where nobody answered the weekly questions.",
            Prevalence::KEYS,
        ),
        Keys::each(
            &["time_to_first"],
            "Kaplan–Meier, from a runner's first day to the first injury, by definition.",
            Times::KEYS,
        ),
        Keys::each(
            &["case_crossover"],
            "What a rule had flagged on the day of a new spell or in the seven days before it, against the same weekdays of the same four \
             weeks of the same runner: all places first, then each.",
            Crossover::KEYS,
        ),
    ];
}

impl Watched {
    const KEYS: &'static [Keys] = &[
        Keys::of(
            &["women", "men", "sex_unknown", "groups"],
            "Runners by sex and by group as the list of athletes has them; null: fewer than may be told (--fewest).",
        ),
        Keys::of(
            &["birth_year_quartiles"],
            "First quartile, median and third quartile of the years of birth that are known; null without one.",
        ),
        Keys::of(
            &["runners", "days", "days_covered", "days_logged"],
            "Runners, their days together, and those of them with complete recordings and with a row of the log.",
        ),
        Keys::of(
            &["runs", "distance_m", "timer_s"],
            "What was run on these days: runs, metres, seconds on the timer.",
        ),
        Keys::of(
            &[
                "weeks_quartiles",
                "km_a_week_quartiles",
                "runs_a_week_quartiles",
                "share_logged_quartiles",
            ],
            "First quartile, median and third quartile of the runners' own weeks watched, kilometres and runs a week, and share of days \
             with a row (0–1); null without a runner.",
        ),
        Keys::each(
            &["by_week"],
            "By week of follow-up from 1 on: how many were watched in it, and of how many recordings and log both know five days or more.",
            &[Keys::of(
                &["week", "watched", "known"],
                "Week of follow-up, runners watched, and those of whom five days are known.",
            )],
        ),
    ];
}

const RATES: &[Keys] = &[
    Keys::of(&["events"], "How many."),
    Keys::object(
        &["per_1000_km", "per_1000_h"],
        "By 1,000 kilometres and by 1,000 hours of running, with the exact Poisson interval; null without exposure.",
        &[Keys::of(
            &["rate", "ci_low", "ci_high"],
            "The rate and its 95 % interval.",
        )],
    ),
];

impl Incidence {
    const KEYS: &'static [Keys] = &[
        Keys::of(
            &["definition"],
            "time_loss (pain cut short or took runs for a week or three in a row), ostrc_substantial and ostrc_problem (a week with one \
             after an answered week without), or pain_over_7_days (at one place).",
        ),
        Keys::of(
            &["runners", "runners_hurt"],
            "Runners whose log can tell, and those with one or more.",
        ),
        Keys::object(&["all"], "All of them.", RATES),
        Keys::object(
            &["first"],
            "The first of each runner, by what was run before it.",
            RATES,
        ),
        Keys::object(
            &["subsequent"],
            "Those after it, by what was run from then on.",
            RATES,
        ),
        Keys::of(
            &["days_hurt_per_1000_h"],
            "Burden: days from the first to the last of each, by 1,000 hours; null without a time.",
        ),
        Keys::of(
            &["hidden"],
            "Whether fewer runners than may be told (--fewest) have one: then no count and no rate is told.",
        ),
        Keys::of(
            &["planned"],
            "Whether the definition was planned before anybody looked; null where nothing says so.",
        ),
    ];
}

impl Prevalence {
    const KEYS: &'static [Keys] = &[
        Keys::of(&["of"], "problem or substantial."),
        Keys::of(
            &["weeks", "runners"],
            "Answered weeks, and runners with one; null below two runners.",
        ),
        Keys::of(
            &["share", "ci_low", "ci_high"],
            "Share of the weeks, 0–1, and its 95 % interval, in which weeks of one runner are as alike as they are; null below two runners.",
        ),
    ];
}

impl Times {
    const KEYS: &'static [Keys] = &[
        Keys::of(
            &["definition", "runners"],
            "As in incidence, and runners who were watched for more than a day.",
        ),
        Keys::each(
            &["steps"],
            "A step for each day with a first injury.",
            &[
                Keys::of(
                    &["day", "at_risk", "events"],
                    "Day of follow-up, who was watched without one before it, and how many came on it.",
                ),
                Keys::of(
                    &["free", "ci_low", "ci_high"],
                    "Share without one until then, 0–1, and its 95 % interval.",
                ),
            ],
        ),
        Keys::each(
            &["at_risk"],
            "Every 28 days, in studies of more than a year every 56 or more, and the last day, after which nobody is watched.",
            &[Keys::of(
                &["day", "watched"],
                "Day of follow-up, and who is watched after it without one.",
            )],
        ),
    ];
}

impl Crossover {
    const KEYS: &'static [Keys] = &[
        Keys::of(
            &["rule", "site"],
            "The rule's id, and the place; null: all places together. Own words for places are `other`.",
        ),
        Keys::of(
            &["onsets", "telling", "flagged"],
            "New spells set beside other days; those whose days differ, which alone can tell; and those of them after a flag.",
        ),
        Keys::of(
            &["odds_ratio", "ci_low", "ci_high", "p"],
            "Conditional odds ratio, its 95 % interval and two-sided p (mid-P); all null below five telling onsets, the ratio and the \
             upper end also where every telling onset was flagged.",
        ),
        Keys::of(
            &["q"],
            "Benjamini–Hochberg q over the rules at all places together; null for single places and for what was not planned.",
        ),
        Keys::of(
            &["planned"],
            "Whether the rule was planned before anybody looked; null where nothing says so.",
        ),
    ];
}
