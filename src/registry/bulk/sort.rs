//! Puts any number of rows in the order of their keys with a bounded amount of memory: as many as
//! fit are sorted and written to disk as a run, and the runs are merged. Runs are unnamed files, so
//! nothing is left of them however the process ends.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek as _, Write};
use std::path::{Path, PathBuf};

use super::sorted::SortedKey;

/// Memory for one run, in bytes.
pub const RUN_BYTES: usize = 32 * 1024 * 1024;
const BUFFER_BYTES: usize = 128 * 1024;

/// Where a row stands in the run that is in memory.
#[derive(Clone, Copy)]
struct RowInRun {
    key: SortedKey,
    rank: u64,
    at: u32,
    length: u16,
}

const PLACE_BYTES: usize = size_of::<RowInRun>();
const HEAD_BYTES: usize = 26;

/// Takes rows in any order.
pub struct Sorter {
    folder: PathBuf,
    run_bytes: usize,
    places: Vec<RowInRun>,
    values: Vec<u8>,
    runs: Vec<File>,
}

impl Sorter {
    /// Lays runs of so many bytes down in `folder`.
    pub fn new(folder: &Path, run_bytes: usize) -> Self {
        Sorter { folder: folder.into(), run_bytes, places: Vec::new(), values: Vec::new(), runs: Vec::new() }
    }

    /// One row. Of those with the same key, the one of the highest rank counts.
    ///
    /// # Errors
    /// When the folder doesn't take a run of rows.
    pub fn push(&mut self, key: SortedKey, rank: u64, value: &[u8]) -> io::Result<()> {
        let length = u16::try_from(value.len()).expect("a value fits into a page");
        if (self.places.len() + 1) * PLACE_BYTES + self.values.len() + value.len() > self.run_bytes {
            self.lay_down()?;
        }
        let at = u32::try_from(self.values.len()).expect("a run is smaller");
        self.places.push(RowInRun { key, rank, at, length });
        self.values.extend_from_slice(value);
        Ok(())
    }

    /// The rows by key, each once, and how many gave way to another of the same key.
    pub fn each(mut self, mut take: impl FnMut(SortedKey, &[u8]) -> io::Result<()>) -> io::Result<u64> {
        if self.runs.is_empty() {
            self.sort();
            let mut repeated = 0;
            for (index, place) in self.places.iter().enumerate() {
                match self.places.get(index + 1) {
                    Some(next) if next.key == place.key => repeated += 1,
                    _ => take(place.key, value_at(&self.values, place))?,
                }
            }
            return Ok(repeated);
        }
        self.lay_down()?;
        (self.places, self.values) = (Vec::new(), Vec::new());
        merge(self.runs, take)
    }

    fn sort(&mut self) {
        self.places.sort_unstable_by_key(|place| (place.key, place.rank));
    }

    fn lay_down(&mut self) -> io::Result<()> {
        if self.places.is_empty() {
            return Ok(());
        }
        self.sort();
        let mut out = BufWriter::with_capacity(BUFFER_BYTES, tempfile::tempfile_in(&self.folder)?);
        for place in &self.places {
            let mut head = [0; HEAD_BYTES];
            head[..16].copy_from_slice(&place.key.to_le_bytes());
            head[16..24].copy_from_slice(&place.rank.to_le_bytes());
            head[24..].copy_from_slice(&place.length.to_le_bytes());
            out.write_all(&head)?;
            out.write_all(value_at(&self.values, place))?;
        }
        let mut run = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        run.rewind()?;
        self.runs.push(run);
        self.places.clear();
        self.values.clear();
        Ok(())
    }
}

fn value_at<'a>(values: &'a [u8], place: &RowInRun) -> &'a [u8] {
    let at = place.at as usize;
    &values[at..at + usize::from(place.length)]
}

/// A run that is read back: its foremost row.
struct Run {
    from: BufReader<File>,
    value: Vec<u8>,
}

impl Run {
    /// Goes on to the next row; nothing when there is none.
    fn next(&mut self) -> io::Result<Option<(SortedKey, u64)>> {
        let mut head = [0; HEAD_BYTES];
        match self.from.read_exact(&mut head) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let (key, rest) = head.split_first_chunk().expect("a head is longer");
        let (rank, length) = rest.split_first_chunk().expect("a head is longer");
        let length = u16::from_le_bytes(length.try_into().expect("two bytes are left"));
        self.value.resize(usize::from(length), 0);
        self.from.read_exact(&mut self.value)?;
        Ok(Some((SortedKey::from_le_bytes(*key), u64::from_le_bytes(*rank))))
    }
}

fn merge(runs: Vec<File>, mut take: impl FnMut(SortedKey, &[u8]) -> io::Result<()>) -> io::Result<u64> {
    let reader = |file| Run { from: BufReader::with_capacity(BUFFER_BYTES, file), value: Vec::new() };
    let mut runs: Vec<Run> = runs.into_iter().map(reader).collect();
    let mut foremost = BinaryHeap::new();
    for (index, run) in runs.iter_mut().enumerate() {
        foremost.extend(run.next()?.map(|(key, rank)| Reverse((key, rank, index))));
    }
    let (mut repeated, mut value) = (0, Vec::new());
    while let Some(Reverse((key, _, index))) = foremost.pop() {
        std::mem::swap(&mut value, &mut runs[index].value);
        foremost.extend(runs[index].next()?.map(|(key, rank)| Reverse((key, rank, index))));
        match foremost.peek() {
            Some(Reverse((next, _, _))) if *next == key => repeated += 1,
            _ => take(key, &value)?,
        }
    }
    Ok(repeated)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn sorted(rows: &[(SortedKey, Vec<u8>)], run_bytes: usize) -> (Vec<(SortedKey, Vec<u8>)>, u64, usize) {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path(), run_bytes);
        for (rank, (key, value)) in (0..).zip(rows) {
            sorter.push(*key, rank, value).unwrap();
        }
        let runs = sorter.runs.len();
        let mut found = Vec::new();
        let repeated = sorter.each(|key, value| {
            found.push((key, value.to_vec()));
            Ok(())
        });
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "runs have no name");
        (found, repeated.unwrap(), runs)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn as_a_map_would(rows in proptest::collection::vec((0u128..500, proptest::collection::vec(any::<u8>(), 0..20)), 0..400), run_bytes in 100usize..20_000) {
            let map: BTreeMap<SortedKey, Vec<u8>> = rows.iter().cloned().collect();
            let (found, repeated, _) = sorted(&rows, run_bytes);
            prop_assert_eq!(repeated, (rows.len() - map.len()) as u64);
            prop_assert_eq!(found, map.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn two_hundred_thousand_rows_in_many_runs() {
        let rows: Vec<(SortedKey, Vec<u8>)> = (0..200_000_u128)
            .map(|number| (number * 7_919 % 200_003, number.to_string().into_bytes()))
            .collect();
        let (found, repeated, runs) = sorted(&rows, 64 * 1024);
        assert!(runs > 100, "{runs}");
        assert_eq!((found.len(), repeated), (200_000, 0));
        assert!(found.is_sorted_by(|one, other| one.0 < other.0));
    }
}
