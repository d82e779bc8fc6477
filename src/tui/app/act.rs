//! Performs actions, and carries out what was chosen in a dialog.

use crate::session::{Item, Position};
use crate::tui::current::Current;
use crate::tui::dialog::{self, Chosen, Dialog, Purpose};
use crate::tui::effect::Effect;
use crate::tui::interview::Interview;
use crate::tui::keys::{Action, AppAction};
use crate::tui::turn::{DialogRequest, Request, Turn};
use crate::tui::{compare, home, interview, matrix, overview, preview};

use super::navigate::{carry_out, offers_another_place, open_dialog, with_turn};
use super::state::{App, Screen};

/// Performs an action, wherever it came from: a key, the palette, a click.
pub fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    if let Action::App(action) = action
        && (app.dialog.is_none() || works_over_dialogs(action))
    {
        return act_on_app(app, action, effects);
    }
    let chosen = with_turn(app, effects, |screen, dialog, turn| match dialog {
        Some(dialog) => dialog::act(dialog, action, turn),
        None => {
            act_on_screen(screen, action, turn);
            None
        }
    });
    after_dialog(app, chosen, effects);
}

fn works_over_dialogs(action: AppAction) -> bool {
    match action {
        AppAction::Quit | AppAction::Save | AppAction::Help | AppAction::Palette | AppAction::Settings => {
            true
        }
        AppAction::Undo
        | AppAction::Redo
        | AppAction::ToHome
        | AppAction::ToOverview
        | AppAction::ToPreview
        | AppAction::Search => false,
    }
}

/// Performs an action of the screen that is shown. An action of another screen does nothing.
fn act_on_screen(screen: &mut Screen, action: Action, turn: &mut Turn<'_>) {
    match (screen, action) {
        (Screen::Home(home), Action::Home(action)) => home::act(home, action, turn),
        (Screen::Home(home), Action::Move(step)) => home::step(home, step, turn),
        (Screen::Interview(interview), Action::Interview(action)) => interview::act(interview, action, turn),
        (Screen::Interview(interview), Action::Text(action)) => interview::text::act(interview, action, turn),
        (Screen::Interview(interview), Action::Links(action)) => {
            interview::links::act(interview, action, turn);
        }
        (Screen::Interview(interview), Action::Outline(action)) => {
            interview::act_on_outline::act(interview, action, turn);
        }
        (Screen::Interview(interview), Action::Move(step)) => interview::step(interview, step, turn),
        (Screen::Overview(overview), Action::Overview(action)) => overview::act(overview, action, turn),
        (Screen::Overview(overview), Action::Move(step)) => overview::step(overview, step, turn),
        (Screen::Preview(preview), Action::Preview(action)) => preview::act(preview, action, turn),
        (Screen::Preview(preview), Action::Move(step)) => preview::step(preview, step, turn),
        (Screen::Compare(compare), Action::Compare(action)) => compare::act(compare, action, turn),
        (Screen::Compare(compare), Action::Move(step)) => compare::step(compare, step, turn),
        (Screen::Matrix(screen), Action::Matrix(action)) => matrix::act(screen, action, turn),
        (Screen::Matrix(screen), Action::Move(step)) => matrix::step(screen, step),
        (
            Screen::Home(_)
            | Screen::Interview(_)
            | Screen::Overview(_)
            | Screen::Preview(_)
            | Screen::Compare(_)
            | Screen::Matrix(_),
            _,
        ) => {}
    }
}

/// Performs an action of the whole program.
fn act_on_app(app: &mut App, action: AppAction, effects: &mut Vec<Effect>) {
    match action {
        AppAction::Quit => quit(app, effects),
        AppAction::Save if app.current().is_some() => effects.push(Effect::Snapshot),
        AppAction::Save => {}
        AppAction::Settings => effects.push(Effect::Settings),
        AppAction::Help => app.dialog = Some(dialog::help(app.screen.contexts())),
        AppAction::Palette => {
            app.dialog = Some(Dialog::Input(Box::new(dialog::palette(app.screen.contexts()))));
        }
        AppAction::Undo => undo(app, false, effects),
        AppAction::Redo => undo(app, true, effects),
        AppAction::ToHome => carry_out(app, Request::Home, effects),
        AppAction::ToOverview => carry_out(app, Request::Overview, effects),
        AppAction::ToPreview => carry_out(app, Request::Preview, effects),
        AppAction::Search => open_dialog(app, DialogRequest::Search),
    }
}

/// Undoes or redoes the last step of the screen. A step of a session is shown in the interview.
fn undo(app: &mut App, redo: bool, effects: &mut Vec<Effect>) {
    match app.screen {
        Screen::Home(_) | Screen::Interview(_) => {}
        Screen::Matrix(_) => return,
        Screen::Overview(_) | Screen::Preview(_) | Screen::Compare(_) => {
            carry_out(app, Request::Interview { position: None }, effects);
        }
    }
    with_turn(app, effects, |screen, _, turn| match screen {
        Screen::Home(_) if redo => turn.say("Nothing to redo."),
        Screen::Home(home) => home::undo(home, turn),
        Screen::Interview(interview) => interview::undo(interview, redo, turn),
        Screen::Overview(_) | Screen::Preview(_) | Screen::Compare(_) | Screen::Matrix(_) => {}
    });
}

/// Quits, unless something is not saved: then another place is offered once.
fn quit(app: &mut App, effects: &mut Vec<Effect>) {
    let was_offered =
        matches!(&app.dialog, Some(Dialog::Input(input)) if input.purpose == Purpose::SaveElsewhere);
    if was_offered || !offers_another_place(app) {
        effects.extend([Effect::Close, Effect::Quit]);
    }
}

/// Updates the find dialog, and carries out what was chosen in a dialog.
pub fn after_dialog(app: &mut App, chosen: Option<Chosen>, effects: &mut Vec<Effect>) {
    let Some(chosen) = chosen else {
        if let Some(mut dialog) = app.dialog.take() {
            if let Some(session) = app.current().map(Current::session) {
                dialog::find(&mut dialog, session);
            }
            effects.extend(dialog::to_search(&mut dialog).map(|query| Effect::Search { query }));
            app.dialog = Some(dialog);
        }
        return;
    };
    app.dialog = None;
    match chosen {
        Chosen::Nothing => {}
        Chosen::Action(action) => act(app, action, effects),
        Chosen::Effect(effect) => effects.push(effect),
        Chosen::Dialog(request) => open_dialog(app, request),
        Chosen::Position { position, words } => {
            carry_out(app, Request::Interview { position: Some(position) }, effects);
            if let Screen::Interview(interview) = &mut app.screen {
                interview.bookmark.wanted = words;
            }
        }
        Chosen::Question(index) => {
            let id = app.current().map(|current| current.session().question(index).id.clone());
            let position = id.map(|id| Position::start_of(Item::Question(id)));
            carry_out(app, Request::Interview { position }, effects);
        }
        Chosen::Basis(basis) => {
            in_interview(app, effects, |interview, turn| interview::set_basis(interview, basis, turn));
        }
        Chosen::Named { naming, text } => in_interview(app, effects, |interview, turn| {
            interview::structure::named(interview, naming, &text, turn);
        }),
        Chosen::Kind { text, kind, answer_set } => in_interview(app, effects, |interview, turn| {
            interview::structure::add_question(interview, text, kind, answer_set, turn);
        }),
        Chosen::Settle(settle) => in_interview(app, effects, |interview, turn| {
            interview::conflicts::settle(interview, settle, turn);
        }),
        Chosen::Open { id, question } => open_at(app, id, question, effects),
        Chosen::Reuse { answer } => {
            in_interview(app, effects, |interview, turn| interview::reuse(interview, &answer, turn));
        }
        Chosen::Matched { was } => {
            in_interview(app, effects, |interview, turn| interview::match_earlier(interview, &was, turn));
        }
        Chosen::WriteTo(path) => write_to(app, path, effects),
        Chosen::LinkWords(words) => {
            in_interview(app, effects, |interview, turn| interview::link_words(interview, &words, turn));
        }
    }
}

/// Changes the interview, if it is the screen.
fn in_interview(
    app: &mut App,
    effects: &mut Vec<Effect>,
    change: impl FnOnce(&mut Interview, &mut Turn<'_>),
) {
    with_turn(app, effects, |screen, _, turn| {
        if let Screen::Interview(interview) = screen {
            change(interview, turn);
        }
    });
}

/// Writes the comparison that is shown to a file, in the format that its name says.
fn write_to(app: &App, path: String, effects: &mut Vec<Effect>) {
    let text = match &app.screen {
        Screen::Compare(compare) => compare::written(compare, &path),
        Screen::Matrix(screen) => matrix::written(screen, &path),
        Screen::Home(_) | Screen::Interview(_) | Screen::Overview(_) | Screen::Preview(_) => return,
    };
    effects.push(Effect::WriteFile { path: path.into(), text });
}

/// Goes to an answer: in the open session, or in another one, for which the open one is closed.
fn open_at(app: &mut App, id: String, question: String, effects: &mut Vec<Effect>) {
    if app.current().is_some_and(|current| current.open.id() == id) {
        let position = Some(Position::start_of(Item::Question(question)));
        carry_out(app, Request::Interview { position }, effects);
    } else if !offers_another_place(app) {
        effects.extend([Effect::Close, Effect::Open { id, question: Some(question) }]);
    }
}
