//! Who was watched, injuries by exposure, weeks with trouble, time to the first, and what was flagged before onsets.

use super::block::{Block, Line, Section, known};
use crate::{
    epidemiology::{Crossover, Incidence, Prevalence, Rates, Study, TELLING_MIN, Times, Watched},
    pain::site_text,
    rules,
    stats::poisson::Rate,
    units::{counted, number},
};

/// Rows of patterns before onsets that are shown; the file has all.
const MOST_ROWS: usize = 12;

/// Empty where nobody was watched.
pub(super) fn sections(study: &Study) -> Vec<Section> {
    if study.watched.people == 0 {
        return Vec::new();
    }
    let sections = [
        Some(watched(&study.watched)),
        Some(incidence(study)),
        prevalence(&study.prevalence),
        times(&study.times),
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

fn watched(watched: &Watched) -> Section {
    let quartiles = |three: Option<[f64; 3]>, scale: f64, decimals: usize| {
        three.map_or("–".to_string(), |[low, middle, high]| {
            let shown = |value: f64| number(value * scale, decimals);
            format!("{} ({} to {})", shown(middle), shown(low), shown(high))
        })
    };
    let row = |what: &str, value: String| [what.to_string(), value];
    let rows = vec![
        row("Runners", watched.people.to_string()),
        row("Days watched, together", watched.days.to_string()),
        row("Days with complete recordings", watched.covered.to_string()),
        row("Days with a row of the log", watched.logged.to_string()),
        row("Runs", watched.exposure.runs.to_string()),
        row(
            "Kilometres",
            number(watched.exposure.distance_m / 1000.0, 0),
        ),
        row("Hours", number(watched.exposure.timer_s / 3600.0, 0)),
        row("Weeks watched a runner", quartiles(watched.weeks, 1.0, 1)),
        row("Kilometres a week", quartiles(watched.km_a_week, 1.0, 1)),
        row("Runs a week", quartiles(watched.runs_a_week, 1.0, 1)),
        row(
            "Days logged, percent",
            quartiles(watched.share_logged, 100.0, 0),
        ),
    ];
    let intro = "A runner is watched from the first to the last day that recordings and log share. Of each runner's own figures the median \
                 stands with the quartiles.";
    Section::new(
        "who-was-watched",
        "Who was watched",
        vec![
            Block::paragraph(intro),
            table(&["what", "value"], rows),
            by_week(watched),
        ],
    )
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
        let shown = |value: f64| number(value, 2);
        format!(
            "{} ({} to {})",
            shown(rate.rate),
            shown(rate.low),
            shown(rate.high)
        )
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
}

fn incidence_rows(one: &Incidence) -> Vec<[String; 6]> {
    let title = one.definition.title();
    let of = counted(one.people, "runner", "runners");
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
    let row = |one: &Prevalence| {
        let what = match one.of {
            "substantial" => "A substantial problem",
            _ => "Any problem",
        };
        let percent = |value: f64| number(100.0 * value, 0);
        let share = one.share;
        [
            what.to_string(),
            share.map_or("–".to_string(), |share| {
                format!(
                    "{} ({} to {})",
                    percent(share.share),
                    percent(share.low),
                    percent(share.high)
                )
            }),
            share.map_or("–".to_string(), |share| share.looks.to_string()),
            share.map_or("–".to_string(), |share| share.people.to_string()),
        ]
    };
    let rows: Vec<[String; 4]> = prevalence.iter().map(row).collect();
    let note = "Of the weeks for which the weekly questions were answered. The interval lets weeks of one runner be as alike as they are.";
    (!rows.is_empty()).then(|| {
        let head = ["weeks with", "percent (95 % range)", "weeks", "runners"];
        Section::new(
            "weeks-with-a-problem",
            "Weeks with a problem",
            vec![table(&head, rows), Block::paragraph(note)],
        )
    })
}

fn times(times: &[Times]) -> Option<Section> {
    let with_events = times.iter().filter(|one| !one.steps.is_empty());
    let blocks: Vec<Block> = with_events.flat_map(one_time).collect();
    (!blocks.is_empty()).then(|| {
        let note = "Kaplan and Meier's curve: the share of runners without a first injury, from their own first day on, with whoever is no \
                    longer watched taken out from then on.";
        let blocks = [Block::paragraph(note)].into_iter().chain(blocks).collect();
        Section::new("time-to-the-first", "Time to the first injury", blocks)
    })
}

fn one_time(times: &Times) -> [Block; 2] {
    let until = |day: u32| times.steps.iter().take_while(|step| step.day <= day).last();
    let percent = |value: f64| number(100.0 * value, 0);
    let row = |(day, watched): &(u32, u64)| {
        let free = until(*day).map_or("100".to_string(), |step| {
            format!(
                "{} ({} to {})",
                percent(step.free),
                percent(step.low),
                percent(step.high)
            )
        });
        [day.to_string(), watched.to_string(), free]
    };
    let head = [
        "day",
        "watched without one",
        "percent without one (95 % range)",
    ];
    [
        Block::paragraph(format!("{}:", times.definition.title())),
        table(&head, times.at_risk.iter().map(row).collect()),
    ]
}

fn crossover(crossover: &[Crossover]) -> Option<Section> {
    let told = crossover.iter().filter(|one| one.odds.is_some());
    let rows: Vec<[String; 6]> = told.clone().take(MOST_ROWS).map(crossover_row).collect();
    let few = crossover
        .iter()
        .filter(|one| one.pattern.site.is_none() && one.odds.is_none());
    let few = few.count();
    if rows.is_empty() && few == 0 {
        return None;
    }
    let note = format!(
        "Was a rule's flag up on the day of a new spell of pain, or in the seven days before it, more often than on the same weekdays of the \
         same four weeks of the same runner? Weekday, season and the runner are taken out by that. An onset can tell where its days differ; \
         with fewer than {TELLING_MIN} such onsets there is no ratio ({} at all places together). q is over the rules at all places.",
        counted(few, "rule", "rules")
    );
    let head = [
        "flagged before",
        "pain at",
        "odds ratio (95 % range)",
        "onsets (telling)",
        "p",
        "q",
    ];
    let mut blocks = vec![Block::paragraph(note)];
    if !rows.is_empty() {
        blocks.push(table(&head, rows));
    }
    Some(Section::new(
        "before-new-pain",
        "What was flagged before new pain",
        blocks,
    ))
}

fn crossover_row(one: &Crossover) -> [String; 6] {
    let odds = one.odds;
    let range = odds.map_or("–".to_string(), |odds| {
        let high = odds
            .high
            .map_or("no end".to_string(), |high| number(high, 1));
        format!(
            "{} ({} to {high})",
            known(odds.ratio, 1),
            number(odds.low, 1)
        )
    });
    [
        rules::rule(one.pattern.rule)
            .map_or(one.pattern.rule, |rule| rule.title)
            .to_string(),
        one.pattern
            .site
            .map_or("any place".to_string(), |site| site_text(site, None)),
        range,
        format!("{} ({})", one.sets, odds.map_or(0, |odds| odds.telling)),
        known(odds.map(|odds| odds.p), 3),
        known(one.q, 3),
    ]
}
