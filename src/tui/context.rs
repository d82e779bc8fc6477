//! Where the reviewer is, as the key table names it.

use crate::session::{Field, TextRef};

use super::action::Context;
use super::state::{Dialog, Focus, Review, Screen, State};

/// The contexts that apply, the nearest first.
pub fn contexts(state: &State) -> Vec<Context> {
    match &state.dialog {
        Some(Dialog::Help { .. }) => vec![Context::Help, Context::Everywhere],
        Some(Dialog::Tour { .. }) => vec![Context::Tour],
        Some(Dialog::List(_)) => vec![Context::Dialog, Context::Line, Context::Everywhere],
        None => contexts_below(state),
    }
}

/// The contexts that apply under a dialog.
pub fn contexts_below(state: &State) -> Vec<Context> {
    match (state.screen, &state.review) {
        (Screen::Interview, Some(review)) => match (review.focus, review.text()) {
            (Focus::Outline, _) if review.outline.is_typing => vec![Context::Filter, Context::Everywhere],
            (Focus::Outline, _) => vec![Context::Outline, Context::Interview, Context::Everywhere],
            (Focus::Field, Some(text)) => {
                let nearest = text_context(&text);
                vec![nearest, Context::Line, Context::Interview, Context::Everywhere]
            }
            (Focus::Field, None) => vec![list_context(review), Context::Interview, Context::Everywhere],
        },
        (Screen::Overview, Some(_)) => vec![Context::Overview, Context::Everywhere],
        (Screen::Preview, Some(_)) => vec![Context::Preview, Context::Everywhere],
        _ => vec![Context::Home, Context::Everywhere],
    }
}

fn text_context(text: &TextRef) -> Context {
    match text {
        TextRef::Value(_) => Context::Value,
        _ if text.is_multiline() => Context::Text,
        _ => Context::Part,
    }
}

fn list_context(review: &Review) -> Context {
    if review.field() == Field::Links { Context::Links } else { Context::Answer }
}
