"""Does the age of other hands open the outer layer of our packages, and do we read what it encrypts?"""

import shutil
import subprocess

import pytest

from exchange.agencies import PL, SCAN, UA, opened, sealed
from landwaiter.exchange.container import Limits, unpack
from landwaiter.exchange.keys import sha256

AGE = shutil.which("age") or ""
pytestmark = pytest.mark.skipif(not AGE, reason="the program age is not installed (apt-get install age)")


def age(*arguments, data):
    return subprocess.run([AGE, *arguments], input=data, capture_output=True, timeout=30, check=False)


@pytest.fixture
def identity(tmp_path):
    """The file of an agency's secret key, as age reads it."""

    def write(agency):
        path = tmp_path / "identity"
        path.write_text(agency.working.identity + "\n")
        return str(path)

    return write


def test_age_opens_our_package(identity):
    ended = age("--decrypt", "--identity", identity(UA), data=sealed().data)
    assert ended.returncode == 0, ended.stderr
    assert unpack(ended.stdout, Limits(), "F")[f"blobs/{sha256(SCAN)}"] == SCAN


def test_age_of_another_reader_does_not(identity):
    ended = age("--decrypt", "--identity", identity(PL), data=sealed().data)
    assert ended.returncode != 0 and ended.stdout == b""


def test_we_open_what_age_encrypted_again(identity, tmp_path):
    plain = age("--decrypt", "--identity", identity(UA), data=sealed().data).stdout
    ended = age("--encrypt", "--recipient", UA.working.recipient, data=plain)
    assert ended.returncode == 0, ended.stderr
    assert len(opened(ended.stdout, tmp_path).statements) == 3
