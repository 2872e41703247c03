//! The house rules, enforced: docs on every file, layers that point down, one home per dependency, no network code.

use niggle::{metrics::METRICS, report, rules};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Modules from the bottom up; a module may use its own layer and those below.
const LAYERS: &[&[&str]] = &[
    &[
        "column", "digest", "exit", "keys", "method", "option", "sport", "terminal", "text",
        "threads", "units", "words", "time",
    ],
    &["model", "problem", "error"],
    &[
        "source", "decode", "exports", "clean", "trust", "metrics", "stats", "pain",
    ],
    &["ingest", "frames", "verify", "inspect"],
    &["merge", "associate", "rules", "backtest"],
    &["course", "epidemiology"],
    &["config"],
    &["athlete", "analysis"],
    &["report"],
    &["logbook", "diary", "next", "roster"],
    &["pipeline", "cohort", "progress"],
    // What is published is what commands print, so that the schemas know them, and one of them prints the schemas.
    &["cli", "schema"],
    &["main", "lib"],
];

/// Crates that live in one place: the crate as it is written in code, and the paths below `src` that may name it.
const HOMES: &[(&str, &[&str])] = &[
    ("polars", &["frames/"]),
    ("polars_io", &["frames/"]),
    ("plotters", &["report/charts/"]),
    ("plotters_backend", &["report/charts/"]),
    ("tiny_skia", &["report/charts/"]),
    ("ab_glyph", &["report/charts/"]),
    ("png", &["report/charts/"]),
    ("clap", &["cli/", "main.rs"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("anstream", &["terminal.rs"]),
    ("anstyle", &["terminal.rs"]),
    ("terminal_size", &["terminal.rs"]),
    ("unicode_width", &["terminal.rs"]),
    ("rayon", &["ingest/mod.rs", "rules/mod.rs"]),
    ("indicatif", &["progress.rs"]),
    ("dialoguer", &["cli/pain/terminal.rs"]),
    ("ctrlc", &["progress.rs"]),
    ("tempfile", &["report/write.rs", "report/write/"]),
    // A workbook is a zip of XML, and what it unpacks to is checked before its reader believes it.
    ("flate2", &["source/", "pain/workbook/"]),
    ("libdeflater", &["source/whole.rs", "report/charts/png.rs"]),
    ("walkdir", &["source/"]),
    // The tests of the page read it as XML, so that a tag that is not closed is found.
    (
        "quick_xml",
        &["decode/", "pain/workbook/", "report/html/tests.rs"],
    ),
    ("rawzip", &["source/", "pain/workbook/"]),
    ("calamine", &["pain/workbook/"]),
    (
        "encoding_rs",
        &["text/encoding.rs", "decode/xml/encoding.rs"],
    ),
    // `csv` is also a module of polars-io.
    ("csv", &["exports/", "frames/export.rs"]),
    ("tzf_rs", &["ingest/zones.rs"]),
    (
        "xxhash_rust",
        &["digest.rs", "ingest/cache.rs", "stats/within_dates/"],
    ),
    (
        "postcard",
        &["digest.rs", "ingest/cache.rs", "cohort/kept.rs"],
    ),
    ("sha2", &["digest.rs"]),
    (
        "multiversion",
        &["metrics/", "decode/", "trust/", "clean/", "stats/"],
    ),
    ("fitparser", &["verify/", "inspect/"]),
    // `decode::gpx` is niggle's own decoder, which `decode/mod.rs` calls by that name.
    ("gpx", &["verify/", "decode/mod.rs"]),
    ("statrs", &["stats/"]),
    ("toml", &["cli/options/"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, sorted, with its text.
pub fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn everything() -> Vec<(PathBuf, String)> {
    ["src", "tests/it", "examples", "benches"]
        .iter()
        .flat_map(|folder| rust_files(folder))
        .collect()
}

/// The part of a file before its tests, which may lend their helpers to other tests.
fn code(text: &str) -> &str {
    let tests = ["mod ", "pub(super) mod tests {", "pub(crate) mod tests {"];
    let starts = tests.iter().filter_map(|start| {
        text.find(&format!(
            "#[cfg(test)]
{start}"
        ))
    });
    let code = starts.min().map_or(text, |start| &text[..start]);
    code.split("#[cfg(all(test,").next().unwrap_or(code)
}

fn below_src(path: &Path) -> String {
    path.strip_prefix(root().join("src"))
        .unwrap()
        .to_string_lossy()
        .replace('\\', "/")
}

#[test]
fn every_file_opens_with_what_it_is() {
    for (path, text) in everything() {
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//! ") && first.len() > 12,
            "{}: the first line says what the file is",
            path.display()
        );
    }
}

#[test]
fn imports_point_down() {
    for (path, text) in rust_files("src") {
        let name = below_src(&path);
        let module = name.split(['/', '.']).next().unwrap();
        let own = layer(module)
            .unwrap_or_else(|| panic!("{name}: give `{module}` a layer in tests/it/tidy.rs"));
        for used in used_modules(code(&text)) {
            let used_layer =
                layer(&used).unwrap_or_else(|| panic!("{name} uses `{used}`, which has no layer"));
            assert!(
                used_layer <= own,
                "{name} uses `{used}`, which lies above it"
            );
        }
    }
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The first path segment after every `crate::`.
fn used_modules(text: &str) -> BTreeSet<String> {
    let found = first_names(text, "crate::").into_iter();
    found
        .filter(|name| name.chars().next().is_some_and(char::is_lowercase))
        .collect()
}

fn top_level_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut start) = (0, Vec::new(), true);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if start && c.is_alphabetic() => {
                names.push(identifier(&group[at..]));
                start = false;
            }
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The first segment after every `path`, also inside `path{…}`.
fn first_names(text: &str, path: &str) -> BTreeSet<String> {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let parts = text.split(path).skip(1);
    parts
        .flat_map(|part| {
            part.strip_prefix('{')
                .map_or_else(|| vec![identifier(part)], top_level_names)
        })
        .collect()
}

#[test]
fn each_dependency_has_one_home() {
    for (path, text) in rust_files("src") {
        let name = below_src(&path);
        for (krate, homes) in HOMES {
            let uses = code(&text)
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| names(line, krate));
            assert!(
                !uses || homes.iter().any(|home| name.starts_with(home)),
                "{name} uses {krate}, whose home is {homes:?}"
            );
        }
    }
}

/// Whether a line of code uses the crate: `use csv::`, `csv::Reader` at the start of a path.
fn names(line: &str, krate: &str) -> bool {
    line.match_indices(&format!("{krate}::")).any(|(at, _)| {
        let before = line[..at].chars().next_back().unwrap_or(' ');
        !before.is_alphanumeric() && before != '_' && before != ':' && before != '"'
    })
}

#[test]
fn files_are_written_in_one_place() {
    for (path, text) in rust_files("src") {
        let name = below_src(&path);
        let writes = [
            "fs::write",
            "File::create",
            "create_new(",
            "fs::rename",
            "create_dir",
            ".append(true)",
        ];
        let found = writes.iter().find(|write| code(&text).contains(**write));
        assert!(
            found.is_none() || name == "diary.rs" || name.starts_with("report/write"),
            "{name} writes files ({found:?}); only report/write and, at the end of the pain log, diary.rs do"
        );
    }
}

#[test]
fn every_metric_and_rule_has_its_file_and_tests() {
    let metrics: String = rust_files("src/metrics")
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    for metric in METRICS {
        assert!(
            metrics.contains(&format!("\"{}\"", metric.id)),
            "{} has its home in src/metrics",
            metric.id
        );
    }
    for rule in rules::RULES {
        let path = root().join(format!("src/rules/{}.rs", rule.id.replace('-', "_")));
        let text = fs::read_to_string(&path)
            .unwrap_or_else(|_| panic!("{} has its file {}", rule.id, path.display()));
        let tests = text
            .split("#[cfg(test)]")
            .nth(1)
            .unwrap_or_else(|| panic!("{} has tests", rule.id));
        assert!(tests.contains("#[test]"), "{} has tests", rule.id);
        let too_little = ["NotJudged", "is_not_judged(", "check_too_little_data("];
        assert!(
            too_little.iter().any(|word| tests.contains(word)),
            "{}: a test with too little data",
            rule.id
        );
    }
}

#[test]
fn every_file_beside_the_kit_is_a_rule_of_the_list() {
    let listed: Vec<String> = rules::RULES
        .iter()
        .map(|rule| format!("{}.rs", rule.id.replace('-', "_")))
        .collect();
    for entry in fs::read_dir(root().join("src/rules")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let is_known = name == "mod.rs" || name == "kit" || listed.contains(&name);
        assert!(
            is_known,
            "src/rules/{name} is no rule of RULES: what rules share lives in src/rules/kit"
        );
    }
}

#[test]
fn rules_are_named_by_themselves_and_not_by_their_ids() {
    let mut spelled = Vec::<String>::new();
    for (path, text) in rust_files("src") {
        let name = path
            .strip_prefix(root().join("src"))
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let code = text
            .rsplit_once("#[cfg(test)]")
            .map_or(text.as_str(), |(code, _)| code);
        let own = name
            .strip_prefix("rules/")
            .and_then(|file| file.strip_suffix(".rs"))
            .map(|stem| stem.replace('_', "-"));
        let is_test = name.contains("fixture")
            || name.ends_with("tests.rs")
            || name.ends_with("red_flag_cases.rs");
        let others = rules::RULES
            .iter()
            .filter(|rule| rule.id.contains('-') && own.as_deref() != Some(rule.id));
        let found = others.filter(|rule| !is_test && code.contains(&format!("\"{}\"", rule.id)));
        spelled.extend(found.map(|rule| format!("{name} spells {}", rule.id)));
    }
    assert!(spelled.is_empty(), "name a rule by its RULE: {spelled:#?}");
}

#[test]
fn the_readme_has_the_generated_tables() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let between = |name: &str| {
        let rest = readme
            .split(&format!("<!-- {name}: generated -->\n"))
            .nth(1);
        rest.and_then(|rest| rest.split(&format!("<!-- {name}: end -->")).next())
            .unwrap_or_default()
            .to_string()
    };
    assert_eq!(
        between("rules"),
        report::rules_table(),
        "paste the new table into README.md"
    );
    assert_eq!(
        between("charts"),
        report::charts_table(),
        "paste the new table into README.md"
    );
    assert_eq!(
        between("exports"),
        report::exports_table(),
        "paste the new table into README.md"
    );
    let dictionary = fs::read_to_string(root().join("reports/sample/data_dictionary.md")).unwrap();
    assert!(
        dictionary == report::data_dictionary(),
        "the data dictionary changed: make reports/sample anew"
    );
}

/// Pages that niggle writes, which tests and texts name without a folder.
const WRITTEN: [&str; 7] = [
    "report.md",
    "summary.md",
    "rules.md",
    "cohort.md",
    "cohort.html",
    "data_dictionary.md",
    "pain-help.md",
];

/// Every file of text in which a page may be named, with its text.
fn texts(places: &[&str]) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut open: Vec<PathBuf> = places.iter().map(|place| root().join(place)).collect();
    // What other programs put there, and pages that checks make, are not ours.
    let is_ours = |path: &PathBuf| {
        let made = ["node_modules", "pages", "shots"];
        !made.iter().any(|name| path.ends_with(name))
    };
    while let Some(path) = open.pop() {
        if !is_ours(&path) {
            continue;
        }
        match fs::read_dir(&path) {
            Ok(entries) => open.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) => files.extend(fs::read_to_string(&path).ok().map(|text| (path, text))),
        }
    }
    files.sort();
    files
}

/// Each page named in the text, as it is written, and what follows it.
fn pages(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    text.match_indices(".md").filter_map(move |(at, end)| {
        let (before, rest) = (&text[..at], &text[at + end.len()..]);
        let from = before.rfind(|c| !is_part(c)).map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        });
        let goes_on = rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let is_named = before[from..].ends_with(|c: char| c.is_ascii_alphanumeric());
        (is_named && !goes_on).then(|| (&text[from..at + end.len()], rest))
    })
}

#[test]
fn every_page_that_is_named_is_in_the_tree() {
    let places = [
        "src",
        "tests",
        "examples",
        "benches",
        "README.md",
        "CHANGELOG.md",
        "reports/sample/data_dictionary.md",
    ];
    for (path, text) in texts(&places) {
        let folder = path.parent().unwrap();
        for (page, _) in pages(&text) {
            let is_there = root().join(page).is_file() || folder.join(page).is_file();
            let is_written = WRITTEN.contains(&page.rsplit('/').next().unwrap());
            assert!(
                is_there || is_written,
                "{} names {page}, which is not in the tree",
                path.display()
            );
        }
    }
}

/// A citation names a section: `src/method/formulas.md, Cadence`, or a link to the page's module with the section behind it.
#[test]
fn every_cited_section_of_a_method_page_exists() {
    let headings = |page: &str| -> Vec<String> {
        let text =
            fs::read_to_string(root().join(format!("src/method/{page}.md"))).unwrap_or_default();
        text.lines()
            .filter_map(|line| line.strip_prefix("## "))
            .map(str::to_string)
            .collect()
    };
    let mut cited = 0;
    let places = [
        "src",
        "tests/it",
        "examples",
        "benches",
        "reports/sample/data_dictionary.md",
        "reports/calibration.md",
    ];
    for (path, text) in texts(&places) {
        // A citation may go on in the next line of a comment.
        let lines: Vec<&str> = text
            .lines()
            .map(|line| line.trim().trim_start_matches(['/', '!']).trim())
            .collect();
        let text = lines.join(" ");
        let links = text
            .match_indices("[`crate::method::")
            .filter_map(|(at, start)| {
                let (page, rest) = text[at + start.len()..].split_once("`]")?;
                rest.starts_with(", ").then_some((page, rest))
            });
        let named = pages(&text).filter_map(|(page, rest)| {
            Some((
                page.strip_prefix("src/method/")?.strip_suffix(".md")?,
                rest.trim_start_matches('`'),
            ))
        });
        for (page, rest) in named.chain(links) {
            let section = rest.strip_prefix(", ").unwrap_or_default();
            let exists = headings(page)
                .iter()
                .any(|heading| section.starts_with(heading.as_str()));
            let shown: String = section.chars().take(40).collect();
            assert!(
                exists,
                "{} cites \"{shown}\" of {page}, which has no such section",
                path.display()
            );
            cited += 1;
        }
    }
    assert!(cited > 100, "{cited} citations were found");
}

#[test]
fn no_issue_is_named_by_its_number() {
    for (path, text) in texts(&["src", "tests"]) {
        for (number, line) in text.lines().enumerate() {
            let line = line.to_lowercase();
            let numbered = line.split("issue").skip(1).any(|rest| {
                let rest = rest.trim_start_matches('s').trim_start_matches([' ', '#']);
                rest.starts_with(|c: char| c.is_ascii_digit())
            });
            assert!(
                !numbered,
                "{}:{}: say what the issue said",
                path.display(),
                number + 1
            );
        }
    }
}

/// Everything that is linked, a line each: name, version, and what else is to be said of it. Of this machine's build, or by more arguments.
pub fn linked(more: &[&str]) -> String {
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let tree = Command::new(cargo)
        .args([
            "tree",
            "-e",
            "normal",
            "--prefix",
            "none",
            "--locked",
            "--offline",
        ])
        .args(more)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    String::from_utf8(tree.stdout).expect("cargo writes UTF-8")
}

#[test]
fn there_is_no_network_code() {
    let banned = [
        "reqwest",
        "hyper",
        "object_store",
        "polars-stream",
        "rustls",
        "native-tls",
        "openssl",
        "curl",
        "ureq",
        "h2",
        "http",
        "tungstenite",
        "hickory-resolver",
        "quinn",
        "isahc",
        "attohttpc",
        "minreq",
        "tonic",
    ];
    let text = linked(&[]);
    let crates: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(crates.contains("polars"), "the tree was read");
    for name in banned {
        assert!(!crates.contains(name), "{name} is network code");
    }
}

/// A measurement once left 1,800 recordings at the top, and they were committed with the rest.
#[test]
fn recordings_are_kept_only_where_invented_ones_lie() {
    let Ok(listed) = Command::new("git")
        .args(["ls-files"])
        .current_dir(root())
        .output()
    else {
        eprintln!("NOT LOOKED AT: git is not here to list what is kept");
        return;
    };
    let homes = ["sample_data/", "sample_cohort/", "tests/", "fuzz/corpus/"];
    let endings = [".fit", ".gpx", ".tcx", ".fit.gz", ".zip"];
    let strays: Vec<&str> = str::from_utf8(&listed.stdout)
        .unwrap()
        .lines()
        .filter(|path| endings.iter().any(|ending| path.ends_with(ending)))
        .filter(|path| !homes.iter().any(|home| path.starts_with(home)))
        .collect();
    assert!(strays.is_empty(), "{strays:?}");
}
