//! Red flag: one leg swollen without a knock, or warm or red with it, or with fever.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    limb::is_leg_by_word,
    red_flag_hot_joint::{self, INFLAMED},
    sighting::{self, DayAtSite, Flag, Seen},
    triage,
};
use crate::pain::{Entry, Side, Sign, Site};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-one-sided-swelling",
    title: "One leg swollen",
    headline: "one leg swollen",
    why: "It is often nothing serious, and it is one of the few things that should be ruled out the same day.",
    formula: "Calf, shin, thigh, hamstring, quad or a place that your own word calls a leg, on one side (side both, or the same on the other side that day, does not count; a blank side does): a day with swelling, unless a fall, a twist, a knock, a pop or a bruise was logged there in the 7 days before or on the day; with warmth or redness it counts in any case, and also where no place is named. Or fever within a day and swelling, warmth or redness at one of these places. A joint with fever is red-flag-hot-joint.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 70)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask for an urgent appointment or a call the same day for throbbing pain or swelling in one leg, mostly calf or thigh, with or without warmth; a change of colour is hard to see on brown or black skin and is not required. With breathlessness or chest pain it is an ambulance. That is common advice, not a study of runners.",
        sources: &[
            "NHS, page on a swollen leg, beta.nhs.uk/conditions/deep-vein-thrombosis-dvt, read November 2026.",
            "NHS text on the same, britbrief.co.uk/health/nhs/, read November 2026.",
            "Gloucestershire Hospitals (NHS), leaflet on the same, www.gloshospitals.nhs.uk/, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for swelling with redness or warmth.",
    message: "On 3 May 2025 you logged swelling and warmth (left calf). A leg that swells on one side without a knock should be checked today. It is often nothing serious, but it needs ruling out.",
    check: Check::Data(check),
};

const ADVICE: &str = "A leg that swells on one side without a knock, or turns warm or red with it, should be checked today. It is often \
                      nothing serious, but it needs ruling out.";
const IF_BACK: &str = "it should be checked the same day, to rule out the few things that matter.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_a_place(&RULE, ADVICE, IF_BACK);
    let (rows, days) = (triage::rows(ctx), sighting::days(ctx));
    sighting::judge(ctx, &flag, |day| seen(rows, &days, day))
}

/// Where a swelling on one side counts: calf, thigh and what else the log calls leg.
const SITES: &[Site] = &[
    Site::Calf,
    Site::Shin,
    Site::Thigh,
    Site::Hamstring,
    Site::Quad,
];

/// How long a knock explains a swelling.
const KNOCK_DAYS: i64 = 7;

/// What explains a swelling: what hit the leg, or what let go in it.
const KNOCKS: &[Sign] = &[Sign::Trauma, Sign::Pop, Sign::Bruise];

/// What the day shows of it; [`super::red_flag_swelling`] takes the days without.
pub(super) fn seen(rows: &[Entry], days: &[DayAtSite], day: &DayAtSite) -> Vec<Seen> {
    let told = day.signs(INFLAMED);
    if told.is_empty() {
        return told;
    }
    let fever = fever(rows, day);
    match !fever.is_empty() || rings(rows, days, day) {
        true => [told, fever].concat(),
        false => Vec::new(),
    }
}

fn is_leg(day: &DayAtSite) -> bool {
    day.site.is_some_and(|site| SITES.contains(&site)) || is_leg_by_word(day.site)
}

fn fever(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    match is_leg(day) {
        true => red_flag_hot_joint::fever_near(rows, day),
        false => Vec::new(),
    }
}

fn rings(rows: &[Entry], days: &[DayAtSite], day: &DayAtSite) -> bool {
    let is_leg = is_leg(day);
    let is_open = matches!(day.site, None | Some(Site::None | Site::Unnamed));
    let knocked = || sighting::around(days, day, KNOCK_DAYS, 0).has_any(KNOCKS);
    (is_leg || is_open) && shows_on_one_side(rows, day, is_swollen_and_warm)
        || is_leg && shows_on_one_side(rows, day, is_swollen) && !knocked()
}

/// What is asked of some rows, by the signs that they have.
type IsSo = fn(&dyn Fn(Sign) -> bool) -> bool;

fn is_swollen(has: &dyn Fn(Sign) -> bool) -> bool {
    has(Sign::Swelling) || has(Sign::RapidSwelling)
}

fn is_swollen_and_warm(has: &dyn Fn(Sign) -> bool) -> bool {
    is_swollen(has) && (has(Sign::Warmth) || has(Sign::Redness))
}

fn shows_on_one_side(rows: &[Entry], day: &DayAtSite, is_so: IsSo) -> bool {
    is_so(&|sign| day.has(sign)) && is_one_sided(rows, day, is_so)
}

/// One leg, as far as the log says. What it leaves open is counted: asking once too often costs less than missing it.
fn is_one_sided(rows: &[Entry], day: &DayAtSite, is_so: IsSo) -> bool {
    match day.side {
        // A row without a side, which stands here too, may be about one of them.
        Some(Side::Both) => !is_so(&|sign| day.any(|row| row.side.is_some() && row.has_sign(sign))),
        Some(Side::Left) => !is_so_on(Side::Right, rows, day, is_so),
        Some(Side::Right) => !is_so_on(Side::Left, rows, day, is_so),
        Some(Side::Centre) | None => true,
    }
}

fn is_so_on(side: Side, rows: &[Entry], day: &DayAtSite, is_so: IsSo) -> bool {
    let whole_day = sighting::between(rows, day.date, day.date);
    let is_there = |row: &Entry| (row.site, row.side) == (day.site, Some(side));
    is_so(&|sign| {
        let mut rows = whole_day.iter();
        rows.any(|row| is_there(row) && row.has_sign(sign))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Word;
    use crate::rules::pain_fixture::{
        at, check_red_flag, check_too_little_data, day, flagged, harmless,
    };
    use Sign::{Bruise, Fever, Pop, RapidSwelling, Redness, Swelling, Trauma, Warmth};

    fn with(site: Site, side: Side, signs: &[Sign]) -> Entry {
        Entry {
            signs: signs.into(),
            ..at(20, site, side)
        }
    }

    fn calf(side: Side, signs: &[Sign]) -> Entry {
        with(Site::Calf, side, signs)
    }

    #[test]
    fn a_swelling_on_one_side_needs_no_warmth() {
        for signs in [
            &[Swelling, Warmth][..],
            &[Swelling, Redness],
            &[Swelling],
            &[RapidSwelling],
        ] {
            check_red_flag(&RULE, vec![calf(Side::Left, signs)], true);
        }
        check_red_flag(
            &RULE,
            vec![calf(Side::Left, &[Swelling]), calf(Side::Left, &[Warmth])],
            true,
        );
        for site in SITES {
            check_red_flag(&RULE, vec![with(*site, Side::Right, &[Swelling])], true);
        }
        check_red_flag(&RULE, vec![calf(Side::Left, &[Redness, Warmth])], false);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn joints_feet_and_other_parts_are_for_other_rules() {
        for site in [Site::Ankle, Site::Knee, Site::Foot, Site::LowerBack] {
            check_red_flag(&RULE, vec![with(site, Side::Left, &[Swelling])], false);
            check_red_flag(
                &RULE,
                vec![with(site, Side::Left, &[Swelling, Warmth])],
                false,
            );
        }
        let word = |text| with(Site::Other(Word::new(text)), Side::Left, &[Swelling]);
        check_red_flag(&RULE, vec![word("lower leg")], true);
        check_red_flag(&RULE, vec![word("unterschenkel")], true);
        check_red_flag(&RULE, vec![word("wrist")], false);
        check_red_flag(&RULE, vec![word("inside bit")], false);
        check_red_flag(
            &RULE,
            vec![Entry {
                signs: [Swelling].into(),
                ..Entry::on(day(20))
            }],
            false,
        );
    }

    #[test]
    fn a_knock_within_a_week_explains_it_unless_it_is_warm_or_red() {
        for knock in [Trauma, Pop, Bruise] {
            check_red_flag(&RULE, vec![calf(Side::Left, &[Swelling, knock])], false);
            check_red_flag(
                &RULE,
                vec![calf(Side::Left, &[Swelling, Warmth, knock])],
                true,
            );
            let before = |n| Entry {
                date: day(n),
                ..calf(Side::Left, &[knock])
            };
            check_red_flag(
                &RULE,
                vec![before(13), calf(Side::Left, &[Swelling])],
                false,
            );
            check_red_flag(&RULE, vec![before(12), calf(Side::Left, &[Swelling])], true);
        }
    }

    #[test]
    fn both_sides_are_not_one_and_a_blank_is_unknown() {
        for signs in [&[Swelling, Warmth][..], &[Swelling]] {
            check_red_flag(&RULE, vec![calf(Side::Both, signs)], false);
            check_red_flag(
                &RULE,
                vec![calf(Side::Left, signs), calf(Side::Right, signs)],
                false,
            );
            check_red_flag(
                &RULE,
                vec![Entry {
                    side: None,
                    ..calf(Side::Left, signs)
                }],
                true,
            );
        }
        let signs = [Swelling, Warmth];
        check_red_flag(
            &RULE,
            vec![calf(Side::Left, &signs), calf(Side::Right, &[Swelling])],
            true,
        );
        check_red_flag(
            &RULE,
            vec![Entry {
                signs_in_note: signs.into(),
                ..Entry::on(day(20))
            }],
            true,
        );
        let no_side = |signs: &[Sign]| Entry {
            side: None,
            ..calf(Side::Left, signs)
        };
        check_red_flag(
            &RULE,
            vec![calf(Side::Left, &[Swelling]), no_side(&[Warmth])],
            true,
        );
        check_red_flag(&RULE, vec![calf(Side::Both, &[]), no_side(&signs)], true);
        check_red_flag(
            &RULE,
            vec![calf(Side::Both, &signs), no_side(&[Warmth])],
            false,
        );
    }

    #[test]
    fn fever_counts_on_both_sides_and_after_a_knock() {
        check_red_flag(&RULE, vec![calf(Side::Both, &[Swelling, Fever])], true);
        check_red_flag(
            &RULE,
            vec![calf(Side::Left, &[Redness, Trauma, Fever])],
            true,
        );
        check_red_flag(&RULE, vec![calf(Side::Left, &[Fever])], false);
        let knee = with(Site::Knee, Side::Left, &[Swelling, Fever]);
        check_red_flag(&RULE, vec![knee.clone()], false);
        check_red_flag(&crate::rules::red_flag_hot_joint::RULE, vec![knee], true);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![calf(Side::Left, &[Swelling, Warmth])])[0].text(),
            "On 23 Mar 2025 you logged swelling and warmth (left calf). A leg that swells on one side without a knock, or \
             turns warm or red with it, should be checked today. It is often nothing serious, but it needs ruling out."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
