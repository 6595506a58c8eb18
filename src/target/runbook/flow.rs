//! The stages as a Mermaid flow, with what must hold before each step forward.

use crate::template::escape::mermaid;

/// One stage of the flow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// The stage's name.
    pub title: String,
    /// What is told of it below its name, such as the share of traffic and how long it lasts; empty parts are left out.
    pub facts: Vec<String>,
    /// What must hold before the next step; on the last stage, before the end. Empty where nothing is asked.
    pub gate: String,
}

/// The flow, as the text of a Mermaid block. `end` names where it leads.
#[must_use]
pub fn flow(steps: &[Step], end: &str) -> String {
    let mut text = String::from("flowchart TD\n");
    for (number, step) in steps.iter().enumerate() {
        let facts: Vec<String> =
            step.facts.iter().map(|fact| mermaid(fact)).filter(|f| !f.is_empty()).collect();
        let title = mermaid(&step.title);
        let label = if facts.is_empty() { title } else { format!("{title}<br/>{}", facts.join(" · ")) };
        text.push_str(&format!("  stage{number}[\"{label}\"]\n"));
    }
    text.push_str(&format!("  stage{}([\"{}\"])\n", steps.len(), mermaid(end)));
    for (number, step) in steps.iter().enumerate() {
        let gate = mermaid(&step.gate);
        let gate = if gate.is_empty() { gate } else { format!("|\"{gate}\"|") };
        text.push_str(&format!("  stage{number} -->{gate} stage{}\n", number + 1));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_lead_to_each_other_through_their_gates() {
        let step = |title: &str, facts: &[&str], gate: &str| Step {
            title: title.to_owned(),
            facts: facts.iter().map(|fact| (*fact).to_owned()).collect(),
            gate: gate.to_owned(),
        };
        let steps = [
            step("First \"users\"", &["5 %", "", "2 days"], "all normal for 24 h; no alert"),
            step("订单\nend", &[], ""),
        ];
        let wanted = "flowchart TD\n  stage0[\"First #34;users#34;<br/>5 % · 2 days\"]\n  stage1[\"订单<br/>end\"]\n  \
                      stage2([\"Done\"])\n  stage0 -->|\"all normal for 24 h#59; no alert\"| stage1\n  stage1 --> stage2\n";
        assert_eq!(flow(&steps, "Done"), wanted);
    }

    #[test]
    fn a_flow_without_stages_is_its_end() {
        assert_eq!(flow(&[], "Done"), "flowchart TD\n  stage0([\"Done\"])\n");
    }
}
