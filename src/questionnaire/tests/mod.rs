//! The house rules of the built-in questionnaires, as far as a program can check them.

use std::collections::BTreeMap;

use crate::questionnaire::{
    BUILT_IN, Condition, GivenAnswer, Kind, Question, Questionnaire, Tag, Tone, advice, holds, load,
    mentioned,
};

/// The built-in questionnaires.
fn all() -> Vec<Questionnaire> {
    BUILT_IN.iter().map(|(_, source)| load(source).unwrap()).collect()
}

/// Calls `check` for every question of every built-in questionnaire.
fn each_question(check: impl Fn(&Questionnaire, &Question)) {
    for questionnaire in all() {
        questionnaire.questions().for_each(|question| check(&questionnaire, question));
    }
}

#[test]
fn every_built_in_questionnaire_loads_under_its_own_id() {
    for (id, source) in BUILT_IN {
        let questionnaire = load(source).unwrap_or_else(|problems| panic!("{id}: {problems:#?}"));
        assert_eq!((questionnaire.id.as_str(), questionnaire.lang.as_deref()), (id, Some("en")));
        assert!(questionnaire.source.is_some(), "{id}");
    }
}

#[test]
fn there_is_no_advice_on_any_on_the_last_day_of_its_newest_month() {
    for (id, source) in BUILT_IN {
        let questionnaire = load(source).unwrap();
        let (oldest, newest) = questionnaire.dated().unwrap_or_default();
        let found = advice(source, &questionnaire, newest.last_of_month());
        assert!(found.is_empty(), "{id}: {found:#?}");
        assert!(oldest.year() >= 2025 || id == "rapid-risk", "{id}: {oldest}");
    }
}

#[test]
fn the_same_tag_has_the_same_title_and_controls_everywhere() {
    let mut known: BTreeMap<String, Tag> = BTreeMap::new();
    for questionnaire in all() {
        for (name, tag) in questionnaire.tags {
            assert!(tag.controls.values().all(|ids| !ids.is_empty()), "{name}");
            assert_eq!(known.entry(name.clone()).or_insert_with(|| tag.clone()), &tag, "{name}");
        }
    }
}

#[test]
fn a_question_has_at_most_one_tag_and_every_tag_is_named_and_used() {
    for questionnaire in all() {
        let id = &questionnaire.id;
        for question in questionnaire.questions() {
            assert!(question.tags.len() <= 1, "{id}: {}", question.id);
            assert_eq!(questionnaire.topics(question).count(), question.tags.len(), "{id}: {}", question.id);
        }
        for tag in questionnaire.tags.keys() {
            assert!(questionnaire.questions().any(|question| question.tags.contains(tag)), "{id}: {tag}");
        }
    }
}

#[test]
fn the_docs_have_every_question_in_the_column_of_its_questionnaire() {
    let docs = include_str!("../../../docs/coverage.md");
    let header = docs.lines().find(|line| line.starts_with("| topic |")).unwrap();
    for questionnaire in all() {
        let column = |line: &str| -> Option<String> {
            let at = header.split('|').position(|cell| cell.trim() == format!("`{}`", questionnaire.id));
            line.split('|').nth(at.unwrap()).map(str::to_owned)
        };
        let cells: Vec<String> =
            docs.lines().filter(|line| line.starts_with("| ")).filter_map(column).collect();
        for question in questionnaire.questions() {
            let id = format!("`{}`", question.id);
            assert!(cells.iter().any(|cell| cell.contains(&id)), "{}: {id}", questionnaire.id);
        }
        let row = format!("| `{}` | ", questionnaire.id);
        let count = format!(" | {} |", questionnaire.questions().count());
        let is_counted = docs.lines().any(|line| line.starts_with(&row) && line.ends_with(&count));
        assert!(is_counted, "{}: {count}", questionnaire.id);
    }
}

#[test]
fn no_finding_depends_on_a_weight() {
    each_question(|_, question| assert_eq!(question.weight, 1, "{}", question.id));
}

#[test]
fn a_choice_that_says_nothing_or_nothing_known_goes_with_no_other() {
    each_question(|questionnaire, question| {
        for choice in questionnaire.choices(question).iter().filter(|_| question.kind == Kind::MultiChoice) {
            let says_nothing = ["none", "unknown"].contains(&choice.id.as_str());
            assert!(choice.alone || !says_nothing, "{}: {}", question.id, choice.id);
        }
    });
}

#[test]
fn a_question_that_is_judged_can_be_answered_with_unknown() {
    each_question(|questionnaire, question| {
        let has = |tone| questionnaire.choices(question).iter().any(|choice| choice.tone == tone);
        assert!(has(Tone::Unknown) || !has(Tone::Bad), "{}: {}", questionnaire.id, question.id);
    });
}

#[test]
fn a_question_about_a_provider_says_what_to_ask_if_its_answer_is_not_found() {
    // Of the others, what is unknown can be found out only at home.
    let at_home = [
        ("ai-service", "output"),
        ("integration", "consent"),
        ("integration", "mcp-mix"),
        ("open-source-dependency", "input"),
        ("open-source-dependency", "tree"),
        ("open-source-dependency", "pin"),
    ];
    each_question(|questionnaire, question| {
        let has_unknown = questionnaire.choices(question).iter().any(|choice| choice.tone == Tone::Unknown);
        let is_at_home = at_home.contains(&(questionnaire.id.as_str(), question.id.as_str()));
        let asks = !question.ask.is_empty();
        assert!(asks || is_at_home || !has_unknown, "{}: {}", questionnaire.id, question.id);
    });
}

/// The answers to a question that conditions can tell apart: none, each choice, each two choices.
fn answers(questionnaire: &Questionnaire, id: &str) -> Vec<Vec<String>> {
    let question = questionnaire.questions().find(|question| question.id == id).unwrap();
    let choices: Vec<String> = questionnaire.choices(question).iter().map(|c| c.id.clone()).collect();
    let single = choices.iter().map(|choice| vec![choice.clone()]);
    let double = choices.iter().flat_map(|a| choices.iter().map(move |b| vec![a.clone(), b.clone()]));
    let double = double.filter(|pair| question.kind == Kind::MultiChoice && pair[0] != pair[1]);
    [Vec::new()].into_iter().chain(single).chain(double).collect()
}

/// The questions that a condition depends on, also through the conditions of other questions.
fn depends_on(questionnaire: &Questionnaire, condition: &Condition) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut wanted: Vec<String> = mentioned(condition).into_iter().map(str::to_owned).collect();
    while let Some(id) = wanted.pop() {
        if found.contains(&id) {
            continue;
        }
        let question = questionnaire.questions().find(|question| question.id == id).unwrap();
        wanted.extend(question.enable_when.iter().flat_map(mentioned).map(str::to_owned));
        found.push(id);
    }
    found
}

/// Whether some answers make a condition `wanted`, where questions that are not asked have no answer.
fn can_be(questionnaire: &Questionnaire, condition: &Condition, wanted: bool) -> bool {
    let ids = depends_on(questionnaire, condition);
    let possible: Vec<Vec<Vec<String>>> = ids.iter().map(|id| answers(questionnaire, id)).collect();
    let count: usize = possible.iter().map(Vec::len).product();
    assert!(count < 2_000_000, "{count} combinations for {ids:?}");
    (0..count).any(|number| {
        let mut rest = number;
        let mut chosen: BTreeMap<&str, &[String]> = BTreeMap::new();
        for (id, possible) in ids.iter().zip(&possible) {
            chosen.insert(id, &possible[rest % possible.len()]);
            rest /= possible.len();
        }
        holds(condition, &|id| given(questionnaire, &chosen, id)) == wanted
    })
}

fn given<'a>(
    questionnaire: &Questionnaire,
    chosen: &BTreeMap<&str, &'a [String]>,
    id: &str,
) -> Option<GivenAnswer<'a>> {
    let question = questionnaire.questions().find(|question| question.id == id)?;
    let is_asked = question
        .enable_when
        .as_ref()
        .is_none_or(|condition| holds(condition, &|other| given(questionnaire, chosen, other)));
    is_asked.then(|| GivenAnswer { choices: chosen[id], value: "" })
}

#[test]
fn every_condition_can_be_true_and_false() {
    each_question(|questionnaire, question| {
        if let Some(condition) = &question.enable_when {
            for wanted in [true, false] {
                assert!(can_be(questionnaire, condition, wanted), "{}: never {wanted}", question.id);
            }
        }
    });
}

#[test]
fn every_contradiction_is_possible_and_none_is_reported_of_a_session_without_answers() {
    for questionnaire in all() {
        for rule in &questionnaire.rules {
            assert!(can_be(&questionnaire, &rule.when, true), "{}: {}", questionnaire.id, rule.id);
            assert!(!holds(&rule.when, &|_| None), "{}: {}", questionnaire.id, rule.id);
        }
    }
}
