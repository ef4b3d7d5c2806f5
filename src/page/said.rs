//! All the sentences of ours that stand on a page, wherever they stand.

use super::{Assistance, Block, Control, FieldShown, Page, Words};
use crate::text::Msg;

impl Page {
    /// What it says by itself, without the frame around it: the guide's sentences only where they are asked
    /// for, since a small page has no room for them.
    pub fn body(&self, with_guide: bool) -> Vec<Msg> {
        let mut said = Vec::new();
        in_words(&self.heading, &mut said);
        self.blocks.iter().for_each(|block| in_block(block, with_guide, &mut said));
        said
    }

    /// The same with all that stands around it: where it is, the notice, the keys.
    pub fn said(&self) -> Vec<Msg> {
        let mut said = vec![self.place.clone()];
        said.extend(self.notice.iter().map(|notice| notice.says.clone()));
        said.extend(self.body(true));
        said.extend(self.help.iter().cloned());
        said.extend(self.assistance.into_iter().flat_map(Assistance::words));
        said.extend(self.keys.iter().map(|hint| hint.does.clone()));
        said
    }
}

impl Assistance {
    /// In a whole sentence, and in fewer words.
    pub fn words(self) -> [Msg; 2] {
        match self {
            Assistance::CallsStaff => [Msg::FrameAssistance, Msg::FrameAssistanceShort],
            Assistance::StaffAreHere => [Msg::FrameAssistancePanel, Msg::FrameAssistancePanelShort],
        }
    }
}

fn in_words(words: &Words, said: &mut Vec<Msg>) {
    match words {
        Words::Said(msg) => said.push(msg.clone()),
        Words::Given(_) => {}
    }
}

fn in_block(block: &Block, with_guide: bool, said: &mut Vec<Msg>) {
    match block {
        Block::Guide { whole, short } if with_guide => {
            in_block(whole, with_guide, said);
            short.iter().for_each(|short| in_block(short, with_guide, said));
        }
        Block::Guide { .. } | Block::Banner(_) | Block::Gap => {}
        Block::Paragraph(words) => in_words(words, said),
        Block::Qr { letters, .. } => in_words(letters, said),
        Block::Bullets(points) => points.iter().for_each(|point| in_words(point, said)),
        Block::Panel(msg)
        | Block::Important(msg)
        | Block::Information(msg)
        | Block::Note(msg)
        | Block::Opening(msg) => said.push(msg.clone()),
        Block::Summary(errors) => said.extend(errors.iter().map(|(_, msg)| msg.clone())),
        Block::Field(field) => in_field(field, said),
        Block::Facts(facts) => facts.iter().for_each(|fact| {
            said.push(fact.label.clone());
            in_words(&fact.value, said);
        }),
        Block::Challenge(challenge) => said.extend(challenge.words.iter().cloned()),
        Block::Menu(items) => items.iter().for_each(|item| {
            said.push(item.label.clone());
            said.extend(item.detail.clone());
        }),
        Block::Buttons(buttons) => said.extend(buttons.iter().map(|button| button.label.clone())),
        Block::Waiting { what, since } => said.extend([what.clone(), since.clone()]),
        Block::Bars(bars) => bars.iter().for_each(|bar| {
            said.push(bar.label.clone());
            said.extend(bar.detail.clone());
        }),
    }
}

fn in_field(field: &FieldShown, said: &mut Vec<Msg>) {
    said.push(field.label.clone());
    said.extend(field.hint.iter().chain(&field.error).cloned());
    match &field.control {
        Control::ReadOnly(words) => in_words(words, said),
        Control::Choice { options, .. } => options.iter().for_each(|option| in_words(option, said)),
        Control::Text { .. } | Control::Hidden { .. } | Control::Check { .. } | Control::Filter { .. } => {}
    }
}
