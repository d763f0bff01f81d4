from __future__ import annotations

from django.urls import path

from jangteo.faces.merchant.views import entry, goods, money, new_good, orders, qr, refunds, today

app_name = "merchant"
urlpatterns = [
    path("in/<str:token>/", entry.enter, name="enter"),
    path("stall/", today.today, name="today"),
    path("stall/door/", today.door, name="door"),
    path("stall/shortfalls/<int:shortfall_id>/", today.shortfall, name="shortfall"),
    path("stall/orders/", orders.orders, name="orders"),
    path("stall/orders/<int:part_id>/", orders.order, name="order"),
    path("stall/orders/<int:part_id>/accept/", orders.accept, name="accept"),
    path("stall/orders/<int:part_id>/refuse/", orders.refuse, name="refuse"),
    path("stall/orders/<int:part_id>/weigh/<int:line_id>/", orders.weigh, name="weigh"),
    path("stall/orders/<int:part_id>/ready/", orders.ready, name="ready"),
    path("stall/orders/<int:part_id>/hand-over/", orders.hand_over, name="hand_over"),
    path("stall/orders/<int:part_id>/other-money/", orders.other_money, name="other_money"),
    path("stall/orders/<int:part_id>/refund/", refunds.refund, name="refund"),
    path("stall/handed-back/<int:leg_id>/", refunds.handed_back, name="handed_back"),
    path("stall/orders/<int:part_id>/undo/", orders.undo, name="undo"),
    path("stall/qr/", qr.qr, name="qr"),
    path("stall/qr/sticker.pdf", qr.sticker, name="sticker"),
    path("stall/qr/<int:sale_id>/", qr.code, name="code"),
    path("stall/qr/<int:sale_id>/answer/", qr.answer, name="answer"),
    path("stall/qr/<int:sale_id>/back/", qr.give_back, name="give_back"),
    path("stall/qr/back/<int:refund_id>/undo/", qr.undo_back, name="undo_back"),
    path("stall/money/", money.money, name="money"),
    path("stall/goods/", goods.goods, name="goods"),
    path("stall/goods/new/", new_good.new_good, name="new_good"),
    path("stall/goods/new/card/", new_good.card, name="new_card"),
    path("stall/goods/<int:good_id>/", goods.price, name="price"),
    path("stall/goods/<int:good_id>/away/", new_good.put_away, name="put_away"),
    path("stall/goods/<int:good_id>/sale/", goods.sale, name="sale"),
    path("stall/goods/<int:good_id>/count/", goods.count, name="count"),
]
