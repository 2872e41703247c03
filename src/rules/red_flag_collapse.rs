//! Red flag: fainting in a run, after it, or nearly.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Flag, Seen, told_if},
    triage,
};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-collapse",
    title: "Fainting",
    headline: "fainting",
    why: "Fainting after the finish is mostly a drop of blood pressure on standing still. In the middle of a run it is another matter.",
    formula: "A day with collapse: emergency. A day with faint_after (after the finish) or near_faint and nothing that another red flag tells (chest pain, breathlessness, a racing heart): see someone. Signs column or note, whatever the place; rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Emergency,
    group: Group::RedFlags,
    triage: &[(Severity::Emergency, 20), (Severity::SeeSomeone, 60)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Fainting while exercising is on the ambulance list of a public health service, and family doctors are told that it is more serious than fainting afterwards and is looked into before the next run. Fainting after the finish is common, mostly from the blood pressure, and still worth telling a doctor.",
        sources: &[
            "NHS 111 Wales, page on fainting, 111.wales.nhs.uk/encyclopaedia/f/article/fainting, read November 2026.",
            "American Family Physician (1999) 60:2001, aafp.org/pubs/afp/issues/1999/1101/p2001.html, read November 2026.",
            "Review of fainting in athletes, ncbi.nlm.nih.gov/pmc/articles/PMC3944103, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions collapse. Fainting in the middle of a run is always looked into, also when it turns out to be harmless. Please call your emergency number ({number}) now if you do not feel well again, and do not run until a doctor has seen you.",
    check: Check::Data(check),
};

const ADVICE_IN_A_RUN: &str = "Fainting in the middle of a run is always looked into, also when it turns out to be harmless. Please call your \
                               emergency number ({number}) now if you do not feel well again, and do not run until a doctor has seen you.";
const ADVICE_AFTERWARDS: &str = "Faintness around a run is mostly a matter of blood pressure and passes. \
                                 Please tell a doctor this week, before the next hard run.";
const IF_BACK_AFTERWARDS: &str = "please tell a doctor that week.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let in_a_run = Flag::of_an_emergency(ctx, &RULE, ADVICE_IN_A_RUN);
    let found = [
        sighting::found_by_date(ctx, &in_a_run, |day| day.signs(&[Sign::Collapse])),
        sighting::found_by_date(ctx, &afterwards(), faint),
    ];
    sighting::conclude(ctx, found)
}

fn afterwards() -> Flag {
    Flag::of_the_body(&RULE, ADVICE_AFTERWARDS, IF_BACK_AFTERWARDS).at(Severity::SeeSomeone)
}

/// Signs that make faintness a matter of another, louder red flag.
const LOUDER: &[Sign] = &[
    Sign::Collapse,
    Sign::ChestPain,
    Sign::Breathless,
    Sign::CoughBlood,
    Sign::Palpitations,
];

fn faint(day: &DayAtSite) -> Vec<Seen> {
    told_if(
        !day.has_any(LOUDER),
        day.signs(&[Sign::FaintAfter, Sign::NearFaint]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{
        check_level, check_too_little_data, flagged, harmless, noted,
    };

    #[test]
    fn in_the_run_is_an_emergency_and_afterwards_is_not() {
        check_level(
            &RULE,
            vec![noted(&[Sign::Collapse])],
            Some(Severity::Emergency),
        );
        check_level(
            &RULE,
            vec![noted(&[Sign::Collapse, Sign::FaintAfter])],
            Some(Severity::Emergency),
        );
        for sign in [Sign::FaintAfter, Sign::NearFaint] {
            check_level(&RULE, vec![noted(&[sign])], Some(Severity::SeeSomeone));
        }
        check_level(&RULE, vec![harmless(20)], None);
    }

    #[test]
    fn in_louder_company_it_is_told_by_the_other_rule() {
        for (other, rule, level) in [
            (
                Sign::ChestPain,
                &crate::rules::red_flag_chest::RULE,
                Severity::Emergency,
            ),
            (
                Sign::Palpitations,
                &crate::rules::red_flag_palpitations::RULE,
                Severity::Urgent,
            ),
        ] {
            check_level(&RULE, vec![noted(&[Sign::NearFaint, other])], None);
            check_level(rule, vec![noted(&[Sign::NearFaint, other])], Some(level));
        }
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![noted(&[Sign::Collapse])])[0].text(),
            "Your note of 23 Mar 2025 mentions collapse. Fainting in the middle of a run is always looked into, also when \
             it turns out to be harmless. Please call your emergency number (112, 911 or 999) now if you do not feel well \
             again, and do not run until a doctor has seen you."
        );
        assert_eq!(
            flagged(&RULE, 20, vec![noted(&[Sign::FaintAfter])])[0].text(),
            "Your note of 23 Mar 2025 mentions fainting after the finish. Faintness around a run is mostly a matter of \
             blood pressure and passes. Please tell a doctor this week, before the next hard run."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
