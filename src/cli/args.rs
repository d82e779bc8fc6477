//! The arguments. Help, completions and man pages are generated from them.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::ArgValueCandidates;

use crate::questionnaire::Kind;
use crate::report::Format;
use crate::session::Basis;

use super::candidates::{questionnaires, sessions};

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
    /// Show or set the page's properties, introduction and sections
    Page(PageArgs),
    /// Add, change or remove questions of one session
    Question(QuestionArgs),
    /// Bring another copy of a session in, for example one that a sync client made
    Merge(MergeArgs),
    /// Export the report as a wiki page or as JSON
    Export(ExportArgs),
    /// Create sessions from published pages
    Import(ImportArgs),
    /// Show what differs between two sessions; exit code 1 if anything does
    Diff(DiffArgs),
    /// List the open questions; exit code 1 if there are any
    Check(CheckArgs),
    /// List the available questionnaires
    Questionnaires(QuestionnairesArgs),
    /// Check a questionnaire for problems; exit code 1 if there are any
    Validate(ValidateArgs),
    /// Show the settings, or create a settings file
    Config(ConfigArgs),
    /// Print the completion script for a shell
    Completions(CompletionsArgs),
    /// Print the man page of the program or of a command
    Man(ManArgs),
}

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

/// Arguments of `answer`.
#[derive(Debug, clap::Args)]
pub struct AnswerArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Id of the question
    pub question: String,
    /// Id or label of a choice; repeat it to select several
    #[arg(long, value_name = "C")]
    pub choice: Vec<String>,
    /// Value of a text, number or date question
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub value: Option<String>,
    /// Limit on the choice, for example "version dependent"
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub qualifier: Option<String>,
    /// Detail in markdown; - reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub detail: Option<String>,
    /// Link to add; repeat it to add several. The label follows the last =, except within a query
    #[arg(long, value_name = "URL[=LABEL]")]
    pub link: Vec<String>,
    /// How you know the answer
    #[arg(long, value_name = "BASIS")]
    pub basis: Option<BasisArg>,
    /// Your own note, which is not published
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// Flag for follow-up, with a reminder of what to ask and whom
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub flag: Option<String>,
    /// Part to clear before the others are set; repeat it to clear several
    #[arg(long, value_name = "PART")]
    pub clear: Vec<PartArg>,
    /// Take over the answer of the earlier session, before anything else is set
    #[arg(long)]
    pub carry_over: bool,
    /// Let --carry-over replace what is there already
    #[arg(long, requires = "carry_over")]
    pub replace: bool,
    /// Answer the question even if it is hidden by a condition
    #[arg(long)]
    pub hidden: bool,
}

/// A part of an answer that can be cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PartArg {
    /// The choices
    Choice,
    /// The value of a text, number or date question
    Value,
    /// The qualifier
    Qualifier,
    /// The detail
    Detail,
    /// All links
    Links,
    /// The basis
    Basis,
    /// Your own note
    Note,
    /// The flag
    Flag,
}

/// The basis of an answer.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum BasisArg {
    /// Claimed by the provider
    Claimed,
    /// Read in a document
    Read,
    /// Learned by asking somebody
    Interviewed,
    /// Tested by the reviewer
    Tested,
}

impl AnswerArgs {
    /// Whether no part of the answer is given.
    pub fn is_empty(&self) -> bool {
        let texts = [&self.value, &self.qualifier, &self.detail, &self.note, &self.flag];
        let is_text_given = texts.iter().any(|text| text.is_some());
        let is_list_given = !self.choice.is_empty() || !self.link.is_empty() || !self.clear.is_empty();
        !is_list_given && self.basis.is_none() && !is_text_given && !self.carry_over
    }
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

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
pub struct DiffArgs {
    /// The earlier session, or page; SESSION@previous is the one that SESSION continues
    #[arg(value_name = "A", add = ArgValueCandidates::new(sessions))]
    pub a: String,
    /// The later session, or page
    #[arg(value_name = "B", add = ArgValueCandidates::new(sessions))]
    pub b: String,
    /// Format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DiffFormat,
    /// Show also what is unchanged, or differs only in small ways
    #[arg(long)]
    pub all: bool,
    /// Show also notes and flags, which are not published
    #[arg(long)]
    pub notes: bool,
    /// Print nothing; the exit code says whether anything differs
    #[arg(long)]
    pub quiet: bool,
}

/// A format of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Text: [-gone-]{+new+}
    Text,
    /// A table of changed answers, and a heading for each question
    Markdown,
    /// JSON
    Json,
}

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Format of the report
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// File to write; an existing page is updated [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where the session and the page both changed, write the session's version
    #[arg(long, conflicts_with = "theirs")]
    pub ours: bool,
    /// Where the session and the page both changed, keep the page's version
    #[arg(long)]
    pub theirs: bool,
    /// Include your notes (JSON only)
    #[arg(long)]
    pub with_notes: bool,
    /// Include answers to questions that are no longer asked
    #[arg(long)]
    pub with_hidden: bool,
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

/// Arguments of `page`.
#[derive(Debug, clap::Args)]
pub struct PageArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Title of the page; an empty text restores the default
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub title: Option<String>,
    /// Description of the page; an empty text restores the default
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub description: Option<String>,
    /// Tag to add; repeat it to add several
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Tag to remove; repeat it to remove several
    #[arg(long, value_name = "TAG")]
    pub untag: Vec<String>,
    /// Whether the wiki shows the page: true or false
    #[arg(long, value_name = "BOOL")]
    pub published: Option<bool>,
    /// Another front matter key, for example owner=kim; an empty value restores the default
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Text above the table, in markdown; - reads standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub introduction: Option<String>,
    /// Heading and text of a section, which is added if it does not exist; - reads standard input
    #[arg(long, num_args = 2, value_names = ["HEADING", "TEXT"], allow_hyphen_values = true)]
    pub section: Vec<String>,
    /// Heading of a section, and its new heading
    #[arg(long, num_args = 2, value_names = ["HEADING", "NEW"])]
    pub rename_section: Vec<String>,
    /// Heading of a section, and the number of its new place
    #[arg(long, num_args = 2, value_names = ["HEADING", "NUMBER"])]
    pub move_section: Vec<String>,
    /// Heading of a section to remove
    #[arg(long, value_name = "HEADING")]
    pub remove_section: Vec<String>,
    /// Take over the introduction and the sections of the earlier session that have no text yet
    #[arg(long)]
    pub carry_over: bool,
    /// Print the properties, the introduction and the sections as JSON
    #[arg(long)]
    pub json: bool,
}

impl PageArgs {
    /// Whether nothing is to be set.
    pub fn is_empty(&self) -> bool {
        let texts = [&self.title, &self.description, &self.introduction];
        let lists = [
            &self.tag,
            &self.untag,
            &self.set,
            &self.section,
            &self.rename_section,
            &self.move_section,
            &self.remove_section,
        ];
        texts.iter().all(|text| text.is_none())
            && lists.iter().all(|list| list.is_empty())
            && self.published.is_none()
            && !self.carry_over
    }
}

/// Arguments of `question`.
#[derive(Debug, clap::Args)]
pub struct QuestionArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// What to do.
    #[command(subcommand)]
    pub change: QuestionChange,
}

/// A change of the questions of one session.
#[derive(Debug, Subcommand)]
pub enum QuestionChange {
    /// Add a question and print its id
    Add(AddQuestionArgs),
    /// Change a question that was added
    Change(ChangeQuestionArgs),
    /// Remove a question that was added; its answer is kept in case it is added again
    Remove(RemoveQuestionArgs),
}

/// Arguments of `question add`.
#[derive(Debug, clap::Args)]
pub struct AddQuestionArgs {
    /// The question
    #[arg(allow_hyphen_values = true)]
    pub text: String,
    /// The topic in a few words [default: the beginning of the question]
    #[arg(long)]
    pub title: Option<String>,
    /// How it is answered
    #[arg(long, value_enum, default_value = "text")]
    pub kind: Kind,
    /// Name of an answer set of the questionnaire, for a question with choices
    #[arg(long, value_name = "NAME")]
    pub answer_set: Option<String>,
    /// Id of the section of questions [default: the last]
    #[arg(long, value_name = "ID")]
    pub section: Option<String>,
}

/// Arguments of `question change`.
#[derive(Debug, clap::Args)]
pub struct ChangeQuestionArgs {
    /// Id of the question
    pub question: String,
    /// The new wording
    #[arg(long, allow_hyphen_values = true, required_unless_present = "title")]
    pub text: Option<String>,
    /// The new topic
    #[arg(long)]
    pub title: Option<String>,
}

/// Arguments of `question remove`.
#[derive(Debug, clap::Args)]
pub struct RemoveQuestionArgs {
    /// Id of the question
    pub question: String,
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Choice, Self::MultiChoice, Self::Text, Self::Number, Self::Date]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Choice => ("choice", "One choice of an answer set"),
            Self::MultiChoice => ("multi-choice", "Any number of choices of an answer set"),
            Self::Text => ("text", "Free text"),
            Self::Number => ("number", "A number"),
            Self::Date => ("date", "A date"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Markdown => "Wiki page in markdown",
            Self::Json => "JSON for other programs",
        };
        Some(PossibleValue::new(self.label()).help(help))
    }
}

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// Pages in markdown; each becomes a session
    #[arg(required = true, value_name = "PAGE")]
    pub pages: Vec<PathBuf>,
    /// Id of the questionnaire that the pages answer, or path of a file [default: the one that fits best]
    #[arg(long, value_name = "Q")]
    #[arg(add = ArgValueCandidates::new(questionnaires))]
    pub questionnaire: Option<String>,
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Also list answers to questions that are no longer asked
    #[arg(long)]
    pub hidden: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `validate`.
#[derive(Debug, clap::Args)]
pub struct ValidateArgs {
    /// Questionnaire, a JSON file; - reads standard input
    pub file: PathBuf,
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
