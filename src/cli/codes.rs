//! The exit codes: one list, which the help of every command, its page of the manual and README read.

use crate::exit::Exit;

/// An exit code and what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExitCode {
    /// What the program ends with.
    pub code: u8,
    /// What it says.
    pub means: &'static str,
    /// The commands that end with it, as they are called (`pain check`); none named: every command.
    pub of: &'static [&'static str],
}

/// Every exit code, by number. A code that means another thing for another command has a row for each.
pub const EXIT_CODES: &[ExitCode] = &[
    ExitCode {
        code: Exit::Done.code(),
        means: "done; files that were flagged or skipped are listed",
        of: &[],
    },
    ExitCode {
        code: Exit::Usage.code(),
        means: "an option, a setting or an input that cannot be used",
        of: &[],
    },
    ExitCode {
        code: Exit::Usage.code(),
        means: "no row of the log could be used",
        of: &["pain check"],
    },
    ExitCode {
        code: Exit::Output.code(),
        means: "the output cannot be written",
        of: &[],
    },
    ExitCode {
        code: Exit::Empty.code(),
        means: "neither a usable run nor a row about pain",
        of: &["report", "tables"],
    },
    ExitCode {
        code: Exit::Empty.code(),
        means: "no usable run",
        of: &["cohort"],
    },
    ExitCode {
        code: Exit::Empty.code(),
        means: "nothing to compare",
        of: &["verify"],
    },
    ExitCode {
        code: Exit::Empty.code(),
        means: "nothing that niggle knows",
        of: &["inspect"],
    },
    ExitCode {
        code: Exit::Loud.code(),
        means: "--fail-on: something is that loud; goes before 11",
        of: &["report", "pain check"],
    },
    ExitCode {
        code: Exit::Lost.code(),
        means: "--strict: an input or a row of the pain log could not be used",
        of: &["report"],
    },
    ExitCode {
        code: Exit::Differ.code(),
        means: "the decoders differ",
        of: &["verify"],
    },
    ExitCode {
        code: Exit::Data.code(),
        means: "a plan or shards of another plan or version, or not as their receipts say: trying again changes nothing",
        of: &["cohort", "plan", "shard", "verify-shards"],
    },
    ExitCode {
        code: Exit::TryAgain.code(),
        means: "a file could not be read or written that may be there in a moment: try again",
        of: &["shard"],
    },
    ExitCode {
        code: Exit::Denied.code(),
        means: "a file may not be read or written: trying again changes nothing",
        of: &["shard"],
    },
    ExitCode {
        code: Exit::Interrupted.code(),
        means: "interrupted; nothing was written",
        of: &["report", "cohort", "tables", "shard"],
    },
];

/// The codes that a command ends with, or one below it, by number. The program itself, `""`, has them all.
pub fn of(command: &str) -> impl Iterator<Item = &'static ExitCode> {
    let is_its = move |of: &str| {
        let below = of.strip_prefix(command);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || command.is_empty())
    };
    EXIT_CODES
        .iter()
        .filter(move |code| code.of.is_empty() || code.of.iter().any(|of| is_its(of)))
}

/// The codes of a command for its help: a title and a line each.
pub fn help(command: &str) -> String {
    let lines =
        of(command).map(|code| format!("\n  {:<3}  {}", code.code, said_for(code, command)));
    format!("Exit codes:{}", lines.collect::<String>())
}

/// What a code says in the help of a command; in that of another, as the program's own, after the commands that it is of.
pub fn said_for(code: &ExitCode, command: &str) -> String {
    if code.of.is_empty() || code.of.contains(&command) {
        code.means.to_string()
    } else {
        format!("{}: {}", code.of.join(", "), code.means)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_names_its_own_codes_and_the_program_all() {
        let codes = |command| of(command).map(|code| code.code).collect::<Vec<_>>();
        assert_eq!(codes("rules"), [0, 2, 4]);
        assert_eq!(codes("verify"), [0, 2, 4, 5, 12]);
        assert_eq!(codes("").len(), EXIT_CODES.len());
        assert!(EXIT_CODES.is_sorted_by_key(|code| code.code));
        assert!(help("verify").contains("\n  5    nothing to compare"));
        assert!(help("").contains("\n  5    verify: nothing to compare"));
    }
}
