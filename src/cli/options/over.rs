//! A list that is given twice: on the command line and in a file.

/// A list before another, of which those stay that nothing here is about as well.
pub(super) fn over<T>(here: Vec<T>, below: Vec<T>, is_same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let is_new = |one: &T| !here.iter().any(|other| is_same(other, one));
    let new: Vec<T> = below.into_iter().filter(is_new).collect();
    here.into_iter().chain(new).collect()
}
