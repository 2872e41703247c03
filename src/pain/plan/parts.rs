//! The day in three columns: year, month and day. A blank year or month is the one of the row above, as in merged cells.

use super::names::{Meaning, Name};

/// Names of a column of years, folded, in seven languages.
const YEAR: &str = "year|yr|yyyy|jahr|annee|an|ano|anno|jaar|rok|年";
/// Names of a column of months.
const MONTH: &str = "month|mon|mm|month name|month number|monat|mois|mes|mese|maand|miesiac|月";
/// Names of a column of days; those of whole dates come last.
const DAY: &str = "day|dd|day of month|day number|monthday|tag|jour|dia|giorno|dag|dzien|日|date|datum|fecha|data";

/// The columns that together are a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pain) struct DateParts {
    /// Missing where the month's cells say the year: `Aug 2025`.
    year: Option<usize>,
    month: usize,
    /// The column of the day.
    pub day: usize,
}

/// Year and month of the row above.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::pain) struct Above {
    year: String,
    month: String,
    /// Whether the last row had all that its header promises.
    pub is_whole: bool,
}

impl DateParts {
    /// The three columns by their names; None when one is missing or stands there twice.
    pub(crate) fn of(names: &[Name]) -> Option<Self> {
        let year = only(names, YEAR).ok()?;
        let month = only(names, MONTH).ok()??;
        let day = DAY
            .split('|')
            .find_map(|name| only(names, name).ok().flatten())?;
        Some(DateParts { year, month, day })
    }

    /// What a column holds: `year`, `month` or `day`.
    pub(crate) fn part(self, index: usize) -> Option<&'static str> {
        let parts = [
            (self.year, "year"),
            (Some(self.month), "month"),
            (Some(self.day), "day"),
        ];
        parts
            .into_iter()
            .find(|(at, _)| *at == Some(index))
            .map(|(_, name)| name)
    }

    /// The columns of the year and the month mean nothing else.
    pub(crate) fn mark(self, names: &mut [Name]) {
        for index in self.year.into_iter().chain([self.month]) {
            if let Some(name) = names
                .get_mut(index)
                .filter(|name| name.meaning == Meaning::Unknown)
            {
                name.meaning = Meaning::DatePart;
            }
        }
    }

    /// The day as one text; blank where the day is.
    pub(crate) fn text<'r>(self, cell: impl Fn(usize) -> &'r str, above: &mut Above) -> String {
        let cell = |index: usize| whole(cell(index).trim());
        let (year, month, day) = (self.year.map_or("", cell), cell(self.month), cell(self.day));
        above.is_whole = !month.is_empty() && (self.year.is_none() || !year.is_empty());
        above.keep(year, month);
        match (day.is_empty(), self.year) {
            (true, _) => String::new(),
            (false, Some(_)) => above.with_year(day),
            (false, None) => above.without_year(day),
        }
    }
}

impl Above {
    fn keep(&mut self, year: &str, month: &str) {
        if !year.is_empty() {
            let century = if year.len() == 2 { "20" } else { "" };
            self.year = format!("{century}{year}");
        }
        if !month.is_empty() {
            self.month = month.to_string();
        }
    }

    fn with_year(&self, day: &str) -> String {
        let (year, month) = (&self.year, &self.month);
        match is_number(month) {
            true => format!("{year}-{month}-{day}"),
            false => format!("{day} {month} {year}"),
        }
    }

    /// `2025-08` and `08/2025` say the year beside the month, and so does `Aug 2025`.
    fn without_year(&self, day: &str) -> String {
        let month = &self.month;
        if month.get(..4).is_some_and(is_number) {
            format!("{}-{day}", month.replace(['/', '.'], "-"))
        } else if month.contains(char::is_alphabetic) {
            format!("{day} {month}")
        } else {
            format!("{day}.{}", month.replace(['/', '-'], "."))
        }
    }
}

/// The only column with one of the names: an error when there are several.
fn only(names: &[Name], list: &str) -> Result<Option<usize>, ()> {
    let is_named = |name: &Name| {
        let part = part_of_date(&name.folded);
        list.split('|').any(|other| other == part)
    };
    let mut found = (0..names.len()).filter(|index| names.get(*index).is_some_and(is_named));
    match (found.next(), found.next()) {
        (_, Some(_)) => Err(()),
        (index, None) => Ok(index),
    }
}

/// `date month`: the word for the date says nothing beside the part's own.
fn part_of_date(folded: &str) -> &str {
    behind_date(folded)
        .or_else(|| before_date(folded))
        .unwrap_or(folded)
}

/// A date as the name of a column says it.
const DATE: [&str; 4] = ["date", "datum", "fecha", "data"];

fn behind_date(folded: &str) -> Option<&str> {
    let mut dates = DATE.into_iter();
    dates.find_map(|date| folded.strip_prefix(date)?.strip_prefix(' '))
}

fn before_date(folded: &str) -> Option<&str> {
    let mut dates = DATE.into_iter();
    dates.find_map(|date| folded.strip_suffix(date)?.strip_suffix(' '))
}

/// `8.0` as a spreadsheet may write 8, and `13.` or `13th`.
fn whole(cell: &str) -> &str {
    let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
    match cell.split_at_checked(digits) {
        Some((
            number,
            "" | ".0" | "." | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª" | "年" | "月" | "日",
        )) => number,
        _ => cell,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::words::Vocabulary;

    fn parts(header: &str) -> Option<DateParts> {
        let words = Vocabulary::shared();
        let names: Vec<Name> = header
            .split(',')
            .map(|name| Name::of(name, words))
            .collect();
        DateParts::of(&names)
    }

    fn text(header: &str, row: &str, above: &mut Above) -> String {
        let cells: Vec<&str> = row.split(',').collect();
        let parts = parts(header).unwrap_or_else(|| panic!("{header}"));
        parts.text(|index| cells.get(index).copied().unwrap_or_default(), above)
    }

    #[test]
    fn three_columns_in_seven_languages() {
        for header in [
            "Year,Month,Day,Pain",
            "Jahr,Monat,Tag,Schmerz",
            "Année,Mois,Jour,Douleur",
            "Año,Mes,Día,Dolor",
            "Anno,Mese,Giorno,Dolore",
            "Ano,Mês,Dia,Dor",
            "Jaar,Maand,Dag,Pijn",
            "Date (year),Date (month),Date (day),Pain",
        ] {
            assert_eq!(
                text(header, "2025,8,13,2", &mut Above::default()),
                "2025-8-13",
                "{header}"
            );
        }
        assert_eq!(parts("Year,Day,Pain"), None);
        assert_eq!(parts("Year,Month,Month,Day"), None);
    }

    #[test]
    fn months_by_name_and_what_merged_cells_leave_blank() {
        let mut above = Above::default();
        let header = "Day,Month,Year,pain";
        assert_eq!(text(header, "13,August,25,2", &mut above), "13 August 2025");
        assert!(above.is_whole);
        assert_eq!(text(header, "14,,,2", &mut above), "14 August 2025");
        assert!(!above.is_whole);
        assert_eq!(text(header, ",,,2", &mut above), "");
        assert_eq!(
            text("Month,Day,pain", "Aug 2025,3,1", &mut above),
            "3 Aug 2025"
        );
        assert_eq!(
            text("Month,Day,pain", "2025-08,3,1", &mut above),
            "2025-08-3"
        );
        assert_eq!(
            text("Month,Day,pain", "08/2025,3,1", &mut above),
            "3.08.2025"
        );
    }
}
