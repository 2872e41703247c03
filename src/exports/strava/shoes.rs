//! `shoes.csv`: one shoe a row, without number, distance or day.

use super::{
    table::{Row, Table},
    trouble::Trouble,
};
use crate::{
    exports::facts::Shoe,
    problem::{Code, Effect, Problem},
    text::{fold::fold, line::one_line},
};
use std::collections::BTreeSet;

/// The file has a name, a brand, a model and the default sports; a shop's list has more.
const COLUMNS_MAX: usize = 6;

/// Beginnings of the words for shoes, folded. Only English is seen; no file in another language was found, so any header counts
/// whose names speak of shoes and of name, brand and model in one of the eight languages.
const SHOE: &[&str] = &[
    "shoe", "schuh", "chauss", "zapat", "calzad", "scarp", "tenis", "calcad", "sapat", "schoen",
    "bot", "obuv",
];
const BRAND: &[&str] = &["brand", "marke", "marque", "marca", "merk", "znack"];
const MODEL: &[&str] = &["model"];
const NAME: &[&str] = &["name", "nom", "naam", "nazev"];

/// Which cell of a row is what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    name: usize,
    brand: usize,
    model: usize,
}

impl Columns {
    /// The columns of a header; None when it is not that of the shoes.
    pub(super) fn named(header: &[String]) -> Option<Columns> {
        let find = |words: &[&str]| {
            header
                .iter()
                .position(|name| is_about(name, SHOE) && is_about(name, words))
        };
        let columns = Columns {
            name: find(NAME)?,
            brand: find(BRAND)?,
            model: find(MODEL)?,
        };
        let distinct = BTreeSet::from([columns.name, columns.brand, columns.model]).len() == 3;
        (distinct && header.len() <= COLUMNS_MAX).then_some(columns)
    }

    fn name_and_key(self, row: &Row) -> (String, String) {
        let name = one_line(row.cell(self.name));
        let (brand, model) = (row.cell(self.brand), row.cell(self.model));
        let key = gear_key(&format!("{brand} {model} {name}"));
        (name, key)
    }
}

/// The form in which shoes.csv and activities.csv call a shoe by equal words: `Brand Model`, and behind it the nickname where
/// there is one; blanks of any kind are one blank.
pub(super) fn gear_key(text: &str) -> String {
    one_line(text)
}

/// Every row as a shoe. What Strava does not say (retired, days, limit) is absent.
pub(super) fn read(table: &Table, columns: Columns) -> (Vec<Shoe>, Vec<Problem>) {
    let (mut shoes, mut keys, mut trouble) = (Vec::new(), BTreeSet::new(), Trouble::default());
    for row in &table.rows {
        let (name, key) = columns.name_and_key(row);
        if key.is_empty() {
            let detail = "the shoe has neither name nor brand nor model";
            trouble.damaged(row.number, Effect::PartLost, detail, "It was left out.");
        } else if !keys.insert(key.clone()) {
            let detail = "two shoes have the same brand, model and name";
            trouble.row(
                row.number,
                &key,
                Code::Duplicate,
                Effect::Noted,
                detail,
                "They count as one shoe.",
            );
        } else {
            let name = if name.is_empty() { key.clone() } else { name };
            shoes.push(Shoe {
                key,
                name,
                ..Shoe::default()
            });
        }
    }
    if let Some(row) = table.open_quote {
        trouble.open_quote(row);
    }
    (shoes, trouble.problems())
}

/// Whether a word of the name begins like one of `starts`, or holds it inside as German and Dutch do (`Schuhmarke`).
fn is_about(name: &str, starts: &[&str]) -> bool {
    let folded = fold(name);
    let long = |start: &&str| start.len() > 3 && folded.contains(*start);
    starts
        .iter()
        .any(|start| long(start) || has_word(&folded, start))
}

fn has_word(folded: &str, start: &str) -> bool {
    folded.split(' ').any(|word| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split(',').map(str::to_string).collect()
    }

    #[test]
    fn headers_of_shoes_and_of_other_things() {
        for names in [
            "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types",
            "Schuhname,Schuhmarke,Schuhmodell,Standardsportarten",
            "Name des Schuhs,Marke des Schuhs,Modell des Schuhs",
            "Nom de la chaussure,Marque de la chaussure,Modèle de la chaussure",
            "Nombre de la zapatilla,Marca de la zapatilla,Modelo de la zapatilla",
            "Nome scarpa,Marca scarpa,Modello scarpa",
            "Nome do tênis,Marca do tênis,Modelo do tênis",
            "Naam schoen,Schoenmerk,Schoenmodel",
            "Název boty,Značka boty,Model boty",
        ] {
            let columns = Columns {
                name: 0,
                brand: 1,
                model: 2,
            };
            assert_eq!(Columns::named(&header(names)), Some(columns), "{names}");
        }
        for names in [
            "Bike Name,Bike Brand,Bike Model,Bike Default Sport Types",
            "Shoe Name,Shoe Brand",
            "Shoe Name,Shoe Brand,Shoe Model,Price,Size,Colour,Stock",
            "date,shoe,pain",
            "",
        ] {
            assert_eq!(Columns::named(&header(names)), None, "{names}");
        }
    }

    #[test]
    fn a_shoe_is_called_as_the_activities_call_it() {
        let text = "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\n,Fleet, Glider  2,Run\nRed,Fleet,Glider 2,\n\
                    Red,Fleet,Glider 2,\nOld ones,,,\n,,,Run\n";
        let (shoes, problems) = read(
            &Table::read(text, b','),
            Columns {
                name: 0,
                brand: 1,
                model: 2,
            },
        );
        let read: Vec<(&str, &str)> = shoes
            .iter()
            .map(|shoe| (shoe.key.as_str(), shoe.name.as_str()))
            .collect();
        let expected = [
            ("Fleet Glider 2", "Fleet Glider 2"),
            ("Fleet Glider 2 Red", "Red"),
            ("Old ones", "Old ones"),
        ];
        assert_eq!(read, expected);
        assert_eq!(gear_key("Fleet\u{a0}Glider 2 Red "), "Fleet Glider 2 Red");
        let found: Vec<(Code, &str)> = problems
            .iter()
            .map(|p| (p.code, p.place.as_str()))
            .collect();
        assert_eq!(
            found,
            [(Code::Duplicate, "row 4"), (Code::ExportDamaged, "row 6")]
        );
        assert!(
            shoes
                .iter()
                .all(|shoe| shoe.retired.is_none() && shoe.limit_m.is_none())
        );
    }
}
