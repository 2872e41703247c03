//! What is left of two columns when others are taken out of them, by Gauss's elimination of their covariances: of several shifts side by
//! side, as every shift takes the same steps.

/// A column of which the columns before it leave less than this share says nothing of its own.
pub(super) const SHARE_LEFT_MIN: f64 = 1e-9;

/// What is left of load and pain when the columns are taken out.
pub(super) struct Left {
    /// Sum of squares of what is left of the load.
    pub(super) load: f64,
    /// Of the pain.
    pub(super) pain: f64,
    /// Sum of the products of both.
    pub(super) products: f64,
    /// How many columns were taken out.
    pub(super) columns: usize,
}

impl Left {
    /// The correlation of what is left.
    pub(super) fn correlation(&self) -> f64 {
        self.products / (self.load * self.pain).sqrt()
    }
}

/// So many symmetric matrices side by side, whose first columns are taken out of the last two.
pub(super) struct Matrices<const COUNT: usize> {
    width: usize,
    /// The upper triangle, row after row, each from the diagonal on.
    cells: Vec<[f64; COUNT]>,
    /// What each column has to begin with.
    own: Vec<[f64; COUNT]>,
}

/// One alone.
pub(super) type Matrix = Matrices<1>;

impl<const COUNT: usize> Matrices<COUNT> {
    pub(super) fn new(width: usize) -> Self {
        Matrices {
            width,
            cells: vec![[0.0; COUNT]; width * (width + 1) / 2],
            own: vec![[0.0; COUNT]; width],
        }
    }

    /// From their rows, each from the diagonal on.
    #[inline(always)]
    pub(super) fn fill(&mut self, upper: impl Iterator<Item = [f64; COUNT]>) {
        let cells = self.cells.iter_mut();
        cells.zip(upper).for_each(|(cell, value)| *cell = value);
        for column in 0..self.width {
            self.own[column] = self.at(column, column);
        }
    }

    /// Where a cell on the diagonal or right of it stands.
    fn place(&self, row: usize, column: usize) -> usize {
        row * (2 * self.width - row + 1) / 2 + column - row
    }

    fn at(&self, row: usize, column: usize) -> [f64; COUNT] {
        self.cells[self.place(row, column)]
    }

    /// What is left of the last two columns of each. None where that is nothing of one of them.
    #[inline(always)]
    pub(super) fn left(&mut self) -> [Option<Left>; COUNT] {
        let Some(load) = self.width.checked_sub(2) else {
            return std::array::from_fn(|_| None);
        };
        let (pain, mut taken) = (load + 1, [0; COUNT]);
        for column in 0..load {
            let is_left = self.is_left(column);
            self.take_out(column, is_left);
            let counts = taken.iter_mut().zip(is_left);
            counts.for_each(|(taken, is_left)| *taken += usize::from(is_left));
        }
        let (both, squares) = (self.at(load, pain), [load, pain].map(|at| self.at(at, at)));
        let is_left = [load, pain].map(|column| self.is_left(column));
        std::array::from_fn(|one| {
            (is_left[0][one] && is_left[1][one]).then(|| Left {
                load: squares[0][one],
                pain: squares[1][one],
                products: both[one],
                columns: taken[one],
            })
        })
    }

    /// Whether the columns before have left anything of this one.
    #[inline(always)]
    fn is_left(&self, column: usize) -> [bool; COUNT] {
        let (left, own) = (self.at(column, column), self.own[column]);
        std::array::from_fn(|one| left[one] > 0.0 && left[one] > SHARE_LEFT_MIN * own[one])
    }

    /// One step of Gauss's elimination, in those of which something is left.
    #[inline(always)]
    fn take_out(&mut self, column: usize, is_left: [bool; COUNT]) {
        let own = self.at(column, column);
        for row in column + 1..self.width {
            let beside = self.at(column, row);
            let share: [f64; COUNT] = std::array::from_fn(|one| {
                let share = beside[one] / own[one];
                if is_left[one] { share } else { 0.0 }
            });
            let (start, taken) = (self.place(row, row), self.place(column, row));
            for later in 0..self.width - row {
                let from = self.cells[taken + later];
                let cell = &mut self.cells[start + later];
                for one in 0..COUNT {
                    cell[one] -= share[one] * from[one];
                }
            }
        }
    }
}
