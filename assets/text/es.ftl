# Lo que dicen las pantallas. Cada clave existe en cada idioma, con los mismos argumentos.

frame-brand = SENCE
frame-system = Clave Sence para empresas
frame-demo = DEMOSTRACIÓN
frame-desk = Puesto { $name }
frame-step = Paso { NUMBER($current) } de { NUMBER($total) }
frame-too-small = Agrande la ventana: se necesitan al menos 40 columnas y 20 líneas.
frame-assistance = ¿Necesita ayuda? F2 llama al funcionario. También: 800 80 10 30, gratis.
frame-assistance-panel = F2 abre el panel del funcionario. Línea de ayuda: 800 80 10 30, gratis.

# Campos: nombre, ayuda, y lo que se dice cuando faltan
label-company-rut = RUT Empresa
label-rut-of-company = Rut Empresa
label-rut = Rut
hint-company-rut = Puede escribirlo con o sin puntos. Por ejemplo: 99.999.999-9
missing-company-rut = Escriba el RUT de la empresa.
label-business-name = Razón Social
hint-typed-business-name = El SII no responde: escríbala completa, como en el e-RUT. La confirmamos después.
missing-typed-business-name = Escriba la razón social de la empresa.
label-question = Pregunta Secreta
hint-question = Elija con un número o con las flechas.
missing-question = Elija una pregunta secreta: con su número o con Espacio.
label-answer = Respuesta Secreta
hint-answer = No importan las mayúsculas ni los acentos. F3 la muestra un momento.
missing-answer = Escriba la respuesta a su pregunta secreta.
label-comuna = Comuna
hint-comuna = Escriba las primeras letras y elija con las flechas.
missing-comuna = Escriba la comuna de la empresa.
label-street = Dirección
hint-street = Pasaje o Calle, Dirección
missing-street = Escriba la calle o el pasaje de la empresa.
label-number = N° de Dirección / N° de Oficina
missing-number = Escriba el número de la dirección o de la oficina.
label-block = Block
label-apartment = N° de Departamento
label-company-email = Email de Contacto de Empresa
hint-company-email = F9 escribe la arroba (@).
missing-company-email = Escriba el correo de la empresa.
label-phone = Teléfono
hint-phone = Son 9 números. Por ejemplo: 2 2345 6789
missing-phone = Escriba el teléfono de la empresa.
label-fax = Fax
hint-fax = Si no tiene, marque la casilla de abajo.
missing-fax = Escriba el fax o marque «No tengo fax».
label-no-fax = No tengo fax
label-representative-rut = Rut Representante Legal
hint-representative-rut = Por ejemplo: 12.345.678-5. Si hay un lector, puede pasar la cédula por él.
missing-representative-rut = Escriba el RUT del representante legal.
label-representative-name = Nombre
hint-typed-representative-name = Escríbalo completo, como en la cédula. Lo confirmamos después.
missing-typed-representative-name = Escriba el nombre del representante legal.
label-mobile = Celular
hint-mobile = 8 números, o 9 con el 9 al comienzo.
missing-mobile = Escriba el celular del representante legal.
label-representative-email = Email
hint-representative-email = F9 escribe la arroba (@).
missing-representative-email = Escriba el correo del representante legal.
label-clave = Clave CS
hint-clave = De 8 a 10 caracteres. F3 la muestra un momento.
missing-clave = Escriba la clave que quiere usar.
label-repeat-clave = Repetir Clave CS
missing-repeat-clave = Escriba otra vez la misma clave.
label-letters = Captcha
hint-letters = Mayúsculas y espacios dan igual.
missing-letters = Escriba las cuatro letras grandes.
label-forgot = No recuerdo la respuesta a mi pregunta secreta
label-serial = Número de serie cédula de identidad
hint-serial = En la cédula, bajo «N° documento». Si hay un lector, puede pasarla por él.
missing-serial = Escriba el número de serie de la cédula.
label-email-is-right = ¿El email es correcto?
missing-email-is-right = Elija 1 si el correo es correcto, o 2 si ya no lo usa.
label-new-email = Email Actual
hint-new-email = F9 escribe la arroba (@).
missing-new-email = Escriba el correo que usa ahora.
label-code = Código
hint-code = Son 8 números, como están en el mensaje.
missing-code = Escriba el código de 8 números.
label-pin = Número y PIN del funcionario
hint-pin = Solo lo escribe un funcionario: su número y, seguido, los 6 números de su PIN.
missing-pin = El funcionario debe escribir su número y su PIN.
wrong-pin-shape = falta algo: primero su número y, seguido, los 6 números del PIN.
label-current-clave = CS Actual
hint-current-clave = Con mayúsculas y minúsculas, como está escrita. F3 la muestra.
missing-current-clave = Escriba su clave actual, o la provisoria que le llegó.
label-new-clave = CS Nueva
hint-new-clave = De 8 a 10 caracteres. F3 la muestra un momento.
missing-new-clave = Escriba la clave nueva.
label-repeat-new-clave = Repetir CS Nueva
missing-repeat-new-clave = Escriba otra vez la clave nueva.
label-undo-code = Código del aviso
hint-undo-code = Son 8 números, en el correo o SMS que recibió.
missing-undo-code = Escriba el código que llegó con el aviso.
label-company-clave = CS Empresa
hint-company-clave = Con mayúsculas y minúsculas, como está escrita. F3 la muestra.
missing-company-clave = Escriba la clave de la empresa.
label-identity-number = Número de documento de Identificación
hint-identity-number = Como está en el documento. No importan puntos ni guiones.
missing-identity-number = Escriba el número del documento de identificación.
label-identity-kind = Tipo de Documento
missing-identity-kind = Elija el tipo de documento: con su número o con Espacio.
label-names = Nombres
hint-names = Como están en el documento.
missing-names = Escriba los nombres del facilitador.
label-paternal-surname = Apellido Paterno
missing-paternal-surname = Escriba el primer apellido del facilitador.
label-maternal-surname = Apellido Materno
label-sex = Sexo
missing-sex = Elija el sexo que dice el documento: con su número o con Espacio.
label-birth-date = Fecha de Nacimiento
hint-birth-date = Día, mes y año. Por ejemplo: 01-12-1992
missing-birth-date = Escriba la fecha de nacimiento del facilitador.
label-civil-status = Estado Civil
missing-civil-status = Elija el estado civil del facilitador: con su número o con Espacio.
label-children = Cantidad de Hijos
missing-children = Escriba cuántos hijos tiene: 0 si no tiene.
label-country = País de Origen
hint-country = Escriba las primeras letras y elija con las flechas.
missing-country = Escriba el país de origen.
label-facilitator-email = Email
hint-facilitator-email = El del facilitador: allí llega su clave. F9 escribe la arroba (@).
missing-facilitator-email = Escriba el correo del facilitador.
label-folio = Folio
hint-folio = Está en el comprobante. Por ejemplo: 0410-6105-A
missing-folio = Escriba el folio de su comprobante.
label-sent-clave = CS recibida o actual
hint-sent-clave = La que llegó por correo, o la que usa ahora. F3 la muestra.
missing-sent-clave = Escriba la clave que llegó por correo, o la que usa ahora.

# Botones
button-validate = Validar
button-continue = Continuar
button-refresh = Refrescar
button-enter = Ingresar
button-create-account = Crear Cuenta
button-recover-clave = Recuperar Clave
button-change-clave = Cambiar Clave
button-accept = Aceptar
button-later = Hacerlo después
button-mend-email = Corregir el correo
button-resume-registration = Terminar mi registro
button-no-mobile-here = No tengo el celular aquí
button-prove-contacts = Confirmar contactos
button-send-code-again = Enviar otro código
button-go-back = Volver
button-retry = Reintentar
button-go-on-unchecked = Seguir y dejar pendiente
button-ask-help = Pedir ayuda
button-go-recover = Recuperar CS aquí
button-go-register = Regístrese aquí
button-go-change = Cambie su CS aquí
button-staff = Hay un funcionario conmigo
button-leave = Salir
button-undo-it = No fui yo: deshacer
button-make-request = Realizar solicitud
button-use-file = Usar este archivo
button-other-file = Elegir otro archivo
button-scale-down = Ver la versión reducida
button-new-phone-page = Otra dirección
button-look-up-request = Consultar

# Las letras del desafío
letter-a = A de árbol
letter-c = C de casa
letter-d = D de dedo
letter-e = E de escuela
letter-f = F de foca
letter-h = H de huevo
letter-j = J de jardín
letter-k = K de kilo
letter-m = M de mesa
letter-n = N de nube
letter-p = P de perro
letter-r = R de rosa
letter-t = T de tren
letter-x = X de xilófono
letter-y = Y de yate

# Lo que está mal en un campo, y qué hacer
wrong-rut-shape = { $text } no parece un RUT. Escríbalo como 99.999.999-9.
wrong-rut-long = eso no parece un RUT. Escríbalo como 99.999.999-9.
wrong-rut-check = el RUT { $text } tiene un error. Revise los números y el final.
wrong-card-holder = esa cédula no es del RUT { $rut }. Pase la cédula del representante legal.
wrong-representative-of-another = cambió la empresa. Pulse Validar para confirmar que la representa.
wrong-serial = el número de serie debe tener 9 letras o números, o una A y 9 números. Cópielo de la cédula.
wrong-email-long = el correo tiene más de 254 caracteres. Revise que no haya escrito de más.
wrong-email-at = el correo lleva una sola arroba (@). F9 la escribe.
wrong-email-letters = antes de la arroba (@) no van ñ ni tildes: a ese correo no podemos escribirle. Use otro.
wrong-email-shape = el correo tiene un error. Se escribe como nombre@empresa.cl, sin espacios.
wrong-phone = el teléfono debe tener 9 números. Escríbalo como 2 2345 6789.
wrong-fax = el fax debe tener 9 números. Escríbalo como 2 2345 6789, o marque «No tengo fax».
wrong-mobile = el celular debe tener 8 números, o 9 con el 9 al comienzo.
wrong-mobile-start = un celular de 9 números comienza con 9. Revise el número.
wrong-comuna = no encontramos la comuna { $text }. Escriba menos letras y elija de la lista.
wrong-words-long = el texto tiene { NUMBER($length) } caracteres. Debe tener 100 o menos.
wrong-answer-short = la respuesta debe tener 3 letras o más.
wrong-clave-length = la clave tiene { NUMBER($length) } caracteres. Debe tener entre 8 y 10.
wrong-clave-common = esa clave es fácil de adivinar. Mezcle letras, números y signos sin orden.
wrong-clave-known = esa clave tiene datos de su empresa, o «sence» o «clave». Elija otra.
wrong-repeat = las dos claves no son iguales. Escriba otra vez la misma.
wrong-code-shape = el código debe tener 8 números. Cópielo del mensaje.
wrong-letters = esas no eran. Escriba las letras nuevas.

# Botones de siempre
button-erase-all = Sí, salir
button-keep-on = No, seguir con mi trámite
button-i-am-staff = Soy funcionario

# Teclas
key-help = Ayuda
key-staff = Pedir ayuda
key-back = Volver
key-show = Ver clave
key-show-answer = Ver respuesta
key-conceal = Ocultar
key-refresh = Refrescar
key-contrast = Contraste
key-more-time = Más tiempo
key-more-time-given = Con más tiempo
key-end = Salir

# Primera página y menú
place-attract = Tótem de atención
attract-heading = La clave de su empresa para ingresar a los sistemas del Sence
attract-hint = Aquí puede obtenerla, recuperarla o cambiarla. Pulse Enter para comenzar.
attract-start = Comenzar
attract-other-language = English
attract-privacy = Usamos sus datos solo para este trámite (Ley 21.719). Al salir, se borran de esta pantalla.
preparing-heading = Este tótem se está preparando
preparing-wait = Espere, por favor: todavía no puede escribir nada. Si tiene prisa, pregunte a un funcionario.
disk-full = El disco de los datos se llenó y se usa la reserva: todavía se guarda todo. Avise hoy a quien administra este equipo.
out-of-service-heading = Este tótem está fuera de servicio
out-of-service-hint = Aquí no se puede hacer ningún trámite por ahora. Use otro tótem o pregunte a un funcionario.
out-of-service-data-gone = Para el personal: la carpeta de los datos ya no está en su lugar. Devuélvala o monte su disco, y reinicie el programa; el registro dice más.
out-of-service-not-kept = Para el personal: el disco no confirmó lo que se guardaba. Revise el disco (dmesg) y reinicie el equipo; lo último puede haber quedado guardado o no.
out-of-service-data-damaged = Para el personal: los archivos de los datos están dañados. Reinicie el programa: al iniciar dice qué falta y cómo volver al último respaldo.
place-menu = Persona Jurídica
menu-heading = ¿Qué necesita hacer?
menu-register = Regístrese aquí
menu-register-detail = La empresa no tiene Clave Sence (CS)
menu-recover = Recuperar CS aquí
menu-recover-detail = La olvidó o no funciona
menu-change = Cambie su CS aquí
menu-change-detail = Tiene una clave, o le llegó una provisoria
menu-facilitator = Solicitud de CS para Facilitador Extranjero
menu-update = Actualizar datos
menu-information = Más información
menu-cannot-enter = ¿Problemas para ingresar?
menu-cannot-enter-detail = Díganos qué mensaje vio
menu-undo = Recibí un aviso y no fui yo
menu-undo-detail = Deshágalo con el código del aviso
help-menu = Elija con un número, con las flechas y Enter, o con el dedo.

# Pasos
step-company = Empresa
step-address = Dirección
step-contact = Contacto
step-representative = Representante legal
step-clave = Clave Sence
step-letters = Validación anti-Robots
step-review = Revisar y Crear Cuenta
step-question = Pregunta secreta
step-card = Cédula de identidad
step-email = Correo electrónico
step-who = Validar datos
step-new-clave = CS nueva

# Registrar (guía 2)
place-register = Registrar Persona Jurídica
panel-company = Información de Registro de Empresa
panel-address = Dirección de Empresa
panel-contact = Datos de Contacto
panel-representative = Información de Registro de Representante Legal
panel-clave = Clave Sence
panel-letters = Validación de seguridad anti-Robots
panel-recover = Información para Recuperar CS
panel-validate = Validar Datos
panel-change = Cambiar CS
required-fields = (*) Campos obligatorios.

# Lo que dice la guía, palabra por palabra
guide-register = El Sistema Clave SENCE, le permite a usted crear una CS que sirve para iniciar sesión en nuestros sistemas.
guide-register-information = Para obtener su CS es necesario que usted cuente con una cuenta de correo electrónico para que podamos enviarle su CS. Le sugerimos crear una cuenta de correo electrónico por ejemplo: Gmail. Para cualquier consulta sobre este proceso, llame al 800 80 10 30.
guide-cases = Ante alguno de estos tres casos, los usuarios podrán solicitar la recuperación de su Clave Sence:
guide-recover = Debe ingresar en primera instancia el Rut de la Persona Jurídica y responder la pregunta secreta para validar la cuenta y luego realizar una comprobación de seguridad Captcha.
guide-recover-important = Asegúrese de tener sus datos de contacto actualizados antes de recuperar la CS, pues podría enviarse la clave a un e-mail que ya no tenga o no utilice. Para cualquier consulta sobre recuperar la CS, llame al 800 80 10 30.
guide-change = Debe ingresar en primera instancia el Rut de la Empresa, Rut de algún Representante Legal y CS actual (con mayúscula) para validar la cuenta, si sus datos son correctos podrá cambiar su CS por otra, finalmente deberá realizar una comprobación de seguridad Captcha. En el caso que la CS ingresada no sea válida considere generar una nueva: elija «Recuperar CS aquí».
guide-change-important = Asegúrese de tener sus datos de contacto actualizados antes de cambiar su CS, pues podría enviarse la clave a un e-mail que ya no tenga o no utilice. Para cualquier consulta sobre cambio de CS, llame al 800 80 10 30.
guide-letters = Queremos asegurarnos de que es una persona real quien está utilizando este sistema. Por favor, ingrese en el cuadro de texto las letras que muestra la siguiente imagen:
guide-messages = Si al ingresar su Rut y Clave Sence, el sistema mostrara alguno de los siguientes mensajes por los que no puede iniciar sesión, se sugiere realizar los pasos indicados, de acuerdo a su caso.
register-important = Para obtener su CS necesita una cuenta de correo electrónico: allí le escribiremos.
register-company-heading = ¿Cuál es el RUT de la empresa?
register-question-heading = Elija una pregunta que solo usted sepa responder
register-address-heading = ¿Cuál es la dirección de la empresa?
register-contact-heading = ¿Cómo podemos contactar a la empresa?
register-representative-heading = ¿Cuál es el RUT del representante legal?
register-representative-contact-heading = ¿Cómo podemos contactar al representante legal?
register-clave-heading = Elija la clave de su empresa
clave-rule = La clave CS tiene un mínimo de 8 y un máximo de 10 caracteres. Se distinguen mayúsculas y minúsculas.
letters-heading = Muestre que hay una persona aquí
challenge-why = Por favor, escriba las letras que se muestran aquí:
review-heading = Revise los datos antes de crear la cuenta
review-hint = Revise cada línea. Enter lleva al botón del final. Para cambiar una, vaya a ella con ↓ y pulse Enter.
review-hidden = escrita, no se muestra
review-nothing = no tiene
code-heading = Escriba el código que le enviamos
code-dead-heading = Ese código ya no sirve
code-hint = Enviamos un código de 8 números a ese correo. Dura 10 minutos.
code-hint-register = Para crear la cuenta, escriba el código de 8 números que enviamos al correo de la empresa. Dura 10 minutos.
code-mend-email = ¿Está mal escrito? Elija «Corregir el correo»: hará otra solicitud, y esta se borra sola.
code-mend-register = ¿Está mal escrito? Regístrese otra vez con el correo correcto: esta solicitud se borra sola.
code-coming = Otro código va en camino: llega en uno o dos minutos. Entonces el anterior deja de servir.
wrong-code = ese no es el código. Revise el mensaje. { $tries ->
       [one] Le queda 1 intento
       *[other] Le quedan { $tries } intentos
    }.
wrong-code-early = el mensaje con el código todavía no sale. Espere un poco, o pida ayuda.
wrong-code-limit-address = ese correo ya recibió hoy los códigos que puede. Use otro, o vuelva mañana.
wrong-code-limit = ya enviamos varios mensajes a ese correo. Vuelva más tarde, o pida ayuda.
wrong-code-dead = ese código ya no sirve. Elija «Enviar otro código», o vuelva y pida la clave otra vez.
wrong-code-dead-register = ese código ya no sirve. Elija «Enviar otro código», o «Hacerlo después» y termine con su folio.
wrong-code-over-register = no quedan intentos. Elija «Hacerlo después», y con su folio «Terminar mi registro».
wrong-code-over = esta solicitud ya no sirve. Vuelva y pida la clave otra vez.
taken-heading = Recibimos su solicitud
taken-pending = Guarde su folio. Su solicitud queda pendiente: el registro no respondía.
taken-pending-next = La confirmamos apenas responda. Hasta entonces la clave que eligió no funciona.
taken-later = La cuenta todavía no existe: falta escribir el código del correo de la empresa.
taken-later-next = Guardamos su solicitud 24 horas. Para terminar, vuelva a «Regístrese aquí», elija «Terminar mi registro» y escriba este folio.
registered-heading = La empresa tiene ahora su Clave Sence
registered-now = La cuenta está creada, y la clave que eligió funciona desde ahora.
registered-mobile-proved = El correo y el celular quedaron confirmados: si olvida la clave, podrá recibirla en ambos.
registered-mobile-later = El correo quedó confirmado. El celular no: las claves van solo al correo hasta que lo confirme en «Actualizar datos».
registered-before = La empresa ya tenía Clave Sence, así que no cambiamos sus datos: esto es una recuperación.
register-in-person-heading = Falta que un funcionario vea su cédula
register-in-person = En esta oficina las cuentas se crean en persona. Pida ayuda y muestre la cédula.
register-two = La cuenta anterior de esta empresa solo la entregan dos funcionarios. Pida ayuda y muestre su cédula.
register-two-next = Si ahora no hay dos, vuelva con su cédula y elija «Recuperar CS aquí»: ahí también se la entregan.
register-in-person-next = Si no hay nadie ahora, guarde el folio: con «Terminar mi registro» sigue después, dentro de 24 horas.
resume-heading = ¿Cuál es el folio de su solicitud?
resume-hint = Con el folio se pide un código nuevo para el correo de esa solicitud.
wrong-no-application = no hay una solicitud con ese folio, o ya terminó. Regístrese de nuevo.
code-hint-mobile-register = Enviamos por SMS un código de 8 números al celular del representante legal. Dura 10 minutos.
wrong-code-dead-mobile = ese código ya no sirve. Elija «Enviar otro código», o «No tengo el celular aquí».
wrong-code-over-mobile = no quedan intentos. Elija «No tengo el celular aquí»: podrá confirmarlo en «Actualizar datos».
wrong-code-limit-mobile = ya enviamos varios mensajes a ese celular. Escriba el último código, o elija «No tengo el celular aquí».
review-card-checked = Confirmada
review-card-unchecked = Se confirmará después
unfit-closed-heading = Esa empresa figura con término de giro
unfit-closed = Según el SII, la empresa terminó su giro. Solo una empresa vigente puede tener Clave Sence. Si es un error, debe corregirse en el SII.
unfit-unknown-heading = No encontramos esa empresa en el SII
unfit-unknown = El RUT está bien escrito, pero el SII no conoce una empresa con ese número. Revise que sea el RUT de la empresa y no el de una persona.
unfit-person-heading = Ese RUT es de una persona, no de una empresa
unfit-person = Este tótem atiende a empresas, y los RUT de empresas comienzan en 50 millones. Vuelva y escriba el RUT de la empresa.
unfit-person-next = La clave de una persona se obtiene en cus.sence.cl, o con un funcionario: pida ayuda.
unfit-unlisted-heading = Esa empresa no está en la lista del SII
unfit-unlisted = El RUT está bien escrito. Este tótem tiene la lista del SII del { $day }: una empresa creada hace poco puede faltar.
unfit-unlisted-next = Revise el RUT. Si es correcto, pida ayuda: dos funcionarios pueden registrarla. Muestre su cédula o pasaporte, el e-RUT de la empresa y el documento que lo nombra representante. O vuelva cuando la lista sea más nueva.
mismatch-representative = los datos no coinciden con nuestros registros. { $tries ->
       [one] Le queda 1 intento
       *[other] Le quedan { $tries } intentos
    }. Revise el RUT, o pida ayuda.
rut-of-a-person = Ese RUT parece de una persona: los de empresas comienzan en 50 millones. Corríjalo, o continúe.
did-you-mean = ¿Quiso escribir { $email }? Corríjalo si es así, o continúe.

# Recuperar (guía 3)
place-recover = Recuperar CS · Persona Jurídica
recover-road-heading = ¿Recuerda la respuesta a su pregunta secreta?
recover-road-hint = Elija su caso.
recover-has-answer = Tengo la respuesta
recover-has-answer-detail = Le pedimos el RUT de la empresa y la respuesta
recover-forgot = No la recuerdo
recover-forgot-detail = Le pedimos el RUT de la empresa, y la cédula del representante legal
recover-no-question = No tengo pregunta
recover-no-question-detail = O no sabe si tiene una: le pedimos el RUT de la empresa, y la cédula del representante legal
recover-company-heading = ¿Cuál es el RUT de la empresa?
recover-important = Asegúrese de tener sus datos de contacto actualizados: la clave puede llegar a un correo que ya no use.
recover-question-hint = Escriba la respuesta, o marque que no la recuerda.
recover-question-heading = ¿Cuál es la respuesta a su pregunta secreta?
wrong-answer-stale = la respuesta registrada cambió mientras tanto. Escríbala de nuevo.
recover-representative-heading = ¿Cuál es el RUT del representante legal?
recover-without-question = Esta empresa no tiene una pregunta secreta, así que seguimos con la cédula del representante legal.
recover-representative-hint = Lo verificaremos con los datos en línea del Servicio de Impuestos Internos (SII).
recover-card-heading = ¿Cuál es el número de serie de su cédula?
recover-card-hint = Lo verificaremos con el Registro Civil. Es la cédula del representante legal.
recover-address-heading = ¿A qué correo enviamos la clave?
recover-address-hint = Se le enviará una clave al siguiente correo electrónico:
address-yes = SÍ, es correcto
address-no = NO, ya no lo uso
recover-confirm-heading = Recuperar Clave: último paso
recover-held-heading = El correo nuevo quedó confirmado
recover-held = Para proteger a la empresa, la clave espera 24 horas antes de salir al correo nuevo.
recover-held-staff = Si un funcionario ve ahora su cédula e ingresa con su cuenta, no hay que esperar.
recover-held-in-person = Para proteger a la empresa, esta clave sale solo si un funcionario ve su cédula.
recover-held-in-person-next = Pida ayuda ahora, con su cédula a mano. Si sale sin ella, esta solicitud no sirve: la próxima vez comienza de nuevo.
recover-held-two-next = Pida ayuda ahora, con su cédula a mano: uno empieza aquí y otro confirma. Si sale sin ellos, esta solicitud no sirve.
recover-held-beside = Otra clave pedida antes espera todavía: si nadie la detiene, sale a otro correo en { $hours ->
        [one] una hora
       *[other] { $hours } horas
    }. Esta sale solo si un funcionario ve su cédula.
recover-held-beside-next = Cuando se confirma su cédula, la anterior queda anulada. Si usted no la pidió, dígalo ahora.
recover-not-registered-heading = La empresa todavía no tiene Clave Sence
recover-not-registered = Sus datos están bien, pero no hay una clave que recuperar. Puede registrar la empresa ahora mismo.
success-heading = Éxito
sent-to-company = Su clave Sence (CS) será enviada al e-Mail de la Empresa registrado dentro de los próximos 10 minutos.
sent-by-sms = Su clave Sence (CS) será enviada por SMS a su celular dentro de los próximos 10 minutos.
sent-by-mail = Su clave Sence (CS) será enviada a su e-Mail dentro de los próximos 10 minutos.
sent-now-on-file = Este correo quedó registrado como el de la empresa. Los contactos anteriores ya no reciben claves.
sent-either = Cada mensaje trae su propia clave provisoria: sirve cualquiera de las dos.
recover-too-many-codes = El contacto registrado ya recibió varios códigos. Vuelva más tarde, o pida ayuda con su cédula.
sent-what-next = Cuando le llegue, elija «Cambie su CS aquí» en este tótem, dentro de 24 horas y antes de ingresar a otro sistema. La clave que llega solo sirve para elegir la suya; la que está en uso no cambia hasta entonces.
sent-keep-folio = Anote el folio antes de seguir: después no vuelve a esta página.
fact-email = Correo
fact-mobile = Celular
receipt-folio = Su folio: { $folio }
fact-sent-by = Destino
fact-sms-and-mail = Los contactos confirmados de la empresa
demo-mail-folder = Demostración: el correo está en { $folder }
demo-sms-folder = Demostración: el SMS está en { $folder }
demo-message-folders = Demostración: el correo está en { $mail }, y el SMS en { $sms }
mismatch-answer = los datos no coinciden con nuestros registros. { $tries ->
       [one] Le queda 1 intento
       *[other] Le quedan { $tries } intentos
    }. Revise la respuesta, o marque que no recuerda.
mismatch-card = los datos no coinciden con nuestros registros. { $tries ->
       [one] Le queda 1 intento
       *[other] Le quedan { $tries } intentos
    }. Revise el número, o pida ayuda.

# Cambiar (guía 4)
place-change = Cambiar CS · Persona Jurídica
change-who-heading = Escriba sus datos y la clave
change-who-hint = Si no tiene la clave, o no sirve, elija «Recuperar CS aquí».
change-sent-heading = La clave enviada es correcta: ahora elija la suya
change-sent-hint = La clave que le enviamos solo sirve para esto. Elija una de 8 a 10 caracteres: será la de su empresa. La que está en uso deja de servir cuando usted termine aquí.
change-own-heading = Elija la clave nueva
change-confirm-heading = Cambiar Clave: último paso
changed = Su Clave Sence (CS) fue cambiada.
changed-what-next = Use la clave nueva desde ahora.
mismatch-clave = los datos no coinciden. { $tries ->
       [one] Le queda 1 intento
       *[other] Le quedan { $tries } intentos
    }. Revise los RUT y la clave, o elija «Recuperar CS aquí».
mismatch-not-listed = la lista del SII de { $days ->
       [0] hoy
       [1] ayer
       *[other] hace { NUMBER($days) } días
    } no nombra a esa persona. Revise el RUT, o pida ayuda.
mismatch-none-minutes = los datos no coinciden, y no quedan intentos. { $minutes ->
       [one] Vuelva a intentar en 1 minuto
       *[other] Vuelva a intentar en { NUMBER($minutes) } minutos
    }, o pida ayuda.
mismatch-none-hours = los datos no coinciden, y no quedan intentos. Vuelva a intentar en { NUMBER($hours) } horas, o pida ayuda.
mismatch-repeated = eso es lo mismo que antes, y no coincide. Cámbielo para volver a intentar. No perdió otro intento.
wrong-clave-over = esa clave provisoria ya no sirve: lo hecho en persona la terminó. Si no fue usted, venga con su cédula.
wrong-clave-unchanged = esa es la clave que ya tiene. Elija otra.
mismatch-facilitator = los datos no coinciden con nuestros registros. { $tries ->
       [one] Le queda 1 intento
       *[other] Le quedan { $tries } intentos
    }. Revise lo que escribió, o pida ayuda.
mismatch-undo = los datos no coinciden. { $tries ->
       [one] Le queda 1 intento
       *[other] Le quedan { $tries } intentos
    }. Revise RUT y código: cada código sirve una vez.

# Deshacer
wrong-undo-in-person = lo hecho en persona terminó ese código. Si no fue usted, venga con su cédula y elija «Recuperar CS aquí».
wrong-undo-hold = ese código solo detenía una espera, y ya terminó. Si no la pidió usted, pida ayuda con su cédula.
place-undo = Recibí un aviso y no fui yo
undo-heading = Deshacer un cambio que usted no pidió
undo-hint = El aviso trae un código de 8 números. Si el suyo no trae ninguno, pida ayuda con su cédula.
undone = Listo. Lo que decía el aviso quedó sin efecto.
undone-what-next = Si había una clave nueva, ya no funciona; vuelve a servir la anterior. Los datos son los de antes. Le recomendamos cambiar la clave.
undone-not-erased = Los datos de la empresa no se borrarán. Lo que se cambió después de pedirlo también quedó sin efecto.
undone-without-key = La clave del facilitador ya no funciona, y antes no tenía otra. Para que tenga una, haga una nueva solicitud.
undone-frozen = Listo. La cuenta quedó congelada: nadie puede usarla aquí, y ninguna clave pedida llegará.
help-undo = El código sirve una vez y por 72 horas desde el aviso.

# Facilitador extranjero (guía 5)
place-facilitator = Recuperar CS para Facilitador Extranjero
menu-facilitator-detail = Pedirla, ver su estado o usar la clave recibida
facilitator-menu-heading = Solicitud de CS para Facilitador Extranjero
menu-facilitator-request = Solicitar la CS de un facilitador
menu-facilitator-request-detail = Con la CS de la empresa y dos documentos
menu-request-status = Estado de mi solicitud
menu-request-status-detail = Con el folio y el RUT del representante legal
menu-facilitator-key = Soy el facilitador: cambiar mi CS
menu-facilitator-key-detail = Recibí una clave por correo, o quiero otra
help-facilitator = El facilitador es quien dicta cursos y no tiene RUT chileno. La solicitud la hace el representante legal de la empresa.
facilitator-who-hint = Necesita la declaración jurada y el documento del facilitador, como archivos, por ejemplo en un pendrive. Cada uno de 1 MB o menos, en jpg, png o pdf.
facilitator-sent-key-heading = Primero elija la clave de la empresa
facilitator-sent-key = Esa es la clave provisoria que le enviamos, y solo sirve para elegir la suya. Elíjala, y vuelva con ella a esta solicitud.
step-declaration = Declaración Jurada
step-facilitator = Datos del Facilitador
step-request = Revisar y solicitar
panel-declaration = Adjuntar Declaración Jurada
panel-facilitator = Datos del Facilitador
declaration-heading = ¿Tiene la declaración jurada firmada?
declaration-hint = Si no la tiene, lleve la plantilla (docx) con los datos de su empresa, complétela y fírmela.
declaration-attach = Sí: adjuntar la declaración firmada
declaration-to-drive = Guardar la plantilla en un pendrive
declaration-by-mail = Recibir la plantilla en el correo de la empresa
declaration-on-paper = Imprimir la plantilla
declaration-later = Si necesita tiempo para firmarla, vuelva otro día. Nada se guarda hasta que elija «Realizar solicitud», así que volverá a escribir sus datos.
declaration-saved = Guardamos la plantilla en el pendrive: { $name }. Ya puede retirarlo.
declaration-on-its-way = La plantilla va en camino al correo de la empresa.
help-declaration = La declaración jurada nombra a la empresa y a su representante legal: sirve solo para ellos.
drives-heading = ¿En qué pendrive la guardamos?
wrong-drive-gone = No encontramos un pendrive. Conéctelo, espere unos segundos y vuelva a elegir.
wrong-drive-full = El pendrive está lleno. Libere espacio o conecte otro.
wrong-drive-read-only = El pendrive está protegido contra escritura. Conecte otro.
wrong-hand-out = No pudimos entregar la plantilla. Elija otra manera, o pulse F2 para pedir ayuda.
label-declaration = Declaración Jurada
label-identity-document = Documento de Identificación
files-declaration-heading = Elija el archivo de la declaración firmada
files-identity-heading = Elija el archivo del documento de identificación
files-rule = Tamaño máximo permitido: 1 MB. Formatos de archivo permitidos: .jpg|.png|.pdf
files-none = Todavía no vemos archivos que sirvan. Conecte un pendrive y elija «Actualizar lista».
files-none-or-scan = Todavía no vemos archivos que sirvan. Conecte un pendrive, o pida al funcionario que escanee el documento, y elija «Actualizar lista».
files-drive-lost = El pendrive { $drive } se retiró, o dejó de responder, mientras lo leíamos. Conéctelo otra vez y elija «Actualizar lista».
files-refresh = Actualizar lista
files-from-phone = Subir desde el teléfono
files-from-phone-detail = Tome una foto, o elija un archivo suyo
files-unfit = No sirven:
files-more = { $count ->
       [one] Hay 1 archivo más que no mostramos.
       *[other] Hay { NUMBER($count) } archivos más que no mostramos.
    }
file-entry = { $name }
file-on-drive = { $drive } · { NUMBER($kilobytes) } KB
file-in-scanner = Escáner · { NUMBER($kilobytes) } KB
file-unfit-kind = { $name }: no es jpg, png ni pdf.
file-unfit-heic = { $name }: es una foto de iPhone (HEIC). Guárdela como JPG.
file-unfit-empty = { $name }: está vacío.
file-unfit-large = { $name }: pesa { NUMBER($whole) },{ NUMBER($tenth) } MB y debe pesar 1 MB o menos.
help-files = Los archivos más nuevos están primero. No abrimos ni cambiamos nada más de su pendrive. Una foto demasiado grande la podemos reducir.
wrong-file-kind = El archivo debe ser .jpg, .png o .pdf. Elija otro.
wrong-file-heic = Es una foto de iPhone (HEIC). Guárdela como JPG, o en el iPhone elija Configuración, Cámara, Formatos, «Más compatible».
wrong-file-empty = El archivo está vacío. Elija otro.
wrong-file-not-its-name = El archivo no es lo que dice su nombre. Guárdelo de nuevo como jpg, png o pdf.
wrong-file-large = El archivo pesa { NUMBER($whole) },{ NUMBER($tenth) } MB. Debe pesar 1 MB o menos.
wrong-file-pixels = La imagen mide { NUMBER($width) } × { NUMBER($height) } puntos. Escanéela más pequeña: hasta 10.000 por lado.
wrong-file-damaged = El archivo está dañado o incompleto. Guárdelo o escanéelo de nuevo.
wrong-file-encrypted = El pdf pide una contraseña. Guárdelo sin ella, o imprímalo y escanéelo.
wrong-file-attachment = El pdf lleva otros archivos adentro. Imprímalo y escanéelo, o pida ayuda con F2.
wrong-file-active = El pdf hace más que mostrar páginas. Imprímalo y escanéelo, o pida ayuda con F2.
wrong-file-no-pages = El pdf no tiene páginas que se puedan leer. Escanéelo de nuevo.
wrong-file-complicated = El archivo es demasiado complicado. Imprímalo y escanéelo de nuevo.
wrong-file-not-looked-at = No pudimos revisar el archivo. Elíjalo otra vez, o pulse F2 para pedir ayuda.
wrong-file-gone = Ese archivo ya no está o cambió. Elija «Actualizar lista».
phone-heading = Abra esta página en su teléfono
phone-hint = En el teléfono, con el wifi de esta oficina, escriba la dirección que está abajo. Si también aparece un código, basta escanearlo. Si no abre, apague los datos móviles. Sirve 5 minutos, en un solo teléfono.
phone-address = { $address }
phone-connected-heading = Teléfono conectado
phone-connected-hint = Tome la foto o elija el archivo en el teléfono, y envíelo. Aquí aparecerá para que usted lo revise.
phone-over-heading = Esa dirección ya no sirve
phone-over = Pasaron los 5 minutos, o se interrumpió. No recibimos ningún archivo. Puede pedir otra dirección.
help-phone = El teléfono debe estar en la red de esta oficina. La página no pide ni muestra datos suyos. El archivo llega solo a este tótem, y usted decide si lo usa.
help-phone-not-loading = Si la página no abre, apague los datos móviles del teléfono y use el wifi de esta oficina. Si el navegador prueba primero con https, escriba la dirección tal como aparece, desde http. Si avisa que la página no es segura, revise que la dirección sea la de este tótem y continúe: el archivo no sale de esta oficina.
wrong-phone-page = Ahora no se puede subir desde el teléfono. Use un pendrive, o pulse F2 para pedir ayuda.
scale-heading = La imagen es demasiado grande: podemos reducirla
scale-hint = La imagen reducida debe poder leerse bien. El archivo de su pendrive no cambia.
preview-heading = ¿Es este el archivo?
fact-file = Archivo
fact-kind = Formato
fact-extent = Contenido
fact-size = Tamaño
fact-size-now = Tamaño actual
fact-size-scaled = Tamaño reducido
fact-extent-scaled = Imagen reducida
kind-jpg = Imagen jpg
kind-png = Imagen png
kind-pdf = Documento pdf
extent-pixels = { NUMBER($width) } × { NUMBER($height) } puntos
extent-pages = { $pages ->
       [one] 1 página
       *[other] { NUMBER($pages) } páginas
    }
size-kilobytes = { NUMBER($kilobytes) } KB
size-megabytes = { NUMBER($whole) },{ NUMBER($tenth) } MB
facilitator-identity-heading = ¿Con qué documento se identifica el facilitador?
facilitator-names-heading = ¿Cómo se llama el facilitador?
facilitator-birth-heading = ¿Cuándo nació el facilitador?
facilitator-family-heading = ¿Cuál es su estado civil y su país?
facilitator-contact-heading = ¿A qué correo enviamos la clave del facilitador?
help-identity = El número que está en el pasaporte o en la cédula de su país. Después elige el archivo con ese documento.
help-names = Si en su país se usa un solo apellido, deje vacío el segundo.
help-as-on-document = Escriba los datos como están en el documento de identificación.
help-facilitator-email = Debe ser un correo que lea el facilitador, no la empresa: la clave es personal.
identity-passport = Pasaporte
identity-foreign-card = Cédula extranjera o DNI
identity-other = Otro
sex-female = Femenino
sex-male = Masculino
sex-unspecified = No se indica (X)
civil-single = Soltera o soltero
civil-married = Casada o casado
civil-partner = Conviviente civil
civil-separated = Separada o separado judicialmente
civil-divorced = Divorciada o divorciado
civil-widowed = Viuda o viudo
wrong-identity-shape = el número lleva solo letras y números. Cópielo del documento.
wrong-identity-no-digit = eso no parece el número de un documento: no tiene números. Cópielo del documento.
wrong-identity-length = el número debe tener de 4 a 20 letras y números. Cópielo del documento.
wrong-person-name = el nombre lleva solo letras, espacios, guiones y apóstrofos.
wrong-person-name-long = el nombre tiene { NUMBER($length) } caracteres. Debe tener 60 o menos.
wrong-birth-shape = escriba la fecha con día, mes y año, como 01-12-1992.
wrong-birth-year = escriba el año con sus cuatro números, como 01-12-1992.
wrong-birth-day = esa fecha no existe en el calendario. Revise el día y el mes.
wrong-birth-future = esa fecha todavía no llega. Revise el año.
wrong-birth-old = según esa fecha tiene más de 110 años. Revise el año.
wrong-children = escriba un número de 0 a 30.
wrong-country = no encontramos el país { $text }. Escriba menos letras y elija de la lista.
wrong-folio = eso no es un folio. Tiene 9 letras o números, como 0410-6105-A.
wrong-folio-check = ese folio tiene un error: así no se lo dimos. Cópielo del comprobante, letra por letra.
facilitator-review-heading = Revise los datos antes de realizar la solicitud
help-facilitator-review = Nada se guarda hasta que elija «Realizar solicitud».
facilitator-taken = Guarde su folio.
facilitator-next-review = Dos funcionarios revisan los documentos.
facilitator-next-key = Si la aprueban, el facilitador recibe su clave en su propio correo.
facilitator-next-status = Consulte con el folio en «Estado de mi solicitud», o gratis en el 800 80 10 30.
status-heading = Estado de mi solicitud
status-hint = Escriba el folio del comprobante y el RUT del representante legal que hizo la solicitud.
help-status = El folio está en el comprobante, y en la copia si llegó al correo de la empresa.
mismatch-request = no encontramos una solicitud con esos datos. { $tries ->
       [one] Le queda 1 intento
       *[other] Le quedan { $tries } intentos
    }. Revise folio y RUT, o pida ayuda.
status-in-review-heading = Su solicitud está en revisión
status-approved-heading = Su solicitud fue aprobada
status-approved = La clave va en camino al correo del facilitador.
status-key-sent = La clave ya salió al correo del facilitador. Dura 24 horas: con ella elige la suya en este tótem.
status-refused-heading = Su solicitud no fue aprobada
status-refused = El motivo: «{ $reason }». Puede hacer otra solicitud.
status-withdrawn-heading = Su solicitud fue retirada
status-withdrawn = Ya no se revisa. Puede hacer otra solicitud.
status-call = Si tiene dudas, llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.
facilitator-key-hint = Para el facilitador. Escriba los datos de su documento como están en la solicitud, y la clave que recibió.
help-facilitator-key = El correo con la clave dice de qué empresa es. La clave recibida dura 24 horas.
facilitator-key-sent-hint = La clave que le enviamos solo sirve para esto. Elija una de 8 a 10 caracteres: será la suya. Si tenía otra, deja de servir cuando usted termine aquí.
waiting-for-drives = Buscamos los archivos.
waiting-for-file = Revisamos el archivo.
waiting-for-phone-page = Abrimos una página para su teléfono.
waiting-for-phone = Esperamos su teléfono.
waiting-for-phone-file = Esperamos el archivo.
waiting-for-hand-out = Entregamos la plantilla.

# Esperas y detenciones
waiting-heading = Un momento, por favor
waiting-for-sii = Consultamos al Servicio de Impuestos Internos (SII).
waiting-for-both = Consultamos al SII y al Registro Civil.
waiting-for-registro-civil = Consultamos al Registro Civil.
waiting-for-saving = Guardamos su solicitud.
waiting-for-checking = Revisamos sus datos.
waiting-since = { $seconds ->
       [0] Recién comenzó.
       *[other] Lleva { $seconds } segundos.
    }
stop-sii-heading = El SII no responde
stop-sii = Sus datos siguen aquí. Espere un momento y elija «Reintentar», o pida ayuda a un funcionario.
stop-registro-civil-heading = El Registro Civil no responde
stop-registro-civil = Sus datos siguen aquí. Espere un momento y elija «Reintentar», o pida ayuda a un funcionario.
stop-can-go-on = También puede seguir ahora: su solicitud queda pendiente, y la confirmamos cuando el registro responda.
stop-needs-staff = Sin esa respuesta no podemos confirmar sus datos, y este tótem no entrega la clave. Pida ayuda a un funcionario o vuelva más tarde.
stop-store-heading = No podemos guardar ahora
stop-store = No se hizo ni se perdió nada. Elija «Reintentar», o pida ayuda a un funcionario.
stop-unsure-heading = No sabemos si se guardó
stop-unsure = Puede que lo último que pidió haya quedado guardado, y puede que no. Elija «Reintentar»: no se pierde nada. De dos códigos vale el último. Si sigue igual, pida ayuda a un funcionario y revíselo más tarde: si cambió su clave, pruebe primero la nueva y después la anterior.
stop-office-heading = El sistema central no responde
stop-office = El sistema central de la oficina guarda las cuentas, y no responde desde las { $since }. Lo que escribió sigue aquí. Espere un momento y elija «Reintentar», o pida ayuda a un funcionario.
stop-office-unsure = El sistema central de la oficina guarda las cuentas, y no responde desde las { $since }. Puede que lo último que pidió haya quedado guardado, y puede que no. Espere un momento y elija «Reintentar»: no se pierde nada. De dos códigos vale el último. Lo que escribió sigue aquí. Si sigue igual, pida ayuda a un funcionario. Si cambió su clave, pruebe después primero la nueva, y luego la anterior.
stop-unconfirmed-heading = No pudimos confirmar sus datos
stop-unconfirmed = Los datos no coinciden, o el SII no responde para confirmarlos. { $tries ->
       [one] Queda 1 intento
       *[other] Quedan { $tries } intentos
    }. «Reintentar» pregunta lo mismo otra vez y no gasta otro.
stop-wait-heading = Hay que esperar para volver a intentar
stop-wait-seconds = Hubo varios intentos sin éxito. Espere { $seconds ->
       [one] 1 segundo
       *[other] { $seconds } segundos
    } y elija «Reintentar». Esta espera no cambia la clave en uso.
stop-wait-minutes = Hubo varios intentos sin éxito. Vuelva a intentar en { $minutes ->
       [one] 1 minuto
       *[other] { $minutes } minutos
    }. Esta espera no cambia la clave en uso. Un funcionario puede ayudarle.
stop-wait-hours = Hubo muchos intentos sin éxito. Vuelva a intentar en { $hours ->
       [one] 1 hora
       *[other] { $hours } horas
    }. Esta espera no cambia la clave en uso. Un funcionario puede ayudarle.
stop-by-card = Si no puede esperar, «Recuperar CS aquí» sigue abierto: elija «No la recuerdo» y use el RUT y la cédula del representante.
stop-terminal-heading = Este tótem está bloqueado por un rato
stop-terminal = Hubo muchos intentos sin éxito en este tótem. Se desbloquea solo en media hora, o antes si pulsa F2 y un funcionario ingresa con su cuenta. «Recibí un aviso y no fui yo», «Más información» y «Estado de mi solicitud» siguen funcionando.
stop-frozen-heading = Esta cuenta está congelada
frozen-why = Alguien avisó que no reconoce lo que se hizo en persona.
stop-frozen = Venga el representante legal vigente en el SII con su cédula: dos funcionarios le entregan la cuenta en una sola visita. Los otros sistemas del Sence no saben de esta congelación.
stop-in-person-heading = Hay una clave entregada en persona
stop-in-person = Un funcionario vio la cédula hace poco y dejó salir una clave. Mientras sirva, hasta 24 horas, no se hace otra cosa. Si fue usted, escríbala como CS Actual en «Cambie su CS aquí». Si no, pida ayuda con su cédula.
stop-two-heading = Aquí hacen falta dos funcionarios
stop-two = Hace menos de un mes dos funcionarios entregaron esta cuenta a su representante. Para llevarla a otra dirección hacen falta dos otra vez.
stop-applications-heading = Este tótem recibió muchas solicitudes
stop-applications = Sin un funcionario, aquí se hacen hasta 3 registros por hora. Pulse F2 para que alguien le ayude, o vuelva más tarde.
stop-without-run-heading = El Registro Civil no conoce a ese representante
stop-without-run = El SII lo registra como representante legal, pero el Registro Civil no conoce ese RUT. Ocurre con empresas y con extranjeros sin RUN.
stop-by-papers = Pida ayuda a un funcionario. Muestre su documento de identidad o pasaporte, y el poder o la escritura que lo acredita.
stop-card-unlisted-heading = Su cédula no está en la lista de este tótem
stop-card-unlisted = Este tótem confirma las cédulas con una lista, y no hay ninguna con su RUT. No es un error suyo y no pierde intentos.
stop-by-card-seen = Pida ayuda: dos funcionarios ven su cédula y usted sigue en esta visita.
idle-warning = ¿Sigue ahí? En { $seconds ->
       [one] 1 segundo
       *[other] { $seconds } segundos
    } se borrará lo que escribió. Pulse cualquier tecla para seguir.
idle-warning-page = ¿Sigue ahí? En { $seconds ->
       [one] 1 segundo
       *[other] { $seconds } segundos
    } vuelve la primera página. Pulse cualquier tecla para seguir.

# Ayuda, funcionario, terminar
help-heading = Ayuda
help-keys = Enter o Tab: siguiente. Flecha arriba: anterior. Números: elegir.
help-function-keys = F2 pide ayuda, F3 muestra la clave o la respuesta, F5 cambia las letras, F8 da más tiempo y F9 escribe @.
help-editing = Inicio y Fin llevan al comienzo y al final del campo. Ctrl+U, o F11, borra todo lo que hay en él.
help-function-keys-accompanied = F2 abre el panel del funcionario, F5 cambia las letras y F9 escribe @. Mientras alguien acompaña, nada secreto se muestra.
help-back-leaves = Esc sale de este trámite: lo que escribió en él se borra.
help-back = Esc vuelve un paso atrás sin perder lo escrito, salvo las claves.
help-erase = F10 sale y borra lo que escribió. Si usted se va, se borra solo.
help-linear = F4 cambia el contraste, F7 el idioma, F6 muestra todo línea por línea para lectores de pantalla.
help-company-rut = El RUT de la empresa está en el e-RUT o en cualquier factura. No es el RUT de una persona.
help-recover-roads = La pregunta secreta se eligió al registrar la empresa. Si no tiene la respuesta, sirven la cédula del representante legal y un correo que pueda leer.
help-question = Elija una pregunta cuya respuesta no esté en redes sociales. La respuesta sirve para recuperar la clave.
help-address = Si la dirección no tiene block o departamento, deje esos campos vacíos.
help-contact = Al correo de la empresa llegan las claves y los avisos. Use uno que alguien lea siempre.
help-representative = Debe ser un representante legal vigente en el SII. Si este tótem tiene un lector, al pasar la cédula se llenan el RUT y el número de serie.
help-clave = No use datos de la empresa ni claves de otros sitios. La clave es personal e intransferible.
help-letters = Debajo de las letras está cada una con una palabra. Si no puede leerlas, pulse F2: un funcionario verifica en persona.
help-review = Nada se guarda hasta que elija «Crear Cuenta».
help-answer = No importan mayúsculas ni acentos. Si no la recuerda, marque la casilla: usaremos su cédula.
help-serial-new = Cédula nueva: bajo «N° documento», adelante, 9 números o una letra y 8 más.
help-serial-old = Cédula antigua: adelante, una A y 9 números.
help-masked-address = Mostramos solo una parte del correo para proteger a la empresa.
help-code = Si no llega en unos minutos, mire en el correo no deseado y revise que la dirección esté bien escrita.
help-code-by-sms = Si no llega en unos minutos, revise que el celular tenga señal y que el número esté bien escrito.
help-sent-key = Si le llegó una clave por correo o SMS, escríbala aquí como CS Actual.
end-heading = ¿Quiere salir?
end-hint = Se borrará lo que escribió. Lo que ya confirmó con un folio no se pierde.
end-hint-settlement = Si sale, un funcionario tendrá que empezar la entrega otra vez con usted.
staff-heading = Ayuda de un funcionario
staff-calling = Estamos avisando al funcionario.
staff-heard = Avisamos al funcionario. Espere aquí, por favor.
staff-meanwhile = Mientras tanto puede volver a su trámite: no se pierde nada. También puede llamar gratis al 800 80 10 30.
staff-pin-heading = Verificación presencial
staff-pin-hint = El funcionario escribe su número y su PIN. Reemplaza solo estas letras, por esta vez, y queda registrado. Para todo lo demás, ingrese con su cuenta.
wrong-pin = ese número y ese PIN no corresponden. Escríbalos otra vez.
wrong-pin-wait = hubo varios intentos sin éxito. Espere: son 15 minutos a lo más.

# Más información (guía 1)
place-information = Más información
information-heading = ¿Sobre qué quiere saber?
info-about = Qué es la Clave Sence (CS)
info-about1 = La Clave Sence (CS) es una contraseña que pueden solicitar las personas, organismos y empresas para ingresar en algunas plataformas del Sence, y de esta manera, realizar sus trámites y acceder a los programas, instrumentos o beneficios de su interés.
info-about2 = Se puede recuperar o modificar en su plataforma correspondiente, ingresando a https://cus.sence.cl/Account. En este sitio también es posible actualizar los datos personales del usuario.
info-other = Otras consideraciones
info-requirements = Le recordamos que, como requisito para obtener la Clave Sence:
info-requirements1 = Las Personas Naturales deben contar con Rut Chileno.
info-requirements2 = Las Personas Jurídicas deben contar con Rut de la empresa u Otec vigente.
info-requirements3 = Las Personas Migrantes deben contar con NIE o Número de Identidad Extranjero.
info-besides = Además tenga en cuenta que:
info-besides1 = El uso de su Clave Sence es de carácter personal e intransferible.
info-besides2 = La Clave Sence es propia de los sistemas del Sence, y no tiene relación actualmente con la Clave Única del Servicio de Registro Civil.
info-besides3 = Para generar esta clave debe contar con una cuenta de correo electrónico vigente.
info-besides4 = Si tiene alguna consulta llámenos gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.
info-bring = Qué debe traer
info-bring1 = El RUT de la empresa.
info-bring2 = El RUT y la cédula de identidad del representante legal.
info-bring3 = Un correo que pueda leer ahora, por ejemplo en su teléfono.
info-bring4 = Para registrarse: la dirección, el teléfono y el celular de contacto.
info-advice = Consejos de este tótem
info-advice1 = La clave en uso no cambia hasta que usted elija una propia con la que le enviamos.
info-advice2 = Si el representante legal cambió, primero debe actualizarlo en el SII.
info-advice3 = Nadie del Sence le pedirá su clave, ni por teléfono ni por correo.
info-people = Si usted no viene por una empresa
info-people1 = Este tótem atiende a personas jurídicas.
info-people2 = Las personas naturales necesitan un RUT chileno, y las personas migrantes su NIE.
info-people3 = Hacen su trámite en cus.sence.cl, o con un funcionario: pulse F2.
info-help-line = Línea de ayuda
info-help-line1 = Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.
info-help-line2 = En esta oficina, F2 llama al funcionario.
info-privacy = Sus datos personales
info-privacy1 = Usamos sus datos para crear, recuperar y cambiar la clave de su empresa, y para nada más (Ley 21.719).
info-privacy2 = Se guardan cifrados. La clave y la respuesta secreta no se guardan: solo un resumen cifrado que no permite leerlas.
info-privacy3 = Lo que se hizo queda en un registro que no muestra sus datos. Para ver o borrar los de su empresa, elija «Actualizar datos».
info-privacy4 = Esta pantalla olvida todo cuando usted sale.

# No puedo entrar
place-cannot-enter = ¿Problemas para ingresar?
cannot-enter-heading = ¿Qué le dijo el otro sistema?
cannot-enter-own-table = Esta tabla es de este tótem: los otros sistemas pueden decirlo con otras palabras.
cannot-enter-other-keys = Para algunos trámites, los sistemas del Sence también aceptan ClaveÚnica o Clave Tributaria. Son otras claves, y aquí no se entregan.
symptom-wrong-key = Contraseña incorrecta
symptom-no-key = El usuario no tiene Clave SENCE
symptom-sent-key = Me enviaron una clave y no me deja ingresar
symptom-rut = RUT mal escrito o dígito verificador incorrecto
symptom-person = Me pide un RUT de persona
symptom-not-representative = La persona no es representante legal
symptom-closed = La empresa no está vigente
symptom-tries = Demasiados intentos
symptom-down = Error interno o servicio no disponible
advice-wrong-key = Recupere su clave. La que está en uso no cambia hasta que elija la nueva.
advice-no-key = Registre la empresa. Si después resulta que ya tenía clave, no se pierde nada.
advice-sent-key = La clave enviada solo sirve para elegir la suya. Escríbala como CS Actual y elija su clave nueva.
advice-rut = Escriba el RUT con su dígito verificador: el número o la K después del guion. Está en el e-RUT de la empresa.
advice-person = Los sistemas piden tres datos: el RUT de la empresa, el RUT de un representante legal y la clave de la empresa.
advice-not-representative = El SII es quien dice quién representa a la empresa. Actualice los representantes en el SII y vuelva a intentar.
advice-closed = Según el SII, la empresa terminó su giro. Si es un error, debe corregirse en el SII.
advice-tries = Espere el tiempo que le indicaron. Si no recuerda la clave, elija «Recuperar CS aquí» en vez de seguir probando.
advice-down = No es por su clave. Intente más tarde, o llame gratis al 800 80 10 30.
frame-language = English
frame-demo-note = datos inventados; nada de lo que haga aquí es real
frame-error = ERROR:
frame-error-summary = { $count ->
    [one] Hay 1 respuesta por corregir.
   *[other] Hay { NUMBER($count) } respuestas por corregir.
}
frame-important = IMPORTANTE
frame-information = INFORMACIÓN
frame-notice = AVISO
frame-notice-urgent = ATENCIÓN
frame-change = Cambiar
frame-steps = Pasos
frame-help = Ayuda
frame-help-more = El resto está en F1.
frame-more-above = Hay más arriba: RePág
frame-more-below = Hay más abajo: AvPág
frame-read-on = Hay más abajo: pulse Enter
frame-chosen = Elegido: { $text }
frame-nothing-fits = Nada coincide. Borre algunas letras y pruebe otra vez.
frame-key-enter = Enter
frame-key-tab = Tab
frame-key-back-tab = Mayús+Tab
frame-key-home = Inicio
frame-key-end = Fin
frame-key-page-up = RePág
frame-key-page-down = AvPág
frame-key-backspace = Retroceso
frame-key-delete = Supr
frame-key-escape = Esc
frame-key-space = Espacio
# Palabras que ya vienen escritas, donde se pide un mensaje.
frame-given = { $text }
frame-assistance-short = ¿Ayuda? F2 o 800 80 10 30, gratis.
frame-assistance-panel-short = F2: panel. 800 80 10 30, gratis.
frame-step-short = { NUMBER($current) }/{ NUMBER($total) }

# Actualizar datos y Mis datos
place-update = Actualizar datos · Persona Jurídica
menu-update-detail = Correo, celular, dirección, pregunta secreta; ver o borrar lo guardado
button-my-data = Mis datos
button-save-changes = Guardar cambios
button-see-kept = Ver qué se guarda
button-send-copy = Enviar una copia
button-ask-erasure = Pedir que se borre
button-take-erasure-back = No borrar: dejar todo como está
update-who-hint = Necesita la clave de la empresa. Si no la tiene, elija «Recuperar CS aquí».
update-sent-key-heading = Esa es una clave que le enviamos
update-sent-key = Solo sirve para elegir la suya. Elija «Cambie su CS aquí», y después vuelva a «Actualizar datos» con su clave nueva.
update-review-heading = Estos son los datos de la empresa
update-review-hint = Elija una línea con ↓ y pulse Enter para cambiarla. «Continuar» muestra qué va a cambiar, y ahí se guarda.
update-confirm-heading = Esto es lo que va a cambiar
update-confirm-contacts = Un correo o celular nuevo se confirma con un código. Hasta entonces queda el de antes.
update-unchanged-heading = No hay cambios que guardar
update-unchanged = Los datos son los mismos que ya teníamos. Vuelva y elija una línea para cambiarla.
no-code-heading = Ese contacto no se puede cambiar aquí
sms-off = En esta oficina no se envían SMS, así que un celular nuevo no se puede confirmar: queda el de antes.
mail-off = En esta oficina no se envían correos, así que un correo nuevo no se puede confirmar: queda el de antes.
update-limit-heading = Hubo muchos cambios en pocos días
update-limit = Cada cambio se puede deshacer durante 72 horas, y no caben más. No se guardó nada. Vuelva en unos días, o pida ayuda a un funcionario.
update-saved-heading = Guardamos sus cambios
update-saved = Guarde su folio.
update-proved = Quedaron confirmados y ya se usan:
update-later = Quedaron sin confirmar, así que sigue el de antes:
code-hint-company-email = Enviamos un código de 8 números al correo nuevo de la empresa. Dura 10 minutos. Si lo deja para después, queda el correo de antes.
code-hint-mobile = Enviamos por SMS un código de 8 números al celular nuevo. Dura 10 minutos. Si lo deja para después, queda el celular de antes.
code-hint-representative-email = Enviamos un código de 8 números al correo nuevo del representante legal. Dura 10 minutos. Si lo deja para después, queda el correo de antes.
review-kept = la de siempre, no se muestra
wrong-data-stale = los datos cambiaron mientras tanto. Escriba la clave para verlos de nuevo.
wrong-data-limit = hubo muchos cambios en pocos días. Elija «Hacerlo después»: queda el contacto de antes.
wrong-code-dead-contact = ese código ya no sirve. Elija «Enviar otro código», o «Hacerlo después»: queda el contacto de antes.
wrong-code-over-contact = no quedan intentos. Elija «Hacerlo después»: queda el contacto de antes.
wrong-code-limit-contact = ya enviamos varios mensajes allí. Elija «Hacerlo después» y vuelva más tarde.
wrong-code-limit-settlement = esta entrega ya envió los códigos que puede. Espere una hora, o pida que la empiecen de nuevo.
wrong-representative-unchecked = pulse Validar para confirmar que esa persona representa a la empresa.
wrong-company-not-open = la empresa no figura vigente en el SII. Debe corregirse allí primero.
stop-change-the-rest = Sin esa respuesta no podemos cambiar el representante legal. Lo demás sí: vuelva y deje el RUT de antes.
help-update = La respuesta secreta nunca se muestra. Para cambiarla, elija su línea y escriba otra.
help-my-data = Es su derecho por la Ley 21.719: saber qué se guarda, tener una copia y pedir que se borre.
kept-heading = Qué guardamos de su empresa, y para qué
kept1 = Nombre, RUT y dirección de la empresa, su teléfono y fax: para saber de quién es la clave, como pide la guía del Sence.
kept2 = El correo de la empresa, y el celular y el correo del representante legal: para enviar claves, códigos y avisos.
kept3 = El nombre y el RUT del representante legal: para confirmar en el SII quién puede pedir la clave.
kept4 = La pregunta secreta. De la clave y de la respuesta solo queda un resumen cifrado que no permite leerlas.
kept5 = Todo eso se guarda cifrado mientras exista la cuenta, y se borra cuando usted lo pide.
kept6 = Solicitudes sin terminar, códigos y mensajes enviados: se borran solos, a los pocos días.
kept7 = Un registro de lo que se hizo y cuándo, sin nombres ni direcciones: se conserva como prueba, también después de borrar.
copy-sent = Enviamos una copia de los datos al correo de la empresa. Llega en los próximos 10 minutos.
copy-limit-heading = Ese correo ya recibió varios mensajes
copy-limit = No sale otro por ahora, para no llenar el correo. Vuelva a pedirla más tarde.
contact-in-person-heading = Los contactos de esta cuenta se cambian en persona
contact-in-person = Un funcionario entregó esta cuenta a su representante. Para cambiar un correo o celular, venga con su cédula, elija «Recuperar CS aquí» y pida ayuda. Los demás datos se pueden cambiar aquí.
not-proved-heading = El correo todavía no está confirmado
not-proved = Nada personal sale a un correo que nadie ha confirmado. Elija «Confirmar contactos» y escriba su código.
erasing-heading = Qué pasa si se borran los datos
erasing1 = Se borran la cuenta, la clave, la dirección y los contactos. Esa clave deja de servir.
erasing2 = Se hace en 72 horas. Hasta entonces la clave funciona, y puede arrepentirse aquí mismo.
erasing3 = Los contactos de la empresa pueden detenerlo con el código de su aviso.
erasing4 = Queda solo el registro de lo que se hizo, sin sus datos. Después la empresa puede registrarse de nuevo: en persona, si así se entregó la cuenta.
erasing-important = Lo que se borra no se puede recuperar.
erasing-confirm-heading = Pedir que se borre: último paso
erasure-asked = Guarde su folio. Los datos de la empresa se borran en 72 horas.
erasure-asked-next = Si se arrepiente, vuelva antes a «Actualizar datos» con su clave y elija «Mis datos».
erasure-asked-by-notice = También sirve el código del aviso, en «Recibí un aviso y no fui yo».
erasure-pending = { $hours ->
       [one] Pidieron borrar estos datos: se borran en 1 hora.
       *[other] Pidieron borrar estos datos: se borran en { NUMBER($hours) } horas.
    } Para dejarlos como están, elija «Mis datos».
erasure-taken-back = Los datos no se borran: todo queda como está.

# Funcionarios: solicitudes de facilitadores
button-see-requests = Solicitudes de facilitadores
button-list-requests = Ver la lista
button-export-documents = Exportar para verlos
button-export-files = Exportar el archivo mismo
button-approve-request = Aprobar
button-refuse-request = Rechazar
button-withdraw-request = Retirar, porque la empresa lo pide
label-request-stage = Cuáles
missing-request-stage = Elija cuáles quiere ver: con su número o con Espacio.
requests-heading = Solicitudes de facilitadores
requests-reason-hint = El motivo queda registrado con cada página y cada solicitud que vea desde aquí.
requests-waiting = Solicitudes en espera
requests-approved-by-one = Solicitudes con una aprobación
requests-approved = Solicitudes aprobadas
requests-refused = Solicitudes rechazadas
requests-withdrawn = Solicitudes retiradas
requests-of-company = Solicitudes de { $company }
requests-oldest-first = { $count ->
    [one] 1 solicitud
   *[other] { NUMBER($count) } solicitudes
} · las más antiguas primero · página { NUMBER($page) } de { NUMBER($pages) }
requests-newest-first = { $count ->
    [one] 1 solicitud
   *[other] { NUMBER($count) } solicitudes
} · las más nuevas primero · página { NUMBER($page) } de { NUMBER($pages) }
requests-none = No hay ninguna ahora.
requests-next = Página siguiente
requests-previous = Página anterior
request-entry = { $folio } · { $person }
request-entry-detail = { $company } · { $day }
request-heading = Solicitud { $folio }
request-waiting = En espera: faltan dos aprobaciones
request-approved-by-one = Una aprobación: falta otra persona
request-approved = Aprobada
request-refused = Rechazada
request-withdrawn = Retirada
request-own-approval = Usted ya la aprobó. La segunda aprobación debe ser de otra persona.
fact-state = Estado
fact-received = Recibida
fact-company = Empresa
fact-approved-by = Aprobada por
fact-refused-by = Rechazada por
fact-withdrawn-by = Retirada por
fact-decision = { $staff } · { $day }
fact-facilitator = Facilitador
fact-declaration = Declaración
fact-identity-document = Documento
fact-identity-number = Número
panel-request-state = Cómo está la solicitud
panel-company-of-request = De quién es
fact-requests = Solicitudes de facilitador
document-image = { $kind } · { NUMBER($width) } × { NUMBER($height) } puntos · { NUMBER($kilobytes) } KB · { $day } · resumen { $fingerprint }
document-pages = { $pages ->
    [one] pdf · 1 página · { NUMBER($kilobytes) } KB · { $day } · resumen { $fingerprint }
   *[other] pdf · { NUMBER($pages) } páginas · { NUMBER($kilobytes) } KB · { $day } · resumen { $fingerprint }
}
document-erased = Ya fue borrado
request-unopened = Para aprobarla, exporte antes los documentos y véalos: se piden en cada sesión.
request-no-folder = Esta oficina no tiene una carpeta para ver documentos. La define quien administra el tótem.
request-no-renderer = Aquí nada dibuja las páginas de un pdf: falta el programa poppler-utils. Pida a quien administra el tótem que lo instale. Mientras tanto solo se puede exportar el archivo mismo.
export-hint = Las páginas salen dibujadas como imágenes a una carpeta que solo abre la cuenta de este tótem. Se borran en unos minutos, o antes si usted cierra su sesión.
export-files-hint = Un pdf puede dañar al programa que lo abre. Expórtelo solo si las páginas no bastan, y ábralo con un programa al día. Queda registrado con el motivo. Se borra en unos minutos, o antes si usted cierra su sesión.
exported-heading = Documentos listos para ver
exported = Están en la carpeta { $folder }
exported-ends = { $minutes ->
    [one] Se borran en 1 minuto, o antes si usted cierra su sesión o deja de usar este puesto. Junto a ellos están los datos completos, para comparar.
   *[other] Se borran en { NUMBER($minutes) } minutos, o antes si usted cierra su sesión o deja de usar este puesto. Junto a ellos están los datos completos, para comparar.
}
not-exported-heading = No se exportó nada
not-exported-gone = Los documentos ya fueron borrados, o no se pueden leer. Avise a quien administra el tótem.
not-exported-not-drawn = Las páginas no se pudieron dibujar. Pruebe otra vez, o exporte el archivo mismo. Avise a quien administra el tótem.
not-exported-failed = La carpeta para ver documentos no se puede usar. Avise a quien administra el tótem.
checklist-heading = Antes de aprobar
checklist-hint = Con los documentos a la vista, marque cada punto con la barra espaciadora. Lo que marque queda registrado con su nombre.
label-check-declaration-signed = La declaración jurada está completa y firmada por el representante
label-check-declaration-matches = La declaración nombra a esta empresa, a su representante y a este facilitador
label-check-identity-legible = El documento de identificación se lee entero y está vigente
label-check-data-agree = Número, nombres, nacimiento y país son los del documento
missing-check = Marque este punto. Si no se cumple, vuelva y elija «Rechazar».
refuse-heading = ¿Por qué se rechaza?
refuse-hint = Se rechaza ahora mismo y no se puede deshacer. La empresa puede hacer otra solicitud.
label-refusal-reason = Motivo para la empresa
hint-refusal-reason = Va tal cual en el correo a la empresa, y se lee en «Estado de mi solicitud».
missing-refusal-reason = Escriba el motivo que leerá la empresa.
wrong-refusal-long = el motivo tiene { NUMBER($length) } caracteres. Debe tener 300 o menos.
withdraw-heading = Retirar la solicitud
withdraw-hint = Solo si la empresa lo pide. No se le avisa por correo, y no se puede deshacer.
decided-approved-by-one-heading = Primera aprobación registrada
decided-approved-by-one = Falta la de otra persona. Hasta entonces no sale ninguna clave.
decided-approved-heading = Solicitud aprobada
decided-approved = La clave sale ahora al correo del facilitador.
decided-refused-heading = Solicitud rechazada
decided-refused = El motivo sale ahora al correo de la empresa.
decided-withdrawn-heading = Solicitud retirada
decided-withdrawn = Ya no se revisa.
undecided-heading = No se registró ninguna decisión
undecided-already = Otra persona ya decidió esta solicitud.
undecided-same-person = Usted ya la aprobó, con este nombre o con otro. La segunda aprobación debe ser de otra persona.
undecided-own-request = Es una solicitud suya. Nadie decide sobre lo que pidió.
undecided-unopened = Usted no ha visto los documentos en esta sesión. Expórtelos, véalos y apruebe después.
undecided-too-many-notices = Hubo muchos cambios de facilitadores en esta empresa. Apruebe esta solicitud en 72 horas más.
request-gone-heading = La solicitud ya no está
request-gone = Se borró mientras tanto.

# Funcionarios: entrar, acompañar, y su propio puesto
label-staff-name = Nombre
missing-staff-name = Escriba su nombre.
label-password = Contraseña
missing-password = Escriba su contraseña.
label-totp = Código del teléfono
hint-totp = Los 6 números que muestra ahora la aplicación.
missing-totp = Escriba el código de su teléfono.
label-reason = Motivo
hint-reason = Queda registrado con su nombre. No escriba datos de la persona.
missing-reason = Escriba el motivo.
wrong-reason = el motivo es muy corto. Escriba al menos 5 letras.
label-listed-reason = Por qué
missing-listed-reason = Elija el motivo: con su número o con Espacio.
reason-sees-badly = No ve bien las letras
reason-types-badly = Le cuesta usar el teclado
reason-mailbox-lost = Ya no puede abrir el correo registrado
reason-mailbox-wrong = El correo registrado está mal escrito
reason-today = Necesita la clave hoy
reason-residence = Residencia en trámite (Ley 21.325, art. 43)
reason-decree = Un decreto prorroga las cédulas
reason-other = Otro motivo
label-sought = Rut Empresa o folio
hint-sought = Por ejemplo: 99.999.999-9, o 0410-6105-A
missing-sought = Escriba un RUT o un folio.
wrong-sought = no es un RUT ni un folio. Revise los números y las letras.
wrong-sign-in = los datos no coinciden. Revise nombre, contraseña y código, y espere un código nuevo.
wrong-session-over = la sesión terminó. Ingrese otra vez.
button-with-account = Ingresar con mi cuenta
button-see-refusal = Ver por qué no pudo
button-waive-challenge = Verificar en persona, sin letras
button-unblock = Desbloquear un RUT
button-unlock-terminal = Desbloquear este tótem
button-witness-card = Confirmar cédula vista
button-vouch-unchecked = Confirmar cédula con registros caídos
button-accept-card = Aceptar cédula vencida, vista en persona
button-sign-out = Cerrar mi sesión
button-stop-accompanying = Dejar de acompañar
button-search = Buscar por RUT o folio
button-see-outbox = Mensajes por enviar
button-see-figures = Cifras por día
button-day-before = Día anterior
button-day-after = Día siguiente
figures-day = Visitas del { $day }
button-try-again = Enviar otra vez
hint-answer-accompanied = No importan las mayúsculas ni los acentos. No se muestra mientras alguien acompaña.
hint-sent-clave-accompanied = La que llegó por correo, o la que usa ahora. No se muestra mientras alguien acompaña.
hint-clave-accompanied = De 8 a 10 caracteres. No se muestra mientras alguien acompaña.
hint-current-clave-accompanied = Con mayúsculas y minúsculas, como está escrita. No se muestra mientras alguien acompaña.
key-panel = Panel
accompanied = Modo acompañado: { $name }. Hay más tiempo, y nada secreto se muestra.
panel-heading = Panel de { $name }
panel-hint = Lo que escribió la persona no se ve aquí. Esc vuelve al trámite, y usted sigue acompañando.
staff-sign-in-heading = Ingreso de funcionarios
wrong-pin-for-name = el PIN solo reemplaza las letras de una página, y aquí no hay. Escriba su nombre, contraseña y código.
staff-sign-in-hint = Con su nombre, su contraseña y el código de su teléfono; el PIN no sirve aquí. Cada código sirve una sola vez.
staff-reason-hint = Cada acto queda registrado con su motivo.
accept-card-hint = Solo si tiene a la persona y la cédula a la vista, y algo la mantiene vigente aunque el Registro Civil la dé por vencida.
staff-code-heading = Otro código de su teléfono
staff-code-hint = Pasó más de un minuto desde el último código. Cada cédula, cada desbloqueo y cada empresa piden uno nuevo.
wrong-staff-code = ese código no sirve, o ya se usó. Espere el siguiente.
staff-menu-heading = ¿Qué necesita ver?
staff-company-heading = Lo que hay de la empresa
staff-nothing-heading = No hay nada
staff-nothing = No tenemos una cuenta con ese RUT, ni un trámite reciente con ese folio.
staff-unblocked-heading = Desbloqueado
staff-unblocked = La empresa puede intentar de nuevo desde ahora.
staff-not-allowed-heading = Esto no le corresponde
staff-not-allowed = Su función no lo permite, o se trata de una empresa suya. Pídalo a otra persona.
staff-registers-answer = En esta visita los registros respondieron. Vuelva al trámite y elija «Reintentar».
staff-not-on-file = No es quien figura como representante de esa empresa. Sin los registros no se puede seguir.
place-staff = Puesto de funcionarios
place-staff-of = Puesto de funcionarios · { $name }
fact-yes = Sí
fact-no = No
fact-created = Cuenta creada
fact-failures = Intentos fallidos
fact-times = { NUMBER($count) }
fact-recovery = Recuperación
recovery-unproved = { $folio }: falta el código del correo nuevo
recovery-waits-for-staff = { $folio }: espera que un funcionario vea la cédula
recovery-held = { $folio }: espera un día
recovery-sending = { $folio }: clave por enviar
recovery-sent = { $folio }: clave enviada
recovery-unsent = { $folio }: la clave no se pudo enviar
recovery-cancelled = { $folio }: anulada
recovery-done = { $folio }: terminada
outbox-hint = Elija uno que falló para enviarlo otra vez.
outbox-empty = No hay mensajes que esperen ni que hayan fallado.
outbox-folio = Folio del elegido: { $folio }
outbox-key = Clave a { $to }
outbox-code = Código a { $to }
outbox-notice = Aviso a { $to }
outbox-failed = Falló
outbox-expired = Llegó tarde
outbox-waiting = Espera
outbox-held = Retenido: no nos aceptan
outbox-unreached = Espera: nadie contesta
outbox-refused = Falló: no existe
outbox-held-hint = Lo retenido sale solo cuando se arregle nuestro correo o SMS. Avise a quien administra el tótem: «totem doctor» dice qué falta.
figure-visits = Visitas
figure-completed = Terminadas
figure-abandoned = Dejadas a medias
figure-looked = Solo miraron
figure-average = Duración media
figure-minutes = { $count ->
    [one] 1 minuto
   *[other] { NUMBER($count) } minutos
}
figures-abandoned = Dónde se dejaron
figures-refused = Por qué no se pudo
road-other = Otro trámite
refusal-none = En esta visita no hay ningún rechazo.
refusal-answer = La respuesta secreta no coincide.
refusal-clave = La clave o el representante no coinciden.
refusal-code = El código no coincide.
refusal-mismatch = Lo que se escribió no coincide.
refusal-no-account = La empresa no tiene Clave Sence.
refusal-must-wait = Debe esperar por intentos fallidos.
refusal-terminal = El tótem está bloqueado por muchos intentos fallidos.
refusal-dead = El código venció, se usó o se intentó demasiado.
refusal-company-closed = La empresa tiene término de giro en el SII.
refusal-company-unknown = Esa empresa no figura en el SII, o en la lista que se usa aquí. Si es reciente, dos funcionarios la registran desde «Regístrese aquí».
refusal-representative-former = Ya no es representante legal en el SII.
refusal-representative-never = No figura como representante legal en el SII.
refusal-card-mismatch = El número de serie no es de esa persona.
refusal-card-not-current = Hay una cédula más nueva.
refusal-card-expired = La cédula está vencida.
refusal-card-blocked = La cédula está bloqueada.
refusal-card-deceased = El titular de la cédula figura fallecido.
refusal-card-holder-unknown = El Registro Civil no conoce ese RUT: no hay cédula que confirmar.
refusal-card-unlisted = La lista de cédulas no tiene ninguna de esa persona. Dos funcionarios pueden ver la cédula y entregarle la cuenta.
refusal-representative-without-run = Representa a la empresa según el SII, y el Registro Civil no conoce su RUT.
refusal-sii-down = El SII no respondió.
refusal-registro-civil-down = El Registro Civil no respondió.

# Página en el teléfono
phone-page-title = Clave Sence · Tótem de atención
phone-page-heading = Envíe su documento
phone-page-choose = Tome una foto o elija un archivo
phone-page-rule = En jpg, png o pdf. Una foto grande se reduce aquí antes de enviarla.
phone-page-send = Enviar al tótem
phone-page-scaling = Reducimos la imagen…
phone-page-sending = Enviamos el archivo. No cierre esta página ni apague la pantalla.
phone-page-sent = Listo: recibimos el archivo
phone-page-sent-next = Mire la pantalla del tótem y confirme ahí si es el archivo. Ya puede cerrar esta página.
phone-page-privacy = El archivo llega solo al tótem en el que usted está. Si no lo confirma ahí, se borra.
phone-page-broken = No se pudo enviar. Revise la conexión del teléfono y envíelo otra vez.
phone-page-unscaled = No pudimos reducir la imagen. Tome otra foto, o elija un archivo de 1 MB o menos.
phone-page-no-file = Elija primero un archivo, o tome una foto.
phone-page-replaced = Recibimos otro archivo suyo después de este, y seguimos con ese.
phone-page-late = El envío tardó demasiado. Acérquese a la antena de la red y envíelo otra vez.
phone-page-gone-heading = Esta página ya no sirve
phone-page-gone = Se usó, venció o se cerró en el tótem. Pida otra dirección en el tótem.
phone-page-other-heading = Esta página ya se abrió en otro teléfono
phone-page-other = Siga en el teléfono o navegador que la abrió primero, con las cookies permitidas, o pida otra dirección en el tótem.
phone-page-unknown-heading = Aquí no hay nada
phone-page-unknown = Revise la dirección: debe ser igual a la que muestra el tótem.
phone-page-many-heading = Espere un minuto
phone-page-many = Llegaron demasiados intentos desde esta red. Vuelva a abrir la dirección en un minuto.
phone-page-method-heading = Eso no se puede hacer aquí
phone-page-method = Abra la dirección en el navegador de su teléfono.

place-settlement = Entrega de la cuenta
settlement-heading = Entregar la cuenta con dos funcionarios
settlement-bring = Tenga su cédula a mano. Un funcionario empieza aquí y otro confirma; después usted elige clave, correo y pregunta nuevos.
settlement-waiting = Un funcionario ya revisó quién es usted. Falta otro, que revisa lo mismo y escribe los mismos cuatro símbolos.
settlement-waiting-how = Puede hacerlo aquí (F2) o en cualquier tótem de esta oficina, con este folio. Cuando esté listo, elija «Continuar». Hay dos horas.
settlement-not-yet = Todavía no lo confirma otro funcionario.
settlement-email-heading = ¿A qué correo le escribimos desde ahora?
settlement-email-hint = Será el único correo de la cuenta. A los de antes les llega el aviso de este cambio y nada más.
settlement-code-hint = Enviamos un código de 8 números a ese correo. Dura 10 minutos.
settlement-mobile-heading = ¿Cuál es su celular?
settlement-mobile-hint = Lo confirmamos con un código por SMS. Sin él, las claves van solo por correo.
settlement-no-sms = Queda anotado en la cuenta. En esta oficina no se envían SMS: las claves van solo por correo.
settlement-phone-hint = Es el teléfono de la empresa, con su código de área si es fijo.
settlement-facilitator-heading = ¿Sigue este facilitador?
settlement-facilitator-hint = Si no marca la casilla, se retira y su clave deja de servir aquí.
settlement-facilitators-label = Facilitadores
settlement-facilitators = { NUMBER($stay) } siguen, { NUMBER($leave) } se retiran
settlement-confirm-heading = Revise y reciba la cuenta
settlement-confirm = Todo lo que había antes termina: claves, códigos, correos y solicitudes en curso.
settled = La cuenta es suya: su clave nueva ya sirve.
settled-next = Por 30 días, solo dos funcionarios pueden llevarla a otro correo.
settlement-over-heading = Esta entrega terminó
settlement-over = Pasaron dos horas, o se empezó de nuevo. Pida al funcionario que la empiece otra vez.
label-card-ending = Cuatro últimos símbolos del documento
hint-card-ending = De la cédula («N° documento»), o del documento que muestra en su lugar.
label-unlisted-representative-name = Nombre del representante
label-papers-seen = Documentos que vio
hint-papers-seen = Cuáles y de qué fecha. Queda registrado con su nombre.
missing-papers-seen = Escriba qué documentos vio y de qué fecha.
missing-card-ending = Escriba los cuatro últimos símbolos.
wrong-card-ending = son cuatro letras o números. Cópielos del documento.
label-facilitator-stays = Sigue trabajando para la empresa
button-open-dispute = Entregar la cuenta: primer funcionario
button-open-unlisted = Registrar empresa que falta en la lista
button-confirm-dispute = Entregar la cuenta: segundo funcionario
button-see-disputes = Entregas por confirmar
button-hand-over = Entregar cuenta
reason-frozen = La cuenta está congelada
reason-contacts-lost = Perdió el acceso a sus contactos
dispute-hint = Vea a la persona y su cédula. Hacen falta dos funcionarios distintos, y ninguno de la empresa.
dispute-papers-hint = Vea a la persona, su documento y el poder que la acredita. Escriba los cuatro últimos símbolos del documento y, como motivo, qué poder vio. El segundo funcionario verá los mismos.
dispute-card-hint = Ningún registro tiene la cédula de esta persona. Véala, escriba sus cuatro últimos símbolos y, como motivo, qué documento vio. El segundo funcionario verá lo mismo.
dispute-unlisted-hint = Vea a la persona, su cédula o pasaporte, el e-RUT de la empresa y el documento que la nombra representante. Un segundo funcionario verá lo mismo.
dispute-unlisted-second-hint = La empresa no está en la lista del SII. Vea a la persona, su cédula o pasaporte, el e-RUT y el documento que la nombra representante.
dispute-papers-second-hint = Ningún registro confirmó la cédula de esta persona. Vea a la persona, su documento y lo que acredita que representa a esta empresa. Escriba los cuatro últimos símbolos del documento y qué vio.
dispute-sii-down = El SII no responde, y sin él no se entrega una cuenta. Intente en unos minutos.
dispute-none = No hay entregas que esperen a otro funcionario.
dispute-line = { $folio } · { $company }
dispute-detail = { $representative } · la empezó { $first }, tótem { $terminal } · quedan { NUMBER($minutes) } min
dispute-confirmed-heading = Confirmada
dispute-confirmed = La persona ya puede elegir «Continuar» en su tótem.
dispute-not-heading = No se puede confirmar
unsettled-over = No hay una entrega en curso con ese folio: duran dos horas.
unsettled-own = Nadie entrega una cuenta suya o de su empresa.
unsettled-same-person = La misma persona la empezó. Debe confirmarla otra.
unsettled-already = Ya la confirmaron.
unsettled-ending = Esos no son los símbolos del documento. { $tries ->
    [0] No quedan intentos.
    [one] Queda 1 intento.
   *[other] Quedan { $tries } intentos.
    }
unsettled-not-representative = El SII no la nombra hoy como representante de la empresa.
unsettled-listed = La empresa ya está en la lista: se registra como cualquier otra.
unsettled-tries = Hubo demasiados símbolos equivocados. Se puede empezar de nuevo cuando pasen las dos horas.
wrong-code-over-settlement = ese código ya no sirve. Vuelva con Esc y pida otro.

# Lo que será de un mensaje: se dice en vez de prometerlo
outlook-later-minutes = { $to } ya recibió varios mensajes: este sale en { NUMBER($minutes) } minutos.
outlook-later-hours = { $to } ya recibió varios mensajes: este sale en { NUMBER($hours) } horas.
outlook-used-up-minutes = { $to } ya recibió los mensajes que puede, y este no sale. Pida otro en { NUMBER($minutes) } minutos.
outlook-used-up-hours = { $to } ya recibió los mensajes que puede, y este no sale. Pida otro en { NUMBER($hours) } horas.
outlook-refused = { $to } rechazó antes mensajes nuestros. Lo intentamos otra vez, pero puede que este no llegue.
outlook-held-mail = Ahora no podemos enviar correos. Lo seguimos intentando, y no sabemos cuándo saldrá este.
outlook-held-sms = Ahora no podemos enviar SMS. Lo seguimos intentando, y no sabemos cuándo saldrá este.
outlook-off-mail = En esta oficina no se envían correos, así que este no sale. Pida ayuda a un funcionario.
outlook-off-sms = En esta oficina no se envían SMS, así que este no sale.
notices-later = El aviso a los contactos de la empresa sale más tarde: ya recibieron varios mensajes.
notices-held = Ahora no podemos enviar mensajes. Seguimos intentando avisar a los contactos.
notices-off = En esta oficina no se envían mensajes, así que nadie recibe un aviso.
answer-held = Ahora no podemos enviar correos. La respuesta se ve con el folio en «Estado de mi solicitud».
answer-off = En esta oficina no se envían correos. La respuesta se ve con el folio en «Estado de mi solicitud».
not-sent-heading = El mensaje no puede salir
code-awaited-heading = Escriba el código cuando le llegue
application-kept = Su solicitud quedó guardada con este folio:
registered-no-sms = El correo quedó confirmado. En esta oficina no se envían SMS: las claves van solo al correo.
taken-pending-notice = El resultado llega al correo de la empresa.
taken-pending-unsent = Por ahora no salen correos de aquí: pregunte con su folio a un funcionario, o gratis al 800 80 10 30.
recover-held-notice = Ya avisamos a los contactos anteriores, que pueden detener el envío.
changed-notice = Avisamos del cambio a los contactos de la empresa, sin mostrar la clave.
facilitator-key-changed-notice = Le avisamos del cambio por correo, sin mostrar la clave.
facilitator-taken-copy = Enviamos una copia al correo de la empresa.
request-answer-notice = La respuesta llega al correo de la empresa.
declaration-printing = La plantilla se está imprimiendo.
status-key-unsent = La clave no pudo salir al correo del facilitador. Pida ayuda con su folio, o llame gratis al 800 80 10 30.
update-saved-notice = Avisamos del cambio a los contactos que la empresa tenía.
erasure-asked-notice = Avisamos a todos los contactos de la empresa, con un código para detenerlo.
erasure-taken-back-notice = Avisamos a los contactos de la empresa.
settled-notice = Avisamos a los contactos de antes y a los nuevos.
decided-approved-notice = La empresa recibe un aviso.
outbox-waits-minutes = Sale en { NUMBER($minutes) } min
outbox-waits-hours = Sale en { NUMBER($hours) } h
outbox-used-up = No alcanza a salir: el contacto ya recibió los que puede
outbox-marked = Espera: el contacto rechazó otros mensajes
outbox-off = No sale: ese canal está apagado
outbox-turned-off = Falló: ese canal está apagado
button-change-arrived = Ya llegó: cambiar mi CS
outbox-stalled = Espera: ahora nada sale por ese canal
