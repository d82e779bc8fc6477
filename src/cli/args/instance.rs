//! Arguments of `instance`.

use clap::Subcommand;
use clap_complete::ArgValueCandidates;

use crate::cli::candidates::sessions;

/// Arguments of `instance`.
#[derive(Debug, clap::Args)]
pub struct InstanceArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// What to do.
    #[command(subcommand)]
    pub change: InstanceChange,
}

/// A change of the instances of a section.
#[derive(Debug, Subcommand)]
pub enum InstanceChange {
    /// Answer a section for this too, and print its id; the first name belongs to the answers so far
    Add(NamedArgs),
    /// Give an instance another name
    Rename(NamedArgs),
    /// Remove an instance, or the name of the only one; undo brings it back with its answers
    Remove(RemoveArgs),
}

/// Arguments of `instance add` and `instance rename`.
#[derive(Debug, clap::Args)]
pub struct NamedArgs {
    /// Id of the section
    pub section: String,
    /// The name, for example of an environment
    #[arg(allow_hyphen_values = true)]
    pub name: String,
}

/// Arguments of `instance remove`.
#[derive(Debug, clap::Args)]
pub struct RemoveArgs {
    /// Id of the section
    pub section: String,
}
