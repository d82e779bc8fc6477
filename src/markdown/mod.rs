//! Markdown as published: table cells, links and front matter.
//!
//! Part of the lowest layer: knows nothing of questionnaires, sessions or screens.

mod cells;
mod front_matter;
mod links;

pub use cells::{decode, encode, is_blank_row, split_cells};
pub use front_matter::{
    FrontMatter, Scalar, front_matter, keys, list_text, one_paragraph, scalar, yaml_list, yaml_plain,
    yaml_scalar,
};
pub use links::{Citation, citations, link_list, markdown_link, split_link_list};
