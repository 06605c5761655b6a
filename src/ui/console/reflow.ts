/** Joins lines that were only broken to fit a source file. Paragraphs, lists and indented lines keep their lines. */
export const reflow = (text: string): string => text.replace(/(?<=\S)[ \t]*\n(?![\s*+#>-]|\d+[.)])/g, ' ');
