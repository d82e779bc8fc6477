//! Looking up keys and actions in the key table.

use std::collections::HashMap;
use std::sync::LazyLock;

use crossterm::event::KeyEvent;

use super::action::Action;
use super::context::Context;
use super::key::Key;
use super::table::{Binding, bindings};

/// The table by context and key, because each key typed is looked up in several contexts.
static ACTIONS: LazyLock<HashMap<(Context, Key), Action>> = LazyLock::new(|| {
    let all =
        Context::ALL.into_iter().flat_map(|context| bindings(context).iter().map(move |b| (context, b)));
    all.flat_map(|(context, b)| b.keys.iter().map(move |key| ((context, *key), b.action))).collect()
});

/// The action of a key press in `contexts`, of which the first one that knows the key decides.
pub fn lookup(contexts: &[Context], event: KeyEvent) -> Option<Action> {
    let pressed = Key::of(event);
    contexts.iter().find_map(|context| ACTIONS.get(&(*context, pressed)).copied())
}

/// The bindings that the footer shows in `contexts`.
pub fn footer(contexts: &[Context]) -> impl Iterator<Item = &'static Binding> {
    contexts.iter().flat_map(|context| bindings(*context)).filter(|binding| !binding.footer.is_empty())
}

/// The name of the first key of an action, for messages: `Ctrl-N`. The nearest of `contexts` decides.
pub fn key_of(contexts: &[Context], action: Action) -> String {
    let found =
        contexts.iter().flat_map(|context| bindings(*context)).find(|binding| binding.action == action);
    found.map(|binding| binding.keys[0].name()).unwrap_or_default()
}

/// The table as markdown, for the docs.
pub fn key_list() -> String {
    let mut list = String::from("| where | keys | action |\n| --- | --- | --- |\n");
    for context in Context::ALL {
        if context == Context::Answer {
            list.push_str(
                "| Answer | the choice's letter or digit | Choose (pressing it again keeps the choice) |\n",
            );
        }
        for binding in bindings(context) {
            let (keys, help) = (binding.shown_keys(), binding.help);
            list.push_str(&format!("| {} | {keys} | {help} |\n", context.title()));
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keys::action::InterviewAction;
    use crate::tui::keys::key::ctrl;

    fn all() -> impl Iterator<Item = (Context, &'static Binding)> {
        Context::ALL.into_iter().flat_map(|context| bindings(context).iter().map(move |b| (context, b)))
    }

    #[test]
    fn the_list_of_contexts_is_complete() {
        let last = Context::ALL.into_iter().map(|context| context as usize).max();
        assert_eq!(last, Some(Context::ALL.len() - 1));
        assert_eq!(last, Some(Context::Tour as usize), "a context after the last one is not in the list");
    }

    #[test]
    fn no_key_has_two_meanings_in_one_context() {
        for context in Context::ALL {
            let keys: Vec<Key> = bindings(context).iter().flat_map(|b| b.keys).copied().collect();
            for (i, key) in keys.iter().enumerate() {
                assert!(!keys[i + 1..].contains(key), "{} in {context:?}", key.name());
            }
        }
    }

    #[test]
    fn every_action_is_described_in_words_that_begin_with_a_capital() {
        for (context, binding) in all() {
            let first = binding.help.chars().next();
            assert!(first.is_some_and(|c| c.is_uppercase() || c == '$'), "{} in {context:?}", binding.help);
        }
    }

    #[test]
    fn keys_that_terminals_reserve_are_not_bound() {
        for (context, binding) in all() {
            for reserved in [ctrl('b'), ctrl('a'), ctrl(' ')] {
                assert!(!binding.keys.contains(&reserved), "{} in {context:?}", binding.help);
            }
        }
    }

    #[test]
    fn no_key_in_a_text_changes_the_answer_the_basis_or_the_flag() {
        let in_text = [Context::LongText, Context::Value, Context::Part, Context::LinkPart, Context::Text];
        for context in in_text.into_iter().chain([Context::Interview, Context::Everywhere]) {
            for binding in bindings(context) {
                let changes = [
                    Action::Interview(InterviewAction::ClearAnswer),
                    Action::Interview(InterviewAction::Basis),
                    Action::Interview(InterviewAction::Flag),
                    Action::Interview(InterviewAction::RemoveFlag),
                ];
                assert!(!changes.contains(&binding.action), "{} in {context:?}", binding.help);
            }
        }
    }

    #[test]
    fn the_docs_have_the_key_list_of_the_table() {
        crate::tui::tests::docs::holds("docs/keys.md", "keys", &key_list());
    }
}
