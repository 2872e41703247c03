//! `niggle pain check`: what was understood of a log, as text and as JSON.

use super::{
    ColumnRead, Entry, PainLog, Side, Sign, Site, cells::rating_text, logged_days, site_text,
};
use crate::{
    keys::Keys,
    problem::Problem,
    time::{date_text, period_text},
    units::counted,
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// What would be said of a log now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Now {
    /// How loud, as in `findings.json`.
    pub severity: &'static str,
    /// How loud, in the words of the report; not in JSON.
    #[serde(skip)]
    pub loudness: &'static str,
    /// The sentence.
    pub message: String,
    /// The same in short; not in JSON.
    #[serde(skip)]
    pub words: String,
}

/// The answer of `niggle pain check --json`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Check<'a> {
    schema_version: u32,
    file: &'a str,
    rows: usize,
    used: usize,
    days_rated: usize,
    days_zero: usize,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    places: Vec<PlaceRated>,
    columns: &'a [ColumnRead],
    refused: usize,
    remarks: &'a [String],
    understood: &'a [String],
    problems: Vec<ToLookAt>,
    now: &'a [Now],
}

impl Check<'_> {
    /// Raised when a name changes its meaning or goes.
    pub const VERSION: u32 = 1;

    /// What its keys are.
    pub const KEYS: &'static [Keys] = &[
        Keys::of(
            &["schema_version"],
            "Raised when a name changes its meaning or goes.",
        ),
        Keys::of(&["file"], "The log."),
        Keys::of(
            &["rows", "used", "refused"],
            "Rows with data, how many were used, and how many could not be.",
        ),
        Keys::of(
            &["days_rated", "days_zero"],
            "Days with a rating, and those on which every rating is 0.",
        ),
        Keys::of(
            &["from", "to"],
            "The first and the last rated day; null without one.",
        ),
        Keys::each(&["places"], "Every place.", PlaceRated::KEYS),
        Keys::each(&["columns"], "Every column of the log.", ColumnRead::KEYS),
        Keys::of(
            &["remarks", "understood"],
            "What must be known first, and what was decided, a sentence each.",
        ),
        Keys::each(
            &["problems"],
            "Rows and cells that could not be used.",
            ToLookAt::KEYS,
        ),
        Keys::each(
            &["now"],
            "What niggle would say now, loudest first.",
            Now::KEYS,
        ),
    ];
}

impl Now {
    /// What its keys are.
    const KEYS: &'static [Keys] = &[
        Keys::of(
            &["severity"],
            "How loud, as in findings.json: good, note, watch, ease-off, see-someone, urgent or emergency.",
        ),
        Keys::of(&["message"], "The sentence."),
    ];
}

impl ColumnRead {
    /// What its keys are.
    const KEYS: &'static [Keys] = &[
        Keys::of(&["name"], "Its name as written."),
        Keys::of(
            &["read_as"],
            "What it was taken for; null where it is not read.",
        ),
    ];
}

impl PlaceRated {
    const KEYS: &'static [Keys] = &[
        Keys::of(
            &["site"],
            "A word of the log, `unnamed`, or the runner's own word.",
        ),
        Keys::of(&["side"], "The side; null where the log leaves it open."),
        Keys::of(&["ratings"], "How many ratings."),
        Keys::of(&["highest"], "The highest, 0–10; null without one."),
    ];
}

impl ToLookAt {
    const KEYS: &'static [Keys] = &[
        Keys::of(&["line"], "The line; null for many, or for the whole file."),
        Keys::of(&["what"], "The sentence."),
        Keys::of(&["count"], "How many rows or cells it stands for."),
    ];
}

/// A place and its ratings.
#[derive(Debug, Serialize, JsonSchema)]
struct PlaceRated {
    site: String,
    #[schemars(with = "Option<Side>")]
    side: Option<&'static str>,
    ratings: usize,
    #[schemars(range(min = 0, max = 10))]
    highest: Option<f64>,
}

/// A problem with where it is; None for the whole file or for many rows.
#[derive(Debug, Serialize, JsonSchema)]
struct ToLookAt {
    line: Option<u64>,
    what: String,
    count: usize,
}

/// The answer to `niggle pain check FILE --json`: one document.
pub fn check_json(log: &PainLog, now: &[Now]) -> String {
    let days = logged_days(log);
    let place = log.place.as_deref().unwrap_or_default();
    let problems = log.problems.iter();
    let check = Check {
        schema_version: Check::VERSION,
        file: place,
        rows: log.rows,
        used: log.rows - log.unusable_rows,
        days_rated: days.len(),
        days_zero: zero_days(log),
        from: days.first().copied(),
        to: days.last().copied(),
        places: places_rated(log),
        columns: &log.columns,
        refused: log.unusable_rows,
        remarks: &log.remarks,
        understood: &log.understood,
        problems: problems.map(to_look_at).collect(),
        now,
    };
    serde_json::to_string_pretty(&check).unwrap_or_default() + "\n"
}

fn to_look_at(problem: &Problem) -> ToLookAt {
    ToLookAt {
        line: problem.line,
        what: problem_text(problem),
        count: problem.count,
    }
}

/// Ratings by place; a place that niggle has no word for goes by the runner's own.
fn places_rated(log: &PainLog) -> Vec<PlaceRated> {
    let places = ratings_by_place(log).into_iter();
    places
        .map(|(place, ratings)| place_rated(place, ratings))
        .collect()
}

fn place_rated((site, side): (Option<Site>, Option<Side>), ratings: Vec<f64>) -> PlaceRated {
    PlaceRated {
        site: site_name(site.unwrap_or(Site::Unnamed)),
        side: side.map(Side::as_str),
        ratings: ratings.len(),
        highest: ratings.into_iter().reduce(f64::max),
    }
}

fn site_name(site: Site) -> String {
    match site {
        Site::Other(word) if !word.as_str().is_empty() => word.as_str().to_string(),
        site => site.as_str().to_string(),
    }
}

/// The answer to `niggle pain check FILE`: what it asks for now, form, counts, sites, signs in notes, and every problem with what
/// to do.
pub fn check_text(log: &PainLog, now: &[Now]) -> String {
    let mut text = head(log);
    section(&mut text, "Read this first", &log.remarks);
    let now: Vec<String> = now.iter().map(now_text).collect();
    section(&mut text, "What niggle would say now", &now);
    section(&mut text, "Understood", &log.understood);
    section(&mut text, "Days", &days_text(log));
    section(&mut text, "Places", &sites_table(log));
    section(&mut text, "Signs your notes mention", &signs_text(log));
    let to_look_at = problems_text(log);
    section(&mut text, "To look at", &to_look_at);
    if to_look_at.is_empty() {
        text.push_str("\nNothing to correct.\n");
    }
    text
}

fn now_text(now: &Now) -> String {
    format!("{:<18} {}", now.loudness, now.words)
}

/// The file, its rows, and how many of them are lost.
fn head(log: &PainLog) -> String {
    let place = log.place.as_deref().unwrap_or("pain log");
    let head = format!("{place}: {}\n", rows_text(log));
    if log.unusable_rows == 0 {
        return head;
    }
    let (rows, read) = (counted(log.unusable_rows, "row", "rows"), log.rows);
    format!("{head}{rows} of {read} could not be used: \"To look at\" below names the lines.\n")
}

fn section(text: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        // Writing into a String does not fail.
        let _ = writeln!(text, "\n{title}");
        lines.iter().for_each(|line| _ = writeln!(text, "  {line}"));
    }
}

fn rows_text(log: &PainLog) -> String {
    let mut parts = vec![format!("{} read", counted(log.rows, "row", "rows"))];
    parts.push(format!("{} used", log.rows - log.unusable_rows));
    if log.duplicate_rows > 0 {
        parts.push(format!("{} said the same as another", log.duplicate_rows));
    }
    parts.join(", ") + "."
}

fn days_text(log: &PainLog) -> Vec<String> {
    match rated_text(&logged_days(log)) {
        Some(rated) => vec![rated, zero_text(zero_days(log))],
        None => vec![
            "No day is rated yet. On days without pain, write site none and pain 0.".to_string(),
        ],
    }
}

/// How many days are rated, and when they are; None without any.
fn rated_text(days: &BTreeSet<NaiveDate>) -> Option<String> {
    let period = period_text(*days.first()?, *days.last()?);
    let rated = counted(days.len(), "day", "days");
    Some(format!("{rated} rated, {period}."))
}

fn zero_text(days: usize) -> String {
    match days {
        0 => "None of them without pain. Write site none and pain 0 on such days: a blank is unknown.".to_string(),
        days => format!("{} without pain.", counted(days, "day", "days")),
    }
}

/// Days on which every rating is 0.
fn zero_days(log: &PainLog) -> usize {
    let mut highest: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    let entries = log.entries.iter();
    for (date, pain) in entries.filter_map(|entry| Some((entry.date, entry.pain?))) {
        let day = highest.entry(date).or_insert(pain);
        *day = day.max(pain);
    }
    highest.values().filter(|pain| **pain == 0.0).count()
}

/// Ratings by site and side, in the order of the vocabulary; places without a name come first.
fn ratings_by_place(log: &PainLog) -> BTreeMap<(Option<Site>, Option<Side>), Vec<f64>> {
    let mut rows: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    let entries = log.entries.iter();
    for entry in entries.filter(|entry| entry.site != Some(Site::None)) {
        let ratings = rows.entry((entry.site, entry.side)).or_default();
        ratings.extend(entry.pain);
    }
    rows.retain(|(site, _), ratings| site.is_some() || !ratings.is_empty());
    rows
}

fn sites_table(log: &PainLog) -> Vec<String> {
    let places = ratings_by_place(log).into_iter();
    places
        .map(|((site, side), ratings)| site_line(site, side, &ratings))
        .collect()
}

fn site_line(site: Option<Site>, side: Option<Side>, ratings: &[f64]) -> String {
    let name = match site {
        None => "no place named".to_string(),
        Some(site) => site_text(site, side),
    };
    let count = counted(ratings.len(), "rating", "ratings");
    let highest = ratings.iter().copied().reduce(f64::max);
    let highest = highest.map(|pain| format!(", highest {}", rating_text(pain)));
    format!("{name:<24} {count}{}", highest.unwrap_or_default())
}

fn signs_text(log: &PainLog) -> Vec<String> {
    let entries = log.entries.iter();
    entries
        .filter(|entry| !entry.signs_in_note.is_empty())
        .map(signs_of_note)
        .collect()
}

fn signs_of_note(entry: &Entry) -> String {
    let signs: Vec<&str> = entry.signs_in_note.iter().map(Sign::label).collect();
    let legs = match entry.both_legs_in_note {
        true => " (both legs)",
        false => "",
    };
    format!(
        "line {}: your note of {} mentions {}{legs}.",
        entry.line,
        date_text(entry.date),
        signs.join(", ")
    )
}

fn problems_text(log: &PainLog) -> Vec<String> {
    log.problems.iter().map(problem_line).collect()
}

/// A problem behind its line; the file stands at the top.
fn problem_line(problem: &Problem) -> String {
    let line = problem.inside();
    let colon = if line.is_empty() { "" } else { ": " };
    let text = format!("{line}{colon}{}", problem_text(problem));
    text.trim_end().to_string()
}

fn problem_text(problem: &Problem) -> String {
    let (detail, consequence) = (&problem.detail, &problem.consequence);
    let text = format!("{detail}. {consequence} {}", advice(problem));
    text.trim_end().to_string()
}

/// The advice, without sending the reader of this text to this text.
fn advice(problem: &Problem) -> String {
    let advice = problem.code.advice();
    match advice.split_once("; `niggle pain check`") {
        Some((first, _)) => format!("{first}."),
        None => advice.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Options, read};

    fn check(text: &str, expected: &str) {
        let log =
            read(text.as_bytes(), "pain.csv", &Options::default()).expect("a readable header");
        assert_eq!(check_text(&log, &[]), expected);
    }

    #[test]
    fn the_text_of_a_small_log() {
        check(
            "date,site,pain,notes\n2025-03-01,left calf,3,a bit swollen\n2025-03-02,none,0,\nsoon,knee,2,\n\
             2025-03-03,knee,1.5,\n2025-03-04,calf,mild,\n",
            "\
pain.csv: 5 rows read, 4 used.
1 row of 5 could not be used: \"To look at\" below names the lines.

Understood
  Text is UTF-8, cells are separated by commas.
  Columns: date, site, pain, notes.
  Dates with the year first, or with dots as day.month.year, are read as they stand.
  Whether dates lie in the future was not checked: a report does that by your last run, or by --as-of.

Days
  4 days rated, 1–4 Mar 2025.
  1 day without pain.

Places
  knee                     1 rating, highest 1.5
  calf                     1 rating, highest 2
  left calf                1 rating, highest 3

Signs your notes mention
  line 2: your note of 1 Mar 2025 mentions swelling.

To look at
  line 4: the date \"soon\" is no date niggle reads; write it as 2025-03-31. The row is not used. Correct the row.
  pain is a word or about a number in line 6. Words count as 2, 5 or 8, ranges as their higher end; shown, but left out of the statistics. \
Use a number from 0 to 10 where you can.
",
        );
    }

    #[test]
    fn json_for_scripts() {
        let text = "date,site,pain\n2025-03-01,left knee,3\n2025-03-02,none,0\n2025-03-03,neck,2\nsoon,knee,2\n";
        let log =
            read(text.as_bytes(), "pain.csv", &Options::default()).expect("a readable header");
        let now = [Now {
            severity: "watch",
            loudness: "Keep an eye on it",
            message: "Said.".to_string(),
            words: String::new(),
        }];
        let json: serde_json::Value = serde_json::from_str(&check_json(&log, &now)).expect("JSON");
        let counts =
            ["rows", "used", "days_rated", "days_zero", "refused"].map(|key| json[key].as_u64());
        assert_eq!(counts, [4, 3, 3, 1, 1].map(Some));
        assert_eq!(
            (&json["from"], &json["to"]),
            (&"2025-03-01".into(), &"2025-03-03".into())
        );
        let places = serde_json::json!([
            {"site": "knee", "side": "left", "ratings": 1, "highest": 3.0},
            {"site": "neck", "side": null, "ratings": 1, "highest": 2.0},
        ]);
        assert_eq!(json["places"], places);
        assert_eq!(
            json["columns"][2],
            serde_json::json!({"name": "pain", "read_as": "pain"})
        );
        assert_eq!(
            json["now"],
            serde_json::json!([{"severity": "watch", "message": "Said."}])
        );
        assert!(
            json["problems"]
                .as_array()
                .expect("a list")
                .iter()
                .any(|p| p["line"] == 5 && p["count"] == 1)
        );
    }

    fn lines_below(text: &str, title: &str) -> Vec<String> {
        let log =
            read(text.as_bytes(), "pain.csv", &Options::default()).expect("a readable header");
        let text = check_text(&log, &[]);
        let below = text
            .lines()
            .skip_while(|line| *line != title)
            .skip(1)
            .take_while(|line| !line.is_empty());
        below.map(|line| line.trim().to_string()).collect()
    }

    #[test]
    fn the_places_are_listed_once_and_slips_are_named() {
        let text =
            "date,site,pain\n2025-03-01,knnee,3\n2025-03-02,left anklle,2\n2025-03-03,jaw,1\n";
        let lines = lines_below(text, "To look at");
        let known = "(none, knee, kneecap, shin, calf, achilles, ankle, heel, foot, toe, hamstring, quad, thigh, itb, hip, \
                     groin, glute, lower_back, abdomen, side_stitch, other)";
        let expected = [
            format!("line 2: site \"knnee\" is not a place niggle knows {known}. Did you mean knee? It counts as a place of its own, \"knnee\". Correct the cell."),
            "line 3: site \"left anklle\" is not a place niggle knows. Did you mean ankle? It counts as a place of its own, \"left anklle\". Correct the cell.".to_string(),
            "line 4: site \"jaw\" is not a place niggle knows. It counts as a place of its own, \"jaw\". Correct the cell.".to_string(),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn notes_on_both_legs_say_so() {
        let text =
            "date,site,pain,notes\n2025-03-01,back,3,both feet numb\n2025-03-02,back,3,foot numb\n";
        let expected = [
            "line 2: your note of 1 Mar 2025 mentions numbness (both legs).",
            "line 3: your note of 2 Mar 2025 mentions numbness.",
        ];
        assert_eq!(lines_below(text, "Signs your notes mention"), expected);
    }

    #[test]
    fn pain_without_a_place_is_remarked() {
        let text = "date,site,pain\n2025-03-01,,3\n2025-03-02,none,2\n2025-03-03,,0\n2025-03-04,,1\n2025-03-05,,\n";
        let expected = [
            "line 3: site \"none\" stands beside pain above 0. The rating counts as one of a place that is not named. Correct the cell.",
            "pain above 0 and no place in lines 2 and 5. It counts as one place of its own. Name the site where you can.",
        ];
        assert_eq!(lines_below(text, "To look at"), expected);
    }

    #[test]
    fn an_empty_log_says_how_to_start() {
        check(
            "date,pain\n",
            "\
pain.csv: 0 rows read, 0 used.

Understood
  Text is UTF-8, cells are separated by commas.
  Columns: date, pain.
  Whether dates lie in the future was not checked: a report does that by your last run, or by --as-of.
  There are no rows yet.

Days
  No day is rated yet. On days without pain, write site none and pain 0.

Nothing to correct.
",
        );
    }
}
