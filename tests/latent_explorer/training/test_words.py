from __future__ import annotations

import pytest

from latent_explorer.training.widths import parse_widths, show_widths
from latent_explorer.words.pair_difference import difference_line
from trainer.config import PRESETS, ModelConfig
from trainer.records import ConfigError

AE, VAE = ModelConfig(family="autoencoder"), ModelConfig(family="variational")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("512-256", ("mlp", (512, 256))), ("512, 256", ("mlp", (512, 256))), ("512", ("mlp", (512,))),
        ("Linear", ("mlp", ())), ("conv 16-32", ("conv", (16, 32))), ("MLP 400", ("mlp", (400,))),
        ("512,256", ("mlp", (512, 256))), ("1,024", ("mlp", (1024,))), ("1,024-512", ("mlp", (1024, 512))),
        ("1,024, 512", ("mlp", (1024, 512))), ("64,128,64", ("mlp", (64, 128, 64))), ("32,64", ("mlp", (32, 64))),
        ("５１２－２５６", ("mlp", (512, 256))), ("512×256", ("mlp", (512, 256))),
        ("１，０２４", ("mlp", (1024,))),
    ],
)  # fmt: skip
def test_widths(text: str, read: tuple) -> None:
    assert parse_widths(text) == read


@pytest.mark.parametrize("text", ["", "abc", "512-", "-5", "512.5", "conv", "999999"])
def test_what_are_no_widths(text: str) -> None:
    with pytest.raises(ConfigError, match="512-256"):
        parse_widths(text)


def test_a_comma_that_may_do_either_is_asked_about() -> None:
    with pytest.raises(ConfigError, match=r"“1,256” may mean 1256 or 1-256: enter one of these\."):
        parse_widths("1,256")
    assert parse_widths("1256") == ("mlp", (1256,))
    assert parse_widths("1-256") == ("mlp", (1, 256))


def test_every_preset_can_be_written() -> None:
    for network, widths in PRESETS.values():
        assert parse_widths(show_widths(network, widths)) == (network, widths)


def test_what_sets_the_models_apart() -> None:
    assert difference_line((AE, VAE)) == "The models differ only in: sampling + β KL."
    assert difference_line((AE, VAE.replace(latent=20))) == "The models differ in: sampling + β KL, latent size."
    assert difference_line((VAE, VAE.replace(latent=20))) == "The models differ only in: latent size."
    assert difference_line((VAE, VAE)) == "The models do not differ: same batches, same initial weights."
    assert difference_line((AE, VAE.replace(family="other"))) == "The models differ only in: model family."
    assert difference_line((AE,)) == ""
    # A variance that no likelihood uses is no difference.
    assert difference_line((VAE, VAE.replace(variance=0.5))).startswith("The models do not differ")
