//! What is wrong with sessions, in the formats that people and pipelines read. One file per format.

mod checked;
mod github;
mod json;
mod junit;
mod sarif;
mod text;

use crate::session::Level;

pub use checked::{Checked, GateProblem};

/// A format of what is wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum GateFormat {
    /// A line for each problem.
    #[default]
    Text,
    /// JSON.
    Json,
    /// Workflow commands of GitHub Actions, which become annotations.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit's XML, for test reports.
    Junit,
}

impl GateFormat {
    /// All formats, the default first.
    pub const ALL: [Self; 5] = [Self::Text, Self::Json, Self::Github, Self::Sarif, Self::Junit];

    /// The name of the format in arguments.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Github => "github",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
        }
    }
}

/// Renders what is wrong with sessions. In JUnit's format, problems from `fails` on are failures.
pub fn gate(sessions: &[Checked], format: GateFormat, fails: Level) -> String {
    match format {
        GateFormat::Text => text::text(sessions),
        GateFormat::Json => json::json(sessions),
        GateFormat::Github => github::github(sessions),
        GateFormat::Sarif => sarif::sarif(sessions),
        GateFormat::Junit => junit::junit(sessions, fails),
    }
}
