//! Cells that a spreadsheet would run as formulas
//! (<https://owasp.org/www-community/attacks/CSV_Injection>).

/// Characters that begin a formula, also in full width.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// A cell that no spreadsheet runs: with an apostrophe before what would be a formula. Numbers stay as they
/// are.
pub fn guarded(cell: &str) -> String {
    let begins = cell.starts_with(FORMULA) || cell.trim_start().starts_with(FORMULA);
    let is_number = cell.trim().parse::<f64>().is_ok();
    if begins && !is_number { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell as it was before it was guarded.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(inner) if guarded(inner) != inner => inner,
        Some(_) | None => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("  @x", "'  @x"),
            ("-5", "-5"),
            ("-5 days", "'-5 days"),
            ("＝1", "'＝1"),
            ("a = b", "a = b"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), expected);
        }
        assert_eq!(unguarded("'tis"), "'tis");
    }

    proptest! {
        #[test]
        fn guarding_loses_nothing(cell in "['=+@ \t0-9a-]{0,8}") {
            prop_assume!(!cell.starts_with('\''));
            let guarded = guarded(&cell);
            prop_assert_eq!(unguarded(&guarded), cell);
        }
    }
}
