//! The places of a pain log as rows: the most painful first, and those beyond the last row together in it.

use crate::pain::Place;
use std::cmp::Reverse;

/// Places, each with what is known of it.
type Places<T> = Vec<(Place, T)>;

/// Sorts places by their days with pain, most first, and splits off those without a row of their own: none or at least two.
pub(super) fn ranked<T>(
    places: impl IntoIterator<Item = (Place, T)>,
    days: fn(&T) -> usize,
    most_rows: usize,
) -> (Places<T>, Places<T>) {
    let mut places: Places<T> = places.into_iter().collect();
    places.sort_by_key(|(place, of_place)| (Reverse(days(of_place)), *place));
    let own = match places.len() {
        all if all > most_rows + 1 => most_rows,
        all => all,
    };
    let others = places.split_off(own);
    (places, others)
}

/// The name of the row that so many places share.
pub(super) fn others_name(count: usize) -> String {
    format!("{count} other places")
}
