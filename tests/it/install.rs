//! What is published: the list of a crate, the metadata of a wheel, and the workflow that makes both.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

/// crates.io takes 10 MB, packed; what is listed may not even be that unpacked.
const MOST_BYTES: u64 = 10_000_000;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files of the crate. None, said aloud, where there is no cargo.
fn packaged() -> Option<BTreeSet<String>> {
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let listed = Command::new(cargo)
        .args([
            "package",
            "--list",
            "--allow-dirty",
            "--offline",
            "--locked",
        ])
        .current_dir(root())
        .output();
    let Ok(listed) = listed else {
        println!("the list of the crate: skipped, {cargo} cannot be run");
        return None;
    };
    let said = String::from_utf8_lossy(&listed.stderr).into_owned();
    assert!(listed.status.success(), "{said}");
    let names = String::from_utf8(listed.stdout).unwrap();
    Some(names.lines().map(|name| name.replace('\\', "/")).collect())
}

/// Files below a folder, as paths from the root.
fn below(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder))
        .unwrap()
        .map(Result::unwrap)
    {
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => found.extend(below(&path)),
            false => found.push(path),
        }
    }
    found
}

#[test]
fn the_crate_holds_what_a_build_needs_and_no_tests() {
    let Some(packaged) = packaged() else { return };
    let beside = [
        "Cargo.toml",
        "Cargo.lock",
        "pyproject.toml",
        "README.md",
        "CHANGELOG.md",
        "NOTICE",
    ];
    let licences = ["LICENSE-APACHE", "LICENSE-MIT"];
    let needed = [below("src"), below("assets")].concat();
    let needed = needed
        .into_iter()
        .chain(beside.iter().chain(&licences).map(ToString::to_string));
    for name in needed {
        assert!(
            packaged.contains(&name),
            "{name} is not in the crate: see `include` in Cargo.toml"
        );
    }
    let folders = ["src/", "assets/"];
    let is_known = |name: &&String| {
        !name.contains('/') || folders.iter().any(|folder| name.starts_with(folder))
    };
    let strange: Vec<&String> = packaged.iter().filter(|name| !is_known(name)).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn the_crate_is_small() {
    let Some(packaged) = packaged() else { return };
    // Cargo makes two of the files itself.
    let sizes = packaged
        .iter()
        .filter_map(|name| Some(fs::metadata(root().join(name)).ok()?.len()));
    let bytes: u64 = sizes.sum();
    assert!(bytes > 1_000_000, "sizes were read");
    assert!(bytes < MOST_BYTES, "{bytes} bytes");
}

/// Everything that is compiled in from outside `src` lies in a folder that the crate has.
#[test]
fn what_is_compiled_in_lies_in_src_or_assets() {
    let rust = below("src")
        .into_iter()
        .filter(|name| name.ends_with(".rs") && !name.ends_with("tests.rs"));
    let mut seen = 0;
    for name in rust {
        let text = read(&name);
        let code = text.split("#[cfg(test)]").next().unwrap();
        let named = ["include_str!(\"", "include_bytes!(\""]
            .map(|start| code.split(start).skip(1).collect::<Vec<_>>());
        for rest in named.concat() {
            let path = rest.split('"').next().unwrap();
            let place = root()
                .join(&name)
                .parent()
                .unwrap()
                .join(path)
                .canonicalize();
            let place = place.unwrap_or_else(|error| panic!("{name}: {path}: {error}"));
            let base = root().canonicalize().unwrap();
            let below = place.strip_prefix(base).unwrap();
            assert!(
                below.starts_with("src") || below.starts_with("assets"),
                "{name}: {path}"
            );
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} were found");
}

fn table(path: &str) -> toml::Table {
    read(path)
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_wheel_and_the_crate_say_the_same() {
    let (cargo, wheel) = (table("Cargo.toml"), table("pyproject.toml"));
    let (package, project) = (&cargo["package"], &wheel["project"]);
    for key in ["name", "license"] {
        assert_eq!(package[key], project[key], "{key}");
    }
    let dynamic = project["dynamic"].as_array().unwrap();
    for key in ["version", "description", "keywords"] {
        assert!(dynamic.contains(&key.into()), "{key} comes from Cargo.toml");
        assert!(package.get(key).is_some(), "{key} is in Cargo.toml");
    }
    let licences = project["license-files"].as_array().unwrap().iter();
    let files = licences
        .chain([&project["readme"]])
        .map(|file| file.as_str().unwrap());
    for file in files {
        assert!(root().join(file).is_file(), "{file} is not in the tree");
    }
    assert!(
        package.get("publish").is_none(),
        "the crate may be published"
    );
}

/// Whoever owns an action can move its tags, and a release signs what comes out.
#[test]
fn actions_are_pinned_to_a_commit() {
    let mut seen = 0;
    for workflow in ["ci.yml", "release.yml"] {
        let text = read(&format!(".github/workflows/{workflow}"));
        let uses = text.lines().filter_map(|line| line.split_once("uses: "));
        for (_, action) in uses.filter(|(_, action)| !action.starts_with("./")) {
            let (_, commit) = action
                .split_once('@')
                .unwrap_or_else(|| panic!("{workflow}: {action}"));
            let (commit, version) = commit.split_once(" # v").unwrap_or((commit, ""));
            let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
            assert!(
                is_commit && !version.is_empty(),
                "{workflow}: {action}: a commit, and its version behind it"
            );
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} were found");
}

#[test]
fn what_the_scripts_install_is_pinned() {
    let text = read("tests/install/requirements.txt");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    for package in ["maturin", "ziglang", "jsonschema"] {
        let is_there = lines
            .iter()
            .any(|line| line.starts_with(&format!("{package}==")));
        assert!(is_there, "{package} has its version");
    }
}
