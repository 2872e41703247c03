//! `niggle tables`: the tables of a report and nothing else.

use super::{
    options::{Common, ConfigFile, Day, Log, Options, Reading, Request, Settings, Spelled, Whole},
    say::{Outcome, tell_notices, unless_quiet},
};
use crate::{
    config::Config,
    error::Error,
    model::Sex,
    pipeline::{self, TablesSummary},
    progress::Terminal,
    report::Form,
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
    /// The pain log.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pain: Option<PathBuf>,
    /// A folder for what recordings came to, as for a report; both can share one.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    cache: Option<PathBuf>,
    /// Resting heart rate in beats/min, for TRIMP.
    #[arg(long, value_name = "BPM", value_parser = Whole::<25, 120>::spelled)]
    heart_rate_rest: Option<Whole<25, 120>>,
    /// Maximum heart rate in beats/min, for TRIMP.
    #[arg(long, value_name = "BPM", value_parser = Whole::<120, 240>::spelled)]
    heart_rate_max: Option<Whole<120, 240>>,
    /// Which constants TRIMP takes [default: what the watch stored].
    #[arg(long, value_enum)]
    sex: Option<Sex>,
    #[command(flatten)]
    reading: Reading,
    /// The last day that counts, as 2025-10-31, or today [default: the last recorded day].
    #[arg(long, value_name = "DATE", value_parser = Day::spelled)]
    as_of: Option<Day>,
    /// Worker threads [default: one a core].
    #[arg(long, value_name = "N", value_parser = Whole::<1, 256>::spelled)]
    jobs: Option<Whole<1, 256>>,
    #[command(flatten)]
    log: Log,
    /// Read what you wrote into the accounts whose exports are given for pain and signs, as a report does.
    #[arg(long)]
    notes: bool,
    /// No progress and no summary.
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    config: ConfigFile,
}

impl TablesArgs {
    /// What of a report these tables are of.
    fn request(self) -> Request {
        let common = Common {
            reading: self.reading,
            units: None,
            as_of: self.as_of,
            jobs: self.jobs,
            log: self.log,
            notes: self.notes.then_some(true),
            quiet: self.quiet.then_some(true),
        };
        let options = Options {
            pain: self.pain,
            cache: self.cache,
            heart_rate_rest: self.heart_rate_rest,
            heart_rate_max: self.heart_rate_max,
            sex: self.sex,
            common,
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
    let Settings {
        request, notices, ..
    } = Settings::load(args.request(), &file)?;
    tell_notices(&notices);
    let quiet = request.options.common.is_quiet();
    // The file's folder is the report's.
    let config = Config {
        output,
        ..request.resolve()?
    };
    let summary = pipeline::tables(&config, form, &Terminal::new(quiet))?;
    tell_notices(&summary.notices);
    let text = unless_quiet(quiet, || summary_text(&summary, &config.output));
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
        output.display()
    )
}
