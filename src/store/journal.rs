//! The journal: JSON Lines. The first line holds the state it starts from, each further line one edit; every
//! line ends with a checksum.
//!
//! ```text
//! {"format":"querist-journal","version":1,"seq":0,"session":{…},"sum":"0a1b2c3d"}
//! {"seq":1,"at":"2026-11-22T10:00:00.123Z","by":"kim","edit":{…},"sum":"…"}
//! ```
//!
//! `sum` is the CRC-32 (IEEE 802.3) of the line up to `,"sum"`, as eight hexadecimal digits.

use std::borrow::Cow;
use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::session::{Edit, Origin, Session};

/// The format version that this program writes.
pub(super) const VERSION: u64 = 1;

const SUM: &str = ",\"sum\":\"";
/// The length of the checksum at the end of a line: `,"sum":"`, eight digits, `"}`.
const SUM_LENGTH: usize = SUM.len() + 8 + 2;

/// One edit in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record<'a> {
    /// Sequence number, from 1, without gaps.
    pub seq: u64,
    /// When the edit was made.
    pub at: Timestamp,
    /// Who made it.
    pub by: Cow<'a, str>,
    /// How it came about.
    #[serde(default, skip_serializing_if = "is_do")]
    pub origin: Origin,
    /// The edit.
    pub edit: Cow<'a, Edit>,
}

#[derive(Serialize)]
struct Head<'a> {
    format: &'static str,
    version: u64,
    seq: u64,
    session: &'a Session,
}

#[derive(Deserialize)]
struct ReadHead {
    version: u64,
    seq: u64,
    session: Session,
}

/// The readable content of a journal.
#[derive(Debug, Default)]
pub(super) struct Journal {
    /// The byte range of the first line if its checksum is correct. It may be long, so it is parsed only when
    /// needed.
    pub head: Option<Range<usize>>,
    /// The records whose checksum is correct, in file order.
    pub records: Vec<Record<'static>>,
    /// The byte ranges of lines that cannot be read.
    pub damage: Vec<Range<usize>>,
    /// Whether the last line is complete except for its line break.
    pub is_unterminated: bool,
    /// Whether records were recovered from a damaged line, which then must not simply be cut off.
    pub is_salvaged: bool,
    /// The format version, if a newer program wrote the journal.
    pub newer: Option<u64>,
}

/// The first line of a journal that starts from `session` as of edit `seq`.
pub(super) fn head_line(session: &Session, seq: u64) -> Vec<u8> {
    line(&Head { format: "querist-journal", version: VERSION, seq, session })
}

/// The line of one record.
pub(super) fn record_line(record: &Record<'_>) -> Vec<u8> {
    line(record)
}

fn line(value: &impl Serialize) -> Vec<u8> {
    // Serializing plain data with string keys into memory cannot fail.
    let mut line = serde_json::to_vec(value).unwrap_or_default();
    line.pop();
    let sum = crc32fast::hash(&line);
    line.extend_from_slice(format!("{SUM}{sum:08x}\"}}\n").as_bytes());
    line
}

/// Whether the checksum of a line (without its line break) is correct.
fn is_intact(line: &[u8]) -> bool {
    let Some(body) = line.len().checked_sub(SUM_LENGTH) else { return false };
    line[body..] == *format!("{SUM}{:08x}\"}}", crc32fast::hash(&line[..body])).as_bytes()
}

/// Reads a journal. Cannot fail: what cannot be read is listed in [`Journal::damage`].
pub(super) fn read(bytes: &[u8]) -> Journal {
    let mut journal = Journal::default();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().position(|b| *b == b'\n');
        let end = length.map_or(bytes.len(), |n| at + n);
        let line = at..end;
        at = (end + 1).min(bytes.len());
        if journal.add(bytes, line.clone()) {
            journal.is_unterminated = length.is_none();
        } else {
            // A damaged line break joins two lines, each of which may still be intact.
            if let Some((first, second)) = split_joined(bytes, line.clone()) {
                journal.is_salvaged |= journal.add(bytes, first) | journal.add(bytes, second);
            } else if length.is_none() && line.len() > 1 {
                journal.is_salvaged |= journal.add(bytes, line.start..line.end - 1);
            }
            journal.damage.push(line.start..at);
        }
    }
    journal
}

impl Journal {
    /// Adds a line; returns whether it is intact.
    fn add(&mut self, bytes: &[u8], range: Range<usize>) -> bool {
        let line = &bytes[range.clone()];
        let intact = is_intact(line);
        if range.start == 0 && is_head(line) {
            match version(line) {
                Some(version) if intact && version > VERSION => self.newer = Some(version),
                _ if intact => self.head = Some(range),
                _ => {}
            }
            return intact;
        }
        match serde_json::from_slice::<Record<'static>>(line) {
            Ok(record) if intact => {
                self.records.push(record);
                true
            }
            _ => false,
        }
    }
}

/// The two intact lines in a line whose middle line break was overwritten by another byte.
fn split_joined(bytes: &[u8], line: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    const START: &[u8] = b"{\"seq\":";
    let text = &bytes[line.clone()];
    let starts = text.windows(START.len()).enumerate().filter(|(at, window)| *at > 1 && *window == START);
    let (at, _) = starts.into_iter().find(|(at, _)| is_intact(&text[..at - 1]) && is_intact(&text[*at..]))?;
    Some((line.start..line.start + at - 1, line.start + at..line.end))
}

/// The state that a journal starts from, given the line at [`Journal::head`].
pub(super) fn start(line: &[u8]) -> Option<(Session, u64)> {
    let head: ReadHead = serde_json::from_slice(line).ok()?;
    (head.version == VERSION).then_some((head.session, head.seq))
}

/// The sequence number of that state, without parsing the state itself.
pub(super) fn start_seq(line: &[u8]) -> Option<u64> {
    leading_number(line, "seq")
}

/// The number stored under `key` at the beginning of `line`. Files of the store have such keys first, so the
/// rest, which may be megabytes, is not parsed.
pub(super) fn leading_number(line: &[u8], key: &str) -> Option<u64> {
    let text = String::from_utf8_lossy(&line[..line.len().min(200)]);
    let digits = text.split_once(&format!("\"{key}\":"))?.1.trim_start();
    digits[..digits.find(|c: char| !c.is_ascii_digit())?].parse().ok()
}

fn is_head(line: &[u8]) -> bool {
    line.starts_with(b"{\"format\"")
}

fn version(line: &[u8]) -> Option<u64> {
    line.starts_with(b"{\"format\":\"querist-journal\"").then(|| leading_number(line, "version"))?
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_do(origin: &Origin) -> bool {
    *origin == Origin::Do
}
