"""Writes happen in actions, time comes from the clock, and every scope that is left open is listed here."""

from __future__ import annotations

import ast

from tests.architecture.sources import modules

WRITE_METHODS = {
    "save", "delete", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "aupdate", "acreate",
}  # fmt: skip
# The kernel's own tables, which it writes for every action; allauth asks its adapter to save what it verified.
WRITES_ELSEWHERE = {
    "kernel/audit/__init__.py",
    "kernel/housekeeping.py",
    "kernel/idempotency/__init__.py",
    "kernel/limits.py",
    "kernel/live/__init__.py",
    "kernel/outbox/__init__.py",
    "kernel/outbox/deliver.py",
    "kernel/periodic.py",
}
UNSCOPED = {
    "domains/campaigns/queries.py",
    "domains/carriers/queries.py",
    "domains/catalog/actions/forget_photos.py",
    "domains/catalog/jobs.py",
    "domains/counter/queries.py",
    "domains/delivery/jobs.py",
    "domains/devices/queries.py",
    "domains/helping/queries.py",
    "domains/events/jobs.py",
    "domains/hub/jobs.py",
    "domains/ledger/jobs.py",
    "domains/markets/actions/import_markets.py",
    "domains/ordering/effects.py",
    "domains/ordering/jobs.py",
    "domains/people/actions/keep_subscription.py",
    "domains/people/queries.py",
    "domains/payments/jobs.py",
    "domains/promotions/jobs.py",
    "domains/rebates/jobs.py",
    "domains/reviews/jobs.py",
    "domains/rounds/jobs.py",
    "domains/payments/queries.py",
    "domains/practice/queries.py",
    "domains/regulars/actions/ask_deletion.py",
    "domains/regulars/actions/ask_take_out.py",
    "domains/regulars/effects.py",
    "domains/regulars/queries_privacy.py",
    "domains/settlement/effects.py",
    "domains/settlement/queries_payouts.py",
    "domains/stamps/bought.py",
    "project/cli/goods.py",
    "project/invariants.py",
}

# Who looks across the copies that people practise in.
UNSCOPED_PRACTICE = {
    "domains/events/jobs.py",
    "domains/markets/queries.py",
    "domains/practice/entering.py",
    "domains/practice/queries.py",
}


def calls(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def is_model_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    text = ast.unparse(call.func)
    if call.func.attr == "update":
        return ".objects" in text or ".filter(" in text
    if call.func.attr == "delete":
        return ".objects" in text or ".filter(" in text
    if call.func.attr == "save":
        return not text.startswith(("image.", "picture.", "self.", "super()", "code.", "qr."))
    return call.func.attr in WRITE_METHODS and ".objects" in text


def has_writing_sql(tree: ast.Module) -> bool:
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return any(text.lstrip().startswith(("INSERT INTO ", "UPDATE ", "DELETE FROM ")) for text in texts)


def test_rows_are_written_in_actions_only() -> None:
    elsewhere = {
        path
        for path, tree in modules().items()
        if "/actions/" not in path and (has_writing_sql(tree) or any(is_model_write(call) for call in calls(tree)))
    }
    assert elsewhere == WRITES_ELSEWHERE


def test_an_actions_module_holds_the_function_of_its_name() -> None:
    wrong = {}
    for path, tree in modules().items():
        if "/actions/" not in path or path.endswith("__init__.py"):
            continue
        public = [n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
        name = path.rsplit("/", 1)[-1].removesuffix(".py")
        missing = set(PAIRS.get(name, (name,))) - {function.name for function in public}
        if missing:
            wrong[path] = missing
    assert wrong == {}


# Two steps that are always used together share a module.
PAIRS = {"move": ("move_order", "move_parts")}


def test_actions_take_keywords_only_with_market_and_actor() -> None:
    wrong = set()
    for path, tree in modules().items():
        if "/actions/" not in path:
            continue
        for function in tree.body:
            if not isinstance(function, ast.FunctionDef) or not function.decorator_list:
                continue
            names = {argument.arg for argument in function.args.kwonlyargs}
            is_action = any(ast.unparse(d) == "action" for d in function.decorator_list)
            if function.args.args or (is_action and not {"market", "actor"} <= names):
                wrong.add(f"{path}:{function.name}")
    assert wrong == set()


def test_only_listed_places_look_across_markets() -> None:
    users = {
        path
        for path, tree in modules().items()
        if not path.startswith("kernel/")
        and any(isinstance(call.func, ast.Name) and call.func.id == "unscoped" for call in calls(tree))
    }
    assert users == UNSCOPED


def test_only_listed_places_look_across_copies() -> None:
    users = {
        path
        for path, tree in modules().items()
        if not path.startswith("kernel/")
        and any(isinstance(call.func, ast.Name) and call.func.id == "unscoped_practice" for call in calls(tree))
    }
    assert users == UNSCOPED_PRACTICE


def test_time_comes_from_the_clock() -> None:
    wrong = {
        f"{path}:{call.lineno}"
        for path, tree in modules().items()
        if path != "kernel/clock.py"
        for call in calls(tree)
        if ast.unparse(call.func) in {"datetime.now", "datetime.utcnow", "timezone.now", "date.today", "datetime.today"}
    }
    assert wrong == set()


def test_there_are_no_signals_and_no_saves_of_our_own() -> None:
    text = {path: ast.unparse(tree) for path, tree in modules().items()}
    assert [path for path, source in text.items() if "django.dispatch" in source or "db.models.signals" in source] == []
    assert [path for path, source in text.items() if "def save(self" in source and "models.Model" in source] == []


def test_faces_hold_no_transaction() -> None:
    wrong = [
        path
        for path, tree in modules().items()
        if path.startswith("faces/") and "transaction.atomic" in ast.unparse(tree)
    ]
    assert wrong == []
