//! Labels on the command line.

use crate::cli::Failure;
use crate::spec::alertmanager::matcher;

/// The labels, in the order in which they are given. A value may stand in double quotes, as in Alertmanager.
///
/// # Errors
/// A wrong command line: what is no `name=value`, and a name that is given twice.
pub fn parse(given: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let mut labels: Vec<(String, String)> = Vec::new();
    for text in given {
        let (name, value) = one(text)?;
        if labels.iter().any(|(known, _)| *known == name) {
            return Err(Failure::usage(format!("the label `{name}` is given twice"))
                .help("an alert has one value for each label"));
        }
        labels.push((name, value));
    }
    Ok(labels)
}

fn one(text: &str) -> Result<(String, String), Failure> {
    let fault = |why: &str, help: String| {
        Err(Failure::usage(format!("`{text}` is no label with its value: {why}")).help(help))
    };
    let Some((name, value)) = text.split_once('=') else {
        return fault("it has no `=`", format!("write `{text}=VALUE`"));
    };
    let (name, value) = (name.trim(), value.trim());
    if name.ends_with('!') || value.starts_with('~') || name.ends_with('~') {
        let name = name.trim_end_matches(['!', '~']);
        return fault("it is a matcher", format!("an alert has one value for each label: `{name}=VALUE`"));
    }
    if name.is_empty() {
        return fault("it has no name", "write `NAME=VALUE`, such as `severity=critical`".to_owned());
    }
    if value.starts_with('"') {
        return match matcher::parse(text).as_deref() {
            Ok([one]) => Ok((one.label.clone(), one.value.clone())),
            _ => fault("its quotes do not fit", "leave the double quotes out".to_owned()),
        };
    }
    Ok((name.trim_matches('"').to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_with_or_without_quotes() {
        let read = |text: &str| parse(&[text.to_owned()]).map(|mut all| all.remove(0)).ok();
        let of = |name: &str, value: &str| Some((name.to_owned(), value.to_owned()));
        assert_eq!(read("a=b"), of("a", "b"));
        assert_eq!(read("a=\"b c\\\"\""), of("a", "b c\""));
        assert_eq!(read("a=b=c, d"), of("a", "b=c, d"));
        assert_eq!(read("a="), of("a", ""));
        assert_eq!(read("团队=支付"), of("团队", "支付"));
        for text in ["a", "=b", "a=~b", "a!=b", "a!~b", "a=\"b", "a=\"b\",c=\"d\""] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(parse(&["a=b".to_owned(), "a=c".to_owned()]).is_err());
    }
}
