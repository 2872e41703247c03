//! The page in a real browser: what `tests/web` looks at there, and what can be said of it without one.

use std::{fs, path::PathBuf, process::Command};

/// Both faces of the page's typeface together, bytes: a year has 250 kB for everything.
const MOST_FONT_BYTES: usize = 40_000;

/// The page of the sample's 40 weeks, bytes. A year may have 250 kB; the sample has more to tell than most years: a made year without its
/// injury comes to 236 kB (tests/web looks at both).
const MOST_PAGE_BYTES: usize = 245_000;

/// Words of the sample's report.md. Printed on A4 from a browser at 10.5 pt with margins of 15 mm, folds closed as on a screen and
/// pictures at most 9 cm high, 4,222 words were six pages in November 2026.
const MOST_WORDS: usize = 4_700;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
#[ignore = "NOT run: needs chromium, java and the packages of tests/web; `.ci/run` installs them and runs it"]
fn every_page_stands_in_a_browser() {
    let web = root().join("tests/web");
    let run = |program: &str, arguments: &[&str]| {
        let done = Command::new(program)
            .args(arguments)
            .current_dir(&web)
            .status();
        let done = done.unwrap_or_else(|error| panic!("{program}: {error}"));
        assert!(done.success(), "{program} {arguments:?}: {done}");
    };
    run("./make.sh", &[]);
    run("npm", &["test", "--silent"]);
}

#[test]
fn the_typeface_is_small_and_loads_nothing() {
    let css = text("src/report/html/fonts.css");
    assert!(css.len() <= MOST_FONT_BYTES, "{} bytes", css.len());
    assert_eq!(css.matches("@font-face").count(), 2);
    let inside = css.matches("src:url(data:font/woff2;base64,").count();
    assert_eq!((inside, css.matches("url(").count()), (2, 2));
}

#[test]
fn the_page_has_room_and_the_report_prints_on_six_pages() {
    let page = text("reports/sample/report.html");
    assert!(page.len() <= MOST_PAGE_BYTES, "{} bytes", page.len());
    let words = text("reports/sample/report.md").split_whitespace().count();
    assert!(words <= MOST_WORDS, "{words} words");
}

#[test]
fn the_packages_of_the_checks_are_locked_and_of_no_one_registry() {
    let lock: serde_json::Value =
        serde_json::from_str(&text("tests/web/package-lock.json")).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    let locked = packages.iter().filter(|(name, _)| !name.is_empty());
    for (name, package) in locked {
        assert!(package["integrity"].is_string(), "{name} has no digest");
        assert!(package["resolved"].is_null(), "{name} names a host");
    }
    let asked: serde_json::Value = serde_json::from_str(&text("tests/web/package.json")).unwrap();
    for (name, version) in asked["dependencies"].as_object().unwrap() {
        let found = &lock["packages"][format!("node_modules/{name}")]["version"];
        assert_eq!(found, version, "{name}");
    }
}
