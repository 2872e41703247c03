//! GPX files through the `gpx` crate: positions, elevation and time, for it writes no extensions.

use super::{
    plan::Planned,
    track::{Point, Track},
};
use ::gpx::{Gpx, GpxVersion, TrackSegment, Waypoint};
use std::error::Error;
use time::OffsetDateTime;

/// One track, a segment for each stretch without a stop.
pub fn activity(planned: &Planned, track: &Track) -> Result<Vec<u8>, Box<dyn Error>> {
    let start = planned.start_unix_s();
    let mut segments = vec![TrackSegment::new()];
    for point in track.thinned() {
        if let Some(segment) = segments.last_mut() {
            segment.points.push(waypoint(start, &point)?);
        }
        if track.pauses.iter().any(|&(from, _)| from == point.t_s) {
            segments.push(TrackSegment::new());
        }
    }
    let run = ::gpx::Track {
        name: Some(format!("{} run", planned.kind.name())),
        type_: Some("running".into()),
        segments,
        ..Default::default()
    };
    let gpx = Gpx {
        version: GpxVersion::Gpx11,
        creator: Some("Invented phone app".into()),
        tracks: vec![run],
        ..Default::default()
    };
    let mut bytes = Vec::new();
    ::gpx::write(&gpx, &mut bytes)?;
    Ok(bytes)
}

fn waypoint(start: i64, point: &Point) -> Result<Waypoint, Box<dyn Error>> {
    let mut waypoint = Waypoint::new((point.lon_deg, point.lat_deg).into());
    waypoint.elevation = Some(point.altitude_m);
    waypoint.time = Some(OffsetDateTime::from_unix_timestamp(start + point.t_s)?.into());
    Ok(waypoint)
}
