//! Random numbers, and how long to go on with them.

use std::time::{Duration, Instant};

/// A reproducible random number generator (SplitMix64, Steele et al. 2014).
pub struct Random(pub u64);

impl Random {
    /// A number below this one.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

/// The seeds of a test: `short` of them, `long` if `QUERIST_LONG` is set, and as many as there is time for if
/// `QUERIST_MINUTES` is a number of minutes.
pub fn seeds(short: u64, long: u64) -> impl Iterator<Item = u64> {
    let minutes = std::env::var("QUERIST_MINUTES").ok().and_then(|minutes| minutes.parse::<u64>().ok());
    let end = minutes.map(|minutes| Instant::now() + Duration::from_secs(minutes * 60));
    let count = if std::env::var_os("QUERIST_LONG").is_some() { long } else { short };
    (0..).take_while(move |seed| end.map_or(*seed < count, |end| Instant::now() < end))
}
