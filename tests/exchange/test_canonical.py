"""Is JSON written in its one way, and read only where no two programs could differ on it?"""

import json
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.agencies import vectors
from landwaiter.errors import InputError
from landwaiter.exchange.canonical import canonical, read_json

# Allowed by the grammar, and read otherwise by one program than by another.
STRICTER = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | TEXTS,
                      lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner))  # fmt: skip


@given(VALUES)
def test_what_is_written_is_read_again(value):
    assert read_json(canonical(value), "F") == value


def test_the_suite_of_json_cases():
    done = 0
    with tarfile.open(vectors("json-test-suite.tar.gz")) as packed:
        for member in packed:
            name = member.name.split("/")[-1]
            if name[:2] not in ("y_", "n_") or not name.endswith(".json"):
                continue
            data, done = packed.extractfile(member).read(), done + 1
            if name[0] == "y" and name not in STRICTER:
                read_json(data, name)
            else:
                with pytest.raises(InputError):
                    read_json(data, name)
    assert done == 283


def test_keys_are_ordered_by_their_code_units_as_published():
    with tarfile.open(vectors("jcs-testdata.tar.gz")) as packed:
        for name in ("french", "unicode", "weird"):
            given_text = packed.extractfile(f"testdata/input/{name}.json").read()
            assert canonical(json.loads(given_text)) == packed.extractfile(f"testdata/output/{name}.json").read()


def test_naughty_strings_survive():
    with tarfile.open(vectors("naughty-strings.tar.gz")) as packed:
        texts = json.loads(packed.extractfile(next(n for n in packed.getnames() if n.endswith("blns.json"))).read())
    assert len(texts) > 500 and read_json(canonical(texts), "F") == texts


def test_fractions_have_no_one_way():
    with pytest.raises(AssertionError):
        canonical({"share": 0.1})
