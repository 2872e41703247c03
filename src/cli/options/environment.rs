//! Options as the environment has them: `NIGGLE_` and the key in capitals. The command line alone looks at it, and what is below gets
//! values.

use super::{
    key::{Key, VARIABLE, alone},
    said::{Origin, Said},
};
use crate::{error::Error, pain::edit_distance};
use serde_json::Value;
use std::{collections::BTreeMap, env, ffi::OsString, path::PathBuf};

/// The variable that names the file.
const CONFIG: &str = "NIGGLE_CONFIG";
/// What stands between the values of a list.
const BETWEEN: char = ';';

/// The variables that begin as niggle's do. One that is empty is not set.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment(BTreeMap<String, OsString>);

impl Environment {
    /// Those that this process was started with.
    pub(super) fn of_process() -> Environment {
        let named =
            env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        named.collect()
    }

    /// The file that is named by it.
    pub(super) fn config_file(&self) -> Option<PathBuf> {
        self.0.get(CONFIG).map(PathBuf::from)
    }

    /// What its variables say.
    pub(super) fn said(&self, keys: &[Key]) -> Result<Vec<Said>, Error> {
        let given = keys.iter().filter_map(|key| {
            let value = self.0.get(&key.variable())?;
            Some(said(key, value))
        });
        given.collect()
    }

    /// Variables that are nearly one of niggle's.
    pub(super) fn strangers(&self, keys: &[Key]) -> Vec<String> {
        let names = self.0.keys();
        names.filter_map(|name| slip(name, keys)).collect()
    }
}

impl FromIterator<(String, OsString)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, OsString)>>(variables: I) -> Self {
        let own = variables
            .into_iter()
            .filter(|(name, value)| name.starts_with(VARIABLE) && !value.is_empty());
        Environment(own.collect())
    }
}

fn said(key: &Key, value: &OsString) -> Result<Said, Error> {
    let variable = key.variable();
    let wrong = |why: &str| Error::Usage(format!("{variable}: {why}. Nothing was written."));
    let text = value.to_str().ok_or_else(|| wrong("it is no UTF-8"))?;
    let value = if key.is_list() {
        text.split(BETWEEN)
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .collect()
    } else {
        Value::from(text)
    };
    let request = alone(&key.name, value)
        .map_err(|expected| wrong(&format!("{expected}, not \"{text}\"")))?;
    Ok(Said {
        request,
        origin: Origin::Environment(variable),
    })
}

/// That a variable is not niggle's though nearly called as one.
fn slip(name: &str, keys: &[Key]) -> Option<String> {
    let known = keys.iter().map(Key::variable).chain([CONFIG.to_string()]);
    let nearest = known.min_by_key(|known| edit_distance(name, known))?;
    let distance = edit_distance(name, &nearest);
    (1..=2)
        .contains(&distance)
        .then(|| format!("the variable {name} is none of niggle's and was not used; {nearest} is."))
}
