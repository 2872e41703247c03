//! xml_hostile
