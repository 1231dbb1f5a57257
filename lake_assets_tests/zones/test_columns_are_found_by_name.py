"""Elements become columns by their name: their order does not matter, and a mapping may give another name."""


def test_another_order_of_columns_changes_nothing(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], columns: {id: int, price: float}}")
    a_lake.drop("a.csv", "id,price\n1,2.5\n")
    a_lake.drop("b.csv", "price,id\n3.5,2\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 2.5), (2, 3.5)]


def test_the_key_and_rules_use_the_mapped_name(a_lake):
    mapping = "columns: {bike: {type: int, from: Bike No.}}, rules: [{in_range: {bike: [0, 9]}}]"
    a_lake.declare(f"bikes: {{from: '*.csv', key: [bike], {mapping}}}")
    a_lake.drop("a.csv", "Bike No.,price\n1,2.5\n1,3.5\n77,1.0\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "bike", "price") == [(1, 3.5)]
    assert a_lake.rows("quarantine.bikes", "_row") == [(3,)]


def test_names_that_fall_together_are_numbered(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    a_lake.drop("a.csv", "Bike Id,bike_id,bike-id\n1,2,3\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "bike_id", "bike_id_2", "bike_id_3") == [(1, 2, 3)]


def test_elements_named_like_ours_get_a_name_of_their_own(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    a_lake.drop("a.csv", "_file,_rescued,x\n1,2,3\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "file", "rescued", "x", "_rescued", "_row") == [(1, 2, 3, None, 1)]
