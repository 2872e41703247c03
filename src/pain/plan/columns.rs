//! The meanings a column can have, and the names people give them.

/// A meaning a column can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::pain) enum Column {
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
    /// The column of an OSTRC question, 0 for the first.
    pub(crate) fn ostrc(question: usize) -> Option<Column> {
        [
            Column::Ostrc1,
            Column::Ostrc2,
            Column::Ostrc3,
            Column::Ostrc4,
        ]
        .get(question)
        .copied()
    }

    /// Whether it holds answers to an OSTRC question.
    pub(crate) fn is_ostrc(self) -> bool {
        (Column::Ostrc1..=Column::Ostrc4).contains(&self)
    }

    /// The column's name in niggle's own log.
    pub(crate) fn name(self) -> &'static str {
        COLUMNS
            .iter()
            .find(|(column, ..)| *column == self)
            .map_or("", |(_, name, _)| name)
    }
}

/// Meaning, name in niggle's own log, and the names people use (German, French, Spanish, Italian, Portuguese and Dutch for
/// the main columns). Names that are questions, or that only the cells can settle, are `names`' task.
pub(in crate::pain) const COLUMNS: &[(Column, &str, &str)] = &[
    (
        Column::Date,
        "date",
        "day|datum|when|date of entry|log date|entry date|date of pain|tag|fecha|día|data|giorno|dia|jour|dag|日付",
    ),
    (
        Column::Moment,
        "moment",
        "time of day|timing|moment of day|part of day|phase|zeitpunkt|tageszeit|momento",
    ),
    (
        Column::Time,
        "time",
        "hour|clock|uhrzeit|zeit|heure|hora|ora|uur|tijd",
    ),
    (
        Column::Site,
        "site",
        "body part|bodypart|location|area|body area|where|region|body region|place|injury site|körperteil|koerperteil|\
         körperstelle|ort|stelle|lieu|endroit|zone|localisation|partie du corps|zona|lugar|parte del cuerpo|\
         parte del corpo|parte do corpo|luogo|local|localização|plaats|plek|lichaamsdeel|部位",
    ),
    (
        Column::Side,
        "side",
        "left right|l r|lr|l or r|laterality|body side|leg|seite|côté|cote|lado|lato|kant|zijde",
    ),
    (
        Column::Pain,
        "pain",
        "nrs|vas|pain score|pain level|pain rating|pain intensity|pain 0 10|pain scale|schmerz|schmerzen|schmerzstärke|\
         schmerzskala|douleur|douleurs|dolor|dolore|dor|dores|pijn|pijnscore|ból|痛み",
    ),
    (
        Column::Type,
        "type",
        "quality|feel|kind|types|pain type|type of pain|feels like|art|schmerzart|tipo|soort",
    ),
    (Column::Spread, "spread", "extent|how wide|ausbreitung"),
    (
        Column::Onset,
        "onset",
        "start|came on|began|beginn|début|inicio|início|inizio|begin",
    ),
    (
        Column::Movement,
        "movement",
        "with movement|when moving|moving|bewegung|mouvement|movimiento|movimento|beweging",
    ),
    (
        Column::Function,
        "function",
        "effect|impact|effect on running|consequence|auswirkung",
    ),
    (
        Column::Signs,
        "signs",
        "other|sign|other signs|other symptoms|red flags|zeichen",
    ),
    (
        Column::Ostrc1,
        "ostrc_q1",
        "ostrc 1|ostrc1|ostrc participation",
    ),
    (
        Column::Ostrc2,
        "ostrc_q2",
        "ostrc 2|ostrc2|ostrc modified|ostrc training",
    ),
    (
        Column::Ostrc3,
        "ostrc_q3",
        "ostrc 3|ostrc3|ostrc performance",
    ),
    (
        Column::Ostrc4,
        "ostrc_q4",
        "ostrc 4|ostrc4|ostrc symptoms|ostrc pain",
    ),
    (
        Column::SleepHours,
        "sleep_h",
        "sleep|hrs|slept|sleep hours|sleepsecs|sleep secs|sleep seconds|sleep minutes|sleep hrs|hours slept|hours of sleep|sleep duration|schlaf|schlafstunden|sommeil|\
         sueño|sonno|sono|slaap",
    ),
    (
        Column::SleepQuality,
        "sleep_quality",
        "quality of sleep|sleep rating|sleep score|schlafqualität|slaapkwaliteit",
    ),
    (
        Column::Rpe,
        "rpe",
        "effort|srpe|borg|session rpe|perceived exertion|exertion|anstrengung",
    ),
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
         bemerkungen|remarque|remarques|commentaire|nota|notas|comentario|comentarios|opmerking|opmerkingen|uwagi|anything else|note text|備考",
    ),
];
