//! The lag curve: pain beside the load of one single day, the same day or up to a week before ([`crate::method::statistics`], Lags).
//!
//! A picture only. Its band allows for having looked at all lags; no p is given for a lag that was chosen by its height.

use super::{
    Exposure,
    daily::{DailyPain, daily_pain, rating},
    pair::Association,
};
use crate::{
    model::{Day, History},
    pain::{PainLog, Place, Side, Site},
    stats::{
        both_known, circular_shift::circular_shift_max, season::without_season, spearman::spearman,
    },
};
use std::cmp::Ordering;

/// Lags shown: the same day and the seven days before.
pub const LAGS: usize = 8;

/// The curve of one place and one kind of load.
#[derive(Debug, Clone, PartialEq)]
pub struct LagCurve {
    /// Where the pain was logged.
    pub site: Site,
    /// Which side; None when the log gives none.
    pub side: Option<Side>,
    /// `distance`, `ascent` or `descent`.
    pub load: &'static str,
    /// Days with a score.
    pub days_logged: usize,
    /// Spearman's rho of the pain with the load of the day that lies index days before, the season taken out of both. None where either is constant.
    pub rho: [Option<f64>; LAGS],
    /// The |rho| that chance alone passes at no lag for 95 % of the shifts of the calendar ([`circular_shift_max`]).
    pub band: [Option<f64>; LAGS],
    /// The tests of the report that this curve unfolds.
    pub tested: Vec<Tested>,
}

/// One printed test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// Days from the last of the load's days to the pain's: 0 or 1.
    pub lag: usize,
    /// Days that are added up: 1 or 3.
    pub days: usize,
    /// Rho of the two alone, as the curve's.
    pub rho: f64,
    /// Its p.
    pub p: f64,
    /// Whether it is flagged.
    pub flagged: bool,
}

/// A curve for every place and kind of load that has at least one tested pair, those with a flag first, then by their
/// smallest p.
pub fn lag_curves(
    history: &History,
    pain: &PainLog,
    associations: &[Association],
) -> Vec<LagCurve> {
    let days = history.days_until(history.as_of, usize::MAX);
    let curves = by_place_and_kind(associations)
        .into_iter()
        .filter_map(|(place, exposure, tested)| curve(days, pain, place, exposure, tested));
    let mut curves: Vec<LagCurve> = curves.collect();
    curves.sort_by(LagCurve::cmp_loudest);
    curves
}

/// What was tested of a place and a kind of load, which the first exposure stands for.
type Group = (Place, Exposure, Vec<Tested>);

fn by_place_and_kind(associations: &[Association]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for pair in associations {
        let Some(tested) = tested(pair) else {
            continue;
        };
        let (place, kind) = ((pair.site, pair.side), pair.exposure.kind());
        let is_alike = |(at, load, _): &&mut Group| *at == place && load.kind() == kind;
        match groups.iter_mut().find(is_alike) {
            Some((_, _, all)) => all.push(tested),
            None => groups.push((place, pair.exposure, vec![tested])),
        }
    }
    groups
}

fn tested(pair: &Association) -> Option<Tested> {
    Some(Tested {
        lag: pair.lag_days,
        days: pair.exposure.days(),
        rho: pair.rho?,
        p: pair.p?,
        flagged: pair.flagged,
    })
}

impl LagCurve {
    /// Whether one of its tests is flagged.
    pub fn is_flagged(&self) -> bool {
        self.tested.iter().any(|tested| tested.flagged)
    }

    fn smallest_p(&self) -> f64 {
        self.tested
            .iter()
            .map(|tested| tested.p)
            .fold(1.0, f64::min)
    }

    /// Those with a flag first, then by their smallest p.
    fn cmp_loudest(&self, other: &Self) -> Ordering {
        let by_flag = other.is_flagged().cmp(&self.is_flagged());
        by_flag.then(self.smallest_p().total_cmp(&other.smallest_p()))
    }
}

fn curve(
    days: &[Day],
    pain: &PainLog,
    place: Place,
    exposure: Exposure,
    tested: Vec<Tested>,
) -> Option<LagCurve> {
    let series = daily_pain(pain, days, |entry| rating(entry, place))?;
    let load = |lag: usize| without_season(&load_of_one_day(days, &series, exposure, lag));
    let loads: Vec<Vec<Option<f64>>> = (0..LAGS).map(load).collect();
    let days_logged = series.pain.iter().flatten().count();
    let pain = series.level;
    Some(LagCurve {
        site: place.0,
        side: place.1,
        load: exposure.kind(),
        days_logged,
        band: band(&loads, &pain)?,
        rho: std::array::from_fn(|lag| rho(loads.get(lag)?, &pain)),
        tested,
    })
}

fn band(loads: &[Vec<Option<f64>>], pain: &[Option<f64>]) -> Option<[Option<f64>; LAGS]> {
    let bands = circular_shift_max(loads, pain)?.band_95;
    Some(std::array::from_fn(|lag| bands.get(lag).copied().flatten()))
}

/// The load `lag` days before each day of the calendar.
fn load_of_one_day(
    days: &[Day],
    series: &DailyPain,
    exposure: Exposure,
    lag: usize,
) -> Vec<Option<f64>> {
    let before = |day: usize| exposure.of(days.get(day.checked_sub(lag)?)?);
    series.days().map(before).collect()
}

fn rho(load: &[Option<f64>], pain: &[Option<f64>]) -> Option<f64> {
    let (load, pain) = both_known(load, pain);
    spearman(&load, &pain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::associate::{associate, tests::knee_after_distance};

    fn knee(days: usize) -> (Vec<Association>, Vec<LagCurve>) {
        let (history, pain) = knee_after_distance(days);
        let associations = associate(&history, &pain);
        let curves = lag_curves(&history, &pain, &associations);
        (associations, curves)
    }

    #[test]
    fn a_knee_that_follows_yesterday_peaks_there_and_nowhere_else() {
        let (associations, curves) = knee(84);
        let [curve] = &curves[..] else {
            panic!("{curves:?}")
        };
        assert_eq!(
            (curve.site, curve.side, curve.load),
            (Site::Knee, Some(Side::Left), "distance")
        );
        assert_eq!(curve.days_logged, 83);
        for (lag, (rho, band)) in curve.rho.iter().zip(curve.band).enumerate() {
            let (rho, band) = (rho.expect("a rho"), band.expect("a band"));
            assert_eq!(
                rho.abs() > band,
                lag == 1,
                "lag {lag}: {rho} against {band}"
            );
        }
        // The point of the day before is the printed test.
        assert_eq!(curve.rho[1], associations[0].rho);
        let printed: Vec<(usize, Option<f64>)> =
            curve.tested.iter().map(|t| (t.days, Some(t.rho))).collect();
        assert_eq!(
            printed,
            [(1, associations[0].rho), (3, associations[1].rho)]
        );
    }

    #[test]
    fn what_was_not_tested_has_no_curve() {
        // 42 days with a score are one too few: the first day has none.
        assert!(knee(42).1.is_empty());
        assert_eq!(knee(43).1.len(), 1);
        assert!(
            lag_curves(&knee_after_distance(84).0, &PainLog::default(), &knee(84).0).is_empty()
        );
    }

    #[test]
    fn flags_come_first_and_then_the_smallest_p() {
        let (mut associations, _) = knee(84);
        let (history, mut pain) = knee_after_distance(84);
        // A right knee that is the left one, with a smaller p and no flag, and a hip with neither.
        for (site, side, p, flagged) in [
            (Site::Knee, Some(Side::Right), 0.001, false),
            (Site::Hip, None, 0.5, false),
        ] {
            let rows = pain
                .entries
                .clone()
                .into_iter()
                .filter(|row| row.site == Some(Site::Knee));
            let rows: Vec<_> = rows
                .map(|row| crate::pain::Entry {
                    site: Some(site),
                    side,
                    ..row
                })
                .collect();
            pain.entries.extend(
                rows.into_iter()
                    .filter(|row| (row.site, row.side) == (Some(site), side)),
            );
            let pair = Association {
                site,
                side,
                p: Some(p),
                flagged,
                ..associations[0].clone()
            };
            associations.insert(0, pair);
        }
        let curves = lag_curves(&history, &pain, &associations);
        let order: Vec<_> = curves
            .iter()
            .map(|curve| (curve.site, curve.side))
            .collect();
        assert_eq!(
            order,
            [
                (Site::Knee, Some(Side::Left)),
                (Site::Knee, Some(Side::Right)),
                (Site::Hip, None)
            ]
        );
    }
}
