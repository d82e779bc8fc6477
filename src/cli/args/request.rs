//! Arguments of `request` and `reply`.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use clap_complete::ArgValueCandidates;
use jiff::civil::Date;

use crate::cli::candidates::sessions;
use crate::report::RequestFormat;
use crate::session::Which;

/// Arguments of `request`.
#[derive(Debug, clap::Args)]
pub struct RequestArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// What to ask: open, unknown, partial, bad, unsupported, flagged, old, or ids of questions, separated by
    /// commas
    #[arg(long, value_name = "KINDS or IDS", default_value = "open,unknown", value_parser = parse_wanted)]
    pub which: Wanted,
    /// Format
    #[arg(long, value_enum, default_value_t)]
    pub format: RequestFormat,
    /// Include your own answers so far
    #[arg(long)]
    pub with_answers: bool,
    /// Include the texts of flags
    #[arg(long)]
    pub with_flags: bool,
    /// The day on which the reply is due
    #[arg(long, value_name = "DAY")]
    pub due: Option<Date>,
    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Which questions are asked: kinds of questions, or ids.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Kinds of questions.
    pub kinds: Vec<Which>,
    /// Ids of questions.
    pub ids: Vec<String>,
}

fn parse_wanted(list: &str) -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match Which::ALL.into_iter().find(|which| which.name() == name) {
            Some(which) => wanted.kinds.push(which),
            None => wanted.ids.push(name.to_owned()),
        }
    }
    if wanted.kinds.is_empty() && wanted.ids.is_empty() {
        return Err("name at least one kind or question".to_owned());
    }
    Ok(wanted)
}

/// Arguments of `reply`.
#[derive(Debug, clap::Args)]
pub struct ReplyArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// The reply: text, a mail (.eml), markdown (.md) or a table (.csv); - reads standard input
    pub file: PathBuf,
    /// Who replied [default: the sender of the mail, or the subject]
    #[arg(long, value_name = "NAME")]
    pub from: Option<String>,
    /// Only list what would be read
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

impl ValueEnum for RequestFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Mail => "The text of a mail",
            Self::Markdown => "Markdown",
            Self::Csv => "CSV for a spreadsheet",
        };
        Some(PossibleValue::new(self.label()).help(help))
    }
}
