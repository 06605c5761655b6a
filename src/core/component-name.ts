const ending = /\.wa(?:sm|t)$/i;

/** Whether a file's name says that it is a component, in binary or as text. */
export const isComponentName = (name: string): boolean => ending.test(name);

/** A component's file name or path without its ending; other names as they are. */
export const withoutComponentEnding = (name: string): string => name.replace(ending, '');
