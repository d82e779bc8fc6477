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
            let internal = link.internal.then_some("internal");
            self.value(&format!("{id}.link"), &parts.chain(internal).collect::<Vec<_>>().join(" | "));
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
    use crate::session::{
        Answer, Basis, Edit, Entry, EvidenceFile, FieldValue, INTRODUCTION, Link, Place, Stamp, TextRef, Unit,
    };

    fn session() -> Session {
        Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", jiff::Timestamp::UNIX_EPOCH)
    }

    fn kim() -> Stamp {
        Stamp { by: "Kim <kim@a.example>".to_owned(), ..Stamp::default() }
    }

    /// The fields after these edits, without the subject and the questionnaire, which are always there.
    fn after(edits: Vec<Edit>) -> Vec<String> {
        let mut session = session();
        session.apply(&Edit::All(edits), &kim()).unwrap();
        let is_other = |line: &&str| !line.starts_with("subject: ") && !line.starts_with("questionnaire: ");
        fields(&session).lines().filter(is_other).map(str::to_owned).collect()
    }

    fn add(entry: Entry) -> Edit {
        Edit::Entry { before: None, after: Some(entry) }
    }

    #[test]
    fn the_parts_of_the_page_are_fields_with_one_sentence_per_line() {
        let splice = |text, inserted: &str| Edit::Splice {
            text,
            at: 0,
            removed: String::new(),
            inserted: inserted.to_owned(),
        };
        let lines = after(vec![
            Edit::Domain { before: String::new(), after: "a.example".to_owned() },
            splice(TextRef::Properties, "owner: Kim\nteam: Blue"),
            splice(TextRef::Introduction, "It floats. It sails."),
            splice(TextRef::Section(0), "As CSV. By the owner."),
        ]);
        let expected = [
            "domain: a.example",
            "properties: owner: Kim",
            "properties: team: Blue",
            "introduction: It floats.",
            "introduction: It sails.",
            "section \"Exporting data\": As CSV.",
            "section \"Exporting data\": By the owner.",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn every_part_of_an_answer_is_a_field() {
        let link = Link {
            url: "https://a.example".to_owned(),
            label: "Policy".to_owned(),
            quote: "We\ndo.".to_owned(),
            retrieved: "2026-11-22".to_owned(),
            expires: "2027-11-22".to_owned(),
            ..Link::default()
        };
        let new = Answer {
            choices: vec!["yes".to_owned(), "no".to_owned()],
            value: "12".to_owned(),
            links: vec![link, Link { url: "https://b.example".to_owned(), ..Link::default() }],
            basis: Some(Basis::Tested),
            note: "Mine. Only.".to_owned(),
            flag: Some("ask\nKim".to_owned()),
            ..Answer::default()
        };
        let question = "external-tls".to_owned();
        let lines = after(vec![Edit::Answer { question, before: Box::default(), after: Box::new(new) }]);
        let expected = [
            "external-tls.answer: Yes, No",
            "external-tls.answer: 12",
            "external-tls.link: https://a.example | Policy | We do. | 2026-11-22 | 2027-11-22",
            "external-tls.link: https://b.example",
            "external-tls.basis: tested",
            "external-tls.note: Mine.",
            "external-tls.note: Only.",
            "external-tls.flag: ask Kim",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_conflict_is_a_field_of_what_it_is_about() {
        let conflict = |id: &str, place, other| {
            let id = id.to_owned();
            add(Entry::Conflict(Box::new(Conflict { id, place, base: None, other, made: kim() })))
        };
        let lines = after(vec![
            conflict(
                "1",
                Place::Question("external-tls".to_owned(), Unit::Detail),
                Some(FieldValue::Text("Theirs.".to_owned())),
            ),
            conflict("2", Place::Introduction, None),
        ]);
        let expected = ["External TLS: two versions, the other by Kim", "introduction: merged with Kim"];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_comment_is_a_field_of_what_it_is_about_with_its_author_and_whether_it_is_settled() {
        let comment = |id: &str, on, kind, settled| {
            let (id, text) = (id.to_owned(), "Why? How?".to_owned());
            add(Entry::Comment(Box::new(Comment { id, on, kind, text, re: None, made: kim(), settled })))
        };
        let lines = after(vec![
            comment("1", Target::Question("external-tls".to_owned()), CommentKind::Note, None),
            comment("2", Target::Part(INTRODUCTION.to_owned()), CommentKind::SendBack, Some(kim())),
            comment("3", Target::Report, CommentKind::Reply, None),
        ]);
        let expected = [
            "external-tls.comment (Kim): Why?",
            "external-tls.comment (Kim): How?",
            "page/introduction.sent back (Kim, settled): Why?",
            "page/introduction.sent back (Kim, settled): How?",
            "report.reply (Kim): Why?",
            "report.reply (Kim): How?",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_file_is_a_field_with_its_checksum() {
        let file = EvidenceFile {
            id: "1".to_owned(),
            name: "policy.pdf".to_owned(),
            sha256: "ab12".to_owned(),
            bytes: 9,
            day: None,
            added: kim(),
            source: None,
        };
        let lines = after(vec![add(Entry::Evidence(Box::new(file)))]);
        assert_eq!(lines, ["evidence: policy.pdf sha256 ab12"]);
    }

    #[test]
    fn each_field_is_a_line_and_each_sentence_of_a_text() {
        let mut session = session();
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
