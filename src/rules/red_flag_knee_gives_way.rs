//! Red flag: a joint that gives way or locks.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    red_flag_knee::{BEND_PAIN, is_urgent},
    sighting::{self, DayAtSite, Flag, LOOK_THAT_WEEK, Seen, told_if},
    triage,
};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-knee-gives-way",
    title: "A joint that gives way or catches",
    headline: "it gives way or catches",
    why: "Giving way and catching are about how a joint moves and not how it feels; hands can examine that, a log cannot.",
    formula: "Any day with giving_way or locking, in the signs column or the note, that is not already red-flag-knee. Rows at most 14 days apart are one finding for each site and side.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 150)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "The NHS text asks people whose knee gives way or locks to have it examined, the same day when it is locked or swollen; painless clicks are called normal. For other joints this is borrowed.",
        sources: &[
            "NHS text on knee pain, lincolnshireknee.co.uk/blogs/when-knee-pain-needs-a-specialist, read November 2026.",
            "Gloucestershire (NHS), knee pathway, g-care.glos.nhs.uk/pathway/58/resource/3, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged giving way (left knee). A joint that gives way or catches is worth an examination, though most turn out well. Please have it looked at this week.",
    check: Check::Data(check),
};

const ADVICE: &str = "A joint that gives way or catches is worth an examination, though most turn out well. Please have it looked \
                      at this week.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_a_place(&RULE, ADVICE, LOOK_THAT_WEEK);
    let days = sighting::days(ctx);
    sighting::judge(ctx, &flag, |day| seen(&days, day))
}

fn seen(days: &[DayAtSite], day: &DayAtSite) -> Vec<Seen> {
    let signs = day.signs(&[Sign::GivingWay, Sign::Locking]);
    told_if(
        !signs.is_empty() && !is_urgent(days, day, BEND_PAIN.value),
        signs,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side, Site};
    use crate::rules::pain_fixture::{
        at, check_red_flag, check_too_little_data, flagged, harmless,
    };

    fn joint(site: Site, signs: &[Sign]) -> Entry {
        Entry {
            signs: signs.into(),
            ..at(20, site, Side::Left)
        }
    }

    #[test]
    fn one_row_is_enough() {
        check_red_flag(&RULE, vec![joint(Site::Knee, &[Sign::GivingWay])], true);
        check_red_flag(&RULE, vec![joint(Site::Hip, &[Sign::Locking])], true);
        check_red_flag(&RULE, vec![joint(Site::Knee, &[Sign::Weakness])], false);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn what_is_for_today_is_not_said_twice() {
        check_red_flag(&RULE, vec![joint(Site::Knee, &[Sign::Locking])], false);
        check_red_flag(
            &RULE,
            vec![joint(Site::Knee, &[Sign::GivingWay, Sign::Swelling])],
            false,
        );
        check_red_flag(
            &RULE,
            vec![joint(Site::Ankle, &[Sign::GivingWay, Sign::Swelling])],
            true,
        );
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(
                &RULE,
                20,
                vec![joint(Site::Ankle, &[Sign::GivingWay, Sign::Locking])]
            )[0]
            .text(),
            "On 23 Mar 2025 you logged giving way and locking (left ankle). A joint that gives way or catches is worth an \
             examination, though most turn out well. Please have it looked at this week."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
