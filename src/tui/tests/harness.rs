//! A screen without a terminal: real files, keys in, text out.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};
use ratatui::style::Modifier;

use crate::questionnaire::{ENVIRONMENTS, SHOWCASE};
use crate::session::{Answer, Session};
use crate::tui::app::{self, App, Input, update, view};
use crate::tui::effect::Effect;
use crate::tui::home::Home;
use crate::tui::interview::Interview;
use crate::tui::perform::{Performer, perform_all};
use crate::tui::theme::Theme;
use crate::workspace::{Shelf, Workspace};

/// The time on every screen, so that snapshots never change by themselves.
const NOW: &str = "2026-11-22T12:00:00Z";

pub struct Screen {
    pub dir: tempfile::TempDir,
    pub workspace: Workspace,
    performer: Performer,
    pub app: App,
    pub theme: Theme,
}

impl Screen {
    /// The home screen of an empty folder.
    pub fn home(width: u16, height: u16) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(dir.path().join("data"), dir.path().join("config"));
        // Without the setting, the author would be the one that git knows on this machine.
        let settings = workspace.settings_path();
        std::fs::create_dir_all(settings.parent().unwrap()).unwrap();
        std::fs::write(settings, "{\"author\": \"Kim <kim@example.org>\"}").unwrap();
        Self::start(dir, workspace, width, height)
    }

    /// The home screen at the very first start.
    pub fn first_start(width: u16, height: u16) -> Self {
        let mut screen = Self::home(width, height);
        screen.effects(vec![Effect::FirstStart]);
        screen
    }

    fn start(dir: tempfile::TempDir, workspace: Workspace, width: u16, height: u16) -> Self {
        let performer = Performer::new(workspace.clone(), dir.path().to_owned());
        let app = App::new(Size { width, height }, NOW.parse().unwrap());
        let mut screen = Self { dir, workspace, performer, app, theme: Theme::new(true, false) };
        screen.effects(vec![Effect::List { shelf: Shelf::Active }]);
        screen
    }

    /// A new session about Paperboat with the questionnaire of this id, built in or of a fixture.
    pub fn session_of(questionnaire: &str, width: u16, height: u16) -> Self {
        let mut screen = Self::home(width, height);
        for (id, source) in [("showcase", SHOWCASE), ("environments", ENVIRONMENTS)] {
            if questionnaire == id {
                let folder = &screen.workspace.questionnaires;
                std::fs::create_dir_all(folder).unwrap();
                std::fs::write(folder.join(format!("{id}.json")), source).unwrap();
            }
        }
        let (questionnaire, subject) = (questionnaire.to_owned(), "Paperboat".to_owned());
        screen.effects(vec![Effect::Create { questionnaire, subject }]);
        screen
    }

    /// A new session about Paperboat with a questionnaire of this id and source.
    pub fn with_questionnaire(id: &str, source: &str, width: u16, height: u16) -> Self {
        let mut screen = Self::home(width, height);
        let folder = &screen.workspace.questionnaires;
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join(format!("{id}.json")), source).unwrap();
        screen
            .effects(vec![Effect::Create { questionnaire: id.to_owned(), subject: "Paperboat".to_owned() }]);
        screen
    }

    /// The same folder after the program was killed and started again.
    pub fn killed_and_started_again(self) -> Self {
        let id = self.app.current().map(|current| current.open.id().to_owned());
        let Size { width, height } = self.app.size;
        let Self { dir, workspace, performer, app, .. } = self;
        drop(performer);
        drop(app);
        let mut screen = Self::start(dir, workspace, width, height);
        if let Some(id) = id {
            screen.effects(vec![Effect::Open { id, question: None }]);
        }
        screen
    }

    /// Lets so many seconds pass.
    pub fn later(&mut self, seconds: i64) -> &mut Self {
        self.app.now += jiff::SignedDuration::from_secs(seconds);
        self
    }

    pub fn effects(&mut self, effects: Vec<Effect>) {
        perform_all(&mut self.performer, &mut self.app, effects);
    }

    pub fn input(&mut self, input: Input) -> Vec<Effect> {
        let effects = self.effects_of(input);
        self.effects(effects.clone());
        effects
    }

    /// Whether a search is not finished.
    pub fn is_searching(&self) -> bool {
        self.performer.is_searching()
    }

    /// What a search has found.
    pub fn found(&mut self) -> Option<crate::tui::effect::Outcome> {
        self.performer.found()
    }

    /// The effects that an input requests, without performing them.
    pub fn effects_of(&mut self, input: Input) -> Vec<Effect> {
        update(&mut self.app, input)
    }

    /// Types keys: characters as they are, named ones in angle brackets: `<Enter>`, `<C-n>`, `<A-b>`,
    /// `<S-Left>`.
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
        self.app.settle();
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.input(Input::Paste { text: text.to_owned(), is_complete: true });
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

    /// The first place where `text` is shown.
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

    /// The cells of the screen and the cursor, if it is shown.
    pub fn draw(&self) -> (Buffer, Option<Position>) {
        let Size { width, height } = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let buffer = terminal.draw(|frame| view(&self.app, &self.theme, frame)).unwrap().buffer.clone();
        let backend = terminal.backend();
        (buffer, backend.cursor_visible().then(|| backend.cursor_position()))
    }

    /// The text on the screen, a line per row.
    pub fn text(&self) -> String {
        let (buffer, _) = self.draw();
        let row = |cells: &[Cell]| {
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
        let rows = buffer.content.chunks(buffer.area.width.max(1) as usize);
        rows.map(row).collect::<Vec<_>>().join("\n")
    }

    /// The pieces of text that have all of `modifier`.
    pub fn styled(&self, modifier: Modifier) -> Vec<String> {
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

    #[track_caller]
    pub fn assert_hides(&self, text: &str) -> &Self {
        assert!(!self.shows(text), "\"{text}\" is shown:\n{}", self.text());
        self
    }

    pub fn session(&self) -> &Session {
        self.app.current().expect("a session is open").session()
    }

    pub fn answer(&self, id: &str) -> &Answer {
        self.session().answer_to(id).expect("a question")
    }

    pub fn interview(&self) -> &Interview {
        match &self.app.screen {
            app::Screen::Interview(interview) => interview,
            other => panic!("the interview is not shown: {other:?}"),
        }
    }

    pub fn home_screen(&self) -> &Home {
        match &self.app.screen {
            app::Screen::Home(home) => home,
            other => panic!("the home screen is not shown: {other:?}"),
        }
    }

    /// The title of the question that is shown.
    pub fn title(&self) -> &str {
        let interview = self.interview();
        interview.question().map_or("", |index| &interview.session().question(index).title)
    }
}

/// The key of this name.
pub fn named(name: &str) -> KeyEvent {
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
        "F2" => KeyCode::F(2),
        "lt" => KeyCode::Char('<'),
        one => KeyCode::Char(one.chars().next().expect("a key")),
    };
    KeyEvent::new(code, modifiers)
}
