//! Arguments of `page`.

use clap_complete::ArgValueCandidates;

use crate::cli::candidates::sessions;

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
