//! Text as data: what may reach the terminal, wrapping, names, search and URLs.
//!
//! Part of the lowest layer: knows nothing of questionnaires, sessions or screens.

mod checksum;
mod diff;
mod guard;
mod letters;
mod merge;
mod name;
mod quantity;
mod search;
mod url;
mod visible;
mod words;
mod wrap;

pub use checksum::sha256;
pub use diff::{Run, diff_words, marked_words};
pub use guard::{guarded, unguarded};
pub use letters::{capitalized, within_sentence};
pub use merge::{merge_sentences, sentences};
pub use name::{file_name, hyphenated, normalized, slug, unaccented};
pub use quantity::size;
pub use search::{excerpt, find};
pub use url::{
    UrlProblem, domain, host, is_openable, label_from_url, looks_like_url, percent_encoded, url_problem,
};
pub use visible::{glyph, is_plain, normalize_newlines, one_line, safe, truncate, visible, width};
pub use words::{long_words, words};
pub use wrap::{Row, row_of, wrap};
