import type { Scenario } from '../../scenario';

/** The world of the lessons that are about files: a folder to work in, and a home that is nobody's business. */
export const archive: NonNullable<Scenario['world']> = {
	network: 'routes',
	files: {
		'/data/notes.txt': 'Tapes to digitise\n- holiday 1987, side B\n- rehearsal, May 1991\n',
		'/data/reports/2026-q1.csv': 'month,tapes\nJanuary,12\nFebruary,7\nMarch,15\n',
		'/data/inbox/README.txt': 'Leave new things here.\n',
		'/data/private/diary.txt': 'Made up, and still nobody should read it.\n',
		'/home/user/.ssh/id_ed25519': 'A made-up key that no component should see.\n',
	},
	variables: { HOME: '/home/user', API_TOKEN: 'a-made-up-token' },
};
