# Czat na stronie sklepu: etykiety, stany i teksty dla czytnika ekranu.
chat-title = Pomoc i kontakt
chat-open = Otwórz czat
chat-close = Zamknij czat
chat-placeholder = Napisz wiadomość…
chat-send = Wyślij
chat-input-label = Treść wiadomości
chat-log-label = Rozmowa
chat-choices-label = Proponowane odpowiedzi
chat-from-buyer = Ty
chat-from-bot = Asystent
chat-from-agent = Obsługa klienta
chat-from-system = Informacja
chat-typing = { $name } pisze…
chat-loading = Wczytywanie rozmowy…
chat-connecting = Łączenie…
chat-reconnecting = Utracono połączenie. Łączymy ponownie…
chat-online = Połączenie przywrócone.
chat-not-sent = Nie wysłano
chat-retry = Spróbuj ponownie
chat-sending = Wysyłanie…
chat-too-long = Prosimy o krótszą wiadomość. Limit znaków: { $max }.
chat-busy = Chwilowo nie możemy przyjąć wiadomości. Treść jest zachowana, prosimy spróbować za moment.
chat-rate-limited = Sporo naraz. Prosimy chwilę odczekać.
chat-new-conversation = Rozpocznij nową rozmowę
chat-session-ended = Ta rozmowa została zakończona.
chat-with-bot = Asystent cyfrowy
chat-waiting = Zaraz odezwie się konsultant
chat-with-agent = Rozmowę prowadzi { $agent }
chat-unread =
    { $count ->
        [one] { $count } nowa wiadomość
        [few] { $count } nowe wiadomości
        [many] { $count } nowych wiadomości
       *[other] { $count } nowej wiadomości
    }
chat-privacy = Prosimy nie podawać numerów kart ani haseł.
