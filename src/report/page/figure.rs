//! Where it hurts: the numbered body, and how each place stands.

use super::{
    block::{Block, Line, Pinned},
    pictures::of_chart,
};
use crate::{
    analysis::Analysis,
    backtest::watch::{State, WatchedPlace},
    pain::{Place, Site, site_text},
    report::{
        charts::{
            Charts,
            body::{self, Sore},
        },
        verdict::Verdict,
    },
    rules::{Severity, standing::rating},
    time,
    units::counted,
    words::{list, sentence_case},
};

/// The block. None where no pain is logged.
pub(super) fn block(analysis: &Analysis, charts: &Charts, verdict: &Verdict) -> Option<Block> {
    let places = body::places(analysis);
    let chart = charts.get("body")?;
    let (pinned, others): (Vec<&Sore>, Vec<&Sore>) =
        places.iter().partition(|sore| sore.pin.is_some());
    let pinned = pinned.into_iter().map(|sore| Pinned {
        is_asked: sore.is_asked,
        line: line(analysis, verdict, sore),
    });
    Some(Block::Figure {
        picture: of_chart(chart),
        places: pinned.collect(),
        beside: beside(&others).into_iter().collect(),
    })
}

/// `**Right shin**: have it looked at; sore since 21 Sep 2025`.
fn line(analysis: &Analysis, verdict: &Verdict, sore: &Sore) -> Line {
    let name = sentence_case(&site_text(sore.place.0, sore.place.1));
    let asked = asked(verdict, sore.place).map(str::to_lowercase);
    let stands = stands(analysis, sore);
    let said: Vec<String> = asked.into_iter().chain(stands).collect();
    Line::new()
        .strong(name)
        .text(format!(": {}", said.join("; ")))
}

/// What is asked of the place. None where nothing is.
fn asked(verdict: &Verdict, place: Place) -> Option<&'static str> {
    let here = verdict.rungs.iter().filter(|rung| rung.is_at(place));
    let loudest = here.map(|rung| rung.severity()).max()?;
    (loudest >= Severity::Watch).then(|| loudest.label())
}

/// Whether it is sore, and since when; or how much it hurt, and when last.
fn stands(analysis: &Analysis, sore: &Sore) -> Option<String> {
    let is_it = |place: &&WatchedPlace| (place.site, place.side) == sore.place;
    let watched = analysis.watch.places.iter().find(is_it);
    watched.map(state_text).or_else(|| days_text(sore))
}

fn state_text(place: &WatchedPlace) -> String {
    let (from, to) = (time::date_text(place.from), time::date_text(place.to));
    match place.state {
        State::Sore => format!("sore since {from}"),
        State::Open => format!("last pain {to}; not logged as settled"),
        State::Settled => format!("settled, last pain {to}"),
    }
}

fn days_text(sore: &Sore) -> Option<String> {
    let days = counted(sore.all, "day", "days");
    let (highest, last) = (sore.highest?, time::date_text(sore.last?));
    Some(format!(
        "pain on {days}, up to {} of 10, last {last}",
        rating(highest)
    ))
}

/// The places without a number. None where each has one.
fn beside(others: &[&Sore]) -> Option<Line> {
    let name = |sore: &&Sore| {
        let (site, side) = sore.place;
        let days = counted(sore.all, "day", "days");
        match site {
            Site::Unnamed => format!("a place your log does not name ({days})"),
            _ => format!("{} ({days})", site_text(site, side)),
        }
    };
    let names: Vec<String> = others.iter().map(name).collect();
    (!names.is_empty()).then(|| format!("Also: {}.", list(&names)).into())
}
