//! `niggle shard`: what one worker of a cohort does.

use super::{
    cohort_settings::of_plan,
    options::{Spelled, Whole},
    say::Outcome,
};
use crate::{
    cohort::{self, Plan},
    error::Error,
    exit::Exit,
    progress::Runners,
};
use clap::{Args, ValueHint};
use std::{io::ErrorKind, path::PathBuf};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle shard --plan plan.json --root club --shard 3 --out shards
  seq 0 15 | parallel niggle shard --plan plan.json --root club --shard {} --out shards
The receipt is printed on one line.")]
pub(super) struct ShardArgs {
    /// The plan.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    plan: PathBuf,
    /// The folder that the plan was made of, where this machine has it.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    root: PathBuf,
    /// The number of the shard, from 0.
    #[arg(long, value_name = "I")]
    shard: u32,
    /// The folder that all shards of the plan are written into.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: PathBuf,
    /// Worker threads [default: one a core].
    #[arg(long, value_name = "N", value_parser = Whole::<1, 256>::spelled)]
    jobs: Option<Whole<1, 256>>,
    /// Whoever the system lets read new files may read the shards; without, only whoever ran niggle.
    #[arg(long)]
    shared: bool,
    /// Tell of each runner on standard error.
    #[arg(long, short)]
    verbose: bool,
}

pub(super) fn run(args: ShardArgs) -> Result<Outcome, Error> {
    let receipt = made(args).map_err(of_worker)?;
    Ok(Outcome::done(receipt))
}

fn made(args: ShardArgs) -> Result<String, Error> {
    let plan = Plan::open(&args.plan)?;
    let mut asked = of_plan(&plan, args.jobs, args.out.clone())?;
    asked.config.is_shared = args.shared;
    let watch = Runners::new(!args.verbose);
    cohort::shard(&plan, args.shard, &args.root, &args.out, &asked, &watch)?.text()
}

/// With the code by which an engine decides whether to try again.
fn of_worker(error: Error) -> Error {
    let exit = match &error {
        Error::Input { error, .. } | Error::Output { error, .. } => match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Exit::Denied,
            _ => Exit::TryAgain,
        },
        _ => return error,
    };
    Error::OfWorker {
        error: Box::new(error),
        exit,
    }
}
