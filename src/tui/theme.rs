//! How things look. The terminal's own colours are the default.

use ratatui_core::style::{Color, Modifier, Style};

use crate::workspace::{Ascii, Colors, Rgb};

/// Named styles. Colour is never the only sign of anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// What has the focus, and nothing else.
    pub accent: Style,
    /// Secondary text.
    pub dim: Style,
    /// Titles and what is chosen.
    pub strong: Style,
    /// Help in italics.
    pub help: Style,
    /// Selected text and the selected entry of a list.
    pub selection: Style,
    /// What needs attention.
    pub warning: Style,
    /// Links.
    pub link: Style,
    /// Words that were looked for.
    pub found: Style,
    /// What text has where no other style says so; the terminal's own colours by default.
    pub base: Style,
    /// Whether only ASCII reaches the terminal.
    pub ascii: bool,
}

impl Theme {
    /// The theme for a terminal with or without colours, with or without UTF-8.
    pub fn new(color: bool, ascii: bool) -> Self {
        let accent = if color { Style::new().fg(Color::Cyan) } else { Style::new() };
        Self {
            accent: accent.add_modifier(Modifier::BOLD),
            dim: Style::new().add_modifier(Modifier::DIM),
            strong: Style::new().add_modifier(Modifier::BOLD),
            help: Style::new().add_modifier(Modifier::ITALIC),
            selection: Style::new().add_modifier(Modifier::REVERSED),
            warning: Style::new().add_modifier(Modifier::BOLD),
            link: Style::new().add_modifier(Modifier::UNDERLINED),
            found: Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            base: Style::new(),
            ascii,
        }
    }

    /// The same with the colours of a theme. What colour says is said by bold, italics or a line as well.
    #[must_use]
    pub fn with_colors(self, colors: &Colors) -> Self {
        let ink = |Rgb(r, g, b): Rgb| Style::new().fg(Color::Rgb(r, g, b));
        let Rgb(r, g, b) = colors.background;
        let Rgb(sr, sg, sb) = colors.selection_background;
        Self {
            accent: ink(colors.accent).add_modifier(Modifier::BOLD),
            dim: ink(colors.dim),
            strong: ink(colors.strong).add_modifier(Modifier::BOLD),
            help: ink(colors.help).add_modifier(Modifier::ITALIC),
            selection: ink(colors.selection_text).bg(Color::Rgb(sr, sg, sb)),
            warning: ink(colors.warning).add_modifier(Modifier::BOLD),
            link: ink(colors.link).add_modifier(Modifier::UNDERLINED),
            found: ink(colors.warning).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            base: ink(colors.text).bg(Color::Rgb(r, g, b)),
            ascii: self.ascii,
        }
    }

    /// A style that was made without colours, with those of this theme. What it means is said by its bold, italics or line.
    pub fn dressed(&self, plain: Style) -> Style {
        let means = |modifier| plain.add_modifier.contains(modifier);
        let ink = match () {
            () if means(Modifier::BOLD) => self.strong,
            () if means(Modifier::UNDERLINED) => self.link,
            () if means(Modifier::ITALIC) => self.help,
            () if means(Modifier::DIM) => self.dim,
            () => Style::new(),
        };
        // A theme with colours says by its ink what is dim, and not by dimming it further.
        let kept = if ink.fg.is_some() { plain.remove_modifier(Modifier::DIM) } else { plain };
        kept.patch(ink)
    }

    /// The theme that the settings and the environment ask for: `NO_COLOR`, which comes first, and a locale with or without UTF-8.
    pub fn from_env(ascii: Ascii, colors: Option<&Colors>) -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
        let utf8 = locale.to_ascii_lowercase().replace('-', "").contains("utf8") || cfg!(windows);
        let ascii = match ascii {
            Ascii::Fixed(ascii) => ascii,
            Ascii::Auto => !utf8,
        };
        let has_color = set("NO_COLOR").is_none();
        let theme = Self::new(has_color, ascii);
        match colors.filter(|_| has_color) {
            Some(colors) => theme.with_colors(colors),
            None => theme,
        }
    }
}

/// The ASCII twin of a symbol.
pub fn ascii(symbol: &str) -> &'static str {
    match symbol {
        "○" => "o",
        "●" => "*",
        "□" => "o",
        "■" => "*",
        "✓" => "+",
        "✗" => "x",
        "◐" => "%",
        "–" | "—" | "─" | "·" | "‐" => "-",
        "⚑" => "F",
        "│" | "▌" | "▏" => "|",
        "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => "+",
        "▓" | "█" => "#",
        "░" => ".",
        "…" => ".",
        "›" | "▸" => ">",
        "‹" => "<",
        "’" | "‘" => "'",
        "“" | "”" => "\"",
        "•" => "*",
        _ => "?",
    }
}
