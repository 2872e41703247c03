//! Whole account exports, invented, as they are downloaded: Garmin's in every known layout and Strava's in every language and generation.

use crate::common::{gzip, hostile, zip};
use niggle::{
    ingest::{self, Silent},
    merge::{self, Merged},
    model::{DistanceSource, Format, Run},
    problem::Code,
    source,
};
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
};

fn sample(number: u32) -> Vec<u8> {
    let name =
        format!("sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_100000{number}.fit");
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn merged(input: &Path) -> Merged {
    let found = source::discover(&[input.to_path_buf()], &[]).unwrap();
    merge::one_activity_once(
        ingest::read_all(&found, &ingest::Options::default(), &Silent).unwrap(),
        None,
    )
}

/// The three runs that the exports hold, as niggle reads their recordings alone.
fn recorded() -> Vec<Run> {
    let folder = tempfile::tempdir().unwrap();
    (1..=3).for_each(|n| fs::write(folder.path().join(format!("{n}.fit")), sample(n)).unwrap());
    merged(folder.path()).runs
}

fn written(entries: &[(String, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in entries {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    zip(&entries
        .iter()
        .map(|(name, bytes)| (name.clone(), bytes.clone(), false))
        .collect::<Vec<_>>())
}

/// Where Garmin put the recordings over the years (src/method/formats.md, Garmin export).
const LAYOUTS: [&str; 3] = [
    "DI_CONNECT/DI-Connect-Uploaded-Files",
    "DI_CONNECT/DI-Connect-Fitness-Uploaded-Files",
    "DI_CONNECT/DI-Connect-Fitness",
];

/// Everything Garmin's export holds of three recorded runs, a run entered by hand, a shoe and a night. Older exports pack each
/// recording once more.
fn garmin(layout: &str, each_zipped: bool) -> Vec<(String, Vec<u8>)> {
    let member = |n: u32| match each_zipped {
        true => (
            format!("{n}_ACTIVITY.zip"),
            zipped(&[(format!("{n}.fit"), sample(n))]),
        ),
        false => (format!("runner_{n}.fit"), sample(n)),
    };
    let mut uploaded: Vec<(String, Vec<u8>)> = (1..=3).map(member).collect();
    uploaded.push(("runner_99.fit".into(), hostile("fit/43_settings_file.fit")));
    uploaded.push(("runner_note.txt".into(), b"not a recording".to_vec()));
    // What macOS puts beside each file is called like it and is none.
    uploaded.push(("__MACOSX/._runner_1.fit".into(), b"\0\x05\x16\x07".to_vec()));
    let fitness = "DI_CONNECT/DI-Connect-Fitness/runner";
    vec![
        (
            format!("{layout}/UploadedFiles_0-_Part1.zip"),
            zipped(&uploaded),
        ),
        (
            format!("{fitness}_0_summarizedActivities.json"),
            summaries().to_string().into_bytes(),
        ),
        (
            format!("{fitness}_gear.json"),
            gear().to_string().into_bytes(),
        ),
        (
            "DI_CONNECT/DI-Connect-Wellness/2025_sleepData.json".into(),
            nights().to_string().into_bytes(),
        ),
        (
            "DI_CONNECT/DI-Connect-Social/photo.jpg".into(),
            vec![0xFF; 3000],
        ),
    ]
}

/// Centimetres and milliseconds.
fn summaries() -> serde_json::Value {
    let entry = |id: u64, name: &str, start_ms: i64, km: f64, seconds: f64| {
        json!({"activityId": id, "name": name, "activityType": "running", "beginTimestamp": start_ms, "startTimeGmt": start_ms,
               "startTimeLocal": start_ms + 3_600_000, "distance": km * 100_000.0, "duration": seconds * 1000.0,
               "elapsedDuration": seconds * 1000.0, "avgSpeed": km * 1000.0 / seconds / 10.0, "workoutRpe": 60})
    };
    let of_run = |(index, run): (usize, &Run)| {
        let (start_ms, km) = (
            run.start_utc.timestamp_millis(),
            run.distance_m.unwrap() / 1000.0,
        );
        entry(
            7000 + index as u64,
            &format!("Loop {}", index + 1),
            start_ms,
            km,
            run.elapsed_s.unwrap(),
        )
    };
    let mut list: Vec<serde_json::Value> = recorded().iter().enumerate().map(of_run).collect();
    list.push(entry(7777, "Belt", 1_737_000_000_000, 6.0, 2160.0));
    json!([{"summarizedActivitiesExport": list}])
}

fn gear() -> serde_json::Value {
    json!([{"gearDTOS": [{"gearPk": 5, "displayName": "Blue ones", "gearTypeName": "Shoes", "gearStatusName": "active"}],
            "gearActivityDTOs": {"5": [{"activityId": 7000, "gearPk": 5}, {"activityId": 7777, "gearPk": 5}]}}])
}

fn nights() -> serde_json::Value {
    json!([{"calendarDate": "2025-01-12", "sleepStartTimestampGMT": "2025-01-11T22:00:00.0",
            "sleepEndTimestampGMT": "2025-01-12T05:00:00.0", "deepSleepSeconds": 5000, "lightSleepSeconds": 15000,
            "remSleepSeconds": 4000, "awakeSleepSeconds": 1200}])
}

fn check_garmin(input: &Path, what: &str) {
    let merged = merged(input);
    let runs = &merged.runs;
    let title = |run: &Run| run.name.clone().unwrap_or_default();
    let titles: Vec<String> = runs.iter().map(title).collect();
    for expected in ["Loop 1", "Loop 2", "Loop 3", "Belt"] {
        assert_eq!(
            titles.iter().filter(|title| *title == expected).count(),
            1,
            "{what}: {titles:?}"
        );
    }
    assert_eq!(runs.len(), 4, "{what}");
    let belt = runs.iter().find(|run| title(run) == "Belt").unwrap();
    assert_eq!(
        (belt.format, belt.distance_m, belt.timer_s),
        (Format::Export, Some(6000.0), Some(2160.0)),
        "{what}"
    );
    assert_eq!(
        (belt.utc_offset_s, belt.session_rpe, belt.records),
        (3600, Some(6.0), 0),
        "{what}"
    );
    let shod: Vec<&str> = runs.iter().filter_map(|run| run.shoe.as_deref()).collect();
    assert_eq!(shod, ["Blue ones", "Blue ones"], "{what}");
    let alone = recorded();
    for run in runs.iter().filter(|run| run.format == Format::Fit) {
        let same = alone
            .iter()
            .find(|other| other.run_id == run.run_id)
            .unwrap_or_else(|| panic!("{what}: {}", run.run_id));
        assert_eq!(
            (run.distance_m, run.cadence_spm, run.records),
            (same.distance_m, same.cadence_spm, same.records)
        );
    }
    assert_eq!(
        merged.sleep_s.values().collect::<Vec<_>>(),
        [&24_000.0],
        "{what}"
    );
    let codes: Vec<Code> = merged
        .files
        .iter()
        .flat_map(|file| &file.problems)
        .map(|problem| problem.code)
        .collect();
    let quiet = codes
        .iter()
        .filter(|code| matches!(code, Code::NotAnActivity | Code::OtherFile))
        .count();
    assert_eq!((quiet, codes.len()), (3, 3), "{what}: {codes:?}");
    assert!(
        merged
            .files
            .iter()
            .filter(|file| file.name.ends_with(".json"))
            .all(|file| file.used),
        "{what}"
    );
}

#[test]
fn garmins_export_is_read_as_it_was_downloaded() {
    for layout in LAYOUTS {
        for each_zipped in [false, true] {
            let entries = garmin(layout, each_zipped);
            let what = format!("{layout}, each zipped: {each_zipped}");
            let unpacked = written(&entries);
            check_garmin(unpacked.path(), &what);
            check_garmin(&unpacked.path().join("DI_CONNECT"), &what);
            let downloaded = written(&[("d1234.zip".into(), zipped(&entries))]);
            check_garmin(&downloaded.path().join("d1234.zip"), &what);
            check_garmin(downloaded.path(), &what);
        }
    }
}

/// How an index of Strava's is written.
#[derive(Clone)]
struct Index {
    header: String,
    /// What it calls a run.
    kind: &'static str,
    /// How chrono writes its dates; month names are January's, in which all three runs are.
    date: &'static str,
    /// Whether the distance for people has a decimal comma, and whether a spreadsheet gave one to the other numbers, too.
    commas: (bool, bool),
}

/// The form before July 2019: ten columns, metres.
/// The runner's corrections in Garmin's list of activities: a distance, a sport, and a crop, whose line begins later than its recording.
#[test]
fn what_was_corrected_in_garmins_account_counts() {
    let alone = recorded();
    let figures = |run: &Run| (run.distance_m.unwrap(), run.elapsed_s.unwrap());
    let line = |index: usize, kind: &str, late_s: f64, (metres, seconds): (f64, f64)| {
        let start_ms = alone[index].start_utc.timestamp_millis() + (late_s * 1000.0) as i64;
        json!({"activityId": 7000 + index, "activityType": kind, "beginTimestamp": start_ms, "startTimeGmt": start_ms,
               "startTimeLocal": start_ms + 3_600_000, "distance": metres * 100.0, "duration": seconds * 1000.0,
               "elapsedDuration": seconds * 1000.0, "avgSpeed": metres / seconds / 10.0})
    };
    let [first, second, third] = [0, 1, 2].map(|index| figures(&alone[index]));
    let list = json!([{"summarizedActivitiesExport": [
        line(0, "treadmill_running", 0.0, (first.0 * 1.1, first.1)),
        line(1, "walking", 0.0, second),
        line(2, "running", third.1 * 0.3, (third.0 * 0.6, third.1 * 0.6)),
    ]}]);
    let mut entries: Vec<(String, Vec<u8>)> = (1..=3)
        .map(|n| (format!("DI_CONNECT/runner_{n}.fit"), sample(n)))
        .collect();
    entries.push((
        "DI_CONNECT/DI-Connect-Fitness/runner_0_summarizedActivities.json".into(),
        list.to_string().into_bytes(),
    ));
    let merged = merged(written(&entries).path());
    let whole_m = |value: Option<f64>| value.map(f64::round);
    let [belt, cut] = &merged.runs[..] else {
        panic!("{:?}", merged.runs);
    };
    assert_eq!(whole_m(belt.distance_m), Some((first.0 * 1.1).round()));
    assert_eq!(belt.distance_source, Some(DistanceSource::Index));
    assert_eq!(whole_m(cut.distance_m), Some((third.0 * 0.6).round()));
    assert_eq!(whole_m(cut.elapsed_s), Some((third.1 * 0.6).round()));
    assert_eq!(merged.others[0].run_id, alone[1].run_id);
    let corrected: Vec<&str> = merged
        .merges
        .iter()
        .flat_map(|merge| &merge.corrected)
        .map(|words| words.split(':').next().unwrap_or_default())
        .collect();
    assert_eq!(corrected, ["distance", "sport", "crop"]);
}

const OLD: &str = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename";

/// Strava's index of the same runs: the recordings of two, and one that is only a row.
fn strava(index: &Index) -> Vec<(String, Vec<u8>)> {
    let rows = recorded()
        .iter()
        .enumerate()
        .map(|(n, run)| row(index, n, run))
        .collect::<Vec<_>>();
    let text = format!("{}\n{}\n", index.header, rows.join("\n"));
    vec![
        ("export_1/activities.csv".into(), text.into_bytes()),
        ("export_1/activities/11.fit.gz".into(), gzip(&sample(1))),
        ("export_1/activities/12.fit.gz".into(), gzip(&sample(2))),
        (
            "export_1/shoes.csv".into(),
            b"Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nmine,Fast,Blue,\n".to_vec(),
        ),
        (
            "export_1/messaging.json".into(),
            b"{\"conversations\": []}".to_vec(),
        ),
    ]
}

fn row(index: &Index, n: usize, run: &Run) -> String {
    let number = |value: f64, comma: bool| {
        let text = format!("{value:.2}");
        if comma { text.replace('.', ",") } else { text }
    };
    let machine = |value: f64| number(value, index.commas.1);
    let (metres, seconds) = (run.distance_m.unwrap(), run.elapsed_s.unwrap());
    assert_eq!(
        run.start_utc.format("%m").to_string(),
        "01",
        "the table's months are January's"
    );
    let (date, title) = (
        run.start_utc.format(index.date).to_string(),
        format!("Lap {}", n + 1),
    );
    let (id, shown_s) = ((900 + n).to_string(), seconds.round().to_string());
    let file = ["activities/11.fit.gz", "activities/12.fit.gz", ""][n].to_string();
    let (kind, text, gear) = (
        index.kind.to_string(),
        "two\nlines".to_string(),
        "Fast Blue".to_string(),
    );
    let none = String::new;
    let cells: Vec<String> = match index.header.as_str() {
        OLD => vec![
            id,
            date,
            title,
            kind,
            text,
            shown_s,
            machine(metres),
            "false".into(),
            gear,
            file,
        ],
        _ => {
            let shown_km = number(metres / 1000.0, index.commas.0);
            let people = [
                id,
                date,
                title,
                kind,
                text,
                shown_s,
                shown_km,
                none(),
                none(),
                none(),
                none(),
                gear,
                file,
            ];
            let times = [
                none(),
                none(),
                machine(seconds),
                machine(seconds - 20.0),
                machine(metres),
                none(),
                none(),
            ];
            let climbs = [machine(40.0), machine(41.0)];
            people.into_iter().chain(times).chain(climbs).collect()
        }
    };
    let quoted = cells.iter().map(|cell| {
        if cell.contains([',', '\n']) {
            format!("\"{cell}\"")
        } else {
            cell.clone()
        }
    });
    let blanks = index.header.split(',').count() - cells.len();
    quoted.collect::<Vec<_>>().join(",") + &",".repeat(blanks)
}

/// The first 22 columns of each language; what stands behind them differs by generation.
const ENGLISH: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,\
    Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,\
    Distance,Max Speed,Average Speed,Elevation Gain,Elevation Loss";
const GERMAN: &str = "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Beschreibung,Verstrichene Zeit,Distanz,\
    Max. Herzfrequenz,Relative Leistung,Pendelfahrt,Notiz,Aktivitätsausrüstung,Dateiname,Gewicht,Radgewicht,\
    Verstrichene Zeit,Bewegungszeit,Distanz,Höchstgeschw.,Durchschnittliche Geschwindigkeit,Höhenzunahme,Höhenverlust";
const FRENCH: &str = "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Description de l'activité,\
    Temps écoulé,Distance,Fréquence cardiaque max.,Effort relatif,Déplacement-transport,Note,\
    Matériel utilisé pour l'activité,Nom du fichier,Poids de l'athlète,Poids du vélo,Temps écoulé,Durée de déplacement,\
    Distance,Vitesse max.,Vitesse moyenne,Dénivelé positif,Dénivelé négatif";
const SPANISH: &str = "ID de actividad,Fecha de la actividad,Nombre de la actividad,Tipo de actividad,Descripción,\
    Tiempo transcurrido,Distancia,Frecuencia cardíaca máxima,Esfuerzo relativo,Viaje,Nota,Equipamiento de la actividad,\
    Nombre del archivo,Peso del atleta,Peso de la bicicleta,Tiempo transcurrido,Tiempo en movimiento,Distancia,\
    Velocidad máxima,Velocidad media,Desnivel positivo,Desnivel negativo";
const ITALIAN: &str = "ID attività,Data dell'attività,Nome dell'attività,Tipo di attività,Descrizione,Tempo trascorso,\
    Distanza,Frequenza cardiaca massima,Sforzo relativo,Tragitto,Nota,Attrezzatura per l'attività,Nome del file,\
    Peso dell'atleta,Peso della bici,Tempo trascorso,Tempo in movimento,Distanza,Velocità max.,Velocità media,\
    Dislivello positivo,Dislivello negativo";
const PORTUGUESE: &str = "ID da atividade,Data da atividade,Nome da atividade,Tipo de atividade,Descrição,Tempo decorrido,\
    Distância,Frequência cardíaca máxima,Esforço relativo,Deslocamento,Nota,Equipamento da atividade,Nome do arquivo,\
    Peso do atleta,Peso da bicicleta,Tempo decorrido,Tempo de movimentação,Distância,Velocidade máxima,Velocidade média,\
    Ganho de elevação,Perda de elevação";
const DUTCH: &str = "Activiteits-ID,Datum van activiteit,Naam activiteit,Activiteitstype,Beschrijving,Verstreken tijd,\
    Afstand,Max. hartslag,Relatieve inspanning,Woon-werkverkeer,Notitie,Uitrusting voor activiteit,Bestandsnaam,\
    Gewicht atleet,Gewicht fiets,Verstreken tijd,Beweegtijd,Afstand,Max. snelheid,Gemiddelde snelheid,Totale stijging,\
    Totale daling";
const CZECH: &str = "ID aktivity,Datum aktivity,Název aktivity,Typ aktivity,Popis aktivity,Uplynulý čas,Vzdálenost,\
    Maximální tepová frekvence,Relativní úsilí,Dojíždění,Soukromá poznámka k aktivitě,Vybavení na aktivitu,Název souboru,\
    Hmotnost sportovce,Hmotnost kola,Uplynulý čas,Aktivní čas,Vzdálenost,Maximální rychlost,Průměrná rychlost,\
    Nastoupaná výška,Naklesaná výška";

/// Language, what it calls a run, how it writes dates.
#[rustfmt::skip]
const LANGUAGES: [(&str, &str, &str); 8] = [
    (ENGLISH, "Run", "%b %-d, %Y, %-I:%M:%S %p"),
    (GERMAN, "Lauf", "%d.%m.%Y, %H:%M:%S"),
    (FRENCH, "Course à pied", "%-d janv. %Y, %H:%M:%S"),
    (SPANISH, "Carrera", "%-d ene %Y, %H:%M:%S"),
    (ITALIAN, "Corsa", "%-d gen %Y, %H:%M:%S"),
    (PORTUGUESE, "Corrida", "%-d de jan. de %Y, %H:%M:%S"),
    (DUTCH, "Hardloopsessie", "%-d jan. %Y %H:%M:%S"),
    (CZECH, "Běh", "%-d. %-m. %Y %H:%M:%S"),
];
/// Columns of the known generations, and of a table that ends where niggle's interest does (src/method/formats.md, Strava export).
const GENERATIONS: [usize; 5] = [22, 86, 92, 99, 103];

/// Every language in every generation; one that a spreadsheet saved anew; the old form.
fn indexes() -> Vec<Index> {
    let mut all = Vec::new();
    for (header, kind, date) in LANGUAGES {
        for columns in GENERATIONS {
            let more: String = (23..=columns).map(|column| format!(",{column}")).collect();
            all.push(Index {
                header: format!("{header}{more}"),
                kind,
                date,
                commas: (header != ENGLISH, false),
            });
        }
    }
    all.push(Index {
        header: GERMAN.into(),
        kind: "Lauf",
        date: "%d.%m.%Y, %H:%M:%S",
        commas: (true, true),
    });
    all.push(Index {
        header: OLD.into(),
        kind: "Run",
        date: "%Y-%m-%d %H:%M:%S",
        commas: (false, false),
    });
    all
}

#[test]
fn stravas_export_is_read_as_it_was_downloaded() {
    let alone = recorded();
    for index in indexes() {
        let entries = strava(&index);
        let (unpacked, packed) = (
            written(&entries),
            written(&[("export_1.zip".into(), zipped(&entries))]),
        );
        for input in [unpacked.path(), packed.path()] {
            check_strava(&merged(input), &alone, &index.header);
        }
    }
}

fn check_strava(merged: &Merged, alone: &[Run], header: &str) {
    let formats: Vec<Format> = merged.runs.iter().map(|run| run.format).collect();
    assert_eq!(
        formats,
        [Format::Fit, Format::Fit, Format::Export],
        "{header}"
    );
    for (index, (run, recorded)) in merged.runs.iter().zip(alone).enumerate() {
        assert_eq!(
            run.name.as_deref(),
            Some(format!("Lap {}", index + 1).as_str()),
            "{header}"
        );
        assert_eq!(run.shoe.as_deref(), Some("mine"), "{header}");
        assert_eq!(
            run.start_utc.timestamp(),
            recorded.start_utc.timestamp(),
            "{header}"
        );
    }
    let (row, recorded) = (&merged.runs[2], &alone[2]);
    assert!(
        (row.distance_m.unwrap() - recorded.distance_m.unwrap()).abs() < 0.01,
        "{header}"
    );
    let elapsed_s = recorded.elapsed_s.unwrap();
    // The old form knows neither the time moving nor climbs, and rounds the time to seconds.
    let (timer_s, slack_s, climbs) = match header {
        OLD => (elapsed_s, 0.5, (None, None)),
        _ => (elapsed_s - 20.0, 0.01, (Some(40.0), Some(41.0))),
    };
    assert!(
        (row.timer_s.unwrap() - timer_s).abs() <= slack_s,
        "the time moving: {header}"
    );
    assert_eq!((row.ascent_m, row.descent_m), climbs, "{header}");
    let loud = merged
        .files
        .iter()
        .flat_map(|file| &file.problems)
        .filter(|problem| !problem.code.is_quiet());
    // The run that is only a row says nothing of its zone; the others have their recordings' zone.
    let loud: Vec<_> = loud
        .map(|problem| (problem.code, problem.place.ends_with(", row 4")))
        .collect();
    assert_eq!(loud, [(Code::NoTimeZone, true)], "{header}");
}

/// The index by itself, without the folder of recordings: every row is a run.
#[test]
fn an_index_alone_has_every_run_as_a_row() {
    let alone = recorded();
    for index in indexes()
        .iter()
        .filter(|index| index.header.split(',').count() != 22)
    {
        let folder = written(&[("saved.csv".into(), strava(index).remove(0).1)]);
        let rows = merged(&folder.path().join("saved.csv")).runs;
        assert_eq!(
            rows.iter().map(|run| run.format).collect::<Vec<_>>(),
            [Format::Export; 3],
            "{}",
            index.header
        );
        for (row, recorded) in rows.iter().zip(&alone) {
            assert_eq!(
                row.start_utc.timestamp(),
                recorded.start_utc.timestamp(),
                "{}",
                index.header
            );
            assert!(
                (row.distance_m.unwrap() - recorded.distance_m.unwrap()).abs() < 0.01,
                "{}",
                index.header
            );
            assert_eq!(
                (row.records, row.shoe.as_deref()),
                (0, Some("Fast Blue")),
                "{}",
                index.header
            );
        }
    }
}

/// Both services have the runs: every run once, the watch's file kept, and nobody's title lost.
#[test]
fn a_runner_with_both_exports_has_each_run_once() {
    let mut entries = strava(&indexes()[0]);
    entries.extend(garmin(LAYOUTS[0], false));
    let folder = written(&entries);
    let merged = merged(folder.path());
    assert_eq!(merged.runs.len(), 4);
    assert_eq!(
        merged
            .runs
            .iter()
            .filter(|run| run.format == Format::Fit)
            .count(),
        3
    );
    let recordings = merged
        .merges
        .iter()
        .filter(|merge| merge.place.is_none())
        .count();
    let lines = merged
        .merges
        .iter()
        .filter(|merge| merge.place.is_some())
        .count();
    assert_eq!((recordings, lines), (2, 6));
}
