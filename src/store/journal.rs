//! The journal: JSON lines, the state it starts from and then one edit a line, each with a checksum.
//!
//! ```text
//! {"format":"querist-journal","version":1,"seq":0,"session":{…},"sum":"0a1b2c3d"}
//! {"seq":1,"at":"2026-11-22T10:00:00.123Z","by":"kim","edit":{…},"sum":"…"}
//! ```
//!
//! `sum` is the CRC-32 (IEEE 802.3) of the line up to `,"sum"`, in eight hexadecimal digits.

use std::borrow::Cow;
use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::session::{Edit, Origin, Session};

/// The version that this program writes.
pub(super) const VERSION: u64 = 1;

const SUM: &str = ",\"sum\":\"";
/// The length of what follows the JSON: `,"sum":"` and eight digits and `"}`.
const SUM_LENGTH: usize = SUM.len() + 8 + 2;

/// One edit as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record<'a> {
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// When it was made.
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

/// What a journal holds, as far as it can be read.
#[derive(Debug, Default)]
pub(super) struct Journal {
    /// The first line, if its checksum holds; read when needed, because it may be long.
    pub head: Option<Range<usize>>,
    /// The records whose checksum holds, in the order of the file.
    pub records: Vec<Record<'static>>,
    /// The bytes of the lines that cannot be read.
    pub damage: Vec<Range<usize>>,
    /// Whether the last line is whole but for its line break.
    pub is_unterminated: bool,
    /// Whether records were read out of a line that is damaged: then it cannot just be cut off.
    pub is_salvaged: bool,
    /// The version of a newer program's journal.
    pub newer: Option<u64>,
}

/// The first line of a journal that starts from `session` as it was after edit `seq`.
pub(super) fn head_line(session: &Session, seq: u64) -> Vec<u8> {
    line(&Head { format: "querist-journal", version: VERSION, seq, session })
}

/// The line of one record.
pub(super) fn record_line(record: &Record<'_>) -> Vec<u8> {
    line(record)
}

fn line(value: &impl Serialize) -> Vec<u8> {
    // Serialising plain data with string keys into memory has no way to fail.
    let mut line = serde_json::to_vec(value).unwrap_or_default();
    line.pop();
    let sum = crc32fast::hash(&line);
    line.extend_from_slice(format!("{SUM}{sum:08x}\"}}\n").as_bytes());
    line
}

/// Whether the checksum of a line (without its line break) holds.
fn is_whole(line: &[u8]) -> bool {
    let Some(body) = line.len().checked_sub(SUM_LENGTH) else { return false };
    line[body..] == *format!("{SUM}{:08x}\"}}", crc32fast::hash(&line[..body])).as_bytes()
}

/// Reads a journal. Cannot fail: what cannot be read is in `damage`.
pub(super) fn read(bytes: &[u8]) -> Journal {
    let mut journal = Journal::default();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().position(|b| *b == b'\n');
        let end = length.map_or(bytes.len(), |n| at + n);
        let line = at..end;
        at = (end + 1).min(bytes.len());
        if journal.take(bytes, line.clone()) {
            journal.is_unterminated = length.is_none();
        } else {
            // A line break that was damaged joins two lines; each of them may still be whole.
            if let Some((first, second)) = halves(bytes, line.clone()) {
                journal.is_salvaged |= journal.take(bytes, first) | journal.take(bytes, second);
            } else if length.is_none() && line.len() > 1 {
                journal.is_salvaged |= journal.take(bytes, line.start..line.end - 1);
            }
            journal.damage.push(line.start..at);
        }
    }
    journal
}

impl Journal {
    /// Takes a line in; whether it is whole.
    fn take(&mut self, bytes: &[u8], range: Range<usize>) -> bool {
        let line = &bytes[range.clone()];
        let whole = is_whole(line);
        if range.start == 0 && is_head(line) {
            match version(line) {
                Some(version) if whole && version > VERSION => self.newer = Some(version),
                _ if whole => self.head = Some(range),
                _ => {}
            }
            return whole;
        }
        match serde_json::from_slice::<Record<'static>>(line) {
            Ok(record) if whole => {
                self.records.push(record);
                true
            }
            _ => false,
        }
    }
}

/// Two whole lines that stand in one, with a byte between them.
fn halves(bytes: &[u8], line: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    const START: &[u8] = b"{\"seq\":";
    let text = &bytes[line.clone()];
    let starts = text.windows(START.len()).enumerate().filter(|(at, window)| *at > 1 && *window == START);
    let (at, _) = starts.into_iter().find(|(at, _)| is_whole(&text[..at - 1]) && is_whole(&text[*at..]))?;
    Some((line.start..line.start + at - 1, line.start + at..line.end))
}

/// The state that a journal starts from, from the line that [`Journal::head`] names.
pub(super) fn start(line: &[u8]) -> Option<(Session, u64)> {
    let head: ReadHead = serde_json::from_slice(line).ok()?;
    (head.version == VERSION).then_some((head.session, head.seq))
}

/// The number of the edit after which a journal starts, without reading the state.
pub(super) fn start_seq(line: &[u8]) -> Option<u64> {
    number_near_the_start(line, "seq")
}

/// The number that stands under a key in the first bytes of a file of ours, which has such keys first: the rest of the
/// line, which may be megabytes, is not read for it.
pub(super) fn number_near_the_start(line: &[u8], key: &str) -> Option<u64> {
    let text = String::from_utf8_lossy(&line[..line.len().min(200)]);
    let digits = text.split_once(&format!("\"{key}\":"))?.1.trim_start();
    digits[..digits.find(|c: char| !c.is_ascii_digit())?].parse().ok()
}

fn is_head(line: &[u8]) -> bool {
    line.starts_with(b"{\"format\"")
}

fn version(line: &[u8]) -> Option<u64> {
    line.starts_with(b"{\"format\":\"querist-journal\"").then(|| number_near_the_start(line, "version"))?
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_do(origin: &Origin) -> bool {
    *origin == Origin::Do
}
