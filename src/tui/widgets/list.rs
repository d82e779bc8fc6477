//! Scrolling: which part of a list is shown.

use crate::tui::keys::Move;

/// The first row to show so that row `at` is among `height` rows of `count`, moving as little as possible.
pub fn scroll_to(scroll: usize, at: usize, height: usize, count: usize) -> usize {
    let height = height.max(1);
    let scroll = scroll.min(count.saturating_sub(height));
    scroll.clamp((at + 1).saturating_sub(height), at)
}

/// The entry after a step from entry `at` of `count`, with pages of `page` entries; stops at the ends.
pub fn step(at: usize, step: Move, count: usize, page: usize) -> usize {
    let last = count.saturating_sub(1);
    match step {
        Move::Up => at.saturating_sub(1),
        Move::Down => (at + 1).min(last),
        Move::PageUp => at.saturating_sub(page.max(1)),
        Move::PageDown => (at + page.max(1)).min(last),
        Move::First => 0,
        Move::Last => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_scrolls_only_as_far_as_needed() {
        assert_eq!(scroll_to(0, 4, 5, 20), 0);
        assert_eq!(scroll_to(0, 5, 5, 20), 1);
        assert_eq!(scroll_to(10, 9, 5, 20), 9);
        assert_eq!(scroll_to(18, 19, 5, 20), 15);
    }

    proptest! {
        #[test]
        fn the_wanted_row_is_always_shown(scroll in 0usize..50, at in 0usize..40, height in 0usize..20) {
            let first = scroll_to(scroll, at, height, 40);
            prop_assert!(first <= at && at < first + height.max(1));
        }
    }
}
