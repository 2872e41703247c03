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
    headline: "not the usual soreness",
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
            "Vickers (2001), BMC Musculoskeletal Disorders 2:5, doi 10.1186/1471-2474-2-5.",
            "Salaffi et al. (2004), European Journal of Pain 8:283, doi 10.1016/j.ejpain.2003.09.004.",
        ],
    },
    limits: &[MINIMUM_FILLED, WATCH_FROM, SEE_SOMEONE_FROM, SORENESS, RISE],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: its table of six rows sets plain soreness apart from the rest.",
    message: "Right shin, 3–4 May 2025: sharp, in one spot and worse with movement. That is not the usual soreness pattern. A doctor or physiotherapist can tell you more; easy days until then.",
    check: Check::Data(check),
};

fn check(ctx: &Context) -> Vec<Outcome> {
    let rows = triage::rows(ctx);
    let spells = sighting::spells(ctx);
    let mut spells = spells
        .iter()
        .filter(|spell| spell.site.is_limb())
        .peekable();
    let has_spells = spells.peek().is_some();
    let tables: Vec<(&Episode, [Row; 6])> = spells
        .map(|spell| (spell, table(ctx, rows, spell)))
        .filter(|(_, table)| is_filled_enough(ctx, table))
        .collect();
    if tables.is_empty() && has_spells {
        return vec![Outcome::not_judged(
            "no spell of pain has 3 of the 6 rows of the table filled in",
        )];
    }
    let found = tables.iter();
    triage::flagged(
        ctx,
        found.filter_map(|(spell, table)| finding(ctx, spell, table)),
    )
}

fn is_filled_enough(ctx: &Context, table: &[Row; 6]) -> bool {
    let filled = table.iter().filter(|row| row.is_filled()).count();
    filled >= ctx.limit(MINIMUM_FILLED) as usize
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

    fn injury(&self) -> Option<String> {
        match self {
            Row::Injury(words) => Some(words.clone()),
            Row::Unknown | Row::Soreness => None,
        }
    }

    fn is_filled(&self) -> bool {
        *self != Row::Unknown
    }
}

/// Whether enough rows of the spell's table are on the injury side to speak of it.
pub(super) fn is_outside(ctx: &Context, rows: &[Entry], spell: &Episode) -> bool {
    let ctx = &ctx.of(&RULE);
    injury_words(&table(ctx, rows, spell)).len() as f64 >= ctx.limit(WATCH_FROM)
}

fn table(ctx: &Context, rows: &[Entry], spell: &Episode) -> [Row; 6] {
    let rows = sighting::between(rows, spell.from, spell.to);
    let entries: Vec<&Entry> = rows.iter().filter(|row| spell.covers(row)).collect();
    [
        type_row(&entries),
        onset_row(&entries),
        spread_row(&entries),
        duration_row(ctx, rows, spell),
        movement_row(&entries),
        signs_row(&entries),
    ]
}

/// The words of the first entry that has some.
fn first<'a>(
    entries: &[&'a Entry],
    words: impl Fn(&'a Entry) -> Option<&'static str>,
) -> Option<String> {
    let mut told = entries.iter().filter_map(|entry| words(entry));
    told.next().map(str::to_string)
}

fn type_row(entries: &[&Entry]) -> Row {
    Row::new(
        entries.iter().any(|entry| !entry.types.is_empty()),
        first(entries, injury_type),
    )
}

fn injury_type(entry: &Entry) -> Option<&'static str> {
    let mut kinds = entry.types.iter();
    let kind = kinds.find(|kind| INJURY_TYPES.contains(kind));
    kind.map(|kind| kind.label())
}

fn onset_row(entries: &[&Entry]) -> Row {
    Row::new(
        entries.iter().any(|entry| entry.onset.is_some()),
        first(entries, injury_onset),
    )
}

fn injury_onset(entry: &Entry) -> Option<&'static str> {
    Some(match entry.onset? {
        Onset::Sudden => "starting suddenly",
        Onset::During => "starting during the run",
        Onset::After => "starting right after the run",
        Onset::Gradual | Onset::NextDay => return None,
    })
}

fn spread_row(entries: &[&Entry]) -> Row {
    Row::new(
        entries.iter().any(|entry| entry.spread.is_some()),
        first(entries, one_spot),
    )
}

fn one_spot(entry: &Entry) -> Option<&'static str> {
    let spread = entry.spread.filter(|spread| *spread == Spread::Spot);
    spread.map(Spread::label)
}

/// From the rows of the spell's days. Known once the spell is long, has risen or has settled: a short spell that still runs may become either.
fn duration_row(ctx: &Context, rows: &[Entry], spell: &Episode) -> Row {
    let soreness = ctx.limit(SORENESS);
    if spell.days() as f64 > soreness {
        // How many days is pain-over-a-week's to say.
        return Row::Injury(format!("there for more than {} days", number(soreness, 0)));
    }
    let rising = has_risen(ctx, rows, spell).then(|| "rising from day to day".to_string());
    Row::new(spell.has_settled(), rising)
}

fn has_risen(ctx: &Context, rows: &[Entry], spell: &Episode) -> bool {
    let by_day = daily_ratings(rows, spell.site, spell.side);
    let ratings: Vec<f64> = by_day.into_values().collect();
    match ratings.as_slice() {
        [first, _, .., last] => ratings.is_sorted() && last - first >= ctx.limit(RISE),
        _ => false,
    }
}

fn movement_row(entries: &[&Entry]) -> Row {
    Row::new(
        entries.iter().any(|entry| tells_of_movement(entry)),
        first(entries, worse_moving).or_else(|| first(entries, changed_form)),
    )
}

fn tells_of_movement(entry: &Entry) -> bool {
    entry.movement.is_some() || entry.function.is_some()
}

fn worse_moving(entry: &Entry) -> Option<&'static str> {
    let movement = entry.movement.filter(|found| *found == Movement::Worse);
    movement.map(Movement::label)
}

fn changed_form(entry: &Entry) -> Option<&'static str> {
    (entry.function == Some(Function::ChangedForm)).then_some("changing how you ran")
}

/// A blank signs cell is unknown; another sign shows that signs were thought of.
fn signs_row(entries: &[&Entry]) -> Row {
    Row::new(
        entries.iter().any(|entry| names_a_sign(entry)),
        with_signs(entries),
    )
}

fn with_signs(entries: &[&Entry]) -> Option<String> {
    let found = injury_signs(entries);
    (!found.is_empty()).then(|| format!("with {}", list(&found)))
}

fn names_a_sign(entry: &Entry) -> bool {
    !entry.signs.is_empty() || !entry.signs_in_note.is_empty()
}

/// Kinds of pain that say as much as a sign.
const AS_SIGNS: &[(PainType, Sign)] = &[
    (PainType::Tingling, Sign::Tingling),
    (PainType::Numb, Sign::Numbness),
];

fn injury_signs(entries: &[&Entry]) -> Vec<String> {
    let has = |sign: Sign| entries.iter().any(|entry| entry.has_sign(sign));
    let feels = |kind| entries.iter().any(|entry| entry.types.contains(&kind));
    let written = INJURY_SIGNS.iter().copied().filter(|sign| has(*sign));
    let felt = AS_SIGNS.iter();
    let felt = felt.filter(|(kind, sign)| feels(*kind) && !has(*sign));
    let found = written.chain(felt.map(|(_, sign)| *sign));
    found.map(|sign| sign.label().to_string()).collect()
}

/// The words of the rows on the injury side. The onset (second row) stands for nothing alone.
fn injury_words(table: &[Row; 6]) -> Vec<String> {
    let words: Vec<String> = table.iter().filter_map(Row::injury).collect();
    let only_onset = words.len() == 1 && table[1].injury().is_some();
    if only_onset { Vec::new() } else { words }
}

/// How loud so many rows on the injury side are, and by which limit.
fn level(ctx: &Context, count: f64) -> Option<(Severity, f64)> {
    let levels = [
        (Severity::SeeSomeone, ctx.limit(SEE_SOMEONE_FROM)),
        (Severity::Watch, ctx.limit(WATCH_FROM)),
    ];
    levels.into_iter().find(|(_, limit)| count >= *limit)
}

fn finding(ctx: &Context, spell: &Episode, table: &[Row; 6]) -> Option<Finding> {
    let words = injury_words(table);
    let (severity, limit) = level(ctx, words.len() as f64)?;
    let finding = Finding {
        observed: Some(words.len() as f64),
        limit: Some(limit),
        unit: Unit::Rows,
        tells_observed: false,
        site: Some(spell.site),
        side: spell.side,
        run_ids: sighting::run_ids(ctx, &dates(spell.from, spell.to).collect()),
        ..Finding::on(&RULE, severity, spell.from, spell.to)
    };
    let is_current = triage::is_current(&finding, ctx.history.as_of);
    Some(Finding {
        message: message(spell, &words, is_current),
        instruction: advice(severity, is_current).to_string(),
        ..finding
    })
}

fn message(spell: &Episode, words: &[String], is_current: bool) -> String {
    let place = sentence_case(&site_text(spell.site, spell.side));
    let (period, words) = (period_text(spell.from, spell.to), list(words));
    let that_is = if is_current { "is" } else { "was" };
    format!("{place}, {period}: {words}. That {that_is} not the usual soreness pattern.")
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
