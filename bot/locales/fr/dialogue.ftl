## Conversation
greeting = Bonjour et bienvenue chez { $shop } ! Je peux vous dire où en est votre commande, combien de temps prend la livraison, comment se passe un retour, et répondre à vos questions sur la boutique. Que puis-je faire pour vous ?
goodbye = Au revoir et merci de votre visite. Écrivez-nous quand vous voulez !
thanks-reply = Avec plaisir ! Puis-je faire autre chose pour vous ?
praise-reply = Quel plaisir de lire ça, merci ! Je transmets à l'équipe.
bot-reply = Je suis l'assistant numérique de { $shop }, donc un programme informatique. Une personne de l'équipe peut prendre le relais quand vous le souhaitez.
affirm-unclear = Très bien ! Que souhaitez-vous que je fasse ?
deny-unclear = D'accord. Puis-je vous aider pour autre chose ?
stop-reply = C'est noté, je ne vous enverrai plus de messages. Si vous avez besoin de nous, écrivez simplement ici.
language-changed = Bien sûr, continuons en français.
language-which = Quelle langue préférez-vous ?
language-unsupported = Je ne parle malheureusement pas encore cette langue. Je peux vous aider en : { $languages }.
out-of-scope = Là, je ne peux malheureusement pas vous aider. Je m'y connais en commandes, livraisons, retours et tout ce qui touche à la boutique.
not-understood = Pardon, je n'ai pas bien compris. Pouvez-vous le dire autrement ou choisir ci-dessous ?
turn-failed = Pardon, un problème vient de se produire de notre côté. Votre message est enregistré. Voulez-vous que je fasse venir une personne ?

## Suivi de commande
ask-order-number = Je regarde volontiers ! Quel est votre numéro de commande ? Il figure dans l'e-mail de confirmation, par exemple PL-10432.
ask-order-proof = Merci. Pour protéger vos données, indiquez-moi aussi l'adresse e-mail ou le code postal de livraison de la commande { $order }.
order-not-found = Je ne trouve aucune commande avec ces informations. Vérifiez le numéro de commande et l'e-mail ou le code postal, puis renvoyez-les-moi.
order-which = De quelle commande s'agit-il ?
order-unpaid = La commande { $order } attend votre paiement. Nous la préparons dès qu'il nous parvient.
order-paid = Nous avons bien reçu la commande { $order } et nous la préparons.
order-packed = La commande { $order } est emballée et attend le passage du transporteur.
order-shipped = La commande { $order } a été remise à { $carrier } et elle est en route.
order-sent = La commande { $order } a quitté notre entrepôt et elle est en route.
order-in-transit = La commande { $order } est en route vers vous avec { $carrier }.
order-last-scan = Dernier passage : { $place }, { $date }.
order-customs = La commande { $order } est en cours de dédouanement. Cela prend en général quelques jours ouvrables ; le transporteur vous contacte s'il manque quelque chose.
order-out-for-delivery = Bonne nouvelle : la commande { $order } est en cours de livraison et devrait arriver aujourd'hui.
order-attempt-failed = Le transporteur n'a pas pu remettre la commande { $order }. Il va repasser ou la déposer dans un point de retrait.
order-pickup = La commande { $order } vous attend au point de retrait.
order-delivered = La commande { $order } a été livrée le { $date }. Si vous ne l'avez pas reçue, dites-le-moi et nous chercherons.
order-lost = Toutes nos excuses : le transporteur ne retrouve plus le colis de la commande { $order }. Un collègue peut la renvoyer ou vous rembourser. Je le fais venir ?
order-cancelled = La commande { $order } est annulée.
order-returned = Votre retour de la commande { $order } est bien arrivé chez nous.
order-partly-shipped =
    { $total ->
        [one] Envoyé pour l'instant : { $sent } sur { $total } article de la commande { $order } ; le reste suit séparément.
       *[other] Envoyés pour l'instant : { $sent } sur { $total } articles de la commande { $order } ; le reste suit séparément.
    }
order-expected = Livraison prévue : { $date }.
order-expected-range = Livraison prévue entre le { $first } et le { $last }.
order-late = Toutes nos excuses, elle a du retard : elle devait arriver au plus tard le { $date }. Si vous voulez, un collègue interroge le transporteur pour vous.
order-ships-by = Elle quitte notre entrepôt au plus tard le { $date }.
order-tracking = Numéro de suivi : { $tracking }
order-items = Contenu : { $items }

## Remboursement
refund-none = Je ne vois pas de remboursement pour la commande { $order } pour l'instant. Si vous avez renvoyé un article, il s'affiche ici une fois le retour contrôlé à l'entrepôt.
refund-pending = Votre remboursement de { $amount } pour la commande { $order } est accepté. Vous devriez le recevoir au plus tard le { $date }.
refund-paid = Votre remboursement de { $amount } pour la commande { $order } a été versé le { $date }. Votre banque peut mettre encore quelques jours à l'afficher.

## Délais de livraison
shipping-ask-country = Volontiers ! Dans quel pays faut-il livrer ?
shipping-time-intro = Délais de livraison ({ $country }) :
shipping-time-standard = Standard : { $days } jours ouvrables
shipping-time-express = Express : { $days } jours ouvrables
shipping-time-note = À compter de l'expédition ; les commandes passées avant { $time } un jour ouvrable partent le jour même.
shipping-time-customs = La douane peut ajouter quelques jours.
shipping-not-there = Nous ne livrons malheureusement pas encore cette destination : { $country }.

## Retours
return-window =
    { $days ->
        [one] Vous pouvez renvoyer un article dans un délai de { $days } jour après la livraison.
       *[other] Vous pouvez renvoyer un article dans un délai de { $days } jours après la livraison.
    }
return-region = Voici les règles pour votre pays ({ $country }) :
return-condition = Renvoyez les articles non utilisés, dans leur emballage d'origine.
return-free = Le retour est gratuit ; nous vous envoyons une étiquette.
return-label-cost = L'étiquette de retour coûte { $cost }, déduits du remboursement.
return-buyer-pays = Les frais de renvoi sont à votre charge.
return-legal-withdrawal = La loi vous donne un droit de rétractation, sans avoir à vous justifier.
return-class-electronics =
    { $days ->
        [one] Les appareils électroniques se renvoient sous { $days } jour, avec tous leurs accessoires.
       *[other] Les appareils électroniques se renvoient sous { $days } jours, avec tous leurs accessoires.
    }
return-class-hygiene = Sous-vêtements, maillots de bain, boucles d'oreilles et cosmétiques ne sont repris que si le scellé d'hygiène est intact.
return-class-personalised = Les articles personnalisés ou sur mesure ne sont pas repris, sauf s'ils arrivent défectueux.
return-class-perishable = Les aliments et autres denrées périssables ne sont pas repris, sauf s'ils arrivent défectueux.
return-class-furniture = Les articles volumineux sont enlevés chez vous, à une date convenue ensemble.
return-faulty = Un article défectueux ou envoyé par erreur est toujours repris à nos frais.
return-which-class = De quel type d'article s'agit-il ?

## Ce dont s'occupe un collègue
matter-request_return = Je ne peux pas encore lancer moi-même un retour ou un échange. Un collègue peut le faire ici même. Je le fais venir ?
matter-cancel_order = Je ne peux pas encore annuler une commande moi-même, mais un collègue le peut. Je le fais venir ?
matter-change_address = Je ne peux pas encore changer une adresse moi-même, mais un collègue le peut. Je le fais venir ?
matter-change_order = Je ne peux pas encore modifier une commande moi-même, mais un collègue le peut. Je le fais venir ?
matter-delivery_problem = Toutes nos excuses pour ce souci de livraison. Un collègue peut voir cela avec le transporteur. Je le fais venir ?
matter-item_problem = Toutes nos excuses pour ce souci d'article. Un collègue trouvera une solution avec vous ; une photo aide beaucoup. Je le fais venir ?
matter-payment_problem = Toutes nos excuses pour ce souci de paiement. Un collègue peut vérifier. Je le fais venir ?
matter-request_invoice = Un collègue peut vous envoyer la facture. Je le fais venir ?
matter-bulk_order = Merci de votre intérêt ! Nos collègues font des offres pour les grandes quantités. J'en fais venir un ?
matter-complaint = Nous regrettons de vous avoir déçu. Un collègue aimerait arranger cela avec vous. Je le fais venir ?
empathy-upset = Je comprends que ce soit pénible, et nous en sommes désolés.

## Questions d'information
faq-suggest = Est-ce l'une de ces questions ?
faq-none = Je n'ai pas de réponse sûre à cela. Je fais venir une personne ?
faq-other-language = Je n'ai cette réponse qu'en { $language } :

## Passage à une personne
handoff-asked = Bien sûr, je fais venir une personne.
handoff-angry = Toutes nos excuses, vous méritez mieux. Je fais venir une personne tout de suite.
handoff-upset = Je vois combien c'est pénible, pardon. Je fais venir une personne.
handoff-legal = Je prends cela très au sérieux et transmets immédiatement au collègue responsable.
handoff-safety = Votre sécurité passe avant tout. Je transmets immédiatement à un collègue.
handoff-not_understood = Pardon, je n'avance pas. Je fais venir une personne.
handoff-proof_failed = Je n'ai pas pu vérifier vos informations ; une personne va regarder.
handoff-action_failed = Quelque chose ne marche pas de notre côté ; une personne va s'en occuper.
handoff-matter = Je transmets à un collègue qui peut le faire.
handoff-repeated = Je vois que ce n'est toujours pas réglé. Je fais venir une personne.
handoff-when-open =
    { $minutes ->
        [one] Vous aurez une réponse ici dans { $minutes } minute environ ; tout ce que vous avez écrit est visible.
       *[other] Vous aurez une réponse ici dans { $minutes } minutes environ ; tout ce que vous avez écrit est visible.
    }
handoff-when-closed = Notre équipe vous répondra ici à son retour : { $time } (votre heure). Tout ce que vous avez écrit est conservé.
agent-joined = { $agent } a rejoint la conversation.
agent-left = { $agent } a quitté la conversation. L'assistant numérique reprend ; je reste à votre service.

## Messages illisibles
message-not-text = Pour l'instant, je ne lis que du texte. Pouvez-vous le décrire avec des mots ?

## Boutons
choice-yes = Oui, s'il vous plaît
choice-no = Non merci
choice-human = Parler à quelqu'un
choice-none = Rien de tout cela
choice-order-status = Où est ma commande ?
choice-shipping-time = Délais de livraison
choice-return-policy = Retours
choice-clothing = Vêtements
choice-shoes = Chaussures
choice-electronics = Électronique
choice-hygiene = Hygiène, lingerie
choice-personalised = Personnalisé
choice-furniture = Articles volumineux
choice-perishable = Alimentation
