"""A record that is too short is set aside also where its last element is no column, so that no null hints at it."""


def test_beside_quotes(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], drift: rescue, columns: {id: int}}")
    a_lake.drop("a.csv", 'id,note,extra\n1,"a, b",x\n2,"c"\n3,"d",y\n')
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "_row") == [(1, 1), (3, 3)]
    assert a_lake.rows("quarantine.bikes", "_row", "record") == [(2, '2,"c"')]
