//! Choices from a list of numbers: `proptest` shrinks the list, and with it everything that was made from it.

/// Numbers that are read one after another; behind the end there are zeros, which choose the simplest.
pub struct Tape<'a> {
    cells: &'a [u32],
    at: usize,
}

impl<'a> Tape<'a> {
    pub fn new(cells: &'a [u32]) -> Self {
        Self { cells, at: 0 }
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        let cell = self.cells.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::try_from(cell).unwrap_or(0) % limit.max(1)
    }

    pub fn number(&mut self, limit: u32) -> u32 {
        u32::try_from(self.below(limit as usize)).unwrap_or(0)
    }

    /// True in one of `odds` cases, and never behind the end.
    pub fn one_in(&mut self, odds: usize) -> bool {
        self.below(odds) == odds - 1
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}
