//! What changed before it began: eight measures, four weeks beside the eight before those, and what rules flagged then.

use super::{
    block::{Block, Line, Section},
    course::{days_since_last, name},
};
use crate::{
    analysis::Analysis,
    course::{Change, Changed, Course, Flag, Measure, Size},
    pain::site_text_with,
    time::{date_text, period_text},
    units::{Units, counted, number},
    words::{list, sentence_case, signed},
};

/// Places with a section of their own, as in [`super::course::IDS`].
const IDS: [&str; 4] = ["before-1", "before-2", "before-3", "before-4"];

/// Changes named in a heading.
const NAMED: usize = 3;

/// A section a place, the most urgent first; where no run was read, only of places before which something is known.
pub(super) fn sections(analysis: &Analysis) -> Vec<Section> {
    let courses = IDS.into_iter().zip(&analysis.courses);
    let courses = courses.filter(|(_, course)| is_told(course, analysis));
    let sections = courses.map(|(id, course)| section(id, course, analysis));
    sections.collect()
}

/// Whether there is more to tell than that no run was read.
pub(super) fn is_told(course: &Course, analysis: &Analysis) -> bool {
    !analysis.is_log_alone() || !course.changed.changes.is_empty()
}

fn section(id: &'static str, course: &Course, analysis: &Analysis) -> Section {
    let result = result(&course.changed);
    let title = match analysis.courses.len() {
        1 => result,
        _ => format!("{}: {}", name(course), uncapitalised(&result)),
    };
    let blocks = match told_before(course, &analysis.courses) {
        Some(other) => as_before(course, other),
        None => blocks(course, analysis.units),
    };
    let section = Section::new(id, title, blocks);
    match id == IDS[0] {
        true => section.named("Before it began"),
        false => section,
    }
}

/// The first of the courses, where it began on the same day and so has the same weeks before it.
fn told_before<'a>(course: &Course, courses: &'a [Course]) -> Option<&'a Course> {
    courses
        .iter()
        .find(|other| other.since == course.since)
        .filter(|first| first.place != course.place)
}

/// What goes with the place itself; the weeks are in the table of the other.
fn as_before(course: &Course, other: &Course) -> Vec<Block> {
    let said = format!(
        "It began on the same day as {}, {}: the same weeks lie before it.",
        site_text_with("the", other.place.0, other.place.1),
        date_text(course.since)
    );
    let mut blocks = vec![Block::paragraph(said)];
    blocks.extend(flags(&course.changed.flags));
    blocks.extend(again(course).map(Block::paragraph));
    blocks
}

fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_lowercase().collect::<String>() + letters.as_str()
    })
}

/// What the comparison comes to, as a heading.
pub(super) fn result(changed: &Changed) -> String {
    let standing: Vec<&Change> = changed.standing_out().collect();
    let (known, flags) = (changed.changes.len(), changed.flags.len());
    match (standing.is_empty(), flags, known) {
        (false, ..) => standing_out(&standing),
        (true, 0, 0) => "What changed before it began is not known".to_string(),
        (true, 0, known) if 2 * known < Measure::ALL.len() => {
            "Nothing of the little that is known stood out before it began".to_string()
        }
        (true, 0, _) => {
            "Nothing in your running stood out before it began".to_string() + &smaller(changed)
        }
        (true, flags, _) => format!(
            "Your weeks did not stand out before it began, but {} flagged",
            counted(flags, "thing was", "things were")
        ),
    }
}

/// `, with less downhill`: what changed and does not stand out. Empty where all was the same.
fn smaller(changed: &Changed) -> String {
    let some = changed
        .changes
        .iter()
        .filter(|change| change.size == Size::Some);
    let named = first_named(&some.collect::<Vec<_>>());
    match named.is_empty() {
        true => String::new(),
        false => format!(", with {}", list(&named)),
    }
}

/// `More downhill and longer runs before it began`.
fn standing_out(changes: &[&Change]) -> String {
    let mut named = first_named(changes);
    named.extend(more_changes(changes.len() - named.len()));
    format!("{} before it began", sentence_case(&list(&named)))
}

/// How many changes are not named.
fn more_changes(more: usize) -> Option<String> {
    (more > 0).then(|| counted(more, "more change", "more changes"))
}

/// The first few changes in words.
fn first_named(changes: &[&Change]) -> Vec<String> {
    let first = changes.iter().take(NAMED);
    first.map(|change| in_words(change).to_string()).collect()
}

/// What changed, and which way.
fn in_words(change: &Change) -> &'static str {
    let (more, less) = match change.measure {
        Measure::Distance => ("more distance", "less distance"),
        Measure::Runs => ("more runs", "fewer runs"),
        Measure::Longest => ("longer long runs", "shorter long runs"),
        Measure::HardMinutes => ("more hard minutes", "fewer hard minutes"),
        Measure::Ascent => ("more climbing", "less climbing"),
        Measure::Descent => ("more downhill", "less downhill"),
        Measure::Cadence => ("a quicker step rate", "a slower step rate"),
        Measure::Sleep => ("more sleep", "less sleep"),
    };
    match change.lately > change.before {
        true => more,
        false => less,
    }
}

/// The table, what is not known, what was flagged, and what else bears on it.
pub(super) fn blocks(course: &Course, units: Units) -> Vec<Block> {
    with(course, |changed| table(changed, units))
}

/// The same with a sentence in the place of the table, where there is little room.
pub(super) fn in_few_lines(course: &Course, units: Units) -> Vec<Block> {
    let words = |change: &Change| {
        let measure = change.measure;
        let [before, lately] =
            [change.before, change.lately].map(|value| value_text(measure, value, units));
        let label = label(measure).to_lowercase();
        format!("{label} {before}, then {lately} ({})", change_text(change))
    };
    with(course, |changed| {
        let all: Vec<String> = changed.changes.iter().map(words).collect();
        Block::paragraph(sentence_case(&all.join("; ")) + ".")
    })
}

/// What changed as it is told, and what goes with it.
fn with(course: &Course, told: impl Fn(&Changed) -> Block) -> Vec<Block> {
    let changed = &course.changed;
    let mut blocks = vec![Block::paragraph(intro(course))];
    blocks.extend((!changed.changes.is_empty()).then(|| told(changed)));
    blocks.extend(unknown(changed).map(Block::paragraph));
    blocks.extend(flags(&changed.flags));
    blocks.extend(again(course).map(Block::paragraph));
    blocks
}

fn intro(course: &Course) -> String {
    let since = date_text(course.since);
    format!(
        "The four weeks before {since} beside the eight before those, a week on average. A change is no cause."
    )
}

fn table(changed: &Changed, units: Units) -> Block {
    let rows = changed.changes.iter().map(|change| row(change, units));
    Block::table(&HEAD, rows)
}

const HEAD: [&str; 4] = ["measure", "eight weeks", "four weeks", "change"];

fn row(change: &Change, units: Units) -> Vec<Line> {
    let measure = change.measure;
    vec![
        label(measure).into(),
        value_text(measure, change.before, units).into(),
        Line::new().strong(value_text(measure, change.lately, units)),
        change_line(change),
    ]
}

/// `same`, `−29 %`, or that there was none before, with the change drawn.
fn change_line(change: &Change) -> Line {
    let text = change_text(change);
    let Some(share) = change.share() else {
        return text.into();
    };
    let line = match change.size {
        Size::StandsOut => Line::new().strong(text),
        Size::Same | Size::Some => Line::from(text),
    };
    line.text(" ").change(share, change.size == Size::StandsOut)
}

fn change_text(change: &Change) -> String {
    match (change.share(), change.size) {
        (None, _) if change.lately > 0.0 => "from none".to_string(),
        (None, _) | (_, Size::Same) => "same".to_string(),
        (Some(share), _) => {
            let sign = if share > 0.0 { "+" } else { "" };
            format!("{sign}{} %", signed(share * 100.0, 0))
        }
    }
}

/// The measure in the table.
pub(super) fn label(measure: Measure) -> &'static str {
    match measure {
        Measure::Distance => "Distance a week",
        Measure::Runs => "Runs a week",
        Measure::Longest => "Longest run of the week",
        Measure::HardMinutes => "Hard minutes a week",
        Measure::Ascent => "Climbing a week",
        Measure::Descent => "Downhill a week",
        Measure::Cadence => "Step rate on the flat",
        Measure::Sleep => "Sleep a night",
    }
}

/// The value with its unit.
pub(super) fn value_text(measure: Measure, value: f64, units: Units) -> String {
    match measure {
        Measure::Distance | Measure::Longest => units.distance_text(value),
        Measure::Runs => number(value, 1),
        Measure::HardMinutes => format!("{} min", number(value, 0)),
        Measure::Ascent | Measure::Descent => units.height_text(value),
        Measure::Cadence => format!("{} /min", number(value, 0)),
        Measure::Sleep => format!("{} h", number(value, 1)),
    }
}

fn unknown(changed: &Changed) -> Option<String> {
    let named: Vec<String> = changed
        .unknown
        .iter()
        .map(|measure| uncapitalised(label(*measure)))
        .collect();
    if named.len() == Measure::ALL.len() {
        return Some(NOTHING_KNOWN.to_string());
    }
    let named = list(&named);
    (!named.is_empty()).then(|| {
        format!("Not known for at least half of these weeks, which is not the same as unchanged: {named}.")
    })
}

const NOTHING_KNOWN: &str = "None of the eight measures is known for at least half of these weeks, which is not the same as unchanged.";

/// What rules flagged of those weeks and of the first day.
fn flags(flags: &[Flag]) -> Vec<Block> {
    match Block::list(flags.iter().map(flag_line)) {
        Some(list) => vec![Block::paragraph("Flagged of those weeks:"), list],
        None => Vec::new(),
    }
}

/// The rule of a flag and its days.
fn flag_line(flag: &Flag) -> Line {
    Line::rule(flag.rule).text(format!(" ({})", period_text(flag.from, flag.to)))
}

/// A spell that ended within the weeks compared: they were not free of pain.
fn again(course: &Course) -> Option<String> {
    let (days, last) = days_since_last(course)?;
    let (days_text, last_text) = (counted(days as usize, "day", "days"), date_text(last));
    (last >= course.changed.before_from).then(|| {
        format!(
            "The same place was last logged as sore on {last_text}, {days_text} before: these weeks were not all free of pain there."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::date;

    fn change(measure: Measure, before: f64, lately: f64, size: Size) -> Change {
        Change {
            measure,
            before,
            before_range: (before, before),
            lately,
            known: (8, 4),
            size,
        }
    }

    fn changed(changes: Vec<Change>, flags: usize) -> Changed {
        let flag = Flag {
            rule: crate::rules::single_run_spike::RULE.id,
            from: date("2025-03-01"),
            to: date("2025-03-01"),
            message: String::new(),
        };
        Changed {
            before_from: date("2025-01-01"),
            from: date("2025-02-26"),
            to: date("2025-03-25"),
            changes,
            unknown: Vec::new(),
            flags: vec![flag; flags],
        }
    }

    #[test]
    fn the_heading_is_the_result() {
        let same = |measure| change(measure, 10.0, 10.0, Size::Same);
        let all: Vec<Change> = Measure::ALL.into_iter().map(same).collect();
        let steep = change(Measure::Descent, 100.0, 160.0, Size::StandsOut);
        let short = change(Measure::Sleep, 7.5, 6.5, Size::StandsOut);
        for (changes, flags, title) in [
            (vec![], 0, "What changed before it began is not known"),
            (
                all.clone(),
                0,
                "Nothing in your running stood out before it began",
            ),
            (
                [
                    &all[..5],
                    &[change(Measure::Descent, 307.0, 217.0, Size::Some)],
                ]
                .concat(),
                0,
                "Nothing in your running stood out before it began, with less downhill",
            ),
            (
                all[..3].to_vec(),
                0,
                "Nothing of the little that is known stood out before it began",
            ),
            (
                all,
                1,
                "Your weeks did not stand out before it began, but 1 thing was flagged",
            ),
            (
                vec![steep, short],
                0,
                "More downhill and less sleep before it began",
            ),
        ] {
            assert_eq!(result(&changed(changes, flags)), title);
        }
    }

    #[test]
    fn a_change_is_said_and_drawn() {
        let line =
            |before, lately, size| change_line(&change(Measure::Descent, before, lately, size));
        let less = Line::from("−29 %").text(" ").change(-0.29, false);
        assert_eq!(line(300.0, 213.0, Size::Some), less);
        let more = Line::new().strong("+60 %").text(" ").change(0.6, true);
        assert_eq!(line(100.0, 160.0, Size::StandsOut), more);
        assert_eq!(line(0.0, 160.0, Size::StandsOut), "from none".into());
        assert_eq!(line(0.0, 0.0, Size::Same), "same".into());
    }
}
