use super::super::{Quantity, ScaleSuspicion, Unit, scale_suspicion};

fn suspicion(unit: Unit, text: &str, siblings: &[&str]) -> Option<(String, String)> {
    let parse = |text: &str| Quantity::parse(text, unit).expect("a quantity");
    let siblings: Vec<Quantity> = siblings.iter().map(|text| parse(text)).collect();
    let ScaleSuspicion { as_written, maybe } = scale_suspicion(&parse(text), unit, &siblings)?;
    Some((as_written, maybe))
}

#[test]
fn classic_slips_show_both_readings() {
    let cases: &[(Unit, &str, &[&str], &str, &str)] = &[
        (Unit::Ratio, "5", &[], "500%", "5%"),
        (Unit::Ratio, "1.5", &[], "150%", "1.5%"),
        (Unit::Ratio, "150%", &[], "150%", "1.5%"),
        (Unit::Ratio, "0.5", &["1%", "0.2%"], "50%", "0.5%"),
        (Unit::Ratio, "1", &["0.5%", "1"], "100%", "1%"),
        (Unit::Percent, "0.5", &["1%"], "0.5%", "50%"),
        (Unit::Percent, "150", &[], "150%", "1.5%"),
        (Unit::Seconds, "200", &["500ms"], "200s", "200ms"),
    ];
    for (unit, text, siblings, as_written, maybe) in cases {
        let found = suspicion(*unit, text, siblings);
        assert_eq!(found, Some(((*as_written).to_owned(), (*maybe).to_owned())), "{text}");
    }
}

#[test]
fn ordinary_values_are_not_suspected() {
    let cases: &[(Unit, &str, &[&str])] = &[
        (Unit::Ratio, "0.5", &[]),
        (Unit::Ratio, "1", &[]),
        (Unit::Ratio, "100%", &["1%"]),
        (Unit::Ratio, "0.002", &["1%"]),
        (Unit::Ratio, "0.5", &["30%", "80%"]),
        (Unit::Ratio, "0", &["1%"]),
        (Unit::Percent, "0.5", &["0.8", "2"]),
        (Unit::Percent, "0.5%", &["1%"]),
        (Unit::Percent, "80", &["90%"]),
        (Unit::Percent, "100%", &[]),
        (Unit::Seconds, "2", &["500ms"]),
        (Unit::Seconds, "2", &["500ms", "1s"]),
        (Unit::Count, "5000", &[]),
        (Unit::None, "5", &[]),
    ];
    for (unit, text, siblings) in cases {
        assert_eq!(suspicion(*unit, text, siblings), None, "{text}");
    }
}
