//! Charts: plotters drawing on an anti-aliased canvas of our own.
