//! What the pages say, in blocks that every format can write: the report, the handbook of rules, the data dictionary, the cohort.
//!
//! Each section is a file. The order in [`report`] is the promise: red flags first, then what to watch this week, findings, good
//! news, charts, associations, the look back, what could not be judged, what is beside running, files, method and limits.

mod beside;
mod block;
mod card;
mod cohort;
mod dictionary;
mod earlier;
mod evidence;
mod exports;
mod files;
mod finding;
mod findings;
mod handbook;
mod look_back;
mod method;
mod opening;
mod patterns;
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

use super::{
    charts::Charts,
    verdict::{self, Verdict},
};
use crate::analysis::Analysis;

/// The report on one runner.
pub(super) fn report(analysis: &Analysis, charts: &Charts) -> Page {
    let verdict = verdict::of(analysis);
    Page {
        title: "Your running and your pain".into(),
        about: opening::about(analysis),
        opening: opening::blocks(analysis, &verdict),
        sections: sections(analysis, charts, &verdict),
        closing: opening::closing(),
    }
}

fn sections(analysis: &Analysis, charts: &Charts, verdict: &Verdict) -> Vec<Section> {
    let sections = [
        Some(findings::red_flags(analysis, verdict)),
        Some(watch::section(analysis, verdict)),
        Some(findings::current(analysis, verdict)),
        Some(pictures::section(charts)),
        Some(patterns::section(analysis)),
        look_back::section(analysis),
        findings::good(analysis),
        earlier::section(analysis),
        findings::not_judged(analysis),
        beside::section(analysis),
        Some(evidence::section(analysis)),
        Some(files::section(analysis)),
        Some(method::section(analysis)),
    ];
    sections.into_iter().flatten().collect()
}

/// Every rule, for the file beside the report.
pub(super) fn rules(analysis: &Analysis) -> Page {
    Page {
        title: "The rules".into(),
        opening: handbook::blocks(&analysis.limits, &analysis.emergency_number),
        ..Page::default()
    }
}
