# What the screens say. Every key stands in every language, with the same arguments.

frame-brand = SENCE
frame-system = Clave Sence for companies
frame-demo = DEMONSTRATION
frame-desk = Desk { $name }
frame-step = Step { NUMBER($current) } of { NUMBER($total) }
frame-too-small = Make the window larger: it takes at least 40 columns and 20 lines.
frame-assistance = Do you need help? F2 calls the staff. Also: 800 80 10 30, free.
frame-assistance-panel = F2 opens the staff panel. Help line: 800 80 10 30, free.

# Fields: name, hint, and what is said when they are missing
label-company-rut = Company RUT
label-rut-of-company = Company RUT
label-rut = RUT
hint-company-rut = With or without dots. For example: 99.999.999-9
missing-company-rut = Type the company's RUT.
label-business-name = Business name
hint-typed-business-name = SII does not answer: type it in full, as on the e-RUT. We check it later.
missing-typed-business-name = Type the company's name.
label-question = Secret question
hint-question = Choose by its number or with the arrows.
missing-question = Choose a secret question: by its number or with Space.
label-answer = Secret answer
hint-answer = Capitals and accents don't matter. F3 shows it for a moment.
missing-answer = Type the answer to your secret question.
label-comuna = Commune
hint-comuna = Type its first letters and choose with the arrows.
missing-comuna = Type the company's commune.
label-street = Address
hint-street = Street or passage.
missing-street = Type the company's street.
label-number = Street or office number
missing-number = Type the number of the address or office.
label-block = Block
label-apartment = Apartment number
label-company-email = Company contact e-mail
hint-company-email = F9 types the @.
missing-company-email = Type the company's e-mail.
label-phone = Telephone
hint-phone = 9 digits. For example: 2 2345 6789
missing-phone = Type the company's telephone.
label-fax = Fax
hint-fax = If there is none, tick the box below.
missing-fax = Type the fax or tick “I have no fax”.
label-no-fax = I have no fax
label-representative-rut = Legal representative's RUT
hint-representative-rut = For example: 12.345.678-5. If there is a card reader, you may use it.
missing-representative-rut = Type the legal representative's RUT.
label-representative-name = Name
hint-typed-representative-name = Type it in full, as on the identity card. We check it later.
missing-typed-representative-name = Type the legal representative's name.
label-mobile = Mobile
hint-mobile = 8 digits, or 9 with the 9 in front.
missing-mobile = Type the legal representative's mobile.
label-representative-email = E-mail
hint-representative-email = F9 types the @.
missing-representative-email = Type the legal representative's e-mail.
label-clave = CS key
hint-clave = 8 to 10 characters. F3 shows it for a moment.
missing-clave = Type the key you want to use.
label-repeat-clave = Repeat CS key
missing-repeat-clave = Type the same key again.
label-letters = Captcha
hint-letters = Capitals and spaces don't matter.
missing-letters = Type the four large letters.
label-forgot = I don't remember the answer to my secret question
label-serial = Identity card serial number
hint-serial = On the card, under “N° documento”. If there is a card reader, you may use it.
missing-serial = Type the card's serial number.
label-email-is-right = Is the e-mail right?
missing-email-is-right = Choose 1 if the e-mail is right, 2 if you no longer use it.
label-new-email = Current e-mail
hint-new-email = F9 types the @.
missing-new-email = Type the e-mail you use now.
label-code = Code
hint-code = It has 8 digits, as they stand in the message.
missing-code = Type the 8-digit code.
label-pin = Staff number and PIN
hint-pin = Only staff type it: the number and, right after it, the 6 digits of the PIN.
missing-pin = A staff member must type their number and PIN.
wrong-pin-shape = something is missing: first your number and, right after it, the 6 digits of the PIN.
label-current-clave = Current CS
hint-current-clave = Capitals and small letters as written. F3 shows it.
missing-current-clave = Type your current key, or the provisional one that arrived.
label-new-clave = New CS
hint-new-clave = 8 to 10 characters. F3 shows it for a moment.
missing-new-clave = Type the new key.
label-repeat-new-clave = Repeat new CS
missing-repeat-new-clave = Type the new key again.
label-undo-code = Code from the notice
hint-undo-code = 8 digits, in the mail or SMS you received.
missing-undo-code = Type the code that came with the notice.
label-company-clave = Company's CS
hint-company-clave = Capitals and small letters as written. F3 shows it.
missing-company-clave = Type the company's key.
label-identity-number = Number of the identity document
hint-identity-number = As it stands on the document. Dots and dashes don't matter.
missing-identity-number = Type the number of the identity document.
label-identity-kind = Kind of document
missing-identity-kind = Choose the kind of document: by its number or with Space.
label-names = Given names
hint-names = As they stand on the document.
missing-names = Type the facilitator's given names.
label-paternal-surname = First surname
missing-paternal-surname = Type the facilitator's first surname.
label-maternal-surname = Second surname
label-sex = Sex
missing-sex = Choose the sex that the document states: by its number or with Space.
label-birth-date = Date of birth
hint-birth-date = Day, month and year. For example: 01-12-1992
missing-birth-date = Type the facilitator's date of birth.
label-civil-status = Civil status
missing-civil-status = Choose the facilitator's civil status: by its number or with Space.
label-children = Number of children
missing-children = Type how many children they have: 0 for none.
label-country = Country of origin
hint-country = In Spanish: type the first letters and choose with the arrows.
missing-country = Type the country of origin.
label-facilitator-email = E-mail
hint-facilitator-email = The facilitator's own: their key goes there. F9 types the at sign (@).
missing-facilitator-email = Type the facilitator's e-mail.
label-folio = Folio
hint-folio = It stands on the receipt. For example: 0410-6105-A
missing-folio = Type the folio of your receipt.
label-sent-clave = Sent or current CS
hint-sent-clave = The one that came by mail, or the one in use. F3 shows it.
missing-sent-clave = Type the key that came by mail, or the one in use.

# Buttons
button-validate = Validate
button-continue = Continue
button-refresh = Refresh
button-enter = Enter
button-create-account = Create account
button-recover-clave = Recover key
button-change-clave = Change key
button-accept = Accept
button-later = Do it later
button-mend-email = Correct the e-mail
button-resume-registration = Finish my registration
button-no-mobile-here = I don't have the mobile here
button-prove-contacts = Confirm contacts
button-send-code-again = Send another code
button-go-back = Back
button-retry = Try again
button-go-on-unchecked = Go on, leave it pending
button-ask-help = Ask for help
button-go-recover = Recover CS here
button-go-register = Register here
button-go-change = Change your CS here
button-staff = A staff member is with me
button-leave = Leave
button-undo-it = It wasn't me: undo
button-make-request = Make the request
button-use-file = Use this file
button-other-file = Choose another file
button-scale-down = See the smaller version
button-new-phone-page = Another address
button-look-up-request = Look up

# The letters of the challenge
letter-a = A as in apple
letter-c = C as in cat
letter-d = D as in dog
letter-e = E as in egg
letter-f = F as in fox
letter-h = H as in house
letter-j = J as in jam
letter-k = K as in kite
letter-m = M as in moon
letter-n = N as in nest
letter-p = P as in pen
letter-r = R as in rose
letter-t = T as in tree
letter-x = X as in xylophone
letter-y = Y as in yes

# What is wrong with a field, and what to do
wrong-rut-shape = { $text } doesn't look like a RUT. Write it as 99.999.999-9.
wrong-rut-long = that doesn't look like a RUT. Write it as 99.999.999-9.
wrong-rut-check = the RUT { $text } has a mistake. Check the digits and the end.
wrong-card-holder = that card isn't of RUT { $rut }. Scan the legal representative's card.
wrong-representative-of-another = the company is another now. Press Validate to check that this person represents it.
wrong-serial = the serial number must have 9 letters or digits, or an A and 9 digits. Copy it from the card.
wrong-email-long = the e-mail has more than 254 characters. Check that nothing was typed twice.
wrong-email-at = an e-mail has exactly one @. F9 types it.
wrong-email-letters = before the @ there can be no ñ and no accents: we can't write to that e-mail. Use another one.
wrong-email-shape = the e-mail has a mistake. It is like name@company.cl, without blanks.
wrong-phone = the telephone must have 9 digits. Write it as 2 2345 6789.
wrong-fax = the fax must have 9 digits. Write it as 2 2345 6789, or tick “I have no fax”.
wrong-mobile = the mobile must have 8 digits, or 9 with the 9 in front.
wrong-mobile-start = a mobile of 9 digits starts with 9. Check the number.
wrong-comuna = we can't find the commune { $text }. Type fewer letters and choose from the list.
wrong-words-long = the text has { NUMBER($length) } characters. It must have 100 or fewer.
wrong-answer-short = the answer must have 3 letters or more.
wrong-clave-length = the key has { NUMBER($length) } characters. It must have from 8 to 10.
wrong-clave-common = that key is easily guessed. Mix letters, digits and signs without order.
wrong-clave-known = that key holds the company's data, or “sence” or “clave”. Choose another.
wrong-repeat = the two keys differ. Type the same one again.
wrong-code-shape = the code must have 8 digits. Copy it from the message.
wrong-letters = those were not the letters. Type the new ones.

# Common buttons
button-erase-all = Yes, leave
button-keep-on = No, go on
button-i-am-staff = I am staff

# Keys
key-help = Help
key-staff = Ask for help
key-back = Back
key-show = Show key
key-show-answer = Show answer
key-conceal = Hide
key-refresh = Refresh
key-contrast = Contrast
key-more-time = More time
key-more-time-given = More time given
key-end = Leave

# First page and menu
place-attract = Self-service kiosk
attract-heading = Your company's key to Sence's systems
attract-hint = Here you can get it, recover it or change it. Press Enter to start.
attract-start = Start
attract-other-language = Español
attract-privacy = We use your data for this procedure only (Ley 21.719). When you leave, this screen forgets them.
preparing-heading = This kiosk is getting ready
preparing-wait = Please wait: nothing can be typed yet. If you are in a hurry, ask a member of staff.
disk-full = The disk of the data is full, and the reserve is in use: everything is still saved. Tell whoever runs this machine today.
out-of-service-heading = This kiosk is out of service
out-of-service-hint = Nothing can be done here for now. Use another kiosk, or ask a member of staff.
out-of-service-data-gone = For staff: the folder of the data is not where it was. Put it back or mount its disk, and start the program again; the log says more.
out-of-service-not-kept = For staff: the disk did not confirm what was being saved. Check the disk (dmesg) and start the machine again; the last thing may have been saved, or not.
out-of-service-data-damaged = For staff: the files of the data are damaged. Start the program again: it says what is missing, and how to go back to the last backup.
place-menu = Companies
menu-heading = What do you need to do?
menu-register = Register here
menu-register-detail = The company has no Clave Sence (CS) yet
menu-recover = Recover CS here
menu-recover-detail = It is forgotten or doesn't work
menu-change = Change your CS here
menu-change-detail = You have a key, or a provisional one arrived
menu-facilitator = Request a CS for a foreign facilitator
menu-update = Update data
menu-information = More information
menu-cannot-enter = Trouble logging in?
menu-cannot-enter-detail = Tell us which message you saw
menu-undo = I got a notice and it wasn't me
menu-undo-detail = Undo it with the code of the notice
help-menu = Choose by number, with the arrows and Enter, or by touching.

# Steps
step-company = Company
step-address = Address
step-contact = Contact
step-representative = Legal representative
step-clave = Clave Sence
step-letters = Anti-robot check
step-review = Review and create
step-question = Secret question
step-card = Identity card
step-email = E-mail
step-who = Validate data
step-new-clave = New CS

# Register (guide 2)
place-register = Register a company
panel-company = Company registration
panel-address = Company address
panel-contact = Contact data
panel-representative = Legal representative
panel-clave = Clave Sence
panel-letters = Anti-robot security check
panel-recover = To recover the CS
panel-validate = Validate data
panel-change = Change CS
required-fields = (*) Required fields.

# What the guide says
guide-register = With the Clave SENCE system you create a CS, which logs you in to our systems.
guide-register-information = To get your CS you need an e-mail account, so that we can send you your CS. We suggest that you open an e-mail account, for example with Gmail. For any question about this, call 800 80 10 30.
guide-cases = In one of these three cases users can ask to recover their Clave Sence:
guide-recover = First type the company's RUT and answer the secret question, so that the account is validated; then comes a captcha as a security check.
guide-recover-important = Make sure that your contact data are up to date before you recover the CS: the key might go to an e-mail that you no longer have or use. For any question about recovering the CS, call 800 80 10 30.
guide-change = First type the company's RUT, the RUT of one of its legal representatives and the current CS (mind the capitals), so that the account is validated. If your data are right you can change your CS for another. Last comes a captcha as a security check. If the CS is not valid, consider getting a new one: choose “Recover CS here”.
guide-change-important = Make sure that your contact data are up to date before you change your CS: the key might go to an e-mail that you no longer have or use. For any question about changing the CS, call 800 80 10 30.
guide-letters = We want to be sure that a real person is using this system. Please type the letters of this picture in the box below:
guide-messages = If you typed your RUT and Clave Sence and the system showed one of these messages, so that you could not log in, do what is advised for your case.
register-important = To get your CS you need an e-mail account: we will write to it.
register-company-heading = What is the company's RUT?
register-question-heading = Choose a question that only you can answer
register-address-heading = What is the company's address?
register-contact-heading = How can we contact the company?
register-representative-heading = What is the legal representative's RUT?
register-representative-contact-heading = How can we contact the legal representative?
register-clave-heading = Choose your company's key
clave-rule = The CS key has 8 to 10 characters. Capitals and small letters differ.
letters-heading = Show that a person is here
challenge-why = Please type the letters shown below:
review-heading = Check the data before creating the account
review-hint = Check each line. Enter leads to the button at the end. To change one, go to it with ↓ and press Enter.
review-hidden = typed, not shown
review-nothing = none
code-heading = Type the code we sent
code-dead-heading = That code no longer works
code-hint = We sent an 8-digit code to that e-mail. It lasts 10 minutes.
code-hint-register = To make the account, type the 8-digit code that we sent to the company's e-mail. It lasts 10 minutes.
code-mend-email = Is it misspelt? Choose “Correct the e-mail”: you will make another application, and this one ends by itself.
code-mend-register = Is it misspelt? Register again with the right e-mail: this application ends by itself.
code-coming = Another code is on its way: it arrives within two minutes, and then the one before ends.
wrong-code = that isn't the code. Check the message. You have { $tries ->
       [one] 1 try
       *[other] { $tries } tries
    } left.
wrong-code-early = the message with the code has not left yet. Wait a little, or ask for help.
wrong-code-limit-address = that e-mail has had its codes for today. Use another one, or come back tomorrow.
wrong-code-limit = that address got several messages already. Come back later, or ask for help.
wrong-code-dead = that code no longer works. Choose “Send another code”, or go back and ask for the key again.
wrong-code-dead-register = that code no longer works. Choose “Send another code”, or “Do it later” and finish with your folio.
wrong-code-over-register = no tries are left. Choose “Do it later”, and with your folio “Finish my registration”.
wrong-code-over = this request no longer works. Go back and ask for the key again.
taken-heading = We have your request
taken-pending = Keep your folio. Your request is pending: the register did not answer.
taken-pending-next = We check it as soon as it answers. Until then the key that you chose does not work.
taken-later = The account does not exist yet: the code of the company's e-mail must still be typed.
taken-later-next = We keep your application for 24 hours. To finish, go back to “Register here”, choose “Finish my registration” and type this folio.
registered-heading = The company has a Clave Sence now
registered-now = The account is made, and the key that you chose works from now on.
registered-mobile-proved = E-mail and mobile are confirmed: if you forget the key, you can have it sent to both.
registered-mobile-later = The e-mail is confirmed. The mobile is not: keys go to the e-mail alone until you confirm it in “Update data”.
registered-before = The company had a Clave Sence already, so we did not change its data: this is a recovery.
register-in-person-heading = A member of staff must still see your card
register-in-person = In this office accounts are made in person. Ask for help and show your card.
register-two = Only two members of staff hand over this company's former account. Ask for help and show your card.
register-two-next = If there are not two now, come back with your card and choose “Recover CS here”: they can hand it over there too.
register-in-person-next = If nobody is here now, keep the folio: with “Finish my registration” you go on later, within 24 hours.
resume-heading = What is the folio of your application?
resume-hint = With the folio you ask for a new code for the e-mail of that application.
wrong-no-application = there is no application with that folio, or it has ended. Register again.
code-hint-mobile-register = We sent an 8-digit code by SMS to the legal representative's mobile. It lasts 10 minutes.
wrong-code-dead-mobile = that code no longer works. Choose “Send another code”, or “I don't have the mobile here”.
wrong-code-over-mobile = no tries are left. Choose “I don't have the mobile here”: you can confirm it in “Update data”.
wrong-code-limit-mobile = that mobile got several messages already. Type the last code, or choose “I don't have the mobile here”.
review-card-checked = Checked
review-card-unchecked = Will be checked later
unfit-closed-heading = That company is registered as closed
unfit-closed = According to SII the company has closed. Only an open company can have a Clave Sence. If that is a mistake, it must be corrected at SII.
unfit-unknown-heading = We don't find that company at SII
unfit-unknown = The RUT is well written, but SII knows no company of that number. Check that it is the company's RUT, not a person's.
unfit-person-heading = That RUT is a person's, not a company's
unfit-person = This kiosk serves companies, and their RUTs begin at 50 million. Go back and type the company's RUT.
unfit-person-next = A person gets their key at cus.sence.cl, or from a member of staff: ask for help.
unfit-unlisted-heading = That company is not on SII's list
unfit-unlisted = The RUT is well written. This kiosk has SII's list of { $day }: a company founded lately may be missing.
unfit-unlisted-next = Check the RUT. If it is right, ask for help: two members of staff can register it. Show your card or passport, the company's e-RUT and the document that names you as its representative. Or come back when the list is newer.
mismatch-representative = the data don't match our records. You have { $tries ->
       [one] 1 try left
       *[other] { $tries } tries left
    }. Check the RUT, or ask for help.
rut-of-a-person = This looks like the RUT of a person: those of companies begin at 50 million. Correct it, or continue.
did-you-mean = Did you mean { $email }? Correct it if so, or continue.

# Recover (guide 3)
place-recover = Recover CS · Companies
recover-road-heading = Do you remember the answer to your secret question?
recover-road-hint = Choose your case.
recover-has-answer = I have the answer
recover-has-answer-detail = We ask for the company's RUT and the answer
recover-forgot = I don't remember it
recover-forgot-detail = We ask for the company's RUT, and the legal representative's card
recover-no-question = I have no question
recover-no-question-detail = Or you don't know: we ask for the company's RUT, and the legal representative's card
recover-company-heading = What is the company's RUT?
recover-important = Make sure that your contact data are up to date: the key may go to an e-mail you no longer use.
recover-question-hint = Type the answer, or tick that you don't remember it.
recover-question-heading = What is the answer to your secret question?
wrong-answer-stale = the answer on file changed meanwhile. Type it again.
recover-representative-heading = What is the legal representative's RUT?
recover-without-question = This company has no secret question, so we go on with the legal representative's card.
recover-representative-hint = We check it online with the tax authority (SII).
recover-card-heading = What is your card's serial number?
recover-card-hint = We check it with Registro Civil. It is the legal representative's card.
recover-address-heading = Which e-mail shall the key go to?
recover-address-hint = A key will be sent to this e-mail:
address-yes = YES, it is right
address-no = NO, I no longer use it
recover-confirm-heading = Recover key: last step
recover-held-heading = The new e-mail is confirmed
recover-held = To protect the company, the key waits for 24 hours before it leaves for the new e-mail.
recover-held-staff = If a member of staff sees your card now and signs in, there is no need to wait.
recover-held-in-person = To protect the company, this key leaves only if a member of staff sees your card.
recover-held-in-person-next = Ask for help now, with your card at hand. If you leave without it, this request is of no use: next time you begin anew.
recover-held-two-next = Ask for help now, with your card at hand: one begins here and another confirms. If you leave without them, this request is of no use.
recover-held-beside = Another key that was asked for before still waits: unless somebody stops it, it leaves for another e-mail in { $hours ->
        [one] one hour
       *[other] { $hours } hours
    }. This one leaves only if a member of staff sees your card.
recover-held-beside-next = Once your card is confirmed, the former one is void. If it was not you who asked for it, say so now.
recover-not-registered-heading = The company has no Clave Sence yet
recover-not-registered = Your data are right, but there is no key to recover. You can register the company right now.
success-heading = Success
sent-to-company = Your Clave Sence (CS) will be sent to the company's registered e-mail within the next 10 minutes.
sent-by-sms = Your Clave Sence (CS) will be sent by SMS to your mobile within the next 10 minutes.
sent-by-mail = Your Clave Sence (CS) will be sent to your e-mail within the next 10 minutes.
sent-now-on-file = This e-mail is on file as the company's now. The former contacts get no keys any more.
sent-either = Each message carries its own provisional key: either of the two will do.
recover-too-many-codes = The contact on file has had several codes. Come back later, or ask for help with your card.
sent-what-next = When it arrives, choose “Change your CS here” at this kiosk, within 24 hours and before you log in to any other system. The key that arrives is only good for choosing your own; the one in use does not change until then.
sent-keep-folio = Note the folio before you go on: you don't come back to this page.
fact-email = E-mail
fact-mobile = Mobile
receipt-folio = Your folio: { $folio }
fact-sent-by = To
fact-sms-and-mail = The company's confirmed contacts
demo-mail-folder = Demonstration: the e-mail is in { $folder }
demo-sms-folder = Demonstration: the SMS is in { $folder }
demo-message-folders = Demonstration: the e-mail is in { $mail }, and the SMS in { $sms }
mismatch-answer = the data don't match our records. You have { $tries ->
       [one] 1 try left
       *[other] { $tries } tries left
    }. Check it, or tick that you don't remember.
mismatch-card = the data don't match our records. You have { $tries ->
       [one] 1 try left
       *[other] { $tries } tries left
    }. Check the number, or ask for help.

# Change (guide 4)
place-change = Change CS · Companies
change-who-heading = Type your data and the key
change-who-hint = Type the key with its capitals. If you don't have it or it fails, choose “Recover CS here”.
change-sent-heading = The sent key is right: now choose your own
change-sent-hint = The key we sent is only good for this. Choose one of 8 to 10 characters: it will be your company's. The one in use stops working once you finish here.
change-own-heading = Choose the new key
change-confirm-heading = Change key: last step
changed = Your Clave Sence (CS) was changed.
changed-what-next = Use the new key from now on.
mismatch-clave = the data don't match. You have { $tries ->
       [one] 1 try
       *[other] { $tries } tries
    } left. Check RUTs and key, or choose “Recover CS here”.
mismatch-not-listed = SII's list of { $days ->
       [0] today
       [1] yesterday
       *[other] { NUMBER($days) } days ago
    } doesn't name that person. Check the RUT, or ask for help.
mismatch-none-minutes = the data don't match, and you have no tries left. Try again in { $minutes ->
       [one] 1 minute
       *[other] { NUMBER($minutes) } minutes
    }, or ask for help.
mismatch-none-hours = the data don't match, and you have no tries left. Try again in { NUMBER($hours) } hours, or ask for help.
mismatch-repeated = that is the same as before, and it doesn't match. Change it to try again. It cost no further try.
wrong-clave-over = that provisional key is over: what was done in person ended it. If it wasn't you, bring your card.
wrong-clave-unchanged = that is the key you have already. Choose another.
mismatch-facilitator = the data don't match our records. You have { $tries ->
       [one] 1 try left
       *[other] { $tries } tries left
    }. Check what you typed, or ask for help.
mismatch-undo = the data don't match. You have { $tries ->
       [one] 1 try left
       *[other] { $tries } tries left
    }. Check RUT and code: each code works once.

# Undo
wrong-undo-in-person = what was done in person ended that code. If it wasn't you, bring your card and choose “Recover CS here”.
wrong-undo-hold = that code only stopped a wait, which is over. If it wasn't yours, ask for help with your card.
place-undo = I got a notice and it wasn't me
undo-heading = Undo a change you didn't ask for
undo-hint = The notice holds an 8-digit code. If yours holds none, ask for help with your card.
undone = Done. What the notice told of has no effect any more.
undone-what-next = If there was a new key, it no longer works; the former one does again. The data are those of before. We advise you to change the key.
undone-not-erased = The company's data will not be erased. What was changed after it was asked for is undone too.
undone-without-key = The facilitator's key no longer works, and there was none before. To get one, make a new request.
undone-frozen = Done. The account is frozen: nobody can use it here, and no key that was asked for will arrive.
help-undo = The code works once, for 72 hours from the notice.

# Foreign facilitator (guide 5)
place-facilitator = Recover a foreign facilitator's CS
menu-facilitator-detail = Ask for it, see its status, or use a sent key
facilitator-menu-heading = CS for a foreign facilitator
menu-facilitator-request = Ask for a facilitator's CS
menu-facilitator-request-detail = With the company's CS and two documents
menu-request-status = Status of my request
menu-request-status-detail = With the folio and the legal representative's RUT
menu-facilitator-key = I am the facilitator: change my CS
menu-facilitator-key-detail = I got a key by mail, or want another
help-facilitator = A facilitator gives courses and has no Chilean RUT. The company's legal representative makes the request.
facilitator-who-hint = You need the sworn statement and the facilitator's document, as files, for example on a USB drive. Each of 1 MB or less, as jpg, png or pdf.
facilitator-sent-key-heading = First choose the company's own key
facilitator-sent-key = That is the provisional key that we sent, and it is only good for choosing your own. Choose it, and come back to this request with it.
step-declaration = Sworn statement
step-facilitator = Facilitator's data
step-request = Review and request
panel-declaration = Attach the sworn statement
panel-facilitator = Facilitator's data
declaration-heading = Do you have the signed statement?
declaration-hint = If you don't, take the template (docx) with your company's data, complete it and sign it.
declaration-attach = Yes: attach the signed statement
declaration-to-drive = Save the template on a USB drive
declaration-by-mail = Get the template at the company's e-mail
declaration-on-paper = Print the template
declaration-later = If you need time to sign it, come back another day. Nothing is kept until you choose “Make the request”, so you will type your data again.
declaration-saved = We saved the template on the drive: { $name }. You can take it out now.
declaration-on-its-way = The template is on its way to the company's e-mail.
help-declaration = The sworn statement names the company and its legal representative: it is only good for them.
drives-heading = On which drive shall we save it?
wrong-drive-gone = We can't find a USB drive. Plug it in, wait some seconds and choose again.
wrong-drive-full = The drive is full. Make room or plug in another.
wrong-drive-read-only = The drive is write-protected. Plug in another.
wrong-hand-out = We could not hand out the template. Choose another way, or press F2 to ask for help.
label-declaration = Sworn statement
label-identity-document = Identity document
files-declaration-heading = Choose the file of the signed statement
files-identity-heading = Choose the file of the identity document
files-rule = Largest size: 1 MB. Formats: .jpg | .png | .pdf
files-none = We see no file that fits yet. Plug in a USB drive and choose “Refresh the list”.
files-none-or-scan = We see no file that fits yet. Plug in a USB drive, or ask the staff to scan the document, and choose “Refresh the list”.
files-drive-lost = The drive { $drive } was pulled out, or stopped answering, while we read it. Plug it in again and choose “Refresh the list”.
files-refresh = Refresh the list
files-from-phone = Upload from your phone
files-from-phone-detail = Take a photo, or choose a file of yours
files-unfit = These don't fit:
files-more = { $count ->
       [one] There is 1 more file that we don't show.
       *[other] There are { NUMBER($count) } more files that we don't show.
    }
file-entry = { $name }
file-on-drive = { $drive } · { NUMBER($kilobytes) } KB
file-in-scanner = Scanner · { NUMBER($kilobytes) } KB
file-unfit-kind = { $name }: it is neither jpg, png nor pdf.
file-unfit-heic = { $name }: it is an iPhone photo (HEIC). Save it as a JPG.
file-unfit-empty = { $name }: it is empty.
file-unfit-large = { $name }: it has { NUMBER($whole) }.{ NUMBER($tenth) } MB and must have 1 MB or less.
help-files = The newest files come first. We open and change nothing else on your drive. A photo that is too large we can make smaller.
wrong-file-kind = The file must be .jpg, .png or .pdf. Choose another.
wrong-file-heic = It is an iPhone photo (HEIC). Save it as JPG, or on the iPhone choose Settings, Camera, Formats, “Most Compatible”.
wrong-file-empty = The file is empty. Choose another.
wrong-file-not-its-name = The file is not what its name says. Save it again as jpg, png or pdf.
wrong-file-large = The file has { NUMBER($whole) }.{ NUMBER($tenth) } MB. It must have 1 MB or less.
wrong-file-pixels = The image has { NUMBER($width) } × { NUMBER($height) } pixels. Scan it smaller: up to 10,000 a side.
wrong-file-damaged = The file is damaged or incomplete. Save or scan it again.
wrong-file-encrypted = The pdf asks for a password. Save it without one, or print it and scan it.
wrong-file-attachment = The pdf holds other files. Print it and scan it, or ask for help with F2.
wrong-file-active = The pdf does more than show pages. Print it and scan it, or ask for help with F2.
wrong-file-no-pages = The pdf has no pages that can be read. Scan it again.
wrong-file-complicated = The file is too complicated. Print it and scan it again.
wrong-file-not-looked-at = We could not check the file. Choose it again, or press F2 to ask for help.
wrong-file-gone = That file is no longer there or changed. Choose “Refresh the list”.
phone-heading = Open this page on your phone
phone-hint = On the phone, with this office's wifi, type the address below. If there is a code too, scanning that is enough. If it doesn't open, turn mobile data off. It works for 5 minutes, on one phone only.
phone-address = { $address }
phone-connected-heading = Phone connected
phone-connected-hint = Take the photo or choose the file on the phone, and send it. It will appear here for you to check.
phone-over-heading = That address no longer works
phone-over = The 5 minutes are over, or it broke off. We received no file. You can ask for another address.
help-phone = The phone must be on this office's network. The page asks for none of your data and shows none. The file comes to this kiosk alone, and you decide whether to use it.
help-phone-not-loading = If the page doesn't open, turn the phone's mobile data off and use this office's wifi. If the browser tries https first, type the address just as it is shown, from http on. If it warns that the page is not secure, check that the address is this kiosk's and go on: the file doesn't leave this office.
wrong-phone-page = Nothing can be uploaded from a phone now. Use a USB drive, or press F2 to ask for help.
scale-heading = The image is too large: we can make it smaller
scale-hint = The smaller image must still be easy to read. The file on your drive does not change.
preview-heading = Is this the file?
fact-file = File
fact-kind = Format
fact-extent = Content
fact-size = Size
fact-size-now = Size now
fact-size-scaled = Smaller size
fact-extent-scaled = Smaller image
kind-jpg = jpg image
kind-png = png image
kind-pdf = pdf document
extent-pixels = { NUMBER($width) } × { NUMBER($height) } pixels
extent-pages = { $pages ->
       [one] 1 page
       *[other] { NUMBER($pages) } pages
    }
size-kilobytes = { NUMBER($kilobytes) } KB
size-megabytes = { NUMBER($whole) }.{ NUMBER($tenth) } MB
facilitator-identity-heading = Which document identifies the facilitator?
facilitator-names-heading = What is the facilitator called?
facilitator-birth-heading = When was the facilitator born?
facilitator-family-heading = What are their civil status and country?
facilitator-contact-heading = To which e-mail do we send the facilitator's key?
help-identity = The number on the passport or on the identity card of their country. Then you choose the file with that document.
help-names = If their country uses one surname only, leave the second empty.
help-as-on-document = Type the data as they stand on the identity document.
help-facilitator-email = It must be an e-mail that the facilitator reads, not the company: the key is personal.
identity-passport = Passport
identity-foreign-card = Foreign identity card or DNI
identity-other = Other
sex-female = Female
sex-male = Male
sex-unspecified = Not stated (X)
civil-single = Single
civil-married = Married
civil-partner = Civil partner
civil-separated = Legally separated
civil-divorced = Divorced
civil-widowed = Widowed
wrong-identity-shape = the number has letters and digits only. Copy it from the document.
wrong-identity-no-digit = that doesn't look like a document's number: it has no digits. Copy it from the document.
wrong-identity-length = the number must have 4 to 20 letters and digits. Copy it from the document.
wrong-person-name = the name has letters, blanks, dashes and apostrophes only.
wrong-person-name-long = the name has { NUMBER($length) } characters. It must have 60 or fewer.
wrong-birth-shape = type the date with day, month and year, like 01-12-1992.
wrong-birth-year = type the year with its four digits, like 01-12-1992.
wrong-birth-day = the calendar has no such day. Check day and month.
wrong-birth-future = that day has not come yet. Check the year.
wrong-birth-old = by that date they are over 110 years old. Check the year.
wrong-children = type a number from 0 to 30.
wrong-country = we can't find the country { $text }. Type fewer letters and choose from the list.
wrong-folio = that is no folio. It has 9 letters or digits, like 0410-6105-A.
wrong-folio-check = that folio has a mistake: we gave none like it. Copy it from the receipt, letter by letter.
facilitator-review-heading = Check the data before making the request
help-facilitator-review = Nothing is saved until you choose “Make the request”.
facilitator-taken = Keep your folio.
facilitator-next-review = Two staff members check the documents.
facilitator-next-key = If they approve it, the facilitator gets the key at their own e-mail.
facilitator-next-status = Ask with the folio in “Status of my request”, or free at 800 80 10 30.
status-heading = Status of my request
status-hint = Type the folio of the receipt and the RUT of the legal representative who made the request.
help-status = The folio stands on the receipt, and in the copy if it came to the company's e-mail.
mismatch-request = we can't find a request with those data. You have { $tries ->
       [one] 1 try left
       *[other] { $tries } tries left
    }. Check both, or ask for help.
status-in-review-heading = Your request is being reviewed
status-approved-heading = Your request was approved
status-approved = The key is on its way to the facilitator's e-mail.
status-key-sent = The key left for the facilitator's e-mail. It lasts 24 hours: with it they choose their own at this kiosk.
status-refused-heading = Your request was not approved
status-refused = The reason: “{ $reason }”. You can make another request.
status-withdrawn-heading = Your request was withdrawn
status-withdrawn = It is no longer reviewed. You can make another request.
status-call = If in doubt, call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.
facilitator-key-hint = For the facilitator. Type the data of your document as in the request, and the key you got.
help-facilitator-key = The mail with the key says which company it is of. The key you got lasts 24 hours.
facilitator-key-sent-hint = The key we sent is only good for this. Choose one of 8 to 10 characters: it will be yours. If you had one, it stops working once you finish here.
waiting-for-drives = We are looking for the files.
waiting-for-file = We are checking the file.
waiting-for-phone-page = We are opening a page for your phone.
waiting-for-phone = We are waiting for your phone.
waiting-for-phone-file = We are waiting for the file.
waiting-for-hand-out = We are handing out the template.

# Waits and stops
waiting-heading = One moment, please
waiting-for-sii = We are asking the tax authority (SII).
waiting-for-both = We are asking SII and Registro Civil.
waiting-for-registro-civil = We are asking Registro Civil.
waiting-for-saving = We are saving your request.
waiting-for-checking = We are checking your data.
waiting-since = { $seconds ->
       [0] It has just started.
       *[other] { $seconds } seconds so far.
    }
stop-sii-heading = SII does not answer
stop-sii = Your data are still here. Wait a moment and choose “Try again”, or ask a staff member for help.
stop-registro-civil-heading = Registro Civil does not answer
stop-registro-civil = Your data are still here. Wait a moment and choose “Try again”, or ask a staff member for help.
stop-can-go-on = You can also go on now: your request stays pending, and we check it when the register answers.
stop-needs-staff = Without that answer we can't check your data, and this kiosk hands out no key. Ask a staff member for help or come back later.
stop-store-heading = We can't save now
stop-store = Nothing was done and nothing was lost. Choose “Try again”, or ask a staff member for help.
stop-unsure-heading = We don't know if it was saved
stop-unsure = The last thing you asked for may have been saved, and may not. Choose “Try again”: nothing is lost. Of two codes the last one counts. If it stays like this, ask a staff member and check later: if you changed your key, try the new one first and then the old one.
stop-office-heading = The central system does not answer
stop-office = The office's central system keeps the accounts, and has not answered since { $since }. What you typed is still here. Wait a moment and choose “Try again”, or ask a staff member for help.
stop-office-unsure = The office's central system keeps the accounts, and has not answered since { $since }. The last thing you asked for may have been saved, and may not. Wait a moment and choose “Try again”: nothing is lost. Of two codes the last one counts. What you typed is still here. If it stays like this, ask a staff member for help. If you changed your key, try the new one first later, and then the old one.
stop-unconfirmed-heading = We could not confirm your data
stop-unconfirmed = The data don't match, or SII does not answer to confirm them. { $tries ->
       [one] 1 try is left
       *[other] { $tries } tries are left
    }. “Try again” asks the same once more and costs no other.
stop-wait-heading = You must wait before trying again
stop-wait-seconds = Several tries failed. Wait { $seconds ->
       [one] 1 second
       *[other] { $seconds } seconds
    } and choose “Try again”. This wait changes nothing about the key in use.
stop-wait-minutes = Several tries failed. Try again in { $minutes ->
       [one] 1 minute
       *[other] { $minutes } minutes
    }. This wait changes nothing about the key in use. A staff member can help you.
stop-wait-hours = Many tries failed. Try again in { $hours ->
       [one] 1 hour
       *[other] { $hours } hours
    }. This wait changes nothing about the key in use. A staff member can help you.
stop-by-card = If you can't wait, “Recover CS here” is still open: choose “I don't remember it”, and use the representative's RUT and card.
stop-terminal-heading = This kiosk is locked for a while
stop-terminal = Many tries failed at this kiosk. It unlocks by itself within half an hour, or sooner if you press F2 and a staff member signs in with their account. “I got a notice and it wasn't me”, “More information” and “Status of my request” go on working.
stop-frozen-heading = This account is frozen
frozen-why = Somebody told us that they do not recognise what was done in person.
stop-frozen = The legal representative who is current at SII must come with their card: two members of staff hand the account over in one visit. Sence's other systems do not know of this freeze.
stop-in-person-heading = A key was given in person
stop-in-person = A member of staff saw the card a short while ago and let a key go. While it works, up to 24 hours, nothing else is done. If it was you, type it as the current CS under “Change your CS here”. If not, ask for help with your card.
stop-two-heading = This takes two members of staff
stop-two = Less than a month ago two members of staff gave this account to its representative. It takes two again to bring it to another address.
stop-applications-heading = This kiosk took many applications
stop-applications = Without staff, 3 registrations an hour are made here. Press F2 for somebody to help you, or come back later.
stop-without-run-heading = Registro Civil does not know that representative
stop-without-run = SII names them as a legal representative, but Registro Civil does not know that RUT. It happens with companies, and with foreigners without a RUN.
stop-by-papers = Ask staff for help. Show your identity document or passport, and the power of attorney or deed that names you.
stop-card-unlisted-heading = Your card is not on this kiosk's list
stop-card-unlisted = This kiosk checks cards against a list, and there is none under your RUT. It is no mistake of yours, and you lose no try.
stop-by-card-seen = Ask for help: two members of staff see your card, and you go on in this visit.
idle-warning = Are you still there? What you typed will be erased in { $seconds ->
       [one] 1 second
       *[other] { $seconds } seconds
    }. Press any key to stay.
idle-warning-page = Are you still there? The first page comes back in { $seconds ->
       [one] 1 second
       *[other] { $seconds } seconds
    }. Press any key to stay.

# Help, staff, end
help-heading = Help
help-keys = Enter or Tab: next. Arrow up: previous. Numbers: choose.
help-function-keys = F2 asks for help, F3 shows the key or the answer, F5 changes the letters, F8 gives more time and F9 types @.
help-editing = Home and End lead to the beginning and the end of the field. Ctrl+U, or F11, empties it.
help-function-keys-accompanied = F2 opens the staff's panel, F5 changes the letters and F9 types @. While somebody accompanies you, nothing secret is shown.
help-back-leaves = Esc leaves this procedure: what you typed in it is erased.
help-back = Esc goes back a step and keeps what was typed, except keys.
help-erase = F10 leaves and erases what you typed. If you walk away, it is erased by itself.
help-linear = F4 changes the contrast, F7 the language, F6 shows everything line by line for screen readers.
help-company-rut = The company's RUT is on its e-RUT or on any invoice. It isn't a person's RUT.
help-recover-roads = The secret question was chosen when the company registered. Without its answer, the legal representative's card and a mailbox that you can read will do.
help-question = Choose a question whose answer isn't on social networks. The answer recovers the key.
help-address = If the address has no block or apartment, leave those fields empty.
help-contact = Keys and notices go to the company's e-mail. Use one that somebody always reads.
help-representative = It must be a current legal representative at SII. If this kiosk has a card reader, it fills in RUT and serial number.
help-clave = Don't use the company's data or keys of other sites. The key is personal and can't be transferred.
help-letters = Under the letters each one stands with a word. If you can't read them, press F2: staff check in person.
help-review = Nothing is saved until you choose “Create account”.
help-answer = Capitals and accents don't matter. If you don't remember, tick the box: we will use your card.
help-serial-new = New card: under “N° documento”, in front, 9 digits or a letter and 8 more.
help-serial-old = Old card: in front, an A and 9 digits.
help-masked-address = We show only a part of the e-mail to protect the company.
help-code = If it doesn't arrive in some minutes, look among the unwanted mail, and check that the address is right.
help-code-by-sms = If it doesn't arrive in some minutes, check that the mobile has signal and that its number is right.
help-sent-key = If a key came by e-mail or SMS, type it here as Current CS.
end-heading = Do you want to leave?
end-hint = What you typed will be erased. What you confirmed with a folio is not lost.
end-hint-settlement = If you leave, a member of staff has to begin the handover again with you.
staff-heading = Help from staff
staff-calling = We are calling the staff.
staff-heard = We called the staff. Please wait here.
staff-meanwhile = Meanwhile you can go back: nothing is lost. You can also call 800 80 10 30, free.
staff-pin-heading = Check in person
staff-pin-hint = The staff member types their number and PIN. It stands for these letters alone, this once, and is on record. For anything else, sign in with your account.
wrong-pin = that number and PIN are not right. Type them again.
wrong-pin-wait = several tries failed. Wait: it is 15 minutes at most.

# More information (guide 1)
place-information = More information
information-heading = What do you want to know about?
info-about = What the Clave Sence (CS) is
info-about1 = The Clave Sence (CS) is a password that persons, bodies and companies can ask for. It lets them into some of Sence's platforms, where they do their business and reach the programmes, instruments or benefits that they want.
info-about2 = It can be recovered or changed on its own platform, at https://cus.sence.cl/Account. There one can also update the user's personal data.
info-other = Other considerations
info-requirements = To get a Clave Sence:
info-requirements1 = Natural persons need a Chilean RUT.
info-requirements2 = Companies need the RUT of a company or Otec that is open.
info-requirements3 = Migrants need a NIE, the foreigner's identity number.
info-besides = Mind also that:
info-besides1 = The use of your Clave Sence is personal and can't be handed on.
info-besides2 = The Clave Sence belongs to Sence's systems. It has nothing to do at present with the Clave Única of the Registro Civil.
info-besides3 = To get this key you need an e-mail account that works.
info-besides4 = With any question call us free at 800 80 10 30, Monday to Friday, 9.00 to 18.00.
info-bring = What to bring
info-bring1 = The company's RUT.
info-bring2 = The legal representative's RUT and identity card.
info-bring3 = An e-mail that you can read now, on your phone for example.
info-bring4 = To register: address, telephone and mobile to be contacted at.
info-advice = This kiosk's own advice
info-advice1 = The key in use does not change until you choose your own with the one we send.
info-advice2 = If the legal representative changed, it must be updated at SII first.
info-advice3 = Nobody from Sence will ask for your key, neither by phone nor by mail.
info-people = If you don't come for a company
info-people1 = This kiosk serves companies.
info-people2 = Natural persons need a Chilean RUT, migrants their NIE.
info-people3 = They do it at cus.sence.cl, or with a staff member: press F2.
info-help-line = Help line
info-help-line1 = Call 800 80 10 30, free, Monday to Friday from 9.00 to 18.00.
info-help-line2 = In this office, F2 calls the staff.
info-privacy = Your personal data
info-privacy1 = We use your data to create, recover and change your company's key, and for nothing else (Ley 21.719).
info-privacy2 = They are stored encrypted. The key and the secret answer are not stored: only an encrypted digest from which they can't be read.
info-privacy3 = What was done stays in a record that does not show your data. To see or erase your company's, choose “Update data”.
info-privacy4 = This screen forgets everything when you leave.

# I can't log in
place-cannot-enter = Trouble logging in?
cannot-enter-heading = What did the other system tell you?
cannot-enter-own-table = This table is this kiosk's own: other systems may use other words.
cannot-enter-other-keys = For some procedures Sence's systems also take ClaveÚnica or Clave Tributaria. Those are other keys, and not given here.
symptom-wrong-key = Wrong password
symptom-no-key = The user has no Clave SENCE
symptom-sent-key = I was sent a key and can't log in
symptom-rut = RUT badly written or wrong check digit
symptom-person = It asks for a person's RUT
symptom-not-representative = The person is not a legal representative
symptom-closed = The company isn't open
symptom-tries = Too many tries
symptom-down = Internal error or service unavailable
advice-wrong-key = Recover your key. The one in use does not change until you choose the new one.
advice-no-key = Register the company. If it turns out to have a key, nothing is lost.
advice-sent-key = A sent key is only good for choosing your own. Type it as Current CS and choose your new key.
advice-rut = Write the RUT with its check digit: the number or K after the dash. It is on the company's e-RUT.
advice-person = The systems ask for three things: the company's RUT, a legal representative's RUT and the company's key.
advice-not-representative = SII says who represents the company. Update the representatives at SII and try again.
advice-closed = According to SII the company has closed. If that is a mistake, it must be corrected at SII.
advice-tries = Wait as long as you were told. If you don't remember the key, choose “Recover CS here” instead of trying on.
advice-down = It isn't your key. Try later, or call 800 80 10 30, free.
frame-language = Español
frame-demo-note = invented data; nothing you do here is real
frame-error = ERROR:
frame-error-summary = { $count ->
    [one] There is 1 answer to mend.
   *[other] There are { NUMBER($count) } answers to mend.
}
frame-important = IMPORTANT
frame-information = INFORMATION
frame-notice = NOTICE
frame-notice-urgent = ATTENTION
frame-change = Change
frame-steps = Steps
frame-help = Help
frame-help-more = The rest is in F1.
frame-more-above = More above: PgUp
frame-more-below = More below: PgDn
frame-read-on = More below: press Enter
frame-chosen = Chosen: { $text }
frame-nothing-fits = Nothing matches. Delete some letters and try again.
frame-key-enter = Enter
frame-key-tab = Tab
frame-key-back-tab = Shift+Tab
frame-key-home = Home
frame-key-end = End
frame-key-page-up = PgUp
frame-key-page-down = PgDn
frame-key-backspace = Backspace
frame-key-delete = Del
frame-key-escape = Esc
frame-key-space = Space
# Words that are already written, where a message is asked for.
frame-given = { $text }
frame-assistance-short = Help? F2 or 800 80 10 30, free.
frame-assistance-panel-short = F2: panel. 800 80 10 30, free.
frame-step-short = { NUMBER($current) }/{ NUMBER($total) }

# Updating data, and one's own data
place-update = Update data · Companies
menu-update-detail = E-mail, mobile, address, secret question; see or erase what is kept
button-my-data = My data
button-save-changes = Save changes
button-see-kept = See what is kept
button-send-copy = Send a copy
button-ask-erasure = Ask for erasure
button-take-erasure-back = Do not erase: leave all as it is
update-who-hint = You need the company's key. If you do not have it, choose “Recover CS here”.
update-sent-key-heading = That is a key we sent you
update-sent-key = It is only good for choosing your own. Choose “Change your CS here”, and then come back to “Update data” with your new key.
update-review-heading = These are the company's data
update-review-hint = Choose a line with ↓ and press Enter to change it. “Continue” shows what will change, and there it is saved.
update-confirm-heading = This is what will change
update-confirm-contacts = A new e-mail or mobile is confirmed by a code. Until then the former one stays.
update-unchanged-heading = There is nothing to save
update-unchanged = The data are the same as those we had. Go back and choose a line to change it.
no-code-heading = That contact can't be changed here
sms-off = This office sends no SMS, so a new mobile can't be confirmed: the former one stays.
mail-off = This office sends no e-mail, so a new address can't be confirmed: the former one stays.
update-limit-heading = Much was changed within a few days
update-limit = Each change can be undone for 72 hours, and there is no room for more. Nothing was saved. Come back in a few days, or ask staff for help.
update-saved-heading = Your changes are saved
update-saved = Keep your folio.
update-proved = These are confirmed, and in use from now on:
update-later = These are not confirmed, so the former one stays:
code-hint-company-email = We sent a code of 8 digits to the company's new e-mail. It lasts 10 minutes. If you leave it for later, the former e-mail stays.
code-hint-mobile = We sent a code of 8 digits by SMS to the new mobile. It lasts 10 minutes. If you leave it for later, the former mobile stays.
code-hint-representative-email = We sent a code of 8 digits to the legal representative's new e-mail. It lasts 10 minutes. If you leave it for later, the former e-mail stays.
review-kept = the usual one, not shown
wrong-data-stale = the data changed meanwhile. Type the key to see them again.
wrong-data-limit = much was changed within a few days. Choose “Do it later”: the former contact stays.
wrong-code-dead-contact = that code no longer works. Choose “Send another code”, or “Do it later”: the former contact stays.
wrong-code-over-contact = no tries are left. Choose “Do it later”: the former contact stays.
wrong-code-limit-contact = several messages went there already. Choose “Do it later” and come back later.
wrong-code-limit-settlement = this handover has sent as many codes as it may. Wait an hour, or ask them to begin it anew.
wrong-representative-unchecked = press Validate to check that this person represents the company.
wrong-company-not-open = the company is not open at SII. It has to be put right there first.
stop-change-the-rest = Without that answer we cannot change the legal representative. The rest we can: go back and leave the former RUT.
help-update = The secret answer is never shown. To change it, choose its line and type another.
help-my-data = It is your right by Ley 21.719: to know what is kept, to have a copy, and to ask for erasure.
kept-heading = What we keep of your company, and what for
kept1 = The company's name, RUT and address, its telephone and fax: to know whose key it is, as the Sence guide asks.
kept2 = The company's e-mail, and the legal representative's mobile and e-mail: to send keys, codes and notices.
kept3 = The legal representative's name and RUT: to check with SII who may ask for the key.
kept4 = The secret question. Of the key and the answer only an encrypted digest is left, from which they can't be read.
kept5 = All this is kept encrypted as long as the account exists, and is erased when you ask for it.
kept6 = Unfinished requests, codes and sent messages: they are erased by themselves within days.
kept7 = A record of what was done and when, without names or addresses: it is kept as evidence, after erasure too.
copy-sent = We sent a copy of the data to the company's e-mail. It arrives within 10 minutes.
copy-limit-heading = That e-mail got several messages already
copy-limit = No other leaves for now, so as not to fill the mailbox. Ask for it again later.
contact-in-person-heading = The contacts of this account are changed in person
contact-in-person = A member of staff gave this account to its representative. To change an e-mail or mobile, come with your card, choose “Recover CS here” and ask for help. The other data can be changed here.
not-proved-heading = The e-mail is not confirmed yet
not-proved = Nothing personal goes to an e-mail that nobody has confirmed. Choose “Confirm contacts” and type its code.
erasing-heading = What happens if the data are erased
erasing1 = The account, the key, the address and the contacts are erased. That key no longer works.
erasing2 = It is done in 72 hours. Until then the key works, and you can change your mind here.
erasing3 = The company's contacts can stop it with the code of their notice.
erasing4 = Only the record of what was done is left, without your data. Afterwards the company can register again: in person, if the account was given so.
erasing-important = What is erased cannot be brought back.
erasing-confirm-heading = Ask for erasure: last step
erasure-asked = Keep your folio. The company's data are erased in 72 hours.
erasure-asked-next = If you change your mind, come back before that to “Update data” with your key and choose “My data”.
erasure-asked-by-notice = The notice's code works too, in “I got a notice and it wasn't me”.
erasure-pending = { $hours ->
       [one] Somebody asked to erase these data: it is done in 1 hour.
       *[other] Somebody asked to erase these data: it is done in { NUMBER($hours) } hours.
    } To leave them as they are, choose “My data”.
erasure-taken-back = The data are not erased: all stays as it is.

# Staff: facilitators' requests
button-see-requests = Facilitators' requests
button-list-requests = See the list
button-export-documents = Export, to look at them
button-export-files = Export the file itself
button-approve-request = Approve
button-refuse-request = Refuse
button-withdraw-request = Withdraw, because the company asks
label-request-stage = Which
missing-request-stage = Choose which you want to see: by its number or with Space.
requests-heading = Facilitators' requests
requests-reason-hint = The reason goes on record with each page and each request that you see from here.
requests-waiting = Requests that wait
requests-approved-by-one = Requests with one approval
requests-approved = Approved requests
requests-refused = Refused requests
requests-withdrawn = Withdrawn requests
requests-of-company = Requests of { $company }
requests-oldest-first = { $count ->
    [one] 1 request
   *[other] { NUMBER($count) } requests
} · the oldest first · page { NUMBER($page) } of { NUMBER($pages) }
requests-newest-first = { $count ->
    [one] 1 request
   *[other] { NUMBER($count) } requests
} · the newest first · page { NUMBER($page) } of { NUMBER($pages) }
requests-none = There are none now.
requests-next = Next page
requests-previous = Page before
request-entry = { $folio } · { $person }
request-entry-detail = { $company } · { $day }
request-heading = Request { $folio }
request-waiting = Waits: two approvals are missing
request-approved-by-one = One approval: another is missing
request-approved = Approved
request-refused = Refused
request-withdrawn = Withdrawn
request-own-approval = You approved it already. The second approval must be another person's.
fact-state = State
fact-received = Received
fact-company = Company
fact-approved-by = Approved by
fact-refused-by = Refused by
fact-withdrawn-by = Withdrawn by
fact-decision = { $staff } · { $day }
fact-facilitator = Facilitator
fact-declaration = Statement
fact-identity-document = Document
fact-identity-number = Number
panel-request-state = How the request stands
panel-company-of-request = Whose it is
fact-requests = Facilitators' requests
document-image = { $kind } · { NUMBER($width) } × { NUMBER($height) } pixels · { NUMBER($kilobytes) } KB · { $day } · digest { $fingerprint }
document-pages = { $pages ->
    [one] pdf · 1 page · { NUMBER($kilobytes) } KB · { $day } · digest { $fingerprint }
   *[other] pdf · { NUMBER($pages) } pages · { NUMBER($kilobytes) } KB · { $day } · digest { $fingerprint }
}
document-erased = It was erased
request-unopened = To approve it, first export the documents and look at them: each session asks for it.
request-no-folder = This office has no folder to look at documents in. Whoever runs the kiosk sets it.
request-no-renderer = Nothing draws the pages of a pdf here: the program poppler-utils is missing. Ask whoever runs the kiosk to install it. Until then only the file itself can be exported.
export-hint = The pages are drawn as pictures into a folder that only this kiosk's account opens. They are removed in some minutes, or sooner if you sign out.
export-files-hint = A pdf can harm the program that opens it. Export it only if the pages are not enough, and open it with a program that is up to date. It goes on record with your reason. It is removed in some minutes, or sooner if you sign out.
exported-heading = Documents ready to be looked at
exported = They are in the folder { $folder }
exported-ends = { $minutes ->
    [one] They are removed in 1 minute, or sooner if you sign out or stop using this desk. The complete data are beside them, to compare.
   *[other] They are removed in { NUMBER($minutes) } minutes, or sooner if you sign out or stop using this desk. The complete data are beside them, to compare.
}
not-exported-heading = Nothing was exported
not-exported-gone = The documents were erased, or can't be read. Tell whoever runs the kiosk.
not-exported-not-drawn = The pages could not be drawn. Try again, or export the file itself. Tell whoever runs the kiosk.
not-exported-failed = The folder for documents can't be used. Tell whoever runs the kiosk.
checklist-heading = Before you approve
checklist-hint = With the documents before you, tick each point with the space bar. What you tick goes on record with your name.
label-check-declaration-signed = The sworn statement is filled in and signed by the representative
label-check-declaration-matches = The statement names this company, its representative and this facilitator
label-check-identity-legible = The identity document can be read, is whole and in force
label-check-data-agree = Number, names, birth and country are those of the document
missing-check = Tick this point. If it isn't so, go back and choose “Refuse”.
refuse-heading = Why is it refused?
refuse-hint = It is refused at once and can't be undone. The company can make another request.
label-refusal-reason = Reason for the company
hint-refusal-reason = It goes as it is in the mail to the company, and is read in “Status of my request”.
missing-refusal-reason = Type the reason that the company will read.
wrong-refusal-long = the reason has { NUMBER($length) } characters. It must have 300 or fewer.
withdraw-heading = Withdraw the request
withdraw-hint = Only if the company asks for it. No mail tells it, and it can't be undone.
decided-approved-by-one-heading = First approval on record
decided-approved-by-one = Another person's is missing. Until then no key leaves.
decided-approved-heading = Request approved
decided-approved = The key leaves now for the facilitator's e-mail.
decided-refused-heading = Request refused
decided-refused = The reason leaves now for the company's e-mail.
decided-withdrawn-heading = Request withdrawn
decided-withdrawn = It is no longer reviewed.
undecided-heading = Nothing was decided
undecided-already = Somebody else decided this request already.
undecided-same-person = You approved it already, under this name or another. The second approval must be another person's.
undecided-own-request = It is your own request. Nobody decides on what they asked for.
undecided-unopened = You have not looked at the documents in this session. Export them, look at them, then approve.
undecided-too-many-notices = Too many of this company's facilitators were changed lately. Approve this request in 72 hours.
request-gone-heading = The request is no longer there
request-gone = It was erased meanwhile.

# Staff: signing in, helping in person, and a desk of their own
label-staff-name = Name
missing-staff-name = Type your name.
label-password = Password
missing-password = Type your password.
label-totp = Code from your phone
hint-totp = The 6 digits that the application shows now.
missing-totp = Type the code from your phone.
label-reason = Reason
hint-reason = It is kept on record with your name. Type nothing about the person.
missing-reason = Type the reason.
wrong-reason = the reason is too short. Type at least 5 letters.
label-listed-reason = Why
missing-listed-reason = Choose the reason: by its number or with Space.
reason-sees-badly = Can't see the letters well
reason-types-badly = Has trouble with the keyboard
reason-mailbox-lost = Can't open the e-mail on file any more
reason-mailbox-wrong = The e-mail on file is misspelt
reason-today = Needs the key today
reason-residence = Residence being decided on (Ley 21.325, art. 43)
reason-decree = A decree extends cards
reason-other = Another reason
label-sought = Company RUT or folio
hint-sought = For example: 99.999.999-9, or 0410-6105-A
missing-sought = Type a RUT or a folio.
wrong-sought = it is neither a RUT nor a folio. Check its digits and letters.
wrong-sign-in = these don't match. Check name, password and code, and wait for a new code.
wrong-session-over = the session is over. Sign in again.
button-with-account = Sign in with my account
button-see-refusal = See why it was refused
button-waive-challenge = Verify in person, without letters
button-unblock = Unblock a RUT
button-unlock-terminal = Unlock this kiosk
button-witness-card = Confirm a card I saw
button-vouch-unchecked = Confirm a card while registers are down
button-accept-card = Accept an expired card I saw
button-sign-out = Sign out
button-stop-accompanying = Stop accompanying
button-search = Search by RUT or folio
button-see-outbox = Messages to send
button-see-figures = Figures by day
button-day-before = The day before
button-day-after = The day after
figures-day = Visits of { $day }
button-try-again = Send again
hint-answer-accompanied = Capitals and accents don't matter. It is not shown while somebody accompanies you.
hint-sent-clave-accompanied = The one that came by mail, or the one in use. It is not shown while somebody accompanies you.
hint-clave-accompanied = From 8 to 10 characters. It is not shown while somebody accompanies you.
hint-current-clave-accompanied = With capitals and small letters, as it is written. It is not shown while somebody accompanies you.
key-panel = Panel
accompanied = Accompanied: { $name }. There is more time, and nothing secret is shown.
panel-heading = { $name }'s panel
panel-hint = What the person typed is not seen here. Esc goes back to it, and you stay beside them.
staff-sign-in-heading = Staff sign-in
wrong-pin-for-name = the PIN only stands for the letters of a page, and there are none. Type your name, password and code.
staff-sign-in-hint = With your name, your password and the code from your phone; the PIN is no use here. Each code works once only.
staff-reason-hint = Each act is kept on record with its reason.
accept-card-hint = Only with the person and the card before you, and where something keeps it valid although Registro Civil calls it expired.
staff-code-heading = Another code from your phone
staff-code-hint = More than a minute has passed since the last code. Each card, each unlocking and each company asks for a new one.
wrong-staff-code = that code is not valid, or was used already. Wait for the next one.
staff-menu-heading = What do you need to see?
staff-company-heading = What is held of the company
staff-nothing-heading = There is nothing
staff-nothing = There is no account with that RUT, and nothing recent with that folio.
staff-unblocked-heading = Unblocked
staff-unblocked = The company may try again from now on.
staff-not-allowed-heading = This is not for you to do
staff-not-allowed = Your role does not allow it, or it is about a company of yours. Ask somebody else.
staff-registers-answer = In this visit the registers answered. Go back and choose “Try again”.
staff-not-on-file = This is not the person on file for that company. Without the registers you cannot go on.
place-staff = Staff desk
place-staff-of = Staff desk · { $name }
fact-yes = Yes
fact-no = No
fact-created = Account made
fact-failures = Failed tries
fact-times = { NUMBER($count) }
fact-recovery = Recovery
recovery-unproved = { $folio }: the new address is not confirmed
recovery-waits-for-staff = { $folio }: waits for a member of staff to see the card
recovery-held = { $folio }: waits a day
recovery-sending = { $folio }: key about to be sent
recovery-sent = { $folio }: key sent
recovery-unsent = { $folio }: the key could not be sent
recovery-cancelled = { $folio }: cancelled
recovery-done = { $folio }: finished
outbox-hint = Choose one that failed to send it again.
outbox-empty = No message waits, and none failed.
outbox-folio = Folio of the one chosen: { $folio }
outbox-key = Key to { $to }
outbox-code = Code to { $to }
outbox-notice = Notice to { $to }
outbox-failed = Failed
outbox-expired = Too late
outbox-waiting = Waits
outbox-held = Held: they don't accept us
outbox-unreached = Waits: nobody answers
outbox-refused = Failed: no such address
outbox-held-hint = What is held leaves by itself once our mail or SMS is mended. Tell whoever runs the kiosk: “totem doctor” says what is wrong.
figure-visits = Visits
figure-completed = Completed
figure-abandoned = Abandoned
figure-looked = Only looked
figure-average = Average length
figure-minutes = { $count ->
    [one] 1 minute
   *[other] { NUMBER($count) } minutes
}
figures-abandoned = Where they were left
figures-refused = Why it was refused
road-other = Another errand
refusal-none = Nothing was refused in this visit.
refusal-answer = The secret answer does not match.
refusal-clave = The key or the representative does not match.
refusal-code = The code does not match.
refusal-mismatch = What was typed does not match.
refusal-no-account = The company has no Clave Sence.
refusal-must-wait = They have to wait after failed tries.
refusal-terminal = This kiosk is locked after many failed tries.
refusal-dead = The code is too old, was used or was tried too often.
refusal-company-closed = SII says that the company has closed.
refusal-company-unknown = That company is not at SII, or not on the list that is used here. A young one is registered by two members of staff, from “Register here”.
refusal-representative-former = No longer a legal representative at SII.
refusal-representative-never = Not a legal representative at SII.
refusal-card-mismatch = The serial number is not that person's.
refusal-card-not-current = There is a newer card.
refusal-card-expired = The card has expired.
refusal-card-blocked = The card is blocked.
refusal-card-deceased = The card's holder is recorded as deceased.
refusal-card-holder-unknown = Registro Civil does not know that RUT: there is no card to confirm.
refusal-card-unlisted = The list of cards has none of that person. Two members of staff can see the card and hand over the account.
refusal-representative-without-run = They represent the company at SII, and Registro Civil does not know their RUT.
refusal-sii-down = SII gave no answer.
refusal-registro-civil-down = Registro Civil gave no answer.

# Page on the phone
phone-page-title = Clave Sence · Self-service kiosk
phone-page-heading = Send your document
phone-page-choose = Take a photo or choose a file
phone-page-rule = As jpg, png or pdf. A large photo is made smaller here before it is sent.
phone-page-send = Send to the kiosk
phone-page-scaling = Making the image smaller…
phone-page-sending = We are sending the file. Keep this page open and the screen on.
phone-page-sent = Done: we received the file
phone-page-sent-next = Look at the kiosk's screen and confirm there that it is the file. You can close this page now.
phone-page-privacy = The file goes only to the kiosk in front of you. If you don't confirm it there, it is erased.
phone-page-broken = It could not be sent. Check the phone's connection and send it again.
phone-page-unscaled = We could not make the image smaller. Take another photo, or choose a file of 1 MB or less.
phone-page-no-file = First choose a file, or take a photo.
phone-page-replaced = Another file of yours came after this one, and we go on with that.
phone-page-late = Sending took too long. Move closer to the network's antenna and send it again.
phone-page-gone-heading = This page no longer works
phone-page-gone = It was used, it expired, or it was closed at the kiosk. Ask for another address at the kiosk.
phone-page-other-heading = This page was already opened on another phone
phone-page-other = Go on with the phone or browser that opened it first, with cookies allowed, or ask for another address at the kiosk.
phone-page-unknown-heading = There is nothing here
phone-page-unknown = Check the address: it must be the same as on the kiosk's screen.
phone-page-many-heading = Wait a minute
phone-page-many = Too many tries came from this network. Open the address again in a minute.
phone-page-method-heading = That can't be done here
phone-page-method = Open the address in your phone's browser.

place-settlement = Handing over the account
settlement-heading = Hand over the account with two members of staff
settlement-bring = Have your card at hand. One member of staff begins here and another confirms; then you choose a new key, mailbox and question.
settlement-waiting = One member of staff has checked who you are. Another is needed, who checks the same and types the same four symbols.
settlement-waiting-how = They can do so here (F2) or at any kiosk of this office, with this folio. When it is done, choose “Continue”. There are two hours.
settlement-not-yet = No other member of staff has confirmed it yet.
settlement-email-heading = Which e-mail address do we write to from now on?
settlement-email-hint = It will be the account's only address. Those before get the notice of this change and nothing more.
settlement-code-hint = We sent a code of 8 digits to that address. It lasts 10 minutes.
settlement-mobile-heading = What is your mobile?
settlement-mobile-hint = We check it with a code by SMS. Without it, keys go by e-mail alone.
settlement-no-sms = It is noted in the account. This office sends no SMS: keys go by e-mail alone.
settlement-phone-hint = The company's telephone, with its area code if it is a landline.
settlement-facilitator-heading = Does this facilitator stay?
settlement-facilitator-hint = Unless you tick the box they leave, and their key works here no more.
settlement-facilitators-label = Facilitators
settlement-facilitators = { NUMBER($stay) } stay, { NUMBER($leave) } leave
settlement-confirm-heading = Check, and take the account over
settlement-confirm = All that was before ends: keys, codes, addresses and requests under way.
settled = The account is yours: your new key works now.
settled-next = For 30 days only two members of staff can take it to another e-mail.
settlement-over-heading = This handing over has ended
settlement-over = Two hours went by, or it was begun anew. Ask the member of staff to begin it once more.
label-card-ending = Last four symbols of the document
hint-card-ending = From the card (“N° documento”), or from the document shown in its place.
label-unlisted-representative-name = The representative's name
label-papers-seen = Papers that you saw
hint-papers-seen = Which, and of what date. It is kept on record with your name.
missing-papers-seen = Type which papers you saw, and of what date.
missing-card-ending = Type the last four symbols.
wrong-card-ending = they are four letters or digits. Copy them from the document.
label-facilitator-stays = Goes on working for the company
button-open-dispute = Hand over the account: first member
button-open-unlisted = Register a company that the list lacks
button-confirm-dispute = Hand over the account: second member
button-see-disputes = Accounts to be handed over
button-hand-over = Hand over the account
reason-frozen = The account is frozen
reason-contacts-lost = Lost access to their contacts
dispute-hint = See the person and their card. It takes two different members of staff, and none of the company.
dispute-papers-hint = See the person, their document and the power that names them. Type the last four symbols of the document and, as the reason, which power you saw. The second member sees the same.
dispute-card-hint = No register has this person's card. See it, type its last four symbols and, as the reason, which document you saw. The second member sees the same.
dispute-unlisted-hint = See the person, their card or passport, the company's e-RUT and the document that names them as its representative. A second member of staff sees the same.
dispute-unlisted-second-hint = The company is not on SII's list. See the person, their card or passport, the e-RUT and the document that names them as its representative.
dispute-papers-second-hint = No register matched this person's card. See the person, their document and what shows that they represent this company. Type the last four symbols of the document, and what you saw.
dispute-sii-down = SII does not answer, and without it no account is handed over. Try in a few minutes.
dispute-none = None waits for another member of staff.
dispute-line = { $folio } · { $company }
dispute-detail = { $representative } · begun by { $first }, kiosk { $terminal } · { NUMBER($minutes) } min left
dispute-confirmed-heading = Confirmed
dispute-confirmed = The person can choose “Continue” at their kiosk now.
dispute-not-heading = It can't be confirmed
unsettled-over = None is under way with that folio: they last two hours.
unsettled-own = Nobody hands over an account of their own or of their company.
unsettled-same-person = The same person began it. Another one must confirm it.
unsettled-already = It is confirmed already.
unsettled-ending = Those are not the document's symbols. { $tries ->
    [0] No tries are left.
    [one] 1 try is left.
   *[other] { $tries } tries are left.
    }
unsettled-not-representative = SII does not name them as a representative of the company today.
unsettled-listed = The company is on the list by now: it is registered as any other.
unsettled-tries = Wrong symbols were typed too often. It can be begun anew when the two hours are over.
wrong-code-over-settlement = that code is of no use any more. Go back with Esc and ask for another.

# What will become of a message: said in place of a promise
outlook-later-minutes = { $to } has had several messages: this one leaves in { NUMBER($minutes) } minutes.
outlook-later-hours = { $to } has had several messages: this one leaves in { NUMBER($hours) } hours.
outlook-used-up-minutes = { $to } has had all the messages it may get, and this one does not leave. Ask for another in { NUMBER($minutes) } minutes.
outlook-used-up-hours = { $to } has had all the messages it may get, and this one does not leave. Ask for another in { NUMBER($hours) } hours.
outlook-refused = { $to } refused our messages before. We try once more, but this one may not arrive.
outlook-held-mail = We can't send e-mail at the moment. We keep trying, and don't know when this one will leave.
outlook-held-sms = We can't send SMS at the moment. We keep trying, and don't know when this one will leave.
outlook-off-mail = This office sends no e-mail, so this one does not leave. Ask a member of staff for help.
outlook-off-sms = This office sends no SMS, so this one does not leave.
notices-later = The notice to the company's contacts leaves later: they have had several messages.
notices-held = We can't send messages at the moment. We keep trying to tell the contacts.
notices-off = This office sends no messages, so nobody gets a notice.
answer-held = We can't send e-mail at the moment. With the folio you see the answer in “Status of my request”.
answer-off = This office sends no e-mail. With the folio you see the answer in “Status of my request”.
not-sent-heading = The message can't leave
code-awaited-heading = Type the code when it arrives
application-kept = Your application is saved under this folio:
registered-no-sms = The e-mail is confirmed. This office sends no SMS: keys go to the e-mail alone.
taken-pending-notice = The result goes to the company's e-mail.
taken-pending-unsent = No e-mail leaves here for now: ask a member of staff with your folio, or call 800 80 10 30, free of charge.
recover-held-notice = We have told the contacts on file, who can stop it.
changed-notice = We tell the company's contacts of the change, without showing the key.
facilitator-key-changed-notice = We tell you of the change by e-mail, without showing the key.
facilitator-taken-copy = We sent a copy to the company's e-mail.
request-answer-notice = The answer goes to the company's e-mail.
declaration-printing = The template is being printed.
status-key-unsent = The key could not leave for the facilitator's e-mail. Ask for help with your folio, or call 800 80 10 30, free of charge.
update-saved-notice = We tell the contacts that the company had of the change.
erasure-asked-notice = We tell all of the company's contacts, with a code that stops it.
erasure-taken-back-notice = We tell the company's contacts.
settled-notice = We tell the contacts of before and the new ones.
decided-approved-notice = The company is told.
outbox-waits-minutes = Leaves in { NUMBER($minutes) } min
outbox-waits-hours = Leaves in { NUMBER($hours) } h
outbox-used-up = Won't leave in time: the contact had all it may get
outbox-marked = Waits: the contact refused other messages
outbox-off = Won't leave: that channel is off
outbox-turned-off = Failed: that channel is off
button-change-arrived = It has arrived: change my CS
outbox-stalled = Waits: nothing leaves by that channel now
