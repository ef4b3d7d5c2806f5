//! What no simulated office meets, each with the reason why. The list may grow shorter and never longer: what
//! is met after all is taken off it, and what is new in the program is met by somebody.

/// A kind of thing, its name, and why nobody meets it.
pub const UNMET: &[(&str, &str, &str)] = &[];

/// A kind of thing, and those of it that were never met.
type Named = (&'static str, Vec<String>);

/// Why nobody meets it, if that is known.
pub fn reason(kind: &str, name: &str) -> Option<&'static str> {
    UNMET.iter().find(|(of, known, _)| *of == kind && *known == name).map(|(.., reason)| *reason)
}

/// What was never met and has no reason.
pub fn without_reason(never_met: &[Named]) -> Vec<String> {
    let all = never_met.iter().flat_map(|(kind, names)| names.iter().map(move |name| (*kind, name)));
    all.filter(|(kind, name)| reason(kind, name).is_none())
        .map(|(kind, name)| format!("{kind}: {name}"))
        .collect()
}

/// What has a reason, and was met.
pub fn met_after_all(never_met: &[Named]) -> Vec<String> {
    let is_unmet = |kind: &str, name: &str| {
        never_met.iter().any(|(of, names)| *of == kind && names.iter().any(|unmet| unmet == name))
    };
    let met = UNMET.iter().filter(|(kind, name, _)| !is_unmet(kind, name));
    met.map(|(kind, name, _)| format!("{kind}: {name}")).collect()
}
