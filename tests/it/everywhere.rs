//! The same bytes everywhere: one report, made in as many ways as there are rows in [`WAYS`], and every file of it compared.
//!
//! A way that this machine cannot go (no emulator, no program that turns the clock, no second build) is said and left out. By default a
//! month of the sample is read; `cargo test --test it everywhere -- --ignored` reads all of it.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// How a run differs from the plain one.
enum Way {
    /// These arguments beside.
    Given(&'static [&'static str]),
    /// The files one by one instead of their folder, the last first.
    Shuffled,
    /// A folder into which the files were copied in another order.
    Copied,
    /// These variables of the environment.
    With(&'static [(&'static str, &'static str)]),
    /// No variable at all.
    Bare,
    /// From another current folder.
    Elsewhere,
    /// Under another program, which is given the whole command: its name, and its own arguments.
    Under(&'static str, &'static [&'static str]),
    /// Other builds of the program, as `NIGGLE_OTHER_BINARIES` names them (`release:dist:…`).
    OtherBuilds,
}

use Way::*;

const WAYS: &[(&str, Way)] = &[
    ("one thread", Given(&["--jobs", "1"])),
    ("two threads", Given(&["--jobs", "2"])),
    ("eight threads", Given(&["--jobs", "8"])),
    ("files one by one, the last first", Shuffled),
    ("a copy made in another order", Copied),
    ("a zone of half hours", With(&[("TZ", "Asia/Kolkata")])),
    (
        "a zone that is a day ahead",
        With(&[("TZ", "Pacific/Kiritimati")]),
    ),
    (
        "Turkish",
        With(&[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")]),
    ),
    (
        "German, and a language list",
        With(&[("LC_ALL", "de_DE.UTF-8"), ("LANGUAGE", "de:en")]),
    ),
    ("no language", With(&[("LC_ALL", "C"), ("LANG", "C")])),
    (
        "no home, no terminal, no colours",
        With(&[
            ("HOME", "/nonexistent"),
            ("TERM", "dumb"),
            ("NO_COLOR", "1"),
        ]),
    ),
    ("no environment", Bare),
    ("another current folder", Elsewhere),
    (
        "a clock ten years ahead",
        Under("faketime", &["2036-02-29 23:59:59"]),
    ),
    (
        "a clock that leaps an hour a second",
        Under("faketime", &["-f", "@1999-12-31 23:00:00 x3600"]),
    ),
    (
        "a processor without AVX2",
        Under("qemu-x86_64", &["-cpu", "Nehalem"]),
    ),
    ("other builds", OtherBuilds),
];

/// A history, and where its reports go.
struct Place {
    folder: tempfile::TempDir,
    files: Vec<PathBuf>,
}

impl Place {
    /// The files of the sample, every so many.
    fn of_sample(every: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let history = folder.path().join("history");
        fs::create_dir(&history).unwrap();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
        let found = walkdir::WalkDir::new(sample)
            .sort_by_file_name()
            .into_iter();
        let found = found
            .map(|entry| entry.unwrap().into_path())
            .filter(|path| path.is_file());
        let (logs, recordings): (Vec<_>, Vec<_>) =
            found.partition(|path| path.ends_with("pain_log.csv"));
        let kept = recordings.into_iter().step_by(every).chain(logs);
        let copied = kept.map(|from| {
            let to = history.join(from.file_name().unwrap());
            fs::copy(&from, &to).unwrap();
            to
        });
        let files = copied.collect();
        Place { folder, files }
    }

    fn history(&self) -> PathBuf {
        self.folder.path().join("history")
    }

    /// A copy of the history whose files were made from the last to the first.
    fn copy(&self) -> PathBuf {
        let copy = self.folder.path().join("copy").join("history");
        fs::create_dir_all(&copy).unwrap();
        for file in self.files.iter().rev() {
            fs::copy(file, copy.join(file.file_name().unwrap())).unwrap();
        }
        copy
    }

    /// The plain run: the program, what it is given, and the report.
    fn command(&self, program: &Path, inputs: &[PathBuf], out: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .arg("report")
            .args(inputs)
            .arg("--out")
            .arg(out)
            .arg("--quiet");
        command.current_dir(self.folder.path());
        command
    }
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_niggle"))
}

/// Every file of the report that this command makes.
fn made(command: &mut Command, out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let ended = command.output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{command:?}: {said}");
    let files = walkdir::WalkDir::new(out)
        .into_iter()
        .map(|entry| entry.unwrap().into_path());
    let of = |path: PathBuf| {
        (
            path.strip_prefix(out).unwrap().to_path_buf(),
            fs::read(&path).unwrap(),
        )
    };
    let files = files.filter(|path| path.is_file()).map(of).collect();
    fs::remove_dir_all(out).unwrap();
    files
}

/// The runs of a way. None where this machine cannot go it.
fn runs(way: &Way, place: &Place, out: &Path) -> Option<Vec<Command>> {
    let plain = || place.command(program(), &[place.history()], out);
    let one = match way {
        Given(arguments) => {
            let mut command = plain();
            command.args(*arguments);
            command
        }
        Shuffled => {
            let last_first: Vec<PathBuf> = place.files.iter().rev().cloned().collect();
            place.command(program(), &last_first, out)
        }
        Copied => place.command(program(), &[place.copy()], out),
        With(variables) => {
            let mut command = plain();
            command.envs(variables.iter().copied());
            command
        }
        Bare => {
            let mut command = plain();
            command.env_clear();
            command
        }
        Elsewhere => {
            let mut command = plain();
            command.current_dir(env::temp_dir());
            command
        }
        Under(outer, arguments) => under(outer, arguments, &plain())?,
        OtherBuilds => return other_builds(place, out),
    };
    Some(vec![one])
}

/// The same command under another program. None where that is not here.
fn under(outer: &str, arguments: &[&str], inner: &Command) -> Option<Command> {
    Command::new(outer).arg("--version").output().ok()?;
    let mut command = Command::new(outer);
    command
        .args(arguments)
        .arg(inner.get_program())
        .args(inner.get_args());
    command.current_dir(inner.get_current_dir()?);
    Some(command)
}

fn other_builds(place: &Place, out: &Path) -> Option<Vec<Command>> {
    let builds = env::var_os("NIGGLE_OTHER_BINARIES")?;
    let of = |build: PathBuf| place.command(&build, &[place.history()], out);
    Some(env::split_paths(&builds).map(of).collect())
}

fn check(place: &Place) {
    let out = place.folder.path().join("report");
    let plain = made(
        &mut place.command(program(), &[place.history()], &out),
        &out,
    );
    assert!(plain.len() > 15, "{:?}", plain.keys());
    let mut gone = 0;
    for (name, way) in WAYS {
        let Some(runs) = runs(way, place, &out) else {
            println!("NOT RUN, this machine cannot: {name}");
            continue;
        };
        // Files that were named are called by their own names, those of a folder by the folder's.
        let named = matches!(way, Shuffled)
            .then(|| made(&mut place.command(program(), &place.files, &out), &out));
        let plain = named.as_ref().unwrap_or(&plain);
        for mut run in runs {
            let other = made(&mut run, &out);
            let differ: Vec<&PathBuf> = plain
                .keys()
                .filter(|file| plain.get(*file) != other.get(*file))
                .collect();
            assert!(
                differ.is_empty() && plain.len() == other.len(),
                "{name}: {differ:?}"
            );
            gone += 1;
        }
    }
    println!("{} files the same in {gone} other runs", plain.len());
}

#[test]
fn a_month_has_the_same_bytes_everywhere() {
    check(&Place::of_sample(9));
}

#[test]
#[ignore = "three minutes in a debug build, and twenty where the processor is emulated"]
fn the_sample_has_the_same_bytes_everywhere() {
    check(&Place::of_sample(1));
}
