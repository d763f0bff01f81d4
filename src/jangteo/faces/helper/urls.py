from __future__ import annotations

from django.urls import path

from jangteo.faces.helper.views import guides, hub, queue, rebate, stalls

app_name = "helper"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("calls/<int:call_id>/take/", queue.take, name="take"),
    path("calls/<int:call_id>/leave/", queue.leave, name="leave"),
    path("calls/<int:call_id>/done/", queue.done, name="done"),
    path("rebate/", rebate.desk, name="rebate"),
    path("rebate/number/", rebate.take, name="rebate_number"),
    path("rebate/next/", rebate.call, name="rebate_next"),
    path("rebate/drawer/", rebate.drawer, name="rebate_drawer"),
    path("rebate/visits/<int:visit_id>/", rebate.table, name="rebate_table"),
    path("rebate/visits/<int:visit_id>/ticket/", rebate.ticket, name="rebate_ticket"),
    path("rebate/visits/<int:visit_id>/tell/", rebate.tell, name="rebate_tell"),
    path("rebate/visits/<int:visit_id>/person/", rebate.person, name="rebate_person"),
    path("rebate/visits/<int:visit_id>/scan/", rebate.scan, name="rebate_scan"),
    path("rebate/visits/<int:visit_id>/paper/", rebate.paper, name="rebate_paper"),
    path("rebate/visits/<int:visit_id>/pay/", rebate.pay, name="rebate_pay"),
    path("rebate/visits/<int:visit_id>/move/", rebate.move, name="rebate_move"),
    path("rebate/receipts/<int:receipt_id>/", rebate.check, name="rebate_check"),
    path("rebate/payouts/<int:payout_id>/undo/", rebate.undo, name="rebate_undo"),
    path("tour/", hub.tour, name="tour"),
    path("tour/start/", hub.start, name="tour_start"),
    path("tour/picks/<int:pick_id>/later/", hub.later, name="tour_later"),
    path("hub/", hub.hub, name="hub"),
    path("hub/labels.pdf", hub.labels, name="hub_labels"),
    path("hub/orders/<int:order_id>/", hub.order, name="hub_order"),
    path("hub/orders/<int:order_id>/boxes/", hub.boxes, name="hub_boxes"),
    path("hub/orders/<int:order_id>/give/", hub.give, name="hub_give"),
    path("hub/parts/<int:part_id>/got/", hub.got, name="hub_got"),
    path("hub/parts/<int:part_id>/back/", hub.back, name="hub_back"),
    path("hub/lines/<int:line_id>/gone/", hub.gone, name="hub_gone"),
    path("hub/lines/<int:line_id>/weigh/", hub.weigh, name="hub_weigh"),
    path("hub/missing/<int:missing_id>/", hub.missing, name="hub_missing"),
    path("guides/", guides.guides, name="guides"),
    path("guides/<slug:name>/", guides.guide, name="guide"),
    path("stalls/", stalls.stalls, name="stalls"),
    path("stalls/<int:stall_id>/", stalls.stall, name="stall"),
    path("stalls/<int:stall_id>/visit/", stalls.visit, name="visit"),
    path("stalls/<int:stall_id>/set-up/", stalls.set_up, name="set_up"),
    path("stalls/<int:stall_id>/act/", stalls.act, name="act"),
]
