//! JSON Schemas (draft 2020-12) of everything that niggle writes for programs: the shape from the types that write it, the words from
//! their [`Keys`], so that neither can differ from the documents or from the data dictionary.

pub mod tables;

use crate::{
    associate::cohort::Cohort,
    cli::options::Shown,
    frames::STACKED,
    inspect::view::FileView,
    keys::{Inside, Keys},
    next,
    pain::Check,
    report::{CohortDocument, SCHEMA_VERSION, diff::Diff, json::Document},
    rules::handbook::Handbook,
};
use schemars::{
    Schema,
    generate::SchemaSettings,
    transform::{RecursiveTransform, Transform},
};
use serde_json::{Map, Value};

/// A document for programs whose schema is published.
#[derive(Debug, Clone, Copy)]
pub struct Published {
    /// What `niggle schema` calls it; stable.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// Its `schema_version`.
    pub version: u32,
    /// Its keys, one list after the other.
    keys: &'static [&'static [Keys]],
    /// Its shape.
    shape: fn() -> Schema,
}

/// Every one.
pub const SCHEMAS: &[Published] = &[
    Published {
        name: "findings",
        title: "findings.json, and niggle report --format json",
        version: SCHEMA_VERSION,
        keys: &[Document::KEYS],
        shape: shape::<Document>,
    },
    Published {
        name: "cohort",
        title: "cohort.json of niggle cohort",
        version: CohortDocument::VERSION,
        keys: &[CohortDocument::KEYS, Cohort::KEYS],
        shape: shape::<CohortDocument>,
    },
    Published {
        name: "diff",
        title: "niggle diff --json",
        version: Diff::VERSION,
        keys: &[Diff::KEYS],
        shape: shape::<Diff>,
    },
    Published {
        name: "next",
        title: "niggle next --json",
        version: next::Document::VERSION,
        keys: &[next::Document::KEYS],
        shape: shape::<next::Document>,
    },
    Published {
        name: "inspect",
        title: "niggle inspect --json",
        version: FileView::VERSION,
        keys: &[FileView::KEYS],
        shape: shape::<Vec<FileView>>,
    },
    Published {
        name: "pain-check",
        title: "niggle pain check --json",
        version: Check::VERSION,
        keys: &[Check::KEYS],
        shape: shape::<Check>,
    },
    Published {
        name: "rules",
        title: "niggle rules --json, of every rule or of one",
        version: Handbook::VERSION,
        keys: &[Handbook::KEYS],
        shape: shape::<Handbook>,
    },
    Published {
        name: "config",
        title: "niggle config show --json",
        version: Shown::VERSION,
        keys: &[Shown::KEYS],
        shape: shape::<Shown>,
    },
];

/// What a version means.
const PROMISE: &str = "Within one schema_version no key goes or changes its type, unit or meaning, and no enum gets another word. New \
     keys, and new words where no enum lists them (rules, kinds of problem, places, loads, units), may come with any release: pass \
     over what you do not know. Whatever else changes raises schema_version, and the end of $id with it.";

/// A line for each: name, version and title; then one for each table, which have no version of their own.
pub fn list() -> String {
    let documents = SCHEMAS.iter();
    let documents = documents.map(|one| (one.name, one.version.to_string(), one.title));
    let tables = STACKED.iter();
    let tables = tables.map(|one| (one.name, "table".to_string(), one.title));
    let all: Vec<_> = documents.chain(tables).collect();
    let width = all.iter().map(|(name, ..)| name.len()).max();
    let width = width.unwrap_or_default();
    let line = |(name, version, title)| format!("{name:width$}  {version:5}  {title}\n");
    all.into_iter().map(line).collect()
}

/// The schema with this name.
pub fn named(name: &str) -> Option<&'static Published> {
    SCHEMAS.iter().find(|schema| schema.name == name)
}

impl Published {
    /// What it is known by: it changes with its version alone.
    pub fn id(&self) -> String {
        format!("urn:niggle:schema:{}:{}", self.name, self.version)
    }

    /// The schema, ending in a line break.
    pub fn text(&self) -> String {
        let text = serde_json::to_string_pretty(&self.value());
        text.unwrap_or_default() + "\n"
    }

    /// The schema.
    pub fn value(&self) -> Value {
        let mut schema = (self.shape)().to_value();
        for keys in self.keys {
            describe(&mut schema, "", keys);
        }
        if let Some(root) = schema.as_object_mut() {
            let description = format!("{}. {PROMISE}", self.title);
            root.insert("$id".to_string(), self.id().into());
            root.insert("title".to_string(), self.title.into());
            root.insert("description".to_string(), description.into());
        }
        schema
    }
}

/// The shape of what a type is written as. Words about it come from [`Keys`]: what the code says of itself is for those who read it.
fn shape<T: schemars::JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(plain).transform(&mut schema);
    schema
}

/// Leaves of one schema what a validator and its reader need: no words but those of an enum, no formats of Rust's numbers.
fn plain(schema: &mut Schema) {
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    if !schema.contains_key("const") {
        schema.remove("description");
    }
    schema.remove("title");
    // Of one that has several shapes: what a later niggle adds is passed over there, too.
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        schema.remove("additionalProperties");
    }
    if schema.get("format").is_some_and(|format| format != "date") {
        schema.remove("format");
    }
}

/// Writes what keys mean beside them, and what is inside them likewise.
fn describe(schema: &mut Value, at: &str, keys: &[Keys]) {
    for object in objects_at(schema, at) {
        for key in keys {
            describe_key(schema, &format!("{object}/properties"), key);
        }
    }
}

fn describe_key(schema: &mut Value, properties: &str, key: &Keys) {
    for name in key.names {
        tell(schema, &format!("{properties}/{name}"), key.about);
    }
    let last = key.names.last().copied().unwrap_or_default();
    match key.inside {
        Inside::Nothing => {}
        Inside::Object(keys) | Inside::Each(keys) | Inside::Values(keys) => {
            describe(schema, &format!("{properties}/{last}"), keys);
        }
    }
}

fn tell(schema: &mut Value, place: &str, about: &str) {
    if let Some(key) = schema.pointer_mut(place).and_then(Value::as_object_mut) {
        key.insert("description".to_string(), about.into());
    }
}

/// Where the objects are described that can stand at this place: alone, or as elements, values or alternatives.
fn objects_at(schema: &Value, at: &str) -> Vec<String> {
    let Some(here) = schema.pointer(at).and_then(Value::as_object) else {
        return Vec::new();
    };
    if here.contains_key("properties") {
        return vec![at.to_string()];
    }
    let below = below(here, at).into_iter();
    below.flat_map(|at| objects_at(schema, &at)).collect()
}

/// One step nearer to them.
fn below(here: &Map<String, Value>, at: &str) -> Vec<String> {
    let target = here.get("$ref").and_then(Value::as_str);
    let target = target.and_then(|target| target.strip_prefix('#'));
    let steps = ["items", "additionalProperties"].into_iter();
    let steps = steps.filter(|step| here.contains_key(*step));
    let choices = ["anyOf", "oneOf"].into_iter().flat_map(|choice| {
        let all = here
            .get(choice)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        (0..all).map(move |number| format!("{at}/{choice}/{number}"))
    });
    let target = target.map(str::to_string).into_iter();
    let steps = steps.map(|step| format!("{at}/{step}"));
    target.chain(steps).chain(choices).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every key of the objects of a schema that has no words of its own, by its object's place.
    fn untold(value: &Value, at: &str, found: &mut BTreeSet<String>) {
        let Some(object) = value.as_object() else {
            return;
        };
        for (key, inside) in object {
            let below = format!("{at}/{key}");
            if key == "properties" {
                for (name, property) in inside.as_object().expect("an object") {
                    if property["description"].as_str().is_none_or(str::is_empty) {
                        found.insert(format!("{below}/{name}"));
                    }
                }
            }
            untold(inside, &below, found);
            for (i, choice) in inside.as_array().into_iter().flatten().enumerate() {
                untold(choice, &format!("{below}/{i}"), found);
            }
        }
    }

    #[test]
    fn every_key_is_told_in_words_for_people_who_do_not_read_rust() {
        for schema in SCHEMAS {
            let mut found = BTreeSet::new();
            untold(&schema.value(), "", &mut found);
            assert_eq!(found, BTreeSet::new(), "{}: give them Keys", schema.name);
            let text = schema.text();
            for word in [
                "None",
                "[`",
                "uint",
                "\"double\"",
                "\"additionalProperties\": false",
            ] {
                assert!(!text.contains(word), "{}: {word}", schema.name);
            }
        }
    }

    /// Every key that is told of is one of the document's.
    #[test]
    fn nothing_is_told_of_a_key_that_there_is_not() {
        fn check(schema: &Value, at: &str, keys: &[Keys], name: &str) {
            let objects = objects_at(schema, at);
            assert!(!objects.is_empty(), "{name}: {at}");
            for key in keys {
                for name in key.names {
                    let is_there = |object: &String| {
                        schema
                            .pointer(&format!("{object}/properties/{name}"))
                            .is_some()
                    };
                    assert!(objects.iter().any(is_there), "{at}: {name}");
                }
                if let Inside::Object(inside) | Inside::Each(inside) | Inside::Values(inside) =
                    key.inside
                {
                    let last = key.names.last().expect("a name");
                    for object in &objects {
                        let at = format!("{object}/properties/{last}");
                        if schema.pointer(&at).is_some() {
                            check(schema, &at, inside, name);
                        }
                    }
                }
            }
        }
        for schema in SCHEMAS {
            for keys in schema.keys {
                check(&schema.value(), "", keys, schema.name);
            }
        }
    }

    #[test]
    fn words_of_closed_lists_dates_and_ranges_are_in_it() {
        let schema = named("findings").expect("a schema").value();
        let words: Vec<&str> = schema["$defs"]["Severity"]["oneOf"]
            .as_array()
            .expect("a list of words")
            .iter()
            .map(|word| word["const"].as_str().expect("a word"))
            .collect();
        let severities = [
            "good",
            "note",
            "watch",
            "ease-off",
            "see-someone",
            "urgent",
            "emergency",
        ];
        assert_eq!(words, severities);
        assert_eq!(schema["properties"]["as_of"]["format"], "date");
        let q = &schema["$defs"]["Association"]["properties"]["q"];
        assert_eq!((&q["minimum"], &q["maximum"]), (&0.into(), &1.into()));
        assert_eq!(q["type"], serde_json::json!(["number", "null"]));
        assert_eq!(schema["$id"], "urn:niggle:schema:findings:3");
    }

    #[test]
    fn the_list_names_each() {
        assert_eq!(list().lines().count(), SCHEMAS.len() + STACKED.len());
        let starts = list().starts_with("findings     3      findings.json");
        assert!(
            starts && list().contains("\nruns         table  a row a run\n"),
            "{}",
            list()
        );
        assert!(named("nothing").is_none());
    }
}
