//! Every row of the tables by its example, sentences of runners in seven languages, and the rules of reading one by one.

use super::*;
use table::{Book, Row};

/// Sentences: language, the signs that must be heard ("-" where none may be), the sentence.
const CASES: &str = include_str!("cases.tsv");

/// Signs that raise nothing by themselves.
const TRIFLES: [Sign; 2] = [Sign::NightCramp, Sign::HeavyLegs];

fn check(note: &str, expected: &[Sign]) {
    assert_eq!(read_note(note).signs, expected.into(), "{note:?}");
}

fn finds(book: &Book, number: usize, row: &Row) -> bool {
    let tokens = Tokens::of(row.example);
    // Alone, so that words kept by another row are no matter.
    find::find_row(book, &tokens, number)
}

#[test]
fn the_tables_have_no_faults() {
    assert_eq!(table::faults(lines::TABLES), [""; 0]);
    for language in 0..super::table::LANGUAGES.len() {
        let rows = BOOK
            .rows
            .iter()
            .filter(|row| usize::from(row.language) == language);
        assert!(rows.count() > 150, "{}", super::table::LANGUAGES[language]);
    }
}

#[test]
fn every_language_has_words_for_every_sign() {
    for (language, name) in super::table::LANGUAGES.iter().enumerate() {
        for sign in Sign::ALL {
            let says = |row: &&Row| matches!(&row.says, Says::Means(meaning) if meaning.signs.contains(sign));
            let rows = BOOK
                .rows
                .iter()
                .filter(|row| usize::from(row.language) == language);
            // Breathlessness also comes from two meanings of its own.
            assert!(rows.filter(says).count() > 0, "{name}: {}", sign.as_str());
        }
    }
}

#[test]
fn every_row_is_found_in_its_example() {
    let mut wrong = Vec::new();
    // Those for comments have a test of their own.
    let rows = BOOK.rows.iter().enumerate();
    for (number, row) in rows.filter(|(_, row)| !row.is_for_comments) {
        if row.example.is_empty() {
            let needs = !matches!(row.says, Says::Mark(_));
            needs.then(|| wrong.push(format!("row {number} has no example")));
            continue;
        }
        if !finds(&BOOK, number, row) {
            wrong.push(format!(
                "{}: not found in {:?}",
                super::table::LANGUAGES[usize::from(row.language)],
                row.example
            ));
        }
        let note = read_note(row.example);
        let expected = match &row.says {
            Says::Means(meaning) if !meaning.out_of_breath && !meaning.short_of_breath => {
                note_of(meaning.clone())
            }
            Says::Means(meaning) if meaning.short_of_breath => note_of(Meaning {
                signs: [Sign::Breathless].into(),
                ..Meaning::default()
            }),
            _ => Note {
                signs: note.signs,
                everyday: note.everyday,
                ..Note::default()
            },
        };
        // "Numb between the legs" is numbness as well.
        let implied =
            |sign: &Sign| *sign == Sign::Numbness && expected.signs.contains(&Sign::SaddleNumbness);
        let signs: Set<Sign> = note
            .signs
            .iter()
            .filter(|sign| expected.signs.contains(sign) || !implied(sign))
            .collect();
        let harmless =
            row.says == Says::Harmless && note.signs.iter().any(|sign| !TRIFLES.contains(&sign));
        if signs != expected.signs
            || harmless
            || !expected.everyday.iter().all(|e| note.everyday.contains(&e))
        {
            let (language, signs) = (
                super::table::LANGUAGES[usize::from(row.language)],
                note.signs,
            );
            wrong.push(format!(
                "{language}: {:?} means {signs:?}, not {:?}",
                row.example, expected.signs
            ));
        }
        let more = [
            (expected.both_legs, note.both_legs),
            (expected.sudden, note.sudden),
            (expected.painkiller, note.painkiller),
            (
                expected.function.is_some(),
                note.function >= expected.function,
            ),
        ];
        if more.iter().any(|(wanted, is)| *wanted && !is) {
            wrong.push(format!(
                "{}: {:?} lacks something",
                super::table::LANGUAGES[usize::from(row.language)],
                row.example
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn sentences_of_runners() {
    let (mut wrong, mut alarming, mut harmless) = (Vec::new(), 0, 0);
    for line in CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let [language, expected, sentence] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line:?}")
        };
        assert!(super::table::LANGUAGES.contains(&language), "{line:?}");
        let note = read_note(sentence);
        let heard = |word: &str| match word {
            "both_legs" => note.both_legs,
            _ => note.signs.iter().any(|sign| sign.as_str() == word),
        };
        let is_right = if expected == "-" {
            harmless += 1;
            note.signs.iter().all(|sign| TRIFLES.contains(&sign)) && !note.both_legs
        } else {
            alarming += 1;
            expected.split(' ').all(heard)
        };
        if !is_right {
            wrong.push(format!("{line:?}: {:?}", note.signs));
        }
    }
    assert!(alarming >= 400 && harmless >= 700, "{alarming} {harmless}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn signs_are_found() {
    check(
        "Ankle swollen and hot after the race",
        &[Sign::Swelling, Sign::Warmth],
    );
    check("PUFFY, bruised", &[Sign::Swelling, Sign::Bruise]);
    check("pins and needles in the toes", &[Sign::Tingling]);
    check("I collapsed at km 30", &[Sign::Collapse]);
    check("fainted in the shower", &[Sign::Collapse]);
    check(
        "tightness in my chest, short of breath",
        &[Sign::Breathless, Sign::ChestPain],
    );
    check("chest pain on the hill", &[Sign::ChestPain]);
    check("couldn't breathe", &[Sign::Breathless]);
    check("bladder trouble", &[Sign::BladderBowel]);
    check("lost control of my bowels", &[Sign::BladderBowel]);
    check(
        "numb between my legs",
        &[Sign::Numbness, Sign::SaddleNumbness],
    );
    check("saddle numbness", &[Sign::Numbness, Sign::SaddleNumbness]);
    check("genital numbness", &[Sign::Numbness, Sign::SaddleNumbness]);
    check("knee gave way twice", &[Sign::GivingWay]);
    check("hurts even at rest", &[Sign::RestPain]);
    check("the pain woke me", &[Sign::NightPain]);
    check("cramps in bed again", &[Sign::NightCramp]);
    check("legs felt heavy", &[Sign::HeavyLegs]);
    check("knee locks on stairs", &[Sign::Locking]);
    check(
        "shin is red, looks deformed; fever",
        &[Sign::Redness, Sign::Deformity, Sign::Fever],
    );
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
fn a_denial_ends_with_its_reach_the_clause_or_the_list() {
    check("no pain on the hill, swelling later", &[Sign::Swelling]);
    check("no swelling, redness or bruise", &[]);
    check("No pain. Swelling at the ankle", &[Sign::Swelling]);
    check("no fever, but swelling", &[Sign::Swelling]);
    check("never sore\nswelling today", &[Sign::Swelling]);
    check("didn't run because ankle swollen", &[Sign::Swelling]);
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
    ] {
        check(note, &[]);
    }
    check("limping downstairs", &[Sign::Limp]);
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
    for note in [
        "can't hold the pace",
        "no trouble peeing",
        "couldn't hold form",
        "wet shoes",
        "bladder fine",
    ] {
        check(note, &[]);
    }
    check("numb down there", &[Sign::Numbness, Sign::SaddleNumbness]);
    check(
        "no feeling down there",
        &[Sign::Numbness, Sign::SaddleNumbness],
    );
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
    check(
        "pain in chest, out of breath",
        &[Sign::Breathless, Sign::ChestPain],
    );
    check(
        "out of breath on the hill, calf swollen",
        &[Sign::Swelling, Sign::Breathless],
    );
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
    assert_eq!(
        read_note(note),
        Note {
            signs: signs.into(),
            both_legs,
            ..Note::default()
        },
        "{note:?}"
    );
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
    check_both_legs(
        "numb between my legs",
        &[Sign::Numbness, Sign::SaddleNumbness],
        false,
    );
    check_both_legs("legs felt weak on the last hill", &[], false);
    check_both_legs("both legs not numb", &[], false);
    check_both_legs("both legs heavy", &[Sign::HeavyLegs], false);
}

#[test]
fn somebody_else_is_not_the_runner() {
    check("a friend has a swollen knee and limps", &[]);
    check("my dad fainted", &[]);
    check(
        "jogged with my brother, my knee swelled up",
        &[Sign::Swelling],
    );
    check("with my wife, ankle swollen afterwards", &[Sign::Swelling]);
    check("my wife says I was staggering", &[Sign::Confusion]);
    check("a dog bit me", &[Sign::AnimalBite]);
}

#[test]
fn the_past_plans_and_stories_are_not_today() {
    check("two years ago the knee was swollen", &[]);
    check(
        "sprained it two years ago, swollen again today",
        &[Sign::Swelling],
    );
    check("if it swells I stop", &[]);
    check("podcast about fainting", &[]);
    check("the doctor asked about fever and night sweats", &[]);
    check("amenorrhoea for two years", &[Sign::MissedPeriods]);
}

#[test]
fn laces_and_warmth_explain_numb_toes() {
    let note = read_note("toes numb; loosened the laces; gone in two minutes");
    assert_eq!(
        (note.signs, note.everyday),
        (Set::default(), [Everyday::Laces].into())
    );
    check("loosened the laces but toes still numb", &[Sign::Numbness]);
    check(
        "numb between my legs, loosened the laces",
        &[Sign::Numbness, Sign::SaddleNumbness],
    );
}

#[test]
fn a_denial_counts_in_the_language_of_the_phrase() {
    // Portuguese would read both as signs; the Spanish denial takes them away.
    check("no está inflamado", &[]);
    check("no me torcí el tobillo", &[]);
}

#[test]
fn other_things_that_a_note_says() {
    let note = read_note("suddenly a sharp pain in the calf; had to walk it in; took ibuprofen");
    assert!(note.sudden && note.painkiller);
    assert_eq!(note.function, Some(Function::CutShort));
    assert_eq!(
        read_note("skipped the session because of the knee").function,
        Some(Function::MissedRun)
    );
}

#[test]
fn the_words_for_pain_are_found_in_their_examples() {
    assert_eq!(
        read_sores("no swelling, no pain anywhere"),
        [],
        "what is denied hurts nowhere"
    );
    let rows = BOOK.rows.iter().enumerate();
    let rows = rows.filter(|(_, row)| row.is_for_comments);
    assert!(rows.clone().count() > 10);
    for (number, row) in rows {
        assert!(finds(&BOOK, number, row), "{}", row.example);
        let hurts = read_sores(row.example).iter().any(|sore| sore.hurts);
        assert_eq!(hurts, row.says != Says::Harmless, "{}", row.example);
    }
}

#[test]
fn a_sore_stands_between_its_commas_and_in_its_clause() {
    let sores = read_sores("Sunny. Left knee, sore from km 5, hills; home by six");
    let words: Vec<(&str, &str)> = sores
        .iter()
        .map(|sore| (sore.part.as_str(), sore.clause.as_str()))
        .collect();
    assert_eq!(
        words,
        [("sore from km 5", "left knee sore from km 5 hills")]
    );
}
