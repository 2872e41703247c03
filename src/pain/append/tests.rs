//! Rows put behind logs of every form, against what stands there by hand, and whatever the form against what is read back.

use super::*;
use crate::pain::{Moment, Side, Site, read};
use proptest::prelude::*;

fn row(words: &[&str]) -> NewRow {
    let words: Vec<String> = words.iter().map(|word| word.to_string()).collect();
    NewRow {
        date: "2025-10-13".parse().expect("a literal date"),
        said: said(&words).expect("a row"),
        function: None,
        signs: Vec::new(),
        others_clear: false,
    }
}

fn added(log: &[u8], row: &NewRow) -> Result<Appended, String> {
    append(log, "pain.csv", row, &Options::default()).map_err(|refusal| refusal.to_string())
}

/// The row as text behind a log in UTF-8.
fn tail(log: &str, words: &[&str]) -> String {
    let appended = added(log.as_bytes(), &row(words)).expect("a row");
    String::from_utf8(appended.tail).expect("UTF-8")
}

fn refusal(log: &str, words: &[&str]) -> String {
    added(log.as_bytes(), &row(words)).expect_err("a refusal")
}

#[test]
fn a_row_stands_in_the_columns_the_order_and_the_words_of_its_log() {
    for (log, words, expected) in [
        (
            "date,moment,site,pain,notes\n",
            &["left knee", "3", "during", "stairs"][..],
            "2025-10-13,during,left knee,3,stairs\n",
        ),
        (
            "date,moment,site,pain,notes\n2025-10-12,,none,0,\n",
            &["none"],
            "2025-10-13,,none,0,\n",
        ),
        // Semicolons, dots, a decimal comma, German words, CRLF, no line end behind the last row.
        (
            "Datum;Schmerz;Ort;Notiz\r\n09.10.2025;2,5;Knie links;\r\n10.10.2025;0;keine;",
            &["left knee", "3.5", "steif; müde"],
            "\r\n13.10.2025;3,5;Knie links;\"steif; müde\"",
        ),
        (
            "Datum;Schmerz;Ort\n9.10.2025;2;Knie\n",
            &["none"],
            "13.10.2025;0;none\n",
        ),
        // The side in a column of its own, in the log's words, all cells in quotes.
        (
            "\"date\",\"site\",\"side\",\"pain\"\n\"2025-10-01\",\"knee\",\"L\",\"2\"\n",
            &["left shin", "4"],
            "\"2025-10-13\",\"shin\",\"L\",\"4\"\n",
        ),
        // A spreadsheet's own line, comments, and rows of blank cells at the end.
        (
            "sep=;\n# mine;;\ndate;site;pain\n13/09/2025;shin;2\n;;\n;;\n",
            &["right shin", "2"],
            "13/10/2025;right shin;2\n",
        ),
        (
            "date,site,pain\n9/8/25,knee,2\n9/20/25,knee,2\n",
            &["knee", "1"],
            "10/13/25,knee,1\n",
        ),
        (
            "date,site,pain\n09/08/2025,knee,2\n09/20/2025,knee,2\n",
            &["knee", "1"],
            "10/13/2025,knee,1\n",
        ),
        (
            "date,site,pain\n20 Sep 2025,knee,2\n",
            &["knee", "1"],
            "13 Oct 2025,knee,1\n",
        ),
        (
            "date,site,pain\n20. September 2025,knee,2\n",
            &["knee", "1"],
            "13. October 2025,knee,1\n",
        ),
        (
            "date,site,pain\n20. Dezember 2024,knee,2\n",
            &["knee", "1"],
            "13. Oktober 2025,knee,1\n",
        ),
        (
            "date,site,pain\n20092025,knee,2\n",
            &["knee", "1"],
            "13102025,knee,1\n",
        ),
        (
            "date,site,pain\n45880,knee,2\n",
            &["knee", "1"],
            "45943,knee,1\n",
        ),
        (
            "Year,Month,Day,Where,Pain\n2025,09,20,knee,2\n",
            &["knee", "1"],
            "2025,10,13,knee,1\n",
        ),
        // A column for each part of the body, left and right, which an unstable order must not tell apart.
        (
            "date,L knee,R knee,L shin,R shin\n2025-10-01,2,0,0,0\n2025-10-02,0,0,0,0\n",
            &["none"],
            "2025-10-13,0,0,0,0\n",
        ),
        // A column for each part of the body, and one for each moment.
        (
            "date,L knee,R knee,notes\n2025-10-01,2,0,\n",
            &["right knee", "3"],
            "2025-10-13,,3,\n",
        ),
        (
            "date,L knee,R knee,notes\n2025-10-01,2,0,\n",
            &["none"],
            "2025-10-13,0,0,\n",
        ),
        (
            "date,site,pain_before,pain_during\n2025-10-01,knee,1,2\n",
            &["knee", "3", "during"],
            "2025-10-13,knee,,3\n",
        ),
        // The place in the cell of the rating.
        (
            "date,pain\n2025-10-01,left knee 2\n2025-10-02,right shin 3\n",
            &["left calf", "3"],
            "2025-10-13,left calf 3\n",
        ),
        // A note that takes what has no column.
        (
            "date,site,pain,notes\n",
            &["left knee", "3", "during"],
            "2025-10-13,left knee,3,during the run\n",
        ),
        // A log that counts its rows, and cells that a program ends every row with.
        (
            "#,date,site,pain,,\n7,2025-10-01,knee,2,,\n",
            &["knee", "1"],
            "8,2025-10-13,knee,1,,\n",
        ),
        (
            "date\tsite\tpain\n2025-10-01\tknee\t2\n",
            &["left knee", "1"],
            "2025-10-13\tleft knee\t1\n",
        ),
        (
            "| date | site | pain |\n|---|---|---|\n| 2025-10-01 | knee | 2 |\n",
            &["left knee", "1"],
            "| 2025-10-13 | left knee | 1 |\n",
        ),
        (
            "date,site,pain\r2025-10-01,knee,2\r",
            &["knee", "1"],
            "2025-10-13,knee,1\r",
        ),
    ] {
        assert_eq!(tail(log, words), expected, "{log:?} {words:?}");
    }
}

#[test]
fn a_log_begins_with_its_header() {
    assert_eq!(
        tail("", &["none"]),
        "date,moment,site,pain,function,signs,notes\n2025-10-13,,none,0,,,\n"
    );
    let signs = NewRow {
        signs: vec![Sign::Swelling],
        others_clear: true,
        ..row(&["left calf", "3"])
    };
    let appended = added(b"", &signs).expect("a row");
    let entry = &appended.log.entries[0];
    assert!(entry.others_clear && entry.signs.contains(&Sign::Swelling));
}

#[test]
fn a_rating_is_on_the_scale_of_the_log_or_on_the_one_it_names() {
    let hundred = "date,site,Pain (0-100)\n2025-10-01,knee,35\n";
    let five = "# niggle: --pain-scale 0-5\ndate,site,pain\n2025-10-01,knee,2\n";
    for (log, rating, cell, pain, told) in [
        (
            hundred,
            "40",
            "40",
            4.0,
            "4 of 10 (40 on your log's scale of 0-100)",
        ),
        (
            hundred,
            "4/10",
            "40",
            4.0,
            "4 of 10 (40 on your log's scale of 0-100)",
        ),
        (
            five,
            "4",
            "4",
            8.0,
            "8 of 10 (4 on your log's scale of 0-5)",
        ),
        (
            five,
            "3/10",
            "1.5",
            3.0,
            "3 of 10 (1.5 on your log's scale of 0-5)",
        ),
    ] {
        let appended = added(log.as_bytes(), &row(&["left knee", rating])).expect("a row");
        let tail = String::from_utf8(appended.tail).expect("UTF-8");
        assert_eq!(tail, format!("2025-10-13,left knee,{cell}\n"), "{rating}");
        assert_eq!(
            appended.log.entries.last().and_then(|entry| entry.pain),
            Some(pain)
        );
        assert!(appended.row.contains(told), "{}", appended.row);
    }
    let refused = refusal(five, &["knee", "6"]);
    assert!(refused.contains("none from 0 to 5"), "{refused}");
    let none = added(
        b"date,site,Pain (1-5)\n2025-10-01,knee,2\n2025-10-02,none,1\n",
        &row(&["none"]),
    )
    .expect("a row");
    assert_eq!(none.tail, b"2025-10-13,none,1\n");
}

#[test]
fn signs_and_what_it_did_go_into_their_columns_or_are_found_in_the_note() {
    let full = "date,site,pain,function,signs,notes\n2025-10-01,knee,2,limp,,\n";
    let plain = "date,site,pain,notes\n";
    let loud = NewRow {
        function: Some(Function::ChangedForm),
        signs: vec![Sign::Swelling, Sign::NightPain],
        ..row(&["left calf", "5"])
    };
    let here = added(full.as_bytes(), &loud).expect("a row");
    assert_eq!(
        here.tail,
        b"2025-10-13,left calf,5,limp,swelling;night_pain,\n"
    );
    assert!(here.told.is_empty());
    let noted = added(plain.as_bytes(), &loud).expect("a row");
    let entry = &noted.log.entries[0];
    assert!(entry.has_sign(Sign::Swelling) && entry.has_sign(Sign::NightPain));
    assert_eq!(entry.effect(), Some(Function::ChangedForm));
    assert_eq!(noted.told.len(), 2, "{:?}", noted.told);
    let nowhere = added(b"date,site,pain\n", &loud).expect_err("no column");
    assert!(nowhere.contains("Make its header `"), "{nowhere}");
}

/// Every sign is written where it is found again, or refused.
#[test]
fn no_sign_is_lost_in_a_note() {
    for sign in Sign::ALL {
        let with = NewRow {
            signs: vec![*sign],
            ..row(&["left calf", "2"])
        };
        match added(b"date,site,pain,notes\n", &with) {
            Ok(appended) => assert!(appended.log.entries[0].has_sign(*sign), "{sign:?}"),
            Err(refused) => assert!(refused.contains("add a column \"signs\""), "{refused}"),
        }
    }
}

#[test]
fn the_same_place_and_moment_twice_is_told_and_the_very_row_is_left_out() {
    let log = "date,moment,site,pain\n2025-10-13,during,left knee,4\n";
    let lower = added(log.as_bytes(), &row(&["left knee", "3", "during"])).expect("a row");
    assert_eq!(lower.log.entries.len(), 1);
    assert_eq!(lower.log.entries[0].pain, Some(4.0));
    assert!(
        lower.told[0].starts_with("Line 2 is about the same place"),
        "{:?}",
        lower.told
    );
    let same = added(log.as_bytes(), &row(&["left knee", "4", "during"])).expect("no row");
    assert!(same.tail.is_empty() && same.told[0].contains("nothing was written"));
}

#[test]
fn what_has_no_place_in_a_log_is_refused_with_what_to_do() {
    for (log, words, part) in [
        (
            "date,L knee,R knee\n2025-10-01,2,0\n",
            &["left shin", "3"][..],
            "none for \"left shin\": add a column",
        ),
        (
            "date,site,pain_before,pain_during\n2025-10-01,knee,1,2\n",
            &["knee", "3"],
            "say which it was: before or during",
        ),
        (
            "date,site,pain\n",
            &["knee", "3", "--", "note"],
            "Make its header `date,site,pain,notes`",
        ),
        (
            "date,site,ostrc_q1,ostrc_q2\n2025-10-01,knee,0,0\n",
            &["knee", "3"],
            "no column for pain",
        ),
        ("one,two\n1,2\n", &["knee", "3"], "no column for the date"),
        (
            "date,site,pain\nsoon,knee,2\n",
            &["knee", "3"],
            "none of the 1 rows",
        ),
    ] {
        let refused = refusal(log, words);
        assert!(refused.contains(part), "{log:?}: {refused}");
    }
}

#[test]
fn every_encoding_is_kept() {
    let log = "Datum;Ort;Schmerz;Notiz\r\n01.10.2025;Knöchel;2;süß\r\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        let text = log.encode_utf16().flat_map(bytes);
        mark.into_iter().chain(text).collect::<Vec<u8>>()
    };
    let windows = crate::text::encoding::encode(log, crate::text::encoding::decode(b"\xff").1)
        .expect("its letters");
    for bytes in [
        log.as_bytes().to_vec(),
        format!("\u{feff}{log}").into_bytes(),
        utf16(u16::to_le_bytes, [0xff, 0xfe]),
        utf16(u16::to_be_bytes, [0xfe, 0xff]),
        windows.clone(),
    ] {
        let appended = added(&bytes, &row(&["left knee", "3", "müde"])).expect("a row");
        let whole = [bytes.as_slice(), &appended.tail].concat();
        let text = crate::text::encoding::decode(&whole).0.into_owned();
        assert_eq!(text, format!("{log}13.10.2025;left knee;3;müde\r\n"));
    }
    let refused = added(&windows, &row(&["left knee", "3", "kość"])).expect_err("no such letter");
    assert!(
        refused.contains("\"ś\"") && refused.contains("UTF-8"),
        "{refused}"
    );
}

/// What was said, as place, rating, moment and note.
fn parts(words: &str) -> Result<(Option<String>, Stated, Option<Moment>, String), String> {
    let words: Vec<String> = words
        .split_whitespace()
        .map(|word| word.replace('_', " "))
        .collect();
    said(&words).map(|said| (said.place, said.rating, said.moment, said.note))
}

#[test]
fn one_line_says_it_in_any_order_that_cannot_be_misread() {
    let knee = |moment, note: &str| {
        Ok((
            Some("left knee".to_string()),
            Stated::OnItsScale(3.0),
            moment,
            note.to_string(),
        ))
    };
    for (words, moment, note) in [
        ("left_knee 3", None, ""),
        ("left knee 3", None, ""),
        ("3 left knee", None, ""),
        ("3 left_knee during stairs", Some(Moment::During), "stairs"),
        ("left_knee 3 during stairs", Some(Moment::During), "stairs"),
        ("left_knee during 3 stairs", Some(Moment::During), "stairs"),
        ("during left_knee 3 stairs", Some(Moment::During), "stairs"),
        (
            "left knee 3 after the run hard hill",
            Some(Moment::After),
            "hard hill",
        ),
        ("left_knee 3 after_5_km", None, "after 5 km"),
        ("left_knee 3 start of the hill", None, "start of the hill"),
        ("left knee 3 nach dem Lauf", Some(Moment::After), ""),
    ] {
        assert_eq!(parts(words), knee(moment, note), "{words}");
    }
    let place = |words: &str| parts(words).map(|(place, ..)| place);
    assert_eq!(place("knee 3 left"), Ok(Some("left knee".to_string())));
    for words in [
        "none",
        "nothing",
        "all clear",
        "none 0",
        "keine",
        "none easy_week",
    ] {
        assert_eq!(place(words), Ok(None), "{words}");
    }
    for (words, part) in [
        ("left_knee", "how much does it hurt?"),
        ("3", "where does it hurt?"),
        ("none 3", "says that nothing hurts"),
        ("knee 3 during 5 km", "which is the rating, 3 or 5?"),
        ("knee 3 durign stairs", "the nearest is `during`"),
        ("", "how much"),
    ] {
        let refused = parts(words).expect_err(words);
        assert!(refused.contains(part), "{words}: {refused}");
    }
    assert_eq!(stated("2,5"), Some(Stated::OnItsScale(2.5)));
    assert_eq!(stated("3/10"), Some(Stated::Of(3.0, Scale::ZeroToTen)));
    assert_eq!((stated("3/7"), stated("much")), (None, None));
}

#[test]
fn names_of_options_are_words_of_the_log_or_refused_with_the_nearest() {
    assert_eq!(sign_called("puffy"), Ok(Sign::Swelling));
    assert_eq!(moment_called("am"), Ok(Moment::Morning));
    assert_eq!(function_called("limp"), Ok(Function::ChangedForm));
    let wrong = sign_called("swelllng").expect_err("no sign");
    assert!(wrong.contains("the nearest is `swelling`"), "{wrong}");
}

/// A log of a form, and the columns it has.
#[derive(Debug, Clone)]
struct Formed {
    bytes: Vec<u8>,
    columns: Vec<&'static str>,
}

fn formed() -> impl Strategy<Value = Formed> {
    let columns = Just(vec![
        "date", "site", "side", "pain", "moment", "notes", "shoe",
    ])
    .prop_shuffle();
    let days = prop::sample::select(vec![
        "%Y-%m-%d",
        "%d.%m.%Y",
        "%d/%m/%Y",
        "%-m/%-d/%y",
        "%d %b %Y",
        "%Y%m%d",
        "%B %-d, %Y",
    ]);
    let form = (
        prop::sample::select(vec![',', ';', '\t']),
        prop::sample::select(vec!["\n", "\r\n"]),
        0..5_u8,
    );
    let habits = (
        any::<bool>(),
        any::<bool>(),
        prop::sample::subsequence(vec!["side", "moment", "notes", "shoe"], 0..=4),
    );
    (columns, days, form, habits).prop_map(
        |(columns, days, (delimiter, line_end, coding), (quotes, ends, left_out))| {
            let columns: Vec<&str> = columns
                .into_iter()
                .filter(|column| !left_out.contains(column))
                .collect();
            let text = text_of(&columns, days, delimiter, line_end, quotes);
            let text = if ends {
                text.as_str()
            } else {
                text.trim_end_matches(['\r', '\n'])
            };
            Formed {
                bytes: coded(text, coding),
                columns,
            }
        },
    )
}

fn text_of(columns: &[&str], days: &str, delimiter: char, line_end: &str, quotes: bool) -> String {
    let header: Vec<String> = columns.iter().map(|column| column.to_string()).collect();
    let rows = [
        (20, "knee", "left", "2", "during", "stairs, down"),
        (28, "none", "", "0", "", ""),
        (30, "Größerer Zeh", "", "1.5", "", ""),
    ];
    let rows = rows.map(|(day, site, side, pain, moment, notes)| {
        let date = NaiveDate::from_ymd_opt(2025, 9, day).expect("a day");
        let cell = |column: &&str| match *column {
            "date" => date.format(days).to_string(),
            "site" => site.to_string(),
            "side" => side.to_string(),
            "pain" if delimiter == ';' => pain.replace('.', ","),
            "pain" => pain.to_string(),
            "moment" => moment.to_string(),
            "notes" => notes.to_string(),
            _ => String::new(),
        };
        columns.iter().map(cell).collect::<Vec<String>>()
    });
    let quoted = |cell: &String| match quotes || cell.contains(delimiter) {
        true => format!("\"{cell}\""),
        false => cell.clone(),
    };
    let lines = std::iter::once(header).chain(rows).map(|cells| {
        let cells: Vec<String> = cells.iter().map(quoted).collect();
        cells.join(&delimiter.to_string()) + line_end
    });
    lines.collect()
}

fn coded(text: &str, coding: u8) -> Vec<u8> {
    let utf16 = text.encode_utf16();
    match coding {
        0 => text.as_bytes().to_vec(),
        1 => format!("\u{feff}{text}").into_bytes(),
        2 => [0xff, 0xfe]
            .into_iter()
            .chain(utf16.flat_map(u16::to_le_bytes))
            .collect(),
        3 => [0xfe, 0xff]
            .into_iter()
            .chain(utf16.flat_map(u16::to_be_bytes))
            .collect(),
        _ => crate::text::encoding::encode(text, crate::text::encoding::decode(b"\xff").1)
            .expect("its letters"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever the form: what was there is read as before, and one entry more that says what was asked; or nothing is written.
    #[test]
    fn a_row_is_read_back_from_every_form(
        log in formed(),
        half_points in 1..=20_u8,
        is_left in any::<bool>(),
        moment in prop::option::of(prop::sample::select(Moment::ALL)),
        note in "[ -~äöüß€]{0,30}",
    ) {
        let pain = f64::from(half_points) / 2.0;
        let (side, place) = if is_left { (Side::Left, "left calf") } else { (Side::Right, "right calf") };
        let new = NewRow {
            said: Said {
                place: Some(place.to_string()),
                rating: Stated::OnItsScale(pain),
                moment,
                note: note.clone(),
            },
            ..row(&["none"])
        };
        let before = read(&log.bytes, "pain.csv", &Options::default()).expect("a log of ours");
        let has = |column: &str| log.columns.contains(&column);
        let can_be_written = has("notes") || note.trim().is_empty() && (moment.is_none() || has("moment"));
        match added(&log.bytes, &new) {
            Err(refused) => prop_assert!(!can_be_written, "{refused}"),
            Ok(appended) => {
                let whole = [log.bytes.as_slice(), &appended.tail].concat();
                let after = read(&whole, "pain.csv", &Options::default()).expect("it is read");
                prop_assert_eq!(&after.entries, &appended.log.entries);
                prop_assert_eq!(&after.entries[..before.entries.len()], &before.entries[..]);
                let [entry] = &after.entries[before.entries.len()..] else { panic!("{:?}", after.entries) };
                prop_assert_eq!((entry.date, entry.pain, entry.site, entry.side), (new.date, Some(pain), Some(Site::Calf), Some(side)));
                let expected = if has("moment") { moment.unwrap_or(Moment::Day) } else { Moment::Day };
                prop_assert_eq!(entry.moment, expected);
                let noted = note.split_whitespace().collect::<Vec<_>>().join(" ");
                prop_assert!(entry.notes().unwrap_or_default().ends_with(&noted));
                prop_assert_eq!(after.unusable_rows, 0);
            }
        }
    }
}

#[test]
fn where_a_row_says_more_than_the_columns_the_header_that_would_do_is_named() {
    let log = "date,site,pain\n2025-10-01,knee,2\n";
    let why = refusal(log, &["left calf", "5", "during"]);
    assert!(
        why.contains("no column for \"during the run\"")
            && why.contains("Make its header `date,site,pain,moment`, or leave"),
        "{why}"
    );
    let noted = refusal(log, &["left calf", "5", "during", "stairs"]);
    assert!(noted.contains("`date,site,pain,notes`"), "{noted}");
    for header in ["date,site,pain,moment", "date,site,pain,notes"] {
        let mended = log.replace("date,site,pain", header);
        assert!(
            tail(&mended, &["left calf", "5", "during"]).contains("during"),
            "{header}"
        );
    }
}

#[test]
fn none_beside_pain_of_the_day_is_told_and_no_contradiction() {
    let log = "date,moment,site,pain,notes\n2025-10-13,,left knee,3,\n";
    let appended = added(log.as_bytes(), &row(&["none"])).expect("a row");
    assert_eq!(
        appended.told,
        [
            "That day left knee with 3 is logged: the pain stays, and `none` now means that nothing else hurts."
        ]
    );
    assert_eq!(appended.log.problems, []);
    assert!(
        appended
            .log
            .understood
            .iter()
            .any(|said| said.starts_with("On 1 day a place hurts")),
        "{:?}",
        appended.log.understood
    );
}
