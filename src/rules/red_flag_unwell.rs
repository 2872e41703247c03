//! Red flag: losing weight or night sweats while a place hurts.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    red_flag_back,
    sighting::{self, DayAtSite, Flag, Seen, is_sore, told_if},
    triage,
};
use crate::{
    pain::{Entry, Sign},
    time::plus_days,
};
use chrono::NaiveDate;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-unwell",
    title: "Losing weight or night sweats with a place that hurts",
    headline: "pain, with weight lost or night sweats",
    why: "Pain from running does not make anyone thin or sweat at night; a doctor can put the two apart.",
    formula: "A day with weight_loss or night_sweats, in the signs column or the note, and within 14 days of it a place rated above 0. With the lower back it is red-flag-back-unwell.",
    needs: "One row is enough if it holds both. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 120)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask people with pain in a bone or joint who lose weight without trying, have a fever or drenching sweats at night to see a doctor; most have nothing grave.",
        sources: &[
            "NHS Greater Glasgow and Clyde, page on the knee, nhsggc.org.uk/your-health/health-services/msk-physiotherapy/knees, read November 2026.",
            "A charity for joints, page on the hip, versusarthritis.org/about-arthritis/conditions/hip-pain, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions losing weight without trying. Next to a place that hurts that is a reason to make an appointment with a doctor this week. Mostly there is a simple cause.",
    check: Check::Data(check),
};

const ADVICE: &str = "Next to a place that hurts that is a reason to make an appointment with a doctor this week. Mostly there \
                      is a simple cause.";
const IF_BACK: &str = "please make an appointment with a doctor that week.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_the_body(&RULE, ADVICE, IF_BACK);
    let rows = triage::rows(ctx);
    sighting::judge_by_date(ctx, &flag, |day| seen(rows, day))
}

fn seen(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    let signs = day.signs(&[Sign::WeightLoss, Sign::NightSweats]);
    told_if(
        !signs.is_empty() && hurts_near_but_the_back(rows, day.date),
        signs,
    )
}

/// Whether something hurts within the fortnight, and the lower back does not: the back has [`super::red_flag_back_unwell`].
fn hurts_near_but_the_back(rows: &[Entry], date: NaiveDate) -> bool {
    let days = triage::WINDOW.value as i64;
    let near = sighting::between(rows, plus_days(date, -days), plus_days(date, days));
    near.iter().any(is_sore) && !red_flag_back::hurts_near(rows, date, days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Side, Site};
    use crate::rules::pain_fixture::{
        check_red_flag, check_too_little_data, clear, day, flagged, sore,
    };

    fn row(n: i64, sign: Sign) -> Entry {
        Entry {
            signs_in_note: [sign].into(),
            ..Entry::on(day(n))
        }
    }

    #[test]
    fn with_a_place_that_hurts() {
        let knee = |n| sore(n, Site::Knee, Side::Left, 2.0);
        for sign in [Sign::WeightLoss, Sign::NightSweats] {
            check_red_flag(&RULE, vec![knee(20), row(20, sign)], true);
            check_red_flag(&RULE, vec![knee(6), row(20, sign)], true);
            check_red_flag(&RULE, vec![knee(5), row(20, sign)], false);
            check_red_flag(&RULE, vec![clear(20), row(20, sign)], false);
        }
        check_red_flag(&RULE, vec![knee(20), row(20, Sign::Fever)], false);
    }

    #[test]
    fn the_lower_back_is_for_another_rule() {
        let back = sore(20, Site::LowerBack, Side::Centre, 2.0);
        check_red_flag(&RULE, vec![back.clone(), row(20, Sign::WeightLoss)], false);
        check_red_flag(
            &crate::rules::red_flag_back_unwell::RULE,
            vec![back, row(20, Sign::WeightLoss)],
            true,
        );
    }

    #[test]
    fn words() {
        let rows = vec![
            sore(20, Site::Knee, Side::Left, 2.0),
            row(20, Sign::WeightLoss),
        ];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "Your note of 23 Mar 2025 mentions losing weight without trying. Next to a place that hurts that is a reason to \
             make an appointment with a doctor this week. Mostly there is a simple cause."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
