//! `niggle plan`: who of a cohort is read by which worker.

use super::{
    cohort_settings::{self, OfStudy},
    options::{Spelled, Whole},
    say::{Outcome, prose, tell_of_settings, unless_quiet},
};
use crate::{
    cohort,
    error::Error,
    report::{self, Access},
    terminal::whole,
    units::counted,
};
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// Shards without a number of one's own: enough for sixteen cores to be busy to the end.
const SHARDS: &str = "64";

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle plan club --shards 16 --out plan.json
  niggle shard --plan plan.json --root club --shard 0 --out shards")]
pub(super) struct PlanArgs {
    /// A folder with a folder or zip for each runner, as for niggle cohort.
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath, required_unless_present_any = ["athletes", "daily"])]
    folder: Option<PathBuf>,
    /// How many shards, at most one a runner. A shard is what one worker does and what is done again when it fails.
    #[arg(long, value_name = "N", default_value = SHARDS, value_parser = Whole::<1, 10_000>::spelled)]
    shards: Whole<1, 10_000>,
    /// The file to write.
    #[arg(long, value_name = "FILE", default_value = cohort::PLAN, value_hint = ValueHint::FilePath)]
    out: PathBuf,
    #[command(flatten)]
    study: OfStudy,
}

pub(super) fn run(args: PlanArgs) -> Result<Outcome, Error> {
    let who = args.study.who(args.folder.clone());
    let loaded = cohort_settings::load(&who.root(), &args.study, args.out.clone())?;
    tell_of_settings(&loaded.notices);
    let plan = cohort::plan(&who, &args.out, args.shards.number(), &loaded.asked)?;
    let access = Access::of(loaded.asked.config.is_shared);
    report::replace(&args.out, plan.text()?.as_bytes(), access)?;
    let text = unless_quiet(loaded.quiet, || {
        let runners = counted(plan.athletes.len(), "runner", "runners");
        let shards = counted(plan.shards as usize, "shard", "shards");
        prose(&format!(
            "{runners} in {shards}.\nThe plan is {}\n",
            whole(&args.out)
        ))
    });
    Ok(Outcome::done(text))
}
