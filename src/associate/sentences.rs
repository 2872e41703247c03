//! What the runner reads about pairs of load and pain.

use super::{gates::GATES, pair::Association};
use crate::{
    pain::{Side, Site, site_text},
    words::{sentence_case, signed},
};

/// Smallest |rho| of the reverse arrow worth a sentence: Cohen's (1988) small correlation.
pub(super) const REVERSE_RHO_MIN: f64 = 0.1;

/// Why a pair was not tested, in words that follow "not tested:" ("31 logged days, 42 are needed"). None when it was.
pub fn why_not(association: &Association) -> Option<&str> {
    association.gate.as_deref()
}

/// What the runner reads about one pair: a pattern, no pattern, or why nothing can be said.
pub fn sentence(association: &Association) -> String {
    let exposure = association.exposure;
    let scores = scores_text(association.site, association.side);
    let mut text = match (association.rho, association.q) {
        (Some(rho), Some(_)) if association.flagged => {
            let direction = if rho > 0.0 { "higher" } else { "lower" };
            let (opening, figures) = (exposure.opening(), figures(association));
            format!(
                "{opening} {scores} tended to be {direction} ({figures}). That is a pattern, not a proof of cause."
            )
        }
        (Some(_), Some(q)) => unflagged_text(association, q, &scores, exposure.noun()),
        _ => too_little(association),
    };
    if association.q.is_none() {
        let figures = association.rho.map(|rho| {
            format!(
                " So far rho is {}, which may well be chance",
                signed(rho, 2)
            )
        });
        text.extend(figures.map(|figures| format!("{figures}{}.", season_text(association))));
    }
    if association.rho.is_some() && ran_less_after(association) {
        text.push_str(RAN_LESS_AFTER);
    }
    text
}

/// Why nothing can be said about a pair, without figures that may well be chance.
pub fn too_little(association: &Association) -> String {
    let gate = association
        .gate
        .as_deref()
        .unwrap_or("the two cannot be compared");
    let scores = scores_text(association.site, association.side);
    format!(
        "Too little to say about {scores} and {}: {gate}.",
        association.exposure.noun()
    )
}

/// The pattern of one site and side in words alone: the exposures that were flagged, the stronger first. Empty for none.
pub fn pattern(flagged: &[&Association]) -> String {
    let Some(strongest) = flagged.first() else {
        return String::new();
    };
    let pain = pain_text(strongest.site, strongest.side);
    let [same, other] = [true, false].map(|same| {
        let alike = |pair: &&&Association| (is_rising(pair) == is_rising(strongest)) == same;
        let mut loads: Vec<&str> = Vec::new();
        for pair in flagged.iter().filter(alike) {
            let load = pair.exposure.load();
            if !loads.contains(&load) {
                loads.push(load);
            }
        }
        loads.join(" or ")
    });
    let [direction, opposite] = if is_rising(strongest) {
        ["higher", "lower"]
    } else {
        ["lower", "higher"]
    };
    let mut text = format!("On days after {same} your {pain} tended to be {direction}");
    if !other.is_empty() {
        text.push_str(&format!(", and after {other} it tended to be {opposite}"));
    }
    let season = season_text(
        if let Some(pair) = flagged.iter().find(|pair| pair.detrended) {
            pair
        } else {
            strongest
        },
    );
    text.push_str(&format!(
        ". That is a pattern over {} days{season}, not a proof of cause.",
        strongest.n
    ));
    if flagged.iter().any(|pair| ran_less_after(pair)) {
        text.push_str(RAN_LESS_AFTER);
    }
    text
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

fn unflagged_text(association: &Association, q: f64, scores: &str, noun: &str) -> String {
    let figures = figures(association);
    let n_eff = association.n_eff.unwrap_or(0.0);
    if q > GATES.q_max {
        format!(
            "Between {noun} and {scores} nothing stands out from chance ({figures}). That does not mean there is no link."
        )
    } else if n_eff < GATES.n_eff_min {
        let needed = GATES.n_eff_min;
        format!(
            "{scores_start} may go with {noun} ({figures}), but neighbouring days are so alike that they count as \
             {n_eff:.0}, and {needed:.0} are needed to say more.",
            scores_start = sentence_case(scores)
        )
    } else {
        format!(
            "{} go with {noun} only slightly ({figures}): too little to make anything of.",
            sentence_case(scores)
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
    let mut parts = Vec::new();
    parts.extend(association.rho.map(|rho| format!("rho {}", signed(rho, 2))));
    if let (Some(low), Some(high)) = (association.ci_low, association.ci_high) {
        parts.push(format!(
            "likely range {} to {}",
            signed(low, 1),
            signed(high, 1)
        ));
    }
    parts.push(format!("{} days", association.n));
    parts.extend(association.q.map(|q| {
        if q < 0.005 {
            "q below 0.01".to_string()
        } else {
            format!("q {q:.2}")
        }
    }));
    parts.join(", ") + season_text(association)
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
        (_, Some(Side::Both)) => format!("pain at the {}", site_text(site, side)),
        _ => format!("{} pain", site_text(site, side)),
    }
}

fn scores_text(site: Site, side: Option<Side>) -> String {
    match (site, side) {
        (Site::Other(_), _) => "your scores for other places".to_string(),
        (_, Some(Side::Both)) => format!("your scores for the {}", site_text(site, side)),
        _ => format!("your {} scores", site_text(site, side)),
    }
}
