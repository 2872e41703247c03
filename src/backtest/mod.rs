//! The personal backtest: did the patterns that niggle flags come before this runner's pain?
//!
//! A look back, made of few choices fixed in advance: for every rule of [`patterns::in_force`] and every place that hurt, the
//! rate of new spells ([`onsets`]) on the day of a flag and in the seven days after it ([`flags`]) against the other logged days
//! on which one could have begun. It says how flags and pain fell together so far and nothing about the next run.

pub mod before;
pub mod flags;
pub mod hits;
pub mod onsets;
pub mod patterns;
pub mod verdict;
pub mod watch;

use crate::{
    associate::{self, Association},
    model::Day,
    pain::{Side, Site, logged_days},
    rules::{Context, Finding, shoe_distance},
    stats::{
        event_shift::{Flag, Seen, counts, event_shift},
        fdr::{benjamini_hochberg, largest_p},
        one_spell::without_each,
        rate_ratio::{RateRatio, rate_ratio},
    },
    time::plus_days,
};
use before::Before;
use chrono::NaiveDate;
use flags::AFTER_DAYS;
use hits::{Hits, NEAR_DAYS};
use onsets::Onsets;
use patterns::Counted;
use std::ops::Range;
use verdict::{Basis, GATES, Verdict};

/// Everything that was looked back on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Backtest {
    /// Every rule that was ever flagged at every place that ever began to hurt, by place and then in the order of the handbook.
    pub pairs: Vec<Pair>,
    /// The days before each new spell, by place.
    pub before: Vec<Before>,
    /// Tests in the one family of the report: these and the associations.
    pub tests: usize,
}

/// One rule at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The rule's id.
    pub rule: &'static str,
    /// Where.
    pub site: Site,
    /// Which side; None when the log gives none.
    pub side: Option<Side>,
    /// Findings of the rule whose days or the days after them lie on the calendar of the place.
    pub flags: usize,
    /// New spells at the place.
    pub onsets: usize,
    /// New spells on the day of a flag, after its run, or in the seven days after it.
    pub flagged_onsets: u32,
    /// Logged days at risk on the day of a flag, where it has a run, or in the seven days after it.
    pub flagged_days: u32,
    /// New spells on other days.
    pub other_onsets: u32,
    /// Other logged days at risk.
    pub other_days: u32,
    /// Rate after flags by rate on other days. None without events or days, and when no spell fell on other days.
    pub rate_ratio: Option<f64>,
    /// Lower end of its 95 % mid-P interval.
    pub ci_low: Option<f64>,
    /// Upper end; None also when no spell fell on other days.
    pub ci_high: Option<f64>,
    /// Exact circular-shift p, two-sided. None where a gate was not passed.
    pub p: Option<f64>,
    /// Benjamini–Hochberg q over all tests of the report. None where p is.
    pub q: Option<f64>,
    /// The largest p when any one spell after a flag is left out. None where nothing hangs on it: not tested, p above
    /// [`verdict::GATES`]' largest q, or an interval that is not above 1.
    pub p_without_one: Option<f64>,
    /// What it comes to.
    pub verdict: Verdict,
    /// Whether the verdict would be another without one of its spells. None without a verdict.
    pub rests_on_one: Option<bool>,
    /// How many spells began within a day of a flag. None when of no spell that is known.
    pub hits: Option<Hits>,
    /// Why there is no p, in words. None when it was tested.
    pub gate: Option<String>,
    /// Logged days that would probably do where it cannot be judged yet, at the pace so far ([`verdict::more_days`]).
    pub more_logged_days: Option<u32>,
}

/// Looks back on every rule and place. The q values stand alone until [`one_family`] is asked.
///
/// Empty when no limb was ever rated above zero.
pub fn backtest(ctx: &Context, findings: &[Finding]) -> Backtest {
    let findings = &looked_back(ctx, findings);
    let places = begun_places(ctx);
    let mut backtest = Backtest {
        pairs: pairs(ctx, findings, &places),
        before: places
            .iter()
            .map(|onsets| before::before(ctx.history, onsets))
            .collect(),
        tests: 0,
    };
    one_family(&mut [], &mut backtest);
    backtest
}

/// The places at which a spell ever began.
fn begun_places(ctx: &Context) -> Vec<Onsets> {
    let places = onsets::places(ctx.pain, ctx.history.as_of).into_iter();
    let rated = places.filter_map(|place| onsets::onsets(ctx.history, ctx.pain, place));
    rated.filter(|onsets| !onsets.dates().is_empty()).collect()
}

/// Every rule that was ever flagged beside every place.
fn pairs(ctx: &Context, findings: &[Finding], places: &[Onsets]) -> Vec<Pair> {
    let as_of = ctx.history.as_of;
    let days = ctx.history.days_until(as_of, usize::MAX);
    let flags = flags_of_each(ctx, findings, days);
    let logged = logged_days(ctx.pain).range(..=as_of).count();
    let mut pairs = Vec::new();
    for onsets in places {
        for flagged in &flags {
            let raised = flagged.raised_within(findings, as_of, onsets);
            pairs.push(pair(
                &flagged.on_calendar(days, onsets),
                onsets,
                raised,
                logged,
            ));
        }
    }
    pairs
}

/// A rule that was ever flagged, and the days of its flags on one calendar.
struct Flagged {
    counted: Counted,
    /// A flag's day and the [`AFTER_DAYS`] after it.
    after: Vec<Option<Flag>>,
    /// A flag's day and the [`NEAR_DAYS`] after it.
    near: Vec<Option<Flag>>,
}

fn flags_of_each(ctx: &Context, findings: &[Finding], days: &[Day]) -> Vec<Flagged> {
    let is_found = |rule: &str| findings.iter().any(|finding| finding.rule == rule);
    let rules = patterns::in_force(ctx.limits).into_iter();
    let flagged = |counted: Counted| Flagged {
        after: flags::after_flags(&counted, findings, days, AFTER_DAYS),
        near: flags::after_flags(&counted, findings, days, NEAR_DAYS),
        counted,
    };
    rules
        .filter(|counted| is_found(counted.rule.id))
        .map(flagged)
        .collect()
}

impl Flagged {
    /// The same on the calendar of a place.
    fn on_calendar(&self, days: &[Day], onsets: &Onsets) -> Flagged {
        let laid = |flags: &[Option<Flag>]| {
            flags::on_calendar(flags, days, onsets.first, onsets.by_day.len())
        };
        Flagged {
            counted: self.counted,
            after: laid(&self.after),
            near: laid(&self.near),
        }
    }

    /// How many flags were up while the place was logged, or in the days before it that count.
    fn raised_within(&self, findings: &[Finding], as_of: NaiveDate, onsets: &Onsets) -> usize {
        let (first, last) = (onsets.first, onsets.last());
        let raised = flags::raised(&self.counted, findings, as_of);
        let is_within =
            |(up, to): &&(NaiveDate, NaiveDate)| *up <= last && plus_days(*to, AFTER_DAYS) >= first;
        raised.iter().filter(is_within).count()
    }
}

/// The findings that a look back rests on: those of the report; and those about shoes as they would have been on each day,
/// as the report itself has no word for a pair that is retired by now.
fn looked_back(ctx: &Context, findings: &[Finding]) -> Vec<Finding> {
    let is_other = |finding: &&Finding| finding.rule != shoe_distance::RULE.id;
    let others = findings.iter().filter(is_other).cloned();
    others.chain(shoe_distance::of_every_pair(ctx)).collect()
}

/// q for everything the report prints, associations and backtests together, and the flags and verdicts that follow. Returns
/// the number of tests (src/method/statistics.md, One family).
pub fn one_family(associations: &mut [Association], backtest: &mut Backtest) -> usize {
    let p = all_p(associations, &backtest.pairs);
    let mut q = benjamini_hochberg(&p).into_iter();
    for pair in associations.iter_mut().filter(|pair| pair.p.is_some()) {
        associate::set_q(pair, q.next());
    }
    for pair in backtest.pairs.iter_mut().filter(|pair| pair.p.is_some()) {
        pair.set_q(q.next());
    }
    hold_without_one(&p, associations, backtest);
    backtest.tests = p.len();
    p.len()
}

/// Whether each verdict would be the same without one of its spells, in the family of these p.
fn hold_without_one(p: &[f64], associations: &[Association], backtest: &mut Backtest) {
    let before = associations.iter().filter(|pair| pair.p.is_some()).count();
    let tested = backtest.pairs.iter_mut().filter(|pair| pair.p.is_some());
    for (index, pair) in (before..).zip(tested) {
        pair.rests_on_one = rests_on_one(pair, |without| {
            let mut family = p.to_vec();
            family
                .iter_mut()
                .skip(index)
                .take(1)
                .for_each(|p| *p = without);
            benjamini_hochberg(&family).get(index).copied()
        });
    }
}

/// `q_of` gives the pair's q for another p of its own. None without a verdict.
fn rests_on_one(pair: &Pair, q_of: impl Fn(f64) -> Option<f64>) -> Option<bool> {
    let q = match pair.p_without_one {
        Some(p) => q_of(p)?,
        None => pair.q?,
    };
    let without = verdict::without_one(pair.verdict, pair.counts(), q);
    (pair.verdict != Verdict::CannotBeJudged).then_some(without != pair.verdict)
}

/// The largest p with the q of a flag in that family. None when none has.
pub fn bar(associations: &[Association], backtest: &Backtest) -> Option<f64> {
    largest_p(
        &all_p(associations, &backtest.pairs),
        associate::GATES.flag_q_max,
    )
}

fn all_p(associations: &[Association], pairs: &[Pair]) -> Vec<f64> {
    let of_associations = associations.iter().filter_map(|pair| pair.p);
    let of_rules = pairs.iter().filter_map(|pair| pair.p);
    of_associations.chain(of_rules).collect()
}

fn verdict_of(pair: &Pair) -> Verdict {
    let tested = rate_ratio(pair.counts()).zip(pair.q);
    tested.map_or(Verdict::CannotBeJudged, |(ratio, q)| {
        verdict::verdict(q, &ratio)
    })
}

impl Pair {
    /// The events and days it compares.
    pub fn counts(&self) -> crate::stats::rate_ratio::Counts {
        crate::stats::rate_ratio::Counts {
            flagged_events: self.flagged_onsets,
            flagged_days: self.flagged_days,
            other_events: self.other_onsets,
            other_days: self.other_days,
        }
    }

    fn set_q(&mut self, q: Option<f64>) {
        self.q = q;
        self.verdict = verdict_of(self);
        if self.verdict != Verdict::CannotBeJudged {
            self.more_logged_days = None;
        }
    }
}

/// `flagged` lies on the calendar of `onsets`; `raised` counts the rule's findings there, `logged` all logged days.
fn pair(flagged: &Flagged, onsets: &Onsets, raised: usize, logged: usize) -> Pair {
    let counts = counts(&flagged.after, &onsets.by_day);
    let basis = Basis {
        flags: raised,
        onsets: onsets.dates().len(),
        counts,
    };
    let gate = verdict::closed_gate(&basis);
    let ratio = rate_ratio(counts);
    let p = p_behind(&gate, &flagged.after, onsets);
    Pair {
        rule: flagged.counted.rule.id,
        site: onsets.place.0,
        side: onsets.place.1,
        flags: basis.flags,
        onsets: basis.onsets,
        flagged_onsets: counts.flagged_events,
        flagged_days: counts.flagged_days,
        other_onsets: counts.other_events,
        other_days: counts.other_days,
        rate_ratio: ratio.and_then(|ratio| ratio.ratio),
        ci_low: ratio.map(|ratio| ratio.low),
        ci_high: ratio.and_then(|ratio| ratio.high),
        p,
        q: None,
        p_without_one: p_without_one(p, ratio, &flagged.after, onsets),
        verdict: Verdict::CannotBeJudged,
        rests_on_one: None,
        hits: hits::hits(&flagged.near, &onsets.by_day),
        gate,
        more_logged_days: verdict::more_days(&basis, logged),
    }
}

/// None behind a closed gate.
fn p_behind(gate: &Option<String>, flags: &[Option<Flag>], onsets: &Onsets) -> Option<f64> {
    match gate {
        Some(_) => None,
        None => event_shift(flags, &onsets.by_day).map(|test| test.p),
    }
}

/// The largest p when one of the spells after a flag is left out. None where the pair cannot fit: a q is never below its p.
fn p_without_one(
    p: Option<f64>,
    ratio: Option<RateRatio>,
    flags: &[Option<Flag>],
    onsets: &Onsets,
) -> Option<f64> {
    let (p, ratio) = p.zip(ratio)?;
    let spells = after_a_flag(flags, onsets);
    let p_of = |left: &[Option<Seen>]| event_shift(flags, left).map_or(1.0, |test| test.p);
    (p <= GATES.q_max && ratio.low > 1.0).then(|| {
        let without = without_each(&onsets.by_day, &spells, p_of).into_iter();
        without.fold(p, f64::max)
    })
}

/// The day of each spell that is counted after a flag.
fn after_a_flag(flags: &[Option<Flag>], onsets: &Onsets) -> Vec<Range<usize>> {
    let days = flags.iter().zip(&onsets.by_day).enumerate();
    let counted = days.filter(|(_, (flag, seen))| counts(&[**flag], &[**seen]).flagged_events > 0);
    counted.map(|(day, _)| day..day + 1).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{
        associate::tests::history,
        model::History,
        pain::{Entry, Moment, PainLog},
        rules::fixture::finding,
        stats::random::Lcg,
        time::{days_between, plus_days},
        units::Units,
    };

    /// The look back on a report without options.
    pub(crate) fn look_back(history: &History, pain: &PainLog, findings: &[Finding]) -> Backtest {
        backtest(&Context::new(history, pain, Units::Km), findings)
    }

    /// Days of running, a log of a left knee with spells of one day on `onsets`, and single-run spikes on `flags`.
    pub(crate) fn runner(
        days: usize,
        onsets: &[i64],
        flags: &[i64],
    ) -> (History, PainLog, Vec<Finding>) {
        let history = history(&vec![Some(5000.0); days]);
        let first = history.days[0].date;
        let knee = |day: &crate::model::Day| {
            let hurts = onsets.contains(&days_between(first, day.date));
            let (site, side) = if hurts {
                (Site::Knee, Some(Side::Left))
            } else {
                (Site::None, None)
            };
            Entry {
                site: Some(site),
                side,
                pain: Some(if hurts { 3.0 } else { 0.0 }),
                ..Entry::on(day.date)
            }
        };
        let entries = history.days.iter().map(knee).collect();
        let spike = |day: &i64| {
            finding(
                "single-run-spike",
                plus_days(first, *day),
                plus_days(first, *day),
            )
        };
        let flags = flags.iter().map(spike).collect();
        (
            history,
            PainLog {
                entries,
                ..PainLog::default()
            },
            flags,
        )
    }

    #[test]
    fn spells_after_flags_are_counted_against_the_other_days() {
        // A flag every 30 days from day 40; a spell two days after each of the first five, none elsewhere.
        let flags = [40, 70, 100, 130, 160, 190];
        let onsets: Vec<i64> = flags[..5].iter().map(|day| day + 2).collect();
        let (history, pain, findings) = runner(210, &onsets, &flags);
        let found = look_back(&history, &pain, &findings);
        let [pair] = &found.pairs[..] else {
            panic!("{found:?}")
        };
        assert_eq!(
            (pair.rule, pair.site, pair.flags, pair.onsets),
            ("single-run-spike", Site::Knee, 6, 5)
        );
        // After each of five flags: its day and the first after it, then the spell; then seven days without a week free of pain. The
        // sixth has its day and all its seven days. From day 28 on: 182 days, less 8 for each of 6 flags, less two days each (8 and 9
        // days after the flag) in which no spell could begin.
        assert_eq!((pair.flagged_onsets, pair.flagged_days), (5, 5 * 3 + 8));
        assert_eq!((pair.other_onsets, pair.other_days), (0, 182 - 48 - 5 * 2));
        // Two days after a flag is not within a day of it.
        let hits = pair.hits.expect("spells on known days");
        assert_eq!((hits.near, hits.spells), (0, 5));
        assert_eq!((pair.rate_ratio, pair.ci_high), (None, None));
        assert!(pair.ci_low.is_some_and(|low| low > 1.0), "{pair:?}");
        // Flags 30 days apart on 210 days: 7 shifts of 30 days; only the observed one and its near neighbours fit as well.
        assert!(pair.p.is_some_and(|p| p < 0.05), "{pair:?}");
        assert_eq!(
            (pair.verdict, pair.q, pair.more_logged_days),
            (Verdict::Fits, pair.p, None)
        );
        assert_eq!(pair.rests_on_one, Some(false));
        assert!(pair.p_without_one >= pair.p, "{pair:?}");
        assert_eq!(found.before.len(), 1);
    }

    /// The look back where every row of the spells is of one moment.
    fn at(moment: Moment, onsets: &[i64], flags: &[i64]) -> Pair {
        let (history, mut pain, findings) = runner(365, onsets, flags);
        pain.entries.iter_mut().for_each(|row| row.moment = moment);
        look_back(&history, &pain, &findings).pairs.remove(0)
    }

    #[test]
    fn pain_on_the_day_of_the_flag_counts_if_it_was_not_there_before() {
        let flags: Vec<i64> = (40..365).step_by(35).collect();
        for moment in [
            Moment::During,
            Moment::After,
            Moment::Evening,
            Moment::Night,
            Moment::Day,
        ] {
            let pair = at(moment, &flags, &flags);
            assert_eq!(
                (pair.flagged_onsets, pair.other_onsets),
                (10, 0),
                "{moment:?}"
            );
            assert_eq!(
                (pair.verdict, pair.rests_on_one),
                (Verdict::Fits, Some(false))
            );
            assert_eq!(
                pair.hits.map(|hits| (hits.near, hits.spells)),
                Some((10, 10))
            );
        }
        for moment in [Moment::Before, Moment::Morning] {
            let pair = at(moment, &flags, &flags);
            assert_eq!(
                (pair.flagged_onsets, pair.other_onsets),
                (0, 0),
                "{moment:?}"
            );
            assert_eq!((pair.verdict, pair.hits), (Verdict::CannotBeJudged, None));
            let gate = "0 new spells on days with complete recordings, 5 are needed";
            assert_eq!(pair.gate.as_deref(), Some(gate));
            // A day later the morning comes after the run.
            let later: Vec<i64> = flags.iter().map(|day| day + 1).collect();
            assert_eq!(at(moment, &later, &flags).verdict, Verdict::Fits);
        }
    }

    #[test]
    fn a_flag_without_a_run_counts_from_the_next_day_on() {
        let flags: Vec<i64> = (40..365).step_by(35).collect();
        let counted = |onsets: &[i64]| {
            let (mut history, pain, findings) = runner(365, onsets, &flags);
            for day in &flags {
                history.days[*day as usize].runs = 0;
            }
            let pair = look_back(&history, &pain, &findings).pairs.remove(0);
            (pair.flagged_onsets, pair.other_onsets)
        };
        let later: Vec<i64> = flags.iter().map(|day| day + 1).collect();
        assert_eq!((counted(&flags), counted(&later)), ((0, 0), (10, 0)));
    }

    #[test]
    fn two_spells_of_five_after_flags_rest_on_one() {
        // Five flags; two of them are followed by a spell, three spells lie far from any.
        let flags = [40, 100, 160, 220, 280];
        let onsets = [40, 70, 130, 190, 220];
        let mut found = at(Moment::Evening, &onsets, &flags);
        assert_eq!((found.flagged_onsets, found.other_onsets), (2, 3));
        // As if the test had spoken: what stands or falls is the interval.
        found.verdict = Verdict::Fits;
        assert_eq!(rests_on_one(&found, |_| Some(0.01)), Some(true));
        found.verdict = Verdict::CannotBeJudged;
        assert_eq!(rests_on_one(&found, |_| Some(0.01)), None);
    }

    #[test]
    fn a_log_after_the_last_run_says_what_is_missing() {
        let flags = [40, 60, 80, 100, 120];
        let (mut history, mut pain, findings) = runner(400, &[250, 270, 290, 310, 330], &flags);
        history
            .days
            .iter_mut()
            .skip(150)
            .for_each(|day| day.covered = false);
        pain.entries
            .retain(|entry| entry.date > history.days[200].date);
        let pair = look_back(&history, &pain, &findings).pairs.remove(0);
        assert_eq!(
            (pair.flags, pair.onsets, pair.p, pair.hits),
            (0, 5, None, None)
        );
        let gate = "no flag while this place was logged, 5 are needed";
        assert_eq!(pair.gate.as_deref(), Some(gate));
        assert_eq!(
            (pair.rate_ratio, pair.ci_low, pair.more_logged_days),
            (None, None, None)
        );
    }

    #[test]
    fn pain_every_day_has_no_new_spell() {
        let days: Vec<i64> = (0..200).collect();
        let (history, pain, findings) = runner(200, &days, &[40, 60, 80, 100, 120]);
        assert_eq!(look_back(&history, &pain, &findings), Backtest::default());
    }

    #[test]
    fn too_little_is_said_with_what_would_do() {
        for (onsets, flags, gate) in [
            (5, 4, "4 flags, 5 are needed"),
            (4, 5, "4 new spells, 5 are needed"),
        ] {
            let spells: Vec<i64> = (0..onsets).map(|n| 60 + 20 * n).collect();
            let spikes: Vec<i64> = (0..flags).map(|n| 50 + 30 * n).collect();
            let (history, pain, findings) = runner(200, &spells, &spikes);
            let pair = look_back(&history, &pain, &findings).pairs.remove(0);
            assert_eq!(
                (pair.gate.as_deref(), pair.p, pair.verdict),
                (Some(gate), None, Verdict::CannotBeJudged)
            );
            assert!(
                pair.more_logged_days.is_some_and(|days| days > 0),
                "{pair:?}"
            );
        }
        let (history, pain, findings) = runner(60, &[], &[40]);
        assert_eq!(look_back(&history, &pain, &findings), Backtest::default());
    }

    #[test]
    fn a_retired_pair_is_a_flag_of_its_days() {
        // Worn past 483 km on days 40 to 60; new shoes since, which the report's own findings cannot tell.
        let (mut history, pain, _) = runner(150, &[50, 100], &[]);
        let run = |day: usize| crate::model::Run {
            shoe: Some("blue".to_string()),
            shoe_distance_m: Some(443_000.0 + 1000.0 * day as f64),
            start_local: history.days[day].date.and_hms_opt(7, 0, 0).expect("a time"),
            ..crate::rules::fixture::run(0, 1.0)
        };
        let worn: Vec<_> = (0..=60).map(run).collect();
        history.runs = worn;
        let found = look_back(&history, &pain, &[]);
        let [pair] = &found.pairs[..] else {
            panic!("{found:?}")
        };
        // Up from day 40 to 60, so it counts for days 40 to 67; the spell on day 50 is after it, that of day 100 is not.
        assert_eq!(
            (
                pair.rule,
                pair.flags,
                pair.flagged_onsets,
                pair.other_onsets
            ),
            ("shoe-distance", 1, 1, 1)
        );
    }

    #[test]
    fn rules_made_of_pain_are_not_looked_at() {
        let (history, pain, _) = runner(200, &[60, 80, 100, 120, 140], &[]);
        let own: Vec<Finding> = (0..6)
            .map(|n| {
                finding(
                    "pain-over-a-week",
                    history.days[60 + 20 * n].date,
                    history.days[61 + 20 * n].date,
                )
            })
            .collect();
        assert!(look_back(&history, &pain, &own).pairs.is_empty());
    }

    #[test]
    fn associations_and_backtests_are_one_family() {
        let flags = [40, 70, 100, 130, 160, 190];
        let onsets: Vec<i64> = flags[..5].iter().map(|day| day + 2).collect();
        let (history, pain, findings) = runner(210, &onsets, &flags);
        let mut found = look_back(&history, &pain, &findings);
        let (other, knee) = associate::tests::knee_after_distance(84);
        let mut associations = associate::associate(&other, &knee);
        let p: Vec<f64> = associations
            .iter()
            .filter_map(|pair| pair.p)
            .chain(found.pairs[0].p)
            .collect();
        let tests = one_family(&mut associations, &mut found);
        assert_eq!((tests, found.tests), (p.len(), p.len()));
        let q: Vec<f64> = associations
            .iter()
            .filter_map(|pair| pair.q)
            .chain(found.pairs[0].q)
            .collect();
        assert_eq!(q, benjamini_hochberg(&p));
    }

    /// Days of a year on which a spell begins after seven days without: a floored AR(1), φ 0.7, that knows no load.
    fn random_onsets(random: &mut Lcg) -> Vec<Option<Seen>> {
        let (mut state, mut free) = (0.0, 0);
        let mut day = || {
            state = 0.7 * state + random.normal();
            let (hurts, could) = (state >= 1.8, free >= onsets::FREE_DAYS);
            free = if hurts { 0 } else { free + 1 };
            could.then_some(Seen {
                event: hurts,
                late: true,
            })
        };
        (0..365).map(|_| day()).collect()
    }

    /// Every week after which a flag is up, 30 % of them, more often after one another.
    fn random_weekly_flags(random: &mut Lcg) -> Vec<Option<Flag>> {
        let mut up = false;
        let mut week = || {
            up = random.uniform() < if up { 0.5 } else { 0.21 };
            [Some(if up { Flag::Up } else { Flag::Down }); 7]
        };
        (0..53).flat_map(|_| week()).take(365).collect()
    }

    #[test]
    fn unrelated_spells_rarely_alarm_the_backtest() {
        let (mut random, mut tested, mut alarms) = (Lcg(20_250_314), 0, 0);
        for _ in 0..1000 {
            let (flags, onsets) = (random_weekly_flags(&mut random), random_onsets(&mut random));
            let Some(test) = event_shift(&flags, &onsets) else {
                continue;
            };
            let is_enough = test.counts.flagged_events + test.counts.other_events >= 5;
            tested += u32::from(is_enough);
            alarms += u32::from(is_enough && test.p <= 0.05);
        }
        let share = f64::from(alarms) / f64::from(tested);
        println!("{alarms} alarms in {tested} tests: {share:.3}");
        assert!(tested > 800 && share < 0.07, "{alarms} of {tested}");
    }
}
