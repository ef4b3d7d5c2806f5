# Lo que dicen las pantallas. Cada clave existe en cada idioma, con los mismos argumentos.

frame-brand = SENCE
frame-system = Clave Sence para empresas
frame-demo = DEMOSTRACIÓN
frame-desk = Puesto { $name }
frame-step = Paso { NUMBER($current) } de { NUMBER($total) }
frame-too-small = Agrande la ventana: se necesitan al menos 40 columnas y 20 líneas.
frame-assistance = ¿Necesita ayuda? F2 llama al funcionario. También: 800 80 10 30, gratis.
