//! Reports: a session rendered as a page or as JSON, and a page read back into a session.

mod approvals;
mod asked;
mod below;
mod cells;
mod comparison;
mod contained;
mod csv;
mod deny;
mod digest;
mod document;
mod fields;
mod fit;
mod format;
mod gate;
mod html;
mod instances;
mod json;
mod left_out;
mod links;
mod markdown;
mod matrix;
mod meaning;
mod not_a_page;
mod oscal;
mod page;
mod prose;
mod read;
mod request;
mod rows;
mod take_in;
mod template;
mod update;
mod workbook;

#[cfg(test)]
mod tests;

pub use comparison::{Compared, Comparison, Shows, Side};
pub use csv::{CsvShows, csv};
pub use deny::{Content, Denied, DenyWords};
pub use digest::digest;
pub use document::{
    Document, DocumentApproval, DocumentComment, DocumentFinding, DocumentPrevious, DocumentProgress,
    DocumentQuestion, DocumentQuestionnaire, DocumentRequest, DocumentSection, Extras, document,
};
pub use fields::fields;
pub use fit::{best_fit, page_only};
pub use format::{Format, render};
pub use gate::{Checked, GateFormat, GateProblem, gate};
pub use json::json;
pub use left_out::left_out;
pub use links::{DocumentFile, DocumentLink, FileLinks};
pub use markdown::markdown;
pub use matrix::{
    LEGEND, MatrixFormat, MatrixShows, TALLY, marks, matrix_rows, render_matrix, symbol, tally_text,
};
pub use meaning::Meaning;
pub use not_a_page::{NotAPage, OtherTable};
pub use page::{Page, RowRange, SectionRange, Table, title as page_title};
pub use prose::is_prose;
pub use read::{ImportWarning, Imported, import, page_date};
pub use request::{
    Reply, ReplyPart, RequestFormat, RequestShows, csv_reply, request, request_sentences, text_reply, token,
};
pub use rows::row_lines;
pub use take_in::{Difference, Keep, TakenIn, take_in};
pub use template::{EXAMPLES, TemplateError, render_template};
pub use update::{Updated, unfaithful, update};
pub use workbook::{audit_workbook, workbook};
