//! Several runners: does pain move with the load before it within the runners? (statistics.md F.7)
//!
//! Four pairs fixed in advance, the single runner's family with places put together: runners do not hurt at the same place, so
//! the pain of a day is the highest rating over all places, and for hills the highest over the places that hills are held
//! against. Each runner is compared with their own other days alone; levels are taken out, and no figure is about one runner.

use super::{
    ASCENT_3, ASCENT_SITES, Compared, DESCENT_3, DESCENT_SITES, DISTANCE_1, DISTANCE_3, Exposure, GATES, compare,
    daily_pain, log_coverage, signed,
};
use crate::{
    model::History,
    pain::{Entry, PainLog, Site, is_all_clear},
    stats::{
        both_known,
        fdr::benjamini_hochberg,
        rmcorr::rmcorr,
        within_shift::{DailySeries, within_shift},
    },
    units::counted,
};
use serde::Serialize;

/// Runners with the days for a test, before it is made. Below three there is hardly a cohort to speak of.
pub const RUNNERS_MIN: usize = 3;

/// Every runner beside every other.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Remark {
    /// The folder's name.
    pub runner: String,
    /// What, in words that follow the name and a colon.
    pub what: String,
}

impl Remark {
    /// A remark.
    pub fn new(runner: &str, what: impl Into<String>) -> Self {
        Remark { runner: runner.to_string(), what: what.into() }
    }
}

/// One pain and one load over all runners.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pooled {
    /// Whose highest rating the day's pain is: `any_place`, `knee` (knee, kneecap, quad, outer knee) or `calf` (calf, Achilles, foot).
    pub pain: &'static str,
    /// The load, as [`super::Association::exposure`].
    pub exposure: &'static str,
    /// Runners who take part: those with enough days of their own.
    pub runners: usize,
    /// Their logged days with a known load.
    pub n: usize,
    /// What those are worth in independent days: the runners' effective numbers added up. None without a runner.
    pub n_eff: Option<f64>,
    /// Repeated-measures correlation (Bakdash & Marusich 2017), −1 to 1. None below [`RUNNERS_MIN`] runners.
    pub r: Option<f64>,
    /// Lower end of its 95 % interval, which takes days for independent: too narrow if days are alike.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// Days less runners less 1.
    pub degrees_of_freedom: Option<usize>,
    /// Points of pain for one metre more.
    pub slope_per_m: Option<f64>,
    /// p by turning each runner's load, two-sided, at least 0.0001. None where r is.
    pub p: Option<f64>,
    /// Benjamini–Hochberg q over all tests of the report. None where p is.
    pub q: Option<f64>,
    /// q ≤ 0.10, |r| ≥ 0.3 and n_eff ≥ 15, as for one runner.
    pub flagged: bool,
    /// Why there is no r, in words. None when there is one.
    pub gate: Option<String>,
    /// Each runner's own figures, by name.
    pub own: Vec<Own>,
}

/// What one runner shows alone. Never tested: these are for seeing how far runners differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Own {
    /// The folder's name.
    pub runner: String,
    /// Logged days with a known load.
    pub n: usize,
    /// Effective number of independent days. None below 14 days.
    pub n_eff: Option<f64>,
    /// Spearman's rho. None below 14 days, or when either side is constant.
    pub rho: Option<f64>,
    /// Lower end of its 95 % Bonett–Wright interval with n_eff.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// Whether a season trend was taken out of both series first.
    pub detrended: bool,
    /// rho of pain with the distance of the three days after it. Negative: less running after pain.
    pub reverse_rho: Option<f64>,
    /// Why the runner takes no part in this pair. None: takes part.
    pub gate: Option<String>,
}

/// One runner, read and reduced to what the pairs need.
#[derive(Debug, Clone, PartialEq)]
pub struct Runner {
    name: String,
    days_logged: usize,
    days_covered: usize,
    /// In the order of the family; None when the pain was never rated.
    pairs: Vec<Option<(Own, DailySeries)>>,
}

/// A pair of the family.
struct Member {
    pain: &'static str,
    /// None: every limb and the lower back.
    sites: Option<&'static [Site]>,
    scores: &'static str,
    title: &'static str,
    exposure: &'static Exposure,
}

const FAMILY: [Member; 4] = [
    Member { pain: "any_place", sites: None, scores: ANYWHERE, title: "Any place", exposure: &DISTANCE_1 },
    Member { pain: "any_place", sites: None, scores: ANYWHERE, title: "Any place", exposure: &DISTANCE_3 },
    Member {
        pain: "knee",
        sites: Some(DESCENT_SITES),
        scores: "the runners' knee, kneecap, quad and outer knee scores",
        title: "Knee and quad",
        exposure: &DESCENT_3,
    },
    Member {
        pain: "calf",
        sites: Some(ASCENT_SITES),
        scores: "the runners' calf, Achilles and foot scores",
        title: "Calf and foot",
        exposure: &ASCENT_3,
    },
];

const ANYWHERE: &str = "the runners' highest scores of the day";

/// Reduces one runner to the family's series. Dates, places and files go no further than this.
pub fn runner(name: &str, history: &History, pain: &PainLog) -> Runner {
    let days = history.days_until(history.as_of, usize::MAX);
    let log = log_coverage(history, pain);
    let pair = |member: &Member| {
        let series = daily_pain(pain, days, |entry| rating(entry, member.sites))?;
        let found = compare(days, &series, member.exposure, log)?;
        Some((own(name, &found), DailySeries { load: found.load, pain: found.pain }))
    };
    let covered = || history.days.iter().filter(|day| day.covered);
    Runner {
        name: name.to_string(),
        days_logged: covered().filter(|day| day.pain_max.is_some()).count(),
        days_covered: covered().count(),
        pairs: FAMILY.iter().map(pair).collect(),
    }
}

/// Puts the runners together. Those who take part in no pair join `left_out`.
pub fn cohort(mut runners: Vec<Runner>, mut left_out: Vec<Remark>, mut noted: Vec<Remark>) -> Cohort {
    runners.sort_by(|a, b| a.name.cmp(&b.name));
    take_out_copies(&mut runners, &mut left_out);
    let (runners, idle): (Vec<Runner>, Vec<Runner>) = runners.into_iter().partition(Runner::takes_part);
    left_out.extend(idle.iter().map(|runner| Remark::new(&runner.name, runner.why_not())));
    left_out.sort();
    noted.sort();
    let mut pairs: Vec<Pooled> =
        FAMILY.iter().enumerate().map(|(index, member)| pooled(member, index, &runners, &idle)).collect();
    let p: Vec<f64> = pairs.iter().filter_map(|pair| pair.p).collect();
    let tested = pairs.iter_mut().filter(|pair| pair.p.is_some());
    for (pair, q) in tested.zip(benjamini_hochberg(&p)) {
        pair.q = Some(q);
        pair.flagged = q <= GATES.q_max
            && pair.r.is_some_and(|r| r.abs() >= GATES.rho_min)
            && pair.n_eff.is_some_and(|n_eff| n_eff >= GATES.n_eff_min);
    }
    Cohort {
        days_logged: runners.iter().map(|runner| runner.days_logged).sum(),
        days_covered: runners.iter().map(|runner| runner.days_covered).sum(),
        runners: runners.into_iter().map(|runner| runner.name).collect(),
        left_out,
        noted,
        tests: p.len(),
        pairs,
    }
}

/// `Any place`: the heading of a pair's pain.
pub fn pain_title(pair: &Pooled) -> &'static str {
    member(pair).title
}

/// What the reader reads about one pair.
pub fn sentence(pair: &Pooled) -> String {
    let Member { scores, exposure, .. } = member(pair);
    let noun = exposure.noun;
    let (Some(r), Some(q)) = (pair.r, pair.q) else {
        let gate = pair.gate.as_deref().unwrap_or("the two cannot be compared");
        return format!("Too little to say about {scores} and {noun}: {gate}.");
    };
    let (figures, n_eff) = (figures(pair, r, q), pair.n_eff.unwrap_or(0.0));
    let text = if pair.flagged {
        let direction = if r > 0.0 { "higher" } else { "lower" };
        let opening = exposure.opening;
        format!("{opening} {scores} tended to be {direction} ({figures}). That is a pattern, not a proof of cause.")
    } else if q > GATES.q_max {
        format!(
            "Between {noun} and {scores} nothing stands out from chance ({figures}). That does not mean there is no link."
        )
    } else if n_eff < GATES.n_eff_min {
        let needed = GATES.n_eff_min;
        format!(
            "There may be a link between {noun} and {scores} ({figures}), but neighbouring days are so alike that they count \
             as {n_eff:.0}, and {needed:.0} are needed to say more."
        )
    } else {
        format!("Between {noun} and {scores} there is only a slight link ({figures}): too little to make much of.")
    };
    format!("{text} {}", own_text(pair, r))
}

impl Runner {
    fn takes_part(&self) -> bool {
        self.pairs.iter().flatten().any(|(own, _)| own.gate.is_none())
    }

    /// Why the runner takes part in nothing: what the first pair lacks.
    fn why_not(&self) -> String {
        let gate = self.pairs.iter().flatten().find_map(|(own, _)| own.gate.clone());
        gate.unwrap_or_else(|| "the pain log has no rating on a day of the recordings".to_string())
    }
}

/// The same recordings and ratings under two names are one runner: days that are counted twice would look like more evidence.
fn take_out_copies(runners: &mut Vec<Runner>, left_out: &mut Vec<Remark>) {
    let mut kept: Vec<Runner> = Vec::with_capacity(runners.len());
    for runner in runners.drain(..) {
        let series =
            |runner: &Runner| runner.pairs.iter().flatten().map(|(_, series)| series.clone()).collect::<Vec<_>>();
        match kept.iter().find(|other| runner.takes_part() && series(other) == series(&runner)) {
            Some(other) => {
                left_out.push(Remark::new(&runner.name, format!("the same runs and ratings as {}", other.name)))
            }
            None => kept.push(runner),
        }
    }
    *runners = kept;
}

/// The rating, 0–10, that a row gives these places together, None for all limbs and the lower back. An all-clear is zero for all.
/// Ratings that came from words take no part.
fn rating(entry: &Entry, sites: Option<&[Site]>) -> Option<f64> {
    let counts = match sites {
        None => entry.site.is_none_or(Site::is_limb),
        Some(sites) => entry.site.is_some_and(|site| sites.contains(&site)),
    };
    entry.pain.filter(|_| !entry.approximate && (counts || is_all_clear(entry)))
}

fn own(name: &str, found: &Compared) -> Own {
    Own {
        runner: name.to_string(),
        n: found.n,
        n_eff: found.n_eff,
        rho: found.rho,
        ci_low: found.interval.map(|ends| ends.low),
        ci_high: found.interval.map(|ends| ends.high),
        detrended: found.detrended,
        reverse_rho: found.reverse_rho,
        gate: found.gate.clone(),
    }
}

/// One pair of the family. `idle` runners are listed and not counted.
fn pooled(member: &Member, index: usize, runners: &[Runner], idle: &[Runner]) -> Pooled {
    let found = |runner: &Runner| runner.pairs.get(index).cloned().flatten();
    let all: Vec<(Own, DailySeries)> = runners.iter().filter_map(found).collect();
    let taking_part: Vec<&(Own, DailySeries)> = all.iter().filter(|(own, _)| own.gate.is_none()).collect();
    let series: Vec<DailySeries> = taking_part.iter().map(|(_, series)| series.clone()).collect();
    let n_eff = taking_part.iter().filter_map(|(own, _)| own.n_eff).reduce(|sum, n_eff| sum + n_eff);
    let enough = series.len() >= RUNNERS_MIN;
    let effect = if enough { rmcorr(&rows(&series)) } else { None };
    let test = effect.and_then(|_| within_shift(&series));
    let gate = match (series.len(), test) {
        (0, _) => Some(format!("no runner has the days for it, {RUNNERS_MIN} are needed")),
        (count, _) if !enough => {
            Some(format!("{} the days for it, {RUNNERS_MIN} are needed", counted(count, "runner has", "runners have")))
        }
        (_, None) => Some("the load or the scores are the same every day".to_string()),
        (_, Some(_)) => None,
    };
    let interval = effect.and_then(|effect| effect.interval);
    let (runners, n) = (series.len(), taking_part.iter().map(|(own, _)| own.n).sum());
    let mut own: Vec<Own> = all.into_iter().chain(idle.iter().filter_map(found)).map(|(own, _)| own).collect();
    own.sort_by(|a, b| a.runner.cmp(&b.runner));
    Pooled {
        pain: member.pain,
        exposure: member.exposure.id,
        runners,
        n,
        n_eff,
        r: effect.map(|effect| effect.r),
        ci_low: interval.map(|ends| ends.low),
        ci_high: interval.map(|ends| ends.high),
        degrees_of_freedom: effect.map(|effect| effect.degrees_of_freedom),
        slope_per_m: effect.map(|effect| effect.slope),
        p: test.map(|test| test.p),
        q: None,
        flagged: false,
        gate,
        own,
    }
}

/// Runner, load and pain of every day with both.
fn rows(series: &[DailySeries]) -> Vec<(usize, f64, f64)> {
    let one = |(runner, series): (usize, &DailySeries)| {
        let (load, pain) = both_known(&series.load, &series.pain);
        load.into_iter().zip(pain).map(move |(load, pain)| (runner, load, pain)).collect::<Vec<_>>()
    };
    series.iter().enumerate().flat_map(one).collect()
}

fn member(pair: &Pooled) -> &'static Member {
    let found = FAMILY.iter().find(|member| (member.pain, member.exposure.id) == (pair.pain, pair.exposure));
    found.unwrap_or(&FAMILY[0])
}

/// `r 0.41, range 0.3 to 0.5 that is too narrow if days are alike, 5 runners, 420 days, q 0.04`.
fn figures(pair: &Pooled, r: f64, q: f64) -> String {
    let mut parts = vec![format!("r {}", signed(r, 2))];
    if let (Some(low), Some(high)) = (pair.ci_low, pair.ci_high) {
        parts.push(format!("range {} to {}, too narrow if days are alike", signed(low, 2), signed(high, 2)));
    }
    parts.push(counted(pair.runners, "runner", "runners"));
    parts.push(counted(pair.n, "day", "days"));
    parts.push(if q < 0.005 { "q below 0.01".to_string() } else { format!("q {q:.2}") });
    parts.join(", ")
}

/// How far the runners agree, and whether they ran less after pain.
fn own_text(pair: &Pooled, r: f64) -> String {
    let taking_part = || pair.own.iter().filter(|own| own.gate.is_none());
    let alike = taking_part().filter(|own| own.rho.is_some_and(|rho| (rho > 0.0) == (r > 0.0) && rho != 0.0)).count();
    let less = taking_part().filter(|own| own.reverse_rho.is_some_and(|rho| rho <= -super::REVERSE_RHO_MIN)).count();
    let seasons = taking_part().filter(|own| own.detrended).count();
    let mut text = format!("Alone, {alike} of {} runners point the same way.", pair.runners);
    if seasons > 0 {
        let whose = counted(seasons, "runner", "runners");
        text.push_str(&format!(" Of {whose} a season trend was taken out of both first."));
    }
    if less > 0 {
        let who = counted(less, "runner", "runners");
        text.push_str(&format!(" {who} ran less in the days after it hurt, which can hide or flip such a link."));
    }
    text
}
