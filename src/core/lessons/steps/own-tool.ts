import { newestRelease } from '../../policy';
import type { Scenario } from '../../scenario/schema';
import { archive } from './archive';

/** The call that the tool of such a lesson is for. */
export const ownCall = { component: 'my-tool', tool: 'report', arguments: {} };

/** The world of the tools that are written in lessons. */
const ownWit = `package local:lesson;

world my-tool {
  import wasi:filesystem/preopens@0.2.12;
  import wasi:filesystem/types@0.2.12;

  /// Gives the notes.
  export report: func() -> string;
}
`;

/** A script that can read files, with the function that the learner changes behind it. */
const ownTool = (report: string): string => `import { getDirectories } from 'wasi:filesystem/preopens@0.2.12';

function readText(path) {
  for (const [folder, name] of getDirectories()) {
    const start = name === '/' ? '/' : \`\${name}/\`;
    if (!path.startsWith(start)) continue;
    const file = folder.openAt({ symlinkFollow: true }, path.slice(start.length), {}, { read: true });
    const [bytes] = file.read(65536n, 0n);
    return new TextDecoder().decode(bytes);
  }
  throw new Error(\`No folder of \${path} was handed over.\`);
}

${report}`;

/** A lesson's session with one tool that the learner writes; `report` is the part of its script to begin with. */
export const ownScenario = (
	title: string,
	{ report, policy }: { report: string; policy: string },
): Scenario => ({
	version: 1,
	title: `Lesson: ${title}`,
	engine: newestRelease,
	components: [{ id: ownCall.component, source: { author: { wit: ownWit, js: ownTool(report) } }, policy }],
	world: archive,
	calls: [{ tool: ownCall.tool, arguments: ownCall.arguments }],
});
