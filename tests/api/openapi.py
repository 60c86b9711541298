"""What openapi.json says of each operation, a request that fits it, and
whether an answer does."""

import re
import uuid

from client import AMOUNT, DAY, INSTANT

PROBLEM = "application/problem+json"


class Operation:
    def __init__(self, document, path, method, row):
        self.document, self.path, self.row = document, path, row
        self.method = method.upper()
        self.id = row["operationId"]
        self.public = row.get("security") == []
        self.params = row.get("parameters", [])
        self.path_params = re.findall(r"\{(\w+)\}", path)

    def __repr__(self):
        return self.id

    def resolve(self, schema):
        while "$ref" in schema:
            at = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                at = at[part]
            schema = at
        return schema

    def body_schema(self, kind="application/json"):
        content = self.row.get("requestBody", {}).get("content", {})
        return self.resolve(content[kind]["schema"]) if kind in content else None

    def response(self, status):
        """What is promised for a status: the row of that, or the default."""
        rows = self.row["responses"]
        return self.resolve(rows.get(str(status), rows["default"]))

    def answers(self):
        """The statuses of success that it names."""
        return {int(s) for s in self.row["responses"] if s != "default"}

    def header_names(self):
        return {p["name"].lower() for p in self.params if p["in"] == "header"}

    def wants_match(self):
        return "if-match" in self.header_names()

    def takes_key(self):
        return "idempotency-key" in self.header_names()

    def body(self):
        """A body with every required member, and valid by the schema."""
        schema = self.body_schema()
        return None if schema is None else self.example(schema)

    def example(self, schema):
        schema = self.resolve(schema)
        if "example" in schema:
            return schema["example"]
        if schema.get("examples"):
            return schema["examples"][0]
        for many in ("anyOf", "oneOf"):
            if many in schema:
                return self.example(schema[many][0])
        if "enum" in schema:
            return schema["enum"][0]
        if "const" in schema:
            return schema["const"]
        kind = schema.get("type")
        if isinstance(kind, list):
            kind = next(k for k in kind if k != "null")
        if kind == "object":
            return {name: self.example(schema["properties"][name])
                    for name in schema.get("required", [])}
        if kind == "array":
            return []
        if kind == "boolean":
            return True
        if kind in ("integer", "number"):
            return max(1, schema.get("minimum", 1))
        return self.example_text(schema)

    @staticmethod
    def example_text(schema):
        return {"uuid": "01890000-0000-7000-8000-000000000000",
                "date": "2024-06-03", "decimal": "1",
                "date-time": "2024-06-03T12:00:00Z"}.get(
                    schema.get("format"),
                    "1" if "pattern" in schema and re.fullmatch(
                        schema["pattern"], "1") else "AAPL")

    def url(self, values):
        path = self.path
        for name in self.path_params:
            path = path.replace("{%s}" % name, str(values[name]))
        root = self.document.get("servers", [{"url": "/"}])[0]["url"]
        if root.startswith("/") and not path.startswith("/api"):
            path = root.rstrip("/") + path
        required = [p for p in self.params
                    if p["in"] == "query" and p.get("required")]
        text = "&".join(f"{p['name']}={self.example(p.get('schema', {}))}"
                        for p in required)
        return f"{path}?{text}" if text else path

    def call(self, client, values, **more):
        """Send it, complete: body, key, precondition."""
        if self.wants_match():
            more.setdefault("match", "*")
        if self.takes_key():
            from client import new_key
            more.setdefault("key", new_key())
        return client.call(self.method, self.url(values), self.body(), **more)


# ---- does a value fit a schema? ------------------------------------------------

NOTES = {"description", "examples", "example", "title", "format"}
TYPES = {type(None): "null", bool: "boolean", int: "integer", float: "number",
         str: "string", list: "array", dict: "object"}


def is_uuid(text):
    return str(uuid.UUID(text)) == text


FORMATS = {"date": DAY.match, "date-time": INSTANT.match,
           "decimal": AMOUNT.match, "uuid": is_uuid,
           "int64": lambda n: -2**63 <= n < 2**63}


class Misfit(AssertionError):
    pass


class Schema:
    """Schemas as this document writes them. A keyword that is not known here
    is a misfit too, for then nobody would have checked it. What is sent may
    write a decimal with zeros at its end; what is answered may not."""

    def __init__(self, document, sent=False):
        self.document = document
        self.formats = dict(FORMATS)
        if sent:
            self.formats["decimal"] = re.compile(r"-?\d+(\.\d+)?\Z").match

    def resolve(self, ref):
        at = self.document
        for part in ref.removeprefix("#/").split("/"):
            at = at[part]
        return at

    def check(self, schema, value, at="answer"):
        rules = set(schema) - NOTES
        if not rules:
            raise Misfit(f"{at}: its schema says nothing")
        for rule in rules:
            checker = getattr(self, "check_" + rule.strip("$"), None)
            if checker is None:
                raise Misfit(f"{at}: a keyword nobody checks: {rule}")
            checker(schema, value, at)
        form = schema.get("format")
        if form is not None and value is not None:
            if form not in self.formats:
                raise Misfit(f"{at}: a format nobody checks: {form}")
            self.expect(self.formats[form](value), at, value, form)

    @staticmethod
    def expect(claim, at, value, rule):
        if not claim:
            raise Misfit(f"{at} is {value!r}, which is not {rule}")

    def check_ref(self, schema, value, at):
        self.check(self.resolve(schema["$ref"]), value, at)

    def check_allOf(self, schema, value, at):
        for one in schema["allOf"]:
            self.check(one, value, at)

    def check_anyOf(self, schema, value, at):
        reasons = []
        for one in schema["anyOf"]:
            try:
                return self.check(one, value, at)
            except Misfit as reason:
                reasons.append(str(reason))
        raise Misfit("; ".join(reasons))

    def check_type(self, schema, value, at):
        kinds = schema["type"]
        kinds = kinds if isinstance(kinds, list) else [kinds]
        actual = TYPES[type(value)]
        self.expect(actual in kinds or
                    (actual == "integer" and "number" in kinds),
                    at, value, kinds)

    def check_enum(self, schema, value, at):
        self.expect(value in schema["enum"], at, value, schema["enum"])

    def check_const(self, schema, value, at):
        self.expect(value == schema["const"], at, value, schema["const"])

    def check_required(self, schema, value, at):
        missing = set(schema["required"]) - set(value)
        self.expect(not missing, at, value, f"whole: {missing} missing")

    def check_properties(self, schema, value, at):
        for name, one in schema["properties"].items():
            if value is not None and name in value:
                self.check(one, value[name], f"{at}.{name}")

    def check_additionalProperties(self, schema, value, at):
        if schema["additionalProperties"] is False and value is not None:
            more = set(value) - set(schema["properties"])
            self.expect(not more, at, value, f"all: {more} more")

    def check_items(self, schema, value, at):
        for i, one in enumerate(value or []):
            self.check(schema["items"], one, f"{at}[{i}]")

    def check_pattern(self, schema, value, at):
        if value is not None:
            self.expect(re.search(schema["pattern"], value), at, value,
                        schema["pattern"])

    def check_minimum(self, schema, value, at):
        self.expect(value is None or value >= schema["minimum"], at, value,
                    f"at least {schema['minimum']}")

    def check_maximum(self, schema, value, at):
        self.expect(value is None or value <= schema["maximum"], at, value,
                    f"at most {schema['maximum']}")

    def check_exclusiveMinimum(self, schema, value, at):
        self.expect(value is None or value > schema["exclusiveMinimum"], at,
                    value, f"above {schema['exclusiveMinimum']}")

    def check_minLength(self, schema, value, at):
        self.expect(value is None or len(value) >= schema["minLength"], at,
                    value, f"of {schema['minLength']} characters or more")

    def check_maxLength(self, schema, value, at):
        self.expect(value is None or len(value) <= schema["maxLength"], at,
                    value, f"of {schema['maxLength']} characters or less")


def check_answer(operation, answer):
    """The answer is what the document says of this operation: its status,
    its type, and every member of its body."""
    if answer.status < 400:
        assert answer.status in operation.answers(), answer
    content = operation.response(answer.status).get("content", {})
    kind = (answer.headers["Content-Type"] or "").split(";")[0]
    if not content:
        assert answer.body == b"" and kind == "", answer
        return
    assert list(content) == [kind], (operation, kind, list(content))
    if answer.status >= 400:
        assert kind == PROBLEM, answer
    if "json" in kind:
        Schema(operation.document).check(content[kind]["schema"],
                                         answer.json(), operation.id)


def operations(document):
    methods = ("get", "post", "put", "patch", "delete")
    return [Operation(document, path, method, row)
            for path, rows in document["paths"].items()
            for method, row in rows.items() if method in methods]
