"""Colour measures for tests: CIEDE2000 (Sharma et al. 2005), deficient vision (Machado et al. 2009), contrast."""

from __future__ import annotations

import numpy as np

#: Machado, Oliveira & Fernandes 2009, severity 1, on linear sRGB.
DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}

_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(colours: np.ndarray) -> np.ndarray:
    """Linear sRGB of "#rrggbb" strings or of encoded values 0 to 1 (n, 3)."""
    if colours.dtype.kind == "U":
        colours = np.array([list(bytes.fromhex(colour[1:])) for colour in colours]) / 255
    return np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)


def lab(linear_rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* (n, 3) under D65 of linear sRGB (n, 3)."""
    xyz = np.clip(linear_rgb, 0, 1) @ _TO_XYZ.T / _TO_XYZ.sum(axis=1)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def ciede2000(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Colour difference of L*a*b* colours (n, 3)."""
    (l1, a1, b1), (l2, a2, b2) = first.T, second.T
    mean_c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180
    grey = c1 * c2 == 0
    turn = np.where(grey, 0, turn)
    dl, dc = l2 - l1, c2 - c1
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    ml, mc = (l1 + l2) / 2, (c1 + c2) / 2
    far = np.abs(h1 - h2) > 180
    mh = np.where(grey, h1 + h2, np.where(far, (h1 + h2 + np.where(h1 + h2 < 360, 360, -360)) / 2, (h1 + h2) / 2))
    t = (
        1
        - 0.17 * np.cos(np.radians(mh - 30))
        + 0.24 * np.cos(np.radians(2 * mh))
        + 0.32 * np.cos(np.radians(3 * mh + 6))
        - 0.20 * np.cos(np.radians(4 * mh - 63))
    )
    sl = 1 + 0.015 * (ml - 50) ** 2 / np.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    rotation = -np.sin(np.radians(60 * np.exp(-(((mh - 275) / 25) ** 2)))) * 2 * np.sqrt(mc**7 / (mc**7 + 25.0**7))
    return np.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rotation * (dc / sc) * (dh / sh))


def smallest_difference(colours: tuple[str, ...], deficiency: str) -> float:
    """Smallest CIEDE2000 over all pairs as seen with a deficiency."""
    seen = lab(np.clip(linear(np.array(colours)) @ DEFICIENCIES[deficiency].T, 0, 1))
    i, j = np.triu_indices(len(colours), 1)
    return float(ciede2000(seen[i], seen[j]).min())


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    light = sorted(linear(np.array([first, second])) @ _TO_XYZ[1])
    return float((light[1] + 0.05) / (light[0] + 0.05))
