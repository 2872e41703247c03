//! A planted link of yesterday's distance and pain, and none.

use crate::{
    each,
    random::Random,
    study::{self, DAYS},
    table::{Share, table},
};
use niggle::{
    associate::{
        Exposure,
        cohort::{cohort, runner},
    },
    pain::Site,
};

/// Where pain lies without a link, so that it is seldom cut at 0 or 10.
const LEVEL: f64 = 4.5;
/// Day-to-day correlation of pain, and its standard deviation.
const PHI: f64 = 0.8;
const SD: f64 = 1.1;
/// The chance that a day is free of pain whatever was run: a log without such days is not tested.
const FREE: f64 = 0.12;
const ALPHA: f64 = 0.05;

/// Who takes part, and points of pain for 10 km of the day before.
const ROWS: &[(usize, f64)] = &[(8, 0.0), (20, 0.0), (8, 0.25), (20, 0.25), (20, 0.5)];

/// What the pooled test says of yesterday's distance and pain at any place.
struct Tested {
    p: f64,
    slope: f64,
    interval: Option<(f64, f64)>,
    flagged: bool,
    /// Any pair of the family is flagged.
    any: bool,
}

/// The table.
pub fn section(studies: u32) -> String {
    let row = |(runners, link): &(usize, f64)| {
        let name = format!("{runners} runners, {link} points");
        let all = each(studies, &name, |random| tested(random, *runners, *link));
        let found: Vec<Tested> = all.into_iter().flatten().collect();
        let planted = (1.0 - FREE) * link / 10_000.0;
        let holds = |one: &&Tested| {
            one.interval
                .is_some_and(|(low, high)| low <= planted && planted <= high)
        };
        let mean = found.iter().map(|one| one.slope).sum::<f64>() / found.len() as f64;
        vec![
            name,
            format!("{:.3} of {:.3}", mean * 10_000.0, planted * 10_000.0),
            Share::of(&found, holds).with_error(),
            Share::of(&found, |one| one.p <= ALPHA).with_error(),
            Share::of(&found, |one| one.flagged).with_error(),
            Share::of(&found, |one| one.any).with_error(),
        ]
    };
    let table = table(
        &[
            "study; points by 10 km",
            "mean slope of the planted",
            "interval holds it",
            "p ≤ 0.05",
            "flagged",
            "any of the four pairs flagged",
        ],
        ROWS.iter().map(row),
    );
    format!(
        "## Load and pain\n\nPlanted are so many points of pain for 10 km of the day before, on pain that remembers the day before by itself \
         (day-to-day correlation {PHI}); {:.0} % of the days are free of pain whatever was run, so that the slope is the smaller by as much. Without a link p ≤ 0.05 and flags are false alarms; with one they are power.\n\n{table}",
        100.0 * FREE
    )
}

fn tested(random: &mut Random, runners: usize, link: f64) -> Option<Tested> {
    let one = |number| {
        let km = study::kilometres(random);
        let pain = pain(random, &km, link);
        let rows = (0..DAYS).map(|day| study::row(day, Some((Site::Knee, pain[day]))));
        let (history, pain) = study::read(&km, rows.collect());
        runner(&format!("runner {number:02}"), &history, &pain)
    };
    let all = (0..runners).map(one).collect();
    let found = cohort(all, Vec::new(), Vec::new());
    let is_it = |exposure, pain| exposure == Exposure::Distance1 && pain == "any_place";
    let pair = found
        .pairs
        .iter()
        .find(|pair| is_it(pair.exposure, pair.pain))?;
    Some(Tested {
        p: pair.p?,
        slope: pair.slope_per_m?,
        interval: pair.slope_ci_low.zip(pair.slope_ci_high),
        flagged: pair.flagged,
        any: found.pairs.iter().any(|pair| pair.flagged),
    })
}

/// Ratings with a decimal, as some scales have it: cut and rounded more coarsely no slope is the planted one.
fn pain(random: &mut Random, km: &[f64], link: f64) -> Vec<f64> {
    let mut own = SD * random.normal();
    let mut one = |day: usize| {
        own = PHI * own + SD * (1.0 - PHI * PHI).sqrt() * random.normal();
        let before = day.checked_sub(1).map_or(0.0, |before| km[before]);
        if random.uniform() < FREE {
            return 0.0;
        }
        let pain = LEVEL + own + link * before / 10.0;
        (pain.clamp(0.0, 10.0) * 10.0).round() / 10.0
    };
    (0..km.len()).map(&mut one).collect()
}
