//! The matrix of places and measures as rows of a table: the main tests, then the two families beside them.

use crate::{
    analysis::Analysis,
    associate::{
        Association,
        matrix::{Cell, Family},
    },
    frames::MatrixRow,
};

/// Its file.
pub(super) const FILE: &str = "associations.csv";

/// Every cell.
pub(super) fn rows(analysis: &Analysis) -> Vec<MatrixRow> {
    let main = analysis.associations.iter().map(of_main);
    main.chain(of_family("secondary", &analysis.wider.secondary))
        .chain(of_family("weekly", &analysis.wider.weekly))
        .collect()
}

fn of_main(pair: &Association) -> MatrixRow {
    MatrixRow {
        family: "main",
        site: pair.site,
        side: pair.side,
        pain: "day",
        measure: pair.exposure.as_str(),
        lag: pair.lag_days,
        n: pair.n,
        n_eff: pair.partial_n_eff,
        rho: pair.partial_rho,
        ci_low: pair.partial_ci_low,
        ci_high: pair.partial_ci_high,
        p: pair.p,
        q: pair.q,
        gate: pair.gate.clone(),
    }
}

fn of_family(name: &'static str, family: &Family) -> impl Iterator<Item = MatrixRow> {
    let row = move |cell: &Cell| MatrixRow {
        family: name,
        site: cell.site,
        side: cell.side,
        pain: cell.pain,
        measure: cell.measure,
        lag: cell.lag,
        n: cell.n,
        n_eff: cell.n_eff,
        rho: cell.rho,
        ci_low: cell.interval.map(|ends| ends.low),
        ci_high: cell.interval.map(|ends| ends.high),
        p: cell.p,
        q: cell.q,
        gate: cell.gate.clone(),
    };
    family.cells.iter().map(row)
}
