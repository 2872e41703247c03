//! fitparser's opinion of a FIT file.
