//! What the runner reads about pairs of load and pain.

use super::{
    Exposure,
    controls::Control,
    gates::{GATES, is_sure},
    pair::Association,
};
use crate::{
    pain::{Side, Site, site_text, site_text_with},
    time::{date_text, period_text},
    words::{self, sentence_case, signed},
};

/// Why a pair was not tested, in words that follow "not tested:" ("31 logged days, 42 are needed"). None when it was.
pub fn why_not(association: &Association) -> Option<&str> {
    association.gate.as_deref()
}

/// What the runner reads about one pair: a pattern, no pattern, or why nothing can be said.
pub fn sentence(association: &Association) -> String {
    let mut text = finding_text(association);
    if association.q.is_none() {
        text.extend(
            association
                .partial_rho
                .map(|rho| untested_text(association, rho)),
        );
    }
    if association.rho.is_some() && association.ran_less_after() {
        text.push_str(RAN_LESS_AFTER);
    }
    if association.logging.run_days_only() {
        text.push_str(RUN_DAYS_ONLY);
    }
    text
}

fn finding_text(association: &Association) -> String {
    match (association.partial_rho, association.q) {
        (Some(_), Some(_)) if association.flagged => flagged_text(association),
        (Some(_), Some(q)) => {
            taken_text(association).unwrap_or_else(|| unflagged_text(association, q))
        }
        _ => words::sentence(&too_little(association)),
    }
}

fn flagged_text(association: &Association) -> String {
    let scores = scores_text(association.site, association.side);
    let text = pattern_text(association.exposure, &scores, 1.0, &figures(association));
    text + &first_seen_text(association) + &ways_text(association) + &rests_text(association)
}

/// ` It holds in 14 of 16 ways of asking.` Empty where it was not asked.
fn ways_text(association: &Association) -> String {
    let ways = association.ways;
    ways.map_or(String::new(), |ways| {
        format!(" It holds in {} of {} ways of asking.", ways.holds, ways.of)
    })
}

/// ` It rests on one spell, 3–9 May 2025: without it nothing would stand out.` Empty where it does not.
fn rests_text(association: &Association) -> String {
    association.rests_on.map_or(String::new(), |(from, to)| {
        let days = period_text(from, to);
        format!(" It rests on one spell, {days}: without it nothing would stand out.")
    })
}

/// What would be a pattern if a control did not go with the pain as much. None where none does.
fn taken_text(association: &Association) -> Option<String> {
    let with_rho =
        |rho: Option<f64>| rho.map_or(String::new(), |rho| format!(" (rho {})", signed(rho, 2)));
    let but = match association.taken_by? {
        Control::After => {
            let rho = with_rho(association.controls.after);
            format!(
                "{}{rho} goes with them as much",
                association.exposure.after()
            )
        }
        Control::Elsewhere => {
            let other = association.controls.elsewhere?;
            let (scores, rho) = (
                scores_text(other.site, other.side),
                with_rho(Some(other.rho)),
            );
            format!("{scores}{rho} go with it as much and are no pattern of their own")
        }
    };
    Some(format!(
        "{} may go with {} ({}), but {but}: something else probably moves both.",
        sentence_case(&scores_text(association.site, association.side)),
        association.exposure.noun(),
        figures(association)
    ))
}

/// The same in words alone.
pub fn taken(association: &Association) -> Option<String> {
    let but = match association.taken_by? {
        Control::After => format!("{} goes with it as much", association.exposure.after()),
        Control::Elsewhere => {
            let other = association.controls.elsewhere?;
            let pain = pain_text(other.site, other.side);
            format!("your {pain} goes with it as much and is no pattern of its own")
        }
    };
    let opening = association.exposure.opening();
    let pain = pain_text(association.site, association.side);
    Some(format!(
        "{opening} your {pain} tended to be higher, but {but}: something else probably moves both."
    ))
}

/// What a flag says, of one runner's scores and of several runners'.
pub(super) fn pattern_text(exposure: Exposure, scores: &str, rho: f64, figures: &str) -> String {
    let direction = if rho > 0.0 { "higher" } else { "lower" };
    let opening = exposure.opening();
    format!(
        "{opening} {scores} tended to be {direction} ({figures}). That is a pattern, not a proof of cause."
    )
}

/// ` First seen on 3 May 2025.` Empty where nobody has looked.
fn first_seen_text(association: &Association) -> String {
    let day = association.first_seen.map(date_text);
    day.map_or(String::new(), |day| format!(" First seen on {day}."))
}

/// What a q above the limit says, likewise.
pub(super) fn chance_text(exposure: Exposure, scores: &str, figures: &str) -> String {
    let noun = exposure.noun();
    format!(
        "Between {noun} and {scores} nothing stands out from chance ({figures}). That does not mean there is no link."
    )
}

fn untested_text(association: &Association, rho: f64) -> String {
    let far = association.detectable_rho.map_or(String::new(), |found| {
        format!(
            ", and only one of {} or more would show in so few days",
            signed(found, 2)
        )
    });
    format!(
        " So far rho is {}, which may well be chance{far}.",
        signed(rho, 2)
    )
}

/// Why nothing can be said about a pair, without figures that may well be chance: words for the middle of a sentence.
pub fn too_little(association: &Association) -> String {
    let gate = association
        .gate
        .as_deref()
        .unwrap_or("the two cannot be compared");
    let scores = scores_text(association.site, association.side);
    too_little_text(association.exposure, &scores, gate)
}

pub(super) fn too_little_text(exposure: Exposure, scores: &str, gate: &str) -> String {
    let noun = exposure.noun();
    format!("too little to say about {scores} and {noun}: {gate}")
}

/// The pattern of one site and side in words alone: the exposures that were flagged, the stronger first. Empty for none.
pub fn pattern(flagged: &[&Association]) -> String {
    let Some(strongest) = flagged.first() else {
        return String::new();
    };
    let (when, pain) = (
        when_text(flagged),
        pain_text(strongest.site, strongest.side),
    );
    let (days, seen) = (strongest.n, first_seen_of(flagged));
    let (ways, rests, with_it) = (
        ways_text(strongest),
        rests_text(strongest),
        with_it(flagged),
    );
    format!(
        "{when} your {pain} tended to be higher. That is a pattern over {days} days{seen}, not a proof of cause.{ways}{rests}{with_it}"
    )
}

/// What must be known beside what the pairs say.
fn with_it(flagged: &[&Association]) -> String {
    let holds = |is_so: fn(&Association) -> bool| flagged.iter().any(|pair| is_so(pair));
    let said = [
        (holds(Association::ran_less_after), RAN_LESS_AFTER),
        (holds(|pair| pair.logging.run_days_only()), RUN_DAYS_ONLY),
    ];
    let said = said.into_iter().filter(|(holds, _)| *holds);
    said.map(|(_, text)| text).collect()
}

/// `On the days you ran further, and on days after more running or more descent,`: each load once, the same day first.
fn when_text(flagged: &[&Association]) -> String {
    let mut loads: Vec<&str> = Vec::new();
    for pair in flagged.iter().filter(|pair| !pair.exposure.is_same_day()) {
        let load = pair.exposure.load();
        if !loads.contains(&load) {
            loads.push(load);
        }
    }
    let same_day = flagged.iter().find(|pair| pair.exposure.is_same_day());
    let same_day = same_day.map(|pair| pair.exposure.opening());
    match (same_day, loads.is_empty()) {
        (Some(same_day), true) => same_day.to_string(),
        (Some(same_day), false) => format!("{same_day} and after {}", loads.join(" or ")),
        (None, _) => format!("On days after {}", loads.join(" or ")),
    }
}

/// `, first seen on 3 May 2025`, of the pair that was seen first.
fn first_seen_of(flagged: &[&Association]) -> String {
    let first = flagged.iter().filter_map(|pair| pair.first_seen).min();
    first.map_or(String::new(), |day| {
        format!(", first seen on {}", date_text(day))
    })
}

/// The nine things every report says about its figures (src/method/statistics.md, What must be said), with the days that were
/// logged and covered and the tests that were made.
pub fn must_be_said(days_logged: usize, days_covered: usize, tests: usize) -> [String; 9] {
    [
        "A link between load and pain is not a cause. Other things change too: sleep, shoes, the season, painkillers."
            .to_string(),
        format!(
            "Pain was logged on {days_logged} of {days_covered} days with complete recordings. {} made; \
             the more tests, the more of them look striking by chance, and q allows for that.",
            tests_text(tests)
        ),
        "Days without a pain entry are treated as unknown, not as pain-free.".to_string(),
        "Most people log more when it hurts and remember worse later, so entries made days afterwards are weaker."
            .to_string(),
        "Running less when something is sore can hide a link, or turn it round.".to_string(),
        "The limits come from studies of groups, mostly adults who were not injured. They say little about one person."
            .to_string(),
        "\"Not distinguishable from chance\" does not mean that there is no link.".to_string(),
        "Climbing and descending can be off by 5 to 10 percent, and heart rate and cadence from the wrist can be wrong."
            .to_string(),
        "This is no medical advice and no diagnosis. If something worries you, ask a doctor or physiotherapist."
            .to_string(),
    ]
}

pub(super) const RAN_LESS_AFTER: &str =
    " You also ran less in the days after it hurt, which can hide or flip such a link.";

pub(super) const RUN_DAYS_ONLY: &str =
    " You log rest days mostly when it hurts, so only run days were compared.";

fn unflagged_text(association: &Association, q: f64) -> String {
    let scores = scores_text(association.site, association.side);
    let figures = figures(association);
    let n_eff = association.partial_n_eff.unwrap_or(0.0);
    if q > GATES.q_max {
        let found = association.detectable_rho.map(detectable_text);
        chance_text(association.exposure, &scores, &figures) + &found.unwrap_or_default()
    } else if association.partial_rho.is_some_and(|rho| rho < 0.0) {
        let opening = association.exposure.opening();
        format!(
            "{opening} {scores} tended to be lower ({figures}), which usually means that you rest when it hurts."
        )
    } else if n_eff < GATES.n_eff_min {
        let needed = GATES.n_eff_min;
        format!(
            "{} may go with {} ({figures}), but neighbouring days are so alike that they count as \
             {n_eff:.0}, and {needed:.0} are needed to say more.",
            sentence_case(&scores),
            association.exposure.noun()
        )
    } else if q > GATES.flag_q_max {
        format!(
            "{} may go with {} ({figures}): not clear enough yet to call it a pattern.",
            sentence_case(&scores),
            association.exposure.noun()
        )
    } else if is_sure(association.partial_ci_low, association.partial_n_eff) {
        format!(
            "{} may go with {} ({figures}). Four weeks ago they did not yet, and what is new is often chance.",
            sentence_case(&scores),
            association.exposure.noun()
        )
    } else {
        format!(
            "{} may go with {} ({figures}), but the likely range holds 0: too little to make anything of.",
            sentence_case(&scores),
            association.exposure.noun()
        )
    }
}

/// What the log could have found.
fn detectable_text(rho: f64) -> String {
    format!(
        " Of links with a rho of {} a log like this finds four in five.",
        signed(rho, 2)
    )
}

/// `rho 0.38 given today's run and yesterday's pain, likely range 0.1 to 0.6, 58 days, q 0.04`.
fn figures(association: &Association) -> String {
    let given = association.exposure.given();
    let rho = association.partial_rho;
    let rho = rho.map(|rho| format!("rho {} given {given} and yesterday's pain", signed(rho, 2)));
    let days = Some(format!("{} days", association.n));
    let q = association.q.map(q_text);
    let parts = [rho, range_text(association), days, q];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}

fn range_text(association: &Association) -> Option<String> {
    let (low, high) = (association.partial_ci_low?, association.partial_ci_high?);
    let (low, high) = (signed(low, 1), signed(high, 1));
    Some(format!("likely range {low} to {high}"))
}

pub(super) fn q_text(q: f64) -> String {
    if q < 0.005 {
        "q below 0.01".to_string()
    } else {
        format!("q {q:.2}")
    }
}

fn tests_text(tests: usize) -> String {
    match tests {
        0 => "No test was".to_string(),
        1 => "1 test was".to_string(),
        _ => format!("{tests} tests were"),
    }
}

/// `left kneecap pain`, `pain in other places`.
fn pain_text(site: Site, side: Option<Side>) -> String {
    match (site, side) {
        (Site::Other(_), _) => "pain in other places".to_string(),
        (Site::Unnamed, _) | (_, Some(Side::Both)) => {
            format!("pain at {}", site_text_with("the", site, side))
        }
        _ => format!("{} pain", site_text(site, side)),
    }
}

fn scores_text(site: Site, side: Option<Side>) -> String {
    match (site, side) {
        (Site::Other(_), _) => "your scores for other places".to_string(),
        (Site::Unnamed, _) | (_, Some(Side::Both)) => {
            format!("your scores for {}", site_text_with("the", site, side))
        }
        _ => format!("your {} scores", site_text(site, side)),
    }
}
