//! Questions to the provider, and reading the reply.

mod asked;
mod reply;
mod table;
mod token;
mod write;

pub use reply::{Reply, ReplyPart, text_reply};
pub use table::csv_reply;
pub use token::token;
pub use write::{RequestFormat, RequestShows, request, request_sentences};
