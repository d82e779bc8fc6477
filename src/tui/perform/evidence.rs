//! Files that serve as evidence: attaching and opening them.

use std::path::{Path, PathBuf};

use crate::session::{EvidenceFile, FileState, Origin};
use crate::tui::app::App;
use crate::tui::effect::{AnswerPlace, Outcome};
use crate::workspace::{About, attach};

/// Documents and pictures. Anything else could be a program, and may come from somebody else.
const OPENED: [&str; 28] = [
    "avif", "bmp", "csv", "doc", "docx", "eml", "gif", "htm", "html", "jpeg", "jpg", "json", "log", "md",
    "mhtml", "odp", "ods", "odt", "pdf", "png", "pptx", "rtf", "svg", "tif", "tiff", "txt", "webp", "xlsx",
];

/// What to do to open a file.
pub enum Opening {
    /// Open it.
    Open(PathBuf),
    /// Only say where it is.
    Name(PathBuf),
    /// Say that this is not possible.
    No(String),
}

/// Attaches a file to an answer of the open session.
pub fn attach_to(app: &mut App, place: AnswerPlace, path: &Path, about: About) -> Outcome {
    let now = app.now;
    let Some(current) = app.current_mut().filter(|current| current.open.id() == place.session) else {
        return Outcome::message(format!("Not attached: the session {} is closed.", place.session));
    };
    let open = &mut current.open;
    let Some(index) = open.session().index_of(&place.question) else {
        return Outcome::message("Not attached: the question is no longer there.");
    };
    let rejected = |message: String| Outcome::Rejected { message };
    let edit = match attach(open, index, path, about, now) {
        Ok(Some(edit)) => edit,
        Ok(None) => {
            current.files = current.open.evidence().names();
            return rejected("This file is attached already.".to_owned());
        }
        Err(error) => return rejected(format!("Not attached: {error}.")),
    };
    if let Err(error) = open.edit(edit, Origin::Do, now) {
        return rejected(format!("Not attached: {error}."));
    }
    current.files = current.open.evidence().names();
    Outcome::Attached { question: place.question }
}

/// How a file of the open session can be opened.
pub fn opening(app: &App, id: &str) -> Opening {
    let current = app.current();
    let file = current.and_then(|current| Some((current, current.session().evidence_file(id)?)));
    let Some((current, file)) = file else {
        return Opening::No("The session does not know this file.".to_owned());
    };
    let folder = current.open.evidence();
    match (folder.find(file), folder.state(file)) {
        (Some(path), FileState::Intact) if is_document(file) => Opening::Open(path),
        (Some(path), FileState::Intact) => Opening::Name(path),
        (Some(path), FileState::Changed | FileState::Missing) => {
            Opening::No(format!("The file has changed since it was attached: {}", path.display()))
        }
        (None, _) => Opening::No(format!("The file is missing: {}. Attach it again with +.", file.name)),
    }
}

fn is_document(file: &EvidenceFile) -> bool {
    let extension = Path::new(&file.name).extension().unwrap_or_default().to_string_lossy();
    OPENED.contains(&extension.to_ascii_lowercase().as_str())
}
