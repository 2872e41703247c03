//! Places of the body, and the one answer to whether a row rates a place.
//!
//! | the row says | it rates |
//! |---|---|
//! | site `none` or no site, pain 0 | every place 0: "all clear" |
//! | no site, pain above 0 | one place of its own ([`Site::Unnamed`]), and the day |
//! | a site and a side | that place |
//! | a site, both sides | that place, and the left and the right one: pain in both calves is pain in the left one |
//! | a site, both sides or no side, pain 0 | every side of the site 0: nowhere at the site does it hurt |
//! | a site, no side, pain above 0 | the site without a side alone: which side it was is unknown |
//!
//! | a site, and that the others are clear | every other site, and the other side of this one, 0 |
//!
//! A zero of one side says nothing about the other, about both together or about a site whose side is unknown. A row
//! without a rating rates nothing.

use super::{Entry, Side, Site};
use std::collections::BTreeSet;

/// A site and a side; the side is None where the log leaves it open.
pub type Place = (Site, Option<Side>);

/// The rating, 0–10, that a row gives a place. None when it says nothing about it. Ratings from words are among them.
pub fn rating_at(entry: &Entry, (site, side): Place) -> Option<f64> {
    let pain = entry.pain?;
    let zero = match entry.site {
        None | Some(Site::None) => pain == 0.0,
        Some(written) => {
            pain == 0.0 && written == site && matches!(entry.side, None | Some(Side::Both))
        }
    };
    if zero || is_about(entry, (site, side)) {
        return Some(pain);
    }
    (entry.others_clear && is_elsewhere(entry, (site, side))).then_some(0.0)
}

/// Whether a row names the place: its site, and its side or both sides. An all-clear names none.
pub fn is_about(entry: &Entry, (site, side): Place) -> bool {
    let one_of_both =
        entry.side == Some(Side::Both) && matches!(side, Some(Side::Left | Side::Right));
    entry.place().is_some_and(|(named, _)| named == site) && (entry.side == side || one_of_both)
}

/// Whether the place is certainly not the row's: another site, or the other of two sides.
fn is_elsewhere(entry: &Entry, (site, side): Place) -> bool {
    let opposite = matches!(
        (entry.side, side),
        (Some(Side::Left), Some(Side::Right)) | (Some(Side::Right), Some(Side::Left))
    );
    entry.site.is_some_and(|named| named != site || opposite)
}

/// Whether two sides can be the same one: unknown, both and the middle meet either.
pub fn sides_meet(a: Option<Side>, b: Option<Side>) -> bool {
    let is_open = |side: Option<Side>| !matches!(side, Some(Side::Left | Side::Right));
    is_open(a) || is_open(b) || a == b
}

/// Whether two places can be the same one: one site, and sides that can be the same.
pub fn places_meet(a: Place, b: Place) -> bool {
    a.0 == b.0 && sides_meet(a.1, b.1)
}

/// Whether a row says that nothing hurts anywhere.
pub fn is_all_clear(entry: &Entry) -> bool {
    matches!(entry.site, None | Some(Site::None)) && entry.pain == Some(0.0)
}

/// Every place that one of the rows rates above 0, as written, in the order of the vocabulary.
pub fn hurting<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeSet<Place> {
    let hurts = entries
        .into_iter()
        .filter(|entry| entry.pain.is_some_and(|pain| pain > 0.0));
    hurts.filter_map(Entry::place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Option<Side> = Some(Side::Left);
    const RIGHT: Option<Side> = Some(Side::Right);
    const BOTH: Option<Side> = Some(Side::Both);
    const CENTRE: Option<Side> = Some(Side::Centre);

    fn row(site: Option<Site>, side: Option<Side>, pain: Option<f64>) -> Entry {
        Entry {
            site,
            side,
            pain,
            ..Entry::on("2025-03-03".parse().expect("a literal date"))
        }
    }

    /// Which calves the row rates, of the left, the right, both, the one in the centre and the one without a side.
    fn check(site: Option<Site>, side: Option<Side>, pain: f64, rated: [bool; 5]) {
        let row = row(site, side, Some(pain));
        for (place, rated) in [LEFT, RIGHT, BOTH, CENTRE, None].into_iter().zip(rated) {
            assert_eq!(
                rating_at(&row, (Site::Calf, place)),
                rated.then_some(pain),
                "{site:?} {side:?} {pain} {place:?}"
            );
        }
    }

    #[test]
    fn pain_rates_the_place_that_is_named() {
        let calf = Some(Site::Calf);
        check(calf, LEFT, 3.0, [true, false, false, false, false]);
        check(calf, RIGHT, 3.0, [false, true, false, false, false]);
        check(calf, BOTH, 3.0, [true, true, true, false, false]);
        check(calf, CENTRE, 3.0, [false, false, false, true, false]);
        check(calf, None, 3.0, [false, false, false, false, true]);
        for elsewhere in [None, Some(Site::None), Some(Site::Shin)] {
            for side in [None, LEFT, BOTH] {
                check(elsewhere, side, 3.0, [false; 5]);
            }
        }
        let unnamed = row(None, None, Some(3.0));
        assert_eq!(rating_at(&unnamed, (Site::Unnamed, None)), Some(3.0));
        assert_eq!(
            rating_at(&row(None, None, Some(0.0)), (Site::Unnamed, None)),
            Some(0.0)
        );
    }

    #[test]
    fn a_row_can_say_that_all_other_places_are_clear() {
        let left_calf = Entry {
            others_clear: true,
            ..row(Some(Site::Calf), LEFT, Some(4.0))
        };
        for (place, rated) in [
            ((Site::Calf, LEFT), Some(4.0)),
            ((Site::Calf, RIGHT), Some(0.0)),
            ((Site::Shin, LEFT), Some(0.0)),
            ((Site::Shin, None), Some(0.0)),
            ((Site::Calf, None), None),
            ((Site::Calf, BOTH), None),
        ] {
            assert_eq!(rating_at(&left_calf, place), rated, "{place:?}");
        }
    }

    #[test]
    fn zeros_reach_as_far_as_they_say() {
        let calf = Some(Site::Calf);
        check(None, None, 0.0, [true; 5]);
        check(Some(Site::None), None, 0.0, [true; 5]);
        check(calf, None, 0.0, [true; 5]);
        check(calf, BOTH, 0.0, [true; 5]);
        check(calf, LEFT, 0.0, [true, false, false, false, false]);
        check(Some(Site::Shin), None, 0.0, [false; 5]);
        check(Some(Site::Shin), BOTH, 0.0, [false; 5]);
    }

    #[test]
    fn a_blank_rating_rates_nothing() {
        for site in [None, Some(Site::None), Some(Site::Calf)] {
            assert_eq!(rating_at(&row(site, LEFT, None), (Site::Calf, LEFT)), None);
            assert!(!is_all_clear(&row(site, None, None)));
        }
    }

    #[test]
    fn an_all_clear_names_no_place() {
        for site in [None, Some(Site::None)] {
            let clear = row(site, None, Some(0.0));
            assert!(is_all_clear(&clear) && !is_about(&clear, (Site::Calf, None)));
            assert!(!is_all_clear(&row(site, None, Some(1.0))));
        }
        assert!(!is_all_clear(&row(Some(Site::Calf), None, Some(0.0))));
        assert!(is_about(
            &row(Some(Site::Calf), BOTH, None),
            (Site::Calf, LEFT)
        ));
    }

    #[test]
    fn places_that_hurt_are_listed_as_written() {
        let rows = [
            row(Some(Site::Calf), BOTH, Some(1.0)),
            row(Some(Site::Calf), LEFT, Some(0.0)),
            row(Some(Site::Knee), None, Some(2.0)),
            row(Some(Site::Calf), BOTH, Some(4.0)),
            row(Some(Site::SideStitch), None, Some(5.0)),
            row(Some(Site::None), None, Some(3.0)),
            row(None, LEFT, Some(3.0)),
            row(Some(Site::Hip), LEFT, None),
        ];
        let expected = [
            (Site::Knee, None),
            (Site::Calf, BOTH),
            (Site::SideStitch, None),
            (Site::Unnamed, LEFT),
        ];
        assert_eq!(hurting(&rows).into_iter().collect::<Vec<_>>(), expected);
    }
}
