# Co mówi bot. Krótko, uprzejmie, formy bez rodzaju.

## Rozmowa
greeting = Dzień dobry, tu { $shop }! Sprawdzę, gdzie jest zamówienie, podam czas dostawy, wyjaśnię zasady zwrotów i odpowiem na pytania o sklep. W czym mogę pomóc?
goodbye = Do widzenia i dziękujemy za wizytę. Zapraszamy o każdej porze!
thanks-reply = Cała przyjemność po naszej stronie! Czy mogę jeszcze w czymś pomóc?
praise-reply = Bardzo miło to czytać, dziękujemy! Przekażę zespołowi.
bot-reply = Jestem cyfrowym asystentem sklepu { $shop }, czyli programem komputerowym. W każdej chwili rozmowę może przejąć ktoś z naszego zespołu.
affirm-unclear = Świetnie! Co mam dla Państwa zrobić?
deny-unclear = Dobrze. Czy mogę pomóc w czymś innym?
stop-reply = Rozumiem, nie wyślę więcej wiadomości. W razie potrzeby wystarczy do nas napisać.
language-changed = Oczywiście, piszmy po polsku.
language-which = Jaki język wybieramy?
language-unsupported = Przykro mi, tego języka jeszcze nie znam. Mogę pomóc w tych językach: { $languages }.
out-of-scope = W tym niestety nie pomogę. Znam się na zamówieniach, dostawie, zwrotach i naszym sklepie.
not-understood = Przepraszam, to nie było dla mnie jasne. Proszę napisać to inaczej albo wybrać jedną z opcji:
turn-failed = Przepraszamy, coś się u nas zacięło. Wiadomość jest zapisana. Czy poprosić konsultanta?

## Stan zamówienia
ask-order-number = Chętnie sprawdzę! Jaki jest numer zamówienia? Znajduje się w mailu z potwierdzeniem, na przykład PL-10432.
ask-order-proof = Dziękuję. Dla ochrony Państwa danych proszę jeszcze o adres e-mail albo kod pocztowy dostawy zamówienia { $order }.
order-not-found = Nie udało się znaleźć zamówienia z tymi danymi. Proszę sprawdzić numer zamówienia oraz e-mail lub kod pocztowy i wysłać je ponownie.
order-which = O które zamówienie chodzi?
order-unpaid = Zamówienie { $order } czeka na wpłatę. Zaczniemy je pakować, gdy tylko dotrze.
order-paid = Zamówienie { $order } jest przyjęte i właśnie je przygotowujemy.
order-packed = Zamówienie { $order } jest spakowane i czeka na odbiór przez przewoźnika.
order-shipped = Zamówienie { $order } jest już w drodze. Przewoźnik: { $carrier }.
order-sent = Zamówienie { $order } opuściło nasz magazyn i jest już w drodze.
order-in-transit = Zamówienie { $order } do Państwa jedzie. Przewoźnik: { $carrier }.
order-last-scan = Ostatni skan: { $place }, { $date }.
order-customs = Zamówienie { $order } jest w odprawie celnej. Zwykle trwa to kilka dni roboczych; jeśli będzie czegoś potrzeba, przewoźnik się odezwie.
order-out-for-delivery = Dobra wiadomość: zamówienie { $order } jest już u kuriera i powinno dotrzeć dzisiaj.
order-attempt-failed = Przewoźnikowi nie udało się doręczyć zamówienia { $order }. Spróbuje ponownie albo zostawi je w punkcie odbioru.
order-pickup = Zamówienie { $order } czeka w punkcie odbioru.
order-delivered = Zamówienie { $order } doręczono: { $date }. Jeśli go nie ma, proszę dać mi znać, zajmiemy się tym.
order-lost = Bardzo nam przykro: przewoźnik nie może odnaleźć paczki z zamówieniem { $order }. Konsultant wyśle je ponownie albo zwróci pieniądze. Czy poprosić konsultanta?
order-cancelled = Zamówienie { $order } zostało anulowane.
order-returned = Zwrot zamówienia { $order } do nas dotarł.
order-partly-shipped = Z zamówienia { $order } wysłano na razie { $sent } z { $total } szt.; reszta jedzie osobno.
order-expected = Przewidywana dostawa: { $date }.
order-expected-range = Przewidywana dostawa: { $first } – { $last }.
order-late = Przepraszamy za opóźnienie, planowany termin to: { $date }. Konsultant może zapytać o paczkę przewoźnika.
order-ships-by = Wyjdzie z naszego magazynu najpóźniej: { $date }.
order-tracking = Numer śledzenia: { $tracking }
order-items = Zawartość: { $items }

## Zwrot pieniędzy
refund-none = Do zamówienia { $order } nie widzę na razie zwrotu pieniędzy. Jeśli coś Państwo odesłali, pojawi się tu po sprawdzeniu w magazynie.
refund-pending = Zwrot { $amount } za zamówienie { $order } został zatwierdzony. Pieniądze powinny dotrzeć najpóźniej: { $date }.
refund-paid = Zwrot { $amount } za zamówienie { $order } wypłacono: { $date }. Bank może go księgować jeszcze kilka dni.

## Czas dostawy
shipping-ask-country = Chętnie! Do jakiego kraju mamy wysłać?
shipping-time-intro = Czas dostawy ({ $country }):
shipping-time-standard = Standard (dni robocze): { $days }
shipping-time-express = Ekspres (dni robocze): { $days }
shipping-time-note = Liczymy od dnia wysyłki. Zamówienia złożone w dzień roboczy do { $time } wychodzą tego samego dnia.
shipping-time-customs = Odprawa celna może zająć kilka dodatkowych dni.
shipping-not-there = Przykro nam, do tego kraju jeszcze nie wysyłamy: { $country }.

## Zwroty
return-window =
    { $days ->
        [one] Produkty można zwrócić w ciągu { $days } dnia od dostawy.
        [few] Produkty można zwrócić w ciągu { $days } dni od dostawy.
        [many] Produkty można zwrócić w ciągu { $days } dni od dostawy.
       *[other] Produkty można zwrócić w ciągu { $days } dnia od dostawy.
    }
return-region = Zasady zwrotów ({ $country }):
return-condition = Prosimy odesłać je nieużywane i w oryginalnym opakowaniu.
return-free = Zwrot jest bezpłatny, wysyłamy etykietę.
return-label-cost = Etykieta zwrotna kosztuje { $cost }; odejmiemy tę kwotę od zwrotu.
return-buyer-pays = Koszt odesłania ponosi kupujący.
return-legal-withdrawal = Przysługuje Państwu ustawowe prawo odstąpienia od umowy, bez podawania przyczyny.
return-class-electronics =
    { $days ->
        [one] Elektronikę można zwrócić w ciągu { $days } dnia, ze wszystkimi akcesoriami.
        [few] Elektronikę można zwrócić w ciągu { $days } dni, ze wszystkimi akcesoriami.
        [many] Elektronikę można zwrócić w ciągu { $days } dni, ze wszystkimi akcesoriami.
       *[other] Elektronikę można zwrócić w ciągu { $days } dnia, ze wszystkimi akcesoriami.
    }
return-class-hygiene = Bieliznę, stroje kąpielowe, kolczyki i kosmetyki przyjmujemy tylko z nienaruszoną plombą higieniczną.
return-class-personalised = Produktów personalizowanych i na zamówienie nie można zwrócić, chyba że mają wadę.
return-class-perishable = Żywności i innych nietrwałych produktów nie można zwrócić, chyba że mają wadę.
return-class-furniture = Duże przedmioty odbieramy z domu w umówionym terminie.
return-faulty = Rzeczy wadliwe lub wysłane omyłkowo zawsze przyjmujemy na nasz koszt.
return-which-class = Co to za produkt?

## Sprawy dla konsultanta
matter-request_return = Zwrotu ani wymiany nie mogę jeszcze rozpocząć. Konsultant załatwi to od razu tutaj. Czy go poprosić?
matter-cancel_order = Nie mogę jeszcze anulować zamówienia, ale konsultant może. Czy go poprosić?
matter-change_address = Nie mogę jeszcze zmienić adresu dostawy, ale konsultant może. Czy go poprosić?
matter-change_order = Nie mogę jeszcze zmienić zamówienia, ale konsultant może. Czy go poprosić?
matter-delivery_problem = Przykro mi, że z dostawą są kłopoty. Konsultant wyjaśni to z przewoźnikiem. Czy go poprosić?
matter-item_problem = Przykro mi, że z produktem jest coś nie tak. Konsultant znajdzie rozwiązanie; pomoże zdjęcie. Czy go poprosić?
matter-payment_problem = Przykro mi z powodu problemu z płatnością. Konsultant może to sprawdzić. Czy go poprosić?
matter-request_invoice = Fakturę wyśle konsultant. Czy go poprosić?
matter-bulk_order = Dziękujemy za zainteresowanie! Oferty na większe ilości przygotowują nasi konsultanci. Czy poprosić jednego z nich?
matter-complaint = Przykro nam, że zawiedliśmy. Konsultant chętnie to naprawi. Czy go poprosić?
empathy-upset = Przykro mi, rozumiem, że to denerwujące.

## Wiedza
faq-suggest = Czy chodzi o jedno z tych pytań?
faq-none = Nie mam na to pewnej odpowiedzi. Czy poprosić konsultanta?
faq-other-language = Tę odpowiedź mam tylko w języku: { $language }

## Przekazanie
handoff-asked = Oczywiście, łączę z konsultantem.
handoff-angry = Naprawdę mi przykro. Tak nie powinno być, już wzywam konsultanta.
handoff-upset = Przykro mi, że to tyle nerwów. Łączę z konsultantem.
handoff-legal = Traktujemy to bardzo poważnie i od razu przekazuję sprawę odpowiedniej osobie.
handoff-safety = Państwa bezpieczeństwo jest najważniejsze. Natychmiast przekazuję sprawę konsultantowi.
handoff-not_understood = Przepraszam, dalej już nie pomogę. Łączę z konsultantem.
handoff-proof_failed = Podane dane się nie zgadzają, dlatego sprawdzi je konsultant.
handoff-action_failed = Coś u nas nie działa, dlatego zajmie się tym konsultant.
handoff-matter = Przekazuję to konsultantowi, który się tym zajmie.
handoff-repeated = Widzę, że sprawa wciąż nie jest rozwiązana. Łączę z konsultantem.
handoff-when-open =
    { $minutes ->
        [one] Ktoś odpowie tutaj za około { $minutes } minutę i zobaczy całą rozmowę.
        [few] Ktoś odpowie tutaj za około { $minutes } minuty i zobaczy całą rozmowę.
        [many] Ktoś odpowie tutaj za około { $minutes } minut i zobaczy całą rozmowę.
       *[other] Ktoś odpowie tutaj za około { $minutes } minuty i zobaczy całą rozmowę.
    }
handoff-when-closed = Wracamy do pracy: { $time } (czas lokalny) i odpowiemy tutaj. Cała rozmowa jest zapisana.
agent-joined = { $agent } dołącza do rozmowy.
agent-left = { $agent } opuszcza rozmowę. Znów pisze asystent cyfrowy, chętnie pomogę dalej.

## Inne
message-not-text = Na razie odczytuję tylko tekst. Czy można opisać to słowami?

## Przyciski
choice-yes = Tak, proszę
choice-no = Nie, dziękuję
choice-human = Połącz z człowiekiem
choice-none = Żadne z tych
choice-order-status = Gdzie moja paczka?
choice-shipping-time = Czas dostawy
choice-return-policy = Zwroty
choice-clothing = Odzież
choice-shoes = Obuwie
choice-electronics = Elektronika
choice-hygiene = Higiena i bielizna
choice-personalised = Personalizowane
choice-furniture = Duże przedmioty
choice-perishable = Żywność
