//! What dialogs say, and the keys in them.

use super::harness::Screen;

#[test]
fn the_places_to_look_mention_the_domain_only_if_one_needs_it() {
    let source = |url: &str| {
        format!(
            r#"{{"format": 1, "id": "places", "version": "1", "title": "Places", "subject_label": "App",
            "sections": [{{"id": "s", "title": "S", "questions": [{{"id": "a", "title": "A", "text": "A?",
            "kind": "text", "look": [{{"label": "Docs", "url": "{url}"}}]}}]}}]}}"#
        )
    };
    for (url, is_needed) in [("https://docs.example", false), ("https://docs.{domain}", true)] {
        let mut screen = Screen::with_questionnaire("places", &source(url), 120, 40);
        screen.keys("<A-l>").assert_shows("Press a digit, or Enter.");
        assert_eq!(screen.shows("The domain is not known yet."), is_needed, "{url}");
    }
}

#[test]
fn select_all_in_a_dialog_lets_typing_replace_the_name() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<A-p>e<A-a>other.md").assert_shows("› other.md");
    screen.keys("<A-a><Backspace>x").assert_shows("› x");
}

#[test]
fn the_selection_in_a_dialog_is_copied_cut_and_pasted() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<C-g>123<C-c>").assert_shows("Nothing is selected. Ctrl-Q quits.");
    screen.keys("<S-Left><C-c><C-v><C-v>").assert_shows("› 1233");
    screen.keys("<A-a><C-x>").assert_hides("1233");
    screen.keys("<C-v>").assert_shows("› 1233");
}

#[test]
fn home_and_end_go_to_the_first_and_last_entry_of_a_list() {
    let mut screen = Screen::home(100, 40);
    screen.keys("n<End>").assert_shows("› From a file");
    screen.keys("<Home>").assert_hides("› From a file").assert_shows("› SaaS security");
    // Where there is no list, they move in the text.
    screen.keys("<Enter>board<Home>Paper").assert_shows("› Paperboard");
}

#[test]
fn a_new_session_names_its_questionnaire_and_keeps_the_capitals_of_its_subject() {
    let mut screen = Screen::home(100, 40);
    screen.keys("nai service<Enter>").assert_shows("New session: AI service");
    screen.assert_shows("Name of the AI service (used in the page title)");
    screen.keys("<Esc>nrapid<Enter>").assert_shows("New session: Rapid risk assessment");
    screen.assert_shows("Name of the service (used in the page title)");
}

#[test]
fn a_questionnaire_of_our_own_in_a_file_is_shown_as_it_was_understood() {
    let mut screen = Screen::home(100, 40);
    let path = screen.dir.path().join("own.json");
    std::fs::write(&path, crate::questionnaire::SHOWCASE).unwrap();
    screen.keys("i").paste(&path.display().to_string()).keys("<Enter>");
    screen.assert_shows("Querist questionnaire: 31 questions, 6 sections. Name of the vendor");
    screen.keys("Paperboat<Enter>");
    assert_eq!(screen.session().subject(), "Paperboat");
}
