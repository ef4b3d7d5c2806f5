//! Attacks on the running kiosk: what somebody alone before a terminal, or in its network, tries.
//! Each is a journey by keys through the booth or a pseudo-terminal.

mod garbage;
mod keyboard;
mod phone;
mod places;
