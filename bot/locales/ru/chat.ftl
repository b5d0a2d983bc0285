# Чат на странице магазина: подписи, состояния и то, что произносит программа чтения с экрана.
chat-title = Помощь и контакты
chat-open = Открыть чат
chat-close = Закрыть чат
chat-placeholder = Напишите сообщение…
chat-send = Отправить
chat-input-label = Ваше сообщение
chat-log-label = Переписка
chat-choices-label = Варианты ответа
chat-from-buyer = Вы
chat-from-bot = Помощник
chat-from-agent = Служба поддержки
chat-from-system = Уведомление
chat-typing = { $name } печатает…
chat-loading = Загружаем переписку…
chat-connecting = Соединяем…
chat-reconnecting = Связь прервалась. Подключаемся снова…
chat-online = Связь восстановлена.
chat-not-sent = Не отправлено
chat-retry = Повторить
chat-sending = Отправляем…
chat-too-long = Слишком длинно. Наибольшая длина, знаков: { $max }.
chat-busy = Сейчас мы не можем принять сообщение. Текст сохранён, попробуйте чуть позже.
chat-rate-limited = Слишком много сообщений подряд. Подождите немного, пожалуйста.
chat-new-conversation = Начать новый разговор
chat-session-ended = Разговор завершён.
chat-with-bot = Цифровой помощник
chat-waiting = Скоро ответит сотрудник
chat-with-agent = С Вами говорит { $agent }
chat-unread =
    { $count ->
        [one] { $count } новое сообщение
        [few] { $count } новых сообщения
        [many] { $count } новых сообщений
       *[other] { $count } нового сообщения
    }
chat-privacy = Не присылайте, пожалуйста, номера карт и пароли.
