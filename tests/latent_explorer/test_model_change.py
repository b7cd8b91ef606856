"""Another model of the same size in a pane: nothing that was under way for the former one is shown as its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latent_explorer.tools.directions.controller import DirectionsController
from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.tools.samples.controller import SamplesController
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.traversal.controller import TraversalController
from latent_explorer.tools.traversal.state import TraversalState
from tests.latent_explorer.program import Program


def replaced(program: Program) -> None:
    """Another model of the same configuration in the left pane, without codes so far."""
    pane = program.left
    pane.set_model(replace(pane.model, generation=pane.model.generation + 1))


def rest(program: Program, *workers: object) -> None:
    """Let all that was under way arrive, if anything of it does."""
    program.qtbot.wait(20)
    program.wait(lambda: not any(worker.busy for worker in workers))
    program.qtbot.wait(20)


def test_traversals(program: Program) -> None:
    tools, controller = program.application.tools, program.application.toolbox[TraversalController]
    state = tools[TraversalState]
    program.explorer.pick(25)
    tools.panel_wanted.emit("traversal")
    program.wait(lambda: state.shown and all(state.rows) and all(state.facts))
    pane, codes, plane = program.left, program.left.codes, program.left.plane
    pane.set_codes(replace(codes), plane)
    controller.follower._ask()
    replaced(program)
    rest(program, controller.follower)
    assert (state.summaries[0], state.facts[0], state.rows[0]) == (None, None, {})
    assert state.summaries[1] is not None
    pane.set_codes(codes, plane)
    program.wait(lambda: state.rows[0] and state.facts[0] is not None)
    assert state.summaries[0].codes is codes


def test_what_a_request_that_was_given_up_had_found_is_reported_by_the_next(program: Program) -> None:
    tools, controller = program.application.tools, program.application.toolbox[TraversalController]
    state = tools[TraversalState]
    tools.panel_wanted.emit("traversal")
    program.wait(lambda: all(state.rows) and all(state.facts) and not controller.follower.busy)
    # The thread's own memory has both; the report to the window has been lost.
    state.set_summary(0, None)
    state.set_facts(1, None)
    controller.follower.change()
    program.wait(lambda: all(state.summaries) and all(state.facts))


def test_directions(program: Program) -> None:
    tools, controller = program.application.tools, program.application.toolbox[DirectionsController]
    state = tools[DirectionsState]
    tools.panel_wanted.emit("directions")
    state.add_rows(0, np.arange(50), "some")
    state.add_rows(1, np.arange(50, 100), "others")
    program.wait(lambda: state.shown and all(state.found) and all(state.strips))
    pane, codes, plane = program.left, program.left.codes, program.left.plane
    for follower in (controller.finds, controller.strips):
        follower.renew()
        follower._ask()
    replaced(program)
    rest(program, controller.finds, controller.strips)
    assert (state.found[0], state.strips[0]) == (None, None)
    assert state.found[1] is not None
    pane.set_codes(codes, plane)
    program.wait(lambda: state.found[0] is not None)


def test_samples(program: Program) -> None:
    tools, controller = program.application.tools, program.application.toolbox[SamplesController]
    state = tools[SamplesState]
    tools.panel_wanted.emit("samples")
    program.wait(lambda: state.shown and all(state.sheets) and not controller.follower.busy)
    pane, codes, plane = program.left, program.left.codes, program.left.plane
    state.new_noise()
    controller.follower._ask()
    replaced(program)
    rest(program, controller.follower)
    assert state.sheets[0] is None
    pane.set_codes(codes, plane)
    program.wait(lambda: state.sheets[0] is not None)
