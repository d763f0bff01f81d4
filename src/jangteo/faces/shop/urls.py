from __future__ import annotations

from django.urls import path, register_converter

from jangteo.faces.shop.six_digits import SixDigits
from jangteo.faces.shop.views import (
    account,
    basket,
    browse,
    checkout,
    counter,
    enter,
    order,
    pay,
    paylink,
    receipt,
    sale_receipt,
)

register_converter(SixDigits, "six")

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
    path("<slug:slug>/pay/", counter.dial, name="dial"),
    path("<slug:slug>/pay/<six:code>/", counter.pay_stall, name="pay_stall"),
    path("<slug:slug>/counter/<str:token>/", counter.sale, name="sale"),
    path("<slug:slug>/counter/<str:token>/done/", counter.sale_done, name="sale_done"),
    path("<slug:slug>/counter/<str:token>/failed/", counter.sale_failed, name="sale_failed"),
    path("<slug:slug>/counter/<str:token>/cash-receipt/", counter.sale_cash_receipt, name="sale_cash_receipt"),
    path("<slug:slug>/counter/<str:token>/receipt/", sale_receipt.sale_receipt, name="sale_receipt"),
    path("<slug:slug>/counter/<str:token>/receipt.pdf", sale_receipt.sale_receipt_pdf, name="sale_receipt_pdf"),
    path("<slug:slug>/counter/<str:token>/receipt.escpos", sale_receipt.sale_receipt_bytes, name="sale_receipt_bytes"),
    path("<slug:slug>/paylink/<str:token>/", paylink.payer, name="pay_link"),
    path("<slug:slug>/paylink/<str:token>/done/", paylink.payer_done, name="pay_link_done"),
    path("<slug:slug>/paylink/<str:token>/failed/", paylink.payer_failed, name="pay_link_failed"),
    path("<slug:slug>/pay/<str:token>/", pay.pay, name="pay"),
    path("<slug:slug>/pay/<str:token>/done/", pay.pay_done, name="pay_done"),
    path("<slug:slug>/pay/<str:token>/failed/", pay.pay_failed, name="pay_failed"),
    path("<slug:slug>/pay/<str:token>/back/<str:window>/", pay.pay_back, name="pay_back"),
    path("<slug:slug>/order/<str:token>/account/", account.order_account, name="order_account"),
    path("<slug:slug>/order/<str:token>/", order.order, name="order"),
    path("<slug:slug>/order/<str:token>/cancel/", order.order_cancel, name="order_cancel"),
    path("<slug:slug>/order/<str:token>/ask/", paylink.ask, name="ask_payer"),
    path("<slug:slug>/order/<str:token>/receipt/", receipt.receipt, name="receipt"),
    path("<slug:slug>/order/<str:token>/receipt.pdf", receipt.receipt_pdf, name="receipt_pdf"),
    path("<slug:slug>/order/<str:token>/receipt.escpos", receipt.receipt_bytes, name="receipt_bytes"),
    path("<slug:slug>/order/<str:token>/cash-receipt/", receipt.cash_receipt, name="cash_receipt"),
    path("<slug:slug>/orders/", order.orders, name="orders"),
    path("<slug:slug>/enter/", enter.enter, name="enter"),
    path("<slug:slug>/enter/code/", enter.enter_code, name="enter_code"),
    path("<slug:slug>/leave/", enter.leave, name="leave"),
]
