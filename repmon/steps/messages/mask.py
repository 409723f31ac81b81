"""Phone numbers, mail addresses and card numbers in a stranger's words, masked: alerts travel far."""

import re

_MAIL = re.compile(r"[\w.+-]{1,64}[@\uff20][\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_DIGITS = re.compile(r"(?<![\w.,])[+(]{0,2}\d(?:[ ().\-/\u00a0]{0,3}\d){5,18}(?!\w)")
_DATE = re.compile(r"(?:19|20)\d\d([-./])\d\d?\1\d\d?(?: \d{1,2})?|\d\d?([-./ ])\d\d?\2(?:19|20)\d\d(?: \d{1,2})?")
_YEARS = re.compile(r"(?:19|20)\d\d ?[-/] ?(?:19|20)?\d\d")
_LOCAL = re.compile(r"\d{3}[-. ]\d{4}")
_CARD_DIGITS = range(13, 20)
_PHONE_DIGITS = range(9, 16)
_MARKED_PHONE_DIGITS = range(7, 16)


def mask(text: str, *, mail: str, phone: str, card: str) -> str:
    """The text with what identifies or pays for a person replaced by the three given words.

    A card number has 13 to 19 digits and a right check digit (Luhn, ISO/IEC 7812-1). A phone number has 9 to 15
    digits (ITU-T E.164), or 7 where it starts with `+`, `(` or `0` or looks like 555-0100. Dates and years stay.
    """

    def number(found: re.Match[str]) -> str:
        digits = [int(one) for one in found[0] if one.isdecimal()]
        if len(digits) in _CARD_DIGITS and _luhn(digits):
            return card
        return phone if _is_phone(found[0], len(digits)) else found[0]

    return _DIGITS.sub(number, _MAIL.sub(mail, text))


def _is_phone(written: str, digits: int) -> bool:
    if _DATE.fullmatch(written) or _YEARS.fullmatch(written):
        return False
    if written.startswith(("+", "(", "0")) or _LOCAL.fullmatch(written):
        return digits in _MARKED_PHONE_DIGITS
    return digits in _PHONE_DIGITS


def _luhn(digits: list[int]) -> bool:
    doubled = [2 * one - 9 if one > 4 else 2 * one for one in digits[-2::-2]]  # noqa: PLR2004 - 2 * 5 has two digits
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
