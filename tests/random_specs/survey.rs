use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Mutex;
#[test]
fn survey() {
    let tally: Mutex<BTreeMap<String, (u32, String)>> = Mutex::default();
    let _ = crate::runner::runner(3000).run(&proptest::collection::vec(any::<u32>(), 0..260), |cells| {
        let release = crate::generate::release(&cells, true);
        let (verdict, text) = (crate::oracle::judge(&release), crate::render::render(&release));
        let outcome = crate::compile::compile(&[&text]);
        let errors = outcome.error_names();
        let mut key = format!("{verdict:?} {errors:?}");
        if let Some(Err(b)) = &outcome.built {
            key += &format!(
                " BROKEN {}",
                b[0].what.chars().filter(|c| !c.is_ascii_digit()).take(60).collect::<String>()
            );
        }
        let detail = format!(
            "{:?}\n{text}",
            outcome.errors().iter().map(|e| (&e.lint, &e.message)).collect::<Vec<_>>()
        );
        let mut t = tally.lock().unwrap();
        let e = t.entry(key).or_insert((0, detail.clone()));
        e.0 += 1;
        if detail.len() < e.1.len() {
            e.1 = detail;
        }
        Ok(())
    });
    for (k, (n, d)) in tally.lock().unwrap().iter() {
        println!("=== {n} {k}\n{}", d);
    }
}
