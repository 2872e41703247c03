//! What the pages say, in blocks that every format can write: the report, the handbook of rules, the data dictionary, the cohort.
//!
//! Each section is a file. The order in [`report`] is the promise: red flags first, then what to watch this week, findings, good
//! news, charts, associations, the look back, what could not be judged, what is beside running, files, method and limits.

mod associations;
mod beside;
mod block;
mod cohort;
mod dictionary;
mod earlier;
mod exports;
mod files;
mod finding;
mod findings;
mod handbook;
mod look_back;
mod method;
mod opening;
mod pictures;
mod places;
mod watch;

pub(crate) use block::{
    Block, Card, Item, Line, Look, Number, Page, Picture, Pinned, Section, Span, Table, Target,
    Tone,
};
pub(super) use cohort::page as of_cohort;
pub(super) use dictionary::page as data_dictionary;
pub(super) use exports::table as exports_table;
pub(super) use handbook::{rule, table as rules_table};
pub(super) use pictures::table as charts_table;

use super::{charts::Charts, verdict};
use crate::analysis::Analysis;

/// The report on one runner.
pub(super) fn report(analysis: &Analysis, charts: &Charts) -> Page {
    let verdict = verdict::of(analysis);
    let sections = [
        Some(findings::red_flags(analysis, &verdict)),
        Some(watch::section(analysis, &verdict)),
        Some(findings::current(analysis, &verdict)),
        earlier::section(analysis),
        findings::good(analysis),
        Some(pictures::section(charts)),
        Some(associations::section(analysis)),
        look_back::section(analysis),
        findings::not_judged(analysis),
        beside::section(analysis),
        Some(files::section(analysis)),
        Some(method::section(analysis)),
        Some(method::rules(analysis)),
    ];
    Page {
        title: "Your running and your pain".into(),
        opening: opening::blocks(analysis, &verdict),
        sections: sections.into_iter().flatten().collect(),
        ..Page::default()
    }
}
