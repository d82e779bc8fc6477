//! A question as it is asked of the provider.

/// A question as it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Why it is asked, in one or more sentences.
    pub why: String,
}
