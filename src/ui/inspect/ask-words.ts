import type { AskKind, CouldDo } from '../../core/inspection';
import type { IconName } from '../base/icons';

/** What each kind of import is called, and what a component that has it may ask for. */
export const askWords: Readonly<
	Record<AskKind, { readonly title: string; readonly may: string; readonly icon: IconName }>
> = {
	storage: { title: 'Files', may: 'It may ask to open, list, read and write files.', icon: 'storage' },
	network: { title: 'Network', may: 'It may ask to send HTTP requests.', icon: 'network' },
	environment: {
		title: 'Environment',
		may: 'It may ask for environment variables, which often hold keys.',
		icon: 'environment',
	},
	sockets: { title: 'Sockets', may: 'It may ask for TCP and UDP sockets and name lookups.', icon: 'wire' },
	clock: { title: 'Clock', may: 'It may read the time, and wait.', icon: 'clock' },
	random: { title: 'Random numbers', may: 'It may ask for random numbers.', icon: 'random' },
	input: { title: 'Standard input', may: 'It may read standard input, which is empty here.', icon: 'output' },
	output: {
		title: 'Output',
		may: 'It may write to standard output, standard error and logs.',
		icon: 'output',
	},
	other: {
		title: 'Other imports',
		may: 'It asks for what no WASI interface here provides.',
		icon: 'warning',
	},
	plumbing: {
		title: 'Plumbing',
		may: 'Streams, polling, HTTP types and the like: they reach nothing by themselves.',
		icon: 'tool',
	},
};

/** One sentence on what a component could do of a kind. */
export function extentWords({ kind, extent }: CouldDo): string {
	switch (extent) {
		case 'unasked':
			return 'Nothing: it does not import this, so rules about it change nothing.';
		case 'all':
			return 'As it likes: no policy speaks of this.';
		case 'some':
			return kind === 'environment'
				? 'See these variables:'
				: kind === 'network'
					? 'Reach these hosts:'
					: 'Reach these paths:';
		case 'nothing':
			if (kind === 'sockets') return 'Nothing: every attempt is denied, whatever the policy says.';
			if (kind === 'other') return 'Nothing: nobody here answers these imports.';
			return 'Nothing: no rule of the policy grants any.';
	}
}
