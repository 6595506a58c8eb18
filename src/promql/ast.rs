//! The tree of one expression. Every node, matcher, label and operator knows the bytes it was written in.

use std::ops::Range;

/// The bytes of the expression's own text that something was written in; both ends are character boundaries.
pub type Bytes = Range<usize>;

/// What a Prometheus expression evaluates to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueType {
    /// One number.
    Scalar,
    /// One sample per series.
    InstantVector,
    /// Many samples per series.
    RangeVector,
    /// A text; only ever an argument.
    String,
}

impl ValueType {
    /// The name that the Prometheus documentation uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::InstantVector => "instant vector",
            Self::RangeVector => "range vector",
            Self::String => "string",
        }
    }
}

/// One expression; its tree is at most [`crate::promql::MAX_HEIGHT`] nodes high, so recursion over it is safe.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: Kind,
    /// Where it was written, without blanks around it.
    pub span: Bytes,
    /// How many nodes the longest way down has, counting this one.
    pub(super) height: usize,
}

/// The forms of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A number; a bare duration such as `5m` is a number of seconds.
    Number(Number),
    /// A quoted text, without its quotes and escapes.
    Text(String),
    /// A selector, with its range when it has one.
    Selector(Box<Selector>),
    /// `expr[range:step]`.
    Subquery(Box<Subquery>),
    /// `(expr)`.
    Paren(Box<Expr>),
    /// `-expr` and `+expr`.
    Unary(Box<Unary>),
    /// Two operands and an operator.
    Binary(Box<Binary>),
    /// `sum by (job) (expr)` and its like.
    Aggregation(Box<Aggregation>),
    /// A function with its arguments.
    Call(Call),
}

/// A number and the way it was written, because old versions do not read every way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// The value; a duration counts in seconds.
    pub value: f64,
    /// How it was written.
    pub form: NumberForm,
}

/// The ways to write a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberForm {
    /// `1`, `0x1f`, `1e3`, `Inf`.
    Plain,
    /// `1_000`.
    Underscored,
    /// `5m` where a number is expected.
    Duration,
}

/// A name as written: bare, or in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name without quotes and escapes.
    pub text: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
    /// Where, quotes included.
    pub span: Bytes,
}

/// How a matcher compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchOp {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `=~`
    Regex,
    /// `!~`
    NotRegex,
}

impl MatchOp {
    /// The operator as it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Regex => "=~",
            Self::NotRegex => "!~",
        }
    }
}

/// `label="value"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matcher {
    /// The label.
    pub label: Name,
    /// The comparison.
    pub op: MatchOp,
    /// The value without quotes and escapes.
    pub value: String,
    /// Where the value was written, quotes included.
    pub value_span: Bytes,
    /// The whole matcher.
    pub span: Bytes,
}

/// A selector of series: at least one of name and matchers is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Selector {
    /// The metric name, before the braces or quoted inside them; not the one of a `__name__` matcher.
    pub name: Option<Name>,
    /// The matchers, in the order of the text.
    pub matchers: Vec<Matcher>,
    /// The braces, both included.
    pub braces: Option<Bytes>,
    /// The range of a range vector selector.
    pub range: Option<Window>,
    /// `offset`, `@`, `anchored` and `smoothed`.
    pub modifiers: Modifiers,
    /// Name, braces and range, without the modifiers.
    pub core: Bytes,
}

impl Selector {
    /// The metric name, also when it is written as `__name__="x"`.
    #[must_use]
    pub fn metric(&self) -> Option<&str> {
        let matched = || {
            self.matchers
                .iter()
                .find(|m| m.label.text == "__name__" && m.op == MatchOp::Equal)
                .map(|m| m.value.as_str())
        };
        self.name.as_ref().map(|name| name.text.as_str()).or_else(matched)
    }

    /// Whether it is a bare name with or without matchers: no range, offset or timestamp.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.name.is_some() && self.range.is_none() && self.modifiers.span.is_none()
    }

    /// The matchers of one label.
    pub fn matchers_of<'a>(&'a self, label: &'a str) -> impl Iterator<Item = &'a Matcher> {
        self.matchers.iter().filter(move |m| m.label.text == label)
    }
}

/// `[5m]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// How long it is.
    pub length: Length,
    /// The brackets, both included.
    pub span: Bytes,
}

/// A length of time as written in a range, a step or an offset.
#[derive(Debug, Clone, PartialEq)]
pub struct Length {
    /// In seconds; `None` when it depends on the query through `step()` or `range()`.
    pub seconds: Option<f64>,
    /// How it was written.
    pub form: LengthForm,
    /// Where, its sign included.
    pub span: Bytes,
}

/// The ways to write a length, from the oldest to the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LengthForm {
    /// `5m`.
    Duration,
    /// `300`, a number of seconds.
    Number,
    /// `+5m` in brackets.
    Signed,
    /// Operators or brackets.
    Arithmetic,
    /// `step()`.
    Step,
    /// `range()`.
    QueryRange,
    /// `min_of()` or `max_of()`.
    Bounded,
}

/// What may follow a selector or a subquery, each at most once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Modifiers {
    /// `offset 5m`: the length; its sign is part of it.
    pub offset: Option<Length>,
    /// `@ 1609746000`, `@ start()`: the timestamp part.
    pub at: Option<At>,
    /// `anchored` or `smoothed`, which read samples around the range.
    pub extended: Option<Name>,
    /// From the first modifier's keyword to the end of the last; `None` without modifiers.
    pub span: Option<Bytes>,
}

/// The timestamp after `@`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// Whether it was written as a duration.
    pub duration: bool,
    /// The timestamp.
    pub span: Bytes,
}

/// `expr[range:step]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Subquery {
    /// What is evaluated at every step.
    pub expr: Expr,
    /// How far back.
    pub range: Length,
    /// How often; the evaluation interval when it is not there.
    pub step: Option<Length>,
    /// `offset` and `@`.
    pub modifiers: Modifiers,
    /// The brackets, both included.
    pub brackets: Bytes,
}

/// The binary operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is named after its symbol")]
pub enum BinaryOp {
    Or,
    And,
    Unless,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Atan2,
    Power,
    TrimUpper,
    TrimLower,
}

impl BinaryOp {
    /// The operator as it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Unless => "unless",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
            Self::Atan2 => "atan2",
            Self::Power => "^",
            Self::TrimUpper => "</",
            Self::TrimLower => ">/",
        }
    }

    /// Whether it compares two values.
    #[must_use]
    pub fn is_comparison(self) -> bool {
        use BinaryOp::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
        matches!(self, Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual)
    }

    /// Whether it combines sets of series and leaves their values alone.
    #[must_use]
    pub fn is_set(self) -> bool {
        matches!(self, Self::Or | Self::And | Self::Unless)
    }
}

/// A sign and its operand.
#[derive(Debug, Clone, PartialEq)]
pub struct Unary {
    /// Whether the sign is a minus.
    pub minus: bool,
    /// What it stands before.
    pub expr: Expr,
}

/// Two operands and an operator.
#[derive(Debug, Clone, PartialEq)]
pub struct Binary {
    /// The operator.
    pub op: BinaryOp,
    /// Where the operator was written.
    pub op_span: Bytes,
    /// Left of the operator.
    pub left: Expr,
    /// Right of the operator.
    pub right: Expr,
    /// The word `bool`, which makes a comparison return 0 and 1.
    pub bool_span: Option<Bytes>,
    /// `on (...)` or `ignoring (...)`.
    pub matching: Option<Grouping>,
    /// `group_left (...)` or `group_right (...)`.
    pub group: Option<Group>,
    /// `fill(0)` and its like.
    pub fills: Vec<Name>,
}

/// A list of labels that is kept, or the list of what is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// Whether the labels are the ones to leave out (`without`, `ignoring`).
    pub excludes: bool,
    /// The labels.
    pub labels: Vec<Name>,
    /// From the keyword to the closing parenthesis.
    pub span: Bytes,
}

/// Many-to-one matching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Whether the left operand is the one with many series.
    pub left: bool,
    /// Labels taken over from the other operand.
    pub include: Vec<Name>,
    /// From the keyword to the end of the labels.
    pub span: Bytes,
}

/// An aggregation over series.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregation {
    /// Its name in lower case, such as `sum`.
    pub op: &'static str,
    /// Where the name was written.
    pub op_span: Bytes,
    /// `by (...)` or `without (...)`.
    pub grouping: Option<Grouping>,
    /// The parameter of `topk`, `quantile` and their like.
    pub param: Option<Expr>,
    /// What is aggregated.
    pub expr: Expr,
}

/// A function call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The function as written.
    pub name: String,
    /// Where the name was written.
    pub name_span: Bytes,
    /// The arguments, in order.
    pub args: Vec<Expr>,
}
