//! What lies in the store when the office opens: the accounts of some companies, and those of staff.

use data_encoding::BASE32_NOPAD;
use totem::domain::account::{Account, Address, Representative, SecretQuestion};
use totem::domain::answer::Answer;
use totem::domain::clean::Clean;
use totem::domain::comuna::Comuna;
use totem::domain::destination::Destination;
use totem::domain::language::Language;
use totem::domain::rut::Rut;
use totem::domain::secret::Secret;
use totem::domain::staff::StaffAccount;
use totem::domain::trust::{Channels, Rank, TRUSTED_AFTER_MS, Trust};
use totem::store::records::Records;
use totem::vault::totp;

use super::cast::{FIRMS, Known, PASSWORD, STAFF, WELL_KNOWN, answer, first_clave, questions, rut};
use super::dice::Dice;

/// The accounts of those firms that have one, long on file and with all channels proved.
pub async fn furnish(records: &Records, dice: &mut Dice, now_ms: u64) {
    let vault = records.vault();
    let long_ago_ms = now_ms - 2 * TRUSTED_AFTER_MS;
    for (number, firm) in FIRMS.iter().enumerate().filter(|(_, firm)| firm.has_account) {
        let owner = firm.represented_by[0];
        let email = |text: &str| text.parse().expect("an invented address is right");
        let secret = Answer::new(answer(number)).expect("the answer is long enough");
        let question = SecretQuestion {
            question: questions().swap_remove(0),
            answer: vault.digest(secret.secret()).await,
        };
        let mut account = Account {
            company: rut(firm.rut),
            name: Clean::from(firm.name),
            secret_question: firm.has_question.then_some(question),
            address: Address {
                comuna: Comuna::named("Ñuñoa").expect("there is such a commune"),
                street: Clean::from("Avenida Irarrázaval"),
                number: Clean::from("1234"),
                block: None,
                apartment: None,
            },
            email: email(owner.mailboxes()[0]),
            phone: "223456789".parse().expect("a telephone"),
            fax: None,
            representative: Representative {
                rut: rut(owner.rut()),
                name: Clean::from(owner.name()),
                mobile: owner.mobile().parse().expect("a mobile"),
                email: email(owner.mailboxes()[0]),
            },
            clave: vault.digest(&Secret::new(first_clave(number))).await,
            recoveries: Vec::new(),
            undos: Vec::new(),
            language: Language::Es,
            created_ms: long_ago_ms,
            trust: Trust::new(Channels::typed(long_ago_ms), Rank::Low, long_ago_ms),
        };
        for place in account.places(|_| true).into_iter().filter(|place| was_proved(number, place)) {
            account.prove(&place, Rank::Low, long_ago_ms);
        }
        let draft = records.draft(now_ms).new_account(&account);
        draft.commit(records).await.expect("a store in memory is up");
    }
    employ(records, dice, now_ms).await;
}

/// Whether a channel's code was ever typed before the office opened: an older program asked for none, so that
/// of one account no channel is proved, and of another one the mobile isn't.
fn was_proved(firm: usize, place: &Destination) -> bool {
    match place {
        _ if FIRMS[firm].known == Known::CardExpired => false,
        Destination::Mail(_) => true,
        Destination::Mobile(_) => firm != WELL_KNOWN - 1,
    }
}

async fn employ(records: &Records, dice: &mut Dice, now_ms: u64) {
    for (name, person, role) in STAFF {
        let mut seed = [0; 20];
        dice.fill(&mut seed);
        let account = StaffAccount {
            name: Clean::from(name),
            rut: Rut::of_body(person).expect("an invented RUT is right"),
            role,
            password: records.vault().digest(&Secret::new(PASSWORD)).await,
            totp: totp::from_letters(&BASE32_NOPAD.encode(&seed)).expect("twenty bytes are a seed"),
            last_step: 0,
            disabled: false,
            created_ms: now_ms,
        };
        let draft = records.draft(now_ms).new_staff(records.new_id(now_ms), &account);
        draft.commit(records).await.expect("a store in memory is up");
    }
}
