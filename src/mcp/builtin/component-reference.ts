import { err, ok, type Result } from '../../core/result';

/** Where `load-component` gets a component. */
export type ComponentReference =
	| { readonly kind: 'address'; readonly address: string }
	/** What stands behind `file://`, as it was given. */
	| { readonly kind: 'file'; readonly path: string };

/**
 * Reads a component's reference as the release does, letter for letter: a scheme is what stands before the first `://`, in lower case. `sample:` is the page's
 * own. The error is Wassette's words, the outermost first.
 */
export function readReference(reference: string): Result<ComponentReference, readonly string[]> {
	if (reference.startsWith('sample:')) return ok({ kind: 'address', address: reference });
	const end = reference.indexOf('://');
	if (end < 0) return err(['Invalid component reference. Should be of the form scheme://reference']);
	const scheme = reference.slice(0, end);
	if (scheme === 'file') return ok({ kind: 'file', path: reference.slice(end + 3) });
	if (scheme === 'https') return readAddress(reference);
	return scheme === 'oci'
		? ok({ kind: 'address', address: reference })
		: err([`Unsupported component scheme: ${scheme}`]);
}

function readAddress(address: string): Result<ComponentReference, readonly string[]> {
	if (URL.canParse(address)) return ok({ kind: 'address', address });
	const [authority = ''] = address.slice('https://'.length).split(/[/?#]/, 1);
	return err(['builder error', whyNoHost(authority)]);
}

const whyNoHost = (authority: string): string => {
	if (authority === '') return 'empty host';
	if (authority.startsWith('[')) return 'invalid IPv6 address';
	return /:[^:]*$/.test(authority) ? 'invalid port number' : 'invalid international domain name';
};
