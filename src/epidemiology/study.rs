//! What all runners come to.

use super::{BeforeOnset, Definition, Exposure, Injuries, Member, Pattern, Seen};
use crate::model::Sex;
use crate::stats::{
    clustered_share::{ClusteredShare, Looks, clustered_share},
    crossover::{OddsRatio, Sets},
    describe::quantile,
    fdr::give_q,
    poisson::{Rate, poisson_rate},
    survival::{FollowUp as Survival, Step},
};
use std::{cmp::Ordering, collections::BTreeMap};

/// Onsets with telling moments below which a pattern is listed without a ratio.
pub const TELLING_MIN: u64 = 5;

/// Runners put together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Study {
    /// Who was watched, and how.
    pub watched: Watched,
    /// Of everybody by name, what is known of each week of follow-up.
    pub seen: Vec<(String, Vec<Seen>)>,
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
    /// Women, men, and those of whom it is not known. None: fewer than may be told.
    pub sexes: [Option<usize>; 3],
    /// Runners of each group, by its name; none where no group is known. None: fewer than may be told.
    pub groups: BTreeMap<String, Option<usize>>,
    /// First quartile, median and third quartile of the years of birth that are known. None: none is.
    pub birth_years: Option<[f64; 3]>,
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
    /// Fewer runners than may be told have one: the counts are not told.
    pub hidden: bool,
    /// Whether the definition was planned before anybody looked. None: nothing says so.
    pub planned: Option<bool>,
}

/// Counts by exposure.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
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
    /// Day of follow-up and how many were watched after it without one; at last the day after which nobody is.
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
    /// q over the rules at all places together. None for single places, where there is no ratio, and for what was not planned.
    pub q: Option<f64>,
    /// Whether it was planned before anybody looked. None: nothing says so.
    pub planned: Option<bool>,
}

/// Days of follow-up at which numbers at risk are given.
const AT_RISK_EVERY: u32 = 28;
/// Such days at most: the table stays one.
const AT_RISK_MOST: u32 = 14;
/// Days of a week that both recordings and log know of, so that it counts as seen.
pub const DAYS_SEEN_MIN: u32 = 5;

impl Study {
    /// Takes out counts of people below so many, by which somebody might be known, and the rates that would give them away.
    pub fn hide_below(&mut self, fewest: usize) {
        let is_few = |count: usize| (1..fewest).contains(&count);
        let hide = |count: &mut Option<usize>| *count = count.filter(|count| !is_few(*count));
        self.watched.sexes.iter_mut().for_each(hide);
        self.watched.groups.values_mut().for_each(hide);
        for one in self.incidence.iter_mut().filter(|one| is_few(one.hurt)) {
            (one.hurt, one.rates, one.burden) = (0, [Rates::default(); 3], None);
            one.hidden = true;
            self.times
                .retain(|times| times.definition != one.definition);
        }
    }

    /// Tells what was planned from what is looked at afterwards: only planned rules share their q.
    pub fn tell_planned(&mut self, rules: &[String], definitions: &[String]) {
        let is_in = |list: &[String], id: &str| Some(list.iter().any(|planned| planned == id));
        for one in &mut self.incidence {
            one.planned = is_in(definitions, one.definition.id());
        }
        for one in &mut self.crossover {
            one.planned = is_in(rules, one.pattern.rule);
            one.q = None;
        }
        set_q(&mut self.crossover);
    }

    /// Of these runners, by name.
    pub fn of(members: &[Member]) -> Study {
        let mut members: Vec<&Member> = members.iter().collect();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        let definitions = || Definition::ALL.iter().copied().enumerate();
        Study {
            watched: watched(&members),
            seen: members.iter().map(|one| seen(one)).collect(),
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
    Watched {
        people: members.len(),
        sexes: SEXES.map(|sex| {
            Some(
                members
                    .iter()
                    .filter(|member| member.person.sex == sex)
                    .count(),
            )
        }),
        groups: groups(members),
        birth_years: birth_years(members),
        days: sum(members, |member| member.follow_up.days),
        covered: sum(members, |member| member.follow_up.covered()),
        logged: sum(members, |member| member.follow_up.logged()),
        exposure: exposure(members),
        weeks: quartiles(members, weeks),
        km_a_week: quartiles(members, km_a_week),
        runs_a_week: quartiles(members, runs_a_week),
        share_logged: quartiles(members, share_logged),
        by_week: by_week(members),
    }
}

fn seen(member: &Member) -> (String, Vec<Seen>) {
    (member.name.clone(), member.follow_up.weeks.clone())
}

/// In the order of [`Watched::sexes`].
const SEXES: [Option<Sex>; 3] = [Some(Sex::Female), Some(Sex::Male), None];

fn groups(members: &[&Member]) -> BTreeMap<String, Option<usize>> {
    let mut groups = BTreeMap::new();
    for group in members
        .iter()
        .filter_map(|member| member.person.group.clone())
    {
        let count = groups.entry(group).or_insert(Some(0));
        *count = count.map(|count| count + 1);
    }
    groups
}

fn birth_years(members: &[&Member]) -> Option<[f64; 3]> {
    let known = members.iter().filter_map(|member| member.person.birth_year);
    let known: Vec<f64> = known.map(f64::from).collect();
    let at = |share: f64| quantile(&known, share);
    Some([at(0.25)?, at(0.5)?, at(0.75)?])
}

fn sum(members: &[&Member], of: fn(&Member) -> u32) -> u64 {
    members.iter().map(|member| u64::from(of(member))).sum()
}

fn exposure(members: &[&Member]) -> Exposure {
    let own = members.iter().map(|member| &member.exposure);
    own.fold(Exposure::default(), Exposure::plus)
}

/// Each runner's own, so that who was watched longer weighs no more.
fn quartiles(members: &[&Member], of: fn(&Member) -> f64) -> Option<[f64; 3]> {
    let own: Vec<f64> = members.iter().map(|member| of(member)).collect();
    let at = |share: f64| quantile(&own, share);
    Some([at(0.25)?, at(0.5)?, at(0.75)?])
}

fn weeks(member: &Member) -> f64 {
    f64::from(member.follow_up.days) / 7.0
}

fn km_a_week(member: &Member) -> f64 {
    member.exposure.distance_m / 1000.0 / weeks(member)
}

fn runs_a_week(member: &Member) -> f64 {
    f64::from(member.exposure.runs) / weeks(member)
}

fn share_logged(member: &Member) -> f64 {
    f64::from(member.follow_up.logged()) / f64::from(member.follow_up.days)
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
    let told = telling(place, members);
    let events: usize = told.iter().map(|(_, own)| own.days.len()).sum();
    let hurt = told.iter().filter(|(_, own)| !own.days.is_empty()).count();
    let all = added(&told, |member, _| member.exposure);
    Incidence {
        definition,
        people: told.len(),
        hurt,
        rates: [
            rates(events, &all),
            // A first injury is set against what was run before it, a later one against the rest.
            rates(hurt, &added(&told, |_, own| own.exposure_before)),
            rates(events - hurt, &added(&told, after_first)),
        ],
        burden: burden(days_hurt(&told), all.thousand_hours()),
        hidden: false,
        planned: None,
    }
}

/// A runner whose log can tell, and their injuries.
type Telling<'m> = (&'m Member, &'m Injuries);

fn telling<'m>(place: usize, members: &[&'m Member]) -> Vec<Telling<'m>> {
    let own = members
        .iter()
        .map(|member| (*member, &member.injuries[place]));
    own.filter(|(_, injuries)| injuries.can_tell).collect()
}

fn added(told: &[Telling], of: fn(&Member, &Injuries) -> Exposure) -> Exposure {
    let own = told.iter().map(|(member, injuries)| of(member, injuries));
    own.fold(Exposure::default(), |sum, own| sum.plus(&own))
}

fn after_first(member: &Member, injuries: &Injuries) -> Exposure {
    member.exposure.less(&injuries.exposure_before)
}

fn days_hurt(told: &[Telling]) -> u32 {
    told.iter().map(|(_, own)| own.days_hurt).sum()
}

/// Days hurt by thousand hours. None without any.
fn burden(days: u32, thousand_hours: f64) -> Option<f64> {
    (thousand_hours > 0.0).then(|| f64::from(days) / thousand_hours)
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
    Times {
        definition,
        people: survival.all(),
        steps: survival.curve(),
        at_risk: at_risk(&survival),
    }
}

/// Every 28 days, in longer studies every 56, 84 …, and the last day.
fn at_risk(survival: &Survival) -> Vec<(u32, u64)> {
    let Some(last) = survival.last_day() else {
        return Vec::new();
    };
    let every = AT_RISK_EVERY * (1 + last / (AT_RISK_EVERY * AT_RISK_MOST));
    let days = (0..last).step_by(every as usize).chain([last]);
    days.map(|day| (day, survival.at_risk_after(day))).collect()
}

/// All places together first, then each; the clearest of each first.
fn crossover(members: &[&Member]) -> Vec<Crossover> {
    let sets = sets(members).into_iter();
    let mut found: Vec<Crossover> = sets.map(|(pattern, sets)| one(pattern, &sets)).collect();
    set_q(&mut found);
    found.sort_by(by_place_and_p);
    found
}

fn sets(members: &[&Member]) -> BeforeOnset {
    let mut sum = BeforeOnset::new();
    for (pattern, sets) in members.iter().flat_map(|member| &member.before_onset) {
        sum.entry(*pattern).or_default().add_all(sets);
    }
    sum
}

fn one(pattern: Pattern, sets: &Sets) -> Crossover {
    Crossover {
        pattern,
        sets: sets.len(),
        odds: sets.odds_ratio().filter(|odds| odds.telling >= TELLING_MIN),
        q: None,
        planned: None,
    }
}

/// Single places are description: their tests would cost the others their q.
fn is_at_all_places(one: &Crossover) -> bool {
    one.pattern.site.is_none()
}

fn set_q(found: &mut [Crossover]) {
    let is_tested = |one: &Crossover| is_at_all_places(one) && one.planned != Some(false);
    let p = |one: &Crossover| is_tested(one).then_some(one.odds?.p);
    give_q(found, p, |one, q| one.q = Some(q));
}

/// Above all others where there is none.
fn p_of(one: &Crossover) -> f64 {
    one.odds.map_or(2.0, |odds| odds.p)
}

fn by_place_and_p(a: &Crossover, b: &Crossover) -> Ordering {
    let by_p = p_of(a).total_cmp(&p_of(b));
    let by_place = a.pattern.site.cmp(&b.pattern.site);
    by_place.then(by_p).then(a.pattern.cmp(&b.pattern))
}
