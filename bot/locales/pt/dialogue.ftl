## Conversa
greeting = Olá! Que bom ter você na { $shop }. Posso ver onde está seu pedido, informar prazos de entrega, explicar trocas e devoluções e tirar dúvidas sobre a loja. Como posso ajudar?
goodbye = Até mais, e obrigado pela visita! É só chamar quando precisar.
thanks-reply = Por nada! Posso ajudar em mais alguma coisa?
praise-reply = Que bom saber disso, muito obrigado! Vou contar para a equipe.
bot-reply = Sou o assistente digital da { $shop }, um programa de computador. Se preferir, uma pessoa da equipe pode assumir a qualquer momento.
affirm-unclear = Ótimo! O que você quer que eu faça?
deny-unclear = Tudo bem. Posso ajudar com outra coisa?
stop-reply = Entendido, não vou mais enviar mensagens. Se precisar, é só escrever.
language-changed = Claro, vamos continuar em português.
language-which = Em qual idioma você prefere conversar?
language-unsupported = Desculpe, ainda não falo esse idioma. Posso ajudar em: { $languages }.
out-of-scope = Com isso eu não consigo ajudar. Entendo de pedidos, entregas, devoluções e da nossa loja.
not-understood = Desculpe, não entendi direito. Pode explicar de outro jeito ou escolher uma destas opções?
turn-failed = Desculpe, deu um erro do nosso lado. Sua mensagem está salva. Quer que eu chame uma pessoa?

## Status do pedido
ask-order-number = Claro, já vejo! Qual é o número do pedido? Ele está no e-mail de confirmação, por exemplo PL-10432.
ask-order-proof = Obrigado. Para proteger seus dados, informe também o e-mail ou o CEP (código postal) de entrega do pedido { $order }.
order-not-found = Não encontrei nenhum pedido com esses dados. Confira o número e o e-mail ou o CEP e envie de novo, por favor.
order-which = É sobre qual pedido?
order-unpaid = O pedido { $order } está aguardando pagamento. Assim que ele cair, começamos a preparar.
order-paid = Recebemos o pedido { $order } e já estamos preparando tudo.
order-packed = O pedido { $order } está embalado, esperando a coleta da transportadora.
order-shipped = O pedido { $order } foi entregue à transportadora ({ $carrier }) e está a caminho.
order-sent = O pedido { $order } saiu do nosso depósito e está a caminho.
order-in-transit = O pedido { $order } está a caminho. Transportadora: { $carrier }.
order-last-scan = Último registro: { $place }, { $date }
order-customs = O pedido { $order } está na alfândega. Costuma levar alguns dias úteis; se faltar algo, a transportadora entra em contato com você.
order-out-for-delivery = Boa notícia: o pedido { $order } saiu para entrega e deve chegar hoje.
order-attempt-failed = A transportadora não conseguiu entregar o pedido { $order }. Ela vai tentar de novo ou deixá-lo em um ponto de retirada.
order-pickup = O pedido { $order } está pronto para você no ponto de retirada.
order-delivered = O pedido { $order } consta como entregue ({ $date }). Se não chegou até você, me avise e vamos investigar.
order-lost = Sinto muito: a transportadora não localiza mais o pacote do pedido { $order }. Alguém da equipe pode reenviar ou reembolsar. Quer que eu chame?
order-cancelled = O pedido { $order } foi cancelado.
order-returned = A devolução do pedido { $order } já chegou até nós.
order-partly-shipped =
    { $total ->
        [one] De { $total } item do pedido { $order }, já enviamos { $sent }; o restante vai em separado.
       *[other] De { $total } itens do pedido { $order }, já enviamos { $sent }; o restante vai em separado.
    }
order-expected = Entrega prevista: { $date }
order-expected-range = Entrega prevista: entre { $first } e { $last }
order-late = Desculpe o atraso: a entrega estava prevista até { $date } e ainda não aconteceu. Se quiser, alguém da equipe fala com a transportadora.
order-ships-by = Data limite para sair do nosso depósito: { $date }
order-tracking = Código de rastreio: { $tracking }
order-items = Conteúdo: { $items }

## Status do reembolso
refund-none = No momento não vejo reembolso do pedido { $order }. Se você devolveu algo, ele aparece aqui depois que o depósito conferir.
refund-pending = Seu reembolso de { $amount } do pedido { $order } foi aprovado. Previsão: até { $date }
refund-paid = Seu reembolso de { $amount } do pedido { $order } já foi pago ({ $date }). O banco pode levar mais alguns dias para mostrar.

## Prazos de entrega
shipping-ask-country = Claro! Para qual país vamos enviar?
shipping-time-intro = Prazos de entrega ({ $country }):
shipping-time-standard = Padrão: { $days } dias úteis
shipping-time-express = Expresso: { $days } dias úteis
shipping-time-note = Contados a partir do envio; compras feitas até { $time } em dias úteis saem no mesmo dia.
shipping-time-customs = A alfândega pode somar alguns dias.
shipping-not-there = Desculpe, ainda não enviamos para este destino: { $country }.

## Devoluções
return-window =
    { $days ->
        [one] Você tem { $days } dia a partir da entrega para devolver.
       *[other] Você tem { $days } dias a partir da entrega para devolver.
    }
return-region = Estas são as regras para este destino ({ $country }):
return-condition = O produto precisa estar sem uso e na embalagem original.
return-free = A devolução é grátis; enviamos uma etiqueta para você.
return-label-cost = A etiqueta de devolução custa { $cost }, descontados do reembolso.
return-buyer-pays = O frete da devolução fica por sua conta.
return-legal-withdrawal = Você tem direito legal de arrependimento, sem precisar dar motivo.
return-class-electronics =
    { $days ->
        [one] Eletrônicos podem ser devolvidos em até { $days } dia, com todos os acessórios.
       *[other] Eletrônicos podem ser devolvidos em até { $days } dias, com todos os acessórios.
    }
return-class-hygiene = Roupa íntima, moda praia, brincos e cosméticos só podem ser devolvidos com o lacre de higiene intacto.
return-class-personalised = Produtos personalizados ou sob medida não podem ser devolvidos, a não ser que cheguem com defeito.
return-class-perishable = Alimentos e outros produtos perecíveis não podem ser devolvidos, a não ser que cheguem com problema.
return-class-furniture = Produtos grandes são retirados na sua casa, em data combinada.
return-faulty = Produto com defeito ou errado sempre aceitamos de volta, por nossa conta.
return-which-class = Que tipo de produto é?

## Assuntos de que uma pessoa cuida
matter-request_return = Ainda não consigo abrir trocas ou devoluções. Alguém da equipe faz isso aqui mesmo. Quer que eu chame?
matter-cancel_order = Ainda não consigo cancelar pedidos, mas alguém da equipe consegue. Quer que eu chame?
matter-change_address = Ainda não consigo mudar o endereço de entrega, mas alguém da equipe consegue. Quer que eu chame?
matter-change_order = Ainda não consigo alterar pedidos, mas alguém da equipe consegue. Quer que eu chame?
matter-delivery_problem = Sinto muito pelo problema na entrega. Alguém da equipe pode cobrar a transportadora. Quer que eu chame?
matter-item_problem = Sinto muito pelo problema com o produto. Alguém da equipe vai achar uma solução com você; uma foto ajuda. Quer que eu chame?
matter-payment_problem = Sinto muito pelo problema no pagamento. Alguém da equipe pode verificar. Quer que eu chame?
matter-request_invoice = Alguém da equipe pode enviar a nota fiscal ou fatura. Quer que eu chame?
matter-bulk_order = Obrigado pelo interesse! Nossa equipe faz propostas para quantidades maiores. Quer que eu chame?
matter-complaint = Lamento que tenhamos decepcionado você. Alguém da equipe gostaria de resolver isso. Quer que eu chame?
empathy-upset = Sinto muito, entendo que isso é frustrante.

## Conhecimento
faq-suggest = É uma destas perguntas?
faq-none = Não tenho uma resposta segura para isso. Quer que eu chame uma pessoa?
faq-other-language = Só tenho esta resposta em { $language }:

## Passagem para uma pessoa
handoff-asked = Claro, já estou chamando uma pessoa.
handoff-angry = Peço desculpas de verdade. Você merece um atendimento melhor: vou chamar uma pessoa agora mesmo.
handoff-upset = Sinto muito que isso esteja sendo tão desgastante. Vou chamar uma pessoa.
handoff-legal = Levo isso muito a sério e estou passando já para a pessoa responsável.
handoff-safety = Sua segurança vem em primeiro lugar. Estou passando para a equipe agora mesmo.
handoff-not_understood = Desculpe, não estou conseguindo avançar. Vou chamar uma pessoa.
handoff-proof_failed = Não consegui confirmar seus dados, então uma pessoa vai verificar.
handoff-action_failed = Algo não está funcionando do nosso lado, então uma pessoa vai atender você.
handoff-matter = Estou passando para alguém da equipe que resolve isso.
handoff-repeated = Vejo que isso ainda não foi resolvido. Vou chamar uma pessoa.
handoff-when-open =
    { $minutes ->
        [one] Alguém responde aqui em cerca de { $minutes } minuto e verá tudo o que você escreveu.
       *[other] Alguém responde aqui em cerca de { $minutes } minutos e verá tudo o que você escreveu.
    }
handoff-when-closed = Nossa equipe volta a atender: { $time } (seu horário). A resposta chega por aqui; tudo o que você escreveu fica salvo.
agent-joined = { $agent } entrou na conversa.
agent-left = { $agent } saiu da conversa. Sou o assistente digital de novo e continuo aqui para ajudar.

## Mensagem que não é texto
message-not-text = Por enquanto só consigo ler texto. Pode me contar em palavras?

## Botões: no máximo 20 caracteres
choice-yes = Sim, por favor
choice-no = Agora não
choice-human = Falar com alguém
choice-none = Nenhuma destas
choice-order-status = Status do pedido
choice-shipping-time = Prazos de entrega
choice-return-policy = Trocas e devoluções
choice-clothing = Roupas
choice-shoes = Calçados
choice-electronics = Eletrônicos
choice-hygiene = Higiene e beleza
choice-personalised = Personalizados
choice-furniture = Produtos grandes
choice-perishable = Alimentos
