import type { OciReference } from './oci-reference';
import type { AskedHost } from './understood';

/** What is known of a registry that its answers do not let a page read. */
export interface RegistryFacts {
	/** Where its API is. */
	readonly api: string;
	/** Where it hands out tokens for public artifacts, and the name by which it is known there; null where its answers say it, or it needs none. */
	readonly token: { readonly realm: string; readonly service: string } | null;
	/** Where it keeps its files, which its answers redirect to. */
	readonly storage: readonly string[];
	/** Where a redirect of it may lead beside, in words; null where nothing is known. */
	readonly mayLeadTo: string | null;
}

type Known = Pick<RegistryFacts, 'token' | 'storage'> & {
	readonly mayLeadTo?: string;
	readonly api?: string;
};

const at = (realm: string, service: string) => ({ realm, service });

const known: Readonly<Record<string, Known>> = {
	'docker.io': {
		api: 'https://registry-1.docker.io',
		token: at('https://auth.docker.io/token', 'registry.docker.io'),
		storage: [
			'https://production.cloudflare.docker.com',
			'https://docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com',
		],
	},
	'ghcr.io': {
		token: at('https://ghcr.io/token', 'ghcr.io'),
		storage: ['https://pkg-containers.githubusercontent.com'],
	},
	'quay.io': {
		token: at('https://quay.io/v2/auth', 'quay.io'),
		storage: [
			...['https://cdn.quay.io', 'https://cdn01.quay.io', 'https://cdn02.quay.io', 'https://cdn03.quay.io'],
		],
	},
	'mcr.microsoft.com': { token: null, storage: [], mayLeadTo: 'a host under data.mcr.microsoft.com' },
	'public.ecr.aws': {
		token: at('https://public.ecr.aws/token/', 'public.ecr.aws'),
		storage: ['https://d2glxqk2uabbnd.cloudfront.net', 'https://d5l0dvt14r5h8.cloudfront.net'],
	},
	'registry.gitlab.com': {
		token: at('https://gitlab.com/jwt/auth', 'container_registry'),
		storage: ['https://cdn.registry.gitlab-static.net', 'https://storage.googleapis.com'],
	},
	'cgr.dev': {
		token: at('https://cgr.dev/token', 'cgr.dev'),
		storage: ['https://9236a389bd48b984df91adc1bc924620.r2.cloudflarestorage.com'],
	},
	'gcr.io': { token: at('https://gcr.io/v2/token', 'gcr.io'), storage: ['https://storage.googleapis.com'] },
	'codeberg.org': { token: at('https://codeberg.org/v2/token', 'container_registry'), storage: [] },
};

/** Families of registries, by the end of their hosts. */
const families: readonly (readonly [end: string, of: (host: string) => Known])[] = [
	[
		'.azurecr.io',
		(host) => ({
			token: at(`https://${host}/oauth2/token`, host),
			storage: [],
			mayLeadTo: 'a host under blob.core.windows.net',
		}),
	],
	[
		'.pkg.dev',
		(host) => ({
			token: at(`https://${host}/v2/token`, host),
			storage: [],
			mayLeadTo: 'storage.googleapis.com',
		}),
	],
	[
		'.gcr.io',
		(host) => ({ token: at(`https://${host}/v2/token`, host), storage: ['https://storage.googleapis.com'] }),
	],
];

/** The origin of a registry by its host: plain http on the person's own machine alone, as docker and oras have it. */
const originOf = (registry: string) =>
	/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(registry)
		? `http://${registry}`
		: new URL(`https://${registry}`).origin;

/**
 * What is known of a registry. A mirror that a person has set stands in for its API and needs no token; whatever it redirects to is to be
 * shown first.
 */
export function registryFacts(
	registry: string,
	mirrors: Readonly<Record<string, string>> = {},
): RegistryFacts {
	const mirror = Object.hasOwn(mirrors, registry) ? mirrors[registry] : undefined;
	if (mirror !== undefined) return { api: mirror, token: null, storage: [], mayLeadTo: null };
	const facts = Object.hasOwn(known, registry)
		? known[registry]
		: families.find(([end]) => registry.endsWith(end))?.[1](registry);
	return {
		api: facts?.api ?? originOf(registry),
		token: facts?.token ?? null,
		storage: facts?.storage ?? [],
		mayLeadTo: facts?.mayLeadTo ?? null,
	};
}

/** The hosts that a pull from a registry may ask, each once. */
export function hostsOfRegistry(
	{ registry }: Pick<OciReference, 'registry'>,
	mirrors: Readonly<Record<string, string>> = {},
): readonly AskedHost[] {
	const { api, token, storage } = registryFacts(registry, mirrors);
	const hosts: readonly AskedHost[] = [
		{
			origin: new URL(api).origin,
			why: Object.hasOwn(mirrors, registry) ? `the mirror that stands in for ${registry}` : 'the registry',
		},
		...(token ? [{ origin: new URL(token.realm).origin, why: 'hands out a token to anybody' }] : []),
		...storage.map((origin) => ({ origin, why: 'stores its files' })),
	];
	return hosts.filter(({ origin }, index) => hosts.findIndex((other) => other.origin === origin) === index);
}
