//! The records of each term, each set in the smallest of three forms.

use crate::search::bits::Bits;

#[derive(Clone, Copy, Debug)]
enum Form {
    /// Single records: `lists[from..to]`.
    List(u32, u32),
    /// Runs of neighbours: `runs[from..to]`.
    Runs(u32, u32),
    /// One bit per record, from this word on.
    Bits(u32),
}

/// Numbered sets of records.
#[derive(Default)]
pub struct Postings {
    forms: Vec<Form>,
    lists: Vec<u32>,
    runs: Vec<(u32, u32)>,
    bits: Vec<u64>,
    /// Words of one set of bits.
    width: usize,
}

impl Postings {
    /// Builds them from pairs of set and record, given twice in the order of the records.
    pub fn build(
        sets: usize,
        records: usize,
        pairs: impl Fn(&mut dyn FnMut(u32, u32)),
    ) -> Postings {
        let mut starts = vec![0u32; sets + 1];
        pairs(&mut |set, _| {
            if let Some(slot) = starts.get_mut(set as usize + 1) {
                *slot += 1;
            }
        });
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut flat = vec![0u32; sum as usize];
        let mut next = starts.clone();
        pairs(&mut |set, at| {
            if let Some(slot) = next.get_mut(set as usize) {
                if let Some(place) = flat.get_mut(*slot as usize) {
                    *place = at;
                }
                *slot += 1;
            }
        });
        let mut built = Postings {
            width: records.div_ceil(64),
            ..Postings::default()
        };
        for bounds in starts.windows(2) {
            if let [from, to] = bounds {
                built.add(flat.get(*from as usize..*to as usize).unwrap_or(&[]));
            }
        }
        built.lists.shrink_to_fit();
        built.runs.shrink_to_fit();
        built.bits.shrink_to_fit();
        built
    }

    fn add(&mut self, list: &[u32]) {
        let breaks = list
            .windows(2)
            .filter(|pair| matches!(pair, [one, other] if *other > one + 1));
        let runs = breaks.count() + 1;
        let form = if runs * 8 <= list.len() * 4 && runs < self.width {
            let from = self.runs.len() as u32;
            for run in list.chunk_by(|one, other| *other <= one + 1) {
                if let (Some(first), Some(last)) = (run.first(), run.last()) {
                    self.runs.push((*first, last + 1));
                }
            }
            Form::Runs(from, self.runs.len() as u32)
        } else if list.len() > self.width * 2 {
            let from = self.bits.len();
            let mut bits = Bits::default();
            bits.empty(self.width * 64);
            bits.set_all(list);
            self.bits.extend_from_slice(bits.words());
            Form::Bits(from as u32)
        } else {
            let from = self.lists.len() as u32;
            self.lists.extend_from_slice(list);
            Form::List(from, self.lists.len() as u32)
        };
        self.forms.push(form);
    }

    /// Adds a set's records to some bits.
    pub fn fill(&self, set: u32, out: &mut Bits) {
        match self.forms.get(set as usize) {
            Some(Form::List(from, to)) => {
                out.set_all(self.lists.get(*from as usize..*to as usize).unwrap_or(&[]))
            }
            Some(Form::Runs(from, to)) => {
                for (first, end) in self.runs.get(*from as usize..*to as usize).unwrap_or(&[]) {
                    out.fill(*first, *end);
                }
            }
            Some(Form::Bits(from)) => {
                let from = *from as usize;
                out.or(self.bits.get(from..from + self.width).unwrap_or(&[]));
            }
            None => {}
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.forms.capacity() * size_of::<Form>()
            + self.lists.capacity() * 4
            + self.runs.capacity() * 8
            + self.bits.capacity() * 8
    }
}
