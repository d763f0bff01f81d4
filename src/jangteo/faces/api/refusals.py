"""What the API itself refuses, before any domain is asked."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.kernel.errors import Refused


class ApiRefused(Refused):
    """`says` is the sentence for people; the code is for programs."""

    code = "api.refused"
    says: Promise = _("이 요청은 받을 수 없어요. API 설명서를 봐 주세요.")


class NothingHere(ApiRefused):
    """No such address, or nothing behind it that this caller may see."""

    code = "api.not_found"
    says = _("찾는 것이 없어요. 주소를 다시 봐 주세요.")


class MethodNotAllowed(ApiRefused):
    code = "api.method_not_allowed"
    says = _("이 주소에서는 그렇게 할 수 없어요. 쓸 수 있는 방법은 Allow 머리글에 있어요.")


class NotJson(ApiRefused):
    code = "api.not_json"
    says = _("보내신 글이 JSON이 아니에요. 형식을 다시 봐 주세요.")


class NotJsonType(ApiRefused):
    code = "api.wrong_media_type"
    says = _("Content-Type을 application/json으로 해서 다시 보내 주세요.")


class TooLarge(ApiRefused):
    """Facts: most_bytes."""

    code = "api.too_large"
    says = _("보내신 글이 너무 커요. 나눠서 보내 주세요.")


class Invalid(ApiRefused):
    """The request can never be answered as it is; the problem's `errors` say where."""

    code = "api.invalid"
    says = _("빠졌거나 맞지 않는 값이 있어요. errors를 보고 고쳐 주세요.")


class TokenMissing(ApiRefused):
    code = "api.token_missing"
    says = _("토큰이 필요해요. Authorization: Bearer 머리글에 넣어 주세요.")


class TokenUnknown(ApiRefused):
    """Never made, or revoked."""

    code = "api.token_unknown"
    says = _("쓸 수 없는 토큰이에요. 상인회에서 새 토큰을 받아 주세요.")


class TokenOther(ApiRefused):
    """A token of another kind or of another market."""

    code = "api.token_other"
    says = _("이 토큰으로는 할 수 없는 일이에요. 맞는 토큰인지 다시 봐 주세요.")


class Busy(ApiRefused):
    code = "api.busy"
    says = _("지금은 대답할 수 없어요. 잠깐 뒤에 다시 해 주세요.")


class Broken(ApiRefused):
    code = "api.broken"
    says = _("우리 쪽에 문제가 생겼어요. 적어 두었으니 잠깐 뒤에 다시 해 주세요.")
