//! Scores the weekly OSTRC questionnaire, version 2: four answers of 0, 8, 17 or 25 points each.
//!
//! Source: Clarsen et al. 2020, British Journal of Sports Medicine 54:390 (OSTRC-O2 and OSTRC-H2); the handling of
//! missing items follows the ostRc package, to which an author of the questionnaire contributes. A missing answer
//! stays missing: the "gatekeeper" convention (first answer 25 means 100 in all) is not applied.

/// From this many points an answer to question 2 or 3 means moderate or major trouble (Clarsen et al. 2013, 2020).
pub const SUBSTANTIAL_POINTS: u8 = 17;

/// Answer to question 1 that means "could not take part", which is substantial by itself (Clarsen et al. 2013, 2020).
pub const NO_PARTICIPATION_POINTS: u8 = 25;

/// What one week's four answers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Sum of the four answers, 0–100. None when one of them is missing: a missing answer is not zero.
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

fn severity(answers: [Option<u8>; 4]) -> Option<u8> {
    answers.into_iter().try_fold(0u8, |sum, answer| sum.checked_add(answer?))
}

fn substantial([participation, modified, performance, _]: [Option<u8>; 4]) -> Option<bool> {
    let proofs = [
        participation.map(|points| points >= NO_PARTICIPATION_POINTS),
        modified.map(|points| points >= SUBSTANTIAL_POINTS),
        performance.map(|points| points >= SUBSTANTIAL_POINTS),
    ];
    if proofs.contains(&Some(true)) { Some(true) } else { proofs.iter().all(Option::is_some).then_some(false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_answer_is_not_a_zero() {
        let cases = [
            ([Some(8), Some(8), Some(8), None], None, Some(true), Some(false)),
            ([Some(8), None, Some(17), None], None, Some(true), Some(true)),
            ([None, Some(8), Some(8), Some(8)], None, None, None),
            ([Some(0), None, None, None], None, Some(false), None),
            ([Some(25), Some(25), Some(25), Some(25)], Some(100), Some(true), Some(true)),
        ];
        for (answers, severity, problem, substantial) in cases {
            assert_eq!(score(answers), Some(Score { severity, problem, substantial }), "{answers:?}");
        }
    }

    #[test]
    fn no_answer_is_no_score() {
        assert_eq!(score([None; 4]), None);
    }
}
