"""What the benchmark's buyers say: routine matters, knowledge and small talk in several languages.

No message calls for a person, and no two neighbours are alike: every turn has an answer of the bot.
"""

from __future__ import annotations

MIXED = (
    "Hello!",
    "What is the status of order PL-10405? camille.laurent@example.com",
    "Wie lange dauert der Versand nach Polen?",
    "¿Cuál es la política de devoluciones?",
    "Which payment methods do you accept?",
    "Gdzie jest moje zamówienie PL-10432? ola.nowak@example.com",
    "Merci beaucoup !",
    "发到日本要多久？",
    "Posso restituire un articolo se non mi piace?",
    "كم يستغرق الشحن إلى السعودية؟",
    "Onde está o meu pedido PL-10411? li.wei@example.com",
    "Сколько идёт доставка в Бразилию?",
    "返品できますか？",
    "Welke betaalmethoden accepteren jullie?",
    "Wo ist meine Bestellung PL-10424? Meine E-Mail ist anna.petrova@example.com",
    "Thank you!",
)

# Six messages again and again: turns 295 to 305 of a conversation then say what turns 1 to 6 said.
REPEATED = (
    "What is the status of order PL-10405? camille.laurent@example.com",
    "Wie lange dauert der Versand nach Polen?",
    "Which payment methods do you accept?",
    "¿Cuál es la política de devoluciones?",
    "Merci beaucoup !",
    "Hello!",
)

# What the model of `rasa init` was made for.
STOCK = ("hello", "great", "are you a bot?", "very sad", "yes", "bye")
