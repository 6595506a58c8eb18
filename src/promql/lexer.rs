//! Text to tokens. Which tokens there can be depends on the brackets around them, as in Prometheus.

use super::ast::{BinaryOp, MatchOp};
use super::literal;
use super::token::{Token, TokenKind};

/// All tokens of `text`: the last is `End`, or `Bad` where the text cannot be read further.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, braces: false, brackets: false };
    let mut tokens = Vec::with_capacity(text.len() / 3 + 1);
    loop {
        lexer.skip_blanks();
        let start = lexer.at;
        let kind = lexer.next().unwrap_or_else(TokenKind::Bad);
        let last = matches!(kind, TokenKind::End | TokenKind::Bad(_));
        tokens.push(Token { kind, span: start..lexer.at });
        if last {
            return tokens;
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    braces: bool,
    brackets: bool,
}

type Lexed = Result<TokenKind, String>;

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let len = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += len;
        rest.get(..len).unwrap_or("")
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    fn skip_blanks(&mut self) {
        loop {
            self.eat_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
            if self.peek() != Some('#') {
                return;
            }
            self.eat_while(|c| c != '\n');
        }
    }

    fn next(&mut self) -> Lexed {
        let Some(c) = self.peek() else { return Ok(TokenKind::End) };
        match c {
            '"' | '\'' | '`' => self.quoted(c),
            'a'..='z' | 'A'..='Z' | '_' => Ok(self.word()),
            _ if self.braces => self.in_braces(c),
            '0'..='9' | '.' => self.number(),
            ':' if !self.brackets => Ok(self.word()),
            '(' | ')' | '{' | '[' | ']' | ',' | '@' | ':' => self.punctuation(c),
            _ => self.operator(c),
        }
    }

    fn quoted(&mut self, quote: char) -> Lexed {
        self.at += quote.len_utf8();
        loop {
            let Some(c) = self.peek() else { return Err(format!("this text has no closing {quote}")) };
            if c == '\n' && quote != '`' {
                return Err(format!("this text has no closing {quote} on its line"));
            }
            self.at += c.len_utf8();
            match c {
                c if c == quote => return Ok(TokenKind::Text),
                '\\' if quote != '`' => self.at += self.peek().map_or(0, char::len_utf8),
                _ => {}
            }
        }
    }

    fn word(&mut self) -> TokenKind {
        let colons = !self.braces && !self.brackets;
        let word = self.eat_while(|c| c.is_ascii_alphanumeric() || c == '_' || (c == ':' && colons));
        if word.contains(':') { TokenKind::Metric } else { TokenKind::Word }
    }

    fn number(&mut self) -> Lexed {
        let start = self.at;
        let hex = self.rest().get(..2).is_some_and(|p| p.eq_ignore_ascii_case("0x"));
        let mut last = ' ';
        while let Some(c) = self.peek() {
            let sign = matches!(c, '+' | '-') && matches!(last, 'e' | 'E') && !hex;
            if !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_') || sign) {
                break;
            }
            self.at += c.len_utf8();
            last = c;
        }
        let text = self.text.get(start..self.at).unwrap_or("");
        if literal::number(text).is_some() {
            Ok(TokenKind::Number)
        } else if literal::duration(text).is_some() {
            Ok(TokenKind::Duration)
        } else {
            Err(format!("`{text}` is neither a number nor a duration such as `1h30m`"))
        }
    }

    fn in_braces(&mut self, c: char) -> Lexed {
        let symbols = [
            ("=~", TokenKind::Match(MatchOp::Regex)),
            ("!~", TokenKind::Match(MatchOp::NotRegex)),
            ("!=", TokenKind::Match(MatchOp::NotEqual)),
            ("=", TokenKind::Match(MatchOp::Equal)),
            (",", TokenKind::Comma),
            ("}", TokenKind::BraceClose),
        ];
        for (symbol, kind) in symbols {
            if self.eat(symbol) {
                self.braces = kind != TokenKind::BraceClose;
                return Ok(kind);
            }
        }
        self.at += c.len_utf8();
        Err(format!("`{c}` has no meaning inside braces; a matcher is written `label=\"value\"`"))
    }

    fn punctuation(&mut self, c: char) -> Lexed {
        self.at += c.len_utf8();
        Ok(match c {
            '(' => TokenKind::ParenOpen,
            ')' => TokenKind::ParenClose,
            ',' => TokenKind::Comma,
            ':' => TokenKind::Colon,
            '@' => TokenKind::At,
            '{' => {
                self.braces = true;
                TokenKind::BraceOpen
            }
            '[' if self.brackets => return Err("a range cannot contain another `[`".to_owned()),
            '[' => {
                self.brackets = true;
                TokenKind::BracketOpen
            }
            _ => {
                self.brackets = false;
                TokenKind::BracketClose
            }
        })
    }

    fn operator(&mut self, c: char) -> Lexed {
        use BinaryOp as Op;
        let symbols = [
            ("==", Op::Equal),
            ("!=", Op::NotEqual),
            ("<=", Op::LessEqual),
            (">=", Op::GreaterEqual),
            ("</", Op::TrimUpper),
            (">/", Op::TrimLower),
            ("<", Op::Less),
            (">", Op::Greater),
            ("+", Op::Add),
            ("-", Op::Subtract),
            ("*", Op::Multiply),
            ("/", Op::Divide),
            ("%", Op::Modulo),
            ("^", Op::Power),
        ];
        for (symbol, op) in symbols {
            if self.eat(symbol) {
                return Ok(TokenKind::Operator(op));
            }
        }
        if self.eat("=~") || self.eat("!~") {
            return Err("a regular expression matches labels inside braces, not values".to_owned());
        }
        self.at += c.len_utf8();
        Err(match c {
            '=' => "values are compared with `==`; a single `=` belongs inside braces".to_owned(),
            '!' => "expected `!=`".to_owned(),
            '}' => "this `}` closes nothing".to_owned(),
            _ => format!("`{c}` has no meaning in an expression"),
        })
    }
}
