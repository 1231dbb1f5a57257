"""A person taken out of the lake: found in all zones, erased, and looked for again until nothing is left."""

from lake_assets.erasure.claim import claimed, refuse_while_erasing
from lake_assets.erasure.erase import Flow, erase
from lake_assets.erasure.look import look
from lake_assets.erasure.outcome import Erasure, Touched
from lake_assets.erasure.proof import Proof, Remains, prove
from lake_assets.erasure.subject import Subject, subject_of
from lake_assets.erasure.words import Words

__all__ = [
    "Erasure",
    "Flow",
    "Proof",
    "Remains",
    "Subject",
    "Touched",
    "Words",
    "claimed",
    "erase",
    "look",
    "prove",
    "refuse_while_erasing",
    "subject_of",
]
