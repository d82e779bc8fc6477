//! What belongs into which cell.

use std::collections::BTreeMap;

use crate::formats::sheet::address;
use crate::questionnaire::{Cells, Kind};
use crate::session::{Session, file_id};

/// The most characters of a cell.
const MAX_CELL: usize = 32_767;

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The text, spelled as the file's list spells it.
    pub text: String,
    /// Whether it is written as a number if it is one and the old value was not a text.
    pub may_be_number: bool,
    /// The id of the question, for messages.
    pub question: String,
}

/// The values by the name of the sheet, row and column.
pub type SheetCells = BTreeMap<String, BTreeMap<(u32, u32), Value>>;

/// What is to be written.
pub struct Wanted {
    /// The values.
    pub cells: SheetCells,
    /// What has no cell.
    pub left: Vec<String>,
}

/// The cells for the answers of a session.
pub fn wanted(session: &Session) -> Wanted {
    let mut wanted = Wanted { cells: BTreeMap::new(), left: Vec::new() };
    for index in (0..session.len()).filter(|&index| session.is_asked(index)) {
        let question = session.question(index);
        let Some(cells) = &question.cells else {
            if session.answer(index).is_answered() {
                wanted.left.push(format!("{}: the question is not in the file", question.id));
            }
            continue;
        };
        let answer = session.answer(index);
        let labels = session.chosen_labels(index);
        let given = if labels.is_empty() { answer.value.clone() } else { labels.join(", ") };
        let (given, rest) = match (answer.qualifier.trim(), question.kind) {
            ("", _) => (given, String::new()),
            // A list of values does not have the qualifier.
            (qualifier, Kind::Choice | Kind::MultiChoice) => (given, qualifier.to_owned()),
            (qualifier, Kind::Text | Kind::Number | Kind::Date) => {
                (format!("{given} ({qualifier})"), String::new())
            }
        };
        let listed = answer.public_links().map(|link| match (file_id(&link.url), link.label.trim()) {
            (Some(_), label) => format!("{label} ({})", session.shown_day(&link.url, &link.retrieved)),
            (None, "") => link.url.clone(),
            (None, label) => format!("{label}: {}", link.url),
        });
        let links = listed.collect::<Vec<_>>().join("\n");
        let mut comment = [rest.as_str(), answer.detail.trim()].join("\n").trim().to_owned();
        if cells.evidence.is_empty() && !links.is_empty() {
            comment = format!("{comment}\n{links}").trim().to_owned();
        }
        wanted.add(cells, &cells.answer, &given, "answer", &question.id);
        wanted.add(cells, &cells.comment, &comment, "comment", &question.id);
        if !cells.evidence.is_empty() {
            wanted.add(cells, &cells.evidence, &links, "evidence", &question.id);
        }
    }
    wanted
}

impl Wanted {
    fn add(&mut self, cells: &Cells, cell: &str, text: &str, what: &str, question: &str) {
        if text.is_empty() {
            return;
        }
        let Some(at) = address(cell) else {
            return self.left.push(format!("{question}: the file has no cell for the {what}"));
        };
        let mut text = text.to_owned();
        if let Some((end, _)) = text.char_indices().nth(MAX_CELL) {
            text.truncate(end);
            self.left.push(format!("{question}: the {what} is longer than a cell can be, and was cut"));
        }
        let value = Value { may_be_number: what == "answer", text, question: question.to_owned() };
        self.cells.entry(cells.sheet.clone()).or_default().insert(at, value);
    }
}
