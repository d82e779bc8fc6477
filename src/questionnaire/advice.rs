//! Advice on a questionnaire that is valid: where it breaks the rules for good questions.

use jiff::civil::Date;
use jsonc_parser::ast::Value;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::answer_set::Tone;
use super::check::{Step, field, name_range, range};
use super::condition::Condition;
use super::dated::{in_words, is_old, months, texts};
use super::model::{Need, Question, Questionnaire};
use super::problem::{Problem, locate};

/// What a question or a clause of it can begin with.
const AUXILIARIES: [&str; 18] = [
    "is", "are", "was", "were", "does", "do", "did", "has", "have", "had", "can", "could", "will", "would",
    "must", "may", "should", "might",
];

/// What the subject of a clause can begin with.
const SUBJECTS: [&str; 22] = [
    "the", "a", "an", "it", "its", "they", "their", "there", "we", "our", "you", "your", "he", "she", "this",
    "that", "these", "those", "all", "any", "each", "every",
];

/// Words after which "and is" can belong to the same clause.
const RELATIVES: [&str; 5] = ["who", "that", "which", "whose", "whom"];

/// The advice on `questionnaire`, which was read from `source`, in the order of the file.
pub fn advice(source: &str, questionnaire: &Questionnaire, today: Date) -> Vec<Problem> {
    let parsed = parse_to_ast(source, &CollectOptions::default(), &ParseOptions::default());
    let Some(tree) = parsed.ok().and_then(|parsed| parsed.value) else { return Vec::new() };
    let mut advisor = Advisor { source, tree: &tree, questionnaire, today, problems: Vec::new() };
    for (s, section) in questionnaire.sections.iter().enumerate() {
        for (q, question) in section.questions.iter().enumerate() {
            advisor.question([s, q], question);
        }
    }
    for (i, rule) in questionnaire.rules.iter().enumerate() {
        advisor.condition(&[Step::Field("rules"), Step::Entry(i), Step::Field("when")], &rule.when);
    }
    let mut problems = advisor.problems;
    problems.sort_by_key(|problem| problem.range.start);
    locate(&mut problems, source);
    problems
}

struct Advisor<'a> {
    source: &'a str,
    tree: &'a Value<'a>,
    questionnaire: &'a Questionnaire,
    today: Date,
    problems: Vec<Problem>,
}

impl Advisor<'_> {
    fn report(&mut self, steps: &[Step<'_>], message: impl Into<String>, hint: &str) {
        let at = range(self.tree, steps);
        self.problems.push(Problem::new(self.source, at, message, hint));
    }

    /// A question, by the index of its section and its index there.
    fn question(&mut self, [s, q]: [usize; 2], question: &Question) {
        if question.kind.has_choices() && asks_twice(&question.text) {
            let hint = "Ask for one fact: an answer may be right about one half and wrong about the other.";
            self.report(&field(s, q, "text"), "this asks two questions at once", hint);
        }
        self.findings([s, q], question);
        if let Some(condition) = &question.enable_when {
            self.condition(&field(s, q, "enable_when"), condition);
        }
        for (choice, needs) in &question.needs {
            if needs.contains(&Need::Link) && question.look.is_empty() {
                let steps = [&field(s, q, "needs")[..], &[Step::Field(choice)]].concat();
                let message = format!("`{choice}` needs a link, but no place to look is named");
                let hint = "Name under `look` where it is usually published; if it rarely is, need no link.";
                self.report(&steps, message, hint);
            }
        }
        for text in texts(question) {
            let today = self.today;
            for month in months(text.text).into_iter().filter(|month| is_old(*month, today)) {
                let choice = text.choice.map(Step::Field);
                self.old_claim(&[&field(s, q, text.field)[..], choice.as_slice()].concat(), month);
            }
        }
    }

    /// A claim of this month in the text at `steps`.
    fn old_claim(&mut self, steps: &[Step<'_>], month: Date) {
        let claim = format!("as of {}", in_words(month));
        let text = range(self.tree, steps);
        let found = self.source[text.clone()].to_ascii_lowercase().find(&claim.to_ascii_lowercase());
        let at = found.map_or(text.clone(), |at| text.start + at..text.start + at + claim.len());
        let message = format!("what held {claim} is more than a year old");
        let hint = "Look it up again, and change the text or the date.";
        self.problems.push(Problem::new(self.source, at, message, hint));
    }

    /// A bad, partial or unknown choice, which needs advice.
    fn findings(&mut self, [s, q]: [usize; 2], question: &Question) {
        for choice in self.questionnaire.choices(question) {
            let (is_finding, hint) = match choice.tone {
                Tone::Bad | Tone::Partial => (true, "Say under `advice` what to do about it."),
                Tone::Unknown => (true, "Say under `advice` what to ask, or what to test oneself."),
                Tone::Good | Tone::NotApplicable | Tone::Neutral => (false, ""),
            };
            if is_finding && !question.advice.contains_key(&choice.id) {
                let at = match question.advice.is_empty() {
                    true => range(self.tree, &field(s, q, "id")),
                    false => name_range(self.tree, &field(s, q, "advice")),
                };
                let message = format!("the choice `{}` of `{}` has no advice", choice.id, question.id);
                self.problems.push(Problem::new(self.source, at, message, hint));
            }
        }
    }

    /// A condition, which should list the answers for which it is true.
    fn condition(&mut self, steps: &[Step<'_>], condition: &Condition) {
        if has_negative_list(condition, false) {
            let hint = "List the answers for which it is true: `not` of `in` is also true without an answer, \
                        and false if one of several choices is in the list.";
            self.report(steps, "the condition lists the answers for which it is false", hint);
        }
    }
}

/// Whether a condition, inside of `not` or outside, has a list of answers inside of `not`.
fn has_negative_list(condition: &Condition, is_inside: bool) -> bool {
    match condition {
        Condition::In(_) => is_inside,
        Condition::Answered(_) => false,
        Condition::All(c) => c.all.iter().any(|inner| has_negative_list(inner, is_inside)),
        Condition::Any(c) => c.any.iter().any(|inner| has_negative_list(inner, is_inside)),
        Condition::Not(c) => has_negative_list(&c.not, !is_inside),
    }
}

/// Whether a text joins two questions with "and": after it, a verb and then a subject.
fn asks_twice(text: &str) -> bool {
    let text = text.to_lowercase();
    let is_verb = |word: &str| AUXILIARIES.contains(&word);
    let words = |text: &str| -> Vec<String> {
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        text.split_whitespace().map(bare).collect()
    };
    text.match_indices(" and ").any(|(at, and)| {
        let (before, after) = (text[..at].trim_end(), words(&text[at + and.len()..]));
        if !after.first().is_some_and(|word| is_verb(word)) {
            return false;
        }
        let has_subject = after.get(1).is_some_and(|word| SUBJECTS.contains(&word.as_str()));
        let earlier = words(before);
        let begins_alike = earlier.first().is_some_and(|word| is_verb(word))
            && !earlier.iter().any(|word| RELATIVES.contains(&word.as_str()));
        before.ends_with(',') || has_subject || begins_alike
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::load;
    use jiff::civil::date;

    const GOOD: &str = r#"{
  "format": 1, "id": "t", "version": "1", "title": "T", "subject_label": "Service",
  "answer_sets": {"yn": {"choices": [
    {"id": "yes", "label": "Yes", "tone": "good"}, {"id": "no", "label": "No", "tone": "bad"},
    {"id": "partial", "label": "Partial", "tone": "partial"},
    {"id": "unknown", "label": "Unknown", "tone": "unknown"},
    {"id": "na", "label": "None", "tone": "neutral"}
  ]}},
  "rules": [{"id": "r", "when": {"question": "a", "in": ["no"]}, "say": "Odd", "questions": ["a"]}],
  "sections": [{"id": "s", "title": "S", "questions": [
    {"id": "a", "title": "A", "text": "Is it A?", "help": "True as of May 2026.",
     "answer_set": "yn", "needs": {"yes": ["link"], "no": ["detail"]},
     "advice": {"no": {"severity": "low", "text": "Leave it, as of June 2026."},
      "partial": {"severity": "low", "text": "Note it."}, "unknown": {"severity": "low", "text": "Ask."}},
     "look": [{"label": "L", "search": "a"}]},
    {"id": "b", "title": "B", "text": "Is it B?", "kind": "text",
     "enable_when": {"all": [
       {"question": "a", "in": ["yes"]}, {"not": {"question": "a", "answered": false}}]}}
  ]}]
}"#;

    /// The messages, each with the part of the source that it points at.
    fn found(source: &str, today: Date) -> Vec<(String, String)> {
        let problems = advice(source, &load(source).unwrap(), today);
        problems.into_iter().map(|p| (source[p.range].to_owned(), p.message)).collect()
    }

    fn changed(old: &str, new: &str) -> Vec<(String, String)> {
        assert!(GOOD.contains(old), "{old}");
        found(&GOOD.replacen(old, new, 1), date(2026, 11, 29))
    }

    #[test]
    fn a_good_questionnaire_needs_no_advice() {
        assert_eq!(found(GOOD, date(2027, 5, 31)), []);
    }

    #[test]
    fn each_breach_is_reported_where_it_is() {
        for (old, new, place, message) in [
            (
                "\"Is it A?\"",
                "\"Is it A, and is it B?\"",
                "\"Is it A, and is it B?\"",
                "this asks two questions at once",
            ),
            (
                "\"partial\": {\"severity\": \"low\", \"text\": \"Note it.\"}, ",
                "",
                "\"advice\"",
                "the choice `partial` of `a` has no advice",
            ),
            (
                "\"look\": [{\"label\": \"L\", \"search\": \"a\"}]",
                "\"look\": []",
                "[\"link\"]",
                "`yes` needs a link, but no place to look is named",
            ),
            (
                "{\"question\": \"a\", \"in\": [\"no\"]}",
                "{\"not\": {\"question\": \"a\", \"in\": [\"yes\"]}}",
                "{\"not\": {\"question\": \"a\", \"in\": [\"yes\"]}}",
                "the condition lists the answers for which it is false",
            ),
            (
                "True as of May 2026.",
                "As of May 2024.",
                "As of May 2024",
                "what held as of May 2024 is more than a year old",
            ),
        ] {
            assert_eq!(changed(old, new), [(place.to_owned(), message.to_owned())], "{new}");
        }
        let old = found(GOOD, date(2027, 6, 1));
        assert_eq!(old[0].1, "what held as of May 2026 is more than a year old");
        let old = found(GOOD, date(2027, 7, 1));
        let places: Vec<&str> = old.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["as of May 2026", "as of June 2026"]);
        let problems = advice(GOOD, &load(GOOD).unwrap(), date(2027, 7, 1));
        assert_eq!((problems[0].line, problems[1].line), (11, 13));
    }

    #[test]
    fn a_question_without_any_advice_is_reported_at_its_id_for_each_choice() {
        let start = GOOD.find("     \"advice\"").unwrap();
        let end = GOOD.find("     \"look\"").unwrap();
        let found = found(&format!("{}{}", &GOOD[..start], &GOOD[end..]), date(2026, 11, 29));
        let expected = ["no", "partial", "unknown"]
            .map(|id| ("\"a\"".to_owned(), format!("the choice `{id}` of `a` has no advice")));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_double_negation_is_a_positive_list() {
        let condition = r#"{"not": {"not": {"question": "a", "in": ["yes"]}}}"#;
        assert_eq!(changed(r#"{"question": "a", "in": ["no"]}"#, condition), []);
        let inside = r#"{"any": [{"not": {"all": [{"question": "a", "in": ["yes"]}]}}]}"#;
        assert_eq!(changed(r#"{"question": "a", "in": ["no"]}"#, inside).len(), 1);
    }

    #[test]
    fn two_clauses_are_two_questions_and_two_words_are_not() {
        for text in [
            "Is data encrypted in transit and is it encrypted at rest?",
            "Are backups kept and are restores tested?",
            "Does it log sign-ins, and does the log show exports?",
            "How long are logs kept, and can they be exported?",
            "Are backups made, and are they tested?",
            "Has it been tested, and were the results published?",
        ] {
            assert!(asks_twice(text), "{text}");
        }
        for text in [
            "Is data encrypted in transit and at rest?",
            "Is there somebody who is on call and is paid for it?",
            "Which services are in use and are covered by the report?",
            "Can we limit and revoke each token?",
            "Is it used only in emergencies and protected by a key?",
            "Who uses it and what for?",
            "Is it in the US and Canada?",
        ] {
            assert!(!asks_twice(text), "{text}");
        }
    }

    #[test]
    fn a_text_may_ask_for_several_facts() {
        assert_eq!(changed("\"Is it B?\"", "\"Is it B, and is it C?\""), []);
    }
}
