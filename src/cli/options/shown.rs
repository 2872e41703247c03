//! What holds and who said it, as JSON for scripts: the answer of `niggle config show --json`.

use super::{
    said::Origin,
    settings::{Setting, Settings},
};
use crate::keys::Keys;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// What holds, and who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Shown {
    schema_version: u32,
    file: Option<String>,
    settings: Vec<One>,
}

/// A value that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
struct One {
    key: String,
    value: Option<Held>,
    origin: Who,
    place: Option<String>,
}

/// A value as a script takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
enum Held {
    Switch(bool),
    Text(String),
}

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Who {
    /// The command line.
    Flag,
    /// A variable of the environment.
    Environment,
    /// The file.
    File,
    /// Nobody.
    Default,
}

impl Shown {
    /// Raised when a name changes its meaning or goes.
    pub const VERSION: u32 = 1;

    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(
            &["schema_version"],
            "Raised when a name changes its meaning or goes.",
        ),
        Keys::of(&["file"], "The file that was read; null without one."),
        Keys::each(
            &["settings"],
            "Every value in the order of the help; an option that can be given again has one for each of its values.",
            One::KEYS,
        ),
    ];

    /// What the settings come to.
    pub fn of(settings: &Settings) -> Shown {
        let list = settings.list();
        Shown {
            schema_version: Shown::VERSION,
            file: settings
                .file
                .as_ref()
                .map(|file| file.display().to_string()),
            settings: list.iter().map(|one| One::of(settings, one)).collect(),
        }
    }

    /// The document, ending in a line break.
    ///
    /// # Errors
    /// serde_json's, which plain values cannot cause.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}

impl One {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["key"],
            "What it is called in the file and, behind two hyphens, on the command line.",
        ),
        Keys::of(
            &["value"],
            "The value: true or false of a switch, else a text as it would be written on the command line; null where there is \
             none.",
        ),
        Keys::of(&["origin"], "Who said it."),
        Keys::of(
            &["place"],
            "The variable's name, or the file and its line; null for the command line and for defaults.",
        ),
    ];

    fn of(settings: &Settings, setting: &Setting) -> One {
        let (origin, is_named) = match setting.origin {
            Origin::Flag => (Who::Flag, false),
            Origin::Environment(_) => (Who::Environment, true),
            Origin::File(_) => (Who::File, true),
            Origin::Default => (Who::Default, false),
        };
        One {
            key: setting.key.clone(),
            value: held(setting),
            origin,
            place: is_named.then(|| settings.named(&setting.origin)),
        }
    }
}

/// None for an empty text, which is no value.
fn held(setting: &Setting) -> Option<Held> {
    let text = match &setting.value {
        Value::Bool(switch) => return Some(Held::Switch(*switch)),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let switch = text.parse().ok().filter(|_| setting.is_switch);
    let text = || (!text.is_empty()).then(|| Held::Text(text.clone()));
    switch.map(Held::Switch).or_else(text)
}
