from __future__ import annotations

import pytest
import torch

from trainer.training.batches import Batches
from trainer.training.device_images import DeviceImages

CPU = torch.device("cpu")


def _resident(count: int = 23, train_count: int = 20, dtype: torch.dtype = torch.uint8) -> DeviceImages:
    """Images whose every pixel is their row's number."""
    rows = torch.arange(count, dtype=dtype)[:, None].expand(count, 6).contiguous()
    return DeviceImages(rows, (1, 2, 3), train_count)


def _epoch(batches: Batches) -> list[torch.Tensor]:
    epoch, parts = batches.epoch, []
    while batches.epoch == epoch:
        parts.append(batches.next())
    return parts


def test_every_training_row_once_an_epoch_in_an_order_of_its_own():
    batches = Batches(_resident(dtype=torch.float32), 8, seed=3)
    orders = []
    for _ in range(3):
        parts = _epoch(batches)
        assert [len(part) for part in parts] == [8, 8, 4]
        assert all(part.shape[1:] == (1, 2, 3) for part in parts)
        orders.append(torch.cat(parts)[:, 0, 0, 0].tolist())
    assert all(sorted(order) == list(range(20)) for order in orders)
    assert orders[0] != orders[1] != orders[2] != orders[0]


def test_the_order_follows_from_the_seed():
    def order(seed: int) -> list[float]:
        return torch.cat(_epoch(Batches(_resident(), 8, seed)))[:, 0, 0, 0].tolist()

    assert order(3) == order(3)
    assert order(3) != order(4)


def test_the_order_does_not_depend_on_the_batch_size():
    small, large = Batches(_resident(), 3, 0), Batches(_resident(), 20, 0)
    assert torch.cat(_epoch(small)).equal(torch.cat(_epoch(large)))


def test_pixels_are_scaled_to_one():
    resident = DeviceImages(torch.tensor([[0, 51, 255]], dtype=torch.uint8), (1, 1, 3), 1)
    images = resident.pixels(torch.tensor([0]))
    assert images.dtype == torch.float32
    assert images.flatten().tolist() == [0.0, pytest.approx(0.2), 1.0]
    assert resident.first(1).equal(images)


def test_a_batch_is_not_larger_than_the_data():
    assert Batches(_resident(), 64, 0).size == 20


def test_moving_to_a_place_continues_from_there():
    first, second = Batches(_resident(), 8, 1), Batches(_resident(), 8, 1)
    for _ in range(4):
        first.next()
    second.move_to(first.epoch, first.position)
    assert first.next().equal(second.next())


@pytest.mark.parametrize(("epoch", "position"), [(-1, 0), (0, -1), (0, 20)])
def test_there_is_no_place_outside_an_epoch(epoch, position):
    with pytest.raises(ValueError, match="no position"):
        Batches(_resident(), 8, 1).move_to(epoch, position)
