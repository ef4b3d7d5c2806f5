//! What no simulated office meets, each with the reason why. The list may grow shorter and never longer: what
//! is met after all is taken off it, and what is new in the program is met by somebody.

/// A kind of thing, its name, and why nobody meets it.
pub const UNMET: &[(&str, &str, &str)] = &[
    // Pages of another kind of terminal.
    ("pages", "preparing-heading", "no office here begins with what an older program wrote"),
    ("pages", "out-of-service-heading", "no operator takes a terminal out of service here"),
    ("pages", "phone-page-heading", PHONES),
    ("pages", "phone-page-gone-heading", PHONES),
    ("pages", "phone-page-other-heading", PHONES),
    ("pages", "phone-page-unknown-heading", PHONES),
    ("pages", "phone-page-many-heading", PHONES),
    ("pages", "phone-page-method-heading", PHONES),
    // Pages of what happens to one terminal while another one does something at that very moment.
    ("pages", "not-exported-heading", "the documents of a request would go while somebody looks at it"),
    ("pages", "undecided-heading", "another member would decide while somebody looks at the request"),
    ("pages", "request-gone-heading", "a request would be erased while somebody looks at it"),
    ("pages", "settlement-over-heading", "the same settlement would begin at two screens at once"),
    // What is answered before the desk is asked, or never here.
    ("replies to facilitators", "NoPhonePage", "every terminal here has a way by phone"),
    (
        "replies to staff",
        "RegistersAnswer",
        "the register would come back between two looks of a member of staff",
    ),
    // Rows of what no terminal does.
    ("rows of the log", "UpgradeDigest", "hashes cost the same all the time here"),
    (
        "rows of the log",
        "LimitHit",
        "nothing is dropped for a limit any more, and the row is an older program's",
    ),
    ("rows of the log", "CutAudit", "rows are kept for years, and no office lasts as long"),
    ("rows of the log", "BackUp", "a store in memory has no backups"),
    ("rows of the log", "Restore", "a store in memory has no backups"),
    ("rows of the log", "AdoptStore", "a store in memory is never taken over"),
    ("rows of the log", "BeginStore", "a store in memory is never begun anew"),
    ("rows of the log", "ChangeKeys", OPERATORS),
    ("rows of the log", "DropMessage", OPERATORS),
    ("rows of the log", "ShowData", OPERATORS),
    ("rows of the log", "ExportData", OPERATORS),
    ("rows of the log", "AddStaff", OPERATORS),
    ("rows of the log", "DisableStaff", OPERATORS),
    ("rows of the log", "ResetStaff", OPERATORS),
    ("rows of the log", "Unlock", OPERATORS),
];

const PHONES: &str = "the phones here are the simulator's, which asks for no page";
const OPERATORS: &str = "a command of the operator's, who types none here";

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
