//! Statistics: pure functions on `&[f64]`, each with its source and its degenerate cases.
