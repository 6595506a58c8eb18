//! Versions of Prometheus.

use std::fmt;
use std::str::FromStr;

/// A Prometheus release line; patch releases never change the language, so they are not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The first number.
    pub major: u16,
    /// The second number.
    pub minor: u16,
}

impl Version {
    /// The newest release line whose grammar is known here.
    pub const NEWEST: Self = Self::new(3, 14);

    /// `major.minor`.
    #[must_use]
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// A text that does not name a Prometheus version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAVersion;

impl fmt::Display for NotAVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Prometheus version is written like `2.53` or `v3.5.1`")
    }
}

impl std::error::Error for NotAVersion {}

impl FromStr for Version {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let release = text.split(['-', '+']).next().unwrap_or(text);
        let mut parts = release.strip_prefix('v').unwrap_or(release).split('.');
        let major = number(parts.next())?;
        let minor = number(parts.next())?;
        if let Some(patch) = parts.next() {
            number(Some(patch))?;
        }
        if parts.next().is_some() { Err(NotAVersion) } else { Ok(Self { major, minor }) }
    }
}

fn number(part: Option<&str>) -> Result<u16, NotAVersion> {
    let digits = part.ok_or(NotAVersion)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotAVersion);
    }
    digits.parse().map_err(|_| NotAVersion)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_release_lines_and_patches() {
        for (text, major, minor) in [("2.42", 2, 42), ("3.5", 3, 5), ("v2.53.1", 2, 53), ("3.0.0-rc.1", 3, 0)]
        {
            assert_eq!(text.parse(), Ok(Version::new(major, minor)), "{text}");
        }
        for text in ["", "3", "v", "2.", ".5", "2.x", "+2.4", "2.42.1.1", "2.-1", "99999.1", " 2.42"] {
            assert_eq!(text.parse::<Version>(), Err(NotAVersion), "{text}");
        }
    }

    #[test]
    fn orders_by_number_not_by_text() {
        assert!(Version::new(2, 9) < Version::new(2, 10));
        assert!(Version::new(2, 55) < Version::new(3, 0));
        assert_eq!(Version::new(3, 5).to_string(), "3.5");
    }
}
