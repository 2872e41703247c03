//! A load and the pain that it is set beside, made ready to be asked about.

use super::{
    Exposure,
    compared::ComparedDays,
    daily::{DailyPain, Ratings, load_after, load_of, whole_other_run},
    logging::Logging,
};
use crate::{model::Day, stats::partial_shift::Question};
use std::cell::OnceCell;

/// The pain of a place by day.
pub(super) struct Pains {
    /// Of all moments.
    pub(super) whole: DailyPain,
    /// Of those that come after a run of the same day. None without such a rating.
    pub(super) same_day: Option<DailyPain>,
}

impl Pains {
    /// As it was known after so many days of the history. None when the place was not rated.
    pub(super) fn of(ratings: &Ratings, days: usize) -> Option<Self> {
        Some(Pains {
            whole: ratings.pain(days)?,
            same_day: ratings.same_day(days),
        })
    }

    /// What a load is set beside.
    fn beside(&self, exposure: Exposure) -> Option<&DailyPain> {
        if exposure.is_same_day() {
            self.same_day.as_ref()
        } else {
            Some(&self.whole)
        }
    }
}

/// One load and one pain.
pub(super) struct Asked<'a> {
    days: &'a [Day],
    exposure: Exposure,
    /// The pain as it was logged.
    pub(super) logged: &'a DailyPain,
    /// The same of run days alone.
    run_days: OnceCell<DailyPain>,
    /// How it was logged, which says which of the two is compared.
    pub(super) logging: Logging,
    /// Of all moments and days: yesterday's is its.
    whole: &'a DailyPain,
}

impl<'a> Asked<'a> {
    /// None when the load has no pain to be set beside.
    pub(super) fn new(days: &'a [Day], pains: &'a Pains, exposure: Exposure) -> Option<Self> {
        let logged = pains.beside(exposure)?;
        Some(Asked {
            logging: Logging::of(days, logged),
            whole: &pains.whole,
            ..Asked::of_all_days(days, logged, exposure)
        })
    }

    /// The pain of all moments, compared on all days however they were logged.
    pub(super) fn of_all_days(days: &'a [Day], logged: &'a DailyPain, exposure: Exposure) -> Self {
        Asked {
            days,
            exposure,
            logged,
            run_days: OnceCell::new(),
            logging: Logging::default(),
            whole: logged,
        }
    }

    fn compared_days(&self) -> ComparedDays<'a> {
        ComparedDays::of(self.days, self.logging)
    }

    fn run_days(&self) -> &DailyPain {
        self.run_days
            .get_or_init(|| self.logged.on_run_days(self.days))
    }

    /// The pain that is compared.
    fn compared(&self) -> &DailyPain {
        match self.logging.run_days_only() {
            true => self.run_days(),
            false => self.logged,
        }
    }

    /// The load on the pain's calendar.
    fn load(&self) -> Vec<Option<f64>> {
        load_of(self.days, self.logged.days(), self.exposure)
    }

    /// Days with a rating that is compared and a known load.
    pub(super) fn days_of_both(&self) -> usize {
        days_of_both(&self.load(), &self.compared().pain)
    }

    /// What is tested: the load beside the pain, given the other day's run and earlier pain, less the season.
    pub(super) fn question(&self) -> Question {
        Question {
            pain: self.compared().level.clone(),
            ..self.beside_pain(self.compared_days())
        }
    }

    /// The load and what is held fixed, less the season of these days.
    fn beside_pain(&self, compared: ComparedDays) -> Question {
        let calendar = || self.logged.days();
        let turning = compared.other_run(calendar(), self.exposure);
        let load = compared.less_season(self.logged.first, &self.load());
        Question {
            load: where_known(load, &turning),
            turning: turning.into(),
            pain: Vec::new(),
            staying: vec![compared.pain_before(self.whole, calendar(), self.exposure)],
        }
    }

    /// The same of the load of as many days after the pain, which cannot have made it, given today's run.
    pub(super) fn after(&self, question: &Question) -> Question {
        let (calendar, compared) = (|| self.logged.days(), self.compared_days());
        let turning = match self.exposure.is_same_day() {
            true => compared.other_run(calendar(), Exposure::Distance1).into(),
            false => question.turning.clone(),
        };
        let load = load_after(self.days, calendar(), self.exposure);
        let load = compared.less_season(self.logged.first, &load);
        Question {
            load: where_known(load, &turning),
            turning,
            ..question.clone()
        }
    }

    /// Of all days and of run days alone, each with its season out and with its season left in.
    pub(super) fn ways(&self, question: &Question) -> [Question; 4] {
        let (all, compared) = (ComparedDays::all(self.days), self.compared_days());
        let of_all = compared.are_run_days().then(|| self.beside_pain(all));
        let of_all = of_all.as_ref().unwrap_or(question);
        let of = |question: &Question, pain: &[Option<f64>]| Question {
            pain: pain.to_vec(),
            ..question.clone()
        };
        [
            of(of_all, &self.logged.level),
            of(question, &self.run_days().level),
            of(&self.with_season(all), &self.logged.pain),
            of(&self.with_season(compared), &self.run_days().pain),
        ]
    }

    fn with_season(&self, compared: ComparedDays) -> Question {
        let calendar = || self.logged.days();
        let turning = whole_other_run(self.days, calendar(), self.exposure);
        Question {
            load: where_known(self.load(), &turning),
            turning: turning.into(),
            pain: Vec::new(),
            staying: vec![compared.whole_pain_before(self.whole, calendar(), self.exposure)],
        }
    }
}

/// A load on the days on which all the others are known.
pub(super) fn where_known(load: Vec<Option<f64>>, others: &[Vec<Option<f64>>]) -> Vec<Option<f64>> {
    let is_known = |day: usize| {
        others
            .iter()
            .all(|other| matches!(other.get(day), Some(Some(_))))
    };
    let days = load.into_iter().enumerate();
    days.map(|(day, load)| load.filter(|_| is_known(day)))
        .collect()
}

/// Days on which both are known.
pub(super) fn days_of_both(load: &[Option<f64>], pain: &[Option<f64>]) -> usize {
    let both = load.iter().zip(pain);
    both.filter(|(load, pain)| load.and(**pain).is_some())
        .count()
}
