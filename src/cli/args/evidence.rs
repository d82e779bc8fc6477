//! Arguments of the commands about files that serve as evidence.

use std::path::PathBuf;

use clap_complete::ArgValueCandidates;
use jiff::civil::Date;

use crate::cli::candidates::sessions;

/// Arguments of `attach`.
#[derive(Debug, clap::Args)]
pub struct AttachArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Id of the question
    pub question: String,
    /// The file, of at most 25 MB
    pub file: PathBuf,
    /// The day of what the file shows [default: today, for the age of the evidence only]
    #[arg(long, value_name = "DAY")]
    pub day: Option<Date>,
    /// Label of the link [default: the name of the file]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub label: Option<String>,
    /// The URL that the file was saved from
    #[arg(long, value_name = "URL")]
    pub source: Option<String>,
    /// Id of a file that the answer has a link to: the link refers to the new file from now on, and the old
    /// file stays
    #[arg(long, value_name = "ID")]
    pub replace: Option<String>,
}

/// Arguments of `evidence`.
#[derive(Debug, clap::Args)]
pub struct EvidenceArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Read the files; exit code 1 if one is missing or its bytes differ
    #[arg(long)]
    pub verify: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
