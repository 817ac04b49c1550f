"""Links that sign in once."""

from pathlib import Path

from wellkept.desk.links import FOLDER, end_links, make_link, use_link


def test_a_link_serves_once(tmp_path: Path) -> None:
    token = make_link(tmp_path, 7)
    assert use_link(tmp_path, token) == 7
    assert use_link(tmp_path, token) is None


def test_a_guess_opens_nothing(tmp_path: Path) -> None:
    make_link(tmp_path, 7)
    assert use_link(tmp_path, "../../etc/passwd") is None


def test_the_folder_does_not_hold_what_the_link_says(tmp_path: Path) -> None:
    token = make_link(tmp_path, 7)
    kept = [file.name for file in (tmp_path / FOLDER).iterdir()]
    assert token not in kept and len(kept) == 1
    assert (tmp_path / FOLDER).stat().st_mode & 0o077 == 0


def test_links_can_be_ended_unused(tmp_path: Path) -> None:
    token = make_link(tmp_path, 7)
    end_links(tmp_path)
    assert use_link(tmp_path, token) is None
