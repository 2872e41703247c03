//! `niggle cohort` with the tables of a study: a list, one log and one daily table of everybody, PMData's folders.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const DAYS: i64 = 70;

/// Of each athlete a row a day: on every other day 8 km (the first), 9, 10 or 11 in 48 minutes, on the others nothing.
fn daily(ids: &[&str]) -> String {
    let rows = (8..).zip(ids).flat_map(|(km, id)| {
        (0..DAYS).map(move |day| {
            let (km, minutes) = if day % 2 == 0 { (km, 48) } else { (0, 0) };
            format!("{id},{},{km},{minutes},4\n", date(day))
        })
    });
    format!(
        "athlete,date,distance_km,duration_min,rpe\n{}",
        rows.collect::<String>()
    )
}

/// All clear, but for `hurt`, whose left knee is 3 of 10 from day 20 to day 32.
fn log(ids: &[&str], hurt: &str) -> String {
    let rows = ids.iter().flat_map(|id| {
        (0..DAYS).map(move |day| match *id == hurt && (20..=32).contains(&day) {
            true => format!("{},left knee,3,{id}\n", date(day)),
            false => format!("{},none,0,{id}\n", date(day)),
        })
    });
    format!("Date,Site,Pain,Athlete ID\n{}", rows.collect::<String>())
}

fn date(day: i64) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2025, 3, 3).unwrap() + chrono::TimeDelta::days(day)
}

struct Study(tempfile::TempDir);

impl Study {
    fn of(files: &[(&str, &str)]) -> Study {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Study(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs niggle in the folder.
    fn niggle(&self, arguments: &[&str]) -> std::process::Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_niggle"));
        command
            .current_dir(self.0.path())
            .args(arguments)
            .output()
            .unwrap()
    }

    /// `cohort.json` of a report in `out`, written with these arguments.
    fn report(&self, arguments: &[&str]) -> serde_json::Value {
        let output = self.niggle(&[&["cohort", "--out", "out"], arguments].concat());
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let json = serde_json::from_str(&self.text("out/cohort.json")).unwrap();
        crate::schemas::assert_keeps("cohort", &json);
        json
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }
}

/// How many new spells of more than seven days were counted.
fn long_pain(json: &serde_json::Value) -> u64 {
    let all = json["study"]["incidence"].as_array().unwrap();
    let own = all
        .iter()
        .find(|one| one["definition"] == "pain_over_7_days")
        .unwrap();
    own["all"]["events"].as_u64().unwrap()
}

fn what(json: &serde_json::Value, list: &str, id: &str) -> Vec<String> {
    let all = json[list].as_array().unwrap().iter();
    let own = all.filter(|remark| remark["runner"] == id);
    own.map(|remark| remark["what"].as_str().unwrap().to_string())
        .collect()
}

#[test]
fn tables_alone_are_a_study() {
    let ids = ["A", "B", "C", "D"];
    let study = Study::of(&[
        ("daily.csv", &daily(&ids)),
        ("long.csv", &log(&["A", "B", "C", "d", "E"], "B")),
    ]);
    let json = study.report(&[
        "--daily",
        "daily.csv",
        "--pain",
        "long.csv",
        "--id",
        "athlete_id",
    ]);
    // 35 runs of 8, 9 and 10 km in 48 minutes each; D has no log.
    let watched = &json["study"]["watched"];
    assert_eq!(
        (&watched["runners"], &watched["runs"]),
        (&3.into(), &105.into())
    );
    assert_eq!(watched["distance_m"].as_f64(), Some(35.0 * 27_000.0));
    assert_eq!(watched["timer_s"].as_f64(), Some(105.0 * 48.0 * 60.0));
    assert_eq!(watched["days_covered"], 210, "rows of zeros are known days");
    assert_eq!(long_pain(&json), 1);
    let flow = &json["flow"];
    assert_eq!(
        (&flow["assessed"], &flow["watched"]),
        (&6.into(), &3.into())
    );
    assert_eq!(
        flow["left_out"],
        serde_json::json!([{"why": "no_recordings", "runners": 2}, {"why": "no_log", "runners": 1}])
    );
    assert!(what(&json, "noted", "d")[0].contains("differs from D by capitals or blanks alone"));
    let markdown = study.text("out/cohort.md");
    for line in [
        "6 runners are in the folder or in a table.",
        "Left out: 2, no recordings.",
        "Left out: 1, no pain log.",
        "3 are counted in the study of injuries.",
    ] {
        assert!(markdown.contains(line), "{line}: {markdown}");
    }
    let page = study.text("out/cohort.html");
    assert!(
        page.contains("3 counted in the study") && page.contains("<svg"),
        "the picture is in the page"
    );
}

#[test]
fn follow_up_and_consent_of_a_list() {
    let ids = ["A", "B", "C", "D"];
    let list = |windows: [&str; 4]| {
        let rows = ids
            .iter()
            .zip(windows)
            .map(|(id, window)| format!("{id},{window}\n"));
        format!("id,from,to,consent\n{}", rows.collect::<String>())
    };
    let study = Study::of(&[("daily.csv", &daily(&ids)), ("long.csv", &log(&ids, "B"))]);
    let options = [
        "--athletes",
        "athletes.csv",
        "--daily",
        "daily.csv",
        "--pain",
        "long.csv",
    ];
    // The first fourteen days of A, all of B, none of C; D did not agree.
    fs::write(
        study.at("athletes.csv"),
        list([
            "2025-03-03,2025-03-16,yes",
            ",,yes",
            "2025-05-01,2025-04-01,yes",
            ",,no",
        ]),
    )
    .unwrap();
    let json = study.report(&options);
    assert_eq!(json["study"]["watched"]["days"], 14 + 70);
    assert_eq!(
        (&json["study"]["watched"]["runs"], long_pain(&json)),
        (&(7 + 35).into(), 1)
    );
    // Rows of other days stay in the tables, where loads look back, and are told from these.
    for (table, id, watched, not) in [
        ("runs", "A", 7, 28),
        ("runs", "B", 35, 0),
        ("days", "A", 14, 56),
        ("ratings", "A", 14, 56),
        ("weeks", "A", 2, 8),
    ] {
        let text = study.text(&format!("out/tables/{table}.csv"));
        let rows = text.lines().map(|row| row.split(',').collect::<Vec<_>>());
        let flags: Vec<&str> = rows.filter(|row| row[0] == id).map(|row| row[2]).collect();
        let count = |flag| flags.iter().filter(|one| **one == flag).count();
        assert_eq!(
            (count("true"), count("false")),
            (watched, not),
            "{table} of {id}"
        );
    }
    assert_eq!(
        json["flow"]["left_out"],
        serde_json::json!([{"why": "no_consent", "runners": 1}, {"why": "negative_follow_up", "runners": 1}])
    );
    // What hurt before somebody was watched did not begin under watch.
    fs::write(
        study.at("athletes.csv"),
        list([",,yes", "2025-03-28,,yes", ",,yes", ",,yes"]),
    )
    .unwrap();
    assert_eq!(long_pain(&study.report(&options)), 0);
}

#[test]
fn a_log_of_the_study_goes_before_ones_own() {
    let study = Study::of(&[
        (
            "club/A/pain.csv",
            &log(&["A"], "A")
                .replace(",Athlete ID", "")
                .replace(",A\n", "\n"),
        ),
        ("club/B/pain.csv", "no log at all"),
        ("club/A/pmsys/srpe.csv", &srpe()),
        ("club/B/pmsys/srpe.csv", &srpe()),
        ("club/Z/srpe.csv", &srpe()),
        (
            "club/Z/pain.csv",
            "date,site,pain\n2024-01-01,none,0\n2024-01-02,none,0\n",
        ),
        ("long.csv", &log(&["A"], "")),
    ]);
    let json = study.report(&["club", "--pain", "long.csv"]);
    assert_eq!(
        what(&json, "noted", "A"),
        [
            "has a pain log among the recordings beside the rows of the study's, which alone was used"
        ]
    );
    assert_eq!(long_pain(&json), 0, "the rows of the study have none");
    assert_eq!(
        what(&json, "left_out", "B"),
        ["the pain log cannot be understood; niggle pain check says why"]
    );
    assert!(
        what(&json, "noted", "Z").contains(&"the pain log ends before the first run".to_string()),
        "{json}"
    );
    assert_eq!(
        json["flow"]["left_out"],
        serde_json::json!([{"why": "unusable_log", "runners": 1}, {"why": "not_watched", "runners": 1}])
    );
}

/// Sessions as PMSys has them: running on every other day.
fn srpe() -> String {
    let rows = (0..DAYS).step_by(2).map(|day| {
        format!(
            "{}T17:00:00.000Z,\"['individual', 'running']\",5,40\n",
            date(day)
        )
    });
    format!(
        "end_date_time,activity_names,perceived_exertion,duration_min\n{}",
        rows.collect::<String>()
    )
}

#[test]
fn workers_read_the_tables_of_the_plan_and_no_others() {
    let ids = ["A", "B", "C", "D"];
    let list = "id,sex,from\nA,f,\nB,m,2025-03-10\nC,,\nD,f,\n";
    let study = Study::of(&[
        ("data/daily.csv", &daily(&ids)),
        ("data/long.csv", &log(&ids, "C")),
        ("data/athletes.csv", list),
    ]);
    let tables = [
        "--athletes",
        "data/athletes.csv",
        "--daily",
        "data/daily.csv",
        "--pain",
        "data/long.csv",
    ];
    let run = |arguments: &[&str]| {
        let output = study.niggle(arguments);
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    assert_eq!(
        run(&[
            &["plan", "--shards", "3", "--out", "plan.json"],
            &tables[..]
        ]
        .concat())
        .0,
        Some(0)
    );
    assert!(
        !study
            .text("plan.json")
            .contains(&study.0.path().display().to_string()),
        "no absolute path"
    );
    let shard = |number: &str| {
        run(&[
            "shard",
            "--plan",
            "plan.json",
            "--root",
            "data",
            "--shard",
            number,
            "--out",
            "shards",
        ])
    };
    for number in ["2", "0", "1"] {
        let (code, said) = shard(number);
        assert_eq!(code, Some(0), "{said}");
    }
    assert_eq!(
        run(&["cohort", "--from-shards", "shards", "--out", "together"]).0,
        Some(0)
    );
    assert_eq!(
        run(&[&["cohort", "--out", "alone"], &tables[..]].concat()).0,
        Some(0)
    );
    let (alone, together) = (files(&study.at("alone")), files(&study.at("together")));
    assert!(alone.len() > 5 && alone == together, "the same bytes");
    fs::remove_dir_all(study.at("shards")).unwrap();
    fs::write(study.at("data/long.csv"), log(&ids, "D")).unwrap();
    let (code, said) = shard("0");
    assert_eq!(code, Some(65), "{said}");
    assert!(
        said.contains("are not those that the plan was made of"),
        "{said}"
    );
}

/// What the analysis came to, without what names the inputs and who was read.
fn statistics(json: &serde_json::Value) -> serde_json::Value {
    let keys = [
        "runners",
        "study",
        "pairs",
        "tests",
        "days_logged",
        "days_covered",
    ];
    let own = keys.map(|key| (key.to_string(), json[key].clone()));
    serde_json::Value::Object(own.into_iter().collect())
}

/// A file of this repository.
fn committed(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(name)
        .display()
        .to_string()
}

#[test]
fn tables_of_a_cohort_come_to_what_its_recordings_came_to() {
    let study = Study::of(&[]);
    let [folder, pain, daily, list] = ["", "/pain.csv", "/daily.csv", "/athletes.csv"]
        .map(|name| committed(&format!("sample_cohort{name}")));
    // Where the list lies now there are no recordings.
    fs::copy(list, study.at("athletes.csv")).unwrap();
    let of = |arguments: &[&str], out: &str| {
        let output = study.niggle(&[&["cohort", "--dates", "--out", out], arguments].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        let text = study.text(&format!("{out}/cohort.json"));
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let read = of(
        &[
            &folder, "--pain", &pain, "--id", "athlete", "--daily", &daily,
        ],
        "read",
    );
    let again = of(&["read", "--athletes", "athletes.csv"], "again");
    assert!(read["tests"].as_u64() >= Some(3));
    assert_eq!(statistics(&again), statistics(&read));
    // Tables of tables are the same bytes: what rules say of them, too.
    let [of_read, of_again] = ["read", "again"].map(|out| files(&study.at(out).join("tables")));
    for (one, other) in of_read.iter().zip(&of_again) {
        assert!(one == other, "{}", one.0.display());
    }
    // Without the list nobody knows who they are; the follow-up is in the tables.
    let alone = of(&["read/tables"], "alone");
    assert_eq!(alone["study"]["watched"]["women"], 0);
    assert_eq!(alone["study"]["incidence"], read["study"]["incidence"]);
    assert_eq!(alone["pairs"], read["pairs"]);
    let noted = what(&alone, "noted", "the tables");
    assert!(noted[0].contains("an earlier report"), "{noted:?}");
}

#[test]
fn tables_of_several_sites_and_reports_of_one_are_a_cohort() {
    let ids = ["A", "B", "C", "D"];
    let study = Study::of(&[
        ("one/daily.csv", &daily(&ids[..2])),
        ("one/long.csv", &log(&ids[..2], "B")),
        ("two/daily.csv", &daily(&ids[1..])),
        ("two/long.csv", &log(&ids[1..], "C")),
    ]);
    let made = |arguments: &[&str]| {
        let output = study.niggle(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
    };
    for (site, out, form) in [
        ("one", "sites/one", "--dates"),
        ("two", "sites/two", "--dates"),
        ("two", "dateless", "--quiet"),
    ] {
        let [runs, log] = ["daily", "long"].map(|table| format!("{site}/{table}.csv"));
        made(&[
            "cohort", "--daily", &runs, "--pain", &log, "--out", out, form,
        ]);
    }
    made(&[
        "report",
        &committed("sample_data"),
        "--out",
        "sites/E",
        "-q",
    ]);
    let json = study.report(&["sites"]);
    // B is in both, and nobody knows which is which.
    let doubled = serde_json::json!([{"why": "doubled", "runners": 1}]);
    assert_eq!(json["flow"]["left_out"], doubled);
    assert_eq!(json["study"]["watched"]["runners"], 4);
    assert_eq!(long_pain(&study.report(&["sites/two"])), 1);
    // Beside a runner's recordings a report is one of before, and nobody's.
    fs::create_dir_all(study.at("sites/F/pmsys")).unwrap();
    fs::write(study.at("sites/F/pmsys/srpe.csv"), srpe()).unwrap();
    assert_eq!(study.report(&["sites"])["flow"]["assessed"], 1);
    // What cannot be used says why, and nothing is written.
    let refused = |folder: &str| {
        let output = study.niggle(&["cohort", folder, "--out", "refused"]);
        assert!(!study.at("refused").exists());
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).replace('\n', " ")
    };
    assert!(refused("dateless").contains("it was made without --dates"));
    let (page, table) = ("sites/one/cohort.json", "sites/one/tables/weeks.parquet");
    let cohort = study.text(page);
    let older = cohort.replace(env!("CARGO_PKG_VERSION"), "0.0.9");
    fs::write(study.at(page), older).unwrap();
    assert!(refused("sites/one").contains("tables of niggle 0.0.9"));
    fs::write(study.at(page), cohort).unwrap();
    fs::copy(study.at("sites/one/tables/days.parquet"), study.at(table)).unwrap();
    assert!(refused("sites/one").contains("the columns of weeks.parquet are not those of niggle"));
}

/// Ids that would be found in any text, of whom one has no log, one no recordings and one no consent.
const SECRET: [&str; 6] = [
    "Zebra-Anna",
    "Zebra-Ben",
    "Zebra-Cleo",
    "Zebra-Dora",
    "Zebra-Emil",
    "zebra-anna",
];

/// A study of [`SECRET`]: folders and tables that are named as they are, and a key that turns their order round.
fn secret_study() -> Study {
    let [anna, ben, cleo, dora, emil, near] = SECRET;
    let list = format!(
        "id,folder,consent\n{anna},,yes\n{ben},,yes\n{cleo},,yes\n{dora},gone,yes\n{emil},,no\n"
    );
    let names = SECRET.iter().rev().zip(1..);
    let key = names.map(|(id, at)| format!("{id},P{at}\n"));
    let log = log(&[anna, cleo, near], cleo);
    Study::of(&[
        ("data/athletes.csv", &list),
        ("data/daily.csv", &daily(&[anna, ben])),
        ("data/long.csv", &log),
        (
            "data/key.csv",
            &format!("id,pseudonym\n{}", key.collect::<String>()),
        ),
        (&format!("data/{cleo}/pmsys/srpe.csv"), &srpe()),
        (&format!("data/{ben}/pain.csv"), "no log at all"),
    ])
}

const SECRET_TABLES: [&str; 5] = [
    "data",
    "--daily",
    "data/daily.csv",
    "--pain",
    "data/long.csv",
];

/// Which ids stand in these bytes.
fn told_in(bytes: &[u8]) -> Vec<&'static str> {
    let has = |id: &&str| bytes.windows(id.len()).any(|part| part == id.as_bytes());
    SECRET.into_iter().filter(has).collect()
}

#[test]
fn with_a_key_no_id_is_in_anything_that_is_written() {
    let study = secret_study();
    let key = ["--key", "data/key.csv"];
    let plain = study.niggle(&[&["cohort", "--out", "plain"], &SECRET_TABLES[..]].concat());
    assert!(plain.status.success());
    assert_eq!(
        told_in(&fs::read(study.at("plain/cohort.json")).unwrap()).len(),
        6
    );
    let alone = study.niggle(&[&["cohort", "--out", "alone"], &SECRET_TABLES[..], &key].concat());
    assert!(
        alone.status.success(),
        "{}",
        String::from_utf8_lossy(&alone.stderr)
    );
    let planned = study.niggle(
        &[
            &["plan", "--shards", "2", "--out", "plan.json"],
            &SECRET_TABLES[..],
            &key,
        ]
        .concat(),
    );
    assert!(planned.status.success());
    let mut said = vec![alone, planned];
    // Workers need no key.
    fs::remove_file(study.at("data/key.csv")).unwrap();
    for number in ["1", "0"] {
        said.push(study.niggle(&[
            "shard",
            "--plan",
            "plan.json",
            "--root",
            "data",
            "--shard",
            number,
            "--out",
            "shards",
            "--verbose",
        ]));
    }
    said.push(study.niggle(&["cohort", "--from-shards", "shards", "--out", "together"]));
    for output in &said {
        assert!(output.status.success());
        let text = [output.stdout.as_slice(), &output.stderr].concat();
        assert_eq!(
            told_in(&text),
            [""; 0],
            "{}",
            String::from_utf8_lossy(&text)
        );
    }
    let (alone, together) = (files(&study.at("alone")), files(&study.at("together")));
    assert!(alone.len() > 15 && alone == together, "the same bytes");
    // Words in Parquet may be packed: the CSV beside it has the same rows.
    for (name, bytes) in &alone {
        assert_eq!(told_in(bytes), [""; 0], "{}", name.display());
    }
    let json = study.text("alone/cohort.json");
    assert!(
        json.contains("differs from P6 by capitals or blanks alone"),
        "{json}"
    );
    assert!(study.text("alone/tables/runs.csv").contains("\nP6,"));
}

#[test]
fn a_key_must_have_everybody_and_tell_them_apart() {
    let study = secret_study();
    let key = study.text("data/key.csv");
    let refused = |text: &str| {
        fs::write(study.at("data/key.csv"), text).unwrap();
        let output = study.niggle(
            &[
                &["cohort", "--out", "out", "--key", "data/key.csv"],
                &SECRET_TABLES[..],
            ]
            .concat(),
        );
        assert_eq!(
            (output.status.code(), study.at("out").exists()),
            (Some(2), false)
        );
        String::from_utf8_lossy(&output.stderr).replace('\n', " ")
    };
    let lacking = refused(
        &key.replace("Zebra-Dora,", "Dora,")
            .replace("zebra-anna,", "anna,"),
    );
    assert!(
        lacking.contains("no pseudonym for 2 ids: Zebra-Dora, zebra-anna."),
        "{lacking}"
    );
    let twice = refused(&key.replace("P1", "P2"));
    assert!(
        twice.contains("1 pseudonym stands for two ids (P2)."),
        "{twice}"
    );
    fs::remove_file(study.at("data/key.csv")).unwrap();
    let nowhere = study.niggle(&["cohort", "data", "--out", "out", "--key", "data/key.csv"]);
    assert_eq!(nowhere.status.code(), Some(2));
}

/// Sessions, and an injury of the left knee for two weeks, as PMSys has them, in a folder of an archive.
fn participant(folder: &str) -> Vec<u8> {
    let row = |day: i64| match (20..34).contains(&day) {
        true => format!("{}T07:00:00.000Z,{{'left_knee': 'minor'}}\n", date(day)),
        false => format!("{}T07:00:00.000Z,{{}}\n", date(day)),
    };
    let rows: String = (0..DAYS).map(row).collect();
    let injuries = format!("effective_time_frame,injuries\n{rows}");
    let file = |name: &str, text: String| (format!("{folder}{name}"), text.into_bytes(), false);
    crate::common::zip(&[
        file("pmsys/srpe.csv", srpe()),
        file("pmsys/injury.csv", injuries),
    ])
}

#[test]
fn participants_in_archives_are_read_as_in_folders() {
    let study = Study::of(&[]);
    fs::create_dir_all(study.at("packed")).unwrap();
    for (id, folder) in [
        ("p01.zip", ""),
        ("p02.zip", "p02/"),
        ("p03.zip", "data/p03/"),
    ] {
        fs::write(study.at("packed").join(id), participant(folder)).unwrap();
    }
    let json = study.report(&["packed"]);
    let watched = &json["study"]["watched"];
    // 35 sessions of 40 minutes each; the pain began under watch.
    assert_eq!(
        (&watched["runners"], &watched["runs"]),
        (&3.into(), &105.into())
    );
    assert_eq!(long_pain(&json), 3);
}

#[test]
fn a_plan_knows_the_tables_of_a_folder() {
    let team = "Date,TeamA-01,TeamA-02\n11.08.2025,420,0\n12.08.2025,0,300\n";
    let study = Study::of(&[
        ("team/subjective/training-load/daily_load.csv", team),
        ("folders/p01/pmsys/srpe.csv", &srpe()),
    ]);
    fs::write(study.at("folders/p02.zip"), participant("")).unwrap();
    let shard = |root: &str, number: &str| {
        let out = format!("{root}.shards");
        let plan = format!("{root}.json");
        let output = study.niggle(&[
            "shard", "--plan", &plan, "--root", root, "--shard", number, "--out", &out,
        ]);
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    for root in ["team", "folders"] {
        let plan = format!("{root}.json");
        let planned = study.niggle(&["plan", root, "--shards", "2", "--out", &plan]);
        assert!(planned.status.success());
    }
    for (root, file, text) in [
        (
            "team",
            "team/subjective/training-load/daily_load.csv",
            team.replace("420", "421").into_bytes(),
        ),
        (
            "folders",
            "folders/p01/pmsys/srpe.csv",
            srpe().replace(",5,40", ",6,40").into_bytes(),
        ),
        ("folders", "folders/p02.zip", participant("p02/")),
    ] {
        let number = if file.ends_with("p02.zip") { "1" } else { "0" };
        let (code, said) = shard(root, number);
        assert_eq!(code, Some(0), "{said}");
        fs::remove_dir_all(study.at(&format!("{root}.shards"))).unwrap();
        fs::write(study.at(file), text).unwrap();
        let (code, said) = shard(root, number);
        let is_same = file.ends_with("p02.zip");
        assert_eq!(code, Some(if is_same { 0 } else { 65 }), "{said}");
        assert!(
            is_same || said.contains("not those that the plan was made of"),
            "{said}"
        );
    }
}

/// Every file in a folder and below.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            inner if inner.is_dir() => all.extend(files(&inner)),
            file => all.push((
                file.file_name().map(OsStr::to_os_string).unwrap().into(),
                fs::read(&file).unwrap(),
            )),
        }
    }
    all.sort();
    all
}

#[test]
fn what_is_wrong_with_the_tables_stops_the_study_and_says_where() {
    let study = Study::of(&[
        ("club/A/run.fit", "x"),
        ("long.csv", "Athlete ID,Date,Pain\nA,2025-03-01,2\n"),
        (
            "mixed.csv",
            "id,date,site,pain\nA,2025-03-01,knee,3\nA,2025-03-02,knee,4\nB,2025-03-01,knee,35\nB,2025-03-02,knee,62\n",
        ),
    ]);
    for (arguments, said) in [
        (
            vec!["--pain", "long.csv", "--id", "Runner"],
            "no column \"Runner\" for the ids",
        ),
        (vec!["--pain", "mixed.csv"], "--pain-scale"),
        (
            vec!["--daily", "long.csv"],
            "no column for anything that was run",
        ),
        (vec!["--athletes", "nowhere.csv"], "nowhere.csv"),
    ] {
        let output = study.niggle(&[&["cohort", "club", "--out", "out"], &arguments[..]].concat());
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.replace('\n', " ").contains(said), "{said}: {stderr}");
        assert!(!study.at("out").exists());
    }
}
