//! The second family: pain of a day beside step rate, intensity, load, sleep, shoes and rest. Looked at beside the main tests, with a q
//! of its own, never a finding ([`crate::method::statistics`], Beside the main tests).

use super::{
    Exposure,
    asked::{Pains, where_known},
    compared::ComparedDays,
    coverage::{LogCoverage, log_coverage},
    daily::hurting_places,
    logging::Logging,
    matrix::{Absent, Cell, Family},
    measures::{Known, MEASURES, Measure},
    pains,
    pair::answer,
};
use crate::{
    model::{Day, History},
    pain::{PainLog, Place},
    stats::{partial_shift::Question, season::without_season},
};

/// Every measure beside every place that ever hurt, tested as the main pairs are: what it adds given today's run and yesterday's pain,
/// the season taken out of all.
pub(super) fn secondary(known: &Known, history: &History, pain: &PainLog) -> Family {
    let log = log_coverage(history, pain);
    let places = hurting_places(pain, known.days);
    let places: Vec<At> = places
        .filter_map(|place| At::new(known.days, pain, place, log))
        .collect();
    let (mut cells, mut absent) = (Vec::new(), Vec::new());
    for measure in MEASURES {
        let values = known.series(measure.before);
        if values.iter().all(Option::is_none) {
            absent.push(Absent {
                measure: measure.id,
                title: measure.title,
                why: measure.absent,
            });
            continue;
        }
        let level = without_season(&values);
        let ordered = foremost_first(&places, measure);
        cells.extend(ordered.filter_map(|at| at.beside(measure, &values, &level)));
    }
    Family::new(cells, absent)
}

/// The places that a measure is foremost about, then the others.
fn foremost_first<'a>(
    places: &'a [At<'a>],
    measure: &'a Measure,
) -> impl Iterator<Item = &'a At<'a>> {
    let is_foremost = |at: &&At| measure.foremost.contains(&at.place.0);
    let others = move |at: &&At| !is_foremost(at);
    places
        .iter()
        .filter(is_foremost)
        .chain(places.iter().filter(others))
}

/// A place's pain, and what is held fixed beside it.
struct At<'a> {
    days: &'a [Day],
    place: Place,
    pains: Pains,
    compared: ComparedDays<'a>,
    /// The pain that is compared: of all days, or of run days alone.
    tested: Vec<Option<f64>>,
    before: Vec<Option<f64>>,
    today: [Vec<Option<f64>>; 2],
    log: Option<LogCoverage>,
}

impl<'a> At<'a> {
    fn new(
        days: &'a [Day],
        pain: &PainLog,
        place: Place,
        log: Option<LogCoverage>,
    ) -> Option<Self> {
        let pains = pains(days, pain, place)?;
        let (whole, beside) = (&pains.whole, Exposure::Distance1);
        let compared = ComparedDays::of(days, Logging::of(days, whole));
        Some(At {
            days,
            place,
            compared,
            tested: compared.level(whole),
            before: compared.pain_before(whole, whole.days(), beside),
            today: compared.other_run(whole.days(), beside),
            pains,
            log,
        })
    }

    /// Beside a measure on every day, and the same less its season of all days. None only where the pain does not lie on the calendar.
    fn beside(
        &self,
        measure: &Measure,
        values: &[Option<f64>],
        level: &[Option<f64>],
    ) -> Option<Cell> {
        let whole = &self.pains.whole;
        let load = match self.compared.are_run_days() {
            true => self
                .compared
                .less_season(0, values)
                .get(whole.days())?
                .to_vec(),
            false => level.get(whole.days())?.to_vec(),
        };
        let question = Question {
            load: where_known(load, &self.today),
            turning: self.today.to_vec(),
            pain: self.tested.clone(),
            staying: vec![self.before.clone()],
        };
        let found = answer(self.days, whole, question, self.log, "value")?;
        Some(Cell::of_day(self.place, measure.id, measure.title, &found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::tests::knee_after_distance, pain::Site, stats::fdr::benjamini_hochberg,
    };

    fn family(history: &History, pain: &PainLog) -> Family {
        secondary(&Known::new(history, pain), history, pain)
    }

    #[test]
    fn what_no_day_has_is_said_and_not_tested() {
        let (history, pain) = knee_after_distance(84);
        let found = family(&history, &pain);
        let absent: Vec<_> = found.absent.iter().map(|absent| absent.measure).collect();
        assert_eq!(
            absent,
            [
                "cadence_own_percent_7",
                "step_length_m_7",
                // No run is known one by one, so none has or lacks hard minutes: the days' sum of none is 0 and constant.
                "load_3",
                "load_7",
                "ascent_m_7",
                "descent_m_7",
                "sleep_s_1",
                "shoe_distance_m_1"
            ]
        );
        let gates: Vec<_> = found
            .cells
            .iter()
            .map(|cell| (cell.measure, cell.gate.as_deref()))
            .collect();
        let constant = "the value or the scores are the same every day";
        assert_eq!(
            gates,
            [
                ("hard_s_7", Some(constant)),
                ("longest_run_m_7", Some(constant)),
                ("days_since_rest", None)
            ]
        );
        assert!(found.cells.iter().all(|cell| cell.site == Site::Knee));
    }

    #[test]
    fn forty_one_days_have_no_p() {
        let (mut history, pain) = knee_after_distance(42);
        for day in &mut history.days {
            day.sleep_s = day.distance_m.map(|metres| 30_000.0 - metres);
        }
        let found = family(&history, &pain);
        assert!(
            found
                .cells
                .iter()
                .all(|cell| cell.p.is_none() && cell.q.is_none())
        );
        let sleep = found.cells.iter().find(|cell| cell.measure == "sleep_s_1");
        let gate = sleep.and_then(|cell| cell.gate.clone()).unwrap();
        assert_eq!(gate, "41 logged days with a known value, 42 are needed");
    }

    #[test]
    fn little_sleep_before_sore_days_is_found_and_q_is_of_this_family() {
        let (mut history, pain) = knee_after_distance(84);
        let before: Vec<_> = history.days.iter().map(|day| day.distance_m).collect();
        for (day, before) in history.days.iter_mut().skip(1).zip(before) {
            day.load = day.distance_m;
            // The knee follows the distance of the day before; so does a night that was cut short by it.
            day.sleep_s = before.map(|metres| 30_000.0 - metres);
        }
        let found = family(&history, &pain);
        let sleep = found
            .cells
            .iter()
            .find(|cell| cell.measure == "sleep_s_1")
            .unwrap();
        assert!(sleep.rho.unwrap() < -0.8 && sleep.is_sure(), "{sleep:?}");
        assert!(
            sleep.p.unwrap() <= 0.05 && (sleep.n, sleep.lag) == (83, 1),
            "{sleep:?}"
        );
        let p: Vec<f64> = found.cells.iter().filter_map(|cell| cell.p).collect();
        let q: Vec<f64> = found.cells.iter().filter_map(|cell| cell.q).collect();
        assert!(p.len() > 2 && p.len() == found.tests());
        assert_eq!(q, benjamini_hochberg(&p));
    }

    #[test]
    fn without_pain_there_is_no_cell() {
        let (history, _) = knee_after_distance(84);
        assert!(family(&history, &PainLog::default()).cells.is_empty());
    }
}
