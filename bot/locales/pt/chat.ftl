chat-title = Ajuda e contato
chat-open = Abrir o chat
chat-close = Fechar o chat
chat-placeholder = Escreva uma mensagem…
chat-send = Enviar
chat-input-label = Sua mensagem
chat-log-label = Conversa
chat-choices-label = Respostas sugeridas
chat-from-buyer = Você
chat-from-bot = Assistente
chat-from-agent = Equipe de atendimento
chat-from-system = Aviso
chat-typing = { $name } está digitando…
chat-loading = Carregando a conversa…
chat-connecting = Conectando…
chat-reconnecting = A conexão caiu. Reconectando…
chat-online = Conexão restabelecida.
chat-not-sent = Não enviada
chat-retry = Tentar de novo
chat-sending = Enviando…
chat-too-long = A mensagem pode ter no máximo { $max } caracteres.
chat-busy = No momento não conseguimos receber mensagens. Seu texto está salvo; tente de novo daqui a pouco.
chat-rate-limited = Foram muitas mensagens de uma vez. Espere um instante, por favor.
chat-new-conversation = Começar outra conversa
chat-session-ended = Esta conversa foi encerrada.
chat-with-bot = Assistente digital
chat-waiting = Uma pessoa já vai atender você
chat-with-agent = Você está falando com { $agent }
chat-unread =
    { $count ->
        [one] { $count } mensagem nova
       *[other] { $count } mensagens novas
    }
chat-privacy = Por favor, não envie números de cartão nem senhas.
