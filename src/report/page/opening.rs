//! The top of the page: which day it speaks from, what is asked first, what is known, and what was left out.

use super::{
    block::{Block, Line, Target},
    card, figure, week,
};
use crate::{
    analysis::Analysis,
    problem::Problem,
    report::{
        charts::Charts,
        lost::{self, Naming},
        since::News,
        verdict::Verdict,
    },
    rules::{Finding, Severity, triage},
    time,
    units::{counted, number},
    words::sentence_case,
};

/// The first screen: the card, what is new, the next run, and what was left out: before the card where nothing is asked or much was
/// lost, since it is what the card leaves open; else last of all.
pub(super) fn blocks(
    analysis: &Analysis,
    charts: &Charts,
    verdict: &Verdict,
    news: Option<&News>,
) -> Vec<Block> {
    let mut card = vec![card::block(analysis, verdict)];
    card.extend(figure::block(analysis, charts, verdict));
    card.extend(week::numbers(analysis));
    let lost = lost(analysis);
    // Without a run the line above says so, and nothing may stand before a red flag.
    let is_loud = lost::is_loud(analysis) && !analysis.is_log_alone();
    let is_first = verdict.asked().next().is_none() || is_loud;
    let (before, behind) = match is_first {
        true => (lost, Vec::new()),
        false => (Vec::new(), lost),
    };
    let mut blocks = [before, card].concat();
    blocks.extend(news.map(|news| Block::Paragraph(new_since(news))));
    blocks.extend(week::bucket(analysis));
    blocks.extend(below(analysis, verdict));
    blocks.extend(behind);
    blocks
}

/// `**New since 5 Oct 2025:** Right shin: it hurts even at rest · …`.
pub(super) fn new_since(news: &News) -> Line {
    let said = news.said().into_iter().map(|(when, what)| {
        let what = format!(" {}.", what.join(" · "));
        Line::new().strong(when).text(what)
    });
    news.nothing()
        .map_or_else(|| Line::joined(said, " "), Line::from)
}

/// The day it speaks from, and what it is about.
pub(super) fn about(analysis: &Analysis) -> Line {
    totals(analysis)
}

/// The sentences that are always said.
pub(super) fn closing(analysis: &Analysis) -> Vec<Line> {
    let always = format!(
        "{} This is not medical advice and no diagnosis.",
        triage::ALWAYS_SAID
    );
    vec![always.into(), made_with(analysis).into()]
}

/// What a second report must have in common with this one to be the same.
fn made_with(analysis: &Analysis) -> String {
    let limits = match analysis.limits.changed().len() {
        0 => "no limit changed".to_string(),
        changed => format!("{} changed", counted(changed, "limit", "limits")),
    };
    let load = match analysis.is_log_alone() {
        true => String::new(),
        false => format!(
            "; distances in {}, load as {}",
            analysis.units.distance_label(),
            analysis.history.load_unit.as_str()
        ),
    };
    format!(
        "niggle {}; as of {}, {}{load}; {limits}. What was read: {}.",
        env!("CARGO_PKG_VERSION"),
        time::date_text(analysis.history.as_of),
        analysis.day_from.label(),
        analysis.digest
    )
}

/// What was left out, with an example of each kind where names are shown.
fn lost(analysis: &Analysis) -> Vec<Block> {
    let shown = lost_naming(analysis, Naming::Examples);
    let withheld = lost_naming(analysis, Naming::NoFiles);
    match shown.is_empty() {
        true => Vec::new(),
        false => vec![Block::Named { shown, withheld }],
    }
}

fn lost_naming(analysis: &Analysis, naming: Naming) -> Vec<Block> {
    let recordings = lost::recordings(analysis, naming).filter(|_| lost::is_loud(analysis));
    let no_run = lost::no_run(analysis, naming).into_iter();
    let loud: Vec<Line> = no_run
        .chain(recordings)
        .map(|lost| loud_line(&lost))
        .collect();
    let mut lines = lost::lines(analysis, naming);
    if naming == Naming::NoFiles {
        lines = lines.iter().map(|line| nameless(analysis, line)).collect();
    }
    let others = lines.iter().skip(loud.len());
    let others: Vec<Line> = others.map(|line| Line::prose(line)).collect();
    let all = loud.into_iter().chain(others);
    all.map(Block::Paragraph).collect()
}

/// The line with no name of a file that niggle knows: remarks on the log have them in their words.
fn nameless(analysis: &Analysis, line: &str) -> String {
    let files = analysis.problems.iter().map(Problem::file);
    let names = files.chain(analysis.pain.place.as_deref());
    let mut names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let said = names
        .into_iter()
        .fold(line.to_string(), |said, name| said.replace(name, "a file"));
    sentence_case(&said)
}

/// `**35 of 42 recordings could not be used, …** The run is dated …`
fn loud_line(lost: &lost::Recordings) -> Line {
    let said = Line::new().strong(lost.said.as_str());
    match lost.reasons.is_empty() {
        true => said,
        false => Line::joined(vec![said, Line::prose(&lost.reasons)], " "),
    }
}

/// `As of **Sun 12 Oct 2025**, your last recorded day. **6 Jan – 12 Oct 2025** · 144 runs · …`
fn totals(analysis: &Analysis) -> Line {
    let history = &analysis.history;
    let period = history
        .period()
        .map(|(from, to)| time::period_text(from, to));
    let (runs, logged) = (runs_line(analysis), logged(analysis));
    Line::from("As of ")
        .strong(time::weekday_date_text(history.as_of))
        .text(format!(", {}. ", analysis.day_from.label()))
        .strong(period.unwrap_or_default())
        .text(" · ")
        .line(runs)
        .text(format!(" · {logged}"))
}

/// How many runs there are, and how far they go together.
fn runs_line(analysis: &Analysis) -> Line {
    match analysis.history.runs.len() {
        0 => Line::new().strong("no run read"),
        runs => {
            let runs = counted(runs, "run", "runs");
            format!("{runs} · {}", distance_text(analysis)).into()
        }
    }
}

/// How far all runs go together.
fn distance_text(analysis: &Analysis) -> String {
    let units = analysis.units;
    let metres: f64 = analysis
        .history
        .runs
        .iter()
        .filter_map(|run| run.distance_m)
        .sum();
    format!(
        "{} {}",
        number(units.distance(metres), 0),
        units.distance_label()
    )
}

/// On how many days pain was logged.
fn logged(analysis: &Analysis) -> String {
    let history = &analysis.history;
    let days = counted(history.days.len(), "day", "days");
    match &analysis.pain.place {
        Some(_) => format!("pain logged on {} of {days}", history.days_logged()),
        None => "no pain log".to_string(),
    }
}

/// How much else there is, in numbers that can be counted below.
fn below(analysis: &Analysis, verdict: &Verdict) -> Option<Block> {
    let (asking, telling) = others(verdict);
    debug_assert!(asking + telling <= analysis.findings.len());
    let more = more(asking, telling).map(Line::from);
    let lines: Vec<Line> = more.into_iter().chain(unseen(verdict)).collect();
    (!lines.is_empty()).then(|| Block::Paragraph(Line::joined(lines, " ")))
}

/// Other findings, in numbers.
fn more(asking: usize, telling: usize) -> Option<String> {
    let information = format!("{telling} for information");
    let findings = counted(asking, "more finding", "more findings");
    match (asking, telling) {
        (0, 0) => None,
        (0, _) => Some(format!("Below, of the last 14 days: {information}.")),
        (_, 0) => Some(format!("{findings} of the last 14 days: see below.")),
        _ => Some(format!(
            "{findings} of the last 14 days, plus {information}: see below."
        )),
    }
}

/// What could not be looked at, and where it says why.
fn unseen(verdict: &Verdict) -> Option<Line> {
    let where_it_says = Target::Section("what-could-not-be-judged");
    let words = Line::from(unseen_words(verdict)?);
    Some(
        words
            .link(where_it_says, "What could not be judged")
            .text("."),
    )
}

fn unseen_words(verdict: &Verdict) -> Option<String> {
    let patterns = counted(verdict.unseen, "pattern", "patterns");
    match (verdict.looked, verdict.unseen) {
        (false, _) => Some("What is missing: see ".to_string()),
        (true, 0) => None,
        _ => Some(format!(
            "For {patterns} there was too little to look at: see "
        )),
    }
}

/// Findings that are not said at the top: those that ask or give reasons, and those for information.
pub(super) fn others(verdict: &Verdict) -> (usize, usize) {
    let findings = verdict
        .rungs
        .iter()
        .flat_map(|rung| rung.findings.iter().copied());
    let others: Vec<&Finding> = findings
        .filter(|finding| !verdict.is_at_top(finding))
        .collect();
    let is_asking = |finding: &&&Finding| finding.severity >= Severity::Watch;
    let asking = others.iter().filter(is_asking).count();
    (asking, others.len() - asking)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::DayFrom,
        pain::{PainLog, Side, Site},
        report::{
            charts::fixtures::{pain, regular},
            markdown, verdict,
        },
        rules::fixture::finding,
    };

    fn at(
        rule: &'static str,
        severity: Severity,
        site: Option<Site>,
    ) -> impl Fn(&Analysis) -> Finding {
        move |analysis| {
            let day = analysis.history.as_of;
            let (message, instruction) = (format!("Fact of {rule}."), format!("Do {rule} today."));
            Finding {
                severity,
                site,
                message,
                instruction,
                ..finding(rule, day, day)
            }
        }
    }

    fn top(analysis: &Analysis) -> String {
        markdown::blocks(&blocks(
            analysis,
            &Charts::default(),
            &verdict::of(analysis),
            None,
        ))
    }

    /// The opening of a runner of eight weeks with an all-clear log and these findings.
    fn opening(findings: &[&dyn Fn(&Analysis) -> Finding]) -> String {
        let mut analysis = regular(8);
        let entries = vec![pain(analysis.history.as_of, Site::None, None, 0.0)];
        analysis.pain = PainLog {
            place: Some("pain.csv".to_string()),
            entries,
            ..PainLog::default()
        };
        analysis.findings = findings.iter().map(|finding| finding(&analysis)).collect();
        top(&analysis)
    }

    #[test]
    fn the_first_line_names_the_day_and_where_it_is_from() {
        let mut analysis = regular(8);
        for (day_from, words) in [
            (
                DayFrom::LastRecord,
                "As of **Thu 6 Mar 2025**, your last recorded day. **13 Jan – 6 Mar 2025** · ",
            ),
            (
                DayFrom::Given,
                "As of **Thu 6 Mar 2025**, the day you gave with --as-of. ",
            ),
            (DayFrom::Clock, "As of **Thu 6 Mar 2025**, today. "),
        ] {
            analysis.day_from = day_from;
            let text = markdown::line(&about(&analysis));
            assert!(text.starts_with(words), "{text}");
        }
    }

    #[test]
    fn one_line_a_place_with_its_one_instruction_and_the_others_counted() {
        use Severity::*;
        let (shin, knee) = (Some(Site::Shin), Some(Site::Knee));
        let (week, rising) = (
            at("pain-over-a-week", SeeSomeone, shin),
            at("pain-rising", Watch, shin),
        );
        let (hotspot, sleep) = (
            at("pain-hotspot", Note, shin),
            at("sleep-short", Watch, None),
        );
        let during = at("pain-during-run", EaseOff, knee);
        let text = opening(&[&sleep, &rising, &hotspot, &during, &week]);
        let lines = [
            "**Have it looked at:** Shin: sore for days\n\n- Fact of pain-over-a-week.\n\n**Do pain-over-a-week today.** ",
            "Until it has been seen: easy days, and no run that makes it hurt. A doctor or physiotherapist this week; the same day if it ",
            "will not carry you or quickly gets worse.\n\n",
            "- **Ease off:** Fact of pain-during-run. Do pain-during-run today.\n\n",
        ];
        assert!(text.contains(&lines.concat()), "{text}");
        assert!(
            !text.contains("sleep-short"),
            "of sleep and running nothing stands in an alarm: {text}"
        );
        let counted = "2 more findings of the last 14 days, plus 1 for information: see below.";
        assert!(text.contains(counted), "{text}");
        assert!(!text.contains("nothing to ask about"));
        assert!(!opening(&[&week]).contains("see below"));
        assert!(
            opening(&[&week, &rising]).contains("1 more finding of the last 14 days: see below.")
        );
    }

    #[test]
    fn without_anything_asked_it_says_what_is_known() {
        let calm = opening(&[]);
        assert!(
            calm.contains("**In the last 14 days:** Nothing to ask about\n")
                && calm.contains(
                    "In the last 14 days your running shows nothing to ask about, and no place"
                ),
            "{calm}"
        );
        let noted = opening(&[&at("pain-hotspot", Severity::Note, Some(Site::Knee))]);
        assert!(
            noted.contains("nothing to ask about")
                && noted.contains("Below, of the last 14 days: 1 for information.")
        );
        let mut analysis = regular(8);
        analysis.pain = PainLog::default();
        analysis.findings.clear();
        let text = top(&analysis);
        let known = "**In the last 14 days:** Your running only\n\n- About pain nothing is known: there is no pain log.\n";
        assert!(
            text.contains(known) && !text.contains("nothing to ask about"),
            "{text}"
        );
    }

    #[test]
    fn what_was_left_out_stands_before_comfort_and_after_what_is_asked() {
        let mut analysis = regular(8);
        let day = analysis.history.as_of;
        analysis.pain.remarks = vec!["Your notes were not searched.".to_string()];
        analysis.pain.entries = vec![pain(day, Site::Shin, Some(Side::Right), 0.0)];
        analysis.pain.place = Some("pain.csv".to_string());
        analysis.findings.clear();
        let order = |analysis: &Analysis, other: &str| {
            let text = top(analysis);
            let find = |words: &str| {
                text.find(words)
                    .unwrap_or_else(|| panic!("{words}: {text}"))
            };
            find("Your notes were not searched.") < find(other)
        };
        assert!(order(&analysis, "nothing to ask about"));
        analysis.findings = vec![at("time-loss", Severity::SeeSomeone, None)(&analysis)];
        assert!(!order(&analysis, "**Have it looked at:**"));
    }

    #[test]
    fn a_page_to_hand_over_names_no_log() {
        let mut analysis = regular(8);
        analysis.pain.place = Some("secret/pain.csv".to_string());
        let said = "secret/pain.csv was taken for your pain log by its columns.";
        let shown = nameless(&analysis, said);
        assert_eq!(shown, "A file was taken for your pain log by its columns.");
    }
}
