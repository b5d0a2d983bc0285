# What the bot says. Short, warm, one idea a sentence. Dates, money and days ranges arrive formatted
# for the reader. A buyer reads these on a phone.

## Small talk
# $shop: the shop's name
greeting = Hello and welcome to { $shop }! I can tell you where your order is, how long shipping takes and how returns work, and answer questions about our shop. How can I help?
goodbye = Goodbye, and thank you for visiting. Write any time!
thanks-reply = You're welcome! Is there anything else I can do for you?
praise-reply = That's lovely to hear, thank you! I'll pass it on to the team.
# The buyer asks whether this is a robot: say so honestly.
bot-reply = I'm { $shop }'s digital assistant, a computer program. A person from our team can take over whenever you like.
affirm-unclear = Great! What would you like me to do?
deny-unclear = All right. Is there anything else I can help with?
stop-reply = Understood, I won't send you any further messages. If you need us again, just write.
language-changed = Of course, let's go on in English.
# Followed by buttons with the languages' own names.
language-which = Which language would you like?
# $languages: list of the supported languages' own names
language-unsupported = I'm sorry, I don't speak that language yet. I can help you in: { $languages }.
out-of-scope = I'm afraid that's outside what I can help with. I know about orders, shipping, returns and our shop.
not-understood = I'm sorry, I didn't quite get that. Could you put it another way, or choose one of these?
# A turn failed for a technical reason. The message is kept. Followed by the buttons yes and no.
turn-failed = Sorry, something went wrong on our side just now. Your message is saved. Shall I bring in a person?

## Order status
ask-order-number = Happy to check! What's your order number? You'll find it in your confirmation e-mail, for example PL-10432.
ask-order-proof = Thank you. To protect your data, please also tell me the e-mail address or the delivery postcode of order { $order }.
# Never says which of the two is wrong.
order-not-found = I couldn't find an order with these details. Please check the order number and the e-mail address or postcode, and send them again.
# Followed by buttons with order numbers.
order-which = Which order is it about?
order-unpaid = Order { $order } is waiting for your payment. We'll start packing as soon as it arrives.
order-paid = We have received order { $order } and are getting it ready.
order-packed = Order { $order } is packed and waiting for the carrier to pick it up.
# $carrier: name of the carrier
order-shipped = Order { $order } has been handed to { $carrier } and is on its way.
# Sent, but the shop has told us of no parcel.
order-sent = Order { $order } has left our warehouse and is on its way.
order-in-transit = Order { $order } is on its way to you with { $carrier }.
# $place: where the parcel was last scanned, may be a town or a country
order-last-scan = Latest scan: { $place }, { $date }.
order-customs = Order { $order } is being cleared by customs. That usually takes a few working days; the carrier contacts you if anything is needed.
order-out-for-delivery = Good news: order { $order } is out for delivery and should reach you today.
order-attempt-failed = The carrier couldn't hand over order { $order }. They will try again or leave it at a pick-up point.
order-pickup = Order { $order } is ready for you at the pick-up point.
order-delivered = Order { $order } was delivered on { $date }. If it hasn't reached you, tell me and we'll look into it.
order-lost = I'm very sorry: the carrier can no longer trace the parcel of order { $order }. A colleague can send it again or refund you. Shall I bring one in?
order-cancelled = Order { $order } has been cancelled.
order-returned = Your return of order { $order } has arrived with us.
# $sent, $total: numbers of items
order-partly-shipped =
    { $total ->
        [one] { $sent } of { $total } item of order { $order } has been sent so far; the rest follows separately.
       *[other] { $sent } of { $total } items of order { $order } have been sent so far; the rest follows separately.
    }
# $date: a day
order-expected = Expected delivery: { $date }.
# $first, $last: days; delivery is expected between them
order-expected-range = Expected delivery: between { $first } and { $last }.
# $date: the day that was promised
order-late = I'm sorry, it is later than planned: it should have arrived by { $date }. If you like, a colleague will ask the carrier for you.
order-ships-by = It leaves our warehouse by { $date }.
order-tracking = Tracking number: { $tracking }
# $items: list of items, shortened for privacy
order-items = Contents: { $items }

## Refund status
refund-none = I see no refund for order { $order } at the moment. If you have sent something back, it shows here once our warehouse has checked it.
# $amount: money
refund-pending = Your refund of { $amount } for order { $order } has been approved. It should be with you by { $date }.
refund-paid = Your refund of { $amount } for order { $order } was paid on { $date }. Banks can take a few more days to show it.

## Shipping time
shipping-ask-country = Gladly! Which country should we ship to?
# $country: the country's name in nominative form. Choose a sentence that needs no other form.
shipping-time-intro = Delivery times for { $country }:
# $days: range such as 5-8; $cost: money
shipping-time-standard = Standard: { $days } working days
shipping-time-express = Express: { $days } working days
shipping-time-note = Counted from the day we ship; orders placed by { $time } on working days go out the same day.
shipping-time-customs = Customs clearance can add a few days.
shipping-not-there = I'm sorry, we don't ship to this destination yet: { $country }.

## Returns
return-window =
    { $days ->
        [one] You can return items within { $days } day of delivery.
       *[other] You can return items within { $days } days of delivery.
    }
# $country: the country's name in nominative form. Shown before the rule.
return-region = These rules apply for { $country }:
return-condition = Please send them back unused and in their original packaging.
return-free = The return is free of charge; we send you a label.
# $cost: money
return-label-cost = A return label costs { $cost }, which we deduct from the refund.
return-buyer-pays = The cost of sending them back is yours.
return-legal-withdrawal = You have a legal right of withdrawal and need give no reason.
# Rules of a class of goods
return-class-electronics =
    { $days ->
        [one] Electronics can be returned within { $days } day, complete with all accessories.
       *[other] Electronics can be returned within { $days } days, complete with all accessories.
    }
return-class-hygiene = Underwear, swimwear, earrings and cosmetics can only be returned while the hygiene seal is unbroken.
return-class-personalised = Personalised and made-to-order items cannot be returned, unless they arrive faulty.
return-class-perishable = Food and other perishable goods cannot be returned, unless they arrive faulty.
return-class-furniture = Large items are collected from your home after we agree a date.
return-faulty = Faulty or wrong items are always taken back at our expense.
# Followed by buttons with the classes of goods.
return-which-class = What kind of item is it?

## Matters that a colleague takes care of. Each says honestly what the bot cannot do and offers a person (buttons yes, no).
matter-request_return = I can't start a return or exchange myself yet. A colleague can do it for you right here. Shall I bring one in?
matter-cancel_order = I can't cancel an order myself yet, but a colleague can. Shall I bring one in?
matter-change_address = I can't change a delivery address myself yet, but a colleague can. Shall I bring one in?
matter-change_order = I can't change an order myself yet, but a colleague can. Shall I bring one in?
matter-delivery_problem = I'm sorry about the trouble with your delivery. A colleague can take it up with the carrier. Shall I bring one in?
matter-item_problem = I'm sorry that something is wrong with your item. A colleague will find a solution with you; a photo helps. Shall I bring one in?
matter-payment_problem = I'm sorry about the trouble with your payment. A colleague can look at it. Shall I bring one in?
matter-request_invoice = A colleague can send you the invoice. Shall I bring one in?
matter-bulk_order = Thank you for your interest! Our colleagues make offers for larger quantities. Shall I bring one in?
matter-complaint = I'm sorry we've disappointed you. A colleague would like to put this right. Shall I bring one in?
# The buyer is upset; one sentence of empathy put before the answer.
empathy-upset = I'm sorry about this, I understand it's frustrating.

## Knowledge
# Followed by two or three questions as buttons.
faq-suggest = Is it one of these?
faq-none = I don't have a reliable answer to that. Shall I bring in a person?
# $language: own name of the language in which the answer is written
faq-other-language = I only have this answer in { $language }:

## Handing over. One message: a sentence of empathy by reason, then when.
handoff-asked = Of course, I'm bringing in a person.
handoff-angry = I'm truly sorry. You deserve better, so I'm bringing in a person right away.
handoff-upset = I'm sorry this has been so frustrating. I'm bringing in a person.
handoff-legal = I take this very seriously and am passing it to the responsible colleague at once.
handoff-safety = Your safety comes first. I'm passing this to a colleague at once.
handoff-not_understood = I'm sorry, I'm not getting any further here. I'm bringing in a person.
handoff-proof_failed = I couldn't match your details, so a person will look into it.
handoff-action_failed = Something isn't working on our side, so a person will look after you.
handoff-matter = I'm passing this to a colleague who can do it.
handoff-repeated = I see this still isn't solved. I'm bringing in a person.
# $minutes: usual wait
handoff-when-open =
    { $minutes ->
        [one] Someone will answer here within about { $minutes } minute and can see everything you wrote.
       *[other] Someone will answer here within about { $minutes } minutes and can see everything you wrote.
    }
# $time: day and time in the buyer's time zone
handoff-when-closed = Our team is back on { $time } (your time) and will answer here; everything you wrote is saved.
# System lines in the conversation. $agent: first name
agent-joined = { $agent } has joined the conversation.
agent-left = { $agent } has left. I'm the digital assistant again; I'm happy to help further.

## Bad input
message-not-text = I can only read text at the moment. Could you describe it in words?

## Buttons: at most 20 characters each, counted as shown
choice-yes = Yes, please
choice-no = No, thanks
choice-human = Talk to a person
choice-none = None of these
choice-order-status = Where is my order?
choice-shipping-time = Shipping times
choice-return-policy = Returns
choice-clothing = Clothing
choice-shoes = Shoes
choice-electronics = Electronics
choice-hygiene = Personal care
choice-personalised = Personalised
choice-furniture = Large items
choice-perishable = Food
