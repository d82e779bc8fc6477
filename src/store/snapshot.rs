//! The snapshot: the session as one JSON document, with a checksum over all of it.
//!
//! `sum` is the CRC-32 (IEEE 802.3) of the file with the eight digits of `sum` left out.

use jiff::Timestamp;
use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions};
use serde::{Deserialize, Serialize};

use crate::session::Session;

use super::journal::number_near_the_start;

/// The version that this program writes.
pub(super) const VERSION: u64 = 1;

const SUM: &str = "\"sum\": \"";

#[derive(Serialize)]
struct Envelope<'a> {
    format: &'static str,
    version: u64,
    sum: &'static str,
    seq: u64,
    saved: Timestamp,
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
    #[serde(rename = "saved")]
    _saved: Option<Timestamp>,
    session: Session,
}

#[derive(Deserialize)]
struct ReadVersion {
    format: String,
    version: u64,
}

/// What became of reading a snapshot.
#[derive(Debug)]
pub(super) enum Snapshot {
    /// As it was written: the session and the number of its last edit.
    Whole(Box<Session>, u64),
    /// It can be read, but somebody changed it: its checksum does not hold.
    Changed(Box<Session>, u64),
    /// Written by a newer program; whether its checksum holds.
    Newer(u64, bool),
    /// It cannot be read: line, column, message.
    Broken(usize, usize, String),
}

/// The text of a snapshot of `session` after edit `seq`.
pub(super) fn text(session: &Session, seq: u64, saved: Timestamp) -> Vec<u8> {
    let envelope =
        Envelope { format: "querist-session", version: VERSION, sum: "00000000", seq, saved, session };
    // Serialising plain data with string keys into memory has no way to fail.
    let mut bytes = serde_json::to_vec_pretty(&envelope).unwrap_or_default();
    bytes.push(b'\n');
    if let Some(at) = sum_at(&bytes) {
        let sum = format!("{:08x}", sum_without(&bytes, at));
        bytes[at..at + 8].copy_from_slice(sum.as_bytes());
    }
    bytes
}

/// Reads a snapshot.
pub(super) fn read(bytes: &[u8]) -> Snapshot {
    let whole = sum_at(bytes)
        .is_some_and(|at| bytes[at..at + 8] == *format!("{:08x}", sum_without(bytes, at)).as_bytes());
    // Of a file as we write it the version is known without reading all of it twice.
    let is_ours = whole && number_near_the_start(bytes, "version") == Some(VERSION);
    if !is_ours
        && let Ok(head) = serde_json::from_slice::<ReadVersion>(bytes)
        && head.format == "querist-session"
        && head.version > VERSION
    {
        return Snapshot::Newer(head.version, whole);
    }
    match serde_json::from_slice::<ReadEnvelope>(bytes) {
        Ok(read) if read.format == "querist-session" => {
            let session = Box::new(read.session);
            if whole { Snapshot::Whole(session, read.seq) } else { Snapshot::Changed(session, read.seq) }
        }
        Ok(_) => Snapshot::Broken(1, 1, "not a session of Querist".to_owned()),
        Err(error) => {
            let message = error.to_string();
            let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(text, _)| text);
            let message =
                if message == "trailing characters" { "something follows the session" } else { message };
            let path = path_at(bytes, error.line(), error.column());
            let place = if path.is_empty() { path } else { format!(" (in {path})") };
            Snapshot::Broken(error.line(), error.column(), format!("{message}{place}"))
        }
    }
}

/// The names that lead to the value that stands there, such as `session.answers.tls`; none if the text is no JSON.
fn path_at(bytes: &[u8], line: usize, column: usize) -> String {
    // This reader bounds the depth of nesting, the one with ranges does not.
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
                let inner = object.properties.iter().find(|property| holds(*property, at));
                if let Some(property) = inner {
                    let dot = if path.is_empty() { "" } else { "." };
                    path.push_str(&format!("{dot}{}", property.name.as_str()));
                }
                inner.map(|property| &property.value)
            }
            Value::Array(array) => {
                let inner = array.elements.iter().enumerate().find(|(_, element)| holds(*element, at));
                if let Some((index, _)) = inner {
                    path.push_str(&format!("[{index}]"));
                }
                inner.map(|(_, element)| element)
            }
            _ => None,
        };
    }
    path
}

fn holds(part: &impl Ranged, at: usize) -> bool {
    (part.start()..part.end()).contains(&at)
}

/// Where the eight digits stand.
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
