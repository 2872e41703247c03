//! Decoders: bytes in, activities and problems out. Pure, no I/O, never all or nothing.

pub mod fit;
pub mod gpx;
pub mod tcx;
pub mod xml;
