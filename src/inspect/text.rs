//! A view as lines for people: aligned columns, one thing a line.

use super::view::{ActivityView, Cell, Derived, ExportView, FileView, Kind, ProblemView};
use super::witnesses::{Said, Says, Witness};
use crate::decode::{self, DECODERS};
use crate::model::Format;
use crate::units::{counted, duration_text, number};
use crate::words::sentence_case;

/// One line: its depth, what it is about, what there is, and where that is from.
struct Row {
    depth: usize,
    label: String,
    text: String,
    from: String,
}

/// The lines of one file. Text of the file's may hold anything a person or an attacker can type; each line is one element.
pub(super) fn lines(view: &FileView) -> Vec<String> {
    let mut lines = vec![view.file.clone()];
    lines.extend(aligned(&head(view)));
    lines.extend(view.problems.iter().flat_map(problem));
    let all = view.activities.len();
    for (number, activity) in (1..).zip(&view.activities) {
        if all > 1 {
            lines.push(format!("  activity {number} of {all}"));
        }
        lines.extend(aligned(&held(activity)));
        lines.extend(aligned(&derived(&activity.derived)));
        lines.extend(activity.problems.iter().flat_map(problem));
    }
    lines
}

fn row(label: &str, text: impl Into<String>) -> Row {
    Row {
        depth: 1,
        label: label.to_string(),
        text: text.into(),
        from: String::new(),
    }
}

fn deeper(label: &str, text: impl Into<String>) -> Row {
    Row {
        depth: 2,
        ..row(label, text)
    }
}

/// Width of the labels with their indent: that of the longest metric.
const LABEL_WIDTH: usize = 23;

/// Labels and texts padded to the longest of the block, indented by their depth.
fn aligned(rows: &[Row]) -> Vec<String> {
    let labels = rows.iter().map(Row::indented);
    let with_origin = rows.iter().filter(|row| !row.from.is_empty());
    let label_width = widest(labels).max(LABEL_WIDTH);
    let text_width = widest(with_origin.map(|row| row.text.clone()));
    let line = |row: &Row| {
        let (label, text, from) = (row.indented(), &row.text, &row.from);
        let line = format!("{label:<label_width$}  {text:<text_width$}  {from}");
        line.trim_end().to_string()
    };
    rows.iter().map(line).collect()
}

impl Row {
    fn indented(&self) -> String {
        format!("{}{}", "  ".repeat(self.depth), self.label)
    }
}

/// In letters.
fn widest(texts: impl Iterator<Item = String>) -> usize {
    let widths = texts.map(|text| text.chars().count());
    widths.max().unwrap_or(0)
}

fn head(view: &FileView) -> Vec<Row> {
    let size = view
        .size_bytes
        .map(|packed| size(packed, view.unpacked_bytes));
    let holds = view.entries.map(|entries| {
        let files = counted(entries, "file", "files");
        format!("{files}, which follow")
    });
    let service = view.export.map(|export| export.service);
    let lists = view.export.as_ref().map(listed);
    let mut rows = vec![row("format", kind(view.kind))];
    rows.extend(size.map(|size| row("size", size)));
    rows.extend(holds.map(|holds| row("holds", holds)));
    rows.extend(service.map(|service| row("service", service)));
    rows.extend(lists.map(|lists| row("lists", lists)));
    rows
}

/// What a file is, and how that was told.
pub(super) fn kind(kind: Kind) -> String {
    let text = match kind {
        Kind::Recording(format) => return recording(format),
        Kind::Other => return format!("neither {}", decode::formats("nor")),
        Kind::Export => "a file of an account export, told by its content",
        Kind::Archive => "an archive",
        Kind::PainLog => {
            "a pain log, told by its name; `niggle pain check` says what is understood of it"
        }
        Kind::Unreadable => "not known",
    };
    text.to_string()
}

fn recording(format: Format) -> String {
    let decoder = DECODERS.iter().find(|decoder| decoder.format == format);
    decoder.map_or_else(
        || format.name().to_string(),
        |decoder| format!("{}, told by {}", format.name(), decoder.told_by),
    )
}

fn size(bytes: u64, unpacked: Option<u64>) -> String {
    let packed = format!("{} bytes", grouped(bytes));
    match unpacked {
        Some(unpacked) => format!("{packed}, unpacked {}", grouped(unpacked)),
        None => packed,
    }
}

fn listed(export: &ExportView) -> String {
    let runner = if export.knows_runner {
        ", and what the account knows of the runner"
    } else {
        ""
    };
    let comments = match export.comments {
        0 => String::new(),
        comments => format!(", {}", counted(comments, "comment", "comments")),
    };
    format!(
        "{}, {}, {}, {}{comments}{runner}",
        counted(export.activities, "activity", "activities"),
        counted(export.shoes, "shoe", "shoes"),
        counted(
            export.shoes_worn,
            "activity with its shoe",
            "activities with their shoe"
        ),
        counted(export.nights, "night", "nights"),
    )
}

/// What the file holds.
fn held(activity: &ActivityView) -> Vec<Row> {
    let mut rows = about(activity);
    rows.push(row("records", grouped(activity.records as u64)));
    rows.extend(channels(activity));
    rows.push(row("pauses", pauses(activity)));
    rows.push(row("laps", grouped(activity.laps as u64)));
    rows.extend(activity.altitude_is_barometric.map(altitude));
    rows.extend(pairs("runner", &activity.runner));
    rows.extend(pairs("device totals", &activity.device_totals));
    rows.extend(witnesses(&activity.witnesses));
    rows
}

/// A quantity a line: who says what, and what became of it.
fn witnesses(said: &[Said]) -> impl Iterator<Item = Row> {
    let heading = (!said.is_empty()).then(|| row("witnesses", ""));
    heading.into_iter().chain(said.iter().map(quantity))
}

fn quantity(said: &Said) -> Row {
    let all: Vec<String> = said.witnesses.iter().map(witness).collect();
    deeper(said.quantity, all.join(", "))
}

fn witness(witness: &Witness) -> String {
    let says = match &witness.says {
        Says::Number(value) => plain(*value),
        Says::Text(text) => text.clone(),
    };
    format!("{} {says} ({})", witness.by, witness.heard)
}

/// What recorded it, what it was, and when.
fn about(activity: &ActivityView) -> Vec<Row> {
    let title = activity.name.clone().map(|name| row("title", name));
    let local = local_start(activity).map(|start| row("start (local)", start));
    let all = [
        Some(row("device", device(activity))),
        Some(row("sport", sport(activity))),
        title,
        Some(row("start (UTC)", start(activity))),
        local,
    ];
    all.into_iter().flatten().collect()
}

fn device(activity: &ActivityView) -> String {
    let device = activity.device.as_deref();
    device.unwrap_or("the file does not say").to_string()
}

fn sport(activity: &ActivityView) -> String {
    let (sport, sub_sport) = (activity.sport, activity.sub_sport);
    let taken_for = taken_for(activity.taken_for);
    format!("{sport} (sub-sport {sub_sport}), {taken_for}")
}

fn start(activity: &ActivityView) -> String {
    let start = activity.start_utc.as_deref();
    start.map_or("no usable time".to_string(), spaced)
}

/// On the runner's clock, and how that is known.
fn local_start(activity: &ActivityView) -> Option<String> {
    let start = spaced(activity.start_local.as_deref()?);
    let offset = offset(activity.utc_offset_s?);
    let source = activity.zone_source?.in_words();
    Some(format!("{start}, {offset}, {source}"))
}

/// How many records have a value in each channel.
fn channels(activity: &ActivityView) -> impl Iterator<Item = Row> {
    let all = grouped(activity.records as u64);
    activity
        .channel_values
        .iter()
        .map(move |(channel, values)| {
            deeper(channel, format!("{} of {all}", grouped(*values as u64)))
        })
}

fn altitude(is_barometric: bool) -> Row {
    let source = if is_barometric {
        "from a barometer"
    } else {
        "from satellites"
    };
    row("altitude", source)
}

fn taken_for(taken_for: Option<&str>) -> &'static str {
    match taken_for {
        Some("run") => "taken for a run",
        Some(_) => "taken for another sport",
        None => "not used",
    }
}

fn spaced(time: &str) -> String {
    time.trim_end_matches('Z').replace('T', " ")
}

fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    format!(
        "UTC{sign}{:02}:{:02}",
        seconds.abs() / 3600,
        seconds.abs() / 60 % 60
    )
}

fn pauses(activity: &ActivityView) -> String {
    match activity.pauses {
        0 => "0".to_string(),
        pauses => format!(
            "{}, {} in all",
            grouped(pauses as u64),
            duration_text(activity.paused_s)
        ),
    }
}

/// The values that are there, below a heading; one line where there is none.
fn pairs(heading: &str, pairs: &[(&'static str, Option<f64>)]) -> Vec<Row> {
    let known = |(key, value): &(&str, Option<f64>)| Some(deeper(key, plain((*value)?)));
    let known: Vec<Row> = pairs.iter().filter_map(known).collect();
    let first = row(heading, if known.is_empty() { "none" } else { "" });
    std::iter::once(first).chain(known).collect()
}

/// A number without the zeros behind its last decimal.
fn plain(value: f64) -> String {
    let text = number(value, 3);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_string()
}

fn derived(derived: &[Derived]) -> Vec<Row> {
    let rows = derived.iter().map(of_metric);
    let heading = (!derived.is_empty()).then(|| row("derived", ""));
    heading.into_iter().chain(rows).collect()
}

fn of_metric(metric: &Derived) -> Row {
    Row {
        from: metric.from.clone(),
        ..deeper(metric.id, value(metric))
    }
}

fn value(metric: &Derived) -> String {
    match &metric.value {
        Cell::Absent => "–".to_string(),
        Cell::Text(text) => with_unit(text, metric.unit),
        Cell::Number(value) => with_unit(&number(*value, metric.decimals), metric.unit),
    }
}

fn with_unit(text: &str, unit: &str) -> String {
    match unit {
        "" => text.to_string(),
        unit => format!("{text} {unit}"),
    }
}

/// Where and what, then what niggle did and what the runner can do.
fn problem(problem: &ProblemView) -> [String; 2] {
    let found = &problem.problem;
    let place = match found.place.as_str() {
        "" => String::new(),
        place => format!("{place}: "),
    };
    let (code, what) = (found.code.as_str(), stopped(&found.detail));
    let (done, advice) = (sentence(&found.consequence), problem.advice);
    [
        format!("  {code}: {place}{what}"),
        format!("    {done} {advice}"),
    ]
}

/// With a full stop, where there is none.
fn stopped(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    stopped(&sentence_case(text))
}

/// `3,540`.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        for (count, text) in [
            (0, "0"),
            (999, "999"),
            (3540, "3,540"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(count), text);
        }
        for (value, text) in [
            (10_012.0, "10012"),
            (0.5, "0.5"),
            (200.0, "200"),
            (1.25, "1.25"),
        ] {
            assert_eq!(plain(value), text);
        }
        for (seconds, text) in [
            (0, "UTC+00:00"),
            (20_700, "UTC+05:45"),
            (-12_600, "UTC-03:30"),
        ] {
            assert_eq!(offset(seconds), text);
        }
    }

    #[test]
    fn columns_are_aligned_by_characters() {
        let row = |label: &str, text: &str, from: &str| Row {
            from: from.to_string(),
            ..row(label, text)
        };
        let rows = [
            row("a", "–", "x"),
            row("long", "1.5 m", "y"),
            row("b", "a text without an origin", ""),
        ];
        let label = |label: &str| format!("  {label:<21}");
        let expected = [
            ("a", "–      x"),
            ("long", "1.5 m  y"),
            ("b", "a text without an origin"),
        ];
        assert_eq!(
            aligned(&rows),
            expected.map(|(name, rest)| format!("{}  {rest}", label(name)))
        );
    }
}
