//! Documents that would do more than be read, as they are handed in.
