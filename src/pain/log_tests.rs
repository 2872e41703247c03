//! Tests of whole logs: expected entries are written by hand (src/method/pain_log.md, A row).

use super::*;
use crate::pain::{
    Beside, DateOrder, Entry, Function, Moment, Movement, Onset, PainType, Side, Sign, Site, Spread,
};
use crate::problem::{Code, Effect};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::BTreeSet;

const EXAMPLE: &str = include_str!("../../tests/vectors/pain_example.csv");

fn log_of(text: &str) -> PainLog {
    log_with(text, Options::default())
}

fn log_with(text: &str, options: Options) -> PainLog {
    read(text.as_bytes(), "pain.csv", &options).unwrap_or_else(|error| panic!("{error}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a literal date")
}

/// Line, date, moment, site, side and pain: what most tests ask for.
type Brief = (u64, String, Moment, Option<Site>, Option<Side>, Option<f64>);

fn brief(log: &PainLog) -> Vec<Brief> {
    log.entries
        .iter()
        .map(|e| (e.line, e.date.to_string(), e.moment, e.site, e.side, e.pain))
        .collect()
}

fn problems(log: &PainLog) -> Vec<(Code, &str)> {
    log.problems
        .iter()
        .map(|p| (p.code, p.place.as_str()))
        .collect()
}

fn entry(
    line: u64,
    date: &str,
    moment: Moment,
    site: Option<Site>,
    side: Option<Side>,
    pain: Option<f64>,
) -> Entry {
    Entry {
        line,
        moment,
        site,
        side,
        pain,
        ..Entry::on(day(date))
    }
}

fn text(text: &str) -> Option<Box<str>> {
    Some(text.into())
}

#[test]
fn letters_of_two_parts_of_the_body_are_told() {
    let log = log_of("date,LA,RA,LH,RH\n2025-03-01,1,0,2,0\n2025-03-02,0,0,0,3\n");
    let said = "LA (ankle or Achilles), RA (ankle or Achilles), LH (hip or hamstring), RH (hip or hamstring)";
    assert!(
        log.remarks.iter().any(|remark| remark.contains(said)),
        "{:?}",
        log.remarks
    );
}

#[test]
fn pain_in_the_chest_is_a_sign() {
    let log =
        log_of("date,site,pain\n2025-03-01,chest,3\n2025-03-02,chest,0\n2025-03-03,left chest,2\n");
    let signs: Vec<_> = log.entries.iter().map(|entry| entry.signs).collect();
    assert_eq!(
        signs,
        [
            [Sign::ChestPain].into(),
            super::super::Set::default(),
            [Sign::ChestPain].into()
        ]
    );
}

#[test]
fn the_example_gives_the_entries_of_the_page() {
    let log = log_of(EXAMPLE);
    let expected = [
        example_calves(),
        example_kneecap(),
        example_shin(),
        example_calf_and_rest(),
    ]
    .concat();
    for (found, expected) in log.entries.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(
        (
            log.entries.len(),
            log.rows,
            log.unusable_rows,
            log.duplicate_rows
        ),
        (15, 15, 0, 0)
    );
    // The row for the back is not rated, as the page says.
    assert_eq!(problems(&log), [(Code::PainNoRating, "pain.csv")]);
}

fn example_calves() -> Vec<Entry> {
    use Moment::*;
    let (calf, both, none) = (Some(Site::Calf), Some(Side::Both), Some(Function::None));
    let sore = |entry: Entry| Entry {
        spread: Some(Spread::General),
        movement: Some(Movement::Better),
        function: none,
        ..entry
    };
    vec![
        Entry {
            beside: Beside {
                sleep_h: Some(7.5),
                notes: text("easy week - all clear"),
                ..Beside::default()
            }
            .kept(),
            ..entry(2, "2025-03-03", Evening, Some(Site::None), None, Some(0.0))
        },
        Entry {
            types: [PainType::Tight].into(),
            onset: Some(Onset::After),
            painkiller: Some(false),
            beside: Beside {
                sleep_h: Some(7.0),
                rpe: Some(4.0),
                shoe: text("Pegasus 2"),
                notes: text("hill repeats"),
                ..Beside::default()
            }
            .kept(),
            ..sore(entry(3, "2025-03-04", After, calf, both, Some(2.0)))
        },
        Entry {
            types: [PainType::Sore, PainType::Stiff].into(),
            onset: Some(Onset::NextDay),
            beside: Beside {
                sleep_h: Some(6.5),
                sleep_quality: Some(3.0),
                ..Beside::default()
            }
            .kept(),
            ..sore(entry(4, "2025-03-05", Morning, calf, both, Some(3.0)))
        },
        Entry {
            types: [PainType::Sore].into(),
            beside: Beside {
                sleep_h: Some(7.2),
                ..Beside::default()
            }
            .kept(),
            ..sore(entry(5, "2025-03-06", Morning, calf, both, Some(1.0)))
        },
        Entry {
            beside: Beside {
                sleep_h: Some(8.0),
                ..Beside::default()
            }
            .kept(),
            ..entry(6, "2025-03-07", Morning, Some(Site::None), None, Some(0.0))
        },
    ]
}

fn example_kneecap() -> Vec<Entry> {
    use Moment::*;
    let (knee, left, none) = (Some(Site::Kneecap), Some(Side::Left), Some(Function::None));
    let ache = |entry: Entry| Entry {
        types: [PainType::Ache].into(),
        spread: Some(Spread::Area),
        function: none,
        ..entry
    };
    vec![
        Entry {
            onset: Some(Onset::During),
            movement: Some(Movement::Worse),
            painkiller: Some(false),
            beside: Beside {
                sleep_h: Some(6.0),
                rpe: Some(6.0),
                shoe: text("Pegasus 2"),
                notes: text("long run 21 km"),
                ..Beside::default()
            }
            .kept(),
            ..ache(entry(7, "2025-03-09", During, knee, left, Some(3.0)))
        },
        Entry {
            beside: Beside {
                notes: text("stairs down"),
                ..Beside::default()
            }
            .kept(),
            ..ache(entry(8, "2025-03-09", Evening, knee, left, Some(3.0)))
        },
        Entry {
            beside: Beside {
                sleep_h: Some(5.8),
                ostrc: [Some(8), Some(8), Some(0), Some(8)],
                notes: text("weekly OSTRC row"),
                ..Beside::default()
            }
            .kept(),
            ..ache(entry(9, "2025-03-10", Morning, knee, left, Some(2.0)))
        },
    ]
}

fn example_shin() -> Vec<Entry> {
    use Moment::*;
    let (shin, right, spot) = (Some(Site::Shin), Some(Side::Right), Some(Spread::Spot));
    vec![
        Entry {
            beside: Beside {
                sleep_h: Some(7.1),
                ..Beside::default()
            }
            .kept(),
            ..entry(10, "2025-03-11", Morning, Some(Site::None), None, Some(0.0))
        },
        Entry {
            types: [PainType::Sharp].into(),
            spread: spot,
            onset: Some(Onset::During),
            movement: Some(Movement::Worse),
            function: Some(Function::CutShort),
            painkiller: Some(false),
            function_in_note: Some(Function::Stopped),
            beside: Beside {
                sleep_h: Some(6.9),
                rpe: Some(5.0),
                shoe: text("Pegasus 2"),
                notes: text("stopped at 5 km"),
                ..Beside::default()
            }
            .kept(),
            ..entry(11, "2025-03-13", During, shin, right, Some(6.0))
        },
        Entry {
            types: [PainType::Sharp].into(),
            spread: spot,
            movement: Some(Movement::Worse),
            function: Some(Function::ChangedForm),
            signs_in_note: [Sign::Limp].into(),
            function_in_note: Some(Function::ChangedForm),
            beside: Beside {
                sleep_h: Some(6.2),
                notes: text("limping downstairs"),
                ..Beside::default()
            }
            .kept(),
            ..entry(12, "2025-03-14", Morning, shin, right, Some(4.0))
        },
        Entry {
            types: [PainType::Throbbing].into(),
            spread: spot,
            signs: [Sign::NightPain].into(),
            painkiller: Some(true),
            ..entry(13, "2025-03-14", Night, shin, right, Some(3.0))
        },
    ]
}

fn example_calf_and_rest() -> Vec<Entry> {
    use Moment::*;
    vec![
        Entry {
            types: [PainType::Heavy].into(),
            spread: Some(Spread::General),
            function: Some(Function::None),
            signs: [Sign::Swelling, Sign::Warmth].into(),
            beside: Beside {
                sleep_h: Some(7.0),
                notes: text("one leg only"),
                ..Beside::default()
            }
            .kept(),
            ..entry(
                14,
                "2025-03-15",
                Day,
                Some(Site::Calf),
                Some(Side::Left),
                Some(4.0),
            )
        },
        Entry {
            types: [PainType::Tight].into(),
            spread: Some(Spread::General),
            function: Some(Function::None),
            beside: Beside {
                sleep_h: Some(7.4),
                notes: text("not rated: pain unknown, not 0"),
                ..Beside::default()
            }
            .kept(),
            ..entry(
                15,
                "2025-03-16",
                Rest,
                Some(Site::LowerBack),
                Some(Side::Both),
                None,
            )
        },
        Entry {
            beside: Beside {
                sleep_h: Some(6.6),
                notes: text("no pain entry: unknown"),
                ..Beside::default()
            }
            .kept(),
            ..entry(16, "2025-03-17", Day, None, None, None)
        },
    ]
}

#[test]
fn wide_rows_become_one_entry_a_moment() {
    let log = log_of(
        "date,site,side,pain_before,pain_during,pain_after,pain_morning,signs,sleep_h,notes\n\
         2025-03-04,left knee,,0,4,,1,warmth,7,swelling\n2025-03-05,calf,right,,,,,,6,\n2025-03-06,,,0,0,,,,,\n",
    );
    let knee = (Some(Site::Knee), Some(Side::Left));
    assert_eq!(
        brief(&log),
        [
            (
                2,
                "2025-03-04".into(),
                Moment::Morning,
                knee.0,
                knee.1,
                Some(1.0)
            ),
            (
                2,
                "2025-03-04".into(),
                Moment::Before,
                knee.0,
                knee.1,
                Some(0.0)
            ),
            (
                2,
                "2025-03-04".into(),
                Moment::During,
                knee.0,
                knee.1,
                Some(4.0)
            ),
            (
                3,
                "2025-03-05".into(),
                Moment::Day,
                Some(Site::Calf),
                Some(Side::Right),
                None
            ),
            (
                4,
                "2025-03-06".into(),
                Moment::Before,
                Some(Site::None),
                None,
                Some(0.0)
            ),
            (
                4,
                "2025-03-06".into(),
                Moment::During,
                Some(Site::None),
                None,
                Some(0.0)
            ),
        ]
    );
    assert!(
        log.entries
            .iter()
            .take(3)
            .all(|e| e.signs == [Sign::Warmth].into()),
        "signs belong to every moment"
    );
    let nights: Vec<_> = log.entries.iter().filter_map(|e| e.sleep_h()).collect();
    assert_eq!(nights, [7.0, 6.0], "a night counts once");
    let noted = log
        .entries
        .iter()
        .filter(|e| e.signs_in_note == [Sign::Swelling].into())
        .count();
    assert_eq!(
        (
            noted,
            log.entries.iter().filter(|e| e.notes().is_some()).count()
        ),
        (1, 1),
        "a note counts once"
    );
    assert_eq!((log.rows, log.unusable_rows), (3, 0));
    assert_eq!(problems(&log), [(Code::PainNoRating, "pain.csv")]);
}

#[test]
fn blank_cells_may_be_left_away_behind_a_rating() {
    let log = log_of(
        "date,site,side,pain,moment,notes\n2025-03-01,knee,left,3\n2025-03-02,knee,left,0,after\n2025-03-03,knee\n",
    );
    let ratings: Vec<_> = log.entries.iter().map(|e| (e.pain, e.moment)).collect();
    assert_eq!(
        ratings,
        [(Some(3.0), Moment::Day), (Some(0.0), Moment::After)]
    );
    assert_eq!(
        problems(&log),
        [(Code::PainRowUnusable, "pain.csv, line 4")]
    );
    let wide = log_of("date,left knee,right shin\n2025-03-01,3\n2025-03-02,,1\n2025-03-03\n");
    assert_eq!(
        problems(&wide),
        [(Code::PainRowUnusable, "pain.csv, line 4")]
    );
    assert_eq!(wide.entries.len(), 2, "a blank is no zero");
}

#[test]
fn rows_that_cannot_be_used_are_named_by_line() {
    let log = log_with(
        "date,site,pain\n,knee,3\nsoon,knee,3\n2025-02-29,knee,3\n12345,knee,3\n2025-03-01,knee\n2025-03-01,knee,3,x\n\
         2025-03-01,knee,11\n2025-03-01,knee,NaN\n1999-12-31,knee,3\n2025-03-12,knee,3\n2025-03-11,knee,3,,\n",
        Options {
            as_of: Some(day("2025-03-10")),
            ..Options::default()
        },
    );
    assert_eq!(
        brief(&log),
        [(
            12,
            "2025-03-11".into(),
            Moment::Day,
            Some(Site::Knee),
            None,
            Some(3.0)
        )]
    );
    let found: Vec<&str> = log.problems.iter().map(|p| p.detail.as_str()).collect();
    assert_eq!(
        found,
        [
            "the row has no date",
            "the date \"soon\" is no date niggle reads; write it as 2025-03-31",
            "the date \"2025-02-29\" is no day of the calendar",
            "the date \"12345\" looks like a spreadsheet's day number, but of no day from 2000 to 2099; write it as 2025-03-31",
            "the row has 2 cells, the header 3",
            "the row has 4 cells, the header 3",
            "the pain \"11\" is outside 0–10; for a 0–100 scale use --pain-scale 100",
            "the pain \"NaN\" is no rating (a number from 0 to 10, or none, mild, moderate, severe)",
            "the date \"1999-12-31\" lies before 2000",
            "the date \"2025-03-12\" lies too far ahead, after 11 Mar 2025",
        ]
    );
    let places: Vec<String> = (2..=11)
        .map(|line| format!("pain.csv, line {line}"))
        .collect();
    assert_eq!(
        log.problems
            .iter()
            .map(|p| p.place.clone())
            .collect::<Vec<_>>(),
        places
    );
    assert_eq!(
        log.problems.last().map(|p| p.code),
        Some(Code::PainDateFuture)
    );
    assert_eq!((log.rows, log.unusable_rows), (11, 10));
}

#[test]
fn cells_that_cannot_be_used_leave_the_row() {
    let log = log_of(
        "date,moment,time,site,side,pain,type,function,sleep_h,rpe,painkiller,ostrc_q1\n\
         2025-03-01,noonish,late,elbow,up,3,odd;sharp,flew,20,13,maybe,19\n",
    );
    let entry = log.entries.first().expect("the row is kept");
    assert_eq!(
        (entry.pain, entry.site, entry.side, entry.moment),
        (
            Some(3.0),
            Some(Site::Other(super::super::Word::new("elbow"))),
            None,
            Moment::Day
        )
    );
    assert_eq!(
        (entry.types, entry.function, entry.sleep_h(), entry.rpe()),
        ([PainType::Sharp].into(), None, None, None)
    );
    assert_eq!(
        (entry.painkiller, entry.ostrc()[0], entry.time),
        (None, None, None)
    );
    assert!(
        log.problems
            .iter()
            .all(|p| p.code == Code::PainValueUnusable && p.place == "pain.csv, line 2")
    );
    let mut named: Vec<&str> = log
        .problems
        .iter()
        .filter_map(|p| p.detail.split(' ').next())
        .collect();
    named.sort_unstable();
    let cells = [
        "function",
        "moment",
        "ostrc_q1",
        "painkiller",
        "rpe",
        "side",
        "site",
        "sleep_h",
        "time",
        "type",
    ];
    assert_eq!(named, cells);
}

#[test]
fn sites_and_ratings_are_brought_together() {
    let log = log_of(
        "date,site,side,pain\n2025-03-01,,,0\n2025-03-02,none,,4\n2025-03-03,none,,\n2025-03-04,left knee,right,2\n\
         2025-03-05,left knee,,mild\n2025-03-06,,,5\n",
    );
    assert_eq!(
        brief(&log),
        [
            (
                2,
                "2025-03-01".into(),
                Moment::Day,
                Some(Site::None),
                None,
                Some(0.0)
            ),
            (3, "2025-03-02".into(), Moment::Day, None, None, Some(4.0)),
            (
                4,
                "2025-03-03".into(),
                Moment::Day,
                Some(Site::None),
                None,
                None
            ),
            (
                5,
                "2025-03-04".into(),
                Moment::Day,
                Some(Site::Knee),
                Some(Side::Right),
                Some(2.0)
            ),
            (
                6,
                "2025-03-05".into(),
                Moment::Day,
                Some(Site::Knee),
                Some(Side::Left),
                Some(2.0)
            ),
            (7, "2025-03-06".into(), Moment::Day, None, None, Some(5.0)),
        ]
    );
    assert_eq!(
        log.entries
            .iter()
            .map(|e| e.approximate)
            .collect::<Vec<_>>(),
        [false, false, false, false, true, false]
    );
    assert_eq!(
        problems(&log),
        [
            (Code::PainValueUnusable, "pain.csv, line 3"),
            (Code::PainValueUnusable, "pain.csv, line 4"),
            (Code::PainValueUnusable, "pain.csv, line 5"),
            (Code::PainApproximate, "pain.csv"),
            (Code::PainNoSite, "pain.csv"),
        ]
    );
}

#[test]
fn duplicates_keep_the_higher_rating_and_every_sign() {
    let log = log_of(
        "date,site,side,pain,signs,sleep_h\n2025-03-01,knee,left,3,swelling,7\n2025-03-01,knee,left,6,warmth,\n\
         2025-03-01,knee,right,1,,\n2025-03-01,knee,left,3,swelling,7\n2025-03-01,elbow,,2,,\n2025-03-01,jaw,,4,,\n",
    );
    let entry = log
        .entries
        .iter()
        .find(|e| e.pain == Some(6.0))
        .expect("the higher rating");
    assert_eq!((entry.line, entry.sleep_h()), (3, Some(7.0)));
    assert_eq!(entry.signs, [Sign::Swelling, Sign::Warmth].into());
    let ratings: Vec<_> = log.entries.iter().map(|e| (e.line, e.pain)).collect();
    assert_eq!(
        ratings,
        [
            (3, Some(6.0)),
            (4, Some(1.0)),
            (6, Some(2.0)),
            (7, Some(4.0))
        ]
    );
    assert_eq!((log.rows, log.unusable_rows, log.duplicate_rows), (6, 0, 2));
    let duplicates: Vec<_> = log
        .problems
        .iter()
        .filter(|p| p.code == Code::PainDuplicate)
        .collect();
    let [pair, copies] = duplicates.as_slice() else {
        panic!("{duplicates:?}")
    };
    assert_eq!(pair.place, "pain.csv, line 3");
    assert_eq!(
        pair.detail,
        "the same day, moment, site and side as line 2 (3 and 6)"
    );
    assert_eq!(pair.consequence, "The higher rating, 6, was kept.");
    assert_eq!(
        (copies.place.as_str(), copies.consequence.as_str()),
        ("pain.csv", "1 left out.")
    );
}

#[test]
fn a_note_taken_apart_by_its_commas_is_put_together() {
    let log = log_of(
        "date,site,pain,notes\n2025-10-11,chest,3,pain in chest, out of breath\n2025-10-12,knee,2,\"a, b\",\n\
         2025-10-13,knee,2,a,,b, ,\n",
    );
    let notes: Vec<_> = log.entries.iter().filter_map(|e| e.notes()).collect();
    assert_eq!(notes, ["pain in chest, out of breath", "a, b", "a,,b"]);
    let first = &log.entries[0];
    assert_eq!(
        (first.signs, first.signs_in_note),
        ([Sign::ChestPain].into(), [Sign::Breathless].into())
    );
    assert_eq!((log.entries[0].pain, log.unusable_rows), (Some(3.0), 0));
    let joined: Vec<_> = log
        .problems
        .iter()
        .filter(|p| p.detail.starts_with("notes"))
        .collect();
    let places: Vec<_> = joined
        .iter()
        .map(|p| (p.code, p.effect, p.place.as_str()))
        .collect();
    let noted = |place| (Code::PainValueUnusable, Effect::Noted, place);
    assert_eq!(
        places,
        [noted("pain.csv, line 2"), noted("pain.csv, line 4")]
    );
    assert_eq!(
        joined[0].detail,
        "notes \"pain in chest, out of breath\" holds commas and no quotes around them"
    );
    let consequence = "It was put together again as one note; put quotes around notes with commas.";
    assert_eq!(joined[0].consequence, consequence);
    let unnamed = log_of("date,pain,notes,,\n2025-10-11,3,pain in chest, out of breath,\n");
    assert_eq!(
        unnamed.entries[0].notes(),
        Some("pain in chest, out of breath")
    );
    let semicolons = log_of("date;pain;notes\n2025-10-11;3,5;tired; swollen\n");
    assert_eq!(semicolons.entries[0].signs_in_note, [Sign::Swelling].into());
    assert_eq!(
        (semicolons.entries[0].pain, semicolons.entries[0].notes()),
        (Some(3.5), Some("tired; swollen"))
    );
}

#[test]
fn a_sign_does_not_vanish_with_its_row() {
    let log = log_of(
        "date,site,pain,signs,notes,shoe\n2025-03-01,calf,11,swelling,fever too,\n2025-03-02,calf,2,,a,b,c\nsoon,calf,2,,no fever,\n",
    );
    let found: Vec<&str> = log
        .problems
        .iter()
        .map(|p| p.consequence.as_str())
        .collect();
    let plain = "The row is not used.";
    assert_eq!(
        found[..3],
        [
            "The cell counts as blank; the rest of the row is used.",
            plain,
            plain
        ]
    );
    let first = log.entries.first().expect("the row with signs is kept");
    assert_eq!(
        (
            first.pain,
            first.has_sign(Sign::Swelling),
            first.has_sign(Sign::Fever)
        ),
        (None, true, true)
    );
    assert_eq!(log.unusable_rows, 2);
}

#[test]
fn both_legs_of_a_note_reach_the_entry() {
    let log = log_of(
        "date,site,side,pain,notes\n2025-03-01,back,left,3,both legs numb\n2025-03-01,back,left,4,stiff\n\
         2025-03-02,back,,3,left leg numb\n",
    );
    let found: Vec<_> = log
        .entries
        .iter()
        .map(|e| (e.pain, e.signs_in_note, e.both_legs_in_note))
        .collect();
    let numb = [Sign::Numbness].into();
    assert_eq!(found, [(Some(4.0), numb, true), (Some(3.0), numb, false)]);
}

#[test]
fn a_last_day_far_behind_is_asked_about_and_kept() {
    let log = log_of(
        "date,site,pain,signs\n2026-10-10,none,0,\n2027-10-11,calf,3,swelling\n2026-10-11,none,0,\n2027-10-11,knee,1,\n",
    );
    let [problem] = log.problems.as_slice() else {
        panic!("{:?}", log.problems)
    };
    assert_eq!(
        (problem.code, problem.effect, problem.place.as_str()),
        (Code::PainDateFuture, Effect::Noted, "pain.csv, line 3")
    );
    assert_eq!(
        problem.detail,
        "2027-10-11 lies 365 days after the entry before it"
    );
    let asked = "Is the date right? The entry is kept, but does not set the day of the report. It mentions swelling.";
    assert_eq!(problem.consequence, asked);
    assert_eq!((log.entries.len(), log.unusable_rows), (4, 0));
    assert_eq!(
        crate::pain::last_believable_day(&log),
        Some(day("2026-10-11"))
    );
}

#[test]
fn decimal_commas_in_quotes_and_words_for_all_clear() {
    let log = log_of(
        "date,site,pain,sleep_h\n2025-03-01,knee,\"3,5\",\"7,5\"\n2025-03-02,all good,0,\n2025-03-03,fine,0,\n\
         2025-03-04,good,0,\n2025-03-05,ok,0,\n2025-03-06,all clear,0,\n2025-03-07,knee,3 left 5 right,\n",
    );
    assert_eq!(
        (log.entries[0].pain, log.entries[0].sleep_h()),
        (Some(3.5), Some(7.5))
    );
    assert!(
        log.entries
            .iter()
            .skip(1)
            .all(|e| e.site == Some(Site::None) && e.pain == Some(0.0))
    );
    let found: Vec<&str> = log.problems.iter().map(|p| p.detail.as_str()).collect();
    assert_eq!(
        found,
        [
            "the pain \"3 left 5 right\" holds several numbers; write one number from 0 to 10, the highest you felt"
        ]
    );
}

#[test]
fn the_order_of_slashed_dates() {
    let either = "date,pain\n03/04/2024,3\n05/05/2024,1\n";
    let error = read(either.as_bytes(), "pain.csv", &Options::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "pain.csv: line 2: 03/04/2024 can be 3 Apr 2024 or 4 Mar 2024, and no other row tells. Nothing of it was used. \
         Say which with --date-order dmy or --date-order mdy."
    );
    for (order, date) in [
        (DateOrder::DayFirst, "2024-04-03"),
        (DateOrder::MonthFirst, "2024-03-04"),
    ] {
        let log = log_with(
            either,
            Options {
                date_order: Some(order),
                ..Options::default()
            },
        );
        assert_eq!(log.entries.first().map(|e| e.date), Some(day(date)));
    }
    for (text, date) in [
        ("date,pain\n05/05/2024,1\n", "2024-05-05"),
        ("date,pain\n03/04/2024,3\n25/06/2024,1\n", "2024-04-03"),
        ("date,pain\n03/04/2024,3\n06/25/2024,1\n", "2024-03-04"),
        (
            "date,pain\n03/04/2024,3\n25/06/2024,1,too long\n",
            "2024-04-03",
        ),
    ] {
        assert_eq!(
            log_of(text).entries.first().map(|e| e.date),
            Some(day(date)),
            "{text}"
        );
    }
    let error = read(
        b"date,pain\n25/06/2024,1\n06/25/2024,1\n",
        "pain.csv",
        &Options::default(),
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "pain.csv: the dates contradict each other: 25/06/2024 (line 2) must be day/month/year, 06/25/2024 (line 3) \
         month/day/year. Nothing of it was used. Write dates as 2025-03-31, or say which order is right with \
         --date-order dmy or --date-order mdy."
    );
}

#[test]
fn options_change_the_scales() {
    let text = "date,pain,rpe\n2025-03-01,35,15\n";
    let log = log_with(
        text,
        Options {
            scale: Some(crate::pain::Scale::ZeroToHundred),
            borg: true,
            ..Options::default()
        },
    );
    assert_eq!(
        log.entries.first().map(|e| (e.pain, e.rpe())),
        Some((Some(3.5), Some(5.0)))
    );
    assert_eq!(log_of(text).unusable_rows, 1);
    let log = log_of("date,time,pain,meds\n2025-03-01 07:30,morning,1,400mg\n");
    let entry = log.entries.first().expect("one entry");
    assert_eq!(
        (entry.moment, entry.painkiller),
        (Moment::Morning, Some(true))
    );
    assert_eq!(
        entry.time.map(|t| t.to_string()).as_deref(),
        Some("07:30:00")
    );
}

#[test]
fn several_people_under_a_name_that_says_nothing() {
    let rows = |first: &str, second: &str| -> String {
        let days = (1..=4).map(|day| {
            format!(
                "2025-03-0{day},{first},left knee,{day}\n2025-03-0{day},{second},right shin,{}\n",
                day + 4
            )
        });
        "date,zz,site,pain\n".to_string() + &days.collect::<String>()
    };
    let club = rows("AB", "CD");
    let error = read(club.as_bytes(), "pain.csv", &Options::default())
        .unwrap_err()
        .fault;
    let (column, examples) = ("zz".to_string(), "ab, cd".to_string());
    assert_eq!(
        error,
        HeaderFault::SeveralPeople {
            column,
            count: 2,
            examples
        }
    );
    let of_one = log_with(
        &club,
        Options {
            athlete: Some("cd".to_string()),
            ..Options::default()
        },
    );
    let pains: Vec<_> = of_one
        .entries
        .iter()
        .map(|entry| (entry.site, entry.pain))
        .collect();
    assert_eq!(
        pains,
        [5.0, 6.0, 7.0, 8.0].map(|pain| (Some(Site::Shin), Some(pain)))
    );
    let ignored = vec![NamedColumn {
        role: "ignore",
        name: "zz".to_string(),
    }];
    assert_eq!(
        log_with(
            &club,
            Options {
                columns: ignored,
                ..Options::default()
            }
        )
        .entries
        .len(),
        8
    );
    assert_eq!(
        log_of(&rows("morning", "evening")).entries.len(),
        8,
        "moments of a day are no people"
    );
}

#[test]
fn limits_hold() {
    let error = |bytes: &[u8]| {
        read(bytes, "pain.csv", &Options::default())
            .unwrap_err()
            .fault
    };
    assert_eq!(
        error(&vec![b'a'; MAX_BYTES + 1]),
        HeaderFault::TooLarge {
            bytes: MAX_BYTES + 1,
            limit: MAX_BYTES
        }
    );
    let rows = |count: usize| "date,pain\n".to_string() + &"x,2\n".repeat(count);
    assert_eq!(
        error(rows(MAX_ROWS + 1).as_bytes()),
        HeaderFault::TooManyRows { limit: MAX_ROWS }
    );
    let log = log_of(&rows(MAX_ROWS));
    assert_eq!((log.rows, log.unusable_rows), (MAX_ROWS, MAX_ROWS));
    assert!(log.problems.len() < 1000, "problems are capped");
    // Quadratic in the words of a note, this would take minutes.
    let endless = format!(
        "date,pain,notes\nsoon,1,{}\n",
        "breathless legs hill numb ".repeat(400_000)
    );
    assert_eq!(log_of(&endless).unusable_rows, 1);
}

#[test]
fn what_was_understood_is_said() {
    let log = log_of("datum;score;weather\n08.11.2024;3,5;rain\n");
    assert_eq!(
        log.understood,
        [
            "Text is UTF-8, cells are separated by semicolons.",
            "Columns: datum = date, score = pain.",
            "Columns that are not read: weather.",
            "Dates with the year first, or with dots as day.month.year, are read as they stand.",
            "Whether dates lie in the future was not checked: a report does that by your last run, or by --as-of.",
        ]
    );
}

/// Every row is used, unusable or put together with another, and the lines agree.
fn accounts_for_every_row(log: &PainLog) -> Result<(), TestCaseError> {
    let is_unusable = |code| matches!(code, Code::PainRowUnusable | Code::PainDateFuture);
    let is_unusable =
        |p: &&crate::problem::Problem| is_unusable(p.code) && p.effect == Effect::PartLost;
    let unusable = log
        .problems
        .iter()
        .filter(is_unusable)
        .map(|problem| problem.count)
        .sum::<usize>();
    prop_assert_eq!(unusable, log.unusable_rows);
    let lines: BTreeSet<u64> = log.entries.iter().map(|e| e.line).collect();
    let kept_or_merged = log.rows - log.unusable_rows;
    prop_assert!(
        lines.len() <= kept_or_merged && kept_or_merged <= lines.len() + log.duplicate_rows
    );
    for entry in &log.entries {
        prop_assert!(entry.pain.is_none_or(|pain| (0.0..=10.0).contains(&pain)));
        let place = format!("pain.csv, line {}", entry.line);
        prop_assert!(
            !log.problems
                .iter()
                .any(|p| is_unusable(&p) && p.place == place)
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        _ = read(&bytes, "pain.csv", &Options::default());
    }

    #[test]
    fn random_cells_are_accounted_for(
        rows in proptest::collection::vec("(2025-03-0[1-9]|[0-9]{1,2}/0?3/2025|[ -~]{0,9}),([0-9]{1,2}|[ -~]{0,6}),[ -~é]{0,12}", 0..12),
    ) {
        let text = format!("date,pain,notes\n{}\n", rows.join("\n"));
        if let Ok(log) = read(text.as_bytes(), "pain.csv", &Options::default()) {
            accounts_for_every_row(&log)?;
        }
    }

    #[test]
    fn a_mutated_example_is_accounted_for(edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = EXAMPLE.as_bytes().to_vec();
        for (index, byte) in edits {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        if let Ok(log) = read(&bytes, "pain.csv", &Options::default()) {
            accounts_for_every_row(&log)?;
        }
    }
}

#[test]
fn dotted_neighbours_settle_a_slashed_date() {
    let log = read(
        b"date,site,pain\n01.10.2025,knee,2\n05/10/2025,knee,3\n",
        "pain.csv",
        &Options::default(),
    )
    .unwrap();
    let days: Vec<String> = log
        .entries
        .iter()
        .map(|entry| entry.date.to_string())
        .collect();
    assert_eq!(days, ["2025-10-01", "2025-10-05"]);
    let why = "Dates with / or - are day/month/year, as those with dots are: 01.10.2025 in line 2.";
    assert!(
        log.understood.iter().any(|said| said == why),
        "{:?}",
        log.understood
    );
}

#[test]
fn a_date_that_nothing_settles_costs_its_row_alone_and_keeps_its_signs() {
    let log = read(
        b"date,site,pain,notes\n2025-10-01,knee,2,\n2025-10-02,knee,2,\n05/10/2025,calf,3,calf swollen and hot\n",
        "pain.csv",
        &Options::default(),
    )
    .unwrap();
    assert_eq!((log.entries.len(), log.unusable_rows), (2, 1));
    let said: Vec<String> = log.problems.iter().map(|problem| problem.line()).collect();
    let said = said.join("\n");
    assert!(
        said.contains("line 4") && said.contains("day/month or month/day"),
        "{said}"
    );
    assert!(said.contains("swelling"), "{said}");
}
