//! Tables: the sheets of a workbook, or a file of comma-separated values, as cells of text.

mod cell;
mod csv;
mod lists;
mod model;
mod parts;
mod workbook;
mod zipped;

pub use cell::{column_name, column_of, name as cell_name};
pub use csv::read as read_csv;
#[cfg(test)]
pub use model::DropDown;
pub use model::Sheet;

pub use workbook::{is_workbook, read as read_workbook};
