//! Choices, qualifier, basis, flag, evidence.

use super::harness::Screen;
use crate::session::{Basis, Field};

#[test]
fn a_letter_chooses_pressing_it_again_keeps_the_choice_and_backspace_clears_it() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("y").assert_shows("[y] ● Yes");
    screen.keys("n").assert_shows("[n] ● No").assert_shows("[y] ○ Yes");
    screen.keys("n");
    assert_eq!(screen.answer("external-tls").choices, ["no"]);
    screen.keys("<Backspace>").assert_shows("Answer cleared. Ctrl-Z undoes this.");
    assert!(screen.answer("external-tls").is_empty());
    screen.keys("<C-z>").assert_shows("[n] ● No");
    screen.keys("<Delete><Delete>").assert_shows("There is no answer to clear.");
    assert_eq!(screen.session().position().field, Field::Answer);
}

#[test]
fn a_digit_chooses_too_and_a_wrong_key_names_the_letters() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.assert_shows("ynpua or 1-5 choose");
    screen.keys("3").assert_shows("[p] ● Partial");
    screen.keys("x").assert_shows("x is not a choice. Use y, n, p, u or a.");
}

#[test]
fn several_choices_are_toggled_one_by_one() {
    let mut screen = Screen::session_of("showcase", 120, 40);
    screen.keys("<PgDn>").keys("pdc").assert_shows("■ Public").assert_shows("■ Payment cards");
    screen.keys("p");
    assert_eq!(screen.answer("data-kinds").choices, ["personal", "payment"]);
}

#[test]
fn an_answer_that_lacks_something_says_what_and_shows_the_recommendation() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("y").assert_shows("! Yes needs a detail and a link");
    screen.keys("n").assert_shows("Recommendation (critical): ");
}

#[test]
fn an_answer_shows_and_hides_dependent_questions_and_says_so() {
    let mut screen = Screen::session_of("showcase", 120, 50);
    screen.assert_hides("Data processing agreement");
    screen.keys("<PgDn>d").assert_shows("more questions apply now.");
    screen.assert_shows("Data processing agreement").assert_shows("Data subjects");
    screen.keys("d").assert_shows("no longer apply; their answers are kept.");
    screen.assert_hides("Data processing agreement");
}

#[test]
fn a_qualifier_is_typed_after_an_opening_bracket() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("y(version dependent<Esc>").assert_shows("Qualifier version dependent");
    assert_eq!(screen.answer("external-tls").qualifier, "version dependent");
    assert_eq!(screen.session().position().field, Field::Answer);
    // Enter continues to the detail, as it does from the answer.
    screen.keys("(s<Enter>Since 2.0.");
    assert_eq!(screen.answer("external-tls").qualifier, "version dependents");
    assert_eq!(screen.answer("external-tls").detail, "Since 2.0.");
}

#[test]
fn the_basis_is_chosen_from_a_menu_by_its_first_letter_and_from_the_palette() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("y=").assert_shows("How is the answer known?").assert_shows("interviewed");
    screen.keys("d").assert_shows("Basis: document read");
    assert_eq!(screen.session().position().field, Field::Answer);
    screen.keys("<Enter>x<C-p>basis<Enter>t");
    assert_eq!(screen.answer("external-tls").basis, Some(Basis::Tested));
    assert_eq!(screen.session().position().field, Field::Detail);
    screen.keys("y<BackTab>=n");
    assert_eq!(screen.answer("external-tls").detail, "xy");
    assert_eq!(screen.answer("external-tls").basis, None);
}

#[test]
fn a_flag_keeps_a_question_open_with_its_words_and_an_empty_one_is_removed_by_escape() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("u!ask Kim<Enter>").assert_shows("⚑ Flag    ask Kim");
    assert_eq!(screen.answer("external-tls").flag.as_deref(), Some("ask Kim"));
    screen.keys("<A-u>").assert_shows("Flag removed. Ctrl-Z undoes this.");
    assert_eq!(screen.answer("external-tls").flag, None);
    screen.keys("!<Esc>");
    assert_eq!(screen.answer("external-tls").flag, None);
    assert_eq!(screen.session().position().field, Field::Answer);
}

#[test]
fn an_invalid_number_is_kept_but_stays_open() {
    let mut screen = Screen::session_of("showcase", 120, 50);
    screen.keys("<PgDn>d<PgDn>");
    assert_eq!(screen.title(), "Data subjects");
    screen.keys("many").assert_shows("! not a number");
    screen.keys("<C-u>2000");
    assert_eq!(screen.answer("people").value, "2000");
    assert!(!screen.shows("not a number"));
}

#[test]
fn a_url_pasted_into_the_evidence_becomes_a_link_with_todays_date() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Tab><Tab>").paste("https://a.example/tls\n").keys("White paper<Enter>");
    screen.assert_shows("1 White paper · a.example · 2");
    let link = &screen.answer("external-tls").links[0];
    assert_eq!((link.url.as_str(), link.label.as_str()), ("https://a.example/tls", "White paper"));
    assert_eq!(link.retrieved.len(), 10);
    screen.paste("https://a.example/tls").assert_shows("This link is in the list already.");
    screen
        .paste("javascript:alert(1)")
        .assert_shows("This is not a web address: it must start with https://, http:// or mailto:.");
    assert_eq!(screen.answer("external-tls").links.len(), 1);
}

#[test]
fn links_are_added_edited_moved_deleted_and_restored() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Tab><Tab>nhttps://a.example<Enter>A<Enter>").keys("nhttps://b.example<Enter>B<Enter>");
    let labels = |screen: &Screen| -> Vec<String> {
        screen.answer("external-tls").links.iter().map(|l| l.label.clone()).collect()
    };
    assert_eq!(labels(&screen), ["A", "B"]);
    screen.keys("<S-Up>");
    assert_eq!(labels(&screen), ["B", "A"]);
    screen.keys("<Down>l2<Enter>");
    assert_eq!(labels(&screen), ["B", "A2"]);
    screen.keys("d");
    assert_eq!(labels(&screen), ["B"]);
    screen.keys("<C-z>");
    assert_eq!(labels(&screen), ["B", "A2"]);
}

#[test]
fn a_bad_url_is_marked_at_once_and_an_empty_link_removes_itself() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Tab><Tab>nfoo").assert_shows("must start with https://, http:// or mailto:");
    screen.keys("<C-u><Esc>");
    assert!(screen.answer("external-tls").links.is_empty());
    screen.keys("n<PgDn>");
    assert!(screen.answer("external-tls").links.is_empty());
}

#[test]
fn a_pasted_url_fills_in_label_and_date_and_typing_replaces_the_label() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Tab><Tab>").paste("https://a.example/docs/42-audit-log.html").keys("<Enter>");
    screen.assert_shows("1 42 audit log · a.example · 2");
    screen.keys("nhttps://b.example/sso<Enter>").assert_shows("Label  Sso");
    screen.keys("Single sign-on<Enter>");
    screen.assert_shows("2 Single sign-on · b.example · 2");
}

#[test]
fn a_url_that_is_listed_twice_is_marked_while_it_is_typed() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Tab><Tab>").paste("https://a.example/sso").keys("<Enter>n");
    screen.keys("https://a.example/ss");
    assert!(!screen.shows("listed twice"));
    screen.keys("o").assert_shows("2 ! https://a.example/sso · a.example · listed twice");
}

#[test]
fn enter_on_a_link_opens_it() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Tab><Tab>").paste("https://a.example/sso").keys("<Enter>");
    let enter = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Enter);
    let effects = screen.effects_of(crate::tui::app::Input::Key(enter));
    assert_eq!(effects, [crate::tui::effect::Effect::Browse { url: "https://a.example/sso".into() }]);
}

#[test]
fn a_click_on_a_link_opens_it() {
    use crate::tui::app::Input;
    use crate::tui::effect::Effect;
    use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>See [docs](https://d.example/x) and [code](file:///etc/passwd).<PgDn><PgUp>");
    let click = |screen: &mut Screen, text: &str| {
        let (column, row) = screen.place(text);
        let kind = MouseEventKind::Down(MouseButton::Left);
        let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
        screen.effects_of(Input::Mouse(event))
    };
    assert!(
        click(&mut screen, "docs · d.example")
            .contains(&Effect::Browse { url: "https://d.example/x".into() })
    );
    let effects = click(&mut screen, "! code");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Browse { .. })), "{effects:?}");
    screen.assert_shows("Only http, https and mailto links can be opened.");
}

#[test]
fn links_cited_in_the_detail_are_listed_but_stored_only_there() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>See [docs](https://d.example/x).").assert_shows("1 docs · d.example · 2026-11");
    assert!(screen.answer("external-tls").links.is_empty());
    screen.keys("<Tab>d").assert_shows("This link is cited in the detail; change it there.");
}

#[test]
fn an_answer_in_free_text_wraps_like_the_detail() {
    let mut screen = Screen::session_of("showcase", 80, 30);
    screen
        .paste("It pays our people and sends the slips to them, every month, ")
        .keys("and that is all of it.");
    screen.assert_shows("It pays our people").assert_shows("of it.");
    screen.keys("<Up><Up><Home>X").assert_shows("XIt pays");
}

#[test]
fn several_pasted_urls_become_several_links() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen
        .keys("<Tab><Tab>")
        .paste("https://a.example/one\nhttps://b.example/two\r\n\nhttps://c.example/three");
    screen.assert_shows("3 links added.");
    let urls: Vec<_> = screen.answer("external-tls").links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(urls, ["https://a.example/one", "https://b.example/two", "https://c.example/three"]);
}

#[test]
fn tab_moves_through_the_parts_of_a_link_and_a_missing_scheme_is_added() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Tab><Tab>na.example/tls<Tab>White paper<Tab>We use TLS 1.3.<Tab>");
    let link = &screen.answer("external-tls").links[0];
    assert_eq!(link.url, "https://a.example/tls");
    assert_eq!((link.label.as_str(), link.quote.as_str()), ("White paper", "We use TLS 1.3."));
    assert_eq!(screen.session().position().field, Field::Note);
    screen.keys("<BackTab>").assert_shows("We use TLS 1.3.").assert_shows("https://a.example/tls");
}

#[test]
fn a_source_that_was_read_again_gets_todays_date_even_if_it_is_only_cited() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>See [docs](https://d.example/x).<Tab>r").assert_shows("Date set to today.");
    screen.assert_shows("docs · d.example · 2026-11-22 · cited");
    assert_eq!(screen.answer("external-tls").link_count(), 1);
}

#[test]
fn a_choice_that_goes_with_no_other_one_replaces_them_and_they_replace_it() {
    let mut screen = Screen::session_of("showcase", 100, 40);
    let reports = screen.session().index_of("reports").unwrap() + 1;
    screen.keys(&format!("<C-g>{reports}<Enter>")).assert_shows("None");
    for (key, expected) in [
        ("1", &["iso27001"][..]),
        ("2", &["iso27001", "soc2"]),
        ("n", &["none"]),
        ("2", &["soc2"]),
        ("2", &[]),
        ("n", &["none"]),
        ("n", &[]),
    ] {
        screen.keys(key);
        assert_eq!(screen.answer("reports").choices, expected, "{key}");
    }
}

#[test]
fn answers_that_contradict_each_other_are_named_at_the_question_and_by_the_next_open_one() {
    let mut screen = Screen::session_of("showcase", 120, 40);
    let of = |screen: &Screen, id: &str| screen.session().index_of(id).unwrap() + 1;
    let (reports, pentest) = (of(&screen, "reports"), of(&screen, "pentest"));
    screen.keys(&format!("<C-g>{reports}<Enter>n<C-g>{pentest}<Enter>y"));
    let rule = screen.session().questionnaire().rules[0].clone();
    let place = of(&screen, &rule.questions[0]);
    screen.keys(&format!("<C-g>{place}<Enter>")).assert_shows("is tested independently every");
    assert!(rule.say.contains("is tested independently every"));
    let count = screen.session().progress();
    assert!(count.done < count.asked);
}

#[test]
fn a_basis_needs_an_answer() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("=").assert_shows("There is no answer yet.").assert_hides("How is the answer known?");
    // A basis that is left of an answer that was cleared can be removed.
    screen.keys("y=d<Backspace>=").assert_shows("How is the answer known?");
    screen.keys("n");
    assert_eq!(screen.answer("external-tls").basis, None);
    screen.keys("=").assert_shows("There is no answer yet.");
}

#[test]
fn an_unknown_answer_asks_where_the_reviewer_looked() {
    let mut screen = Screen::session_of("saas-security", 100, 30);
    screen.keys("y").assert_shows("What you found out.");
    screen.keys("u").assert_shows("Where you looked, and when.");
}
