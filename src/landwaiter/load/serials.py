"""Which day is the number of a spreadsheet? And which number formats show a day?"""

import re
from datetime import datetime, timedelta

# Formats by number that show a day or a time, also those of the East Asian versions.
DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
LAST_SERIAL = 2_958_466  # the day after 9999-12-31


def shows_a_day(form: str) -> bool:
    """Whether a number format shows a number as a day: a d, m or y outside quotes and brackets."""
    return bool(re.search("[dmyDMY]", LITERAL.sub("", form.split(";")[0])))


def day_of_serial(number: float, *, is_1904: bool) -> str | None:
    """A day, with its time where it has one, as ISO 8601; None where the number is no day.

    The 1900 system has a 29 February 1900 that never was (60); a time of day alone is no day either.
    """
    if not 1 <= number < LAST_SERIAL and not (is_1904 and 0 <= number < LAST_SERIAL - 1462):
        return None
    if is_1904:
        start = datetime(1904, 1, 1)
    elif 60 <= number < 61:
        return None
    else:
        start = datetime(1899, 12, 31) if number < 60 else datetime(1899, 12, 30)
    moment = start + timedelta(seconds=round(number * 86_400))
    whole = moment.hour == moment.minute == moment.second == 0
    return moment.strftime("%Y-%m-%d") if whole else moment.strftime("%Y-%m-%dT%H:%M:%S")
