"""Terms of the measures: the live ones, and all that can be measured on demand."""

from __future__ import annotations

from latent_explorer.glossary.term import Section, Term
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.measures.all_groups import GROUPS, group_named
from trainer.measures.measure import Measure

LIVE = (
    Section(
        "Measures",
        (
            Term(
                "measured",
                "Measured figures",
                "Value ± standard error on held-out images, in the unit beside it; ✓ marks the better of two "
                "where better has a meaning and the 95 % interval of the difference leaves out zero. A tip says "
                "what it is, how it was measured and what it is to be read against.",
                unit="that of the measure",
            ),
            Term(
                "information",
                "Information",
                "Mutual information of image and code, E[ln q(z|x) − ln q(z)]: the part of the KL by which codes "
                "of different images differ. Over N images it cannot be found to be above ln N.",
                unit="nats",
                source="Hoffman & Johnson 2016",
            ),
            Term(
                "marginal_kl",
                "Codes to prior",
                "KL(q(z) || p(z)), the rest of the KL: how far all codes together, the aggregated posterior, are "
                "from the prior. Too large an estimate where the information is at its ceiling.",
                unit="nats",
                better="lower",
                source="Hoffman & Johnson 2016",
            ),
            Term(
                "prior_offset",
                "Offset from the prior",
                "Root mean square over dimensions of the mean of sampled codes, one draw of q(z|x) an image, from "
                "that of the prior.",
                unit="the prior's standard deviation",
                better="lower",
            ),
            Term(
                "prior_spread",
                "Spread / the prior's",
                "Standard deviation of sampled codes, one draw of q(z|x) an image, over that of the prior, mean "
                "over dimensions: 1 where the two agree.",
            ),
            Term(
                "mmd",
                "MMD",
                "Squared maximum mean discrepancy of sampled codes and as many draws of the prior, with an "
                "inverse multiquadric kernel: about 0 where they are distributed alike, below it by chance.",
                better="lower",
                source="Gretton et al. 2012; Tolstikhin et al. 2018",
            ),
            Term(
                "median_sigma",
                "Median σ",
                "Median over images and dimensions of the posterior's σ: near that of the prior where codes say "
                "nothing, near 0 where the model is as good as an autoencoder.",
                unit="units of the code",
            ),
            Term(
                "phase",
                "Reconstruction against KL",
                "Each point is an evaluation on held-out images, the large one the last; less of either is "
                "better, and β sets the exchange: along a line with slope −β the loss is the same. A dashed level "
                "is a model without KL, grey are kept models, former runs and members that are in no pane.",
                unit="nats per image",
                source="Alemi et al. 2018",
            ),
        ),
    ),
)


def on_demand() -> tuple[Section, ...]:
    """One section per group of measures, in the present language."""
    return tuple(
        Section(shown_sentence(group.title), tuple(_term(group.name, measure) for measure in group.measures))
        for group in GROUPS
    )


def measure_term(key: str) -> Term:
    """The entry of this key among these, in the present language. Raises `KeyError` for an unknown key."""
    group, _, name = key.partition(":")
    return _term(group, {measure.key: measure for measure in group_named(group).measures}[name])


def _term(group: str, measure: Measure) -> Term:
    return Term(
        f"{group}:{measure.key}",
        shown_sentence(measure.title),
        shown_sentence(measure.about),
        unit=shown_sentence(measure.unit),
        better=measure.better,
        source=measure.source,
    )
