//! Sleep: the unit of its hours, and which columns can only be a quality on another scale.

use super::Desk;
use crate::{
    pain::plan::{
        columns::Column,
        names::{Meaning, Own, TimeUnit},
        survey::Cells,
    },
    units::number,
};

type Columns = Vec<(Column, usize)>;

impl Desk<'_> {
    /// The unit of sleep; a column that can only be a quality is left out.
    pub(super) fn sleep(&mut self, columns: &mut Columns) -> TimeUnit {
        self.check_quality(columns);
        let Some(index) = index_of(columns, Column::SleepHours) else {
            return TimeUnit::Hours;
        };
        let unit = self.read_name(index).and_then(|name| name.unit);
        if unit.is_some() || self.is_named(index) {
            return unit.unwrap_or(TimeUnit::Hours);
        }
        if self.can_be_minutes(index) {
            return TimeUnit::Minutes;
        }
        if !self.can_be_hours(index) {
            self.leave_out_quality(index, columns);
        }
        TimeUnit::Hours
    }

    /// A quality of sleep from 1 to 7 is another scale, and its good end is not known.
    fn check_quality(&mut self, columns: &mut Columns) {
        if let Some(index) = self.wide_quality(columns) {
            self.tell_of_wide_quality(index);
            columns.retain(|(column, _)| *column != Column::SleepQuality);
        }
    }

    /// The column of quality, where it goes beyond niggle's scale.
    fn wide_quality(&self, columns: &Columns) -> Option<usize> {
        let quality = index_of(columns, Column::SleepQuality);
        quality.filter(|index| self.cells_of(*index).most > 5.0)
    }

    fn tell_of_wide_quality(&mut self, index: usize) {
        let name = self.name(index);
        self.remarks.push(format!(
            "Column {name} goes beyond 5, so its scale is not niggle's 1 (bad) to 5 (good). It was left out."
        ));
    }

    fn can_be_minutes(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        cells.fractions == 0 && (100.0..=960.0).contains(&cells.most)
    }

    fn can_be_hours(&self, index: usize) -> bool {
        let own = Meaning::Is(Column::SleepHours, Own::Own);
        let name = self.read_name(index);
        name.is_some_and(|name| name.meaning == own) || look_like_hours(self.cells_of(index))
    }

    fn leave_out_quality(&mut self, index: usize, columns: &mut Columns) {
        self.remarks.push(format!(
            "Column {} is never above {} and has no fractions, so it is a quality of sleep and no hours; which end is good cannot be told. It was left out.",
            self.name(index),
            number(self.cells_of(index).most, 0)
        ));
        columns.retain(|(column, _)| *column != Column::SleepHours);
    }
}

/// Whether cells are no grades: times of a clock, fractions, or numbers that are mostly high.
fn look_like_hours(cells: &Cells) -> bool {
    let are_mostly_long = (cells.upper_half + cells.above_ten) * 2 >= cells.numbers;
    cells.fractions > 0 || cells.clocks > 0 || cells.filled == 0 || are_mostly_long
}

fn index_of(columns: &[(Column, usize)], wanted: Column) -> Option<usize> {
    let found = columns.iter().find(|(column, _)| *column == wanted);
    found.map(|(_, index)| *index)
}
