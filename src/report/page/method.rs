//! Method and limits: how the numbers are made, and every rule with its evidence.

use super::block::{Block, Item, Line, Look, Section, Target};
use crate::{analysis::Analysis, model::LoadUnit, rules::limits::Changed};

/// How this was made.
pub(super) fn section(analysis: &Analysis) -> Section {
    let changed = limits_changed(analysis).map(Item::from);
    let made = Block::list(lines(analysis).into_iter().chain(changed));
    Section::new(
        "how-this-was-made-and-its-limits",
        "How this was made, and its limits",
        made.into_iter().collect(),
    )
    .looking(Look::Fold)
}

fn load_text(unit: LoadUnit) -> &'static str {
    match unit {
        LoadUnit::SessionRpe => {
            "session RPE, how hard a run felt from 0 to 10, times its minutes (Foster 1998), since nine runs in ten have an RPE"
        }
        LoadUnit::Trimp => {
            "Banister's TRIMP (training impulse: minutes, weighted by how high the heart rate was), since nine runs in ten have heart rate"
        }
        LoadUnit::GradeAdjustedKm => {
            "grade-adjusted kilometres (hills count for what they cost on the flat; Minetti 2002), since fewer than nine runs in ten have an RPE, or a heart rate for most of their time together with a known maximum"
        }
    }
}

/// What holds for every report.
fn lines(analysis: &Analysis) -> Vec<Item> {
    let mut lines = of_load(analysis);
    lines.extend([
        Line::prose(
            "In the pain log rows with `site=none, pain=0` are zero for every site; a blank is not.",
        ),
        where_explained(),
    ]);
    lines.retain(|line| !line.is_empty());
    lines.into_iter().map(Item::from).collect()
}

/// What the load of runs was computed with. Empty where there is no run.
fn of_load(analysis: &Analysis) -> Vec<Line> {
    if analysis.is_log_alone() {
        return Vec::new();
    }
    let load = load_text(analysis.history.load_unit);
    let load = format!("Load is {load}; one unit for the whole history.");
    vec![load.into(), analysis.heart_rate_basis.as_str().into()]
}

fn where_explained() -> Line {
    Line::from("Which weeks are compared, and every column and key, is explained in ")
        .link(Target::File("data_dictionary.md"), "data_dictionary.md")
        .text(".")
}

/// Which limits the runner changed. None without any.
fn limits_changed(analysis: &Analysis) -> Option<Line> {
    let changed = analysis.limits.changed();
    let texts: Vec<String> = changed.iter().map(Changed::text).collect();
    let line = Line::new().strong("Limits changed by you:");
    (!texts.is_empty()).then(|| line.text(format!(" {}.", texts.join("; "))))
}
