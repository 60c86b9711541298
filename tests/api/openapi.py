"""What openapi.json says of each operation, and a request that fits it."""

import re


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


def operations(document):
    methods = ("get", "post", "put", "patch", "delete")
    return [Operation(document, path, method, row)
            for path, rows in document["paths"].items()
            for method, row in rows.items() if method in methods]
