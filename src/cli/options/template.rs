//! A file of options to start from: every key with its help and its default, all of them commented out.

use super::key::{Key, keys};
use crate::rules::{Change, Limit, RULES, Rule};
use serde_json::Value;

/// Letters of a line of help.
const WIDTH: usize = 90;

const HEAD: &str = "\
# Options of niggle's, for every `niggle report` in this folder: take the # before a line away to say something else.
# Other commands take what bears on them, as `niggle inspect` the inputs, timezone and open-sport.
# What is given on the command line goes before this file, and so do variables of the environment, which are called
# NIGGLE_ and the key in capitals, as NIGGLE_OUT. Paths are relative to this file. An empty text is no value.
# `niggle config show` says what holds and where it is from.
";

const LIMITS: &str = "
# Limits of rules: `niggle rules ID` says why they are what they are, and what they may be.
";

/// The file. What is known already, by the names of keys, stands in it as a line in use.
pub fn template(known: &[(&str, Value)]) -> String {
    let keys = keys();
    let options = keys.iter().filter(|key| key.name != "limit");
    let options = options.map(|key| lines(key, known));
    let limits = RULES.iter().filter_map(|rule| limits_of(rule));
    let parts = [HEAD.to_string()].into_iter().chain(options);
    parts.chain([LIMITS.to_string()]).chain(limits).collect()
}

fn lines(key: &Key, known: &[(&str, Value)]) -> String {
    let value = known.iter().find(|(name, _)| *name == key.name);
    let line = match value {
        Some((name, value)) => format!("{name} = {value}"),
        None => format!("#{} = {}", key.name, key.default),
    };
    format!("\n{}{line}\n", comment(&key.help))
}

/// The words as lines of a comment.
fn comment(words: &str) -> String {
    let mut lines = vec![String::from("#")];
    for word in words.split(' ') {
        let is_full = lines
            .last()
            .is_some_and(|line| line.chars().count() + word.chars().count() >= WIDTH);
        if is_full {
            lines.push(String::from("#"));
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}

/// The limits of a rule that can be changed. None where there are none.
fn limits_of(rule: &Rule) -> Option<String> {
    let limits = rule.limits.iter();
    let limits = limits.filter(|limit| !matches!(limit.change, Change::Fixed(_)));
    let limits: String = limits.map(|limit| limit_line(rule, limit)).collect();
    (!limits.is_empty()).then(|| format!("\n# {}\n{limits}", rule.title))
}

fn limit_line(rule: &Rule, limit: &Limit) -> String {
    // Each line says whose it is, so that it may be used alone.
    let (id, key) = (rule.id, limit.key.replace('_', "-"));
    format!("#limits.{id}.{key} = {}\n", limit.value)
}
