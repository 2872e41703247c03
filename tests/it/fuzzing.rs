//! The targets of `fuzz/` on stable Rust: every file of their corpora, and files like those with a few changes. What a fuzzer found is in
//! the corpora, so that it stays mended.

use proptest::{prelude::*, sample::Index};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

#[path = "../../fuzz/src/lib.rs"]
mod targets;

/// A target: the name of its corpus, and what it does with a file.
struct Target {
    name: &'static str,
    run: fn(&[u8]),
}

const TARGETS: [Target; 9] = [
    Target {
        name: "fit",
        run: fit,
    },
    Target {
        name: "fit_messages",
        run: fit,
    },
    Target {
        name: "xml",
        run: targets::xml,
    },
    Target {
        name: "packed",
        run: targets::packed,
    },
    Target {
        name: "exports",
        run: targets::export,
    },
    Target {
        name: "pain_log",
        run: targets::pain_log,
    },
    Target {
        name: "workbook",
        run: targets::pain_log,
    },
    Target {
        name: "configuration",
        run: targets::configuration,
    },
    Target {
        name: "findings",
        run: targets::findings,
    },
];

fn fit(data: &[u8]) {
    targets::recording("a.fit", data);
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The corpora, in the order of [`TARGETS`].
fn corpora() -> &'static Vec<Vec<Vec<u8>>> {
    static CORPORA: OnceLock<Vec<Vec<Vec<u8>>>> = OnceLock::new();
    CORPORA.get_or_init(|| TARGETS.iter().map(|target| corpus(target.name)).collect())
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder().join("corpus").join(name)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn every_file_of_the_corpora_is_read() {
    for (target, corpus) in TARGETS.iter().zip(corpora()) {
        assert!(corpus.len() >= 3, "{} has a corpus", target.name);
        corpus.iter().for_each(|file| (target.run)(file));
    }
}

#[test]
fn every_target_is_run_here_and_small() {
    let manifest = fs::read_to_string(folder().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let bins = manifest["bin"].as_array().unwrap();
    let names: Vec<&str> = bins
        .iter()
        .map(|bin| bin["name"].as_str().unwrap())
        .collect();
    let own: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names, own);
    let bytes: usize = corpora().iter().flatten().map(Vec::len).sum();
    assert!(bytes < 1 << 20, "the corpora are {bytes} bytes");
}

/// One change of a file.
#[derive(Debug, Clone)]
enum Change {
    Set(Index, u8),
    Insert(Index, u8),
    /// What is behind it goes.
    Cut(Index),
    /// A stretch goes.
    Remove(Index, u8),
    /// A stretch comes twice.
    Double(Index, u8),
}

impl Change {
    fn of(&self, file: &mut Vec<u8>) {
        let at = |index: &Index| index.index(file.len().max(1));
        let stretch = |index: &Index, length: u8| {
            let from = at(index).min(file.len());
            from..(from + usize::from(length)).min(file.len())
        };
        match self {
            Change::Set(index, byte) => {
                let at = at(index);
                file.get_mut(at)
                    .into_iter()
                    .for_each(|place| *place = *byte);
            }
            Change::Insert(index, byte) => file.insert(at(index).min(file.len()), *byte),
            Change::Cut(index) => file.truncate(at(index)),
            Change::Remove(index, length) => drop(file.drain(stretch(index, *length))),
            Change::Double(index, length) => {
                let stretch = stretch(index, *length);
                let (to, again) = (stretch.end, file[stretch].to_vec());
                file.splice(to..to, again);
            }
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    // Bytes that mean something in text and in numbers come more often than others.
    let byte = prop_oneof![
        any::<u8>(),
        proptest::sample::select(&b"\0\x01\x7f\x80\xff<>&;,\"'\n-.0%{}[]:/"[..])
    ];
    let place = any::<Index>;
    prop_oneof![
        4 => (place(), byte.clone()).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => (place(), byte).prop_map(|(at, byte)| Change::Insert(at, byte)),
        1 => place().prop_map(Change::Cut),
        2 => (place(), any::<u8>()).prop_map(|(at, length)| Change::Remove(at, length)),
        2 => (place(), any::<u8>()).prop_map(|(at, length)| Change::Double(at, length)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_file_with_changes_is_read(
        target in 0..TARGETS.len(),
        one in any::<Index>(),
        changes in prop::collection::vec(change(), 1..8),
    ) {
        let corpus = &corpora()[target];
        let mut file = corpus[one.index(corpus.len())].clone();
        changes.iter().for_each(|change| change.of(&mut file));
        (TARGETS[target].run)(&file);
    }

    #[test]
    fn fit_with_changed_messages_is_read(one in any::<Index>(), seed in any::<u32>()) {
        let corpus = &corpora()[1];
        fit(&targets::fit::mutated(&corpus[one.index(corpus.len())], 1 << 20, seed));
    }

    #[test]
    fn any_bytes_are_read(target in 0..TARGETS.len(), file in prop::collection::vec(any::<u8>(), 0..512)) {
        (TARGETS[target].run)(&file);
    }
}
