//! What was done, or could be done, to a running kiosk by somebody who doesn't belong, each as a
//! journey by keys.

mod brakes;
mod outage;
mod pins;
