//! The page about several runners.

use super::{
    block::{Block, Line, Page, Section, known},
    flow, methods, pictures, study,
};
use crate::{
    associate::{
        self, Exposure,
        cohort::{self, Cohort, Own, Pooled, RUNNERS_MIN, Remark, UnderGates},
    },
    report::{charts::Charts, cohort::ToldOfCohort},
    stats::within_dates::DRAWS,
    units::{Units, counted, number},
};

/// Load and pain in several runners: together, one by one, and what must be said with it.
pub(in crate::report) fn page(told: &ToldOfCohort, charts: &Charts) -> Page {
    let (cohort, study, units) = (told.cohort, told.study, told.units);
    let runners = counted(cohort.runners.len(), "runner", "runners");
    let mut sections: Vec<Section> = flow::section(told.flow, charts).into_iter().collect();
    sections.extend(study::sections(study, charts));
    sections.extend([together_by_pair(cohort, units, charts), one_by_one(cohort)]);
    sections.extend(remarks(
        ["left-out", "Left out", "Left out"],
        &cohort.left_out,
    ));
    sections.extend(remarks(
        ["to-be-known", "To be known", "Noted"],
        &cohort.noted,
    ));
    sections.extend([caveats(cohort), method()]);
    sections.push(methods::section(told));
    Page {
        title: format!("Load and pain in {runners}").into(),
        opening: opening(cohort),
        sections,
        ..Page::default()
    }
}

fn opening(cohort: &Cohort) -> Vec<Block> {
    let are_too_few = cohort.runners.len() < RUNNERS_MIN;
    let too_few = are_too_few.then(too_few);
    let blocks = [Some(who_takes_part(cohort)), too_few];
    blocks.into_iter().flatten().collect()
}

fn who_takes_part(cohort: &Cohort) -> Block {
    let (taking_part, left_out) = (cohort.runners.len(), cohort.left_out.len());
    let part = counted(taking_part, "runner takes part", "runners take part");
    Block::paragraph(format!(
        "{part}, {left_out} left out. Every runner is compared with their own other days, never with another runner: how much \
         someone runs or hurts in general is taken out, and so is what a date does to all of them. What goes together within the runners as a group says nothing about any one \
         of them."
    ))
}

fn too_few() -> Block {
    let none =
        format!("Fewer than {RUNNERS_MIN} runners have the days for a test, so none was made.");
    let line = Line::new().strong(none);
    Block::Paragraph(line.text(" What is missing is in the tables below."))
}

const POOLED: [&str; 11] = [
    "pain",
    "load before it",
    "runners",
    "days",
    "shared",
    "effective",
    "slope",
    "range",
    "r",
    "p",
    "q",
];

fn together_by_pair(cohort: &Cohort, units: Units, charts: &Charts) -> Section {
    let sentences = cohort
        .pairs
        .iter()
        .map(|pair| Line::from(cohort::sentence(pair, units)));
    let rows = cohort.pairs.iter().map(|pair| pooled_row(pair, units));
    let mut blocks: Vec<Block> = Block::list(sentences).into_iter().collect();
    blocks.push(Block::table(&POOLED, rows));
    blocks.push(Block::paragraph(the_columns(units)));
    blocks.extend(beside(&cohort.pairs, units));
    let drawn = charts
        .drawn
        .iter()
        .filter(|chart| chart.id != flow::PICTURE && !study::has_picture(chart.id));
    blocks.extend(drawn.map(pictures::picture));
    Section::new("all-runners-together", "All runners together", blocks).named("Together")
}

fn the_columns(units: Units) -> String {
    let [distance, height] = [Exposure::Distance1, Exposure::Descent3]
        .map(|exposure| cohort::slope_step(exposure, units).text);
    format!(
        "Slope is points of pain, of 10, for {distance} or {height} more, one for all runners, each at their own level. It is what the load \
         adds given today's run, given yesterday's pain and given both, whichever of the three shows least. What is common to a date is \
         taken out on the days that are shared with another runner. p is the share of {DRAWS} random draws that give as large a slope in \
         size (in the standard errors of the draw); in each of them every runner's load is turned around their own calendar by some number \
         of weeks. It is never below 0.0001. The range is the 95 % interval by the same draws, and leaves out 0 just where p is at most 0.05. r \
         is the slope in standard deviations. q allows for the number of tests."
    )
}

const BESIDE: [&str; 6] = [
    "pain, load before it",
    "rmcorr (range)",
    "runners' own rho together (range)",
    "differ by",
    "slope, more runners let in",
    "slope, fewer let in",
];

/// What is looked at beside the tests. None where no pair was tested.
fn beside(pairs: &[Pooled], units: Units) -> Option<Block> {
    let tested = pairs.iter().filter(|pair| pair.r.is_some());
    let rows: Vec<Vec<Line>> = tested.map(|pair| beside_row(pair, units)).collect();
    (!rows.is_empty()).then(|| {
        let blocks = vec![
            Block::table(&BESIDE, rows),
            Block::paragraph(BESIDE_COLUMNS),
        ];
        Block::fold(
            "The field's habit, how far runners differ, and other gates",
            blocks,
        )
    })
}

const BESIDE_COLUMNS: &str = "rmcorr is the repeated-measures correlation of the days as they were logged, which many papers give: its range takes every day for new \
     and leaves out 0 far too often where neighbouring days are alike, and nothing is taken out for dates, today's run or yesterday's pain. \
     The runners' own rho are put together each by what it leaves uncertain; they differ by that standard deviation beyond chance, and the \
     percentage is the share of their differences beyond chance. More runners are let in with 28 days, 40 % logged and 5 days each with and \
     without pain; fewer with 84 days, 80 % and 20. None of these is one of the tests.";

fn beside_row(pair: &Pooled, units: Units) -> Vec<Line> {
    let beside = &pair.beside;
    let with_range = |value: Option<f64>, low, high| match value {
        Some(value) => format!("{} ({})", number(value, 2), range(low, high)),
        None => "–".to_string(),
    };
    let differ = beside.own_sd.zip(beside.own_i2);
    let differ = differ.map(|(sd, i2)| format!("{} ({} %)", number(sd, 2), number(100.0 * i2, 0)));
    let step = cohort::slope_step(pair.exposure, units);
    let per_step = |slope: Option<f64>| slope.map(|slope| slope * step.metres);
    let under = |under: &UnderGates| {
        let slope = with_range(
            per_step(under.slope_per_m),
            per_step(under.slope_ci_low),
            per_step(under.slope_ci_high),
        );
        format!("{slope}, {}", counted(under.runners, "runner", "runners"))
    };
    let first = [
        format!("{}, {}", cohort::pain_title(pair), pair.exposure.title()),
        with_range(beside.rm_r, beside.rm_ci_low, beside.rm_ci_high),
        with_range(beside.own_mean, beside.own_ci_low, beside.own_ci_high),
        differ.unwrap_or("–".to_string()),
    ];
    let others = beside.other_gates.iter().map(under);
    first.into_iter().chain(others).map(Line::from).collect()
}

fn range(low: Option<f64>, high: Option<f64>) -> String {
    low.zip(high).map_or("–".to_string(), |(low, high)| {
        format!("{} to {}", number(low, 2), number(high, 2))
    })
}

fn pooled_row(pair: &Pooled, units: Units) -> Vec<Line> {
    let step = cohort::slope_step(pair.exposure, units);
    let slope = |slope: Option<f64>| slope.map(|slope| slope * step.metres);
    let shared = pair.days_shared;
    let cells = [
        cohort::pain_title(pair).to_string(),
        format!("{}{}", pair.exposure.title(), methods::mark(pair.planned)),
        pair.runners.to_string(),
        pair.n.to_string(),
        shared.map_or("–".to_string(), |days| days.to_string()),
        known(pair.n_eff, 0),
        known(slope(pair.slope_per_m), 2),
        range(slope(pair.slope_ci_low), slope(pair.slope_ci_high)),
        known(pair.r, 2),
        known(pair.p, 4),
    ];
    cells
        .into_iter()
        .map(Line::from)
        .chain([q_cell(pair)])
        .collect()
}

fn q_cell(pair: &Pooled) -> Line {
    let q = known(pair.q, 4);
    if pair.flagged {
        Line::new().strong(q)
    } else {
        q.into()
    }
}

const OWN: [&str; 6] = [
    "runner",
    "days",
    "effective",
    "rho",
    "range",
    "takes no part because",
];

fn one_by_one(cohort: &Cohort) -> Section {
    let pairs = cohort.pairs.iter().filter(|pair| !pair.own.is_empty());
    let tables = pairs.flat_map(own_table);
    let alone = Block::Paragraph(Line::prose(ALONE));
    Section::new(
        "runner-by-runner",
        "Runner by runner",
        tables.chain([alone]).collect(),
    )
    .named("One by one")
}

const ALONE: &str = "rho is the rank correlation of the runner's own days given today's run and yesterday's pain, the season taken out, the range its 95 % interval with the effective number of days. \
     No runner is tested alone here; `niggle report` on a runner's folder does that.";

/// Every runner of a pair, under its name.
fn own_table(pair: &Pooled) -> [Block; 2] {
    let title = format!("{}, {}", cohort::pain_title(pair), pair.exposure.title());
    let table = Block::table(&OWN, pair.own.iter().map(own_row));
    [Block::paragraph(title), table]
}

fn own_row(own: &Own) -> Vec<Line> {
    let cells = [
        own.runner.clone(),
        own.n.to_string(),
        known(own.n_eff, 0),
        known(own.rho, 2),
        range(own.ci_low, own.ci_high),
        own.gate.clone().unwrap_or_default(),
    ];
    cells.map(Line::from).to_vec()
}

fn remarks([id, title, nav]: [&'static str; 3], remarks: &[Remark]) -> Option<Section> {
    let list = Block::list(remarks.iter().map(remark_line))?;
    Some(Section::new(id, title, vec![list]).named(nav))
}

fn remark_line(remark: &Remark) -> Line {
    format!("{}: {}", remark.runner, remark.what).into()
}

const OF_A_GROUP: [&str; 4] = [
    "A figure for a group is not one for a runner: some may have no link, or one that points the other way.",
    "Differences between runners are taken out, so nothing here says whether people who run more hurt more.",
    "What a date does to all runners alike (weather, a holiday, a common plan) is taken out where several have that date; what it does to \
     some of them alone, or more to some than to others, is not.",
    "These runners are those who logged their pain for long enough; others may differ.",
];

fn caveats(cohort: &Cohort) -> Section {
    let list = caveat_list(cohort).into_iter().collect();
    let title = "What must be said with it";
    Section::new("what-must-be-said-with-it", title, list).named("Caveats")
}

/// What is always to be said, and what of a group.
fn caveat_list(cohort: &Cohort) -> Option<Block> {
    let always = associate::must_be_said(cohort.days_logged, cohort.days_covered, cohort.tests);
    let of_a_group = OF_A_GROUP.map(Line::from);
    Block::list(always.into_iter().map(Line::from).chain(of_a_group))
}

fn method() -> Section {
    let lines: [Line; 6] = [
        PAIN_OF_A_DAY.into(),
        LOAD_BEFORE.into(),
        taking_part().into(),
        TREND.into(),
        bold_q(),
        TOLD_APART.into(),
    ];
    let list = Block::list(lines).into_iter().collect();
    Section::new("how-this-was-made", "How this was made", list).named("Method")
}

const PAIN_OF_A_DAY: &str = "Pain is a runner's highest rating of the day over all limbs and the lower back for distance, since runners do not hurt at the \
     same place; over knee, kneecap, quad and outer knee for descent; over calf, Achilles and foot for ascent. Where at least 80 % of \
     a runner's logged days have a morning rating, the mornings alone count. A rating that came from a word does not.";

const LOAD_BEFORE: &str = "The load lies strictly before the pain. These four pairs were fixed in advance; nothing else was tested.";

const TREND: &str = "A centred 28-day running mean is taken off the load, today's run and the pain of every runner.";

const TOLD_APART: &str = "Runners are told apart by their folders, and each activity of a runner counts once. Whether two folders belong to one person is \
     only noticed when their days are the same to the last.";

fn taking_part() -> String {
    let gates = associate::GATES;
    format!(
        "A runner takes part in a pair with at least {} logged days with a known load, {:.0} % of the days logged, {} days with \
         pain of 1 or more, {} logged as free of pain and {} different scores; a test needs {RUNNERS_MIN} runners.",
        gates.tested_days_min,
        gates.coverage_min * 100.0,
        gates.pain_days_min,
        gates.zero_days_min,
        gates.distinct_min,
    )
}

fn bold_q() -> Line {
    let gates = associate::GATES;
    let q = number(gates.flag_q_max, 2);
    Line::new().strong("Bold").text(format!(
        " q: at most {q}, with the whole range above 0 and {:.0} effective days. Less pain after more load is never bold: it usually means \
         that runners rest when it hurts.",
        gates.n_eff_min
    ))
}
