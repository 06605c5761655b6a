import type { UrlRefusal } from '../../url';

const words = {
	'control-character': 'The URL holds a control character or a space at its edge',
	scheme: 'Only http and https URLs are requested',
	'malformed-authority': 'The URL needs a host after https://',
	backslash: 'The URL holds a backslash before its path',
	userinfo: 'The URL holds a user name; leave out everything up to the @',
	'invalid-host': 'The host has an empty label',
	'invalid-url': 'This is no URL; write it whole, such as https://api.example.com/',
} satisfies { readonly [reason in UrlRefusal]: string };

const wordsOf = new Map<string, string>(Object.entries(words));

/** Why a URL is refused, as a sentence without its full stop; a reason that is not known here stands for itself. */
export const urlRefusalWords = (reason: string): string => wordsOf.get(reason) ?? reason;
