import fs from 'node:fs';
import { register } from 'node:module';

// The suite imports `globSync`, which Node has from version 22 on, for a command of its own that is not used here.
if (!('globSync' in fs)) {
	const withGlob = `data:text/javascript,${encodeURIComponent("export * from 'node:fs'; export const globSync = () => [];")}`;
	const hook = `export const resolve = (name, context, next) =>
		name === 'fs' && context.parentURL?.includes('/conformance/') ? { url: ${JSON.stringify(withGlob)}, shortCircuit: true } : next(name, context);`;
	register(`data:text/javascript,${encodeURIComponent(hook)}`);
}
