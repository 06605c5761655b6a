import { printOciReference, type OciReference } from '../core/address';

/** What a file that is brought by hand is held to. */
export type HeldTo =
	/** Its bytes, in hex. */
	| { readonly sha256: string }
	/** The manifest of its artifact, `sha256:…`. */
	| { readonly manifest: string };

/** How a person brings what no page may read. */
export interface ByHand {
	/** Null where nothing is known to hold it to. */
	readonly held: HeldTo | null;
	/** Each does it alone. */
	readonly commands: readonly {
		readonly tool: string;
		readonly command: string;
		/** What to drop then, as a sentence. */
		readonly then: string;
	}[];
}

/** The commands that bring an artifact, each with its digest where that is known. */
export function bringArtifact(reference: OciReference, sha256?: string): ByHand {
	const { registry, repository, tag, digest } = reference;
	const name = `${registry}/${repository}`;
	const exact = digest === null ? `${name}:${tag ?? 'latest'}` : `${name}@${digest}`;
	return {
		held: sha256 !== undefined ? { sha256 } : digest === null ? null : { manifest: digest },
		commands: [
			{
				tool: 'oras',
				command: `oras copy ${exact} --to-oci-layout pulled:component && tar -cf pulled.tar -C pulled .`,
				then: 'Drop pulled.tar.',
			},
			{
				tool: 'crane',
				command: `crane pull --format=oci ${exact} pulled && tar -cf pulled.tar -C pulled .`,
				then: 'Drop pulled.tar.',
			},
			{
				tool: 'wkg',
				command: `wkg oci pull ${exact} -o component.wasm && crane manifest ${exact} > manifest.json`,
				then: 'Drop component.wasm and manifest.json together.',
			},
			{
				tool: 'docker',
				command: `docker pull --platform wasi/wasm ${exact} && docker save -o pulled.tar ${exact}`,
				then: 'Drop pulled.tar.',
			},
			{
				tool: 'wassette',
				command: `wassette component load oci://${exact} && crane manifest ${exact} > manifest.json`,
				then: `Drop ${repository.replaceAll('/', '_')}.wasm from Wassette's folder of components and manifest.json together.`,
			},
		],
	};
}

/** The commands that bring a file at an address. */
export function bringFile(url: string, file: string, sha256?: string): ByHand {
	return {
		held: sha256 === undefined ? null : { sha256 },
		commands: [
			{ tool: 'curl', command: `curl -fL -o ${quoted(file)} ${quoted(url)}`, then: `Drop ${file}.` },
		],
	};
}

/** A word as every shell takes it. */
export const quoted = (word: string): string =>
	/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** What a file is held to, in words. */
export const heldWords = (held: HeldTo): string =>
	'sha256' in held ? `sha256:${held.sha256}` : held.manifest;

/** The commands in a sentence, for where they are not listed. */
export const byHandWords = ({ commands }: ByHand): string =>
	`One of these brings the same: ${commands.map(({ command }) => command).join('; ')}. Supply the file then.`;

/** An artifact's reference as the source of a component: pinned, and with its tag for people. */
export const pinnedReference = (reference: OciReference): string => `oci://${printOciReference(reference)}`;
