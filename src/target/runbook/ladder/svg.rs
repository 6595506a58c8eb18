//! The picture itself: what was decided elsewhere, put at its place.

use super::axis::Axis;
use super::style::{BAR, CSS, LINE, PAD, PROSE, SMALL, TEXT, TITLE};
use super::width::{fit, width};
use crate::quantity::Number;
use crate::template::escape::xml;

/// The picture of one metric.
#[derive(Debug)]
pub struct Card {
    /// The metric.
    pub title: String,
    /// What the numbers are.
    pub below: String,
    /// The picture in words.
    pub words: String,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// Limits from end to end.
#[derive(Debug, Default)]
pub struct Bar {
    /// Where they hold; empty where there is one bar.
    pub head: String,
    /// The zones, the smallest values first; none for limits that are taken away.
    pub zones: Vec<Piece>,
    /// The bounds.
    pub edges: Vec<Edge>,
    /// The ends of the promise.
    pub marks: Vec<Edge>,
    /// What no bound can show.
    pub remarks: Vec<String>,
}

/// A zone of a bar.
#[derive(Debug)]
pub struct Piece {
    /// Where it begins; `None` for the left end.
    pub from: Option<Number>,
    /// Where it ends; `None` for the right end.
    pub to: Option<Number>,
    /// Its class in the style.
    pub class: &'static str,
    /// What is written in it.
    pub word: String,
}

/// A value with its label.
#[derive(Debug)]
pub struct Edge {
    /// The value.
    pub value: Number,
    /// As the author wrote it.
    pub text: String,
    /// How long the value must be passed; empty where that is no question.
    pub lasts: String,
}

impl Bar {
    /// All values that have a place on the axis.
    pub fn values(&self) -> impl Iterator<Item = Number> {
        self.edges.iter().chain(&self.marks).map(|edge| edge.value)
    }

    /// All texts that stand at a value.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.edges.iter().chain(&self.marks).flat_map(|edge| [edge.text.as_str(), edge.lasts.as_str()])
    }
}

impl Card {
    /// The file.
    #[must_use]
    pub fn draw(&self) -> String {
        let axes = Axis::of(&self.bars);
        let mut body = Body::default();
        body.prose("title", PAD, &self.title, TITLE);
        body.prose("dim", PAD, &self.below, SMALL);
        for (bar, axis) in self.bars.iter().zip(&axes) {
            body.bar(bar, axis);
        }
        let (width, height) = (body.width + PAD, body.y + PAD);
        let (title, words) = (xml(&self.title), xml(&self.words));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-labelledby=\"title words\">\n<title id=\"title\">{title}</title>\n<desc id=\"words\">{words}</desc>\n\
             <style>{CSS}</style>\n<rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n{}</svg>\n",
            width - 1,
            height - 1,
            body.text
        )
    }
}

/// The elements so far, the height that they take, and the right end of the widest.
#[derive(Default)]
struct Body {
    text: String,
    y: u32,
    width: u32,
}

impl Body {
    fn element(&mut self, element: &str) {
        self.text.push_str(element);
        self.text.push('\n');
    }

    fn write(&mut self, class: &str, x: u32, y: u32, text: &str) {
        if !text.is_empty() {
            self.element(&format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", xml(text)));
        }
    }

    /// A line of its own.
    fn prose(&mut self, class: &str, x: u32, text: &str, size: u32) {
        if text.is_empty() {
            return;
        }
        let text = fit(text, size, PROSE);
        self.y += if self.y == 0 { PAD + TITLE - 2 } else { LINE + 2 };
        self.width = self.width.max(x + width(&text, size));
        self.write(class, x, self.y, &text);
    }

    fn bar(&mut self, bar: &Bar, axis: &Axis) {
        self.y += 6;
        self.prose("head", PAD, &bar.head, TEXT);
        if !bar.zones.is_empty() {
            self.zones(bar, axis);
        }
        for remark in &bar.remarks {
            self.prose("dim", PAD, remark, SMALL);
        }
    }

    fn zones(&mut self, bar: &Bar, axis: &Axis) {
        let marks = if bar.marks.is_empty() { 8 } else { LINE + 8 };
        let (top, bottom) = (self.y + marks, self.y + marks + BAR);
        for zone in &bar.zones {
            let (left, right) = (axis.from(zone.from.as_ref()), axis.to(zone.to.as_ref()));
            let class = zone.class;
            let wide = right - left;
            self.element(&format!(
                "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{BAR}\"/>"
            ));
            // The promise can lie within a zone, and its line must not cross the word.
            let marks = bar.marks.iter().map(|mark| axis.at(&mark.value)).filter(|x| left < *x && *x < right);
            let free = marks.min().unwrap_or(right) - left;
            self.write("word", left + free / 2, bottom - 8, &zone.word);
        }
        for edge in &bar.edges {
            let x = axis.at(&edge.value);
            let end = bottom + 4;
            self.element(&format!("<path class=\"tick\" d=\"M{x} {top}V{end}\"/>"));
            self.write("edge", x, bottom + LINE, &edge.text);
            self.write("lasts dim", x, bottom + LINE * 2 - 2, &edge.lasts);
        }
        for mark in &bar.marks {
            let (x, start) = (axis.at(&mark.value), top - 4);
            self.element(&format!("<path class=\"target\" d=\"M{x} {start}V{bottom}\"/>"));
            self.write("mark", x, top - 7, &mark.text);
        }
        let lasts = bar.edges.iter().any(|edge| !edge.lasts.is_empty());
        self.y = bottom + if lasts { LINE * 2 - 2 } else { LINE };
        self.width = self.width.max(PAD + axis.width());
    }
}
