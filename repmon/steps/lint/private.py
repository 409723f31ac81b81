"""Private data that has no business in a public reply: numbers, addresses, the reviewer's full name."""

import re
from collections.abc import Iterator

from repmon.review import Review
from repmon.steps.drafting.draft import Business
from repmon.steps.drafting.names import first_name
from repmon.steps.lint.finding import Finding, finding
from repmon.steps.understanding.phrases import TOKEN, fold

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_NUMBER = re.compile(r"(?<![\w.])(?:\+ ?)?\(?\d(?:[ ().\-/\u2011]{0,3}\d){5,24}(?!\w)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_DATE = re.compile(r"\d{1,2}[ ./-]{1,2}\d{1,2}[ ./-]{1,2}(?:19|20)?\d{2}|(?:19|20)\d{2}(?:[ ./-]{1,2}\d{1,2}){2}"
                   r"|(?:19|20)\d{2} ?[-/\u2013] ?(?:19|20)?\d{2}|\d{1,2}[.]\d{2} ?- ?\d{1,2}[.]\d{2}")  # fmt: skip
_THING = (
    r"order|booking|reservation|invoice|ticket|case|customer|client|member|membership|account|policy|tracking|confirmation"
    r"|patient|reference|receipt|bestell|bestellung|buchung|rechnung|kunden|bestel|boeking|factuur|commande|facture"
    r"|pedido|reserva|factura|fatura|ordine|prenotazione|fattura|encomenda"
)
_REFERENCE = re.compile(
    rf"\b(?:{_THING})(?: ?(?:number|nummer|num[eé]ro|n[uú]mero|numero|id|code|ref|reference|no|nr|n°|nº)\b\.?)?"
    r"(?: ?(?:is|was|:|#|-))? ?#?(?=[A-Z0-9-]{0,20}\d[A-Z0-9-]{2})[A-Z0-9][A-Z0-9-]{3,24}\b"
    r"|(?<!\w)#\d{4,16}\b",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"\b(?:room|suite|zimmer|chambre|habitaci[oó]n|camera|kamer|quarto) (?:number |no\.? |nr\.? )?\d{1,4}\b",
    re.IGNORECASE,
)
_CARD_DIGITS = range(13, 20)
_PHONE_DIGITS = range(7, 16)
_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mister", "dr", "herr", "frau", "monsieur", "madame", "senor", "senora", "signor",
    "signora", "meneer", "mevrouw",
})  # fmt: skip
_SHORTEST_SURNAME = 3


def private(text: str, review: Review | None, business: Business | None) -> Iterator[Finding]:
    """Find them; what stands in the contact, the signature or the name of the business is its own."""
    own = f"{business.contact}\n{business.signature}\n{business.name}" if business else ""
    yield from _addresses(text, own)
    yield from _numbers(text, own)
    yield from _names(text, review.author if review else "", own)


def _addresses(text: str, own: str) -> Iterator[Finding]:
    ours = own.casefold()
    for match in _MAIL.finditer(text):
        if match[0].casefold().rstrip(".") not in ours:
            yield finding("mail", *match.span())


def _numbers(text: str, own: str) -> Iterator[Finding]:
    ours = _digits(own)
    taken = 0
    for match in _REFERENCE.finditer(text):
        taken = match.end()
        yield finding("reference", *match.span())
    references = [match.span() for match in _REFERENCE.finditer(text)] if taken else []
    for match in _IBAN.finditer(text):
        yield finding("card", *match.span())
    for match in _ROOM.finditer(text):
        yield finding("confirms", *match.span())
    for match in _NUMBER.finditer(text):
        rule = _kind(match[0])
        inside = any(start < match.end() and match.start() < end for start, end in references)
        if rule and not inside and _digits(match[0])[-7:] not in ours:
            yield finding(rule, *match.span())


def _kind(number: str) -> str:
    """Tell what a row of digits is; "" for a date, a span of years or opening hours."""
    digits = _digits(number)
    if _DATE.fullmatch(number.strip()):
        return ""
    if len(digits) in _CARD_DIGITS and _passes_luhn(digits):
        return "card"
    if len(digits) not in _PHONE_DIGITS:
        return "reference" if len(digits) > max(_PHONE_DIGITS) else ""
    return "phone" if number[0] in "+0(" or not number.isdigit() else "reference"


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _passes_luhn(digits: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004 - two digits


def _names(text: str, author: str, own: str) -> Iterator[Finding]:
    """Find the author's names in a row, or the family name alone, written as a name."""
    names = TOKEN.findall(fold(author))
    if len(names) < 2:  # noqa: PLR2004 - a first name and another
        return
    words = [(match.span(), fold(match[0])) for match in TOKEN.finditer(text)]
    ours = set(TOKEN.findall(fold(own)))
    surname = names[-1] if first_name(author) and len(names[-1]) >= _SHORTEST_SURNAME and names[-1] not in ours else ""
    for place, ((start, end), word) in enumerate(words):
        after = words[place : place + len(names)]
        if [said for _, said in after] == names:
            yield finding("name", start, after[-1][0][1])
        elif word == surname and text[start].isupper():
            titled = place and words[place - 1][1] in _TITLES
            yield finding("name", words[place - 1][0][0] if titled else start, end)
