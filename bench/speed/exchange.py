"""How long do sealing, opening and a private query take? `python bench/speed/exchange.py [--names N] [--known N]`"""

import argparse
import hashlib
import os
import tempfile
import time
from pathlib import Path

from landwaiter.cases.statement import Evidence, Statement, identified
from landwaiter.exchange import private
from landwaiter.exchange.document import first_document
from landwaiter.exchange.dossier import Agency, Package, Place, seal
from landwaiter.exchange.keys import new_secrets
from landwaiter.exchange.opening import open_dossier

NOW = 1_795_000_000


def agency(name):
    """An agency with fresh keys."""
    held = new_secrets(os.urandom)
    return Agency(held, [first_document(name, [os.urandom(32)], held, threshold=1, now=NOW - 10)])


def timed(label, act):
    """Do it, and print wall-clock and processor seconds, those of child processes too."""
    wall, before = time.perf_counter(), os.times()
    found = act()
    after = os.times()
    busy = sum(after[:4]) - sum(before[:4])
    print(f"{label:<46} {time.perf_counter() - wall:7.2f} s  {busy:7.2f} s of processor")
    return found


def dossiers():
    """5,000 statements and 100 MB of documents."""
    sender, reader = agency("TW-A"), agency("UA-B")
    blobs = [os.urandom(10 * 2**20) for _ in range(10)]
    documents = [
        Evidence(hashlib.sha256(one).hexdigest(), "scan", "application/octet-stream", len(one)) for one in blobs
    ]
    statements = [identified(Statement("", f"p{n}", "Company", "name", f"Name {n}", tlp="green")) for n in range(5000)]
    whole = Package("evidence", "", statements, documents, {d.digest: b for d, b in zip(documents, blobs, strict=True)})
    sealed = timed(
        "seal 5,000 statements and 100 MB (aim 2 s)",
        lambda: seal(whole, sender=sender, reader=reader.document, place=Place(1, "", NOW), chance=os.urandom),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.dossier"
        path.write_bytes(sealed.data)
        opened = timed(
            "open it in the child process (aim 2 s)",
            lambda: open_dossier(path, reader=reader, peers=[sender.chain], now=NOW),
        )
    print(
        f"{len(opened.statements):,} statements, {sum(map(len, opened.blobs.values())):,} bytes, "
        f"{len(sealed.data):,} sealed"
    )


def queries(asked, known):
    """Ten keys for each name; a tenth of what is asked is known."""
    theirs = [[f"{n} {k}" for k in range(10)] for n in range(known)]
    ours = [f"{known - asked // 10 + n} {k}" for n in range(asked) for k in range(10)]
    made = timed(f"setup of {known:,} names, once a week", lambda: private.setup(theirs, os.urandom))
    begun, used = time.perf_counter(), time.process_time()
    question = timed(f"request of {asked:,} names", lambda: private.request(ours, os.urandom))
    reply = timed("answer", lambda: private.answer(question.message, made.secret, len(question.keys)))
    found = timed("read", lambda: private.shared(made.message, reply, question))
    wall, busy = time.perf_counter() - begun, time.process_time() - used
    print(f"{'request, answer and read (aim 60 s)':<46} {wall:7.2f} s  {busy:7.2f} s of processor")
    print(
        f"setup {len(made.message):,} bytes, request {len(question.message):,}, answer {len(reply):,}; "
        f"{len(found):,} keys in common, {10 * (asked // 10):,} are right"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--known", type=int, default=100_000)
    options = parser.parse_args()
    dossiers()
    if private.psi is None:
        print("the private query did not run: the extra `private` is not installed")
    else:
        queries(options.names, options.known)
