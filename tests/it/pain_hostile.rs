//! Every file of tests/hostile/csv ends as MANIFEST.tsv says.

use crate::common::hostile;
use chrono::NaiveDate;
use niggle::{
    pain::{
        HeaderError, HeaderFault, MAX_NOTE_CHARS, Options, PainLog, Side, Site, check_text, read,
    },
    problem::Code,
};

fn log_of(name: &str) -> Result<PainLog, HeaderError> {
    let as_of = NaiveDate::from_ymd_opt(2025, 1, 1);
    read(
        &hostile(&format!("csv/{name}")),
        name,
        &Options {
            as_of,
            ..Options::default()
        },
    )
}

fn usable(name: &str) -> PainLog {
    log_of(name).unwrap_or_else(|error| panic!("{error}"))
}

fn codes(log: &PainLog) -> Vec<Code> {
    log.problems.iter().map(|problem| problem.code).collect()
}

/// File, ratings of the entries, data rows, unusable rows, problems.
type Outcome = (
    &'static str,
    &'static [Option<f64>],
    usize,
    usize,
    &'static [Code],
);

const OUTCOMES: &[Outcome] = &[
    ("00_good.csv", &[Some(3.0), Some(4.0)], 2, 0, &[]),
    ("01_bom.csv", &[Some(3.0)], 1, 0, &[]),
    ("02_semicolon_comma_decimal.csv", &[Some(3.5)], 1, 0, &[]),
    ("03_tabs.csv", &[Some(3.0)], 1, 0, &[]),
    ("04_utf16.csv", &[Some(3.0)], 1, 0, &[]),
    ("05_cr_only.csv", &[Some(3.0)], 1, 0, &[]),
    ("06_quoted_newline.csv", &[Some(3.0)], 1, 0, &[]),
    (
        "08_formula.csv",
        &[Some(3.0), Some(4.0), Some(2.0)],
        3,
        0,
        &[Code::PainValueUnusable],
    ),
    ("09_latin1.csv", &[Some(3.0)], 1, 0, &[]),
    (
        "10_dup_dates.csv",
        &[Some(6.0)],
        3,
        0,
        &[Code::PainDuplicate, Code::PainDuplicate],
    ),
    ("12_decidable_dmy.csv", &[Some(3.0), Some(4.0)], 2, 0, &[]),
    // One day in four forms: the highest rating counts.
    (
        "14_mixed_formats.csv",
        &[Some(2.0), Some(5.0)],
        4,
        0,
        &[Code::PainDuplicate, Code::PainDuplicate],
    ),
    // 7/10 is a rating of 7; the empty cell is unknown.
    (
        "15_bad_scores.csv",
        &[Some(7.0), None, Some(3.5)],
        6,
        3,
        &[
            Code::PainRowUnusable,
            Code::PainRowUnusable,
            Code::PainRowUnusable,
            Code::PainNoRating,
        ],
    ),
    // The note is the last column: the cells behind it are its own commas.
    (
        "17_extra_and_short_rows.csv",
        &[Some(4.0)],
        2,
        1,
        &[Code::PainRowUnusable, Code::PainValueUnusable],
    ),
    ("19_nul.csv", &[Some(3.0)], 1, 0, &[Code::TextEncoding]),
    (
        "20_future_ancient.csv",
        &[],
        3,
        3,
        &[
            Code::PainDateFuture,
            Code::PainRowUnusable,
            Code::PainRowUnusable,
        ],
    ),
    ("21_long_line.csv", &[Some(3.0)], 1, 0, &[Code::PainTextCut]),
    ("23_header_only.csv", &[], 0, 0, &[]),
    ("24_localised_header.csv", &[Some(3.0)], 1, 0, &[]),
    ("25_html_note.csv", &[Some(3.0)], 1, 0, &[]),
];

#[test]
fn readable_files_give_what_the_manifest_says() {
    for (name, ratings, rows, unusable_rows, problems) in OUTCOMES {
        let log = usable(name);
        let found: Vec<Option<f64>> = log.entries.iter().map(|entry| entry.pain).collect();
        assert_eq!(found, *ratings, "{name}");
        assert_eq!(
            (log.rows, log.unusable_rows),
            (*rows, *unusable_rows),
            "{name}"
        );
        assert_eq!(codes(&log), *problems, "{name}: {:?}", log.problems);
        assert!(check_text(&log, &[]).starts_with(name), "{name}");
    }
}

#[test]
fn unreadable_files_say_why() {
    type IsExpected = fn(&HeaderFault) -> bool;
    let expected: [(&str, Option<u64>, IsExpected); 6] = [
        ("07_unterminated_quote.csv", Some(2), |fault| {
            matches!(fault, HeaderFault::OpenQuote)
        }),
        ("11_ambiguous_dates.csv", Some(2), |fault| {
            matches!(fault, HeaderFault::AmbiguousDates { .. })
        }),
        ("13_mixed_orders.csv", None, |fault| {
            matches!(fault, HeaderFault::ContradictoryDates { .. })
        }),
        ("16_missing_column.csv", Some(1), |fault| {
            matches!(fault, HeaderFault::NoColumn { wanted: "pain", .. })
        }),
        ("18_dup_headers.csv", Some(1), |fault| {
            matches!(
                fault,
                HeaderFault::DoubledColumn {
                    meaning: "pain",
                    ..
                }
            )
        }),
        ("22_empty.csv", None, |fault| {
            matches!(fault, HeaderFault::Empty)
        }),
    ];
    for (name, line, is_expected) in expected {
        let error = log_of(name).expect_err(name);
        assert!(is_expected(&error.fault), "{name}: {error}");
        assert_eq!(error.line, line, "{name}");
    }
}

#[test]
fn every_file_of_the_manifest_has_an_expectation() {
    let manifest = String::from_utf8(hostile("MANIFEST.tsv")).expect("UTF-8");
    let names = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("csv/")?.split('\t').next());
    let refused = ["07", "11", "13", "16", "18", "22"];
    let missing: Vec<&str> = names
        .filter(|name| {
            !OUTCOMES.iter().any(|outcome| outcome.0 == *name) && !refused.contains(&&name[..2])
        })
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert_eq!(OUTCOMES.len() + refused.len(), 26);
}

#[test]
fn texts_and_sites_survive_as_written() {
    let note = |name: &str, at: usize| {
        usable(name)
            .entries
            .get(at)
            .and_then(|entry| entry.notes().map(str::to_string))
    };
    for (name, at, expected) in [
        (
            "06_quoted_newline.csv",
            0,
            "line 1\nline 2, with \"quotes\"",
        ),
        ("08_formula.csv", 0, "=cmd|'/C calc'!A0"),
        ("08_formula.csv", 1, "+1"),
        ("08_formula.csv", 2, "\t=1"),
        ("09_latin1.csv", 0, "spät"),
        ("17_extra_and_short_rows.csv", 0, "a,b,c"),
        ("19_nul.csv", 0, "ab"),
        (
            "25_html_note.csv",
            0,
            "<img src=x onerror=alert(1)> | [a](javascript:alert(1)) `x`",
        ),
    ] {
        assert_eq!(note(name, at).as_deref(), Some(expected), "{name}");
    }
    assert_eq!(
        note("21_long_line.csv", 0).map(|note| note.chars().count()),
        Some(MAX_NOTE_CHARS)
    );
    for name in [
        "02_semicolon_comma_decimal.csv",
        "04_utf16.csv",
        "24_localised_header.csv",
    ] {
        let log = usable(name);
        let place = log
            .entries
            .first()
            .map(|entry| (entry.site, entry.side, entry.date.to_string()));
        assert_eq!(
            place,
            Some((Some(Site::Knee), Some(Side::Left), "2024-11-08".to_string())),
            "{name}"
        );
    }
}

/// The file of extra cells once more, with the note no longer at the end.
#[test]
fn extra_cells_are_row_errors_where_the_note_is_not_last() {
    let text = String::from_utf8(hostile("csv/17_extra_and_short_rows.csv")).expect("UTF-8");
    let text = text.replace("date,region,side,pain,note", "date,region,side,note,pain");
    let log = read(text.as_bytes(), "17", &Options::default()).expect("a readable header");
    assert_eq!((log.entries.len(), log.rows, log.unusable_rows), (0, 2, 2));
    let places: Vec<(Code, &str)> = log
        .problems
        .iter()
        .map(|p| (p.code, p.place.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            (Code::PainRowUnusable, "17, line 2"),
            (Code::PainRowUnusable, "17, line 3")
        ]
    );
}

#[test]
fn settled_orders_are_stated() {
    let log = usable("12_decidable_dmy.csv");
    let dates: Vec<String> = log
        .entries
        .iter()
        .map(|entry| entry.date.to_string())
        .collect();
    assert_eq!(dates, ["2024-04-03", "2024-06-25"]);
    let stated = "Dates with / or - are day/month/year: 25/06/2024 in line 3 settles it.";
    assert!(
        log.understood.iter().any(|sentence| sentence == stated),
        "{:?}",
        log.understood
    );
    assert!(
        usable("23_header_only.csv")
            .understood
            .iter()
            .any(|sentence| sentence == "There are no rows yet.")
    );
}
