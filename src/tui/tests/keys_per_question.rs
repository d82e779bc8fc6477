//! How many keys a question takes, counted while a whole session is typed.

use super::harness::Screen;

/// What a reviewer types.
enum Typed {
    /// A key that is not part of a text, by its name in the harness.
    Key(&'static str),
    /// Text, typed key by key.
    Text(&'static str),
    /// Text pasted by the terminal.
    Pasted(&'static str),
}
use Typed::{Key, Pasted, Text};

/// The answers of a typical page: most with a detail, some with links, one with a qualifier.
const ANSWERS: [&[Typed]; 11] = [
    &[
        Key("y"),
        Key("<Enter>"),
        Text("HTTPS throughout, see the "),
        Pasted("[security page](https://paperboat.example/security)"),
        Text("."),
        Key("<PgDn>"),
    ],
    &[
        Key("y"),
        Text("(app hosts"),
        Key("<Enter>"),
        Text("Public test: "),
        Pasted("https://tls.example/paperboat"),
        Key("<PgDn>"),
    ],
    &[Key("u"), Key("<PgDn>")],
    &[Key("u"), Key("<PgDn>")],
    &[
        Key("y"),
        Key("<Enter>"),
        Text("Keys with scopes: "),
        Pasted("[API](https://paperboat.example/api)"),
        Key("<PgDn>"),
    ],
    &[Key("n"), Key("<Enter>"), Text("Everybody may do everything."), Key("<PgDn>")],
    &[Key("p"), Key("<Enter>"), Text("Codes by text message; no passkeys."), Key("<PgDn>")],
    &[
        Key("y"),
        Key("<Enter>"),
        Text("Kept for a year, "),
        Pasted("[log](https://paperboat.example/log)"),
        Key("<PgDn>"),
    ],
    &[Key("a"), Key("<PgDn>")],
    &[
        Key("y"),
        Key("<Enter>"),
        Text("Bounty since 2024: "),
        Pasted("https://paperboat.example/bounty"),
        Key("<PgDn>"),
    ],
    &[
        Key("y"),
        Key("<Enter>"),
        Text("Ten of eleven answers were public: "),
        Pasted("https://paperboat.example/docs"),
        Key("<PgDn>"),
    ],
];

/// Types the answers. Returns the keys for each question besides its text, and the screen.
fn typed() -> (Vec<(String, usize, String)>, Screen) {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    let mut rows = Vec::new();
    for answer in ANSWERS {
        let title = screen.title().to_owned();
        let mut keys = Vec::new();
        for typed in answer {
            match typed {
                Key(key) => {
                    screen.keys(key);
                    keys.push(key.trim_matches(['<', '>']).to_owned());
                }
                Text(text) => drop(screen.keys(text)),
                Pasted(text) => drop(screen.paste(text)),
            }
        }
        rows.push((title, keys.len(), keys.join(", ")));
    }
    (rows, screen)
}

#[test]
fn a_question_takes_at_most_three_keys_besides_its_text() {
    let (rows, screen) = typed();
    assert!(rows.iter().all(|(_, count, _)| *count <= 3), "{rows:?}");
    assert_eq!(screen.session().progress().done, 11, "{}", screen.text());
    assert_eq!(screen.answer("external-certificates").qualifier, "app hosts");
}

#[test]
fn the_docs_have_the_table_of_keys_per_question() {
    let (rows, _) = typed();
    let mut table = "| question | keys besides the text | which |\n| --- | --- | --- |\n".to_owned();
    for (title, count, keys) in &rows {
        table.push_str(&format!("| {title} | {count} | {keys} |\n"));
    }
    let all: usize = rows.iter().map(|(_, count, _)| count).sum();
    table.push_str(&format!("| all eleven | {all} | |\n"));
    crate::tui::tests::docs::holds("docs/keys.md", "keys per question", &table);
}
