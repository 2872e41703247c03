//! What a person sees in a window: lines that fit, words that stand out, help, the short way to a report, completions, the manual.

use assert_cmd::Command;
use clap::CommandFactory;
use niggle::cli::Cli;
use std::{fs, path::Path};
use unicode_width::UnicodeWidthStr;

/// The program in an environment of its own: no colour asked for or refused, no width.
fn niggle(arguments: &[&str], environment: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niggle"));
    for name in [
        "COLUMNS",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "TERM",
        "CI",
    ] {
        command.env_remove(name);
    }
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .envs(environment.iter().copied())
        .args(arguments);
    let output = command.output().expect("niggle runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// How every command below one is called, the deepest too.
fn called(command: &clap::Command, path: &[String]) -> Vec<Vec<String>> {
    let mut all = vec![path.to_vec()];
    for below in command.get_subcommands() {
        let path = [path, &[below.get_name().to_string()]].concat();
        all.extend(called(below, &path));
    }
    all
}

fn commands() -> Vec<Vec<String>> {
    called(&Cli::command(), &[])
}

/// What is longer than the window and has a blank where it could have been broken. clap writes the line of usage.
fn too_long(text: &str, width: usize) -> Vec<&str> {
    let fits = |line: &&str| {
        let words = line.split_whitespace().count();
        line.width() <= width || words <= 1 || line.starts_with("Usage: ")
    };
    text.lines().filter(|line| !fits(line)).collect()
}

#[test]
fn every_help_fits_the_window_and_has_examples_and_exit_codes() {
    for path in commands() {
        for width in [40, 80, 200] {
            let asked: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
            let columns = width.to_string();
            let (code, help, _) = niggle(&asked, &[("COLUMNS", &columns)]);
            assert_eq!(code, Some(0), "{path:?}");
            let long = too_long(&help, width.min(100));
            assert!(long.is_empty(), "{path:?} in {width} columns: {long:#?}");
            for part in [
                "\nExamples:\n  niggle ",
                "\nExit codes:\n  0    done",
                "\n  2    ",
            ] {
                assert!(help.contains(part), "{path:?} has no {part:?}: {help}");
            }
        }
    }
}

#[test]
fn every_example_is_understood() {
    let mut seen = 0;
    for path in commands() {
        let command = path.iter().try_fold(Cli::command(), |command, name| {
            command.find_subcommand(name).cloned()
        });
        let command = command.expect("the command");
        let examples = command.get_after_long_help().or(command.get_after_help());
        let examples = examples.expect("examples").to_string();
        for example in examples
            .lines()
            .filter_map(|line| line.strip_prefix("  niggle "))
        {
            // What is explained behind it, and what a shell does with it.
            let words = example.split("  ").next().unwrap_or_default();
            let words = words.split(['>', '|']).next().unwrap_or_default();
            let words = words.replace("'pain=How bad?'", "pain=x");
            let mut line: Vec<&str> = words.split_whitespace().collect();
            if line.first() == Some(&"export.zip") {
                line.insert(0, "report");
            }
            let read = Cli::command().try_get_matches_from([&["niggle"], line.as_slice()].concat());
            assert!(read.is_ok(), "{example}: {:?}", read.err());
            seen += 1;
        }
    }
    assert!(seen > 15, "the examples were read: {seen}");
}

#[test]
fn without_a_command_there_is_a_short_help_with_an_example() {
    let (code, stdout, help) = niggle(&[], &[]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(
        help.contains("  niggle export.zip ") && !help.contains("Exit codes"),
        "{help}"
    );
}

const LOG: &str = "sample_data/pain_log.csv";

#[test]
fn answers_and_complaints_fit_the_window_and_are_whole_lines_elsewhere() {
    let run = "sample_data/other/2025-01-18_easy.gpx";
    let asked: &[&[&str]] = &[
        &["pain", "check", LOG],
        &["rules"],
        &["rules", "acwr-high"],
        &["rules", "no-such-rule"],
        &["verify", "sample_data/other"],
        &["inspect", run],
        &["inspect", "no/such/place"],
        &["report", "sample_data/other", "--out", "-"],
        &["report", "sample_data/other", "--units", "metres"],
        &[
            "report",
            "sample_data/other",
            "--heart-rate-rest",
            "7",
            "--jobs",
        ],
        &["next", "sample_data/other", "--distence", "18"],
        &["inspekt"],
    ];
    for arguments in asked {
        let (_, whole, complaint) = niggle(arguments, &[]);
        for width in [40, 80, 200] {
            let (_, stdout, stderr) = niggle(arguments, &[("COLUMNS", &width.to_string())]);
            let text = stdout.clone() + &stderr;
            let long = too_long(&text, width.min(100));
            assert!(
                long.is_empty(),
                "{arguments:?} in {width} columns: {long:#?}"
            );
            let words = |text: &str| {
                text.split_whitespace()
                    .map(str::to_string)
                    .collect::<Vec<_>>()
            };
            assert_eq!(words(&stdout), words(&whole), "{arguments:?}");
            assert_eq!(words(&stderr), words(&complaint), "{arguments:?}");
        }
    }
    let (_, whole, _) = niggle(&["pain", "check", LOG], &[]);
    let longest = whole.lines().map(UnicodeWidthStr::width).max();
    assert!(longest > Some(150), "{whole}");
}

/// What clap says of a command line goes as before to standard error, in colour where that is wanted, with its exit code.
#[test]
fn complaints_about_the_command_line_are_wrapped_like_the_rest() {
    let wrong = ["report", "sample_data/other", "--annotate", "gitlab"];
    let (code, stdout, complaint) = niggle(&wrong, &[]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    let first = "error: invalid value 'gitlab' for '--annotate <WHERE>'";
    assert!(complaint.starts_with(first), "{complaint}");
    let (_, _, narrow) = niggle(&wrong, &[("COLUMNS", "40")]);
    assert!(
        narrow.starts_with("error: invalid value 'gitlab' for\n  '--annotate <WHERE>'\n"),
        "{narrow}"
    );
    let (_, _, coloured) = niggle(&wrong, &[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.starts_with("\u{1b}["), "{coloured:?}");
    let (code, version, _) = niggle(&["--version"], &[]);
    assert_eq!((code, version.lines().count()), (Some(0), 1));
}

#[test]
fn json_is_never_wrapped() {
    for arguments in [
        &["pain", "check", LOG, "--json"][..],
        &["rules", "--json"],
        &["inspect", "--json", "sample_data/other/2025-01-18_easy.gpx"],
    ] {
        let (_, narrow, _) = niggle(arguments, &[("COLUMNS", "40"), ("CLICOLOR_FORCE", "1")]);
        assert_eq!(niggle(arguments, &[]).1, narrow, "{arguments:?}");
        assert!(serde_json::from_str::<serde_json::Value>(&narrow).is_ok());
    }
}

/// What makes words bold and magenta, and what ends it.
const LOUD: &str = "\u{1b}[1m\u{1b}[35mHave it looked at\u{1b}[0m  Right shin: ";

#[test]
fn words_stand_out_only_where_that_is_wanted() {
    let forced = ("CLICOLOR_FORCE", "1");
    for (environment, stands_out) in [
        (vec![], false),
        (vec![("CLICOLOR", "1"), ("TERM", "xterm")], false),
        (vec![forced], true),
        (vec![forced, ("TERM", "dumb")], true),
        (vec![forced, ("CLICOLOR", "0")], true),
        (vec![forced, ("NO_COLOR", "1")], false),
        (vec![forced, ("NO_COLOR", "")], true),
    ] {
        for (arguments, loud) in [
            (&["pain", "check", LOG][..], LOUD),
            (&["report", "--help"], "\u{1b}[1m\u{1b}[4mUsage:"),
        ] {
            let (_, stdout, _) = niggle(arguments, &environment);
            assert_eq!(stdout.contains(loud), stands_out, "{environment:?}");
            assert_eq!(stdout.contains('\u{1b}'), stands_out, "{environment:?}");
            assert!(
                !stdout.contains('\u{a0}'),
                "blanks that hold words together are blanks again"
            );
        }
    }
}

/// The program in a window of so many columns, with the terminal's name; None where the system cannot make one.
#[cfg(target_os = "linux")]
fn in_a_window(columns: usize, environment: &str, arguments: &str) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_niggle");
    let line = format!("stty cols {columns} rows 24; {environment} '{program}' {arguments}");
    let made = std::process::Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env_remove("CLICOLOR_FORCE")
        // Where it is set, a dumb terminal is taken for a viewer of logs that has colours.
        .env_remove("CI")
        .env_remove("COLUMNS")
        .stdin(std::process::Stdio::null())
        .output();
    match made {
        Ok(made) if made.status.success() => {
            Some(String::from_utf8_lossy(&made.stdout).replace('\r', ""))
        }
        _ => {
            println!("a window: skipped, there is no `script` that makes one");
            None
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn in_a_window_its_width_counts_and_a_dumb_one_is_plain() {
    let check = format!("pain check {LOG}");
    for (environment, stands_out) in [
        ("TERM=xterm", true),
        ("TERM=dumb", false),
        ("TERM=xterm CLICOLOR=0", false),
        ("TERM=xterm NO_COLOR=1", false),
    ] {
        let Some(seen) = in_a_window(50, environment, &check) else {
            return;
        };
        assert_eq!(
            seen.contains("\u{1b}[1m\u{1b}[35mHave it looked at\u{1b}[0m"),
            stands_out,
            "{seen}"
        );
        assert_eq!(seen.contains('\u{1b}'), stands_out, "{environment}");
        let plain = seen
            .replace("\u{1b}[1m\u{1b}[35m", "")
            .replace("\u{1b}[0m", "");
        assert_eq!(too_long(&plain, 50), [""; 0], "{environment}");
        assert!(plain.contains("Have it looked at"), "{plain}");
    }
}

#[test]
fn a_report_says_last_what_to_do_and_a_path_alone_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (out, log) = (at("my own report"), at("pain.csv"));
    fs::write(
        &log,
        "date,site,pain,notes\n2025-09-19,right shin,9,cannot walk\nsometime,calf,1,\n",
    )
    .unwrap();
    let environment = [("COLUMNS", "40")];
    let report = |arguments: &[&str]| {
        let (code, stdout, stderr) = niggle(arguments, &environment);
        assert_eq!(code, Some(0), "{arguments:?}: {stderr}");
        assert!(
            stdout.contains(&format!("The report is\n  {out}/report.html\n")),
            "{stdout}"
        );
        let next = stdout.split("\n\nNext: ").nth(1).expect("what is next");
        next.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let next = report(&["sample_data/other", "--out", &out]);
    assert!(
        next.starts_with(
            "`niggle pain add` begins a pain log: one row is enough for a warning, six weeks"
        ),
        "{next}"
    );
    // Options may come first, and their values are no inputs.
    let next = report(&["--pain", &log, "--out", &out, "sample_data/other"]);
    assert!(next.starts_with("take sheet.html along"), "{next}");
    let shown = fs::canonicalize(&log).unwrap();
    let shown = shown.display();
    assert!(
        next.contains(&format!(
            " Next: `niggle pain check {shown}` names the rows to correct."
        )),
        "{next}"
    );
    assert_eq!(next.matches("Next: ").count(), 1, "{next}");
}

#[test]
fn a_command_goes_before_a_path_and_a_mistyped_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("rules")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_niggle"));
    let output = command
        .current_dir(folder.path())
        .arg("rules")
        .output()
        .unwrap();
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("acwr-high")
    );

    let (code, _, stderr) = niggle(&["reprot", "sample_data"], &[]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("'report'"), "{stderr}");
    let (code, _, stderr) = niggle(&["report", "--opne", "sample_data"], &[]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("'--open'"), "{stderr}");
    assert_eq!(niggle(&["--version", "sample_data"], &[]).0, Some(0));
}

#[test]
fn a_path_that_leads_nowhere_is_told_the_nearest() {
    for arguments in [
        &["smaple_data/other"][..],
        &["report", "smaple_data/other"],
        &["inspect", "smaple_data/other"],
        &["verify", "smaple_data/other"],
        &["cohort", "smaple_data/other"],
        &["pain", "check", "smaple_data/other"],
        &["report", "sample_data", "--pain", "smaple_data/other"],
    ] {
        let (code, _, stderr) = niggle(arguments, &[]);
        assert_eq!(code, Some(2), "{arguments:?}: {stderr}");
        assert!(
            stderr.ends_with("Did you mean sample_data/other?\n"),
            "{arguments:?}: {stderr}"
        );
    }
}

#[test]
fn a_report_on_standard_output_is_refused() {
    for command in ["report", "cohort"] {
        let (code, stdout, stderr) = niggle(&[command, "sample_data", "--out", "-"], &[]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{stderr}");
        assert!(stderr.starts_with("niggle: --out -: "), "{stderr}");
    }
    assert!(!Path::new(env!("CARGO_MANIFEST_DIR")).join("-").exists());
}

#[test]
fn a_cut_archive_is_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("export.zip");
    fs::write(&cut, b"PK\x03\x04 and no more").unwrap();
    let out = folder.path().join("out").to_string_lossy().into_owned();
    let (code, _, stderr) = niggle(&[&cut.to_string_lossy(), "--out", &out], &[]);
    assert_eq!(code, Some(5));
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{stderr}");
    assert_eq!(lines[0], "reading 1 file, 0.0 kB");
    assert!(
        lines[1].starts_with("niggle: no usable run among 1 input. "),
        "{stderr}"
    );
}

/// What bash offers behind these words.
fn completed(script: &Path, words: &[&str]) -> Option<String> {
    let ask = format!(
        "source '{}'; COMP_WORDS=({}); COMP_CWORD={}; _niggle niggle '{}' '{}'; echo \"${{COMPREPLY[*]}}\"",
        script.display(),
        words.join(" "),
        words.len() - 1,
        words[words.len() - 1],
        words[words.len() - 2],
    );
    let answer = std::process::Command::new("bash")
        .args(["-c", &ask])
        .output();
    let Ok(answer) = answer else {
        println!("completions: skipped, there is no bash");
        return None;
    };
    Some(String::from_utf8_lossy(&answer.stdout).trim().to_string())
}

#[test]
fn shells_complete_commands_and_options() {
    for (shell, words) in [
        ("bash", "complete -F _niggle"),
        ("zsh", "#compdef niggle"),
        ("fish", "complete -c niggle"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer[niggle]"),
    ] {
        let (code, script, _) = niggle(&["completions", shell], &[("COLUMNS", "40")]);
        assert_eq!(code, Some(0), "{shell}");
        assert!(
            script.contains(words) && script.contains("emergency-number"),
            "{shell}: {script}"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("niggle.bash");
    fs::write(&file, niggle(&["completions", "bash"], &[]).1).unwrap();
    for (words, offered) in [
        (["niggle", "rep"].as_slice(), "report"),
        (&["niggle", "report", "--with"], "--with-names"),
        (&["niggle", "pain", "ch"], "check"),
    ] {
        let Some(found) = completed(&file, words) else {
            return;
        };
        assert_eq!(found, offered, "{words:?}");
    }
}

#[test]
fn the_manual_has_a_page_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("man1");
    let (code, said, _) = niggle(&["man", "--out", &out.to_string_lossy()], &[]);
    let commands = commands();
    assert_eq!(code, Some(0));
    assert!(
        said.starts_with(&format!("{} pages are in ", commands.len())),
        "{said}"
    );
    let mut all = String::new();
    for path in &commands {
        let name = [&["niggle".to_string()], path.as_slice()]
            .concat()
            .join("-");
        let page = fs::read_to_string(out.join(format!("{name}.1"))).unwrap();
        for part in [
            format!(".TH {name} 1 "),
            format!(".SH NAME\n{} \\- ", name.replace('-', "\\-")),
            ".SH SYNOPSIS\n".to_string(),
            ".SH \"EXIT STATUS\"\n.TP\n\\fB0\\fR\ndone".to_string(),
            ".SH EXAMPLES\n.nf\nniggle ".to_string(),
        ] {
            assert!(page.contains(&part), "{name} has no {part:?}: {page}");
        }
        all += &page;
    }
    assert_eq!(niggle(&["man"], &[]).1, all, "the same on standard output");
    let page = fs::read_to_string(out.join("niggle-pain-add.1")).unwrap();
    assert_eq!(niggle(&["man", "pain", "add"], &[]).1, page, "one alone");
    let (code, _, said) = niggle(&["man", "pains"], &[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("there is no command `pains`"), "{said}");
}
