//! What is the same as something before it, found among 200,000 rows in a few MB: by hashes, and sure by a look at the thing
//! itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

/// A number that equal things have in common, the same in every run of the program.
pub(super) fn hash<T: Hash>(thing: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish()
}

/// Places in a list by what stands there.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By hash; where it is taken by something else, by the next number that is free.
    places: BTreeMap<u64, u32>,
}

impl Index {
    /// The place of what has this key. Where there is none, `place` becomes its place. `same` says whether what stands at
    /// a place has the key.
    pub(super) fn place_or_add(
        &mut self,
        key: &impl Hash,
        place: usize,
        same: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut number = hash(key);
        while let Some(taken) = self.places.get(&number) {
            let taken = *taken as usize;
            if same(taken) {
                return Some(taken);
            }
            number = number.wrapping_add(1);
        }
        self.places.insert(number, u32::try_from(place).unwrap_or(u32::MAX));
        None
    }
}

/// Texts that stand in a file more than once. Of 200,000 rows hardly any does, and only those that may are kept.
#[derive(Debug, Default)]
pub(super) struct Copies<'a> {
    /// Hashes that several texts of the file have, in order.
    repeated: Vec<u64>,
    seen: BTreeSet<&'a str>,
}

impl<'a> Copies<'a> {
    /// Of a file whose texts have these hashes.
    pub(super) fn among(mut hashes: Vec<u64>) -> Self {
        hashes.sort_unstable();
        let mut repeated: Vec<u64> = hashes
            .windows(2)
            .filter_map(|pair| matches!(pair, [a, b] if a == b).then(|| pair.first().copied())?)
            .collect();
        repeated.dedup();
        Copies { repeated, seen: BTreeSet::new() }
    }

    /// Whether the text was added before.
    pub(super) fn has(&self, text: &str) -> bool {
        self.seen.contains(text)
    }

    /// Adds a text.
    pub(super) fn add(&mut self, text: &'a str) {
        if !self.repeated.is_empty() && self.repeated.binary_search(&hash(&text)).is_ok() {
            self.seen.insert(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_of_its_kind_is_found(keys in prop::collection::vec(0_u8..40, 0..100)) {
            let (mut index, mut list) = (Index::default(), Vec::new());
            for key in keys {
                let first = list.iter().position(|other| *other == key);
                let found = index.place_or_add(&key, list.len(), |at| list[at] == key);
                prop_assert_eq!(found, first);
                if found.is_none() {
                    list.push(key);
                }
            }
        }

        #[test]
        fn copies_are_those_that_stand_there_twice(texts in prop::collection::vec("[ab]{0,3}", 0..40)) {
            let mut copies = Copies::among(texts.iter().map(|text| hash(&text.as_str())).collect());
            for (at, text) in texts.iter().enumerate() {
                prop_assert_eq!(copies.has(text), texts[..at].contains(text));
                copies.add(text);
            }
            let twice = texts.iter().filter(|text| texts.iter().filter(|other| other == text).count() > 1);
            prop_assert_eq!(copies.seen, twice.map(String::as_str).collect::<BTreeSet<_>>());
        }
    }

    #[test]
    fn what_has_the_hash_of_another_has_a_place_of_its_own() {
        let mut index = Index::default();
        // Nothing stands where the key's hash says, whatever the key: every one is new.
        for place in 0..4 {
            assert_eq!(index.place_or_add(&0, place, |_| false), None);
        }
        assert_eq!(index.place_or_add(&0, 4, |at| at == 3), Some(3));
    }
}
