//! A screen without a terminal.

use std::cell::RefCell;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui_core::buffer::Buffer;
use ratatui_core::layout::{Position, Size};

use crate::session::{Answer, Session};
use crate::tui::effect::Effect;
use crate::tui::frame::Frame;
use crate::tui::perform::Performer;
use crate::tui::run::perform_all;
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::tui::update::{Input, update};
use crate::tui::view::view;
use crate::workspace::Workspace;

/// The time on every screen, so that pictures stay as they are.
const NOW: &str = "2026-11-22T12:00:00Z";

pub struct Screen {
    pub dir: tempfile::TempDir,
    pub workspace: Workspace,
    performer: Performer,
    pub state: State,
    pub theme: Theme,
    /// The frame that was drawn last.
    kept: RefCell<Frame>,
}

impl Screen {
    /// The home screen over an empty folder.
    pub fn home(width: u16, height: u16) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(dir.path().join("data"), dir.path().join("config"));
        Self::over(dir, workspace, width, height)
    }

    /// The home screen of somebody who never started the program before.
    pub fn first_run(width: u16, height: u16) -> Self {
        let mut screen = Self::home(width, height);
        screen.effects(vec![Effect::FirstRun]);
        screen
    }

    fn over(dir: tempfile::TempDir, workspace: Workspace, width: u16, height: u16) -> Self {
        let performer = Performer::new(workspace.clone(), dir.path().to_owned());
        let state = State::new(Size { width, height }, NOW.parse().unwrap());
        let mut screen = Self {
            dir,
            workspace,
            performer,
            state,
            theme: Theme::new(true, false),
            kept: RefCell::default(),
        };
        screen.effects(vec![Effect::List(crate::workspace::Shelf::Desk)]);
        screen
    }

    /// A new review of Paperboat with the built-in questionnaire of that id.
    pub fn review(questionnaire: &str, width: u16, height: u16) -> Self {
        let mut screen = Self::home(width, height);
        let (questionnaire, subject) = (questionnaire.to_owned(), "Paperboat".to_owned());
        screen.effects(vec![Effect::Create { questionnaire, subject }]);
        screen
    }

    /// The same folder seen by a program that was killed and started again.
    pub fn killed_and_started_again(self) -> Self {
        let id = self.state.review.as_ref().map(|review| review.id.clone());
        let Size { width, height } = self.state.size;
        let Self { dir, workspace, performer, .. } = self;
        drop(performer);
        let mut screen = Self::over(dir, workspace, width, height);
        if let Some(id) = id {
            screen.effects(vec![Effect::Open(id)]);
        }
        screen
    }

    pub fn effects(&mut self, effects: Vec<Effect>) {
        perform_all(&mut self.performer, &mut self.state, effects);
    }

    pub fn input(&mut self, input: Input) -> Vec<Effect> {
        let effects = self.effects_of(input);
        self.effects(effects.clone());
        effects
    }

    /// What an input asks for, without it being done.
    pub fn effects_of(&mut self, input: Input) -> Vec<Effect> {
        update(&mut self.state, input)
    }

    /// Types keys: characters as they are, named ones in angle brackets, such as `<Enter>` or `<C-n>`, `<A-b>`, `<S-Left>`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let (key, length) = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
                Some((name, _)) if c == '<' => (named(name), name.len() + 2),
                _ => (KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE), c.len_utf8()),
            };
            rest = &rest[length..];
            self.input(Input::Key(key));
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.input(Input::Paste(text.to_owned()));
        self
    }

    pub fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) -> &mut Self {
        self.input(Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        self
    }

    /// Clicks on the first place where `text` is shown.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let (x, y) = self.place(text);
        self.mouse(MouseEventKind::Down(MouseButton::Left), x, y)
    }

    /// Where `text` is shown first.
    pub fn place(&self, text: &str) -> (u16, u16) {
        let shown = self.text();
        for (y, line) in shown.lines().enumerate() {
            if let Some(at) = line.find(text) {
                return (line[..at].chars().count() as u16, y as u16);
            }
        }
        panic!("\"{text}\" is not shown:\n{shown}")
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.input(Input::Resize(Size { width, height }));
        self
    }

    /// Draws the screen; holds that a frame that keeps what did not change is the same as one drawn anew.
    pub fn draw(&self) -> (Buffer, Option<Position>) {
        let mut kept = self.kept.borrow_mut();
        kept.begin(self.state.size);
        view(&self.state, &self.theme, &mut kept);
        let mut frame = Frame::default();
        frame.begin(self.state.size);
        view(&self.state, &self.theme, &mut frame);
        assert!(
            *kept.buffer() == *frame.buffer() && kept.cursor() == frame.cursor(),
            "{:?}",
            self.state.screen
        );
        (frame.buffer().clone(), frame.cursor())
    }

    /// What is on the screen, a line a row.
    pub fn text(&self) -> String {
        let (buffer, _) = self.draw();
        let rows = buffer.content.chunks(buffer.area.width.max(1) as usize);
        let row = |cells: &[ratatui_core::buffer::Cell]| {
            let mut line = String::new();
            let mut skip = 0;
            for cell in cells {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                line.push_str(cell.symbol());
                skip = crate::text::width(cell.symbol()).saturating_sub(1);
            }
            line.trim_end().to_owned()
        };
        rows.map(row).collect::<Vec<_>>().join("\n")
    }

    /// The words that have all of `modifier`, each run of cells in a row as one.
    pub fn styled(&self, modifier: ratatui_core::style::Modifier) -> Vec<String> {
        let (buffer, _) = self.draw();
        let mut runs = vec![String::new()];
        for (i, cell) in buffer.content.iter().enumerate() {
            let starts_row = i % buffer.area.width as usize == 0;
            if starts_row || !cell.modifier.contains(modifier) {
                runs.push(String::new());
            }
            if cell.modifier.contains(modifier) {
                runs.last_mut().unwrap().push_str(cell.symbol());
            }
        }
        runs.into_iter().map(|run| run.trim().to_owned()).filter(|run| !run.is_empty()).collect()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    #[track_caller]
    pub fn assert_shows(&self, text: &str) -> &Self {
        assert!(self.shows(text), "\"{text}\" is not shown:\n{}", self.text());
        self
    }

    pub fn session(&self) -> &Session {
        &self.state.review.as_ref().expect("a review is open").session
    }

    pub fn answer(&self, id: &str) -> &Answer {
        self.session().answer_to(id).expect("a question")
    }

    /// The title of the question that is shown.
    pub fn title(&self) -> &str {
        let review = self.state.review.as_ref().expect("a review is open");
        review.question().map_or("", |index| &review.session.question(index).title)
    }
}

fn named(name: &str) -> KeyEvent {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = name;
    while let Some((prefix, inner)) = rest.split_once('-').filter(|(prefix, _)| prefix.len() == 1) {
        modifiers |= match prefix {
            "C" => KeyModifiers::CONTROL,
            "A" => KeyModifiers::ALT,
            "S" => KeyModifiers::SHIFT,
            other => panic!("no modifier {other}"),
        };
        rest = inner;
    }
    let code = match rest {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "BackTab" => KeyCode::BackTab,
        "PgDn" => KeyCode::PageDown,
        "PgUp" => KeyCode::PageUp,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "Backspace" => KeyCode::Backspace,
        "Delete" => KeyCode::Delete,
        "F1" => KeyCode::F(1),
        "lt" => KeyCode::Char('<'),
        one => KeyCode::Char(one.chars().next().expect("a key")),
    };
    KeyEvent::new(code, modifiers)
}
