//! What a row says beside the pain.

use super::Entry;

/// The night, the effort, the shoe, the week's answers and the note of a row. Most rows of a long log say none of it, so that
/// an [`Entry`] has it in a place of its own ([`Beside::kept`]).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beside {
    /// Answers to the four weekly OSTRC questions, each 0, 8, 17 or 25; questions 2 and 3 may be 6, 13 or 19
    /// ([`super::ostrc`]).
    pub ostrc: [Option<u8>; 4],
    /// Hours slept the night before.
    pub sleep_h: Option<f64>,
    /// 1 (bad) to 5 (good).
    pub sleep_quality: Option<f64>,
    /// Session RPE, CR-10.
    pub rpe: Option<f64>,
    /// The shoe's name.
    pub shoe: Option<Box<str>>,
    /// Free text, at most 2,000 characters.
    pub notes: Option<Box<str>>,
    /// The entry is no row of the log: it comes from what the runner wrote into an account, and this is what about: `TrainingPeaks
    /// workout`. Its words are in no field.
    pub comment_on: Option<Box<str>>,
}

impl Beside {
    /// As an [`Entry`] has it; None where nothing is said.
    pub fn kept(self) -> Option<Box<Beside>> {
        (self != Beside::default()).then(|| Box::new(self))
    }

    /// What belongs to every entry of a row: the shoe. The night, the week's answers and the note must not count again for the
    /// second one.
    pub(super) fn of_every_entry(self) -> Beside {
        Beside {
            shoe: self.shoe,
            comment_on: self.comment_on,
            ..Beside::default()
        }
    }

    /// What is not said comes from the other.
    pub(super) fn or(self, other: Beside) -> Beside {
        let mut ostrc = self.ostrc;
        ostrc
            .iter_mut()
            .zip(other.ostrc)
            .for_each(|(answer, other)| *answer = answer.or(other));
        Beside {
            ostrc,
            sleep_h: self.sleep_h.or(other.sleep_h),
            sleep_quality: self.sleep_quality.or(other.sleep_quality),
            rpe: self.rpe.or(other.rpe),
            shoe: self.shoe.or(other.shoe),
            notes: self.notes.or(other.notes),
            comment_on: self.comment_on.or(other.comment_on),
        }
    }
}

impl Entry {
    /// Answers to the four weekly OSTRC questions ([`Beside::ostrc`]).
    pub fn ostrc(&self) -> [Option<u8>; 4] {
        self.beside
            .as_ref()
            .map_or([None; 4], |beside| beside.ostrc)
    }

    /// Hours slept the night before.
    pub fn sleep_h(&self) -> Option<f64> {
        self.beside.as_ref()?.sleep_h
    }

    /// How the runner slept, 1 (bad) to 5 (good).
    pub fn sleep_quality(&self) -> Option<f64> {
        self.beside.as_ref()?.sleep_quality
    }

    /// Session RPE, CR-10.
    pub fn rpe(&self) -> Option<f64> {
        self.beside.as_ref()?.rpe
    }

    /// The shoe's name.
    pub fn shoe(&self) -> Option<&str> {
        self.beside.as_ref()?.shoe.as_deref()
    }

    /// The free text, at most 2,000 characters.
    pub fn notes(&self) -> Option<&str> {
        self.beside.as_ref()?.notes.as_deref()
    }

    /// What the comment is about that the entry comes from; None for a row of the log.
    pub fn comment_on(&self) -> Option<&str> {
        self.beside.as_ref()?.comment_on.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_blank_takes_no_room_and_comes_from_the_other() {
        assert_eq!(Beside::default().kept(), None);
        let one = Beside {
            ostrc: [Some(8), None, None, None],
            rpe: Some(4.0),
            ..Beside::default()
        };
        let other = Beside {
            ostrc: [Some(0), Some(17), None, None],
            notes: Some("hills".into()),
            ..Beside::default()
        };
        let both = Beside {
            ostrc: [Some(8), Some(17), None, None],
            rpe: Some(4.0),
            notes: Some("hills".into()),
            ..Beside::default()
        };
        assert_eq!(one.or(other), both);
    }
}
