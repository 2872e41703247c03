//! How the program ends, as a code. What each says of which command is in [`codes`](crate::cli::codes).

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
    /// A plan or shards that cannot be worked with: trying again changes nothing.
    Data,
    /// Something could not be read or written that may be there in a moment: an engine may try again.
    TryAgain,
    /// Something may not be read or written: trying again changes nothing.
    Denied,
    /// Ctrl-C or a request to end.
    Interrupted,
}

impl Exit {
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
            // As in sysexits.h: EX_DATAERR, EX_IOERR, EX_NOPERM.
            Exit::Data => 65,
            Exit::TryAgain => 74,
            Exit::Denied => 77,
            Exit::Interrupted => 130,
        }
    }
}
