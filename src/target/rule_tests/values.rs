//! Samples in the notation of promtool: `1+2x3` is 1, 3, 5, 7; `_x3` is three missing samples.

use crate::plan::proof::Run;

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
        Run::Histograms { from, step, buckets, samples } => {
            let first = histogram(*from, buckets);
            if *samples < 2 {
                return first;
            }
            format!("{first}+{}x{}", histogram(*step, buckets), samples - 1)
        }
        Run::Stale => "stale".to_owned(),
        Run::Gap { samples: 1 } => "_".to_owned(),
        Run::Gap { samples } => format!("_x{samples}"),
    }
}

fn number(value: f64) -> String {
    format!("{value}")
}

/// A native histogram of schema 0 with so many observations, spread over the buckets.
fn histogram(count: f64, buckets: &[f64]) -> String {
    let counts: Vec<String> = buckets.iter().map(|share| number(share * count)).collect();
    format!("{{{{schema:0 sum:{} count:{} buckets:[{}]}}}}", number(count), number(count), counts.join(" "))
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
