//! The board of one release.

use super::super::{Broken, Draft, Group, MetricPlan, names};
use super::{Board, Row, Series, Values, Variable, metric, now};
use crate::spec::metric::Watch;
use std::collections::{BTreeMap, BTreeSet};

/// Who looks at a metric, in the order of the rows.
const WATCHES: [Watch; 4] = [Watch::Alert, Watch::Hourly, Watch::Daily, Watch::Weekly];

impl Draft<'_> {
    /// A phrase of the boards.
    pub(super) fn words(&self, phrase: &str, with: &[(&str, &str)]) -> Result<String, Broken> {
        let with: BTreeMap<_, _> = with.iter().copied().collect();
        let said = self.phrases.say(phrase, &with);
        said.map_err(|fault| Broken::new(self.release(), fault.to_string()))
    }
}

/// The board of a release; `groups` are its rules.
///
/// # Errors
/// When a phrase can't be filled in, which is a fault of this program.
pub(crate) fn of_release(draft: &Draft<'_>, groups: &[Group]) -> Result<Board, Broken> {
    let mut rows = vec![now::row(draft, groups)?];
    for (watch, id) in WATCHES.into_iter().zip(names::WATCH_ROWS) {
        let mut panels = Vec::new();
        for metric in draft.metrics.iter().filter(|metric| metric.metric.watch == watch) {
            panels.extend(metric::panels(draft, metric, groups)?);
        }
        if !panels.is_empty() {
            let title = draft.words(&format!("board-row-{}", watch.name()), &[])?;
            rows.push(Row { id, title, panels });
        }
    }
    let release = &draft.spec.release;
    let title = release.title.as_ref().map_or("", |title| title.value.as_str());
    let mut tags = vec![names::BOARD_TAG.to_owned(), draft.release().to_owned()];
    tags.extend(release.service.as_ref().map(|service| service.value.clone()));
    tags.dedup();
    Ok(Board {
        uid: names::board_uid(draft.release()),
        title: draft.words("board-title", &[("title", title), ("release", draft.release())])?,
        tags,
        timezone: release.timezone.as_ref().map(|zone| zone.0.value.clone()),
        variables: variables(draft, &rows),
        marks: now::marks(draft)?,
        links: now::links(draft)?,
        siblings: draft.words("board-siblings", &[])?,
        folder: draft.words("board-folder", &[])?,
        rows,
    })
}

/// The role, then every label that a metric keeps.
fn variables(draft: &Draft<'_>, rows: &[Row]) -> Vec<Variable> {
    let queries = rows.iter().flat_map(|row| &row.panels).flat_map(|panel| panel.show.queries());
    let chosen: BTreeSet<&str> = queries.flat_map(|query| &query.chosen).map(String::as_str).collect();
    let mut roles: Vec<String> = Vec::new();
    for role in draft.metrics.iter().flat_map(MetricPlan::roles).filter_map(super::super::Role::label) {
        if !roles.iter().any(|known| known == role) {
            roles.push(role.to_owned());
        }
    }
    let role =
        (!roles.is_empty()).then(|| Variable { label: "role".to_owned(), values: Values::Known(roles) });
    let kept = chosen.into_iter().filter(|label| *label != "role").map(|label| {
        // Without a name: the values of all metrics that keep the label.
        let seen = Series::new("", draft.release()).matching(format!("{label}!=\"\""));
        Variable { label: label.to_owned(), values: Values::Seen(seen) }
    });
    role.into_iter().chain(kept).collect()
}
