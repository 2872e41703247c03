//! Red flag: a pop, or strength that is gone, at Achilles, calf or heel.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Flag, LOOK_THAT_WEEK, SEE_THAT_DAY, Seen, told_if},
    triage,
};
use crate::pain::{Everyday, Function, PainType, Sign, Site};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-achilles-calf",
    title: "A pop or lost strength at Achilles, calf or heel",
    headline: "a pop, or lost strength",
    why: "A tendon that gives way feels like a kick from behind, and many can still walk on it. It heals best when it is seen within hours.",
    formula: "Achilles, calf or heel: a day with pop; or with a sudden start and a run stopped or missed, or with a sudden start and weakness (a single heel raise that does not work is weakness); or with weakness and a fall, a twist or a knock, a run cut short, stopped or missed, or a limp: urgent. Weakness alone at the Achilles: see someone. A cramp (type cramp, or in the note) that came suddenly and stopped the run is none. What stands within 3 days before counts as of that day.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 20), (Severity::SeeSomeone, 30)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "A page for patients describes what people tell: a kick or a blow from behind, often a pop, and no single heel raise; many can walk on. It asks for an emergency department the same day. Weakness that comes by itself over weeks is less pressing.",
        sources: &[
            "The Achilles Hub, page on finding it, theachilleshub.com/achilles-rupture-diagnosis.html, read November 2026.",
            "NHS, page on sprains, nhs.uk/conditions/sprains-and-strains, read November 2026 in mirrored copies (www.hungerfordmedicalcentre.nhs.uk/self-care/category/musculoskeletal/).",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged a pop, a crack or a kick and weakness (right Achilles). A tendon or muscle that let go suddenly is best seen within hours, even if you can walk on it. Please have it seen today, and do not run on it or test it.",
    check: Check::Data(check),
};

const ADVICE_SUDDEN: &str = "A tendon or muscle that let go suddenly is best seen within hours, even if you can walk on it. Please have it \
                             seen today, and do not run on it or test it.";
const ADVICE_WEAK: &str = "A tendon that has lost strength should be seen before it is run on. Please have it looked at this week, and \
                           do not run until then.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let days = sighting::days(ctx);
    let sudden = Flag::of_a_place(&RULE, ADVICE_SUDDEN, SEE_THAT_DAY).called("it let go suddenly");
    let weak = Flag::of_a_place(&RULE, ADVICE_WEAK, LOOK_THAT_WEEK)
        .at(Severity::SeeSomeone)
        .called("it lost strength");
    let found = [
        sighting::found(ctx, &sudden, |day| seen(&days, day)),
        sighting::found(ctx, &weak, |day| weakness_alone(&days, day)),
    ];
    sighting::conclude(ctx, found)
}

/// How long a start, a knock or a stopped run counts as the cause of what is weak now.
const CAUSE_DAYS: i64 = 3;

/// Whether the place is one of this rule. A calf is where a tendon that let go is felt, too.
fn is_here(day: &DayAtSite) -> bool {
    matches!(day.site, Some(Site::Achilles | Site::Calf | Site::Heel))
}

fn seen(days: &[DayAtSite], day: &DayAtSite) -> Vec<Seen> {
    match is_here(day) && let_go(day, &sighting::around(days, day, CAUSE_DAYS, 0)) {
        true => told(day),
        false => Vec::new(),
    }
}

/// Whether something let go on the day, by what the days before it say, too.
fn let_go(day: &DayAtSite, near: &DayAtSite) -> bool {
    let stopped = near.effect() >= Some(Function::Stopped);
    let gave_way = day.sudden().is_some() && stopped && !is_cramp(day);
    day.has(Sign::Pop) || gave_way || day.has(Sign::Weakness) && has_cause(near)
}

fn is_cramp(day: &DayAtSite) -> bool {
    day.is_everyday(&[Everyday::Cramp]) || day.has_type(PainType::Cramp)
}

fn has_cause(near: &DayAtSite) -> bool {
    near.sudden().is_some()
        || near.has_any(&[Sign::Pop, Sign::Trauma, Sign::Limp])
        || near.effect() >= Some(Function::CutShort)
}

fn told(day: &DayAtSite) -> Vec<Seen> {
    let mut told = day.signs(&[Sign::Pop, Sign::Trauma, Sign::Weakness, Sign::Limp]);
    told.extend(day.sudden());
    told.extend(day.effects(Function::CutShort));
    told
}

fn weakness_alone(days: &[DayAtSite], day: &DayAtSite) -> Vec<Seen> {
    told_if(
        day.site == Some(Site::Achilles) && seen(days, day).is_empty(),
        day.signs(&[Sign::Weakness]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Onset, Side};
    use crate::rules::pain_fixture::{
        check_level, check_too_little_data, day, flagged, harmless, sore,
    };

    fn at(site: Site, signs: &[Sign]) -> Entry {
        Entry {
            signs_in_note: signs.into(),
            ..sore(20, site, Side::Right, 6.0)
        }
    }

    #[test]
    fn a_pop_is_enough_where_a_tendon_is() {
        for site in [Site::Achilles, Site::Calf, Site::Heel] {
            check_level(&RULE, vec![at(site, &[Sign::Pop])], Some(Severity::Urgent));
        }
        check_level(&RULE, vec![at(Site::Hamstring, &[Sign::Pop])], None);
        check_level(&RULE, vec![harmless(20)], None);
    }

    #[test]
    fn sudden_and_stopped_or_weak_is_for_today() {
        let sudden = |function, signs: &[Sign]| Entry {
            onset: Some(Onset::Sudden),
            function,
            ..at(Site::Calf, signs)
        };
        check_level(
            &RULE,
            vec![sudden(Some(Function::Stopped), &[])],
            Some(Severity::Urgent),
        );
        check_level(
            &RULE,
            vec![sudden(None, &[Sign::Weakness])],
            Some(Severity::Urgent),
        );
        check_level(&RULE, vec![sudden(Some(Function::CutShort), &[])], None);
        check_level(&RULE, vec![sudden(None, &[])], None);
        let cramp = Entry {
            everyday_in_note: [Everyday::Cramp].into(),
            ..sudden(Some(Function::Stopped), &[])
        };
        check_level(&RULE, vec![cramp], None);
        let cramp = Entry {
            types: [PainType::Cramp].into(),
            ..sudden(Some(Function::Stopped), &[])
        };
        check_level(&RULE, vec![cramp], None);
    }

    #[test]
    fn lost_strength_counts_by_what_came_before_it() {
        check_level(
            &RULE,
            vec![at(Site::Achilles, &[Sign::Weakness])],
            Some(Severity::SeeSomeone),
        );
        check_level(&RULE, vec![at(Site::Calf, &[Sign::Weakness])], None);
        for cause in [Sign::Trauma, Sign::Limp] {
            check_level(
                &RULE,
                vec![at(Site::Calf, &[Sign::Weakness, cause])],
                Some(Severity::Urgent),
            );
        }
        let before = |n, site| Entry {
            date: day(n),
            sudden_in_note: true,
            ..at(site, &[])
        };
        let weak = at(Site::Achilles, &[Sign::Weakness]);
        check_level(
            &RULE,
            vec![before(17, Site::Achilles), weak.clone()],
            Some(Severity::Urgent),
        );
        check_level(
            &RULE,
            vec![before(16, Site::Achilles), weak.clone()],
            Some(Severity::SeeSomeone),
        );
        check_level(
            &RULE,
            vec![before(17, Site::Knee), weak],
            Some(Severity::SeeSomeone),
        );
    }

    #[test]
    fn it_is_never_told_as_a_nerve() {
        use crate::rules::red_flag_nerve;
        for rows in [
            vec![at(Site::Achilles, &[Sign::Weakness])],
            vec![at(Site::Calf, &[Sign::Pop, Sign::Weakness])],
        ] {
            assert_eq!(
                flagged(&red_flag_nerve::RULE, 20, rows.clone()),
                [],
                "{rows:?}"
            );
        }
        assert_eq!(
            flagged(
                &red_flag_nerve::RULE,
                20,
                vec![at(Site::Calf, &[Sign::Weakness])]
            )
            .len(),
            1
        );
    }

    #[test]
    fn words() {
        let row = Entry {
            onset: Some(Onset::Sudden),
            function: Some(Function::Stopped),
            signs: [Sign::Weakness].into(),
            ..at(Site::Achilles, &[Sign::Pop])
        };
        assert_eq!(
            flagged(&RULE, 20, vec![row])[0].text(),
            "On 23 Mar 2025 you logged weakness, that it came suddenly and that it stopped the run (right Achilles), and your \
             note of 23 Mar 2025 mentions a pop, a crack or a kick. A tendon or muscle that let go suddenly is best seen \
             within hours, even if you can walk on it. Please have it seen today, and do not run on it or test it."
        );
        assert_eq!(
            flagged(&RULE, 20, vec![at(Site::Achilles, &[Sign::Weakness])])[0].text(),
            "Your note of 23 Mar 2025 mentions weakness (right Achilles). A tendon that has lost strength should be seen \
             before it is run on. Please have it looked at this week, and do not run until then."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
