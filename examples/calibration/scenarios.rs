//! What is simulated: one row a scenario, with its meaning in words. The letters are those of the report.

use niggle::pain::{Moment, Site};

/// A kind of runner.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// Its letter, or a name.
    pub name: &'static str,
    /// What is simulated, in words.
    pub says: &'static str,
    /// What there is to be found.
    pub truth: Truth,
    /// Logs of so many days.
    pub days: &'static [usize],
    /// When this runner runs.
    pub running: Running,
    /// Pain of its own, whatever is run.
    pub own: Own,
    /// What load and pain have to do with one another.
    pub tie: Tie,
    /// Which days are logged.
    pub log: Log,
    /// What the recordings say of the runs.
    pub recorded: Recorded,
    /// How a feeling becomes a rating.
    pub rated: Rated,
    /// Where it hurts; a second place is the calf.
    pub site: Site,
    /// Whether the calf is rated as well, its pain unrelated to anything.
    pub two_places: bool,
    /// When it is rated.
    pub moment: Moment,
    /// Days of recordings before the log begins.
    pub lead: Lead,
}

/// What there is to be found, and so what is asked of the tests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// Pain and load know nothing of one another.
    NoLink,
    /// Both follow a calendar, or pain makes the load: no link of load to pain, and one of another kind.
    SharedCause,
    /// The load of the same day, and of no day before.
    SameDay,
    /// The load of the days before.
    Before,
}

/// When a runner runs, and how far.
#[derive(Clone, Copy, PartialEq)]
pub enum Running {
    /// Seldom two days in a row, longer on Sundays, three weeks up and one down, a level that drifts and comes back, a break now and
    /// then.
    Free,
    /// The same on six days of seven.
    MostDays,
    /// Every other day, but for a day of rest more now and then.
    EveryOtherDay,
    /// Four fixed days a week, 12 % of the runs skipped.
    WeeklyPlan,
    /// As `Free`, with a level that wanders.
    WanderingLevel,
    /// Every day, and the kilometres themselves wander.
    WanderingKm,
    /// As `Free` with steadier distances, and every five weeks a run of 1.35 to 1.8 times the longest of 30 days.
    LongRuns,
}

/// Pain of its own.
#[derive(Clone, Copy)]
pub enum Own {
    /// None.
    No,
    /// Spells of two days and more, rated 1 to 6, zero between them.
    Spells(Begins),
    /// A wave with a day-to-day correlation and a standard deviation, floored at 0.
    Waves(f64, f64),
    /// A random walk between 0 and 8.
    Walk,
    /// Spells of 1 or 2, and on few days a 7 to 9.
    FewSevere,
}

/// When a spell begins.
#[derive(Clone, Copy)]
pub enum Begins {
    /// On any day without pain, with this chance.
    AnyDay(f64),
    /// The same after seven days without pain.
    Rarely(f64),
    /// On a day with a run, with this chance, after seven days without pain.
    RunDay(f64),
    /// So many days after a run of more than 1.3 times the longest of 30 days, with this chance, after seven days without pain.
    AfterLong(usize, f64),
}

/// What load and pain have to do with one another.
#[derive(Clone, Copy)]
pub enum Tie {
    /// Nothing.
    None,
    /// Both follow a yearly wave.
    Year,
    /// Eight weeks heavy and sore, eight weeks not.
    Block,
    /// One month is heavy; in this one, when true, lies a long spell.
    HeavyMonth(bool),
    /// Five days at a desk hurt.
    Desk,
    /// Pain of the day makes runs fewer and shorter, by so much.
    RestsOnTheDay(f64),
    /// Pain of yesterday does.
    RestsAfter(f64),
    /// The day's run hurts, points for each kilometre, beside the pain of its own.
    SameDay(f64),
    /// The same, and what else hurts is not added: the higher of the two is rated.
    SameDayOrOwn(f64),
    /// Yesterday's run hurts, points for each kilometre.
    NextDay(f64),
    /// The runs of three to five days ago hurt.
    LaterDays(f64),
    /// The descent of the three days before hurts, points for each 100 m.
    Descent(f64),
}

/// Which days are logged.
#[derive(Clone, Copy)]
pub enum Log {
    /// Every day.
    Daily,
    /// All but this share of them.
    Gaps(f64),
    /// Mondays.
    Mondays,
    /// Monday to Friday.
    WorkDays,
    /// All but Thursdays and Saturdays.
    TwoDaysBlank,
    /// Days with a run.
    RunDays,
    /// Days with pain.
    WhenItHurts,
    /// Days with pain, and three in four of the others.
    OftenWhenItHurts,
    /// Days with a run, and days of rest that hurt.
    RunsAndSoreRest,
}

/// What the recordings say of the runs.
#[derive(Clone, Copy)]
pub enum Recorded {
    /// The truth.
    Exactly,
    /// Each distance is off by 10 % (one standard deviation).
    Roughly,
    /// One run in ten was never recorded.
    WithLosses,
    /// One run in five is in miles, and taken for kilometres.
    InTwoUnits,
}

/// How a feeling becomes a rating.
#[derive(Clone, Copy)]
pub enum Rated {
    /// Rounded down to 0–10.
    Whole,
    /// Rounded to 0, 2, 4 … 10.
    Even,
}

/// How long recordings reach back before the log.
#[derive(Clone, Copy)]
pub enum Lead {
    /// Five weeks.
    Short,
    /// As long as the log: it begins after half of the runs.
    Half,
}

const USUAL: &[usize] = &[84, 168, 365];
const WITH_SIX_WEEKS: &[usize] = &[42, 84, 168, 365];
const MONTHS: &[usize] = &[168, 365];

/// A spell on about one day in six or so.
const SPELLS: Own = Own::Spells(Begins::AnyDay(0.06));

/// The runner that all others are made of: pain in spells that knows nothing of the runs.
const A: Scenario = Scenario {
    name: "a",
    says: "pain in spells, rated 1 to 6 and 0 between them",
    truth: Truth::NoLink,
    days: USUAL,
    running: Running::Free,
    own: SPELLS,
    tie: Tie::None,
    log: Log::Daily,
    recorded: Recorded::Exactly,
    rated: Rated::Whole,
    site: Site::Knee,
    two_places: false,
    moment: Moment::Evening,
    lead: Lead::Short,
};

/// Pain on the evening of a run, every other day.
const M: Scenario = Scenario {
    name: "m",
    says: "the day's run hurts that evening, the longer the more; runs every other day",
    truth: Truth::SameDay,
    running: Running::EveryOtherDay,
    own: Own::No,
    tie: Tie::SameDayOrOwn(0.25),
    ..A
};

/// Pain makes the runner run less.
const E: Scenario = Scenario {
    name: "e",
    says: "pain makes the runner rest or shorten the run of that day; running does nothing",
    truth: Truth::SharedCause,
    own: Own::Spells(Begins::AnyDay(0.07)),
    tie: Tie::RestsOnTheDay(1.0),
    ..A
};

/// A link of yesterday's run.
const H: Scenario = Scenario {
    name: "h-medium",
    says: "yesterday's run hurts, 0.14 points a kilometre, beside spells",
    truth: Truth::Before,
    days: WITH_SIX_WEEKS,
    tie: Tie::NextDay(0.14),
    ..A
};

/// Waves of pain.
const WAVES: Own = Own::Waves(0.9, 2.3);

/// Pain and load know nothing of one another.
pub const UNRELATED: &[Scenario] = &[
    A,
    Scenario {
        name: "a-rare",
        says: "the same, spells seldom",
        own: Own::Spells(Begins::AnyDay(0.03)),
        ..A
    },
    Scenario {
        name: "a-waves",
        says: "pain in waves, day-to-day correlation 0.9, floored at 0",
        own: WAVES,
        ..A
    },
    Scenario {
        name: "a-plan",
        says: "the same waves, runs on four fixed days a week",
        running: Running::WeeklyPlan,
        own: WAVES,
        ..A
    },
    Scenario {
        name: "b",
        says: "two random walks: the level of the load, and pain",
        running: Running::WanderingLevel,
        own: Own::Walk,
        ..A
    },
    Scenario {
        name: "b-km",
        says: "the same, a run every day whose kilometres wander",
        running: Running::WanderingKm,
        own: Own::Walk,
        ..A
    },
    Scenario {
        name: "severe",
        says: "few severe days: spells of 1 or 2, a 7 to 9 on one day in forty",
        own: Own::FewSevere,
        ..A
    },
    Scenario {
        name: "two places",
        says: "knee and calf, each with spells of its own",
        two_places: true,
        ..A
    },
    Scenario {
        name: "g",
        says: "two places, and one heavy month",
        tie: Tie::HeavyMonth(false),
        two_places: true,
        ..A
    },
    Scenario {
        name: "even",
        says: "waves, rated 0, 2, 4 …",
        own: WAVES,
        rated: Rated::Even,
        ..A
    },
    Scenario {
        name: "late log",
        says: "waves, the log begins after half of the runs",
        own: WAVES,
        lead: Lead::Half,
        ..A
    },
];

/// Pain and load have a calendar in common.
pub const SHARED: &[Scenario] = &[
    Scenario {
        name: "c",
        says: "load and pain (waves) follow the same wave of a year",
        truth: Truth::SharedCause,
        own: Own::Waves(0.9, 2.0),
        tie: Tie::Year,
        ..A
    },
    Scenario {
        name: "c-block",
        says: "eight heavy and sore weeks, eight others, and so on",
        truth: Truth::SharedCause,
        own: Own::Spells(Begins::AnyDay(0.03)),
        tie: Tie::Block,
        ..A
    },
    Scenario {
        name: "g-hit",
        says: "two places, one heavy month, and a spell of 25 days of the knee happens to lie in it",
        truth: Truth::SharedCause,
        tie: Tie::HeavyMonth(true),
        two_places: true,
        ..A
    },
    Scenario {
        name: "d-desk",
        says: "five days a week at a desk hurt; runs on four fixed days a week",
        truth: Truth::SharedCause,
        running: Running::WeeklyPlan,
        tie: Tie::Desk,
        ..A
    },
];

/// No link, and logs with holes.
pub const LOGS: &[Scenario] = &[
    Scenario {
        name: "gaps",
        says: "waves, 30 % of the days blank",
        own: WAVES,
        log: Log::Gaps(0.3),
        ..A
    },
    Scenario {
        name: "d-monday",
        says: "logged on Mondays only",
        log: Log::Mondays,
        ..A
    },
    Scenario {
        name: "d-rundays",
        says: "waves, runs on six days of seven, logged on run days only",
        running: Running::MostDays,
        own: WAVES,
        log: Log::RunDays,
        ..A
    },
    Scenario {
        name: "d-workdays",
        says: "logged from Monday to Friday",
        log: Log::WorkDays,
        ..A
    },
    Scenario {
        name: "two blank",
        says: "waves, four fixed run days, two of which are never logged",
        running: Running::WeeklyPlan,
        own: WAVES,
        log: Log::TwoDaysBlank,
        ..A
    },
    Scenario {
        name: "f",
        says: "logged only when it hurts",
        log: Log::WhenItHurts,
        ..A
    },
    Scenario {
        name: "f-often",
        says: "logged when it hurts and on three in four of the other days",
        log: Log::OftenWhenItHurts,
        ..A
    },
    Scenario {
        name: "f-rest",
        says: "logged after every run, and on rest days only when it hurts",
        own: Own::Spells(Begins::AnyDay(0.09)),
        log: Log::RunsAndSoreRest,
        ..A
    },
];

/// Pain makes the load.
pub const REVERSE: &[Scenario] = &[
    E,
    Scenario {
        name: "e-mild",
        says: "half of that",
        tie: Tie::RestsOnTheDay(0.5),
        ..E
    },
    Scenario {
        name: "e-next",
        says: "pain makes the runner rest or run less the day after",
        tie: Tie::RestsAfter(1.0),
        ..E
    },
];

/// The day itself.
pub const SAME_DAY: &[Scenario] = &[
    M,
    Scenario {
        name: "m-spells",
        says: "the same, beside spells that know nothing of it",
        own: Own::Spells(Begins::AnyDay(0.04)),
        ..M
    },
    Scenario {
        name: "m-free",
        says: "the day's run adds to waves of pain, and they last; runs on any day",
        running: Running::Free,
        own: Own::Waves(0.85, 1.2),
        tie: Tie::SameDay(0.2),
        ..M
    },
];

/// Links of the days before.
pub const LINKS: &[Scenario] = &[
    Scenario {
        name: "h-weak",
        says: "yesterday's run hurts, 0.06 points a kilometre, beside spells",
        tie: Tie::NextDay(0.06),
        ..H
    },
    H,
    Scenario {
        name: "h-strong",
        says: "the same, 0.30 points a kilometre",
        tie: Tie::NextDay(0.30),
        ..H
    },
    Scenario {
        name: "j",
        says: "the runs of three to five days ago hurt, 0.10 points a kilometre: only the first of them lies in a window",
        tie: Tie::LaterDays(0.10),
        days: MONTHS,
        ..H
    },
    Scenario {
        name: "k",
        says: "the descent of the three days before hurts the thigh, 0.4 points for 100 m",
        tie: Tie::Descent(0.4),
        site: Site::Quad,
        days: MONTHS,
        ..H
    },
];

/// What is off in the recordings.
pub const ERRORS: &[Scenario] = &[
    Scenario {
        name: "a, GPS",
        says: "a, and every distance is off by 10 %",
        recorded: Recorded::Roughly,
        ..A
    },
    Scenario {
        name: "a, losses",
        says: "a, and one run in ten is not recorded",
        recorded: Recorded::WithLosses,
        ..A
    },
    Scenario {
        name: "a, miles",
        says: "a, and one run in five is in miles that are taken for kilometres",
        recorded: Recorded::InTwoUnits,
        ..A
    },
    Scenario {
        name: "e, losses",
        says: "e, and one run in ten is not recorded",
        recorded: Recorded::WithLosses,
        ..E
    },
    Scenario {
        name: "m, GPS",
        says: "m, and every distance is off by 10 %",
        recorded: Recorded::Roughly,
        ..M
    },
    Scenario {
        name: "m, losses",
        says: "m, and one run in ten is not recorded",
        recorded: Recorded::WithLosses,
        ..M
    },
    Scenario {
        name: "m, miles",
        says: "m, and one run in five is in miles that are taken for kilometres",
        recorded: Recorded::InTwoUnits,
        ..M
    },
    Scenario {
        name: "h-medium, GPS",
        says: "h-medium, and every distance is off by 10 %",
        recorded: Recorded::Roughly,
        days: USUAL,
        ..H
    },
    Scenario {
        name: "h-medium, losses",
        says: "h-medium, and one run in ten is not recorded",
        recorded: Recorded::WithLosses,
        days: USUAL,
        ..H
    },
    Scenario {
        name: "h-medium, miles",
        says: "h-medium, and one run in five is in miles that are taken for kilometres",
        recorded: Recorded::InTwoUnits,
        days: USUAL,
        ..H
    },
];

/// Spells that begin after a long run.
const I: Scenario = Scenario {
    name: "i",
    says: "the day after a long run, in 60 %",
    truth: Truth::Before,
    days: &[365],
    running: Running::LongRuns,
    own: Own::Spells(Begins::AfterLong(1, 0.6)),
    ..A
};

/// The look back's runners: spells that begin near long runs, or do not.
pub const LONG_RUNS: &[Scenario] = &[
    I,
    Scenario {
        name: "i-certain",
        says: "the day after every long run",
        own: Own::Spells(Begins::AfterLong(1, 1.0)),
        ..I
    },
    Scenario {
        name: "i-same",
        says: "the evening of every long run",
        truth: Truth::SameDay,
        own: Own::Spells(Begins::AfterLong(0, 1.0)),
        ..I
    },
    Scenario {
        name: "i-same, no moment",
        says: "the day of every long run, no moment logged",
        truth: Truth::SameDay,
        own: Own::Spells(Begins::AfterLong(0, 1.0)),
        moment: Moment::Day,
        ..I
    },
    Scenario {
        name: "i-morning",
        says: "no link: the morning of every long run, before it",
        truth: Truth::NoLink,
        own: Own::Spells(Begins::AfterLong(0, 1.0)),
        moment: Moment::Morning,
        ..I
    },
    Scenario {
        name: "i-none",
        says: "no link: any day, about eight a year",
        truth: Truth::NoLink,
        own: Own::Spells(Begins::Rarely(0.034)),
        ..I
    },
    Scenario {
        name: "i-often",
        says: "no link: any day, about sixteen a year",
        truth: Truth::NoLink,
        own: Own::Spells(Begins::Rarely(0.12)),
        ..I
    },
    Scenario {
        name: "i-evening",
        says: "no link: the evening of any run, about eight a year",
        truth: Truth::NoLink,
        own: Own::Spells(Begins::RunDay(0.065)),
        ..I
    },
];

/// One of them all, by its name.
///
/// # Panics
/// Where there is none of that name.
pub fn named(name: &str) -> Scenario {
    let all = [
        UNRELATED, SHARED, LOGS, REVERSE, SAME_DAY, LINKS, ERRORS, LONG_RUNS,
    ]
    .concat();
    let found = all.into_iter().find(|scenario| scenario.name == name);
    found.unwrap_or_else(|| panic!("no scenario {name}"))
}
