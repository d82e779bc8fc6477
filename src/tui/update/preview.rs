//! The preview of the page.

use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::preview_text::Laid;
use crate::tui::state::{Dialog, ListDialog, Purpose, Screen, State};

use super::leaving;

/// Shows the preview.
pub fn show(state: &mut State, effects: &mut Vec<Effect>) {
    state.screen = Screen::Preview;
    effects.push(Effect::Render);
}

/// Does an action of the preview.
pub fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let page = state.size.height.saturating_sub(4).max(1) as usize;
    let Some(review) = &mut state.review else { return };
    let preview = &mut review.preview;
    let to = match action {
        Action::Up => preview.scroll.saturating_sub(1),
        Action::Down => preview.scroll + 1,
        Action::PageUp => preview.scroll.saturating_sub(page),
        Action::PageDown => preview.scroll + page,
        Action::First => 0,
        Action::Last => usize::MAX,
        Action::Source => {
            preview.shown = preview.shown.next(state.size);
            return;
        }
        Action::Export => {
            let explanation = "The path of the page. One that is there keeps what is not the review's.";
            let path = review.exported.clone().unwrap_or_else(|| format!("{}.md", review.id));
            let dialog = ListDialog::new(Purpose::Export, "Export the page", explanation).with_input(&path);
            state.dialog = Some(Dialog::List(dialog));
            return;
        }
        Action::OpenPage | Action::CopyPath => {
            match (&review.exported, action) {
                (Some(path), Action::OpenPage) => effects.push(Effect::OpenFile(path.into())),
                (Some(path), _) => effects.push(Effect::Copy(path.clone())),
                (None, _) => state.message = "There is no page yet. e writes one.".to_owned(),
            }
            return;
        }
        Action::Back => {
            state.screen = Screen::Interview;
            return;
        }
        Action::GoHome => return leaving::home(state, effects),
        _ => return,
    };
    preview.scroll = to.min(preview.laid.most());
}

/// Lays the page out anew where it, the window, or what is shown has changed.
pub fn settle(state: &mut State) {
    let size = state.size;
    let Some(review) = state.review.as_mut().filter(|_| state.screen == Screen::Preview) else { return };
    let preview = &mut review.preview;
    let wanted = Some((size, preview.shown));
    if preview.laid_for != wanted {
        let laid = Laid::new(&preview.source, preview.shown, size);
        preview.scroll = laid.scroll_as(&preview.laid, preview.scroll);
        (preview.laid, preview.laid_for) = (laid, wanted);
    }
}
