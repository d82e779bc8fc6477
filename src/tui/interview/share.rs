//! Divides the rows of the screen among the fields of a question.

/// How many fields a question has on the screen.
pub const BLOCKS: usize = 10;

/// The rows of one field.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// The rows without which it is useless.
    pub least: u16,
    /// The rows that show all of it.
    pub wanted: u16,
    /// Whether it has the focus.
    pub is_focused: bool,
    /// Whether it gets what it wants before the long texts share the rest.
    pub is_short: bool,
}

/// Divides `height` rows among the fields: first the least for each, the focused one first; then what short
/// fields want; then row by row among the long ones. What is left goes to the detail.
pub fn share(height: u16, gap: u16, blocks: &[Block; BLOCKS]) -> [u16; BLOCKS] {
    /// Where the detail is among the blocks.
    const DETAIL: usize = 5;
    let mut heights = [0; BLOCKS];
    let mut left = height.saturating_sub(gap * 5);
    let mut order: Vec<usize> = (0..BLOCKS).collect();
    order.sort_by_key(|&i| !blocks[i].is_focused);
    let mut give = |heights: &mut [u16; BLOCKS], i: usize, rows: u16| {
        let given = rows.min(left);
        heights[i] += given;
        left -= given;
        given > 0
    };
    for &i in &order {
        let whole = blocks[i].is_focused && blocks[i].is_short;
        give(&mut heights, i, if whole { blocks[i].wanted } else { blocks[i].least });
    }
    for &i in order.iter().filter(|&&i| blocks[i].is_short) {
        let missing = blocks[i].wanted - heights[i];
        give(&mut heights, i, missing);
    }
    loop {
        let mut any = false;
        for &i in &order {
            if heights[i] < blocks[i].wanted {
                any |= give(&mut heights, i, 1);
            }
        }
        if !any {
            break;
        }
    }
    heights[DETAIL] += left;
    heights
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block(least: u16, wanted: u16) -> Block {
        Block { least, wanted, is_focused: false, is_short: false }
    }

    proptest! {
        #[test]
        fn fields_never_take_more_than_there_is_and_the_focused_one_is_always_shown(
            height in 1u16..60, focused in 0usize..BLOCKS, wanted in prop::collection::vec(1u16..30, BLOCKS),
        ) {
            let mut blocks = [block(0, 0); BLOCKS];
            for (i, block) in blocks.iter_mut().enumerate() {
                *block = Block {
                    least: 1, wanted: wanted[i], is_focused: i == focused, is_short: i % 2 == 0,
                };
            }
            let heights = share(height, 0, &blocks);
            prop_assert_eq!(heights.iter().sum::<u16>(), height);
            prop_assert!(heights[focused] > 0);
        }
    }
}
