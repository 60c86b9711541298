export interface MockRequest {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: Record<string, string>;
	body: string;
}
export interface MockReply {
	status: number;
	type?: string;
	headers: Record<string, string>;
	body: unknown;
}
export function createApi(options?: { tokenSeconds?: number; simulated?: boolean }): {
	handle(request: MockRequest): MockReply;
};
