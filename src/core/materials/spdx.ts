import { packagesOf, type MaterialsSubject } from './packages-of';

export interface SpdxOptions {
	/** When it is made, in ISO 8601 with seconds, such as `2026-01-02T03:04:05Z`. */
	readonly created: string;
	/** Version of this program. */
	readonly version: string;
}

const unknown = 'NOASSERTION';

/** The materials of a component as an SPDX 2.3 document, fit to be printed as JSON. */
export function spdx({ id, sha256, modules }: MaterialsSubject, { created, version }: SpdxOptions): object {
	const packages = packagesOf(modules);
	const spdxId = (ref: string) => `SPDXRef-${ref}`;
	const related = (from: string, type: string, to: string) => ({
		spdxElementId: from,
		relationshipType: type,
		relatedSpdxElement: to,
	});
	return {
		spdxVersion: 'SPDX-2.3',
		dataLicense: 'CC0-1.0',
		SPDXID: 'SPDXRef-DOCUMENT',
		name: id,
		documentNamespace: `urn:sha256:${sha256}`,
		creationInfo: { created, creators: [`Tool: tapedeck-${version}`] },
		packages: [
			{
				SPDXID: spdxId('component'),
				name: id,
				downloadLocation: unknown,
				filesAnalyzed: false,
				checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }],
				licenseConcluded: unknown,
				licenseDeclared: unknown,
				copyrightText: unknown,
			},
			...packages.map(({ ref, name, version: of, license, purl }) => ({
				SPDXID: spdxId(ref),
				name,
				...(of !== null && { versionInfo: of }),
				downloadLocation: unknown,
				filesAnalyzed: false,
				licenseConcluded: unknown,
				licenseDeclared: license ?? unknown,
				copyrightText: unknown,
				...(purl !== null && {
					externalRefs: [
						{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl },
					],
				}),
			})),
		],
		relationships: [
			related('SPDXRef-DOCUMENT', 'DESCRIBES', spdxId('component')),
			...packages.map(({ ref, isBuildOnly }) =>
				isBuildOnly
					? related(spdxId(ref), 'BUILD_DEPENDENCY_OF', spdxId('component'))
					: related(spdxId('component'), 'CONTAINS', spdxId(ref)),
			),
			...packages.flatMap(({ ref, dependsOn }) =>
				dependsOn.map((on) => related(spdxId(ref), 'DEPENDS_ON', spdxId(on))),
			),
		],
	};
}
