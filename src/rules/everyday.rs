//! Everyday trouble that a note names: one plain sentence each, so that nobody is left to guess what niggle made of it.

use super::{
    Backtest, Check, Context, Evidence, Finding, Group, Judged, Outcome, Rule, Severity, Stance,
    explained, sighting, triage,
};
use super::{series::only, verdicts::in_brackets};
use crate::pain::{Entry, Everyday, Place, Site, site_text};
use crate::time::{date_text, period_text};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    id: "everyday",
    title: "Everyday trouble",
    headline: "everyday trouble",
    why: "Blisters, chafing, a stitch or one cramp belong to running. niggle says that it read them, and what would change that.",
    formula: "A note of the last 14 days that names a blister, a toenail, chafed or grazed skin, sunburn, a stitch, one cramp, a click without pain, numbness that went with the laces, a tick that is out, or sore muscles after an effort: a note, one for each. It says nothing where the row holds a sign that asks to be looked at, or another rule sends to someone about the place.",
    needs: "A note.",
    cap: Severity::Note,
    group: Group::Pain,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "Public advice for patients, read in November 2026, most of it on pages that carry the NHS text: painless clicks of a knee are common, nothing more is to be done after a tick bite without symptoms, soreness after hard work is gone in five to seven days, skin that is hot, weeping or has a red line is to be seen. For blisters, laces, chafing, toenails and stitches no such page was read: their sentences are judgement.",
        sources: &[
            "NHS, Cellulitis, as carried by redflagsymptoms.co.uk/cellulitis, read in November 2026.",
            "NHS advice on knees, as carried by lincolnshireknee.co.uk, read in November 2026.",
            "Chapel Street Medical Centre, Lyme disease, chapelstreetmcderby.nhs.uk, read in November 2026.",
            "Vickers (2001), BMC Musculoskeletal Disorders 2:5, doi 10.1186/1471-2474-2-5.",
        ],
    },
    limits: &[triage::WINDOW],
    ordered: &[],
    rests_on: &[],
    seed: "S0, hotspots after running, counts blisters and nails among what runners live with; the sentences are not from the articles.",
    message: "Your note of 3 May 2025 mentions a blister (right toe), which niggle does not count as an alarm. If it gets hot, weeps or a red line appears, have it seen the same day.",
    check: Check::After(check),
};

fn check(ctx: &Context, heard: &Judged) -> Vec<Outcome> {
    let mut alarms = triage::alarms(heard);
    alarms.retain(|alarm| alarm.severity >= Severity::SeeSomeone);
    let mut rows = noted_lately(ctx);
    rows.retain(|row| is_quiet(row, &alarms));
    let found = Everyday::ALL.iter();
    triage::flagged(ctx, found.filter_map(|kind| finding(ctx, *kind, &rows)))
}

/// Current rows whose notes name something everyday and nothing that it does not explain.
fn noted_lately<'a>(ctx: &Context<'a>) -> Vec<&'a Entry> {
    let rows = triage::rows(ctx).iter();
    rows.filter(|row| is_harmless_of_late(ctx, row)).collect()
}

/// Whether a current note names something everyday and the row nothing alarming.
fn is_harmless_of_late(ctx: &Context, row: &Entry) -> bool {
    row.date >= triage::current_from(ctx.history.as_of)
        && !row.everyday_in_note.is_empty()
        && !explained::is_alarming(row)
}

/// Whether no alarm is about the row's place; a row without a place is told all the same.
fn is_quiet(row: &Entry, alarms: &[&Finding]) -> bool {
    row.place().is_none_or(|(site, side)| {
        !triage::is_alarmed(alarms, (Some(site), side), row.date, row.date)
    })
}

fn finding(ctx: &Context, kind: Everyday, rows: &[&Entry]) -> Option<Finding> {
    let named = || {
        let rows = rows.iter();
        rows.filter(|row| row.everyday_in_note.contains(&kind))
    };
    let dates: BTreeSet<NaiveDate> = named().map(|row| row.date).collect();
    let (from, to) = (*dates.first()?, *dates.last()?);
    let places: BTreeSet<Option<Place>> = named().map(|row| row.place()).collect();
    let (site, side) = only(&places).flatten().unzip();
    Some(Finding {
        site,
        side: side.flatten(),
        run_ids: sighting::run_ids(ctx, &dates),
        message: message(kind, (from, to), &places),
        instruction: advice(kind).to_string(),
        ..Finding::on(&RULE, Severity::Note, from, to)
    })
}

fn message(
    kind: Everyday,
    days: (NaiveDate, NaiveDate),
    places: &BTreeSet<Option<Place>>,
) -> String {
    let (notes, what, place) = (your_notes(days), kind.label(), in_brackets(&names(places)));
    format!("{notes} {what}{place}, which niggle does not count as an alarm.")
}

fn your_notes((from, to): (NaiveDate, NaiveDate)) -> String {
    match from == to {
        true => format!("Your note of {} mentions", date_text(to)),
        false => format!("Your notes of {} mention", period_text(from, to)),
    }
}

fn names(places: &BTreeSet<Option<Place>>) -> Vec<String> {
    let named = places.iter().flatten();
    let named = named.filter(|(site, _)| *site != Site::Unnamed);
    named.map(|(site, side)| site_text(*site, *side)).collect()
}

/// What would make it more than everyday, and how soon it is then to be seen.
fn advice(kind: Everyday) -> &'static str {
    match kind {
        Everyday::Blister | Everyday::Chafing | Everyday::Graze => {
            "If it gets hot, weeps or a red line appears, have it seen the same day."
        }
        Everyday::Nail => {
            "If it throbs, weeps or the toe gets red and hot, have it seen this week."
        }
        Everyday::Sunburn => {
            "If you feel ill, feverish or faint with it, have it seen the same day."
        }
        Everyday::Stitch => {
            "If it does not go with a walk, or sits in the chest, have it seen the same day."
        }
        Everyday::Cramp => "If it keeps coming back, or the leg swells, have it seen this week.",
        Everyday::Click => "If it begins to hurt, to catch or to swell, have it seen this week.",
        Everyday::Laces => {
            "If it stays with the shoe off, or comes in every run, have it seen this week."
        }
        Everyday::Tick => {
            "If a ring or a rash grows there in the next weeks, or you feel ill, have it seen that week."
        }
        Everyday::Soreness => {
            "If it is not better within a week, sits on one side only or the urine turns dark, have it seen at once."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Side, Sign};
    use crate::rules::pain_fixture::{at, check_too_little_data, clear, flagged, harmless, judge};

    fn noted(n: i64, kinds: &[Everyday]) -> Entry {
        Entry {
            pain: Some(3.0),
            everyday_in_note: kinds.into(),
            ..at(n, Site::Toe, Side::Right)
        }
    }

    #[test]
    fn every_kind_is_one_note_that_ends_with_what_would_change_it() {
        let found = flagged(&RULE, 20, vec![noted(20, Everyday::ALL)]);
        assert_eq!(found.len(), Everyday::ALL.len());
        for (finding, kind) in found.iter().zip(Everyday::ALL) {
            assert_eq!(
                (finding.severity, finding.site),
                (Severity::Note, Some(Site::Toe))
            );
            assert!(
                finding.message.contains(kind.label()),
                "{}",
                finding.message
            );
            assert!(
                finding.instruction.starts_with("If ")
                    && finding.instruction.contains(", have it seen ")
            );
        }
    }

    #[test]
    fn it_is_said_once_for_two_weeks_and_not_of_old_notes() {
        let blister = |n| noted(n, &[Everyday::Blister]);
        assert_eq!(
            flagged(&RULE, 20, vec![blister(5), blister(10), blister(20)]).len(),
            1
        );
        assert_eq!(
            judge(&RULE, 20, vec![blister(5), harmless(20)]),
            [Outcome::Clear]
        );
    }

    #[test]
    fn it_says_nothing_beside_an_alarm() {
        let silent =
            |row: Entry| assert!(flagged(&RULE, 20, vec![row.clone()]).is_empty(), "{row:?}");
        let blister = || noted(20, &[Everyday::Blister]);
        silent(Entry {
            signs_in_note: [Sign::RedStreak].into(),
            ..blister()
        });
        silent(Entry {
            signs: [Sign::Fever].into(),
            ..blister()
        });
        let cramp = || Entry {
            everyday_in_note: [Everyday::Cramp].into(),
            ..at(20, Site::Calf, Side::Left)
        };
        let swollen = Entry {
            signs: [Sign::Swelling].into(),
            ..at(19, Site::Calf, Side::Left)
        };
        assert_eq!(flagged(&RULE, 20, vec![cramp()]).len(), 1);
        assert!(flagged(&RULE, 20, vec![swollen.clone(), cramp()]).is_empty());
        assert_eq!(
            flagged(&RULE, 20, vec![swollen, blister()]).len(),
            1,
            "another place"
        );
        // A row without a place: nothing hurts, and the chafed skin is told all the same.
        let chafed = Entry {
            everyday_in_note: [Everyday::Chafing].into(),
            ..clear(20)
        };
        assert_eq!(flagged(&RULE, 20, vec![chafed]).len(), 1);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        // Day 61 is 3 May 2025.
        assert_eq!(
            flagged(&RULE, 61, vec![noted(61, &[Everyday::Blister])])[0].text(),
            RULE.message
        );
        let two = vec![noted(59, &[Everyday::Nail]), noted(61, &[Everyday::Nail])];
        assert_eq!(
            flagged(&RULE, 61, two)[0].text(),
            "Your notes of 1–3 May 2025 mention a toenail (right toe), which niggle does not count as an alarm. If it \
             throbs, weeps or the toe gets red and hot, have it seen this week."
        );
    }
}
