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
use crate::{config::Config, error::Error};
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
    /// Whether it is on or off and nothing else.
    pub is_switch: bool,
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
    /// Folders beside the inputs that are looked in for a pain log, in this order.
    pub log_folders: Vec<PathBuf>,
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
        let named = environment.config_file();
        let is_named = config.config.is_some() || named.is_some();
        let found = place::find(config, named, &beside);
        notices.extend(found.notice());
        if let Some(path) = &found.file {
            said.extend(file::read(path, &keys)?);
        }
        Ok(Settings {
            request: merged(&said),
            log_folders: place::log_folders(found.file.as_deref(), is_named),
            file: found.file,
            notices,
            said,
        })
    }

    /// What the request comes to, with the folders that a pain log may lie in.
    ///
    /// # Errors
    /// As [`Request::resolve`].
    pub fn resolve(self) -> Result<Config, Error> {
        Ok(Config {
            log_folders: self.log_folders,
            ..self.request.resolve()?
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
            is_switch: key.default.is_boolean(),
            value,
        };
        values.into_iter().map(setting).collect()
    }

    /// The loudest that said this of the key.
    fn origin(&self, key: &str, value: &Value) -> Origin {
        self.said
            .iter()
            .find(|said| says(&said.request, key, value))
            .map_or(Origin::Default, |said| said.origin.clone())
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
pub(super) fn merged(said: &[Said]) -> Request {
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
        is_switch: key.default.is_boolean(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::options::template;
    use clap::{Args, FromArgMatches};
    use std::{ffi::OsString, fs};

    /// Each key with what the command line, the environment and the file say of it.
    const EVERY_KEY: &[(&str, [&str; 3])] = &[
        ("inputs", ["a", "b", "c"]),
        ("pain", ["a.csv", "b.csv", "c.csv"]),
        ("out", ["a", "b", "c"]),
        ("cache", ["a", "b", "c"]),
        ("heart-rate-rest", ["50", "51", "52"]),
        ("heart-rate-max", ["190", "191", "192"]),
        ("sex", ["female", "male", "female"]),
        (
            "limit",
            [
                "acwr-high.coupled-ratio=1.4",
                "acwr-high.coupled_ratio=1.5",
                "acwr-high.coupled-ratio=1.6",
            ],
        ),
        ("emergency-number", ["112", "911", "999"]),
        ("format", ["json", "text", "json"]),
        ("open", ["true", "false", "true"]),
        ("for", ["clinician", "clinician", "clinician"]),
        ("with-names", ["false", "true", "false"]),
        ("fail-on", ["watch", "urgent", "note"]),
        ("strict", ["true", "false", "true"]),
        ("baseline", ["a.json", "b.json", "c.json"]),
        ("annotate", ["github", "github", "github"]),
        ("timezone", ["Europe/Berlin", "Europe/Paris", "Asia/Tokyo"]),
        ("open-sport", ["running", "other", "by-speed"]),
        ("units", ["mi", "km", "mi"]),
        ("as-of", ["2025-10-31", "today", "2025-10-30"]),
        ("jobs", ["1", "2", "3"]),
        ("date-order", ["dmy", "mdy", "dmy"]),
        ("pain-scale", ["0-5", "1-5", "0-100"]),
        ("column", ["pain=a", "pain=b", "pain=c"]),
        ("athlete", ["Anna", "Ben", "Carla"]),
        ("borg", ["false", "true", "false"]),
        ("notes", ["true", "false", "true"]),
        ("shared", ["true", "false", "true"]),
        ("quiet", ["false", "true", "true"]),
    ];

    fn flags(words: &[String]) -> Request {
        let command = Request::augment_args(clap::Command::new("niggle"));
        let words = ["niggle".to_string()].into_iter().chain(words.to_vec());
        let matches = command.try_get_matches_from(words).unwrap();
        Request::from_arg_matches(&matches).unwrap()
    }

    fn flag(key: &str, value: &str) -> String {
        match key {
            "inputs" => value.to_string(),
            _ => format!("--{key}={value}"),
        }
    }

    fn variables(given: &[(&str, &str)]) -> Environment {
        let given = given.iter();
        given
            .map(|(name, value)| (name.to_string(), OsString::from(value)))
            .collect()
    }

    /// A file of options in a folder of its own.
    fn written(text: &str) -> (tempfile::TempDir, ConfigFile) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("niggle.toml");
        fs::write(&file, text).unwrap();
        let config = ConfigFile {
            config: Some(file),
            no_config: false,
        };
        (folder, config)
    }

    #[test]
    fn each_value_is_that_of_the_loudest_who_says_it() {
        let names: Vec<String> = keys().into_iter().map(|key| key.name).collect();
        let told: Vec<&str> = EVERY_KEY.iter().map(|(key, _)| *key).collect();
        assert_eq!(told, names, "a row for every key");
        for (key, values) in EVERY_KEY {
            for speakers in 0..8_usize {
                let speaks = |who: usize| speakers >> who & 1 == 1;
                heard(key, values, [speaks(0), speaks(1), speaks(2)]);
            }
        }
    }

    fn heard(key: &str, [flag_says, variable_says, file_says]: &[&str; 3], speaks: [bool; 3]) {
        let words = [flag(key, flag_says)];
        let asked = flags(if speaks[0] { &words } else { &[] });
        let variable = format!("NIGGLE_{}", key.to_uppercase().replace('-', "_"));
        let environment = [(variable.as_str(), *variable_says)];
        let environment = variables(if speaks[1] { &environment } else { &[] });
        let line = format!("\n{key} = \"{file_says}\"");
        let (_folder, config) = written(if speaks[2] { &line } else { "" });
        let settings = Settings::with(asked, &config, &environment).unwrap();
        let expected = match speaks {
            [true, _, _] => (Origin::Flag, *flag_says),
            [_, true, _] => (Origin::Environment(variable), *variable_says),
            [_, _, true] => (Origin::File(2), *file_says),
            _ => (Origin::Default, ""),
        };
        let list = settings.list();
        let (own, others): (Vec<_>, Vec<_>) = list.iter().partition(|setting| setting.key == key);
        assert!(others.iter().all(|other| other.origin == Origin::Default));
        let [own] = own[..] else {
            panic!("{key}: {own:?}");
        };
        assert_eq!(own.origin, expected.0, "{key}");
        let value = own
            .value
            .as_str()
            .map_or_else(|| own.value.to_string(), str::to_string);
        assert!(
            value.ends_with(expected.1) || own.origin == Origin::Default,
            "{key}: {value}"
        );
    }

    #[test]
    fn lists_are_merged_by_what_their_values_are_about() {
        let (_folder, config) = written(
            "column = [\"pain=c\", \"date=day\"]\n[limits.acwr-high]\ncoupled-ratio = 1.6\n\
         [limits.single-run-spike]\nsmall-jump-percent = 15",
        );
        let environment = variables(&[
            (
                "NIGGLE_LIMIT",
                "load-monotony.monotony=3; acwr-high.coupled-ratio=1.5",
            ),
            ("NIGGLE_INPUTS", "a;b"),
        ]);
        let asked = flags(&["--column=pain=a".to_string(), "--column=pain=b".to_string()]);
        let settings = Settings::with(asked, &config, &environment).unwrap();
        let list = settings.list();
        let of = |key: &str| {
            let own = list.iter().filter(|setting| setting.key == key);
            own.map(|setting| (setting.value.as_str().unwrap(), setting.origin.clone()))
                .collect::<Vec<_>>()
        };
        let variable = |name: &str| Origin::Environment(name.to_string());
        assert_eq!(
            of("column"),
            [
                ("pain=a", Origin::Flag),
                ("pain=b", Origin::Flag),
                ("date=day", Origin::File(1)),
            ]
        );
        assert_eq!(
            of("limit"),
            [
                ("load-monotony.monotony=3", variable("NIGGLE_LIMIT")),
                ("acwr-high.coupled-ratio=1.5", variable("NIGGLE_LIMIT")),
                ("single-run-spike.small-jump-percent=15", Origin::File(5)),
            ]
        );
        assert_eq!(
            of("inputs"),
            [
                ("a", variable("NIGGLE_INPUTS")),
                ("b", variable("NIGGLE_INPUTS")),
            ]
        );
    }

    #[test]
    fn the_environment_is_refused_by_its_variable() {
        let with = |name: &str, value: &str| {
            let none = ConfigFile {
                no_config: true,
                ..ConfigFile::default()
            };
            Settings::with(Request::default(), &none, &variables(&[(name, value)]))
        };
        let error = with("NIGGLE_UNITS", "metres").unwrap_err();
        assert_eq!(
            error.to_string(),
            "NIGGLE_UNITS: one of km, mi or miles is expected, not \"metres\". Nothing was written."
        );
        assert_eq!(error.exit_code(), 2);
        let slip = with("NIGGLE_TIMZONE", "UTC").unwrap();
        assert_eq!(
            slip.notices,
            [
                "the variable NIGGLE_TIMZONE is none of niggle's and was not used; NIGGLE_TIMEZONE is."
            ]
        );
        assert_eq!(slip.request, Request::default());
        for quiet in [("NIGGLE_CORPUS", "x"), ("NIGGLE_OUT", "")] {
            let settings = with(quiet.0, quiet.1).unwrap();
            assert_eq!(
                (settings.notices, settings.request),
                (Vec::new(), Request::default())
            );
        }
    }

    /// The file that is read, and what is said of the others.
    fn found(
        asked: &[&Path],
        config: ConfigFile,
        environment: &Environment,
    ) -> (Option<PathBuf>, Vec<String>) {
        let request = Request {
            inputs: asked.iter().map(|path| path.to_path_buf()).collect(),
            ..Request::default()
        };
        let settings = Settings::with(request, &config, environment).unwrap();
        (settings.file, settings.notices)
    }

    #[test]
    fn the_file_beside_the_inputs_is_read_and_another_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let [anna, ben, none] = ["anna", "ben", "none"].map(|name| folder.path().join(name));
        for name in [&anna, &ben, &none] {
            fs::create_dir(name).unwrap();
            fs::write(name.join("run.fit"), "x").unwrap();
        }
        let [annas, bens] = [&anna, &ben].map(|folder| folder.join("niggle.toml"));
        fs::write(&annas, "jobs = 1").unwrap();
        fs::write(&bens, "jobs = 2").unwrap();
        let nothing = variables(&[]);
        let find = |asked: &[&Path]| found(asked, ConfigFile::default(), &nothing);
        assert_eq!(find(&[&anna]), (Some(annas.clone()), Vec::new()));
        assert_eq!(
            find(&[&anna.join("run.fit"), &anna]),
            (Some(annas.clone()), Vec::new())
        );
        assert_eq!(find(&[&none]), (None, Vec::new()));
        let both = format!(
            "the options are those of {}; {} was not read.",
            bens.display(),
            annas.display()
        );
        assert_eq!(
            find(&[&ben, &anna]),
            (Some(bens.clone()), vec![both.clone()])
        );
        let named = ConfigFile {
            config: Some(bens.clone()),
            no_config: false,
        };
        assert_eq!(
            found(&[&anna], named, &nothing),
            (Some(bens.clone()), vec![both.clone()])
        );
        let by_variable = variables(&[("NIGGLE_CONFIG", bens.to_str().unwrap())]);
        assert_eq!(
            found(&[&anna], ConfigFile::default(), &by_variable),
            (Some(bens), vec![both])
        );
        let no_config = ConfigFile {
            config: None,
            no_config: true,
        };
        assert_eq!(found(&[&anna], no_config, &by_variable), (None, Vec::new()));
    }

    #[test]
    fn a_template_changes_nothing_before_or_after_its_lines_are_used() {
        let text = template(&[]);
        let asked = |text: &str| {
            let (_folder, config) = written(text);
            let settings = Settings::with(Request::default(), &config, &variables(&[]));
            settings.unwrap()
        };
        assert_eq!(asked(&text).request, Request::default());
        let used: String = text
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(key) if !key.starts_with(' ') => format!("{key}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        for key in keys() {
            let line = match key.name.as_str() {
                "limit" => "\nlimits.single-run-spike.small-jump-percent = 10\n".to_string(),
                name => format!("\n{name} = "),
            };
            assert!(used.contains(&line), "{line}");
        }
        let all = asked(&used);
        assert!(all.request.options.judged.limit.len() > 50, "every limit");
        let said = all
            .list()
            .into_iter()
            .filter(|setting| setting.origin != Origin::Default);
        assert!(said.count() > 50, "the lines are read");
        let config = |request: Request| {
            let mut config = request.options.resolve(Vec::new()).unwrap();
            config.output = config.output.file_name().unwrap().into();
            format!("{config:?}")
        };
        assert_eq!(config(all.request), config(Request::default()));
    }
}
