//! The tables of the pain log, worked by hand; `niggle tables`, which writes what a report writes; and schemas that do not depend on
//! what is in the rows.

use crate::common::{gpx_run, niggle};
use polars_io::{SerReader, parquet::read::ParquetReader};
use std::{
    collections::BTreeMap,
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

const TABLES: [&str; 6] = [
    "runs",
    "days",
    "weeks",
    "ratings",
    "episodes",
    "ostrc_weeks",
];
const LISTS: [&str; 3] = ["other_sports", "merges", "problems"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of a folder by its name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// A runner with a run of 5 km on each of these days of March 2025, and a log.
struct Runner {
    folder: tempfile::TempDir,
}

impl Runner {
    fn new(days: &[u32], log: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        for day in days {
            let date = chrono::NaiveDate::from_ymd_opt(2025, 3, *day).unwrap();
            fs::write(data.join(format!("{date}.gpx")), gpx_run(date, 5000.0)).unwrap();
        }
        if let Some(log) = log {
            fs::write(data.join("pain.csv"), log).unwrap();
        }
        Runner { folder }
    }

    /// What `niggle tables` writes, with these options too.
    fn tables(&self, options: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let (data, out) = (
            self.folder.path().join("data"),
            self.folder.path().join("out"),
        );
        let (data, out) = (data.to_string_lossy(), out.to_string_lossy());
        let arguments = [
            &["tables", &data, "--out", &out, "-q", "--timezone", "UTC"],
            options,
        ]
        .concat();
        assert_eq!(niggle(&arguments), (Some(0), String::new(), String::new()));
        files(&self.folder.path().join("out"))
    }

    fn csv(&self, table: &str, options: &[&str]) -> Vec<String> {
        let bytes = self.tables(options)[&format!("{table}.csv")].clone();
        String::from_utf8(bytes)
            .unwrap()
            .lines()
            .map(str::to_string)
            .collect()
    }
}

/// `run_id` by day.
fn run_ids(runs: &[u8]) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_reader(runs);
    let names = reader.headers().unwrap().clone();
    let at = |name: &str| names.iter().position(|column| column == name).unwrap();
    let (id, date) = (at("run_id"), at("local_date"));
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| (row[date].to_string(), row[id].to_string()))
        .collect()
}

const LOG: &str = "\
date,moment,site,side,pain,type,spread,onset,movement,function,signs,sleep_h,sleep_quality,rpe,shoe,painkiller,ostrc_q1,ostrc_q2,ostrc_q3,ostrc_q4,notes
2025-03-03,,none,,0,,,,,,,7.5,4,,,,,,,,
2025-03-05,during,knee,left,2,sharp; sore,spot,gradual,worse,cut_short,limp; swelling,,,6,=1+1,yes,,,,,only for me
2025-03-06,,knee,left,4,,,,,,,,,,,,8,8,0,17,
2025-03-07,,none,,0,,,,,,,,,,,,,,,,
2025-03-08,,none,,0,,,,,,,,,,,,,,,,
2025-03-10,,knee,left,0,,,,,,,,,,,,0,0,0,0,
2025-03-12,,shin,right,3,,,,,,,,,,,,,,,,
2025-03-14,morning,shin,right,5,,,,,,,,,,,,25,17,17,25,
2025-03-16,,neck,,1,,,,,,,,,,,,8,,,,
2025-03-20,,knee,left,1,,,,,,,,,,,,,,,,
";

fn runner() -> Runner {
    Runner::new(&[3, 5, 10, 20], Some(LOG))
}

/// Three logged zeros after the first spell; the shin and the neck are not rated again while the knee is, six and four days later;
/// the last pain is on the last day. No run on 12 and 11 March, one on the 10th; none on 16, 15 and 14 March.
#[test]
fn episodes_by_hand() {
    let runner = runner();
    let runs = run_ids(&runner.tables(&[])["runs.csv"]);
    let run = |day: &str| runs[&format!("2025-03-{day}")].as_str();
    let expected = [
        "site,side,own_word,from,to,days,days_with_pain,peak,zeros_after,ended_by,onset_run_id,onset_run_days_before".to_string(),
        format!("knee,left,,2025-03-05,2025-03-06,2,2,4.0,3,settled,{},0", run("05")),
        format!("shin,right,,2025-03-12,2025-03-14,3,2,5.0,0,not-logged,{},2", run("10")),
        "other,,neck,2025-03-16,2025-03-16,1,1,1.0,0,not-logged,,".to_string(),
        format!("knee,left,,2025-03-20,2025-03-20,1,1,1.0,0,open,{},0", run("20")),
    ];
    assert_eq!(runner.csv("episodes", &[]), expected);
}

/// A log that stops while running goes on ends nothing; before its day is over it is open.
#[test]
fn a_spell_at_the_end_of_a_log() {
    let log = "date,site,pain\n2025-03-03,none,0\n2025-03-10,knee,2\n";
    let ended = |as_of: &str| {
        let runner = Runner::new(&[3, 5, 10, 20], Some(log));
        let rows = runner.csv("episodes", &["--as-of", as_of]);
        rows[1].split(',').nth(9).unwrap().to_string()
    };
    assert_eq!(ended("2025-03-20"), "log-ended");
    assert_eq!(ended("2025-03-14"), "log-ended", "four days later");
    assert_eq!(ended("2025-03-13"), "open", "three");
}

/// 6 March is a Thursday, 10 March a Monday: both are about the week of 3 March, and the last answers of a week count. 14 March is a
/// Friday, 16 March a Sunday.
#[test]
fn weekly_answers_by_hand() {
    let expected = [
        "week,local_date,site,side,own_word,participation,modified_training,performance,symptoms,severity,problem,substantial,time_loss,line",
        "2025-W10,2025-03-10,knee,left,,0,0,0,0,0,false,false,false,7",
        "2025-W11,2025-03-14,shin,right,,25,17,17,25,84,true,true,true,9",
        "2025-W11,2025-03-16,other,,neck,8,,,,,true,,false,10",
    ];
    assert_eq!(runner().csv("ostrc_weeks", &[]), expected);
    let earlier = runner().csv("ostrc_weeks", &["--as-of", "2025-03-09"]);
    let first = "2025-W10,2025-03-06,knee,left,,8,8,0,17,33,true,false,false,4";
    assert_eq!(
        earlier[1..],
        [first],
        "rows after the day of the report are not in it"
    );
}

#[test]
fn ratings_by_hand() {
    let rows = runner().csv("ratings", &[]);
    assert_eq!(rows.len(), 11);
    assert_eq!(
        rows[0],
        "local_date,time,moment,site,side,own_word,pain,approximate,others_clear,types,spread,onset,movement,function,signs,painkiller,\
         signs_in_note,function_in_note,everyday_in_note,sudden_in_note,both_legs_in_note,sleep_h,sleep_quality,session_rpe,shoe,\
         comment_on,line"
    );
    assert_eq!(
        rows[1],
        "2025-03-03,,day,none,,,0.0,false,false,,,,,,,,,,,false,false,7.5,4.0,,,,2"
    );
    assert_eq!(
        rows[2],
        "2025-03-05,,during,knee,left,,2.0,false,false,sore;sharp,spot,gradual,worse,cut_short,swelling;limp,true,,,,false,false,,,6.0,'=1+1,,3"
    );
    assert_eq!(
        rows[9],
        "2025-03-16,,day,other,,neck,1.0,false,false,,,,,,,,,,,false,false,,,,,,10"
    );
    for (name, bytes) in runner().tables(&[]) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("only for me"), "{name} holds a note");
    }
}

/// What a spreadsheet would run has an apostrophe before it in every CSV; Parquet has the words as they are.
#[test]
fn formulas_are_words_in_csv_and_themselves_in_parquet() {
    let mut log = String::from("date,site,pain,shoe\n");
    for (day, shoe) in [(3, "=1+1"), (5, "+2"), (10, "-x"), (20, "@y")] {
        log += &format!("2025-03-{day:02},knee,1,{shoe}\n");
    }
    let made = Runner::new(&[3, 5, 10, 20], Some(&log)).tables(&[]);
    let mut defused = 0;
    for (name, bytes) in made.iter().filter(|(name, _)| name.ends_with(".csv")) {
        for row in csv::Reader::from_reader(bytes.as_slice()).records() {
            for cell in row.unwrap().iter() {
                let would_run =
                    cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
                assert!(!would_run, "{name}: {cell}");
                defused += usize::from(cell.starts_with('\''));
            }
        }
    }
    assert!(defused >= 4, "the shoes of the log");
    let parquet = &made["ratings.parquet"];
    assert!(parquet.windows(4).any(|part| part == b"=1+1"));
    assert!(!parquet.windows(5).any(|part| part == b"'=1+1"));
}

#[test]
fn the_tables_alone_are_those_of_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let (data, path) = (
        root().join("sample_data"),
        out.to_string_lossy().into_owned(),
    );
    let data = data.to_string_lossy();
    let write = |options: &[&str]| {
        let arguments = [&["tables", &data, "--out", &path, "-q"], options].concat();
        assert_eq!(niggle(&arguments), (Some(0), String::new(), String::new()));
        files(&out)
    };
    let expected = |forms: &[&str]| -> Vec<String> {
        let tables = TABLES
            .iter()
            .flat_map(|name| forms.iter().map(move |form| format!("{name}.{form}")));
        let lists = LISTS.iter().map(|name| format!("{name}.csv"));
        let texts = ["data_dictionary.md", "tables.json"].map(str::to_string);
        let mut all: Vec<String> = tables.chain(lists).chain(texts).collect();
        all.sort();
        all
    };
    let made = write(&[]);
    assert_eq!(
        made.keys().cloned().collect::<Vec<_>>(),
        expected(&["csv", "parquet"])
    );
    for (name, bytes) in made.iter().filter(|(name, _)| *name != "tables.json") {
        let of_report = fs::read(root().join("reports/sample").join(name)).unwrap();
        assert!(*bytes == of_report, "{name} is not the report's");
    }
    assert!(write(&["--jobs", "1"]) == made, "twice the same bytes");
    let csv = write(&["--format", "csv"]);
    assert_eq!(
        csv.keys().cloned().collect::<Vec<_>>(),
        expected(&["csv"]),
        "the others went"
    );
    let parquet = write(&["--format", "parquet"]);
    assert_eq!(
        parquet.keys().cloned().collect::<Vec<_>>(),
        expected(&["parquet"])
    );
    assert!(
        parquet
            .iter()
            .chain(&csv)
            .all(|(name, bytes)| made[name] == *bytes)
    );
    assert!(
        niggle(&["report", &data, "--out", &path, "-q"])
            .2
            .contains("choose another folder")
    );
}

/// The types that a reader sees, by column.
fn schema(bytes: &[u8]) -> Vec<(String, String)> {
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let schema = reader.schema().unwrap();
    schema
        .iter_values()
        .map(|field| (field.name.to_string(), format!("{:?}", field.dtype)))
        .collect()
}

#[test]
fn schemas_do_not_depend_on_the_rows() {
    let full = files(&root().join("reports/sample"));
    let no_rating = "date,site,pain\n2025-03-03,knee,\n";
    for runner in [
        runner(),
        Runner::new(&[], Some(LOG)),
        Runner::new(&[3, 5], None),
        Runner::new(&[3], Some(no_rating)),
        Runner::new(&[3], Some("date,site,pain\n")),
    ] {
        let made = runner.tables(&[]);
        for table in TABLES {
            let (csv, parquet) = (format!("{table}.csv"), format!("{table}.parquet"));
            let head = |bytes: &[u8]| {
                String::from_utf8_lossy(bytes)
                    .lines()
                    .next()
                    .map(str::to_string)
            };
            assert_eq!(head(&made[&csv]), head(&full[&csv]), "{csv}");
            assert_eq!(
                schema(&made[&parquet]),
                schema(&full[&parquet]),
                "{parquet}"
            );
        }
    }
    let empty = Runner::new(&[3], None).tables(&[]);
    for table in ["ratings", "episodes", "ostrc_weeks"] {
        assert_eq!(
            String::from_utf8_lossy(&empty[&format!("{table}.csv")])
                .lines()
                .count(),
            1
        );
        let parquet = &empty[&format!("{table}.parquet")];
        let rows = ParquetReader::new(Cursor::new(parquet)).finish().unwrap();
        assert_eq!(rows.height(), 0);
    }
}

/// No Arrow schema stands beside Parquet's own types, so that no reader is asked for polars' `string_view`, and no column is a
/// dictionary or a category.
#[test]
fn words_are_plain_strings() {
    let plain = ["Boolean", "Date32", "Float64", "Int64", "Utf8View"];
    for table in TABLES {
        let path = root().join(format!("reports/sample/{table}.parquet"));
        let bytes = fs::read(path).unwrap();
        let key = b"ARROW:schema";
        assert!(!bytes.windows(key.len()).any(|part| part == key), "{table}");
        let mut reader = ParquetReader::new(Cursor::new(bytes.as_slice()));
        let metadata = reader.get_metadata().unwrap().clone();
        assert!(
            metadata
                .key_value_metadata
                .iter()
                .flatten()
                .next()
                .is_none(),
            "{table}"
        );
        // What polars itself calls plain UTF-8 when it reads it is a view.
        for (column, dtype) in schema(&bytes) {
            assert!(plain.contains(&dtype.as_str()), "{table}.{column}: {dtype}");
        }
        for field in metadata.schema_descr.fields() {
            let text = format!("{field:?}");
            let is_bytes = text.contains("ByteArray");
            assert!(!is_bytes || text.contains("Some(String)"), "{text}");
        }
    }
}
