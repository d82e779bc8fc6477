//! A sheet as cells of text.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::cell::{CellRange, is_within};

/// One sheet. Rows and columns count from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; empty for a file of comma-separated values.
    pub name: String,
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// The texts of its cells; empty cells are missing.
    pub cells: BTreeMap<(u32, u32), String>,
    /// Cells whose value is a number.
    pub numbers: HashSet<(u32, u32)>,
    /// What the sheet shows for a number, where that differs: "2.10" for 2.1.
    pub shown: HashMap<(u32, u32), String>,
    /// Cells with a text in bold.
    pub bold: HashSet<(u32, u32)>,
    /// Merged cells: the first and the last row and column.
    pub merged: Vec<CellRange>,
    /// The values that cells can have, where the sheet offers a list.
    pub lists: Vec<DropDown>,
}

/// A list of values that some cells can have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DropDown {
    /// The first and the last row and column of each range of cells.
    pub ranges: Vec<CellRange>,
    /// The values.
    pub values: Vec<String>,
}

impl Sheet {
    /// The text of a cell; empty if there is none.
    pub fn text(&self, row: u32, column: u32) -> &str {
        self.cells.get(&(row, column)).map_or("", String::as_str)
    }

    /// The text of a cell with the zeros that its number format adds. Ids need them; an answer would differ
    /// from the values of its list.
    pub fn shown(&self, row: u32, column: u32) -> &str {
        self.shown.get(&(row, column)).map_or_else(|| self.text(row, column), String::as_str)
    }

    /// The text of a cell, or of the merged cell that it is a part of.
    pub fn merged_text(&self, row: u32, column: u32) -> &str {
        match self.text(row, column) {
            "" => {
                let (row, column) = self.top_left(row, column);
                self.text(row, column)
            }
            text => text,
        }
    }

    /// The first cell of the merged cell that a cell is a part of; the cell itself if it is not merged.
    pub fn top_left(&self, row: u32, column: u32) -> (u32, u32) {
        let around = self.merged.iter().find(|merged| is_within(merged, (row, column)));
        around.map_or((row, column), |(first, _)| *first)
    }

    /// The columns of a row that have a text, with their texts.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &str)> {
        self.cells.range((row, 0)..=(row, u32::MAX)).map(|((_, column), text)| (*column, text.as_str()))
    }

    /// The rows that have a text, in order.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// The values that a cell can have.
    pub fn drop_down(&self, row: u32, column: u32) -> Option<&[String]> {
        let has = |list: &&DropDown| list.ranges.iter().any(|range| is_within(range, (row, column)));
        self.lists.iter().find(has).map(|list| list.values.as_slice())
    }

    /// All rows as lists of texts, as wide as the widest one.
    pub fn grid(&self) -> Vec<Vec<String>> {
        let width = self.cells.keys().map(|(_, column)| column + 1).max().unwrap_or(0);
        let row = |row: u32| (0..width).map(|column| self.text(row, column).to_owned()).collect();
        self.rows().into_iter().map(row).collect()
    }
}
