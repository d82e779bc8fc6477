//! File operations shared by the screens and the commands: finding questionnaires, publishing reports,
//! importing pages, and reading the settings.

mod again;
mod attaching;
mod catalogue;
mod error;
mod foreign;
mod forget;
mod identity;
mod library;
mod place;
mod publish;
mod remembered;
mod repository;
mod settings;
mod side_by_side;
mod wiki;

pub use again::Earlier;
pub use attaching::{About, Copies, attach, file_states};
pub use catalogue::{CatalogueEntry, QuestionnaireOrigin};
pub use error::WorkspaceError;
pub use foreign::{
    Chosen, has_questionnaire_extension, in_language, is_file, questionnaire_in, read_questionnaire,
};
pub use library::{Found, Library, PastAnswer, Query, Searcher};
pub use place::{Shelf, Workspace, now};
pub use publish::{ImportQuestions, MAX_PAGE, Publication, Published};
pub use remembered::{PAGE_FOLDER, Remembered};
pub use repository::{Repository, RepositoryState, Resolved};
pub use settings::{Ascii, Colors, DEFAULT_EVIDENCE_DAYS, Rgb, SETTINGS_TEMPLATE, Settings, ThemeFile};
pub use side_by_side::{SideBySide, newest};
pub use wiki::Wiki;
