//! Random words, matchers and labels, the same for the same seed.

use serde_json::Value;

/// `SplitMix64`: small, and the same everywhere. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators" (2014).
pub struct Random(u64);

impl Random {
    /// The seed of the run, and a number of its own for each part of it.
    pub fn new(part: u64) -> Self {
        let seed =
            std::env::var("RELSPEC_ROUTES_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1_u64);
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).expect("small")).expect("small")
    }

    /// Once in `of` times.
    pub fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// How many times as much as usual is asked.
pub fn rounds(usual: usize) -> usize {
    let times: Option<usize> = std::env::var("RELSPEC_ROUTES_ROUNDS").ok().and_then(|text| text.parse().ok());
    usual * times.unwrap_or(1)
}

pub const NAMES: [&str; 4] = ["a", "b", "severity", "_x1"];
const LATER_NAMES: [&str; 3] = ["团队", "a b", "a.b"];
/// Those that stand often, so that matchers and labels meet.
const COMMON: [&str; 4] = ["x", "y", "", "critical"];
const VALUES: [&str; 22] = [
    "", "x", "y", "xy", "x|y", "critical", "warning", "12", "x\ny", "q\"q", "b\\s", "中", "K", "k", " x",
    "x ", "x,y", "{x}", "a=b", "$", "x.y", "١٢",
];
const PATTERNS: [&str; 46] = [
    "x",
    "x|y",
    "x.*",
    ".*",
    ".+",
    "",
    "(x|critical)",
    "[a-x]+",
    "[^x]*",
    "\\d+",
    "\\D+",
    "\\w+",
    "\\W",
    "\\s.*",
    "[\\s\\d]+",
    "[\\w|]+",
    "(?i)k",
    "(?i:K)",
    "(?s).*",
    "x.y",
    "(?s)x.y",
    "^x$",
    "^x",
    "y$",
    "x$|^y",
    "\\bx\\b.*",
    ".*\\b",
    "x?y?",
    "x{1}",
    "x{,2}",
    "\\Qx|y\\E",
    "\\x78",
    "\\x{4e2d}",
    "[[:alpha:]]+",
    "[^[:alpha:]]+",
    "\\p{Han}",
    "\\pN+",
    "x|",
    "crit.*|warn.*",
    "[]x]",
    "a&&b|x",
    "[a&&b]|y",
    "\\$",
    ".*\\\\.*",
    "(?P<n>x)y",
    "(?-s).*",
];
/// Pieces of which texts are made that may be matchers.
const PIECES: [&str; 30] = [
    "a",
    "b",
    "=",
    "!=",
    "=~",
    "!~",
    "\"",
    "\"",
    "\\",
    "\\\"",
    "\\n",
    "\\u4e2d",
    "\\x41",
    "\\101",
    "{",
    "}",
    ",",
    ", ",
    " ",
    "x",
    "x|y",
    "中",
    "'",
    "`",
    "!",
    "~",
    "\t",
    "a=x",
    "a=\"x\"",
    "\"a b\"=\"x\"",
];

pub fn name(random: &mut Random, utf8: bool) -> &'static str {
    if utf8 && random.once_in(4) { random.pick(&LATER_NAMES) } else { random.pick(&NAMES) }
}

pub fn value(random: &mut Random) -> &'static str {
    if random.once_in(3) { random.pick(&VALUES) } else { random.pick(&COMMON) }
}

pub fn pattern(random: &mut Random) -> &'static str {
    random.pick(&PATTERNS)
}

/// A text that may be a matcher.
pub fn text(random: &mut Random) -> String {
    let pieces = |random: &mut Random, most: usize| -> String {
        (0..random.below(most)).map(|_| random.pick(&PIECES)).collect()
    };
    if random.once_in(3) {
        return pieces(random, 8);
    }
    let (head, tail) =
        (random.pick(&["", "", " ", "{", ","]), random.pick(&["", "", " ", "}", ",", ", b=y"]));
    let name = random.pick(&["a", "b ", "a:b", "中", "\"a b\"", "1", ""]);
    let op = random.pick(&["=", "=", "!=", "=~", "!~", "==", ""]);
    let quote = random.pick(&["", "\"", "\""]);
    format!("{head}{name}{op}{quote}{}{quote}{tail}", pieces(random, 4))
}

/// A matcher in one of its forms.
pub fn matcher(random: &mut Random, utf8: bool) -> String {
    let name = name(random, utf8);
    let (op, value) = match random.below(4) {
        0 => ("=", value(random)),
        1 => ("!=", value(random)),
        2 => ("=~", pattern(random)),
        _ => ("!~", pattern(random)),
    };
    let quoted = Value::from(name).to_string();
    let classic = NAMES.contains(&name);
    let label = if classic && !(utf8 && random.once_in(6)) { name } else { &quoted };
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let bare = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '|' | '.' | '*' | '+'));
    let value = if bare && random.once_in(3) && (!value.is_empty() || !utf8) {
        value.to_owned()
    } else {
        format!("\"{escaped}\"")
    };
    let gap = if random.once_in(5) { " " } else { "" };
    format!("{label}{gap}{op}{gap}{value}")
}

/// Some labels; one that has the empty value is one that is not there.
pub fn labels(random: &mut Random, utf8: bool) -> Vec<(String, String)> {
    let mut labels: Vec<(String, String)> = Vec::new();
    for name in NAMES.iter().chain(LATER_NAMES.iter().filter(|_| utf8)) {
        if random.below(3) > 0 {
            labels.push(((*name).to_owned(), value(random).to_owned()));
        }
    }
    labels
}
