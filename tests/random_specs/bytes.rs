//! The same releases give the same bytes, in whatever order they come.

use std::collections::BTreeMap;

use crate::compile::{Outcome, compile};
use crate::generate::release;
use crate::render::render;
use crate::runner::run;

fn files(outcome: &Outcome) -> Result<BTreeMap<&str, &str>, String> {
    let artifacts = outcome.artifacts()?.iter();
    Ok(artifacts.map(|artifact| (artifact.path.as_str(), artifact.body.as_str())).collect())
}

#[test]
fn the_same_releases_give_the_same_bytes_in_any_order() {
    run(150, |cells| {
        let text = |id: &str, cells: &[u32]| {
            let mut release = release(cells, false);
            release.id = id.to_owned();
            render(&release)
        };
        let half = cells.len() / 2;
        let texts = [text("one", cells), text("two", &cells[half..]), text("three", &cells[..half])];
        let [one, two, three] = [&texts[0], &texts[1], &texts[2]].map(String::as_str);
        let (first, again) = (compile(&[one, two, three]), compile(&[one, two, three]));
        let (first, again) = (files(&first)?, files(&again)?);
        let reversed = compile(&[three, one, two]);
        let alone = compile(&[two]);
        if first != again || first != files(&reversed)? {
            return Err(format!("other bytes\n{one}\n{two}\n{three}"));
        }
        match files(&alone)?.iter().find(|(path, body)| first.get(*path) != Some(*body)) {
            Some((path, _)) => Err(format!("{path} depends on other releases\n{two}")),
            None => Ok(()),
        }
    });
}
