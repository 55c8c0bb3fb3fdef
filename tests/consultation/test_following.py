"""What is done beside the site, one thing after another."""

from consultation.actions import following


def test_a_job_that_fails_keeps_no_other_from_its_turn(monkeypatch, caplog):
    done = []

    def fails():
        raise ValueError("what a respondent wrote")

    monkeypatch.setattr(following, "JOBS", (fails, lambda: done.append(1)))
    following.follow()
    assert done == [1]
    assert "job=fails kind=ValueError" in caplog.text
    assert "respondent" not in caplog.text
