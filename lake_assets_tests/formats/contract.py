"""What every format promises: a new one subclasses `FormatContract` and says what its files look like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar

import polars as pl
import pytest

from lake_assets.errors import DeclarationError, DecodeError, LakeError, StorageError
from lake_assets.formats import ROW, Format, open_format
from lake_assets.model import Options
from lake_assets_tests.formats.landing import dataset, decode, landed, place

FOREIGN = {
    "png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "zip": b"PK\x03\x04" + bytes(64),
    "pdf": b"%PDF-1.7\n%\xe2\xe3\n" + bytes(64),
    "parquet": b"PAR1" + bytes(64) + b"PAR1",
    "html": b"<!DOCTYPE html>\n<html><title>502 Bad Gateway</title></html>\n",
}


class WholeFileContract:
    """The suite for formats whose files are good or bad as a whole. Subclass it under a name that begins with Test."""

    kind: ClassVar[str]
    """The kind of the format."""
    format_options: ClassVar[Options] = {}
    """What the dataset declares for it."""
    own: ClassVar[str] = ""
    """Which of the foreign kinds is not foreign to it."""
    clean: ClassVar[bytes]
    """A file of three good records."""
    truncated: ClassVar[bytes]
    """A file that was cut, and whose format can tell."""

    @pytest.fixture
    def reader(self) -> Format:
        return open_format(dataset(self.kind, self.format_options))

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / "file [1]*.data"

    @pytest.mark.parametrize("is_careful", [False, True])
    def test_every_record_of_a_clean_file_is_a_row(self, reader, path, is_careful):
        path.write_bytes(self.clean)
        outcome = decode(reader, path, is_careful=is_careful)
        assert outcome.numbers == [1, 2, 3]
        assert outcome.decoded.bad_records == ()
        assert outcome.is_whole

    def test_both_paths_give_the_same_rows(self, reader, path):
        path.write_bytes(self.clean)
        assert decode(reader, path).frame.equals(decode(reader, path, is_careful=True).frame)

    @pytest.mark.parametrize("is_careful", [False, True])
    def test_the_record_number_is_the_last_column(self, reader, path, is_careful):
        path.write_bytes(self.clean)
        schema = decode(reader, path, is_careful=is_careful).decoded.frame.collect_schema()
        assert schema.names()[-1] == ROW
        assert schema[ROW] == pl.Int64

    @pytest.mark.parametrize("is_careful", [False, True])
    def test_a_frame_can_be_read_in_part_and_again(self, reader, path, is_careful):
        path.write_bytes(self.clean)
        outcome = decode(reader, path, is_careful=is_careful)
        assert outcome.decoded.frame.collect().equals(outcome.frame)
        assert outcome.decoded.frame.head(2).collect().equals(outcome.frame.head(2))
        assert outcome.decoded.frame.select(ROW).collect().equals(outcome.frame.select(ROW))
        assert outcome.decoded.frame.filter(pl.col(ROW) == 2).collect().equals(outcome.frame[1:2])

    def test_decoding_again_gives_the_same(self, reader, path):
        path.write_bytes(self.clean)
        assert_same(reader, path)

    def test_the_decision_can_be_recorded(self, reader, path):
        path.write_bytes(self.clean)
        decision = decode(reader, path).decoded.decision
        assert json.loads(json.dumps(decision)) == decision

    @pytest.mark.parametrize("is_careful", [False, True])
    def test_an_empty_file_is_refused(self, reader, path, is_careful):
        path.write_bytes(b"")
        assert "empty" in self.refusal(reader, path, is_careful=is_careful).what

    @pytest.mark.parametrize("is_careful", [False, True])
    @pytest.mark.parametrize("kind", FOREIGN)
    def test_a_file_of_another_kind_is_refused(self, reader, path, kind, is_careful):
        path.write_bytes(FOREIGN[kind])
        what = self.refusal(reader, path, is_careful=is_careful).what
        assert "looks like" in what or "archive" in what or kind == self.own

    def test_a_truncated_file_is_refused(self, reader, path):
        path.write_bytes(self.truncated)
        self.refusal(reader, path, is_careful=True)

    @pytest.mark.parametrize("is_careful", [False, True])
    def test_a_file_that_is_not_as_it_was_landed_is_refused(self, reader, path, is_careful):
        path.write_bytes(self.clean)
        file = landed(path)
        path.write_bytes(self.clean[:-3])
        with pytest.raises(DecodeError, match="were landed"):
            reader.decode(file, str(path), {}, is_careful=is_careful)

    def test_a_file_that_is_gone_is_no_fault_of_its_format(self, reader, path):
        path.write_bytes(self.clean)
        file = landed(path)
        path.unlink()
        with pytest.raises(StorageError, match="gone"):
            reader.decode(file, str(path), {}, is_careful=False)

    def test_an_unknown_option_is_refused(self):
        with pytest.raises(DeclarationError) as caught:
            open_format(dataset(self.kind, {**self.format_options, "no_such_option": 1}))
        assert "no_such_option" in caught.value.what
        self.assert_names_all(caught.value)

    def refusal(self, reader: Format, path: Path, *, is_careful: bool) -> DecodeError:
        with pytest.raises(DecodeError) as caught:
            reader.decode(landed(path), str(path), {}, is_careful=is_careful).frame.collect()
        assert "bikes 2024.csv" in caught.value.place
        self.assert_names_all(caught.value)
        return caught.value

    def assert_names_all(self, error: LakeError) -> None:
        assert error.what
        assert "bikes" in error.place
        assert error.mend


class FormatContract(WholeFileContract):
    """The suite for formats that place each record by itself."""

    dirty: ClassVar[bytes]
    """A file of four records, the third of which does not parse."""

    def test_records_in_are_rows_and_bad_records(self, reader, path):
        path.write_bytes(self.dirty)
        outcome = place(reader, path)
        assert outcome.numbers == [1, 2, 4]
        assert outcome.bad_numbers == [3]
        assert outcome.is_whole

    def test_a_bad_record_says_what_it_is_and_what_is_wrong(self, reader, path):
        path.write_bytes(self.dirty)
        [bad] = place(reader, path).decoded.bad_records
        assert bad.raw in self.dirty.decode()
        assert bad.raw
        assert bad.reason

    def test_decoding_bad_records_again_gives_the_same(self, reader, path):
        path.write_bytes(self.dirty)
        assert_same(reader, path)


def assert_same(reader: Format, path: Path) -> None:
    first, second = place(reader, path), place(reader, path)
    assert first.frame.equals(second.frame)
    assert first.decoded.bad_records == second.decoded.bad_records
    assert first.decoded.decision == second.decoded.decision
