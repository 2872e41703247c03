//! Red flag: a knock on the head, and a gap in the memory.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Flag, Seen, told_if},
    triage,
};
use crate::{
    pain::{Entry, Sign},
    time::plus_days,
};
use chrono::NaiveDate;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-head",
    title: "A knock on the head",
    headline: "a knock on the head",
    why: "Most knocks on the head are nothing. Vomiting, a headache that gets worse or a gap in the memory after one is a reason for an emergency department.",
    formula: "A day with headache, vomiting or memory_gap when head_injury was logged on it or in the 14 days before, or with memory_gap alone: urgent. head_injury without any of these in the 14 days after it: keep an eye on it. A seizure or confusion is red-flag-confusion.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 90)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "After a knock on the head public health services ask for an emergency department when there was vomiting, a headache that does not go, trouble with the memory or a time knocked out; signs usually come within a day and can take up to three weeks. Without them one rests at home and keeps watching.",
        sources: &[
            "NHS 111 Wales, page on head injury, 111.wales.nhs.uk/Encyclopaedia/c/article/concussion, read November 2026.",
            "NHS, page on head injury, nhs.uk/conditions/head-injury-and-concussion, read November 2026 in a mirrored copy (www.chadsmoormedicalpractice.nhs.uk/index.php?id=nhs-health-az&category=M&condition=minor-head-injury).",
            "Portsmouth health and care, page on head injury, healthandcare.portsmouth.gov.uk/head-injury, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions a knock on the head, a gap in the memory and vomiting. After a knock that is a reason to be seen today, in an emergency department, even if you feel well again.",
    check: Check::Data(check),
};

const ADVICE_WITH_SIGNS: &str = "After a knock that is a reason to be seen today, in an emergency department, even if you feel well again.";
const ADVICE_ALONE: &str = "Most are nothing. Please take it easy today, and be seen the same day if you vomit, cannot remember or have \
                            a headache that gets worse.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let rows = triage::rows(ctx);
    let found = [
        sighting::found_by_date(ctx, &with_signs(), |day| seen(rows, day)),
        sighting::found_by_date(ctx, &alone(), |day| knock(rows, day)),
    ];
    sighting::conclude(ctx, found)
}

fn with_signs() -> Flag {
    let if_back = "please be seen the same day, in an emergency department.";
    Flag::of_the_body(&RULE, ADVICE_WITH_SIGNS, if_back)
}

fn alone() -> Flag {
    let if_back = "please take it easy that day.";
    Flag::of_the_body(&RULE, ADVICE_ALONE, if_back).at(Severity::Watch)
}

/// How long after a knock its signs may come.
const AFTER_DAYS: i64 = triage::WINDOW.value as i64;

/// Whether the head was hit on this day or in the two weeks before it.
pub(super) fn was_hit(rows: &[Entry], date: NaiveDate) -> bool {
    let before = sighting::between(rows, plus_days(date, -AFTER_DAYS), date);
    before.iter().any(|row| row.has_sign(Sign::HeadInjury))
}

/// Signs after a knock.
const AFTERWARDS: &[Sign] = &[Sign::MemoryGap, Sign::Vomiting, Sign::Headache];

fn seen(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    let signs = signs_of_a_knock(rows, day);
    match signs.is_empty() {
        true => signs,
        false => [day.signs(&[Sign::HeadInjury]), signs].concat(),
    }
}

/// A gap in memory needs no knock in the log: it may be what is not remembered.
fn signs_of_a_knock(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    match day.has_any(AFTERWARDS) && was_hit(rows, day.date) {
        true => day.signs(AFTERWARDS),
        false => day.signs(&[Sign::MemoryGap]),
    }
}

fn knock(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    told_if(
        !signs_follow(rows, day.date),
        day.signs(&[Sign::HeadInjury]),
    )
}

fn signs_follow(rows: &[Entry], date: NaiveDate) -> bool {
    let after = sighting::between(rows, date, plus_days(date, AFTER_DAYS));
    let has_one = |row: &Entry| AFTERWARDS.iter().any(|sign| row.has_sign(*sign));
    after.iter().any(has_one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{check_level, check_too_little_data, day, flagged, harmless};

    fn row(n: i64, signs: &[Sign]) -> Entry {
        Entry {
            signs_in_note: signs.into(),
            ..Entry::on(day(n))
        }
    }

    #[test]
    fn a_knock_with_signs_is_for_today() {
        for sign in AFTERWARDS {
            check_level(
                &RULE,
                vec![row(20, &[Sign::HeadInjury, *sign])],
                Some(Severity::Urgent),
            );
            check_level(
                &RULE,
                vec![row(6, &[Sign::HeadInjury]), row(20, &[*sign])],
                Some(Severity::Urgent),
            );
        }
        check_level(
            &RULE,
            vec![row(20, &[Sign::MemoryGap])],
            Some(Severity::Urgent),
        );
    }

    #[test]
    fn a_knock_alone_is_watched_and_a_headache_alone_is_nothing_here() {
        check_level(
            &RULE,
            vec![row(20, &[Sign::HeadInjury])],
            Some(Severity::Watch),
        );
        check_level(
            &RULE,
            vec![row(19, &[Sign::Vomiting]), row(20, &[Sign::HeadInjury])],
            Some(Severity::Watch),
        );
        check_level(&RULE, vec![row(20, &[Sign::Headache])], None);
        check_level(&RULE, vec![row(20, &[Sign::Trauma])], None);
        check_level(&RULE, vec![harmless(20)], None);
    }

    #[test]
    fn a_headache_too_long_after_the_knock_is_not_its_sign() {
        let found = flagged(
            &RULE,
            20,
            vec![row(5, &[Sign::HeadInjury]), row(20, &[Sign::Headache])],
        );
        let levels: Vec<_> = found
            .iter()
            .map(|finding| (finding.severity, finding.to))
            .collect();
        assert_eq!(levels, [(Severity::Watch, day(5))]);
    }

    #[test]
    fn words() {
        let signs = [Sign::HeadInjury, Sign::MemoryGap, Sign::Vomiting];
        assert_eq!(
            flagged(&RULE, 20, vec![row(20, &signs)])[0].text(),
            "Your note of 23 Mar 2025 mentions a knock on the head, a gap in the memory and vomiting. After a knock that is \
             a reason to be seen today, in an emergency department, even if you feel well again."
        );
        assert_eq!(
            flagged(&RULE, 20, vec![row(20, &signs[..1])])[0].text(),
            "Your note of 23 Mar 2025 mentions a knock on the head. Most are nothing. Please take it easy today, and be seen \
             the same day if you vomit, cannot remember or have a headache that gets worse."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
