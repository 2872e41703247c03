//! Running again after a gap or an episode: the last sound weeks before it and each week since, in the runner's own numbers
//! (src/method/rules.md, Running again). A description: no plan and no promise.

use super::{
    cost::{Cost, costs, days_of_cost},
    measure::{Alike, Measure},
};
use crate::{
    model::{History, Run},
    pain::{Entry, Place, rating_at},
    rules::{Context, return_after_break, triage},
    stats::describe::mean,
    time::{days_between, plus_days},
};
use chrono::NaiveDate;

/// Weeks since the first run that are told; what began longer ago is over.
pub const WEEKS: i64 = 8;

/// Sound weeks that make the usual, the last ones before.
pub const SOUND_WEEKS: usize = 4;

/// Fewer sound weeks than this have no usual.
pub const SOUND_WEEKS_MIN: usize = 2;

/// Weeks before in which sound ones are looked for.
const LOOKED_WEEKS: i64 = 12;

/// Running again.
#[derive(Debug, Clone, PartialEq)]
pub struct Back {
    /// The day of the first run after it.
    pub since: NaiveDate,
    /// The days without a recorded run before that. None: runs went on.
    pub gap: Option<Gap>,
    /// The spell of pain that cost runs before that. None: none did, or it is not logged.
    pub cost: Option<Cost>,
    /// Pain was logged in the weeks before, so that it is known which runs it cost.
    pub is_pain_known: bool,
    /// The last sound weeks before. None: fewer than [`SOUND_WEEKS_MIN`] are known.
    pub sound: Option<Sound>,
    /// Each week of seven days since, the first first; the last need not be over. Never empty.
    pub weeks: Vec<WeekBack>,
}

/// Days without a recorded run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The day after the last run.
    pub from: NaiveDate,
    /// The day before the next.
    pub to: NaiveDate,
}

/// Weeks of seven days that are recorded whole and in which pain cost no run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sound {
    /// The first day of the first.
    pub from: NaiveDate,
    /// The last day of the last.
    pub to: NaiveDate,
    /// How many: [`SOUND_WEEKS_MIN`] to [`SOUND_WEEKS`].
    pub weeks: usize,
    /// Metres a week, on average.
    pub distance_m: f64,
    /// Runs a week, on average.
    pub runs: f64,
    /// The longest run of them all, m. None: nothing was run in them.
    pub longest_m: Option<f64>,
}

/// A week since.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeekBack {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, which may lie after the day of the report.
    pub to: NaiveDate,
    /// Whether all of its days are past.
    pub is_over: bool,
    /// Metres recorded. None: a run has no distance, or it is not known that nothing was run.
    pub distance_m: Option<f64>,
    /// Runs recorded. None: it is not known that nothing was run.
    pub runs: Option<usize>,
    /// The longest of them, m. None: none, or a run has no distance.
    pub longest_m: Option<f64>,
    /// The highest rating, 0 to 10: of the place that cost runs, else of any. None: nothing known.
    pub pain: Option<f64>,
}

impl Gap {
    /// How many, first and last counted.
    pub fn days(&self) -> i64 {
        days_between(self.from, self.to) + 1
    }
}

impl Back {
    /// The last week since that is over; of weeks that are not, the first.
    pub fn latest(&self) -> Option<&WeekBack> {
        let mut over = self.weeks.iter().rev().filter(|week| week.is_over);
        over.next().or(self.weeks.first())
    }

    /// The distance of that week as a share of the usual. None where either is unknown or nothing was usual.
    pub fn share(&self) -> Option<f64> {
        let usual = self.sound?.distance_m;
        let latest = self.latest()?.distance_m?;
        (usual > 0.0).then(|| latest / usual)
    }
}

/// The latest return of the last [`WEEKS`] weeks: after as many days without a run as
/// [`return_after_break`] calls a break, or after a spell that cost runs. None: there is none.
pub fn back(ctx: &Context) -> Option<Back> {
    let as_of = ctx.history.as_of;
    let entries = until(&ctx.pain.entries, as_of);
    let runs = ctx.history.runs_between(NaiveDate::MIN, as_of);
    let returns = [after_gap(ctx, runs), after_cost(entries, runs)];
    let since = returns.iter().flatten().map(|(since, _)| *since).max()?;
    let is_late = days_between(since, as_of) < 7 * WEEKS;
    let outs = returns.into_iter().flatten();
    let outs = outs.filter(|(day, _)| *day == since).map(|(_, out)| out);
    let out = outs.reduce(Out::and).filter(|_| is_late)?;
    let place = out.cost.as_ref().map(|cost| cost.place);
    let before = out.from()?;
    Some(Back {
        since,
        is_pain_known: is_pain_logged(entries, before),
        sound: sound(ctx.history, entries, before),
        weeks: weeks(ctx.history, entries, since, place),
        gap: out.gap,
        cost: out.cost,
    })
}

/// What kept someone from running.
struct Out {
    gap: Option<Gap>,
    cost: Option<Cost>,
}

impl Out {
    fn and(self, other: Out) -> Out {
        Out {
            gap: self.gap.or(other.gap),
            cost: self.cost.or(other.cost),
        }
    }

    /// Its first day.
    fn from(&self) -> Option<NaiveDate> {
        let gap = self.gap.map(|gap| gap.from);
        let cost = self.cost.as_ref().map(|cost| cost.from);
        gap.into_iter().chain(cost).min()
    }
}

/// The last gap, with the day of the run after it.
fn after_gap(ctx: &Context, runs: &[Run]) -> Option<(NaiveDate, Out)> {
    let least = return_after_break::break_days(ctx);
    let mut pairs = runs.windows(2).rev().filter_map(|pair| match pair {
        [last, next] => Some((last.local_date(), next.local_date())),
        _ => None,
    });
    let (last, next) = pairs.find(|(last, next)| days_between(*last, *next) > least)?;
    let gap = Gap {
        from: plus_days(last, 1),
        to: plus_days(next, -1),
    };
    let out = Out {
        gap: Some(gap),
        cost: None,
    };
    Some((next, out))
}

/// The spell whose last cost was followed by a run last, with the day of that run; of several the one that cost most.
fn after_cost(entries: &[Entry], runs: &[Run]) -> Option<(NaiveDate, Out)> {
    let next = |cost: &Cost| {
        let after = runs.partition_point(|run| run.local_date() <= cost.to);
        runs.get(after).map(Run::local_date)
    };
    let costs = costs(entries).into_iter();
    let returns = costs.filter_map(|cost| Some((next(&cost)?, cost)));
    let (since, cost) = returns.max_by_key(|(since, cost)| (*since, cost.days))?;
    let out = Out {
        gap: None,
        cost: Some(cost),
    };
    Some((since, out))
}

/// Whether the weeks in which sound ones are looked for have a row about the body.
fn is_pain_logged(entries: &[Entry], before: NaiveDate) -> bool {
    let from = plus_days(before, -7 * LOOKED_WEEKS);
    entries
        .iter()
        .filter(|entry| (from..before).contains(&entry.date))
        .any(triage::is_about_the_body)
}

/// The last sound weeks before that day, counted back from it.
fn sound(history: &History, entries: &[Entry], before: NaiveDate) -> Option<Sound> {
    let alike = Alike::until(history, before);
    let lost = days_of_cost(entries);
    let from = |back: i64| plus_days(before, -7 * back);
    let known = |from: NaiveDate| {
        let mut lost = lost.range(from..=plus_days(from, 6));
        let distance = Measure::Distance.of(history, from, &alike);
        distance.filter(|_| lost.next().is_none())
    };
    let weeks = (1..=LOOKED_WEEKS).map(from);
    let weeks = weeks.filter_map(|from| Some((from, known(from)?)));
    let weeks: Vec<(NaiveDate, f64)> = weeks.take(SOUND_WEEKS).collect();
    let is_enough = weeks.len() >= SOUND_WEEKS_MIN;
    is_enough.then(|| of_weeks(history, &weeks))?
}

/// What these weeks, the newest first, come to.
fn of_weeks(history: &History, weeks: &[(NaiveDate, f64)]) -> Option<Sound> {
    let runs = weeks.iter().map(|(from, _)| runs_of(history, *from));
    let runs: Vec<&[Run]> = runs.collect();
    let distances: Vec<f64> = weeks.iter().map(|(_, metres)| *metres).collect();
    let counts: Vec<f64> = runs.iter().map(|runs| runs.len() as f64).collect();
    let all = runs.iter().flat_map(|runs| runs.iter());
    Some(Sound {
        from: weeks.last()?.0,
        to: plus_days(weeks.first()?.0, 6),
        weeks: weeks.len(),
        distance_m: mean(&distances)?,
        runs: mean(&counts)?,
        longest_m: all.filter_map(|run| run.distance_m).reduce(f64::max),
    })
}

fn runs_of(history: &History, from: NaiveDate) -> &[Run] {
    history.runs_between(from, plus_days(from, 6))
}

fn weeks(
    history: &History,
    entries: &[Entry],
    since: NaiveDate,
    place: Option<Place>,
) -> Vec<WeekBack> {
    let from = (0..WEEKS).map(|week| plus_days(since, 7 * week));
    let begun = from.take_while(|from| *from <= history.as_of);
    begun
        .map(|from| week_back(history, entries, from, place))
        .collect()
}

fn week_back(
    history: &History,
    entries: &[Entry],
    from: NaiveDate,
    place: Option<Place>,
) -> WeekBack {
    let (to, runs) = (plus_days(from, 6), runs_of(history, from));
    let until = to.min(history.as_of);
    // Without a run it must be known that recordings are complete.
    let is_known = !runs.is_empty() || is_covered(history, from, until);
    let all: Option<Vec<f64>> = runs.iter().map(|run| run.distance_m).collect();
    let all = all.filter(|_| is_known);
    WeekBack {
        from,
        to,
        is_over: to <= history.as_of,
        distance_m: all.as_ref().map(|all| all.iter().sum()),
        runs: is_known.then_some(runs.len()),
        longest_m: all.and_then(|all| all.into_iter().reduce(f64::max)),
        pain: highest(entries, (from, until), place),
    }
}

fn is_covered(history: &History, from: NaiveDate, to: NaiveDate) -> bool {
    let is_covered = |day| history.day(day).is_some_and(|day| day.covered);
    crate::time::dates(from, to).all(is_covered)
}

/// The highest rating of these days. A zero under a painkiller is unknown.
fn highest(
    entries: &[Entry],
    (from, to): (NaiveDate, NaiveDate),
    place: Option<Place>,
) -> Option<f64> {
    let first = entries.partition_point(|entry| entry.date < from);
    let days = entries.get(first..).unwrap_or_default();
    let days = days.iter().take_while(|entry| entry.date <= to);
    let known = days.filter(|entry| entry.pain != Some(0.0) || entry.painkiller != Some(true));
    let rating = |entry: &Entry| match place {
        Some(place) => rating_at(entry, place),
        None => entry.pain,
    };
    known.filter_map(rating).reduce(f64::max)
}

fn until(entries: &[Entry], as_of: NaiveDate) -> &[Entry] {
    &entries[..entries.partition_point(|entry| entry.date <= as_of)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        course::back_said::NO_PLAN,
        pain::{Function, PainLog, Side, Site},
        rules::{
            EmergencyNumber, Limits,
            fixture::{calendar, day, log, run, weekly_km},
        },
        units::Units,
    };

    const SHIN: Place = (Site::Shin, Some(Side::Right));

    /// Six weeks of 40 km, 12 on Monday and Thursday and 16 on Sunday, the last on day 41; then runs of (day, km).
    fn runs(after: &[(i64, f64)]) -> Vec<Run> {
        let after = after.iter().map(|(n, km)| run(*n, *km));
        weekly_km(&[40.0; 6]).into_iter().chain(after).collect()
    }

    fn found(runs: Vec<Run>, pain: &PainLog, as_of: i64, limits: &[&str]) -> Option<Back> {
        let history = calendar(runs, pain, day(as_of));
        let limits: Vec<String> = limits.iter().map(|limit| limit.to_string()).collect();
        let (limits, number) = (Limits::parse(&limits).unwrap(), EmergencyNumber::default());
        back(&Context::new(&history, pain, Units::Km).with(&limits, &number))
    }

    /// A row about the right shin.
    fn shin(n: i64, pain: Option<f64>, function: Option<Function>) -> Entry {
        Entry {
            site: Some(SHIN.0),
            side: SHIN.1,
            pain,
            function,
            ..Entry::on(day(n))
        }
    }

    #[test]
    fn after_a_gap_the_weeks_stand_beside_the_last_sound_ones() {
        let after = [(62, 5.0), (65, 5.0), (68, 6.0), (69, 8.0), (72, 6.0)];
        let pain = log(vec![shin(70, Some(2.0), None)]);
        let back = found(runs(&after), &pain, 72, &[]).expect("20 days off");
        assert_eq!(back.since, day(62));
        let gap = back.gap.expect("a gap");
        assert_eq!((gap.from, gap.to, gap.days()), (day(42), day(61), 20));
        let sound = back.sound.expect("four weeks");
        assert_eq!((sound.from, sound.to, sound.weeks), (day(14), day(41), 4));
        assert_eq!(
            (sound.distance_m, sound.runs, sound.longest_m),
            (40_000.0, 3.0, Some(16_000.0))
        );
        let weeks: Vec<_> = back
            .weeks
            .iter()
            .map(|week| {
                (
                    week.is_over,
                    week.distance_m,
                    week.runs,
                    week.longest_m,
                    week.pain,
                )
            })
            .collect();
        assert_eq!(
            weeks,
            [
                (true, Some(16_000.0), Some(3), Some(6000.0), None),
                (false, Some(14_000.0), Some(2), Some(8000.0), Some(2.0)),
            ]
        );
        assert_eq!(back.share(), Some(0.4));
        let said = back.sentences(Units::Km, true);
        assert_eq!(
            said,
            [
                "Your last four weeks recorded whole before it, 20 Jan – 16 Feb 2025, held 40.0 km in 3.0 runs a week on \
                 average; the longest run was 16.0 km.",
                "Then 20 days without a recorded run, 17 Feb – 8 Mar 2025. Running again since 9 Mar 2025.",
                "The last whole week since, 9–15 Mar 2025, held 16.0 km in 3 runs, 40 % of the usual; its longest run was \
                 6.0 km, 38 % of the longest before.",
            ]
        );
        let plain = back.sentences(Units::Km, false).join(" ");
        assert!(!plain.contains(" %") && !NO_PLAN.contains('%'), "{plain}");
    }

    #[test]
    fn a_gap_is_what_the_rule_calls_a_break_and_eight_weeks_are_lately() {
        let gap = |next, limits: &[&str]| {
            found(runs(&[(next, 5.0)]), &PainLog::default(), next, limits).is_some()
        };
        assert!(!gap(55, &[]), "13 days");
        assert!(gap(56, &[]), "14 days");
        assert!(gap(55, &["return-after-break.break-days=13"]));
        let late = |as_of| found(runs(&[(62, 5.0)]), &PainLog::default(), as_of, &[]).is_some();
        assert!(late(62 + 55) && !late(62 + 56));
        assert!(!late(41), "nobody is back yet");
        assert!(found(vec![], &PainLog::default(), 41, &[]).is_none());
    }

    #[test]
    fn a_spell_that_cost_runs_is_told_with_its_place() {
        use Function::{CutShort, MissedRun};
        let rows = vec![
            shin(42, Some(3.0), None),
            shin(43, Some(4.0), Some(CutShort)),
            shin(44, Some(4.0), Some(MissedRun)),
            shin(48, Some(1.0), None),
        ];
        let after = [(47, 6.0), (50, 6.0)];
        let back = found(runs(&after), &log(rows), 53, &[]).expect("two days cost runs");
        let cost = back.cost.expect("a cost");
        assert_eq!(cost.place, SHIN);
        assert_eq!((cost.from, cost.to, cost.days), (day(42), day(44), 2));
        assert_eq!((back.since, back.gap), (day(47), None));
        assert_eq!(back.weeks[0].pain, Some(1.0));
        assert_eq!(back.weeks[0].distance_m, Some(12_000.0));
        let said = back.sentences(Units::Km, true).join(" ");
        assert!(
            said.contains("Then pain in your right shin from 17 Feb 2025 on, which cost running on 2 days (the last 19 Feb 2025)."),
            "{said}"
        );
        let is_back = |rows| found(runs(&after), &log(rows), 53, &[]).is_some();
        assert!(!is_back(vec![shin(43, Some(4.0), Some(CutShort))]), "once");
        assert!(is_back(vec![shin(43, None, Some(MissedRun))]), "not rated");
        assert!(
            !is_back(vec![shin(51, Some(4.0), Some(MissedRun))]),
            "no run since"
        );
    }

    #[test]
    fn weeks_that_pain_cost_are_not_sound_and_one_alone_is_no_usual() {
        let knee = Entry {
            site: Some(Site::Knee),
            function: Some(Function::CutShort),
            ..Entry::on(day(30))
        };
        let back = |rows, runs| found(runs, &log(rows), 62, &[]).expect("back");
        // Days 28–34 hold the cut run: 35, 21, 14 and 7 are the last four others.
        let sound = back(vec![knee], runs(&[(62, 5.0)])).sound.expect("four");
        assert_eq!((sound.from, sound.to, sound.weeks), (day(7), day(41), 4));
        let short: Vec<Run> = [run(0, 8.0), run(6, 8.0), run(27, 5.0)].into();
        let little = back(Vec::new(), short);
        assert_eq!((little.sound, little.share()), (None, None));
        assert!(little.sentences(Units::Km, true)[0].contains("is not known"));
    }

    #[test]
    fn a_week_without_a_run_is_zero_only_where_that_is_known() {
        let masked = Entry {
            painkiller: Some(true),
            ..shin(63, Some(0.0), None)
        };
        let pain = log(vec![masked]);
        let back = found(runs(&[(62, 5.0)]), &pain, 72, &[]).expect("back");
        assert_eq!(
            back.weeks[0].pain, None,
            "a zero under a painkiller is unknown"
        );
        let second = back.weeks[1];
        assert_eq!((second.runs, second.distance_m), (None, None));
        let known = found(runs(&[(62, 5.0), (70, 5.0)]), &pain, 77, &[]).expect("back");
        assert_eq!(known.weeks[1].runs, Some(1));
    }
}
