//! What is to be said where witnesses contradict each other.

use super::{
    ClockOffset, Verdicts,
    sport::Taken,
    witness::{By, Heard, Verdict, Witness, are_near},
};
use crate::{
    clean::{Clean, distance::wavers_by, position::haversine_m},
    model::{Activity, Samples},
    problem::{Code, Effect, Problem},
    sport::Sport,
    units::{duration_text, number},
};

/// A contradiction smaller than this is not worth a word, m and s.
const SMALL: f64 = 30.0;

/// Everything that a recording's witnesses do not agree on.
pub(super) fn of(verdicts: &Verdicts, clean: &Clean, is_speed_denied: bool) -> Vec<Problem> {
    let metres = |value: f64| format!("{} m", number(value, 0));
    let seconds = |value: f64| format!("{} s", number(value, 0));
    let found = [
        distance(&verdicts.distance_m, clean, metres),
        contradiction(&verdicts.timer_s, Code::TimeMismatch, "time", seconds),
        contradiction(
            &verdicts.elapsed_s,
            Code::TimeMismatch,
            "elapsed time",
            seconds,
        ),
        start(verdicts),
        is_speed_denied.then(|| speed(&verdicts.speed_m)),
        has_no_distance(&verdicts.distance_m, clean).then(no_distance),
        bends_cut_off(&verdicts.distance_m, &clean.activity),
        seldom(&verdicts.timer_s, clean),
        late_track(&verdicts.distance_m, &clean.activity.samples),
        wavering(&verdicts.distance_m, &clean.activity),
        other_pace(verdicts, clean),
    ];
    found.into_iter().flatten().collect()
}

/// A contradiction of distances; where the records lost and are all that tells when the runner moved, that is said too.
fn distance(verdict: &Verdict, clean: &Clean, written: impl Fn(f64) -> String) -> Option<Problem> {
    let problem = contradiction(verdict, Code::DistanceMismatch, "distance", written)?;
    let mut against = verdict.against();
    let lost = against.find(|witness| witness.by == By::Records);
    let mut column = clean.activity.samples.distance_m.iter().rev();
    let last_m = column.find(|metres| !metres.is_nan());
    let is_kept = lost
        .zip(last_m)
        .is_some_and(|(lost, last_m)| are_near(lost.value, *last_m));
    Some(match is_kept {
        true => Problem {
            consequence: format!(
                "{} Pace and moving time rest on the records.",
                problem.consequence
            ),
            ..problem
        },
        false => problem,
    })
}

/// Who says what, and who is believed.
fn contradiction(
    verdict: &Verdict,
    code: Code,
    quantity: &str,
    written: impl Fn(f64) -> String,
) -> Option<Problem> {
    let value = verdict.value();
    let is_worth_a_word =
        |witness: &&Witness| value.is_none_or(|value| (witness.value - value).abs() > SMALL);
    let mut against = verdict.against().filter(is_worth_a_word).peekable();
    against.peek()?;
    let says = |witness: &Witness| {
        let (who, says) = (witness.by.in_words(), witness.by.verb("says", "say"));
        format!("{who} {says} {}", written(witness.value))
    };
    let others: Vec<String> = against.map(says).collect();
    let (effect, believed, consequence) = match verdict.believed() {
        Some(believed) => (
            Effect::Noted,
            says(believed),
            believed_text(believed.by, verdict),
        ),
        None => (
            Effect::PartLost,
            "nobody says what a runner can do".to_string(),
            format!("The {quantity} is left blank."),
        ),
    };
    let detail = format!("{quantity}: {}; {believed}", others.join(", "));
    Some(Problem::new(code, effect, "", detail, consequence))
}

/// `The records were believed, since the track agrees.`
fn believed_text(by: By, verdict: &Verdict) -> String {
    let who = crate::words::sentence_case(by.in_words());
    let were = by.verb("was", "were");
    format!("{who} {were} believed{}.", because(verdict))
}

fn because(verdict: &Verdict) -> String {
    let mut witnesses = verdict.witnesses.iter();
    let agreeing = witnesses.find(|witness| witness.heard == Heard::Agrees);
    let mut against = verdict.against();
    match agreeing.map(|witness| witness.by) {
        Some(by) => format!(", since {} {}", by.in_words(), by.verb("agrees", "agree")),
        None if against.all(|witness| witness.heard == Heard::Impossible) => {
            ", since the other cannot be".to_string()
        }
        None => String::new(),
    }
}

fn start(verdicts: &Verdicts) -> Option<Problem> {
    let (by, told_s) = verdicts.start.against()?;
    let (believed, unix_s) = verdicts.start.believed()?;
    let apart = duration_text((told_s - unix_s).abs());
    let side = if told_s < unix_s { "before" } else { "after" };
    let detail = format!(
        "{} lies {apart} {side} {}",
        by.in_words(),
        believed.in_words()
    );
    let consequence = format!("It begins with {}.", believed.in_words());
    Some(Problem::new(
        Code::StartMismatch,
        Effect::Repaired,
        "",
        detail,
        consequence,
    ))
}

fn speed(verdict: &Verdict) -> Problem {
    let led = |by: By| {
        let mut of = verdict
            .witnesses
            .iter()
            .filter(move |witness| witness.by == by);
        of.next().map_or(0.0, |witness| witness.value)
    };
    let factor = number(led(By::Speed) / led(By::Records).max(1.0), 2);
    Problem::new(
        Code::SpeedMismatch,
        Effect::Repaired,
        "",
        format!("the recorded speeds are {factor} times what the distance says"),
        "Speed was taken from the distance.",
    )
}

fn has_no_distance(distance: &Verdict, clean: &Clean) -> bool {
    let is_run = clean.activity.sport.is_running() || clean.activity.sport.is_open();
    is_run && distance.witnesses.is_empty()
}

/// What is said of a track whose positions lie so far apart that the way between them is well longer than the straight line. How much
/// that is, the track shows itself: every second position alone misses four times as much of a smooth bend, and twice as much of a way that
/// turns at every corner, so that from a third to all of what leaving out every other one takes away is missing already.
fn bends_cut_off(distance: &Verdict, activity: &Activity) -> Option<Problem> {
    let (led_m, samples) = (track_alone_m(distance)?, &activity.samples);
    let step_s = median_step_s(&samples.time_s).filter(|step_s| *step_s >= FAR_APART_S)?;
    let positions = samples.latitude_deg.iter().zip(&samples.longitude_deg);
    let positions = positions.map(|(north, east)| (*north, *east));
    let known: Vec<(f64, f64)> = positions
        .filter(|(north, east)| !north.is_nan() && !east.is_nan())
        .collect();
    let length_m = |every: usize| {
        let kept: Vec<(f64, f64)> = known.iter().step_by(every).copied().collect();
        kept.windows(2)
            .map(|pair| haversine_m(pair[0], pair[1]))
            .sum::<f64>()
    };
    let lost_share = (length_m(1) - length_m(2)) / led_m;
    // Between the last position before a pause and the first behind it a step is lost.
    let step_share = 1.0 / (known.len().max(2) - 1) as f64;
    let beside_pauses = step_share * activity.pauses.len() as f64;
    let most_share = lost_share + beside_pauses;
    (most_share > LOST_SHARE).then(|| far_apart(step_s, lost_share.max(0.0) / 3.0, most_share))
}

/// The length of the track, where nothing else tells the distance.
fn track_alone_m(distance: &Verdict) -> Option<f64> {
    let believed = distance.believed()?;
    let is_alone = believed.by == By::Track && distance.agreed().is_none();
    is_alone.then_some(believed.value)
}

/// Positions this far apart in time may cut bends off, s …
const FAR_APART_S: f64 = 15.0;
/// … and that is told where leaving out every other one takes so much of the way away.
const LOST_SHARE: f64 = 0.03;

fn median_step_s(time_s: &[f64]) -> Option<f64> {
    let mut steps: Vec<f64> = time_s.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied()
}

fn far_apart(step_s: f64, least_share: f64, most_share: f64) -> Problem {
    let detail = format!(
        "distance: positions are {} s apart and cut bends and ends off, some {} to {} % of the way",
        number(step_s, 0),
        number(100.0 * least_share, 0),
        number(100.0 * most_share, 0)
    );
    let consequence = "The straight lines between them are the distance.";
    Problem::new(
        Code::DistanceMismatch,
        Effect::Noted,
        "",
        detail,
        consequence,
    )
}

/// What is said of a time that only records tell which come so seldom that a pause between two of them does not show.
fn seldom(timer: &Verdict, clean: &Clean) -> Option<Problem> {
    timer
        .believed()
        .filter(|witness| witness.by == By::Records)?;
    let samples = &clean.activity.samples;
    let step_s = median_step_s(&samples.time_s).filter(|step_s| *step_s >= FAR_APART_S)?;
    let detail = format!(
        "time: records are {} s apart, so that pauses between two of them do not show",
        number(step_s, 0)
    );
    Some(noted(
        Code::TimeMismatch,
        detail,
        "Time and moving time may hold short pauses.",
    ))
}

/// What is said where a track that alone tells the distance begins well after the records do, or ends before them.
fn late_track(distance: &Verdict, samples: &Samples) -> Option<Problem> {
    track_alone_m(distance)?;
    let is_known = |north: &f64| !north.is_nan();
    let first = samples.latitude_deg.iter().position(is_known)?;
    let last = samples.latitude_deg.iter().rposition(is_known)?;
    let time_s = &samples.time_s;
    let span_s = time_s[time_s.len() - 1] - time_s[0];
    let without_s = time_s[first] - time_s[0] + time_s[time_s.len() - 1] - time_s[last];
    let detail = format!(
        "distance: for {} at the ends there is no position",
        duration_text(without_s)
    );
    let is_much = without_s > LOST_SHARE * span_s;
    let consequence = "What was run there is missing in the distance and in the moving time.";
    is_much.then(|| noted(Code::DistanceMismatch, detail, consequence))
}

/// Positions are held against those so much later, s: runners do not turn to and fro within it.
const STEADY_S: f64 = 15.0;
/// A track that is this share longer than its legs wavers.
const WAVER_SHARE: f64 = 0.04;

/// What is said of a track that alone tells the distance, whose positions waver: their noise makes it longer than the way.
fn wavering(distance: &Verdict, activity: &Activity) -> Option<Problem> {
    track_alone_m(distance)?;
    let along_m = &activity.samples.distance_m;
    let share = wavers_by(activity, along_m, STEADY_S).map(|factor| factor - 1.0)?;
    let detail = format!(
        "distance: positions waver, the way from one to the next is {} % longer than over {} s",
        number(100.0 * share, 0),
        number(STEADY_S, 0)
    );
    let consequence = "The way from one to the next is the distance.";
    (share > WAVER_SHARE).then(|| noted(Code::DistanceMismatch, detail, consequence))
}

/// A total that makes another pace than this many times that of the records of a part is doubtful.
const OTHER_PACE: f64 = 1.5;

/// What is said of a total whose pace the records deny, which know a part of the run only.
fn other_pace(verdicts: &Verdicts, clean: &Clean) -> Option<Problem> {
    let believed = verdicts.distance_m.believed()?;
    let mut witnesses = verdicts.distance_m.witnesses.iter();
    let is_part = |w: &&Witness| w.by == By::Records && w.heard == Heard::Part;
    let part = witnesses.find(is_part)?;
    let running_s: f64 = clean.weight_s.iter().sum();
    let (whole_m_s, part_m_s) = (
        believed.value / verdicts.timer_s.value()?,
        part.value / running_s,
    );
    let factor = whole_m_s / part_m_s;
    let is_other = factor.is_finite() && !(1.0 / OTHER_PACE..=OTHER_PACE).contains(&factor);
    let detail = format!(
        "distance: {} makes {} m/s, the records of a part {} m/s",
        believed.by.in_words(),
        number(whole_m_s, 1),
        number(part_m_s, 1)
    );
    is_other.then(|| noted(Code::DistanceMismatch, detail, "The total is used."))
}

fn noted(code: Code, detail: String, consequence: &'static str) -> Problem {
    Problem::new(code, Effect::Noted, "", detail, consequence)
}

fn no_distance() -> Problem {
    Problem::new(
        Code::NoDistance,
        Effect::Noted,
        "",
        "no distance and no positions",
        "The run counts with its time only.",
    )
}

/// What is said where the place denies the offset that the file tells.
pub fn of_offset(offset: &ClockOffset) -> Option<Problem> {
    let told = hours(offset.against()?);
    let there = hours(offset.offset_s);
    Some(Problem::new(
        Code::OffsetMismatch,
        Effect::Repaired,
        "",
        format!("the file's clock is {told} from UTC, clocks where it was recorded were {there}"),
        "The clock of the place decides its day.",
    ))
}

/// `+2 h`, `-3:30 h`.
fn hours(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    match minutes % 60 {
        0 => format!("{sign}{} h", minutes / 60),
        rest => format!("{sign}{}:{rest:02} h", minutes / 60),
    }
}

/// What is said of a sport that was not plainly named.
pub fn of_sport(recorded: Sport, taken: &Taken) -> Problem {
    let detail = format!("the sport is {}; {}", recorded.0, taken.why.in_words());
    let consequence = taken_for(taken.sport);
    Problem::new(Code::SportAssumed, Effect::Noted, "", detail, consequence)
}

fn taken_for(sport: Sport) -> &'static str {
    match sport.is_running() {
        true => "It was taken for a run.",
        false => "It was taken for another sport.",
    }
}
