## Begroeten en afscheid nemen
greeting = Hallo en welkom bij { $shop }! Ik kan zien waar je bestelling is, hoelang verzending duurt en hoe retourneren werkt, en ik beantwoord vragen over de winkel. Waarmee kan ik je helpen?
goodbye = Tot ziens en bedankt voor je bezoek. Schrijf gerust nog eens!
thanks-reply = Graag gedaan! Kan ik nog iets voor je doen?
praise-reply = Wat leuk om te horen, dank je wel! Ik geef het door aan het team.
bot-reply = Ik ben de digitale assistent van { $shop }, een computerprogramma dus. Wil je liever een mens, dan neemt iemand van ons team het over.
affirm-unclear = Fijn! Wat wil je dat ik doe?
deny-unclear = Prima. Kan ik je nog ergens mee helpen?
stop-reply = Begrepen, ik stuur je geen berichten meer. Heb je ons weer nodig, schrijf dan gewoon.
language-changed = Natuurlijk, we gaan verder in het Nederlands.
language-which = In welke taal wil je verder?
language-unsupported = Die taal spreek ik helaas nog niet. Ik kan je wel helpen in: { $languages }.
out-of-scope = Daar kan ik je helaas niet bij helpen. Ik weet alles over bestellingen, verzending, retouren en onze winkel.
not-understood = Sorry, dat begreep ik niet helemaal. Kun je het anders zeggen, of een van deze kiezen?
turn-failed = Sorry, er ging bij ons net iets mis. Je bericht is bewaard. Zal ik er iemand bij halen?

## Status van de bestelling
ask-order-number = Ik kijk het graag na! Wat is je bestelnummer? Het staat in je bevestigingsmail, bijvoorbeeld PL-10432.
ask-order-proof = Dank je. Om je gegevens te beschermen heb ik nog het mailadres of de postcode van bezorging van bestelling { $order } nodig.
order-not-found = Met deze gegevens vind ik geen bestelling. Controleer het bestelnummer en het mailadres of de postcode, en stuur ze nog eens.
order-which = Over welke bestelling gaat het?
order-unpaid = Bestelling { $order } wacht nog op je betaling. Zodra die binnen is, gaan we inpakken.
order-paid = We hebben bestelling { $order } ontvangen en maken hem klaar.
order-packed = Bestelling { $order } is ingepakt en wacht tot de bezorger hem ophaalt.
order-shipped = Bestelling { $order } is overgedragen aan { $carrier } en is onderweg.
order-sent = Bestelling { $order } heeft ons magazijn verlaten en is onderweg.
order-in-transit = Bestelling { $order } is met { $carrier } onderweg naar je.
order-last-scan = Laatst gescand: { $place }, { $date }.
order-customs = Bestelling { $order } ligt nu bij de douane. Dat duurt meestal een paar werkdagen; de bezorger neemt contact met je op als er iets nodig is.
order-out-for-delivery = Goed nieuws: bestelling { $order } wordt bezorgd en zou vandaag bij je moeten zijn.
order-attempt-failed = De bezorger kon bestelling { $order } niet afgeven. Hij probeert het nog eens of brengt het pakket naar een afhaalpunt.
order-pickup = Bestelling { $order } ligt voor je klaar bij het afhaalpunt.
order-delivered = Bestelling { $order } is op { $date } bezorgd. Heb je niets ontvangen, laat het me weten, dan zoeken we het uit.
order-lost = Het spijt me heel erg: de bezorger kan het pakket van bestelling { $order } niet meer vinden. Een collega kan het opnieuw sturen of je geld terugbetalen. Zal ik er iemand bij halen?
order-cancelled = Bestelling { $order } is geannuleerd.
order-returned = Je retour van bestelling { $order } is bij ons aangekomen.
order-partly-shipped =
    { $total ->
        [one] Van bestelling { $order } is { $sent } van { $total } artikel verstuurd; de rest volgt apart.
       *[other] Van bestelling { $order } zijn { $sent } van { $total } artikelen verstuurd; de rest volgt apart.
    }
order-expected = Verwachte bezorging: { $date }.
order-expected-range = Verwachte bezorging: tussen { $first } en { $last }.
order-late = Sorry, het duurt langer dan gepland: het pakket had er uiterlijk { $date } moeten zijn. Als je wilt, vraagt een collega het na bij de bezorger.
order-ships-by = Hij verlaat ons magazijn uiterlijk { $date }.
order-tracking = Track & trace: { $tracking }
order-items = Inhoud: { $items }

## Terugbetaling
refund-none = Ik zie nu geen terugbetaling voor bestelling { $order }. Heb je iets teruggestuurd, dan staat die hier zodra ons magazijn je retour gecontroleerd heeft.
refund-pending = Je terugbetaling van { $amount } voor bestelling { $order } is goedgekeurd. Je zou het geld uiterlijk { $date } moeten hebben.
refund-paid = Je terugbetaling van { $amount } voor bestelling { $order } is op { $date } uitbetaald. Soms duurt het nog een paar dagen voor je bank het toont.

## Levertijd
shipping-ask-country = Graag! Naar welk land mag het?
shipping-time-intro = Levertijden – { $country }:
shipping-time-standard = Standaard: { $days } werkdagen
shipping-time-express = Express: { $days } werkdagen
shipping-time-note = Geteld vanaf verzending; wat op werkdagen tot { $time } besteld wordt, gaat dezelfde dag weg.
shipping-time-customs = Door de douane kunnen er een paar dagen bij komen.
shipping-not-there = Sorry, daar leveren we nog niet: { $country }.

## Retourneren
return-window =
    { $days ->
        [one] Je kunt artikelen tot { $days } dag na levering terugsturen.
       *[other] Je kunt artikelen tot { $days } dagen na levering terugsturen.
    }
return-region = Deze regels gelden hier: { $country }.
return-condition = Stuur ze ongebruikt en in de originele verpakking terug.
return-free = Retourneren is gratis; we sturen je een label.
return-label-cost = Een retourlabel kost { $cost }, dat trekken we van de terugbetaling af.
return-buyer-pays = De retourkosten zijn voor jou.
return-legal-withdrawal = Je hebt een wettelijk herroepingsrecht en hoeft geen reden te geven.
return-class-electronics =
    { $days ->
        [one] Elektronica kun je tot { $days } dag na levering terugsturen, met alle toebehoren.
       *[other] Elektronica kun je tot { $days } dagen na levering terugsturen, met alle toebehoren.
    }
return-class-hygiene = Ondergoed, badkleding, oorbellen en cosmetica nemen we alleen terug als het hygiënezegel nog heel is.
return-class-personalised = Gepersonaliseerde en op maat gemaakte artikelen kunnen niet terug, tenzij er iets mis mee is.
return-class-perishable = Eten en andere bederfelijke waar kan niet terug, tenzij er iets mis mee is.
return-class-furniture = Grote artikelen halen we thuis op, op een afgesproken dag.
return-faulty = Defecte of verkeerde artikelen nemen we altijd op onze kosten terug.
return-which-class = Wat voor artikel is het?

## Zaken voor een collega
matter-request_return = Een retour of omruiling kan ik zelf nog niet starten. Een collega regelt het hier voor je. Zal ik er iemand bij halen?
matter-cancel_order = Annuleren kan ik zelf nog niet, maar een collega wel. Zal ik er iemand bij halen?
matter-change_address = Het bezorgadres kan ik zelf nog niet wijzigen, maar een collega wel. Zal ik er iemand bij halen?
matter-change_order = Een bestelling kan ik zelf nog niet wijzigen, maar een collega wel. Zal ik er iemand bij halen?
matter-delivery_problem = Vervelend dat er iets misgaat met je levering. Een collega kan het navragen bij de bezorger. Zal ik er iemand bij halen?
matter-item_problem = Vervelend dat er iets mis is met je artikel. Een collega zoekt met jou een oplossing; een foto helpt daarbij. Zal ik er iemand bij halen?
matter-payment_problem = Vervelend dat de betaling niet goed gaat. Een collega kan meekijken. Zal ik er iemand bij halen?
matter-request_invoice = Een collega kan je de factuur sturen. Zal ik er iemand bij halen?
matter-bulk_order = Dank je voor je interesse! Onze collega's maken offertes voor grotere aantallen. Zal ik er iemand bij halen?
matter-complaint = Het spijt me dat we je teleurgesteld hebben. Een collega wil dit graag rechtzetten. Zal ik er iemand bij halen?
empathy-upset = Wat vervelend, ik snap dat je hiervan baalt.

## Kennis
faq-suggest = Bedoel je een van deze?
faq-none = Daar heb ik geen betrouwbaar antwoord op. Zal ik er iemand bij halen?
faq-other-language = Dit antwoord heb ik alleen in een andere taal, { $language }:

## Overdragen
handoff-asked = Natuurlijk, ik haal er iemand bij.
handoff-angry = Het spijt me echt. Dit had niet mogen gebeuren, ik haal er meteen iemand bij.
handoff-upset = Sorry dat het zo stroef ging. Ik haal er iemand bij.
handoff-legal = Dit neem ik heel serieus en geef ik meteen door aan de verantwoordelijke collega.
handoff-safety = Jouw veiligheid gaat voor. Ik geef dit meteen door aan een collega.
handoff-not_understood = Sorry, ik kom er hier niet uit. Ik haal er iemand bij.
handoff-proof_failed = Ik kon je gegevens niet thuisbrengen, dus een mens kijkt ernaar.
handoff-action_failed = Er werkt bij ons iets niet, dus een mens neemt het over.
handoff-matter = Ik geef dit door aan een collega die het kan regelen.
handoff-repeated = Ik zie dat het nog steeds niet opgelost is. Ik haal er iemand bij.
handoff-when-open =
    { $minutes ->
        [one] Over ongeveer { $minutes } minuut antwoordt hier iemand die alles kan lezen wat je schreef.
       *[other] Over ongeveer { $minutes } minuten antwoordt hier iemand die alles kan lezen wat je schreef.
    }
handoff-when-closed = Ons team is er weer vanaf { $time } (jouw tijd) en antwoordt dan hier; alles wat je schreef is bewaard.
agent-joined = { $agent } doet nu mee in het gesprek.
agent-left = { $agent } heeft het gesprek verlaten. Ik ben weer de digitale assistent en help je graag verder.

## Ongeldige invoer
message-not-text = Ik kan nu alleen tekst lezen. Kun je het in woorden beschrijven?

## Knoppen, hoogstens 20 tekens
choice-yes = Ja, graag
choice-no = Nee, bedankt
choice-human = Medewerker spreken
choice-none = Geen van deze
choice-order-status = Waar is mijn pakket?
choice-shipping-time = Levertijden
choice-return-policy = Retourneren
choice-clothing = Kleding
choice-shoes = Schoenen
choice-electronics = Elektronica
choice-hygiene = Verzorging
choice-personalised = Gepersonaliseerd
choice-furniture = Grote artikelen
choice-perishable = Eten en drinken
