"""`python -m tests.benchmarks NAME [args]`: run one benchmark; `NAME --help` tells its arguments.

Benchmarks measure, they do not pass or fail: a missed budget is a figure to work on. Absolute times on shared
machines drift, so each measures its peer or limit in the same run and prints the ratio.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys

BENCHMARKS = {
    "drag": "mouse event to both panes' painted pictures, idle and while training",
    "hover": "pointer over a map to the point lit up in both maps, idle and while training",
    "names": "class names on 70,000 points: a refresh and a frame, with ten to ten thousand classes",
    "pan": "pan and zoom of maps beside pyqtgraph's ScatterPlotItem",
    "panels": "opening and closing panels and the training settings: request to all of it painted",
    "strips": "film strips behind a dragged end of an interpolation",
    "train": "training rate beside a DataLoader loop and the matrix-product limit",
    "start": "process start to first painted window and first decoded picture",
    "encode": "encoding 70,000 images",
    "samples": "sheets of samples, their figures, and cancelling them",
    "mosaic": "decoded mosaic: first tiles, all of them, after a pan; a drag with it and all ellipses on",
    "heat": "heat maps: choice or pan to the coarse and the finest picture; a drag with meters and heat map",
    "posteriors": "union of 70,000 ellipses, contours, prior mass covered",
    "own_image": "a stroke on the pad to both models' reconstructions, and refining z",
    "sliders": "sliders of traversals, slices and directions, beside the cursor on the map",
    "timeline": "looking back: press on the time machine's slider to both maps painted",
    "soak": "a long session while MNIST trains: memory of both processes, and what keeps the window busy",
    "measures": "Fréchet distance and coverage, all quick measures, IWAE: seconds and memory",
    "science": "the targets of SCIENCE section 5 through the project's own trainer",
}


def usage() -> str:
    """What can be asked for."""
    width = max(map(len, BENCHMARKS))
    lines = [f"  {name:<{width}}  {what}" for name, what in BENCHMARKS.items()]
    return "\n".join(["usage: python -m tests.benchmarks NAME [--json] [arguments]", "", *lines])


def main(argv: list[str]) -> int:
    """Run the named benchmark with the remaining arguments; 2 if there is none of that name."""
    if argv and argv[0] in ("-h", "--help"):
        print(usage())
        return 0
    if not argv or argv[0] not in BENCHMARKS:
        print(usage() if not argv else f"There is no benchmark called {argv[0]!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    module = f"tests.benchmarks.{argv[0]}"
    if importlib.util.find_spec(module) is None:
        print(f"The benchmark {argv[0]!r} is not part of this copy: {module} is missing.", file=sys.stderr)
        return 2
    # Only the one asked for: some import Qt, some torch, and start-up must see neither beforehand.
    return int(importlib.import_module(module).main(argv[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
