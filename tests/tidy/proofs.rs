//! Where proofs are made. A proof is a value that a step earned and that the next effect needs: its
//! fields are private, it has one constructor, and that is called only where the thing is proved.

use crate::source::{Source, lines_with};

/// The use cases: they ask the registry, compare digests and keep requests.
const OFFICE: [&str; 2] = ["office", "desk"];

/// Helpers of the flows' tables, which play the world.
const PLAYED: [&str; 1] = ["flow/table"];

/// A proof, the file that defines it, its one constructor, and the modules that may call it.
const PROOFS: [(&str, &str, &str, &[&str]); 16] = [
    ("OpenCompany", "src/effect/proof.rs", "said_by_register", &OFFICE),
    ("Representing", "src/effect/proof.rs", "said_by_register", &OFFICE),
    ("RepresentativeValidated", "src/effect/proof.rs", "proved_by_register", &OFFICE),
    ("CardValidated", "src/effect/proof.rs", "proved_by_register", &OFFICE),
    ("AnswerProved", "src/effect/proof.rs", "proved_by_digest", &OFFICE),
    ("ClaveProved", "src/effect/proof.rs", "proved_by_digest", &OFFICE),
    ("AwaitingCode", "src/effect/proof.rs", "recorded", &OFFICE),
    ("DisputeOpened", "src/effect/settlement.rs", "by_staff", &OFFICE),
    ("DisputeConfirmed", "src/effect/settlement.rs", "by_second", &OFFICE),
    ("MayRequest", "src/effect/facilitator.rs", "proved_by_clave", &OFFICE),
    ("FacilitatorProved", "src/effect/facilitator.rs", "proved_by_digest", &OFFICE),
    ("StaffSession", "src/effect/staff.rs", "signed_in", &OFFICE),
    ("VouchedOnFile", "src/effect/staff.rs", "seen_by_staff", &OFFICE),
    ("PhonePage", "src/domain/phone_page.rs", "opened", &["phone"]),
    ("PhonePageId", "src/domain/phone_page.rs", "counted", &["phone"]),
    ("Checked", "src/domain/document.rs", "looked_at", &["documents"]),
];

/// Calls from elsewhere.
pub fn made_elsewhere(source: &Source) -> Vec<String> {
    let is_test = source.in_src().is_none() || source.path.contains("/tests/") || source.is_of(&PLAYED);
    if is_test {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for (proof, home, constructor, modules) in PROOFS {
        if source.path == home || source.is_of(modules) {
            continue;
        }
        let call = format!("{proof}::{constructor}");
        let lines = lines_with(source.code_without_tests(), &call);
        faults.extend(lines.iter().map(|line| {
            format!("{}:{line} calls {call}: only {} proves it", source.path, modules.join(" or "))
        }));
    }
    faults
}

/// Proofs that can be made in another way: by fields in sight, or by a constructor that the table
/// doesn't name. Of a proof whose home is not among `sources` nothing is said.
pub fn open(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for (proof, home, constructor, _) in PROOFS {
        let Some(source) = sources.iter().find(|source| source.path == home) else { continue };
        match body(&source.code, proof) {
            None => faults.push(format!("{home} has no struct {proof}: mend the table")),
            Some(body) if body.contains("pub") => {
                faults.push(format!("{home}: a field of {proof} is in sight of those who prove nothing"));
            }
            Some(_) => {}
        }
        let made = constructors(&source.code, proof);
        if made != [constructor] {
            faults.push(format!("{home}: {proof} is made by {made:?}, and not by {constructor} alone"));
        }
    }
    faults
}

/// The fields of a struct.
fn body<'a>(code: &'a str, proof: &str) -> Option<&'a str> {
    let named = [format!("pub struct {proof} {{"), format!("pub struct {proof}(")];
    let (start, opening) =
        named.iter().find_map(|named| code.find(named.as_str()).map(|at| (at + named.len(), named)))?;
    let end = if opening.ends_with('(') { ");" } else { "\n}" };
    code[start..].find(end).map(|length| &code[start..start + length])
}

/// The functions of its own `impl` that answer it, other than for tests.
fn constructors<'a>(code: &'a str, proof: &str) -> Vec<&'a str> {
    let opening = format!("\nimpl {proof} {{");
    let own = code.split(opening.as_str()).skip(1).filter_map(|rest| rest.split("\n}").next());
    let mut made = Vec::new();
    for body in own {
        for function in body.split("fn ").skip(1) {
            let Some(signature) = function.split('{').next() else { continue };
            let answers = signature.split("->").nth(1).unwrap_or_default();
            let name = function.split('(').next().unwrap_or_default();
            let is_proof = ["Self", proof].iter().any(|own| !lines_with(answers, own).is_empty());
            if is_proof && name != "for_test" {
                made.push(name);
            }
        }
    }
    made
}

#[test]
fn a_proof_made_by_whoever_likes() {
    let call = "let card = CardValidated::proved_by_register(company, person);";
    let in_file = |path: &str| made_elsewhere(&Source::new(path, call)).len();
    assert_eq!(in_file("src/flow/recover.rs"), 1);
    assert_eq!(in_file("src/courier/mod.rs"), 1);
    for path in ["src/desk/recover.rs", "src/effect/proof.rs", "src/flow/table.rs", "tests/it/booth/mod.rs"] {
        assert_eq!(in_file(path), 0, "{path}");
    }
}

#[test]
fn a_proof_that_is_open() {
    let staff = |vouched: &str| {
        let session = "pub struct StaffSession {\n    id: Id,\n}\n\nimpl StaffSession {\n    fn signed_in() -> Self {}\n}\n";
        open(&[Source::new("src/effect/staff.rs", &format!("{session}\n{vouched}"))]).len()
    };
    let closed = "pub struct VouchedOnFile {\n    company: Rut,\n}\n\nimpl VouchedOnFile {\n    pub(crate) fn seen_by_staff(company: Rut) -> Self {}\n    pub fn company(&self) -> Rut {}\n}\n";
    assert_eq!(staff(closed), 0);
    assert_eq!(staff(&closed.replace("    company: Rut,", "    pub(crate) company: Rut,")), 1);
    assert_eq!(
        staff(&closed.replace("    pub fn company(&self) -> Rut", "    pub fn new() -> Option<Self>")),
        1
    );
    assert_eq!(staff(&closed.replace("struct VouchedOnFile", "struct Vouched")), 1);
}
