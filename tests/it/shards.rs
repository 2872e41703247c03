//! A cohort in shards: the same bytes as in one process, whoever made them and in which order, and nothing that does not belong together.

use crate::{
    cohort::{cohort, files_in, niggle},
    sample_cohort,
};
use assert_cmd::Command;
use niggle::{
    cohort::{self as line, Asked, Watch},
    config::Config,
    error::Error,
};
use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

/// What a command ends with and says.
struct Said {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(arguments: &[&dyn AsRef<std::ffi::OsStr>]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niggle"));
    arguments.iter().for_each(|argument| {
        command.arg(argument.as_ref());
    });
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Said {
        code: output.status.code(),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    }
}

/// A cohort of four, a plan of so many shards, and a folder for them.
struct Bench {
    root: tempfile::TempDir,
    work: tempfile::TempDir,
}

impl Bench {
    fn of(shards: &str) -> Bench {
        let bench = Bench {
            root: cohort(4),
            work: tempfile::tempdir().unwrap(),
        };
        let plan = run(&[
            &"plan",
            &bench.root.path(),
            &"--shards",
            &shards,
            &"--out",
            &bench.at("plan.json"),
        ]);
        assert_eq!(plan.code, Some(0), "{}", plan.stderr);
        bench
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.work.path().join(name)
    }

    fn shard(&self, number: &str) -> Said {
        self.shard_by("plan.json", number, self.root.path())
    }

    fn shard_by(&self, plan: &str, number: &str, root: &Path) -> Said {
        let (plan, out) = (self.at(plan), self.at("shards"));
        run(&[
            &"shard", &"--plan", &plan, &"--root", &root, &"--shard", &number, &"--out", &out,
        ])
    }

    fn verify(&self) -> Said {
        run(&[&"verify-shards", &self.at("shards")])
    }

    fn report(&self) -> BTreeMap<String, Vec<u8>> {
        let out = self.at("report");
        let said = run(&[
            &"cohort",
            &"--from-shards",
            &self.at("shards"),
            &"--out",
            &out,
            &"--quiet",
        ]);
        assert_eq!(said.code, Some(0), "{}", said.stderr);
        files_in(&out)
    }
}

#[test]
fn shards_in_any_order_come_to_the_bytes_of_one_process() {
    let bench = Bench::of("3");
    let alone = niggle(bench.root.path(), &bench.at("alone"), &["--quiet"]);
    assert_eq!(alone.code, Some(0), "{}", alone.stderr);
    let receipts = ["2", "0", "1"].map(|number| {
        let made = bench.shard(number);
        assert_eq!(made.code, Some(0), "{}", made.stderr);
        made.stdout
    });
    assert_eq!(
        bench.shard("0").stdout,
        receipts[1],
        "made before: the same receipt, and nothing is read"
    );
    let verified = bench.verify();
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    assert!(
        verified.stdout.contains("3 shards: nothing is missing"),
        "{}",
        verified.stdout
    );
    assert!(bench.report() == alone.files);
    // Sixteen for four runners are four.
    let many = Bench::of("16");
    (0..4).for_each(|number| assert_eq!(many.shard(&number.to_string()).code, Some(0)));
    let none = many.shard("4");
    assert!(
        none.code == Some(65) && none.stderr.contains("numbered from 0"),
        "{}",
        none.stderr
    );
    assert!(many.report() == alone.files);
}

#[test]
fn what_a_stopped_worker_left_is_nobodys_and_its_shard_is_made_again() {
    let bench = Bench::of("2");
    bench.shard("0");
    bench.shard("1");
    let whole = bench.report();
    let shards = bench.at("shards");
    fs::remove_file(shards.join("receipts/00001.json")).unwrap();
    fs::write(shards.join("runs/shard=00001/.niggle-abc"), "half").unwrap();
    fs::write(shards.join("runs/shard=00001/part-0.parquet"), "half").unwrap();
    let verified = bench.verify();
    assert!(
        verified.code == Some(65) && verified.stderr.contains("shard 1: it is not there"),
        "{}",
        verified.stderr
    );
    assert_eq!(bench.shard("1").code, Some(0));
    let verified = bench.verify();
    assert!(
        verified.code == Some(0) && verified.stdout.contains("1 unfinished file"),
        "{}",
        verified.stdout
    );
    assert!(bench.report() == whole);
}

#[test]
fn what_does_not_belong_together_is_never_mixed() {
    let bench = Bench::of("2");
    bench.shard("0");
    bench.shard("1");
    let shards = bench.at("shards");
    let plan = fs::read_to_string(bench.at("plan.json")).unwrap();
    for (from, to, said) in [
        (
            "\"settings\": {}",
            "\"settings\": {\"units\": \"mi\"}",
            "the shards of another plan lie there",
        ),
        (
            concat!("\"niggle_version\": \"", env!("CARGO_PKG_VERSION")),
            "\"niggle_version\": \"9.9.9",
            "a plan of niggle 9.9.9",
        ),
        ("{", "", "no plan of niggle's"),
    ] {
        fs::write(bench.at("other.json"), plan.replacen(from, to, 1)).unwrap();
        let other = bench.shard_by("other.json", "0", bench.root.path());
        assert!(
            other.code == Some(65) && other.stderr.contains(said),
            "{}",
            other.stderr
        );
    }
    // A receipt that lies, and a file that is not what it says.
    let receipt = shards.join("receipts/00000.json");
    let honest = fs::read_to_string(&receipt).unwrap();
    for (lie, said) in [
        (
            honest.replace("\"shard\":0", "\"shard\":1"),
            "another shard's",
        ),
        (
            honest.replace("\"athletes\":2", "\"athletes\":3"),
            "another shard's",
        ),
        (
            honest.replace("\"sha256\":\"", "\"sha256\":\"0"),
            "not what its receipt says",
        ),
        (
            honest.replace("runs/shard=00000", "runs/shard=00001"),
            "does not name the files of a shard",
        ),
    ] {
        fs::write(&receipt, lie).unwrap();
        let verified = bench.verify();
        assert!(
            verified.code == Some(65) && verified.stderr.contains(said),
            "{said}: {}",
            verified.stderr
        );
    }
    fs::write(&receipt, honest).unwrap();
    fs::write(shards.join("state/shard=00000.bin"), "x").unwrap();
    let out = bench.at("report");
    let refused = run(&[&"cohort", &"--from-shards", &shards, &"--out", &out]);
    assert!(
        refused.code == Some(65) && !out.exists(),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_worker_says_whether_trying_again_helps() {
    let bench = Bench::of("2");
    let nowhere = bench.shard_by("plan.json", "0", Path::new("/nowhere at all"));
    assert!(
        nowhere.code == Some(74) && nowhere.stderr.contains("/nowhere at all/anna"),
        "{}",
        nowhere.stderr
    );
    let no_plan = bench.shard_by("missing.json", "0", bench.root.path());
    assert_eq!(no_plan.code, Some(74), "{}", no_plan.stderr);
    // A file stands where the shards are to be.
    fs::remove_dir_all(bench.at("shards")).unwrap();
    fs::write(bench.at("shards"), "x").unwrap();
    let in_the_way = bench.shard("0");
    assert_eq!(in_the_way.code, Some(74), "{}", in_the_way.stderr);
}

/// Whether to stop, once so many runners were begun; and who was.
struct StopsAfter {
    most: usize,
    before: AtomicUsize,
    begun: Mutex<Vec<String>>,
}

impl StopsAfter {
    fn runners(most: usize) -> Self {
        StopsAfter {
            most,
            before: AtomicUsize::new(0),
            begun: Mutex::default(),
        }
    }
}

impl Watch for StopsAfter {
    fn start(&self, _: usize, before: usize) {
        self.before.store(before, Ordering::Relaxed);
    }

    fn begin(&self, name: &str) {
        self.begun.lock().unwrap().push(name.to_string());
    }

    fn done(&self) {}

    fn finish(&self) {}

    fn interrupted(&self) -> bool {
        self.begun.lock().unwrap().len() >= self.most
    }
}

#[test]
fn who_was_read_before_an_interruption_is_not_read_again() {
    let root = tempfile::tempdir().unwrap();
    for (of, names) in [("anna", 0..6)] {
        let runner = cohort(1);
        for number in names {
            let to = root.path().join(format!("{of}{number}"));
            fs::create_dir(&to).unwrap();
            for (name, bytes) in files_in(&runner.path().join(of)) {
                fs::write(to.join(name), bytes).unwrap();
            }
        }
    }
    let out = tempfile::tempdir().unwrap();
    let asked = Asked {
        config: Config {
            output: out.path().join("report"),
            ..Config::default()
        },
        ..Asked::default()
    };
    let who = line::Who {
        folder: Some(root.path().to_path_buf()),
        ..line::Who::default()
    };
    // Three at a time are one piece of work; the fourth is stopped.
    let watch = StopsAfter::runners(4);
    let stopped = line::run(&who, &asked, &watch).unwrap_err();
    assert!(
        matches!(stopped, Error::Paused { done: 3, all: 6 }),
        "{stopped}"
    );
    assert_eq!(stopped.exit_code(), 130);
    assert!(
        files_in(&asked.config.output)
            .keys()
            .all(|name| name.starts_with(".niggle-"))
    );
    let again = StopsAfter::runners(usize::MAX);
    line::run(&who, &asked, &again).unwrap();
    assert_eq!(again.before.load(Ordering::Relaxed), 3);
    assert_eq!(again.begun.lock().unwrap().len(), 3);
    let files = files_in(&asked.config.output);
    assert!(files.contains_key("cohort.html") && !files.keys().any(|name| name.starts_with('.')));
    // Whatever changed, nothing of before is believed.
    fs::write(
        root.path().join("anna0/pain.csv"),
        "date,site,side,pain\n2025-03-04,knee,left,3\n",
    )
    .unwrap();
    let anew = StopsAfter::runners(usize::MAX);
    line::run(&who, &asked, &anew).unwrap();
    assert_eq!(anew.begun.lock().unwrap().len(), 6);
}

/// Whether a text has a day of the calendar in it.
fn has_a_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_dash = |at: usize| bytes.get(at) == Some(&b'-');
    let is_date = |at: usize| {
        (0..4).all(|of| is_digit(at + of))
            && is_dash(at + 4)
            && is_digit(at + 5)
            && is_digit(at + 6)
            && is_dash(at + 7)
    };
    (0..bytes.len()).any(is_date) || (20..30).any(|year| text.contains(&format!("20{year}-W")))
}

#[test]
fn tables_tell_nobodys_days_unless_they_are_asked_for() {
    let folder = cohort(3);
    let out = tempfile::tempdir().unwrap();
    let tables = |options: &[&str]| {
        let answer = niggle(folder.path(), &out.path().join("r"), options);
        assert_eq!(answer.code, Some(0), "{}", answer.stderr);
        let tables = answer.files.keys().filter(|name| name.ends_with(".csv"));
        tables
            .map(|name| (name.clone(), answer.text(name)))
            .collect::<BTreeMap<_, _>>()
    };
    let without = tables(&["--quiet"]);
    assert_eq!(without.len(), 7);
    for (name, text) in &without {
        assert!(text.starts_with("athlete,day,"), "{name}");
        assert!(!has_a_date(text), "{name}");
        assert!(
            !text.contains("source,") || !text.contains(".gpx"),
            "{name} names files"
        );
    }
    let with = tables(&["--quiet", "--dates"]);
    assert!(has_a_date(&with["tables/runs.csv"]) && has_a_date(&with["tables/ratings.csv"]));
    for (name, text) in &with {
        assert_eq!(
            text.lines().next(),
            without[name].lines().next(),
            "the same columns"
        );
        assert_eq!(
            text.lines().count(),
            without[name].lines().count(),
            "{name}"
        );
    }
    let runs = &without["tables/runs.csv"];
    let athletes: Vec<&str> = runs
        .lines()
        .skip(1)
        .filter_map(|row| row.split(',').next())
        .collect();
    assert!(athletes.is_sorted());
    assert_eq!(
        athletes
            .iter()
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        3
    );
}

#[test]
fn what_was_planned_is_told_from_what_was_looked_at_afterwards() {
    let folder = cohort(4);
    let out = tempfile::tempdir().unwrap();
    let plan = out.path().join("plan.toml");
    fs::write(
        &plan,
        "pairs = ['any_place distance_m_1']\nrules = []\ndefinitions = ['time_loss']\n",
    )
    .unwrap();
    let plan = plan.to_str().unwrap();
    let answer = niggle(
        folder.path(),
        &out.path().join("r"),
        &["--registered", plan, "--quiet"],
    );
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let json = answer.json();
    assert_eq!(json["tests"], 1);
    let pairs = json["pairs"].as_array().unwrap();
    assert!(
        pairs[0]["planned"] == true && pairs[0]["q"] == pairs[0]["p"],
        "alone, its q is its p: {}",
        pairs[0]
    );
    for pair in &pairs[1..] {
        assert!(
            pair["planned"] == false && pair["q"].is_null() && pair["flagged"] == false,
            "{pair}"
        );
    }
    let hash = json["registered"]["sha256"].as_str().unwrap();
    let page = answer.text("cohort.md");
    assert!(hash.len() == 64 && page.contains(hash) && page.contains("(looked at afterwards)"));
    fs::write(out.path().join("bad.toml"), "pairs = ['knee distance']").unwrap();
    let bad = out.path().join("bad.toml");
    let refused = niggle(
        folder.path(),
        &out.path().join("s"),
        &["--registered", bad.to_str().unwrap()],
    );
    assert!(
        refused.code == Some(2) && refused.stderr.contains("is none of any_place distance_m_1"),
        "{}",
        refused.stderr
    );
}

#[test]
fn small_counts_of_people_are_not_told_where_that_is_asked() {
    let out = tempfile::tempdir().unwrap();
    let study = |options: &[&str], name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_niggle"));
        sample_cohort::study(command.arg("cohort"))
            .args(["--quiet", "--out"])
            .arg(out.path().join(name))
            .args(options);
        command.assert().success();
        let text = fs::read_to_string(out.path().join(name).join("cohort.json")).unwrap();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        json["study"].clone()
    };
    // Four women and four men, four in the club and four beginners; four of eight lost running.
    let all = study(&[], "all");
    assert_eq!(
        (&all["watched"]["women"], &all["watched"]["groups"]["club"]),
        (&4.into(), &4.into())
    );
    assert_eq!(all["incidence"][0]["hidden"], false);
    let few = study(&["--fewest", "5"], "few");
    assert!(
        few["watched"]["women"].is_null() && few["watched"]["groups"]["club"].is_null(),
        "{}",
        few["watched"]
    );
    assert_eq!(few["watched"]["runners"], 8);
    for (before, after) in all["incidence"]
        .as_array()
        .unwrap()
        .iter()
        .zip(few["incidence"].as_array().unwrap())
    {
        let is_few = (1..5).contains(&before["runners_hurt"].as_u64().unwrap());
        assert_eq!(after["hidden"], is_few, "{after}");
        assert!(
            !is_few || after["all"]["per_1000_km"].is_null() && after["runners_hurt"] == 0,
            "{after}"
        );
    }
}
