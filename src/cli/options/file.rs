//! Options as a file has them: a key each, called as on the command line.

use super::report::Options;
use crate::pain::edit_distance;
use clap::Args;
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;
use std::collections::BTreeMap;

/// Reads key by key, so that an error names its key. What is no option is refused, with the nearest that is one.
impl<'de> Deserialize<'de> for Options {
    fn deserialize<D: Deserializer<'de>>(file: D) -> Result<Self, D::Error> {
        let known = keys();
        let mut all = Options::default();
        for (key, value) in BTreeMap::<String, Value>::deserialize(file)? {
            if !known.contains(&key) {
                return Err(D::Error::custom(no_such_option(&key, &known)));
            }
            let one = alone(&key, value);
            let one = one.map_err(|error| D::Error::custom(format!("{key}: {error}")))?;
            all = one.over(all);
        }
        Ok(all)
    }
}

/// Every key of a file, as the options are called on the command line.
pub(super) fn keys() -> Vec<String> {
    let command = Options::augment_args(clap::Command::new(""));
    command
        .get_arguments()
        .filter_map(|option| option.get_long())
        .map(str::to_string)
        .collect()
}

/// The options of a file that holds one key alone.
fn alone(key: &str, value: Value) -> Result<Options, serde_json::Error> {
    let table = [(key.to_string(), value)].into_iter().collect();
    Options::deserialize(Value::Object(table))
}

fn no_such_option(key: &str, known: &[String]) -> String {
    let nearest = known.iter().min_by_key(|name| edit_distance(key, name));
    let nearest = nearest.map_or("", String::as_str);
    format!("there is no option `{key}`; the nearest is `{nearest}`")
}
