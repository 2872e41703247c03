//! Sign words in free-text notes: what rules.md E asks about, unless the runner says it is not there.

use super::Sign;
use std::{collections::BTreeMap, sync::LazyLock};

/// Signs a note mentions, in the order of the vocabulary without doubles. English only.
///
/// A phrase does not count when "no", "not", "without", "never" or a word ending in "n't" stands within the three words
/// before it (pain-log.md D). The three words end at a full stop, a line end or a "but", so that "no fever, but swelling"
/// and "No pain. Swelling" still count: a sign overlooked is worse than one too many.
pub(super) fn signs_in(note: &str) -> Vec<Sign> {
    let plain = plain_words(note);
    let words = tokens(&plain);
    let mut signs: Vec<Sign> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let candidates = BY_FIRST_WORD.get(word).map_or(&[][..], Vec::as_slice);
        let matches = candidates.iter().filter_map(|(sign, rest)| Some((sign, length_at(&words, at + 1, rest)? + 1)));
        let matches: Vec<_> = matches.collect();
        if let Some(length) = matches.iter().filter(|(sign, _)| sign.is_none()).map(|(_, length)| *length).max() {
            at += length;
            continue;
        }
        if !matches.is_empty() && !is_denied(&words, at) {
            signs.extend(matches.into_iter().filter_map(|(sign, _)| *sign));
        }
        at += 1;
    }
    signs.sort_unstable();
    signs.dedup();
    signs
}

/// A clause ends here: what stands before says nothing about what comes after.
const BREAK: &str = ".";
/// How far before a phrase a denial reaches, in words.
const DENIAL_REACH: usize = 3;

/// Lower-case words without apostrophes, blanks between them, and [`BREAK`] where a clause ends.
fn plain_words(note: &str) -> String {
    let mut plain = String::with_capacity(note.len() + 16);
    for c in note.chars().flat_map(char::to_lowercase) {
        match c {
            '\'' | '’' => {}
            '.' | '!' | '?' | ';' | ':' | '\n' => plain.push_str(" . "),
            c if c.is_alphanumeric() => plain.push(c),
            _ => plain.push(' '),
        }
    }
    plain
}

fn tokens(plain: &str) -> Vec<&str> {
    let ends_clause = |word| matches!(word, "but" | "however" | "though" | "although");
    plain.split_ascii_whitespace().map(|word| if ends_clause(word) { BREAK } else { word }).collect()
}

/// A phrase without its first word, and its sign; None for a harmless phrase.
type Rest = (Option<Sign>, &'static str);

/// Phrases without their first word, by their first word. One look-up a word keeps a log of
/// 16 MiB of notes within a second.
static BY_FIRST_WORD: LazyLock<BTreeMap<&'static str, Vec<Rest>>> = LazyLock::new(|| {
    let harmless = HARMLESS.iter().map(|phrase| (None, *phrase));
    let signs = PHRASES.iter().map(|(sign, phrase)| (Some(*sign), *phrase));
    let mut by_first_word: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (sign, phrase) in harmless.chain(signs) {
        let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
        first.split('|').for_each(|word| by_first_word.entry(word).or_default().push((sign, rest)));
    }
    by_first_word
});

/// The number of words of a phrase when it stands at this word. `a|b` allows either word.
fn length_at(words: &[&str], at: usize, phrase: &str) -> Option<usize> {
    let mut length = 0;
    for expected in phrase.split_whitespace() {
        let word = words.get(at + length)?;
        expected.split('|').any(|e| e == *word).then_some(())?;
        length += 1;
    }
    Some(length)
}

fn is_denied(words: &[&str], at: usize) -> bool {
    let before = words.get(..at).unwrap_or_default().iter().rev();
    before.take(DENIAL_REACH).take_while(|word| **word != BREAK).any(|word| is_denial(word))
}

/// Apostrophes are gone: "isn't" and "isnt" are one word.
fn is_denial(word: &str) -> bool {
    const CONTRACTED: &[&str] = &[
        "isnt", "arent", "wasnt", "werent", "dont", "doesnt", "didnt", "hasnt", "havent", "hadnt", "cant", "couldnt",
        "wont", "wouldnt", "aint", "shouldnt",
    ];
    matches!(word, "no" | "not" | "without" | "never") || CONTRACTED.contains(&word)
}

/// Everyday phrases that hold a sign word and are none.
const HARMLESS: &[&str] = &[
    "hay|race|cabin|spring fever",
    "hydration|water bladder",
    "bladder pack|hose|bite|bag",
    "bowel movement|movements",
    "collapsed|fallen arch|arches",
    "arch|arches collapse|collapsed",
    "numb hands|fingers|face from cold",
    "give|gave|gives|giving way to",
    "locking pin|screw|laces|lace|knot",
];

/// Phrases by sign. "Out of breath", "warm", "red" and "weak" alone are left out: runners write them every day.
const PHRASES: &[(Sign, &str)] = &[
    (Sign::Swelling, "swelling|swollen|swelled|swells|swell|puffy|puffiness|oedema|edema"),
    (Sign::Redness, "redness|reddened"),
    (Sign::Redness, "looks|looked|is|was|went|turned red"),
    (Sign::Redness, "red and swollen|hot|warm|sore"),
    (Sign::Redness, "swollen|hot|warm and red"),
    (Sign::Warmth, "warmth"),
    (Sign::Warmth, "warm|hot to touch"),
    (Sign::Warmth, "warm|hot to the touch"),
    (Sign::Warmth, "hot|warm and swollen|red|puffy"),
    (Sign::Warmth, "swollen|red|puffy and hot|warm"),
    (Sign::Numbness, "numb|numbness"),
    (Sign::Tingling, "tingling|tingly|tingle|tingles|tingled"),
    (Sign::Tingling, "pins and needles"),
    (Sign::Weakness, "weakness"),
    (Sign::Weakness, "weak leg|legs|ankle|knee|foot|calf|grip"),
    (Sign::Weakness, "leg|ankle|knee|foot|calf|quad feels|felt|is|was|went weak"),
    (Sign::Deformity, "deformed|deformity|misshapen"),
    (Sign::Deformity, "out of place"),
    (Sign::Bruise, "bruise|bruised|bruising|bruises|haematoma|hematoma"),
    (Sign::RestPain, "rest pain"),
    (Sign::RestPain, "pain|painful|hurts|hurt|aches|ached|sore|throbs at rest"),
    (Sign::RestPain, "even at rest"),
    (Sign::RestPain, "hurts|hurt|aches|ached|painful sitting|resting"),
    (Sign::NightPain, "night pain"),
    (Sign::NightPain, "pain|painful|hurts|hurt|aches|ached|throbs at night"),
    (Sign::NightPain, "pain woke|wakes|kept me"),
    (Sign::NightPain, "woke|wakes|wake up with|in|from pain"),
    (Sign::NightPain, "woken|woke|awake by|from|with pain"),
    (Sign::NightCramp, "night|nighttime|nocturnal cramp|cramps"),
    (Sign::NightCramp, "cramp|cramps|cramped|cramping at night"),
    (Sign::NightCramp, "cramp|cramps|cramped|cramping in bed"),
    (Sign::NightCramp, "cramp|cramps in|during the night"),
    (Sign::HeavyLegs, "heavy|leaden legs"),
    (Sign::HeavyLegs, "leg|legs heavy"),
    (Sign::HeavyLegs, "legs felt|feel|feeling|were|are|so|very heavy"),
    (Sign::GivingWay, "gave|giving|gives|give way"),
    (Sign::GivingWay, "knee|ankle|leg gave|gives out"),
    (Sign::GivingWay, "buckled|buckles|buckling"),
    (Sign::Locking, "knee|joint|it locked|locks|locking"),
    (Sign::Locking, "locking"),
    (Sign::Fever, "fever|feverish"),
    (Sign::Breathless, "breathless|breathlessness"),
    (Sign::Breathless, "short|shortness of breath"),
    (Sign::Breathless, "couldnt|cant|cannot|hardly|barely breathe"),
    (Sign::Breathless, "could|can not|hardly|barely breathe"),
    (Sign::Breathless, "struggled|struggling|hard|unable to breathe"),
    (Sign::Breathless, "trouble|difficulty breathing"),
    (Sign::ChestPain, "chest pain|pains|pressure|tightness|ache|hurts|hurt|hurting"),
    (Sign::ChestPain, "tight chest"),
    (Sign::ChestPain, "chest felt|feels|was|is|felt tight"),
    (Sign::ChestPain, "pain|pains|pressure|tightness|ache in|on chest"),
    (Sign::ChestPain, "pain|pains|pressure|tightness|ache in|on the|my chest"),
    (Sign::Collapse, "collapse|collapsed|collapsing|fainted|fainting|unconscious|blackout"),
    (Sign::Collapse, "passed|blacked|black|pass out"),
    (Sign::Collapse, "felt|feel|feeling faint"),
    (Sign::Collapse, "lost|losing consciousness"),
    (Sign::BladderBowel, "bladder|bowel|bowels|incontinent|incontinence"),
    (Sign::BladderBowel, "wet myself"),
    (Sign::BladderBowel, "couldnt|cant|cannot pee|urinate"),
    (Sign::BladderBowel, "could not pee|urinate"),
    (Sign::SaddleNumbness, "saddle|genital|groin numbness"),
    (Sign::SaddleNumbness, "numb saddle|genitals|groin"),
    (Sign::SaddleNumbness, "saddle|genitals|groin is|was|went|feels|felt numb"),
    (Sign::SaddleNumbness, "numb|numbness between the|my legs"),
    (Sign::SaddleNumbness, "numb|numbness in the|my saddle|groin|genitals"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(note: &str, expected: &[Sign]) {
        assert_eq!(signs_in(note), expected, "{note:?}");
    }

    #[test]
    fn signs_are_found() {
        check("Ankle swollen and hot after the race", &[Sign::Swelling, Sign::Warmth]);
        check("PUFFY, bruised", &[Sign::Swelling, Sign::Bruise]);
        check("pins and needles in the toes", &[Sign::Tingling]);
        check("I collapsed at km 30", &[Sign::Collapse]);
        check("fainted in the shower", &[Sign::Collapse]);
        check("tightness in my chest, short of breath", &[Sign::Breathless, Sign::ChestPain]);
        check("chest pain on the hill", &[Sign::ChestPain]);
        check("couldn't breathe", &[Sign::Breathless]);
        check("bladder trouble", &[Sign::BladderBowel]);
        check("lost control of my bowels", &[Sign::BladderBowel]);
        check("numb between my legs", &[Sign::Numbness, Sign::SaddleNumbness]);
        check("saddle numbness", &[Sign::Numbness, Sign::SaddleNumbness]);
        check("genital numbness", &[Sign::Numbness, Sign::SaddleNumbness]);
        check("knee gave way twice", &[Sign::GivingWay]);
        check("hurts even at rest", &[Sign::RestPain]);
        check("the pain woke me", &[Sign::NightPain]);
        check("cramps in bed again", &[Sign::NightCramp]);
        check("legs felt heavy", &[Sign::HeavyLegs]);
        check("knee locks on stairs", &[Sign::Locking]);
        check("shin is red, looks deformed; fever", &[Sign::Redness, Sign::Deformity, Sign::Fever]);
    }

    #[test]
    fn denied_signs_are_not() {
        check("no swelling", &[]);
        check("not really very swollen", &[]);
        check("without any swelling", &[]);
        check("never had numbness", &[]);
        check("it isn't swollen", &[]);
        check("didn’t faint, wasnt breathless", &[]);
        check("no swelling or bruise", &[]);
    }

    #[test]
    fn a_denial_ends_with_three_words_or_the_clause() {
        check("no pain on the hill, swelling later", &[Sign::Swelling]);
        check("no swelling, redness or bruise", &[Sign::Bruise]);
        check("No pain. Swelling at the ankle", &[Sign::Swelling]);
        check("no fever, but swelling", &[Sign::Swelling]);
        check("never sore\nswelling today", &[Sign::Swelling]);
    }

    #[test]
    fn everyday_words_are_left_alone() {
        for note in [
            "warm day, warm-up in the red shoes",
            "hay fever",
            "filled the hydration bladder",
            "out of breath after intervals",
            "gave way to a car",
            "",
            "stopped at 5 km",
            "limping downstairs",
        ] {
            check(note, &[]);
        }
    }
}
