//! Arguments of the commands that read and write reports.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use clap_complete::ArgValueCandidates;
use jiff::civil::Date;

use crate::cli::candidates::{questionnaires, sessions};
use crate::report::{GateFormat, MatrixFormat};
use crate::session::{Level, Rule};

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
    /// Show also notes, flags and internal links, which are not published
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
    /// Format of the report: markdown, html, csv, json, oscal, xlsx, audit (the sheet that CISO Assistant
    /// reads), one of the templates summary.md, letter.txt, risks.csv, or the path of a template [default: by
    /// the name of the output, or markdown]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Fill in the spreadsheet that the questions came from; without --output, in place
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "ours", "theirs"])]
    pub into: Option<PathBuf>,
    /// With --into, write also cells that the sheet protects
    #[arg(long, requires = "into")]
    pub locked: bool,
    /// Separator of a CSV file
    #[arg(long, value_name = "CHARACTER", default_value = ",")]
    pub delimiter: char,
    /// Begin a CSV file with a mark that tells Excel that it is UTF-8
    #[arg(long)]
    pub bom: bool,
    /// Leave cells of a CSV file as they are, even if a spreadsheet would run them as formulas
    #[arg(long)]
    pub raw: bool,
    /// File to write; an existing page is updated [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where the session and the page both changed, write the session's version
    #[arg(long, conflicts_with = "theirs")]
    pub ours: bool,
    /// Where the session and the page both changed, keep the page's version
    #[arg(long)]
    pub theirs: bool,
    /// Folder to copy the files to that serve as evidence; the report links to them there
    #[arg(long, value_name = "DIR", conflicts_with = "into")]
    pub evidence: Option<PathBuf>,
    /// Include your notes and internal links (JSON only)
    #[arg(long)]
    pub with_notes: bool,
    /// Include answers to questions that are no longer asked
    #[arg(long)]
    pub with_hidden: bool,
    /// File of words and phrases, one per line, that must not be published: if any would be, the exit code is
    /// 1 and nothing is written
    #[arg(long, value_name = "FILE")]
    pub deny_words: Option<PathBuf>,
}

/// Arguments of `publish`.
#[derive(Debug, clap::Args)]
pub struct PublishArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// Folder of the wiki, in a git repository
    pub folder: PathBuf,
    /// Folder of the wiki to copy the files to that serve as evidence; the page links to them there, and they
    /// are committed with it
    #[arg(long, value_name = "DIR")]
    pub evidence: Option<PathBuf>,
    /// Message of the commit [default: the title of the page]
    #[arg(long, value_name = "TEXT")]
    pub message: Option<String>,
    /// Where the session and the page both changed, write the session's version
    #[arg(long, conflicts_with = "theirs")]
    pub ours: bool,
    /// Where the session and the page both changed, keep the page's version
    #[arg(long)]
    pub theirs: bool,
    /// File of words and phrases, one per line, that must not be published: if any would be, the exit code is
    /// 1 and nothing is written
    #[arg(long, value_name = "FILE")]
    pub deny_words: Option<PathBuf>,
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

/// Arguments of `compare`.
#[derive(Debug, clap::Args)]
pub struct CompareArgs {
    /// Sessions or pages, in the order of the columns
    #[arg(value_name = "SESSION or PAGE", add = ArgValueCandidates::new(sessions))]
    pub session: Vec<String>,
    /// Compare the newest session of each subject with this questionnaire, by its id
    #[arg(long, value_name = "Q", conflicts_with = "session", add = ArgValueCandidates::new(questionnaires))]
    pub questionnaire: Option<String>,
    /// Format
    #[arg(long, value_enum, default_value_t)]
    pub format: MatrixFormat,
    /// Print JSON; the same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Only questions that are answered differently
    #[arg(long)]
    pub differing: bool,
    /// Also the links
    #[arg(long)]
    pub details: bool,
    /// A row for each session, a column for each question
    #[arg(long)]
    pub transpose: bool,
    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl ValueEnum for MatrixFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Text => "A table for the terminal",
            Self::Csv => "CSV for spreadsheets",
            Self::Markdown => "A table in markdown",
            Self::Html => "A web page in one file",
            Self::Json => "JSON for other programs",
        };
        Some(PossibleValue::new(self.label()).help(help))
    }
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Ids of sessions, unique prefixes of ids, or paths of files
    #[arg(required = true, add = ArgValueCandidates::new(sessions))]
    pub session: Vec<String>,
    /// The exit code is 1 if there is a problem of this level or above
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub level: Level,
    /// Rule to leave out; repeat it to leave out several
    #[arg(long, value_name = "RULE", value_parser = parse_rule)]
    pub allow: Vec<Rule>,
    /// Rule whose problems are errors; repeat it for several
    #[arg(long, value_name = "RULE", value_parser = parse_rule)]
    pub deny: Vec<Rule>,
    /// Evidence is old after this many days; 0 means never [default: the setting evidence_days]
    #[arg(long, value_name = "DAYS")]
    pub days: Option<u32>,
    /// The day to check for, so that a result can be repeated [default: today]
    #[arg(long, value_name = "DAY")]
    pub today: Option<Date>,
    /// Format
    #[arg(long, value_enum, default_value_t)]
    pub format: GateFormat,
    /// Print JSON; the same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Require that every answer and part of the page is approved as it is
    #[arg(long)]
    pub approved: bool,
    /// With --approved, approvals by the author of an answer do not count
    #[arg(long, requires = "approved")]
    pub four_eyes: bool,
    /// With --approved, any change ends an approval, also of notes and dates
    #[arg(long, requires = "approved")]
    pub strict_approval: bool,
    /// Locate problems on this page instead of in the session file
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// Exit with 0 even if there are problems, for a step that only uploads the result
    #[arg(long)]
    pub exit_zero: bool,
}

impl ValueEnum for Level {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Note, Self::Warning, Self::Error]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Note => "Worth knowing",
            Self::Warning => "Worth a look",
            Self::Error => "Must be fixed",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

impl ValueEnum for GateFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Text => "A line for each problem",
            Self::Json => "JSON for other programs",
            Self::Github => "Annotations of GitHub Actions",
            Self::Sarif => "SARIF 2.1.0, for code scanning",
            Self::Junit => "JUnit's XML, for test reports",
        };
        Some(PossibleValue::new(self.label()).help(help))
    }
}

/// A rule by its name.
fn parse_rule(name: &str) -> Result<Rule, String> {
    Rule::ALL.into_iter().find(|rule| rule.name() == name).ok_or_else(|| {
        let names: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        format!("the rules are {}", names.join(", "))
    })
}
