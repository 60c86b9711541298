/*
 * Swagger UI sets markup from strings, after its own sanitizer; under
 * require-trusted-types-for that needs a default policy. Markup only:
 * scripts and script addresses from strings stay refused.
 */
if (window.trustedTypes)
	window.trustedTypes.createPolicy("default", { createHTML: (text) => text });
