//! Tests of logs of a whole study.

use super::*;
use crate::pain::{DateOrder, Side, Site, read};

fn long(text: &str, id: &str) -> Long {
    Long::read(text.as_bytes(), "long.csv", id, &Options::default()).expect("a long log")
}

fn fault(text: &str, id: &str) -> HeaderFault {
    Long::read(text.as_bytes(), "long.csv", id, &Options::default())
        .expect_err("no long log")
        .fault
}

/// Day, site, side and pain of each entry.
type Told = Vec<(String, Option<Site>, Option<Side>, Option<f64>)>;

fn told(log: &PainLog) -> Told {
    let entries = log.entries.iter();
    entries
        .map(|entry| (entry.date.to_string(), entry.site, entry.side, entry.pain))
        .collect()
}

fn of(long: &Long, id: &str) -> PainLog {
    long.log_of(id, &Options::default()).expect(id)
}

const CLUB: &str = "Athlete ID,Date,Site,Side,Pain,Notes\n\
    R01,2025-08-11,knee,left,2,\"stairs,\ntoo\"\n\
    R02,2025-08-11,none,,0,\n\
    R01,2025-08-12,none,,0,\n\
    ,2025-08-12,calf,right,3,\n\
    r01,2025-08-13,calf,right,4,\n\
    R02,2025-08-12,calf,right,5,swollen\n";

#[test]
fn each_gets_the_rows_with_their_own_id_to_the_letter() {
    let long = long(CLUB, "athlete_id");
    let people: Vec<(&str, usize)> = long.people().collect();
    assert_eq!(people, [("R01", 2), ("R02", 2), ("r01", 1)]);
    assert_eq!(long.nobodys(), 1);
    assert!(long.log_of("R1", &Options::default()).is_none());
    let log = of(&long, "R02");
    // Lines are those of the file, of which one cell takes two.
    let lines: Vec<u64> = log.entries.iter().map(|entry| entry.line).collect();
    assert_eq!((log.rows, lines), (2, vec![4, 8]));
    assert!(
        log.entries[1]
            .signs_in_note
            .contains(&crate::pain::Sign::Swelling)
    );
    assert_eq!(of(&long, "R01").entries[0].notes(), Some("stairs,\ntoo"));
}

#[test]
fn a_persons_rows_are_read_as_a_log_of_their_own() {
    let long = long(CLUB, "Athlete ID");
    for id in ["R01", "R02", "r01"] {
        let own = CLUB.lines().next().into_iter().chain(match id {
            "R01" => vec![
                "R01,2025-08-11,knee,left,2,\"stairs,\ntoo\"",
                "R01,2025-08-12,none,,0,",
            ],
            "R02" => vec![
                "R02,2025-08-11,none,,0,",
                "R02,2025-08-12,calf,right,5,swollen",
            ],
            _ => vec!["r01,2025-08-13,calf,right,4,"],
        });
        let text: String = own.map(|line| format!("{line}\n")).collect();
        let alone = read(text.as_bytes(), "long.csv", &Options::default()).expect("a log");
        let entries = |log: &PainLog| {
            let entries = log.entries.iter().cloned();
            entries
                .map(|mut entry| {
                    entry.line = 0;
                    entry
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(entries(&of(&long, id)), entries(&alone), "{id}");
    }
}

#[test]
fn what_one_leaves_open_another_settles() {
    let text = "id;datum;schmerz\nA;03/04/2025;2\nA;05/04/2025;1\nB;23/04/2025;4\n";
    let open = "id;datum;schmerz\nA;03/04/2025;2\nA;05/04/2025;1\n";
    assert!(matches!(
        fault(open, "id"),
        HeaderFault::AmbiguousDates { .. }
    ));
    let days: Vec<String> = told(&of(&long(text, "id"), "A"))
        .into_iter()
        .map(|row| row.0)
        .collect();
    assert_eq!(days, ["2025-04-03", "2025-04-05"]);
    let by_option = Options {
        date_order: Some(DateOrder::MonthFirst),
        ..Options::default()
    };
    let log = Long::read(open.as_bytes(), "x", "id", &by_option).expect("a log");
    assert_eq!(told(&of(&log, "A"))[0].0, "2025-03-04");
}

#[test]
fn mixed_scales_are_refused_and_mixed_languages_are_not() {
    let scales = "id,date,site,pain\nA,2025-03-01,knee,3\nA,2025-03-02,knee,4\nB,2025-03-01,knee,35\nB,2025-03-02,knee,62\n";
    assert!(matches!(fault(scales, "id"), HeaderFault::OpenScale { .. }));
    let tongues = "id,date,site,pain\nA,2025-03-01,linkes Knie,3\nB,2025-03-01,genou droit,4\nC,2025-03-01,left knee,5\n";
    let long = long(tongues, "id");
    let all: Vec<_> = ["A", "B", "C"]
        .iter()
        .flat_map(|id| told(&of(&long, id)))
        .collect();
    let knee = |side, pain| {
        (
            "2025-03-01".to_string(),
            Some(Site::Knee),
            Some(side),
            Some(pain),
        )
    };
    assert_eq!(
        all,
        [
            knee(Side::Left, 3.0),
            knee(Side::Right, 4.0),
            knee(Side::Left, 5.0)
        ]
    );
}

#[test]
fn copies_and_merged_days_are_each_persons_own() {
    let text = "id,date,site,pain\nA,2025-03-01,knee,3\nB,2025-03-01,knee,3\nA,2025-03-01,knee,3\n";
    let long = long(text, "id");
    let counts = |id| {
        let log = of(&long, id);
        (log.rows, log.duplicate_rows, log.entries.len())
    };
    assert_eq!((counts("A"), counts("B")), ((2, 1, 1), (1, 0, 1)));
}

#[test]
fn a_redcap_export_has_rows_that_say_nothing() {
    let text = "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,sex,date,pain_site,pain\n\
        1,baseline_arm_1,,,2,,,\n\
        1,diary_arm_1,diary,1,,2025-03-01,left knee,3\n\
        1,diary_arm_1,diary,2,,2025-03-02,none,0\n\
        2,baseline_arm_1,,,1,,,\n\
        2,diary_arm_1,diary,1,,2025-03-01,right calf,4\n";
    let long = long(text, "record_id");
    let people: Vec<(&str, usize)> = long.people().collect();
    assert_eq!(people, [("1", 2), ("2", 1)]);
    let log = of(&long, "1");
    assert_eq!(
        (log.unusable_rows, log.problems.len()),
        (0, 0),
        "{:?}",
        log.problems
    );
    assert_eq!(
        told(&log)[0],
        (
            "2025-03-01".to_string(),
            Some(Site::Knee),
            Some(Side::Left),
            Some(3.0)
        )
    );
}

#[test]
fn of_qualtrics_the_questions_are_the_header() {
    let text = "RecordedDate,ResponseId,Code,Q1,Q2\n\
        Recorded Date,Response ID,\"Your\nstudy code\",Where does it hurt?,\"Worst pain (0-10)\"\n\
        \"{\"\"ImportId\"\":\"\"recordedDate\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\",\"{\"\"ImportId\"\":\"\"QID3\"\"}\"\n\
        2025-08-17 20:03:01,R_1,P7,left knee,2\n\
        2025-08-18 20:03:01,R_2,P8,none,0\n";
    for id in ["Code", "your study code"] {
        let long = long(text, id);
        let log = of(&long, "P7");
        assert_eq!(
            told(&log),
            [(
                "2025-08-17".to_string(),
                Some(Site::Knee),
                Some(Side::Left),
                Some(2.0)
            )]
        );
        assert_eq!(
            log.entries[0].line, 5,
            "two lines of one cell are lines of the file"
        );
    }
}

#[test]
fn weekly_questions_alone_are_a_log() {
    let text = "athlete,date,q1,q2,q3,q4\nA,2025-03-02,0,0,0,0\nA,2025-03-09,17,8,8,17\nB,2025-03-02,8,0,0,8\n";
    let log = of(&long(text, "athlete"), "A");
    let answers: Vec<[Option<u8>; 4]> =
        log.entries.iter().map(super::super::Entry::ostrc).collect();
    assert_eq!(answers, [[Some(0); 4], [17, 8, 8, 17].map(Some)]);
}

#[test]
fn what_is_wrong_with_the_whole_is_said() {
    assert!(matches!(
        fault(CLUB, "runner"),
        HeaderFault::NoSuchColumn { role: "ids", .. }
    ));
    assert!(matches!(fault("", "id"), HeaderFault::Empty));
    assert!(matches!(
        fault("id,date,mood\nA,2025-03-01,3\n", "id"),
        HeaderFault::NoColumn { .. }
    ));
    let soreness = "player,effective_time_frame,fatigue,readiness,soreness\nA,2025-03-01,3,5,5\n";
    assert!(
        matches!(fault(soreness, "player"), HeaderFault::App { .. }),
        "5 is not sore at all"
    );
}

#[test]
fn dates_beyond_what_can_be_believed_are_each_persons_own() {
    let text = "id,date,pain\nA,2025-03-01,3\nB,2027-03-01,3\n";
    let long = long(text, "id");
    let until = |day: &str| Options {
        as_of: day.parse().ok(),
        ..Options::default()
    };
    let rows = |id, day| long.log_of(id, &until(day)).expect(id).entries.len();
    assert_eq!(
        (
            rows("A", "2025-06-01"),
            rows("B", "2025-06-01"),
            rows("B", "2027-06-01")
        ),
        (1, 0, 1)
    );
}
