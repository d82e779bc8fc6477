//! What the layout of the interview depends on.

use std::collections::BTreeSet;

use ratatui::layout::Size;

use crate::session::{Ages, Field, Session};

/// What is shown, and on what.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The session, whose position says which question is shown.
    pub session: &'a Session,
    /// The names of the files that are stored with it.
    pub files: &'a BTreeSet<String>,
    /// The field that has the focus; none while the outline has it.
    pub focused: Option<Field>,
    /// The size of the terminal.
    pub size: Size,
    /// What decides whether evidence is old.
    pub ages: Ages,
    /// Whether the earlier answer is hidden where there is room for it, or shown where there is not.
    pub is_before_toggled: bool,
}
