//! Red flag: pain at hip, groin or thigh that comes with running and stays at night, limps or ends runs.

use super::{
    Backtest, Change, Check, Context, Evidence, Group, Limit, Outcome, Rule, Severity, Stance,
};
use super::{
    sighting::{self, DayAtSite, Flag, SEE_THAT_DAY, Seen, is_sore, told_if},
    triage,
};
use crate::pain::{Entry, Everyday, Function, Moment, Movement, Onset, Side, Sign, Site};

/// From where on a single kind of alarm is enough.
const MINIMUM_PAIN: Limit = Limit {
    key: "minimum_pain",
    value: 3.0,
    change: Change::TRIAGE,
    why: "A choice: below it one stiff night or one careful run is ordinary.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-hip-groin",
    title: "Hip, groin or thigh that hurts with running and more",
    headline: "it hurts with running, and more than that",
    why: "Deep pain at the hip is mostly a muscle or a tendon. In a few runners the bone itself is overloaded, and there it is worth knowing before the next run.",
    formula: "Hip, groin or thigh, looked at over 14 days around each day of one place. Alarms are pain at night or at rest, a run cut short, stopped, missed or run in another form, a limp, pain on hopping or landing, one sore spot on the bone. With an alarm, and pain that comes with running (an alarm other than night or rest, movement worse, onset during, or pain rated during a run) or a log that does not say when it hurt, and a rating of 3 or more, movement worse or two kinds of alarm: see someone. A quad counts only on one side, with pain at night, on hopping or on the bone and one further alarm. A pop there: today, unless everything is rated 0. Sore muscles (in the note, or at thigh or quad on both sides) and chafed skin do not count, and no weight on it is red-flag-severe.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 40), (Severity::SeeSomeone, 10)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "A review of the hip asks to think of an overloaded bone in every athlete with hip or groin pain from exercise, since waiting makes it worse; weight comes off the leg until it is settled. The thigh bone shows as vague pain at the front of the thigh with impact, later at night and at rest. Most sore hips and groins turn out to be something else.",
        sources: &[
            "Robertson and Wood (2017), doi.org/10.1055/s-0043-103946, www.ncbi.nlm.nih.gov/pmc/articles/PMC6226070, read November 2026.",
            "Sport Doctor London, page on the thigh bone, www.sportdoctorlondon.com/, read November 2026.",
            "MedBridge, page on the thigh bone, www.medbridgeeducation.com/, read November 2026.",
        ],
    },
    limits: &[MINIMUM_PAIN, triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "4–6 May 2025: you logged that it cut the run short on 1 day and pain at night on 1 (left groin). Most sore hips and groins are harmless, but this company should be looked at. Please do not run until it has been seen, this week.",
    check: Check::Data(check),
};

const ADVICE_TODAY: &str =
    "A pop there should be looked at before you walk far on it. Please have it seen today.";
const ADVICE_THIS_WEEK: &str = "Most sore hips, groins and thighs are harmless, but this company should be looked at. Please do not run \
                                until it has been seen, this week.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let (days, minimum_pain) = (sighting::days(ctx), ctx.limit(MINIMUM_PAIN));
    let found = [
        sighting::found(ctx, &today(), pop),
        sighting::found(ctx, &this_week(), |day| seen(&days, day, minimum_pain)),
    ];
    sighting::conclude(ctx, found)
}

fn today() -> Flag {
    Flag::of_a_place(&RULE, ADVICE_TODAY, SEE_THAT_DAY)
}

fn this_week() -> Flag {
    let if_back = "please do not run until it has been seen.";
    Flag::of_a_place(&RULE, ADVICE_THIS_WEEK, if_back).at(Severity::SeeSomeone)
}

fn pop(day: &DayAtSite) -> Vec<Seen> {
    told_if(
        is_hip(day) && !day.is_free_of_pain(),
        day.signs(&[Sign::Pop]),
    )
}

fn is_hip(day: &DayAtSite) -> bool {
    matches!(day.site, Some(Site::Hip | Site::Groin | Site::Thigh))
}

/// Whether the day may be one of this rule's, and is no soreness after an effort and no chafed skin.
fn is_here(day: &DayAtSite) -> bool {
    let is_explained = day.is_everyday(&[Everyday::Soreness, Everyday::Chafing, Everyday::Graze]);
    (is_hip(day) || day.site == Some(Site::Quad)) && !is_both_thighs(day) && !is_explained
}

fn is_both_thighs(day: &DayAtSite) -> bool {
    matches!(day.site, Some(Site::Thigh | Site::Quad)) && day.side == Some(Side::Both)
}

/// The alarms of a day, by kind.
struct Alarms {
    night: Vec<Seen>,
    effect: Option<Seen>,
    limp: Vec<Seen>,
    /// On landing, or on the bone.
    bone: Vec<Seen>,
}

impl Alarms {
    fn of(day: &DayAtSite) -> Alarms {
        Alarms {
            night: day.pain_at_night_or_rest(),
            effect: day.effects(Function::ChangedForm),
            limp: day.signs(&[Sign::Limp]),
            bone: day.signs(&[Sign::ImpactPain, Sign::BoneSpot]),
        }
    }

    fn kinds(&self) -> usize {
        let by_kind = [&self.night, &self.limp, &self.bone].into_iter();
        let listed = by_kind.filter(|kind| !kind.is_empty()).count();
        listed + usize::from(self.effect.is_some())
    }

    /// Whether one of them comes with running: night and rest do not.
    fn come_with_running(&self) -> bool {
        self.effect.is_some() || !self.limp.is_empty() || !self.bone.is_empty()
    }

    /// Whether a muscle of the front of the thigh alone does not explain them.
    fn are_of_the_bone(&self) -> bool {
        self.kinds() > 1 && !(self.night.is_empty() && self.bone.is_empty())
    }

    fn told(self) -> Vec<Seen> {
        let effect = self.effect.into_iter().collect();
        [effect, self.night, self.limp, self.bone].concat()
    }
}

fn seen(days: &[DayAtSite], day: &DayAtSite, minimum_pain: f64) -> Vec<Seen> {
    let own = match is_here(day) {
        true => Alarms::of(day).told(),
        false => Vec::new(),
    };
    told_if(
        !own.is_empty() && rings(&sighting::fortnight_around(days, day), minimum_pain),
        own,
    )
}

/// Whether the fortnight around a day has the company that the rule asks for, and is not for today.
fn rings(near: &DayAtSite, minimum_pain: f64) -> bool {
    let alarms = Alarms::of(near);
    !is_for_today(near)
        && is_of_the_bone(near, &alarms)
        && hurts_enough(near, &alarms, minimum_pain)
        && comes_with_running(near, &alarms)
}

fn is_for_today(near: &DayAtSite) -> bool {
    near.no_weight().is_some() || near.has(Sign::Pop)
}

/// Pain in the front of the thigh may be of the muscle alone.
fn is_of_the_bone(near: &DayAtSite, alarms: &Alarms) -> bool {
    near.site != Some(Site::Quad) || alarms.are_of_the_bone()
}

fn hurts_enough(near: &DayAtSite, alarms: &Alarms, minimum_pain: f64) -> bool {
    let is_rated_so = near.peak().is_some_and(|pain| pain >= minimum_pain);
    near.any(is_worse) || alarms.kinds() > 1 || is_rated_so
}

fn is_worse(row: &Entry) -> bool {
    row.movement == Some(Movement::Worse)
}

/// Whether running has a part in it, or the log does not say when it hurt.
fn comes_with_running(near: &DayAtSite, alarms: &Alarms) -> bool {
    alarms.come_with_running()
        || near.any(|row| is_worse(row) || row.onset == Some(Onset::During))
        || near.any(|row| matches!(row.moment, Moment::During | Moment::Day) && is_sore(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{
        check_level, check_too_little_data, day, flagged, harmless, sore,
    };

    fn groin(n: i64, pain: f64) -> Entry {
        sore(n, Site::Groin, Side::Left, pain)
    }

    fn note(n: i64, pain: f64, signs: &[Sign]) -> Entry {
        Entry {
            signs_in_note: signs.into(),
            ..groin(n, pain)
        }
    }

    const SEEN: Option<Severity> = Some(Severity::SeeSomeone);

    #[test]
    fn each_alarm_beside_a_pain_of_three() {
        for sign in [
            Sign::NightPain,
            Sign::RestPain,
            Sign::Limp,
            Sign::ImpactPain,
            Sign::BoneSpot,
        ] {
            check_level(&RULE, vec![note(20, 3.0, &[sign])], SEEN);
            check_level(&RULE, vec![note(20, 2.5, &[sign])], None);
        }
        for function in [
            Function::ChangedForm,
            Function::CutShort,
            Function::Stopped,
            Function::MissedRun,
        ] {
            check_level(
                &RULE,
                vec![Entry {
                    function: Some(function),
                    ..groin(20, 3.0)
                }],
                SEEN,
            );
            check_level(
                &RULE,
                vec![Entry {
                    function_in_note: Some(function),
                    ..groin(20, 3.0)
                }],
                SEEN,
            );
        }
        check_level(&RULE, vec![groin(20, 6.0)], None);
        check_level(&RULE, vec![harmless(20)], None);
    }

    #[test]
    fn two_kinds_or_worse_with_movement_need_no_three() {
        check_level(
            &RULE,
            vec![note(20, 2.0, &[Sign::Limp, Sign::NightPain])],
            SEEN,
        );
        let worse = Entry {
            movement: Some(Movement::Worse),
            ..note(20, 2.0, &[Sign::NightPain])
        };
        check_level(&RULE, vec![worse], SEEN);
    }

    #[test]
    fn the_days_of_a_fortnight_count_together() {
        let cut = |n| Entry {
            function: Some(Function::CutShort),
            moment: Moment::During,
            ..groin(n, 2.0)
        };
        let night = Entry {
            moment: Moment::Night,
            ..groin(20, 2.0)
        };
        check_level(&RULE, vec![cut(6), night.clone()], SEEN);
        check_level(&RULE, vec![cut(5), night.clone()], None);
        check_level(
            &RULE,
            vec![
                cut(18),
                Entry {
                    side: Some(Side::Right),
                    ..night.clone()
                },
            ],
            None,
        );
        check_level(
            &RULE,
            vec![
                cut(18),
                Entry {
                    site: Some(Site::Hip),
                    ..night
                },
            ],
            None,
        );
        check_level(
            &RULE,
            vec![groin(18, 5.0), note(20, 1.0, &[Sign::Limp])],
            SEEN,
        );
    }

    #[test]
    fn a_night_without_any_running_in_it_is_no_alarm_of_this_rule() {
        let night = Entry {
            moment: Moment::Night,
            ..groin(20, 4.0)
        };
        check_level(&RULE, vec![night.clone()], None);
        let during = |pain| Entry {
            moment: Moment::During,
            ..groin(19, pain)
        };
        check_level(&RULE, vec![during(3.0), night.clone()], SEEN);
        check_level(&RULE, vec![during(0.0), night], None);
    }

    #[test]
    fn a_pop_is_for_today_and_no_weight_is_for_another_rule() {
        check_level(
            &RULE,
            vec![note(20, 4.0, &[Sign::Pop, Sign::Limp])],
            Some(Severity::Urgent),
        );
        check_level(&RULE, vec![note(20, 0.0, &[Sign::Pop])], None);
        let no_weight = Entry {
            function: Some(Function::CannotBearWeight),
            ..note(20, 6.0, &[Sign::Limp])
        };
        check_level(&RULE, vec![no_weight.clone()], None);
        check_level(
            &crate::rules::red_flag_severe::RULE,
            vec![no_weight],
            Some(Severity::Urgent),
        );
    }

    #[test]
    fn sore_thighs_after_a_race_and_chafed_skin_are_none() {
        let limping = |site, side| Entry {
            signs_in_note: [Sign::Limp].into(),
            ..sore(20, site, side, 6.0)
        };
        check_level(&RULE, vec![limping(Site::Thigh, Side::Left)], SEEN);
        check_level(&RULE, vec![limping(Site::Thigh, Side::Both)], None);
        check_level(&RULE, vec![limping(Site::Quad, Side::Both)], None);
        check_level(&RULE, vec![limping(Site::Quad, Side::Left)], None);
        check_level(&RULE, vec![limping(Site::Hip, Side::Both)], SEEN);
        for kind in [Everyday::Soreness, Everyday::Chafing] {
            let explained = Entry {
                everyday_in_note: [kind].into(),
                ..limping(Site::Groin, Side::Left)
            };
            check_level(&RULE, vec![explained], None);
        }
        let bone = Entry {
            signs_in_note: [Sign::Limp, Sign::ImpactPain].into(),
            ..limping(Site::Quad, Side::Left)
        };
        check_level(&RULE, vec![bone], SEEN);
        check_level(&RULE, vec![limping(Site::Hamstring, Side::Left)], None);
    }

    #[test]
    fn words() {
        let rows = vec![
            Entry {
                function: Some(Function::CutShort),
                moment: Moment::During,
                ..groin(18, 4.0)
            },
            Entry {
                signs: [Sign::NightPain].into(),
                ..groin(19, 3.0)
            },
        ];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "21–22 Mar 2025: you logged that it cut the run short on 1 day and pain at night on 1 (left groin). Most sore \
             hips, groins and thighs are harmless, but this company should be looked at. Please do not run until it has been \
             seen, this week."
        );
        let old = flagged(
            &RULE,
            40,
            vec![Entry {
                date: day(18),
                ..note(18, 4.0, &[Sign::Pop])
            }],
        );
        assert_eq!(
            old[0].text(),
            "Your note of 21 Mar 2025 mentions a pop, a crack or a kick (left groin). That was more than two weeks ago. \
             Should it come back, please have it seen the same day."
        );
        assert_eq!(
            flagged(&RULE, 20, vec![note(20, 4.0, &[Sign::Pop])])[0].text(),
            "Your note of 23 Mar 2025 mentions a pop, a crack or a kick (left groin). A pop there should be looked at before \
             you walk far on it. Please have it seen today."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
