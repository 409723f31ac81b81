"""Figures rounded so that what is shown adds up to what is shown as the sum."""

from collections.abc import Sequence
from math import floor


def that_add_up(values: Sequence[float], decimals: int = 2) -> tuple[list[float], float]:
    """Round the values and their sum; none is further from the truth than one unit of the last decimal.

    The method of largest remainders (Hamilton's, for seats in a parliament): all are rounded down, and the units that
    the sum then lacks go to those that lost most.
    """
    unit = 10**decimals
    scaled = [value * unit for value in values]
    whole = [floor(each) for each in scaled]
    missing = round(sum(scaled)) - sum(whole)
    by_loss = sorted(range(len(values)), key=lambda place: whole[place] - scaled[place])
    for place in by_loss[:missing]:
        whole[place] += 1
    return [each / unit for each in whole], sum(whole) / unit
