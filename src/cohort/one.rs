//! One runner: the straight line, of which only what all runners together need is kept, and the rows of the tables.

use super::{Asked, kept::Kept};
use crate::{
    analysis::Tally,
    associate::cohort::{self, Remark, Runner, Series},
    config::Config,
    epidemiology::{self, Member, Out, Why},
    error::Error,
    frames::{FindingRow, OfOne, OfRunner, Rows, STACKED},
    ingest::Progress,
    model::{History, Run},
    pain::{self, PainLog},
    pipeline::{self, Beside, Looked},
    problem::{Code, Problem},
    roster::{self, Athlete, Tables},
    rules::Finding,
    terminal::unbroken,
    time::Window,
    units::counted,
};
use std::path::Path;

/// What was read of one runner.
pub(super) struct One {
    pub(super) kept: Kept,
    pub(super) series: Series,
    /// The rows of each of [`STACKED`]; none of whoever is left out.
    pub(super) tables: Vec<Rows>,
}

/// What all runners have in common.
pub(super) struct Study<'a> {
    /// Where the runners' files lie.
    pub(super) root: &'a Path,
    /// The tables of everybody.
    pub(super) tables: &'a Tables,
    pub(super) asked: &'a Asked,
}

/// Reads one runner: recordings, and what the tables keep. Trouble with it leaves the runner out and is told.
///
/// # Errors
/// What is not about this runner; an interruption.
pub(super) fn read(
    athlete: &Athlete,
    study: &Study,
    progress: &dyn Progress,
) -> Result<One, Error> {
    let one = match study.tables.earlier(athlete, study.root) {
        Some(earlier) => again(athlete, earlier, study),
        None => now(athlete, study, progress),
    };
    one.map(|one| match athlete.pseudonym {
        Some(_) => one.without_files(),
        None => one,
    })
}

/// By tables of an earlier report; what is wrong with them leaves the runner out.
fn again(athlete: &Athlete, earlier: Result<OfOne, String>, study: &Study) -> Result<One, Error> {
    let name = athlete.name();
    match earlier {
        Ok(earlier) if earlier.history.runs.is_empty() => {
            let out = Out::new(name, Why::NoRun, "no run in the tables");
            Ok(One::left_out(out, None))
        }
        Ok(earlier) => judged_again(athlete, &earlier, study),
        Err(fault) => {
            let out = Out::new(name, Why::Unreadable, "tables that cannot be used");
            Ok(One::left_out(out, format!("{}: {fault}", unbroken(name))))
        }
    }
}

fn judged_again(athlete: &Athlete, earlier: &OfOne, study: &Study) -> Result<One, Error> {
    let config = athlete.profile.config(&study.asked.config);
    let looked = pipeline::look_again(&config, earlier)?;
    let kept = study.tables.of(athlete, study.root);
    let with_dates = study.asked.with_dates;
    let mut one = taken(athlete, &looked, &kept, Some(earlier), with_dates)?;
    let unread =
        "is read from tables of an earlier report, so rows of the study's log were not used";
    let unread = kept.has_log().then(|| Remark::new(athlete.name(), unread));
    one.kept.noted.extend(unread);
    Ok(one)
}

/// By recordings and tables of the study.
fn now(athlete: &Athlete, study: &Study, progress: &dyn Progress) -> Result<One, Error> {
    let name = athlete.name();
    let config = config(athlete, study);
    let kept = study.tables.of(athlete, study.root);
    let log = |options: &pain::Options| kept.log(options);
    let beside = Beside {
        log: kept.has_log().then_some(&log),
        runs: &kept.runs,
        rest: kept.rest.clone(),
    };
    match pipeline::look(&config, &beside, progress) {
        Ok(looked) => taken(athlete, &looked, &kept, None, study.asked.with_dates),
        Err(Error::NoActivity { inputs, hint }) => Ok(idle(name, inputs, &hint)),
        Err(error @ Error::Input { .. }) => {
            let out = Out::new(name, Why::Unreadable, "cannot be read");
            Ok(One::left_out(out, error.unbroken()))
        }
        Err(error) => Err(error),
    }
}

/// The settings with what is the runner's own.
fn config(athlete: &Athlete, study: &Study) -> Config {
    let below = athlete.recordings.iter();
    Config {
        inputs: below.map(|below| study.root.join(below)).collect(),
        ..athlete.profile.config(&study.asked.config)
    }
}

impl One {
    fn left_out(out: Out, notice: impl Into<Option<String>>) -> One {
        One {
            kept: Kept {
                name: out.id.clone(),
                left_out: Some(out),
                notices: notice.into().into_iter().collect(),
                ..Kept::default()
            },
            series: Series::new(),
            tables: Vec::new(),
        }
    }
}

impl One {
    /// What names files may name the person: why somebody is left out is said in the words of the report.
    fn without_files(mut self) -> One {
        let kept = &mut self.kept;
        let out = kept.left_out.as_ref();
        let said = out.filter(|_| !kept.notices.is_empty());
        let said = said.map(|out| format!("{}: {}. The runner was left out.", out.id, out.what));
        kept.notices = said.into_iter().collect();
        self
    }
}

fn idle(name: &str, inputs: usize, hint: &str) -> One {
    let what = format!("no usable run among {}", counted(inputs, "input", "inputs"));
    let notice = format!(
        "{}: {what}. The runner was left out. {hint}",
        unbroken(name)
    );
    One::left_out(Out::new(name, Why::NoRun, what), notice)
}

fn taken(
    athlete: &Athlete,
    looked: &Looked,
    kept: &roster::Kept,
    earlier: Option<&OfOne>,
    with_dates: bool,
) -> Result<One, Error> {
    let name = athlete.name();
    let mut one = match lacks_log(looked) {
        Some((why, what, notice)) => One::left_out(Out::new(name, why, what), notice),
        None => watched(athlete, looked, earlier, with_dates)?,
    };
    let notes = notes(looked, kept).map(|what| Remark::new(name, what));
    one.kept.noted.extend(notes);
    one.kept.digest = looked.digest;
    one.kept.runs = looked.history.runs.len() as u64;
    one.kept.failed = looked.tally.failed as u64;
    Ok(one)
}

fn watched(
    athlete: &Athlete,
    looked: &Looked,
    earlier: Option<&OfOne>,
    with_dates: bool,
) -> Result<One, Error> {
    let (name, window) = (athlete.name(), window(athlete, looked, earlier));
    let Looked {
        history,
        pain,
        findings,
        frames,
        ..
    } = looked;
    let (runner, series) = match window.is_open() {
        true => cohort::runner(name, history, pain),
        false => cohort::runner(name, history, &pain.within(window)),
    };
    let kept = followed(athlete, looked, runner, window);
    let rows: Vec<FindingRow> = findings.iter().map(row).collect();
    let of = OfRunner {
        follow_up: kept.member.as_ref().map(|one| one.follow_up.span()),
        name,
        history,
        frames,
        pain,
        findings: &rows,
        earlier: earlier.map_or(&[], OfOne::tables),
        with_dates,
    };
    let tables = STACKED.iter().map(|table| table.rows(&of));
    Ok(One {
        kept,
        series,
        tables: tables.collect::<Result<_, _>>()?,
    })
}

/// From which day to which somebody counts: as the list says; else as tables of an earlier report have it, where that is less than all that
/// recordings and log share.
fn window(athlete: &Athlete, looked: &Looked, earlier: Option<&OfOne>) -> Window {
    let listed = athlete.profile.window;
    let told = earlier
        .and_then(|earlier| earlier.follow_up)
        .filter(|_| listed.is_open());
    let is_all = |told| epidemiology::shared(&looked.history, &looked.pain) == Some(told);
    match told.filter(|told| !is_all(*told)) {
        Some((from, to)) => Window {
            from: Some(from),
            to: Some(to),
        },
        None => listed,
    }
}

/// What is kept of a runner with a log: what the cohort lists, and how they were followed.
fn followed(athlete: &Athlete, looked: &Looked, runner: Runner, window: Window) -> Kept {
    let name = athlete.name();
    let member = member(athlete, looked, window);
    let apart = why_apart(&looked.history, &looked.pain).filter(|_| member.is_none());
    let noted = apart.map(|what| Remark::new(name, what));
    Kept {
        name: name.to_string(),
        runner: Some(runner),
        member,
        noted: noted.into_iter().collect(),
        ..Kept::default()
    }
}

/// The runner as one of the study. None where log and recordings share no day of the follow-up.
fn member(athlete: &Athlete, looked: &Looked, window: Window) -> Option<Member> {
    let member = epidemiology::member(
        athlete.name(),
        &looked.history,
        &looked.pain,
        &looked.findings,
        &looked.limits,
        window,
    );
    member.map(|member| Member {
        person: athlete.profile.person.clone(),
        ..member
    })
}

/// Why there is no pain log to go by, and what only whoever holds the files should know.
fn lacks_log(looked: &Looked) -> Option<(Why, &'static str, Option<String>)> {
    if looked.pain.place.is_some() {
        return None;
    }
    let Some(problem) = problem(looked, Code::PainLogUnusable) else {
        return Some((Why::NoLog, "no pain log (pain.csv or pain_log.csv)", None));
    };
    // The words of a log's own header are its owner's: they are for the terminal, not for a report that is passed on.
    let notice = format!("{} The runner was left out.", problem.detail);
    Some((
        Why::UnusableLog,
        "the pain log cannot be understood; niggle pain check says why",
        Some(notice),
    ))
}

/// Why log and recordings share no day, where one ends before the other begins.
fn why_apart(history: &History, pain: &PainLog) -> Option<&'static str> {
    let days = pain.entries.iter().map(|entry| entry.date);
    let (first_row, last_row) = (days.clone().min()?, days.max()?);
    let runs = history.runs.iter().map(Run::local_date);
    let (first_run, last_run) = (runs.clone().min()?, runs.max()?);
    if last_row < first_run {
        Some("the pain log ends before the first run")
    } else if last_run < first_row {
        Some("the pain log begins after the last run")
    } else {
        Some("log and recordings share no day of the follow-up")
    }
}

/// What else is to be known of what was read of a runner.
fn notes(looked: &Looked, kept: &roster::Kept) -> impl Iterator<Item = String> {
    let more = problem(looked, Code::PainLogUnused).is_some();
    let more = more.then(|| match kept.has_log() {
        true => "has a pain log among the recordings beside the rows of the study's, which alone was used",
        false => "has more than one pain log; only the one nearest to the top was used",
    });
    let unread = (is_recorded(looked, kept) && !kept.runs.is_empty())
        .then_some("has recordings, so the runs of the daily table were not used");
    let told = more.into_iter().chain(unread).map(str::to_string);
    told.chain(unusable(&looked.tally))
}

/// Whether the runs were recorded, and are not those of the daily table.
fn is_recorded(looked: &Looked, kept: &roster::Kept) -> bool {
    let of_table = kept.runs.first().map(|run| &run.source);
    let first = looked.history.runs.first();
    first.is_some_and(|run| of_table != Some(&run.source))
}

fn unusable(tally: &Tally) -> Option<String> {
    let inputs = counted(tally.inputs(), "input", "inputs");
    let failed = tally.failed;
    (failed > 0).then(|| format!("{failed} of {inputs} could not be used"))
}

fn problem(looked: &Looked, code: Code) -> Option<&Problem> {
    let mut problems = looked.problems.iter();
    problems.find(|problem| problem.code == code)
}

fn row(finding: &Finding) -> FindingRow {
    FindingRow {
        rule: finding.rule,
        severity: finding.severity.as_str(),
        from: finding.from,
        to: finding.to,
        site: finding.site,
        side: finding.side,
        observed: finding.observed,
        limit: finding.limit,
        unit: finding.unit.code(),
        runs: finding.run_ids.len(),
    }
}
