//! What holds until a place has been seen: who is asked and by when, what is left out until then, and what would make it sooner.
//!
//! A rule asks for one thing in its own words; these sentences are the same for every rule of a level, so that no rung of the ladder
//! leaves one of the four questions open. They follow common medical advice as it stands with the rules in the handbook.

use super::ladder::Rung;
use crate::{
    pain::Site,
    rules::{
        EmergencyNumber, Finding, Severity, pain_high, red_flag_achilles_calf, red_flag_bone_spot,
        red_flag_hamstring, red_flag_hip_groin, red_flag_knee, sighting::LEG,
    },
};

/// The rules whose findings of this level ask not to run at all: by their own words, or because running is what the place cannot
/// take. Beside the others, running that does not make it hurt goes on.
const NO_RUNNING: [&str; 6] = [
    red_flag_bone_spot::RULE.id,
    red_flag_hip_groin::RULE.id,
    red_flag_achilles_calf::RULE.id,
    red_flag_hamstring::RULE.id,
    red_flag_knee::RULE.id,
    pain_high::RULE.id,
];

/// Said of what is for now.
const NOW: &str = "Until help is there: no running, stay with someone, and let others drive. If it has gone: a doctor today, also \
                   when you feel well again.";

/// Said of what makes a same-day matter one for now.
const SOONER_THAN_TODAY: &str = "call your emergency number ({number}) at once if you find it hard to breathe, faint, become confused \
                                 or your chest hurts.";

/// Said of the body as a whole.
const BODY_THIS_WEEK: &str = "Until then: easy days, and stop when it comes back. A doctor this week; the same day if it quickly gets \
                              worse, or with fainting, a fever or pain in the chest.";

/// Said of a place that asks for easier days.
const EASE: &str = "Until it has settled: no run that takes it above 2 of 10. Not settled in a week or two: a doctor or \
                    physiotherapist; within days if it hurts at night or in one spot, or you limp; the same day if it will not carry \
                    you.";

/// The sentences of a rung. None where nobody is to be asked: for running alone, and for what is only watched.
pub fn until(rung: &Rung, number: &EmergencyNumber) -> Option<String> {
    if !rung.is_of_the_body() {
        return None;
    }
    match rung.severity() {
        Severity::Emergency => Some(NOW.to_string()),
        Severity::Urgent => Some(today(rung, number)),
        Severity::SeeSomeone if rung.place.is_none() => Some(BODY_THIS_WEEK.to_string()),
        Severity::SeeSomeone => Some(this_week(rung)),
        Severity::EaseOff => rung.place.map(|_| EASE.to_string()),
        Severity::Watch | Severity::Note | Severity::Good => None,
    }
}

fn today(rung: &Rung, number: &EmergencyNumber) -> String {
    let rest = match rung.place {
        Some(_) => "no running, and nothing to test it",
        None => "no running, and better not alone",
    };
    let sooner = number.put_into(SOONER_THAN_TODAY);
    format!(
        "Until then: {rest}. A doctor, an out-of-hours line or an emergency department today; {sooner}"
    )
}

fn this_week(rung: &Rung) -> String {
    let is_leg = rung.place.is_some_and(|(site, _)| is_leg(site));
    let rest = match (is_without_running(rung), is_leg) {
        (true, true) => "no running, and no hopping to test it",
        (true, false) => "no running",
        (false, _) => "easy days, and no run that makes it hurt",
    };
    let sooner = match is_leg {
        true => "if it will not carry you or quickly gets worse",
        false => "if it quickly gets worse",
    };
    format!(
        "Until it has been seen: {rest}. A doctor or physiotherapist this week; the same day {sooner}."
    )
}

fn is_leg(site: Site) -> bool {
    LEG.contains(&site)
}

/// Whether one of what is to be seen asks not to run.
fn is_without_running(rung: &Rung) -> bool {
    let asks = |finding: &&Finding| {
        finding.severity >= Severity::SeeSomeone && NO_RUNNING.contains(&finding.rule)
    };
    rung.findings.iter().any(asks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::Side,
        rules::{
            fixture, kit::wording, ladder::ladder, pain_fixture::day, red_flag_chest,
            red_flag_periods, red_flag_severe, red_flag_swelling, single_run_spike,
        },
    };

    /// What is said of one finding of a rule at this level and place.
    fn said(rule: &'static str, severity: Severity, site: Option<Site>) -> Option<String> {
        let finding = Finding {
            severity,
            site,
            side: site.map(|_| Side::Right),
            ..fixture::finding(rule, day(20), day(20))
        };
        let findings = [finding];
        let rungs = ladder(&findings, day(20));
        until(
            rungs.first().expect("a rung"),
            &"112".parse().expect("a number"),
        )
    }

    /// Every level that someone is asked at, of a place and of the body.
    fn all() -> Vec<String> {
        use Severity::*;
        let shin = Some(Site::Shin);
        let all = [
            said(red_flag_chest::RULE.id, Emergency, None),
            said(red_flag_severe::RULE.id, Urgent, shin),
            said(red_flag_chest::RULE.id, Urgent, None),
            said(red_flag_bone_spot::RULE.id, SeeSomeone, shin),
            said(
                red_flag_swelling::RULE.id,
                SeeSomeone,
                Some(Site::LowerBack),
            ),
            said(red_flag_periods::RULE.id, SeeSomeone, None),
            said("pain-during-run", EaseOff, shin),
        ];
        all.into_iter().map(|said| said.expect("said")).collect()
    }

    #[test]
    fn every_rung_says_who_by_when_until_then_what_and_when_sooner() {
        for said in all() {
            assert!(said.starts_with("Until "), "until then what: {said}");
            assert!(said.contains("octor"), "who: {said}");
            assert!(
                said.contains("today") || said.contains("week"),
                "by when: {said}"
            );
            assert!(
                said.contains(" if ") || said.contains("If "),
                "when sooner: {said}"
            );
            assert!(said.len() < 260, "short: {said}");
            let lower = said.to_lowercase();
            let forbidden = wording::FORBIDDEN.iter().find(|word| lower.contains(*word));
            assert_eq!(forbidden, None, "{said}");
        }
    }

    #[test]
    fn a_bone_is_not_run_on_and_a_swelling_is_not_made_to_hurt() {
        use Severity::*;
        assert_eq!(
            said(red_flag_bone_spot::RULE.id, SeeSomeone, Some(Site::Shin)).as_deref(),
            Some(
                "Until it has been seen: no running, and no hopping to test it. A doctor or physiotherapist this week; the \
                 same day if it will not carry you or quickly gets worse."
            )
        );
        let swelling = said(red_flag_swelling::RULE.id, SeeSomeone, Some(Site::Knee));
        assert!(
            swelling.is_some_and(|said| said.contains("easy days, and no run that makes it hurt"))
        );
        let today = said(red_flag_severe::RULE.id, Urgent, Some(Site::Knee));
        assert!(today.is_some_and(|said| said.contains("emergency number (112) at once")));
    }

    #[test]
    fn of_running_and_of_what_is_only_watched_nobody_is_asked() {
        use Severity::*;
        assert_eq!(said(single_run_spike::RULE.id, EaseOff, None), None);
        assert_eq!(said("pain-during-run", Watch, Some(Site::Shin)), None);
    }
}
