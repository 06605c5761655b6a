import { packagesOf, type MaterialsSubject } from './packages-of';

/** An expression has operators in it; else it is one licence, which CycloneDX wants by its name unless it is known to be an SPDX id. */
const licensesOf = (license: string | null): object =>
	license === null
		? {}
		: {
				licenses: [
					/\s(?:AND|OR|WITH)\s/.test(license) ? { expression: license } : { license: { name: license } },
				],
			};

/** The materials of a component as a CycloneDX 1.6 document, fit to be printed as JSON. */
export function cycloneDx({ id, sha256, modules }: MaterialsSubject): object {
	const packages = packagesOf(modules);
	const facts = Object.assign({}, ...modules.map((module) => module.facts).toReversed()) as {
		version?: string;
		licenses?: string;
		description?: string;
	};
	return {
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: {
			component: {
				type: 'application',
				'bom-ref': 'component',
				name: id,
				...(facts.version !== undefined && { version: facts.version }),
				...(facts.description !== undefined && { description: facts.description }),
				hashes: [{ alg: 'SHA-256', content: sha256 }],
				...licensesOf(facts.licenses ?? null),
				properties: modules.flatMap(({ place, producers }) =>
					producers.map(({ field, name, version }) => ({
						name: `${place}: ${field}`,
						value: `${name} ${version}`.trim(),
					})),
				),
			},
		},
		components: packages.map(({ ref, name, version, isBuildOnly, purl, license, source }) => ({
			type: 'library',
			'bom-ref': ref,
			name,
			...(version !== null && { version }),
			scope: isBuildOnly ? 'excluded' : 'required',
			...licensesOf(license),
			...(purl !== null && { purl }),
			...(source !== null && { properties: [{ name: 'source', value: source }] }),
		})),
		dependencies: [
			{ ref: 'component', dependsOn: packages.map(({ ref }) => ref) },
			...packages.map(({ ref, dependsOn }) => ({ ref, dependsOn })),
		],
	};
}
