//! The tour of the first run: what a reviewer has to know, and no more. The keys come from the key table.

use super::action::{Action, Context};
use super::keymap::BINDINGS;

/// A page of the tour.
#[derive(Debug)]
pub struct Page {
    /// Its title.
    pub title: &'static str,
    /// What it says.
    pub text: &'static str,
    /// The keys that it shows.
    pub keys: &'static [(Context, Action)],
}

/// The pages.
pub static PAGES: &[Page] = &[
    Page {
        title: "One question at a time",
        text: "A letter gives the answer, Enter leads to the detail, PgDn to the next question. Most questions need no more keys than that, \
               and no answer keeps you from going on.",
        keys: &[
            (Context::Answer, Action::ToDetail),
            (Context::Interview, Action::NextQuestion),
            (Context::Interview, Action::NextField),
            (Context::Text, Action::MakeLink),
        ],
    },
    Page {
        title: "Nothing is lost",
        text: "Every key is on disk before you see it. Leave when you like, close the window, lose the power: the next start brings you back to \
               the word where you stopped. What you changed can be taken back, even after a restart.",
        keys: &[
            (Context::Everywhere, Action::Undo),
            (Context::Everywhere, Action::Redo),
            (Context::Everywhere, Action::Quit),
        ],
    },
    Page {
        title: "You see what is left",
        text: "Each open question says why it is open. When you are done, the preview shows the page and writes it.",
        keys: &[
            (Context::Interview, Action::NextOpen),
            (Context::Interview, Action::Find),
            (Context::Interview, Action::Overview),
            (Context::Interview, Action::Preview),
            (Context::Everywhere, Action::Palette),
            (Context::Everywhere, Action::Help),
        ],
    },
];

impl Page {
    /// The keys of the page with what they do.
    pub fn lines(&self) -> impl Iterator<Item = (String, &'static str)> {
        self.keys.iter().filter_map(|(context, action)| {
            let mut bindings = BINDINGS.iter();
            let binding =
                bindings.find(|binding| binding.context == *context && binding.action == *action)?;
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
