//! The library: every answer of every session, to be searched and used again.

mod answer;
mod index;
mod ranking;
mod searcher;

pub use answer::PastAnswer;
pub use index::{Library, Query};
pub use searcher::{Found, Searcher};
