//! Sizes and colours. The picture brings its own ground with it, so that it can be read on a light page and on a dark one.

/// The distance from the edge of the picture.
pub const PAD: u32 = 16;
/// The least distance of two texts.
pub const GAP: u32 = 12;
/// The size of the title.
pub const TITLE: u32 = 14;
/// The size of words.
pub const TEXT: u32 = 12;
/// The size of numbers and remarks.
pub const SMALL: u32 = 11;
/// The height of a line of text.
pub const LINE: u32 = 16;
/// The height of a bar.
pub const BAR: u32 = 24;
/// The most that a line of prose takes.
pub const PROSE: u32 = 720;

/// The style of the whole file.
pub const CSS: &str = "\
text{font-family:-apple-system,'Segoe UI','Noto Sans','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;\
font-size:11px;fill:#1f2328}\
.title{font-size:14px;font-weight:600}.head,.word{font-size:12px}.head{font-weight:600}.dim{fill:#59636e}\
.word,.edge,.mark,.lasts{text-anchor:middle}.word{fill:#1f2328}\
.card{fill:#fff;stroke:#d1d9e0}.tick{stroke:#59636e}.target{stroke:#0550ae;stroke-width:2;stroke-dasharray:4 3}\
.mark{fill:#0550ae}\
.normal{fill:#8ddb9c}.short{fill:#d1d9e0}.warn{fill:#f5d76e}.hold{fill:#ffa657}.rollback{fill:#ff8a80}\
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.word{fill:#1f2328}.dim{fill:#9198a1}\
.card{fill:#151b23;stroke:#3d444d}.tick{stroke:#9198a1}.mark{fill:#79c0ff}}";
