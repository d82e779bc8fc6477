//! Publishing onto a page that others change too: a merge of the page as it was, the page as it is, and the
//! session.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::PathBuf;

use jiff::Timestamp;
use proptest::prelude::*;
use querist::questionnaire::{self, BUILT_IN, load};
use querist::report::{Extras, Format, Keep, import, page_only};
use querist::session::{Answer, Edit, Link, PageSection, Session, Stamp, TextRef};
use querist::workspace::{Publication, Published, Workspace, WorkspaceError};

const PAGE: &str = "---\ntitle: Boat review # draft\nowner: kim\n---\n\nOpening words.\n\n\
    | Question | Answer | Detail |\n| --- | --- | --- |\n| First? | Yes | one |\n| Second? | No | two |\n\n\
    ## Exporting data\n\nBy mail.\n";

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn stamp() -> Stamp {
    Stamp { by: "ann".into(), at: now() }
}

struct Fixture {
    dir: tempfile::TempDir,
    session: Session,
}

impl Fixture {
    /// A session imported from the page.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let session = import(PAGE, page_only(PAGE, &[]), "page", now()).unwrap().session;
        let fixture = Self { dir, session };
        fixture.write(PAGE);
        fixture
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("page.md")
    }

    fn write(&self, page: &str) {
        std::fs::write(self.path(), page).unwrap();
    }

    fn page(&self) -> String {
        std::fs::read_to_string(self.path()).unwrap()
    }

    fn detail(&mut self, id: &str, new: &str) {
        self.replace(TextRef::Detail(id.into()), new);
    }

    fn replace(&mut self, text: TextRef, new: &str) {
        let removed = self.session.text(&text).unwrap().to_owned();
        let edit = Edit::Splice { text, at: 0, removed, inserted: new.into() };
        self.session.apply(&edit, &stamp()).unwrap();
    }

    fn publish(&mut self, keep: Option<Keep>) -> Result<Published, WorkspaceError> {
        let workspace = Workspace::new(self.dir.path().join("data"), self.dir.path().join("config"));
        let path = self.path();
        let published = workspace.publish(Publication {
            session: &self.session,
            id: "boat",
            format: Format::Markdown,
            path: &path,
            extras: Extras::default(),
            keep,
            now: now(),
        })?;
        for edit in &published.edits {
            self.session.apply(edit, &stamp()).unwrap();
        }
        Ok(published)
    }
}

#[test]
fn corrections_of_parts_that_the_session_did_not_touch_are_kept_and_taken_into_the_session() {
    let mut f = Fixture::new();
    f.detail("page-first", "one, by me");
    let corrected = PAGE
        .replace("Opening words.", "Opening words, corrected.")
        .replace("| two |", "| two, corrected |")
        .replace("By mail.", "By mail, corrected.")
        .replace("owner: kim", "owner: ann");
    f.write(&corrected);
    let published = f.publish(None).unwrap();
    assert_eq!(f.page(), corrected.replace("| one |", "| one, by me |"));
    assert_eq!((published.rows, published.taken), (vec!["First?".to_owned()], 3));
    assert_eq!(f.session.answer_to("page-second").unwrap().detail, "two, corrected");
    assert_eq!(f.session.introduction(), "Opening words, corrected.");
    f.detail("page-second", "two, corrected and changed");
    f.publish(None).unwrap();
    assert!(f.page().contains("| two, corrected and changed |"));
}

#[test]
fn what_both_changed_is_reported_and_nothing_is_written_until_the_reviewer_chooses() {
    for (keep, kept) in [(Keep::Ours, "mine"), (Keep::Theirs, "theirs")] {
        let mut f = Fixture::new();
        f.detail("page-first", "mine");
        let changed = PAGE.replace("| one |", "| theirs |");
        f.write(&changed);
        let Err(WorkspaceError::Differences { differences, .. }) = f.publish(None) else { panic!() };
        let [only] = differences.as_slice() else { panic!("{differences:?}") };
        assert_eq!(
            (only.what.as_str(), only.ours.as_str(), only.theirs.as_str()),
            ("Detail of First?", "mine", "theirs")
        );
        assert_eq!(f.page(), changed);
        f.publish(Some(keep)).unwrap();
        assert!(f.page().contains(&format!("| First? | Yes | {kept} |")));
        assert_eq!(f.session.answer_to("page-first").unwrap().detail, kept);
        assert!(f.publish(None).unwrap().unchanged, "it is settled");
    }
}

#[test]
fn different_sentences_of_one_text_are_merged() {
    let mut f = Fixture::new();
    let page = PAGE.replace("Opening words.", "Opening words. Closing words.");
    f.session = import(&page, page_only(&page, &[]), "page", now()).unwrap().session;
    f.replace(TextRef::Introduction, "Opening words, by me. Closing words.");
    f.write(&page.replace("Closing words.", "Closing words, by them."));
    f.publish(None).unwrap();
    assert!(f.page().contains("Opening words, by me. Closing words, by them."));
}

#[test]
fn a_row_that_somebody_removed_is_not_added_again_unless_its_answer_changed() {
    let mut f = Fixture::new();
    f.detail("page-first", "changed");
    f.write(&PAGE.replace("| Second? | No | two |\n", ""));
    f.publish(None).unwrap();
    assert!(!f.page().contains("Second?") && f.page().contains("| changed |"));
    let mut f = Fixture::new();
    f.detail("page-second", "changed");
    f.write(&PAGE.replace("| Second? | No | two |\n", ""));
    f.publish(None).unwrap();
    assert!(f.page().contains("| Second? | No | changed |"));
}

#[test]
fn a_page_that_was_never_read_is_not_taken_over_unasked() {
    let mut f = Fixture::new();
    f.publish(None).unwrap();
    let other = f.dir.path().join("other.md");
    std::fs::write(&other, PAGE.replace("| Yes | one |", "| No | of another service |")).unwrap();
    std::fs::rename(f.path(), f.dir.path().join("first.md")).unwrap();
    std::fs::rename(&other, f.path()).unwrap();
    // The session remembers the page by its path and its content: at another path, both differ.
    let workspace = Workspace::new(f.dir.path().join("data"), f.dir.path().join("config"));
    let first = f.dir.path().join("first.md").display().to_string();
    workspace.remember(|all| drop(all.exported.insert("boat".into(), first))).unwrap();
    let Err(WorkspaceError::Differences { differences, .. }) = f.publish(None) else { panic!() };
    assert_eq!(differences.len(), 2, "{differences:?}");
}

#[test]
fn a_table_without_a_column_for_details_gets_one() {
    let page = "| **Question** | **Answer** |\n| --- | --- |\n| First? | Yes |\n| Second? | No |\n";
    let mut f = Fixture::new();
    f.session = import(page, page_only(page, &[]), "page", now()).unwrap().session;
    f.write(page);
    f.detail("page-second", "Because.");
    f.publish(None).unwrap();
    let expected = "| **Question** | **Answer** | **Detail** |\n| --- | --- | --- |\n| First? | Yes |\n\
        | Second? | No | Because. |\n";
    assert_eq!(f.page(), expected);
    assert!(f.publish(None).unwrap().unchanged);
}

#[test]
fn a_table_without_rows_and_without_a_column_for_details_gets_both() {
    let page = "| Question | Answer |\n| --- | --- |\n";
    let mut f = Fixture::new();
    f.session = import(page, load(BUILT_IN[0].1).unwrap(), "page", now()).unwrap().session;
    f.write(page);
    f.detail("external-tls", "one");
    f.publish(Some(Keep::Ours)).unwrap();
    let start = "| Question | Answer | Detail |\n| --- | --- | --- |\n| Does the SaaS provider protect";
    assert!(f.page().starts_with(start) && f.page().contains(" |  | one |\n"), "{}", f.page());
}

#[test]
fn properties_that_are_set_are_written_in_the_style_of_the_page() {
    let mut f = Fixture::new();
    let page = PAGE.replace("owner: kim", "tags:\n- a\n- b");
    f.session = import(&page, page_only(&page, &[]), "page", now()).unwrap().session;
    f.write(&page);
    f.replace(TextRef::Properties, "tags: saas, bronze\npublished: false\ntitle: Boat: a review");
    f.publish(None).unwrap();
    assert!(
        f.page().starts_with(
            "---\ntitle: \"Boat: a review\" # draft\ntags: [saas, bronze]\npublished: false\n---\n"
        ),
        "{}",
        f.page()
    );
    assert!(f.publish(None).unwrap().unchanged);
}

#[test]
fn properties_that_others_change_on_the_page_are_taken_over_all_at_once() {
    let mut f = Fixture::new();
    f.replace(TextRef::Properties, "owner: kim\nstatus: draft\nteam: red");
    f.publish(None).unwrap();
    f.write(&f.page().replace("owner: kim", "owner: ann").replace("status: draft", "status: final"));
    f.publish(None).unwrap();
    for line in ["owner: ann\n", "status: final\n", "team: red\n"] {
        assert!(f.page().contains(line), "{line}: {}", f.page());
    }
    assert_eq!(f.session.page_property("status"), "final");
}

#[test]
fn a_title_that_others_correct_stays_corrected() {
    let mut f = Fixture::new();
    let made = f.session.questionnaire().report_title(f.session.subject());
    let page = PAGE.replace("Boat review", &made);
    f.session = import(&page, page_only(&page, &[]), "page", now()).unwrap().session;
    let corrected = page.replace(&made, &f.session.questionnaire().report_title("Ferry"));
    f.write(&corrected);
    f.detail("page-first", "changed");
    for _ in 0..2 {
        f.publish(None).unwrap();
        assert_eq!(f.page(), corrected.replace("| one |", "| changed |"));
    }
    f.session.apply(&f.session.set_property("title", "Mine").unwrap(), &stamp()).unwrap();
    f.write(&f.page().replace("Ferry", "Tug"));
    assert!(matches!(f.publish(None), Err(WorkspaceError::Differences { .. })));
}

#[test]
fn sections_that_are_renamed_moved_or_removed_are_so_on_the_page() {
    let page = format!("{PAGE}\n## Costs\n\nLittle.\n\n## Contact\n\nBy phone.\n");
    let tail = |f: &Fixture| f.page().split_once("| two |\n\n").unwrap().1.to_owned();
    let mut f = Fixture::new();
    f.session = import(&page, page_only(&page, &[]), "page", now()).unwrap().session;
    f.write(&page);
    for edit in [f.session.rename_section(0, "Export"), f.session.move_section(2, 0)] {
        f.session.apply(&edit.unwrap(), &stamp()).unwrap();
    }
    let costs = f.session.section_index("Costs").unwrap();
    let remove = f.session.remove_section(costs).unwrap();
    f.session.apply(&remove, &stamp()).unwrap();
    f.publish(None).unwrap();
    assert_eq!(tail(&f), "## Contact\n\nBy phone.\n\n## Export\n\nBy mail.\n");
    assert!(f.publish(None).unwrap().unchanged);
}

#[test]
fn a_section_that_others_left_open_swallows_nothing_when_it_moves_up() {
    let mut f = Fixture::new();
    f.write(
        &PAGE
            .replace("## Exporting data", "## Other\n\nWords.\n\n## Exporting data")
            .replace("By mail.", "```\ncode"),
    );
    f.detail("page-first", "changed");
    f.publish(Some(Keep::Theirs)).unwrap();
    let once = f.page();
    assert!(once.contains("```\ncode\n```\n\n## Other\n\nWords.") || once.ends_with("```\ncode\n"), "{once}");
    f.publish(None).unwrap();
    assert_eq!(f.page(), once);
    assert_eq!(f.session.sections().len(), 2);
}

#[test]
fn a_session_that_is_renamed_again_and_again_renames_its_page() {
    let mut f = Fixture::new();
    let saas = questionnaire::load(questionnaire::BUILT_IN[0].1).unwrap();
    f.session = Session::new(saas, "Boat", now());
    std::fs::remove_file(f.path()).unwrap();
    f.publish(None).unwrap();
    for name in ["Ship", "Vessel"] {
        let edit = Edit::Subject { before: f.session.subject().to_owned(), after: name.to_owned() };
        f.session.apply(&edit, &stamp()).unwrap();
        f.publish(None).unwrap();
        assert!(f.page().contains(&format!("title: {name} security review\n")), "{}", f.page());
    }
}

#[test]
fn unusual_white_space_survives_on_the_page() {
    for detail in
        ["\u{c}form feed", "  indented", "    code", "a\u{b}b", "x\n\n   y", "nbsp\u{a0}", "<BR>a<br>"]
    {
        let mut f = Fixture::new();
        f.detail("page-first", detail);
        f.publish(None).unwrap();
        let again = import(&f.page(), f.session.questionnaire().clone(), "page", now()).unwrap().session;
        assert_eq!(again.answer_to("page-first").unwrap().detail, detail, "{}", f.page());
    }
    let mut f = Fixture::new();
    let link = Link { url: "https://a.example".into(), label: "two\nlines".into(), ..Link::default() };
    let add = Edit::Link {
        question: "page-first".into(),
        index: 0,
        before: None,
        after: Some(Box::new(link.clone())),
    };
    f.session.apply(&add, &stamp()).unwrap();
    f.publish(None).unwrap();
    assert!(f.publish(None).unwrap().unchanged);
    let again = import(&f.page(), f.session.questionnaire().clone(), "page", now()).unwrap().session;
    assert_eq!(again.answer_to("page-first").unwrap().links[0].url, link.url, "{}", f.page());
}

#[test]
fn a_year_before_1_is_not_a_date_that_a_page_can_have() {
    let page = PAGE.replace("owner: kim", "dateCreated: -000001-01-01T00:00:00Z");
    let session = import(&page, page_only(&page, &[]), "page", now()).unwrap().session;
    assert_eq!(session.created(), now());
}

#[test]
fn own_sections_and_questions_are_published_and_come_back_with_the_page() {
    let mut f = Fixture::new();
    let section = PageSection { heading: "Own".into(), prompt: String::new(), text: "Words.".into() };
    let add = Edit::Section { index: 0, before: None, after: Some(Box::new(section)) };
    f.session.apply(&add, &stamp()).unwrap();
    let mut question = questionnaire::Question::added("Extra", "Is it extra?");
    question.id = "own-extra".into();
    let section = f.session.questionnaire().sections[0].id.clone();
    let add = Edit::Question { section, index: 1, before: None, after: Some(Box::new(question)) };
    f.session.apply(&add, &stamp()).unwrap();
    let before = f.session.answer_to("own-extra").unwrap().clone();
    let after = Answer { value: "Very".into(), ..Answer::default() };
    let answer =
        Edit::Answer { question: "own-extra".into(), before: Box::new(before), after: Box::new(after) };
    f.session.apply(&answer, &stamp()).unwrap();
    f.publish(None).unwrap();
    let page = f.page();
    assert!(page.contains("| Is it extra? | Very |") && page.contains("## Own\n\nWords."), "{page}");
    let again = import(&page, page_only(&page, &[]), "page", now()).unwrap().session;
    assert!(again.sections().iter().any(|section| section.heading == "Own" && section.text == "Words."));
    assert!((0..again.len()).any(|index| again.question(index).text == "Is it extra?"));
}

#[test]
#[cfg(unix)]
fn a_new_page_follows_the_umask_a_long_name_works_and_temporary_files_of_a_kill_are_removed() {
    use std::os::unix::fs::PermissionsExt;
    let mut f = Fixture::new();
    std::fs::remove_file(f.path()).unwrap();
    let probe = f.dir.path().join("probe");
    std::fs::write(&probe, "").unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode();
    f.publish(None).unwrap();
    assert_eq!(mode(&f.path()), mode(&probe));
    let long = f.dir.path().join(format!("{}.md", "n".repeat(252)));
    let workspace = Workspace::new(f.dir.path().join("data"), f.dir.path().join("config"));
    for detail in ["one", "two"] {
        f.detail("page-first", detail);
        let publication = Publication {
            session: &f.session,
            id: "boat",
            format: Format::Markdown,
            path: &long,
            extras: Extras::default(),
            keep: Some(Keep::Ours),
            now: now(),
        };
        workspace.publish(publication).unwrap();
    }
    let leftover = f.dir.path().join(format!(".{}.tmp-abc", "n".repeat(200)));
    std::fs::write(&leftover, "half").unwrap();
    let edited = f.dir.path().join("data/state/edit-abc.md");
    std::fs::write(&edited, "typed in an editor").unwrap();
    workspace.remove_leftovers();
    assert!(!leftover.exists() && !edited.exists() && long.exists());
    assert!(f.dir.path().join("data/trash/edit-abc.md").exists());
}

/// Lines from all of CommonMark's constructs.
fn constructs() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "Words.",
        "",
        "",
        "```",
        "~~~ rust",
        "````",
        "<!-- x",
        "-->",
        "<pre>",
        "</pre>",
        "<script>",
        "<div>",
        "<?php",
        "<![CDATA[",
        "<!X",
        "# One",
        "## Two",
        "### Three",
        "Title",
        "===",
        "---",
        "***",
        "- item",
        "  more",
        "1. one",
        "> quote",
        "    code",
        "| a | b |",
        "| - | - |",
        "| Question | Answer |",
        "| --- | --- |",
        "| x? | Yes |",
        "[a]: https://a.example",
        "[a]",
        "![i](u)",
        "\\",
        "*",
        "`",
        "\t",
        "a|b",
        "&lt;",
        "<br>",
        "<BR>",
        "&#124;",
    ]);
    prop::collection::vec(line, 0..9).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn publishing_twice_produces_the_same_bytes_and_the_page_can_be_read(
        introduction in constructs(),
        section in constructs(),
        detail in constructs(),
        on_new_page in any::<bool>(),
    ) {
        let mut f = Fixture::new();
        if on_new_page {
            let saas = questionnaire::load(questionnaire::BUILT_IN[0].1).unwrap();
            f.session = Session::new(saas, "Boat", now());
            std::fs::remove_file(f.path()).unwrap();
        }
        let id = f.session.question(0).id.clone();
        f.replace(TextRef::Introduction, &introduction);
        f.replace(TextRef::Section(0), &section);
        f.detail(&id, &detail);
        f.publish(None).unwrap();
        let page = f.page();
        prop_assert!(f.publish(None).unwrap().unchanged);
        prop_assert_eq!(&f.page(), &page);
        let again = import(&page, f.session.questionnaire().clone(), "page", now()).unwrap().session;
        prop_assert_eq!(&again.answer_to(&id).unwrap().detail, &detail);
        let mut g = Fixture { dir: tempfile::tempdir().unwrap(), session: again };
        g.write(&page);
        prop_assert!(g.publish(None).unwrap().unchanged);
    }
}

#[test]
fn a_page_whose_questions_are_not_in_a_table_is_left_and_published_as_a_new_page() {
    let mut f = Fixture::new();
    let page = "# Boat\n\n## Does it float?\n\nYes, mostly.\n";
    f.session = import(page, page_only(page, &[]), "page", now()).unwrap().session;
    f.detail("page-does-it-float", "always");
    f.write(page);
    for keep in [None, Some(Keep::Ours), Some(Keep::Theirs)] {
        assert!(matches!(f.publish(keep), Err(WorkspaceError::NoTable { .. })));
        assert_eq!(f.page(), page);
    }
    std::fs::remove_file(f.path()).unwrap();
    f.publish(None).unwrap();
    assert!(f.page().contains("| Does it float? | Yes | always |"), "{}", f.page());
    assert!(f.publish(None).unwrap().unchanged);
}
