//! Red flag: calf cramps that start in the run and are gone with rest, run after run.

use super::{
    Backtest, Change, Check, Context, Evidence, Group, Limit, Outcome, Rule, Severity, Stance,
};
use super::{
    sighting::{self, DayAtSite, Flag, Seen},
    triage,
};
use crate::pain::{Entry, Moment, Onset, PainType, Side, Site};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// How many runs it takes.
const MINIMUM_RUNS: Limit = Limit {
    key: "minimum_runs",
    value: 3.0,
    change: Change::TRIAGE,
    why: "The triage table's value: a cramp now and then is part of running.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-artery",
    title: "Calf cramps in the run that stop with rest",
    headline: "cramps in the run that stop with rest",
    why: "A cramp that comes with effort and goes with rest, again and again, is about supply more than about soreness.",
    formula: "Days with type cramp at a calf, not rated 0, at moment during or with onset during, and a later row of the same day (after, evening, night or rest) that rates the calf, or everything, 0. 3 or more such days, each at most 14 days after the one before.",
    needs: "A row during the run and one after it on each of three days: without the second nobody knows whether rest helped.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 180)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask people with leg pain that keeps coming with exercise and is gone after a few minutes of rest to see a doctor, who can measure the blood flow. They speak of walking, not of running; the number of runs is a choice.",
        sources: &[
            "nidirect (Northern Ireland), page on leg pain when walking, www.nidirect.gov.uk/conditions/peripheral-arterial-disease-pad, read November 2026.",
            "NHS 111 Wales, page on the same, 111.wales.nhs.uk/peripheralarterialdisease(pad)/, read November 2026.",
        ],
    },
    limits: &[MINIMUM_RUNS, triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: cramp in the calf that begins with exercise and resolves with rest deserves a check.",
    message: "On 3 days, 3–9 May 2025, you logged calf cramps during the run that were gone afterwards (left calf). Cramps that come at the same point and stop with rest can have to do with blood flow, though most do not. Please tell your doctor this week.",
    check: Check::Data(check),
};

const ADVICE: &str = "Cramps that come at the same point and stop with rest can have to do with blood flow, \
                      though most do not. Please tell your doctor this week.";
const IF_BACK: &str = "please tell your doctor.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag {
        days: ctx.limit(MINIMUM_RUNS) as usize,
        within_days: i64::MAX,
        ..Flag::of_the_body(&RULE, ADVICE, IF_BACK)
    };
    let rows = triage::rows(ctx);
    let outcomes = sighting::judge(ctx, &flag, |day| seen(rows, day));
    match outcomes.as_slice() {
        [Outcome::Clear] if is_left_open(rows, ctx.history.as_of, flag.days) => not_known(),
        _ => outcomes,
    }
}

fn not_known() -> Vec<Outcome> {
    let why = "no row after the run says whether the calf cramps went away with rest";
    vec![Outcome::NotJudged(why.to_string())]
}

fn seen(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    match is_cramp_in_run(day) && rating_after(rows, day) == Some(0.0) {
        true => vec![Seen::logged(
            "calf cramps during the run that were gone afterwards",
        )],
        false => Vec::new(),
    }
}

fn is_cramp_in_run(day: &DayAtSite) -> bool {
    day.site == Some(Site::Calf) && day.any(|row| is_in_run(row) && is_cramp(row))
}

fn is_in_run(row: &Entry) -> bool {
    row.moment == Moment::During || row.onset == Some(Onset::During)
}

fn is_cramp(row: &Entry) -> bool {
    row.types.contains(&PainType::Cramp) && row.pain != Some(0.0)
}

/// The highest rating of that calf after the run, on the same day. None: nobody wrote it down.
fn rating_after(rows: &[Entry], day: &DayAtSite) -> Option<f64> {
    let of_day = sighting::between(rows, day.date, day.date).iter();
    let after = of_day.filter(|row| is_after_a_run(row) && is_about(row, day));
    after.filter_map(|row| row.pain).reduce(f64::max)
}

fn is_after_a_run(row: &Entry) -> bool {
    matches!(
        row.moment,
        Moment::After | Moment::Evening | Moment::Night | Moment::Rest
    )
}

/// Whether the row says something of the place, were it only that nothing hurts anywhere.
fn is_about(row: &Entry, place: &DayAtSite) -> bool {
    let is_side = row.side == place.side || matches!(row.side, None | Some(Side::Both));
    row.site == Some(Site::None) || row.site == place.site && is_side
}

/// Whether enough recent runs had cramps that may or may not have gone with rest.
fn is_left_open(rows: &[Entry], as_of: NaiveDate, minimum_runs: usize) -> bool {
    let recent = sighting::between(rows, triage::current_from(as_of), as_of);
    let days = sighting::days_at_sites(recent);
    let is_unknown = |day: &&DayAtSite| is_cramp_in_run(day) && rating_after(rows, day).is_none();
    let unknown = days.iter().filter(is_unknown).map(|day| day.date);
    unknown.collect::<BTreeSet<_>>().len() >= minimum_runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{
        check_red_flag, check_too_little_data, clear, flagged, judge, sore,
    };

    fn calf(n: i64, moment: Moment, pain: f64) -> Entry {
        Entry {
            moment,
            types: [PainType::Cramp].into(),
            ..sore(n, Site::Calf, Side::Left, pain)
        }
    }

    fn gone(n: i64) -> [Entry; 2] {
        [
            calf(n, Moment::During, 4.0),
            Entry {
                moment: Moment::Evening,
                ..clear(n)
            },
        ]
    }

    fn not_gone(n: i64) -> [Entry; 2] {
        [calf(n, Moment::During, 4.0), calf(n, Moment::After, 1.0)]
    }

    #[test]
    fn three_runs_and_not_two() {
        check_red_flag(&RULE, [10, 15, 20].map(gone).concat(), true);
        check_red_flag(&RULE, [15, 20].map(gone).concat(), false);
        check_red_flag(&RULE, [gone(10), gone(15), not_gone(20)].concat(), false);
        let knee = |entry: Entry| Entry {
            site: entry.site.map(|_| Site::Knee),
            ..entry
        };
        check_red_flag(
            &RULE,
            [10, 15, 20]
                .map(gone)
                .concat()
                .into_iter()
                .map(knee)
                .collect(),
            false,
        );
    }

    #[test]
    fn without_a_row_after_the_run_nothing_is_known() {
        let only_during =
            |days: &[i64]| days.iter().map(|n| calf(*n, Moment::During, 4.0)).collect();
        assert!(matches!(
            judge(&RULE, 20, only_during(&[10, 15, 20])).as_slice(),
            [Outcome::NotJudged(_)]
        ));
        assert_eq!(judge(&RULE, 20, only_during(&[15, 20])), [Outcome::Clear]);
        assert_eq!(
            judge(&RULE, 20, [10, 15, 20].map(not_gone).concat()),
            [Outcome::Clear]
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, [10, 15, 20].map(gone).concat())[0].text(),
            "On 3 days, 13–23 Mar 2025, you logged calf cramps during the run that were gone afterwards (left calf). \
             Cramps that come at the same point and stop with rest can have to do with blood flow, \
             though most do not. Please tell your doctor this week."
        );
    }
}
