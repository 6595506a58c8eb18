//! Two releases have one place for what is generated.
//!
//! ## What
//! Two files of the project have the same `release.id`, or an id is the name of a folder for what all releases share
//! (`alertmanager`, `grafana`).
//!
//! ## Why
//! Everything that is generated for a release stands in a folder with its id. One of the two would overwrite the other, and
//! which one would depend on the order of the files.
//!
//! ## Bad
//! ```yaml
//! # file: specs/spring.yaml
//! release: { id: shop-v2, title: Shop 2, service: shop, version: 2.0.0, owner: web }
//! # file: specs/autumn.yaml
//! release: { id: shop-v2, title: Shop 2 again, service: shop, version: 2.0.1, owner: web }
//! ```
//!
//! ## Good
//! ```yaml
//! # file: specs/spring.yaml
//! release: { id: shop-v2-0, title: Shop 2, service: shop, version: 2.0.0, owner: web }
//! # file: specs/autumn.yaml
//! release: { id: shop-v2-1, title: Shop 2 again, service: shop, version: 2.0.1, owner: web }
//! ```

use super::{Check, Context, Lint};
use crate::diag::Sink;
use crate::spec::Spec;
use crate::spec::shape::Text;
use std::collections::BTreeMap;

/// Folders of what all releases share.
const SHARED: [&str; 2] = ["alertmanager", "grafana"];

/// The lint.
pub static LINT: Lint =
    Lint::law("colliding-output", include_str!("colliding_output.rs"), Check::Project(check));

fn check(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    let mut releases: BTreeMap<&str, Vec<&Text>> = BTreeMap::new();
    for id in specs.iter().filter_map(|spec| Some(&spec.release.id.as_ref()?.0)) {
        releases.entry(&id.value).or_default().push(id);
    }
    for (id, places) in releases.iter().filter(|(id, _)| SHARED.contains(id)) {
        let labels = places.iter().map(|place| (place.span, format!("its files would go to {id}/")));
        let finding = LINT
            .finding(format!("`{id}` is the folder of what all releases share"))
            .labels(labels)
            .help(format!("give the release another id, for example {id}-v2"));
        sink.push(finding);
    }
    for (id, places) in releases.into_iter().filter(|(_, places)| places.len() > 1) {
        let files = places.iter().map(|place| {
            (place.span, format!("its files go to {id}/ ({})", context.sources.get(place.span.file).path))
        });
        let finding = LINT
            .finding(format!("{} releases have the id `{id}`", places.len()))
            .labels(files)
            .help("give each release an id of its own; the version is a good part of it");
        sink.push(finding);
    }
}
