//! What is changed: one table of operators, and every mutant that they make of a release, in a fixed order.

mod aggregations;
mod comparisons;
mod edit;
mod examples;
mod functions;
mod numbers;
mod selectors;
mod sets;
mod texts;
mod timing;
mod whole;

use crate::rules::{Group, Rule, Rules};
pub use edit::{Edit, Node, shown};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A way to change a rule.
pub struct Operator {
    /// What it does, in words that stand in reports and in `equivalent.yaml`.
    pub name: &'static str,
    /// How it does it.
    how: How,
}

/// A function that finds changes at one place of an expression.
type AtNode = fn(&Node) -> Vec<Edit>;
/// A function that finds changes of a rule or of its group.
type AtSite = fn(&Site) -> Vec<Change>;

enum How {
    /// Other text at one place of the expression.
    Expr(AtNode),
    /// Other rules in the place of the group's.
    Rule(AtSite),
}

/// One rule among those of its group.
pub struct Site<'a> {
    pub group: &'a Group,
    pub at: usize,
}

/// The rules of a group after a change.
pub struct Change {
    /// What was where what is now: `« old → new »` with what stands around it.
    pub shown: String,
    pub rules: Vec<Rule>,
}

/// A release with one thing changed.
pub struct Mutant {
    pub operator: &'static str,
    pub group: usize,
    pub rule: usize,
    /// The rule's name before the change.
    pub name: String,
    pub shown: String,
    /// What the group holds instead.
    rules: Vec<Rule>,
}

impl Mutant {
    /// All rules of the release with the change in them.
    pub fn apply(&self, rules: &Rules) -> Rules {
        let mut changed = rules.clone();
        changed.groups[self.group].rules.clone_from(&self.rules);
        changed
    }
}

impl Site<'_> {
    pub fn rule(&self) -> &Rule {
        &self.group.rules[self.at]
    }

    /// The change that puts another rule in the place of this one.
    pub fn replaced(&self, shown: String, rule: Rule) -> Change {
        let mut rules = self.group.rules.clone();
        rules[self.at] = rule;
        Change { shown, rules }
    }
}

/// Every operator, in the order of reports.
pub fn operators() -> Vec<Operator> {
    let of_expressions: [&[(&str, AtNode)]; 6] = [
        &numbers::TABLE,
        &comparisons::TABLE,
        &sets::TABLE,
        &selectors::TABLE,
        &aggregations::TABLE,
        &functions::TABLE,
    ];
    let of_rules: [&[(&str, AtSite)]; 3] = [&timing::TABLE, &texts::TABLE, &whole::TABLE];
    let first = of_expressions.concat().into_iter().map(|(name, how)| Operator { name, how: How::Expr(how) });
    let second = of_rules.concat().into_iter().map(|(name, how)| Operator { name, how: How::Rule(how) });
    first.chain(second).collect()
}

/// Every mutant of the rules, each once, though two operators make it.
pub fn mutants(rules: &Rules) -> Vec<Mutant> {
    let operators = operators();
    let mut known = BTreeSet::new();
    let mut mutants = Vec::new();
    for (group, of) in rules.groups.iter().enumerate() {
        known.insert((group, digest(&of.rules)));
        for at in 0..of.rules.len() {
            let site = Site { group: of, at };
            for operator in &operators {
                for change in operator.changes(&site) {
                    if known.insert((group, digest(&change.rules))) {
                        let (operator, name) = (operator.name, site.rule().name().to_owned());
                        let (shown, rules) = (change.shown, change.rules);
                        mutants.push(Mutant { operator, group, rule: at, name, shown, rules });
                    }
                }
            }
        }
    }
    mutants
}

impl Operator {
    fn changes(&self, site: &Site) -> Vec<Change> {
        match self.how {
            How::Rule(how) => how(site),
            How::Expr(how) => edit::edits(site, how),
        }
    }
}

fn digest(rules: &[Rule]) -> u64 {
    let mut hasher = DefaultHasher::new();
    rules.hash(&mut hasher);
    hasher.finish()
}
