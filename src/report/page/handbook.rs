//! The handbook: every rule with its reasons, as a fold over [`RULES`].

use super::block::{Block, Item, Line, Section};
use crate::rules::{
    EmergencyNumber, Limit, Limits, RULES, Rule, Stance, handbook::is_changeable,
    limits::how_to_change,
};

/// The table of all rules and a part for each with its limits in force: the report's appendix. Its examples name the number that
/// the findings name.
pub(super) fn blocks(limits: &Limits, number: &EmergencyNumber) -> Vec<Block> {
    let parts = RULES.iter().map(|rule| part(rule, limits, number));
    std::iter::once(table()).chain(parts).collect()
}

fn part(rule: &Rule, limits: &Limits, number: &EmergencyNumber) -> Block {
    let in_force = rule
        .limits
        .iter()
        .map(|limit| limit_in_force(rule, limit, limits));
    let blocks = about(rule, in_force.collect(), number);
    Block::Part(Section::new(rule.id, heading(rule), blocks))
}

/// One rule and how to change its limits. None when there is no such rule.
pub(in crate::report) fn rule(id: &str) -> Option<Section> {
    let rule = RULES.iter().find(|rule| rule.id == id)?;
    let limits = rule.limits.iter().map(|limit| limit_to_change(rule, limit));
    let mut blocks = about(rule, limits.collect(), &EmergencyNumber::default());
    if let Some(Block::List(points)) = blocks.last_mut() {
        points.push(plain("To change a limit:", in_general(rule)));
    }
    Some(Section::untargeted(heading(rule), blocks))
}

/// The table of all rules.
pub(in crate::report) fn table() -> Block {
    Block::table(
        &["rule", "what it looks for", "at most", "evidence"],
        RULES.iter().map(|rule| row(rule)),
    )
}

fn row(rule: &Rule) -> Vec<Line> {
    let stance = rule.evidence.stance.as_str().replace('-', " ");
    let id = Line::new().code(rule.id);
    vec![
        id,
        rule.title.into(),
        rule.cap.as_str().into(),
        stance.into(),
    ]
}

fn heading(rule: &Rule) -> Line {
    Line::new().code(rule.id).text(format!(": {}", rule.title))
}

/// Why it exists, then its facts, point by point.
fn about(rule: &Rule, limits: Vec<Item>, number: &EmergencyNumber) -> Vec<Block> {
    let points = vec![
        plain("Computes:", rule.formula),
        plain("Needs:", rule.needs),
        plain("At most:", rule.cap.as_str()),
        Item::with(Line::new().strong("Limits:"), limits),
        evidence(rule),
        plain("Where the idea comes from:", rule.seed),
        plain("Says, for example:", &number.put_into(rule.message)),
    ];
    vec![Block::Paragraph(Line::prose(rule.why)), Block::List(points)]
}

/// How strong the evidence is, what it says, and where it stands.
fn evidence(rule: &Rule) -> Item {
    let evidence = rule.evidence;
    let sources = evidence
        .sources
        .iter()
        .map(|source| Line::prose(source).into());
    Item::with(
        point(&stance(evidence.stance), evidence.says),
        sources.collect(),
    )
}

fn plain(name: &str, text: &str) -> Item {
    point(name, text).into()
}

fn point(name: &str, text: &str) -> Line {
    Line::new().strong(name).text(" ").line(Line::prose(text))
}

/// `Evidence, moderate:`, or `Common medical advice:`.
fn stance(stance: Stance) -> String {
    match stance {
        Stance::CommonAdvice => "Common medical advice:".to_string(),
        graded => format!("Evidence, {}:", graded.as_str()),
    }
}

/// The limit in force, with its default where it was changed.
fn limit_in_force(rule: &Rule, limit: &Limit, limits: &Limits) -> Item {
    let (value, default) = (limits.value(rule.id, *limit), limit.value);
    let changed = match value == default {
        true => String::new(),
        false => {
            format!(" (changed by you; the default, of which the words above tell, is {default})")
        }
    };
    let line = Line::new()
        .code(limit.key)
        .text(format!(" = {value}{changed}: "));
    line.line(Line::prose(limit.why)).into()
}

/// The limit's default and its option.
fn limit_to_change(rule: &Rule, limit: &Limit) -> Item {
    let how = Line::prose(&how_to_change(rule, limit));
    valued(limit)
        .line(Line::prose(limit.why))
        .text(" ")
        .line(how)
        .into()
}

/// The key of a limit and its value.
fn valued(limit: &Limit) -> Line {
    Line::new()
        .code(limit.key)
        .text(format!(" = {}: ", limit.value))
}

/// What holds for all limits of the rule.
fn in_general(rule: &Rule) -> &'static str {
    if rule.limits.is_empty() {
        "It has none."
    } else if rule.limits.iter().any(is_changeable) {
        "Give `niggle report` the option named with it, again for each further limit. The report says which limits you \
         changed. How loud the rule may be cannot be changed."
    } else {
        "No option and no file changes them; the reason stands with each."
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{markdown, rule_text, rules_table};

    fn appendix(limits: &Limits) -> String {
        markdown::blocks(&blocks(limits, &EmergencyNumber::default()))
    }

    #[test]
    fn the_handbook_has_every_rule_once() {
        let markdown = appendix(&Limits::default());
        for rule in RULES {
            assert_eq!(
                markdown.matches(&format!("## `{}`", rule.id)).count(),
                1,
                "{}",
                rule.id
            );
            assert_eq!(
                markdown
                    .matches(&format!("<a id=\"{}\"></a>", rule.id))
                    .count(),
                1,
                "{}",
                rule.id
            );
            assert!(
                markdown.contains(rule.why) && markdown.contains(rule.evidence.says),
                "{}",
                rule.id
            );
        }
        assert_eq!(rules_table().lines().count(), RULES.len() + 2);
        assert_eq!(rule_text("no-such-rule"), None);
    }

    #[test]
    fn every_limit_says_how_it_is_changed_and_the_way_works() {
        for rule in RULES {
            let text = rule_text(rule.id).expect("a rule of the handbook");
            assert!(text.contains("**To change a limit:** "), "{text}");
            let lines: Vec<&str> = text
                .lines()
                .filter(|line| line.starts_with("  - `"))
                .collect();
            assert_eq!(lines.len(), rule.limits.len(), "{text}");
            for (line, limit) in lines.iter().zip(rule.limits) {
                assert!(
                    line.starts_with(&format!("  - `{}` = {}: ", limit.key, limit.value)),
                    "{line}"
                );
                let option = line
                    .split("`--limit ")
                    .nth(1)
                    .and_then(|rest| rest.split("=VALUE`").next());
                match option {
                    Some(option) => assert!(
                        Limits::parse(&[format!("{option}={}", limit.value)]).is_ok(),
                        "{line}"
                    ),
                    None => assert!(line.contains(" Fixed: ") && !is_changeable(limit), "{line}"),
                }
            }
        }
        let text = rule_text("single-run-spike").expect("a rule of the handbook");
        let line = "To change it: `--limit single-run-spike.small-jump-percent=VALUE`, a number from 0 to 1000.";
        assert!(text.contains(line), "{text}");
    }

    #[test]
    fn the_appendix_shows_the_limits_in_force() {
        let limits = Limits::parse(&["ascent-spike.note-ratio=1.8".to_string()]).unwrap();
        let line = "  - `note_ratio` = 1.8 (changed by you; the default, of which the words above tell, is 1.5): ";
        let (with, without) = (appendix(&limits), appendix(&Limits::default()));
        assert_eq!(
            (
                with.matches(line).count(),
                without.matches("changed by you").count()
            ),
            (1, 0)
        );
    }
}
