//! A session as text with one field per line, and of texts one sentence per line, for `git diff` and
//! `git log -p`, whose word diffs then show what changed in an answer.

use crate::session::{Comment, CommentKind, Conflict, Session, Target, author_name};
use crate::text::{one_line, sentences};

/// The fields of a session that are not empty, one per line.
pub fn fields(session: &Session) -> String {
    let mut lines = Lines::default();
    let questionnaire = session.questionnaire();
    lines.value("subject", session.subject());
    lines.value("domain", session.domain());
    lines.value("questionnaire", &format!("{} {}", questionnaire.id, questionnaire.version));
    lines.text("properties", session.properties_text());
    lines.text("introduction", session.introduction());
    for index in 0..session.len() {
        lines.answer(session, index);
    }
    for section in session.sections() {
        lines.text(&format!("section \"{}\"", section.heading), &section.text);
    }
    for conflict in &session.entries().conflicts {
        lines.conflict(session, conflict);
    }
    for comment in &session.entries().comments {
        lines.comment(comment);
    }
    for file in &session.entries().evidence {
        lines.value("evidence", &format!("{} sha256 {}", file.name, file.sha256));
    }
    lines.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn value(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.push_str(&format!("{name}: {}\n", one_line(value)));
        }
    }

    /// A text with one sentence per line.
    fn text(&mut self, name: &str, text: &str) {
        for sentence in sentences(text) {
            self.value(name, sentence.trim());
        }
    }

    fn answer(&mut self, session: &Session, index: usize) {
        let (id, answer) = (&session.question(index).id, session.answer(index));
        self.value(&format!("{id}.answer"), &session.chosen_labels(index).join(", "));
        self.value(&format!("{id}.answer"), &answer.value);
        self.value(&format!("{id}.qualifier"), &answer.qualifier);
        self.text(&format!("{id}.detail"), &answer.detail);
        for link in &answer.links {
            let parts = [&link.url, &link.label, &link.quote, &link.retrieved, &link.expires];
            let parts = parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str);
            self.value(&format!("{id}.link"), &parts.collect::<Vec<_>>().join(" | "));
        }
        self.value(&format!("{id}.basis"), answer.basis.map_or("", |basis| basis.label()));
        self.text(&format!("{id}.note"), &answer.note);
        if let Some(flag) = &answer.flag {
            self.0.push_str(&format!("{}\n", format!("{id}.flag: {}", one_line(flag)).trim_end()));
        }
    }

    fn conflict(&mut self, session: &Session, conflict: &Conflict) {
        let place = session.place_label(&conflict.place);
        let what = if conflict.other.is_some() { "two versions, the other by" } else { "merged with" };
        self.value(&place, &format!("{what} {}", author_name(&conflict.made.by)));
    }

    fn comment(&mut self, comment: &Comment) {
        let on = match &comment.on {
            Target::Question(id) => id,
            Target::Part(part) => part,
            Target::Report => "report",
        };
        let kind = match comment.kind {
            CommentKind::Note => "comment",
            CommentKind::SendBack => "sent back",
            CommentKind::Reply => "reply",
        };
        let settled = if comment.settled.is_some() { ", settled" } else { "" };
        let by = author_name(&comment.made.by);
        self.text(&format!("{on}.{kind} ({by}{settled})"), &comment.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::{Edit, Link, Stamp};

    #[test]
    fn each_field_is_a_line_and_each_sentence_of_a_text() {
        let mut session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", jiff::Timestamp::UNIX_EPOCH);
        let before = session.answer(0).clone();
        let mut after = before.clone();
        after.choices = vec!["yes".to_owned()];
        after.qualifier = "mostly".to_owned();
        after.detail = "One.  Two\nlines here.\n\nThree.".to_owned();
        after.links = vec![Link { url: "https://a.example".to_owned(), ..Link::default() }];
        after.flag = Some(String::new());
        let question = session.question(0).id.clone();
        let edit = Edit::Answer { question, before: Box::new(before), after: Box::new(after) };
        session.apply(&edit, &Stamp::default()).unwrap();
        let version = &session.questionnaire().version;
        let expected = format!(
            "\
subject: Boat
questionnaire: saas-security {version}
external-tls.answer: Yes
external-tls.qualifier: mostly
external-tls.detail: One.
external-tls.detail: Two
external-tls.detail: lines here.
external-tls.detail: Three.
external-tls.link: https://a.example
external-tls.flag:
"
        );
        assert_eq!(fields(&session), expected);
    }
}
