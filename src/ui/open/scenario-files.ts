import { err, ok, type Result } from '../../core/result';
import { most } from '../../core/limits';

/** Takes the first scenario out of dropped or picked files: its text, or why it is not read. Null where there is none. */
export async function takeScenarioFiles(
	files: readonly File[],
): Promise<{ readonly scenario: Result<string, string> | null; readonly rest: readonly File[] }> {
	const scenarios = files.filter(
		({ name }) => /\.json$/i.test(name) && !/\.(?:sigstore|bundle)\.json$/i.test(name),
	);
	const rest = files.filter((file) => !scenarios.includes(file));
	const [first] = scenarios;
	if (!first) return { scenario: null, rest };
	// In UTF-8 a character takes four bytes at most.
	if (first.size > most.scenarioText * 4)
		return {
			scenario: err('This scenario is larger than 4 MiB, which is more than a page should open.'),
			rest,
		};
	return { scenario: ok(await first.text()), rest };
}
