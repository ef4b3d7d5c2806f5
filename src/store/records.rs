//! Placeholder for the typed, sealed layer.
