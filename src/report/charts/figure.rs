//! The drawn body, from the front and from the back: half a profile mirrored and smoothed, the lines of its muscles, and where on it
//! a place of the pain log is. Its own measure: the midline is 0, the soles are at [`HEIGHT`], right is the viewer's right.

use super::area::Px;
use crate::pain::{Place, Side, Site};

/// From the crown to the soles.
pub(super) const HEIGHT: f64 = 281.5;
/// From the midline to the fingers.
pub(super) const HALF_WIDTH: f64 = 57.0;

/// Points between two of a smooth line.
const STEPS: u32 = 4;
/// Points around a zone.
const AROUND: u32 = 32;

/// From which side the body is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// The face: the runner's left is on the right.
    Front,
    /// The back: left is left.
    Back,
}

/// The outline from the crown down the arm, the flank and the leg to the crotch.
const HALF: [Px; 82] = [
    (0.0, 1.5),
    (6.4, 2.6),
    (11.8, 7.4),
    (13.8, 14.5),
    (14.0, 18.0),
    (15.3, 19.0),
    (15.0, 23.6),
    (13.3, 26.0),
    (11.2, 31.4),
    (7.4, 36.6),
    (6.9, 40.0),
    (7.6, 45.0),
    (11.5, 49.0),
    (19.0, 51.8),
    (27.0, 54.0),
    (33.0, 57.6),
    (36.4, 64.5),
    (37.6, 74.0),
    (38.6, 86.0),
    (40.6, 98.0),
    (42.2, 107.0),
    (45.2, 117.0),
    (47.6, 128.0),
    (49.6, 139.0),
    (51.0, 147.0),
    (53.8, 152.0),
    (56.4, 159.0),
    (57.0, 167.0),
    (55.8, 174.0),
    (53.4, 177.8),
    (51.0, 175.8),
    (50.2, 170.0),
    (49.2, 166.0),
    (47.4, 166.4),
    (46.2, 162.0),
    (45.2, 156.0),
    (45.6, 150.5),
    (46.0, 146.0),
    (43.8, 138.0),
    (40.0, 127.0),
    (37.0, 116.5),
    (35.2, 107.5),
    (33.4, 98.0),
    (31.6, 88.0),
    (29.8, 79.0),
    (28.4, 75.5),
    (27.8, 81.0),
    (26.8, 92.0),
    (24.8, 103.0),
    (23.4, 112.0),
    (23.5, 119.0),
    (25.2, 128.0),
    (27.4, 137.0),
    (29.0, 146.0),
    (29.6, 156.0),
    (29.2, 169.0),
    (27.8, 184.0),
    (25.4, 198.0),
    (22.9, 209.0),
    (22.4, 217.0),
    (23.4, 226.0),
    (23.6, 235.0),
    (21.8, 247.0),
    (18.8, 259.0),
    (17.8, 265.0),
    (19.0, 270.0),
    (22.2, 275.0),
    (22.6, 279.0),
    (19.4, 281.4),
    (13.4, 281.2),
    (10.8, 278.0),
    (10.8, 271.5),
    (11.6, 264.5),
    (11.0, 258.0),
    (8.6, 247.0),
    (6.8, 235.0),
    (7.0, 225.0),
    (8.2, 216.0),
    (8.0, 208.0),
    (6.0, 196.0),
    (3.4, 176.0),
    (0.0, 152.5),
];

/// Collarbone, breast, shoulder, groin, flank, knee, shin, toes, fingers: drawn on both sides.
const FRONT: &[&[Px]] = &[
    &[(5.0, 52.5), (13.0, 54.2), (22.0, 54.6)],
    &[(4.5, 79.5), (12.0, 82.8), (20.0, 81.5), (26.0, 75.5)],
    &[(31.2, 78.0), (29.6, 70.0), (30.0, 63.0)],
    &[(12.5, 138.0), (8.0, 146.0), (3.4, 152.0)],
    &[(17.5, 100.0), (15.5, 112.0), (15.0, 123.0)],
    &[(10.2, 204.5), (15.2, 202.6), (20.0, 205.0)],
    &[(10.8, 214.0), (13.0, 218.2), (17.6, 218.2), (19.6, 214.0)],
    &[(13.6, 225.0), (13.2, 238.0), (13.8, 251.0)],
    &[(12.4, 276.6), (13.2, 279.6)],
    &[(14.8, 276.9), (15.2, 280.2)],
    &[(17.2, 276.7), (17.4, 280.0)],
    &[(19.4, 276.2), (19.8, 279.0)],
    &[(53.4, 168.5), (54.0, 175.0)],
];

/// Throat, belly, navel.
const FRONT_MIDDLE: &[&[Px]] = &[
    &[(0.0, 56.0), (0.0, 58.0)],
    &[(0.0, 86.0), (0.0, 98.0), (0.0, 110.0)],
    &[(-0.9, 124.0), (0.0, 125.2), (0.9, 124.0)],
];

/// Shoulder blade, shoulder, buttock, hip, hollow of the knee, calf, tendon, fingers: drawn on both sides.
const BACK: &[&[Px]] = &[
    &[(5.0, 62.0), (11.0, 60.0), (19.0, 62.0)],
    &[(8.0, 66.0), (12.0, 78.0), (19.0, 82.0), (24.0, 75.0)],
    &[(31.2, 78.0), (29.6, 70.0), (30.0, 63.0)],
    &[(17.0, 141.0), (13.0, 134.5), (6.0, 132.0)],
    &[(2.0, 160.0), (9.0, 164.6), (18.0, 163.2), (23.5, 158.0)],
    &[(9.4, 211.8), (15.0, 213.6), (20.6, 211.6)],
    &[(15.2, 224.0), (15.0, 236.0), (14.6, 244.0)],
    &[
        (9.4, 243.0),
        (12.2, 248.4),
        (14.6, 246.6),
        (17.4, 249.2),
        (20.8, 244.4),
    ],
    &[(13.0, 255.0), (13.3, 262.0), (12.8, 268.0)],
    &[(16.5, 255.0), (16.2, 262.0), (16.9, 268.0)],
    &[(53.4, 168.5), (54.0, 175.0)],
];

/// Spine and cleft.
const BACK_MIDDLE: &[&[Px]] = &[
    &[(0.0, 50.0), (0.0, 75.0), (0.0, 105.0), (0.0, 128.0)],
    &[(0.0, 140.0), (0.0, 150.0), (0.0, 153.0)],
];

/// The body's outline, the same from both sides.
pub(super) fn outline() -> Vec<Px> {
    let down = HALF.iter().copied();
    let up = HALF.iter().rev().map(|point| mirrored(*point));
    let ends = |point: &Px| point.0 != 0.0;
    let around: Vec<Px> = down.chain(up.filter(ends)).collect();
    closed(&around)
}

/// The lines inside it.
pub(super) fn lines(view: View) -> Vec<Vec<Px>> {
    let (sides, middle) = match view {
        View::Front => (FRONT, FRONT_MIDDLE),
        View::Back => (BACK, BACK_MIDDLE),
    };
    let mirror = |line: &&[Px]| line.iter().copied().map(mirrored).collect::<Vec<Px>>();
    let other = sides.iter().map(mirror);
    let as_is = sides.iter().chain(middle).map(|line| line.to_vec());
    as_is.chain(other).map(|line| open(&line)).collect()
}

fn mirrored((x, y): Px) -> Px {
    (-x, y)
}

/// A smooth line around through all points.
fn closed(points: &[Px]) -> Vec<Px> {
    let count = points.len();
    let leg = |at: usize| {
        let [before, from, to, after] =
            [count - 1, 0, 1, 2].map(|step| points[(at + step) % count]);
        curve(before, from, to, after)
    };
    (0..count).flat_map(leg).collect()
}

/// A smooth line through all points.
fn open(points: &[Px]) -> Vec<Px> {
    let at = |index: usize| points[index.min(points.len() - 1)];
    let leg = |index: usize| {
        curve(
            at(index.saturating_sub(1)),
            at(index),
            at(index + 1),
            at(index + 2),
        )
    };
    let legs = (0..points.len().saturating_sub(1)).flat_map(leg);
    legs.chain(points.last().copied()).collect()
}

/// The curve between the middle two of four points, its end left out (Catmull and Rom, 1974).
fn curve(before: Px, from: Px, to: Px, after: Px) -> impl Iterator<Item = Px> {
    (0..STEPS).map(move |step| {
        let t = f64::from(step) / f64::from(STEPS);
        let x = spline(before.0, from.0, to.0, after.0, t);
        (x, spline(before.1, from.1, to.1, after.1, t))
    })
}

fn spline(a: f64, b: f64, c: f64, d: f64, t: f64) -> f64 {
    let (slope, bend) = (c - a, 2.0 * a - 5.0 * b + 4.0 * c - d);
    0.5 * (2.0 * b + t * (slope + t * (bend + t * (3.0 * b - a - 3.0 * c + d))))
}

/// Where a place is: an ellipse between two points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Zone {
    /// On which view.
    pub view: View,
    from: Px,
    to: Px,
    /// Half its width across.
    half: f64,
}

const fn front(from: Px, to: Px, half: f64) -> Zone {
    Zone {
        view: View::Front,
        from,
        to,
        half,
    }
}

const fn back(from: Px, to: Px, half: f64) -> Zone {
    Zone {
        view: View::Back,
        from,
        to,
        half,
    }
}

/// Where each site is on the right half of the figure; across the midline where it is in the middle.
const ZONES: [(Site, Zone); 19] = [
    (Site::Abdomen, front((0.0, 110.0), (0.0, 136.0), 13.0)),
    (Site::SideStitch, front((18.0, 94.0), (16.5, 108.0), 5.6)),
    (Site::Hip, front((22.0, 139.0), (23.5, 152.0), 5.2)),
    (Site::Groin, front((14.5, 145.0), (5.0, 157.0), 3.8)),
    (Site::Thigh, front((18.0, 158.0), (15.6, 204.0), 9.6)),
    (Site::Quad, front((17.5, 162.0), (15.4, 200.0), 7.4)),
    (Site::Knee, front((15.3, 202.0), (15.2, 222.0), 7.2)),
    (Site::Kneecap, front((15.2, 206.2), (15.2, 216.2), 4.7)),
    (Site::Itb, front((23.8, 197.0), (21.4, 218.0), 2.8)),
    (Site::Shin, front((14.6, 222.0), (14.8, 255.0), 4.4)),
    (Site::Ankle, front((14.8, 257.0), (14.6, 268.0), 3.6)),
    (Site::Foot, front((14.8, 266.0), (16.6, 277.0), 4.8)),
    (Site::Toe, front((12.0, 278.4), (21.6, 278.4), 2.8)),
    (Site::LowerBack, back((0.0, 112.0), (0.0, 134.0), 15.0)),
    (Site::Glute, back((14.0, 137.0), (13.0, 160.0), 10.0)),
    (Site::Hamstring, back((16.0, 166.0), (15.2, 203.0), 7.8)),
    (Site::Calf, back((15.2, 218.0), (15.0, 249.0), 7.2)),
    (Site::Achilles, back((14.8, 248.0), (14.8, 267.0), 2.9)),
    (Site::Heel, back((14.8, 268.5), (15.4, 279.5), 4.6)),
];

/// Where a place is: on one side, or on both where the side is not known or both are meant. Empty where the figure does not have it.
pub(super) fn zones((site, side): Place) -> Vec<Zone> {
    let Some((_, zone)) = ZONES.iter().find(|(other, _)| *other == site).copied() else {
        return Vec::new();
    };
    let wanted = match side {
        Some(side @ (Side::Left | Side::Right)) => vec![side],
        _ if zone.is_in_the_middle() => return vec![zone],
        _ => vec![Side::Right, Side::Left],
    };
    wanted.into_iter().map(|side| zone.on(side)).collect()
}

impl Zone {
    fn is_in_the_middle(&self) -> bool {
        self.from.0 == 0.0
    }

    /// The same on a side of the runner.
    fn on(self, side: Side) -> Zone {
        let zone = if self.is_in_the_middle() {
            self.right_half()
        } else {
            self
        };
        match (self.view, side) {
            (View::Front, Side::Right) | (View::Back, Side::Left) => zone.mirrored(),
            _ => zone,
        }
    }

    fn right_half(self) -> Zone {
        let half = self.half * 0.55;
        let ((_, top), (_, bottom)) = (self.from, self.to);
        Zone {
            from: (half, top),
            to: (half, bottom),
            half,
            ..self
        }
    }

    fn mirrored(self) -> Zone {
        Zone {
            from: mirrored(self.from),
            to: mirrored(self.to),
            ..self
        }
    }

    /// Its middle.
    pub(super) fn middle(&self) -> Px {
        (
            (self.from.0 + self.to.0) / 2.0,
            (self.from.1 + self.to.1) / 2.0,
        )
    }

    /// Points around it.
    pub(super) fn outline(&self) -> Vec<Px> {
        let (x, y) = self.middle();
        let (dx, dy) = (
            (self.to.0 - self.from.0) / 2.0,
            (self.to.1 - self.from.1) / 2.0,
        );
        let across = self.half / dx.hypot(dy).max(f64::MIN_POSITIVE);
        let point = |step: u32| {
            let (sin, cos) =
                (std::f64::consts::TAU * f64::from(step) / f64::from(AROUND)).sin_cos();
            (
                x + cos * dx - sin * across * dy,
                y + cos * dy + sin * across * dx,
            )
        };
        (0..AROUND).map(point).collect()
    }

    /// Where its edge is to the left (−1) or right (1) of its middle.
    pub(super) fn edge(&self, direction: f64) -> Px {
        let middle = self.middle().1;
        let outline = self.outline();
        let beside = outline
            .iter()
            .filter(|point| (point.1 - middle).abs() < self.half);
        let furthest = beside.map(|point| point.0 * direction).reduce(f64::max);
        (furthest.map_or(self.middle().0, |x| x * direction), middle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a point lies in the outline: a ray to the right meets it an odd number of times.
    fn is_inside((x, y): Px) -> bool {
        let outline = outline();
        let next = outline.iter().cycle().skip(1);
        let crossed = outline.iter().zip(next).filter(|(a, b)| {
            (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0)
        });
        crossed.count() % 2 == 1
    }

    #[test]
    fn every_site_of_the_log_is_on_the_body() {
        for site in Site::ALL {
            for side in [
                None,
                Some(Side::Left),
                Some(Side::Right),
                Some(Side::Both),
                Some(Side::Centre),
            ] {
                let zones = zones((*site, side));
                assert_eq!(
                    zones.is_empty(),
                    matches!(site, Site::None | Site::Other(_)),
                    "{site:?}"
                );
                for zone in zones {
                    assert!(is_inside(zone.middle()), "{site:?} {side:?}");
                    let inside = zone
                        .outline()
                        .into_iter()
                        .filter(|point| is_inside(*point))
                        .count();
                    assert!(inside >= 20, "{site:?} {side:?}: {inside} of 32 points");
                }
            }
        }
    }

    #[test]
    fn left_is_on_the_right_from_the_front_and_on_the_left_from_the_back() {
        let x = |site, side| {
            zones((site, Some(side)))
                .first()
                .map(|zone| zone.middle().0)
        };
        assert!(x(Site::Shin, Side::Left) > Some(0.0) && x(Site::Shin, Side::Right) < Some(0.0));
        assert!(x(Site::Calf, Side::Left) < Some(0.0) && x(Site::Calf, Side::Right) > Some(0.0));
        assert!(x(Site::LowerBack, Side::Left) < Some(0.0));
        assert_eq!(x(Site::LowerBack, Side::Centre), Some(0.0));
        assert_eq!(zones((Site::Calf, None)).len(), 2, "which one is unknown");
        assert_eq!(zones((Site::Unnamed, None)), []);
    }

    #[test]
    fn the_body_is_as_large_as_it_says_and_the_same_on_both_sides() {
        let outline = outline();
        let (mut most, mut lowest) = (0.0f64, 0.0f64);
        for (x, y) in &outline {
            (most, lowest) = (most.max(x.abs()), lowest.max(*y));
        }
        let sum: f64 = outline.iter().map(|(x, _)| x).sum();
        assert!(sum.abs() < 0.5, "as much left as right: {sum}");
        assert!(
            (most - HALF_WIDTH).abs() < 0.5 && (lowest - HEIGHT).abs() < 0.5,
            "{most} {lowest}"
        );
    }

    #[test]
    fn a_smooth_line_goes_through_its_points() {
        let points = [(0.0, 0.0), (3.0, 1.0), (5.0, 5.0)];
        let line = open(&points);
        let steps = STEPS as usize;
        assert_eq!(
            (line.len(), line[0], line[steps], line[2 * steps]),
            (2 * steps + 1, points[0], points[1], points[2])
        );
    }
}
