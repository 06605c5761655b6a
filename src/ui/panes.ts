import { lateView, type LateView } from './base/late-view';
import type { Session } from './session.svelte';
import type { DrawerTab, SideTab } from './shell/layout.svelte';

/** How many of something a pane has, as its tab says it. */
interface Badge {
	readonly count: number;
	readonly tone?: 'bad' | 'warn' | 'plain';
}

interface Pane<Id> {
	readonly id: Id;
	readonly label: string;
	readonly badge?: (session: Session) => Badge;
	readonly view: LateView<Session>;
}

/** A pane as the place that shows it takes it. */
export interface ShownPane<Id extends string> extends Partial<Badge> {
	readonly id: Id;
	readonly label: string;
	readonly load: LateView<Session>['load'];
	readonly given: () => Record<string, unknown>;
}

const view = lateView<Session>();

/** What stands beside the console, in the order of its tabs. The policy is what people come for, so it is not fetched late: the page has it. */
const side: readonly Pane<Exclude<SideTab, 'policy' | 'scenario'>>[] = [
	{
		id: 'files',
		label: 'Files',
		view: view(
			() => import('./files/FilesPane.svelte'),
			({ files: desk, notices, undo }) => ({ desk, notices, undo }),
		),
	},
	{
		id: 'variables',
		label: 'Variables',
		badge: ({ live }) => ({ count: live.world.variables.size }),
		view: view(
			() => import('./variables/VariablesPane.svelte'),
			({ live, undo }) => ({ live, undo }),
		),
	},
	{
		id: 'network',
		label: 'Network',
		badge: ({ live }) => ({ count: live.world.routes.length }),
		view: view(
			() => import('./network/NetworkPane.svelte'),
			({ live, undo, version }) => ({ live, undo, version }),
		),
	},
	{
		id: 'settings',
		label: 'Settings',
		view: view(
			() => import('./surroundings/SettingsPane.svelte'),
			({ live, webAgent: agent }) => ({ live, agent }),
		),
	},
];

/** What stands in the drawer, in the order of its tabs. */
const drawer: readonly Pane<DrawerTab>[] = [
	{
		id: 'activity',
		label: 'Activity',
		badge: ({ activity }) => ({ count: activity.counts.denied, tone: 'bad' }),
		view: view(
			() => import('./activity/ActivityPane.svelte'),
			({ record: desk }) => ({ desk }),
		),
	},
	{
		id: 'wire',
		label: 'Messages',
		view: view(
			() => import('./wire/WirePane.svelte'),
			({ wire, layout, calls, protocol }) => ({ wire, layout, protocol, onreplay: calls.replay }),
		),
	},
	{
		id: 'steps',
		label: 'Steps',
		badge: ({ steps: { counts, list } }) => ({
			count: counts.failed || list.length,
			tone: counts.failed > 0 ? 'bad' : 'plain',
		}),
		view: view(
			() => import('./steps/StepsPane.svelte'),
			({ saved: desk, scenarios }) => ({ desk, reproducer: scenarios.reproducer }),
		),
	},
	{
		id: 'problems',
		label: 'Problems',
		badge: ({ policy }) => ({ count: policy.problemCount, tone: 'warn' }),
		view: view(
			() => import('./policy/ProblemsPane.svelte'),
			({ policy, components, record }) => ({
				policy,
				components: components.components,
				onshow: record.showRule,
			}),
		),
	},
	{
		id: 'expectations',
		label: 'What if?',
		badge: ({ whatIf }) => ({ count: whatIf.failing, tone: 'bad' }),
		view: view(
			() => import('./what-if/WhatIfPane.svelte'),
			({ whatIf: desk, live, undo, overlays, record }) => ({
				desk,
				undo,
				overlays,
				files: live.world.files,
				onrule: record.showRule,
			}),
		),
	},
];

const shown = <Id extends string>({ id, label, badge, view }: Pane<Id>, session: Session): ShownPane<Id> => ({
	id,
	label,
	...badge?.(session),
	load: view.load,
	given: () => view.given(session),
});

/** The panes beside the console, but for the policy. */
export const sidePanes = (session: Session) => side.map((pane) => shown(pane, session));

/** The panes of the drawer. */
export const drawerPanes = (session: Session) => drawer.map((pane) => shown(pane, session));
