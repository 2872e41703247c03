//! Red flag: severe pain that came suddenly or stopped the run, or no weight on it.

use super::{
    Backtest, Change, Check, Context, Evidence, Group, Limit, Outcome, Rule, Severity, Stance,
};
use super::{
    red_flag_deformity::is_sudden_and_cannot_bear_weight,
    sighting::{self, DayAtSite, Flag, SEE_THAT_DAY, Seen, told_if},
    triage,
};
use crate::pain::{Everyday, Function, Side, Sign, Site};
use crate::units::number;

/// From where on pain is severe.
pub(super) const SEVERE: Limit = Limit {
    key: "severe_pain",
    value: 8.0,
    change: Change::TRIAGE,
    why: "The triage table's value; 8 and more was also called severe in a study of cut-offs in lasting pain (Boonstra et al. 2016).",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-severe",
    title: "Severe and sudden, or no weight on it",
    headline: "severe and sudden, or no weight on it",
    why: "Pain that stops you at once, or a leg that does not carry you, should be seen before it is run on again.",
    formula: "A day with pain of 8 or more of 10 at a site and, at the same site, a sudden start, a limp, or a run that was stopped or missed, by the columns or the note; or with no weight on it (function cannot_bear_weight, or no_weight in signs or note), unless the start was sudden (that is red-flag-deformity). A side stitch does not count. The 8 does not count where a note explains it with a blister, a nail, chafed skin, a graze, sunburn, a stitch, a cramp or sore muscles after an effort, nor a limp with sore muscles on both sides.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 30)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "After a twist or a fall, an ankle, foot or knee that cannot take four steps is one of the reasons for a picture in two well-tested sets of rules for emergency departments (Stiell 1994 and 1995). Public health services ask people who cannot put weight on a leg, or whose pain is very bad, to be seen the same day. In people with lasting pain ratings of 8 and more went with severe trouble (Boonstra 2016).",
        sources: &[
            "Ottawa rules for ankle and foot (Stiell 1994), meds.queensu.ca/source/ottawa_ankle_rules.html, read November 2026.",
            "Ottawa rule for the knee (Stiell 1995), www.guidelinecentral.com/, read November 2026.",
            "NHS text on knee pain, lincolnshireknee.co.uk/blogs/when-knee-pain-needs-a-specialist, read November 2026.",
            "Boonstra et al. (2016), Frontiers in Psychology 7:1466, doi.org/10.3389/fpsyg.2016.01466.",
        ],
    },
    limits: &[SEVERE, triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for severe pain, or pain that stops the run.",
    message: "On 3 May 2025 you logged pain 8 of 10 and that it stopped the run (right calf). That was severe. Please have it seen today.",
    check: Check::Data(check),
};

const ADVICE_PICTURE: &str = "An ankle, foot or knee that does not take four steps usually gets an X-ray. Please have it seen today.";
const ADVICE_NO_WEIGHT: &str =
    "A leg that does not carry you should be looked at. Please have it seen today.";
const NO_WEIGHT: &str = "it does not carry you";
const ADVICE_SEVERE: &str = "That was severe. Please have it seen today.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let severe_pain = ctx.limit(SEVERE);
    let found = [
        sighting::found(
            ctx,
            &flag(ADVICE_PICTURE).called(NO_WEIGHT),
            no_weight_where_a_picture_tells,
        ),
        sighting::found(
            ctx,
            &flag(ADVICE_NO_WEIGHT).called(NO_WEIGHT),
            no_weight_elsewhere,
        ),
        sighting::found(ctx, &flag(ADVICE_SEVERE).called("severe"), |day| {
            severe(day, severe_pain)
        }),
    ];
    sighting::conclude(ctx, found)
}

fn flag(advice: &str) -> Flag {
    Flag::of_a_place(&RULE, advice, SEE_THAT_DAY)
}

fn no_weight_where_a_picture_tells(day: &DayAtSite) -> Vec<Seen> {
    told_if(takes_a_picture(day), no_weight(day))
}

fn no_weight_elsewhere(day: &DayAtSite) -> Vec<Seen> {
    told_if(!takes_a_picture(day), no_weight(day))
}

/// The places of the two sets of rules for a picture.
const PICTURED: &[Site] = &[
    Site::Ankle,
    Site::Foot,
    Site::Heel,
    Site::Toe,
    Site::Knee,
    Site::Kneecap,
];

fn takes_a_picture(day: &DayAtSite) -> bool {
    day.site.is_some_and(|site| PICTURED.contains(&site))
}

fn no_weight(day: &DayAtSite) -> Vec<Seen> {
    let counts = day.site != Some(Site::SideStitch) && !is_sudden_and_cannot_bear_weight(day);
    day.no_weight().filter(|_| counts).into_iter().collect()
}

/// What explains a high number by itself.
const EXPLAINS: &[Everyday] = &[
    Everyday::Blister,
    Everyday::Nail,
    Everyday::Chafing,
    Everyday::Graze,
    Everyday::Sunburn,
    Everyday::Stitch,
    Everyday::Cramp,
    Everyday::Soreness,
];

/// A high number in company; alone it is [`super::pain_high`]'s.
fn severe(day: &DayAtSite, severe_pain: f64) -> Vec<Seen> {
    let peak = day.peak().filter(|peak| *peak >= severe_pain);
    let company = company(day);
    match peak {
        Some(peak) if !company.is_empty() && !is_of_another_kind(day) => {
            [vec![rated(peak)], company].concat()
        }
        _ => Vec::new(),
    }
}

fn is_of_another_kind(day: &DayAtSite) -> bool {
    day.site == Some(Site::SideStitch) || day.no_weight().is_some() || day.is_everyday(EXPLAINS)
}

fn company(day: &DayAtSite) -> Vec<Seen> {
    let mut company: Vec<Seen> = day.sudden().into_iter().collect();
    company.extend(day.effects(Function::Stopped));
    if day.side != Some(Side::Both) {
        company.extend(day.signs(&[Sign::Limp]));
    }
    company
}

/// "pain 8 of 10".
pub(super) fn rated(pain: f64) -> Seen {
    Seen::logged(format!("pain {} of 10", rating(pain)))
}

/// A rating as people write it: 8, or 8.5.
pub(super) fn rating(pain: f64) -> String {
    number(pain, if pain.fract() == 0.0 { 0 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Onset};
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, flagged, sore};

    fn calf(pain: f64, onset: Option<Onset>, function: Option<Function>) -> Entry {
        Entry {
            onset,
            function,
            ..sore(20, Site::Calf, Side::Right, pain)
        }
    }

    #[test]
    fn eight_and_sudden_or_stopped_or_limping() {
        let (sudden, stopped) = (Some(Onset::Sudden), Some(Function::Stopped));
        check_red_flag(&RULE, vec![calf(8.0, sudden, None)], true);
        check_red_flag(&RULE, vec![calf(8.0, None, stopped)], true);
        check_red_flag(
            &RULE,
            vec![calf(8.0, None, Some(Function::MissedRun))],
            true,
        );
        check_red_flag(
            &RULE,
            vec![Entry {
                sudden_in_note: true,
                ..calf(8.0, None, None)
            }],
            true,
        );
        check_red_flag(
            &RULE,
            vec![Entry {
                function_in_note: stopped,
                ..calf(8.0, None, None)
            }],
            true,
        );
        check_red_flag(
            &RULE,
            vec![Entry {
                signs_in_note: [Sign::Limp].into(),
                ..calf(8.0, None, None)
            }],
            true,
        );
        check_red_flag(&RULE, vec![calf(7.5, sudden, stopped)], false);
        check_red_flag(&RULE, vec![calf(10.0, None, None)], false);
        check_red_flag(
            &RULE,
            vec![calf(8.0, Some(Onset::Gradual), Some(Function::CutShort))],
            false,
        );
        check_red_flag(
            &RULE,
            vec![Entry {
                site: Some(Site::SideStitch),
                ..calf(8.0, sudden, stopped)
            }],
            false,
        );
    }

    #[test]
    fn what_a_note_explains_and_sore_muscles_after_a_race_are_not_severe() {
        for kind in EXPLAINS {
            let row = Entry {
                everyday_in_note: [*kind].into(),
                ..calf(9.0, None, Some(Function::Stopped))
            };
            check_red_flag(&RULE, vec![row], false);
        }
        let quads = Entry {
            signs_in_note: [Sign::Limp].into(),
            ..sore(20, Site::Quad, Side::Both, 8.0)
        };
        check_red_flag(&RULE, vec![quads], false);
    }

    #[test]
    fn no_weight_on_it_whatever_the_start() {
        let no_weight = Some(Function::CannotBearWeight);
        check_red_flag(&RULE, vec![calf(3.0, None, no_weight)], true);
        check_red_flag(
            &RULE,
            vec![Entry {
                pain: None,
                ..calf(3.0, Some(Onset::NextDay), no_weight)
            }],
            true,
        );
        check_red_flag(
            &RULE,
            vec![calf(3.0, Some(Onset::Sudden), no_weight)],
            false,
        );
        let sign = |site, side| Entry {
            signs_in_note: [Sign::NoWeight].into(),
            site,
            side,
            ..calf(3.0, None, None)
        };
        check_red_flag(&RULE, vec![sign(Some(Site::Ankle), Some(Side::Left))], true);
        check_red_flag(&RULE, vec![sign(None, None)], true);
        check_red_flag(&RULE, vec![sign(Some(Site::SideStitch), None)], false);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![calf(8.5, None, Some(Function::Stopped))])[0].text(),
            "On 23 Mar 2025 you logged pain 8.5 of 10 and that it stopped the run (right calf). \
             That was severe. Please have it seen today."
        );
        assert_eq!(
            flagged(
                &RULE,
                20,
                vec![calf(3.0, None, Some(Function::CannotBearWeight))]
            )[0]
            .text(),
            "On 23 Mar 2025 you logged that you could not put weight on it (right calf). \
             A leg that does not carry you should be looked at. Please have it seen today."
        );
        let ankle = Entry {
            signs_in_note: [Sign::NoWeight].into(),
            ..at(20, Site::Ankle, Side::Left)
        };
        assert_eq!(
            flagged(&RULE, 20, vec![ankle])[0].text(),
            "Your note of 23 Mar 2025 mentions that you could not put weight on it (left ankle). \
             An ankle, foot or knee that does not take four steps usually gets an X-ray. Please have it seen today."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
