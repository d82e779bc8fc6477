//! Why a question is not asked.

use crate::questionnaire::mentioned;
use crate::session::Session;

/// A sentence that says why the question at `index` is not asked, and what happens to its answer; none if it
/// is asked.
pub fn why(session: &Session, index: usize) -> Option<String> {
    let condition = session.question(index).enable_when.as_ref().filter(|_| !session.is_asked(index))?;
    let mut on: Vec<usize> = mentioned(condition).into_iter().filter_map(|id| session.index_of(id)).collect();
    on.sort_unstable();
    on.dedup();
    let named = |index: &usize| format!("{} ({})", index + 1, session.question(*index).title);
    let names: Vec<String> = on.iter().map(named).collect();
    let because = match names.as_slice() {
        [] => "of its condition".to_owned(),
        [one] => format!("of question {one}"),
        [others @ .., last] => format!("of questions {} and {last}", others.join(", ")),
    };
    Some(format!("Not asked, because {because}; an answer here is kept but not published."))
}
