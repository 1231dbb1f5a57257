"""Whether something at a source is new, also when it went back to what it was before."""

from __future__ import annotations

from datetime import UTC, datetime

from lake_assets.connectors.protocol import Known

__all__ = ["mark_of", "new_fingerprint"]

_AGAIN = " again "


def mark_of(fingerprint: str | None) -> str:
    """What the source itself said when this fingerprint was made.

    >>> mark_of("5-100 again 2024-05-01T00:00:00+00:00"), mark_of("5-100"), mark_of(None)
    ('5-100', '5-100', '')
    """
    return (fingerprint or "").partition(_AGAIN)[0]


def new_fingerprint(known: Known, origin: str, mark: str) -> str | None:
    """The fingerprint under which an origin is to be landed now.

    An origin that went from A to B and back to A is new again, and needs a fingerprint that is not known yet.

    Args:
        known: What has been landed.
        origin: See `Arrival`.
        mark: How the source tells this version from others.

    Returns:
        None when this version is the one that was landed last.
    """
    if mark_of(known.latest_fingerprint(origin)) == mark:
        return None
    return f"{mark}{_AGAIN}{datetime.now(UTC).isoformat()}" if known.has(origin, mark) else mark
