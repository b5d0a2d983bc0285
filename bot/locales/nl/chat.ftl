chat-title = Hulp & contact
chat-open = Chat openen
chat-close = Chat sluiten
chat-placeholder = Typ een bericht…
chat-send = Versturen
chat-input-label = Jouw bericht
chat-log-label = Gesprek
chat-choices-label = Voorgestelde antwoorden
chat-from-buyer = Jij
chat-from-bot = Assistent
chat-from-agent = Klantenservice
chat-from-system = Melding
chat-typing = { $name } typt…
chat-loading = Gesprek laden…
chat-connecting = Verbinden…
chat-reconnecting = Verbinding verbroken. Opnieuw verbinden…
chat-online = Weer verbonden.
chat-not-sent = Niet verstuurd
chat-retry = Opnieuw proberen
chat-sending = Versturen…
chat-too-long = Hou het onder de { $max } tekens.
chat-busy = We kunnen even geen berichten ontvangen. Je tekst blijft bewaard; probeer het zo opnieuw.
chat-rate-limited = Dat was veel in één keer. Wacht heel even.
chat-new-conversation = Nieuw gesprek beginnen
chat-session-ended = Dit gesprek is afgelopen.
chat-with-bot = Digitale assistent
chat-waiting = Er komt zo iemand bij je
chat-with-agent = Je praat met { $agent }
chat-unread =
    { $count ->
        [one] { $count } nieuw bericht
       *[other] { $count } nieuwe berichten
    }
chat-privacy = Stuur geen kaartnummers of wachtwoorden.
