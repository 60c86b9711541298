/* Just enough of an OpenAPI document for the docs page to be developed with. */
const bearer = [{ password: [] }, { bearer: [] }];
const amount = { type: "string", format: "decimal" };
const op = (tag, operationId, summary, extra = {}) => ({ tags: [tag], operationId, summary,
	security: bearer, responses: { 200: { description: "OK" },
		default: { description: "A problem", content: { "application/problem+json": {
			schema: { $ref: "#/components/schemas/problem" } } } } }, ...extra });
const path = (name) => ({ name, in: "path", required: true, schema: { type: "string" } });

export const openapi = {
	openapi: "3.1.0",
	info: { title: "Bursar", version: "0.1.0", description: "The development server." },
	servers: [{ url: "/api/v1" }],
	paths: {
		"/auth/me": { get: op("auth", "me", "Who am I.") },
		"/portfolios": { get: op("portfolio", "listPortfolios", "The caller's portfolios.") },
		"/portfolios/{portfolio}/summary": {
			get: op("analytics", "getSummary", "What it is worth and what it did.",
				{ parameters: [path("portfolio")] }) },
		"/portfolios/{portfolio}/trades": {
			post: op("portfolio", "recordTrade", "Record a trade.", { parameters: [path("portfolio")],
				requestBody: { content: { "application/json": {
					schema: { $ref: "#/components/schemas/trade_in" } } } } }) },
	},
	components: {
		securitySchemes: {
			password: { type: "oauth2", flows: { password: {
				tokenUrl: "/api/v1/auth/token", scopes: {} } } },
			bearer: { type: "http", scheme: "bearer" },
		},
		schemas: {
			problem: { type: "object", properties: { type: { type: "string" },
				title: { type: "string" }, status: { type: "integer" },
				detail: { type: "string" } } },
			trade_in: { type: "object", required: ["kind", "symbol", "quantity", "price"],
				properties: { kind: { type: "string", enum: ["buy", "sell"] },
					symbol: { type: "string" }, quantity: amount, price: amount } },
		},
	},
};
