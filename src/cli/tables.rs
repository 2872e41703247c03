//! `niggle tables`: the tables of a report and nothing else.

use super::{
    options::{
        Cached, Common, ConfigFile, Heart, Options, PainFile, Reading, Request, Settings, Work,
    },
    say::{Outcome, prose, tell_notices, tell_of_settings, unless_quiet},
};
use crate::{
    config::Config,
    error::Error,
    pipeline::{self, TablesSummary},
    progress::Terminal,
    report::Form,
    terminal::whole,
    units::counted,
};
use clap::{Args, ValueHint};
use std::path::{Path, PathBuf};

/// What of a report's options bears on its tables, by the same names.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle tables export.zip --out tables
  niggle tables runs --pain pain.csv --format parquet")]
pub(super) struct TablesArgs {
    /// The same as for a report: recordings, folders and zips of them, and exports of accounts.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    /// The folder to write. It must be empty or hold tables of niggle's.
    #[arg(long, visible_alias = "output", value_name = "DIR", default_value = "niggle-tables", value_hint = ValueHint::DirPath)]
    out: PathBuf,
    /// As what the tables are written; the lists other_sports, merges and problems are CSV.
    #[arg(long, value_enum, default_value = "both")]
    format: Form,
    #[command(flatten)]
    pain_file: PainFile,
    #[command(flatten)]
    cached: Cached,
    #[command(flatten)]
    heart: Heart,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    work: Work,
    #[command(flatten)]
    config: ConfigFile,
}

impl TablesArgs {
    /// What of a report these tables are of.
    fn request(self) -> Request {
        let options = Options {
            pain_file: self.pain_file,
            cached: self.cached,
            heart: self.heart,
            common: Common {
                reading: self.reading,
                work: self.work,
                ..Common::default()
            },
            ..Options::default()
        };
        Request {
            inputs: self.inputs,
            options,
        }
    }
}

pub(super) fn run(mut args: TablesArgs) -> Result<Outcome, Error> {
    let (form, output) = (args.format, std::mem::take(&mut args.out));
    let file = std::mem::take(&mut args.config);
    let settings = Settings::load(args.request(), &file)?;
    tell_of_settings(&settings.notices);
    let quiet = settings.request.options.common.is_quiet();
    // The file's folder is the report's.
    let config = Config {
        output,
        ..settings.resolve()?
    };
    let summary = pipeline::tables(&config, form, &Terminal::new(quiet))?;
    tell_notices(&summary.notices);
    let text = unless_quiet(quiet, || prose(&summary_text(&summary, &config.output)));
    Ok(Outcome::done(text))
}

fn summary_text(summary: &TablesSummary, output: &Path) -> String {
    let tally = &summary.tally;
    format!(
        "{}, pain logged on {}.\n{}: {} used, {} used with something to know, {} skipped, {} failed.\n\nThe tables are in {}\n",
        counted(summary.runs, "run", "runs"),
        counted(summary.days_logged, "day", "days"),
        counted(tally.inputs(), "input", "inputs"),
        tally.used,
        tally.used_with_flags,
        tally.skipped,
        tally.failed,
        whole(output)
    )
}
