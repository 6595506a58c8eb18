//! Measurements in sentences.

use super::domain::rounded;
use crate::spec::metric::Measurement;

/// A measured value in a sentence.
pub fn worded(measurement: &Measurement, value: f64) -> String {
    let (article, what) = (article(measurement), what(measurement));
    match measurement {
        Measurement::Ratio { .. } => format!("{article} {what} of {}%", rounded(value * 100.0)),
        _ => format!("{article} {what} of {value}"),
    }
}

/// What a measurement is called in a sentence.
pub fn what(measurement: &Measurement) -> &'static str {
    match measurement {
        Measurement::Ratio { .. } => "share",
        Measurement::Quantile { .. } => "quantile",
        Measurement::Mean { .. } => "mean",
        Measurement::Rate { .. } => "rate",
        Measurement::Increase { .. } => "increase",
        Measurement::Gauge { .. } | Measurement::Query(_) | Measurement::Manual(_) => "value",
    }
}

/// The article of that word.
pub fn article(measurement: &Measurement) -> &'static str {
    if matches!(measurement, Measurement::Increase { .. }) { "an" } else { "a" }
}
