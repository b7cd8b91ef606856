"""Parts of a data set, and the rows of one that are measured."""

import pytest

from tests.trainer.measures.subjects import image_data
from trainer.data.images import DataError
from trainer.data.parts import measured_rows, rows, usual_part


def test_parts_by_name() -> None:
    data = image_data(10, train=6)
    assert [rows(which, data) for which in ("all", "train", "held-out")] == [range(10), range(6), range(6, 10)]
    with pytest.raises(DataError, match="held out"):
        rows("held-out", image_data(10, train=10))


def test_held_out_images_are_measured_or_where_there_are_none_all() -> None:
    assert usual_part(image_data(10, train=6)) == "held-out"
    assert usual_part(image_data(10, train=10)) == "train"


def test_so_many_of_a_part_are_a_seeded_choice() -> None:
    data = image_data(100, train=60)
    assert measured_rows(data, "held-out", None, 0).tolist() == list(range(60, 100))
    assert measured_rows(data, "train", 1000, 0).tolist() == list(range(60))
    some = measured_rows(data, "held-out", 5, 3)
    assert len(set(some.tolist())) == 5
    assert (some >= 60).all()
    assert sorted(some) == some.tolist() == measured_rows(data, "held-out", 5, 3).tolist()
    assert some.tolist() != measured_rows(data, "held-out", 5, 4).tolist()
