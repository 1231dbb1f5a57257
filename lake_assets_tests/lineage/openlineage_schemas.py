"""Events held against the JSON schemas that OpenLineage publishes, of which `openlineage_spec` has copies."""

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource

SPEC = Path(__file__).parent / "openlineage_spec"
PUBLISHED = "https://openlineage.io/spec/"
FORMATS = ("date-time", "uri", "uuid")


def schema(url):
    """The published schema at an address."""
    try:
        return json.loads((SPEC / url.removeprefix(PUBLISHED)).read_text())
    except FileNotFoundError:
        raise NoSuchResource(url) from None


def kept():
    """Addresses of all schemas that are kept here."""
    return {PUBLISHED + path.relative_to(SPEC).as_posix() for path in SPEC.rglob("*.json")}


def facets_of(event):
    """Every facet of an event, by its name."""
    for dataset in (*event["inputs"], *event["outputs"]):
        for holder in ("facets", "inputFacets", "outputFacets"):
            yield from dataset.get(holder, {}).items()
    for holder in (event["run"], event["job"]):
        yield from holder.get("facets", {}).items()


def named_by(event):
    """Addresses of the schemas that an event and its facets name, each without the part that it means."""
    told = [event["schemaURL"], *(facet["_schemaURL"] for _, facet in facets_of(event))]
    return {url.partition("#")[0] for url in told}


def faults(event):
    """Everything of an event that the schemas which it names do not allow."""
    found = list(_against(event["schemaURL"], event))
    for name, facet in facets_of(event):
        url = facet["_schemaURL"]
        found += _against(url, facet)
        if name not in schema(url.partition("#")[0])["properties"]:
            found.append(f"{name}: is not what {url} calls its facet")
    return found


def _against(url, value):
    for error in _validator(url).iter_errors(value):
        yield f"{url} {error.json_path}: {error.message}"


@cache
def _validator(url):
    registry = Registry(retrieve=lambda uri: Resource.from_contents(schema(uri)))
    return Draft202012Validator({"$ref": url}, registry=registry, format_checker=FormatChecker(FORMATS))
