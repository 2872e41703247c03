//! How the runners of a cohort are read and judged: as it was asked for, as a plan keeps it, and as it is taken from there again.

use super::options::{
    Common, ConfigFile, Day, Options, Request, Settings, Study, Whole, registered,
};
use crate::{
    cohort::{Asked, Plan, Who},
    config::Config,
    error::Error,
};
use clap::{Args, ValueHint};
use std::path::{Path, PathBuf};

/// What a cohort and its plan take alike.
#[derive(Debug, Args)]
pub(super) struct OfStudy {
    /// The tables have days of the calendar; without, days are counted from each runner's first.
    #[arg(long)]
    dates: bool,
    /// A file that says which tests were planned before anybody looked (pairs, rules, definitions, each a list in TOML). Everything
    /// else is marked as looked at afterwards and has no q; the file's SHA-256 stands in the report.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    registered: Option<PathBuf>,
    /// Counts of people below it are not told, nor the rates that would give them away: 5 is usual. For a report that is passed on.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    fewest: u16,
    #[command(flatten)]
    tables: Study,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    config: ConfigFile,
}

impl OfStudy {
    /// Where everybody is found.
    pub(super) fn who(&self, folder: Option<PathBuf>) -> Who {
        Who {
            folder,
            named: self.tables.named(),
        }
    }
}

/// What was asked for, and the settings that only this process goes by.
pub(super) struct Loaded {
    pub(super) asked: Asked,
    pub(super) quiet: bool,
    /// What there is to know of files and variables that were not used.
    pub(super) notices: Vec<String>,
}

/// The options of the command line, the environment and a file beside the runners.
pub(super) fn load(folder: &Path, study: &OfStudy, output: PathBuf) -> Result<Loaded, Error> {
    let settings = Settings::load(request(folder, &study.common), &study.config)?;
    let common = settings.request.options.common;
    let registered = study.registered.as_deref().map(registered).transpose()?;
    Ok(Loaded {
        quiet: common.is_quiet(),
        notices: settings.notices,
        asked: Asked {
            registered,
            fewest: study.fewest,
            with_dates: study.dates,
            ..asked(common, output)?
        },
    })
}

/// A cohort's options among those of a report; a file beside the runners is for them.
fn request(folder: &Path, common: &Common) -> Request {
    Request {
        inputs: vec![folder.to_path_buf()],
        options: Options {
            common: common.clone(),
            ..Options::default()
        },
    }
}

fn asked(common: Common, output: PathBuf) -> Result<Asked, Error> {
    let kept = of_everybody(common.clone());
    let settings = serde_json::to_value(&kept)
        .map_err(|error| Error::render("the settings of the plan", &error))?;
    Ok(Asked {
        config: Config {
            output,
            ..common.config()
        },
        settings,
        ..Asked::default()
    })
}

/// Without what is for this process alone; and the day of today as a date.
fn of_everybody(mut common: Common) -> Common {
    common.work.jobs = None;
    common.work.quiet = None;
    common.work.shared = None;
    common.work.as_of = common.work.as_of.map(Day::fixed);
    common
}

/// What a plan asks for, with what is for this process alone.
pub(super) fn of_plan(
    plan: &Plan,
    jobs: Option<Whole<1, 256>>,
    output: PathBuf,
) -> Result<Asked, Error> {
    let settings = plan.settings.clone();
    let mut common: Common = serde_json::from_value(settings).map_err(|error| {
        Error::Plan(format!(
            "the settings of the plan cannot be understood ({error}). Make it anew."
        ))
    })?;
    common.work.jobs = jobs;
    Ok(Asked {
        with_dates: plan.with_dates,
        registered: plan.registered.clone(),
        fewest: plan.fewest,
        ..asked(common, output)?
    })
}
