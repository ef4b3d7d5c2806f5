//! Attacks that were tried on the running kiosk, each as the journey that it was.

mod invented_world;
