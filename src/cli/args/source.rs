//! Arguments of the commands that read questionnaires of other formats.

use std::path::PathBuf;

use crate::cli::error::CliError;
use crate::formats::{Columns, MAX_FILE, Options};
use crate::store::read_bytes;

/// What to read of a file of another format.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Files of other formats")]
pub struct SourceArgs {
    /// Language of the questions, for example de
    #[arg(long, value_name = "LANGUAGE", help_heading = None::<&str>)]
    pub lang: Option<String>,
    /// Read only questions with this tag, for example level-1; repeat it for several
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Read only questions in this group of a framework; repeat it for several
    #[arg(long, value_name = "GROUP")]
    pub group: Vec<String>,
    /// File that belongs to it: the questionnaire that a VSAQ extension extends, or the texts of OpenSSF
    /// criteria
    #[arg(long, value_name = "FILE")]
    pub base: Option<PathBuf>,
    /// Answers that VSAQ saved
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// Sheet of a workbook [default: the first with questions, and those of the same form]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Row of the headings, from 1
    #[arg(long, value_name = "ROW")]
    pub header_row: Option<u32>,
    /// Column of the questions, by letter or heading
    #[arg(long, value_name = "COLUMN")]
    pub question: Option<String>,
    /// Column of the answers
    #[arg(long, value_name = "COLUMN")]
    pub answer: Option<String>,
    /// Column of comments on the answers
    #[arg(long, value_name = "COLUMN")]
    pub comment: Option<String>,
    /// Column of links and documents
    #[arg(long, value_name = "COLUMN")]
    pub evidence: Option<String>,
    /// Column of the ids
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// Column of the sections
    #[arg(long, value_name = "COLUMN")]
    pub section: Option<String>,
}

impl SourceArgs {
    /// As options, with the files that are named read.
    ///
    /// # Errors
    /// If one of the files cannot be read.
    pub fn options(&self) -> Result<Options, CliError> {
        let file =
            |path: &Option<PathBuf>| path.as_deref().map(|path| read_bytes(path, MAX_FILE)).transpose();
        Ok(Options {
            language: self.lang.clone(),
            tags: self.tag.clone(),
            groups: self.group.clone(),
            base: file(&self.base)?,
            answers: file(&self.answers)?,
            columns: Columns {
                sheet: self.sheet.clone(),
                header_row: self.header_row,
                question: self.question.clone(),
                answer: self.answer.clone(),
                comment: self.comment.clone(),
                evidence: self.evidence.clone(),
                id: self.id.clone(),
                section: self.section.clone(),
            },
        })
    }

    /// Whether anything is said that only files can be asked for.
    pub fn is_about_a_file(&self) -> bool {
        let texts = [
            &self.sheet,
            &self.question,
            &self.answer,
            &self.comment,
            &self.evidence,
            &self.id,
            &self.section,
        ];
        texts.iter().any(|text| text.is_some())
            || !(self.tag.is_empty() && self.group.is_empty())
            || self.base.is_some()
            || self.answers.is_some()
            || self.header_row.is_some()
    }
}

/// Arguments of `convert`.
#[derive(Debug, clap::Args)]
pub struct ConvertArgs {
    /// File in any supported format; - reads standard input
    pub file: PathBuf,
    /// Questionnaire to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What to read.
    #[command(flatten)]
    pub source: SourceArgs,
}
