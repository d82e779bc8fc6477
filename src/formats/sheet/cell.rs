//! The names of cells, such as "C5".

/// The name of a column: "A", "B", ... "AA".
pub fn column_name(column: u32) -> String {
    let mut name = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        name.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    name
}

/// The column with a name, and what follows the name; `None` if the text does not begin with a name.
pub fn column_of(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    if end == 0 || end > 3 {
        return None;
    }
    let number =
        text[..end].bytes().fold(0, |n, letter| n * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((number - 1, &text[end..]))
}

/// The name of a cell.
pub fn name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// The row and column of a cell, counted from 0. Dollar signs are ignored.
pub fn address(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let (column, rest) = column_of(&name)?;
    let row: u32 = rest.parse().ok()?;
    Some((row.checked_sub(1)?, column))
}

/// The first and the last cell of a range such as "A1:B3" or "A1".
pub fn range(text: &str) -> Option<CellRange> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some((address(first)?, address(last)?))
}

/// A range of cells: the first and the last row and column.
pub type CellRange = ((u32, u32), (u32, u32));

/// Whether a cell is in a range.
pub fn is_within(&((first_row, first), (last_row, last)): &CellRange, (row, column): (u32, u32)) -> bool {
    (first_row..=last_row).contains(&row) && (first..=last).contains(&column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_that_spreadsheets_show() {
        for (row, column, expected) in
            [(0, 0, "A1"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 701, "ZZ1"), (0, 702, "AAA1")]
        {
            assert_eq!(name(row, column), expected);
            assert_eq!(address(expected), Some((row, column)));
        }
        assert_eq!(range("$A$1:$B$3"), Some(((0, 0), (2, 1))));
        for wrong in ["", "1", "A", "A0", "ABCD1", "é1"] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
    }
}
