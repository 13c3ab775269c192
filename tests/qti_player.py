"""Just enough of a QTI player to score items: reads either version and runs its response processing."""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, fromstring

Response = str | list[str] | None


def local(element: Element) -> str:
    """Name an element as QTI 2 does, whichever version it is of."""
    name = element.tag.rpartition("}")[2].removeprefix("qti-")
    return re.sub(r"-(\w)", lambda match: match[1].upper(), name)


def attribute(element: Element, name: str) -> str:
    kebab = re.sub(r"([A-Z])", lambda match: "-" + match[1].lower(), name)
    return element.get(name) or element.get(kebab) or ""


class Player:
    """One item, its declarations, and the score of a set of responses."""

    def __init__(self, xml: str) -> None:
        self.root = fromstring(xml)
        self.declared = {
            one.get("identifier", ""): one for one in self.root.iter() if local(one) == "responseDeclaration"
        }
        self.interactions = {
            attribute(one, "responseIdentifier"): local(one)
            for one in self.root.iter()
            if local(one).endswith("Interaction")
        }

    def score(self, responses: Mapping[str, Response]) -> float:
        self.outcomes: dict[str, Any] = {"SCORE": 0.0}
        self.responses = responses
        processing = next(one for one in self.root.iter() if local(one) == "responseProcessing")
        for rule in processing:
            self._run(rule)
        return float(self.outcomes["SCORE"])

    def _run(self, rule: Element) -> None:
        if local(rule) == "setOutcomeValue":
            self.outcomes[rule.get("identifier", "")] = self._value(rule[0])
            return
        assert local(rule) == "responseCondition", local(rule)
        condition, *rules = rule[0]
        if self._value(condition):
            for one in rules:
                self._run(one)

    def _value(self, node: Element) -> Any:
        name, inside = local(node), list(node)
        if name == "variable":
            return self.outcomes.get(node.get("identifier", ""), self._typed(node.get("identifier", "")))
        if name == "baseValue":
            return float(node.text or "") if attribute(node, "baseType") == "float" else node.text
        if name == "isNull":
            return self._value(inside[0]) is None
        if name == "mapResponse":
            return self._mapped(node.get("identifier", ""))
        if name == "correct":
            return self._correct(node.get("identifier", ""))
        if name == "stringMatch":
            assert attribute(node, "caseSensitive") == "false"
            return self._value(inside[0]) and self._value(inside[0]).lower() == self._value(inside[1]).lower()
        values = [self._value(one) for one in inside]
        operations = {
            "sum": lambda: sum(values), "product": lambda: values[0] * values[1], "and": lambda: all(values),
            "or": lambda: any(values), "not": lambda: not values[0], "match": lambda: values[0] == values[1],
            "gte": lambda: None not in values and values[0] >= values[1],
            "lte": lambda: None not in values and values[0] <= values[1],
        }  # fmt: skip
        return operations[name]()

    def _typed(self, identifier: str) -> Any:
        given = self.responses.get(identifier)
        is_number = given is not None and attribute(self.declared[identifier], "baseType") == "float"
        return float(str(given)) if is_number else given

    def _correct(self, identifier: str) -> list[str]:
        correct = next(one for one in self.declared[identifier] if local(one) == "correctResponse")
        return [value.text or "" for value in correct]

    def _mapped(self, identifier: str) -> float:
        mapping = next(one for one in self.declared[identifier] if local(one) == "mapping")
        entries = {attribute(one, "mapKey"): float(attribute(one, "mappedValue")) for one in mapping}
        given = self.responses.get(identifier) or []
        total = sum(entries.get(one, 0.0) for one in ([given] if isinstance(given, str) else given))
        return min(1.0, max(0.0, total))
