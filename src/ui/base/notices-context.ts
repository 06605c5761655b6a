import { getContext, setContext } from 'svelte';
import type { Notices } from '../shell/notices.svelte';

const key = Symbol('notices');

/** Gives every dialog below a component the page's notices, which are shown in the topmost one. */
export const provideNotices = (notices: Notices): void => void setContext(key, notices);

/** The notices of the page that a dialog stands over; absent where it has none. */
export const useNotices = (): Notices | undefined => getContext<Notices | undefined>(key);
