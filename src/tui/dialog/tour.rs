//! The tour of the first start: what a reviewer has to know, and no more. Its keys come from the key table.

use crate::tui::keys::{Action, AppAction, Context, InterviewAction, TextAction, bindings};

/// A page of the tour.
#[derive(Debug)]
pub struct Page {
    /// Its title.
    pub title: &'static str,
    /// Its text.
    pub text: &'static str,
    /// The keys that it shows.
    pub keys: &'static [(Context, Action)],
}

/// The pages.
pub static PAGES: &[Page] = &[
    Page {
        title: "One question at a time",
        text: "A letter gives the answer, Enter goes to the detail, PgDn to the next question. Most \
               questions need no other keys, and no answer keeps you from moving on.",
        keys: &[
            (Context::Answer, Action::Interview(InterviewAction::ToDetail)),
            (Context::Interview, Action::Interview(InterviewAction::NextQuestion)),
            (Context::Interview, Action::Interview(InterviewAction::NextField)),
            (Context::LongText, Action::Text(TextAction::MakeLink)),
        ],
    },
    Page {
        title: "Nothing is lost",
        text: "Every key is saved before you see it. Quit whenever you like, close the window, or lose \
               power: the next start takes you back to the word where you stopped. Every change can be \
               undone, even after a restart.",
        keys: &[
            (Context::Everywhere, Action::App(AppAction::Undo)),
            (Context::Everywhere, Action::App(AppAction::Redo)),
            (Context::Everywhere, Action::App(AppAction::Quit)),
        ],
    },
    Page {
        title: "You see what is left to do",
        text: "Each open question says why it is open. When you are done, the preview shows the page and \
               exports it.",
        keys: &[
            (Context::Interview, Action::Interview(InterviewAction::NextOpen)),
            (Context::Interview, Action::Interview(InterviewAction::Find)),
            (Context::Interview, Action::App(AppAction::ToOverview)),
            (Context::Interview, Action::App(AppAction::ToPreview)),
            (Context::Everywhere, Action::App(AppAction::Palette)),
            (Context::Everywhere, Action::App(AppAction::Help)),
        ],
    },
];

impl Page {
    /// The keys of the page and what they do.
    pub fn lines(&self) -> impl Iterator<Item = (String, &'static str)> {
        self.keys.iter().filter_map(|(context, action)| {
            let binding = bindings(*context).iter().find(|binding| binding.action == *action)?;
            Some((binding.keys[0].name(), binding.help))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_tour_is_in_the_key_table() {
        for page in PAGES {
            assert_eq!(page.lines().count(), page.keys.len(), "{}", page.title);
        }
    }
}
