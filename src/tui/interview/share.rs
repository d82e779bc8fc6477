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

/// The rows of each field, and the blank rows after it.
#[derive(Debug, Default)]
pub struct Shares {
    /// The rows of each field.
    pub heights: [u16; BLOCKS],
    /// The blank rows after each field.
    pub gaps: [u16; BLOCKS],
}

/// Where the help is among the blocks.
const HELP: usize = 1;
/// Where the detail is among the blocks.
const DETAIL: usize = 5;
/// The fields that a blank row follows if there is one to spare, the first one first: help, question, status,
/// detail, parts of a link.
const SEPARATED: [usize; 5] = [HELP, 0, 4, DETAIL, 7];

/// Divides `height` rows among the fields: first the least for each, the focused one first; then what short
/// fields want; then row by row among the long ones.
///
/// Of what is left, blank rows separate the fields, and the detail takes the rest: a text that grows takes
/// these rows first, and nothing else moves. On a roomy screen, the help is always separated from the fields.
pub fn share(height: u16, is_roomy: bool, blocks: &[Block; BLOCKS]) -> Shares {
    let Shares { mut heights, mut gaps } = Shares::default();
    gaps[HELP] = u16::from(is_roomy && blocks[HELP].wanted > 0).min(height);
    let mut left = height - gaps[HELP];
    let mut order: Vec<usize> = (0..BLOCKS).collect();
    order.sort_by_key(|&i| !blocks[i].is_focused);
    let mut give = |rows: &mut u16, wanted: u16| {
        let given = wanted.min(left);
        *rows += given;
        left -= given;
        given > 0
    };
    for &i in &order {
        let whole = blocks[i].is_focused && blocks[i].is_short;
        give(&mut heights[i], if whole { blocks[i].wanted } else { blocks[i].least });
    }
    for &i in order.iter().filter(|&&i| blocks[i].is_short) {
        let missing = blocks[i].wanted - heights[i];
        give(&mut heights[i], missing);
    }
    loop {
        let mut any = false;
        for &i in &order {
            if heights[i] < blocks[i].wanted {
                any |= give(&mut heights[i], 1);
            }
        }
        if !any {
            break;
        }
    }
    for i in SEPARATED.into_iter().filter(|&i| i != HELP || heights[HELP] > 0) {
        let missing = 1 - gaps[i];
        give(&mut gaps[i], missing);
    }
    heights[DETAIL] += left;
    Shares { heights, gaps }
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
            let Shares { heights, gaps } = share(height, false, &blocks);
            prop_assert_eq!(heights.iter().chain(&gaps).sum::<u16>(), height);
            prop_assert!(heights[focused] > 0);
        }
    }
    proptest! {
        #[test]
        fn a_detail_that_grows_by_a_row_moves_nothing_by_more_than_a_row(
            height in 12u16..60, help in 0u16..40, detail in 1u16..20,
        ) {
            let starts = |detail: u16| {
                let mut blocks = [block(1, 1); BLOCKS];
                blocks[HELP] = block(help.min(1), help);
                blocks[DETAIL] = Block { is_focused: true, ..block(1, detail) };
                let Shares { heights, gaps } = share(height, height >= 20, &blocks);
                let mut y = 0;
                let starts = heights.iter().zip(gaps).map(|(height, gap)| {
                    y += height + gap;
                    y
                });
                starts.collect::<Vec<u16>>()
            };
            for (before, after) in starts(detail).into_iter().zip(starts(detail + 1)) {
                prop_assert!(before.abs_diff(after) <= 1);
            }
        }
    }
}
