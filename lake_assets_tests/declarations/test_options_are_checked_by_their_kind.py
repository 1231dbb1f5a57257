import pytest

REST = "connector: {kind: rest, base_url: 'http://127.0.0.1'}"


@pytest.mark.parametrize(
    ("attributes", "dataset", "at", "what", "mend"),
    [
        (
            "connector: {kind: filesystem, pth: a}",
            "from: a.csv",
            "3:33, attribute connector.pth",
            "unknown attribute 'pth'",
            "did you mean path?",
        ),
        (
            "connector: {kind: http}",
            "from: a.csv\nformat: {kind: csv, seperator: ';'}",
            "7:27, attribute datasets.hires.format.seperator",
            "unknown attribute 'seperator'",
            "did you mean separator?",
        ),
        (
            REST,
            "from: a.csv\noptions: {incremental: {cursor_pth: id, param: p}}",
            "7:31, attribute datasets.hires.options.incremental.cursor_pth",
            "unknown attribute 'cursor_pth'",
            "did you mean cursor_path?",
        ),
        (
            REST,
            "from: a.csv\noptions: {paginator: {type: page_number, page_parm: p}}",
            "7:48, attribute datasets.hires.options.paginator.page_number.page_parm",
            "unknown attribute 'page_parm'",
            "did you mean page_param or page",
        ),
        (
            "connector: filesystem",
            "from: a.csv\noptions: {x: 1}",
            "7:17, attribute datasets.hires.options.x",
            "unknown attribute 'x'",
            "none is known here",
        ),
    ],
)
def test_an_unknown_option_names_the_near_ones(source, attributes, dataset, at, what, mend):
    fault = source(attributes, dataset).faults()[-1]
    assert fault.at == f"bikes/defs.yaml:{at}"
    assert fault.what == what
    assert mend in fault.mend


def test_options_and_attributes_of_datasets_are_told_together(source):
    faults = source(dataset="form: a.csv\noptions: {x: 1}").faults()
    assert [fault.what for fault in faults] == [
        "the attribute 'from' is missing",
        "unknown attribute 'form'",
        "unknown attribute 'x'",
    ]


def test_a_value_that_may_be_a_secret_is_never_told(source):
    faults = source(
        "connector: {kind: rest, base_url: [hunter2], auth: hunter2, headers: {a: {hunter2: 3}}}",
        "from: a\noptions: {paginator: hunter2, incremental: hunter2}",
    ).faults()
    assert faults
    assert "hunter2" not in "".join(fault.what + fault.mend for fault in faults)


def test_an_option_stays_as_it_is_declared(source, monkeypatch):
    monkeypatch.delenv("LAKE_NO_SUCH_NAME", raising=False)
    (made,) = source("connector: {kind: filesystem, path: '${LAKE_NO_SUCH_NAME}'}").load().sources
    assert made.connector_options == {"path": "${LAKE_NO_SUCH_NAME}"}


def test_options_of_dataset_and_format_reach_the_model(source):
    declared = "from: a\nformat: {kind: csv, separator: ';'}\noptions: {params: {_size: 10}}"
    (made,) = source(REST, declared).load().sources
    assert made.datasets[0].format_options == {"separator": ";"}
    assert made.datasets[0].connector_options == {"params": {"_size": 10}}
