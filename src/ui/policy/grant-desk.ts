import type { ActivityEntry, HostCallEntry } from '../../core/activity';
import { grant, type Permission, type Suggestion } from '../../core/policy';
import type { DeckComponent } from '../../deck/deck';
import type { DeckTool } from '../console/deck-tool';
import { grantCall } from '../../mcp/grant-call';
import type { Arguments } from '../console/console.svelte';
import type { SessionParts } from '../parts';
import type { Session } from '../session.svelte';
import { visibleText } from '../text/visible';

type Desks = Pick<
	Session,
	'selection' | 'calls' | 'console' | 'policy' | 'activity' | 'layout' | 'notices' | 'undo'
>;

/** Changes of policies that are made for a person, each of which can be taken back, and calls that are made once more under them. */
export class GrantDesk {
	readonly #session: Desks;
	readonly #parts: Pick<SessionParts, 'deck' | 'client'>;

	constructor(session: Desks, parts: Pick<SessionParts, 'deck' | 'client'>) {
		this.#session = session;
		this.#parts = parts;
	}

	/** Makes the narrowest change that allows a denied host call, and the call once more. */
	grant = (entry: ActivityEntry) => {
		const narrowest = entry.kind === 'host-call' ? this.#session.policy.suggestionsFor(entry)[0] : undefined;
		if (narrowest) void this.apply(entry, narrowest, true);
	};

	/** Takes over a changed policy. Does nothing where the policy is no longer the one that the change was worked out for. */
	apply = async (entry: ActivityEntry, change: Suggestion, andRun: boolean): Promise<void> => {
		const { deck } = this.#parts;
		const { undo, policy, selection } = this.#session;
		const component = deck.components.find(({ id }) => id === entry.component);
		if (!component || entry.kind !== 'host-call') return;
		const began = deck.begin();
		const before = undo.now();
		await this.#throughServer(component, change);
		const is = deck.components.find(({ id }) => id === component.id);
		if (!deck.isPresent(began) || !is) return;
		if (is.policy === component.policy) {
			const set = deck.setPolicy(component.id, change.newText);
			if (!set.ok) return void this.#session.notices.say(`${set.error} Nothing was changed.`);
		} else if (is.policy !== change.newText) {
			this.#session.notices.say('The policy was changed meanwhile, so nothing was granted. Try again.');
			return;
		}
		const { title } = change;
		undo.did(
			`The policy was changed: ${visibleText(title.charAt(0).toLowerCase() + title.slice(1))}.`,
			before,
		);
		selection.showPolicyOf(component);
		const [line] = change.addedLines;
		if (line !== undefined) policy.show(line);
		if (andRun) void this.runAgain(entry);
	};

	/** Gives a component another policy text. `title` says what was done. */
	setPolicy = (component: DeckComponent, text: string | null, title: string) => {
		const { undo, selection } = this.#session;
		undo.doing(`${visibleText(title)}.`, () => this.#parts.deck.setPolicy(component.id, text));
		selection.showPolicyOf(component);
	};

	/** Makes the call that a recorded host call belongs to once more. */
	runAgain = async (entry: HostCallEntry): Promise<void> => {
		const { activity, selection, layout, notices, calls } = this.#session;
		const call = activity.callOf(entry);
		const tool = selection.tools.find(
			(other) => other.name === entry.tool && other.component?.id === entry.component,
		);
		if (!call || !tool) {
			notices.say('The call is no longer known. Press Run in the console.');
			return;
		}
		selection.showTool(tool);
		// Where one pane fits, the answer is in the call's.
		layout.showConsole();
		const wasOpen = activity.selected?.id === entry.id;
		await calls.run(tool, call.arguments as Arguments);
		if (wasOpen && activity.selected?.id === entry.id)
			activity.select(this.#counterpart(entry, tool)?.id ?? null);
	};

	/** The same host call as the latest call of a tool made it; undefined where that asked for no such thing. */
	#counterpart({ capability, operation, target }: HostCallEntry, tool: DeckTool): HostCallEntry | undefined {
		const { console } = this.#session;
		const { deck } = this.#parts;
		const latest = console.entryOf(deck.activity, tool);
		return deck.activity.find(
			(other): other is HostCallEntry =>
				other.kind === 'host-call' &&
				other.callId === latest?.callId &&
				other.capability === capability &&
				other.operation === operation &&
				other.target === target,
		);
	}

	/** Through Wassette's own tool, as an agent would, where it makes exactly this change; else it does nothing. */
	async #throughServer({ id, policy }: DeckComponent, { permission, newText }: Suggestion): Promise<void> {
		const call = permission && grantCall(id, permission);
		const same = call && grantedText(id, policy, permission);
		if (call && same === newText) await this.#parts.client.callTool(call.name, call.arguments);
	}
}

function grantedText(componentId: string, policy: string | null, permission: Permission): string | null {
	const edit = grant(policy, permission, { componentId, checked: false });
	return edit.ok ? edit.value.newText : null;
}
