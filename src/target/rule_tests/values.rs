//! Samples in the notation of promtool: `1+2x3` is 1, 3, 5, 7; `_x3` is three missing samples.

use crate::plan::proof::{Run, Spread};

/// The samples of a series.
#[must_use]
pub fn notation(runs: &[Run]) -> String {
    runs.iter().map(run).collect::<Vec<_>>().join(" ")
}

fn run(run: &Run) -> String {
    match run {
        Run::Line { from, samples: 0 | 1, .. } => number(*from),
        Run::Line { from, step, samples } => {
            let (sign, step) = if *step < 0.0 { ('-', -step) } else { ('+', *step) };
            format!("{}{sign}{}x{}", number(*from), number(step), samples - 1)
        }
        Run::Histograms { from, step, spread, samples } => {
            let first = histogram(*from, spread);
            if *samples < 2 {
                return first;
            }
            format!("{first}+{}x{}", histogram(*step, spread), samples - 1)
        }
        Run::Stale => "stale".to_owned(),
        Run::Gap { samples: 1 } => "_".to_owned(),
        Run::Gap { samples } => format!("_x{samples}"),
    }
}

fn number(value: f64) -> String {
    format!("{value}")
}

/// A native histogram with so many observations.
fn histogram(count: f64, spread: &Spread) -> String {
    let (near, far) = (spread.share * count, (1.0 - spread.share) * count);
    format!(
        "{{{{schema:0 sum:{sum} count:{} z_bucket:{} z_bucket_w:{} buckets:[{}] offset:{}}}}}",
        number(count),
        number(near),
        number(spread.width),
        number(far),
        spread.offset,
        sum = number(spread.width * count),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_written_as_promtool_reads_them() {
        let line = |from, step, samples| Run::Line { from, step, samples };
        let runs =
            [line(1.0, 0.0, 3), Run::Gap { samples: 2 }, line(-1.5, -0.5, 2), line(4.0, 1.0, 1), Run::Stale];
        assert_eq!(notation(&runs), "1+0x2 _x2 -1.5-0.5x1 4 stale");
    }
}
