//! The command line. Every command is a file with the struct of its arguments and a `run` that takes them and answers with an
//! `Outcome`; here it has its help, as a variant of `Command`, and its line in [`run`].
//!
//! They share what is in `say`, how niggle prints, and in [`options`], what a report can be asked for.

mod cohort;
mod inspect;
mod next;
pub mod options;
mod pain;
mod report;
mod rules;
mod say;
mod verify;

use clap::{Parser, Subcommand};

/// niggle reads a runner's recordings and pain log and reports what deserves attention. Offline; it cannot examine you.
#[derive(Debug, Parser)]
#[command(name = "niggle", version, about, after_long_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  niggle report my_export --pain pain.csv --out my_report
  niggle next my_export --pain pain.csv --distance 18 --climb 400
  niggle cohort club --out club_report
  niggle pain init pain.csv
  niggle pain check pain.csv
  niggle rules single-run-spike
  niggle inspect long_run.fit

Exit codes:
  0 done (flagged and skipped files are listed)   2 usage, configuration, unreadable input
  4 output cannot be written                      5 no usable run; inspect: nothing niggle knows;
                                                  verify: nothing to compare
  130 interrupted";

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads recordings and a pain log and writes a report.
    Report(report::ReportArgs),
    /// Reads several runners, one in each folder, and says whether load and pain go together within them.
    Cohort(cohort::CohortArgs),
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
    /// Lists the rules, or explains one.
    Rules(rules::RulesArgs),
}

/// Runs the command and returns the exit code. Everything a person should read goes to standard output, errors to standard error.
pub fn run(cli: Cli) -> u8 {
    let answer = match cli.command {
        Command::Report(args) => report::run(args),
        Command::Cohort(args) => cohort::run(args),
        Command::Next(args) => next::run(args),
        Command::Pain(command) => pain::run(command),
        Command::Verify(args) => verify::run(args),
        Command::Inspect(args) => inspect::run(args),
        Command::Rules(args) => rules::run(args),
    };
    answer.map_or_else(|error| say::fail(&error), |outcome| say::say(&outcome))
}
