//! What the program's exit codes mean, once for the code, the help and the README.

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It did what was asked.
    Done,
    /// What was asked makes no sense, or what it is about cannot be read.
    Usage,
    /// A file cannot be written.
    Output,
    /// There is nothing to work on.
    Empty,
    /// Something is as loud as `--fail-on` names.
    Loud,
    /// Something could not be used, and `--strict` was asked for.
    Lost,
    /// Two decoders disagree.
    Differ,
    /// Ctrl-C or a request to end.
    Interrupted,
}

impl Exit {
    /// Every end, by its code.
    pub const ALL: &[Exit] = &[
        Exit::Done,
        Exit::Usage,
        Exit::Output,
        Exit::Empty,
        Exit::Loud,
        Exit::Lost,
        Exit::Differ,
        Exit::Interrupted,
    ];

    /// The code. Scripts read it: it never changes.
    pub const fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Usage => 2,
            Exit::Output => 4,
            Exit::Empty => 5,
            Exit::Loud => 10,
            Exit::Lost => 11,
            Exit::Differ => 12,
            Exit::Interrupted => 130,
        }
    }

    /// When a command ends so.
    pub const fn when(self) -> &'static str {
        match self {
            Exit::Done => "done; flagged and skipped files are listed",
            Exit::Usage => {
                "usage, configuration, unreadable input; pain check: no row could be used"
            }
            Exit::Output => "an output cannot be written",
            Exit::Empty => {
                "no usable run; inspect: nothing niggle knows; verify: nothing to compare"
            }
            Exit::Loud => "--fail-on: a current finding is that loud; goes before 11",
            Exit::Lost => "--strict: an input or a row of the pain log could not be used",
            Exit::Differ => "verify: the decoders differ",
            Exit::Interrupted => "interrupted",
        }
    }
}

/// The codes for a help, a line each.
pub fn help() -> String {
    let lines = Exit::ALL.iter();
    let lines = lines.map(|exit| format!("  {:<4} {}\n", exit.code(), exit.when()));
    format!("Exit codes:\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_once_each_in_their_order() {
        assert!(Exit::ALL.is_sorted_by(|a, b| a.code() < b.code()));
        let help = help();
        assert!(
            help.starts_with("Exit codes:\n  0    done;")
                && help.contains("\n  130  interrupted\n"),
            "{help}"
        );
        assert_eq!(help.lines().count(), Exit::ALL.len() + 1);
    }
}
