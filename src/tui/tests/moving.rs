//! Finding the way.

use super::harness::Screen;
use crate::session::Field;
use crate::tui::state::{Focus, OutlineRow};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui_core::style::Modifier;

#[test]
fn tab_walks_answer_detail_links_note_and_then_the_next_question() {
    let mut screen = Screen::review("saas-security", 120, 40);
    for field in [Field::Detail, Field::Links, Field::Note] {
        screen.keys("<Tab>");
        assert_eq!(screen.session().position().field, field);
    }
    screen.keys("<Tab>");
    assert_eq!(
        (screen.title(), screen.session().position().field),
        ("Certificates on the outside", Field::Answer)
    );
    screen.keys("<BackTab>");
    assert_eq!((screen.title(), screen.session().position().field), ("TLS on the outside", Field::Note));
}

#[test]
fn page_down_goes_to_the_next_questions_answer_from_every_field() {
    let mut screen = Screen::review("saas-security", 120, 40);
    for fields in ["", "<Tab>", "<Tab><Tab>", "<Tab><Tab><Tab>", "<Esc>"] {
        let before = screen.session().position().item.clone();
        screen.keys(fields).keys("<PgDn>");
        assert_ne!(screen.session().position().item, before);
        assert_eq!(screen.session().position().field, Field::Answer);
    }
    screen.keys("<A-Up><A-Down><PgUp>");
    assert_eq!(screen.title(), "API authentication");
}

#[test]
fn next_open_says_why_and_when_nothing_is() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("y<C-n>").assert_shows("Open: not answered yet.");
    assert_eq!(screen.title(), "Certificates on the outside");
    screen.keys("<A-n>").assert_shows("Open: Yes needs a detail; Yes needs a link.");
    screen.keys("u");
    for _ in 0..10 {
        screen.keys("<PgDn>u");
    }
    screen.keys("<C-n>").assert_shows("Nothing is open.");
}

#[test]
fn escape_goes_to_the_outline_and_enter_back() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<Enter>x<Esc>jj<Enter>y");
    assert_eq!(screen.answer("internal-encryption").choices, ["yes"]);
}

#[test]
fn under_eighty_columns_the_outline_folds_away_until_it_is_asked_for() {
    let mut screen = Screen::review("saas-security", 70, 20);
    assert!(!screen.shows("Questions"));
    screen.keys("<Esc>").assert_shows("Questions").assert_shows("Accounts and API");
    screen.keys("j<Enter>").assert_shows("2 · Certificates on the outside");
}

#[test]
fn the_outline_has_a_sign_for_each_answer_and_a_mark_for_what_it_lacks() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("y<PgDn>n<PgDn>p<PgDn>u<PgDn>a<PgDn>!x<Enter>");
    for row in [
        "✓ TLS on the outside",
        "✗ Certificates on the outside",
        "◐ Encryption on the inside",
        "? Certificates on the inside",
        "– API authentication",
        "○ Low-privilege users",
    ] {
        screen.assert_shows(row);
    }
    let text = screen.text();
    let line =
        |title: &str| text.lines().find(|l| l.contains(title)).unwrap().split('│').nth(1).unwrap().to_owned();
    assert!(line("✓ TLS on").ends_with('!'));
    assert!(line("○ Low-priv").ends_with('⚑'));
}

#[test]
fn find_looks_in_questions_answers_details_and_notes() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen
        .keys("<PgDn><PgDn><Tab><Tab><Tab>remember the milk<PgUp><C-f>milk")
        .assert_shows("remember the milk");
    screen.keys("<Enter>");
    assert_eq!(screen.title(), "Encryption on the inside");
    screen
        .keys("<C-f>privilege")
        .assert_shows("Low-privilege users")
        .assert_shows("Multi-factor authentication");
    screen.keys("zzz").assert_shows("Nothing matches.");
    screen.keys("<Enter><Esc>");
    assert!(screen.state.dialog.is_none());
}

#[test]
fn find_marks_what_it_found_in_the_list_and_then_in_the_question_until_escape() {
    const FOUND: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<PgDn><Enter>Signed by a secret authority, renewed by itself.<PgUp><C-f>SECRET AUTH");
    assert_eq!(screen.styled(FOUND), ["secret auth"]);
    screen.keys("<Enter>");
    assert_eq!(screen.styled(FOUND), ["secret auth"]);
    // The cursor stands where the words are.
    screen.keys("very ");
    assert_eq!(
        screen.answer("external-certificates").detail,
        "Signed by a very secret authority, renewed by itself."
    );
    screen.keys("<Esc>");
    assert!(screen.styled(FOUND).is_empty());
}

#[test]
fn words_are_marked_over_the_end_of_a_row_too() {
    const FOUND: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<Enter>").paste(&"many words ".repeat(20)).keys("<C-f>words many<Enter>");
    assert!(screen.styled(FOUND).iter().any(|run| run == "words"), "{:?}", screen.styled(FOUND));
    assert!(screen.styled(FOUND).iter().any(|run| run == "many"), "{:?}", screen.styled(FOUND));
}

#[test]
fn the_outline_is_filtered_by_words_while_they_are_typed() {
    let mut screen = Screen::review("saas-security", 120, 40);
    let titles = |screen: &Screen| -> Vec<usize> {
        let review = screen.state.review.as_ref().unwrap();
        let rows = review.outline.rows().iter();
        rows.filter_map(|row| if let OutlineRow::Question(index) = row { Some(*index + 1) } else { None })
            .collect()
    };
    screen.keys("<PgDn><Enter>Remember the milk<Esc>tlo").assert_shows("Questions with: lo▏");
    screen.keys("gs");
    assert_eq!(titles(&screen), [8, 9]);
    screen.keys("<C-u>milk");
    assert_eq!(titles(&screen), [2]);
    screen.keys("<Backspace><Backspace><Backspace><Backspace>");
    assert_eq!(titles(&screen).len(), 11);
    screen.keys("log<Enter>");
    assert_eq!(screen.title(), "Event logging");
    screen.keys("jk<Enter>p<Esc>").assert_shows("Questions with: log");
    screen.keys("<Esc>").assert_shows("┌ Questions ─");
    assert_eq!(titles(&screen).len(), 11);
}

#[test]
fn a_question_leaves_a_filtered_outline_when_it_is_answered() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<Esc>f<Enter>").assert_shows("Questions: open").assert_shows("○ TLS on the outside");
    screen.keys("u");
    assert!(!screen.shows("TLS on the outside   "));
    screen.keys("u").assert_shows("○ TLS on the outside");
}

#[test]
fn the_palette_does_any_action_by_name() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<C-p>preview").assert_shows("Preview the page");
    screen.keys("<Enter>").assert_shows("Preview: page");
    screen.keys("<Esc>").assert_shows("1 · TLS on the outside");
}

#[test]
fn help_shows_the_keys_of_where_one_is_first() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("?").assert_shows("Help");
    let text = screen.text();
    assert!(text.find("Answer").unwrap() < text.find("Everywhere").unwrap_or(usize::MAX));
    screen.keys("<Esc><Enter>?");
    assert_eq!(screen.answer("external-tls").detail, "?");
    screen.keys("<F1>").assert_shows("Detail, Note");
}

#[test]
fn the_mouse_chooses_questions_and_answers_and_scrolls_what_is_under_it() {
    let mut screen = Screen::review("saas-security", 120, 24);
    screen.click("Event logging").click("[p]");
    assert_eq!(screen.answer("event-logging").choices, ["partial"]);
    let before = screen.text();
    let (x, y) = screen.place("What to look for");
    screen.mouse(MouseEventKind::ScrollDown, x, y);
    assert_ne!(screen.text(), before);
    let (x, y) = screen.place("Logging");
    screen.mouse(MouseEventKind::ScrollDown, x, y);
    assert_eq!(screen.title(), "Logs for the customer");
}

#[test]
fn home_starts_resumes_and_lists_reviews() {
    let mut screen = Screen::home(100, 30);
    screen.assert_shows("No reviews yet.");
    screen.keys("n").assert_shows("Vendor baseline").assert_shows("An afternoon's work");
    screen.keys("<Down>").assert_shows("Thirty-one questions").assert_shows("is not asked.");
    screen.keys("<Up><Enter>").assert_shows("New review: Service");
    screen.keys("Paperboat<Enter>").assert_shows("Paperboat · SaaS security");
    screen
        .keys("u<PgDn><Esc><Esc>")
        .assert_shows("Querist · reviews")
        .assert_shows("Paperboat")
        .assert_shows("1/11");
    screen.keys("<Enter>");
    assert_eq!(screen.title(), "Certificates on the outside");
    assert_eq!(screen.state.review.as_ref().unwrap().focus, Focus::Field);
}

#[test]
fn the_first_run_shows_a_short_tour_that_is_never_shown_again() {
    let mut screen = Screen::first_run(100, 30);
    screen.assert_shows("Welcome · 1 of 3").assert_shows("One question at a time").assert_shows("PgDn");
    screen.keys("<Enter>").assert_shows("Nothing is lost");
    screen.keys("<Right>").assert_shows("You see what is left").assert_shows("Ctrl-N");
    screen.keys("<Left>").assert_shows("2 of 3");
    screen.keys("<Enter><Enter>").assert_shows("No reviews yet.");
    assert!(screen.state.dialog.is_none());
    let mut screen = screen.killed_and_started_again();
    screen.effects(vec![crate::tui::effect::Effect::FirstRun]);
    assert!(screen.state.dialog.is_none());
    screen.keys("t").assert_shows("Welcome · 1 of 3");
    screen.keys("<Esc>").assert_shows("No reviews yet.");
}

#[test]
fn a_key_that_is_not_of_the_tour_closes_it_and_does_what_it_does() {
    let mut screen = Screen::first_run(100, 30);
    screen.keys("n").assert_shows("New review").assert_shows("Vendor baseline");
}

#[test]
fn a_click_on_an_entry_of_a_dialog_does_it_and_one_beside_it_closes() {
    let mut screen = Screen::home(100, 30);
    screen.keys("n").click("Vendor baseline").assert_shows("New review: Vendor");
    screen.mouse(MouseEventKind::Down(MouseButton::Left), 0, 20);
    assert!(screen.state.dialog.is_none());
    let mut screen = Screen::first_run(100, 30);
    screen.click("Welcome").assert_shows("2 of 3");
}

#[test]
fn a_page_is_imported_from_home_and_exported_from_the_preview() {
    let mut screen = Screen::home(100, 30);
    let page = screen.dir.path().join("page.md");
    std::fs::write(&page, include_str!("../../../tests/fixtures/quirks.md")).unwrap();
    screen.keys("i").paste(page.to_str().unwrap()).keys("<Enter>").assert_shows("Read, with 6 to look at");
    let out = screen.dir.path().join("out.md");
    screen.keys("<A-p>").assert_shows("Paperboat keeps the minutes");
    screen.keys("e<C-u>").paste(out.to_str().unwrap()).keys("<Enter>").assert_shows("Wrote ");
    assert_eq!(std::fs::read(&page).unwrap(), std::fs::read(&out).unwrap());
    screen.keys("i").keys("e<Enter>").assert_shows("Up to date: ");
}

#[test]
fn page_and_source_stand_side_by_side_or_alone_and_keep_their_place() {
    let mut screen = Screen::review("saas-security", 120, 24);
    for n in 0..11 {
        screen.keys("u<Enter>").paste(&format!("Answer number {n}. ").repeat(9)).keys("<PgDn>");
    }
    screen
        .keys("<A-p>")
        .assert_shows("Preview: page")
        .assert_shows("Preview: source")
        .assert_shows("dateCreated:");
    screen.keys("<PgDn><PgDn>");
    let here = |screen: &Screen| {
        let text = screen.text();
        let at = text.find("number ").expect("an answer") + "number ".len();
        text[at..].chars().next().and_then(|c| c.to_digit(10)).unwrap()
    };
    let both = here(&screen);
    assert!((1..=8).contains(&both), "{both}");
    screen.keys("<Tab>").assert_shows("Preview: page");
    assert!(!screen.shows("Preview: source"));
    assert!(here(&screen).abs_diff(both) <= 1, "{} {both}", here(&screen));
    screen.keys("<Tab>").assert_shows("Preview: source");
    assert!(!screen.shows("Preview: page"));
    assert!(here(&screen).abs_diff(both) <= 1, "{} {both}", here(&screen));
    screen.keys("G").assert_shows("Answer number 10.");
    screen.resize(90, 24).keys("<Tab>").assert_shows("Preview: page");
    screen.keys("<Esc>").assert_shows("Introduction");
}

#[test]
fn the_path_of_an_export_is_remembered_over_restarts_and_the_file_can_be_opened_or_its_path_copied() {
    use crate::tui::effect::Effect;
    let mut screen = Screen::review("saas-security", 120, 24);
    let page = screen.dir.path().join("wiki.md");
    screen.keys("<A-p>o").assert_shows("There is no page yet. e writes one.");
    screen
        .keys("e<C-u>")
        .paste(page.to_str().unwrap())
        .keys("<Enter>")
        .assert_shows("o opens it, y copies the path");
    let mut screen = screen.killed_and_started_again();
    screen.keys("<A-p>");
    let shown = page.to_str().unwrap().to_owned();
    let key = |screen: &mut Screen, c| {
        let key = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(c));
        screen.effects_of(crate::tui::update::Input::Key(key))
    };
    assert_eq!(key(&mut screen, 'o'), [Effect::OpenFile(page)]);
    assert_eq!(key(&mut screen, 'y'), [Effect::Copy(shown.clone())]);
    screen.keys("e").assert_shows(&shown);
}

#[test]
fn an_import_that_cannot_be_says_why_and_changes_nothing() {
    let mut screen = Screen::home(100, 30);
    screen.keys("i/nowhere/page.md<Enter>").assert_shows("cannot read /nowhere/page.md: it does not exist");
    screen.assert_shows("reviews");
}

#[test]
fn the_overview_leads_from_each_row_to_its_question() {
    let mut screen = Screen::review("saas-security", 100, 40);
    screen.keys("n<PgDn>y<PgDn>u<A-o>").assert_shows("Progress").assert_shows("Findings");
    screen.assert_shows("critical  TLS on the outside: Do not put data into it");
    screen.assert_shows("Certificates on the outside  Yes needs a detail; Yes needs a link");
    screen.assert_shows("Unanswered");
    screen.keys("<Down><Enter>");
    assert_eq!(screen.title(), "API authentication");
    screen.keys("<A-o>G<Enter>");
    assert_eq!(screen.title(), "Transparency");
    screen.keys("<A-o><Esc>").assert_shows("11 · Transparency");
}

#[test]
fn alt_left_and_right_go_through_the_questions_visited() {
    let mut screen = Screen::review("saas-security", 100, 40);
    screen.keys("<PgDn><PgDn><C-f>transparency<Enter><A-Left>");
    assert_eq!(screen.title(), "Encryption on the inside");
    screen.keys("<A-Left>");
    assert_eq!(screen.title(), "Certificates on the outside");
    screen.keys("<A-Right><A-Right>");
    assert_eq!(screen.title(), "Transparency");
    screen.keys("<A-Right>").assert_shows("Alt-Left goes back first.");
}

/// Home with a review of each of these subjects.
fn home_with(subjects: &[&str]) -> Screen {
    let mut screen = Screen::home(110, 30);
    for subject in subjects {
        screen.keys("n<Enter>").paste(subject).keys("<Enter>u<A-h>");
    }
    screen
}

#[test]
fn a_review_is_deleted_into_the_trash_and_brought_back() {
    let mut screen = home_with(&["Alpha", "Beta"]);
    screen.keys("gd").assert_shows("Deleted. Ctrl-Z brings it back");
    assert_eq!(screen.state.home.list.len(), 1);
    screen.keys("<C-z>").assert_shows("Alpha").assert_shows("Beta");
    screen.keys("gd").keys("T").assert_shows("Querist · trash");
    screen.keys("<Enter>T").assert_shows("Alpha").assert_shows("Beta");
    screen.keys("<Enter>");
    assert!(screen.session().answer(0).is_given());
}

#[test]
fn a_review_is_archived_and_taken_out_again() {
    let mut screen = home_with(&["Alpha"]);
    screen.keys("a").assert_shows("Archived.");
    screen.keys("A").assert_shows("Querist · archive").assert_shows("Alpha");
    screen.keys("aA").assert_shows("Querist · reviews").assert_shows("Alpha");
}

#[test]
fn a_review_is_renamed_and_copied() {
    let mut screen = home_with(&["Alpha"]);
    screen.keys("r<C-u>Omega<Enter>").assert_shows("Omega");
    screen.keys("c").assert_shows("Omega (copy)");
    assert_eq!(screen.state.home.list.len(), 2);
}

#[test]
fn a_review_is_found_by_typing_and_opened() {
    let mut screen = home_with(&["Alpha", "Beta", "Gamma"]);
    screen.keys("/bet").assert_shows("Beta · SaaS security");
    assert!(!screen.shows("Gamma · SaaS"));
    screen.keys("<Enter>").assert_shows("Beta · SaaS security");
    assert_eq!(screen.session().subject(), "Beta");
}

#[test]
fn a_review_that_is_open_elsewhere_is_not_moved() {
    let mut screen = home_with(&["Alpha"]);
    let id = screen.state.home.list[0].id.clone();
    let _open = screen.workspace.sessions.open(&id, crate::workspace::Workspace::me()).unwrap();
    screen.keys("d").assert_shows("another Querist has it open");
    assert_eq!(screen.state.home.list.len(), 1);
}

#[test]
fn the_outline_shows_all_open_flagged_or_one_answer() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("u<PgDn>n<PgDn>!ask<Enter><Esc>f").assert_shows("Questions: open");
    assert!(!screen.shows("TLS on the outside"));
    screen.keys("f").assert_shows("Questions: flagged").assert_shows("Encryption on the inside");
    assert!(!screen.shows("Event logging"));
    screen.keys("f").assert_shows("Questions: Unknown").assert_shows("TLS on the outside");
    screen.keys("f").assert_shows("Questions: No");
    screen.keys("f").assert_shows("Introduction");
    // What is answered leaves the open ones at once.
    screen.keys("fg<Enter>uu").assert_shows("Questions: open");
    screen.keys("<PgDn>u");
    assert!(screen.session().progress().done >= 1);
}
