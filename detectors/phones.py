"""Phone numbers in their one normal form."""

from __future__ import annotations

import phonenumbers


def e164(text: str) -> str | None:
    """The number as `+46701740605`, read as a Swede would write it; None for what is no number."""
    try:
        number = phonenumbers.parse(text, "SE")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
