from django.db import migrations

# Until now a sale went back whole or not at all.
KNOWN = """
UPDATE counter_countersale SET refunded_won = amount_won WHERE state = 'refunded';
INSERT INTO counter_salerefund (market_id, stall_id, sale_id, amount_won, refund_id, actor_ref, at)
SELECT s.market_id, s.stall_id, s.id, s.amount_won, r.id, m.actor_ref, m.at
FROM counter_countersale s JOIN counter_salemove m ON m.sale_id = s.id AND m.became = 'refunded'
LEFT JOIN payments_payment p ON p.order_ref = s.ref
LEFT JOIN payments_refund r ON r.payment_id = p.id AND r.reason = 'sale_refunded'
WHERE s.state = 'refunded';
"""
FORGET = "DELETE FROM counter_salerefund"


class Migration(migrations.Migration):
    dependencies = [("counter", "0003_sale_refunds")]

    operations = [migrations.RunSQL(KNOWN, FORGET)]
