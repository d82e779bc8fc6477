//! The table of keys. Footer, help, palette, messages that name a key, and the list in the docs come from it.

mod binding;
mod dialogs;
mod interview;
mod screens;

use super::context::Context;

pub use binding::Binding;
use dialogs::{DIALOG, HELP, LIST, LOOK, MENU, TOUR};
use interview::{ANSWER, FILTER, INTERVIEW, LINK_PART, LINKS, LONG_TEXT, OUTLINE, PART, TEXT, VALUE};
use screens::{COMPARE, EVERYWHERE, HOME, MATRIX, OVERVIEW, PREVIEW};

/// The bindings of one context, in the order of the help.
pub fn bindings(context: Context) -> &'static [Binding] {
    match context {
        Context::Everywhere => EVERYWHERE,
        Context::Interview => INTERVIEW,
        Context::Answer => ANSWER,
        Context::Value => VALUE,
        Context::LongText => LONG_TEXT,
        Context::Part => PART,
        Context::LinkPart => LINK_PART,
        Context::Text => TEXT,
        Context::Links => LINKS,
        Context::Outline => OUTLINE,
        Context::Filter => FILTER,
        Context::Home => HOME,
        Context::Overview => OVERVIEW,
        Context::Preview => PREVIEW,
        Context::Compare => COMPARE,
        Context::Matrix => MATRIX,
        Context::Dialog => DIALOG,
        Context::List => LIST,
        Context::Menu => MENU,
        Context::Look => LOOK,
        Context::Help => HELP,
        Context::Tour => TOUR,
    }
}
