//! Answers remembered by the text that was asked about.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

/// Most different texts remembered: a log has a few dozen.
const MAX_REMEMBERED: usize = 4096;

/// What texts came to; the same text always comes to the same.
#[derive(Debug)]
pub(in crate::pain) struct Memo<T>(Mutex<BTreeMap<String, T>>);

impl<T: Clone> Memo<T> {
    /// Without answers.
    pub(in crate::pain) const fn new() -> Self {
        Memo(Mutex::new(BTreeMap::new()))
    }

    /// The answer for a text, made where it is not remembered.
    pub(in crate::pain) fn get_or(&self, text: &str, make: impl FnOnce() -> T) -> T {
        let answers = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = answers().get(text) {
            return answer.clone();
        }
        let answer = make();
        let mut answers = answers();
        if answers.len() < MAX_REMEMBERED {
            answers.insert(text.to_string(), answer.clone());
        }
        answer
    }
}
