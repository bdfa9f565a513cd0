"""Which of our keys does a peer know too, without a list being shown? Private set intersection, in three steps.

The peer blinds its keys once with a secret (setup), we blind ours (request), the peer blinds these again (answer), and
only we can compare. The peer learns how many keys were asked, padded to a power of two; we learn what is in both.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange.keys import Chance

try:
    import private_set_intersection.python as psi
    from google.protobuf.message import DecodeError
except ImportError:  # an extra: `pip install landwaiter[private]`
    psi = None

# A key that more of our names share says little and would lead to many false candidates.
MOST_NAMES_OF_A_KEY = 200
# How likely any false hit is in a question of so many keys; a longer one has them as much more often as it is longer.
FALSE_HITS, KEYS_ASKED = 1e-6, 2**17
FEWEST_KEYS = 256


@dataclass(frozen=True)
class Blinded:
    """A message, and the secret with which its maker goes on."""

    message: bytes
    secret: bytes
    keys: tuple[str, ...]


def setup(keys: Sequence[Sequence[str]], chance: Chance) -> Blinded:
    """The peer's keys, blinded; keys of too many names are left out, and the number is padded."""
    _needed()
    counts = Counter(key for of_name in keys for key in set(of_name))
    telling = padded(sorted(key for key, count in counts.items() if count <= MOST_NAMES_OF_A_KEY), chance)
    server = psi.server.CreateWithNewKey(True)
    message = server.CreateSetupMessage(FALSE_HITS, KEYS_ASKED, list(telling), psi.DataStructure.GCS)
    return Blinded(message.SerializeToString(), server.GetPrivateKeyBytes(), telling)


def request(keys: Sequence[str], chance: Chance) -> Blinded:
    """Our keys, blinded and padded."""
    _needed()
    asked = padded(sorted(set(keys)), chance)
    client = psi.client.CreateWithNewKey(True)
    return Blinded(client.CreateRequest(list(asked)).SerializeToString(), client.GetPrivateKeyBytes(), asked)


def answer(message: bytes, secret: bytes, most_asked: int) -> bytes:
    """A peer's request, blinded again; RefusedError where it asks for more than it says or is none."""
    _needed()
    asked = _parsed(psi.Request(), message)
    if len(asked.encrypted_elements) > most_asked or not asked.reveal_intersection:
        raise RefusedError("a question", f"asks for {len(asked.encrypted_elements):,} keys, and says {most_asked:,}")
    try:
        found: bytes = psi.server.CreateFromKey(secret, True).ProcessRequest(asked).SerializeToString()
    except RuntimeError as error:
        raise RefusedError("a question", f"cannot be answered: {error}") from None
    return found


def shared(setup_message: bytes, answer_message: bytes, asked: Blinded) -> list[str]:
    """Which of the keys that were asked the peer knows."""
    _needed()
    client = psi.client.CreateFromKey(asked.secret, True)
    try:
        places = client.GetIntersection(
            _parsed(psi.ServerSetup(), setup_message), _parsed(psi.Response(), answer_message)
        )
    except RuntimeError as error:
        raise RefusedError("an answer", f"cannot be read: {error}") from None
    return sorted(asked.keys[place] for place in places if place < len(asked.keys))


def padded(keys: Sequence[str], chance: Chance) -> tuple[str, ...]:
    """Keys with others of nothing, up to a power of two."""
    size = max(FEWEST_KEYS, 1 << max(0, len(keys) - 1).bit_length())
    return (*keys, *(f"nothing:{chance(16).hex()}" for _ in range(size - len(keys))))


def _parsed(message: "psi.Request", data: bytes) -> "psi.Request":
    try:
        message.ParseFromString(data)
    except DecodeError:
        raise RefusedError("a private query", "holds no message of one") from None
    return message


def _needed() -> None:
    if psi is None:
        raise InputError("landwaiter ask", "needs the extra `private`", "pip install 'landwaiter[private]'")
