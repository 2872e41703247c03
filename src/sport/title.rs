//! The sport that a title names.

use super::{Name, Sport, words, world};
use crate::text::fold::fold;

/// Most words of one phrase: `vuelta en bicicleta de montana`.
const LONGEST_PHRASE: usize = 5;

/// The sport that a title names in one of the languages of the world: `Morning Run`, `Radtour`, `Course à pied du soir`. Whole words
/// only. None: it names none, or several, which may be anything (`Run errands by bike`).
pub fn named_in_title(title: &str) -> Option<(Sport, Name)> {
    only(&named(&fold(title)))
}

/// The one sport among several names; of its kinds the first that is more than generic.
fn only(named: &[(Name, Name)]) -> Option<(Sport, Name)> {
    let (sport, first) = *named.first()?;
    if named.iter().any(|(other, _)| *other != sport) {
        return None;
    }
    let mut kinds = named.iter().map(|(_, sub_sport)| *sub_sport);
    Some((
        Sport(sport),
        kinds.find(|kind| *kind != "generic").unwrap_or(first),
    ))
}

/// Every sport that a folded text names, in its order; the longest phrase counts.
fn named(folded: &str) -> Vec<(Name, Name)> {
    let words: Vec<&str> = folded.split(' ').collect();
    let mut named: Vec<(Name, Name)> = world::written_together(folded).collect();
    let mut at = 0;
    while at < words.len() {
        let (length, sport) = longest(&words[at..]);
        named.extend(sport);
        at += length;
    }
    named
}

/// How many words the name that begins here has, and what it means; one word where none does.
fn longest(words: &[&str]) -> (usize, Option<(Name, Name)>) {
    for length in (1..=words.len().min(LONGEST_PHRASE)).rev() {
        if let Some(sport) = meaning(&words[..length].join(" ")) {
            return (length, Some(sport));
        }
    }
    (1, world::compound(words[0]))
}

fn meaning(phrase: &str) -> Option<(Name, Name)> {
    let of = |writer| words::meaning(phrase, writer);
    let of_services = || of(words::Writer::Recording).or_else(|| of(words::Writer::Strava));
    let known = world::meaning(phrase).or_else(of_services);
    known.filter(|_| !world::means_more(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(titles: &str, expected: Option<&str>) {
        for title in titles.split('|') {
            let found = named_in_title(title).map(|(sport, _)| sport.0);
            assert_eq!(found, expected, "{title}");
        }
    }

    #[test]
    fn titles_of_runs() {
        check(
            "Morning Run|Lunch run|Running 10 km|Easy jog|parkrun #12|Berlin Marathon 2024|Run/Walk|Evening Trail Run",
            Some("running"),
        );
        check(
            "Abendlauf|Lauf am Morgen|Laufen|10 km Waldlauf|Course à pied du soir|Course à pied le matin|Footing|Corsa mattutina|\
             Carrera por la tarde|Corrida matinal|Hardlopen|Avondloop|Běh|Bieg poranny|Løbetur|Kveldsløp|Löpning|Iltajuoksu|Пробежка|\
             晨跑|夜ラン|朝のランニング|跑步|달리기",
            Some("running"),
        );
        assert_eq!(
            named_in_title("Long Trail Run"),
            Some((Sport::RUNNING, "trail"))
        );
    }

    #[test]
    fn titles_of_other_sports() {
        check(
            "Afternoon Swim|Schwimmen|Natation|游泳|Плавание",
            Some("swimming"),
        );
        check(
            "Afternoon Ride|Radtour|Fahrradtour am See|Sortie vélo|Giro in bici|Vuelta en bicicleta de montaña|Fietstocht|Sykkeltur|\
             Jazda na rowerze|骑行|サイクリング|Велопрогулка|Feierabend-Radrunde",
            Some("cycling"),
        );
        check(
            "Walk with dog|Abendspaziergang|Gassirunde|Boswandeling|Spacer|Promenad|散歩",
            Some("walking"),
        );
        check(
            "Hike up the hill|Wanderung|Randonnée|登山|Поход",
            Some("hiking"),
        );
        check("Travel|Reise nach Rom", Some("other"));
        check("Skilanglauf|Langlauf", Some("cross_country_skiing"));
    }

    #[test]
    fn what_names_no_sport_or_several_is_open() {
        check(
            "Run errands by bike|Swim Bike then Run home|Lauf und Radtour|Morning Activity|Lunch Workout|Track 2024-05-01|Bruno|\
             Crunch time|Brunch|Overrun|Turun linna|Streckenverlauf|Rundweg|Prunus|The long way|Course record|Appalachian Trail|\
             2024-11-08 10:00|レストラン|",
            None,
        );
        // The outing that is a sport of its own.
        check("Triathlon", Some("multisport"));
    }
}
