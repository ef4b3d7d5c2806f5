//! Holds the laws that neither the compiler nor clippy can hold, by reading the sources as text.
//! Each violation is reported with its file and line, and why it is one. Small bad samples prove
//! that each rule can fail.

mod circles;
mod functions;
mod labels;
mod layers;
mod modules;
mod names;
mod promises;
mod proofs;
mod quoted;
mod samples;
mod sentences;
mod source;
mod style;
mod wording;

use source::Source;

/// Fails with everything that is wrong, so that one run shows it all.
fn must_be_empty(law: &str, faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{law}\n\n  {}\n", faults.join("\n  "));
}

#[test]
fn pure_modules_know_no_world() {
    must_be_empty(
        "The kiosk and its flows are tested by what they ask for, on a clock that the test owns: they \
         import neither terminal nor store nor runtime, and read no clock, environment or randomness.",
        Source::all().iter().flat_map(modules::impure).collect(),
    );
}

#[test]
fn each_layer_imports_from_those_below_it_alone() {
    must_be_empty(
        "A newcomer finds what may touch a rule by its layer: ground, pure core, world, office, terminal. \
         Nothing imports upwards, and the table says why.",
        layers::table_faults().into_iter().chain(layers::out_of_layer(&Source::all())).collect(),
    );
}

#[test]
fn the_house_has_few_floors() {
    must_be_empty(
        "A change at the ground is felt on every floor above it.",
        layers::too_high(&Source::all()),
    );
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    must_be_empty(
        "Files that know each other can be read, and changed, only together.",
        circles::circles(&Source::all()),
    );
}

#[test]
fn only_the_edges_do_input_and_output() {
    must_be_empty(
        "Whoever looks for what the program does to the world finds it in a few modules.",
        Source::all().iter().flat_map(modules::input_or_output).collect(),
    );
}

#[test]
fn libraries_stay_in_their_modules() {
    must_be_empty(
        "A library that one module wraps is imported by that module alone.",
        Source::all().iter().flat_map(modules::strayed_library).collect(),
    );
}

#[test]
fn every_sentence_is_in_every_language() {
    must_be_empty(
        "A key that one language lacks is a hole on the screen.",
        sentences::in_one_language_only(),
    );
}

#[test]
fn every_sentence_is_used() {
    must_be_empty(
        "A sentence that nothing says is translated for nothing.",
        sentences::unused(&Source::all()),
    );
}

#[test]
fn no_page_promises_a_message_without_asking() {
    must_be_empty(
        "Whoever waits for a message that doesn't come was told what is not so: a sentence that promises \
         one is said of what will become of it.",
        [promises::unasked(&Source::all()), promises::said_elsewhere(&Source::all())].concat(),
    );
}

#[test]
fn errors_are_short_and_polite() {
    must_be_empty(
        "Who made a mistake is told in one breath what is wrong and what to do, and never in the \
         words of an office: at most 20 words, no «inválido», no «debe ingresar», no «lo sentimos».",
        sentences::clumsy_errors(),
    );
}

#[test]
fn one_thing_has_one_word() {
    must_be_empty(
        "Whoever reads «ingresar» on one page and «entrar» on the next looks for the difference. The words \
         that go are listed with those that stay; what the guide itself says is quoted.",
        wording::two_words_for_one_thing(),
    );
}

#[test]
fn labels_are_the_guides() {
    let sources = Source::all();
    let mut faults = labels::misspelt();
    faults.extend(sources.iter().flat_map(labels::out_of_place));
    faults.extend(labels::samples_otherwise(&sources));
    must_be_empty(
        "«RUT Empresa» on one page and «Rut Empresa» on the next are two things to whoever compares them with \
         the guide: each place has the guide's own spelling, and the samples have the words of the screens.",
        faults,
    );
}

#[test]
fn what_is_quoted_is_called_so() {
    must_be_empty(
        "Whoever is told to choose «My data» looks for these very words: what a sentence quotes is a button, an \
         entry, a field or a page of that name, in the same language.",
        quoted::nobodys_names(),
    );
}

#[test]
fn mails_are_written_in_short_sentences() {
    must_be_empty(
        "A mail is read once, on a telephone, by somebody who waits: at most 20 words to a sentence.",
        wording::long_winded_mails(),
    );
}

#[test]
fn english_stands_alone() {
    must_be_empty(
        "Whoever reads English looks for an English button; its Spanish name may follow in parentheses.",
        wording::spanish_in_english(),
    );
}

#[test]
fn every_file_says_what_it_is_for() {
    must_be_empty(
        "The first lines of a file tell a stranger whether to read on.",
        Source::all().iter().flat_map(style::without_opening).collect(),
    );
}

#[test]
fn files_and_functions_stay_short() {
    must_be_empty(
        "What is longer is split, or stands on the list of exceptions, which only shrinks.",
        functions::too_long(&Source::all(), functions::EXCEPTIONS),
    );
}

#[test]
fn no_unsafe_code() {
    must_be_empty(
        "The crate roots forbid it, so that no module can allow it.",
        Source::all().iter().flat_map(style::without_forbid).collect(),
    );
}

#[test]
fn nothing_is_left_half_done() {
    must_be_empty(
        "Unfinished work, tests that don't run and numbers of tickets are nobody's business here.",
        Source::all().iter().flat_map(style::half_done).collect(),
    );
}

#[test]
fn the_log_says_values_in_fields_alone() {
    must_be_empty(
        "A message of the log is written as it stands, past the list of fields: it holds no values.",
        Source::all().iter().flat_map(style::message_with_values).collect(),
    );
}

#[test]
fn proofs_are_made_where_they_are_proved() {
    let sources = Source::all();
    let mut faults = proofs::open(&sources);
    faults.extend(sources.iter().flat_map(proofs::made_elsewhere));
    must_be_empty(
        "A step that holds a proof has earned it: nobody else can make one, by a constructor or by its \
         fields.",
        faults,
    );
}

#[test]
fn one_name_one_type() {
    must_be_empty(
        "Who reads a name knows what it is, wherever it was imported from.",
        names::shared(&Source::all(), [names::WITH_MODULE, names::BY_ACCIDENT]),
    );
}
