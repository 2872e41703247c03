//! Places and rectangles on a page.

/// A place on the page, logical pixels from the upper left corner.
pub(super) type Px = (f64, f64);

/// A rectangle that something covers, logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Area {
    /// Between two opposite corners.
    pub(super) fn between((x0, y0): Px, (x1, y1): Px) -> Self {
        Area {
            left: x0.min(x1),
            right: x0.max(x1),
            top: y0.min(y1),
            bottom: y0.max(y1),
        }
    }

    /// The same, further out on every side.
    pub(super) fn grown(self, by_px: f64) -> Self {
        Area {
            left: self.left - by_px,
            right: self.right + by_px,
            top: self.top - by_px,
            bottom: self.bottom + by_px,
        }
    }

    /// Whether both cover a place.
    pub(super) fn touches(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether it lies inside others, edges included.
    pub(super) fn is_inside(&self, bounds: &Area) -> bool {
        self.left >= bounds.left
            && self.right <= bounds.right
            && self.top >= bounds.top
            && self.bottom <= bounds.bottom
    }
}
