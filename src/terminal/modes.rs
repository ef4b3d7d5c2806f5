//! How the terminal was set before it was taken over, so that it can be given back the same: by us, or by
//! whoever guards it after we are gone.

use std::fmt;
use std::io;
use std::os::fd::AsFd;
use std::str::FromStr;

use rustix::termios::{
    ControlModes, InputModes, LocalModes, OptionalActions, OutputModes, SpecialCodeIndex, Termios, tcgetattr,
    tcsetattr,
};

/// What raw mode changes of a terminal's modes. Written as six numbers with colons between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SavedModes {
    input: u32,
    output: u32,
    control: u32,
    local: u32,
    /// How many bytes a read waits for, and how long.
    reads: (u8, u8),
}

/// Not the modes of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these are no modes of a terminal")]
pub struct NotModes;

impl SavedModes {
    /// As the terminal is now.
    ///
    /// # Errors
    /// When it is no terminal, or gone.
    pub fn of(terminal: impl AsFd) -> io::Result<Self> {
        Ok(Self::read(&tcgetattr(terminal)?))
    }

    fn read(modes: &Termios) -> Self {
        SavedModes {
            input: modes.input_modes.bits(),
            output: modes.output_modes.bits(),
            control: modes.control_modes.bits(),
            local: modes.local_modes.bits(),
            reads: (
                modes.special_codes[SpecialCodeIndex::VMIN],
                modes.special_codes[SpecialCodeIndex::VTIME],
            ),
        }
    }

    fn put(self, modes: &mut Termios) {
        modes.input_modes = InputModes::from_bits_retain(self.input);
        modes.output_modes = OutputModes::from_bits_retain(self.output);
        modes.control_modes = ControlModes::from_bits_retain(self.control);
        modes.local_modes = LocalModes::from_bits_retain(self.local);
        (modes.special_codes[SpecialCodeIndex::VMIN], modes.special_codes[SpecialCodeIndex::VTIME]) =
            self.reads;
    }

    /// Sets a terminal as it was.
    ///
    /// # Errors
    /// When it is gone.
    pub fn restore(self, terminal: impl AsFd) -> io::Result<()> {
        let mut modes = tcgetattr(&terminal)?;
        self.put(&mut modes);
        Ok(tcsetattr(&terminal, OptionalActions::Now, &modes)?)
    }

    /// The same, unless somebody has set it otherwise than [`make_raw`] did, as a shell does that has it
    /// back.
    ///
    /// # Errors
    /// When it is gone.
    pub fn restore_raw(self, terminal: impl AsFd) -> io::Result<()> {
        let now = tcgetattr(&terminal)?;
        let mut ours = now.clone();
        self.put(&mut ours);
        ours.make_raw();
        if SavedModes::read(&now) == SavedModes::read(&ours) { self.restore(terminal) } else { Ok(()) }
    }
}

/// Makes a terminal raw: Ctrl-C, Ctrl-Z and Ctrl-\ are keys like others.
///
/// # Errors
/// When it is gone.
pub fn make_raw(terminal: impl AsFd) -> io::Result<()> {
    let mut modes = tcgetattr(&terminal)?;
    modes.make_raw();
    Ok(tcsetattr(&terminal, OptionalActions::Now, &modes)?)
}

impl fmt::Display for SavedModes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SavedModes { input, output, control, local, reads: (least, time) } = self;
        write!(out, "{input}:{output}:{control}:{local}:{least}:{time}")
    }
}

impl FromStr for SavedModes {
    type Err = NotModes;

    fn from_str(text: &str) -> Result<Self, NotModes> {
        let numbers: Option<Vec<u32>> = text.split(':').map(|number| number.parse().ok()).collect();
        let [input, output, control, local, least, time] = numbers.ok_or(NotModes)?[..] else {
            return Err(NotModes);
        };
        let byte = |number: u32| u8::try_from(number).map_err(|_| NotModes);
        Ok(SavedModes { input, output, control, local, reads: (byte(least)?, byte(time)?) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_handed_over_comes_back_the_same() {
        let modes = SavedModes { input: 0x4d02, output: 5, control: 0xbf, local: 0x8a3b, reads: (1, 0) };
        assert_eq!(modes.to_string(), "19714:5:191:35387:1:0");
        assert_eq!(modes.to_string().parse(), Ok(modes));
        for wrong in ["", "1:2:3", "1:2:3:4:5:6:7", "1:2:3:4:256:0", "1:2:3:4:5:x", "-1:2:3:4:5:6"] {
            assert_eq!(wrong.parse::<SavedModes>(), Err(NotModes), "{wrong}");
        }
    }
}
