//! Sequences of keys, as xterm documents them ("PC-Style Function Keys").

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The key of a character, typed alone or with Ctrl.
pub fn typed(c: char) -> KeyEvent {
    let control = |c: u8| KeyEvent::new(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    match c {
        '\r' => KeyCode::Enter.into(),
        '\t' => KeyCode::Tab.into(),
        '\u{1b}' => KeyCode::Esc.into(),
        '\u{7f}' => KeyCode::Backspace.into(),
        '\0' => control(b' '),
        '\u{1}'..='\u{1a}' => control(b'a' - 1 + c as u8),
        '\u{1c}'..='\u{1f}' => control(b'4' + (c as u8 - 0x1c)),
        c if c.is_uppercase() => KeyEvent::new(KeyCode::Char(c), KeyModifiers::SHIFT),
        c => KeyCode::Char(c).into(),
    }
}

/// The key of a sequence `ESC [ numbers last` or `ESC O numbers last`.
pub fn special(numbers: &[u16], last: u8) -> Option<KeyEvent> {
    let number = numbers.first().copied().unwrap_or(1);
    let modifiers = modifiers(numbers.get(1).copied().unwrap_or(1))?;
    // A report of the cursor's position looks like F3.
    let is_key = number == 1 && numbers.len() <= 2;
    let code = match last {
        b'~' if number == 27 => return encoded(*numbers.get(2)?, modifiers),
        b'u' => return encoded(number, modifiers),
        b'~' => numbered(number)?,
        b'A' if is_key => KeyCode::Up,
        b'B' if is_key => KeyCode::Down,
        b'C' if is_key => KeyCode::Right,
        b'D' if is_key => KeyCode::Left,
        b'H' if is_key => KeyCode::Home,
        b'F' if is_key => KeyCode::End,
        b'Z' if is_key => {
            return Some(KeyEvent::new(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT));
        }
        b'P'..=b'S' if is_key => KeyCode::F(1 + last - b'P'),
        _ => return None,
    };
    Some(KeyEvent::new(code, modifiers))
}

/// The key with this number. rxvt and the Linux console have numbers of their own for Home and End.
fn numbered(number: u16) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F((number - 10) as u8),
        17..=21 => KeyCode::F((number - 11) as u8),
        23..=24 => KeyCode::F((number - 12) as u8),
        _ => return None,
    })
}

/// The key of a character that some terminals send by number if it has modifiers ("modifyOtherKeys").
fn encoded(number: u16, modifiers: KeyModifiers) -> Option<KeyEvent> {
    let mut key = typed(char::from_u32(number.into())?);
    if key.code == KeyCode::Tab && modifiers.contains(KeyModifiers::SHIFT) {
        key.code = KeyCode::BackTab;
    }
    key.modifiers |= modifiers;
    Some(key)
}

/// The modifiers of a sequence: one more than the sum of 1 for Shift, 2 for Alt and 4 for Ctrl.
fn modifiers(number: u16) -> Option<KeyModifiers> {
    let bits = number.saturating_sub(1);
    let all = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    let known = all.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect();
    (bits < 256).then_some(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: KeyModifiers = KeyModifiers::NONE;

    #[test]
    fn control_characters_are_keys_with_ctrl() {
        let key = |c| (typed(c).code, typed(c).modifiers);
        assert_eq!(key('\u{11}'), (KeyCode::Char('q'), KeyModifiers::CONTROL));
        assert_eq!(key('\n'), (KeyCode::Char('j'), KeyModifiers::CONTROL));
        assert_eq!(key('\u{1f}'), (KeyCode::Char('7'), KeyModifiers::CONTROL));
        assert_eq!(key('\r'), (KeyCode::Enter, NONE));
        assert_eq!(key('\u{7f}'), (KeyCode::Backspace, NONE));
        assert_eq!(key('É'), (KeyCode::Char('É'), KeyModifiers::SHIFT));
    }

    #[test]
    fn a_key_has_the_modifiers_of_its_second_number() {
        let key = |numbers: &[u16], last| special(numbers, last).map(|key| (key.code, key.modifiers));
        assert_eq!(key(&[], b'A'), Some((KeyCode::Up, NONE)));
        assert_eq!(key(&[1, 3], b'C'), Some((KeyCode::Right, KeyModifiers::ALT)));
        assert_eq!(key(&[24], b'~'), Some((KeyCode::F(12), NONE)));
        assert_eq!(key(&[], b'Z'), Some((KeyCode::BackTab, KeyModifiers::SHIFT)));
        assert_eq!(key(&[27, 5, 13], b'~'), Some((KeyCode::Enter, KeyModifiers::CONTROL)));
        assert_eq!(key(&[113, 5], b'u'), Some((KeyCode::Char('q'), KeyModifiers::CONTROL)));
    }

    #[test]
    fn reports_of_the_terminal_are_no_keys() {
        assert_eq!(special(&[24, 80], b'R'), None, "the position of the cursor");
        assert_eq!(special(&[8, 24, 80], b't'), None, "the size of the window");
        assert_eq!(special(&[99], b'~'), None);
    }
}
