//! Pain on the injury side of the six-row table that sets plain soreness apart.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance, sighting, triage,
};
use crate::pain::episodes::{Episode, daily_ratings};
use crate::pain::{Entry, Function, Movement, Onset, PainType, Sign, Spread, site_text};
use crate::time::{dates, period_text};
use crate::units::{Unit, number};
use crate::words::{list, sentence_case};

/// So many of the six rows must be known.
const MINIMUM_FILLED: Limit = Limit {
    key: "minimum_rows_filled",
    value: 3.0,
    change: Change::TRIAGE,
    why: "With fewer than half of the table nothing can be compared.",
};

/// From so many rows on the injury side.
const WATCH_FROM: Limit = Limit {
    key: "watch_from_rows",
    value: 2.0,
    change: Change::TRIAGE,
    why: "One unusual row is common in plain soreness; two are a reason to look.",
};

/// From so many rows somebody should look.
const SEE_SOMEONE_FROM: Limit = Limit {
    key: "see_someone_from_rows",
    value: 3.0,
    change: Change::TRIAGE,
    why: "Half of the table on the injury side.",
};

/// Soreness longer than this is on the injury side.
const SORENESS: Limit = Limit {
    key: "soreness_days",
    value: 4.0,
    change: Change::TRIAGE,
    why: "Plain soreness fades within three or four days (seed table).",
};

/// How much a spell must have risen to count as rising.
const RISE: Limit = Limit {
    key: "rise_pain",
    value: 2.0,
    change: Change::TRIAGE,
    why: "Patients call a change of 2 points of 10 \"much\", 1 point is just noticed (Salaffi et al. 2004).",
};

/// Kinds of pain on the injury side.
const INJURY_TYPES: &[PainType] = &[
    PainType::Sharp,
    PainType::Stabbing,
    PainType::Shooting,
    PainType::Burning,
    PainType::Throbbing,
];

/// Signs on the injury side.
const INJURY_SIGNS: &[Sign] = &[
    Sign::Swelling,
    Sign::Redness,
    Sign::Warmth,
    Sign::Numbness,
    Sign::Tingling,
    Sign::Weakness,
];

/// The rule.
pub const RULE: Rule = Rule {
    id: "pain-outside-doms",
    title: "Not the usual soreness pattern",
    why: "Sore muscles after a run have a pattern. Pain outside it is not proof of anything, but it deserves more respect.",
    formula: "For each spell at one site and side, the number of six rows on the injury side: (1) type sharp, stabbing, shooting, burning or throbbing; (2) onset sudden, during or right after the run, counted only with another row; (3) spread spot; (4) longer than 4 days, or never falling and up by 2 over 3 days or more; (5) movement worse or function changed_form; (6) swelling, redness, warmth, numbness, tingling or weakness. 2: watch; 3 or more: see someone.",
    needs: "A spell with pain above 0 and 3 of the 6 rows filled in. A blank is unknown and not on either side.",
    cap: Severity::SeeSomeone,
    group: Group::Pain,
    triage: &[(Severity::SeeSomeone, 230)],
    is_loud: true,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "The table comes from a popular article; no study that tested it was found. In 400 long-distance runners soreness was highest right after the run and then fell, and only 14 % peaked after 36 to 48 hours, so an early start alone says little (Vickers 2001).",
        sources: &[
            "Popular article S1, seven ways to prevent leg ache after running.",
            "Vickers (2001), BMC Musculoskeletal Disorders 2:5.",
            "Salaffi et al. (2004), European Journal of Pain 8:283.",
        ],
    },
    limits: &[MINIMUM_FILLED, WATCH_FROM, SEE_SOMEONE_FROM, SORENESS, RISE],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: its table of six rows sets plain soreness apart from the rest.",
    message: "Right shin, 3–4 May 2025: sharp, in one spot and worse with movement. That is not the usual soreness pattern. A doctor or physiotherapist can tell you more; easy days until then.",
    check: Check::Data(check),
};

fn check(context: &Context) -> Vec<Outcome> {
    let rows = triage::rows(context);
    let spells = sighting::spells(context);
    let spells: Vec<&Episode> = spells
        .iter()
        .filter(|episode| episode.site.is_limb())
        .collect();
    let minimum_filled = context.limit(MINIMUM_FILLED) as usize;
    let tables: Vec<(&Episode, [Row; 6])> = spells
        .iter()
        .map(|spell| (*spell, table(context, rows, spell)))
        .filter(|(_, table)| table.iter().filter(|row| row.is_filled()).count() >= minimum_filled)
        .collect();
    if tables.is_empty() && !spells.is_empty() {
        return vec![Outcome::NotJudged(
            "no spell of pain has 3 of the 6 rows of the table filled in".to_string(),
        )];
    }
    let found = tables
        .iter()
        .filter_map(|(spell, table)| finding(context, spell, table))
        .map(Outcome::Flagged);
    triage::conclude(context, found.collect())
}

/// One row of the table for one spell.
#[derive(Debug, Clone, PartialEq)]
enum Row {
    Unknown,
    Soreness,
    /// On the injury side, with the words for it.
    Injury(String),
}

impl Row {
    fn new(filled: bool, injury: Option<String>) -> Self {
        match injury {
            Some(words) => Row::Injury(words),
            None if filled => Row::Soreness,
            None => Row::Unknown,
        }
    }

    fn is_filled(&self) -> bool {
        *self != Row::Unknown
    }
}

/// Whether enough rows of the spell's table are on the injury side to speak of it.
pub(super) fn is_outside(context: &Context, rows: &[Entry], spell: &Episode) -> bool {
    let context = &context.of(&RULE);
    injury_words(&table(context, rows, spell)).len() as f64 >= context.limit(WATCH_FROM)
}

fn table(context: &Context, rows: &[Entry], spell: &Episode) -> [Row; 6] {
    let rows = sighting::between(rows, spell.from, spell.to);
    let entries: Vec<&Entry> = rows.iter().filter(|row| spell.covers(row)).collect();
    [
        type_row(&entries),
        onset_row(&entries),
        Row::new(
            entries.iter().any(|entry| entry.spread.is_some()),
            first(&entries, |entry| {
                entry
                    .spread
                    .filter(|spread| *spread == Spread::Spot)
                    .map(Spread::label)
            }),
        ),
        duration_row(context, rows, spell),
        movement_row(&entries),
        signs_row(&entries),
    ]
}

/// The words of the first entry that has some.
fn first<'a>(
    entries: &[&'a Entry],
    words: impl Fn(&'a Entry) -> Option<&'static str>,
) -> Option<String> {
    entries
        .iter()
        .find_map(|entry| words(entry))
        .map(str::to_string)
}

fn type_row(entries: &[&Entry]) -> Row {
    let injury = |entry: &Entry| {
        entry
            .types
            .iter()
            .find(|kind| INJURY_TYPES.contains(kind))
            .map(|kind| kind.label())
    };
    Row::new(
        entries.iter().any(|entry| !entry.types.is_empty()),
        first(entries, injury),
    )
}

fn onset_row(entries: &[&Entry]) -> Row {
    let injury = |entry: &Entry| match entry.onset? {
        Onset::Sudden => Some("starting suddenly"),
        Onset::During => Some("starting during the run"),
        Onset::After => Some("starting right after the run"),
        Onset::Gradual | Onset::NextDay => None,
    };
    Row::new(
        entries.iter().any(|entry| entry.onset.is_some()),
        first(entries, injury),
    )
}

/// From the rows of the spell's days. Known once the spell is long, has risen or has settled: a short spell that still runs may become either.
fn duration_row(context: &Context, rows: &[Entry], spell: &Episode) -> Row {
    if spell.days() as f64 > context.limit(SORENESS) {
        // How many days is pain-over-a-week's to say.
        return Row::Injury(format!(
            "there for more than {} days",
            number(context.limit(SORENESS), 0)
        ));
    }
    let ratings: Vec<f64> = daily_ratings(rows, spell.site, spell.side)
        .into_values()
        .collect();
    let rose = match ratings.as_slice() {
        [first, _, .., last] => ratings.is_sorted() && last - first >= context.limit(RISE),
        _ => false,
    };
    Row::new(
        spell.has_settled(),
        rose.then(|| "rising from day to day".to_string()),
    )
}

fn movement_row(entries: &[&Entry]) -> Row {
    let worse = |entry: &Entry| {
        entry
            .movement
            .filter(|movement| *movement == Movement::Worse)
            .map(Movement::label)
    };
    let changed = |entry: &Entry| {
        (entry.function == Some(Function::ChangedForm)).then_some("changing how you ran")
    };
    let filled = entries
        .iter()
        .any(|entry| entry.movement.is_some() || entry.function.is_some());
    Row::new(
        filled,
        first(entries, worse).or_else(|| first(entries, changed)),
    )
}

/// A blank signs cell is unknown; another sign shows that signs were thought of.
fn signs_row(entries: &[&Entry]) -> Row {
    let has = |sign: &Sign| entries.iter().any(|entry| entry.has_sign(*sign));
    let feels = |kind| entries.iter().any(|entry| entry.types.contains(&kind));
    let mut found: Vec<String> = INJURY_SIGNS
        .iter()
        .filter(|sign| has(sign))
        .map(|sign| sign.label().to_string())
        .collect();
    for (kind, sign) in [
        (PainType::Tingling, Sign::Tingling),
        (PainType::Numb, Sign::Numbness),
    ] {
        if feels(kind) && !has(&sign) {
            found.push(sign.label().to_string());
        }
    }
    let filled = entries
        .iter()
        .any(|entry| !entry.signs.is_empty() || !entry.signs_in_note.is_empty());
    Row::new(
        filled,
        (!found.is_empty()).then(|| format!("with {}", list(&found))),
    )
}

/// The words of the rows on the injury side. The onset (second row) stands for nothing alone.
fn injury_words(table: &[Row; 6]) -> Vec<String> {
    let words: Vec<String> = table
        .iter()
        .filter_map(|row| match row {
            Row::Injury(words) => Some(words.clone()),
            Row::Unknown | Row::Soreness => None,
        })
        .collect();
    let only_onset = words.len() == 1 && matches!(table[1], Row::Injury(_));
    if only_onset { Vec::new() } else { words }
}

fn finding(context: &Context, spell: &Episode, table: &[Row; 6]) -> Option<Finding> {
    let words = injury_words(table);
    let count = words.len() as f64;
    let (severity, limit) = if count >= context.limit(SEE_SOMEONE_FROM) {
        (Severity::SeeSomeone, SEE_SOMEONE_FROM)
    } else if count >= context.limit(WATCH_FROM) {
        (Severity::Watch, WATCH_FROM)
    } else {
        return None;
    };
    let mut finding = Finding {
        observed: Some(count),
        limit: Some(context.limit(limit)),
        unit: Unit::Rows,
        tells_observed: false,
        site: Some(spell.site),
        side: spell.side,
        run_ids: sighting::run_ids(context, &dates(spell.from, spell.to).collect()),
        ..Finding::on(&RULE, severity, spell.from, spell.to)
    };
    let is_current = triage::is_current(&finding, context.history.as_of);
    let (place, period) = (
        sentence_case(&site_text(spell.site, spell.side)),
        period_text(spell.from, spell.to),
    );
    let that_is = if is_current { "is" } else { "was" };
    let words = list(&words);
    finding.message =
        format!("{place}, {period}: {words}. That {that_is} not the usual soreness pattern.");
    finding.instruction = advice(severity, is_current).to_string();
    Some(finding)
}

fn advice(severity: Severity, is_current: bool) -> &'static str {
    match (severity, is_current) {
        (Severity::SeeSomeone, true) => {
            "A doctor or physiotherapist can tell you more; easy days until then."
        }
        (_, true) => "Keep an eye on it, and go easy while it lasts.",
        (Severity::SeeSomeone, false) => {
            "If it comes back, a doctor or physiotherapist can tell you more."
        }
        (_, false) => "If it comes back, keep an eye on it.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Side, Site};
    use crate::rules::pain_fixture::{check_too_little_data, clear, flagged, judge, sore};

    fn shin(n: i64) -> Entry {
        sore(n, Site::Shin, Side::Right, 3.0)
    }

    /// On the soreness side wherever it can be: aching, all over, better with movement, began the next day.
    fn plain(n: i64) -> Entry {
        Entry {
            types: [PainType::Ache].into(),
            spread: Some(Spread::General),
            movement: Some(Movement::Better),
            onset: Some(Onset::NextDay),
            ..shin(n)
        }
    }

    fn check(rows: Vec<Entry>, expected: Option<(Severity, f64)>) {
        let found: Vec<_> = flagged(&RULE, 20, rows)
            .iter()
            .map(|f| (f.severity, f.observed.unwrap_or_default()))
            .collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    }

    fn sharp() -> Entry {
        Entry {
            types: [PainType::Sharp].into(),
            ..plain(20)
        }
    }

    #[test]
    fn two_rows_are_watched_and_three_are_for_someone() {
        let spot = Entry {
            spread: Some(Spread::Spot),
            ..sharp()
        };
        let worse = Entry {
            movement: Some(Movement::Worse),
            ..spot.clone()
        };
        check(vec![plain(20)], None);
        check(vec![sharp()], None);
        check(vec![spot], Some((Severity::Watch, 2.0)));
        check(vec![worse], Some((Severity::SeeSomeone, 3.0)));
    }

    #[test]
    fn each_row_counts() {
        let with = |change: fn(&mut Entry)| {
            let mut entry = sharp();
            change(&mut entry);
            vec![entry]
        };
        let two = Some((Severity::Watch, 2.0));
        check(with(|entry| entry.onset = Some(Onset::During)), two);
        check(
            with(|entry| entry.function = Some(Function::ChangedForm)),
            two,
        );
        check(with(|entry| entry.signs = [Sign::Warmth].into()), two);
        check(
            with(|entry| entry.signs_in_note = [Sign::Weakness].into()),
            two,
        );
        check(with(|entry| entry.types.insert(PainType::Tingling)), two);
        check(with(|entry| entry.signs = [Sign::HeavyLegs].into()), None);
        check(with(|entry| entry.function = Some(Function::None)), None);
    }

    #[test]
    fn an_early_start_alone_is_no_injury_row() {
        check(
            vec![Entry {
                onset: Some(Onset::After),
                ..plain(20)
            }],
            None,
        );
        let table = [
            Row::Soreness,
            Row::Injury("x".to_string()),
            Row::Soreness,
            Row::Unknown,
            Row::Unknown,
            Row::Unknown,
        ];
        assert_eq!(injury_words(&table), Vec::<String>::new());
    }

    #[test]
    fn four_days_are_soreness_and_five_are_not() {
        let spell =
            |days: &[i64]| [days.iter().map(|n| shin(*n)).collect(), vec![sharp()]].concat();
        check(spell(&[17]), None);
        check(spell(&[16, 18]), Some((Severity::Watch, 2.0)));
    }

    #[test]
    fn rising_by_two_over_three_days_counts() {
        let rated = |n, pain| Entry {
            pain: Some(pain),
            ..shin(n)
        };
        check(
            vec![rated(18, 1.0), rated(19, 2.0), sharp()],
            Some((Severity::Watch, 2.0)),
        );
        check(vec![rated(18, 2.0), rated(19, 2.0), sharp()], None);
        check(vec![rated(19, 1.0), sharp()], None);
        check(vec![rated(18, 1.0), rated(19, 4.0), sharp()], None);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        let two_rows = Entry {
            types: [PainType::Sharp].into(),
            spread: Some(Spread::Spot),
            ..shin(18)
        };
        assert!(matches!(
            judge(&RULE, 20, vec![two_rows.clone()]).as_slice(),
            [Outcome::NotJudged(_)]
        ));
        // Settled after two all-clear days: the third row, duration, is known.
        check(
            vec![two_rows, clear(19), clear(20)],
            Some((Severity::Watch, 2.0)),
        );
        assert_eq!(judge(&RULE, 20, vec![clear(20)]), [Outcome::Clear]);
    }

    #[test]
    fn words() {
        let worse = Entry {
            spread: Some(Spread::Spot),
            movement: Some(Movement::Worse),
            ..sharp()
        };
        let rows = vec![shin(19), worse];
        assert_eq!(
            flagged(&RULE, 60, rows.clone())[0].text(),
            "Right shin, 22–23 Mar 2025: sharp, in one spot and worse with movement. That was not the usual soreness pattern. \
             If it comes back, a doctor or physiotherapist can tell you more."
        );
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "Right shin, 22–23 Mar 2025: sharp, in one spot and worse with movement. That is not the usual soreness pattern. \
             A doctor or physiotherapist can tell you more; easy days until then."
        );
        assert_eq!(
            flagged(&RULE, 20, vec![shin(15), shin(17), shin(18), sharp()])[0].text(),
            "Right shin, 18–23 Mar 2025: sharp and there for more than 4 days. That is not the usual soreness pattern. \
             Keep an eye on it, and go easy while it lasts."
        );
    }
}
