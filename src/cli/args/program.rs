//! Arguments of the commands about questionnaires and the program itself.

use std::path::PathBuf;

use jiff::civil::Date;

use super::source::SourceArgs;

/// Arguments of `questionnaires`.
#[derive(Debug, clap::Args)]
pub struct QuestionnairesArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print a small questionnaire to start your own from
    #[arg(long, conflicts_with = "json")]
    pub example: bool,
}

/// Arguments of `validate`.
#[derive(Debug, clap::Args)]
pub struct ValidateArgs {
    /// Questionnaire in any supported format; - reads standard input
    pub file: PathBuf,
    /// Also report where it breaks the rules for good questions; exit code 1 if it does anywhere
    #[arg(long)]
    pub advice: bool,
    /// The day for which claims with a date are old, so that a result can be repeated [default: today]
    #[arg(long, value_name = "DAY", requires = "advice")]
    pub today: Option<Date>,
    /// What to read of it.
    #[command(flatten)]
    pub source: SourceArgs,
}

/// Arguments of `config`.
#[derive(Debug, clap::Args)]
pub struct ConfigArgs {
    /// Create a settings file that explains every setting
    #[arg(long)]
    pub init: bool,
}

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// Name of a command, for example export
    pub command: Option<String>,
}

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// Shell
    pub shell: clap_complete::Shell,
}
