//! What an SVG path says, in as few letters as it can: from place to place, in tenths of a pixel, without needless blanks.

use super::area::Px;

/// Points nearer to a line than this are left out, logical pixels: of a drawn curve, and of a line of many days.
const OFF_PX: f64 = 0.12;
const OFF_OF_MANY_PX: f64 = 0.4;

/// More points are many days.
const MANY: usize = 1000;

/// The text of a `d` attribute under construction.
#[derive(Debug, Default)]
pub(super) struct Path {
    text: String,
    /// Where the pen is.
    at: Tenths,
    /// What numbers without a letter mean now.
    command: char,
    /// Whether the last number has a point: the next may begin with one.
    has_point: bool,
}

/// A place in tenths of a pixel.
type Tenths = (i64, i64);

impl Path {
    /// A closed rectangle.
    pub(super) fn rect(&mut self, from: Px, to: Px) {
        let ((left, top), (right, bottom)) = (tenths(from), tenths(to));
        self.move_to((left, top));
        self.say('h', &[right - left]);
        self.say('v', &[bottom - top]);
        self.say('h', &[left - right]);
        self.close((left, top));
    }

    /// A dot, for a line with round ends.
    pub(super) fn dot(&mut self, at: Px) {
        self.move_to(tenths(at));
        self.say('h', &[0]);
    }

    /// A circle.
    pub(super) fn circle(&mut self, (x, y): Px, radius_px: f64) {
        let (left, radius) = (tenths((x - radius_px, y)), tenth(radius_px));
        self.move_to(left);
        self.say('a', &[radius, radius, 0, 10, 0, 2 * radius, 0]);
        self.say('a', &[radius, radius, 0, 10, 0, -2 * radius, 0]);
        self.close(left);
    }

    /// From point to point.
    pub(super) fn line(&mut self, points: &[Px]) {
        let mut points = simpler(points).into_iter().map(tenths);
        points
            .by_ref()
            .take(1)
            .for_each(|first| self.move_to(first));
        points.for_each(|point| self.line_to(point));
    }

    /// From point to point and back, always the same way around: shapes that lie on each other have no hole.
    pub(super) fn polygon(&mut self, points: &[Px]) {
        let mut points = points.to_vec();
        if area(&points) < 0.0 {
            points.reverse();
        }
        self.line(&points);
        if let Some(first) = points.first() {
            self.close(tenths(*first));
        }
    }

    /// The finished text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    fn move_to(&mut self, to: Tenths) {
        self.say('m', &[to.0 - self.at.0, to.1 - self.at.1]);
        (self.at, self.command) = (to, 'l');
    }

    fn line_to(&mut self, to: Tenths) {
        match (to.0 - self.at.0, to.1 - self.at.1) {
            (0, 0) => {}
            (right, 0) => self.say('h', &[right]),
            (0, down) => self.say('v', &[down]),
            (right, down) => self.say('l', &[right, down]),
        }
        self.at = to;
    }

    fn close(&mut self, start: Tenths) {
        self.say('z', &[]);
        self.at = start;
    }

    /// A letter, unless it goes without saying, and its numbers.
    fn say(&mut self, letter: char, numbers: &[i64]) {
        if letter != self.command || !matches!(letter, 'h' | 'v' | 'l') {
            self.text.push(letter);
            (self.command, self.has_point) = (letter, false);
        }
        numbers.iter().for_each(|number| self.number(*number));
    }

    fn number(&mut self, tenths: i64) {
        let number = tenths_text(tenths);
        let follows = self.text.ends_with(|last: char| last.is_ascii_digit());
        let stands_apart = number.starts_with('-') || (self.has_point && number.starts_with('.'));
        if follows && !stands_apart {
            self.text.push(' ');
        }
        self.has_point = number.contains('.');
        self.text += &number;
    }
}

/// The same line with fewer points: none is further off than it shows (Douglas and Peucker, 1973). Its ends stay.
fn simpler(points: &[Px]) -> Vec<Px> {
    let most = match points.len() > MANY {
        true => OFF_OF_MANY_PX,
        false => OFF_PX,
    };
    let mut kept = vec![true; points.len()];
    let mut open = vec![(0, points.len().saturating_sub(1))];
    while let Some((from, to)) = open.pop() {
        match furthest(points, from, to) {
            Some((at, off)) if off > most => open.extend([(from, at), (at, to)]),
            Some(_) => kept[from + 1..to].fill(false),
            None => {}
        }
    }
    let kept = points.iter().zip(kept).filter(|(_, kept)| *kept);
    kept.map(|(point, _)| *point).collect()
}

/// The point between two that is furthest from the line through them, and how far. None when there is none between.
fn furthest(points: &[Px], from: usize, to: usize) -> Option<(usize, f64)> {
    let (a, b) = (points.get(from)?, points.get(to)?);
    let between = (from + 1..to).filter_map(|at| Some((at, off(*points.get(at)?, *a, *b))));
    between.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// How far a point is from the line between two others.
fn off((x, y): Px, (x0, y0): Px, (x1, y1): Px) -> f64 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let length = dx.hypot(dy);
    let along = ((x - x0) * dx + (y - y0) * dy) / (length * length).max(f64::MIN_POSITIVE);
    let along = along.clamp(0.0, 1.0);
    (x - x0 - along * dx).hypot(y - y0 - along * dy)
}

/// Twice the area around points, negative where they run against the clock on a page.
fn area(points: &[Px]) -> f64 {
    let next = points.iter().cycle().skip(1);
    points
        .iter()
        .zip(next)
        .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
        .sum()
}

fn tenths((x, y): Px) -> Tenths {
    (tenth(x), tenth(y))
}

fn tenth(px: f64) -> i64 {
    (px * 10.0).round() as i64
}

/// A length with at most one decimal, and no 0 before it.
pub(super) fn length(px: f64) -> String {
    tenths_text(tenth(px))
}

fn tenths_text(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, part) => format!("{sign}.{part}"),
        (whole, part) => format!("{sign}{whole}.{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_follow_each_other_from_where_the_pen_is() {
        let mut path = Path::default();
        path.rect((10.0, 20.0), (13.0, 24.5));
        path.line(&[(12.5, 20.5), (12.0, 20.0), (12.26, 20.25)]);
        path.dot((12.3, 21.3));
        path.circle((20.0, 20.0), 3.0);
        assert_eq!(
            path.text(),
            "m10 20h3v4.5h-3zm2.5.5-.5-.5.3.3m0 1h0m4.7-1.3a3 3 0 1 0 6 0a3 3 0 1 0-6 0z"
        );
    }

    #[test]
    fn polygons_all_run_the_same_way() {
        let (mut one, mut other) = (Path::default(), Path::default());
        one.polygon(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0)]);
        other.polygon(&[(4.0, 4.0), (4.0, 0.0), (0.0, 0.0)]);
        assert_eq!(one.text(), "m0 0h4v4z");
        assert_eq!(one.text(), other.text());
        let mut nothing = Path::default();
        nothing.polygon(&[]);
        nothing.line(&[]);
        assert_eq!(nothing.text(), "");
    }

    #[test]
    fn a_line_loses_the_points_that_do_not_bend_it() {
        let mut path = Path::default();
        path.line(&[
            (0.0, 0.0),
            (1.0, 0.1),
            (2.0, 0.0),
            (3.0, 5.0),
            (4.0, 5.0),
            (4.0, 5.0),
        ]);
        assert_eq!(path.text(), "m0 0h2l1 5h1");
        let there_and_back = [(0.0, 0.0), (9.0, 0.0), (0.0, 0.0)];
        assert_eq!(simpler(&there_and_back), there_and_back);
    }

    #[test]
    fn lengths_are_short() {
        for (px, text) in [
            (0.0, "0"),
            (-0.04, "0"),
            (0.5, ".5"),
            (-0.5, "-.5"),
            (12.04, "12"),
            (-3.25, "-3.3"),
        ] {
            assert_eq!(length(px), text);
        }
    }
}
