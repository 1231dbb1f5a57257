RULES = "rules: [{not_null: a}, {not_null: b, owner: team:rule}]"


def owners(declared):
    dataset = declared.sources[0].datasets[0]
    return dataset.owner, [rule.owner for rule in dataset.rules]


def test_owner_of_the_source_answers_for_datasets_and_rules(source):
    declared = source("connector: filesystem\nowner: team:source", f"from: a.csv\n{RULES}").load()
    assert owners(declared) == ("team:source", ["team:source", "team:rule"])


def test_owner_of_the_dataset_wins(source):
    dataset = f"from: a.csv\nowner: team:dataset\n{RULES}"
    declared = source("connector: filesystem\nowner: team:source", dataset).load()
    assert owners(declared) == ("team:dataset", ["team:dataset", "team:rule"])


def test_nobody_need_answer(source):
    assert owners(source(dataset=f"from: a.csv\n{RULES}").load()) == ("", ["", "team:rule"])


def test_owner_of_the_folder_answers_for_its_tables(lake_of_flights):
    lake_of_flights.write(
        "exploitation/defs.yaml", "type: lake_assets.Exploitation\nattributes: {owner: team:facts}\n"
    )
    lake_of_flights.write(
        "exploitation/a.sql", "/*\nrules: [not_null: id]\n*/SELECT id FROM trusted.flights\n"
    )
    lake_of_flights.write("exploitation/b.sql", "/*\nowner: team:b\n*/ SELECT id FROM trusted.flights\n")
    first, second = lake_of_flights.load().transformations
    assert (first.owner, first.rules[0].owner, second.owner) == ("team:facts", "team:facts", "team:b")
