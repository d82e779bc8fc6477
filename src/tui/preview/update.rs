//! The preview's actions.

use crate::report::Format;
use crate::tui::effect::Effect;
use crate::tui::keys::{Action, Move, PreviewAction, key_of};
use crate::tui::turn::{DialogRequest, Request, Turn};

use super::state::Preview;

/// Performs an action of the preview.
pub fn act(preview: &mut Preview, action: PreviewAction, turn: &mut Turn<'_>) {
    match action {
        PreviewAction::CycleSides => preview.sides = preview.sides.next(turn.size),
        PreviewAction::NextFormat => {
            let at = Format::ALL.iter().position(|format| *format == preview.format).unwrap_or(0);
            let format = Format::ALL[(at + 1) % Format::ALL.len()];
            turn.effects.push(Effect::Render { format });
        }
        PreviewAction::Export => turn.ask(DialogRequest::Export),
        PreviewAction::OpenFile => match &preview.current.exported {
            Some(path) => turn.effects.push(Effect::OpenFile { path: path.into() }),
            None => nothing_exported(preview, turn),
        },
        PreviewAction::CopyPath => match &preview.current.exported {
            Some(path) => turn.effects.push(Effect::Copy { text: path.clone() }),
            None => nothing_exported(preview, turn),
        },
        PreviewAction::Back => turn.request(Request::Interview { position: None }),
    }
}

/// Scrolls.
pub fn step(preview: &mut Preview, step: Move, turn: &Turn<'_>) {
    let page = turn.size.height.saturating_sub(4).max(1) as usize;
    let to = match step {
        Move::Up => preview.scroll.saturating_sub(1),
        Move::Down => preview.scroll + 1,
        Move::PageUp => preview.scroll.saturating_sub(page),
        Move::PageDown => preview.scroll + page,
        Move::First => 0,
        Move::Last => usize::MAX,
    };
    preview.scroll = to.min(preview.layout.max_scroll());
}

/// Shows a report that was rendered.
pub fn rendered(preview: &mut Preview, format: Format, source: String) {
    preview.set_source(format, source);
}

fn nothing_exported(preview: &Preview, turn: &mut Turn<'_>) {
    let key = key_of(preview.contexts(), Action::Preview(PreviewAction::Export));
    turn.say(format!("Nothing has been exported yet. {key} exports the report."));
}
