"""Files packed into archives."""

import io
import tarfile


def tarred(members: dict[str, bytes], extra: tuple[tarfile.TarInfo, ...] = ()) -> bytes:
    """A tar archive of members by name, and of entries without bytes after them."""
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for name, stored in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(stored)
            archive.addfile(member, io.BytesIO(stored))
        for each in extra:
            archive.addfile(each)
    return sink.getvalue()
