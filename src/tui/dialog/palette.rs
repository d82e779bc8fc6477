//! The palette: every action by name.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

use crate::tui::keys::{Action, AppAction, Binding, Context, Move, bindings};

use super::state::{Entry, InputDialog, Purpose, Target};

/// The palette in these contexts: the actions of the nearest one first, editing and moving last.
pub fn palette(contexts: &[Context]) -> InputDialog {
    let mut order: Vec<Context> =
        contexts.iter().copied().filter(|context| *context != Context::Text).collect();
    if order.contains(&Context::Interview) && !order.contains(&Context::Answer) {
        // Qualifier, basis and flag belong to the question, whatever has the focus.
        order.insert(1, Context::Answer);
    }
    order.extend(contexts.iter().filter(|context| **context == Context::Text));
    let mut entries: Vec<Entry> = Vec::new();
    for context in order {
        for binding in bindings(context).iter().filter(|binding| is_listed(binding)) {
            if !entries.iter().any(|entry| entry.target == Target::Action(binding.action)) {
                entries.push(entry(binding));
            }
        }
    }
    let (moves, others): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_movement);
    let entries = others.into_iter().chain(moves).collect();
    InputDialog::new(Purpose::Palette, "Palette", "Type a few letters of what you want to do.")
        .with_entries(entries)
}

fn entry(binding: &Binding) -> Entry {
    Entry {
        label: binding.help.to_owned(),
        detail: binding.shown_keys(),
        keywords: binding.keywords.to_owned(),
        target: Target::Action(binding.action),
    }
}

fn is_listed(binding: &Binding) -> bool {
    binding.action != Action::App(AppAction::Palette)
}

fn is_movement(entry: &Entry) -> bool {
    match entry.target {
        Target::Action(Action::Move(
            Move::Up | Move::Down | Move::PageUp | Move::PageDown | Move::First | Move::Last,
        )) => true,
        Target::Action(Action::Text(action)) => crate::tui::widgets::editor::motion(action).is_some(),
        Target::Action(_)
        | Target::Position(_)
        | Target::Questionnaire { .. }
        | Target::Session { .. }
        | Target::Basis(_)
        | Target::Address { .. }
        | Target::Answer { .. }
        | Target::Reuse { .. }
        | Target::Gone { .. }
        | Target::Kind { .. }
        | Target::Settle(_)
        | Target::Keep(_) => false,
    }
}

/// The entries that have the letters of `input` in their label or keywords, the best match first; all for no
/// input.
pub fn matching(input: &str, entries: &[Entry]) -> Vec<Entry> {
    let pattern = Pattern::new(input, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, &Entry)> = Vec::new();
    for entry in entries {
        let mut score =
            |text: &str| pattern.score(nucleo_matcher::Utf32Str::new(text, &mut buffer), &mut matcher);
        let best = score(&entry.label)
            .max(score(&entry.keywords))
            .max(score(&format!("{} {}", entry.label, entry.keywords)));
        scored.extend(best.map(|score| (score, entry)));
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, entry)| entry.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palette_finds_actions_by_the_words_on_the_screen() {
        let detail = [Context::LongText, Context::Text, Context::Interview, Context::Everywhere];
        for (typed, expected) in [
            ("qualifier", "Qualifier"),
            ("basis", "Basis"),
            ("tested", "Basis"),
            ("flag", "Flag"),
            ("export", "Preview"),
            ("publish", "Preview"),
            ("json", "Preview"),
            ("settings", "Settings"),
            ("quit", "Quit"),
            ("exit", "Quit"),
        ] {
            let found = matching(typed, &palette(&detail).all);
            assert!(
                found.first().is_some_and(|e| e.label.starts_with(expected)),
                "{typed}: {:?}",
                found.first()
            );
        }
    }

    #[test]
    fn movements_are_listed_last() {
        let entries =
            palette(&[Context::LongText, Context::Text, Context::Interview, Context::Everywhere]).all;
        let first = entries.iter().position(is_movement).unwrap();
        assert!(entries[first..].iter().all(is_movement));
    }
}
