//! *Razón Social*, *Pregunta Secreta*, *Respuesta Secreta*.

use super::{Named, going_on, typed_name};
use crate::domain::answer::Answer;
use crate::domain::clean::Clean;
use crate::domain::rut::Rut;
use crate::effect::OnFile;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::Name;
use crate::page::Words;

/// The form, and the questions to choose from.
#[derive(Debug, PartialEq)]
pub(in crate::flow) struct QuestionPanel {
    pub(super) form: Form,
    questions: Vec<Clean>,
}

const NAMED: Named = Named { shown: Name::BusinessName, typed: Name::TypedBusinessName };

impl QuestionPanel {
    pub(super) fn new(questions: &[Clean]) -> Self {
        let options = questions.iter().cloned().map(Words::Given).collect();
        let fields =
            vec![NAMED.nobody(), Field::choice(Name::Question, options), Field::hidden(Name::Answer)];
        QuestionPanel { form: going_on(fields), questions: questions.to_vec() }
    }

    /// Shows what the registry calls the company.
    pub(in crate::flow) fn show_name(&mut self, rut: Rut, name: &Clean) {
        NAMED.show(&mut self.form, rut, name);
    }

    /// Asks for the name that the registry did not say.
    pub(in crate::flow) fn ask_for_name(&mut self) {
        NAMED.ask(&mut self.form);
    }

    /// The name if it is typed, the question, its answer.
    pub(in crate::flow) fn read(&mut self) -> Option<(Clean, Clean, Answer)> {
        let questions = &self.questions;
        self.form.read(|reader| {
            let name = typed_name(reader, NAMED.typed);
            let question = reader.choice(Name::Question).and_then(|chosen| questions.get(chosen).cloned());
            let answer = reader.answer(Name::Answer);
            Some((name?, question?, answer?))
        })
    }

    /// Everything on file but the answer, which nobody can read.
    pub(super) fn fill(&mut self, on_file: &OnFile) {
        self.show_name(on_file.company, &on_file.name);
        let question = self.questions.iter().position(|known| Some(known) == on_file.question.as_ref());
        if let (Some(question), Some(field)) = (question, self.form.field_mut(Name::Question)) {
            field.choose(question);
        }
    }

    /// Whether question and answer stand as they were filled in.
    pub(in crate::flow) fn is_as_filled(&self, on_file: &OnFile) -> bool {
        let chosen = self.form.field(Name::Question).and_then(Field::chosen);
        let chosen = chosen.and_then(|chosen| self.questions.get(chosen));
        let kept = on_file.question.as_ref().filter(|kept| self.questions.contains(kept));
        let answer = self.form.field(Name::Answer).map(Field::secret).unwrap_or_default();
        answer.expose().trim().is_empty() && chosen == kept
    }
}
