import type { ActivityEntry } from '../activity';
import type { EngineId } from '../policy/types';
import type { Scenario } from '../scenario';
import type { World } from '../world';

/** What a lesson looks at: the session as it is, without anything that is only shown. */
export interface Situation {
	readonly components: readonly {
		readonly id: string;
		readonly sha256: string;
		/** Verbatim YAML; null is a component with no policy attached. */
		readonly policy: string | null;
		/** As in the entries of the activity: one that differs was made under another policy, engine or world. */
		readonly revision: number;
	}[];
	readonly engine: EngineId;
	readonly world: World;
	readonly activity: readonly ActivityEntry[];
}

/** One thing that has to hold for a lesson to be passed. Texts mark code with backticks. */
export interface Goal {
	/** What has to hold, as a statement. */
	readonly text: string;
	readonly met: boolean;
	/** What is still wrong, where it is not met. It may quote what a component said. */
	readonly wrong?: string;
}

/** One step of the tour. Texts mark code with backticks. */
export interface Lesson {
	/** Progress is remembered by it. */
	readonly id: string;
	readonly title: string;
	/** What there is to know, a paragraph each. */
	readonly text: readonly string[];
	/** What is to be done, in one or two sentences. */
	readonly task: string;
	readonly hint: string;
	/** What the lesson begins with. Its first call is filled in. */
	readonly scenario: Scenario;
	/** The id of the component that is not loaded as it was published, but from an altered copy. */
	readonly altered?: string;
	/** Holds the session against the task. The lesson is passed when all goals are met. */
	readonly check: (situation: Situation) => readonly Goal[];
}

/** Whether a lesson is passed. */
export const isPassed = (goals: readonly Goal[]): boolean => goals.every(({ met }) => met);
