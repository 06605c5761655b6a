import type { Json } from '../wit/types';
import { itemAt } from '../item-at';
import type { ActivityEntry, HostCallEntry, ToolCallEntry } from '../activity';
import { evaluate, newestRelease, type AccessRequest } from '../policy';
import { worldOf } from '../scenario';
import { viewOf } from '../world-view';
import type { World } from '../world';
import type { Lesson, Situation } from './lesson';

/** How a call went that a test makes up. */
interface Played {
	readonly component?: string;
	readonly tool?: string;
	readonly arguments?: Json;
	/** What it asks of the outside; each is decided by the policy as it is. */
	readonly asks?: readonly AccessRequest[];
	/** Default: a result where all was allowed, else an err. */
	readonly status?: ToolCallEntry['status'];
	readonly summary?: string;
	readonly output?: string;
}

/** A session that a test takes through a lesson, without a sandbox: what its calls ask for is decided by the engine. */
export class Pupil {
	situation: Situation;
	#lastId = 0;

	constructor(readonly lesson: Lesson) {
		const { components, world, engine } = lesson.scenario;
		this.situation = {
			components: components.map(({ id, policy }) => ({ id, sha256: '0'.repeat(64), policy, revision: 1 })),
			engine: engine ?? newestRelease,
			world: worldOf(world),
			activity: [],
		};
	}

	get #first() {
		return itemAt(this.situation.components, 0);
	}

	#change(changes: Partial<Situation>) {
		this.situation = { ...this.situation, ...changes };
		this.situation = {
			...this.situation,
			components: this.situation.components.map((component) => ({
				...component,
				revision: component.revision + 1,
			})),
		};
	}

	/** Puts a policy in the place of the first component's. */
	policy(text: string | null) {
		this.#change({
			components: this.situation.components.map((component, at) =>
				at === 0 ? { ...component, policy: text } : component,
			),
		});
	}

	/** Edits the policy; the text to replace has to be there. */
	edit(from: string, to: string) {
		const text = this.#first.policy ?? '';
		if (!text.includes(from)) throw new Error(`The policy has no ${from}`);
		this.policy(text.replace(from, to));
	}

	engine(engine: string) {
		this.#change({ engine });
	}

	world(changes: Partial<World>) {
		// As the deck has it: what a call changed in the world makes nothing outdated.
		this.situation = { ...this.situation, world: { ...this.situation.world, ...changes } };
	}

	components(components: Situation['components']) {
		this.situation = { ...this.situation, components };
	}

	/** Makes a call: the lesson's, unless another is named. */
	run(played: Played = {}) {
		const [first] = this.lesson.scenario.calls ?? [];
		const { engine, world } = this.situation;
		const component =
			this.situation.components.find(({ id }) => id === (played.component ?? this.#first.id)) ?? this.#first;
		const tool = played.tool ?? first!.tool;
		const callId = ++this.#lastId;
		const shared = { callId, tool, component: component.id, at: 0 };
		const hostCalls = (played.asks ?? []).map((request): HostCallEntry => {
			const { outcome, rule, reason } = evaluate(component.policy, engine, viewOf(world), request);
			return {
				...shared,
				kind: 'host-call',
				id: ++this.#lastId,
				capability: request.kind,
				operation: 'asks',
				target: targetOf(request),
				...{ outcome, rule, reason, engine },
				source: 'page',
				revision: component.revision,
			};
		});
		const isRefused = hostCalls.some(({ outcome }) => outcome === 'deny');
		const call: ToolCallEntry = {
			...shared,
			kind: 'tool-call',
			revision: component.revision,
			id: ++this.#lastId,
			engine,
			arguments: played.arguments ?? first!.arguments,
			status: played.status ?? (isRefused ? 'err' : 'result'),
			summary: played.summary ?? (isRefused ? 'no' : 'yes'),
		};
		const output: ActivityEntry[] = played.output
			? [{ ...shared, kind: 'output', id: ++this.#lastId, stream: 'stdout', text: played.output }]
			: [];
		this.situation = {
			...this.situation,
			activity: [...this.situation.activity, call, ...hostCalls, ...output],
		};
	}

	/** What is still wrong, goal by goal; empty where the lesson is passed. */
	get wrong(): readonly string[] {
		return this.lesson
			.check(this.situation)
			.flatMap(({ met, wrong }) => (met ? [] : [wrong ?? 'not met, and nobody says why']));
	}
}

function targetOf(request: AccessRequest): string {
	switch (request.kind) {
		case 'storage':
			return request.path;
		case 'network':
			return request.url;
		case 'environment':
			return request.key;
	}
}
