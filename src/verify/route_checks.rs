//! Checks of the tests of routes.

use super::report::{Check, Failure, Subject};
use super::rule_checks::{begun, judged};
use super::suite::{Made, Suite};
use super::{Candidate, routes};
use crate::plan::names;
use crate::target::alertmanager::route_tests::{RouteTest, RouteTests};

/// The tests of routes, as far as they can be read.
pub(super) struct Routes<'a> {
    made: Option<&'a Made<()>>,
    read: Result<RouteTests, String>,
    release: Option<&'a str>,
}

impl<'a> Routes<'a> {
    pub(super) fn read(suite: &'a Suite, release: Option<&'a str>) -> Self {
        let made = suite.routes.as_ref();
        let none = || Err("there are no tests of routes".to_owned());
        let read = made.map_or_else(none, |made| routes::read(&made.path, &made.text));
        Self { made, read, release }
    }

    pub(super) fn is_there(&self) -> bool {
        self.made.is_some()
    }

    /// Those of the release that was asked for.
    pub(super) fn tests(&self) -> Vec<&RouteTest> {
        let all = self.read.as_ref().map(|read| read.tests.as_slice()).unwrap_or_default();
        all.iter().filter(|test| self.release.is_none_or(|id| release(test) == Some(id))).collect()
    }

    fn check(&self, suite: &Suite) -> Option<Check> {
        Some(begun(suite, self.made?, Subject::Routes, self.tests().len()))
    }

    /// The check that the configuration leads every alert where the tests say, by our own resolver.
    pub(super) fn resolved(&self, suite: &Suite) -> Check {
        let Some(check) = self.check(suite) else {
            let none = Made {
                path: names::ROUTE_TESTS_FILE.to_owned(),
                release: None,
                text: String::new(),
                content: Ok(()),
            };
            return begun(suite, &none, Subject::Routes, 0).not_run("no tests of routes are generated");
        };
        let failures = match self.configuration(suite) {
            Ok((made, read)) => match routes::config(&made.path, &made.text) {
                Ok(_) if read.tests.is_empty() => vec![Failure::whole("there are no tests in this file")],
                Ok(config) => routes::resolve(&self.tests(), &config),
                Err(fault) => vec![Failure::whole(fault)],
            },
            Err(fault) => vec![Failure::whole(fault)],
        };
        check.with(failures)
    }

    /// The same by amtool, which knows receivers only.
    pub(super) fn asked(&self, suite: &Suite, tool: &Candidate) -> Check {
        let Some(check) = self.check(suite) else { return self.resolved(suite) };
        judged(check, tool, |tool| match self.configuration(suite) {
            Ok((made, _)) => {
                let (folder, file) = made.place(&suite.out);
                routes::ask(&self.tests(), tool, &folder, &file)
            }
            Err(fault) => vec![Failure::whole(fault)],
        })
    }

    /// The configuration that the tests are about.
    fn configuration<'b>(&'b self, suite: &'b Suite) -> Result<(&'b Made<()>, &'b RouteTests), String> {
        let read = self.read.as_ref().map_err(Clone::clone)?;
        let path = self.made.map(|made| super::suite::beside(&made.path, &read.config)).unwrap_or_default();
        let config = suite.configs.iter().find(|config| config.path == path);
        let none = || format!("`config` names `{}`, which this build does not make", read.config);
        config.map(|config| (config, read)).ok_or_else(none)
    }
}

/// The release that an alert is about.
pub(super) fn release(test: &RouteTest) -> Option<&str> {
    test.labels.get("release").map(String::as_str)
}
