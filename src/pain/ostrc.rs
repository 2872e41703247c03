//! Scores the weekly OSTRC questionnaire: four answers that add up to 0–100 points.
//!
//! In the second version every answer has 0, 8, 17 or 25 points; in the first, questions 2 and 3 have five answers of 0, 6,
//! 13, 19 or 25. A log needs no word on which it is: 6, 13 and 19 are points of the first version only, 8 and 17 of the
//! second, and 0 and 25 mean the same in both.
//!
//! Sources: Clarsen et al. 2013, British Journal of Sports Medicine 47:495 (OSTRC-O), and 2020, 54:390 (OSTRC-O2 and
//! OSTRC-H2); points of the first version and the handling of missing items follow the ostRc package, to which an author
//! of the questionnaire contributes. A missing answer stays missing: the "gatekeeper" convention (first answer 25 means
//! 100 in all) is not applied.

use crate::time::{iso_week, plus_days};
use chrono::NaiveDate;

/// From this many points an answer to question 2 or 3 means moderate or major trouble (Clarsen et al. 2020).
pub const SUBSTANTIAL_POINTS: u8 = 17;

/// The same in the first version of the questionnaire (Clarsen et al. 2013).
pub const SUBSTANTIAL_POINTS_FIRST_VERSION: u8 = 13;

/// Answer to question 1 that means "could not take part", which is substantial by itself (Clarsen et al. 2013, 2020).
pub const NO_PARTICIPATION_POINTS: u8 = 25;

/// The answers are about seven days up to theirs; the day in the middle lies in the week that has most of them.
const MIDDLE_DAY: i64 = -3;

/// The ISO week that answers of this day are about, `2025-W14`: of a Monday to Wednesday the week before.
pub fn week_of(answered: NaiveDate) -> String {
    iso_week(plus_days(answered, MIDDLE_DAY))
}

/// What one week's four answers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Sum of the four answers, 0–100. None when one of them is missing, as a missing answer is not zero, and when
    /// questions 2 and 3 are answered by different versions, as nobody defined such a sum.
    pub severity: Option<u8>,
    /// Whether there was any problem (question 1 above 0). None without question 1.
    pub problem: Option<bool>,
    /// Whether training was moderately or severely affected. `Some(true)` as soon as a given answer proves it,
    /// `Some(false)` only when questions 1 to 3 are all there, None otherwise.
    pub substantial: Option<bool>,
}

/// The score of one week. None when no question was answered.
pub fn score(answers: [Option<u8>; 4]) -> Option<Score> {
    answers.iter().any(Option::is_some).then(|| Score {
        severity: severity(answers),
        problem: answers[0].map(|points| points > 0),
        substantial: substantial(answers),
    })
}

/// Whether these points of question 2 or 3 are an answer of the first version of the questionnaire and not of the second.
pub fn is_first_version(points: u8) -> bool {
    matches!(points, 6 | 13 | 19)
}

/// Whether these points of question 2 or 3 are an answer of the second version and not of the first.
fn is_second_version(points: u8) -> bool {
    matches!(points, 8 | 17)
}

fn severity(answers: [Option<u8>; 4]) -> Option<u8> {
    answers
        .into_iter()
        .try_fold(0u8, |sum, answer| sum.checked_add(answer?))
        .filter(|_| !is_mixed(answers))
}

/// Whether the answers are of both versions, which no questionnaire asks for.
fn is_mixed([_, modified, performance, _]: [Option<u8>; 4]) -> bool {
    let extents = || modified.into_iter().chain(performance);
    extents().any(is_first_version) && extents().any(is_second_version)
}

fn substantial([participation, modified, performance, _]: [Option<u8>; 4]) -> Option<bool> {
    let is_much = |points: u8| {
        points
            >= if is_first_version(points) {
                SUBSTANTIAL_POINTS_FIRST_VERSION
            } else {
                SUBSTANTIAL_POINTS
            }
    };
    let proofs = [
        participation.map(|points| points >= NO_PARTICIPATION_POINTS),
        modified.map(is_much),
        performance.map(is_much),
    ];
    if proofs.contains(&Some(true)) {
        Some(true)
    } else {
        proofs.iter().all(Option::is_some).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Options, read};

    #[test]
    fn a_log_may_hold_either_version() {
        let log = "date,site,pain,ostrc_q1,ostrc_q2,ostrc_q3,ostrc_q4\n\
                   2025-03-03,knee,2,8,13,6,8\n\
                   2025-03-10,knee,2,8,17,8,8\n\
                   2025-03-17,knee,2,full with problems,to a moderate extent,not at all,mild\n\
                   2025-03-24,knee,2,13,12,19,19\n";
        let log = read(log.as_bytes(), "pain.csv", &Options::default()).expect("a readable header");
        let answers: Vec<_> = log.entries.iter().map(|entry| entry.ostrc()).collect();
        let all = |points: [u8; 4]| points.map(Some);
        assert_eq!(
            answers[..3],
            [all([8, 13, 6, 8]), all([8, 17, 8, 8]), all([8, 17, 0, 8])]
        );
        // Only questions 2 and 3 have answers of 13 and 19 points, and no question has one of 12.
        assert_eq!(answers[3], [None, None, Some(19), None]);
        assert_eq!(log.problems.len(), 3, "{:?}", log.problems);
        let severities: Vec<_> = answers
            .into_iter()
            .map(|answers| score(answers).map(|s| s.severity))
            .collect();
        assert_eq!(
            severities,
            [Some(Some(35)), Some(Some(41)), Some(Some(33)), Some(None)]
        );
    }

    #[test]
    fn a_missing_answer_is_not_a_zero() {
        let cases = [
            (
                [Some(8), Some(8), Some(8), None],
                None,
                Some(true),
                Some(false),
            ),
            (
                [Some(8), None, Some(17), None],
                None,
                Some(true),
                Some(true),
            ),
            ([None, Some(8), Some(8), Some(8)], None, None, None),
            ([Some(0), None, None, None], None, Some(false), None),
            (
                [Some(25), Some(25), Some(25), Some(25)],
                Some(100),
                Some(true),
                Some(true),
            ),
        ];
        for (answers, severity, problem, substantial) in cases {
            assert_eq!(
                score(answers),
                Some(Score {
                    severity,
                    problem,
                    substantial
                }),
                "{answers:?}"
            );
        }
    }

    #[test]
    fn the_first_version_has_its_own_points() {
        // Question 2 or 3 at 13 is substantial and at 6 is not, as 17 and 8 are in the second version.
        let cases = [
            ([8, 6, 6, 8], Some(28), false),
            ([8, 13, 6, 8], Some(35), true),
            ([8, 6, 13, 8], Some(35), true),
            ([17, 19, 19, 17], Some(72), true),
            ([17, 25, 25, 25], Some(92), true),
            ([17, 6, 0, 25], Some(48), false),
            ([25, 0, 6, 0], Some(31), true),
        ];
        for (answers, severity, substantial) in cases {
            let found = score(answers.map(Some))
                .map(|score| (score.severity, score.problem, score.substantial));
            assert_eq!(
                found,
                Some((severity, Some(true), Some(substantial))),
                "{answers:?}"
            );
        }
    }

    #[test]
    fn two_versions_in_one_row_have_no_sum() {
        for (answers, severity, substantial) in [
            ([8, 6, 8, 8], None, false),
            ([8, 17, 6, 8], None, true),
            ([8, 6, 25, 8], Some(47), true),
        ] {
            let found = score(answers.map(Some)).map(|score| (score.severity, score.substantial));
            assert_eq!(found, Some((severity, Some(substantial))), "{answers:?}");
        }
    }

    #[test]
    fn no_answer_is_no_score() {
        assert_eq!(score([None; 4]), None);
    }
}
