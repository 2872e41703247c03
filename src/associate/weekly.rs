//! Week by week: days with pain and the highest pain of a week beside distance, load, hills, step rate and the ratios that articles
//! name, of the same week and of the week before ([`crate::method::statistics`], Week by week).

use super::{
    daily::{DailyPain, hurting_places},
    gates::GATES,
    matrix::{Absent, Cell, Family},
    measures::Known,
    pains,
};
use crate::{
    model::{Day, History, Week},
    pain::{PainLog, Place},
    stats::{
        both_known,
        circular_shift::circular_shift,
        effective_n::effective_n_of_ranks,
        load::{acwr_ewma, acwr_uncoupled, monotony, strain, weekly_base},
        spearman::{bonett_wright, spearman},
    },
    time::{days_between, plus_days},
};

/// Weeks with both before rho is shown.
const SHOWN_WEEKS_MIN: usize = 8;

/// Weeks with both before a p is computed: half a year.
pub(super) const TESTED_WEEKS_MIN: usize = 26;

/// Weeks with pain before a p is computed.
const PAIN_WEEKS_MIN: usize = 5;

/// Logged days of a week before its pain counts as known: 60 % of seven, rounded up.
const LOGGED_DAYS_MIN: usize = 5;

const DAYS: i64 = 7;

/// Something that is known of a full week.
pub(super) struct WeekMeasure {
    /// Name with unit; stable.
    pub(super) id: &'static str,
    /// In a table.
    pub(super) title: &'static str,
    /// What is missing where no week has a value.
    pub(super) absent: &'static str,
    value: fn(&Seen) -> Option<f64>,
}

const NO_LOAD: &str = "no full week has a load";
const NO_MONTH: &str = "no week ends four full weeks with a load on every day";
const NO_ALTITUDE: &str = "no full week has an altitude on all its runs";

/// Fixed in advance (src/method/statistics.md, Week by week).
pub(super) const WEEK_MEASURES: &[WeekMeasure] = &[
    WeekMeasure {
        id: "distance_m",
        title: "distance",
        absent: "no full week has a distance",
        value: |seen| seen.week.distance_m,
    },
    WeekMeasure {
        id: "load",
        title: "load",
        absent: NO_LOAD,
        value: |seen| seen.week.load,
    },
    WeekMeasure {
        id: "ascent_m",
        title: "climbing",
        absent: NO_ALTITUDE,
        value: |seen| seen.week.ascent_m,
    },
    WeekMeasure {
        id: "descent_m",
        title: "descending",
        absent: NO_ALTITUDE,
        value: |seen| seen.week.descent_m,
    },
    WeekMeasure {
        id: "cadence_own_percent",
        title: "step rate against your own at that pace",
        absent: "no line of your own step rate could be drawn",
        value: |seen| {
            seen.known
                .cadence_own_before(plus_days(seen.week.start, DAYS))
        },
    },
    // The coupled ratio is the uncoupled one bent upwards: both put the weeks in the same order and have the same rho.
    WeekMeasure {
        id: "acwr",
        title: "ratio of 7 days to four weeks, coupled or not",
        absent: NO_MONTH,
        value: |seen| acwr_uncoupled(&seen.loads()),
    },
    WeekMeasure {
        id: "acwr_ewma",
        title: "the same ratio, older days fading",
        absent: NO_MONTH,
        value: |seen| acwr_ewma(&seen.loads()),
    },
    WeekMeasure {
        id: "monotony",
        title: "monotony",
        absent: NO_LOAD,
        value: |seen| monotony(&seen.of_week()?),
    },
    WeekMeasure {
        id: "strain",
        title: "strain",
        absent: NO_LOAD,
        value: |seen| strain(&seen.of_week()?),
    },
    WeekMeasure {
        id: "distance_jump_share",
        title: "distance against the weeks before",
        absent: "no full week follows a full week",
        value: jump,
    },
];

/// A full week and what came before it.
struct Seen<'a> {
    known: &'a Known<'a>,
    week: &'a Week,
    before: &'a [Week],
}

impl Seen<'_> {
    /// The days up to its Sunday.
    fn days(&self) -> &[Day] {
        let sunday = plus_days(self.week.start, DAYS - 1);
        let end = self.known.days.partition_point(|day| day.date <= sunday);
        &self.known.days[..end]
    }

    /// The loads of the days up to its Sunday, back to the first that is not known.
    fn loads(&self) -> Vec<f64> {
        let mut loads: Vec<f64> = self.days().iter().rev().map_while(|day| day.load).collect();
        loads.reverse();
        loads
    }

    /// The loads of its seven days. None when one is not known.
    fn of_week(&self) -> Option<Vec<f64>> {
        let days = self.days();
        let week = days.get(days.len().checked_sub(DAYS as usize)?..)?;
        week.iter().map(|day| day.load).collect()
    }
}

/// How much more than what a week is compared with, as a share. None unless the weeks before are full and have a distance.
fn jump(seen: &Seen) -> Option<f64> {
    let full = seen.before.iter().rev().take(4);
    let full = full.map_while(|week| week.distance_m.filter(|_| week.full));
    let mut prior: Vec<f64> = full.collect();
    prior.reverse();
    Some(seen.week.distance_m? / weekly_base(&prior)? - 1.0)
}

/// The weeks up to the day of the report.
pub(super) fn weeks_until(history: &History) -> &[Week] {
    let end = history
        .weeks
        .partition_point(|week| week.start <= history.as_of);
    &history.weeks[..end]
}

/// One measure of every week. None of a week that is not full.
fn series(known: &Known, weeks: &[Week], measure: &WeekMeasure) -> Vec<Option<f64>> {
    let value = |(index, week): (usize, &Week)| {
        let before = &weeks[..index];
        let seen = Seen {
            known,
            week,
            before,
        };
        (measure.value)(&seen).filter(|value| week.full && value.is_finite())
    };
    weeks.iter().enumerate().map(value).collect()
}

/// The pain of every week: days with pain among seven, and the highest. None of a week with fewer than five logged days.
pub(super) struct WeekPain {
    pub(super) days: Vec<Option<f64>>,
    pub(super) highest: Vec<Option<f64>>,
}

impl WeekPain {
    pub(super) fn new(known: &Known, weeks: &[Week], pain: &DailyPain) -> Self {
        let rated = weeks.iter().map(|week| ratings(known.days, week, pain));
        let rated: Vec<Option<Vec<f64>>> = rated.collect();
        let rated = &rated;
        let of = |value: fn(&[f64]) -> f64| {
            let weeks = rated.iter();
            weeks.map(move |week| Some(value(week.as_ref()?)))
        };
        WeekPain {
            days: of(days_with_pain).collect(),
            highest: of(|week| week.iter().copied().fold(0.0, f64::max)).collect(),
        }
    }
}

/// As many of seven as of the logged days.
fn days_with_pain(week: &[f64]) -> f64 {
    let hurting = week.iter().filter(|pain| **pain >= 1.0).count();
    hurting as f64 * DAYS as f64 / week.len() as f64
}

/// The ratings of a week. None when they are too few.
fn ratings(days: &[Day], week: &Week, pain: &DailyPain) -> Option<Vec<f64>> {
    let monday = days_between(days.first()?.date, week.start);
    let of_day = |day: i64| {
        let index = usize::try_from(day).ok()?.checked_sub(pain.first)?;
        pain.pain.get(index).copied().flatten()
    };
    let rated: Vec<f64> = (monday..monday + DAYS).filter_map(of_day).collect();
    (rated.len() >= LOGGED_DAYS_MIN).then_some(rated)
}

/// Every week measure beside every place, both kinds of pain, of the same week and the week before.
pub(super) fn weekly(known: &Known, history: &History, pain: &PainLog) -> Family {
    let weeks = weeks_until(history);
    let places: Vec<(Place, WeekPain)> = hurting_places(pain, known.days)
        .filter_map(|place| {
            let whole = pains(known.days, pain, place)?.whole;
            Some((place, WeekPain::new(known, weeks, &whole)))
        })
        .collect();
    let (mut cells, mut absent) = (Vec::new(), Vec::new());
    for measure in WEEK_MEASURES {
        let values = series(known, weeks, measure);
        if values.iter().all(Option::is_none) {
            absent.push(Absent {
                measure: measure.id,
                title: measure.title,
                why: measure.absent,
            });
            continue;
        }
        let of_place = |(place, pain): &(Place, WeekPain)| of_place(*place, pain, measure, &values);
        cells.extend(places.iter().flat_map(of_place));
    }
    Family::new(cells, absent)
}

fn of_place(
    (site, side): Place,
    pain: &WeekPain,
    measure: &WeekMeasure,
    values: &[Option<f64>],
) -> [Cell; 4] {
    let both = [("week_days", &pain.days), ("week_highest", &pain.highest)];
    let of = |index: usize| {
        let ((name, pain), lag) = (both[index / 2], index % 2);
        let Beside {
            n,
            n_eff,
            rho,
            p,
            gate,
        } = beside(&later(values, lag), pain);
        Cell {
            site,
            side,
            pain: name,
            measure: measure.id,
            title: measure.title,
            lag,
            n,
            n_eff,
            rho,
            interval: rho.zip(n_eff).and_then(|(rho, n)| bonett_wright(rho, n)),
            p,
            q: None,
            gate,
        }
    };
    std::array::from_fn(of)
}

/// Each week's value in the row of a later week.
fn later(values: &[Option<f64>], lag: usize) -> Vec<Option<f64>> {
    let before = std::iter::repeat_n(None, lag);
    before.chain(values.to_vec()).take(values.len()).collect()
}

/// Two weekly series beside one another.
pub(super) struct Beside {
    pub(super) n: usize,
    pub(super) n_eff: Option<f64>,
    pub(super) rho: Option<f64>,
    pub(super) p: Option<f64>,
    pub(super) gate: Option<String>,
}

/// Spearman's rho over the weeks with both, described from 8 weeks and tested from 26 by turning the weeks from the first to the last
/// with pain.
pub(super) fn beside(values: &[Option<f64>], pain: &[Option<f64>]) -> Beside {
    let (values, pain) = logged_stretch(values, pain);
    let (known, scores) = both_known(values, pain);
    let n = known.len();
    let rho = spearman(&known, &scores).filter(|_| n >= SHOWN_WEEKS_MIN);
    let gate = closed_gate(&scores).or_else(|| {
        let constant = "the value or the pain is the same every week";
        rho.is_none().then(|| constant.to_string())
    });
    let test = || circular_shift(values, pain).map(|test| test.p);
    Beside {
        n,
        n_eff: rho.and_then(|_| effective_n_of_ranks(values, pain)),
        rho,
        p: gate.is_none().then(test).flatten(),
        gate,
    }
}

/// The weeks from the first to the last with a known pain.
fn logged_stretch<'a>(
    values: &'a [Option<f64>],
    pain: &'a [Option<f64>],
) -> (&'a [Option<f64>], &'a [Option<f64>]) {
    let first = pain.iter().position(Option::is_some).unwrap_or(0);
    let end = pain
        .iter()
        .rposition(Option::is_some)
        .map_or(0, |last| last + 1);
    let stretch = |series: &'a [Option<f64>]| series.get(first..end).unwrap_or_default();
    (stretch(values), stretch(pain))
}

fn closed_gate(pain: &[f64]) -> Option<String> {
    let n = pain.len();
    if n < TESTED_WEEKS_MIN {
        let weeks = crate::units::counted(n, "logged week", "logged weeks");
        return Some(format!(
            "{weeks} with a known value, {TESTED_WEEKS_MIN} are needed"
        ));
    }
    let sore = pain.iter().filter(|pain| **pain >= 1.0).count();
    if sore < PAIN_WEEKS_MIN {
        let weeks = crate::units::counted(sore, "week", "weeks");
        return Some(format!("{weeks} with pain, {PAIN_WEEKS_MIN} are needed"));
    }
    let mut different = pain.to_vec();
    different.sort_by(f64::total_cmp);
    different.dedup();
    let (count, needed) = (different.len(), GATES.distinct_min);
    (count < needed).then(|| format!("{count} different values of pain, {needed} are needed"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{associate::tests::knee_after_distance, time::week_start};

    /// The knee's calendar, from a Monday, with its weeks and a load of a unit a metre.
    fn knee(days: usize) -> (History, PainLog) {
        let (mut history, pain) = knee_after_distance(days);
        for day in &mut history.days {
            day.load = day.distance_m;
        }
        let weeks = history
            .days
            .chunk_by(|a, b| week_start(a.date) == week_start(b.date));
        history.weeks = weeks
            .map(|days| Week {
                week: crate::time::iso_week(days[0].date),
                start: week_start(days[0].date),
                days_covered: days.len() as u32,
                full: days.len() == 7,
                runs: days.iter().map(|day| day.runs).sum(),
                distance_m: days.iter().map(|day| day.distance_m).sum(),
                longest_run_m: None,
                timer_s: None,
                ascent_m: None,
                descent_m: None,
                load: days.iter().map(|day| day.load).sum(),
                other_sport_s: None,
                pain_max: None,
                days_logged: 7,
            })
            .collect();
        (history, pain)
    }

    fn family(days: usize) -> Family {
        let (history, pain) = knee(days);
        weekly(&Known::new(&history, &pain), &history, &pain)
    }

    #[test]
    fn half_a_year_is_tested_and_less_is_described() {
        for (weeks, is_tested) in [(25, false), (26, true)] {
            let found = family(weeks * 7);
            let load = found
                .cells
                .iter()
                .find(|cell| cell.measure == "load")
                .unwrap();
            // The knee follows the distance of the day before, so its weeks follow the week's.
            assert!(load.rho.unwrap() > 0.5, "{load:?}");
            assert_eq!((load.n, load.lag, load.pain), (weeks, 0, "week_days"));
            assert_eq!(load.p.is_some(), is_tested, "{load:?}");
            if let Some(p) = load.p {
                assert!(p >= 1.0 / 26.0 && load.q.unwrap() >= p);
            }
            // The week before the first is not known.
            let before = found.cells.iter().find(|cell| cell.lag == 1).unwrap();
            assert_eq!((before.n, before.p), (weeks - 1, None), "{before:?}");
        }
    }

    #[test]
    fn few_weeks_say_what_is_missing_and_nothing_else() {
        let found = family(7 * 7);
        assert_eq!(found.tests(), 0);
        for cell in &found.cells {
            assert_eq!((cell.rho, cell.n_eff, cell.interval), (None, None, None));
        }
        let gate = found.cells[0].gate.as_deref();
        assert_eq!(
            gate,
            Some("7 logged weeks with a known value, 26 are needed")
        );
        let absent: Vec<_> = found.absent.iter().map(|absent| absent.measure).collect();
        assert_eq!(absent, ["ascent_m", "descent_m", "cadence_own_percent"]);
    }

    #[test]
    fn weeks_by_hand() {
        assert_eq!(days_with_pain(&[0.0, 2.0, 0.5, 1.0, 0.0, 0.0, 3.0]), 3.0);
        assert_eq!(days_with_pain(&[0.0, 2.0, 0.0, 0.0, 0.0]), 1.4);
        assert_eq!(
            later(&[Some(1.0), None, Some(3.0)], 1),
            [None, Some(1.0), None]
        );
        let (history, pain) = knee(35);
        let known = Known::new(&history, &pain);
        let of = |id: &str| {
            let measure = WEEK_MEASURES
                .iter()
                .find(|measure| measure.id == id)
                .unwrap();
            series(&known, &history.weeks, measure)
        };
        let km: Vec<f64> = history
            .weeks
            .iter()
            .filter_map(|week| week.distance_m)
            .collect();
        let jump = of("distance_jump_share");
        assert_eq!(jump[0], None);
        assert_eq!(jump[1], Some(km[1] / km[0] - 1.0));
        let ratio = of("acwr");
        assert_eq!(ratio[2], None, "21 days");
        let expected = (km[3] / 7.0) / ((km[0] + km[1] + km[2]) / 21.0);
        assert!((ratio[3].unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn pain_that_never_changes_has_no_rho() {
        let found = beside(
            &[1.0, 2.0, 3.0]
                .repeat(10)
                .into_iter()
                .map(Some)
                .collect::<Vec<_>>(),
            &[Some(2.0); 30],
        );
        assert_eq!((found.rho, found.n_eff, found.p), (None, None, None));
        assert_eq!(
            found.gate.as_deref(),
            Some("1 different values of pain, 3 are needed")
        );
    }
}
