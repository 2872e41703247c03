//! Red flag: a hot or swollen joint with fever, or an artificial one.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Flag, Seen},
    triage,
};
use crate::{
    pain::{Entry, Everyday, Sign, Site},
    time::plus_days,
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-hot-joint",
    title: "A hot joint with fever, or an artificial joint that is hot or weeping",
    headline: "a hot joint with fever, or an artificial joint that is hot",
    why: "A joint that is hot and swollen while you shiver is one of the few sore joints that cannot wait a weekend.",
    formula: "A joint or a place that may be one (knee, kneecap, outer knee, ankle, heel, foot, toe, hip, groin, a place not named or by your own word): a day with swelling, warmth or redness there and fever anywhere on that day or the day before or after; or with artificial_joint and swelling, warmth, redness, a weeping wound or fever on that day. Warmth and redness that a note explains with sunburn do not count.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 60)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask for an urgent appointment or a call the same day when a joint is suddenly very painful, swollen or of another colour and the person feels unwell or hot and shivery; an artificial joint counts as well. Family doctors are told to think of it in every hot swollen joint.",
        sources: &[
            "NHS, page on a hot swollen joint, nhs.uk/conditions/septic-arthritis, read November 2026 as the NHS widget (developer.api.nhs.uk).",
            "Patient.info, page for doctors on hot swollen joints, patient.info/doctor/hot-swollen-joints, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged swelling, warmth and fever (right knee). A hot or swollen joint with a fever should be looked at today. Often it is something simple, but it needs ruling out.",
    check: Check::Data(check),
};

const ADVICE: &str = "A hot or swollen joint with a fever, or an artificial one, should be looked at today. Often it is something simple, \
                      but it needs ruling out.";
const IF_BACK: &str = "please have it looked at the same day.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_a_place(&RULE, ADVICE, IF_BACK);
    let rows = triage::rows(ctx);
    sighting::judge(ctx, &flag, |day| seen(rows, day))
}

/// What the day shows of it; [`super::red_flag_one_sided_swelling`] and [`super::red_flag_swelling`] take the days without.
pub(super) fn seen(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    let artificial = day.signs(&[Sign::ArtificialJoint]);
    match artificial.is_empty() {
        true => hot_with_fever(rows, day),
        false => together(artificial, wound_or_fever(day)),
    }
}

/// Both, if there is the second.
fn together(first: Vec<Seen>, second: Vec<Seen>) -> Vec<Seen> {
    match second.is_empty() {
        true => second,
        false => [first, second].concat(),
    }
}

/// What is enough at an artificial joint.
fn wound_or_fever(day: &DayAtSite) -> Vec<Seen> {
    let mut seen = inflamed(day);
    seen.extend(day.signs(&[Sign::WeepingWound, Sign::Fever]));
    seen
}

fn hot_with_fever(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    let inflamed = inflamed(day);
    match inflamed.is_empty() || !may_be_joint(day.site) {
        true => Vec::new(),
        false => together(inflamed, fever_near(rows, day)),
    }
}

/// Swelling, warmth or redness, unless it is the sun's.
fn inflamed(day: &DayAtSite) -> Vec<Seen> {
    match day.is_everyday(&[Everyday::Sunburn]) {
        true => day.signs(&[Sign::Swelling, Sign::RapidSwelling]),
        false => day.signs(INFLAMED),
    }
}

/// Signs that a place is inflamed.
pub(super) const INFLAMED: &[Sign] = &[
    Sign::Swelling,
    Sign::RapidSwelling,
    Sign::Warmth,
    Sign::Redness,
];

/// Fever on the day, or the day before or after: a joint may be hot a night before the shivers.
pub(super) fn fever_near(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    let near = sighting::between(rows, plus_days(day.date, -1), plus_days(day.date, 1));
    let with_fever = near.iter().filter(|row| row.has_sign(Sign::Fever));
    let feverish = DayAtSite {
        rows: with_fever.collect(),
        ..day.clone()
    };
    feverish.signs(&[Sign::Fever])
}

/// Joints, by the names of the log.
const JOINTS: &[Site] = &[
    Site::Knee,
    Site::Kneecap,
    Site::Itb,
    Site::Ankle,
    Site::Heel,
    Site::Foot,
    Site::Toe,
    Site::Hip,
    Site::Groin,
];

fn may_be_joint(site: Option<Site>) -> bool {
    match site {
        None | Some(Site::None | Site::Unnamed | Site::Other(_)) => true,
        Some(site) => JOINTS.contains(&site),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Side;
    use crate::rules::pain_fixture::{
        at, check_red_flag, check_too_little_data, day, flagged, harmless,
    };
    use Sign::{ArtificialJoint, Fever, Redness, Swelling, Warmth, WeepingWound};

    fn with(site: Site, signs: &[Sign]) -> Entry {
        Entry {
            signs: signs.into(),
            ..at(20, site, Side::Right)
        }
    }

    #[test]
    fn a_joint_and_a_fever() {
        for site in [
            Site::Knee,
            Site::Ankle,
            Site::Toe,
            Site::Hip,
            Site::Groin,
            Site::Unnamed,
        ] {
            for sign in [Swelling, Warmth, Redness] {
                check_red_flag(&RULE, vec![with(site, &[sign, Fever])], true);
                check_red_flag(&RULE, vec![with(site, &[sign])], false);
            }
        }
        check_red_flag(&RULE, vec![with(Site::Knee, &[Fever])], false);
        check_red_flag(&RULE, vec![with(Site::Calf, &[Swelling, Fever])], false);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn the_fever_may_stand_on_another_row_or_the_next_day() {
        let fever = |n| Entry {
            signs_in_note: [Fever].into(),
            ..Entry::on(day(n))
        };
        for (n, expected) in [(20, true), (19, true), (18, false)] {
            check_red_flag(&RULE, vec![fever(n), with(Site::Knee, &[Warmth])], expected);
        }
        let (early, late) = (
            Entry {
                date: day(19),
                ..with(Site::Knee, &[Warmth])
            },
            fever(20),
        );
        check_red_flag(&RULE, vec![early, late], true);
    }

    #[test]
    fn an_artificial_joint_needs_no_fever() {
        for sign in [Swelling, Warmth, Redness, WeepingWound, Fever] {
            check_red_flag(&RULE, vec![with(Site::Hip, &[ArtificialJoint, sign])], true);
        }
        check_red_flag(&RULE, vec![with(Site::Hip, &[ArtificialJoint])], false);
    }

    #[test]
    fn a_sunburnt_knee_is_no_hot_joint() {
        let sun = Entry {
            everyday_in_note: [Everyday::Sunburn].into(),
            ..with(Site::Knee, &[Warmth, Redness, Fever])
        };
        check_red_flag(&RULE, vec![sun], false);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(
                &RULE,
                20,
                vec![with(Site::Knee, &[Swelling, Warmth, Fever])]
            )[0]
            .text(),
            "On 23 Mar 2025 you logged swelling, warmth and fever (right knee). A hot or swollen joint with a fever, or an \
             artificial one, should be looked at today. Often it is something simple, but it needs ruling out."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
