"""The run's moments on one slider."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.combo import Combo
from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.labelled_button import LabelledButton
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import describe, refer, tip
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.tools.timeline.moment_slider import MomentSlider
from latent_explorer.tools.timeline.state import SPEEDS, TimelineState
from latent_explorer.words.figures import count, megabytes


class TimelinePanel(PanelFrame):
    """Shows past moments of the run, plays them, and continues the run from any of them."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("timelinePanel")
        self._explorer = explorer
        self._training = training
        self._timeline = tools[TimelineState]
        self._actions: dict[str, QAction] = {}
        self.setAccessibleName(self.tr("Time machine"))
        self._make_widgets()
        self._lay_out()
        self._tie()
        self.set_first(self.slider)
        self._pace = self.throttle(self.refresh, interval=100)
        timeline = self._timeline
        for signal in (timeline.moments_changed, training.progress_changed, training.run_changed):
            signal.connect(self._pace.touch)
        for signal in (timeline.looked_changed, timeline.playing_changed, timeline.going_back_changed):
            signal.connect(self.refresh)
        explorer.saves_moments_changed.connect(self.refresh)
        self.refresh()

    # ------------------------------------------------------------ building

    def _make_widgets(self) -> None:
        self.slider = MomentSlider()
        self.slider.setAccessibleName(self.tr("Moment"))
        self.where = PlainLabel()
        self.where.setObjectName("timelineWhere")
        self.where.setFont(tabular(self.where.font()))
        self.kept = PlainLabel()
        self.kept.setObjectName("timelineKept")
        self.kept.setProperty("role", "caption")
        self.kept.setFont(tabular(self.kept.font()))
        self.earlier = IconButton("step-back", self.tr("Earlier moment (←)"))
        self.play = IconButton("play", self.tr("Play the moments"))
        self.later = IconButton("step", self.tr("Later moment (→)"))
        for name, button in (("earlier", self.earlier), ("play", self.play), ("later", self.later)):
            button.setObjectName(f"timeline-{name}")
        self.speed = Combo(
            tuple((self.tr("{0} a second").format(speed), speed, "") for speed in SPEEDS),
        )
        self.speed.setObjectName("timeline-speed")
        refer(self.speed, "play_rate")
        self.speed.setAccessibleName(self.tr("Moments a second"))
        self.speed.setMinimumContentsLength(11)
        self.speed.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.now = LabelledButton("now", self.tr("Now"))
        self.now.setObjectName("timeline-now")
        self.now.setToolTip(self.tr("Show the run as it is now"))
        self.go_on = LabelledButton("fork", self.tr("Continue from here"))
        self.go_on.setObjectName("timeline-continue")
        self.back = LabelledButton("undo", self.tr("Return to the former run"))
        self.back.setObjectName("timeline-return")
        self.note = PlainLabel()
        refer(self.note, "step")
        self.note.setObjectName("timelineNote")
        self.note.setProperty("role", "caption")
        self.note.setWordWrap(True)
        describe(self.where, "step", "epoch")
        refer(self.kept, "kept_moments")
        self.empty = PlainLabel(self.tr("Train, and moments will be kept here."))
        self.empty.setObjectName("timelineEmpty")
        self.empty.setProperty("role", "caption")
        # At the top, to be visible in a low panel, too.
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setWordWrap(True)

    def _lay_out(self) -> None:
        title = PlainLabel(self.tr("Time machine"))
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addWidget(self.where)
        head.addStretch(1)
        head.addWidget(self.kept)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for widget in (self.earlier, self.play, self.later):
            buttons.addWidget(widget)
        buttons.addSpacing(6)
        buttons.addWidget(self.speed)
        buttons.addSpacing(6)
        buttons.addWidget(self.now)
        buttons.addStretch(1)
        buttons.addWidget(self.go_on)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.note, 1)
        below.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addStretch(1)
        inside.addWidget(self.slider)
        inside.addLayout(buttons)
        inside.addLayout(below)
        inside.addStretch(2)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._stack, 1)

    def _tie(self) -> None:
        timeline = self._timeline
        self.slider.chosen.connect(self._choose)
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self.play.clicked.connect(lambda: timeline.play(not timeline.playing))
        self.speed.activated.connect(lambda _: timeline.set_speed(int(self.speed.currentData())))
        self.now.clicked.connect(self._go_to_now)
        self.go_on.clicked.connect(self._continue)
        self.back.clicked.connect(self._return)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
        timeline = self._timeline
        for name, text, keys, act in (
            ("play", self.tr("&Play the moments"), "Ctrl+Alt+Space", lambda: timeline.play(not timeline.playing)),
            ("earlier", self.tr("&Earlier moment"), "Alt+Left", lambda: self._move(-1)),
            ("later", self.tr("&Later moment"), "Alt+Right", lambda: self._move(1)),
            ("now", self.tr("Back to &now"), "Alt+End", self._go_to_now),
            ("continue", self.tr("&Continue the run from this moment"), "Ctrl+Alt+G", self._continue),
            ("return", self.tr("&Return to the former run"), "", self._return),
        ):
            action = QAction(text, self)
            menu.addAction(action)
            action.setObjectName(f"moments-{name}")
            if keys:
                action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, act=act: act())
            self._actions[name] = action
        self._timeline.moments_changed.connect(self._enable)
        self._enable()

    # ------------------------------------------------------------ doing

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._timeline.play(False)
        self._timeline.look_at(place)

    def _move(self, by: int) -> None:
        self._timeline.play(False)
        self._timeline.move(by)

    @Slot()
    def _go_to_now(self) -> None:
        self._timeline.play(False)
        self._timeline.look(None)

    @Slot()
    def _continue(self) -> None:
        if self._timeline.looked is not None:
            self._timeline.ask_to_continue(self._timeline.looked)

    @Slot()
    def _return(self) -> None:
        if self._timeline.former is not None:
            self._timeline.ask_to_continue(self._timeline.former)

    # ------------------------------------------------------------ showing

    @Slot()
    def refresh(self) -> None:
        """Update from state."""
        timeline, training = self._timeline, self._training
        self._stack.setCurrentWidget(self.body if timeline.moments else self.empty)
        if self.hasFocus():
            self.enter()  # the slider, if it has come
        steps = tuple(moment.step for moment in timeline.moments)
        self.slider.show_moments(steps, training.step, timeline.place)
        self.empty.setText(timeline.trouble or self.tr("Train, and moments will be kept here."))
        self.play.set_icon("pause" if timeline.playing else "play")
        self.play.setToolTip(self.tr("Pause") if timeline.playing else self.tr("Play the moments"))
        self.speed.choose(timeline.speed)
        self.where.setText(self._where())
        self.where.setVisible(bool(timeline.moments))
        self.kept.setText(
            self.tr("{0} · {1} of {2}").format(
                self.tr("1 moment") if len(steps) == 1 else self.tr("{0} moments").format(count(len(steps))),
                megabytes(timeline.used),
                megabytes(timeline.budget),
            )
            if steps
            else ""
        )
        self.kept.setToolTip(
            tip("kept_moments")
            + "\n"
            + self.tr(
                "Weights, optimiser states and codes, kept in temporary files until another run is opened or the "
                "program ends, and with a session that is saved; when their room is used up, some in between go."
            )
        )
        self.note.setText(self._note())
        self._enable()

    def _where(self) -> str:
        looked, training = self._timeline.looked, self._training
        if looked is None:
            return self.tr("now: step {0}").format(count(training.step))
        return self.tr("past: step {0} of {1} · epoch {2}").format(
            count(looked.step), count(training.step), f"{looked.epoch:.2f}"
        )

    def _note(self) -> str:
        timeline, training = self._timeline, self._training
        if timeline.trouble:
            return timeline.trouble
        former = training.former
        if timeline.looked is not None and training.run_state == "training":
            return self.tr("Maps and pictures show the past; training goes on, and so do its curves.")
        if timeline.looked is not None:
            return self.tr(
                "Maps and pictures show the past. Continue from here: the run goes on from this step, exactly as "
                "it did then, and what came after stays as a dotted curve."
            )
        if former is not None:
            return self.tr("The run parted at step {0} from the former one, which came to step {1}.").format(
                count(former.parted), count(former.step)
            )
        if not self._explorer.saves_moments:
            return self.tr(
                "Each of the first ten steps is a moment, later ones are farther and farther apart. A session is "
                "saved without them, as was chosen when one was saved last."
            )
        return self.tr(
            "Moments are close together in the first steps, farther and farther apart later. A session that is "
            "saved has moments of {0}."
        ).format(megabytes(timeline.saved))

    @Slot()
    def _enable(self) -> None:
        timeline, training = self._timeline, self._training
        some = bool(timeline.moments)
        looked = timeline.looked
        free = training.run_config is not None and training.run_state != "loading" and not timeline.going_back
        allowed = {
            "play": len(timeline.moments) > 1,
            "earlier": some and timeline.place > 0,
            "later": looked is not None,
            "now": looked is not None,
            "continue": free and looked is not None and looked.step != training.step,
            "return": free and timeline.former is not None,
        }
        buttons = {
            "play": self.play,
            "earlier": self.earlier,
            "later": self.later,
            "now": self.now,
            "continue": self.go_on,
            "return": self.back,
        }
        for name, may in allowed.items():
            buttons[name].setEnabled(may)
            if name in self._actions:
                self._actions[name].setEnabled(may)
        self.back.setVisible(timeline.former is not None)
