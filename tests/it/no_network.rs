//! No network, shown: what the program asks the system for, what it does while it works, and what it is built of.
#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_niggle");

/// Every function of the C library by which a program reaches another machine, or a socket at all.
const OF_SOCKETS: [&str; 33] = [
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "shutdown",
    "send",
    "sendto",
    "sendmsg",
    "sendmmsg",
    "recv",
    "recvfrom",
    "recvmsg",
    "recvmmsg",
    "getsockopt",
    "setsockopt",
    "getsockname",
    "getpeername",
    "getaddrinfo",
    "freeaddrinfo",
    "getnameinfo",
    "gethostbyname",
    "gethostbyname_r",
    "gethostbyaddr",
    "gethostname",
    "getifaddrs",
    "if_nametoindex",
    "res_init",
    "res_query",
    "inet_pton",
    "inet_addr",
];

/// Those that are asked for, all of them by `std::process::Command::spawn`, by which `--open` starts another program: it hands a child
/// that is only just made a descriptor over a pair of sockets that no name and no network has.
const OF_STARTING_A_PROGRAM: [&str; 4] = ["recv", "recvmsg", "sendmsg", "socketpair"];

/// Standard output of another program. None, said aloud, where it is not there.
fn said_by(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => {
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        _ => {
            println!("skipped: {program} is not there or does not do it");
            None
        }
    }
}

#[test]
fn the_system_is_asked_for_no_socket_but_to_start_a_program() {
    let Some(imports) = said_by("nm", &["-D", "--undefined-only", PROGRAM]) else {
        return;
    };
    let names: BTreeSet<&str> = imports
        .lines()
        .filter_map(|line| line.split_whitespace().last()?.split('@').next())
        .collect();
    assert!(names.contains("write"), "the list was read: {names:?}");
    let found: Vec<&str> = OF_SOCKETS
        .into_iter()
        .filter(|name| names.contains(name))
        .collect();
    let found: BTreeSet<&str> = found.into_iter().collect();
    assert_eq!(found, BTreeSet::from(OF_STARTING_A_PROGRAM));
}

/// Calls of the kind `network` while niggle works, and how it ended. None where strace is not there or may not look.
fn network_calls(arguments: &[&str], folder: &Path) -> Option<Vec<String>> {
    let trace = folder.join("trace");
    let ran = Command::new("strace")
        .args(["-f", "-e", "trace=network", "-o"])
        .arg(&trace)
        .arg(PROGRAM)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    let output = ran
        .ok()
        .filter(|output| !String::from_utf8_lossy(&output.stderr).contains("strace: "));
    let Some(output) = output else {
        println!("skipped: strace is not there or may not look");
        return None;
    };
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = fs::read_to_string(&trace).unwrap();
    assert!(
        text.contains("+++ exited with 0 +++"),
        "it was watched to its end: {text}"
    );
    let is_end = |line: &&str| line.contains("+++ exited") || line.contains("--- SIG");
    Some(
        text.lines()
            .filter(|line| !is_end(line))
            .map(String::from)
            .collect(),
    )
}

#[test]
fn no_command_makes_a_network_call() {
    let folder = tempfile::tempdir().unwrap();
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let (runs, log) = (sample.join("other"), sample.join("pain_log.csv"));
    let (runs, log) = (runs.to_str().unwrap(), log.to_str().unwrap());
    let fit = sample.join("DI_CONNECT").to_string_lossy().into_owned();
    for arguments in [
        vec![
            "report", runs, "--pain", log, "--out", "report", "--cache", "cache", "-q",
        ],
        vec!["tables", runs, "--pain", log, "--out", "tables", "-q"],
        vec!["next", runs, "--pain", log, "--distance", "18"],
        vec!["pain", "check", log],
        vec!["pain", "add", "left knee", "2"],
        vec!["verify", runs, &fit],
        vec!["config", "init", "niggle.toml"],
        vec!["schema", "findings"],
    ] {
        let Some(calls) = network_calls(&arguments, folder.path()) else {
            return;
        };
        assert!(calls.is_empty(), "{arguments:?}: {calls:?}");
    }
}
