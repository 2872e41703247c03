//! Soreness that looks the way soreness after a demanding run looks.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Judged, Limit, Outcome, Rule,
    Severity, Stance,
};
use super::{pain_next_morning, pain_outside_doms, sighting, triage};
use crate::model::Run;
use crate::pain::episodes::{Episode, daily_ratings};
use crate::pain::{Entry, PainType, Side, Spread, site_text};
use crate::time::{date_text, days_between, period_text, plus_days};
use crate::units::Unit;
use crate::words::sentence_case;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The run lies at most so many days before the soreness.
const START: Limit = Limit {
    key: "start_within_days",
    value: 2.0,
    change: Change::TRIAGE,
    why: "Delayed soreness begins within a day or two of the run.",
};

/// The worst day comes at most so many days after the run.
const PEAK: Limit = Limit {
    key: "peak_within_days",
    value: 3.0,
    change: Change::TRIAGE,
    why: "In runners it was mostly highest at once, in laboratories after one or two days; three allow for a late one.",
};

/// By this day it is nearly gone …
const GONE_BY: Limit = Limit {
    key: "gone_by_day",
    value: 5.0,
    change: Change::TRIAGE,
    why: "Plain soreness fades within three or four days, at most five.",
};

/// … which means a rating up to this.
const GONE: Limit = Limit {
    key: "gone_up_to_pain",
    value: 1.0,
    change: Change::TRIAGE,
    why: "One of ten is the smallest thing one can log.",
};

/// So many rated days after the first.
const LATER_DAYS: Limit = Limit {
    key: "minimum_later_days",
    value: 2.0,
    change: Change::TRIAGE,
    why: "A course needs its start and two later points; a single day fits everything.",
};

/// Effort from which a run is hard.
const HARD: Limit = Limit {
    key: "hard_session_rpe",
    value: 7.0,
    change: Change::TRIAGE,
    why: "\"Very hard\" on the scale of 0 to 10; the cut is a choice.",
};

/// How far above usual a run is long, or has much downhill.
const RATIO: Limit = Limit {
    key: "long_ratio",
    value: 1.5,
    change: Change::TRIAGE,
    why: "A choice: half as much again as the middle run of the four weeks before stands out.",
};

/// Less downhill than this is not much.
const DESCENT: Limit = Limit {
    key: "downhill_m",
    value: 150.0,
    change: Change::TRIAGE,
    why: "A choice, as for the rule about more downhill than usual.",
};

/// How far back the usual run is looked for.
const USUAL: Limit = Limit {
    key: "usual_days",
    value: 28.0,
    change: Change::TRIAGE,
    why: "Four weeks, as for the load rules.",
};

/// So many runs make a usual one.
const USUAL_RUNS: Limit = Limit {
    key: "usual_minimum_runs",
    value: 4.0,
    change: Change::TRIAGE,
    why: "With fewer there is no middle to speak of.",
};

/// Kinds of pain that soreness has.
const KINDS: &[PainType] = &[
    PainType::Dull,
    PainType::Ache,
    PainType::Sore,
    PainType::Stiff,
];

/// The rule.
pub const RULE: Rule = Rule {
    id: "soreness-fits-doms",
    title: "Looks like ordinary soreness",
    headline: "it looks like ordinary soreness",
    why: "Sore muscles after a demanding run are part of training, and it is good to know when an ache looks like that.",
    formula: "A spell at one site with only the types dull, ache, sore and stiff; spread general or both sides, never spot; no signs; no painkiller; begun at most 2 days after a hard (session RPE 7 or more), long (1.5 times the median of the 28 days before) or downhill run (150 m or more and 1.5 times the median); highest 0 to 3 days after that run; 1 or below on a day up to the fifth, or the fifth still to come, and not above 1 from then on. It says nothing where another rule of the triage table asks for easier days at that site within 14 days (pain-next-morning only when it was sharp), or pain-outside-doms speaks.",
    needs: "The type and spread of the spell, its first day and ratings on 2 later days without a painkiller, and four runs with a distance in the 28 days before.",
    cap: Severity::Good,
    group: Group::Pain,
    triage: &[(Severity::Good, 10)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Moderate,
        says: "Soreness that comes after unaccustomed work and fades in days is well described; its clock is not the same everywhere. Laboratories find the peak after 24 to 48 hours, but in 400 long-distance runners soreness was highest right after the run and then fell, and only 14 % peaked after 36 to 48 hours (Vickers 2001). That it looks ordinary is no proof that it is.",
        sources: &[
            "Vickers (2001), BMC Musculoskeletal Disorders 2:5, doi 10.1186/1471-2474-2-5.",
            "Popular articles S0, hotspots after running, and S1, seven ways to prevent leg ache after running.",
        ],
    },
    limits: &[
        START, PEAK, GONE_BY, GONE, LATER_DAYS, HARD, RATIO, DESCENT, USUAL, USUAL_RUNS,
    ],
    ordered: &[],
    rests_on: &[],
    seed: "S0, hotspots after running, and S1, seven ways to prevent leg ache after running: soreness starts within a day, peaks on the second or third and is gone in a few.",
    message: "Quad on both sides, 4–6 May 2025: this looks like ordinary soreness after the downhill run of 3 May 2025. Easy movement usually helps; leave sprints for later in the week.",
    check: Check::After(check),
};

fn check(ctx: &Context, heard: &Judged) -> Vec<Outcome> {
    let spells = sighting::spells(ctx);
    let judged = verdicts(ctx, &spells);
    let is_unknown = |(_, verdict): &(&Episode, Verdict)| *verdict == Verdict::Unknown;
    if !judged.is_empty() && judged.iter().all(is_unknown) {
        return vec![Outcome::not_judged(
            "no spell of soreness has its type, its spread, two later ratings and a run to compare with",
        )];
    }
    let alarms = alarms(heard);
    let quiet = judged
        .iter()
        .filter(|(spell, _)| !is_alarmed(spell, &alarms));
    let found = quiet.filter_map(|(spell, verdict)| Some(finding(ctx, spell, verdict.cause()?)));
    triage::conclude(ctx, found.map(Outcome::Good).collect())
}

fn verdicts<'a>(ctx: &Context, spells: &'a [Episode]) -> Vec<(&'a Episode, Verdict)> {
    let rows = triage::rows(ctx);
    let limbs = spells.iter().filter(|spell| spell.site.is_limb());
    limbs
        .map(|spell| (spell, verdict(ctx, rows, spell)))
        .collect()
}

/// Still sore the next morning is what this soreness is; only a sharp morning speaks against it.
fn alarms(heard: &Judged) -> Vec<&Finding> {
    let mut alarms = triage::alarms(heard);
    alarms.retain(|alarm| {
        alarm.rule != pain_next_morning::RULE.id || alarm.severity > Severity::EaseOff
    });
    alarms
}

fn is_alarmed(spell: &Episode, alarms: &[&Finding]) -> bool {
    let place = (Some(spell.site), spell.side);
    triage::is_alarmed(alarms, place, spell.from, spell.to)
}

#[derive(Debug, Clone, PartialEq)]
enum Verdict {
    /// Something needed is blank.
    Unknown,
    /// Not the pattern of soreness.
    Other,
    Fits(Cause),
}

impl Verdict {
    fn cause(&self) -> Option<&Cause> {
        match self {
            Verdict::Fits(cause) => Some(cause),
            Verdict::Unknown | Verdict::Other => None,
        }
    }
}

/// The run that soreness is laid to.
#[derive(Debug, Clone, PartialEq)]
struct Cause {
    date: NaiveDate,
    /// `hard`, `long` or `downhill`.
    kind: &'static str,
}

/// The highest rating of each day from the spell's first on.
type Ratings = [(NaiveDate, f64)];

fn verdict(ctx: &Context, rows: &[Entry], spell: &Episode) -> Verdict {
    let later = until_it_is_gone(ctx, rows, spell);
    let ratings = daily_ratings(later, spell.site, spell.side);
    let ratings: Vec<(NaiveDate, f64)> = ratings.into_iter().collect();
    let enough = ratings.len() as f64 > ctx.limit(LATER_DAYS);
    // A painkiller hides how the soreness went.
    let is_masked = later.iter().any(|row| row.painkiller == Some(true));
    match feels_like_soreness(rows, spell) {
        Some(false) => Verdict::Other,
        Some(true) if enough && !is_masked => course_unless_outside(ctx, rows, spell, &ratings),
        _ => Verdict::Unknown,
    }
}

fn course_unless_outside(
    ctx: &Context,
    rows: &[Entry],
    spell: &Episode,
    ratings: &Ratings,
) -> Verdict {
    match pain_outside_doms::is_outside(ctx, rows, spell) {
        true => Verdict::Other,
        false => course(ctx, spell, ratings),
    }
}

/// The rows from the spell's first day to the day by which soreness would be gone, or to its last.
fn until_it_is_gone<'a>(ctx: &Context, rows: &'a [Entry], spell: &Episode) -> &'a [Entry] {
    let followed_days = (ctx.limit(START) + ctx.limit(GONE_BY)) as i64;
    let followed = plus_days(spell.from, followed_days);
    sighting::between(rows, spell.from, spell.to.max(followed))
}

/// By kind, spread and signs. None when kind or spread is nowhere said.
fn feels_like_soreness(rows: &[Entry], spell: &Episode) -> Option<bool> {
    let within = sighting::between(rows, spell.from, spell.to).iter();
    let entries: Vec<&Entry> = within.filter(|row| spell.covers(row)).collect();
    if entries.iter().any(|entry| is_of_an_injury(entry)) {
        return Some(false);
    }
    let spreads = || entries.iter().filter_map(|entry| entry.spread);
    let general =
        spreads().any(|spread| spread == Spread::General) || spell.side == Some(Side::Both);
    let says_kind = entries.iter().any(|entry| !entry.types.is_empty());
    let says_spread = general || spreads().next().is_some();
    (says_kind && says_spread).then_some(general)
}

fn is_of_an_injury(entry: &Entry) -> bool {
    let has_signs = !entry.signs.is_empty() || !entry.signs_in_note.is_empty();
    let is_spot = entry.spread == Some(Spread::Spot);
    has_signs || is_spot || entry.types.iter().any(|kind| !KINDS.contains(&kind))
}

/// Whether the ratings, from the spell's first day on, follow the clock of soreness after one of the runs before it.
fn course(ctx: &Context, spell: &Episode, ratings: &Ratings) -> Verdict {
    let mut unknown = false;
    for at in runs_before(ctx, spell) {
        let verdict = after_run(ctx, spell, ratings, at);
        match verdict {
            Verdict::Fits(_) => return verdict,
            Verdict::Unknown => unknown = true,
            Verdict::Other => {}
        }
    }
    match unknown {
        true => Verdict::Unknown,
        false => Verdict::Other,
    }
}

/// Which runs lie close enough before the soreness.
fn runs_before(ctx: &Context, spell: &Episode) -> std::ops::Range<usize> {
    let earliest = plus_days(spell.from, -ctx.limit(START) as i64);
    let runs = &ctx.history.runs;
    let from = runs.partition_point(|run| run.local_date() < earliest);
    from..runs.partition_point(|run| run.local_date() <= spell.from)
}

fn after_run(ctx: &Context, spell: &Episode, ratings: &Ratings, at: usize) -> Verdict {
    let (before, from) = ctx.history.runs.split_at(at);
    let Some(run) = from.first() else {
        return Verdict::Other;
    };
    let date = run.local_date();
    let is_comparable = || usual(ctx, before, run, |run| run.distance_m).is_some();
    match (
        kind(ctx, before, run),
        keeps_time(ctx, spell, ratings, date),
    ) {
        (Some(kind), Some(true)) => Verdict::Fits(Cause { date, kind }),
        (_, Some(false)) => Verdict::Other,
        // A run that cannot be compared may have been the one.
        (None, _) if is_comparable() => Verdict::Other,
        _ => Verdict::Unknown,
    }
}

/// What made the run demanding. None for an ordinary one, and for one that cannot be compared.
fn kind(ctx: &Context, before: &[Run], run: &Run) -> Option<&'static str> {
    let reaches = |value: Option<f64>, limit| value.is_some_and(|value| value >= ctx.limit(limit));
    if reaches(run.descent_m, DESCENT) && stands_out(ctx, before, run, |run| run.descent_m) {
        Some("downhill")
    } else if stands_out(ctx, before, run, |run| run.distance_m) {
        Some("long")
    } else {
        reaches(run.session_rpe, HARD).then_some("hard")
    }
}

fn stands_out(ctx: &Context, before: &[Run], run: &Run, of: fn(&Run) -> Option<f64>) -> bool {
    let both = of(run).zip(usual(ctx, before, run, of));
    both.is_some_and(|(value, usual)| value >= ctx.limit(RATIO) * usual)
}

/// The median of the four weeks before the run, of those `before` it. None with too few values.
fn usual(ctx: &Context, before: &[Run], run: &Run, of: fn(&Run) -> Option<f64>) -> Option<f64> {
    let earliest = plus_days(run.local_date(), -ctx.limit(USUAL) as i64);
    let backwards = before.iter().rev();
    let recent = backwards.take_while(|run| run.local_date() >= earliest);
    let mut values: Vec<f64> = recent.filter_map(of).collect();
    values.sort_by(f64::total_cmp);
    let enough = values.len() as f64 >= ctx.limit(USUAL_RUNS);
    let low = values.get(values.len().saturating_sub(1) / 2)?;
    let high = values.get(values.len() / 2)?;
    enough.then_some((low + high) / 2.0)
}

/// Whether peak and end come when they do in plain soreness after a run of this day. None when the end is not known.
fn keeps_time(ctx: &Context, spell: &Episode, ratings: &Ratings, run: NaiveDate) -> Option<bool> {
    let peak = peak_day(spell, ratings)?;
    let gone_by = plus_days(run, ctx.limit(GONE_BY) as i64);
    let is_gone = |pain: f64| pain <= ctx.limit(GONE);
    let is_still_sore =
        |(date, pain): &(NaiveDate, f64)| (gone_by..=spell.to).contains(date) && !is_gone(*pain);
    if days_between(run, peak) as f64 > ctx.limit(PEAK) || ratings.iter().any(is_still_sore) {
        return Some(false);
    }
    let is_settled =
        |(date, pain): &(NaiveDate, f64)| *date > peak && *date <= gone_by && is_gone(*pain);
    let to_come = ctx.history.as_of < gone_by && spell.is_running(ctx.history.as_of);
    (to_come || ratings.iter().any(is_settled)).then_some(true)
}

/// The first day of the spell with its highest rating.
fn peak_day(spell: &Episode, ratings: &Ratings) -> Option<NaiveDate> {
    let mut in_spell = ratings.iter().filter(|(date, _)| *date <= spell.to);
    let peak = in_spell.find(|(_, pain)| *pain >= spell.peak);
    peak.map(|(date, _)| *date)
}

fn finding(ctx: &Context, spell: &Episode, cause: &Cause) -> Finding {
    let instruction = match spell.is_running(ctx.history.as_of) {
        true => "Easy movement usually helps; leave sprints for later in the week.",
        false => "",
    };
    Finding {
        observed: Some(spell.peak),
        unit: Unit::OfTen,
        site: Some(spell.site),
        side: spell.side,
        run_ids: sighting::run_ids(ctx, &BTreeSet::from([cause.date])),
        message: message(ctx, spell, cause),
        instruction: instruction.to_string(),
        ..Finding::on(&RULE, Severity::Good, spell.from, spell.to)
    }
}

fn message(ctx: &Context, spell: &Episode, cause: &Cause) -> String {
    let place = sentence_case(&site_text(spell.site, spell.side));
    let period = period_text(spell.from, spell.to);
    let looks = match spell.is_running(ctx.history.as_of) {
        true => "this looks",
        false => "that looked",
    };
    let (kind, date) = (cause.kind, date_text(cause.date));
    format!("{place}, {period}: {looks} like ordinary soreness after the {kind} run of {date}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Moment, Onset, Sign, Site};
    use crate::rules::pain_fixture::{
        check_too_little_data, clear, flagged_by, harmless, judge, outcomes, sore,
    };

    /// The day of the demanding run; all others are 8 km with 50 m down.
    const RUN: i64 = 15;

    fn quads(n: i64, pain: f64) -> Entry {
        Entry {
            types: [PainType::Sore, PainType::Stiff].into(),
            spread: Some(Spread::General),
            onset: Some(Onset::NextDay),
            ..sore(n, Site::Quad, Side::Both, pain)
        }
    }

    /// Sore on days 16 to 18 (1, 2 and 3 after the run) and all clear on day 20.
    fn usual_course() -> Vec<Entry> {
        vec![quads(16, 3.0), quads(17, 5.0), quads(18, 2.0), clear(20)]
    }

    /// The context of the test with real runs in it.
    fn with_runs(ctx: &Context, demanding: &dyn Fn(&mut Run)) -> Vec<Outcome> {
        let mut history = ctx.history.clone();
        for run in &mut history.runs {
            (run.distance_m, run.descent_m) = (Some(8_000.0), Some(50.0));
        }
        demanding(&mut history.runs[RUN as usize]);
        crate::rules::fixture::ask(
            &RULE,
            &Context {
                history: &history,
                ..*ctx
            },
        )
    }

    fn downhill(run: &mut Run) {
        run.descent_m = Some(150.0);
    }

    fn check_run(rows: Vec<Entry>, demanding: impl Fn(&mut Run), expected: bool) {
        let found = flagged_by(20, rows.clone(), |ctx| with_runs(ctx, &demanding));
        assert_eq!(found.len(), usize::from(expected), "{rows:?}");
        assert!(
            found
                .iter()
                .all(|finding| finding.severity == Severity::Good && finding.run_ids == ["run-15"])
        );
    }

    fn check(rows: Vec<Entry>, expected: bool) {
        check_run(rows, downhill, expected);
    }

    fn changed(change: impl Fn(&mut Entry)) -> Vec<Entry> {
        let mut rows = usual_course();
        change(&mut rows[1]);
        rows
    }

    #[test]
    fn the_run_before_must_be_hard_long_or_downhill() {
        check_run(usual_course(), downhill, true);
        check_run(usual_course(), |run| run.descent_m = Some(149.0), false);
        check_run(usual_course(), |run| run.distance_m = Some(12_000.0), true);
        check_run(usual_course(), |run| run.distance_m = Some(11_900.0), false);
        check_run(usual_course(), |run| run.session_rpe = Some(7.0), true);
        check_run(usual_course(), |run| run.session_rpe = Some(6.5), false);
        // Begun on the third day after it.
        check(vec![quads(18, 3.0), quads(19, 1.0), clear(20)], false);
        check(vec![quads(17, 3.0), quads(18, 1.0), clear(20)], true);
    }

    #[test]
    fn kind_spread_and_signs_must_be_those_of_soreness() {
        check(changed(|row| row.types.insert(PainType::Sharp)), false);
        check(
            changed(|row| row.types = [PainType::Dull, PainType::Ache].into()),
            true,
        );
        check(changed(|row| row.signs = [Sign::HeavyLegs].into()), false);
        check(
            changed(|row| row.signs_in_note = [Sign::Bruise].into()),
            false,
        );
        check(changed(|row| row.spread = Some(Spread::Spot)), false);
        let one_side = |spread| {
            let side = |row: Entry| Entry {
                side: row.side.map(|_| Side::Left),
                spread,
                ..row
            };
            usual_course().into_iter().map(side).collect()
        };
        check(one_side(Some(Spread::General)), true);
        check(one_side(Some(Spread::Area)), false);
    }

    #[test]
    fn the_worst_day_and_the_end_keep_time() {
        check(vec![quads(16, 3.0), quads(18, 5.0), quads(20, 1.0)], true);
        check(vec![quads(16, 3.0), quads(19, 5.0), quads(20, 1.0)], false);
        check(vec![quads(16, 3.0), quads(18, 2.0), quads(20, 1.5)], false);
        // The fifth day passes without a word: unknown.
        check(vec![quads(16, 3.0), quads(17, 2.0), quads(18, 1.5)], false);
    }

    #[test]
    fn it_speaks_while_the_soreness_lasts() {
        let rows = || vec![quads(16, 3.0), quads(17, 5.0), quads(18, 4.0)];
        let found = flagged_by(18, rows(), |ctx| with_runs(ctx, &downhill));
        assert_eq!(
            found[0].text(),
            "Quad on both sides, 19–21 Mar 2025: this looks like ordinary soreness after the downhill run of 18 Mar 2025. \
             Easy movement usually helps; leave sprints for later in the week."
        );
        let found = flagged_by(40, usual_course(), |ctx| with_runs(ctx, &downhill));
        assert_eq!(
            found[0].text(),
            "Quad on both sides, 19–21 Mar 2025: that looked like ordinary soreness after the downhill run of 18 Mar 2025."
        );
    }

    #[test]
    fn it_does_not_comfort_beside_an_alarm() {
        let with = |extra: Entry| [vec![extra], usual_course()].concat();
        let hurt = |n, site| Entry {
            moment: Moment::During,
            ..sore(n, site, Side::Both, 6.0)
        };
        check(with(hurt(15, Site::Quad)), false);
        check(with(hurt(4, Site::Quad)), false);
        check(with(hurt(1, Site::Quad)), true);
        check(with(hurt(15, Site::Shin)), true);
        // Sore on the next morning, which by itself asks for an easy day.
        check(changed(|row| row.moment = Moment::Morning), true);
        let sharp = Entry {
            types: [PainType::Sharp].into(),
            moment: Moment::Morning,
            ..sore(12, Site::Quad, Side::Both, 1.0)
        };
        check(with(sharp), false);
    }

    #[test]
    fn four_runs_make_a_usual_one() {
        for (usual, expected) in [(4, 1), (3, 0)] {
            let found = flagged_by(20, usual_course(), |ctx| {
                let mut history = ctx.history.clone();
                history.runs.drain(..RUN as usize - usual);
                // The demanding run is the last of those that are left, `usual` runs after the first.
                for run in &mut history.runs {
                    (run.distance_m, run.descent_m) = (Some(8_000.0), Some(50.0));
                }
                history.runs.truncate(usual + 1);
                downhill(&mut history.runs[usual]);
                let outcomes = crate::rules::fixture::ask(
                    &RULE,
                    &Context {
                        history: &history,
                        ..*ctx
                    },
                );
                assert_eq!(
                    matches!(outcomes.as_slice(), [Outcome::NotJudged(_)]),
                    expected == 0,
                    "{outcomes:?}"
                );
                outcomes
            });
            assert_eq!(found.len(), expected, "{usual} runs");
        }
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        let unknown = |rows: Vec<Entry>, change: &dyn Fn(&mut Run)| {
            let judged = outcomes(20, rows, |ctx| with_runs(ctx, change));
            assert!(
                matches!(judged.as_slice(), [Outcome::NotJudged(_)]),
                "{judged:?}"
            );
        };
        unknown(vec![quads(16, 3.0), quads(17, 1.0)], &downhill);
        unknown(changed(|row| row.painkiller = Some(true)), &downhill);
        unknown(
            vec![harmless(16), harmless(17), harmless(18), clear(20)],
            &downhill,
        );
        // Runs without a distance cannot be compared.
        assert!(matches!(
            judge(&RULE, 20, usual_course()).as_slice(),
            [Outcome::NotJudged(_)]
        ));
        assert_eq!(judge(&RULE, 20, vec![clear(20)]), [Outcome::Clear]);
        assert_eq!(
            outcomes(20, usual_course(), |ctx| with_runs(ctx, &|_| ())),
            [Outcome::Clear]
        );
    }
}
