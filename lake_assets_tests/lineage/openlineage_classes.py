"""Events held against the classes that openlineage-python generates from the published schemas."""

import inspect
from uuid import UUID

import attr
from openlineage.client import event_v2, facet_v2

_OF_EVERY_FACET = {"_producer", "_schemaURL", "_deleted"}


def _facet_classes():
    modules = [each for each in vars(facet_v2).values() if inspect.ismodule(each)]
    classes = [each for module in modules for each in vars(module).values() if attr.has(each)]
    return {each._get_schema(): each for each in classes if "_get_schema" in vars(each)}


_CLASSES = _facet_classes()


def faults(event):
    """Everything of an event that the classes do not allow."""
    found = list(_of_class(event_v2.RunEvent, event, {"schemaURL"}))
    UUID(event["run"]["runId"])
    for dataset in (*event["inputs"], *event["outputs"]):
        for name in ("facets", "inputFacets", "outputFacets"):
            found += _of_facets(dataset.get(name))
    for holder in (event["run"], event["job"]):
        found += _of_facets(holder.get("facets"))
    return found


def _of_facets(facets):
    for name, facet in (facets or {}).items():
        made = _CLASSES.get(facet["_schemaURL"])
        if made is None:
            yield f"{name}: no class has the schema {facet['_schemaURL']}"
            continue
        yield from _of_class(made, {key: facet[key] for key in facet if key not in _OF_EVERY_FACET}, set())
        if not facet["_producer"].startswith("urn:lake_assets:"):
            yield f"{name}: made by {facet['_producer']}"


def _of_class(made, value, more):
    """What a class lacks or does not know; its own validators run when it is made."""
    fields = {each.name: each for each in attr.fields(made) if each.init and not each.name.startswith("_")}
    for key in value.keys() - fields.keys() - more:
        yield f"{made.__name__} has no {key}"
    for name, each in fields.items():
        if each.default is attr.NOTHING and name not in value:
            yield f"{made.__name__} lacks {name}"
    made(**{key: value[key] for key in value if key in fields})
