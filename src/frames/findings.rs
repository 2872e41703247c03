//! The table `findings` of several runners: what the rules said, in codes and numbers, without a word of the report.

use super::fixed::{Cell, Column};
use crate::{rules::Finding, time::days_between};

/// Its columns.
pub(super) const COLUMNS: &[Column<Finding>] = &[
    Column {
        id: "rule",
        unit: "",
        about: "The rule's id.",
        cell: Cell::Text(|finding| Some(finding.rule.to_string())),
    },
    Column {
        id: "severity",
        unit: "",
        about: "How loud: good, note, watch, ease-off, see-someone, urgent or emergency.",
        cell: Cell::Text(|finding| Some(finding.severity.as_str().to_string())),
    },
    Column {
        id: "from",
        unit: "",
        about: "The first day it is about.",
        cell: Cell::Date(|finding| Some(finding.from)),
    },
    Column {
        id: "to",
        unit: "",
        about: "The last day it is about.",
        cell: Cell::Date(|finding| Some(finding.to)),
    },
    Column {
        id: "days",
        unit: "days",
        about: "Days from the first to the last, both counted.",
        cell: Cell::Whole(|finding| Some(days_between(finding.from, finding.to) + 1)),
    },
    Column {
        id: "site",
        unit: "",
        about: "The place, as in ratings. Empty: it is not about a place.",
        cell: Cell::Text(|finding| finding.site.map(super::ratings::code)),
    },
    Column {
        id: "side",
        unit: "",
        about: "left, right, both or centre. Empty: it is not about a place, or the log leaves it open.",
        cell: Cell::Text(|finding| finding.side.map(super::ratings::side_code)),
    },
    Column {
        id: "observed",
        unit: "see unit",
        about: "The value that was judged. Empty: the finding has no number.",
        cell: Cell::Number(|finding| finding.observed),
    },
    Column {
        id: "limit",
        unit: "see unit",
        about: "The limit it was judged against. Empty: there is none.",
        cell: Cell::Number(|finding| finding.limit),
    },
    Column {
        id: "unit",
        unit: "",
        about: "Unit of both.",
        cell: Cell::Text(|finding| Some(finding.unit.code())),
    },
    Column {
        id: "runs",
        unit: "",
        about: "How many runs it is about.",
        cell: Cell::Whole(|finding| i64::try_from(finding.run_ids.len()).ok()),
    },
];
