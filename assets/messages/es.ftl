# Lo que escribe el mensajero: correos y SMS. Los correos llevan asunto (-subject) y texto (-body), en
# frases de 20 palabras o menos. Los SMS caben en 160 caracteres; las tildes se quitan al enviarlos. Nunca
# se pide hacer clic.

sent-again = Este es el envío n.º { NUMBER($number) } de este mensaje. Si le llegó más de uno con el mismo folio, use el de número mayor. El primero no lleva número.

key-subject = Su clave Sence provisoria: elija la suya con ella
key-body =
    Estimada, estimado:

    Se pidió recuperar la Clave Sence (CS) de { $company }.

    Esta clave es provisoria, y solo sirve para elegir la suya:

    {"    "}{ $secret_key }

    Qué hacer ahora:
    1. En el tótem, elija «Cambie su CS aquí».
    2. Escríbala en el campo «CS Actual», con mayúsculas.
    3. Elija su propia clave, de 8 a 10 caracteres.

    Dura 24 horas, y ningún otro sistema la acepta. La clave en uso no cambia hasta que elija otra.

    Si usted no la pidió, no haga nada y no se la diga a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
key-sms = Clave Sence: { $secret_key }. Solo para elegir la suya en el totem: Cambie su CS aqui, campo CS Actual. Dura 24 horas. Dudas: 800 80 10 30. Folio { $folio }

code-subject = Su código para confirmar este correo
code-body =
    Estimada, estimado:

    En un tótem del Sence se escribió esta dirección de correo. Para confirmar que es suya, escriba este código en la pantalla:

    {"    "}{ $secret_code }

    Dura 10 minutos y sirve una sola vez.

    Si usted no está en un tótem, alguien escribió su dirección por error. No haga nada, y no le dé este código a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
code-sms = Sence: codigo { $secret_code } para confirmar este celular. Escribalo en el totem antes de 10 minutos. No se lo de a nadie. Dudas: 800 80 10 30. Folio { $folio }

registered-subject = Quedó registrada la Clave Sence de su empresa
registered-body =
    Estimada, estimado:

    Quedó registrada la Clave Sence (CS) de { $company }. Es la que se eligió al registrarse. Por seguridad no la escribimos aquí.

    Los sistemas del Sence piden el RUT de la empresa, el de un representante legal y la CS. Si la olvida, elija en el tótem «Recuperar CS aquí».

    ¿No la registró usted? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
registered-sms = Sence: su empresa ya tiene Clave Sence. Si usted no la registro, llame gratis al 800 80 10 30. Folio { $folio }

already-subject = Su empresa ya tenía Clave Sence
already-body =
    Estimada, estimado:

    Se intentó registrar una Clave Sence (CS) para { $company }, pero ya tiene una. No cambió nada, tampoco la clave.

    Si no la recuerda, elija en el tótem «Recuperar CS aquí». Necesita el RUT de la empresa, y la respuesta a su pregunta secreta o la cédula del representante legal.

    ¿No lo intentó usted, o tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
already-sms = Sence: su empresa ya tenia Clave Sence y nada cambio. Si la olvido, elija Recuperar CS aqui. Dudas: 800 80 10 30. Folio { $folio }

changed-subject = Cambió la Clave Sence de su empresa
changed-body =
    Estimada, estimado:

    Se cambió la Clave Sence (CS) de { $company }. La clave anterior ya no sirve.

    Si fue usted, no tiene que hacer nada.

    Si no fue usted, elija en el tótem «Recibí un aviso y no fui yo» antes de 72 horas. Escriba el RUT de la empresa y este código, y la clave volverá a ser la anterior:

    {"    "}{ $secret_code }

    No le dé este código a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
changed-sms = Sence: cambio la clave de su empresa. No fue usted? En el totem: Recibi un aviso. Codigo { $secret_code }, 72 horas. Ayuda: 800 80 10 30. Folio { $folio }

held-subject = Pidieron enviar la clave de su empresa a otro correo
held-body =
    Estimada, estimado:

    Alguien pidió recuperar la Clave Sence (CS) de { $company }. Quiere recibirla en un correo distinto del que tenemos registrado: por eso le avisamos aquí. La clave saldrá en 24 horas, o antes si un funcionario confirma la cédula de identidad.

    Si fue usted, no tiene que hacer nada.

    Si no fue usted, elija en el tótem «Recibí un aviso y no fui yo». Escriba el RUT de la empresa y este código, y la solicitud quedará sin efecto:

    {"    "}{ $secret_code }

    No le dé este código a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
held-sms = Sence: pidieron enviar su clave a otro correo. No fue usted? En el totem: Recibi un aviso. Codigo { $secret_code }. Ayuda: 800 80 10 30. Folio { $folio }

cancelled-subject = La solicitud de clave quedó sin efecto
cancelled-body =
    Estimada, estimado:

    La solicitud de recuperar la Clave Sence (CS) de { $company } quedó sin efecto. Se usó el código de un aviso. Por ella no se enviará ninguna clave. La clave de siempre no cambió.

    ¿No la anuló usted, o tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
cancelled-sms = Sence: la solicitud de su clave quedo sin efecto y su clave de siempre sigue igual. Dudas: 800 80 10 30. Folio { $folio }

restored-subject = Volvió la clave anterior de su empresa
restored-body =
    Estimada, estimado:

    Con el código de un aviso se deshizo el último cambio de la Clave Sence (CS) de { $company }. La clave anterior vuelve a ser la que sirve.

    Le aconsejamos cambiarla pronto: elija en el tótem «Cambie su CS aquí».

    ¿No lo pidió usted, o tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
restored-sms = Sence: volvio la clave anterior de su empresa. Le aconsejamos cambiarla pronto. Dudas: 800 80 10 30. Folio { $folio }

refused-subject = No pudimos registrar la Clave Sence de su empresa
refused-body =
    Estimada, estimado:

    Se pidió registrar la Clave Sence (CS) de { $company } mientras el registro no respondía. La solicitud quedó pendiente.

    Ya la revisamos, y el registro no confirma los datos. La empresa debe estar vigente en el SII, y quien la registra debe ser su representante legal. No se creó ninguna cuenta, y borramos lo que se escribió.

    Revise esos datos en el SII y regístrese otra vez en el tótem. ¿Cree que es un error? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
refused-sms = Sence: no pudimos registrar la Clave Sence de su empresa. El registro no confirma los datos. Dudas: 800 80 10 30. Folio { $folio }

data-subject = Cambiaron datos de la Clave Sence de su empresa
data-body =
    Estimada, estimado:

    Alguien que tiene la Clave Sence (CS) de { $company } cambió la pregunta secreta o el representante legal.

    Si fue usted, no tiene que hacer nada.

    Si no fue usted, elija en el tótem «Recibí un aviso y no fui yo» antes de 72 horas. Escriba el RUT de la empresa y este código. Todo volverá a ser como antes, también lo que se cambie después:

    {"    "}{ $secret_code }

    No le dé este código a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
data-sms = Sence: cambiaron datos de su empresa. No fue usted? En el totem: Recibi un aviso. Codigo { $secret_code }, 72 horas. Ayuda: 800 80 10 30. Folio { $folio }

contact-subject = Cambió un contacto de su empresa
contact-body =
    Estimada, estimado:

    Alguien que tiene la Clave Sence (CS) de { $company } cambió un contacto. Puede ser el correo de la empresa, o el celular o el correo del representante legal. Las claves y los avisos llegarán al nuevo.

    Si fue usted, no tiene que hacer nada.

    Si no fue usted, elija en el tótem «Recibí un aviso y no fui yo» antes de 72 horas. Escriba el RUT de la empresa y este código. Todo volverá a ser como antes, también lo que se cambie después:

    {"    "}{ $secret_code }

    No le dé este código a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
contact-sms = Sence: cambio un contacto de su empresa. No fue usted? En el totem: Recibi un aviso. Codigo { $secret_code }, 72 horas. Ayuda: 800 80 10 30. Folio { $folio }

details-subject = Cambiaron la dirección o el teléfono de su empresa
details-body =
    Estimada, estimado:

    Alguien que tiene la Clave Sence (CS) de { $company } cambió la dirección o el teléfono de la empresa. La clave y los demás contactos no cambiaron.

    Si no fue usted, cambie su clave: elija en el tótem «Cambie su CS aquí». ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
details-sms = Sence: cambiaron la direccion o el telefono de su empresa. Dudas: 800 80 10 30. Folio { $folio }

data-restored-subject = Los datos de su empresa volvieron a ser los de antes
data-restored-body =
    Estimada, estimado:

    Con el código de un aviso se deshizo un cambio en los datos de { $company }. También se deshizo lo que se cambió después. Si después cambió también la clave, vuelve a servir la anterior.

    Quien hizo el cambio tenía su clave. Le aconsejamos cambiarla hoy: elija en el tótem «Cambie su CS aquí».

    ¿No lo pidió usted, o tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
data-restored-sms = Sence: los datos de su empresa son otra vez los de antes. Cambie hoy su clave. Dudas: 800 80 10 30. Folio { $folio }

copy-subject = Copia de los datos de su empresa
copy-body =
    Estimada, estimado:

    En un tótem del Sence se pidió esta copia de los datos que guardamos de su empresa (Ley 21.719).

    Rut Empresa: { $rut }
    Razón Social: { $company }
    Dirección: { $street }
    Block: { $block }
    N° de Departamento: { $apartment }
    Comuna: { $comuna }
    Email de Contacto de Empresa: { $email }
    Teléfono: { $phone }
    Fax: { $fax }
    Pregunta Secreta: { $question }

    Rut Representante Legal: { $representative_rut }
    Nombre: { $representative }
    Celular: { $representative_mobile }
    Email: { $representative_email }

    Registrada: { $since }

    La clave y la respuesta secreta no se guardan: solo un resumen cifrado que no permite leerlas. También queda un registro de lo que se hizo, que no muestra estos datos.

    ¿No la pidió usted, o tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
copy-nothing = no hay
# El día, en un correo.
day-in-words = { NUMBER($day) } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
} de { NUMBER($year) }
copy-sms = Sence: enviamos al correo de su empresa la copia de sus datos. Dudas: 800 80 10 30. Folio { $folio }

erasure-subject = Pidieron borrar los datos de su empresa
erasure-body =
    Estimada, estimado:

    Alguien que tiene la Clave Sence (CS) de { $company } pidió borrar todos los datos de la empresa. En 72 horas se borran la cuenta, la clave y los contactos. Después no se podrá ingresar con esa clave.

    Si fue usted, no tiene que hacer nada.

    Si no fue usted, elija en el tótem «Recibí un aviso y no fui yo» antes de 72 horas. Escriba el RUT de la empresa y este código. No se borrará nada, y lo que se cambie después volverá a ser como antes:

    {"    "}{ $secret_code }

    No le dé este código a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
erasure-sms = Sence: pidieron borrar los datos de su empresa. No fue usted? En el totem: Recibi un aviso. Codigo { $secret_code }, 72 horas. Ayuda: 800 80 10 30. Folio { $folio }

erasure-back-subject = No se borrarán los datos de su empresa
erasure-back-body =
    Estimada, estimado:

    La solicitud de borrar los datos de { $company } quedó sin efecto. La cuenta y la clave siguen como estaban.

    Si se usó el código del aviso, también quedó sin efecto lo que se cambió después de esa solicitud. En ese caso le aconsejamos cambiar su clave: elija en el tótem «Cambie su CS aquí».

    ¿No lo pidió usted, o tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
erasure-back-sms = Sence: no se borran los datos de su empresa, la solicitud quedo sin efecto. Dudas: 800 80 10 30. Folio { $folio }

facilitator-received-subject = Recibimos su solicitud de CS para un facilitador extranjero
facilitator-received-body =
    Estimada, estimado:

    Recibimos la solicitud de Clave Sence (CS) para un facilitador extranjero de { $company }.

    Qué sigue:
    1. Dos funcionarios revisan la declaración jurada y el documento de identificación.
    2. La respuesta llega a este correo.
    3. Una vez aprobada, el facilitador recibe su clave en su propio correo.

    En el tótem puede consultar el estado, con este folio y el RUT del representante legal.

    ¿No la hizo usted, o tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
facilitator-received-sms = Sence: recibimos su solicitud de CS para un facilitador extranjero. La respuesta llega por correo. Dudas: 800 80 10 30. Folio { $folio }

facilitator-approved-subject = Aprobamos su solicitud de CS para un facilitador extranjero
facilitator-approved-body =
    Estimada, estimado:

    Aprobamos la solicitud de Clave Sence (CS) para un facilitador extranjero de { $company }. El facilitador recibe una clave provisoria en su propio correo. Con ella elige la suya en el tótem.

    ¿No hizo usted esa solicitud? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
facilitator-approved-sms = Sence: aprobamos su solicitud de CS para un facilitador extranjero. La clave va a su correo. Dudas: 800 80 10 30. Folio { $folio }

facilitator-refused-subject = No aprobamos su solicitud de CS para un facilitador extranjero
facilitator-refused-body =
    Estimada, estimado:

    Revisamos la solicitud de Clave Sence (CS) para un facilitador extranjero de { $company }, y no la aprobamos. El motivo:

    { $reason }

    Puede corregirlo y hacer otra solicitud en el tótem. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
facilitator-refused-sms = Sence: no aprobamos su solicitud de CS para un facilitador extranjero. El motivo va por correo. Dudas: 800 80 10 30. Folio { $folio }

facilitator-key-subject = Su clave Sence provisoria de facilitador: elija la suya con ella
facilitator-key-body =
    Estimada, estimado:

    { $company } (RUT { $rut }) pidió una Clave Sence (CS) para usted como facilitador, y fue aprobada.

    Esta clave es provisoria, y solo sirve para elegir la suya:

    {"    "}{ $secret_key }

    Qué hacer ahora:
    1. En el tótem, elija «Solicitud de CS para Facilitador Extranjero» y luego «Soy el facilitador: cambiar mi CS».
    2. Escriba el RUT de la empresa, su país, el número de su documento y esta clave, con mayúsculas.
    3. Elija su propia clave, de 8 a 10 caracteres.

    Dura 24 horas, y ningún otro sistema la acepta. Si ya tenía una clave, no cambia hasta que elija otra.

    Si no conoce a esa empresa, no haga nada y no le diga la clave a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
facilitator-key-sms = Clave Sence de facilitador: { $secret_key }. Solo para elegir la suya en el totem. Dura 24 horas. Dudas: 800 80 10 30. Folio { $folio }

facilitator-changed-subject = Cambió su Clave Sence de facilitador
facilitator-changed-body =
    Estimada, estimado:

    Se eligió en un tótem la Clave Sence (CS) que usted tiene como facilitador de { $company }. Por seguridad no la escribimos aquí. La anterior, si había una, ya no sirve.

    ¿No fue usted? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
facilitator-changed-sms = Sence: cambio su clave de facilitador. Si no fue usted, llame gratis al 800 80 10 30. Folio { $folio }

facilitator-chosen-subject = Cambió su Clave Sence de facilitador
facilitator-chosen-body =
    Estimada, estimado:

    Se eligió en un tótem la Clave Sence (CS) que usted tiene como facilitador de { $company }. Por seguridad no la escribimos aquí. La anterior, si había una, ya no sirve.

    Si fue usted, no tiene que hacer nada.

    Si no fue usted, elija en el tótem «Recibí un aviso y no fui yo» antes de 72 horas. Escriba el RUT de la empresa ({ $rut }) y este código, y todo volverá a ser como antes:

    {"    "}{ $secret_code }

    No le dé este código a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
facilitator-chosen-sms = Sence: cambio su clave de facilitador. No fue usted? En el totem: Recibi un aviso. Codigo { $secret_code }, 72 horas. Ayuda: 800 80 10 30. Folio { $folio }

facilitator-readdressed-subject = Su Clave Sence de facilitador va a otro correo
facilitator-readdressed-body =
    Estimada, estimado:

    { $company } pidió otra vez una Clave Sence (CS) para usted como facilitador, y fue aprobada. La clave provisoria va a un correo distinto del que teníamos: por eso le avisamos aquí.

    Si usted lo sabía, no tiene que hacer nada.

    Si no lo sabía, elija en el tótem «Recibí un aviso y no fui yo» antes de 72 horas. Escriba el RUT de la empresa ({ $rut }) y este código. Esa clave dejará de servir, y todo volverá a ser como antes:

    {"    "}{ $secret_code }

    No le dé este código a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
facilitator-readdressed-sms = Sence: su clave de facilitador va a otro correo. No lo sabia? En el totem: Recibi un aviso. Codigo { $secret_code }, 72 horas. Ayuda: 800 80 10 30. Folio { $folio }

facilitator-restored-subject = Se deshizo el cambio en una Clave Sence de facilitador
facilitator-restored-body =
    Estimada, estimado:

    Se deshizo el último cambio en la Clave Sence (CS) de un facilitador de { $company }. Se usó el código de un aviso. La clave y el correo del facilitador son otra vez los de antes. Lo que se envió después ya no sirve.

    ¿No sabe de esto, o tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
facilitator-restored-sms = Sence: se deshizo el cambio en una clave de facilitador. Vuelve a servir la anterior. Dudas: 800 80 10 30. Folio { $folio }

declaration-subject = Declaración jurada para su facilitador extranjero
declaration-body =
    Estimada, estimado:

    { $company } pidió en un tótem del Sence la plantilla de la declaración jurada para un facilitador extranjero. Va en este correo, con los datos de la empresa.

    Complétela, fírmela y vuelva al tótem con ella en un pendrive. Debe estar en jpg, png o pdf, y pesar 1 MB o menos.

    ¿No la pidió usted, o tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
declaration-sms = Sence: la declaracion jurada para su facilitador extranjero va por correo. Dudas: 800 80 10 30. Folio { $folio }

warned-subject = Aviso: hubo un cambio en una cuenta de Clave Sence
warned-body =
    Estimada, estimado:

    Este contacto figura o figuró en una cuenta de Clave Sence (CS). Allí se hizo o se pidió un cambio.

    Si usted representa a la empresa y no lo reconoce, venga a la oficina con su cédula de identidad. También puede llamar gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Si no sabe de qué se trata, no tiene que hacer nada.

    Folio: { $folio }
warned-sms = Sence: hubo un cambio en una cuenta que tiene este contacto. Si no lo reconoce, venga con su cedula o llame al 800 80 10 30. Folio { $folio }

hold-warned-subject = Aviso: piden una clave para otro correo
hold-warned-body =
    Estimada, estimado:

    Este contacto figura en una cuenta de Clave Sence (CS). Alguien pidió recibir la clave de esa cuenta en otro correo. Saldrá en 24 horas, o antes si un funcionario confirma la cédula de identidad.

    Si no fue usted, elija en el tótem «Recibí un aviso y no fui yo». Escriba el RUT de su empresa y este código, y la solicitud quedará sin efecto:

    {"    "}{ $secret_code }

    No le dé este código a nadie. Si no sabe de qué se trata, no tiene que hacer nada. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
hold-warned-sms = Sence: piden una clave para otro correo. No fue usted? En el totem: Recibi un aviso. Codigo { $secret_code }. Ayuda: 800 80 10 30. Folio { $folio }

in-person-subject = Se hizo un cambio en persona en la Clave Sence de su empresa
in-person-body =
    Estimada, estimado:

    Un funcionario confirmó en persona la cédula de un representante legal. Con eso se cambió la Clave Sence (CS) de { $company }, o se pidió una nueva.

    Si fue usted, no tiene que hacer nada.

    Si no fue ningún representante, elija en el tótem «Recibí un aviso y no fui yo» antes de 72 horas. Escriba el RUT de la empresa y este código. La cuenta quedará congelada hasta que el representante legal venga con su cédula:

    {"    "}{ $secret_code }

    No le dé este código a nadie. ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
in-person-sms = Sence: en persona pidieron o cambiaron su clave. No fue usted? En el totem: Recibi un aviso. Codigo { $secret_code }. Ayuda: 800 80 10 30. Folio { $folio }

frozen-subject = La Clave Sence de su empresa quedó congelada
frozen-body =
    Estimada, estimado:

    Con el código de un aviso quedó congelada la cuenta de Clave Sence (CS) de { $company }. Nadie puede usarla en los tótems, y ninguna clave pedida llegará. Los otros sistemas del Sence no saben de esta congelación.

    Para recuperarla, venga el representante legal vigente en el SII con su cédula de identidad. Dos funcionarios se la entregan en una sola visita.

    ¿Tiene dudas? Llame gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
frozen-sms = Sence: la clave de su empresa quedo congelada. Venga el representante con su cedula a la oficina. Dudas: 800 80 10 30. Folio { $folio }

settled-subject = Se entregó la Clave Sence de su empresa
settled-body =
    Estimada, estimado:

    Dos funcionarios confirmaron la cédula del representante legal vigente de { $company } y le entregaron la Clave Sence (CS). Eligió una clave nueva, y los contactos anteriores dejaron de servir.

    Si usted también representa a la empresa, acuerde con esa persona quién la lleva. ¿Cree que es un error? Venga con su cédula. También puede llamar gratis al 800 80 10 30, de lunes a viernes de 9.00 a 18.00 horas.

    Folio: { $folio }
settled-sms = Sence: dos funcionarios entregaron la clave de su empresa a su representante. Dudas: 800 80 10 30. Folio { $folio }
