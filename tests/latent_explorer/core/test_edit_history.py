"""Rules of merging and forgetting."""

from __future__ import annotations

from latent_explorer.core.edit_history import FOLLOWS, MOST, EditHistory


def _title(before: object, after: object) -> str:
    return f"{before} → {after}"


def test_changes_of_a_kind_merge_until_closed() -> None:
    history = EditHistory()
    for value in (1, 2, 3):
        history.record("beta", "beta", value - 1, value, _title)
    assert len(history) == 1
    assert history.undo_title == "0 → 3"
    history.close()
    history.record("beta", "beta", 3, 4, _title)
    assert len(history) == 2
    assert history.undo() == {"beta": 3}
    assert history.undo() == {"beta": 0}
    assert history.undo() == {}
    assert history.redo() == {"beta": 3}
    assert history.redo_title == "3 → 4"


def test_another_kind_closes_and_what_was_undone_is_forgotten() -> None:
    history = EditHistory()
    history.record("a", "a", 0, 1, _title)
    history.record("b", "b", 5, 6, _title)
    history.record("a", "a", 1, 2, _title)
    assert len(history) == 3
    history.undo()
    history.undo()
    history.record("c", "c", 0, 9, _title)
    assert history.redo() == {}
    assert len(history) == 2


def test_what_ends_where_it_began_is_no_entry() -> None:
    history = EditHistory()
    history.record("a", "a", 0, 1, _title)
    history.record("a", "a", 1, 0, _title)
    history.close()
    assert history.undo_title == ""


def test_what_comes_along_belongs_to_the_entry_and_does_not_name_it() -> None:
    history = EditHistory()
    history.record("cursor", "cursor", 0, 1, _title)
    history.record("cursor", "picked", None, 7, _title)
    assert history.undo_title == "0 → 1"
    assert history.undo() == {"cursor": 0, "picked": None}


def test_what_follows_is_not_redone_and_makes_no_entry_by_itself() -> None:
    history = EditHistory()
    history.record("a", "a", 0, 1, _title)
    history.record("a", "b", 5, FOLLOWS, _title)
    assert history.undo() == {"a": 0, "b": 5}
    assert history.redo() == {"a": 1}
    for before, after in ((1, 2), (2, 1)):
        history.record("a", "a", before, after, _title)
        history.record("a", "b", before, FOLLOWS, _title)
    history.close()
    assert len(history) == 1


def test_at_most_so_many_entries() -> None:
    history = EditHistory()
    for number in range(MOST + 30):
        history.record("a", "a", number, number + 1, _title)
        history.close()
    assert len(history) == MOST
    for _ in range(MOST):
        assert history.undo()
    assert not history.undo()


def test_forgetting_keeps_the_place_between_the_entries_that_stay() -> None:
    history = EditHistory()
    for number, aspect in enumerate(("a", "b", "a", "b")):
        history.record(aspect, aspect, number, number + 1, _title)
    history.undo()
    history.forget(lambda aspect: aspect == "b")
    assert len(history) == 2
    assert history.undo_title == "1 → 2"
    assert history.redo_title == "3 → 4"
