import index from '../../static-components/index.json';
import { err, ok, type Result } from '../core/result';
import type { Scenario } from '../core/scenario';
import type { SampleListing } from '../ui/parts';

/** A sample of this site. */
interface Sample extends SampleListing {
	/** Of its component, in hex. */
	readonly sha256: string;
}

/** All samples, in the order in which they are best met. */
export const samples: readonly Sample[] = index;

const binaries = import.meta.glob<string>('../../static-components/*/*.wasm', {
	query: '?url',
	import: 'default',
	eager: true,
});
const descriptions = import.meta.glob<SampleFile>('../../static-components/*/sample.json', {
	import: 'default',
});

interface SampleFile {
	readonly call: { readonly tool: string; readonly arguments: Record<string, unknown> };
	readonly scenario: object;
}

/** The address of a sample's component; null where there is no such sample. */
export const sampleUrl = (name: string): string | null =>
	binaries[`../../static-components/${name}/${name}.wasm`] ?? null;

/** The digest of a sample's component, before it has come; null where there is no such sample. */
export const sampleDigest = (name: string): string | null =>
	samples.find((sample) => sample.name === name)?.sha256 ?? null;

/** A sample's scenario, its first call first. */
export async function sampleScenario(name: string): Promise<Result<Scenario, string>> {
	const read = descriptions[`../../static-components/${name}/sample.json`];
	if (!read) return err(`There is no sample named ${name}.`);
	try {
		// The checks weigh more than the rest of the page's start, so they come with the first scenario.
		const [{ scenario }, { parseScenario }] = await Promise.all([read(), import('../core/scenario/parse')]);
		return parseScenario(scenario);
	} catch {
		return err(
			`The description of the sample ${name} could not be fetched. Check the connection and try again.`,
		);
	}
}

/** Fetches bytes from the site itself, telling how many have come. The error says what failed. */
export async function fetchOwn(
	url: string,
	what: string,
	{
		signal,
		onProgress,
	}: { signal?: AbortSignal; onProgress?: (received: number, total: number | null) => void } = {},
): Promise<Result<Uint8Array, string>> {
	try {
		const response = await fetch(url, { signal });
		if (!response.ok || !response.body)
			return err(`${what} could not be fetched: the server answered ${response.status}.`);
		const total = Number(response.headers.get('content-length')) || null;
		const chunks: Uint8Array<ArrayBuffer>[] = [];
		let received = 0;
		const reader = response.body.getReader();
		for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
			if (!value) continue;
			chunks.push(value);
			received += value.length;
			onProgress?.(received, total);
		}
		return ok(new Uint8Array(await new Blob(chunks).arrayBuffer()));
	} catch (error) {
		if (signal?.aborted) return err('Stopped.');
		return err(
			`${what} could not be fetched (${error instanceof Error ? error.message : 'no reason given'}). Check the connection and try again.`,
		);
	}
}
