import { describe, expect, test } from 'vitest';
import type { Command } from '../shell/commands/command';
import { searchCommands } from './search-commands';
import { synonyms } from './synonyms';

const command = (id: string, title: string, more: Partial<Command> = {}): Command => ({
	id,
	title,
	icon: 'run',
	run: () => {},
	...more,
});

const ids = (commands: readonly Command[], typed: string) =>
	searchCommands(commands, typed).map(({ id }) => id);

describe('the search for commands', () => {
	test('puts a title before what others call a thing, and that before the middle of a word', () => {
		const commands = [
			command('tool a', 'Evaluate JavaScript engines'),
			command('engine 0.8.1', 'Decide as Wassette 0.8.1'),
			command('tool b', 'reengineer'),
		];
		expect(ids(commands, 'engine')).toEqual(['tool a', 'engine 0.8.1', 'tool b']);
	});

	test('lists what cannot be done now last, and only where it is asked for', () => {
		const commands = [
			command('stop', 'Stop the call', { disabled: true, why: 'Nothing runs' }),
			command('run', 'Run it'),
			command('x', 'Call off a call'),
		];
		expect(ids(commands, '')).toEqual(['run', 'x']);
		expect(ids(commands, 'call')).toEqual(['x', 'run', 'stop']);
	});

	test.each(
		// prettier-ignore
		['docker', 'settings', 'clock', 'timeout', 'test', 'replay', 'history', 'log', 'issue', 'tutorial', 'examples', 'docs', 'undo', 'yaml', 'remote', 'route', 'engine', 'env', 'secret', 'save', 'export', 'import', 'url', 'dark', 'iframe', 'embed', 'grant', 'seed', 'memory', 'limit', 'cancel', 'install', 'mock', 'audit', 'zip', 'bug', 'keys', 'registry', 'steal', 'wit'],
	)('a newcomer finds something for %s', (word) => {
		const commands = Object.keys(synonyms).map((id) => command(id, 'nothing of that'));
		expect(searchCommands(commands, word)).not.toEqual([]);
	});
});
