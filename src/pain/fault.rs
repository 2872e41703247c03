//! Why a log cannot be read at all, and what its keeper can do.

use thiserror::Error;

/// Why a pain log cannot be read. Nothing of it was used; single bad rows are problems in the log instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {}{fault} Nothing of it was used. {}", line_text(*.line), fault.advice())]
pub struct HeaderError {
    /// The file.
    pub place: String,
    /// The line, when it is one line's fault.
    pub line: Option<u64>,
    /// What is wrong.
    pub fault: HeaderFault,
}

/// What is wrong with a log that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HeaderFault {
    /// No bytes, or nothing but blank lines and comments.
    #[error("the file is empty: there is no header line.")]
    Empty,
    /// More bytes than a pain log of many years has.
    #[error("the file has {bytes} bytes; niggle reads pain logs of up to {limit}.")]
    TooLarge {
        /// Bytes in the file.
        bytes: usize,
        /// [`super::MAX_BYTES`].
        limit: usize,
    },
    /// More rows than a pain log of many years has.
    #[error("the file has more than {limit} rows.")]
    TooManyRows {
        /// [`super::MAX_ROWS`].
        limit: usize,
    },
    /// A needed column is missing.
    #[error("no column for the {wanted} (expected {expected}; found: {found}).{left}")]
    NoColumn {
        /// `date` or `pain`.
        wanted: &'static str,
        /// Some of the names that would do.
        expected: &'static str,
        /// The names in the header.
        found: String,
        /// Columns that were looked at and not taken, a sentence each, with a blank before it.
        left: String,
    },
    /// Two columns claim the same meaning, and which one counts cannot be told.
    #[error("two columns mean the {meaning}: {first} and {second}.")]
    DoubledColumn {
        /// The meaning both have.
        meaning: &'static str,
        /// The left one's name.
        first: String,
        /// The right one's name.
        second: String,
    },
    /// The file is no table of rows.
    #[error("{what}.")]
    NoTable {
        /// What it is, and what helps.
        what: String,
    },
    /// An export of an app whose file holds no place and strength of pain.
    #[error("this is {app}: {why}.")]
    App {
        /// The app and the file.
        app: &'static str,
        /// Why it is no pain log.
        why: &'static str,
    },
    /// Days stand beside each other instead of below each other.
    #[error("the days stand in columns ({example}); a day must be a row.")]
    Transposed {
        /// The first of them.
        example: String,
    },
    /// Rows of several people.
    #[error(
        "the column {column} holds {count} people ({examples}), and a pain log is one person's."
    )]
    SeveralPeople {
        /// The column that tells them apart.
        column: String,
        /// How many.
        count: usize,
        /// The first of them.
        examples: String,
    },
    /// Nobody of that name is in the log.
    #[error("no row is {wanted}'s; {column}.")]
    NoSuchPerson {
        /// Who was asked for.
        wanted: String,
        /// Who is there, or that no column names people.
        column: String,
    },
    /// A column that the runner named is not there.
    #[error("there is no column \"{name}\" for the {role} (the columns are: {found}).")]
    NoSuchColumn {
        /// What it should have been.
        role: &'static str,
        /// Its name.
        name: String,
        /// The names in the header.
        found: String,
    },
    /// The only column about pain answers yes or no.
    #[error("the column {column} answers yes or no, which says nothing of how much it hurt.")]
    YesNo {
        /// Its name.
        column: String,
    },
    /// The ratings do not fit 0–10, and which scale they are on cannot be told.
    #[error("{found}.")]
    OpenScale {
        /// What was found, and which scales it can be.
        found: String,
        /// What can be said on the command line.
        options: &'static str,
    },
    /// A quote opens on this line and does not close in its row.
    #[error(
        "a quote (\") opens here and does not close, so the rows behind it cannot be told apart."
    )]
    OpenQuote,
    /// Day/month or month/day: no row tells.
    #[error("{example} can be {day_first} or {month_first}, and no other row tells.")]
    AmbiguousDates {
        /// The first date that can be read both ways.
        example: String,
        /// Read as day/month/year.
        day_first: String,
        /// Read as month/day/year.
        month_first: String,
    },
    /// One row can only be day/month, another only month/day.
    #[error(
        "the dates contradict each other: {day_first} (line {day_line}) must be day/month/year, \
         {month_first} (line {month_line}) month/day/year."
    )]
    ContradictoryDates {
        /// A date that is only possible as day/month/year.
        day_first: String,
        /// Its line.
        day_line: u64,
        /// A date that is only possible as month/day/year.
        month_first: String,
        /// Its line.
        month_line: u64,
    },
}

impl HeaderFault {
    /// No column holds days. `left` says which columns were looked at and not taken.
    pub(super) fn no_date(found: String, left: String) -> HeaderFault {
        HeaderFault::NoColumn {
            wanted: "date",
            expected: "date, day, datum, …",
            found,
            left,
        }
    }

    /// No column rates pain. `left` says which columns were looked at and not taken.
    pub(super) fn no_pain(found: String, left: String) -> HeaderFault {
        let expected = "pain, score, level, pain_during, left knee, …";
        HeaderFault::NoColumn {
            wanted: "pain",
            expected,
            found,
            left,
        }
    }

    /// What the runner can do, one sentence.
    pub fn advice(&self) -> &'static str {
        match self {
            HeaderFault::NoTable { .. } => "Run `niggle pain init` for a template.",
            HeaderFault::App { .. } => {
                "Keep date, site and pain in a file of their own (`niggle pain init`), or name the columns with --column."
            }
            HeaderFault::Transposed { .. } => {
                "Turn the table (a spreadsheet pastes it transposed), or run `niggle pain init`."
            }
            HeaderFault::SeveralPeople { .. } => {
                "Pick one with --athlete NAME, or give each person a file and use `niggle cohort`; if it names no people, \
                 say so with --column ignore=NAME."
            }
            HeaderFault::NoSuchPerson { .. } => {
                "Write the name as it stands in the log, or name the column with --column athlete=NAME."
            }
            HeaderFault::NoSuchColumn { .. } => "Write the name as it stands in the header.",
            HeaderFault::YesNo { .. } => "Add a column with a number from 0 to 10.",
            HeaderFault::OpenScale { options, .. } => options,
            HeaderFault::Empty => "Run `niggle pain init` for a template.",
            HeaderFault::TooLarge { .. } | HeaderFault::TooManyRows { .. } => {
                "Check that it is the pain log, or split it by years."
            }
            HeaderFault::NoColumn { .. } => {
                "Rename the column, name it with --column pain=NAME, or run `niggle pain init` for a template."
            }
            HeaderFault::DoubledColumn { .. } => {
                "Rename or remove one of them, or name the right one with --column."
            }
            HeaderFault::OpenQuote => "Close the quote, or remove it.",
            HeaderFault::AmbiguousDates { .. } => {
                "Say which with --date-order dmy or --date-order mdy."
            }
            HeaderFault::ContradictoryDates { .. } => {
                "Write dates as 2025-03-31, or say which order is right with --date-order dmy or --date-order mdy."
            }
        }
    }
}

fn line_text(line: Option<u64>) -> String {
    line.map_or_else(String::new, |line| format!("line {line}: "))
}
