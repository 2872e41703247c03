//! What the pages say, in blocks that every format can write: the report, the handbook of rules, the data dictionary, the cohort.
//!
//! Each section is a file. The order in [`report`] is the promise: what is asked first, where it hurts, this week beside the usual;
//! the problem day by day, what changed before it began, running again after it, running and pain on one axis, patterns, hills, cadence, shoes and sleep, good
//! news; then what is there for whoever opens it: everything that was said, pictures, the days behind them, what is earlier, the look back, what could not be
//! judged, what is beside running, what articles say, evidence, files, method and limits; and the sheet to hand over.

mod back;
mod before;
mod beside;
mod block;
mod card;
mod claims;
mod cohort;
mod columns;
mod course;
mod days;
mod dictionary;
mod earlier;
mod evidence;
mod exports;
mod figure;
mod files;
mod finding;
mod findings;
mod flow;
mod handbook;
mod lines;
mod look_back;
mod method;
mod methods;
mod opening;
mod patterns;
mod pictures;
mod places;
mod sheet;
mod short;
mod study;
mod timeline;
mod week;
mod wider;

pub(crate) use block::{
    Block, Card, Item, Line, Look, Number, Page, Picture, Pinned, Section, Span, Table, Target,
    Tone,
};
pub(super) use cohort::page as of_cohort;
pub(super) use columns::page as dictionary_of_cohort;
pub(super) use columns::told as column_told;
pub(super) use dictionary::page as data_dictionary;
pub(super) use exports::table as exports_table;
pub(super) use handbook::{rule, table as rules_table};
pub(super) use pictures::table as charts_table;

use super::{
    charts::Charts,
    since::News,
    verdict::{self, Verdict},
};
use crate::analysis::Analysis;

/// What the report is called.
const TITLE: &str = "Your running and your pain";

/// The report on one runner.
pub(super) fn report(analysis: &Analysis, charts: &Charts, news: Option<&News>) -> Page {
    let verdict = verdict::of(analysis);
    Page {
        title: TITLE.into(),
        about: opening::about(analysis),
        opening: opening::blocks(analysis, charts, &verdict, news),
        sections: sections(analysis, charts, &verdict),
        closing: opening::closing(analysis),
    }
}

fn sections(analysis: &Analysis, charts: &Charts, verdict: &Verdict) -> Vec<Section> {
    let problems = course::sections(analysis, charts, verdict).into_iter();
    let problems = problems.chain(before::sections(analysis));
    let problems = problems.chain(back::section(analysis));
    // Without a run there is nothing to set pain beside, and no statistics are made of nothing.
    let has_runs = !analysis.is_log_alone();
    let others = [
        timeline::section(charts),
        patterns::section(analysis, charts).filter(|_| has_runs),
        lines::section(analysis, charts),
        findings::good(analysis),
        Some(findings::current(analysis, verdict)),
        Some(pictures::section(analysis, charts)),
        days::section(analysis),
        earlier::section(analysis),
        look_back::section(analysis).filter(|_| has_runs),
        findings::not_judged(analysis),
        beside::section(analysis),
        claims::section(analysis).filter(|_| has_runs),
        Some(evidence::section(analysis)),
        Some(files::section(analysis)),
        Some(method::section(analysis)),
        Some(sheet::section(analysis, charts)),
    ];
    problems.chain(others.into_iter().flatten()).collect()
}

/// The report in short, for where there is little room.
pub(super) fn short(analysis: &Analysis, news: Option<&News>) -> Page {
    let verdict = verdict::of(analysis);
    Page {
        title: TITLE.into(),
        about: opening::about(analysis),
        opening: short::blocks(analysis, &verdict, news),
        sections: Vec::new(),
        closing: opening::closing(analysis),
    }
}

/// Every rule, for the file beside the report.
pub(super) fn rules(analysis: &Analysis) -> Page {
    Page {
        title: "The rules".into(),
        opening: handbook::blocks(&analysis.limits, &analysis.emergency_number),
        ..Page::default()
    }
}
