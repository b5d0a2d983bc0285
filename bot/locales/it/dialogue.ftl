## Conversazione
greeting = Ciao, ti do il benvenuto da { $shop }! Posso dirti dov'è il tuo ordine, quanto ci mette la spedizione, come funzionano i resi e rispondere alle tue domande sul negozio. Come ti aiuto?
goodbye = A presto e grazie della visita. Scrivici quando vuoi!
thanks-reply = Figurati! Ti serve altro?
praise-reply = Che bello sentirlo, grazie! Lo dico subito al team.
bot-reply = Sono l'assistente digitale di { $shop }, cioè un programma. Se preferisci, una persona del team può continuare al posto mio in qualsiasi momento.
affirm-unclear = Bene! Che cosa vuoi che faccia?
deny-unclear = D'accordo. Posso aiutarti con altro?
stop-reply = Ricevuto, non ti mando più messaggi. Se hai bisogno di noi, basta scrivere qui.
language-changed = Certo, andiamo avanti in italiano.
language-which = Che lingua preferisci?
language-unsupported = Mi dispiace, questa lingua non la parlo ancora. Posso aiutarti in: { $languages }.
out-of-scope = Qui purtroppo non posso aiutarti. Mi intendo di ordini, spedizioni, resi e di tutto ciò che riguarda il negozio.
not-understood = Scusa, non ho capito bene. Puoi dirlo in un altro modo o scegliere qui sotto?
turn-failed = Scusa, qualcosa è andato storto da parte nostra. Il tuo messaggio è salvo. Chiamo una persona?

## Stato dell'ordine
ask-order-number = Controllo volentieri! Qual è il numero d'ordine? Lo trovi nell'e-mail di conferma, per esempio PL-10432.
ask-order-proof = Grazie. Per proteggere i tuoi dati, scrivimi anche l'e-mail o il CAP di consegna dell'ordine { $order }.
order-not-found = Con questi dati non trovo nessun ordine. Ricontrolla il numero d'ordine e l'e-mail o il CAP, poi mandameli di nuovo.
order-which = Di quale ordine si tratta?
order-unpaid = L'ordine { $order } è in attesa del pagamento. Appena arriva, lo prepariamo.
order-paid = Abbiamo ricevuto l'ordine { $order } e lo stiamo preparando.
order-packed = L'ordine { $order } è imballato e aspetta il ritiro del corriere.
order-shipped = L'ordine { $order } è stato affidato a { $carrier } ed è in viaggio.
order-sent = L'ordine { $order } ha lasciato il nostro magazzino ed è in viaggio.
order-in-transit = L'ordine { $order } è in viaggio verso di te con { $carrier }.
order-last-scan = Ultimo passaggio: { $place }, { $date }.
order-customs = L'ordine { $order } è in dogana. Di solito servono alcuni giorni lavorativi; se manca qualcosa, ti contatta il corriere.
order-out-for-delivery = Buone notizie: l'ordine { $order } è in consegna e dovrebbe arrivare oggi.
order-attempt-failed = Il corriere non è riuscito a consegnare l'ordine { $order }. Riproverà o lo lascerà in un punto di ritiro.
order-pickup = L'ordine { $order } ti aspetta al punto di ritiro.
order-delivered = L'ordine { $order } risulta consegnato ({ $date }). Se non ce l'hai, dimmelo e facciamo una verifica.
order-lost = Mi dispiace molto: il corriere non riesce più a rintracciare il pacco dell'ordine { $order }. Un collega può rispedirlo o rimborsarti. Lo chiamo?
order-cancelled = L'ordine { $order } è stato annullato.
order-returned = Il reso dell'ordine { $order } è arrivato da noi.
order-partly-shipped =
    { $total ->
        [one] Spedito finora: { $sent } su { $total } articolo dell'ordine { $order }; il resto arriva a parte.
       *[other] Spediti finora: { $sent } su { $total } articoli dell'ordine { $order }; il resto arriva a parte.
    }
order-expected = Consegna prevista: { $date }.
order-expected-range = Consegna prevista: da { $first } a { $last }.
order-late = Mi dispiace, è in ritardo sulla data prevista ({ $date }). Se vuoi, un collega chiede al corriere per te.
order-ships-by = Parte dal nostro magazzino al più tardi: { $date }.
order-tracking = Numero di tracking: { $tracking }
order-items = Contenuto: { $items }

## Rimborso
refund-none = Per ora non vedo rimborsi per l'ordine { $order }. Se hai reso qualcosa, lo vedrai qui dopo il controllo in magazzino.
refund-pending = Il rimborso di { $amount } per l'ordine { $order } è approvato. Data prevista, al più tardi: { $date }.
refund-paid = Il rimborso di { $amount } per l'ordine { $order } è stato pagato ({ $date }). La banca può metterci ancora qualche giorno a mostrarlo.

## Tempi di consegna
shipping-ask-country = Volentieri! In quale paese dobbiamo spedire?
shipping-time-intro = Tempi di consegna ({ $country }):
shipping-time-standard = Standard: { $days } giorni lavorativi
shipping-time-express = Espressa: { $days } giorni lavorativi
shipping-time-note = Dal giorno della spedizione; gli ordini fatti entro le { $time } nei giorni lavorativi partono in giornata.
shipping-time-customs = La dogana può aggiungere qualche giorno.
shipping-not-there = Mi dispiace, a questa destinazione non spediamo ancora: { $country }.

## Resi
return-window =
    { $days ->
        [one] Puoi rendere gli articoli entro { $days } giorno dalla consegna.
       *[other] Puoi rendere gli articoli entro { $days } giorni dalla consegna.
    }
return-region = Ecco le regole per il tuo paese ({ $country }):
return-condition = Gli articoli vanno resi non usati e nella confezione originale.
return-free = Il reso è gratuito: l'etichetta te la mandiamo noi.
return-label-cost = L'etichetta di reso costa { $cost }, che tratteniamo dal rimborso.
return-buyer-pays = Le spese di reso sono a tuo carico.
return-legal-withdrawal = Per legge hai il diritto di recesso e non devi dare spiegazioni.
return-class-electronics =
    { $days ->
        [one] L'elettronica si può rendere entro { $days } giorno, completa di tutti gli accessori.
       *[other] L'elettronica si può rendere entro { $days } giorni, completa di tutti gli accessori.
    }
return-class-hygiene = Intimo, costumi da bagno, orecchini e cosmetici si possono rendere solo con il sigillo igienico intatto.
return-class-personalised = Gli articoli personalizzati o su misura non si possono rendere, salvo che arrivino difettosi.
return-class-perishable = Alimenti e altri prodotti deperibili non si possono rendere, salvo che arrivino difettosi.
return-class-furniture = Gli articoli ingombranti li ritiriamo a casa tua, in una data concordata.
return-faulty = Gli articoli difettosi o sbagliati li riprendiamo sempre a nostre spese.
return-which-class = Di che tipo di articolo si tratta?

## Cose di cui si occupa un collega
matter-request_return = Non posso ancora avviare io un reso o un cambio, ma un collega può farlo proprio qui. Lo chiamo?
matter-cancel_order = Non posso ancora annullare io un ordine, ma un collega sì. Lo chiamo?
matter-change_address = Non posso ancora cambiare io un indirizzo, ma un collega sì. Lo chiamo?
matter-change_order = Non posso ancora modificare io un ordine, ma un collega sì. Lo chiamo?
matter-delivery_problem = Mi dispiace per il problema con la consegna. Un collega può sentire il corriere. Lo chiamo?
matter-item_problem = Mi dispiace che l'articolo non sia a posto. Un collega troverà una soluzione con te; una foto aiuta. Lo chiamo?
matter-payment_problem = Mi dispiace per il problema con il pagamento. Un collega può controllare. Lo chiamo?
matter-request_invoice = Un collega può mandarti la fattura. Lo chiamo?
matter-bulk_order = Grazie dell'interesse! Per grandi quantità i colleghi preparano un'offerta. Ne chiamo uno?
matter-complaint = Ci dispiace averti deluso. Un collega vorrebbe rimediare. Lo chiamo?
empathy-upset = Mi dispiace, capisco che sia seccante.

## Domande informative
faq-suggest = È una di queste?
faq-none = Su questo non ho una risposta sicura. Chiamo una persona?
faq-other-language = Questa risposta ce l'ho solo in { $language }:

## Passaggio a una persona
handoff-asked = Certo, chiamo una persona.
handoff-angry = Mi dispiace davvero, meriti di meglio. Chiamo subito una persona.
handoff-upset = Mi dispiace che sia così frustrante. Chiamo una persona.
handoff-legal = Prendo la cosa molto sul serio e la passo subito al collega responsabile.
handoff-safety = La tua sicurezza viene prima di tutto. Passo subito la cosa a un collega.
handoff-not_understood = Scusa, da solo non ne vengo a capo. Chiamo una persona.
handoff-proof_failed = Non sono riuscito a verificare i tuoi dati: se ne occupa una persona.
handoff-action_failed = Qualcosa da noi non funziona: se ne occupa una persona.
handoff-matter = Passo la richiesta a un collega che può farlo.
handoff-repeated = Vedo che non è ancora risolto. Chiamo una persona.
handoff-when-open =
    { $minutes ->
        [one] Ti rispondono qui entro circa { $minutes } minuto e vedono tutto quello che hai scritto.
       *[other] Ti rispondono qui entro circa { $minutes } minuti e vedono tutto quello che hai scritto.
    }
handoff-when-closed = Il nostro team ti risponde qui appena torna: { $time } (ora tua). Tutto quello che hai scritto è salvo.
agent-joined = { $agent } è ora in chat.
agent-left = { $agent } ha lasciato la chat. Torno io, l'assistente digitale: ti aiuto volentieri.

## Messaggi non leggibili
message-not-text = Per ora leggo solo il testo. Puoi descriverlo a parole?

## Pulsanti
choice-yes = Sì, grazie
choice-no = No, grazie
choice-human = Parla con qualcuno
choice-none = Nessuna di queste
choice-order-status = Dov'è il mio ordine?
choice-shipping-time = Tempi di consegna
choice-return-policy = Resi
choice-clothing = Abbigliamento
choice-shoes = Scarpe
choice-electronics = Elettronica
choice-hygiene = Igiene e intimo
choice-personalised = Personalizzati
choice-furniture = Articoli ingombranti
choice-perishable = Alimentari
