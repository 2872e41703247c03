//! `sample_data/README.md`, whose figures come from the plan.

use super::{
    pain::{Log, monday},
    plan::{Kind, Planned, Storage, WEEKS, date},
};
use chrono::{NaiveDate, TimeDelta};

/// The page.
pub fn text(plan: &[Planned], log: &Log) -> String {
    let mut page = INTRODUCTION.to_string();
    page += &contents(plan, log);
    page +=
        "\n## What is planted\n\nEach row is far enough from the others to be seen by itself.\n\n";
    page += "| when | what | for |\n|---|---|---|\n";
    for (when, what, rule) in load_events(plan)
        .into_iter()
        .chain(pain_events())
        .chain(odd_files(plan))
    {
        page += &format!("| {when} | {what} | {rule} |\n");
    }
    page += &format!(
        "\nThe left kneecap hurts on {} logged days. Its score depends a little on the descent and the distance of the \
         three days before and a lot on chance, so that `load-pain-link` has something true and modest to find.\n",
        log.kneecap_days()
    );
    page
}

type Event = (String, String, &'static str);

const INTRODUCTION: &str = "# Sample data

An invented runner's forty weeks. **The runner, the place, the watch's serial number, the pains and the notes are all
made up**, by `examples/make_sample_data`. The island of these runs does not exist: its positions lie in the open
Atlantic near 0.5° N 30° W (the trip's in the open Pacific near 5° S 95° W), though its clock is Central European.

To make it again (the bytes are the same each time, and a test compares them):

```sh
cargo run --example make_sample_data
```

This page is written by the example too.

## What is in it

";

fn contents(plan: &[Planned], log: &Log) -> String {
    let runs = plan.iter().filter(|p| p.kind.is_run()).count();
    let copies = plan
        .iter()
        .filter(|p| p.storage == Storage::FitAndGpx)
        .count();
    let other: Vec<&Planned> = plan.iter().filter(|p| !is_fit(p.storage)).collect();
    let kilometres: f64 = plan
        .iter()
        .filter(|p| p.kind.is_run())
        .map(|p| p.distance_m / 1000.0)
        .sum();
    format!(
        "- `DI_CONNECT/DI-Connect-Uploaded-Files/`: FIT files, as in a Garmin account export, two of them no activity \
         (settings, step counts).\n\
         - `other/`: {} activities that exist only as GPX or TCX from a phone, and {copies} GPX copy of a FIT file.\n\
         - `pain_log.csv`: the pain log. {} of {} days have a score; most of them say that nothing hurts.\n\n\
         {} recordings of {} activities ({runs} runs, {:.0} km), {} to {}. Resting heart rate 52, highest 188.\n",
        other.len(),
        log.days_logged(),
        7 * WEEKS,
        plan.len() + copies,
        plan.len(),
        kilometres,
        plan[0].date,
        plan[plan.len() - 1].date,
    )
}

fn is_fit(storage: Storage) -> bool {
    matches!(
        storage,
        Storage::Fit | Storage::FitGz | Storage::FitCutShort | Storage::FitAndGpx
    )
}

fn load_events(plan: &[Planned]) -> Vec<Event> {
    let jump = date("2025-03-03");
    let base =
        before(plan, jump, |p| p.distance_m)
            .max(week(plan, jump - TimeDelta::days(7), |p| p.distance_m));
    let rise = 100.0 * (week(plan, jump, |p| p.distance_m) / base - 1.0);
    let spike = plan
        .iter()
        .find(|p| p.date == date("2025-04-13"))
        .map_or(0.0, |p| p.distance_m);
    let recent = longest_before(plan, date("2025-04-13"));
    let climb = week(plan, date("2025-04-28"), |p| p.ascent_m);
    let usual = before(plan, date("2025-04-28"), |p| p.ascent_m);
    let event = |when: &str, what: String, rule| (when.to_string(), what, rule);
    vec![
        event(
            "3–9 Mar",
            format!(
                "five runs, {:.1} km: {rise:.0} % over the weeks before",
                week(plan, jump, |p| p.distance_m) / 1000.0
            ),
            "weekly-distance-jump",
        ),
        event(
            "17 Mar – 6 Apr",
            "step rate 5–6 % lower at the same speeds".into(),
            "cadence-below-own",
        ),
        event(
            "13 Apr",
            format!(
                "{:.1} km, {:.0} % longer than any run of the 30 days before",
                spike / 1000.0,
                100.0 * (spike / recent - 1.0)
            ),
            "single-run-spike",
        ),
        event(
            "28 Apr – 4 May",
            format!(
                "{climb:.0} m of climbing, {:.1} times the usual {usual:.0} m (three runs up, back by bus)",
                climb / usual
            ),
            "ascent-spike",
        ),
        event(
            "26 May – 6 Jun",
            "12 days without a recording (holiday)".into(),
            "activity-gap",
        ),
        event(
            "9 Jun – 3 Aug",
            "eight weeks that grow without a lighter one".into(),
            "no-deload",
        ),
        event(
            "10 Aug",
            format!("downhill race: {:.0} m of descent", downhill(plan)),
            "descent-spike",
        ),
    ]
}

fn downhill(plan: &[Planned]) -> f64 {
    plan.iter()
        .find(|p| p.kind == Kind::Race)
        .map_or(0.0, |p| p.descent_m)
}

fn pain_events() -> Vec<Event> {
    [
        (
            "3–7 May",
            "left calf 3–4 after the hill road, settling",
            "ascent-spike with calf pain",
        ),
        (
            "11–14 Aug",
            "both thighs sore and stiff, next day, worst on the second, gone on the fifth",
            "soreness-fits-doms",
        ),
        (
            "21 Sep – 12 Oct",
            "right shin: an ache over an area, then sharp, then one spot; runs cut short",
            "pain-during-run, pain-rising, pain-over-a-week, pain-outside-doms, time-loss",
        ),
        (
            "5–12 Oct",
            "one spot on the shin, worse with movement; 8 and 10 Oct at night",
            "the red-flag table (bone spot, night pain)",
        ),
        (
            "28 Sep, 5 and 12 Oct",
            "weekly OSTRC answers",
            "ostrc-substantial (12 Oct)",
        ),
        ("8 Oct", "a painkiller", "row kept out of \"settled\""),
        ("22 Feb", "a row without a score", "unknown, not zero"),
        ("18 Jun", "a score of 11", "a row that cannot be used"),
        ("6 May, 6 Oct", "notes with \"no swelling\"", "not a sign"),
    ]
    .into_iter()
    .map(|(when, what, rule)| (when.to_string(), what.to_string(), rule))
    .collect()
}

fn odd_files(plan: &[Planned]) -> Vec<Event> {
    plan.iter()
        .filter_map(|p| {
            let (what, rule) = oddity(p)?;
            Some((p.date.format("%-d %b").to_string(), what.to_string(), rule))
        })
        .collect()
}

fn oddity(planned: &Planned) -> Option<(&'static str, &'static str)> {
    Some(match (planned.kind, planned.storage) {
        (Kind::Treadmill, _) => (
            "treadmill: no positions, no altitude",
            "distance from the watch",
        ),
        (Kind::Manual, _) => (
            "typed in by hand: distance and time only",
            "a run without samples",
        ),
        (Kind::Ride, _) => ("bicycle", "another sport, no run"),
        (_, Storage::FitCutShort) => ("the file ends at 60 %", "a cut file: what is whole is kept"),
        (_, Storage::FitAndGpx) => ("one run as FIT and GPX", "counted once"),
        _ if planned.start_minute > 23 * 60 => (
            "starts 23:30 at UTC−5 and ends after midnight",
            "the local day",
        ),
        _ => return None,
    })
}

/// Sum over the runs of the week that starts on this Monday.
fn week(plan: &[Planned], start: NaiveDate, value: impl Fn(&Planned) -> f64) -> f64 {
    plan.iter()
        .filter(|p| p.kind.is_run() && monday(p.date) == start)
        .map(value)
        .sum()
}

/// Mean of the four weeks before.
fn before(plan: &[Planned], start: NaiveDate, value: impl Fn(&Planned) -> f64 + Copy) -> f64 {
    (1..=4)
        .map(|back| week(plan, start - TimeDelta::weeks(back), value))
        .sum::<f64>()
        / 4.0
}

fn longest_before(plan: &[Planned], day: NaiveDate) -> f64 {
    let recent = |p: &&Planned| p.kind.is_run() && (1..=30).contains(&(day - p.date).num_days());
    plan.iter()
        .filter(recent)
        .map(|p| p.distance_m)
        .fold(0.0, f64::max)
}
