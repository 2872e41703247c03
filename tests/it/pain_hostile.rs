//! pain_hostile
