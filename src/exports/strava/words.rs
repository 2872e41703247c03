//! The names of the columns of `activities.csv` in eight languages.
//!
//! Strava writes them in the language of the account. Each table says which words stand in public importers, their tests or
//! real files, and which are only likely; [`super::columns`] goes by the order of the columns where no word fits.

use crate::text::fold::fold;
use std::sync::LazyLock;

/// The languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Czech,
}

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Id,
    Date,
    Title,
    Type,
    Gear,
    File,
    Elapsed,
    Moving,
    Timer,
    Distance,
    Speed,
    Ascent,
    Descent,
    HeartRateMax,
    HeartRateMean,
    Cadence,
    Exertion,
    /// The description, which others may read, and the private note.
    Comment,
}

impl Column {
    /// What the column holds, for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Column::Id => "activity id",
            Column::Date => "date",
            Column::Title => "title",
            Column::Type => "activity type",
            Column::Gear => "gear",
            Column::File => "file name",
            Column::Elapsed => "elapsed time",
            Column::Moving => "moving time",
            Column::Timer => "timer time",
            Column::Distance => "distance",
            Column::Speed => "average speed",
            Column::Ascent => "elevation gain",
            Column::Descent => "elevation loss",
            Column::HeartRateMax => "maximum heart rate",
            Column::HeartRateMean => "average heart rate",
            Column::Cadence => "average cadence",
            Column::Exertion => "perceived exertion",
            Column::Comment => "description",
        }
    }
}

type Words = &'static [(Column, &'static [&'static str])];

/// What a column's name means, and in which languages.
pub(super) fn meanings(name: &str) -> impl Iterator<Item = (Language, Column)> {
    let folded = fold(name);
    FOLDED
        .iter()
        .filter(move |(word, ..)| *word == folded)
        .map(|(_, language, column)| (*language, *column))
}

/// Folded once: thousands of files may have to be told apart.
static FOLDED: LazyLock<Vec<(String, Language, Column)>> = LazyLock::new(|| {
    let words = LANGUAGES.iter().flat_map(|(language, table)| {
        table
            .iter()
            .flat_map(|(column, words)| words.iter().map(|word| (fold(word), *language, *column)))
    });
    words.collect()
});

const LANGUAGES: &[(Language, Words)] = &[
    (Language::English, ENGLISH),
    (Language::German, GERMAN),
    (Language::French, FRENCH),
    (Language::Spanish, SPANISH),
    (Language::Italian, ITALIAN),
    (Language::Portuguese, PORTUGUESE),
    (Language::Dutch, DUTCH),
    (Language::Czech, CZECH),
];

/// Seen in a real file.
const ENGLISH: Words = &[
    (Column::Id, &["Activity ID"]),
    (Column::Date, &["Activity Date"]),
    (Column::Title, &["Activity Name"]),
    (Column::Type, &["Activity Type"]),
    (Column::Gear, &["Activity Gear"]),
    (Column::File, &["Filename"]),
    (Column::Elapsed, &["Elapsed Time"]),
    (Column::Moving, &["Moving Time"]),
    (Column::Timer, &["Timer Time"]),
    (Column::Distance, &["Distance"]),
    (Column::Speed, &["Average Speed"]),
    (Column::Ascent, &["Elevation Gain"]),
    (Column::Descent, &["Elevation Loss"]),
    (Column::HeartRateMax, &["Max Heart Rate"]),
    (Column::HeartRateMean, &["Average Heart Rate"]),
    (Column::Cadence, &["Average Cadence"]),
    (Column::Exertion, &["Perceived Exertion"]),
    (
        Column::Comment,
        &["Activity Description", "Activity Private Note"],
    ),
];

/// Seen in importers and their tests: the first word of each line but exertion and timer. The others are likely.
const GERMAN: Words = &[
    (Column::Id, &["Aktivitäts-ID"]),
    (Column::Date, &["Aktivitätsdatum", "Datum der Aktivität"]),
    (Column::Title, &["Name der Aktivität", "Aktivitätsname"]),
    (
        Column::Type,
        &["Aktivitätsart", "Art der Aktivität", "Aktivitätstyp"],
    ),
    (
        Column::Gear,
        &[
            "Aktivitätsausrüstung",
            "Ausrüstung für Aktivität",
            "Ausrüstung für die Aktivität",
        ],
    ),
    (Column::File, &["Dateiname"]),
    (Column::Elapsed, &["Verstrichene Zeit", "Gesamtzeit"]),
    (Column::Moving, &["Bewegungszeit", "Zeit in Bewegung"]),
    (Column::Timer, &["Timer-Zeit"]),
    (Column::Distance, &["Distanz"]),
    (
        Column::Speed,
        &[
            "Durchschnittliche Geschwindigkeit",
            "Durchschnittsgeschwindigkeit",
        ],
    ),
    (
        Column::Ascent,
        &["Höhenzunahme", "Höhengewinn", "Positiver Höhenunterschied"],
    ),
    (
        Column::Descent,
        &[
            "Höhenunterschied",
            "Höhenverlust",
            "Höhenabnahme",
            "Negativer Höhenunterschied",
        ],
    ),
    (
        Column::HeartRateMax,
        &["Max. Herzfrequenz", "Maximale Herzfrequenz"],
    ),
    (
        Column::HeartRateMean,
        &["Durchschnittliche Herzfrequenz", "Durchschnittliche HF"],
    ),
    (
        Column::Cadence,
        &[
            "Durchschnittliche Trittfrequenz",
            "Durchschnittliche Tritt-/Schrittfrequenz",
        ],
    ),
    (
        Column::Exertion,
        &[
            "Wahrgenommene Anstrengung",
            "Gefühlte Anstrengung",
            "Empfundene Anstrengung",
        ],
    ),
    (
        Column::Comment,
        &[
            "Beschreibung",
            "Beschreibung der Aktivität",
            "Aktivitätsbeschreibung",
            "Notiz",
            "Private Notiz zur Aktivität",
            "Private Notiz",
        ],
    ),
];

/// Seen in importers and their tests: the first word of each line down to elevation gain. The others are likely.
const FRENCH: Words = &[
    (Column::Id, &["ID de l'activité"]),
    (Column::Date, &["Date de l'activité"]),
    (Column::Title, &["Nom de l'activité"]),
    (Column::Type, &["Type d'activité"]),
    (
        Column::Gear,
        &[
            "Matériel utilisé pour l'activité",
            "Matériel pour l'activité",
            "Équipement pour l'activité",
        ],
    ),
    (Column::File, &["Nom du fichier", "Nom de fichier"]),
    (Column::Elapsed, &["Temps écoulé"]),
    (
        Column::Moving,
        &[
            "Durée de déplacement",
            "Temps de déplacement",
            "Temps en mouvement",
        ],
    ),
    (Column::Distance, &["Distance"]),
    (
        Column::HeartRateMax,
        &["Fréquence cardiaque max.", "Fréquence cardiaque maximale"],
    ),
    (
        Column::HeartRateMean,
        &["Fréquence cardiaque moyenne", "Fréquence cardiaque moy."],
    ),
    (Column::Speed, &["Vitesse moyenne", "Vitesse moy."]),
    (Column::Ascent, &["Dénivelé positif", "Gain d'altitude"]),
    (Column::Descent, &["Dénivelé négatif", "Perte d'altitude"]),
    (Column::Cadence, &["Cadence moyenne", "Cadence moy."]),
    (
        Column::Exertion,
        &["Effort perçu", "Effort ressenti", "Perception de l'effort"],
    ),
    (
        Column::Comment,
        &[
            "Description de l'activité",
            "Note",
            "Note privée sur l'activité",
            "Note privée",
        ],
    ),
];

/// Seen in an importer's tests: the first word of id, date, title, type and file name. The others are likely.
const SPANISH: Words = &[
    (Column::Id, &["ID de actividad", "ID de la actividad"]),
    (
        Column::Date,
        &["Fecha de la actividad", "Fecha de actividad"],
    ),
    (
        Column::Title,
        &["Nombre de la actividad", "Nombre de actividad"],
    ),
    (Column::Type, &["Tipo de actividad"]),
    (
        Column::Gear,
        &[
            "Equipamiento de la actividad",
            "Equipamiento para la actividad",
            "Equipo de la actividad",
            "Equipo de actividad",
            "Material de la actividad",
            "Material para la actividad",
        ],
    ),
    (Column::File, &["Nombre del archivo", "Nombre de archivo"]),
    (Column::Elapsed, &["Tiempo transcurrido"]),
    (
        Column::Moving,
        &["Tiempo en movimiento", "Tiempo de movimiento"],
    ),
    (Column::Distance, &["Distancia"]),
    (Column::Speed, &["Velocidad media", "Velocidad promedio"]),
    (
        Column::Ascent,
        &[
            "Desnivel positivo",
            "Ganancia de elevación",
            "Aumento de elevación",
            "Ganancia de altura",
            "Ascenso",
        ],
    ),
    (
        Column::Descent,
        &[
            "Desnivel negativo",
            "Pérdida de elevación",
            "Disminución de elevación",
            "Pérdida de altura",
            "Descenso",
        ],
    ),
    (
        Column::HeartRateMax,
        &[
            "Frecuencia cardíaca máxima",
            "Frecuencia cardíaca máx.",
            "Ritmo cardíaco máximo",
            "Ritmo cardíaco máx.",
        ],
    ),
    (
        Column::HeartRateMean,
        &[
            "Frecuencia cardíaca media",
            "Frecuencia cardíaca promedio",
            "Ritmo cardíaco medio",
            "Ritmo cardíaco promedio",
        ],
    ),
    (Column::Cadence, &["Cadencia media", "Cadencia promedio"]),
    (Column::Exertion, &["Esfuerzo percibido"]),
    (
        Column::Comment,
        &[
            "Descripción",
            "Descripción de la actividad",
            "Nota",
            "Nota privada de la actividad",
            "Nota privada",
        ],
    ),
];

/// No file and no importer was found: all are likely only.
const ITALIAN: Words = &[
    (Column::Id, &["ID attività", "ID dell'attività"]),
    (Column::Date, &["Data dell'attività", "Data attività"]),
    (Column::Title, &["Nome dell'attività", "Nome attività"]),
    (Column::Type, &["Tipo di attività", "Tipo attività"]),
    (
        Column::Gear,
        &[
            "Attrezzatura per l'attività",
            "Attrezzatura dell'attività",
            "Attrezzatura attività",
            "Attrezzatura",
        ],
    ),
    (Column::File, &["Nome del file", "Nome file"]),
    (Column::Elapsed, &["Tempo trascorso"]),
    (
        Column::Moving,
        &["Tempo in movimento", "Tempo di movimento"],
    ),
    (Column::Distance, &["Distanza"]),
    (Column::Speed, &["Velocità media"]),
    (
        Column::Ascent,
        &[
            "Dislivello positivo",
            "Aumento di quota",
            "Guadagno di quota",
            "Dislivello",
        ],
    ),
    (
        Column::Descent,
        &["Dislivello negativo", "Perdita di quota"],
    ),
    (
        Column::HeartRateMax,
        &[
            "Frequenza cardiaca massima",
            "Frequenza cardiaca max",
            "Battito cardiaco massimo",
        ],
    ),
    (
        Column::HeartRateMean,
        &["Frequenza cardiaca media", "Battito cardiaco medio"],
    ),
    (Column::Cadence, &["Cadenza media"]),
    (Column::Exertion, &["Sforzo percepito"]),
    (
        Column::Comment,
        &[
            "Descrizione",
            "Descrizione dell'attività",
            "Nota",
            "Nota privata sull'attività",
            "Nota privata",
        ],
    ),
];

/// Seen in a Brazilian importer and its tests: the first word of each line but the last three. The others are likely; some of
/// them are Portugal's.
const PORTUGUESE: Words = &[
    (Column::Id, &["ID da atividade"]),
    (Column::Date, &["Data da atividade"]),
    (Column::Title, &["Nome da atividade"]),
    (Column::Type, &["Tipo de atividade"]),
    (
        Column::Gear,
        &["Equipamento da atividade", "Equipamento de atividade"],
    ),
    (
        Column::File,
        &["Nome do arquivo", "Nome de arquivo", "Nome do ficheiro"],
    ),
    (Column::Elapsed, &["Tempo decorrido"]),
    (
        Column::Moving,
        &[
            "Tempo de movimentação",
            "Tempo em movimento",
            "Tempo de movimento",
        ],
    ),
    (Column::Distance, &["Distância"]),
    (Column::Speed, &["Velocidade média"]),
    (
        Column::Ascent,
        &["Ganho de elevação", "Aumento de elevação"],
    ),
    (
        Column::HeartRateMax,
        &["Frequência cardíaca máxima", "Frequência cardíaca máx."],
    ),
    (Column::HeartRateMean, &["Frequência cardíaca média"]),
    (Column::Descent, &["Perda de elevação"]),
    (Column::Cadence, &["Cadência média"]),
    (
        Column::Exertion,
        &["Esforço percebido", "Percepção de esforço"],
    ),
    (
        Column::Comment,
        &[
            "Descrição",
            "Descrição da atividade",
            "Nota",
            "Nota privada da atividade",
            "Nota privada",
        ],
    ),
];

/// Seen in importers, their tests and notes: the first word of each line. The others are likely.
const DUTCH: Words = &[
    (Column::Id, &["Activiteits-ID", "ID van activiteit"]),
    (Column::Date, &["Datum van activiteit", "Activiteitsdatum"]),
    (Column::Title, &["Naam activiteit", "Naam van activiteit"]),
    (Column::Type, &["Activiteitstype", "Type activiteit"]),
    (
        Column::Gear,
        &["Uitrusting voor activiteit", "Materiaal voor activiteit"],
    ),
    (Column::File, &["Bestandsnaam"]),
    (Column::Elapsed, &["Verstreken tijd"]),
    (Column::Moving, &["Beweegtijd", "Tijd in beweging"]),
    (Column::Distance, &["Afstand"]),
    (Column::Speed, &["Gemiddelde snelheid"]),
    (Column::Ascent, &["Totale stijging", "Hoogtewinst"]),
    (Column::Descent, &["Totale daling", "Hoogteverlies"]),
    (
        Column::HeartRateMax,
        &["Max. hartslag", "Maximale hartslag"],
    ),
    (Column::HeartRateMean, &["Gemiddelde hartslag"]),
    (Column::Cadence, &["Gemiddelde cadans"]),
    (
        Column::Exertion,
        &["Ervaren inspanning", "Waargenomen inspanning"],
    ),
    (
        Column::Comment,
        &[
            "Beschrijving",
            "Beschrijving van activiteit",
            "Notitie",
            "Privénotitie bij activiteit",
            "Privénotitie",
        ],
    ),
];

/// Seen in an importer's tests: the first word of each line but exertion. The others are likely.
const CZECH: Words = &[
    (Column::Id, &["ID aktivity"]),
    (Column::Date, &["Datum aktivity"]),
    (Column::Title, &["Název aktivity"]),
    (Column::Type, &["Typ aktivity"]),
    (Column::Gear, &["Vybavení na aktivitu"]),
    (Column::File, &["Název souboru"]),
    (Column::Elapsed, &["Uplynulý čas"]),
    (Column::Moving, &["Aktivní čas", "Čas v pohybu"]),
    (Column::Distance, &["Vzdálenost"]),
    (Column::Speed, &["Průměrná rychlost"]),
    (Column::Ascent, &["Nastoupaná výška"]),
    (Column::Descent, &["Naklesaná výška"]),
    (Column::HeartRateMax, &["Maximální tepová frekvence"]),
    (Column::HeartRateMean, &["Průměrná tepová frekvence"]),
    (Column::Cadence, &["Průměrná kadence"]),
    (Column::Exertion, &["Vnímaná námaha", "Vnímané úsilí"]),
    (
        Column::Comment,
        &["Popis aktivity", "Soukromá poznámka k aktivitě"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_columns() {
        for (word, language, column) in FOLDED.iter() {
            let meanings: Vec<Column> = meanings(word).map(|(_, column)| column).collect();
            assert!(
                meanings.iter().all(|other| other == column),
                "{word} in {language:?}: {meanings:?}"
            );
        }
    }

    #[test]
    fn every_language_names_what_is_needed() {
        for (language, table) in LANGUAGES {
            for column in [
                Column::Id,
                Column::Date,
                Column::Type,
                Column::File,
                Column::Distance,
                Column::Moving,
            ] {
                assert!(
                    table
                        .iter()
                        .any(|(known, words)| *known == column && !words.is_empty()),
                    "{language:?}"
                );
            }
        }
    }
}
