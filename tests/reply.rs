//! Questions to the provider, and replies as people and mail programs write them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use proptest::prelude::*;
use querist::questionnaire::{BUILT_IN, load};
use querist::report::{
    Reply, RequestFormat, RequestShows, csv_reply, request, request_sentences, text_reply,
};
use querist::session::{
    Answer, Basis, Comment, CommentKind, Edit, Entry, Link, Session, Stamp, Target, Which,
};

fn stamp() -> Stamp {
    Stamp { by: "Ann <ann@example.org>".into(), at: "2026-11-20T10:00:00Z".parse().unwrap() }
}

fn session() -> Session {
    let mut session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", jiff::Timestamp::UNIX_EPOCH);
    let set = |session: &mut Session, question: &str, after: Answer| {
        let before = Box::new(session.answer(session.index_of(question).unwrap()).clone());
        let edit = Edit::Answer { question: question.into(), before, after: Box::new(after) };
        session.apply(&edit, &stamp()).unwrap();
    };
    let chosen = |id: &str| Answer { choices: vec![id.into()], ..Answer::default() };
    set(
        &mut session,
        "internal-encryption",
        Answer {
            detail: "SECRET-DETAIL".into(),
            note: "SECRET-NOTE".into(),
            flag: Some("SECRET-FLAG".into()),
            ..chosen("unknown")
        },
    );
    set(&mut session, "event-logging", chosen("partial"));
    session
}

fn index(session: &Session, id: &str) -> usize {
    session.index_of(id).unwrap()
}

fn text(session: &Session, ids: &[&str], format: RequestFormat, shows: RequestShows) -> String {
    let indices: Vec<usize> = ids.iter().map(|id| index(session, id)).collect();
    let ages = session.ages("2026-11-20".parse().unwrap(), 365);
    request(session, &indices, format, shows, &ages)
}

fn sent(session: &Session) -> Vec<String> {
    let questions = session.questionnaire().questions();
    let questions = questions.flat_map(|question| [question.text.clone(), question.ask.clone()]);
    questions.chain(request_sentences(session.subject())).collect()
}

fn read(session: &Session, reply: &str) -> Reply {
    text_reply(reply, &sent(session))
}

fn parts(reply: &Reply) -> Vec<(&str, &str)> {
    reply.parts.iter().map(|part| (part.id.as_str(), part.text.as_str())).collect()
}

const TWO: [&str; 2] = ["internal-encryption", "event-logging"];

#[test]
fn a_request_says_what_is_asked_and_why_in_every_format() {
    let session = session();
    let shows = RequestShows { due: Some("2026-12-15".parse().unwrap()), ..RequestShows::default() };
    for format in RequestFormat::ALL {
        insta::with_settings!({omit_expression => true}, {
            let shown = text(&session, &TWO, format, shows);
            insta::assert_snapshot!(format!("request_{}", format.label()), shown);
        });
    }
}

#[test]
fn what_to_ask_replaces_the_question_only_while_the_answer_is_not_known() {
    let mut questionnaire = load(BUILT_IN[0].1).unwrap();
    for question in questionnaire.sections.iter_mut().flat_map(|section| &mut section.questions) {
        question.ask = format!("Please tell us about {}.", question.id);
    }
    let original = session();
    let mut session = Session::new(questionnaire, "Boat", jiff::Timestamp::UNIX_EPOCH);
    for id in TWO {
        let (before, after) = (session.answer_to(id).unwrap(), original.answer_to(id).unwrap());
        let (before, after) = (Box::new(before.clone()), Box::new(after.clone()));
        session.apply(&Edit::Answer { question: id.into(), before, after }, &stamp()).unwrap();
    }
    let ids = ["external-tls", "internal-encryption", "event-logging"];
    for format in RequestFormat::ALL {
        let text = text(&session, &ids, format, RequestShows::default());
        for (id, is_known) in ids.into_iter().zip([false, false, true]) {
            let question = &session.question(index(&session, id)).text;
            assert_eq!(text.contains(question.as_str()), is_known, "{id}: {text}");
            assert_eq!(text.contains(&format!("Please tell us about {id}.")), !is_known, "{id}: {text}");
        }
    }
}

#[test]
fn nothing_private_is_sent_unless_asked_for_and_notes_never() {
    let session = session();
    for format in RequestFormat::ALL {
        let plain = text(&session, &TWO, format, RequestShows::default());
        assert!(!plain.contains("SECRET") && !plain.contains("Unknown"), "{plain}");
        let flags = text(&session, &TWO, format, RequestShows { flags: true, ..RequestShows::default() });
        assert!(flags.contains("SECRET-FLAG") && !flags.contains("SECRET-DETAIL"), "{flags}");
        let all = RequestShows { flags: true, answers: true, due: None };
        let all = text(&session, &TWO, format, all);
        assert!(all.contains("SECRET-DETAIL") && all.contains("Our answer so far: Unknown"), "{all}");
        assert!(!all.contains("SECRET-NOTE"), "{all}");
    }
}

#[test]
fn each_kind_selects_its_questions() {
    let session = session();
    let ages = session.ages("2026-11-20".parse().unwrap(), 365);
    let count = |which| (0..session.len()).filter(|&index| session.is_which(index, which, &ages)).count();
    let counts = Which::ALL.map(|which| (which.name(), count(which)));
    let expected = [
        ("open", 9),
        ("unknown", 1),
        ("partial", 1),
        ("bad", 0),
        ("unsupported", 1),
        ("flagged", 1),
        ("old", 0),
    ];
    assert_eq!(counts, expected);
}

#[test]
fn a_reply_between_the_questions_is_matched_and_our_own_lines_are_left_out() {
    let session = session();
    let mail = text(&session, &TWO, RequestFormat::Mail, RequestShows::default());
    let mut answers = ["Yes. See https://boat.example/tls.", "We log sign-ins.\n\nAnd changes."].into_iter();
    let inline: String = mail
        .lines()
        .map(|line| match line {
            "Answer:" => format!("Answer: {}\n", answers.next().unwrap()),
            line => format!("{line}\n"),
        })
        .collect();
    let expected = [
        ("internal-encryption", "Yes. See https://boat.example/tls."),
        ("event-logging", "We log sign-ins.\n\nAnd changes."),
    ];
    let reply = read(&session, &inline);
    assert_eq!(parts(&reply), expected);
    assert_eq!(reply.rest, "");
    // The same, quoted by a mail program, with the answers between the quoted lines.
    let quoted: String = inline
        .lines()
        .map(|line| match line.strip_prefix("Answer: ") {
            Some(answer) => format!("> Answer:\n{answer}\n"),
            None if line.starts_with("And") || line.is_empty() => format!("{line}\n"),
            None => format!("> > {line}\n"),
        })
        .collect();
    let reply = read(&session, &format!("On Monday, Ann wrote:\n{quoted}-- \nBoat support"));
    assert_eq!(parts(&reply), expected);
    assert_eq!(reply.rest, "On Monday, Ann wrote:\n\n--\nBoat support");
}

#[test]
fn a_reply_above_the_questions_is_kept_with_the_report() {
    let session = session();
    let mail = text(&session, &TWO, RequestFormat::Mail, RequestShows::default());
    let quoted: String = mail.lines().map(|line| format!("> {line}\n")).collect();
    let reply = read(&session, &format!("All of this is in our white paper.\n\n{quoted}"));
    assert_eq!(reply.rest, "All of this is in our white paper.");
    assert_eq!(parts(&reply), [("internal-encryption", ""), ("event-logging", "")]);
}

#[test]
fn lines_that_a_mail_program_broke_anew_are_still_ours() {
    let session = session();
    // The second one is of an earlier version.
    for why in ["We do not\n> know this yet.", "We found nothing published\n> about this."] {
        let broken = format!(
            "> **[Q internal-encryption]** \n> Does the SaaS provider protect internal data in\n\
             > transit between services using\n> encryption?\n> {why}\n\
             > *Answer:*\n\nYes, everywhere.\n"
        );
        assert_eq!(parts(&read(&session, &broken)), [("internal-encryption", "Yes, everywhere.")]);
    }
}

#[test]
fn a_line_is_ours_if_it_is_whole_quoted_or_long_and_otherwise_part_of_the_reply() {
    let sent = ["Who can read the logs, and are backups encrypted?", "Hello,"].map(str::to_owned);
    for (line, reply) in [
        ("Hello,", ""),
        ("the logs, and are backups", ""),
        ("are backups encrypted?", "are backups encrypted?"),
        ("> are backups encrypted?", ""),
        ("> Nobody.", "Nobody."),
        ("**Answer:** Yes", "Yes"),
        ("Our Answer: is no.", "Our Answer: is no."),
    ] {
        let read = text_reply(&format!("[Q x]\n{line}"), &sent);
        assert_eq!(parts(&read), [("x", reply)], "{line}");
    }
}

#[test]
fn a_filled_in_table_is_matched_by_id() {
    let session = session();
    let csv = text(&session, &TWO, RequestFormat::Csv, RequestShows::default());
    let mut lines = csv.lines();
    let header = lines.next().unwrap();
    let first = lines.next().unwrap().trim_end_matches(",,,");
    let filled = format!("\u{feff}{header},owner\n{first},Yes,\"All, by mTLS\",https://boat.example,Kim\n");
    let reply = csv_reply(&filled).unwrap();
    let said = "Yes\nAll, by mTLS\nhttps://boat.example\nowner: Kim";
    assert_eq!(parts(&reply), [("internal-encryption", said)]);
    assert_eq!(reply.quoted.len(), 2);
    assert!(csv_reply("a,b\n1,2\n").is_err());
    assert_eq!(parts(&csv_reply("id;answer\nx;Yes\n").unwrap()), [("x", "Yes")]);
    let commas = csv_reply("id,answer,seen; by\nx,Yes,Kim\n").unwrap();
    assert_eq!(parts(&commas), [("x", "Yes\nseen; by: Kim")]);
}

fn replied(session: &mut Session, id: &str, text: &str) {
    let made = Stamp { by: "Boat".into(), ..stamp() };
    let edit = session.reply(Target::Question(id.into()), text, made.clone()).unwrap();
    session.apply(&edit, &made).unwrap();
}

fn take(session: &mut Session, id: &str) {
    let edit = session.take_reply(index(session, id), "2026-11-21".parse().unwrap(), stamp()).unwrap();
    session.apply(&edit, &stamp()).unwrap();
}

#[test]
fn a_reply_is_taken_into_the_answer_as_a_quotation_and_is_settled_then() {
    let mut session = session();
    replied(&mut session, "external-tls", "Yes, since 2020:\nsee https://boat.example/tls.");
    take(&mut session, "external-tls");
    let answer = session.answer(index(&session, "external-tls")).clone();
    assert_eq!(answer.detail, "> Yes, since 2020:\n> see https://boat.example/tls.");
    assert_eq!((answer.choices, answer.basis), (vec!["yes".to_owned()], Some(Basis::Claimed)));
    assert_eq!(
        (answer.links[0].url.as_str(), answer.links[0].retrieved.as_str()),
        ("https://boat.example/tls", "2026-11-21")
    );
    assert!(session.unsettled_reply(index(&session, "external-tls")).is_none());
    let again = session.reply(
        Target::Question("external-tls".into()),
        "Yes, since 2020:\nsee https://boat.example/tls.",
        stamp(),
    );
    assert!(again.is_none(), "the same reply is read once");
}

fn link(url: &str, label: &str, retrieved: &str) -> Link {
    Link { url: url.into(), label: label.into(), retrieved: retrieved.into(), ..Link::default() }
}

#[test]
fn links_of_a_reply_that_can_be_opened_are_added_once() {
    let mut session = session();
    let known = link("https://a.example", "Known", "2026-01-01");
    let after = Answer { links: vec![known.clone()], ..Answer::default() };
    let edit =
        Edit::Answer { question: "external-tls".into(), before: Box::default(), after: Box::new(after) };
    session.apply(&edit, &stamp()).unwrap();
    let text = "See [docs](https://b.example), https://c.example, https://a.example and [x](javascript:y).";
    replied(&mut session, "external-tls", text);
    take(&mut session, "external-tls");
    let expected =
        [known, link("https://b.example", "docs", "2026-11-21"), link("https://c.example", "", "2026-11-21")];
    assert_eq!(session.answer(index(&session, "external-tls")).links, expected);
}

#[test]
fn only_replies_to_a_question_are_listed_with_it_the_first_one_first() {
    let mut session = session();
    for (id, text, second) in
        [("event-logging", "Second.", 20), ("event-logging", "First.", 10), ("external-tls", "Other.", 5)]
    {
        let made = Stamp { by: "Boat".into(), at: jiff::Timestamp::from_second(second).unwrap() };
        let edit = session.reply(Target::Question(id.into()), text, made).unwrap();
        session.apply(&edit, &stamp()).unwrap();
    }
    let note = Comment {
        id: "1".into(),
        on: Target::Question("event-logging".into()),
        kind: CommentKind::Note,
        text: "Ours.".into(),
        re: None,
        made: stamp(),
        settled: None,
    };
    let edit = Edit::Entry { before: None, after: Some(Entry::Comment(Box::new(note))) };
    session.apply(&edit, &stamp()).unwrap();
    let replies = session.replies(index(&session, "event-logging"));
    let texts: Vec<&str> = replies.iter().map(|comment| comment.text.as_str()).collect();
    assert_eq!(texts, ["First.", "Second."]);
}

#[test]
fn only_a_question_whose_words_changed_after_it_was_asked_is_reworded() {
    let mut session = session();
    let edit = session.request(&TWO.map(|id| index(&session, id)), None, stamp()).unwrap();
    session.apply(&edit, &stamp()).unwrap();
    let before = Box::new(session.questionnaire().clone());
    let mut after = before.clone();
    for question in after.sections.iter_mut().flat_map(|section| &mut section.questions) {
        if question.id != "internal-encryption" {
            question.text.push_str(" Everywhere?");
        }
    }
    session.apply(&Edit::Questionnaire { before, after }, &stamp()).unwrap();
    let is_reworded = |id| session.is_reworded_since_asked(index(&session, id));
    let ids = ["internal-encryption", "event-logging", "external-tls"];
    assert_eq!(ids.map(is_reworded), [false, true, false], "the last was never asked");
}

#[test]
fn words_and_links_of_another_answer_are_added_once_and_no_choice_is_made() {
    let mut session = session();
    let at = index(&session, "internal-encryption");
    let links = [link("https://a.example", "A", "2026-01-01"), link("https://b.example", "", "")];
    let edit = session.reuse(at, " By mTLS. ", &links[..1]).unwrap();
    session.apply(&edit, &stamp()).unwrap();
    let answer = session.answer(at);
    assert_eq!(answer.detail, "SECRET-DETAIL\n\nBy mTLS.");
    assert_eq!((&answer.links[..], answer.basis), (&links[..1], Some(Basis::Claimed)));
    assert_eq!(answer.choices, ["unknown"]);
    assert_eq!(session.reuse(at, "By mTLS.", &links[..1]), None);
    assert_eq!(session.reuse(at, " ", &[]), None);
    let edit = session.reuse(at, "By mTLS.", &links).unwrap();
    session.apply(&edit, &stamp()).unwrap();
    assert_eq!(session.answer(at).detail, "SECRET-DETAIL\n\nBy mTLS.");
    assert_eq!(session.answer(at).links, links);
}

#[test]
fn a_choice_is_made_only_for_a_first_word_that_is_a_label_and_never_replaced() {
    for (id, text, choices) in [
        ("external-tls", "Yes.", vec!["yes"]),
        ("external-certificates", "Yesterday we enabled it.", vec![]),
        ("transparency", "We think yes.", vec![]),
        ("internal-encryption", "Yes, we do.", vec!["unknown"]),
    ] {
        let mut session = session();
        replied(&mut session, id, text);
        take(&mut session, id);
        assert_eq!(session.answer(index(&session, id)).choices, choices, "{text}");
    }
    let mut session = session();
    replied(&mut session, "internal-encryption", "Yes, we do.");
    take(&mut session, "internal-encryption");
    let detail = &session.answer(index(&session, "internal-encryption")).detail;
    assert_eq!(detail, "SECRET-DETAIL\n\n> Yes, we do.");
}

#[test]
fn a_question_without_a_reply_is_asked_again_with_the_day() {
    let mut session = session();
    let edit = session.request(&[index(&session, "event-logging")], None, stamp()).unwrap();
    session.apply(&edit, &stamp()).unwrap();
    assert!(session.request(&[index(&session, "event-logging")], None, stamp()).is_none(), "on the same day");
    let mail = text(&session, &["event-logging"], RequestFormat::Mail, RequestShows::default());
    assert!(mail.contains("Asked on 2026-11-20, no answer yet."), "{mail}");
    replied(&mut session, "event-logging", "We do.");
    let mail = text(&session, &["event-logging"], RequestFormat::Mail, RequestShows::default());
    assert!(!mail.contains("no answer yet"), "{mail}");
}

/// Letters and digits, which no division of a reply may lose.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

proptest! {
    #[test]
    fn every_byte_of_a_reply_is_in_a_comment_or_listed(
        lines in proptest::collection::vec(
            prop_oneof![
                "[>* ]{0,3}[a-zA-Z0-9é .,?:_*-]{0,40}",
                Just("> [Q internal-encryption]".to_owned()),
                Just("*[Q x]* Yes".to_owned()),
                Just("[Q ".to_owned()),
                Just("Answer: no".to_owned()),
                Just("> Does the SaaS provider collect logs of events?".to_owned()),
                Just("-- ".to_owned()),
            ],
            0..12
        )
    ) {
        let session = session();
        let source = lines.join("\n");
        let reply = read(&session, &source);
        let parts = reply.parts.iter().map(|part| part.text.as_str());
        let others = [reply.rest.as_str()].into_iter().chain(reply.quoted.iter().map(String::as_str));
        let all: String = parts.chain(others).collect();
        prop_assert_eq!(letters(&source), letters(&all));
    }
}
