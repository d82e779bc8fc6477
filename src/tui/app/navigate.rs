//! From screen to screen, and to dialogs: carries out what a screen requests.

use crate::report::{Compared, Format};
use crate::tui::compare::Compare;
use crate::tui::current::Current;
use crate::tui::dialog::{self, Dialog, Sources};
use crate::tui::effect::Effect;
use crate::tui::home::Home;
use crate::tui::interview::{self, Interview};
use crate::tui::overview::Overview;
use crate::tui::preview::Preview;
use crate::tui::turn::{DialogRequest, Request, Turn};
use crate::workspace::Shelf;

use super::state::{App, Screen};

/// Lets a screen or a dialog handle something, then carries out what it requests.
pub fn with_turn<T>(
    app: &mut App,
    effects: &mut Vec<Effect>,
    handle: impl FnOnce(&mut Screen, Option<&mut Dialog>, &mut Turn<'_>) -> T,
) -> T {
    let mut request = None;
    let App { size, now, evidence_days, screen, dialog, message, clipboard, .. } = app;
    let (size, now, evidence_days) = (*size, *now, *evidence_days);
    let mut turn = Turn { size, now, evidence_days, clipboard, message, effects, request: &mut request };
    let result = handle(screen, dialog.as_mut(), &mut turn);
    if let Some(request) = request {
        carry_out(app, request, effects);
    }
    result
}

/// Goes to the screen or opens the dialog that was requested.
pub fn carry_out(app: &mut App, request: Request, effects: &mut Vec<Effect>) {
    match request {
        Request::Dialog(request) => {
            open_dialog(app, request);
            let query = app.dialog.as_mut().and_then(dialog::to_search);
            effects.extend(query.map(|query| Effect::Search { query }));
        }
        Request::Home => {
            if !matches!(app.screen, Screen::Home(_)) && !offers_another_place(app) {
                effects.extend([Effect::Close, Effect::List { shelf: Shelf::Active }]);
            }
        }
        Request::Interview { position } => {
            to_interview(app);
            if let Some(position) = position {
                with_turn(app, effects, |screen, _, turn| {
                    if let Screen::Interview(interview) = screen {
                        interview::go_to(interview, position, turn);
                    }
                });
            }
        }
        Request::Overview => {
            replace_screen(app, |current| Screen::Overview(Box::new(Overview::new(current))));
        }
        Request::Compare => compare_with_before(app),
        Request::Preview => {
            let format = Format::default();
            if app.current().is_some() {
                effects.push(Effect::Render { format });
            }
            replace_screen(app, |current| Screen::Preview(Box::new(Preview::new(current))));
        }
    }
}

/// Shows what differs from the session that the open one continues.
fn compare_with_before(app: &mut App) {
    let compared = app.current().and_then(|current| {
        let session = current.session();
        Some(Compared::of(session.previous()?, session.subject(), current.open.id(), session))
    });
    match compared {
        Some(compared) => {
            replace_screen(app, |current| Screen::Compare(Box::new(Compare::new(Some(current), compared))));
        }
        None => "This session does not continue an earlier one.".clone_into(&mut app.message),
    }
}

/// Shows the interview of the open session, as it was before another screen was shown.
fn to_interview(app: &mut App) {
    if !matches!(app.screen, Screen::Interview(_)) {
        let bookmark = std::mem::take(&mut app.bookmark);
        replace_screen(app, |current| Screen::Interview(Box::new(Interview::new(current, bookmark))));
    }
}

/// Shows another screen of the open session, if there is one.
fn replace_screen(app: &mut App, next: impl FnOnce(Current) -> Screen) {
    let screen = std::mem::replace(&mut app.screen, Screen::Home(Home::default()));
    app.screen = match screen {
        Screen::Home(home) => Screen::Home(home),
        Screen::Interview(interview) => {
            app.bookmark = interview.bookmark;
            next(interview.current)
        }
        Screen::Overview(overview) => next(overview.current),
        Screen::Preview(preview) => next(preview.current),
        Screen::Compare(mut compare) => match compare.current.take() {
            Some(current) => next(current),
            None => Screen::Compare(compare),
        },
        Screen::Matrix(matrix) => Screen::Matrix(matrix),
    };
}

pub fn open_dialog(app: &mut App, request: DialogRequest) {
    let format = match &app.screen {
        Screen::Preview(preview) => preview.format,
        Screen::Home(_)
        | Screen::Interview(_)
        | Screen::Overview(_)
        | Screen::Compare(_)
        | Screen::Matrix(_) => Format::default(),
    };
    let export_path = app.current().map(|current| current.export_path(format)).unwrap_or_default();
    let sessions = match &app.screen {
        Screen::Home(home) => home.sessions.as_slice(),
        Screen::Interview(_)
        | Screen::Overview(_)
        | Screen::Preview(_)
        | Screen::Compare(_)
        | Screen::Matrix(_) => &[],
    };
    let session = app.current().map(Current::session);
    app.dialog = Some(dialog::open(request, &Sources { session, export_path, format, sessions }));
}

/// Offers another place if something is not saved. Returns whether it did.
pub fn offers_another_place(app: &mut App) -> bool {
    let dialog = app.current().and_then(|current| {
        let reason = current.open.failure()?;
        Some(dialog::save_elsewhere(reason, current.open.id()))
    });
    let offers = dialog.is_some();
    app.dialog = dialog.or(app.dialog.take());
    offers
}
