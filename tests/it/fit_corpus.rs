//! fit_corpus
