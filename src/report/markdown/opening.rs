//! The top of the page: which day it speaks from, what is asked first, what is known, and what was left out.

use super::findings::loudness;
use crate::{
    analysis::Analysis,
    report::{lost, text::escaped, verdict::Verdict},
    rules::{Finding, Severity, triage},
    time,
    units::{counted, number},
};

/// Title, the day and the totals, the sentence that is always said, the verdict, and what was left out: before the verdict where
/// nothing is asked, since it is what the verdict leaves open.
pub(super) fn section(analysis: &Analysis, verdict: &Verdict) -> String {
    let mut out = format!("# Your running and your pain\n\n{}\n\n", totals(analysis));
    out.push_str(&format!("> {} This is not medical advice and no diagnosis.\n\n", triage::ALWAYS_SAID));
    let lost: String = lost::lines(analysis).iter().map(|line| format!("{}\n\n", escaped(line))).collect();
    let parts = match verdict.asked().next() {
        Some(_) => [asked(verdict), known(verdict), lost],
        None => [lost, calm(verdict), known(verdict)],
    };
    out + &parts.concat() + &below(analysis, verdict)
}

/// `As of **Sun 12 Oct 2025**, your last recorded day. **6 Jan – 12 Oct 2025** · 144 runs · …`
fn totals(analysis: &Analysis) -> String {
    let history = &analysis.history;
    let period = history.period().map(|(from, to)| time::period_text(from, to)).unwrap_or_default();
    let metres: f64 = history.runs.iter().filter_map(|run| run.distance_m).sum();
    let units = analysis.units;
    let logged = history.days.iter().filter(|day| day.pain_max.is_some()).count();
    let pain = match &analysis.pain.place {
        Some(_) => format!("pain logged on {} of {}", logged, counted(history.days.len(), "day", "days")),
        None => "no pain log".to_string(),
    };
    format!(
        "As of **{}**, {}. **{period}** · {} · {} {} · {pain}",
        time::weekday_date_text(history.as_of),
        analysis.day_from.label(),
        counted(history.runs.len(), "run", "runs"),
        number(units.distance(metres), 0),
        units.distance_label(),
    )
}

/// The one thing to do first, in its own words, then a line for each other place.
fn asked(verdict: &Verdict) -> String {
    let mut out = String::new();
    for (n, rung) in verdict.at_top().enumerate() {
        let line = format!("**{}:** {}\n", loudness(rung.severity()), escaped(&rung.text()));
        out.push_str(&if n == 0 { format!("{line}\n") } else { format!("- {line}") });
    }
    if out.ends_with("\n\n") { out } else { out + "\n" }
}

fn known(verdict: &Verdict) -> String {
    if verdict.known.is_empty() {
        return String::new();
    }
    let what = if verdict.asked().next().is_some() { "Beside that:" } else { "**What is known of the last 14 days:**" };
    let lines: String = verdict.known.iter().map(|line| format!("- {}\n", escaped(line))).collect();
    format!("{what}\n\n{lines}\n")
}

fn calm(verdict: &Verdict) -> String {
    let bold = |text: &String| escaped(text).replacen("In the last 14 days", "**In the last 14 days**", 1) + "\n\n";
    verdict.calm.as_ref().map(bold).unwrap_or_default()
}

/// How much else there is, in numbers that can be counted below.
fn below(analysis: &Analysis, verdict: &Verdict) -> String {
    let mut lines = Vec::new();
    let (asking, telling) = others(verdict);
    let information = format!("{telling} for information");
    lines.extend(match (asking, telling) {
        (0, 0) => None,
        (0, _) => Some(format!("Below, of the last 14 days: {information}.")),
        (_, 0) => Some(format!("{} of the last 14 days: see below.", counted(asking, "more finding", "more findings"))),
        _ => Some(format!(
            "{} of the last 14 days, plus {information}: see below.",
            counted(asking, "more finding", "more findings")
        )),
    });
    if !verdict.looked {
        lines.push("What is missing: see [What could not be judged](#what-could-not-be-judged).".to_string());
    } else if verdict.unseen > 0 {
        let patterns = counted(verdict.unseen, "pattern", "patterns");
        lines.push(format!(
            "For {patterns} there was too little to look at: see [What could not be judged](#what-could-not-be-judged)."
        ));
    }
    debug_assert!(asking + telling <= analysis.findings.len());
    if lines.is_empty() { String::new() } else { lines.join(" ") + "\n\n" }
}

/// Findings that are not said at the top: those that ask or give reasons, and those for information.
pub(super) fn others(verdict: &Verdict) -> (usize, usize) {
    let findings = || verdict.rungs.iter().flat_map(|rung| rung.findings.iter().copied());
    let others: Vec<&Finding> = findings().filter(|finding| !verdict.is_at_top(finding)).collect();
    let asking = others.iter().filter(|finding| finding.severity >= Severity::Watch).count();
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
            verdict,
        },
        rules::fixture::finding,
    };

    fn at(rule: &'static str, severity: Severity, site: Option<Site>) -> impl Fn(&Analysis) -> Finding {
        move |analysis| {
            let day = analysis.history.as_of;
            let (message, instruction) = (format!("Fact of {rule}."), format!("Do {rule} today."));
            Finding { severity, site, message, instruction, ..finding(rule, day, day) }
        }
    }

    /// The opening of a runner of eight weeks with an all-clear log and these findings.
    fn opening(findings: &[&dyn Fn(&Analysis) -> Finding]) -> String {
        let mut analysis = regular(8);
        let entries = vec![pain(analysis.history.as_of, Site::None, None, 0.0)];
        analysis.pain = PainLog { place: Some("pain.csv".to_string()), entries, ..PainLog::default() };
        analysis.findings = findings.iter().map(|finding| finding(&analysis)).collect();
        section(&analysis, &verdict::of(&analysis))
    }

    #[test]
    fn the_first_line_names_the_day_and_where_it_is_from() {
        let mut analysis = regular(8);
        for (day_from, words) in [
            (DayFrom::LastRecord, "As of **Thu 6 Mar 2025**, your last recorded day. **13 Jan – 6 Mar 2025** · "),
            (DayFrom::Given, "As of **Thu 6 Mar 2025**, the day you gave with --as-of. "),
            (DayFrom::Clock, "As of **Thu 6 Mar 2025**, today. "),
        ] {
            analysis.day_from = day_from;
            let text = section(&analysis, &verdict::of(&analysis));
            assert!(text.lines().nth(2).is_some_and(|line| line.starts_with(words)), "{text}");
        }
    }

    #[test]
    fn one_line_a_place_with_its_one_instruction_and_the_others_counted() {
        use Severity::*;
        let (shin, knee) = (Some(Site::Shin), Some(Site::Knee));
        let (week, rising) = (at("pain-over-a-week", SeeSomeone, shin), at("pain-rising", Watch, shin));
        let (hotspot, sleep) = (at("pain-hotspot", Note, shin), at("sleep-short", Watch, None));
        let during = at("pain-during-run", EaseOff, knee);
        let text = opening(&[&sleep, &rising, &hotspot, &during, &week]);
        let lines = [
            "**Have it looked at:** Fact of pain-over-a-week. Do pain-over-a-week today.\n\n",
            "- **Ease off:** Fact of pain-during-run. Do pain-during-run today.\n",
            // Running asks nothing beside what is to be looked at.
            "- **Keep an eye on it:** Fact of sleep-short.\n\n",
            "1 more finding of the last 14 days, plus 1 for information: see below.",
        ];
        assert!(text.contains(&lines.concat()), "{text}");
        assert!(!text.contains("nothing to ask about"));
        assert!(!opening(&[&week]).contains("see below"));
        assert!(opening(&[&week, &rising]).contains("1 more finding of the last 14 days: see below."));
    }

    #[test]
    fn without_anything_asked_it_says_what_is_known() {
        let calm = opening(&[]);
        assert!(
            calm.contains("**In the last 14 days** your running shows nothing to ask about, and no place"),
            "{calm}"
        );
        let noted = opening(&[&at("pain-hotspot", Severity::Note, Some(Site::Knee))]);
        assert!(
            noted.contains("nothing to ask about") && noted.contains("Below, of the last 14 days: 1 for information.")
        );
        let mut analysis = regular(8);
        analysis.pain = PainLog::default();
        analysis.findings.clear();
        let text = section(&analysis, &verdict::of(&analysis));
        let known = "**What is known of the last 14 days:**\n\n- About pain nothing is known: there is no pain log;";
        assert!(text.contains(known) && !text.contains("nothing to ask about"), "{text}");
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
            let text = section(analysis, &verdict::of(analysis));
            let find = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
            find("Your notes were not searched.") < find(other)
        };
        assert!(order(&analysis, "nothing to ask about"));
        analysis.findings = vec![at("time-loss", Severity::SeeSomeone, None)(&analysis)];
        assert!(!order(&analysis, "**Have it looked at:**"));
    }
}
