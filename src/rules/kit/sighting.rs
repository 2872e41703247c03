//! How a red flag reads the pain log: day by day and site by site, one row is enough, and the sentence says what was written.

use crate::pain::episodes::{Episode, episodes};
use crate::pain::sides_meet;
use crate::pain::{Entry, Everyday, Function, Moment, PainType, Side, Sign, Site, site_text};
use crate::rules::{Change, Context, Finding, Limit, Outcome, Rule, Severity, triage};
use crate::time::{date_text, days_between, period_text};
use crate::units::Unit;
use crate::words::{list, sentence_case};
use chrono::NaiveDate;
use std::{
    borrow::{Borrow, Cow},
    collections::{BTreeMap, BTreeSet},
};

/// Rows at most this many days apart are told as one stretch.
pub const STRETCH: Limit = Limit {
    key: "stretch_gap_days",
    value: 14.0,
    change: Change::TRIAGE,
    why: "As long as the triage window: what would still be current joins, what would be history stands apart.",
};

/// The sites of a leg, hip and buttock included.
pub const LEG: &[Site] = &[
    Site::Knee,
    Site::Kneecap,
    Site::Shin,
    Site::Calf,
    Site::Achilles,
    Site::Ankle,
    Site::Heel,
    Site::Foot,
    Site::Toe,
    Site::Hamstring,
    Site::Quad,
    Site::Thigh,
    Site::Itb,
    Site::Hip,
    Site::Groin,
    Site::Glute,
];

/// What a red flag does with the days it was seen on.
#[derive(Debug, Clone)]
pub struct Flag {
    /// The rule.
    pub rule: &'static Rule,
    /// How loud.
    pub severity: Severity,
    /// Whether the sites of the log are looked at together; otherwise every site and side has findings of its own.
    pub all_sites: bool,
    /// So many different days are needed, 1 for "one row is enough" …
    pub days: usize,
    /// … within so many days, first and last included.
    pub within_days: i64,
    /// What to do and by when, in whole sentences: the finding's instruction.
    pub advice: String,
    /// What to do should it come back: the end of a sentence that starts with that, with its full stop.
    pub if_back: String,
}

impl Flag {
    /// A flag of the whole body: one row is enough, wherever it stands.
    pub fn of_the_body(
        rule: &'static Rule,
        severity: Severity,
        advice: impl Into<String>,
        if_back: &str,
    ) -> Flag {
        Flag {
            all_sites: true,
            ..Flag::of_a_place(rule, severity, advice, if_back)
        }
    }

    /// A flag of one place: one row is enough, and every place has findings of its own.
    pub fn of_a_place(
        rule: &'static Rule,
        severity: Severity,
        advice: impl Into<String>,
        if_back: &str,
    ) -> Flag {
        let (advice, if_back) = (advice.into(), if_back.to_string());
        Flag {
            rule,
            severity,
            all_sites: false,
            days: 1,
            within_days: 1,
            advice,
            if_back,
        }
    }
}

/// All rows of one day about one site and side. What a row leaves blank joins what the day's other rows name, see
/// [`days_at_sites`].
#[derive(Debug, Clone)]
pub struct DayAtSite<'a> {
    /// The day.
    pub date: NaiveDate,
    /// The site; None where the rows name none.
    pub site: Option<Site>,
    /// The side; None where the rows leave it open.
    pub side: Option<Side>,
    /// The rows, at least one.
    pub rows: Vec<&'a Entry>,
}

/// Something the runner wrote, in the report's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Fits after "you logged".
    pub text: String,
    /// Found in the free text and not in a column.
    pub in_note: bool,
}

impl Seen {
    /// From a column of the log.
    pub fn logged(text: impl Into<String>) -> Self {
        Seen {
            text: text.into(),
            in_note: false,
        }
    }

    /// From a column of the log or from the free text, the column before it. None when neither says so.
    fn said(text: impl Into<String>, in_column: bool, in_note: bool) -> Option<Self> {
        (in_column || in_note).then(|| Seen {
            text: text.into(),
            in_note: !in_column,
        })
    }
}

impl DayAtSite<'_> {
    /// Whether some row of the day is so.
    pub fn any(&self, is_so: impl Fn(&Entry) -> bool) -> bool {
        self.rows.iter().any(|row| is_so(row))
    }

    /// Whether the sign is in a column or a note.
    pub fn has(&self, sign: Sign) -> bool {
        self.any(|row| row.has_sign(sign))
    }

    /// Pain at night or at rest: as a sign, or as pain above zero rated at that moment of the day.
    pub fn pain_at_night_or_rest(&self) -> Vec<Seen> {
        let rated =
            |at| self.any(|row| row.moment == at && row.pain.is_some_and(|pain| pain > 0.0));
        let mut seen = self.signs(&[Sign::NightPain, Sign::RestPain]);
        for (moment, sign) in [
            (Moment::Night, Sign::NightPain),
            (Moment::Rest, Sign::RestPain),
        ] {
            if rated(moment) && !self.has(sign) {
                seen.push(Seen::logged(sign.label()));
            }
        }
        seen
    }

    /// Those of the wanted signs that were written, a column before a note.
    pub fn signs(&self, wanted: &[Sign]) -> Vec<Seen> {
        let logged = |sign: &Sign| self.any(|row| row.signs.contains(sign));
        let seen = |sign: &Sign| Seen {
            text: sign.label().to_string(),
            in_note: !logged(sign),
        };
        wanted
            .iter()
            .filter(|sign| self.has(**sign))
            .map(seen)
            .collect()
    }

    /// The signs of a flag that were written, and those told with them; empty when none of its own was.
    pub fn signs_in_company(&self, own: &[Sign], company: &[Sign]) -> Vec<Seen> {
        let mut seen = self.signs(own);
        if !seen.is_empty() {
            seen.extend(self.signs(company));
        }
        seen
    }

    /// Whether one of the signs is in a column or a note.
    pub fn has_any(&self, signs: &[Sign]) -> bool {
        signs.iter().any(|sign| self.has(*sign))
    }

    /// The highest rating. None where nothing is rated.
    pub fn peak(&self) -> Option<f64> {
        self.rows.iter().filter_map(|row| row.pain).reduce(f64::max)
    }

    /// Whether the rows say that nothing hurts.
    pub fn is_free_of_pain(&self) -> bool {
        self.peak() == Some(0.0)
    }

    /// Whether a note names one of these everyday troubles.
    pub fn is_everyday(&self, kinds: &[Everyday]) -> bool {
        self.any(|row| row.everyday_in_note.has_any(kinds))
    }

    /// That weight could not be put on it, by a column or a note.
    pub fn no_weight(&self) -> Option<Seen> {
        let in_column = |row: &Entry| {
            row.function == Some(Function::CannotBearWeight) || row.signs.contains(&Sign::NoWeight)
        };
        let in_note = self.any(|row| row.signs_in_note.contains(&Sign::NoWeight));
        Seen::said(
            "that you could not put weight on it",
            self.any(in_column),
            in_note,
        )
    }

    /// That it began suddenly, by a column or a note.
    pub fn sudden(&self) -> Option<Seen> {
        let in_column = self.any(|row| row.onset == Some(crate::pain::Onset::Sudden));
        Seen::said(
            "that it came suddenly",
            in_column,
            self.any(|row| row.sudden_in_note),
        )
    }

    /// The gravest of what it did to running.
    pub fn effect(&self) -> Option<Function> {
        self.rows.iter().filter_map(|row| row.effect()).max()
    }

    /// What it did to running, from `least` on up to a missed run; [`DayAtSite::no_weight`] says the rest.
    pub fn effects(&self, least: Function) -> Option<Seen> {
        let counts = |effect: &Function| (least..=Function::MissedRun).contains(effect);
        let gravest = self
            .rows
            .iter()
            .filter_map(|row| row.effect())
            .filter(counts)
            .max()?;
        let in_column = self.any(|row| row.function == Some(gravest));
        Seen::said(format!("that it {}", gravest.label()), in_column, true)
    }

    /// Those of the wanted kinds of pain that were logged.
    pub fn types(&self, wanted: &[PainType]) -> Vec<Seen> {
        let logged = |kind: &&PainType| self.any(|row| row.types.contains(kind));
        wanted
            .iter()
            .filter(logged)
            .map(|kind| Seen::logged(kind.label()))
            .collect()
    }
}

/// Judges a red flag over the whole log: `seen` says what a day shows of it, nothing for a day without it.
///
/// Days at most [`STRETCH`] apart are one stretch and one finding, told as history when its last day is older than that.
pub fn judge(
    context: &Context,
    flag: &Flag,
    seen: impl Fn(&DayAtSite) -> Vec<Seen>,
) -> Vec<Outcome> {
    conclude(context, found(context, flag, seen))
}

/// What [`judge`] finds, for a rule with several levels that puts them together with [`conclude`].
pub fn found(
    context: &Context,
    flag: &Flag,
    seen: impl Fn(&DayAtSite) -> Vec<Seen>,
) -> Vec<Finding> {
    found_in(context, flag, days(context).iter(), seen)
}

/// The same for the body as a whole: all rows of a day are read together, whatever their places.
pub fn found_by_date(
    context: &Context,
    flag: &Flag,
    seen: impl Fn(&DayAtSite) -> Vec<Seen>,
) -> Vec<Finding> {
    found_in(context, flag, whole_days(context), seen)
}

/// [`judge`] for the body as a whole.
pub fn judge_by_date(
    context: &Context,
    flag: &Flag,
    seen: impl Fn(&DayAtSite) -> Vec<Seen>,
) -> Vec<Outcome> {
    conclude(context, found_by_date(context, flag, seen))
}

/// Findings by day, and what the rule could not know.
pub fn conclude(context: &Context, mut findings: Vec<Finding>) -> Vec<Outcome> {
    findings.sort_by_key(|finding| finding.from);
    triage::conclude(
        context,
        findings.into_iter().map(Outcome::Flagged).collect(),
    )
}

/// The log by day and place, up to the day of the report.
pub fn days<'a>(context: &Context<'a>) -> Cow<'a, [DayAtSite<'a>]> {
    match context.days {
        Some(days) => Cow::Borrowed(days),
        None => Cow::Owned(days_at_sites(triage::rows(context))),
    }
}

/// The log's spells of pain up to the day of the report, by first day, site and side.
pub fn spells<'a>(context: &Context<'a>) -> Cow<'a, [Episode]> {
    match context.spells {
        Some(spells) => Cow::Borrowed(spells),
        None => Cow::Owned(episodes(triage::rows(context))),
    }
}

/// The log by day, all places of a day together; one day after the other, because a log may have thousands.
fn whole_days<'a>(context: &Context<'a>) -> impl Iterator<Item = DayAtSite<'a>> {
    let by_date = triage::rows(context).chunk_by(|a, b| a.date == b.date);
    let day = |rows: &'a [Entry]| {
        let date = rows.first()?.date;
        Some(DayAtSite {
            date,
            site: None,
            side: None,
            rows: rows.iter().collect(),
        })
    };
    by_date.filter_map(day)
}

/// What the rows of the same place say from `before` days before this day to `after` days after it, as if it were one day.
/// A side that is left open, or both sides, may be this one.
pub fn around<'a>(
    days: &[DayAtSite<'a>],
    day: &DayAtSite<'a>,
    before: i64,
    after: i64,
) -> DayAtSite<'a> {
    let start = days.partition_point(|other| days_between(other.date, day.date) > before);
    let near = days
        .iter()
        .skip(start)
        .take_while(|other| days_between(day.date, other.date) <= after);
    let here = near.filter(|other| other.site == day.site && sides_meet(other.side, day.side));
    DayAtSite {
        rows: here.flat_map(|other| other.rows.iter().copied()).collect(),
        ..day.clone()
    }
}

fn found_in<'a>(
    context: &Context,
    flag: &Flag,
    days: impl Iterator<Item: Borrow<DayAtSite<'a>>>,
    seen: impl Fn(&DayAtSite) -> Vec<Seen>,
) -> Vec<Finding> {
    let mut by_place: BTreeMap<_, Vec<Sighting>> = BTreeMap::new();
    for day in days {
        let day = day.borrow();
        let words = seen(day);
        if !words.is_empty() {
            let place = (!flag.all_sites).then_some((day.site, day.side));
            let sighting = Sighting {
                date: day.date,
                site: day.site,
                side: day.side,
                words,
            };
            by_place.entry(place).or_default().push(sighting);
        }
    }
    let enough = by_place
        .into_values()
        .flat_map(stretches)
        .filter(|stretch| is_enough(stretch, flag));
    enough
        .map(|stretch| finding(context, flag, &stretch))
        .collect()
}

/// The ids of the runs that started on these days.
pub fn run_ids(context: &Context, dates: &BTreeSet<NaiveDate>) -> Vec<String> {
    let of_days = |run: &&crate::model::Run| dates.contains(&run.local_date());
    context
        .history
        .runs
        .iter()
        .filter(of_days)
        .map(|run| run.run_id.clone())
        .collect()
}

/// The rows from one day to another, both included; nothing when the order is the other way round.
pub fn between(rows: &[Entry], from: NaiveDate, to: NaiveDate) -> &[Entry] {
    let until = &rows[..rows.partition_point(|row| row.date <= to)];
    &until[until.partition_point(|row| row.date < from)..]
}

/// The rows by day, site and side.
///
/// A blank is unknown, and must not pull apart what belongs together. A row without a side joins every side of its site
/// that the day names; a row without a site joins the day's site when the day names only one, with all its sides. With
/// no or several sites to choose from it stays a place of its own: niggle does not pick where it hurt.
pub fn days_at_sites(entries: &[Entry]) -> Vec<DayAtSite<'_>> {
    // There are at most as many as rows, and mostly far fewer; growing by doubling leaves holes in memory as large as the list.
    let mut days = Vec::with_capacity(entries.len());
    days.extend(
        entries
            .chunk_by(|a, b| a.date == b.date)
            .flat_map(places_of_day),
    );
    days.shrink_to_fit();
    days
}

/// Whether the row names a place of the body.
fn names_site(row: &Entry) -> bool {
    row.site.is_some_and(|site| site != Site::None)
}

/// The places of one day; `rows` are all of that day.
fn places_of_day(rows: &[Entry]) -> Vec<DayAtSite<'_>> {
    let sites: BTreeSet<_> = rows
        .iter()
        .filter(|row| names_site(row))
        .map(|row| row.site)
        .collect();
    let only_site = sites
        .first()
        .copied()
        .flatten()
        .filter(|_| sites.len() == 1);
    let site_of = |row: &Entry| row.site.or(only_site);
    let mut places: BTreeMap<_, Vec<&Entry>> = rows
        .iter()
        .map(|row| ((site_of(row), row.side), Vec::new()))
        .collect();
    let sided: BTreeSet<_> = places
        .keys()
        .filter(|(_, side)| side.is_some())
        .map(|(site, _)| *site)
        .collect();
    places.retain(|(site, side), _| side.is_some() || !sided.contains(site));
    for ((site, side), here) in &mut places {
        let mine = || {
            rows.iter()
                .filter(|row| site_of(row) == *site && (row.side == *side || row.side.is_none()))
        };
        // Exactly as long as they are: a long log has tens of thousands of these lists.
        *here = Vec::with_capacity(mine().count());
        here.extend(mine());
    }
    let Some(date) = rows.first().map(|row| row.date) else {
        return Vec::new();
    };
    places
        .into_iter()
        .map(|((site, side), rows)| DayAtSite {
            date,
            site,
            side,
            rows,
        })
        .collect()
}

/// Signs of the whole body: said without the place of the row they stand on.
const WHOLE_BODY: &[Sign] = &[
    Sign::ChestPain,
    Sign::Breathless,
    Sign::Collapse,
    Sign::BladderBowel,
];

/// A day on which the flag was seen.
struct Sighting {
    date: NaiveDate,
    site: Option<Site>,
    side: Option<Side>,
    words: Vec<Seen>,
}

impl Sighting {
    /// Where it was seen; nowhere in particular for signs of the whole body.
    fn place(&self) -> (Option<Site>, Option<Side>) {
        let is_whole = |seen: &Seen| WHOLE_BODY.iter().any(|sign| sign.label() == seen.text);
        match self.words.iter().all(is_whole) {
            true => (None, None),
            false => (self.site.filter(|site| *site != Site::None), self.side),
        }
    }
}

fn stretches(sightings: Vec<Sighting>) -> Vec<Vec<Sighting>> {
    let mut found: Vec<Vec<Sighting>> = Vec::new();
    for sighting in sightings {
        match found.last_mut() {
            Some(stretch) if gap_days(stretch, &sighting) <= STRETCH.value as i64 => {
                stretch.push(sighting)
            }
            _ => found.push(vec![sighting]),
        }
    }
    found
}

fn gap_days(stretch: &[Sighting], next: &Sighting) -> i64 {
    stretch
        .last()
        .map_or(0, |last| days_between(last.date, next.date))
}

fn dates(stretch: &[Sighting]) -> BTreeSet<NaiveDate> {
    stretch.iter().map(|sighting| sighting.date).collect()
}

/// Whether the flag's number of days lies somewhere within its span.
fn is_enough(stretch: &[Sighting], flag: &Flag) -> bool {
    let dates: Vec<NaiveDate> = dates(stretch).into_iter().collect();
    let fits = |days: &[NaiveDate]| match days {
        [first, .., last] => days_between(*first, *last) < flag.within_days,
        _ => !days.is_empty(),
    };
    dates.windows(flag.days.max(1)).any(fits)
}

fn finding(context: &Context, flag: &Flag, stretch: &[Sighting]) -> Finding {
    let dates = dates(stretch);
    let places: BTreeSet<_> = stretch.iter().map(Sighting::place).collect();
    let (site, side) = match places.first() {
        Some(&place) if places.len() == 1 => place,
        _ => (None, None),
    };
    let as_of = context.history.as_of;
    let (from, to) = (
        dates.first().copied().unwrap_or(as_of),
        dates.last().copied().unwrap_or(as_of),
    );
    let mut finding = Finding {
        observed: Some(dates.len() as f64),
        limit: Some(flag.days as f64),
        unit: Unit::Days,
        site,
        side,
        run_ids: run_ids(context, &dates),
        tells_days: [false, true]
            .iter()
            .any(|in_note| is_as_long(&dates_of(stretch, *in_note), &dates)),
        ..Finding::on(flag.rule, flag.severity, from, to)
    };
    (finding.message, finding.instruction) = match triage::is_current(&finding, as_of) {
        true => (format!("{}.", wrote(stretch)), flag.advice.clone()),
        false => {
            let fact = format!("{}. That was more than two weeks ago.", wrote(stretch));
            (fact, format!("Should it come back, {}", flag.if_back))
        }
    };
    finding
}

/// Whether the days of one column's words, which the message tells, are first and last the same as all.
fn is_as_long(told: &BTreeSet<NaiveDate>, all: &BTreeSet<NaiveDate>) -> bool {
    (told.first(), told.last()) == (all.first(), all.last())
}

/// What the runner wrote and when, without the full stop.
fn wrote(stretch: &[Sighting]) -> String {
    let place = match places_text(stretch) {
        text if text.is_empty() => text,
        text => format!(" ({text})"),
    };
    let note = note_text(stretch);
    let logged = texts(stretch, false);
    if logged.is_empty() {
        return sentence_case(&note) + &place;
    }
    let start = format!("{}{place}", logged_text(stretch, &logged));
    if note.is_empty() {
        start
    } else {
        format!("{start}, and {note}")
    }
}

/// Words whose days are counted one by one; a sentence with more counts is heard by nobody.
const MOST_COUNTED: usize = 3;

/// "On 2 days, 3–4 May 2025, you logged swelling"; with the days of each word where they are not the same for all, and few.
fn logged_text(stretch: &[Sighting], words: &[String]) -> String {
    let all = dates_of(stretch, false);
    let days = |word: &String| {
        let says = |sighting: &&Sighting| sighting.words.iter().any(|seen| seen.text == *word);
        stretch
            .iter()
            .filter(says)
            .map(|sighting| sighting.date)
            .collect::<BTreeSet<_>>()
            .len()
    };
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return String::new();
    };
    if words.iter().all(|word| days(word) == all.len()) {
        return format!("On {} you logged {}", when(&all), list(words));
    }
    if words.len() > MOST_COUNTED {
        let mut often_first = words.to_vec();
        often_first.sort_by_key(|word| std::cmp::Reverse(days(word)));
        return format!(
            "On {} you logged {}, not all on each",
            when(&all),
            list(&often_first)
        );
    }
    let counted = |(at, word): (usize, &String)| match (at, days(word)) {
        (0, 1) => format!("{word} on 1 day"),
        (0, days) => format!("{word} on {days} days"),
        (_, days) => format!("{word} on {days}"),
    };
    let counted: Vec<String> = words.iter().enumerate().map(counted).collect();
    format!(
        "{}: you logged {}",
        period_text(*first, *last),
        list(&counted)
    )
}

fn note_text(stretch: &[Sighting]) -> String {
    let dates = dates_of(stretch, true);
    let words = list(&texts(stretch, true));
    match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first == last => {
            format!("your note of {} mentions {words}", date_text(*first))
        }
        (Some(first), Some(last)) => format!(
            "your notes of {} mention {words}",
            period_text(*first, *last)
        ),
        _ => String::new(),
    }
}

fn when(dates: &BTreeSet<NaiveDate>) -> String {
    match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first != last => {
            format!("{} days, {},", dates.len(), period_text(*first, *last))
        }
        (Some(only), _) => date_text(*only),
        _ => String::new(),
    }
}

/// The different words of a stretch, in the order they were first written. Words of a column are not repeated for notes.
fn texts(stretch: &[Sighting], in_note: bool) -> Vec<String> {
    let logged = if in_note {
        texts(stretch, false)
    } else {
        Vec::new()
    };
    let mut found: Vec<String> = Vec::new();
    for seen in stretch
        .iter()
        .flat_map(|sighting| &sighting.words)
        .filter(|seen| seen.in_note == in_note)
    {
        if !found.contains(&seen.text) && !logged.contains(&seen.text) {
            found.push(seen.text.clone());
        }
    }
    found
}

fn dates_of(stretch: &[Sighting], in_note: bool) -> BTreeSet<NaiveDate> {
    let texts = texts(stretch, in_note);
    let counts = |sighting: &&Sighting| {
        sighting
            .words
            .iter()
            .any(|seen| texts.contains(&seen.text) && (!in_note || seen.in_note))
    };
    stretch
        .iter()
        .filter(counts)
        .map(|sighting| sighting.date)
        .collect()
}

fn places_text(stretch: &[Sighting]) -> String {
    let mut places: Vec<String> = Vec::new();
    for (site, side) in stretch.iter().map(Sighting::place) {
        let text = site.map(|site| site_text(site, side));
        places.extend(text.filter(|text| !places.contains(text)));
    }
    list(&places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{day, flagged_by, harmless};

    const SIGNS: &[Sign] = &[Sign::Swelling, Sign::Warmth];

    fn flag(days: usize, all_sites: bool) -> Flag {
        Flag {
            rule: &crate::rules::red_flag_chest::RULE,
            severity: Severity::SeeSomeone,
            all_sites,
            days,
            within_days: 14,
            advice: "Ask.".to_string(),
            if_back: "ask.".to_string(),
        }
    }

    fn seen(n: i64, site: Site, signs: &[Sign], in_note: &[Sign]) -> Entry {
        Entry {
            site: Some(site),
            signs: signs.into(),
            signs_in_note: in_note.into(),
            ..Entry::on(day(n))
        }
    }

    fn check(flag: &Flag, rows: Vec<Entry>, expected: &[&str]) {
        let found = flagged_by(20, rows, |context| {
            judge(context, flag, |day| day.signs(SIGNS))
        });
        let messages: Vec<String> = found.iter().map(Finding::text).collect();
        assert_eq!(messages, expected);
    }

    #[test]
    fn columns_are_logged_and_notes_mention() {
        let one = flag(1, false);
        let column = seen(20, Site::Calf, SIGNS, &[]);
        check(
            &one,
            vec![column],
            &["On 23 Mar 2025 you logged swelling and warmth (calf). Ask."],
        );
        let note = seen(20, Site::Calf, &[], &[Sign::Warmth]);
        check(
            &one,
            vec![note],
            &["Your note of 23 Mar 2025 mentions warmth (calf). Ask."],
        );
        let both = seen(20, Site::Calf, &[Sign::Swelling], &[Sign::Warmth]);
        let text = "On 23 Mar 2025 you logged swelling (calf), and your note of 23 Mar 2025 mentions warmth. Ask.";
        check(&one, vec![both], &[text]);
    }

    #[test]
    fn a_stretch_is_one_finding_and_an_old_one_is_history() {
        let rows = || {
            [0, 14, 29]
                .map(|n| seen(n - 9, Site::Calf, &[Sign::Swelling], &[]))
                .to_vec()
        };
        let history = "On 2 days, 22 Feb – 8 Mar 2025, you logged swelling (calf). \
                       That was more than two weeks ago. Should it come back, ask.";
        let current = "On 23 Mar 2025 you logged swelling (calf). Ask.";
        check(&flag(1, false), rows(), &[history, current]);
    }

    #[test]
    fn sites_are_told_apart_unless_looked_at_together() {
        let rows = vec![
            seen(19, Site::Calf, &[Sign::Warmth], &[]),
            seen(20, Site::Foot, &[Sign::Warmth], &[]),
        ];
        let apart = [
            "On 22 Mar 2025 you logged warmth (calf). Ask.",
            "On 23 Mar 2025 you logged warmth (foot). Ask.",
        ];
        check(&flag(1, false), rows.clone(), &apart);
        check(
            &flag(1, true),
            rows,
            &["On 2 days, 22–23 Mar 2025, you logged warmth (calf and foot). Ask."],
        );
    }

    #[test]
    fn each_word_has_its_own_days_when_they_differ() {
        let rows = vec![
            seen(18, Site::Calf, SIGNS, &[]),
            seen(19, Site::Calf, &[Sign::Swelling], &[]),
            seen(20, Site::Calf, &[Sign::Swelling], &[Sign::Warmth]),
        ];
        let text = "21–23 Mar 2025: you logged swelling on 3 days and warmth on 2 (calf). Ask.";
        check(&flag(1, false), rows, &[text]);
        let rows = vec![
            seen(19, Site::Calf, &[Sign::Swelling], &[]),
            seen(20, Site::Calf, &[Sign::Warmth], &[]),
        ];
        check(
            &flag(1, false),
            rows,
            &["22–23 Mar 2025: you logged swelling on 1 day and warmth on 1 (calf). Ask."],
        );
        let rows = vec![
            seen(19, Site::Calf, SIGNS, &[]),
            seen(20, Site::Calf, SIGNS, &[]),
        ];
        check(
            &flag(1, false),
            rows,
            &["On 2 days, 22–23 Mar 2025, you logged swelling and warmth (calf). Ask."],
        );
    }

    #[test]
    fn many_words_are_not_counted_one_by_one() {
        let four = &[Sign::Swelling, Sign::Warmth, Sign::Redness, Sign::Fever];
        let rows = vec![
            seen(19, Site::Calf, &[Sign::Fever], &[]),
            seen(20, Site::Calf, four, &[]),
        ];
        let flag = flag(1, false);
        let judged = |context: &Context| super::judge(context, &flag, |day| day.signs(four));
        let found = flagged_by(20, rows, judged);
        let text = "On 2 days, 22–23 Mar 2025, you logged fever, swelling, warmth and redness, not all on each (calf).";
        assert_eq!(found[0].message, text);
    }

    /// Site, side and ratings of each place of a day.
    fn check_places(
        rows: &[(Option<Site>, Option<Side>)],
        expected: &[(Option<Site>, Option<Side>, &[f64])],
    ) {
        let entry = |(n, (site, side)): (usize, &(Option<Site>, Option<Side>))| Entry {
            site: *site,
            side: *side,
            pain: Some(n as f64),
            ..Entry::on(day(20))
        };
        let rows: Vec<Entry> = rows.iter().enumerate().map(entry).collect();
        let days = days_at_sites(&rows);
        let found: Vec<_> = days
            .iter()
            .map(|day| {
                (
                    day.site,
                    day.side,
                    day.rows
                        .iter()
                        .filter_map(|row| row.pain)
                        .collect::<Vec<_>>(),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(site, side, pain)| (*site, *side, pain.to_vec()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_blank_joins_what_the_day_names() {
        let (shin, calf) = (Some(Site::Shin), Some(Site::Calf));
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        check_places(
            &[(shin, right), (shin, None)],
            &[(shin, right, &[0.0, 1.0])],
        );
        let both = [(shin, left, &[0.0, 1.0][..]), (shin, right, &[1.0, 2.0])];
        check_places(&[(shin, left), (shin, None), (shin, right)], &both);
        check_places(
            &[(shin, right), (None, None)],
            &[(shin, right, &[0.0, 1.0])],
        );
        check_places(
            &[(Some(Site::None), None), (None, None)],
            &[(None, None, &[1.0]), (Some(Site::None), None, &[0.0])],
        );
        let apart = [
            (None, None, &[2.0][..]),
            (shin, right, &[0.0]),
            (calf, None, &[1.0]),
        ];
        check_places(&[(shin, right), (calf, None), (None, None)], &apart);
        check_places(&[(shin, right), (calf, None)], &apart[1..]);
    }

    #[test]
    fn chest_pain_has_no_place() {
        let rows = vec![Entry {
            side: Some(Side::Left),
            ..seen(20, Site::Knee, &[Sign::ChestPain], &[])
        }];
        let found = flagged_by(20, rows, |context| {
            judge(context, &flag(1, true), |day| day.signs(&[Sign::ChestPain]))
        });
        assert_eq!((found[0].site, found[0].side), (None, None));
        assert_eq!(
            found[0].text(),
            "On 23 Mar 2025 you logged chest pain. Ask."
        );
        assert_eq!(
            (found[0].message.as_str(), found[0].instruction.as_str()),
            ("On 23 Mar 2025 you logged chest pain.", "Ask.")
        );
    }

    #[test]
    fn the_days_around_a_place_are_read_as_one() {
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        let row = |n, side, sign| Entry {
            side,
            ..seen(n, Site::Calf, &[sign], &[])
        };
        let rows = [
            row(5, left, Sign::Fever),
            row(6, left, Sign::Swelling),
            row(10, right, Sign::Warmth),
            Entry {
                site: Some(Site::Shin),
                ..row(11, left, Sign::Redness)
            },
            row(12, None, Sign::Bruise),
            row(20, left, Sign::Pop),
            row(23, left, Sign::Limp),
            row(24, left, Sign::Locking),
        ];
        let days = days_at_sites(&rows);
        let today = days.iter().find(|at| at.date == day(20)).expect("the day");
        let near = around(&days, today, 14, 3);
        let found: Vec<Sign> = Sign::ALL
            .iter()
            .copied()
            .filter(|sign| near.has(*sign))
            .collect();
        assert_eq!(found, [Sign::Swelling, Sign::Bruise, Sign::Limp, Sign::Pop]);
        assert_eq!(
            (near.date, near.site, near.side),
            (day(20), Some(Site::Calf), left)
        );
    }

    #[test]
    fn all_places_of_a_day_are_one_where_the_body_is_meant() {
        let rows = vec![
            seen(20, Site::Calf, &[Sign::Warmth], &[]),
            seen(20, Site::Foot, &[], &[Sign::Swelling]),
        ];
        let whole = |day: &DayAtSite| {
            if day.has(Sign::Warmth) {
                day.signs(SIGNS)
            } else {
                Vec::new()
            }
        };
        let found = flagged_by(20, rows, |context| {
            judge_by_date(context, &flag(1, true), whole)
        });
        let text = "On 23 Mar 2025 you logged warmth, and your note of 23 Mar 2025 mentions swelling. Ask.";
        assert_eq!(
            found
                .iter()
                .map(|finding| finding.text())
                .collect::<Vec<_>>(),
            [text]
        );
    }

    #[test]
    fn what_a_row_says_of_running_comes_from_the_column_or_the_note() {
        use crate::pain::Onset;
        let texts = |rows: Vec<Entry>| {
            let days = days_at_sites(&rows);
            let day = &days[0];
            let seen: Vec<Seen> = day
                .no_weight()
                .into_iter()
                .chain(day.sudden())
                .chain(day.effects(Function::CutShort))
                .collect();
            seen.into_iter()
                .map(|seen| (seen.text, seen.in_note))
                .collect::<Vec<_>>()
        };
        let row = seen(20, Site::Calf, &[], &[]);
        let column = Entry {
            onset: Some(Onset::Sudden),
            function: Some(Function::Stopped),
            ..row.clone()
        };
        let logged = [
            ("that it came suddenly", false),
            ("that it stopped the run", false),
        ];
        assert_eq!(
            texts(vec![column]),
            logged.map(|(text, in_note)| (text.to_string(), in_note))
        );
        let note = Entry {
            sudden_in_note: true,
            signs_in_note: [Sign::NoWeight].into(),
            ..row.clone()
        };
        let noted = [
            ("that you could not put weight on it", true),
            ("that it came suddenly", true),
        ];
        assert_eq!(
            texts(vec![note]),
            noted.map(|(text, in_note)| (text.to_string(), in_note))
        );
        let mild = Entry {
            function: Some(Function::ChangedForm),
            ..row
        };
        assert_eq!(texts(vec![mild]), []);
    }

    #[test]
    fn several_days_are_needed_within_the_span() {
        let rows = |days: &[i64]| {
            days.iter()
                .map(|n| seen(*n, Site::Calf, &[Sign::Warmth], &[]))
                .collect()
        };
        let text = "On 2 days, 10–23 Mar 2025, you logged warmth (calf). Ask.";
        check(&flag(2, false), rows(&[7, 20]), &[text]);
        check(&flag(2, false), rows(&[6, 20]), &[]);
        check(&flag(2, false), rows(&[20, 20]), &[]);
        check(&flag(2, false), vec![harmless(20)], &[]);
    }

    #[test]
    fn rows_after_the_day_of_the_report_do_not_count() {
        check(
            &flag(1, false),
            vec![harmless(20), seen(21, Site::Calf, &[Sign::Warmth], &[])],
            &[],
        );
    }

    #[test]
    fn the_runs_of_the_days_are_named() {
        let rows = vec![
            seen(18, Site::Calf, &[Sign::Warmth], &[]),
            seen(20, Site::Calf, &[Sign::Warmth], &[]),
        ];
        let found = flagged_by(20, rows, |context| {
            judge(context, &flag(1, false), |day| day.signs(SIGNS))
        });
        assert_eq!(found[0].run_ids, ["run-18", "run-20"]);
        assert_eq!(
            (found[0].from, found[0].to, found[0].observed),
            (day(18), day(20), Some(2.0))
        );
    }
}
