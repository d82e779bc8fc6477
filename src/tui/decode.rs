//! Keys that arrive in pieces: what a terminal sends for one key is one key, even if it is not read at once.
//!
//! Most keys are an escape character and a sequence (ECMA-48, section 5.4). crossterm takes an escape
//! character that is read alone for the Esc key, and the rest for letters. It does the same if a terminal
//! marks Alt by one more escape character, as PuTTY, rxvt and Terminal.app do.

use std::io;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The bytes of one key arrive at most this far apart.
const GAP: Duration = Duration::from_millis(50);

/// No reply of a terminal has more characters; the longest are contents of the clipboard.
const LONGEST_REPLY: usize = 1_000_000;

/// What the characters after an escape character mean.
#[derive(Debug, PartialEq, Eq)]
enum Sequence {
    /// More characters follow.
    Incomplete,
    /// A key.
    Key(KeyEvent),
    /// A sequence that no key sends.
    Unknown,
}

/// The events that an event and those right after it stand for. `next` returns the next event if there is one
/// within a time.
///
/// # Errors
/// If `next` fails.
pub fn decoded(
    event: Event,
    next: &mut impl FnMut(Duration) -> io::Result<Option<Event>>,
) -> io::Result<Vec<Event>> {
    if is_start_of_reply(&event) {
        return without_reply(event, next);
    }
    if event != Event::Key(KeyCode::Esc.into()) {
        return Ok(vec![event]);
    }
    // What follows at once was read together with the escape character, so a second one had preceded it: Alt.
    let (second, is_alt) = match next(Duration::ZERO)? {
        Some(second) => (second, true),
        None => match next(GAP)? {
            Some(second) => (second, false),
            None => return Ok(vec![event]),
        },
    };
    match letter(&second) {
        Some(first @ ('[' | 'O')) => sequence_after(first, is_alt, next),
        Some(_) if is_alt => Ok(vec![event, second]),
        Some(_) => Ok(vec![with_alt(second)]),
        None if second == event => {
            let mut events = vec![event];
            events.extend(decoded(second, next)?);
            Ok(events)
        }
        None if is_alt => Ok(vec![event, second]),
        None => match second {
            Event::Key(_) => Ok(vec![with_alt(second)]),
            Event::Mouse(_) | Event::Paste(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => {
                Ok(vec![event, second])
            }
        },
    }
}

/// Whether an event is what crossterm makes of the start of a string that a terminal sends as a reply: an
/// escape character and one of `]`, `P`, `_`, `^` and `X` (ECMA-48, section 8.3: OSC, DCS, APC, PM, SOS).
fn is_start_of_reply(event: &Event) -> bool {
    match event {
        Event::Key(key) => {
            (key.modifiers - KeyModifiers::SHIFT) == KeyModifiers::ALT
                && matches!(key.code, KeyCode::Char(']' | 'P' | '_' | '^' | 'X'))
        }
        Event::Mouse(_) | Event::Paste(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => {
            false
        }
    }
}

/// Drops a reply of the terminal, which ends with BEL or ESC \\. What turns out not to be one was typed.
fn without_reply(
    event: Event,
    next: &mut impl FnMut(Duration) -> io::Result<Option<Event>>,
) -> io::Result<Vec<Event>> {
    let bell = KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL);
    let end = KeyEvent::new(KeyCode::Char('\\'), KeyModifiers::ALT);
    let mut events = vec![event];
    // Nobody types that fast; the rest of a reply may take longer than its beginning.
    let mut wait = Duration::ZERO;
    while events.len() < LONGEST_REPLY {
        let Some(event) = next(wait)? else { break };
        if event == Event::Key(bell) || event == Event::Key(end) {
            return Ok(Vec::new());
        }
        let is_text = letter(&event).is_some();
        events.push(event);
        if !is_text {
            break;
        }
        wait = GAP;
    }
    Ok(events)
}

/// Reads the rest of a sequence that begins with `first`.
fn sequence_after(
    first: char,
    is_alt: bool,
    next: &mut impl FnMut(Duration) -> io::Result<Option<Event>>,
) -> io::Result<Vec<Event>> {
    let mut read = String::from(first);
    let mut last = None;
    while last.is_none() {
        match sequence(&read) {
            Sequence::Key(key) if is_alt => return Ok(vec![with_alt(Event::Key(key))]),
            Sequence::Key(key) => return Ok(vec![Event::Key(key)]),
            Sequence::Unknown => return Ok(Vec::new()),
            Sequence::Incomplete => {}
        }
        let Some(event) = next(GAP)? else { break };
        match letter(&event) {
            Some(c) => read.push(c),
            None => last = Some(event),
        }
    }
    // It was Alt with the first character, and other keys after it.
    let mut keys = read.chars().map(|c| Event::Key(KeyCode::Char(c).into()));
    Ok(keys.next().map(with_alt).into_iter().chain(keys).chain(last).collect())
}

/// The character that was typed without Ctrl and Alt.
fn letter(event: &Event) -> Option<char> {
    match event {
        Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, .. })
            if (*modifiers - KeyModifiers::SHIFT).is_empty() =>
        {
            Some(*c)
        }
        Event::Key(_)
        | Event::Mouse(_)
        | Event::Paste(_)
        | Event::Resize(..)
        | Event::FocusGained
        | Event::FocusLost => None,
    }
}

fn with_alt(event: Event) -> Event {
    match event {
        Event::Key(key) => Event::Key(KeyEvent { modifiers: key.modifiers | KeyModifiers::ALT, ..key }),
        Event::Mouse(_) | Event::Paste(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => {
            event
        }
    }
}

/// The meaning of the characters after an escape character, as xterm documents them ("PC-Style Function
/// Keys").
fn sequence(text: &str) -> Sequence {
    let body = text.strip_prefix(['[', 'O']).unwrap_or_default();
    let Some(end) = body.find(|c: char| ('@'..='~').contains(&c)) else {
        let is_sequence = body.chars().all(|c| (' '..='?').contains(&c)) && body.len() < 32;
        return if is_sequence { Sequence::Incomplete } else { Sequence::Unknown };
    };
    let mut numbers = body[..end].split(';');
    let number = numbers.next().unwrap_or_default();
    let modifiers = modifiers(numbers.next());
    match code(number, &body[end..]) {
        Some(KeyCode::BackTab) => {
            Sequence::Key(KeyEvent::new(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT))
        }
        Some(code) => Sequence::Key(KeyEvent::new(code, modifiers)),
        None => Sequence::Unknown,
    }
}

/// The key of a sequence with this first number and final character.
fn code(number: &str, last: &str) -> Option<KeyCode> {
    Some(match (last, number) {
        ("A", _) => KeyCode::Up,
        ("B", _) => KeyCode::Down,
        ("C", _) => KeyCode::Right,
        ("D", _) => KeyCode::Left,
        ("H", _) | ("~", "1" | "7") => KeyCode::Home,
        ("F", _) | ("~", "4" | "8") => KeyCode::End,
        ("Z", _) => KeyCode::BackTab,
        ("P", _) | ("~", "11") => KeyCode::F(1),
        ("Q", _) | ("~", "12") => KeyCode::F(2),
        ("R", _) | ("~", "13") => KeyCode::F(3),
        ("S", _) | ("~", "14") => KeyCode::F(4),
        ("~", "2") => KeyCode::Insert,
        ("~", "3") => KeyCode::Delete,
        ("~", "5") => KeyCode::PageUp,
        ("~", "6") => KeyCode::PageDown,
        ("~", "15") => KeyCode::F(5),
        ("~", number) => match number.parse::<u8>().ok()? {
            n @ 17..=21 => KeyCode::F(n - 11),
            n @ 23..=24 => KeyCode::F(n - 12),
            _ => return None,
        },
        _ => return None,
    })
}

/// The modifiers of a sequence: one more than the sum of 1 for Shift, 2 for Alt and 4 for Ctrl.
fn modifiers(number: Option<&str>) -> KeyModifiers {
    let bits = number.and_then(|number| number.parse::<u8>().ok()).unwrap_or(1).saturating_sub(1);
    let all = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    all.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    /// What is decoded from events that each arrive some milliseconds after the one before.
    fn keys(arrivals: &[(u64, KeyCode)]) -> Vec<(KeyCode, KeyModifiers)> {
        let mut left: VecDeque<(Duration, KeyCode)> =
            arrivals.iter().map(|(after, code)| (Duration::from_millis(*after), *code)).collect();
        let mut next = |timeout: Duration| {
            let is_there = left.front().is_some_and(|(after, _)| *after <= timeout);
            Ok(if is_there { left.pop_front().map(|(_, code)| Event::Key(code.into())) } else { None })
        };
        let mut found = Vec::new();
        while let Some(event) = next(Duration::from_secs(9)).unwrap() {
            for event in decoded(event, &mut next).unwrap() {
                let Event::Key(key) = event else { panic!("{event:?}") };
                found.push((key.code, key.modifiers));
            }
        }
        found
    }

    /// Esc, then these characters, the first after `gap` milliseconds.
    fn escape(gap: u64, rest: &str) -> Vec<(KeyCode, KeyModifiers)> {
        let mut arrivals = vec![(0, KeyCode::Esc)];
        arrivals.extend(rest.chars().map(|c| (0, KeyCode::Char(c))));
        if let Some(first) = arrivals.get_mut(1) {
            first.0 = gap;
        }
        keys(&arrivals)
    }

    const NONE: KeyModifiers = KeyModifiers::NONE;
    const ALT: KeyModifiers = KeyModifiers::ALT;

    /// Alt with `first`, then these characters at once, then `last`.
    fn reply(first: char, rest: &str, last: KeyEvent) -> Vec<Event> {
        let text = rest.chars().map(|c| Event::Key(KeyCode::Char(c).into()));
        let mut events: VecDeque<Event> = text.chain([Event::Key(last)]).collect();
        let start = Event::Key(KeyEvent::new(KeyCode::Char(first), ALT));
        decoded(start, &mut |_| Ok(events.pop_front())).unwrap()
    }

    #[test]
    fn a_reply_of_the_terminal_is_dropped_and_typing_is_not() {
        let bell = KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL);
        let string_end = KeyEvent::new(KeyCode::Char('\\'), ALT);
        assert_eq!(reply(']', "11;rgb:0/0/0", bell), []);
        assert_eq!(reply('P', ">|XTerm(380)", string_end), []);
        assert_eq!(reply(']', "abc", KeyCode::Enter.into()).len(), 5);
    }

    #[test]
    fn an_arrow_with_two_escape_characters_is_alt_with_the_arrow() {
        assert_eq!(escape(0, "[B"), [(KeyCode::Down, ALT)]);
        assert_eq!(escape(0, "OD"), [(KeyCode::Left, ALT)]);
        assert_eq!(keys(&[(0, KeyCode::Esc), (20, KeyCode::Up)]), [(KeyCode::Up, ALT)]);
    }

    #[test]
    fn a_sequence_that_arrives_in_two_parts_is_one_key() {
        assert_eq!(escape(40, "[A"), [(KeyCode::Up, NONE)]);
        assert_eq!(escape(40, "[1;3C"), [(KeyCode::Right, ALT)]);
        assert_eq!(escape(40, "[6~"), [(KeyCode::PageDown, NONE)]);
        assert_eq!(escape(40, "[24~"), [(KeyCode::F(12), NONE)]);
        assert_eq!(escape(40, "[Z"), [(KeyCode::BackTab, KeyModifiers::SHIFT)]);
        assert_eq!(escape(40, "b"), [(KeyCode::Char('b'), ALT)]);
    }

    #[test]
    fn what_follows_the_escape_key_later_is_typed() {
        let typed = [(KeyCode::Esc, NONE), (KeyCode::Char('['), NONE), (KeyCode::Char('A'), NONE)];
        assert_eq!(escape(60, "[A"), typed);
        assert_eq!(keys(&[(0, KeyCode::Esc), (60, KeyCode::Up)]), [typed[0], (KeyCode::Up, NONE)]);
        assert_eq!(keys(&[(0, KeyCode::Esc), (0, KeyCode::Esc)]), [typed[0], typed[0]]);
        assert_eq!(escape(0, "y"), [typed[0], (KeyCode::Char('y'), NONE)]);
    }

    #[test]
    fn a_sequence_of_no_key_is_dropped_and_an_unfinished_one_is_alt_with_its_letter() {
        assert_eq!(escape(40, "[<0;10;10M"), []);
        assert_eq!(escape(40, "[é"), []);
        assert_eq!(escape(40, "O"), [(KeyCode::Char('O'), ALT)]);
    }
}
