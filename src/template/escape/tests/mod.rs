//! Escapes, judged by a Markdown reader (the one of GitLab, a port of GitHub's).

mod cases;
mod markdown;
mod random;
