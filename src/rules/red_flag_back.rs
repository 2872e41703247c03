//! Red flag: lower back pain together with trouble in both legs, or with bladder, bowel or saddle trouble.

use super::{
    Backtest, Change, Check, Context, Evidence, Group, Limit, Outcome, Rule, Severity, Stance,
};
use super::{
    sighting::{self, DayAtSite, Flag, LEG, Seen, told_if},
    triage,
};
use crate::{
    pain::{Entry, Everyday, PainType, Side, Sign, Site},
    time::plus_days,
};
use chrono::NaiveDate;

/// How far apart the back pain and the other sign may be.
const TOGETHER: Limit = Limit {
    key: "together_days",
    value: 14.0,
    change: Change::TRIAGE,
    why: "The triage table asks for both within its 14 days, not on one row.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-back",
    title: "Lower back pain with trouble in both legs, or with bladder or bowel trouble",
    headline: "back pain with trouble in both legs, bladder or bowel",
    why: "Back pain is common and mostly harmless. In this company it is rare, and hours count.",
    formula: "A lower_back row that is not rated 0, and within 14 days of it: bladder or bowel trouble, or numbness between the legs; or a note that names numbness, tingling or weakness in both legs; or a note about the back, or on a day when it hurts, that names pain in both legs and not sore muscles; or in the columns numbness or weakness, or type numb, in the lower back, the legs or no named place, unless it is on one side only (side both, centre or blank counts, as do left and right leg on one day); or tingling, or type tingling or shooting, on both sides (side both, or left and right leg on one day). A numb or tingling leg in a note that does not say both is red-flag-nerve.",
    needs: "One row is enough if it holds both. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Emergency,
    group: Group::RedFlags,
    triage: &[(Severity::Emergency, 60)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services list, next to back pain, pain, tingling, weakness or numbness in both legs, numbness of the genitals or buttocks, and trouble with passing or holding water or stool as a reason to go to an emergency department at once. A review finds each sign weak by itself: the company and the change count. Pain into one leg is common and not on that list.",
        sources: &[
            "NHS, page on back pain, nhs.uk/conditions/back-pain, read November 2026 in mirrored copies (redflagsymptoms.co.uk/back-pain).",
            "Norfolk and Waveney community health (NHS), page on back pain, norfolkandwaveneycommunityhealth.nhs.uk/msk, read November 2026.",
            "Finucane et al. (2020), Journal of Orthopaedic & Sports Physical Therapy, doi.org/10.2519/jospt.2020.9971, abstract read November 2026.",
        ],
    },
    limits: &[TOGETHER, triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged numbness (thigh on both sides). Together with the lower back pain you logged, this needs emergency care today: please call your emergency number ({number}), or go to an emergency department.",
    check: Check::Data(check),
};

const ADVICE: &str = "Together with the lower back pain you logged, this needs emergency care today: \
                      please call your emergency number ({number}), or go to an emergency department.";
const IF_BACK: &str =
    "together with pain in the lower back, please call your emergency number ({number}).";

fn check(ctx: &Context) -> Vec<Outcome> {
    let (advice, if_back) = (ctx.with_number(ADVICE), ctx.with_number(IF_BACK));
    let flag = Flag::of_the_body(&RULE, advice, &if_back);
    let rows = triage::rows(ctx);
    let together_days = ctx.limit(TOGETHER) as i64;
    sighting::judge(ctx, &flag, |day| seen(rows, day, together_days))
}

fn seen(rows: &[Entry], day: &DayAtSite, together_days: i64) -> Vec<Seen> {
    let seen = nerve_signs(rows, day);
    told_if(
        !seen.is_empty() && hurts_near(rows, day.date, together_days),
        seen,
    )
}

/// Whether a row about the lower back that is not rated 0 stands within so many days.
pub(super) fn hurts_near(rows: &[Entry], date: NaiveDate, within_days: i64) -> bool {
    let (from, to) = (plus_days(date, -within_days), plus_days(date, within_days));
    sighting::between(rows, from, to).iter().any(is_back_pain)
}

/// A row about the lower back without a number tells of pain too.
fn is_back_pain(row: &Entry) -> bool {
    row.site == Some(Site::LowerBack) && row.pain != Some(0.0)
}

fn nerve_signs(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    let mut seen = day.signs(&[Sign::BladderBowel, Sign::SaddleNumbness]);
    if is_not_one_sided(rows, day, is_numb_or_weak, true) {
        seen.extend(day.signs(&[Sign::Numbness, Sign::Weakness]));
        seen.extend(day.types(&[PainType::Numb]));
    }
    if is_not_one_sided(rows, day, tingles_or_shoots, false) {
        seen.extend(day.signs(&[Sign::Tingling]));
        seen.extend(day.types(&[PainType::Tingling, PainType::Shooting]));
    }
    if seen.is_empty() && hurts_in_both_legs(rows, day) {
        seen.push(Seen::noted("trouble in both legs"));
    }
    seen
}

/// Whether a note about the back, or about no place on a day when the back hurts, says so of both legs. Legs that ache after a
/// race are common, and a sore back a week before them is no company.
fn hurts_in_both_legs(rows: &[Entry], day: &DayAtSite) -> bool {
    let says_so = |row: &Entry| row.both_legs_in_note && is_back_or_nowhere(row);
    day.any(says_so) && !day.is_everyday(&[Everyday::Soreness]) && hurts_near(rows, day.date, 0)
}

fn is_back_or_nowhere(row: &Entry) -> bool {
    matches!(row.site, None | Some(Site::None | Site::LowerBack))
}

fn is_leg(row: &Entry) -> bool {
    row.site.is_some_and(|site| LEG.contains(&site))
}

/// Whether a row of the day that shows `sign` is on both sides, or leaves the side open where `open` counts. Of all red flags
/// this is the one where hours count, so numbness and weakness of an open side do; tingling and shooting pain go down one leg
/// in many people with a sore back, and one side only is [`super::red_flag_nerve`]'s.
fn is_not_one_sided(rows: &[Entry], day: &DayAtSite, sign: fn(&Entry) -> bool, open: bool) -> bool {
    let whole_day = sighting::between(rows, day.date, day.date);
    let both_legs = shows_in_both_legs(whole_day, sign);
    let is_near = |row: &Entry| is_leg(row) || is_back_or_nowhere(row);
    let not_one_sided = |row: &Entry| match row.side {
        _ if row.both_legs_in_note => true,
        Some(Side::Both) => true,
        None | Some(Side::Centre) => open,
        Some(Side::Left | Side::Right) => is_leg(row) && both_legs,
    };
    day.any(|row| is_near(row) && sign(row) && not_one_sided(row))
}

/// Whether one row shows it in the left leg and one in the right.
fn shows_in_both_legs(rows: &[Entry], sign: fn(&Entry) -> bool) -> bool {
    shows_in_leg(rows, Side::Left, sign) && shows_in_leg(rows, Side::Right, sign)
}

fn shows_in_leg(rows: &[Entry], side: Side, sign: fn(&Entry) -> bool) -> bool {
    rows.iter()
        .any(|row| row.side == Some(side) && is_leg(row) && sign(row))
}

/// By the columns. A note names the leg it speaks of: if it is both, [`Entry::both_legs_in_note`] says so.
fn is_numb_or_weak(row: &Entry) -> bool {
    has_in_legs(row, Sign::Numbness)
        || has_in_legs(row, Sign::Weakness)
        || row.types.contains(&PainType::Numb)
}

fn tingles_or_shoots(row: &Entry) -> bool {
    let types = [PainType::Tingling, PainType::Shooting];
    has_in_legs(row, Sign::Tingling) || row.types.has_any(&types)
}

fn has_in_legs(row: &Entry, sign: Sign) -> bool {
    row.signs.contains(&sign) || row.both_legs_in_note && row.signs_in_note.contains(&sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{
        at, check_red_flag, check_too_little_data, day, flagged, harmless, sore,
    };

    fn numb(n: i64, site: Site, side: Side) -> Entry {
        Entry {
            signs: [Sign::Numbness].into(),
            ..at(n, site, side)
        }
    }

    fn back(n: i64) -> Entry {
        sore(n, Site::LowerBack, Side::Centre, 3.0)
    }

    #[test]
    fn both_legs_and_the_back() {
        check_red_flag(&RULE, vec![numb(20, Site::LowerBack, Side::Both)], true);
        check_red_flag(
            &RULE,
            vec![back(10), numb(20, Site::Thigh, Side::Both)],
            true,
        );
        let (left, right) = (
            numb(20, Site::Foot, Side::Left),
            numb(20, Site::Calf, Side::Right),
        );
        check_red_flag(&RULE, vec![back(20), left.clone(), right.clone()], true);
        check_red_flag(&RULE, vec![back(20), left.clone()], false);
        check_red_flag(
            &RULE,
            vec![
                back(20),
                left,
                Entry {
                    date: day(19),
                    ..right
                },
            ],
            false,
        );
        check_red_flag(
            &RULE,
            vec![
                back(20),
                numb(20, Site::Other(crate::pain::Word::NONE), Side::Both),
            ],
            false,
        );
    }

    #[test]
    fn a_side_left_open_errs_upwards_and_one_side_is_for_the_nerve_rule() {
        let open = |entry: Entry| Entry {
            side: None,
            ..entry
        };
        let on_the_back = |side| Entry {
            pain: Some(4.0),
            ..numb(20, Site::LowerBack, side)
        };
        check_red_flag(&RULE, vec![on_the_back(Side::Centre)], true);
        check_red_flag(&RULE, vec![open(on_the_back(Side::Left))], true);
        check_red_flag(
            &RULE,
            vec![
                open(on_the_back(Side::Left)),
                sore(20, Site::LowerBack, Side::Left, 1.0),
            ],
            true,
        );
        check_red_flag(
            &RULE,
            vec![back(20), open(numb(20, Site::Foot, Side::Left))],
            true,
        );
        check_red_flag(
            &RULE,
            vec![
                back(20),
                Entry {
                    site: None,
                    ..open(numb(20, Site::Foot, Side::Left))
                },
            ],
            true,
        );
        let both_in_note = Entry {
            both_legs_in_note: true,
            ..on_the_back(Side::Left)
        };
        check_red_flag(&RULE, vec![both_in_note], true);
        for side in [Side::Left, Side::Right] {
            check_red_flag(&RULE, vec![on_the_back(side)], false);
            check_red_flag(&RULE, vec![back(20), numb(20, Site::Foot, side)], false);
            assert_eq!(
                flagged(
                    &crate::rules::red_flag_nerve::RULE,
                    20,
                    vec![on_the_back(side)]
                )
                .len(),
                1
            );
        }
        check_red_flag(
            &RULE,
            vec![harmless(20), open(numb(20, Site::Foot, Side::Left))],
            false,
        );
    }

    #[test]
    fn tingling_and_shooting_pain_must_be_on_both_sides() {
        let shooting = |site, side| Entry {
            types: [PainType::Shooting].into(),
            ..sore(20, site, side, 5.0)
        };
        let tingling = |site, side| Entry {
            signs: [Sign::Tingling].into(),
            ..at(20, site, side)
        };
        check_red_flag(
            &RULE,
            vec![back(20), shooting(Site::Thigh, Side::Both)],
            true,
        );
        check_red_flag(&RULE, vec![shooting(Site::LowerBack, Side::Both)], true);
        check_red_flag(
            &RULE,
            vec![back(20), tingling(Site::Foot, Side::Both)],
            true,
        );
        let both = vec![
            back(20),
            tingling(Site::Foot, Side::Left),
            shooting(Site::Calf, Side::Right),
        ];
        check_red_flag(&RULE, both, true);
        check_red_flag(
            &RULE,
            vec![back(20), shooting(Site::Thigh, Side::Left)],
            false,
        );
        check_red_flag(&RULE, vec![shooting(Site::LowerBack, Side::Centre)], false);
        check_red_flag(
            &RULE,
            vec![Entry {
                side: None,
                ..tingling(Site::LowerBack, Side::Left)
            }],
            false,
        );
        check_red_flag(
            &RULE,
            vec![sore(20, Site::Quad, Side::Both, 6.0), back(20)],
            false,
        );
    }

    #[test]
    fn a_note_names_both_legs_or_one() {
        let note = |both, signs: &[Sign]| Entry {
            side: None,
            both_legs_in_note: both,
            signs_in_note: signs.into(),
            ..back(20)
        };
        check_red_flag(&RULE, vec![note(true, &[])], true);
        for sign in [Sign::Numbness, Sign::Tingling, Sign::Weakness] {
            check_red_flag(&RULE, vec![note(true, &[sign])], true);
            check_red_flag(&RULE, vec![note(false, &[sign])], false);
        }
        check_red_flag(
            &RULE,
            vec![Entry {
                site: Some(Site::Knee),
                ..note(true, &[])
            }],
            false,
        );
        check_red_flag(
            &RULE,
            vec![
                back(20),
                Entry {
                    both_legs_in_note: true,
                    ..Entry::on(day(20))
                },
            ],
            true,
        );
        check_red_flag(
            &RULE,
            vec![
                back(19),
                Entry {
                    both_legs_in_note: true,
                    ..Entry::on(day(20))
                },
            ],
            false,
        );
        let race = Entry {
            both_legs_in_note: true,
            ..sore(20, Site::Quad, Side::Both, 5.0)
        };
        check_red_flag(&RULE, vec![back(20), race], false);
        check_red_flag(
            &RULE,
            vec![Entry {
                everyday_in_note: [Everyday::Soreness].into(),
                ..note(true, &[])
            }],
            false,
        );
    }

    #[test]
    fn bladder_bowel_and_saddle_need_a_back_that_hurts_within_14_days() {
        for sign in [Sign::BladderBowel, Sign::SaddleNumbness] {
            let note = Entry {
                signs_in_note: [sign].into(),
                ..Entry::on(day(20))
            };
            check_red_flag(&RULE, vec![back(6), note.clone()], true);
            check_red_flag(&RULE, vec![back(5), note.clone()], false);
            check_red_flag(&RULE, vec![harmless(20), note.clone()], false);
            check_red_flag(
                &RULE,
                vec![sore(20, Site::LowerBack, Side::Centre, 0.0), note.clone()],
                false,
            );
            check_red_flag(
                &RULE,
                vec![at(20, Site::LowerBack, Side::Centre), note],
                true,
            );
        }
    }

    #[test]
    fn words() {
        let advice = "Together with the lower back pain you logged, \
                      this needs emergency care today: please call your emergency number (112, 911 or 999), or go to an \
                      emergency department.";
        assert_eq!(
            flagged(&RULE, 20, vec![back(20), numb(20, Site::Thigh, Side::Both)])[0].text(),
            format!("On 23 Mar 2025 you logged numbness (thigh on both sides). {advice}")
        );
        assert_eq!(
            flagged(
                &RULE,
                20,
                vec![Entry {
                    both_legs_in_note: true,
                    ..back(20)
                }]
            )[0]
            .text(),
            format!(
                "Your note of 23 Mar 2025 mentions trouble in both legs (lower back). {advice}"
            )
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
