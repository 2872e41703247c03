//! The questions of `niggle pain add` without arguments: where, how much, when, a note, with what was written last as the way of least
//! typing.

use crate::{
    error::Error,
    pain::{
        Entry, Moment, PainLog, Place, Scale, Site, Word,
        append::{Said, Stated, moment_called, said, stated},
        site_text,
    },
};

/// Places that are offered by a number.
const OFFERED: usize = 5;

/// Someone who answers.
pub(super) trait Answers {
    /// The answer to a question, trimmed; blank for Enter alone. None when no more answers come.
    ///
    /// # Errors
    /// Where answers come from cannot be read.
    fn answer(&mut self, question: &str) -> Result<Option<String>, Error>;

    /// Says something that is no question.
    fn say(&mut self, line: &str);
}

/// A place that hurt lately.
struct Lately {
    place: Place,
    rating: Option<f64>,
    moment: Moment,
}

/// Asks for a row.
///
/// # Errors
/// [`Error::Usage`] when the answers end before it is known where and how much it hurts.
pub(super) fn ask(log: Option<&PainLog>, answers: &mut dyn Answers) -> Result<Said, Error> {
    let lately = log.map_or_else(Vec::new, lately);
    let question = where_text(&lately);
    let said_where = answers.answer(&question)?.ok_or_else(nothing_said)?;
    if said_where.is_empty() {
        return Ok(nowhere());
    }
    let chosen = chosen(&said_where, &lately);
    if chosen.is_none()
        && let Ok(said) = said(std::slice::from_ref(&said_where))
    {
        return Ok(said);
    }
    let place = chosen.map_or(said_where, |lately| {
        site_text(lately.place.0, lately.place.1)
    });
    Ok(Said {
        place: Some(place),
        rating: rating(chosen.and_then(|lately| lately.rating), answers)?,
        moment: moment(chosen.map(|lately| lately.moment), answers)?,
        note: answers.answer("A note? (Enter: none)")?.unwrap_or_default(),
    })
}

fn nowhere() -> Said {
    Said {
        place: None,
        rating: Stated::OnItsScale(0.0),
        moment: None,
        note: String::new(),
    }
}

fn nothing_said() -> Error {
    Error::Usage(
        "say where it hurts and how much, as in: niggle pain add \"left knee\" 3 during \"stairs\"; or on a day without pain: niggle pain add none. \
         Nothing was written."
            .to_string(),
    )
}

/// The places that hurt last, each once.
fn lately(log: &PainLog) -> Vec<Lately> {
    let mut lately: Vec<Lately> = Vec::new();
    for entry in log
        .entries
        .iter()
        .rev()
        .filter(|entry| can_be_offered(entry))
    {
        let Some(place) = entry.place() else { continue };
        if lately.len() < OFFERED && lately.iter().all(|known| known.place != place) {
            lately.push(Lately {
                place,
                rating: entry.pain.filter(|_| !entry.approximate),
                moment: entry.moment,
            });
        }
    }
    lately
}

fn can_be_offered(entry: &Entry) -> bool {
    let is_named = !matches!(
        entry.site,
        None | Some(Site::Unnamed | Site::Other(Word::NONE))
    );
    is_named && entry.pain != Some(0.0)
}

fn where_text(lately: &[Lately]) -> String {
    let offered = lately.iter().enumerate().map(|(at, lately)| {
        let (site, side) = lately.place;
        format!("{} {}", at + 1, site_text(site, side))
    });
    let offered: Vec<String> = offered.collect();
    match offered.is_empty() {
        true => "Where does it hurt? (Enter: nowhere, all clear)".to_string(),
        false => format!(
            "Where does it hurt? ({}; Enter: nowhere, all clear)",
            offered.join(", ")
        ),
    }
}

fn chosen<'l>(answer: &str, lately: &'l [Lately]) -> Option<&'l Lately> {
    let number: usize = answer.parse().ok()?;
    lately.get(number.checked_sub(1)?)
}

/// The rating, asked for until it is one.
fn rating(last: Option<f64>, answers: &mut dyn Answers) -> Result<Stated, Error> {
    let question = match last {
        Some(last) => format!("How much, from 0 to 10? (Enter: {last}, as last time)"),
        None => "How much, from 0 to 10?".to_string(),
    };
    while let Some(answer) = answers.answer(&question)? {
        match (stated(&answer), last) {
            (Some(rating), _) => return Ok(rating),
            (None, Some(last)) if answer.is_empty() => {
                return Ok(Stated::Of(last, Scale::ZeroToTen));
            }
            _ => answers.say("A number is needed: 0 is no pain, 10 the worst."),
        }
    }
    Err(nothing_said())
}

/// The moment, asked for until it is one.
fn moment(last: Option<Moment>, answers: &mut dyn Answers) -> Result<Option<Moment>, Error> {
    let last = last.filter(|moment| *moment != Moment::Day);
    let otherwise = last.map_or("not said", Moment::as_str);
    let question =
        format!("When: before, during, after, evening, morning, night, rest? (Enter: {otherwise})");
    while let Some(answer) = answers.answer(&question)? {
        if answer.is_empty() {
            return Ok(last);
        }
        match moment_called(&answer) {
            Ok(moment) => return Ok(Some(moment)),
            Err(wrong) => answers.say(&wrong),
        }
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Options, read};
    use std::collections::VecDeque;

    /// Answers from a list, and what was asked.
    struct Listed {
        answers: VecDeque<&'static str>,
        asked: Vec<String>,
    }

    impl Answers for Listed {
        fn answer(&mut self, question: &str) -> Result<Option<String>, Error> {
            self.asked.push(question.to_string());
            Ok(self.answers.pop_front().map(str::to_string))
        }

        fn say(&mut self, line: &str) {
            self.asked.push(line.to_string());
        }
    }

    const LOG: &str = "date,moment,site,pain\n2025-03-01,during,left knee,3\n2025-03-02,,right shin,2\n2025-03-03,,none,0\n";

    fn asked(log: &str, answers: &[&'static str]) -> (Result<Said, String>, Vec<String>) {
        let log = read(log.as_bytes(), "pain.csv", &Options::default()).expect("a log");
        let mut listed = Listed {
            answers: answers.iter().copied().collect(),
            asked: Vec::new(),
        };
        let said = ask(Some(&log), &mut listed).map_err(|error| error.to_string());
        (said, listed.asked)
    }

    #[test]
    fn enter_alone_is_all_clear() {
        let (said, asked) = asked(LOG, &[""]);
        assert_eq!(said, Ok(nowhere()));
        assert_eq!(
            asked,
            ["Where does it hurt? (1 right shin, 2 left knee; Enter: nowhere, all clear)"]
        );
    }

    #[test]
    fn a_number_and_three_times_enter_is_as_last_time() {
        let (said, asked) = asked(LOG, &["2", "", "", ""]);
        let expected = Said {
            place: Some("left knee".to_string()),
            rating: Stated::Of(3.0, Scale::ZeroToTen),
            moment: Some(Moment::During),
            note: String::new(),
        };
        assert_eq!(said, Ok(expected));
        assert_eq!(asked[1], "How much, from 0 to 10? (Enter: 3, as last time)");
        assert!(asked[2].ends_with("(Enter: during)"));
    }

    #[test]
    fn what_is_no_answer_is_asked_again() {
        let (said, asked) = asked(
            LOG,
            &["neck", "", "much", "2,5", "durign", "during", "stiff"],
        );
        let expected = Said {
            place: Some("neck".to_string()),
            rating: Stated::OnItsScale(2.5),
            moment: Some(Moment::During),
            note: "stiff".to_string(),
        };
        assert_eq!(said, Ok(expected));
        assert!(
            asked
                .iter()
                .any(|line| line.contains("the nearest is `during`")),
            "{asked:?}"
        );
    }

    #[test]
    fn everything_in_one_answer_is_enough_and_too_little_is_none() {
        let (said, asked) = asked(LOG, &["left calf 4 after hills"]);
        let said = said.expect("a row");
        assert_eq!(
            (said.place.as_deref(), said.moment, said.note.as_str()),
            (Some("left calf"), Some(Moment::After), "hills")
        );
        assert_eq!(asked.len(), 1);
        for answers in [&[][..], &["left calf"], &["left calf", "a lot"]] {
            let (said, _) = self::asked(LOG, answers);
            assert!(
                said.is_err_and(|error| error.contains("niggle pain add none")),
                "{answers:?}"
            );
        }
    }
}
