//! Parts of screens that know nothing of sessions: the text editor, markdown, lines, panes.

pub mod draw;
pub mod editor;
pub mod field;
pub mod list;
pub mod mark;
pub mod markdown;
pub mod rich;
