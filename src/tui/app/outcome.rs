//! Applies the outcomes of effects to the state.

use std::path::PathBuf;

use crate::session::{Item, Position};
use crate::tui::compare::Compare;
use crate::tui::current::Current;
use crate::tui::dialog::{self, Dialog};
use crate::tui::effect::{AnswerPlace, CatalogueFor, Effect, FileEffect, Offer, Outcome};
use crate::tui::home::{self, Home, MovedSession};
use crate::tui::interview::{self, Bookmark, Interview};
use crate::tui::matrix::MatrixScreen;
use crate::tui::preview;
use crate::tui::turn::{Request, Turn};
use crate::workspace::About;

use super::navigate::{carry_out, with_turn};
use super::state::{App, Screen};

/// Applies one outcome.
pub fn apply(app: &mut App, outcome: Outcome, effects: &mut Vec<Effect>) {
    match outcome {
        Outcome::Saved { recovered: true } => "Saved again.".clone_into(&mut app.message),
        Outcome::Saved { recovered: false } => {}
        Outcome::Looked => {
            if let Screen::Interview(interview) = &mut app.screen {
                interview.rebuild();
            }
        }
        Outcome::Listed { shelf, sessions, repository } => on_home(app, effects, |home, turn| {
            home.repository = repository;
            home::listed(home, shelf, sessions, turn);
        }),
        Outcome::Moved { id, from, to } => on_home(app, effects, |home, turn| {
            home::moved(home, MovedSession { id, from, to }, turn);
        }),
        Outcome::Understood { path, title, label, report } => {
            app.dialog = Some(dialog::understood(&path, &title, &label, &report));
        }
        Outcome::Catalogue { purpose, offers } => catalogue(app, &purpose, offers, effects),
        Outcome::Opened { current, question, notice, warnings } => {
            opened(app, *current, notice, warnings);
            to_question(app, question, effects);
        }
        Outcome::Compared { compared } => {
            app.screen = Screen::Compare(Box::new(Compare::new(None, *compared)));
        }
        Outcome::SideBySide { matrix, notice } => {
            app.message = notice;
            app.screen = Screen::Matrix(Box::new(MatrixScreen::new(*matrix)));
        }
        Outcome::Found { found } => app.dialog.iter_mut().for_each(|dialog| dialog::found(dialog, &found)),
        Outcome::Attached { question } => attached(app, &question, effects),
        Outcome::PageSaved { place, path, about } => attach(place, path, about, effects),
        Outcome::Written { message } => {
            app.dialog = None;
            app.message = message;
        }
        Outcome::Closed => app.screen = Screen::Home(Home::default()),
        Outcome::FirstStart => app.dialog = Some(Dialog::Tour { page: 0 }),
        Outcome::Exported { path, message } => exported(app, path, message),
        Outcome::Confirm { message } => {
            app.dialog.iter_mut().for_each(|dialog| dialog::confirm(dialog, &message));
        }
        Outcome::Differ { path, differences } => app.dialog = Some(dialog::differences(path, &differences)),
        Outcome::Rejected { message } => rejected(app, message),
        Outcome::Rendered { format, source } => {
            if let Screen::Preview(preview) = &mut app.screen {
                preview::rendered(preview, format, source);
            }
        }
        Outcome::Edited { text_ref, text } => with_turn(app, effects, |screen, _, turn| {
            if let Screen::Interview(interview) = screen {
                interview::edited(interview, text_ref, &text, turn);
            }
        }),
        Outcome::Completed { path, candidates } => {
            app.dialog.iter_mut().for_each(|dialog| dialog::completed(dialog, &path, &candidates));
        }
        Outcome::Message { text } => app.message = text,
    }
}

/// Shows a session that was opened, and what there is to say about it.
fn opened(app: &mut App, current: Current, notice: Option<String>, warnings: Vec<(usize, String)>) {
    app.message = notice.or_else(|| current.read_only().map(read_only)).unwrap_or_default();
    app.screen = Screen::Interview(Box::new(Interview::new(current, Bookmark::default())));
    app.bookmark = Bookmark::default();
    app.dialog = (!warnings.is_empty()).then(|| dialog::warnings(warnings));
}

fn to_question(app: &mut App, question: Option<String>, effects: &mut Vec<Effect>) {
    if let Some(id) = question {
        let position = Some(Position::start_of(Item::Question(id)));
        carry_out(app, Request::Interview { position }, effects);
    }
}

/// Shows why an input cannot be used: in the dialog that asked for it, or in the footer.
fn rejected(app: &mut App, message: String) {
    let is_shown = app.dialog.as_mut().is_some_and(|dialog| dialog::rejected(dialog, &message));
    if !is_shown {
        app.message = message;
    }
}

/// Shows a file that was attached, and closes the dialog that asked for it.
fn attached(app: &mut App, question: &str, effects: &mut Vec<Effect>) {
    app.dialog.take_if(|dialog| dialog.is_for_attaching());
    "File attached. Ctrl-Z undoes this; the file itself stays.".clone_into(&mut app.message);
    with_turn(app, effects, |screen, _, turn| {
        if let Screen::Interview(interview) = screen {
            interview::files::attached(interview, question, turn);
        }
    });
}

/// Attaches a page that was saved.
fn attach(place: AnswerPlace, path: PathBuf, about: About, effects: &mut Vec<Effect>) {
    effects.push(Effect::File(FileEffect::Attach { place, path, about }));
}

/// Shows what was written, and what came back from the page.
fn exported(app: &mut App, path: String, message: String) {
    if let Screen::Interview(interview) = &mut app.screen {
        interview.rebuild();
    }
    app.dialog = None;
    app.message = message;
    if let Some(current) = app.current_mut() {
        current.exported = Some(path);
    }
}

fn catalogue(app: &mut App, purpose: &CatalogueFor, offers: Vec<Offer>, effects: &mut Vec<Effect>) {
    match purpose {
        CatalogueFor::EmptyHome => on_home(app, effects, |home, _| home::offered(home, offers)),
        CatalogueFor::NewSession | CatalogueFor::Import { .. } => {
            app.dialog = Some(dialog::choose_questionnaire(purpose, &offers));
        }
    }
}

fn on_home(app: &mut App, effects: &mut Vec<Effect>, handle: impl FnOnce(&mut Home, &mut Turn<'_>)) {
    with_turn(app, effects, |screen, _, turn| {
        if let Screen::Home(home) = screen {
            handle(home, turn);
        }
    });
}

fn read_only(why: String) -> String {
    format!("Read-only: {why}.")
}
