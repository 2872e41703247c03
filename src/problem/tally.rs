//! How often something was wrong: one count a kind, not one problem a point, an entry or a row.

use std::collections::BTreeMap;

/// Most places kept of one kind: a message names no more.
const PLACES_MAX: usize = 5;

/// What was wrong, counted by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<K> {
    counts: BTreeMap<K, Count>,
}

/// How often one kind was met, and where first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Count {
    /// How often.
    pub times: usize,
    /// The first places, in the order in which they were met: bytes, entries or rows. As many as `times`, but at most five.
    pub places: Vec<usize>,
    /// The first text that was found wrong. None: nothing was to be shown.
    pub example: Option<String>,
}

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Tally {
            counts: BTreeMap::new(),
        }
    }
}

impl<K: Ord> Tally<K> {
    /// One more at this place; `example` is asked only while there is none.
    pub fn add(&mut self, kind: K, place: usize, example: impl FnOnce() -> Option<String>) {
        let count = self.counts.entry(kind).or_default();
        count.times += 1;
        if count.places.len() < PLACES_MAX {
            count.places.push(place);
        }
        if count.example.is_none() {
            count.example = example();
        }
    }

    /// A kind that concerns everything and no place; it counts no times.
    pub fn note(&mut self, kind: K) {
        self.counts.entry(kind).or_default();
    }

    /// How often a kind was met.
    pub fn times(&self, kind: &K) -> usize {
        self.counts.get(kind).map_or(0, |count| count.times)
    }

    /// Every kind that was met, in the kinds' order.
    pub fn counts(&self) -> impl Iterator<Item = (&K, &Count)> {
        self.counts.iter()
    }
}

impl Count {
    /// The first place. None: it has none.
    pub fn first(&self) -> Option<usize> {
        self.places.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_first_are_kept() {
        let mut tally = Tally::default();
        (3..10).for_each(|place| {
            tally.add("late", place, || (place > 4).then(|| format!("at {place}")))
        });
        tally.add("early", 1, || Some(String::new()));
        tally.note("all");
        let late = Count {
            times: 7,
            places: vec![3, 4, 5, 6, 7],
            example: Some("at 5".to_string()),
        };
        let early = Count {
            times: 1,
            places: vec![1],
            example: Some(String::new()),
        };
        let found: Vec<(&str, Count)> = tally
            .counts()
            .map(|(kind, count)| (*kind, count.clone()))
            .collect();
        assert_eq!(
            found,
            [
                ("all", Count::default()),
                ("early", early),
                ("late", late.clone())
            ]
        );
        assert_eq!(
            (tally.times(&"late"), tally.times(&"never"), late.first()),
            (7, 0, Some(3))
        );
    }
}
