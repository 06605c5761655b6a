import { traitsOf } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import { isPreview3, missingInRelease } from '../core/wasi';
import type { DeckComponent } from './contents';

/** Packages of which an engine may lack what the host here has. */
const differing = /^wasi:(config|logging)\/|@0\.3$/;

/**
 * Imports for which an engine would not load a component that plays here; none for a sample of the site, which plays under every engine.
 * The text of a component is read only where one of its imports may be among them.
 */
export function unlinkedIn(
	{ program, wit, source }: Pick<DeckComponent, 'program' | 'wit' | 'source'>,
	engine: EngineId,
): readonly string[] {
	if ('sample' in source || !program.imports.some((key) => differing.test(key))) return [];
	const imports = Array.from(wit.matchAll(/^[ \t]*import (wasi:[^;{\s]+);$/gm), ([, name]) => name as string);
	return missingInRelease(imports, traitsOf(engine));
}

/**
 * Why a tool of such a component cannot be called. A release that did not load a component does not know its tools; what it wrote down as
 * it failed to is told where everything there is of WASI is too new for it.
 */
export const unlinkedText = (missing: readonly string[], tool: string): string => {
	const newer = missing.find(isPreview3);
	return newer === undefined
		? `Failed to find component for tool '${tool}': Tool not found`
		: `component imports instance \`${newer}\`, but a matching implementation was not found in the linker. No release of Wassette links WASI 0.3; with the engine 'documented' the component plays here.`;
};
