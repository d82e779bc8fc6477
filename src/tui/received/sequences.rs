//! Bytes from the terminal, divided into sequences (ECMA-48, sections 5.3 to 5.6).
//!
//! What a terminal sends for one key is one key, even if it arrives in pieces; what it sends as a reply is
//! never typed; and a paste that does not end takes nothing else with it.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::arrived::Received;
use super::{click, key};

/// The bytes of one key arrive at most this far apart.
const GAP: Duration = Duration::from_millis(50);
/// The bytes of a reply and of a paste arrive at most this far apart, even over a slow connection.
const LONG_GAP: Duration = Duration::from_secs(1);
/// No sequence of a key has more bytes, nor a reply that is not a string.
const LONGEST_SEQUENCE: usize = 256;
/// No reply has more bytes; the longest are contents of the clipboard.
const LONGEST_REPLY: usize = 1_000_000;
/// Ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// The bytes that belong to nothing yet.
#[derive(Debug, Default)]
pub struct Sequences {
    pending: Vec<u8>,
    /// Whether `pending` was pasted, and where in it to look for the end of the paste.
    paste: Option<usize>,
}

/// What the first pending bytes are.
enum First {
    /// The beginning of something.
    Incomplete,
    /// This many bytes that mean something, or nothing.
    Bytes(usize, Option<Received>),
    /// The start of a paste.
    PasteStart(usize),
}

impl Sequences {
    /// Takes bytes from the terminal, and returns what is complete.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Received> {
        self.pending.extend_from_slice(bytes);
        let mut received = Vec::new();
        let mut start = 0;
        loop {
            if let Some(searched) = self.paste {
                let from = start + searched;
                let Some(end) = memchr::memmem::find(&self.pending[from..], PASTE_END) else {
                    let is_searched = self.pending.len().saturating_sub(PASTE_END.len() - 1);
                    self.paste = Some(is_searched.max(from) - start);
                    break;
                };
                received.push(pasted(&self.pending[start..from + end], true));
                self.paste = None;
                start = from + end + PASTE_END.len();
            }
            match first(&self.pending[start..]) {
                First::Incomplete => break,
                First::Bytes(length, what) => {
                    received.extend(what);
                    start += length;
                }
                First::PasteStart(length) => {
                    self.paste = Some(0);
                    start += length;
                }
            }
        }
        self.pending.drain(..start);
        received
    }

    /// How long to wait for more bytes before `pause`, if any belong to what is pending.
    pub fn patience(&self) -> Option<Duration> {
        match self.pending.as_slice() {
            [] => None,
            _ if self.paste.is_some() => Some(LONG_GAP),
            // Nobody types that fast: it is a reply.
            [0x1b, b']' | b'P' | b'_' | b'^' | b'X', _, _, ..] => Some(LONG_GAP),
            _ => Some(GAP),
        }
    }

    /// Returns what the pending bytes are if no more follow them for a while.
    pub fn pause(&mut self) -> Vec<Received> {
        let mut bytes = std::mem::take(&mut self.pending);
        if self.paste.is_some() {
            // A key in the middle of a paste that does not end: Esc ends it.
            let is_aborted = bytes.pop_if(|last| *last == 0x1b).is_some();
            self.paste = (!is_aborted).then_some(0);
            return vec![pasted(&bytes, is_aborted)];
        }
        if bytes.len() > 3 && is_string(&bytes) {
            return Vec::new();
        }
        // It was Esc, or Alt with a character, and other keys after it.
        let text = String::from_utf8_lossy(&bytes);
        let mut keys = text.chars().filter(|c| *c != char::REPLACEMENT_CHARACTER).map(key::typed).peekable();
        let mut received = Vec::new();
        while let Some(typed) = keys.next() {
            let alt = keys.next_if(|next| typed.code == KeyCode::Esc && next.code != KeyCode::Esc);
            received.push(Received::Key(alt.map_or(typed, with_alt)));
        }
        received
    }
}

fn pasted(bytes: &[u8], is_complete: bool) -> Received {
    Received::Paste { text: String::from_utf8_lossy(bytes).into_owned(), is_complete }
}

fn with_alt(key: KeyEvent) -> KeyEvent {
    KeyEvent { modifiers: key.modifiers | KeyModifiers::ALT, ..key }
}

/// Whether these bytes begin a string, as the longer replies of terminals are: OSC, DCS, APC, PM or SOS
/// (ECMA-48, section 5.6).
fn is_string(bytes: &[u8]) -> bool {
    matches!(bytes, [0x1b, b']' | b'P' | b'_' | b'^' | b'X', ..])
}

fn first(bytes: &[u8]) -> First {
    match bytes {
        [] | [0x1b] | [0x1b, 0x1b] => First::Incomplete,
        [0x1b, b'[' | b'O', rest @ ..] => sequence(bytes[1], rest, 2),
        // Some terminals mark Alt by one more escape character.
        [0x1b, 0x1b, second @ (b'[' | b'O'), rest @ ..] => match sequence(*second, rest, 3) {
            First::Bytes(length, Some(Received::Key(key))) => {
                First::Bytes(length, Some(Received::Key(with_alt(key))))
            }
            other => other,
        },
        [0x1b, 0x1b, ..] => First::Bytes(1, Some(Received::Key(KeyCode::Esc.into()))),
        _ if is_string(bytes) => string(bytes),
        [0x1b, rest @ ..] => match character(rest) {
            First::Bytes(length, Some(Received::Key(key))) => {
                First::Bytes(1 + length, Some(Received::Key(with_alt(key))))
            }
            First::Bytes(length, other) => First::Bytes(1 + length, other),
            First::Incomplete | First::PasteStart(_) => First::Incomplete,
        },
        _ => character(bytes),
    }
}

/// A character of up to four bytes (UTF-8). A byte that belongs to none means nothing.
fn character(bytes: &[u8]) -> First {
    let start = &bytes[..bytes.len().min(4)];
    let (valid, is_cut) = match std::str::from_utf8(start) {
        Ok(text) => (text, false),
        Err(error) => {
            let valid = std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default();
            (valid, error.error_len().is_none() && start.len() < 4)
        }
    };
    match valid.chars().next() {
        Some(c) => First::Bytes(c.len_utf8(), Some(Received::Key(key::typed(c)))),
        None if is_cut => First::Incomplete,
        None => First::Bytes(1, None),
    }
}

/// A string, up to BEL or ESC \. A control character in it shows that it is none: it was Alt with its first
/// character.
fn string(bytes: &[u8]) -> First {
    let content = &bytes[2..];
    let not_string = First::Bytes(2, Some(Received::Key(with_alt(key::typed(char::from(bytes[1]))))));
    let Some(end) = content.iter().position(|byte| *byte < 0x20) else {
        return if bytes.len() > LONGEST_REPLY { not_string } else { First::Incomplete };
    };
    match content[end..] {
        [0x07, ..] => First::Bytes(2 + end + 1, None),
        [0x1b] => First::Incomplete,
        [0x1b, b'\\', ..] => First::Bytes(2 + end + 2, None),
        _ => not_string,
    }
}

/// A sequence after its first `start` bytes, which end with `introducer`: `[` (CSI) or `O` (SS3).
fn sequence(introducer: u8, rest: &[u8], start: usize) -> First {
    let Some(end) = rest.iter().position(|byte| !(0x20..0x40).contains(byte)) else {
        let is_too_long = rest.len() > LONGEST_SEQUENCE;
        return if is_too_long { First::Bytes(start + rest.len(), None) } else { First::Incomplete };
    };
    let (body, last, length) = (&rest[..end], rest[end], start + end + 1);
    if last < 0x20 || last == 0x7f {
        // It was Alt with the character, and other keys after it.
        let alt = with_alt(key::typed(char::from(introducer)));
        return First::Bytes(start, Some(Received::Key(alt)));
    }
    match (introducer, body, last) {
        // Three more bytes follow: code, column and row.
        (b'[', [], b'M') => match rest.get(1..4) {
            Some(&[code, column, row]) => {
                let place = |byte: u8| u16::from(byte).saturating_sub(32);
                let event = click::old(&[code.into(), place(column), place(row)]);
                First::Bytes(length + 3, event.map(Received::Mouse))
            }
            _ => First::Incomplete,
        },
        // F1 to F5 of the Linux console.
        (b'[', [], b'[') => match rest.get(1) {
            Some(number @ b'A'..=b'E') => {
                First::Bytes(length + 1, Some(Received::Key(KeyCode::F(number - b'A' + 1).into())))
            }
            Some(_) => First::Bytes(length + 1, None),
            None => First::Incomplete,
        },
        (b'[', b"200", b'~') => First::PasteStart(length),
        (b'[', [b'<', numbers @ ..], b'M' | b'm') => {
            let event = numbers_of(numbers).and_then(|numbers| click::sgr(&numbers, last == b'm'));
            First::Bytes(length, event.map(Received::Mouse))
        }
        (b'[', [_, ..], b'M') => First::Bytes(
            length,
            numbers_of(body).and_then(|numbers| click::old(&numbers)).map(Received::Mouse),
        ),
        _ => {
            let key = numbers_of(body).and_then(|numbers| key::special(&numbers, last));
            // What is left of a character that no sequence has belongs to the sequence.
            let extra =
                rest[end + 1..].iter().take_while(|byte| last >= 0x80 && **byte & 0xc0 == 0x80).count();
            First::Bytes(length + extra, key.map(Received::Key))
        }
    }
}

/// The numbers of a sequence, separated by semicolons; nothing if it has other characters. Only the first of
/// several values separated by colons counts.
fn numbers_of(body: &[u8]) -> Option<Vec<u16>> {
    if body.is_empty() {
        return Some(Vec::new());
    }
    let text = std::str::from_utf8(body).ok()?;
    let number = |part: &str| {
        let first = part.split(':').next().unwrap_or_default();
        if first.is_empty() { Some(1) } else { first.parse().ok() }
    };
    text.split(';').map(number).collect()
}

#[cfg(test)]
mod tests;
