//! What the runner reads about pairs of load and pain.

use super::{Exposure, gates::GATES, pair::Association};
use crate::{
    pain::{Side, Site, site_text, site_text_with},
    words::{self, sentence_case, signed},
};

/// Smallest |rho| of the reverse arrow worth a sentence: Cohen's (1988) small correlation.
pub(super) const REVERSE_RHO_MIN: f64 = 0.1;

/// Why a pair was not tested, in words that follow "not tested:" ("31 logged days, 42 are needed"). None when it was.
pub fn why_not(association: &Association) -> Option<&str> {
    association.gate.as_deref()
}

/// What the runner reads about one pair: a pattern, no pattern, or why nothing can be said.
pub fn sentence(association: &Association) -> String {
    let mut text = finding_text(association);
    if association.q.is_none() {
        text.extend(association.rho.map(|rho| untested_text(association, rho)));
    }
    if association.rho.is_some() && ran_less_after(association) {
        text.push_str(RAN_LESS_AFTER);
    }
    text
}

fn finding_text(association: &Association) -> String {
    match (association.rho, association.q) {
        (Some(rho), Some(_)) if association.flagged => flagged_text(association, rho),
        (Some(_), Some(q)) => unflagged_text(association, q),
        _ => words::sentence(&too_little(association)),
    }
}

fn flagged_text(association: &Association, rho: f64) -> String {
    let scores = scores_text(association.site, association.side);
    pattern_text(association.exposure, &scores, rho, &figures(association))
}

/// What a flag says, of one runner's scores and of several runners'.
pub(super) fn pattern_text(exposure: Exposure, scores: &str, rho: f64, figures: &str) -> String {
    let direction = if rho > 0.0 { "higher" } else { "lower" };
    let opening = exposure.opening();
    format!(
        "{opening} {scores} tended to be {direction} ({figures}). That is a pattern, not a proof of cause."
    )
}

/// What a q above the limit says, likewise.
pub(super) fn chance_text(exposure: Exposure, scores: &str, figures: &str) -> String {
    let noun = exposure.noun();
    format!(
        "Between {noun} and {scores} nothing stands out from chance ({figures}). That does not mean there is no link."
    )
}

fn untested_text(association: &Association, rho: f64) -> String {
    format!(
        " So far rho is {}, which may well be chance{}.",
        signed(rho, 2),
        season_text(association)
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
    let (directions, days) = (directions_text(flagged, strongest), strongest.n);
    let with_season = flagged.iter().find(|pair| pair.detrended);
    let season = season_text(with_season.unwrap_or(strongest));
    let less = if flagged.iter().any(|pair| ran_less_after(pair)) {
        RAN_LESS_AFTER
    } else {
        ""
    };
    format!("{directions}. That is a pattern over {days} days{season}, not a proof of cause.{less}")
}

/// After which loads the pain tended to be what.
fn directions_text(flagged: &[&Association], strongest: &Association) -> String {
    let rises = is_rising(strongest);
    let pain = pain_text(strongest.site, strongest.side);
    let (direction, opposite) = if rises {
        ("higher", "lower")
    } else {
        ("lower", "higher")
    };
    let (same, other) = (loads_text(flagged, rises), loads_text(flagged, !rises));
    let mut text = format!("On days after {same} your {pain} tended to be {direction}");
    if !other.is_empty() {
        text.push_str(&format!(", and after {other} it tended to be {opposite}"));
    }
    text
}

/// The loads with which the pain rises, or those with which it falls, each once.
fn loads_text(flagged: &[&Association], rises: bool) -> String {
    let mut loads: Vec<&str> = Vec::new();
    for pair in flagged.iter().filter(|pair| is_rising(pair) == rises) {
        let load = pair.exposure.load();
        if !loads.contains(&load) {
            loads.push(load);
        }
    }
    loads.join(" or ")
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

fn unflagged_text(association: &Association, q: f64) -> String {
    let scores = scores_text(association.site, association.side);
    let figures = figures(association);
    let n_eff = association.n_eff.unwrap_or(0.0);
    if q > GATES.q_max {
        chance_text(association.exposure, &scores, &figures)
    } else if n_eff < GATES.n_eff_min {
        let needed = GATES.n_eff_min;
        format!(
            "{} may go with {} ({figures}), but neighbouring days are so alike that they count as \
             {n_eff:.0}, and {needed:.0} are needed to say more.",
            sentence_case(&scores),
            association.exposure.noun()
        )
    } else {
        format!(
            "{} go with {} only slightly ({figures}): too little to make anything of.",
            sentence_case(&scores),
            association.exposure.noun()
        )
    }
}

fn is_rising(association: &Association) -> bool {
    association.rho.is_some_and(|rho| rho > 0.0)
}

fn ran_less_after(association: &Association) -> bool {
    association
        .reverse_rho
        .is_some_and(|rho| rho <= -REVERSE_RHO_MIN)
}

/// What must be said of figures that are not those of the log as it stands (src/method/statistics.md, Season).
fn season_text(association: &Association) -> &'static str {
    if association.detrended {
        ", after taking a season trend out of both"
    } else {
        ""
    }
}

/// `rho 0.41, likely range 0.1 to 0.6, 58 days, q 0.04`, and whether a season was taken out.
fn figures(association: &Association) -> String {
    let rho = association.rho.map(|rho| format!("rho {}", signed(rho, 2)));
    let days = Some(format!("{} days", association.n));
    let q = association.q.map(q_text);
    let parts = [rho, range_text(association), days, q];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ") + season_text(association)
}

fn range_text(association: &Association) -> Option<String> {
    let (low, high) = (association.ci_low?, association.ci_high?);
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
