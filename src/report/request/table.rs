//! A request and its reply as CSV, matched exactly by id.

use csv::{ReaderBuilder, Terminator, WriterBuilder};

use super::asked::Asked;
use super::reply::{Reply, ReplyPart};

/// The columns; the last three are filled in by the provider.
const COLUMNS: [&str; 6] = ["id", "question", "our_question", "answer", "explanation", "links"];

pub(super) fn write(asked: &[Asked]) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(COLUMNS);
    for question in asked {
        let _ = writer.write_record([&question.id, &question.text, &question.why, "", "", ""]);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Reads a reply. Columns are found by their headings; further columns are kept with the reply.
///
/// # Errors
/// Why the text is not a reply: it is not CSV, or has no column `id`.
pub fn csv_reply(text: &str) -> Result<Reply, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let semicolons = text.lines().next().is_some_and(|line| line.contains(';') && !line.contains(','));
    let delimiter = if semicolons { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| error.to_string())?.clone();
    let is_id = |heading: &str| heading.trim().eq_ignore_ascii_case("id");
    let id = headings.iter().position(is_id).ok_or("there is no column \"id\"")?;
    let mut reply = Reply::default();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let mut said = Vec::new();
        for (at, cell) in record.iter().enumerate() {
            let heading = headings.get(at).unwrap_or_default().trim().to_lowercase();
            match heading.as_str() {
                _ if at == id || cell.trim().is_empty() => {}
                "question" | "our_question" => reply.quoted.push(cell.to_owned()),
                "answer" | "explanation" | "links" => said.push(cell.trim().to_owned()),
                _ => said.push(format!("{heading}: {}", cell.trim())),
            }
        }
        let id = record.get(id).unwrap_or_default().trim().to_owned();
        reply.parts.push(ReplyPart { id, text: said.join("\n") });
    }
    Ok(reply)
}
