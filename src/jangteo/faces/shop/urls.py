from __future__ import annotations

from django.urls import path

from jangteo.faces.shop.views import basket, browse, checkout, enter, order, pay

urlpatterns = [
    path("", browse.choose_market, name="choose_market"),
    path("<slug:slug>/", browse.front, name="front"),
    path("<slug:slug>/stripe.css", browse.stripe, name="stripe"),
    path("<slug:slug>/goods/", browse.goods, name="goods"),
    path("<slug:slug>/goods/<int:good_id>/", browse.good, name="good"),
    path("<slug:slug>/stall/<str:code>/", browse.stall, name="stall"),
    path("<slug:slug>/map/", browse.map_page, name="map"),
    path("<slug:slug>/search/", browse.search, name="search"),
    path("<slug:slug>/help/", browse.help_page, name="help"),
    path("<slug:slug>/basket/", basket.basket, name="basket"),
    path("<slug:slug>/basket/set/", basket.basket_set, name="basket_set"),
    path("<slug:slug>/checkout/", checkout.checkout, name="checkout"),
    path("<slug:slug>/pay/<str:token>/", pay.pay, name="pay"),
    path("<slug:slug>/pay/<str:token>/done/", pay.pay_done, name="pay_done"),
    path("<slug:slug>/pay/<str:token>/failed/", pay.pay_failed, name="pay_failed"),
    path("<slug:slug>/order/<str:token>/", order.order, name="order"),
    path("<slug:slug>/order/<str:token>/cancel/", order.order_cancel, name="order_cancel"),
    path("<slug:slug>/orders/", order.orders, name="orders"),
    path("<slug:slug>/enter/", enter.enter, name="enter"),
    path("<slug:slug>/enter/code/", enter.enter_code, name="enter_code"),
    path("<slug:slug>/leave/", enter.leave, name="leave"),
]
