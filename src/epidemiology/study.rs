//! What all runners come to.

use super::{BeforeOnset, Definition, Exposure, Member, Pattern};
use crate::stats::{
    clustered_share::{ClusteredShare, Looks, clustered_share},
    crossover::OddsRatio,
    describe::quantile,
    fdr::benjamini_hochberg,
    poisson::{Rate, poisson_rate},
    survival::{FollowUp as Survival, Step},
};

/// Onsets with telling moments below which a pattern is listed without a ratio.
pub const TELLING_MIN: u64 = 5;

/// Runners put together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Study {
    /// Who was watched, and how.
    pub watched: Watched,
    /// New injuries, by definition.
    pub incidence: Vec<Incidence>,
    /// Weeks with trouble. Empty where nobody answered the weekly questions.
    pub prevalence: Vec<Prevalence>,
    /// How long until the first, by definition.
    pub times: Vec<Times>,
    /// What was flagged before onsets, by rule over all places and then by place.
    pub crossover: Vec<Crossover>,
}

/// Who was watched.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Watched {
    /// Runners.
    pub people: usize,
    /// Their days together.
    pub days: u64,
    /// Those of them with complete recordings, and those with a row of the log.
    pub covered: u64,
    /// Days with a row of the log.
    pub logged: u64,
    /// What they ran.
    pub exposure: Exposure,
    /// First quartile, median and third quartile of each runner's own: weeks watched. None without a runner.
    pub weeks: Option<[f64; 3]>,
    /// Likewise, kilometres a week.
    pub km_a_week: Option<[f64; 3]>,
    /// Likewise, runs a week.
    pub runs_a_week: Option<[f64; 3]>,
    /// Likewise, share of days with a row of the log, 0–1.
    pub share_logged: Option<[f64; 3]>,
    /// By week of follow-up: how many were watched in it, and of how many recordings and log both know five days or more.
    pub by_week: Vec<(usize, usize)>,
}

/// New injuries by one definition, with exact intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Incidence {
    /// What counts.
    pub definition: Definition,
    /// Runners whose log can tell.
    pub people: usize,
    /// Runners with one or more.
    pub hurt: usize,
    /// All, the first of each runner, and those after it: how many, and by 1,000 km and by 1,000 hours.
    pub rates: [Rates; 3],
    /// Days hurt by 1,000 hours.
    pub burden: Option<f64>,
}

/// Counts by exposure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// How many.
    pub events: u64,
    /// By 1,000 km. None without a distance.
    pub by_distance: Option<Rate>,
    /// By 1,000 hours. None without a time.
    pub by_time: Option<Rate>,
}

/// The share of answered weeks with trouble.
#[derive(Debug, Clone, PartialEq)]
pub struct Prevalence {
    /// `problem` or `substantial`.
    pub of: &'static str,
    /// None below two runners.
    pub share: Option<ClusteredShare>,
}

/// Time to a runner's first injury.
#[derive(Debug, Clone, PartialEq)]
pub struct Times {
    /// What counts.
    pub definition: Definition,
    /// Runners who were watched for more than a day.
    pub people: u64,
    /// A step for each day with one.
    pub steps: Vec<Step>,
    /// Day of follow-up and how many were watched after it without one.
    pub at_risk: Vec<(u32, u64)>,
}

/// One rule before the onsets of all runners.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossover {
    /// The rule, and where.
    pub pattern: Pattern,
    /// Onsets that are set beside other moments.
    pub sets: u64,
    /// The odds ratio. None below [`TELLING_MIN`] telling ones.
    pub odds: Option<OddsRatio>,
    /// q over the rules at all places together. None for single places, and where there is no ratio.
    pub q: Option<f64>,
}

/// Days of follow-up at which numbers at risk are given.
const AT_RISK_EVERY: u32 = 28;
/// Such days at most: the table stays one.
const AT_RISK_MOST: u32 = 14;
/// Days of a week that both recordings and log know of, so that it counts as seen.
const DAYS_SEEN_MIN: u32 = 5;

impl Study {
    /// Of these runners, by name.
    pub fn of(members: &[Member]) -> Study {
        let mut members: Vec<&Member> = members.iter().collect();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        let definitions = || Definition::ALL.iter().copied().enumerate();
        Study {
            watched: watched(&members),
            incidence: definitions()
                .map(|(place, definition)| incidence(definition, place, &members))
                .collect(),
            prevalence: prevalence(&members),
            times: definitions()
                .map(|(place, definition)| times(definition, place, &members))
                .collect(),
            crossover: crossover(&members),
        }
    }
}

fn watched(members: &[&Member]) -> Watched {
    let sum = |of: fn(&Member) -> u32| members.iter().map(|member| u64::from(of(member))).sum();
    let weeks = |member: &Member| f64::from(member.follow_up.days) / 7.0;
    let quartiles = |of: &dyn Fn(&Member) -> f64| {
        let own: Vec<f64> = members.iter().map(|member| of(member)).collect();
        Some([
            quantile(&own, 0.25)?,
            quantile(&own, 0.5)?,
            quantile(&own, 0.75)?,
        ])
    };
    Watched {
        people: members.len(),
        days: sum(|member| member.follow_up.days),
        covered: sum(|member| member.follow_up.covered()),
        logged: sum(|member| member.follow_up.logged()),
        exposure: members.iter().fold(Exposure::default(), |sum, member| {
            sum.plus(&member.exposure)
        }),
        weeks: quartiles(&weeks),
        km_a_week: quartiles(&|member| member.exposure.distance_m / 1000.0 / weeks(member)),
        runs_a_week: quartiles(&|member| f64::from(member.exposure.runs) / weeks(member)),
        share_logged: quartiles(&|member| {
            f64::from(member.follow_up.logged()) / f64::from(member.follow_up.days)
        }),
        by_week: by_week(members),
    }
}

fn by_week(members: &[&Member]) -> Vec<(usize, usize)> {
    let longest = members
        .iter()
        .map(|member| member.follow_up.weeks.len())
        .max();
    let week = |place: usize| {
        let seen = || {
            members
                .iter()
                .filter_map(|member| member.follow_up.weeks.get(place))
        };
        let whole = seen().filter(|week| week.covered.min(week.logged) >= DAYS_SEEN_MIN);
        (seen().count(), whole.count())
    };
    (0..longest.unwrap_or(0)).map(week).collect()
}

fn incidence(definition: Definition, place: usize, members: &[&Member]) -> Incidence {
    let telling = || {
        let own = members
            .iter()
            .map(|member| (member, &member.injuries[place]));
        own.filter(|(_, injuries)| injuries.can_tell)
    };
    let sum = |of: &dyn Fn(&Member, &super::Injuries) -> Exposure| {
        telling().fold(Exposure::default(), |sum, (member, injuries)| {
            sum.plus(&of(member, injuries))
        })
    };
    let all = sum(&|member, _| member.exposure);
    let until_first = sum(&|_, injuries| injuries.exposure_before);
    let after = sum(&|member, injuries| member.exposure.less(&injuries.exposure_before));
    let events: usize = telling().map(|(_, injuries)| injuries.days.len()).sum();
    let hurt = telling()
        .filter(|(_, injuries)| !injuries.days.is_empty())
        .count();
    let days_hurt: u32 = telling().map(|(_, injuries)| injuries.days_hurt).sum();
    let hours = all.thousand_hours();
    Incidence {
        definition,
        people: telling().count(),
        hurt,
        rates: [
            rates(events, &all),
            rates(hurt, &until_first),
            rates(events - hurt, &after),
        ],
        burden: (hours > 0.0).then(|| f64::from(days_hurt) / hours),
    }
}

fn rates(events: usize, exposure: &Exposure) -> Rates {
    let events = events as u64;
    Rates {
        events,
        by_distance: poisson_rate(events, exposure.thousand_km()),
        by_time: poisson_rate(events, exposure.thousand_hours()),
    }
}

fn prevalence(members: &[&Member]) -> Vec<Prevalence> {
    let share = |of: &'static str, looks: fn(&Member) -> Looks| {
        let looks: Vec<Looks> = members.iter().map(|member| looks(member)).collect();
        let is_asked = looks.iter().any(|looks| looks.all > 0);
        is_asked.then(|| Prevalence {
            of,
            share: clustered_share(&looks),
        })
    };
    let problem = share("problem", |member| member.weekly.problem);
    let substantial = share("substantial", |member| member.weekly.substantial);
    [problem, substantial].into_iter().flatten().collect()
}

fn times(definition: Definition, place: usize, members: &[&Member]) -> Times {
    let mut survival = Survival::default();
    for member in members {
        let injuries = &member.injuries[place];
        if injuries.can_tell {
            let first = injuries.days.first();
            let end = first.copied().unwrap_or(member.follow_up.days - 1);
            survival.add(0, end, first.is_some());
        }
    }
    let days = (0..AT_RISK_MOST).map(|step| step * AT_RISK_EVERY);
    let at_risk = days.map(|day| (day, survival.at_risk_after(day)));
    Times {
        definition,
        people: survival.all(),
        steps: survival.curve(),
        at_risk: at_risk.take_while(|(_, watched)| *watched > 0).collect(),
    }
}

/// All places together first, then each; the clearest of each first.
fn crossover(members: &[&Member]) -> Vec<Crossover> {
    let mut sum = BeforeOnset::new();
    for (pattern, sets) in members.iter().flat_map(|member| &member.before_onset) {
        sum.entry(*pattern).or_default().add_all(sets);
    }
    let mut found: Vec<Crossover> = sum
        .into_iter()
        .map(|(pattern, sets)| Crossover {
            pattern,
            sets: sets.len(),
            odds: sets.odds_ratio().filter(|odds| odds.telling >= TELLING_MIN),
            q: None,
        })
        .collect();
    let is_tested = |one: &Crossover| one.pattern.site.is_none() && one.odds.is_some();
    let tested = || found.iter().filter(|one| is_tested(one));
    let p: Vec<f64> = tested().filter_map(|one| Some(one.odds?.p)).collect();
    let q = benjamini_hochberg(&p);
    for (one, q) in found.iter_mut().filter(|one| is_tested(one)).zip(q) {
        one.q = Some(q);
    }
    let p = |one: &Crossover| one.odds.map_or(2.0, |odds| odds.p);
    found.sort_by(|a, b| {
        let by_place = a.pattern.site.cmp(&b.pattern.site);
        by_place
            .then(p(a).total_cmp(&p(b)))
            .then(a.pattern.cmp(&b.pattern))
    });
    found
}
