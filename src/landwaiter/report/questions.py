"""Which public questions about end use does a lead raise, which were asked in vain, and which wait for a person?"""

from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.evidence import letters_of
from landwaiter.report.markup import Html, cut, join, tag
from landwaiter.report.shelf import Question
from landwaiter.report.wording import counted

HEADS = {
    "asked": "Asked, and nothing raised it, which clears nobody",
    "no data": "Could not be asked: nothing is known",
    "not run": "Did not run",
    "officer": "For you to ask",
}


def questions(lead: Lead, casebook: Casebook) -> Html | None:
    """The check list of a lead: raised questions with their findings, the others by what became of them."""
    asked = casebook.questions.get(lead.assessment["subject_id"], [])
    if not asked:
        return None
    letters = dict(zip((finding["finding_id"] for finding in lead.findings), letters_of(lead), strict=False))
    raised = [_raised(one, letters) for one in asked if one["state"] == "raised"]
    others = [_others(state, head, asked) for state, head in HEADS.items()]
    count = counted(len(raised), "question")
    summary = tag("summary", f"Check list of end use: {count} of {len(asked)} raised")
    return tag("details", summary, tag("ul", *raised), join(others), class_="questions")


def _raised(one: Question, letters: dict[str, str]) -> Html:
    found = [letters.get(ident, cut(ident, 60)) for ident in one["finding_ids"][:6]]
    return tag("li", tag("b", f"{one['question']}. {one['title']}"), f": finding {', '.join(found)}")


def _others(state: str, head: str, asked: list[Question]) -> Html | None:
    """The questions of one state in one paragraph; why stands with each that a person must see to."""
    ours = [one for one in asked if one["state"] == state]
    if not ours:
        return None
    told = [f"{one['question']}. {one['title']}{'' if state == 'asked' else f' ({_short(one)})'}" for one in ours]
    return tag("p", tag("b", f"{head}: "), "; ".join(told) + ".", class_="note")


def _short(one: Question) -> str:
    """The first reason; `checklist.parquet` has them all."""
    return cut(one["why"].partition("; ")[0], 200)
