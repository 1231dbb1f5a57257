"""The suite that every connector inherits: subclass `ConnectorContract` and give it an `outside`."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from dataclasses import replace as changed
from typing import Protocol

import pytest
from pydantic import ValidationError

from lake_assets.connectors import Connector, connector_class
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import FullDisk, Memory, contents, fetched, land

SECRET = "s3cr3t-of-the-tests"
"""Sources that take credentials use this one, from the environment variable LAKE_TEST_SECRET."""


class Outside(Protocol):
    """A source as it is out there, with at least one thing in it."""

    source: Source
    dataset: Dataset
    unreachable: Source
    expected: list[bytes]

    def touched(self) -> int:
        """How often somebody has looked; 0 where that cannot be told."""
        ...

    def add(self) -> bytes:
        """Put one more thing there, or a new version where there can be one only; answer its bytes."""
        ...


@dataclass
class PlainOutside:
    """An outside whose parts are given."""

    source: Source
    dataset: Dataset
    unreachable: Source
    expected: list[bytes] = field(default_factory=list)


class ConnectorContract:
    """What is true of every connector."""

    kind: str

    @pytest.fixture
    def outside(self) -> Outside:
        raise NotImplementedError

    @pytest.fixture(autouse=True)
    def _secret(self, monkeypatch):
        monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)

    @pytest.fixture
    def connector(self, outside: Outside) -> Connector:
        return connector_class(self.kind)(outside.source)

    def test_bytes_arrive_unchanged_and_in_order(self, connector, outside):
        assert contents(land(connector, outside.dataset, Memory())) == outside.expected

    def test_nothing_is_touched_before_iteration(self, connector, outside):
        before = outside.touched()
        arrivals = connector.discover(outside.dataset, Memory())
        connector_class(self.kind)(outside.unreachable).discover(outside.dataset, Memory())
        assert outside.touched() == before
        assert next(arrivals)
        arrivals.close()

    def test_what_is_known_never_comes_again(self, connector, outside):
        memory = Memory()
        land(connector, outside.dataset, memory)
        assert land(connector, outside.dataset, memory) == []
        assert land(connector_class(self.kind)(outside.source), outside.dataset, memory) == []

    def test_only_what_is_added_comes_next(self, connector, outside):
        memory = Memory()
        land(connector, outside.dataset, memory)
        added = outside.add()
        assert contents(land(connector, outside.dataset, memory)) == [added]

    def test_a_kill_after_any_file_loses_and_repeats_nothing(self, connector, outside):
        for landed_before in range(len(outside.expected)):
            memory = Memory()
            first = land(connector, outside.dataset, memory, at_most=landed_before)
            second = land(connector_class(self.kind)(outside.source), outside.dataset, memory)
            assert contents(first + second) == outside.expected
            assert land(connector, outside.dataset, memory) == []

    def test_what_is_not_fetched_is_still_new(self, connector, outside):
        assert list(connector.discover(outside.dataset, Memory()))
        assert contents(land(connector, outside.dataset, Memory())) == outside.expected

    def test_two_looks_name_the_same_things(self, connector, outside):
        first, second = (
            [(one.origin, one.fingerprint, one.name) for one in connector.discover(outside.dataset, Memory())]
            for _ in range(2)
        )
        assert first == second

    def test_names_are_file_names(self, connector, outside):
        for arrival in connector.discover(outside.dataset, Memory()):
            assert arrival.name
            assert "/" not in arrival.name

    def test_an_unreachable_source_says_what_where_and_how_to_mend(self, outside):
        connector = connector_class(self.kind)(outside.unreachable)
        with pytest.raises(ConnectorError) as caught:
            next(connector.discover(outside.dataset, Memory()))
        assert caught.value.what
        assert caught.value.mend
        assert outside.dataset.name in caught.value.place
        assert caught.value.__cause__ is not None
        assert SECRET not in str(caught.value)

    def test_a_full_disk_of_ours_is_no_fault_of_the_source(self, connector, outside):
        arrivals = connector.discover(outside.dataset, Memory())
        with pytest.raises(OSError, match="No space left"):
            next(arrivals).fetch(FullDisk())

    def test_a_fetch_after_the_look_is_whole_or_refused(self, connector, outside):
        for arrival, content in zip(
            list(connector.discover(outside.dataset, Memory())), outside.expected, strict=True
        ):
            with suppress(ConnectorError):
                assert fetched(arrival).content == content

    def test_an_unknown_option_is_refused(self, outside):
        kind = connector_class(self.kind)
        with pytest.raises(ValidationError, match="no_such_option"):
            kind.options.model_validate({**outside.source.connector_options, "no_such_option": 1})
        with pytest.raises(ValidationError, match="no_such_option"):
            kind.dataset_options.model_validate({**outside.dataset.connector_options, "no_such_option": 1})

    def test_a_wrong_declaration_names_what_is_known_and_repeats_no_value(self, outside):
        wrong = changed(
            outside.source, connector_options={**outside.source.connector_options, "no_such_option": SECRET}
        )
        with pytest.raises(DeclarationError, match="no_such_option") as caught:
            connector_class(self.kind)(wrong)
        assert SECRET not in str(caught.value)
        assert all(name in caught.value.mend for name in connector_class(self.kind).options.model_fields)

    def test_secrets_are_neither_shown_nor_remembered(self, connector, outside):
        shown = [repr(connector), repr(vars(connector))]
        for arrival in connector.discover(outside.dataset, Memory()):
            taken = fetched(arrival)
            shown += [repr(arrival), repr(arrival.fetch), arrival.origin, arrival.fingerprint, taken.state]
        assert SECRET not in "".join(shown)
