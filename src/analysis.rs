//! What the pure middle of the pipeline hands to the report.

use crate::{
    associate::{Association, Wider},
    backtest::{Backtest, watch::Watch},
    course::{Back, Course, Lines, ThisWeek},
    digest::Digest,
    exports::Shoe,
    ingest::FileOutcome,
    model::{History, Merge},
    pain::PainLog,
    problem::{Effect, Problem},
    rules::{EmergencyNumber, Finding, Limits, NotJudged},
    units::Units,
};

/// Everything the report shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The calendar.
    pub history: History,
    /// Where the day that the report speaks from is from.
    pub day_from: DayFrom,
    /// The pain log.
    pub pain: PainLog,
    /// Findings, loudest first, then newest first.
    pub findings: Vec<Finding>,
    /// Rules that could not judge, and what was missing.
    pub not_judged: Vec<NotJudged>,
    /// Every association of the family, tested or only drawn.
    pub associations: Vec<Association>,
    /// What is looked at beside them.
    pub wider: Wider,
    /// The rules against the runner's own pain.
    pub backtest: Backtest,
    /// What to watch this week.
    pub watch: Watch,
    /// The places that hurt now, the most urgent first.
    pub courses: Vec<Course>,
    /// Running again after a gap or a spell that cost runs. None: nobody came back of late.
    pub back: Option<Back>,
    /// The last seven days beside the usual, and the next run.
    pub week: ThisWeek,
    /// Step rate, climbing and sleep week by week, and the shoe in use.
    pub lines: Lines,
    /// Every copy that was merged, by what was kept.
    pub merges: Vec<Merge>,
    /// What account exports say of shoes.
    pub shoes: Vec<Shoe>,
    /// Every problem, by place.
    pub problems: Vec<Problem>,
    /// Of the activities, the facts of accounts and the pain log.
    pub digest: Digest,
    /// What became of the inputs.
    pub tally: Tally,
    /// How distances are shown.
    pub units: Units,
    /// The limits of rules that the runner changed.
    pub limits: Limits,
    /// The number that messages name.
    pub emergency_number: EmergencyNumber,
    /// What TRIMP was computed with, in words.
    pub heart_rate_basis: String,
}

impl Analysis {
    /// Whether no run was read, so that the report is of the pain log alone.
    pub fn is_log_alone(&self) -> bool {
        self.history.runs.is_empty()
    }
}

/// Where the day that the report speaks from is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayFrom {
    /// It is the last recorded day.
    #[default]
    LastRecord,
    /// It was given with `--as-of`.
    Given,
    /// It was the clock's day when the report was made (`--as-of today`).
    Clock,
}

impl DayFrom {
    /// What the day is to the runner: `your last recorded day`.
    pub fn label(self) -> &'static str {
        match self {
            DayFrom::LastRecord => "your last recorded day",
            DayFrom::Given => "the day you gave with --as-of",
            DayFrom::Clock => "today",
        }
    }
}

/// What became of the inputs. The four add up to all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Used as they are.
    pub used: usize,
    /// Used, with something to know about them.
    pub used_with_flags: usize,
    /// Of no use here, with a reason.
    pub skipped: usize,
    /// Should have been usable and were not, with a reason.
    pub failed: usize,
}

impl Tally {
    /// Counts the files, each once.
    pub fn of(files: &[FileOutcome]) -> Tally {
        let mut tally = Tally::default();
        for file in files {
            *tally.count_of(file) += 1;
        }
        tally
    }

    /// The count that a file belongs to.
    fn count_of(&mut self, file: &FileOutcome) -> &mut usize {
        match (file.used, file.problems.is_empty()) {
            (true, true) => &mut self.used,
            (true, false) => &mut self.used_with_flags,
            (false, _) if has_failed(file) => &mut self.failed,
            (false, _) => &mut self.skipped,
        }
    }

    /// All inputs.
    pub fn inputs(&self) -> usize {
        self.used + self.used_with_flags + self.skipped + self.failed
    }
}

fn has_failed(file: &FileOutcome) -> bool {
    let is_failed = |problem: &Problem| problem.effect == Effect::Failed;
    file.problems.iter().any(is_failed)
}
