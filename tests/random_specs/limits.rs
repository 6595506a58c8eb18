//! Limits that are in order, and faults that are put into them.

use crate::model::{Condition, Ends, Level, Limits, Value, Where};
use crate::tape::Tape;
use crate::units::{Form, Unit};

/// How the numbers of one metric are made.
pub struct Maker {
    pub unit: &'static Unit,
    pub form: Form,
    pub step: i128,
    pub lower: bool,
    pub upper: bool,
}

/// The durations that a level may last, in minutes.
const LASTS: &[u32] = &[10, 0, 2, 30, 90, 1, 7];

/// The durations that an alert may go on, in minutes.
const KEEPS: &[u32] = &[5, 0, 15, 1, 600];

impl Maker {
    pub fn new(unit: &'static Unit, form: Form, tape: &mut Tape<'_>) -> Self {
        let (lower, upper) = tape.pick(&[(false, true), (true, false), (true, true)]);
        Self { unit, form, step: form.step(unit, tape), lower, upper }
    }

    fn value(&self, position: i128, tape: &mut Tape<'_>) -> Value {
        self.form.value(self.lowest().max(position * self.step), self.unit, tape)
    }

    fn lowest(&self) -> i128 {
        match self.form {
            Form::Factor => -10_000,
            form if form.may_be_negative(self.unit) => i128::MIN / 4,
            _ => 0,
        }
    }

    /// Normal and levels in order, away from a centre.
    pub fn in_order(&self, tape: &mut Tape<'_>) -> Limits {
        let negative = self.form.may_be_negative(self.unit);
        let centre = if negative { tape.pick(&[0, 6, -3]) } else { tape.pick(&[24, 30, 60]) };
        let (mut down, mut up) = (centre, centre + tape.pick(&[2, 0, 5]));
        let mut limits = Limits::default();
        if !tape.one_in(5) {
            let low = self.lower.then(|| self.value(down, tape));
            let high = self.upper.then(|| self.value(up, tape));
            limits.normal = Some(Ends { low, high });
            if tape.one_in(8) {
                // The first level begins where normal ends.
                (down, up) = (down + 1, up - 1);
            }
        }
        let both_once = limits.normal.is_none() && self.lower && self.upper;
        for level in 0..3 {
            if tape.one_in(4) && !(both_once && level == 2) {
                continue;
            }
            limits.levels[level] = Some(self.level(level, [&mut down, &mut up], both_once, tape));
        }
        limits
    }

    /// A level beyond `edges`, which move outward with it.
    fn level(&self, level: usize, edges: [&mut i128; 2], both: bool, tape: &mut Tape<'_>) -> Level {
        let [down, up] = edges;
        let count = if tape.one_in(4) { 2 + tape.below(2) } else { 1 };
        let (start_down, start_up) = (*down, *up);
        let mut conditions = Vec::new();
        for _ in 0..count {
            let mut bounds = Ends::default();
            let one_side = !both && self.lower && self.upper && tape.one_in(4);
            let skipped = one_side.then(|| tape.below(2));
            if self.lower && skipped != Some(0) {
                let at = start_down - 1 - i128::from(tape.number(2));
                bounds.low = Some(self.value(at, tape));
                *down = (*down).min(at);
            }
            if self.upper && skipped != Some(1) {
                let at = start_up + 1 + i128::from(tape.number(2));
                bounds.high = Some(self.value(at, tape));
                *up = (*up).max(at);
            }
            let lasts = tape.one_in(2).then(|| tape.pick(LASTS));
            let keep = tape.one_in(5).then(|| tape.pick(KEEPS));
            conditions.push(Condition { bounds, lasts, keep, ..Condition::default() });
        }
        match tape.below(12) {
            9 if level > 0 => conditions[0].after[tape.below(level)] = Some(tape.pick(&[120, 45])),
            10 => conditions[0].judge = true,
            11 if !both => return Level::One(Condition { judge: true, ..Condition::default() }),
            _ => {}
        }
        if count == 1 && !tape.one_in(6) { Level::One(conditions.remove(0)) } else { Level::List(conditions) }
    }

    /// What one entry of `where` replaces.
    pub fn replaced(&self, entry: &mut Where, base: &Limits, tape: &mut Tape<'_>) {
        let level = tape.below(3);
        match tape.below(8) {
            0 | 1 => {
                entry.limits = self.in_order(tape);
                for (new, old) in entry.limits.levels.iter_mut().zip(&base.levels) {
                    if new.is_none() && old.is_some() {
                        *new = Some(Level::Removed);
                    }
                }
            }
            2 => entry.limits.levels[level] = Some(Level::Removed),
            3 => entry.off = true,
            4 => {
                let lasts = Some(tape.pick(LASTS));
                let keep = tape.one_in(3).then(|| tape.pick(KEEPS));
                entry.limits.levels[level] =
                    Some(Level::One(Condition { lasts, keep, ..Condition::default() }));
            }
            5 => {
                let (mut down, mut up) = (20 + i128::from(tape.number(8)), 28 + i128::from(tape.number(50)));
                entry.limits.levels[level] = Some(self.level(level, [&mut down, &mut up], false, tape));
            }
            6 => entry.limits.min_events = Some(1 + tape.number(500)),
            _ => {
                entry.limits.normal = self.in_order(tape).normal;
                entry.off |= entry.limits.normal.is_none();
            }
        }
    }

    /// A promise at the end of normal, or a little beyond.
    pub fn target(&self, limits: &Limits, tape: &mut Tape<'_>) -> Option<Ends> {
        let normal = limits.normal.as_ref()?;
        let beyond = i128::from(tape.number(2));
        let mut moved = |end: &Option<Value>, by: i128| {
            end.as_ref().map(|value| self.form.value((value.ticks + by).max(self.lowest()), self.unit, tape))
        };
        Some(Ends { low: moved(&normal.low, -beyond), high: moved(&normal.high, beyond) })
    }

    /// Makes one change that may break the order: a value moved to another's place or next to it, ends exchanged,
    /// a bound moved to the other side.
    pub fn disturb(&self, limits: &mut Limits, tape: &mut Tape<'_>) {
        let mut places: Vec<&mut Ends> = limits.normal.iter_mut().collect();
        let levels = limits.levels.iter_mut().flatten();
        places.extend(levels.flat_map(|level| level.conditions_mut().iter_mut().map(|c| &mut c.bounds)));
        places.retain(|ends| !ends.is_empty());
        let all: Vec<i128> = places
            .iter()
            .flat_map(|ends| [&ends.low, &ends.high])
            .flatten()
            .map(|value| value.ticks)
            .collect();
        if places.is_empty() {
            return;
        }
        let chosen = tape.below(places.len());
        let other = tape.pick(&all);
        let ends = &mut *places[chosen];
        let moved = |ticks: i128, tape: &mut Tape<'_>| {
            Some(self.form.value(ticks.max(self.lowest()), self.unit, tape))
        };
        match tape.below(6) {
            0 | 1 => {
                let end = if ends.high.is_some() { &mut ends.high } else { &mut ends.low };
                *end = moved(other, tape);
            }
            2 => {
                let end = if ends.low.is_some() { &mut ends.low } else { &mut ends.high };
                *end = moved(other, tape);
            }
            3 => {
                let end = if ends.high.is_some() { &mut ends.high } else { &mut ends.low };
                *end = moved(other + tape.pick(&[1, -1]), tape);
            }
            4 => std::mem::swap(&mut ends.low, &mut ends.high),
            _ if ends.low.is_none() => ends.low = moved(other - self.step * i128::from(tape.number(3)), tape),
            _ => ends.high = moved(other + self.step * i128::from(tape.number(3)), tape),
        }
    }
}
