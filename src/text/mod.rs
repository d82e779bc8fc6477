//! Text as data: what may reach the terminal, how it wraps, how it stands in a table cell, what it cites.
//!
//! The lowest layer: knows nothing of questionnaires, sessions or screens.

mod cell;
mod cite;
mod name;
mod search;
mod url;
mod visible;
mod wrap;

pub use cell::{decode, encode, is_blank_row, split_cells};
pub use cite::{Cited, cited, link_list, markdown_link, split_link_list};
pub use name::{normalised, slug};
pub use search::find;
pub use url::{UrlProblem, host, is_openable, looks_like_url, url_problem, words_of};
pub use visible::{glyph, is_plain, is_simple, normalise_newlines, one_line, safe, visible, width};
pub use wrap::{Row, row_of, wrap};
