import { printOciReference, type Understood } from '../core/address';
import { stemOf } from '../core/stem-of';

/** How a component is named that a person brought by hand, since the page could not fetch it. */
export interface BroughtIdentity {
	readonly id: string;
	readonly source: { readonly oci: string } | { readonly url: string } | { readonly file: string };
}

/** By where it would have been fetched from, where that names it alone; else by the file `name`. */
export function broughtIdentity({ subject }: Understood, name: string): BroughtIdentity {
	const file = { id: stemOf(name) || 'component', source: { file: name } };
	switch (subject.kind) {
		case 'oci':
			return {
				id: subject.reference.repository.replaceAll('/', '_'),
				source: { oci: `oci://${printOciReference(subject.reference)}` },
			};
		case 'url':
			return { id: stemOf(subject.url) || file.id, source: { url: subject.url } };
		case 'release': {
			const { owner, repository, tag, file: asset } = subject;
			if (tag === null || asset === null) return file;
			const path = [owner, repository, 'releases', 'download', tag, asset].map(encodeURIComponent).join('/');
			return { id: stemOf(asset) || file.id, source: { url: `https://github.com/${path}` } };
		}
		default:
			return file;
	}
}
