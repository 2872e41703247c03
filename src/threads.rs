//! Work on every core, answers in the order of the work: for what is neither reading files nor judging, which have rayon.

use std::{
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// A thread reads a whole runner, tables and all: as much room as the first thread has on Linux, of which only what is used is taken.
const STACK_BYTES: usize = 8 << 20;

/// Does each piece once, the next by whoever is free, and returns what came of each in order. Not on rayon's threads: one of those that
/// waits for polars begins the next piece meanwhile, and another in that, each with its bytes and its part of the stack.
pub fn at_once<T: Send>(pieces: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let one_after_the_other = || {
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= pieces {
                return made;
            }
            made.push((at, work(at)));
        }
    };
    let others = cores().min(pieces).saturating_sub(1);
    let mut made = thread::scope(|scope| {
        let thread = || thread::Builder::new().stack_size(STACK_BYTES);
        // A thread that cannot be had has nothing to do.
        let begin = |_| thread().spawn_scoped(scope, one_after_the_other).ok();
        let others: Vec<_> = (0..others).filter_map(begin).collect();
        let mut made = one_after_the_other();
        for other in others {
            made.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        made
    });
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, made)| made).collect()
}

/// How many cores there are to work on.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_work() {
        assert_eq!(
            at_once(50, |at| at * at),
            (0..50).map(|at| at * at).collect::<Vec<_>>()
        );
        assert!(at_once(0, |_| 1).is_empty());
    }
}
