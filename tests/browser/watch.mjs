/*
 * Looks over the shoulder of every page: violations of the content security
 * policy, requests to other hosts, scripts that throw. An answer of 4xx that
 * a test provokes is no complaint.
 */
export class Watch {
	complaints = [];

	constructor(base) {
		this.origin = new URL(base).origin;
	}

	async follow(context) {
		await context.exposeFunction("complainOfPolicy", (what) => this.complaints.push(`policy: ${what}`));
		await context.addInitScript(() => {
			document.addEventListener("securitypolicyviolation", (event) => {
				globalThis.complainOfPolicy(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
			});
		});
		context.on("request", (request) => {
			const url = new URL(request.url());
			if (/^https?:$/.test(url.protocol) && url.origin !== this.origin)
				this.complaints.push(`left the origin: ${url.origin}`);
		});
		context.on("weberror", (error) => this.complaints.push(`threw: ${error.error().message}`));
		context.on("console", (message) => {
			if (message.type() === "error" && !/Failed to load resource|net::ERR_FAILED/.test(message.text()))
				this.complaints.push(`console: ${message.text().slice(0, 200)}`);
		});
	}
}
