//! The same site keeps hurting: spells of four days and more.
//!
//! A week alone sends nobody to a doctor: a peak of 2 of 10 on five of nine days, settled since, did so between four and eleven times a
//! year of simulated runners whose pain meant nothing. It takes a peak of 3, running that changed, or a spell still there after three
//! weeks.

use super::verdicts::{is_past, your_place};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance, sighting, standing::rating, triage,
};
use crate::pain::{Function, episodes::Episode};
use crate::time::{dates, period_text};
use crate::units::Unit;

/// From this length on a spell is worth a note.
const NOTE_FROM: Limit = Limit {
    key: "note_from_days",
    value: 4.0,
    change: Change::TRIAGE,
    why: "Plain soreness is gone in a few days; popular articles ask for advice when it lasts longer despite rest.",
};

/// Longer than this, somebody should look at it.
const WEEK: Limit = Limit {
    key: "week_days",
    value: 7.0,
    change: Change::TRIAGE,
    why: "Researchers agreed on a week of restriction as the mark of a running injury (Yamato et al. 2015).",
};

/// So many positive logs make a spell.
const MINIMUM_LOGS: Limit = Limit {
    key: "minimum_logs",
    value: 3.0,
    change: Change::TRIAGE,
    why: "Two ratings a few days apart may be two different aches.",
};

/// From this peak on a long spell is for someone to look at.
const LOOK_FROM: Limit = Limit {
    key: "look_from_pain",
    value: 3.0,
    change: Change::TRIAGE,
    why: "Up to 2 is what clinics for kneecap pain let people run with; to send everyone to a doctor for less than 3 would wear the word out.",
};

/// Longer than this without having settled, a little is enough.
const UNSETTLED: Limit = Limit {
    key: "unsettled_days",
    value: 21.0,
    change: Change::TRIAGE,
    why: "The week and the two easy ones that are asked for after it; a choice.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "pain-over-a-week",
    title: "One site sore for days",
    headline: "sore for days",
    why: "Soreness from training comes and goes in a few days. What stays longer in one place deserves eyes other than a log's.",
    formula: "Length in days, first and last included, of a spell at one site and side: days with pain above 0 at most 3 apart, ended by 2 days logged as 0 (an all-clear row counts for every site, a 0 under a painkiller does not count). 4 to 7 days: note; more than 7: see someone where a rating reached 3, or running was changed, or the spell is more than 21 days long and has not settled; else watch.",
    needs: "3 days with pain above 0 in the spell.",
    cap: Severity::SeeSomeone,
    group: Group::Pain,
    triage: &[(Severity::SeeSomeone, 210)],
    is_loud: true,
    recalls: true,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Moderate,
        says: "A Delphi study among researchers defined a running injury by at least 7 days or 3 sessions in a row of restriction, or by seeing a professional; this rule borrows the week for pain alone. A popular article sends pain of more than a week to a doctor. The 4 days are custom.",
        sources: &[
            "Yamato et al. (2015), Journal of Orthopaedic & Sports Physical Therapy 45:375, doi 10.2519/jospt.2015.5741.",
            "Popular articles S1, seven ways to prevent leg ache after running, and S2, post-run recovery.",
        ],
    },
    limits: &[NOTE_FROM, WEEK, MINIMUM_LOGS, LOOK_FROM, UNSETTLED],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: seek advice when it lasts more than a few days. S2, post-run recovery: more than a week is for a doctor.",
    message: "Your left knee has been sore for 9 days (3–11 May 2025, logged on 6 of them, at most 3 of 10). That is long enough to let a doctor or physiotherapist have a look this week.",
    check: Check::Data(check),
};

fn check(ctx: &Context) -> Vec<Outcome> {
    let spells = sighting::spells(ctx);
    let found = spells.iter().filter(|spell| is_weighed(ctx, spell));
    triage::flagged(ctx, found.filter_map(|spell| finding(ctx, spell)))
}

fn is_weighed(ctx: &Context, spell: &Episode) -> bool {
    spell.site.is_limb() && spell.logs >= ctx.limit(MINIMUM_LOGS) as usize
}

/// How loud a spell of this length is, and by which limit.
fn level(ctx: &Context, spell: &Episode) -> Option<(Severity, f64)> {
    let (days, week, note) = (spell.days() as f64, ctx.limit(WEEK), ctx.limit(NOTE_FROM));
    match days {
        days if days > week && is_to_be_seen(ctx, spell) => Some((Severity::SeeSomeone, week)),
        days if days > week => Some((Severity::Watch, week)),
        days if days >= note => Some((Severity::Note, note)),
        _ => None,
    }
}

/// Whether a spell of more than a week is one for someone to look at.
fn is_to_be_seen(ctx: &Context, spell: &Episode) -> bool {
    let is_long = spell.days() as f64 > ctx.limit(UNSETTLED);
    spell.peak >= ctx.limit(LOOK_FROM)
        || changed_running(ctx, spell)
        || (is_long && !spell.has_settled())
}

fn changed_running(ctx: &Context, spell: &Episode) -> bool {
    let rows = sighting::between(triage::rows(ctx), spell.from, spell.to).iter();
    let mut here = rows.filter(|row| spell.covers(row));
    here.any(|row| row.bears_no_weight() || row.effect() > Some(Function::None))
}

fn finding(ctx: &Context, spell: &Episode) -> Option<Finding> {
    let (severity, limit) = level(ctx, spell)?;
    Some(Finding {
        observed: Some(spell.days() as f64),
        limit: Some(limit),
        unit: Unit::Days,
        site: Some(spell.site),
        side: spell.side,
        run_ids: sighting::run_ids(ctx, &dates(spell.from, spell.to).collect()),
        message: fact(ctx, spell),
        instruction: advice(ctx, spell, severity).to_string(),
        ..Finding::on(&RULE, severity, spell.from, spell.to)
    })
}

fn fact(ctx: &Context, spell: &Episode) -> String {
    let end = match (spell.is_running(ctx.history.as_of), spell.has_settled()) {
        (true, _) => ".",
        (false, true) => " and then settled.",
        (false, false) if is_past(ctx, spell.to) => ". The log does not say when it settled.",
        (false, false) => ". Later days do not say whether it settled.",
    };
    soreness(ctx, spell) + end
}

/// "Your left knee was sore for 9 days (3–11 May 2025, logged on 5 of them, at most 4 of 10)".
fn soreness(ctx: &Context, spell: &Episode) -> String {
    format!(
        "{} {} sore for {} days ({}, logged on {} of them, at most {} of 10)",
        your_place(spell.site, spell.side),
        was(ctx, spell),
        spell.days(),
        period_text(spell.from, spell.to),
        spell.logs,
        rating(spell.peak),
    )
}

fn was(ctx: &Context, spell: &Episode) -> &'static str {
    match spell.is_running(ctx.history.as_of) {
        true => "has been",
        false => "was",
    }
}

fn advice(ctx: &Context, spell: &Episode, severity: Severity) -> &'static str {
    match spell.is_running(ctx.history.as_of) {
        true => advice_while_it_lasts(severity),
        false if severity == Severity::SeeSomeone => advice_afterwards(ctx, spell),
        false => "",
    }
}

fn advice_while_it_lasts(severity: Severity) -> &'static str {
    match severity {
        Severity::SeeSomeone => {
            "That is long enough to let a doctor or physiotherapist have a look this week."
        }
        Severity::Watch => {
            "Keep the next two weeks easy on it, and ask someone if it rises or is still there then."
        }
        _ => "Give it easy days, and ask someone if it goes beyond a week.",
    }
}

fn advice_afterwards(ctx: &Context, spell: &Episode) -> &'static str {
    if spell.has_settled() {
        "If it comes back, a doctor or physiotherapist could have a look."
    } else if is_past(ctx, spell.to) {
        ""
    } else {
        "If it is still there, let a doctor or physiotherapist have a look this week."
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side, Site};
    use crate::rules::pain_fixture::{check_too_little_data, clear, day, flagged, judge, sore};

    /// Left-knee rows of this pain on these days.
    fn rated(days: &[i64], pain: f64) -> Vec<Entry> {
        days.iter()
            .map(|n| sore(*n, Site::Knee, Side::Left, pain))
            .collect()
    }

    fn knee(days: &[i64]) -> Vec<Entry> {
        rated(days, 3.0)
    }

    fn check(days: &[i64], expected: &[(Severity, f64)]) {
        let found: Vec<_> = flagged(&RULE, 20, knee(days))
            .iter()
            .map(|f| (f.severity, f.observed.unwrap_or_default()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn four_days_are_a_note_and_eight_are_for_someone() {
        check(&[18, 19, 20], &[]);
        check(&[17, 19, 20], &[(Severity::Note, 4.0)]);
        check(&[14, 17, 20], &[(Severity::Note, 7.0)]);
        check(&[13, 15, 17, 20], &[(Severity::SeeSomeone, 8.0)]);
    }

    #[test]
    fn a_long_spell_that_stays_little_is_watched() {
        for (pain, expected) in [
            (2.0, Severity::Watch),
            (2.5, Severity::Watch),
            (3.0, Severity::SeeSomeone),
        ] {
            let found = flagged(&RULE, 20, rated(&[8, 11, 14, 17, 20], pain));
            assert_eq!(
                found.iter().map(|f| f.severity).collect::<Vec<_>>(),
                [expected],
                "{pain}"
            );
            assert_eq!(
                found[0].text().contains("doctor"),
                expected == Severity::SeeSomeone,
                "{}",
                found[0].text()
            );
        }
    }

    #[test]
    fn a_little_is_enough_where_running_changed_or_three_weeks_did_not_settle_it() {
        let level = |rows: Vec<Entry>| flagged(&RULE, 40, rows).last().map(|f| f.severity);
        let of = |first: i64| rated(&(first..=40).collect::<Vec<_>>(), 2.0);
        // 9 days; with a run that was made shorter; 19 and 22 days, and 25 days that settled two days ago.
        assert_eq!(level(of(32)), Some(Severity::Watch));
        let mut changed = of(32);
        changed[1].function = Some(Function::CutShort);
        assert_eq!(level(changed), Some(Severity::SeeSomeone));
        let mut unchanged = of(32);
        unchanged[1].function = Some(Function::None);
        assert_eq!(level(unchanged), Some(Severity::Watch));
        assert_eq!(level(of(22)), Some(Severity::Watch));
        assert_eq!(level(of(19)), Some(Severity::SeeSomeone));
        let settled = rated(&(14..=38).step_by(3).collect::<Vec<_>>(), 2.0);
        let zeros = [39, 40].map(clear).to_vec();
        assert_eq!(level([settled, zeros].concat()), Some(Severity::Watch));
    }

    #[test]
    fn two_logs_are_no_spell() {
        check(&[17, 20], &[]);
        assert_eq!(judge(&RULE, 20, knee(&[17, 20])), [Outcome::Clear]);
    }

    #[test]
    fn every_spell_is_one_finding() {
        check(
            &[0, 2, 4, 12, 14, 16],
            &[(Severity::Note, 5.0), (Severity::Note, 5.0)],
        );
    }

    #[test]
    fn a_stitch_is_no_limb() {
        let rows = [14, 17, 20]
            .map(|n| sore(n, Site::SideStitch, Side::Left, 2.0))
            .to_vec();
        assert_eq!(judge(&RULE, 20, rows), [Outcome::Clear]);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words_for_a_running_a_settled_and_a_forgotten_spell() {
        let said = |as_of, rows| flagged(&RULE, as_of, rows)[0].text();
        let spell = || knee(&[3, 6, 9, 11]);
        assert_eq!(
            said(14, spell()),
            "Your left knee has been sore for 9 days (6–14 Mar 2025, logged on 4 of them, at most 3 of 10). \
             That is long enough to let a doctor or physiotherapist have a look this week."
        );
        assert_eq!(
            said(14, [spell(), vec![clear(12), clear(13)]].concat()),
            "Your left knee was sore for 9 days (6–14 Mar 2025, logged on 4 of them, at most 3 of 10) and then settled. \
             If it comes back, a doctor or physiotherapist could have a look."
        );
        assert_eq!(
            said(15, spell()),
            "Your left knee was sore for 9 days (6–14 Mar 2025, logged on 4 of them, at most 3 of 10). Later days do \
             not say whether it settled. If it is still there, let a doctor or physiotherapist have a look this week."
        );
        assert_eq!(flagged(&RULE, 14, spell())[0].to, day(11));
        assert!(said(25, spell()).contains("If it is still there"));
        assert_eq!(
            said(26, spell()),
            "Your left knee was sore for 9 days (6–14 Mar 2025, logged on 4 of them, at most 3 of 10). \
             The log does not say when it settled."
        );
    }
}
