//! Arguments of the commands for a second pair of eyes: `comment`, `approve` and `log`.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::cli::candidates::sessions;

/// Arguments of `comment`.
#[derive(Debug, Args)]
pub struct CommentArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Id of the question
    pub question: String,
    /// The comment; - reads it from standard input
    #[arg(allow_hyphen_values = true)]
    pub text: String,
    /// The answer has to be changed
    #[arg(long)]
    pub send_back: bool,
}

/// Arguments of `approve`.
#[derive(Debug, Args)]
pub struct ApproveArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Ids of questions; without any, the state of each answer is listed
    pub question: Vec<String>,
    /// Approve every answer that is not open, the introduction and the sections
    #[arg(long, conflicts_with = "question")]
    pub all: bool,
    /// Withdraw your approvals instead
    #[arg(long)]
    pub withdraw: bool,
    /// List what any change since has ended, also of notes and dates
    #[arg(long, conflicts_with_all = ["question", "all", "withdraw"])]
    pub strict_approval: bool,
}

/// Arguments of `log`.
#[derive(Debug, Args)]
pub struct LogArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Id of a question
    pub question: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
