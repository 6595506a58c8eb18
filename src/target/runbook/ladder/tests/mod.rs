//! Pictures, read again as XML: what stands where, and whether it can be read.

mod cases;
mod random;

use super::{Picture, draw};
use crate::quantity::Number;
use crate::source::Sources;
use crate::spec::release::Language;
use crate::spec::{self, Config, Spec};
use crate::template::Phrases;
use roxmltree::Document;

/// A release with one metric.
fn release(metric: &str) -> Spec {
    let text = format!(
        "relspec: 1\nrelease: {{ id: shop-v2, title: Shop 2, service: shop, version: 2.0.0, owner: web }}\nmetrics:\n  m:\n\
         {metric}stages:\n  - {{ id: canary, title: First users, traffic: 5%, lasts: 2d }}\n  - {{ id: full, traffic: 100% }}\n"
    );
    let mut sources = Sources::default();
    let file = sources.add("specs/shop.yaml", text.as_str());
    let mut findings = Vec::new();
    let spec = spec::read(&sources, file, &Config::default(), &mut findings).unwrap();
    assert!(spec.whole, "{findings:?}\n{text}");
    spec
}

/// A gauge with these lines.
fn gauge(lines: &[&str]) -> Spec {
    let lines: String = lines.iter().map(|line| format!("    {line}\n")).collect();
    release(&format!(
        "    title: Queue length\n    gauge: {{ metric: queue_length, aggregate: max }}\n{lines}"
    ))
}

fn picture(spec: &Spec, language: Language) -> Picture {
    draw(spec, &spec.metrics[0], Phrases::of(language).unwrap()).unwrap().unwrap()
}

/// A text of the picture with the room that it takes.
#[derive(Debug, Clone)]
struct Label {
    class: String,
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn number(node: &roxmltree::Node<'_, '_>, attribute: &str) -> f64 {
    node.attribute(attribute).and_then(|value| value.parse().ok()).unwrap()
}

fn labels(svg: &str) -> Vec<Label> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|node| {
            let class = node.attribute("class").unwrap_or_default().to_owned();
            let size = match class.as_str() {
                "title" => 14,
                "word" | "head" => 12,
                _ => 11,
            };
            let text = node.text().unwrap_or_default().to_owned();
            let wide = f64::from(super::width::width(&text, size));
            let middle = ["word", "edge", "mark", "lasts dim"].contains(&class.as_str());
            let left = number(&node, "x") - if middle { wide / 2.0 } else { 0.0 };
            let bottom = number(&node, "y") + 3.0;
            Label { class, text, left, right: left + wide, top: bottom - f64::from(size), bottom }
        })
        .collect()
}

/// The classes of the zones from left to right, one list for each bar.
fn zones(svg: &str) -> Vec<Vec<(String, f64, f64)>> {
    let document = Document::parse(svg).unwrap();
    let mut bars: Vec<(f64, Vec<_>)> = Vec::new();
    for node in document.descendants().filter(|node| node.has_tag_name("rect")) {
        let class = node.attribute("class").unwrap().to_owned();
        let zone = (class, number(&node, "x"), number(&node, "width"));
        match bars.last_mut() {
            _ if zone.0 == "card" => {}
            Some((y, bar)) if *y == number(&node, "y") => bar.push(zone),
            _ => bars.push((number(&node, "y"), vec![zone])),
        }
    }
    bars.into_iter().map(|(_, bar)| bar).collect()
}

/// What makes a picture one that can be read, whatever it shows.
fn check(picture: &Picture) {
    let svg = &picture.svg;
    let document = Document::parse(svg).unwrap_or_else(|fault| panic!("{fault}\n{svg}"));
    let root = document.root_element();
    let (width, height) = (number(&root, "width"), number(&root, "height"));
    assert_eq!(root.attribute("role"), Some("img"));
    let words = root.children().find(|node| node.has_tag_name("desc")).and_then(|node| node.text());
    assert_eq!(words, Some(picture.words.as_str()));
    let labels = labels(svg);
    for (n, one) in labels.iter().enumerate() {
        let inside = one.left >= 0.0 && one.right <= width && one.top >= 0.0 && one.bottom <= height;
        assert!(inside, "{one:?} is not inside {width} x {height}\n{svg}");
        for other in &labels[n + 1..] {
            let apart = one.right <= other.left
                || other.right <= one.left
                || one.bottom <= other.top
                || other.bottom <= one.top;
            assert!(apart, "{one:?} lies over {other:?}\n{svg}");
        }
    }
    let dashed = document.descendants().filter(|node| node.attribute("class") == Some("target"));
    for line in dashed {
        let path = line.attribute("d").unwrap();
        let (x, top) = path[1..].split_once('V').unwrap().0.split_once(' ').unwrap();
        let (x, top): (f64, f64) = (x.parse().unwrap(), top.parse().unwrap());
        let crossed = |one: &&Label| {
            one.class == "word" && one.left < x && x < one.right && (one.top - top).abs() < 20.0
        };
        assert!(labels.iter().find(crossed).is_none(), "a word is crossed at {x}\n{svg}");
    }
    for bar in zones(svg) {
        for pair in bar.windows(2) {
            assert!((pair[0].1 + pair[0].2 - pair[1].1).abs() < 0.1, "a gap between zones\n{svg}");
        }
        assert!(bar.iter().all(|zone| zone.2 > 0.0), "an empty zone\n{svg}");
    }
}

/// A value that the bound itself is not.
fn nudged(value: &Number, by: i64) -> Number {
    value.checked_add(&Number::from_fraction(i128::from(by), 1000).unwrap()).unwrap()
}
