chat-title = Aiuto e contatti
chat-open = Apri la chat
chat-close = Chiudi la chat
chat-placeholder = Scrivi un messaggio…
chat-send = Invia
chat-input-label = Il tuo messaggio
chat-log-label = Conversazione
chat-choices-label = Risposte suggerite
chat-from-buyer = Tu
chat-from-bot = Assistente
chat-from-agent = Il nostro team
chat-from-system = Avviso
chat-typing = { $name } sta scrivendo…
chat-loading = Carico la conversazione…
chat-connecting = Mi collego…
chat-reconnecting = Connessione persa. Riprovo…
chat-online = Di nuovo online.
chat-not-sent = Non inviato
chat-retry = Riprova
chat-sending = Invio…
chat-too-long = Scrivi al massimo { $max } caratteri, per favore.
chat-busy = Al momento non possiamo ricevere messaggi. Il tuo testo è salvo: riprova tra poco.
chat-rate-limited = Quanti messaggi insieme! Aspetta un attimo, per favore.
chat-new-conversation = Nuova conversazione
chat-session-ended = Questa conversazione è finita.
chat-with-bot = Assistente digitale
chat-waiting = Tra poco ti risponde una persona
chat-with-agent = Stai parlando con { $agent }
chat-unread =
    { $count ->
        [one] { $count } nuovo messaggio
        [many] { $count } di nuovi messaggi
       *[other] { $count } nuovi messaggi
    }
chat-privacy = Non inviare numeri di carta o password.
