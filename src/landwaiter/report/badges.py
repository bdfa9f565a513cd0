"""Which small marks recur all over the report? The note that something is inferred, and the bar of a score."""

from landwaiter.report.markup import Html, join, tag
from landwaiter.report.wording import fraction

INFERRED = tag("span", "inferred", class_="inferred", title="Concluded by the program; no document says it")


def score_bar(value: float) -> Html:
    """A score or strength as a figure and a bar of the same length."""
    bar = tag("rect", width=f"{min(max(value, 0), 1) * 40:.1f}", height="5", rx="1", class_="fill")
    ground = tag("rect", width="40", height="5", rx="1", class_="ground")
    return join([tag("svg", ground, bar, viewBox="0 0 40 5", class_="bar", aria_hidden="true"), fraction(value)], " ")
