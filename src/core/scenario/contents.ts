import { toBase64 } from '../base64';
import type { FileTree } from '../files';
import type { Scenario } from './schema';

/**
 * Contents of files that are kept beside a scenario and not in it, by path; in the scenario these files are empty. Text, and base64 even
 * more, takes a multiple of what the bytes do.
 */
export type FileContents = ReadonlyMap<string, Uint8Array>;

type ScenarioFile = NonNullable<NonNullable<Scenario['world']>['files']>[string];

/** Bytes from which on a file is large enough to be kept beside a scenario. */
const largeFrom = 64 * 2 ** 10;

/** The contents of the large files of a tree. */
export function largeContents(files: FileTree): FileContents {
	const contents = new Map<string, Uint8Array>();
	for (const [path, node] of files) {
		if (node.kind === 'file' && node.content && node.content.length >= largeFrom)
			contents.set(path, node.content);
	}
	return contents;
}

/** The scenario with everything in it, as it is where nothing is kept beside it. */
export function withContents(scenario: Scenario, contents?: FileContents): Scenario {
	if (!contents || contents.size === 0) return scenario;
	const files = Object.entries(scenario.world?.files ?? {}).map(([path, content]) => {
		const beside = contents.get(path);
		return [path, beside && content === '' ? describeContent(beside) : content] as const;
	});
	return { ...scenario, world: { ...scenario.world, files: Object.fromEntries(files) } };
}

/** One for all: a world may have thousands of files, and to make one costs more than to use it. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as a scenario has them: text where they are UTF-8 that survives the way there and back, else base64. */
export function describeContent(bytes: Uint8Array): ScenarioFile {
	try {
		return decoder.decode(bytes);
	} catch {
		return { base64: toBase64(bytes) };
	}
}
