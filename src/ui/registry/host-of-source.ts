import type { ComponentSource } from '../../deck/deck';

/** The host that a component came from, as its address or reference names it; null where it came from no other host. */
export function hostOfSource(source: ComponentSource): string | null {
	if ('url' in source) return URL.parse(source.url)?.host ?? null;
	if ('oci' in source) return source.oci.replace(/^oci:\/\//, '').split('/', 1)[0] ?? null;
	return null;
}

/** Where a component came from, in words. */
export function sourceWords(source: ComponentSource): string {
	if ('url' in source) return source.url;
	if ('oci' in source) return source.oci;
	if ('sample' in source) return `The sample ${source.sample} of this site.`;
	if ('file' in source) return `The file ${source.file}.`;
	return 'author' in source ? 'Written in this page.' : 'A scenario that held its bytes.';
}
