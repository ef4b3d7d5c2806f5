//! Pages made by hand, one of each kind, in both languages: what the tests of this module draw.

use zeroize::Zeroizing;

use crate::domain::clean::Clean;
use crate::domain::language::Language;
use crate::domain::visits::Stage;
use crate::event::{Key, Target};
use crate::page::*;
use crate::text::Msg;

/// Makes messages of one language out of pairs.
pub struct Sampler(pub Language);

impl Sampler {
    fn say(&self, es: &str, en: &str) -> Msg {
        let text = match self.0 {
            Language::Es => es,
            Language::En => en,
        };
        Msg::FrameGiven { text: text.into() }
    }

    fn page(&self, heading: (&str, &str), blocks: Vec<Block>, focus: Target) -> Page {
        let hint = |key, es, en| KeyHint { key, does: self.say(es, en) };
        Page {
            place: self.say("Registrar CS · Persona Jurídica", "Register CS · Company"),
            progress: None,
            heading: self.say(heading.0, heading.1).into(),
            blocks,
            focus,
            turned: 0,
            leads_back: true,
            leaves_typed: false,
            help: vec![self.say(
                "El RUT de la empresa está en el e-RUT y en toda factura. No es su RUT personal.",
                "The company's RUT is on the e-RUT and on every invoice. It is not your own RUT.",
            )],
            assistance: Some(Assistance::CallsStaff),
            keys: vec![
                hint(Key::F(1), "Ayuda", "Help"),
                hint(Key::F(2), "Pedir ayuda", "Ask for help"),
                hint(Key::Esc, "Volver", "Back"),
                hint(Key::F(8), "Más tiempo", "More time"),
                hint(Key::F(10), "Salir", "Leave"),
            ],
            notice: None,
        }
    }

    fn steps(&self, current: u8) -> Option<StepProgress> {
        let steps = [
            ("Empresa", "Company"),
            ("Dirección", "Address"),
            ("Contacto", "Contact"),
            ("Representante legal", "Legal representative"),
            ("Clave Sence", "Clave Sence"),
            ("Validación anti-Robots", "Anti-robot check"),
            ("Revisar y crear la cuenta", "Review and create the account"),
        ];
        let steps = steps.iter().map(|(es, en)| self.say(es, en)).collect();
        Some(StepProgress { current, steps, stage: Stage::Other })
    }

    fn button(&self, at: u8, es: &str, en: &str) -> Button {
        Button { target: Target::Button(at), label: self.say(es, en) }
    }

    fn field(&self, at: u8, label: (&str, &str), control: Control) -> FieldShown {
        FieldShown {
            target: Target::Field(at),
            label: self.say(label.0, label.1),
            required: true,
            hint: None,
            hint_beside_staff: None,
            error: None,
            secret: None,
            control,
        }
    }

    pub fn attract(&self) -> Page {
        let start = self.button(0, "Comenzar", "Begin");
        let mut page = self.page(
            (
                "Obtenga, recupere o cambie la clave de su empresa",
                "Get, recover or change your company's key",
            ),
            vec![
                Block::Banner("CLAVE SENCE".into()),
                Block::Paragraph(
                    self.say(
                        "Traiga el RUT de la empresa y su cédula. Toma unos cinco minutos.",
                        "Bring the company's RUT and your identity card. It takes some five minutes.",
                    )
                    .into(),
                ),
                Block::Buttons(vec![start]),
            ],
            Target::Button(0),
        );
        page.place = self.say("Servicio Nacional de Capacitación y Empleo", "National Training Service");
        page
    }

    pub fn menu(&self) -> Page {
        let entries = [
            (
                "Regístrese aquí",
                "Register here",
                "Para empresas sin Clave Sence",
                "For companies without a key",
            ),
            ("Recuperar CS", "Recover CS", "Si olvidó la clave", "If you forgot the key"),
            ("Cambiar CS", "Change CS", "Si la sabe y quiere otra", "If you know it and want another"),
            ("Actualizar datos", "Update details", "Correo, teléfono, dirección", "E-mail, phone, address"),
            ("Facilitador extranjero", "Foreign facilitator", "Sin RUT chileno", "Without a Chilean RUT"),
            ("Más información", "More information", "Requisitos y plazos", "Requirements and terms"),
        ];
        let items = entries.iter().zip(0..).map(|((es, en, detail_es, detail_en), at)| Item {
            target: Target::Item(at),
            label: self.say(es, en),
            detail: Some(self.say(detail_es, detail_en)),
        });
        let menu = Block::Menu(items.collect());
        self.page(("¿Qué necesita hacer?", "What do you need to do?"), vec![menu], Target::Item(1))
    }

    pub fn question(&self) -> Page {
        let mut rut = self.field(0, ("RUT Empresa", "Company RUT"), text("99.999.999-8"));
        rut.error = Some(self.say(
            "el RUT 99.999.999-8 tiene un error. Revise los números y el final.",
            "the RUT 99.999.999-8 has a mistake. Check the numbers and the end.",
        ));
        let hint = self.say(
            "Puede escribirlo con o sin puntos. Por ejemplo: 99.999.999-9",
            "You may write it with or without dots. For example: 99.999.999-9",
        );
        let check = Block::Buttons(vec![self.button(0, "Validar", "Check")]);
        let mut page = self.page(
            ("¿Cuál es el RUT de la empresa?", "What is the company's RUT?"),
            vec![Block::Paragraph(hint.into()), Block::Field(rut), check],
            Target::Field(0),
        );
        page.progress = self.steps(2);
        page
    }

    pub fn form(&self, focus: Target) -> Page {
        let mail_error = self.say("Escriba el correo electrónico.", "Write the e-mail address.");
        let phone_error = self.say(
            "El teléfono tiene 7 números. Debe tener 9, sin el +56.",
            "The phone has 7 digits. It must have 9, without +56.",
        );
        let mut mail = self.field(1, ("Correo electrónico", "E-mail"), text(""));
        mail.error = Some(mail_error.clone());
        mail.hint = Some(self.say("Ahí le enviaremos su CS.", "We will send your CS there."));
        let mut phone = self.field(2, ("Teléfono", "Phone"), text("2345678"));
        phone.error = Some(phone_error.clone());
        let kind = Control::Choice {
            options: vec![
                self.say("Llamada", "Call").into(),
                self.say("Mensaje de texto", "Text message").into(),
            ],
            chosen: Some(1),
            at: 1,
        };
        let mut agree = self.field(
            4,
            ("Acepto recibir avisos de Sence en este correo", "I agree to receive notices of Sence there"),
            Control::Check { checked: true },
        );
        agree.required = false;
        let name = Words::Given("Comercializadora Ñandú Ltda.".into());
        let buttons = vec![self.button(0, "Continuar", "Continue"), self.button(1, "Volver", "Back")];
        let mut page = self.page(
            ("¿Cómo contactamos a la empresa?", "How do we reach the company?"),
            vec![
                Block::Summary(vec![(Target::Field(1), mail_error), (Target::Field(2), phone_error)]),
                Block::Panel(self.say("Contacto", "Contact")),
                Block::Field(self.field(0, ("Razón Social", "Company name"), Control::ReadOnly(name))),
                Block::Field(mail),
                Block::Field(phone),
                Block::Field(self.field(3, ("¿Cómo le avisamos?", "How do we tell you?"), kind)),
                Block::Field(agree),
                Block::Buttons(buttons),
            ],
            focus,
        );
        page.progress = self.steps(3);
        page
    }

    pub fn filter(&self) -> Page {
        let names =
            ["San Antonio", "San Bernardo", "San Carlos", "San Clemente", "San Esteban", "San Fabián"];
        let control = Control::Filter {
            value: Zeroizing::new("san".into()),
            caret: 3,
            matches: names.iter().map(|name| Clean::new(name)).collect(),
            at: 1,
            chosen: None,
        };
        let mut field = self.field(0, ("Comuna", "Commune"), control);
        field.hint = Some(self.say("Escriba las primeras letras.", "Write the first letters."));
        let mut nothing = self.field(
            1,
            ("País", "Country"),
            Control::Filter {
                value: Zeroizing::new("xq".into()),
                caret: 2,
                matches: vec![],
                at: 0,
                chosen: None,
            },
        );
        nothing.required = false;
        let on = Block::Buttons(vec![self.button(0, "Continuar", "Continue")]);
        let mut page = self.page(
            ("¿Dónde está la empresa?", "Where is the company?"),
            vec![Block::Field(field), Block::Field(nothing), on],
            Target::Field(0),
        );
        page.progress = self.steps(2);
        page
    }

    pub fn clave(&self) -> Page {
        let hidden = |length, shown: Option<&str>| Control::Hidden {
            length,
            shown: shown.map(|shown| Zeroizing::new(shown.into())),
        };
        let mut first = self.field(0, ("Clave CS", "CS key"), hidden(9, None));
        first.hint = Some(self.say("Entre 8 y 10 caracteres.", "Between 8 and 10 characters."));
        let again = self.field(1, ("Repetir Clave CS", "Repeat the CS key"), hidden(9, Some("Colibri42")));
        let never = self.say(
            "Nadie de Sence le pedirá esta clave. No la comparta.",
            "Nobody of Sence will ask you for this key. Do not share it.",
        );
        let on = Block::Buttons(vec![self.button(0, "Continuar", "Continue")]);
        self.page(
            ("Elija su Clave Sence", "Choose your Clave Sence"),
            vec![Block::Important(never), Block::Field(first), Block::Field(again), on],
            Target::Field(0),
        )
    }

    pub fn challenge(&self) -> Page {
        let words = [("C de casa", "C as in cat"), ("A de árbol", "A as in apple")];
        let more = [("M de mesa", "M as in map"), ("K de kilo", "K as in kite")];
        let [one, two] = words.map(|(es, en)| self.say(es, en));
        let [three, four] = more.map(|(es, en)| self.say(es, en));
        let challenge = ChallengeShown { letters: ['C', 'A', 'M', 'K'], words: [one, two, three, four] };
        let why = self.say(
            "Queremos asegurarnos de que es una persona real quien está utilizando este sistema.",
            "We want to make sure that a real person is using this system.",
        );
        let buttons = vec![self.button(0, "Ingresar", "Enter"), self.button(1, "Refrescar", "Refresh")];
        let mut page = self.page(
            ("Escriba las cuatro letras", "Write the four letters"),
            vec![
                Block::Paragraph(why.into()),
                Block::Challenge(challenge),
                Block::Field(self.field(0, ("Letras", "Letters"), text("ca"))),
                Block::Buttons(buttons),
            ],
            Target::Field(0),
        );
        page.progress = self.steps(6);
        page
    }

    pub fn review(&self, focus: Target) -> Page {
        let fact = |at: u8| Fact {
            label: self.say(&format!("Dato número {at}"), &format!("Detail number {at}")),
            value: Words::Given(Clean::new(match at % 3 {
                0 => "Comercializadora de Productos Agrícolas y Forestales del Sur Limitada",
                1 => "99.999.999-9",
                _ => "maria.fernandez@empresa.example",
            })),
            change: (at != 1).then_some(Target::Fact(at)),
        };
        let create = Block::Buttons(vec![self.button(0, "Crear Cuenta", "Create Account")]);
        let mut page = self.page(
            ("Revise sus datos antes de crear la cuenta", "Review your details before creating the account"),
            vec![Block::Facts((0..18).map(fact).collect()), create],
            focus,
        );
        page.progress = self.steps(7);
        page
    }

    pub fn confirmation(&self) -> Page {
        let next = [
            ("Le enviamos un correo con los pasos que siguen.", "We sent you an e-mail with what follows."),
            ("La Clave Sence sirve desde mañana.", "The Clave Sence works from tomorrow on."),
        ];
        let qr = Block::Qr { content: "7K3M-9QX2-AB*".into(), letters: Words::Given("7K3M-9QX2-AB*".into()) };
        let done = Block::Buttons(vec![self.button(0, "Salir", "Leave")]);
        self.page(
            ("La cuenta fue creada", "The account was created"),
            vec![
                Block::Paragraph(self.say("Guarde este folio.", "Keep this folio.").into()),
                qr,
                Block::Bullets(next.iter().map(|(es, en)| self.say(es, en).into()).collect()),
                done,
            ],
            Target::Button(0),
        )
    }

    pub fn waiting(&self) -> Page {
        let what = self.say("Preguntamos al SII por la empresa.", "We are asking the SII about the company.");
        let since = self.say("Desde las 10:42:07.", "Since 10:42:07.");
        let waiting = Block::Waiting { what, since };
        self.page(("Un momento", "One moment"), vec![waiting], Target::Key(Key::Esc))
    }

    pub fn noticed(&self, urgent: bool) -> Page {
        let says = match urgent {
            true => self.say(
                "¿Sigue ahí? En 20 segundos borraremos lo que escribió. Presione cualquier tecla.",
                "Are you still there? In 20 seconds we erase what you wrote. Press any key.",
            ),
            false => self.say("El funcionario viene en camino.", "The staff member is coming."),
        };
        Page { notice: Some(Notice { says, urgent }), ..self.question() }
    }

    /// A page that is longer than the screen, and can only be left.
    pub fn reading(&self) -> Page {
        let point = |at: u8| {
            let es = format!("Punto {at}: lo que está al comienzo se lee antes que lo que está al final.");
            let en =
                format!("Point {at}: what stands at the beginning is read before what stands at the end.");
            self.say(&es, &en).into()
        };
        let points = Block::Bullets((1..=18).map(point).collect());
        let back = Block::Buttons(vec![self.button(0, "Volver", "Back")]);
        self.page(("Ayuda", "Help"), vec![points, back], Target::Button(0))
    }

    /// A page that only somebody with a very long name and address meets.
    pub fn extreme(&self) -> Page {
        let long = format!("{}@empresa.example", "李mañana.".repeat(25));
        let mail = self.field(
            0,
            ("Correo electrónico", "E-mail"),
            Control::Text { value: Zeroizing::new(long), caret: 200 },
        );
        let label = self.button(
            0,
            "Continuar con los datos que están escritos aquí arriba",
            "Continue with the details that are written above here",
        );
        let mut page = self.page(("Łukasz 李", "Łukasz 李"), vec![Block::Field(mail)], Target::Button(0));
        page.blocks.push(Block::Gap);
        page.blocks.push(Block::Buttons(vec![label]));
        page
    }

    pub fn all(&self) -> Vec<(&'static str, Page)> {
        vec![
            ("attract", self.attract()),
            ("menu", self.menu()),
            ("question", self.question()),
            ("form-summary", self.form(Target::Opening)),
            ("form-mail", self.form(Target::Field(1))),
            ("form-choice", self.form(Target::Field(3))),
            ("form-check", self.form(Target::Field(4))),
            ("form-button", self.form(Target::Button(1))),
            ("filter", self.filter()),
            ("clave", self.clave()),
            ("challenge", self.challenge()),
            ("review-first", self.review(Target::Fact(0))),
            ("review-middle", self.review(Target::Fact(9))),
            ("review-end", self.review(Target::Button(0))),
            ("confirmation", self.confirmation()),
            ("waiting", self.waiting()),
            ("notice", self.noticed(false)),
            ("notice-urgent", self.noticed(true)),
            ("reading", self.reading()),
            ("extreme", self.extreme()),
        ]
    }
}

fn text(value: &str) -> Control {
    Control::Text { value: Zeroizing::new(value.into()), caret: value.chars().count() }
}
