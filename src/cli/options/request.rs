//! All that a report can be asked for: its inputs and its options. Each is a key of a `niggle.toml`.

use super::{report::Options, spelled::all_spelled};
use crate::{config::Config, error::Error};
use clap::{Args, ValueHint};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What is said where there is nothing to read, with both ways to name it.
const NO_INPUTS: &str = "nothing to read: name recordings behind the command, as `niggle report my_export`, or name them in a niggle.toml in this folder, as \
    inputs = [\"my_export\"] (`niggle config init` writes one).";

/// All that a report can be asked for, each as it was given or not at all.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Request {
    /// FIT, GPX and TCX recordings, gzipped or not, folders and zips of them, and exports of Garmin and Strava accounts, unpacked
    /// or as the zip they come in. A pain.csv or pain_log.csv inside is found by itself.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    #[serde(with = "all_spelled", skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<PathBuf>,
    /// Everything else.
    #[command(flatten)]
    #[serde(flatten)]
    pub options: Options,
}

impl Request {
    /// This before another. Inputs are taken from one of them alone.
    pub fn over(self, below: Request) -> Request {
        let given = !self.inputs.is_empty();
        Request {
            inputs: if given { self.inputs } else { below.inputs },
            options: self.options.over(below.options),
        }
    }

    /// What it comes to, with the defaults for what was not given.
    ///
    /// # Errors
    /// [`Error::Usage`] without inputs, and as [`Options::resolve`].
    pub fn resolve(self) -> Result<Config, Error> {
        self.options.resolve(inputs_of(self.inputs)?)
    }

    /// The inputs.
    ///
    /// # Errors
    /// [`Error::Usage`] where there are none.
    pub fn into_inputs(self) -> Result<Vec<PathBuf>, Error> {
        inputs_of(self.inputs)
    }

    /// The same with its relative paths below a folder.
    pub(super) fn below(mut self, folder: &Path) -> Request {
        let Request { inputs, options } = &mut self;
        let Options {
            pain_file,
            out,
            cached,
            gate,
            ..
        } = options;
        let named = [
            &mut pain_file.pain,
            out,
            &mut cached.cache,
            &mut gate.baseline,
        ];
        for path in inputs.iter_mut().chain(named.into_iter().flatten()) {
            *path = folder.join(&*path);
        }
        self
    }
}

fn inputs_of(inputs: Vec<PathBuf>) -> Result<Vec<PathBuf>, Error> {
    if inputs.is_empty() {
        return Err(Error::Usage(NO_INPUTS.to_string()));
    }
    Ok(inputs)
}
