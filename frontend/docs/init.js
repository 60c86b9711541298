/* Shows the running server's own description. "Authorize" takes a user name
 * and a password, or a bearer token; nothing is kept after the page closes. */
window.SwaggerUIBundle({
	url: "/api/v1/openapi.json",
	dom_id: "#swagger-ui",
	deepLinking: true,
	docExpansion: "list",
	defaultModelsExpandDepth: 0,
	displayRequestDuration: true,
	filter: true,
	persistAuthorization: false,
	tryItOutEnabled: false,
	validatorUrl: null,
});
