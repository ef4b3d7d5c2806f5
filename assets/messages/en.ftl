# What the courier writes: mails and SMS. A mail has a subject and a body, in sentences of at most 20 words;
# an SMS takes at most 160 characters. Nobody is ever asked to click.

sent-again = This message is sending no. { NUMBER($number) }. If more than one came with the same folio, use the one with the highest number. The first bears none.

key-subject = Your provisional Clave Sence: choose your own with it
key-body =
    Hello,

    Somebody asked to recover the Clave Sence (CS) of { $company }.

    This key is provisional, and only good for choosing your own:

    {"    "}{ $secret_key }

    What to do now:
    1. At the kiosk, choose “Change your CS here” (Cambie su CS aquí).
    2. Type it in the field “Current CS” (CS Actual), in capitals.
    3. Choose your own key, of 8 to 10 characters.

    It lasts 24 hours, and no other system takes it. The key in use does not change until you choose another.

    If you did not ask for it, do nothing, and tell it to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
key-sms = Clave Sence: { $secret_key }. Only for choosing your own at the kiosk: Change your CS here, field Current CS. 24 hours. Help: 800 80 10 30. Folio { $folio }

code-subject = Your code to confirm this address
code-body =
    Hello,

    This e-mail address was typed at a Sence kiosk. To confirm that it is yours, type this code on the screen:

    {"    "}{ $secret_code }

    It lasts 10 minutes and works once.

    If you are not at a kiosk, somebody typed your address by mistake. Do nothing, and give this code to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
code-sms = Sence: code { $secret_code } to confirm this mobile. Type it at the kiosk within 10 minutes. Give it to nobody. Help: 800 80 10 30. Folio { $folio }

registered-subject = Your company's Clave Sence is registered
registered-body =
    Hello,

    The Clave Sence (CS) of { $company } is registered. It is the one that was chosen when registering. For safety we do not write it here.

    Sence's systems ask for the company's RUT, a legal representative's RUT and the CS. If you forget it, choose “Recover CS here” (Recuperar CS aquí) at the kiosk.

    Was it not you who registered it? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
registered-sms = Sence: your company now has a Clave Sence. If you did not register it, call 800 80 10 30, free. Folio { $folio }

already-subject = Your company had a Clave Sence already
already-body =
    Hello,

    Somebody tried to register a Clave Sence (CS) for { $company }, but it has one already. Nothing changed, nor did the key.

    If you do not remember it, choose “Recover CS here” (Recuperar CS aquí) at the kiosk. You need the company's RUT, and the answer to its secret question or the legal representative's card.

    Did you not try this, or are you in doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
already-sms = Sence: your company had a Clave Sence already; nothing changed. Forgot it? Choose Recover CS here. Help: 800 80 10 30. Folio { $folio }

changed-subject = The Clave Sence of your company was changed
changed-body =
    Hello,

    The Clave Sence (CS) of { $company } was changed. The former key no longer works.

    If it was you, there is nothing to do.

    If it was not you, go to a kiosk within 72 hours. Choose “I got a notice and it wasn't me” (Recibí un aviso y no fui yo). Type the company's RUT and this code, and the key will be the former one again:

    {"    "}{ $secret_code }

    Give this code to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
changed-sms = Sence: your company's key was changed. Not you? At the kiosk: I got a notice. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Folio { $folio }

held-subject = Somebody asked to send your company's key to another address
held-body =
    Hello,

    Somebody asked to recover the Clave Sence (CS) of { $company }. They want it at another address than the one on file, so we tell you here. The key goes out in 24 hours, or sooner if staff confirm the identity card.

    If it was you, there is nothing to do.

    If it was not you, go to a kiosk. Choose “I got a notice and it wasn't me” (Recibí un aviso y no fui yo). Type the company's RUT and this code, and the request will be cancelled:

    {"    "}{ $secret_code }

    Give this code to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
held-sms = Sence: somebody asked to send your key elsewhere. Not you? At the kiosk: I got a notice. Code { $secret_code }. Help: 800 80 10 30. Folio { $folio }

cancelled-subject = The request for a key was cancelled
cancelled-body =
    Hello,

    With the code of a notice, the request to recover the Clave Sence (CS) of { $company } was cancelled. No key will be sent for it. The usual key did not change.

    Was it not you who cancelled it, or are you in doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
cancelled-sms = Sence: the request for your key was cancelled, and your usual key did not change. Help: 800 80 10 30. Folio { $folio }

restored-subject = Your company's former key is back
restored-body =
    Hello,

    With the code of a notice, the last change of the Clave Sence (CS) of { $company } was undone. The former key is the one that works again.

    We advise you to change it soon: choose “Change your CS here” (Cambie su CS aquí) at the kiosk.

    Did you not ask for this, or are you in doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
restored-sms = Sence: your company's former key is back. We advise you to change it soon. Help: 800 80 10 30. Folio { $folio }

refused-subject = We could not register your company's Clave Sence
refused-body =
    Hello,

    Somebody asked to register the Clave Sence (CS) of { $company } while the register did not answer. The request stayed pending.

    We have checked it now, and the register does not confirm the data. The company must be open at SII, and whoever registers it must be its legal representative. No account was created, and we erased what was typed.

    Check those data at SII and register again at the kiosk. Do you think this is a mistake? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
refused-sms = Sence: we could not register your company's Clave Sence. The register does not confirm the data. Help: 800 80 10 30. Folio { $folio }

data-subject = Data of your company's Clave Sence were changed
data-body =
    Hello,

    Somebody who has the Clave Sence (CS) of { $company } changed the secret question or the legal representative.

    If it was you, there is nothing to do.

    If it was not you, go to a kiosk within 72 hours. Choose “I got a notice and it wasn't me” (Recibí un aviso y no fui yo). Type the company's RUT and this code. All will be as before, and so will whatever is changed later:

    {"    "}{ $secret_code }

    Give this code to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
data-sms = Sence: data of your company were changed. Not you? At the kiosk: I got a notice. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Folio { $folio }

contact-subject = A contact of your company was changed
contact-body =
    Hello,

    Somebody who has the Clave Sence (CS) of { $company } changed a contact. It may be the company's e-mail, or the legal representative's mobile or e-mail. Keys and notices will go to the new one.

    If it was you, there is nothing to do.

    If it was not you, go to a kiosk within 72 hours. Choose “I got a notice and it wasn't me” (Recibí un aviso y no fui yo). Type the company's RUT and this code. All will be as before, and so will whatever is changed later:

    {"    "}{ $secret_code }

    Give this code to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
contact-sms = Sence: a contact of your company was changed. Not you? At the kiosk: I got a notice. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Folio { $folio }

details-subject = The address or telephone of your company was changed
details-body =
    Hello,

    Somebody who has the Clave Sence (CS) of { $company } changed the company's address or telephone. The key and the other contacts did not change.

    If it was not you, change your key: choose “Change your CS here” (Cambie su CS aquí) at the kiosk. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
details-sms = Sence: the address or telephone of your company was changed. Help: 800 80 10 30. Folio { $folio }

data-restored-subject = Your company's data are as before
data-restored-body =
    Hello,

    With the code of a notice, a change of the data of { $company } was undone. What was changed after it was undone too. If the key was changed after it, the former one works again.

    Whoever made the change had your key. We advise you to change it today: choose “Change your CS here” (Cambie su CS aquí) at the kiosk.

    Did you not ask for this, or are you in doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
data-restored-sms = Sence: your company's data are as before. Change your key today. Help: 800 80 10 30. Folio { $folio }

copy-subject = A copy of your company's data
copy-body =
    Hello,

    At a Sence kiosk somebody asked for this copy of the data that we keep of your company (Law 21.719).

    Company RUT: { $rut }
    Business name: { $company }
    Address: { $street }
    Block: { $block }
    Apartment number: { $apartment }
    Commune: { $comuna }
    Company contact e-mail: { $email }
    Telephone: { $phone }
    Fax: { $fax }
    Secret question: { $question }

    Legal representative's RUT: { $representative_rut }
    Name: { $representative }
    Mobile: { $representative_mobile }
    E-mail: { $representative_email }

    Registered: { $since }

    The key and the secret answer are not kept: only an encrypted digest, from which they can't be read. There is also a record of what was done, which does not show these data.

    Did you not ask for it, or are you in doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
copy-nothing = none
# A day, in a mail.
day-in-words = { NUMBER($day) } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { NUMBER($year) }
copy-sms = Sence: we sent the copy of your data to your company's e-mail. Help: 800 80 10 30. Folio { $folio }

erasure-subject = Somebody asked to erase your company's data
erasure-body =
    Hello,

    Somebody who has the Clave Sence (CS) of { $company } asked to erase all the company's data. In 72 hours the account, the key and the contacts are erased. After that nobody can log in with that key.

    If it was you, there is nothing to do.

    If it was not you, go to a kiosk within 72 hours. Choose “I got a notice and it wasn't me” (Recibí un aviso y no fui yo). Type the company's RUT and this code. Nothing will be erased, and whatever is changed later will be as before:

    {"    "}{ $secret_code }

    Give this code to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
erasure-sms = Sence: somebody asked to erase your company's data. Not you? At the kiosk: I got a notice. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Folio { $folio }

erasure-back-subject = Your company's data will not be erased
erasure-back-body =
    Hello,

    The request to erase the data of { $company } was taken back. The account and the key are as they were.

    If the code of the notice was used, what was changed after that request was undone too. In that case we advise you to change your key. Choose “Change your CS here” (Cambie su CS aquí) at the kiosk.

    Did you not ask for this, or are you in doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
erasure-back-sms = Sence: your company's data are not erased, the request was taken back. Help: 800 80 10 30. Folio { $folio }

facilitator-received-subject = We received your request for a foreign facilitator's CS
facilitator-received-body =
    Hello,

    We received the request for a Clave Sence (CS) for a foreign facilitator of { $company }.

    What comes next:
    1. Two members of staff check the sworn statement and the identity document.
    2. The answer comes to this address.
    3. Once it is approved, the facilitator gets the key at their own address.

    At the kiosk you can ask how it stands, with this folio and the legal representative's RUT.

    Was it not you who made it, or are you in doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
facilitator-received-sms = Sence: we received your request for a foreign facilitator's CS. The answer comes by mail. Help: 800 80 10 30. Folio { $folio }

facilitator-approved-subject = We approved your request for a foreign facilitator's CS
facilitator-approved-body =
    Hello,

    We approved the request for a Clave Sence (CS) for a foreign facilitator of { $company }. The facilitator gets a provisional key at their own address. With it they choose their own at the kiosk.

    Was it not you who made that request? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
facilitator-approved-sms = Sence: we approved your request for a foreign facilitator's CS. The key goes to their address. Help: 800 80 10 30. Folio { $folio }

facilitator-refused-subject = We did not approve your request for a foreign facilitator's CS
facilitator-refused-body =
    Hello,

    We did not approve the request for a Clave Sence (CS) for a foreign facilitator of { $company }. The reason:

    { $reason }

    You can mend it and make another request at the kiosk. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
facilitator-refused-sms = Sence: we did not approve your request for a foreign facilitator's CS. The reason goes by mail. Help: 800 80 10 30. Folio { $folio }

facilitator-key-subject = Your provisional Clave Sence as a facilitator: choose your own with it
facilitator-key-body =
    Hello,

    { $company } (RUT { $rut }) asked for a Clave Sence (CS) for you as a facilitator, and it was approved.

    This key is provisional, and only good for choosing your own:

    {"    "}{ $secret_key }

    What to do now:
    1. At the kiosk, choose “Request a CS for a foreign facilitator” (Solicitud de CS para Facilitador Extranjero).
    2. Choose “I am the facilitator: change my CS” (Soy el facilitador: cambiar mi CS).
    3. Type the company's RUT, your country, the number of your document and this key, in capitals.
    4. Choose your own key, of 8 to 10 characters.

    It lasts 24 hours, and no other system takes it. If you had a key, it does not change until you choose another.

    If you don't know that company, do nothing, and tell the key to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
facilitator-key-sms = Clave Sence as facilitator: { $secret_key }. Only for choosing your own at the kiosk. Lasts 24 hours. Help: 800 80 10 30. Folio { $folio }

facilitator-changed-subject = Your Clave Sence as a facilitator changed
facilitator-changed-body =
    Hello,

    The Clave Sence (CS) that you have as a facilitator of { $company } was chosen at a kiosk. For safety we do not write it here. The former one, if there was one, no longer works.

    Was it not you? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
facilitator-changed-sms = Sence: your key as a facilitator changed. If it wasn't you, call 800 80 10 30, free. Folio { $folio }

facilitator-chosen-subject = Your Clave Sence as a facilitator changed
facilitator-chosen-body =
    Hello,

    The Clave Sence (CS) that you have as a facilitator of { $company } was chosen at a kiosk. For safety we do not write it here. The former one, if there was one, no longer works.

    If it was you, there is nothing to do.

    If it was not you, go to a kiosk within 72 hours. Choose “I got a notice and it wasn't me” (Recibí un aviso y no fui yo). Type the company's RUT ({ $rut }) and this code, and all will be as it was before:

    {"    "}{ $secret_code }

    Give this code to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
facilitator-chosen-sms = Sence: your key as a facilitator changed. Not you? At the kiosk: I got a notice. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Folio { $folio }

facilitator-readdressed-subject = Your Clave Sence as a facilitator goes to another address
facilitator-readdressed-body =
    Hello,

    { $company } asked once more for a Clave Sence (CS) for you as a facilitator, and it was approved. The provisional key goes to another address than the one we had, so we tell you here.

    If you knew, there is nothing to do.

    If you did not, go to a kiosk within 72 hours. Choose “I got a notice and it wasn't me” (Recibí un aviso y no fui yo). Type the company's RUT ({ $rut }) and this code. That key will no longer work, and all will be as it was before:

    {"    "}{ $secret_code }

    Give this code to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
facilitator-readdressed-sms = Sence: your facilitator key goes to another address. Not known? At the kiosk: I got a notice. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Folio { $folio }

facilitator-restored-subject = A change to a facilitator's Clave Sence was undone
facilitator-restored-body =
    Hello,

    The last change in the Clave Sence (CS) of a facilitator of { $company } was undone. The code of a notice was used. The facilitator's key and address are those of before again. What was sent since no longer works.

    Do you know nothing of this, or are you in doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
facilitator-restored-sms = Sence: a change to a facilitator's key was undone. The former one works again. Help: 800 80 10 30. Folio { $folio }

declaration-subject = Sworn statement for your foreign facilitator
declaration-body =
    Hello,

    { $company } asked at a Sence kiosk for the template of the sworn statement for a foreign facilitator. It comes with this mail, with the company's data.

    Complete it, sign it, and come back to the kiosk with it on a USB drive. It must be jpg, png or pdf, of 1 MB or less.

    Was it not you who asked for it, or are you in doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
declaration-sms = Sence: the sworn statement for your foreign facilitator goes by mail. Help: 800 80 10 30. Folio { $folio }

warned-subject = Notice: something changed in a Clave Sence account
warned-body =
    Hello,

    This contact is or was on file in a Clave Sence (CS) account. A change was made or asked for there.

    If you represent the company and do not know of it, come to the office with your identity card. You can also call free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    If you do not know what this is about, there is nothing to do.

    Folio: { $folio }
warned-sms = Sence: something changed in an account with this contact. If you do not know of it, come with your card or call 800 80 10 30. Folio { $folio }

hold-warned-subject = Notice: a key is asked for to another address
hold-warned-body =
    Hello,

    This contact is on file in a Clave Sence (CS) account. Somebody asked to have that account's key sent to another address. It goes out in 24 hours, or sooner if staff confirm the identity card.

    If it was not you, go to a kiosk. Choose “I got a notice and it wasn't me” (Recibí un aviso y no fui yo). Type your company's RUT and this code, and the request will be cancelled:

    {"    "}{ $secret_code }

    Give this code to nobody. If you do not know what this is about, there is nothing to do. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
hold-warned-sms = Sence: a key is asked for to another address. Not you? At the kiosk: I got a notice. Code { $secret_code }. Help: 800 80 10 30. Folio { $folio }

in-person-subject = Your company's Clave Sence was changed in person
in-person-body =
    Hello,

    A member of staff confirmed a legal representative's card in person. With it the Clave Sence (CS) of { $company } was changed, or a new one was asked for.

    If it was you, there is nothing to do.

    If it was no representative, go to a kiosk within 72 hours. Choose “I got a notice and it wasn't me” (Recibí un aviso y no fui yo). Type the company's RUT and this code. The account will be frozen until the legal representative comes with their card:

    {"    "}{ $secret_code }

    Give this code to nobody. In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
in-person-sms = Sence: your key was changed or asked for in person. Not you? At the kiosk: I got a notice. Code { $secret_code }. Help: 800 80 10 30. Folio { $folio }

frozen-subject = Your company's Clave Sence is frozen
frozen-body =
    Hello,

    With the code of a notice, the Clave Sence (CS) account of { $company } was frozen. Nobody can use it at the kiosks, and no key that was asked for will arrive. Sence's other systems do not know of this freeze.

    To have it back, the representative who is current at SII must come with their identity card. Two members of staff give it to them in one visit.

    In doubt? Call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
frozen-sms = Sence: your company's key is frozen. The representative must come to the office with their card. Help: 800 80 10 30. Folio { $folio }

settled-subject = Your company's Clave Sence was handed over
settled-body =
    Hello,

    Two members of staff confirmed the card of the current legal representative of { $company }. They gave them the Clave Sence (CS). The representative chose a new key, and the former contacts no longer count.

    If you represent the company too, agree with that person who keeps it. Do you think that this is a mistake? Come with your card. You can also call free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.

    Folio: { $folio }
settled-sms = Sence: two members of staff gave your company's key to its representative. Help: 800 80 10 30. Folio { $folio }
