import { readPolicyFile } from '../lib/policy-files.mjs';
import { readScenario, supplyComponents } from '../verify/supply.mjs';

/** Characters of a link: longer ones are cut by what they pass through. */
const mostLink = 32 * 2 ** 10;
/** Bytes of a component that a link carries. */
const mostCarried = 16 * 2 ** 10;

/** The page that links lead to; null where none is named. The error is a sentence. */
export function pageAddress(text) {
	if (text === '') return { ok: true, address: null };
	const url = URL.parse(text);
	const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
	if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)))
		return { ok: false, error: `The page ${JSON.stringify(text)} is no https address.` };
	url.hash = '';
	return { ok: true, address: url.href };
}

/**
 * A link that opens a scenario as it was checked: under the policies that stood in for its own, and with its small components inside. Null
 * where it is no scenario, or too long for a link.
 */
export async function linkFor(core, page, file, policies) {
	const read = readScenario(file);
	const parsed = read.ok ? core.parseScenario(read.text) : read;
	if (!parsed.ok) return null;
	const components = await supplyComponents(read.text, file, { components: new Map(), fetch: false });
	const supplied = components.ok ? components.supplied : {};
	const scenario = {
		...parsed.value,
		components: parsed.value.components.map((component) => {
			const { id, source } = component;
			const bytes = 'file' in source && supplied[id] ? Buffer.from(supplied[id], 'base64') : null;
			const policy = policies.has(id) ? readPolicyFile(policies.get(id)) : null;
			return {
				...component,
				...(bytes && bytes.length <= mostCarried && { source: { bytes: bytes.toString('base64url') } }),
				...(policy?.ok && { policy: policy.text }),
			};
		}),
	};
	const link = `${page}#${core.scenarioLink(scenario)}`;
	return link.length > mostLink ? null : link;
}
