"""`landwaiter key`: this agency's keys, and peers' keys compared by fingerprint."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from landwaiter.cases.proposals import act
from landwaiter.cases.store import Change
from landwaiter.cli.exchanging import CHANCE, Json, key_folder, say
from landwaiter.cli.main import COMMANDS
from landwaiter.cli.office import kept_store, moment, officer
from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange.document import check_follows, read_chain, write_chain
from landwaiter.exchange.home import KeyFolder, free, write_whole
from landwaiter.exchange.register import REVOKE, TRUST, peer_named, peers, received
from landwaiter.exchange.words import qr_of, same_words, words_of
from landwaiter.settings import PASSPHRASE_FILE

LARGEST_DOCUMENT = 2**20

key = App(name="key", help=COMMANDS["key"])


@key.command
def new(*, name: str, roots: int = 1, threshold: int = 1, by: str | None = None, json_: Json = False) -> int:
    """Make this agency's root and working keys, encrypted under LANDWAITER_PASSPHRASE.

    The files keys/root-N.secret are needed only to revoke and renew working keys and to replace root keys: keep them
    elsewhere, each with another officer.

    Args:
        name: what the agency calls itself, such as TW-A.
        roots: how many root keys.
        threshold: how many of them must sign new keys.
        by: the officer who acts; LANDWAITER_OFFICER or the machine's user if not given.
        json_: print a JSON object with name and fingerprint.
    """
    folder = _with_passphrase(key_folder())
    now = moment()
    chain = folder.make(name, roots=roots, threshold=threshold, chance=CHANCE, now=int(now.timestamp()))
    fingerprint = words_of(chain[-1].document.fingerprint)
    with kept_store() as store:
        store.append({"kind": "new key", "by": officer(by), "name": name, "fingerprint": fingerprint}, now)
    say({"name": chain[-1].document.name, "fingerprint": fingerprint}, f"{name}: {fingerprint}", json_)
    return 0


@key.command
def show(*, out: Path | None = None, qr: bool = False, json_: Json = False) -> int:
    """Show this agency's fingerprint and whom it trusts; write the key document for peers.

    Args:
        out: file for the key document. It holds no secret: send it by any way, and the fingerprint by another.
        qr: draw the fingerprint as a QR code too.
        json_: print a JSON object with name, fingerprint, version and peers.
    """
    chain = key_folder().chain()
    document = chain[-1].document
    fingerprint = words_of(document.fingerprint)
    with kept_store() as store:
        known = peers(store)
    if out is not None:
        free(out)
        write_whole(out, write_chain(chain))
    whole = {"name": document.name, "fingerprint": fingerprint, "version": document.version,
             "expires_on": datetime.fromtimestamp(document.expires_at).date().isoformat(),
             "peers": [{"name": one.name, "fingerprint": words_of(one.document.fingerprint),
                        "trusted": not one.revoked_at} for one in known.values()]}  # fmt: skip
    lines = [f"{document.name}: {fingerprint}"]
    lines += [f"{'trusts' if not one.revoked_at else 'trusts no longer'} {one.name}: "
              f"{words_of(one.document.fingerprint)}" for one in known.values()]  # fmt: skip
    say(whole, "\n".join([*lines, *([qr_of(document.fingerprint)] if qr else [])]), json_)
    return 0


@key.command
def trust(
    file: Annotated[Path, Parameter(name="F")], /, *, fingerprint: str, by: str | None = None, json_: Json = False
) -> int:
    """Trust a peer whose fingerprint you heard from them by another way: voice, paper, a diplomatic note.

    Two officers must say so; the first call only proposes.

    Args:
        file: the peer's key document.
        fingerprint: the ten words that the peer told you, not those that came with the file.
        by: the officer who acts; the same call by another officer carries it out.
        json_: print a JSON object: state (proposed or done), name and fingerprint.
    """
    if not file.is_file() or file.stat().st_size > LARGEST_DOCUMENT:
        raise InputError(
            str(file), "is no file of key documents", "the peer's `landwaiter key show --out F` writes one"
        )
    chain = read_chain(file.read_bytes(), str(file))
    document = chain[-1].document
    same_words(fingerprint, document.fingerprint)
    now = moment()
    if document.expires_at <= int(now.timestamp()):
        raise RefusedError(str(file), "holds a key document that has expired", "ask its owner for a new one")
    with kept_store() as store:
        known = peers(store).get(document.name)
        if known is not None and not known.revoked_at:
            check_follows(known.chain, chain, document.name)
        fact = {"peer": document.name, "fingerprint": words_of(document.fingerprint)}

        def write(change: Change) -> None:
            change.body |= {**fact, "chain": write_chain(chain).decode()}

        state = act(store, TRUST, {**fact, "version": document.version}, by=officer(by), now=now, then=write)
    told = "is trusted" if state == "done" else "is proposed: the same call by another officer carries it out"
    say({"state": state, "name": document.name, "fingerprint": fact["fingerprint"]}, f"{document.name} {told}", json_)
    return 0


@key.command
def revoke(
    name: Annotated[str, Parameter(name="NAME")], /, *, since: datetime | None = None, by: str | None = None,
    json_: Json = False,
) -> int:  # fmt: skip
    """End the trust in a peer, or replace this agency's own working keys where NAME is its own.

    Own keys: the fresh ones are signed by the root keys and travel in every package; peers refuse what the old ones
    sign. A peer: nothing of theirs opens any more, and what they signed since then is named.

    Args:
        name: the peer, or this agency.
        since: from when on the keys were not theirs alone any more, ISO 8601; now if not given.
        by: the officer who acts; the same call by another officer carries it out.
        json_: print a JSON object: state (proposed or done), and the cases that are in doubt.
    """
    now = moment()
    at = int((since or now).timestamp())
    folder = key_folder()
    is_own = (folder.folder / "keys.json").exists() and folder.chain()[-1].document.name == name
    with kept_store() as store:
        if not is_own:
            peer_named(store, name)
        doubtful = [one.text("case") or one.text("jti") for one in received(store)
                    if one.text("from") == name and one.number("iat") >= at]  # fmt: skip

        def write(change: Change) -> None:
            if is_own:
                folder.renew(revoked_at=at, chance=CHANCE, now=int(now.timestamp()))
            change.body |= {"peer": name, "revoked_at": at, "own": is_own}

        payload = {"name": name, "since": since.isoformat() if since else ""}
        state = act(store, REVOKE, payload, by=officer(by), now=now, then=write)
    told = "done" if state == "done" else "proposed: the same call by another officer carries it out"
    doubts = f"; in doubt: {', '.join(doubtful)}" if doubtful else ""
    say({"state": state, "name": name, "in_doubt": doubtful}, f"{name}: {told}{doubts}", json_)
    return 0


@key.command
def rotate(*, roots: int = 1, threshold: int = 1, by: str | None = None, json_: Json = False) -> int:
    """Replace this agency's root keys; the old ones sign the new, so that partners follow by themselves.

    Needs as many of the old root keys here as must sign. Working keys stay as they are. The fingerprint becomes another
    one: tell it to partners who are still to come. The old files keys/root-*.secret are deleted here; destroy every
    copy elsewhere.

    Args:
        roots: how many root keys from now on.
        threshold: how many of them must sign.
        by: the officer who acts; the same call by another officer carries it out.
        json_: print a JSON object: state (proposed or done), name and fingerprint.
    """
    if not 1 <= threshold <= roots:
        raise InputError("--threshold", f"must be between 1 and the {roots} root keys")
    folder, now = key_folder(), moment()
    name = folder.chain()[-1].document.name

    def write(change: Change) -> None:
        chain = folder.rotate(roots=roots, threshold=threshold, chance=CHANCE, now=int(now.timestamp()))
        change.body |= {"name": name, "fingerprint": words_of(chain[-1].document.fingerprint)}

    with kept_store() as store:
        payload = {"name": name, "roots": roots, "threshold": threshold}
        state = act(store, "rotate root keys", payload, by=officer(by), now=now, then=write)
    fingerprint = words_of(folder.chain()[-1].document.fingerprint)
    told = fingerprint if state == "done" else "proposed: the same call by another officer carries it out"
    say({"state": state, "name": name, "fingerprint": fingerprint}, f"{name}: {told}", json_)
    return 0


def _with_passphrase(folder: KeyFolder) -> KeyFolder:
    """The folder itself, or one whose passphrase was made just now because nobody gave one."""
    if folder.passphrase:
        return folder
    made = words_of(CHANCE(20).hex())
    path = folder.home / PASSPHRASE_FILE
    folder.home.mkdir(parents=True, exist_ok=True)
    write_whole(path, made.encode())
    sys.stderr.write(f"no LANDWAITER_PASSPHRASE was given: one was made and lies in {path}; whoever reads that "
                     "file can open the keys, so move it away and give it by LANDWAITER_PASSPHRASE_FILE\n")  # fmt: skip
    return KeyFolder(folder.home, made)
