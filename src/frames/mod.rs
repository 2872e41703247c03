//! Frames: the tables `runs`, `days` and `weeks`, as polars frames folded over `METRICS`, and those of the pain log, `ratings`,
//! `episodes` and `ostrc_weeks`; those of several runners, one below the other. The one home of polars.

mod calendar;
mod earlier;
mod episodes;
mod export;
mod findings;
mod fixed;
mod lists;
mod matrix;
mod ostrc_weeks;
mod pain;
mod ratings;
mod rollup;
mod rows;
mod runs;
mod stacked;

pub use calendar::{BEFORE_RUNS_DAYS, Calendar, GAP_DAYS};
pub use earlier::{Earlier, OfOne, is_of_several, read_again};
pub use export::{csv, csv_into, parquet, parquet_into};
pub use findings::FindingRow;
pub use lists::{merges, other_sports, problems_csv};
pub use matrix::{MatrixRow, associations, matrix_columns};
pub use pain::{About, episodes, ostrc_weeks, pain_columns, ratings};
pub use stacked::{
    ATHLETE, DAY, Kind, OfRunner, Rows, STACKED, Stacked, below_one_another, in_groups,
    is_of_run_ids, is_of_the_calendar, of_parquet, stacked_columns,
};

use crate::{
    error::Error,
    model::{Day, History, LoadUnit, Run, Week},
};
use polars::prelude::{DataFrame, PolarsError};

/// The two tables on the calendar. The third, [`runs`], is made again when it is written: for thirty thousand runs it is the largest,
/// and while rules and statistics work nobody asks for it.
#[derive(Debug, Clone)]
pub struct Frames {
    /// One row a local day, no gaps.
    pub days: DataFrame,
    /// One row an ISO week.
    pub weeks: DataFrame,
}

/// Builds the tables and, from them, the plain rows that rules and statistics read. `runs` are by start and complete; `others`, of other
/// sports, only go along.
///
/// # Errors
/// [`Error::Render`] when polars refuses; that would be a fault in niggle.
pub fn build(
    runs: Vec<Run>,
    others: Vec<Run>,
    calendar: &Calendar,
) -> Result<(Frames, History), Error> {
    let load_unit = load_unit(&runs);
    build_in(runs, others, calendar, load_unit)
}

/// The same with this unit of load, whatever the runs have.
///
/// # Errors
/// As [`build`].
pub fn build_in(
    runs: Vec<Run>,
    others: Vec<Run>,
    calendar: &Calendar,
    load_unit: LoadUnit,
) -> Result<(Frames, History), Error> {
    let frames = tables(&runs, load_unit, calendar).map_err(|error| failed(&error))?;
    let (days, weeks) = rows(&frames).map_err(|error| failed(&error))?;
    let history = History {
        runs,
        others,
        days,
        weeks,
        load_unit,
        as_of: calendar.as_of,
    };
    Ok((frames, history))
}

fn rows(frames: &Frames) -> Result<(Vec<Day>, Vec<Week>), PolarsError> {
    Ok((rows::days(&frames.days)?, rows::weeks(&frames.weeks)?))
}

/// Runs that are a table at a time.
const SLICE: usize = 4096;

/// One row a run, by start, in one slice after the other; there is at least one.
///
/// # Errors
/// As [`build`].
pub fn runs(history: &History) -> impl Iterator<Item = Result<DataFrame, Error>> {
    // Without runs there is one slice, for the names of the columns.
    let slices = history.runs.len().div_ceil(SLICE).max(1);
    let slice = |i: usize| &history.runs[i * SLICE..history.runs.len().min((i + 1) * SLICE)];
    let frames = (0..slices).map(move |i| runs::frame(slice(i), history.load_unit));
    frames.map(|frame| frame.map_err(|error| failed(&error)))
}

/// The first unit that nearly every run has: a series never mixes units (src/method/rules.md, Unit of load), and a few runs
/// without RPE or heart rate should not cost the better unit.
pub fn load_unit(runs: &[Run]) -> LoadUnit {
    [LoadUnit::SessionRpe, LoadUnit::Trimp]
        .into_iter()
        .find(|unit| nearly_every_has(runs, *unit))
        .unwrap_or(LoadUnit::GradeAdjustedKm)
}

fn nearly_every_has(runs: &[Run], unit: LoadUnit) -> bool {
    const NEARLY_EVERY: f64 = 0.9;
    let with_load = runs.iter().filter(|run| run.load(unit).is_some()).count();
    !runs.is_empty() && with_load as f64 >= NEARLY_EVERY * runs.len() as f64
}

fn tables(runs: &[Run], unit: LoadUnit, calendar: &Calendar) -> Result<Frames, PolarsError> {
    let runs = runs::to_roll_up(runs, unit)?;
    let days = rollup::days(&runs, calendar)?;
    let weeks = rollup::weeks(&runs, calendar)?;
    Ok(Frames { days, weeks })
}

fn failed(error: &PolarsError) -> Error {
    Error::render("the tables", error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clean::{self, fixture::steady},
        metrics::{self, Origin},
        time::{self, ZoneSource},
        trust,
    };
    use chrono::NaiveDate;
    use polars_io::{SerReader, parquet::read::ParquetReader};
    use std::collections::BTreeMap;
    use std::io::Cursor;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A run of (day, metres, ascent).
    fn run(day: &str, metres: Option<f64>, ascent_m: Option<f64>) -> Run {
        let mut activity = steady(0, 0.0);
        activity.totals.distance_m = metres;
        activity.totals.timer_s = Some(3000.0);
        activity.totals.ascent_m = ascent_m;
        let start_utc = time::utc(0.0).unwrap()
            + (date(day) - date("1970-01-01"))
            + chrono::TimeDelta::hours(7);
        let origin = Origin {
            run_id: day.to_string(),
            source: day.to_string(),
            start_utc,
            utc_offset_s: 0,
            zone_source: ZoneSource::File,
        };
        let mut clean = clean::clean(activity).0;
        let (verdicts, _) = trust::hear(&mut clean, false);
        metrics::measure(&clean, &verdicts, origin).0
    }

    fn history(runs: Vec<Run>, pain: &[(&str, f64)], as_of: &str) -> (Frames, History) {
        let pain: BTreeMap<NaiveDate, f64> =
            pain.iter().map(|(day, pain)| (date(day), *pain)).collect();
        let calendar = Calendar::new(&runs, &pain, date(as_of));
        build(runs, Vec::new(), &calendar).unwrap()
    }

    #[test]
    fn days_have_no_gaps_and_zero_is_only_where_it_is_known() {
        let runs = vec![
            run("2025-03-03", Some(5000.0), Some(40.0)),
            run("2025-03-03", Some(3000.0), None),
            run("2025-03-05", None, Some(20.0)),
            run("2025-03-17", Some(7000.0), Some(0.5)),
        ];
        let (_, history) = history(
            runs,
            &[("2025-03-02", 2.0), ("2025-03-04", 0.0)],
            "2025-03-18",
        );
        assert_eq!(history.days.len(), 17);
        let shown = |day: &str| {
            let row = history.day(date(day)).unwrap();
            (
                row.covered,
                row.runs,
                row.distance_m,
                row.ascent_m,
                row.pain_max,
            )
        };
        assert_eq!(
            shown("2025-03-02"),
            (false, 0, None, None, Some(2.0)),
            "before the first run nothing is known"
        );
        assert_eq!(
            shown("2025-03-03"),
            (true, 2, Some(8000.0), None, None),
            "one run without altitude: no ascent"
        );
        assert_eq!(
            shown("2025-03-04"),
            (true, 0, Some(0.0), Some(0.0), Some(0.0)),
            "a rest day is zero"
        );
        assert_eq!(
            shown("2025-03-05"),
            (true, 1, None, Some(20.0), None),
            "a run without distance is no 0 km day"
        );
        assert_eq!(
            shown("2025-03-10"),
            (false, 0, None, None, None),
            "12 days without a run are not rest but unknown"
        );
        assert_eq!(shown("2025-03-18"), (false, 0, None, None, None));
        assert_eq!(
            history.day(date("2025-03-03")).unwrap().longest_run_m,
            Some(5000.0)
        );
    }

    #[test]
    fn ten_days_without_a_run_are_covered_and_eleven_are_not() {
        for (last, covered) in [("2025-03-14", true), ("2025-03-15", false)] {
            let runs = ["2025-03-03", last]
                .map(|day| run(day, Some(5000.0), Some(40.0)))
                .to_vec();
            let (_, history) = history(runs, &[], last);
            assert_eq!(
                history.day(date("2025-03-10")).unwrap().covered,
                covered,
                "{last}"
            );
        }
    }

    #[test]
    fn an_old_pain_log_does_not_stretch_the_calendar_by_more_than_a_year() {
        // 366 days before 3 March 2025 is 2 March 2024.
        for (pain, first) in [
            ("2009-07-01", "2024-03-02"),
            ("2024-03-01", "2024-03-02"),
            ("2024-03-02", "2024-03-02"),
            ("2024-05-05", "2024-05-05"),
        ] {
            let runs = vec![run("2025-03-03", Some(5000.0), None)];
            let (_, history) = history(runs, &[(pain, 4.0), ("2025-03-01", 2.0)], "2025-03-04");
            assert_eq!(history.days[0].date, date(first), "{pain}");
            assert_eq!(
                history.days.last().map(|day| day.date),
                Some(date("2025-03-04"))
            );
            assert_eq!(history.day(date("2025-03-01")).unwrap().pain_max, Some(2.0));
            assert!(history.weeks[0].start <= date(first) && history.weeks.len() <= 54);
        }
    }

    #[test]
    fn a_log_alone_has_its_own_calendar_behind_a_silence_of_a_year() {
        // 366 days before 10 March 2025 is 9 March 2024.
        for (logged, as_of, first) in [
            (&["2025-03-10"][..], "2025-03-10", "2025-03-10"),
            (&["2025-03-10"][..], "2025-03-14", "2025-03-10"),
            (
                &["2024-03-09", "2025-03-10"][..],
                "2025-03-12",
                "2024-03-09",
            ),
            (
                &["2024-03-08", "2025-03-10"][..],
                "2025-03-12",
                "2025-03-10",
            ),
            (
                &["2019-05-01", "2023-06-01", "2024-05-01", "2025-03-10"][..],
                "2025-03-12",
                "2023-06-01",
            ),
            // A slip of the pen behind the day of the report moves nothing.
            (
                &["2025-03-10", "2052-03-10"][..],
                "2025-03-10",
                "2025-03-10",
            ),
            (&["2052-03-10"][..], "2025-03-10", "2025-03-10"),
        ] {
            let logged = logged.iter().map(|day| date(day)).collect();
            let calendar = Calendar::of_log(&logged, &BTreeMap::new(), date(as_of));
            let ends = (calendar.days.first(), calendar.days.last());
            assert_eq!(ends, (Some(&date(first)), Some(&date(as_of))), "{logged:?}");
        }
    }

    #[test]
    fn tables_without_a_run_have_the_columns_of_those_with_one() {
        let one = vec![run("2025-03-10", Some(5000.0), None)];
        let with = runs::frame(&one, LoadUnit::GradeAdjustedKm).unwrap();
        let without = runs::frame(&[], LoadUnit::GradeAdjustedKm).unwrap();
        assert_eq!((without.height(), without.schema()), (0, with.schema()));
        let pain: BTreeMap<NaiveDate, f64> = [(date("2025-03-09"), 4.0)].into();
        let logged = pain.keys().copied().collect();
        let calendar = Calendar::of_log(&logged, &pain, date("2025-03-11"));
        let (frames, history) = build(Vec::new(), Vec::new(), &calendar).unwrap();
        let days = history.days.iter();
        let days: Vec<_> = days
            .map(|day| (day.covered, day.runs, day.distance_m, day.pain_max))
            .collect();
        let unknown = (false, 0, None, None);
        assert_eq!(days, [(false, 0, None, Some(4.0)), unknown, unknown]);
        let weeks = history.weeks.iter();
        let weeks: Vec<_> = weeks
            .map(|week| (week.full, week.distance_m, week.pain_max))
            .collect();
        assert_eq!(weeks, [(false, None, Some(4.0)), (false, None, None)]);
        let (with_days, _) = super::tests::history(one, &[], "2025-03-10");
        assert_eq!(frames.days.schema(), with_days.days.schema());
    }

    #[test]
    fn weeks_are_iso_weeks_and_full_only_when_covered() {
        let days = ["2025-03-31", "2025-04-06", "2025-04-07", "2025-04-13"];
        let runs = days
            .iter()
            .map(|day| run(day, Some(10_000.0), Some(100.0)))
            .collect();
        let (frames, history) = history(runs, &[("2025-04-01", 3.0)], "2025-04-13");
        let shown: Vec<_> = history
            .weeks
            .iter()
            .map(|w| (w.week.as_str(), w.full, w.distance_m, w.runs, w.days_logged))
            .collect();
        assert_eq!(
            shown,
            [
                ("2025-W14", true, Some(20_000.0), 2, 1),
                ("2025-W15", true, Some(20_000.0), 2, 0)
            ]
        );
        assert_eq!(history.weeks[0].pain_max, Some(3.0));
        assert_eq!(self::runs(&history).next().unwrap().unwrap().height(), 4);
        let csv = String::from_utf8(csv([Ok(frames.weeks)]).unwrap()).unwrap();
        assert!(
            csv.starts_with(
                "week,week_start,days,days_covered,full,runs,distance_m,longest_run_m,"
            ),
            "{csv}"
        );
    }

    #[test]
    fn load_units_are_never_mixed() {
        let mut runs: Vec<Run> = (1..=10)
            .map(|day| run(&format!("2025-03-{day:02}"), Some(8000.0), None))
            .collect();
        assert_eq!(load_unit(&runs), LoadUnit::GradeAdjustedKm);
        for run in &mut runs[..9] {
            run.trimp = Some(50.0);
        }
        assert_eq!(load_unit(&runs), LoadUnit::Trimp, "nine in ten");
        runs[0].trimp = None;
        assert_eq!(load_unit(&runs), LoadUnit::GradeAdjustedKm);
        assert_eq!(load_unit(&[]), LoadUnit::GradeAdjustedKm);
    }

    #[test]
    fn runs_in_slices_are_the_same_table() {
        for count in [0, 1, SLICE, SLICE + 1, 2 * SLICE + 100] {
            // A name that only the last has: an empty column of a slice is the same kind of column.
            let mut runs = vec![run("2025-03-03", Some(5000.0), None); count];
            runs.iter_mut()
                .rev()
                .take(1)
                .for_each(|run| (run.name, run.trimp) = (Some("=1+1".to_string()), Some(50.0)));
            let load_unit = LoadUnit::GradeAdjustedKm;
            let whole = runs::frame(&runs, load_unit).unwrap();
            let as_of = date("2025-03-03");
            let history = History {
                runs,
                others: vec![],
                days: vec![],
                weeks: vec![],
                load_unit,
                as_of,
            };
            assert_eq!(
                csv(self::runs(&history)).unwrap(),
                csv([Ok(whole.clone())]).unwrap(),
                "{count}"
            );
            let slices: Vec<DataFrame> = self::runs(&history).map(Result::unwrap).collect();
            assert_eq!(slices.iter().map(DataFrame::height).sum::<usize>(), count);
            assert!(slices.iter().all(|slice| slice.schema() == whole.schema()));
            let parquet = ParquetReader::new(Cursor::new(parquet(self::runs(&history)).unwrap()))
                .finish()
                .unwrap();
            assert!(parquet.equals_missing(&whole), "{count}");
        }
    }
}
