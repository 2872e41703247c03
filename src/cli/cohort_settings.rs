//! How the runners of a cohort are read and judged: as it was asked for, as a plan keeps it, and as it is taken from there again.

use super::options::{Common, ConfigFile, Day, Options, Request, Settings, Whole};
use crate::{
    cohort::{Asked, Plan},
    config::Config,
    error::Error,
};
use std::path::{Path, PathBuf};

/// What was asked for, and the settings that only this process goes by.
pub(super) struct Loaded {
    pub(super) asked: Asked,
    pub(super) quiet: bool,
    /// What there is to know of files and variables that were not used.
    pub(super) notices: Vec<String>,
}

/// The options of the command line, the environment and a file beside the runners.
pub(super) fn load(
    folder: &Path,
    common: &Common,
    file: &ConfigFile,
    with_dates: bool,
    output: PathBuf,
) -> Result<Loaded, Error> {
    let settings = Settings::load(request(folder, common), file)?;
    let common = settings.request.options.common;
    Ok(Loaded {
        quiet: common.is_quiet(),
        notices: settings.notices,
        asked: asked(common, with_dates, output)?,
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

fn asked(common: Common, with_dates: bool, output: PathBuf) -> Result<Asked, Error> {
    let kept = of_everybody(common.clone());
    let settings = serde_json::to_value(&kept).map_err(|error| Error::Render {
        what: "the settings of the plan".to_string(),
        reason: error.to_string(),
    })?;
    Ok(Asked {
        config: Config {
            output,
            ..common.config()
        },
        settings,
        with_dates,
    })
}

/// Without what is for this process alone; and the day of today as a date.
fn of_everybody(mut common: Common) -> Common {
    common.work.jobs = None;
    common.work.quiet = None;
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
    asked(common, plan.with_dates, output)
}
