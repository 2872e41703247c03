//! Records of one moment: several of one second that each hold other fields are one record.

use crate::model::Samples;

/// Records less than this apart can be parts of one: some writers put a few milliseconds between them, s.
const MOMENT_S: f64 = 0.5;

/// Joins records of equal times, and of nearly equal ones where they complete each other; of what they all have, the first counts.
/// The times must be in order. What was recorded several times a second, with everything in each record, stays as it is.
pub(super) fn join(samples: &mut Samples) {
    let mut keep = vec![true; samples.len()];
    let mut head = 0;
    for (index, keep) in keep.iter_mut().enumerate().skip(1) {
        if is_part(samples, head, index) {
            samples.fill(head, index);
            *keep = false;
        } else {
            head = index;
        }
    }
    if keep.contains(&false) {
        samples.keep(&keep);
    }
}

fn is_part(samples: &Samples, head: usize, index: usize) -> bool {
    let step_s = samples.time_s[index] - samples.time_s[head];
    step_s == 0.0 || step_s < MOMENT_S && completes(samples, head, index)
}

/// Whether a record brings something that the other lacks and nothing that it has otherwise, or nothing at all.
fn completes(samples: &Samples, head: usize, index: usize) -> bool {
    let (there, here) = (samples.at(head), samples.at(index));
    let pairs = || there.iter().zip(&here);
    let brings = pairs().any(|(there, here)| there.is_nan() && !here.is_nan());
    let brings_nothing = here.iter().all(|value| value.is_nan());
    let contradicts = pairs().any(|(there, here)| (*there - *here).abs() > 0.0);
    (brings || brings_nothing) && !contradicts
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAP: f32 = f32::NAN;

    fn check(times: &[f64], rates: &[f32], speeds: &[f32], expected: &[(f64, f32, f32)]) {
        let mut samples = Samples {
            time_s: times.to_vec(),
            heart_rate_bpm: rates.to_vec(),
            speed_m_s: speeds.to_vec(),
            ..Samples::default()
        };
        join(&mut samples);
        let found = samples.time_s.iter().zip(&samples.heart_rate_bpm);
        let found = found.zip(&samples.speed_m_s);
        // As text, in which what is missing equals itself.
        let found: Vec<_> = found
            .map(|((time, rate), speed)| (*time, *rate, *speed))
            .collect();
        assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    }

    #[test]
    fn parts_of_one_second_become_one_record() {
        check(
            &[0.0, 0.0, 0.0, 1.0],
            &[GAP, 150.0, 160.0, 151.0],
            &[3.0, GAP, 2.0, GAP],
            &[(0.0, 150.0, 3.0), (1.0, 151.0, GAP)],
        );
    }

    #[test]
    fn parts_milliseconds_apart_do_too() {
        check(
            &[0.0, 0.017, 0.03, 1.0, 1.017],
            &[GAP, 150.0, GAP, GAP, 151.0],
            &[3.0, GAP, GAP, 3.1, GAP],
            &[(0.0, 150.0, 3.0), (1.0, 151.0, 3.1)],
        );
    }

    #[test]
    fn five_whole_records_a_second_stay_five() {
        let times = [0.0, 0.2, 0.4, 0.6, 0.8];
        let (rates, speeds) = ([150.0; 5], [3.0, 3.1, 3.2, 3.3, 3.4]);
        let all: Vec<_> = times
            .iter()
            .zip(speeds)
            .map(|(time, speed)| (*time, 150.0, speed))
            .collect();
        check(&times, &rates, &speeds, &all);
        // A heart rate that comes once a second does not join them either: the speeds are others.
        let rates = [150.0, GAP, GAP, GAP, GAP];
        let all: Vec<_> = all
            .iter()
            .zip(rates)
            .map(|((time, _, speed), rate)| (*time, rate, *speed))
            .collect();
        check(&times, &rates, &speeds, &all);
        // Even standing, with one speed all the time.
        let all: Vec<_> = times
            .iter()
            .zip(rates)
            .map(|(time, rate)| (*time, rate, 0.0))
            .collect();
        check(&times, &rates, &[0.0; 5], &all);
    }
}
