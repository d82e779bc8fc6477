//! Arguments of the commands that create, list and open sessions.

use std::path::PathBuf;

use clap_complete::ArgValueCandidates;

use super::source::SourceArgs;
use crate::cli::candidates::{questionnaires, sessions};

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// Id of a questionnaire, or path of a file; with --from, the newest version of the earlier one by
    /// default
    #[arg(add = ArgValueCandidates::new(questionnaires), required_unless_present = "from")]
    pub questionnaire: Option<String>,
    /// Name of what is reviewed, used in the page title; with --from, the earlier one by default
    #[arg(long, value_name = "NAME", required_unless_present = "from")]
    pub subject: Option<String>,
    /// Earlier session, or page, to review again: its answers are shown beside the new ones
    #[arg(long, value_name = "SESSION or PAGE", add = ArgValueCandidates::new(sessions))]
    pub from: Option<String>,
    /// Print the id of the session instead of opening it
    #[arg(long)]
    pub no_open: bool,
    /// What to read of a file.
    #[command(flatten)]
    pub source: SourceArgs,
}

/// Arguments of `open`.
#[derive(Debug, clap::Args)]
pub struct OpenArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: Option<String>,
    /// Create the session file again if it was removed in git
    #[arg(long, requires = "session")]
    pub restore: bool,
}

/// Arguments of `ask`.
#[derive(Debug, clap::Args)]
pub struct AskArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
}

/// Arguments of `list`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// List only what has to be reviewed again: the newest session for each subject and questionnaire, if its
    /// last change is more than this many days ago (365 by default)
    #[arg(long, value_name = "DAYS", num_args = 0..=1, default_missing_value = "365")]
    pub due: Option<u32>,
}

/// Arguments of `look`.
#[derive(Debug, clap::Args)]
pub struct LookArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Id of the question [default: all that are asked]
    pub question: Option<String>,
    /// Set the domain of what is reviewed first, for example example.com
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    /// Words in questions, answers, details or evidence; the last one may be the beginning of a word
    #[arg(required = true)]
    pub words: Vec<String>,
    /// The most answers to print
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `forget`.
#[derive(Debug, clap::Args)]
pub struct ForgetArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

/// Arguments of `links`.
#[derive(Debug, clap::Args)]
pub struct LinksArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Also internal links
    #[arg(long)]
    pub internal: bool,
}

/// Arguments of `merge`.
#[derive(Debug, clap::Args)]
pub struct MergeArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// The copy: a session file
    #[arg(value_name = "FILE")]
    pub copy: PathBuf,
}
