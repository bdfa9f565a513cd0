"""What does a dishonest peer get of 2,000 secret names that it was to be told only where it knows them too?

    python bench/quality/attacks.py [gleif_names.parquet] [--secret 2000] [--misspelt 100]

The peer holds a list of all companies, as anybody can. Sent a list of hashes, of keyed hashes (a partner must have the
key) or of Bloom encodings (and their secret), it tries every company at home, unseen. From a private query it gets
nothing at home: it must ask, each key that it asks counts against its budget, and each answer stands in the log of who
was asked with the peer and the number of keys. Two peers ask: one a key for every company, and a sly one, who first
asks keys that many companies share and then only for the companies of those that were hit. Whatever can be asked in a
period is told as it is: a budget slows and shows, it does not forbid.
"""

import argparse
import hashlib
import hmac
import math
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from private_recall import GLEIF, keyed, legal_names, typo

from landwaiter.exchange import private
from landwaiter.exchange.asking import BUDGET, PERIOD

KEY = b"a key that both agencies hold"
BITS, HASHES = 1024, 15
# What 10,000 names and more need in one question: how much faster would the list go?
GENEROUS = 2**17


def main() -> None:
    """Print what each way of telling gives away."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="?", default=GLEIF, type=Path)
    options.add_argument("--secret", type=int, default=2_000)
    options.add_argument("--misspelt", type=int, default=100)
    chosen = options.parse_args()
    if not chosen.file.exists():
        raise SystemExit(f"did not run: {chosen.file} is not there; name a Parquet file with a column legal_name")
    names = legal_names(chosen.file)
    secret = random.Random(11).sample(range(len(names)), chosen.secret)
    plain = [normal(name) for name in names]
    print(f"{len(secret):,} secret names among {len(names):,} companies that the peer can list")
    encode = Encoding(KEY)
    guessed("SHA-256 list", lambda text: hashlib.sha256(text.encode()).digest(), plain, secret)
    guessed("HMAC list, shared key", lambda text: hmac.digest(KEY, text.encode(), "sha256"), plain, secret)
    guessed("Bloom encodings, shared secret", encode, plain, secret)
    nearest(encode, names, plain, secret[: chosen.misspelt])
    asked(names, secret)


def normal(name: str) -> str:
    """Letters and digits alone, as lists of hashes are made."""
    return " ".join("".join(char if char.isalnum() else " " for char in name.casefold()).split())


class Encoding:
    """A cryptographic long-term key: each pair of letters sets bits of a filter, chosen by a keyed hash."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.masks: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        """The filter of a text."""
        text, found = f" {text} ", 0
        for place in range(len(text) - 1):
            found |= self.masks.get(text[place : place + 2]) or self.mask(text[place : place + 2])
        return found

    def mask(self, pair: str) -> int:
        """The bits of one pair of letters, by double hashing."""
        digest = hmac.digest(self.key, pair.encode(), "sha256")
        first, step = (int.from_bytes(digest[at : at + 8], "big") for at in (0, 8))
        made = 0
        for turn in range(HASHES):
            made |= 1 << ((first + turn * step) % BITS)
        self.masks[pair] = made
        return made


def guessed(what: str, code: Callable[[str], bytes | int], plain: Sequence[str], secret: Sequence[int]) -> None:
    """Code every company and look which codes are on the list; recovered where one name alone has the code."""
    told = {code(plain[place]) for place in secret}
    begun = time.process_time()
    behind: dict[bytes | int, set[str]] = {}
    for text in plain:
        if (one := code(text)) in told:
            behind.setdefault(one, set()).add(text)
    right = sum(behind[code(plain[place])] == {plain[place]} for place in secret)
    line(what, right, len(secret), f"at home, {time.process_time() - begun:.1f} s of processor, unseen")


def nearest(encode: Encoding, names: Sequence[str], plain: Sequence[str], secret: Sequence[int]) -> None:
    """Encodings also give away names that the peer writes otherwise: the nearest company is taken."""
    begun = time.process_time()
    every = np.frombuffer(b"".join(encode(text).to_bytes(BITS // 8, "big") for text in plain), np.uint64)
    every = every.reshape(len(plain), -1)
    sizes = np.bitwise_count(every).sum(axis=1, dtype=np.int64)
    right = 0
    for place in secret:
        filter_of = encode(normal(typo(names[place], random.Random(place))))
        bits = np.frombuffer(filter_of.to_bytes(BITS // 8, "big"), np.uint64)
        common = np.bitwise_count(every & bits).sum(axis=1, dtype=np.int64)
        best = int(np.argmax(2 * common / (sizes + filter_of.bit_count())))
        right += plain[best] == plain[place]
    line("the same, with one typo each", right, len(secret),
         f"at home, {time.process_time() - begun:.1f} s of processor, unseen")  # fmt: skip


def asked(names: Sequence[str], secret: Sequence[int]) -> None:
    """What a private query gives to one who asks for every company, and to one who asks slyly, under two budgets."""
    keys = [[hash(key) for key in of_name] for of_name in keyed(names)]
    counts = Counter(key for of_name in keys for key in of_name)
    held = Counter(key for place in secret for key in set(keys[place]))
    known = {key for key, count in held.items() if count <= private.MOST_NAMES_OF_A_KEY}
    each = [min(of_name, key=lambda key: counts[key]) if of_name else None for of_name in keys]
    wide = [max(of_name, key=lambda key: counts[key]) if of_name else None for of_name in keys]
    particular = list(dict.fromkeys(key for key in each if key is not None))
    told = {place for place in secret if each[place] in known and counts[each[place]] == 1}
    covering = set(wide) - {None}
    hit = covering & known
    after = {each[place] for place in range(len(names)) if wide[place] in hit} - {None}
    print(f"private query: nothing can be tried at home. {len(covering):,} shared keys cover all companies, "
          f"{len(hit):,} are hit, {len(after):,} are asked then")  # fmt: skip
    for budget in (BUDGET, GENEROUS):
        print(f"  budget of {budget:,} keys in {PERIOD.days} days{' (default)' if budget == BUDGET else ''}")
        first = set(particular[:budget])
        line("    one key for each, first period", sum(each[place] in first for place in told), len(secret),
             f"{len(first):,} keys in the log of who was asked")  # fmt: skip
        spent("    one key for each, all companies", len(told), len(secret), len(particular), budget)
        slyly = sum(wide[place] in hit for place in told)
        spent("    slyly, shared keys first", slyly, len(secret), len(covering) + len(after), budget)
    timed(particular[:BUDGET], known)


def spent(what: str, found: int, count: int, keys: int, budget: int) -> None:
    """A line with the periods that so many keys take, the first being asked at once."""
    periods = math.ceil(keys / budget)
    line(what, found, count, f"{keys:,} keys, {periods} periods, {(periods - 1) * PERIOD.days} days, in the log")


def timed(first: list[int], known: set[int]) -> None:
    """One whole budget asked in earnest: what it costs both, and that it answers what was counted."""
    if private.psi is None:
        print("  the query itself did not run: the extra `private` is not installed")
        return
    begun = time.process_time()
    setup = private.setup([[str(key)] for key in known], os.urandom)
    made = time.process_time()
    question = private.request([str(key) for key in first], os.urandom)
    sent = time.process_time()
    reply = private.answer(question.message, setup.secret, BUDGET)
    answered = time.process_time()
    shared = private.shared(setup.message, reply, question)
    right = sum(key in known for key in first)
    print(f"  in earnest: setup {made - begun:.1f} s, request {sent - made:.1f} s, answer {answered - sent:.1f} s of "
          f"processor; {len(shared):,} keys answered, {right:,} counted above")  # fmt: skip


def line(what: str, right: int, count: int, cost: str) -> None:
    """One way of telling."""
    print(f"{what:38}{right:>6,} of {count:,} recovered ({right / count:.1%}); {cost}", flush=True)


if __name__ == "__main__":
    main()
