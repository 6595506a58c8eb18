//! When a version is first in service: a watch says that it is, a rollout that it is not yet.

use super::LINT;
use crate::diag::Diagnostic;
use crate::lint::shared;
use crate::source::Span;
use crate::spec::Spec;
use jiff::civil::DateTime;

/// Each release that watches a version before any of the others rolls it out.
pub(super) fn too_early(specs: &[Spec]) -> Vec<Diagnostic> {
    let dated = specs.iter().filter(|spec| spec.whole).filter_map(|spec| Some((spec, start(spec)?)));
    let (watches, rollouts): (Vec<_>, Vec<_>) = dated.partition(|(spec, _)| shared::only_watches(spec));
    let early = watches.iter().filter_map(|(watch, (from, place))| {
        let same = rollouts.iter().filter(|(rollout, _)| about(rollout) == about(watch));
        let (first, (begins, there)) = same.min_by_key(|(_, (begins, _))| *begins)?;
        (from < begins).then(|| finding((watch, *from, *place), (first, *begins, *there)))
    });
    early.collect()
}

fn start(spec: &Spec) -> Option<(DateTime, Span)> {
    spec.release.starts.as_ref().map(|starts| (starts.0.value, starts.0.span))
}

/// What must be the same for two dates to be compared: what is released, and the time zone of the date.
fn about(spec: &Spec) -> (Option<&str>, Option<&str>, Option<&str>) {
    let release = &spec.release;
    let [service, version] =
        [&release.service, &release.version].map(|text| Some(text.as_ref()?.value.as_str()));
    (service, version, release.timezone.as_ref().map(|zone| zone.0.value.as_str()))
}

fn finding(watch: (&Spec, DateTime, Span), rollout: (&Spec, DateTime, Span)) -> Diagnostic {
    let written = |at: DateTime| at.strftime("%Y-%m-%d %H:%M").to_string();
    let (service, version, _) = about(watch.0);
    let what = format!("{} {}", service.unwrap_or_default(), version.unwrap_or_default());
    LINT.finding(format!(
        "`{}` watches {what} from {}, and `{}` rolls it out from {}: until then there is nothing to watch",
        watch.0.id(),
        written(watch.1),
        rollout.0.id(),
        written(rollout.1)
    ))
    .label(watch.2, "watched from here")
    .label(rollout.2, "rolled out from here")
    .help("find out which date is right; if both stand for now, waive this here and say why")
}
