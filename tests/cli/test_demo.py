"""Does the first thing a newcomer runs give a report, twice?"""

from landwaiter.cli.demo import demo


def test_the_demo_writes_a_world_and_a_report_and_can_be_run_again(tmp_path, capsys):
    for _ in range(2):
        assert demo(tmp_path / "demo", rows=3000) == 0
        told = capsys.readouterr().out
        assert str(tmp_path / "demo" / "result" / "report.html") in told
        assert "shipments.csv: 3000 rows = 3000 loaded + 0 rejected" in told
    assert (tmp_path / "demo" / "result" / "report.html").stat().st_size > 10_000
    assert (tmp_path / "demo" / "world" / "truth.csv").exists()
