//! The difference between two texts, line by line.

/// A line of either text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// It stands in both.
    Same(&'a str),
    /// It went.
    Gone(&'a str),
    /// It came.
    Come(&'a str),
}

/// More lines than these are told apart whole: nobody types them.
const MOST: usize = 2000;

/// The lines of both texts in their order; of what changed, what went before what came.
pub fn by_line<'a>(old: &'a str, new: &'a str) -> Vec<Line<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    if old.len().max(new.len()) > MOST {
        let gone = old.into_iter().map(Line::Gone);
        return gone.chain(new.into_iter().map(Line::Come)).collect();
    }
    // The longest run of common lines from each pair of places on.
    let width = new.len() + 1;
    let mut common = vec![0u16; (old.len() + 1) * width];
    let get = |common: &[u16], one: usize, other: usize| {
        common.get(one * width + other).copied().unwrap_or(0)
    };
    for (one, left) in old.iter().enumerate().rev() {
        for (other, right) in new.iter().enumerate().rev() {
            let best = match left == right {
                true => get(&common, one + 1, other + 1) + 1,
                false => get(&common, one + 1, other).max(get(&common, one, other + 1)),
            };
            if let Some(slot) = common.get_mut(one * width + other) {
                *slot = best;
            }
        }
    }
    let mut lines = Vec::new();
    let (mut one, mut other) = (0, 0);
    loop {
        match (old.get(one), new.get(other)) {
            (Some(left), Some(right)) if left == right => {
                lines.push(Line::Same(left));
                one += 1;
                other += 1;
            }
            (Some(left), right)
                if right.is_none()
                    || get(&common, one + 1, other) >= get(&common, one, other + 1) =>
            {
                lines.push(Line::Gone(left));
                one += 1;
            }
            (_, Some(right)) => {
                lines.push(Line::Come(right));
                other += 1;
            }
            _ => return lines,
        }
    }
}
