//! What a metric takes from itself, from the metric whose measurement it shares, from its release or from the project.

use super::MetricReader;
use crate::quantity::Duration;
use crate::spec::metric::written::{MetricText, NoDataLevel, ScopeText};
use crate::spec::metric::{Lasts, NoData, Reach};
use crate::spec::release::Defaults;

impl MetricReader<'_> {
    pub(super) fn defaults(&self) -> [Duration; 3] {
        let release = self.around.release.defaults.as_ref();
        let config = self.around.config.defaults.as_ref();
        let pick = |level: fn(&Defaults) -> Option<Duration>| {
            release.and_then(level).or_else(|| config.and_then(level)).unwrap_or_else(|| minutes(10))
        };
        [
            pick(|defaults| Some(defaults.r#for.as_ref()?.warn.as_ref()?.value.clone())),
            pick(|defaults| Some(defaults.r#for.as_ref()?.hold.as_ref()?.value.clone())),
            pick(|defaults| Some(defaults.r#for.as_ref()?.rollback.as_ref()?.value.clone())),
        ]
    }

    pub(super) fn window(&self, origin: &MetricText) -> Lasts {
        let own = self.row.value.window.as_ref().or(origin.window.as_ref());
        if let Some(window) = own {
            return Lasts { duration: window.value.clone(), written: Some(window.span) };
        }
        let of = |defaults: Option<&Defaults>| Some(defaults?.window.as_ref()?.value.clone());
        let shared = of(self.around.release.defaults.as_ref());
        let shared = shared.or_else(|| of(self.around.config.defaults.as_ref()));
        Lasts { duration: shared.unwrap_or_else(|| minutes(5)), written: None }
    }

    pub(super) fn reach(&self, origin: &MetricText) -> Reach {
        match self.row.value.scope.as_ref().or(origin.scope.as_ref()) {
            Some(ScopeText::Fleet(_)) => Reach::Fleet { said: true },
            Some(ScopeText::Own(own)) => Reach::Own(own.0.clone()),
            None => match self.around.scope {
                None => Reach::Fleet { said: false },
                Some(scope) => Reach::Release {
                    canary: scope.canary.clone().unwrap_or_default().0,
                    baseline: scope.baseline.clone().map(|baseline| baseline.0),
                },
            },
        }
    }

    pub(super) fn no_data(&self) -> NoData {
        let written = self.row.value.no_data.as_ref();
        let after = written.and_then(|no_data| no_data.after.as_ref());
        NoData {
            level: written.map_or(NoDataLevel::Hold, |no_data| no_data.level),
            after: match after {
                Some(after) => Lasts { duration: after.value.clone(), written: Some(after.span) },
                None => Lasts { duration: minutes(15), written: None },
            },
            written: written.map(|no_data| no_data.span),
        }
    }
}

fn minutes(minutes: u64) -> Duration {
    Duration::from_seconds(minutes * 60).unwrap_or_else(Duration::zero)
}
