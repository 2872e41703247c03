//! Red flag: a knee that locks, swells within hours, gives way after a twist or does not bend.

use super::{
    Backtest, Change, Check, Context, Evidence, Group, Limit, Outcome, Rule, Severity, Stance,
};
use super::{
    sighting::{self, DayAtSite, Flag, LOOK_THAT_WEEK, SEE_THAT_DAY, Seen, told_if},
    triage,
};
use crate::pain::{Sign, Site};

/// From where on a knee that does not bend is for today without a knock.
pub(super) const BEND_PAIN: Limit = Limit {
    key: "bend_pain",
    value: 5.0,
    change: Change::TRIAGE,
    why: "A choice: above it pain is usually taken as too much; a stiff knee with less is for this week.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-knee",
    title: "A knee that locks, swells at once or does not bend",
    headline: "it locks, swelled at once or does not bend",
    why: "What happens inside a knee shows in how it moves. Some of that should be seen before it settles in.",
    formula: "Knee, kneecap or outer knee. Urgent: a day with locking, or rapid_swelling; with giving_way and, in the 14 days around it, swelling or a fall, a twist or a knock; with cannot_bend and such a knock, swelling, or pain of 5 or more; with pop and swelling or giving_way. cannot_bend or pop alone: see someone, unless everything there is rated 0. giving_way alone is red-flag-knee-gives-way.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 50), (Severity::SeeSomeone, 50)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Three knee pathways of the NHS ask for the same day when a knee is locked, when it swelled within an hour or two of a twist or fall, or when it gave way after one; a knee that cannot bend to a right angle after a fall is one of the reasons for a picture (Stiell 1995). Painless clicks are normal.",
        sources: &[
            "Gloucestershire (NHS), knee pathway, g-care.glos.nhs.uk/pathway/58/resource/3, read November 2026.",
            "East Lancashire Hospitals (NHS), page on knee injuries, elht.nhs.uk/services/integrated-msk-pain-and-rheumatology-service/traumatic-knee-injury, read November 2026.",
            "Ottawa rule for the knee (Stiell 1995), www.guidelinecentral.com/, read November 2026.",
            "NHS text on knee pain, lincolnshireknee.co.uk/blogs/when-knee-pain-needs-a-specialist, read November 2026.",
        ],
    },
    limits: &[BEND_PAIN, triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged swelling within hours and giving way (left knee). A knee that does that should be examined before you run on it. Please have it seen today.",
    check: Check::Data(check),
};

const ADVICE_TODAY: &str =
    "A knee that does that should be examined before you run on it. Please have it seen today.";
const ADVICE_THIS_WEEK: &str = "It often settles by itself. Please have it looked at this week if it has not, and before the next run.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let (days, bend_pain) = (sighting::days(ctx), ctx.limit(BEND_PAIN));
    let today = Flag::of_a_place(&RULE, ADVICE_TODAY, SEE_THAT_DAY);
    let this_week =
        Flag::of_a_place(&RULE, ADVICE_THIS_WEEK, LOOK_THAT_WEEK).at(Severity::SeeSomeone);
    let found = [
        sighting::found(ctx, &today, |day| seen(&days, day, bend_pain)),
        sighting::found(ctx, &this_week, |day| alone(&days, day, bend_pain)),
    ];
    sighting::conclude(ctx, found)
}

fn is_knee(day: &DayAtSite) -> bool {
    matches!(day.site, Some(Site::Knee | Site::Kneecap | Site::Itb))
}

/// Signs of this rule, in the order they are told.
const SIGNS: &[Sign] = &[
    Sign::Locking,
    Sign::RapidSwelling,
    Sign::GivingWay,
    Sign::CannotBend,
    Sign::Pop,
    Sign::Trauma,
    Sign::Swelling,
];

fn seen(days: &[DayAtSite], day: &DayAtSite, bend_pain: f64) -> Vec<Seen> {
    told_if(is_urgent(days, day, bend_pain), day.signs(SIGNS))
}

/// Whether a day shows the urgent part; [`super::red_flag_knee_gives_way`] takes the days without.
pub(super) fn is_urgent(days: &[DayAtSite], day: &DayAtSite, bend_pain: f64) -> bool {
    is_knee(day)
        && day.has_any(SIGNS)
        && rings(day, &sighting::fortnight_around(days, day), bend_pain)
}

/// Whether the signs of the day ring in the company that the fortnight around it gives them.
fn rings(day: &DayAtSite, near: &DayAtSite, bend_pain: f64) -> bool {
    let swollen = near.has_any(&[Sign::Swelling, Sign::RapidSwelling]);
    let hurt = swollen || near.has(Sign::Trauma);
    let hurts = day.peak().is_some_and(|pain| pain >= bend_pain);
    day.has_any(&[Sign::Locking, Sign::RapidSwelling])
        || day.has(Sign::GivingWay) && hurt
        || day.has(Sign::CannotBend) && (hurt || hurts)
        || day.has(Sign::Pop) && (swollen || near.has(Sign::GivingWay))
}

fn alone(days: &[DayAtSite], day: &DayAtSite, bend_pain: f64) -> Vec<Seen> {
    told_if(
        is_knee(day) && !day.is_free_of_pain() && !is_urgent(days, day, bend_pain),
        day.signs(&[Sign::CannotBend, Sign::Pop]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side};
    use crate::rules::{
        pain_fixture::{check_level, check_too_little_data, day, flagged, harmless, sore},
        red_flag_knee_gives_way,
    };

    fn knee(pain: f64, signs: &[Sign]) -> Entry {
        Entry {
            signs: signs.into(),
            ..sore(20, Site::Knee, Side::Left, pain)
        }
    }

    #[test]
    fn locked_or_swollen_within_hours() {
        check_level(
            &RULE,
            vec![knee(2.0, &[Sign::Locking])],
            Some(Severity::Urgent),
        );
        check_level(
            &RULE,
            vec![knee(2.0, &[Sign::RapidSwelling])],
            Some(Severity::Urgent),
        );
        check_level(&RULE, vec![knee(2.0, &[Sign::Swelling])], None);
        let hip = Entry {
            site: Some(Site::Hip),
            ..knee(2.0, &[Sign::Locking])
        };
        check_level(&RULE, vec![hip.clone()], None);
        check_level(
            &red_flag_knee_gives_way::RULE,
            vec![hip],
            Some(Severity::SeeSomeone),
        );
        check_level(&RULE, vec![harmless(20)], None);
    }

    #[test]
    fn giving_way_counts_with_a_twist_or_a_swelling_near_it() {
        check_level(&RULE, vec![knee(4.0, &[Sign::GivingWay])], None);
        check_level(
            &red_flag_knee_gives_way::RULE,
            vec![knee(4.0, &[Sign::GivingWay])],
            Some(Severity::SeeSomeone),
        );
        for sign in [Sign::Swelling, Sign::Trauma] {
            check_level(
                &RULE,
                vec![knee(4.0, &[Sign::GivingWay, sign])],
                Some(Severity::Urgent),
            );
            let before = |n| Entry {
                date: day(n),
                ..knee(4.0, &[sign])
            };
            check_level(
                &RULE,
                vec![before(6), knee(4.0, &[Sign::GivingWay])],
                Some(Severity::Urgent),
            );
            check_level(&RULE, vec![before(5), knee(4.0, &[Sign::GivingWay])], None);
            let other = Entry {
                side: Some(Side::Right),
                ..before(20)
            };
            check_level(&RULE, vec![other, knee(4.0, &[Sign::GivingWay])], None);
            check_level(
                &red_flag_knee_gives_way::RULE,
                vec![knee(4.0, &[Sign::GivingWay, sign])],
                None,
            );
        }
    }

    #[test]
    fn a_knee_that_does_not_bend() {
        check_level(
            &RULE,
            vec![knee(5.0, &[Sign::CannotBend])],
            Some(Severity::Urgent),
        );
        check_level(
            &RULE,
            vec![knee(2.0, &[Sign::CannotBend, Sign::Trauma])],
            Some(Severity::Urgent),
        );
        check_level(
            &RULE,
            vec![knee(4.5, &[Sign::CannotBend])],
            Some(Severity::SeeSomeone),
        );
        check_level(
            &RULE,
            vec![knee(3.0, &[Sign::Pop])],
            Some(Severity::SeeSomeone),
        );
        check_level(&RULE, vec![knee(0.0, &[Sign::Pop])], None);
        check_level(
            &RULE,
            vec![knee(3.0, &[Sign::Pop, Sign::Swelling])],
            Some(Severity::Urgent),
        );
        check_level(&RULE, vec![knee(3.0, &[Sign::Trauma])], None);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(
                &RULE,
                20,
                vec![knee(5.0, &[Sign::GivingWay, Sign::RapidSwelling])]
            )[0]
            .text(),
            "On 23 Mar 2025 you logged swelling within hours and giving way (left knee). A knee that does that should be \
             examined before you run on it. Please have it seen today."
        );
        assert_eq!(
            flagged(&RULE, 20, vec![knee(3.0, &[Sign::Pop])])[0].text(),
            "On 23 Mar 2025 you logged a pop, a crack or a kick (left knee). It often settles by itself. Please have it \
             looked at this week if it has not, and before the next run."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
