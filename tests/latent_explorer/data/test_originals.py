"""Original, decoded and difference in the panes: of the data's own images, and where those are not available."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.latent_explorer.pictures import pixels, same_pictures
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow
from trainer.config import DataConfig
from trainer.data import torchvision_sets
from trainer.data.images import DataError


def columns(program: Program) -> list:
    return [pane.column for pane in program.window.panes]


def shows_all(program: Program) -> bool:
    return all(view.has_picture() for column in columns(program) for view in column.views)


def test_the_original_is_the_nearest_image_and_the_error_is_numpys(qtbot: QtBot, tmp_path: Path) -> None:
    """Of colours: a fifth of the images is held out, which changes the order of rows."""
    images = np.random.default_rng(0).integers(0, 256, (120, 12, 12, 3), dtype=np.uint8)
    np.save(tmp_path / "colours.npy", images)
    with running(qtbot, tmp_path) as program:
        narrow(program)
        load(program, DataConfig(name="array", path=str(tmp_path / "colours.npy")))
        program.drag(0, (0.5, 0.5), (0.6, 0.45))
        program.wait(lambda: shows_all(program))
        for state, column in zip((program.left, program.right), columns(program), strict=True):
            codes = state.codes
            apart = np.linalg.norm(codes.codes - state.code, axis=1)
            row = int(codes.rows[apart.argmin()])
            place = int(program.explorer.data.source_rows[row])
            assert column.original_caption.text() == f"image {place:,}"
            original, decoded = pixels(column.original.image()), pixels(column.decoded.image())
            assert np.array_equal(original, images[place])
            assert same_pictures(decoded, state.picture)
            error = np.mean((decoded / 255.0 - original / 255.0) ** 2)
            assert column.difference_caption.text() == f"MSE {error:.4f}"
            signed = (decoded.astype(int) - original).mean(2)
            shown = pixels(column.difference.image()).astype(int)
            assert (shown[signed > 8][:, 0] > shown[signed > 8][:, 2]).all(), "green where it is brighter"
            assert (shown[signed < -8][:, 2] > shown[signed < -8][:, 0]).all(), "magenta where it is darker"
        # Another place, another image: the pictures stay of one moment.
        before = [column.original_caption.text() for column in columns(program)]
        program.drag(0, (0.6, 0.45), (0.2, 0.8))
        program.wait(lambda: [column.original_caption.text() for column in columns(program)] != before)
        for state, column in zip((program.left, program.right), columns(program), strict=True):
            assert np.array_equal(pixels(column.original.image()), state.nearest.picture)


@pytest.fixture
def bundled(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The bundled pair where no images are available; nothing goes to the network."""

    def refuse(name: str, title: str, loading: object) -> None:
        raise DataError("{what} could not be downloaded.", what=title)

    monkeypatch.setattr(torchvision_sets, "download", refuse)
    with running(qtbot, tmp_path) as program:
        program.wait(lambda: program.explorer.available and program.left.nearest is not None)
        yield program


def test_without_images_the_first_start_says_so_and_offers_them(bundled: Program) -> None:
    for column in columns(bundled):
        assert column.decoded.has_picture()
        assert not column.original.has_picture()
        assert column.original.accessibleDescription() == "The originals come with the images of MNIST."
        assert column.get_data.isVisible()
        assert column.get_data.text() == "Get MNIST (12 MB)"
        assert column.difference_caption.text() == ""


def test_a_download_that_fails_is_said_and_nothing_is_lost(bundled: Program) -> None:
    models = [state.model for state in (bundled.left, bundled.right)]
    bundled.click("get-data")
    bundled.wait(lambda: "could not be downloaded" in bundled.sentences())
    assert [state.model for state in (bundled.left, bundled.right)] == models
    assert all(column.get_data.isVisible() for column in columns(bundled))
    bundled.drag(0, (0.5, 0.5), (0.6, 0.4))
    assert bundled.left.picture is not None


def test_the_button_gets_the_images_and_the_models_stay(
    bundled: Program, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy(name: str, title: str, loading) -> None:
        assert (name, loading.download) == ("mnist", True)
        shutil.copytree(data_folder / "MNIST", loading.folder / "MNIST", dirs_exist_ok=True)

    monkeypatch.setattr(torchvision_sets, "download", copy)
    models = [state.model for state in (bundled.left, bundled.right)]
    codes = [state.codes for state in (bundled.left, bundled.right)]
    cursor = bundled.left.cursor
    bundled.click("get-data")
    bundled.wait(lambda: shows_all(bundled))
    assert [state.model for state in (bundled.left, bundled.right)] == models
    assert all(
        np.array_equal(state.codes.codes, was.codes)
        for state, was in zip((bundled.left, bundled.right), codes, strict=True)
    )
    assert bundled.left.cursor == cursor
    assert not any(column.get_data.isVisible() for column in columns(bundled))
    assert bundled.training.run_state in ("none", "ready")
    # What the data menu lists now is here.
    bundled.wait(lambda: next(one for one in bundled.explorer.available if one.name == "mnist").present)
    data = bundled.explorer.data
    for state, column in zip((bundled.left, bundled.right), columns(bundled), strict=True):
        original = pixels(column.original.image())[:, :, :1]
        assert np.array_equal(original, np.moveaxis(np.asarray(data.images[state.nearest.row]), 0, -1))
        decoded = pixels(column.decoded.image())[:, :, :1]
        error = np.mean((decoded / 255.0 - original / 255.0) ** 2)
        assert column.difference_caption.text() == f"MSE {error:.4f}"
