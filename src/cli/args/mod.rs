//! The arguments. Help, completions and man pages are generated from them.

mod answer;
mod evidence;
mod git;
mod instance;
mod page;
mod program;
mod question;
mod report;
mod request;
mod session;
mod source;
mod team;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use answer::{AnswerArgs, BasisArg, PartArg};
pub use evidence::{AttachArgs, EvidenceArgs};
pub use git::{GitArgs, GitCommand, MergeDriverArgs, TextconvArgs};
pub use instance::{InstanceArgs, InstanceChange};
pub use page::PageArgs;
pub use program::{CompletionsArgs, ConfigArgs, ManArgs, QuestionnairesArgs, ValidateArgs};
pub use question::{QuestionArgs, QuestionChange};
pub use report::{CheckArgs, CompareArgs, DiffArgs, DiffFormat, ExportArgs, ImportArgs, PublishArgs};
pub use request::{ReplyArgs, RequestArgs};
pub use session::{
    AskArgs, ForgetArgs, LinksArgs, ListArgs, LookArgs, MergeArgs, NewArgs, OpenArgs, SearchArgs,
};
pub use source::{ConvertArgs, SourceArgs};
pub use team::{ApproveArgs, CommentArgs, LogArgs};

/// Run security reviews in the terminal, question by question, and publish them as wiki pages.
///
/// Without a command, the home screen opens.
#[derive(Debug, Parser)]
#[command(name = "querist", version, about, long_about, max_term_width = 100)]
pub struct Args {
    /// Folder of the sessions [default: the platform's data folder]
    #[arg(long, global = true, value_name = "DIR", env = "QUERIST_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// The command.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a session and open it
    New(NewArgs),
    /// Open a session; by default, the one that was changed last
    Open(OpenArgs),
    /// List the sessions with their progress
    List(ListArgs),
    /// Answer line by line, for screen readers, slow connections and pipes
    Ask(AskArgs),
    /// Answer a question without the screen
    Answer(AnswerArgs),
    /// Attach a file to an answer, as evidence
    Attach(AttachArgs),
    /// List the files that serve as evidence, and check that they are what was attached
    Evidence(EvidenceArgs),
    /// List where the answer to a question can be found
    Look(LookArgs),
    /// Show or set the page's properties, introduction and sections
    Page(PageArgs),
    /// Add, change or remove questions of one session
    Question(QuestionArgs),
    /// Answer a section for several environments, components or the like
    Instance(InstanceArgs),
    /// Bring another copy of a session in, for example one that a sync client made
    Merge(MergeArgs),
    /// Comment on an answer, or send it back
    Comment(CommentArgs),
    /// Approve answers as they are
    Approve(ApproveArgs),
    /// List who did what, and when
    Log(LogArgs),
    /// Remove what was deleted from a session from its files too
    Forget(ForgetArgs),
    /// Share sessions through git
    Git(GitArgs),
    /// Merge three versions of a session; started by git
    MergeDriver(MergeDriverArgs),
    /// Print a session field by field; started by git
    Textconv(TextconvArgs),
    /// Write the report in any format, or into the original file
    Export(ExportArgs),
    /// Merge the page into a wiki's git folder and commit it; never pushes
    Publish(PublishArgs),
    /// Create sessions from published pages
    Import(ImportArgs),
    /// Show what differs between two sessions; exit code 1 if anything does
    Diff(DiffArgs),
    /// Compare many services side by side
    Compare(CompareArgs),
    /// Write the questions that the provider has to answer
    Request(RequestArgs),
    /// Read the provider's reply, as comments beside the answers
    Reply(ReplyArgs),
    /// Report what is open, unsupported, stale or contradictory; exit code 1 if anything is
    Check(CheckArgs),
    /// Print the addresses of all evidence, for link checkers
    Links(LinksArgs),
    /// Search every answer of every session
    Search(SearchArgs),
    /// List the available questionnaires
    Questionnaires(QuestionnairesArgs),
    /// Convert a questionnaire of another format to Querist's own
    Convert(ConvertArgs),
    /// Check a questionnaire for problems; exit code 1 if there are any
    Validate(ValidateArgs),
    /// Show the settings, or create a settings file
    Config(ConfigArgs),
    /// Print the completion script for a shell
    Completions(CompletionsArgs),
    /// Print the man page of the program or of a command
    Man(ManArgs),
}
