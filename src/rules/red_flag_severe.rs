//! Red flag: severe pain that came suddenly or stopped the run, or no weight on it.

use super::{Change, Context, Evidence, Limit, Outcome, Rule, Severity, Stance};
use super::{
    red_flag_deformity::is_sudden_and_cannot_bear_weight,
    sighting::{self, DayAtSite, Seen},
    triage,
};
use crate::pain::{Function, Onset, Site};
use crate::units::number;

/// From where on pain is severe.
const SEVERE: Limit = Limit {
    key: "severe_pain",
    value: 8.0,
    change: Change::TRIAGE,
    why: "The triage table's value; 8 and more was also called severe in a study of cut-offs in lasting pain (Boonstra et al. 2016).",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-severe",
    title: "Severe and sudden, or no weight on it",
    why: "Pain that stops you at once, or a leg that does not carry you, should be seen before it is run on again.",
    formula: "A day with pain of 8 or more of 10 at a site and, at the same site, onset sudden or function stopped; or with function cannot_bear_weight, unless the start was sudden (that is red-flag-deformity). A side stitch does not count.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "A popular article on leg ache lists severe pain, pain that stops the run and being unable to bear weight among the reasons to seek advice. In people with lasting pain of muscles and joints, ratings of 8 and more went with severe trouble (Boonstra 2016); that is not a study of runners.",
        sources: &[
            "Popular article S1, seven ways to prevent leg ache after running.",
            "Boonstra et al. (2016), Frontiers in Psychology 7:1466.",
        ],
    },
    limits: &[SEVERE, triage::WINDOW, sighting::STRETCH],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for severe pain, or pain that stops the run.",
    message: "On 3 May 2025 you logged pain 8 of 10 and that it stopped the run (right calf). That was severe, or you could not put weight on it. Please have it seen today.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::Urgent,
        all_sites: false,
        days: 1,
        within_days: 1,
        advice: "That was severe, or you could not put weight on it. Please have it seen today.".to_string(),
        if_back: "please have it seen the same day.".to_string(),
    };
    let severe_pain = context.limit(SEVERE);
    sighting::judge(context, &flag, |day| seen(day, severe_pain))
}

fn seen(day: &DayAtSite, severe_pain: f64) -> Vec<Seen> {
    let mut seen = Vec::new();
    if day.site == Some(Site::SideStitch) {
        return seen;
    }
    let sudden = day.any(|row| row.onset == Some(Onset::Sudden));
    let stopped = day.any(|row| row.function == Some(Function::Stopped));
    let peak = day.rows.iter().filter_map(|row| row.pain).fold(0.0, f64::max);
    if peak >= severe_pain && (sudden || stopped) {
        seen.push(Seen::logged(format!("pain {} of 10", rating(peak))));
        seen.extend(sudden.then(|| Seen::logged("that it came suddenly")));
        seen.extend(stopped.then(|| Seen::logged("that it stopped the run")));
    }
    let no_weight = day.any(|row| row.function == Some(Function::CannotBearWeight));
    if no_weight && !is_sudden_and_cannot_bear_weight(day) {
        seen.push(Seen::logged("that you could not put weight on it"));
    }
    seen
}

/// A rating as people write it: 8, or 8.5.
fn rating(pain: f64) -> String {
    number(pain, if pain.fract() == 0.0 { 0 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side};
    use crate::rules::pain_fixture::{check_red_flag, check_too_little_data, flagged, sore};

    fn calf(pain: f64, onset: Option<Onset>, function: Option<Function>) -> Entry {
        Entry { onset, function, ..sore(20, Site::Calf, Side::Right, pain) }
    }

    #[test]
    fn eight_and_sudden_or_stopped() {
        let (sudden, stopped) = (Some(Onset::Sudden), Some(Function::Stopped));
        check_red_flag(&RULE, vec![calf(8.0, sudden, None)], true);
        check_red_flag(&RULE, vec![calf(8.0, None, stopped)], true);
        check_red_flag(&RULE, vec![calf(7.5, sudden, stopped)], false);
        check_red_flag(&RULE, vec![calf(8.0, Some(Onset::Gradual), Some(Function::CutShort))], false);
        check_red_flag(&RULE, vec![Entry { site: Some(Site::SideStitch), ..calf(8.0, sudden, stopped) }], false);
    }

    #[test]
    fn no_weight_on_it_whatever_the_start() {
        let no_weight = Some(Function::CannotBearWeight);
        check_red_flag(&RULE, vec![calf(3.0, None, no_weight)], true);
        check_red_flag(&RULE, vec![Entry { pain: None, ..calf(3.0, Some(Onset::NextDay), no_weight) }], true);
        check_red_flag(&RULE, vec![calf(3.0, Some(Onset::Sudden), no_weight)], false);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![calf(8.5, None, Some(Function::Stopped))])[0].text(),
            "On 23 Mar 2025 you logged pain 8.5 of 10 and that it stopped the run (right calf). \
             That was severe, or you could not put weight on it. Please have it seen today."
        );
    }
}
