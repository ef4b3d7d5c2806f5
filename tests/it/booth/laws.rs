//! What must be so of every page that any test meets, whatever its size: an error sends nobody to a button
//! that isn't there, and behind F1 stands help that is read from its beginning.

use totem::event::Key;
use totem::kiosk::help_over;
use totem::page::{Block, Control, Page};
use totem::text::{Msg, Sentences};

/// Entries of the menu, and what is found behind them: an error may send people there.
const ELSEWHERE: [Msg; 9] = [
    Msg::MenuRegister,
    Msg::MenuRecover,
    Msg::MenuChange,
    Msg::MenuUpdate,
    Msg::MenuUndo,
    Msg::MenuInformation,
    Msg::MenuRequestStatus,
    Msg::ButtonResumeRegistration,
    // On the page before the one that is ticked.
    Msg::ButtonRefuseRequest,
];
/// Words that a key may not hold.
const FORBIDDEN: [&str; 2] = ["sence", "clave"];

/// What is wrong with a page, in words for whoever reads the test.
pub fn broken(page: &Page, sentences: &Sentences) -> Vec<String> {
    let offered = offered(page, sentences);
    let mut faults = Vec::new();
    for msg in errors(page) {
        let said = sentences.say(&msg);
        let named = quoted(&said).into_iter();
        let named = named.filter(|name| !offered.contains(name) && !FORBIDDEN.contains(&name.as_str()));
        faults.extend(named.map(|name| format!("{} names «{name}», which isn't there", msg.key())));
    }
    faults
}

/// The page behind F1, with what stands around it.
pub fn help_of(page: &Page) -> Page {
    let is_of_field = |key: Key| matches!(key, Key::F(3) | Key::F(5));
    let mut help = help_over(page.clone(), is_accompanied(page));
    help.keys = page.keys.iter().filter(|hint| !is_of_field(hint.key)).cloned().collect();
    (help.notice, help.assistance) = (page.notice.clone(), page.assistance);
    help
}

fn is_accompanied(page: &Page) -> bool {
    page.keys.iter().any(|hint| hint.does == Msg::KeyPanel)
}

fn errors(page: &Page) -> Vec<Msg> {
    let in_block = |block: &Block| match block {
        Block::Field(field) => field.error.clone(),
        _ => None,
    };
    page.blocks.iter().filter_map(in_block).collect()
}

/// What can be pressed, ticked or chosen there, or in the menu.
fn offered(page: &Page, sentences: &Sentences) -> Vec<String> {
    let mut labels: Vec<Msg> = ELSEWHERE.to_vec();
    for block in &page.blocks {
        match block {
            Block::Buttons(buttons) => labels.extend(buttons.iter().map(|button| button.label.clone())),
            Block::Menu(items) => labels.extend(items.iter().map(|item| item.label.clone())),
            Block::Field(field) if matches!(field.control, Control::Check { .. }) => {
                labels.push(field.label.clone());
            }
            _ => {}
        }
    }
    labels.iter().map(|label| sentences.say(label)).collect()
}

/// What stands between quotation marks.
fn quoted(said: &str) -> Vec<String> {
    let parts = said.split(['«', '“']).skip(1);
    parts.filter_map(|part| Some(part.split_once(['»', '”'])?.0.to_string())).collect()
}

#[test]
fn a_button_that_is_named_and_is_not_there_is_found() {
    let sentences = Sentences::screens(totem::domain::language::Language::Es);
    let mut booth = super::Booth::new();
    booth.enters("5").types("⏎⏎⏎");
    let mut page = booth.page();
    assert_eq!(broken(&page, &sentences), Vec::<String>::new());
    for block in &mut page.blocks {
        if let Block::Field(field) = block {
            field.error = field.error.take().map(|_| Msg::WrongCodeDeadContact);
        }
    }
    let found = broken(&page, &sentences);
    assert!(found.iter().any(|fault| fault.contains("Enviar otro código")), "{found:?}");
}
