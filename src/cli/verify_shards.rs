//! `niggle verify-shards`: whether nothing is missing, damaged or mixed.

use super::say::{Outcome, prose};
use crate::{
    cohort::{self, SUCCESS, Verified},
    error::Error,
    units::counted,
};
use clap::{Args, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle verify-shards shards
  niggle cohort --from-shards shards --out club_report")]
pub(super) struct VerifyShardsArgs {
    /// The folder that the shards were written into. When all is there a _SUCCESS.json is written beside them.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    shards: PathBuf,
}

pub(super) fn run(args: &VerifyShardsArgs) -> Result<Outcome, Error> {
    let verified = cohort::verify(&args.shards)?;
    Ok(Outcome::done(prose(&said(&verified))))
}

fn said(verified: &Verified) -> String {
    let Verified {
        shards,
        athletes,
        taken,
        runs,
        inputs_failed,
        unfinished,
        ..
    } = verified;
    let whole = |count: &u64| usize::try_from(*count).unwrap_or(usize::MAX);
    let unfinished = match unfinished {
        0 => String::new(),
        count => format!(
            "{} left by workers that were stopped; nothing reads them, and they can be removed.\n",
            counted(*count, "unfinished file was", "unfinished files were")
        ),
    };
    format!(
        "{}: nothing is missing and every file is as its receipt says ({SUCCESS}).\n{}, of whom {taken} with a log; {}; {} could not be used.\n{unfinished}",
        counted(*shards as usize, "shard", "shards"),
        counted(whole(athletes), "runner", "runners"),
        counted(whole(runs), "run", "runs"),
        counted(whole(inputs_failed), "input", "inputs"),
    )
}
