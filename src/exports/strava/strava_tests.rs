//! Whole files of Strava's export, invented: every language, every generation of columns, every kind of damage.

use super::{is_export, read};
use crate::{
    exports::{Facts, Listed, Shoe},
    model::{Format, Sport, Totals},
    problem::{Code, Effect, Problem},
};
use proptest::prelude::*;

/// The columns of 2026, in order; older generations end earlier.
const HEADER: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,\
    Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,\
    Elapsed Time,Moving Time,Distance,Max Speed,Average Speed,Elevation Gain,Elevation Loss,Elevation Low,Elevation High,\
    Max Grade,Average Grade,Average Positive Grade,Average Negative Grade,Max Cadence,Average Cadence,Max Heart Rate,\
    Average Heart Rate,Max Watts,Average Watts,Calories,Max Temperature,Average Temperature,Relative Effort,Total Work,\
    Number of Runs,Uphill Time,Downhill Time,Other Time,Perceived Exertion,Type,Start Time,Weighted Average Power,\
    Power Count,Prefer Perceived Exertion,Perceived Relative Effort,Commute,Total Weight Lifted,From Upload,\
    Grade Adjusted Distance,Weather Observation Time,Weather Condition,Weather Temperature,Apparent Temperature,Dewpoint,\
    Humidity,Weather Pressure,Wind Speed,Wind Gust,Wind Bearing,Precipitation Intensity,Sunrise Time,Sunset Time,\
    Moon Phase,Bike,Gear,Precipitation Probability,Precipitation Type,Cloud Cover,Weather Visibility,UV Index,\
    Weather Ozone,Jump Count,Total Grit,Average Flow,Flagged,Average Elapsed Speed,Dirt Distance,\
    Newly Explored Distance,Newly Explored Dirt Distance,Activity Count,Total Steps,Carbon Saved,Pool Length,\
    Training Load,Intensity,Average Grade Adjusted Pace,Timer Time,Total Cycles,Recovery,With Pet,Competition,Long Run,\
    For a Cause,Media,With Kid,Downhill Distance,Total Sets,Total Reps";

/// The first 38 columns of the other languages: as in importers, where they were seen there.
const GERMAN: &str = "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Beschreibung,Verstrichene Zeit,Distanz,\
    Max. Herzfrequenz,Relative Leistung,Pendelfahrt,Notiz,Aktivitätsausrüstung,Dateiname,Gewicht,Radgewicht,\
    Verstrichene Zeit,Bewegungszeit,Distanz,Höchstgeschw.,Durchschnittliche Geschwindigkeit,Höhenzunahme,Höhenunterschied,\
    Min. Höhe,Max. Höhe,g,g,g,g,Max. Tritt-/Schrittfrequenz,Durchschnittliche Trittfrequenz,Max. Herzfrequenz,\
    Durchschnittliche Herzfrequenz,w,w,k,t,t,Relative Leistung";
const FRENCH: &str = "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Description de l'activité,\
    Temps écoulé,Distance,Fréquence cardiaque max.,Effort relatif,Déplacement-transport,Note,\
    Matériel utilisé pour l'activité,Nom du fichier,Poids de l'athlète,Poids du vélo,Temps écoulé,Durée de déplacement,\
    Distance,Vitesse max.,Vitesse moyenne,Dénivelé positif,Dénivelé négatif,b,h,p,p,p,p,Cadence max.,Cadence moyenne,\
    Fréquence cardiaque max.,Fréquence cardiaque moyenne,w,w,c,t,t,Effort relatif";
const SPANISH: &str = "ID de actividad,Fecha de la actividad,Nombre de la actividad,Tipo de actividad,Descripción,\
    Tiempo transcurrido,Distancia,Frecuencia cardíaca máxima,Esfuerzo relativo,Viaje,Nota,Equipamiento de la actividad,\
    Nombre del archivo,Peso,Peso,Tiempo transcurrido,Tiempo en movimiento,Distancia,v,Velocidad media,Desnivel positivo,\
    Desnivel negativo,b,a,p,p,p,p,c,Cadencia media,Frecuencia cardíaca máxima,Frecuencia cardíaca media,w,w,c,t,t,\
    Esfuerzo relativo";
const ITALIAN: &str = "ID attività,Data dell'attività,Nome dell'attività,Tipo di attività,Descrizione,Tempo trascorso,\
    Distanza,Frequenza cardiaca massima,Sforzo relativo,Tragitto,Nota,Attrezzatura per l'attività,Nome del file,Peso,Peso,\
    Tempo trascorso,Tempo in movimento,Distanza,v,Velocità media,Dislivello positivo,Dislivello negativo,b,a,p,p,p,p,c,\
    Cadenza media,Frequenza cardiaca massima,Frequenza cardiaca media,w,w,c,t,t,Sforzo relativo";
const PORTUGUESE: &str = "ID da atividade,Data da atividade,Nome da atividade,Tipo de atividade,Descrição,Tempo decorrido,\
    Distância,Frequência cardíaca máxima,Esforço relativo,Deslocamento,Nota,Equipamento da atividade,Nome do arquivo,Peso,\
    Peso,Tempo decorrido,Tempo de movimentação,Distância,v,Velocidade média,Ganho de elevação,Perda de elevação,b,a,p,p,p,\
    p,c,Cadência média,Frequência cardíaca máxima,Frequência cardíaca média,w,w,c,t,t,Esforço relativo";
const DUTCH: &str = "Activiteits-ID,Datum van activiteit,Naam activiteit,Activiteitstype,Beschrijving,Verstreken tijd,\
    Afstand,Max. hartslag,Relatieve inspanning,Woon-werkverkeer,Notitie,Uitrusting voor activiteit,Bestandsnaam,Gewicht,\
    Gewicht,Verstreken tijd,Beweegtijd,Afstand,Max. snelheid,Gemiddelde snelheid,Totale stijging,Totale daling,l,h,p,p,p,p,\
    Max. cadans,Gemiddelde cadans,Max. hartslag,Gemiddelde hartslag,w,w,c,t,t,Relatieve inspanning";
const CZECH: &str = "ID aktivity,Datum aktivity,Název aktivity,Typ aktivity,Popis aktivity,Uplynulý čas,Vzdálenost,\
    Maximální tepová frekvence,Relativní úsilí,Dojíždění,Soukromá poznámka k aktivitě,Vybavení na aktivitu,Název souboru,\
    Hmotnost sportovce,Hmotnost kola,Uplynulý čas,Aktivní čas,Vzdálenost,Maximální rychlost,Průměrná rychlost,\
    Nastoupaná výška,Naklesaná výška,n,v,s,s,s,s,Maximální kadence,Průměrná kadence,Maximální tepová frekvence,\
    Průměrná tepová frekvence,w,w,k,t,t,Relativní úsilí";
/// Nobody's language.
const UNKNOWN: &str = "Ako,Baro,Cilo,Dupo,Egu,Fora,Gani,Hupa,Ilo,Jaro,Kapi,Luno,Meko,Nopi,Opra,Fora,Pamo,Gani,Qui,Rasi,Sofi,\
    Tami,b,a,p,p,p,p,c,Umu,Hupa,Vesi,w,w,c,t,t,Ilo";

/// 20 September 2026, 14:12:12 UTC, from an independent calendar.
const SEPTEMBER_2026: f64 = 1_789_913_532.0;

fn facts(text: impl AsRef<[u8]>) -> (Facts, Vec<Problem>) {
    read(text.as_ref(), "activities.csv").expect("an index")
}

fn listed(text: impl AsRef<[u8]>) -> Vec<Listed> {
    facts(text).0.activities
}

/// Code and place of each problem.
fn codes(problems: &[Problem]) -> Vec<(Code, &str)> {
    problems
        .iter()
        .map(|problem| (problem.code, problem.place.as_str()))
        .collect()
}

/// A row of a run of 5,010 m in 1,800 s of 1,850 s, with as many cells as `header` has.
fn run(header: &str, date: &str, kind: &str, shown: &str) -> String {
    let cells = [
        "1001",
        date,
        "Round the lake",
        kind,
        "",
        "1850",
        shown,
        "171",
        "",
        "false",
        "",
        "Fleet Glider 2",
        "activities/2001.fit.gz",
        "",
        "",
        "1850.0",
        "1800.0",
        "5010.0",
        "4.1",
        "2.7833",
        "35.0",
        "33.5",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "81.5",
        "172.0",
        "151.0",
        "",
        "",
        "",
        "",
        "",
        "",
    ];
    let quoted = cells.iter().map(|cell| {
        if cell.contains(',') {
            format!("\"{cell}\"")
        } else {
            cell.to_string()
        }
    });
    let mut row: Vec<String> = quoted.collect();
    row.resize(header.split(',').count(), String::new());
    row.join(",")
}

fn file(header: &str, rows: &[String]) -> String {
    format!("{header}\n{}\n", rows.join("\n"))
}

fn totals() -> Totals {
    Totals {
        distance_m: Some(5010.0),
        elapsed_s: Some(1850.0),
        moving_s: Some(1800.0),
        ascent_m: Some(35.0),
        descent_m: Some(33.5),
        heart_rate_mean_bpm: Some(151.0),
        heart_rate_max_bpm: Some(172.0),
        cadence_mean_raw: Some(81.5),
        ..Totals::default()
    }
}

fn check_run(run: &Listed, start: f64) {
    assert_eq!(
        (run.place.as_str(), run.id.as_deref()),
        ("row 2", Some("1001"))
    );
    assert_eq!(run.file.as_deref(), Some("activities/2001.fit.gz"));
    assert_eq!(run.activity.name.as_deref(), Some("Round the lake"));
    assert_eq!(
        (run.activity.format, run.activity.start_unix_s),
        (Format::Export, Some(start))
    );
    assert_eq!(
        (run.activity.utc_offset_s, run.activity.samples.len()),
        (None, 0)
    );
    assert_eq!(run.activity.totals, totals());
}

#[test]
fn every_language_reads_alike() {
    for (header, kind, date, shown) in [
        (HEADER, "Run", "Sep 20, 2026, 2:12:12 PM", "5.01"),
        (HEADER, "Run", "Sep 20, 2026, 2:12:12\u{202f}PM", "5.01"),
        (HEADER, "Run", "20 Sept 2026, 14:12:12", "3.11"),
        (GERMAN, "Lauf", "20.09.2026, 14:12:12", "5,01"),
        (FRENCH, "Course à pied", "20 sept. 2026, 14:12:12", "5,01"),
        (SPANISH, "Carrera", "20 sept 2026, 14:12:12", "5,01"),
        (ITALIAN, "Corsa", "20 set 2026, 14:12:12", "5,01"),
        (
            PORTUGUESE,
            "Corrida",
            "20 de set. de 2026, 14:12:12",
            "5,01",
        ),
        (DUTCH, "Hardloopsessie", "20 sep. 2026 14:12:12", "5,01"),
        (CZECH, "Běh", "20. 9. 2026 14:12:12", "5,01"),
    ] {
        let text = file(header, &[run(header, date, kind, shown)]);
        let (facts, problems) = facts(&text);
        assert_eq!(problems, [], "{kind}");
        check_run(&facts.activities[0], SEPTEMBER_2026);
        assert_eq!(
            (
                facts.activities[0].activity.sport,
                facts.activities[0].shoe.as_deref()
            ),
            (Sport::RUNNING, Some("Fleet Glider 2"))
        );
        assert!(is_export(text.as_bytes(), "anything"), "{kind}");
    }
}

#[test]
fn every_generation_of_columns() {
    let names: Vec<&str> = HEADER.split(',').map(str::trim).collect();
    assert_eq!(names.len(), 103);
    for columns in [44, 86, 92, 99, 103] {
        let header = names[..columns].join(",");
        let mut row: Vec<String> = run(&header, "2026-09-20 14:12:12", "Run", "5.01")
            .split(',')
            .map(str::to_string)
            .collect();
        row[43] = "7.0".to_string();
        let (facts, problems) = facts(file(&header, &[row.join(",")]));
        assert_eq!(problems, [], "{columns}");
        let mut activity = facts.activities[0].activity.clone();
        assert_eq!(activity.totals.session_rpe.take(), Some(7.0), "{columns}");
        assert_eq!(activity.totals, totals(), "{columns}");
    }
}

#[test]
fn names_that_come_twice_are_told_by_their_order() {
    let header = "Activity ID,Activity Date,Activity Type,Filename,Distance,Max Heart Rate,Distance,Max Heart Rate,Elapsed Time";
    let both = "1,2026-09-20 14:12:12,Run,,5.01,170,5012.5,171,1850";
    let first_only = "2,2026-09-21 14:12:12,Run,,5.01,170,,,1850";
    let runs = listed(file(header, &[both.to_string(), first_only.to_string()]));
    let read: Vec<_> = runs
        .iter()
        .map(|r| {
            (
                r.activity.totals.distance_m,
                r.activity.totals.heart_rate_max_bpm,
            )
        })
        .collect();
    assert_eq!(
        read,
        [(Some(5012.5), Some(171.0)), (Some(5010.0), Some(170.0))]
    );
}

#[test]
fn the_form_before_2019() {
    let text = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
                55,2018-05-05 11:13:12,Early one,Run,,2833,8012.3,false,Fleet Glider 2,activities/55.gpx\n\
                56,2018-05-06 11:13:12,Wheels,Ride,,2833,21012.3,true,Red bike,activities/56.gpx\n";
    let (facts, problems) = facts(text);
    assert_eq!(problems, []);
    let run = &facts.activities[0];
    assert_eq!(
        (
            run.activity.totals.distance_m,
            run.activity.totals.elapsed_s
        ),
        (Some(8012.3), Some(2833.0))
    );
    assert_eq!(
        (run.activity.start_unix_s, run.shoe.as_deref()),
        (Some(1_525_518_792.0), Some("Fleet Glider 2"))
    );
    assert_eq!(
        (
            facts.activities[1].activity.sport,
            &facts.activities[1].shoe
        ),
        (Sport("cycling"), &None)
    );
}

#[test]
fn what_spreadsheets_make_of_it() {
    let semicolons = "Aktivitäts-ID;Aktivitätsdatum;Aktivitätsart;Distanz;Dateiname;Distanz;Bewegungszeit\n\
                      1;20.09.2026 14:12:12;Lauf;5,01;activities/2.fit;5010,25;0:30:00\n";
    let utf_16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(semicolons.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let windows: Vec<u8> = semicolons
        .chars()
        .map(|c| u8::try_from(c).unwrap())
        .collect();
    let tabs = semicolons.replace(';', "\t").replace('\n', "\r\n");
    for bytes in [
        semicolons.as_bytes().to_vec(),
        format!("\u{FEFF}{semicolons}").into_bytes(),
        utf_16,
        windows,
        tabs.into_bytes(),
    ] {
        let (facts, problems) = facts(&bytes);
        assert_eq!(problems, []);
        let activity = &facts.activities[0].activity;
        assert_eq!(
            (activity.start_unix_s, activity.sport),
            (Some(SEPTEMBER_2026), Sport::RUNNING)
        );
        assert_eq!(
            (activity.totals.distance_m, activity.totals.moving_s),
            (Some(5010.25), Some(1800.0))
        );
        assert!(is_export(&bytes, ""));
    }
}

#[test]
fn machine_columns_with_commas_are_settled_together() {
    let text = "Aktivitäts-ID;Aktivitätsdatum;Aktivitätsart;Distanz;Distanz;Höhenzunahme\n\
                1;20.09.2026 14:12:12;Lauf;0,5;501,123;33,5\n";
    assert_eq!(listed(text)[0].activity.totals.distance_m, Some(501.123));
    let points = text.replace("501,123", "501.123").replace("33,5", "33.5");
    assert_eq!(listed(points)[0].activity.totals.distance_m, Some(501.123));
}

#[test]
fn rows_are_records_and_manual_entries_have_no_file() {
    let header = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Filename,Elapsed Time";
    let rows = [
        "1,\"May 15, 2017, 5:52:52 PM\",\"Two\nlines\",Run,\"He said \"\"go\"\",\n\nand went\",activities/1.gpx,60"
            .to_string(),
        "2,\"May 16, 2017, 5:52:52 PM\",,Run,,,1800".to_string(),
    ];
    let (facts, problems) = facts(file(header, &rows));
    assert_eq!(problems, []);
    let read: Vec<_> = facts
        .activities
        .iter()
        .map(|r| {
            (
                r.place.as_str(),
                r.file.as_deref(),
                r.activity.name.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            ("row 2", Some("activities/1.gpx"), Some("Two lines")),
            ("row 3", None, None)
        ]
    );
    assert_eq!(facts.activities[1].activity.totals.elapsed_s, Some(1800.0));
}

#[test]
fn a_single_distance_by_speed_by_time_or_with_a_word() {
    let with_speed =
        "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Average Speed,Elapsed Time";
    let without = "Activity ID,Activity Date,Activity Type,Distance,Elapsed Time";
    for (header, row, distance_m, found) in [
        (
            with_speed,
            "1,2026-09-20 14:12:12,Run,1800,5010,2.7833,1850",
            5010.0,
            None,
        ),
        (
            with_speed,
            "1,2026-09-20 14:12:12,Run,1800,5.01,2.7833,1850",
            5010.0,
            None,
        ),
        (
            with_speed,
            "1,2026-09-20 14:12:12,Run,1800,3.11,2.7833,1850",
            3.11 * 1609.344,
            None,
        ),
        (without, "1,2026-09-20 14:12:12,Run,5010,1850", 5010.0, None),
        (
            without,
            "1,2026-09-20 14:12:12,Run,5.01,1850",
            5010.0,
            Some((Code::DistanceMismatch, "row 2")),
        ),
    ] {
        let (facts, problems) = facts(file(header, &[row.to_string()]));
        let read = facts.activities[0].activity.totals.distance_m.unwrap();
        assert!((read - distance_m).abs() < 1e-6, "{row}: {read}");
        assert_eq!(
            codes(&problems),
            found.into_iter().collect::<Vec<_>>(),
            "{row}"
        );
    }
}

#[test]
fn distances_that_are_not_guessed() {
    let header = "Activity ID,Activity Date,Activity Type,Distance,Elapsed Time,Distance";
    let rows = [
        "1,2026-09-20 14:12:12,Run,5.01,1850,5010",
        "2,2026-09-20 15:12:12,Swim,1500,1850,",
        "3,2026-09-20 16:12:12,Ride,20.5,1850,",
    ];
    let distances = |rows: &[&str]| {
        let text = file(
            header,
            &rows.iter().map(|row| row.to_string()).collect::<Vec<_>>(),
        );
        listed(text)
            .into_iter()
            .map(|listed| listed.activity.totals.distance_m)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        distances(&rows),
        [Some(5010.0), None, Some(20_500.0)],
        "a pool has a unit of its own"
    );
    assert_eq!(distances(&rows[1..]), [None, None], "no run tells the unit");
    // The old form is in metres, however slow that makes the run.
    let old = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
               55,2018-05-05 11:13:12,x,Run,,2833,90.5,false,,activities/55.gpx\n";
    assert_eq!(listed(old)[0].activity.totals.distance_m, Some(90.5));
}

#[test]
fn a_sign_that_can_mean_both_is_read_as_the_language_does() {
    // 5,012 is a kilometre figure in German, which nothing confirms, and metres in English, which the time confirms.
    for (header, kind, found) in [
        (
            "Aktivitäts-ID,Aktivitätsdatum,Aktivitätsart,Distanz,Verstrichene Zeit",
            "Lauf",
            vec![(Code::DistanceMismatch, "row 2")],
        ),
        (
            "Activity ID,Activity Date,Activity Type,Distance,Elapsed Time",
            "Run",
            vec![],
        ),
    ] {
        let (facts, problems) = facts(file(
            header,
            &[format!("1,2026-09-20 14:12:12,{kind},\"5,012\",1850")],
        ));
        assert_eq!(
            facts.activities[0].activity.totals.distance_m,
            Some(5012.0),
            "{kind}"
        );
        assert_eq!(codes(&problems), found, "{kind}");
    }
}

#[test]
fn values_that_cannot_be() {
    let header = "Activity ID,Activity Date,Activity Type,Filename,Perceived Exertion,Average Heart Rate,Elapsed Time,Elevation Gain";
    let rows = [
        "1,2026-09-20 14:12:12,Run,,0.0,0,-5,0.0",
        "2,2026-09-20 14:12:12,Run,,11,abc,60,NaN",
        "3,2026-09-20 14:12:12,Run,,6,150,60,",
    ];
    let (facts, problems) = facts(file(header, &rows.map(str::to_string)));
    let read: Vec<_> = facts
        .activities
        .iter()
        .map(|listed| listed.activity.totals)
        .map(|t| {
            (
                t.session_rpe,
                t.heart_rate_mean_bpm,
                t.elapsed_s,
                t.ascent_m,
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            (None, None, None, Some(0.0)),
            (None, None, Some(60.0), None),
            (Some(6.0), Some(150.0), Some(60.0), None)
        ]
    );
    let mut found = codes(&problems);
    found.sort();
    assert_eq!(
        found,
        [
            (Code::BadValue, "row 2"),
            (Code::BadValue, "row 3"),
            (Code::BadValue, "row 3"),
            (Code::BadValue, "row 3")
        ]
    );
}

#[test]
fn sports_that_are_not_known_are_never_open() {
    let header = "Activity ID,Activity Date,Activity Type,Filename,Elapsed Time";
    let rows = [
        "1,2026-09-20 14:12:12,Quidditch,,60",
        "2,2026-09-20 14:12:12,Quidditch,,60",
        "3,2026-09-20 14:12:12,,,60",
        "4,2026-09-20 14:12:12,Trail Run,,60",
    ];
    let (facts, problems) = facts(file(header, &rows.map(str::to_string)));
    let sports: Vec<(Sport, &str)> = facts
        .activities
        .iter()
        .map(|r| (r.activity.sport, r.activity.sub_sport))
        .collect();
    assert_eq!(
        sports,
        [
            (Sport("other"), "generic"),
            (Sport("other"), "generic"),
            (Sport::UNKNOWN, "generic"),
            (Sport::RUNNING, "trail")
        ]
    );
    assert_eq!(codes(&problems), [(Code::OtherSport, "rows 2, 3")]);
    assert!(problems[0].detail.contains("Quidditch"));
}

#[test]
fn shoes_join_by_equal_words() {
    let shoes = "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\n,Fleet,Glider 2,Run\nRed,Fleet,Glider 2,\n";
    let (facts, problems) = facts(shoes);
    assert_eq!((problems, facts.activities.len()), (vec![], 0));
    let keys: Vec<&Shoe> = facts.shoes.iter().collect();
    let header = "Activity ID,Activity Date,Activity Type,Activity Gear,Filename";
    let rows = [
        "1,2026-09-20 14:12:12,Run,Fleet Glider 2 Red,",
        "2,2026-09-20 14:12:12,Run,Fleet  Glider 2,",
        "3,2026-09-20 14:12:12,Ride,Red bike,",
        "4,2026-09-20 14:12:12,Run,,",
    ];
    let worn: Vec<Option<String>> = listed(file(header, &rows.map(str::to_string)))
        .into_iter()
        .map(|r| r.shoe)
        .collect();
    assert_eq!(
        worn,
        [
            Some(keys[1].key.clone()),
            Some(keys[0].key.clone()),
            None,
            None
        ]
    );
    assert!(is_export(shoes.as_bytes(), "x"));
}

#[test]
fn dates_that_can_be_read_both_ways() {
    let header = "Activity ID,Activity Date,Activity Type,Filename";
    let row = |date: &str| format!("1,{date} 10:00:00,Run,activities/1.fit");
    let starts = |dates: &[&str]| {
        let (facts, problems) = facts(file(
            header,
            &dates.iter().map(|date| row(date)).collect::<Vec<_>>(),
        ));
        let days = facts
            .activities
            .iter()
            .map(|r| r.activity.start_unix_s.map(|s| (s / 86_400.0) as i64));
        (
            days.collect::<Vec<_>>(),
            codes(&problems)
                .into_iter()
                .map(|(code, place)| (code, place.to_string()))
                .collect::<Vec<_>>(),
        )
    };
    // 2 and 15 March 2021 are days 18688 and 18701 of Unix time, 3 February 2021 is day 18661.
    assert_eq!(
        starts(&["02/03/2021", "15/03/2021"]),
        (vec![Some(18688), Some(18701)], vec![])
    );
    assert_eq!(
        starts(&["02/03/2021", "03/15/2021"]),
        (vec![Some(18661), Some(18701)], vec![])
    );
    let damaged = |place: &str| (Code::ExportDamaged, place.to_string());
    assert_eq!(
        starts(&["02/03/2021"]),
        (vec![Some(18661)], vec![damaged("")])
    );
    let (days, found) = starts(&["02/03/2021", "03/15/2021", "15/03/2021"]);
    assert_eq!(days, [None, Some(18701), Some(18701)]);
    assert_eq!(found, [damaged(""), damaged("row 2")]);
}

#[test]
fn broken_files_keep_what_was_whole() {
    let header = "Activity ID,Activity Date,Activity Type,Filename,Elapsed Time,Distance,Distance";
    let whole = "1,2026-09-20 14:12:12,Run,activities/1.fit,60,0.2,200";
    for (rest, read, found) in [
        (
            "2,2026-09-20 15:12:12,\"Run,activities/2.fit,60,0.2,200\n3,then,Run,,60,0.2,200\n",
            1,
            (Code::ExportDamaged, "row 3"),
        ),
        (
            "2,2026-09-20 15:12:12,Run,activities/2.f",
            2,
            (Code::ExportDamaged, "row 3"),
        ),
        (
            "2,2026-09-20 15:12:12,Run\n",
            2,
            (Code::ExportDamaged, "row 3"),
        ),
        (",,Run,,60,,\n", 1, (Code::ExportDamaged, "row 3")),
    ] {
        let (facts, problems) = facts(format!("{header}\n{whole}\n{rest}"));
        assert_eq!(facts.activities.len(), read, "{rest:?}");
        assert_eq!(facts.activities[0].activity.totals.distance_m, Some(200.0));
        assert_eq!(
            facts
                .activities
                .get(1)
                .and_then(|second| second.file.clone()),
            None,
            "{rest:?}"
        );
        assert!(codes(&problems).contains(&found), "{rest:?}: {problems:?}");
    }
    assert_eq!(listed(format!("{header}\n")), []);
}

/// What a quote in the middle of a file costs: its own row at most, in the languages that quote every date and in the others.
#[test]
fn a_quote_that_never_closes_costs_its_row_at_most() {
    for (header, dates) in [
        (
            HEADER,
            [
                "Sep 20, 2026, 2:12:12 PM",
                "Sep 21, 2026, 2:12:12 PM",
                "Sep 22, 2026, 2:12:12 PM",
            ],
        ),
        (
            GERMAN,
            [
                "20.09.2026, 14:12:12",
                "21.09.2026, 14:12:12",
                "22.09.2026, 14:12:12",
            ],
        ),
        (
            CZECH,
            [
                "20. 9. 2026 14:12:12",
                "21. 9. 2026 14:12:12",
                "22. 9. 2026 14:12:12",
            ],
        ),
    ] {
        let rows = dates.map(|date| run(header, date, "Run", "5.01"));
        for (damage, effect, count) in [
            ("\"Round the lake", Effect::Repaired, 3),
            ("\"Round, the lake", Effect::PartLost, 2),
        ] {
            let damaged = [
                rows[0].clone(),
                rows[1].replace("Round the lake", damage),
                rows[2].clone(),
            ];
            let (facts, problems) = facts(file(header, &damaged));
            assert_eq!(facts.activities.len(), count, "{damage}: {dates:?}");
            let last = facts.activities.last().unwrap();
            assert_eq!(
                (last.place.as_str(), &last.activity.totals),
                ("row 4", &totals()),
                "{damage}: {dates:?}"
            );
            let told: Vec<_> = problems
                .iter()
                .map(|problem| (problem.place.as_str(), problem.effect))
                .collect();
            assert!(told.contains(&("row 3", effect)), "{damage}: {told:?}");
        }
    }
}

#[test]
fn a_language_nobody_knows_is_read_by_order_and_says_so() {
    let text = file(
        UNKNOWN,
        &[run(UNKNOWN, "20.09.2026, 14:12:12", "Foros", "5,01")],
    );
    assert!(is_export(text.as_bytes(), ""));
    let (facts, problems) = facts(&text);
    check_run(&facts.activities[0], SEPTEMBER_2026);
    assert_eq!(facts.activities[0].activity.sport, Sport("other"));
    assert_eq!(
        codes(&problems),
        [(Code::ExportDamaged, ""), (Code::OtherSport, "row 2")]
    );
    assert!(problems[0].detail.contains("moving time") && problems[0].detail.contains("file name"));
    // Where speed and time do not make the distance, the columns for machines are somebody else's.
    let moved = text.replace("5010.0", "9999.0");
    let totals = read(moved.as_bytes(), "").unwrap().0.activities[0]
        .activity
        .totals;
    assert_eq!(
        (totals.distance_m, totals.moving_s, totals.ascent_m),
        (None, None, None)
    );
    // Nor where the names that come twice in every language do not.
    let other = text.replacen("Gani", "Ganu", 1);
    let totals = read(other.as_bytes(), "").unwrap().0.activities[0]
        .activity
        .totals;
    assert_eq!(
        (totals.distance_m, totals.moving_s, totals.ascent_m),
        (None, None, None)
    );
    // And no file named, no export.
    assert_eq!(read(text.replace("activities/", "").as_bytes(), ""), None);
    assert_eq!(
        read(text.replace("activities/2001.fit.gz", "").as_bytes(), ""),
        None
    );
}

#[test]
fn one_unknown_name_is_found_by_its_place() {
    let header = ITALIAN.replace("Tempo in movimento", "Tempo di corsa vero");
    let (index, problems) = facts(file(
        &header,
        &[run(&header, "20 set 2026, 14:12:12", "Corsa", "5,01")],
    ));
    assert_eq!(index.activities[0].activity.totals.moving_s, Some(1800.0));
    assert!(
        problems[0].detail.ends_with(": moving time"),
        "{problems:?}"
    );
    // But not where other names say that the order is another.
    let header = header.replace(",v,Velocità media", ",Velocità media,v");
    let index = listed(file(
        &header,
        &[run(&header, "20 set 2026, 14:12:12", "Corsa", "5,01")],
    ));
    assert_eq!(index[0].activity.totals.moving_s, None);
    // Even where the missing name is one that tells the file: the other names still say which language it is.
    let header = ITALIAN.replace("Tipo di attività", "Che cosa");
    let (facts, problems) = facts(file(
        &header,
        &[run(&header, "20/09/2026, 14:12:12", "Corsa", "5,01")],
    ));
    check_run(&facts.activities[0], SEPTEMBER_2026);
    assert_eq!(facts.activities[0].activity.sport, Sport::RUNNING);
    assert!(
        problems[0].detail.ends_with(": activity type") && problems.len() == 1,
        "{problems:?}"
    );
}

#[test]
fn other_files_are_nobodys() {
    for text in [
        "date,moment,site,side,pain,type,notes\n2026-09-20,during,knee,left,3,dull,\n",
        "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Moving Time,Elapsed Time\nRunning,2026-09-20 10:00:00,false,x,9.7,7,01:03:58,138,156,01:02:58,01:03:58\n",
        "Bike Name,Bike Brand,Bike Model,Bike Default Sport Types\nRed,Fleet,One,Ride\n",
        "a,b,c,d,e,f,g,h,i,j,k,l,m,n\n1,2,3,4,5,6,7,8,9,10,11,12,13,14\n",
        "<?xml version=\"1.0\"?><gpx>,,,</gpx>",
        "{\"a\":1,\"b\":2,\"c\":3}",
        "\0\0,,,,",
        "",
        "\u{FEFF}",
        ",,,,\n",
        "\"Activity ID,Activity Date,Activity Type,Filename",
    ] {
        assert_eq!(read(text.as_bytes(), "activities.csv"), None, "{text:?}");
        assert!(!is_export(text.as_bytes(), "activities.csv"), "{text:?}");
    }
}

proptest! {
    /// Whatever happens to a file, it is read or refused, and rows never come from nowhere.
    #[test]
    fn mutated_files_never_panic(
        which in 0usize..4,
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        keep in any::<prop::sample::Index>(),
    ) {
        let header = [HEADER, GERMAN, CZECH, UNKNOWN][which];
        let rows = [run(header, "20.09.2026, 14:12:12", "Lauf", "5,01"), run(header, "May 15, 2017, 5:52:52 PM", "Run", "1.234,5")];
        let mut bytes = file(header, &rows).into_bytes();
        for (place, byte) in edits {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(keep.index(bytes.len()) + 1);
        if let Some((facts, problems)) = read(&bytes, "activities.csv") {
            prop_assert!(facts.activities.len() <= bytes.len() / 2);
            prop_assert!(problems.iter().all(|problem| !problem.detail.is_empty() && !problem.consequence.is_empty()));
            for listed in &facts.activities {
                let totals = listed.activity.totals;
                let values = [totals.distance_m, totals.elapsed_s, totals.moving_s, totals.session_rpe];
                prop_assert!(values.into_iter().flatten().all(|value| value.is_finite() && value >= 0.0));
            }
        }
    }

    /// Any bytes at all.
    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = is_export(&bytes, "");
        let _ = read(&bytes, "");
    }
}

#[test]
fn a_header_without_end_is_no_table() {
    let index = |more: usize| {
        let header = "Activity ID,Activity Date,Activity Type,Elapsed Time,Filename";
        format!(
            "{header}{}\n1,\"May 1, 2025, 5:00:00 PM\",Run,1800,\n",
            ",Distance".repeat(more)
        )
    };
    assert!(super::read(index(200).as_bytes(), "").is_some());
    assert_eq!(super::read(index(1_000_000).as_bytes(), ""), None);
}
