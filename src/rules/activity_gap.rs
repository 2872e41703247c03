//! Holes and changes in the recordings that make ratios over them unreliable.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance,
};
use crate::model::{AltitudeSource, Run};
use crate::time::{days_between, period_text, plus_days};
use crate::units::{Unit, counted, number};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The rule.
///
/// Not every one of these blocks the ratio rules. Gaps and a short history do, as days that are not covered;
/// a new device does only where devices differ by as much as the limits: cadence-below-own compares one device with itself,
/// and the climbing rules do not set GPS beside a barometer. In distance they differ far less than any limit, and a month
/// of silence after each new watch would hide more than it keeps apart.
pub const RULE: Rule = Rule {
    id: "activity-gap",
    title: "Holes and changes in the recordings",
    headline: "holes and changes in the recordings",
    why: "Ratios over a hole in the recordings look alarming for no reason, so you should know where the holes are.",
    formula: "More than 10 days in a row without a run between two runs, each alone or, when there are more than three, all \
        in one; a history shorter than 28 days; the first run with a device, or with a source of altitude, that no run \
        before had. Entries typed by hand and the names of apps are no device.",
    needs: "One run.",
    cap: Severity::Note,
    group: Group::Data,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::ABOUT_DATA,
    evidence: Evidence {
        stance: Stance::Descriptive,
        says: "In 50 youth basketball players, ignoring missing days gave 97 % more acute:chronic ratios above 2.0 than \
            filling them in. A constant 40 km a week reads as a ratio of 2.0 when the export starts 14 days ago.",
        sources: &[
            "Br J Sports Med 2021, 55 Suppl 1:A35.1 (missing data and the ratio; no DOI), bjsm.bmj.com/content/55/Suppl_1/A35.1",
        ],
    },
    limits: &[GAP_DAYS, SINGLE_GAPS, RHYTHM_SHARE, MINIMUM_HISTORY_DAYS],
    ordered: &[],
    rests_on: &[],
    seed: "None: missing recordings distort every ratio, which the articles do not mention.",
    message: "No runs recorded 3–19 May 2025 (17 days): load figures around it are left out.",
    check: Check::Data(check),
};

/// Longest stretch of days without a run that still counts as covered, as for `Day::covered`.
const GAP_DAYS: Limit = Limit {
    key: "gap_days",
    value: crate::frames::GAP_DAYS as f64,
    change: Change::Fixed("every table counts a day as covered by the same ten days"),
    why: "Ten days off happen in ordinary training; beyond that a lost recording is as likely as rest.",
};
const SINGLE_GAPS: Limit = Limit {
    key: "single_gaps",
    value: 3.0,
    change: Change::Whole(0.0, 100.0),
    why: "Up to three are holidays or colds, each worth its date; more are better said once.",
};
const RHYTHM_SHARE: Limit = Limit {
    key: "rhythm_share",
    value: 0.25,
    change: Change::Within(0.0, 1.0),
    why: "With a quarter of all days in such pauses few months are whole, so pausing is the rhythm and not the exception.",
};
const MINIMUM_HISTORY_DAYS: Limit = Limit {
    key: "minimum_history_days",
    value: 28.0,
    change: Change::Whole(7.0, 366.0),
    why: "The ratios compare with four weeks.",
};

/// First and last day of a stretch without a run.
type Gap = (NaiveDate, NaiveDate);

/// Every stretch of more than `longest_days` days without a run between two runs.
fn gaps(runs: &[Run], longest_days: f64) -> Vec<Gap> {
    let all = runs.windows(2).map(between);
    all.filter(|gap| days_of(*gap) as f64 > longest_days)
        .collect()
}

/// From the day after the first run of the pair to the day before the second.
fn between(pair: &[Run]) -> Gap {
    (
        plus_days(pair[0].local_date(), 1),
        plus_days(pair[1].local_date(), -1),
    )
}

/// How many days the stretch has, both ends counted.
fn days_of((from, to): Gap) -> i64 {
    days_between(from, to) + 1
}

fn check(ctx: &Context) -> Vec<Outcome> {
    let runs = &ctx.history.runs;
    if runs.is_empty() {
        return vec![Outcome::NotJudged("no runs".to_string())];
    }
    let mut found = pauses(ctx, &gaps(runs, ctx.limit(GAP_DAYS)));
    found.extend(short_history(ctx));
    found.extend(changes(runs));
    found.sort_by_key(|finding| finding.from);
    if found.is_empty() {
        vec![Outcome::Clear]
    } else {
        found.into_iter().map(Outcome::Flagged).collect()
    }
}

/// A finding for each gap, or one for all when they are many.
fn pauses(ctx: &Context, gaps: &[Gap]) -> Vec<Finding> {
    if gaps.len() as f64 > ctx.limit(SINGLE_GAPS) {
        many_gaps(ctx, gaps).into_iter().collect()
    } else {
        gaps.iter().map(|gap| one_gap(ctx, *gap)).collect()
    }
}

fn one_gap(ctx: &Context, gap: Gap) -> Finding {
    let (from, to) = gap;
    Finding {
        observed: Some(days_of(gap) as f64),
        limit: Some(ctx.limit(GAP_DAYS)),
        unit: Unit::Days,
        tells_days: true,
        ..note(from, to, gap_message(gap))
    }
}

fn gap_message((from, to): Gap) -> String {
    format!(
        "No runs recorded {} ({}): load figures around it are left out.",
        period_text(from, to),
        counted(days_of((from, to)) as usize, "day", "days")
    )
}

/// One finding over all gaps; the longest of them, the latest of equals, is named. None without gaps.
fn many_gaps(ctx: &Context, gaps: &[Gap]) -> Option<Finding> {
    let (first, last) = (gaps.first()?.0, gaps.last()?.1);
    let longest = *gaps.iter().max_by_key(|gap| days_of(**gap))?;
    let message = format!(
        "You paused for more than {} days {} times; the longest was {} ({} days). {}",
        number(ctx.limit(GAP_DAYS), 0),
        gaps.len(),
        period_text(longest.0, longest.1),
        days_of(longest),
        consequence(ctx, gaps)
    );
    Some(Finding {
        observed: Some(days_of(longest) as f64),
        limit: Some(ctx.limit(GAP_DAYS)),
        unit: Unit::Days,
        ..note(first, last, message)
    })
}

fn consequence(ctx: &Context, gaps: &[Gap]) -> &'static str {
    let in_gaps = gaps.iter().map(|gap| days_of(*gap)).sum::<i64>() as f64;
    match in_gaps >= ctx.limit(RHYTHM_SHARE) * recorded_days(&ctx.history.runs) as f64 {
        true => "Comparisons of weeks and months do not suit such a rhythm.",
        false => "Load figures around them are left out.",
    }
}

/// Days from the first run to the last.
fn recorded_days(runs: &[Run]) -> i64 {
    let ends = runs.first().zip(runs.last());
    ends.map_or(0, |(first, last)| {
        days_of((first.local_date(), last.local_date()))
    })
}

/// A finding when first run and report day are less than four weeks apart.
fn short_history(ctx: &Context) -> Option<Finding> {
    let runs = &ctx.history.runs;
    let (first, last) = (runs.first()?.local_date(), runs.last()?.local_date());
    let to = ctx.history.as_of.max(last);
    let (days, limit) = (days_of((first, to)), ctx.limit(MINIMUM_HISTORY_DAYS));
    let message = format!(
        "The recordings hold {} so far. What needs a month to compare with is left out.",
        counted(days as usize, "day", "days")
    );
    ((days as f64) < limit).then(|| Finding {
        observed: Some(days as f64),
        limit: Some(limit),
        unit: Unit::Days,
        ..note(first, to, message)
    })
}

/// One note for each run with a device or a source of altitude that no run before had, apart from the first of each.
/// Entries typed by hand, which hold no records, measured nothing.
fn changes(runs: &[Run]) -> Vec<Finding> {
    let (mut devices, mut sources) = (Seen::default(), Seen::default());
    let measured = runs.iter().filter(|run| run.records > 0);
    let changed = measured.filter_map(|run| {
        let device = device(run).and_then(|name| devices.change(name));
        let source = run.altitude_source.and_then(altitude_text);
        let source = source.and_then(|text| sources.change(text));
        let date = run.local_date();
        Some(Finding {
            run_ids: vec![run.run_id.clone()],
            ..note(date, date, change_message(device, source)?)
        })
    });
    changed.collect()
}

/// What recorded the run.
fn device(run: &Run) -> Option<&str> {
    let device = run.device.as_deref();
    device.filter(|name| !is_service(name))
}

/// The values there were so far.
#[derive(Default)]
struct Seen<'a> {
    all: BTreeSet<&'a str>,
    latest: Option<&'a str>,
}

/// A new value and the one before it.
type NewValue<'a> = (&'a str, &'a str);

impl<'a> Seen<'a> {
    /// Takes a value in; it and the one before when it is new and not the first.
    fn change(&mut self, value: &'a str) -> Option<NewValue<'a>> {
        let is_new = self.all.insert(value);
        let before = self.latest.replace(value)?;
        is_new.then_some((value, before))
    }
}

/// Whether the name is that of an app or a service that files pass through, which says nothing about what measured.
fn is_service(device: &str) -> bool {
    let lower = device.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| SERVICES.contains(&word) || word.starts_with("strava"))
}

/// Words in what Garmin Connect, Strava (`StravaGPX`), converters and other apps write in place of a device.
const SERVICES: [&str; 5] = ["connect", "app", "gpsbabel", "gotoes", "development"];

/// None when nothing changed.
fn change_message(device: Option<NewValue>, source: Option<NewValue>) -> Option<String> {
    match (device, source) {
        (None, None) => None,
        (Some((device, before)), None) => Some(format!(
            "First run recorded with {device} (before: {before}). {LIGHTLY}"
        )),
        (Some(device), Some(source)) => Some(both_message(device, source)),
        (None, Some(source)) => Some(source_message(source)),
    }
}

const LIGHTLY: &str = "Devices count steps, distance and climbing a little differently, so take comparisons across this \
                       change lightly.";

fn both_message((device, before): NewValue, (source, source_before): NewValue) -> String {
    let apart = match [source, source_before].contains(&GPS) {
        true => " Climbing is not compared across this change.",
        false => "",
    };
    format!(
        "First run recorded with {device} (before: {before}), and the first whose climbing comes from {source} \
        (before: {source_before}). {LIGHTLY}{apart}"
    )
}

fn source_message((source, before): NewValue) -> String {
    let consequence = match [source, before].contains(&GPS) {
        true => "The two do not count alike, so climbing is not compared across this change.",
        false => {
            "The two do not count alike, so take comparisons of climbing across this change lightly."
        }
    };
    format!("First run whose climbing comes from {source} (before: {before}). {consequence}")
}

/// How GPS altitude is called.
const GPS: &str = "GPS altitude";

/// How a source is called; an indoor run says nothing about how climbing is measured.
fn altitude_text(source: AltitudeSource) -> Option<&'static str> {
    match source {
        AltitudeSource::Device => Some("the device's own total"),
        AltitudeSource::Index => Some("the account's own total"),
        AltitudeSource::Barometer => Some("the barometer"),
        AltitudeSource::Smooth => Some("a smooth altitude"),
        AltitudeSource::Gps => Some(GPS),
        AltitudeSource::Indoor => None,
    }
}

fn note(from: NaiveDate, to: NaiveDate, message: String) -> Finding {
    Finding {
        message,
        tells_days: false,
        ..Finding::on(&RULE, Severity::Note, from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{calendar, day, findings, history, is_not_judged, judge, log, run};

    #[test]
    fn gaps_at_the_limit_and_just_over() {
        // Days 1–10 are ten days without a run, days 1–11 eleven.
        for (next, expected) in [(11, vec![]), (12, vec![(day(1), day(11))])] {
            let runs = [run(0, 5.0), run(next, 5.0)];
            assert_eq!(gaps(&runs, GAP_DAYS.value), expected, "{next}");
        }
    }

    #[test]
    fn a_short_history_at_the_limit_and_just_under() {
        for (last, flagged) in [(27, 0), (26, 1)] {
            let runs = [0, 9, 18, last].map(|n| run(n, 5.0)).to_vec();
            assert_eq!(findings(&RULE, &history(runs)).len(), flagged, "{last}");
        }
        let quiet = calendar(vec![run(0, 5.0)], &log(vec![]), day(27));
        assert_eq!(judge(&RULE, &quiet, &log(vec![])), [Outcome::Clear]);
    }

    #[test]
    fn too_little_data() {
        assert!(is_not_judged(&RULE, &history(vec![])));
    }

    #[test]
    fn a_new_device_and_a_new_altitude_source_are_said_once() {
        let on = |n: i64, device: Option<&str>, source| Run {
            device: device.map(str::to_string),
            altitude_source: source,
            ..run(n, 5.0)
        };
        let (baro, gps) = (Some(AltitudeSource::Barometer), Some(AltitudeSource::Gps));
        let runs = vec![
            on(0, Some("fr55"), baro),
            on(9, None, None),
            on(18, Some("phone"), gps),
            on(27, Some("fr55"), baro),
            on(36, Some("phone"), gps),
        ];
        let found = findings(&RULE, &history(runs));
        assert_eq!(
            found
                .iter()
                .map(|f| (f.from, f.run_ids.as_slice()))
                .collect::<Vec<_>>(),
            [(day(18), ["run-18".to_string()].as_slice())]
        );
        assert_eq!(
            found[0].text(),
            "First run recorded with phone (before: fr55), and the first whose climbing comes from GPS altitude (before: \
            the barometer). Devices count steps, distance and climbing a little differently, so take comparisons across \
            this change lightly. Climbing is not compared across this change."
        );
    }

    #[test]
    fn climbing_is_set_apart_only_where_gps_is_one_of_the_sources() {
        let message = |sources: [AltitudeSource; 2]| {
            let runs = [
                (0, sources[0]),
                (9, AltitudeSource::Indoor),
                (18, sources[1]),
                (27, sources[1]),
            ];
            let runs = runs.map(|(n, source)| Run {
                altitude_source: Some(source),
                ..run(n, 5.0)
            });
            let found = findings(&RULE, &history(runs.to_vec()));
            assert_eq!(found.len(), 1, "{sources:?}");
            found[0].text()
        };
        use AltitudeSource::{Barometer, Device, Gps};
        assert_eq!(
            message([Barometer, Device]),
            "First run whose climbing comes from the device's own total (before: the barometer). The two do not count \
            alike, so take comparisons of climbing across this change lightly."
        );
        for sources in [[Barometer, Gps], [Gps, Device]] {
            assert!(
                message(sources)
                    .ends_with("alike, so climbing is not compared across this change."),
                "{sources:?}"
            );
        }
    }

    #[test]
    fn typed_entries_and_apps_are_no_device() {
        for (device, records, expected) in [
            ("polar v800", 100, 1),
            ("polar v800", 0, 0),
            ("garmin connect", 100, 0),
            ("Garmin Connect", 100, 0),
            ("StravaGPX", 100, 0),
            ("StravaGPX iPhone", 100, 0),
            ("COROS app", 100, 0),
            ("apple watch", 100, 1),
            ("Connector 2", 100, 1),
        ] {
            let other = Run {
                device: Some(device.to_string()),
                records,
                ..run(9, 5.0)
            };
            let found = findings(
                &RULE,
                &history(vec![run(0, 5.0), other, run(18, 5.0), run(28, 5.0)]),
            );
            assert_eq!(found.len(), expected, "{device}, {records} records");
        }
        let typed = Run {
            altitude_source: Some(AltitudeSource::Device),
            records: 0,
            ..run(9, 5.0)
        };
        assert_eq!(
            findings(
                &RULE,
                &history(vec![run(0, 5.0), typed, run(18, 5.0), run(28, 5.0)])
            ),
            []
        );
    }

    #[test]
    fn many_gaps_are_one_finding() {
        // Runs 12 days apart: 11 days without a run between them.
        let twice_a_month = |runs: i64| (0..runs).map(|n| run(12 * n, 8.0)).collect::<Vec<_>>();
        assert_eq!(findings(&RULE, &history(twice_a_month(4))).len(), 3);
        let found = findings(
            &RULE,
            &history(twice_a_month(5).into_iter().chain([run(62, 8.0)]).collect()),
        );
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].from, found[0].to, found[0].observed),
            (day(1), day(61), Some(13.0))
        );
        // Days 49–61 after 6 Jan 2025 are 24 Feb – 8 Mar.
        assert_eq!(
            found[0].text(),
            "You paused for more than 10 days 5 times; the longest was 24 Feb – 8 Mar 2025 (13 days). Comparisons of \
            weeks and months do not suit such a rhythm."
        );
    }

    #[test]
    fn a_few_gaps_in_a_long_history_are_no_rhythm() {
        // A run every other day for two years, but for four gaps of 11 days.
        let is_off = |n: i64| {
            [100, 200, 300, 400]
                .iter()
                .any(|gap| (gap + 1..gap + 12).contains(&n))
        };
        let runs = (0..730)
            .filter(|n| n % 2 == 0 && !is_off(*n))
            .map(|n| run(n, 8.0))
            .collect();
        let found = findings(&RULE, &history(runs));
        assert_eq!(found.len(), 1);
        assert!(
            found[0]
                .text()
                .ends_with("(11 days). Load figures around them are left out."),
            "{}",
            found[0].text()
        );
    }

    #[test]
    fn a_quarter_of_all_days_is_a_rhythm() {
        // Four gaps of 11 days are 44 days: a quarter of the 176 days up to day 175, and less of 177.
        let is_off = |n: i64| {
            [10, 40, 70, 100]
                .iter()
                .any(|gap| (gap + 1..gap + 12).contains(&n))
        };
        for (last, rhythm) in [(175, true), (176, false)] {
            let runs = (0..=last)
                .filter(|n| !is_off(*n))
                .map(|n| run(n, 8.0))
                .collect();
            let found = findings(&RULE, &history(runs));
            assert_eq!(found.len(), 1);
            assert_eq!(
                found[0].text().contains("do not suit such a rhythm"),
                rhythm,
                "{}",
                found[0].text()
            );
        }
    }

    #[test]
    fn the_message_has_the_dates() {
        // Day 116 is 2 May 2025, day 134 is 20 May.
        let found = findings(
            &RULE,
            &history([107, 116, 134, 144].map(|n| run(n, 5.0)).to_vec()),
        );
        assert_eq!(
            found.iter().map(|f| f.text()).collect::<Vec<_>>(),
            [RULE.message]
        );
    }
}
