/**
 * The engines that `--engine` names, each once: releases, `documented`, `all` for every release and `documented`, several with commas
 * between. Without one, `usual`. The error is a sentence.
 */
export function enginesNamed(
	{ engines, releaseIds, resolveEngine, newestRelease },
	named = [],
	usual = newestRelease,
) {
	const asked = named.flatMap((one) => one.split(',')).map((one) => one.trim());
	if (asked.length === 0) return { ok: true, ids: [usual] };
	const ids = new Set();
	for (const one of asked) {
		if (one === 'all') for (const { id } of engines) ids.add(id);
		else {
			const known = resolveEngine(one);
			if (!known.ok)
				return {
					ok: false,
					error: `--engine ${one}: there is no such engine. Known are ${releaseIds.join(', ')}, documented, and all.`,
				};
			ids.add(one.replace(/^v/, ''));
		}
	}
	return { ok: true, ids: [...ids] };
}
