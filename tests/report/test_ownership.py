"""Does the picture show the owners down from whoever could be listed, with the proof marked and the rules in words?"""

from datetime import date
from pathlib import Path

import pytest

from landwaiter.flow import Inputs, run
from landwaiter.record import Options
from landwaiter.report.casebook import gather
from landwaiter.report.ownership_graph import ownership_graph
from landwaiter.report.ownership_picture import ownership_picture
from landwaiter.report.record import read_record
from landwaiter.report.shelf import Shelf

SHIPMENTS = """shipment_id,declared_on,reporter,flow,exporter_name,exporter_country,consignee_name,consignee_country,\
dispatch_country,destination_country,hs_code,quantity,quantity_unit,value_usd
1,2024-06-01,TW,export,Island Chips Ltd,TW,Nova Elektronik Ticaret,TR,TW,TR,854231,2598,C62,51960
2,2024-06-20,TR,export,Nova Elektronik Ticaret,TR,Alpine Radio,GE,TR,GE,854231,2598,C62,77940
"""
OWNERSHIP = """owner_id,owner_name,owned_id,owned_name,share_min,share_max
p,Ivan Ivanovich Primerov,h,Quay <Holding> BV,51,51
h,Quay <Holding> BV,n,Nova Elektronik Ticaret,60,60
x,Olga Muster,n,Nova Elektronik Ticaret,10,10
n,Nova Elektronik Ticaret,h,Quay <Holding> BV,5,5
"""
LIST = """listing_id,name,kind,country,listed_on,reason
l1,Ivan Ivanovich Primerov,person,RU,2023-01-01,made
"""


class Silent:
    def begin(self, step: str) -> None: ...
    def end(self, step: str, rows: int) -> None: ...
    def say(self, line: str) -> None: ...


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    base = tmp_path_factory.mktemp("owned")
    for name, text in (("s.csv", SHIPMENTS), ("o.csv", OWNERSHIP), ("l.csv", LIST)):
        (base / name).write_text(text)
    files = {"declarations": [base / "s.csv"], "ownership": [base / "o.csv"]}
    inputs = Inputs(files=files, lists=base / "l.csv")
    run(inputs, base / "out", Options(as_of=date(2025, 10, 15), threads=1), Silent())
    return base / "out"


def test_the_listed_owner_stands_two_companies_away_with_the_proof_marked(folder: Path):
    casebook = gather(Shelf(folder), read_record(folder).concern())
    lead = next(lead for lead in casebook.leads if lead.title == "Nova Elektronik Ticaret")
    graph = ownership_graph(lead, casebook)
    assert graph is not None
    named = [[graph.names[one] for one in column] for column in graph.columns]
    assert named == [["Ivan Ivanovich Primerov"], ["Quay <Holding> BV"], ["Nova Elektronik Ticaret"]]
    assert {graph.names[one] for one in graph.listed} == {"Ivan Ivanovich Primerov"}
    proved = {(graph.names[a], graph.names[b]): answer for (a, b), answer in graph.holdings.items() if answer == "yes"}
    assert proved == {
        ("Ivan Ivanovich Primerov", "Quay <Holding> BV"): "yes",
        ("Quay <Holding> BV", "Nova Elektronik Ticaret"): "yes",
    }
    page = ownership_picture(graph, lead, casebook)
    assert "could be listed" in page and "on 2025-10-15" in page and "OFAC 50 % rule" in page
    assert "<Holding>" not in page


def test_a_lead_without_owners_has_no_picture(folder: Path):
    casebook = gather(Shelf(folder), read_record(folder).concern())
    casebook.owners.clear()
    assert ownership_graph(casebook.leads[0], casebook) is None
    assert "svg" in (folder / "report.html").read_text(encoding="utf-8")
