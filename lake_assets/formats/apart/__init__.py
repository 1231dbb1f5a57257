"""What runs in a process of its own: native readers on bytes that nobody vouches for.

A hostile file can abort, exhaust or hang the process that decodes it. So readers in native code are called here, in
a child with limits, which hands over blocks of plain Arrow data. These modules import neither Polars nor the room.
"""
