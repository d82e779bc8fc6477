//! Sessions: one run of one questionnaire for one subject, and the edits that change it.

mod answer;
mod edit;
mod evidence;
mod facts;
mod history;
mod position;
mod progress;
mod questions;
mod saved;
mod search;
#[expect(clippy::module_inception, reason = "the file that defines `Session`")]
mod session;
mod text_ref;
mod texts;
mod uncompared;
mod visibility;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Basis, Link};
pub use edit::{Edit, EditMismatch};
pub use evidence::Evidence;
pub use facts::Finding;
pub use history::{History, Origin};
pub use position::{Field, Item, Position};
pub use progress::{Count, Reason};
pub use search::Found;
pub use session::{MAX_TEXT, PageSection, Session};
pub use text_ref::{LinkPart, TextRef};
