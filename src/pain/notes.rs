//! Sign words in free-text notes: what rules.md E asks about, unless the runner says it is not there.

use super::{Everyday, Function, Sign};
use std::{collections::BTreeMap, sync::LazyLock};

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Note {
    /// Signs it mentions, in the order of the vocabulary without doubles.
    pub signs: Vec<Sign>,
    /// Pain, numbness, tingling or weakness is said of both legs or both feet.
    pub both_legs: bool,
    /// What it did to running, at most [`Function::Stopped`]; [`Sign::NoWeight`] says the rest.
    pub function: Option<Function>,
    /// It began suddenly.
    pub sudden: bool,
    /// A painkiller was taken.
    pub painkiller: bool,
    /// Everyday trouble it names, in the order of the vocabulary without doubles.
    pub everyday: Vec<Everyday>,
}

/// Reads a note. English only.
///
/// A phrase does not count when "no", "not", "without", "never" or a word ending in "n't" stands within the three words
/// before it (pain-log.md D). The three words end at a full stop, a line end or a "but", so that "no fever, but swelling"
/// and "No pain. Swelling" still count: a sign overlooked is worse than one too many. Being short of breath from an
/// effort is the one exception, see [`is_from_effort`].
pub(super) fn read_note(note: &str) -> Note {
    let plain = plain_words(note);
    let words = Words::of(&plain);
    let (mut signs, mut out_of_breath) = (Vec::new(), false);
    let mut at = 0;
    while let Some(word) = words.list.get(at) {
        let candidates = BY_FIRST_WORD.get(word).map_or(&[][..], Vec::as_slice);
        let matches = candidates.iter().filter_map(|(m, rest)| Some((*m, length_at(&words.list, at + 1, rest)? + 1)));
        let matches: Vec<_> = matches.collect();
        if let Some(length) = matches.iter().filter(|(m, _)| *m == Means::Harmless).map(|(_, length)| *length).max() {
            at += length;
            continue;
        }
        if !is_denied(&words.list, at) {
            signs.extend(matches.iter().filter_map(|(meaning, _)| meaning.sign()));
            out_of_breath |= matches.iter().any(|(m, _)| *m == Means::OutOfBreath);
            let may_be_effort = matches.iter().any(|(m, _)| *m == Means::ShortOfBreath);
            if may_be_effort && !is_from_effort(&words.list, at) {
                signs.push(Sign::Breathless);
            } else {
                out_of_breath |= may_be_effort;
            }
        }
        at += 1;
    }
    if out_of_breath && is_worrying(&words.list, &signs) {
        signs.push(Sign::Breathless);
    }
    let both_legs = both_legs(&words);
    signs.extend((both_legs == Some(Sign::Weakness)).then_some(Sign::Weakness));
    signs.sort_unstable();
    signs.dedup();
    Note { signs, both_legs: both_legs.is_some(), ..Note::default() }
}

/// A clause ends here: what stands before says nothing about what comes after.
const BREAK: &str = ".";
/// How far before a phrase a denial reaches, in words.
const DENIAL_REACH: usize = 3;
/// How far around a word its clause is looked at, in words: a note of one endless clause must not take long.
const CLAUSE_REACH: usize = 20;
/// How many words may stand between "numb" and "both legs".
const BESIDE: usize = 5;

/// The words of a note, and how many commas stand before each.
struct Words<'a> {
    list: Vec<&'a str>,
    commas: Vec<usize>,
}

impl<'a> Words<'a> {
    fn of(plain: &'a str) -> Self {
        let ends_clause = |word| matches!(word, "but" | "however" | "though" | "although");
        let mut words = Words { list: Vec::new(), commas: Vec::new() };
        let mut commas = 0;
        for word in plain.split_ascii_whitespace() {
            if word == "," {
                commas += 1;
                continue;
            }
            words.list.push(if ends_clause(word) { BREAK } else { word });
            words.commas.push(commas);
        }
        words
    }
}

/// Lower-case words without apostrophes, blanks between them, commas, and [`BREAK`] where a clause ends.
fn plain_words(note: &str) -> String {
    let mut plain = String::with_capacity(note.len() + 16);
    for c in note.chars().flat_map(char::to_lowercase) {
        match c {
            '\'' | '’' => {}
            '.' | '!' | '?' | ';' | ':' | '\n' => plain.push_str(" . "),
            ',' => plain.push_str(" , "),
            c if c.is_alphanumeric() => plain.push(c),
            _ => plain.push(' '),
        }
    }
    plain
}

/// Whether the clause around a word speaks of an effort: a hill or a sprint leaves every runner short of breath.
fn is_from_effort(words: &[&str], at: usize) -> bool {
    let (before, after) = words.split_at(at);
    let before = before.iter().rev().take(CLAUSE_REACH).take_while(|word| **word != BREAK);
    let after = after.iter().take(CLAUSE_REACH).take_while(|word| **word != BREAK);
    before.chain(after).any(|word| EFFORT.contains(word))
}

/// Words of efforts, as they stand in notes.
const EFFORT: &[&str] = &[
    "hill",
    "hills",
    "climb",
    "climbs",
    "climbed",
    "climbing",
    "interval",
    "intervals",
    "sprint",
    "sprints",
    "sprinted",
    "sprinting",
    "stride",
    "strides",
    "tempo",
    "finish",
    "finished",
    "finishing",
    "race",
    "races",
    "uphill",
    "uphills",
    "effort",
    "efforts",
    "hard",
    "repeat",
    "repeats",
    "reps",
];

/// Whether being short of breath is more than an effort: it comes at rest, or with other signs.
fn is_worrying(words: &[&str], signs: &[Sign]) -> bool {
    const COMPANY: [Sign; 4] = [Sign::Swelling, Sign::Fever, Sign::ChestPain, Sign::Collapse];
    const WORDS: &[&str] = &[
        "sitting",
        "lying",
        "resting",
        "chest",
        "palpitations",
        "stairs",
        "walking",
        "dizzy",
        "dizziness",
        "faint",
        "lightheaded",
        "woke",
    ];
    const PAIRS: [[&str; 2]; 4] = [["at", "rest"], ["still", "breathless"], ["still", "short"], ["still", "out"]];
    let is_pair = |at: usize| PAIRS.iter().any(|pair| words.get(at..at + 2) == Some(&pair[..]));
    signs.iter().any(|sign| COMPANY.contains(sign))
        || words.iter().enumerate().any(|(at, word)| (WORDS.contains(word) || is_pair(at)) && !is_denied(words, at))
}

/// The sign said of both legs: "numb in both feet", "my legs went numb". "Both" may stand further off; "legs" alone must
/// stand in the same clause, and weak legs after an effort are none.
fn both_legs(words: &Words) -> Option<Sign> {
    let list = &words.list;
    let nerves: Vec<(usize, Sign)> =
        list.iter().enumerate().filter_map(|(at, word)| Some((at, nerve_sign(word)?))).collect();
    let nerves: Vec<_> = nerves.into_iter().filter(|(at, _)| !is_denied(list, *at)).collect();
    if nerves.is_empty() {
        return None;
    }
    let legs = list.iter().enumerate().filter_map(|(at, word)| match *word {
        "both" | "each" => names_a_leg(list.get(at + 1..)?).then_some((at, true)),
        "legs" => (!list.get(at.saturating_sub(2)..at)?.contains(&"between")).then_some((at, false)),
        _ => None,
    });
    let legs: Vec<(usize, bool)> = legs.collect();
    let found = nerves.iter().filter(|(nerve, sign)| {
        legs.iter().any(|(leg, says_both)| {
            are_beside(words, *nerve, *leg, *says_both)
                && (*says_both || *sign != Sign::Weakness || !is_from_effort(list, *nerve))
        })
    });
    found.map(|(_, sign)| *sign).max()
}

fn nerve_sign(word: &str) -> Option<Sign> {
    match word {
        "numb" | "numbness" => Some(Sign::Numbness),
        "weak" | "weakness" => Some(Sign::Weakness),
        // Of "pins and needles".
        "needles" => Some(Sign::Tingling),
        _ => word.starts_with("tingl").then_some(Sign::Tingling),
    }
}

/// "of my lower legs", "feet": a leg within the next words.
fn names_a_leg(after: &[&str]) -> bool {
    const LEGS: &[&str] = &[
        "leg",
        "legs",
        "foot",
        "feet",
        "toes",
        "thigh",
        "thighs",
        "calf",
        "calves",
        "shin",
        "shins",
        "quads",
        "hamstrings",
        "knees",
        "ankles",
        "soles",
        "buttocks",
    ];
    let between = |word: &str| matches!(word, "of" | "my" | "the" | "lower" | "upper");
    after.iter().take(4).find(|word| !between(word)).is_some_and(|word| LEGS.contains(word))
}

fn are_beside(words: &Words, a: usize, b: usize, across_commas: bool) -> bool {
    let (first, last) = (a.min(b), a.max(b));
    let between = words.list.get(first + 1..last).unwrap_or_default();
    between.len() <= BESIDE
        && !between.iter().any(|word| matches!(*word, BREAK | "left" | "right"))
        && (across_commas || words.commas.get(first) == words.commas.get(last))
}

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Means {
    Sign(Sign),
    /// [`Sign::Breathless`], unless it is from an effort.
    ShortOfBreath,
    /// Runners write it every day: [`Sign::Breathless`] only in worrying company.
    OutOfBreath,
    /// It holds a sign word and is none.
    Harmless,
}

impl Means {
    fn sign(self) -> Option<Sign> {
        match self {
            Means::Sign(sign) => Some(sign),
            Means::ShortOfBreath | Means::OutOfBreath | Means::Harmless => None,
        }
    }
}

/// What a phrase means, and the phrase without its first word.
type Rest = (Means, &'static str);

/// Phrases without their first word, by their first word. One look-up a word keeps a log of
/// 16 MiB of notes within a second.
static BY_FIRST_WORD: LazyLock<BTreeMap<&'static str, Vec<Rest>>> = LazyLock::new(|| {
    let harmless = HARMLESS.iter().map(|phrase| (Means::Harmless, *phrase));
    let signs = PHRASES.iter().map(|(sign, phrase)| (Means::Sign(*sign), *phrase));
    let mut by_first_word: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (sign, phrase) in harmless.chain(signs).chain(BREATH) {
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
    "collapse|collapsed|collapsing into|onto|on|in sofa|bed|chair|couch|armchair",
    "collapse|collapsed|collapsing into|onto|on|in the|my|a|our sofa|bed|chair|couch|armchair",
    "numb hands|fingers|face from cold",
    "give|gave|gives|giving way to",
    "locking pin|screw|laces|lace|knot",
];

/// Breath that an effort may take away.
const BREATH: [Rest; 4] = [
    (Means::ShortOfBreath, "breathless"),
    (Means::ShortOfBreath, "breathlessness"),
    (Means::ShortOfBreath, "short|shortness of breath"),
    (Means::OutOfBreath, "out of breath"),
];

/// Phrases by sign. "Warm", "red" and "weak" alone are left out: runners write them every day. Phrases that begin with
/// a denial ("can't hold my urine") hold what the denial would take away.
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
    (Sign::Numbness, "no feeling|sensation in|down"),
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
    (Sign::BladderBowel, "wet|wetting|peed|soiled|pooed|pooped myself"),
    (Sign::BladderBowel, "wet|peed|soiled my bed|pants|underwear"),
    (Sign::BladderBowel, "couldnt|cant|cannot|dont pee|urinate|wee"),
    (Sign::BladderBowel, "could|can not pee|urinate|wee"),
    (Sign::BladderBowel, "unable|struggle|struggled|struggling|hard to pee|urinate|wee"),
    (Sign::BladderBowel, "trouble|difficulty|problem|problems|struggled|struggling peeing|urinating|weeing"),
    (Sign::BladderBowel, "trouble|difficulty|problem|problems with peeing|urinating|urination|weeing"),
    (Sign::BladderBowel, "trouble|difficulty|problem|problems passing urine|water"),
    (Sign::BladderBowel, "couldnt|cant|cannot hold|control pee|urine|wee|water|bladder|bowel|bowels|stool"),
    (Sign::BladderBowel, "couldnt|cant|cannot hold|control my|the pee|urine|wee|water|bladder|bowel|bowels|stool"),
    (Sign::BladderBowel, "could|can not hold|control pee|urine|wee|water|bladder|bowel|bowels|stool"),
    (Sign::BladderBowel, "could|can not hold|control my|the pee|urine|wee|water|bladder|bowel|bowels|stool"),
    (Sign::BladderBowel, "couldnt|cant|cannot hold it in"),
    (Sign::BladderBowel, "couldnt|cant|cannot feel|empty my|the bladder|bowel|bowels"),
    (Sign::BladderBowel, "unable to hold|control pee|urine|wee|water"),
    (Sign::BladderBowel, "unable to hold|control my|the pee|urine|wee|water"),
    (Sign::BladderBowel, "no control of|over bladder|bowel|bowels"),
    (Sign::BladderBowel, "no bladder|bowel control"),
    (Sign::BladderBowel, "leaked|leaking|leak pee|urine|wee"),
    (Sign::SaddleNumbness, "saddle|genital|groin numbness"),
    (Sign::SaddleNumbness, "numb saddle|genitals|groin"),
    (Sign::SaddleNumbness, "saddle|genitals|groin is|was|went|feels|felt numb"),
    (Sign::SaddleNumbness, "numb|numbness between the|my legs"),
    (Sign::SaddleNumbness, "numb|numbness in|around the|my saddle|groin|genitals|crotch|perineum|privates"),
    (Sign::SaddleNumbness, "numb crotch|perineum|privates|bum|backside"),
    (Sign::SaddleNumbness, "crotch|perineum|privates is|was|went|feels|felt numb"),
    (Sign::SaddleNumbness, "numb|numbness|tingling|tingly down there"),
    (Sign::SaddleNumbness, "no feeling|sensation down there"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(note: &str, expected: &[Sign]) {
        assert_eq!(read_note(note).signs, expected, "{note:?}");
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

    #[test]
    fn toilet_wordings() {
        for note in [
            "trouble peeing",
            "cannot hold urine",
            "can't hold my pee",
            "could not hold it in, can't hold it in",
            "incontinent",
            "wet myself",
            "lost control of my bladder",
            "lost control of bowels",
            "can't control my bowels",
            "no control of bladder",
            "difficulty passing urine",
            "unable to pee",
        ] {
            check(note, &[Sign::BladderBowel]);
        }
        for note in ["can't hold the pace", "no trouble peeing", "couldn't hold form", "wet shoes"] {
            check(note, &[]);
        }
        check("numb down there", &[Sign::Numbness, Sign::SaddleNumbness]);
        check("no feeling down there", &[Sign::Numbness, Sign::SaddleNumbness]);
        check("foot feels tingly", &[Sign::Tingling]);
        check("no feeling in the toes", &[Sign::Numbness]);
    }

    #[test]
    fn breath_lost_on_an_effort_is_no_sign() {
        for note in [
            "breathless on the last hill, normal for intervals",
            "short of breath at the finish",
            "hard tempo, out of breath",
            "out of breath",
            "breathless on the climb, no chest pain",
        ] {
            check(note, &[]);
        }
        for note in [
            "breathless on the hill and still breathless sitting",
            "breathless",
            "hills today. Breathless in the evening",
            "breathless at rest after the race",
            "out of breath lying down",
            "hard to breathe on the stairs",
        ] {
            check(note, &[Sign::Breathless]);
        }
        check("pain in chest, out of breath", &[Sign::Breathless, Sign::ChestPain]);
        check("out of breath on the hill, calf swollen", &[Sign::Swelling, Sign::Breathless]);
    }

    #[test]
    fn falling_onto_the_sofa_is_no_collapse() {
        check("legs collapsed into the sofa", &[]);
        check("collapsed onto my bed", &[]);
        check("collapsed into bed", &[]);
        check("collapsed onto the road", &[Sign::Collapse]);
        check("legs collapsed at the finish", &[Sign::Collapse]);
        check("fainted, then collapsed onto the couch", &[Sign::Collapse]);
    }

    fn check_both_legs(note: &str, signs: &[Sign], both_legs: bool) {
        assert_eq!(read_note(note), Note { signs: signs.to_vec(), both_legs, ..Note::default() }, "{note:?}");
    }

    #[test]
    fn both_legs_are_seen() {
        check_both_legs("both legs numb", &[Sign::Numbness], true);
        check_both_legs("numbness in both of my feet", &[Sign::Numbness], true);
        check_both_legs("Numbness, both legs", &[Sign::Numbness], true);
        check_both_legs("legs are tingling", &[Sign::Tingling], true);
        check_both_legs("pins and needles down both legs", &[Sign::Tingling], true);
        check_both_legs("both legs feel weak", &[Sign::Weakness], true);
        check_both_legs("legs felt weak this morning", &[Sign::Weakness], true);
        check_both_legs("both legs so weak after the race", &[Sign::Weakness], true);
        check_both_legs("left foot numb", &[Sign::Numbness], false);
        check_both_legs("both legs tired, left foot numb", &[Sign::Numbness], false);
        check_both_legs("toe numb, legs fine", &[Sign::Numbness], false);
        check_both_legs("legs fine. Toe numb", &[Sign::Numbness], false);
        check_both_legs("numb between my legs", &[Sign::Numbness, Sign::SaddleNumbness], false);
        check_both_legs("legs felt weak on the last hill", &[], false);
        check_both_legs("both legs not numb", &[], false);
        check_both_legs("both legs heavy", &[Sign::HeavyLegs], false);
    }
}
