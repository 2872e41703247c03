//! fit_hostile
