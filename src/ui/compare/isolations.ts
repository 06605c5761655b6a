import type { IsolationId, LetThroughKind } from '../../core/isolation';
import type { IconName } from '../base/icons';

/** The three columns, in the order in which they let less and less through. */
export const isolations: readonly {
	readonly id: IsolationId;
	readonly title: string;
	readonly about: string;
	readonly model: boolean;
}[] = [
	{
		id: 'process',
		title: 'Bare process',
		about: 'Started with bunx, npx or uvx: it runs as you, and reaches everything you reach.',
		model: true,
	},
	{
		id: 'container',
		title: 'Container',
		about:
			'Started from a compose file: it sees its mounts and variables, and every host unless told otherwise.',
		model: true,
	},
	{
		id: 'wassette',
		title: 'Wassette',
		about: 'Under the policy of the component: it gets what a rule grants, and nothing else.',
		model: false,
	},
];

/** What is listed for each, and what is said where a tool tried nothing of the kind. */
export const kinds: readonly {
	readonly id: LetThroughKind;
	readonly title: string;
	readonly none: string;
	readonly icon: IconName;
}[] = [
	{ id: 'read', title: 'Files read', none: 'It read no file.', icon: 'file' },
	{ id: 'written', title: 'Files written', none: 'It wrote no file.', icon: 'edit' },
	{ id: 'hosts', title: 'Hosts reached', none: 'It sent no request.', icon: 'network' },
	{ id: 'variables', title: 'Variables seen', none: 'It asked for no variable.', icon: 'environment' },
];
