from django.db import migrations

from jangteo.kernel.append_only import append_only

KEEP_COUPON = """
CREATE FUNCTION keep_coupon() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.stopped_at IS NOT NULL
    OR to_jsonb(NEW) - 'stopped_at' IS DISTINCT FROM to_jsonb(OLD) - 'stopped_at' THEN
    RAISE EXCEPTION 'a coupon is only ever stopped: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
KEEP_PIECE = """
CREATE FUNCTION keep_piece() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.coupon_id, NEW.user_id, NEW.key, NEW.given_at)
    IS DISTINCT FROM (OLD.coupon_id, OLD.user_id, OLD.key, OLD.given_at) THEN
    RAISE EXCEPTION 'whose coupon it is stays: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
KEEP_POINTS = """
CREATE FUNCTION keep_points() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.user_id, NEW.stall_id, NEW.key, NEW.granted_won, NEW.given_at)
    IS DISTINCT FROM (OLD.user_id, OLD.stall_id, OLD.key, OLD.granted_won, OLD.given_at)
    OR NEW.taken_back_won < OLD.taken_back_won OR NEW.expired_won < OLD.expired_won THEN
    RAISE EXCEPTION 'points that were given stay: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


def kept(function: str, sql: str, table: str) -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(sql, f"DROP FUNCTION {function}()"),
        migrations.RunSQL(
            f"CREATE TRIGGER keep_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
            f"DROP TRIGGER keep_rows ON {table}",
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("promotions", "0001_coupons"), ("kernel", "0002_guards")]

    operations = [
        append_only("promotions_piecemove"),
        *kept("keep_coupon", KEEP_COUPON, "promotions_coupon"),
        *kept("keep_piece", KEEP_PIECE, "promotions_couponpiece"),
        *kept("keep_points", KEEP_POINTS, "promotions_pointgrant"),
    ]
