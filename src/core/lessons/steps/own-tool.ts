/** The world of the tools that are written in lessons. */
export const ownWit = `package local:lesson;

world my-tool {
  import wasi:filesystem/preopens@0.2.12;
  import wasi:filesystem/types@0.2.12;

  /// Gives the notes.
  export report: func() -> string;
}
`;

/** A script that can read files, with the function that the learner changes behind it. */
export const ownTool = (
	report: string,
): string => `import { getDirectories } from 'wasi:filesystem/preopens@0.2.12';

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
