//! Arguments of `git`, `merge-driver` and `textconv`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Arguments of `git`.
#[derive(Debug, Args)]
pub struct GitArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: GitCommand,
}

/// The commands of `git`.
#[derive(Debug, Subcommand)]
pub enum GitCommand {
    /// Set up the repository of the folder of sessions
    Setup {
        /// Undo it
        #[arg(long)]
        remove: bool,
        /// Let git stop at a merge if there are two answers to a question
        #[arg(long, conflicts_with = "remove")]
        strict: bool,
    },
    /// Merge the sessions that git could not merge, and add them to its index
    Resolve {
        /// Files of sessions [default: all that are unmerged]
        files: Vec<PathBuf>,
    },
}

/// Arguments of `merge-driver`.
#[derive(Debug, Args)]
pub struct MergeDriverArgs {
    /// The common ancestor, %O; empty if both sides added the file
    pub base: PathBuf,
    /// Our version, %A; the merged one is written here
    pub ours: PathBuf,
    /// Their version, %B
    pub theirs: PathBuf,
    /// Path of the file in the repository, %P
    #[arg(long, value_name = "PATH")]
    pub path: Option<String>,
    /// What git calls their version, %Y
    #[arg(long, value_name = "LABEL")]
    pub label_theirs: Option<String>,
    /// Exit with code 1 if there are two answers to a question
    #[arg(long)]
    pub exit_conflict: bool,
}

/// Arguments of `textconv`.
#[derive(Debug, Args)]
pub struct TextconvArgs {
    /// File of a session
    pub file: PathBuf,
}
