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
            "Vickers (2001), BMC Musculoskeletal Disorders 2:5.",
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

fn check(context: &Context, heard: &Judged) -> Vec<Outcome> {
    let rows = triage::rows(context);
    let spells = sighting::spells(context);
    let spells: Vec<&Episode> = spells.iter().filter(|spell| spell.site.is_limb()).collect();
    let verdicts: Vec<(&Episode, Verdict)> = spells
        .iter()
        .map(|spell| (*spell, verdict(context, rows, spell)))
        .collect();
    if !spells.is_empty()
        && verdicts
            .iter()
            .all(|(_, verdict)| *verdict == Verdict::Unknown)
    {
        return vec![Outcome::NotJudged(
            "no spell of soreness has its type, its spread, two later ratings and a run to compare with".to_string(),
        )];
    }
    let fitting: Vec<(&Episode, &Cause)> = verdicts
        .iter()
        .filter_map(|(spell, verdict)| match verdict {
            Verdict::Fits(cause) => Some((*spell, cause)),
            Verdict::Unknown | Verdict::Other => None,
        })
        .collect();
    let mut alarms = triage::alarms(heard);
    // Still sore the next morning is what this soreness is; only a sharp morning speaks against it.
    alarms.retain(|alarm| {
        alarm.rule != pain_next_morning::RULE.id || alarm.severity > Severity::EaseOff
    });
    let quiet = |spell: &Episode| {
        !triage::is_alarmed(
            &alarms,
            (Some(spell.site), spell.side),
            spell.from,
            spell.to,
        )
    };
    let found = fitting.into_iter().filter(|(spell, _)| quiet(spell));
    triage::conclude(
        context,
        found
            .map(|(spell, cause)| Outcome::Good(finding(context, spell, cause)))
            .collect(),
    )
}

#[derive(Debug, Clone, PartialEq)]
enum Verdict {
    /// Something needed is blank.
    Unknown,
    /// Not the pattern of soreness.
    Other,
    Fits(Cause),
}

/// The run that soreness is laid to.
#[derive(Debug, Clone, PartialEq)]
struct Cause {
    date: NaiveDate,
    /// `hard`, `long` or `downhill`.
    kind: &'static str,
}

fn verdict(context: &Context, rows: &[Entry], spell: &Episode) -> Verdict {
    let within = sighting::between(rows, spell.from, spell.to);
    let entries: Vec<&Entry> = within.iter().filter(|row| spell.covers(row)).collect();
    let followed_days = (context.limit(START) + context.limit(GONE_BY)) as i64;
    let later = sighting::between(
        rows,
        spell.from,
        spell.to.max(plus_days(spell.from, followed_days)),
    );
    let ratings: Vec<(NaiveDate, f64)> = daily_ratings(later, spell.site, spell.side)
        .into_iter()
        .collect();
    let enough = ratings.len() as f64 > context.limit(LATER_DAYS);
    // A painkiller hides how the soreness went.
    let is_masked = later.iter().any(|row| row.painkiller == Some(true));
    match (feels_like_soreness(&entries, spell.side), enough) {
        (Some(false), _) => Verdict::Other,
        (None, _) | (_, false) => Verdict::Unknown,
        _ if is_masked => Verdict::Unknown,
        _ if pain_outside_doms::is_outside(context, rows, spell) => Verdict::Other,
        _ => course(context, spell, &ratings),
    }
}

/// By kind, spread and signs. None when kind or spread is nowhere said.
fn feels_like_soreness(entries: &[&Entry], side: Option<Side>) -> Option<bool> {
    let mut kinds = entries.iter().flat_map(|entry| entry.types);
    let has_signs = entries
        .iter()
        .any(|entry| !entry.signs.is_empty() || !entry.signs_in_note.is_empty());
    let spot = entries
        .iter()
        .any(|entry| entry.spread == Some(Spread::Spot));
    if has_signs || spot || kinds.clone().any(|kind| !KINDS.contains(&kind)) {
        return Some(false);
    }
    let general = entries
        .iter()
        .any(|entry| entry.spread == Some(Spread::General))
        || side == Some(Side::Both);
    let said = general || entries.iter().any(|entry| entry.spread.is_some());
    (kinds.next().is_some() && said).then_some(general)
}

/// Whether the ratings, from the spell's first day on, follow the clock of soreness after one of the runs before it.
fn course(context: &Context, spell: &Episode, ratings: &[(NaiveDate, f64)]) -> Verdict {
    let earliest = plus_days(spell.from, -context.limit(START) as i64);
    let runs = &context.history.runs;
    let from = runs.partition_point(|run| run.local_date() < earliest);
    let to = runs.partition_point(|run| run.local_date() <= spell.from);
    let mut unknown = false;
    for at in from..to {
        let Some(run) = runs.get(at) else { continue };
        let (before, date) = (&runs[..at], run.local_date());
        match (
            kind(context, before, run),
            keeps_time(context, spell, ratings, date),
        ) {
            (Some(kind), Some(true)) => return Verdict::Fits(Cause { date, kind }),
            (_, Some(false)) => {}
            // A run that cannot be compared may have been the one.
            (None, _) => unknown |= usual(context, before, run, |run| run.distance_m).is_none(),
            (Some(_), None) => unknown = true,
        }
    }
    if unknown {
        Verdict::Unknown
    } else {
        Verdict::Other
    }
}

/// What made the run demanding. None for an ordinary one, and for one that cannot be compared.
fn kind(context: &Context, before: &[Run], run: &Run) -> Option<&'static str> {
    let stands_out = |of: fn(&Run) -> Option<f64>| {
        let usual = usual(context, before, run, of);
        of(run)
            .zip(usual)
            .is_some_and(|(value, usual)| value >= context.limit(RATIO) * usual)
    };
    if run
        .descent_m
        .is_some_and(|metres| metres >= context.limit(DESCENT))
        && stands_out(|run| run.descent_m)
    {
        Some("downhill")
    } else if stands_out(|run| run.distance_m) {
        Some("long")
    } else if run
        .session_rpe
        .is_some_and(|effort| effort >= context.limit(HARD))
    {
        Some("hard")
    } else {
        None
    }
}

/// The median of the four weeks before the run, of those `before` it. None with too few values.
fn usual(context: &Context, before: &[Run], run: &Run, of: fn(&Run) -> Option<f64>) -> Option<f64> {
    let earliest = plus_days(run.local_date(), -context.limit(USUAL) as i64);
    let recent = before
        .iter()
        .rev()
        .take_while(|run| run.local_date() >= earliest);
    let mut values: Vec<f64> = recent.filter_map(of).collect();
    values.sort_by(f64::total_cmp);
    let enough = values.len() as f64 >= context.limit(USUAL_RUNS);
    let (low, high) = (
        values.get(values.len().saturating_sub(1) / 2)?,
        values.get(values.len() / 2)?,
    );
    enough.then_some((low + high) / 2.0)
}

/// Whether peak and end come when they do in plain soreness after a run of this day. None when the end is not known.
fn keeps_time(
    context: &Context,
    spell: &Episode,
    ratings: &[(NaiveDate, f64)],
    run: NaiveDate,
) -> Option<bool> {
    let in_spell = || ratings.iter().filter(|(date, _)| *date <= spell.to);
    let peak = in_spell()
        .find(|(_, pain)| *pain >= spell.peak)
        .map(|(date, _)| *date)?;
    let gone_by = plus_days(run, context.limit(GONE_BY) as i64);
    let is_gone = |pain: f64| pain <= context.limit(GONE);
    let still_sore = in_spell().any(|(date, pain)| *date >= gone_by && !is_gone(*pain));
    if days_between(run, peak) as f64 > context.limit(PEAK) || still_sore {
        return Some(false);
    }
    let settled = ratings
        .iter()
        .any(|(date, pain)| *date > peak && *date <= gone_by && is_gone(*pain));
    let to_come = context.history.as_of < gone_by && spell.is_running(context.history.as_of);
    (settled || to_come).then_some(true)
}

fn finding(context: &Context, spell: &Episode, cause: &Cause) -> Finding {
    let mut finding = Finding {
        observed: Some(spell.peak),
        unit: Unit::OfTen,
        site: Some(spell.site),
        side: spell.side,
        run_ids: sighting::run_ids(context, &BTreeSet::from([cause.date])),
        ..Finding::on(&RULE, Severity::Good, spell.from, spell.to)
    };
    let place = sentence_case(&site_text(spell.site, spell.side));
    let start = format!("{place}, {}", period_text(spell.from, spell.to));
    let run = format!("after the {} run of {}", cause.kind, date_text(cause.date));
    (finding.message, finding.instruction) = match spell.is_running(context.history.as_of) {
        true => (
            format!("{start}: this looks like ordinary soreness {run}."),
            "Easy movement usually helps; leave sprints for later in the week.".to_string(),
        ),
        false => (
            format!("{start}: that looked like ordinary soreness {run}."),
            String::new(),
        ),
    };
    finding
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
    fn with_runs(context: &Context, demanding: &dyn Fn(&mut Run)) -> Vec<Outcome> {
        let mut history = context.history.clone();
        for run in &mut history.runs {
            (run.distance_m, run.descent_m) = (Some(8_000.0), Some(50.0));
        }
        demanding(&mut history.runs[RUN as usize]);
        crate::rules::fixture::ask(
            &RULE,
            &Context {
                history: &history,
                ..*context
            },
        )
    }

    fn downhill(run: &mut Run) {
        run.descent_m = Some(150.0);
    }

    fn check_run(rows: Vec<Entry>, demanding: impl Fn(&mut Run), expected: bool) {
        let found = flagged_by(20, rows.clone(), |context| with_runs(context, &demanding));
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
        let found = flagged_by(18, rows(), |context| with_runs(context, &downhill));
        assert_eq!(
            found[0].text(),
            "Quad on both sides, 19–21 Mar 2025: this looks like ordinary soreness after the downhill run of 18 Mar 2025. \
             Easy movement usually helps; leave sprints for later in the week."
        );
        let found = flagged_by(40, usual_course(), |context| with_runs(context, &downhill));
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
            let found = flagged_by(20, usual_course(), |context| {
                let mut history = context.history.clone();
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
                        ..*context
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
            let judged = outcomes(20, rows, |context| with_runs(context, change));
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
            outcomes(20, usual_course(), |context| with_runs(context, &|_| ())),
            [Outcome::Clear]
        );
    }
}
