# What the courier writes: mails and SMS.

key-subject = Your Clave Sence
