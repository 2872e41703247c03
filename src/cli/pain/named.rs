//! Which pain log a command is about, and how it is read: as named, else as a niggle.toml has it, else the one that lies here.

use crate::{
    cli::{
        options::{Common, ConfigFile, Log, Options, Request, Settings},
        say::tell_notices,
    },
    diary,
    error::Error,
    pain,
};
use std::path::{Path, PathBuf};

/// A log that need not be there yet.
pub(super) struct Named {
    pub(super) path: PathBuf,
    pub(super) options: pain::Options,
}

/// The log and how it is read.
pub(super) fn named(given: Option<PathBuf>, log: Log, config: &ConfigFile) -> Result<Named, Error> {
    let asked = Request {
        options: Options {
            pain: given,
            common: Common {
                log,
                ..Common::default()
            },
            ..Options::default()
        },
        ..Request::default()
    };
    let settings = Settings::load(asked, config)?;
    tell_notices(&settings.notices);
    let options = settings.request.options;
    Ok(Named {
        path: diary::log_file(options.pain, Path::new("."))?,
        options: options.common.log.options(),
    })
}
