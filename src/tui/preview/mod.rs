//! The preview: the report as it will be published, and its source.

mod layout;
mod state;
mod update;
mod view;

pub use state::Preview;
pub use update::{act, rendered, step};
pub use view::view;
