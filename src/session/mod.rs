//! One conduct of one questionnaire about one subject, and the edits that change it.

mod answer;
mod edit;
mod history;
mod model;
mod position;
mod progress;
mod saved;
mod search;

pub use answer::{Answer, Basis, Link};
pub use edit::{Edit, LinkPart, Misfit, TextRef};
pub use history::{History, Origin};
pub use model::{MAX_TEXT, PageSection, Session};
pub use position::{Field, Item, Position};
pub use progress::{Count, Reason};
pub use search::Found;
