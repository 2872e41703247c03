//! The data dictionary: every column of every table, from `METRICS` and the few columns that no metric makes, and every key of
//! `findings.json`.

use super::block::{Block, Line, Page, Section};
use crate::{
    frames,
    keys::{self, Keys},
    metrics::{METRICS, Metric, Rollup},
    pain,
    report::json,
};

/// Columns that no metric makes: table, name, unit, what it is.
pub(super) const CALENDAR_COLUMNS: &[(&str, &str, &str, &str)] = &[
    (
        "runs",
        "load",
        "see load_unit",
        "The run's load in the one unit of the whole history. Empty: the run lacks that unit's input.",
    ),
    (
        "runs",
        "load_unit",
        "",
        "session-rpe (RPE × minutes), trimp, or grade-adjusted-km: the first that nine runs in ten have.",
    ),
    (
        "days, weeks",
        "load",
        "see runs.load_unit",
        "The sum of the runs' loads. Empty: a run of the day or week lacks it, or nothing is known of the day.",
    ),
    (
        "days, weeks",
        "runs",
        "",
        "Runs that started in the day or week.",
    ),
    (
        "days",
        "local_date",
        "",
        "The day on the runner's calendar.",
    ),
    (
        "days, weeks",
        "week",
        "",
        "ISO week, 2025-W14; weeks start on Monday.",
    ),
    (
        "days",
        "covered",
        "",
        "Whether recordings can be believed complete: between the first and the last run, and not in a gap of more than 10 days.",
    ),
    ("weeks", "week_start", "", "The week's Monday."),
    (
        "weeks",
        "days",
        "",
        "Days of the week that lie in the calendar.",
    ),
    (
        "weeks",
        "days_covered",
        "",
        "Days of the week that are covered.",
    ),
    (
        "weeks",
        "full",
        "",
        "Whether all seven days are covered; only full weeks are compared.",
    ),
    (
        "days, weeks",
        "longest_run_m",
        "m",
        "The longest single run.",
    ),
    (
        "days, weeks",
        "pain_max",
        "0–10",
        "The highest pain logged at any site. 0 only where a zero was logged; empty: nothing is known.",
    ),
    (
        "days, weeks",
        "other_sport_s",
        "s",
        "Time in other sports. Empty: none was recorded.",
    ),
    (
        "days, weeks",
        "sleep_s",
        "s",
        "Time asleep in the night that ended that day; in weeks, the mean of the known nights. Empty: not known.",
    ),
    (
        "weeks",
        "days_logged",
        "",
        "Days of the week with a usable pain rating.",
    ),
];

/// Columns of the lists beside the tables: list, name, unit, what it is.
const LIST_COLUMNS: &[(&str, &str, &str, &str)] = &[
    (
        "merges",
        "run_id",
        "",
        "What was kept: its row in `runs`, or in `other_sports`.",
    ),
    (
        "merges",
        "local_date",
        "",
        "Its day on the runner's calendar.",
    ),
    ("merges", "kept", "", "Its file."),
    ("merges", "copy", "", "The copy's file."),
    (
        "merges",
        "place",
        "",
        "Where in an account's index the copy stands. Empty: the copy is a recording.",
    ),
    (
        "merges",
        "start_difference_s",
        "s",
        "The copy's start less that of what was kept, as the two files write them: where one knows only the runner's clock, the offset to UTC is in it.",
    ),
    (
        "merges",
        "distance_difference_m",
        "m",
        "The copy's distance less that of what was kept, as it was recorded. Empty: one of them has none.",
    ),
    (
        "merges",
        "filled",
        "",
        "What the copy gave, because what was kept lacked it.",
    ),
    (
        "merges",
        "corrected",
        "",
        "What you corrected in your account after the run: what the recording says, and what counts instead.",
    ),
    (
        "problems",
        "kind",
        "",
        "The kind of problem; stable, for scripts.",
    ),
    (
        "problems",
        "effect",
        "",
        "noted, repaired, part-lost, skipped or failed: what it means for the input.",
    ),
    (
        "problems",
        "where",
        "",
        "The file, with the byte, line or row where it is known.",
    ),
    ("problems", "what", "", "What was found."),
    ("problems", "what_niggle_did", "", "What became of it."),
    (
        "problems",
        "what_you_can_do",
        "",
        "What the runner can do about it.",
    ),
];

/// The dictionary.
pub(in crate::report) fn page() -> Page {
    Page {
        title: "Data dictionary".into(),
        opening: vec![Block::Paragraph(Line::prose(OPENING))],
        sections: vec![
            calendar(),
            metrics(),
            of_the_pain_log(),
            of_the_matrix(),
            lists(),
            findings(),
            pain_check(),
        ],
        ..Page::default()
    }
}

const OPENING: &str = "The columns of `runs`, `days`, `weeks`, `ratings`, `episodes` and `ostrc_weeks`, as `.csv` and `.parquet`; `other_sports` has those columns of `runs` that mean \
     something for any sport. An empty cell is not measured or not known; it is never zero. Units are SI and stand in the names. In CSV, words \
     that begin with `=`, `+`, `-` or `@` have an apostrophe before them, so that no spreadsheet runs them; Parquet has them as they are, as plain strings.";

fn calendar() -> Section {
    let table = Block::table(&OF_COLUMNS, CALENDAR_COLUMNS.iter().map(column));
    Section::new(
        "columns-of-the-calendar",
        "Columns of the calendar",
        vec![table],
    )
}

fn of_the_pain_log() -> Section {
    let intro = Block::Paragraph(Line::prose(PAIN_TABLES));
    let columns = frames::pain_columns().into_iter();
    let columns = columns.map(|column| (column.table, column.id, column.unit, column.about));
    let table = Block::table(&OF_COLUMNS, columns.map(|told| column(&told)));
    let id = "tables-of-the-pain-log";
    Section::new(id, "Tables of the pain log", vec![intro, table])
}

fn of_the_matrix() -> Section {
    let intro = Block::paragraph(
        "A row for each place and each measure that was set beside its pain, tested or not.",
    );
    let columns = frames::matrix_columns().into_iter();
    let columns = columns.map(|column| (column.table, column.id, column.unit, column.about));
    let table = Block::table(&OF_COLUMNS, columns.map(|told| column(&told)));
    Section::new("associationscsv", "associations.csv", vec![intro, table])
}

const PAIN_TABLES: &str = "`ratings` has a row for each row of the log and place, `episodes` for each spell of pain at a place, `ostrc_weeks` for each \
     week and place with answers to the weekly questions, all up to the day of the report. Without a pain log they have their columns and no row. \
     The text of notes is in none of them; `line` leads back to the log.";

/// How tables of columns are headed.
const OF_COLUMNS: [&str; 4] = ["table", "column", "unit", "what it is"];

fn lists() -> Section {
    let table = Block::table(
        &["list", "column", "unit", "what it is"],
        LIST_COLUMNS.iter().map(column),
    );
    Section::new(
        "mergescsv-and-problemscsv",
        "merges.csv and problems.csv",
        vec![table],
    )
}

/// Where it is, its name, its unit, and what it is.
fn column((place, id, unit, about): &(&str, &str, &str, &str)) -> Vec<Line> {
    vec![
        (*place).into(),
        Line::new().code(*id),
        (*unit).into(),
        Line::prose(about),
    ]
}

fn metrics() -> Section {
    let head = [
        "column",
        "unit",
        "what it is",
        "days and weeks",
        "source",
        "what it cannot tell",
    ];
    let table = Block::table(&head, METRICS.iter().map(|metric| metric_row(metric)));
    Section::new("metrics", "Metrics", vec![table])
}

fn metric_row(metric: &Metric) -> Vec<Line> {
    let texts = [
        metric.unit,
        &about(metric),
        rollup_text(metric.rollup),
        metric.source,
        metric.caveats,
    ];
    let id = Line::new().code(metric.id);
    std::iter::once(id).chain(texts.map(Line::prose)).collect()
}

/// How tables of keys are headed.
const OF_KEYS: [&str; 3] = ["in", "keys", "what they are"];

fn findings() -> Section {
    let intro = Block::Paragraph(Line::prose("`[]` stands for each element of a list."));
    let blocks = vec![intro, table_of_keys(json::Document::KEYS)];
    Section::new("findingsjson", "findings.json", blocks)
}

/// Every key of a document.
pub(super) fn table_of_keys(keys: &[Keys]) -> Block {
    let rows = keys::rows(keys).into_iter();
    let rows = rows.map(|row| key_row(&row.object, row.names, row.about));
    Block::table(&OF_KEYS, rows)
}

fn key_row(object: &str, keys: &[&str], about: &str) -> Vec<Line> {
    vec![object.into(), names(keys), Line::prose(about)]
}

fn pain_check() -> Section {
    let table = table_of_keys(pain::Check::KEYS);
    let id = "niggle-pain-check---json";
    Section::new(id, "niggle pain check --json", vec![table])
}

/// `` `id`, `current` ``
fn names(names: &[&str]) -> Line {
    Line::joined(names.iter().map(|name| Line::new().code(*name)), ", ")
}

/// What the metric is, and what an empty cell means.
pub(super) fn about(metric: &Metric) -> String {
    let empty = metric
        .empty
        .map(|empty| format!(" Empty: {empty}."))
        .unwrap_or_default();
    format!("{}{empty}", metric.about)
}

/// What becomes of it in days and weeks.
pub(super) fn rollup_text(rollup: Rollup) -> &'static str {
    match rollup {
        Rollup::None => "not in them",
        Rollup::Sum => "sum of the runs that have it",
        Rollup::SumIfComplete => "sum; empty when a run lacks it",
        Rollup::Max => "largest",
        Rollup::MeanByMovingTime => "mean weighted by moving time",
    }
}
