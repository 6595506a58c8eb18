//! Durations as Prometheus writes them.

/// The seconds of `1h30m`, rounded down; milliseconds do not occur in what is generated.
pub fn seconds(text: &str) -> u64 {
    let mut sum = 0;
    let mut digits = 0;
    for byte in text.bytes() {
        let unit = match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + u64::from(byte - b'0');
                continue;
            }
            b's' => 1,
            b'm' => 60,
            b'h' => 3600,
            b'd' => 86_400,
            b'w' => 604_800,
            b'y' => 31_536_000,
            _ => panic!("`{text}` is no duration"),
        };
        sum += digits * unit;
        digits = 0;
    }
    // A bare zero is one.
    assert_eq!(digits, 0, "`{text}` is no duration");
    sum
}

#[test]
fn durations_are_read() {
    assert_eq!(["90s", "1h30m", "1d", "0", "2w1s"].map(seconds), [90, 5400, 86_400, 0, 1_209_601]);
}
