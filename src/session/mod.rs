//! Sessions: one run of one questionnaire for one subject, and the edits that change it.

mod answer;
mod approval;
mod attached;
mod carry_over;
mod changed;
mod cited;
mod conflict;
mod continued;
mod contradiction;
mod diff;
mod disputed;
mod edit;
mod entry;
mod evidence;
mod facts;
mod file_link;
mod gate;
mod history;
mod instances;
mod log;
mod matching;
mod matrix;
mod merge;
mod page_section;
mod position;
mod previous;
mod progress;
mod properties;
mod questions;
mod request;
mod reviews;
mod saved;
mod saved_previous;
mod search;
#[expect(clippy::module_inception, reason = "the file that defines `Session`")]
mod session;
mod stamp;
mod structure;
mod text_ref;
mod texts;
mod uncompared;
mod visibility;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Basis, Link};
pub use attached::Attachment;
pub use carry_over::CarryOver;
pub use diff::{Diff, FieldDiff, ItemDiff, LinkDiff, Part, State, diff};
pub use edit::{Edit, EditMismatch};
pub use entry::{
    Approval, Approved, Comment, CommentKind, Conflict, Entries, Entry, EvidenceFile, FieldValue, Place,
    Request, Target, Unit,
};
pub use evidence::{Ages, Evidence, Freshness};
pub use facts::Finding;
pub use file_link::{FileState, FileStates, file_id, link_place, stored_name, stored_prefix};
pub use gate::{Level, Rule, Violation};
pub use history::{History, Origin};
pub use instances::NoInstance;
pub use log::{Burst, LogEntry};
pub use matching::{possible_match, previous_of};
pub use matrix::{Cell, CellState, Column, Matrix, MatrixRow, Tally, matrix};
pub use merge::{Merge, difference, merge};
pub use page_section::PageSection;
pub use position::{Field, Item, Position};
pub use previous::{Before, Match, Previous};
pub use progress::{BLANK, Count, Reason};
pub use properties::{KEYS, Property};
pub use request::Which;
pub use reviews::{ApprovalRules, ApprovalState, Reviews};
pub use search::Found;
pub use session::{MAX_TEXT, Session};
pub use stamp::{
    Changed, INTRODUCTION, PROPERTIES, SUBJECT, Stamp, author_name, is_same_author, section_key,
};
pub use structure::NewQuestion;
pub use text_ref::{LinkPart, TextRef};
pub use uncompared::Uncompared;
