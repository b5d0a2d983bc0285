chat-title = Ayuda y contacto
chat-open = Abrir el chat
chat-close = Cerrar el chat
chat-placeholder = Escribe un mensaje…
chat-send = Enviar
chat-input-label = Tu mensaje
chat-log-label = Conversación
chat-choices-label = Respuestas sugeridas
chat-from-buyer = Tú
chat-from-bot = Asistente
chat-from-agent = Equipo de atención
chat-from-system = Aviso
chat-typing = { $name } está escribiendo…
chat-loading = Cargando la conversación…
chat-connecting = Conectando…
chat-reconnecting = Se perdió la conexión. Reconectando…
chat-online = Conexión restablecida.
chat-not-sent = No enviado
chat-retry = Reintentar
chat-sending = Enviando…
chat-too-long = El mensaje no puede pasar de { $max } caracteres.
chat-busy = Ahora mismo no podemos recibir mensajes. Tu texto queda guardado; prueba de nuevo en un momento.
chat-rate-limited = Van demasiados mensajes seguidos. Espera un momento, por favor.
chat-new-conversation = Iniciar otra conversación
chat-session-ended = Esta conversación ha terminado.
chat-with-bot = Asistente digital
chat-waiting = Una persona te atenderá enseguida
chat-with-agent = Hablas con { $agent }
chat-unread =
    { $count ->
        [one] { $count } mensaje nuevo
       *[other] { $count } mensajes nuevos
    }
chat-privacy = Por favor, no envíes números de tarjeta ni contraseñas.
