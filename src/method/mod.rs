//! Why niggle computes what it computes: the pages that comments and the data dictionary cite.
//!
//! Documentation and no code. A citation names the page and its section (`src/method/formulas.md`, Cadence); where one paper is
//! enough, the code cites the paper itself. `tests/it/tidy.rs` holds every citation to a page and a section that exist.
//!
//! | page | what it explains |
//! |---|---|
//! | [`formulas`] | the arithmetic: cadence, loads, hills, weeks |
//! | [`rules`] | how the rules are judged, graded and worded, and the triage table |
//! | [`statistics`] | when pain and load go together, and what may be said of it |
//! | [`formats`] | what recordings and account exports hold, and which witness wins |
//! | [`pain_log`] | what a row of the pain log says and does not say |
//! | [`study_tables`] | who takes part in a study, and the tables of everybody |
//! | [`limits`] | sizes, times, memory, and what becomes of bad input |

pub mod formulas {
    #![doc = include_str!("formulas.md")]
}

pub mod rules {
    #![doc = include_str!("rules.md")]
}

pub mod statistics {
    #![doc = include_str!("statistics.md")]
}

pub mod formats {
    #![doc = include_str!("formats.md")]
}

pub mod pain_log {
    #![doc = include_str!("pain_log.md")]
}

pub mod study_tables {
    #![doc = include_str!("study_tables.md")]
}

pub mod limits {
    #![doc = include_str!("limits.md")]
}
