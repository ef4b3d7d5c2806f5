# What the courier writes: mails and SMS. A mail has a subject and a body; an SMS takes at most
# 160 characters. Nobody is ever asked to click.

key-subject = Your provisional Clave Sence: choose your own with it
key-body =
    Hello,

    Somebody asked to recover the Clave Sence (CS) of { $company }.

    This is a provisional key, only good for choosing your own:

    {"    "}{ $secret_key }

    What to do now:
    1. At the kiosk, choose “Cambie su CS aquí”.
    2. Type it in the field “CS Actual”, in capitals.
    3. Choose your own key, of 8 to 10 characters.

    This key works for 24 hours, and only to choose a new one. Until you do, your former key goes on working.

    If you did not ask for it, do nothing, and tell it to nobody. If in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
key-sms = Clave Sence: { $secret_key }. Type it in Cambie su CS aqui, field CS Actual, and choose your own. Good for 24 hours. Help: 800 80 10 30. Ref. { $folio }

code-subject = Your code to confirm this address
code-body =
    Hello,

    This e-mail address was typed at a Sence kiosk. To confirm that it is yours, type this code on the screen:

    {"    "}{ $secret_code }

    It works for 10 minutes, once.

    If you are not at a kiosk, somebody typed your address by mistake: do nothing, and give this code to nobody. If in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
code-sms = Sence: your code is { $secret_code }. Type it at the kiosk within 10 minutes. Give it to nobody. Help: 800 80 10 30. Ref. { $folio }

registered-subject = Your company's Clave Sence is registered
registered-body =
    Hello,

    The Clave Sence (CS) of { $company } is registered. It is the one that was chosen when registering; for safety we do not write it here.

    With the company's RUT, a legal representative's RUT and the CS you can enter Sence's systems. If you forget it, choose “Recuperar CS aquí” at the kiosk.

    If you did not register it, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
registered-sms = Sence: your company now has a Clave Sence. If you did not register it, call 800 80 10 30, free. Ref. { $folio }

already-subject = Your company had a Clave Sence already
already-body =
    Hello,

    Somebody tried to register a Clave Sence (CS) for { $company }, but this company has one already. Nothing changed: the usual key goes on working.

    If you do not remember it, choose “Recuperar CS aquí” at the kiosk. With the company's RUT and its secret question, or with the legal representative's identity card, we will send you a new key.

    If you did not try this, or are in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
already-sms = Sence: your company had a Clave Sence already; nothing changed. Forgot it? Choose Recuperar CS aqui. Help: 800 80 10 30. Ref. { $folio }

changed-subject = The Clave Sence of your company was changed
changed-body =
    Hello,

    The Clave Sence (CS) of { $company } was changed. The former key no longer works.

    If it was you, there is nothing to do.

    If it was not you: at the kiosk choose “It was not me”, and type the company's RUT and this code within 72 hours. The key will be the former one again:

    {"    "}{ $secret_code }

    Give this code to nobody. If in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
changed-sms = Sence: your company's key was changed. Not you? At the kiosk choose It was not me. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Ref. { $folio }

held-subject = Somebody asked to send your company's key to another address
held-body =
    Hello,

    Somebody asked to recover the Clave Sence (CS) of { $company }, and to get it at another address than the one on file. That is why we tell you here. The key goes out to the other address in 24 hours, or before if staff check the identity card.

    If it was you, there is nothing to do.

    If it was not you: at the kiosk choose “It was not me”, and type the company's RUT and this code. The request will be cancelled:

    {"    "}{ $secret_code }

    Give this code to nobody. You can also call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
held-sms = Sence: somebody asked to send your key elsewhere. Not you? At the kiosk choose It was not me. Code { $secret_code }. Help: 800 80 10 30. Ref. { $folio }

cancelled-subject = The request for a key was cancelled
cancelled-body =
    Hello,

    The request to recover the Clave Sence (CS) of { $company } was cancelled, because the code of our notice was used. No key will be sent for it, and the usual key goes on working.

    If you did not cancel it, or are in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
cancelled-sms = Sence: the request for your key was cancelled, and your usual key goes on working. Help: 800 80 10 30. Ref. { $folio }

restored-subject = Your company's former key is back
restored-body =
    Hello,

    The last change of the Clave Sence (CS) of { $company } was undone, because the code of our notice was used. The former key is the one that works again.

    We advise you to change it soon: choose “Cambie su CS aquí” at the kiosk.

    If you did not ask for this, or are in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
restored-sms = Sence: your company's former key is back. We advise you to change it soon. Help: 800 80 10 30. Ref. { $folio }

refused-subject = We could not register your company's Clave Sence
refused-body =
    Hello,

    Somebody asked to register the Clave Sence (CS) of the company { $company } while the register did not answer, and the request stayed pending.

    We have checked it now, and the register does not confirm the data: that the company is open at SII, and that whoever registered it is its legal representative. No account was created, and we erased what was typed.

    Check those data at SII and register again at the kiosk. If you think this is a mistake, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
refused-sms = Sence: we could not register your company's Clave Sence. The register does not confirm the data. Help: 800 80 10 30. Ref. { $folio }

data-subject = Data of your company's Clave Sence were changed
data-body =
    Hello,

    Somebody who has the Clave Sence (CS) of { $company } changed the secret question or the legal representative.

    If it was you, there is nothing to do.

    If it was not you: at the kiosk choose “It was not me”, and type the company's RUT and this code within 72 hours. What was changed will be as before, and so will whatever is changed later:

    {"    "}{ $secret_code }

    Give this code to nobody. If in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
data-sms = Sence: data of your company were changed. Not you? At the kiosk choose It was not me. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Ref. { $folio }

contact-subject = A contact of your company was changed
contact-body =
    Hello,

    Somebody who has the Clave Sence (CS) of { $company } changed the company's e-mail, or the legal representative's mobile or e-mail. Keys and notices will go to the new one.

    If it was you, there is nothing to do.

    If it was not you: at the kiosk choose “It was not me”, and type the company's RUT and this code within 72 hours. The contact will be the former one again, and whatever is changed later will be as before:

    {"    "}{ $secret_code }

    Give this code to nobody. If in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
contact-sms = Sence: a contact of your company was changed. Not you? At the kiosk choose It was not me. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Ref. { $folio }

details-subject = The address or telephone of your company was changed
details-body =
    Hello,

    Somebody who has the Clave Sence (CS) of { $company } changed the company's address or telephone. The key and the other contacts did not change.

    If it was not you, change your key: choose “Cambie su CS aquí” at the kiosk. If in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
details-sms = Sence: the address or telephone of your company was changed. Help: 800 80 10 30. Ref. { $folio }

data-restored-subject = Your company's data are as before
data-restored-body =
    Hello,

    A change of the data of { $company } was undone, and what was changed after it, because the code of our notice was used. If the key was changed after it too, the former one works again.

    Whoever made the change had your key: we advise you to change it today. Choose “Cambie su CS aquí” at the kiosk.

    If you did not ask for this, or are in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
data-restored-sms = Sence: your company's data are as before. Change your key today. Help: 800 80 10 30. Ref. { $folio }

copy-subject = A copy of your company's data
copy-body =
    Hello,

    At a Sence kiosk somebody asked for this copy of the data that we keep of your company (Law 21.719).

    RUT of the company: { $rut }
    Name: { $company }
    Address: { $street }
    Block: { $block }
    Apartment: { $apartment }
    Commune: { $comuna }
    E-mail of the company: { $email }
    Telephone: { $phone }
    Fax: { $fax }
    Secret question: { $question }

    RUT of the legal representative: { $representative_rut }
    Name: { $representative }
    Mobile: { $representative_mobile }
    E-mail: { $representative_email }

    Registered: { $since }

    The key and the secret answer are not kept: only a print of them, from which they can't be read. There is also a record of what was done, which does not show these data.

    If you did not ask for it, or are in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
copy-nothing = none
copy-sms = Sence: we sent the copy of your data to your company's e-mail. Help: 800 80 10 30. Ref. { $folio }

erasure-subject = Somebody asked to erase your company's data
erasure-body =
    Hello,

    Somebody who has the Clave Sence (CS) of { $company } asked to erase all the company's data. In 72 hours the account, the key and the contacts are erased, and nobody can enter with it any more.

    If it was you, there is nothing to do.

    If it was not you: at the kiosk choose “It was not me”, and type the company's RUT and this code within 72 hours. Nothing will be erased, and whatever is changed later will be as before:

    {"    "}{ $secret_code }

    Give this code to nobody. If in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
erasure-sms = Sence: somebody asked to erase your company's data. Not you? At the kiosk: It was not me. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Ref. { $folio }

erasure-back-subject = Your company's data will not be erased
erasure-back-body =
    Hello,

    The request to erase the data of { $company } was taken back. The account and the key are as they were.

    If the code of our notice was used, what was changed after that request is as before too. In that case we advise you to change your key: choose “Cambie su CS aquí” at the kiosk.

    If you did not ask for this, or are in doubt, call 800 80 10 30, free, Monday to Friday, 9.00 to 18.00.

    Reference: { $folio }
erasure-back-sms = Sence: your company's data are not erased, the request was taken back. Help: 800 80 10 30. Ref. { $folio }

facilitator-received-subject = We received your request for a foreign facilitator's CS

facilitator-received-body =
    Hello,

    We received the request for a Clave Sence (CS) for a foreign facilitator of { $company }.

    What comes next:
    1. Two staff members check the sworn statement and the identity document.
    2. The answer comes to this mailbox.
    3. If they approve it, the facilitator gets the key at their own mailbox.

    At the kiosk you can ask how it stands with this folio and the legal representative's RUT.

    If you did not make it, or if in doubt, call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.

    Folio: { $folio }

facilitator-received-sms = Sence: we received your request for a foreign facilitator's CS. The answer comes by mail. Help: 800 80 10 30. Folio { $folio }

facilitator-approved-subject = We approved your request for a foreign facilitator's CS

facilitator-approved-body =
    Hello,

    We approved the request for a Clave Sence (CS) for a foreign facilitator of { $company }. The facilitator gets a provisional key at their own mailbox, and chooses their own with it at the kiosk.

    If you did not make that request, call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.

    Folio: { $folio }

facilitator-approved-sms = Sence: we approved your request for a foreign facilitator's CS. The key goes to their mailbox. Help: 800 80 10 30. Folio { $folio }

facilitator-refused-subject = We did not approve your request for a foreign facilitator's CS

facilitator-refused-body =
    Hello,

    We checked the request for a Clave Sence (CS) for a foreign facilitator of { $company }, and did not approve it. The reason:

    { $reason }

    You can mend it and make another request at the kiosk. If in doubt, call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.

    Folio: { $folio }

facilitator-refused-sms = Sence: we did not approve your request for a foreign facilitator's CS. The reason goes by mail. Help: 800 80 10 30. Folio { $folio }

facilitator-key-subject = Your provisional Clave Sence as a facilitator: choose your own with it

facilitator-key-body =
    Hello,

    { $company } (RUT { $rut }) asked for a Clave Sence (CS) for you as a facilitator, and it was approved.

    This is a provisional key, only for choosing your own:

    {"    "}{ $secret_key }

    What to do now:
    1. At the kiosk, choose “CS for a foreign facilitator” and then “I am the facilitator”.
    2. Type the company's RUT, your country, the number of your document and this key, with its capitals.
    3. Choose your own key, of 8 to 10 characters.

    This key works for 24 hours and only for choosing a new one. If you had one, it goes on working until then.

    If you don't know that company, do nothing and tell it to nobody. If in doubt, call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.

    Folio: { $folio }

facilitator-key-sms = Clave Sence as facilitator: { $secret_key }. Choose your own at the kiosk. Lasts 24 hours. Help: 800 80 10 30. Folio { $folio }

facilitator-changed-subject = Your Clave Sence as a facilitator changed

facilitator-changed-body =
    Hello,

    The Clave Sence (CS) that you have as a facilitator of { $company } was chosen at a kiosk. For safety we don't write it here. The former one, if there was one, no longer works.

    If it wasn't you, call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.

    Folio: { $folio }

facilitator-changed-sms = Sence: your key as a facilitator changed. If it wasn't you, call 800 80 10 30, free. Folio { $folio }

facilitator-chosen-subject = Your Clave Sence as a facilitator changed

facilitator-chosen-body =
    Hello,

    The Clave Sence (CS) that you have as a facilitator of { $company } was chosen at a kiosk. For safety we don't write it here. The former one, if there was one, no longer works.

    If it was you, there is nothing to do.

    If it was not you: at the kiosk choose “It was not me”, and type the company's RUT ({ $rut }) and this code within 72 hours. All will be as it was before:

    {"    "}{ $secret_code }

    Give this code to nobody. If in doubt, call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.

    Folio: { $folio }

facilitator-chosen-sms = Sence: your key as a facilitator changed. Not you? At the kiosk choose It was not me. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Folio { $folio }

facilitator-readdressed-subject = Your Clave Sence as a facilitator goes to another address

facilitator-readdressed-body =
    Hello,

    { $company } asked once more for a Clave Sence (CS) for you as a facilitator, and it was approved. The provisional key goes to another address than the one we had. That is why we tell you here.

    If you knew, there is nothing to do.

    If you did not: at the kiosk choose “It was not me”, and type the company's RUT ({ $rut }) and this code within 72 hours. That key will no longer work, and all will be as it was before:

    {"    "}{ $secret_code }

    Give this code to nobody. If in doubt, call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.

    Folio: { $folio }

facilitator-readdressed-sms = Sence: your key as a facilitator goes to another address. Not you? At the kiosk: It was not me. Code { $secret_code }, 72 hours. Help: 800 80 10 30. Folio { $folio }

facilitator-restored-subject = A change to a facilitator's Clave Sence was undone

facilitator-restored-body =
    Hello,

    With the code of a notice, what changed last in the Clave Sence (CS) of a facilitator of { $company } was undone at a kiosk. The facilitator's key and address are those of before again, and what was sent since no longer works.

    If you know nothing of this, or are in doubt, call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.

    Folio: { $folio }

facilitator-restored-sms = Sence: a change to a facilitator's key was undone. The former one works again. Help: 800 80 10 30. Folio { $folio }

declaration-subject = Sworn statement for your foreign facilitator

declaration-body =
    Hello,

    At a Sence kiosk, { $company } asked for the template of the sworn statement for a foreign facilitator. It comes with this mail, with the company's data.

    Complete it, sign it, and come back to the kiosk with it on a USB drive, as jpg, png or pdf, of 1 MB or less.

    If you did not ask for it, or if in doubt, call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.

    Folio: { $folio }

declaration-sms = Sence: the sworn statement for your foreign facilitator goes by mail. Help: 800 80 10 30. Folio { $folio }

warned-subject = Notice: something changed in a Clave Sence account
warned-body =
    Dear Sir or Madam,

    This contact is or was on file in a Clave Sence (CS) account, and a change was made or asked for there.

    If you represent the company and do not know of it, come to the office with your identity card, or call 800 80 10 30, free of charge, Monday to Friday, 9:00 to 18:00.

    If you do not know what this is about, you need not do anything.

    Reference: { $folio }
warned-sms = Sence: something changed in an account with this contact. If you do not know of it, come with your card or call 800 80 10 30. Ref. { $folio }

hold-warned-subject = Notice: a key is asked for to another address
hold-warned-body =
    Dear Sir or Madam,

    This contact is on file in a Clave Sence (CS) account. Somebody asked to have that account's key sent to another address. It will leave in 24 hours, or earlier if a member of staff checks the identity card.

    If it was not you: at the kiosk choose "It was not me" and type your company's RUT and this code. The request will come to nothing:

    {"    "}{ $secret_code }

    Give this code to nobody. If you do not know what this is about, you need not do anything. With any doubt, call 800 80 10 30, free of charge, Monday to Friday, 9:00 to 18:00.

    Reference: { $folio }
hold-warned-sms = Sence: a key is asked for to another address. Not you? At the kiosk choose It was not me. Code { $secret_code }. Help: 800 80 10 30. Ref. { $folio }

in-person-subject = Your company's Clave Sence was changed in person
in-person-body =
    Dear Sir or Madam,

    A member of staff checked a legal representative's card in person, and with it the Clave Sence (CS) of { $company } was changed, or a new one was asked for.

    If it was you, you need not do anything.

    If it was neither you nor another representative: at the kiosk choose "It was not me" and type the company's RUT and this code within 72 hours. The account will be frozen until the legal representative comes with their card:

    {"    "}{ $secret_code }

    Give this code to nobody. With any doubt, call 800 80 10 30, free of charge, Monday to Friday, 9:00 to 18:00.

    Reference: { $folio }
in-person-sms = Sence: your key was changed or asked for in person. Not you? At the kiosk: It was not me. Code { $secret_code }. Help: 800 80 10 30. Ref. { $folio }

frozen-subject = Your company's Clave Sence is frozen
frozen-body =
    Dear Sir or Madam,

    A notice's code was used, and the Clave Sence (CS) account of { $company } is frozen at the kiosks. Nobody can use it here, and no key that was asked for will arrive. Sence's other systems do not know of this freeze.

    To have it back, let the representative who is current at SII come with their identity card: two members of staff give it to them in one visit.

    With any doubt, call 800 80 10 30, free of charge, Monday to Friday, 9:00 to 18:00.

    Reference: { $folio }
frozen-sms = Sence: your company's key is frozen. Let the representative come to the office with their card. Help: 800 80 10 30. Ref. { $folio }

settled-subject = Your company's Clave Sence was handed over
settled-body =
    Dear Sir or Madam,

    Two members of staff checked the card of the current legal representative of { $company } and gave them the Clave Sence (CS). They chose a new key, and the former contacts no longer count.

    If you represent the company too, agree with that person who keeps it. If you think that this is a mistake, come with your card or call 800 80 10 30, free of charge, Monday to Friday, 9:00 to 18:00.

    Reference: { $folio }
settled-sms = Sence: two members of staff gave your company's key to its representative. Help: 800 80 10 30. Ref. { $folio }
