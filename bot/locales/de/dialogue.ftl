## Begrüßung und Abschied
greeting = Guten Tag und willkommen bei { $shop }! Ich sage Ihnen, wo Ihre Bestellung ist, wie lange der Versand dauert und wie Rückgaben laufen, und beantworte Fragen zum Shop. Was kann ich für Sie tun?
goodbye = Auf Wiedersehen und danke für Ihren Besuch. Schreiben Sie jederzeit wieder!
thanks-reply = Gern geschehen! Kann ich sonst noch etwas für Sie tun?
praise-reply = Das freut uns sehr, vielen Dank! Ich gebe es ans Team weiter.
bot-reply = Ich bin der digitale Assistent von { $shop }, also ein Computerprogramm. Wenn Sie möchten, übernimmt jederzeit ein Mensch aus unserem Team.
affirm-unclear = Sehr gern! Was darf ich für Sie tun?
deny-unclear = In Ordnung. Kann ich Ihnen sonst noch helfen?
stop-reply = Verstanden, ich schicke Ihnen keine weiteren Nachrichten. Wenn Sie uns wieder brauchen, schreiben Sie einfach.
language-changed = Gern, wir machen auf Deutsch weiter.
language-which = In welcher Sprache möchten Sie schreiben?
language-unsupported = Diese Sprache spreche ich leider noch nicht. Ich kann Ihnen in diesen Sprachen helfen: { $languages }.
out-of-scope = Dabei kann ich leider nicht helfen. Ich kenne mich mit Bestellungen, Versand, Rückgaben und unserem Shop aus.
not-understood = Das habe ich leider nicht ganz verstanden. Könnten Sie es anders sagen oder etwas davon auswählen?
turn-failed = Entschuldigung, bei uns ist gerade etwas schiefgegangen. Ihre Nachricht ist gespeichert. Soll ich einen Menschen dazuholen?

## Bestellstatus
ask-order-number = Das sehe ich gern nach! Wie lautet Ihre Bestellnummer? Sie steht in der Bestätigungsmail, zum Beispiel PL-10432.
ask-order-proof = Danke. Zum Schutz Ihrer Daten brauche ich noch die E-Mail-Adresse oder die Postleitzahl der Lieferadresse zu Bestellung { $order }.
order-not-found = Zu diesen Angaben finde ich keine Bestellung. Bitte prüfen Sie die Bestellnummer sowie die E-Mail-Adresse oder die Postleitzahl und schicken Sie sie noch einmal.
order-which = Um welche Bestellung geht es?
order-unpaid = Bestellung { $order } wartet noch auf Ihre Zahlung. Sobald sie da ist, beginnen wir zu packen.
order-paid = Bestellung { $order } ist bei uns eingegangen und wird vorbereitet.
order-packed = Bestellung { $order } ist gepackt und wartet auf die Abholung durch den Zusteller.
order-shipped = Bestellung { $order } ist an { $carrier } übergeben und auf dem Weg zu Ihnen.
order-sent = Bestellung { $order } hat unser Lager verlassen und ist auf dem Weg zu Ihnen.
order-in-transit = Bestellung { $order } ist mit { $carrier } zu Ihnen unterwegs.
order-last-scan = Letzter Scan: { $place }, { $date }.
order-customs = Bestellung { $order } liegt gerade beim Zoll. Das dauert meist ein paar Werktage; der Zusteller meldet sich, falls etwas fehlt.
order-out-for-delivery = Gute Nachricht: Bestellung { $order } ist in der Zustellung und sollte heute bei Ihnen ankommen.
order-attempt-failed = Der Zusteller konnte Bestellung { $order } nicht übergeben. Er versucht es noch einmal oder bringt sie zu einer Abholstelle.
order-pickup = Bestellung { $order } liegt an der Abholstelle für Sie bereit.
order-delivered = Bestellung { $order } wurde am { $date } zugestellt. Falls sie nicht bei Ihnen ist, sagen Sie es mir bitte, dann gehen wir dem nach.
order-lost = Es tut mir sehr leid: Der Zusteller kann das Paket zu Bestellung { $order } nicht mehr finden. Unser Team schickt es neu oder erstattet Ihnen das Geld. Soll ich jemanden dazuholen?
order-cancelled = Bestellung { $order } wurde storniert.
order-returned = Ihre Rücksendung zu Bestellung { $order } ist bei uns angekommen.
order-partly-shipped =
    { $total ->
        [one] Von Bestellung { $order } wurde bisher { $sent } von { $total } Artikel verschickt; der Rest folgt getrennt.
       *[other] Von Bestellung { $order } wurden bisher { $sent } von { $total } Artikeln verschickt; der Rest folgt getrennt.
    }
order-expected = Voraussichtliche Lieferung: { $date }.
order-expected-range = Voraussichtliche Lieferung: { $first } bis { $last }.
order-late = Es tut mir leid, es dauert länger: Vorgesehen war die Lieferung bis { $date }. Auf Wunsch fragt jemand aus unserem Team beim Zusteller nach.
order-ships-by = Sie verlässt unser Lager spätestens am { $date }.
order-tracking = Sendungsnummer: { $tracking }
order-items = Inhalt: { $items }

## Erstattung
refund-none = Zu Bestellung { $order } sehe ich derzeit keine Erstattung. Falls Sie etwas zurückgeschickt haben, erscheint sie hier, sobald unser Lager die Ware geprüft hat.
refund-pending = Ihre Erstattung von { $amount } für Bestellung { $order } ist freigegeben. Sie sollte spätestens am { $date } bei Ihnen sein.
refund-paid = Ihre Erstattung von { $amount } für Bestellung { $order } wurde am { $date } ausgezahlt. Bis die Bank sie anzeigt, können noch ein paar Tage vergehen.

## Lieferzeit
shipping-ask-country = Gern! In welches Land soll es gehen?
shipping-time-intro = Lieferzeiten – { $country }:
shipping-time-standard = Standard: { $days } Werktage
shipping-time-express = Express: { $days } Werktage
shipping-time-note = Gerechnet ab Versand; was an Werktagen bis { $time } bestellt wird, geht noch am selben Tag raus.
shipping-time-customs = Durch den Zoll kann es ein paar Tage länger dauern.
shipping-not-there = Dorthin liefern wir leider noch nicht: { $country }.

## Rückgabe
return-window =
    { $days ->
        [one] Sie können Artikel innerhalb von { $days } Tag nach der Lieferung zurückgeben.
       *[other] Sie können Artikel innerhalb von { $days } Tagen nach der Lieferung zurückgeben.
    }
return-region = Diese Regeln gelten hier: { $country }.
return-condition = Bitte schicken Sie sie unbenutzt und in der Originalverpackung zurück.
return-free = Die Rücksendung ist kostenlos; Sie erhalten von uns ein Etikett.
return-label-cost = Ein Rücksendeetikett kostet { $cost }; das ziehen wir von der Erstattung ab.
return-buyer-pays = Die Kosten der Rücksendung tragen Sie.
return-legal-withdrawal = Sie haben ein gesetzliches Widerrufsrecht und müssen keinen Grund nennen.
return-class-electronics =
    { $days ->
        [one] Elektronik können Sie innerhalb von { $days } Tag zurückgeben, mit allem Zubehör.
       *[other] Elektronik können Sie innerhalb von { $days } Tagen zurückgeben, mit allem Zubehör.
    }
return-class-hygiene = Unterwäsche, Bademode, Ohrringe und Kosmetik nehmen wir nur zurück, solange das Hygienesiegel unversehrt ist.
return-class-personalised = Personalisierte und nach Maß gefertigte Artikel können nicht zurückgegeben werden, außer sie sind fehlerhaft.
return-class-perishable = Lebensmittel und andere verderbliche Ware können nicht zurückgegeben werden, außer sie sind fehlerhaft.
return-class-furniture = Große Artikel holen wir nach Terminabsprache bei Ihnen zu Hause ab.
return-faulty = Fehlerhafte oder falsche Artikel nehmen wir immer auf unsere Kosten zurück.
return-which-class = Was für ein Artikel ist es?

## Anliegen für das Team
matter-request_return = Eine Rückgabe oder einen Umtausch kann ich noch nicht selbst starten. Jemand aus unserem Team erledigt das gleich hier. Soll ich jemanden dazuholen?
matter-cancel_order = Stornieren kann ich selbst noch nicht, aber unser Team kann es. Soll ich jemanden dazuholen?
matter-change_address = Die Lieferadresse kann ich selbst noch nicht ändern, aber unser Team kann es. Soll ich jemanden dazuholen?
matter-change_order = Eine Bestellung kann ich selbst noch nicht ändern, aber unser Team kann es. Soll ich jemanden dazuholen?
matter-delivery_problem = Es tut mir leid, dass bei der Lieferung etwas nicht stimmt. Unser Team kann das mit dem Zusteller klären. Soll ich jemanden dazuholen?
matter-item_problem = Es tut mir leid, dass mit Ihrem Artikel etwas nicht stimmt. Unser Team findet mit Ihnen eine Lösung; ein Foto hilft dabei. Soll ich jemanden dazuholen?
matter-payment_problem = Es tut mir leid, dass es mit der Zahlung hakt. Unser Team kann nachsehen. Soll ich jemanden dazuholen?
matter-request_invoice = Unser Team kann Ihnen die Rechnung schicken. Soll ich jemanden dazuholen?
matter-bulk_order = Danke für Ihr Interesse! Für größere Mengen macht unser Team Ihnen ein Angebot. Soll ich jemanden dazuholen?
matter-complaint = Es tut mir leid, dass wir Sie enttäuscht haben. Unser Team möchte das in Ordnung bringen. Soll ich jemanden dazuholen?
empathy-upset = Das tut mir leid, ich verstehe, dass das ärgerlich ist.

## Wissen
faq-suggest = Meinen Sie etwas davon?
faq-none = Darauf habe ich keine verlässliche Antwort. Soll ich einen Menschen dazuholen?
faq-other-language = Diese Antwort habe ich nur in einer anderen Sprache, { $language }:

## Übergabe
handoff-asked = Natürlich, ich hole jemanden aus unserem Team dazu.
handoff-angry = Es tut mir aufrichtig leid. Das haben Sie nicht verdient, ich hole sofort einen Menschen dazu.
handoff-upset = Es tut mir leid, dass es so mühsam war. Ich hole jemanden aus unserem Team dazu.
handoff-legal = Das nehme ich sehr ernst und gebe es sofort an die zuständige Stelle weiter.
handoff-safety = Ihre Sicherheit geht vor. Ich gebe das sofort an unser Team weiter.
handoff-not_understood = Entschuldigung, hier komme ich nicht weiter. Ich hole jemanden aus unserem Team dazu.
handoff-proof_failed = Ich konnte Ihre Angaben nicht zuordnen, deshalb sieht sich das ein Mensch an.
handoff-action_failed = Bei uns klappt gerade etwas nicht, deshalb kümmert sich ein Mensch um Sie.
handoff-matter = Ich gebe das an unser Team weiter, das kann es erledigen.
handoff-repeated = Ich sehe, das ist noch immer nicht gelöst. Ich hole jemanden aus unserem Team dazu.
handoff-when-open =
    { $minutes ->
        [one] In etwa { $minutes } Minute antwortet Ihnen hier jemand und sieht alles, was Sie geschrieben haben.
       *[other] In etwa { $minutes } Minuten antwortet Ihnen hier jemand und sieht alles, was Sie geschrieben haben.
    }
handoff-when-closed = Unser Team ist ab { $time } (Ihre Zeit) wieder da und antwortet hier; alles Geschriebene ist gespeichert.
agent-joined = { $agent } ist jetzt im Gespräch.
agent-left = { $agent } hat das Gespräch verlassen. Hier ist wieder der digitale Assistent; ich helfe Ihnen gern weiter.

## Eingaben
message-not-text = Ich kann im Moment nur Text lesen. Könnten Sie es in Worten beschreiben?

## Knöpfe, höchstens 20 Zeichen
choice-yes = Ja, bitte
choice-no = Nein, danke
choice-human = Mit Mensch sprechen
choice-none = Nichts davon
choice-order-status = Wo ist mein Paket?
choice-shipping-time = Lieferzeiten
choice-return-policy = Rückgabe
choice-clothing = Kleidung
choice-shoes = Schuhe
choice-electronics = Elektronik
choice-hygiene = Hygieneartikel
choice-personalised = Personalisiert
choice-furniture = Große Artikel
choice-perishable = Lebensmittel
