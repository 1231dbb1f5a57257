"""What nobody foresaw, told as an error of the lake; a machine that gives out is named as such."""

from __future__ import annotations

import errno
import logging
import re

from lake_assets.errors import LakeError, StorageError

__all__ = ["as_lake_error"]

_LOG = logging.getLogger(__name__)
_OF_RUST = re.compile(r"\(os error (\d+)\)")
_AGAIN = "then run again: what is committed is found and not repeated"
_MACHINE = {
    errno.ENOSPC: ("the disk is full", "make room"),
    errno.EDQUOT: ("the quota of the disk is used up", "make room, or ask for more"),
    errno.EROFS: ("the disk is mounted for reading only", "mount it for writing"),
    errno.EFBIG: ("a file is larger than the system lets it be", "raise the limit (`ulimit -f`)"),
    errno.EIO: ("the disk cannot be read or written", "look after the disk, or the share that it is"),
    errno.ESTALE: ("the share with the files has gone", "mount it anew"),
    errno.EACCES: ("the lake may not read or write there", "grant it to the user who runs the lake"),
    errno.EPERM: ("the lake may not read or write there", "grant it to the user who runs the lake"),
    errno.EMFILE: ("too many files are open", "raise the limit (`ulimit -n`)"),
    errno.ENFILE: ("too many files are open on this machine", "end what holds them open"),
    errno.ENOMEM: ("the memory is used up", "leave more of it to the lake"),
}


def as_lake_error(error: Exception, place: str) -> LakeError:
    """An exception as an error that says what, where and how to mend it.

    A `LakeError` is given back as it is. What the system refuses is told as such, whoever met it: Python, or a
    library in Rust, which names the number in its text. Anything else is logged with its traceback.

    Args:
        error: The exception.
        place: Where it arose, as a person would say it.

    Returns:
        The error; the exception is its cause.

    >>> print(as_lake_error(OSError(28, "No space left on device"), "trusted flights"))
    the disk is full: [Errno 28] No space left on device
      at: trusted flights
      to mend: make room, then run again: what is committed is found and not repeated
    """
    if isinstance(error, LakeError):
        return error
    failed = _of_the_machine(error, place) or _unforeseen(error, place)
    failed.__cause__ = error
    return failed


def _of_the_machine(error: Exception, place: str) -> LakeError | None:
    what, mend = _MACHINE.get(_number(error), ("", ""))
    if not what:
        return None
    return StorageError(f"{what}: {_first_line(error)}", place=place, mend=f"{mend}, {_AGAIN}")


def _number(error: Exception) -> int:
    """The number that the system gave; 0 when it gave none."""
    if isinstance(error, OSError) and error.errno:
        return error.errno
    told = _OF_RUST.search(str(error))
    return int(told[1]) if told else 0


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")


def _unforeseen(error: Exception, place: str) -> LakeError:
    _LOG.error("%s failed", place, exc_info=error)
    mend = "see the log for where it arose; run again: what is committed is found and not repeated"
    return LakeError(f"{type(error).__name__}: {error}", place=place, mend=mend)
