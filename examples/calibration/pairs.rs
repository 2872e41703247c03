//! The main tests, scenario by scenario: false alarms, flags and power.

use crate::{
    look::{ALPHA, Look, Pair, looks},
    scenarios::{self, Scenario, Truth},
    table::{Share, error_of_five, table},
};
use niggle::associate::Exposure;

/// Scenarios of which a goal is decided: all runners. The others have a fourth of them.
const DECIDING: [&str; 8] = ["a", "a-waves", "b", "c-block", "f-rest", "e", "m", "h-weak"];

/// Most a false alarm may come to, percent: without a link, and with a shared cause.
const GOAL: f64 = 6.0;
const GOAL_SHARED: f64 = 8.0;

/// The groups, each a table.
pub const GROUPS: [(&str, &[Scenario]); 7] = [
    ("Nothing in common", scenarios::UNRELATED),
    ("A calendar in common", scenarios::SHARED),
    ("Logs with holes, nothing in common", scenarios::LOGS),
    ("Pain that makes the runner run less", scenarios::REVERSE),
    ("The day itself", scenarios::SAME_DAY),
    ("Links of the days before", scenarios::LINKS),
    ("Recordings that are off", scenarios::ERRORS),
];

/// The exposures of the columns: yesterday, three days, descent of three days, the same day.
const EXPOSURES: [Exposure; 4] = [
    Exposure::Distance1,
    Exposure::Distance3,
    Exposure::Descent3,
    Exposure::Distance0,
];

/// The runners of one scenario with logs of so many days.
pub struct Cell {
    pub scenario: Scenario,
    pub days: usize,
    /// Of all runners.
    pub tested: Share,
    /// p ≤ 0.05 in 0.1.0's question, of tested runners.
    pub plain: Share,
    /// Of each exposure's tests, p ≤ 0.05, and the same with a rho below 0.
    pub alarms: [(Share, Share); 4],
    /// Any q ≤ 0.05, of tested runners.
    pub any_q: Share,
    /// Flagged for the load of days before, and for that of the same day, of tested runners.
    pub flagged: [Share; 2],
    /// Flagged with a rho below 0, of tested runners.
    pub wrong: Share,
    /// The shown rhos with their intervals.
    pub shown: Vec<(Exposure, [f64; 3])>,
}

/// Every cell of every group whose scenario is asked for by its name; each is told as it is made.
pub fn cells(runners: u32, is_asked: impl Fn(&str) -> bool, told: impl Fn(&str)) -> Vec<Cell> {
    let groups = GROUPS.iter().flat_map(|(_, group)| group.iter());
    let mut cells = Vec::new();
    for scenario in groups.filter(|scenario| is_asked(scenario.name)) {
        told(scenario.name);
        cells.extend(
            scenario
                .days
                .iter()
                .map(|days| Cell::new(scenario, *days, runners)),
        );
    }
    cells
}

fn runners_of(scenario: &Scenario, runners: u32) -> u32 {
    if DECIDING.contains(&scenario.name) {
        runners
    } else {
        runners.div_ceil(4)
    }
}

/// The cell of a scenario with logs of so many days.
///
/// # Panics
/// Where it was not made.
pub fn cell<'a>(cells: &'a [Cell], name: &str, days: usize) -> &'a Cell {
    let found = cells
        .iter()
        .find(|cell| cell.scenario.name == name && cell.days == days);
    found.unwrap_or_else(|| panic!("no cell {name}, {days} days"))
}

impl Cell {
    fn new(scenario: &Scenario, days: usize, runners: u32) -> Cell {
        let looks = looks(scenario, days, runners_of(scenario, runners));
        let tested: Vec<&Look> = looks.iter().filter(|look| look.is_tested()).collect();
        let any = |is_meant: fn(&Pair) -> bool| {
            Share::of(&tested, |look| look.pairs.iter().any(is_meant))
        };
        let plain = tested.iter().filter_map(|look| look.plain_p);
        let pairs = || looks.iter().flat_map(|look| &look.pairs);
        let shown = pairs().filter(|pair| pair.p.is_some());
        Cell {
            scenario: *scenario,
            days,
            tested: Share::of(&looks, |look| look.is_tested()),
            plain: Share::of(plain, |p| *p <= ALPHA),
            alarms: EXPOSURES.map(|exposure| {
                let of = || pairs().filter(|pair| pair.exposure == exposure && pair.p.is_some());
                let below = |pair: &&Pair| pair.is_alarm() && pair.is_negative();
                (
                    Share::of(of(), |pair| pair.is_alarm()),
                    Share::of(of(), below),
                )
            }),
            any_q: any(|pair| pair.q.is_some_and(|q| q <= 0.05)),
            flagged: [
                any(|pair| pair.flagged && !pair.exposure.is_same_day()),
                any(|pair| pair.flagged && pair.exposure.is_same_day()),
            ],
            wrong: any(|pair| pair.flagged && pair.is_negative()),
            shown: shown
                .filter_map(|pair| Some((pair.exposure, pair.rho?)))
                .collect(),
        }
    }

    fn row(&self, is_first: bool) -> Vec<String> {
        let name = if is_first { self.scenario.name } else { "" };
        let alarms = self.alarms.map(|(alarms, below)| match alarms.all {
            0 => "–".to_string(),
            _ => format!("{} ({})", alarms.text(), below.text()),
        });
        let [before, same_day] = self.flagged.map(Share::text);
        let tested = format!("{} of {}", self.tested.part, self.tested.all);
        let error = match self.tested.part {
            0 => "–".to_string(),
            tested => format!("{:.1}", error_of_five(tested)),
        };
        let head = [
            name.to_string(),
            self.days.to_string(),
            tested,
            self.plain.text(),
        ];
        let tail = [
            self.any_q.text(),
            before,
            same_day,
            self.wrong.text(),
            error,
        ];
        head.into_iter().chain(alarms).chain(tail).collect()
    }

    /// Every false alarm that a goal is set for.
    fn asked(&self) -> Vec<Asked<'_>> {
        let goal = match self.scenario.truth {
            Truth::NoLink | Truth::SameDay => GOAL,
            Truth::SharedCause => GOAL_SHARED,
            Truth::Before => return Vec::new(),
        };
        // What is flagged has a rho above 0.
        let [before, same_day] = self.flagged.map(|flagged| (flagged, Share::default()));
        let mut asked = vec![
            ("yesterday", self.alarms[0]),
            ("three days", self.alarms[1]),
            ("descent", self.alarms[2]),
            ("flagged for a day before", before),
        ];
        if self.scenario.truth == Truth::NoLink {
            asked.extend([
                ("same day", self.alarms[3]),
                ("flagged for the same day", same_day),
            ]);
        }
        let of = |(what, (share, below))| Asked {
            cell: self,
            what,
            share,
            below,
            goal,
        };
        asked.into_iter().map(of).collect()
    }
}

/// A false alarm that a goal is set for.
struct Asked<'a> {
    cell: &'a Cell,
    what: &'static str,
    share: Share,
    /// Those with a rho below 0.
    below: Share,
    goal: f64,
}

impl Asked<'_> {
    fn is_over(&self) -> bool {
        self.share
            .percent()
            .is_some_and(|percent| percent > self.goal)
    }

    /// Whether it is more than chance makes of a test that keeps to the goal.
    fn is_missed(&self) -> bool {
        let goal = self.goal / 100.0;
        let error = 196.0 * (goal * (1.0 - goal) / self.share.all.max(1) as f64).sqrt();
        self.share
            .percent()
            .is_some_and(|percent| percent > self.goal + error)
    }

    fn line(&self) -> String {
        let Asked {
            cell,
            what,
            share,
            below,
            goal,
        } = self;
        let sign = match below.part {
            0 => "all above 0".to_string(),
            part if part == share.part => "all below 0".to_string(),
            part => format!("{part} of {} below 0", share.part),
        };
        let (name, days) = (cell.scenario.name, cell.days);
        format!(
            "- {name}, {days} days, {what}: {} of {}, {sign}; goal {goal:.0}",
            share.text(),
            share.all
        )
    }
}

/// The tables, one a group that has any.
pub fn section(cells: &[Cell]) -> String {
    let is_made = |one: &Scenario| cells.iter().any(|cell| cell.scenario.name == one.name);
    let made = |group: &'static [Scenario]| group.iter().filter(move |one| is_made(one));
    let groups = GROUPS
        .iter()
        .filter(|(_, group)| made(group).next().is_some());
    let tables = groups.map(|(title, group)| {
        let meanings =
            made(group).map(|scenario| format!("- **{}**: {}", scenario.name, scenario.says));
        let meanings: Vec<String> = meanings.collect();
        let of_group = cells
            .iter()
            .filter(|cell| group.iter().any(|one| one.name == cell.scenario.name));
        let rows = of_group.map(|cell| cell.row(cell.days == cell.scenario.days[0]));
        format!(
            "### {title}\n\n{}\n\n{}",
            meanings.join("\n"),
            table(&HEADINGS, rows)
        )
    });
    tables.collect::<Vec<String>>().join("\n")
}

const HEADINGS: [&str; 13] = [
    "scenario",
    "days",
    "tested",
    "0.1.0's question",
    "yesterday",
    "three days",
    "descent",
    "same day",
    "any q ≤ .05",
    "flagged: days before",
    "flagged: same day",
    "flagged below 0",
    "±",
];

/// What is above its goal.
pub fn misses(cells: &[Cell]) -> String {
    let asked: Vec<Asked> = cells
        .iter()
        .flat_map(Cell::asked)
        .filter(|asked| asked.share.all > 0)
        .collect();
    let over = asked.iter().filter(|asked| asked.is_over()).count();
    let missed: Vec<&Asked> = asked.iter().filter(|asked| asked.is_missed()).collect();
    let lines: Vec<String> = missed.iter().map(|asked| asked.line()).collect();
    format!(
        "Of {} shares {over} are above their goal, {} of them by more than 95 % of a true share of the goal itself would be:\n\n{}",
        asked.len(),
        missed.len(),
        lines.join("\n")
    )
}

/// What is found of the links that there are: percent with p ≤ 0.05, and percent flagged.
pub fn power(cells: &[Cell]) -> String {
    let linked = cells.iter().filter(|cell| cell.is_power());
    let row = |cell: &Cell| {
        let found = cell.alarms.map(|(alarms, below)| {
            let above = Share {
                part: alarms.part - below.part,
                all: alarms.all,
            };
            above.text()
        });
        let [before, same_day] = cell.flagged.map(Share::with_error);
        let head = [
            cell.scenario.name.to_string(),
            cell.days.to_string(),
            cell.tested.text(),
        ];
        head.into_iter()
            .chain(found)
            .chain([before, same_day])
            .collect()
    };
    let headings = [
        "scenario",
        "days",
        "tested, %",
        "yesterday",
        "three days",
        "descent",
        "same day",
        "flagged: days before",
        "flagged: same day",
    ];
    table(&headings, linked.map(row))
}

impl Cell {
    fn is_power(&self) -> bool {
        matches!(self.scenario.truth, Truth::Before | Truth::SameDay)
    }
}
