import { playBeside } from './beside-binary.mjs';
import { besideCheck } from './beside-report.mjs';
import { readPolicyFile } from '../lib/policy-files.mjs';
import { componentsOf, readScenario, supplyComponents } from './supply.mjs';

/** Checks one file in a page of a seat. Whatever goes wrong with it is its outcome. */
export async function checkFile(seat, file, options) {
	try {
		return await playFile(seat, file, options);
	} catch (error) {
		return { ok: false, error: error.message };
	}
}

async function playFile(seat, file, options) {
	const scenario = readScenario(file);
	if (!scenario.ok) return scenario;
	const components = await supplyComponents(scenario.text, file, options);
	if (!components.ok) return components;
	const policies = supplyPolicies(scenario.text, options);
	if (!policies.ok) return policies;
	const { liveNetwork, bail, binary } = options;
	const settings = {
		components: components.supplied,
		policies: policies.supplied,
		...{ liveNetwork, bail },
		engine: binary?.version,
	};
	const play = async (page) => {
		const run = (more) =>
			page.evaluate(
				([scenario, settings]) => window.tapedeckVerify(scenario, settings),
				[scenario.text, { ...settings, ...more }],
			);
		const outcome = await run({});
		if (!binary || !outcome.ok) return { outcome, isSpoiled: !outcome.ok };
		const exact = await run({ bail: false, tellsSetup: true });
		if (!exact.ok) return { outcome: exact, isSpoiled: true };
		return { outcome: await withBinary({ ...outcome, told: exact.told }, binary, page), isSpoiled: false };
	};
	return seat.lend(play, options.timeoutMs);
}

/** The policies that the command line names for components of a scenario, by component. The error names the file. */
function supplyPolicies(text, { policies }) {
	const supplied = {};
	for (const { id } of componentsOf(text)) {
		if (!policies.has(id)) continue;
		const read = readPolicyFile(policies.get(id));
		if (!read.ok) return { ok: false, error: `${read.error} --policy names it for ${id}.` };
		supplied[id] = read.text;
	}
	return { ok: true, supplied };
}

/** The outcome with a check more for each call: that the binary does as the page, and as is expected. */
async function withBinary({ told, ...outcome }, binary, page) {
	const played = await playBeside(binary, page, told);
	if (!played.ok) return played;
	return {
		...outcome,
		checks: [...outcome.checks, ...played.rows.map((row) => besideCheck(row, binary.version))],
	};
}
