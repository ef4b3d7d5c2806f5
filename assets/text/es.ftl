# Lo que dicen las pantallas. Cada clave existe en cada idioma, con los mismos argumentos.

frame-brand = SENCE
frame-system = Clave Sence para empresas
frame-demo = DEMOSTRACIÓN
frame-desk = Puesto { $name }
frame-step = Paso { NUMBER($current) } de { NUMBER($total) }
frame-too-small = Agrande la ventana: se necesitan al menos 40 columnas y 20 líneas.
frame-assistance = ¿Necesita ayuda? F2 llama al funcionario. También: 800 80 10 30, gratis.
frame-language = English
frame-demo-note = datos inventados; nada de lo que haga aquí es real
frame-error = ERROR:
frame-error-summary = { $count ->
    [one] Hay 1 respuesta por corregir.
   *[other] Hay { NUMBER($count) } respuestas por corregir.
}
frame-important = IMPORTANTE
frame-notice = AVISO
frame-notice-urgent = ATENCIÓN
frame-change = Cambiar
frame-steps = Pasos
frame-help = Ayuda
frame-help-more = El resto está en F1.
frame-more-above = Hay más arriba
frame-more-below = Hay más abajo
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
frame-step-short = { NUMBER($current) }/{ NUMBER($total) }
