//! What rules say of themselves, for scripts and lists, as a fold over [`RULES`]. Pages tell of them in `report`.

use crate::keys::Keys;
use crate::option::LIMIT;
use crate::rules::{Change, Limit, RULES, Rule, limits::name};
use schemars::JsonSchema;
use serde::Serialize;

/// One line a rule, for `niggle rules`.
pub fn list() -> String {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    RULES
        .iter()
        .map(|rule| format!("{:width$}  {}\n", rule.id, rule.title))
        .collect()
}

/// Every rule, or the one with this id, as JSON for scripts: all that a rule says of itself. None when there is no such rule.
pub fn json(id: Option<&str>) -> Option<String> {
    let rules = || RULES.iter().copied();
    let answer = match id {
        None => Handbook::All(rules().map(explained).collect()),
        Some(id) => Handbook::One(explained(rules().find(|rule| rule.id == id)?)),
    };
    let text = serde_json::to_string_pretty(&answer);
    text.ok().map(|text| text + "\n")
}

/// The answer of `niggle rules --json`.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Handbook {
    /// Every rule, in the order of [`RULES`].
    All(Vec<Explained>),
    /// The one that was asked for.
    One(Explained),
}

/// A rule and, for each limit that can be changed, the option that would set it to its default.
#[derive(Serialize, JsonSchema)]
pub struct Explained {
    schema_version: u32,
    #[serde(flatten)]
    rule: &'static Rule,
    options: Vec<String>,
}

impl Handbook {
    /// Raised when a name changes its meaning or goes.
    pub const VERSION: u32 = 1;

    /// What the keys of a rule are.
    pub const KEYS: &'static [Keys] = &[
        Keys::of(
            &["schema_version"],
            "Raised when a name changes its meaning or goes.",
        ),
        Keys::of(&["id"], "The rule's id, as in findings.json."),
        Keys::of(&["title"], "A few words."),
        Keys::of(&["why"], "Why a runner would want to know."),
        Keys::of(
            &["formula", "needs"],
            "What is computed, in words with units, and the data it needs before it may speak.",
        ),
        Keys::of(&["severity_cap"], "The loudest it may ever be."),
        Keys::object(&["evidence"], "What stands behind it.", EVIDENCE_KEYS),
        Keys::each(&["limits"], "Every threshold.", LIMIT_KEYS),
        Keys::of(
            &["options"],
            "For each limit that can be changed, the option that sets it to its default.",
        ),
        Keys::of(
            &["seed"],
            "What the popular articles that niggle started from say about it, or that they do not.",
        ),
        Keys::of(
            &["message"],
            "The sentence the runner reads, with an example's numbers.",
        ),
    ];
}

const EVIDENCE_KEYS: &[Keys] = &[
    Keys::of(&["stance"], "How far the literature carries."),
    Keys::of(
        &["says", "sources"],
        "What the sources say, in plain words with their numbers, and the sources.",
    ),
];

const LIMIT_KEYS: &[Keys] = &[
    Keys::of(
        &["key", "value"],
        "The limit's name, with its unit, and its default.",
    ),
    Keys::object(&["change"], "What it may be changed to.", CHANGE_KEYS),
    Keys::of(&["why"], "Why this value."),
];

const CHANGE_KEYS: &[Keys] = &[
    Keys::of(
        &["within", "whole"],
        "Any number, or any whole number, from the first to the second.",
    ),
    Keys::of(&["fixed"], "Nothing; and why not."),
];

fn explained(rule: &'static Rule) -> Explained {
    let option = |limit: &Limit| format!("{LIMIT} {}={}", name(rule.id, limit.key), limit.value);
    let limits = rule.limits.iter().filter(|limit| is_changeable(limit));
    Explained {
        schema_version: Handbook::VERSION,
        rule,
        options: limits.map(option).collect(),
    }
}

/// Whether an option changes the limit.
pub fn is_changeable(limit: &Limit) -> bool {
    !matches!(limit.change, Change::Fixed(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Severity, Stance};
    use std::{collections::BTreeSet, path::PathBuf};

    fn source(file: &str) -> String {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("src/rules")
            .join(file);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn file_of(rule: &Rule) -> String {
        format!("{}.rs", rule.id.replace('-', "_"))
    }

    /// Every sentence of a rule that someone reads.
    fn sentences(rule: &Rule) -> Vec<&'static str> {
        let own = [
            rule.why,
            rule.formula,
            rule.needs,
            rule.evidence.says,
            rule.seed,
            rule.message,
        ];
        own.into_iter()
            .chain(rule.limits.iter().map(|limit| limit.why))
            .collect()
    }

    #[test]
    fn ids_are_kebab_case_unique_and_the_names_of_files() {
        let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), RULES.len(), "ids are unique");
        for rule in RULES {
            let is_word = |word: &str| {
                !word.is_empty()
                    && word
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            };
            assert!(rule.id.split('-').all(is_word), "{}", rule.id);
            assert!(
                source(&file_of(rule)).contains(&format!("id: \"{}\"", rule.id)),
                "{}",
                rule.id
            );
        }
    }

    #[test]
    fn every_sentence_is_one_and_every_rule_has_sources() {
        for rule in RULES {
            assert!(
                !rule.title.is_empty() && !rule.title.ends_with('.'),
                "{}: {}",
                rule.id,
                rule.title
            );
            for text in sentences(rule) {
                assert!(text.ends_with('.'), "{}: {text}", rule.id);
                assert!(
                    !text.contains("  ") && !text.contains('\n'),
                    "{}: {text}",
                    rule.id
                );
            }
            assert!(!rule.evidence.sources.is_empty(), "{}", rule.id);
            assert!(
                rule.evidence
                    .sources
                    .iter()
                    .all(|source| !source.trim().is_empty()),
                "{}",
                rule.id
            );
        }
    }

    #[test]
    fn no_forbidden_words() {
        for rule in RULES {
            let texts = sentences(rule)
                .into_iter()
                .chain([rule.title])
                .chain(rule.evidence.sources.iter().copied());
            for text in texts {
                assert_eq!(
                    crate::rules::kit::wording::forbidden(text),
                    None,
                    "{}: {text}",
                    rule.id
                );
            }
        }
    }

    #[test]
    fn limit_keys_are_unique_and_used() {
        for rule in RULES {
            let keys: BTreeSet<&str> = rule.limits.iter().map(|limit| limit.key).collect();
            assert_eq!(
                keys.len(),
                rule.limits.len(),
                "{}: keys are unique",
                rule.id
            );
            for limit in rule.limits {
                assert!(limit.value.is_finite(), "{}: {}", rule.id, limit.key);
                assert!(
                    is_used(rule, limit),
                    "{}: {} is listed and never used",
                    rule.id,
                    limit.key
                );
            }
        }
    }

    /// The code, without tests, of the rule's own file or else of the first file of rules that defines this key.
    fn code_with(rule: &Rule, key: &str) -> Option<String> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/rules");
        let names = |below: &str| -> BTreeSet<String> {
            let entries = std::fs::read_dir(folder.join(below)).expect("the folder of rules");
            let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
            entries
                .map(|entry| format!("{below}{}", name(entry).to_string_lossy()))
                .collect()
        };
        let all = names("")
            .into_iter()
            .chain(names("kit/"))
            .filter(|name| name.ends_with(".rs"));
        let files = std::iter::once(file_of(rule)).chain(all);
        files
            .map(|file| {
                source(&file)
                    .split("mod tests")
                    .next()
                    .unwrap_or_default()
                    .to_string()
            })
            .find(|c| c.contains(key))
    }

    /// The code without the rule's own definition, which names its limits only to list them.
    fn without_definition(code: &str) -> String {
        let Some((before, rest)) = code.split_once("pub const RULE: Rule") else {
            return code.to_string();
        };
        let behind = rest.split_once("\n};").map_or("", |(_, behind)| behind);
        format!("{before}{behind}")
    }

    /// Whether the limit's constant appears outside its definition and the rule's.
    fn is_used(rule: &Rule, limit: &Limit) -> bool {
        let key = format!("key: \"{}\"", limit.key);
        let Some(code) = code_with(rule, &key) else {
            return false;
        };
        let Some((before, after)) = code.split_once(&key) else {
            return false;
        };
        if let Some(field) = after
            .trim_start_matches(',')
            .trim_start()
            .strip_prefix("value: GATES.")
        {
            // The gates (src/method/statistics.md, Gates) belong to `associate`, which reads them by name.
            let field = field.split([' ', ',']).next().unwrap_or_default();
            return ["gates.rs", "pair.rs", "mod.rs"].iter().any(|file| {
                let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                    .join("src/associate")
                    .join(file);
                std::fs::read_to_string(path)
                    .is_ok_and(|code| code.contains(&format!("GATES.{field}")))
            });
        }
        let name = before
            .rsplit("const ")
            .next()
            .and_then(|rest| rest.split(':').next())
            .unwrap_or_default();
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        without_definition(&code)
            .split(|c: char| !is_part(c))
            .filter(|word| *word == name)
            .count()
            > 1
    }

    /// Severity and grade of every rule, by hand (src/method/rules.md, Grades). A grade between two is the lower one; "limited" and
    /// an expert's table are weak.
    const OF_THE_PAGE: &[(&str, Severity, Stance)] = {
        use {crate::rules::Stance::*, Severity::*};
        &[
            ("red-flag-chest", Emergency, CommonAdvice),
            ("red-flag-collapse", Emergency, CommonAdvice),
            ("red-flag-confusion", Emergency, CommonAdvice),
            ("red-flag-throat", Emergency, CommonAdvice),
            ("red-flag-inhaler", Emergency, CommonAdvice),
            ("red-flag-back", Emergency, CommonAdvice),
            ("red-flag-hard-muscle", Emergency, CommonAdvice),
            ("red-flag-deformity", Urgent, CommonAdvice),
            ("red-flag-achilles-calf", Urgent, CommonAdvice),
            ("red-flag-severe", Urgent, CommonAdvice),
            ("red-flag-hip-groin", Urgent, CommonAdvice),
            ("red-flag-knee", Urgent, CommonAdvice),
            ("red-flag-hot-joint", Urgent, CommonAdvice),
            ("red-flag-one-sided-swelling", Urgent, CommonAdvice),
            ("red-flag-cold-limb", Urgent, CommonAdvice),
            ("red-flag-head", Urgent, CommonAdvice),
            ("red-flag-urine", Urgent, CommonAdvice),
            ("red-flag-palpitations", Urgent, CommonAdvice),
            ("red-flag-pregnancy", Urgent, CommonAdvice),
            ("red-flag-skin", Urgent, CommonAdvice),
            ("red-flag-bite", Urgent, CommonAdvice),
            ("red-flag-back-unwell", Urgent, CommonAdvice),
            ("red-flag-bone-spot", SeeSomeone, CommonAdvice),
            ("red-flag-hamstring", SeeSomeone, CommonAdvice),
            ("red-flag-nerve", SeeSomeone, CommonAdvice),
            ("red-flag-both-shins", SeeSomeone, CommonAdvice),
            ("red-flag-rest-pain", SeeSomeone, CommonAdvice),
            ("red-flag-unwell", SeeSomeone, CommonAdvice),
            ("red-flag-swelling", SeeSomeone, CommonAdvice),
            ("red-flag-knee-gives-way", SeeSomeone, CommonAdvice),
            ("red-flag-tick", SeeSomeone, CommonAdvice),
            ("red-flag-periods", SeeSomeone, CommonAdvice),
            ("red-flag-artery", SeeSomeone, CommonAdvice),
            ("red-flag-vein", SeeSomeone, CommonAdvice),
            // Load rules never exceed watch, but for the spike over 100 %.
            ("single-run-spike", EaseOff, Moderate),
            ("weekly-distance-jump", Watch, Contested),
            ("hard-minutes-jump", Note, Weak),
            ("acwr-high", Note, Contested),
            ("no-deload", Watch, Weak),
            ("rest-days-few", Watch, Weak),
            ("load-monotony", Note, Weak),
            ("load-strain", Note, Weak),
            ("weekly-volume-high", Note, Contested),
            ("return-after-break", Watch, Weak),
            ("fast-start", Note, Weak),
            ("cadence-low-absolute", Note, Contested),
            ("cadence-below-own", Watch, Weak),
            ("cadence-nudge", Note, Weak),
            ("ascent-spike", Watch, Weak),
            ("descent-spike", Watch, Weak),
            // No study of runners stands behind a number alone.
            ("pain-high", Urgent, Weak),
            // One trial of 38 people that could show no difference.
            ("pain-during-run", EaseOff, Weak),
            ("pain-next-morning", SeeSomeone, Weak),
            ("running-through-pain", SeeSomeone, Weak),
            ("pain-over-a-week", SeeSomeone, Moderate),
            ("pain-rising", SeeSomeone, Moderate),
            ("pain-hotspot", Watch, Descriptive),
            ("pain-outside-doms", SeeSomeone, Weak),
            ("time-loss", SeeSomeone, Strong),
            ("ostrc-substantial", SeeSomeone, Strong),
            ("previous-injury", Note, Strong),
            ("painkiller-before-runs", Watch, Moderate),
            ("soreness-fits-doms", Good, Moderate),
            ("everyday", Note, Weak),
            ("settled-week", Good, Descriptive),
            ("sleep-short", Watch, Moderate),
            ("shoe-distance", Watch, Weak),
            ("load-pain-link", Watch, Descriptive),
            ("log-coverage", Note, Descriptive),
            ("activity-gap", Note, Descriptive),
        ]
    };

    /// A study can be looked up: it has a DOI, a PMC number or an address, or says in words that none was found.
    #[test]
    fn every_study_can_be_looked_up() {
        // What is no study: pages that are not on the web, custom, and what was worked out here.
        let others = [
            "opular article",
            "TREK",
            "Custom among",
            "Simulation made",
            "ostRc package",
        ];
        let is_address = |word: &str| {
            let host = word.split('/').next().unwrap_or_default();
            let is_of_one = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
            host.contains('.') && host.len() > 5 && host.chars().all(is_of_one)
        };
        for rule in RULES {
            for source in rule.evidence.sources {
                let has = |words: &str| source.contains(words);
                let mut words = source.split_whitespace();
                let found = ["doi 10.", "doi.org/10.", "PMC", "no DOI"]
                    .into_iter()
                    .any(has)
                    || words.any(|word| is_address(word.trim_end_matches([',', '.', ';'])));
                assert!(
                    found || others.into_iter().any(has),
                    "{}: {source}",
                    rule.id
                );
            }
        }
    }

    /// An alarm is checked advice, and says where anyone can read it.
    #[test]
    fn every_red_flag_names_public_sources_with_a_year() {
        for rule in RULES.iter().filter(|rule| rule.id.starts_with("red-flag-")) {
            assert_eq!(rule.evidence.stance, Stance::CommonAdvice, "{}", rule.id);
            for source in rule.evidence.sources {
                let is_year = |word: &str| {
                    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
                };
                let mut words = source.split(|c: char| !c.is_ascii_digit());
                assert!(words.any(is_year), "{}: a year: {source}", rule.id);
                assert!(
                    source.contains('/') && source.contains('.'),
                    "{}: an address: {source}",
                    rule.id
                );
            }
            for text in rule.evidence.sources.iter().chain([&rule.evidence.says]) {
                let unchecked = [
                    "from memory",
                    "not re-checked",
                    "No study was checked",
                    "opular article",
                ];
                assert!(
                    unchecked.iter().all(|words| !text.contains(words)),
                    "{}: {text}",
                    rule.id
                );
            }
        }
    }

    #[test]
    fn caps_and_grades_are_those_of_the_page() {
        let ours: Vec<_> = RULES
            .iter()
            .map(|rule| (rule.id, rule.cap, rule.evidence.stance))
            .collect();
        assert_eq!(ours, OF_THE_PAGE);
        let contested = RULES
            .iter()
            .filter(|rule| rule.evidence.stance == Stance::Contested);
        assert!(
            contested
                .into_iter()
                .all(|rule| rule.cap <= Severity::Watch),
            "contested evidence never shouts"
        );
    }

    #[test]
    fn the_json_has_what_scripts_need() {
        let all: serde_json::Value = serde_json::from_str(&json(None).unwrap()).unwrap();
        let ids: Vec<&str> = all
            .as_array()
            .unwrap()
            .iter()
            .map(|rule| rule["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, RULES.iter().map(|rule| rule.id).collect::<Vec<_>>());
        let one: serde_json::Value =
            serde_json::from_str(&json(Some("single-run-spike")).unwrap()).unwrap();
        assert_eq!(one["severity_cap"], "ease-off");
        assert_eq!(
            (&one["evidence"]["stance"], &one["limits"][0]["value"]),
            (&"moderate".into(), &10.0.into())
        );
        for key in ["id", "title", "why", "formula", "needs", "seed", "message"] {
            assert!(
                one[key].as_str().is_some_and(|text| !text.is_empty()),
                "{key}"
            );
        }
        assert!(
            one["evidence"]["sources"]
                .as_array()
                .is_some_and(|sources| !sources.is_empty())
        );
        assert!(one["limits"][0]["key"].is_string() && one["limits"][0]["why"].is_string());
        assert_eq!(
            one["options"][0],
            "--limit single-run-spike.small-jump-percent=10"
        );
        assert_eq!(
            one["limits"][0]["change"]["within"],
            serde_json::json!([0.0, 1000.0])
        );
        assert_eq!(json(Some("no-such-rule")), None);
    }
}
