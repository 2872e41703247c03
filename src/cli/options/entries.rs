//! The entries of a file of options: which key each of its lines is, whether it stands alone or in a table.

use super::{
    fault::Fault,
    key::{Key, did_you_mean, find},
};
use serde_json::{Number, Value};
use std::ops::Range;
use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

/// Keys that may also be tables, and the names under which they are.
const TABLES: [(&str, &str); 5] = [
    ("limit", "limit"),
    ("limits", "limit"),
    ("column", "column"),
    ("columns", "column"),
    ("athlete", "athlete"),
];

/// Keys of `[athlete]`, and what they are called outside of it.
const OF_ATHLETE: [(&str, &str); 4] = [
    ("name", "athlete"),
    ("heart-rate-rest", "heart-rate-rest"),
    ("heart-rate-max", "heart-rate-max"),
    ("sex", "sex"),
];

/// A key and what the file says of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry<'k> {
    /// The key.
    pub(super) key: &'k str,
    /// How the file calls it.
    pub(super) shown: String,
    /// The byte it begins at.
    pub(super) at: usize,
    /// Its value, or its values, each with its place. None where the value is an empty text, which is no value.
    pub(super) values: Vec<(Value, Range<usize>)>,
    /// It can have several.
    is_list: bool,
    /// The limit that it is about, as `RULE.NAME`, where it is one of a table.
    pub(super) limit: Option<String>,
}

impl Entry<'_> {
    /// What it says as one value.
    pub(super) fn value(&self) -> Value {
        let mut values = self.values.iter().map(|(value, _)| value.clone());
        if self.is_list {
            values.collect()
        } else {
            values.next().unwrap_or_default()
        }
    }
}

type Name<'t> = Spanned<DeString<'t>>;
type Held<'t> = Spanned<DeValue<'t>>;

/// Every entry, in the order of the file.
pub(super) fn entries<'k>(file: &DeTable, keys: &'k [Key]) -> Result<Vec<Entry<'k>>, Fault> {
    let mut all = Vec::new();
    for (name, value) in in_order(file) {
        all.extend(of_line(name, value, keys)?);
    }
    Ok(all)
}

fn in_order<'f, 't>(table: &'f DeTable<'t>) -> Vec<(&'f Name<'t>, &'f Held<'t>)> {
    let mut all: Vec<_> = table.iter().collect();
    all.sort_by_key(|(name, _)| name.span().start);
    all
}

fn of_line<'k>(name: &Name, value: &Held, keys: &'k [Key]) -> Result<Vec<Entry<'k>>, Fault> {
    let written = plain(name);
    let as_table = TABLES.iter().find(|(known, _)| *known == written);
    match (as_table.map(|(_, key)| *key), value.get_ref()) {
        (Some("limit"), DeValue::Table(rules)) => limits(rules, keys),
        (Some("column"), DeValue::Table(roles)) => columns(name, roles, keys),
        (Some("athlete"), DeValue::Table(about)) => athlete(about, keys),
        (Some("limit"), DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_)) => {
            Err(Fault::new(name.span().start, NO_RULE))
        }
        (Some(key), _) => Ok(vec![entry(name, value, the_key(key, name, keys)?)]),
        (None, DeValue::Table(_)) if find(&written, keys).is_none() => Err(no_table(name)),
        (None, _) => Ok(vec![entry(name, value, the_key(&written, name, keys)?)]),
    }
}

/// A name in the spelling of the command line.
fn plain(name: &Name) -> String {
    name.get_ref().trim().replace('_', "-")
}

/// Keys stand in no table but these.
fn no_table(name: &Name) -> Fault {
    let what = format!(
        "unknown table `{}`: keys stand at the top of the file, but for [athlete], [columns] and [limits.RULE]",
        name.get_ref()
    );
    Fault::new(name.span().start, what)
}

fn the_key<'k>(called: &str, name: &Name, keys: &'k [Key]) -> Result<&'k Key, Fault> {
    find(called, keys).ok_or_else(|| unknown(name, keys.iter().map(|key| key.name.as_str())))
}

fn unknown<'n>(name: &Name, known: impl Iterator<Item = &'n str>) -> Fault {
    let written = name.get_ref();
    let advice = did_you_mean(written, known);
    Fault::new(
        name.span().start,
        format!("unknown key `{written}`: {advice}"),
    )
}

fn entry<'k>(name: &Name, value: &Held, key: &'k Key) -> Entry<'k> {
    let values = match value.get_ref() {
        DeValue::Array(values) if key.is_list() => values.iter().filter_map(said).collect(),
        _ => said(value).into_iter().collect(),
    };
    Entry {
        key: &key.name,
        shown: name.get_ref().to_string(),
        at: name.span().start,
        values,
        is_list: key.is_list(),
        limit: None,
    }
}

/// A value and its place. None for an empty text.
fn said(value: &Held) -> Option<(Value, Range<usize>)> {
    let read = value_of(value.get_ref());
    let is_empty = read.as_str().is_some_and(|text| text.trim().is_empty());
    (!is_empty).then(|| (read, value.span()))
}

fn value_of(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::from(number.as_str()), Value::from),
        DeValue::Float(number) => number_of(number.as_str()),
        DeValue::Boolean(switch) => Value::from(*switch),
        DeValue::Datetime(moment) => Value::from(moment.to_string()),
        DeValue::Array(values) => values.iter().map(|one| value_of(one.get_ref())).collect(),
        DeValue::Table(_) => Value::Object(Default::default()),
    }
}

fn number_of(text: &str) -> Value {
    let number = text.parse().ok().and_then(Number::from_f64);
    number.map_or_else(|| Value::from(text), Value::Number)
}

/// `[limits.RULE]` with `NAME = VALUE`.
fn limits<'k>(rules: &DeTable, keys: &'k [Key]) -> Result<Vec<Entry<'k>>, Fault> {
    let mut all = Vec::new();
    for (rule, limits) in in_order(rules) {
        let DeValue::Table(limits) = limits.get_ref() else {
            return Err(Fault::new(rule.span().start, NO_RULE));
        };
        for (name, value) in in_order(limits) {
            all.push(limit(rule, name, value, keys)?);
        }
    }
    Ok(all)
}

const NO_RULE: &str = "limits are NAME = VALUE below the name of their rule, as in [limits.single-run-spike] small-jump-percent = 15";

fn limit<'k>(rule: &Name, name: &Name, value: &Held, keys: &'k [Key]) -> Result<Entry<'k>, Fault> {
    let key = the_key("limit", name, keys)?;
    let called = format!("{}.{}", plain(rule), plain(name));
    let mut entry = entry(name, value, key);
    for (value, _) in &mut entry.values {
        *value = Value::from(format!("{called}={}", words(value)));
    }
    entry.shown = format!("limits.{called}");
    entry.limit = Some(called);
    Ok(entry)
}

fn words(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_string)
}

/// `[columns]` with `ROLE = "NAME"`, or several names in a list.
fn columns<'k>(table: &Name, roles: &DeTable, keys: &'k [Key]) -> Result<Vec<Entry<'k>>, Fault> {
    let key = the_key("column", table, keys)?;
    let none = DeValue::Array(Default::default());
    let mut all = entry(table, &Spanned::new(table.span(), none), key);
    for (role, names) in in_order(roles) {
        let named = entry(role, names, key).values.into_iter();
        all.values.extend(named.map(|(name, place)| {
            (
                Value::from(format!("{}={}", role.get_ref(), words(&name))),
                place,
            )
        }));
    }
    Ok(vec![all])
}

/// `[athlete]`, whose keys are those of the file but for the name.
fn athlete<'k>(about: &DeTable, keys: &'k [Key]) -> Result<Vec<Entry<'k>>, Fault> {
    let of = |(name, value): (&Name, &Held)| {
        let written = plain(name);
        let known = OF_ATHLETE.iter().find(|(known, _)| *known == written);
        let known = known.ok_or_else(|| unknown(name, OF_ATHLETE.iter().map(|(known, _)| *known)));
        let key = the_key(known?.1, name, keys)?;
        Ok(entry(name, value, key))
    };
    in_order(about).into_iter().map(of).collect()
}
