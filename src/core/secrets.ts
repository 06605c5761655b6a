import type { World } from './world';

/** Shorter values occur everywhere by chance: hiding them would hide everything else. */
const shortest = 3;

/** The texts that give a world's secrets away, as they are and as a URL spells them, the longest first. */
export function secretTexts(variables: World['variables']): readonly { key: string; text: string }[] {
	return [...variables]
		.flatMap(([key, { value, secret }]) =>
			secret && value.length >= shortest
				? [...new Set([value, encodeURIComponent(value), encodeURI(value)])].map((text) => ({ key, text }))
				: [],
		)
		.sort((a, b) => b.text.length - a.text.length);
}

/** Makes a function that puts `[secret NAME]`, or words of one's own, in the place of every secret value in a text. */
export function hideSecrets(
	variables: World['variables'],
	instead: (key: string) => string = (key) => `[secret ${key}]`,
): (text: string) => string {
	const secrets = secretTexts(variables);
	return (text) =>
		secrets.reduce((rest, { key, text: secret }) => rest.replaceAll(secret, () => instead(key)), text);
}

/** Hides secrets in every string of a plain JSON value. */
export function hideSecretsIn<T>(value: T, hide: (text: string) => string): T {
	if (typeof value === 'string') return hide(value) as T;
	if (Array.isArray(value)) return value.map((item: unknown) => hideSecretsIn(item, hide)) as T;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [hide(key), hideSecretsIn<unknown>(item, hide)]),
	) as T;
}
