//! Red flag: lower back pain with fever, weight loss or night sweats.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    red_flag_back,
    sighting::{self, DayAtSite, Flag, Seen, told_if},
    triage,
};
use crate::pain::{Entry, Sign};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-back-unwell",
    title: "Back pain and feeling unwell",
    headline: "back pain and feeling unwell",
    why: "A sore back is one thing; a sore back in someone with a fever or losing weight is another, and it is rarely about running.",
    formula: "A lower_back row that is not rated 0 and, within 14 days of it, weight_loss or night_sweats, or within a day of it, fever; signs column or note, whatever the place of that row. Rows at most 14 days apart are one finding.",
    needs: "One row is enough if it holds both. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 150)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask for an urgent appointment, not an ambulance, when back pain comes with a fever, with weight loss for no reason or with feeling unwell. A review of such signs finds each of them weak by itself; together with the pain they are a reason to ask.",
        sources: &[
            "NHS, page on back pain, nhs.uk/conditions/back-pain, read November 2026 in mirrored copies (redflagsymptoms.co.uk/back-pain).",
            "Finucane et al. (2020), Journal of Orthopaedic & Sports Physical Therapy, doi.org/10.2519/jospt.2020.9971, abstract read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged fever. Together with the lower back pain you logged, that is mostly two small things at once, and it should be looked at today.",
    check: Check::Data(check),
};

const ADVICE: &str = "Together with the lower back pain you logged, that is mostly two small things at once, and it should be \
                      looked at today.";
const IF_BACK: &str =
    "together with pain in the lower back, please have it looked at the same day.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_the_body(&RULE, ADVICE, IF_BACK);
    let rows = triage::rows(ctx);
    sighting::judge_by_date(ctx, &flag, |day| seen(rows, day))
}

/// A fever counts within so many days of the pain: it comes and goes with a cold, weight and sweats do not.
const FEVER_DAYS: i64 = 1;

fn seen(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    let near = |signs: &[Sign], days| {
        told_if(
            red_flag_back::hurts_near(rows, day.date, days),
            day.signs(signs),
        )
    };
    let fever = near(&[Sign::Fever], FEVER_DAYS);
    let unwell = near(
        &[Sign::WeightLoss, Sign::NightSweats],
        triage::WINDOW.value as i64,
    );
    [fever, unwell].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Side, Site};
    use crate::rules::pain_fixture::{
        check_red_flag, check_too_little_data, day, flagged, harmless, sore,
    };

    fn back(n: i64, pain: f64) -> Entry {
        sore(n, Site::LowerBack, Side::Centre, pain)
    }

    fn row(n: i64, sign: Sign) -> Entry {
        Entry {
            signs: [sign].into(),
            ..Entry::on(day(n))
        }
    }

    #[test]
    fn the_back_and_a_sign_near_it() {
        for sign in [Sign::Fever, Sign::WeightLoss, Sign::NightSweats] {
            check_red_flag(&RULE, vec![back(20, 3.0), row(20, sign)], true);
            check_red_flag(
                &RULE,
                vec![Entry {
                    signs_in_note: [sign].into(),
                    ..back(20, 3.0)
                }],
                true,
            );
            check_red_flag(&RULE, vec![back(20, 0.0), row(20, sign)], false);
            check_red_flag(&RULE, vec![harmless(20), row(20, sign)], false);
        }
        check_red_flag(&RULE, vec![back(20, 8.0)], false);
    }

    #[test]
    fn weight_and_sweats_reach_further_than_a_fever() {
        check_red_flag(&RULE, vec![back(19, 3.0), row(20, Sign::Fever)], true);
        check_red_flag(&RULE, vec![back(18, 3.0), row(20, Sign::Fever)], false);
        check_red_flag(&RULE, vec![back(6, 3.0), row(20, Sign::WeightLoss)], true);
        check_red_flag(&RULE, vec![back(5, 3.0), row(20, Sign::WeightLoss)], false);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![back(20, 3.0), row(20, Sign::Fever)])[0].text(),
            "On 23 Mar 2025 you logged fever. Together with the lower back pain you logged, that is mostly two small things \
             at once, and it should be looked at today."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
