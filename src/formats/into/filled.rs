//! How a file is filled in, and the outcome.

/// A file that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many cells were written.
    pub count: usize,
    /// What could not be written, as sentences.
    pub left: Vec<String>,
}

/// How a file is filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IntoOptions {
    /// Whether cells that the sheet protects are written too.
    pub locked: bool,
}
