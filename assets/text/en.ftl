# What the screens say. Every key stands in every language, with the same arguments.

frame-brand = SENCE
frame-system = Clave Sence for companies
frame-demo = DEMONSTRATION
frame-desk = Desk { $name }
frame-step = Step { NUMBER($current) } of { NUMBER($total) }
frame-too-small = Make the window larger: it takes at least 40 columns and 20 lines.
frame-assistance = Do you need help? F2 calls the staff. Also: 800 80 10 30, free.
