//! Which pain log a command is about, and how it is read: as named, else as a niggle.toml has it, else the one that lies here.

use crate::{
    cli::{
        options::{Common, ConfigFile, Log, Options, PainFile, Request, Settings, Work},
        say::tell_of_settings,
    },
    error::Error,
    logbook, pain,
    rules::{EmergencyNumber, Limits},
};
use clap::Args;
use std::path::PathBuf;

/// A log that need not be there yet.
pub(super) struct Named {
    pub(super) path: PathBuf,
    pub(super) options: pain::Options,
    /// What rules go by.
    pub(super) limits: Limits,
    pub(super) emergency_number: EmergencyNumber,
    /// Whether the file of options lets others read what is written.
    pub(super) is_shared: bool,
}

/// Which pain log a command is about, and how it is read, among the options of a report.
#[derive(Debug, Clone, Args)]
pub(super) struct WhichLog {
    #[command(flatten)]
    pub(super) file: PainFile,
    #[command(flatten)]
    log: Log,
    #[command(flatten)]
    config: ConfigFile,
}

impl WhichLog {
    fn asked(&self) -> Request {
        let work = Work {
            log: self.log.clone(),
            ..Work::default()
        };
        let common = Common {
            work,
            ..Common::default()
        };
        let options = Options {
            pain_file: self.file.clone(),
            common,
            ..Options::default()
        };
        Request {
            options,
            ..Request::default()
        }
    }
}

/// The log and how it is read.
pub(super) fn named(which: &WhichLog) -> Result<Named, Error> {
    let settings = Settings::load(which.asked(), &which.config)?;
    tell_of_settings(&settings.notices);
    let options = settings.request.options;
    Ok(Named {
        path: logbook::log_file(options.pain_file.pain, &settings.log_folders)?,
        limits: options.judged.limits()?,
        emergency_number: options.judged.emergency_number.unwrap_or_default(),
        is_shared: options.common.work.shared.unwrap_or_default(),
        options: options.common.work.log.options(),
    })
}
