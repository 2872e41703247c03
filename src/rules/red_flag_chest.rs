//! Red flag: chest pain, breathlessness or a collapse in the log.

use super::{Context, Evidence, Outcome, Rule, Severity, Stance, sighting, triage};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-chest",
    title: "Chest pain, breathlessness or collapse",
    why: "Few things in a running diary cannot wait. These are among them, with or without trouble in the legs.",
    formula: "Any row with chest_pain or breathless in the signs column, or with chest pain, breathlessness or a collapse in the note. Rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Emergency,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "Public health services ask everyone to call an ambulance for chest pain or sudden breathlessness. That is common advice, not a study of runners, and the popular articles niggle started from do not mention it.",
        sources: &["NHS-type public advice on chest pain and breathlessness, not re-checked."],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged chest pain. Please call your emergency number (112, 911 or 999) now if it is still there or comes back.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let numbers = context.emergency_number;
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::Emergency,
        all_sites: true,
        days: 1,
        within_days: 1,
        advice: format!("Please call your emergency number ({numbers}) now if it is still there or comes back."),
        if_back: format!("please call your emergency number ({numbers})."),
    };
    sighting::judge(context, &flag, |day| day.signs(&[Sign::ChestPain, Sign::Breathless, Sign::Collapse]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Entry;
    use crate::rules::pain_fixture::{check_red_flag, check_too_little_data, day, flagged, harmless};

    #[test]
    fn one_row_or_one_note_is_enough() {
        for sign in [Sign::ChestPain, Sign::Breathless, Sign::Collapse] {
            check_red_flag(&RULE, vec![Entry { signs: vec![sign], ..Entry::on(day(20)) }], true);
            check_red_flag(&RULE, vec![Entry { signs_in_note: vec![sign], ..Entry::on(day(6)) }], true);
        }
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        let rows = vec![Entry { signs: vec![Sign::Breathless], ..Entry::on(day(20)) }];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "On 23 Mar 2025 you logged breathlessness. \
             Please call your emergency number (112, 911 or 999) now if it is still there or comes back."
        );
    }
}
