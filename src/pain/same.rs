//! What is the same as something before it, found among 200,000 rows in a few MB: by hashes, and sure by a look at the thing
//! itself.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
};

/// A number that equal things have in common, the same in every run of the program.
pub(super) fn hash<T: Hash>(thing: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish()
}

/// Places in a list by what stands there: a table of hashes that is never more than half full. The list stays where it is,
/// so that a row costs some 10 bytes.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// One more than the place; 0 is free. As many as a power of two.
    slots: Vec<u32>,
    filled: usize,
}

impl Index {
    /// The place of what has this key in a list, of which `key_at` tells the keys. Where there is none, the end of the list,
    /// at `length`, becomes its place: the caller puts it there.
    pub(super) fn place_or_add<K: Hash + Eq>(
        &mut self,
        key: &K,
        length: usize,
        key_at: impl Fn(usize) -> Option<K>,
    ) -> Option<usize> {
        if self.filled * 2 >= self.slots.len() {
            self.grow(&key_at);
        }
        let (slot, taken) = self.slot(hash(key), |place| key_at(place).as_ref() == Some(key))?;
        if taken.is_none() {
            self.put(slot, length);
        }
        taken
    }

    /// The first slot from a hash on that is free, or whose place is the one; None in a table without room.
    fn slot(&self, hash: u64, is_it: impl Fn(usize) -> bool) -> Option<(usize, Option<usize>)> {
        let last = self.slots.len().checked_sub(1)?;
        let slots = (0..self.slots.len()).map(|step| (hash as usize).wrapping_add(step) & last);
        let place_at = |at: usize| (*self.slots.get(at)? as usize).checked_sub(1);
        let mut found = slots.map(|at| (at, place_at(at)));
        found.find(|(_, place)| place.is_none_or(&is_it))
    }

    fn put(&mut self, slot: usize, place: usize) {
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = u32::try_from(place + 1).unwrap_or(u32::MAX);
            self.filled += 1;
        }
    }

    fn grow<K: Hash>(&mut self, key_at: impl Fn(usize) -> Option<K>) {
        let wider = vec![0; (self.slots.len() * 2).max(16)];
        let before = std::mem::replace(&mut self.slots, wider);
        self.filled = 0;
        for place in before
            .into_iter()
            .filter_map(|slot| (slot as usize).checked_sub(1))
        {
            let slot = key_at(place).and_then(|key| self.slot(hash(&key), |_| false));
            slot.into_iter().for_each(|(slot, _)| self.put(slot, place));
        }
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
        Copies {
            repeated: repeated_in(&hashes),
            seen: BTreeSet::new(),
        }
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

/// The hashes that stand there more than once, each once.
fn repeated_in(sorted: &[u64]) -> Vec<u64> {
    sorted
        .chunk_by(|a, b| a == b)
        .filter(|same| same.len() > 1)
        .filter_map(|same| same.first().copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_of_its_kind_is_found(keys in prop::collection::vec(0_u8..200, 0..300)) {
            let (mut index, mut list) = (Index::default(), Vec::new());
            for key in keys {
                let first = list.iter().position(|other| *other == key);
                let found = index.place_or_add(&key, list.len(), |at| list.get(at).copied());
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
        #[derive(PartialEq, Eq)]
        struct Alike(usize);
        impl Hash for Alike {
            fn hash<H: Hasher>(&self, _: &mut H) {}
        }
        let mut index = Index::default();
        for place in 0..50 {
            assert_eq!(
                index.place_or_add(&Alike(place), place, |at| Some(Alike(at))),
                None
            );
        }
        assert_eq!(
            index.place_or_add(&Alike(31), 50, |at| Some(Alike(at))),
            Some(31)
        );
    }
}
