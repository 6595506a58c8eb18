//! What becomes of waivers once everything is found.

use super::{by_name, expired_waiver, law_waived, unused_waiver};
use crate::diag::{Sink, Waiver};
use crate::spec::Spec;
use jiff::civil::Date;

/// Takes out what the authors accept, and reports the waivers that accept nothing: unused ones, expired ones (only where
/// it is known which day it is), those of a lint that cannot be waived, and those at a place that is not there.
pub fn settle(specs: &[Spec], today: Option<Date>, sink: &mut Sink) {
    for spec in specs {
        // Where a release could not be read to its end, a lint may not have come to what is waived.
        let found: Vec<_> = spec.allow.iter().filter_map(|waiver| one(waiver, today, spec.whole, sink)).collect();
        sink.extend(found);
    }
}

fn one(waiver: &Waiver, today: Option<Date>, whole: bool, sink: &mut Sink) -> Option<crate::diag::Diagnostic> {
    let Some(lint) = by_name(&waiver.lint.value) else {
        let names = super::ALL.iter().filter(|lint| lint.waivable).map(|lint| lint.name);
        return Some(super::unknown_reference::unknown("lint", &waiver.lint, names));
    };
    if !lint.waivable {
        return Some(law_waived::finding(waiver));
    }
    if waiver.covers.is_none() {
        return Some(unused_waiver::nowhere(waiver));
    }
    let last = waiver.until.as_ref().filter(|until| today.is_some_and(|today| until.value < today));
    if let Some(last) = last {
        return Some(expired_waiver::finding(waiver, last));
    }
    let used = sink.waive(waiver);
    (whole && !used).then(|| unused_waiver::finding(waiver))
}
