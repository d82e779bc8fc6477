//! What screens and commands both do with files: find questionnaires, publish a report, read a page.

mod catalogue;
mod error;
mod place;
mod publish;
mod remembered;
mod settings;

pub use catalogue::{Entry, Origin};
pub use error::WorkspaceError;
pub use place::{Shelf, Workspace, now};
pub use publish::{Format, Published, report};
pub use remembered::Remembered;
pub use settings::{Ascii, Colors, Rgb, SETTINGS_TEMPLATE, Settings, ThemeFile};
