import type { IconName } from '../../base/icons';
import { focusPane } from '../focus-pane';
import type { Command } from './command';

/** The command that shows a pane and puts the focus into it; `pane` is the test id of its element. */
export const goTo = (id: string, title: string, icon: IconName, show: () => void, pane: string): Command => ({
	id,
	title,
	icon,
	run: () => {
		show();
		void focusPane(pane);
	},
});
