"""Do the outlines hold the countries, where they are, and fit their neighbours?"""

from landwaiter.ref.facts import HERE
from landwaiter.ref.outlines import country_name, outlines, places


def _inside(lon: float, lat: float, ring: list[tuple[int, int]]) -> bool:
    """Whether a point in degrees lies within a ring, by counting the sides that a ray to the east crosses."""
    x, y = lon * 10, lat * 10
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def test_every_ring_is_an_area_on_the_globe() -> None:
    for country, rings in outlines().items():
        for ring in rings:
            assert len(ring) >= 3, country
            assert all(-1800 <= lon <= 1800 and -600 <= lat <= 900 for lon, lat in ring), country


def test_every_place_lies_in_its_outline_or_near_it() -> None:
    outside = [
        code
        for code, place in places().items()
        if code in outlines() and not any(_inside(place.lon, place.lat, ring) for ring in outlines()[code])
    ]
    # Norway's, Denmark's ... points lie on islands or coasts that the small scale has cut off.
    assert set(outside) <= {"AU", "CL", "ID", "DK", "FJ"}


def test_hubs_that_have_no_outline_have_a_place() -> None:
    for hub in ("HK", "SG", "MO", "MT", "BH"):
        assert hub not in outlines()
        assert hub in places()


def test_known_points() -> None:
    assert any(_inside(121.0, 23.8, ring) for ring in outlines()["TW"])
    assert any(_inside(34.1, 45.2, ring) for ring in outlines()["UA"])
    assert not any(_inside(34.1, 45.2, ring) for ring in outlines()["RU"])


def test_neighbours_share_their_border_to_the_point() -> None:
    for one, other in (("FR", "DE"), ("KZ", "RU"), ("CN", "KG")):
        assert len({p for r in outlines()[one] for p in r} & {p for r in outlines()[other] for p in r}) >= 4


def test_names_and_unknown_codes() -> None:
    assert country_name("TR") == "Türkiye"
    assert country_name("QQ") == "QQ"
    assert country_name(None) == "country not stated"


def test_the_table_stays_small() -> None:
    assert (HERE / "outlines.csv").stat().st_size < 60_000
