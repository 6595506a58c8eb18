//! What becomes of waivers once everything is found.

use super::{by_name, expired_waiver, law_waived, unused_waiver};
use crate::diag::{Diagnostic, Sink, Waiver};
use crate::spec::Spec;
use jiff::civil::Date;

/// Takes out what the authors accept, and reports the waivers that accept nothing: unused ones, expired ones (only where
/// it is known which day it is), those of a lint that cannot be waived, and those at a place that is not there.
pub fn settle(specs: &[Spec], today: Option<Date>, sink: &mut Sink) {
    for spec in specs {
        let (mut valid, mut found) = (Vec::new(), Vec::new());
        for waiver in &spec.allow {
            match refused(waiver, today) {
                Some(finding) => found.push(finding),
                None => valid.push(waiver),
            }
        }
        let used = sink.waive(&valid);
        // Where a release could not be read to its end, a lint may not have come to what is waived.
        let idle = valid.into_iter().zip(used).filter(|(_, used)| spec.whole && !used);
        found.extend(idle.map(|(waiver, _)| unused_waiver::finding(waiver)));
        sink.extend(found);
    }
}

/// Why a waiver can't accept anything.
fn refused(waiver: &Waiver, today: Option<Date>) -> Option<Diagnostic> {
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
    last.map(|last| expired_waiver::finding(waiver, last))
}
