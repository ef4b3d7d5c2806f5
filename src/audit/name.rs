//! The name of an audit chain. A store holds one for each writer, so that no terminal waits for
//! another's row, and one that was stolen forges nobody's rows but its own.

use std::fmt;
use std::str::FromStr;

const FIRST: &str = "first";

/// Which chain a row is in: a number that its writer was given once, and that is no other's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainName(u64);

impl ChainName {
    /// The only chain of an office of one, and of every store from before chains had names.
    pub const FIRST: ChainName = ChainName(0);

    /// The chain of this number; 0 is [`ChainName::FIRST`].
    pub fn new(number: u64) -> Self {
        ChainName(number)
    }

    /// The number.
    pub fn number(self) -> u64 {
        self.0
    }

    /// What the first row is chained to. It differs for each chain, so that a row moved to another
    /// chain doesn't fit there.
    pub fn root(self) -> [u8; 32] {
        let mut root = [0; 32];
        root[24..].copy_from_slice(&self.0.to_be_bytes());
        root
    }
}

/// `first`, or sixteen hexadecimal digits.
impl fmt::Display for ChainName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            ChainName::FIRST => out.write_str(FIRST),
            ChainName(number) => write!(out, "{number:016x}"),
        }
    }
}

/// It is no name of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a chain is called \"first\", or by 16 hexadecimal digits")]
pub struct ChainNameError;

impl FromStr for ChainName {
    type Err = ChainNameError;

    fn from_str(text: &str) -> Result<Self, ChainNameError> {
        let is_number = text.len() == 16 && text.bytes().all(|symbol| symbol.is_ascii_hexdigit());
        match text {
            FIRST => Ok(ChainName::FIRST),
            _ if is_number => u64::from_str_radix(text, 16).map(ChainName).map_err(|_| ChainNameError),
            _ => Err(ChainNameError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written() {
        for name in [ChainName::FIRST, ChainName::new(1), ChainName::new(u64::MAX)] {
            assert_eq!(name.to_string().parse(), Ok(name));
        }
        assert_eq!(ChainName::new(0xab).to_string(), "00000000000000ab");
        assert_eq!("0000000000000000".parse(), Ok(ChainName::FIRST));
        for wrong in ["", "1", "second", "00000000000000abc", "+0000000000000ab", "ñññññññññññññññ0"]
        {
            assert_eq!(wrong.parse::<ChainName>(), Err(ChainNameError), "{wrong}");
        }
        assert_eq!(ChainName::FIRST.root(), [0; 32], "as it always was");
        assert_ne!(ChainName::new(1).root(), ChainName::new(256).root());
    }
}
