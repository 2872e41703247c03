//! The page of the sample, in both its forms: `report.html` and `report.md` name the same findings, numbers and instructions;
//! nothing of the inputs' names is in what may be handed on; and the same bytes come out every time.

use crate::common::niggle;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// Pages that are handed on.
const HANDED_ON: &[&str] = &["report.html", "sheet.html"];

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data")
}

/// Every file below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let inner = folders.iter().flat_map(|folder| files_below(folder));
    files.into_iter().chain(inner).collect()
}

/// Reports on the sample into a folder, and gives every text that lies there.
fn report_into(folder: &Path, options: &[&str]) -> BTreeMap<String, String> {
    let (inputs, out) = (
        sample().to_string_lossy().into_owned(),
        folder.to_string_lossy().into_owned(),
    );
    let mut arguments = vec!["report", &inputs, "--out", &out, "--quiet"];
    arguments.extend(options);
    let (code, _, stderr) = niggle(&arguments);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let texts = files_below(folder).into_iter().filter_map(|path| {
        let name = path
            .strip_prefix(folder)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        Some((name, fs::read_to_string(path).ok()?))
    });
    texts.collect()
}

fn report(options: &[&str]) -> BTreeMap<String, String> {
    report_into(tempfile::tempdir().unwrap().path(), options)
}

/// The texts of the sample's report, made once.
pub fn plain() -> &'static BTreeMap<String, String> {
    static PLAIN: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    PLAIN.get_or_init(|| report(&[]))
}

/// What a reader of HTML reads: without style and tags, one space for what was between two tags.
pub fn words_of_html(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split("<style").enumerate() {
        let shown = match at {
            0 => part,
            _ => part.split_once("</style>").map_or("", |(_, rest)| rest),
        };
        text += shown;
    }
    let mut words = String::new();
    for part in text.split('<') {
        let (_, said) = part.split_once('>').unwrap_or(("", part));
        words += said;
        words.push(' ');
    }
    let words = words.replace("&lt;", "<").replace("&gt;", ">");
    words.replace("&quot;", "\"").replace("&amp;", "&")
}

/// Words alone: spaces, commas and the marks of Markdown are how a format sets them apart.
fn bare(text: &str) -> String {
    text.replace("**", "")
        .chars()
        .filter(|letter| !letter.is_whitespace() && !",`".contains(*letter))
        .collect()
}

/// Both pages as bare words.
fn both() -> [(&'static str, String); 2] {
    [
        ("report.html", bare(&words_of_html(&plain()["report.html"]))),
        ("report.md", bare(&plain()["report.md"])),
    ]
}

fn current() -> Vec<serde_json::Value> {
    let document: serde_json::Value = serde_json::from_str(&plain()["findings.json"]).unwrap();
    let all = document["findings"].as_array().unwrap();
    let current = all.iter().filter(|finding| finding["current"] == true);
    current.cloned().collect()
}

#[test]
fn both_pages_name_the_same_findings() {
    let asking = ["emergency", "urgent", "see-someone", "ease-off", "watch"];
    let mut named = 0;
    for finding in current() {
        if !asking.contains(&finding["severity"].as_str().unwrap()) {
            continue;
        }
        // The instruction of a place is said once, by what asks most.
        let instruction = finding["instruction"].as_str().unwrap_or_default();
        let message = finding["message"].as_str().unwrap();
        let fact = bare(message.trim_end_matches(instruction));
        assert!(fact.len() > 20, "{message}");
        for (page, words) in both() {
            assert!(words.contains(&fact), "{page} does not say: {message}");
        }
        named += 1;
    }
    // Thirteen of the shin and the sleep; a note is no finding that asks.
    assert!(named >= 12, "{named}");
}

#[test]
fn both_pages_give_the_same_instructions() {
    let [(_, html), (_, markdown)] = both();
    let findings = current();
    let instructions = findings
        .iter()
        .filter_map(|finding| finding["instruction"].as_str())
        .filter(|instruction| !instruction.is_empty());
    let mut said = 0;
    for instruction in instructions {
        let words = bare(instruction);
        assert_eq!(
            html.contains(&words),
            markdown.contains(&words),
            "{instruction}"
        );
        said += usize::from(html.contains(&words));
    }
    assert!(said >= 1, "the instruction of what asks most is said");
    let first = bare("Have it checked before the next run.");
    assert!(html.contains(&first) && markdown.contains(&first));
}

#[test]
fn both_pages_tell_the_same_numbers_of_the_week() {
    let markdown = &plain()["report.md"];
    let line = markdown
        .lines()
        .find(|line| line.contains("last 7 days") && line.contains(" · "));
    let numbers: Vec<String> = line
        .expect("the numbers of the week")
        .split(" · ")
        .map(bare)
        .collect();
    // The last run of the sample is the one that was cut short: 4.1 km on 7 October.
    assert_eq!(numbers.len(), 4, "{numbers:?}");
    assert_eq!(numbers[0], "4.1kmlast7daysusual27–39");
    let html = bare(&words_of_html(&plain()["report.html"]));
    for number in &numbers {
        assert!(html.contains(number.as_str()), "{number}");
    }
    assert!(html.contains("Nodistanceisnamedforthenextrun:"));
}

/// Names of the inputs: of files, of folders, and titles of activities.
fn names() -> BTreeSet<String> {
    let files = files_below(&sample());
    let parts = files.iter().flat_map(|path| {
        let below = path.strip_prefix(sample()).unwrap();
        below.iter().map(|part| part.to_string_lossy().into_owned())
    });
    // A folder's name may be a word.
    let parts = parts.filter(|part| part.contains(['.', '_', '-']));
    let mut runs = csv::Reader::from_reader(plain()["runs.csv"].as_bytes());
    let title = runs
        .headers()
        .unwrap()
        .iter()
        .position(|column| column == "name");
    let title = title.expect("a column of titles");
    let titles = runs
        .records()
        .map(|row| row.unwrap()[title].to_string())
        .filter(|title| !title.is_empty());
    parts.chain(titles).collect()
}

#[test]
fn what_is_handed_on_names_no_input() {
    let names = names();
    assert!(names.contains("sample_1000075.fit") && names.contains("pain_log.csv"));
    assert!(
        names.iter().any(|name| name.contains(' ')),
        "titles are known"
    );
    for page in HANDED_ON {
        let text = &plain()[*page];
        for name in &names {
            assert!(!text.contains(name.as_str()), "{name} is in {page}");
        }
        assert!(!text.contains(env!("CARGO_MANIFEST_DIR")), "{page}");
    }
    let named = report(&["--with-names"]);
    assert!(named["report.html"].contains("sample_1000075.fit"));
}

#[test]
fn what_is_handed_on_holds_no_position() {
    let recording = fs::read_to_string(sample().join("other/2025-01-18_easy.gpx")).unwrap();
    let degrees: BTreeSet<&str> = ["lat=\"", "lon=\""]
        .iter()
        .flat_map(|key| recording.split(key).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|value| value.len() >= 7)
        .map(|value| &value[..7])
        .collect();
    assert!(degrees.len() > 10, "positions are known");
    for page in HANDED_ON {
        let words = words_of_html(&plain()[*page]);
        for position in &degrees {
            assert!(!words.contains(position), "{position} is in {page}");
        }
    }
}

#[test]
fn a_page_asks_for_nothing_from_outside() {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
    for page in HANDED_ON {
        let text = &plain()[*page];
        assert!(text.contains(policy), "{page}");
        let without_the_policy = text.replace("http-equiv", "");
        for outside in ["<script", "http", "javascript:", "onload", "@import"] {
            assert!(
                !without_the_policy.contains(outside),
                "{outside} is in {page}"
            );
        }
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes_also_over_an_earlier_report() {
    let folder = tempfile::tempdir().unwrap();
    let first = report_into(folder.path(), &[]);
    assert!(&first == plain(), "another folder changes nothing");
    let second = report_into(folder.path(), &[]);
    for (name, text) in &first {
        assert!(text == &second[name], "{name} differs the second time");
    }
    assert_eq!(first.len(), second.len());
}

#[test]
fn a_later_report_says_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let first = report_into(folder.path(), &["--as-of", "2025-09-14"]);
    assert!(
        !first["report.md"].contains("since your report")
            && !first["report.md"].contains("New since")
    );
    let later = report_into(folder.path(), &["--as-of", "2025-10-12"]);
    for page in ["report.md", "report.html"] {
        assert!(later[page].contains("New since 14 Sep 2025:"), "{page}");
    }
    crate::schemas::assert_keeps(
        "findings",
        &serde_json::from_str(&later["findings.json"]).unwrap(),
    );
    // Asked again on that day it still compares with the report before.
    let again = report_into(folder.path(), &["--as-of", "2025-10-12"]);
    assert!(again["report.html"] == later["report.html"]);
}
