//! Sequences of the mouse, as xterm documents them ("Mouse Tracking").

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// What the mouse did, from the numbers of an SGR sequence (`ESC [ < code ; column ; row M`, or `m` when a
/// button is released).
pub fn sgr(numbers: &[u16], is_release: bool) -> Option<MouseEvent> {
    let [code, column, row] = numbers else { return None };
    let kind = match kind(*code)? {
        MouseEventKind::Down(button) if is_release => MouseEventKind::Up(button),
        kind => kind,
    };
    event(kind, *code, *column, *row)
}

/// What the mouse did, from the numbers of an older sequence, which has 32 added to the code and does not say
/// which button is released.
pub fn old(numbers: &[u16]) -> Option<MouseEvent> {
    let [code, column, row] = numbers else { return None };
    let code = code.checked_sub(32)?;
    let is_release = code & 0b110_0011 == 3;
    let kind = if is_release { MouseEventKind::Up(MouseButton::Left) } else { kind(code)? };
    event(kind, code, *column, *row)
}

fn kind(code: u16) -> Option<MouseEventKind> {
    let button = match code & 3 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    match (code & !0b1_1111, code & 3) {
        (0, 0..=2) => Some(MouseEventKind::Down(button)),
        (32, 0..=2) => Some(MouseEventKind::Drag(button)),
        (32, _) => Some(MouseEventKind::Moved),
        (64, 0) => Some(MouseEventKind::ScrollUp),
        (64, 1) => Some(MouseEventKind::ScrollDown),
        (64, 2) => Some(MouseEventKind::ScrollLeft),
        (64, _) => Some(MouseEventKind::ScrollRight),
        _ => None,
    }
}

fn event(kind: MouseEventKind, code: u16, column: u16, row: u16) -> Option<MouseEvent> {
    let all = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    let modifiers =
        all.into_iter().filter(|(bit, _)| code & bit != 0).map(|(_, modifier)| modifier).collect();
    Some(MouseEvent { kind, column: column.checked_sub(1)?, row: row.checked_sub(1)?, modifiers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_wheel_and_movement_are_told_apart() {
        let kind = |code, is_release| sgr(&[code, 10, 5], is_release).map(|event| event.kind);
        assert_eq!(kind(0, false), Some(MouseEventKind::Down(MouseButton::Left)));
        assert_eq!(kind(2, true), Some(MouseEventKind::Up(MouseButton::Right)));
        assert_eq!(kind(32, false), Some(MouseEventKind::Drag(MouseButton::Left)));
        assert_eq!(kind(35, false), Some(MouseEventKind::Moved));
        assert_eq!(kind(65, false), Some(MouseEventKind::ScrollDown));
        assert_eq!(kind(128, false), None);
    }

    #[test]
    fn places_are_counted_from_zero_and_modifiers_are_kept() {
        let event = sgr(&[16, 10, 5], false).unwrap();
        assert_eq!((event.column, event.row, event.modifiers), (9, 4, KeyModifiers::CONTROL));
        assert_eq!(sgr(&[0, 0, 5], false), None);
    }

    #[test]
    fn an_old_sequence_has_an_offset_and_no_button_of_a_release() {
        assert_eq!(old(&[32, 1, 1]).unwrap().kind, MouseEventKind::Down(MouseButton::Left));
        assert_eq!(old(&[35, 1, 1]).unwrap().kind, MouseEventKind::Up(MouseButton::Left));
        assert_eq!(old(&[97, 1, 1]).unwrap().kind, MouseEventKind::ScrollDown);
        assert_eq!(old(&[3, 1, 1]), None);
    }
}
