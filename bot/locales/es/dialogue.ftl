## Saludos y trato
greeting = ¡Hola! Te damos la bienvenida a { $shop }. Puedo decirte dónde está tu pedido, cuánto tarda el envío, cómo funcionan las devoluciones y resolver dudas sobre la tienda. ¿Qué necesitas?
goodbye = ¡Hasta pronto y gracias por tu visita! Aquí estamos cuando nos necesites.
thanks-reply = ¡De nada! ¿Te ayudo con algo más?
praise-reply = ¡Qué alegría leer esto, gracias! Se lo cuento al equipo.
bot-reply = Soy el asistente digital de { $shop }, un programa informático. Si prefieres hablar con una persona del equipo, dímelo cuando quieras.
affirm-unclear = ¡Perfecto! ¿Qué quieres que haga?
deny-unclear = De acuerdo. ¿Te ayudo con otra cosa?
stop-reply = Entendido, no te enviaré más mensajes. Si nos necesitas, escríbenos cuando quieras.
language-changed = Claro, seguimos en español.
language-which = ¿En qué idioma prefieres hablar?
language-unsupported = Lo siento, todavía no hablo ese idioma. Puedo ayudarte en: { $languages }.
out-of-scope = En eso no te puedo ayudar, lo siento. Lo mío son los pedidos, los envíos, las devoluciones y la tienda.
not-understood = Perdona, no lo he entendido bien. ¿Me lo cuentas de otra forma o eliges una de estas opciones?
turn-failed = Lo siento, algo falló de nuestro lado. Tu mensaje está guardado. ¿Te paso con una persona?

## Estado del pedido
ask-order-number = ¡Claro, lo miro! ¿Cuál es tu número de pedido? Está en el correo de confirmación, por ejemplo PL-10432.
ask-order-proof = Gracias. Para proteger tus datos, dime también el correo o el código postal de entrega del pedido { $order }.
order-not-found = No encuentro ningún pedido con esos datos. Revisa el número y el correo o el código postal, y envíamelos de nuevo.
order-which = ¿De qué pedido se trata?
order-unpaid = El pedido { $order } está a la espera del pago. En cuanto lo recibamos, empezamos a prepararlo.
order-paid = Recibimos tu pedido { $order } y lo estamos preparando.
order-packed = El pedido { $order } está empaquetado y espera a que lo recoja el transportista.
order-shipped = El pedido { $order } ya está en manos de { $carrier } y va en camino.
order-sent = El pedido { $order } ha salido de nuestro almacén y va en camino.
order-in-transit = El pedido { $order } va hacia ti con { $carrier }.
order-last-scan = Último registro: { $place }, { $date }.
order-customs = El pedido { $order } está pasando la aduana. Suele tardar unos días hábiles; si falta algo, el transportista te contactará.
order-out-for-delivery = ¡Buenas noticias! El pedido { $order } está en reparto y debería llegarte hoy.
order-attempt-failed = El transportista no pudo entregar el pedido { $order }. Lo intentará otra vez o lo dejará en un punto de recogida.
order-pickup = El pedido { $order } te espera en el punto de recogida.
order-delivered = El pedido { $order } figura como entregado el { $date }. Si no lo tienes, dímelo y lo investigamos.
order-lost = Lo siento mucho: el transportista ya no localiza el paquete del pedido { $order }. Alguien del equipo puede enviarlo de nuevo o devolverte el dinero. ¿Te paso con esa persona?
order-cancelled = El pedido { $order } está cancelado.
order-returned = Ya recibimos tu devolución del pedido { $order }.
order-partly-shipped =
    { $total ->
        [one] De { $total } artículo del pedido { $order }, ya enviamos { $sent }; el resto va aparte.
       *[other] De { $total } artículos del pedido { $order }, ya enviamos { $sent }; el resto va aparte.
    }
order-expected = Entrega prevista: { $date }.
order-expected-range = Entrega prevista: entre el { $first } y el { $last }.
order-late = Siento el retraso: debía llegar el { $date } como tarde. Si quieres, alguien del equipo pregunta al transportista.
order-ships-by = Sale de nuestro almacén el { $date } como tarde.
order-tracking = Número de seguimiento: { $tracking }
order-items = Contenido: { $items }

## Estado del reembolso
refund-none = Por ahora no veo ningún reembolso del pedido { $order }. Si devolviste algo, aparecerá aquí cuando el almacén lo haya revisado.
refund-pending = Tu reembolso de { $amount } del pedido { $order } está aprobado. Debería llegarte el { $date } como tarde.
refund-paid = Tu reembolso de { $amount } del pedido { $order } se pagó el { $date }. El banco puede tardar unos días más en mostrarlo.

## Plazos de entrega
shipping-ask-country = ¡Claro! ¿A qué país lo enviaríamos?
shipping-time-intro = Plazos de entrega para { $country }:
shipping-time-standard = Estándar: { $days } días hábiles
shipping-time-express = Exprés: { $days } días hábiles
shipping-time-note = Se cuenta desde el día del envío; lo que pides antes de las { $time } en día hábil sale ese mismo día.
shipping-time-customs = La aduana puede añadir unos días.
shipping-not-there = Lo siento, todavía no enviamos a este destino: { $country }.

## Devoluciones
return-window =
    { $days ->
        [one] Tienes { $days } día desde la entrega para devolver.
       *[other] Tienes { $days } días desde la entrega para devolver.
    }
return-region = Estas son las reglas para { $country }:
return-condition = Envíalo sin usar y en su embalaje original, por favor.
return-free = La devolución es gratis; te mandamos una etiqueta.
return-label-cost = La etiqueta de devolución cuesta { $cost }, que descontamos del reembolso.
return-buyer-pays = El envío de vuelta corre por tu cuenta.
return-legal-withdrawal = Tienes derecho legal de desistimiento y no hace falta que des motivos.
return-class-electronics =
    { $days ->
        [one] La electrónica se puede devolver en { $days } día, con todos sus accesorios.
       *[other] La electrónica se puede devolver en { $days } días, con todos sus accesorios.
    }
return-class-hygiene = Ropa interior, trajes de baño, pendientes y cosmética solo se devuelven con el precinto intacto.
return-class-personalised = Los artículos personalizados o a medida no se devuelven, salvo que lleguen con defectos.
return-class-perishable = Los alimentos y otros productos perecederos no se devuelven, salvo que lleguen en mal estado.
return-class-furniture = Los artículos grandes los recogemos en tu casa, en la fecha que acordemos.
return-faulty = Si el artículo es defectuoso o no es el que pediste, siempre lo recogemos a nuestro cargo.
return-which-class = ¿Qué tipo de artículo es?

## Asuntos que atiende una persona
matter-request_return = Todavía no puedo tramitar devoluciones ni cambios. Alguien del equipo puede hacerlo aquí mismo. ¿Te paso?
matter-cancel_order = Todavía no puedo cancelar pedidos, pero alguien del equipo sí. ¿Te paso?
matter-change_address = Todavía no puedo cambiar la dirección de entrega, pero alguien del equipo sí. ¿Te paso?
matter-change_order = Todavía no puedo modificar pedidos, pero alguien del equipo sí. ¿Te paso?
matter-delivery_problem = Siento el problema con la entrega. Alguien del equipo puede reclamarlo al transportista. ¿Te paso?
matter-item_problem = Siento que tu artículo no esté bien. Alguien del equipo buscará una solución contigo; una foto ayuda. ¿Te paso?
matter-payment_problem = Siento el problema con el pago. Alguien del equipo puede revisarlo. ¿Te paso?
matter-request_invoice = Alguien del equipo puede enviarte la factura. ¿Te paso?
matter-bulk_order = ¡Gracias por tu interés! Nuestro equipo prepara ofertas para cantidades grandes. ¿Te paso?
matter-complaint = Lamento que te hayamos fallado. Alguien del equipo quiere arreglarlo. ¿Te paso?
empathy-upset = Lo siento, entiendo que es frustrante.

## Conocimiento
faq-suggest = ¿Es alguna de estas?
faq-none = No tengo una respuesta fiable para eso. ¿Te paso con una persona?
faq-other-language = Solo tengo esta respuesta en { $language }:

## Paso a una persona
handoff-asked = Claro, ya aviso a una persona.
handoff-angry = Lo siento de verdad. Mereces un trato mejor: te paso con una persona ahora mismo.
handoff-upset = Siento que esto haya sido tan frustrante. Te paso con una persona.
handoff-legal = Me lo tomo muy en serio y se lo paso ahora mismo a la persona responsable.
handoff-safety = Tu seguridad es lo primero. Se lo paso al equipo ahora mismo.
handoff-not_understood = Perdona, no logro avanzar más. Te paso con una persona.
handoff-proof_failed = No pude verificar tus datos, así que lo mirará una persona.
handoff-action_failed = Algo no funciona de nuestro lado, así que te atenderá una persona.
handoff-matter = Se lo paso a alguien del equipo que sí puede hacerlo.
handoff-repeated = Veo que aún no está resuelto. Te paso con una persona.
handoff-when-open =
    { $minutes ->
        [one] Te responderán aquí en { $minutes } minuto más o menos; verán todo lo que escribiste.
       *[other] Te responderán aquí en unos { $minutes } minutos; verán todo lo que escribiste.
    }
handoff-when-closed = El equipo vuelve el { $time } (tu hora) y te responderá aquí; todo lo que escribiste queda guardado.
agent-joined = { $agent } se unió a la conversación.
agent-left = { $agent } salió de la conversación. Vuelvo a ser el asistente digital; aquí sigo para ayudarte.

## Entrada que no es texto
message-not-text = Por ahora solo puedo leer texto. ¿Me lo cuentas con palabras?

## Botones: 20 caracteres como máximo
choice-yes = Sí, por favor
choice-no = No, gracias
choice-human = Hablar con alguien
choice-none = Ninguna de estas
choice-order-status = Estado de mi pedido
choice-shipping-time = Plazos de entrega
choice-return-policy = Devoluciones
choice-clothing = Ropa
choice-shoes = Calzado
choice-electronics = Electrónica
choice-hygiene = Higiene y belleza
choice-personalised = Personalizados
choice-furniture = Artículos grandes
choice-perishable = Alimentos
