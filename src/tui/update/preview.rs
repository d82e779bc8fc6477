//! The preview of the page.

use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::preview_text;
use crate::tui::state::{Dialog, ListDialog, Purpose, Screen, State};
use crate::tui::theme::Theme;

use super::leaving;

/// Does an action of the preview.
pub fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let page = (state.size.height.saturating_sub(4)).max(1) as usize;
    let Some(review) = &mut state.review else { return };
    let preview = &mut review.preview;
    match action {
        Action::Up => preview.scroll = preview.scroll.saturating_sub(1),
        Action::Down => preview.scroll += 1,
        Action::PageUp => preview.scroll = preview.scroll.saturating_sub(page),
        Action::PageDown => preview.scroll += page,
        Action::First => preview.scroll = 0,
        Action::Last => preview.scroll = usize::MAX / 2,
        Action::Source => {
            preview.as_source = !preview.as_source;
            preview.scroll = 0;
        }
        Action::Export => {
            let explanation = "The path of the page. One that is there keeps what is not the review's.";
            let path = review.exported.clone().unwrap_or_else(|| format!("{}.md", review.id));
            let dialog = ListDialog::new(Purpose::Export, "Export the page", explanation).with_input(&path);
            state.dialog = Some(Dialog::List(dialog));
        }
        Action::Back => state.screen = Screen::Interview,
        Action::GoHome => return leaving::home(state, effects),
        _ => {}
    }
    let size = state.size;
    if let Some(review) = &mut state.review {
        let rows = preview_text::lines(&review.preview, size.width, &Theme::new(false, false)).len();
        let most = rows.saturating_sub(page);
        review.preview.scroll = review.preview.scroll.min(most);
    }
}
