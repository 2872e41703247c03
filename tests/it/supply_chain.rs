//! What niggle is built of: no more than it was, from one place, and a release that tells it.

use std::{collections::BTreeSet, fs, path::PathBuf};

/// Crates that a build for Linux links, niggle itself among them. Fewer is a good day: lower it. One more needs its reason beside it in
/// `Cargo.toml`, and then a line here. All but some 90 come with polars.
const MOST_CRATES: usize = 302;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Name and version of everything that is linked, on any machine the same.
fn linked() -> BTreeSet<String> {
    let tree = crate::tidy::linked(&["--target", "x86_64-unknown-linux-gnu"]);
    let name = |line: &str| {
        line.split_whitespace()
            .take(2)
            .collect::<Vec<_>>()
            .join(" ")
    };
    tree.lines()
        .filter(|line| !line.is_empty())
        .map(name)
        .collect()
}

#[test]
fn what_is_linked_does_not_grow_unseen() {
    let linked = linked();
    assert!(
        linked.len() <= MOST_CRATES,
        "{} crates, {MOST_CRATES} were agreed on: see what came with `cargo tree -d`",
        linked.len()
    );
    assert!(
        linked.iter().any(|line| line.starts_with("polars ")),
        "the tree was read"
    );
}

#[test]
fn every_crate_is_the_registrys_and_has_a_checksum() {
    let lock: toml::Table = text("Cargo.lock").parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let foreign: Vec<&str> = packages
        .iter()
        .filter(|package| package["name"].as_str() != Some("niggle"))
        .filter(|package| {
            let is_of_registry = package
                .get("source")
                .and_then(|source| source.as_str())
                .is_some_and(|source| {
                    source.starts_with("registry+https://github.com/rust-lang/crates.io-index")
                });
            !is_of_registry || package.get("checksum").is_none()
        })
        .filter_map(|package| package["name"].as_str())
        .collect();
    assert!(
        foreign.is_empty(),
        "not from the registry, or without a checksum: {foreign:?}"
    );
    assert!(packages.len() > 300, "the lock was read");
}

#[test]
fn a_release_tells_what_is_in_it() {
    let release = text(".github/workflows/release.yml");
    for part in [
        "AUDITABLE: \"1\"",
        "cargo-auditable --locked",
        "attest-build-provenance@",
        "SHA256SUMS",
        "cargo package --locked",
    ] {
        assert!(release.contains(part), "{part}");
    }
    assert!(
        text(".ci/archive").contains(".cdx.json"),
        "a list of components lies beside each archive"
    );
    assert!(
        !release.contains("secrets."),
        "nothing is stored that could be taken"
    );
}
