# The agents' console.
desk-title = Parley desk
desk-sign-in = Sign in
desk-user = User name
desk-password = Password
desk-sign-in-failed = User name or password is wrong.
desk-sign-in-slow = Too many attempts. Please wait { $seconds } seconds.
desk-sign-out = Sign out
desk-queue = Queue
desk-queue-empty = Nobody is waiting.
desk-mine = Mine
desk-all = All open
desk-waiting-since = Waiting { $time }
desk-claim = Take over
desk-claimed-by = With { $agent }
desk-claim-lost = { $agent } was faster.
desk-reply = Reply
desk-reply-placeholder = Write to the buyer…
desk-send = Send
desk-resolve = Resolve
desk-resolved = Case resolved. The bot answers again.
desk-return-to-bot = Return to the bot
desk-conversation = Conversation
desk-no-selection = Choose a conversation from the queue.
desk-from-buyer = Buyer
desk-from-bot = Bot
desk-from-agent = Agent
desk-from-system = System
desk-language = Language
desk-not-owner = Take the conversation over to reply.
desk-too-long = At most { $max } characters.
desk-failed = That did not work. Please try again.
desk-count =
    { $count ->
        [one] { $count } open case
       *[other] { $count } open cases
    }
desk-sign-in-lead = One place for every conversation that needs a person.
desk-role-agent = Agent
desk-role-supervisor = Supervisor
desk-today = Today
desk-you = You
desk-unassigned = Nobody yet
# A chip in the queue: the buyer wrote last.
desk-unanswered = Awaits a reply
desk-mine-empty = You have no conversations. Take one over from the queue.
desk-filter = Which conversations
desk-case = Case { $number }
desk-closed = This case is closed.
desk-closed-by-now = Somebody has closed this case.
desk-earlier = Show earlier messages
desk-choices = Offered answers
desk-channel-storefront = Shop page
desk-channel-whatsapp = WhatsApp
# Under the reply box
desk-keys = Enter sends · Shift + Enter starts a new line · Alt + ↑ ↓ changes the conversation
# The database is away.
desk-unavailable = The conversation store is out of reach. Nothing is lost; what you write stays here. This page keeps trying.
desk-not-sent = Not sent. Your text is back in the box.
desk-no-case = There is no such case.
