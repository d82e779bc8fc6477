//! Finds conditions that depend on themselves.

use jsonc_parser::ast::Value;

use super::checker::{Check, field, range};
use crate::questionnaire::condition::mentioned;
use crate::questionnaire::model::Question;

impl Check<'_> {
    /// Follows the conditions of each question; a question that is met again closes a cycle.
    pub fn cycles(&mut self, tree: &Value<'_>) {
        let questions: Vec<&Question> = self.questionnaire.questions().collect();
        let mut done = vec![false; questions.len()];
        for start in 0..questions.len() {
            // Each question on the path, with the ones still to follow. Not recursive: a chain may be long.
            let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
            if !done[start] {
                path.push((start, self.follows(questions[start])));
            }
            while let Some((at, next)) = path.last_mut() {
                let Some(to) = next.pop() else {
                    done[*at] = true;
                    path.pop();
                    continue;
                };
                if let Some(from) = path.iter().position(|(at, _)| *at == to) {
                    let mut names: Vec<&str> =
                        path[from..].iter().map(|(at, _)| questions[*at].id.as_str()).collect();
                    names.push(&questions[to].id);
                    let message = format!("the conditions form a cycle: {}", names.join(", "));
                    let (s, q) = self.place(to);
                    self.report(
                        range(tree, &field(s, q, "enable_when")),
                        message,
                        "The questions in a cycle are never asked.",
                    );
                    path.iter().for_each(|(at, _)| done[*at] = true);
                    break;
                }
                if !done[to] {
                    path.push((to, self.follows(questions[to])));
                }
            }
        }
    }

    fn follows(&self, question: &Question) -> Vec<usize> {
        let mentioned = question.enable_when.as_ref().map(mentioned).unwrap_or_default();
        mentioned.into_iter().filter_map(|id| self.ids.get(id).map(|(index, _)| *index)).collect()
    }

    fn place(&self, index: usize) -> (usize, usize) {
        let mut left = index;
        for (s, section) in self.questionnaire.sections.iter().enumerate() {
            if left < section.questions.len() {
                return (s, left);
            }
            left -= section.questions.len();
        }
        (0, 0)
    }
}
