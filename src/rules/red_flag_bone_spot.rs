//! Red flag: one spot on a bone, or pain that comes with impact and stays at night.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    limb::may_be_leg,
    sighting::{self, DayAtSite, Flag, Seen, told_if},
    triage,
};
use crate::pain::{Entry, Everyday, Function, Moment, Movement, Sign, Site, Spread};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-bone-spot",
    title: "One exact spot on a bone, or impact and night",
    headline: "one sore spot on a bone, or it hurts with impact and at night",
    why: "A spot you can put a finger on, worse with impact or at night, is the one ache that is better not tested by running.",
    formula: "Looked at over 14 days around each day of one place and side. A spot (spread spot, or bone_spot in signs or note) with company: pain at night or at rest, pain on hopping or landing, a limp, a run cut short, stopped or missed; at shin, foot, hip, groin or thigh, or where it is said to be on the bone, movement worse or a rating of 4 or more on the bone too. Places: shin, foot, hip, groin, thigh, heel, ankle, knee, toe, glute, lower back; on the bone also places that are not named or have your own word and may be of a leg. Or without a spot, at shin, foot, heel, ankle, toe, knee or glute: night or rest together with running (movement worse, hopping, a limp, a run changed or ended, or 3 or more during a run), or hopping together with a limp or a run cut short; night or rest at ankle, toe, knee or glute only with hopping, a limp or a run cut short. Or at ankle or foot a sore bone and a fall, a twist or a knock. Blisters, nails, chafed skin and sore muscles do not count.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 20)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Reviews describe bones that were asked too much by one point that hurts, worse with impact, later at rest and at night, against the long line of ordinary shin soreness; inner ankle, top and outer edge of the foot, heel, hip, pelvis and the shin's front edge are named as places not to wait with. After a twist, bone that is sore to the touch at the ankle or the outer foot is a reason for a picture (Stiell 1994).",
        sources: &[
            "Kahanov et al. (2015), doi.org/10.2147/OAJSM.S39512, read November 2026.",
            "Robertson and Wood (2017), www.ncbi.nlm.nih.gov/pmc/articles/PMC6226070, read November 2026.",
            "Review of foot and ankle, www.ncbi.nlm.nih.gov/pmc/articles/PMC4212349, read November 2026.",
            "Harris et al. (2016), doi.org/10.1249/JSR.0000000000000245, on pelvis and lower back, read November 2026.",
            "Ottawa rules for ankle and foot (Stiell 1994), meds.queensu.ca/source/ottawa_ankle_rules.html, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: pinpoint pain at the shin is not plain soreness.",
    message: "On 3 May 2025 you logged pain in one spot and pain that is worse with movement (right shin). Have it checked before the next run.",
    check: Check::Data(check),
};

const IF_BACK: &str = "it deserves a check before the next run.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let days = sighting::days(ctx);
    let found = [Picture::Spot, Picture::Impact, Picture::Twist].map(|picture| {
        let flag = Flag::of_a_place(&RULE, picture.advice(), IF_BACK).called(picture.headline());
        sighting::found(ctx, &flag, |day| seen(&days, day, picture))
    });
    sighting::conclude(ctx, found)
}

/// What of the rule is seen; each has its own words.
#[derive(Clone, Copy, PartialEq)]
enum Picture {
    /// A sore bone after a twist.
    Twist,
    /// One spot with company.
    Spot,
    /// Impact and night without a spot.
    Impact,
}

impl Picture {
    fn headline(self) -> &'static str {
        match self {
            Picture::Twist => "a sore bone after a twist",
            Picture::Spot => "one sore spot on a bone",
            Picture::Impact => "it hurts with impact and does not let go",
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Picture::Twist => {
                "A bone that is sore to the touch after a twist usually gets an X-ray. Most are only bruised. Please have it \
                 looked at today or tomorrow, before the next run."
            }
            Picture::Spot => "Have it checked before the next run.",
            Picture::Impact => {
                "Pain that comes with impact and does not let go at rest deserves a check before the next run, though most \
                 of it is harmless."
            }
        }
    }

    /// Which picture the fortnight around a day of one place shows; the first that fits.
    fn of(near: &DayAtSite) -> Option<Picture> {
        if is_sore_bone_after_twist(near) {
            Some(Picture::Twist)
        } else if is_spot_with_company(near) {
            Some(Picture::Spot)
        } else {
            is_impact_and_rest(near).then_some(Picture::Impact)
        }
    }
}

fn is_sore_bone_after_twist(near: &DayAtSite) -> bool {
    let is_here = matches!(
        near.site,
        Some(Site::Ankle | Site::Foot | Site::Heel | Site::Toe)
    );
    is_here && near.has(Sign::BoneSpot) && near.has(Sign::Trauma)
}

/// The sites whose bones the triage table names first: a spot that is worse with movement is enough there.
const SITES: &[Site] = &[Site::Shin, Site::Foot, Site::Hip, Site::Groin, Site::Thigh];

/// Sites where tendons and joints have sore spots, too: they ask for more than "worse with movement".
const MORE_SITES: &[Site] = &[
    Site::Heel,
    Site::Ankle,
    Site::Knee,
    Site::Toe,
    Site::Glute,
    Site::LowerBack,
];

/// From where on a spot that is said to be on the bone needs no other company …
const BONE_PAIN: f64 = 4.0;
/// … and at the sites whose bones the triage table names first.
const BONE_PAIN_AT_SITES: f64 = 3.0;

/// From where on pain in a run counts as impact.
const RUN_PAIN: f64 = 3.0;

/// What a note explains by itself.
const EXPLAINS: &[Everyday] = &[
    Everyday::Blister,
    Everyday::Nail,
    Everyday::Chafing,
    Everyday::Graze,
    Everyday::Click,
    Everyday::Soreness,
];

fn seen(days: &[DayAtSite], day: &DayAtSite, picture: Picture) -> Vec<Seen> {
    let own = match day.is_everyday(EXPLAINS) {
        true => Vec::new(),
        false => told(day, picture),
    };
    let is_shown = || Picture::of(&sighting::fortnight_around(days, day)) == Some(picture);
    told_if(!own.is_empty() && is_shown(), own)
}

/// What a day has of the picture, in words.
fn told(day: &DayAtSite, picture: Picture) -> Vec<Seen> {
    let mut told = spot(day);
    match picture {
        Picture::Twist => told.extend(day.signs(&[Sign::Trauma])),
        Picture::Spot | Picture::Impact => told.extend(company(day)),
    }
    told
}

fn spot(day: &DayAtSite) -> Vec<Seen> {
    let mut told = Vec::new();
    if day.any(is_in_one_spot) {
        told.push(Seen::logged("pain in one spot"));
    }
    told.extend(day.signs(&[Sign::BoneSpot]));
    told
}

fn company(day: &DayAtSite) -> Vec<Seen> {
    let mut told = Vec::new();
    if is_worse(day) {
        told.push(Seen::logged("pain that is worse with movement"));
    }
    told.extend(day.pain_at_night_or_rest());
    told.extend(day.signs(&[Sign::ImpactPain, Sign::Limp]));
    told.extend(day.effects(Function::ChangedForm));
    told
}

fn is_in_one_spot(row: &Entry) -> bool {
    row.spread == Some(Spread::Spot)
}

fn is_worse(day: &DayAtSite) -> bool {
    day.any(|row| row.movement == Some(Movement::Worse))
}

fn ends_runs(near: &DayAtSite) -> bool {
    near.effects(Function::CutShort).is_some()
}

fn hurts_at_night_or_rest(near: &DayAtSite) -> bool {
    !near.pain_at_night_or_rest().is_empty()
}

/// Company that counts at every place.
fn has_strong_company(near: &DayAtSite) -> bool {
    hurts_at_night_or_rest(near) || near.has_any(&[Sign::ImpactPain, Sign::Limp]) || ends_runs(near)
}

fn is_spot_with_company(near: &DayAtSite) -> bool {
    let on_the_bone = near.has(Sign::BoneSpot);
    let is_spot = on_the_bone || near.any(is_in_one_spot);
    let is_worse = is_worse(near) && (is_at_sites(near) || on_the_bone);
    let has_company = has_strong_company(near) || hurts_on_the_bone(near) || is_worse;
    is_spot && counts_here(near) && has_company
}

fn is_at_sites(near: &DayAtSite) -> bool {
    near.site.is_some_and(|site| SITES.contains(&site))
}

/// Whether a spot is a matter of this rule at the place; some places ask for one on the bone.
fn counts_here(near: &DayAtSite) -> bool {
    let on_the_bone = near.has(Sign::BoneSpot);
    match near.site {
        Some(site) if SITES.contains(&site) || MORE_SITES.contains(&site) => true,
        Some(Site::Kneecap) => on_the_bone,
        None | Some(Site::None | Site::Unnamed | Site::Other(_)) => {
            on_the_bone && may_be_leg(near.site)
        }
        Some(_) => false,
    }
}

fn hurts_on_the_bone(near: &DayAtSite) -> bool {
    let enough = match is_at_sites(near) {
        true => BONE_PAIN_AT_SITES,
        false => BONE_PAIN,
    };
    near.has(Sign::BoneSpot) && near.peak().is_some_and(|pain| pain >= enough)
}

fn is_impact_and_rest(near: &DayAtSite) -> bool {
    match near.site {
        Some(Site::Shin | Site::Foot | Site::Heel) => {
            comes_with_impact(near) || hurts_at_night_or_rest(near) && comes_with_running(near)
        }
        Some(Site::Ankle | Site::Toe | Site::Knee | Site::Glute) => comes_with_impact(near),
        _ => false,
    }
}

/// Hopping, a limp and runs that end early: two of them with hopping, or one with pain at night or rest.
fn comes_with_impact(near: &DayAtSite) -> bool {
    let hops = near.has(Sign::ImpactPain);
    let limps_or_stops = near.has(Sign::Limp) || ends_runs(near);
    match hurts_at_night_or_rest(near) {
        true => hops || limps_or_stops,
        false => hops && limps_or_stops,
    }
}

fn comes_with_running(near: &DayAtSite) -> bool {
    is_worse(near) || near.effects(Function::ChangedForm).is_some() || near.any(hurts_in_run)
}

fn hurts_in_run(row: &Entry) -> bool {
    row.moment == Moment::During && row.pain.is_some_and(|pain| pain >= RUN_PAIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Side, Word};
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, day, flagged};

    fn spot(site: Site) -> Entry {
        Entry {
            spread: Some(Spread::Spot),
            ..at(20, site, Side::Right)
        }
    }

    fn with(site: Site, signs: &[Sign]) -> Entry {
        Entry {
            signs_in_note: signs.into(),
            ..at(20, site, Side::Right)
        }
    }

    #[test]
    fn a_spot_and_worse_or_at_night_or_at_rest() {
        let worse = |site| Entry {
            movement: Some(Movement::Worse),
            ..spot(site)
        };
        for site in SITES {
            check_red_flag(&RULE, vec![worse(*site)], true);
        }
        for site in MORE_SITES {
            check_red_flag(&RULE, vec![worse(*site)], false);
        }
        check_red_flag(
            &RULE,
            vec![Entry {
                spread: Some(Spread::Area),
                ..worse(Site::Shin)
            }],
            false,
        );
        check_red_flag(
            &RULE,
            vec![Entry {
                movement: Some(Movement::Better),
                ..spot(Site::Shin)
            }],
            false,
        );
        for sign in [Sign::NightPain, Sign::RestPain] {
            check_red_flag(
                &RULE,
                vec![Entry {
                    signs: [sign].into(),
                    ..spot(Site::Hip)
                }],
                true,
            );
        }
    }

    #[test]
    fn more_places_with_stronger_company() {
        for site in MORE_SITES {
            for sign in [Sign::NightPain, Sign::ImpactPain, Sign::Limp] {
                check_red_flag(
                    &RULE,
                    vec![Entry {
                        signs: [sign].into(),
                        ..spot(*site)
                    }],
                    true,
                );
            }
            let cut = Entry {
                function: Some(Function::CutShort),
                ..spot(*site)
            };
            check_red_flag(&RULE, vec![cut], true);
            check_red_flag(&RULE, vec![spot(*site)], false);
        }
        let calf = Entry {
            signs: [Sign::NightPain].into(),
            ..spot(Site::Calf)
        };
        check_red_flag(&RULE, vec![calf], false);
    }

    #[test]
    fn on_the_bone_is_a_spot_and_a_four_is_company() {
        let bone = |site, pain| Entry {
            pain: Some(pain),
            ..with(site, &[Sign::BoneSpot])
        };
        check_red_flag(&RULE, vec![bone(Site::Knee, 4.0)], true);
        check_red_flag(&RULE, vec![bone(Site::Knee, 3.0)], false);
        check_red_flag(&RULE, vec![bone(Site::Shin, 3.0)], true);
        check_red_flag(&RULE, vec![bone(Site::Shin, 2.0)], false);
        check_red_flag(
            &RULE,
            vec![bone(Site::Other(Word::new("lower leg")), 4.0)],
            true,
        );
        check_red_flag(&RULE, vec![bone(Site::Unnamed, 4.0)], true);
        check_red_flag(
            &RULE,
            vec![bone(Site::Other(Word::new("wrist")), 4.0)],
            false,
        );
        let explained = Entry {
            everyday_in_note: [Everyday::Blister].into(),
            ..bone(Site::Toe, 5.0)
        };
        check_red_flag(&RULE, vec![explained], false);
    }

    #[test]
    fn one_night_is_enough_where_impact_hurts() {
        for site in [Site::Shin, Site::Foot, Site::Heel] {
            check_red_flag(&RULE, vec![with(site, &[Sign::NightPain])], false);
            let worse = Entry {
                movement: Some(Movement::Worse),
                ..with(site, &[Sign::NightPain])
            };
            check_red_flag(&RULE, vec![worse], true);
            let run = |pain| Entry {
                moment: Moment::During,
                pain: Some(pain),
                date: day(8),
                ..with(site, &[])
            };
            check_red_flag(&RULE, vec![run(3.0), with(site, &[Sign::NightPain])], true);
            check_red_flag(&RULE, vec![run(2.0), with(site, &[Sign::NightPain])], false);
            check_red_flag(&RULE, vec![with(site, &[Sign::ImpactPain])], false);
            check_red_flag(
                &RULE,
                vec![with(site, &[Sign::ImpactPain, Sign::Limp])],
                true,
            );
        }
        let glute = Entry {
            movement: Some(Movement::Worse),
            ..with(Site::Glute, &[Sign::NightPain])
        };
        check_red_flag(&RULE, vec![glute], false);
        check_red_flag(
            &RULE,
            vec![with(Site::Glute, &[Sign::NightPain, Sign::ImpactPain])],
            true,
        );
        check_red_flag(
            &RULE,
            vec![with(Site::Calf, &[Sign::NightPain, Sign::ImpactPain])],
            false,
        );
    }

    #[test]
    fn a_sore_bone_after_a_twist_asks_for_a_picture() {
        let found = flagged(
            &RULE,
            20,
            vec![with(Site::Foot, &[Sign::BoneSpot, Sign::Trauma])],
        );
        assert_eq!(
            found[0].text(),
            "Your note of 23 Mar 2025 mentions one sore spot on the bone and a fall, a twist or a knock (right foot). A bone \
             that is sore to the touch after a twist usually gets an X-ray. Most are only bruised. Please have it looked at \
             today or tomorrow, before the next run."
        );
        check_red_flag(&RULE, vec![with(Site::Foot, &[Sign::Trauma])], false);
        check_red_flag(
            &RULE,
            vec![with(Site::Knee, &[Sign::BoneSpot, Sign::Trauma])],
            false,
        );
    }

    #[test]
    fn the_days_of_a_fortnight_count_together() {
        let night = |n, side| Entry {
            date: day(n),
            side,
            ..with(Site::Shin, &[Sign::NightPain])
        };
        let right = Some(Side::Right);
        check_red_flag(&RULE, vec![night(6, right), spot(Site::Shin)], true);
        check_red_flag(&RULE, vec![night(5, right), spot(Site::Shin)], false);
        check_red_flag(
            &RULE,
            vec![night(19, Some(Side::Left)), spot(Site::Shin)],
            false,
        );
        check_red_flag(&RULE, vec![night(19, None), spot(Site::Shin)], true);
    }

    #[test]
    fn the_moment_counts_when_it_hurt() {
        for moment in [Moment::Night, Moment::Rest] {
            check_red_flag(
                &RULE,
                vec![Entry {
                    moment,
                    pain: Some(1.0),
                    ..spot(Site::Foot)
                }],
                true,
            );
            check_red_flag(
                &RULE,
                vec![Entry {
                    moment,
                    pain: Some(0.0),
                    ..spot(Site::Foot)
                }],
                false,
            );
            check_red_flag(
                &RULE,
                vec![Entry {
                    moment,
                    ..spot(Site::Foot)
                }],
                false,
            );
        }
    }

    #[test]
    fn rows_of_one_day_are_read_together_and_sides_are_not() {
        let night = Entry {
            signs: [Sign::NightPain].into(),
            ..at(20, Site::Shin, Side::Right)
        };
        check_red_flag(&RULE, vec![spot(Site::Shin), night.clone()], true);
        check_red_flag(
            &RULE,
            vec![
                spot(Site::Shin),
                Entry {
                    side: Some(Side::Left),
                    ..night.clone()
                },
            ],
            false,
        );
        check_red_flag(
            &RULE,
            vec![
                spot(Site::Shin),
                Entry {
                    side: None,
                    ..night.clone()
                },
            ],
            true,
        );
        check_red_flag(
            &RULE,
            vec![
                spot(Site::Shin),
                Entry {
                    side: None,
                    site: None,
                    ..night.clone()
                },
            ],
            true,
        );
        check_red_flag(
            &RULE,
            vec![
                spot(Site::Shin),
                Entry {
                    side: None,
                    site: Some(Site::Calf),
                    ..night
                },
            ],
            false,
        );
    }

    #[test]
    fn words() {
        let rows = vec![Entry {
            movement: Some(Movement::Worse),
            signs: [Sign::NightPain].into(),
            ..spot(Site::Shin)
        }];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "On 23 Mar 2025 you logged pain in one spot, pain that is worse with movement and pain at night (right shin). \
             Have it checked before the next run."
        );
        let rows = vec![with(Site::Heel, &[Sign::NightPain, Sign::Limp])];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "Your note of 23 Mar 2025 mentions pain at night and a limp (right heel). Pain that comes with impact and does \
             not let go at rest deserves a check before the next run, though most of it is harmless."
        );
    }

    #[test]
    fn each_part_says_on_how_many_days() {
        let worse = |n| Entry {
            movement: Some(Movement::Worse),
            date: day(n),
            ..spot(Site::Shin)
        };
        let night = Entry {
            signs: [Sign::NightPain].into(),
            date: day(18),
            ..spot(Site::Shin)
        };
        let found = flagged(&RULE, 20, vec![worse(17), night, worse(19), worse(20)]);
        assert_eq!(
            found[0].text(),
            "20–23 Mar 2025: you logged pain in one spot on 4 days, pain that is worse with movement on 3 \
             and pain at night on 1 (right shin). \
             Have it checked before the next run."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
