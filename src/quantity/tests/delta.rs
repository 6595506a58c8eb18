use super::super::{Delta, DeltaForm, QuantityFault, Unit, common_form};

#[test]
fn every_accepted_form_has_its_exact_value() {
    let cases: &[(Unit, &str, DeltaForm, &str)] = &[
        (Unit::Seconds, "+5%", DeltaForm::Factor, "0.05"),
        (Unit::Ratio, "+30%", DeltaForm::Factor, "0.3"),
        (Unit::Ratio, "-10%", DeltaForm::Factor, "-0.1"),
        (Unit::Ratio, "2x", DeltaForm::Factor, "1"),
        (Unit::Ratio, "0.5x", DeltaForm::Factor, "-0.5"),
        (Unit::Bytes, "1.5×", DeltaForm::Factor, "0.5"),
        (Unit::Ratio, "1.5 x", DeltaForm::Factor, "0.5"),
        (Unit::Ratio, "-5pp", DeltaForm::Points, "-0.05"),
        (Unit::Percent, "-5pp", DeltaForm::Points, "-5"),
        (Unit::Percent, "+5%", DeltaForm::Factor, "0.05"),
        (Unit::Seconds, "+100ms", DeltaForm::Absolute, "0.1"),
        (Unit::Bytes, "+3GB", DeltaForm::Absolute, "3000000000"),
        (Unit::PerDay, "-1/hour", DeltaForm::Absolute, "-24"),
        (Unit::None, "+0.5", DeltaForm::Absolute, "0.5"),
        (Unit::Count, "-3", DeltaForm::Absolute, "-3"),
        (Unit::Ratio, "0%", DeltaForm::Factor, "0"),
        (Unit::Ratio, "+0%", DeltaForm::Factor, "0"),
        (Unit::Seconds, "0", DeltaForm::Absolute, "0"),
        (Unit::None, "-150%", DeltaForm::Factor, "-1.5"),
    ];
    for (unit, text, form, value) in cases {
        let delta = Delta::parse(text, *unit).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!((delta.form(), delta.value.to_promql()), (*form, (*value).to_owned()), "{text}");
    }
}

#[test]
fn a_bound_without_sign_is_its_own_fault() {
    for (unit, text) in
        [(Unit::Seconds, "5%"), (Unit::Seconds, "200ms"), (Unit::Count, "5"), (Unit::Ratio, "5pp")]
    {
        let fault = Delta::parse(text, unit);
        assert!(matches!(fault, Err(QuantityFault::Unsigned { .. })), "{text}: {fault:?}");
    }
    let fault = Delta::parse("5%", Unit::Seconds).expect_err("a fault");
    assert_eq!(
        fault.help(),
        "write `+5%` if more is worse and `-5%` if less is worse; such a metric takes `+15%`, `2x` or `+100ms`"
    );
}

#[test]
fn another_dimension_is_told_from_nonsense() {
    for (unit, text) in
        [(Unit::Seconds, "+5pp"), (Unit::Ratio, "+100ms"), (Unit::Count, "-5pp"), (Unit::None, "+3GB")]
    {
        let fault = Delta::parse(text, unit);
        assert!(matches!(fault, Err(QuantityFault::WrongDimension { .. })), "{text}: {fault:?}");
    }
}

#[test]
fn what_is_no_difference_is_explained() {
    let cases = [
        (Unit::Seconds, "+100", "it does not say of what"),
        (Unit::Ratio, "+0.5", "it does not say of what"),
        (Unit::PerDay, "-15", "it does not say of what"),
        (Unit::Ratio, "+2x", "`x` takes no sign"),
        (Unit::Ratio, "-150%", "nothing can fall by more than 100%"),
        (Unit::Ratio, "±5%", "one value cannot be both ends of a range"),
        (Unit::Ratio, "+5 percent", "the unit `percent` is written `%`"),
        (Unit::Ratio, "−5%", "its minus is a typographic one"),
    ];
    for (unit, text, wanted) in cases {
        match Delta::parse(text, unit) {
            Err(QuantityFault::NotAQuantity { why, .. }) => assert_eq!(why, wanted, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn all_differences_of_a_metric_are_of_one_form() {
    let parse = |text: &str| Delta::parse(text, Unit::Ratio).expect("a delta");
    let (zero, percent, times, points) = (parse("0"), parse("+5%"), parse("2x"), parse("+5pp"));
    assert_eq!(common_form(&[]), Ok(None));
    assert_eq!(common_form(&[&zero]), Ok(Some(DeltaForm::Absolute)));
    assert_eq!(common_form(&[&zero, &percent, &times]), Ok(Some(DeltaForm::Factor)));
    assert_eq!(common_form(&[&points, &zero]), Ok(Some(DeltaForm::Points)));
    assert_eq!(common_form(&[&percent, &times, &points]), Err((&percent, &points)));
}
