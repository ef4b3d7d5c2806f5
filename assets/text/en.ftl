# What the screens say. Every key stands in every language, with the same arguments.

frame-brand = SENCE
frame-system = Clave Sence for companies
frame-demo = DEMONSTRATION
frame-desk = Desk { $name }
frame-step = Step { NUMBER($current) } of { NUMBER($total) }
frame-too-small = Make the window larger: it takes at least 40 columns and 20 lines.
frame-assistance = Do you need help? F2 calls the staff. Also: 800 80 10 30, free.
frame-language = Español
frame-demo-note = invented data; nothing you do here is real
frame-error = ERROR:
frame-error-summary = { $count ->
    [one] There is 1 answer to mend.
   *[other] There are { NUMBER($count) } answers to mend.
}
frame-important = IMPORTANT
frame-notice = NOTICE
frame-notice-urgent = ATTENTION
frame-change = Change
frame-steps = Steps
frame-help = Help
frame-help-more = The rest is in F1.
frame-more-above = There is more above
frame-more-below = There is more below
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
frame-step-short = { NUMBER($current) }/{ NUMBER($total) }
