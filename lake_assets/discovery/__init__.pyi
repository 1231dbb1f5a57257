from .joins import Join as Join
from .joins import joins_of as joins_of
