//! Addresses, as the destination of a Markdown link.

/// An address for `[…](…)`: nothing in it ends the link, and no scheme that runs code is taken.
#[must_use]
pub fn url(address: &str) -> String {
    let mut safe = String::with_capacity(address.len());
    for c in address.trim().chars() {
        let encoded = c.is_whitespace() || c.is_control() || "\"'()<>[\\]^`{|}*~$!".contains(c);
        if encoded {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                safe.push_str(&format!("%{byte:02X}"));
            }
        } else if c == '&' {
            // `&copy;` would be read as a sign.
            safe.push_str("&amp;");
        } else {
            safe.push(c);
        }
    }
    if runs_code(&safe) { format!("unsafe:{safe}") } else { safe }
}

fn runs_code(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    matches!(scheme.as_str(), "javascript" | "vbscript" | "data")
}
