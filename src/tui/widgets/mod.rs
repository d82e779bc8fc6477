//! Parts of screens that know nothing of sessions: the text editor, the markdown renderer.

pub mod editor;
pub mod markdown;
