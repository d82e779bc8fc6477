//! What is published: a session as a page or as JSON, and a page read back.

mod cells;
mod document;
mod json;
mod markdown;
mod page;
mod read;
mod update;

pub use document::{Document, DocumentLink, DocumentQuestion, DocumentSection, Extras, Finding, document};
pub use json::json;
pub use markdown::markdown;
pub use page::{NotAPage, Page};
pub use read::{Doubt, Imported, import};
pub use update::{Updated, update};
