//! What the runner said in one line: a place, a rating, perhaps a moment, perhaps a note, in any order that cannot be misread.

use super::Stated;
use crate::pain::{
    Function, Moment, Scale, Sign, Site,
    cells::number,
    edit_distance,
    words::{Vocabulary, Words, fold},
};

/// What was said, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Where it hurts, in the runner's words; None when nothing does.
    pub place: Option<String>,
    /// How much.
    pub rating: Stated,
    /// When.
    pub moment: Option<Moment>,
    /// The rest; blank where nothing was left.
    pub note: String,
}

/// Words that are a moment alone and may begin a note: "start of the hill", "run went well".
const WEAK_MOMENTS: &str = "start|run|running|general|any|work|bed|na|post|prior|pre|sitting|lying|lunch|pause|start|early|am|pm|dag|dia|tag|nach|vor|\
     antes|prima|dopo|voor|durante|avant|pendant";
/// Words of the longest moment.
const MAX_MOMENT: usize = 5;

/// Takes apart what was said: `left knee 3 during stairs`, `3 "left knee"`, `none`, `during "left knee" 3`.
///
/// # Errors
/// A sentence or two: what is missing or can be read in two ways, and how to say it.
pub fn said(words: &[String]) -> Result<Said, String> {
    let words = one_by_one(words);
    let rated = ratings(&words);
    match rated.as_slice() {
        [] => without_rating(&words),
        [(at, rating)] => with_rating(&words, *at, *rating),
        [(_, _), ..] => Err(two_ratings(&words, &rated)),
    }
}

/// A single argument with everything in it is taken apart at its blanks; else an argument is one piece.
fn one_by_one(words: &[String]) -> Vec<String> {
    let trimmed = words
        .iter()
        .map(|word| word.trim())
        .filter(|word| !word.is_empty());
    let all: Vec<&str> = trimmed.collect();
    let is_sentence = |text: &str| text.split_whitespace().any(|word| stated(word).is_some());
    match all.as_slice() {
        [one] if is_sentence(one) => one.split_whitespace().map(str::to_string).collect(),
        _ => all.into_iter().map(str::to_string).collect(),
    }
}

/// The arguments that are ratings.
fn ratings(words: &[String]) -> Vec<(usize, Stated)> {
    let rated = words.iter().enumerate();
    rated
        .filter_map(|(at, word)| Some((at, stated(word)?)))
        .collect()
}

/// A rating as it was said: `3`, `2,5`, `3/10`. None for anything else.
pub fn stated(text: &str) -> Option<Stated> {
    match text.split_once('/') {
        None => number(text).map(Stated::OnItsScale),
        Some((value, most)) => {
            let scale = most
                .parse::<u32>()
                .ok()
                .and_then(|most| most.to_string().parse::<Scale>().ok());
            Some(Stated::Of(number(value)?, scale?))
        }
    }
}

fn two_ratings(words: &[String], rated: &[(usize, Stated)]) -> String {
    let numbers = rated.iter().filter_map(|(at, _)| words.get(*at).cloned());
    let numbers: Vec<String> = numbers.collect();
    format!(
        "which is the rating, {}? Put the note into quotes, as in: niggle pain add \"left knee\" 3 during \"after 5 km\".",
        numbers.join(" or ")
    )
}

/// Without a number only "nothing hurts" can be meant.
fn without_rating(words: &[String]) -> Result<Said, String> {
    let clear = (1..=words.len())
        .rev()
        .find(|count| says_nowhere(&front(words, *count)));
    match clear {
        Some(count) => {
            let (moment, note) = moment_and_note(words.get(count..).unwrap_or_default())?;
            Ok(Said {
                place: None,
                rating: NOTHING,
                moment,
                note,
            })
        }
        None => Err(format!(
            "how much does it hurt? Say it in a number, as in: niggle pain add \"{}\" 3.",
            words.join(" ")
        )),
    }
}

const NOTHING: Stated = Stated::OnItsScale(0.0);

fn with_rating(words: &[String], at: usize, rating: Stated) -> Result<Said, String> {
    let before = words.get(..at).unwrap_or_default();
    let behind = words.get(at + 1..).unwrap_or_default();
    let (place, moment, note) = match before.is_empty() {
        true => place_behind(behind)?,
        false => place_before(before, behind)?,
    };
    if place.is_empty() {
        return Err(
            "where does it hurt? Name the place, as in: niggle pain add \"left knee\" 3."
                .to_string(),
        );
    }
    match (says_nowhere(&place), is_zero(rating)) {
        (true, false) => Err(format!(
            "\"{place}\" says that nothing hurts, and the rating that something does."
        )),
        (true, true) => Ok(Said {
            place: None,
            rating: NOTHING,
            moment,
            note,
        }),
        (false, _) => Ok(Said {
            place: Some(place),
            rating,
            moment,
            note,
        }),
    }
}

fn is_zero(rating: Stated) -> bool {
    matches!(rating, Stated::OnItsScale(value) | Stated::Of(value, _) if value == 0.0)
}

/// What stands around a rating: the place, the moment, the note.
type Around = (String, Option<Moment>, String);

/// The place stands before the rating, a moment before or behind the place or behind the rating, and a side may follow: `knee 3 left`.
fn place_before(before: &[String], behind: &[String]) -> Result<Around, String> {
    let is_side = |word: &String| matches!(fold(word).as_str(), "left" | "right" | "both");
    let (side, behind) = match behind.split_first() {
        Some((side, rest)) if is_side(side) => (Some(side), rest),
        _ => (None, behind),
    };
    let (said, place) = without_moment(before);
    let place = side.map_or(place.clone(), |side| format!("{side} {place}"));
    let (moment, note) = match said {
        Some(_) => (said, behind.join(" ")),
        None => moment_and_note(behind)?,
    };
    Ok((place, moment, note))
}

/// The moment that a place begins or ends with.
fn without_moment(words: &[String]) -> (Option<Moment>, String) {
    for count in (1..words.len().min(MAX_MOMENT + 1)).rev() {
        let (front, back) = words.split_at(words.len() - count);
        if let Some(moment) = moment_said(back) {
            return (Some(moment), front.join(" "));
        }
        let (front, back) = words.split_at(count);
        if let Some(moment) = moment_said(front) {
            return (Some(moment), back.join(" "));
        }
    }
    (None, words.join(" "))
}

/// The place behind the rating is as long as it names a place of the body, and one argument at least.
fn place_behind(words: &[String]) -> Result<Around, String> {
    let is_place = |count: &usize| {
        let text = front(words, *count);
        let places = Vocabulary::shared().places(&text);
        says_nowhere(&text)
            || places.iter().any(|place| place.is_known) && is_all_place(words, *count)
    };
    let longest = (1..=words.len())
        .rev()
        .find(is_place)
        .unwrap_or(1)
        .min(words.len());
    let (place, behind) = words.split_at(longest);
    let (moment, note) = moment_and_note(behind)?;
    Ok((place.join(" "), moment, note))
}

/// Whether the last argument still belongs to the place: without it the place is another or none.
fn is_all_place(words: &[String], count: usize) -> bool {
    let places = |count: usize| Vocabulary::shared().places(&front(words, count));
    let is_moment = words.get(count - 1..count).and_then(moment_said).is_some();
    !is_moment && (count == 1 || places(count) != places(count - 1))
}

/// The moment that stands first, and the rest as the note.
fn moment_and_note(words: &[String]) -> Result<(Option<Moment>, String), String> {
    let counts = (1..=words.len().min(MAX_MOMENT)).rev();
    let mut found = counts.filter_map(|count| {
        let (front, rest) = words.split_at(count);
        let is_weak = |word: &String| WEAK_MOMENTS.split('|').any(|weak| weak == fold(word));
        let can_be_note = !rest.is_empty() && front.iter().all(is_weak);
        moment_said(front)
            .filter(|_| !can_be_note)
            .map(|moment| (moment, rest.join(" ")))
    });
    match found.next() {
        Some((moment, note)) => Ok((Some(moment), note)),
        None => {
            words.first().map_or(Ok(()), |first| no_slip(first))?;
            Ok((None, words.join(" ")))
        }
    }
}

/// A word that is nearly a moment is asked about and not taken for a note.
fn no_slip(word: &str) -> Result<(), String> {
    let folded = fold(word);
    let letters = folded.chars().count();
    let is_near = |name: &str| {
        let distance = edit_distance(&folded, name);
        let most = if letters < 5 { 1 } else { 2 };
        folded.chars().next() == name.chars().next() && (1..=most).contains(&distance)
    };
    let names = Moment::ALL.iter().map(|moment| moment.as_str());
    let mut near = names.filter(|name| letters > 3 && is_near(name));
    near.next().map_or(Ok(()), |name| {
        Err(format!("no moment is called \"{word}\"; the nearest is `{name}`. If it is a note, give it with --note."))
    })
}

fn moment_said(words: &[String]) -> Option<Moment> {
    Vocabulary::shared().moments.get(&fold(&words.join(" ")))
}

fn front(words: &[String], count: usize) -> String {
    words.get(..count).unwrap_or_default().join(" ")
}

fn says_nowhere(text: &str) -> bool {
    let places = Vocabulary::shared().places(text);
    matches!(places.as_slice(), [place] if place.site == Site::None)
}

/// A moment by its name or one of the words people use.
///
/// # Errors
/// The nearest name and all names.
pub fn moment_called(text: &str) -> Result<Moment, String> {
    called(
        text,
        "moment",
        &Vocabulary::shared().moments,
        Moment::ALL,
        Moment::as_str,
    )
}

/// A sign by its name or one of the words people use.
///
/// # Errors
/// The nearest name and all names.
pub fn sign_called(text: &str) -> Result<Sign, String> {
    called(
        text,
        "sign",
        &Vocabulary::shared().signs,
        Sign::ALL,
        Sign::as_str,
    )
}

/// What it did to running, by its name or one of the words people use.
///
/// # Errors
/// The nearest name and all names.
pub fn function_called(text: &str) -> Result<Function, String> {
    called(
        text,
        "function",
        &Vocabulary::shared().functions,
        Function::ALL,
        Function::as_str,
    )
}

fn called<T: Copy>(
    text: &str,
    what: &str,
    words: &Words<T>,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, String> {
    words.get_cell(text).ok_or_else(|| {
        let names = all.iter().map(|one| name(*one));
        let folded = fold(text).replace(' ', "_");
        let nearest = names
            .clone()
            .min_by_key(|name| edit_distance(&folded, name));
        let nearest = nearest.unwrap_or_default();
        format!("no {what} is called \"{text}\"; the nearest is `{nearest}` (pain-help.md lists them all)")
    })
}
