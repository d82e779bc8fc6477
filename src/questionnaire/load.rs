//! Loading a questionnaire from JSON, or reporting all problems in the file.

use std::collections::HashSet;

use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::builtin::SCHEMA;
use super::model::Questionnaire;
use super::problem::{Problem, locate};
use super::repaired::repaired;
use super::{check, shape};

/// Reads a questionnaire.
///
/// # Errors
/// All problems, in the order of the file: of the syntax, or else of the shape (unknown, missing or mistyped
/// fields) and of the meaning (duplicate ids, dangling references, cycles).
pub fn load(source: &str) -> Result<Questionnaire, Vec<Problem>> {
    read(source).map_err(|mut problems| {
        problems.sort_by_key(|problem| problem.range.start);
        locate(&mut problems, source);
        problems
    })
}

fn read(source: &str) -> Result<Questionnaire, Vec<Problem>> {
    // serde_json limits the nesting depth; the parser that keeps byte ranges does not.
    let value = match serde_json::from_str::<serde_json::Value>(source) {
        Ok(value) => value,
        Err(error) => return Err(vec![syntax(source, &error)]),
    };
    let tree = match parse_to_ast(source, &CollectOptions::default(), &ParseOptions::default()) {
        Ok(parsed) => parsed.value,
        Err(error) => {
            let range = error.range();
            return Err(vec![Problem::new(source, range.start..range.end, error.kind().to_string(), "")]);
        }
    };
    let Some(tree) = tree else {
        return Err(vec![Problem::new(source, 0..0, "the file is empty", "")]);
    };
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap_or_default();
    let mut problems = shape::problems(source, &tree, &schema);
    if !problems.is_empty() {
        // An empty list that was filled in is no further problem.
        let places: HashSet<(usize, usize)> = problems.iter().map(|p| (p.range.start, p.range.end)).collect();
        let is_new = |problem: &Problem| !places.contains(&(problem.range.start, problem.range.end));
        let meaning = repaired(value).map(|read| check::problems(source, &tree, &read)).unwrap_or_default();
        let meaning: Vec<Problem> = meaning.into_iter().filter(is_new).collect();
        problems.extend(meaning);
    } else {
        match serde_json::from_slice::<Questionnaire>(source.as_bytes()) {
            Ok(questionnaire) => {
                problems = check::problems(source, &tree, &questionnaire);
                if problems.is_empty() {
                    return Ok(questionnaire);
                }
            }
            Err(error) => problems.push(syntax(source, &error)),
        }
    }
    Err(problems)
}

/// Converts an error of serde_json, whose columns count bytes.
fn syntax(source: &str, error: &serde_json::Error) -> Problem {
    let line_start =
        source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let at = line_start + error.column().saturating_sub(1);
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(text, _)| text);
    Problem::new(source, at..at + 1, message, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = r#"{
  "format": 1, "id": "t", "version": "1", "title": "T", "subject_label": "Service",
  "answer_sets": {"yn": {"choices": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]}},
  "sections": [{"id": "s", "title": "S", "questions": [
    {"id": "a", "title": "A", "text": "A?", "answer_set": "yn"},
    {"id": "b", "title": "B", "text": "B?", "answer_set": "yn",
     "enable_when": {"question": "a", "in": ["yes"]}}
  ]}]
}"#;

    fn places(source: &str) -> Vec<(usize, usize, String)> {
        let problems = load(source).expect_err("a broken file must not load");
        problems.into_iter().map(|p| (p.line, p.column, p.message)).collect()
    }

    #[test]
    fn a_good_file_loads() {
        assert_eq!(load(GOOD).unwrap().questions().count(), 2);
    }

    #[test]
    fn a_syntax_error_is_located() {
        assert_eq!(places("{\n  \"é\": }"), [(2, 8, "expected value".to_owned())]);
        assert_eq!(places("")[0].0, 1);
        assert_eq!(places(&"[".repeat(100_000)).len(), 1);
    }

    #[test]
    fn problems_of_the_shape_and_of_the_meaning_are_reported_in_one_pass() {
        let broken = GOOD
            .replace(r#""title": "T", "#, r#""title": "T", "colour": "red", "#)
            .replace(r#""title": "A", "#, "")
            .replace(r#""question": "a""#, r#""question": "nowhere""#);
        let messages: Vec<String> = places(&broken).into_iter().map(|(.., message)| message).collect();
        assert_eq!(messages.len(), 3, "{messages:?}");
        for part in ["colour", "title", "nowhere"] {
            assert!(messages.iter().any(|message| message.contains(part)), "{part}: {messages:?}");
        }
    }

    #[test]
    fn ranges_empty_titles_and_answer_sets_of_typed_questions_are_checked() {
        let typed = |fields: &str| {
            GOOD.replace("\"text\": \"B?\", \"answer_set\": \"yn\"", &format!("\"text\": \"B?\", {fields}"))
        };
        let problem =
            |source: &str| places(source).into_iter().map(|(.., message)| message).collect::<Vec<_>>();
        assert!(load(&typed("\"kind\": \"number\", \"min\": 1, \"max\": 9.5, \"integer\": true")).is_ok());
        assert!(load(&typed("\"kind\": \"number\", \"min\": 2, \"max\": 2")).is_ok());
        assert!(load(&typed("\"kind\": \"date\", \"min\": \"2026-01-01\"")).is_ok());
        let dates = |min: &str, max: &str| {
            typed(&format!("\"kind\": \"date\", \"min\": \"{min}\", \"max\": \"{max}\""))
        };
        assert!(load(&dates("2026-01-01", "2026-01-01")).is_ok());
        assert!(load(&dates("2026-01-01", "2026-01-02")).is_ok());
        assert_eq!(
            problem(&dates("2026-01-02", "2026-01-01")),
            ["`min` (2026-01-02) is greater than `max` (2026-01-01)"]
        );
        for (fields, message) in [
            ("\"kind\": \"number\", \"min\": 2, \"max\": 1", "`min` (2) is greater than `max` (1)"),
            ("\"kind\": \"number\", \"max\": \"2026-01-01\"", "`max` must be a number"),
            ("\"kind\": \"date\", \"min\": \"May\"", "`min` must be a date such as \"2026-11-22\""),
            ("\"kind\": \"date\", \"integer\": true", "`integer` is only for number questions"),
            ("\"kind\": \"text\", \"min\": 1", "`min` is only for number and date questions"),
            ("\"kind\": \"date\", \"answer_set\": \"yn\"", "`b` is typed, so it has no choices"),
        ] {
            assert_eq!(problem(&typed(fields)), [message], "{fields}");
        }
        let broken = GOOD.replace("\"title\": \"A\"", "\"title\": \" \"").replace("\"T\"", "\"\"");
        assert_eq!(problem(&broken), ["`title` is empty", "`title` is empty"]);
        let section = "\"sections\": [{\"id\": \"x\", \"title\": \"X\", \"questions\": []},";
        let empty = GOOD.replace("\"sections\": [", section);
        assert_eq!(problem(&empty), ["the section `x` has no questions"]);
        let is = GOOD.replace("\"in\": [\"yes\"]", "\"is\": \"yes\"");
        let problems = load(&is).unwrap_err();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].hint.contains("Use `in` with a list"), "{problems:?}");
    }

    #[test]
    fn every_unknown_and_missing_field_is_reported_at_once() {
        let broken =
            GOOD.replace("\"title\": \"A\", ", "\"titel\": \"A\", ").replace("\"version\": \"1\", ", "");
        let found = places(&broken);
        assert_eq!(
            found,
            [
                (1, 1, "missing field `version` in the file".to_owned()),
                (5, 5, "missing field `title` in an entry of `questions`".to_owned()),
                (5, 17, "unknown field `titel`".to_owned()),
            ]
        );
    }

    #[test]
    fn every_wrong_type_and_value_is_reported() {
        let broken = GOOD
            .replace("\"format\": 1", "\"format\": \"x\"")
            .replace("\"text\": \"A?\"", "\"text\": 7, \"kind\": \"choise\"");
        let found = places(&broken);
        assert_eq!(found[0].2, "`format` must be a whole number (0 or more), not a string");
        assert_eq!(found[1].2, "`text` must be a string, not a number");
        assert_eq!(found[2].2, "`kind` must be one of: choice, multi_choice, text, number, date");
    }

    fn messages(source: &str) -> Vec<String> {
        places(source).into_iter().map(|(.., message)| message).collect()
    }

    /// The good file with further fields.
    fn with(title: &str, fields: &str) -> String {
        let title = format!("\"title\": \"{title}\"");
        GOOD.replace(&title, &format!("{title}, {fields}"))
    }

    #[test]
    fn each_wrong_type_is_named_with_what_is_expected() {
        for (title, fields, expected) in [
            ("T", r#""$schema": 7"#, "`$schema` must be a string, not a number"),
            ("T", r#""source": 7"#, "`source` must be an object, not a number"),
            (
                "T",
                r#""evidence_days": {"test": "x"}"#,
                "`test` must be a whole number (0 or more), not a string",
            ),
            ("A", r#""integer": "x""#, "`integer` must be true or false, not a string"),
            ("A", r#""added": []"#, "`added` must be true or false, not an array"),
            ("A", r#""tags": "x""#, "`tags` must be an array, not a string"),
            ("A", r#""tags": [true]"#, "an entry of `tags` must be a string, not true or false"),
            ("A", r#""needs": 1.5"#, "`needs` must be an object, not a number"),
            ("A", r#""weight": -1"#, "`weight` must be a whole number (0 or more), not a number"),
            ("A", r#""weight": null"#, "`weight` must be a whole number (0 or more), not null"),
            ("A", r#""help": {}"#, "`help` must be a string, not an object"),
            ("A", r#""min": true"#, "`min` must be a number, not true or false"),
            ("A", r#""min": {}"#, "`min` has the wrong type"),
            ("A", r#""advice": {"yes": 1}"#, "`yes` must be an object, not a number"),
            ("A", r#""kind": 7"#, "`kind` must be one of: choice, multi_choice, text, number, date"),
            ("A", r#""enable_when": {}"#, "`enable_when` is not a valid condition"),
            ("A", r#""enable_when": {"not": null}"#, "`not` must be an object, not null"),
        ] {
            assert_eq!(messages(&with(title, fields)), [expected], "{fields}");
        }
        for (title, fields) in
            [("T", r#""$schema": null, "source": null"#), ("A", r#""min": null, "enable_when": null"#)]
        {
            assert!(load(&with(title, fields)).is_ok(), "{fields}");
        }
    }

    #[test]
    fn fields_that_belong_elsewhere_are_unknown() {
        let missing =
            ["title", "publisher", "licence"].map(|name| format!("missing field `{name}` in `source`"));
        assert_eq!(messages(&with("T", r#""source": {}"#)), missing);
        let source =
            r#""source": {"title": "T", "publisher": "P", "licence": "L", "question": "a", "is": "b"}"#;
        assert_eq!(messages(&with("T", source)), ["unknown field `question`", "unknown field `is`"]);
        let condition = r#"{"question": "a", "in": ["yes"]}"#;
        let mixed = GOOD.replace(condition, &format!(r#"{{"all": [{condition}], "is": "yes"}}"#));
        let problems = load(&mixed).unwrap_err();
        let found: Vec<_> = problems.iter().map(|p| (p.message.as_str(), p.hint.as_str())).collect();
        assert_eq!(found, [("unknown field `is`", "Known fields: all.")]);
    }

    #[test]
    fn the_meaning_is_checked_although_fields_are_missing_or_mistyped() {
        let dangling = GOOD.replace("\"question\": \"a\"", "\"question\": \"nowhere\"");
        let unknown = "the condition refers to an unknown question `nowhere`";
        let broken = dangling.replace("\"format\": 1, ", "");
        assert_eq!(messages(&broken), ["missing field `format` in the file", unknown]);
        let section = r#""sections": [{"id": "x", "title": "X"}, "#;
        let found = messages(&dangling.replace("\"sections\": [", section));
        assert_eq!(found[0], "missing field `questions` in an entry of `sections`");
        assert!(found.iter().any(|message| message == unknown), "{found:?}");
        let mistyped =
            r#"{"format": 1, "id": "t", "version": "1", "title": "T", "subject_label": "S", "sections": 7}"#;
        assert_eq!(messages(mistyped), ["`sections` must be an array, not a number"]);
    }

    #[test]
    fn a_problem_points_at_what_is_wrong() {
        let pointed = |source: &str| -> Vec<String> {
            load(source).unwrap_err().into_iter().map(|problem| source[problem.range].to_owned()).collect()
        };
        assert_eq!(pointed("{\n  \"é\": }"), ["}"]);
        assert_eq!(pointed(&GOOD.replace("\"version\": \"1\", ", "")), ["{"]);
        let condition = r#"{"question": "z", "in": ["yes"]}"#;
        assert_eq!(pointed(&GOOD.replace("\"question\": \"a\"", "\"question\": \"z\"")), [condition]);
        assert_eq!(pointed(&with("B", r#""needs": {"maybe": ["link"]}"#)), [r#"["link"]"#]);
    }

    #[test]
    fn an_id_has_up_to_80_lower_case_letters_digits_hyphens_and_underscores() {
        let with_id = |id: &str| GOOD.replace("\"id\": \"t\"", &format!("\"id\": \"{id}\""));
        let long = "x".repeat(81);
        for id in ["a", "0", "-", "_", "a-0_z", &long[1..]] {
            assert!(load(&with_id(id)).is_ok(), "{id}");
        }
        for id in ["", "A", "é", "a b", "a.b", long.as_str()] {
            assert_eq!(messages(&with_id(id)), [format!("`{id}` is not a valid id")]);
        }
    }

    #[test]
    fn answer_sets_and_sections_are_checked() {
        let choices = r#"{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}"#;
        for (old, new, expected) in [
            (
                r#""answer_sets": {"#,
                r#""answer_sets": {"x": {"choices": []}, "#,
                "the answer set `x` has no choices",
            ),
            (
                choices,
                r#"{"id": "yes", "label": "Yes"}, {"id": "yes", "label": "No"}"#,
                "duplicate id: an earlier choice already has the id `yes`",
            ),
            (
                r#""label": "No""#,
                r#""label": "No", "key": "N""#,
                "a key must be a lower-case letter from a to z",
            ),
            (
                choices,
                r#"{"id": "yes", "label": "Yes", "key": "x"}, {"id": "no", "label": "No", "key": "x"}"#,
                "duplicate key: an earlier choice already has this key",
            ),
            (
                r#""sections": ["#,
                r#""sections": [{"id": "s", "title": "S", "questions": [
                    {"id": "c", "title": "C", "text": "C?", "kind": "text"}]}, "#,
                "duplicate id: an earlier section already has the id `s`",
            ),
        ] {
            assert_eq!(messages(&GOOD.replace(old, new)), [expected], "{new}");
        }
        let none =
            r#"{"format": 1, "id": "t", "version": "1", "title": "T", "subject_label": "S", "sections": []}"#;
        assert_eq!(messages(none), ["the questionnaire has no questions"]);
    }

    #[test]
    fn questions_are_checked() {
        let text = r#""text": "B?", "#;
        for (old, new, expected) in [
            (r#""B?", "answer_set": "yn""#, r#""B?""#, "the question `b` needs an `answer_set`"),
            (r#""text": "A?""#, r#""text": " ""#, "`text` is empty"),
            (
                text,
                r#""text": "B?", "needs": {"maybe": ["link"]}, "#,
                "`needs` refers to an unknown choice `maybe`",
            ),
            (
                text,
                r#""text": "B?", "advice": {"maybe": {"severity": "low", "text": "T"}}, "#,
                "`advice` refers to an unknown choice `maybe`",
            ),
            (
                r#""in": ["yes"]"#,
                r#""in": ["yes", "maybe"]"#,
                "the condition refers to an unknown choice `maybe` of `a`",
            ),
            (
                r#"{"question": "a", "in": ["yes"]}"#,
                r#"{"not": {"all": [{"question": "z", "in": ["yes"]}]}}"#,
                "the condition refers to an unknown question `z`",
            ),
            (text, r#""text": "B?", "look": [{"label": " ", "search": "x"}], "#, "`label` is empty"),
            (text, r#""text": "B?", "look": [{"label": "L", "search": " "}], "#, "`search` is empty"),
            (
                text,
                r#""text": "B?", "look": [{"label": "L"}], "#,
                "a place to look needs either `url` or `search`",
            ),
        ] {
            assert_eq!(messages(&GOOD.replace(old, new)), [expected], "{new}");
        }
    }

    #[test]
    fn rules_are_checked() {
        let good = r#"{"id": "r", "when": {"question": "a", "in": ["yes"]}, "say": "S", "questions": ["a"]}"#;
        let with_rules =
            |rules: &str| GOOD.replace("\"sections\": [", &format!("\"rules\": [{rules}], \"sections\": ["));
        assert!(load(&with_rules(good)).is_ok());
        for (old, new, expected) in [
            ("\"r\"", "\"R\"", "`R` is not a valid id"),
            ("\"S\"", "\" \"", "`say` is empty"),
            ("\"question\": \"a\"", "\"question\": \"z\"", "the condition refers to an unknown question `z`"),
            ("[\"a\"]", "[]", "the rule `r` has no questions"),
            ("[\"a\"]", "[\"a\", \"z\"]", "unknown question `z`"),
        ] {
            assert_eq!(messages(&with_rules(&good.replace(old, new))), [expected], "{new}");
        }
        let twice = with_rules(&format!("{good}, {good}"));
        assert_eq!(messages(&twice), ["duplicate id: an earlier rule already has the id `r`"]);
    }

    #[test]
    fn every_dangling_reference_and_duplicate_id_is_reported() {
        let broken = GOOD
            .replace("\"id\": \"b\"", "\"id\": \"a\"")
            .replace(
                "\"text\": \"A?\", \"answer_set\": \"yn\"",
                "\"text\": \"A?\", \"answer_set\": \"ny\", \"needs\": {\"maybe\": [\"link\"]}",
            )
            .replace(
                "{\"question\": \"a\", \"in\": [\"yes\"]}",
                "{\"any\": [{\"question\": \"z\", \"answered\": true}]}",
            );
        let messages: Vec<_> = places(&broken).into_iter().map(|p| p.2).collect();
        assert_eq!(
            messages,
            [
                "unknown answer set `ny`",
                "duplicate id: an earlier question already has the id `a`",
                "the condition refers to an unknown question `z`"
            ]
        );
    }

    #[test]
    fn a_comment_is_located_as_what_json_does_not_allow() {
        let found = places("{\n  // why\n}");
        assert_eq!((found.len(), found[0].0), (1, 2), "{found:?}");
    }

    #[test]
    fn a_cycle_of_conditions_is_named() {
        let broken = GOOD.replace(
            "\"text\": \"A?\", \"answer_set\": \"yn\"",
            r#""text": "A?", "answer_set": "yn", "enable_when": {"question": "b", "answered": true}"#,
        );
        assert_eq!(places(&broken)[0].2, "the conditions form a cycle: a, b, a");
    }

    #[test]
    fn every_cycle_of_conditions_is_reported_at_its_condition() {
        let condition = |id: &str| format!(r#"{{"question": "{id}", "answered": true}}"#);
        let question = |id: &str| {
            let when = condition(id);
            format!(r#"{{"id": "{id}", "title": "T", "text": "T?", "kind": "text", "enable_when": {when}}}"#)
        };
        let section = |id: &str, questions: [String; 2]| {
            format!(r#"{{"id": "{id}", "title": "S", "questions": [{}]}}"#, questions.join(", "))
        };
        let first = r#"{"id": "a", "title": "A", "text": "A?", "kind": "text"}"#;
        let source = format!(
            r#"{{"format": 1, "id": "t", "version": "1", "title": "T", "subject_label": "S",
                "sections": [{}, {}]}}"#,
            section("s", [first.to_owned(), question("b")]),
            section("t", [question("c"), question("d")]),
        );
        let found: Vec<(String, &str)> =
            load(&source).unwrap_err().into_iter().map(|p| (p.message, &source[p.range])).collect();
        let conditions = ["b", "c", "d"].map(condition);
        let expected: Vec<(String, &str)> = ["b", "c", "d"]
            .iter()
            .zip(&conditions)
            .map(|(id, condition)| (format!("the conditions form a cycle: {id}, {id}"), condition.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_newer_format_is_rejected() {
        assert_eq!(
            places(&GOOD.replace("\"format\": 1", "\"format\": 2"))[0].2,
            "format 2 is not supported; this version of Querist reads format 1"
        );
    }

    proptest! {
        #[test]
        fn any_text_loads_or_has_problems_located_within_it(
            at in 0usize..700,
            text in "[\\[\\]{}\":,a-z0-9é]{0,6}"
        ) {
            let at = (0..=at.min(GOOD.len())).rev().find(|&i| GOOD.is_char_boundary(i)).unwrap_or(0);
            let broken = format!("{}{text}{}", &GOOD[..at], &GOOD[at..]);
            for problem in load(&broken).err().into_iter().flatten() {
                prop_assert!(broken.get(problem.range).is_some());
            }
        }
    }
}
