//! What was said by the command line, the environment and a file, in this order of weight and for each value on its own, and who said
//! what.

use super::{
    environment::Environment,
    file,
    key::{Key, keys},
    place::{self, ConfigFile},
    request::Request,
    said::{Origin, Said},
};
use crate::error::Error;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// A value that holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// What it is called.
    pub key: String,
    /// The value, one of a list, or an empty text where there is none.
    pub value: Value,
    /// Who said it.
    pub origin: Origin,
}

/// Everything that was said, and what holds of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What holds.
    pub request: Request,
    /// The file that was read. None: there is none.
    pub file: Option<PathBuf>,
    /// What there is to know of files and variables that were not used, a sentence each.
    pub notices: Vec<String>,
    /// The loudest first.
    said: Vec<Said>,
}

impl Settings {
    /// Puts the environment and the file below what the command line asks for. The file is the one that was named, else the one
    /// beside the inputs, else the one in the current folder.
    ///
    /// # Errors
    /// [`Error::Usage`] for a file or variable that cannot be understood, [`Error::Input`] for a file that cannot be read.
    pub fn load(flags: Request, config: &ConfigFile) -> Result<Settings, Error> {
        Settings::with(flags, config, &Environment::of_process())
    }

    /// The same with the environment given.
    pub(super) fn with(
        flags: Request,
        config: &ConfigFile,
        environment: &Environment,
    ) -> Result<Settings, Error> {
        let keys = keys();
        let mut notices = environment.strangers(&keys);
        let mut said = vec![by_flags(flags)];
        said.extend(environment.said(&keys)?);
        let beside = merged(&said).inputs;
        let found = place::find(config, environment.config_file(), &beside);
        notices.extend(found.notice());
        if let Some(path) = &found.file {
            said.extend(file::read(path, &keys)?);
        }
        Ok(Settings {
            request: merged(&said),
            file: found.file,
            notices,
            said,
        })
    }

    /// Every value with who said it, in the order of the help; a list has an entry for each of its values.
    pub fn list(&self) -> Vec<Setting> {
        let held = table(&self.request);
        let of = |key: &Key| self.of_key(key, held.get(&key.name));
        keys().iter().flat_map(of).collect()
    }

    fn of_key(&self, key: &Key, held: Option<&Value>) -> Vec<Setting> {
        let Some(held) = held else {
            return vec![nobodys(key)];
        };
        let values = match held {
            Value::Array(values) => values.clone(),
            one => vec![one.clone()],
        };
        let setting = |value| Setting {
            key: key.name.clone(),
            origin: self.origin(&key.name, &value),
            value,
        };
        values.into_iter().map(setting).collect()
    }

    /// The loudest that said this of the key.
    fn origin(&self, key: &str, value: &Value) -> Origin {
        let mut said = self.said.iter();
        let found = said.find(|said| says(&said.request, key, value));
        found.map_or(Origin::Default, |said| said.origin.clone())
    }

    /// Who said the value in the words of a list: `niggle.toml, line 3`.
    pub fn named(&self, origin: &Origin) -> String {
        let file = self.file.as_deref().unwrap_or(Path::new(place::NAME));
        match origin {
            Origin::Flag => "the command line".to_string(),
            Origin::Environment(variable) => variable.clone(),
            Origin::File(line) => format!("{}, line {line}", file.display()),
            Origin::Default => "default".to_string(),
        }
    }
}

fn by_flags(request: Request) -> Said {
    Said {
        request,
        origin: Origin::Flag,
    }
}

/// What holds of all that was said, the loudest first.
fn merged(said: &[Said]) -> Request {
    let requests = said.iter().map(|said| said.request.clone());
    requests.fold(Request::default(), Request::over)
}

fn nobodys(key: &Key) -> Setting {
    let value = match &key.default {
        Value::Array(_) => Value::from(""),
        default => default.clone(),
    };
    Setting {
        key: key.name.clone(),
        value,
        origin: Origin::Default,
    }
}

/// What is asked for as a table of keys.
pub(super) fn table(request: &Request) -> Map<String, Value> {
    match serde_json::to_value(request) {
        Ok(Value::Object(table)) => table,
        _ => Map::new(),
    }
}

fn says(request: &Request, key: &str, value: &Value) -> bool {
    table(request).get(key).is_some_and(|said| match said {
        Value::Array(values) => values.contains(value),
        one => one == value,
    })
}
