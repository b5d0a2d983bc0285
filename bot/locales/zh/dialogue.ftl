# 机器人对买家说的话。简短、亲切，一句一个意思。

## 闲聊
greeting = 您好，欢迎来到 { $shop }！我可以帮您查订单、了解配送时间和退货规定，也可以解答有关本店的问题。请问有什么可以帮您？
goodbye = 再见，感谢您的光临！有需要随时找我。
thanks-reply = 不客气！还有什么可以帮您的吗？
praise-reply = 听您这么说真开心，谢谢！我会转告团队的。
bot-reply = 我是 { $shop } 的智能助手，是一个电脑程序。您随时可以让我转接人工客服。
affirm-unclear = 好的！请问您想让我做什么？
deny-unclear = 好的。还有其他可以帮您的吗？
stop-reply = 明白了，我不会再给您发消息。以后需要的话，随时发消息给我就行。
language-changed = 好的，接下来用中文为您服务。
language-which = 您想用哪种语言？
language-unsupported = 抱歉，我还不会这种语言。我可以用这些语言为您服务：{ $languages }。
out-of-scope = 抱歉，这个我帮不上忙。我熟悉的是订单、配送、退货和本店的相关问题。
not-understood = 抱歉，我没太明白。您可以换个说法，或者从下面选一项吗？
turn-failed = 抱歉，我们这边刚才出了点问题，您的消息已经保存。需要帮您转接人工客服吗？

## 订单进度
ask-order-number = 好的，我来查！请告诉我订单号，在确认邮件里可以找到，例如 PL-10432。
ask-order-proof = 谢谢。为了保护您的信息，请再告诉我订单 { $order } 的邮箱或收货邮编。
order-not-found = 没有找到与这些信息相符的订单。请核对订单号和邮箱或邮编，再发给我一次。
order-which = 您要问的是哪个订单？
order-unpaid = 订单 { $order } 正在等待付款，款项一到我们就开始打包。
order-paid = 我们已收到订单 { $order }，正在为您备货。
order-packed = 订单 { $order } 已打包好，等待快递公司取件。
order-shipped = 订单 { $order } 已交给 { $carrier }，正在路上。
order-sent = 订单 { $order } 已从我们的仓库发出，正在路上。
order-in-transit = 订单 { $order } 正由 { $carrier } 运送给您。
order-last-scan = 最新物流：{ $place }，{ $date }。
order-customs = 订单 { $order } 正在清关，通常需要几个工作日。如果需要您配合，快递公司会与您联系。
order-out-for-delivery = 好消息：订单 { $order } 正在派送，预计今天送达。
order-attempt-failed = 快递公司未能投递订单 { $order }，会再次派送，或者放到自提点。
order-pickup = 订单 { $order } 已到自提点，您可以去取了。
order-delivered = 订单 { $order } 已于 { $date } 送达。如果您没有收到，请告诉我，我们会查明情况。
order-lost = 非常抱歉，快递公司已查不到订单 { $order } 的包裹了。同事可以为您补寄或退款，需要帮您转接吗？
order-cancelled = 订单 { $order } 已取消。
order-returned = 您退回的订单 { $order } 我们已收到。
order-partly-shipped = 订单 { $order } 共 { $total } 件商品，目前已发出 { $sent } 件，其余会另外寄出。
order-expected = 预计送达：{ $date }。
order-expected-range = 预计送达：{ $first } 至 { $last } 之间。
order-late = 很抱歉，比计划晚了：本应在 { $date } 之前送达。需要的话，同事可以帮您向快递公司查询。
order-ships-by = 最晚 { $date } 从仓库发出。
order-tracking = 快递单号：{ $tracking }
order-items = 商品：{ $items }

## 退款进度
refund-none = 目前没有看到订单 { $order } 的退款。如果您已寄回商品，等仓库检查完毕后，这里就会显示。
refund-pending = 订单 { $order } 的退款 { $amount } 已批准，预计 { $date } 之前到账。
refund-paid = 订单 { $order } 的退款 { $amount } 已于 { $date } 退出，银行入账可能还需要几天。

## 配送时间
shipping-ask-country = 好的！请问要寄到哪个国家或地区？
shipping-time-intro = 寄往{ $country }的时间：
shipping-time-standard = 标准配送：{ $days } 个工作日
shipping-time-express = 加急配送：{ $days } 个工作日
shipping-time-note = 从发货当天算起；工作日 { $time } 之前下的单，当天发出。
shipping-time-customs = 清关可能会多花几天。
shipping-not-there = 抱歉，我们目前还不能配送到这里：{ $country }。

## 退货
return-window = 商品送达后 { $days } 天内可以退货。
return-region = 以下规定适用于{ $country }：
return-condition = 请保持未使用，并用原包装寄回。
return-free = 退货免费，我们会发退货标签给您。
return-label-cost = 退货标签费用为 { $cost }，从退款中扣除。
return-buyer-pays = 退回的运费由您承担。
return-legal-withdrawal = 您依法享有撤回权，无需说明理由。
return-class-electronics = 电子产品可在 { $days } 天内退货，配件须齐全。
return-class-hygiene = 内衣、泳装、耳环和化妆品，卫生封条完好才能退货。
return-class-personalised = 个性化和定制商品不能退货，有质量问题的除外。
return-class-perishable = 食品等易腐商品不能退货，有质量问题的除外。
return-class-furniture = 大件商品会与您约好日期上门取件。
return-faulty = 有瑕疵或发错的商品一律可退，费用由我们承担。
return-which-class = 是哪一类商品？

## 由同事处理的事情
matter-request_return = 我暂时还不能直接办理退换货，同事可以在这里为您办理。需要帮您转接吗？
matter-cancel_order = 我暂时还不能取消订单，但同事可以。需要帮您转接吗？
matter-change_address = 我暂时还不能修改收货地址，但同事可以。需要帮您转接吗？
matter-change_order = 我暂时还不能修改订单，但同事可以。需要帮您转接吗？
matter-delivery_problem = 很抱歉，配送出了问题。同事可以向快递公司查明情况。需要帮您转接吗？
matter-item_problem = 很抱歉，商品出了问题。同事会和您一起解决，有照片会更快。需要帮您转接吗？
matter-payment_problem = 很抱歉，付款遇到了问题。同事可以帮您核查。需要帮您转接吗？
matter-request_invoice = 同事可以把发票发给您。需要帮您转接吗？
matter-bulk_order = 感谢您的关注！大量订购由同事为您报价。需要帮您转接吗？
matter-complaint = 很抱歉让您失望了。同事希望能为您妥善解决。需要帮您转接吗？
empathy-upset = 很抱歉给您添麻烦了，我理解您的心情。

## 知识
faq-suggest = 您想问的是其中之一吗？
faq-none = 这个问题我没有可靠的答案。需要帮您转接人工客服吗？
faq-other-language = 这个答案目前只有{ $language }版本：

## 转接人工
handoff-asked = 好的，我来为您转接人工客服。
handoff-angry = 实在抱歉，这样的情况本不该发生，我马上为您转接人工客服。
handoff-upset = 很抱歉一直没能帮到您，我来为您转接人工客服。
handoff-legal = 我们非常重视此事，马上转交负责的同事。
handoff-safety = 您的安全最重要，我马上转交给同事处理。
handoff-not_understood = 抱歉，我没能帮上忙，这就为您转接人工客服。
handoff-proof_failed = 您提供的信息没能核对上，会由人工客服来处理。
handoff-action_failed = 我们这边出了点故障，会由人工客服来帮您。
handoff-matter = 我把这件事转交给能办理的同事。
handoff-repeated = 我看到问题还没有解决，马上为您转接人工客服。
handoff-when-open = 大约 { $minutes } 分钟内会有人在这里回复您，您写的内容都能看到。
handoff-when-closed = 我们的团队将于 { $time }（您的当地时间）上班，到时会在这里回复您；您写的内容都已保存。
agent-joined = { $agent } 已加入对话。
agent-left = { $agent } 已离开。我又是您的智能助手了，很乐意继续帮您。

## 无法读取的消息
message-not-text = 我目前只能看懂文字，请用文字描述一下好吗？

## 按钮：最多 20 个字符
choice-yes = 好的
choice-no = 不用了
choice-human = 转人工客服
choice-none = 都不是
choice-order-status = 我的订单在哪里？
choice-shipping-time = 配送时间
choice-return-policy = 退货规定
choice-clothing = 服装
choice-shoes = 鞋类
choice-electronics = 电子产品
choice-hygiene = 个人护理
choice-personalised = 定制商品
choice-furniture = 大件商品
choice-perishable = 食品
