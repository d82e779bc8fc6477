//! Arguments of `answer`.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use clap_complete::ArgValueCandidates;
use jiff::civil::Date;

use crate::cli::candidates::sessions;
use crate::questionnaire::LinkKind;
use crate::session::Basis;

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
    /// What the links that are added are, which decides for how long they are good
    #[arg(long, value_name = "KIND", requires = "link")]
    pub link_kind: Option<LinkKind>,
    /// The day on which the links that are added expire, for example of a certificate
    #[arg(long, value_name = "DAY", requires = "link")]
    pub link_expires: Option<Date>,
    /// Keep the links that are added to yourself: they are evidence, but are not published
    #[arg(long, requires = "link")]
    pub link_internal: bool,
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
    /// Id of an earlier question, no longer asked, whose answer belongs to this question
    #[arg(long, value_name = "OLD_QUESTION")]
    pub matching: Option<String>,
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

impl ValueEnum for LinkKind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Test => "Your own test",
            Self::Report => "A report of an audit or a penetration test",
            Self::Certificate => "A certificate",
            Self::Terms => "Terms of service or a contract",
            Self::Documentation => "The documentation of the product",
        };
        Some(PossibleValue::new(self.label()).help(help))
    }
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
        !is_list_given
            && self.basis.is_none()
            && !is_text_given
            && !self.carry_over
            && self.matching.is_none()
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
