//! Answers to the weekly OSTRC questions, and how their numbers are coded, which only the whole columns tell.

use crate::pain::words::{Vocabulary, fold, is_unknown, ostrc_by_key_words};
use std::collections::BTreeSet;

/// How the numbers of four OSTRC columns stand for answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pain) enum OstrcCoding {
    /// The points themselves: 0, 8, 17, 25; in the first version's questions 2 and 3 also 6, 13, 19.
    Points,
    /// The four answers as 0–3.
    ZeroToThree,
    /// The four answers as 1–4, as survey tools number them: 1 is no problem.
    OneToFour,
    /// The first version's five answers to questions 2 and 3 as 0–4; questions 1 and 4 as 0–3.
    ZeroToFour,
    /// The same counted from 1: 1–5, and 1–4.
    OneToFive,
}

/// How the cells of all four columns together are coded; answers in words say nothing about it. The error says why it
/// cannot be told.
pub(in crate::pain) fn ostrc_coding<'c>(
    values: impl Iterator<Item = &'c str>,
) -> Result<OstrcCoding, &'static str> {
    let numbers: Vec<usize> = values.filter_map(whole_number).collect();
    // A number that is no answer in any coding is a slip of its own cell.
    let is_answer = |number: &&usize| POINTS.contains(*number) || (0..=5).contains(*number);
    let found: BTreeSet<usize> = numbers.iter().filter(is_answer).copied().collect();
    if found.is_empty() && !numbers.is_empty() {
        return Err("hold numbers that are no OSTRC answers");
    }
    let counted = found.iter().any(|number| (1..=5).contains(number));
    let points = found.iter().any(|number| POINTS.contains(number));
    match (points, counted) {
        (true, true) => Err("mix points (8, 17, 25) with numbered answers"),
        (true, false) => Ok(OstrcCoding::Points),
        (false, _) => counted_coding(&found),
    }
}

/// Points that are no number of an answer.
const POINTS: [usize; 6] = [6, 8, 13, 17, 19, 25];

fn whole_number(cell: &str) -> Option<usize> {
    let cell = cell.trim();
    cell.strip_suffix(".0").unwrap_or(cell).parse().ok()
}

/// Where the counting of answers begins and ends.
fn counted_coding(found: &BTreeSet<usize>) -> Result<OstrcCoding, &'static str> {
    match (found.contains(&0), found.contains(&4), found.contains(&5)) {
        (true, _, true) => Err("hold both 0 and 5, so where counting begins cannot be told"),
        (false, _, true) => Ok(OstrcCoding::OneToFive),
        (true, true, false) => Ok(OstrcCoding::ZeroToFour),
        (false, true, false) => Ok(OstrcCoding::OneToFour),
        (true, false, false) => Ok(OstrcCoding::ZeroToThree),
        (false, false, false) if found.is_empty() => Ok(OstrcCoding::Points),
        (false, false, false) => {
            Err("hold 1 to 3 alone, so whether 0 or 1 means \"no problem\" cannot be told")
        }
    }
}

/// An answer to an OSTRC question (`question` counts from 0): a number under the columns' coding, or the answer's words in
/// seven languages. None when blank. Points that only the first version has are kept (see [`crate::pain::ostrc`]).
pub(in crate::pain) fn ostrc(
    cell: &str,
    question: usize,
    coding: OstrcCoding,
    words: &Vocabulary,
) -> Result<Option<u8>, String> {
    let folded = fold(cell);
    if is_unknown(&folded) {
        return Ok(None);
    }
    let words = words.ostrc.get(question).ok_or("is no answer")?;
    let in_words = || ostrc_by_key_words(&folded, question);
    let plain = cell.trim();
    let score = match plain.strip_suffix(".0").unwrap_or(plain).parse::<u8>() {
        Ok(number) => coded(number, question, coding),
        Err(_) => words.get(&folded).or_else(in_words),
    };
    let numbers = numbers_told(question, coding);
    score
        .map(Some)
        .ok_or_else(|| format!("is no answer ({numbers}, or {})", words.accepted))
}

/// The numbers that are answers, for a sentence.
fn numbers_told(question: usize, coding: OstrcCoding) -> &'static str {
    match (coding, is_extent(question)) {
        (OstrcCoding::Points, true) => "0, 8, 17, 25, in the first version 0, 6, 13, 19, 25",
        (OstrcCoding::Points, false) => "0, 8, 17, 25",
        (OstrcCoding::ZeroToFour, true) => "0 to 4",
        (OstrcCoding::ZeroToThree | OstrcCoding::ZeroToFour, _) => "0 to 3",
        (OstrcCoding::OneToFive, true) => "1 to 5",
        (OstrcCoding::OneToFour | OstrcCoding::OneToFive, _) => "1 to 4",
    }
}

/// Questions 2 and 3: training modified, performance affected.
fn is_extent(question: usize) -> bool {
    matches!(question, 1 | 2)
}

fn coded(number: u8, question: usize, coding: OstrcCoding) -> Option<u8> {
    const FOUR: &[u8] = &[0, 8, 17, 25];
    const FIVE: &[u8] = &[0, 6, 13, 19, 25];
    let extent = if is_extent(question) { FIVE } else { FOUR };
    let (answers, first) = match coding {
        OstrcCoding::Points => {
            let is_points = FOUR.contains(&number) || extent.contains(&number);
            return is_points.then_some(number);
        }
        OstrcCoding::ZeroToThree => (FOUR, 0),
        OstrcCoding::OneToFour => (FOUR, 1),
        OstrcCoding::ZeroToFour => (extent, 0),
        OstrcCoding::OneToFive => (extent, 1),
    };
    let at = usize::from(number.checked_sub(first)?);
    answers.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::{OstrcCoding::*, *};

    #[test]
    fn the_columns_tell_how_numbers_are_coded() {
        for (cells, coding) in [
            ("0 8 17 25", Some(Points)),
            ("0 6 13", Some(Points)),
            ("8", Some(Points)),
            ("", Some(Points)),
            ("minor major", Some(Points)),
            ("0 1 2 3", Some(ZeroToThree)),
            ("0", Some(ZeroToThree)),
            ("0 0 1", Some(ZeroToThree)),
            ("1 2 4", Some(OneToFour)),
            ("4", Some(OneToFour)),
            ("1.0 4.0", Some(OneToFour)),
            ("0 1 4", Some(ZeroToFour)),
            ("1 5", Some(OneToFive)),
            ("1 2 3", None),
            ("1", None),
            ("0 5", None),
            ("0 1 8", None),
            ("0 7", Some(ZeroToThree)),
            ("100", None),
        ] {
            assert_eq!(ostrc_coding(cells.split(' ')).ok(), coding, "{cells}");
        }
    }

    #[test]
    fn numbers_under_each_coding() {
        let words = Vocabulary::shared();
        for (coding, question, answers) in [
            (Points, 0, "0=0 8=8 17=17 25=25 13=x 1=x"),
            (Points, 1, "0=0 6=6 13=13 19=19 8=8 25=25"),
            (ZeroToThree, 0, "0=0 1=8 2=17 3=25 4=x"),
            (OneToFour, 2, "1=0 2=8 3=17 4=25 0=x 5=x"),
            (ZeroToFour, 1, "0=0 1=6 2=13 3=19 4=25 5=x"),
            (ZeroToFour, 3, "0=0 1=8 2=17 3=25 4=x"),
            (OneToFive, 1, "1=0 2=6 5=25 0=x"),
        ] {
            for answer in answers.split(' ') {
                let (cell, points) = answer.split_once('=').unwrap();
                let found = ostrc(cell, question, coding, words).ok().flatten();
                assert_eq!(
                    found,
                    points.parse().ok(),
                    "{coding:?} question {} {cell}",
                    question + 1
                );
            }
        }
        let error = ostrc("12", 0, OneToFour, words).unwrap_err();
        assert_eq!(
            error,
            "is no answer (1 to 4, or full without problems, full with problems, reduced, could not participate)"
        );
    }

    /// Question (from 0), points, and answers that mean them.
    const ANSWERS: &[(usize, u8, &str)] = &[
        (
            0,
            0,
            "Full participation without health problems|full without problems|Volle Teilnahme ohne Beschwerden|\
                    Participation complète sans problème|Participación completa sin problemas|\
                    Partecipazione completa senza problemi|Participação total sem problemas|\
                    Volledige deelname zonder klachten",
        ),
        (
            0,
            8,
            "Full participation, but with health problems|Full participation, but with a health problem|\
                Full, with problems|\
                    Volle Teilnahme, aber mit Problemen|Participation complète, mais avec des problèmes|\
                    Participación completa, pero con problemas|Partecipazione completa, ma con problemi|\
                    Participação total, mas com problemas|Volledige deelname, maar met klachten",
        ),
        (
            0,
            17,
            "Reduced participation due to health problems|Reduced participation due to a knee problem|reduced|\
                     Eingeschränkte Teilnahme wegen Problemen|Participation réduite|Participación reducida|\
                     Partecipazione ridotta|Participação reduzida|Verminderde deelname",
        ),
        (
            0,
            25,
            "Could not participate due to health problems|Cannot participate due to health problems|\
                No participation|\
                     Konnte nicht teilnehmen|Impossible de participer|No pude participar|Non ho potuto partecipare|\
                     Não pude participar|Kon niet deelnemen",
        ),
        (
            1,
            0,
            "No modification|not|No|Keine Anpassung|Aucune modification|Ninguna modificación|Nessuna modifica|Geen aanpassing",
        ),
        (
            1,
            8,
            "To a minor extent|minor|In geringem Ausmaß|Dans une faible mesure|In lichte mate",
        ),
        (
            1,
            17,
            "To a moderate extent|In mäßigem Ausmaß|Modérément|En grado moderado|In matige mate",
        ),
        (
            1,
            25,
            "To a major extent|cannot participate at all|In großem Ausmaß|Dans une grande mesure|In grote mate",
        ),
        (
            2,
            0,
            "No effect|No impact|No effect on performance|No reduction",
        ),
        (2, 17, "to a moderate extent"),
        (
            3,
            0,
            "No symptoms/health complaints|No pain|none|Keine Symptome|Aucun symptôme|Geen klachten",
        ),
        (
            3,
            8,
            "To a mild extent|mild|Mild pain|Leichte Schmerzen|Légers|Lichte klachten",
        ),
        (3, 17, "To a moderate extent|moderate"),
        (
            3,
            25,
            "To a severe extent|severe|Starke Schmerzen|Sévères|Dolor severo|Ernstige klachten",
        ),
    ];

    #[test]
    fn official_wordings_and_paraphrases_in_seven_languages() {
        let words = Vocabulary::shared();
        for (question, points, cells) in ANSWERS.iter().copied() {
            for cell in cells.split('|') {
                assert_eq!(
                    ostrc(cell, question, Points, words),
                    Ok(Some(points)),
                    "question {} {cell:?}",
                    question + 1
                );
            }
        }
        for cell in ["maybe", "swelling; warmth", "12"] {
            assert!(ostrc(cell, 1, Points, words).is_err(), "{cell}");
        }
        assert_eq!(ostrc("", 1, Points, words), Ok(None));
    }
}
