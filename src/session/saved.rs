//! The session as JSON: the part of the snapshot that the format documents.

use std::collections::HashMap;
use std::fmt;

use jiff::Timestamp;
use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::questionnaire::Questionnaire;

use super::answer::Answer;
use super::model::{PageSection, Parts, Session};
use super::position::Position;

#[derive(Serialize)]
struct Saved<'a> {
    subject: &'a str,
    created: Timestamp,
    position: &'a Position,
    answers: Answers<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    introduction: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    sections: &'a [PageSection],
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    questionnaire: &'a Questionnaire,
}

/// The answers that say anything, in the order of the questions.
struct Answers<'a>(&'a Session);

impl Serialize for Answers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (index, question) in self.0.questionnaire().questions().enumerate() {
            let answer = self.0.answer(index);
            if !answer.is_empty() {
                map.serialize_entry(&question.id, answer)?;
            }
        }
        for (id, answer) in self.0.strays() {
            map.serialize_entry(id, answer)?;
        }
        map.end()
    }
}

impl Serialize for Session {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let saved = Saved {
            subject: self.subject(),
            created: self.created(),
            position: self.position(),
            answers: Answers(self),
            introduction: self.introduction(),
            sections: self.sections(),
            page: self.page(),
            questionnaire: self.questionnaire(),
        };
        saved.serialize(serializer)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    subject: String,
    created: Timestamp,
    position: Option<Position>,
    #[serde(default, deserialize_with = "unique_answers")]
    answers: HashMap<String, Answer>,
    #[serde(default)]
    introduction: String,
    #[serde(default)]
    sections: Vec<PageSection>,
    #[serde(default)]
    page: Option<String>,
    questionnaire: Questionnaire,
}

impl<'de> Deserialize<'de> for Session {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Read::deserialize(deserializer)?;
        let answers =
            read.questionnaire.questions().map(|q| read.answers.remove(&q.id).unwrap_or_default()).collect();
        let mut strays: Vec<_> = read.answers.into_iter().collect();
        strays.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Self::from_parts(Parts {
            subject: read.subject,
            created: read.created,
            questionnaire: read.questionnaire,
            answers,
            strays,
            introduction: read.introduction,
            sections: read.sections,
            page: read.page,
            position: read.position,
        }))
    }
}

/// Answers by id; an id that stands there twice is an error, because one of the two would be lost.
fn unique_answers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<String, Answer>, D::Error> {
    struct Unique;
    impl<'de> Visitor<'de> for Unique {
        type Value = HashMap<String, Answer>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("answers by question id")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut answers = HashMap::new();
            while let Some((id, answer)) = map.next_entry::<String, Answer>()? {
                if answers.contains_key(&id) {
                    return Err(serde::de::Error::custom(format!("the answer to `{id}` stands here twice")));
                }
                answers.insert(id, answer);
            }
            Ok(answers)
        }
    }
    deserializer.deserialize_map(Unique)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::{Edit, Field, History, Item, Link, LinkPart, Origin, Reason, TextRef};
    use proptest::prelude::*;

    fn session(which: usize) -> Session {
        Session::new(load(BUILT_IN[which].1).unwrap(), "Example", Timestamp::UNIX_EPOCH)
    }

    fn choose(session: &Session, id: &str, choices: &[&str]) -> Edit {
        let before = session.answer_to(id).unwrap().choices.clone();
        Edit::Choose { question: id.into(), before, after: choices.iter().map(|c| (*c).to_owned()).collect() }
    }

    #[test]
    fn a_yes_without_evidence_says_what_it_needs() {
        let mut s = session(0);
        s.apply(&choose(&s, "external-tls", &["yes"])).unwrap();
        let reasons: Vec<_> = s.reasons(0).iter().map(Reason::to_string).collect();
        assert_eq!(reasons, ["Yes needs a detail", "Yes needs a link"]);
        let detail = Edit::Splice {
            text: TextRef::Detail("external-tls".into()),
            at: 0,
            removed: String::new(),
            inserted: "See [this](https://a.example).".into(),
        };
        s.apply(&detail).unwrap();
        assert!(s.reasons(0).is_empty());
        assert_eq!(s.progress().done, 1);
        assert_eq!(s.section_progress(0).done, 1);
    }

    #[test]
    fn a_condition_hides_and_shows_questions_and_keeps_their_answers() {
        let mut s = session(1);
        let keys = s.index_of("own-keys").unwrap();
        assert!(!s.is_asked(keys));
        s.apply(&choose(&s, "at-rest", &["yes"])).unwrap();
        s.apply(&choose(&s, "data-kinds", &["special"])).unwrap();
        assert!(s.is_asked(keys));
        let asked = s.progress().asked;
        s.apply(&choose(&s, "own-keys", &["no"])).unwrap();
        s.apply(&choose(&s, "data-kinds", &["public"])).unwrap();
        assert!(!s.is_asked(keys));
        assert!(s.progress().asked < asked);
        assert_eq!(s.answer(keys).choices, ["no"]);
    }

    #[test]
    fn an_edit_that_does_not_fit_changes_nothing() {
        let mut s = session(0);
        let before = s.clone();
        let bad = [
            Edit::Splice {
                text: TextRef::Detail("nope".into()),
                at: 0,
                removed: String::new(),
                inserted: "x".into(),
            },
            Edit::Splice { text: TextRef::Introduction, at: 5, removed: "x".into(), inserted: String::new() },
            Edit::Splice {
                text: TextRef::Introduction,
                at: usize::MAX,
                removed: "x".into(),
                inserted: String::new(),
            },
            Edit::MoveLink { question: "external-tls".into(), from: 0, to: 1 },
            Edit::Choose { question: "external-tls".into(), before: vec!["yes".into()], after: vec![] },
        ];
        for edit in bad {
            assert!(s.apply(&edit).is_err(), "{edit:?}");
        }
        assert_eq!(s, before);
    }

    #[test]
    fn the_reviewer_stands_where_the_last_edit_was() {
        let mut s = session(0);
        let edit = Edit::Splice {
            text: TextRef::Note("logs-for-client".into()),
            at: 0,
            removed: String::new(),
            inserted: "abc".into(),
        };
        s.apply(&edit).unwrap();
        assert_eq!(s.position().item, Item::Question("logs-for-client".into()));
        assert_eq!((s.position().field, s.position().cursor), (Field::Note, 3));
    }

    /// Any edit that fits `session`, made from random numbers.
    fn edit_for(session: &Session, (kind, which, a, b, text): &(u8, usize, usize, usize, String)) -> Edit {
        let index = which % session.len();
        let id = session.question(index).id.clone();
        let answer = session.answer(index);
        let splice = |text_ref: TextRef, inserted: &str| {
            let current = session.text(&text_ref).unwrap_or("");
            let boundary = |at: usize| {
                (0..=at % (current.len() + 1)).rev().find(|&i| current.is_char_boundary(i)).unwrap()
            };
            let (start, end) = (boundary(*a).min(boundary(*b)), boundary(*a).max(boundary(*b)));
            Edit::Splice {
                text: text_ref,
                at: start,
                removed: current[start..end].into(),
                inserted: inserted.into(),
            }
        };
        match kind % 10 {
            0 => {
                let choices = session.questionnaire().choices(session.question(index));
                let after =
                    choices.iter().map(|c| c.id.clone()).nth(a % (choices.len() + 1)).into_iter().collect();
                Edit::Choose { question: id, before: answer.choices.clone(), after }
            }
            1 => Edit::Link {
                question: id,
                index: a % (answer.links.len() + 1),
                before: None,
                after: Some(Link { url: text.clone(), ..Link::default() }),
            },
            2 if !answer.links.is_empty() => {
                let index = a % answer.links.len();
                Edit::Link { question: id, index, before: Some(answer.links[index].clone()), after: None }
            }
            3 if !answer.links.is_empty() => {
                Edit::MoveLink { question: id, from: a % answer.links.len(), to: b % answer.links.len() }
            }
            4 if !answer.links.is_empty() => {
                splice(TextRef::Link(id, a % answer.links.len(), LinkPart::Label), text)
            }
            5 => Edit::Basis {
                question: id,
                before: answer.basis,
                after: crate::session::Basis::next(answer.basis),
            },
            6 => Edit::Flag {
                question: id,
                before: answer.flag.clone(),
                after: if *b % 2 == 0 { Some(text.clone()) } else { None },
            },
            7 => Edit::Subject { before: session.subject().into(), after: text.clone() },
            8 => splice(TextRef::Value(id), text),
            9 => splice(TextRef::Introduction, text),
            _ => splice(TextRef::Detail(id), text),
        }
    }

    type Seed = (u8, usize, usize, usize, String);

    fn seeds() -> impl Strategy<Value = Vec<Seed>> {
        prop::collection::vec(
            (any::<u8>(), 0usize..40, any::<usize>(), any::<usize>(), "[a-zé \\n日👩‍💻]{0,6}"),
            0..40,
        )
    }

    proptest! {
        #[test]
        fn any_edits_undone_give_the_start_and_redone_the_end(seeds in seeds(), which in 0usize..2) {
            let start = session(which);
            let mut live = start.clone();
            let mut history = History::default();
            for seed in &seeds {
                let edit = edit_for(&live, seed);
                live.apply(&edit).unwrap();
                history.record(&edit, Origin::Do);
            }
            let end = live.clone();
            while let Some(edit) = history.undo() {
                live.apply(&edit).unwrap();
                history.record(&edit, Origin::Undo);
            }
            prop_assert_eq!(&live, &start);
            while let Some(edit) = history.redo() {
                live.apply(&edit).unwrap();
                history.record(&edit, Origin::Redo);
            }
            prop_assert_eq!(&live, &end);
        }

        #[test]
        fn replaying_the_edits_as_json_gives_the_live_session_and_history(seeds in seeds(), undos in prop::collection::vec(any::<bool>(), 40)) {
            let mut live = session(1);
            let mut history = History::default();
            let mut journal = Vec::new();
            for (seed, undo) in seeds.iter().zip(undos) {
                let (edit, origin) = match history.undo().filter(|_| undo) {
                    Some(edit) => (edit, Origin::Undo),
                    None => (edit_for(&live, seed), Origin::Do),
                };
                live.apply(&edit).unwrap();
                history.record(&edit, origin);
                journal.push(serde_json::to_string(&(&edit, origin)).unwrap());
            }
            let mut replayed = session(1);
            let mut history_again = History::default();
            for line in journal {
                let (edit, origin): (Edit, Origin) = serde_json::from_str(&line).unwrap();
                replayed.apply(&edit).unwrap();
                history_again.record(&edit, origin);
            }
            prop_assert_eq!(&replayed, &live);
            prop_assert_eq!(replayed.position(), live.position());
            prop_assert_eq!(history_again, history);
        }

        #[test]
        fn progress_kept_by_edits_is_progress_counted_afresh(seeds in seeds()) {
            let mut live = session(1);
            for seed in &seeds {
                live.apply(&edit_for(&live, seed)).unwrap();
            }
            let json = serde_json::to_string(&live).unwrap();
            let fresh: Session = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(fresh.position(), live.position());
            prop_assert_eq!(fresh, live);
        }
    }
}
