//! What epidemiology asks of several runners: how long they were watched and how much they ran, how many injuries that brought by which
//! definition, in how many weeks something hurt, how long it took, and whether what the rules flag came more often before an onset.
//!
//! One runner comes to a [`Member`], small and whole; all of them to a [`Study`]. Members are put in the order of their names before anything
//! is added, so that the same runners give the same bits in whatever order, and on however many machines, they were read
//! ([`crate::method::statistics`], Incidence and prevalence).

mod before_onset;
mod exposure;
mod flow;
mod follow_up;
mod injuries;
mod out;
mod registered;
mod study;
mod weekly;

pub use before_onset::{BeforeOnset, Pattern};
pub use exposure::Exposure;
pub use flow::{Flow, FlowBox};
pub use follow_up::{FollowUp, Seen};
pub use injuries::{Definition, Injuries};
pub use out::{Out, Why};
pub use registered::Registered;
pub use study::{
    Crossover, DAYS_SEEN_MIN, Incidence, Prevalence, Rates, Study, TELLING_MIN, Times, Watched,
};
pub use weekly::Weekly;

use crate::{
    associate::cohort::take_out_twins,
    model::{History, Sex},
    pain::PainLog,
    rules::{Finding, Limits},
    time::Window,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a study knows of a runner; None is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Sex.
    pub sex: Option<Sex>,
    /// Year of birth.
    pub birth_year: Option<u16>,
    /// The group in words of the study's own: a club, an arm of a trial.
    pub group: Option<String>,
}

/// What one runner comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// What the runner is called.
    pub name: String,
    /// What the study knows of the runner.
    pub person: Person,
    /// How long, and how closely, the runner was watched.
    pub follow_up: FollowUp,
    /// What was run in that time.
    pub exposure: Exposure,
    /// Injuries by each definition, in the order of [`Definition::ALL`].
    pub injuries: Vec<Injuries>,
    /// The weekly questions.
    pub weekly: Weekly,
    /// What the rules had flagged before new spells, and at other times.
    pub before_onset: BeforeOnset,
}

/// Takes out who is another under a second name, by all that is known of both: people who are counted twice would look like more evidence. Of
/// each its name and the one that stays.
pub fn take_out_copies(members: &mut Vec<Member>) -> Vec<(String, String)> {
    members.sort_by(|a, b| a.name.cmp(&b.name));
    let copies = take_out_twins(members, Member::is_copy_of).into_iter();
    let named = copies.map(|(copy, other)| (copy.name, members[other].name.clone()));
    named.collect()
}

impl Member {
    /// Whoever never ran while they were watched has too little of their own to be told from others.
    fn is_copy_of(&self, other: &Member) -> bool {
        let named_alike = Member {
            name: other.name.clone(),
            person: other.person.clone(),
            ..self.clone()
        };
        self.exposure.distance_m > 0.0 && named_alike == *other
    }
}

/// None without a day that is covered by recordings between the first and the last row of the log: nobody was watched. Who was watched for a
/// part of that alone has it as a window: what was there before it is known, and what began in it counts.
pub fn member(
    name: &str,
    history: &History,
    pain: &PainLog,
    findings: &[Finding],
    limits: &Limits,
    window: Window,
) -> Option<Member> {
    let follow_up = follow_up::follow_up(history, pain, window)?;
    let injuries = Definition::ALL
        .iter()
        .map(|definition| injuries::injuries(*definition, &follow_up, history, pain, findings));
    Some(Member {
        name: name.to_string(),
        person: Person::default(),
        exposure: exposure::between(history, follow_up.from, follow_up.to),
        injuries: injuries.collect(),
        weekly: weekly::weekly(pain, &follow_up),
        before_onset: before_onset::before_onset(history, pain, findings, limits, window),
        follow_up,
    })
}

/// The first and the last day that recordings and log share. None: there is none.
pub fn shared(history: &History, pain: &PainLog) -> Option<(NaiveDate, NaiveDate)> {
    let all = follow_up::follow_up(history, pain, Window::default())?;
    Some(all.span())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::tests::history,
        pain::{Beside, Entry, Side, Site},
        time::plus_days,
    };
    fn day(offset: i64) -> NaiveDate {
        plus_days("2025-03-03".parse().expect("a literal date"), offset)
    }

    /// 10 km in an hour on every even day of 60, and rows from day 5 to 55: all clear, or a left knee of 3 from `from` to `to`.
    fn runner(name: &str, from: i64, to: i64) -> Member {
        within(name, from, to, None)
    }

    /// The same, watched from one day to another alone.
    fn within(name: &str, from: i64, to: i64, window: Option<[i64; 2]>) -> Member {
        let distances: Vec<Option<f64>> = (0..60)
            .map(|day| Some(if day % 2 == 0 { 10_000.0 } else { 0.0 }))
            .collect();
        let mut history = history(&distances);
        for day in history.days.iter_mut().filter(|day| day.runs > 0) {
            day.timer_s = Some(3600.0);
        }
        let row = |offset: i64| {
            let hurts = (from..=to).contains(&offset);
            Entry {
                site: Some(if hurts { Site::Knee } else { Site::None }),
                side: hurts.then_some(Side::Left),
                pain: Some(if hurts { 3.0 } else { 0.0 }),
                // The weekly questions on every seventh day.
                beside: (offset % 7 == 6).then(|| {
                    Box::new(Beside {
                        ostrc: [if hurts { 8 } else { 0 }, 0, 0, 0].map(Some),
                        ..Beside::default()
                    })
                }),
                ..Entry::on(day(offset))
            }
        };
        let pain = PainLog {
            entries: (5..=55).map(row).collect(),
            ..PainLog::default()
        };
        let window = window.map(|[from, to]| Window {
            from: Some(day(from)),
            to: Some(day(to)),
        });
        let window = window.unwrap_or_default();
        member(name, &history, &pain, &[], &Limits::default(), window).expect("watched")
    }

    fn injuries(member: &Member, definition: Definition) -> &Injuries {
        let mut own = Definition::ALL.iter().zip(&member.injuries);
        own.find(|(own, _)| **own == definition)
            .expect("all of them")
            .1
    }

    #[test]
    fn one_runner_by_hand() {
        let anna = runner("anna", 20, 30);
        let watched = &anna.follow_up;
        assert_eq!(
            (watched.days, watched.logged(), watched.covered()),
            (51, 51, 51)
        );
        // Seven whole weeks and two days; the runs are those of days 6, 8 … 54.
        assert_eq!((watched.weeks.len(), watched.weeks[7].days), (8, 2));
        assert_eq!(
            (anna.exposure.runs, anna.exposure.distance_m),
            (25, 250_000.0)
        );
        let long = injuries(&anna, Definition::LongPain);
        // Day 20 is the sixteenth of follow-up; the seven runs of days 6 to 18 lie before it.
        assert_eq!((long.days.as_slice(), long.days_hurt), (&[15][..], 11));
        assert_eq!(long.exposure_before.runs, 7);
        // Answers on days 6, 13, 20, 27, 34, 41, 48, 55; those of 20 and 27 tell of a problem: the seven days up to them.
        let problem = injuries(&anna, Definition::Problem);
        assert_eq!((problem.days.as_slice(), problem.days_hurt), (&[9][..], 14));
        assert_eq!((anna.weekly.problem.all, anna.weekly.problem.found), (8, 2));
        assert_eq!(anna.weekly.substantial.found, 0);
        assert!(injuries(&anna, Definition::TimeLoss).days.is_empty());
    }

    #[test]
    fn what_was_there_at_first_did_not_begin_under_watch() {
        let ben = runner("ben", 5, 20);
        let long = injuries(&ben, Definition::LongPain);
        assert_eq!((long.days.len(), long.days_hurt), (0, 16));
        assert_eq!(long.exposure_before, ben.exposure);
        let week = runner("carla", 20, 26);
        assert_eq!(
            injuries(&week, Definition::LongPain).days_hurt,
            0,
            "seven days are not more than seven"
        );
    }

    #[test]
    fn who_was_watched_for_a_while_counts_for_that_while() {
        let part = |window| within("anna", 20, 30, Some(window));
        let watched = part([14, 41]);
        assert_eq!((watched.follow_up.days, watched.exposure.runs), (28, 14));
        let long = injuries(&watched, Definition::LongPain);
        assert_eq!((long.days.as_slice(), long.days_hurt), (&[6][..], 11));
        // Answers on days 20, 27, 34 and 41.
        assert_eq!(watched.weekly.problem.all, 4);
        // What hurt before the window and in it did not begin in it.
        let late = part([25, 41]);
        let long = injuries(&late, Definition::LongPain);
        assert_eq!((long.days.len(), long.days_hurt), (0, 6));
        // A window that is wider than what is known changes nothing.
        assert_eq!(part([-100, 300]), runner("anna", 20, 30));
    }

    #[test]
    fn a_study_adds_up_in_any_order() {
        let members = [
            runner("dora", 20, 30),
            runner("anna", 40, 50),
            runner("ben", 5, 20),
        ];
        let study = Study::of(&members);
        assert_eq!((study.watched.people, study.watched.days), (3, 153));
        let long = study
            .incidence
            .iter()
            .find(|one| one.definition == Definition::LongPain)
            .expect("it");
        assert_eq!((long.people, long.hurt), (3, 2));
        let [all, first, later] = long.rates;
        assert_eq!((all.events, first.events, later.events), (2, 2, 0));
        // 750 km in 75 hours; before the first ones 7 of dora's runs, 17 of anna's (days 6 to 38) and all 25 of ben's.
        assert!((all.by_distance.expect("km").rate - 2.0 / 0.75).abs() < 1e-9);
        assert!((all.by_time.expect("hours").rate - 2.0 / 0.075).abs() < 1e-9);
        assert!((first.by_distance.expect("km").rate - 2.0 / 0.49).abs() < 1e-9);
        assert!((long.burden.expect("days") - 38.0 / 0.075).abs() < 1e-9);
        let times = study
            .times
            .iter()
            .find(|one| one.definition == Definition::LongPain)
            .expect("it");
        let steps: Vec<(u32, u64)> = times
            .steps
            .iter()
            .map(|step| (step.day, step.at_risk))
            .collect();
        assert_eq!(steps, [(15, 3), (35, 2)]);
        assert!((times.steps[1].free - 1.0 / 3.0).abs() < 1e-12);
        let mut turned = members;
        turned.reverse();
        assert_eq!(Study::of(&turned), study);
        let share = study.prevalence[0].share.expect("a share");
        assert_eq!((share.looks, share.people), (24, 3));
    }

    #[test]
    fn one_person_under_two_names_counts_once() {
        let mut members = vec![
            runner("zoe", 20, 30),
            runner("anna", 20, 30),
            runner("ben", 5, 20),
        ];
        let copies = take_out_copies(&mut members);
        assert_eq!(copies, [("zoe".to_string(), "anna".to_string())]);
        assert_eq!(members.len(), 2);
    }

    #[test]
    fn nobody_is_watched_without_a_shared_day() {
        let history = history(&[Some(1000.0); 10]);
        let log = |first: i64| PainLog {
            entries: (first..first + 5)
                .map(|offset| Entry {
                    pain: Some(0.0),
                    site: Some(Site::None),
                    ..Entry::on(day(offset))
                })
                .collect(),
            ..PainLog::default()
        };
        let watched = |pain: &PainLog| {
            member(
                "anna",
                &history,
                pain,
                &[],
                &Limits::default(),
                Window::default(),
            )
        };
        assert!(watched(&log(0)).is_some());
        assert!(watched(&log(20)).is_none() && watched(&PainLog::default()).is_none());
        assert_eq!(Study::of(&[]).watched.people, 0);
    }
}
