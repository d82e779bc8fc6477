//! CISO Assistant: libraries with a framework (YAML), and the sheet of an audit
//! (<https://github.com/intuitem/ciso-assistant-community>, `backend/library`, `backend/core/views.py`).

pub mod audit;
mod choices;
mod library;

pub use library::{is_library, read};
