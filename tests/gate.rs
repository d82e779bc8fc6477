//! The gate: every rule, in every format.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use querist::questionnaire::{LinkKind, load};
use querist::report::{Checked, GateFormat, GateProblem, gate};
use querist::session::{
    Answer, ApprovalRules, Attachment, CommentKind, Conflict, Edit, Entry, FieldValue, FileState, FileStates,
    Item, Level, Link, PageSection, Place, Rule, Session, Stamp, Target, Uncompared, Unit, Violation,
};

fn stamp() -> Stamp {
    Stamp { by: "Kim <kim@example.org>".into(), at: "2026-11-20T10:00:00Z".parse().unwrap() }
}

fn apply(session: &mut Session, edit: Edit) {
    session.apply(&edit, &stamp()).unwrap();
}

fn answer(session: &mut Session, question: &str, after: Answer) {
    let before = Box::new(session.answer(session.index_of(question).unwrap()).clone());
    apply(session, Edit::Answer { question: question.into(), before, after: Box::new(after) });
}

fn chosen(choices: &[&str]) -> Answer {
    Answer { choices: choices.iter().map(|&id| id.into()).collect(), ..Answer::default() }
}

fn conflict(session: &mut Session, id: &str, place: Place, other: Option<FieldValue>) {
    let made = Stamp { by: "ann".into(), ..stamp() };
    let conflict = Conflict { id: id.into(), place, base: None, other, made };
    apply(session, Edit::Entry { before: None, after: Some(Entry::Conflict(Box::new(conflict))) });
}

fn link(label: &str, kind: Option<LinkKind>, retrieved: &str, expires: &str) -> Link {
    Link {
        url: format!("https://{}.example", label.to_lowercase()),
        label: label.into(),
        kind,
        retrieved: retrieved.into(),
        expires: expires.into(),
        ..Link::default()
    }
}

/// A session that violates every rule.
fn session() -> Session {
    let questionnaire = load(include_str!("fixtures/gate.json")).unwrap();
    let mut session = Session::new(questionnaire, "Boat", jiff::Timestamp::UNIX_EPOCH);
    let two =
        || FieldValue::Verdict { choices: vec!["no".into()], value: String::new(), qualifier: String::new() };
    for question in ["two", "merged", "exported", "evidence", "good", "gone", "detail"] {
        answer(&mut session, question, chosen(&["yes"]));
    }
    conflict(&mut session, "1", Place::Question("two".into(), Unit::Verdict), Some(two()));
    conflict(&mut session, "2", Place::Question("merged".into(), Unit::Detail), None);
    conflict(&mut session, "3", Place::Introduction, Some(FieldValue::Text("Theirs.".into())));
    answer(&mut session, "number", Answer { value: "10".into(), ..Answer::default() });
    answer(&mut session, "collected", chosen(&["no"]));
    answer(&mut session, "reports", chosen(&["soc2", "none"]));
    answer(&mut session, "flagged", Answer { flag: Some("ask Kim".into()), ..chosen(&["yes"]) });
    answer(&mut session, "unread", Answer { unread: Uncompared(true), ..chosen(&["yes"]) });
    let links = vec![
        link("Fresh", None, "2026-11-01", ""),
        link("Stale", None, "2025-01-01", ""),
        link("Test", Some(LinkKind::Test), "2026-10-01", ""),
        link("Certificate", Some(LinkKind::Certificate), "2026-11-01", "2026-11-19"),
        link("Undated", None, "", ""),
    ];
    answer(&mut session, "evidence", Answer { links, ..chosen(&["yes"]) });
    for name in ["Intact", "Edited", "Lost"] {
        let file = Attachment { name: name.into(), sha256: name.into(), ..Attachment::default() };
        let index = session.index_of("evidence").unwrap();
        let edit = session.attach(index, file, jiff::civil::date(2026, 11, 20), stamp()).unwrap();
        apply(&mut session, edit);
    }
    second_pair_of_eyes(&mut session);
    session
}

/// The states of the files, by what their names say.
fn files(session: &Session) -> FileStates {
    let state = |name: &str| match name {
        "Edited" => FileState::Changed,
        "Lost" => FileState::Missing,
        _ => FileState::Intact,
    };
    let files = session.entries().evidence.iter();
    files.map(|file| (file.id.clone(), state(&file.name))).collect()
}

/// Ann approves what is not open, after which one answer changes and one is sent back.
fn second_pair_of_eyes(session: &mut Session) {
    let ann = Stamp { by: "Ann <ann@example.org>".into(), ..stamp() };
    let approve = session.approve(&session.targets(), &ann).unwrap();
    apply(session, approve);
    answer(session, "good", Answer { detail: "Changed.".into(), ..chosen(&["yes"]) });
    let on = Target::Question("unread".into());
    let later = Stamp { at: "2026-11-20T11:00:00Z".parse().unwrap(), ..ann };
    let sent_back = session.comment(on, CommentKind::SendBack, "Which hosts?", later).unwrap();
    apply(session, sent_back);
}

fn violations(session: &Session) -> Vec<Violation> {
    let ages = session.ages("2026-11-20".parse().unwrap(), 365);
    let approvals = session.reviews().violations(ApprovalRules::default());
    session.violations(&ages, &files(session)).into_iter().chain(approvals).collect()
}

fn checked(session: &Session) -> Checked {
    let problems = violations(session).into_iter().enumerate().map(|(n, violation)| {
        let question = match &violation.item {
            Some(Item::Question(id)) => Some(id.clone()),
            Some(Item::Introduction | Item::Properties | Item::Section(_)) | None => None,
        };
        let index = question.as_ref().and_then(|id| session.index_of(id));
        GateProblem {
            rule: violation.rule,
            level: violation.rule.level(),
            title: index.map_or("Introduction".into(), |index| session.question(index).title.clone()),
            question,
            message: violation.message,
            file: "reviews/boat,1.json".into(),
            line: n + 1,
        }
    });
    let questions = session.asked().map(|index| session.question(index));
    Checked {
        id: "boat".into(),
        progress: session.progress(),
        questions: questions.map(|question| (question.id.clone(), question.title.clone())).collect(),
        problems: problems.collect(),
    }
}

#[test]
fn every_rule_is_violated_where_and_as_it_says() {
    let session = session();
    let found: Vec<String> = violations(&session)
        .into_iter()
        .map(|violation| {
            let item = match violation.item {
                Some(Item::Question(id)) => id,
                other => format!("{other:?}"),
            };
            format!("{} {item}: {}", violation.rule, violation.message)
        })
        .collect();
    assert_eq!(
        found,
        [
            "open open: not answered yet",
            "conflict two: two answers: ann wrote something else",
            "merged merged: merged with the changes of ann: read to confirm",
            "open number: more than the maximum, 9",
            "unsupported detail: Yes needs a detail",
            "unsupported detail: Yes needs a link",
            "contradiction collected: Logs go to the client, yet none are collected",
            "contradiction reports: None is chosen together with others",
            "flagged flagged: flagged: ask Kim",
            "sent-back unread: sent back by Ann: Which hosts?",
            "not-read unread: carried over, not yet read",
            "old evidence: Stale: read 688 days ago",
            "old evidence: Test: read 50 days ago",
            "old evidence: Certificate: expired on 2026-11-19",
            "undated evidence: Undated: no date",
            "evidence-changed evidence: Edited: the file has changed since it was attached",
            "evidence-missing evidence: Lost: the file is missing",
            "hidden gone: answered, but no longer asked",
            "conflict Some(Introduction): introduction: ann wrote something else",
            "not-approved open: not approved",
            "not-approved two: not approved",
            "not-approved merged: not approved",
            "not-approved number: not approved",
            "not-approved detail: not approved",
            "not-approved collected: not approved",
            "not-approved reports: not approved",
            "not-approved flagged: not approved",
            "changed-since-approval good: changed since Ann approved it on 2026-11-20",
        ]
    );
    let rules: BTreeSet<Rule> = violations(&session).iter().map(|violation| violation.rule).collect();
    assert_eq!(rules, Rule::ALL.into());
}

#[test]
fn every_part_that_two_people_wrote_is_named_and_a_choice_that_must_be_alone_may_be() {
    let questionnaire = load(include_str!("fixtures/gate.json")).unwrap();
    let mut session = Session::new(questionnaire, "Boat", jiff::Timestamp::UNIX_EPOCH);
    for (index, heading) in ["Costs", "Exit"].into_iter().enumerate() {
        let section = PageSection { heading: heading.into(), ..PageSection::default() };
        apply(&mut session, Edit::Section { index, before: None, after: Some(Box::new(section)) });
    }
    answer(&mut session, "reports", chosen(&["none"]));
    let theirs = || Some(FieldValue::Text("Theirs.".into()));
    conflict(&mut session, "1", Place::Properties, theirs());
    conflict(&mut session, "2", Place::Subject, theirs());
    conflict(&mut session, "3", Place::Domain, theirs());
    conflict(&mut session, "4", Place::Section("Exit".into()), theirs());
    conflict(&mut session, "5", Place::Section("Gone".into()), None);
    conflict(&mut session, "6", Place::Introduction, None);
    let ages = session.ages("2026-11-20".parse().unwrap(), 365);
    let violations = session
        .violations(&ages, &files(&session))
        .into_iter()
        .filter(|violation| violation.rule != Rule::Open);
    let found: Vec<_> = violations.map(|v| (v.rule, v.item, v.message)).collect();
    let expected = [
        (Rule::Conflict, Some(Item::Properties), "page properties: ann wrote something else"),
        (Rule::Conflict, None, "subject: ann wrote something else"),
        (Rule::Conflict, None, "domain: ann wrote something else"),
        (Rule::Conflict, Some(Item::Section(1)), "section \"Exit\": ann wrote something else"),
        (Rule::Merged, None, "section \"Gone\": merged with the changes of ann"),
        (Rule::Merged, Some(Item::Introduction), "introduction: merged with the changes of ann"),
    ];
    assert_eq!(found, expected.map(|(rule, item, message)| (rule, item, message.to_owned())));
}

#[test]
fn a_link_to_a_file_that_the_session_does_not_know_is_missing_even_if_nobody_looked() {
    let questionnaire = load(include_str!("fixtures/gate.json")).unwrap();
    let mut session = Session::new(questionnaire, "Boat", jiff::Timestamp::UNIX_EPOCH);
    let links = vec![Link { url: "evidence:0123".into(), ..link("Report", None, "2026-11-01", "") }];
    answer(&mut session, "evidence", Answer { links, ..chosen(&["yes"]) });
    let ages = session.ages("2026-11-20".parse().unwrap(), 365);
    let violations = session.violations(&ages, &FileStates::new());
    let missing = violations.iter().find(|violation| violation.rule == Rule::EvidenceMissing).unwrap();
    assert_eq!(missing.message, "Report: the file is missing");
}

#[test]
fn every_rule_is_reported_in_every_format() {
    let checked = [checked(&session())];
    for format in GateFormat::ALL {
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        let shown = gate(&checked, format, Level::Error).replace(&version, "\"version\": \"V\"");
        insta::with_settings!({omit_expression => true}, {
            insta::assert_snapshot!(format!("gate_{}", format.label()), shown);
        });
    }
}

#[test]
fn with_several_sessions_each_line_begins_with_the_id_of_its_session() {
    let sessions = [checked(&session()), Checked { id: "raft".into(), ..checked(&session()) }];
    let shown = gate(&sessions, GateFormat::Text, Level::Error);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 56);
    assert_eq!(lines[0], "boat: error[open]: Open: not answered yet (open)");
    assert_eq!(lines[28], "raft: error[open]: Open: not answered yet (open)");
}

#[test]
fn sarif_is_valid_by_its_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/schemas/sarif-2.1.0.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for sessions in [vec![], vec![checked(&session()), checked(&session())]] {
        let sarif: serde_json::Value =
            serde_json::from_str(&gate(&sessions, GateFormat::Sarif, Level::Error)).unwrap();
        let problems: Vec<String> = validator
            .iter_errors(&sarif)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(problems.is_empty(), "{problems:?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0", "runs": [{}]})));
}

/// Needs `xmllint` (in Debian's package `libxml2-utils`); without it, only says so. `.ci/run` installs it.
#[test]
fn junit_is_valid_by_its_schema() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/schemas/junit.xsd");
    let validate = |xml: &str| {
        let child = Command::new("xmllint")
            .args(["--noout", "--schema", schema, "-"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = match child {
            Ok(child) => child,
            Err(error) => {
                eprintln!("not checked: xmllint cannot be started: {error}");
                assert!(std::env::var_os("QUERIST_ALL_TOOLS").is_none(), "{error}");
                return None;
            }
        };
        child.stdin.take().unwrap().write_all(xml.as_bytes()).unwrap();
        Some(child.wait_with_output().unwrap())
    };
    for sessions in [vec![], vec![checked(&session()), checked(&session())]] {
        for level in [Level::Note, Level::Error] {
            let Some(output) = validate(&gate(&sessions, GateFormat::Junit, level)) else { return };
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
    let wrong = validate("<testsuites><testsuite name=\"a\"/></testsuites>").unwrap();
    assert!(!wrong.status.success());
}
