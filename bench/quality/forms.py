"""Do the programs of others read what we write: FollowTheMoney, STIX 2.1 and MISP? All leads of a made world.

    python bench/quality/forms.py [--run FOLDER] [--ftm PROGRAM]

Without --run the world of `landwaiter demo` is made. `ftm validate` leaves out in silence what it does not understand,
so each value is asked for again. What is not installed is named and not measured: stix2 and pymisp are the extra
`export`; --ftm, or LANDWAITER_TEST_FTM, is the program `ftm` of followthemoney (268 MB), installed anywhere.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib import import_module
from pathlib import Path

from landwaiter.cases.entities import entities_of
from landwaiter.cases.misp import event_of
from landwaiter.cases.opening import rows_about
from landwaiter.cases.stix import bundle_of
from landwaiter.cli.main import main as landwaiter

SAID = {"title": "Leads", "as_of": date(2024, 1, 1), "tlp": "amber"}


def main() -> int:
    """Print what each program makes of it; exit status 1 where one refuses or loses something."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--run", type=Path)
    options.add_argument("--ftm", default=os.environ.get("LANDWAITER_TEST_FTM") or shutil.which("ftm"))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = chosen.run or made_run(Path(folder))
        entities = entities_of(rows_about(run, None))
        print(f"{len(entities):,} entities of {run.name}")
        wrong = stix(entities) + misp(entities)
        if chosen.ftm is None:
            print("ftm validate: not measured: followthemoney is not installed; --ftm names its program")
        else:
            wrong += ftm(entities, Path(folder), chosen.ftm)
    return 1 if wrong else 0


def made_run(folder: Path) -> Path:
    """The result of `landwaiter demo`."""
    command = [sys.executable, "-m", landwaiter.__module__, "demo", str(folder / "demo")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "demo" / "result"


def stix(entities) -> int:
    """Strict parse of the whole bundle; every reference must be to an object in it."""
    library = peer("stix2")
    if library is None:
        return 0
    begun = time.process_time()
    bundle = library.parse(json.dumps(bundle_of(entities, **SAID)), allow_custom=False)
    seconds = time.process_time() - begun
    ids = {one["id"] for one in bundle.objects}
    ends = [
        one[name] for one in bundle.objects for name in ("source_ref", "target_ref", "created_by_ref") if name in one
    ]
    ends += [end for one in bundle.objects for end in one.get("object_refs", [])]
    lost = sum(end not in ids for end in ends)
    print(f"stix2 {library.__version__}, strict: {len(ids):,} objects and {len(ends):,} references, {lost} of these "
          f"lead nowhere; {len(ids) / seconds:,.0f} objects/s")  # fmt: skip
    return lost


def misp(entities) -> int:
    """The event as MISP's own library reads it, each object held against its published template."""
    library = peer("pymisp")
    if library is None:
        return 0
    event = library.MISPEvent()
    begun = time.process_time()
    event.load(json.dumps(event_of(entities, **SAID)))
    seconds = time.process_time() - begun
    faults = 0
    for one in {one.name: one for one in event.objects}.values():
        strict = library.MISPObject(one.name, strict=True)
        faults += (strict.template_uuid, str(strict.template_version)) != (one.template_uuid, str(one.template_version))
        for attribute in one.attributes:
            strict.add_attribute(attribute.object_relation, attribute.value)
    kinds = len({one.name for one in event.objects})
    print(f"pymisp {library.__version__}: {len(event.objects):,} objects of {kinds} templates and "
          f"{len(event.attributes):,} comments in {seconds:.1f} s, {faults} templates are not its own")  # fmt: skip
    return faults


def ftm(entities, folder: Path, program: str) -> int:
    """`ftm validate`, and every property of every entity asked for again."""
    lines = [json.dumps({"id": one.id, "schema": one.schema, "properties": one.properties}) for one in entities]
    (folder / "in.json").write_text("".join(f"{line}\n" for line in lines))
    command = [program, "validate", "-i", str(folder / "in.json"), "-o", str(folder / "out.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    read = {one["id"]: one["properties"] for one in map(json.loads, (folder / "out.json").read_text().splitlines())}
    lost = [one.id for one in entities
            if {name: sorted(values) for name, values in read.get(one.id, {}).items()}
            != {name: sorted(values) for name, values in one.properties.items()}]  # fmt: skip
    print(f"ftm validate: exit status {done.returncode}, {len(read):,} of {len(entities):,} entities come back, "
          f"{len(lost)} otherwise")  # fmt: skip
    for ident in lost[:5]:
        print(f"    otherwise: {ident}: {read.get(ident)}")
    return len(lost) + bool(done.returncode)


def peer(name: str):
    """A library of others, or None with a line that says so."""
    try:
        return import_module(name)
    except ImportError:
        print(f"{name}: not measured: the extra `export` is not installed")
        return None


if __name__ == "__main__":
    sys.exit(main())
