//! The journal: JSON Lines. The first line holds the state it starts from, each further line one edit, or the
//! mark that a snapshot was written; every line ends with a checksum.
//!
//! ```text
//! {"format":"querist-journal","version":2,"seq":0,"id":"…","position":{…},"session":{…},"sum":"0a1b2c3d"}
//! {"seq":1,"at":"2026-11-22T10:00:00.123Z","by":"Kim <kim@example.org>","edit":{…},"sum":"…"}
//! {"seq":1,"at":"2026-11-22T10:00:05Z","by":"Kim
//! <kim@example.org>","saved":"9f8e7d6c","position":{…},"sum":"…"}
//! ```
//!
//! `saved` is the checksum of the snapshot that contains the edits up to `seq`. A snapshot with another
//! checksum was changed by another program. Version 1 has no marks, and the position is in the session.
//!
//! `sum` is the CRC-32 (IEEE 802.3) of the line up to `,"sum"`, as eight hexadecimal digits.

use std::borrow::Cow;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, BufRead, Write};
use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::session::{Edit, Origin, Position, Session};

/// The format version that this program writes.
pub(super) const VERSION: u64 = 2;

/// No sequence number reaches this: a key per microsecond for a century.
pub(super) const MAX_SEQ: u64 = 1 << 52;

/// How many starts of records are tried in a damaged line.
const MOST_STARTS: usize = 16;

/// No record has fewer bytes, but for a few.
const SHORTEST_RECORD: usize = 100;

const SUM: &str = ",\"sum\":\"";
/// The length of the checksum at the end of a line: `,"sum":"`, eight digits, `"}`.
const SUM_LENGTH: usize = SUM.len() + 8 + 2;

/// One edit in the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

/// The note that a snapshot was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark<'a> {
    /// The sequence number of the last edit in the snapshot.
    pub seq: u64,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub by: Cow<'a, str>,
    /// The checksum of the snapshot.
    pub saved: String,
    /// Where the reviewer was.
    pub position: Cow<'a, Position>,
}

#[derive(Serialize)]
struct Head<'a> {
    format: &'static str,
    version: u64,
    seq: u64,
    id: &'a str,
    position: &'a Position,
    session: &'a Session,
}

#[derive(Deserialize)]
struct ReadHead {
    seq: u64,
    position: Option<Position>,
    session: Session,
}

/// The readable content of a journal.
#[derive(Debug, Default)]
pub(super) struct Journal {
    /// The first line if its checksum is correct. It may be long, so it is parsed only when needed.
    pub head: Option<Vec<u8>>,
    /// The length of the file in bytes.
    pub length: u64,
    /// The records whose checksum is correct, in file order.
    pub records: Vec<Record<'static>>,
    /// The checksum of each of these records.
    pub sums: Vec<u32>,
    /// The last mark.
    pub mark: Option<Mark<'static>>,
    /// The format version, of a journal that can be read; 0 without a first line.
    pub version: u64,
    /// The byte ranges of lines that cannot be read.
    pub damage: Vec<Range<u64>>,
    /// Whether the last line is complete except for its line break.
    pub is_unterminated: bool,
    /// Whether records were recovered from a damaged line, which then must not simply be cut off.
    pub is_salvaged: bool,
    /// The format version, if a newer program wrote the journal.
    pub newer: Option<u64>,
}

/// The first line of a journal with this id that starts from `session` as of edit `seq`.
pub(super) fn head_line(session: &Session, seq: u64, id: &str) -> Vec<u8> {
    let position = session.position();
    line(&Head { format: "querist-journal", version: VERSION, seq, id, position, session })
}

/// The line of a mark.
pub(super) fn mark_line(mark: &Mark<'_>) -> Vec<u8> {
    line(mark)
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

/// The checksum at the end of a line (with or without its line break).
pub(super) fn sum_of(line: &[u8]) -> u32 {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let digits = line.len().checked_sub(10).and_then(|start| line.get(start..start + 8));
    digits.and_then(|d| u32::from_str_radix(std::str::from_utf8(d).ok()?, 16).ok()).unwrap_or_default()
}

/// Whether the checksum of a line (without its line break) is correct.
fn is_intact(line: &[u8]) -> bool {
    let Some(body) = line.len().checked_sub(SUM_LENGTH) else { return false };
    let mut sum = [0; SUM_LENGTH];
    // It has exactly this length.
    let _ = write!(&mut sum[..], "{SUM}{:08x}\"}}", crc32fast::hash(&line[..body]));
    line[body..] == sum
}

/// Reads a journal of about `size` bytes, line by line: a journal in memory is several times as large as its
/// file. What cannot be read is listed in [`Journal::damage`].
///
/// # Errors
/// If `input` fails.
pub(super) fn read(mut input: impl BufRead, size: u64) -> io::Result<Journal> {
    let mut journal = Journal::default();
    // Growing would need twice the memory for a moment; what is reserved and never used needs none.
    journal.records.reserve_exact(size as usize / SHORTEST_RECORD);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let start = journal.length;
        if input.read_until(b'\n', &mut buffer)? == 0 {
            return Ok(journal);
        }
        journal.length += buffer.len() as u64;
        let (line, is_terminated) = match buffer.strip_suffix(b"\n") {
            Some(line) => (line, true),
            None => (buffer.as_slice(), false),
        };
        let is_first = start == 0;
        if journal.add(line, is_first) {
            journal.is_unterminated = !is_terminated;
        } else {
            // A damaged line break joins two lines, each of which may still be intact.
            if let Some((first, second)) = split_joined(line) {
                journal.is_salvaged |= journal.add(first, is_first) | journal.add(second, false);
            } else if !is_terminated {
                journal.is_salvaged |= journal.add(&line[..line.len() - 1], is_first);
            }
            journal.damage.push(start..journal.length);
        }
    }
}

impl Journal {
    /// Adds a line; returns whether it is intact.
    fn add(&mut self, line: &[u8], is_first: bool) -> bool {
        let intact = is_intact(line);
        if is_first && is_head(line) {
            match version(line) {
                Some(version) if intact && version > VERSION => self.newer = Some(version),
                version if intact => {
                    self.version = version.unwrap_or_default();
                    self.head = Some(line.to_owned());
                }
                _ => {}
            }
            return intact;
        }
        if !intact {
            return false;
        }
        if let Ok(record) = serde_json::from_slice::<Record<'static>>(line) {
            // Numbers beyond this limit are not written, and could not be continued.
            if record.seq < MAX_SEQ {
                self.sums.push(sum_of(line));
                self.records.push(record);
                return true;
            }
        } else if let Ok(mark) = serde_json::from_slice::<Mark<'static>>(line) {
            self.mark = Some(mark);
            return true;
        }
        false
    }
}

/// The two intact lines in a line whose middle line break was overwritten by another byte.
fn split_joined(line: &[u8]) -> Option<(&[u8], &[u8])> {
    const START: &[u8] = b"{\"seq\":";
    let starts = line.windows(START.len()).enumerate().filter(|(at, window)| *at > 0 && *window == START);
    // A record has the start of another one only if they were joined.
    let (at, _) =
        starts.take(MOST_STARTS).find(|(at, _)| is_intact(&line[..at - 1]) && is_intact(&line[*at..]))?;
    Some((&line[..at - 1], &line[at..]))
}

/// The state that a journal starts from, given the line at [`Journal::head`].
pub(super) fn start(line: &[u8]) -> Option<(Session, u64)> {
    let head: ReadHead = serde_json::from_slice(line).ok()?;
    let mut session = head.session;
    if let Some(position) = head.position {
        session.resume_at(position);
    }
    (head.seq < MAX_SEQ).then_some((session, head.seq))
}

/// The sequence number of that state, without parsing the state itself.
pub(super) fn start_seq(line: &[u8]) -> Option<u64> {
    leading_number(line, "seq")
}

/// A new id for a journal: 16 random hexadecimal digits.
pub(super) fn new_id() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// The id of a journal, in its first line. Version 1 has none.
pub(super) fn id(line: &[u8]) -> Option<String> {
    leading_text(line, "id")
}

/// The text stored under `key` at the beginning of `line`; see [`leading_number`].
pub(super) fn leading_text(line: &[u8], key: &str) -> Option<String> {
    let text = String::from_utf8_lossy(&line[..line.len().min(300)]);
    let (_, rest) = text.split_once(&format!("\"{key}\":"))?;
    let (value, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
    Some(value.to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};

    fn session() -> Session {
        Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", Timestamp::UNIX_EPOCH)
    }

    fn record(seq: u64, origin: Origin) -> Vec<u8> {
        let edit = Cow::Owned(Edit::Subject { before: "Boat".into(), after: "Ship".into() });
        record_line(&Record { seq, at: Timestamp::UNIX_EPOCH, by: Cow::Borrowed("kim"), origin, edit })
    }

    /// A line without its line break.
    fn bare(line: &[u8]) -> &[u8] {
        line.strip_suffix(b"\n").unwrap()
    }

    /// A line with a flipped bit before its checksum.
    fn damaged(line: &[u8]) -> Vec<u8> {
        let mut damaged = line.to_vec();
        damaged[line.len() - SUM_LENGTH - 2] ^= 1;
        damaged
    }

    fn read_all(lines: &[&[u8]]) -> Journal {
        let text = lines.concat();
        read(text.as_slice(), text.len() as u64).unwrap()
    }

    fn seqs(journal: &Journal) -> Vec<u64> {
        journal.records.iter().map(|record| record.seq).collect()
    }

    #[test]
    fn what_is_intact_in_a_damaged_line_is_recovered_and_only_that() {
        let lines = [1, 2, MAX_SEQ - 1, MAX_SEQ].map(|seq| record(seq, Origin::Do));
        let [one, two, last, beyond] = lines.each_ref().map(Vec::as_slice);
        let bad = [one, two].map(damaged);
        let (bad_one, bad_two) = (bare(&bad[0]), bad[1].as_slice());
        let wrong_break: &[u8] = b"\x0b";
        let one_too_many: &[u8] = b"x\n";
        let second = Some(one.len());
        let cases = [
            ("intact", vec![one, two], vec![1, 2], None, false),
            ("no last line break", vec![one, bare(two)], vec![1, 2], None, false),
            ("the highest number", vec![one, last], vec![1, MAX_SEQ - 1], None, false),
            ("a number beyond it", vec![one, beyond], vec![1], second, false),
            ("cut off", vec![one, &two[..two.len() - 10]], vec![1], second, false),
            ("a wrong last line break", vec![one, bare(two), wrong_break], vec![1, 2], second, true),
            ("a byte too many", vec![one, bare(two), one_too_many], vec![1], second, false),
            ("joined", vec![bare(one), wrong_break, two], vec![1, 2], Some(0), true),
            ("joined to a bad number", vec![bare(one), wrong_break, beyond], vec![1], Some(0), true),
            ("joined, first damaged", vec![bad_one, wrong_break, two], vec![], Some(0), false),
            ("joined, second damaged", vec![bare(one), wrong_break, bad_two], vec![], Some(0), false),
        ];
        for (what, lines, expected, damage, is_salvaged) in cases {
            let journal = read_all(&lines);
            let length = lines.concat().len();
            let damage: Vec<Range<u64>> =
                damage.into_iter().map(|start| start as u64..length as u64).collect();
            assert_eq!((seqs(&journal), journal.is_salvaged), (expected, is_salvaged), "{what}");
            assert_eq!((journal.damage, journal.length), (damage, length as u64), "{what}");
            assert_eq!(journal.sums.len(), journal.records.len(), "{what}");
        }
    }

    #[test]
    fn the_first_line_counts_only_if_it_is_an_intact_head() {
        let (head, record) = (head_line(&session(), 7, "abc"), record(8, Origin::Do));
        let journal = read_all(&[&head, &record]);
        assert_eq!((journal.head.as_deref(), journal.version), (Some(bare(&head)), 2));
        assert_eq!((seqs(&journal), journal.newer), (vec![8], None));
        let damaged_head = damaged(&head);
        let journal = read_all(&[&damaged_head, &record]);
        assert_eq!((journal.head, journal.version, journal.newer), (None, 0, None));
        assert_eq!(journal.damage.first(), Some(&(0..head.len() as u64)));
        let journal = read_all(&[&record, &head]);
        assert_eq!((seqs(&journal), journal.head), (vec![8], None));
        let newer = line(&serde_json::json!({"format": "querist-journal", "version": 3, "seq": 0}));
        let journal = read_all(&[&newer]);
        assert_eq!((journal.newer, journal.head, journal.damage), (Some(3), None, vec![]));
        let journal = read_all(&[&damaged(&newer)]);
        assert_eq!((journal.newer, journal.head, journal.damage.len()), (None, None, 1));
    }

    #[test]
    fn a_head_says_where_the_journal_starts_unless_its_next_edit_would_have_no_number() {
        let head = head_line(&session(), 7, "abc");
        let (start_session, seq) = start(&head).unwrap();
        assert!(start_session == session());
        assert_eq!((seq, start_seq(&head), id(&head).as_deref()), (7, Some(7), Some("abc")));
        let starts = |seq| start(&head_line(&session(), seq, "abc")).is_some();
        assert!(starts(MAX_SEQ - 1) && !starts(MAX_SEQ));
        let old = b"{\"format\": \"querist-journal\", \"version\": 1}";
        assert_eq!((start_seq(old), id(old), leading_number(old, "version")), (None, None, Some(1)));
    }

    #[test]
    fn a_record_names_its_origin_only_if_it_is_not_the_usual_one() {
        for (origin, part) in [(Origin::Do, ""), (Origin::Undo, r#""origin":"undo","#)] {
            let line = record(1, origin);
            let text = String::from_utf8(line.clone()).unwrap();
            let start =
                format!(r#"{{"seq":1,"at":"1970-01-01T00:00:00Z","by":"kim",{part}"edit":{{"subject":"#);
            assert!(text.starts_with(&start), "{text}");
            assert!(text.ends_with(&format!(",\"sum\":\"{:08x}\"}}\n", sum_of(&line))), "{text}");
            assert_eq!(sum_of(bare(&line)), sum_of(&line));
            assert_eq!(read_all(&[&line]).records[0].origin, origin);
        }
    }

    #[test]
    fn each_new_journal_has_another_id_of_sixteen_hexadecimal_digits() {
        let (one, other) = (new_id(), new_id());
        assert_ne!(one, other);
        assert!([one, other].iter().all(|id| id.len() == 16 && u64::from_str_radix(id, 16).is_ok()));
    }

    #[test]
    fn memory_is_reserved_for_as_many_records_as_a_file_of_that_size_can_have() {
        let reserved = read(&b""[..], 100_000).unwrap().records.capacity();
        assert!((1000..2000).contains(&reserved), "{reserved}");
    }
}
