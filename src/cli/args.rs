//! The arguments. Help, completions and the man page come from here.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::ArgValueCandidates;

use crate::session::Basis;
use crate::workspace::Format;

use super::candidates::{questionnaires, sessions};

/// Conducts security reviews in a terminal: question by question, nothing lost, published as a wiki page.
///
/// Without a command, the home screen opens.
#[derive(Debug, Parser)]
#[command(name = "querist", version, about, long_about, max_term_width = 100)]
pub struct Args {
    /// Folder of the sessions [default: the data folder of the platform]
    #[arg(long, global = true, value_name = "DIR", env = "QUERIST_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a review and open it
    New(NewArgs),
    /// Go on with a review: the one named, or the last one touched
    Open(OpenArgs),
    /// List the reviews with their progress
    List(JsonArgs),
    /// Interview line by line: for screen readers, slow links and pipes
    Ask(AskArgs),
    /// Answer a question without the screen
    Answer(AnswerArgs),
    /// Publish a review as a wiki page or as JSON
    Export(ExportArgs),
    /// Make reviews from published pages
    Import(ImportArgs),
    /// Say what is open or unsupported; exit code 1 if anything is
    Check(CheckArgs),
    /// List the questionnaires that there are
    Questionnaires(JsonArgs),
    /// Say what is wrong with a questionnaire; exit code 1 if anything is
    Validate(ValidateArgs),
    /// Show the settings, or write a file of them to start from
    Config(ConfigArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the man page, of the program or of one of its commands
    Man(ManArgs),
}

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// Id of a questionnaire, or a file
    #[arg(add = ArgValueCandidates::new(questionnaires))]
    pub questionnaire: String,
    /// What is reviewed
    #[arg(long, value_name = "NAME")]
    pub subject: String,
    /// Print the id and do not open it
    #[arg(long)]
    pub no_open: bool,
}

/// Arguments of `open`.
#[derive(Debug, clap::Args)]
pub struct OpenArgs {
    /// Id of a review, the beginning of one, or a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: Option<String>,
}

/// Arguments of `ask`.
#[derive(Debug, clap::Args)]
pub struct AskArgs {
    /// Id of a review, the beginning of one, or a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
}

/// Whether a list is for a program.
#[derive(Debug, clap::Args)]
pub struct JsonArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `answer`.
#[derive(Debug, clap::Args)]
pub struct AnswerArgs {
    /// Id of a review, the beginning of one, or a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Id of the question
    pub question: String,
    /// Id or label of a choice; once for each choice made
    #[arg(long, value_name = "C")]
    pub choice: Vec<String>,
    /// The value of a text, number or date question
    #[arg(long, value_name = "TEXT")]
    pub value: Option<String>,
    /// What limits the choice
    #[arg(long, value_name = "TEXT")]
    pub qualifier: Option<String>,
    /// The detail; - reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub detail: Option<String>,
    /// A link to add. The last = begins the label, but not within a query
    #[arg(long, value_name = "URL[=LABEL]")]
    pub link: Vec<String>,
    /// How the answer is known
    #[arg(long, value_name = "BASIS")]
    pub basis: Option<BasisArg>,
    /// Your own note, not published
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Follow up later, with a few words on what and whom to ask
    #[arg(long, value_name = "TEXT")]
    pub flag: Option<String>,
}

/// How an answer is known.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum BasisArg {
    /// The provider says so
    Claimed,
    /// Read in a document
    Read,
    /// Somebody was asked
    Interviewed,
    /// Tried
    Tested,
}

impl From<BasisArg> for Basis {
    fn from(arg: BasisArg) -> Self {
        match arg {
            BasisArg::Claimed => Self::Claimed,
            BasisArg::Read => Self::DocumentRead,
            BasisArg::Interviewed => Self::Interviewed,
            BasisArg::Tested => Self::Tested,
        }
    }
}

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// Id of a review, the beginning of one, or a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Form of the report
    #[arg(long, value_enum, default_value_t)]
    pub format: FormatArg,
    /// File to write; a page that is there keeps what is not the review's [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// With your own notes (JSON only)
    #[arg(long)]
    pub with_notes: bool,
    /// With answers to questions that are not asked any more
    #[arg(long)]
    pub with_hidden: bool,
}

/// The form of a report.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum FormatArg {
    /// A wiki page
    #[default]
    Markdown,
    /// JSON
    Json,
}

impl From<FormatArg> for Format {
    fn from(arg: FormatArg) -> Self {
        match arg {
            FormatArg::Markdown => Self::Markdown,
            FormatArg::Json => Self::Json,
        }
    }
}

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// The page, a markdown file; several make a review each
    #[arg(required = true, value_name = "PAGE")]
    pub pages: Vec<PathBuf>,
    /// Id of the questionnaire that it answers, or a file
    #[arg(long, value_name = "Q", default_value = "saas-security", add = ArgValueCandidates::new(questionnaires))]
    pub questionnaire: String,
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Id of a review, the beginning of one, or a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// List answers to questions that are not asked any more, too
    #[arg(long)]
    pub hidden: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `validate`.
#[derive(Debug, clap::Args)]
pub struct ValidateArgs {
    /// The questionnaire, a JSON file; - for standard input
    pub file: PathBuf,
}

/// Arguments of `config`.
#[derive(Debug, clap::Args)]
pub struct ConfigArgs {
    /// Write a settings file with every setting, its default and what it does
    #[arg(long)]
    pub init: bool,
}

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// The command, such as export
    pub command: Option<String>,
}

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}
