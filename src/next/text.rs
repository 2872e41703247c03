//! The answer in words.

use super::{Facts, Most, Next, Plan, Said};
use crate::{
    course::{Short, back_said::NO_PLAN, week::CAUTION},
    report::text::printable,
    rules::single_run_spike,
    time::{date_text, period_text, plus_days, weekday_date_text},
    units::{Units, counted, number, rounded, shortest},
    words::{list, sentence, sentence_case},
};

/// Above so many times the longest of 30 days the study found more injuries, whatever limit the runner chose.
const STUDY: f64 = 1.1;

/// The whole answer, ending in a line break.
pub fn text(next: &Next) -> String {
    let of_run = match &next.held.why {
        Some(why) => held(next, why),
        None => weighed(next),
    };
    let lines = [about(next), of_run, back(next)].concat();
    let lines = lines.iter().map(|line| printable(line) + "\n");
    lines.collect()
}

/// The run, and how far back what is known of lies.
fn about(next: &Next) -> Vec<String> {
    let (day, known) = (
        weekday_date_text(next.plan.date),
        weekday_date_text(next.as_of),
    );
    let first = format!(
        "{} {day}. Known up to {known}, {}.",
        planned(&next.plan, next.units),
        next.day_from.label()
    );
    let days = next.facts.unrecorded_days;
    let between = (days > 0).then(|| {
        let days = counted(days as usize, "day", "days");
        format!(
            "Of the {days} between nothing is recorded: what you run until then is unknown and not in these numbers."
        )
    });
    [first].into_iter().chain(between).collect()
}

/// `Planned: 18.0 km with 400 m of climbing, on`.
fn planned(plan: &Plan, units: Units) -> String {
    let height = |metres: f64, what: &str| format!("{} {what}", units.height_text(metres));
    let parts = [
        plan.distance_m.map(|metres| units.distance_text(metres)),
        plan.ascent_m.map(|metres| height(metres, "up")),
        plan.descent_m.map(|metres| height(metres, "down")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => "Next run:".to_string(),
        false => format!("Planned: {} on", list(&parts)),
    }
}

/// What comes before any run.
fn held(next: &Next, why: &str) -> Vec<String> {
    let mut lines = asked("First:", &next.asked);
    let none = format!("no distance is named and no run is weighed before that: {why}");
    lines.extend([String::new(), sentence(&none)]);
    lines.extend(
        next.facts
            .last_run
            .map(|day| format!("Your last recorded run was on {}.", weekday_date_text(day))),
    );
    lines
}

/// What is asked already, under a title after a blank line; nothing where nothing is.
fn asked(title: &str, asked: &[Short]) -> Vec<String> {
    let lines = asked
        .iter()
        .map(|short| format!("  {:<18} {}", short.severity.label(), short.text));
    under(title, lines.collect())
}

fn under(title: &str, lines: Vec<String>) -> Vec<String> {
    match lines.is_empty() {
        true => lines,
        false => [vec![String::new(), title.to_string()], lines].concat(),
    }
}

fn weighed(next: &Next) -> Vec<String> {
    let said = next.said.iter().flat_map(|said| of_rule(said, next));
    let said = under("Rules would speak of it:", said.collect());
    let numbers = numbers(next).into_iter().map(|line| format!("  {line}"));
    let missing = next.missing.iter();
    let missing = missing.map(|(title, why)| format!("  {title}: {why}."));
    [
        asked("Said of these days already:", &next.asked),
        said,
        nothing_said(next),
        under("In numbers:", numbers.collect()),
        under("Not to be weighed:", missing.collect()),
        room(next),
    ]
    .concat()
}

/// What one rule would say, and what stands behind it.
fn of_rule(said: &Said, next: &Next) -> [String; 3] {
    let words = spike_words(said, next).unwrap_or_else(|| said.message.clone());
    [
        format!("  {}: {}", said.severity.label(), said.headline),
        format!("    {words}"),
        format!(
            "    {}: {}",
            sentence_case(&said.stance.words()),
            said.evidence
        ),
    ]
}

/// The single run in times and not in percent. None for other rules, and where it was not weighed.
fn spike_words(said: &Said, next: &Next) -> Option<String> {
    let longest = next.facts.longest;
    let is_weighed = said.rule == single_run_spike::RULE.id && said.observed.is_some();
    let (metres, longest) = next.plan.distance_m.zip(longest.filter(|_| is_weighed))?;
    let told_from = times(next.told_from);
    let own = (next.told_from != STUDY)
        .then(|| format!(" With your limit the rule speaks above {told_from}."));
    Some(format!(
        "{}{}",
        beside_longest(metres, longest, next.units),
        own.unwrap_or_default()
    ))
}

/// `1.5 times your longest of 30 days (12.0 km on 3 Oct 2025); in the largest study more overuse injuries began in runs
/// above 1.1.`
fn beside_longest(metres: f64, longest: Most, units: Units) -> String {
    let ratio = metres / longest.metres;
    let study = match ratio > STUDY {
        true => format!(
            "; in the largest study more overuse injuries began in runs above {}",
            times(STUDY)
        ),
        false => String::new(),
    };
    format!(
        "{} times your longest of 30 days ({} on {}){study}.",
        times(ratio),
        units.distance_text(longest.metres),
        date_text(longest.date)
    )
}

/// `1.15`, `3.4`, `22`: as exact as the distances it is made of.
fn times(ratio: f64) -> String {
    let decimals = match ratio {
        ..3.0 => 2,
        3.0..10.0 => 1,
        _ => 0,
    };
    shortest(rounded(ratio, decimals))
}

/// Said where no rule would speak of a run that could be weighed: no comfort, since they see little.
fn nothing_said(next: &Next) -> Vec<String> {
    if !next.said.is_empty() || !next.plan.is_a_run() {
        return Vec::new();
    }
    let what = match (next.missing.is_empty(), next.asked.is_empty()) {
        (true, true) => "No rule would speak of it.",
        (true, false) => "Beyond that no rule would speak of it.",
        (false, _) => "Of what could be weighed no rule would speak.",
    };
    let caution = "Rules see distance, climbing and days; how you feel comes first.";
    vec![String::new(), format!("{what} {caution}")]
}

/// The plain numbers, a line each.
fn numbers(next: &Next) -> Vec<String> {
    let (facts, plan, units) = (&next.facts, &next.plan, next.units);
    let is_told = |said: &Said| said.rule == single_run_spike::RULE.id && said.observed.is_some();
    let longest = match facts.longest {
        Some(longest) => plan
            .distance_m
            .map(|metres| beside_longest(metres, longest, units))
            .or_else(|| Some(longest_text(longest, units))),
        None => Some("No run with a distance is recorded in the 30 days before it.".to_string()),
    };
    let climbs = [
        (plan.ascent_m, facts.most_ascent, "up"),
        (plan.descent_m, facts.most_descent, "down"),
    ];
    let climbs = climbs
        .into_iter()
        .filter_map(|(metres, most, way)| Some(climb((metres?, most), way, units)));
    let longest = longest.filter(|_| !next.said.iter().any(is_told));
    longest
        .into_iter()
        .chain(seven_days(next))
        .chain(climbs)
        .chain(days(facts))
        .collect()
}

fn longest_text(longest: Most, units: Units) -> String {
    format!(
        "Your longest of 30 days: {} on {}.",
        units.distance_text(longest.metres),
        date_text(longest.date)
    )
}

/// The seven days up to the run, beside the usual.
fn seven_days(next: &Next) -> Option<String> {
    let units = next.units;
    let metres = next.facts.seven_days_m?;
    let date = next.plan.date;
    let usual = match next.facts.usual_m {
        Some((low, high)) => {
            let (low, high) = (units.distance(low), units.distance(high));
            let (low, high) = (number(low, 0), number(high, 0));
            let range = match low == high {
                true => low,
                false => format!("{low}–{high}"),
            };
            format!("your usual is {range} {}", units.distance_label())
        }
        None => "what is usual is not known, with fewer than four whole weeks before".to_string(),
    };
    Some(format!(
        "With it {} in seven days, {}; {usual}.",
        units.distance_text(metres),
        period_text(plus_days(date, -6), date)
    ))
}

/// `400 m up; the most in one run of 30 days is 250 m (28 Sep 2025), 1.6 times that.`
fn climb((metres, most): (f64, Option<Most>), way: &str, units: Units) -> String {
    let height = units.height_text(metres);
    match most {
        Some(most) => format!(
            "{height} {way}: {} times the most in one run of 30 days ({} on {}).",
            times(metres / most.metres),
            units.height_text(most.metres),
            date_text(most.date)
        ),
        None => format!("{height} {way}; in the 30 days before no run has any that is recorded."),
    }
}

/// How long ago the last run was, and the days off before it.
fn days(facts: &Facts) -> Option<String> {
    let (last, days) = facts.last_run.zip(facts.days_since)?;
    let rest = facts
        .rest_days
        .map(|rest| format!("; {rest} of the 7 days before are without a run"));
    let since = match days {
        0 => "On the day of".to_string(),
        days => format!("{} after", counted(days as usize, "day", "days")),
    };
    Some(format!(
        "{since} your last recorded run ({}){}.",
        weekday_date_text(last),
        rest.unwrap_or_default()
    ))
}

/// How far it could go before a rule would speak, where no distance is asked about.
fn room(next: &Next) -> Vec<String> {
    let (bucket, units) = (&next.bucket, next.units);
    let Some((metres, by)) = bucket.next_m.zip(bucket.by) else {
        return Vec::new();
    };
    if next.plan.distance_m.is_some() {
        return Vec::new();
    }
    let rule = by.rule();
    let (title, id) = (rule.headline, rule.id);
    let from = match metres > 0.0 {
        true => format!("Beyond {}", units.distance_text(metres)),
        false => "At any distance".to_string(),
    };
    let week = bucket.week_text(next.as_of, next.plan.date, units);
    let because = by.because();
    let week = week.map(|week| format!(" {week}")).unwrap_or_default();
    vec![
        String::new(),
        format!("{from} the rule \"{title}\" ({id}) would speak, {because}.{week} {CAUTION}"),
    ]
}

/// Running again, where that is so; without shares while something is to be looked at.
fn back(next: &Next) -> Vec<String> {
    let Some(back) = &next.back else {
        return Vec::new();
    };
    let said = back.sentences(next.units, !next.held.see_first);
    let said = said.into_iter().chain([NO_PLAN.to_string()]);
    under(
        "Running again:",
        said.map(|line| format!("  {line}")).collect(),
    )
}
