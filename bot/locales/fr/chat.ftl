chat-title = Aide et contact
chat-open = Ouvrir le chat
chat-close = Fermer le chat
chat-placeholder = Écrivez votre message…
chat-send = Envoyer
chat-input-label = Votre message
chat-log-label = Conversation
chat-choices-label = Réponses proposées
chat-from-buyer = Vous
chat-from-bot = Assistant
chat-from-agent = Notre équipe
chat-from-system = Info
chat-typing = { $name } écrit…
chat-loading = Chargement de la conversation…
chat-connecting = Connexion…
chat-reconnecting = Connexion perdue. Nouvel essai…
chat-online = Vous êtes de nouveau en ligne.
chat-not-sent = Non envoyé
chat-retry = Réessayer
chat-sending = Envoi…
chat-too-long = Merci de ne pas dépasser { $max } caractères.
chat-busy = Nous ne pouvons pas recevoir de messages pour l'instant. Votre texte est conservé ; réessayez dans un moment.
chat-rate-limited = Cela fait beaucoup d'un coup. Patientez un instant, s'il vous plaît.
chat-new-conversation = Nouvelle conversation
chat-session-ended = Cette conversation est terminée.
chat-with-bot = Assistant numérique
chat-waiting = Une personne va vous répondre
chat-with-agent = Vous parlez avec { $agent }
chat-unread =
    { $count ->
        [one] { $count } nouveau message
        [many] { $count } de nouveaux messages
       *[other] { $count } nouveaux messages
    }
chat-privacy = N'envoyez ni numéro de carte ni mot de passe.
