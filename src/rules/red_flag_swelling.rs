//! Red flag: swelling, redness, warmth or a bruise by itself.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    red_flag_hot_joint, red_flag_knee, red_flag_one_sided_swelling, red_flag_skin,
    sighting::{self, DayAtSite, Flag, Seen},
    triage,
};
use crate::pain::{Entry, Everyday, Sign};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-swelling",
    title: "Swelling, redness, warmth or a bruise",
    headline: "swelling, redness, warmth or a bruise",
    why: "Plain soreness does not swell or bruise. Most of it settles in a day or two; what does not is worth a look.",
    formula: "Any day with swelling, rapid_swelling, redness, warmth or bruise, in the signs column or the note, that is not already red-flag-one-sided-swelling, red-flag-hot-joint, red-flag-skin or red-flag-knee. Redness and warmth that a note explains with sunburn, chafed skin, a graze or a blister do not count, nor does a bruise that it explains with a toenail or a graze. Rows at most 14 days apart are one finding for each site and side.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 130)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health pages on sprains call swelling and bruises usual, give them some days of care at home, and ask for a look when it gets worse or does not get better.",
        sources: &[
            "NHS, page on sprains, nhs.uk/conditions/sprains-and-strains, read November 2026 in mirrored copies (www.hungerfordmedicalcentre.nhs.uk/self-care/category/musculoskeletal/).",
            "Portsmouth health and care, page on sprains, healthandcare.portsmouth.gov.uk/sprains-and-strains, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: swelling, redness and warmth stand on the injury side of its table.",
    message: "On 3 May 2025 you logged swelling (left ankle). Most of it settles by itself. If it is not gone in a day or two, please have it looked at this week.",
    check: Check::Data(check),
};

const ADVICE: &str = "Most of it settles by itself. If it is not gone in a day or two, please have it looked at this week.";
const IF_BACK: &str = "please have it looked at if it is not gone in a day or two.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_a_place(&RULE, ADVICE, IF_BACK);
    let (rows, days) = (triage::rows(ctx), sighting::days(ctx));
    sighting::judge(ctx, &flag, |day| seen(rows, &days, day))
}

fn seen(rows: &[Entry], days: &[DayAtSite], day: &DayAtSite) -> Vec<Seen> {
    match is_louder(rows, days, day) {
        true => Vec::new(),
        false => unexplained(day),
    }
}

/// Notes that explain red and warm skin.
const SKIN: &[Everyday] = &[
    Everyday::Sunburn,
    Everyday::Chafing,
    Everyday::Graze,
    Everyday::Blister,
];

/// Signs that no everyday trouble of the note explains.
fn unexplained(day: &DayAtSite) -> Vec<Seen> {
    let mut signs = day.signs(&[Sign::Swelling, Sign::RapidSwelling]);
    if !day.is_everyday(SKIN) {
        signs.extend(day.signs(&[Sign::Redness, Sign::Warmth]));
    }
    if !day.is_everyday(&[Everyday::Nail, Everyday::Graze]) {
        signs.extend(day.signs(&[Sign::Bruise]));
    }
    signs
}

/// Whether another rule says the same more loudly.
fn is_louder(rows: &[Entry], days: &[DayAtSite], day: &DayAtSite) -> bool {
    !red_flag_one_sided_swelling::seen(rows, days, day).is_empty()
        || !red_flag_hot_joint::seen(rows, day).is_empty()
        || !red_flag_skin::spreading(day).is_empty()
        || red_flag_knee::is_urgent(days, day, red_flag_knee::BEND_PAIN.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Side, Site};
    use crate::rules::pain_fixture::{
        at, check_red_flag, check_too_little_data, flagged, harmless,
    };

    fn with(site: Site, signs: &[Sign]) -> Entry {
        Entry {
            signs: signs.into(),
            ..at(20, site, Side::Left)
        }
    }

    #[test]
    fn each_sign_alone_is_enough() {
        for sign in [
            Sign::Swelling,
            Sign::RapidSwelling,
            Sign::Redness,
            Sign::Warmth,
            Sign::Bruise,
        ] {
            check_red_flag(&RULE, vec![with(Site::Ankle, &[sign])], true);
        }
        check_red_flag(&RULE, vec![with(Site::Ankle, &[Sign::Fever])], false);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn what_an_urgent_rule_takes_is_not_said_twice() {
        let signs = [Sign::Swelling, Sign::Warmth];
        check_red_flag(&RULE, vec![with(Site::Calf, &signs)], false);
        check_red_flag(&RULE, vec![with(Site::Calf, &signs[..1])], false);
        check_red_flag(
            &RULE,
            vec![with(Site::Calf, &[Sign::Swelling, Sign::Trauma])],
            true,
        );
        check_red_flag(&RULE, vec![with(Site::Ankle, &signs)], true);
        check_red_flag(
            &RULE,
            vec![with(Site::Ankle, &[Sign::Swelling, Sign::Fever])],
            false,
        );
        check_red_flag(&RULE, vec![with(Site::Knee, &[Sign::RapidSwelling])], false);
        check_red_flag(
            &RULE,
            vec![Entry {
                side: Some(Side::Both),
                ..with(Site::Calf, &signs)
            }],
            true,
        );
    }

    #[test]
    fn sunburn_grazes_and_nails_explain_their_colour() {
        let with = |kind, signs: &[Sign]| Entry {
            everyday_in_note: [kind].into(),
            ..with(Site::Toe, signs)
        };
        for kind in [Everyday::Sunburn, Everyday::Chafing, Everyday::Graze] {
            check_red_flag(&RULE, vec![with(kind, &[Sign::Redness])], false);
        }
        check_red_flag(
            &RULE,
            vec![with(Everyday::Sunburn, &[Sign::Redness, Sign::Warmth])],
            false,
        );
        check_red_flag(&RULE, vec![with(Everyday::Nail, &[Sign::Bruise])], false);
        check_red_flag(&RULE, vec![with(Everyday::Nail, &[Sign::Swelling])], true);
        check_red_flag(&RULE, vec![with(Everyday::Cramp, &[Sign::Redness])], true);
    }

    #[test]
    fn words() {
        let rows = vec![Entry {
            signs_in_note: [Sign::Swelling].into(),
            ..at(20, Site::Ankle, Side::Left)
        }];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "Your note of 23 Mar 2025 mentions swelling (left ankle). Most of it settles by itself. If it is not gone in a \
             day or two, please have it looked at this week."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
