/* Providers of prices: how they are, and the keys that a tenant brings. */
import { api } from "./base";
import type { Provider, ProviderKey } from "./types";

export const providersApi = api.injectEndpoints({
	endpoints: (build) => ({
		providers: build.query<Provider[], void>({
			query: () => ({ path: "/providers" }),
			providesTags: ["keys"],
		}),
		providerKeys: build.query<ProviderKey[], void>({
			query: () => ({ path: "/provider-keys" }),
			providesTags: ["keys"],
		}),
		setKey: build.mutation<ProviderKey, { provider: string; key: string }>({
			query: ({ provider, key }) => ({
				path: `/providers/${provider}/key`,
				method: "PUT",
				body: { key },
			}),
			invalidatesTags: (r) => (r ? ["keys"] : []),
		}),
		removeKey: build.mutation<null, string>({
			query: (provider) => ({ path: `/providers/${provider}/key`, method: "DELETE" }),
			invalidatesTags: (_r, e) => (e ? [] : ["keys"]),
		}),
	}),
});

export const { useProvidersQuery, useProviderKeysQuery, useSetKeyMutation, useRemoveKeyMutation } =
	providersApi;
