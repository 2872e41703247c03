//! `niggle cohort`: several runners, and whether load and pain go together within them.

use super::{
    cohort_settings::{self, Loaded, OfStudy},
    say::{Outcome, prose, tell_first, tell_of_settings, unless_quiet},
};
use crate::{
    associate::cohort::Remark,
    cohort::{self, Summary, Who},
    error::Error,
    progress::Runners,
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
  niggle cohort club --out club_report
  niggle cohort study --pain long.csv --id athlete_id --out study_report
  niggle cohort --athletes data/athletes.csv --daily data/daily.csv --out study_report
  niggle cohort study --key key.csv --out for_others
  niggle cohort --from-shards shards --out club_report")]
pub(super) struct CohortArgs {
    /// A folder with a folder or zip for each runner, each with recordings and a pain.csv or pain_log.csv of their own. The report
    /// names runners as these are named. Or a report of before that was made with --dates, or a folder of such reports.
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath, required_unless_present_any = ["from_shards", "athletes", "daily"])]
    folder: Option<PathBuf>,
    /// Nobody is read: the report is put together from the shards of a plan (niggle plan, niggle shard), by the plan's settings.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with_all = ["folder", "dates", "registered", "athletes", "pain", "id", "daily", "key"])]
    from_shards: Option<PathBuf>,
    /// The folder to write.
    #[arg(long, visible_alias = "output", value_name = "DIR", default_value = "niggle-cohort", value_hint = ValueHint::DirPath)]
    out: PathBuf,
    #[command(flatten)]
    study: OfStudy,
}

pub(super) fn run(args: CohortArgs) -> Result<Outcome, Error> {
    let who = args.study.who(args.folder.clone());
    let folder = args.from_shards.clone().unwrap_or_else(|| who.root());
    let loaded = cohort_settings::load(&folder, &args.study, args.out.clone())?;
    tell_of_settings(&loaded.notices);
    let summary = made(&who, &loaded, &args)?;
    let listed = format!(
        "{} names every runner who was left out, and why.",
        whole(&summary.report)
    );
    tell_first(&summary.notices, &listed);
    let text = unless_quiet(loaded.quiet, || prose(&summary_text(&summary)));
    Ok(Outcome::done(text))
}

fn made(who: &Who, loaded: &Loaded, args: &CohortArgs) -> Result<Summary, Error> {
    match &args.from_shards {
        None => cohort::run(who, &loaded.asked, &Runners::new(loaded.quiet)),
        Some(shards) => {
            let plan = cohort::plan_in(shards)?;
            let mut asked = cohort_settings::of_plan(&plan, None, args.out.clone())?;
            asked.config.is_shared = loaded.asked.config.is_shared;
            cohort::from_shards(shards, &plan, &asked)
        }
    }
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
