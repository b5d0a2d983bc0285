chat-title = Hilfe & Kontakt
chat-open = Chat öffnen
chat-close = Chat schließen
chat-placeholder = Nachricht schreiben …
chat-send = Senden
chat-input-label = Ihre Nachricht
chat-log-label = Gesprächsverlauf
chat-choices-label = Antwortvorschläge
chat-from-buyer = Sie
chat-from-bot = Assistent
chat-from-agent = Kundenservice
chat-from-system = Hinweis
chat-typing = { $name } schreibt …
chat-loading = Das Gespräch wird geladen …
chat-connecting = Verbindung wird aufgebaut …
chat-reconnecting = Verbindung unterbrochen. Neuer Versuch …
chat-online = Wieder verbunden.
chat-not-sent = Nicht gesendet
chat-retry = Erneut versuchen
chat-sending = Wird gesendet …
chat-too-long = Bitte höchstens { $max } Zeichen.
chat-busy = Im Moment können wir keine Nachrichten annehmen. Ihr Text bleibt erhalten; bitte versuchen Sie es gleich noch einmal.
chat-rate-limited = Das war viel auf einmal. Bitte warten Sie einen Augenblick.
chat-new-conversation = Neues Gespräch beginnen
chat-session-ended = Dieses Gespräch ist beendet.
chat-with-bot = Digitaler Assistent
chat-waiting = Gleich ist jemand für Sie da
chat-with-agent = Sie schreiben mit { $agent }
chat-unread =
    { $count ->
        [one] { $count } neue Nachricht
       *[other] { $count } neue Nachrichten
    }
chat-privacy = Bitte senden Sie keine Kartennummern oder Passwörter.
