//! Tests of dates and times of day.

use super::*;

fn check(cell: &str, order: DateOrder, expected: Option<&str>) {
    let date = take_apart(cell)
        .ok()
        .and_then(|written| written.date(order));
    assert_eq!(
        date.map(|d| d.to_string()).as_deref(),
        expected,
        "{cell:?} {order:?}"
    );
}

#[test]
fn dates_whose_order_is_certain() {
    for (cell, expected) in [
        ("2025-03-04", Some("2025-03-04")),
        (" 2025-3-4 ", Some("2025-03-04")),
        ("2025/03/04", Some("2025-03-04")),
        ("2025.03.04", Some("2025-03-04")),
        ("04.03.2025", Some("2025-03-04")),
        ("4.3.2025", Some("2025-03-04")),
        ("04.03.25", Some("2025-03-04")),
        ("4. 3. 2025", Some("2025-03-04")),
        ("2025-03-04T22:30:00+13:00", Some("2025-03-04")),
        ("2025-03-04 07:30", Some("2025-03-04")),
        ("2025-03-04T07:30:15.250Z", Some("2025-03-04")),
        ("2024-02-29", Some("2024-02-29")),
        ("2025-02-29", None),
        ("2024-02-30", None),
        ("2025-00-01", None),
        ("20250304", Some("2025-03-04")),
        ("20250304T073000Z", Some("2025-03-04")),
        ("20250304073000", Some("2025-03-04")),
        ("45720", Some("2025-03-04")),
        ("45720.5", Some("2025-03-04")),
        ("45720,5", Some("2025-03-04")),
        ("36526", Some("2000-01-01")),
        ("73050", Some("2099-12-31")),
        ("1741046400", Some("2025-03-04")),
        ("1741046400.0", Some("2025-03-04")),
        ("1741046400000", Some("2025-03-04")),
        ("2025-W10-2", Some("2025-03-04")),
        ("2025W102", Some("2025-03-04")),
        ("2025年3月4日", Some("2025-03-04")),
        ("2025年3月4日(火) 21:04", Some("2025-03-04")),
        ("2025. 3. 4 오후 9:04:11", Some("2025-03-04")),
        ("2025. 3. 4.", Some("2025-03-04")),
        ("2025년 3월 4일", Some("2025-03-04")),
        ("2025/3/4 下午9:04:11", Some("2025-03-04")),
        ("March 4, 2025 → March 4, 2025", Some("2025-03-04")),
        ("2025-03-04 → 2025-03-04", Some("2025-03-04")),
    ] {
        check(cell, DateOrder::DayFirst, expected);
        check(cell, DateOrder::MonthFirst, expected);
    }
}

#[test]
fn eight_digits_with_the_year_behind_are_open() {
    for (cell, day_first, month_first) in [
        ("13082025", Some("2025-08-13"), None),
        ("08132025", None, Some("2025-08-13")),
        ("03082025", Some("2025-08-03"), Some("2025-03-08")),
        // A spreadsheet took the zero in front away.
        ("3082025", Some("2025-08-03"), Some("2025-03-08")),
        ("13082025 21:04", Some("2025-08-13"), None),
        ("20250813 21:04", Some("2025-08-13"), Some("2025-08-13")),
        ("20250813", Some("2025-08-13"), Some("2025-08-13")),
        ("13131999", None, None),
        ("00082025", None, None),
    ] {
        check(cell, DateOrder::DayFirst, day_first);
        check(cell, DateOrder::MonthFirst, month_first);
    }
}

/// 13 August 2025.
const AUGUST: &[&str] = &[
    "August 13, 2025",
    "13 Aug 2025",
    "13-Aug-25",
    "13-Aug-2025",
    "13/Aug/2025",
    "Aug. 13, 2025",
    "Aug 13 2025",
    "13th Aug 2025",
    "13th of August 2025",
    "Wed 13 Aug 2025",
    "Wednesday, August 13, 2025",
    "Wednesday, August 13, 2025 9:04 PM",
    "Wed Aug 13 2025 21:04:11 GMT+0200 (Central European Summer Time)",
    "Wed, 13 Aug 2025 21:04:11 +0200",
    "2025 Aug 13",
    "2025-Aug-13",
    "13. August 2025",
    "Mittwoch, 13. August 2025",
    "Mi., 13. Aug. 2025",
    "am 13. August 2025 um 21:04 Uhr",
    "13 août 2025",
    "mercredi 13 août 2025",
    "le 13 août 2025 à 21h04",
    "13 de agosto de 2025",
    "miércoles, 13 de agosto de 2025",
    "13 ago 2025",
    "13 agosto 2025",
    "mercoledì 13 agosto 2025",
    "quarta-feira, 13 de agosto de 2025",
    "13 de ago. de 2025",
    "woensdag 13 augustus 2025",
    "13 aug. 2025",
    "wo 13 aug 2025 21.04 uur",
];

#[test]
fn months_by_name_in_seven_languages() {
    for cell in AUGUST {
        check(cell, DateOrder::DayFirst, Some("2025-08-13"));
    }
    for (cell, expected) in [
        ("1er mars 2025", "2025-03-01"),
        ("mar. 4 mars 2025", "2025-03-04"),
        ("mar 5 ago 2025", "2025-08-05"),
        ("3. März 2025", "2025-03-03"),
        ("3 Mrz 2025", "2025-03-03"),
        ("5 mei 2025", "2025-05-05"),
        ("5 Mai 2025", "2025-05-05"),
        ("1 ottobre 2025", "2025-10-01"),
        ("1 out 2025", "2025-10-01"),
        ("1. Dez. 2025", "2025-12-01"),
        ("2 de enero de 2025", "2025-01-02"),
    ] {
        check(cell, DateOrder::DayFirst, Some(expected));
    }
}

#[test]
fn dates_whose_order_the_column_tells() {
    for (cell, day_first, month_first) in [
        ("03/04/2024", Some("2024-04-03"), Some("2024-03-04")),
        ("3-4-2024", Some("2024-04-03"), Some("2024-03-04")),
        ("25/06/2024", Some("2024-06-25"), None),
        ("6/25/2024 7:30 PM", None, Some("2024-06-25")),
        ("6/25/24", None, Some("2024-06-25")),
        ("8/13/2025, 9:04:11 PM", None, Some("2025-08-13")),
        ("Wed 13/8/2025", Some("2025-08-13"), None),
        ("13-8-25", Some("2025-08-13"), None),
        ("13/08/2025 9:04:11 p. m.", Some("2025-08-13"), None),
    ] {
        check(cell, DateOrder::DayFirst, day_first);
        check(cell, DateOrder::MonthFirst, month_first);
        assert!(take_apart(cell).unwrap().open_numbers().is_some(), "{cell}");
    }
}

#[test]
fn what_is_no_date_is_refused_with_a_reason() {
    use DateFault::*;
    for (cell, reason) in [
        ("", NoDate),
        ("12345", DayNumber),
        ("99999.5", DayNumber),
        ("13 Aug", NoYear),
        ("Aug 13", NoYear),
        ("8/13", NoYear),
        ("13.8.", NoYear),
        ("Wednesday 13 August", NoYear),
        ("yesterday", NoDate),
        ("Average", NoDate),
        ("Total", NoDate),
        ("2024-11", NoDay),
        ("August 2025", NoDay),
        ("2025-W33", NoDay),
        ("2024-11/08", NoDate),
        ("25-08-13", OddYear),
        ("99999-01-01", OddYear),
        ("12345678901", NoDate),
        ("4200000000", NoDate),
        ("20251332", NoDate),
        ("3", NoDate),
        ("2024-11-08 soon", OddTime),
        ("2024-11-08 25:00", OddTime),
        ("13 Aug 2025 knee", OddTime),
        ("August 11, 2025 → August 12, 2025", TwoDays),
    ] {
        assert_eq!(take_apart(cell), Err(reason), "{cell:?}");
    }
    assert_eq!(NoYear.to_string(), "has no year");
}

#[test]
fn times_behind_dates_and_their_zones() {
    let utc = Some(Offset::Utc);
    let east = |minutes| Some(Offset::Local(minutes));
    for (cell, time, offset) in [
        ("2024-11-08T22:30:00+13:00", "22:30:00", east(780)),
        ("2024-11-08T22:30:00Z", "22:30:00", utc),
        ("2024-11-08 22:30 UTC", "22:30:00", utc),
        ("2024-11-08T22:30:00+00:00", "22:30:00", utc),
        ("2025/08/13 9:04:11 PM GMT+2", "21:04:11", east(120)),
        ("2025/08/13 9:04:11 PM GMT-7", "21:04:11", east(-420)),
        ("2025/08/13 9:04:11 PM GMT+5:30", "21:04:11", east(330)),
        ("2025/08/13 9:04:11 PM GMT+0", "21:04:11", utc),
        ("2025/08/13 9:04:11 p. m. GMT-6", "21:04:11", east(-360)),
        ("2025-08-13 21:04:11 +0200", "21:04:11", east(120)),
        ("2025-08-13 21:04:11 -0530", "21:04:11", east(-330)),
        ("13.08.2025 21:04:11 MESZ", "21:04:11", east(120)),
        ("13.08.2025 21:04 CEST", "21:04:00", east(120)),
        ("1755086411", "12:00:11", utc),
        ("1755086411000", "12:00:11", utc),
        ("45882.5", "12:00:00", None),
        ("45882.87790509", "21:04:11", None),
        ("8/13/2025, 12:04:11 AM", "00:04:11", None),
        ("8/13/2025, 12:04:11 PM", "12:04:11", None),
        ("8/13/2025 9 PM", "21:00:00", None),
        ("8/13/2025 9PM", "21:00:00", None),
        ("2025. 8. 13 오후 9:04:11", "21:04:11", None),
        ("2025. 8. 13 오전 12:04:11", "00:04:11", None),
        ("2025/8/13 午後9:04", "21:04:00", None),
        ("2025/8/13 上午9:04", "09:04:00", None),
        ("13.08.2025 21.04", "21:04:00", None),
        ("13.08.2025, 21:04", "21:04:00", None),
        ("13/08/2025 21h04", "21:04:00", None),
        ("13/08/2025 à 9:04\u{202f}pm", "21:04:00", None),
    ] {
        let written = take_apart(cell).unwrap_or_else(|fault| panic!("{cell}: {fault}"));
        assert_eq!(
            written.time.map(|t| t.to_string()).as_deref(),
            Some(time),
            "{cell}"
        );
        assert_eq!(
            (written.offset, written.zoned),
            (offset, offset.is_some()),
            "{cell}"
        );
    }
}

#[test]
fn times_of_day() {
    for (text, expected) in [
        ("7:30", Some("07:30:00")),
        ("07:30:15", Some("07:30:15")),
        ("7:30:15 AM", Some("07:30:15")),
        ("7:30 pm", Some("19:30:00")),
        ("7:30 p.m.", Some("19:30:00")),
        ("7:30 p. m.", Some("19:30:00")),
        ("7pm", Some("19:00:00")),
        ("7 PM", Some("19:00:00")),
        ("7.30pm", Some("19:30:00")),
        ("12:05AM", Some("00:05:00")),
        ("12:05 pm", Some("12:05:00")),
        ("12am", Some("00:00:00")),
        ("19h30", Some("19:30:00")),
        ("19 h", Some("19:00:00")),
        ("19.30", Some("19:30:00")),
        ("1930", Some("19:30:00")),
        ("0730", Some("07:30:00")),
        ("7 Uhr", Some("07:00:00")),
        ("19 Uhr", Some("19:00:00")),
        ("7 Uhr 30", Some("07:30:00")),
        ("7.30 Uhr", Some("07:30:00")),
        ("19:30 Uhr", Some("19:30:00")),
        ("19 uur", Some("19:00:00")),
        ("um 19 Uhr", Some("19:00:00")),
        ("07:30+02:00", Some("07:30:00")),
        ("07:30Z", Some("07:30:00")),
        ("오후 7:30", Some("19:30:00")),
        ("noon", Some("12:00:00")),
        ("Mittag", Some("12:00:00")),
        ("midnight", Some("00:00:00")),
        ("Mitternacht", Some("00:00:00")),
        ("minuit", Some("00:00:00")),
        ("24:00", None),
        ("13:00 am", None),
        ("7", None),
        ("2460", None),
        ("7.5", None),
        ("soon", None),
        ("before bed", None),
        ("", None),
    ] {
        assert_eq!(
            time_of_day(text).map(|t| t.to_string()).as_deref(),
            expected,
            "{text:?}"
        );
    }
}

#[test]
fn what_a_spreadsheet_made_of_a_rating() {
    for (cell, expected) in [
        ("3-Oct", Some((3, 10))),
        ("Oct-03", Some((3, 10))),
        ("03. Okt", Some((3, 10))),
        ("3. Oct", Some((3, 10))),
        ("10-Mar", Some((10, 3))),
        ("45933", Some((3, 10))),
        ("2025-10-03", Some((3, 10))),
        ("2025-10-03T00:00:00", Some((3, 10))),
        ("4/10/2025", Some((4, 10))),
        ("3/10", None),
        ("3", None),
        ("mild", None),
        ("March 2025", None),
    ] {
        assert_eq!(day_and_month(cell), expected, "{cell}");
    }
}
