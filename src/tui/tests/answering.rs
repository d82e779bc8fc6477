//! Choosing, qualifying, judging.

use super::harness::Screen;
use crate::session::{Basis, Field};

#[test]
fn a_letter_chooses_and_the_same_letter_clears_and_the_focus_stays() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("y").assert_shows("[y] ● Yes");
    screen.keys("n").assert_shows("[n] ● No").assert_shows("[y] ○ Yes");
    screen.keys("n");
    assert!(screen.answer("external-tls").is_empty());
    assert_eq!(screen.session().position().field, Field::Answer);
}

#[test]
fn a_digit_chooses_by_place_and_a_wrong_key_says_which_there_are() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("3").assert_shows("[p] ● Partial");
    screen.keys("x").assert_shows("No choice has the key x. There are: y n p u a.");
}

#[test]
fn several_choices_are_toggled_one_by_one() {
    let mut screen = Screen::review("vendor-baseline", 120, 40);
    screen.keys("<PgDn>").keys("pdc").assert_shows("■ Public").assert_shows("■ Payment cards");
    screen.keys("p");
    assert_eq!(screen.answer("data-kinds").choices, ["personal", "payment"]);
}

#[test]
fn an_answer_that_lacks_something_says_what_and_advice_stands_beside_it() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("y").assert_shows("! Yes needs a detail; Yes needs a link");
    screen.keys("n").assert_shows("critical: Do not put data into it");
}

#[test]
fn an_answer_shows_and_hides_the_questions_that_hang_on_it() {
    let mut screen = Screen::review("vendor-baseline", 120, 50);
    assert!(!screen.shows("Processing agreement"));
    screen.keys("<PgDn>d").assert_shows("Processing agreement").assert_shows("People concerned");
    screen.keys("d");
    assert!(!screen.shows("Processing agreement"));
}

#[test]
fn a_qualifier_is_typed_after_a_bracket_and_stands_under_the_answer() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("y(version dependent<Esc>").assert_shows("Qualifier version dependent");
    assert_eq!(screen.answer("external-tls").qualifier, "version dependent");
    assert_eq!(screen.session().position().field, Field::Answer);
    // Enter goes on to the detail, as it does from the answer.
    screen.keys("(s<Enter>Since 2.0.");
    assert_eq!(screen.answer("external-tls").qualifier, "version dependents");
    assert_eq!(screen.answer("external-tls").detail, "Since 2.0.");
}

#[test]
fn one_key_walks_through_how_an_answer_is_known() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("y==").assert_shows("known by: document read");
    screen.keys("<Enter>x<A-b>");
    assert_eq!(screen.answer("external-tls").basis, Some(Basis::Interviewed));
    assert_eq!(screen.session().position().field, Field::Detail);
    screen.keys("y");
    assert_eq!(screen.answer("external-tls").detail, "xy");
}

#[test]
fn a_flag_keeps_a_question_open_with_the_words_typed_into_it() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("u!ask Kim<Enter>").assert_shows("⚑ Flag").assert_shows("! flagged: ask Kim");
    assert_eq!(screen.answer("external-tls").flag.as_deref(), Some("ask Kim"));
    screen.keys("<A-u>");
    assert_eq!(screen.answer("external-tls").flag, None);
}

#[test]
fn a_number_and_a_date_are_typed_and_a_wrong_one_stands_but_is_open() {
    let mut screen = Screen::review("vendor-baseline", 120, 50);
    screen.keys("<PgDn>d<PgDn>");
    assert_eq!(screen.title(), "People concerned");
    screen.keys("many").assert_shows("! not a number");
    screen.keys("<C-u>2000");
    assert_eq!(screen.answer("people").value, "2000");
    assert!(!screen.shows("not a number"));
}

#[test]
fn an_address_pasted_among_the_links_is_a_new_link_with_todays_date() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<Tab><Tab>").paste("https://a.example/tls\n").keys("White paper<Enter>");
    screen.assert_shows("1 White paper · a.example · 2");
    let link = &screen.answer("external-tls").links[0];
    assert_eq!((link.url.as_str(), link.label.as_str()), ("https://a.example/tls", "White paper"));
    assert_eq!(link.retrieved.len(), 10);
    screen.paste("https://a.example/tls").assert_shows("This link is there already.");
    screen.paste("javascript:alert(1)").assert_shows("That is no address.");
    assert_eq!(screen.answer("external-tls").links.len(), 1);
}

#[test]
fn links_are_made_edited_moved_deleted_and_brought_back() {
    let mut screen = Screen::review("saas-security", 120, 40);
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
fn a_malformed_address_is_shown_at_once_and_an_empty_link_goes_by_itself() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<Tab><Tab>nfoo").assert_shows("begins with none of https://, http://, mailto:");
    screen.keys("<C-u><Esc>");
    assert!(screen.answer("external-tls").links.is_empty());
    screen.keys("n<PgDn>");
    assert!(screen.answer("external-tls").links.is_empty());
}

#[test]
fn a_pasted_address_fills_in_words_and_date_and_typing_replaces_the_words() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<Tab><Tab>").paste("https://a.example/docs/42-audit-log.html").keys("<Enter>");
    screen.assert_shows("1 audit log · a.example · 2");
    screen.keys("nhttps://b.example/sso<Enter>").assert_shows("Label    sso");
    screen.keys("Single sign-on<Enter>");
    screen.assert_shows("2 Single sign-on · b.example · 2");
}

#[test]
fn an_address_that_is_listed_twice_is_marked_while_it_is_typed() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<Tab><Tab>").paste("https://a.example/sso").keys("<Enter>n");
    screen.keys("https://a.example/ss");
    assert!(!screen.shows("listed twice"));
    screen.keys("o").assert_shows("2 ! https://a.example/sso · a.example · listed twice");
}

#[test]
fn enter_on_a_link_opens_it() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<Tab><Tab>").paste("https://a.example/sso").keys("<Enter>");
    let enter = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Enter);
    let effects = screen.effects_of(crate::tui::update::Input::Key(enter));
    assert_eq!(effects, [crate::tui::effect::Effect::Browse("https://a.example/sso".into())]);
}

#[test]
fn a_click_on_a_link_opens_it() {
    use crate::tui::effect::Effect;
    use crate::tui::update::Input;
    use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<Enter>See [docs](https://d.example/x) and [code](file:///etc/passwd).<PgDn><PgUp>");
    let click = |screen: &mut Screen, text: &str| {
        let (column, row) = screen.place(text);
        let kind = MouseEventKind::Down(MouseButton::Left);
        let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
        screen.effects_of(Input::Mouse(event))
    };
    assert!(click(&mut screen, "docs · d.example").contains(&Effect::Browse("https://d.example/x".into())));
    let effects = click(&mut screen, "! code");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Browse(_))), "{effects:?}");
    screen.assert_shows("Only http, https and mailto addresses are opened.");
}

#[test]
fn links_that_the_detail_cites_are_listed_and_stored_only_there() {
    let mut screen = Screen::review("saas-security", 120, 40);
    screen.keys("<Enter>See [docs](https://d.example/x).").assert_shows("1 docs · d.example · cited");
    assert!(screen.answer("external-tls").links.is_empty());
    screen.keys("<Tab>d").assert_shows("This link is cited in the detail; change it there.");
}

#[test]
fn an_answer_in_free_text_wraps_like_a_detail() {
    let mut screen = Screen::review("vendor-baseline", 80, 30);
    screen
        .paste("It pays our people and sends the slips to them, every month, ")
        .keys("and that is all of it.");
    screen.assert_shows("It pays our people").assert_shows("of it.");
    screen.keys("<Up><Up><Home>X").assert_shows("XIt pays");
}
