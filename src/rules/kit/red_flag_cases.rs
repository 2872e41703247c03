//! Small logs as a clinician could read them, as if their notes had been understood: the least and the most that the red
//! flags together may say. The neighbours of each stand beside it.

use crate::pain::{
    Entry, Everyday, Function, Moment, Movement, Onset, PainType, Side, Sign, Site, Spread, Word,
};
use crate::rules::pain_fixture::{clear, day, sore};
use crate::rules::{Context, Finding, RULES, Severity, pain_fixture::flagged_by};
use Severity::{Emergency, SeeSomeone, Urgent, Watch};
use Sign::*;

/// What all red flags say of the rows on day 20.
fn all(rows: Vec<Entry>) -> Vec<Finding> {
    let ask = |ctx: &Context| {
        let flags = RULES
            .iter()
            .filter(|rule| rule.group == crate::rules::Group::RedFlags);
        flags
            .flat_map(|rule| crate::rules::fixture::ask(rule, ctx))
            .collect()
    };
    flagged_by(20, rows, ask)
}

/// Asserts that the loudest red flag is exactly this loud; None for silence.
fn check(name: &str, rows: Vec<Entry>, expected: Option<Severity>) {
    let found = all(rows);
    let loudest = found.iter().map(|finding| finding.severity).max();
    let told: Vec<_> = found
        .iter()
        .map(|finding| (finding.rule, &finding.message))
        .collect();
    assert_eq!(loudest, expected, "{name}: {told:#?}");
}

/// A row of day 20 whose note was understood as these signs.
fn note(site: Site, side: Side, pain: f64, signs: &[Sign]) -> Entry {
    Entry {
        signs_in_note: signs.into(),
        ..sore(20, site, side, pain)
    }
}

/// "All clear today", and a note with these signs.
fn body(signs: &[Sign]) -> Entry {
    Entry {
        signs_in_note: signs.into(),
        ..clear(20)
    }
}

fn on(n: i64, entry: Entry) -> Entry {
    Entry {
        date: day(n),
        ..entry
    }
}

fn everyday(kind: Everyday, entry: Entry) -> Entry {
    Entry {
        everyday_in_note: [kind].into(),
        ..entry
    }
}

const L: Side = Side::Left;
const R: Side = Side::Right;

#[test]
fn the_body_as_a_whole() {
    for (name, signs, expected) in [
        (
            "pressure on the chest on the hill, felt faint",
            &[ChestPain, NearFaint][..],
            Some(Emergency),
        ),
        ("fainted in the run", &[Collapse], Some(Emergency)),
        ("fainted after the finish", &[FaintAfter], Some(SeeSomeone)),
        ("nearly fainted", &[NearFaint], Some(SeeSomeone)),
        (
            "heart racing on the sofa, nearly fainted",
            &[Palpitations, NearFaint],
            Some(Urgent),
        ),
        (
            "heart racing and short of breath",
            &[Palpitations, Breathless],
            Some(Emergency),
        ),
        (
            "heart fluttering on the sofa",
            &[Palpitations],
            Some(SeeSomeone),
        ),
        ("coughed up blood", &[CoughBlood], Some(Emergency)),
        (
            "stopped sweating, staggering",
            &[NoSweat, Confusion],
            Some(Emergency),
        ),
        (
            "worsening headache, threw up, muddled",
            &[Headache, Vomiting, Confusion],
            Some(Emergency),
        ),
        (
            "worsening headache, threw up",
            &[Headache, Vomiting],
            Some(Emergency),
        ),
        ("threw up after the finish", &[Vomiting], None),
        ("a headache", &[Headache], None),
        (
            "lip and tongue swelling after a sting",
            &[ThroatSwelling],
            Some(Emergency),
        ),
        (
            "wheezy in the cold, two puffs and fine",
            &[Wheeze],
            Some(Watch),
        ),
        (
            "the inhaler does nothing",
            &[Wheeze, InhalerFails],
            Some(Emergency),
        ),
        (
            "hit my head, no memory of the last kilometre",
            &[HeadInjury, MemoryGap, Vomiting],
            Some(Urgent),
        ),
        (
            "hit my head, headache, threw up",
            &[HeadInjury, Headache, Vomiting],
            Some(Urgent),
        ),
        (
            "hit my head, then a seizure",
            &[HeadInjury, Seizure],
            Some(Emergency),
        ),
        (
            "hit my head, confused",
            &[HeadInjury, Confusion],
            Some(Emergency),
        ),
        ("hit my head, fine", &[HeadInjury], Some(Watch)),
        ("fell", &[Trauma], None),
        ("peeing brown", &[DarkUrine], Some(Urgent)),
        ("bleeding in pregnancy", &[PregnancyTrouble], Some(Urgent)),
        ("bitten by a dog", &[AnimalBite], Some(Urgent)),
        ("ring where the tick was", &[TickRash], Some(SeeSomeone)),
        ("fourth missed period", &[MissedPeriods], Some(SeeSomeone)),
        ("a cold with fever", &[Fever], None),
        ("night sweats, nothing hurts", &[NightSweats], None),
        ("a red line from the blister", &[RedStreak], Some(Urgent)),
        ("cracked my knuckles", &[Pop], None),
    ] {
        check(name, vec![body(signs)], expected);
    }
    check(
        "a tick that is out",
        vec![everyday(Everyday::Tick, body(&[]))],
        None,
    );
    check(
        "chafed raw",
        vec![everyday(Everyday::Chafing, body(&[Redness]))],
        None,
    );
    check(
        "sunburnt calves",
        vec![everyday(Everyday::Sunburn, body(&[Redness, Warmth]))],
        None,
    );
}

#[test]
fn the_back_and_the_nerves() {
    let back = |pain, signs: &[Sign]| Entry {
        side: None,
        ..note(Site::LowerBack, L, pain, signs)
    };
    let both = |entry| Entry {
        both_legs_in_note: true,
        ..entry
    };
    check(
        "cannot feel my feet",
        vec![both(back(10.0, &[Numbness]))],
        Some(Emergency),
    );
    check(
        "shoots down both legs",
        vec![both(back(6.0, &[]))],
        Some(Emergency),
    );
    check(
        "both legs like jelly",
        vec![both(back(6.0, &[Weakness]))],
        Some(Emergency),
    );
    check(
        "trouble peeing",
        vec![back(4.0, &[BladderBowel])],
        Some(Emergency),
    );
    check(
        "tingling down one leg",
        vec![back(5.0, &[Tingling])],
        Some(SeeSomeone),
    );
    check(
        "one foot numb",
        vec![back(5.0, &[Numbness])],
        Some(SeeSomeone),
    );
    check(
        "plain back pain",
        vec![on(19, back(4.0, &[])), back(3.0, &[])],
        None,
    );
    check(
        "a ten for the back and no word",
        vec![back(10.0, &[])],
        None,
    );
    check(
        "back pain and fever",
        vec![back(4.0, &[Fever])],
        Some(Urgent),
    );
    check(
        "back pain and losing weight",
        vec![back(4.0, &[WeightLoss])],
        Some(Urgent),
    );
    check(
        "a sore knee and losing weight",
        vec![note(Site::Knee, L, 3.0, &[WeightLoss])],
        Some(SeeSomeone),
    );
    check(
        "both legs sore after the race",
        vec![
            on(12, back(2.0, &[])),
            both(note(Site::Quad, Side::Both, 5.0, &[])),
        ],
        None,
    );
    check(
        "toes numb, laces",
        vec![everyday(
            Everyday::Laces,
            note(Site::Toe, L, 1.0, &[Numbness]),
        )],
        None,
    );
    check(
        "toes tingle",
        vec![note(Site::Toe, L, 1.0, &[Tingling])],
        Some(SeeSomeone),
    );
}

#[test]
fn calf_achilles_and_hamstring() {
    let stopped = |entry| Entry {
        sudden_in_note: true,
        function_in_note: Some(Function::Stopped),
        ..entry
    };
    let calf = |pain, signs: &[Sign]| note(Site::Calf, L, pain, signs);
    check(
        "kicked, snap, cannot walk",
        vec![calf(8.0, &[Pop, NoWeight])],
        Some(Urgent),
    );
    check(
        "cannot stand on tiptoe after a pop",
        vec![note(Site::Achilles, R, 7.0, &[Pop, Weakness])],
        Some(Urgent),
    );
    check(
        "sudden and had to stop",
        vec![stopped(calf(5.0, &[]))],
        Some(Urgent),
    );
    let cramp = everyday(Everyday::Cramp, stopped(calf(7.0, &[])));
    check(
        "cramped at km 38",
        vec![on(19, cramp), calf(2.0, &[])],
        None,
    );
    check(
        "tweaked it on the strides",
        vec![on(18, calf(5.0, &[])), calf(2.0, &[])],
        None,
    );
    check(
        "stiff Achilles in the morning",
        vec![note(Site::Achilles, R, 3.0, &[])],
        None,
    );
    check(
        "hamstring popped",
        vec![note(Site::Hamstring, L, 6.0, &[Pop])],
        Some(SeeSomeone),
    );
    let chair = |n| on(n, note(Site::Hamstring, L, 3.0, &[RestPain]));
    check("sit bone on hard chairs", vec![chair(19), chair(20)], None);
    check(
        "one calf bigger",
        vec![calf(5.0, &[Swelling])],
        Some(Urgent),
    );
    check(
        "one calf bigger and short of breath",
        vec![calf(5.0, &[Swelling, Breathless])],
        Some(Emergency),
    );
    check(
        "calf swollen where the ball hit it",
        vec![calf(5.0, &[Swelling, Trauma])],
        Some(SeeSomeone),
    );
    check(
        "both calves swollen",
        vec![note(Site::Calf, Side::Both, 3.0, &[Swelling])],
        Some(SeeSomeone),
    );
    let leg = |text| note(Site::Other(Word::new(text)), L, 4.0, &[Swelling]);
    check(
        "left lower leg swollen",
        vec![leg("lower leg")],
        Some(Urgent),
    );
    check("wrist swollen", vec![leg("wrist")], Some(SeeSomeone));
    check(
        "calf hard as wood and numb",
        vec![calf(9.0, &[HardMuscle, Numbness])],
        Some(Emergency),
    );
    check(
        "foot stays white and numb",
        vec![note(Site::Foot, L, 5.0, &[ColdLimb, Numbness])],
        Some(Urgent),
    );
    let race = |n, pain| Entry {
        types: [PainType::Sore].into(),
        spread: Some(Spread::General),
        moment: Moment::Morning,
        ..sore(n, Site::Quad, Side::Both, pain)
    };
    let next_day = Entry {
        onset: Some(Onset::NextDay),
        movement: Some(Movement::Better),
        ..race(19, 8.0)
    };
    check(
        "both quads after a race",
        vec![next_day, race(20, 6.0)],
        None,
    );
    check(
        "squats, brown urine",
        vec![note(Site::Quad, Side::Both, 9.0, &[DarkUrine, Swelling])],
        Some(Urgent),
    );
}

#[test]
fn bones_and_hips() {
    let shin = |n, pain, signs: &[Sign]| on(n, note(Site::Shin, R, pain, signs));
    let story = vec![
        shin(18, 3.0, &[BoneSpot]),
        shin(19, 4.0, &[NightPain]),
        shin(20, 5.0, &[NightPain, ImpactPain]),
    ];
    check("sore spot, woke me, hopping hurts", story, Some(SeeSomeone));
    check("shin woke me once", vec![shin(20, 3.0, &[NightPain])], None);
    check(
        "shin sore along its length",
        vec![shin(19, 3.0, &[]), shin(20, 3.0, &[])],
        None,
    );
    let groin = |n, pain, signs: &[Sign]| on(n, note(Site::Groin, L, pain, signs));
    let cut = Entry {
        moment: Moment::During,
        function: Some(Function::CutShort),
        ..groin(18, 4.0, &[])
    };
    let night = Entry {
        moment: Moment::Night,
        signs: [NightPain].into(),
        ..groin(19, 3.0, &[])
    };
    check(
        "groin: cut short, then a night",
        vec![cut.clone(), night],
        Some(SeeSomeone),
    );
    check(
        "groin: limping",
        vec![groin(19, 5.0, &[BoneSpot]), groin(20, 6.0, &[Limp])],
        Some(SeeSomeone),
    );
    check(
        "groin: every landing, turning over in bed",
        vec![groin(20, 5.0, &[Limp, NightPain])],
        Some(SeeSomeone),
    );
    check("groin: a pop", vec![groin(20, 5.0, &[Pop])], Some(Urgent));
    check(
        "groin: no weight",
        vec![Entry {
            function: Some(Function::CannotBearWeight),
            ..cut
        }],
        Some(Urgent),
    );
    check(
        "groin: a bit tight",
        vec![groin(19, 3.0, &[]), groin(20, 2.0, &[])],
        None,
    );
    check(
        "groin: chafed",
        vec![everyday(Everyday::Chafing, groin(20, 6.0, &[RestPain]))],
        None,
    );
    let heel = |n| Entry {
        spread: Some(Spread::Spot),
        movement: Some(Movement::Worse),
        ..sore(n, Site::Heel, L, 4.0)
    };
    let heel_night = Entry {
        moment: Moment::Night,
        signs: [NightPain].into(),
        ..heel(20)
    };
    check(
        "heel: a spot, a run cut, a night",
        vec![heel(19), heel_night],
        Some(SeeSomeone),
    );
    let first_steps = Entry {
        movement: Some(Movement::Better),
        moment: Moment::Morning,
        ..heel(20)
    };
    check("heel: first steps", vec![first_steps], None);
    let inner = Entry {
        function: Some(Function::CutShort),
        spread: Some(Spread::Spot),
        ..sore(18, Site::Ankle, R, 4.0)
    };
    check("inner ankle bone", vec![inner], Some(SeeSomeone));
    check(
        "rolled it, knob is sore",
        vec![note(Site::Foot, R, 5.0, &[Trauma, BoneSpot])],
        Some(SeeSomeone),
    );
    check(
        "bump under the kneecap",
        vec![note(Site::Knee, L, 3.0, &[BoneSpot])],
        None,
    );
    check(
        "stump a bit sore",
        vec![note(Site::Shin, R, 3.0, &[])],
        None,
    );
}

#[test]
fn knees_ankles_joints_and_skin() {
    let knee = |pain, signs: &[Sign]| note(Site::Knee, L, pain, signs);
    check(
        "twisted, swollen within an hour, gave way",
        vec![knee(5.0, &[Trauma, RapidSwelling, GivingWay])],
        Some(Urgent),
    );
    check(
        "gave way on the stairs",
        vec![knee(4.0, &[GivingWay])],
        Some(SeeSomeone),
    );
    check("locked", vec![knee(4.0, &[Locking])], Some(Urgent));
    check(
        "fell, does not bend, no four steps",
        vec![knee(7.0, &[Trauma, CannotBend, NoWeight])],
        Some(Urgent),
    );
    check(
        "hot and swollen, fever",
        vec![knee(6.0, &[Warmth, Swelling, Fever])],
        Some(Urgent),
    );
    check(
        "red and hot, fever, no swelling",
        vec![knee(6.0, &[Redness, Warmth, Fever])],
        Some(Urgent),
    );
    check(
        "swollen after the long run",
        vec![knee(3.0, &[Swelling])],
        Some(SeeSomeone),
    );
    check(
        "clicks",
        vec![everyday(Everyday::Click, knee(0.0, &[]))],
        None,
    );
    check(
        "grazed",
        vec![everyday(Everyday::Graze, knee(3.0, &[Trauma]))],
        None,
    );
    let film = |n| {
        on(
            n,
            Entry {
                signs_in_note: [RestPain].into(),
                ..sore(20, Site::Kneecap, L, 3.0)
            },
        )
    };
    check(
        "kneecap after a film",
        vec![film(18), film(19), film(20)],
        None,
    );
    let ankle = |signs: &[Sign]| note(Site::Ankle, R, 7.0, signs);
    check(
        "rolled, no four steps",
        vec![ankle(&[Trauma, Swelling, Bruise, NoWeight])],
        Some(Urgent),
    );
    check(
        "rolled, swollen",
        vec![ankle(&[Trauma, Swelling])],
        Some(SeeSomeone),
    );
    check("heard a crack", vec![ankle(&[Trauma, Pop])], Some(Urgent));
    check(
        "new hip hot and weeping, shivers",
        vec![note(
            Site::Hip,
            L,
            6.0,
            &[ArtificialJoint, WeepingWound, Fever],
        )],
        Some(Urgent),
    );
    check(
        "new hip, all well",
        vec![note(Site::Hip, L, 2.0, &[ArtificialJoint])],
        None,
    );
    let heel = |signs: &[Sign]| everyday(Everyday::Blister, note(Site::Heel, R, 5.0, signs));
    check(
        "blister, red line",
        vec![heel(&[WeepingWound, RedStreak])],
        Some(Urgent),
    );
    check(
        "blister that stings at nine",
        vec![everyday(Everyday::Blister, note(Site::Toe, R, 9.0, &[]))],
        None,
    );
    check(
        "black nail",
        vec![everyday(Everyday::Nail, note(Site::Toe, R, 4.0, &[Bruise]))],
        None,
    );
    let unnamed = |signs: &[Sign]| Entry {
        site: None,
        side: None,
        ..note(Site::Knee, L, 6.0, signs)
    };
    check(
        "no place, no weight on it",
        vec![unnamed(&[NoWeight])],
        Some(Urgent),
    );
    check("no place, a crack", vec![unnamed(&[Pop])], Some(Urgent));
    check(
        "no place, swollen",
        vec![unnamed(&[Swelling])],
        Some(SeeSomeone),
    );
}

#[test]
fn legs_that_go_numb_in_every_run() {
    let run = |n| Entry {
        types: [PainType::Tight].into(),
        signs_in_note: [Numbness].into(),
        moment: Moment::During,
        ..sore(n, Site::Shin, Side::Both, 5.0)
    };
    let found = all([16, 18, 20].map(run).to_vec());
    assert!(
        found
            .iter()
            .any(|finding| finding.rule == "red-flag-both-shins"),
        "{found:?}"
    );
}
