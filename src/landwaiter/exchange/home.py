"""Where do an agency's own keys lie? In the folder `keys` of its installation, each file under the passphrase.

A change writes the new secrets first and then, in one rename, the chain that names them: a kill at any moment leaves
the old keys or the new ones.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange.document import (
    KeyDocument,
    Signed,
    first_document,
    next_document,
    read_chain,
    signed_by,
    write_chain,
)
from landwaiter.exchange.dossier import Agency
from landwaiter.exchange.keys import Chance, Secrets, lock, new_secrets, public_of, unlock

CHAIN = "keys.json"


@dataclass(frozen=True)
class KeyFolder:
    """The keys of one installation, and what opens them."""

    home: Path
    passphrase: str

    @property
    def folder(self) -> Path:
        """The folder of the key files."""
        return self.home / "keys"

    def make(self, name: str, *, roots: int, threshold: int, chance: Chance, now: int) -> Sequence[Signed]:
        """Fresh keys and their first document; RefusedError where there are keys already."""
        if (self.folder / CHAIN).exists():
            raise RefusedError(str(self.folder), "holds keys already", "`landwaiter key revoke` replaces them")
        if not name.strip() or not name.isprintable() or len(name) > 100:
            raise InputError("--name", "is no name", "give a short one, such as TW-A")
        seeds = [chance(32) for _ in range(roots)]
        held = new_secrets(chance)
        document = first_document(name.strip(), seeds, held, threshold=threshold, now=now)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for place, seed in enumerate(seeds):
            self._write(f"root-{place + 1}.secret", lock({"seed": seed.hex()}, self.passphrase, chance))
        return self._keep([document], held, chance)

    def chain(self) -> list[Signed]:
        """Our own key documents, which need no passphrase."""
        path = self.folder / CHAIN
        if not path.exists():
            raise InputError(str(self.folder), "holds no keys yet", "`landwaiter key new --name NAME` makes them")
        return read_chain(path.read_bytes(), str(path))

    def agency(self) -> Agency:
        """Our working keys, opened with the passphrase."""
        chain = self.chain()
        path = self.folder / f"working-{chain[-1].document.version}.secret"
        said = unlock(path.read_bytes(), self.passphrase, str(path))
        held = Secrets(*(bytes.fromhex(said[name]) for name in ("signing", "encryption", "log")))
        return Agency(held, chain)

    def renew(self, *, revoked_at: int, chance: Chance, now: int) -> list[Signed]:
        """Fresh working keys; all before are revoked from a time, signed by the root keys that are here."""
        chain = self.chain()
        seeds = list(self._roots(chain[-1].document).values())
        held = new_secrets(chance)
        document = next_document(chain[-1].document, now=now, working=held, revoked_at=revoked_at)
        return self._keep([*chain, signed_by(document, seeds)], held, chance)

    def rotate(self, *, roots: int, threshold: int, chance: Chance, now: int) -> list[Signed]:
        """Fresh root keys in place of the old, which sign them and are then destroyed here; working keys stay."""
        chain, held = self.chain(), self.agency().working
        old = self._roots(chain[-1].document)
        seeds = [chance(32) for _ in range(roots)]
        document = next_document(chain[-1].document, now=now, roots=seeds, threshold=threshold)
        for place, seed in enumerate(seeds):
            name = f"root-{document.version}-{place + 1}.secret"
            self._write(name, lock({"seed": seed.hex()}, self.passphrase, chance))
        chain = self._keep([*chain, signed_by(document, [*old.values(), *seeds])], held, chance)
        for path in old:
            path.unlink()
        return chain

    def _roots(self, document: KeyDocument) -> dict[Path, bytes]:
        """The root keys that lie here and that a document names, by their files; too few are refused."""
        found = {}
        for path in sorted(self.folder.glob("root-*.secret")):
            seed = bytes.fromhex(unlock(path.read_bytes(), self.passphrase, str(path))["seed"])
            if public_of(seed) in document.roots:
                found[path] = seed
        if len(found) < document.threshold:
            what = f"holds {len(found)} of the {document.threshold} root keys that must sign"
            raise RefusedError(str(self.folder), what, "bring back the files root-*.secret for this act")
        return found

    def _keep(self, chain: list[Signed], held: Secrets, chance: Chance) -> list[Signed]:
        secret = {"signing": held.signing.hex(), "encryption": held.encryption.hex(), "log": held.log.hex()}
        self._write(f"working-{chain[-1].document.version}.secret", lock(secret, self.passphrase, chance))
        self._write(CHAIN, write_chain(chain))
        return chain

    def _write(self, name: str, data: bytes) -> None:
        write_whole(self.folder / name, data)


def free(path: Path) -> None:
    """Raise InputError where a file would be replaced."""
    if path.exists():
        raise InputError(str(path), "is there already", "name another file")


def write_whole(path: Path, data: bytes) -> None:
    """A file that is there whole or not at all, readable for its owner alone."""
    write_aside(path, data)
    aside(path).replace(path)


def aside(path: Path) -> Path:
    """Where a file lies until it may have its name."""
    return path.with_name(f".{path.name}.part")


def write_aside(path: Path, data: bytes) -> None:
    """The bytes of a file on the disk, not yet under its name."""
    part = aside(path)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
