# Lo que escribe el mensajero: correos y SMS.

key-subject = Su clave Sence
