import type { RuleRef } from '../policy/types';
import type { World } from '../world';
import type { Confinement } from './confinement';
import { withRelativeLink } from './relative-links';

const everything: RuleRef = { text: 'a process may do what its user may do', line: 0 };

/** A tool that is started as a plain process, as `npx` and `bunx` start it: it reaches everything that its user reaches. */
export function processConfinement(world: Pick<World, 'files' | 'variables'>): Confinement {
	return {
		id: 'process',
		grants: {
			engine: 'documented',
			rules: 'documented',
			preopens: [{ guestPath: '/', path: '/', read: true, write: true, rule: everything }],
			paths: [{ effect: 'allow', segments: [], deep: true, access: ['read', 'write'], rule: everything }],
			hosts: [{ effect: 'allow', scheme: null, host: '*', port: null, rule: everything }],
			variables: [...world.variables.keys()].map((key) => ({ key, rule: everything, reason: 'granted' })),
			memory: null,
			nameLookup: true,
		},
		files: new Map([...world.files].map(([path, node]) => [path, withRelativeLink(path, node)])),
		variables: new Map([...world.variables].map(([key, { value }]) => [key, value])),
		originOf: (path) => path,
	};
}
