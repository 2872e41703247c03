//! The families beside the main tests, of runners whose cadence, hills, hard minutes, sleep and shoes know nothing of their pain.

use crate::{
    look::{ALPHA, each_kept, simulated},
    scenarios::named,
    table::{Share, table},
};
use niggle::associate::{
    self,
    claims::{Answer, Answered},
};
use serde::{Deserialize, Serialize};

/// Scenarios and days of the log. Weeks are tested from half a year on.
const ASKED: [(&str, usize); 9] = [
    ("a", 168),
    ("a", 365),
    ("a", 730),
    ("a-waves", 365),
    ("b", 365),
    ("f-rest", 365),
    ("c-block", 365),
    ("e", 365),
    ("m", 365),
];

/// The p and q of one family.
type Tests = Vec<[f64; 2]>;

/// Of one runner: days, weeks, claims, and whether any claim is answered with yes.
#[derive(Serialize, Deserialize)]
struct Found {
    families: [Tests; 3],
    says_yes: bool,
}

/// The table; each cell is told as it is made.
pub fn section(runners: u32, told: impl Fn(&str)) -> String {
    let headings = [
        "scenario",
        "days",
        "runners",
        "measures of days: p ≤ .05, of tests",
        "any q ≤ .05, of runners",
        "weeks: p ≤ .05, of tests",
        "any q ≤ .05, of runners",
        "claims: p ≤ .05, of tests",
        "any q ≤ .05, of runners",
        "a claim answered with yes, of runners",
    ];
    let row = |(name, days): &(&str, usize)| {
        told(name);
        let found = each_kept(runners, ("wider", name), *days, |seed| {
            found(name, *days, seed)
        });
        let families = (0..3)
            .flat_map(|family| shares(&found, family))
            .map(Share::text);
        let yes = Share::of(&found, |found| found.says_yes).text();
        let head = [name.to_string(), days.to_string(), runners.to_string()];
        head.into_iter().chain(families).chain([yes]).collect()
    };
    table(&headings, ASKED.iter().map(row))
}

/// Of the tests p ≤ 0.05, and of the runners with a test any q ≤ 0.05.
fn shares(found: &[Found], family: usize) -> [Share; 2] {
    let tested = found.iter().map(|found| &found.families[family]);
    let tested = tested.filter(|tests| !tests.is_empty());
    let tests: Tests = tested.clone().flatten().copied().collect();
    [
        Share::of(tests, |[p, _]| *p <= ALPHA),
        Share::of(tested, |tests| tests.iter().any(|[_, q]| *q <= 0.05)),
    ]
}

fn found(name: &str, days: usize, seed: u64) -> Found {
    let (_, files) = simulated(&named(name), days, seed);
    let wider = associate::wider(&files.history, &files.pain);
    let of = |p: Option<f64>, q: Option<f64>| Some([p?, q?]);
    let cells = [wider.secondary.cells, wider.weekly.cells];
    let [days, weeks] =
        cells.map(|cells| cells.iter().filter_map(|cell| of(cell.p, cell.q)).collect());
    let claims = wider.claims.iter();
    let is_yes = |one: &Answered| one.answer == Answer::Yes;
    Found {
        says_yes: wider.claims.iter().any(is_yes),
        families: [
            days,
            weeks,
            claims.filter_map(|one| of(one.p, one.q)).collect(),
        ],
    }
}
