//! `niggle cohort`: several runners, and whether load and pain go together within them.

use super::{
    options::{Common, ConfigFile, Options, Request, Settings},
    say::{Outcome, prose, tell_first, tell_of_settings, unless_quiet},
};
use crate::{
    associate::cohort::Remark,
    cohort::{self, Summary},
    config::Config,
    error::Error,
    ingest,
    progress::Terminal,
    report::text,
    terminal::whole,
    units::counted,
};
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// Runners named on the terminal who were left out; the report has them all.
const SHOWN: usize = 6;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle cohort club --out club_report")]
pub(super) struct CohortArgs {
    /// A folder with a folder or zip for each runner, each with recordings and a pain.csv or pain_log.csv of their own. The report
    /// names runners as these are named.
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
    /// The folder to write.
    #[arg(long, visible_alias = "output", value_name = "DIR", default_value = "niggle-cohort", value_hint = ValueHint::DirPath)]
    out: PathBuf,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    config: ConfigFile,
}

pub(super) fn run(args: CohortArgs) -> Result<Outcome, Error> {
    let settings = Settings::load(asked(&args), &args.config)?;
    tell_of_settings(&settings.notices);
    let common = settings.request.options.common;
    let quiet = common.is_quiet();
    let config = Config {
        output: args.out,
        ..common.config()
    };
    let progress = |name: &str, number: usize, of: usize| runner_progress(quiet, name, number, of);
    let summary = cohort::run(&args.folder, &config, &progress)?;
    let listed = format!(
        "{} names every runner who was left out, and why.",
        whole(&summary.report)
    );
    tell_first(&summary.notices, &listed);
    let text = unless_quiet(quiet, || prose(&summary_text(&summary)));
    Ok(Outcome::done(text))
}

/// A cohort's options among those of a report; a file beside the runners is for them.
fn asked(args: &CohortArgs) -> Request {
    Request {
        inputs: vec![args.folder.clone()],
        options: Options {
            common: args.common.clone(),
            ..Options::default()
        },
    }
}

fn runner_progress(quiet: bool, name: &str, number: usize, of: usize) -> Box<dyn ingest::Progress> {
    let runner = format!("runner {number} of {of}: {}", text::printable(name));
    Box::new(Terminal::new(quiet).of_runner(runner))
}

fn summary_text(summary: &Summary) -> String {
    let runners = counted(summary.runners, "runner takes part", "runners take part");
    let tests = counted(summary.tests, "test was", "tests were");
    let left_out = summary.left_out.iter().take(SHOWN).map(left_out_text);
    let left_out = left_out.chain(more_left_out(summary.left_out.len()));
    format!(
        "{runners}, {tests} made.\n{}\nThe report is {}\n",
        left_out.collect::<String>(),
        whole(&summary.report)
    )
}

fn more_left_out(all: usize) -> Option<String> {
    let more = all.saturating_sub(SHOWN);
    (more > 0).then(|| format!("  and {more} more, whom the report names\n"))
}

fn left_out_text(out: &Remark) -> String {
    let line = format!("{}: {}", out.runner, out.what);
    format!("  left out: {}\n", text::printable(&line))
}
