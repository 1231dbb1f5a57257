"""A key is declared only where much speaks for it; other candidates are told."""


def _infer(project, header, rows):
    text = "".join(",".join(map(str, row)) + "\n" for row in [header.split(","), *rows])
    return project.dataset("inbox/rows.csv", text)


def test_an_identifier_that_never_repeats(project):
    found = _infer(project, "city,hire_id", [("Leeds", number) for number in range(50)])
    assert found.keys.best == ("hire_id",)


def test_the_likelier_of_two(project):
    found = _infer(project, "serial,hire_id,mail", [(n, n + 7, f"a{n}@example.org") for n in range(50)])
    assert found.keys.best == ("serial",)
    assert found.keys.others == (("hire_id",), ("mail",))


def test_a_few_rows_decide_nothing(project):
    found = _infer(project, "hire_id,price", [(number, number) for number in range(5)])
    assert found.keys.best == ()
    assert found.keys.others == (("hire_id",),)


def test_what_is_null_once_is_no_key(project):
    rows = [(number or "", "Leeds") for number in range(50)]
    assert _infer(project, "hire_id,city", rows).keys.best == ()


def test_a_measure_that_never_repeats_is_no_key(project):
    rows = [("Leeds", number * 3 + 1) for number in range(50)]
    assert _infer(project, "city,amount", rows).keys.best == ()


def test_several_columns_together(project):
    rows = [(day, hour, "x") for day in range(60) for hour in range(24)]
    found = _infer(project, "day,hour,note", rows)
    assert found.keys.best == ("day", "hour")


def test_nothing_tells_rows_apart(project):
    found = _infer(project, "city,price", [("Leeds", 1)] * 30)
    assert (found.keys.best, found.keys.others) == ((), ())
