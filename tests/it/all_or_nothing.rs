//! A report is whole or not there, whatever happens while it is made: killed, a full disk, a folder that may not be written, two at once.
//! And it is its owner's.
//!
//! Every test that needs something of the system says in one line where that is not to be had.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    reason = "how long a run takes is when to kill the next"
)]

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs::{self, File},
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

/// Where what is moved lies until it is.
const READY: &str = ".niggle-ready";

/// Every file of a folder and below, by its name.
type Files = BTreeMap<String, Vec<u8>>;

/// Two reports that differ in nearly every page: old and new.
struct Two {
    folder: tempfile::TempDir,
    old: Files,
    new: Files,
    /// How long one takes.
    takes: Duration,
}

fn two() -> &'static Two {
    static TWO: OnceLock<Two> = OnceLock::new();
    TWO.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        open_to_all(folder.path());
        let log = root().join("sample_data/pain_log.csv");
        let log: Vec<String> = fs::read_to_string(log)
            .unwrap()
            .lines()
            .take(40)
            .map(String::from)
            .collect();
        fs::create_dir(folder.path().join("runs")).unwrap();
        fs::write(folder.path().join("runs/pain.csv"), log.join("\n")).unwrap();
        for name in ["2025-01-18_easy.gpx", "2025-02-08_easy.gpx"] {
            let from = root().join("sample_data/other").join(name);
            fs::copy(from, folder.path().join("runs").join(name)).unwrap();
        }
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        ends_well(&mut report(folder.path(), &old, "km"));
        let begun = Instant::now();
        ends_well(&mut report(folder.path(), &new, "mi"));
        Two {
            takes: begun.elapsed(),
            old: files(&old),
            new: files(&new),
            folder,
        }
    })
}

impl Two {
    fn report(&self, out: &Path, units: &str) -> Command {
        report(self.folder.path(), out, units)
    }

    /// A folder with the old report.
    fn output(&self) -> tempfile::TempDir {
        let out = tempfile::tempdir().unwrap();
        ends_well(&mut self.report(out.path(), "km"));
        out
    }

    /// Whether the folder holds one of them whole; what was moved in part says so by [`READY`], and each of its files is whole.
    fn is_one(&self, out: &Path, moment: &str) {
        let there: Files = files(out)
            .into_iter()
            .filter(|(name, _)| !name.starts_with('.'))
            .collect();
        let is_one = there == self.old || there == self.new;
        assert!(
            is_one || out.join(READY).exists(),
            "{moment}: neither the old nor the new report"
        );
        for (name, bytes) in &there {
            let is_whole = self.old.get(name) == Some(bytes) || self.new.get(name) == Some(bytes);
            assert!(is_whole, "{moment}: {name} is neither old nor new");
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn niggle() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niggle"));
    command.stdin(Stdio::null()).env_remove("NIGGLE_OUT");
    command
}

fn report(folder: &Path, out: &Path, units: &str) -> Command {
    let mut command = niggle();
    command
        .args([
            "report",
            "runs",
            "--no-config",
            "--quiet",
            "--units",
            units,
            "--out",
        ])
        .arg(out)
        .current_dir(folder);
    command
}

fn ends_well(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", told(&output));
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn files(folder: &Path) -> Files {
    let mut all = Files::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry
                    .path()
                    .strip_prefix(folder)
                    .unwrap()
                    .display()
                    .to_string();
                all.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    all
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn open_to_all(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn assert_nothing_is_left(out: &Path, moment: &str) {
    let hidden: Vec<String> = files(out)
        .into_keys()
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(hidden.is_empty(), "{moment}: {hidden:?}");
    let entries = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    assert!(
        entries
            .into_iter()
            .all(|name| !name.as_encoded_bytes().starts_with(b".")),
        "{moment}"
    );
}

/// Numbers that are the same every time (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % most.max(1)
    }
}

/// Kills at so many moments of a run and a little beyond, every other time by a request to end; after each the next run puts all right.
fn killed(times: u64, seed: u64) {
    let two = two();
    let out = two.output();
    let mut random = Random(seed);
    let (mut before, mut after) = (0, 0);
    for at in 0..times {
        let wait = Duration::from_micros(random.below(two.takes.as_micros() as u64 * 5 / 4));
        let moment = format!("kill {at} of seed {seed}, after {} µs", wait.as_micros());
        let mut child = two.report(out.path(), "mi").spawn().unwrap();
        std::thread::sleep(wait);
        end(&mut child, at % 2 == 0);
        two.is_one(out.path(), &moment);
        match files(out.path()).contains_key("findings.json")
            && fs::read(out.path().join("report.html")).ok() == two.new.get("report.html").cloned()
        {
            true => after += 1,
            false => before += 1,
        }
        ends_well(&mut two.report(out.path(), "km"));
        assert!(
            files(out.path()) == two.old,
            "{moment}: the next run's is whole"
        );
        assert_nothing_is_left(out.path(), &moment);
    }
    println!("killed {times} times: {before} old reports whole, {after} new ones");
}

fn end(child: &mut Child, at_once: bool) {
    if at_once {
        child.kill().unwrap();
    } else {
        // One who is gone already hears nothing.
        let _ = Command::new("kill").arg(child.id().to_string()).status();
    }
    child.wait().unwrap();
}

#[test]
fn killed_at_twenty_moments_a_report_is_old_or_new() {
    killed(20, 1);
}

#[test]
#[ignore = "200 kills take minutes: cargo test --test it -- --ignored killed_at_two_hundred"]
fn killed_at_two_hundred_moments_a_report_is_old_or_new() {
    killed(200, 2);
}

#[test]
fn what_was_left_of_a_first_report_is_no_foreign_folder() {
    let two = two();
    let out = tempfile::tempdir().unwrap();
    // As it stands where a run is killed between two moves: a page is there, and what marks the folder as niggle's is not.
    let new = out.path().join(READY).join("new");
    for (name, bytes) in &two.new {
        let folder = if name == "report.md" {
            out.path()
        } else {
            &new
        };
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let faulty = niggle()
        .args([
            "report",
            "runs",
            "--no-config",
            "-q",
            "--pain",
            "none.csv",
            "--out",
        ])
        .arg(out.path())
        .current_dir(two.folder.path())
        .output()
        .unwrap();
    assert_eq!(faulty.status.code(), Some(2), "{}", told(&faulty));
    ends_well(&mut two.report(out.path(), "km"));
    assert!(files(out.path()) == two.old);
    assert_nothing_is_left(out.path(), "after");
}

#[test]
fn two_runs_at_once_leave_one_whole_report() {
    let two = two();
    let out = two.output();
    for round in 0..4 {
        let mut runs: Vec<Child> = ["km", "mi"]
            .map(|units| {
                two.report(out.path(), units)
                    .stderr(Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .into();
        let codes: Vec<_> = runs
            .iter_mut()
            .map(|run| run.wait().unwrap().code())
            .collect();
        assert!(codes.contains(&Some(0)), "round {round}: {codes:?}");
        assert!(
            codes.iter().all(|code| [Some(0), Some(4)].contains(code)),
            "{codes:?}"
        );
        let there = files(out.path());
        assert!(
            there == two.old || there == two.new,
            "round {round}: one of them, whole"
        );
    }
}

#[test]
fn the_second_of_two_says_who_is_at_work() {
    let two = two();
    let out = two.output();
    let lock = File::create(out.path().join(".niggle-lock")).unwrap();
    lock.lock().unwrap();
    let second = two.report(out.path(), "mi").output().unwrap();
    assert_eq!(second.status.code(), Some(4));
    assert!(
        told(&second).contains("another niggle is writing there"),
        "{}",
        told(&second)
    );
    drop(lock);
    ends_well(&mut two.report(out.path(), "mi"));
    assert!(files(out.path()) == two.new);
}

#[test]
fn an_output_inside_the_input_is_no_input() {
    let two = two();
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path().join("runs");
    fs::create_dir(&runs).unwrap();
    for (name, bytes) in files(&two.folder.path().join("runs")) {
        fs::write(runs.join(name), bytes).unwrap();
    }
    let out = runs.join("report");
    for _ in 0..2 {
        ends_well(&mut report(folder.path(), &out, "km"));
        assert!(files(&out) == two.old);
    }
}

#[test]
fn a_folder_that_may_not_be_written_is_left_alone() {
    let two = two();
    let out = two.output();
    fs::set_permissions(out.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let mut run = two.report(out.path(), "mi");
    // Nothing is forbidden to root: somebody else tries. Nobody is 65534 wherever there is one.
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    if is_root {
        run.uid(65_534).gid(65_534);
    }
    let Ok(output) = run.output() else {
        return println!("skipped: the program cannot be run as somebody else");
    };
    assert_eq!(output.status.code(), Some(4), "{}", told(&output));
    assert!(
        told(&output).contains("choose another folder"),
        "{}",
        told(&output)
    );
    fs::set_permissions(out.path(), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(files(out.path()) == two.old);
}

/// In a name space of its own, in which it may mount: a disk of so many bytes holds the old report, and the new one is made on it.
fn on_a_disk_of(kilobytes: u64, two: &Two, out: &Path) -> Option<Output> {
    let script = "set -e; mount -t tmpfs -o size=${3}k none \"$1\"; cp -a \"$2\"/. \"$1\"; shift 3; code=0; \"$@\" || code=$?; \
                  cp -a \"$DISK\"/. \"$RESULT\"; exit $code";
    let disk = tempfile::tempdir().unwrap();
    let old = two.folder.path().join("old");
    let mut inner = two.report(disk.path(), "mi");
    inner.stdin(Stdio::null());
    let mut command = Command::new("unshare");
    command
        .args([
            "--mount",
            "--user",
            "--map-root-user",
            "sh",
            "-c",
            script,
            "sh",
        ])
        .args([
            disk.path().as_os_str(),
            old.as_os_str(),
            OsStr::new(&kilobytes.to_string()),
        ])
        .arg(inner.get_program())
        .args(inner.get_args())
        .env("DISK", disk.path())
        .env("RESULT", out)
        .current_dir(two.folder.path());
    let output = command.output().ok()?;
    let is_denied = ["unshare:", "mount:"]
        .iter()
        .any(|who| told(&output).contains(who));
    (!is_denied).then_some(output)
}

/// Reports on disks of all sizes from where the old one just has room to where both have, so that every write is once the one that fails.
fn on_full_disks(step: usize) {
    let two = two();
    let pages = |files: &Files| {
        files
            .values()
            .map(|bytes| bytes.len() as u64 / 4096 + 1)
            .sum::<u64>()
            * 4
    };
    let (least, most) = (
        pages(&two.old) + 16,
        pages(&two.old) + pages(&two.new) + 200,
    );
    let (mut full, mut done) = (0, 0);
    for kilobytes in (least..most).step_by(step) {
        let out = tempfile::tempdir().unwrap();
        let Some(output) = on_a_disk_of(kilobytes, two, out.path()) else {
            return println!("skipped: no disk can be mounted here without more rights");
        };
        let there = files(out.path());
        match output.status.code() {
            Some(0) => {
                assert!(
                    there == two.new,
                    "{kilobytes} kB: done, and the new report is not there"
                );
                done += 1;
            }
            code => {
                assert_eq!(code, Some(4), "{kilobytes} kB: {}", told(&output));
                assert!(
                    told(&output).contains("the disk is full"),
                    "{}",
                    told(&output)
                );
                assert!(
                    there == two.old,
                    "{kilobytes} kB: the old report is not whole"
                );
                full += 1;
            }
        }
    }
    println!("{full} full disks left the old report whole, {done} had room");
    assert!(full > 0 && done > 0);
}

#[test]
fn a_disk_that_gets_full_leaves_the_old_report() {
    on_full_disks(96);
}

#[test]
#[ignore = "a disk for every block takes minutes: cargo test --test it -- --ignored every_size"]
fn disks_of_every_size_leave_the_old_report_or_have_the_new() {
    on_full_disks(4);
}

/// The `number`th call of this kind of every thread fails, and those after it too.
fn failing(call: &str, error: &str, number: usize, two: &Two, out: &Path) -> Option<Output> {
    let inner = two.report(out, "mi");
    let output = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e"])
        .arg(format!("trace={call}"))
        .arg("-e")
        .arg(format!("inject={call}:error={error}:when={number}+"))
        .arg(inner.get_program())
        .args(inner.get_args())
        .current_dir(two.folder.path())
        .output()
        .ok()?;
    (!told(&output).contains("strace:")).then_some(output)
}

/// What the system refuses, by call and error; a disk that is full says so at once or when it is asked to bring the bytes onto it.
const REFUSED: [(&str, &str); 5] = [
    ("write", "ENOSPC"),
    ("fsync", "EIO"),
    ("rename", "EIO"),
    ("linkat", "EPERM"),
    ("mkdir", "ENOSPC"),
];

fn refused(numbers: impl Iterator<Item = usize> + Clone) {
    let two = two();
    let (mut old, mut new) = (0, 0);
    for (call, error) in REFUSED {
        for number in numbers.clone() {
            let out = two.output();
            let Some(output) = failing(call, error, number, two, out.path()) else {
                return println!("skipped: strace is not there or may not look");
            };
            let moment = format!(
                "{call} {number}: {:?} {}",
                output.status.code(),
                told(&output)
            );
            two.is_one(out.path(), &moment);
            let is_new = files(out.path()) == two.new;
            // A second name that cannot be made is made up for by a copy; a folder on the disk it need not be.
            assert!(is_new || output.status.code() == Some(4), "{moment}");
            *if is_new { &mut new } else { &mut old } += 1;
            ends_well(&mut two.report(out.path(), "km"));
            assert!(files(out.path()) == two.old, "{moment}");
            assert_nothing_is_left(out.path(), &moment);
        }
    }
    println!(
        "refused {} times: {old} old reports whole, {new} new ones",
        old + new
    );
    assert!(old > 0);
}

#[test]
fn what_the_system_refuses_leaves_the_old_report() {
    refused([1, 2, 5].into_iter());
}

#[test]
#[ignore = "every call refused once takes minutes: cargo test --test it -- --ignored every_call"]
fn every_call_that_the_system_refuses_leaves_the_old_report() {
    refused(1..=40);
}

#[test]
fn a_report_is_its_owners_unless_it_is_shared() {
    let two = two();
    let folder = tempfile::tempdir().unwrap();
    let modes = |shared: &[&str], out: &str| {
        let out = folder.path().join(out);
        let cache = folder.path().join(format!("{}-cache", out.display()));
        // As a usual account has it, whatever holds for the one who tests.
        let inner = two.report(&out, "km");
        let mut command = Command::new("sh");
        command
            .args(["-c", "umask 022; exec \"$0\" \"$@\""])
            .arg(inner.get_program())
            .args(inner.get_args())
            .args(shared)
            .arg("--cache")
            .arg(&cache)
            .current_dir(two.folder.path());
        ends_well(&mut command);
        let of_files = files(&out).into_keys().map(|name| mode(&out.join(name)));
        let cached = mode(&cache.join("niggle-cache.bin"));
        let mut of_files: Vec<u32> = of_files.chain([cached]).collect();
        of_files.dedup();
        (
            of_files,
            [mode(&out), mode(&out.join("charts")), mode(&cache)],
        )
    };
    assert_eq!(modes(&[], "own"), (vec![0o600], [0o700; 3]));
    assert_eq!(modes(&["--shared"], "all"), (vec![0o644], [0o755; 3]));
    // A folder keeps what it has; what is written anew is the owner's again.
    assert_eq!(modes(&[], "all"), (vec![0o600], [0o755; 3]));
}

#[test]
fn a_new_pain_log_is_its_owners_and_an_old_one_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("pain.csv");
    let add = || {
        let mut command = niggle();
        command
            .args(["pain", "add", "none", "--pain"])
            .arg(&log)
            .current_dir(folder.path());
        ends_well(&mut command);
        mode(&log)
    };
    assert_eq!(add(), 0o600);
    fs::set_permissions(&log, fs::Permissions::from_mode(0o640)).unwrap();
    let mut other = niggle();
    other
        .args(["pain", "add", "left knee", "2", "--pain"])
        .arg(&log)
        .current_dir(folder.path());
    ends_well(&mut other);
    assert_eq!(mode(&log), 0o640);
    let new = folder.path().join("new.csv");
    ends_well(
        niggle()
            .args(["pain", "init"])
            .arg(&new)
            .current_dir(folder.path()),
    );
    assert_eq!(mode(&new), 0o600);
}

#[test]
fn a_pain_log_that_is_shared_is_what_the_mask_leaves() {
    let made = |words: &[&str], name: &str, config: &str| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("niggle.toml"), config).unwrap();
        let inner = niggle();
        let mut command = Command::new("sh");
        command
            .args(["-c", "umask 022; exec \"$0\" \"$@\""])
            .arg(inner.get_program())
            .args(words)
            .current_dir(folder.path());
        ends_well(&mut command);
        mode(&folder.path().join(name))
    };
    let add = ["pain", "add", "none", "--shared"];
    assert_eq!(made(&add, "pain.csv", ""), 0o644);
    assert_eq!(made(&add[..3], "pain.csv", "shared = true"), 0o644);
    assert_eq!(made(&add[..3], "pain.csv", ""), 0o600);
    let init = ["pain", "init", "--shared"];
    assert_eq!(made(&init, "pain.csv", ""), 0o644);
    assert_eq!(made(&init, "pain-help.md", ""), 0o644);
}
