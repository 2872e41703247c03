//! Words and numbers that niggle never says: looked for in every literal its messages are made of, in all that it says of its
//! rules, and in the committed report of the sample. What the rules' own unit tests make them say is checked there.

use niggle::{
    report,
    rules::{EmergencyNumber, RULES, handbook},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[path = "../../src/rules/kit/wording.rs"]
pub mod wording;

/// Where people's own words are listed so that they are understood; nothing of them is said.
const VOCABULARIES: &[&str] = &["src/pain/words/", "src/pain/notes/", "src/pain/plan/"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn assert_calm(place: &str, text: &str) {
    let found = wording::forbidden(text);
    assert!(
        found.is_none(),
        "{place}: '{}' in: {text}",
        found.unwrap_or_default()
    );
}

/// Every Rust file below a folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let files = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let mut found: Vec<PathBuf> = files
        .chain(folders.iter().flat_map(|folder| rust_files(folder)))
        .collect();
    found.sort();
    found
}

/// The texts in quotation marks of Rust code before its tests, as the program has them: lines that a backslash continues are
/// one, comments are left out.
pub fn literals(source: &str) -> Vec<String> {
    let tests = [
        "#[cfg(test)]\nmod tests",
        "#[cfg(test)]\npub(crate) mod tests",
    ];
    let mut rest = &source[..tests
        .iter()
        .filter_map(|tests| source.find(tests))
        .min()
        .unwrap_or(source.len())];
    let mut found = Vec::new();
    while let Some(first) = rest.chars().next() {
        rest = if rest.starts_with("//") {
            rest.split_once('\n').map_or("", |(_, rest)| rest)
        } else if let Some(marks) = raw_marks(rest) {
            let (body, end) = (&rest[marks.len() + 2..], format!("\"{marks}"));
            let (text, rest) = body.split_once(end.as_str()).unwrap_or((body, ""));
            found.push(text.to_string());
            rest
        } else if first == '"' {
            let (text, rest) = quoted(&rest[1..]);
            found.push(text);
            rest
        } else {
            &rest[character(rest)..]
        };
    }
    found
}

/// The marks of a raw text that begins here: `#` in `r#"…"#`.
fn raw_marks(rest: &str) -> Option<String> {
    let after = rest.strip_prefix('r')?;
    let marks: String = after.chars().take_while(|c| *c == '#').collect();
    after[marks.len()..].starts_with('"').then_some(marks)
}

/// What stands before the closing quotation mark, and what comes after it.
fn quoted(body: &str) -> (String, &str) {
    let (mut text, mut characters) = (String::new(), body.char_indices());
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (text, &body[at + 1..]),
            '\\' => match characters.next() {
                Some((_, '\n')) => {
                    let next = characters.as_str().trim_start();
                    let skipped = characters.as_str().len() - next.len();
                    let mut left = skipped;
                    while left > 0 {
                        left -= characters.next().map_or(left, |(_, c)| c.len_utf8());
                    }
                }
                Some((_, 'n')) => text.push('\n'),
                Some((_, c)) => text.push(c),
                None => {}
            },
            c => text.push(c),
        }
    }
    (text, "")
}

/// How many bytes of code are passed over: one character, or a whole character literal such as `'"'`.
fn character(rest: &str) -> usize {
    let mut characters = rest.chars();
    match (
        characters.next(),
        characters.next(),
        characters.next(),
        characters.next(),
    ) {
        (Some('\''), Some('\\'), Some(c), Some('\'')) => 3 + c.len_utf8(),
        (Some('\''), Some(c), Some('\''), _) if c != '\'' => 2 + c.len_utf8(),
        (Some(c), ..) => c.len_utf8(),
        (None, ..) => 0,
    }
}

#[test]
fn literals_are_found_as_the_program_has_them() {
    let source = "//! A \"comment\".\nfn f<'a>(c: char) { if c == '\"' || c == '\\'' { say(\"one \\\n        piece\\n\", r#\"raw \"it\"\"#) } }\n\
                  const X: &str = \"two\"; // \"not this\"\n#[cfg(test)]\nmod tests { \"nor this\" }";
    assert_eq!(literals(source), ["one piece\n", "raw \"it\"", "two"]);
}

#[test]
fn no_message_can_hold_a_forbidden_word() {
    let mut seen = Vec::new();
    for path in rust_files(&root().join("src")) {
        let name = path
            .strip_prefix(root())
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let is_vocabulary = VOCABULARIES.iter().any(|place| name.starts_with(place));
        let is_test = name.ends_with("_tests.rs") || name.ends_with("/tests.rs");
        if is_vocabulary || is_test || name == "src/rules/kit/wording.rs" {
            continue;
        }
        for text in literals(&fs::read_to_string(&path).unwrap()) {
            assert_calm(&name, &text);
            seen.push(text);
        }
    }
    // Pieces of messages of every loudness, from the rules, what they share and the report.
    for piece in [
        "Lighter days now give your legs time to catch up.",
        "Please have it seen today.",
        "That was more than two weeks ago. Should it come back, ",
        "If you ran without recording in between, this is not about you.",
        "That is a pattern",
        "niggle cannot examine you. No flag does not mean no problem.",
    ] {
        assert!(
            seen.iter().any(|text| text.contains(piece)),
            "'{piece}' was not looked at"
        );
    }
}

#[test]
fn nothing_niggle_says_of_its_rules_holds_a_forbidden_word() {
    for line in handbook::list()
        .lines()
        .chain(report::rules_table().lines())
    {
        assert_calm("niggle rules", line);
    }
    assert_calm("niggle rules --json", &handbook::json(None).unwrap());
    for rule in RULES {
        let text = report::rule_text(rule.id).unwrap();
        let message = EmergencyNumber::default().put_into(rule.message);
        for said in [
            rule.title,
            rule.why,
            rule.formula,
            rule.needs,
            rule.evidence.says,
            rule.seed,
            &message,
        ] {
            assert!(text.contains(said), "{}: {said}", rule.id);
        }
        assert_calm(rule.id, &text);
    }
}

#[test]
fn the_report_of_the_sample_neither_clears_nor_forecasts() {
    let folder = root().join("reports/sample");
    let report = fs::read_to_string(folder.join("report.md")).unwrap();
    assert!(
        report.contains("No flag does not mean no problem."),
        "{} is the report",
        folder.display()
    );
    for name in [
        "report.md",
        "data_dictionary.md",
        "findings.json",
        "problems.csv",
        "merges.csv",
    ] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        for (line, text) in text.lines().enumerate() {
            assert_calm(&format!("{name}:{}", line + 1), text);
        }
    }
}

#[test]
fn the_pages_of_the_sample_are_as_calm() {
    for name in ["report.html", "sheet.html", "rules.md", "report.md"] {
        let text = &crate::page::plain()[name];
        let words = match name.ends_with(".html") {
            true => crate::page::words_of_html(text),
            false => text.clone(),
        };
        assert!(words.len() > 1000, "{name} was read");
        for line in words.split(". ") {
            assert_calm(name, line);
        }
    }
}

/// What only the writer of Markdown says: links, bold text, pictures, headings, folds and the rule of a table.
const MARKDOWN: &[&str] = &["](", "**", "![", "<details", "|---"];

fn has_markdown(text: &str) -> bool {
    // XML's CDATA is no picture.
    let text = text.replace("<![", "");
    MARKDOWN.iter().any(|mark| text.contains(mark))
        || text.lines().any(|line| line.starts_with("## "))
}

#[test]
fn markdown_is_written_in_one_place() {
    for path in rust_files(&root().join("src")) {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy();
        let name = name.replace('\\', "/");
        // The pain log's reader knows Markdown, since people keep tables in it.
        let may = name == "src/report/markdown.rs" || name.starts_with("src/pain/");
        let is_test = ["_tests.rs", "/tests.rs"]
            .iter()
            .any(|end| name.ends_with(end));
        if may || is_test {
            continue;
        }
        for text in literals(&fs::read_to_string(&path).unwrap()) {
            assert!(
                !has_markdown(&text),
                "{name}: pages are made of blocks: {text}"
            );
        }
    }
    assert!(has_markdown("a\n## b") && !has_markdown("# 1 of 2 ## c"));
}
