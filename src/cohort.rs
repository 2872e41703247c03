//! Several runners: the straight line for each in turn, of which only small series are kept, then all of them together.

use crate::{
    analysis::{Analysis, Tally},
    associate::cohort::{self, Remark, Runner},
    config::Config,
    epidemiology::{self, Member, Study},
    error::Error,
    ingest::Progress,
    pipeline,
    problem::{Code, Problem},
    report,
    source::{self, Members},
    terminal::unbroken,
    units::counted,
};
use std::path::{Path, PathBuf};

/// The name under which the cohort's own folder is spoken of.
const FOLDER: &str = "the folder itself";

/// What is said on the terminal when the report is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The report to open.
    pub report: PathBuf,
    /// How many runners take part.
    pub runners: usize,
    /// Who does not, and why.
    pub left_out: Vec<Remark>,
    /// How many tests were made.
    pub tests: usize,
    /// What whoever holds the files should know and the report does not show: it may name files.
    pub notices: Vec<String>,
}

/// Reads every folder of `folder` as a runner, one after the other, and writes what they come to together. `progress` is asked for
/// once a runner, with the runner's name, number and how many there are.
///
/// # Errors
/// A folder that cannot be read or holds no runner, an output that cannot be written, an interruption. Trouble with one runner
/// leaves that runner out and is told.
pub fn run(
    folder: &Path,
    config: &Config,
    progress: &dyn Fn(&str, usize, usize) -> Box<dyn Progress>,
) -> Result<Summary, Error> {
    let members = source::members(folder, &config.output)?;
    if members.runners.is_empty() {
        return Err(Error::Usage(nobody(folder)));
    }
    let output = report::prepare(&config.output, report::COHORT)?;
    let mut read = read(&members, config, progress)?;
    let study = read.study();
    let cohort = cohort::cohort(read.runners, read.left_out, read.noted);
    let report = report::write_cohort(&cohort, &study, config.judging.units, &output)?;
    Ok(Summary {
        report,
        runners: cohort.runners.len(),
        left_out: cohort.left_out,
        tests: cohort.tests,
        notices: read.notices,
    })
}

/// Reads the runners, one after the other.
fn read(
    members: &Members,
    config: &Config,
    progress: &dyn Fn(&str, usize, usize) -> Box<dyn Progress>,
) -> Result<Read, Error> {
    let mut read = Read::of(members);
    for (number, (name, path)) in (1..).zip(&members.runners) {
        let progress = progress(name, number, members.runners.len());
        read.add(
            name,
            pipeline::look(&alone(path, config), progress.as_ref()),
        )?;
        if progress.interrupted() {
            return Err(Error::Interrupted);
        }
    }
    Ok(read)
}

/// The options for one runner's folder.
fn alone(path: &Path, config: &Config) -> Config {
    Config {
        inputs: vec![path.to_path_buf()],
        ..config.clone()
    }
}

fn nobody(folder: &Path) -> String {
    format!(
        "{}: no folder in it. Nothing was written. Give each runner a folder of their own in it, with recordings and a pain.csv.",
        folder.display()
    )
}

/// What the runners read so far have left.
#[derive(Default)]
struct Read {
    runners: Vec<Runner>,
    members: Vec<Member>,
    left_out: Vec<Remark>,
    noted: Vec<Remark>,
    notices: Vec<String>,
}

impl Read {
    fn of(members: &Members) -> Self {
        let link = |name: &String| Remark::new(name, "a link, and links are not followed");
        Read {
            left_out: members.links.iter().map(link).collect(),
            noted: loose_files(members.loose_files).into_iter().collect(),
            ..Read::default()
        }
    }

    /// Takes what one runner came to.
    ///
    /// # Errors
    /// What is not about this runner.
    fn add(&mut self, name: &str, looked: Result<Analysis, Error>) -> Result<(), Error> {
        match looked {
            Ok(analysis) => self.take(name, &analysis),
            Err(Error::NoActivity { inputs, hint }) => self.leave_out_idle(name, inputs, &hint),
            Err(error @ Error::Input { .. }) => {
                self.notices.push(error.unbroken());
                self.left_out.push(Remark::new(name, "cannot be read"));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn leave_out_idle(&mut self, name: &str, inputs: usize, hint: &str) {
        let what = format!("no usable run among {}", counted(inputs, "input", "inputs"));
        self.notices.push(format!(
            "{}: {what}. The runner was left out. {hint}",
            unbroken(name)
        ));
        self.left_out.push(Remark::new(name, what));
    }

    fn take(&mut self, name: &str, analysis: &Analysis) {
        let notes = notes(analysis);
        self.noted.extend(notes.map(|what| Remark::new(name, what)));
        match self.lacks_log(analysis) {
            Some(why) => self.left_out.push(Remark::new(name, why)),
            None => self.watch(name, analysis),
        }
    }

    /// What all come to who were watched; a second name of one of them is told.
    fn study(&mut self) -> Study {
        for (name, other) in epidemiology::take_out_copies(&mut self.members) {
            let what = format!("the same as {other} in all that is counted, and not counted twice");
            self.noted.push(Remark::new(&name, what));
        }
        Study::of(&self.members)
    }

    fn watch(&mut self, name: &str, analysis: &Analysis) {
        let (history, pain) = (&analysis.history, &analysis.pain);
        self.runners.push(cohort::runner(name, history, pain));
        let member = epidemiology::member(
            name,
            history,
            pain,
            &analysis.findings,
            &analysis.limits,
            crate::time::Window::default(),
        );
        self.members.extend(member);
    }

    /// Why there is no pain log to go by.
    fn lacks_log(&mut self, analysis: &Analysis) -> Option<&'static str> {
        if analysis.pain.place.is_some() {
            return None;
        }
        let Some(problem) = problem(analysis, Code::PainLogUnusable) else {
            return Some("no pain log (pain.csv or pain_log.csv)");
        };
        // The words of a log's own header are its owner's: they are for the terminal, not for a report that is passed on.
        self.notices
            .push(format!("{} The runner was left out.", problem.detail));
        Some("the pain log cannot be understood; niggle pain check says why")
    }
}

/// What else is to be known of what was read of a runner.
fn notes(analysis: &Analysis) -> impl Iterator<Item = String> {
    let more = problem(analysis, Code::PainLogUnused);
    let more = more.map(|_| {
        "has more than one pain log; only the one nearest to the top was used".to_string()
    });
    more.into_iter().chain(unusable(&analysis.tally))
}

fn unusable(tally: &Tally) -> Option<String> {
    let inputs = counted(tally.inputs(), "input", "inputs");
    let failed = tally.failed;
    (failed > 0).then(|| format!("{failed} of {inputs} could not be used"))
}

fn problem(analysis: &Analysis, code: Code) -> Option<&Problem> {
    let mut problems = analysis.problems.iter();
    problems.find(|problem| problem.code == code)
}

/// Files that lie beside the runners' folders.
fn loose_files(count: usize) -> Option<Remark> {
    let files = counted(count, "file lies", "files lie");
    let what = format!("{files} beside the runners' folders, nobody's, and not read");
    (count > 0).then(|| Remark::new(FOLDER, what))
}
