"""Do thresholds that somebody checked still stand? Each is bound to the hash of the text that it was read from."""

from collections.abc import Iterable, Mapping

from landwaiter.classify.rules import Rule, rules_of
from landwaiter.ref.paragraphs import Version


def rules_in(version: Version) -> list[Rule]:
    """Every threshold of a version, in its order."""
    comma = version.control_list.startswith("eu")
    return [rule for one in version.at.values() for rule in rules_of(one.path, one.text, decimal_comma=comma).rules]


def row_of(control_list: str, rule: Rule) -> dict[str, str]:
    """A threshold as a row that a person can check and keep."""
    return {
        "control_list": control_list,
        "path": rule.path,
        "text_sha256": rule.text_sha256,
        "quantity": rule.quantity,
        "operator": rule.operator,
        "limit": " = ".join(str(limit) for limit in rule.limits),
        "role": rule.role,
        "clause": rule.clause,
    }


def stale_rules(kept: Iterable[Mapping[str, str]], version: Version) -> list[tuple[str, str, str]]:
    """Path, clause and reason of each kept rule whose paragraph changed, is no longer used, or is not held."""
    found = []
    for rule in kept:
        path, clause = rule["path"], rule["clause"]
        if path not in version.at:
            found.append((path, clause, f"the text of {version.valid_from} does not hold the paragraph"))
        elif not version.holds(path):
            found.append((path, clause, f"the paragraph is no longer used in the text of {version.valid_from}"))
        elif version.at[path].text_sha256 != rule["text_sha256"]:
            found.append((path, clause, f"the text changed by {version.valid_from}: {version.at[path].text}"))
    return found
