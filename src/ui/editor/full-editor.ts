import type { Component } from 'svelte';
import { whenLineIsFree } from '../base/line';
import type { EditorProps } from './types';

let component: Component<EditorProps> | null = null;
let fetching: Promise<void> | null = null;
const listeners = new Set<(arrived: Component<EditorProps>) => void>();

/** The full editor, if it has come. */
export const fullEditor = (): Component<EditorProps> | null => component;

/** Told when the full editor has come. Returns how to stop. */
export function onFullEditor(listener: (arrived: Component<EditorProps>) => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/**
 * Fetches the full editor, once, after what somebody waits for, since there is a plain one meanwhile. Where it cannot come the plain one stays, and the next call tries again; where the pointer is a finger
 * nothing is fetched, since it does not take touch and on-screen keyboards well. Never rejects.
 */
export function fetchFullEditor(): Promise<void> {
	if (matchMedia('(pointer: coarse)').matches) return Promise.resolve();
	fetching ??= whenLineIsFree()
		.then(() => import('./MonacoEditor.svelte'))
		.then(
			(module) => {
				component = module.default;
				for (const listener of listeners) listener(component);
			},
			() => {
				fetching = null;
			},
		);
	return fetching;
}
