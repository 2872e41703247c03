//! `athletes.csv`: a row for each who takes part, columns by name in any order.

use super::{Profile, file, ids};
use crate::{
    epidemiology::Person,
    error::Error,
    model::Sex,
    pain::{
        DateOrder,
        grid::{Grid, Row},
    },
    text::fold::fold,
    time::Window,
};
use chrono_tz::{TZ_VARIANTS, Tz};
use std::path::Path;

/// How the list is called in the folder of a cohort, whatever its capitals.
pub(super) const NAME: &str = "athletes.csv";

const RECORDINGS: &str = "folder|archive|folder or archive|recordings|path|file|export|zip|ordner|archiv|datei|pfad|dossier|carpeta|cartella|map";
const SEX: &str = "sex|gender|geschlecht|sexe|genre|sexo|genero|sesso|geslacht";
const BIRTH: &str = "birth year|year of birth|born|yob|birthyear|birth date|date of birth|birthday|dob|geburtsjahr|jahrgang|geburtsdatum|\
     annee de naissance|ano de nacimiento|anno di nascita|ano de nascimento|geboortejaar";
const GROUP: &str = "group|arm|team|club|cohort|site|gruppe|verein|mannschaft|groupe|grupo|equipo|gruppo|squadra|equipe|groep";
const REST: &str = "resting heart rate|heart rate rest|rest heart rate|resting hr|rhr|hr rest|hrrest|ruhepuls|rest bpm|fc repos|fc reposo|\
     fc riposo|rusthartslag";
const MAX: &str = "maximum heart rate|max heart rate|heart rate max|maximal heart rate|max hr|hr max|hrmax|mhr|maximalpuls|hfmax|hf max|\
     max bpm|fc max|fcmax|maximale hartslag";
const ZONE: &str =
    "zone|timezone|time zone|tz|zeitzone|fuseau horaire|zona horaria|fuso orario|tijdzone";
const FROM: &str = "from|start|start date|start of follow up|follow up start|followup start|first day|enrolled|enrolment|enrollment|\
     enrolment date|baseline|baseline date|entry|entry date|beginn|von|startdatum|debut|inicio|inizio|begin";
const TO: &str = "to|end|end date|end of follow up|follow up end|followup end|last day|exit|exit date|censored|censor date|ende|bis|\
     enddatum|fin|fine|fim|einde";
const CONSENT: &str = "consent|consented|informed consent|agreed|einwilligung|zustimmung|consentement|consentimiento|consenso|\
     consentimento|toestemming";

/// One row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) line: u64,
    /// Where recordings lie, as it is written. Empty: it does not say.
    pub(super) recordings: Vec<String>,
    pub(super) profile: Profile,
    /// None: there is no such column.
    pub(super) consent: Option<Consent>,
    /// Cells that say nothing that is known, by the names of what they should be.
    pub(super) unread: Vec<&'static str>,
}

/// Whether somebody agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Consent {
    Yes,
    No,
    /// Blank, or a word that is neither.
    Unknown,
}

/// The list, and how many rows name nobody.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Manifest {
    pub(super) listed: Vec<Listed>,
    pub(super) nameless: usize,
}

/// Reads the list.
///
/// # Errors
/// No such file, no table, no column for the id, days that can be read two ways.
pub(super) fn read(
    path: &Path,
    id: Option<&str>,
    order: Option<DateOrder>,
) -> Result<Manifest, Error> {
    of(&file::grid(path)?, id, order)
}

fn of(grid: &Grid, id: Option<&str>, order: Option<DateOrder>) -> Result<Manifest, Error> {
    let help = "The first line names the columns: id, folder, sex, birth_year, group, resting_hr, max_hr, zone, from, to, consent.";
    let named = id.and_then(|id| grid.called(id));
    let id = named.or_else(|| grid.column(ids::NAMES));
    let id = id.ok_or_else(|| file::no_column(grid, "the id", help))?;
    let columns = Columns::of(grid, id);
    let days: Vec<usize> = [columns.from, columns.to].into_iter().flatten().collect();
    let order = grid
        .order(&days, order)
        .map_err(|error| file::not_understood(&error))?;
    let mut manifest = Manifest::default();
    for row in grid.rows() {
        let listed = columns.listed(&row, order);
        match listed.id.trim().is_empty() {
            true => manifest.nameless += 1,
            false => manifest.listed.push(listed),
        }
    }
    Ok(manifest)
}

/// Where each thing stands.
struct Columns {
    id: usize,
    recordings: Option<usize>,
    sex: Option<usize>,
    birth: Option<usize>,
    group: Option<usize>,
    rest: Option<usize>,
    max: Option<usize>,
    zone: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
    consent: Option<usize>,
}

impl Columns {
    fn of(grid: &Grid, id: usize) -> Columns {
        let column = |names| grid.column(names).filter(|column| *column != id);
        Columns {
            id,
            recordings: column(RECORDINGS),
            sex: column(SEX),
            birth: column(BIRTH),
            group: column(GROUP),
            rest: column(REST),
            max: column(MAX),
            zone: column(ZONE),
            from: column(FROM),
            to: column(TO),
            consent: column(CONSENT),
        }
    }

    fn listed(&self, row: &Row, order: Option<DateOrder>) -> Listed {
        let mut unread = Vec::new();
        let profile = self.profile(row, order, &mut unread);
        Listed {
            id: row.as_written(Some(self.id)).to_string(),
            line: row.line(),
            recordings: paths(row.cell(self.recordings)),
            profile,
            consent: self.consent.map(|column| consent(row, column)),
            unread,
        }
    }

    /// Who somebody is; what no cell says in words that are known joins `unread`, in the order of these lines.
    fn profile(
        &self,
        row: &Row,
        order: Option<DateOrder>,
        unread: &mut Vec<&'static str>,
    ) -> Profile {
        let mut read = Read { row, unread };
        Profile {
            person: Person {
                sex: read.cell("sex", self.sex, |row, at| sex(row.cell(at))),
                birth_year: read.cell("birth year", self.birth, |row, at| {
                    birth_year(row, at, order)
                }),
                group: Some(row.cell(self.group).to_string()).filter(|group| !group.is_empty()),
            },
            rest_bpm: read.cell("resting heart rate", self.rest, |row, at| {
                bpm(row, at, 25.0..=120.0)
            }),
            max_bpm: read.cell("maximum heart rate", self.max, |row, at| {
                bpm(row, at, 120.0..=240.0)
            }),
            zone: read.cell("zone", self.zone, |row, at| zone(row.cell(at))),
            window: self.window(&mut read, order),
        }
    }

    /// From when to when somebody was watched.
    fn window(&self, read: &mut Read, order: Option<DateOrder>) -> Window {
        let day = |row: &Row, column| row.day(column, order);
        Window {
            from: read.cell("start of follow-up", self.from, day),
            to: read.cell("end of follow-up", self.to, day),
        }
    }
}

/// The cells of one row, and which of them say nothing that is known.
struct Read<'r, 'g> {
    row: &'r Row<'g>,
    unread: &'r mut Vec<&'static str>,
}

impl Read<'_, '_> {
    fn cell<T>(
        &mut self,
        what: &'static str,
        column: Option<usize>,
        read: impl Fn(&Row, Option<usize>) -> Option<T>,
    ) -> Option<T> {
        let value = read(self.row, column);
        if value.is_none() && !self.row.cell(column).is_empty() {
            self.unread.push(what);
        }
        value
    }
}

/// Codes of 1 and 2 mean either, so numbers say nothing.
fn sex(cell: &str) -> Option<Sex> {
    match fold(cell).as_str() {
        "f" | "female" | "woman" | "w" | "weiblich" | "frau" | "femme" | "feminin" | "mujer"
        | "femenino" | "femmina" | "donna" | "feminino" | "mulher" | "vrouw" | "vrouwelijk"
        | "girl" => Some(Sex::Female),
        "m" | "male" | "man" | "mannlich" | "maennlich" | "mann" | "homme" | "masculin"
        | "hombre" | "masculino" | "maschio" | "uomo" | "homem" | "mannelijk" | "boy" => {
            Some(Sex::Male)
        }
        _ => None,
    }
}

fn birth_year(row: &Row, column: Option<usize>, order: Option<DateOrder>) -> Option<u16> {
    let year = row
        .number(column)
        .or_else(|| row.day(column, order).map(year_of))?;
    (year.fract() == 0.0 && (1900.0..=2100.0).contains(&year)).then_some(year as u16)
}

fn year_of(day: chrono::NaiveDate) -> f64 {
    f64::from(chrono::Datelike::year(&day))
}

fn bpm(row: &Row, column: Option<usize>, range: std::ops::RangeInclusive<f64>) -> Option<u8> {
    let value = row.number(column).filter(|value| range.contains(value))?;
    Some(value.round() as u8)
}

/// A zone as the IANA calls it, whatever its capitals.
fn zone(cell: &str) -> Option<String> {
    let exact: Option<Tz> = cell.parse().ok();
    let folded = || {
        let mut all = TZ_VARIANTS.iter().copied();
        all.find(|zone| zone.name().eq_ignore_ascii_case(cell))
    };
    exact.or_else(folded).map(|zone| zone.name().to_string())
}

fn paths(cell: &str) -> Vec<String> {
    let paths = cell.split([';', '|']).map(str::trim);
    paths
        .filter(|path| !path.is_empty())
        .map(str::to_string)
        .collect()
}

fn consent(row: &Row, column: usize) -> Consent {
    match row.yes_no(Some(column)) {
        Some(true) => Consent::Yes,
        Some(false) => Consent::No,
        None => consent_in_words(&fold(row.cell(Some(column)))),
    }
}

/// What a folded word says that is more than yes or no.
fn consent_in_words(word: &str) -> Consent {
    match word {
        "withdrawn" | "withdrew" | "refused" | "declined" | "revoked" | "widerrufen"
        | "abgelehnt" => Consent::No,
        "given" | "signed" | "agreed" | "erteilt" => Consent::Yes,
        _ => Consent::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Result<Manifest, Error> {
        of(
            &Grid::read(text.as_bytes(), NAME).expect("a table"),
            None,
            None,
        )
    }

    fn window(from: &str, to: &str) -> Window {
        Window {
            from: from.parse().ok(),
            to: to.parse().ok(),
        }
    }

    #[test]
    fn columns_stand_in_any_order_under_any_of_their_names() {
        let anna = Listed {
            id: "A1".to_string(),
            line: 2,
            recordings: vec!["anna.zip".to_string()],
            profile: Profile {
                person: Person {
                    sex: Some(Sex::Female),
                    birth_year: Some(1990),
                    group: Some("north".to_string()),
                },
                rest_bpm: Some(48),
                max_bpm: Some(191),
                zone: Some("Europe/Berlin".to_string()),
                window: window("2025-03-01", "2025-09-30"),
            },
            consent: Some(Consent::Yes),
            unread: Vec::new(),
        };
        for text in [
            "id,folder,sex,birth_year,group,resting_hr,max_hr,zone,from,to,consent\nA1,anna.zip,f,1990,north,48,191,Europe/Berlin,2025-03-01,2025-09-30,yes\n",
            "Einwilligung;Ende;Beginn;Zeitzone;HFmax;Ruhepuls;Gruppe;Geburtsjahr;Geschlecht;Archiv;Teilnehmer\nja;30.09.2025;01.03.2025;europe/berlin;191;48;north;1990;weiblich;anna.zip;A1\n",
            "Athlete ID,Archive,Gender,Date of birth,Team,Resting Heart Rate,HR max,Time zone,Enrolment date,End of follow-up,Informed consent\nA1,anna.zip,Female,1990-05-04,north,48,191,Europe/Berlin,2025-03-01,2025-09-30,given\n",
        ] {
            assert_eq!(
                list(text).expect(text).listed,
                std::slice::from_ref(&anna),
                "{text}"
            );
        }
    }

    #[test]
    fn what_a_cell_does_not_say_is_not_known() {
        let text = "id,sex,birth year,rest bpm,zone,from,consent\nA,2,90,300,Mars,soon,maybe\nB,,,,,,\n,f,,,,,\n B ,m,,,,,no\n";
        let manifest = list(text).expect("a list");
        assert_eq!(manifest.nameless, 1);
        let [a, b, padded] = &manifest.listed[..] else {
            panic!("{manifest:?}")
        };
        assert_eq!(
            a.unread,
            [
                "sex",
                "birth year",
                "resting heart rate",
                "zone",
                "start of follow-up"
            ]
        );
        assert_eq!(
            (&a.profile, a.consent),
            (&Profile::default(), Some(Consent::Unknown))
        );
        assert_eq!((b.unread.len(), b.consent), (0, Some(Consent::Unknown)));
        assert_eq!(
            (padded.id.as_str(), padded.consent),
            (" B ", Some(Consent::No)),
            "to the letter"
        );
    }

    #[test]
    fn a_list_without_ids_or_with_days_of_two_kinds_is_refused() {
        let said = |text: &str| list(text).expect_err(text).to_string();
        assert!(
            said("sex,from\nf,2025-01-01\n").contains("no column for the id (found: sex, from)")
        );
        assert!(said("id,from,to\nA,03/04/2025,05/06/2025\n").contains("can be"));
        assert_eq!(
            list("id,from,to\nA,03/04/2025,25/06/2025\n")
                .expect("one tells")
                .listed[0]
                .profile
                .window,
            window("2025-04-03", "2025-06-25")
        );
    }
}
