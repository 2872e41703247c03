//! The invented runner's pain log: three stories told row by row, and between them days that are mostly fine.

use super::{
    noise::{Noise, Wander},
    plan::{Kind, Planned, WEEKS, date, first_day},
};
use chrono::{Datelike, NaiveDate, TimeDelta};
use std::collections::BTreeMap;

/// The columns, in the order of the file.
const HEADER: [&str; 21] = [
    "date",
    "moment",
    "site",
    "side",
    "pain",
    "type",
    "spread",
    "onset",
    "movement",
    "function",
    "signs",
    "sleep_h",
    "sleep_quality",
    "rpe",
    "shoe",
    "painkiller",
    "ostrc_q1",
    "ostrc_q2",
    "ostrc_q3",
    "ostrc_q4",
    "notes",
];

/// Date; moment to signs; sleep to painkiller; the four OSTRC answers; note.
type Told = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// Days whose rows are told rather than drawn.
const STORY: &[Told] = &[
    // Rows that a reader must cope with.
    (
        "2025-02-22",
        "rest,lower_back,both,,tight,general,,,none,",
        "7.4,,,,",
        ",,,",
        "not rated, just tight from sitting",
    ),
    (
        "2025-06-18",
        "after,kneecap,left,11,ache,area,,,none,",
        ",,,,",
        ",,,",
        "meant 1",
    ),
    // The calf after a week on the hill road.
    ("2025-05-02", "evening,none,,0,,,,,,", "7.6,4,,,", ",,,", ""),
    (
        "2025-05-03",
        "evening,calf,left,3,tight;sore,area,after,better,none,",
        "7.2,,7,Blue Daily,no",
        ",,,",
        "third time up the hill road this week",
    ),
    (
        "2025-05-04",
        "morning,calf,left,4,sore;stiff,area,,better,none,",
        "7.0,3,,,no",
        ",,,",
        "first steps were stiff; fine once warm",
    ),
    (
        "2025-05-05",
        "morning,calf,left,3,sore,area,,better,none,",
        "7.4,,,,no",
        ",,,",
        "",
    ),
    (
        "2025-05-06",
        "after,calf,left,2,tight,area,,better,none,",
        "7.5,,3,Blue Daily,no",
        ",,,",
        "no swelling, just tight",
    ),
    (
        "2025-05-07",
        "morning,calf,left,1,tight,area,,better,none,",
        "7.8,4,,,",
        ",,,",
        "nearly gone",
    ),
    (
        "2025-05-08",
        "evening,none,,0,,,,,,",
        "7.5,,6,Blue Daily,",
        ",,,",
        "",
    ),
    (
        "2025-05-09",
        "evening,none,,0,,,,,,",
        "7.7,,,,",
        ",,,",
        "bike instead of a run",
    ),
    // Thighs after the downhill race.
    (
        "2025-08-09",
        "evening,none,,0,,,,,,",
        "8.0,4,,,",
        ",,,",
        "early to bed before the race",
    ),
    (
        "2025-08-10",
        "evening,none,,0,,,,,,",
        "6.8,,9,Red Tempo,",
        ",,,",
        "downhill race: new best; legs still fine tonight",
    ),
    (
        "2025-08-11",
        "morning,quad,both,4,sore;stiff,general,next_day,better,none,",
        "7.9,4,,,no",
        ",,,",
        "stairs backwards",
    ),
    (
        "2025-08-12",
        "morning,quad,both,5,sore;stiff,general,,better,none,",
        "7.6,,,,no",
        ",,,",
        "worst today; both thighs",
    ),
    (
        "2025-08-13",
        "morning,quad,both,3,sore,general,,better,none,",
        "7.5,,,,no",
        ",,,",
        "",
    ),
    (
        "2025-08-14",
        "after,quad,both,1,sore,general,,better,none,",
        "7.7,,3,Green Daily,no",
        ",,,",
        "easy run loosened it",
    ),
    (
        "2025-08-15",
        "evening,none,,0,,,,,,",
        "7.4,,,,",
        ",,,",
        "gone",
    ),
    (
        "2025-08-16",
        "evening,none,,0,,,,,,",
        "7.6,4,3,Green Daily,",
        ",,,",
        "",
    ),
    // The shin.
    ("2025-09-19", "evening,none,,0,,,,,,", "7.3,,,,", ",,,", ""),
    (
        "2025-09-20",
        "evening,none,,0,,,,,,",
        "7.5,4,3,Green Daily,",
        ",,,",
        "",
    ),
    (
        "2025-09-21",
        "evening,shin,right,1,dull;ache,area,after,better,none,",
        "7.6,,5,Green Daily,no",
        ",,,",
        "inner side; only noticed on the sofa",
    ),
    ("2025-09-22", "evening,none,,0,,,,,,", "7.4,,,,", ",,,", ""),
    (
        "2025-09-23",
        "after,shin,right,2,ache,area,during,same,none,",
        "7.2,,3,Green Daily,no",
        ",,,",
        "came on after 5 km and was gone by dinner",
    ),
    ("2025-09-24", "evening,none,,0,,,,,,", "7.5,4,,,", ",,,", ""),
    (
        "2025-09-25",
        "during,shin,right,2,ache,area,during,same,none,",
        "7.1,,7,Red Tempo,no",
        ",,,",
        "there from the first fast kilometre",
    ),
    (
        "2025-09-26",
        "morning,shin,right,1,ache,area,,same,none,",
        "7.3,,,,no",
        ",,,",
        "",
    ),
    (
        "2025-09-27",
        "during,shin,right,3,ache,area,during,worse,none,",
        "7.0,,3,Green Daily,no",
        ",,,",
        "earlier in the run than on Thursday",
    ),
    (
        "2025-09-28",
        "during,shin,right,4,ache,area,during,worse,changed_form,",
        "7.2,3,6,Green Daily,no",
        ",,,",
        "long run; short steps for the last 3 km",
    ),
    (
        "2025-09-28",
        "evening,shin,right,3,ache,area,,,none,",
        ",,,,",
        "8,8,0,8",
        "weekly questions",
    ),
    (
        "2025-09-29",
        "morning,shin,right,2,ache,area,,worse,none,",
        "6.9,,,,no",
        ",,,",
        "",
    ),
    (
        "2025-09-30",
        "during,shin,right,4,ache;sharp,area,during,worse,changed_form,",
        "7.0,,4,Green Daily,no",
        ",,,",
        "sharper when I push off",
    ),
    (
        "2025-10-01",
        "day,shin,right,3,ache,area,,worse,none,",
        "7.1,,,,no",
        ",,,",
        "feel it on stairs",
    ),
    (
        "2025-10-02",
        "during,shin,right,5,sharp,area,during,worse,changed_form,",
        "6.8,3,4,Green Daily,no",
        ",,,",
        "left the fast part out",
    ),
    (
        "2025-10-03",
        "morning,shin,right,3,ache,area,,worse,none,",
        "7.0,,,,no",
        ",,,",
        "",
    ),
    (
        "2025-10-04",
        "day,shin,right,3,ache,area,,worse,missed_run,",
        "7.2,,,,no",
        ",,,",
        "no run today, giving it a rest",
    ),
    (
        "2025-10-05",
        "during,shin,right,5,sharp,spot,during,worse,cut_short,",
        "6.9,,5,Green Daily,no",
        ",,,",
        "wanted 14 km; turned round; I can put a finger on it",
    ),
    (
        "2025-10-05",
        "evening,shin,right,3,ache,spot,,,none,",
        ",,,,",
        "17,8,8,8",
        "weekly questions",
    ),
    (
        "2025-10-06",
        "morning,shin,right,3,sharp,spot,,worse,changed_form,",
        "6.7,3,,,no",
        ",,,",
        "no swelling, nothing to see",
    ),
    (
        "2025-10-07",
        "during,shin,right,6,sharp,spot,during,worse,cut_short,",
        "6.8,,5,Green Daily,no",
        ",,,",
        "stopped after 4 km and walked home",
    ),
    (
        "2025-10-08",
        "night,shin,right,4,throbbing,spot,,,,night_pain",
        "5.8,2,,,yes",
        ",,,",
        "woke me at three; took a tablet",
    ),
    (
        "2025-10-09",
        "morning,shin,right,4,sharp,spot,,worse,missed_run,",
        "6.4,2,,,no",
        ",,,",
        "hopping on it hurts",
    ),
    (
        "2025-10-10",
        "night,shin,right,3,throbbing,spot,,,,night_pain",
        "6.2,2,,,no",
        ",,,",
        "awake again",
    ),
    (
        "2025-10-11",
        "day,shin,right,3,ache,spot,,worse,missed_run,",
        "6.8,3,3,,no",
        ",,,",
        "the bike was fine, walking downhill was not",
    ),
    (
        "2025-10-12",
        "evening,shin,right,3,ache,spot,,worse,missed_run,",
        "7.0,3,,,no",
        "17,17,17,17",
        "weekly questions; I will ask someone on Tuesday",
    ),
];

/// Mondays of the weeks in which nothing was written down.
const SILENT_WEEKS: [&str; 3] = ["2025-02-10", "2025-04-14", "2025-06-23"];
/// The holiday, on which only these two days were.
const HOLIDAY: (&str, &str) = ("2025-05-26", "2025-06-06");
const LOGGED_ON_HOLIDAY: [&str; 2] = ["2025-05-29", "2025-06-03"];
/// The day of the new pair.
const NEW_SHOES: &str = "2025-06-07";

/// The log.
pub struct Log {
    rows: BTreeMap<NaiveDate, Vec<Row>>,
}

impl Log {
    /// The file.
    pub fn to_csv(&self) -> String {
        let mut text = HEADER.join(",") + "\n";
        for row in self.rows.values().flatten() {
            let cells: Vec<String> = row.0.iter().map(|cell| quoted(cell)).collect();
            text += &(cells.join(",") + "\n");
        }
        text
    }

    /// Days with at least one usable score.
    pub fn days_logged(&self) -> usize {
        let is_score = |row: &Row| row.get("pain").parse().is_ok_and(|pain: f64| pain <= 10.0);
        self.rows
            .values()
            .filter(|rows| rows.iter().any(is_score))
            .count()
    }

    /// Days on which the left kneecap hurt.
    pub fn kneecap_days(&self) -> usize {
        let hurts = |row: &Row| row.get("site") == "kneecap" && row.get("pain") != "11";
        self.rows
            .values()
            .filter(|rows| rows.iter().any(hurts))
            .count()
    }
}

/// One row, a cell for each column.
struct Row([String; HEADER.len()]);

impl Row {
    fn new(date: NaiveDate, moment: &str) -> Self {
        Row(Default::default())
            .with("date", date)
            .with("moment", moment)
    }

    fn of((day, what, body, ostrc, note): &Told) -> Self {
        let cells = std::iter::once(*day).chain(
            [*what, *body, *ostrc]
                .into_iter()
                .flat_map(|part| part.split(',')),
        );
        let mut row = Row(Default::default());
        for (to, from) in row.0.iter_mut().zip(cells) {
            *to = from.to_string();
        }
        row.with("notes", note)
    }

    fn with(mut self, column: &str, value: impl ToString) -> Self {
        self.0[index(column)] = value.to_string();
        self
    }

    fn get(&self, column: &str) -> &str {
        &self.0[index(column)]
    }
}

fn index(column: &str) -> usize {
    HEADER
        .iter()
        .position(|name| *name == column)
        .expect("a column of this log")
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_string()
    }
}

/// The whole log of the forty weeks.
pub fn log(plan: &[Planned]) -> Log {
    let mut rows: BTreeMap<NaiveDate, Vec<Row>> = BTreeMap::new();
    for told in STORY {
        rows.entry(date(told.0)).or_default().push(Row::of(told));
    }
    let knee = kneecap(plan);
    let mut noise = Noise::new(31_415);
    for (day, pain) in (0..7 * WEEKS).zip(knee) {
        let day = first_day() + TimeDelta::days(day);
        let row = ordinary(day, pain, plan, &mut noise);
        if is_logged(day, &mut noise) && !rows.contains_key(&day) {
            rows.insert(day, vec![row]);
        }
    }
    Log { rows }
}

/// Whether the runner thought of the log on an ordinary day.
fn is_logged(day: NaiveDate, noise: &mut Noise) -> bool {
    let remembered = !noise.chance(0.13);
    let silent = SILENT_WEEKS
        .iter()
        .any(|monday| (0..7).contains(&(day - date(monday)).num_days()));
    let on_holiday = (date(HOLIDAY.0)..=date(HOLIDAY.1)).contains(&day);
    if on_holiday {
        LOGGED_ON_HOLIDAY.iter().any(|kept| date(kept) == day)
    } else {
        remembered && !silent
    }
}

/// The left kneecap's score on each day: more after descent and distance of the three days before, and much chance.
fn kneecap(plan: &[Planned]) -> Vec<u8> {
    let days = (7 * WEEKS) as usize;
    let (mut descent, mut distance) = (vec![0.0; days], vec![0.0; days]);
    for run in plan.iter().filter(|run| run.kind.is_run()) {
        let day = (run.date - first_day()).num_days() as usize;
        descent[day] += run.descent_m;
        distance[day] += run.distance_m;
    }
    let (descent, distance) = (
        standardised(&before(&descent)),
        standardised(&before(&distance)),
    );
    let (mut noise, mut mood) = (Noise::new(27_182), Wander::new(0.5));
    descent
        .iter()
        .zip(distance)
        .map(|(descent, distance)| {
            let felt =
                0.75 * descent.min(1.8) + 0.25 * distance.min(1.8) + 0.9 * mood.step(&mut noise)
                    - 0.75;
            (felt / 0.7).ceil().clamp(0.0, 3.0) as u8
        })
        .collect()
}

/// Sums over the three days before each day.
fn before(values: &[f64]) -> Vec<f64> {
    (0..values.len())
        .map(|day| values[day.saturating_sub(3)..day].iter().sum())
        .collect()
}

/// Mean 0 and standard deviation 1.
fn standardised(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let spread =
        (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / values.len() as f64).sqrt();
    values.iter().map(|v| (v - mean) / spread).collect()
}

/// The row of a day without a story.
fn ordinary(day: NaiveDate, kneecap: u8, plan: &[Planned], noise: &mut Noise) -> Row {
    let run = plan.iter().find(|run| run.date == day && run.kind.is_run());
    let mut row = if kneecap == 0 {
        let moment = if run.is_some() && noise.chance(0.5) {
            "after"
        } else {
            "evening"
        };
        Row::new(day, moment).with("site", "none").with("pain", 0)
    } else {
        sore_knee(day, kneecap, run.is_some(), noise)
    };
    if noise.chance(0.85) {
        row = row.with("sleep_h", format!("{:.1}", noise.between(6.7, 8.3)));
    }
    if noise.chance(0.35) {
        row = row.with("sleep_quality", noise.pick(&[3, 4, 4, 5]));
    }
    match run {
        Some(run) => after_a_run(row, run, noise),
        None => row,
    }
}

/// A kneecap that grumbles.
fn sore_knee(day: NaiveDate, pain: u8, ran: bool, noise: &mut Noise) -> Row {
    let moment = if ran {
        noise.pick(&["during", "after", "after"])
    } else {
        noise.pick(&["morning", "evening"])
    };
    let note = noise.pick(&[
        "",
        "",
        "",
        "",
        "stairs down",
        "after sitting in the car",
        "fine once warm",
        "kneeling in the garden",
    ]);
    Row::new(day, moment)
        .with("site", "kneecap")
        .with("side", "left")
        .with("pain", pain)
        .with("type", noise.pick(&["ache", "ache", "dull"]))
        .with("spread", "area")
        .with("movement", noise.pick(&["same", "better"]))
        .with("function", "none")
        .with("notes", note)
}

/// What a running day adds: effort and shoe.
fn after_a_run(row: Row, run: &Planned, noise: &mut Noise) -> Row {
    let fast = run.kind == Kind::Tempo;
    let daily = if run.date < date(NEW_SHOES) {
        "Blue Daily"
    } else {
        "Green Daily"
    };
    let row = if noise.chance(0.8) {
        row.with("rpe", run.kind.rpe())
    } else {
        row
    };
    if noise.chance(0.75) {
        row.with("shoe", if fast { "Red Tempo" } else { daily })
    } else {
        row
    }
}

/// The Monday of a date's week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()))
}
