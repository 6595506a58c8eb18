//! The stages and what must hold between them, short enough for the labels of a diagram.

use super::flow::{Step, flow};
use crate::plan::runbook::{Approval, Gate, Runbook, StagePage};
use crate::template::{Phrases, TemplateFault};
use std::collections::BTreeMap;

/// The widest condition that a label shows, in Latin letters; a Chinese character is as wide as two.
const MOST: usize = 60;

/// The stages of a release as the text of a diagram.
///
/// # Errors
/// When a phrase does not work.
pub fn of_release(runbook: &Runbook, phrases: &Phrases) -> Result<String, TemplateFault> {
    let step = |stage: &StagePage| -> Result<Step, TemplateFault> {
        let lasts = stage.lasts.as_ref().map(|lasts| phrases.brief(lasts)).transpose()?;
        let traffic = stage.traffic.as_ref().map(|share| phrases.quantity(share)).transpose()?;
        Ok(Step {
            title: stage.title.clone(),
            facts: traffic.into_iter().chain(lasts).collect(),
            gate: gate(stage, phrases)?,
        })
    };
    let steps: Result<Vec<Step>, TemplateFault> = runbook.stages.iter().map(step).collect();
    Ok(flow(&steps?, &phrases.say("flow-end", &())?))
}

/// The first condition where it is short, and how many more there are; who approves.
fn gate(stage: &StagePage, phrases: &Phrases) -> Result<String, TemplateFault> {
    let all = &stage.advance;
    let words = all.iter().map(|gate| words(gate, phrases)).collect::<Result<Vec<_>, _>>()?;
    let short = words.into_iter().flatten().find(|words| width(words) <= MOST);
    let mut lines = Vec::new();
    match short {
        Some(first) => {
            lines.push(say(phrases, "flow-gate", &[("first", first), ("more", more(all.len() - 1))])?)
        }
        None if all.is_empty() => {}
        None => lines.push(phrases.say("flow-conditions", &BTreeMap::from([("n", all.len())]))?),
    }
    if let Some(Approval { people, all, at_least }) = &stage.approve {
        let names: Vec<&str> = people.iter().map(|person| person.title.as_str()).collect();
        let comma = phrases.say("page-comma", &())?;
        let (of, names) = (people.len(), names.join(&comma));
        let people = if *all || of == *at_least {
            names
        } else {
            let count = [("n", at_least.to_string()), ("of", of.to_string()), ("people", names)];
            say(phrases, "approve-some", &count)?
        };
        lines.push(say(phrases, "flow-approved", &[("people", people)])?);
    }
    Ok(lines.join("\n"))
}

fn width(words: &str) -> usize {
    words.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn more(count: usize) -> String {
    if count == 0 { String::new() } else { count.to_string() }
}

/// A condition in words, where it is one that a query shows.
fn words(gate: &Gate, phrases: &Phrases) -> Result<Option<String>, TemplateFault> {
    let over = gate.over.as_ref().map(|over| phrases.duration(over)).transpose()?.unwrap_or_default();
    let over = ("over", over);
    let test = gate.test.unwrap_or_default();
    let title = gate.metric.as_ref().map(|link| link.title.clone()).unwrap_or_default();
    let (metric, name) = (("metric", title.clone()), ("name", title));
    let words = match (gate.kind, &gate.limit) {
        ("metric", None) => say(phrases, &format!("gate-{test}"), &[metric, name, over])?,
        ("metric", Some(limit)) => {
            let sign = if gate.side == Some("at-most") { "≤" } else { "≥" };
            let limit = ("limit", phrases.quantity(limit)?);
            say(phrases, &format!("gate-{test}"), &[metric, name, ("sign", sign.to_owned()), limit, over])?
        }
        ("metrics", _) => {
            let which = phrases.say(&format!("gate-which-{}", gate.which.unwrap_or("all")), &())?;
            say(phrases, &format!("gate-all-{test}"), &[("which", which), over])?
        }
        ("alerts", _) => say(phrases, &format!("gate-alerts-{}", gate.level.unwrap_or("warn")), &[over])?,
        _ => return Ok(None),
    };
    Ok(Some(words))
}

fn say(phrases: &Phrases, name: &str, with: &[(&str, String)]) -> Result<String, TemplateFault> {
    phrases.say(name, &with.iter().cloned().collect::<BTreeMap<_, _>>())
}
