//! xml_corpus
