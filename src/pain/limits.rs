//! How large a log may be (src/method/limits.md, Sizes).

/// Largest file read, bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Largest workbook of a spreadsheet read, bytes.
pub const MAX_WORKBOOK_BYTES: usize = 50 * 1024 * 1024;
/// Most data rows read: 500 years of a row a day.
pub const MAX_ROWS: usize = 200_000;
/// Largest log of a whole study read, bytes: it holds the days of everyone.
pub const MAX_LONG_BYTES: usize = 256 * 1024 * 1024;
/// Most data rows of it: five years of a row a day of 1,000 people.
pub const MAX_LONG_ROWS: usize = 2_000_000;
