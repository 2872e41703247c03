//! Repeated-measures correlation: the common slope within several runners.

use super::{
    Interval, NORMAL_975,
    describe::{mean, products_around, squares_around},
    students_t,
};
use statrs::distribution::ContinuousCDF;
use std::collections::BTreeMap;

/// A repeated-measures correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rmcorr {
    /// The correlation within subjects, −1 to 1. With one subject it is Pearson's.
    pub r: f64,
    /// Observations − subjects − 1.
    pub degrees_of_freedom: usize,
    /// Two-sided p of the t test, for days that are independent within a subject. Daily series are not: take the p
    /// from shifts there.
    pub p: f64,
    /// 95 % interval under the same assumption. None at |r| = 1 or one degree of freedom.
    pub interval: Option<Interval>,
    /// Change of y for one unit of x, common to all subjects.
    pub slope: f64,
}

/// Repeated-measures correlation of (subject, x, y) (Bakdash & Marusich 2017, Front Psychol 8:456): x and y are
/// centred within each subject, r = S_xy/√(S_xx·S_yy), t = r·√(dof/(1 − r²)), interval
/// tanh(atanh r ± 1.96/√(dof − 1)).
///
/// None without a degree of freedom, when x or y does not vary within subjects, or a value is not finite.
pub fn rmcorr<S: Ord>(rows: &[(S, f64, f64)]) -> Option<Rmcorr> {
    let subjects = by_subject(rows);
    let degrees_of_freedom = rows
        .len()
        .checked_sub(subjects.len() + 1)
        .filter(|dof| *dof > 0)?;
    let (xx, yy, xy) = within_subjects(subjects.into_values())?;
    let r = xy / (xx * yy).sqrt();
    if !r.is_finite() {
        return None;
    }
    let r = r.clamp(-1.0, 1.0);
    Some(Rmcorr {
        r,
        degrees_of_freedom,
        p: p_value(r, degrees_of_freedom)?,
        interval: interval(r, degrees_of_freedom),
        slope: xy / xx,
    })
}

/// S_xx, S_yy and S_xy of values that are centred within each subject.
fn within_subjects(subjects: impl Iterator<Item = Columns>) -> Option<(f64, f64, f64)> {
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in subjects {
        let (mean_x, mean_y) = (mean(&x)?, mean(&y)?);
        xx += squares_around(&x, mean_x);
        yy += squares_around(&y, mean_y);
        xy += products_around(&x, &y, mean_x, mean_y);
    }
    Some((xx, yy, xy))
}

type Columns = (Vec<f64>, Vec<f64>);

fn by_subject<S: Ord>(rows: &[(S, f64, f64)]) -> BTreeMap<&S, Columns> {
    let mut subjects: BTreeMap<&S, Columns> = BTreeMap::new();
    for (subject, x, y) in rows {
        let columns = subjects.entry(subject).or_default();
        columns.0.push(*x);
        columns.1.push(*y);
    }
    subjects
}

fn p_value(r: f64, degrees_of_freedom: usize) -> Option<f64> {
    let t = r.abs() * (degrees_of_freedom as f64 / (1.0 - r * r)).sqrt();
    if t.is_infinite() {
        return Some(0.0);
    }
    Some(2.0 * students_t(degrees_of_freedom)?.sf(t))
}

fn interval(r: f64, degrees_of_freedom: usize) -> Option<Interval> {
    if r.abs() > 1.0 - 1e-12 || degrees_of_freedom < 2 {
        return None;
    }
    let reach = NORMAL_975 / (degrees_of_freedom as f64 - 1.0).sqrt();
    Some(Interval::of_correlation(r, reach))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_is_none() {
        for rows in [
            vec![],
            vec![("A", 1.0, 2.0), ("A", 2.0, 3.0)],
            vec![("A", 1.0, 2.0), ("B", 2.0, 3.0), ("C", 0.0, 1.0)],
            vec![("A", 1.0, 2.0), ("A", 1.0, 3.0), ("A", 1.0, 4.0)],
            vec![("A", 1.0, f64::NAN), ("A", 2.0, 3.0), ("A", 3.0, 4.0)],
        ] {
            assert_eq!(rmcorr(&rows), None, "{rows:?}");
        }
    }

    #[test]
    fn a_perfect_line_within_subjects_ignores_their_levels() {
        let found = rmcorr(&[
            ("A", 1.0, 9.0),
            ("A", 2.0, 11.0),
            ("B", 5.0, 0.0),
            ("B", 7.0, 4.0),
        ])
        .unwrap();
        assert_eq!(
            (found.r, found.degrees_of_freedom, found.p, found.interval),
            (1.0, 1, 0.0, None)
        );
        assert_eq!(found.slope, 2.0);
    }
}
