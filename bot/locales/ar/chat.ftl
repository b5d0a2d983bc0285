# المحادثة في صفحة المتجر: التسميات والحالات وما ينطقه قارئ الشاشة.
chat-title = المساعدة والتواصل
chat-open = فتح المحادثة
chat-close = إغلاق المحادثة
chat-placeholder = اكتب رسالتك…
chat-send = إرسال
chat-input-label = رسالتك
chat-log-label = المحادثة
chat-choices-label = إجابات مقترحة
chat-from-buyer = أنت
chat-from-bot = المساعد
chat-from-agent = فريق الدعم
chat-from-system = إشعار
chat-typing = { $name }: جارٍ الكتابة…
chat-loading = جارٍ تحميل المحادثة…
chat-connecting = جارٍ الاتصال…
chat-reconnecting = انقطع الاتصال. نعيد المحاولة…
chat-online = عاد الاتصال.
chat-not-sent = لم تُرسل
chat-retry = إعادة المحاولة
chat-sending = جارٍ الإرسال…
chat-too-long = نرجو الاختصار، الحد الأقصى لعدد الأحرف: { $max }.
chat-busy = لا يمكننا استقبال الرسائل حالياً. نصّك محفوظ، حاول مجدداً بعد قليل.
chat-rate-limited = وصلتنا رسائل كثيرة دفعة واحدة. انتظر لحظة من فضلك.
chat-new-conversation = بدء محادثة جديدة
chat-session-ended = انتهت هذه المحادثة.
chat-with-bot = المساعد الرقمي
chat-waiting = سيرد عليك أحد موظفينا
chat-with-agent = تتحدث الآن مع { $agent }
chat-unread =
    { $count ->
        [one] رسالة جديدة واحدة
        [two] رسالتان جديدتان
        [few] { $count } رسائل جديدة
        [many] { $count } رسالة جديدة
       *[other] { $count } رسالة جديدة
    }
chat-privacy = رجاءً لا ترسل أرقام بطاقات أو كلمات مرور.
