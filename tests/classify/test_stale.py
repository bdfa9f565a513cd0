"""Is a kept rule stale exactly where the text that it was read from changed?"""

from landwaiter.classify.stale import row_of, rules_in, stale_rules
from landwaiter.ref.paragraphs import held_versions


def test_rules_stand_in_their_own_text_and_go_stale_with_it():
    old, new = held_versions("eu_annex_i")
    kept = [row_of("eu_annex_i", rule) for rule in rules_in(old) if rule.path.startswith("3A002.")]
    assert stale_rules(kept, old) == []
    reasons = {path: reason for path, _, reason in stale_rules(kept, new)}
    assert "the text changed by 2026-09-21" in reasons["3A002.d.6"]
    assert "no longer used" in reasons["3A002.e.2"]
    assert "3A002.e.4" not in reasons


def test_a_rule_of_an_entry_that_is_not_held_is_stale():
    old, new = held_versions("eu_annex_i")
    kept = [row_of("eu_annex_i", rule) for rule in rules_in(old) if rule.path == "3A001.a.7.a"]
    assert [reason.split(" does")[0] for _, _, reason in stale_rules(kept, new)] == ["the text of 2026-09-21"]
