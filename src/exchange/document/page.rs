//! Strips of content, and the pages that they fill.

/// A piece of text on one line.
#[derive(Clone, Debug)]
pub struct Run {
    /// The distance from the left margin.
    pub x: f32,
    /// The distance of the baseline from the top of the strip.
    pub y: f32,
    /// The size in points.
    pub size: f32,
    /// Whether it is set heavier.
    pub bold: bool,
    /// What it says.
    pub text: String,
}

/// A text of ordinary weight.
pub fn run(x: f32, y: f32, size: f32, text: String) -> Run {
    Run {
        x,
        y,
        size,
        bold: false,
        text,
    }
}

/// A thin line: from, to, counted like a run's place.
pub type Rule = [f32; 4];

/// A part of the body as high as one line or one row of a table, which no page end divides.
#[derive(Clone, Debug, Default)]
pub struct Strip {
    /// How much height it takes.
    pub height: f32,
    /// Its texts.
    pub runs: Vec<Run>,
    /// Its lines.
    pub rules: Vec<Rule>,
    /// Whether it stays on the page of the next strip.
    pub keep: bool,
    /// The head that stands above it on a new page.
    pub under: Option<usize>,
}

impl Strip {
    /// Whether it only keeps others apart.
    pub fn blank(&self) -> bool {
        self.runs.is_empty() && self.rules.is_empty()
    }
}

/// A page: strips and their distances from the top margin.
pub type Page = Vec<(f32, Strip)>;

/// Fills pages of a height with strips; there is always one.
pub fn fill(strips: Vec<Strip>, heads: &[Strip], height: f32) -> Vec<Page> {
    let mut filler = Filler {
        pages: Vec::new(),
        page: Vec::new(),
        y: 0.0,
        heads,
        height,
    };
    let mut unit = Vec::new();
    for strip in strips {
        let whole = !strip.keep;
        unit.push(strip);
        if whole {
            filler.unit(std::mem::take(&mut unit));
        }
    }
    filler.unit(unit);
    filler.turn();
    if filler.pages.is_empty() {
        filler.pages.push(Vec::new());
    }
    filler.pages
}

struct Filler<'a> {
    pages: Vec<Page>,
    page: Page,
    y: f32,
    heads: &'a [Strip],
    height: f32,
}

/// Sums of heights are not exact.
const SLACK: f32 = 0.01;

impl Filler<'_> {
    fn turn(&mut self) {
        if !self.page.is_empty() {
            self.pages.push(std::mem::take(&mut self.page));
        }
        self.y = 0.0;
    }

    /// Places strips that belong together on one page, if any page can hold them.
    fn unit(&mut self, unit: Vec<Strip>) {
        let need: f32 = unit.iter().map(|strip| strip.height).sum();
        if self.y + need > self.height + SLACK && need <= self.height {
            self.turn();
        }
        for strip in unit {
            self.place(strip);
        }
    }

    fn place(&mut self, strip: Strip) {
        if self.y + strip.height > self.height + SLACK {
            self.turn();
        }
        if self.page.is_empty() {
            if strip.blank() {
                return;
            }
            if let Some(head) = strip.under.and_then(|head| self.heads.get(head)) {
                self.page.push((0.0, head.clone()));
                self.y = head.height;
            }
        }
        let y = self.y;
        self.y += strip.height;
        self.page.push((y, strip));
    }
}
