//! A set of words of one vocabulary, one bit a word.
//!
//! Most rows of a log say nothing but a place and a number, and a log may have 200,000 of them: four lists a row that are
//! nearly always empty took more memory than all the rest of it.

use super::{Everyday, PainType, Sign};
use std::fmt;

/// A word that a [`Set`] can hold: one of a fixed list.
pub trait Member: Copy + 'static {
    /// As many bits as the vocabulary needs.
    type Bits: Bits;
    /// The vocabulary, in its order.
    const ALL: &'static [Self];
    /// The word's place in [`Member::ALL`], from 0.
    fn place(self) -> usize;
}

/// An unsigned number that holds a set's bits.
pub trait Bits: Copy + Eq {
    /// The same number, wider.
    fn widened(self) -> u64;
    /// The number's lowest bits; a set has no others.
    fn of(wide: u64) -> Self;
}

macro_rules! bits {
    ($($number:ty),*) => {$(
        impl Bits for $number {
            fn widened(self) -> u64 {
                u64::from(self)
            }

            fn of(wide: u64) -> Self {
                wide as $number
            }
        }
    )*};
}

bits! { u16, u64 }

macro_rules! members {
    ($($name:ident $bits:ty),*) => {$(
        const _: () = assert!($name::ALL.len() <= <$bits>::BITS as usize, "the vocabulary needs more bits");

        impl Member for $name {
            type Bits = $bits;
            const ALL: &'static [Self] = $name::ALL;

            fn place(self) -> usize {
                self as usize
            }
        }
    )*};
}

members! { PainType u16, Sign u64, Everyday u16 }

/// Words of a vocabulary, each at most once, in the vocabulary's order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Set<T: Member>(T::Bits);

impl<T: Member> Set<T> {
    /// Whether there is no word in it.
    pub fn is_empty(self) -> bool {
        self.0.widened() == 0
    }

    /// How many words are in it.
    pub fn len(self) -> usize {
        self.0.widened().count_ones() as usize
    }

    /// Whether the word is in it.
    pub fn contains(self, word: &T) -> bool {
        self.0.widened() & bit(*word) != 0
    }

    /// Whether one of the words is in it.
    pub fn has_any(self, words: &[T]) -> bool {
        words.iter().any(|word| self.contains(word))
    }

    /// Puts a word in.
    pub fn insert(&mut self, word: T) {
        self.0 = Bits::of(self.0.widened() | bit(word));
    }

    /// Takes the words of the other set out.
    pub fn remove_all(&mut self, others: Set<T>) {
        self.0 = Bits::of(self.0.widened() & !others.0.widened());
    }

    /// The words, in the order of the vocabulary.
    pub fn iter(self) -> Iter<T> {
        Iter(self)
    }
}

fn bit<T: Member>(word: T) -> u64 {
    1 << word.place()
}

impl<T: Member> Default for Set<T> {
    fn default() -> Self {
        Set(Bits::of(0))
    }
}

impl<T: Member> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, words: I) {
        words.into_iter().for_each(|word| self.insert(word));
    }
}

impl<T: Member> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(words: I) -> Self {
        let mut set = Set::default();
        set.extend(words);
        set
    }
}

impl<T: Member, const N: usize> From<[T; N]> for Set<T> {
    fn from(words: [T; N]) -> Self {
        words.into_iter().collect()
    }
}

impl<T: Member> From<&[T]> for Set<T> {
    fn from(words: &[T]) -> Self {
        words.iter().copied().collect()
    }
}

impl<T: Member> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = Iter<T>;

    fn into_iter(self) -> Iter<T> {
        self.iter()
    }
}

impl<T: Member + fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

/// The words of a [`Set`], in the order of the vocabulary.
#[derive(Debug, Clone)]
pub struct Iter<T: Member>(Set<T>);

impl<T: Member> Iterator for Iter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let left = self.0.0.widened();
        let word = T::ALL.get(left.trailing_zeros() as usize)?;
        // The lowest bit goes.
        self.0.0 = Bits::of(left & (left - 1));
        Some(*word)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len(), Some(self.0.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// A set does what a [`BTreeSet`] of the same words does.
    fn check<T: Member + Ord + fmt::Debug>(words: &[usize], others: &[usize]) {
        let word = |at: &usize| T::ALL[at % T::ALL.len()];
        let (set, other): (Set<T>, Set<T>) = (
            words.iter().map(word).collect(),
            others.iter().map(word).collect(),
        );
        let (tree, other_tree): (BTreeSet<T>, BTreeSet<T>) = (
            words.iter().map(word).collect(),
            others.iter().map(word).collect(),
        );
        assert_eq!(
            set.iter().collect::<Vec<T>>(),
            tree.iter().copied().collect::<Vec<T>>()
        );
        assert_eq!(
            (set.len(), set.is_empty(), set == other),
            (tree.len(), tree.is_empty(), tree == other_tree)
        );
        assert!(
            T::ALL
                .iter()
                .all(|word| set.contains(word) == tree.contains(word))
        );
        let mut left = set;
        left.remove_all(other);
        assert_eq!(
            left.iter().collect::<BTreeSet<T>>(),
            tree.difference(&other_tree).copied().collect()
        );
        assert_eq!(
            set.has_any(&other.iter().collect::<Vec<T>>()),
            !tree.is_disjoint(&other_tree)
        );
        let mut more = set;
        more.extend(other);
        assert_eq!(
            more.iter().collect::<BTreeSet<T>>(),
            tree.union(&other_tree).copied().collect()
        );
        assert_eq!(
            format!("{set:?}"),
            format!("{:?}", set.iter().collect::<Vec<T>>())
        );
    }

    proptest! {
        #[test]
        fn a_set_is_like_any_other(
            words in prop::collection::vec(0_usize..64, 0..70),
            others in prop::collection::vec(0_usize..64, 0..70),
        ) {
            check::<Sign>(&words, &others);
            check::<PainType>(&words, &others);
            check::<Everyday>(&words, &others);
        }
    }

    #[test]
    fn every_word_has_a_bit_of_its_own() {
        fn check<T: Member + Ord + fmt::Debug>() {
            assert_eq!(
                T::ALL
                    .iter()
                    .copied()
                    .collect::<Set<T>>()
                    .iter()
                    .collect::<Vec<T>>(),
                T::ALL
            );
            assert!(
                T::ALL
                    .iter()
                    .enumerate()
                    .all(|(at, word)| word.place() == at)
            );
        }
        check::<Sign>();
        check::<PainType>();
        check::<Everyday>();
    }
}
