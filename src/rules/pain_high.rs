//! A high number needs no further column.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Judged, Limit, Outcome, Rule,
    Severity, Stance,
};
use super::{
    explained, red_flag_deformity, red_flag_severe,
    series::only,
    sighting::{self, DayAtSite, effects_of, is_sore},
    standing::rating,
    triage,
};
use crate::pain::{Entry, Function, Moment, Place, Side, Sign, Site, rating_at, site_text};
use crate::time::{date_text, days_between, period_text, plus_days};
use crate::units::{Unit, in_words};
use crate::words::list;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// From here on a rating is for someone to look at; with a sudden start, a run stopped or a limp, the same day.
const SEVERE: Limit = Limit {
    key: "severe_pain",
    value: 8.0,
    change: Change::TRIAGE,
    why: "In people with lasting pain 8 and more was severe (Boonstra et al. 2016); the same value as in red-flag-severe. A half number counts as what it is: 7.5 is below.",
};

/// From here on running waits.
const HIGH: Limit = Limit {
    key: "high_pain",
    value: 7.0,
    change: Change::TRIAGE,
    why: "Well above the 5 that rehabilitation of the Achilles tendon allows while running; a choice, no study of runners sets it.",
};

/// From here on in a run, or watched at another moment.
const MODERATE: Limit = Limit {
    key: "moderate_pain",
    value: 5.0,
    change: Change::TRIAGE,
    why: "Where the pain-monitoring model of Silbernagel et al. (2007) ends what is acceptable.",
};

/// From here on three days of a week are watched.
const SOME: Limit = Limit {
    key: "some_pain",
    value: 4.0,
    change: Change::TRIAGE,
    why: "The lower end of what the pain-monitoring model calls acceptable but not free.",
};

/// Days that belong together when days of a level are counted.
const WEEK: Limit = Limit {
    key: "week_days",
    value: 7.0,
    change: Change::TRIAGE,
    why: "A week, first and last day included: days are counted, and no mean thins them.",
};

/// So many days at 7 or more within the week are for someone to look at.
const HIGH_DAYS: Limit = Limit {
    key: "high_days",
    value: 2.0,
    change: Change::TRIAGE,
    why: "Once may be a bad day; the second says that it does not go away.",
};

/// So many days at 4 or more within the week are watched.
const SOME_DAYS: Limit = Limit {
    key: "some_days",
    value: 3.0,
    change: Change::TRIAGE,
    why: "Three days of a week are no single bad day.",
};

/// A place that was quiet for so long hurts anew.
const QUIET_WEEKS: i64 = 2;

/// Signs that make a severe number one for the same day.
const GRAVE: &[Sign] = &[
    Sign::Limp,
    Sign::NoWeight,
    Sign::Pop,
    Sign::Trauma,
    Sign::RapidSwelling,
    Sign::CannotBend,
    Sign::Locking,
    Sign::HardMuscle,
    Sign::ColdLimb,
    Sign::Deformity,
];

/// The rule.
pub const RULE: Rule = Rule {
    id: "pain-high",
    title: "A high number",
    headline: "a high number",
    why: "A place that hurts much needs no further column to matter: the number alone is a reason to stop and look.",
    formula: "For each place, named or not, but a side stitch: the day's highest rating p, blanks unknown, half numbers as they stand. p of 8 or more, or of 7 or more on two days within 7: see someone; with a sudden start, a run stopped, a limp or a sign like a pop already 7 or more is for someone, and 8 or more is urgent, unless red-flag-severe or red-flag-deformity says so of that day. p of 7 or more, or of 5 or more during a run: ease off. p of 5 or more, or of 4 or more on three days within 7: watch. What a note explains (a blister, a toenail, chafed or grazed skin, sunburn, one cramp) is watched at most; muscles sore on both sides for up to 3 days, up to 8 and with nothing lost, are for easing off at most. Days of the last 14 are current and told together; older ones are history, those at most 14 days apart together.",
    needs: "One rating.",
    cap: Severity::Urgent,
    group: Group::Pain,
    triage: &[
        (Severity::Urgent, 160),
        (Severity::SeeSomeone, 200),
        (Severity::EaseOff, 10),
    ],
    is_loud: true,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "NHS advice on knee pain, read in November 2026 on a clinic's page that carries it, sends very painful knees to an urgent treatment centre or 111. In 38 patients with Achilles pain, half of whom kept running by a pain-monitoring model, no difference could be shown (Silbernagel 2007, abstract read); as clinics give the model, 0 to 3 is free, 4 to 5 acceptable and more than 5 too much. In lasting pain of muscles and joints ratings of 6 to 7 were moderate and 8 and more severe (Boonstra 2016, abstract read). None of it is a study of a number alone in runners, and no clinician has set these limits.",
        sources: &[
            "NHS, Knee pain, as carried by lincolnshireknee.co.uk/blogs/when-knee-pain-needs-a-specialist, read in November 2026.",
            "Silbernagel et al. (2007), American Journal of Sports Medicine 35:897, doi 10.1177/0363546506298279.",
            "Boonstra et al. (2016), Frontiers in Psychology 7:1466, doi 10.3389/fpsyg.2016.01466.",
        ],
    },
    limits: &[
        SEVERE,
        HIGH,
        MODERATE,
        SOME,
        WEEK,
        HIGH_DAYS,
        SOME_DAYS,
        triage::WINDOW,
        sighting::STRETCH,
    ],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for severe pain. A number alone is in none of the articles.",
    message: "You logged up to 9 of 10 on 2 days, 3–4 May 2025 (right shin), 7 or more on both, the first pain there in six weeks. How it began and what it did to your running are left blank; write them down and niggle can say more. Please have a doctor or physiotherapist look at it this week, today if you cannot walk on it, and do not run until then.",
    check: Check::After(check),
};

fn check(ctx: &Context, heard: &Judged) -> Vec<Outcome> {
    let days = sighting::days(ctx);
    let flags = heard.findings.iter();
    let flags: Vec<&Finding> = flags
        .filter(|flag| SAYING_THE_SAME.contains(&flag.rule))
        .collect();
    let mut found = Vec::new();
    for (place, high) in by_place(ctx, &days) {
        let stretches = stretches(ctx, &high, &flags);
        found.extend(
            stretches
                .iter()
                .filter_map(|days| finding(ctx, place, days)),
        );
    }
    found.sort_by_key(|finding| (finding.from, finding.site, finding.side));
    triage::flagged(ctx, found)
}

/// Red flags that ask for the same day about a number and what came with it.
const SAYING_THE_SAME: [&str; 2] = [red_flag_severe::RULE.id, red_flag_deformity::RULE.id];

/// A place on a day at 4 or more.
struct High<'a> {
    day: &'a DayAtSite<'a>,
    /// The highest rating of the day.
    peak: f64,
    /// None for a day at 4 or more that by itself, and with the days before it, says nothing.
    severity: Option<Severity>,
}

/// The place of the day as the report names it; None for a side stitch. A rating "nowhere" names no place.
fn place(day: &DayAtSite) -> Option<Place> {
    match day.site {
        Some(Site::SideStitch) => None,
        None | Some(Site::None) => Some((Site::Unnamed, day.side)),
        Some(site) => Some((site, day.side)),
    }
}

fn peak(day: &DayAtSite) -> f64 {
    let rated = day.rows.iter().filter_map(|row| row.pain);
    rated.fold(0.0, f64::max)
}

/// Every day at 4 or more, by place. Days that leave the side open join the only side that the site has.
fn by_place<'a>(ctx: &Context, days: &'a [DayAtSite<'a>]) -> BTreeMap<Place, Vec<High<'a>>> {
    let rated = rated(ctx, days);
    let sides = sides(&rated);
    let mut found: BTreeMap<Place, Vec<High>> = BTreeMap::new();
    for (at, (day, (site, side))) in rated.iter().enumerate() {
        let before = rated.get(..=at).unwrap_or_default();
        let high = High {
            day,
            peak: peak(day),
            severity: severity(ctx, day, before, days),
        };
        let only_side = sides.get(site).and_then(only);
        let place = (*site, side.or(only_side));
        found.entry(place).or_default().push(high);
    }
    found
}

/// Days at 4 or more with their places.
fn rated<'a>(ctx: &Context, days: &'a [DayAtSite<'a>]) -> Vec<(&'a DayAtSite<'a>, Place)> {
    let some = ctx.limit(SOME);
    let rated = days.iter().filter(|day| peak(day) >= some);
    rated.filter_map(|day| Some((day, place(day)?))).collect()
}

fn sides(rated: &[(&DayAtSite, Place)]) -> BTreeMap<Site, BTreeSet<Side>> {
    let mut sides: BTreeMap<Site, BTreeSet<Side>> = BTreeMap::new();
    for (_, (site, side)) in rated {
        sides.entry(*site).or_default().extend(*side);
    }
    sides
}

/// How loud the day is; `before` are the days at 4 or more up to it, itself included.
fn severity(
    ctx: &Context,
    day: &DayAtSite,
    before: &[(&DayAtSite, Place)],
    days: &[DayAtSite],
) -> Option<Severity> {
    let loudest = match peak(day) {
        pain if pain >= ctx.limit(SEVERE) && is_grave(day) => Severity::Urgent,
        pain if pain >= ctx.limit(HIGH) && is_grave(day) => Severity::SeeSomeone,
        _ => by_number(ctx, day, before)?,
    };
    let ceiling = explained::ceiling(day, days).unwrap_or(loudest);
    Some(loudest.min(ceiling))
}

fn by_number(ctx: &Context, day: &DayAtSite, before: &[(&DayAtSite, Place)]) -> Option<Severity> {
    let reaches = |level: Limit| peak(day) >= ctx.limit(level);
    let often = |level: Limit, least: Limit| {
        reaches(level) && days_at(ctx, day, before, ctx.limit(level)) as f64 >= ctx.limit(least)
    };
    let in_run = day.peak_at(Moment::During).unwrap_or(0.0);
    if reaches(SEVERE) || often(HIGH, HIGH_DAYS) {
        Some(Severity::SeeSomeone)
    } else if reaches(HIGH) || in_run >= ctx.limit(MODERATE) {
        Some(Severity::EaseOff)
    } else if reaches(MODERATE) || often(SOME, SOME_DAYS) {
        Some(Severity::Watch)
    } else {
        None
    }
}

/// Days of the week up to this one at which the same place reached the level.
fn days_at(ctx: &Context, day: &DayAtSite, before: &[(&DayAtSite, Place)], level: f64) -> usize {
    let earliest = plus_days(day.date, 1 - ctx.limit(WEEK) as i64);
    let backwards = before.iter().rev();
    let recent = backwards.take_while(|(other, _)| other.date >= earliest);
    let reached = recent.filter(|(other, place)| is_at(day, *place) && peak(other) >= level);
    let dates: BTreeSet<NaiveDate> = reached.map(|(other, _)| other.date).collect();
    dates.len()
}

/// Whether the day may be about the place. A side left open is any side.
fn is_at(day: &DayAtSite, (site, side): Place) -> bool {
    place(day).is_some_and(|(here, mine)| here == site && is_same_or_open(mine, side))
}

/// Both sides, like a side left open, leave it open which one is meant.
fn is_same_or_open(a: Option<Side>, b: Option<Side>) -> bool {
    let sides = one_side(a).zip(one_side(b));
    sides.is_none_or(|(a, b)| a == b)
}

fn one_side(side: Option<Side>) -> Option<Side> {
    side.filter(|side| *side != Side::Both)
}

/// Whether something beside the number asks for the same day.
fn is_grave(day: &DayAtSite) -> bool {
    let stopped = |row: &Entry| effects_of(row).any(|effect| effect == Function::Stopped);
    day.any(|row| row.began_suddenly() || row.bears_no_weight() || stopped(row))
        || day.has_any(GRAVE)
}

/// The current days together, and the older ones in stretches. Days of which a red flag says the same are left out.
fn stretches<'a, 'b>(
    ctx: &Context,
    high: &'b [High<'a>],
    flags: &[&Finding],
) -> Vec<Vec<&'b High<'a>>> {
    let mut found: Vec<Vec<&High>> = Vec::new();
    for next in high.iter().filter(|high| !is_said(high, flags)) {
        let joins = |last: &&High| join(ctx, last.day.date, next.day.date);
        match found.last_mut() {
            Some(stretch) if stretch.last().is_some_and(joins) => stretch.push(next),
            _ => found.push(vec![next]),
        }
    }
    found
}

fn join(ctx: &Context, last: NaiveDate, next: NaiveDate) -> bool {
    let current = triage::current_from(ctx.history.as_of);
    (last >= current) == (next >= current)
        && days_between(last, next) <= ctx.limit(sighting::STRETCH) as i64
}

/// Whether a red flag asks for the same day about this place and day.
fn is_said(high: &High, flags: &[&Finding]) -> bool {
    let mut flags = flags.iter();
    high.severity == Some(Severity::Urgent) && flags.any(|flag| is_about(flag, high.day))
}

fn is_about(flag: &Finding, day: &DayAtSite) -> bool {
    (flag.site, flag.side) == (day.named_site(), day.side)
        && (flag.from..=flag.to).contains(&day.date)
}

fn highest(stretch: &[&High]) -> f64 {
    stretch.iter().map(|high| high.peak).fold(0.0, f64::max)
}

fn finding(ctx: &Context, place: Place, stretch: &[&High]) -> Option<Finding> {
    let finding = finding_without_words(ctx, place, stretch)?;
    let (severity, fact) = (finding.severity, fact(ctx, place, stretch));
    let (message, instruction) = match triage::is_current(&finding, ctx.history.as_of) {
        true => (
            fact + question(stretch, place.0, severity),
            instruction(severity),
        ),
        false => (
            fact + " That was more than two weeks ago.",
            if_back(severity),
        ),
    };
    Some(Finding {
        message,
        instruction: instruction.to_string(),
        ..finding
    })
}

/// None for days of which none says anything by itself.
fn finding_without_words(ctx: &Context, (site, side): Place, stretch: &[&High]) -> Option<Finding> {
    let (from, to) = (stretch.first()?.day.date, stretch.last()?.day.date);
    let severity = stretch.iter().filter_map(|high| high.severity).max()?;
    let peak = highest(stretch);
    let mut limits = [SEVERE, HIGH, MODERATE, SOME]
        .map(|limit| ctx.limit(limit))
        .into_iter();
    Some(Finding {
        observed: Some(peak),
        limit: limits.find(|limit| peak >= *limit),
        unit: Unit::OfTen,
        site: Some(site),
        side,
        run_ids: sighting::run_ids(ctx, &dates(stretch)),
        ..Finding::on(&RULE, severity, from, to)
    })
}

fn dates(stretch: &[&High]) -> BTreeSet<NaiveDate> {
    stretch.iter().map(|high| high.day.date).collect()
}

/// "You logged up to 9 of 10 on 2 days, 6–7 Oct 2025 (right shin), 7 or more on both, the first pain there in six weeks."
fn fact(ctx: &Context, place: Place, stretch: &[&High]) -> String {
    let dates = dates(stretch);
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else {
        return String::new();
    };
    let number = number_in_words(stretch);
    let start = match dates.len() {
        1 => format!("You logged {number} on {}", date_text(*first)),
        count => format!(
            "You logged up to {number} on {count} days, {},",
            period_text(*first, *last)
        ),
    };
    format!(
        "{}{}{}{}.",
        with_place(&start, place),
        levels(ctx, stretch, dates.len()),
        anew(ctx, place, *first),
        noted(stretch)
    )
}

/// "about 9 of 10 during the run".
fn number_in_words(stretch: &[&High]) -> String {
    let during = match stretch.iter().all(|high| is_all_in_run(high.day)) {
        true => " during the run",
        false => "",
    };
    format!(
        "{}{} of 10{during}",
        about(stretch),
        rating(highest(stretch))
    )
}

/// What stands before the highest number, if one of its days gives it as approximate.
fn about(stretch: &[&High]) -> &'static str {
    let peak = highest(stretch);
    match stretch
        .iter()
        .any(|high| high.peak == peak && is_approximate(high))
    {
        true => "about ",
        false => "",
    }
}

fn is_all_in_run(day: &DayAtSite) -> bool {
    day.rows.iter().all(|row| row.moment == Moment::During)
}

fn with_place(start: &str, (site, side): Place) -> String {
    match site {
        Site::Unnamed => format!("{start} without a place"),
        site => format!(
            "{} ({})",
            start.trim_end_matches(','),
            site_text(site, side)
        ),
    }
}

/// On how many of the days the highest level that was reached several times was reached.
fn levels(ctx: &Context, stretch: &[&High], all: usize) -> String {
    let reached = [HIGH, SOME].map(|limit| {
        let level = ctx.limit(limit);
        (rating(level), days_reaching(stretch, level))
    });
    let several = reached.into_iter().find(|(_, days)| *days > 1);
    match several {
        Some((level, 2)) if all == 2 => format!(", {level} or more on both"),
        Some((level, days)) if days == all => format!(", {level} or more on all of them"),
        Some((level, days)) => format!(", {level} or more on {} of them", in_words(days as f64)),
        None => String::new(),
    }
}

fn days_reaching(stretch: &[&High], level: f64) -> usize {
    let reaching = stretch.iter().filter(|high| high.peak >= level);
    let days: BTreeSet<NaiveDate> = reaching.map(|high| high.day.date).collect();
    days.len()
}

/// That the place had been quiet, where enough zeros were logged to know.
fn anew(ctx: &Context, place: Place, first: NaiveDate) -> String {
    let rows = triage::rows(ctx);
    let until = &rows[..rows.partition_point(|row| row.date < first)];
    let Some(from) = quiet_from(until, place).filter(|_| place.0 != Site::Unnamed) else {
        return String::new();
    };
    let weeks = days_between(from, first) / 7;
    match weeks >= QUIET_WEEKS && days_rated(until, place, from) as i64 > weeks {
        true => format!(", the first pain there in {} weeks", in_words(weeks as f64)),
        false => String::new(),
    }
}

/// The last day of these rows on which the site hurt, else the first on which the place was rated.
fn quiet_from(rows: &[Entry], place: Place) -> Option<NaiveDate> {
    let is_of_site = |row: &Entry| row.place().is_some_and(|(site, _)| site == place.0);
    let mut sore = rows.iter().rev().filter(|row| is_sore(row));
    let mut rated = rows.iter().filter(|row| rating_at(row, place).is_some());
    let last_sore = sore.find(|row| is_of_site(row));
    last_sore.or_else(|| rated.next()).map(|row| row.date)
}

fn days_rated(rows: &[Entry], place: Place, from: NaiveDate) -> usize {
    let backwards = rows.iter().rev();
    let recent = backwards.take_while(|row| row.date >= from);
    let rated = recent.filter(|row| rating_at(row, place).is_some());
    let days: BTreeSet<NaiveDate> = rated.map(|row| row.date).collect();
    days.len()
}

/// What the notes of the days explain.
fn noted(stretch: &[&High]) -> String {
    let mut words: Vec<String> = Vec::new();
    for seen in stretch.iter().flat_map(|high| explained::words(high.day)) {
        if !words.contains(&seen.text) {
            words.push(seen.text);
        }
    }
    match words.is_empty() {
        true => String::new(),
        false => format!("; your note mentions {}", list(&words)),
    }
}

/// What would let niggle say more; it begins with a space.
fn question(stretch: &[&High], site: Site, severity: Severity) -> &'static str {
    match site {
        Site::Unnamed => " Where was it? Write it in the site column and niggle can say more.",
        _ if severity >= Severity::EaseOff && !stretch.iter().any(|high| is_told(high.day)) => {
            " How it began and what it did to your running are left blank; write them down and niggle can say more."
        }
        _ => "",
    }
}

fn is_told(day: &DayAtSite) -> bool {
    day.any(|row| row.onset.is_some() || row.effect().is_some() || row.sudden_in_note)
}

fn instruction(severity: Severity) -> &'static str {
    match severity {
        Severity::Urgent | Severity::Emergency => {
            "Please have it seen today, and do not run on it or test it."
        }
        Severity::SeeSomeone => {
            "Please have a doctor or physiotherapist look at it this week, today if you cannot walk on it, and do not run \
             until then."
        }
        Severity::EaseOff => {
            "Leave out running until it is at 3 or below for a day, and have it looked at if that takes more than this week."
        }
        _ => "Keep the days before the next run easy, and write down how it is tomorrow.",
    }
}

fn if_back(severity: Severity) -> &'static str {
    match severity {
        Severity::Urgent | Severity::Emergency => {
            "Should it come back, please have it seen the same day."
        }
        Severity::SeeSomeone => {
            "Should it come back, please have a doctor or physiotherapist look at it that week."
        }
        _ => "",
    }
}

fn is_approximate(high: &High) -> bool {
    high.day
        .any(|row| row.approximate && row.pain == Some(high.peak))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Everyday, Onset, Word};
    use crate::rules::pain_fixture::{check_too_little_data, clear, day, flagged, judge, sore};

    fn shin(n: i64, pain: f64) -> Entry {
        sore(n, Site::Shin, Side::Right, pain)
    }

    fn during(n: i64, pain: f64) -> Entry {
        Entry {
            moment: Moment::During,
            ..shin(n, pain)
        }
    }

    /// Severity and highest rating of what is found on day 20.
    fn check(rows: Vec<Entry>, expected: &[(Severity, f64)]) {
        let found: Vec<_> = flagged(&RULE, 20, rows.clone())
            .iter()
            .map(|f| (f.severity, f.observed.unwrap_or_default()))
            .collect();
        assert_eq!(found, expected, "{rows:?}");
    }

    #[test]
    fn the_levels_of_one_number() {
        use Severity::{EaseOff, SeeSomeone, Watch};
        for (row, expected) in [
            (shin(20, 4.5), None),
            (shin(20, 5.0), Some(Watch)),
            (shin(20, 6.5), Some(Watch)),
            (shin(20, 7.0), Some(EaseOff)),
            (shin(20, 7.5), Some(EaseOff)),
            (shin(20, 8.0), Some(SeeSomeone)),
            (shin(20, 10.0), Some(SeeSomeone)),
            (during(20, 4.5), None),
            (during(20, 5.0), Some(EaseOff)),
            (during(20, 6.5), Some(EaseOff)),
            (during(20, 9.0), Some(SeeSomeone)),
        ] {
            let pain = row.pain.unwrap_or_default();
            check(
                vec![row],
                &expected
                    .map(|severity| (severity, pain))
                    .into_iter()
                    .collect::<Vec<_>>(),
            );
        }
    }

    #[test]
    fn days_of_a_level_count() {
        use Severity::{EaseOff, SeeSomeone, Watch};
        check(vec![shin(14, 7.0), shin(20, 7.0)], &[(SeeSomeone, 7.0)]);
        check(vec![shin(13, 7.0), shin(20, 7.0)], &[(EaseOff, 7.0)]);
        check(vec![shin(20, 7.0), shin(20, 7.0)], &[(EaseOff, 7.0)]);
        check(
            vec![shin(14, 4.0), shin(17, 4.0), shin(20, 4.0)],
            &[(Watch, 4.0)],
        );
        check(vec![shin(13, 4.0), shin(17, 4.0), shin(20, 4.0)], &[]);
        // Zeros between do not thin them, and a side left open is this side.
        let thinned = vec![
            shin(14, 9.0),
            clear(15),
            clear(16),
            clear(17),
            clear(18),
            clear(19),
            clear(20),
        ];
        check(thinned, &[(SeeSomeone, 9.0)]);
        check(
            vec![
                Entry {
                    side: None,
                    ..shin(18, 7.0)
                },
                shin(20, 7.0),
            ],
            &[(SeeSomeone, 7.0)],
        );
        check(
            vec![sore(18, Site::Shin, Side::Left, 7.0), shin(20, 7.0)],
            &[(EaseOff, 7.0), (EaseOff, 7.0)],
        );
    }

    #[test]
    fn every_place_but_a_stitch_counts_and_so_does_none() {
        let at = |site| Entry {
            site,
            side: None,
            ..shin(20, 9.0)
        };
        for site in [
            Site::LowerBack,
            Site::Abdomen,
            Site::Other(Word::new("neck")),
            Site::Toe,
            Site::None,
        ] {
            check(vec![at(Some(site))], &[(Severity::SeeSomeone, 9.0)]);
        }
        check(vec![at(None)], &[(Severity::SeeSomeone, 9.0)]);
        assert_eq!(
            flagged(&RULE, 20, vec![at(None)])[0].site,
            Some(Site::Unnamed)
        );
        check(vec![at(Some(Site::SideStitch))], &[]);
    }

    #[test]
    fn with_a_grave_word_it_is_for_today_unless_a_red_flag_says_so() {
        let with = |pain, change: fn(&mut Entry)| {
            let mut row = shin(20, pain);
            change(&mut row);
            vec![row]
        };
        let limp: fn(&mut Entry) = |row| row.signs = [Sign::Limp].into();
        let found = |rows: Vec<Entry>| {
            let red = [&red_flag_severe::RULE, &red_flag_deformity::RULE]
                .map(|rule| flagged(rule, 20, rows.clone()));
            (flagged(&RULE, 20, rows.clone()), red.concat())
        };
        let changes: [fn(&mut Entry); 6] = [
            limp,
            |row| row.signs_in_note = [Sign::Pop].into(),
            |row| row.sudden_in_note = true,
            |row| row.onset = Some(Onset::Sudden),
            |row| row.function = Some(Function::Stopped),
            |row| row.function = Some(Function::CannotBearWeight),
        ];
        for change in changes {
            let (own, red) = found(with(8.0, change));
            assert_eq!(own.len() + red.len(), 1, "said once: {own:?} {red:?}");
            assert!(
                own.iter()
                    .chain(&red)
                    .all(|finding| finding.severity == Severity::Urgent)
            );
        }
        check(with(7.0, limp), &[(Severity::SeeSomeone, 7.0)]);
        check(with(6.0, limp), &[(Severity::Watch, 6.0)]);
        // The day before, of which no red flag speaks, is told.
        let stopped = with(9.0, |row| row.function = Some(Function::Stopped));
        check(
            [vec![shin(19, 9.0)], stopped].concat(),
            &[(Severity::SeeSomeone, 9.0)],
        );
    }

    #[test]
    fn what_a_note_explains_is_watched_at_most() {
        let toe = |kind| Entry {
            everyday_in_note: [kind].into(),
            ..sore(20, Site::Toe, Side::Right, 9.0)
        };
        check(vec![toe(Everyday::Blister)], &[(Severity::Watch, 9.0)]);
        check(
            vec![Entry {
                signs_in_note: [Sign::RedStreak].into(),
                ..toe(Everyday::Blister)
            }],
            &[(Severity::SeeSomeone, 9.0)],
        );
        let cramp = Entry {
            everyday_in_note: [Everyday::Cramp].into(),
            ..sore(19, Site::Calf, Side::Left, 7.0)
        };
        check(
            vec![cramp, sore(20, Site::Calf, Side::Left, 2.0)],
            &[(Severity::Watch, 7.0)],
        );
    }

    #[test]
    fn sore_muscles_of_both_sides_ask_for_easing_off_at_most() {
        let quads = |n, pain| sore(n, Site::Quad, Side::Both, pain);
        check(
            vec![quads(19, 8.0), quads(20, 6.0)],
            &[(Severity::EaseOff, 8.0)],
        );
        check(
            vec![quads(18, 3.0), quads(19, 5.0), quads(20, 3.0)],
            &[(Severity::Watch, 5.0)],
        );
        check(vec![quads(19, 9.0)], &[(Severity::SeeSomeone, 9.0)]);
    }

    #[test]
    fn old_days_are_history_apart_from_those_of_now() {
        let found = flagged(
            &RULE,
            20,
            vec![shin(4, 9.0), shin(5, 9.0), shin(10, 5.0), shin(20, 5.0)],
        );
        let told: Vec<_> = found.iter().map(|f| (f.severity, f.from, f.to)).collect();
        assert_eq!(
            told,
            [
                (Severity::SeeSomeone, day(4), day(5)),
                (Severity::Watch, day(10), day(20))
            ]
        );
        assert_eq!(
            found[0].text(),
            "You logged up to 9 of 10 on 2 days, 7–8 Mar 2025 (right shin), 7 or more on both. That was more than two \
             weeks ago. Should it come back, please have a doctor or physiotherapist look at it that week."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        assert_eq!(judge(&RULE, 20, vec![clear(20)]), [Outcome::Clear]);
    }

    #[test]
    fn words() {
        // Days 61 and 62 are 3 and 4 May 2025; the last pain before was on day 18.
        let quiet = || (18..61).map(|n| if n == 18 { shin(n, 2.0) } else { clear(n) });
        let said = |as_of, rows: Vec<Entry>| flagged(&RULE, as_of, rows)[0].text();
        assert_eq!(
            said(62, quiet().chain([shin(61, 9.0), shin(62, 9.0)]).collect()),
            RULE.message
        );
        let leave = "Leave out running until it is at 3 or below for a day, and have it looked at if that takes more than \
                     this week.";
        let told = |row: Entry| Entry {
            onset: Some(Onset::Gradual),
            ..row
        };
        assert_eq!(
            said(20, vec![told(during(20, 6.5))]),
            format!("You logged 6.5 of 10 during the run on 23 Mar 2025 (right shin). {leave}")
        );
        assert_eq!(
            said(
                20,
                vec![Entry {
                    site: None,
                    side: None,
                    ..shin(20, 7.0)
                }]
            ),
            format!(
                "You logged 7 of 10 on 23 Mar 2025 without a place. Where was it? Write it in the site column and niggle \
                 can say more. {leave}"
            )
        );
        let watch = "Keep the days before the next run easy, and write down how it is tomorrow.";
        assert_eq!(
            said(20, [16, 18, 20].map(|n| shin(n, 4.0)).to_vec()),
            format!(
                "You logged up to 4 of 10 on 3 days, 19–23 Mar 2025 (right shin), 4 or more on all of them. {watch}"
            )
        );
        let toe = Entry {
            everyday_in_note: [Everyday::Blister].into(),
            ..sore(20, Site::Toe, Side::Right, 9.0)
        };
        assert_eq!(
            said(
                20,
                vec![Entry {
                    approximate: true,
                    ..toe
                }]
            ),
            format!(
                "You logged about 9 of 10 on 23 Mar 2025 (right toe); your note mentions a blister. {watch}"
            )
        );
        let hard = Entry {
            signs: [Sign::HardMuscle].into(),
            onset: Some(Onset::Gradual),
            ..shin(20, 8.0)
        };
        assert_eq!(
            said(20, vec![hard]),
            "You logged 8 of 10 on 23 Mar 2025 (right shin). Please have it seen today, and do not run on it or test it."
        );
    }
}
