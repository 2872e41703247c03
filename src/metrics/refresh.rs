//! Speed from a distance that may be new only every few seconds, coarse or noisy.
//!
//! Many recordings repeat a position or a distance until the receiver has a new one, or write it in steps of ten metres: from one record
//! to the next such a runner stands, stands and leaps. What counts is how far it is from one new distance to the next.

use crate::clean::{MAX_SPEED_M_S, MOVING_M_S, hold::HOLD_S};

/// A distance that stays for longer is standing, unless it then leaps on faster than [`LEAP_M_S`].
const STANDING_S: f64 = HOLD_S;
/// No step of running is this fast, m/s: a distance that makes one had not been kept up to date.
const LEAP_M_S: f64 = 7.0;
/// Speeds that differ from one to the next by more than this share of their mean are taken over [`WINDOW_S`].
const NOISE: f64 = 0.10;
/// The time over which the speed of coarse or noisy distances is taken, s.
const WINDOW_S: f64 = 10.0;
/// What is slower than moving over this time is a stop, s; a longer window would run across it.
const STOP_WINDOW_S: f64 = 5.0;

/// Speed over the step that ends at each sample, m/s. NaN at the first, where no distance is known, and beyond [`MAX_SPEED_M_S`].
pub(super) fn speeds(time_s: &[f64], distance_m: &[f64]) -> Vec<f64> {
    let mut speeds = vec![f64::NAN; time_s.len()];
    let stretches = stretches(time_s, distance_m);
    let of_stretches = if noise(&stretches) > NOISE {
        over_windows(&stretches)
    } else {
        stretches.iter().map(Stretch::speed).collect()
    };
    for (stretch, speed) in stretches.iter().zip(of_stretches) {
        let possible = if speed <= MAX_SPEED_M_S {
            speed
        } else {
            f64::NAN
        };
        speeds[stretch.first..=stretch.last].fill(possible);
    }
    speeds
}

/// From one new distance to the next.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// Its samples.
    first: usize,
    last: usize,
    /// When it begins and ends, Unix seconds.
    from_s: f64,
    to_s: f64,
    metres: f64,
}

impl Stretch {
    fn seconds(&self) -> f64 {
        self.to_s - self.from_s
    }

    fn speed(&self) -> f64 {
        self.metres / self.seconds()
    }

    /// Whether a window may reach across it: what is long or stands still is a border.
    fn is_part_of_running(&self) -> bool {
        self.metres > 0.0 && self.seconds() <= WINDOW_S
    }
}

/// The last new distance, and the last sample with the same.
#[derive(Clone, Copy)]
struct Knot {
    new_at: usize,
    seen_at: usize,
}

/// The stretches in their order; where nothing is known, none.
fn stretches(time_s: &[f64], distance_m: &[f64]) -> Vec<Stretch> {
    let mut stretches = Vec::with_capacity(distance_m.len());
    let mut knot: Option<Knot> = None;
    let known = distance_m
        .iter()
        .enumerate()
        .filter(|(_, metres)| !metres.is_nan());
    for (here, metres) in known {
        match &mut knot {
            Some(knot) if distance_m[knot.new_at] == *metres => knot.seen_at = here,
            _ => {
                if let Some(knot) = knot {
                    add(&mut stretches, time_s, distance_m, knot, here);
                }
                knot = Some(Knot {
                    new_at: here,
                    seen_at: here,
                });
            }
        }
    }
    // What stays to the end stands.
    stretches.extend(
        knot.filter(|knot| knot.seen_at > knot.new_at)
            .map(|knot| stretch(time_s, distance_m, knot.new_at, knot.seen_at)),
    );
    stretches
}

/// From the distance of the knot to the new one: in one, or standing first and then a step.
fn add(stretches: &mut Vec<Stretch>, time_s: &[f64], distance_m: &[f64], knot: Knot, here: usize) {
    let held_s = time_s[knot.seen_at] - time_s[knot.new_at];
    let step = stretch(time_s, distance_m, knot.seen_at, here);
    if held_s > STANDING_S && step.speed() <= LEAP_M_S {
        stretches.push(stretch(time_s, distance_m, knot.new_at, knot.seen_at));
        stretches.push(step);
    } else {
        stretches.push(stretch(time_s, distance_m, knot.new_at, here));
    }
}

fn stretch(time_s: &[f64], distance_m: &[f64], from: usize, to: usize) -> Stretch {
    Stretch {
        first: from + 1,
        last: to,
        from_s: time_s[from],
        to_s: time_s[to],
        metres: distance_m[to] - distance_m[from],
    }
}

/// By which share of their mean the speeds differ from one stretch to the next.
fn noise(stretches: &[Stretch]) -> f64 {
    let (mut differences, mut sum, mut count) = (0.0, 0.0, 0.0);
    for pair in stretches.windows(2) {
        if pair[0].is_part_of_running() & pair[1].is_part_of_running() {
            differences += (pair[1].speed() - pair[0].speed()).abs();
            sum += pair[1].speed();
            count += 1.0;
        }
    }
    if count > 0.0 { differences / sum } else { 0.0 }
}

/// The speeds over [`WINDOW_S`]. A stop has its own, and no window runs across it.
fn over_windows(stretches: &[Stretch]) -> Vec<f64> {
    let is_part: Vec<bool> = stretches.iter().map(Stretch::is_part_of_running).collect();
    let all = 0..stretches.len();
    let short: Vec<f64> = all
        .map(|i| over_window(stretches, i, STOP_WINDOW_S, &is_part))
        .collect();
    let is_stop = stops(stretches, &short);
    let parts = is_part.iter().zip(&is_stop);
    let counts: Vec<bool> = parts
        .map(|(is_part, is_stop)| *is_part && !is_stop)
        .collect();
    let speed = |i: usize| match is_stop[i] {
        true => short[i].min(stretches[i].speed()),
        false => over_window(stretches, i, WINDOW_S, &counts),
    };
    (0..stretches.len()).map(speed).collect()
}

/// Which stretches are part of a stop: slower than moving over [`STOP_WINDOW_S`], or themselves and next to such.
fn stops(stretches: &[Stretch], short: &[f64]) -> Vec<bool> {
    let is_slow = |i: usize| stretches[i].speed() < MOVING_M_S;
    let mut stops: Vec<bool> = short.iter().map(|speed| *speed < MOVING_M_S).collect();
    for i in 1..stops.len() {
        stops[i] |= stops[i - 1] && is_slow(i);
    }
    for i in (1..stops.len()).rev() {
        stops[i - 1] |= stops[i] && is_slow(i - 1);
    }
    stops
}

/// The speed over the stretches that count within half a window of a stretch's middle; its own where it does not count itself.
fn over_window(stretches: &[Stretch], i: usize, window_s: f64, counts: &[bool]) -> f64 {
    let here = stretches[i];
    if !counts[i] {
        return here.speed();
    }
    let middle_s = f64::midpoint(here.from_s, here.to_s);
    let before = (0..i)
        .rev()
        .take_while(|k| counts[*k] && stretches[*k].to_s > middle_s - window_s / 2.0);
    let after = (i + 1..stretches.len())
        .take_while(|k| counts[*k] && stretches[*k].from_s < middle_s + window_s / 2.0);
    let (metres, seconds) =
        before
            .chain(after)
            .fold((here.metres, here.seconds()), |(metres, seconds), k| {
                (
                    metres + stretches[k].metres,
                    seconds + stretches[k].seconds(),
                )
            });
    metres / seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(metres: impl IntoIterator<Item = f64>) -> Vec<f64> {
        let metres: Vec<f64> = metres.into_iter().collect();
        let time_s: Vec<f64> = (0..metres.len()).map(|i| i as f64).collect();
        speeds(&time_s, &metres)
    }

    /// Ten minutes at this speed, of which only what `seen` makes of each second and its distance is written.
    fn check(speed_m_s: f64, seen: impl Fn(u32, f64) -> f64, tolerance: f64) {
        let found = of((0..600).map(|s| seen(s, f64::from(s) * speed_m_s)));
        let inside = &found[20..560];
        let worst = inside.iter().map(|speed| (speed / speed_m_s - 1.0).abs());
        let worst = worst.fold(0.0, f64::max);
        assert!(worst <= tolerance, "{speed_m_s} m/s: {worst}");
    }

    #[test]
    fn distances_that_are_held_are_no_standing_and_no_leaps() {
        for every in [2, 3, 5, 8] {
            let held = |speed: f64| move |s: u32, _: f64| f64::from(s / every * every) * speed;
            check(3.0, held(3.0), 1e-9);
            check(1.4, held(1.4), 1e-9);
        }
        // In steps of 10 m: some come after three seconds and some after four. So it is at a walk, after 12 or 13.
        check(3.0, |_, metres| (metres / 10.0).floor() * 10.0, 0.10);
        check(0.8, |_, metres| (metres / 10.0).floor() * 10.0, 0.10);
        // Steps of 100 m, and whole metres.
        check(3.0, |_, metres| (metres / 100.0).floor() * 100.0, 0.05);
        check(2.8, |_, metres| metres.round(), 0.10);
        // One in three is missing.
        check(
            3.0,
            |s, metres| if s % 3 == 1 { f64::NAN } else { metres },
            1e-9,
        );
    }

    #[test]
    fn a_stop_is_a_stop() {
        // Twelve seconds, seven, and to the end.
        let moved =
            |s: i32| (s.min(30) + (s - 42).clamp(0, 30) + (s - 79).clamp(0, 30)) as f64 * 3.0;
        let found = of((0..200).map(moved));
        let still = found.iter().filter(|speed| **speed < 0.5).count();
        // The second stop takes the step after it with it.
        assert_eq!(still, 12 + 8 + 90);
        assert!(found[0].is_nan() && found[1..=30].iter().all(|speed| *speed == 3.0));
    }

    #[test]
    fn a_short_stop_among_noisy_steps_is_a_stop() {
        // Running at 3 m/s with steps of 2.2 to 3.8 m, seven seconds of standing at a place that wanders, a walk, running.
        let steps = (0..100).map(|s| match s {
            40..=46 => 0.1 * f64::from(s % 4) + if s == 43 { 0.6 } else { 0.0 },
            70..=79 => 0.8 + 0.5 * f64::from(s % 2),
            _ => 2.2 + 0.8 * f64::from(s * 2 % 3),
        });
        let found = of(std::iter::once(0.0).chain(steps.scan(0.0, |sum, step| {
            *sum += step;
            Some(*sum)
        })));
        let still: Vec<usize> = (1..=100).filter(|i| found[*i] < MOVING_M_S).collect();
        assert_eq!(still, (41..=47).collect::<Vec<_>>());
        // What runs up to the stop is not slowed by it.
        let before = found[20..39].iter().map(|speed| (speed - 3.0).abs());
        assert!(before.fold(0.0, f64::max) < 0.2, "{found:?}");
    }

    #[test]
    fn what_is_not_known_stays_unknown() {
        assert!(of([f64::NAN, f64::NAN]).iter().all(|speed| speed.is_nan()));
        assert!(speeds(&[0.0, 1.0], &[]).iter().all(|speed| speed.is_nan()));
        assert!(of([0.0, 50.0])[1].is_nan(), "faster than anyone");
        assert!(of([]).is_empty());
    }
}
