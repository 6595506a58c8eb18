//! No ladder out of order ever builds; every ladder in order does.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::compile::compile;
use crate::generate::release;
use crate::oracle::judge;
use crate::render::render;
use crate::runner::{cases, run};

const LAWS: [&str; 2] = ["mixed-direction", "threshold-order"];

#[test]
fn what_is_out_of_order_is_refused_and_what_is_in_order_builds() {
    let (sound, all) = (AtomicU32::new(0), AtomicU32::new(0));
    run(4_000, |cells| {
        let release = release(cells, true);
        let (verdict, text) = (judge(&release), render(&release));
        all.fetch_add(1, Ordering::Relaxed);
        let outcome = compile(&[&text]);
        let errors = outcome.error_names();
        let told = |law: &str| errors.contains(&law);
        let wrong = |what: &str| {
            Err(format!("{what}\nverdict: {verdict:?}, errors: {errors:?}\n{:#?}\n{text}", outcome.errors()))
        };
        if verdict.is_sound() {
            sound.fetch_add(1, Ordering::Relaxed);
            return outcome
                .artifacts()
                .map(|_| ())
                .or_else(|why| wrong(&format!("in order, but does not build: {why}")));
        }
        if outcome.built.is_some() {
            return wrong("out of order, but it builds");
        }
        if told("mixed-direction") != verdict.mixed || (told("threshold-order") != verdict.disorder) {
            return wrong("another fault is told than there is");
        }
        if errors.iter().any(|name| !LAWS.contains(name)) {
            return wrong("a fault is told that is not there");
        }
        Ok(())
    });
    let (sound, all) = (sound.into_inner(), all.into_inner());
    println!("{sound} of {all} releases are in order");
    if cases(4_000) >= 1_000 {
        assert!(sound * 10 >= all * 3 && sound * 10 <= all * 7, "{sound} of {all} are in order");
    }
}
