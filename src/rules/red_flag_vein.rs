//! Red flag: heavy legs or night cramps that keep coming.

use super::{
    Backtest, Change, Check, Context, Evidence, Group, Limit, Outcome, Rule, Severity, Stance,
};
use super::{
    sighting::{self, DayAtSite, Flag, Seen},
    triage,
};
use crate::pain::{Entry, Moment, PainType, Sign};

/// How many days it takes.
const MINIMUM_DAYS: Limit = Limit {
    key: "minimum_days",
    value: 4.0,
    change: Change::TRIAGE,
    why: "The triage table's value: heavy legs after a long run are ordinary, every third day is a pattern.",
};

/// Within how many days.
const SPAN: Limit = Limit {
    key: "span_days",
    value: 14.0,
    change: Change::TRIAGE,
    why: "The triage table's window.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-vein",
    title: "Heavy legs or night cramps that keep coming",
    headline: "heavy legs or night cramps that keep coming",
    why: "Now and then they belong to training. When they keep coming it is worth a sentence at the next appointment.",
    formula: "Days with heavy_legs or night_cramp, in the signs column or the note, or with type cramp at moment night: 4 or more different days within 14.",
    needs: "Four days within 14. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 190)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "A hospital of the NHS lists aching, heavy legs and cramps at night among what the veins can do; it is rarely serious. The number of days is a choice.",
        sources: &[
            "Newcastle Hospitals (NHS), page on the veins of the leg, newcastle-hospitals.nhs.uk/?p=2714, read November 2026.",
        ],
    },
    limits: &[MINIMUM_DAYS, SPAN, triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: heavy legs and night cramps that keep coming can be a matter of the veins.",
    message: "On 4 days, 3–12 May 2025, you logged heavy legs. Heavy legs and night cramps that keep coming can be a vein matter, and often are not. Please tell your doctor at the next visit, within the month.",
    check: Check::Data(check),
};

const ADVICE: &str = "Heavy legs and night cramps that keep coming can be a vein matter, and often are not. \
                      Please tell your doctor at the next visit, within the month.";
const IF_BACK: &str = "please tell your doctor.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag {
        days: ctx.limit(MINIMUM_DAYS) as usize,
        within_days: ctx.limit(SPAN) as i64,
        ..Flag::of_the_body(&RULE, ADVICE, IF_BACK)
    };
    sighting::judge(ctx, &flag, seen)
}

fn seen(day: &DayAtSite) -> Vec<Seen> {
    let mut seen = day.signs(&[Sign::HeavyLegs, Sign::NightCramp]);
    if day.any(is_cramp_at_night) && !day.has(Sign::NightCramp) {
        seen.push(Seen::logged(Sign::NightCramp.label()));
    }
    seen
}

fn is_cramp_at_night(row: &Entry) -> bool {
    row.moment == Moment::Night && row.types.contains(&PainType::Cramp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side, Site};
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, day, flagged};

    fn heavy(n: i64) -> Entry {
        Entry {
            signs: [Sign::HeavyLegs].into(),
            ..Entry::on(day(n))
        }
    }

    fn night(n: i64) -> Entry {
        Entry {
            moment: Moment::Night,
            types: [PainType::Cramp].into(),
            ..at(n, Site::Calf, Side::Left)
        }
    }

    #[test]
    fn four_days_in_fourteen() {
        check_red_flag(&RULE, [7, 11, 15, 20].map(heavy).to_vec(), true);
        check_red_flag(&RULE, [6, 11, 15, 20].map(heavy).to_vec(), false);
        check_red_flag(&RULE, [11, 15, 20].map(heavy).to_vec(), false);
        check_red_flag(
            &RULE,
            vec![heavy(11), night(15), heavy(18), night(20)],
            true,
        );
        check_red_flag(
            &RULE,
            vec![heavy(20), night(20), heavy(15), night(15)],
            false,
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, [11, 15, 18, 20].map(heavy).to_vec())[0].text(),
            "On 4 days, 14–23 Mar 2025, you logged heavy legs. Heavy legs and night cramps that keep coming \
             can be a vein matter, and often are not. Please tell your doctor at the next visit, within the month."
        );
    }
}
