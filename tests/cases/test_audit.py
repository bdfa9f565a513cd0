"""Is every change, removal, reordering, addition and cut tail of the log and of its rows found?"""

import sqlite3

import pytest

from landwaiter.cases import work
from landwaiter.cases.audit import Head
from landwaiter.cases.store import DATABASE, HEADS, open_store


@pytest.fixture
def home(tmp_path, now):
    """An installation with two cases and eight events."""
    with open_store(tmp_path) as store:
        one = work.open_case(store, work.Opening("one", rows=[work.Row("findings", "f", {"a": 1})]), by="ann", now=now)
        two = work.open_case(store, work.Opening("two", documents=[work.Document("x", "text/plain", b"abc")]),
                             by="bob", now=now)  # fmt: skip
        for text in ("a", "b", "c"):
            work.note(store, one, text, tlp="amber", by="ann", now=now)
        work.link(store, one, two, reason="same buyer", by="ann", now=now)
        work.decide(store, one, "deny", reason="listed", by="ann", now=now, versions={})
        store.append({"kind": "seen", "by": "bob", "what": "nothing"}, now)
    return tmp_path


def faults(home, kept=()):
    with open_store(home) as store:
        return store.verify(kept).faults


def spoil(home, *statements):
    with sqlite3.connect(home / DATABASE) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
    connection.close()


def test_an_untouched_log_is_whole(home):
    assert faults(home) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE events SET body = replace(body, 'nothing', 'something')", "event 8 was changed"),
        ("UPDATE events SET officer = 'eve' WHERE seq = 3", "event 3 was changed"),
        ("UPDATE events SET at = '2020-01-01' WHERE seq = 1", "event 1 was changed"),
        ("UPDATE entries SET body = replace(body, '\"b\"', '\"z\"') WHERE id = 2", "event 4 wrote rows of entries"),
        ("UPDATE cases SET title = 'other' WHERE id = 2", "event 2 wrote rows of cases that were changed"),
        ("UPDATE evidence SET body = '{}'", "event 1 wrote rows of evidence that were changed"),
        ("UPDATE documents SET content = x'00'", "event 2 wrote rows of documents that were changed"),
        ("DELETE FROM statements WHERE id = 1", "event 3 wrote rows of statements that were removed"),
        ("INSERT INTO entries VALUES (99, 8, 1, 'note', '{}')", "event 8 wrote rows of entries that were added"),
        ("INSERT INTO entries VALUES (99, 77, 1, 'note', '{}')", "rows of entries belong to event 77"),
    ],
)  # fmt: skip
def test_a_change_removal_or_addition_is_named(home, statement, said):
    spoil(home, statement)
    assert any(fault.startswith(said) for fault in faults(home)), faults(home)


def test_a_missing_event_is_named(home):
    spoil(home, "DELETE FROM events WHERE seq = 8", "UPDATE events SET seq = 9 WHERE seq = 7")
    assert any("event 7 is missing" in fault for fault in faults(home))


def test_two_events_that_changed_places_are_named(home):
    spoil(home, "UPDATE events SET seq = 99 WHERE seq = 4", "UPDATE events SET seq = 4 WHERE seq = 5",
          "UPDATE events SET seq = 5 WHERE seq = 99")  # fmt: skip
    assert any("event 4 does not follow" in fault for fault in faults(home))


def test_a_cut_tail_is_found_by_the_heads_kept_here(home):
    spoil(home, "DELETE FROM events WHERE seq = 8")
    assert faults(home) == ["the log ends at event 7, but a head of event 8 was kept: its tail is cut"]


def test_a_cut_tail_is_found_by_the_head_that_a_peer_holds(home):
    with open_store(home) as store:
        held = store.head()
    spoil(home, "DELETE FROM events WHERE seq = 8")
    (home / HEADS).unlink()
    assert faults(home) == []
    assert len(faults(home, [held])) == 1


def test_a_log_written_anew_is_found_by_a_kept_head(home):
    assert any("written anew" in fault for fault in faults(home, [Head(5, "f" * 64)]))


def test_a_torn_line_of_kept_heads_is_no_head(home):
    with (home / HEADS).open("a") as file:
        file.write('{"seq": 9, "ha')
    assert faults(home) == []
