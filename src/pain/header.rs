//! The header: which delimiter, which column is what, and the reasons a log cannot be read at all.

use super::{
    Moment,
    records::{OpenQuote, Records},
    words::{Vocabulary, fold},
};
use thiserror::Error;

/// Why a pain log cannot be read. Nothing of it was used; single bad rows are problems in the log instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {}{fault} Nothing of it was used. {}", line_text(*.line), fault.advice())]
pub struct HeaderError {
    /// The file.
    pub place: String,
    /// The line, when it is one line's fault.
    pub line: Option<u64>,
    /// What is wrong.
    pub fault: HeaderFault,
}

/// What is wrong with a log that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HeaderFault {
    /// No bytes, or nothing but blank lines and comments.
    #[error("the file is empty: there is no header line.")]
    Empty,
    /// More bytes than a pain log of many years has.
    #[error("the file has {bytes} bytes; niggle reads pain logs of up to {limit}.")]
    TooLarge {
        /// Bytes in the file.
        bytes: usize,
        /// [`super::MAX_BYTES`].
        limit: usize,
    },
    /// More rows than a pain log of many years has.
    #[error("the file has more than {limit} rows.")]
    TooManyRows {
        /// [`super::MAX_ROWS`].
        limit: usize,
    },
    /// A needed column is missing.
    #[error("no column for the {wanted} (expected {expected}; found: {found}).")]
    NoColumn {
        /// `date` or `pain`.
        wanted: &'static str,
        /// Some of the names that would do.
        expected: &'static str,
        /// The names in the header.
        found: String,
    },
    /// Two columns claim the same meaning, and which one counts cannot be told.
    #[error("two columns mean the {meaning}: {first} and {second}.")]
    DoubledColumn {
        /// The meaning both have.
        meaning: &'static str,
        /// The left one's name.
        first: String,
        /// The right one's name.
        second: String,
    },
    /// A quote opens on this line and does not close in its row.
    #[error("a quote (\") opens here and does not close, so the rows behind it cannot be told apart.")]
    OpenQuote,
    /// Day/month or month/day: no row tells.
    #[error("{example} can be {day_first} or {month_first}, and no other row tells.")]
    AmbiguousDates {
        /// The first date that can be read both ways.
        example: String,
        /// Read as day/month/year.
        day_first: String,
        /// Read as month/day/year.
        month_first: String,
    },
    /// One row can only be day/month, another only month/day.
    #[error(
        "the dates contradict each other: {day_first} (line {day_line}) must be day/month/year, \
         {month_first} (line {month_line}) month/day/year."
    )]
    ContradictoryDates {
        /// A date that is only possible as day/month/year.
        day_first: String,
        /// Its line.
        day_line: u64,
        /// A date that is only possible as month/day/year.
        month_first: String,
        /// Its line.
        month_line: u64,
    },
}

impl HeaderFault {
    /// What the runner can do, one sentence.
    pub fn advice(&self) -> &'static str {
        match self {
            HeaderFault::Empty => "Run `niggle pain init` for a template.",
            HeaderFault::TooLarge { .. } | HeaderFault::TooManyRows { .. } => {
                "Check that it is the pain log, or split it by years."
            }
            HeaderFault::NoColumn { .. } => "Rename the column or run `niggle pain init` for a template.",
            HeaderFault::DoubledColumn { .. } => "Rename or remove one of them.",
            HeaderFault::OpenQuote => "Close the quote, or remove it.",
            HeaderFault::AmbiguousDates { .. } => "Say which with --date-order dmy or --date-order mdy.",
            HeaderFault::ContradictoryDates { .. } => {
                "Write dates as 2025-03-31, or say which order is right with --date-order dmy or --date-order mdy."
            }
        }
    }
}

/// A meaning a column can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Date,
    Moment,
    Time,
    Site,
    Side,
    Pain,
    Type,
    Spread,
    Onset,
    Movement,
    Function,
    Signs,
    Ostrc1,
    Ostrc2,
    Ostrc3,
    Ostrc4,
    SleepHours,
    SleepQuality,
    Rpe,
    Shoe,
    Painkiller,
    Notes,
}

impl Column {
    /// The column's name on the page.
    pub fn name(self) -> &'static str {
        COLUMNS.iter().find(|(column, ..)| *column == self).map_or("", |(_, name, _)| name)
    }
}

/// How a log's columns are understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The line it stands on.
    pub line: u64,
    /// `,`, `;` or tab.
    pub delimiter: u8,
    /// The names as written.
    pub names: Vec<String>,
    /// Which field holds which meaning, in the order of [`Column`].
    pub columns: Vec<(Column, usize)>,
    /// Rating columns that belong to a moment, left to right.
    pub wide: Vec<(Moment, usize)>,
}

impl Header {
    /// Reads the header under each delimiter and keeps the one under which most columns are known.
    pub fn read(text: &str, words: &Vocabulary, place: &str) -> Result<Header, HeaderError> {
        let error = |line, fault| HeaderError { place: place.to_string(), line, fault };
        let mut best: Option<Header> = None;
        let mut open_quote = None;
        for delimiter in DELIMITERS {
            match Records::new(text, delimiter).find(|record| !matches!(record, Ok(record) if record.is_blank())) {
                Some(Ok(record)) => {
                    let names = record.fields.iter().map(|f| f.trim().to_string()).collect();
                    let header = Header::of(record.line, delimiter, names, words);
                    if best.as_ref().is_none_or(|best| header.known() > best.known()) {
                        best = Some(header);
                    }
                }
                Some(Err(OpenQuote { line })) => open_quote = open_quote.or(Some(line)),
                None => {}
            }
        }
        let Some(header) = best else {
            let fault = if open_quote.is_some() { HeaderFault::OpenQuote } else { HeaderFault::Empty };
            return Err(error(open_quote, fault));
        };
        header.fault(words).map_or(Ok(()), |fault| Err(error(Some(header.line), fault)))?;
        Ok(header)
    }

    /// The field that holds a meaning.
    pub fn index(&self, column: Column) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == column).map(|(_, index)| *index)
    }

    /// The field of the notes, when no named column stands behind it.
    pub fn notes_at_end(&self) -> Option<usize> {
        let last = self.names.iter().rposition(|name| !name.is_empty());
        self.index(Column::Notes).filter(|notes| Some(*notes) == last)
    }

    /// `commas`, `semicolons` or `tabs`.
    pub fn delimiter_name(&self) -> &'static str {
        match self.delimiter {
            b';' => "semicolons",
            b'\t' => "tabs",
            _ => "commas",
        }
    }

    /// Names of columns that are not read.
    pub fn unused(&self) -> Vec<&str> {
        let is_used = |index: usize| {
            self.columns.iter().any(|(_, used)| *used == index) || self.wide.iter().any(|(_, used)| *used == index)
        };
        let unused = self.names.iter().enumerate().filter(|(index, name)| !is_used(*index) && !name.is_empty());
        unused.map(|(_, name)| name.as_str()).collect()
    }

    fn of(line: u64, delimiter: u8, names: Vec<String>, words: &Vocabulary) -> Header {
        let folded: Vec<String> = names.iter().map(|name| fold_name(name)).collect();
        let mut columns: Vec<(Column, usize)> = Vec::new();
        for (column, ..) in COLUMNS {
            let claims = claims(&folded, *column);
            columns.extend(claims.first().map(|index| (*column, *index)));
        }
        let taken = |index: usize| columns.iter().any(|(_, used)| *used == index);
        let has_pain = columns.iter().any(|(column, _)| *column == Column::Pain);
        let mut wide = wide_columns(&folded, words, &taken, false);
        if wide.is_empty() && !has_pain {
            wide = wide_columns(&folded, words, &taken, true);
        }
        Header { line, delimiter, names, columns, wide }
    }

    /// First whether the needed columns are there, then how many columns are known, then how many there are.
    fn known(&self) -> (bool, usize, usize) {
        let has_pain = self.index(Column::Pain).is_some() || !self.wide.is_empty();
        let needed = self.index(Column::Date).is_some() && has_pain;
        (needed, self.columns.len() + self.wide.len(), self.names.len())
    }

    fn fault(&self, words: &Vocabulary) -> Option<HeaderFault> {
        self.doubled(words).or_else(|| {
            let found = self.found();
            if self.index(Column::Date).is_none() {
                let expected = "date, day, datum, …";
                return Some(HeaderFault::NoColumn { wanted: "date", expected, found });
            }
            let no_pain = self.index(Column::Pain).is_none() && self.wide.is_empty();
            let expected = "pain, score, level, pain_during, …";
            no_pain.then_some(HeaderFault::NoColumn { wanted: "pain", expected, found })
        })
    }

    /// A known name twice, or a date or a rating under two names: the first of them is no better than the second.
    fn doubled(&self, words: &Vocabulary) -> Option<HeaderFault> {
        let folded: Vec<String> = self.names.iter().map(|name| fold_name(name)).collect();
        for (column, index) in &self.columns {
            let twice = (index + 1..folded.len()).find(|other| folded.get(*other) == folded.get(*index));
            let rival = match column {
                Column::Date | Column::Pain => claims(&folded, *column).get(1).copied(),
                _ => None,
            };
            if let Some(other) = twice.or(rival) {
                return Some(self.doubled_fault(column.name(), *index, other));
            }
        }
        let wide = wide_columns(&folded, words, &|_| false, false);
        let doubled = wide.iter().enumerate().find_map(|(at, (moment, index))| {
            let rest = wide.get(at + 1..)?;
            rest.iter().find(|(other, _)| other == moment).map(|(_, other)| (*moment, *index, *other))
        });
        doubled.map(|(_, index, other)| self.doubled_fault("pain at one moment", index, other))
    }

    fn doubled_fault(&self, meaning: &'static str, first: usize, second: usize) -> HeaderFault {
        let name = |index: usize| self.names.get(index).map_or_else(String::new, |name| shown(name));
        HeaderFault::DoubledColumn { meaning, first: name(first), second: name(second) }
    }

    fn found(&self) -> String {
        let names: Vec<String> = self.names.iter().take(12).map(|name| shown(name)).collect();
        let more = if self.names.len() > 12 { ", …" } else { "" };
        names.join(", ") + more
    }
}

/// Text from the log inside a message: one line, at most 40 characters, no control characters.
pub(super) fn shown(text: &str) -> String {
    let plain: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(41).collect();
    if plain.chars().count() > 40 { plain.chars().take(39).chain(['…']).collect() } else { plain }
}

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

fn line_text(line: Option<u64>) -> String {
    line.map_or_else(String::new, |line| format!("line {line}: "))
}

/// A column name without a scale or unit in brackets: `Pain (0-10)` is `pain`, `Pain (during)` is `pain during`.
fn fold_name(name: &str) -> String {
    let mut name = name.trim_start_matches('\u{FEFF}');
    while let Some((front, bracket)) = name.rfind(['(', '[']).map(|at| name.split_at(at)) {
        let is_unit = matches!(fold(bracket).as_str(), "h" | "hrs" | "hours");
        let is_scale = bracket.contains(|c: char| c.is_ascii_digit());
        if front.is_empty() || !(is_unit || is_scale) {
            break;
        }
        name = front;
    }
    fold(name)
}

/// Fields that claim a meaning. The page's own name beats synonyms and then stands alone; otherwise left to right.
fn claims(folded: &[String], column: Column) -> Vec<usize> {
    let Some((_, name, synonyms)) = COLUMNS.iter().find(|(known, ..)| *known == column) else { return Vec::new() };
    let own = fold(name);
    if let Some(index) = folded.iter().position(|name| *name == own) {
        return vec![index];
    }
    let synonyms: Vec<String> = synonyms.split('|').map(fold).collect();
    let claims = folded.iter().enumerate().filter(|(_, name)| {
        synonyms.contains(name)
            && !(name.as_str() == "symptoms" && (column == Column::Signs) == asks_ostrc_in_words(folded))
    });
    claims.map(|(index, _)| index).collect()
}

/// "symptoms" is OSTRC's fourth question beside "participation", "modified" or "performance", and signs elsewhere.
fn asks_ostrc_in_words(folded: &[String]) -> bool {
    folded.iter().any(|name| matches!(name.as_str(), "participation" | "modified" | "performance"))
}

/// Columns such as `pain_during`; with `bare`, also `during` alone.
fn wide_columns(
    folded: &[String],
    words: &Vocabulary,
    taken: &dyn Fn(usize) -> bool,
    bare: bool,
) -> Vec<(Moment, usize)> {
    let open = folded.iter().enumerate().filter(|(index, _)| !taken(*index));
    open.filter_map(|(index, name)| {
        let (pain_words, rest): (Vec<&str>, Vec<&str>) = name.split(' ').partition(|word| PAIN_WORDS.contains(word));
        let moment = words.moments.get(&rest.join(" "))?;
        let is_everyday_word = matches!(moment, Moment::Rest | Moment::Day);
        let names_pain = !pain_words.is_empty();
        (names_pain || (bare && !is_everyday_word)).then_some((moment, index))
    })
    .collect()
}

const PAIN_WORDS: &[&str] = &[
    "pain",
    "score",
    "level",
    "rating",
    "nrs",
    "vas",
    "schmerz",
    "schmerzen",
    "douleur",
    "dolor",
    "dolore",
    "dor",
    "pijn",
];

/// Meaning, name on the page, and the names people use (pain-log.md D; German, French, Spanish, Italian, Portuguese and
/// Dutch for the main columns).
pub(super) const COLUMNS: &[(Column, &str, &str)] = &[
    (
        Column::Date,
        "date",
        "day|datum|when|timestamp|date of entry|log date|entry date|tag|fecha|día|data|giorno|dia|jour|dag",
    ),
    (Column::Moment, "moment", "time of day|timing|moment of day|part of day|phase|zeitpunkt|tageszeit|momento"),
    (Column::Time, "time", "hour|clock|uhrzeit|zeit|heure|hora|ora|uur|tijd"),
    (
        Column::Site,
        "site",
        "body part|bodypart|location|area|body area|where|region|body region|place|injury site|körperteil|koerperteil|\
         körperstelle|ort|stelle|lieu|endroit|zone|localisation|partie du corps|zona|lugar|parte del cuerpo|\
         parte del corpo|parte do corpo|luogo|local|localização|plaats|plek|lichaamsdeel",
    ),
    (Column::Side, "side", "left right|laterality|body side|leg|seite|côté|cote|lado|lato|kant|zijde"),
    (
        Column::Pain,
        "pain",
        "score|nrs|vas|level|intensity|pain score|pain level|pain rating|pain intensity|pain 0 10|pain scale|rating|\
         severity|schmerz|schmerzen|schmerzstärke|schmerzskala|douleur|intensité|dolor|intensidad|dolore|intensità|dor|\
         intensidade|pijn|pijnscore",
    ),
    (Column::Type, "type", "quality|feel|kind|types|pain type|type of pain|feels like|art|schmerzart|tipo|soort"),
    (Column::Spread, "spread", "extent|how wide|ausbreitung"),
    (Column::Onset, "onset", "start|came on|began|beginn|début|inicio|início|inizio|begin"),
    (Column::Movement, "movement", "with movement|when moving|moving|bewegung|mouvement|movimiento|movimento|beweging"),
    (Column::Function, "function", "effect|impact|effect on running|consequence|auswirkung"),
    (Column::Signs, "signs", "symptoms|other|sign|symptom|other signs|other symptoms|red flags|symptome|zeichen"),
    (Column::Ostrc1, "ostrc_q1", "q1|participation|ostrc 1|ostrc1|ostrc participation"),
    (Column::Ostrc2, "ostrc_q2", "q2|modified|modified training|ostrc 2|ostrc2|ostrc modified"),
    (Column::Ostrc3, "ostrc_q3", "q3|performance|ostrc 3|ostrc3|ostrc performance"),
    (Column::Ostrc4, "ostrc_q4", "q4|symptoms|ostrc 4|ostrc4|ostrc symptoms|ostrc pain"),
    (
        Column::SleepHours,
        "sleep_h",
        "sleep|hrs|slept|sleep hours|sleep hrs|hours slept|hours of sleep|sleep duration|schlaf|schlafstunden|sommeil|\
         sueño|sonno|sono|slaap",
    ),
    (Column::SleepQuality, "sleep_quality", "quality of sleep|sleep rating|sleep score|schlafqualität|slaapkwaliteit"),
    (Column::Rpe, "rpe", "effort|srpe|borg|session rpe|perceived exertion|exertion|anstrengung"),
    (
        Column::Shoe,
        "shoe",
        "shoes|trainers|footwear|schuh|schuhe|chaussure|chaussures|zapatillas|scarpe|tênis|schoenen",
    ),
    (
        Column::Painkiller,
        "painkiller",
        "meds|ibuprofen|painkillers|medication|medicine|nsaid|nsaids|analgesic|schmerzmittel|médicament|analgésico|\
         pijnstiller",
    ),
    (
        Column::Notes,
        "notes",
        "note|comment|comments|remark|remarks|memo|diary|text|description|notiz|notizen|kommentar|bemerkung|\
         bemerkungen|remarque|remarques|commentaire|nota|notas|comentario|comentarios|opmerking|opmerkingen",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Result<Header, HeaderError> {
        Header::read(text, &Vocabulary::new(), "pain.csv")
    }

    fn check(line: &str, delimiter: u8, expected: &[(Column, usize)]) {
        let header = header(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!((header.delimiter, header.columns.as_slice()), (delimiter, expected), "{line}");
    }

    #[test]
    fn names_people_use() {
        use Column::*;
        check("date,pain", b',', &[(Date, 0), (Pain, 1)]);
        check("\u{FEFF}Date;Pain (0-10)", b';', &[(Date, 0), (Pain, 1)]);
        check("When\tWhere\tSCORE", b'\t', &[(Date, 0), (Site, 1), (Pain, 2)]);
        check("Datum;Körperteil;Seite;Schmerz", b';', &[(Date, 0), (Site, 1), (Side, 2), (Pain, 3)]);
        check("jour;endroit;côté;douleur;remarques", b';', &[(Date, 0), (Site, 1), (Side, 2), (Pain, 3), (Notes, 4)]);
        check("fecha,lugar,lado,dolor", b',', &[(Date, 0), (Site, 1), (Side, 2), (Pain, 3)]);
        check("data,luogo,lato,dolore", b',', &[(Date, 0), (Site, 1), (Side, 2), (Pain, 3)]);
        check("data,local,lado,dor", b',', &[(Date, 0), (Site, 1), (Side, 2), (Pain, 3)]);
        check("datum;plek;zijde;pijn", b';', &[(Date, 0), (Site, 1), (Side, 2), (Pain, 3)]);
        check(
            "date,time_of_day,body-part,nrs,kind,came on",
            b',',
            &[(Date, 0), (Moment, 1), (Site, 2), (Pain, 3), (Type, 4), (Onset, 5)],
        );
        check(
            "date,pain,impact,other,hrs,srpe,shoes,meds,comment",
            b',',
            &[
                (Date, 0),
                (Pain, 1),
                (Function, 2),
                (Signs, 3),
                (SleepHours, 4),
                (Rpe, 5),
                (Shoe, 6),
                (Painkiller, 7),
                (Notes, 8),
            ],
        );
    }

    #[test]
    fn the_pages_own_name_beats_synonyms() {
        use Column::*;
        check("Timestamp,date,pain", b',', &[(Date, 1), (Pain, 2)]);
        check("date,pain,level", b',', &[(Date, 0), (Pain, 1)]);
        check("date,pain,comment,notes", b',', &[(Date, 0), (Pain, 1), (Notes, 3)]);
        check("date,pain,symptoms", b',', &[(Date, 0), (Pain, 1), (Signs, 2)]);
        check(
            "date,pain,participation,modified,performance,symptoms",
            b',',
            &[(Date, 0), (Pain, 1), (Ostrc1, 2), (Ostrc2, 3), (Ostrc3, 4), (Ostrc4, 5)],
        );
    }

    #[test]
    fn no_name_has_two_meanings_but_symptoms() {
        let mut seen = std::collections::BTreeMap::new();
        for (column, name, synonyms) in COLUMNS {
            for synonym in synonyms.split('|').chain([*name]) {
                let other = seen.insert(fold(synonym), *column).filter(|other| other != column);
                assert!(other.is_none() || synonym == "symptoms", "{synonym}: {other:?} and {column:?}");
            }
        }
    }

    #[test]
    fn wide_headers() {
        use super::Moment::*;
        for (line, wide) in [
            (
                "date,pain_before,pain_during,pain_after,pain_morning",
                vec![(Before, 1), (During, 2), (After, 3), (Morning, 4)],
            ),
            ("date,Pain evening,during run pain", vec![(Evening, 1), (During, 2)]),
            ("date,before,during,after", vec![(Before, 1), (During, 2), (After, 3)]),
            ("date,pain,evening,rest", vec![]),
            ("date,Pain (during),Pain (after) [0-10]", vec![(During, 1), (After, 2)]),
            ("date,pain,pain next day", vec![(Morning, 2)]),
        ] {
            assert_eq!(header(line).unwrap().wide, wide, "{line}");
        }
    }

    #[test]
    fn errors_say_what_to_do() {
        for (text, message) in [
            (
                "a,b,c\n1,2,3",
                "pain.csv: line 1: no column for the date (expected date, day, datum, …; found: a, b, c). \
                 Nothing of it was used. Rename the column or run `niggle pain init` for a template.",
            ),
            (
                "\n# x\ndate,note",
                "pain.csv: line 3: no column for the pain (expected pain, score, level, pain_during, …; found: date, \
                 note). Nothing of it was used. Rename the column or run `niggle pain init` for a template.",
            ),
            (
                "date,pain,Pain",
                "pain.csv: line 1: two columns mean the pain: pain and Pain. Nothing of it was used. \
                 Rename or remove one of them.",
            ),
            (
                "date,score,level",
                "pain.csv: line 1: two columns mean the pain: score and level. Nothing of it was used. \
                 Rename or remove one of them.",
            ),
            (
                "date,pain_after,post pain",
                "pain.csv: line 1: two columns mean the pain at one moment: pain_after and post pain. \
                 Nothing of it was used. Rename or remove one of them.",
            ),
            (
                "\n\n",
                "pain.csv: the file is empty: there is no header line. Nothing of it was used. \
                 Run `niggle pain init` for a template.",
            ),
        ] {
            assert_eq!(header(text).unwrap_err().to_string(), message);
        }
    }
}
