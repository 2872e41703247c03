//! Who was watched, injuries by exposure, weeks with trouble, time to the first, and what was flagged before onsets.

use super::{
    block::{Block, Line, Section, known},
    methods::mark,
    pictures::picture,
};
use crate::{
    epidemiology::{
        Crossover, Incidence, Pattern, Prevalence, Rates, Study, TELLING_MIN, Times, Watched,
    },
    pain::site_text,
    report::charts::Charts,
    rules,
    stats::{clustered_share::ClusteredShare, crossover::OddsRatio, poisson::Rate},
    units::{counted, number},
};

/// Pictures of these sections.
const MISSING: &str = "missing";
const CURVES: &str = "time-to-first";

/// Whether a picture stands in one of these sections.
pub(super) fn has_picture(id: &str) -> bool {
    [MISSING, CURVES].contains(&id)
}

/// Rows of patterns before onsets that are shown; the file has all.
const MOST_ROWS: usize = 12;

/// Empty where nobody was watched.
pub(super) fn sections(study: &Study, charts: &Charts) -> Vec<Section> {
    if study.watched.people == 0 {
        return Vec::new();
    }
    let sections = [
        Some(watched(&study.watched, charts)),
        Some(incidence(study)),
        prevalence(&study.prevalence),
        times(&study.times, charts),
        crossover(&study.crossover),
    ];
    sections.into_iter().flatten().collect()
}

fn table<const WIDTH: usize>(head: &[&'static str; WIDTH], rows: Vec<[String; WIDTH]>) -> Block {
    Block::table(
        head,
        rows.into_iter().map(|row| row.map(Line::from).to_vec()),
    )
}

fn watched(watched: &Watched, charts: &Charts) -> Section {
    let intro = "A runner is watched from the first to the last day that recordings and log share. Of each runner's own figures the median \
                 stands with the quartiles.";
    let rows = [together(watched), people(watched), of_each(watched)].concat();
    let blocks = [Block::paragraph(intro), table(&["what", "value"], rows)];
    let blocks = blocks.into_iter().chain(charts.get(MISSING).map(picture));
    let blocks = blocks.chain([by_week(watched)]).collect();
    Section::new("who-was-watched", "Who was watched", blocks).named("Watched")
}

fn row(what: &str, value: String) -> [String; 2] {
    [what.to_string(), value]
}

fn together(watched: &Watched) -> Vec<[String; 2]> {
    let exposure = &watched.exposure;
    vec![
        row("Runners", watched.people.to_string()),
        row("Days watched, together", watched.days.to_string()),
        row("Days with complete recordings", watched.covered.to_string()),
        row("Days with a row of the log", watched.logged.to_string()),
        row("Runs", exposure.runs.to_string()),
        row("Kilometres", number(exposure.distance_m / 1000.0, 0)),
        row("Hours", number(exposure.timer_s / 3600.0, 0)),
    ]
}

/// What the list of athletes says of them; nothing where there is none.
fn people(watched: &Watched) -> Vec<[String; 2]> {
    let [women, men, unknown] = watched.sexes.map(told);
    let is_known = watched.sexes[0] != Some(0) || watched.sexes[1] != Some(0);
    let sexes = is_known.then(|| {
        row(
            "Women, men, not known",
            format!("{women}, {men}, {unknown}"),
        )
    });
    let born = watched
        .birth_years
        .map(|_| row("Year of birth", quartiles(watched.birth_years, 0)));
    let groups = watched.groups.iter();
    let groups = groups.map(|(group, count)| row(&format!("Group {group}"), told(*count)));
    sexes.into_iter().chain(born).chain(groups).collect()
}

/// A count, or that it is too small to be told.
fn told(count: Option<usize>) -> String {
    count.map_or("few".to_string(), |count| count.to_string())
}

fn of_each(watched: &Watched) -> Vec<[String; 2]> {
    let logged = watched.share_logged.map(|three| three.map(percent_of));
    vec![
        row("Weeks watched a runner", quartiles(watched.weeks, 1)),
        row("Kilometres a week", quartiles(watched.km_a_week, 1)),
        row("Runs a week", quartiles(watched.runs_a_week, 1)),
        row("Days logged, percent", quartiles(logged, 0)),
    ]
}

fn percent_of(share: f64) -> f64 {
    100.0 * share
}

fn quartiles(three: Option<[f64; 3]>, decimals: usize) -> String {
    three.map_or("–".to_string(), |[low, middle, high]| {
        ranged([middle, low, high], decimals)
    })
}

/// `3.2 (2.9 to 3.5)`.
fn ranged(values: [f64; 3], decimals: usize) -> String {
    let [middle, low, high] = values.map(|value| number(value, decimals));
    format!("{middle} ({low} to {high})")
}

/// The first four weeks and every fourth one after.
fn by_week(watched: &Watched) -> Block {
    let weeks = (1..).zip(&watched.by_week);
    let shown = weeks.filter(|(week, _)| *week <= 4 || week % 4 == 0);
    let rows =
        shown.map(|(week, (all, known))| [week.to_string(), all.to_string(), known.to_string()]);
    Block::fold(
        "What is missing, by week of follow-up",
        vec![table(
            &["week", "watched", "five days known"],
            rows.collect(),
        )],
    )
}

fn rate(rate: Option<Rate>) -> String {
    rate.map_or("–".to_string(), |rate| {
        ranged([rate.rate, rate.low, rate.high], 2)
    })
}

fn incidence(study: &Study) -> Section {
    let rows = study.incidence.iter().flat_map(incidence_rows).collect();
    let head = [
        "injury",
        "which",
        "how many",
        "per 1,000 km",
        "per 1,000 h",
        "days hurt per 1,000 h",
    ];
    let note = "In brackets exact 95 % Poisson intervals, which take injuries of one runner for independent of each other. First ones are by \
                what was run before them, later ones by what was run after. What was there on a runner's first day began before and is none. \
                Which definition a study goes by decides the figure; none is more right than the others.";
    Section::new(
        "injuries-by-exposure",
        "Injuries by exposure",
        vec![table(&head, rows), Block::paragraph(note)],
    )
    .named("Injuries")
}

fn incidence_rows(one: &Incidence) -> Vec<[String; 6]> {
    let title = format!("{}{}", one.definition.title(), mark(one.planned));
    let of = counted(one.people, "runner", "runners");
    if one.hidden {
        let hidden = format!("{title} (too few runners to be told)");
        return vec![[hidden.as_str(), "all", "–", "–", "–", "–"].map(str::to_string)];
    }
    let who = match one.people {
        0 => format!("{title} (no log can tell)"),
        _ => format!("{title} ({} of {of})", one.hurt),
    };
    let row = |what: &str, which: &str, rates: &Rates, burden: String| {
        [
            what.to_string(),
            which.to_string(),
            rates.events.to_string(),
            rate(rates.by_distance),
            rate(rates.by_time),
            burden,
        ]
    };
    let [all, first, later] = &one.rates;
    vec![
        row(&who, "all", all, known(one.burden, 1)),
        row("", "first", first, String::new()),
        row("", "later", later, String::new()),
    ]
}

fn prevalence(prevalence: &[Prevalence]) -> Option<Section> {
    let rows: Vec<[String; 4]> = prevalence.iter().map(prevalence_row).collect();
    let note = "Of the weeks for which the weekly questions were answered. The interval lets weeks of one runner be as alike as they are.";
    (!rows.is_empty()).then(|| {
        let head = ["weeks with", "percent (95 % range)", "weeks", "runners"];
        let blocks = vec![table(&head, rows), Block::paragraph(note)];
        Section::new("weeks-with-a-problem", "Weeks with a problem", blocks).named("Weeks")
    })
}

fn prevalence_row(one: &Prevalence) -> [String; 4] {
    let what = match one.of {
        "substantial" => "A substantial problem",
        _ => "Any problem",
    };
    let of = |cell: fn(&ClusteredShare) -> String| one.share.as_ref().map_or("–".to_string(), cell);
    [
        what.to_string(),
        of(|share| percent_ranged([share.share, share.low, share.high])),
        of(|share| share.looks.to_string()),
        of(|share| share.people.to_string()),
    ]
}

fn percent_ranged(shares: [f64; 3]) -> String {
    ranged(shares.map(percent_of), 0)
}

fn times(times: &[Times], charts: &Charts) -> Option<Section> {
    let with_events = times.iter().filter(|one| !one.steps.is_empty());
    let blocks: Vec<Block> = with_events.flat_map(one_time).collect();
    (!blocks.is_empty()).then(|| {
        let note = "Kaplan and Meier's curve: the share of runners without a first injury, from their own first day on, with whoever is no \
                    longer watched taken out from then on.";
        let first = [Block::paragraph(note)].into_iter();
        let first = first.chain(charts.get(CURVES).map(picture));
        let blocks = first.chain(blocks).collect();
        Section::new("time-to-the-first", "Time to the first injury", blocks).named("First injury")
    })
}

fn one_time(times: &Times) -> [Block; 2] {
    let head = [
        "day",
        "first ones until then",
        "watched without one",
        "percent without one (95 % range)",
    ];
    [
        Block::paragraph(format!("{}:", times.definition.title())),
        table(&head, free_rows(times)),
    ]
}

/// The first day, then those from the last before the first injury on.
fn free_rows(times: &Times) -> Vec<[String; 4]> {
    let rows = times.at_risk.iter().map(|(day, watched)| {
        let until = || times.steps.iter().take_while(|step| step.day <= *day);
        let events = until().map(|step| step.events).sum::<u64>();
        (
            events,
            [
                day.to_string(),
                events.to_string(),
                watched.to_string(),
                free_until(times, *day),
            ],
        )
    });
    let rows: Vec<(u64, [String; 4])> = rows.collect();
    let before = rows.iter().take_while(|(events, _)| *events == 0).count();
    let told = |at: usize| at == 0 || at + 1 >= before;
    let rows = rows.into_iter().enumerate().filter(|(at, _)| told(*at));
    rows.map(|(_, (_, row))| row).collect()
}

fn free_until(times: &Times, day: u32) -> String {
    let steps = times.steps.iter().take_while(|step| step.day <= day);
    steps.last().map_or("100".to_string(), |step| {
        percent_ranged([step.free, step.low, step.high])
    })
}

fn crossover(crossover: &[Crossover]) -> Option<Section> {
    let told = crossover.iter().filter(|one| one.odds.is_some());
    let rows: Vec<[String; 6]> = told.take(MOST_ROWS).map(crossover_row).collect();
    let few = crossover.iter().filter(|one| is_too_few(one)).count();
    if rows.is_empty() && few == 0 {
        return None;
    }
    let note = Block::paragraph(crossover_note(few));
    let rows = (!rows.is_empty()).then(|| table(&CROSSOVER, rows));
    let blocks = [Some(note), rows].into_iter().flatten().collect();
    let title = "What was flagged before new pain";
    Some(Section::new("before-new-pain", title, blocks).named("Before pain"))
}

const CROSSOVER: [&str; 6] = [
    "flagged before",
    "pain at",
    "odds ratio (95 % range)",
    "onsets (telling)",
    "p",
    "q",
];

fn is_too_few(one: &Crossover) -> bool {
    one.pattern.site.is_none() && one.odds.is_none()
}

fn crossover_note(few: usize) -> String {
    format!(
        "Was a rule's flag up on the day of a new spell of pain, or in the seven days before it, more often than on the same weekdays of the \
         same four weeks of the same runner? Weekday, season and the runner are taken out by that. An onset can tell where its days differ; \
         with fewer than {TELLING_MIN} such onsets there is no ratio ({} at all places together). q is over the rules at all places.",
        counted(few, "rule", "rules")
    )
}

fn crossover_row(one: &Crossover) -> [String; 6] {
    let Pattern { rule, site } = one.pattern;
    let telling = one.odds.map_or(0, |odds| odds.telling);
    [
        rules::rule(rule)
            .map_or(rule, |rule| rule.title)
            .to_string()
            + mark(one.planned),
        site.map_or("any place".to_string(), |site| site_text(site, None)),
        one.odds.map_or("–".to_string(), odds_text),
        format!("{} ({telling})", one.sets),
        known(one.odds.map(|odds| odds.p), 3),
        known(one.q, 3),
    ]
}

fn odds_text(odds: OddsRatio) -> String {
    let low = number(odds.low, 1);
    let high = odds
        .high
        .map_or("no end".to_string(), |high| number(high, 1));
    format!("{} ({low} to {high})", known(odds.ratio, 1))
}
