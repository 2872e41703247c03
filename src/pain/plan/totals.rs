//! Rows of totals and averages that spreadsheets put below or between the days.

use crate::pain::{dates::month, records::Record, words::fold};

/// Words for totals in seven languages and some more.
const TOTALS: &str = "total|totals|sum|average|avg|mean|median|max|min|count|summe|gesamt|durchschnitt|mittelwert|mittel|schnitt|\
    anzahl|somme|moyenne|nombre|suma|promedio|media|somma|totale|soma|medio|som|totaal|gemiddelde|razem|srednia|合計|平均";
/// Words that say of what.
const AROUND: &str = "week|weekly|month|monthly|year|yearly|all|overall|of|for|the|pain|days|woche|monat|jahr|der|des|pro|semaine|mois|an|\
    de|la|du|por|del|semana|mes|settimana|mese|della|mensile|maand|van|weeksom|subtotal|sub|grand";

/// Whether a row holds totals: one of its first cells says so and nothing else. The caller knows that it has no date.
pub(in crate::pain) fn is_total(record: &Record) -> bool {
    record
        .fields
        .iter()
        .take(3)
        .any(|cell| cell.len() <= 40 && says_total(&fold(cell)))
}

fn says_total(folded: &str) -> bool {
    let is_one_of = |list: &str, word: &str| list.split('|').any(|other| other == word);
    let is_around = |word: &str| {
        is_one_of(TOTALS, word)
            || is_one_of(AROUND, word)
            || word.bytes().all(|b| b.is_ascii_digit())
            || month(word).is_some()
    };
    folded.split(' ').any(|word| is_one_of(TOTALS, word)) && folded.split(' ').all(is_around)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_totals() {
        for label in [
            "Total",
            "Week total",
            "Total week 3",
            "Average August",
            "Summe der Woche",
            "Moyenne du mois",
            "合計",
        ] {
            assert!(says_total(&fold(label)), "{label}");
        }
        for label in ["", "left knee", "total knee replacement", "none", "13"] {
            assert!(!says_total(&fold(label)), "{label}");
        }
    }
}
