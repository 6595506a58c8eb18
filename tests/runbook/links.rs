//! Every relative link on every page leads to a file that is made, and to a place in it.

use super::markdown::read;
use super::projects::{Built, all};
use std::collections::BTreeSet;

#[test]
fn every_link_leads_somewhere() {
    let mut faults = Vec::new();
    let mut count = 0;
    for built in all() {
        for (path, text) in built.pages() {
            let links = read(text).links.into_iter().filter(|link| !is_address(link));
            let own: Vec<String> = links.collect();
            count += own.len();
            let lost = own.iter().filter(|link| !leads(&built, path, link));
            faults.extend(lost.map(|link| format!("{}: {path}: {link}", built.name)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count > 500, "only {count} links");
}

#[test]
fn every_anchor_is_there_once() {
    for built in all() {
        for (path, text) in built.pages() {
            let mut seen = BTreeSet::new();
            for id in text.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(seen.insert(id), "{}: {path}: {id} twice", built.name);
                assert!(id.is_ascii(), "{}: {path}: {id}", built.name);
            }
        }
    }
}

#[test]
fn every_picture_stands_on_its_release_page_with_words() {
    for built in all() {
        let pictures = built.files.keys().filter(|path| path.ends_with(".svg"));
        for picture in pictures {
            let (release, file) = picture.split_once("/runbook/").expect("a picture of a release");
            let page = &built.files[&format!("{release}/runbook/README.md")];
            let watched = page.contains(&format!("]({file})"));
            assert!(!page.contains(&format!("![]({file})")), "{picture}: no words");
            assert!(watched || built.files[picture].contains("<desc"), "{picture}");
        }
    }
}

fn is_address(link: &str) -> bool {
    link.contains("://") || link.starts_with("mailto:")
}

fn leads(built: &Built, from: &str, link: &str) -> bool {
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = if file.is_empty() { from.to_owned() } else { joined(from, file) };
    let Some(text) = built.files.get(&path) else { return false };
    anchor.is_empty() || read(text).anchors.iter().any(|known| known == anchor)
}

/// Where a link from a page leads within the output.
fn joined(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            name => parts.push(name),
        }
    }
    parts.join("/")
}
