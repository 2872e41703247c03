//! The handbook: every rule with its reasons, as a fold over [`RULES`].

use super::{Limit, RULES, Rule, Stance};

/// The table of all rules and a section for each, as Markdown: the README's table and the report's appendix.
pub fn markdown() -> String {
    let anchored = |rule: &&Rule| format!("<a id=\"{}\"></a>\n\n{}", rule.id, section(rule));
    let sections: Vec<String> = RULES.iter().map(anchored).collect();
    format!("{}\n{}", table(), sections.join("\n"))
}

/// The table of all rules alone, as Markdown.
pub fn table() -> String {
    let row = |rule: &&Rule| {
        let stance = rule.evidence.stance.as_str();
        format!("| `{}` | {} | {} | {stance} |\n", rule.id, rule.title, rule.cap.as_str())
    };
    let rows: String = RULES.iter().map(row).collect();
    format!("| rule | what it looks for | at most | evidence |\n|---|---|---|---|\n{rows}")
}

/// One rule's section and how to change its limits, for `niggle rules <id>`. None when there is no such rule.
pub fn text(id: &str) -> Option<String> {
    let rule = RULES.iter().find(|rule| rule.id == id)?;
    Some(format!("{}- **To change a limit:** {LIMITS_ARE_FIXED}\n", section(rule)))
}

/// One line a rule, for `niggle rules`.
pub fn list() -> String {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    RULES.iter().map(|rule| format!("{:width$}  {}\n", rule.id, rule.title)).collect()
}

/// Every rule, or the one with this id, as JSON for scripts: all that a rule says of itself. None when there is no such rule.
pub fn json(id: Option<&str>) -> Option<String> {
    let text = match id {
        None => serde_json::to_string_pretty(RULES),
        Some(id) => serde_json::to_string_pretty(RULES.iter().find(|rule| rule.id == id)?),
    };
    text.ok().map(|text| text + "\n")
}

/// Said until limits can be changed.
const LIMITS_ARE_FIXED: &str =
    "They are fixed: no option and no file changes them in this version, so equal data get equal words.";

impl Stance {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Strong => "strong",
            Stance::Moderate => "moderate",
            Stance::Weak => "weak",
            Stance::Contested => "contested",
            Stance::Descriptive => "descriptive",
        }
    }
}

fn section(rule: &Rule) -> String {
    let sources: String = rule.evidence.sources.iter().map(|source| format!("  - {source}\n")).collect();
    format!(
        "### `{id}`: {title}\n\n{why}\n\n\
        - **Computes:** {formula}\n- **Needs:** {needs}\n- **At most:** {cap}\n- **Limits:**\n{limits}\
        - **Evidence, {stance}:** {says}\n{sources}- **Where the idea comes from:** {seed}\n\
        - **Says, for example:** {message}\n",
        id = rule.id,
        title = rule.title,
        why = rule.why,
        formula = rule.formula,
        needs = rule.needs,
        cap = rule.cap.as_str(),
        limits = rule.limits.iter().map(limit_line).collect::<String>(),
        stance = rule.evidence.stance.as_str(),
        says = rule.evidence.says,
        seed = rule.seed,
        message = rule.message,
    )
}

fn limit_line(limit: &Limit) -> String {
    format!("  - `{}` = {}: {}\n", limit.key, limit.value, limit.why)
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::*;
    use std::{collections::BTreeSet, path::PathBuf};

    fn source(file: &str) -> String {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/rules").join(file);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn file_of(rule: &Rule) -> String {
        format!("{}.rs", rule.id.replace('-', "_"))
    }

    /// Every sentence of a rule that someone reads.
    fn sentences(rule: &Rule) -> Vec<&'static str> {
        let own = [rule.why, rule.formula, rule.needs, rule.evidence.says, rule.seed, rule.message];
        own.into_iter().chain(rule.limits.iter().map(|limit| limit.why)).collect()
    }

    #[test]
    fn ids_are_kebab_case_unique_and_the_names_of_files() {
        let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), RULES.len(), "ids are unique");
        for rule in RULES {
            let is_word =
                |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            assert!(rule.id.split('-').all(is_word), "{}", rule.id);
            assert!(source(&file_of(rule)).contains(&format!("id: \"{}\"", rule.id)), "{}", rule.id);
        }
    }

    #[test]
    fn every_sentence_is_one_and_every_rule_has_sources() {
        for rule in RULES {
            assert!(!rule.title.is_empty() && !rule.title.ends_with('.'), "{}: {}", rule.id, rule.title);
            for text in sentences(rule) {
                assert!(text.ends_with('.'), "{}: {text}", rule.id);
                assert!(!text.contains("  ") && !text.contains('\n'), "{}: {text}", rule.id);
            }
            assert!(!rule.evidence.sources.is_empty(), "{}", rule.id);
            assert!(rule.evidence.sources.iter().all(|source| !source.trim().is_empty()), "{}", rule.id);
        }
    }

    #[test]
    fn no_forbidden_words() {
        for rule in RULES {
            let texts = sentences(rule).into_iter().chain([rule.title]).chain(rule.evidence.sources.iter().copied());
            for text in texts {
                assert_eq!(super::super::wording::forbidden(text), None, "{}: {text}", rule.id);
            }
        }
    }

    #[test]
    fn limit_keys_are_unique_and_used() {
        for rule in RULES {
            let keys: BTreeSet<&str> = rule.limits.iter().map(|limit| limit.key).collect();
            assert_eq!(keys.len(), rule.limits.len(), "{}: keys are unique", rule.id);
            for limit in rule.limits {
                assert!(limit.value.is_finite(), "{}: {}", rule.id, limit.key);
                assert!(is_used(rule, limit), "{}: {} is listed and never used", rule.id, limit.key);
            }
        }
    }

    /// The code, without tests, of the rule's own file or else of the first file of rules that defines this key.
    fn code_with(rule: &Rule, key: &str) -> Option<String> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/rules");
        let entries = std::fs::read_dir(folder).expect("the folder of rules");
        let names: BTreeSet<String> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        let files = std::iter::once(file_of(rule)).chain(names.into_iter().filter(|name| name.ends_with(".rs")));
        files
            .map(|file| source(&file).split("mod tests").next().unwrap_or_default().to_string())
            .find(|c| c.contains(key))
    }

    /// Whether the limit's constant appears outside its definition and the list of limits.
    fn is_used(rule: &Rule, limit: &Limit) -> bool {
        let key = format!("key: \"{}\"", limit.key);
        let Some(code) = code_with(rule, &key) else { return false };
        let Some((before, after)) = code.split_once(&key) else { return false };
        if let Some(field) = after.trim_start_matches(',').trim_start().strip_prefix("value: GATES.") {
            // The gates of statistics.md belong to `associate`, which reads them by name.
            let field = field.split([' ', ',']).next().unwrap_or_default();
            return include_str!("../associate.rs").matches(&format!("GATES.{field}")).count() > 0;
        }
        let name = before.rsplit("const ").next().and_then(|rest| rest.split(':').next()).unwrap_or_default();
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        code.split(|c: char| !is_part(c)).filter(|word| *word == name).count() > 2
    }

    /// Severity and grade of rules.md, tables E and B, by hand. A grade between two is the lower one; "limited" and an
    /// expert's table are weak.
    const OF_THE_PAGE: &[(&str, Severity, Stance)] = {
        use {Severity::*, Stance::*};
        &[
            ("red-flag-chest", Emergency, Weak),
            ("red-flag-back", Emergency, Weak),
            ("red-flag-deformity", Urgent, Weak),
            ("red-flag-one-sided-swelling", Urgent, Weak),
            ("red-flag-severe", Urgent, Weak),
            ("red-flag-bone-spot", SeeSomeone, Weak),
            ("red-flag-nerve", SeeSomeone, Weak),
            ("red-flag-rest-pain", SeeSomeone, Weak),
            ("red-flag-swelling", SeeSomeone, Weak),
            ("red-flag-knee-gives-way", SeeSomeone, Weak),
            ("red-flag-artery", SeeSomeone, Weak),
            ("red-flag-vein", SeeSomeone, Weak),
            // Load rules never exceed watch, but for the spike over 100 %.
            ("single-run-spike", EaseOff, Moderate),
            ("weekly-distance-jump", Watch, Contested),
            ("hard-minutes-jump", Watch, Weak),
            ("acwr-high", Note, Contested),
            ("no-deload", Watch, Weak),
            ("rest-days-few", Watch, Weak),
            ("load-monotony", Note, Weak),
            ("load-strain", Note, Weak),
            ("weekly-volume-high", Note, Contested),
            ("return-after-break", Watch, Weak),
            ("cadence-low-absolute", Note, Contested),
            ("cadence-below-own", Watch, Weak),
            ("cadence-nudge", Note, Weak),
            ("ascent-spike", Watch, Weak),
            ("descent-spike", Watch, Weak),
            ("pain-during-run", EaseOff, Moderate),
            ("pain-next-morning", SeeSomeone, Moderate),
            ("running-through-pain", SeeSomeone, Moderate),
            ("pain-over-a-week", SeeSomeone, Moderate),
            ("pain-rising", SeeSomeone, Moderate),
            ("pain-hotspot", Watch, Descriptive),
            ("pain-outside-doms", SeeSomeone, Weak),
            ("time-loss", SeeSomeone, Strong),
            ("ostrc-substantial", SeeSomeone, Strong),
            ("previous-injury", Note, Strong),
            ("soreness-fits-doms", Good, Moderate),
            ("settled-week", Good, Descriptive),
            ("sleep-short", Watch, Moderate),
            ("shoe-distance", Watch, Weak),
            ("load-pain-link", Watch, Descriptive),
            ("log-coverage", Note, Descriptive),
            ("activity-gap", Note, Descriptive),
        ]
    };

    #[test]
    fn caps_and_grades_are_those_of_the_page() {
        let ours: Vec<_> = RULES.iter().map(|rule| (rule.id, rule.cap, rule.evidence.stance)).collect();
        assert_eq!(ours, OF_THE_PAGE);
        let contested = RULES.iter().filter(|rule| rule.evidence.stance == Stance::Contested);
        assert!(contested.into_iter().all(|rule| rule.cap <= Severity::Watch), "contested evidence never shouts");
    }

    #[test]
    fn the_json_has_what_scripts_need() {
        let all: serde_json::Value = serde_json::from_str(&json(None).unwrap()).unwrap();
        let ids: Vec<&str> = all.as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
        assert_eq!(ids, RULES.iter().map(|rule| rule.id).collect::<Vec<_>>());
        let one: serde_json::Value = serde_json::from_str(&json(Some("single-run-spike")).unwrap()).unwrap();
        assert_eq!(one["severity_cap"], "ease-off");
        assert_eq!((&one["evidence"]["stance"], &one["limits"][0]["value"]), (&"moderate".into(), &10.0.into()));
        for key in ["id", "title", "why", "formula", "needs", "seed", "message"] {
            assert!(one[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
        }
        assert!(one["evidence"]["sources"].as_array().is_some_and(|sources| !sources.is_empty()));
        assert!(one["limits"][0]["key"].is_string() && one["limits"][0]["why"].is_string());
        assert_eq!(json(Some("no-such-rule")), None);
    }

    #[test]
    fn the_handbook_has_every_rule_once() {
        let markdown = markdown();
        for rule in RULES {
            assert_eq!(markdown.matches(&format!("### `{}`", rule.id)).count(), 1, "{}", rule.id);
            assert!(markdown.contains(&section(rule)), "{}", rule.id);
            assert!(
                text(rule.id).is_some_and(|text| text.starts_with(&section(rule)) && text.contains(LIMITS_ARE_FIXED)),
                "{}",
                rule.id
            );
        }
        assert_eq!(table().lines().count(), RULES.len() + 2);
        assert_eq!(list().lines().count(), RULES.len());
        assert_eq!(text("no-such-rule"), None);
    }
}
