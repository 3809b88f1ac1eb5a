import pytest

from bench import report


def test_a_machine_that_slows_down_during_the_run_does_not_change_the_ratio() -> None:
    template, page = [400.0, 200.0, 40.0], [200.0, 100.0, 20.0]
    assert report.ratio(page, template) == 0.5


def test_one_disturbed_round_does_not_decide() -> None:
    assert report.ratio([3.0, 60.0, 3.0], [10.0, 10.0, 10.0]) == pytest.approx(0.3)


def test_a_round_that_one_of_the_two_missed_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="longer"):
        report.ratio([1.0], [1.0, 1.0])


def test_a_promise_met_exactly_is_reached() -> None:
    assert report.at_most(1.2, 1.2).endswith("reached")
    assert report.at_least(0.6, 0.6).endswith("reached")
    assert report.at_most(1.21, 1.2).endswith("missed")
    assert report.at_least(0.59, 0.6).endswith("missed")


def test_what_must_never_be_ends_the_command_with_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(report, "_FAILURES", [])
    assert not report.has_failed()
    report.failed("a table read whole")
    assert report.has_failed()
    assert "*** FAILED: a table read whole" in capsys.readouterr().out
