//! A real Alertmanager on loopback, which ends with the test.

use super::Program;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server; dropping it ends it.
pub struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// Starts one with a configuration and waits until it answers.
    pub fn start(program: &Program, config: &Path, folder: &Path) -> Self {
        let port =
            TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address").port();
        let child = Command::new(&program.path)
            .arg(format!("--config.file={}", config.display()))
            .arg(format!("--storage.path={}", folder.display()))
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .arg("--cluster.listen-address=")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|fault| panic!("{} can't be run: {fault}", program.path.display()));
        let mut server = Self { child, port };
        let begun = Instant::now();
        while server.ask("GET", "/-/ready", "").is_none_or(|answer| !answer.starts_with("OK")) {
            let ended = server.child.try_wait().expect("a state");
            assert!(
                ended.is_none() && begun.elapsed() < Duration::from_secs(30),
                "{}: no answer",
                program.path.display()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// The body of an answer that says that all is well.
    pub fn ask(&self, method: &str, path: &str, body: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        // Version 1.0 of HTTP has no chunks, and the answer ends with the connection.
        let head = format!(
            "{method} {path} HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        head.split(' ').nth(1).filter(|code| *code == "200").map(|_| body.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
