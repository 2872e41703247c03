//! Ids: the same to the letter, or not the same.

use std::collections::BTreeMap;

/// Names of columns of ids, folded, the likeliest first.
pub(super) const NAMES: &str = "id|athlete id|athlete|runner id|runner|participant id|participant|player id|player|player name|subject id|\
     subject|record id|code|pseudonym|teilnehmer|teilnehmer id|proband|probanden id|athlet|athlete name|name|laufer|participante|joueur|\
     coureur|jugador|corredor|partecipante|deelnemer|atleta";

/// Ids as they are when capitals and blanks do not count, each with the ids that are written so.
#[derive(Debug, Default)]
pub(super) struct Near<'i>(BTreeMap<String, Vec<&'i str>>);

impl<'i> Near<'i> {
    /// Of these ids.
    pub(super) fn of(ids: impl Iterator<Item = &'i str>) -> Near<'i> {
        let mut all = Near::default();
        for id in ids {
            all.0.entry(bare(id)).or_default().push(id);
        }
        all
    }

    /// The first other id that differs by capitals and blanks alone.
    pub(super) fn other_than(&self, id: &str) -> Option<&'i str> {
        let alike = self.0.get(&bare(id))?;
        alike.iter().copied().find(|other| *other != id)
    }
}

fn bare(id: &str) -> String {
    id.split_whitespace().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_near_by_capitals_and_blanks_alone() {
        let near = Near::of(["R01", "r 01", "R02", "Jörg"].into_iter());
        assert_eq!(near.other_than("R01"), Some("r 01"));
        assert_eq!(near.other_than(" r01"), Some("R01"));
        assert_eq!(near.other_than("JÖRG "), Some("Jörg"));
        assert_eq!(
            (near.other_than("R02"), near.other_than("R-01")),
            (None, None)
        );
    }
}
