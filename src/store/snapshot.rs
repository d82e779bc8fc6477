//! The snapshot: the session as one JSON document with a checksum.
//!
//! `sum` is the CRC-32 (IEEE 802.3) of the file without the eight digits of `sum` itself.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions};
use serde::{Deserialize, Serialize};

use crate::session::Session;

use super::journal::{MAX_SEQ, leading_number, leading_text};

/// The format version that this program writes.
pub(super) const VERSION: u64 = 2;

const SUM: &str = "\"sum\": \"";

#[derive(Serialize)]
struct Envelope<'a> {
    format: &'static str,
    version: u64,
    sum: &'static str,
    seq: u64,
    journal: &'a str,
    session: &'a Session,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadEnvelope {
    format: String,
    #[serde(rename = "version")]
    _version: u64,
    #[serde(rename = "sum")]
    _sum: Option<String>,
    seq: u64,
    #[serde(rename = "journal")]
    _journal: Option<String>,
    /// Only in version 1.
    #[serde(rename = "saved")]
    _saved: Option<serde_json::Value>,
    session: Session,
}

#[derive(Deserialize)]
struct ReadVersion {
    format: String,
    version: u64,
}

/// The outcome of reading a snapshot.
#[derive(Debug)]
pub(super) enum Snapshot {
    /// The file is unchanged since it was written.
    Intact { session: Box<Session>, seq: u64 },
    /// The file can be read, but was changed by another program: its checksum is wrong.
    Changed { session: Box<Session>, seq: u64 },
    /// The file was written by a newer version of the program.
    Newer { version: u64, is_intact: bool },
    /// The file cannot be read.
    Damaged { line: usize, column: usize, message: String },
}

/// The text of a snapshot of `session` as of edit `seq` of the journal with the id `journal`.
pub(super) fn text(session: &Session, seq: u64, journal: &str) -> Vec<u8> {
    let format = "querist-session";
    let envelope = Envelope { format, version: VERSION, sum: "00000000", seq, journal, session };
    // Serializing plain data with string keys into memory cannot fail.
    let mut bytes = serde_json::to_vec_pretty(&envelope).unwrap_or_default();
    bytes.push(b'\n');
    if let Some(at) = sum_at(&bytes) {
        let sum = format!("{:08x}", sum_without(&bytes, at));
        bytes[at..at + 8].copy_from_slice(sum.as_bytes());
    }
    bytes
}

/// The checksum in the text of a snapshot, as written; empty if there is none.
pub(super) fn sum(bytes: &[u8]) -> String {
    sum_at(bytes).map(|at| String::from_utf8_lossy(&bytes[at..at + 8]).into_owned()).unwrap_or_default()
}

/// Whether a text is an intact snapshot in the format that this program writes.
pub(super) fn is_current(bytes: &[u8]) -> bool {
    leading_number(bytes, "version") == Some(VERSION) && is_intact(bytes)
}

fn is_intact(bytes: &[u8]) -> bool {
    sum_at(bytes).is_some_and(|at| bytes[at..at + 8] == *format!("{:08x}", sum_without(bytes, at)).as_bytes())
}

/// The id of the journal that a snapshot was written with. Version 1 has none.
pub(super) fn journal_id(bytes: &[u8]) -> Option<String> {
    leading_text(bytes, "journal")
}

/// The part of a snapshot that depends only on the content of the session.
pub(super) fn body(bytes: &[u8]) -> &[u8] {
    const START: &[u8] = b"\n  \"session\": ";
    let head = &bytes[..bytes.len().min(300)];
    head.windows(START.len()).position(|window| window == START).map_or(&[], |at| &bytes[at..])
}

/// The session in the text of a snapshot that can be read.
pub(super) fn session(bytes: &[u8]) -> Option<(Session, u64)> {
    match read(bytes) {
        Snapshot::Intact { session, seq, .. } | Snapshot::Changed { session, seq } => Some((*session, seq)),
        Snapshot::Newer { .. } | Snapshot::Damaged { .. } => None,
    }
}

/// Reads a snapshot.
pub(super) fn read(bytes: &[u8]) -> Snapshot {
    let is_intact = is_intact(bytes);
    // An intact file has its version at the beginning, so it does not have to be parsed twice.
    let version = leading_number(bytes, "version").unwrap_or_default();
    let is_current = is_intact && version == VERSION;
    if !is_current
        && let Ok(head) = serde_json::from_slice::<ReadVersion>(bytes)
        && head.format == "querist-session"
        && head.version > VERSION
    {
        return Snapshot::Newer { version: head.version, is_intact };
    }
    match serde_json::from_slice::<ReadEnvelope>(bytes) {
        Ok(read) if read.format == "querist-session" && read.seq < MAX_SEQ => {
            let (session, seq) = (Box::new(read.session), read.seq);
            if is_intact { Snapshot::Intact { session, seq } } else { Snapshot::Changed { session, seq } }
        }
        Ok(_) => Snapshot::Damaged { line: 1, column: 1, message: "not a Querist session".to_owned() },
        Err(error) => damaged(bytes, &error),
    }
}

/// The error of a file that cannot be parsed, with the path of the value that is wrong.
fn damaged(bytes: &[u8], error: &serde_json::Error) -> Snapshot {
    let (line, column, message) = (error.line(), error.column(), error.to_string());
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(text, _)| text);
    let message =
        if message == "trailing characters" { "unexpected text after the session" } else { message };
    let path = path_at(bytes, line, column);
    let place = if path.is_empty() { path } else { format!(" (in {path})") };
    Snapshot::Damaged { line, column, message: format!("{message}{place}") }
}

/// The path of the value at a position, such as `session.answers.tls`; empty if the text is not JSON.
fn path_at(bytes: &[u8], line: usize, column: usize) -> String {
    // serde_json limits the nesting depth; jsonc_parser does not, and would overflow the stack.
    let is_json = serde_json::from_slice::<serde_json::Value>(bytes).is_ok();
    let Some(source) = std::str::from_utf8(bytes).ok().filter(|_| is_json) else { return String::new() };
    let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = start + column.saturating_sub(1);
    let tree = jsonc_parser::parse_to_ast(source, &CollectOptions::default(), &ParseOptions::default());
    let mut value = tree.as_ref().ok().and_then(|parsed| parsed.value.as_ref());
    let mut path = String::new();
    while let Some(outer) = value {
        value = match outer {
            Value::Object(object) => {
                let inner = object.properties.iter().find(|property| contains(*property, at));
                if let Some(property) = inner {
                    let dot = if path.is_empty() { "" } else { "." };
                    path.push_str(&format!("{dot}{}", property.name.as_str()));
                }
                inner.map(|property| &property.value)
            }
            Value::Array(array) => {
                let inner = array.elements.iter().enumerate().find(|(_, element)| contains(*element, at));
                if let Some((index, _)) = inner {
                    path.push_str(&format!("[{index}]"));
                }
                inner.map(|(_, element)| element)
            }
            Value::StringLit(_) | Value::NumberLit(_) | Value::BooleanLit(_) | Value::NullKeyword(_) => None,
        };
    }
    path
}

fn contains(part: &impl Ranged, at: usize) -> bool {
    (part.start()..part.end()).contains(&at)
}

/// The offset of the eight digits of the checksum.
fn sum_at(bytes: &[u8]) -> Option<usize> {
    let head = &bytes[..bytes.len().min(200)];
    let at = head.windows(SUM.len()).position(|w| w == SUM.as_bytes())? + SUM.len();
    (at + 8 <= bytes.len()).then_some(at)
}

fn sum_without(bytes: &[u8], at: usize) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&bytes[..at]);
    hasher.update(&bytes[at + 8..]);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};

    fn written() -> String {
        let session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", jiff::Timestamp::UNIX_EPOCH);
        String::from_utf8(text(&session, 7, "0123456789abcdef")).unwrap()
    }

    /// A snapshot with the checksum that belongs to its text.
    fn with_its_sum(snapshot: &str) -> String {
        let (head, rest) = snapshot.split_once(SUM).unwrap();
        let rest = &rest[8..];
        let sum = crc32fast::hash(format!("{head}{SUM}{rest}").as_bytes());
        format!("{head}{SUM}{sum:08x}{rest}")
    }

    fn of_version(version: u64) -> String {
        written().replacen("\"version\": 2,", &format!("\"version\": {version},"), 1)
    }

    #[test]
    fn the_checksum_is_that_of_the_text_without_its_digits() {
        let written = written();
        assert_eq!(with_its_sum(&written), written);
        assert_eq!(sum(written.as_bytes()), &written.split_once(SUM).unwrap().1[..8]);
        assert_eq!(sum(b"{\"sum\": \"0123abcd\"}"), "0123abcd");
        for without in ["", "{}", "{\"sum\": \"0123abc"] {
            assert_eq!(sum(without.as_bytes()), "", "{without}");
        }
    }

    #[test]
    fn a_snapshot_is_current_only_if_it_is_unchanged_and_of_this_version() {
        assert!(is_current(written().as_bytes()));
        assert!(!is_current(written().replace("Boat", "Goat").as_bytes()));
        assert!(!is_current(with_its_sum(&of_version(1)).as_bytes()));
    }

    #[test]
    fn a_snapshot_of_a_newer_version_is_not_read_whether_it_is_intact_or_not() {
        for (snapshot, intact) in [(of_version(9), false), (with_its_sum(&of_version(9)), true)] {
            match read(snapshot.as_bytes()) {
                Snapshot::Newer { version, is_intact } => assert_eq!((version, is_intact), (9, intact)),
                other => panic!("{other:?}"),
            }
        }
        for (snapshot, intact) in [(of_version(1), false), (with_its_sum(&of_version(1)), true)] {
            match read(snapshot.as_bytes()) {
                Snapshot::Intact { seq, .. } => assert_eq!((seq, true), (7, intact)),
                Snapshot::Changed { seq, .. } => assert_eq!((seq, false), (7, intact)),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_with_the_path_of_the_value() {
        let nested = "{\"format\":\"querist-session\",\"version\":1,\"seq\":0,\n \
            \"session\":{\"subject\":\"s\",\"answers\":{\"q\":{\"links\":[{},{\"url\":3}]}}}}";
        for (text, expected) in [
            (written().replace("\"Boat\"", "3"), " `3`, expected a string (in session.subject)"),
            (nested.to_owned(), " `3`, expected a string (in session.answers.q.links[1].url)"),
            (written() + "x", "unexpected text after the session"),
            (written().replacen("querist-session", "other", 1), "not a Querist session"),
            ("{broken".to_owned(), "key must be a string"),
        ] {
            let Snapshot::Damaged { message, .. } = read(text.as_bytes()) else { panic!("{text}") };
            assert_eq!(message.strip_prefix("invalid type: integer").unwrap_or(&message), expected);
        }
    }
}
