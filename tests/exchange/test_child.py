"""Does the child process answer for every failure, and never with half a package?"""

from dataclasses import asdict

from exchange.agencies import NOW, TW, UA, sealed
from landwaiter.exchange.child import answer
from landwaiter.exchange.container import Limits
from landwaiter.exchange.document import write_chain


def job(path, **also):
    chains = [write_chain(one.chain).decode() for one in (UA, TW)]
    return {"path": str(path), "identity": UA.working.identity, "readers": UA.document.active("encryption"),
            "chains": chains, "now": NOW + 60, "limits": asdict(Limits()), **also}  # fmt: skip


def test_each_outcome_is_an_answer(tmp_path):
    path = tmp_path / "x.dossier"
    path.write_bytes(sealed().data)
    head, blobs = answer(job(path), Limits())
    assert head["opened"]["sender"] == "TW-A" and len(blobs) == 1
    path.write_bytes(b"other")
    assert answer(job(path), Limits())[0]["refused"][1].startswith("tampered")
    assert "cannot be read" in answer(job(tmp_path / "none"), Limits())[0]["error"][1]
    assert answer(job(path, chains=["[]"]), Limits())[0]["error"]
