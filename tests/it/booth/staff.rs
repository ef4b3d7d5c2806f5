//! The booth's members of staff, each with a telephone, and what they type to sign in.

use std::time::Duration;

use totem::domain::clean::Clean;
use totem::domain::rut::Rut;
use totem::domain::secret::Secret;
use totem::domain::staff::{Role, StaffAccount};
use totem::effect::{Effect, Refusal, Reply, StaffAct, StaffOrder, StaffReply};
use totem::event::Key;
use totem::text::Msg;
use totem::vault::totp;

use super::Booth;

pub const PASSWORD: &str = "cuatro palabras sin nada comun";

impl Booth {
    /// F2 beside the person, and the card that staff saw is confirmed.
    pub fn confirms_card(&mut self, name: &str) -> &mut Self {
        self.is_joined_by(name).clicks_on(&Msg::ButtonWitnessCard).chooses("1")
    }

    /// From the page that says that two are needed: the desk refuses the act of one, whatever the panel offers.
    pub fn is_refused_a_card_by(&mut self, name: &str) -> &mut Self {
        let typed = self.asked.iter().rev().find_map(|effect| match effect {
            Effect::CheckCode { awaiting, .. } => Some(awaiting.clone()),
            _ => None,
        });
        let act = StaffAct::WitnessCard(typed.expect("a code was typed"));
        let code = Secret::new(self.telephone(name));
        let sign_in = Effect::SignIn { name: name.into(), password: Secret::new(PASSWORD), code };
        let Reply::Staff(StaffReply::SignedIn(session)) = self.performs(sign_in) else {
            panic!("{name} can't sign in");
        };
        let (reason, visit, code) = ("a prueba".into(), Duration::ZERO, None);
        let order = StaffOrder { session: session.clone(), act, reason, visit, code };
        let reply = self.performs(Effect::Staff(Box::new(order)));
        assert_eq!(reply, Reply::Refused(Refusal::TwoOfStaff));
        self.performs(Effect::SignOut { session: Box::new(session) });
        self
    }

    /// A member with an account, whose own RUT is no company's.
    pub fn employs(&mut self, name: &str, role: Role) -> &mut Self {
        self.employs_person(name, role, "46000000-9")
    }

    pub fn employs_person(&mut self, name: &str, role: Role, rut: &str) -> &mut Self {
        let rut: Rut = rut.parse().expect("a RUT");
        let now_ms = self.now_ms();
        self.runtime.block_on(async {
            let vault = self.records.vault();
            let account = StaffAccount {
                name: Clean::from(name),
                rut,
                role,
                password: vault.digest(&Secret::new(PASSWORD)).await,
                totp: totp::new_secret(),
                last_step: 0,
                disabled: false,
                created_ms: now_ms,
            };
            let draft = self.records.draft(now_ms).new_staff(self.records.new_id(now_ms), &account);
            draft.commit(&self.records).await.expect("a commit");
        });
        self
    }

    pub fn account_of_staff(&self, name: &str) -> StaffAccount {
        let found = self.runtime.block_on(self.records.staff_named(&Clean::from(name)));
        found.expect("the store is up").expect("they are employed").value
    }

    /// An operator closes the account.
    pub fn dismisses(&mut self, name: &str) -> &mut Self {
        let now_ms = self.now_ms();
        self.runtime.block_on(async {
            let held = self.records.staff_named(&Clean::from(name)).await.unwrap().unwrap();
            let gone = StaffAccount { disabled: true, ..held.value.clone() };
            self.records.draft(now_ms).replace(&held, &gone, None).commit(&self.records).await.unwrap();
        });
        self
    }

    /// What their telephone shows at the moment.
    pub fn telephone(&self, name: &str) -> String {
        totp::code_at(&self.account_of_staff(name).totp, self.now_ms()).expose().to_string()
    }

    /// Types name, password and code.
    pub fn signs_in(&mut self, name: &str) -> &mut Self {
        let code = self.telephone(name);
        self.types(&format!("{name}⏎{PASSWORD}⏎{code}⏎"))
    }

    /// From a person's page into *Modo acompañado*.
    pub fn is_joined_by(&mut self, name: &str) -> &mut Self {
        self.calls_for_account().signs_in(name)
    }

    /// From a person's page to where staff type name, password and code.
    pub fn calls_for_account(&mut self) -> &mut Self {
        self.presses([Key::F(2)]).chooses("2");
        // Where letters stand on the page, a PIN would do for them.
        if self.page().heading == Msg::StaffPinHeading.into() {
            self.clicks_on(&Msg::ButtonWithAccount);
        }
        self.is_at(&Msg::StaffSignInHeading)
    }

    /// From the page of a key that waits a day: staff see the card, and say why it can't wait.
    pub fn is_witnessed_by(&mut self, name: &str) -> &mut Self {
        self.chooses("2").is_at(&Msg::StaffHeading).chooses("2").is_at(&Msg::StaffSignInHeading);
        self.signs_in(name).clicks_on(&Msg::ButtonWitnessCard).types("1")
    }

    /// Types another code of their telephone, once it shows one that was not used.
    pub fn types_fresh_code(&mut self, name: &str) -> &mut Self {
        let code = self.telephone(name);
        self.is_at(&Msg::StaffCodeHeading).types(&format!("{code}⏎"))
    }

    /// From the first page to the staff desk.
    pub fn opens_desk(&mut self, name: &str) -> &mut Self {
        self.presses([Key::F(12)]).is_at(&Msg::StaffSignInHeading).signs_in(name)
    }

    /// Chooses an entry of a menu, and gives the reason for it.
    pub fn acts(&mut self, entry: &Msg, reason: &str) -> &mut Self {
        self.clicks_on(entry).types(&format!("{reason}⏎"))
    }

    /// Whether the page has such an entry.
    pub fn offers(&self, entry: &Msg) -> bool {
        self.page().blocks.iter().any(|block| match block {
            totem::page::Block::Menu(items) => items.iter().any(|item| item.label == *entry),
            _ => false,
        })
    }
}
