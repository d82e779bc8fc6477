//! Keys: the actions, the contexts in which keys have a meaning, and the one table that connects them.

mod action;
mod context;
mod key;
mod lookup;
mod table;

pub use action::{
    Action, AppAction, CompareAction, DialogAction, HomeAction, InterviewAction, LinkAction, MatrixAction,
    Move, OutlineAction, OverviewAction, PreviewAction, Select, TextAction,
};
pub use context::Context;
pub use lookup::{footer, key_list, key_of, lookup};
pub use table::{Binding, bindings};
