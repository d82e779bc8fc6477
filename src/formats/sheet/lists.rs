//! The values that a list in a sheet offers.

use std::collections::HashMap;

use super::cell::range;
use super::model::{DropDown, Sheet};
use super::parts::Validation;

/// The most values of a list; a longer one is a reference, not a choice.
const MAX_VALUES: usize = 200;

/// The list with its values; `None` if they cannot be known without computing.
pub fn resolved(
    validation: &Validation,
    sheet: &str,
    sheets: &[Sheet],
    names: &HashMap<String, String>,
) -> Option<DropDown> {
    let ranges: Vec<_> = validation.cells.split_whitespace().filter_map(range).collect();
    let values = values(validation.formula.trim().trim_start_matches('='), sheet, sheets, names, 0)?;
    (!ranges.is_empty() && !values.is_empty()).then_some(DropDown { ranges, values })
}

fn values(
    formula: &str,
    sheet: &str,
    sheets: &[Sheet],
    names: &HashMap<String, String>,
    depth: usize,
) -> Option<Vec<String>> {
    if let Some(inner) = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let values = inner.replace("\"\"", "\"");
        return Some(values.split(',').map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect());
    }
    if let Some(named) = names.get(formula).filter(|_| depth == 0) {
        return values(named, sheet, sheets, names, depth + 1);
    }
    let (name, cells) = match formula.rsplit_once('!') {
        Some((name, cells)) => {
            let quoted = name.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            (quoted.map_or_else(|| name.to_owned(), |name| name.replace("''", "'")), cells)
        }
        None => (sheet.to_owned(), formula),
    };
    let ((first_row, first), (last_row, last)) = range(cells)?;
    let from = sheets.iter().find(|sheet| sheet.name == name)?;
    let cells = from.cells.range((first_row, 0)..=(last_row, u32::MAX));
    let inside = cells.filter(|((_, column), _)| (first..=last).contains(column));
    Some(inside.map(|(_, text)| text.clone()).take(MAX_VALUES).collect())
}
