//! A sheet for each month, week or year with the same columns: read as one log.

use super::Sheet;
use crate::pain::{dates, words::fold};
use std::{iter::repeat_n, ops::Range};

/// The header of a sheet: its line and its names.
pub(in crate::pain) type Header = (u64, Vec<String>);

/// Sheets put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pain) struct Joined {
    /// The rows of all, below the first one's header.
    pub sheet: Sheet,
    /// Which sheets, and which lines of the whole are whose.
    pub told: String,
    /// How many.
    pub count: usize,
}

/// Most sheets told by name.
const MAX_TOLD: usize = 4;

/// Puts the sheets together whose names say a time and whose columns are those of the first such. None when there is one.
pub(in crate::pain) fn join(
    sheets: &[Sheet],
    header: impl Fn(&Sheet) -> Option<Header>,
) -> Option<Joined> {
    let all = of_same_columns(sheets, header);
    let (first, (line, names)) = all.first().filter(|_| all.len() > 1)?;
    let months = Months::of(names, &all, *line);
    let mut lines = Lines {
        width: all.iter().map(|(_, (_, names))| names.len()).max()?,
        ..Lines::default()
    };
    let mut told = Vec::new();
    for (sheet, (line, names)) in &all {
        // The header of the first stays, with what stands above it.
        let (skipped, header) = match told.is_empty() {
            true => (0, *line),
            false => (*line, 0),
        };
        told.push(lines.add(sheet, (skipped, header), names.len(), months));
    }
    let sheet = Sheet {
        name: first.name.clone(),
        text: lines.text,
        errors: all.iter().map(|(sheet, _)| sheet.errors).sum(),
        beyond: all.iter().map(|(sheet, _)| sheet.beyond).sum(),
        is_too_large: false,
    };
    Some(Joined {
        sheet,
        told: sheets_told(&told),
        count: told.len(),
    })
}

/// The sheets whose names say a time and whose columns are those of the first such.
fn of_same_columns(
    sheets: &[Sheet],
    header: impl Fn(&Sheet) -> Option<Header>,
) -> Vec<(&Sheet, Header)> {
    let periods = sheets.iter().filter(|sheet| is_period(&sheet.name));
    let mut all: Vec<(&Sheet, Header)> = periods
        .filter_map(|sheet| Some((sheet, header(sheet)?)))
        .collect();
    if let Some((_, (_, names))) = all.first() {
        let known = known_names(names);
        all.retain(|(_, (_, names))| known_names(names) == known);
    }
    all
}

fn sheets_told(told: &[String]) -> String {
    let more = if told.len() > MAX_TOLD { ", …" } else { "" };
    let named: Vec<&str> = told.iter().take(MAX_TOLD).map(String::as_str).collect();
    format!(
        "{} sheets with the same columns were read as one log: {}{more}.",
        told.len(),
        named.join(", ")
    )
}

/// The names of a header, whatever stands blank behind them.
fn known_names(names: &[String]) -> Vec<String> {
    let last = names.iter().rposition(|name| !name.is_empty());
    let known = names.iter().take(last.map_or(0, |last| last + 1));
    known.map(|name| fold(name)).collect()
}

/// Whether a sheet's name says a time or nothing: `Jan`, `2025-01`, `Week 3`, `Sheet1`. Names of people say more.
fn is_period(name: &str) -> bool {
    let folded = split(name);
    !folded.is_empty() && folded.split(' ').all(is_of_period)
}

/// Whether a word of a sheet's name is a number, a month, or a word for a time, for a sheet or for pain.
fn is_of_period(word: &str) -> bool {
    const OTHERS: &str = "sheet|tabelle|tabellenblatt|blatt|feuil|feuille|hoja|foglio|planilha|folha|pagina|blad|week|wk|w|woche|kw|\
        semaine|semana|settimana|q|quarter|quartal|month|monat|mois|mes|mese|maand|year|jahr|annee|ano|anno|jaar|pain|log|\
        diary|schmerz|schmerzen|dolor|douleur|dolore|dor|pijn";
    word.bytes().all(|b| b.is_ascii_digit())
        || dates::month(word).is_some()
        || OTHERS.split('|').any(|o| o == word)
}

/// A name folded, letters and digits apart: `Jan25` is `jan 25`.
fn split(name: &str) -> String {
    let mut apart = String::new();
    let mut last = ' ';
    for c in fold(name).chars() {
        let is_kind_new = c.is_ascii_digit() != last.is_ascii_digit();
        if is_kind_new && c != ' ' && last != ' ' {
            apart.push(' ');
        }
        apart.push(c);
        last = c;
    }
    apart
}

/// The month of a sheet and its year by its name.
fn month_and_year(name: &str) -> Option<(i32, u32)> {
    let folded = split(name);
    let words = folded.split(' ');
    let numbers: Vec<i32> = words.filter_map(|word| word.parse().ok()).collect();
    let first_in = |range: Range<i32>| numbers.iter().copied().find(|n| range.contains(n));
    let named = folded.split(' ').find_map(dates::month);
    let month = named.or_else(|| first_in(1..13).map(|month| month as u32))?;
    // Two digits are a year beside a month by its name alone.
    let short = first_in(15..61).filter(|_| named.is_some());
    let year = first_in(2000..2100).or(short.map(|year| 2000 + year))?;
    Some((year, month))
}

/// Whether the sheets' names hold the month and the year of days that stand there as numbers from 1 to 31.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Months(bool);

impl Months {
    fn of(names: &[String], sheets: &[(&Sheet, Header)], line: u64) -> Months {
        const DAY: &str = "day|tag|jour|dia|giorno|dag|date|datum|fecha|data|day of month";
        let is_day = |name: &String| DAY.split('|').any(|day| day == fold(name));
        let Some(day) = names.iter().position(is_day) else {
            return Months(false);
        };
        let has_days = |sheet: &Sheet| {
            let mut rows = sheet.text.lines().skip(line as usize);
            month_and_year(&sheet.name).is_some() && rows.all(|row| can_be_day(row, day))
        };
        Months(sheets.iter().all(|(sheet, _)| has_days(sheet)))
    }
}

/// Whether a row's cell is a day of a month, or blank. The days stand first in every such sheet; a quoted cell before them is no
/// number.
fn can_be_day(row: &str, at: usize) -> bool {
    let cell = row.split(',').nth(at).unwrap_or_default().trim();
    cell.is_empty() || cell.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
}

/// The lines of the whole.
#[derive(Debug, Default)]
struct Lines {
    text: String,
    count: usize,
    width: usize,
}

impl Lines {
    /// Adds a sheet without its first lines; the lines up to a header keep their place. The sheet's name with its lines.
    fn add(
        &mut self,
        sheet: &Sheet,
        (skipped, header): (u64, u64),
        width: usize,
        months: Months,
    ) -> String {
        let from = self.count + 1;
        let month = month_and_year(&sheet.name).filter(|_| months.0);
        for (at, line) in sheet.text.lines().enumerate().skip(skipped as usize) {
            self.text.push_str(line);
            if !line.is_empty() {
                let missing = self.width.saturating_sub(width);
                self.text.extend(repeat_n(',', missing));
                self.text
                    .push_str(&month_cells(month, at as u64 + 1, header));
            }
            self.text.push('\n');
            self.count += 1;
        }
        let name: String = sheet.name.chars().take(40).collect();
        format!("\"{name}\" (lines {from}–{})", self.count)
    }
}

/// The cells for the year and the month that a sheet's name holds, by the line and the header's.
fn month_cells(month: Option<(i32, u32)>, line: u64, header: u64) -> String {
    match month {
        None => String::new(),
        Some(_) if line < header => ",,".to_string(),
        Some(_) if line == header => ",year,month".to_string(),
        Some((year, month)) => format!(",{year},{month}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, text: &str) -> Sheet {
        Sheet {
            name: name.to_string(),
            text: text.to_string(),
            ..Sheet::default()
        }
    }

    fn first_line(sheet: &Sheet) -> Option<Header> {
        let names = sheet
            .text
            .lines()
            .next()?
            .split(',')
            .map(str::to_string)
            .collect();
        Some((1, names))
    }

    #[test]
    fn a_sheet_a_month_is_one_log() {
        let sheets = [
            sheet("Jan", "date,site,pain\n2025-01-03,knee,2\n"),
            sheet(
                "Feb",
                "Date,Site,Pain,\n2025-02-03,knee,3,so\n\n2025-02-04,knee,1,\n",
            ),
            sheet("Notes", "a,b\n1,2\n"),
        ];
        let joined = join(&sheets, first_line).expect("two months");
        let expected =
            "date,site,pain,\n2025-01-03,knee,2,\n2025-02-03,knee,3,so\n\n2025-02-04,knee,1,\n";
        assert_eq!(joined.sheet.text, expected);
        let told = "2 sheets with the same columns were read as one log: \"Jan\" (lines 1–2), \"Feb\" (lines 3–5).";
        assert_eq!((joined.told.as_str(), joined.count), (told, 2));
    }

    #[test]
    fn days_by_number_have_their_month_from_the_sheet() {
        let sheets = [
            sheet("Jan 2025", "Day,Pain\n3,2\n"),
            sheet("2025-02", "Day,Pain\n4,1\n"),
        ];
        let joined = join(&sheets, first_line).expect("two months");
        assert_eq!(
            joined.sheet.text,
            "Day,Pain,year,month\n3,2,2025,1\n4,1,2025,2\n"
        );
    }

    #[test]
    fn people_and_other_columns_stay_apart() {
        let log = "date,site,pain\n2025-01-03,knee,2\n";
        assert_eq!(
            join(&[sheet("Anna", log), sheet("Ben", log)], first_line),
            None
        );
        assert_eq!(
            join(
                &[sheet("Jan", log), sheet("Feb", "date,pain\n2025-02-01,2\n")],
                first_line
            ),
            None
        );
        assert_eq!(join(&[sheet("Sheet1", log)], first_line), None);
    }

    #[test]
    fn names_of_sheets() {
        for name in [
            "Jan",
            "January 2025",
            "2025-01",
            "01",
            "Sheet1",
            "Tabelle2",
            "Woche 3",
            "août 25",
            "2024",
        ] {
            assert!(is_period(name), "{name}");
        }
        for name in ["Anna", "left knee", "Jan Müller", "Template"] {
            assert!(!is_period(name), "{name}");
        }
        let found = ["Jan 2025", "2025-01", "01-2025", "Jan25", "Jan"].map(month_and_year);
        assert_eq!(
            found,
            [
                Some((2025, 1)),
                Some((2025, 1)),
                Some((2025, 1)),
                Some((2025, 1)),
                None
            ]
        );
    }
}
