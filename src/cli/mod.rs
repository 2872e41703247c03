//! The command line. Every command is a file with the struct of its arguments and a `run` that takes them and answers with an
//! `Outcome`; here it has its help, as a variant of `Command`, and its line in [`run`].
//!
//! They share what is in `say`, how niggle prints, and in [`options`], what a report can be asked for.

pub mod codes;
mod cohort;
mod cohort_settings;
mod completions;
mod config;
mod diff;
mod gate;
mod help;
mod inspect;
mod man;
mod next;
pub mod options;
mod pain;
mod plan;
mod report;
mod rules;
mod say;
mod schema;
mod shard;
mod shortcut;
mod tables;
mod verify;
mod verify_shards;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

/// niggle reads a runner's recordings and pain log and reports what deserves attention. Offline; it cannot examine you.
#[derive(Debug, Parser)]
#[command(name = "niggle", version, about, after_help = FIRST_EXAMPLES, after_long_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const FIRST_EXAMPLES: &str = "\
Examples:
  niggle export.zip          a report about an account's export
  niggle pain init pain.csv  a pain log to start from";

const EXAMPLES: &str = "\
Examples:
  niggle export.zip                               short for niggle report
  niggle report my_export --pain pain.csv --open  with a pain log, and opened
  niggle report history --fail-on see-someone --strict --baseline base.json
  niggle diff last_report my_report
  niggle next my_export --pain pain.csv --distance 18 --climb 400
  niggle cohort club --out club_report
  niggle config init
  niggle pain init pain.csv
  niggle pain check pain.csv
  niggle rules single-run-spike
  niggle inspect long_run.fit";

impl Cli {
    /// The command line as it was given; or, where help was asked for or something is not understood, the exit code once that is
    /// said.
    ///
    /// # Errors
    /// That code.
    pub fn given() -> Result<Cli, u8> {
        let line = shortcut::with_report(&Cli::command(), std::env::args_os().collect());
        let matches = help::with_codes(Cli::command()).try_get_matches_from(line);
        let given = matches.and_then(|matches| Cli::from_arg_matches(&matches));
        given.map_err(|error| say::not_understood(&error))
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads recordings and a pain log and writes a report.
    Report(report::ReportArgs),
    /// Reads several runners, one in each folder, and says whether load and pain go together within them.
    Cohort(cohort::CohortArgs),
    /// Says who of a cohort is read by which of several workers, so that many machines can share the reading.
    Plan(plan::PlanArgs),
    /// Reads the runners of one shard of a plan. What was written before is not made again.
    Shard(shard::ShardArgs),
    /// Looks whether every shard of a plan is there, whole and as its receipt says.
    VerifyShards(verify_shards::VerifyShardsArgs),
    /// Reads the same as a report and writes its tables and their dictionary alone: no rule, no statistic, no page, no picture.
    Tables(tables::TablesArgs),
    /// Options that are kept in a file, so that `niggle report` alone does it all.
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Says what the rules would say of a planned run, or from where on they would speak. Never a score.
    Next(next::NextArgs),
    /// Helps with the pain log.
    #[command(subcommand)]
    Pain(pain::PainCommand),
    /// Decodes recordings a second time with fitparser or gpx and lists every disagreement.
    Verify(verify::VerifyArgs),
    /// Says what files hold, what niggle derives from them and where that is from. Positions are counted, never shown; titles
    /// only when asked for.
    Inspect(inspect::InspectArgs),
    /// Says what changed between two reports, and why.
    Diff(diff::DiffArgs),
    /// Lists the rules, or explains one.
    Rules(rules::RulesArgs),
    /// Prints the JSON Schema of what niggle writes for programs, or lists the schemas.
    Schema(schema::SchemaArgs),
    /// Prints what a shell needs to complete words after niggle.
    Completions(completions::CompletionsArgs),
    /// Prints the manual, a page a command: niggle man | man -l - shows it, niggle man report | man -l - one of them.
    Man(man::ManArgs),
}

/// Runs the command and returns the exit code. Everything a person should read goes to standard output, errors to standard error.
pub fn run(cli: Cli) -> u8 {
    // A line a command, in the order of the help.
    let answer = match cli.command {
        Command::Report(args) => report::run(args),
        Command::Cohort(args) => cohort::run(args),
        Command::Plan(args) => plan::run(args),
        Command::Shard(args) => shard::run(args),
        Command::VerifyShards(args) => verify_shards::run(&args),
        Command::Tables(args) => tables::run(args),
        Command::Config(command) => config::run(command),
        Command::Next(args) => next::run(args),
        Command::Pain(command) => pain::run(command),
        Command::Verify(args) => verify::run(args),
        Command::Inspect(args) => inspect::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Rules(args) => rules::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => Ok(completions::run(&args, Cli::command())),
        Command::Man(args) => man::run(&args, Cli::command()),
    };
    answer.map_or_else(|error| say::fail(&error), |outcome| say::say(&outcome))
}
