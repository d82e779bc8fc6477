use super::*;
use proptest::prelude::*;

const NONE: KeyModifiers = KeyModifiers::NONE;
const ALT: KeyModifiers = KeyModifiers::ALT;

/// What is received if the terminal pauses after each of these pieces, and at the end.
fn received(pieces: &[&[u8]]) -> Vec<Received> {
    let mut sequences = Sequences::default();
    let mut all = Vec::new();
    for piece in pieces {
        all.extend(sequences.take(piece));
        if sequences.patience().is_some() {
            all.extend(sequences.pause());
        }
    }
    all
}

fn keys(bytes: &[u8]) -> Vec<(KeyCode, KeyModifiers)> {
    let key = |received| match received {
        Received::Key(key) => (key.code, key.modifiers),
        other => panic!("{other:?}"),
    };
    received(&[bytes]).into_iter().map(key).collect()
}

fn paste(text: &str, is_complete: bool) -> Received {
    Received::Paste { text: text.to_owned(), is_complete }
}

#[test]
fn a_sequence_is_one_key() {
    assert_eq!(keys(b"\x1b[A"), [(KeyCode::Up, NONE)]);
    assert_eq!(keys(b"\x1bOA"), [(KeyCode::Up, NONE)]);
    assert_eq!(keys(b"\x1b[1;3C"), [(KeyCode::Right, ALT)]);
    assert_eq!(keys(b"\x1b[6~"), [(KeyCode::PageDown, NONE)]);
    assert_eq!(keys(b"\x1b[[B"), [(KeyCode::F(2), NONE)]);
    assert_eq!(keys(b"\x1bb"), [(KeyCode::Char('b'), ALT)]);
    assert_eq!(keys("\x1bé".as_bytes()), [(KeyCode::Char('é'), ALT)]);
    assert_eq!(keys("aé漢".as_bytes()).len(), 3);
}

#[test]
fn one_more_escape_character_is_alt() {
    assert_eq!(keys(b"\x1b\x1b[B"), [(KeyCode::Down, ALT)]);
    assert_eq!(keys(b"\x1b\x1bOD"), [(KeyCode::Left, ALT)]);
}

#[test]
fn a_pause_after_an_escape_character_makes_it_the_esc_key() {
    assert_eq!(keys(b"\x1b"), [(KeyCode::Esc, NONE)]);
    assert_eq!(keys(b"\x1b\x1b"), [(KeyCode::Esc, NONE), (KeyCode::Esc, NONE)]);
    assert_eq!(keys(b"\x1b\x1b\x1b[A").len(), 2);
    assert_eq!(keys(b"\x1b["), [(KeyCode::Char('['), ALT)]);
    assert_eq!(keys(b"\x1bO"), [(KeyCode::Char('O'), ALT | KeyModifiers::SHIFT)]);
    assert_eq!(keys(b"\x1b]"), [(KeyCode::Char(']'), ALT)]);
    let esc_and_up = received(&[b"\x1b", b"\x1b[A"]);
    assert_eq!(esc_and_up, [Received::Key(KeyCode::Esc.into()), Received::Key(KeyCode::Up.into())]);
}

#[test]
fn a_key_that_follows_an_unfinished_sequence_is_not_lost() {
    assert_eq!(keys(b"\x1b[\r"), [(KeyCode::Char('['), ALT), (KeyCode::Enter, NONE)]);
    assert_eq!(keys(b"\x1b[1\x1b[A").last(), Some(&(KeyCode::Up, NONE)));
    assert_eq!(keys(b"\x1b]x\x1b[A").last(), Some(&(KeyCode::Up, NONE)));
}

#[test]
fn replies_of_the_terminal_are_dropped() {
    let replies: [&[u8]; 12] = [
        b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
        b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        b"\x1b]52;c;aGVsbG8=\x07",
        b"\x1bP>|XTerm(380)\x1b\\",
        b"\x1b_Gi=31;OK\x1b\\",
        b"\x1b[?62;22c",
        b"\x1b[>0;276;0c",
        b"\x1b[24;80R",
        b"\x1b[?2026;2$y",
        b"\x1b[8;24;80t",
        b"\x1b[I",
        "\x1b[é".as_bytes(),
    ];
    for reply in replies {
        assert_eq!(received(&[&[reply, b"x"].concat()]), [Received::Key(KeyCode::Char('x').into())]);
        let cut = reply.len() / 2;
        let mut sequences = Sequences::default();
        let parts = [sequences.take(&reply[..cut]), sequences.take(&reply[cut..])].concat();
        assert_eq!(parts, [], "in two parts");
    }
    assert_eq!(received(&[b"\x1b]11;rgb:1e1e"]), [], "one that never ends");
}

#[test]
fn clicks_are_received_in_each_of_the_forms_that_terminals_send() {
    let forms: [&[u8]; 3] = [b"\x1b[<0;10;5M", b"\x1b[32;10;5M", b"\x1b[M *%"];
    for form in forms {
        let [Received::Mouse(event)] = received(&[form])[..] else { panic!("{form:?}") };
        assert_eq!((event.column, event.row), (9, 4), "{form:?}");
    }
}

#[test]
fn a_paste_is_one_text_with_whatever_is_in_it() {
    assert_eq!(received(&[b"\x1b[200~a\r\x1b[A\x11\x1b[201~"]), [paste("a\r\x1b[A\x11", true)]);
    let mut sequences = Sequences::default();
    let parts = [sequences.take(b"\x1b[20"), sequences.take(b"0~ab\x1b[2"), sequences.take(b"01~c")].concat();
    assert_eq!(parts, [paste("ab", true), Received::Key(KeyCode::Char('c').into())]);
}

#[test]
fn a_paste_that_does_not_end_shows_what_has_arrived_and_ends_with_esc() {
    let pieces: [&[u8]; 4] = [b"\x1b[200~one", b"two", b"\x1b", b"y"];
    let expected =
        [paste("one", false), paste("two", false), paste("", true), Received::Key(KeyCode::Char('y').into())];
    assert_eq!(received(&pieces), expected);
}

proptest! {
    #[test]
    fn bytes_mean_the_same_however_they_are_divided(
        bytes in proptest::collection::vec(
            prop_oneof![any::<u8>(), proptest::sample::select(b"\x1b[]1;~M".as_slice())],
            0..60,
        ),
        size in 1usize..7,
    ) {
        let (mut whole, mut parts) = (Sequences::default(), Sequences::default());
        let mut expected = whole.take(&bytes);
        let mut found: Vec<Received> = bytes.chunks(size).flat_map(|part| parts.take(part)).collect();
        expected.extend(whole.pause());
        found.extend(parts.pause());
        prop_assert_eq!(found, expected);
        prop_assert!(whole.patience().is_none() || whole.paste.is_some());
    }

    #[test]
    fn every_character_that_is_typed_arrives(text in "[ -~é漢]{0,200}") {
        let typed: Vec<Received> = text.chars().map(|c| Received::Key(key::typed(c))).collect();
        prop_assert_eq!(received(&[text.as_bytes()]), typed);
    }
}
