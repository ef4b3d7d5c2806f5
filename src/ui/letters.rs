//! Big letters, for the challenge and the attract page: five by five cells each, drawn as
//! reversed spaces, upright and without twins.

/// Rows of a letter, before it is stretched.
pub const ROWS: usize = 5;

/// Columns of a letter, before it is stretched.
pub const COLUMNS: usize = 5;

/// Each row's five low bits are cells, the highest at the left. A letter that is not here has no
/// picture, and the word it stands in is then written in plain text.
const FONT: [(char, [u8; ROWS]); 26] = [
    ('A', [0b01110, 0b10001, 0b11111, 0b10001, 0b10001]),
    ('B', [0b11110, 0b10001, 0b11110, 0b10001, 0b11110]),
    ('C', [0b01111, 0b10000, 0b10000, 0b10000, 0b01111]),
    ('D', [0b11110, 0b10001, 0b10001, 0b10001, 0b11110]),
    ('E', [0b11111, 0b10000, 0b11110, 0b10000, 0b11111]),
    ('F', [0b11111, 0b10000, 0b11100, 0b10000, 0b10000]),
    ('G', [0b01111, 0b10000, 0b10011, 0b10001, 0b01111]),
    ('H', [0b10001, 0b10001, 0b11111, 0b10001, 0b10001]),
    ('I', [0b01110, 0b00100, 0b00100, 0b00100, 0b01110]),
    ('J', [0b00111, 0b00010, 0b00010, 0b10010, 0b01100]),
    ('K', [0b10001, 0b10010, 0b11100, 0b10010, 0b10001]),
    ('L', [0b10000, 0b10000, 0b10000, 0b10000, 0b11111]),
    ('M', [0b10001, 0b11011, 0b10101, 0b10001, 0b10001]),
    ('N', [0b10001, 0b11001, 0b10101, 0b10011, 0b10001]),
    ('O', [0b01110, 0b10001, 0b10001, 0b10001, 0b01110]),
    ('P', [0b11110, 0b10001, 0b11110, 0b10000, 0b10000]),
    ('Q', [0b01110, 0b10001, 0b10101, 0b10010, 0b01101]),
    ('R', [0b11110, 0b10001, 0b11110, 0b10010, 0b10001]),
    ('S', [0b01111, 0b10000, 0b01110, 0b00001, 0b11110]),
    ('T', [0b11111, 0b00100, 0b00100, 0b00100, 0b00100]),
    ('U', [0b10001, 0b10001, 0b10001, 0b10001, 0b01110]),
    ('V', [0b10001, 0b10001, 0b10001, 0b01010, 0b00100]),
    ('W', [0b10001, 0b10001, 0b10101, 0b11011, 0b10001]),
    ('X', [0b10001, 0b01010, 0b00100, 0b01010, 0b10001]),
    ('Y', [0b10001, 0b01010, 0b00100, 0b00100, 0b00100]),
    ('Z', [0b11111, 0b00010, 0b00100, 0b01000, 0b11111]),
];

/// A word in big letters, as the lit cells of each of its [`ROWS`].
pub struct Picture {
    rows: [Vec<bool>; ROWS],
}

impl Picture {
    /// `stretch` columns for each cell of the font, and `apart` blank columns between letters.
    /// `None` if a letter has no picture.
    pub fn of(word: &str, stretch: u16, apart: u16) -> Option<Picture> {
        let mut rows: [Vec<bool>; ROWS] = Default::default();
        for (place, letter) in word.chars().enumerate() {
            let shape = shape(letter)?;
            for (cells, bits) in rows.iter_mut().zip(shape) {
                if place > 0 {
                    cells.extend((0..apart).map(|_| false));
                }
                for column in (0..COLUMNS).rev() {
                    cells.extend((0..stretch).map(|_| bits >> column & 1 == 1));
                }
            }
        }
        Some(Picture { rows })
    }

    /// Lit cells, row by row.
    pub fn rows(&self) -> &[Vec<bool>] {
        &self.rows
    }
}

/// Columns that a word of so many letters takes.
pub fn width(letters: usize, stretch: u16, apart: u16) -> u16 {
    let letters = u16::try_from(letters).unwrap_or(u16::MAX);
    (COLUMNS as u16 * stretch).saturating_mul(letters).saturating_add(apart * letters.saturating_sub(1))
}

fn shape(letter: char) -> Option<[u8; ROWS]> {
    if letter == ' ' {
        return Some([0; ROWS]);
    }
    FONT.iter().find(|(name, _)| *name == letter).map(|(_, shape)| *shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_the_challenge_differ_in_more_than_one_cell() {
        let letters: Vec<char> = "ACDEFHJKMNPRTXY".chars().collect();
        for (place, first) in letters.iter().enumerate() {
            for second in &letters[place + 1..] {
                let (Some(one), Some(two)) = (shape(*first), shape(*second)) else {
                    panic!("{first} or {second} is missing");
                };
                let apart: u32 = one.iter().zip(two).map(|(a, b)| (a ^ b).count_ones()).sum();
                assert!(apart >= 2, "{first} and {second} differ in {apart} cells");
            }
        }
    }

    #[test]
    fn a_picture_is_as_wide_as_was_said() {
        let picture = Picture::of("CLAVE", 2, 3).map(|picture| picture.rows()[0].len());
        assert_eq!(picture, Some(usize::from(width(5, 2, 3))));
        assert!(Picture::of("Ñ", 1, 1).is_none());
    }
}
