import type { Scenario } from '../../core/scenario';
import type { Session } from '../session.svelte';
import { visibleText } from '../text/visible';

/** Asks for the values of secrets, which are never kept; says nothing where there are none. */
export function askForSecrets(
	{ world }: Scenario,
	{ notices, layout }: Pick<Session, 'notices' | 'layout'>,
): void {
	const secrets = Object.entries(world?.variables ?? {}).flatMap(([name, value]) =>
		typeof value === 'string' ? [] : [visibleText(name)],
	);
	if (secrets.length === 0) return;
	notices.say(`Fill in ${secrets.join(', ')} again: values of secrets are not kept.`, {
		label: 'Variables',
		run: () => layout.showSide('variables'),
	});
}
