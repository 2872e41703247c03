//! Hills, cadence, sleep, shoes: a small line each and one sentence of what changed.

use super::{
    block::{Block, Line, Section},
    pictures,
};
use crate::{
    analysis::Analysis,
    course::{Flagged, Lines, Measure, ShoeLine, WeekLine},
    report::charts::{Charts, Drawn, sparks},
    time::date_text,
    units::{Units, number},
    words::sentence_case,
};

/// How a value is told.
type Shown = fn(f64, Units) -> String;

/// The section. What is not known is said in it; None where that is all of it and no run was read, which is said first of all.
pub(super) fn section(analysis: &Analysis, charts: &Charts) -> Option<Section> {
    let blocks = blocks(analysis, charts);
    let title = match (analysis.is_log_alone(), title(analysis)) {
        (true, title) if title == ALL => "Sleep".to_string(),
        (_, title) => title,
    };
    (!blocks.is_empty()).then(|| Section::new("lines", title, blocks))
}

/// The lines side by side, and what is not known of them.
fn blocks(analysis: &Analysis, charts: &Charts) -> Vec<Block> {
    let parts = parts(analysis, charts);
    let unknown = unknown(analysis).filter(|_| !analysis.is_log_alone());
    let unknown = unknown.map(Block::paragraph);
    let beside = (!parts.is_empty()).then_some(Block::Beside(parts));
    beside.into_iter().chain(unknown).collect()
}

/// The title where of none it is known what became of it.
const ALL: &str = "Hills, cadence, sleep, shoes";

/// A topic of which it is known what became of it.
struct Topic {
    name: &'static str,
    /// How it changed, in words. None where it is as always.
    changed: Option<&'static str>,
}

/// What changed, and that nothing did; a topic alone where neither is known.
fn title(analysis: &Analysis) -> String {
    let topics = topics(&analysis.lines);
    let changed: Vec<&str> = topics.iter().filter_map(|topic| topic.changed).collect();
    let same = topics.iter().filter(|topic| topic.changed.is_none());
    let same: Vec<&str> = same.map(|topic| topic.name).collect();
    title_of(&listed(&changed), &listed(&same))
}

fn title_of(changed: &str, same: &str) -> String {
    match (changed, same) {
        ("", "") => ALL.to_string(),
        ("", same) => format!("{} as always", sentence_case(same)),
        (changed, "") => sentence_case(changed),
        (changed, same) => format!("{}; {same} as always", sentence_case(changed)),
    }
}

fn topics(lines: &Lines) -> Vec<Topic> {
    let climbing = ("more climbing", "less climbing");
    let cadence = ("a higher cadence", "a lower cadence");
    let all = [
        topic(&lines.ascent, "climbing", climbing),
        topic(&lines.cadence, "cadence", cadence),
        topic(&lines.sleep, "sleep", ("more sleep", "less sleep")),
    ];
    all.into_iter().flatten().collect()
}

/// None where it is not known whether it changed.
fn topic(
    line: &Option<WeekLine>,
    name: &'static str,
    (more, less): (&'static str, &'static str),
) -> Option<Topic> {
    let line = line.as_ref().filter(|line| !line.is_flat())?;
    let words = if line.change()? > 0.0 { more } else { less };
    let changed = (!line.is_same()?).then_some(words);
    Some(Topic { name, changed })
}

/// `a, b and c`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn parts(analysis: &Analysis, charts: &Charts) -> Vec<Section> {
    let all = [
        ("Climbing", sparks::CLIMBING, climbing(analysis)),
        ("Cadence", sparks::CADENCE, cadence(analysis)),
        ("Sleep", sparks::SLEEP, sleep(analysis)),
        ("Shoes", sparks::SHOE, shoes(analysis)),
    ];
    // One line alone would be as large as a chart, and sleep has a chart of its own.
    let drawn = |id| charts.get(id).filter(|_| !analysis.is_log_alone());
    let known = all.into_iter();
    known
        .filter_map(|(name, id, said)| Some(part(name, drawn(id), said?)))
        .collect()
}

/// One topic: its picture and its sentence.
fn part(name: &str, chart: Option<&Drawn>, said: Line) -> Section {
    let picture = chart.map(picture).into_iter();
    let blocks = picture.chain([Block::Paragraph(said)]);
    Section::untargeted(name, blocks.collect())
}

/// Weeks are in the table of the large chart of the same; of the shoe in use there is no other.
fn picture(spark: &Drawn) -> Block {
    match spark.id == sparks::SHOE {
        true => pictures::picture(spark),
        false => pictures::beside_its_numbers(spark),
    }
}

fn climbing(analysis: &Analysis) -> Option<Line> {
    let shown: Shown = |metres, units| format!("{} a week", units.height_text(metres));
    week(analysis, &analysis.lines.ascent, shown)
}

fn cadence(analysis: &Analysis) -> Option<Line> {
    let shown: Shown = |spm, _| format!("{} steps a minute on the flat", number(spm, 0));
    week(analysis, &analysis.lines.cadence, shown)
}

fn sleep(analysis: &Analysis) -> Option<Line> {
    let shown: Shown = |hours, _| format!("{} h a night", number(hours, 1));
    week(analysis, &analysis.lines.sleep, shown)
}

fn shoes(analysis: &Analysis) -> Option<Line> {
    let shoe = analysis.lines.shoe.as_ref()?;
    Some(of_shoe(analysis, shoe))
}

fn week(analysis: &Analysis, line: &Option<WeekLine>, shown: Shown) -> Option<Line> {
    let said = sentence(line.as_ref()?, analysis.units, shown);
    Some(Line::from(said))
}

/// What it is of late beside what it was, and what was flagged.
fn sentence(line: &WeekLine, units: Units, shown: Shown) -> String {
    let lately = line.lately_text(|value| shown(value, units));
    let said = lately.map_or_else(|| of_last(line, units, shown), |text| text + ".");
    sentence_case(&said) + &flagged(line, units, shown)
}

fn of_last(line: &WeekLine, units: Units, shown: Shown) -> String {
    line.last()
        .map_or("not known.".to_string(), |(from, value)| {
            format!(
                "{}, last known for the week from {}; of the last four weeks too little is known.",
                shown(value, units),
                date_text(from)
            )
        })
}

/// The last stretch that a rule flagged, with its number, and how many there were.
fn flagged(line: &WeekLine, units: Units, shown: Shown) -> String {
    let Some(last) = line.flagged.last() else {
        return String::new();
    };
    let Flagged { from, to, value } = *last;
    let furthest = match line.measure {
        Measure::Cadence => "down to",
        _ => "up to",
    };
    let value = value.map_or(String::new(), |value| {
        format!(", with {furthest} {}", shown(value, units))
    });
    let more = match line.flagged.len() {
        1 => String::new(),
        2 => "; and once before".to_string(),
        count => format!("; and {} times before", count - 1),
    };
    format!(
        " It stood out from {} to {}{value}{more}.",
        date_text(from),
        date_text(to)
    )
}

/// How far the shoe in use has come, and its limit where the account has one.
fn of_shoe(analysis: &Analysis, shoe: &ShoeLine) -> Line {
    let units = analysis.units;
    let known = analysis.shoes.iter().find(|known| known.name == shoe.name);
    let limit = known.and_then(|known| known.limit_m);
    let limit = limit.map_or(String::new(), |metres| {
        format!(
            "; the account has a limit of {}",
            units.distance_text(metres)
        )
    });
    let since = shoe.runs.first();
    let since = since.map_or(String::new(), |(day, _)| {
        format!(" since {}", date_text(*day))
    });
    let distance = number(units.distance(shoe.distance_m()), 0);
    let unit = units.distance_label();
    Line::from(format!(
        "{distance} {unit} recorded{since} in the shoe of your last run that names one ("
    ))
    .text(shoe.name.as_str())
    .text(format!("){limit}."))
}

/// What of the four is not known. None where all is.
fn unknown(analysis: &Analysis) -> Option<String> {
    let lines = &analysis.lines;
    let missing = [
        (
            lines.ascent.is_none(),
            "climbing (no whole week with altitude)",
        ),
        (
            lines.cadence.is_none(),
            "cadence (no whole week with steps on the flat)",
        ),
        (
            lines.sleep.is_none(),
            "sleep (no week with four known nights)",
        ),
        (lines.shoe.is_none(), "shoes (no run names its shoe)"),
    ];
    let missing: Vec<&str> = missing
        .into_iter()
        .filter(|(is_missing, _)| *is_missing)
        .map(|(_, what)| what)
        .collect();
    (!missing.is_empty()).then(|| format!("Not known: {}.", missing.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        course,
        report::charts::{
            self,
            fixtures::{analysis, date, regular, run},
        },
    };

    fn line(measure: Measure, lately: f64, before: f64) -> WeekLine {
        WeekLine {
            measure,
            weeks: vec![(date("2025-03-03"), Some(lately))],
            lately: Some(lately),
            before: Some(before),
            flagged: Vec::new(),
        }
    }

    fn spm(spm: f64, _: Units) -> String {
        format!("{} steps", number(spm, 0))
    }

    #[test]
    fn one_sentence_says_the_change() {
        let say = |line: &WeekLine| sentence(line, Units::Km, spm);
        let same = line(Measure::Cadence, 168.0, 170.0);
        assert_eq!(say(&same), "168 steps, as always.");
        let lower = line(Measure::Cadence, 160.0, 170.0);
        assert_eq!(
            say(&lower),
            "160 steps over the last four weeks; 170 steps in the twelve before."
        );
        let flagged = Flagged {
            from: date("2025-01-06"),
            to: date("2025-01-12"),
            value: Some(151.0),
        };
        let flagged = WeekLine {
            flagged: vec![flagged, flagged],
            ..same
        };
        assert_eq!(
            say(&flagged),
            "168 steps, as always. It stood out from 6 Jan 2025 to 12 Jan 2025, with down to 151 steps; and once before."
        );
        let alone = WeekLine {
            before: None,
            ..lower.clone()
        };
        assert!(say(&alone).ends_with("too few weeks before are known to compare."));
        let gone = WeekLine {
            lately: None,
            ..lower
        };
        assert_eq!(
            say(&gone),
            "160 steps, last known for the week from 3 Mar 2025; of the last four weeks too little is known."
        );
    }

    #[test]
    fn the_title_says_what_changed() {
        let mut of = regular(20);
        assert_eq!(title(&of), "Hills, cadence, sleep, shoes");
        of.lines.cadence = Some(line(Measure::Cadence, 168.0, 170.0));
        of.lines.ascent = Some(line(Measure::Ascent, 200.0, 205.0));
        assert_eq!(title(&of), "Climbing and cadence as always");
        of.lines.sleep = Some(line(Measure::Sleep, 6.5, 7.5));
        assert_eq!(title(&of), "Less sleep; climbing and cadence as always");
    }

    #[test]
    fn a_picture_says_of_the_last_weeks_what_the_sentence_says() {
        let mut all = regular(40);
        all.lines = course::lines::lines(&all.history, &[]);
        let (lines, units) = (all.lines.clone(), all.units);
        let cadence = |spm| format!("{} steps a minute on the flat", number(spm, 0));
        let height = |metres| format!("{} a week", units.height_text(metres));
        for (id, line, said) in [
            (
                "cadence",
                &lines.cadence,
                lines
                    .cadence
                    .as_ref()
                    .and_then(|line| line.change_text(cadence)),
            ),
            (
                "climbing",
                &lines.ascent,
                lines
                    .ascent
                    .as_ref()
                    .and_then(|line| line.change_text(height)),
            ),
        ] {
            let said = said.expect("sixteen weeks are known");
            let titles = charts::of(&all);
            let title = &titles.get(id).expect("a picture").title;
            assert!(title.contains(&said), "{title}");
            let shown: Shown = match id {
                "cadence" => |spm, _| format!("{} steps a minute on the flat", number(spm, 0)),
                _ => |metres, units| format!("{} a week", units.height_text(metres)),
            };
            let line = line.as_ref().expect("a line");
            assert!(
                sentence(line, units, shown)
                    .to_lowercase()
                    .starts_with(&said.to_lowercase())
            );
        }
    }

    fn of(analysis: &Analysis) -> Option<Section> {
        section(analysis, &charts::of(analysis))
    }

    #[test]
    fn what_is_not_known_is_said() {
        // One run, and of it nothing but how far.
        let nothing = analysis(vec![run(date("2025-03-03"), 8.0)], vec![], vec![]);
        let said = of(&nothing).expect("what is not known");
        let [Block::Paragraph(line)] = &said.blocks[..] else {
            panic!("no part without data: {said:?}")
        };
        assert!(
            format!("{line:?}")
                .contains("Not known: climbing (no whole week with altitude), cadence")
        );
        let mut known = regular(20);
        known.lines = course::lines::lines(&known.history, &[]);
        let said = of(&known).expect("two lines");
        let [Block::Beside(parts), Block::Paragraph(_)] = &said.blocks[..] else {
            panic!("parts, and what is not known: {said:?}")
        };
        assert_eq!(parts.len(), 2);
        assert!(
            parts
                .iter()
                .all(|part| matches!(part.blocks[..], [Block::Picture(_), Block::Paragraph(_)]))
        );
    }

    #[test]
    fn without_a_run_there_is_nothing_or_sleep_alone_in_words() {
        let mut alone = analysis(vec![], vec![], vec![]);
        assert_eq!(of(&alone), None);
        let mut sleep = line(Measure::Sleep, 6.5, 7.5);
        sleep.before = None;
        alone.lines.sleep = Some(sleep);
        let said = of(&alone).expect("sleep");
        assert_eq!(said.title, "Sleep".into());
        let [Block::Beside(parts)] = &said.blocks[..] else {
            panic!("sleep and nothing of running: {said:?}")
        };
        let [part] = &parts[..] else {
            panic!("one part: {parts:?}")
        };
        assert!(matches!(part.blocks[..], [Block::Paragraph(_)]));
    }
}
