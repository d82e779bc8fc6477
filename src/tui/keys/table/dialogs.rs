//! The keys of dialogs, the help and the tour.

use crossterm::event::KeyCode;

use super::binding::{Binding, DOWN, FIRST, LAST, PAGE_DOWN, PAGE_UP, UP, bind, interview};
use crate::tui::keys::action::{Action, DialogAction, InterviewAction};
use crate::tui::keys::key::{char, ctrl, key};

pub static DIALOG: &[Binding] = &[
    bind(Action::Dialog(DialogAction::Accept), &[key(KeyCode::Enter)], "Accept").footer("accept"),
    bind(Action::Dialog(DialogAction::Complete), &[key(KeyCode::Tab)], "Complete the path"),
    bind(Action::Dialog(DialogAction::Close), &[key(KeyCode::Esc)], "Close").footer("close"),
];

pub static LIST: &[Binding] = &[
    bind(UP, &[key(KeyCode::Up)], "Previous entry"),
    bind(DOWN, &[key(KeyCode::Down)], "Next entry"),
    bind(PAGE_UP, &[key(KeyCode::PageUp)], "Page up"),
    bind(PAGE_DOWN, &[key(KeyCode::PageDown)], "Page down"),
    bind(FIRST, &[key(KeyCode::Home)], "First entry"),
    bind(LAST, &[key(KeyCode::End)], "Last entry"),
];

pub static MENU: &[Binding] = &[
    bind(Action::Dialog(DialogAction::Accept), &[key(KeyCode::Enter)], "Choose the selected entry")
        .footer("choose"),
    bind(UP, &[key(KeyCode::Up)], "Previous entry"),
    bind(DOWN, &[key(KeyCode::Down)], "Next entry"),
    bind(Action::Dialog(DialogAction::Close), &[key(KeyCode::Esc)], "Close").footer("close"),
];

pub static LOOK: &[Binding] = &[
    bind(
        Action::Dialog(DialogAction::Accept),
        &[key(KeyCode::Enter)],
        "Open the selected place in the browser",
    )
    .footer("open"),
    bind(
        Action::Dialog(DialogAction::Copy),
        &[char('c'), ctrl('c')],
        "Copy the address of the selected place",
    )
    .footer("copy"),
    bind(interview(InterviewAction::Domain), &[char('d')], "Set the domain of what is reviewed")
        .footer("domain"),
    bind(UP, &[key(KeyCode::Up), char('k')], "Previous place"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Next place"),
    bind(Action::Dialog(DialogAction::Close), &[key(KeyCode::Esc)], "Close").footer("close"),
];

pub static HELP: &[Binding] = &[
    bind(UP, &[key(KeyCode::Up), char('k')], "Scroll up"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Scroll down"),
    bind(PAGE_UP, &[key(KeyCode::PageUp)], "Page up"),
    bind(PAGE_DOWN, &[key(KeyCode::PageDown), char(' ')], "Page down").footer("page down"),
    bind(FIRST, &[key(KeyCode::Home), char('g')], "Start"),
    bind(LAST, &[key(KeyCode::End), char('G')], "End"),
    bind(
        Action::Dialog(DialogAction::Close),
        &[key(KeyCode::Esc), char('?'), key(KeyCode::F(1)), char('q')],
        "Close",
    )
    .footer("close"),
];

pub static TOUR: &[Binding] = &[
    bind(
        PAGE_DOWN,
        &[key(KeyCode::Enter), key(KeyCode::Right), key(KeyCode::PageDown), char(' ')],
        "Next page; on the last page, close",
    )
    .footer("next"),
    bind(PAGE_UP, &[key(KeyCode::Left), key(KeyCode::PageUp)], "Previous page").footer("back"),
    bind(
        Action::Dialog(DialogAction::Close),
        &[key(KeyCode::Esc)],
        "Close (any other key closes it too, and then does what it always does)",
    )
    .footer("close"),
];
