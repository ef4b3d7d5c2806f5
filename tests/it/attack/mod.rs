//! Attacks on the running kiosk: what somebody alone before a terminal, in its network, or with a file of
//! theirs tries. Each is a journey by keys through the booth or a pseudo-terminal, or made as it would be.

mod brakes;
mod documents;
mod erasure;
mod garbage;
mod invented_world;
mod keyboard;
mod keys;
mod outage;
mod pdf;
mod phone;
mod pins;
mod places;
mod rollback;
mod sandbox;
mod settlement;
mod squatting;
mod writers;
