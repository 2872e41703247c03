//! Labels at marks: where they find room, so that none lies on another.

use super::{
    Result,
    area::{Area, Px},
    page::Page,
    style::Text,
};

/// Free on both sides of a label, so that two are never read as one.
const BESIDE_PX: f64 = 3.0;

/// A text, where it stands and how it is set.
#[derive(Clone)]
pub(super) struct Label {
    /// What it says.
    pub text: String,
    /// The point it is anchored at.
    pub at: Px,
    /// How it is set.
    pub look: Text,
}

impl Label {
    /// What it covers.
    pub(super) fn area(&self, page: &Page) -> Result<Area> {
        page.text_box(&self.text, self.at, self.look)
    }

    /// Draws it in a white halo, so that no line strikes its letters through.
    pub(super) fn draw(&self, page: &Page) -> Result {
        page.label(&self.text, self.at, self.look)
    }
}

/// What is taken already, so that labels never lie on one another.
#[derive(Clone)]
pub(super) struct Room {
    bounds: Area,
    taken: Vec<Area>,
}

impl Room {
    /// Empty room inside `bounds`.
    pub(super) fn new(bounds: Area) -> Self {
        Room {
            bounds,
            taken: Vec::new(),
        }
    }

    /// Takes the area whatever lies there.
    pub(super) fn occupy(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Whether the area is inside the bounds and nothing lies in it or close to it on the left and right.
    pub(super) fn is_free(&self, area: Area) -> bool {
        let padded = Area {
            left: area.left - BESIDE_PX,
            right: area.right + BESIDE_PX,
            ..area
        };
        area.is_inside(&self.bounds) && !self.taken.iter().any(|other| other.touches(&padded))
    }

    /// Takes the area if it is free; says whether it was.
    pub(super) fn take(&mut self, area: Area) -> bool {
        let free = self.is_free(area);
        if free {
            self.taken.push(area);
        }
        free
    }

    /// The first of these labels that finds room, which it takes.
    pub(super) fn take_first(
        &mut self,
        page: &Page,
        labels: impl IntoIterator<Item = Label>,
    ) -> Result<Option<Label>> {
        for label in labels {
            if self.take(label.area(page)?) {
                return Ok(Some(label));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_finds_room_or_is_refused() {
        let area = |left: f64, top: f64| Area {
            left,
            right: left + 20.0,
            top,
            bottom: top + 10.0,
        };
        let mut room = Room::new(Area {
            left: 0.0,
            right: 100.0,
            top: 0.0,
            bottom: 50.0,
        });
        assert!(room.take(area(0.0, 0.0)));
        assert!(!room.take(area(10.0, 5.0)), "overlaps");
        assert!(!room.take(area(21.0, 0.0)), "closer than 3 px");
        assert!(room.take(area(24.0, 0.0)));
        assert!(!room.take(area(90.0, 0.0)), "would be clipped");
        room.occupy(area(60.0, 20.0));
        assert!(!room.take(area(60.0, 20.0)));
    }
}
