import { readScenario } from '../verify/supply.mjs';
import { readRequestFile } from './policy-files.mjs';

/** The options by which a command is told what policies are asked about. */
export const askedOptions = {
	requests: { type: 'string' },
	scenario: { type: 'string' },
	component: { type: 'string' },
};

/**
 * What policies are asked about: the requests of a file, or those of a scenario with its world and engine; none, where neither is named. The
 * error is a sentence.
 */
export function readAsked(core, { requests, scenario, component }) {
	const nothing = { requests: null, from: null, world: core.assumedWorld(), engine: core.newestRelease };
	if (requests !== undefined && scenario !== undefined)
		return { ok: false, error: 'Name either --requests or --scenario.' };
	if (component !== undefined && scenario === undefined)
		return { ok: false, error: '--component names a component of the scenario that --scenario names.' };
	if (requests !== undefined) {
		const file = readRequestFile(requests);
		if (!file.ok) return file;
		const read = core.readRequests(file.text);
		if (!read.ok) return { ok: false, error: `The file ${requests} cannot be read: ${read.error}.` };
		return { ok: true, ...nothing, requests: read.value, from: requests };
	}
	if (scenario === undefined) return { ok: true, ...nothing };
	const file = readScenario(scenario);
	if (!file.ok) return { ok: false, error: `${scenario}: ${file.error}` };
	const parsed = core.parseScenario(file.text);
	if (!parsed.ok) return { ok: false, error: `${scenario}: ${parsed.error}` };
	const { components, engine = core.newestRelease, world } = parsed.value;
	if (component !== undefined && !components.some(({ id }) => id === component))
		return { ok: false, error: `The scenario ${scenario} has no component ${component}.` };
	const asked = core.requestsOfScenario(parsed.value, component);
	if (asked.length === 0)
		return {
			ok: false,
			error: `The scenario ${scenario} asks for nothing: it has no what-if rows, and its saved calls expect no host calls. Record them in the page (Make repeatable).`,
		};
	return { ok: true, requests: asked, from: scenario, world: core.viewOf(core.worldOf(world)), engine };
}
