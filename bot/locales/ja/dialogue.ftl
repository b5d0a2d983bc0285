# ボットがお客様に伝える言葉。短く、あたたかく、一文に一つのことだけ。

## あいさつなど
greeting = こんにちは、{ $shop }へようこそ。ご注文の状況、お届け日数、返品についてのご案内や、当店に関するご質問にお答えします。どのようなご用件でしょうか？
goodbye = ご利用ありがとうございました。またいつでもお声がけください。
thanks-reply = どういたしまして。ほかにお手伝いできることはございますか？
praise-reply = うれしいお言葉をありがとうございます。スタッフにも伝えます。
bot-reply = 私は{ $shop }のデジタルアシスタント、コンピューターのプログラムです。ご希望でしたら、いつでもスタッフにおつなぎします。
affirm-unclear = 承知しました。どのようにいたしましょうか？
deny-unclear = 承知しました。ほかにお手伝いできることはございますか？
stop-reply = 承知しました。今後メッセージはお送りしません。ご用の際はいつでもご連絡ください。
language-changed = 承知しました。ここからは日本語でご案内します。
language-which = どの言語をご希望ですか？
language-unsupported = 申し訳ございません、その言語にはまだ対応しておりません。次の言語でご案内できます：{ $languages }
out-of-scope = 申し訳ございませんが、そのご質問にはお答えできません。ご注文、配送、返品、当店についてのことでしたらお手伝いいたします。
not-understood = 申し訳ございません、うまく理解できませんでした。別の言い方でお書きいただくか、次からお選びください。
turn-failed = 申し訳ございません、こちらで問題が発生しました。メッセージは保存されています。スタッフにおつなぎしましょうか？

## 注文状況
ask-order-number = かしこまりました。注文番号をお知らせください。確認メールに記載されています（例：PL-10432）。
ask-order-proof = ありがとうございます。お客様の情報を守るため、注文{ $order }のメールアドレスかお届け先の郵便番号もお知らせください。
order-not-found = この内容に一致するご注文が見つかりませんでした。注文番号と、メールアドレスまたは郵便番号をご確認のうえ、もう一度お送りください。
order-which = どのご注文についてでしょうか？
order-unpaid = 注文{ $order }は、お支払いをお待ちしております。確認でき次第、梱包を始めます。
order-paid = 注文{ $order }を承りました。発送の準備をしております。
order-packed = 注文{ $order }は梱包が済み、配送会社の集荷を待っております。
order-shipped = 注文{ $order }は{ $carrier }に引き渡され、お届けに向かっております。
order-sent = 注文{ $order }は倉庫から発送され、お届けに向かっております。
order-in-transit = 注文{ $order }は{ $carrier }が配送中です。
order-last-scan = 最新の記録：{ $place }、{ $date }
order-customs = 注文{ $order }は通関手続き中です。通常数営業日かかります。必要なことがあれば配送会社からご連絡があります。
order-out-for-delivery = 注文{ $order }は配達に出ました。本日お届けの予定です。
order-attempt-failed = 注文{ $order }をお渡しできませんでした。再度お伺いするか、受取店舗にお預けします。
order-pickup = 注文{ $order }は受取店舗に届いております。お受け取りください。
order-delivered = 注文{ $order }は{ $date }にお届け済みです。お手元にない場合はお知らせください。お調べします。
order-lost = 誠に申し訳ございません。注文{ $order }の荷物の行方が配送会社で分からなくなっております。担当者が再発送または返金いたします。おつなぎしましょうか？
order-cancelled = 注文{ $order }はキャンセル済みです。
order-returned = 注文{ $order }の返品が当店に到着しました。
order-partly-shipped = 注文{ $order }の商品{ $total }点のうち{ $sent }点を発送しました。残りは別便でお届けします。
order-expected = お届け予定日：{ $date }
order-expected-range = お届け予定：{ $first }から{ $last }の間
order-late = 申し訳ございません、予定より遅れております（{ $date }までにお届けの予定でした）。ご希望でしたら、担当者が配送会社に確認いたします。
order-ships-by = { $date }までに倉庫から発送します。
order-tracking = 追跡番号：{ $tracking }
order-items = 内容：{ $items }

## 返金状況
refund-none = 現在、注文{ $order }の返金は確認できません。商品をお送りいただいた場合は、倉庫での確認後にこちらに表示されます。
refund-pending = 注文{ $order }の返金{ $amount }が承認されました。{ $date }までにお手元に届く予定です。
refund-paid = 注文{ $order }の返金{ $amount }は{ $date }に手続きが完了しました。反映まで、さらに数日かかる場合がございます。

## お届け日数
shipping-ask-country = かしこまりました。どちらの国へのお届けでしょうか？
shipping-time-intro = { $country }へのお届け日数：
shipping-time-standard = 通常配送：{ $days }営業日
shipping-time-express = お急ぎ便：{ $days }営業日
shipping-time-note = 発送日から数えた日数です。営業日の{ $time }までのご注文は当日に発送します。
shipping-time-customs = 通関のため、数日余分にかかることがございます。
shipping-not-there = 申し訳ございません、こちらへはまだ配送しておりません：{ $country }

## 返品
return-window = お届けから{ $days }日以内でしたら返品いただけます。
return-region = { $country }には次の規定が適用されます。
return-condition = 未使用のまま、元の箱に入れてお送りください。
return-free = 返品は無料です。返品用ラベルをお送りします。
return-label-cost = 返品用ラベルの料金は{ $cost }です。返金額から差し引かせていただきます。
return-buyer-pays = 返送の送料はお客様のご負担となります。
return-legal-withdrawal = 法律上の撤回権がございますので、理由は必要ありません。
return-class-electronics = 電化製品は、付属品がすべてそろった状態で{ $days }日以内に返品いただけます。
return-class-hygiene = 下着、水着、ピアス、化粧品は、衛生シールが未開封の場合のみ返品いただけます。
return-class-personalised = 名入れやオーダー品は、不良の場合を除き返品いただけません。
return-class-perishable = 食品など傷みやすい商品は、不良の場合を除き返品いただけません。
return-class-furniture = 大型商品は、日程をご相談のうえご自宅まで引き取りに伺います。
return-faulty = 不良品や誤送品は、当店の負担で必ず返品をお受けします。
return-which-class = どの種類の商品でしょうか？

## 担当者が対応すること
matter-request_return = 私からは返品・交換の手続きができませんが、担当者がこちらで承ります。おつなぎしましょうか？
matter-cancel_order = 私からは注文のキャンセルができませんが、担当者が承ります。おつなぎしましょうか？
matter-change_address = 私からはお届け先の変更ができませんが、担当者が承ります。おつなぎしましょうか？
matter-change_order = 私からは注文の変更ができませんが、担当者が承ります。おつなぎしましょうか？
matter-delivery_problem = 配送の件でご迷惑をおかけし、申し訳ございません。担当者が配送会社に確認いたします。おつなぎしましょうか？
matter-item_problem = 商品に問題があり、申し訳ございません。担当者が一緒に解決いたします。お写真があると助かります。おつなぎしましょうか？
matter-payment_problem = お支払いの件でご迷惑をおかけし、申し訳ございません。担当者がお調べします。おつなぎしましょうか？
matter-request_invoice = 担当者が領収書や請求書をお送りします。おつなぎしましょうか？
matter-bulk_order = お問い合わせありがとうございます。まとまった数量のお見積りは担当者が承ります。おつなぎしましょうか？
matter-complaint = ご期待に沿えず、申し訳ございません。担当者が改めて対応いたします。おつなぎしましょうか？
empathy-upset = ご不便をおかけして申し訳ございません。お気持ちお察しいたします。

## よくある質問
faq-suggest = お知りになりたいのは、次のいずれかでしょうか？
faq-none = 確かなお答えができません。スタッフにおつなぎしましょうか？
faq-other-language = この回答は{ $language }のみでのご案内となります。

## 引き継ぎ
handoff-asked = 承知しました。スタッフにおつなぎします。
handoff-angry = 誠に申し訳ございません。すぐにスタッフにおつなぎします。
handoff-upset = ご不快な思いをおかけし、申し訳ございません。スタッフにおつなぎします。
handoff-legal = 重く受け止め、ただちに責任者へ引き継ぎます。
handoff-safety = お客様の安全が第一です。ただちに担当者へ引き継ぎます。
handoff-not_understood = お役に立てず、申し訳ございません。スタッフにおつなぎします。
handoff-proof_failed = ご本人様の情報を確認できませんでしたので、スタッフがお調べします。
handoff-action_failed = こちらで不具合が起きておりますので、スタッフが対応いたします。
handoff-matter = 対応できる担当者に引き継ぎます。
handoff-repeated = まだ解決していないこと、確認いたしました。スタッフにおつなぎします。
handoff-when-open = 約{ $minutes }分以内にスタッフがこちらでお返事します。これまでにお書きいただいた内容も、スタッフが確認できます。
handoff-when-closed = スタッフは{ $time }（お客様の現地時間）に再開し、こちらでお返事します。お書きいただいた内容は保存されています。
agent-joined = { $agent }が会話に参加しました。
agent-left = { $agent }が退出しました。ここからはまたデジタルアシスタントがご案内します。

## 読めないメッセージ
message-not-text = 現在、文字のメッセージのみ読むことができます。文章でお書きいただけますか？

## ボタン:20文字まで
choice-yes = はい、お願いします
choice-no = いいえ、結構です
choice-human = スタッフと話す
choice-none = どれでもない
choice-order-status = 注文の状況は？
choice-shipping-time = お届け日数
choice-return-policy = 返品について
choice-clothing = 衣類
choice-shoes = 靴
choice-electronics = 電化製品
choice-hygiene = 衛生・美容用品
choice-personalised = 名入れ・オーダー品
choice-furniture = 大型商品
choice-perishable = 食品
