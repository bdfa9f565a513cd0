"""Why is a package refused? Each reason has a word of its own, so that a partner can be told which."""

from landwaiter.errors import LandwaiterError, RefusedError

REASONS = {
    "tampered": "it is not what its sender signed",
    "truncated": "its end is missing",
    "not for us": "it was not encrypted for any key of this installation",
    "forwarded": "it was addressed to somebody else, and only wrapped again for us",
    "wrong audience": "it names as its reader a key that is not ours",
    "unknown sender": "no trusted key signed it",
    "revoked key": "the key that signed it has been revoked",
    "replayed": "it was opened here before",
    "out of order": "its number in the sequence of this sender is not a new one",
    "expired": "its time is over",
    "not yet valid": "its time has not begun",
    "unmarked": "it carries no handling mark, or a statement without one",
    "oversized": "it is larger than a package may be",
    "bomb": "it unpacks to far more than it weighs",
    "traversal": "a member names a path",
    "symlink": "a member is a link",
    "entity expansion": "a document in it defines entities",
    "nested archive": "a document in it is an archive",
    "malformed": "it is not built as a package is",
}
HINTS = {
    "replayed": "ask the sender for a new one if this was not you",
    "expired": "ask the sender for a new one",
    "unknown sender": "compare fingerprints, then `landwaiter key trust`",
    "nested archive": "ask the sender for the documents themselves",
}


def refusal(reason: str, where: str, detail: str = "") -> RefusedError:
    """The error that refuses a package; its sentence begins with the reason's word."""
    sentence = f"{reason}: {REASONS[reason]}" + (f": {detail}" if detail else "")
    return RefusedError(where, sentence, HINTS.get(reason, "nothing of it was kept"))


def reason_of(error: LandwaiterError) -> str:
    """The word of the reason of a refusal, or an empty text where it is no package that was refused."""
    word = error.what.split(":")[0]
    return word if word in REASONS else ""
