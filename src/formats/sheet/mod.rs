//! Tables: the sheets of a workbook, or a file of comma-separated values, as cells of text.

mod cell;
mod csv;
mod lists;
mod model;
mod number;
mod parts;
mod workbook;
mod zipped;

pub use cell::{
    CellRange, address, column_name, column_of, is_within, name as cell_name, range as cell_range,
};
pub use csv::{delimiter_of, read as read_csv};
#[cfg(test)]
pub use model::DropDown;
pub use model::Sheet;

pub use parts::{attribute, part, sheets as sheet_parts};
pub use workbook::{is_workbook, read as read_workbook};
pub use zipped::check as check_zip;
