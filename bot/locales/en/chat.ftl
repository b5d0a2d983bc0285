# The chat on the shop's page: labels, states and what a screen reader says.
chat-title = Help & contact
chat-open = Open chat
chat-close = Close chat
chat-placeholder = Write a message…
chat-send = Send
chat-input-label = Your message
chat-log-label = Conversation
chat-choices-label = Suggested answers
# Names of the speakers
chat-from-buyer = You
chat-from-bot = Assistant
chat-from-agent = Support team
chat-from-system = Notice
# $name: who is typing; shown under the conversation
chat-typing = { $name } is typing…
chat-loading = Loading the conversation…
chat-connecting = Connecting…
chat-reconnecting = Connection lost. Reconnecting…
chat-online = Connected again.
# Shown beside a message that could not be sent; a button lies under it.
chat-not-sent = Not sent
chat-retry = Try again
chat-sending = Sending…
# $max: number of characters
chat-too-long = Please keep it under { $max } characters.
chat-busy = We can't take messages for the moment. Your text is kept; please try again shortly.
chat-rate-limited = That was a lot at once. Please wait a moment.
chat-new-conversation = Start a new conversation
chat-session-ended = This conversation has ended.
# Who owns the conversation, in the header
chat-with-bot = Digital assistant
chat-waiting = A person will be with you
# $agent: first name
chat-with-agent = You're talking to { $agent }
chat-unread =
    { $count ->
        [one] { $count } new message
       *[other] { $count } new messages
    }
chat-privacy = Please don't send card numbers or passwords.
