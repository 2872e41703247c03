//! Every activity once: recordings first, then the lines of indexes, then what a clock in the wrong zone hid.

use super::{found::Found, index, pool::Pool};
use crate::model::{Merge, Run};

/// Every activity once, by local start, and the copies, by what was kept.
pub(super) fn merge(mut rows: Vec<Run>, found: &mut Found) -> (Vec<Run>, Vec<Merge>) {
    let listed = rows.extract_if(.., |run| run.listing.is_some()).collect();
    let mut pool = Pool::default();
    pool.add_all(rows, found);
    index::give_to_recordings(listed, &mut pool, found);
    pool.merge_shifted(found);
    let (mut kept, mut merges) = (pool.kept, pool.merges);
    // From here on the order is that of the runner's own calendar, which a flight can make differ from UTC's.
    kept.sort_unstable_by(|a, b| {
        (a.start_local, a.start_utc, &a.run_id).cmp(&(b.start_local, b.start_utc, &b.run_id))
    });
    merges.sort_by(|a, b| (&a.run_id, &a.copy, &a.place).cmp(&(&b.run_id, &b.copy, &b.place)));
    (kept, merges)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clean,
        clean::fixture::steady,
        metrics,
        model::{DistanceSource, Format, Listing, Sport},
        problem::Code,
        time::{Clock, ZoneSource},
        trust,
    };

    /// A run with these totals that starts so many seconds after a fixed moment.
    fn run(source: &str, format: Format, start_s: f64, metres: f64, seconds: f64) -> Run {
        let mut activity = steady(0, 0.0);
        activity.format = format;
        activity.totals.distance_m = Some(metres);
        activity.totals.timer_s = Some(seconds);
        activity.totals.elapsed_s = Some(seconds);
        let start_utc = crate::time::utc(1_740_000_000.0 + start_s).unwrap();
        let origin = metrics::Origin {
            run_id: source.to_string(),
            source: source.to_string(),
            start_utc,
            utc_offset_s: 0,
            zone_source: ZoneSource::File,
        };
        let mut clean = clean::clean(activity).0;
        let (verdicts, _) = trust::hear(&mut clean, false);
        metrics::measure(&clean, &verdicts, origin).0
    }

    /// A line of an index.
    fn line(file: Option<&str>, start_s: f64, metres: f64, seconds: f64) -> Run {
        let listing = Listing {
            place: "row 2".into(),
            id: Some("7".into()),
            file: file.map(str::to_string),
            clock: Clock::Utc,
        };
        Run {
            listing: Some(listing.into()),
            ..run("activities.csv", Format::Export, start_s, metres, seconds)
        }
    }

    fn fit() -> Run {
        run("a.fit", Format::Fit, 0.0, 10_000.0, 3000.0)
    }

    fn merged(rows: Vec<Run>) -> (Vec<Run>, Vec<Merge>, Vec<Code>) {
        let mut found = Found::default();
        let (rows, merges) = merge(rows, &mut found);
        let codes = found
            .problems
            .into_values()
            .flatten()
            .map(|problem| problem.code)
            .collect();
        (rows, merges, codes)
    }

    fn check(rows: Vec<Run>, kept: &[&str], dropped: &[&str]) {
        let (rows, merges, _) = merged(rows);
        assert_eq!(
            rows.iter().map(|r| r.source.as_str()).collect::<Vec<_>>(),
            kept
        );
        assert_eq!(
            merges
                .iter()
                .map(|merge| merge.copy.as_str())
                .collect::<Vec<_>>(),
            dropped
        );
    }

    #[test]
    fn copies_go_and_neighbours_stay() {
        check(
            vec![run("a.gpx", Format::Gpx, 2.0, 9_900.0, 3010.0), fit()],
            &["a.fit"],
            &["a.gpx"],
        );
        check(
            vec![fit(), run("b.tcx", Format::Tcx, 120.0, 10_300.0, 3000.0)],
            &["a.fit"],
            &["b.tcx"],
        );
        check(
            vec![fit(), run("b.fit", Format::Fit, 121.0, 10_000.0, 3000.0)],
            &["a.fit", "b.fit"],
            &[],
        );
        // A foot pod and a GPS track of the same minutes differ in length; half an hour inside them is another recording.
        check(
            vec![fit(), run("b.gpx", Format::Gpx, 2.0, 10_400.0, 3000.0)],
            &["a.fit"],
            &["b.gpx"],
        );
        check(
            vec![fit(), run("b.gpx", Format::Gpx, 2.0, 5_000.0, 1500.0)],
            &["a.fit", "b.gpx"],
            &[],
        );
        // A 60 s false start and the run 111 s later (src/method/formats.md, Copies).
        check(
            vec![run("f.fit", Format::Fit, -111.0, 150.0, 60.0), fit()],
            &["f.fit", "a.fit"],
            &[],
        );
        // Three copies are one run, and so are two files of the same bytes.
        let third = run("c.tcx", Format::Tcx, 1.0, 10_000.0, 3000.0);
        check(
            vec![
                fit(),
                run("a.gpx", Format::Gpx, 2.0, 9_900.0, 3010.0),
                third,
            ],
            &["a.fit"],
            &["a.gpx", "c.tcx"],
        );
        check(
            vec![run("z.fit", Format::Fit, 0.0, 10_000.0, 3000.0), fit()],
            &["a.fit"],
            &["z.fit"],
        );
        // Two sessions of a day, to the metre alike.
        check(
            vec![fit(), run("b.fit", Format::Fit, 36_000.0, 10_000.0, 3000.0)],
            &["a.fit", "b.fit"],
            &[],
        );
        // A ride at the time of a run is no copy of it.
        let ride = Run {
            sport: Sport("cycling"),
            ..run("b.fit", Format::Fit, 0.0, 10_000.0, 3000.0)
        };
        check(vec![fit(), ride], &["a.fit", "b.fit"], &[]);
    }

    #[test]
    fn a_copy_that_names_the_sport_decides_what_speed_had_guessed() {
        let of = |sport: Sport, run: Run| Run { sport, ..run };
        let gpx = |sport| of(sport, run("a.gpx", Format::Gpx, 2.0, 10_000.0, 3000.0));
        let (ride, slow) = (Sport("cycling"), Sport::OTHER);
        for (guessed, named, counts) in
            [(Sport::UNKNOWN, ride, false), (slow, Sport::RUNNING, true)]
        {
            let of_watch = of(named, fit());
            check(vec![gpx(guessed), of_watch.clone()], &["a.fit"], &["a.gpx"]);
            // The index names the sport of a recording that is kept.
            let listed = of(named, line(Some("a.gpx"), 0.0, 10_000.0, 3000.0));
            let (rows, _, codes) = merged(vec![gpx(guessed), listed]);
            assert_eq!(
                (rows.len(), rows[0].sport, rows[0].is_run(), codes),
                (1, named, counts, vec![])
            );
        }
    }

    #[test]
    fn what_was_done_at_the_time_of_a_run_does_not_swallow_it() {
        let yoga = |row: Run| Run {
            sport: Sport("training"),
            distance_m: None,
            ..row
        };
        // Two entries by hand, and an entry by hand beside a recording.
        let by_hand = || yoga(line(None, 0.0, 0.0, 3000.0));
        assert_eq!(
            merged(vec![by_hand(), line(None, 0.0, 10_000.0, 3000.0)])
                .0
                .len(),
            2
        );
        assert_eq!(merged(vec![by_hand(), fit()]).0.len(), 2);
        // The same activity under another name is the same activity.
        let walk = Run {
            sport: Sport("walking"),
            ..line(None, 1.0, 10_000.0, 3000.0)
        };
        assert_eq!(merged(vec![walk, fit()]).0.len(), 1);
    }

    #[test]
    fn a_copy_in_the_wrong_zone_is_off_by_whole_quarter_hours() {
        let gpx = |start_s: f64, seconds: f64| run("a.gpx", Format::Gpx, start_s, 9_950.0, seconds);
        check(vec![fit(), gpx(7200.0, 3001.0)], &["a.fit"], &["a.gpx"]);
        check(vec![gpx(-34_200.0, 3000.0), fit()], &["a.fit"], &["a.gpx"]);
        check(vec![fit(), gpx(7205.0, 3000.0)], &["a.fit", "a.gpx"], &[]);
        check(vec![fit(), gpx(7200.0, 3010.0)], &["a.fit", "a.gpx"], &[]);
        check(
            vec![fit(), gpx(16.0 * 3600.0, 3000.0)],
            &["a.fit", "a.gpx"],
            &[],
        );
        // The same watch twice a day is two runs, whatever its clock says.
        check(
            vec![fit(), run("b.fit", Format::Fit, 36_000.0, 10_000.0, 3000.0)],
            &["a.fit", "b.fit"],
            &[],
        );
    }

    #[test]
    fn what_is_kept_takes_what_it_lacks() {
        let vague = Run {
            zone_source: ZoneSource::AssumedUtc,
            ..fit()
        };
        let gpx = Run {
            utc_offset_s: 13 * 3600,
            session_rpe: Some(4.0),
            cadence_spm: Some(171.0),
            heart_rate_mean_bpm: Some(150.0),
            ascent_m: Some(80.0),
            ..run("a.gpx", Format::Gpx, 2.0, 10_000.0, 3000.0)
        };
        let (rows, merges, codes) = merged(vec![gpx, vague]);
        assert_eq!(
            (rows.len(), rows[0].source.as_str(), codes),
            (1, "a.fit", vec![Code::Duplicate])
        );
        assert_eq!(
            (rows[0].utc_offset_s, rows[0].zone_source),
            (13 * 3600, ZoneSource::File)
        );
        assert_eq!(
            rows[0].start_local,
            crate::time::local(rows[0].start_utc, 13 * 3600)
        );
        let taken = (
            rows[0].session_rpe,
            rows[0].cadence_spm,
            rows[0].heart_rate_mean_bpm,
            rows[0].ascent_m,
        );
        assert_eq!(taken, (Some(4.0), Some(171.0), Some(150.0), Some(80.0)));
        assert_eq!(
            merges[0].filled,
            ["local time", "cadence", "climb", "heart rate", "RPE"]
        );
        assert_eq!(
            (
                merges[0].start_difference_s,
                merges[0].distance_difference_m
            ),
            (2.0, Some(0.0))
        );
    }

    /// GPX, then TCX, then FIT, by start: each is richer than the one before, and all copies are listed under the one that stays.
    #[test]
    fn what_was_kept_for_a_while_is_not_named_as_kept() {
        let rows = vec![
            run("a.gpx", Format::Gpx, 0.0, 9_900.0, 3000.0),
            run("b.tcx", Format::Tcx, 2.0, 10_100.0, 3000.0),
            run("c.fit", Format::Fit, 5.0, 10_000.0, 3000.0),
        ];
        let (kept, merges, _) = merged(rows.clone());
        assert_eq!(
            kept.iter()
                .map(|run| run.source.as_str())
                .collect::<Vec<_>>(),
            ["c.fit"]
        );
        let listed: Vec<_> = merges
            .iter()
            .map(|merge| {
                (
                    merge.copy.as_str(),
                    merge.kept.as_str(),
                    merge.start_difference_s,
                    merge.distance_difference_m,
                )
            })
            .collect();
        assert_eq!(
            listed,
            [
                ("a.gpx", "c.fit", -5.0, Some(-100.0)),
                ("b.tcx", "c.fit", -3.0, Some(100.0))
            ]
        );
        assert!(merges.iter().all(|merge| merge.run_id == kept[0].run_id));
        // A line with a clock in another zone still finds it by the file that was merged first.
        let line = line(Some("a.gpx"), 7200.0, 10_000.0, 3000.0);
        assert_eq!(merged(rows.into_iter().chain([line]).collect()).0.len(), 1);
    }

    #[test]
    fn what_is_kept_loses_nothing_it_has() {
        let own = Run {
            cadence_spm: Some(168.0),
            session_rpe: Some(7.0),
            ..fit()
        };
        let tcx = Run {
            cadence_spm: Some(171.0),
            session_rpe: Some(4.0),
            ..run("b.tcx", Format::Tcx, 0.0, 10_000.0, 3000.0)
        };
        let (rows, merges, _) = merged(vec![own, tcx]);
        assert_eq!(
            (rows[0].cadence_spm, rows[0].session_rpe),
            (Some(168.0), Some(7.0))
        );
        assert!(merges[0].filled.is_empty());
    }

    #[test]
    fn lines_of_an_index_go_to_their_recordings() {
        let titled = Run {
            name: Some("Hills".into()),
            shoe: Some("Blue".into()),
            ..line(None, 30.0, 10_100.0, 3000.0)
        };
        let (rows, merges, codes) = merged(vec![titled, fit()]);
        assert_eq!(
            (rows.len(), rows[0].name.as_deref(), rows[0].shoe.as_deref()),
            (1, Some("Hills"), Some("Blue"))
        );
        assert_eq!((merges[0].place.as_deref(), codes), (Some("row 2"), vec![]));
        // Without a recording a line is a run of its own; two services' lines of it are one.
        let (rows, _, _) = merged(vec![
            line(None, 9000.0, 5_000.0, 1500.0),
            line(None, 9010.0, 5_020.0, 1500.0),
            fit(),
        ]);
        assert_eq!(
            rows.iter().map(|run| run.format).collect::<Vec<_>>(),
            [Format::Fit, Format::Export]
        );
    }

    #[test]
    fn a_line_finds_the_file_it_names_whatever_its_clock() {
        let strava = Run {
            source: "export.zip/activities/12.fit.gz".into(),
            ..fit()
        };
        let named = |file: &str| line(Some(file), 7200.0, 10_000.0, 3000.0);
        assert_eq!(
            merged(vec![named("activities/12.fit.gz"), strava.clone()])
                .0
                .len(),
            1
        );
        assert_eq!(
            merged(vec![named("activities/2.fit.gz"), strava.clone()])
                .0
                .len(),
            2,
            "not the end of another name"
        );
        let unpacked = Run {
            source: "activities/12.fit".into(),
            ..strava.clone()
        };
        assert_eq!(
            merged(vec![named("activities/12.fit.gz"), unpacked])
                .0
                .len(),
            1
        );
        // The file it names was a poorer copy of one from the watch.
        let watch = Run {
            source: "watch.fit".into(),
            ..fit()
        };
        let poorer = Run {
            format: Format::Gpx,
            source: "activities/12.gpx.gz".into(),
            ..fit()
        };
        assert_eq!(
            merged(vec![named("activities/12.gpx.gz"), poorer, watch])
                .0
                .len(),
            1
        );
    }

    /// What becomes of a recording and its line: distance, timer and elapsed time, whether it is a run, what was corrected, and what is
    /// said.
    fn corrected(recording: Run, line: Run) -> (Run, Vec<String>, Vec<Code>) {
        let (mut rows, mut merges, codes) = merged(vec![line, recording]);
        assert_eq!((rows.len(), merges.len()), (1, 1));
        (rows.remove(0), merges.remove(0).corrected, codes)
    }

    #[test]
    fn what_no_runner_corrects_is_told_and_the_recording_is_believed() {
        let file = Some("a.fit");
        let check = |line: Run| {
            let (run, corrected, codes) = corrected(fit(), line);
            assert_eq!(
                (run.distance_m, run.timer_s),
                (Some(10_000.0), Some(3000.0))
            );
            assert_eq!(
                (run.distance_source, run.is_run()),
                (fit().distance_source, true)
            );
            assert_eq!(corrected, Vec::<String>::new());
            codes
        };
        // Longer than what was recorded, and outside it.
        assert_eq!(
            check(line(file, 0.0, 10_000.0, 4000.0)),
            [Code::TotalsDiffer]
        );
        assert_eq!(check(line(file, -900.0, 6_000.0, 1800.0)).len(), 2);
        // 1:40 min/km, and 100 m in 50 minutes.
        assert_eq!(
            check(line(file, 0.0, 30_000.0, 3000.0)),
            [Code::TotalsDiffer]
        );
        assert_eq!(check(line(file, 0.0, 100.0, 3000.0)), [Code::TotalsDiffer]);
        // A unit that is not what it seems.
        assert_eq!(
            check(line(file, 0.0, 16_093.0, 3000.0)),
            [Code::TotalsDiffer]
        );
        // Two ways to measure.
        assert_eq!(check(line(file, 0.0, 10_190.0, 3050.0)), []);
        // A sport that niggle has no word for, and one that is left open.
        let of = |sport| Run {
            sport,
            ..line(file, 0.0, 10_000.0, 3000.0)
        };
        assert_eq!(check(of(Sport::OTHER)), [Code::TotalsDiffer]);
        assert_eq!(check(of(Sport::MULTISPORT)), [Code::TotalsDiffer]);
        assert_eq!(check(of(Sport::UNKNOWN)), []);
    }

    #[test]
    fn another_distance_in_the_same_time_is_the_runners_own() {
        let belt = Run {
            speed_flat_m_s: Some(3.0),
            grade_adjusted_m: Some(10_000.0),
            cadence_spm: Some(170.0),
            ..fit()
        };
        let (run, corrected, codes) = corrected(belt.clone(), line(None, 5.0, 11_000.0, 3000.0));
        assert_eq!(
            (run.distance_m, run.timer_s),
            (Some(11_000.0), Some(3000.0))
        );
        assert_eq!(run.distance_source, Some(DistanceSource::Index));
        let close = |value: Option<f64>, expected: f64| (value.unwrap() - expected).abs() < 1e-9;
        assert!(close(run.speed_flat_m_s, 3.3) && close(run.grade_adjusted_m, 11_000.0));
        assert_eq!(run.cadence_spm, Some(170.0));
        assert_eq!(
            corrected,
            ["distance: 10000 m recorded, 11000 m in the account"]
        );
        assert_eq!(codes, [Code::Corrected]);
        // On a belt the account measures nothing itself: 150 m are a correction there, and noise outside.
        let nearly = || line(None, 5.0, 10_150.0, 3000.0);
        let indoors = Run {
            sub_sport: "treadmill",
            ..belt.clone()
        };
        assert_eq!(corrected_m(indoors, nearly()), Some(10_150.0));
        assert_eq!(corrected_m(belt.clone(), nearly()), Some(10_000.0));
        // What one of its recordings says is that recording's figure and no correction.
        let phone = run_of("p.gpx", 11_000.0);
        let (rows, merges, codes) = merged(vec![belt, phone, line(None, 5.0, 11_000.0, 3000.0)]);
        assert_eq!(
            (rows[0].distance_m, codes),
            (Some(10_000.0), vec![Code::Duplicate])
        );
        assert!(merges.iter().all(|merge| merge.corrected.is_empty()));
    }

    fn corrected_m(recording: Run, line: Run) -> Option<f64> {
        corrected(recording, line).0.distance_m
    }

    fn run_of(source: &str, metres: f64) -> Run {
        run(source, Format::Gpx, 3.0, metres, 3000.0)
    }

    #[test]
    fn another_sport_is_the_runners_own() {
        let of = |sport, row| Run { sport, ..row };
        let ride = Sport("cycling");
        let named = || line(Some("a.fit"), 0.0, 10_000.0, 3000.0);
        let (run, words, codes) = corrected(fit(), of(ride, named()));
        assert_eq!((run.is_run(), codes), (false, vec![Code::Corrected]));
        assert_eq!(words, ["sport: running recorded, cycling in the account"]);
        let (run, words, _) = corrected(of(ride, fit()), named());
        assert_eq!((run.is_run(), words.len()), (true, 1));
        // A ride of 36 km/h that an index calls a run is none.
        let fast = of(ride, run_like(&fit(), 30_000.0));
        let (run, words, codes) = corrected(fast, run_like(&named(), 30_000.0));
        assert_eq!((run.is_run(), words.len()), (false, 0));
        assert_eq!(codes, [Code::TotalsDiffer]);
    }

    fn run_like(run: &Run, metres: f64) -> Run {
        Run {
            distance_m: Some(metres),
            ..run.clone()
        }
    }

    #[test]
    fn what_was_cut_off_is_no_part_of_the_run() {
        let drive_home = Run {
            cadence_spm: Some(170.0),
            ascent_m: Some(90.0),
            heart_rate_mean_bpm: Some(120.0),
            heart_rate_share: Some(1.0),
            longest_stop_s: Some(300.0),
            records: 3000,
            ..run("a.fit", Format::Fit, 0.0, 18_600.0, 3000.0)
        };
        let kept = || Run {
            heart_rate_mean_bpm: Some(150.0),
            ..line(Some("a.fit"), 60.0, 5_400.0, 1800.0)
        };
        let (run, words, codes) = corrected(drive_home.clone(), kept());
        assert_eq!(
            (run.distance_m, run.timer_s, run.elapsed_s),
            (Some(5_400.0), Some(1800.0), Some(1800.0))
        );
        assert_eq!(
            (run.start_utc, run.distance_source),
            (kept().start_utc, Some(DistanceSource::Index))
        );
        assert_eq!(run.start_local, kept().start_local);
        // Rates stay, sums go, and what the account has of the part goes first.
        assert_eq!((run.cadence_spm, run.ascent_m), (Some(170.0), None));
        assert_eq!(
            (run.heart_rate_mean_bpm, run.heart_rate_share),
            (Some(150.0), None)
        );
        assert_eq!(
            (run.longest_stop_s, run.grade_adjusted_m),
            (None, Some(5_400.0))
        );
        let expected = "crop: 18600 m in 50 min recorded, 5400 m in 30 min in the account";
        assert_eq!(
            (words, codes),
            (vec![expected.to_string()], vec![Code::Corrected])
        );
        // Less than half of it says too little of the steps; the same distance says that only standing was cut off.
        let (run, ..) = corrected(
            drive_home.clone(),
            line(Some("a.fit"), 60.0, 3_000.0, 1000.0),
        );
        assert_eq!(run.cadence_spm, None);
        let (run, ..) = corrected(fit(), line(Some("a.fit"), 0.0, 10_000.0, 2700.0));
        assert_eq!(
            (run.timer_s, run.distance_source),
            (Some(2700.0), fit().distance_source)
        );
        // An index that names no file: the line lies in a recording that has no other line.
        let unnamed = || line(None, 60.0, 5_400.0, 1800.0);
        assert_eq!(corrected_m(drive_home.clone(), unnamed()), Some(5_400.0));
        let whole = line(None, 0.0, 18_600.0, 3000.0);
        assert_eq!(merged(vec![drive_home, unnamed(), whole]).0.len(), 2);
    }

    #[test]
    fn a_crop_and_another_index_do_not_contradict_each_other() {
        let whole = Run {
            source: "garmin.json".into(),
            ..line(None, 0.0, 18_000.0, 6000.0)
        };
        let cut = line(Some("a.fit"), 300.0, 9_000.0, 3000.0);
        let (rows, merges, codes) = merged(vec![
            run("a.fit", Format::Fit, 0.0, 18_000.0, 6000.0),
            whole,
            cut,
        ]);
        assert_eq!((rows.len(), merges.len()), (1, 2));
        assert_eq!(
            (rows[0].distance_m, codes),
            (Some(9_000.0), vec![Code::Corrected])
        );
    }

    #[test]
    fn a_watch_and_a_phone_started_minutes_apart_are_one_run() {
        let phone = |metres, seconds| run("p.gpx", Format::Gpx, 0.0, metres, seconds);
        let watch = |late: f64, metres, seconds| Run {
            cadence_spm: Some(172.0),
            ascent_m: Some(80.0),
            ..run("w.fit", Format::Fit, late, metres, seconds)
        };
        for late in [180.0, 300.0, 600.0] {
            let seconds = 3600.0 - late;
            let rows = vec![phone(10_800.0, 3600.0), watch(late, 3.0 * seconds, seconds)];
            let (rows, merges, _) = merged(rows);
            let kept: Vec<_> = rows.iter().map(|run| run.source.as_str()).collect();
            // The one that went further has the whole run; what climbed in a part of it did not climb in all of it.
            assert_eq!((kept, rows[0].distance_m), (vec!["p.gpx"], Some(10_800.0)));
            assert_eq!((rows[0].cadence_spm, rows[0].ascent_m), (Some(172.0), None));
            assert_eq!(merges[0].start_difference_s, late);
        }
        // The same distance in fewer minutes: somebody stood about before. The richer one stays.
        check(
            vec![phone(10_000.0, 3600.0), watch(300.0, 10_000.0, 3200.0)],
            &["w.fit"],
            &["p.gpx"],
        );
    }

    #[test]
    fn what_is_in_a_longer_recording_is_not_all_of_it() {
        let long = || run("w.fit", Format::Fit, 0.0, 18_000.0, 6000.0);
        let two = |other: Run| {
            let (rows, merges, _) = merged(vec![long(), other]);
            assert_eq!((rows.len(), merges.len()), (2, 0));
        };
        // Half of it, its warm-up on a phone, all but its first quarter.
        two(run("p.gpx", Format::Gpx, 3000.0, 9_000.0, 3000.0));
        two(run("p.gpx", Format::Gpx, 130.0, 1_800.0, 900.0));
        two(run("p.gpx", Format::Gpx, 1500.0, 13_500.0, 4500.0));
        // Another speed is another runner, or another thing to do; the same watch does not record twice.
        two(run("p.gpx", Format::Gpx, 300.0, 12_000.0, 5700.0));
        two(run("p.fit", Format::Fit, 300.0, 17_100.0, 5700.0));
        // One runner after the other.
        two(run("p.gpx", Format::Gpx, 5900.0, 18_000.0, 6000.0));
    }

    #[test]
    fn an_index_in_metres_is_found_out() {
        let start = |n: usize| n as f64 * 90_000.0;
        let climbed = |run: Run, metres: f64| Run {
            ascent_m: Some(metres),
            ..run
        };
        let mut rows: Vec<Run> = Vec::new();
        for n in 0..3 {
            rows.push(climbed(
                run(&format!("{n}.fit"), Format::Fit, start(n), 10_000.0, 3000.0),
                100.0,
            ));
            rows.push(climbed(line(None, start(n), 10_000.0, 3000.0), 1.0));
        }
        rows.push(climbed(line(None, start(9), 10_000.0, 3000.0), 2.0));
        let (rows, _, codes) = merged(rows);
        assert_eq!(
            (rows[3].ascent_m, codes),
            (Some(200.0), vec![Code::TotalsDiffer])
        );
    }
}
