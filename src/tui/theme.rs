//! Colours and text attributes by role. By default, the terminal's own colours are used.

use ratatui::style::{Color, Modifier, Style};

use crate::questionnaire::{Severity, Tone};
use crate::workspace::{Ascii, Colors, Rgb};

/// The purpose of a piece of text. Colour is never the only sign of a role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Text,
    /// The element that has the focus.
    Accent,
    /// Secondary text.
    Dim,
    /// Titles, and what is chosen.
    Strong,
    /// A heading within a text.
    Heading,
    /// Help.
    Help,
    /// Selected text, and the selected entry of a list.
    Selection,
    /// What needs attention.
    Warning,
    /// A link.
    Link,
    /// Text that was crossed out.
    Deleted,
    /// Words that were searched for.
    Found,
    /// A good answer.
    Good,
    /// A partly good answer, or a finding of medium severity.
    Partial,
    /// A bad answer, or a severe finding.
    Bad,
}

impl Role {
    /// The role of an answer's symbol.
    pub fn of_tone(tone: Tone) -> Self {
        match tone {
            Tone::Good => Self::Good,
            Tone::Partial => Self::Partial,
            Tone::Bad => Self::Bad,
            Tone::Unknown | Tone::NotApplicable | Tone::Neutral => Self::Text,
        }
    }

    /// The role of a severity's label.
    pub fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Critical | Severity::High => Self::Bad,
            Severity::Medium => Self::Partial,
            Severity::Low => Self::Text,
        }
    }
}

/// The colours in use. `None` is the terminal's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Palette {
    text: Option<Color>,
    background: Option<Color>,
    accent: Option<Color>,
    dim: Option<Color>,
    strong: Option<Color>,
    help: Option<Color>,
    warning: Option<Color>,
    link: Option<Color>,
    good: Option<Color>,
    partial: Option<Color>,
    bad: Option<Color>,
    selection: Option<(Color, Color)>,
}

/// The look of everything on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    palette: Palette,
    /// Whether only ASCII reaches the terminal.
    pub ascii: bool,
    /// Whether the header shows the number of the last edit, for tests that compare the screen with the disk.
    pub shows_edits: bool,
}

impl Theme {
    /// The terminal's own colours, or none at all.
    pub fn new(color: bool, ascii: bool) -> Self {
        let palette = if color {
            Palette {
                accent: Some(Color::Cyan),
                good: Some(Color::Green),
                partial: Some(Color::Yellow),
                bad: Some(Color::Red),
                ..Palette::default()
            }
        } else {
            Palette::default()
        };
        Self { palette, ascii, shows_edits: false }
    }

    /// The same theme with other colours.
    #[must_use]
    pub fn with_colors(self, colors: &Colors) -> Self {
        let ink = |Rgb(r, g, b): Rgb| Color::Rgb(r, g, b);
        let some = |rgb| Some(ink(rgb));
        let palette = Palette {
            text: some(colors.text),
            background: some(colors.background),
            accent: some(colors.accent),
            dim: some(colors.dim),
            strong: some(colors.strong),
            help: some(colors.help),
            warning: some(colors.warning),
            link: some(colors.link),
            good: some(colors.good),
            partial: some(colors.partial),
            bad: some(colors.bad),
            selection: Some((ink(colors.selection_text), ink(colors.selection_background))),
        };
        Self { palette, ..self }
    }

    /// The theme that settings and environment ask for: `NO_COLOR` wins over any theme, and a locale without
    /// UTF-8 means ASCII unless the settings say otherwise.
    pub fn from_env(ascii: Ascii, colors: Option<&Colors>) -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
        let utf8 = locale.to_ascii_lowercase().replace('-', "").contains("utf8") || cfg!(windows);
        let ascii = match ascii {
            Ascii::Fixed(ascii) => ascii,
            Ascii::Auto => !utf8,
        };
        let has_color = set("NO_COLOR").is_none();
        // Only in debug builds, which the tests use.
        let shows_edits = cfg!(debug_assertions) && set("QUERIST_SHOW_EDITS").is_some();
        let theme = Self { shows_edits, ..Self::new(has_color, ascii) };
        match colors.filter(|_| has_color) {
            Some(colors) => theme.with_colors(colors),
            None => theme,
        }
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        let p = &self.palette;
        let ink = |color: Option<Color>| color.map_or(Style::new(), |color| Style::new().fg(color));
        match role {
            Role::Text => Style::new(),
            Role::Accent => ink(p.accent).add_modifier(Modifier::BOLD),
            // A theme with a colour for secondary text must not dim it further.
            Role::Dim if p.dim.is_some() => ink(p.dim),
            Role::Dim => Style::new().add_modifier(Modifier::DIM),
            Role::Strong => ink(p.strong).add_modifier(Modifier::BOLD),
            Role::Heading => ink(p.strong).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            Role::Help => ink(p.help).add_modifier(Modifier::ITALIC),
            Role::Selection => match p.selection {
                Some((text, background)) => Style::new().fg(text).bg(background),
                None => Style::new().add_modifier(Modifier::REVERSED),
            },
            Role::Warning => ink(p.warning).add_modifier(Modifier::BOLD),
            Role::Link => ink(p.link).add_modifier(Modifier::UNDERLINED),
            Role::Deleted => Style::new().add_modifier(Modifier::CROSSED_OUT),
            Role::Found => ink(p.warning).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            Role::Good => ink(p.good),
            Role::Partial => ink(p.partial),
            Role::Bad => ink(p.bad).add_modifier(Modifier::BOLD),
        }
    }

    /// Foreground and background of cells that have none of their own.
    pub fn base(&self) -> (Option<Color>, Option<Color>) {
        (self.palette.text, self.palette.background)
    }
}

/// The ASCII equivalent of a symbol.
pub fn ascii(symbol: &str) -> &'static str {
    match symbol {
        "○" => "o",
        "●" => "*",
        "□" => "o",
        "■" => "*",
        "✓" => "+",
        "✗" => "x",
        "◐" => "%",
        "≠" => "#",
        "–" | "—" | "─" | "·" | "‐" => "-",
        "⚑" => "F",
        "│" | "▌" | "▏" => "|",
        "┃" => "#",
        "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => "+",
        "▓" | "█" => "#",
        "░" => ".",
        "…" => "~",
        "›" | "▸" => ">",
        "‹" => "<",
        "▲" => "^",
        "▼" => "v",
        "’" | "‘" => "'",
        "“" | "”" => "\"",
        "•" => "*",
        _ => "?",
    }
}
